/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/fiscal/erpnet_plan.h"

#include "core/currency.h"
#include "core/json_text.h"
#include "drivers/fiscal/json_amount.h"
#include "drivers/fiscal/name_uuid.h"
#include "drivers/fiscal/service.h"

#include <string.h>

#define SALE_COUNTER_MAX 9999999 /* seven digits of the unique sale number */
#define QUANTITY_STEP 1000 /* printers take three decimals */

/* What a plan is made from, and where it grows. */
typedef struct {
	const ErpnetOptions *options;
	const ErpnetInfo *info;
	const FiscalDocument *document;
	struct fiscal_plan *plan;
	GString *to; /* an object that is open */
} Maker;

static bool refuse(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);

static bool refuse(GError **error, const char *format, ...)
{
	g_autofree char *text = NULL;
	va_list args;

	va_start(args, format);
	text = g_strdup_vprintf(format, args);
	va_end(args);
	g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_REFUSED, "%s", text);
	return false;
}

static bool check_amount(const Maker *maker, Money amount, const char *what, GError **error)
{
	if (amount.currency != maker->document->total.currency)
		return refuse(error, "%s is in another currency than the total", what);
	if (amount.minor < 0 || amount.minor > RECEIPT_MAX_TOTAL)
		return refuse(error, "%s of %" G_GINT64_FORMAT " is out of range", what,
			      amount.minor);
	return true;
}

static bool check_total(const Maker *maker, GError **error)
{
	const Currency *currency = currency_by_number(maker->document->total.currency);

	if (currency == NULL || currency->exponent != 2)
		return refuse(error, "the printer counts in hundredths, not in currency %d",
			      maker->document->total.currency);
	if (!check_amount(maker, maker->document->total, "a total", error))
		return false;
	if (maker->document->total.minor == 0)
		return refuse(error, "a document of nothing");
	return true;
}

static void write_operator(const Maker *maker)
{
	if (maker->options->operator[0] == '\0')
		return;
	json_text_string(maker->to, "operator", maker->options->operator);
	json_text_string(maker->to, "operatorPassword", maker->options->password);
}

/* The law's number of the sale: printer, operator and a counter, of which ours is the attempt's. */
static bool write_sale_number(const Maker *maker, GError **error)
{
	struct fiscal_plan *plan = maker->plan;

	if (maker->document->id < 0 || maker->document->id > SALE_COUNTER_MAX)
		return refuse(error, "no sale number for document %" G_GINT64_FORMAT,
			      maker->document->id);
	g_snprintf(plan->sale, sizeof plan->sale, "%s-%s-%07d", maker->info->serial,
		   maker->options->code, (int)maker->document->id);
	if (!erpnet_is_sale_number(plan->sale))
		return refuse(error, "'%s' is no serial number of a printer", maker->info->serial);
	json_text_string(maker->to, "uniqueSaleNumber", plan->sale);
	return true;
}

/* A reversal has the number of its sale, and tells which receipt that was. */
static bool write_origin(const Maker *maker, GError **error)
{
	const FiscalOrigin *origin = maker->document->origin;
	g_autofree char *number = NULL;

	if (origin == NULL || origin->id == NULL || !erpnet_is_sale_number(origin->id) ||
	    origin->document_number == 0 || origin->registrar_at == NULL ||
	    strlen(origin->registrar_at) < 16)
		return refuse(error, "a return needs the receipt of its sale");
	number = g_strdup_printf("%07u", origin->document_number);
	g_strlcpy(maker->plan->sale, origin->id, sizeof maker->plan->sale);
	json_text_string(maker->to, "uniqueSaleNumber", origin->id);
	json_text_string(maker->to, "receiptNumber", number);
	json_text_string(maker->to, "receiptDateTime", origin->registrar_at);
	/* The printer at hand: a sale's proof does not come with its memory's number. */
	json_text_string(maker->to, "fiscalMemorySerialNumber", maker->info->memory);
	json_text_string(maker->to, "reason", "refund");
	return true;
}

/* The printer multiplies and rounds by itself; what the till makes the line cheaper or dearer, for
 * whatever reason, is told as an amount, so that no cent is left to chance. */
static void write_difference(const Maker *maker, int64_t difference)
{
	if (difference == 0)
		return;
	json_text_string(maker->to, "priceModifierType",
			 difference > 0 ? "discount-amount" : "surcharge-amount");
	json_amount_write(maker->to, "priceModifierValue", ABS(difference), 2);
}

