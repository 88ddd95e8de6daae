#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Labels in the real office window: scans, printing, tags to reprint, tags checked on the shelf, a design drawn by keys and
numbers, printers and scales.
usage: office_labels.py ROOT BUILD"""
import json
import os
import pathlib
import re
import sqlite3
import subprocess
import sys
import tempfile

from screen import run_tests, until

BUILD = pathlib.Path(sys.argv[2]).resolve()
BARAA = BUILD / 'backoffice/baraa'
GOODS = [('4601234567893', 'Bread', 50, 'pcs'), ('4600000000015', 'Milk', 90, 'pcs'), ('4600000000022', 'Apples', 120, 'kg')]
CODE = 'Goods to print labels of'
TAG = 'Tag to check'
folder = tempfile.TemporaryDirectory()
home = pathlib.Path(folder.name)
db = home / 'office.db'
os.environ.update(HOME=str(home), XDG_CONFIG_HOME=str(home), XDG_DATA_HOME=str(home), TZ='UTC')


def baraa(*args):
    return subprocess.run([BARAA, *args, '--db', f'sqlite:{db}'], check=True, capture_output=True, text=True).stdout


def ask(sql, *values):
    with sqlite3.connect(db) as base:
        return base.execute(sql, values).fetchone()[0]


def do(sql, *values):
    with sqlite3.connect(db) as base:
        base.execute(sql, values)


def open_shop():
    subprocess.run([BARAA, 'init', '--db', f'sqlite:{db}', '--country', 'ru', '--shop', 'Corner'], check=True,
                   capture_output=True)
    goods = home / 'goods.tsv'
    goods.write_text('barcode\tname\tprice\tunit\n' + ''.join('\t'.join(map(str, g)) + '\n' for g in GOODS), encoding='utf-8')
    baraa('import', 'goods', str(goods))
    # Somebody who sees few pages: assistive technology walks through all of them.
    baraa('person', 'add', '--name', 'Anna', '--role', 'senior', '--pin', '4711')
    do("INSERT INTO role_right (role, name, allowed) VALUES ('senior', 'design-labels', 1), ('senior', 'settings', 1)")


class Sim:
    """A simulated device at a free port."""

    def __init__(self, name):
        self.log = home / f'{name}.log'
        self.process = subprocess.Popen([BARAA, 'sim', name, '--tcp', '0', '--log', self.log], stdout=subprocess.PIPE, text=True)
        self.address = until(f'{name} listens', lambda: re.search(r'tcp:127\.0\.0\.1:\d+', self.text()))[0]

    def text(self):
        return self.log.read_text(encoding='utf-8') if self.log.exists() else ''

    def end(self):
        self.process.terminate()
        self.process.wait()


def says_somewhere(screen, *parts):
    until(' … '.join(parts), lambda: any(all(p in t for p in parts) for t in screen.all_texts()))


def tab(screen, name):
    screen.click(name)


def log_in_and_open_labels(screen):
    screen.wait_focus('PIN')
    screen.scan('4711')
    screen.wait('Labels')
    screen.key('alt+9')
    screen.wait(CODE)


def printer_is_entered(screen):
    tab(screen, 'Scales and printers')
    screen.press('New device')
    screen.wait_focus('Name of the device')
    screen.type('Zebra')
    screen.click('Address of the device')
    screen.type(printer.address)
    screen.press('Save the device')
    screen.wait('Saved.')
    assert ask('SELECT device FROM label_device') == f'zpl@{printer.address}'


def printer_is_tried(screen):
    screen.press('Try the device')
    says_somewhere(screen, 'Sent. Look at the label')
    assert 'label 1 of 1 is out, 1 in all' in printer.text()


def wrong_option_is_told(screen):
    screen.click('Options of the device')
    screen.type('dpi=7')
    screen.press('Save the device')
    says_somewhere(screen, 'An option is not known')
    assert ask('SELECT options FROM label_device') == ''


def scans_become_labels(screen):
    tab(screen, 'To print')
    screen.wait_focus(CODE)
    screen.scan(GOODS[0][0])
    screen.wait('Bread')
    screen.scan(GOODS[1][0])
    until('the second is there', lambda: len(screen.shown({'Bread', 'Milk'})) >= 2)
    screen.scan(GOODS[0][0])
    until('two of the first', lambda: '2' in screen.all_texts())


def unknown_code_is_told(screen):
    screen.scan('999')
    says_somewhere(screen, 'No goods have this code or name')


def name_finds_goods(screen):
    screen.scan('appl')
    until('the apples are there', lambda: screen.shown({'120.00', '120,00'}))


def all_is_printed(screen):
    screen.key('ctrl+p')
    screen.wait('Labels out: 4 of 4.')
    assert ', 5 in all' in printer.text()  # with the one that was tried
    assert ask('SELECT count(*) FROM label_printed') == 3
    assert json.loads(baraa('label', 'stale', '--format', 'json')) == []


def changed_price_is_to_be_reprinted(screen):
    screen.wait('Tags to reprint: 0')
    do("UPDATE item SET price = 5500 WHERE name = 'Bread'")
    screen.key('F5')
    screen.wait('Tags to reprint: 1')
    assert screen.shown({'50.00', '55.00', '50,00', '55,00'}), screen.all_texts()
    screen.press('Add all')
    until('it is in the list above', lambda: len(screen.shown({'55.00', '55,00'})) == 2)
    screen.key('ctrl+p')
    screen.wait('Labels out: 1 of 1.')
    screen.wait('Tags to reprint: 0')


def tag_on_the_shelf_is_right(screen):
    tab(screen, 'Check tags')
    screen.wait_focus(TAG)
    screen.scan(GOODS[0][0])
    screen.wait('● As at the till')
    screen.wait('Bread')


def tag_on_the_shelf_is_stale(screen):
    do("UPDATE item SET price = 5600 WHERE name = 'Bread'")
    screen.scan(GOODS[0][0])
    says_somewhere(screen, '“Bread”: the tag says 55,00', 'the till says 56,00')
    screen.key('F7', 'F7')
    screen.wait('It is among what is to be printed.')
    screen.scan('888')
    says_somewhere(screen, 'No goods have this code')
    assert 'the till says 56,00' in subprocess.run([BARAA, 'label', 'check', '--db', f'sqlite:{db}', '--barcode', GOODS[0][0]],
                                                   capture_output=True, text=True).stdout


def checked_tag_is_printed(screen):
    tab(screen, 'To print')
    screen.wait_focus(CODE)
    screen.key('ctrl+p')
    screen.wait('Labels out: 1 of 1.')
    screen.wait('Tags to reprint: 0')


def empty_roll_is_told_in_words(screen):
    printer.end()
    screen.scan(GOODS[2][0])
    until('the apples are there', lambda: screen.shown({'120.00', '120,00'}))
    screen.key('ctrl+p')
    says_somewhere(screen, '“Zebra” does not answer')
    assert screen.find('Go on') is not None


def design_is_copied(screen):
    tab(screen, 'Designs')
    screen.wait('Text: {name}')
    screen.press('Copy the design')
    says_somewhere(screen, 'A copy: change it')
    screen.wait_text('Name of the design', 'Shelf tag, 58 × 40 mm (copy 1)')


def field_is_added_and_moved_by_keys(screen):
    screen.press('+ Text')
    screen.wait_focus('The label')
    screen.wait_text('From the left edge, mm', '14.00')
    screen.key('Right', 'Right', 'shift+Right', 'Down')
    screen.wait_text('From the left edge, mm', '16.10')
    screen.key('ctrl+z')
    screen.wait_text('From the left edge, mm', '14.00')
    screen.key('ctrl+shift+z')
    screen.wait_text('From the left edge, mm', '16.10')
    says_somewhere(screen, 'lie on each other')


def numbers_and_words_are_typed(screen):
    screen.click('What it says')
    screen.key('ctrl+a')
    screen.type('Only here')
    screen.wait('Text: Only here')
    screen.tab_to('From the left edge, mm')
    screen.key('ctrl+a')
    screen.type('2')
    screen.key('Tab')
    screen.wait_text('From the left edge, mm', '2.00')


def design_is_saved(screen):
    screen.key('ctrl+s')
    screen.wait('Saved.')
    kept = json.loads(ask('SELECT json FROM label_design WHERE deleted = 0'))
    field = kept['fields'][-1]
    assert (field['content'], field['x']) == ('Only here', 2000), field
    assert 'Shelf tag, 58 × 40 mm (copy 1)' in baraa('label', 'designs')


def design_shows_real_goods(screen):
    screen.click('Goods to look at the design with')
    screen.scan(GOODS[1][0])
    screen.wait('Milk')


def design_is_deleted(screen):
    screen.press('Delete the design')
    says_somewhere(screen, 'Deleted.')
    assert ask('SELECT deleted FROM label_design') == 1


def scale_is_loaded(screen):
    do('UPDATE item SET plu = 7, weighed = 1 WHERE name = ?', 'Apples')
    do("INSERT INTO label_device VALUES (9, 1, 'Aaa scale', 'plu', ?, '', 0)", f'cas-cl5000@{scale.address}')
    tab(screen, 'Scales and printers')
    screen.key('F5')
    screen.wait('Aaa scale')
    screen.click('Aaa scale')
    screen.press('Load the scale')
    screen.wait('Sent 1, taken out 0, as they were 0.')
    assert 'PLU|7|7|120.00|Apples' in scale.text()


def window_closes_in_order(screen):
    screen.key('F9')
    screen.wait('Type your PIN to open the office')
    assert screen.end() == 0, 'it did not end well'


open_shop()
printer, scale = Sim('label-zpl'), Sim('plu-cas')
try:
    run_tests([log_in_and_open_labels, printer_is_entered, printer_is_tried, wrong_option_is_told, scans_become_labels,
               unknown_code_is_told, name_finds_goods, all_is_printed, changed_price_is_to_be_reprinted,
               tag_on_the_shelf_is_right, tag_on_the_shelf_is_stale, checked_tag_is_printed,
               empty_roll_is_told_in_words, design_is_copied, field_is_added_and_moved_by_keys, numbers_and_words_are_typed,
               design_is_saved, design_shows_real_goods, design_is_deleted, scale_is_loaded, window_closes_in_order],
              BUILD / 'backoffice/baraa-office', '--db', f'sqlite:{db}')
finally:
    printer.end()
    scale.end()
    folder.cleanup()
