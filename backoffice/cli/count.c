/* SPDX-License-Identifier: GPL-3.0-or-later */
/* count */
#include "backoffice/stock/count.h"
#include "backoffice/cli/command.h"
#include "backoffice/cli/documents.h"
#include "backoffice/people/shop.h"
#include "base/language.h"
#include "core/number_text.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#define PLAIN (1u << FORMAT_TABLE | 1u << FORMAT_JSON)

typedef struct {
	uint16_t currency;
	bool differences, recount;
	Format format;
} View;

static char *dup_quantity(int64_t micro)
{
	return quantity_dup_decimal((Quantity){ .micro = micro });
}

static void put_quantity(json_t *object, const char *name, int64_t micro)
{
	g_autofree char *text = dup_quantity(micro);

	json_object_set_new(object, name, json_string(text));
}

static void put_time(json_t *object, const char *name, int64_t at)
{
	g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(at / G_USEC_PER_SEC);
	g_autofree char *text = time != NULL ? g_date_time_format_iso8601(time) : NULL;

	json_object_set_new(object, name,
			    at != 0 && text != NULL ? json_string(text) : json_null());
}

/* --- progress ------------------------------------------------------------------------------ */

static json_t *progress_to_json(const GPtrArray *progress)
{
	json_t *array = json_array();

	for (guint i = 0; i < progress->len; i++) {
		const CountProgress *zone = progress->pdata[i];
		json_t *object =
			json_pack("{s:s, s:i}", "zone", zone->name, "items", zone->n_items);

		put_time(object, "last_at", zone->last_at);
		json_array_append_new(array, object);
	}
	return array;
}

static void print_progress(const GPtrArray *progress)
{
	for (guint i = 0; i < progress->len; i++) {
		const CountProgress *zone = progress->pdata[i];
		const char *name = *zone->name != '\0' ? zone->name : _("the whole shop");

		if (zone->last_at == 0)
			printf(_("%s: nobody began\n"), name);
		else
			printf(g_dngettext(GETTEXT_PACKAGE, "%s: %d item counted\n",
					   "%s: %d items counted\n", (gulong)zone->n_items),
			       name, zone->n_items);
	}
}

/* --- items --------------------------------------------------------------------------------- */

static bool is_shown(const View *view, const CountItem *item)
{
	return !view->differences || item->disputed ||
	       (item->counted_at_all && item->counted != item->expected);
}

static json_t *item_to_json(const View *view, const CountItem *item)
{
	g_autofree char *value =
		money_dup_decimal((Money){ .minor = item->value, .currency = view->currency });
	json_t *object = json_pack("{s:s, s:s, s:s, s:s, s:b, s:b, s:b}", "code", item->code,
				   "name", item->name, "unit", item->unit, "value", value, "found",
				   item->counted_at_all, "recounted", item->recounted, "disputed",
				   item->disputed);

	put_quantity(object, "counted", item->counted);
	put_quantity(object, "expected", item->expected);
	put_quantity(object, "difference", item->counted - item->expected);
	put_time(object, "at", item->at);
	if (item->dispute != NULL)
		json_object_set_new(object, "dispute", json_string(item->dispute));
	return object;
}

static void print_item(const CountItem *item)
{
	NumberStyle style = language_number_style();
	g_autofree char *counted =
		number_text_quantity(&style, (Quantity){ .micro = item->counted });
	g_autofree char *expected =
		number_text_quantity(&style, (Quantity){ .micro = item->expected });
	g_autofree char *difference =
		number_text_quantity(&style, (Quantity){ .micro = item->counted - item->expected });

	printf("%s  %s  %s  %s  %s  %s\n", item->code, item->name,
	       item->counted_at_all ? counted : "—", expected,
	       item->counted_at_all ? difference : "—", item->dispute != NULL ? item->dispute : "");
}

static int print_count(const View *view, const DocumentSummary *head, const GPtrArray *progress,
		       const GPtrArray *items)
{
	json_t *list = json_array();
	json_t *object;

	if (view->format != FORMAT_JSON)
		print_progress(progress);
	for (guint i = 0; i < items->len; i++) {
		if (!is_shown(view, items->pdata[i]))
			continue;
		if (view->format == FORMAT_JSON)
			json_array_append_new(list, item_to_json(view, items->pdata[i]));
		else
			print_item(items->pdata[i]);
	}
	if (view->format != FORMAT_JSON) {
		json_decref(list);
		return EXIT_DONE;
	}
	object = documents_to_json(head, view->currency);
	json_object_set_new(object, "progress", progress_to_json(progress));
	json_object_set_new(object, "items", list);
	return command_print_json(object);
}

