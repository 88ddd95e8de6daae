#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The first page a manager sees, from before the first sale to what needs somebody. usage: office_today.py ROOT BUILD"""
import pathlib
import sys

from played_shop import PlayedShop
from screen import run_tests, until

ROOT, BUILD = (pathlib.Path(p).resolve() for p in sys.argv[1:3])
RUNS_OUT = '1 item runs out: no more than its minimum is there'
BELOW = '1 item is below zero in stock: count it, or enter its delivery'

shop = PlayedShop(ROOT, BUILD)


def says(screen, *parts):
    return any(all(part in text for part in parts) for text in screen.all_texts())


def shop_that_has_not_sold_is_told_how_to_begin(screen):
    screen.wait_focus('PIN')
    screen.scan('3333')
    screen.wait('Before the first sale')
    until('the next step is told', lambda: says(screen, 'Sell at the till. What it sells appears here by itself'))
    assert not says(screen, 'bring in your list from a file'), 'it has its goods'


def first_sales_appear_by_themselves(screen):
    shop.play()
    totals = shop.report('sales')['totals']
    screen.wait(totals['net'] + ' ₽')
    screen.wait('Average receipt')
    screen.wait('Gross margin')


def picture_is_walked_by_keys(screen):
    screen.key('alt+1')
    screen.key('alt+t')
    until('the picture has the focus', lambda: screen.has(screen.picture('Sales by hour'), screen.atspi.StateType.FOCUSED))
    screen.key('Home')
    until('it says the hour and its sales', lambda: ':00–' in screen.picture('Sales by hour').name)


def best_goods_are_named(screen):
    row = shop.report('items')['rows'][0]
    until('they are', lambda: f"{row['name']}: {row['net']} ₽" in screen.picture('Best sellers today').description())


def what_runs_out_appears_and_opens_its_page(screen):
    shop.change('UPDATE item SET minimum = 1000000000000 WHERE id = (SELECT min(id) FROM item WHERE deleted = 0)')
    screen.wait(RUNS_OUT)


def stock_below_zero_appears(screen):
    shop.change('UPDATE stock_balance SET quantity = -1000000 WHERE item_id = (SELECT min(id) FROM item WHERE deleted = 0)')
    screen.wait(BELOW)
    screen.click(BELOW)
    screen.key('Return')
    until('the stock page is there', lambda: screen.find(BELOW) is None)
    screen.key('alt+t')
    screen.wait(BELOW)


def silent_till_appears(screen):
    shop.change('UPDATE shift SET closed_at = NULL', 'UPDATE till SET seen_at = seen_at - 600000000')
    until('it says so', lambda: says(screen, 'Till 1 has been silent for'))


def hours_open_their_report(screen):
    screen.key('alt+1')
    screen.key('alt+t')
    screen.key('Home', 'Return')
    screen.wait('Find a report')
    for row in shop.report('hours')['rows']:
        screen.wait(row['net'])


def cashier_of_stock_has_no_such_page(screen):
    screen.key('F9')
    screen.wait_focus('PIN')
    screen.scan('4444')
    screen.wait('Goods')
    assert screen.find('Today') is None and screen.find('Reports') is None


try:
    run_tests([shop_that_has_not_sold_is_told_how_to_begin, first_sales_appear_by_themselves, picture_is_walked_by_keys,
               best_goods_are_named, what_runs_out_appears_and_opens_its_page, stock_below_zero_appears, silent_till_appears,
               hours_open_their_report, cashier_of_stock_has_no_such_page], *shop.office())
finally:
    shop.close()
