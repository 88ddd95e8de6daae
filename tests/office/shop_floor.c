/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/office/shop_floor.h"

#include "backoffice/goods/goods.h"

void list_fate_clear(ListFate *self)
{
	g_clear_error(&self->error);
	g_string_free(self->refusals, true);
}

char *write_list(FakeOffice *office, const char *name, const char *text, gssize len)
{
	g_autofree char *path = g_build_filename(office->folder, name, NULL);
	g_autoptr(GError) error = NULL;

	g_file_set_contents(path, text, len, &error);
	g_assert_no_error(error);
	return g_steal_pointer(&path);
}

static void on_refused(int64_t line, const char *reason, const char *const *cells, void *data)
{
	g_string_append_printf(data, "%" G_GINT64_FORMAT ": %s\n", line, reason);
}

ListFate import_file(FakeOffice *office, const char *path, const ListOptions *options)
{
	ListFate fate = { .refusals = g_string_new(NULL) };
	GoodsImport import = { .path = path, .refused = on_refused, .refused_data = fate.refusals };

	if (options != NULL) {
		import.columns = options->columns;
		import.encoding = options->encoding;
		import.dry_run = options->dry_run;
		import.has_price = options->price != NULL;
	}
	if (import.has_price)
		g_assert_true(money_parse_decimal(options->price, 643, &import.price));
	fate.done = goods_import(office->store, &import, &fate.counts, &fate.error);
	g_assert_true(fate.done == (fate.error == NULL));
	return fate;
}

ListFate import_text(FakeOffice *office, const char *text, gssize len, const ListOptions *options)
{
	g_autofree char *path = write_list(office, "list", text, len);

	return import_file(office, path, options);
}

int64_t count_goods(FakeOffice *office)
{
	g_autoptr(GoodsList) list = goods_list_new(office->store);
	g_autoptr(GError) error = NULL;
	int64_t n = -1;

	goods_list_count(list, &n, &error);
	g_assert_no_error(error);
	return n;
}
