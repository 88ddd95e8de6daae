/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/stock/count_sheet.h"

#include "backoffice/stock/shop_day.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* In a sentence; the rest is in the list. */
#define NAMES_MAX 5

/* --- whether it can be posted -------------------------------------------------------------- */

static bool refuse_disputed(const CountSheet *sheet, GError **error)
{
	g_autoptr(GString) names = g_string_new(NULL);
	const char *why = NULL;
	int n = 0;

	for (guint i = 0; i < sheet->rows->len; i++) {
		const CountItem *item = g_array_index(sheet->rows, SheetRow, i).item;

		if (!item->disputed)
			continue;
		if (n == 0)
			why = item->dispute;
		if (++n <= NAMES_MAX)
			g_string_append_printf(names, "%s“%s”", n > 1 ? ", " : "", item->name);
	}
	if (n > NAMES_MAX)
		g_string_append(names, ", …");
	if (n == 0)
		return true;
	g_set_error(error, DOCUMENT_ERROR, DOCUMENT_ERROR_INVALID,
		    /* Translators: %d items, their names, and why the first of them. */
		    g_dngettext(GETTEXT_PACKAGE, "The count of %d item is not settled: %s. %s",
				"The counts of %d items are not settled: %s. %s", (gulong)n),
		    n, names->str, why);
	return false;
}

static bool has_zones(const CountSheet *sheet)
{
	for (guint i = 0; i < sheet->entries->len; i++)
		if (g_array_index(sheet->entries, CountEntry, i).zone_id != 0)
			return true;
	return false;
}

/* A count of everything that goes by zones is the sum of all of them: what lies where nobody was
 * would be lost. Of a group, only the zones that it is sold out of have to hold some. */
static bool check_zones(const CountSheet *sheet, GError **error)
{
	const bool everything = *sheet->head.scope == '\0';

	if (!has_zones(sheet) || strcmp(sheet->head.scope, "zone") == 0)
		return true;
	for (guint i = 0; i < sheet->zones->len; i++) {
		const SheetZone *zone = &g_array_index(sheet->zones, SheetZone, i);

		if (zone->deleted || zone->begun != 0 || (!everything && !zone->sells))
			continue;
		g_set_error(error, DOCUMENT_ERROR, DOCUMENT_ERROR_INVALID,
			    _("Nobody has counted the zone “%s” yet. If nothing lies there, enter "
			      "zero of anything."),
			    zone->name);
		return false;
	}
	return true;
}

/* @statement gives goods and a zone, or nothing. */
static bool check_elsewhere(Store *store, const CountSheet *sheet, const char *statement,
			    GError **error)
{
	StoreStatement *row = store_statement(store, statement);
	StoreStep step;

	store_bind_int(row, 1, sheet->head.document);
	store_bind_int(row, 2, sheet->head.shop_id);
	step = store_step(row, error);
	if (step != STORE_ROW)
		return step == STORE_DONE;
	g_set_error(error, DOCUMENT_ERROR, DOCUMENT_ERROR_INVALID,
		    /* Translators: goods, then a zone of the shop. */
		    _("“%s” may lie in the zone “%s” as well, and all that the shop has of it is "
		      "what this count finds: count it there too, or enter zero there."),
		    store_get_text(row, 0), store_get_text(row, 1));
	store_reset(row);
	return false;
}

/* A count of a part of the shop says how much there is of its goods in all of it. */
static bool check_parts(Store *store, const CountSheet *sheet, GError **error)
{
	if (*sheet->head.scope == '\0')
		return true;
	return check_elsewhere(store, sheet, "office/count/elsewhere", error) &&
	       (strcmp(sheet->head.scope, "zone") != 0 ||
		check_elsewhere(store, sheet, "office/count/elsewhere_perhaps", error));
}

static bool check_sheet(Store *store, const CountSheet *sheet, GError **error)
{
	if (sheet->entries->len == 0) {
		g_set_error(error, DOCUMENT_ERROR, DOCUMENT_ERROR_INVALID,
			    _("Nothing has been counted yet."));
		return false;
	}
	return check_zones(sheet, error) && check_parts(store, sheet, error) &&
	       refuse_disputed(sheet, error);
}

/* --- posting ------------------------------------------------------------------------------- */

static bool tell_ledger(const CountSheet *sheet, const ShopDays *days, Ledger *ledger,
			const CountItem *item, int line, GError **error)
{
	const LedgerMove move = {
		.item_id = item->item_id,
		.at = item->at,
		.day = shop_days_of(days, item->at),
		.kind = "count",
		.document_id = sheet->head.document,
		.document_line = line,
		.quantity = item->counted,
		.how = LEDGER_COUNTED,
	};

	return ledger_post(ledger, &move, error);
}

static bool write_line(Store *store, const CountSheet *sheet, const SheetRow *row, int line,
		       GError **error)
{
	StoreStatement *insert = store_statement(store, "office/count/insert_line");
	const CountItem *item = row->item;

	store_bind_int(insert, 1, sheet->head.document);
	store_bind_int(insert, 2, line);
	store_bind_int(insert, 3, item->item_id);
	store_bind_int(insert, 4, item->counted);
	store_bind_int(insert, 5, item->expected);
	store_bind_int(insert, 6, item->value);
	store_bind_int(insert, 7, row->person_id);
	store_bind_int(insert, 8, item->at);
	return store_run(insert, error);
}

static bool clear_lines(Store *store, int64_t document, GError **error)
{
	StoreStatement *clear = store_statement(store, "office/count/clear_lines");

	store_bind_int(clear, 1, document);
	return store_run(clear, error);
}

static bool post_rows(Store *store, const CountSheet *sheet, Ledger *ledger, GError **error)
{
	g_auto(ShopDays) days = { 0 };
	int line = 0;

	if (!shop_days_init(&days, store, sheet->head.shop_id, error))
		return false;
	for (guint i = 0; i < sheet->rows->len; i++) {
		SheetRow *row = &g_array_index(sheet->rows, SheetRow, i);

		if (!row->item->counted_at_all) {
			if (!sheet->head.rest_is_zero)
				continue;
			row->item->at = count_sheet_rest_at(sheet);
		}
		line++;
		if (!tell_ledger(sheet, &days, ledger, row->item, line, error) ||
		    !write_line(store, sheet, row, line, error))
			return false;
	}
	return true;
}

bool count_post(Store *store, const Document *document, Ledger *ledger, GError **error)
{
	g_autoptr(CountSheet) sheet = count_sheet_read(store, document->id, true, error);

	return sheet != NULL && check_sheet(store, sheet, error) &&
	       clear_lines(store, document->id, error) && post_rows(store, sheet, ledger, error);
}