static bool check_line(const Maker *maker, const FiscalLine *line, GError **error)
{
	if (!check_amount(maker, line->sum, "a line", error) ||
	    !check_amount(maker, line->price, "a price", error))
		return false;
	if (line->quantity.micro <= 0 || line->quantity.micro > RECEIPT_MAX_QUANTITY ||
	    line->quantity.micro % QUANTITY_STEP != 0)
		return refuse(error, "a quantity of %" G_GINT64_FORMAT " is out of range",
			      line->quantity.micro);
	if (line->tax < 0 || line->tax >= FISCAL_TAX_OTHER)
		return refuse(error, "the printer has no group for a tax of %d", line->tax_rate);
	return true;
}

static bool write_line(const Maker *maker, const FiscalLine *line, GError **error)
{
	g_autofree char *text = service_text_dup(line->name, maker->info->text_max);
	g_autofree char *quantity = quantity_dup_decimal(line->quantity);
	int64_t gross;

	if (!check_line(maker, line, error))
		return false;
	if (text[0] == '\0')
		return refuse(error, "a line without a name");
	if (!scale_int64(line->price.minor, line->quantity.micro, QUANTITY_ONE, ROUND_HALF_AWAY,
			 &gross) ||
	    gross > RECEIPT_MAX_TOTAL)
		return refuse(error, "a line that does not fit");
	json_text_open(maker->to, NULL, '{');
	json_text_string(maker->to, "text", text);
	json_amount_write_digits(maker->to, "quantity", quantity);
	json_amount_write(maker->to, "unitPrice", line->price.minor, 2);
	json_text_int(maker->to, "taxGroup", maker->options->groups[line->tax]);
	write_difference(maker, gross - line->sum.minor);
	json_text_close(maker->to, '}');
	return true;
}

static bool write_lines(const Maker *maker, GError **error)
{
	const FiscalDocument *document = maker->document;
	int64_t sum = 0;

	if (document->n_lines <= 0)
		return refuse(error, "a receipt without lines");
	json_text_open(maker->to, "items", '[');
	for (int i = 0; i < document->n_lines; i++) {
		if (!write_line(maker, &document->lines[i], error)) {
			g_prefix_error(error, "line %d: ", i + 1);
			return false;
		}
		if (__builtin_add_overflow(sum, document->lines[i].sum.minor, &sum))
			return refuse(error, "the lines do not fit");
	}
	json_text_close(maker->to, ']');
	if (sum == document->total.minor)
		return true;
	return refuse(error, "the lines make %" G_GINT64_FORMAT ", the total is %" G_GINT64_FORMAT,
		      sum, document->total.minor);
}

static void write_payment(const Maker *maker, int64_t amount, const char *type)
{
	if (amount == 0)
		return;
	json_text_open(maker->to, NULL, '{');
	json_amount_write(maker->to, "amount", amount, 2);
	json_text_string(maker->to, "paymentType", type);
	json_text_close(maker->to, '}');
}

/* Cash is what is due: the service gives no change back. */
static bool write_payments(const Maker *maker, GError **error)
{
	const FiscalDocument *document = maker->document;
	int64_t cash = document->paid[TENDER_CASH].minor, card = document->paid[TENDER_CARD].minor;
	int64_t change = cash + card - document->total.minor;

	G_STATIC_ASSERT(TENDER_N == 2); /* another tender needs its type here */
	if (!check_amount(maker, document->paid[TENDER_CASH], "cash", error) ||
	    !check_amount(maker, document->paid[TENDER_CARD], "a card payment", error))
		return false;
	if (card > document->total.minor)
		return refuse(error, "more by card than the total");
	if (change < 0)
		return refuse(error, "paid less than the total");
	if (document->kind == FISCAL_SALE_RETURN && change != 0)
		return refuse(error, "a return gives back its total, no more");
	maker->plan->change.minor = change;
	json_text_open(maker->to, "payments", '[');
	write_payment(maker, card, "card");
	write_payment(maker, cash - change, "cash");
	json_text_close(maker->to, ']');
	return true;
}

