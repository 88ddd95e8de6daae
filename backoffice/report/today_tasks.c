/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/buying/settlement.h"
#include "backoffice/report/health.h"
#include "backoffice/report/period.h"
#include "backoffice/report/report.h"
#include "backoffice/report/today_private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A till with an open shift speaks every few seconds. */
#define SILENT_MICROSECONDS (5 * G_TIME_SPAN_MINUTE)
/* Of each till's journal: a day of a busy till and more. */
#define NEWEST_ENTRIES 5000
/* As many as the page of cases looks back. */
#define CASE_DAYS 90

/* Takes @text. */
static void add(Today *self, TodayTone tone, char *text, const char *page, const char *report)
{
	TodayTask task = { tone, text, page, report };

	g_array_append_val(self->tasks, task);
}

/* --- tills --------------------------------------------------------------------------------- */

static char *dup_since(const char *till, int64_t seconds)
{
	int minutes = (int)(seconds / 60);

	if (minutes < 120)
		/* Translators: a till's name and minutes. */
		return g_strdup_printf(_("%1$s has been silent for %2$d min: what it sells is not "
					 "in the figures"),
				       till, minutes);
	/* Translators: a till's name and hours. */
	return g_strdup_printf(_("%1$s has been silent for %2$d h: what it sells is not in the "
				 "figures"),
			       till, minutes / 60);
}

static bool find_silence(Today *self, Store *store, const TodayQuery *query, GError **error)
{
	g_autoptr(ReportHealth) health = report_health_find(store, query->shop_id, query->day,
							    query->from, query->until, error);

	if (health == NULL)
		return false;
	if (health->not_understood > 0) {
		g_autofree char *n = number_text_integer(&query->style, health->not_understood);

		add(self, TODAY_ALARMS,
		    g_strdup_printf(
			    g_dngettext(GETTEXT_PACKAGE,
					"%s receipt of today could not be understood and is not "
					"in the figures: tell your administrator",
					"%s receipts of today could not be understood and are not "
					"in the figures: tell your administrator",
					(gulong)health->not_understood),
			    n),
		    NULL, NULL);
	}
	for (guint i = 0; i < health->sources->len; i++) {
		const ReportSource *source = &g_array_index(health->sources, ReportSource, i);
		int64_t silent = query->now - source->seen_at;

		if (source->open && silent > SILENT_MICROSECONDS)
			add(self, TODAY_WARNS, dup_since(source->till, silent / G_USEC_PER_SEC),
			    NULL, NULL);
	}
	return true;
}

/* --- devices ------------------------------------------------------------------------------- */

static const char *device_title(const char *code)
{
	static const struct {
		const char *code, *title;
	} titles[] = {
		{ "fiscal", N_("the registrar") },	   { "printer", N_("the receipt printer") },
		{ "payment", N_("the card terminal") },	   { "scale", N_("the scale") },
		{ "display", N_("the customer display") }, { "scanner", N_("the scanner") },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(titles); i++)
		if (g_str_equal(titles[i].code, code))
			return g_dgettext(GETTEXT_PACKAGE, titles[i].title);
	return code;
}

static void add_fault(Today *self, const char *till, const char *device, const char *fault)
{
	/* Translators: a till, one of its devices, the fault's code. */
	add(self, TODAY_WARNS,
	    g_strdup_printf(_("%1$s: %2$s does not work (%3$s)"), till, device_title(device),
			    fault),
	    NULL, NULL);
}

/* The newest entry of each device is what it is now; setting one up and paper that was given up are
 * no faults that last. */
static bool find_faults(Today *self, Store *store, const TodayQuery *query, GError **error)
{
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	StoreStatement *row = store_statement(store, "office/today/devices");
	StoreStep step;

	store_bind_int(row, 1, query->shop_id);
	store_bind_int(row, 2, NEWEST_ENTRIES);
	while ((step = store_step(row, error)) == STORE_ROW) {
		json_auto_t *body = json_loads(store_get_text(row, 1), 0, NULL);
		const char *device = json_string_value(json_object_get(body, "device"));
		const char *fault = json_string_value(json_object_get(body, "fault"));

		if (device == NULL || fault == NULL || g_str_equal(fault, "dropped") ||
		    !g_hash_table_add(seen,
				      g_strdup_printf("%s\n%s", store_get_text(row, 0), device)))
			continue;
		if (*fault != '\0')
			add_fault(self, store_get_text(row, 0), device, fault);
	}
	return step == STORE_DONE;
}

/* --- counts -------------------------------------------------------------------------------- */

static bool count(Store *store, const char *name, int64_t shop_id, int64_t *ret, GError **error)
{
	StoreStatement *row = store_statement(store, name);

	store_bind_int(row, 1, shop_id);
	if (store_step(row, error) != STORE_ROW)
		return false;
	*ret = store_get_int(row, 0);
	store_reset(row);
	return true;
}

/* @format has the number's place. */
static void add_count(Today *self, const TodayQuery *query, TodayTone tone, int64_t n,
		      const char *format, const char *page, const char *report)
{
	g_autofree char *number = number_text_integer(&query->style, n);

	if (n > 0)
		add(self, tone, g_strdup_printf(format, number), page, report);
}

