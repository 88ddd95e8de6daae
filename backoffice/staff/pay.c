/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/staff/pay.h"

#include "backoffice/people/rights.h"
#include "backoffice/staff/pay_private.h"
#include "backoffice/staff/plan.h"
#include "backoffice/staff/staff_day.h"
#include "core/money.h"

#include <glib/gi18n-lib.h>

#define WHOLE 10000 /* hundredths of a percent */
#define HOUR 60 /* minutes */

void pay_free(Pay *self)
{
	if (self == NULL)
		return;
	g_free(self->person);
	g_clear_pointer(&self->lines, g_array_unref);
	g_free(self);
}

static void free_pay(gpointer pay)
{
	pay_free(pay);
}

/* What pay of one person is gathered in. */
typedef struct {
	const PayBook *book;
	const PersonFile *person;
	Pay *pay;
} Job;

/* The line of @rule, in @shop_id where each shop has one of its own (else 0). */
static PayLine *line_of(const Job *job, const PayRule *rule, int64_t shop_id)
{
	PayLine fresh = { .kind = rule->kind,
			  .rule_id = rule->id,
			  .shop_id = shop_id,
			  .threshold = rule->threshold,
			  .price = pay_kind_is_amount(rule->kind) ? rule->amount : rule->rate };
	GArray *lines = job->pay->lines;

	for (guint i = 0; i < lines->len; i++) {
		PayLine *line = &g_array_index(lines, PayLine, i);

		if (line->rule_id == rule->id && line->shop_id == shop_id)
			return line;
	}
	g_array_append_val(lines, fresh);
	return &g_array_index(lines, PayLine, lines->len - 1);
}

static const PayRule *rule_of(const Job *job, PayKind kind, int64_t shop_id, int32_t day)
{
	return pay_book_rule(job->book, job->person, kind, shop_id, day, 0);
}

/* --- time ---------------------------------------------------------------------------------- */

static void add_time(const Job *job)
{
	int32_t last_day = 0;

	for (guint i = 0; i < job->book->days->len; i++) {
		const WorkDay *day = &g_array_index(job->book->days, WorkDay, i);
		const PayRule *hour, *daily;

		if (day->person_id != job->person->id || day->minutes == 0)
			continue;
		job->pay->minutes += day->minutes;
		hour = rule_of(job, PAY_HOUR, day->shop_id, day->day);
		if (hour != NULL)
			line_of(job, hour, 0)->base += day->minutes;
		if (day->day == last_day)
			continue; /* a second shop makes no second day */
		last_day = day->day;
		job->pay->days++;
		daily = rule_of(job, PAY_DAY, day->shop_id, day->day);
		if (daily != NULL)
			line_of(job, daily, 0)->base++;
	}
}

static bool is_employed(const PersonFile *person, int32_t day)
{
	return (person->hired == 0 || day >= person->hired) &&
	       (!person->has_left || day <= person->left_on);
}

static void add_month(const Job *job)
{
	const PersonFile *person = job->person;

	for (int32_t day = staff_month_first(job->book->month); day <= job->book->today; day++) {
		const PayRule *rule = rule_of(job, PAY_MONTH, person->shop_id, day);
		PayLine *line;

		if (rule == NULL || !is_employed(person, day))
			continue;
		line = line_of(job, rule, 0);
		line->part++;
		line->of = staff_month_days(job->book->month);
	}
}

/* --- shares -------------------------------------------------------------------------------- */

static void add_own_sales(const Job *job)
{
	for (guint i = 0; i < job->book->sold->len; i++) {
		const PaySold *sold = &g_array_index(job->book->sold, PaySold, i);
		const PayRule *net, *margin;

		if (sold->cashier_id != job->person->id)
			continue;
		job->pay->net += sold->net;
		job->pay->margin += sold->margin;
		net = rule_of(job, PAY_OWN_NET, sold->shop_id, sold->day);
		margin = rule_of(job, PAY_OWN_MARGIN, sold->shop_id, sold->day);
		if (net != NULL)
			line_of(job, net, 0)->base += sold->net;
		if (margin != NULL)
			line_of(job, margin, 0)->base += sold->margin;
	}
}

