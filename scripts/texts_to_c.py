#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Text files as one C array: texts_to_c.py HEADER NAME FILE… > NAME.c

HEADER declares the array NAME, whose elements have a name (the file's, without its ending) and a text; an element of two NULLs ends it.
"""
import pathlib
import sys


def literal(line):
    return '"' + line.replace('\\', '\\\\').replace('"', '\\"').replace('\t', '\\t') + '\\n"'


header, name, *files = sys.argv[1:]
sys.stdout.reconfigure(encoding='utf-8')  # whatever the builder's locale is
print(f'#include "{header}"\n\nconst struct text_file {name}[] = {{')
for file in map(pathlib.Path, files):
    print(f'\t{{ "{file.stem}",')
    for line in file.read_text(encoding='utf-8').splitlines():
        print(f'\t  {literal(line)}')
    print('\t},')
print('\t{ NULL, NULL },\n};')
