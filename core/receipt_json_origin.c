/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/receipt_private.h"

#include "core/json_text.h"
#include "core/json_values.h"

/* What only a return by receipt says in JSON: what it is of. */

static const JsonMoney charge_amounts[] = {
	{ "own_discount", offsetof(ReceiptCharge, own_discount) },
	{ "shared_discount", offsetof(ReceiptCharge, shared_discount) },
	{ "net", offsetof(ReceiptCharge, net) },
	{ "added", offsetof(ReceiptCharge, added) },
};

/* --- writing ------------------------------------------------------------------------------- */

static void write_kept(GString *to, const Money kept[static TENDER_N])
{
	json_text_open(to, "kept", '{');
	json_text_int(to, "card", kept[TENDER_CARD].minor);
	json_text_int(to, "cash", kept[TENDER_CASH].minor);
	json_text_close(to, '}');
}

void receipt_origin_write(const ReceiptOrigin *self, GString *to)
{
	json_text_open(to, "origin", '{');
	write_kept(to, self->kept);
	json_text_string(to, "number", self->number);
	json_text_open(to, "returned", '{');
	write_kept(to, self->returned_kept);
	json_text_int(to, "total", self->returned_total.minor);
	json_text_close(to, '}');
	json_text_int(to, "rounding", self->rounding.minor);
	json_text_int(to, "total", self->total.minor);
	json_text_close(to, '}');
}

static void write_charge(GString *to, const char *key, const ReceiptCharge *charge, int n_taxes)
{
	json_text_open(to, key, '{');
	json_text_int(to, "added", charge->added.minor);
	json_text_int(to, "net", charge->net.minor);
	json_text_int(to, "own_discount", charge->own_discount.minor);
	json_text_int(to, "quantity", charge->quantity.micro);
	json_text_int(to, "shared_discount", charge->shared_discount.minor);
	json_text_open(to, "taxes", '[');
	for (int i = 0; i < n_taxes; i++)
		json_text_int(to, NULL, charge->taxes[i].minor);
	json_text_close(to, ']');
	json_text_close(to, '}');
}

void receipt_basis_write(const ReceiptLine *line, GString *to)
{
	json_text_open(to, "basis", '{');
	write_charge(to, "before", &line->basis.before, line->tax.n_rates);
	json_text_int(to, "line", line->basis.line);
	write_charge(to, "sold", &line->basis.sold, line->tax.n_rates);
	json_text_close(to, '}');
}

/* --- reading ------------------------------------------------------------------------------- */

/* Amounts of a sale; rounding may take cash a step over what a receipt can be. */
static bool read_amount(const json_t *json, const char *key, int64_t max, uint16_t currency,
			Money *ret)
{
	ret->currency = currency;
	return json_read_int(json, key, 0, max, &ret->minor);
}

static bool read_kept(const json_t *json, uint16_t currency, Money ret[static TENDER_N])
{
	const json_t *kept = json_object_get(json, "kept");

	for (TenderKind kind = 0; kind < TENDER_N; kind++)
		if (!read_amount(kept, tender_code(kind), 2 * RECEIPT_MAX_TOTAL, currency,
				 &ret[kind]))
			return false;
	return true;
}

bool receipt_origin_read(Receipt *self, const json_t *json)
{
	const json_t *returned = json_object_get(json, "returned");
	const char *number = json_read_text(json, "number");
	ReceiptOrigin origin = { .rounding.currency = self->currency };

	if (self->kind != RECEIPT_RETURN || number == NULL || number[0] == '\0' ||
	    !read_amount(json, "total", RECEIPT_MAX_TOTAL, self->currency, &origin.total) ||
	    !json_read_int(json, "rounding", -RECEIPT_MAX_TOTAL, RECEIPT_MAX_CASH_STEP,
			   &origin.rounding.minor) ||
	    !read_kept(json, self->currency, origin.kept) ||
	    !read_amount(returned, "total", origin.total.minor, self->currency,
			 &origin.returned_total) ||
	    !read_kept(returned, self->currency, origin.returned_kept))
		return false;
	if (origin.kept[TENDER_CASH].minor + origin.kept[TENDER_CARD].minor !=
	    origin.total.minor + origin.rounding.minor)
		return false;
	origin.number = receipt_keep_text(self, number);
	self->origin = origin;
	return true;
}

static bool read_taxes(const json_t *json, int n, uint16_t currency, Money ret[static TAX_MAX])
{
	if (!json_is_array(json) || json_array_size(json) != (size_t)n)
		return false;
	for (int i = 0; i < TAX_MAX; i++) {
		const json_t *tax = i < n ? json_array_get(json, (size_t)i) : NULL;

		ret[i] = (Money){ .minor = json_integer_value(tax), .currency = currency };
		if (i < n &&
		    (!json_is_integer(tax) || ret[i].minor < 0 || ret[i].minor > RECEIPT_MAX_TOTAL))
			return false;
	}
	return true;
}

static bool read_charge(const json_t *json, const TaxGroup *tax, uint16_t currency,
			ReceiptCharge *ret)
{
	if (!json_read_int(json, "quantity", 0, RECEIPT_MAX_QUANTITY, &ret->quantity.micro) ||
	    !json_read_amounts(json, charge_amounts, G_N_ELEMENTS(charge_amounts), currency, ret) ||
	    !read_taxes(json_object_get(json, "taxes"), tax->n_rates, currency, ret->taxes))
		return false;
	return ret->added.minor == receipt_added_of(tax, ret->taxes, currency).minor;
}

/* No amount is negative, and none of @part exceeds that of @all. */
static bool is_part(const ReceiptCharge *part, const ReceiptCharge *all)
{
	const Money parts[] = { part->own_discount, part->shared_discount, part->net,
				part->taxes[0],	    part->taxes[1],	   part->taxes[2],
				part->taxes[3] };
	const Money alls[] = { all->own_discount, all->shared_discount, all->net,     all->taxes[0],
			       all->taxes[1],	  all->taxes[2],	all->taxes[3] };

	G_STATIC_ASSERT(TAX_MAX == 4);
	for (size_t i = 0; i < G_N_ELEMENTS(parts); i++)
		if (parts[i].minor < 0 || parts[i].minor > alls[i].minor ||
		    alls[i].minor > RECEIPT_MAX_TOTAL)
			return false;
	return part->quantity.micro < all->quantity.micro;
}

/* Lines stand in the order of the sale, each once. */
static bool follows(const Receipt *self, int64_t number)
{
	int n = receipt_get_n_lines(self);

	return n == 0 || number > receipt_get_line(self, n - 1)->basis.line;
}

bool receipt_basis_read(const Receipt *self, const json_t *json, ReceiptLine *line)
{
	ReceiptBasis *basis = &line->basis;
	int64_t number;

	if (!receipt_has_origin(self))
		return json == NULL;
	if (!json_read_int(json, "line", 1, INT_MAX, &number) || !follows(self, number) ||
	    !read_charge(json_object_get(json, "sold"), &line->tax, self->currency, &basis->sold) ||
	    !read_charge(json_object_get(json, "before"), &line->tax, self->currency,
			 &basis->before))
		return false;
	basis->line = (int)number;
	return line->own.kind == DISCOUNT_NONE && is_part(&basis->before, &basis->sold);
}
