#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may touch words that the law lets stand on paper alone (drivers/fiscal/paper_only.h): which files name
them, which function is called where, which struct holds them, and where a service's answer is read. Whoever adds a
line below says in the same breath why the words do not stay there. TAP on standard output."""
import pathlib
import re
import sys

ROOT = pathlib.Path(sys.argv[1])
HOME = ('drivers/fiscal/paper_only.h', 'drivers/fiscal/paper_only.c')

# Where the type or one of its functions may be named at all: what makes it, what carries it, what draws it.
INCLUDES = {
    'drivers/fiscal/ebarimt_answer.h',
    'drivers/fiscal/ebarimt_answer.c',
    'drivers/fiscal/ebarimt.h',
    'drivers/fiscal/ebarimt.c',
    'pos/session/receipt_paper.h',
    'pos/session/receipt_paper.c',
    # From the driver to the printer's thread, by hand to hand.
    'pos/session/fiscal_device.h',
    'pos/session/fiscal_engine.h',
    'pos/session/till_printer.h',
}
# Only a pointer to a struct nobody can look into.
NAMES = INCLUDES | {'drivers/fiscal/fiscal.h', 'pos/session/fiscal_device.c', 'pos/session/fiscal_run.c',
                    'pos/session/session_fiscal.c', 'pos/session/till_printer.c'}
CALLS = {
    'paper_only_new': {'drivers/fiscal/ebarimt_answer.c'},
    'paper_only_free': {'drivers/fiscal/ebarimt.c', 'pos/session/fiscal_run.c', 'pos/session/session_fiscal.c',
                        'pos/session/till_printer.c'},
    'paper_only_lend_lottery': {'pos/session/receipt_paper.c'},
    'paper_only_lend_qr': {'pos/session/receipt_paper.c'},
    # The same words where they lie on the paper.
    'paper_add_secret_text': {'pos/session/receipt_paper.c'},
    'paper_add_secret_qr': {'pos/session/receipt_paper.c'},
}
DEFINES = {'drivers/printer/paper.h', 'drivers/printer/paper.c'}
HOLDERS = {
    ('drivers/fiscal/ebarimt.h', 'fiscal'),  # until the till takes it
    ('pos/session/fiscal_engine.h', 'FiscalOutcome'),  # on its way to the session, which is not stored
}
# The members of the service's answer.
LITERALS = {'"lottery"': {'drivers/fiscal/ebarimt_answer.c'}, '"qrData"': {'drivers/fiscal/ebarimt_answer.c'}}
ANYWHERE = re.compile(r'\b(PaperOnly|paper_only(_\w+)?)\b')
STRUCT = re.compile(r'(?:typedef\s+)?struct\s*(\w*)\s*\{(.*?)\n\}\s*(\w*)\s*;', re.S)
MEMBER = re.compile(r'\b(?:PaperOnly|struct paper_only)\s*\*\s*\w+\s*(?:,|;)')


def bare(text):
    return re.sub(r'/\*.*?\*/', '', text, flags=re.S)


def faults(path, text):
    included = '"drivers/fiscal/paper_only.h"' in text
    code = bare(text)
    if path in HOME or path.startswith('drivers/sim/'):
        return
    if included and path not in INCLUDES:
        yield 'includes paper_only.h'
    if ANYWHERE.search(re.sub(r'^#include.*$', '', code, flags=re.M)) and path not in NAMES:
        yield 'names words of paper alone'
    for function, files in CALLS.items():
        if re.search(rf'\b{function}\b', code) and path not in files | DEFINES:
            yield f'calls {function}()'
    for literal, files in LITERALS.items():
        if literal in code and path not in files:
            yield f'reads {literal}'
    for tag, body, alias in STRUCT.findall(code):
        if MEMBER.search(body) and (path, tag or alias) not in HOLDERS:
            yield f'struct {tag or alias} holds words of paper alone'


files = sorted(p for top in ('core', 'base', 'store', 'drivers', 'pos', 'backoffice', 'demo')
               for p in (ROOT / top).rglob('*.[ch]'))
# The test tests itself: what it is there to find.
SAMPLES = [
    ('pos/session/x.c', '#include "drivers/fiscal/paper_only.h"\n', True),
    ('pos/session/x.c', 'typedef struct {\n\tstruct paper_only *words;\n} X;\n', True),
    ('drivers/fiscal/ebarimt.h', 'struct other {\n\tPaperOnly *words;\n};\n', True),
    ('drivers/fiscal/ebarimt.h', 'struct fiscal {\n\tPaperOnly *words;\n};\n', False),
    ('pos/session/receipt_paper.c', 'paper_only_new(a, b);\n', True),
    ('store/x.c', 'json_object_get(json, "lottery");\n', True),
    ('store/x.c', 'f(paper_only_lend_qr(x));\n', True),
    ('store/x.c', 'int x;\n', False),
]
print(f'1..{len(files) + len(SAMPLES)}')
bad = 0
for number, (path, text, wrong) in enumerate(SAMPLES, 1):
    ok = bool(list(faults(path, text))) == wrong
    print(f"{'ok' if ok else 'not ok'} {number} sample {number}")
    bad += not ok
for number, file in enumerate(files, len(SAMPLES) + 1):
    path = str(file.relative_to(ROOT))
    found = list(faults(path, file.read_text(encoding='utf-8')))
    print(f"{'not ok' if found else 'ok'} {number} {path}")
    for fault in found:
        print(f'# {path} {fault}')
    bad += bool(found)
sys.exit(bool(bad))
