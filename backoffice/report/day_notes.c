/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/report/day_private.h"
#include "base/language.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What the reader of a daily report has to know before its figures. */

#define SILENT (5 * G_TIME_SPAN_MINUTE) /* a till with an open shift speaks every few seconds */
#define LATE_LISTED 20
#define FORGOTTEN_DAYS 14 /* a till without a shift for so long has been put away */

static void add(DayReport *self, char *note)
{
	g_ptr_array_add(self->notes, note);
}

static char *dup_count(int64_t count)
{
	NumberStyle style = language_number_style();

	return number_text_integer(&style, count);
}

static char *dup_money(const DayReport *self, int64_t minor)
{
	NumberStyle style = language_number_style();

	return number_text_money(&style, (Money){ minor, day_report_get_currency(self) }, true);
}

static int32_t day_of(GDateTime *time)
{
	return g_date_time_get_year(time) * 10000 + g_date_time_get_month(time) * 100 +
	       g_date_time_get_day_of_month(time);
}

/* "21:04" where that is on the day of the report, by the shop's clock; own it. */
static char *dup_time(const DayReport *self, int64_t at)
{
	g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(at / G_USEC_PER_SEC);
	g_autoptr(GDateTime) local = utc != NULL ? g_date_time_to_timezone(utc, self->zone) : NULL;

	if (local == NULL)
		return g_strdup("");
	return g_date_time_format(local,
				  day_of(local) == self->query.day ? "%H:%M" : _("%d.%m.%Y %H:%M"));
}

/* --- what is not in the figures ------------------------------------------------------------ */

static int days_between(int32_t from, int32_t to)
{
	GDate first, last;

	g_date_clear(&first, 1);
	g_date_clear(&last, 1);
	g_date_set_dmy(&first, (GDateDay)(from % 100), (GDateMonth)(from / 100 % 100),
		       (GDateYear)(from / 10000));
	g_date_set_dmy(&last, (GDateDay)(to % 100), (GDateMonth)(to / 100 % 100),
		       (GDateYear)(to / 10000));
	return g_date_days_between(&first, &last);
}

typedef struct {
	const char *name; /* borrowed from the statement */
	int64_t seen_at, shifts, open; /* open: a shift's number; 0: none */
	int32_t newest_day; /* of its shifts; 0: it never had one */
} Till;

static void note_till(DayReport *self, const Till *till, int64_t day_end)
{
	g_autofree char *time = dup_time(self, till->seen_at);
	g_autofree char *shift = g_strdup_printf("%" G_GINT64_FORMAT, till->open);

	if (till->open != 0)
		add(self,
		    g_strdup_printf(_("Shift %1$s of %2$s is still open."), shift, till->name));
	if (till->open != 0 && self->now - till->seen_at > SILENT)
		add(self, g_strdup_printf(_("%1$s is silent since %2$s: what it sold later is not "
					    "in the figures."),
					  till->name, time));
	/* One that was heard of later, or that closed its shift, has sent all that it had. */
	if (till->shifts == 0 && till->seen_at < MIN(day_end, self->now - SILENT) &&
	    till->newest_day != 0 && till->newest_day < self->query.day &&
	    days_between(till->newest_day, self->query.day) <= FORGOTTEN_DAYS)
		add(self, g_strdup_printf(_("%1$s has not sent this day: it was last heard of at "
					    "%2$s."),
					  till->name, time));
}

static bool note_tills(DayReport *self, Store *store, const ReportQuery *query, GError **error)
{
	StoreStatement *row;
	int64_t day_end;
	StoreStep step;

	if (!report_day_end(store, query->shop_id, query->to, &day_end, error))
		return false;
	row = day_statement(store, query, "tills");
	while ((step = store_step(row, error)) == STORE_ROW) {
		const Till till = { .name = store_get_text(row, 0),
				    .seen_at = store_get_int(row, 1),
				    .newest_day = (int32_t)store_get_int(row, 2),
				    .shifts = store_get_int(row, 3),
				    .open = store_get_int(row, 4) };

		note_till(self, &till, day_end);
	}
	return step == STORE_DONE;
}

static bool read_count(StoreStatement *row, int64_t *ret, GError **error)
{
	if (store_step(row, error) != STORE_ROW)
		return false;
	*ret = store_get_int(row, 0);
	store_reset(row);
	return true;
}

