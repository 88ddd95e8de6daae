#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A manager's hour in the real office window, on the demo shop whose till sells meanwhile. usage: office_work.py ROOT BUILD"""
import csv
import decimal
import json
import os
import pathlib
import sqlite3
import subprocess
import sys
import tempfile

from screen import run_tests, until

ROOT, BUILD = (pathlib.Path(p).resolve() for p in sys.argv[1:3])
BARAA = BUILD / 'backoffice/baraa'
SEARCH = 'Search goods'
SHOP = f'''
set -eu
top={ROOT} programs={BUILD}
die() {{ echo "$*" >&2; exit 1; }}
. {ROOT}/scripts/shop.sh
trap close_shop EXIT
open_shop "$1" played >&2
echo open
read -r _
play_day "$1" >&2
echo played
read -r _ || true
'''
folder = tempfile.TemporaryDirectory()
home = pathlib.Path(folder.name)
db = home / 'office.db'
os.environ.update(HOME=str(home), XDG_CONFIG_HOME=str(home), XDG_DATA_HOME=str(home), TZ='UTC')


def demo_goods():
    with open(ROOT / 'demo/goods.tsv', encoding='utf-8', newline='') as file:
        rows = {r['article']: r for r in csv.DictReader(file, delimiter='\t')}  # a second barcode is another row
    return [(r['barcode'], r['name_en'], decimal.Decimal(r['price_ru'])) for r in rows.values()]


def baraa(*args):
    return subprocess.run([BARAA, *args, '--db', f'sqlite:{db}'], check=True, capture_output=True, text=True).stdout


def report(kind):
    with sqlite3.connect(db) as base:
        day = str(base.execute('SELECT max(day) FROM receipt').fetchone()[0])
    day = f'{day[:4]}-{day[4:6]}-{day[6:]}'
    return json.loads(baraa('report', kind, '--from', day, '--to', day, '--format', 'json'))


def log_in(screen, pin):
    screen.wait_focus('PIN')
    screen.scan(pin)


def wrong_pin_is_refused(screen):
    log_in(screen, '9999')
    screen.wait('Nobody has this PIN. Type it again.')
    assert screen.text('PIN') == '', 'the wrong PIN stayed in the field'


def cashier_sees_their_own_work_alone(screen):
    log_in(screen, '1111')
    screen.wait('Days worked')
    assert screen.find(SEARCH) is None, 'a cashier sees the goods'
    screen.key('F9')


def manager_sees_the_goods(screen):
    log_in(screen, '3333')
    screen.wait('Goods')
    screen.key('alt+1')
    screen.wait(f'{len(demo_goods())} items')


def scan_finds_one_item(screen):
    code, name, _ = next(g for g in demo_goods() if len(g[0]) == 13)
    screen.scan(code)
    screen.wait('1 item')
    assert screen.shown({name}) == [name], f'it shows {screen.shown({g[1] for g in demo_goods()})}'


def next_scan_takes_its_place(screen):
    code = [g[0] for g in demo_goods() if len(g[0]) == 13][5]
    screen.scan(code)
    screen.wait_text(SEARCH, code)
    screen.wait('1 item')


def unknown_name_says_what_to_try(screen):
    screen.scan('qqq')
    screen.wait('Nothing is called that. Try the beginning of another word, or a whole barcode.')


def beginnings_of_words_find_goods(screen):
    global found
    found = [g for g in demo_goods() if any(w.startswith('tea') for w in g[1].lower().replace(',', ' ').split())]
    assert len(found) > 2, 'the demo shop has no tea'
    screen.scan('tea')
    screen.wait(f'{len(found)} items')
    until('the teas are listed', lambda: sorted(screen.shown({g[1] for g in found})) == sorted(g[1] for g in found))


def price_list(screen):
    texts = {f'{g[2]:.2f}' for g in found}
    return [decimal.Decimal(t) for t in screen.shown(texts)]


def click_on_a_head_sorts(screen):
    prices = sorted(g[2] for g in found)
    screen.click('Price')
    until('the cheapest is first', lambda: price_list(screen) == prices)
    screen.click('Price', part=5)
    until('the dearest is first', lambda: price_list(screen) == prices[::-1])


def goods_changed_meanwhile_are_read_again(screen):
    more = home / 'more.tsv'
    more.write_text('barcode\tname\tprice\n4600000000015\tTea of the test\t1.00\n', encoding='utf-8')
    baraa('import', 'goods', str(more))
    screen.key('F5')
    screen.wait(f'{len(found) + 1} items')
    screen.wait('Tea of the test')


def day_is_played(screen):
    shop.stdin.write('play\n')
    shop.stdin.flush()
    assert shop.stdout.readline() == 'played\n', 'the day was not played'


def nothing_to_look_after(screen):
    screen.key('alt+3')
    screen.wait('Nothing needs you: every receipt has its document, and nothing came back twice.')


def doubt_is_to_be_looked_after(screen):
    with sqlite3.connect(db) as base:
        base.execute("INSERT INTO fiscal_doubt SELECT shop_id, till_id, journal_number, day, shift, seq, cashier_id, NULL, "
                     "'possibly-twice', 0, '' FROM receipt LIMIT 1")
    screen.key('F5')
    screen.wait('The registrar may have it twice: 1')
    screen.wait('To look after (1)')
    screen.wait(report('cases')['rows'][0]['receipt'])


def window_closes_in_order(screen):
    screen.key('F9')
    screen.wait('Type your PIN to open the office')
    assert screen.end() == 0, 'it did not end well'


shop = subprocess.Popen(['bash', '-c', SHOP, 'shop', home], env=dict(os.environ, LC_ALL='C.UTF-8'), stdin=subprocess.PIPE,
                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
try:
    assert shop.stdout.readline() == 'open\n', 'the shop did not open'
    run_tests([wrong_pin_is_refused, cashier_sees_their_own_work_alone, manager_sees_the_goods, scan_finds_one_item,
               next_scan_takes_its_place, unknown_name_says_what_to_try, beginnings_of_words_find_goods, click_on_a_head_sorts,
               goods_changed_meanwhile_are_read_again, day_is_played, nothing_to_look_after, doubt_is_to_be_looked_after,
               window_closes_in_order], BUILD / 'backoffice/baraa-office', '--db', f'sqlite:{db}')
finally:
    shop.stdin.close()
    shop.wait()
    folder.cleanup()
