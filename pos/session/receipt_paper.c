/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/session/receipt_paper.h"

#include "base/language.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static char *dup_time(const PaperShop *shop, int64_t at)
{
	g_autoptr(GTimeZone) zone = g_time_zone_new_identifier(shop->timezone);
	g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(at / G_TIME_SPAN_SECOND);
	g_autoptr(GDateTime) local =
		zone != NULL ? g_date_time_to_timezone(utc, zone) : g_date_time_ref(utc);

	return g_date_time_format(local, "%Y-%m-%d %H:%M:%S");
}

static char *dup_amount(const PaperShop *shop, Money amount)
{
	return number_text_money(shop->style, amount, false);
}

static void add_amount(Paper *paper, const PaperShop *shop, const char *title, Money amount)
{
	g_autofree char *text = dup_amount(shop, amount);

	paper_add_pair(paper, PAPER_PLAIN, title, text);
}

static void add_discount(Paper *paper, const PaperShop *shop, const char *title, Money amount)
{
	g_autofree char *text = dup_amount(shop, amount);
	g_autofree char *less = g_strconcat("-", text, NULL);

	if (amount.minor != 0)
		paper_add_pair(paper, PAPER_PLAIN, title, less);
}

static void add_head(Paper *paper, const PaperShop *shop, const char *title, const char *cashier,
		     int64_t at)
{
	g_autofree char *when = dup_time(shop, at);

	/* A receipt without its logo is a receipt. */
	if (shop->logo != NULL)
		paper_add_logo(paper, shop->logo, NULL);
	paper_add_text(paper, PAPER_CENTRE, PAPER_BOLD | PAPER_DOUBLE, shop->shop);
	paper_add_pair(paper, PAPER_PLAIN, title, when);
	paper_add_pair(paper, PAPER_PLAIN, shop->till, cashier);
	paper_add_rule(paper);
}

/* "1.234 kg × 89.90" and the sum: what the shopper can check. */
static void add_line(Paper *paper, const PaperShop *shop, const ReceiptLine *line)
{
	g_autofree char *quantity = number_text_quantity(shop->style, line->quantity);
	g_autofree char *price = dup_amount(shop, line->price);
	g_autofree char *sum = dup_amount(shop, line->gross);
	const char *unit = line->unit == UNIT_PIECE ? "" : language_unit_name(line->unit);
	g_autofree char *times =
		g_strdup_printf("%s%s%s x %s", quantity, *unit != '\0' ? " " : "", unit, price);
	Money discount;

	if (line->unit == UNIT_PIECE && line->quantity.micro == QUANTITY_ONE) {
		paper_add_pair(paper, PAPER_PLAIN, line->name, sum);
	} else {
		paper_add_text(paper, PAPER_LEFT, PAPER_PLAIN, line->name);
		paper_add_pair(paper, PAPER_PLAIN, times, sum);
	}
	if (money_add(line->own_discount, line->shared_discount, &discount))
		add_discount(paper, shop, _("Discount"), discount);
}

static void add_taxes(Paper *paper, const PaperShop *shop, const Receipt *receipt)
{
	g_autoptr(GArray) taxes = receipt_dup_taxes(receipt);

	for (guint i = 0; i < taxes->len; i++) {
		const ReceiptTax *tax = &g_array_index(taxes, ReceiptTax, i);
		g_autofree char *rate = number_text_percent(shop->style, tax->rate);
		g_autofree char *title =
			g_strdup_printf("%s %s", language_tax_name(tax->code), rate);

		add_amount(paper, shop, title, tax->amount);
	}
}

static void add_payments(Paper *paper, const PaperShop *shop, const Receipt *receipt)
{
	const ReceiptTotals *totals = receipt_get_totals(receipt);

	for (int i = 0; i < receipt_get_n_payments(receipt); i++) {
		const ReceiptPayment *payment = receipt_get_payment(receipt, i);

		add_amount(paper, shop, payment->kind == TENDER_CARD ? _("Card") : _("Cash"),
			   payment->amount);
	}
	if (totals->change.minor > 0)
		add_amount(paper, shop, _("Change"), totals->change);
}

static void add_customer(Paper *paper, const Receipt *receipt)
{
	const char *tin = receipt_get_customer(receipt, CUSTOMER_TIN);
	const char *consumer = receipt_get_customer(receipt, CUSTOMER_CONSUMER);

	if (*tin != '\0')
		paper_add_pair(paper, PAPER_PLAIN, _("Buyer"), tin);
	if (*consumer != '\0')
		paper_add_pair(paper, PAPER_PLAIN, _("Buyer"), consumer);
}

