-- SPDX-License-Identifier: GPL-3.0-or-later
-- How the office looks at goods.

CREATE VIEW goods AS
SELECT i.id, i.article, i.name, i.category, i.brand, i.unit, i.weighed, i.price, i.cost, i.tax_group,
       t.code AS tax_code,
       (SELECT min(b.code) FROM barcode b WHERE b.item_id = i.id) AS barcode,
       i.folded
  FROM item i
  JOIN tax_group t ON t.id = i.tax_group
 WHERE i.deleted = 0;

-- Words of names. SQLite's own way; PostgreSQL has a file of its own for what follows. The words
-- stand in item and are not kept a second time; every prefix up to three letters has its own list,
-- so that the first letters typed are as quick as a whole word. Whoever writes item.folded writes here.
CREATE VIRTUAL TABLE item_word USING fts5 (
  folded, content = 'item', content_rowid = 'id', detail = none, columnsize = 0,
  prefix = '1 2 3', tokenize = 'unicode61 remove_diacritics 0'
);
