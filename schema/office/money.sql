-- SPDX-License-Identifier: GPL-3.0-or-later
-- Accounts, the money ledger and what people enter into it (backoffice/money/).

-- --- accounts ------------------------------------------------------------------------------------

-- The safe, the bank account and the card takings of shop $1, where they are not there yet.
-- :name add_usual
INSERT INTO money_account (id, shop_id, kind, usual, name, currency)
SELECT (SELECT coalesce(max(id), 0) FROM money_account) + u.place, s.id, u.kind, u.usual, '', s.currency
  FROM shop s
 CROSS JOIN (SELECT 1 AS place, 'safe' AS kind, 'safe' AS usual
             UNION ALL SELECT 2, 'bank', 'bank' UNION ALL SELECT 3, 'bank', 'cards') u
 WHERE s.id = $1
   AND NOT EXISTS (SELECT 1 FROM money_account a WHERE a.shop_id = s.id AND a.usual = u.usual);

-- :name add_drawers
INSERT INTO money_account (id, shop_id, kind, usual, name, currency, till_id)
SELECT (SELECT coalesce(max(id), 0) FROM money_account) + row_number() OVER (ORDER BY t.id),
       t.shop_id, 'drawer', 'drawer', '', s.currency, t.id
  FROM till t
  JOIN shop s ON s.id = t.shop_id
 WHERE t.shop_id = $1
   AND NOT EXISTS (SELECT 1 FROM money_account a WHERE a.till_id = t.id);

-- :name find_usual
SELECT id FROM money_account WHERE shop_id = $1 AND usual = $2;

-- :name find_drawer
SELECT id FROM money_account WHERE till_id = $1;

-- :name add_account
INSERT INTO money_account (id, shop_id, kind, usual, name, currency)
VALUES ((SELECT coalesce(max(id), 0) FROM money_account) + 1, $1, $2, '', $3, $4)
RETURNING id;

-- Accounts of shop $1 (0: all), or the one with id $2; as they stand now (day $3 0), or at the end of a day.
-- Column 7: whether column 8 is a code. Column 12: what open shifts took that is not in the ledger yet.
-- :name accounts
SELECT a.id, a.shop_id, coalesce(a.till_id, 0), a.kind, a.currency, s.currency, a.closed,
       CASE WHEN a.name = '' AND t.id IS NULL THEN 1 ELSE 0 END,
       CASE WHEN a.name <> '' THEN a.name ELSE coalesce(t.name, a.usual) END, s.name,
       coalesce((SELECT sum(l.amount) FROM money_ledger l WHERE l.account_id = a.id AND ($3 = 0 OR l.day <= $3)), 0),
       coalesce((SELECT sum(l.home) FROM money_ledger l WHERE l.account_id = a.id AND ($3 = 0 OR l.day <= $3)), 0),
       CASE WHEN $3 <> 0 OR a.usual NOT IN ('drawer', 'cards') THEN 0
            ELSE coalesce((SELECT sum(p.amount)
                             FROM shift h
                             JOIN receipt r ON r.shop_id = h.shop_id AND r.till_id = h.till_id AND r.shift = h.number
                             JOIN receipt_payment p ON p.shop_id = r.shop_id AND p.till_id = r.till_id AND p.seq = r.seq
                            WHERE h.shop_id = a.shop_id AND h.closed_at IS NULL
                              AND (h.till_id = a.till_id OR a.till_id IS NULL)
                              AND p.kind = CASE WHEN a.usual = 'cards' THEN 'card' ELSE 'cash' END), 0) END
  FROM money_account a
  JOIN shop s ON s.id = a.shop_id
  LEFT JOIN till t ON t.id = a.till_id
 WHERE ($1 = 0 OR a.shop_id = $1) AND ($2 = 0 OR a.id = $2)
 ORDER BY a.shop_id, CASE a.kind WHEN 'drawer' THEN 1 WHEN 'safe' THEN 2 ELSE 3 END, a.id;

