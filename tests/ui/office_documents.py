#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A write-off and its reversal, an order received short with its act, a count: in the real office window.
usage: office_documents.py ROOT BUILD"""
import pathlib
import sqlite3
import subprocess
import sys

from office_stock import Shop, log_in
from screen import run_tests, until

ROOT, BUILD = (pathlib.Path(p).resolve() for p in sys.argv[1:3])
FIELD = 'How much, or scan the next'
EMPTY_FIELD = 'Scan, or type a code or a name'

shop = Shop(ROOT, BUILD)
(one, other, third) = shop.scanned_goods()[:3]
shop.post({'kind': 'opening', 'lines': [{'barcode': one[0], 'quantity': '10', 'unit_cost': '20.00'},
                                        {'barcode': other[0], 'quantity': '5', 'unit_cost': '30.00'}]})
shop.post({'kind': 'order', 'supplier': 'Dairy 1', 'lines': [{'barcode': one[0], 'quantity': '4', 'unit_cost': '20.00'},
                                                             {'barcode': other[0], 'quantity': '2', 'unit_cost': '30.00'}]})


def sql(statement, *values):
    with sqlite3.connect(shop.db) as base:
        return base.execute(statement, values).fetchall()


def balance(name):
    return shop.stock()[name]['balance']


def write_off_asks_for_its_reason(screen):
    log_in(screen, '3333')
    screen.wait('Documents')
    screen.key('alt+5')
    screen.wait('D-000001')
    screen.key('ctrl+n')
    screen.press('New write-off')
    screen.tab_to('Of the day')
    screen.key('Return')
    screen.wait('Choose why these goods are written off.')
    screen.key('space', 'Down', 'Return')
    screen.tab_to('Of the day')
    screen.key('Return')
    screen.wait('Write-off D-000003 · Draft')
    screen.wait('Damaged')


def goods_are_scanned_and_found_by_name(screen):
    screen.scan(one[0])
    screen.wait('1 pcs')
    screen.wait_text(FIELD, '1')
    screen.type('3')
    screen.key('Return')
    screen.wait('3 pcs')
    screen.key('ctrl+f')
    screen.wait_focus('Find goods')
    screen.type(other[1].split()[0].lower())
    screen.key('Return')
    until('it is added', lambda: screen.find(other[1]) and any(t.startswith('2 lines') for t in screen.all_texts()))


def posted_it_leaves_the_shelf(screen):
    screen.key('F12')
    screen.wait('Posting takes these goods out of stock as lost. It cannot be taken back but by reversing it.')
    screen.key('F12')
    screen.wait('Posted.')
    assert (balance(one[1]), balance(other[1])) == ('7', '4')


def reversed_it_is_back(screen):
    screen.press('Reverse…')
    screen.wait_focus('Why it is reversed')
    screen.key('Return')
    screen.wait('Type why it is reversed: it stays in the books with the document.')
    screen.type('wrong shelf')
    screen.key('Return')
    screen.wait('Write-off D-000003 · Reversed')
    assert (balance(one[1]), balance(other[1])) == ('10', '5')


def order_is_received_against(screen):
    screen.key('alt+4')
    screen.wait('D-000002')
    screen.click('D-000002')
    screen.key('Return')
    screen.wait('Delivery D-000004 · Draft')
    screen.wait_focus(EMPTY_FIELD)
    screen.scan(*[one[0]] * 4)
    screen.wait('● all of 4')
    screen.scan(other[0])
    screen.wait('of 2')
    screen.wait('▼ 1 short')
    screen.scan(third[0])
    screen.wait('1 pcs')


def substitute_says_instead_of_what(screen):
    screen.key('F4')
    screen.wait_focus('Quantity')
    screen.press('Choose the goods…')
    screen.wait_focus('Find goods')
    screen.scan(other[0])
    until('it is chosen', lambda: screen.find('It came for itself'))
    screen.press('Save the line (Enter)')
    screen.wait(f'{third[1]} ◆ came instead of {other[1]}')


def act_is_a_paper(screen):
    path = shop.home / 'act.pdf'
    screen.key('F12')
    screen.wait('This differs from what was expected:')
    screen.key('F12')
    screen.wait('Posted.')
    screen.key('ctrl+s')
    screen.save_as('Save the act', path.with_suffix(''))
    screen.wait(f'Saved: {path}')
    text = subprocess.run(['pdftotext', '-layout', path, '-'], check=True, capture_output=True, text=True).stdout
    for part in ('Discrepancy act to Delivery D-000004', 'Dairy 1', other[1], other[0], third[0], '(came instead of', '−1 pcs'):
        assert part in text, text
    assert balance(one[1]) == '14'


def order_that_has_come_is_not_received_twice(screen):
    screen.key('Escape')
    screen.wait('Deliveries, orders and what is on the way')
    screen.wait('D-000002')
    screen.click('D-000002')
    screen.key('Return')
    screen.wait('All of it has come already: enter what comes on top as a new delivery.')
    assert sql('SELECT count(*) FROM document WHERE origin_id = 2') == [(1,)]


def paper_is_entered_before_the_goods(screen):
    sql("UPDATE item SET serials = 1 WHERE name = ?", third[1])
    screen.key('ctrl+n')
    screen.wait('New delivery')
    screen.tab_to('Of the day')
    screen.key('Return')
    screen.wait('Delivery D-000005 · Draft')
    screen.key('F8')
    screen.wait('Receive the goods (F8)')
    screen.scan(one[0])
    screen.wait('on the delivery note')
    screen.wait_text(FIELD, '1')
    screen.type('6')
    screen.key('Return')
    screen.wait('▼ 6 short')
    screen.key('F8')
    screen.wait('Enter the delivery note (F8)')
    screen.scan(one[0])
    screen.wait('of 6')
    screen.wait('▼ 5 short')


def numbered_pieces_ask_for_their_numbers(screen):
    screen.scan(third[0])
    screen.wait_focus('Scan its serial number')
    screen.scan('SN000417A')
    screen.wait_focus(FIELD)
    until('it is written', lambda: sql('SELECT serial FROM document_serial WHERE document_id = 5') == [('SN000417A',)])


def what_somebody_else_enters_appears(screen):
    sql("UPDATE document_line SET quantity = quantity + 5000000, person_id = (SELECT id FROM person WHERE name = 'Sam Porter') "
        'WHERE document_id = 5 AND line = 1')
    sql('UPDATE document SET revision = revision + 1 WHERE id = 5')
    screen.wait('● as expected')
    until('it says who', lambda: any(t.startswith('Sam Porter ') for t in screen.all_texts()))


def draft_is_thrown_away_after_a_question(screen):
    screen.press('Throw away…')
    screen.wait('The draft is thrown away with all its lines. It cannot be brought back.')
    screen.press('Throw it away')
    screen.wait('Deliveries, orders and what is on the way')
    assert sql('SELECT count(*) FROM document WHERE id = 5') == [(0,)]


def count_is_begun(screen):
    screen.key('alt+6')
    screen.wait('Counts of the stock')
    screen.key('ctrl+n')
    screen.wait_focus('Begin the count')
    screen.key('Return')
    screen.wait('Stock count D-000006 · Draft')
    screen.wait_focus(EMPTY_FIELD)


def shelf_is_scanned(screen):
    screen.scan(one[0])
    screen.wait('1 pcs')
    screen.wait_text(FIELD, '1')
    screen.type('12')
    screen.key('Return')
    screen.wait('12 pcs')
    screen.scan(one[0])
    screen.wait('13 pcs')


def difference_is_shown(screen):
    screen.key('F8')
    screen.wait('▼ 1 short')
    screen.wait('▲ count it again')
    screen.wait('◌ nobody counted it')
    screen.key('F8')
    screen.wait_focus(FIELD)


def posted_the_shelf_is_right(screen):
    screen.key('F12')
    screen.wait('Posting brings stock to what was counted. It cannot be taken back but by reversing it.')
    screen.key('F12')
    screen.wait('Posted.')
    assert (balance(one[1]), balance(other[1])) == ('13', '6')


def stock_of_one_item_is_told(screen):
    screen.key('alt+7')
    screen.wait('Scan goods, or choose them above with Enter')
    screen.scan(one[0])
    until('its balance', lambda: any(t.startswith('On the shelf 13 pcs') for t in screen.all_texts()))
    screen.wait('Stock count')
    screen.wait('D-000004')


def window_closes_in_order(screen):
    screen.key('F9')
    screen.wait('Type your PIN to open the office')
    assert screen.end() == 0, 'it did not end well'


try:
    run_tests([write_off_asks_for_its_reason, goods_are_scanned_and_found_by_name, posted_it_leaves_the_shelf, reversed_it_is_back,
               order_is_received_against, substitute_says_instead_of_what, act_is_a_paper, order_that_has_come_is_not_received_twice,
               paper_is_entered_before_the_goods,
               numbered_pieces_ask_for_their_numbers, what_somebody_else_enters_appears, draft_is_thrown_away_after_a_question,
               count_is_begun, shelf_is_scanned,
               difference_is_shown, posted_the_shelf_is_right, stock_of_one_item_is_told, window_closes_in_order], *shop.office())
finally:
    shop.close()
