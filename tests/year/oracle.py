# SPDX-License-Identifier: GPL-3.0-or-later
"""Stock and value of every item at any moment, worked out plainly from the papers alone: receipts, documents, count
sheets and recipes. It reads neither the ledger nor the balances, and shares no code with them. docs/stock.md has the rules."""
import bisect
import collections
import datetime
import sqlite3

ONE = 1_000_000  # a whole unit, in millionths; an average is kept in millionths of a minor unit


def half_away(numerator, denominator):
    if denominator < 0:
        numerator, denominator = -numerator, -denominator
    whole = (2 * abs(numerator) + denominator) // (2 * denominator)
    return whole if numerator >= 0 else -whole


class Item:
    """One item in one shop, fact by fact in the order of time."""

    def __init__(self):
        self.quantity, self.value, self.average = 0, 0, None
        self.times, self.states = [], []

    def worth(self, quantity):
        return half_away((self.average or 0) * quantity, ONE * ONE)

    def move(self, quantity):
        """At the average. Out of a full shelf its share of the value goes; what goes through nothing starts anew."""
        after = self.quantity + quantity
        if after == 0:
            self.value = 0
        elif quantity < 0 < after:
            self.value += half_away(self.value * quantity, self.quantity)
        elif self.quantity == 0 or (self.quantity > 0) == (after > 0):
            self.value += self.worth(quantity)
        else:
            self.value = self.worth(after)
        self.quantity = after

    def arrive(self, quantity, value):
        """With a cost of its own. What was sold before it came cost the same."""
        after = self.quantity + quantity
        if self.quantity < 0:
            self.value = half_away(after * value, quantity)
            self.average = half_away(value * ONE * ONE, quantity)
        else:
            self.value += value
            self.average = half_away(self.value * ONE * ONE, after)
        self.quantity = after

    def fixed(self, quantity, value):
        """A transfer, a production: at what its paper says, in and out."""
        if quantity > 0:
            return self.arrive(quantity, value)
        self.quantity, self.value = self.quantity + quantity, self.value + value
        if self.quantity == 0 or (self.quantity > 0 > self.value):
            self.value = 0
        elif self.quantity > 0 < self.value:
            self.average = half_away(self.value * ONE * ONE, self.quantity)

    def count(self, found):
        self.move(found - self.quantity)

    def revalue(self, unit_cost):
        self.average = unit_cost * ONE
        self.value = self.worth(self.quantity)

    def note(self, at):
        self.times.append(at)
        self.states.append((self.quantity, self.value))

    def on(self, at):
        n = bisect.bisect_right(self.times, at)
        return self.states[n - 1] if n else (0, 0)


