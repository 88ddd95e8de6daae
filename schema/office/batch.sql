-- SPDX-License-Identifier: GPL-3.0-or-later
-- Which batches goods are taken from and go into. $1 the shop, $2 the item.

-- What there is of each, the first to expire first.
-- :name known
SELECT k.batch_id, k.quantity
  FROM batch_balance k
  JOIN batch b ON b.id = k.batch_id
 WHERE k.shop_id = $1 AND k.item_id = $2 AND k.quantity > 0
 ORDER BY b.expiry, b.id;

-- What a row of the ledger and all that corrects it took or put.
-- :name of_place
SELECT m.batch_id, sum(m.quantity)
  FROM batch_move m
  JOIN batch b ON b.id = m.batch_id
 WHERE m.shop_id = $1
   AND m.ledger_id IN (SELECT l.id FROM stock_ledger l
                        WHERE l.shop_id = $1 AND l.item_id = $2 AND l.at = $3 AND l.place = $4)
 GROUP BY m.batch_id, b.expiry
 ORDER BY b.expiry, m.batch_id;

-- :name insert_move
INSERT INTO batch_move (shop_id, ledger_id, batch_id, quantity) VALUES ($1, $2, $3, $4);

-- :name put
INSERT INTO batch_balance (shop_id, item_id, batch_id, quantity) VALUES ($1, $2, $3, $4)
ON CONFLICT (shop_id, item_id, batch_id) DO UPDATE SET quantity = batch_balance.quantity + excluded.quantity;

-- :name take
UPDATE batch_balance SET quantity = quantity + $4 WHERE shop_id = $1 AND item_id = $2 AND batch_id = $3;

-- The last day on which something of it may be sold. NULL: some of it is of no known batch, or of one
-- without a day (99991231), or there is nothing.
-- :name last_day
SELECT CASE WHEN max(b.expiry) < 99991231 AND sum(k.quantity) >= coalesce(
              (SELECT s.quantity FROM stock_balance s WHERE s.shop_id = $1 AND s.item_id = $2), 0)
            THEN max(b.expiry) END
  FROM batch_balance k
  JOIN batch b ON b.id = k.batch_id
 WHERE k.shop_id = $1 AND k.item_id = $2 AND k.quantity > 0;

-- :name told_last_day
SELECT sell_until FROM item_expiry WHERE shop_id = $1 AND item_id = $2;

-- :name tell_last_day
INSERT INTO item_expiry (shop_id, item_id, sell_until, revision) VALUES ($1, $2, $3, $4)
ON CONFLICT (shop_id, item_id) DO UPDATE SET sell_until = excluded.sell_until, revision = excluded.revision;
