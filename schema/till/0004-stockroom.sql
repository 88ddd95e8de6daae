-- SPDX-License-Identifier: GPL-3.0-or-later
-- What the open receipt has from an office with a stockroom: whose card it is, where prices are from,
-- and what the code of a piece said of it.

ALTER TABLE open_receipt ADD COLUMN card TEXT NOT NULL DEFAULT '';
ALTER TABLE open_line ADD COLUMN priced_at INTEGER NOT NULL DEFAULT 0; -- 0: no price that was looked up
ALTER TABLE open_line ADD COLUMN price_kind INTEGER NOT NULL DEFAULT 0;
ALTER TABLE open_line ADD COLUMN batch TEXT NOT NULL DEFAULT '';
ALTER TABLE open_line ADD COLUMN serial TEXT NOT NULL DEFAULT '';
ALTER TABLE open_line ADD COLUMN expiry INTEGER NOT NULL DEFAULT 0;
ALTER TABLE open_line ADD COLUMN classification TEXT NOT NULL DEFAULT '';
