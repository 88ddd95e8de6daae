#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures what docs/architecture.md promises, on a million made-up goods, and prints a line each: name, figure, unit,
promise, held or not. Ratios are taken against the bare programs beside this one, in the same run, in turns."""
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import time

import counter
import documents
import fiscal

BUILD = pathlib.Path(sys.argv[1]).resolve()
GOODS = int(os.environ.get('BARAA_BENCH_GOODS', 1_000_000))
ROWS = int(os.environ.get('BARAA_BENCH_ROWS', 10_000_000))
BARAA, TILL = BUILD / 'backoffice/baraa', BUILD / 'pos/baraa-till'
HUB = BUILD / 'backoffice/baraa-hub'
HERE = BUILD / 'benchmarks'
SIZE = (1024, 768)
# Where the till draws its total, and the bare label its number: left, top, width, height.
TOTAL = (100, 705, 480, 55)
LABEL = (200, 300, 600, 200)
CENTRE = (300, 200, 400, 300)
missed = 0


def promise(name, figure, unit, limit, digits=1):
    global missed
    held = figure <= limit
    missed += not held
    print(f'{name:<62} {figure:>9.{digits}f} {unit:<5} promise {limit:g} {unit}: {"held" if held else "NOT HELD"}', flush=True)


def note(name, figure, unit, digits=1):
    print(f'{name:<62} {figure:>9.{digits}f} {unit:<5}', flush=True)


def percentile(values, percent):
    return sorted(values)[min(len(values) - 1, int(len(values) * percent / 100))]


def run(*command, **more):
    return subprocess.run([str(c) for c in command], check=True, capture_output=True, text=True, **more).stdout


def timed(*command):
    start = time.monotonic()
    out = run(*command)
    return time.monotonic() - start, out


class Hub:
    """The hub of the bench's shop, until the end of the with."""

    def __init__(self, db):
        self.process = subprocess.Popen([HUB, '--db', db, '--listen', '127.0.0.1:0'], stdout=subprocess.PIPE, text=True)
        self.url = re.search(r'http://\S+', self.process.stdout.readline())[0]

    def __enter__(self):
        return self.url

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()


class Screen:
    """A display of its own with a session bus, until the end of the with."""

    def __enter__(self):
        read, write = os.pipe()
        self.server = subprocess.Popen(['Xvfb', '-displayfd', str(write), '-screen', '0', '%dx%dx24' % SIZE, '-nolisten', 'tcp'],
                                       pass_fds=[write], stderr=subprocess.DEVNULL)
        os.close(write)
        display = ':' + os.read(read, 16).decode().strip()
        os.environ.update(DISPLAY=display, GDK_BACKEND='x11', GSK_RENDERER='cairo', LC_ALL='ru_RU.UTF-8')
        bus = run('dbus-daemon', '--session', '--fork', '--print-address=1', '--print-pid=1').split()
        self.bus = int(bus[1])
        os.environ['DBUS_SESSION_BUS_ADDRESS'] = bus[0]
        return self

    def __exit__(self, *_):
        os.kill(self.bus, 15)
        self.server.terminate()
        self.server.wait()


def watch(verb, area, *args, **more):
    # The bare programs say on standard error what accessibility they miss.
    return subprocess.run([str(HERE / 'x-watch'), verb, *map(str, area), *map(str, args)], text=True, stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL, **more).stdout


def press(*keys):
    subprocess.run([str(HERE / 'x-watch'), 'key', *keys], check=True)


def start_times(till):
    ours, bare = [], []
    for turn in range(8):
        times = [float(watch('start', CENTRE, *program).split()[0]) for program in ([HERE / 'bare-list'], till)]
        if turn:  # the first warms the disk's cache
            bare.append(times[0])
            ours.append(times[1])
    return statistics.median(ours), statistics.median(bare)


def scans(area, codes):
    lines = watch('scan', area, 60, input='\n'.join(codes) + '\n').splitlines()
    lost = lines.count('lost')
    if lost:
        note('scans without a change on the screen', lost, '', 0)
    return [float(line.split()[0]) for line in lines if line != 'lost']


def status_of(pid, key):
    return int(re.search(key + r':\s+(\d+)', pathlib.Path(f'/proc/{pid}/status').read_text())[1]) / 1024


def bench_close(folder):
    pairs = [tuple(map(float, line.split())) for line in run(HERE / 'close', folder, 600).splitlines()][100:]
    ours, bare = (statistics.median(p[i] for p in pairs) for i in (0, 1))
    promise('closing a receipt of 20 lines, durable, p50', ours, 'ms', 1, 2)
    promise('  against a bare SQLite transaction of the same rows', ours / bare, '×', 1.5, 2)


