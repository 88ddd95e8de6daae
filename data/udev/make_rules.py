#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""udev's rules for what data/devices.tsv knows: make_rules.py devices.tsv > 70-baraa-devices.rules

Who sits at the till may open its devices ("uaccess"), and so may a group, for a till that starts without anyone. The
file's name sorts before 73-seat-late.rules, which hands the permissions out.
"""
import sys

HEAD = '''# SPDX-License-Identifier: GPL-3.0-or-later
# Made from data/devices.tsv: devices on a shop's counter may be opened by who sits there, and by a group.
# A shop's own lines go into a file of their own, such as /etc/udev/rules.d/71-shop.rules.
# A wedge scanner that is to type into the till alone, and not into the desktop, is named there:
#   SUBSYSTEM=="input", KERNEL=="event*", ATTRS{idVendor}=="05e0", ATTRS{idProduct}=="1200", TAG+="uaccess", ENV{LIBINPUT_IGNORE_DEVICE}="1"
ACTION=="remove", GOTO="baraa_end"

# Everything of the printer class, and the kernel's node for it.
SUBSYSTEM=="usb", ENV{DEVTYPE}=="usb_device", ENV{ID_USB_INTERFACES}=="*:0701??:*", TAG+="uaccess", GROUP="lp", MODE="0660", ATTR{power/control}="on"
SUBSYSTEM=="usbmisc", KERNEL=="lp[0-9]*", TAG+="uaccess", GROUP="lp", MODE="0660"
'''
USB = 'SUBSYSTEM=="usb", ENV{{DEVTYPE}}=="usb_device", ATTR{{idVendor}}=="{vid}", ATTR{{idProduct}}=="{pid}", {give}, ATTR{{power/control}}="on"'
TTY = 'SUBSYSTEM=="tty", ATTRS{{idVendor}}=="{vid}", ATTRS{{idProduct}}=="{pid}", {give}, ENV{{ID_MM_DEVICE_IGNORE}}="1"'
HIDRAW = 'SUBSYSTEM=="hidraw", ATTRS{{idVendor}}=="{vid}", ATTRS{{idProduct}}=="{pid}", {give}'
INPUT = 'SUBSYSTEM=="input", KERNEL=="event*", ATTRS{{idVendor}}=="{vid}", ATTRS{{idProduct}}=="{pid}", {give}'


def give(group):
    return f'TAG+="uaccess", GROUP="{group}", MODE="0660"'


def rules(kind, protocols, vid, pid):
    at = {'vid': vid, 'pid': pid}
    if kind in ('printer', 'label'):
        yield USB.format(**at, give=give('lp'))
    if kind in ('bridge', 'scanner', 'scale', 'fiscal', 'payment', 'printer', 'label', 'display'):
        yield TTY.format(**at, give=give('dialout'))
    if kind in ('scanner', 'scale'):
        yield HIDRAW.format(**at, give=give('plugdev'))
    if kind == 'scanner' and protocols in ('hidpos', '-'):
        yield USB.format(**at, give=give('plugdev'))
    if kind == 'scanner' and protocols in ('keyboard', '-'):
        yield INPUT.format(**at, give=give('input'))


print(HEAD)
for line in open(sys.argv[1], encoding='utf-8'):
    if line.startswith('#') or not line.strip():
        continue
    vid, pid, kind, protocols, words = line.rstrip('\n').split('\t')
    made = list(rules(kind, protocols, vid, '*' if pid == '????' else pid))
    if made:
        print(f'# {words}')
        print('\n'.join(made))
print('\nLABEL="baraa_end"')
