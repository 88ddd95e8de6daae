/* SPDX-License-Identifier: GPL-3.0-or-later */
/* documents, document */
#include "backoffice/cli/documents.h"
#include "backoffice/cli/command.h"
#include "backoffice/people/shop.h"
#include "base/language.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#define PLAIN (1u << FORMAT_TABLE | 1u << FORMAT_JSON)

GPtrArray *documents_read_one(Store *store, int64_t id, GError **error)
{
	const DocumentFilter filter = { .kind = -1, .state = -1, .id = id };

	return document_list(store, &filter, 0, 1, error);
}

bool documents_currency(Store *store, int64_t shop_id, uint16_t *ret, GError **error)
{
	g_autoptr(GPtrArray) shops = shop_list(store, error);

	*ret = 0;
	for (guint i = 0; shops != NULL && i < shops->len; i++) {
		const Shop *shop = shops->pdata[i];

		if (shop->id == shop_id)
			*ret = shop->currency;
	}
	return shops != NULL;
}

static void put_time(json_t *object, const char *name, int64_t at)
{
	g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(at / G_USEC_PER_SEC);
	g_autofree char *text = time != NULL ? g_date_time_format_iso8601(time) : NULL;

	if (at != 0 && text != NULL)
		json_object_set_new(object, name, json_string(text));
}

json_t *documents_to_json(const DocumentSummary *summary, uint16_t currency)
{
	g_autofree char *value =
		money_dup_decimal((Money){ .minor = summary->value, .currency = currency });
	json_t *object =
		json_pack("{s:s, s:s, s:s, s:i, s:s, s:s, s:s, s:s, s:s}", "number",
			  summary->number, "kind", document_kind_code(summary->kind), "state",
			  document_state_code(summary->state), "lines", summary->n_lines, "value",
			  value, "supplier", summary->supplier, "other_shop", summary->other_shop,
			  "reference", summary->reference, "person", summary->person);

	put_time(object, "at", summary->at);
	put_time(object, "created_at", summary->created_at);
	put_time(object, "posted_at", summary->posted_at);
	return object;
}

/* --- documents ----------------------------------------------------------------------------- */

static void print_row(const DocumentSummary *summary, const Shop *shop, GTimeZone *zone)
{
	NumberStyle style = language_number_style();
	g_autofree char *value = number_text_money(
		&style, (Money){ .minor = summary->value, .currency = shop->currency }, false);
	int64_t at = summary->at != 0 ? summary->at : summary->created_at;
	g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(at / G_USEC_PER_SEC);
	g_autoptr(GDateTime) local = g_date_time_to_timezone(utc, zone);
	g_autofree char *time = g_date_time_format(local, "%Y-%m-%d %H:%M");

	printf("%s  %s  %s  %s  %d  %s  %s%s  %s\n", summary->number, time,
	       document_kind_title(summary->kind), document_state_title(summary->state),
	       summary->n_lines, value, summary->supplier, summary->other_shop, summary->reference);
}

static int print_list(const GPtrArray *list, const Shop *shop, Format format)
{
	g_autoptr(GTimeZone) zone = g_time_zone_new_identifier(shop->timezone);
	json_t *array = json_array();

	if (zone == NULL)
		zone = g_time_zone_new_utc();
	for (guint i = 0; i < list->len; i++)
		if (format == FORMAT_JSON)
			json_array_append_new(array,
					      documents_to_json(list->pdata[i], shop->currency));
		else
			print_row(list->pdata[i], shop, zone);
	if (format == FORMAT_JSON)
		return command_print_json(array);
	json_decref(array);
	return EXIT_DONE;
}

static int run_list(const char *dsn, const char *shop_name, DocumentFilter *filter, int max,
		    Format format)
{
	g_autoptr(GError) error = NULL;
	int status = EXIT_FAILED;
	g_autoptr(Store) store = command_open(dsn, STORE_READ_ONLY, &status);
	g_autoptr(GPtrArray) list = NULL;
	g_autoptr(Shop) shop = NULL;

	if (store == NULL)
		return status;
	/* The shops of one business have one currency, and the first one's clock is as good as any.
	 */
	shop = shop_find(store, shop_name, &error);
	if (shop == NULL)
		return command_fail(error, dsn);
	filter->shop_id = shop_name != NULL ? shop->id : 0;
	list = document_list(store, filter, 0, max, &error);
	return list != NULL ? print_list(list, shop, format) : command_fail(error, dsn);
}

static bool misuse_kind(const char *name)
{
	g_autoptr(GString) known = g_string_new(NULL);

	for (DocumentKind kind = 0; kind < DOCUMENT_N_KINDS; kind++)
		g_string_append_printf(known, "%s%s", kind > 0 ? ", " : "",
				       document_kind_code(kind));
	command_misuse(_("There is no kind of document “%s”, only %s."), name, known->str);
	return false;
}

