/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/hub/rollup_oracle.h"

#include <inttypes.h>
#include <string.h>

#define MOST 11 /* sums of a row */

static sqlite3_stmt *ask(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *row = NULL;

	if (sqlite3_prepare_v2(db, sql, -1, &row, NULL) != SQLITE_OK)
		g_error("%s: %s", sqlite3_errmsg(db), sql);
	return row;
}

char *rollup_dump(sqlite3 *db, const char *sql)
{
	GString *text = g_string_new(NULL);
	sqlite3_stmt *row = ask(db, sql);

	while (sqlite3_step(row) == SQLITE_ROW) {
		for (int i = 0; i < sqlite3_column_count(row); i++)
			g_string_append_printf(text, i > 0 ? "|%s" : "%s",
					       (const char *)sqlite3_column_text(row, i));
		g_string_append_c(text, '\n');
	}
	sqlite3_finalize(row);
	return g_string_free(text, FALSE);
}

static void add_dump(GPtrArray *lines, sqlite3 *db, const char *table, const char *sql)
{
	g_autofree char *dump = rollup_dump(db, sql);
	g_auto(GStrv) rows = g_strsplit(dump, "\n", -1);

	for (char **row = rows; *row != NULL; row++)
		if (**row != '\0')
			g_ptr_array_add(lines, g_strdup_printf("%s|%s", table, *row));
}

static int by_text(gconstpointer a, gconstpointer b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static char *join(GPtrArray *lines)
{
	g_ptr_array_sort(lines, by_text);
	g_ptr_array_add(lines, NULL);
	return g_strjoinv("\n", (char **)lines->pdata);
}

char *rollup_kept(sqlite3 *db)
{
	g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);

	add_dump(lines, db, "item", "SELECT * FROM sale_item");
	add_dump(lines, db, "group", "SELECT * FROM sale_group");
	add_dump(lines, db, "hour", "SELECT * FROM sale_hour");
	add_dump(lines, db, "payment", "SELECT * FROM sale_payment");
	add_dump(lines, db, "tax", "SELECT * FROM sale_tax");
	add_dump(lines, db, "day", "SELECT shop_id, day, heard_at FROM sale_day");
	return join(lines);
}

/* --- row by row ---------------------------------------------------------------------------- */

typedef struct {
	int64_t sums[MOST];
	int n;
	char *last_receipt; /* owned; of those that have this row */
} Sums;

static void sums_free(gpointer data)
{
	Sums *self = data;

	g_free(self->last_receipt);
	g_free(self);
}

/* Takes @key. */
static Sums *row_of(GHashTable *rows, char *key, int n)
{
	Sums *sums = g_hash_table_lookup(rows, key);

	if (sums != NULL) {
		g_free(key);
		return sums;
	}
	sums = g_new0(Sums, 1);
	sums->n = n;
	g_hash_table_insert(rows, key, sums);
	return sums;
}

static void count(Sums *sums, const char *receipt)
{
	if (g_strcmp0(sums->last_receipt, receipt) == 0)
		return;
	g_free(sums->last_receipt);
	sums->last_receipt = g_strdup(receipt);
	sums->sums[0]++;
}

#define INT(i) ((int64_t)sqlite3_column_int64(row, i))
#define TEXT(i) ((const char *)sqlite3_column_text(row, i))

static Sums *item_row(GHashTable *rows, int64_t shop, int64_t day, int64_t item, int64_t group,
		      const char *other)
{
	return row_of(rows,
		      g_strdup_printf("item|%" PRId64 "|%" PRId64 "|%" PRId64 "|%" PRId64 "|%s",
				      shop, day, item, group, other),
		      8);
}

static Sums *group_row(GHashTable *rows, int64_t shop, int64_t day, int64_t group)
{
	return row_of(rows,
		      g_strdup_printf("group|%" PRId64 "|%" PRId64 "|%" PRId64, shop, day, group),
		      8);
}

static Sums *hour_row(GHashTable *rows, int64_t shop, int64_t day, int64_t hour, int64_t till,
		      int64_t cashier)
{
	return row_of(rows,
		      g_strdup_printf("hour|%" PRId64 "|%" PRId64 "|%" PRId64 "|%" PRId64
				      "|%" PRId64,
				      shop, day, hour, till, cashier),
		      11);
}

static Sums *day_row(GHashTable *rows, int64_t shop, int64_t day)
{
	return row_of(rows, g_strdup_printf("day|%" PRId64 "|%" PRId64, shop, day), 1);
}

static void tell_receipts(GHashTable *rows, sqlite3 *db)
{
	sqlite3_stmt *row = ask(db, "SELECT shop_id, day, hour, till_id, cashier_id, kind, gross,"
				    " discount, tax, added, net, rounding, heard_at FROM receipt");

	while (sqlite3_step(row) == SQLITE_ROW) {
		Sums *hour = hour_row(rows, INT(0), INT(1), INT(2), INT(3), INT(4));
		Sums *day = day_row(rows, INT(0), INT(1));

		hour->sums[0]++;
		if (strcmp(TEXT(5), "return") == 0) {
			hour->sums[1]++;
			hour->sums[2] += INT(10);
		}
		for (int i = 0; i < 6; i++)
			hour->sums[4 + i] += INT(6 + i);
		day->sums[0] = MAX(day->sums[0], INT(12));
	}
	sqlite3_finalize(row);
}