static void add_goods(Paper *paper, const PaperShop *shop, const Receipt *receipt)
{
	const ReceiptTotals *totals = receipt_get_totals(receipt);
	g_autofree char *total = number_text_money(shop->style, totals->total, true);

	if (receipt_get_kind(receipt) == RECEIPT_RETURN)
		paper_add_text(paper, PAPER_CENTRE, PAPER_BOLD, _("RETURN"));
	if (*receipt_get_origin(receipt) != '\0')
		paper_add_pair(paper, PAPER_PLAIN, _("Of the sale"), receipt_get_origin(receipt));
	add_customer(paper, receipt);
	for (int i = 0; i < receipt_get_n_lines(receipt); i++) {
		const ReceiptLine *line = receipt_get_line(receipt, i);

		if (!line->voided)
			add_line(paper, shop, line);
	}
	paper_add_rule(paper);
	paper_add_pair(paper, PAPER_BOLD | PAPER_DOUBLE, _("TOTAL"), total);
	add_taxes(paper, shop, receipt);
	if (totals->rounding.minor != 0)
		add_amount(paper, shop, _("Rounding"), totals->rounding);
	add_payments(paper, shop, receipt);
}

/* What does not tell it is left out. */
static void add_pair_of(Paper *paper, const char *title, const char *text)
{
	if (text[0] != '\0')
		paper_add_pair(paper, PAPER_PLAIN, title, text);
}

static void add_number_of(Paper *paper, const char *title, uint32_t number)
{
	g_autofree char *text = g_strdup_printf("%u", number);

	if (number != 0)
		paper_add_pair(paper, PAPER_PLAIN, title, text);
}

static void add_proof(Paper *paper, const FiscalProof *proof)
{
	paper_add_rule(paper);
	if (strcmp(proof->doubt, "number-unknown") == 0)
		paper_add_text(paper, PAPER_CENTRE, PAPER_BOLD,
			       _("Registered, number not received"));
	if (proof->id[0] != '\0') {
		/* Longer than a narrow paper is wide: a row of its own. */
		paper_add_text(paper, PAPER_LEFT, PAPER_PLAIN, _("Fiscal receipt number"));
		paper_add_text(paper, PAPER_CENTRE, PAPER_PLAIN, proof->id);
	}
	add_number_of(paper, _("Fiscal document"), proof->document_number);
	add_pair_of(paper, _("Fiscal sign"), proof->sign);
	add_pair_of(paper, _("Registered at"), proof->at);
	add_pair_of(paper, _("Registrar"), proof->serial);
}

static void add_words(Paper *paper, const PaperOnly *words)
{
	const char *lottery = paper_only_lend_lottery(words), *qr = paper_only_lend_qr(words);

	if (lottery[0] != '\0') {
		paper_add_text(paper, PAPER_CENTRE, PAPER_PLAIN, _("Lottery number"));
		paper_add_secret_text(paper, PAPER_CENTRE, PAPER_BOLD | PAPER_DOUBLE, lottery);
	}
	if (qr[0] != '\0')
		(void)paper_add_secret_qr(paper, qr); /* too long a text is left out */
}

static Paper *begin_receipt(const PaperShop *shop, const Receipt *receipt, const char *number,
			    const char *cashier, int64_t at, bool copy)
{
	Paper *paper = paper_new();

	if (copy)
		paper_add_text(paper, PAPER_CENTRE, PAPER_BOLD | PAPER_DOUBLE, _("COPY"));
	add_head(paper, shop, number, cashier, at);
	add_goods(paper, shop, receipt);
	return paper;
}

static void end_receipt(Paper *paper, const PaperShop *shop, const char *number)
{
	if (shop->footer != NULL)
		paper_add_text(paper, PAPER_CENTRE, PAPER_PLAIN, shop->footer);
	paper_add_code128(paper, number); /* what a return will scan */
}

Paper *receipt_paper_new(const PaperShop *shop, const Receipt *receipt, const char *number,
			 const char *cashier, int64_t at, bool copy)
{
	Paper *paper = begin_receipt(shop, receipt, number, cashier, at, copy);

	paper_add_feed(paper, 1);
	paper_add_text(paper, PAPER_CENTRE, PAPER_PLAIN,
		       shop->non_fiscal != NULL && *shop->non_fiscal != '\0'
			       ? shop->non_fiscal
			       : _("Not a fiscal receipt"));
	end_receipt(paper, shop, number);
	return paper;
}

Paper *receipt_paper_new_fiscal(const PaperShop *shop, const Receipt *receipt, const char *number,
				const char *cashier, int64_t at, const FiscalProof *proof,
				const PaperOnly *words, bool copy)
{
	Paper *paper = begin_receipt(shop, receipt, number, cashier, at, copy);

	add_proof(paper, proof);
	if (words != NULL && !copy)
		add_words(paper, words);
	paper_add_feed(paper, 1);
	end_receipt(paper, shop, number);
	return paper;
}

static void add_count(Paper *paper, const PaperShop *shop, const char *title, int64_t count)
{
	g_autofree char *text = number_text_integer(shop->style, count);

	paper_add_pair(paper, PAPER_PLAIN, title, text);
}