static bool worked_in(const Job *job, int64_t shop_id)
{
	for (guint i = 0; i < job->book->days->len; i++) {
		const WorkDay *day = &g_array_index(job->book->days, WorkDay, i);

		if (day->person_id == job->person->id && day->shop_id == shop_id &&
		    day->minutes > 0)
			return true;
	}
	return false;
}

static void add_shop_sales(const Job *job, PayKind kind)
{
	for (guint i = 0; i < job->book->sold->len; i++) {
		const PaySold *sold = &g_array_index(job->book->sold, PaySold, i);
		const PayRule *rule = rule_of(job, kind, sold->shop_id, sold->day);

		if (rule != NULL && worked_in(job, sold->shop_id))
			line_of(job, rule, sold->shop_id)->base +=
				kind == PAY_SHOP_NET ? sold->net : sold->margin;
	}
}

/* The hours it is shared by: those of whoever has such a rule there on that day. */
static void add_shop_hours(const Job *job, PayKind kind)
{
	for (guint i = 0; i < job->book->days->len; i++) {
		const WorkDay *day = &g_array_index(job->book->days, WorkDay, i);
		const PayRule *mine = rule_of(job, kind, day->shop_id, day->day), *theirs;
		const PersonFile *other = pay_book_find(job->book, day->person_id);
		PayLine *line;

		if (mine == NULL || other == NULL || !worked_in(job, day->shop_id))
			continue;
		theirs = pay_book_rule(job->book, other, kind, day->shop_id, day->day, 0);
		if (theirs == NULL)
			continue;
		line = line_of(job, mine, day->shop_id);
		line->of += day->minutes;
		line->part += other->id == job->person->id ? day->minutes : 0;
	}
}

/* --- bonuses ------------------------------------------------------------------------------- */

/* Their own plan there, else the shop's. */
static const PlanRow *plan_of(const Job *job, int64_t shop_id)
{
	const PlanRow *found = NULL;

	for (guint i = 0; i < job->book->plans->len; i++) {
		const PlanRow *plan = job->book->plans->pdata[i];

		if (plan->shop_id != shop_id || !plan->has_share)
			continue;
		if (plan->person_id == job->person->id)
			return plan;
		if (plan->person_id == 0)
			found = plan;
	}
	return found;
}

static int64_t own_net(const Job *job, int64_t shop_id)
{
	int64_t net = 0;

	for (guint i = 0; i < job->book->sold->len; i++) {
		const PaySold *sold = &g_array_index(job->book->sold, PaySold, i);

		if (sold->cashier_id == job->person->id && sold->shop_id == shop_id)
			net += sold->net;
	}
	return net;
}

static void add_bonus(const Job *job, PayKind kind, int64_t shop_id)
{
	const PlanRow *plan = plan_of(job, shop_id);
	const PayRule *rule;
	PayLine *line;

	if (plan == NULL || (plan->person_id == 0 && shop_id != job->person->shop_id))
		return;
	rule = pay_book_rule(job->book, job->person, kind, shop_id, job->book->today, plan->share);
	if (rule == NULL)
		return;
	line = line_of(job, rule, shop_id);
	line->reached = (int32_t)MIN(plan->share, INT32_MAX);
	line->base = own_net(job, shop_id);
}

/* In every shop that has a plan for them, or is theirs. */
static void add_bonuses(const Job *job)
{
	int64_t last_shop = 0;

	for (guint i = 0; i < job->book->plans->len; i++) {
		const PlanRow *plan = job->book->plans->pdata[i];

		if (plan->shop_id == last_shop)
			continue;
		last_shop = plan->shop_id;
		add_bonus(job, PAY_BONUS, plan->shop_id);
		add_bonus(job, PAY_BONUS_NET, plan->shop_id);
	}
}

/* --- sums ---------------------------------------------------------------------------------- */

static bool reckon(PayLine *self)
{
	int64_t base = MAX(self->base, 0);

	switch (self->kind) {
	case PAY_HOUR:
		return scale_int64(self->price, base, HOUR, ROUND_HALF_AWAY, &self->total);
	case PAY_DAY:
		return scale_int64(self->price, base, 1, ROUND_HALF_AWAY, &self->total);
	case PAY_MONTH:
		return scale_int64(self->price, self->part, self->of, ROUND_HALF_AWAY,
				   &self->total);
	case PAY_SHOP_NET:
	case PAY_SHOP_MARGIN:
		self->total = 0;
		return self->of == 0 ||
		       scale_int64(base, self->price * self->part, self->of * WHOLE,
				   ROUND_HALF_AWAY, &self->total);
	case PAY_BONUS:
		self->total = self->price;
		return true;
	default:
		return scale_int64(base, self->price, WHOLE, ROUND_HALF_AWAY, &self->total);
	}
}

