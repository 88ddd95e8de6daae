-- SPDX-License-Identifier: GPL-3.0-or-later
-- Changes of many goods at once, and how they are undone.

-- :name insert
INSERT INTO change_set (id, at, person_id, what, subject, n, revision)
VALUES ($1, $2, $3, $4, $5, 0, 0);

-- All revisions are taken in its own transaction: the greatest so far is its last.
-- :name close
UPDATE change_set SET n = $2, first_item = $3, last_item = $4,
                      revision = (SELECT value FROM counter WHERE name = 'revision')
 WHERE id = $1;

-- Nothing was changed.
-- :name drop
DELETE FROM change_set WHERE id = $1;

-- :name insert_row
INSERT INTO change_row (set_id, item_id, before) VALUES ($1, $2, $3);

-- :name find_row
SELECT before FROM change_row WHERE set_id = $1 AND item_id = $2;

-- :name update_row
UPDATE change_row SET before = $3 WHERE set_id = $1 AND item_id = $2;

-- :name list
SELECT id, at, person_id, n, what, subject, undone_at IS NOT NULL FROM change_set
 ORDER BY id DESC LIMIT $1;

-- :name read
SELECT what, revision, first_item, last_item, undone_at IS NOT NULL FROM change_set WHERE id = $1;

-- :name mark_undone
UPDATE change_set SET undone_at = $2 WHERE id = $1;

-- Rows and new goods of a set, some at a time.

-- :name rows_after
SELECT item_id, before FROM change_row WHERE set_id = $1 AND item_id > $2
 ORDER BY item_id LIMIT $3;

-- :name items_after
SELECT id FROM item WHERE id > $1 AND id <= $2 AND deleted = 0 ORDER BY id LIMIT $3;