-- :name balance
SELECT coalesce(sum(amount), 0) FROM money_ledger WHERE account_id = $1 AND ($2 = 0 OR day <= $2);

-- --- the ledger ----------------------------------------------------------------------------------

-- :name insert
INSERT INTO money_ledger
  (id, entry_id, shop_id, account_id, at, day, kind, amount, home, expense_kind, supplier_id, document_id, person_id,
   till_id, shift, journal_number, reverses, settles, reference, note, entered_by, entered_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22);

-- The newest moment of which the till of drawer $1 told something. What a clock that runs ahead says is no later
-- than when the office heard of it.
-- :name told_at
SELECT CASE WHEN t.seen_at < x.at THEN t.seen_at ELSE x.at END
  FROM (SELECT max(at) AS at
          FROM (SELECT coalesce(s.closed_at, s.opened_at) AS at
                  FROM shift s
                  JOIN money_account a ON a.shop_id = s.shop_id AND a.till_id = s.till_id
                 WHERE a.id = $1
                UNION ALL
                SELECT l.at FROM money_ledger l WHERE l.account_id = $1 AND l.journal_number IS NOT NULL) y) x
  JOIN money_account a ON a.id = $1
  JOIN till t ON t.id = a.till_id
 WHERE x.at IS NOT NULL;

-- Whether account $1 has an opening balance that stands.
-- :name has_opening
SELECT coalesce(min(l.entry_id), 0)
  FROM money_ledger l
 WHERE l.account_id = $1 AND l.kind = 'opening' AND l.reverses IS NULL AND l.journal_number IS NULL
   AND NOT EXISTS (SELECT 1 FROM money_ledger r WHERE r.reverses = l.id);

-- A payment to (or refund of) supplier $1 of kind $2 that stands: the same amount $3 in currency $4 on day $5,
-- or with the reference $6 ('': none) between days $7 and $8.
-- :name twice
SELECT l.entry_id, l.day, l.amount, a.currency, coalesce(p.name, ''), l.entered_at, l.reference
  FROM money_ledger l
  JOIN money_account a ON a.id = l.account_id
  LEFT JOIN person p ON p.id = l.entered_by
 WHERE l.supplier_id = $1 AND l.kind = $2 AND l.reverses IS NULL AND l.day BETWEEN $7 AND $8
   AND ((l.amount = $3 AND a.currency = $4 AND l.day = $5) OR ($6 <> '' AND l.reference = $6))
   AND NOT EXISTS (SELECT 1 FROM money_ledger r WHERE r.reverses = l.id)
 ORDER BY l.id
 LIMIT 1;

-- :name find_supplier
SELECT name FROM supplier WHERE id = $1 AND deleted = 0;

-- :name find_document
SELECT supplier_id FROM document WHERE id = $1 AND state = 'posted' AND kind IN ('delivery', 'supplier-return', 'order');

-- :name find_person
SELECT name FROM person WHERE id = $1;

-- What an entry is: its rows, and whether each was taken back.
-- :name entry
SELECT l.id, l.account_id, l.shop_id, l.at, l.day, l.kind, l.amount, l.home, l.expense_kind, l.supplier_id,
       l.document_id, l.person_id, l.till_id, l.reverses, l.settles,
       CASE WHEN EXISTS (SELECT 1 FROM money_ledger r WHERE r.reverses = l.id) THEN 1 ELSE 0 END,
       l.reference, l.note
  FROM money_ledger l
 WHERE l.entry_id = $1
 ORDER BY l.id;

