#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""One sale in the shop that ./run opens, through the real till without its window: cheese from the simulated scale, paid at the
simulated card terminal after it was declined once, on paper in the end; a cable that is pulled and put back; and nothing that
goes on running afterwards. What people press in the counter's window are these control lines.
TAP on standard output. usage: demo_counter.py ROOT BUILD"""
import decimal
import errno
import json
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT, BUILD = (pathlib.Path(p).resolve() for p in sys.argv[1:3])
D = decimal.Decimal
DEVICES = {'ru': ('registrar', 'display', 'scale', 'terminal'), 'mn': ('printer', 'display', 'scale', 'terminal')}
# demo/goods.tsv: 899.00 and 42 000 a kilogram, times 0.742.
TOTALS = {'ru': D('667.06'), 'mn': D('31164')}
SHOP = f'''
set -eu
top={ROOT} programs={BUILD}
die() {{ echo "$*" >&2; exit 1; }}
. {ROOT}/scripts/shop.sh
trap close_shop EXIT
open_shop "$1" >&2
"$programs/pos/baraa-till" --data "$1/till" --script -
'''
results = []


def check(name, found, expected):
    results.append((name, found == expected, f'found {found!r}, expected {expected!r}'))


def tell(shop, device, line):
    fd = os.open(shop / f'{device}.control', os.O_WRONLY | os.O_NONBLOCK)
    os.write(fd, line.encode() + b'\n')
    os.close(fd)


def is_running(shop, device):
    try:
        os.close(os.open(shop / f'{device}.control', os.O_WRONLY | os.O_NONBLOCK))
        return True
    except OSError as error:
        if error.errno == errno.ENXIO:  # nobody reads the fifo
            return False
        raise


class Till:
    def __init__(self, shop, language):
        self.errors = open(shop / 'errors', 'w+')
        self.process = subprocess.Popen(['bash', '-c', SHOP, 'shop', shop], env=dict(os.environ, LC_ALL=language), text=True,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.errors)

    def step(self, line):
        """Answers end with a line each, and come when what the step asked for is done."""
        self.process.stdin.write('-' + line + '\n')
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            self.errors.seek(0)
            raise RuntimeError(f'the till ended at “{line}”: {self.errors.read()}')
        return json.loads(answer)

    def end(self):
        self.process.stdin.close()
        return self.process.wait(30)


def marks(shop, device, mark):
    lines = (shop / f'{device}.log').read_text().splitlines()
    return [line.split('|', 1)[1] for line in lines if line.startswith(mark + '|')]


def sell(shop, till, country):
    for line in ('login 1111', 'open-shift 1000', 'await scale ready', 'await payment ready'):
        check(f'{country}: {line}', till.step(line)['ok'], True)
    tell(shop, 'scale', 'put 742')
    weighed = till.step('scan 00001')  # it waits until the weight is at rest
    check(f'{country}: 0.742 kg of cheese', (weighed['ok'], weighed['lines'], D(weighed['total'])), (True, 1, TOTALS[country]))
    tell(shop, 'terminal', 'decline')
    check(f'{country}: declined', till.step('pay card')['code'], 'card-declined')
    paid = till.step('pay card')
    check(f'{country}: paid by card', (paid['state'], D(paid['total'])), ('paid', TOTALS[country]))
    check(f'{country}: all is on paper', till.step('await papers 0')['ok'], True)


def pull_and_put_back(shop, till, country):
    tell(shop, 'scale', 'unplug')
    check(f'{country}: the scale is missed', till.step('await scale down')['ok'], True)
    tell(shop, 'scale', 'plug')
    check(f'{country}: and is back', till.step('await scale ready')['ok'], True)


def look_at_devices(shop, country):
    charged = [D(text.split('|')[0]) for text in marks(shop, 'terminal', 'CHARGE')]
    check(f'{country}: the terminal took it once', charged, [TOTALS[country]])
    check(f'{country}: and declined it once', len(marks(shop, 'terminal', 'DECLINED')), 1)
    check(f'{country}: the shopper saw that no change is due', D(marks(shop, 'display', 'GLASS')[-1].split()[-1]), D(0))
    if country == 'ru':
        documents = json.loads((shop / 'registrar.state').read_text())['documents']
        check(f'{country}: one receipt of the registrar', [D(d['total']) / 100 for d in documents if d['type'] == 3], [TOTALS[country]])
        return
    pictures = [pathlib.Path(path) for path in marks(shop, 'printer', 'PICTURE')]
    check(f'{country}: pictures of the paper', all(p.read_bytes().startswith(b'\x89PNG') for p in pictures), True)
    check(f'{country}: one receipt of the printer', [text for text in marks(shop, 'printer', 'PAPER') if 'T1-000001]' in text],
          ['[CODE128 T1-000001]'])


def play(shop, language, country):
    till = Till(shop, language)
    sell(shop, till, country)
    pull_and_put_back(shop, till, country)
    check(f'{country}: running', [d for d in DEVICES[country] if is_running(shop, d)], list(DEVICES[country]))
    look_at_devices(shop, country)
    check(f'{country}: the shop is closed', till.end(), 0)
    check(f'{country}: nothing runs on', [d for d in DEVICES[country] if is_running(shop, d)], [])


for language, country in (('ru_RU.UTF-8', 'ru'), ('mn_MN.UTF-8', 'mn')):
    with tempfile.TemporaryDirectory() as folder:
        try:
            play(pathlib.Path(folder), language, country)
        except RuntimeError as error:
            check(f'{country}: played to its end', str(error), '')

print(f'1..{len(results)}')
for number, (name, held, why) in enumerate(results, 1):
    print(f"{'ok' if held else 'not ok'} {number} {name}")
    if not held:
        print('#', why[:2000])
sys.exit(not all(held for _, held, _ in results))
