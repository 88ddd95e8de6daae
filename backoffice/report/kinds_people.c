/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/report/report_private.h"

#include "backoffice/people/audit.h"
#include "backoffice/people/people.h"
#include "backoffice/people/shop.h"
#include "backoffice/staff/hours.h"
#include "backoffice/staff/pay.h"
#include "backoffice/staff/plan.h"
#include "backoffice/staff/staff_day.h"
#include "base/language.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define BIT(right) (UINT32_C(1) << (right))
#define AUDIT_MAX 10000

/* The day that a question about a month is asked at: @to, or today by the shop's clock. */
static int32_t asked_day(const Report *self, const ReportQuery *query)
{
	g_autoptr(GDateTime) now = NULL;

	if (query->to != 0)
		return query->to;
	now = g_date_time_new_now(self->zone);
	return g_date_time_get_year(now) * 10000 + g_date_time_get_month(now) * 100 +
	       g_date_time_get_day_of_month(now);
}

/* --- plan ---------------------------------------------------------------------------------- */

enum { PLAN_SHOP, PLAN_PERSON, PLAN_NET, PLAN_FACT, PLAN_SHARE, PLAN_EXPECTED, PLAN_FORECAST };

static void put_plan(Report *self, const PlanRow *plan)
{
	ReportCell *cell = report_add_row(self);

	report_put_text(self, &cell[PLAN_SHOP], plan->shop);
	report_put_text(self, &cell[PLAN_PERSON],
			plan->person_id != 0 ? plan->person : _("The whole shop"));
	report_put_value(&cell[PLAN_NET], plan->net);
	report_put_value(&cell[PLAN_FACT], plan->fact);
	if (plan->has_share)
		report_put_value(&cell[PLAN_SHARE], plan->share);
	report_put_value(&cell[PLAN_EXPECTED], plan->expected);
	report_put_value(&cell[PLAN_FORECAST], plan->forecast);
}

/* Of whole shops alone: people's plans are parts of them. */
static bool put_plan_totals(Report *self, const GPtrArray *plans, int32_t day)
{
	PlanRow all = { 0 };

	for (guint i = 0; i < plans->len; i++) {
		const PlanRow *plan = plans->pdata[i];

		if (plan->person_id == 0 &&
		    (__builtin_add_overflow(all.net, plan->net, &all.net) ||
		     __builtin_add_overflow(all.fact, plan->fact, &all.fact)))
			return false;
	}
	if (!plan_reckon(&all, day / 100, day))
		return false;
	report_put_total(self, PLAN_NET, all.net);
	report_put_total(self, PLAN_FACT, all.fact);
	report_put_total(self, PLAN_EXPECTED, all.expected);
	report_put_total(self, PLAN_FORECAST, all.forecast);
	return true;
}

static bool fill_plan(Report *self, Store *store, const ReportQuery *query, GError **error)
{
	int32_t day = asked_day(self, query);
	g_autoptr(GPtrArray) plans = plan_list(store, query->shop_id, day / 100, day, error);
	g_autofree char *month = staff_month_dup(day / 100);
	g_autofree char *note = g_strdup_printf(_("Month: %s."), month);

	if (plans == NULL)
		return false;
	for (guint i = 0; i < plans->len; i++)
		put_plan(self, plans->pdata[i]);
	report_add_note(self, note);
	if (put_plan_totals(self, plans, day))
		return true;
	g_set_error(error, REPORT_ERROR, REPORT_ERROR_QUERY,
		    _("The plans are too large to be summed up."));
	return false;
}

static const ReportKind plan = {
	.name = "plan",
	.title = N_("Plan of sales"),
	.chapter = N_("People"),
	.fill = fill_plan,
	.takes = REPORT_TAKES_DAY | REPORT_TAKES_ALL_SHOPS,
	.sort = -1,
	.picture = REPORT_NO_PICTURE,
	.n_columns = 7,
	.columns = { { "shop", N_("Shop"), REPORT_TEXT, false },
		     { "person", N_("Who"), REPORT_TEXT, false },
		     { "plan", N_("Plan"), REPORT_MONEY, true },
		     { "sold", N_("Sold"), REPORT_MONEY, true },
		     { "share", N_("Of the plan"), REPORT_RATE, false },
		     { "expected", N_("Expected by now"), REPORT_MONEY, true },
		     { "forecast", N_("Forecast"), REPORT_MONEY, true } },
};

/* --- hours --------------------------------------------------------------------------------- */

typedef struct {
	GHashTable *people, *shops; /* id → name, owned */
} Names;

