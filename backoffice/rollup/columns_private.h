/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/rollup/columns.h"

/* gross is not kept: it is net + discount − added. */
typedef enum {
	COLUMN_RECEIPT, /* from 1 on within the day; 0: of no receipt */
	COLUMN_ITEM,
	COLUMN_GROUP,
	COLUMN_TILL,
	COLUMN_CASHIER,
	COLUMN_HOUR,
	COLUMN_QUANTITY,
	COLUMN_DISCOUNT,
	COLUMN_TAX,
	COLUMN_ADDED,
	COLUMN_NET,
	COLUMN_COST,
	COLUMN_N
} Column;

/* A day of a shop, and which arrays of it there are. */
typedef struct {
	int64_t shop_id;
	int32_t day;
	int64_t stamp; /* of its sums */
	int64_t kept_stamp; /* of its arrays; −1: there are none */
	int64_t heard_at;
} ColumnDay;

/* Lines of a day. Lines of one receipt stand together. Room is kept from one day to the next. */
typedef struct {
	GArray *columns[COLUMN_N]; /* owned; of int64_t */
	guint n; /* lines */
} ColumnLines;

ColumnLines *column_lines_new(void);
void column_lines_free(ColumnLines *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ColumnLines, column_lines_free)

static inline const int64_t *column_lines_get(const ColumnLines *self, Column column)
{
	return (const int64_t *)(const void *)self->columns[column]->data;
}

const char *column_code(Column column); /* in the table */

/* Days that have sums, of ColumnDay. Own it. */
GArray *column_days(Store *store, int64_t shop_id, int32_t first_day, int32_t last_day,
		    GError **error);
/* Fills @ret from the arrays of @day, @wanted columns (bits 1 << Column) of them alone. */
bool column_read_kept(Store *store, const ColumnDay *day, uint32_t wanted, ColumnLines *ret,
		      GError **error);
/* Fills @ret from receipts and ledger, all columns. */
bool column_read_lines(Store *store, const ColumnDay *day, ColumnLines *ret, GError **error);
/* Inside a transaction. */
bool column_write(Store *store, const ColumnDay *day, const ColumnLines *lines, GError **error);

/* Numbers of a column as the table has them: the least is the base, and each is kept as what it is
 * above that, little end first, in as few bytes as the largest needs. */
typedef struct {
	int64_t base;
	int width; /* 0, 1, 2, 4 or 8 bytes */
} ColumnPacking;

ColumnPacking column_pack(const int64_t *values, guint n, GByteArray *ret);
/* False where @len bytes are not @n numbers. */
bool column_unpack(ColumnPacking packing, const uint8_t *data, size_t len, guint n, int64_t *ret);
