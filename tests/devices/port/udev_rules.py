#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The udev rules as udev would read them: udev_rules.py RULES devices.tsv. TAP on standard output.

udevadm of Debian 12 has no "verify" and runs in no container, so the grammar of udev(7) is checked here.
"""
import pathlib
import re
import sys

PAIR = re.compile(r'\s*([A-Z_]+(?:\{[^}"]+\})?)\s*(==|!=|\+=|-=|:=|=)\s*"([^"]*)"\s*(,|$)')
MATCHES = {'ACTION', 'KERNEL', 'SUBSYSTEM', 'ENV', 'ATTR', 'ATTRS'}
SETS = {'TAG', 'GROUP', 'MODE', 'ENV', 'ATTR', 'GOTO', 'LABEL'}
GROUPS = {'lp', 'dialout', 'plugdev', 'input'}  # of a fresh Debian 12


def parse(line):
    """[(key, operator, value)], or None."""
    at, pairs = 0, []
    while at < len(line):
        found = PAIR.match(line, at)
        if not found or (found[4] == '' and found.end() != len(line)):
            return None
        pairs.append(found.groups()[:3])
        at = found.end()
    return pairs or None


def faults(pairs):
    for key, operator, value in pairs:
        name = key.split('{')[0]
        if name not in (MATCHES if operator in ('==', '!=') else SETS):
            yield f'{key}{operator} is no rule'
        if name in ('ATTR', 'ATTRS', 'ENV') and '{' not in key:
            yield f'{key} of what?'
        if name == 'TAG' and operator != '+=':
            yield 'takes the other tags away'
        if name == 'GROUP' and value not in GROUPS:
            yield f'there is no group {value}'
        if name == 'MODE' and value != '0660':
            yield f'mode {value}: open to all'
        if 'LIBINPUT_IGNORE_DEVICE' in key:
            yield 'takes a keyboard away that nobody named'
    keys = [key for key, _, _ in pairs]
    if any(key.startswith('ATTRS') for key in keys) and any(
            key.startswith('ATTR{') and operator == '==' for key, operator, _ in pairs):
        yield 'asks the node and its parent at once'
    if not {'GOTO', 'LABEL'} & set(keys) and not any(
            key in ('ATTR{idVendor}', 'ATTRS{idVendor}', 'KERNEL') or key == 'ENV{ID_USB_INTERFACES}' for key in keys):
        yield 'is for every device'


def wanted(table):
    """The ids of the table that need a rule, as they stand in one."""
    for line in table.read_text(encoding='utf-8').splitlines():
        if not line or line.startswith('#'):
            continue
        vid, pid, kind = line.split('\t')[:3]
        if kind != 'keyboard':
            yield vid, '*' if pid == '????' else pid


rules, table = map(pathlib.Path, sys.argv[1:])
lines = [line for line in rules.read_text(encoding='utf-8').splitlines() if line and not line.startswith('#')]
parsed = [parse(line) for line in lines]
told = []
for line, pairs in zip(lines, parsed):
    told += [f'{line}: {fault}' for fault in (['cannot be read'] if pairs is None else faults(pairs))]
flat = [dict((key, value) for key, _, value in pairs) for pairs in parsed if pairs]
ids = {(rule.get(f'{kind}{{idVendor}}'), rule.get(f'{kind}{{idProduct}}')) for rule in flat for kind in ('ATTR', 'ATTRS')}
missing = [f'{vid}:{pid} has no rule' for vid, pid in wanted(table) if (vid, pid) not in ids]
labels = {rule['LABEL'] for rule in flat if 'LABEL' in rule}
jumps = {rule['GOTO'] for rule in flat if 'GOTO' in rule}
checks = [
    ('every line is a rule', told),
    ('every id of the table has a rule', missing),
    ('every jump has its label', [] if jumps == labels else [f'{jumps} {labels}']),
    ('stands before 73-seat-late.rules', [] if rules.name < '73-seat-late.rules' else [rules.name]),
    ('there are rules', [] if len(lines) > 100 else [str(len(lines))]),
    ('a broken rule is seen', [] if parse('TAG+="a" GROUP="b"') is None and parse('TAG+=a') is None and
     list(faults(parse('SUBSYSTEM=="usb", MODE="0666"'))) else ['no']),
]
print(f'1..{len(checks)}')
for number, (name, found) in enumerate(checks, 1):
    print(f"{'not ok' if found else 'ok'} {number} {name}")
    for fault in found:
        print(f'# {fault}')
sys.exit(any(found for _, found in checks))
