# SPDX-License-Identifier: GPL-3.0-or-later
"""Every report of sales, worked out plainly from the journals that the tills sent and from what the papers say that goods
cost (oracle.py). It reads no table that reports read but names."""
import collections
import datetime
import decimal
import fractions
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
                'hour': clock.hour, 'number': body['number'], 'back': sign < 0, 'origin': 'origin' in paper,
                'lines': lines, 'payments': kept,
                'taxes': [(t['code'], t['rate'], sign * t['base'], sign * t['amount']) for t in paper['taxes']]}

    def supplier(self, item):
        """Whoever brought it last, else whose list it stands in."""
        if not hasattr(self, 'suppliers'):
            self.suppliers = dict(self.papers.ask('SELECT i.item_id, s.name FROM supplier_item i JOIN supplier s ON s.id = i.supplier_id'))
            for number, name in self.papers.ask(
                    "SELECT l.item_id, s.name FROM document d JOIN document_line l ON l.document_id = d.id JOIN supplier s ON s.id = d.supplier_id"
                    " WHERE d.kind = 'delivery' AND d.state = 'posted' ORDER BY coalesce(d.at, d.posted_at), d.id"):
                self.suppliers[number] = name
        return self.suppliers.get(item, '')

    def of(self, shop, first, last):
        return [r for r in self.receipts if (shop is None or r['shop'] == shop) and first <= r['day'] <= last]

    def paid(self, shop, first, last):
        rows = collections.defaultdict(collections.Counter)
        for receipt in self.of(shop, first, last):
            for kind, amount in receipt['payments']:
                rows[kind].update(payments=1, amount=amount)
        return rows

    def taxed(self, shop, first, last):
        rows = collections.defaultdict(collections.Counter)
        for receipt in self.of(shop, first, last):
            for code, rate, base, amount in receipt['taxes']:
                rows[code, rate].update(base=base, amount=amount)
        return rows

    def shifts(self, shop, first, last):
        """What was sold and given back in each shift, by its day, till and number."""
        rows = collections.defaultdict(collections.Counter)
        for receipt in self.of(shop, first, last):
            row = rows[receipt['day'], self.tills[shop, receipt['till']], receipt['shift']]
            net = sum(line['net'] for line in receipt['lines'])
            row.update({'receipts': 1, 'returns' if receipt['back'] else 'sales': net})
            row.update({kind: amount for kind, amount in receipt['payments'] if kind == 'cash'})
            for kind, amount in receipt['payments']:
                row[kind] += amount if kind != 'cash' else 0
        return rows

    def by(self, key, shop, first, last, others=None, fits=lambda receipt, line: True):
        """Sums by what key says of a receipt and a line; others says where what is of no receipt belongs."""
        rows = collections.defaultdict(Sums)
        for receipt in self.of(shop, first, last):
            for line in receipt['lines']:
                if fits(receipt, line):
                    rows[key(receipt, line)].add(receipt, line)
        for (where, item, day), cost in self.others.items():
            if others is not None and shop in (None, where) and first <= day <= last:
                rows[others(where, item, day)]['cost'] += cost
        return rows


def money(text):
    return int(decimal.Decimal(text).scaleb(2))


def micro(text):
    return int(decimal.Decimal(text) * 1_000_000)


READ = {'quantity': micro, **dict.fromkeys(
    ('receipts', 'payments', 'items', 'voids', 'dropped', 'no-sale', 'loose-returns'), int)}


def day_text(day):
    return f'{day // 10000}-{day // 100 % 100:02}-{day % 100:02}'


class Checker:
    """Compares reports with sums, and names what differs."""

    def __init__(self, sales, check, report):
        self.sales, self.check, self.report = sales, check, report

    def rows(self, words, name_of, columns):
        got = self.report(*words)
        rows = collections.defaultdict(collections.Counter)
        for row in got['rows']:
            rows[name_of(row)].update({c: READ.get(c, money)(row[c]) for c in columns if row.get(c) is not None})
        return rows, {c: READ.get(c, money)(v) for c, v in got['totals'].items() if c in columns and v is not None}

    def same(self, words, name_of, expected, columns, total):
        """expected: by name the amounts of its columns; total: of all of them, that count once what is on several rows."""
        got, totals = self.rows(words, name_of, columns)
        expected = {name: {c: row[c] for c in columns} for name, row in expected.items() if any(row[c] for c in columns)}
        got = {name: dict(row) for name, row in got.items() if any(row.values())}
        wrong = [f'{name}: {got.get(name)}, not {expected.get(name)}' for name in sorted(expected.keys() | got.keys(), key=str)
                 if got.get(name) != expected.get(name)]
        for column in columns:
            if column in totals and totals[column] != total[column]:
                wrong.append(f'total of {column}: {totals[column]}, not {total[column]}')
            if column not in totals:
                wrong.append(f'there is no total of {column}')
        self.check(not wrong, f'report {" ".join(map(str, words))}, {len(expected)} rows', *wrong[:10])