-- The same in words, for the audit.
-- :name entry_words
SELECT l.kind, l.day, CASE WHEN a.name = '' AND t.id IS NULL THEN 1 ELSE 0 END,
       CASE WHEN a.name <> '' THEN a.name ELSE coalesce(t.name, a.usual) END, l.amount, a.currency,
       CASE WHEN k.name <> '' THEN k.name ELSE k.code END, s.name, d.number, l.reference, l.note
  FROM money_ledger l
  JOIN money_account a ON a.id = l.account_id
  LEFT JOIN till t ON t.id = a.till_id
  LEFT JOIN expense_kind k ON k.id = l.expense_kind
  LEFT JOIN supplier s ON s.id = l.supplier_id
  LEFT JOIN document d ON d.id = l.document_id
 WHERE l.entry_id = $1
 ORDER BY l.id;

-- The entry that stands for till's entry $1 now.
-- :name settled
SELECT coalesce(max(l.entry_id), 0)
  FROM money_ledger l
 WHERE l.settles = $1 AND l.reverses IS NULL
   AND NOT EXISTS (SELECT 1 FROM money_ledger r WHERE r.reverses = l.id);

-- --- the book ------------------------------------------------------------------------------------

-- Rows of shop $1, account $2, days $3 to $4, entry $5 (0: all), the newest $6.
-- :name list
SELECT l.id, l.entry_id, l.account_id, l.at, l.day, l.kind, l.amount, l.home, l.balance + coalesce(before.amount, 0),
       l.expense_kind, l.supplier_id,
       l.document_id, l.shift, l.reverses, l.settles,
       (SELECT max(r.entry_id) FROM money_ledger r WHERE r.reverses = l.id),
       CASE WHEN l.journal_number IS NULL THEN 0 ELSE 1 END,
       CASE WHEN a.name <> '' THEN a.name ELSE coalesce(t.name, a.usual) END,
       coalesce((SELECT CASE WHEN b.name <> '' THEN b.name ELSE coalesce(u.name, b.usual) END
                   FROM money_ledger o
                   JOIN money_account b ON b.id = o.account_id
                   LEFT JOIN till u ON u.id = b.till_id
                  WHERE o.entry_id = l.entry_id AND o.account_id <> l.account_id AND o.kind = l.kind
                    AND l.kind IN ('transfer', 'cash-in', 'cash-out')
                  LIMIT 1), ''),
       coalesce(w.name, ''), coalesce(CASE WHEN k.name <> '' THEN k.name ELSE k.code END, ''), coalesce(s.name, ''),
       coalesce(d.number, ''), coalesce(p.name, ''), l.reference, l.note, coalesce(e.name, '')
  FROM (SELECT m.*, sum(m.amount) OVER (PARTITION BY m.account_id ORDER BY m.day, m.at, m.id) AS balance
          FROM money_ledger m
         WHERE ($1 = 0 OR m.shop_id = $1) AND ($2 = 0 OR m.account_id = $2)
           AND ($3 = 0 OR m.day >= $3) AND ($4 = 0 OR m.day <= $4)
           AND ($5 = 0 OR m.account_id IN (SELECT x.account_id FROM money_ledger x WHERE x.entry_id = $5))) l
  LEFT JOIN (SELECT account_id, sum(amount) AS amount
               FROM money_ledger
              WHERE day < $3 AND ($2 = 0 OR account_id = $2) AND ($1 = 0 OR shop_id = $1)
              GROUP BY account_id) before ON before.account_id = l.account_id
  JOIN money_account a ON a.id = l.account_id
  LEFT JOIN till t ON t.id = a.till_id
  LEFT JOIN till w ON w.id = l.till_id
  LEFT JOIN expense_kind k ON k.id = l.expense_kind
  LEFT JOIN supplier s ON s.id = l.supplier_id
  LEFT JOIN document d ON d.id = l.document_id
  LEFT JOIN person p ON p.id = l.person_id
  LEFT JOIN person e ON e.id = l.entered_by
 WHERE $5 = 0 OR l.entry_id = $5
 ORDER BY l.day DESC, l.at DESC, l.id DESC
 LIMIT $6;

-- --- kinds of expense ----------------------------------------------------------------------------