static int64_t midnight(const DayReport *self, int days_later)
{
	int32_t day = self->query.day;
	g_autoptr(GDateTime) start =
		g_date_time_new(self->zone, day / 10000, day / 100 % 100, day % 100, 0, 0, 0);
	g_autoptr(GDateTime) later = start != NULL ? g_date_time_add_days(start, days_later) : NULL;

	return later != NULL ? g_date_time_to_unix(later) * G_USEC_PER_SEC : 0;
}

static bool note_quarantine(DayReport *self, Store *store, GError **error)
{
	StoreStatement *row = store_statement(store, "office/report/not_understood");
	g_autofree char *text = NULL;
	int64_t n;

	store_bind_int(row, 1, self->query.shop_id);
	store_bind_int(row, 2, midnight(self, 0));
	store_bind_int(row, 3, midnight(self, 1));
	if (!read_count(row, &n, error))
		return false;
	text = dup_count(n);
	if (n > 0)
		add(self, g_strdup_printf(
				  g_dngettext(GETTEXT_PACKAGE,
					      "%s receipt could not be understood and is not in "
					      "the figures. Tell your administrator.",
					      "%s receipts could not be understood and are not in "
					      "the figures. Tell your administrator.",
					      (gulong)n),
				  text));
	return true;
}

static bool note_cases(DayReport *self, Store *store, GError **error)
{
	StoreStatement *row = store_statement(store, "office/day/fiscal_cases");
	g_autofree char *text = NULL;
	int64_t n;

	store_bind_int(row, 1, self->query.shop_id);
	store_bind_int(row, 2, self->query.day);
	if (!read_count(row, &n, error))
		return false;
	text = dup_count(n);
	if (n > 0)
		add(self,
		    g_strdup_printf(g_dngettext(GETTEXT_PACKAGE,
						"%s fiscal document of this day has to be looked "
						"after: see “To look after”.",
						"%s fiscal documents of this day have to be looked "
						"after: see “To look after”.",
						(gulong)n),
				    text));
	return true;
}

static bool note_unknown_costs(DayReport *self, Store *store, GError **error)
{
	StoreStatement *row;
	int64_t n;

	if (!self->query.with_cost || self->query.shift != 0)
		return true;
	row = store_statement(store, "office/day/unknown_costs");
	store_bind_int(row, 1, self->query.shop_id);
	store_bind_int(row, 2, self->query.day);
	if (!read_count(row, &n, error))
		return false;
	if (n > 0)
		add(self,
		    g_strdup_printf(
			    g_dngettext(GETTEXT_PACKAGE,
					"The cost of %d item sold is not known: its margin is "
					"too high here.",
					"The cost of %d items sold is not known: their margin "
					"is too high here.",
					(gulong)n),
			    (int)n));
	return true;
}

/* --- what was printed, and what came since --------------------------------------------------- */

static bool read_tills(DayReport *self, Store *store, const ReportQuery *query, GError **error)
{
	StoreStatement *row = day_statement(store, query, "till_sums");
	StoreStep step;

	while ((step = store_step(row, error)) == STORE_ROW)
		json_array_append_new(self->tills,
				      json_pack("[I, s, I, I]", (json_int_t)store_get_int(row, 0),
						store_get_text(row, 1),
						(json_int_t)store_get_int(row, 2),
						(json_int_t)store_get_int(row, 3)));
	return step == STORE_DONE;
}

static int64_t number_at(const json_t *till, size_t place)
{
	return json_integer_value(json_array_get(till, place));
}

/* What the paper said of that till; NULL where it had nothing then. */
static const json_t *find_till(const json_t *tills, int64_t id)
{
	size_t i;
	json_t *till;

	json_array_foreach(tills, i, till) if (number_at(till, 0) == id) return till;
	return NULL;
}

/* When the newest of the late receipts of a till was heard of. @late: NULL where they are not
 * listed. */
static int64_t heard_of(const DayReport *self, const Report *late, const char *till)
{
	int64_t newest = 0;

	for (int row = 0; late != NULL && row < report_get_n_rows(late); row++)
		if (g_strcmp0(report_get_cell(late, row, 0)->text, till) == 0)
			newest = MAX(newest, report_get_cell(late, row, 3)->value);
	return newest != 0 ? newest : self->heard_at;
}