def bench_search(till, names):
    times = [float(t) for t in run(HERE / 'search', till / 'goods.db', input='\n'.join(names)).split()]
    promise('name search as you type, p99', percentile(times, 99), 'ms', 30, 2)
    note('name search as you type, p50', percentile(times, 50), 'ms', 2)


def bench_count(folder):
    folder.mkdir()
    times = {name: float(ms) for name, ms in (line.split() for line in run(HERE / 'count', folder, 10_000).splitlines())}
    promise('posting a count of 10 000 goods', times['post'] / 1000, 's', 5, 2)
    promise('  its review', times['review'] / 1000, 's', 1, 2)
    promise('  what has to be counted once more', times['recount'] / 1000, 's', 1, 2)
    note('  how far each zone is', times['progress'], 'ms')
    note('  one scan', times['scan'], 'ms', 2)


def bench_prices(db, goods, folder, n=10_000):
    prices = folder / 'prices.csv'
    with open(goods, encoding='utf-8') as file, open(prices, 'w', encoding='utf-8') as out:
        next(file)
        print('barcode,price', file=out)
        for line, number in zip(file, range(n)):
            print(f'{line.split(chr(9))[0]},{1000 + number}.50', file=out)
    run(BARAA, 'price', 'kind', 'add', '--db', db, '--name', 'wholesale', '--of', 'retail', '--percent', '-10')
    seconds, out = timed(BARAA, 'price', 'import', prices, '--db', db)
    assert out == f'set {n}, refused 0\n', out
    promise(f'a price change of {n} goods of {GOODS}', seconds, 's', 5, 2)


def bench_printer():
    turns = 20
    times = [float(t) for t in run(HERE / 'printer', turns).split()]
    fresh, again = times[1:turns], times[turns + 1:]  # the first of all reads the fonts' files, too
    promise('40-line raster receipt to the port, fonts loaded anew, slowest', max(fresh), 'ms', 100)
    note('40-line raster receipt to the port, first of the process', times[0], 'ms')
    note('40-line raster receipt to the port, p50 afterwards', percentile(again, 50), 'ms', 2)


def bench_label(folder):
    folder.mkdir()
    times = [float(t) for t in run(HERE / 'label', folder, 20).split()]
    promise('label to paper: from the database to the tag at the printer, slowest', max(times), 'ms', 1000)
    note('label to paper, p50', percentile(times, 50), 'ms')


def bench_counter(folder):
    folder.mkdir()
    pulses, receipts, weights = counter.measure(BARAA, TILL, Hub, folder)
    promise('drawer pulse on the wire after the sale is in the journal, p95', percentile(pulses, 95), 'ms', 50)
    promise('40-line raster receipt at the printer after that, p95', percentile(receipts, 95), 'ms', 100)
    promise('weighed line after the weight has come to rest, p95', percentile(weights, 95), 'ms', 100)


def bench_fiscal(folder):
    folder.mkdir()
    added = fiscal.overheads(BARAA, TILL, Hub, folder, 20)
    promise('a fiscal sale beyond the registrar\'s own time, p50', percentile(added, 50), 'ms', 20)
    promise('Z of a shift of 5 000 receipts', fiscal.long_shift(BARAA, TILL, Hub, folder / 'long', 5000), 's', 2, 2)


def bench_ledger(folder):
    folder.mkdir()
    turns = [tuple(map(float, line.split())) for line in run(HERE / 'ledger', folder, ROWS, 60).splitlines()][10:]
    full, empty, late = (statistics.median(t[i] for t in turns) for i in range(3))
    promise(f'a line of a sale into a stock ledger of {ROWS} rows against an empty one', full / empty, '×', 2, 2)
    note('  microseconds a line with its share of the commit, p50', full, 'µs')
    note('  the same where each line comes five minutes late, p50', late, 'µs')


def bench_rollup(folder):
    folder.mkdir()
    ms = {name: float(wall) for name, wall, _ in (line.split() for line in run(HERE / 'rollup', folder, ROWS).splitlines())}
    promise('a day of 80 000 lines from the sums', ms['day-from-sums'], 'ms', 2, 2)
    promise('  from its lines, by goods', ms['day-from-lines'], 'ms', 100)
    promise('  from its arrays, by goods', ms['day-from-arrays'], 'ms', 100)
    promise(f'a year of {ROWS} lines by day and group', ms['year-by-day-and-group'], 'ms', 100)
    years = {name: time for name, time in ms.items() if name.startswith('year-') and name not in ('year-by-day-and-group', 'year-by-item')}
    promise('  any filter over its lines, the worst: ' + max(years, key=years.get), max(years.values()) / 1000, 's', 1, 2)
    note('  by goods, from the sums', ms['year-by-item'], 'ms')
    note('  its arrays, once', ms['arrays-of-a-year'] / 1000, 's')
    note('  baraa rebuild from nothing', ms['rebuild-from-nothing'] / 1000, 's')
    note('  baraa rebuild where nothing differs', ms['rebuild-again'] / 1000, 's')
    note('receipts of 8 lines taken in beside it, 1 000 at once', 4000 / ms['ingest-4000-receipts'] * 1000, '/s', 0)


