#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Recipes written in the real office window, with a scanner and without. usage: office_recipes.py ROOT BUILD"""
import json
import pathlib
import sys

from office_stock import Shop, log_in
from screen import run_tests, until

ROOT, BUILD = (pathlib.Path(p).resolve() for p in sys.argv[1:3])
ADD = 'Add a component (Ctrl+F)'

shop = Shop(ROOT, BUILD)
cake, milk, flour, gift = shop.scanned_goods()[:4]
shop.post({'kind': 'delivery', 'lines': [{'barcode': milk[0], 'quantity': '10', 'cost': '500.00'},
                                         {'barcode': flour[0], 'quantity': '12', 'cost': '120.00'}]})


def recipes():
    return {r['name']: r for r in json.loads(shop.baraa('recipe', 'list', '--format', 'json'))}


def fill(screen, field, text):
    if not screen.is_(field, screen.atspi.StateType.FOCUSED):
        screen.tab_to(field)
    screen.key('ctrl+a')
    screen.type(text)


def new_recipe_is_begun_by_a_scan(screen):
    log_in(screen, '3333')
    screen.wait('Recipes')
    screen.key('alt+0')
    screen.wait('There are no recipes yet. Scan what is made, or press Ctrl+N.')
    screen.scan(cake[0])
    screen.wait(f'Recipe of “{cake[1]}”')
    screen.wait_focus('How much comes out')
    fill(screen, 'How much comes out', '10')


def empty_recipe_is_not_saved(screen):
    screen.key('ctrl+s')
    screen.wait('A recipe needs at least one component.')
    screen.wait_focus(ADD)


def components_are_scanned(screen):
    screen.scan(milk[0])
    screen.wait(milk[1])
    screen.wait_focus('How much goes in')
    fill(screen, 'How much goes in', '2')
    fill(screen, 'Loss in percent', '120')
    screen.key('Return')
    screen.wait('A loss is a percentage below 100, such as 12.5.')
    fill(screen, 'Loss in percent', '20')
    screen.key('Return')
    screen.wait_focus(ADD)
    screen.wait('20 %')


def components_are_found_by_name(screen):
    screen.key('ctrl+f')
    screen.wait_focus('Find goods')
    screen.type(flour[0])
    screen.key('Return')
    screen.wait_focus('How much goes in')
    fill(screen, 'How much goes in', '5')
    screen.key('ctrl+s')
    screen.wait('Saved.')
    made = recipes()[cake[1]]
    assert made['available'] == '24', made
    assert made['recipe'] == {'item': cake[0], 'kit': False, 'yield': '10', 'components': [
        {'barcode': milk[0], 'quantity': '2', 'loss': '20'}, {'barcode': flour[0], 'quantity': '5'}]}, made


def production_is_drafted(screen):
    fill(screen, 'Quantity to make', '20')
    screen.key('Return')
    until('it is drafted', lambda: any(t.startswith('Production ') and 'is a draft' in t for t in screen.all_texts()))
    drafts = json.loads(shop.baraa('documents', '--kind', 'production', '--format', 'json'))
    assert [(d['state'], d['lines']) for d in drafts] == [('draft', 3)], drafts


def list_says_how_many_can_be_made(screen):
    screen.key('Escape')
    screen.wait('24 pcs')
    screen.wait(cake[1])


def kit_is_ticked(screen):
    screen.key('ctrl+n')
    screen.wait_focus('Find goods')
    screen.type(gift[0])
    screen.key('Return')
    screen.wait(f'Recipe of “{gift[1]}”')
    screen.wait_focus('How much comes out')
    screen.tab_to('A kit: its sale takes the components')
    screen.key('space')
    screen.scan(milk[0])
    screen.wait_focus('How much goes in')
    fill(screen, 'How much goes in', '3')
    screen.key('ctrl+s')
    screen.wait('Saved.')
    made = recipes()[gift[1]]
    assert made['recipe']['kit'] is True and made['available'] == '3', made


def circle_is_refused_with_its_way(screen):
    screen.scan(gift[0])
    screen.wait_focus('How much goes in')
    screen.key('ctrl+s')
    until('the way is told', lambda: any(f'{gift[1]} → {gift[1]}' in t for t in screen.all_texts()))


def line_is_taken_out_and_leaving_asks_once(screen):
    screen.tab_to('Take the line out')
    screen.key('Return')
    screen.wait_focus(ADD)
    screen.key('Escape')
    screen.wait('This is not saved. Ctrl+S saves it, Esc once more leaves it as it was.')
    screen.key('Escape')
    screen.wait('What goods and kits are made of')
    screen.wait('3 pcs')


def recipe_is_deleted_when_asked_twice(screen):
    screen.scan(gift[0])
    screen.wait(f'Recipe of “{gift[1]}”')
    screen.tab_to('Delete the recipe')
    screen.key('Return')
    screen.wait('The recipe is deleted when the button is pressed once more.')
    assert gift[1] in recipes(), 'it is gone already'
    screen.key('Return')
    screen.wait('What goods and kits are made of')
    until('it is gone', lambda: gift[1] not in recipes())


def window_closes_in_order(screen):
    screen.key('F9')
    screen.wait('Type your PIN to open the office')
    assert screen.end() == 0, 'it did not end well'


try:
    run_tests([new_recipe_is_begun_by_a_scan, empty_recipe_is_not_saved, components_are_scanned, components_are_found_by_name,
               production_is_drafted, list_says_how_many_can_be_made, kit_is_ticked, circle_is_refused_with_its_way,
               line_is_taken_out_and_leaving_asks_once, recipe_is_deleted_when_asked_twice, window_closes_in_order],
              *shop.office())
finally:
    shop.close()
