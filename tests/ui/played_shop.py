# SPDX-License-Identifier: GPL-3.0-or-later
"""The demo shop with its hub, its devices and a till that plays the demo day when it is told to. Time zone UTC, money in roubles."""
import json
import os
import pathlib
import sqlite3
import subprocess
import tempfile

SHOP = '''
set -eu
top={root} programs={build}
die() {{ echo "$*" >&2; exit 1; }}
. {root}/scripts/shop.sh
trap close_shop EXIT
open_shop "$1" played >&2
echo open
read -r _
play_day "$1" >&2
echo played
read -r _ || true
'''


class PlayedShop:
    def __init__(self, root, build):
        self.folder = tempfile.TemporaryDirectory()
        self.home = pathlib.Path(self.folder.name)
        self.db = self.home / 'office.db'
        self.build = build
        os.environ.update(HOME=str(self.home), XDG_CONFIG_HOME=str(self.home), XDG_DATA_HOME=str(self.home), TZ='UTC')
        self.process = subprocess.Popen(['bash', '-c', SHOP.format(root=root, build=build), 'shop', self.home],
                                        env=dict(os.environ, LC_ALL='C.UTF-8'), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL, text=True)
        assert self.process.stdout.readline() == 'open\n', 'the shop did not open'

    def play(self):
        self.process.stdin.write('play\n')
        self.process.stdin.flush()
        assert self.process.stdout.readline() == 'played\n', 'the day was not played'

    def baraa(self, *args):
        return subprocess.run([self.build / 'backoffice/baraa', *args, '--db', f'sqlite:{self.db}'], check=True,
                              capture_output=True, text=True).stdout

    def day(self):
        with sqlite3.connect(self.db) as base:
            day = str(base.execute('SELECT max(day) FROM receipt').fetchone()[0])
        return f'{day[:4]}-{day[4:6]}-{day[6:]}'

    def report(self, kind, *more, form='json'):
        made = self.baraa('report', kind, '--from', self.day(), '--to', self.day(), '--format', form, *more)
        return json.loads(made) if form == 'json' else made

    def change(self, *statements):
        with sqlite3.connect(self.db) as base:
            for statement in statements:
                base.execute(statement)

    def office(self):
        return (self.build / 'backoffice/baraa-office', '--db', f'sqlite:{self.db}')

    def close(self):
        self.process.stdin.close()
        self.process.wait()
        self.folder.cleanup()
