#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Zones of a shop and a count of two of them, in the real office window.
usage: office_zones.py ROOT BUILD"""
import json
import pathlib
import sqlite3
import sys

from office_stock import Shop, log_in
from screen import run_tests, until

ROOT, BUILD = (pathlib.Path(p).resolve() for p in sys.argv[1:3])
FIELD = 'How much, or scan the next'
EMPTY_FIELD = 'Scan, or type a code or a name'
NAME = 'Name of the zone'

shop = Shop(ROOT, BUILD)
(one, other) = shop.scanned_goods()[:2]
shop.post({'kind': 'opening', 'lines': [{'barcode': one[0], 'quantity': '10', 'unit_cost': '20.00'},
                                        {'barcode': other[0], 'quantity': '5', 'unit_cost': '30.00'}]})


def sql(statement, *values):
    with sqlite3.connect(shop.db) as base:
        return base.execute(statement, values).fetchall()


sql("INSERT INTO role_right (role, name, allowed) VALUES ('manager', 'settings', 1)")


def zones():
    return [(z['name'], z['sells']) for z in json.loads(shop.baraa('zone', 'list', '--format', 'json'))]


def found(zone):
    return sql('SELECT e.quantity / 1000000 FROM count_entry e JOIN item i ON i.id = e.item_id '
               'WHERE e.zone_id = ? AND i.name = ?', zone, one[1])


def back_to(screen, name):
    def is_there():
        screen.key('shift+Tab')
        return screen.is_(name, screen.atspi.StateType.FOCUSED)
    until(f'{name} has the focus', is_there)


def zones_are_entered(screen):
    log_in(screen, '3333')
    screen.wait('Documents')
    screen.key('alt+6')
    screen.wait('Counts of the stock')
    screen.press('Zones…')
    screen.wait_focus(NAME)
    screen.type('Hall')
    screen.key('Tab', 'space', 'F12')
    screen.wait('tills sell out of it')
    screen.wait_focus(NAME)
    screen.type('Storeroom')
    screen.key('Return')
    until('both are there', lambda: zones() == [('Hall', True), ('Storeroom', False)])


def name_is_there_once(screen):
    screen.wait_text(NAME, '')
    screen.type('Hall')
    screen.key('F12')
    screen.wait('There is already a zone “Hall”: choose another name.')
    screen.key('ctrl+n')
    screen.wait_text(NAME, '')


def zone_is_renamed(screen):
    screen.click('Storeroom')
    screen.wait_text(NAME, 'Storeroom')
    screen.tab_to(NAME)
    screen.key('ctrl+a')
    screen.type('Back room')
    screen.key('Return')
    screen.wait('Back room')
    assert zones() == [('Back room', False), ('Hall', True)], zones()


def zone_is_removed(screen):
    screen.wait_text(NAME, '')
    screen.type('Mistake')
    screen.key('Return')
    screen.wait('Mistake')
    screen.click('Mistake')
    screen.wait_text(NAME, 'Mistake')
    screen.press('Remove this zone')
    screen.wait('The zone is gone; what was counted in it stays.')
    assert zones() == [('Back room', False), ('Hall', True)], zones()


def count_is_begun(screen):
    screen.key('Escape')
    screen.wait('Counts of the stock')
    screen.key('ctrl+n')
    screen.wait_focus('Begin the count')
    screen.key('Return')
    screen.wait('Stock count D-000002 · Draft')
    screen.wait_focus(EMPTY_FIELD)


def first_zone_is_scanned(screen):
    screen.scan(one[0], one[0])
    screen.wait('2 pcs')
    until('it lies in the back room', lambda: found(2) == [(2,)])


def zone_renamed_meanwhile_is_still_counted(screen):
    """Another name comes last in the list: what is scanned next still is of the same zone."""
    sql("UPDATE zone SET name = 'Yard' WHERE id = 2")
    screen.wait('Yard')
    screen.scan(one[0])
    screen.wait('3 pcs')
    assert (found(2), found(1)) == ([(3,)], [])


def second_zone_is_chosen(screen):
    screen.key('F6')
    screen.wait_focus('Zone')
    screen.key('space', 'Up', 'Return')
    until('nothing was found here yet', lambda: not screen.find('3 pcs'))
    screen.scan(one[0])
    screen.wait('1 pcs')
    screen.wait_text(FIELD, '1')
    screen.type('6')
    screen.key('Return')
    screen.wait('6 pcs')
    screen.scan(other[0])
    screen.wait(other[1])
    assert (found(2), found(1)) == ([(3,)], [(6,)])


def sum_of_both_is_compared(screen):
    screen.key('F8')
    screen.wait('▼ 1 short')
    screen.wait('▼ 4 short')
    screen.key('F8')
    screen.wait_focus(FIELD)


def posted_the_shelf_is_the_sum(screen):
    screen.key('F12')
    screen.wait('Posting brings stock to what was counted. It cannot be taken back but by reversing it.')
    screen.key('F12')
    screen.wait('Posted.')
    stock = shop.stock()
    assert (stock[one[1]]['balance'], stock[other[1]]['balance']) == ('9', '1')


def zone_is_counted_alone(screen):
    screen.key('Escape')
    screen.wait('Counts of the stock')
    screen.key('ctrl+n')
    screen.wait_focus('Begin the count')
    back_to(screen, 'Zone to be counted')
    screen.key('space', 'Down', 'Return')
    screen.press('Begin the count')
    screen.wait('one zone')
    screen.scan(one[0])
    screen.wait('1 pcs')
    until('it is of that zone', lambda: sql('SELECT zone_id FROM count_entry WHERE document_id = 3') == [(2,)])


def zone_removed_meanwhile_is_told(screen):
    shop.baraa('zone', 'remove', '--name', 'Yard')
    screen.wait('The zone that was counted here was removed: choose another one.')


def window_closes_in_order(screen):
    screen.key('F9')
    screen.wait('Type your PIN to open the office')
    assert screen.end() == 0, 'it did not end well'


try:
    run_tests([zones_are_entered, name_is_there_once, zone_is_renamed, zone_is_removed, count_is_begun, first_zone_is_scanned,
               zone_renamed_meanwhile_is_still_counted, second_zone_is_chosen, sum_of_both_is_compared,
               posted_the_shelf_is_the_sum, zone_is_counted_alone, zone_removed_meanwhile_is_told, window_closes_in_order],
              *shop.office())
finally:
    shop.close()
