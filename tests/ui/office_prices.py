#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The page of prices in the real office window: looked at, set, set for a time to come, taken back; kinds and rules made.
usage: office_prices.py ROOT BUILD"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

from screen import run_tests, until

BUILD = pathlib.Path(sys.argv[2]).resolve()
BARAA = BUILD / 'backoffice/baraa'
BREAD = '4600000000107'
folder = tempfile.TemporaryDirectory()
home = pathlib.Path(folder.name)
db = home / 'office.db'
os.environ.update(HOME=str(home), XDG_CONFIG_HOME=str(home), XDG_DATA_HOME=str(home), TZ='UTC')


def baraa(*args):
    return subprocess.run([BARAA, *args, '--db', f'sqlite:{db}'], check=True, capture_output=True, text=True,
                          env=dict(os.environ, LC_ALL='C.UTF-8')).stdout


def open_shop():
    pin = json.loads(baraa('init', '--country', 'ru', '--shop', 'Corner', '--format', 'json'))['pin']
    goods = home / 'goods.csv'
    goods.write_text(f'barcode,name,price,cost\n{BREAD},Bread,30.00,20.00\n4600000000114,Milk,80.00,60.00\n', encoding='utf-8')
    baraa('import', 'goods', str(goods))
    return pin


def shown_of_bread():
    return json.loads(baraa('price', 'show', '--barcode', BREAD, '--format', 'json'))


def prices_of_bread():
    return [(p['kind'], p['from'] is not None, p['price']) for p in shown_of_bread()['prices']]


def choose(screen, name, place):
    """Opens the list that has the focus and takes what stands at a place in it, from 0."""
    screen.wait_focus(name)
    screen.key('space')
    until('the list is open', lambda: not screen.is_(name, screen.atspi.StateType.FOCUSED))
    screen.key('Home', *['Down'] * place, 'Return')
    screen.wait_focus(name)


def opens_on_what_is_to_come(screen):
    screen.wait_focus('PIN')
    screen.scan(pin)
    screen.wait('Prices')
    screen.key('alt+8')
    screen.wait('No price is to come: choose goods to set one.')


def scan_opens_an_item(screen):
    screen.scan(BREAD)
    screen.wait('Retail: 30.00 ₽, set for all shops.')
    screen.wait('33.33 %')  # a third of the price is not the cost
    screen.wait_focus('New price')


def price_is_set_now(screen):
    screen.type('33.50')
    screen.key('F12')
    screen.wait('The price is set.')
    assert prices_of_bread() == [('Retail', False, '33.50')], prices_of_bread()
    screen.wait('by hand')  # in the history
    assert shown_of_bread()['history'][0]['person'] == 'Administrator', shown_of_bread()['history']


def wrong_amount_says_how_to_type_it(screen):
    screen.type('abc')
    screen.key('Return')
    screen.wait('This is not an amount: type it like 12.50.')
    screen.wait_focus('New price')
    screen.key('ctrl+a', 'Delete')


def minute_that_has_gone_is_refused(screen):
    screen.type('40')
    screen.tab_to('From which day; empty is now')
    screen.type('2020-01-01')
    screen.key('F12')
    screen.wait('This minute has gone: choose a later one, or set the price from now on.')


def price_is_set_for_later(screen):
    screen.key('ctrl+a')
    screen.type('2099-12-01')
    screen.tab_to('From which minute of that day')
    screen.type('8:30')
    screen.key('F12')
    screen.wait('The price is set and begins at its minute.')
    screen.wait('2099-12-01 08:30')
    assert prices_of_bread() == [('Retail', False, '33.50'), ('Retail', True, '40.00')], prices_of_bread()


def shop_sees_what_is_to_come(screen):
    screen.key('Escape')
    screen.wait('Kinds and rules (F4)')
    screen.wait('2099-12-01 08:30')
    screen.wait_focus('Find goods')


def kind_that_follows_is_made(screen):
    screen.key('F4')
    screen.wait_focus('Name of the kind of price')
    screen.type('Club')
    screen.tab_to('What it follows from')
    choose(screen, 'What it follows from', 2)  # set by hand, the cost, Retail
    screen.tab_to('Percent above or below that')
    screen.key('ctrl+a')
    screen.key('minus')
    screen.type('10')
    screen.key('F12')
    screen.wait('Written.')
    kinds = json.loads(baraa('price', 'kind', 'list', '--format', 'json'))
    assert (kinds[1]['name'], kinds[1]['of'], kinds[1]['percent']) == ('Club', 'Retail', '-10.00'), kinds
    assert ('Club', False, '30.15') in prices_of_bread(), prices_of_bread()


def circle_is_refused(screen):
    screen.key('shift+Tab')  # from the percentage
    choose(screen, 'What it follows from', 3)  # Club itself
    screen.key('F12')
    screen.wait('“Club” cannot follow from “Club”, which itself follows from it: prices would go round in a circle.')


def rule_is_made(screen):
    screen.key('F5')
    screen.tab_to('Kind that is paid')
    choose(screen, 'Kind that is paid', 1)
    screen.tab_to('At which hours')
    screen.key('ctrl+a')
    screen.type('18:00-21:00')
    screen.key('F12')
    until('the rule is there', lambda: json.loads(baraa('price', 'rule', 'list', '--format', 'json')))
    rule = json.loads(baraa('price', 'rule', 'list', '--format', 'json'))[0]
    assert (rule['kind'], rule['minute'], rule['until']) == ('Club', 1080, 1260), rule


def why_names_the_source(screen):
    screen.key('Escape')
    screen.scan(BREAD)
    until('it says so', lambda: any(t.startswith('Club: 30.15 ₽, 10 % below Retail. Retail: 33.50 ₽, set for all shops, since ')
                                    for t in screen.all_texts()))


def price_to_come_is_taken_back(screen):
    screen.press('Take the chosen one back')
    screen.wait('The price will not come.')
    assert not any(p[1] for p in prices_of_bread()), prices_of_bread()


def window_closes_in_order(screen):
    assert screen.end() == 0, 'it did not end well'


try:
    pin = open_shop()
    run_tests([opens_on_what_is_to_come, scan_opens_an_item, price_is_set_now, wrong_amount_says_how_to_type_it,
               minute_that_has_gone_is_refused, price_is_set_for_later, shop_sees_what_is_to_come, kind_that_follows_is_made,
               circle_is_refused, rule_is_made, why_names_the_source, price_to_come_is_taken_back, window_closes_in_order],
              BUILD / 'backoffice/baraa-office', '--db', f'sqlite:{db}')
finally:
    folder.cleanup()
