/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/report/report_narrow.h"

#include "backoffice/goods/goods.h"
#include "backoffice/stock/stock.h"
#include "core/receipt.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

static bool G_GNUC_PRINTF(2, 3) refuse(GError **error, const char *format, ...)
{
	g_autofree char *text = NULL;
	va_list values;

	va_start(values, format);
	text = g_strdup_vprintf(format, values);
	va_end(values);
	g_set_error_literal(error, REPORT_ERROR, REPORT_ERROR_QUERY, text);
	return false;
}

/* *ret is 0 where there is none; @ret_more: whether there is another one. */
static bool first_of(StoreStatement *row, int64_t *ret, bool *ret_more, GError **error)
{
	StoreStep step = store_step(row, error);

	*ret = step == STORE_ROW ? store_get_int(row, 0) : 0;
	*ret_more = false;
	if (step == STORE_ROW) {
		step = store_step(row, error);
		*ret_more = step == STORE_ROW;
	}
	store_reset(row);
	return step != STORE_FAILED;
}

bool report_narrow_till(ReportQuery *query, Store *store, const char *name, GError **error)
{
	StoreStatement *row = store_statement(store, "office/sold/find_till");
	bool more;

	store_bind_text(row, 1, name);
	store_bind_int(row, 2, query->shop_id);
	if (!first_of(row, &query->till_id, &more, error))
		return false;
	if (more)
		return refuse(error, _("Several shops have a till “%s”: name the shop too."), name);
	return query->till_id != 0 || refuse(error, _("There is no till “%s”."), name);
}

/* "#12", as somebody is called whose name nobody knows. */
static bool parse_number(const char *text, int64_t *ret)
{
	char *end;

	if (text[0] != '#' || !g_ascii_isdigit(text[1]))
		return false;
	*ret = g_ascii_strtoll(text + 1, &end, 10);
	return *end == '\0' && *ret > 0;
}

bool report_narrow_cashier(ReportQuery *query, Store *store, const char *name, GError **error)
{
	StoreStatement *row = store_statement(store, "office/sold/find_person");
	bool more;

	if (parse_number(name, &query->cashier_id))
		return true;
	store_bind_text(row, 1, name);
	if (!first_of(row, &query->cashier_id, &more, error))
		return false;
	return query->cashier_id != 0 || refuse(error, _("There is nobody called “%s”."), name);
}

bool report_narrow_item(ReportQuery *query, Store *store, const char *code, GError **error)
{
	g_autoptr(GError) failed = NULL;
	g_autoptr(Goods) goods = goods_find_barcode(store, code, &failed);
	StoreStatement *row;
	bool more;

	if (failed != NULL) {
		g_propagate_error(error, g_steal_pointer(&failed));
		return false;
	}
	if (goods != NULL) {
		query->item_id = goods->id;
		return true;
	}
	row = store_statement(store, "office/sold/find_article");
	store_bind_text(row, 1, code);
	if (!first_of(row, &query->item_id, &more, error))
		return false;
	return query->item_id != 0 ||
	       refuse(error, _("There are no goods with the barcode or article “%s”."), code);
}

bool report_narrow_supplier(ReportQuery *query, Store *store, const char *name, GError **error)
{
	if (!supplier_find(store, name, &query->supplier_id, error))
		return false;
	return query->supplier_id != 0 || refuse(error, _("There is no supplier “%s”."), name);
}

bool report_narrow_payment(ReportQuery *query, const char *code, GError **error)
{
	g_autoptr(GString) known = g_string_new(NULL);
	TenderKind kind;

	if (tender_parse(code, &kind)) {
		query->payment = tender_code(kind);
		return true;
	}
	for (kind = 0; kind < TENDER_N; kind++)
		g_string_append_printf(known, "%s%s", known->len > 0 ? ", " : "",
				       tender_code(kind));
	g_set_error(error, REPORT_ERROR, REPORT_ERROR_QUERY,
		    _("There is no kind of payment “%s”, only %s."), code, known->str);
	return false;
}

bool report_narrow_hours(ReportQuery *query, const char *text, GError **error)
{
	unsigned from, until;
	int end = 0;

	if (!g_ascii_isdigit(text[0]) || sscanf(text, "%2u-%2u%n", &from, &until, &end) != 2 ||
	    text[end] != '\0' || from >= until || until > 24)
		return refuse(error, _("Hours are written like 17-20, from 0 to 24, not “%s”."),
			      text);
	query->hour = (int)from;
	query->until = (int)until;
	return true;
}

/* 0 where it is none. */
static int parse_weekday(const char *text)
{
	static const char *const names[] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun" };

	for (int i = 0; i < (int)G_N_ELEMENTS(names); i++)
		if (g_ascii_strcasecmp(text, names[i]) == 0 ||
		    (text[0] == '1' + i && text[1] == '\0'))
			return i + 1;
	return 0;
}

bool report_narrow_weekdays(ReportQuery *query, const char *text, GError **error)
{
	g_auto(GStrv) words = g_strsplit(text, ",", -1);
	uint32_t weekdays = 0;

	for (char **word = words; *word != NULL; word++) {
		int weekday = parse_weekday(g_strstrip(*word));

		if (weekday == 0)
			return refuse(error,
				      _("Days of the week are written like mon,fri or 1,5, not "
					"“%s”."),
				      text);
		weekdays |= UINT32_C(1) << (weekday - 1);
	}
	if (weekdays == 0)
		return refuse(error,
			      _("Days of the week are written like mon,fri or 1,5, not “%s”."),
			      text);
	query->weekdays = weekdays;
	return true;
}