static bool read_kind(const char *name, int *ret)
{
	DocumentKind kind;

	*ret = -1;
	if (name == NULL)
		return true;
	if (!document_kind_parse(name, &kind))
		return misuse_kind(name);
	*ret = (int)kind;
	return true;
}

static bool read_state(const char *name, int *ret)
{
	*ret = -1;
	for (DocumentState state = 0; name != NULL && state < DOCUMENT_N_STATES; state++)
		if (strcmp(name, document_state_code(state)) == 0)
			*ret = (int)state;
	if (name == NULL || *ret >= 0)
		return true;
	command_misuse(_("A document is draft, posted or reversed, not “%s”."), name);
	return false;
}

int command_documents(int argc, char **argv)
{
	g_autofree char *dsn = NULL, *shop = NULL, *kind = NULL, *state = NULL, *search = NULL,
			*format_name = NULL;
	int max = 100;
	const GOptionEntry entries[] = {
		{ "db", 0, 0, G_OPTION_ARG_STRING, &dsn, N_("the office's database"), "DSN" },
		{ "shop", 0, 0, G_OPTION_ARG_STRING, &shop, N_("the shop; all without it"),
		  N_("NAME") },
		{ "kind", 0, 0, G_OPTION_ARG_STRING, &kind, N_("delivery, count, transfer …"),
		  N_("KIND") },
		{ "state", 0, 0, G_OPTION_ARG_STRING, &state, "draft|posted|reversed",
		  N_("STATE") },
		{ "search", 0, 0, G_OPTION_ARG_STRING, &search,
		  N_("part of a number, of a supplier's paper or name"), N_("TEXT") },
		{ "last", 0, 0, G_OPTION_ARG_INT, &max, N_("so many of the newest"), "N" },
		{ "format", 0, 0, G_OPTION_ARG_STRING, &format_name, "table|json", N_("FORMAT") },
		G_OPTION_ENTRY_NULL,
	};
	DocumentFilter filter = { 0 };
	Format format;

	if (!command_parse(&argc, &argv, entries, NULL, 0,
			   _("Stock documents, the newest first.")) ||
	    !command_format(format_name, PLAIN, &format) || !read_kind(kind, &filter.kind) ||
	    !read_state(state, &filter.state))
		return EXIT_MISUSED;
	filter.search = search;
	return run_list(dsn, shop, &filter, max, format);
}

/* --- document ------------------------------------------------------------------------------ */

static json_t *one_to_json(Store *store, const char *number, GError **error)
{
	g_autoptr(Document) document = NULL;
	g_autoptr(GPtrArray) list = NULL;
	json_t *object, *all;
	uint16_t currency;
	int64_t id;

	if (!document_find_number(store, number, &id, error))
		return NULL;
	document = document_read(store, id, error);
	if (document == NULL || !documents_currency(store, document->shop_id, &currency, error))
		return NULL;
	list = documents_read_one(store, id, error);
	all = list != NULL ? document_to_json(store, document, error) : NULL;
	if (all == NULL)
		return NULL;
	object = documents_to_json(list->pdata[0], currency);
	json_object_set_new(object, "document", all);
	return object;
}

/* As people edit it. */
static int print_document(json_t *object)
{
	int failed = json_dumpf(json_object_get(object, "document"), stdout, JSON_INDENT(2));

	json_decref(object);
	putchar('\n');
	return failed == 0 ? EXIT_DONE : EXIT_FAILED;
}

int command_document(int argc, char **argv)
{
	g_autofree char *dsn = NULL, *format_name = NULL;
	const GOptionEntry entries[] = {
		{ "db", 0, 0, G_OPTION_ARG_STRING, &dsn, N_("the office's database"), "DSN" },
		{ "format", 0, 0, G_OPTION_ARG_STRING, &format_name,
		  N_("table: as it can be posted; json: with its state"), "table|json" },
		G_OPTION_ENTRY_NULL,
	};
	g_autoptr(GError) error = NULL;
	g_autoptr(Store) store = NULL;
	int status = EXIT_FAILED;
	json_t *object;
	Format format;

	if (!command_parse(&argc, &argv, entries, _("NUMBER"), 1,
			   _("One stock document, as “baraa post” reads it.")) ||
	    !command_format(format_name, PLAIN, &format))
		return EXIT_MISUSED;
	store = command_open(dsn, STORE_READ_ONLY, &status);
	if (store == NULL)
		return status;
	object = one_to_json(store, argv[1], &error);
	if (object == NULL)
		return command_fail(error, dsn);
	return format == FORMAT_JSON ? command_print_json(object) : print_document(object);
}
