#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""People, their badges, rights, hours and pay in the real office window. usage: office_people.py ROOT BUILD"""
import json
import pathlib
import sqlite3
import sys

from office_stock import Shop, log_in
from screen import run_tests, until

ROOT, BUILD = (pathlib.Path(p).resolve() for p in sys.argv[1:3])
NAME = 'Name of the person'
PIN = 'New PIN, 4 to 12 digits; empty: as it is'
BADGE = 'Badge, scanned or typed; empty: as it is'
NEXT_SHOP = 'Second shop'

shop = Shop(ROOT, BUILD)
shop.baraa('shop', 'add', '--name', NEXT_SHOP)
shop.baraa('person', 'add', '--name', 'Olga Boss', '--role', 'admin', '--pin', '5555')


def sql(statement, *values):
    with sqlite3.connect(shop.db) as base:
        return base.execute(statement, values).fetchall()


def people():
    return {p['name']: p for p in json.loads(shop.baraa('person', 'list', '--all', '--format', 'json'))}


def administrator_chooses_a_shop(screen):
    log_in(screen, '5555')
    screen.wait('In which shop?')
    screen.press(NEXT_SHOP)
    screen.wait('Olga Boss')
    screen.key('alt+p')
    screen.wait('Search people')


def person_is_added_by_keys(screen):
    screen.key('ctrl+n')
    screen.wait_focus(NAME)
    screen.type('Bold Bat')
    screen.key('F12')
    screen.wait('A new person needs a PIN of 4 to 12 digits.')
    screen.wait_focus(PIN)
    screen.type('4711')
    screen.key('F12')
    screen.wait('Written.')
    until('he is there', lambda: people().get('Bold Bat', {}).get('shop') == NEXT_SHOP)


def badge_is_scanned_into_the_card(screen):
    screen.tab_to(BADGE)
    screen.scan('BADGE-77')
    screen.wait('Has a PIN and a badge.')
    until('he has a badge', lambda: people()['Bold Bat']['card'])


def badge_of_another_is_refused(screen):
    screen.key('ctrl+n')
    screen.wait_focus(NAME)
    screen.type('Sara Sukh')
    screen.tab_to(PIN)
    screen.type('4712')
    screen.tab_to(BADGE)
    screen.scan('BADGE-77')
    screen.wait('Somebody already has this badge: take another one.')
    assert 'Sara Sukh' not in people()


def hours_are_corrected(screen):
    screen.click('Bold Bat')
    screen.press('Hours, plan, pay')
    screen.tab_to('Day of the correction, as 2026-11-23')
    screen.type('2026-11-23')
    screen.key('Tab')
    screen.type('9:00')
    screen.key('Tab')
    screen.type('17:30')
    screen.key('Return')
    until('it is written', lambda: sql('SELECT (until - at) / 60000000 FROM work_entry') == [(510,)])


def rule_of_pay_is_added(screen):
    screen.press('Rules of pay')
    screen.tab_to('How much: an amount, or a share in percent')
    screen.type('250')
    screen.key('Return')
    screen.wait('Written.')
    until('it is there', lambda: sql('SELECT kind, amount FROM pay_rule') == [('hour', 25000)])


def badge_opens_the_office_for_a_cashier(screen):
    screen.key('F9')
    screen.wait('Type your PIN to open the office')
    log_in(screen, 'BADGE-77')
    screen.wait('Days worked')  # and nothing else
    assert screen.find('Search people') is None
    assert screen.find('Search goods') is None


def last_administrator_stays(screen):
    screen.key('F9')
    shop.baraa('person', 'leave', '--person', 'Administrator')
    log_in(screen, '5555')
    screen.wait('In which shop?')
    screen.key('Return')  # where she was last
    screen.key('alt+p')
    screen.wait('Search people')
    screen.click('Olga Boss')
    screen.press('Works here no more…')
    screen.press('Yes, end it today')
    screen.wait('This is the last administrator: make another one first.')


def cashier_leaves(screen):
    screen.click('Bold Bat')
    screen.press('Works here no more…')
    screen.press('Yes, end it today')
    until('he left', lambda: 'left' in people()['Bold Bat'])
    screen.key('F9')
    log_in(screen, 'BADGE-77')
    screen.wait('Nobody has this PIN. Type it again.')


def manager_of_one_shop_goes_there(screen):
    shop.baraa('person', 'set', '--person', 'Oliver Smith', '--home', NEXT_SHOP)
    log_in(screen, '3333')
    screen.wait('Oliver Smith')
    screen.wait(NEXT_SHOP)


run_tests([
    administrator_chooses_a_shop,
    person_is_added_by_keys,
    badge_is_scanned_into_the_card,
    badge_of_another_is_refused,
    hours_are_corrected,
    rule_of_pay_is_added,
    badge_opens_the_office_for_a_cashier,
    last_administrator_stays,
    cashier_leaves,
    manager_of_one_shop_goes_there,
], *shop.office())
shop.close()
