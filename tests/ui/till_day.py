#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a day has beside sales, in the real window over the session of fake_session.c: receipts put aside, goods that come back,
buyers, a registrar that is down, receipts to look after, the count of the drawer. usage: till_day.py TILL-WINDOW"""
import sys
import tempfile

from screen import run_tests, until

BREAD, MILK, RARE = '4600000000015', '4600000000022', '4600000000053'
SOLD = 'T2-000001'
SCAN = 'Scan or type'


def gone(screen, name):
    until(name + ' is gone', lambda: screen.find(name) is None)


def shift_is_opened(screen):
    screen.wait('PIN')
    screen.type('1111')
    screen.key('Return')
    screen.wait('Open shift')
    screen.key('Return')
    screen.wait_text('Total', '0.00 ₽')


def receipt_is_put_aside_by_its_key(screen):
    screen.scan(BREAD)
    screen.wait_text('Total', '50.00 ₽')
    screen.key('Insert')
    screen.wait_text('Total', '0.00 ₽')
    screen.wait('Put aside: 1')
    screen.wait('Take up (1)')


def another_is_put_aside_by_its_button(screen):
    screen.scan(MILK)
    screen.wait_text('Total', '89.90 ₽')
    screen.press('Put aside (1)')
    screen.wait('Put aside: 2')
    screen.wait_text('Total', '0.00 ₽')


def list_says_what_is_put_aside(screen):
    screen.key('Insert')
    screen.wait('Receipts put aside')
    screen.wait('No. 1')
    screen.wait('No. 2')
    screen.wait('89.90 ₽')


def scan_is_not_eaten_by_the_list(screen):
    screen.scan(BREAD)
    screen.wait_text('Total', '50.00 ₽')
    gone(screen, 'Receipts put aside')
    screen.key('Delete')
    screen.wait_text('Total', '0.00 ₽')


def chosen_one_is_voided(screen):
    screen.key('Insert')
    screen.wait('No. 1')
    screen.key('Delete')
    screen.wait('Take up (1)')
    gone(screen, 'No. 1')
    screen.wait('No. 2')


def other_one_is_taken_up(screen):
    screen.key('Return')
    screen.wait_text('Total', '89.90 ₽')
    gone(screen, 'Put aside: 1')


def return_waits_for_the_open_receipt(screen):
    screen.key('F10')
    screen.wait('Return goods')
    screen.key('F5')
    screen.key('Escape')
    screen.wait(SCAN)
    screen.key('F12')
    screen.wait_text('Due', '89.90 ₽')
    screen.key('F12')
    screen.wait('CHANGE')


def number_of_no_receipt_is_told(screen):
    screen.key('F10', 'F5')
    screen.wait('Number of the receipt')
    screen.type('T2-17')
    screen.key('Return')
    screen.wait('This till has sold no such receipt.')


def return_is_opened_by_the_typed_number(screen):
    screen.key('F10', 'F5')
    screen.wait('Number of the receipt')
    screen.type(SOLD.lower())
    screen.key('Return')
    screen.wait('GOODS COME BACK · receipt ' + SOLD)
    screen.wait_text('To give back', '239.90 ₽')
    screen.wait('To give back: cash 89.90 ₽, card 150.00 ₽')
    screen.wait('up to 3 may come back')


def return_offers_what_it_can(screen):
    screen.wait('Give back')
    screen.wait('Leave out')
    assert screen.find('Pay') is None, 'a return cannot be paid'


def a_part_of_a_line_stays(screen):
    screen.key('Up', 'Up', 'F5')
    screen.wait('Quantity of the marked line')
    screen.type('1')
    screen.key('Return')
    screen.wait_text('To give back', '139.90 ₽')
    screen.wait('To give back: card 139.90 ₽')


def a_line_is_left_out(screen):
    screen.key('Down', 'Delete')
    screen.wait_text('To give back', '50.00 ₽')
    screen.wait('stays')


def money_goes_back_by_one_key(screen):
    screen.key('F12')
    screen.wait('BACK TO THE CARD')
    screen.wait_text('Give back', '50.00 ₽')
    screen.wait('The money goes back. The next scan begins the next receipt.')


def scan_of_a_receipt_opens_its_return(screen):
    screen.scan(SOLD)
    screen.wait_text('To give back', '239.90 ₽')


def return_is_left_by_voiding_it(screen):
    screen.key('F10', 'F3')
    screen.wait_text('Total', '0.00 ₽')
    gone(screen, 'GOODS COME BACK · receipt ' + SOLD)


def buyer_stands_on_the_head_of_the_receipt(screen):
    screen.key('F10', 'F6')
    screen.wait('Phone, mail, or number of a business')
    screen.type('a@b.mn')
    screen.key('Return')
    screen.wait('Receipt to a@b.mn')


def goods_are_sold_while_the_buyer_is_asked(screen):
    screen.scan(BREAD)
    screen.wait_text('Total', '50.00 ₽')
    screen.key('F12')
    screen.wait_text('Due', '50.00 ₽')
    screen.key('F6')
    screen.wait('Customer')
    screen.scan(MILK)
    screen.wait_text('Total', '139.90 ₽')
    screen.wait('Receipt to a@b.mn')


def buyer_is_forgotten(screen):
    screen.key('F10', 'F6')
    screen.press('Forget the customer')
    gone(screen, 'Receipt to a@b.mn')
    screen.key('F10', 'F3')
    screen.wait_text('Total', '0.00 ₽')


def cash_and_card_pay_their_own_sums(screen):
    screen.type('2*' + RARE)
    screen.key('Return')
    screen.wait_text('Total', '1332.00 ₽')
    screen.scan(MILK)
    screen.wait_text('Total', '1421.90 ₽')
    screen.key('F12')
    screen.wait('Card 1421.90 ₽ · cash 1422.00 ₽')
    screen.press('Exact 1422.00 ₽')
    screen.wait_text('Rounding', '0.10 ₽')
    screen.wait_text('Change', '0.00 ₽')


def sale_goes_on_without_the_registrar(screen):
    screen.scan(RARE)
    screen.wait_text('Total', '666.00 ₽')
    screen.key('F12')
    screen.wait('Due')
    screen.key('F12')
    screen.wait('The till needs you')
    screen.wait('Back to payment')
    screen.press('Sell without the registrar')
    screen.wait('CHANGE')
    screen.wait('To look after: 2')


def attention_leads_back_to_the_payment(screen):
    screen.scan(RARE)
    screen.wait_text('Total', '666.00 ₽')
    screen.key('F12')
    screen.wait('Due')
    screen.key('F12')
    screen.wait('The till needs you')
    screen.key('F11')
    screen.wait_text('Due', '666.00 ₽')
    screen.key('Escape')
    screen.wait_text('Total', '666.00 ₽')
    screen.key('Delete')
    screen.wait_text('Total', '0.00 ₽')


def cases_say_what_is_known(screen):
    screen.key('F10', 'F7')
    screen.wait('Receipts that the registrar does not know of yet: 1.')
    screen.wait('T2-000017')
    screen.wait('T2-000002')


def telling_late_asks_for_a_reason(screen):
    screen.key('Return')
    screen.wait('Reason')
    screen.press('There was no power')
    screen.wait('To look after: 1')


def another_registrar_is_accepted_by_a_senior(screen):
    screen.scan('REPLACED-REGISTRAR')
    screen.wait('Accept registrar')
    screen.key('F1')
    screen.wait('PIN of a senior')
    screen.type('2222')
    screen.key('Return')
    gone(screen, 'PIN of a senior')
    until('the registrar is accepted', lambda: screen.find('registrar ready') is not None)


def end_twice_does_not_close_the_shift(screen):
    screen.key('F10', 'End')
    screen.wait('How many of 5000.00 ₽ are in the drawer?')
    screen.key('End')
    screen.wait('Cash counted in the drawer')
    screen.key('Escape')
    screen.wait(SCAN)


def drawer_is_counted_by_its_notes(screen):
    screen.scan('REPLACED-REGISTRAR')
    screen.wait('registrar no answer')
    screen.key('F10')
    screen.press('Close shift')
    screen.wait('How many of 5000.00 ₽ are in the drawer?')
    screen.type('2')
    screen.key('Return')
    screen.wait('How many of 1000.00 ₽ are in the drawer?')
    screen.wait_text('Counted cash', '10000.00 ₽')
    screen.key('Down', 'Down')
    screen.wait('How many of 100.00 ₽ are in the drawer?')
    screen.type('3')
    screen.key('Return')
    screen.wait_text('Counted cash', '10300.00 ₽')


def what_is_no_number_of_notes_stays_to_be_seen(screen):
    screen.type('1.5')
    screen.key('Return')
    screen.wait_text('How many', '1.5')
    screen.wait_text('Counted cash', '10300.00 ₽')
    screen.key('Escape')
    screen.wait_text('How many', '')


def count_outlives_a_step_back(screen):
    screen.key('Escape')
    screen.wait(SCAN)
    screen.key('F10', 'End')
    screen.wait_text('Counted cash', '10300.00 ₽')


def shift_closes_with_what_was_counted(screen):
    screen.press('1000.00 ₽')
    screen.wait('How many of 1000.00 ₽ are in the drawer?')
    screen.type('1')
    screen.wait_text('How many', '1')
    screen.key('End')
    screen.wait('The shift is closed. Counted: 11300.00.')
    screen.wait('Open shift')


def registrar_is_accepted_before_the_shift(screen):
    screen.key('F1')
    screen.wait('PIN of a senior')
    screen.key('Return')  # nothing was typed: nothing happens
    screen.key('Escape')
    screen.wait('Open shift')
    screen.key('F1')
    screen.wait('PIN of a senior')
    screen.type('2222')
    screen.key('Return')
    screen.wait('registrar ready')
    screen.wait('Cash in the drawer')
    screen.wait('Open shift')


run_tests([shift_is_opened, receipt_is_put_aside_by_its_key, another_is_put_aside_by_its_button, list_says_what_is_put_aside,
           scan_is_not_eaten_by_the_list, chosen_one_is_voided, other_one_is_taken_up, return_waits_for_the_open_receipt,
           number_of_no_receipt_is_told, return_is_opened_by_the_typed_number, return_offers_what_it_can, a_part_of_a_line_stays,
           a_line_is_left_out, money_goes_back_by_one_key, scan_of_a_receipt_opens_its_return, return_is_left_by_voiding_it,
           buyer_stands_on_the_head_of_the_receipt, goods_are_sold_while_the_buyer_is_asked, buyer_is_forgotten,
           cash_and_card_pay_their_own_sums, sale_goes_on_without_the_registrar, attention_leads_back_to_the_payment,
           cases_say_what_is_known, telling_late_asks_for_a_reason, another_registrar_is_accepted_by_a_senior,
           end_twice_does_not_close_the_shift, drawer_is_counted_by_its_notes, what_is_no_number_of_notes_stays_to_be_seen, count_outlives_a_step_back,
           shift_closes_with_what_was_counted, registrar_is_accepted_before_the_shift], sys.argv[1], tempfile.gettempdir())
