/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/fiscal/shtrih_plan.h"

#include "core/currency.h"
#include "drivers/fiscal/line_split.h"
#include "drivers/fiscal/shtrih_maker.h"

#include <string.h>

#define TAG_UNIT 2108
#define SUBJECT_MARKED 33 /* of tag 1212: goods with a marking code, from FFD 1.2 on */

bool shtrih_refuse(GError **error, const char *format, ...)
{
	g_autofree char *text = NULL;
	va_list args;

	va_start(args, format);
	text = g_strdup_vprintf(format, args);
	va_end(args);
	g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_REFUSED, "%s", text);
	return false;
}

void shtrih_add_step(ShtrihMaker *maker, const ShtrihBody *body, char *text)
{
	ShtrihStep step = { .body = *body };

	step.text = g_strdup_printf("%02X %s", shtrih_body_code(body), text);
	g_free(text);
	g_array_append_val(maker->plan->steps, step);
}

void shtrih_add_simple(ShtrihMaker *maker, uint16_t code, const char *text)
{
	ShtrihBody body;

	shtrih_command(&body, code, maker->options->password);
	shtrih_add_step(maker, &body, g_strdup(text));
}

void shtrih_commit_here(ShtrihMaker *maker)
{
	maker->plan->commit_step = (int)maker->plan->steps->len - 1;
}

static bool check_amount(const ShtrihMaker *maker, Money amount, const char *what, GError **error)
{
	if (amount.currency != maker->document->total.currency)
		return shtrih_refuse(error, "%s is in another currency than the total", what);
	if (amount.minor < 0 || amount.minor > SHTRIH_AMOUNT_MAX)
		return shtrih_refuse(error, "%s of %" G_GINT64_FORMAT " is out of range", what,
				     amount.minor);
	return true;
}

static bool check_currency(const ShtrihMaker *maker, GError **error)
{
	const Currency *currency = currency_by_number(maker->document->total.currency);

	if (currency == NULL || currency->exponent != 2)
		return shtrih_refuse(error,
				     "the registrar counts in hundredths, not in currency %d",
				     maker->document->total.currency);
	return true;
}

bool shtrih_check_total(const ShtrihMaker *maker, GError **error)
{
	if (!check_currency(maker, error) ||
	    !check_amount(maker, maker->document->total, "a total", error))
		return false;
	if (maker->document->total.minor == 0)
		return shtrih_refuse(error, "a document of nothing");
	return true;
}

/* The bit of §6.2's table, or its place in it. */
static bool find_vat(const ShtrihMaker *maker, const FiscalLine *line, uint8_t *ret, GError **error)
{
	static const uint8_t bits[] = {
		[FISCAL_TAX_STANDARD] = 0x01,
		[FISCAL_TAX_REDUCED] = 0x02,
		[FISCAL_TAX_ZERO] = 0x04,
		[FISCAL_TAX_NONE] = 0x08,
	};
	bool taxed = line->tax != FISCAL_TAX_NONE && line->tax != FISCAL_TAX_ZERO;
	uint8_t bit;

	if (taxed && (line->tax_rate == 500 || line->tax_rate == 700))
		bit = line->tax_rate == 500 ? 0x81 : 0x82;
	else if ((size_t)line->tax < G_N_ELEMENTS(bits))
		bit = bits[line->tax];
	else
		return shtrih_refuse(error, "the registrar has no word for a tax of %d",
				     line->tax_rate);

	if (!maker->options->vat_ordinal)
		*ret = bit;
	else if (bit < 0x80)
		*ret = (uint8_t)__builtin_ffs(bit);
	else
		return shtrih_refuse(error, "no ordinal is known for a tax of %d", line->tax_rate);
	return true;
}

static size_t encode_name(const ShtrihMaker *maker, const char *name, uint8_t ret[SHTRIH_NAME_MAX])
{
	size_t shift = g_str_has_prefix(name, "//") ? 1 : 0; /* would not be printed */

	if (shift > 0)
		ret[0] = ' ';
	return shift + codepage_encode(CODEPAGE_CP1251, &maker->options->letters, name, ret + shift,
				       SHTRIH_NAME_MAX - shift);
}

char *shtrih_dup_amount(const ShtrihMaker *maker, int64_t minor)
{
	return money_dup_decimal((Money){ minor, maker->document->total.currency });
}

