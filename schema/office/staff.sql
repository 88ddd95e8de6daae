-- SPDX-License-Identifier: GPL-3.0-or-later
-- Hours worked, plans and pay.

-- --- hours ------------------------------------------------------------------------------------------

-- Who was at which till from when to when, of days $1 to $2; $3 a person, 0 all. Beside it the last closing
-- and the last opening of a shift within: where the drawer was counted and nobody opened it again, there was
-- no more work. $4: now, where nobody has left yet.
-- :name presence
SELECT p.person_id, p.shop_id, p.at, p.until,
       (SELECT max(s.closed_at) FROM shift s
         WHERE s.shop_id = p.shop_id AND s.till_id = p.till_id
           AND s.closed_at > p.at AND s.closed_at < coalesce(p.until, $4)),
       (SELECT max(s.opened_at) FROM shift s
         WHERE s.shop_id = p.shop_id AND s.till_id = p.till_id
           AND s.opened_at > p.at AND s.opened_at < coalesce(p.until, $4))
  FROM shop h
  JOIN presence p ON p.shop_id = h.id AND p.day BETWEEN $1 AND $2
 WHERE ($3 = 0 OR p.person_id = $3) AND p.at <= $4
 ORDER BY p.person_id, p.at, p.shop_id, p.till_id;

-- Of days $1 to $2, of a person or of all.
-- :name entries
SELECT e.id, e.person_id, coalesce(p.name, ''), e.shop_id, e.day, e.at, e.until, e.minutes, e.note, e.by_id,
       coalesce(b.name, ''), e.entered_at
  FROM work_entry e
  LEFT JOIN person p ON p.id = e.person_id
  LEFT JOIN person b ON b.id = e.by_id
 WHERE e.day BETWEEN $1 AND $2 AND ($3 = 0 OR e.person_id = $3) AND e.deleted = 0
 ORDER BY e.day, e.id;

-- :name insert_entry
INSERT INTO work_entry (id, person_id, shop_id, day, at, until, minutes, note, by_id, entered_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

-- :name entry
SELECT person_id, shop_id, day, at, until, minutes, note FROM work_entry WHERE id = $1 AND deleted = 0;

-- :name delete_entry
UPDATE work_entry SET deleted = 1 WHERE id = $1;

-- :name setting
SELECT value FROM setting WHERE name = $1;

-- :name put_setting
INSERT INTO setting (name, value) VALUES ($1, $2)
ON CONFLICT (name) DO UPDATE SET value = excluded.value;

-- :name zone
SELECT timezone FROM shop WHERE id = $1;

-- --- plans ------------------------------------------------------------------------------------------

-- :name plan
SELECT net FROM plan WHERE shop_id = $1 AND person_id = $2 AND month = $3;

-- :name put_plan
INSERT INTO plan (shop_id, person_id, month, net) VALUES ($1, $2, $3, $4)
ON CONFLICT (shop_id, person_id, month) DO UPDATE SET net = excluded.net;

-- :name delete_plan
DELETE FROM plan WHERE shop_id = $1 AND person_id = $2 AND month = $3;

-- Plans of month $1, of shop $2 (0 all), with what was sold on days $3 to $4: whole shops first.
-- :name plans
SELECT p.shop_id, s.name, p.person_id, coalesce(w.name, ''), p.net,
       (SELECT coalesce(sum(h.net), 0) FROM sale_hour h
         WHERE h.shop_id = p.shop_id AND h.day BETWEEN $3 AND $4
           AND (p.person_id = 0 OR h.cashier_id = p.person_id))
  FROM plan p
  JOIN shop s ON s.id = p.shop_id
  LEFT JOIN person w ON w.id = p.person_id
 WHERE p.month = $1 AND ($2 = 0 OR p.shop_id = $2)
 ORDER BY p.shop_id, p.person_id <> 0, w.name, p.person_id;

-- --- pay --------------------------------------------------------------------------------------------

-- :name rules
SELECT r.id, r.person_id, coalesce(p.name, ''), r.role, r.shop_id, r.kind, r.amount, r.rate, r.threshold,
       r.first_day
  FROM pay_rule r
  LEFT JOIN person p ON p.id = r.person_id
 WHERE r.deleted = 0
 ORDER BY r.role, p.name, r.person_id, r.kind, r.shop_id, r.threshold, r.first_day, r.id;

-- :name insert_rule
INSERT INTO pay_rule (id, person_id, role, shop_id, kind, amount, rate, threshold, first_day)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- :name delete_rule
UPDATE pay_rule SET deleted = 1 WHERE id = $1 AND deleted = 0;

-- What was sold on days $1 to $2 by day, shop and cashier.
-- :name sold
SELECT shop_id, day, cashier_id, sum(net), sum(net - cost) FROM sale_hour
 WHERE day BETWEEN $1 AND $2
 GROUP BY shop_id, day, cashier_id
 ORDER BY day, shop_id, cashier_id;

-- What was paid out to people on days $1 to $2, of all accounts.
-- :name paid
SELECT person_id, -sum(home) FROM money_ledger
 WHERE day BETWEEN $1 AND $2 AND kind = 'pay' AND person_id IS NOT NULL
 GROUP BY person_id;
