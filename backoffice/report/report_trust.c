/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/people/shop.h"
#include "backoffice/report/health.h"
#include "backoffice/report/report_private.h"
#include "backoffice/report/sold.h"

#include <glib/gi18n-lib.h>

/* What is known of figures that may still change. Guesses are not told. */

/* A till with an open shift speaks every few seconds. */
#define SILENT_MICROSECONDS (5 * G_TIME_SPAN_MINUTE)
/* One that was silent so long before the day is out of use. */
#define OUT_OF_USE (90 * G_TIME_SPAN_DAY)

typedef struct {
	Report *report;
	const char *shop; /* NULL: the report is of this one alone */
	char *till; /* owned; the only one that was asked for, or NULL */
	int64_t now, first, last; /* of the days asked for */
} Trust;

static void G_GNUC_PRINTF(2, 3) tell(Trust *self, const char *format, ...)
{
	g_autofree char *text = NULL, *of_shop = NULL;
	va_list values;

	va_start(values, format);
	text = g_strdup_vprintf(format, values);
	va_end(values);
	if (self->shop != NULL)
		of_shop = g_strdup_printf("%s: %s", self->shop, text);
	report_add_note(self->report, of_shop != NULL ? of_shop : text);
}

static void tell_of_till(Trust *self, const ReportSource *source)
{
	bool over = self->now > self->last;
	g_autofree char *at = report_dup_time(self->report, source->seen_at);
	g_autofree char *day = report_dup_day(self->report->query.to);

	if (source->seen_at < self->first - OUT_OF_USE)
		return;
	if (over ? source->seen_at <= self->last
		 : source->open && source->seen_at < self->now - SILENT_MICROSECONDS)
		tell(self,
		     _("%1$s is silent since %2$s: what it sold later is not in the figures."),
		     source->till, at);
	else if (over && source->open)
		tell(self,
		     _("%1$s has not closed its shift of %2$s: more may be sold in it. Last heard "
		       "of: %3$s."),
		     source->till, day, at);
}

static void tell_of_lost(Trust *self, int64_t not_understood)
{
	g_autofree char *n = g_strdup_printf("%" G_GINT64_FORMAT, not_understood);

	if (not_understood > 0)
		tell(self,
		     g_dngettext(GETTEXT_PACKAGE,
				 "%s receipt could not be understood and is not in the figures. "
				 "Tell your administrator.",
				 "%s receipts could not be understood and are not in the figures. "
				 "Tell your administrator.",
				 (gulong)not_understood),
		     n);
}

static bool tell_of_shop(Trust *self, Store *store, int64_t shop_id, GError **error)
{
	g_autoptr(ReportHealth) health = report_health_find(store, shop_id, self->report->query.to,
							    self->first, self->last + 1, error);

	if (health == NULL)
		return false;
	tell_of_lost(self, health->not_understood);
	for (guint i = 0; i < health->sources->len; i++) {
		const ReportSource *source = &g_array_index(health->sources, ReportSource, i);

		if (self->till == NULL || g_str_equal(self->till, source->till))
			tell_of_till(self, source);
	}
	return true;
}

/* Each by its own clock. */
static void set_days(Trust *self, GTimeZone *zone)
{
	self->first = report_day_start(zone, self->report->query.from);
	self->last = report_day_last(zone, self->report->query.to);
}

static bool tell_of_all(Trust *self, Store *store, GError **error)
{
	g_autoptr(GPtrArray) shops = shop_list(store, error);

	for (guint i = 0; shops != NULL && i < shops->len; i++) {
		const Shop *shop = shops->pdata[i];
		g_autoptr(GTimeZone) zone = g_time_zone_new_identifier(shop->timezone);

		if (zone != NULL)
			set_days(self, zone);
		self->shop = shop->name;
		if (!tell_of_shop(self, store, shop->id, error))
			return false;
	}
	self->shop = NULL;
	return shops != NULL;
}

static void tell_of_nothing(Trust *self)
{
	unsigned narrowed = report_narrowed_by(&self->report->query) & ~REPORT_TAKES_ALL_SHOPS;

	if (self->report->n_rows > 0)
		return;
	report_add_note(self->report, narrowed == 0 ? _("Nothing was sold.")
						    : _("Nothing was sold that was asked for."));
}

static bool read_till(Trust *self, Store *store, GError **error)
{
	StoreStatement *row = store_statement(store, "office/sold/till_name");
	StoreStep step;

	if (self->report->query.till_id == 0)
		return true;
	store_bind_int(row, 1, self->report->query.till_id);
	step = store_step(row, error);
	if (step == STORE_ROW)
		self->till = g_strdup(store_get_text(row, 0));
	store_reset(row);
	return step != STORE_FAILED;
}

bool report_trust(Report *self, Store *store, GError **error)
{
	int64_t shop_id = self->query.shop_id;
	Trust trust = { .report = self, .now = g_get_real_time() };
	bool done;

	tell_of_nothing(&trust);
	if (self->query.to == 0)
		return true; /* as of now */
	set_days(&trust, self->zone);
	if (trust.now <= trust.last)
		report_add_note(self, _("The last day is not over yet."));
	done = read_till(&trust, store, error) &&
	       (shop_id != 0 ? tell_of_shop(&trust, store, shop_id, error)
			     : tell_of_all(&trust, store, error));
	g_free(trust.till);
	return done;
}

void report_tell_limit(Report *self)
{
	g_autofree char *shown = g_strdup_printf("%d", self->n_rows);
	g_autofree char *all =
		g_strdup_printf("%" G_GINT64_FORMAT, self->n_rows + self->n_left_out);
	g_autofree char *text = NULL;

	if (self->n_left_out == 0)
		return;
	text = g_strdup_printf(
		_("Only the first %1$s of %2$s rows are shown. The totals are of all."), shown,
		all);
	report_add_note(self, text);
}