static GPtrArray *read_items(Store *store, const View *view, int64_t id, GError **error)
{
	return view->recount ? count_to_recount(store, id, error) : count_review(store, id, error);
}

static int show_count(Store *store, const char *dsn, const char *number, View *view)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) heads = NULL, progress = NULL, items = NULL;
	g_autoptr(Document) document = NULL;
	int64_t id;

	if (!document_find_number(store, number, &id, &error))
		return command_fail(error, dsn);
	document = document_read(store, id, &error);
	if (document == NULL ||
	    !documents_currency(store, document->shop_id, &view->currency, &error))
		return command_fail(error, dsn);
	heads = documents_read_one(store, id, &error);
	if (heads != NULL)
		progress = count_progress(store, id, &error);
	if (progress != NULL)
		items = read_items(store, view, id, &error);
	if (items == NULL)
		return command_fail(error, dsn);
	return print_count(view, heads->pdata[0], progress, items);
}

/* --- list ---------------------------------------------------------------------------------- */

static bool list_one(Store *store, View *view, const DocumentSummary *head, json_t *array,
		     GError **error)
{
	g_autoptr(GPtrArray) progress = count_progress(store, head->id, error);
	json_t *object;

	if (progress == NULL)
		return false;
	if (view->format == FORMAT_JSON) {
		object = documents_to_json(head, view->currency);
		json_object_set_new(object, "progress", progress_to_json(progress));
		json_array_append_new(array, object);
		return true;
	}
	printf("%s\n", head->number);
	print_progress(progress);
	return true;
}

static bool list_all(Store *store, const char *shop_name, View *view, json_t *array, GError **error)
{
	DocumentFilter filter = { .kind = DOCUMENT_COUNT, .state = DOCUMENT_DRAFT };
	g_autoptr(Shop) shop = shop_find(store, shop_name, error);
	g_autoptr(GPtrArray) heads = NULL;

	if (shop == NULL)
		return false;
	filter.shop_id = shop->id;
	view->currency = shop->currency;
	heads = document_list(store, &filter, 0, G_MAXINT, error);
	for (guint i = 0; heads != NULL && i < heads->len; i++)
		if (!list_one(store, view, heads->pdata[i], array, error))
			return false;
	return heads != NULL;
}

static int list_counts(Store *store, const char *dsn, const char *shop, View *view)
{
	g_autoptr(GError) error = NULL;
	json_t *array = json_array();

	if (list_all(store, shop, view, array, &error) && view->format == FORMAT_JSON)
		return command_print_json(array);
	json_decref(array);
	return error != NULL ? command_fail(error, dsn) : EXIT_DONE;
}

int command_count(int argc, char **argv)
{
	g_autofree char *dsn = NULL, *shop = NULL, *format_name = NULL;
	gboolean list = false, differences = false, recount = false;
	const GOptionEntry entries[] = {
		{ "db", 0, 0, G_OPTION_ARG_STRING, &dsn, N_("the office's database"), "DSN" },
		{ "list", 0, 0, G_OPTION_ARG_NONE, &list, N_("the counts that are being made"),
		  NULL },
		{ "shop", 0, 0, G_OPTION_ARG_STRING, &shop,
		  N_("the shop; the first one without it"), N_("NAME") },
		{ "differences", 0, 0, G_OPTION_ARG_NONE, &differences,
		  N_("only what is other than it should be"), NULL },
		{ "recount", 0, 0, G_OPTION_ARG_NONE, &recount,
		  N_("only what has to be counted once more"), NULL },
		{ "format", 0, 0, G_OPTION_ARG_STRING, &format_name, "table|json", N_("FORMAT") },
		G_OPTION_ENTRY_NULL,
	};
	g_autoptr(Store) store = NULL;
	int status = EXIT_FAILED;
	View view = { 0 };
	bool lists = false;

	for (int i = 1; i < argc; i++)
		lists = lists || strcmp(argv[i], "--list") == 0;
	if (!command_parse(&argc, &argv, entries, _("NUMBER"), lists ? 0 : 1,
			   _("How far a stock count is, and what was found against what should be "
			     "there.")) ||
	    !command_format(format_name, PLAIN, &view.format))
		return EXIT_MISUSED;
	view.differences = differences;
	view.recount = recount;
	store = command_open(dsn, STORE_READ_ONLY, &status);
	if (store == NULL)
		return status;
	return list ? list_counts(store, dsn, shop, &view) : show_count(store, dsn, argv[1], &view);
}
