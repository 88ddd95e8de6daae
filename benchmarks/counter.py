# SPDX-License-Identifier: GPL-3.0-or-later
"""How long the counter's devices wait for the till: from the sale in the journal to the drawer's pulse and the last byte of the
receipt at the printer, and from a weight that has come to rest to its line. Devices are the simulators, their clocks this machine's."""
import datetime
import json
import os
import re
import subprocess
import time


def check_digit(digits):
    total = sum(int(d) * (3 if i % 2 else 1) for i, d in enumerate(digits))
    return str(-total % 10)


def goods(n_goods):
    yield 'article\tbarcode\tname\tcategory\tunit\tweighed\ttax\tprice'
    for n in range(n_goods):
        code = f'200000{n:06d}'
        yield f'G{n}\t{code}{check_digit(code)}\tӨглөөний үнэтэй бараа {n}\tБараа\tpcs\t0\tNONE\t{1000 + n}'
    yield 'W1\t00001\tАлим\tБараа\tkg\t1\tNONE\t4900'


class Sim:
    def __init__(self, baraa, folder, name, *faults):
        self.link, self.log = folder / name, folder / f'{name}.log'
        self.process = subprocess.Popen(
            [baraa, 'sim', name, '--pty', self.link, '--log', self.log, '--control', '-', *(f'--fault={fault}' for fault in faults)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ, 'TZ': 'UTC'})
        while self.process.stdout.readline().strip() != 'ready':
            pass

    def say(self, line):
        self.process.stdin.write(line + '\n')
        self.process.stdin.flush()

    def lines(self):
        """(seconds since 1970, direction, words) of what has a time."""
        for line in self.log.read_text(encoding='utf-8').splitlines():
            match = re.match(r'(\d{4}-\S+) (\S\S) (.*)', line)
            if match:
                at = datetime.datetime.fromisoformat(match[1]).replace(tzinfo=datetime.timezone.utc)
                yield at.timestamp(), match[2], match[3]

    def stop(self):
        self.say('quit')
        self.process.wait()


class Till:
    def __init__(self, till, data):
        self.process = subprocess.Popen([till, '--data', data, '--script', '-'], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def send(self, step):
        self.process.stdin.write(step + '\n')
        self.process.stdin.flush()

    def answer(self):
        return json.loads(self.process.stdout.readline())

    def step(self, step):
        self.send(step)
        return self.answer()

    def until(self, step):
        while not self.step('-' + step)['ok']:
            self.step('wait 5')

    def stop(self):
        self.process.stdin.close()
        self.process.wait()


def make_shop(baraa, till, hub, folder):
    db, data, table = f'sqlite:{folder}/office.db', folder / 'till', folder / 'goods.tsv'
    run = lambda *command: subprocess.run([str(c) for c in command], check=True, capture_output=True, text=True).stdout
    table.write_text('\n'.join(goods(40)) + '\n', encoding='utf-8')
    run(baraa, 'init', '--db', db, '--country', 'mn', '--shop', 'Хүнсний дэлгүүр')
    run(baraa, 'import', 'goods', table, '--db', db)
    run(baraa, 'person', 'add', '--db', db, '--name', 'Болормаа', '--role', 'cashier', '--pin', '1111')
    code = re.search(r'[A-Z0-9]{4}-[A-Z0-9]{4}', run(baraa, 'till', 'add', '--db', db, '--shop', 'Хүнсний дэлгүүр', '--name', 'Касс 1'))[0]
    data.mkdir()
    with hub(db) as url:
        run(till, '--data', data, '--enrol', url, code)
    return data


def sales(till, printer, data, baraa, turns):
    """Seconds from each sale's entry to the pulse, and to the receipt's last byte."""
    for _ in range(turns):
        for n in range(40):
            code = f'200000{n:06d}'
            till.step(f'scan {code}{check_digit(code)}')
        till.step('pay cash')
        till.until('expect papers 0')
    entries = json.loads(subprocess.run([baraa, 'journal', data / 'till.db', '--format', 'json'], check=True, capture_output=True, text=True).stdout)
    sold = [datetime.datetime.fromisoformat(e['at']).timestamp() for e in entries if e['kind'] == 'receipt']
    host = [(at, words) for at, way, words in printer.lines() if way == 'H>']
    pulses, ends = [], []
    for start, following in zip(sold, sold[1:] + [float('inf')]):
        mine = [(at, words) for at, words in host if start <= at < following]
        pulses.append(next(at for at, words in mine if '1B 70' in words) - start)
        ends.append(next(at for at, words in mine if '1D 28 48' in words) - start)
    return pulses, ends


def weights(till, scale, turns, settle_ms):
    """Seconds from the weight at rest to the answer that has its line."""
    waits = []
    for n in range(turns):
        scale.say('clear')
        time.sleep(0.3)
        till.send('scan 00001')
        time.sleep(0.2)
        put = time.time()
        scale.say(f'put {500 + n * 10}')
        assert till.answer()['ok']
        waits.append(time.time() - put - settle_ms / 1000)
    return waits


def measure(baraa, till_program, hub, folder, turns=20):
    """(pulses, receipts, weights), each in milliseconds."""
    data = make_shop(baraa, till_program, hub, folder)
    printer = Sim(baraa, folder, 'printer-escpos', 'speed_mm=0')
    scale = Sim(baraa, folder, 'scale-cas', 'settle_ms=300', 'noise=2')
    (data / 'till.conf').write_text(f'[printer]\ndevice=escpos@pty:{printer.link}\n[scale]\ndevice=cas@pty:{scale.link}\n')
    till = Till(till_program, data)
    for step in ('login 1111', 'open-shift 0'):
        till.step(step)
    till.until('expect printer ready')
    till.until('expect scale ready')
    waits = weights(till, scale, turns, 300)
    till.step('pay cash')
    till.until('expect papers 0')
    pulses, receipts = sales(till, printer, data, baraa, turns)
    till.stop()
    printer.stop()
    scale.stop()
    return [[value * 1000 for value in values] for values in (pulses[1:], receipts[1:], waits)]
