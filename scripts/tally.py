#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Counts the test cases of a JUnit file: the last line is "N passed, N failed, N skipped"."""
import sys
import xml.etree.ElementTree as ET

passed = failed = skipped = 0
try:
    root = ET.parse(sys.argv[1]).getroot()
except (OSError, ET.ParseError) as error:
    sys.exit(f'no test was run: {error}')
for suite in root.iter('testsuite'):
    in_suite = 0
    for case in suite.iter('testcase'):
        in_suite += 1
        name = f"{suite.get('name')}: {case.get('name')}"
        if case.find('failure') is not None or case.find('error') is not None:
            failed += 1
            print('FAILED ', name)
        elif case.find('skipped') is not None:
            skipped += 1
            print('skipped', name)
        else:
            passed += 1
    # A program that died may have reported good cases only.
    if int(suite.get('errors') or 0) and not any(c.find('error') is not None for c in suite.iter('testcase')):
        failed += 1
        print('FAILED ', suite.get('name'), 'ended badly')
if int(sys.argv[2]) and not failed:
    failed = 1
    print('FAILED  the test runner ended with status', sys.argv[2])
print(f'{passed} passed, {failed} failed, {skipped} skipped')
sys.exit(1 if failed or not passed else 0)
