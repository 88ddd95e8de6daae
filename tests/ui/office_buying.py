#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Suppliers in the real office window: terms, a delivery that is paid, a price list, what to order.
usage: office_buying.py ROOT BUILD"""
import datetime
import json
import pathlib
import sqlite3
import sys

from office_stock import Shop, log_in
from screen import run_tests, until

ROOT, BUILD = (pathlib.Path(p).resolve() for p in sys.argv[1:3])
NAME = 'Name of the supplier'
AMOUNT = 'Amount to pay'
QUANTITY = 'Quantity to order'

shop = Shop(ROOT, BUILD)
(one, other) = shop.scanned_goods()[:2]
shop.baraa('money', 'enter', 'opening', '--account', 'safe', '--amount', '5000.00')


def ago(days):
    """On the clock of the shop, which is Moscow's."""
    now = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=3)))
    return (now.date() - datetime.timedelta(days)).isoformat()


def sql(statement, *values):
    with sqlite3.connect(shop.db) as base:
        return base.execute(statement, values).fetchall()


def suppliers():
    return {s['name']: s for s in json.loads(shop.baraa('supplier', 'list', '--format', 'json'))}


def goods():
    return {g['name']: g for g in json.loads(shop.baraa('supplier', 'show', '--supplier', 'Dairy', '--format', 'json'))['goods']}


def orders():
    return json.loads(shop.baraa('documents', '--kind', 'order', '--state', 'draft', '--format', 'json'))


def first_supplier_is_entered(screen):
    log_in(screen, '3333')
    screen.wait('Suppliers')
    screen.key('alt+s')
    screen.wait('There are no suppliers yet: Ctrl+N adds one, and so does a delivery.')
    screen.key('ctrl+n')
    screen.wait_focus(NAME)
    screen.type('Dairy')
    screen.tab_to('Days to pay in')
    screen.type('10')
    screen.key('Return')
    screen.wait('Written.')
    until('it is there', lambda: suppliers().get('Dairy', {}).get('days') == 10)


def what_cannot_be_is_told(screen):
    screen.tab_to('Ordered every … days')
    screen.type('many')
    screen.key('F12')
    screen.wait('Days are a whole number.')
    screen.key('ctrl+a')
    screen.type('6')
    screen.key('F12')
    until('it is written', lambda: suppliers()['Dairy']['review_days'] == 6)


def delivery_is_owed(screen):
    shop.post({'kind': 'delivery', 'supplier': 'Dairy', 'reference': '77', 'date': ago(20),
               'lines': [{'barcode': one[0], 'quantity': '10', 'unit_cost': '50.00'}]})
    screen.key('Escape')
    screen.wait('Owed to all: 500.00, of it overdue: 500.00')
    screen.key('Down', 'Return')
    screen.wait('■ 10 days late')
    screen.wait('Owed: 500.00   ·   8–30 days late: 500.00')


def nothing_chosen_is_not_paid(screen):
    screen.key('F12')
    screen.wait('How much is paid, and from where? Choose a delivery to pay what is left of it.')
    screen.wait_focus(AMOUNT)


def delivery_is_paid(screen):
    screen.click('■ 10 days late')
    screen.wait_text(AMOUNT, '500.00')
    screen.key('F12')
    screen.wait('Paid.')
    screen.wait('● paid')
    until('nothing is owed', lambda: suppliers()['Dairy']['owed'] == '0.00')
    assert sql("SELECT home, document_id FROM money_ledger WHERE kind = 'supplier-payment'") == [(-50000, 1)]


def price_list_is_tried_and_imported(screen):
    path = shop.home / 'list.csv'
    path.write_text(f'code,barcode,name,cost,factor\nD-1,{one[0]},{one[1]},55.00,6\nD-9,,Not ours,1.00,\n', encoding='utf-8')
    screen.click('Goods and prices')
    screen.press('Price list from a file…')
    screen.wait('Price list of Dairy')
    screen.wait_focus('The file')
    screen.type(str(path))
    screen.key('Return')
    screen.wait('Read as UTF-8. Say what each column is, then try it.')
    screen.press('Try, change nothing')
    screen.wait('Tried, nothing is changed yet. Changed: 1, dearer: 1, as they were: 0, not among our goods: 1, refused rows: 0.')
    assert goods()[one[1]]['cost'] == '50.00', goods()
    screen.press('Import')
    screen.wait('Imported. Changed: 1, dearer: 1, as they were: 0, not among our goods: 1, refused rows: 0.')
    assert (goods()[one[1]]['cost'], goods()[one[1]]['code'], goods()[one[1]]['pack']) == ('55.00', 'D-1', '6')
    screen.key('Escape')
    screen.wait('D-1')


def goods_are_added_by_a_scan(screen):
    screen.wait_focus('Scan or type a code to add goods, or part of a name to find them')
    screen.scan(other[0])
    screen.wait_focus("The supplier's code")
    screen.type('D-2')
    screen.tab_to('Cost of one unit')
    screen.type('20')
    screen.key('F12')
    screen.wait('D-2')
    until('it is his', lambda: goods().get(other[1], {}).get('cost') == '20.00')


def order_is_proposed(screen):
    sql('UPDATE item SET minimum = 15000000 WHERE name IN (?, ?)', one[1], other[1])
    screen.key('F6')
    screen.wait('Not sold lately, at least 15 on the shelf, 10 there')
    screen.wait('6 pcs')  # a pack, where 5 were wanted
    screen.click('Not sold lately, at least 15 on the shelf, none there')
    screen.wait_text(QUANTITY, '15')
    screen.tab_to(QUANTITY)
    screen.type('12')
    screen.key('Return')
    screen.wait('12 pcs')
    screen.wait('Together: 570.00')


def draft_is_made_once(screen):
    screen.key('F12')
    screen.wait('1 draft of an order is made: look at it under Receiving, and post it when it is sent.')
    assert [(o['supplier'], o['lines'], o['value']) for o in orders()] == [('Dairy', 2, '570.00')], orders()
    screen.wait('Not sold lately, at least 15 on the shelf, none there, 12 in drafts of orders')
    assert screen.find('10 there') is None
    screen.key('Escape')
    screen.click('Orders')
    screen.wait('D-000002')


def stockroom_sees_no_debts(screen):
    screen.key('F9')
    log_in(screen, '4444')
    screen.wait('Suppliers')
    screen.key('alt+s')
    screen.wait('Dairy')
    for word in ('Owed', 'Overdue', 'Due then'):
        assert screen.find(word) is None, word


def window_closes_in_order(screen):
    screen.key('F9')
    screen.wait('Type your PIN to open the office')
    assert screen.end() == 0, 'it did not end well'


try:
    run_tests([first_supplier_is_entered, what_cannot_be_is_told, delivery_is_owed, nothing_chosen_is_not_paid, delivery_is_paid,
               price_list_is_tried_and_imported, goods_are_added_by_a_scan, order_is_proposed, draft_is_made_once,
               stockroom_sees_no_debts, window_closes_in_order],
              *shop.office())
finally:
    shop.close()
