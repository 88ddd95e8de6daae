/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/hub/fake_office.h"

#include "backoffice/people/counter.h"
#include "backoffice/people/shop.h"
#include "core/barcode.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

void fake_office_init(FakeOffice *self)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *pin = NULL;

	self->folder = g_dir_make_tmp("baraa-test-XXXXXX", &error);
	g_assert_no_error(error);
	self->dsn = g_strdup_printf("sqlite:%s/office.db", self->folder);
	self->store = store_open(self->dsn, STORE_CREATE, &error);
	g_assert_no_error(error);
	store_migrate(self->store, "office", &error);
	g_assert_no_error(error);
	shop_init(self->store, "ru", "Лавка", &pin, &error);
	g_assert_no_error(error);
}

void fake_office_clear(FakeOffice *self)
{
	g_autoptr(GDir) dir = g_dir_open(self->folder, 0, NULL);
	const char *name;

	g_clear_pointer(&self->store, store_close);
	while ((name = g_dir_read_name(dir)) != NULL) {
		g_autofree char *path = g_build_filename(self->folder, name, NULL);

		g_unlink(path);
	}
	g_assert_cmpint(g_rmdir(self->folder), ==, 0);
	g_free(self->folder);
	g_free(self->dsn);
}

char *fake_office_add_till(FakeOffice *self, const char *name)
{
	g_autoptr(GError) error = NULL;
	char *code = NULL;
	int64_t id;

	till_add(self->store, "Лавка", name, &id, &code, &error);
	g_assert_no_error(error);
	return code;
}

static void insert_item(Store *store, int64_t id, int64_t revision)
{
	static const int flags[] = { 15, 16, 17 }, texts[] = { 20, 22, 24, 25 };
	StoreStatement *insert = store_statement(store, "office/item/insert");
	g_autofree char *name = g_strdup_printf("Товар %d", (int)id);
	g_autoptr(GError) error = NULL;

	store_bind_int(insert, 1, id);
	store_bind_text(insert, 2, "");
	store_bind_text(insert, 3, name);
	store_bind_text(insert, 4, name);
	store_bind_text(insert, 5, "Еда/Разное");
	store_bind_text(insert, 6, "");
	store_bind_text(insert, 7, id % 5 == 0 ? "kg" : "pcs");
	store_bind_int(insert, 8, id % 5 == 0);
	store_bind_int(insert, 9, 1000 + id);
	store_bind_int(insert, 11, 1);
	store_bind_int(insert, 12, revision);
	store_bind_text(insert, 13, "goods");
	for (size_t i = 0; i < G_N_ELEMENTS(flags); i++)
		store_bind_int(insert, flags[i], 0);
	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
		store_bind_text(insert, texts[i], "");
	store_run(insert, &error);
	g_assert_no_error(error);
}

/* The search's, without which the item could not be renamed or deleted. */
static void insert_words(Store *store, int64_t item_id)
{
	StoreStatement *insert = store_statement(store, "office/item/insert_words");
	g_autofree char *name = g_strdup_printf("Товар %d", (int)item_id);
	g_autoptr(GError) error = NULL;

	store_bind_int(insert, 1, item_id);
	store_bind_text(insert, 2, name);
	store_run(insert, &error);
	g_assert_no_error(error);
}

static void insert_barcode(Store *store, int64_t item_id)
{
	StoreStatement *insert = store_statement(store, "office/item/insert_barcode");
	g_autofree char *digits = g_strdup_printf("46%010d", (int)item_id);
	g_autofree char *code =
		g_strdup_printf("%s%d", digits, barcode_check_digit(digits, strlen(digits)));
	g_autofree char *key = barcode_dup_key(code);
	g_autoptr(GError) error = NULL;

	store_bind_text(insert, 1, key);
	store_bind_text(insert, 2, code);
	store_bind_int(insert, 3, item_id);
	store_run(insert, &error);
	g_assert_no_error(error);
}

void fake_office_add_goods(FakeOffice *self, int n)
{
	g_autoptr(GError) error = NULL;
	int64_t id, revision;

	store_begin(self->store, &error);
	for (int i = 0; i < n; i++) {
		counter_take(self->store, "item", &id, &error);
		counter_take(self->store, "revision", &revision, &error);
		g_assert_no_error(error);
		insert_item(self->store, id, revision);
		insert_words(self->store, id);
		insert_barcode(self->store, id);
	}
	store_commit(self->store, &error);
	g_assert_no_error(error);
}

bool fake_office_ask(FakeOffice *self, const char *statement, const int64_t *parameters, int n,
		     int64_t *ret, int n_columns)
{
	StoreStatement *read = store_statement(self->store, statement);
	g_autoptr(GError) error = NULL;
	StoreStep step;

	for (int i = 0; i < n; i++)
		store_bind_int(read, i + 1, parameters[i]);
	step = store_step(read, &error);
	g_assert_no_error(error);
	for (int i = 0; i < n_columns && step == STORE_ROW; i++)
		ret[i] = store_get_int(read, i);
	store_reset(read);
	return step == STORE_ROW;
}

bool fake_office_ask_sql(FakeOffice *self, const char *sql, int64_t *ret, int n_columns)
{
	g_autofree char *path = g_build_filename(self->folder, "office.db", NULL);
	sqlite3_stmt *row = NULL;
	sqlite3 *db = NULL;
	bool found;

	g_assert_cmpint(sqlite3_open(path, &db), ==, SQLITE_OK);
	g_assert_cmpint(sqlite3_prepare_v2(db, sql, -1, &row, NULL), ==, SQLITE_OK);
	found = sqlite3_step(row) == SQLITE_ROW;
	for (int i = 0; i < n_columns && found; i++)
		ret[i] = sqlite3_column_int64(row, i);
	sqlite3_finalize(row);
	sqlite3_close(db);
	return found;
}

static void verify_day(FakeOffice *self, int64_t shop_id, int64_t day)
{
	static const char *const sums[] = { "office/verify/sale_item", "office/verify/sale_group",
					    "office/verify/sale_hour", "office/verify/sale_payment",
					    "office/verify/sale_tax",  "office/verify/sale_day" };
	const int64_t of[] = { shop_id, day };

	for (size_t i = 0; i < G_N_ELEMENTS(sums); i++)
		g_assert_false(fake_office_ask(self, sums[i], of, 2, NULL, 0));
}

static void verify_days(FakeOffice *self)
{
	StoreStatement *row = store_statement(self->store, "office/rebuild/days");
	g_autoptr(GError) error = NULL;
	StoreStep step;

	while ((step = store_step(row, &error)) == STORE_ROW)
		verify_day(self, store_get_int(row, 0), store_get_int(row, 1));
	g_assert_no_error(error);
}

void fake_office_verify(FakeOffice *self)
{
	verify_days(self);
	g_assert_false(fake_office_ask(self, "office/verify/strangers", NULL, 0, NULL, 0));
	g_assert_false(fake_office_ask(self, "office/verify/receipts", NULL, 0, NULL, 0));
	g_assert_false(fake_office_ask(self, "office/verify/balances", NULL, 0, NULL, 0));
	g_assert_false(fake_office_ask(self, "office/verify/ledger", NULL, 0, NULL, 0));
	g_assert_false(fake_office_ask(self, "office/verify/batches", NULL, 0, NULL, 0));
}