static int by_kind(const void *a, const void *b)
{
	const PayLine *x = a, *y = b;

	if (x->kind != y->kind)
		return (int)x->kind - (int)y->kind;
	if (x->rule_id != y->rule_id)
		return x->rule_id < y->rule_id ? -1 : 1;
	return x->shop_id < y->shop_id ? -1 : x->shop_id > y->shop_id;
}

static bool sum_up(Pay *self, GError **error)
{
	g_array_sort(self->lines, by_kind);
	for (guint i = 0; i < self->lines->len; i++) {
		PayLine *line = &g_array_index(self->lines, PayLine, i);

		if (reckon(line) && !__builtin_add_overflow(self->total, line->total, &self->total))
			continue;
		g_set_error(error, PEOPLE_ERROR, PEOPLE_ERROR_HOURS,
			    _("The pay of %s is too large: look at the rules."), self->person);
		return false;
	}
	return true;
}

static void add_paid(const Job *job)
{
	for (guint i = 0; i < job->book->paid->len; i++) {
		const PayPaid *paid = &g_array_index(job->book->paid, PayPaid, i);

		if (paid->person_id == job->person->id)
			job->pay->paid += paid->amount;
	}
}

static Pay *pay_reckon(const PayBook *book, const PersonFile *person, GError **error)
{
	g_autoptr(Pay) pay = g_new0(Pay, 1);
	Job job = { book, person, pay };

	pay->person_id = person->id;
	pay->shop_id = person->shop_id;
	pay->person = g_strdup(person->name);
	pay->month = book->month;
	pay->currency = book->currency;
	pay->lines = g_array_new(false, true, sizeof(PayLine));
	add_time(&job);
	add_month(&job);
	add_own_sales(&job);
	for (PayKind kind = PAY_SHOP_NET; kind <= PAY_SHOP_MARGIN; kind++) {
		add_shop_sales(&job, kind);
		add_shop_hours(&job, kind);
	}
	add_bonuses(&job);
	add_paid(&job);
	return sum_up(pay, error) ? g_steal_pointer(&pay) : NULL;
}

/* --- asking -------------------------------------------------------------------------------- */

static bool check_month(int32_t month, GError **error)
{
	if (staff_month_is_sound(month))
		return true;
	g_set_error(error, PEOPLE_ERROR, PEOPLE_ERROR_HOURS, _("There is no such month."));
	return false;
}

Pay *pay_of(Store *store, int64_t by, int64_t person_id, int32_t month, int64_t now, GError **error)
{
	g_autoptr(PayBook) book = NULL;
	const PersonFile *person;

	if (!check_month(month, error) ||
	    (by != person_id && !rights_require(store, by, RIGHT_SEE_PAY, error)))
		return NULL;
	book = pay_book_read(store, month, now, error);
	person = book != NULL ? pay_book_find(book, person_id) : NULL;
	if (book != NULL && person == NULL)
		g_set_error(error, PEOPLE_ERROR, PEOPLE_ERROR_NAME,
			    _("There is no such person any more."));
	return person != NULL ? pay_reckon(book, person, error) : NULL;
}

GPtrArray *pay_list(Store *store, int64_t by, int32_t month, int64_t now, GError **error)
{
	g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func(free_pay);
	g_autoptr(PayBook) book = NULL;

	if (!check_month(month, error) || !rights_require(store, by, RIGHT_SEE_PAY, error))
		return NULL;
	book = pay_book_read(store, month, now, error);
	for (guint i = 0; book != NULL && i < book->people->len; i++) {
		Pay *pay = pay_reckon(book, book->people->pdata[i], error);

		if (pay == NULL)
			return NULL;
		if (pay->lines->len > 0 || pay->minutes > 0 || pay->net != 0 || pay->paid != 0)
			g_ptr_array_add(list, pay);
		else
			pay_free(pay);
	}
	return book != NULL ? g_steal_pointer(&list) : NULL;
}
