#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A delivery of fifty lines received in the real office window with a scanner. usage: office_receiving.py ROOT BUILD"""
import decimal
import pathlib
import sqlite3
import sys

from office_stock import Shop, log_in
from screen import run_tests, until

ROOT, BUILD = (pathlib.Path(p).resolve() for p in sys.argv[1:3])
FIELD = 'How much, or scan the next'
EMPTY_FIELD = 'Scan, or type a code or a name'
DAY_FIELD = 'Expires on: 281226'
UNKNOWN = '4600000000015'
PACK = '4600000000107'
GS1 = '010{}17270331{}'

shop = Shop(ROOT, BUILD)
goods = shop.scanned_goods()
plain, packed, perishable, dated = goods[:46], goods[46], goods[47], goods[48]
expected = {}  # name: quantity


def sql(*statements):
    with sqlite3.connect(shop.db) as base:
        for statement, *values in statements:
            base.execute(statement, values)


def id_of(code):
    with sqlite3.connect(shop.db) as base:
        return base.execute('SELECT item_id FROM barcode WHERE code = ?', (code,)).fetchone()[0]


sql(('UPDATE item SET expires = 1 WHERE id IN (?, ?)', id_of(perishable[0]), id_of(dated[0])),
    ('INSERT INTO pack (id, item_id, name, factor) VALUES (1, ?, \'box\', 12000000)', id_of(packed[0])),
    ('INSERT INTO barcode (key, code, item_id, pack_id) VALUES (?, ?, ?, 1)', PACK.zfill(14), PACK, id_of(packed[0])))


def came(name, quantity):
    expected[name] = expected.get(name, 0) + quantity


def on_the_card(screen, name, amount):
    screen.wait(name)
    screen.wait(amount)


def delivery_is_begun_with_its_paper(screen):
    log_in(screen, '3333')
    screen.wait('Receiving')
    screen.key('alt+4')
    screen.wait('There is nothing here yet. Begin one with Ctrl+N.')
    screen.key('ctrl+n')
    screen.wait('New delivery')
    screen.tab_to('Or a new supplier')
    screen.type('Dairy 1')
    screen.tab_to('Number of their paper')
    screen.type('4711')
    screen.key('Return')
    screen.wait('Delivery D-000001 · Draft')
    screen.wait('Dairy 1 · their paper 4711')
    screen.wait_focus(EMPTY_FIELD)


def forty_six_goods_are_scanned_in_a_row(screen):
    screen.scan(*[code for code, _ in plain])
    for _, name in plain:
        came(name, 1)
    until('46 lines', lambda: any(t.startswith('46 lines') for t in screen.all_texts()))
    on_the_card(screen, plain[-1][1], '1 pcs')
    screen.wait_text(FIELD, '1')


def typed_number_takes_the_place_of_the_scan(screen):
    screen.type('24')
    screen.key('Return')
    screen.wait('24 pcs')
    came(plain[-1][1], 23)
    screen.wait_text(FIELD, '24')


def next_scan_adds_one_and_leaves_the_number(screen):
    screen.scan(plain[-1][0])
    screen.wait('25 pcs')
    came(plain[-1][1], 1)
    screen.wait_text(FIELD, '1')


def three_times_is_typed_before_the_scan(screen):
    screen.type('3*')
    screen.scan(plain[0][0])
    screen.wait('4 pcs')
    came(plain[0][1], 3)


def code_typed_by_hand_is_a_code(screen):
    screen.type(plain[1][0])
    screen.key('Return')
    on_the_card(screen, plain[1][1], '2 pcs')
    came(plain[1][1], 1)


def scan_anywhere_counts(screen):
    screen.click(plain[3][1])  # a row of the table has the focus now
    screen.scan(plain[2][0])
    on_the_card(screen, plain[2][1], '2 pcs')
    came(plain[2][1], 1)
    screen.wait_focus(FIELD)


def pack_counts_what_is_in_it(screen):
    screen.scan(PACK)
    on_the_card(screen, packed[1], '12 pcs')
    came(packed[1], 12)


