/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/rollup/columns_private.h"

#include <inttypes.h>

const char *column_code(Column column)
{
	static const char *const names[] = {
		[COLUMN_RECEIPT] = "receipt",	[COLUMN_ITEM] = "item",
		[COLUMN_GROUP] = "group",	[COLUMN_TILL] = "till",
		[COLUMN_CASHIER] = "cashier",	[COLUMN_HOUR] = "hour",
		[COLUMN_QUANTITY] = "quantity", [COLUMN_DISCOUNT] = "discount",
		[COLUMN_TAX] = "tax",		[COLUMN_ADDED] = "added",
		[COLUMN_NET] = "net",		[COLUMN_COST] = "cost",
	};

	return names[column];
}

ColumnLines *column_lines_new(void)
{
	ColumnLines *self = g_new0(ColumnLines, 1);

	for (Column column = 0; column < COLUMN_N; column++)
		self->columns[column] = g_array_new(false, false, sizeof(int64_t));
	return self;
}

void column_lines_free(ColumnLines *self)
{
	if (self == NULL)
		return;
	for (Column column = 0; column < COLUMN_N; column++)
		g_array_unref(self->columns[column]);
	g_free(self);
}

static void bind_day(StoreStatement *statement, const ColumnDay *day)
{
	store_bind_int(statement, 1, day->shop_id);
	store_bind_int(statement, 2, day->day);
}

GArray *column_days(Store *store, int64_t shop_id, int32_t first_day, int32_t last_day,
		    GError **error)
{
	StoreStatement *row = store_statement(store, "office/columns/days");
	g_autoptr(GArray) days = g_array_new(false, false, sizeof(ColumnDay));
	StoreStep step;

	store_bind_int(row, 1, shop_id);
	store_bind_int(row, 2, first_day);
	store_bind_int(row, 3, last_day);
	while ((step = store_step(row, error)) == STORE_ROW) {
		const ColumnDay day = { .shop_id = store_get_int(row, 0),
					.day = (int32_t)store_get_int(row, 1),
					.stamp = store_get_int(row, 2),
					.kept_stamp = store_get_int(row, 3),
					.heard_at = store_get_int(row, 4) };

		g_array_append_val(days, day);
	}
	return step == STORE_DONE ? g_steal_pointer(&days) : NULL;
}

/* --- arrays -------------------------------------------------------------------------------- */

static bool damaged(const ColumnDay *day, Column column, GError **error)
{
	g_set_error(error, STORE_ERROR, STORE_ERROR_CORRUPT, "column %s of day %d is damaged",
		    column_code(column), day->day);
	return false;
}

static bool unpack_row(StoreStatement *row, const ColumnDay *day, Column column, ColumnLines *ret,
		       GError **error)
{
	const int64_t n = store_get_int(row, 0);
	const ColumnPacking packing = { .width = (int)store_get_int(row, 1),
					.base = store_get_int(row, 2) };
	size_t len;
	const uint8_t *data = store_get_blob(row, 3, &len);

	if (n < 0 || n > INT32_MAX || (column != COLUMN_RECEIPT && n != ret->n))
		return damaged(day, column, error);
	ret->n = (guint)n;
	g_array_set_size(ret->columns[column], ret->n);
	return column_unpack(packing, data, len, ret->n,
			     (int64_t *)(void *)ret->columns[column]->data) ||
	       damaged(day, column, error);
}

static bool read_column(Store *store, const ColumnDay *day, Column column, ColumnLines *ret,
			GError **error)
{
	StoreStatement *row = store_statement(store, "office/columns/column");
	StoreStep step;
	bool ok;

	bind_day(row, day);
	store_bind_text(row, 3, column_code(column));
	step = store_step(row, error);
	if (step == STORE_DONE)
		return damaged(day, column, error);
	ok = step == STORE_ROW && unpack_row(row, day, column, ret, error);
	store_reset(row);
	return ok;
}