static bool plan_receipt(const Maker *maker, GError **error)
{
	bool sale = maker->document->kind == FISCAL_SALE;

	maker->plan->request = sale ? "receipt" : "reversalreceipt";
	if (!check_total(maker, error))
		return false;
	if (maker->document->customer_tin != NULL)
		return refuse(error, "the service has no receipts for businesses");
	if (sale ? !write_sale_number(maker, error) : !write_origin(maker, error))
		return false;
	write_operator(maker);
	return write_lines(maker, error) && write_payments(maker, error);
}

static bool plan_cash(const Maker *maker, GError **error)
{
	maker->plan->request = maker->document->kind == FISCAL_CASH_IN ? "deposit" : "withdraw";
	if (!check_total(maker, error))
		return false;
	json_amount_write(maker->to, "amount", maker->document->total.minor, 2);
	write_operator(maker);
	return true;
}

static bool plan_any(const Maker *maker, GError **error)
{
	switch (maker->document->kind) {
	case FISCAL_SALE:
	case FISCAL_SALE_RETURN:
		return plan_receipt(maker, error);
	case FISCAL_CASH_IN:
	case FISCAL_CASH_OUT:
		return plan_cash(maker, error);
	case FISCAL_SHIFT_OPEN: /* the day opens by itself, with its first receipt */
		return true;
	case FISCAL_SHIFT_CLOSE:
		maker->plan->request = "zreport";
		return true;
	case FISCAL_X:
		maker->plan->request = "xreport";
		return true;
	case FISCAL_CORRECTION:
	case FISCAL_CORRECTION_RETURN:
		return refuse(error, "the printer knows no corrections");
	}
	return refuse(error, "a document of unknown kind %d", maker->document->kind);
}

struct fiscal_plan *erpnet_plan_new(const ErpnetOptions *options, const ErpnetInfo *info,
				    const FiscalDocument *document, GError **error)
{
	struct fiscal_plan *plan = g_new0(struct fiscal_plan, 1);
	Maker maker = { options, info, document, plan, g_string_new(NULL) };
	bool ok;

	plan->kind = document->kind;
	plan->total = document->total;
	plan->change.currency = document->total.currency;
	if (document->kind != FISCAL_X)
		plan->task_id = name_uuid_dup_attempt(document->sale_id, document->id);
	json_text_open(maker.to, NULL, '{');
	ok = plan_any(&maker, error);
	json_text_close(maker.to, '}');
	plan->body = g_string_free(maker.to, FALSE);
	if (ok)
		return plan;
	erpnet_plan_free(plan);
	return NULL;
}

char *erpnet_plan_describe(const struct fiscal_plan *plan)
{
	return g_strdup_printf("%s %s %s", plan->request != NULL ? plan->request : "nothing",
			       plan->task_id != NULL ? plan->task_id : "-", plan->body);
}

int erpnet_plan_n_steps(const struct fiscal_plan *plan)
{
	return plan->request != NULL ? 1 : 0;
}

void erpnet_plan_free(struct fiscal_plan *plan)
{
	if (plan == NULL)
		return;
	g_free(plan->task_id);
	g_free(plan->body);
	g_free(plan);
}

/* --- read again ---------------------------------------------------------------------------- */

static int64_t cash_of(const json_t *payments)
{
	const json_t *payment;
	size_t i;
	int64_t amount;

	json_array_foreach(payments, i, payment)
	{
		const char *type = service_get_text(payment, "paymentType");

		if (type != NULL && strcmp(type, "cash") == 0 &&
		    service_read_amount(payment, "amount", &amount))
			return amount;
	}
	return 0;
}

bool erpnet_trace_read(const char *description, ErpnetTrace *ret)
{
	const char *body = description != NULL ? strchr(description, '{') : NULL;
	json_t *json = body != NULL ? json_amount_loads(body, strlen(body), NULL) : NULL;
	const char *sale = service_get_text(json, "uniqueSaleNumber");
	ErpnetTrace trace = { 0 };

	if (json == NULL)
		return false;
	if (sale != NULL)
		g_strlcpy(trace.sale, sale, sizeof trace.sale);
	if (!service_read_amount(json, "amount", &trace.cash))
		trace.cash = cash_of(json_object_get(json, "payments"));
	if (g_str_has_prefix(description, "withdraw") ||
	    g_str_has_prefix(description, "reversalreceipt"))
		trace.cash = -trace.cash;
	json_decref(json);
	*ret = trace;
	return true;
}
