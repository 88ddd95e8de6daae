#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The demo shop's day through the real programs: what the screen said, what the registrar made or the printer printed,
what the card terminal took, what the journal holds and what the office reports are the same money, to the minor unit. The sums
are made here, from each witness's own words.
TAP on standard output. usage: day.py ROOT BUILD"""
import collections
import decimal
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT, BUILD = (pathlib.Path(p).resolve() for p in sys.argv[1:3])
D = decimal.Decimal
SHOP = f'''
set -eu
top={ROOT} programs={BUILD}
die() {{ echo "$*" >&2; exit 1; }}
. {ROOT}/scripts/shop.sh
trap close_shop EXIT
open_shop "$1" played
play_day "$1" >"$1/day.txt"
'''
results = []


def check(name, found, expected):
    results.append((name, found == expected, f'found {found!r}, expected {expected!r}'))


def baraa(*args):
    return subprocess.run([BUILD / 'backoffice/baraa', *args], check=True, capture_output=True, text=True).stdout


def on_screen(shop):
    """Receipt number → what the till said it was, and the change it asked to give."""
    steps = [json.loads(line) for line in (shop / 'day.json').read_text().splitlines()]
    return {s['receipt']: D(s['total']) for s in steps if s['state'] == 'paid' and s['receipt']}


def by_registrar(shop):
    """Fiscal document number → total, as the simulator remembers them: sales, and what came back."""
    book = json.loads((shop / 'registrar.state').read_text())['book']
    return {d['number']: D(d['total']) / 100 for d in book if d['kind'] in ('sale', 'return')}


def by_service(shop):
    """What Mongolia's service holds at the end: receipts that were neither voided nor replaced by their rest."""
    book = json.loads((shop / 'service.state').read_text())['book']
    return sum(D(d['total']) for d in book if d['active']) / 100


def on_paper(shop):
    """Receipt number → total, as printed: the barcode names it, the amount stands under the second rule."""
    lines = [l[len('PAPER|'):] for l in (shop / 'printer.log').read_text().splitlines() if l.startswith('PAPER|')]
    totals = {}
    for paper in '\n'.join(lines).split('[cut]'):
        number, total = re.search(r'\[CODE128 (.+)\]', paper), paper.split('-' * 48)[2:3]
        if number:
            amount = re.search(r'  ([\d\s]+(?:\.\d\d)?) т$', total[0].strip().splitlines()[0]).group(1)
            assert number.group(1) not in totals, f'{number.group(1)} is printed twice'
            totals[number.group(1)] = D(re.sub(r'\s', '', amount))
    return totals


def by_terminal(shop):
    """What the simulated card terminal took, payment by payment, from its log; and what it declined."""
    marks = [l.split('|') for l in (shop / 'terminal.log').read_text().splitlines()]
    return [D(m[1]) for m in marks if m[0] == 'CHARGE'], [D(m[1]) for m in marks if m[0] == 'DECLINED']


def in_journal(shop):
    entries = json.loads(baraa('journal', str(shop / 'till/till.db'), '--format', 'json'))
    return [e['body'] for e in entries if e['kind'] == 'receipt']


def sign(body):
    return -1 if body['receipt']['kind'] == 'return' else 1


def journal_sums(bodies):
    """gross, discount, tax, net, from the lines alone; what came back is taken off."""
    lines = [(sign(b), line) for b in bodies for line in b['receipt']['lines'] if not line['voided']]
    return {
        'gross': sum(s * l['gross'] for s, l in lines),
        'discount': sum(s * (l['own_discount'] + l['shared_discount']) for s, l in lines),
        'tax': sum(s * sum(l['taxes']) for s, l in lines),
        'net': sum(s * (l['net'] + l['added']) for s, l in lines),
        'quantity': sum(s * l['quantity'] for s, l in lines),
    }


def reports(shop, day):
    db = f'sqlite:{shop}/office.db'
    return {name: json.loads(baraa('report', name, '--db', db, '--from', day, '--to', day, '--format', 'json'))
            for name in ('sales', 'cashiers', 'hours', 'payments')}


