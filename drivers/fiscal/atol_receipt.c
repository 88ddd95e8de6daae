/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/fiscal/atol_receipt.h"

#include "core/currency.h"
#include "core/json_text.h"
#include "drivers/fiscal/json_amount.h"
#include "drivers/fiscal/line_split.h"
#include "drivers/fiscal/service.h"

#include <string.h>

#define NAME_MAX_LETTERS 128 /* tag 1030 */
#define TEXT_MAX_LETTERS 64 /* tags 1008, 1021 */
#define SUBJECT_MARKED "33" /* tag 1212: goods with a marking code, FFD 1.2 */

bool atol_refuse(GError **error, const char *format, ...)
{
	g_autofree char *text = NULL;
	va_list args;

	va_start(args, format);
	text = g_strdup_vprintf(format, args);
	va_end(args);
	g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_REFUSED, "%s", text);
	return false;
}

static bool check_amount(const AtolMaker *maker, Money amount, const char *what, GError **error)
{
	if (amount.currency != maker->document->total.currency)
		return atol_refuse(error, "%s is in another currency than the total", what);
	if (amount.minor < 0 || amount.minor > RECEIPT_MAX_TOTAL)
		return atol_refuse(error, "%s of %" G_GINT64_FORMAT " is out of range", what,
				   amount.minor);
	return true;
}

bool atol_check_total(const AtolMaker *maker, GError **error)
{
	const Currency *currency = currency_by_number(maker->document->total.currency);

	if (currency == NULL || currency->exponent != 2)
		return atol_refuse(error, "the registrar counts in hundredths, not in currency %d",
				   maker->document->total.currency);
	if (!check_amount(maker, maker->document->total, "a total", error))
		return false;
	if (maker->document->total.minor == 0)
		return atol_refuse(error, "a document of nothing");
	return true;
}

static bool is_return(const AtolMaker *maker)
{
	return maker->document->kind == FISCAL_SALE_RETURN ||
	       maker->document->kind == FISCAL_CORRECTION_RETURN;
}

bool atol_is_correction(const AtolMaker *maker)
{
	return maker->document->kind == FISCAL_CORRECTION ||
	       maker->document->kind == FISCAL_CORRECTION_RETURN;
}

void atol_write_operator(const AtolMaker *maker)
{
	const char *cashier = maker->document->cashier;
	g_autofree char *name = service_text_dup(cashier != NULL ? cashier : "", TEXT_MAX_LETTERS);

	if (name[0] == '\0')
		return;
	json_text_open(maker->to, "operator", '{');
	json_text_string(maker->to, "name", name);
	if (maker->options->operator_vatin[0] != '\0')
		json_text_string(maker->to, "vatin", maker->options->operator_vatin);
	json_text_close(maker->to, '}');
}

static bool is_digits(const char *text, size_t len)
{
	return strlen(text) == len && strspn(text, "0123456789") == len;
}

/* An address or number that is cut or changed is another person's. */
static bool write_client(const AtolMaker *maker, GError **error)
{
	const char *contact = maker->document->customer_contact;
	const char *tin = maker->document->customer_tin;

	if (contact != NULL &&
	    (contact[0] == '\0' || !g_str_is_ascii(contact) ||
	     strpbrk(contact, " \t\r\n") != NULL || strlen(contact) > TEXT_MAX_LETTERS))
		return atol_refuse(error, "'%s' is no phone or mail", contact);
	if (tin != NULL && !is_digits(tin, 10) && !is_digits(tin, 12))
		return atol_refuse(error, "'%s' is no taxpayer's number", tin);
	if (contact == NULL && tin == NULL)
		return true;
	json_text_open(maker->to, "clientInfo", '{');
	if (contact != NULL)
		json_text_string(maker->to, "emailOrPhone", contact);
	if (tin != NULL)
		json_text_string(maker->to, "vatin", tin);
	json_text_close(maker->to, '}');
	return true;
}

/* By its rate, which the law changes: 22 % since 2026, 20 % in returns of what was sold before. */
const char *atol_find_tax(const FiscalLine *line)
{
	static const struct {
		FiscalTax tax;
		int32_t rate;
		const char *type;
	} taxes[] = {
		{ FISCAL_TAX_STANDARD, 2200, "vat22" }, { FISCAL_TAX_STANDARD, 2000, "vat20" },
		{ FISCAL_TAX_STANDARD, 1800, "vat18" }, { FISCAL_TAX_STANDARD, 700, "vat7" },
		{ FISCAL_TAX_STANDARD, 500, "vat5" },	{ FISCAL_TAX_REDUCED, 1000, "vat10" },
		{ FISCAL_TAX_REDUCED, 700, "vat7" },	{ FISCAL_TAX_REDUCED, 500, "vat5" },
	};

	if (line->tax == FISCAL_TAX_NONE)
		return "none";
	if (line->tax == FISCAL_TAX_ZERO)
		return "vat0";
	for (size_t i = 0; i < G_N_ELEMENTS(taxes); i++)
		if (taxes[i].tax == line->tax && taxes[i].rate == line->tax_rate)
			return taxes[i].type;
	return NULL;
}