-- :name expense_kinds
SELECT id, CASE WHEN name <> '' THEN 0 ELSE 1 END, CASE WHEN name <> '' THEN name ELSE code END, pl_group,
       coalesce(code, '')
  FROM expense_kind
 WHERE deleted = 0 AND (country = '' OR country IN (SELECT country FROM shop))
 ORDER BY CASE pl_group WHEN 'premises' THEN 1 WHEN 'staff' THEN 2 WHEN 'selling' THEN 3 WHEN 'office' THEN 4
                        WHEN 'bank' THEN 5 WHEN 'taxes' THEN 6 WHEN 'other' THEN 7 ELSE 8 END, id;

-- :name add_expense_kind
INSERT INTO expense_kind (id, name, pl_group)
VALUES ((SELECT coalesce(max(id), 0) FROM expense_kind) + 1, $1, $2)
RETURNING id;

-- :name expense_group
SELECT pl_group FROM expense_kind WHERE id = $1 AND deleted = 0;

-- --- currencies ----------------------------------------------------------------------------------

-- :name rates
SELECT currency, first_day, units, value FROM currency_rate ORDER BY first_day DESC, currency;

-- :name rate
SELECT units, value FROM currency_rate
 WHERE currency = $1 AND first_day <= $2
 ORDER BY first_day DESC
 LIMIT 1;

-- :name rate_of_day
SELECT units, value FROM currency_rate WHERE currency = $1 AND first_day = $2;

-- :name put_rate
INSERT INTO currency_rate (currency, first_day, units, value) VALUES ($1, $2, $3, $4)
ON CONFLICT (currency, first_day) DO UPDATE SET units = excluded.units, value = excluded.value;

-- --- settings ------------------------------------------------------------------------------------

-- :name setting
SELECT coalesce(cash_in, 0), coalesce(cash_out, 0), overnight, closed_until FROM money_setting WHERE shop_id = $1;

-- :name put_setting
INSERT INTO money_setting (shop_id, cash_in, cash_out, overnight) VALUES ($1, $2, $3, $4)
ON CONFLICT (shop_id) DO UPDATE
   SET cash_in = excluded.cash_in, cash_out = excluded.cash_out, overnight = excluded.overnight;

-- :name put_closed
INSERT INTO money_setting (shop_id, closed_until) VALUES ($1, $2)
ON CONFLICT (shop_id) DO UPDATE SET closed_until = excluded.closed_until;

-- --- what tills told -----------------------------------------------------------------------------

-- What drawer $1 has for its till at moment $2: all that the till told, and what people entered up to then.
-- :name held
SELECT coalesce(sum(amount), 0)
  FROM money_ledger WHERE account_id = $1 AND (journal_number IS NOT NULL OR at <= $2);

-- :name shift
SELECT day, coalesce(cash, 0), coalesce(card, 0), coalesce(rounding, 0), coalesce(counted, expected)
  FROM shift WHERE shop_id = $1 AND till_id = $2 AND number = $3;

-- :name set_opened
UPDATE shift SET money_opened = (SELECT value FROM counter WHERE name = 'money')
 WHERE shop_id = $1 AND till_id = $2 AND number = $3;

-- :name set_closed
UPDATE shift SET money_closed = (SELECT value FROM counter WHERE name = 'money')
 WHERE shop_id = $1 AND till_id = $2 AND number = $3;

-- :name has_shifts
SELECT CASE WHEN EXISTS (SELECT 1 FROM shift WHERE shop_id = $1 AND till_id = $2 AND number <> $3) THEN 1 ELSE 0 END;

-- Cash that a shift gave back for returns: not above zero.
-- :name given_back
SELECT coalesce(sum(p.amount), 0)
  FROM receipt r
  JOIN receipt_payment p ON p.shop_id = r.shop_id AND p.till_id = r.till_id AND p.seq = r.seq
 WHERE r.shop_id = $1 AND r.till_id = $2 AND r.shift = $3 AND r.kind = 'return' AND p.kind = 'cash';

