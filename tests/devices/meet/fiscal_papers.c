/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/devices/meet/fiscal_desk.h"

#include <string.h>

/* --- documents ----------------------------------------------------------------------------- */

static Money money(const FiscalDesk *desk, int64_t minor)
{
	return (Money){ minor, desk->protocol->currency };
}

FiscalPapers *fiscal_papers_plain(const FiscalDesk *self, FiscalKind kind, int64_t amount)
{
	FiscalPapers *papers = g_new0(FiscalPapers, 1);

	g_snprintf(papers->sale_id, sizeof papers->sale_id, "T1-3-%" G_GINT64_FORMAT,
		   self->last_id + 1);
	papers->document = (FiscalDocument){ .kind = kind,
					     .sale_id = papers->sale_id,
					     .card_reference = "",
					     .cashier = "Анна",
					     .total = money(self, amount),
					     .paid = { money(self, 0), money(self, 0) } };
	return papers;
}

FiscalPapers *fiscal_papers_sale(FiscalDesk *self)
{
	FiscalPapers *papers = fiscal_papers_plain(self, FISCAL_SALE, 0);

	g_snprintf(papers->number, sizeof papers->number, "T1-%06" G_GINT64_FORMAT,
		   self->last_id + 1);
	papers->document.lines = papers->lines;
	return papers;
}

void fiscal_papers_add(FiscalPapers *self, const FiscalDesk *desk, int tax, int64_t price,
		       int64_t micro, int64_t discount)
{
	static const char *const names[] = { "Хлеб", "Milk 3.2%", "Яблоки", "Кофе \"Утро\"" };
	FiscalDocument *document = &self->document;
	int64_t gross;

	g_assert_cmpint(document->n_lines, <, FISCAL_MAX_LINES);
	g_assert_true(scale_int64(price, micro, QUANTITY_ONE, ROUND_HALF_AWAY, &gross));
	self->lines[document->n_lines++] = (FiscalLine){
		.name = names[tax],
		.quantity = { micro },
		.price = money(desk, price),
		.sum = money(desk, gross - discount),
		.discount = money(desk, discount),
		.tax = desk->protocol->taxes[tax],
		.tax_rate = desk->protocol->rates[tax],
		.unit = micro % QUANTITY_ONE == 0 ? UNIT_PIECE : UNIT_KILOGRAM,
		.code = "4600000000015",
		.classification = "2349010",
	};
	document->total.minor += gross - discount;
}

void fiscal_papers_pay(FiscalPapers *self, int64_t card, int64_t change)
{
	FiscalDocument *document = &self->document;

	document->paid[TENDER_CARD].minor = card;
	document->paid[TENDER_CASH].minor = document->total.minor - card + change;
	if (card > 0)
		document->card_reference = "123456789012";
}

/* A part of a line: of its sum and discount, what the part is of the quantity. */
static FiscalLine take_part(const FiscalLine *line, int64_t micro)
{
	FiscalLine part = *line;

	part.quantity.micro = micro;
	g_assert_true(scale_int64(line->sum.minor, micro, line->quantity.micro, ROUND_HALF_AWAY,
				  &part.sum.minor));
	g_assert_true(scale_int64(line->discount.minor, micro, line->quantity.micro,
				  ROUND_HALF_AWAY, &part.discount.minor));
	return part;
}

static void leave(FiscalPapers *self, const FiscalLine *line, const FiscalLine *part)
{
	FiscalLine *rest = &self->rest[self->origin.n_rest];

	if (part->quantity.micro == line->quantity.micro)
		return;
	*rest = *line;
	rest->quantity.micro -= part->quantity.micro;
	rest->sum.minor -= part->sum.minor;
	rest->discount.minor -= part->discount.minor;
	self->origin.n_rest++;
}

static void give_back(FiscalPapers *self, const FiscalDocument *sale)
{
	FiscalDocument *document = &self->document;
	int64_t card = sale->paid[TENDER_CARD].minor, cash = sale->total.minor - card;
	int64_t back = MIN(cash, document->total.minor);

	document->paid[TENDER_CASH].minor = back;
	document->paid[TENDER_CARD].minor = document->total.minor - back;
	self->origin.rest_paid[TENDER_CASH] = sale->paid[TENDER_CASH];
	self->origin.rest_paid[TENDER_CASH].minor = cash - back;
	self->origin.rest_paid[TENDER_CARD] = sale->paid[TENDER_CARD];
	self->origin.rest_paid[TENDER_CARD].minor = card - (document->total.minor - back);
}