static void add_part(ShtrihMaker *maker, const ShtrihLine *line, Unit unit)
{
	ShtrihBody body;
	g_autofree char *name = codepage_decode(CODEPAGE_CP1251, line->name, line->name_len);
	g_autofree char *quantity = quantity_dup_decimal((Quantity){ line->quantity });
	g_autofree char *price = shtrih_dup_amount(maker, line->price);
	g_autofree char *sum = shtrih_dup_amount(maker, line->sum);
	uint8_t ffd_unit = (uint8_t)unit_ffd(unit);

	shtrih_command_line(&body, maker->options->password, line);
	shtrih_add_step(maker, &body,
			g_strdup_printf("%s x %s = %s vat %02X \"%s\"", quantity, price, sum,
					line->vat, name));
	if (!maker->options->ffd_1_2)
		return;
	shtrih_command_tlv(&body, SHTRIH_LINE_TLV, maker->options->password, TAG_UNIT, &ffd_unit,
			   1);
	shtrih_add_step(maker, &body, g_strdup_printf("tag %d %d", TAG_UNIT, ffd_unit));
}

/* A code that was found good before the receipt was opened belongs to the line just told. */
static bool bind_mark(ShtrihMaker *maker, const FiscalLine *line, int n_parts, GError **error)
{
	if (line->mark == NULL)
		return true;
	if (n_parts != 1)
		return shtrih_refuse(error, "marked goods cannot be told as two lines");
	return shtrih_add_mark_bound(maker, line, error);
}

static bool add_line(ShtrihMaker *maker, const FiscalLine *line, GError **error)
{
	bool sale = maker->document->kind == FISCAL_SALE;
	ShtrihLine part = { .operation =
				    sale ? SHTRIH_OPERATION_SALE : SHTRIH_OPERATION_SALE_RETURN };
	LinePart parts[2];
	int n;

	if (!check_amount(maker, line->price, "a price", error) ||
	    !find_vat(maker, line, &part.vat, error))
		return false;
	part.subject = line->mark != NULL && maker->options->ffd_1_2 ? SUBJECT_MARKED : 0;
	part.name_len = encode_name(maker, line->name, part.name);
	if (part.name_len == 0)
		return shtrih_refuse(error, "a line without a name");
	n = line->quantity.micro > SHTRIH_QUANTITY_MAX
		    ? 0
		    : line_split(line->quantity.micro, line->price.minor, line->sum.minor, parts);
	if (n == 0 || parts[0].price >= SHTRIH_AMOUNT_MAX)
		return shtrih_refuse(error, "a quantity of %" G_GINT64_FORMAT " is out of range",
				     line->quantity.micro);

	for (int i = 0; i < n; i++) {
		part.quantity = parts[i].quantity;
		part.price = parts[i].price;
		part.sum = parts[i].sum;
		add_part(maker, &part, line->unit);
	}
	return bind_mark(maker, line, n, error);
}

bool shtrih_each_line(ShtrihMaker *maker,
		      bool (*take)(ShtrihMaker *maker, const FiscalLine *line, GError **error),
		      GError **error)
{
	const FiscalDocument *document = maker->document;
	int64_t sum = 0;

	if (document->n_lines <= 0)
		return shtrih_refuse(error, "a receipt without lines");
	for (int i = 0; i < document->n_lines; i++) {
		if (!check_amount(maker, document->lines[i].sum, "a line", error) ||
		    !take(maker, &document->lines[i], error)) {
			g_prefix_error(error, "line %d: ", i + 1);
			return false;
		}
		if (__builtin_add_overflow(sum, document->lines[i].sum.minor, &sum))
			return shtrih_refuse(error, "the lines do not fit");
	}
	if (sum != document->total.minor)
		return shtrih_refuse(error,
				     "the lines make %" G_GINT64_FORMAT
				     ", the total is %" G_GINT64_FORMAT,
				     sum, document->total.minor);
	return true;
}

bool shtrih_check_payment(const ShtrihMaker *maker, GError **error)
{
	const FiscalDocument *document = maker->document;
	int64_t cash = document->paid[TENDER_CASH].minor, card = document->paid[TENDER_CARD].minor;

	G_STATIC_ASSERT(TENDER_N == 2); /* another tender needs a sum of its own in FF45 */
	if (!check_amount(maker, document->paid[TENDER_CASH], "cash", error) ||
	    !check_amount(maker, document->paid[TENDER_CARD], "a card payment", error))
		return false;
	if (card > document->total.minor)
		return shtrih_refuse(error, "more by card than the total");
	if (cash + card < document->total.minor)
		return shtrih_refuse(error, "paid less than the total");
	return true;
}

static bool add_payment(ShtrihMaker *maker, GError **error)
{
	const FiscalDocument *document = maker->document;
	int64_t cash = document->paid[TENDER_CASH].minor, card = document->paid[TENDER_CARD].minor;
	g_autofree char *cash_text = shtrih_dup_amount(maker, cash);
	g_autofree char *card_text = shtrih_dup_amount(maker, card);
	ShtrihBody body;

	if (!shtrih_check_payment(maker, error))
		return false;
	if (document->kind != FISCAL_SALE && cash + card != document->total.minor)
		return shtrih_refuse(error, "a return gives back its total, no more");

	shtrih_command_close(&body, maker->options->password, cash, card,
			     maker->options->tax_system);
	shtrih_add_step(maker, &body,
			g_strdup_printf("close: cash %s, card %s", cash_text, card_text));
	shtrih_commit_here(maker);
	return true;
}

