#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Counts the test cases of a run: the last line is "N passed, N failed, N skipped". Before it stands what tests tell
of themselves in lines "# TALLY …".
usage: tally.py LOGS STATUS, where LOGS is meson's path without .junit.xml and .json, STATUS what meson ended with"""
import json
import re
import sys
import xml.etree.ElementTree as ET

passed = failed = skipped = 0


def fail(*words):
    global failed
    failed += 1
    print('FAILED ', *words)


def count(suite):
    global passed, skipped
    for case in suite.iter('testcase'):
        name = f"{suite.get('name')}: {case.get('name')}"
        if case.find('failure') is not None or case.find('error') is not None:
            fail(name)
        elif case.find('skipped') is not None:
            skipped += 1
            print('skipped', name)
        else:
            passed += 1


def read_suites(path):
    """What tests print stands in the report as it is, separators of barcodes too, which XML does not know."""
    text = open(path, encoding='utf-8', errors='replace').read()
    return list(ET.fromstring(re.sub('[^\\t\\n\\r\\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]', '?', text)).iter('testsuite'))


try:
    tests = [json.loads(line) for line in open(sys.argv[1] + '.json')]
    programs = {test['name']: test['result'] for test in tests}
    suites = read_suites(sys.argv[1] + '.junit.xml')
except (OSError, ValueError, ET.ParseError) as error:
    fail('no test was reported on:', error)
    tests, programs, suites = [], {}, []
for test in tests:
    for line in test.get('stdout', '').splitlines():
        if line.startswith('# TALLY '):
            print(line[len('# TALLY '):])
for suite in suites:
    before = failed
    count(suite)
    # A program that died has reported on the cases before.
    result = programs.get(suite.get('name').partition('.')[2], 'OK')
    if failed == before and result not in ('OK', 'SKIP', 'EXPECTEDFAIL'):
        fail(suite.get('name'), 'ended badly:', result)
if sys.argv[2] != '0' and not failed:
    fail('the test runner ended with status', sys.argv[2])
print(f'{passed} passed, {failed} failed, {skipped} skipped')
sys.exit(1 if failed or not passed else 0)