FiscalPapers *fiscal_papers_return(FiscalDesk *self, const FiscalPapers *sale,
				   const FiscalProof *proof, int line, int64_t micro)
{
	FiscalPapers *papers = fiscal_papers_sale(self);
	FiscalDocument *document = &papers->document;

	document->kind = FISCAL_SALE_RETURN;
	document->customer_tin = sale->document.customer_tin;
	document->card_reference = sale->document.card_reference;
	papers->sold = *proof;
	papers->origin = (FiscalOrigin){ .number = sale->number,
					 .at = g_get_real_time(),
					 .document_number = papers->sold.document_number,
					 .sign = papers->sold.sign,
					 .id = papers->sold.id,
					 .registrar_at = papers->sold.at,
					 .rest = papers->rest };
	document->origin = &papers->origin;
	for (int i = 0; i < sale->document.n_lines; i++) {
		const FiscalLine *sold = &sale->lines[i];
		FiscalLine part = take_part(sold, line < 0    ? sold->quantity.micro
						  : line == i ? micro
							      : 0);

		leave(papers, sold, &part);
		if (part.quantity.micro == 0)
			continue;
		papers->lines[document->n_lines++] = part;
		document->total.minor += part.sum.minor;
	}
	give_back(papers, &sale->document);
	return papers;
}

/* --- the book ------------------------------------------------------------------------------ */

json_t *fiscal_desk_dup_state(const FiscalDesk *self)
{
	json_error_t error;
	json_t *state = json_load_file(self->meet->state, 0, &error);

	if (state == NULL)
		g_error("%s: %s", self->meet->state, error.text);
	return state;
}

static int64_t number_of(const json_t *entry, const char *key)
{
	return json_integer_value(json_object_get(entry, key));
}

static bool is_kind(const json_t *entry, const char *kind)
{
	return strcmp(json_string_value(json_object_get(entry, "kind")), kind) == 0;
}

int fiscal_desk_count(const FiscalDesk *self, const char *kind, int64_t total, int64_t *ret_number)
{
	json_auto_t *state = fiscal_desk_dup_state(self);
	const json_t *entry;
	size_t i;
	int n = 0;

	json_array_foreach(json_object_get(state, "book"), i, entry)
	{
		if (!is_kind(entry, kind) || (total >= 0 && number_of(entry, "total") != total) ||
		    (json_is_false(json_object_get(entry, "active")) && strcmp(kind, "void") != 0))
			continue;
		n++;
		if (ret_number != NULL)
			*ret_number = number_of(entry, "number");
	}
	return n;
}

int fiscal_desk_count_all(const FiscalDesk *self)
{
	json_auto_t *state = fiscal_desk_dup_state(self);

	return (int)json_array_size(json_object_get(state, "book"));
}

int64_t fiscal_desk_booked(const FiscalDesk *self, const char *kind, const char *key)
{
	json_auto_t *state = fiscal_desk_dup_state(self);
	const json_t *book = json_object_get(state, "book");

	for (size_t i = json_array_size(book); i > 0; i--) {
		const json_t *entry = json_array_get(book, i - 1);

		if (is_kind(entry, kind)) {
			const json_t *value = json_object_get(entry, key);

			g_assert_true(json_is_integer(value));
			return json_integer_value(value);
		}
	}
	g_error("%s: the book has no %s", self->protocol->title, kind);
	return 0;
}

/* Towards eBarimt a return replaces its sale by what is left of it, or voids it (§5). */
const char *fiscal_papers_kind(const FiscalPapers *self, const FiscalDesk *desk, int64_t *ret_total)
{
	static const char *const kinds[] = {
		[FISCAL_SALE] = "sale",
		[FISCAL_SHIFT_OPEN] = "shift-open",
		[FISCAL_SHIFT_CLOSE] = "shift-close",
		[FISCAL_CASH_IN] = "cash-in",
		[FISCAL_CASH_OUT] = "cash-out",
	};
	const FiscalDocument *document = &self->document;

	*ret_total = document->kind == FISCAL_SHIFT_CLOSE ? -1 : document->total.minor;
	if (document->kind != FISCAL_SALE_RETURN)
		return kinds[document->kind];
	if (strcmp(desk->protocol->driver, "ebarimt") != 0)
		return "return";
	if (self->origin.n_rest == 0)
		return "void";
	*ret_total = self->origin.rest_paid[TENDER_CASH].minor +
		     self->origin.rest_paid[TENDER_CARD].minor;
	return "replace";
}
