/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/fiscal/datecs_plan.h"

#include "core/currency.h"
#include "drivers/fiscal/datecs_make.h"

#include <string.h>

bool datecs_refuse(GError **error, const char *format, ...)
{
	g_autofree char *text = NULL;
	va_list args;

	va_start(args, format);
	text = g_strdup_vprintf(format, args);
	va_end(args);
	g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_REFUSED, "%s", text);
	return false;
}

bool datecs_add_step(DatecsMaker *maker, DatecsStepKind kind, const DatecsWriter *writer,
		     const char *text, GError **error)
{
	DatecsStep step = { .kind = kind, .body = writer->body };

	if (writer->overflow)
		return datecs_refuse(error, "%02X does not fit a frame", writer->body.code);
	step.before = step.after = maker->sum;
	step.text = g_strdup_printf("%02X %s", writer->body.code, text);
	g_array_append_val(maker->plan->steps, step);
	return true;
}

static DatecsStep *last_step(const DatecsMaker *maker)
{
	return &g_array_index(maker->plan->steps, DatecsStep, maker->plan->steps->len - 1);
}

/* The step just added is the one that makes the document. */
static void commit_here(DatecsMaker *maker)
{
	maker->plan->commit_step = (int)maker->plan->steps->len - 1;
}

bool datecs_check_amount(const DatecsMaker *maker, Money amount, const char *what, GError **error)
{
	if (amount.currency != maker->document->total.currency)
		return datecs_refuse(error, "%s is in another currency than the total", what);
	if (amount.minor < 0 || amount.minor > DATECS_AMOUNT_MAX)
		return datecs_refuse(error, "%s of %" G_GINT64_FORMAT " is out of range", what,
				     amount.minor);
	return true;
}

static bool check_total(const DatecsMaker *maker, GError **error)
{
	const Currency *currency = currency_by_number(maker->document->total.currency);

	/* The lev went in 2026; a currency that we do not know has hundredths, as nearly all. */
	if (currency != NULL && currency->exponent != 2)
		return datecs_refuse(error, "the registrar counts in hundredths, not in %s",
				     currency->code);
	if (!datecs_check_amount(maker, maker->document->total, "a total", error))
		return false;
	if (maker->document->total.minor == 0)
		return datecs_refuse(error, "a document of nothing");
	return true;
}

/* --- lines --------------------------------------------------------------------------------- */

static bool add_lines(DatecsMaker *maker, GError **error)
{
	const FiscalDocument *document = maker->document;

	if (document->n_lines <= 0)
		return datecs_refuse(error, "a receipt without lines");
	for (int i = 0; i < document->n_lines; i++) {
		if (!datecs_add_line(maker, &document->lines[i], error)) {
			g_prefix_error(error, "line %d: ", i + 1);
			return false;
		}
	}
	if (maker->sum != document->total.minor)
		return datecs_refuse(error,
				     "the lines make %" G_GINT64_FORMAT
				     ", the total is %" G_GINT64_FORMAT,
				     maker->sum, document->total.minor);
	return true;
}

void datecs_receipt_command(DatecsFamily family, DatecsBody *ret)
{
	DatecsWriter writer;

	datecs_begin(&writer, DATECS_RECEIPT);
	if (family == DATECS_P)
		datecs_put_text(&writer, "T"); /* tells what was paid, too */
	*ret = writer.body;
}

static bool add_check(DatecsMaker *maker, GError **error)
{
	DatecsWriter writer = { 0 };

	datecs_receipt_command(maker->target->family, &writer.body);
	return datecs_add_step(maker, DATECS_STEP_CHECK, &writer, "check the sum", error);
}

/* --- payments ------------------------------------------------------------------------------ */

void datecs_pay_command(DatecsFamily family, TenderKind tender, int64_t amount, DatecsBody *ret)
{
	g_autofree char *sum = datecs_dup_amount(amount);
	DatecsWriter writer;

	G_STATIC_ASSERT(TENDER_N == 2); /* another tender needs a mode of its own */
	datecs_begin(&writer, DATECS_PAY);
	if (family == DATECS_P) {
		datecs_put_text(&writer, tender == TENDER_CASH ? "\tP" : "\tD");
		datecs_put_text(&writer, sum);
	} else {
		datecs_put_field(&writer, tender == TENDER_CASH ? "0" : "1");
		datecs_put_field(&writer, sum);
		datecs_put_field(&writer, "");
	}
	*ret = writer.body;
}

static bool add_payment(DatecsMaker *maker, TenderKind tender, int64_t *paid, GError **error)
{
	int64_t amount = maker->document->paid[tender].minor;
	g_autofree char *sum = datecs_dup_amount(amount);
	g_autofree char *text = g_strdup_printf("pay by %s %s", tender_code(tender), sum);
	DatecsWriter writer = { 0 };

	if (amount == 0)
		return true;
	datecs_pay_command(maker->target->family, tender, amount, &writer.body);
	if (!datecs_add_step(maker, DATECS_STEP_PAY, &writer, text, error))
		return false;
	if (*paid == 0)
		commit_here(maker); /* no receipt can be cancelled after its first payment */
	last_step(maker)->before = *paid;
	*paid += amount;
	last_step(maker)->after = *paid;
	return true;
}

