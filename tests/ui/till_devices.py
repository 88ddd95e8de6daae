#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A till with simulated devices on its counter, from the choice of its printer to a payment on its card terminal, in the real
window over the real session. usage: till_devices.py BUILD"""
import os
import shutil
import subprocess
import sys
import tempfile

from screen import Screen, missing, until

SHOP, TILL = 'Corner Shop', 'Till 1'
CASHIER, SENIOR = '1111', '2222'
BREAD, CHEESE = '4600000000015', '00077'
SCAN, ADDRESS = 'Scan or type', 'Address'
SENIOR_PIN = 'PIN of a senior'


class Device:
    """A simulator; said() gives it a line, log() is what it has seen."""

    def __init__(self, build, folder, name, *faults):
        self.link, self.path, self.control = (os.path.join(folder, name + end) for end in ('', '.log', '.control'))
        os.mkfifo(self.control)
        program = [os.path.join(build, 'drivers/sim/baraa-sim'), name, '--pty', self.link, '--log', self.path, '--control', self.control]
        self.process = subprocess.Popen(program + [word for fault in faults for word in ('--fault', fault)],
                                        stdout=subprocess.DEVNULL)
        until(name + ' is there', lambda: os.path.lexists(self.link) and os.path.exists(self.path))

    def said(self, line):
        with open(self.control, 'w', encoding='utf-8') as control:
            control.write(line + '\n')

    def wait(self, text, n=1):
        def has():
            with open(self.path, encoding='utf-8', errors='replace') as log:
                return log.read().count(text) >= n
        until(f'{self.path} has {text}', has)

    def end(self):
        self.process.terminate()
        self.process.wait()


class Counter:
    """Office, hub and an enrolled till without devices in a folder of its own, and the devices that are plugged in."""

    def __init__(self, build):
        self.build, self.folder = build, tempfile.mkdtemp(prefix='baraa-counter-')
        self.office = 'sqlite:' + os.path.join(self.folder, 'office.db')
        self.till = os.path.join(self.folder, 'till')
        self.hub = None
        self.devices = []

    def run(self, *words):
        return subprocess.run(words, check=True, text=True, stdout=subprocess.PIPE).stdout

    def baraa(self, *words):
        return self.run(os.path.join(self.build, 'backoffice/baraa'), *words, '--db', self.office)

    def import_goods(self):
        path = os.path.join(self.folder, 'goods.tsv')
        with open(path, 'w', encoding='utf-8') as goods:
            goods.write('article\tbarcode\tname\tunit\tweighed\tprice\n'
                        f'1\t{BREAD}\tBread\tpcs\t0\t50\n77\t{CHEESE}\tCheese\tkg\t1\t500\n')
        self.baraa('import', 'goods', path)

    def start_hub(self):
        hub = subprocess.Popen([os.path.join(self.build, 'backoffice/baraa-hub'), '--db', self.office, '--listen', '127.0.0.1:0'],
                               text=True, stdout=subprocess.PIPE)
        self.hub = hub
        for line in hub.stdout:
            for word in line.split():
                if word.startswith('http://'):
                    return word.rstrip('.,')
        raise AssertionError('the hub did not say where it listens')

    def enrol(self):
        self.baraa('init', '--country', 'ru', '--shop', SHOP)
        self.import_goods()
        for name, role, pin in (('Mary', 'cashier', CASHIER), ('Ann', 'senior', SENIOR)):
            self.baraa('person', 'add', '--name', name, '--role', role, '--pin', pin)
        url = self.start_hub()
        words = self.baraa('till', 'add', '--shop', SHOP, '--name', TILL).split()
        code = next(word.strip('.') for word in words if len(word.strip('.')) == 9 and word[4] == '-')
        self.run(os.path.join(self.build, 'pos/baraa-till'), '--data', self.till, '--enrol', url, code)

    def plug(self, name, *faults):
        self.devices.append(Device(self.build, self.folder, name, *faults))
        return self.devices[-1]

    def conf(self):
        try:
            with open(os.path.join(self.till, 'till.conf'), encoding='utf-8') as conf:
                return conf.read()
        except FileNotFoundError:
            return ''

    def end(self):
        for device in self.devices:
            device.end()
        if self.hub is not None:
            self.hub.terminate()
            self.hub.wait()
            self.hub.stdout.close()
        shutil.rmtree(self.folder)


def choose(screen, device, protocol):
    """With the mouse, so that keys come after it. The buttons of another device are new ones: until one of them is pressed."""
    screen.click(device)

    def is_chosen():
        node = screen.find(protocol)
        if screen.has(node, screen.atspi.StateType.PRESSED) or screen.has(node, screen.atspi.StateType.CHECKED):
            return True
        screen.click(protocol)
        return False
    until(protocol + ' is chosen', is_chosen)


def type_address(screen, device):
    screen.wait_focus(ADDRESS)
    screen.key('ctrl+a', 'BackSpace')
    screen.wait_text(ADDRESS, '')
    screen.type('pty:' + device.link)
    screen.wait_text(ADDRESS, 'pty:' + device.link)


def open_page(screen):
    screen.key('F10')
    screen.press('Devices')
    screen.wait('Choose a device, find it, test it, save it.')


def shift_is_opened_without_devices(screen, counter):
    screen.wait('PIN')
    screen.type(CASHIER)
    screen.key('Return')
    screen.wait('Open shift')
    screen.key('F11')  # the page is there before the shift too
    screen.wait('Choose a device, find it, test it, save it.')
    screen.key('Escape')
    screen.wait('Open shift')
    screen.key('Return')
    screen.wait(SCAN)
    screen.scan(BREAD)
    screen.wait_text('Total', '50.00 ₽')


def what_is_plugged_in_is_found_or_not(screen, counter):
    open_page(screen)
    screen.press('Find')

    def is_over():
        texts = screen.all_texts()
        return any(text.startswith(('Found:', 'Nothing of this kind')) for text in texts)
    until('the search ends', is_over)


def printer_is_tested_with_the_pin_of_a_senior(screen, counter):
    choose(screen, 'Receipt printer', 'ESC/POS')
    type_address(screen, counter.printer)
    screen.key('F5')
    screen.wait(SENIOR_PIN)
    screen.type(SENIOR)
    screen.key('Return')
    screen.wait('A test page is printed. Look whether all letters are right and no edge is cut off.')
    counter.printer.wait('Test page', 2)
    assert 'escpos' not in counter.conf(), 'a test has written the settings'


def printer_is_saved(screen, counter):
    screen.wait_text(ADDRESS, 'pty:' + counter.printer.link)
    screen.key('F12')
    screen.wait(SENIOR_PIN)
    screen.type(SENIOR)
    screen.key('Return')
    screen.wait('Receipt printer is set up. Its light tells how it is.')
    screen.wait('printer ready')
    assert 'device=escpos@pty:' + counter.printer.link in counter.conf(), counter.conf()


def wrong_address_is_told(screen, counter):
    choose(screen, 'Scale', 'CAS')
    screen.type('pty:/nowhere')
    screen.wait_text(ADDRESS, 'pty:/nowhere')
    screen.key('F12')
    screen.wait(SENIOR_PIN)
    screen.type(SENIOR)
    screen.key('Return')
    screen.wait('scale no answer')
    screen.wait('Scale: no answer. Check its power and its cable.')


def scale_and_terminal_are_saved_by_a_senior(screen, counter):
    screen.key('Escape')
    screen.wait_text('Total', '50.00 ₽')
    screen.key('F9')
    screen.wait('PIN')
    screen.type(SENIOR)
    screen.key('Return')
    screen.wait_text('Total', '50.00 ₽')
    open_page(screen)
    choose(screen, 'Scale', 'CAS')
    type_address(screen, counter.scale)
    screen.key('F12')
    screen.wait('scale ready')
    choose(screen, 'Card terminal', 'ZVT')
    type_address(screen, counter.terminal)
    screen.key('F12')
    screen.wait('terminal ready')
    screen.key('F5')
    screen.wait('The card terminal answers. Nothing was charged.')
    screen.key('Escape')
    screen.wait_text('Total', '50.00 ₽')


def goods_wait_for_their_weight(screen, counter):
    screen.type(CHEESE)
    screen.key('Return')
    screen.wait('Weight')
    screen.wait('Put Cheese on the scale.')
    screen.wait('empty')
    screen.wait('Weigh again')  # the scale stays empty
    counter.scale.said('put 1234')
    screen.wait_text('Total', '667.00 ₽')
    until('the weight is gone', lambda: screen.find('Weight') is None)


def goods_without_a_weight_are_left_out(screen, counter):
    screen.type(CHEESE)
    screen.key('Return')
    screen.wait('Weight')
    screen.key('Escape')
    until('they do not wait any more', lambda: screen.find('Weight') is None)
    assert screen.text('Total') == '667.00 ₽'


def card_payment_is_stopped(screen, counter):
    screen.key('F12')
    screen.wait_text('Due', '667.00 ₽')
    screen.key('F11')
    screen.wait_text('On the card', '667.00 ₽')
    screen.wait('Stop the payment')
    screen.key('Escape')
    screen.wait_text('Due', '667.00 ₽')
    screen.wait('Amount')


def card_pays(screen, counter):
    screen.key('F11')
    screen.wait_text('On the card', '667.00 ₽')
    screen.wait_text('Change', '0.00 ₽')
    counter.terminal.wait('CHARGE|667.00')
    counter.printer.wait('[cut]', 3)  # the test, the terminal's slip, the receipt


def receipt_is_printed_again(screen, counter):
    screen.key('F10')
    screen.press('Print again')
    screen.wait('The last receipt is printed once more, as a copy.')
    counter.printer.wait('COPY')


def receipts_wait_for_paper(screen, counter):
    counter.printer.said('paper-out')
    screen.wait('printer no paper')
    screen.scan(BREAD)
    screen.wait_text('Total', '50.00 ₽')
    screen.key('F12')
    screen.wait('Due')
    screen.key('F12')
    screen.wait_text('Change', '0.00 ₽')
    screen.wait('printer no paper 1')
    counter.printer.said('paper')
    screen.wait('printer ready')


def lost_answer_is_a_screen_of_its_own(screen, counter):
    screen.scan(BREAD)
    screen.wait_text('Total', '50.00 ₽')
    screen.key('F12')
    screen.wait('Due')
    screen.key('F11')
    screen.wait('50.00 ₽ by card: the shopper inserts or holds the card.')
    counter.terminal.said('unplug')
    screen.wait('It is not known whether the card was charged')
    screen.scan(BREAD)  # it waits
    screen.press('It was not charged')
    screen.wait(SENIOR_PIN)
    screen.type(SENIOR)
    screen.key('Return')
    screen.wait('Ann may not allow this either. Nothing was changed; call a senior cashier.')
    screen.key('Escape')
    counter.terminal.said('plug')
    screen.press('Ask again')
    screen.wait_text('Due', '100.00 ₽')  # nothing was charged; what waited is added


def window_closes_in_order(screen, counter):
    assert screen.end() == 0, 'it did not end well'


TESTS = [shift_is_opened_without_devices, what_is_plugged_in_is_found_or_not, printer_is_tested_with_the_pin_of_a_senior, printer_is_saved,
         wrong_address_is_told, scale_and_terminal_are_saved_by_a_senior, goods_wait_for_their_weight, goods_without_a_weight_are_left_out,
         card_payment_is_stopped, card_pays, receipt_is_printed_again, receipts_wait_for_paper, lost_answer_is_a_screen_of_its_own,
         window_closes_in_order]


def main():
    if lacks := missing():
        print('1..0 # SKIP no', lacks)
        return
    print(f'1..{len(TESTS)}', flush=True)
    build = sys.argv[1]
    counter = Counter(build)
    try:
        counter.enrol()
        counter.printer = counter.plug('printer-escpos', 'speed_mm=0')
        counter.scale = counter.plug('scale-cas', 'settle_ms=50', 'noise=0')
        counter.terminal = counter.plug('payment-zvt', 'card_ms=8000')
        with Screen(os.path.join(build, 'pos/baraa-till'), '--data', counter.till) as screen:
            for number, test in enumerate(TESTS, 1):
                try:
                    test(screen, counter)
                except AssertionError as error:
                    print(f'not ok {number} {test.__name__}: {error}; on the screen: {screen.all_texts()}')
                    print('Bail out! the window is not where the next test begins')
                    raise SystemExit(1) from None
                print(f'ok {number} {test.__name__}', flush=True)
    finally:
        counter.end()


main()
