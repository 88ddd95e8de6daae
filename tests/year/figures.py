# SPDX-License-Identifier: GPL-3.0-or-later
"""Every report of sales, worked out plainly from the journals that the tills sent and from what the papers say that goods
cost (oracle.py). It reads no table that reports read but names."""
import collections
import datetime
import decimal
import json

AMOUNTS = ('gross', 'discount', 'tax', 'net')


class Sums(collections.Counter):
    """Amounts of one row; receipts are counted once."""

    def __init__(self):
        super().__init__()
        self.seen = set()

    def add(self, receipt, line):
        self.seen.add(receipt['key'])
        for name in ('quantity', 'cost', *AMOUNTS):
            self[name] += line[name]


class Sales:
    def __init__(self, papers, sold, others):
        self.papers = papers
        self.names = dict(papers.ask('SELECT id, name FROM item'))
        self.groups = dict(papers.ask('SELECT id, category FROM item'))
        self.people = dict(papers.ask('SELECT id, name FROM person'))
        self.tills = {(shop, till): name for shop, till, name in papers.ask('SELECT shop_id, id, name FROM till')}
        self.shops = dict(papers.ask('SELECT id, name FROM shop'))
        self.others = others
        self.receipts = [self.receipt(*row, sold) for row in papers.ask(
            "SELECT shop_id, till_id, at, cashier_id, shift, body FROM journal WHERE kind = 'receipt' ORDER BY shop_id, till_id, number")]

    def receipt(self, shop, till, at, cashier, shift, body, sold):
        body = json.loads(body)
        paper = body['receipt']
        sign = -1 if paper['kind'] == 'return' else 1
        clock = datetime.datetime.fromtimestamp(at // 1_000_000, self.papers.zone)
        lines = []
        for line in paper['lines']:
            if line['voided']:
                continue
            lines.append({'item': line['item'], 'quantity': sign * line['quantity'], 'gross': sign * line['gross'],
                          'discount': sign * (line['own_discount'] + line['shared_discount']), 'tax': sign * sum(line['taxes']),
                          'net': sign * (line['net'] + line['added']), 'cost': sold[shop, till, body['seq'], line['n']]})
        kept = [('cash', sign * paper['kept']['cash'])] if paper['kept']['cash'] else []
        kept += [(p['kind'], sign * p['amount']) for p in paper['payments'] if p['kind'] != 'cash']
        return {'key': (shop, till, body['seq']), 'shop': shop, 'till': till, 'cashier': cashier, 'shift': shift, 'day': body['day'],
                'hour': clock.hour, 'number': body['number'], 'back': sign < 0, 'lines': lines, 'payments': kept,
                'taxes': [(t['code'], t['rate'], sign * t['base'], sign * t['amount']) for t in paper['taxes']]}

    def of(self, shop, first, last):
        return [r for r in self.receipts if (shop is None or r['shop'] == shop) and first <= r['day'] <= last]

    def by(self, key, shop, first, last, others=None):
        """Sums by what key says of a receipt and a line; others says where what is of no receipt belongs."""
        rows = collections.defaultdict(Sums)
        for receipt in self.of(shop, first, last):
            for line in receipt['lines']:
                rows[key(receipt, line)].add(receipt, line)
        for (where, item, day), cost in self.others.items():
            if others is not None and shop in (None, where) and first <= day <= last:
                rows[others(where, item, day)]['cost'] += cost
        return rows