static bool find_cases(Today *self, Store *store, const TodayQuery *query, GError **error)
{
	g_autoptr(Report) cases = NULL;
	int n;

	if (!rights_have(query->rights, RIGHT_LOOK_AFTER))
		return true;
	cases = report_run(store, report_find("cases"), query->shop_id,
			   period_add_days(query->day, -CASE_DAYS), query->day, error);
	if (cases == NULL)
		return false;
	n = report_get_n_rows(cases);
	add_count(self, query, TODAY_ALARMS, n,
		  g_dngettext(GETTEXT_PACKAGE,
			      "%s case to look after: documents, returns, registrars",
			      "%s cases to look after: documents, returns, registrars", (gulong)n),
		  "cases", NULL);
	return true;
}

#define SPEED_DAYS 14

static bool find_running_out(Today *self, Store *store, const TodayQuery *query, GError **error)
{
	StoreStatement *row = store_statement(store, "office/today/runs_out");
	int64_t n;

	store_bind_int(row, 1, query->shop_id);
	store_bind_int(row, 2, period_add_days(query->day, -SPEED_DAYS));
	store_bind_int(row, 3, query->day);
	store_bind_int(row, 4, SPEED_DAYS);
	if (store_step(row, error) != STORE_ROW)
		return false;
	n = store_get_int(row, 0);
	store_reset(row);
	add_count(self, query, TODAY_WARNS, n,
		  g_dngettext(GETTEXT_PACKAGE,
			      "%s item will be sold out before an order of today is here",
			      "%s items will be sold out before an order of today is here",
			      (gulong)n),
		  "stock", rights_have(query->rights, RIGHT_ORDER) ? "order" : NULL);
	return true;
}

static bool find_stock(Today *self, Store *store, const TodayQuery *query, GError **error)
{
	int64_t below, least;

	if (!count(store, "office/today/below_zero", query->shop_id, &below, error) ||
	    !count(store, "office/today/at_minimum", query->shop_id, &least, error))
		return false;
	add_count(self, query, TODAY_WARNS, below,
		  g_dngettext(GETTEXT_PACKAGE,
			      "%s item is below zero in stock: count it, or enter its delivery",
			      "%s items are below zero in stock: count them, or enter their "
			      "deliveries",
			      (gulong)below),
		  "stock", NULL);
	add_count(
		self, query, TODAY_WARNS, least,
		g_dngettext(GETTEXT_PACKAGE, "%s item runs out: no more than its minimum is there",
			    "%s items run out: no more than their minimum is there", (gulong)least),
		"stock", rights_have(query->rights, RIGHT_ORDER) ? "order" : NULL);
	return find_running_out(self, store, query, error);
}

static bool find_prints(Today *self, Store *store, const TodayQuery *query, GError **error)
{
	int64_t failed;

	if (!count(store, "office/today/unprinted", query->shop_id, &failed, error))
		return false;
	add_count(self, query, TODAY_WARNS, failed,
		  g_dngettext(
			  GETTEXT_PACKAGE, "%s daily report was not printed: look at the printer",
			  "%s daily reports were not printed: look at the printer", (gulong)failed),
		  "reports", "day");
	return true;
}

/* --- money --------------------------------------------------------------------------------- */

static char *dup_money(const TodayQuery *query, int64_t minor)
{
	return number_text_money(&query->style, (Money){ minor, query->currency }, true);
}

/* What has to be paid to suppliers up to the end of the week that begins today. */
static bool find_debts(Today *self, Store *store, const TodayQuery *query, GError **error)
{
	g_autoptr(GPtrArray) due = NULL;
	g_autofree char *late_text = NULL, *week_text = NULL;
	int64_t late = 0, week = 0;

	if (!rights_have(query->rights, RIGHT_SEE_DEBTS))
		return true;
	due = settlement_due(store, query->shop_id, period_add_days(query->day, 6), error);
	if (due == NULL)
		return false;
	for (guint i = 0; i < due->len; i++) {
		const SettlementDue *it = due->pdata[i];

		*(it->due < query->day ? &late : &week) += it->left;
	}
	late_text = dup_money(query, late);
	week_text = dup_money(query, week);
	if (late > 0)
		add(self, TODAY_ALARMS,
		    g_strdup_printf(_("Suppliers should have had %s by now"), late_text), "reports",
		    "debts");
	if (week > 0)
		add(self, TODAY_TELLS,
		    g_strdup_printf(_("To be paid to suppliers in the next 7 days: %s"), week_text),
		    "suppliers", NULL);
	return true;
}

static int worse_first(gconstpointer a, gconstpointer b)
{
	return (int)((const TodayTask *)b)->tone - (int)((const TodayTask *)a)->tone;
}

bool today_find_tasks(Today *self, Store *store, const TodayQuery *query, GError **error)
{
	if (!find_silence(self, store, query, error) || !find_faults(self, store, query, error) ||
	    !find_cases(self, store, query, error) || !find_stock(self, store, query, error) ||
	    !find_prints(self, store, query, error) || !find_debts(self, store, query, error))
		return false;
	g_array_sort(self->tasks, worse_first);
	return true;
}
