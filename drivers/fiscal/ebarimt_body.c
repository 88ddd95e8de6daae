/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/barcode.h"
#include "core/currency.h"
#include "core/json_text.h"
#include "drivers/fiscal/ebarimt_plan.h"
#include "drivers/fiscal/json_amount.h"

#include <string.h>

#define ID_LEN 33

/* What goes into the receipt: the lines of a sale, or what a return leaves of one. */
typedef struct {
	const EbarimtOptions *options;
	const FiscalDocument *document;
	const FiscalLine *lines;
	int n_lines;
	const Money *paid;
	bool is_rest;
	/* of each line that is told, and by type */
	EbarimtTaxType *types; /* owned */
	EbarimtSums *taxes; /* owned */
	EbarimtSums by_type[EBARIMT_TAX_N];
	int n_by_type[EBARIMT_TAX_N];
	EbarimtSums all;
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

/* --- what the lines are -------------------------------------------------------------------- */

/* A line that costs nothing is no turnover, and the service takes no price of 0: it is not told. */
static bool is_told(const FiscalLine *line)
{
	return line->sum.minor != 0;
}

static bool find_type(const Maker *maker, const FiscalLine *line, EbarimtTaxType *ret,
		      GError **error)
{
	switch (line->tax) {
	case FISCAL_TAX_STANDARD:
	case FISCAL_TAX_REDUCED:
		*ret = EBARIMT_VAT_ABLE;
		return true;
	case FISCAL_TAX_ZERO:
		*ret = EBARIMT_VAT_ZERO;
		return maker->options->vat_zero_code[0] != '\0' ||
		       refuse(error, "[fiscal] vat_zero_code is not set");
	case FISCAL_TAX_OTHER: /* city tax alone */
	case FISCAL_TAX_NONE:
		break;
	}
	*ret = maker->options->vat_free_code[0] != '\0' ? EBARIMT_VAT_FREE : EBARIMT_NO_VAT;
	return true;
}

/* City tax stands beside VAT, or alone in its place. */
static int32_t city_rate(const FiscalLine *line)
{
	return line->tax == FISCAL_TAX_OTHER ? line->tax_rate + line->city_rate : line->city_rate;
}

static bool check_line(const Maker *maker, const FiscalLine *line, GError **error)
{
	if (line->sum.currency != maker->document->total.currency)
		return refuse(error, "is in another currency than the total");
	if (line->sum.minor < 0 || line->quantity.micro <= 0)
		return refuse(error, "a quantity or sum out of range");
	if (line->tax_rate < 0 || line->tax_rate > TAX_RATE_MAX || line->city_rate < 0 ||
	    line->city_rate > TAX_RATE_MAX)
		return refuse(error, "a tax out of range");
	if (line->name == NULL || line->name[0] == '\0')
		return refuse(error, "a line without a name");
	if (line->classification != NULL && !ebarimt_is_digits(line->classification, 7, 7))
		return refuse(error, "'%s' is no code of goods", line->classification);
	return true;
}

static bool weigh_line(Maker *maker, int n, GError **error)
{
	const FiscalLine *line = &maker->lines[n];
	EbarimtTaxType type;
	int32_t rate;

	if (!check_line(maker, line, error) || !find_type(maker, line, &type, error))
		return false;
	rate = type == EBARIMT_VAT_ABLE && maker->options->vat_payer ? line->tax_rate : 0;
	if (!ebarimt_tax_of(line->sum.minor, rate, city_rate(line), &maker->taxes[n]) ||
	    !ebarimt_sums_add(&maker->by_type[type], &maker->taxes[n]) ||
	    !ebarimt_sums_add(&maker->all, &maker->taxes[n]))
		return refuse(error, "does not fit");
	maker->types[n] = type;
	maker->n_by_type[type] += is_told(line);
	return true;
}

static bool weigh_lines(Maker *maker, GError **error)
{
	maker->types = g_new0(EbarimtTaxType, maker->n_lines + 1);
	maker->taxes = g_new0(EbarimtSums, maker->n_lines + 1);
	for (int i = 0; i < maker->n_lines; i++) {
		if (!weigh_line(maker, i, error)) {
			g_prefix_error(error, "line %d: ", i + 1);
			return false;
		}
	}
	return maker->all.total > 0 || refuse(error, "a receipt of nothing");
}

/* Cash as it was handed over: change is none of the service's business. */
static bool find_cash(const Maker *maker, int64_t *ret, GError **error)
{
	int64_t cash = maker->paid[TENDER_CASH].minor, card = maker->paid[TENDER_CARD].minor;

	G_STATIC_ASSERT(TENDER_N == 2); /* another tender needs a code of its own */
	if (card < 0 || cash < 0 || card > maker->all.total)
		return refuse(error, "paid by card more than the total");
	if (cash < maker->all.total - card)
		return refuse(error, "paid less than the total");
	if (maker->is_rest && cash != maker->all.total - card)
		return refuse(error, "what is left was paid with another sum");
	*ret = maker->all.total - card;
	return true;
}

static bool check_buyer(const FiscalDocument *document, GError **error)
{
	if (document->customer_tin != NULL && !ebarimt_is_digits(document->customer_tin, 11, 14))
		return refuse(error, "'%s' is no taxpayer's number", document->customer_tin);
	if (document->consumer != NULL && !ebarimt_is_digits(document->consumer, 8, 8))
		return refuse(error, "'%s' is no citizen's number", document->consumer);
	if (document->customer_tin != NULL && document->consumer != NULL)
		return refuse(error, "a receipt is a business's or a citizen's, not both");
	return true;
}

static bool check_document(const FiscalDocument *document, GError **error)
{
	const Currency *currency = currency_by_number(document->total.currency);

	if (currency == NULL || currency->exponent != 2)
		return refuse(error, "the service counts in hundredths, not in currency %d",
			      document->total.currency);
	if (document->id <= 0)
		return refuse(error, "a receipt without a number");
	return check_buyer(document, error);
}

static bool check_total(const Maker *maker, GError **error)
{
	int64_t total = maker->document->total.minor;

	return maker->is_rest || maker->all.total == total ||
	       refuse(error, "the lines make %" G_GINT64_FORMAT ", the total is %" G_GINT64_FORMAT,
		      maker->all.total, total);
}

/* --- as text ------------------------------------------------------------------------------- */

static void add_raw(GString *body, const char *key, const char *value)
{
	char last = body->str[body->len - 1];

	g_string_append_printf(body, "%s\"%s\":%s", last == '{' || last == '[' ? "" : ",", key,
			       value);
}

/* As the examples of §7 write it: 245.94, 67.5, 135. */
static void add_amount(GString *body, const char *key, int64_t minor)
{
	g_autofree char *text = json_amount_dup_text(minor, 2);
	size_t len = strlen(text);

	while (text[len - 1] == '0')
		len--;
	text[text[len - 1] == '.' ? len - 1 : len] = '\0';
	add_raw(body, key, text);
}

static void add_taxes(GString *body, const EbarimtSums *sums)
{
	add_amount(body, "totalVAT", sums->vat);
	add_amount(body, "totalCityTax", sums->city);
}

static void add_sums(GString *body, const EbarimtSums *sums)
{
	add_amount(body, "totalAmount", sums->total);
	add_taxes(body, sums);
}

/* Registered numbers alone: those a shop gives itself begin with 2 (or 02). */
static const char *code_type(const char *code)
{
	switch (code != NULL ? barcode_kind(code) : BARCODE_OTHER) {
	case BARCODE_EAN13:
		if (g_str_has_prefix(code, "978") || g_str_has_prefix(code, "979"))
			return "ISBN";
		return code[0] == '2' || g_str_has_prefix(code, "02") ? "UNDEFINED" : "GS1";
	case BARCODE_EAN8:
		return code[0] == '2' || code[0] == '0' ? "UNDEFINED" : "GS1";
	case BARCODE_UPCA:
		return code[0] == '2' ? "UNDEFINED" : "GS1";
	case BARCODE_GTIN14:
		return "GS1";
	default:
		return "UNDEFINED";
	}
}

/* The paper is Mongolian, whatever the till's language. */
static const char *unit_word(Unit unit)
{
	static const char *const words[UNIT_N] = {
		[UNIT_PIECE] = "ш",	    [UNIT_KILOGRAM] = "кг",   [UNIT_GRAM] = "г",
		[UNIT_LITRE] = "л",	    [UNIT_MILLILITRE] = "мл", [UNIT_METRE] = "м",
		[UNIT_SQUARE_METRE] = "м2", [UNIT_HOUR] = "цаг",      [UNIT_OTHER] = "ш",
	};

	return (unsigned)unit < UNIT_N ? words[unit] : words[UNIT_OTHER];
}

static void add_goods(const Maker *maker, GString *body, const FiscalLine *line)
{
	const char *type = code_type(line->code);
	const char *class = line->classification != NULL ? line->classification
							 : maker->options->classification;
	g_autofree char *name = g_utf8_make_valid(line->name, -1);

	json_text_string(body, "name", name);
	json_text_string(body, "barCode", strcmp(type, "UNDEFINED") != 0 ? line->code : "");
	json_text_string(body, "barCodeType", type);
	if (class[0] != '\0')
		json_text_string(body, "classificationCode", class);
	json_text_string(body, "measureUnit", unit_word(line->unit));
}

static void add_mark(GString *body, const FiscalLine *line)
{
	if (line->mark == NULL)
		return;
	json_text_open(body, "data", '{');
	json_text_open(body, "stockQR", '[');
	json_text_string(body, NULL, line->mark);
	json_text_close(body, ']');
	json_text_close(body, '}');
}

static bool add_item(const Maker *maker, GString *body, int n, GError **error)
{
	const FiscalLine *line = &maker->lines[n];
	g_autofree char *quantity = quantity_dup_decimal(line->quantity);
	int64_t price;

	if (!ebarimt_unit_price(line->sum.minor, line->quantity, &price))
		return refuse(error, "line %d: a price does not fit", n + 1);
	if (line->mark != NULL && !g_utf8_validate(line->mark, -1, NULL))
		return refuse(error, "line %d: a stamp's code is not text", n + 1);
	json_text_open(body, NULL, '{');
	add_goods(maker, body, line);
	add_raw(body, "qty", quantity);
	add_amount(body, "unitPrice", price);
	if (maker->types[n] == EBARIMT_VAT_FREE)
		json_text_string(body, "taxProductCode", maker->options->vat_free_code);
	if (maker->types[n] == EBARIMT_VAT_ZERO)
		json_text_string(body, "taxProductCode", maker->options->vat_zero_code);
	add_taxes(body, &maker->taxes[n]);
	add_amount(body, "totalAmount", maker->taxes[n].total);
	add_mark(body, line);
	json_text_close(body, '}');
	return true;
}

static const char *type_word(const Maker *maker, EbarimtTaxType type)
{
	static const char *const words[] = {
		[EBARIMT_VAT_ABLE] = "VAT_ABLE",
		[EBARIMT_VAT_FREE] = "VAT_FREE",
		[EBARIMT_VAT_ZERO] = "VAT_ZERO",
	};

	return type == EBARIMT_NO_VAT ? maker->options->no_vat_word : words[type];
}

static bool add_subreceipt(const Maker *maker, GString *body, EbarimtTaxType type, GError **error)
{
	const EbarimtSums *sums = &maker->by_type[type];

	json_text_open(body, NULL, '{');
	add_amount(body, "totalAmount", sums->total);
	json_text_string(body, "taxType", type_word(maker, type));
	json_text_string(body, "merchantTin", maker->options->merchant_tin);
	add_taxes(body, sums);
	json_text_open(body, "items", '[');
	for (int i = 0; i < maker->n_lines; i++)
		if (is_told(&maker->lines[i]) && maker->types[i] == type &&
		    !add_item(maker, body, i, error))
			return false;
	json_text_close(body, ']');
	json_text_close(body, '}');
	return true;
}

static void add_payment(GString *body, const char *code, int64_t minor)
{
	if (minor == 0)
		return;
	json_text_open(body, NULL, '{');
	json_text_string(body, "code", code);
	json_text_string(body, "status", "PAID");
	add_amount(body, "paidAmount", minor);
	json_text_close(body, '}');
}

/* Unique in the day, and as short as the examples that are known (§11). */
static void add_suffix(GString *body, int64_t id)
{
	g_autofree char *suffix = g_strdup_printf("%06" G_GINT64_FORMAT, id);

	json_text_string(body, "billIdSuffix", suffix);
}

static void add_head(const Maker *maker, GString *body)
{
	const EbarimtOptions *options = maker->options;
	const FiscalDocument *document = maker->document;

	json_text_string(body, "branchNo", options->branch);
	json_text_string(body, "posNo", options->pos);
	json_text_string(body, "merchantTin", options->merchant_tin);
	json_text_string(body, "districtCode", options->district);
	json_text_string(body, "type",
			 document->customer_tin != NULL ? "B2B_RECEIPT" : "B2C_RECEIPT");
	add_suffix(body, document->id);
	if (document->customer_tin != NULL)
		json_text_string(body, "customerTin", document->customer_tin);
	if (document->consumer != NULL)
		json_text_string(body, "consumerNo", document->consumer);
	if (maker->is_rest)
		json_text_string(body, "inactiveId", document->origin->id);
	add_sums(body, &maker->all);
}

static bool add_all(const Maker *maker, GString *body, int64_t cash, GError **error)
{
	json_text_open(body, NULL, '{');
	add_head(maker, body);
	json_text_open(body, "receipts", '[');
	for (EbarimtTaxType type = 0; type < EBARIMT_TAX_N; type++)
		if (maker->n_by_type[type] > 0 && !add_subreceipt(maker, body, type, error))
			return false;
	json_text_close(body, ']');
	/* A card's `data` wants the terminal's number and the masked card too, or must be left out
	 * (§2): the till is not told them. */
	json_text_open(body, "payments", '[');
	add_payment(body, "PAYMENT_CARD", maker->paid[TENDER_CARD].minor);
	add_payment(body, "CASH", cash);
	json_text_close(body, ']');
	json_text_close(body, '}');
	return true;
}

static bool check_origin(const FiscalOrigin *origin, GError **error)
{
	if (origin->id == NULL || !ebarimt_is_digits(origin->id, ID_LEN, ID_LEN))
		return refuse(error, "the number of the receipt that is returned is not known");
	return true;
}

char *ebarimt_body_new(const EbarimtOptions *options, const FiscalDocument *document,
		       GError **error)
{
	const FiscalOrigin *origin = document->origin;
	bool is_rest = document->kind == FISCAL_SALE_RETURN;
	Maker maker = { .options = options,
			.document = document,
			.lines = is_rest ? origin->rest : document->lines,
			.n_lines = is_rest ? origin->n_rest : document->n_lines,
			.paid = is_rest ? origin->rest_paid : document->paid,
			.is_rest = is_rest };
	GString *body = g_string_new(NULL);
	int64_t cash = 0;
	bool ok = (!is_rest || check_origin(origin, error)) && check_document(document, error) &&
		  weigh_lines(&maker, error) && check_total(&maker, error) &&
		  find_cash(&maker, &cash, error) && add_all(&maker, body, cash, error);

	g_free(maker.types);
	g_free(maker.taxes);
	return g_string_free(body, !ok);
}
