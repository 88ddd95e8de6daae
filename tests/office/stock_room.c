/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/office/stock_room.h"

#include <sqlite3.h>
#include <string.h>

static sqlite3 *open_beside(FakeOffice *office)
{
	sqlite3 *db;

	g_assert_cmpint(sqlite3_open(strchr(office->dsn, ':') + 1, &db), ==, SQLITE_OK);
	sqlite3_busy_timeout(db, 5000);
	return db;
}

void room_sql(FakeOffice *office, const char *format, ...)
{
	sqlite3 *db = open_beside(office);
	g_autofree char *sql = NULL;
	char *message = NULL;
	va_list args;

	va_start(args, format);
	sql = g_strdup_vprintf(format, args);
	va_end(args);
	sqlite3_exec(db, sql, NULL, NULL, &message);
	g_assert_cmpstr(message, ==, NULL);
	sqlite3_close(db);
}

void room_sql_refused(FakeOffice *office, const char *sql, const char *says)
{
	sqlite3 *db = open_beside(office);
	char *message = NULL;

	g_assert_cmpint(sqlite3_exec(db, sql, NULL, NULL, &message), !=, SQLITE_OK);
	g_assert_nonnull(strstr(message, says));
	sqlite3_free(message);
	sqlite3_close(db);
}

static char *ask(FakeOffice *office, const char *sql)
{
	sqlite3 *db = open_beside(office);
	sqlite3_stmt *row;
	char *text = NULL;

	g_assert_cmpint(sqlite3_prepare_v2(db, sql, -1, &row, NULL), ==, SQLITE_OK);
	if (sqlite3_step(row) == SQLITE_ROW)
		text = g_strdup((const char *)sqlite3_column_text(row, 0));
	sqlite3_finalize(row);
	sqlite3_close(db);
	return text;
}

int64_t room_ask(FakeOffice *office, const char *format, ...)
{
	g_autofree char *sql = NULL;
	g_autofree char *text = NULL;
	va_list args;

	va_start(args, format);
	sql = g_strdup_vprintf(format, args);
	va_end(args);
	text = ask(office, sql);
	return text != NULL ? g_ascii_strtoll(text, NULL, 10) : 0;
}

char *room_ask_text(FakeOffice *office, const char *format, ...)
{
	g_autofree char *sql = NULL;
	va_list args;

	va_start(args, format);
	sql = g_strdup_vprintf(format, args);
	va_end(args);
	return ask(office, sql);
}

void room_move(FakeOffice *office, LedgerMove move)
{
	static int64_t last_seq;
	g_autoptr(GError) error = NULL;
	g_autoptr(Ledger) ledger = NULL;

	if (move.day == 0)
		move.day = 20261123;
	if (move.till_id != 0 && move.seq == 0)
		move.seq = ++last_seq;
	if (move.line == 0)
		move.line = 1;
	store_begin(office->store, &error);
	g_assert_no_error(error);
	ledger = ledger_new(office->store, 1, &error);
	g_assert_no_error(error);
	ledger_post(ledger, &move, &error);
	g_assert_no_error(error);
	ledger_finish(ledger, &error);
	g_assert_no_error(error);
	store_commit(office->store, &error);
	g_assert_no_error(error);
}

void room_receive(FakeOffice *office, int64_t item, int64_t at, int64_t quantity, int64_t value)
{
	room_move(office, (LedgerMove){ .item_id = item,
					.at = at,
					.kind = "delivery",
					.quantity = quantity,
					.how = LEDGER_VALUED,
					.value = value });
}

void room_sell(FakeOffice *office, int64_t item, int64_t at, int64_t quantity)
{
	room_move(office, (LedgerMove){ .item_id = item,
					.at = at,
					.kind = quantity < 0 ? "return" : "sale",
					.till_id = 1,
					.quantity = -quantity });
}

int64_t room_draft(FakeOffice *office, const char *kind, const char *scope, const char *subject,
		   const char *reason)
{
	int64_t id = room_ask(office, "SELECT coalesce(max(id), 0) + 1 FROM document");

	room_sql(office,
		 "INSERT INTO document (id, shop_id, kind, number, state, scope, subject, reason, "
		 "revision, created_at, created_by) VALUES (%d, 1, '%s', 'N-%06d', 'draft', '%s', "
		 "'%s', '%s', 1, %" G_GINT64_FORMAT ", 0)",
		 (int)id, kind, (int)id, scope, subject, reason, g_get_real_time());
	return id;
}
