#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""From the lorry to the receipt: fifty lines received in the office window by scans alone, labels of them on a simulated
printer and read back, stock and cost as on the paper, and the goods sold on a till. usage: office_delivery.py ROOT BUILD"""
import decimal
import json
import os
import pathlib
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile

from screen import run_tests, until

BUILD = pathlib.Path(sys.argv[2]).resolve()
BARAA, TILL, HUB = BUILD / 'backoffice/baraa', BUILD / 'pos/baraa-till', BUILD / 'backoffice/baraa-hub'
N = 50
folder = tempfile.TemporaryDirectory()
home = pathlib.Path(folder.name)
db = home / 'office.db'
os.environ.update(HOME=str(home), XDG_CONFIG_HOME=str(home), XDG_DATA_HOME=str(home), TZ='UTC', LC_ALL='C.UTF-8')


def ean13(n):
    digits = f'46{n:010d}'
    return digits + str(-sum(int(d) * (3 if i % 2 else 1) for i, d in enumerate(digits)) % 10)


def run(*command):
    made = subprocess.run([str(c) for c in command], capture_output=True, text=True)
    assert made.returncode == 0, f'{command}: {made.stdout} {made.stderr}'
    return made.stdout


def baraa(*args):
    return run(BARAA, *args, '--db', f'sqlite:{db}')


class Program:
    """In the background, until it has said where it listens."""

    def __init__(self, address, *command):
        self.process = subprocess.Popen([str(c) for c in command], stdout=subprocess.PIPE, text=True)
        self.address = None
        while self.address is None:
            line = self.process.stdout.readline()
            assert line, f'{command} ended at once'
            self.address = (re.search(address, line) or [None])[0]

    def end(self):
        self.process.terminate()
        self.process.wait()


def make_shop():
    """Goods that were never in stock, on order for a cost each of its own; a printer; a till."""
    goods = home / 'goods.tsv'
    rows = [f'{ean13(n)}\tGoods number {n:02d}\t{10 + n}.00\n' for n in range(1, N + 1)]
    goods.write_text('barcode\tname\tprice\n' + ''.join(rows), encoding='utf-8')
    baraa('init', '--country', 'us', '--shop', 'Shop')
    baraa('import', 'goods', goods)
    baraa('person', 'add', '--name', 'Sam Porter', '--role', 'stock', '--pin', '4444')
    baraa('person', 'add', '--name', 'Mary', '--role', 'cashier', '--pin', '1111')
    order = {'kind': 'order', 'supplier': 'Dairy', 'key': 'order-1', 'lines': [
        {'barcode': ean13(n), 'quantity': '2', 'unit_cost': f'{5 + n}.50'} for n in range(1, N + 1)]}
    (home / 'order.json').write_text(json.dumps(order), encoding='utf-8')
    baraa('post', home / 'order.json')
    with sqlite3.connect(db) as base:
        base.execute("INSERT INTO label_device (id, shop_id, name, class, device) VALUES (1, 1, 'Zebra', 'label', ?)",
                     (f'zpl@{printer.address}',))
        base.execute("UPDATE counter SET value = 1 WHERE name = 'label-device'")


def enrol_till():
    code = baraa('till', 'add', '--name', 'Till').strip()
    (home / 'till').mkdir()
    run(TILL, '--data', home / 'till', '--enrol', hub.address, code)


def delivery_is_begun_on_the_order(screen):
    screen.wait_focus('PIN')
    screen.scan('4444')
    screen.wait('Receiving')
    screen.key('alt+4')
    screen.click('D-000001')
    screen.key('Return')
    screen.wait('Delivery D-000002 · Draft')


def fifty_goods_are_scanned_twice(screen):
    codes = [ean13(n) for n in range(1, N + 1)]
    screen.scan(*codes, *codes)
    until('50 lines', lambda: any(t.startswith(f'{N} lines') for t in screen.all_texts()))
    screen.wait(f'Goods number {N:02d}')
    screen.wait('2 pcs')


def it_is_posted(screen):
    screen.key('F12')
    screen.wait('Posting puts these goods into stock, with their costs and new prices. It cannot be taken back but by '
                'reversing it.')
    screen.key('F12')
    screen.wait('Posted.')


def labels_are_printed_from_the_same_screen(screen):
    screen.key('F7')
    screen.wait('One of each')
    screen.press('One of each')
    screen.press('Print labels')
    until('the labels are told', lambda: any(f'{N} labels are printed.' in t for t in screen.all_texts()))


def every_label_says_its_code(screen):
    labels = sorted(pictures.glob('*.png'))
    assert len(labels) == N, f'{len(labels)} labels'
    read = set(run('zbarimg', '-q', '--raw', *labels).split())
    assert read == {ean13(n) for n in range(1, N + 1)}, read


def stock_and_cost_are_those_of_the_paper(screen):
    rows = {r['barcode']: r for r in json.loads(baraa('stock', '--format', 'json'))['rows']}
    for n in range(1, N + 1):
        row = rows[ean13(n)]
        assert decimal.Decimal(row['balance']) == 2 and decimal.Decimal(row['value']) == 2 * (5 + n) + 1, row
    assert screen.find('Cost of the line') is None, 'somebody of the stockroom sees costs'


def goods_are_sold_on_the_till(screen):
    script = 'login 1111\nopen-shift 0\n' + ''.join(f'scan {ean13(n)}\n' for n in range(1, N + 1)) + 'pay cash\nsync\n'
    said = subprocess.run([TILL, '--data', home / 'till', '--script', '-'], input=script, capture_output=True, text=True)
    assert said.returncode == 0, said.stdout[-400:]
    until('one of each is left', lambda: all(decimal.Decimal(r['balance']) == 1 for r in
                                             json.loads(baraa('stock', '--format', 'json'))['rows']))
    assert run(BARAA, 'verify', f'sqlite:{db}').startswith('OK ')


if shutil.which('zbarimg') is None:
    print('1..0 # SKIP no zbarimg')
    raise SystemExit
pictures = home / 'pictures'
pictures.mkdir()
printer = Program(r'tcp:127\.0\.0\.1:\d+', BARAA, 'sim', 'label-zpl', '--tcp', '0', '--png', pictures)
try:
    make_shop()
    hub = Program(r'http://\S+', HUB, '--db', f'sqlite:{db}', '--listen', '127.0.0.1:0')
    try:
        enrol_till()
        run_tests([delivery_is_begun_on_the_order, fifty_goods_are_scanned_twice, it_is_posted,
                   labels_are_printed_from_the_same_screen, every_label_says_its_code, stock_and_cost_are_those_of_the_paper,
                   goods_are_sold_on_the_till],
                  BUILD / 'backoffice/baraa-office', '--db', f'sqlite:{db}')
    finally:
        hub.end()
finally:
    printer.end()
    folder.cleanup()
