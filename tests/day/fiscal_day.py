#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""One day on each fiscal protocol, through the real programs: what the registrar's Z says, what the till's shift report says, what
the office reports and what is counted here from the prices alone are the same money, to the minor unit. Of eBarimt also: the
shopper's paper has the lottery number and the QR, and no file, no trace and no database of ours has either.
TAP on standard output. usage: fiscal_day.py ROOT BUILD [PROTOCOL]…"""
import collections
import decimal
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time

ROOT, BUILD = (pathlib.Path(p).resolve() for p in sys.argv[1:3])
D = decimal.Decimal
PATIENCE = 30  # seconds
results = []

# Prices in minor units: a piece of each tax group, then the price of a kilogram of the first. Those of countries with exclusive
# taxes or with rounded cash are such that no part of a sum here has to be rounded but where the model does it.
COUNTRIES = {
    'ru': {'taxes': ['VAT22', 'VAT10', 'VAT0', 'NONE'], 'pieces': [8990, 7530, 25010, 12345], 'kilogram': 9999, 'added': {}},
    'bg': {'taxes': ['VAT20', 'VAT9', 'VAT0', 'NONE'], 'pieces': [899, 750, 2501, 1235], 'kilogram': 999, 'added': {}},
    'mn': {'taxes': ['VAT10', 'VAT10CITY', 'VAT0', 'NONE'], 'pieces': [899000, 750000, 2502000, 1234000], 'kilogram': 400000,
           'added': {}},
    'us': {'taxes': ['SALES', 'NONE'], 'pieces': [850, 750], 'kilogram': 500, 'added': {'SALES': 600}},
}
EBARIMT = 'merchant_tin=11111111111\ndistrict=3505\nclassification=2349010\nvat_zero_code=501\n'
PROTOCOLS = {
    'shtrih': {'country': 'ru', 'driver': 'shtrih', 'sim': 'fiscal-shtrih', 'cable': 'pty'},
    'atol': {'country': 'ru', 'driver': 'atol', 'sim': 'fiscal-atol', 'cable': 'http'},
    'datecs-p': {'country': 'bg', 'driver': 'datecs', 'sim': 'fiscal-datecs', 'cable': 'pty', 'options': 'family=p\n'},
    'datecs-x': {'country': 'bg', 'driver': 'datecs', 'sim': 'fiscal-datecs', 'cable': 'pty', 'options': 'family=x\n',
                 'faults': ['family=x']},
    'erpnet': {'country': 'bg', 'driver': 'erpnet', 'sim': 'fiscal-erpnet', 'cable': 'http'},
    'ebarimt': {'country': 'mn', 'driver': 'ebarimt', 'sim': 'fiscal-ebarimt', 'cable': 'http', 'options': EBARIMT},
    'none': {'country': 'us'},
}


def check(name, found, expected):
    results.append((name, found == expected, f'found {found!r}, expected {expected!r}'))


def scale(amount, num, den):
    """Rounded half away from zero."""
    return (2 * amount * num + den) // (2 * den)


def text(minor):
    return f'{minor // 100}.{minor % 100:02}'


# ---- what has to come out: from prices and quantities alone

class Line:
    def __init__(self, price, micro, percent, rate):
        self.gross = scale(price, micro, 1000000)
        self.discount = scale(self.gross, percent, 100)
        self.rate = rate  # of a tax on top, hundredths of a percent

    def total(self):
        net = self.gross - self.discount
        return net + scale(net, self.rate, 10000)


class Day:
    """The steps of a day, and its sums."""

    def __init__(self, country):
        self.country = COUNTRIES[country]
        self.steps, self.totals, self.paid, self.lines = [], [], [], []
        self.sums = collections.Counter()
        self.open = []

    def say(self, *steps):
        self.steps += steps

    def scan(self, place, count=1, percent=0):
        """A piece of tax group @place."""
        self.say(f'scan {count}*{code(place)}')
        self.open.append(Line(self.country['pieces'][place], count * 1000000, percent, self.rate(place)))
        if percent:
            self.say(f'discount line {percent}%')

    def weigh(self, micro):
        self.say(f'scan {micro // 1000000}.{micro % 1000000:06}*00099')
        self.open.append(Line(self.country['kilogram'], micro, 0, self.rate(0)))

    def rate(self, place):
        return self.country['added'].get(self.country['taxes'][place], 0)

    def due(self):
        return sum(line.total() for line in self.open)

    def discount(self, percent):
        """Off the whole receipt: here of lines without a tax on top."""
        assert not any(line.rate for line in self.open)
        self.say(f'discount receipt {percent}%')
        net = sum(line.gross - line.discount for line in self.open)
        rest = net - scale(net, percent, 100)
        self.open = [Line(rest, 1000000, 0, 0)]

    def pay(self, card=0, handed=None):
        due = self.due()
        if card:
            self.say(f'pay card {text(card)}')
        if card < due:
            self.say(f'pay cash {text(handed)}' if handed else 'pay cash')
        self.say('expect state paid', 'await papers 0')
        self.close(due, card, 1)
        return len(self.totals)

    def close(self, total, card, sign):
        self.sums['sales' if sign > 0 else 'returns'] += total
        self.sums['n_sales' if sign > 0 else 'n_returns'] += 1
        self.sums['card'] += sign * card
        self.sums['cash'] += sign * (total - card)
        self.totals.append(sign * total)
        self.paid.append(card)
        self.lines.append(self.open)
        self.open = []

    def give_back(self, number, line=None, count=0, of=0):
        """All of receipt @number; or @count pieces of the @of that its line @line has, of one paid in cash."""
        if line is None:
            self.say(f'return T1-{number:06}')
            self.close(self.totals[number - 1], self.paid[number - 1], -1)
        else:
            self.say(f'return T1-{number:06} {line} {count}')
            assert self.paid[number - 1] == 0 and self.lines[number - 1][line - 1].total() * count % of == 0
            self.close(self.lines[number - 1][line - 1].total() * count // of, 0, -1)
        self.say('await papers 0')

    def move(self, step, amount):
        self.say(f'{step} {text(amount)}')
        self.sums[step] += amount

    def drawer(self):
        return self.sums['float'] + self.sums['cash-in'] - self.sums['cash-out'] + self.sums['cash']


def code(place):
    return f'0000{place + 1}'


def plan(country):
    day = Day(country)
    groups = range(len(day.country['taxes']))
    last = groups[-1]
    day.sums['float'] = 10000000 if country == 'mn' else 100000
    day.say('login 3333', f"open-shift {text(day.sums['float'])}", 'expect state selling')
    day.scan(0)
    first = day.pay()
    for group in groups:
        day.scan(group, 2)
    every = day.pay(handed=day.due() // 10000 * 10000 + 20000)
    day.weigh(742000)
    day.weigh(1234000)
    weighed = day.pay(card=day.due())
    day.scan(1, 3, percent=10)
    mixed = day.pay(card=day.due() // 200 * 100)
    day.scan(last)
    day.scan(last, 4)
    day.discount(5)
    reduced = day.pay()
    day.scan(0, 2)
    held, day.open = day.open, []
    day.say('hold')
    day.scan(1)
    day.pay(handed=day.due() + 10000)
    day.say('recall')
    day.open = held
    day.pay(card=day.due())
    day.move('cash-in', 50000)
    day.say('x-report')
    day.give_back(every, line=2, count=1, of=2)
    day.give_back(weighed)
    day.give_back(mixed)
    day.give_back(reduced)
    day.scan(1, 5, percent=20)
    day.scan(0)
    day.pay(card=1000)
    day.move('cash-out', 20000)
    assert first == 1
    return day


# ---- the shop

class Shop:
    def __init__(self, folder, protocol):
        self.folder, self.protocol = folder, protocol
        self.db = f'sqlite:{folder}/office.db'
        self.processes = []
        self.env = dict(os.environ, LC_ALL='C.UTF-8')
        (folder / 'till').mkdir()

    def run(self, program, *args, **more):
        return subprocess.run([BUILD / program, *args], check=True, capture_output=True, text=True, env=self.env, **more).stdout

    def baraa(self, *args):
        return self.run('backoffice/baraa', *args)

    def start(self, name, word, *command):
        """Until it says @word. Returns what it has said."""
        out = self.folder / f'{name}.out'
        with out.open('w') as stream:
            process = subprocess.Popen(command, stdout=stream, stderr=subprocess.STDOUT, env=self.env)
        self.processes.append(process)
        until = time.monotonic() + PATIENCE
        while word not in out.read_text():
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f'{name} does not begin: {out.read_text()}')
            time.sleep(0.02)
        return out.read_text()

    def simulate(self, name, sim, cable, faults=()):
        """Returns its address."""
        where = ['--pty', str(self.folder / name)] if cable == 'pty' else ['--http', '0']
        said = self.start(name, 'ready', BUILD / 'backoffice/baraa', 'sim', sim, *where, '--log', str(self.folder / f'{name}.log'),
                          '--state', str(self.folder / f'{name}.state'), *(word for fault in faults for word in ('--fault', fault)))
        return f'pty:{self.folder / name}' if cable == 'pty' else said.splitlines()[0]

    def found(self):
        self.baraa('init', '--db', self.db, '--country', self.protocol['country'], '--shop', 'Shop')
        country = COUNTRIES[self.protocol['country']]
        rows = [f"{n + 1}\t{code(n)}\tGoods {tax}\tpcs\t0\t{tax}\t{text(price)}"
                for n, (tax, price) in enumerate(zip(country['taxes'], country['pieces']))]
        rows.append(f"99\t00099\tApples\tkg\t1\t{country['taxes'][0]}\t{text(country['kilogram'])}")
        (self.folder / 'goods.tsv').write_text('\n'.join(['article\tbarcode\tname\tunit\tweighed\ttax\tprice', *rows]) + '\n')
        self.baraa('import', 'goods', str(self.folder / 'goods.tsv'), '--db', self.db, '--refused', str(self.folder / 'refused.tsv'))
        self.baraa('person', 'add', '--db', self.db, '--name', 'Mary', '--role', 'manager', '--pin', '3333')

    def connect(self):
        said = self.start('hub', 'http', BUILD / 'backoffice/baraa-hub', '--db', self.db, '--listen', '127.0.0.1:0')
        added = self.baraa('till', 'add', '--db', self.db, '--shop', 'Shop', '--name', 'Till 1')
        self.run('pos/baraa-till', '--data', str(self.folder / 'till'), '--enrol', re.search('http://[0-9.:]*', said).group(),
                 re.search('[A-Z0-9]{4}-[A-Z0-9]{4}', added).group())
        (self.folder / 'till/till.conf').write_text(self.devices())

    def devices(self):
        conf = ''
        if 'sim' in self.protocol:
            address = self.simulate('registrar', self.protocol['sim'], self.protocol['cable'], self.protocol.get('faults', ()))
            conf = f"[fiscal]\ndevice={self.protocol['driver']}@{address}\n{self.protocol.get('options', '')}"
        if self.protocol['country'] == 'mn':
            conf += f"[printer]\ndevice=escpos@{self.simulate('printer', 'printer-escpos', 'pty', ['speed_mm=0'])}\n"
        return conf

    def play(self, steps):
        """Answers to the steps."""
        (self.folder / 'day.till').write_text('\n'.join(steps) + '\n')
        played = subprocess.run([BUILD / 'pos/baraa-till', '--data', self.folder / 'till', '--script', self.folder / 'day.till'],
                                capture_output=True, text=True, errors='replace', timeout=PATIENCE * 3,
                                env=dict(self.env, BARAA_TRACE='all'))
        (self.folder / 'trace').write_text(played.stderr)
        answers = [json.loads(line) for line in played.stdout.splitlines()]
        refused = [a for a in answers if not a['ok']]
        if played.returncode != 0 or refused:
            raise RuntimeError(f"the day stops: {refused[-1:]} {played.stderr[-1000:] if not refused else ''}")
        return answers

    def sell_and_die(self):
        """One more sale to its end; then the power goes, and what the databases have not tidied up yet stays where it is."""
        steps = ['login 3333', 'open-shift 1000', f'scan {code(0)}', 'pay cash', 'expect state paid', 'await papers 0']
        with (self.folder / 'trace').open('a') as trace:
            till = subprocess.Popen([BUILD / 'pos/baraa-till', '--data', self.folder / 'till', '--script', '-'], text=True,
                                    stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=trace, env=dict(self.env, BARAA_TRACE='all'))
        answers = []
        for step in steps:
            till.stdin.write(step + '\n')
            till.stdin.flush()
            answers.append(json.loads(till.stdout.readline() or '{}').get('ok'))
        till.kill()
        till.communicate()
        return all(answers)

    def journal(self):
        return json.loads(self.baraa('journal', str(self.folder / 'till/till.db'), '--format', 'json'))

    def state(self, name='registrar'):
        return json.loads((self.folder / f'{name}.state').read_text())

    def close(self):
        for process in self.processes:
            process.send_signal(signal.SIGTERM)
        for process in self.processes:
            process.wait(PATIENCE)


# ---- the witnesses

def check_journal(title, shop, day):
    entries = shop.journal()
    receipts = [e['body']['receipt'] for e in entries if e['kind'] == 'receipt']
    check(f'{title}: the journal, receipt by receipt', [(-1 if r['kind'] == 'return' else 1) * r['totals']['total'] for r in receipts],
          day.totals)
    (closing,) = [e['body'] for e in entries if e['kind'] == 'shift-close']
    totals = closing['totals']
    for key in ('sales', 'returns', 'n_sales', 'n_returns'):
        check(f'{title}: {key} of the shift report', totals[key], day.sums[key])
    check(f'{title}: tenders of the shift report', totals['kept'], {'cash': day.sums['cash'], 'card': day.sums['card']})
    check(f'{title}: the drawer of the shift report',
          (totals['opening_cash'], totals['cash_in'], totals['cash_out'], closing['counted']),
          (day.sums['float'], day.sums['cash-in'], day.sums['cash-out'], day.drawer()))


def check_office(title, shop, day):
    business_day = str([e['body']['day'] for e in shop.journal() if e['kind'] == 'receipt'][0])
    date = f'{business_day[:4]}-{business_day[4:6]}-{business_day[6:]}'
    report = {name: json.loads(shop.baraa('report', name, '--db', shop.db, '--from', date, '--to', date, '--format', 'json'))
              for name in ('sales', 'payments')}
    totals = report['sales']['totals']
    check(f'{title}: the office: net and receipts', (D(totals['net']), totals['receipts']),
          (D(day.sums['sales'] - day.sums['returns']) / 100, len(day.totals)))
    check(f'{title}: the office: its rows add up', sum(D(row['net']) for row in report['sales']['rows']), D(totals['net']))
    check(f'{title}: the office: tenders', {row['kind']: D(row['amount']) for row in report['payments']['rows']},
          {kind: D(day.sums[kind]) / 100 for kind in ('card', 'cash')})


def check_registrar(title, shop, day):
    """A document a receipt; and its Z."""
    book = shop.state()['book']
    made = [(1 if e['kind'] == 'sale' else -1) * e['total'] for e in book if e['kind'] in ('sale', 'return')]
    check(f'{title}: the registrar, document by document', made, day.totals)
    card = sum((1 if e['kind'] == 'sale' else -1) * e['card'] for e in book if e['kind'] in ('sale', 'return'))
    check(f'{title}: by card in the registrar', card, day.sums['card'])
    closings = [e for e in book if e['kind'] == 'shift-close']
    check(f'{title}: one Z', len(closings), 1)
    check(f'{title}: its Z', [closings[-1][key] for key in ('sales', 'returns', 'cash_in_drawer')],
          [day.sums['sales'], day.sums['returns'], day.drawer()])
    check(f'{title}: it finds no mistake', [line for line in (shop.folder / 'registrar.log').read_text(errors='replace').splitlines()
                                            if 'FLAG' in line and 'command 40 is not known' not in line], [])


# ---- eBarimt: what the service has, and what may stand on paper alone

def check_service(title, shop, day):
    book = shop.state()['book']
    check(f'{title}: a call of the service a receipt', [e['kind'] for e in book],
          ['sale' if total > 0 else 'replace' if n == 0 else 'void'
           for total, n in zip(day.totals, range_of_returns(day.totals))])
    active = [e for e in book if e['active']]
    check(f'{title}: what is in force at the service', [sum(e[key] for e in active) for key in ('total', 'cash', 'card')],
          [day.sums['sales'] - day.sums['returns'], day.sums['cash'], day.sums['card']])
    check(f'{title}: it finds no mistake', [line for line in (shop.folder / 'registrar.log').read_text(errors='replace').splitlines()
                                            if 'FLAG' in line], [])


def range_of_returns(totals):
    """Of each return how many were before it: the first one is by line, and leaves a rest."""
    seen, numbers = 0, []
    for total in totals:
        numbers.append(seen)
        seen += total < 0
    return numbers


def secrets_of(shop):
    return {word for e in shop.state()['book'] for word in (e['lottery'], e['qr']) if word}


def papers_of(shop):
    lines = [l[len('PAPER|'):] for l in (shop.folder / 'printer.log').read_text(errors='replace').splitlines() if l.startswith('PAPER|')]
    return '\n'.join(lines).split('[cut]')


def traced_bytes(trace):
    """All bytes that a trace shows, one after the other."""
    return bytes.fromhex(''.join(re.findall(r'(?<![0-9A-Fa-f])[0-9A-Fa-f]{2}(?![0-9A-Fa-f])', trace)))


def find_words(shop, words):
    """Files of ours that have one of @words, in any of the forms they could take."""
    words = {form for word in words
             for form in (word, word.replace(' ', ''), word.replace('/', '\\/'), word.replace('+', '\\u002b'))}
    ours = [p for p in (shop.folder / 'till').rglob('*') if p.is_file()]
    ours += [p for p in shop.folder.iterdir() if p.name.startswith('office.db') or p.name in ('trace', 'hub.out')]
    found = set()
    for path in ours:
        content = path.read_bytes()
        if path.name == 'trace':
            content += traced_bytes(content.decode(errors='replace'))
        if any(word.encode() in content for word in words):
            found.add(path.name)
    return found


def check_secrets(title, shop, day):
    secrets, last = secrets_of(shop), shop.state()['book'][-1]
    check(f'{title}: numbers and texts were given out', len(secrets) > 2 * day.sums['n_sales'], True)
    check(f'{title}: what may be kept is found where it is', find_words(shop, {last['id'], 'POST /rest/receipt'}) >=
          {'till.db-wal', 'trace'}, True)
    check(f'{title}: what may not is nowhere', find_words(shop, secrets), set())


def check_paper(title, shop, day):
    book = [e for e in shop.state()['book'] if e['kind'] in ('sale', 'replace')]
    papers = papers_of(shop)
    drawn = [e for e in book if e['lottery']]
    check(f'{title}: lottery numbers were drawn', len(drawn) >= day.sums['n_sales'] - 1, True)
    for word in ('lottery', 'qr'):
        check(f'{title}: each {word} is on one paper, once', [sum(p.count(e[word]) for p in papers) for e in book if e[word]],
              [1 for e in book if e[word]])
    copies = [p for p in papers if p.strip().startswith('COPY')]
    check(f'{title}: a copy was printed', len(copies), 1)
    check(f'{title}: and has none of them', [word for word in secrets_of(shop) if any(word in copy for copy in copies)], [])


# ---- each protocol's day

def compare(title, protocol, shop, day):
    check_journal(title, shop, day)
    check_office(title, shop, day)
    if protocol['country'] == 'mn':
        check_service(title, shop, day)
        check_paper(title, shop, day)
    elif 'sim' in protocol:
        check_registrar(title, shop, day)
    for base in (str(shop.folder / 'till/till.db'), shop.db):
        check(f'{title}: the chain of {base.rpartition("/")[2]} holds', shop.baraa('verify', base).startswith('OK '), True)
    if protocol['country'] == 'mn':
        check(f'{title}: one more sale, and the power goes', shop.sell_and_die(), True)
        check_secrets(title, shop, day)


def play(title, protocol, folder):
    shop, day = Shop(folder, protocol), plan(protocol['country'])
    copy = ['reprint', 'await papers 0'] if protocol['country'] == 'mn' else []
    try:
        shop.found()
        shop.connect()
        shop.play([*day.steps, *copy, f'close-shift {text(day.drawer())}', 'expect state shift-closed', 'sync', 'await outbox 0'])
        compare(title, protocol, shop, day)
    finally:
        shop.close()


for name, kind in PROTOCOLS.items():
    if sys.argv[3:] and name not in sys.argv[3:]:
        continue
    with tempfile.TemporaryDirectory() as where:
        try:
            play(name, kind, pathlib.Path(where))
        except (RuntimeError, subprocess.SubprocessError) as error:
            check(f'{name}: the day is played', f"{error} {getattr(error, 'stderr', '')}", '')

print(f'1..{len(results)}')
for number, (name, held, why) in enumerate(results, 1):
    print(f"{'ok' if held else 'not ok'} {number} {name}")
    if not held:
        print('#', why[:2000])
sys.exit(not all(held for _, held, _ in results))
