#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Money of a shop in the real office window: what a manager enters, pays, takes back.
usage: office_money.py ROOT BUILD"""
import json
import pathlib
import subprocess
import sys

from office_stock import Shop, log_in
from screen import run_tests, until

ROOT, BUILD = (pathlib.Path(p).resolve() for p in sys.argv[1:3])
AMOUNT = 'How much'
PAPER = 'Number on the paper'

shop = Shop(ROOT, BUILD)
shop.post({'kind': 'order', 'supplier': 'Dairy 1', 'lines': [{'barcode': shop.scanned_goods()[0][0], 'quantity': '1'}]})


def balances():
    return {a['name']: a['balance'] for a in json.loads(shop.baraa('account', 'list', '--format', 'json'))}


def book():
    return [(m['account'], m['kind'], m['amount'], m['reversed'])
            for m in json.loads(shop.baraa('money', 'list', '--format', 'json'))]


def row_has_focus(screen):
    return any(screen.has(node, screen.atspi.StateType.FOCUSED) and node.role() == int(screen.atspi.Role.LIST_ITEM)
               for node in screen.nodes())


def choose_opening(screen):
    """The last of the list, which is opened by its button."""
    screen.press('What it is')
    screen.wait('Opening balance')
    until('a row has the focus', lambda: row_has_focus(screen))
    screen.key('End', 'Return')


def empty_book_says_how_to_begin(screen):
    log_in(screen, '3333')
    screen.wait('Money')
    screen.key('alt+m')
    screen.wait('Nothing moved here in this month. Tills enter their cash by themselves; begin with what is in the safe '
                'and at the bank: Ctrl+N, Opening balance.')


def opening_balance_is_entered(screen):
    screen.key('ctrl+n')
    screen.wait_focus(AMOUNT)
    screen.type('1000,50')
    choose_opening(screen)
    screen.wait_focus('What it is')
    screen.key('F12')
    screen.wait('Entered: № 1.')
    assert book() == [('Safe', 'opening', '1000.50', False)], book()


def expense_is_entered(screen):
    screen.key('ctrl+n')
    screen.wait_focus(AMOUNT)
    screen.type('250')
    screen.tab_to('What else there is to say')
    screen.type('for March')
    screen.key('Return')
    screen.wait('Entered: № 2.')
    screen.wait('Rent · for March')
    assert balances()['Safe'] == '750.50', balances()


def no_amount_is_asked_for(screen):
    screen.key('ctrl+n')
    screen.wait_focus(AMOUNT)
    screen.key('F12')
    screen.wait('How much? Type an amount: 1500 or 1500.50.')
    screen.wait_focus(AMOUNT)


def more_than_there_is_is_said_twice(screen):
    screen.type('800')
    screen.key('F12')
    screen.wait('Enter all the same (F12)')
    assert len(book()) == 2, book()
    screen.type('0')
    screen.wait('Enter (F12)')
    screen.key('Escape')
    screen.wait('Rent · for March')
    assert len(book()) == 2, book()


def money_goes_to_the_bank(screen):
    screen.key('F6')
    screen.wait_focus(AMOUNT)
    screen.type('500')
    screen.key('F12')
    screen.wait('Entered: № 3.')
    assert (balances()['Safe'], balances()['Bank account']) == ('250.50', '500.00'), balances()


def supplier_is_paid(screen):
    screen.click('Bank account')
    screen.wait('500.00')
    screen.key('F8')
    screen.wait_focus(AMOUNT)
    screen.type('120')
    screen.tab_to(PAPER)
    screen.type('A-17')
    screen.key('F12')
    screen.wait('Dairy 1 · A-17')
    assert balances()['Bank account'] == '380.00', balances()


def the_same_payment_is_refused_once(screen):
    screen.key('F8')
    screen.wait_focus(AMOUNT)
    screen.type('120')
    screen.key('F12')
    screen.wait('Enter all the same (F12)')
    assert balances()['Bank account'] == '380.00', balances()
    screen.key('F12')
    until('it is paid again', lambda: balances()['Bank account'] == '260.00')


def a_payment_is_taken_back(screen):
    screen.wait('Dairy 1 · A-17')
    screen.click('Dairy 1 · A-17')
    screen.key('F4')
    screen.wait_focus('Why it is taken back')
    screen.type('wrong supplier')
    screen.key('Return')
    screen.wait('taken back · Dairy 1 · wrong supplier')
    screen.wait('was taken back · Dairy 1 · A-17')
    until('the money is there again', lambda: balances()['Bank account'] == '380.00')
    assert sum(b[3] for b in book()) == 2, book()


def a_month_before_is_empty(screen):
    screen.press('Month before (Alt+Left)')
    until('nothing of this month is shown', lambda: screen.find('was taken back · Dairy 1 · A-17') is None)
    screen.press('Month after (Alt+Right)')
    screen.wait('was taken back · Dairy 1 · A-17')


def who_may_not_see_money_does_not(screen):
    screen.key('F9')
    log_in(screen, '4444')
    screen.wait('Receiving')
    assert screen.find('Money') is None, 'the stockroom sees money'


def all_of_it_adds_up(screen):
    said = subprocess.run([BUILD / 'backoffice/baraa', 'verify', f'sqlite:{shop.db}'], capture_output=True, text=True)
    assert said.stdout.startswith('OK'), said


try:
    run_tests([empty_book_says_how_to_begin, opening_balance_is_entered, expense_is_entered, no_amount_is_asked_for,
               more_than_there_is_is_said_twice, money_goes_to_the_bank, supplier_is_paid,
               the_same_payment_is_refused_once, a_payment_is_taken_back, a_month_before_is_empty,
               who_may_not_see_money_does_not, all_of_it_adds_up], *shop.office())
finally:
    shop.close()