/* FFD 1.2 has a list (tag 2108): the two names that all sources show, else the code. FFD 1.05 has
 * free text (tag 1197). */
static void write_unit(const AtolMaker *maker, Unit unit)
{
	static const char *const texts[UNIT_N] = {
		[UNIT_PIECE] = "шт",	    [UNIT_KILOGRAM] = "кг",   [UNIT_GRAM] = "г",
		[UNIT_LITRE] = "л",	    [UNIT_MILLILITRE] = "мл", [UNIT_METRE] = "м",
		[UNIT_SQUARE_METRE] = "м2", [UNIT_HOUR] = "ч",	      [UNIT_OTHER] = "ед",
	};

	if (!maker->options->ffd_1_2)
		json_text_string(maker->to, "measurementUnit", texts[unit]);
	else if (unit == UNIT_PIECE || unit == UNIT_KILOGRAM)
		json_text_string(maker->to, "measurementUnit",
				 unit == UNIT_PIECE ? "piece" : "kilogram");
	else
		json_text_int(maker->to, "measurementUnit", unit_ffd(unit));
}

/* Tag 2003. */
static const char *planned_status(const AtolMaker *maker, const FiscalLine *line)
{
	bool piece = line->unit == UNIT_PIECE;

	if (is_return(maker))
		return piece ? "itemPieceReturn" : "itemDryReturn";
	return piece ? "itemPieceSold" : "itemDryForSale";
}

/* The whole code with its separators, which JSON could not carry otherwise. Member names of both
 * objects: [inf] from programs that send them. */
static void write_mark(const AtolMaker *maker, const FiscalLine *line)
{
	g_autofree char *code = g_base64_encode((const guchar *)line->mark, strlen(line->mark));

	if (maker->options->ffd_1_2) {
		json_text_open(maker->to, "imcParams", '{');
		json_text_string(maker->to, "imcType", "auto");
		json_text_string(maker->to, "imc", code);
		json_text_string(maker->to, "itemEstimatedStatus", planned_status(maker, line));
		json_text_int(maker->to, "imcModeProcessing", 0);
	} else {
		json_text_open(maker->to, "markingCode", '{');
		json_text_string(maker->to, "type", "other");
		json_text_string(maker->to, "mark", code);
	}
	json_text_close(maker->to, '}');
}

static void write_subject(const AtolMaker *maker, const FiscalLine *line)
{
	if (line->mark != NULL && maker->options->ffd_1_2)
		json_amount_write_digits(maker->to, "paymentObject", SUBJECT_MARKED);
	else
		json_text_string(maker->to, "paymentObject", "commodity");
}

static void write_part(const AtolMaker *maker, const FiscalLine *line, const char *name,
		       const LinePart *part, int64_t discount)
{
	g_autofree char *quantity = quantity_dup_decimal((Quantity){ part->quantity });
	GString *to = maker->to;

	json_text_open(to, NULL, '{');
	json_text_string(to, "type", "position");
	json_text_string(to, "name", name);
	json_amount_write(to, "price", part->price, 2);
	json_amount_write_digits(to, "quantity", quantity);
	json_amount_write(to, "amount", part->sum, 2);
	if (discount > 0)
		json_amount_write(to, "infoDiscountAmount", discount, 2);
	write_unit(maker, line->unit);
	json_text_string(to, "paymentMethod", "fullPayment");
	write_subject(maker, line);
	json_text_open(to, "tax", '{');
	json_text_string(to, "type", atol_find_tax(line));
	json_text_close(to, '}');
	if (line->mark != NULL)
		write_mark(maker, line);
	json_text_close(to, '}');
}

static bool check_line(const AtolMaker *maker, const FiscalLine *line, GError **error)
{
	if (!check_amount(maker, line->sum, "a line", error) ||
	    !check_amount(maker, line->price, "a price", error) ||
	    !check_amount(maker, line->discount, "a discount", error))
		return false;
	if (atol_find_tax(line) == NULL)
		return atol_refuse(error, "the registrar has no word for a tax of %d",
				   line->tax_rate);
	if (line->unit < 0 || line->unit >= UNIT_N)
		return atol_refuse(error, "a unit that nobody knows");
	/* A code is one piece: it cannot be told of a part of the line. */
	if (line->mark != NULL && line->unit == UNIT_PIECE && line->quantity.micro != QUANTITY_ONE)
		return atol_refuse(error, "a marking code is of one piece");
	return true;
}

