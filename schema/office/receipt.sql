-- SPDX-License-Identifier: GPL-3.0-or-later
-- One receipt as its till wrote it. $1 the shop, $2 the number.

-- Its till, its entry in the journal, and the entry that brought its document later, if one did.
-- :name find
SELECT r.till_id, j.body, l.body
  FROM receipt r
  JOIN journal j ON j.shop_id = r.shop_id AND j.till_id = r.till_id AND j.number = r.journal_number
  LEFT JOIN late_proof f ON f.shop_id = r.shop_id AND f.till_id = r.till_id AND f.seq = r.seq
  LEFT JOIN journal l
    ON l.shop_id = f.shop_id AND l.till_id = f.till_id AND l.number = f.journal_number
 WHERE r.shop_id = $1 AND r.number = $2
 ORDER BY r.till_id, r.seq
 LIMIT 1;

-- What came back of it, in order, with the same columns.
-- :name returns
SELECT r.till_id, j.body, l.body
  FROM receipt r
  JOIN journal j ON j.shop_id = r.shop_id AND j.till_id = r.till_id AND j.number = r.journal_number
  LEFT JOIN late_proof f ON f.shop_id = r.shop_id AND f.till_id = r.till_id AND f.seq = r.seq
  LEFT JOIN journal l
    ON l.shop_id = f.shop_id AND l.till_id = f.till_id AND l.number = f.journal_number
 WHERE r.shop_id = $1 AND r.origin = $2
 ORDER BY r.at, r.till_id, r.seq;