static bool plan_receipt(ShtrihMaker *maker, GError **error)
{
	bool sale = maker->document->kind == FISCAL_SALE;
	ShtrihBody body;

	if (!shtrih_check_total(maker, error) || !shtrih_add_mark_checks(maker, error))
		return false;
	shtrih_command_byte(&body, SHTRIH_OPEN, maker->options->password,
			    sale ? SHTRIH_RECEIPT_SALE : SHTRIH_RECEIPT_SALE_RETURN);
	shtrih_add_step(maker, &body, g_strdup(sale ? "open a sale" : "open a return of sale"));
	if (!shtrih_each_line(maker, add_line, error))
		return false;
	shtrih_add_simple(maker, SHTRIH_SUBTOTAL, "subtotal");
	shtrih_add_cashier(maker);
	return shtrih_add_contact(maker, error) && shtrih_add_tin(maker, error) &&
	       add_payment(maker, error);
}

static bool plan_shift(ShtrihMaker *maker, uint16_t begin, uint16_t finish, const char *what)
{
	shtrih_add_simple(maker, begin, what);
	shtrih_add_cashier(maker);
	shtrih_add_simple(maker, finish, what);
	shtrih_commit_here(maker);
	return true;
}

static bool plan_cash(ShtrihMaker *maker, uint16_t code, const char *what, GError **error)
{
	ShtrihBody body;
	int64_t sum = maker->document->total.minor;
	g_autofree char *text = NULL;

	if (!shtrih_check_total(maker, error))
		return false;
	text = shtrih_dup_amount(maker, sum);
	shtrih_command_cash(&body, code, maker->options->password, sum);
	shtrih_add_step(maker, &body, g_strdup_printf("%s %s", what, text));
	shtrih_commit_here(maker);
	return true;
}

static bool plan_any(ShtrihMaker *maker, GError **error)
{
	switch (maker->document->kind) {
	case FISCAL_SALE:
	case FISCAL_SALE_RETURN:
	case FISCAL_CORRECTION_RETURN: /* FF4A corrects income and outcome, and no return of
					  either (§6.2): a late return is an ordinary one */
		return plan_receipt(maker, error);
	case FISCAL_SHIFT_OPEN:
		return plan_shift(maker, SHTRIH_SHIFT_OPEN_BEGIN, SHTRIH_SHIFT_OPEN_FINISH,
				  "open the shift");
	case FISCAL_SHIFT_CLOSE:
		return plan_shift(maker, SHTRIH_SHIFT_CLOSE_BEGIN, SHTRIH_SHIFT_CLOSE_FINISH,
				  "close the shift");
	case FISCAL_X:
		shtrih_add_simple(maker, SHTRIH_X_REPORT, "X report");
		shtrih_commit_here(maker);
		return true;
	case FISCAL_CASH_IN:
		return plan_cash(maker, SHTRIH_CASH_IN, "cash in", error);
	case FISCAL_CASH_OUT:
		return plan_cash(maker, SHTRIH_CASH_OUT, "cash out", error);
	case FISCAL_CORRECTION:
		return shtrih_plan_correction(maker, error);
	}
	return shtrih_refuse(error, "a document of unknown kind %d", maker->document->kind);
}

static void clear_step(void *data)
{
	ShtrihStep *step = data;

	g_free(step->text);
}

struct fiscal_plan *shtrih_plan_new(const ShtrihOptions *options, const FiscalDocument *document,
				    GError **error)
{
	struct fiscal_plan *plan = g_new0(struct fiscal_plan, 1);
	ShtrihMaker maker = { .options = options, .document = document, .plan = plan };

	plan->kind = document->kind;
	plan->total = document->total;
	plan->steps = g_array_new(FALSE, FALSE, sizeof(ShtrihStep));
	g_array_set_clear_func(plan->steps, clear_step);
	if (plan_any(&maker, error))
		return plan;
	shtrih_plan_free(plan);
	return NULL;
}

char *shtrih_plan_describe(const struct fiscal_plan *plan)
{
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < plan->steps->len; i++)
		g_string_append_printf(text, "%s\n",
				       g_array_index(plan->steps, ShtrihStep, i).text);
	return g_string_free(text, FALSE);
}

int shtrih_plan_n_steps(const struct fiscal_plan *plan)
{
	return (int)plan->steps->len;
}

int shtrih_plan_commit_step(const struct fiscal_plan *plan)
{
	return plan->commit_step;
}

void shtrih_plan_free(struct fiscal_plan *plan)
{
	if (plan == NULL)
		return;
	g_array_unref(plan->steps);
	g_free(plan);
}