def compare(shop, country):
    screen, journal = on_screen(shop), in_journal(shop)
    charged, declined = by_terminal(shop)
    day = str(journal[0]['day'])
    office = reports(shop, f'{day[:4]}-{day[4:6]}-{day[6:]}')
    totals, sums = office['sales']['totals'], journal_sums(journal)

    check(f'{country}: at least twenty receipts', len(screen) >= 20, True)
    check(f'{country}: screen and journal, receipt by receipt', screen,
          {b['number']: D(sum(l['net'] + l['added'] for l in b['receipt']['lines'])) / 100 for b in journal})
    if country == 'ru':
        check(f'{country}: registrar and journal, document by document', by_registrar(shop),
              {b['fiscal']['document']: screen.get(b['number']) for b in journal})
    else:
        check(f'{country}: screen and paper, receipt by receipt', on_paper(shop), screen)
        check(f'{country}: the service holds what was sold and stayed sold', by_service(shop), D(sums['net']) / 100)
        check(f'{country}: the Z report came out before the till ended', 'PAPER|Z' in (shop / 'printer.log').read_text(), True)
    check(f'{country}: a card was declined, and others were not', (declined, len(charged)), ([D(50)], 6))
    check(f'{country}: terminal and journal', sum(charged), D(sum(sign(b) * b['receipt']['kept'].get('card', 0) for b in journal)) / 100)
    for name in ('gross', 'discount', 'tax', 'net'):
        check(f'{country}: {name} of the sales report', D(totals[name]), D(sums[name]) / 100)
    check(f'{country}: receipts of the sales report', int(totals['receipts']), len(screen))
    check(f'{country}: quantity of the sales report', D(totals['quantity']), D(sums['quantity']) / 1000000)
    for name in ('gross', 'discount', 'tax', 'net'):
        check(f'{country}: rows of {name} add up', sum(D(r[name]) for r in office['sales']['rows']), D(totals[name]))
    for report in ('cashiers', 'hours'):
        check(f'{country}: {report} add up to the same', sum(D(r['net']) for r in office[report]['rows']), D(totals['net']))
    kept = collections.Counter()
    for body in journal:
        kept.update({kind: sign(body) * amount for kind, amount in body['receipt']['kept'].items()})
    check(f'{country}: payments by kind', {r['payment'] if 'payment' in r else r['kind']: D(r['amount']) for r in office['payments']['rows']},
          {kind: D(amount) / 100 for kind, amount in kept.items()})
    stock = json.loads(baraa('stock', '--db', f'sqlite:{shop}/office.db', '--format', 'json'))['rows']
    came = json.loads(baraa('document', 'D-000001', '--db', f'sqlite:{shop}/office.db'))['lines']
    check(f'{country}: stock went down by what was sold', sum(D(r['balance']) for r in stock),
          sum(D(line['quantity']) for line in came) - D(totals['quantity']))
    for base in (shop / 'till/till.db', f'sqlite:{shop}/office.db'):
        check(f'{country}: the chain of {str(base).rpartition("/")[2]} holds', baraa('verify', str(base)).startswith('OK '), True)


for language, country in (('ru_RU.UTF-8', 'ru'), ('mn_MN.UTF-8', 'mn')):
    with tempfile.TemporaryDirectory() as folder:
        played = subprocess.run(['bash', '-c', SHOP, 'day', folder], env=dict(os.environ, LC_ALL=language), stdin=subprocess.DEVNULL,
                                stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        check(f'{country}: the day is played', (played.returncode, played.stderr), (0, ''))
        if played.returncode == 0:
            compare(pathlib.Path(folder), country)

print(f'1..{len(results)}')
for number, (name, held, why) in enumerate(results, 1):
    print(f"{'ok' if held else 'not ok'} {number} {name}")
    if not held:
        print('#', why[:2000])
sys.exit(not all(held for _, held, _ in results))