static void tell_lines(GHashTable *rows, sqlite3 *db)
{
	sqlite3_stmt *row = ask(
		db, "SELECT r.shop_id, r.day, r.hour, r.till_id, r.cashier_id, r.seq, l.item_id,"
		    " l.group_id, l.name, l.quantity, l.gross, l.discount, l.tax, l.added, l.net,"
		    " (SELECT -sum(value) FROM stock_ledger k WHERE k.shop_id = l.shop_id"
		    "   AND +k.till_id = l.till_id AND +k.seq = l.seq AND +k.line = l.line)"
		    " FROM receipt r JOIN receipt_line l USING (shop_id, till_id, seq)"
		    " ORDER BY r.shop_id, r.till_id, r.seq, l.line");

	while (sqlite3_step(row) == SQLITE_ROW) {
		g_autofree char *receipt = g_strdup_printf("%" PRId64 "-%" PRId64, INT(3), INT(5));
		Sums *goods[] = { item_row(rows, INT(0), INT(1), INT(6), INT(7),
					   INT(6) == 0 ? TEXT(8) : ""),
				  group_row(rows, INT(0), INT(1), INT(7)) };
		Sums *hour = hour_row(rows, INT(0), INT(1), INT(2), INT(3), INT(4));

		for (int which = 0; which < 2; which++) {
			count(goods[which], receipt);
			for (int i = 0; i < 7; i++)
				goods[which]->sums[1 + i] += INT(9 + i);
		}
		hour->sums[3]++;
		hour->sums[10] += INT(15);
	}
	sqlite3_finalize(row);
}

static void tell_differences(GHashTable *rows, sqlite3 *db)
{
	sqlite3_stmt *row = ask(db, "SELECT shop_id, day, item_id, group_id, difference"
				    " FROM stock_ledger WHERE difference <> 0");

	while (sqlite3_step(row) == SQLITE_ROW) {
		item_row(rows, INT(0), INT(1), INT(2), INT(3), "")->sums[7] -= INT(4);
		group_row(rows, INT(0), INT(1), INT(3))->sums[7] -= INT(4);
		hour_row(rows, INT(0), INT(1), 0, 0, 0)->sums[10] -= INT(4);
		day_row(rows, INT(0), INT(1));
	}
	sqlite3_finalize(row);
}

static void tell_payments(GHashTable *rows, sqlite3 *db)
{
	sqlite3_stmt *row =
		ask(db, "SELECT r.shop_id, r.day, r.till_id, r.cashier_id, p.kind, p.amount"
			" FROM receipt r JOIN receipt_payment p USING (shop_id, till_id, seq)");

	while (sqlite3_step(row) == SQLITE_ROW) {
		Sums *sums = row_of(rows,
				    g_strdup_printf("payment|%" PRId64 "|%" PRId64 "|%" PRId64
						    "|%" PRId64 "|%s",
						    INT(0), INT(1), INT(2), INT(3), TEXT(4)),
				    2);

		sums->sums[0]++;
		sums->sums[1] += INT(5);
	}
	sqlite3_finalize(row);
}

static void tell_taxes(GHashTable *rows, sqlite3 *db)
{
	sqlite3_stmt *row =
		ask(db, "SELECT r.shop_id, r.day, t.code, t.rate, t.inclusive, t.base, t.amount"
			" FROM receipt r JOIN receipt_tax t USING (shop_id, till_id, seq)");

	while (sqlite3_step(row) == SQLITE_ROW) {
		Sums *sums = row_of(rows,
				    g_strdup_printf("tax|%" PRId64 "|%" PRId64 "|%s|%" PRId64
						    "|%" PRId64,
						    INT(0), INT(1), TEXT(2), INT(3), INT(4)),
				    2);

		sums->sums[0] += INT(5);
		sums->sums[1] += INT(6);
	}
	sqlite3_finalize(row);
}

static char *dup_line(const char *key, const Sums *sums)
{
	GString *line = g_string_new(key);

	for (int i = 0; i < sums->n; i++)
		g_string_append_printf(line, "|%" PRId64, sums->sums[i]);
	return g_string_free(line, FALSE);
}

char *rollup_worked_out(sqlite3 *db)
{
	g_autoptr(GHashTable) rows =
		g_hash_table_new_full(g_str_hash, g_str_equal, g_free, sums_free);
	g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
	GHashTableIter iter;
	gpointer key, sums;

	tell_receipts(rows, db);
	tell_lines(rows, db);
	tell_differences(rows, db);
	tell_payments(rows, db);
	tell_taxes(rows, db);
	g_hash_table_iter_init(&iter, rows);
	while (g_hash_table_iter_next(&iter, &key, &sums))
		g_ptr_array_add(lines, dup_line(key, sums));
	return join(lines);
}