static void names_clear(Names *self)
{
	g_clear_pointer(&self->people, g_hash_table_unref);
	g_clear_pointer(&self->shops, g_hash_table_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Names, names_clear)

static GHashTable *names_new(void)
{
	return g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
}

static void name(GHashTable *table, int64_t id, const char *text)
{
	g_hash_table_insert(table, g_memdup2(&id, sizeof id), g_strdup(text));
}

static bool read_names(Store *store, Names *ret, GError **error)
{
	StoreStatement *row = store_statement(store, "office/report/people_names");
	StoreStep step;

	ret->people = names_new();
	ret->shops = names_new();
	while ((step = store_step(row, error)) == STORE_ROW)
		name(store_get_int(row, 0) != 0 ? ret->people : ret->shops, store_get_int(row, 1),
		     store_get_text(row, 2));
	return step == STORE_DONE;
}

static const char *doubt_title(const char *code)
{
	return strcmp(code, "open") == 0    ? _("still there")
	       : strcmp(code, "doubt") == 0 ? _("no end known: to be corrected")
					    : code;
}

enum { DAY, PERSON, SHOP, FIRST, LAST, TIME, HOURS_WORKED, CORRECTED, DOUBT };

static void put_day(Report *self, const WorkDay *day, const Names *names)
{
	ReportCell *cell = report_add_row(self);
	g_autofree char *time = hours_dup_text(day->minutes);

	report_put_value(&cell[DAY], day->day);
	report_put_text(self, &cell[PERSON], g_hash_table_lookup(names->people, &day->person_id));
	report_put_text(self, &cell[SHOP], g_hash_table_lookup(names->shops, &day->shop_id));
	if (day->first != 0) {
		report_put_value(&cell[FIRST], day->first);
		report_put_value(&cell[LAST], day->last);
	}
	report_put_text(self, &cell[TIME], time);
	report_put_value(&cell[HOURS_WORKED], (day->minutes * 100 + 30) / 60);
	if (day->corrected != 0)
		report_put_value(&cell[CORRECTED], day->corrected);
	if (day->open || day->doubtful)
		report_put_text(self, &cell[DOUBT], day->open ? "open" : "doubt");
}

static bool fill_worked(Report *self, Store *store, const ReportQuery *query, GError **error)
{
	HoursQuery hours = { .shop_id = query->shop_id,
			     .person_id = query->cashier_id,
			     .from = query->from,
			     .to = query->to,
			     .now = g_get_real_time() };
	g_autoptr(GArray) days = hours_list(store, &hours, error);
	g_auto(Names) names = { 0 };
	g_autofree char *text = NULL, *note = NULL;
	int64_t minutes = 0;

	if (days == NULL || !read_names(store, &names, error))
		return false;
	for (guint i = 0; i < days->len; i++) {
		const WorkDay *day = &g_array_index(days, WorkDay, i);

		put_day(self, day, &names);
		minutes += day->minutes;
	}
	text = hours_dup_text(minutes);
	note = g_strdup_printf(_("Worked together: %s."), text);
	report_add_note(self, note);
	report_put_total(self, HOURS_WORKED, (minutes * 100 + 30) / 60);
	return true;
}

static const ReportKind worked = {
	.name = "worked",
	.title = N_("Hours worked"),
	.chapter = N_("People"),
	.fill = fill_worked,
	.takes = REPORT_TAKES_DAYS | REPORT_TAKES_ALL_SHOPS | REPORT_TAKES_CASHIER,
	.needs = BIT(RIGHT_HOURS),
	.sort = -1,
	.picture = REPORT_NO_PICTURE,
	.n_columns = 9,
	.columns = { { "day", N_("Day"), REPORT_DAY, false },
		     { "person", N_("Who"), REPORT_TEXT, false },
		     { "shop", N_("Shop"), REPORT_TEXT, false },
		     { "first", N_("Began work"), REPORT_TIME, false },
		     { "last", N_("Ended work"), REPORT_TIME, false },
		     { "time", N_("Worked"), REPORT_TEXT, false },
		     { "hours", N_("Hours"), REPORT_HUNDREDTHS, true },
		     { "corrected", N_("Corrected, minutes"), REPORT_INTEGER, false },
		     { "note", N_("Note"), REPORT_WORD, false, .word = doubt_title } },
};

/* --- pay ----------------------------------------------------------------------------------- */

enum { PAY_PERSON, PAY_WHAT, PAY_EARNED, PAY_PAID };

static void put_pay(Report *self, const Pay *pay, const NumberStyle *style)
{
	ReportCell *cell;

	for (guint i = 0; i < pay->lines->len; i++) {
		const PayLine *line = &g_array_index(pay->lines, PayLine, i);
		g_autofree char *text = pay_line_dup_text(line, pay->currency, style);

		cell = report_add_row(self);
		report_put_text(self, &cell[PAY_PERSON], pay->person);
		report_put_text(self, &cell[PAY_WHAT], text);
		report_put_value(&cell[PAY_EARNED], line->total);
	}
	if (pay->paid == 0)
		return;
	cell = report_add_row(self);
	report_put_text(self, &cell[PAY_PERSON], pay->person);
	report_put_text(self, &cell[PAY_WHAT], _("paid out"));
	report_put_value(&cell[PAY_PAID], pay->paid);
}

static bool fill_pay(Report *self, Store *store, const ReportQuery *query, GError **error)
{
	NumberStyle style = language_number_style();
	int32_t day = asked_day(self, query);
	g_autoptr(GPtrArray) list = pay_list(store, 0, day / 100, g_get_real_time(), error);
	g_autofree char *month = staff_month_dup(day / 100);
	g_autofree char *note = g_strdup_printf(_("Month: %s."), month);
	int64_t earned = 0, paid = 0;

	for (guint i = 0; list != NULL && i < list->len; i++) {
		const Pay *pay = list->pdata[i];

		if (query->shop_id != 0 && pay->shop_id != query->shop_id)
			continue;
		put_pay(self, pay, &style);
		earned += pay->total;
		paid += pay->paid;
	}
	report_add_note(self, note);
	report_put_total(self, PAY_EARNED, earned);
	report_put_total(self, PAY_PAID, paid);
	return list != NULL;
}

static const ReportKind pay = {
	.name = "pay",
	.title = N_("Pay"),
	.chapter = N_("People"),
	.fill = fill_pay,
	.takes = REPORT_TAKES_DAY | REPORT_TAKES_ALL_SHOPS,
	.needs = BIT(RIGHT_SEE_PAY),
	.sort = -1,
	.picture = REPORT_NO_PICTURE,
	.n_columns = 4,
	.columns = { { "person", N_("Who"), REPORT_TEXT, false },
		     { "what", N_("What for"), REPORT_TEXT, false },
		     { "earned", N_("Earned"), REPORT_MONEY, true },
		     { "paid", N_("Paid out"), REPORT_MONEY, true } },
};

/* --- audit --------------------------------------------------------------------------------- */

enum { AUDIT_AT, AUDIT_WHO, AUDIT_WHAT, AUDIT_TO_WHAT, AUDIT_CHANGE };

/* Days by the shop's clock as moments. */
static int64_t day_start(GTimeZone *zone, int32_t day, int plus)
{
	g_autoptr(GDateTime) start =
		g_date_time_new(zone, day / 10000, day / 100 % 100, day % 100, 0, 0, 0);
	g_autoptr(GDateTime) then = start != NULL ? g_date_time_add_days(start, plus) : NULL;

	return then != NULL ? g_date_time_to_unix(then) * G_USEC_PER_SEC : 0;
}

static bool fill_audit(Report *self, Store *store, const ReportQuery *query, GError **error)
{
	AuditFilter filter = { .person_set = query->cashier_id != 0,
			       .person_id = query->cashier_id,
			       .from = day_start(self->zone, query->from, 0),
			       .until = day_start(self->zone, query->to, 1) };
	int max = query->limit != 0 ? query->limit : AUDIT_MAX;
	g_autoptr(GPtrArray) entries = audit_find(store, &filter, 0, max, error);

	for (guint i = 0; entries != NULL && i < entries->len; i++) {
		const AuditEntry *entry = entries->pdata[i];
		g_autofree char *change = audit_dup_change(entry);
		ReportCell *cell = report_add_row(self);

		report_put_value(&cell[AUDIT_AT], entry->at);
		report_put_text(self, &cell[AUDIT_WHO],
				*entry->person != '\0' ? entry->person : _("command line"));
		report_put_text(self, &cell[AUDIT_WHAT], entry->action);
		report_put_text(self, &cell[AUDIT_TO_WHAT], entry->subject);
		report_put_text(self, &cell[AUDIT_CHANGE], change);
	}
	return entries != NULL;
}

static const ReportKind audit = {
	.name = "audit",
	.title = N_("Who changed what"),
	.chapter = N_("People"),
	.fill = fill_audit,
	.takes = REPORT_TAKES_DAYS | REPORT_TAKES_ALL_SHOPS | REPORT_TAKES_CASHIER,
	.needs = BIT(RIGHT_SEE_AUDIT),
	.sort = -1,
	.picture = REPORT_NO_PICTURE,
	.n_columns = 5,
	.columns = { { "at", N_("When"), REPORT_TIME, false },
		     { "who", N_("Who"), REPORT_TEXT, false },
		     { "what", N_("What was done"), REPORT_WORD, false,
		       .word = audit_action_title },
		     { "subject", N_("To what"), REPORT_TEXT, false },
		     { "change", N_("Before → after"), REPORT_TEXT, false } },
};

const ReportKind *const report_kinds_people[] = { &plan, &worked, &pay, &audit, NULL };