static bool write_line(const AtolMaker *maker, const FiscalLine *line, GError **error)
{
	LinePart parts[2];
	g_autofree char *name = service_text_dup(line->name, NAME_MAX_LETTERS);
	int n;

	if (!check_line(maker, line, error))
		return false;
	if (name[0] == '\0')
		return atol_refuse(error, "a line without a name");
	n = line->quantity.micro > RECEIPT_MAX_QUANTITY
		    ? 0
		    : line_split(line->quantity.micro, line->price.minor, line->sum.minor, parts);
	if (n == 0)
		return atol_refuse(error, "a quantity of %" G_GINT64_FORMAT " is out of range",
				   line->quantity.micro);
	if (n == 2 && line->mark != NULL)
		return atol_refuse(error, "a marked line that cannot be told in one part");
	for (int i = 0; i < n; i++)
		write_part(maker, line, name, &parts[i], i == 0 ? line->discount.minor : 0);
	return true;
}

/* A correction of FFD 1.05 has no lines, but they are what its taxes are counted from. */
static bool write_items(const AtolMaker *maker, GError **error)
{
	const FiscalDocument *document = maker->document;
	size_t begun = maker->to->len;

	json_text_open(maker->to, "items", '[');
	atol_write_reason(maker);
	for (int i = 0; i < document->n_lines; i++) {
		if (!write_line(maker, &document->lines[i], error)) {
			g_prefix_error(error, "line %d: ", i + 1);
			return false;
		}
	}
	json_text_close(maker->to, ']');
	if (!atol_is_correction(maker) || maker->options->ffd_1_2)
		return true;
	g_string_truncate(maker->to, begun);
	return atol_write_taxes(maker, error);
}

static bool write_lines(const AtolMaker *maker, GError **error)
{
	const FiscalDocument *document = maker->document;
	int64_t sum = 0;

	if (document->n_lines <= 0)
		return atol_refuse(error, "a receipt without lines");
	if (!write_items(maker, error))
		return false;
	for (int i = 0; i < document->n_lines; i++)
		if (__builtin_add_overflow(sum, document->lines[i].sum.minor, &sum))
			return atol_refuse(error, "the lines do not fit");
	if (sum == document->total.minor)
		return true;
	return atol_refuse(error,
			   "the lines make %" G_GINT64_FORMAT ", the total is %" G_GINT64_FORMAT,
			   sum, document->total.minor);
}

static void write_payment(const AtolMaker *maker, const char *type, int64_t sum)
{
	if (sum == 0)
		return;
	json_text_open(maker->to, NULL, '{');
	json_text_string(maker->to, "type", type);
	json_amount_write(maker->to, "sum", sum, 2);
	json_text_close(maker->to, '}');
}

static bool write_payments(const AtolMaker *maker, GError **error)
{
	const FiscalDocument *document = maker->document;
	int64_t cash = document->paid[TENDER_CASH].minor, card = document->paid[TENDER_CARD].minor;

	G_STATIC_ASSERT(TENDER_N == 2); /* another tender needs its type here */
	if (!check_amount(maker, document->paid[TENDER_CASH], "cash", error) ||
	    !check_amount(maker, document->paid[TENDER_CARD], "a card payment", error))
		return false;
	if (card > document->total.minor)
		return atol_refuse(error, "more by card than the total");
	if (cash + card < document->total.minor)
		return atol_refuse(error, "paid less than the total");
	if (document->kind == FISCAL_SALE_RETURN && cash + card != document->total.minor)
		return atol_refuse(error, "a return gives back its total, no more");
	/* The change of a sale told afterwards was given long ago. */
	if (atol_is_correction(maker))
		cash = document->total.minor - card;
	json_text_open(maker->to, "payments", '[');
	write_payment(maker, "electronically", card);
	write_payment(maker, "cash", cash);
	json_text_close(maker->to, ']');
	return true;
}

/* Has the service have the codes checked before it opens the receipt (FFD 1.2 asks for it). */
static void write_check(const AtolMaker *maker)
{
	bool marked = false;

	for (int i = 0; i < maker->document->n_lines; i++)
		marked |= maker->document->lines[i].mark != NULL;
	if (marked && maker->options->ffd_1_2 && maker->options->checks_marks)
		json_text_bool(maker->to, "validateMarkingCodes", true);
}

bool atol_write_receipt(const AtolMaker *maker, const char *type, GError **error)
{
	json_text_string(maker->to, "type", type);
	json_text_string(maker->to, "taxationType", maker->options->taxation);
	if (!atol_check_total(maker, error) ||
	    (atol_is_correction(maker) && !atol_write_correction(maker, error)))
		return false;
	atol_write_operator(maker);
	if (!write_client(maker, error) || !write_lines(maker, error) ||
	    !write_payments(maker, error))
		return false;
	write_check(maker);
	json_amount_write(maker->to, "total", maker->document->total.minor, 2);
	return true;
}