static void note_print(DayReport *self)
{
	const DayPrint *last = self->last;
	g_autofree char *time = dup_time(self, last->at), *count = dup_count(last->receipts);
	g_autofree char *net = dup_money(self, last->net);

	if (last->person != NULL && *last->person != '\0')
		/* Translators: a time, a person, a number of receipts, an amount. */
		add(self, g_strdup_printf(_("Printed at %1$s by %2$s: receipts %3$s, net %4$s."),
					  time, last->person, count, net));
	else
		add(self, g_strdup_printf(_("Printed at %1$s: receipts %2$s, net %3$s."), time,
					  count, net));
}

static void note_late(DayReport *self, const Report *late, const char *till, int64_t receipts,
		      int64_t net)
{
	g_autofree char *count = dup_count(receipts), *money = dup_money(self, net);
	g_autofree char *amount = g_strconcat(net > 0 ? "+" : "", money, NULL);
	g_autofree char *time = dup_time(self, heard_of(self, late, till));

	/* Translators: a number, an amount with its sign, a till, a time. */
	add(self,
	    g_strdup_printf(g_dngettext(GETTEXT_PACKAGE,
					"Since then came %1$s receipt, %2$s, from %3$s (heard "
					"of at %4$s).",
					"Since then came %1$s receipts, %2$s, from %3$s "
					"(heard of at %4$s).",
					(gulong)MAX(receipts, 0)),
			    count, amount, till, time));
}

/* Receipts are only ever added: what a till has more now than on the paper has come since. */
typedef void (*EachLate)(DayReport *self, const Report *late, const char *till, int64_t receipts,
			 int64_t net);

static void for_each_late(DayReport *self, const Report *late, EachLate each)
{
	json_t *before = json_loads(self->last->tills, 0, NULL), *till;
	size_t i;

	json_array_foreach(self->tills, i, till)
	{
		const json_t *then = find_till(before, number_at(till, 0));
		int64_t receipts = number_at(till, 2) - number_at(then, 2);
		int64_t net = number_at(till, 3) - number_at(then, 3);

		if (receipts != 0 || net != 0)
			each(self, late, json_string_value(json_array_get(till, 1)), receipts, net);
	}
	json_decref(before);
}

static void sum_late(DayReport *self, const Report *late, const char *till, int64_t receipts,
		     int64_t net)
{
	self->late_receipts += receipts;
	self->late_net += net;
}

/* NULL and no @error where there are too many for a list: a day that was printed at noon goes on.
 */
static Report *list_late(const DayReport *self, Store *store, ReportQuery *query, GError **error)
{
	if (self->late_receipts < 1 || self->late_receipts > LATE_LISTED)
		return NULL;
	query->at_set = true;
	query->at = self->last->heard_at;
	return report_ask(store, &day_section_late, query, error);
}

static bool note_prints(DayReport *self, Store *store, ReportQuery *query, GError **error)
{
	GError *failed = NULL;
	Report *late;

	if (!day_print_last(store, query->shop_id, query->to, query->till_id, query->shift,
			    &self->last, error))
		return false;
	/* That it was printed as it is needs no words on the next paper. */
	if (self->last == NULL || self->last->stamp == self->stamp)
		return true;
	for_each_late(self, NULL, sum_late);
	if (self->late_receipts == 0 && self->late_net == 0)
		return true;
	late = list_late(self, store, query, &failed);
	if (failed != NULL) {
		g_propagate_error(error, failed);
		return false;
	}
	note_print(self);
	for_each_late(self, late, note_late);
	if (late != NULL && report_get_n_rows(late) > 0)
		g_ptr_array_add(self->sections, late);
	else
		report_free(late);
	return true;
}

bool day_read_notes(DayReport *self, Store *store, GError **error)
{
	ReportQuery query = { .shop_id = self->query.shop_id,
			      .from = self->query.day,
			      .to = self->query.day,
			      .till_id = self->query.till_id,
			      .shift = self->query.shift };

	if (day_report_is_empty(self))
		add(self, g_strdup(_("Nothing was sold on this day, or the tills have not sent "
				     "their receipts yet.")));
	return note_quarantine(self, store, error) && note_tills(self, store, &query, error) &&
	       note_cases(self, store, error) && note_unknown_costs(self, store, error) &&
	       read_tills(self, store, &query, error) && note_prints(self, store, &query, error);
}
