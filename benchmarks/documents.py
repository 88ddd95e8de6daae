# SPDX-License-Identifier: GPL-3.0-or-later
"""How long `baraa post` takes for papers of many lines: reading the JSON, checking, writing and posting them."""
import json
import subprocess
import time


def measure(baraa, folder, lines):
    """Seconds by kind of document, each of so many lines, of goods that have a cost, a price and a balance."""
    db = f'sqlite:{folder}/papers{lines}.db'
    goods, paper = folder / f'goods{lines}.csv', folder / f'paper{lines}.json'

    def run(*command):
        return subprocess.run([str(baraa), *map(str, command)], check=True, capture_output=True, text=True).stdout

    def post(kind, line, **head):
        paper.write_text(json.dumps({'kind': kind, **head, 'lines': [
            {'article': f'A{n}', **({} if kind == 'revaluation' else {'quantity': n % 9 + 1}), **line(n)} for n in range(lines)]}))
        start = time.monotonic()
        told = json.loads(run('post', paper, '--db', db, '--format', 'json'))
        seconds[kind] = time.monotonic() - start
        return told['number']

    seconds = {}
    run('init', '--db', db, '--country', 'mn', '--shop', 'Shop 1')
    run('shop', 'add', '--db', db, '--name', 'Shop 2')
    goods.write_text('article,name,price,cost\n' + ''.join(f'A{n},Goods {n},{n + 100},{n + 50}\n' for n in range(lines)))
    run('import', 'goods', goods, '--db', db)
    post('opening', lambda n: {'unit_cost': n + 50})
    delivery = post('delivery', lambda n: {'cost': (n + 60) * 10, 'price': n + 120}, supplier='Supplier', reference='1')
    transfer = post('transfer', lambda n: {}, to='Shop 2')
    post('arrival', lambda n: {}, **{'from': transfer})
    post('write-off', lambda n: {}, reason='other')
    post('count', lambda n: {})
    post('revaluation', lambda n: {'unit_cost': n + 55})
    start = time.monotonic()
    run('post', '--reverse', delivery, '--db', db)
    seconds['reversal of a delivery'] = time.monotonic() - start
    return seconds