static bool check_payments(const DatecsMaker *maker, GError **error)
{
	const FiscalDocument *document = maker->document;
	int64_t cash = document->paid[TENDER_CASH].minor, card = document->paid[TENDER_CARD].minor;

	if (!datecs_check_amount(maker, document->paid[TENDER_CASH], "cash", error) ||
	    !datecs_check_amount(maker, document->paid[TENDER_CARD], "a card payment", error))
		return false;
	if (card > document->total.minor)
		return datecs_refuse(error, "more by card than the total");
	if (card == document->total.minor && cash > 0)
		return datecs_refuse(error, "cash on top of a card that pays all");
	if (cash + card < document->total.minor)
		return datecs_refuse(error, "paid less than the total");
	if (document->kind == FISCAL_SALE_RETURN && cash + card != document->total.minor)
		return datecs_refuse(error, "a return gives back its total, no more");
	return true;
}

/* Cash last: what is too much of it is change. */
static bool add_payments(DatecsMaker *maker, GError **error)
{
	int64_t paid = 0;
	DatecsWriter writer;

	if (!check_payments(maker, error) || !add_payment(maker, TENDER_CARD, &paid, error) ||
	    !add_payment(maker, TENDER_CASH, &paid, error))
		return false;
	datecs_begin(&writer, DATECS_CLOSE);
	return datecs_add_step(maker, DATECS_STEP_CLOSE, &writer, "close", error);
}

static bool plan_receipt(DatecsMaker *maker, GError **error)
{
	bool sale = maker->document->kind == FISCAL_SALE;

	if (!check_total(maker, error))
		return false;
	if (sale && datecs_numbers_sales(maker->target))
		datecs_make_unp(maker->target, maker->document->id, maker->plan->unp);
	return (sale ? datecs_open_sale(maker, error) : datecs_open_return(maker, error)) &&
	       add_lines(maker, error) && add_check(maker, error) && add_payments(maker, error);
}

/* --- all else ------------------------------------------------------------------------------ */

void datecs_cash_command(DatecsFamily family, int64_t amount, DatecsBody *ret)
{
	g_autofree char *sum = datecs_dup_amount(ABS(amount));
	DatecsWriter writer;

	datecs_begin(&writer, DATECS_CASH);
	if (family == DATECS_X)
		datecs_put_field(&writer, amount < 0 ? "1" : "0");
	else if (amount < 0)
		datecs_put_text(&writer, "-");
	if (family == DATECS_X)
		datecs_put_field(&writer, amount == 0 ? "0" : sum);
	else
		datecs_put_text(&writer, amount == 0 ? "0" : sum);
	*ret = writer.body;
}

static bool plan_cash(DatecsMaker *maker, GError **error)
{
	bool in = maker->document->kind == FISCAL_CASH_IN;
	int64_t amount = maker->document->total.minor;
	g_autofree char *text = NULL;
	g_autofree char *sum = NULL;
	DatecsWriter writer = { 0 };

	if (!check_total(maker, error))
		return false;
	sum = datecs_dup_amount(amount);
	text = g_strdup_printf("cash %s %s", in ? "in" : "out", sum);
	datecs_cash_command(maker->target->family, in ? amount : -amount, &writer.body);
	return datecs_add_step(maker, DATECS_STEP_CASH, &writer, text, error);
}

static bool plan_report(DatecsMaker *maker, GError **error)
{
	bool z = maker->document->kind == FISCAL_SHIFT_CLOSE;
	DatecsWriter writer;

	datecs_begin(&writer, DATECS_REPORT);
	if (maker->target->family == DATECS_X)
		datecs_put_field(&writer, z ? "Z" : "X");
	else if (!z)
		datecs_put_text(&writer, "2");
	return datecs_add_step(maker, z ? DATECS_STEP_Z : DATECS_STEP_X, &writer,
			       z ? "Z report" : "X report", error);
}

static bool plan_any(DatecsMaker *maker, GError **error)
{
	switch (maker->document->kind) {
	case FISCAL_SALE:
	case FISCAL_SALE_RETURN:
		return plan_receipt(maker, error);
	case FISCAL_SHIFT_CLOSE:
	case FISCAL_X:
		return plan_report(maker, error);
	case FISCAL_CASH_IN:
	case FISCAL_CASH_OUT:
		return plan_cash(maker, error);
	case FISCAL_SHIFT_OPEN: /* the first receipt opens the day */
	case FISCAL_CORRECTION:
	case FISCAL_CORRECTION_RETURN:
		break;
	}
	return datecs_refuse(error, "the registrar has no document of kind %d",
			     maker->document->kind);
}

static void clear_step(void *data)
{
	DatecsStep *step = data;

	g_free(step->text);
}

struct fiscal_plan *datecs_plan_new(const DatecsTarget *target, const FiscalDocument *document,
				    GError **error)
{
	struct fiscal_plan *plan = g_new0(struct fiscal_plan, 1);
	DatecsMaker maker = { .target = target, .document = document, .plan = plan };

	plan->kind = document->kind;
	plan->total = document->total;
	plan->steps = g_array_new(FALSE, FALSE, sizeof(DatecsStep));
	g_array_set_clear_func(plan->steps, clear_step);
	if (plan_any(&maker, error))
		return plan;
	datecs_plan_free(plan);
	return NULL;
}

char *datecs_plan_describe(const struct fiscal_plan *plan)
{
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < plan->steps->len; i++)
		g_string_append_printf(text, "%s\n",
				       g_array_index(plan->steps, DatecsStep, i).text);
	return g_string_free(text, FALSE);
}

int datecs_plan_n_steps(const struct fiscal_plan *plan)
{
	return (int)plan->steps->len;
}

int datecs_plan_commit_step(const struct fiscal_plan *plan)
{
	return plan->commit_step;
}

void datecs_plan_free(struct fiscal_plan *plan)
{
	if (plan == NULL)
		return;
	g_array_unref(plan->steps);
	g_free(plan);
}
