#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every sentence of the sources is translated into every language of po/LINGUAS. TAP on standard output."""
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(sys.argv[1])
LANGUAGES = (ROOT / 'po/LINGUAS').read_text().split()
listed = [l.strip() for l in (ROOT / 'po/POTFILES.in').read_text().splitlines() if l.strip() and l[0] != '#']
SPEAKS = re.compile(r'\b(N?C?_|n?gettext|g_dn?gettext|g_dpgettext2?)\s*\(([A-Z_]+,)?\s*"')
# Those of the "glib" preset of Meson, which makes the template of translators.
KEYWORDS = ['_', 'N_', 'C_:1c,2', 'NC_:1c,2', 'g_dcgettext:2', 'g_dngettext:2,3', 'g_dpgettext2:2c,3']
results = []


def run(*command):
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env={'LC_ALL': 'C', 'PATH': '/usr/bin:/bin'})


def check(name, faults):
    results.append((name, faults))


def said(po):
    """What the translators wrote, by the file it is said in."""
    for entry in po.read_text(encoding='utf-8').split('\n\n'):
        files = re.findall(r'^#: (.+)$', entry, re.M)
        for text in re.findall(r'^msgstr(?:\[\d\])? ((?:".*"\n?)+)', entry, re.M):
            yield ' '.join(files), ''.join(re.findall(r'"(.*)"', text))


def unknown_buttons(po):
    words = {text for _, text in said(po)}
    for files, text in said(po):
        if re.search(r'pos/(session/sentences|ui/message_bar)\.c', files):
            yield from (f'no button is called «{word}»: {text}' for word in re.findall('«(.*?)»', text) if word not in words)


speaking = []
for top in ('base', 'drivers', 'pos', 'backoffice', 'demo', 'core'):
    for file in sorted((ROOT / top).rglob('*')):
        if file.suffix in ('.c', '.h') and SPEAKS.search(file.read_text(encoding='utf-8')):
            speaking.append(str(file.relative_to(ROOT)))
        elif file.suffix == '.ui' and 'translatable=' in file.read_text(encoding='utf-8'):
            speaking.append(str(file.relative_to(ROOT)))
check('po/POTFILES.in names every file with sentences', [f'{f} is missing' for f in speaking if f not in listed]
      + [f'{f} does not exist' for f in listed if not (ROOT / f).exists()])

with tempfile.TemporaryDirectory() as scratch:
    pot = f'{scratch}/baraa.pot'
    made = run('xgettext', '--from-code=UTF-8', *(f'--keyword={k}' for k in KEYWORDS), '--files-from=po/POTFILES.in', '-o', pot)
    check('xgettext reads them', [made.stderr] if made.returncode or made.stderr else [])
    for language in LANGUAGES:
        po, merged = f'po/{language}.po', f'{scratch}/{language}.po'
        run('msgmerge', '-q', '--no-fuzzy-matching', po, pot, '-o', merged)
        stats = run('msgfmt', '--check', '--statistics', '-o', '/dev/null', merged)
        faults = []
        if stats.returncode:
            faults.append(stats.stderr)
        if 'untranslated' in stats.stderr or 'fuzzy' in stats.stderr:
            faults.append(stats.stderr.strip())
            left = run('msgattrib', '--untranslated', '--no-obsolete', '--no-wrap', merged).stdout
            faults += re.findall(r'^msgid ".+"', left, re.M)[:20]
        check(f'{language} is complete', faults)
        check(f'{language} names buttons as they are', list(unknown_buttons(ROOT / po)))

print(f'1..{len(results)}')
for number, (name, faults) in enumerate(results, 1):
    print(f"{'not ok' if faults else 'ok'} {number} {name}")
    for fault in faults:
        print('\n'.join('# ' + line for line in fault.splitlines()))
sys.exit(any(f for _, f in results))
