-- SPDX-License-Identifier: GPL-3.0-or-later
-- Reports of money. $1 the shop (0: all), $2 and $3 the first and last day. Amounts in the shop's currency; what an
-- account in another has is told beside.

-- Accounts by day. Column 2: whether column 3 is a code.
-- :name days
SELECT x.day, CASE WHEN a.name = '' AND t.id IS NULL THEN 1 ELSE 0 END,
       CASE WHEN a.name <> '' THEN a.name ELSE coalesce(t.name, a.usual) END, a.currency,
       x.closing - x.came_in - x.went_out, x.came_in, x.went_out, x.closing, x.own, a.shop_id
  FROM (SELECT m.account_id, m.day, m.came_in, m.went_out,
               sum(m.home) OVER (PARTITION BY m.account_id ORDER BY m.day) AS closing,
               sum(m.amount) OVER (PARTITION BY m.account_id ORDER BY m.day) AS own
          FROM (SELECT l.account_id, l.day, sum(l.home) AS home, sum(l.amount) AS amount,
                       sum(CASE WHEN l.home > 0 THEN l.home ELSE 0 END) AS came_in,
                       sum(CASE WHEN l.home < 0 THEN l.home ELSE 0 END) AS went_out
                  FROM money_ledger l
                 WHERE ($1 = 0 OR l.shop_id = $1) AND l.day <= $3
                 GROUP BY l.account_id, l.day) m) x
  JOIN money_account a ON a.id = x.account_id
  LEFT JOIN till t ON t.id = a.till_id
 WHERE x.day >= $2
 ORDER BY x.day, a.shop_id, CASE a.kind WHEN 'drawer' THEN 1 WHEN 'safe' THEN 2 ELSE 3 END, a.id;

-- Every row. Column 3: whether column 4 is a code. Column 7: what it was for or with whom; 8: whether that is a code
-- of a kind of expense; pay names nobody.
-- :name moves
SELECT l.day, l.at, l.entry_id, CASE WHEN a.name = '' AND t.id IS NULL THEN 1 ELSE 0 END,
       CASE WHEN a.name <> '' THEN a.name ELSE coalesce(t.name, a.usual) END, a.currency, l.kind,
       CASE WHEN l.kind IN ('expense', 'income') THEN CASE WHEN k.name <> '' THEN k.name ELSE k.code END
            WHEN l.supplier_id IS NOT NULL THEN s.name
            WHEN l.journal_number IS NOT NULL THEN w.name
            ELSE (SELECT CASE WHEN b.name <> '' THEN b.name ELSE coalesce(u.name, b.usual) END
                    FROM money_ledger o
                    JOIN money_account b ON b.id = o.account_id
                    LEFT JOIN till u ON u.id = b.till_id
                   WHERE o.entry_id = l.entry_id AND o.account_id <> l.account_id
                   LIMIT 1) END,
       l.shift, l.reference, l.note, e.name, l.home, l.amount, d.shop_id, l.document_id,
       CASE WHEN l.reverses IS NULL THEN 0 ELSE 1 END
  FROM money_ledger l
  JOIN money_account a ON a.id = l.account_id
  LEFT JOIN till t ON t.id = a.till_id
  LEFT JOIN till w ON w.id = l.till_id
  LEFT JOIN expense_kind k ON k.id = l.expense_kind
  LEFT JOIN supplier s ON s.id = l.supplier_id
  LEFT JOIN document d ON d.id = l.document_id
  LEFT JOIN person e ON e.id = l.entered_by
 WHERE ($1 = 0 OR l.shop_id = $1) AND l.day BETWEEN $2 AND $3
 ORDER BY l.day, l.at, l.id;

-- :name moves_totals
SELECT coalesce(sum(CASE WHEN home > 0 THEN home ELSE 0 END), 0), coalesce(sum(CASE WHEN home < 0 THEN home ELSE 0 END), 0)
  FROM money_ledger
 WHERE ($1 = 0 OR shop_id = $1) AND day BETWEEN $2 AND $3;

-- :name expenses
SELECT x.month, s.name, CASE WHEN x.expense_kind = 0 THEN 'pay' WHEN k.name <> '' THEN k.name ELSE k.code END,
       CASE WHEN x.expense_kind = 0 THEN 'staff' ELSE k.pl_group END, -x.home, x.shop_id, 0, x.month
  FROM (SELECT day / 100 AS month, shop_id, coalesce(expense_kind, 0) AS expense_kind, sum(home) AS home
          FROM money_ledger
         WHERE ($1 = 0 OR shop_id = $1) AND day BETWEEN $2 AND $3 AND kind IN ('expense', 'pay')
         GROUP BY day / 100, shop_id, coalesce(expense_kind, 0)) x
  JOIN shop s ON s.id = x.shop_id
  LEFT JOIN expense_kind k ON k.id = x.expense_kind
 WHERE x.home <> 0
 ORDER BY x.month, s.name, x.home, x.expense_kind;

