#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A cashier's hour in the real window, over the session of fake_session.c. usage: till_sale.py TILL-WINDOW"""
import sys
import tempfile

from screen import run_tests, until

BREAD, MILK, APPLES, UNPRICED, RARE = '4600000000015', '4600000000022', '4600000000039', '4600000000046', '4600000000053'
SCAN = 'Scan or type'


def wrong_pin_is_refused(screen):
    screen.wait('PIN')
    screen.type('9999')
    screen.key('Return')
    screen.wait('Nobody has this PIN. Type it again.')
    assert screen.text('PIN') == '', 'the wrong PIN stayed in the field'


def pin_and_number_pad_log_in(screen):
    screen.press('1')
    screen.wait_text('PIN', '1')
    screen.key('1', '1', '1', 'Return')
    screen.wait('Open shift')


def shift_is_opened(screen):
    screen.type('5000')
    screen.key('Return')
    screen.wait_text('Total', '0.00 ₽')


def three_fast_scans_lose_nothing(screen):
    screen.scan(BREAD, MILK, APPLES)
    screen.wait_text('Total', '269.40 ₽')
    assert screen.text(SCAN) == '', 'a scan was seen in the field'


def scan_is_no_key_of_the_focused_button(screen):
    screen.tab_to('7')
    screen.scan(BREAD)
    screen.wait_text('Total', '319.40 ₽')
    screen.wait_text(SCAN, '')


def typed_code_with_a_number_of_times(screen):
    screen.type('3*' + BREAD)
    screen.wait_text(SCAN, '3*' + BREAD)
    screen.key('Return')
    screen.wait_text('Total', '469.40 ₽')
    screen.wait_text(SCAN, '')


def number_typed_before_a_scan_multiplies_it(screen):
    screen.type('2*')
    screen.wait_text(SCAN, '2*')
    screen.scan(MILK)
    screen.wait_text('Total', '649.20 ₽')
    screen.wait_text(SCAN, '')


def last_line_is_voided(screen):
    screen.key('Delete')
    screen.wait_text('Total', '469.40 ₽')
    screen.wait('void')


def marked_line_gets_another_quantity(screen):
    screen.key('Up', 'F5')  # from the voided line to three breads
    screen.type('2')
    screen.key('Return')
    screen.wait_text('Total', '419.40 ₽')


def line_discount_in_percent(screen):
    screen.key('F6')
    screen.wait('Line discount')
    screen.type('10%')
    screen.key('Return')
    screen.wait_text('Total', '409.40 ₽')
    screen.wait('−10 %')


def name_finds_goods(screen):
    screen.type('milk')
    screen.wait('Milk 3.2 %, 1 l')
    screen.key('Return')
    screen.wait_text('Total', '499.30 ₽')
    screen.wait_text(SCAN, '')


def nothing_found_says_so(screen):
    screen.type('qqq')
    screen.wait('No goods with these words. Type fewer letters, or scan the code.')
    screen.key('Escape')
    screen.wait_text(SCAN, '')


def escape_drops_what_was_typed(screen):
    screen.type('12')
    screen.wait_text(SCAN, '12')
    screen.key('Escape')
    screen.wait_text(SCAN, '')


def unknown_code_is_told(screen):
    screen.scan('9999999999994')
    screen.wait('9999999999994')
    screen.wait_text('Total', '499.30 ₽')


def scans_under_other_layouts_keep_their_digits(screen):
    for layout in 'mn', 'ru', 'fr':
        screen.scan_under(layout, '9999999999987')
        screen.wait('9999999999987')
        screen.scan('9999999999994')
        screen.wait('9999999999994')
    screen.wait_text(SCAN, '')
    screen.wait_text('Total', '499.30 ₽')


def price_question_does_not_eat_a_scan(screen):
    screen.scan(UNPRICED)
    screen.wait('Price for one')
    screen.scan(BREAD)
    screen.wait_text('Total', '549.30 ₽')
    screen.wait(SCAN)


def price_is_typed(screen):
    screen.scan(UNPRICED)
    screen.wait('Price for one')
    screen.type('0.70')
    screen.key('Return')
    screen.wait_text('Total', '550.00 ₽')


def another_pin_is_asked_for(screen):
    screen.key('F8')
    screen.wait('PIN of a senior')
    screen.key('Escape')
    screen.wait(SCAN)


def note_button_pays_and_change_is_shown(screen):
    screen.key('F12')
    screen.wait_text('Due', '550.00 ₽')
    screen.press('1000.00 ₽')
    screen.wait_text('Change', '450.00 ₽')


def next_scan_begins_the_next_receipt(screen):
    screen.scan(BREAD)
    screen.wait_text('Total', '50.00 ₽')
    until('the change is gone', lambda: screen.find('Change') is None)


def declined_card_leaves_the_shopper_at_the_payment(screen):
    screen.key('F12')
    screen.wait('Due')
    screen.type('20')
    screen.key('F11')
    screen.wait_text('On the card', '20.00 ₽')
    screen.key('Escape')
    screen.wait_text('Due', '50.00 ₽')
    screen.wait('Amount')


def cash_and_card_together(screen):
    screen.type('20')
    screen.key('Return')
    screen.wait_text('Due', '30.00 ₽')
    screen.key('F11')
    screen.wait('Reference')
    screen.type('0042')
    screen.press('Approved')
    screen.wait_text('Change', '0.00 ₽')


def trouble_says_what_to_press(screen):
    screen.scan(RARE)
    screen.wait_text('Total', '666.00 ₽')
    screen.key('F12')
    screen.wait('Due')
    screen.key('F12')
    screen.wait('The till needs you')
    screen.press('Retry')
    screen.wait_text('Change', '0.00 ₽')


def x_report_shows_the_shift(screen):
    screen.key('F1')  # nothing: the key is the menu's
    screen.key('F10')
    screen.wait('X report')
    screen.key('F1')
    screen.wait_text('Sales', '1266.00 ₽')
    screen.key('Escape')
    screen.wait('Change')


def locking_asks_for_a_pin(screen):
    screen.key('F9')
    screen.wait('PIN')
    screen.type('1111')
    screen.key('Return')
    screen.wait(SCAN)


def shift_is_closed_with_the_counted_cash(screen):
    screen.key('F10')
    screen.press('Close shift')
    screen.wait('How many')
    screen.key('F11')  # without counting the notes
    screen.wait('Cash counted in the drawer')
    screen.type('5600')
    screen.key('Return')
    screen.wait('Open shift')


def window_closes_in_order(screen):
    assert screen.end() == 0, 'it did not end well'


run_tests([wrong_pin_is_refused, pin_and_number_pad_log_in, shift_is_opened, three_fast_scans_lose_nothing,
           scan_is_no_key_of_the_focused_button, typed_code_with_a_number_of_times, number_typed_before_a_scan_multiplies_it,
           last_line_is_voided, marked_line_gets_another_quantity, line_discount_in_percent, name_finds_goods,
           nothing_found_says_so, escape_drops_what_was_typed, unknown_code_is_told,
           scans_under_other_layouts_keep_their_digits, price_question_does_not_eat_a_scan, price_is_typed,
           another_pin_is_asked_for, note_button_pays_and_change_is_shown, next_scan_begins_the_next_receipt,
           declined_card_leaves_the_shopper_at_the_payment, cash_and_card_together, trouble_says_what_to_press, x_report_shows_the_shift, locking_asks_for_a_pin,
           shift_is_closed_with_the_counted_cash, window_closes_in_order], sys.argv[1], tempfile.gettempdir())
