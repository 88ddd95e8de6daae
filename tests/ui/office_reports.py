#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A manager's reports in the real office window, down to the receipt and out to files, on the demo shop whose till sells meanwhile.
usage: office_reports.py ROOT BUILD"""
import csv
import pathlib
import subprocess
import sys

from played_shop import PlayedShop
from screen import run_tests, until

ROOT, BUILD = (pathlib.Path(p).resolve() for p in sys.argv[1:3])
NOTHING = 'There is nothing to show for these days, or the tills have not sent their receipts yet.'
FIND = 'Find a report'

shop = PlayedShop(ROOT, BUILD)


def begins(screen, text):
    """Something on the screen is called or says so, in its beginning."""
    return any(n.name.startswith(text) or n.text.startswith(text) for n in screen.nodes())


def choose(screen, words):
    screen.key('ctrl+f')
    screen.wait_focus(FIND)
    screen.scan(words)


def nothing_sold_yet(screen):
    screen.wait_focus('PIN')
    screen.scan('3333')
    screen.wait('Reports')
    screen.key('alt+2')
    screen.wait(NOTHING)


def sales_of_the_till_appear_by_themselves(screen):
    shop.play()
    screen.wait(shop.report('sales')['totals']['net'])
    for row in shop.report('sales')['rows'][:5]:
        screen.wait(row['name'])
        screen.wait(row['net'])


def report_is_found_as_one_types(screen):
    choose(screen, 'sal cash')
    for row in shop.report('cashiers')['rows']:
        screen.wait(row['cashier'])
        screen.wait(row['net'])


def picture_says_what_it_shows(screen):
    row = shop.report('cashiers')['rows'][0]
    until('the picture is described', lambda: screen.picture('Sales by cashier') is not None and
          f"{row['cashier']}: {row['net']} ₽" in screen.picture('Sales by cashier').description())


def row_opens_its_receipts(screen):
    global cashier
    cashier = shop.report('cashiers')['rows'][0]['cashier']
    screen.click(cashier)
    screen.key('Return')
    screen.wait(f'Without Cashier: {cashier}')
    for row in shop.report('receipts', '--cashier', cashier)['rows'][:5]:
        screen.wait(row['receipt'])


def save(screen, name, *how):
    path = shop.home / name
    how[0](*how[1:])
    screen.save_as('Save the report', path.with_suffix(''))  # the ending stays where it is
    screen.wait(f'Saved: {path}')
    return path


def what_is_saved_is_what_is_seen(screen):
    path = save(screen, 'receipts.csv', screen.press, 'CSV')
    assert path.read_text(encoding='utf-8') == shop.report('receipts', '--cashier', cashier, form='csv')


def click_on_a_head_sorts_it_and_what_is_saved(screen):
    first = shop.report('receipts', '--cashier', cashier)['rows'][0]['receipt']
    shown = {row['receipt'] for row in shop.report('receipts', '--cashier', cashier)['rows']}
    screen.click('Receipt')
    until('the lowest is first', lambda: screen.shown(shown)[:1] == [min(shown)])
    screen.click('Receipt')
    until('the highest is first', lambda: screen.shown(shown)[:1] == [max(shown)])
    path = save(screen, 'sorted.csv', screen.press, 'CSV')
    with open(path, newline='', encoding='utf-8') as file:
        saved = [row['receipt'] for row in csv.DictReader(file)]
    assert saved == sorted(shown, reverse=True) and first in saved, saved


def receipt_is_opened_and_left(screen):
    row = shop.report('receipts', '--cashier', cashier)['rows'][0]
    screen.click(row['receipt'])
    screen.key('Return')
    until('the receipt is there', lambda: begins(screen, 'Receipt ' + row['receipt']) or begins(screen, 'Return ' + row['receipt']))
    screen.wait('Fiscal document')
    screen.key('alt+Up')
    screen.wait(f'Without Cashier: {cashier}')


def chip_takes_the_narrowing_away(screen):
    screen.press(f'Without Cashier: {cashier}')
    until('it is gone', lambda: screen.find(f'Without Cashier: {cashier}') is None)
    screen.wait(shop.report('receipts')['totals']['net'])


def narrowed_by_the_list(screen):
    screen.key('ctrl+e')
    screen.press('Monday')
    until('it is narrowed', lambda: screen.find('Without Weekdays: Mon') is not None)
    screen.key('Escape')
    screen.press('Without Weekdays: Mon')
    screen.wait(shop.report('receipts')['totals']['net'])


def way_back(screen):
    screen.key('alt+Up')
    for row in shop.report('cashiers')['rows']:
        screen.wait(row['cashier'])


def saved_as_pdf(screen):
    path = save(screen, 'cashiers.pdf', screen.key, 'ctrl+s')
    assert path.read_bytes().startswith(b'%PDF'), 'it is no PDF'
    text = subprocess.run(['pdftotext', '-layout', path, '-'], check=True, capture_output=True, text=True).stdout
    for row in shop.report('cashiers')['rows']:
        assert row['cashier'] in text and row['net'] in text, text


def save_that_fails_says_what_to_do(screen):
    screen.press('CSV')
    screen.save_as('Save the report', '/proc/none')
    until('it says so', lambda: any(t.startswith('It was not saved') for t in screen.all_texts()))


def periods_have_keys(screen):
    screen.key('alt+Left')
    screen.wait(NOTHING)
    screen.key('alt+Home')
    screen.wait(shop.report('cashiers')['totals']['net'])


def daily_report_is_read_on_the_screen(screen):
    choose(screen, 'daily')
    screen.wait('Payments')
    for row in shop.report('payments')['rows']:
        screen.wait(row['amount'])


def what_is_missing_is_told(screen):
    choose(screen, 'best')
    shop.change("INSERT INTO quarantine SELECT shop_id, till_id, number, at, 'test' FROM journal WHERE kind = 'receipt' LIMIT 2",
                'UPDATE shift SET closed_at = NULL', 'UPDATE till SET seen_at = seen_at - 600000000')
    screen.key('F5')
    until('it says so', lambda: any('2 receipts could not be understood and are not in the figures.' in t and
                                    'Till 1 is silent since' in t for t in screen.all_texts()))


def database_that_is_gone_is_told(screen):
    gone = ('The database is gone: its file was moved, deleted or replaced. Close the office, put the file back, then '
            'open the office again.')
    shop.db.rename(shop.home / 'away.db')
    screen.key('F5')
    screen.wait(gone)
    (shop.home / 'away.db').rename(shop.db)
    screen.key('F5')
    until('the report is back', lambda: screen.find(gone) is None)


try:
    run_tests([nothing_sold_yet, sales_of_the_till_appear_by_themselves, report_is_found_as_one_types, picture_says_what_it_shows,
               row_opens_its_receipts, what_is_saved_is_what_is_seen, receipt_is_opened_and_left,
               click_on_a_head_sorts_it_and_what_is_saved, chip_takes_the_narrowing_away, narrowed_by_the_list, way_back,
               saved_as_pdf, save_that_fails_says_what_to_do, periods_have_keys, daily_report_is_read_on_the_screen,
               what_is_missing_is_told, database_that_is_gone_is_told], *shop.office())
finally:
    shop.close()
