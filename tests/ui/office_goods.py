#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who keeps the list of goods, in the real office window: a new item with packs, two people at one item, many at once and
undone, a list from a file, what the audit says, what a right hides. usage: office_goods.py ROOT BUILD"""
import json
import os
import pathlib
import sqlite3
import subprocess
import sys
import tempfile

from screen import run_tests, until

BUILD = pathlib.Path(sys.argv[2]).resolve()
BARAA = BUILD / 'backoffice/baraa'
folder = tempfile.TemporaryDirectory()
home = pathlib.Path(folder.name)
db = home / 'office.db'
os.environ.update(HOME=str(home), XDG_CONFIG_HOME=str(home), XDG_DATA_HOME=str(home), TZ='UTC')


def baraa(*args):
    return subprocess.run([BARAA, *map(str, args), '--db', f'sqlite:{db}'], check=True, capture_output=True, text=True).stdout


def ask(statement, *values):
    with sqlite3.connect(f'file:{db}?mode=ro', uri=True) as base:
        return base.execute(statement, values).fetchall()


def ean13(n):
    digits = f'46{n:010d}'
    return digits + str(-sum(int(d) * (3 if i % 2 else 1) for i, d in enumerate(digits)) % 10)


def make_shop():
    goods = home / 'goods.tsv'
    rows = [f'{ean13(n)}\tTea number {n:02d}\tDrinks\t{100 + n}.00\t{60 + n}.00\n' for n in range(1, 31)]
    goods.write_text('barcode\tname\tcategory\tprice\tcost\n' + ''.join(rows), encoding='utf-8')
    baraa('init', '--country', 'ru', '--shop', 'Shop')
    baraa('import', 'goods', goods)
    for name, role, pin in (('Manager', 'manager', '3333'), ('Keeper', 'stock', '4444'), ('Owner', 'admin', '5555')):
        baraa('person', 'add', '--name', name, '--role', role, '--pin', pin)


def field(screen, name):
    """An entry of that name: its label and the head of a column have the same."""
    from gi.repository import GLib
    try:
        for node in screen.nodes():
            if node.name == name and node.role() in (screen.atspi.Role.TEXT, screen.atspi.Role.ENTRY):
                return node
    except GLib.Error:
        pass  # the tree changed under us: the caller looks again
    return None


def wait_field(screen, name, text):
    def holds():
        node = field(screen, name)
        return node is not None and node.text == text
    until(f'{name} = {text}', holds)


def fill(screen, name, text):
    screen.click_on(until(name, lambda: field(screen, name)))
    screen.key('ctrl+a')
    screen.type(text)
    wait_field(screen, name, text)


def log_in(screen, pin):
    """As somebody who begins with the goods, whatever page is their first."""
    screen.wait_focus('PIN')
    screen.scan(pin)
    screen.wait('Goods')
    screen.key('alt+1')


def manager_opens_an_item(screen):
    log_in(screen, '3333')
    screen.wait('30 items')
    screen.scan(ean13(7))
    screen.wait('1 item')
    screen.click('Tea number 07')
    screen.key('Return')
    wait_field(screen, 'Name', 'Tea number 07')
    wait_field(screen, 'Price', '107.00')
    wait_field(screen, 'Cost', '67.00')


def price_and_pack_are_saved(screen):
    fill(screen, 'Price', '119.50')
    screen.press('Add a pack')
    fill(screen, 'Name of the pack', 'box')
    fill(screen, 'How many', '12')
    screen.key('ctrl+s')
    screen.wait('1 item')
    until('the price is written', lambda: ask('SELECT price FROM item WHERE name = ?', 'Tea number 07') == [(11950,)])
    assert ask('SELECT name, factor FROM pack') == [('box', 12000000)], ask('SELECT * FROM pack')
    screen.wait('119.50')


def nonsense_is_refused_in_words(screen):
    screen.click('Tea number 07')
    screen.key('Return')
    wait_field(screen, 'Name', 'Tea number 07')
    fill(screen, 'Price', '12x')
    screen.key('ctrl+s')
    screen.wait('Price: “12x” is not a number that fits here.')


def second_of_two_people_is_told(screen):
    fill(screen, 'Price', '130')
    other = home / 'other.tsv'
    other.write_text(f'barcode\tprice\n{ean13(7)}\t125.00\n', encoding='utf-8')
    baraa('import', 'goods', other)
    screen.key('ctrl+s')
    until('somebody else was there first', lambda: any('changed' in text for text in screen.all_texts()))
    assert ask('SELECT price FROM item WHERE name = ?', 'Tea number 07') == [(12500,)]
    screen.key('Escape')


def all_that_were_found_become_dearer(screen):
    fill(screen, 'Search goods', 'number 1')
    screen.wait('10 items')
    screen.press('Change selected…')
    screen.wait('Change 10 items')
    screen.click('What to change')
    screen.wait('Price by percent (+10, -5)')
    screen.key(*['Down'] * 5, 'Return')
    fill(screen, 'To what', '+10')
    screen.press('Change them')
    screen.wait('10 items were changed.')
    assert ask("SELECT sum(price) FROM item WHERE name LIKE 'Tea number 1%'") == [(sum(100 + n for n in range(10, 20)) * 110,)]


def and_are_undone(screen):
    screen.press('Undo')
    screen.wait('10 items are as they were before.')
    assert ask("SELECT sum(price) FROM item WHERE name LIKE 'Tea number 1%'") == [(sum(100 + n for n in range(10, 20)) * 100,)]
    screen.press('Close')


def list_from_a_file_is_tried_and_imported(screen):
    lists = home / 'list.csv'
    juices = ''.join(f'{ean13(n)};Сок номер {n};99,90\n' for n in range(90, 96))
    lists.write_text(f'штрихкод;название;цена\n{juices}{ean13(99)};;10\n1234567890123;Сок;1\n', encoding='cp1251')
    screen.press('Import…')
    fill(screen, 'The file', str(lists))
    screen.key('Return')
    screen.wait('Read as CP1251. Say what each column is, then try it.')
    screen.press('Try, change nothing')
    screen.wait('Tried, nothing is changed yet. New: 6, changed: 0, as they were: 0, refused rows: 2.')
    assert ask('SELECT count(*) FROM item WHERE deleted = 0') == [(30,)]
    screen.press('Import')
    screen.wait('Imported. New: 6, changed: 0, as they were: 0, refused rows: 2.')
    assert ask('SELECT count(*), max(price) FROM item WHERE name LIKE ?', 'Сок номер 9_') == [(6, 9990)]


def and_undone(screen):
    screen.press('Undo the import')
    screen.wait('As before again: 6. Left as they are, because somebody has changed or sold them since: 0.')
    assert ask('SELECT count(*) FROM item WHERE deleted = 0') == [(30,)]
    screen.key('Escape')
    screen.wait('Search goods')


def changes_say_who_and_what(screen):
    screen.press('Changes') if screen.find('Changes') is None else screen.click('Changes')
    until('the price is there', lambda: any('107' in text and '119' in text for text in screen.all_texts()))


def keeper_sees_no_cost(screen):
    screen.key('F9')
    log_in(screen, '4444')
    screen.wait('30 items')
    assert screen.find('Changes') is None and screen.find('Rights') is None
    screen.scan(ean13(8))
    screen.wait('1 item')
    screen.click('Tea number 08')
    screen.key('Return')
    wait_field(screen, 'Name', 'Tea number 08')
    assert field(screen, 'Cost') is None, 'the keeper sees the cost'
    screen.key('Escape')


def owner_gives_a_right(screen):
    screen.key('F9')
    log_in(screen, '5555')
    screen.wait('30 items')
    screen.click('Rights')
    screen.click('Stockroom: See costs and margins')
    until('the right is given', lambda: ask("SELECT allowed FROM role_right WHERE role = 'stock' AND name = 'see-cost'") == [(1,)])
    assert 'see-cost' in json.loads(baraa('right', 'list', '--format', 'json'))['stock']


make_shop()
try:
    run_tests([manager_opens_an_item, price_and_pack_are_saved, nonsense_is_refused_in_words, second_of_two_people_is_told,
               all_that_were_found_become_dearer, and_are_undone, list_from_a_file_is_tried_and_imported, and_undone,
               changes_say_who_and_what, keeper_sees_no_cost, owner_gives_a_right],
              BUILD / 'backoffice/baraa-office', '--db', f'sqlite:{db}')
finally:
    folder.cleanup()
