#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plays a seeded year of a shop (year.c) and compares stock and value on random days with a plain recomputation from
the papers (oracle.py). TAP on standard output. usage: year.py BARAA YEAR DAYS RECEIPTS LINES GOODS PAIRS [SEED]"""
import datetime
import decimal
import json
import pathlib
import random
import subprocess
import sys
import tempfile
import zoneinfo

import figures
import oracle

BARAA, YEAR = sys.argv[1:3]
DAYS, RECEIPTS, LINES, GOODS, PAIRS = map(int, sys.argv[3:8])
SEED = int(sys.argv[8]) if len(sys.argv) > 8 else 20261128
ZONE = zoneinfo.ZoneInfo('Asia/Ulaanbaatar')
done = failed = 0


def check(ok, name, *more):
    global done, failed
    done += 1
    failed += not ok
    print(f'{"ok" if ok else "not ok"} {done} - {name}', flush=True)
    for line in more if not ok else ():
        print(f'# {line}')


def run(*command):
    return subprocess.run([str(c) for c in command], check=True, stdout=subprocess.PIPE, text=True).stdout


def ean13(n):
    digits = f'46{n:010d}'
    check_digit = -sum(int(d) * (3 if i % 2 else 1) for i, d in enumerate(digits)) % 10
    return f'{digits}{check_digit}'


def goods(path, rand):
    with open(path, 'w', encoding='utf-8') as file:
        file.write('barcode\tname\tcategory\tunit\tprice\n')
        for n in range(GOODS):
            unit = 'kg' if n % 9 == 4 else 'pcs'
            file.write(f'{ean13(n)}\tGoods {n:05d}\tGroup {n % 12}\t{unit}\t{rand.randint(5, 900) * 100 + rand.randint(0, 99)}.00\n')


def end_of(day):
    midnight = datetime.datetime.combine(day + datetime.timedelta(days=1), datetime.time(), ZONE)
    return int(midnight.timestamp()) * 1_000_000 - 1


def amounts(row):
    return (int(decimal.Decimal(row['balance']) * oracle.ONE), int(decimal.Decimal(row['value'] or 0).scaleb(2)))


def compare(db, papers, items, rand):
    codes = dict(papers.ask('SELECT item_id, min(code) FROM barcode GROUP BY item_id'))
    names = dict(papers.ask('SELECT id, name FROM shop'))
    today = datetime.datetime.now(ZONE).date()
    keys = sorted(items)
    wrong = []
    for _ in range(PAIRS):
        shop, item = rand.choice(keys)
        day = today - datetime.timedelta(days=rand.randint(0, DAYS))
        rows = json.loads(run(BARAA, 'stock', '--db', db, '--shop', names[shop], '--barcode', codes[item], '--date', day,
                              '--format', 'json'))['rows']
        expected = items[shop, item].on(end_of(day))
        got = amounts(rows[0]) if rows else (0, 0)
        if got != expected:
            wrong.append(f'{names[shop]}, {codes[item]}, {day}: {got}, not {expected}')
    check(not wrong, f'stock and value of {PAIRS} random pairs of goods and days', *wrong[:20])
    for day in sorted({today - datetime.timedelta(days=rand.randint(0, DAYS)) for _ in range(12)}):
        for shop, name in names.items():
            rows = json.loads(run(BARAA, 'report', 'stock', '--db', db, '--shop', name, '--from', day, '--to', day,
                                  '--format', 'json'))
            got = {row['barcode']: amounts(row) for row in rows['rows']}
            expected = {codes[item]: state.on(end_of(day)) for (s, item), state in items.items() if s == shop}
            differ = [f'{code}: {got.get(code, (0, 0))}, not {state}' for code, state in expected.items()
                      if got.get(code, (0, 0)) != state]
            total = sum(value for _, value in expected.values())
            check(not differ and int(decimal.Decimal(rows['totals']['value']).scaleb(2)) == total,
                  f'report stock of {name} on {day}, {len(expected)} goods', *differ[:20])


def sums(papers):
    return {table: papers.ask(f'SELECT * FROM {table} ORDER BY 1, 2, 3, 4, 5, 6')
            for table in ('sale_item', 'sale_group', 'sale_hour', 'sale_payment', 'sale_tax', 'act', 'presence')}


def main():
    rand = random.Random(SEED)
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        db = f'sqlite:{folder}/office.db'
        goods(folder / 'goods.tsv', rand)
        run(BARAA, 'init', '--db', db, '--country', 'mn', '--shop', 'First')
        run(BARAA, 'shop', 'add', '--db', db, '--name', 'Other')
        run(BARAA, 'import', 'goods', folder / 'goods.tsv', '--db', db)
        for name in 'AB':
            run(BARAA, 'till', 'add', '--db', db, '--shop', 'First', '--name', name)
        for n in range(3):
            run(BARAA, 'person', 'add', '--db', db, '--name', f'Cashier {n + 1}', '--role', 'cashier', '--pin', 1111 * (n + 1))
        print(f'# seed {SEED}: {run(YEAR, db, SEED, DAYS, RECEIPTS, LINES, GOODS).strip()}', flush=True)
        papers = oracle.Papers(folder / 'office.db', ZONE)
        items, sold, others, lost = papers.play()
        compare(db, papers, items, rand)
        figures.compare(papers, sold, others, lost, check, lambda *words: json.loads(run(BARAA, 'report', *words, '--db', db, '--format', 'json')))
        check(run(BARAA, 'verify', db).startswith('OK '), 'baraa verify')
        kept = sums(papers)
        told = run(BARAA, 'rebuild', '--db', db)
        check(sums(papers) == kept, f'sums that were kept are those that are rebuilt: {told.strip()}')
    print(f'1..{done}')
    sys.exit(failed > 0)


main()