def perishable_goods_ask_for_their_day(screen):
    screen.scan(perishable[0])
    screen.wait_focus(DAY_FIELD)
    screen.type('310226')
    screen.key('Return')
    screen.wait('There is no such day. Type day, month, year: 281226, 28.12.26 or 2026-12-28.')
    screen.key('ctrl+a')
    screen.type('281227')
    screen.key('Return')
    on_the_card(screen, perishable[1], '1 pcs')
    screen.wait('2027-12-28')
    came(perishable[1], 1)


def same_goods_keep_the_day(screen):
    screen.scan(perishable[0])
    on_the_card(screen, perishable[1], '2 pcs')
    came(perishable[1], 1)


def element_string_fills_day_and_batch(screen):
    screen.scan(GS1.format(dated[0], '10K118'))
    on_the_card(screen, dated[1], '1 pcs')
    screen.wait('2027-03-31 K118')
    came(dated[1], 1)


def unknown_code_asks_on_the_spot_and_scans_wait(screen):
    screen.scan(UNKNOWN)
    screen.wait(f'No goods have the code {UNKNOWN}. Find the goods it is on, or make new ones.')
    screen.scan(plain[4][0], plain[5][0])
    screen.wait('2 scans wait. Answer first, then they are taken.')
    screen.click('New goods')
    screen.wait_focus('Name of the new goods')
    screen.type('Kefir of the test')
    screen.key('Return')
    screen.wait_focus('Price of the new goods')
    screen.type('99.50')
    screen.key('Return')
    for name in ('Kefir of the test', plain[4][1], plain[5][1]):
        came(name, 1)
    until('50 lines', lambda: any(t.startswith('50 lines') for t in screen.all_texts()))
    on_the_card(screen, plain[5][1], '2 pcs')


def cost_and_price_are_typed_on_the_line(screen):
    screen.key('F4')
    screen.tab_to('Cost of the line')
    screen.type('100')
    screen.tab_to('New price')
    screen.type('80')
    screen.wait('margin 37.5 %')
    screen.key('Return')
    screen.wait_focus(FIELD)
    screen.wait('100.00')
    screen.wait('80.00')


def posting_asks_once(screen):
    screen.key('F12')
    screen.wait('Posting puts these goods into stock, with their costs and new prices. It cannot be taken back but by '
                'reversing it.')
    screen.key('F12')
    screen.wait('Posted.')
    screen.wait('Delivery D-000001 · Posted')


def stock_is_what_came(screen):
    stock = shop.stock()
    found = {n: int(r['balance']) for n, r in stock.items()}
    assert found == expected, set(found.items()) ^ set(expected.items())
    row = stock[plain[5][1]]
    assert decimal.Decimal(row['cost']) == 50 and decimal.Decimal(row['value']) == 100, row
    with sqlite3.connect(shop.db) as base:
        assert base.execute('SELECT price FROM item WHERE id = ?', (id_of(plain[5][0]),)).fetchone()[0] == 8000
        batches = base.execute('SELECT b.code, b.expiry, l.quantity FROM batch b JOIN batch_balance l ON l.batch_id = b.id '
                               'ORDER BY b.expiry').fetchall()
    assert batches == [('K118', 20270331, 1000000), ('', 20271228, 2000000)], batches


def window_closes_in_order(screen):
    screen.key('Escape')
    screen.wait('D-000001')
    screen.key('F9')
    screen.wait('Type your PIN to open the office')
    assert screen.end() == 0, 'it did not end well'


try:
    run_tests([delivery_is_begun_with_its_paper, forty_six_goods_are_scanned_in_a_row, typed_number_takes_the_place_of_the_scan,
               next_scan_adds_one_and_leaves_the_number, three_times_is_typed_before_the_scan, code_typed_by_hand_is_a_code,
               scan_anywhere_counts, pack_counts_what_is_in_it, perishable_goods_ask_for_their_day, same_goods_keep_the_day,
               element_string_fills_day_and_batch, unknown_code_asks_on_the_spot_and_scans_wait,
               cost_and_price_are_typed_on_the_line, posting_asks_once, stock_is_what_came, window_closes_in_order],
              *shop.office())
finally:
    shop.close()