static void add_drawer(Paper *paper, const PaperShop *shop, const ShiftTotals *totals,
		       const Money *counted)
{
	Money expected, difference;

	add_amount(paper, shop, _("Float"), totals->opening_cash);
	add_amount(paper, shop, _("Cash in"), totals->cash_in);
	add_amount(paper, shop, _("Cash out"), totals->cash_out);
	if (!shift_totals_expected_cash(totals, &expected))
		return;
	add_amount(paper, shop, _("Cash in the drawer"), expected);
	if (counted == NULL || !money_subtract(*counted, expected, &difference))
		return;
	add_amount(paper, shop, _("Counted"), *counted);
	add_amount(paper, shop, _("Difference"), difference);
}

Paper *shift_paper_new(const PaperShop *shop, ShiftPaperKind kind, int64_t shift,
		       const ShiftTotals *totals, const Money *counted, const char *cashier,
		       int64_t at)
{
	g_autofree char *number = number_text_integer(shop->style, shift);
	/* Translators: a report of the shift and its number */
	g_autofree char *title = g_strdup_printf(
		kind == SHIFT_PAPER_Z ? _("Z report, shift %s") : _("X report, shift %s"), number);
	Paper *paper = paper_new();

	add_head(paper, shop, title, cashier, at);
	add_count(paper, shop, _("Receipts"), totals->n_sales);
	add_amount(paper, shop, _("Sales"), totals->sales);
	add_count(paper, shop, _("Returns, receipts"), totals->n_returns);
	add_amount(paper, shop, _("Returns"), totals->returns);
	add_count(paper, shop, _("Voided receipts"), totals->n_voided);
	add_amount(paper, shop, _("Discounts"), totals->discount);
	add_amount(paper, shop, _("Taxes"), totals->tax);
	paper_add_rule(paper);
	add_amount(paper, shop, _("Cash"), totals->kept[TENDER_CASH]);
	add_amount(paper, shop, _("Card"), totals->kept[TENDER_CARD]);
	if (totals->rounding.minor != 0)
		add_amount(paper, shop, _("Rounding"), totals->rounding);
	paper_add_rule(paper);
	add_drawer(paper, shop, totals, counted);
	return paper;
}

Paper *cash_paper_new(const PaperShop *shop, bool in, Money amount, int64_t number,
		      const char *cashier, int64_t at)
{
	g_autofree char *text = number_text_money(shop->style, amount, true);
	g_autofree char *slip = g_strdup_printf("%" G_GINT64_FORMAT, number);
	Paper *paper = paper_new();

	add_head(paper, shop, in ? _("Cash in") : _("Cash out"), cashier, at);
	paper_add_pair(paper, PAPER_PLAIN, _("Slip"), slip);
	paper_add_pair(paper, PAPER_BOLD | PAPER_DOUBLE, in ? _("Cash in") : _("Cash out"), text);
	paper_add_feed(paper, 2);
	paper_add_rule(paper); /* to sign on */
	return paper;
}

Paper *slip_paper_new(char *const *slip)
{
	Paper *paper = paper_new();

	for (int i = 0; slip[i] != NULL; i++)
		paper_add_text(paper, PAPER_LEFT, PAPER_PLAIN, slip[i]);
	return paper;
}

/* A figure a column, so that a cut edge shows. */
static char *dup_ruler(int columns)
{
	GString *ruler = g_string_new(NULL);

	for (int i = 1; i <= columns; i++)
		g_string_append_c(ruler, (char)('0' + i % 10));
	return g_string_free(ruler, FALSE);
}

Paper *trial_paper_new(const PaperShop *shop, const char *device, int columns, int64_t at)
{
	g_autofree char *ruler = dup_ruler(columns);
	Paper *paper = paper_new();

	add_head(paper, shop, _("Test page"), "", at);
	paper_add_text(paper, PAPER_LEFT, PAPER_PLAIN, device);
	paper_add_text(paper, PAPER_LEFT, PAPER_PLAIN, ruler);
	paper_add_text(paper, PAPER_LEFT, PAPER_PLAIN, "ABCDE abcde 0123456789 .,:%*-+=/");
	paper_add_text(paper, PAPER_LEFT, PAPER_PLAIN, "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ");
	paper_add_text(paper, PAPER_LEFT, PAPER_PLAIN, "абвгдеёжзийклмнопрстуфхцчшщъыьэюя");
	paper_add_text(paper, PAPER_LEFT, PAPER_PLAIN, "Өө Үү ₮ ₽ №");
	paper_add_text(paper, PAPER_CENTRE, PAPER_BOLD, _("Test page"));
	paper_add_ean13(paper, "2000000000015");
	paper_add_qr(paper, "BARAA 0123456789");
	return paper;
}