def bench_documents(folder):
    folder.mkdir()
    many, few = documents.measure(BARAA, folder, 10000), documents.measure(BARAA, folder, 1000)
    for kind, seconds in many.items():
        promise(f'baraa post of 10 000 lines: {kind}', seconds, 's', 5, 2)
    promise('  a line of them against one of 1 000, the worst kind', max(many[k] / few[k] / 10 for k in many), '×', 2, 2)


def bench_window(till, codes):
    with Screen():
        ours, bare = start_times([TILL, '--data', till])
        promise('till ready to scan after start', ours / 1000, 's', 0.5, 2)
        promise('  against a bare window with a list', ours / bare, '×', 1.6, 2)

        label = subprocess.Popen([HERE / 'bare-label'], stderr=subprocess.DEVNULL)
        time.sleep(1.5)
        bare_times = scans(LABEL, [str(n) for n in range(100, 160)])
        label.terminate()
        label.wait()

        process = subprocess.Popen([TILL, '--data', till], stderr=subprocess.DEVNULL)
        time.sleep(2)
        press('1', '1', '1', '1', 'Return')
        time.sleep(1.5)
        first = scans(TOTAL, codes[:60])
        scans(TOTAL, codes[60:190])
        late = scans(TOTAL, codes[190:230])
        memory = status_of(process.pid, 'VmHWM')
        process.terminate()
        process.wait()
    promise('Enter of the scan to the new total, p50', percentile(first, 50), 'ms', 12)
    promise('Enter of the scan to the new total, p95', percentile(first, 95), 'ms', 25)
    promise('  against a bare label, p50', percentile(first, 50) / percentile(bare_times, 50), '×', 1.5, 2)
    note('the bare label in the same run, p95', percentile(bare_times, 95), 'ms')
    promise('the same on the 200th line, p50', percentile(late, 50), 'ms', 12)
    promise('the same on the 200th line, p95', percentile(late, 95), 'ms', 25)
    promise('memory of the till', memory, 'MiB', 150, 0)


def main():
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        db, till, goods = f'sqlite:{folder}/office.db', folder / 'till', folder / 'goods.tsv'
        with open(goods, 'w', encoding='utf-8') as file:
            subprocess.run([str(HERE / 'generate-goods'), str(GOODS)], stdout=file, check=True)
        with open(goods, encoding='utf-8') as file:
            sample = [line.split('\t')[:2] for number, line in enumerate(file) if number % (GOODS // 250) == 1]
        codes, names = [s[0] for s in sample], [s[1] for s in sample]

        run(BARAA, 'init', '--db', db, '--country', 'ru', '--shop', 'Bench')
        seconds, _ = timed(BARAA, 'import', 'goods', goods, '--db', db)
        promise(f'import of {GOODS} goods', seconds, 's', 60)
        bench_prices(db, goods, folder)
        edit, undo = map(float, run(HERE / 'bulk', db).split())
        promise('10000 goods made dearer at once', edit, 's', 5, 2)
        promise('the same undone', undo, 's', 5, 2)
        run(BARAA, 'person', 'add', '--db', db, '--name', 'Cashier', '--role', 'cashier', '--pin', '1111')
        code = re.search(r'[A-Z0-9]{4}-[A-Z0-9]{4}', run(BARAA, 'till', 'add', '--db', db, '--shop', 'Bench', '--name', 'Till'))[0]
        till.mkdir()
        with Hub(db) as url:
            seconds, _ = timed(TILL, '--data', till, '--enrol', url, code)
            note('enrolment with the snapshot of all goods', seconds, 's')
            run(TILL, '--data', till, '--script', '-', input='login 1111\nopen-shift 0\nlock\n')
            bench_close(folder)
            bench_search(till, names)
            bench_count(folder / 'count')
            bench_ledger(folder / 'ledger')
            bench_rollup(folder / 'rollup')
            bench_documents(folder / 'documents')
            bench_printer()
            bench_label(folder / 'label')
            bench_counter(folder / 'counter')
            bench_fiscal(folder / 'fiscal')
            bench_window(till, codes)
    print(f'{missed} promises not held' if missed else 'all promises held')
    sys.exit(missed > 0)


main()