class Papers:
    def __init__(self, path, zone):
        self.db = sqlite3.connect(f'file:{path}?mode=ro', uri=True)
        self.zone = zone
        self.kinds = dict(self.ask('SELECT id, kind FROM item'))
        self.recipes = collections.defaultdict(list)
        for item, day, output, recipe in self.ask('SELECT item_id, first_day, yield, id FROM recipe WHERE deleted = 0'):
            lines = self.ask('SELECT item_id, quantity, loss FROM recipe_line WHERE recipe_id = ? ORDER BY line', recipe)
            self.recipes[item].append((day, output, lines))

    def ask(self, statement, *values):
        return self.db.execute(statement, values).fetchall()

    def parts(self, item, quantity, day):
        """What a kit is taken apart into: quantities by item."""
        fits = [r for r in self.recipes[item] if r[0] <= day]
        if not fits:
            return {item: quantity}
        _, output, lines = max(fits, key=lambda r: r[0])
        taken = collections.Counter()
        for part, amount, loss in lines:
            amount = half_away(quantity * amount * 10000, output * (10000 - loss))
            inside = self.parts(part, amount, day) if self.kinds[part] == 'kit' else {part: amount}
            for other, n in inside.items():
                taken[other] += n
        return taken

    def receipts(self):
        rows = self.ask('SELECT r.shop_id, r.at, r.till_id, r.seq, l.line, l.item_id, l.quantity, r.day FROM receipt r JOIN receipt_line l'
                        ' USING (shop_id, till_id, seq) ORDER BY r.at, r.till_id, r.seq, l.line')
        for shop, at, till, seq, line, item, quantity, day in rows:
            kind = self.kinds.get(item)
            if item <= 0 or kind == 'service':
                continue
            taken = self.parts(item, quantity, day) if kind == 'kit' else {item: quantity}
            for part, n in taken.items():
                yield shop, at, part, ('move', -n), (till, seq, line)

    def counts(self, document):
        """Passes over a shelf: the last one counts; zones add up, at the moment of the one tills sell out of."""
        selling = {(shop, zone) for shop, zone in self.ask('SELECT shop_id, id FROM zone WHERE sells = 1')}
        shop = self.ask('SELECT shop_id FROM document WHERE id = ?', document)[0][0]
        shelves = collections.defaultdict(dict)
        for zone, item, step, quantity, at in self.ask(
                'SELECT zone_id, item_id, pass, sum(quantity), max(at) FROM count_entry WHERE document_id = ?'
                ' GROUP BY zone_id, item_id, pass ORDER BY pass', document):
            shelves[item][zone] = (quantity, at)
        for item, zones in shelves.items():
            first = [at for zone, (_, at) in zones.items() if (shop, zone) in selling]
            yield shop, first[0] if first else max(at for _, at in zones.values()), item, \
                ('count', sum(quantity for quantity, _ in zones.values())), 'count'

    def documents(self):
        for number, shop, kind, at, reason in self.ask(
                "SELECT id, shop_id, kind, coalesce(at, posted_at), reason FROM document WHERE state = 'posted' AND kind <> 'order' ORDER BY id"):
            if kind == 'count':
                yield from self.counts(number)
                continue
            for item, quantity, cost in self.ask(
                    'SELECT item_id, quantity, cost FROM document_line WHERE document_id = ? ORDER BY line', number):
                yield shop, at, item, self.fact(kind, quantity, cost), reason if kind == 'write-off' else kind

    @staticmethod
    def fact(kind, quantity, cost):
        if kind in ('delivery', 'opening'):
            return ('arrive', quantity, cost) if cost is not None else ('move', quantity)
        if kind == 'revaluation':
            return 'revalue', cost
        if kind == 'transfer':
            return 'fixed', -quantity, -cost
        if kind == 'arrival':
            return 'fixed', quantity, cost
        if kind == 'production':
            return 'fixed', quantity, cost if quantity > 0 else -cost
        return 'move', -quantity  # to the supplier, to the bin

    def play(self):
        """All facts in the order of time. Gives the state by shop and item, and what was sold cost: by shop and line of a receipt
        (till, seq, line); what is of no receipt, goods that came dearer than they had been sold for, by shop, item and day; and what
        was lost, by shop, day and reason."""
        facts = [(fact[1], n, fact) for n, fact in enumerate([*self.documents(), *self.receipts()])]
        items = collections.defaultdict(Item)
        sold, others, lost = collections.Counter(), collections.Counter(), collections.Counter()
        for at, _, (shop, _, item, (how, *values), origin) in sorted(facts, key=lambda f: f[:2]):
            one = items[shop, item]
            value, quantity = one.value, one.quantity
            getattr(one, how)(*values)
            one.note(at)
            gained = one.value - value
            day = int(datetime.datetime.fromtimestamp(at // 1_000_000, self.zone).strftime('%Y%m%d'))
            if isinstance(origin, tuple):
                sold[shop, *origin] -= gained
            elif how in ('arrive', 'fixed') and gained != values[1]:
                others[shop, item, day] += values[1] - gained
            elif how == 'count' and (gained or one.quantity != quantity):
                lost[shop, day, 'shortage' if one.quantity < quantity else 'surplus'] -= gained
            elif origin in ('damaged', 'expired', 'revaluation'):
                lost[shop, day, origin] -= gained
        return items, sold, others, lost