-- --- what must add up ----------------------------------------------------------------------------

-- :name gaps
SELECT count(*), coalesce(max(id), 0), (SELECT value FROM counter WHERE name = 'money') FROM money_ledger;

-- Entries whose rows do not belong together, or rows that take back what they do not equal.
-- :name broken_rows
SELECT l.id
  FROM money_ledger l
  LEFT JOIN money_ledger f ON f.id = l.entry_id
  LEFT JOIN money_ledger r ON r.id = l.reverses
  LEFT JOIN money_account a ON a.id = l.account_id
 WHERE f.id IS NULL OR f.entry_id <> f.id OR a.shop_id <> l.shop_id
    OR (l.reverses IS NOT NULL
        AND (r.amount <> -l.amount OR r.home <> -l.home OR r.account_id <> l.account_id OR r.kind <> l.kind
             OR r.day <> l.day OR r.id > l.id))
    OR (l.kind IN ('transfer', 'cash-in', 'cash-out', 'exchange') AND l.id = l.entry_id
        AND (SELECT sum(x.home) FROM money_ledger x WHERE x.entry_id = l.entry_id AND x.kind <> 'exchange') <> 0)
 ORDER BY l.id;

-- Shifts whose rows are not what the till said.
-- :name broken_shifts
SELECT t.name, s.number
  FROM shift s
  JOIN till t ON t.shop_id = s.shop_id AND t.id = s.till_id
  LEFT JOIN (SELECT l.shop_id, l.till_id, l.shift,
                    sum(CASE WHEN l.kind IN ('sales', 'returns', 'rounding') THEN l.amount ELSE 0 END) AS cash,
                    sum(CASE WHEN l.kind = 'card' THEN l.amount ELSE 0 END) AS card,
                    sum(CASE WHEN l.kind = 'rounding' THEN l.amount ELSE 0 END) AS rounding,
                    sum(CASE WHEN l.kind IN ('cash-in', 'cash-out') AND a.kind = 'drawer' THEN l.amount ELSE 0 END) AS moved
               FROM money_ledger l
               JOIN money_account a ON a.id = l.account_id
              WHERE l.journal_number IS NOT NULL
              GROUP BY l.shop_id, l.till_id, l.shift) m
    ON m.shop_id = s.shop_id AND m.till_id = s.till_id AND m.shift = s.number
 WHERE coalesce(m.cash, 0) <> coalesce(s.cash, 0) OR coalesce(m.card, 0) <> coalesce(s.card, 0)
    OR coalesce(m.rounding, 0) <> coalesce(s.rounding, 0)
    OR coalesce(m.moved, 0) <> (SELECT coalesce(sum(c.amount), 0) FROM cash_move c
                                 WHERE c.shop_id = s.shop_id AND c.till_id = s.till_id AND c.shift = s.number)
 ORDER BY s.shop_id, s.till_id, s.number;

-- All rows of drawer $1.
-- :name drawer_rows
SELECT id, at, amount, CASE WHEN journal_number IS NULL THEN 0 ELSE 1 END, coalesce(shift, 0)
  FROM money_ledger
 WHERE account_id = $1
 ORDER BY id;

-- What its till said that it held, and the newest row of then (0: not known).
-- :name drawer_told
SELECT number, 0, opened_at, opening_cash, coalesce(money_opened, 0) FROM shift
 WHERE shop_id = $1 AND till_id = $2 AND money_opened IS NOT NULL
UNION ALL
SELECT number, 1, closed_at, coalesce(counted, expected), coalesce(money_closed, 0) FROM shift
 WHERE shop_id = $1 AND till_id = $2 AND closed_at IS NOT NULL
 ORDER BY 1, 2;

-- :name drawers
SELECT a.id, a.shop_id, a.till_id, t.name FROM money_account a JOIN till t ON t.id = a.till_id ORDER BY a.id;