-- :name expenses_totals
SELECT coalesce(-sum(home), 0)
  FROM money_ledger
 WHERE ($1 = 0 OR shop_id = $1) AND day BETWEEN $2 AND $3 AND kind IN ('expense', 'pay');

-- :name profit
SELECT p.month, s.name, p.net, p.discount, p.tax, p.cost, p.net - p.cost, p.losses, p.expenses, p.pay, p.differences,
       p.rounding, p.others, p.net - p.cost + p.losses - p.expenses - p.pay + p.differences + p.rounding + p.others,
       p.shop_id, 0, p.month
  FROM (SELECT day / 100 AS month, shop_id,
               sum(CASE WHEN line IN ('gross', 'discount', 'added') THEN amount ELSE 0 END) AS net,
               -sum(CASE WHEN line = 'discount' THEN amount ELSE 0 END) AS discount,
               sum(CASE WHEN line = 'tax' THEN amount ELSE 0 END) AS tax,
               -sum(CASE WHEN line = 'cost' THEN amount ELSE 0 END) AS cost,
               sum(CASE WHEN line IN ('write-off', 'count', 'revaluation') THEN amount ELSE 0 END) AS losses,
               -sum(CASE WHEN line = 'expense' THEN amount ELSE 0 END) AS expenses,
               -sum(CASE WHEN line = 'pay' THEN amount ELSE 0 END) AS pay,
               sum(CASE WHEN line = 'difference' THEN amount ELSE 0 END) AS differences,
               sum(CASE WHEN line = 'rounding' THEN amount ELSE 0 END) AS rounding,
               sum(CASE WHEN line IN ('income', 'exchange') THEN amount ELSE 0 END) AS others
          FROM profit_piece
         WHERE ($1 = 0 OR shop_id = $1) AND day BETWEEN $2 AND $3
         GROUP BY day / 100, shop_id) p
  JOIN shop s ON s.id = p.shop_id
 ORDER BY p.month, s.name;

-- :name profit_totals
SELECT p.net, p.discount, p.tax, p.cost, p.net - p.cost, p.losses, p.expenses, p.pay, p.differences, p.rounding, p.others,
       p.net - p.cost + p.losses - p.expenses - p.pay + p.differences + p.rounding + p.others
  FROM (SELECT coalesce(sum(CASE WHEN line IN ('gross', 'discount', 'added') THEN amount ELSE 0 END), 0) AS net,
               coalesce(-sum(CASE WHEN line = 'discount' THEN amount ELSE 0 END), 0) AS discount,
               coalesce(sum(CASE WHEN line = 'tax' THEN amount ELSE 0 END), 0) AS tax,
               coalesce(-sum(CASE WHEN line = 'cost' THEN amount ELSE 0 END), 0) AS cost,
               coalesce(sum(CASE WHEN line IN ('write-off', 'count', 'revaluation') THEN amount ELSE 0 END), 0) AS losses,
               coalesce(-sum(CASE WHEN line = 'expense' THEN amount ELSE 0 END), 0) AS expenses,
               coalesce(-sum(CASE WHEN line = 'pay' THEN amount ELSE 0 END), 0) AS pay,
               coalesce(sum(CASE WHEN line = 'difference' THEN amount ELSE 0 END), 0) AS differences,
               coalesce(sum(CASE WHEN line = 'rounding' THEN amount ELSE 0 END), 0) AS rounding,
               coalesce(sum(CASE WHEN line IN ('income', 'exchange') THEN amount ELSE 0 END), 0) AS others
          FROM profit_piece
         WHERE ($1 = 0 OR shop_id = $1) AND day BETWEEN $2 AND $3) p;

-- The lines of the statement, each with its place in it.
-- :name profit_lines
SELECT p.line, CASE WHEN p.expense_kind = 0 THEN NULL WHEN k.name <> '' THEN k.name ELSE k.code END, p.amount
  FROM (SELECT line, expense_kind, sum(amount) AS amount
          FROM profit_piece
         WHERE ($1 = 0 OR shop_id = $1) AND day BETWEEN $2 AND $3
         GROUP BY line, expense_kind) p
  LEFT JOIN expense_kind k ON k.id = p.expense_kind
 WHERE p.amount <> 0
 ORDER BY CASE p.line WHEN 'gross' THEN 1 WHEN 'discount' THEN 2 WHEN 'added' THEN 3 WHEN 'cost' THEN 4
                      WHEN 'write-off' THEN 5 WHEN 'count' THEN 6 WHEN 'revaluation' THEN 7 WHEN 'rounding' THEN 8
                      WHEN 'difference' THEN 9 WHEN 'income' THEN 10 WHEN 'exchange' THEN 11 WHEN 'expense' THEN 12
                      WHEN 'pay' THEN 13 ELSE 14 END,
          p.amount, p.expense_kind;