def amounts(sums):
    return {**dict.fromkeys(('quantity', 'cost', *AMOUNTS), 0), **sums, 'receipts': len(sums.seen), 'margin': sums['net'] - sums['cost']}


def sum_of(rows):
    total = collections.Counter()
    for row in rows.values():
        total.update(row)
    return total


def total_of(rows):
    total = Sums()
    for row in rows.values():
        total.update({c: row[c] for c in row})
        total.seen |= row.seen
    return amounts(total)


NAMES = {None: '?', 'Cost without a receipt': '?', 'No supplier': ''}  # what has no name in the papers
# --by: what a row of the report is called, what it is of by the receipt, and where cost without a receipt belongs.


def weekday(day):
    return datetime.date(day // 10000, day // 100 % 100, day % 100).isoweekday()


def views(sales):
    def month(day):
        return f'{day // 10000}-{day // 100 % 100:02}'
    none = '?'
    return {
        'day': (lambda r, l: day_text(r['day']), lambda s, i, d: day_text(d), 'day'),
        'weekday': (lambda r, l: weekday(r['day']), lambda s, i, d: weekday(d), 'weekday'),
        'month': (lambda r, l: month(r['day']), lambda s, i, d: month(d), 'month'),
        'hour': (lambda r, l: r['hour'], lambda s, i, d: none, 'hour'),
        'shop': (lambda r, l: sales.shops[r['shop']], lambda s, i, d: sales.shops[s], 'shop'),
        'till': (lambda r, l: sales.tills[r['shop'], r['till']], lambda s, i, d: none, 'till'),
        'cashier': (lambda r, l: sales.people[r['cashier']], lambda s, i, d: none, 'cashier'),
        'group': (lambda r, l: sales.groups[l['item']], lambda s, i, d: sales.groups[i], 'group'),
        'item': (lambda r, l: sales.names[l['item']], lambda s, i, d: sales.names[i], 'name'),
        'supplier': (lambda r, l: sales.supplier(l['item']), lambda s, i, d: sales.supplier(i), 'supplier'),
    }


def narrowed(sales):
    """Words that narrow a report, and what fits them."""
    group = sales.groups[sales.receipts[0]['lines'][0]['item']]
    return {
        ('--cashier', 'Cashier 2'): lambda r, l: sales.people[r['cashier']] == 'Cashier 2',
        ('--till', 'B'): lambda r, l: sales.tills[r['shop'], r['till']] == 'B',
        ('--group', group): lambda r, l: sales.groups[l['item']] == group,
        ('--hours', '17-20', '--weekdays', '6,7'): lambda r, l: 17 <= r['hour'] < 20 and weekday(r['day']) >= 6,
        ('--group', group, '--cashier', 'Cashier 3', '--hours', '9-13'):
            lambda r, l: sales.groups[l['item']] == group and sales.people[r['cashier']] == 'Cashier 3' and 9 <= r['hour'] < 13,
    }


def compare_more(sales, checker, frm, to, when):
    columns = ['payments', 'amount']
    rows = sales.paid(1, frm, to)
    checker.same(['payments', *when], lambda row: row['kind'], rows, columns, sum_of(rows))
    rows = sales.taxed(1, frm, to)
    checker.same(['taxes', *when], lambda row: (row['tax'], int(decimal.Decimal(row['rate']) * 100)), rows, ['amount'],
                 sum_of(rows))
    rows = sales.shifts(1, frm, to)
    total = sum_of(rows)
    checker.same(['z', *when], lambda row: (int(row['day'].replace('-', '')), row['till'], int(row['shift'])), rows,
                 ['receipts', 'sales', 'returns', 'cash', 'card'], total)
    for words, fits in narrowed(sales).items():
        for by in ('day', 'group', 'cashier', 'hour', 'item'):
            key, _, column = views(sales)[by]
            rows = sales.by(key, 1, frm, to, fits=fits)
            checker.same(['sales', '--by', by, *words, *when], lambda row, column=column: NAMES.get(row[column], row[column]),
                         {n: amounts(r) for n, r in rows.items()}, [*AMOUNTS, 'receipts'], total_of(rows))


# --- assortment ----------------------------------------------------------------------------------------------


def classes(rows, value):
    """ABC: the running share with the item itself, the largest first; the first is A always."""
    total = sum(value(r) for r in rows.values() if value(r) > 0)
    running, found = 0, {}
    for n, name in enumerate(sorted(rows, key=lambda n: -value(rows[n]))):
        running += max(value(rows[name]), 0)
        share = fractions.Fraction(running, total)
        found[name] = 'C' if value(rows[name]) <= 0 else 'A' if n == 0 or share <= fractions.Fraction(80, 100) else \
            'B' if share <= fractions.Fraction(95, 100) else 'C'
    return found


def variation(amounts):
    """The square of the coefficient; None where nothing was sold."""
    mean = fractions.Fraction(sum(amounts), len(amounts))
    return sum((a - mean) ** 2 for a in amounts) / len(amounts) / mean ** 2 if mean > 0 else None


def xyz(square):
    if square is None:
        return 'Z'
    return 'X' if square <= fractions.Fraction(1, 100) else 'Y' if square <= fractions.Fraction(1, 16) else 'Z'


def weeks(frm, to):
    first, last = (datetime.date(d // 10000, d // 100 % 100, d % 100) for d in (frm, to))
    found = []
    while last - datetime.timedelta(days=6) >= first and len(found) < 64:
        found.append([int((last - datetime.timedelta(days=n)).strftime('%Y%m%d')) for n in range(6, -1, -1)])
        last -= datetime.timedelta(days=7)
    return found


def compare_classes(sales, checker, frm, to, when):
    def item(receipt, line):
        return sales.names[line['item']]
    rows = {n: amounts(r) for n, r in sales.by(item, 1, frm, to).items()}
    costs = {n: amounts(r) for n, r in sales.by(item, 1, frm, to, lambda s, i, d: sales.names[i]).items() if n in rows}
    abc = classes(rows, lambda r: r['net'])
    margin = classes(costs, lambda r: r['margin'])
    quantities = {name: [0] * len(weeks(frm, to)) for name in rows}
    for n, days in enumerate(weeks(frm, to)):
        for name, row in sales.by(item, 1, days[0], days[-1]).items():
            quantities[name][n] = row['quantity']
    even = {name: xyz(variation(q)) for name, q in quantities.items()} if len(weeks(frm, to)) >= 3 else dict.fromkeys(rows)
    for words, column, expected in (('abc', 'class', abc), ('abc-margin', 'class', margin), ('xyz', 'class', abc), ('xyz', 'xyz', even)):
        got = {row['name']: row.get(column) for row in checker.report(words, *when)['rows']}
        wrong = [f'{n}: {got.get(n)}, not {expected[n]}' for n in expected if got.get(n) != expected[n]] + sorted(got.keys() - expected.keys())
        checker.check(not wrong, f'report {words} {" ".join(when)}: {column} of {len(expected)} goods', *wrong[:10])
    if not any(even.values()):
        return
    crossed = collections.defaultdict(collections.Counter)
    for name, row in rows.items():
        crossed[abc[name] + even[name]].update(items=1, net=row['net'])
    checker.same(['abc-xyz', *when], lambda row: row['class'], crossed, ['items', 'net'], sum_of(crossed))


def compare_acts(sales, checker, frm, to, when):
    """Voids, dropped receipts, drawers opened and returns without a receipt, by cashier."""
    shifts = {(shop, till, shift): json.loads(body)['day'] for shop, till, shift, body in sales.papers.ask(
        "SELECT shop_id, till_id, shift, body FROM journal WHERE kind = 'shift-open'")}
    rows = collections.defaultdict(collections.Counter)
    for shop, till, shift, cashier, kind, body in sales.papers.ask(
            "SELECT shop_id, till_id, shift, cashier_id, kind, body FROM journal WHERE kind IN ('line-void', 'receipt-void', 'no-sale')"):
        if frm <= shifts[shop, till, shift] <= to:
            rows[sales.people[cashier]][{'line-void': 'voids', 'receipt-void': 'dropped', 'no-sale': 'no-sale'}[kind]] += 1
            rows[sales.people[cashier]]['voided'] += json.loads(body).get('sum', 0)
    for receipt in sales.of(1, frm, to):
        row = rows[sales.people[receipt['cashier']]]
        row['receipts'] += 1
        if receipt['back'] and not receipt['origin']:
            row['loose-returns'] += 1
            row['given-back'] -= sum(line['net'] for line in receipt['lines'])
    total = sum_of(rows)
    checker.same(['cashier-acts', *when], lambda row: row['cashier'], rows,
                 ['receipts', 'voids', 'voided', 'dropped', 'no-sale', 'loose-returns', 'given-back'], total)


def compare_losses(lost, checker, frm, to, when):
    rows = collections.defaultdict(collections.Counter)
    for (shop, day, reason), value in lost.items():
        if shop == 1 and frm <= day <= to:
            rows[reason]['value'] += value
    checker.same(['losses', *when], lambda row: row['reason'], rows, ['value'], sum_of(rows))


def debts(papers, shop, until):
    """Documents less payments, by supplier, at the end of a day: [opening up to it, nothing else]."""
    owed = collections.Counter()
    for supplier, kind, at, cost in papers.ask(
            "SELECT s.name, d.kind, coalesce(d.at, d.posted_at), (SELECT coalesce(sum(cost), 0) FROM document_line WHERE document_id = d.id)"
            " FROM document d JOIN supplier s ON s.id = d.supplier_id WHERE d.state = 'posted' AND d.kind IN ('delivery', 'supplier-return')"
            " AND d.shop_id = ?", shop):
        if int(datetime.datetime.fromtimestamp(at // 1_000_000, papers.zone).strftime('%Y%m%d')) <= until:
            owed[supplier] += cost if kind == 'delivery' else -cost
    # What was taken back leaves nothing: both rows are summed up.
    for supplier, amount in papers.ask("SELECT s.name, sum(m.home) FROM money_ledger m JOIN supplier s ON s.id = m.supplier_id"
                                       " WHERE m.shop_id = ? AND m.day <= ? AND m.kind LIKE 'supplier-%' GROUP BY s.name", shop, until):
        owed[supplier] += amount
    return owed


def compare_debts(papers, checker, frm, to, when):
    before = (datetime.date(frm // 10000, frm // 100 % 100, frm % 100) - datetime.timedelta(days=1)).strftime('%Y%m%d')
    opening, closing = debts(papers, 1, int(before)), debts(papers, 1, to)
    rows = {name: {'opening': opening[name], 'closing': closing[name]} for name in closing}
    checker.same(['suppliers', *when], lambda row: row['supplier'], rows, ['opening', 'closing'], sum_of(rows))


def compare_money(papers, checker, frm, to, when):
    """Balances by account, expenses by kind, and profit, from the single moves and the sums above."""
    names = dict(papers.ask('SELECT id, name FROM money_account'))
    balance = collections.defaultdict(collections.Counter)
    for account, amount in papers.ask('SELECT account_id, sum(amount) FROM money_ledger WHERE shop_id = 1 AND day <= ? GROUP BY account_id', to):
        balance[account]['balance'] += amount
    got = checker.report('accounts', *when)
    total = sum(money(row['balance']) for row in got['rows'])
    checker.check(total == sum(row['balance'] for row in balance.values()) and len(got['rows']) >= len([b for b in balance if names[b]]),
                  f'report accounts {" ".join(when)}: {len(balance)} accounts')
    spent = collections.Counter(dict(papers.ask(
        "SELECT k.name, -sum(m.home) FROM money_ledger m JOIN expense_kind k ON k.id = m.expense_kind WHERE m.shop_id = 1"
        " AND m.kind = 'expense' AND m.day BETWEEN ? AND ? GROUP BY k.name", frm, to)))
    got = checker.report('expenses', *when)
    checker.check(sum(money(row['amount']) for row in got['rows']) == sum(spent.values()), f'report expenses {" ".join(when)}')


def compare(papers, sold, others, lost, check, report):
    sales = Sales(papers, sold, others)
    checker = Checker(sales, check, report)
    days = sorted({r['day'] for r in sales.receipts})
    first, last = days[0], days[-1]
    for frm, to in ((first, last), (last, last), (days[len(days) // 3], days[2 * len(days) // 3])):
        when = ['--from', day_text(frm), '--to', day_text(to)]
        for by, (key, other, column) in views(sales).items():
            def name_of(row, column=column):
                return NAMES.get(row[column], row[column])
            rows = sales.by(key, 1, frm, to)
            columns = [*AMOUNTS, *(['quantity'] if by in ('group', 'item', 'supplier') else []), *(['receipts'] if by != 'supplier' else [])]
            checker.same(['sales', '--by', by, *when], name_of, {n: amounts(r) for n, r in rows.items()}, columns, total_of(rows))
            rows = sales.by(key, 1, frm, to, other)
            columns = ['tax', 'net', 'cost', 'margin', *(['quantity'] if by in ('group', 'item', 'supplier') else [])]
            checker.same(['margin', '--by', by, *when], name_of, {n: amounts(r) for n, r in rows.items()}, columns, total_of(rows))
        compare_more(sales, checker, frm, to, when)
        compare_classes(sales, checker, frm, to, when)
        compare_acts(sales, checker, frm, to, when)
        compare_losses(lost, checker, frm, to, when)
        compare_debts(papers, checker, frm, to, when)
        compare_money(papers, checker, frm, to, when)