bool column_read_kept(Store *store, const ColumnDay *day, uint32_t wanted, ColumnLines *ret,
		      GError **error)
{
	/* The first says how many there are. */
	for (Column column = COLUMN_RECEIPT; column < COLUMN_N; column++)
		if ((column == COLUMN_RECEIPT || (wanted & 1u << column) != 0) &&
		    !read_column(store, day, column, ret, error))
			return false;
	return true;
}

static bool write_column(Store *store, const ColumnDay *day, Column column,
			 const ColumnLines *lines, GByteArray *room, GError **error)
{
	StoreStatement *put = store_statement(store, "office/columns/put_column");
	ColumnPacking packing = column_pack(column_lines_get(lines, column), lines->n, room);

	bind_day(put, day);
	store_bind_text(put, 3, column_code(column));
	store_bind_int(put, 4, day->stamp);
	store_bind_int(put, 5, lines->n);
	store_bind_int(put, 6, packing.width);
	store_bind_int(put, 7, packing.base);
	store_bind_blob(put, 8, room->len > 0 ? room->data : (const guint8 *)"", room->len);
	return store_run(put, error);
}

bool column_write(Store *store, const ColumnDay *day, const ColumnLines *lines, GError **error)
{
	g_autoptr(GByteArray) room = g_byte_array_new();

	for (Column column = 0; column < COLUMN_N; column++)
		if (!write_column(store, day, column, lines, room, error))
			return false;
	return true;
}

/* --- lines of receipts --------------------------------------------------------------------- */

static void add_line(ColumnLines *lines, const int64_t values[COLUMN_N])
{
	for (Column column = 0; column < COLUMN_N; column++)
		g_array_append_val(lines->columns[column], values[column]);
	lines->n++;
}

static bool read_receipts(Store *store, const ColumnDay *day, ColumnLines *ret, GError **error)
{
	StoreStatement *line = store_statement(store, "office/columns/lines");
	int64_t till_id = 0, seq = 0, receipt = 0;
	StoreStep step;

	bind_day(line, day);
	while ((step = store_step(line, error)) == STORE_ROW) {
		if (store_get_int(line, 0) != till_id || store_get_int(line, 1) != seq)
			receipt++;
		till_id = store_get_int(line, 0);
		seq = store_get_int(line, 1);
		add_line(ret, (int64_t[COLUMN_N]){
				      [COLUMN_RECEIPT] = receipt,
				      [COLUMN_TILL] = till_id,
				      [COLUMN_ITEM] = store_get_int(line, 2),
				      [COLUMN_GROUP] = store_get_int(line, 3),
				      [COLUMN_CASHIER] = store_get_int(line, 4),
				      [COLUMN_HOUR] = store_get_int(line, 5),
				      [COLUMN_QUANTITY] = store_get_int(line, 6),
				      [COLUMN_DISCOUNT] = store_get_int(line, 7),
				      [COLUMN_TAX] = store_get_int(line, 8),
				      [COLUMN_ADDED] = store_get_int(line, 9),
				      [COLUMN_NET] = store_get_int(line, 10),
				      [COLUMN_COST] = store_get_int(line, 11),
			      });
	}
	return step == STORE_DONE;
}

static bool read_differences(Store *store, const ColumnDay *day, ColumnLines *ret, GError **error)
{
	StoreStatement *row = store_statement(store, "office/columns/differences");
	StoreStep step;

	bind_day(row, day);
	while ((step = store_step(row, error)) == STORE_ROW)
		add_line(ret, (int64_t[COLUMN_N]){ [COLUMN_ITEM] = store_get_int(row, 0),
						   [COLUMN_GROUP] = store_get_int(row, 1),
						   [COLUMN_COST] = store_get_int(row, 2) });
	return step == STORE_DONE;
}

bool column_read_lines(Store *store, const ColumnDay *day, ColumnLines *ret, GError **error)
{
	ret->n = 0;
	for (Column column = 0; column < COLUMN_N; column++)
		g_array_set_size(ret->columns[column], 0);
	return read_receipts(store, day, ret, error) && read_differences(store, day, ret, error);
}
