#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may include whom: the rule of docs/architecture.md, read off the sources. TAP on standard output."""
import pathlib
import re
import sys

ROOT = pathlib.Path(sys.argv[1])
SUBJECTS = [f'backoffice/{s}' for s in ('goods', 'prices', 'stock', 'people', 'sales', 'report', 'rollup', 'buying', 'money', 'staff',
                                          'label', 'print')]

# A folder may include itself and these; the longest folder name that fits a file is its own.
ALLOWED = {
    'core': [],
    'base': ['core'],
    'store': ['core'],
    'drivers': ['core'],
    'drivers/sim': [],  # an independent reading: nothing of the drivers it faces
    'pos/till': ['store', 'drivers', 'core'],
    'pos/sync': ['pos/till', 'store', 'core', 'base'],
    'pos/session': ['pos/sync', 'pos/till', 'drivers', 'store', 'core', 'base'],
    'pos/ui': ['pos/session', 'drivers', 'core', 'base'],
    'pos': ['pos/ui', 'pos/session', 'pos/sync', 'pos/till', 'core', 'base'],
    **{s: [*SUBJECTS, 'store', 'core', 'base'] for s in SUBJECTS},
    'backoffice/label': [*SUBJECTS, 'drivers', 'store', 'core', 'base'],
    'backoffice/print': [*SUBJECTS, 'drivers', 'store', 'core', 'base'],
    'backoffice/hub': [*SUBJECTS, 'store', 'core', 'base'],
    'backoffice/cli': [*SUBJECTS, 'drivers', 'drivers/sim', 'store', 'core', 'base'],
    'backoffice/ui': [*SUBJECTS, 'drivers', 'store', 'core', 'base'],
    'demo': ['base'],
}
# System headers that only these folders may see.
KEPT = {
    r'sqlite3\.h|libpq-fe\.h': ['store'],
    r'gtk/.*|gdk/.*|gsound\.h': ['pos/ui', 'backoffice/ui', 'demo'],
    r'libsoup/.*': ['pos/sync', 'backoffice/hub', 'drivers/port'],
    r'libserialport\.h': ['drivers/port'],
    r'libusb.*': ['drivers/port', 'drivers/scanner'],
    r'cups/.*': ['drivers/port', 'drivers/discovery'],
    r'libudev\.h': ['drivers/discovery', 'drivers/scanner'],
    r'gio/.*|glib/gstdio\.h|pthread\.h|time\.h|sys/.*|unistd\.h|fcntl\.h':
        ['base', 'store', 'drivers', 'pos', 'backoffice', 'demo'],  # never core
}
SQL = re.compile(r'"\s*(SELECT\s|INSERT\s+(OR\s+\w+\s+)?INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|CREATE\s+(TABLE|INDEX))')


def home(path):
    fits = [f for f in ALLOWED if path == f or path.startswith(f + '/')]
    return max(fits, key=len) if fits else None


def faults(path, text):
    own = home(path)
    if not text.startswith('/* SPDX-License-Identifier: GPL-3.0-or-later */'):
        yield 'has no SPDX line'
    for name in re.findall(r'^#include\s+"([^"]+)"', text, re.M):
        other = home(name)
        if other is None:
            if (ROOT / path).parent.joinpath(name).exists() or name.startswith('config'):
                yield f'includes "{name}" without its folder'
            continue
        if other != own and other not in ALLOWED[own] and not own.startswith(other + '/'):
            yield f'includes "{name}", which {own} may not'
        if own == 'drivers/sim' and other != own:
            yield f'includes "{name}": a simulator shares nothing with its driver'
    for name in re.findall(r'^#include\s+<([^>]+)>', text, re.M):
        for pattern, folders in KEPT.items():
            if re.fullmatch(pattern, name) and not any(path.startswith(f + '/') for f in folders):
                yield f'includes <{name}>, which {own} may not'
    if own == 'core' and re.search(r'\b(double|float)\s+\w', re.sub(r'/\*.*?\*/', '', text, flags=re.S)):
        yield 'uses floating point'
    if own != 'store' and SQL.search(text):
        yield 'has SQL in C: it belongs in schema/'


files = sorted(p for top in ('core', 'base', 'store', 'drivers', 'pos', 'backoffice', 'demo')
               for p in (ROOT / top).rglob('*.[ch]'))
print(f'1..{len(files)}')
bad = 0
for number, file in enumerate(files, 1):
    path = str(file.relative_to(ROOT))
    found = list(faults(path, file.read_text(encoding='utf-8')))
    print(f"{'not ok' if found else 'ok'} {number} {path}")
    for fault in found:
        print(f'# {path} {fault}')
    bad += bool(found)
sys.exit(bool(bad))
