/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/sales/ingest_rows.h"

#include "backoffice/stock/recipe.h"

/* What a receipt's entry says beside the receipt; texts are lent by its JSON. */
typedef struct {
	const char *number;
	int64_t seq;
	int64_t day;
	IngestProof proof;
	const char *late; /* why its registrar will be told later; NULL: it was told */
} Details;

static bool read_late(const json_t *body, Details *ret, GError **error)
{
	return json_object_get(body, "late") == NULL ||
	       ingest_get_text(body, "late", &ret->late, error);
}

static bool read_details(const Ingest *self, const json_t *body, Details *ret, GError **error)
{
	*ret = (Details){ 0 };
	if (!ingest_get_text(body, "number", &ret->number, error) ||
	    !ingest_get_int(body, "seq", &ret->seq, error) ||
	    !ingest_get_day(body, "day", &ret->day, error) ||
	    !ingest_proof_read(json_object_get(body, "fiscal"), &ret->proof, error) ||
	    !read_late(body, ret, error))
		return false;
	if (ret->seq <= self->last_seq)
		return ingest_poison(error, "its sequence number is not after the last one");
	return true;
}

static RollupAmounts amounts_of_line(const ReceiptLine *line, int sign)
{
	RollupAmounts a = {
		.gross = sign * line->gross.minor,
		.discount = sign * (line->own_discount.minor + line->shared_discount.minor),
		.added = sign * line->added.minor,
		.net = sign * (line->net.minor + line->added.minor),
	};

	for (int i = 0; i < line->tax.n_rates; i++)
		a.tax += sign * line->taxes[i].minor;
	return a;
}

static RollupAmounts amounts_of_receipt(const Receipt *receipt, int sign)
{
	RollupAmounts sum = { 0 };

	for (int i = 0; i < receipt_get_n_lines(receipt); i++) {
		RollupAmounts line = amounts_of_line(receipt_get_line(receipt, i), sign);

		sum.gross += line.gross;
		sum.discount += line.discount;
		sum.tax += line.tax;
		sum.added += line.added;
		sum.net += line.net;
	}
	return sum;
}

static int64_t sum_of_kept(const Receipt *receipt)
{
	int64_t sum = 0;

	for (TenderKind kind = 0; kind < TENDER_N; kind++)
		sum += receipt_get_kept(receipt, kind).minor;
	return sum;
}

/* Reports sum up lines, taxes and payments: each has to give the receipt's total, payments with
 * what cash was rounded by. */
static bool check_sums(const Receipt *receipt, GError **error)
{
	const ReceiptTotals *totals = receipt_get_totals(receipt);
	RollupAmounts sum = amounts_of_receipt(receipt, 1);

	if (sum.gross != totals->gross.minor || sum.discount != totals->discount.minor ||
	    sum.tax != totals->tax.minor || sum.net != totals->total.minor)
		return ingest_poison(error, "its lines are not its total");
	if (!receipt_is_paid(receipt) ||
	    sum_of_kept(receipt) != totals->total.minor + totals->rounding.minor)
		return ingest_poison(error, "it is not paid");
	return true;
}

static Receipt *read_receipt(const Ingest *self, const json_t *body, GError **error)
{
	g_autoptr(GError) local = NULL;
	g_autoptr(Receipt) receipt = receipt_from_json(json_object_get(body, "receipt"), &local);

	if (receipt == NULL) {
		ingest_poison(error, "%s", local->message);
		return NULL;
	}
	if (receipt_get_currency(receipt) != self->till->currency) {
		ingest_poison(error, "it is in another currency than the shop");
		return NULL;
	}
	return check_sums(receipt, error) ? g_steal_pointer(&receipt) : NULL;
}

static const char *kind_code(const Receipt *receipt)
{
	return receipt_get_kind(receipt) == RECEIPT_RETURN ? "return" : "sale";
}

static const char *origin_of(const Receipt *receipt)
{
	const char *origin = receipt_get_origin(receipt);

	return *origin != '\0' ? origin : NULL;
}

static void bind_key(StoreStatement *insert, const Ingest *self, const Details *details)
{
	store_bind_int(insert, 1, self->till->shop_id);
	store_bind_int(insert, 2, self->till->till_id);
	store_bind_int(insert, 3, details->seq);
}

static void bind_amounts(StoreStatement *insert, int first, RollupAmounts a)
{
	store_bind_int(insert, first, a.gross);
	store_bind_int(insert, first + 1, a.discount);
	store_bind_int(insert, first + 2, a.tax);
	store_bind_int(insert, first + 3, a.added);
	store_bind_int(insert, first + 4, a.net);
}

static bool sum_up_receipt(Ingest *self, const JournalEntry *entry, const Details *details,
			   const Receipt *receipt, int sign, GError **error)
{
	const RollupReceipt sums = {
		.till_id = self->till->till_id,
		.seq = details->seq,
		.day = (int32_t)details->day,
		.hour = ingest_hour(self, entry->at),
		.cashier_id = entry->cashier,
		.is_return = sign < 0,
		.rounding = sign * receipt_get_totals(receipt)->rounding.minor,
		.heard_at = self->heard_at,
		.amounts = amounts_of_receipt(receipt, sign),
	};

	return rollup_add_receipt(ledger_get_rollup(self->ledger), &sums, error);
}

static bool write_head(Ingest *self, const JournalEntry *entry, const Details *details,
		       const Receipt *receipt, int sign, GError **error)
{
	StoreStatement *insert = store_statement(self->store, "office/ingest/insert_receipt");

	bind_key(insert, self, details);
	store_bind_int(insert, 4, entry->number);
	store_bind_text(insert, 5, details->number);
	store_bind_text(insert, 6, kind_code(receipt));
	store_bind_int(insert, 7, entry->shift);
	store_bind_int(insert, 8, details->day);
	store_bind_int(insert, 9, ingest_hour(self, entry->at));
	store_bind_int(insert, 10, entry->at);
	store_bind_int(insert, 11, entry->cashier);
	bind_amounts(insert, 12, amounts_of_receipt(receipt, sign));
	ingest_proof_bind(insert, 17, &details->proof);
	store_bind_int(insert, 23, sign * receipt_get_totals(receipt)->rounding.minor);
	store_bind_text(insert, 24, origin_of(receipt));
	store_bind_int(insert, 25, self->heard_at);
	return store_run(insert, error) &&
	       sum_up_receipt(self, entry, details, receipt, sign, error);
}

static bool sum_up_line(Ingest *self, const ReceiptLine *line, int64_t group_id, int sign,
			GError **error)
{
	const RollupLine sums = {
		.line = line->number,
		.item_id = line->item_id,
		.group_id = group_id,
		.name = line->name,
		.quantity = sign * line->quantity.micro,
		.amounts = amounts_of_line(line, sign),
	};

	return rollup_add_line(ledger_get_rollup(self->ledger), &sums, error);
}

/* Goods of the till's own are in no group. */
static bool group_of(Ingest *self, const ReceiptLine *line, int64_t *ret, GError **error)
{
	*ret = 1;
	return line->item_id <= 0 || ledger_get_group(self->ledger, line->item_id, ret, error);
}

static bool write_line(Ingest *self, const Details *details, const ReceiptLine *line, int sign,
		       GError **error)
{
	StoreStatement *insert = store_statement(self->store, "office/ingest/insert_line");
	int64_t group_id;

	if (!group_of(self, line, &group_id, error))
		return false;
	bind_key(insert, self, details);
	store_bind_int(insert, 4, line->number);
	store_bind_int(insert, 5, line->item_id);
	store_bind_text(insert, 6, line->code);
	store_bind_text(insert, 7, line->name);
	store_bind_text(insert, 8, unit_code(line->unit));
	store_bind_text(insert, 9, line->tax.code);
	store_bind_int(insert, 10, sign * line->quantity.micro);
	store_bind_int(insert, 11, line->price.minor);
	bind_amounts(insert, 12, amounts_of_line(line, sign));
	if (line->basis.line != 0)
		store_bind_int(insert, 17, line->basis.line);
	store_bind_int(insert, 18, group_id);
	return store_run(insert, error) && sum_up_line(self, line, group_id, sign, error);
}

/* What it was made of leaves instead of it. A kit nobody wrote a recipe for leaves itself, below
 * zero, where people look for what went wrong. */
static bool post_kit(Ingest *self, const LedgerMove *kit, GError **error)
{
	g_autoptr(GArray) parts =
		recipe_explode(self->store, kit->item_id, kit->quantity, kit->day, error);

	if (parts == NULL)
		return false;
	for (guint i = 0; i < parts->len; i++) {
		const RecipeLine *part = &g_array_index(parts, RecipeLine, i);
		LedgerMove move = *kit;

		move.item_id = part->item_id;
		move.quantity = part->quantity;
		move.batch_id = 0;
		if (!ledger_post(self->ledger, &move, error))
			return false;
	}
	return parts->len > 0 || ledger_post(self->ledger, kit, error);
}

static bool post_move(Ingest *self, const LedgerMove *move, GError **error)
{
	ItemKind kind;

	if (!ledger_get_kind(self->ledger, move->item_id, &kind, error))
		return false;
	switch (kind) {
	case ITEM_SERVICE:
		return true;
	case ITEM_KIT:
		return post_kit(self, move, error);
	default:
		return ledger_post(self->ledger, move, error);
	}
}

/* Goods that the office never had, sold by a code of the till's own, have no stock. */
static bool post_line(Ingest *self, const JournalEntry *entry, const Details *details,
		      const Receipt *receipt, const ReceiptLine *line, int sign, GError **error)
{
	LedgerMove move = {
		.item_id = line->item_id,
		.at = entry->at,
		.day = (int32_t)details->day,
		.kind = kind_code(receipt),
		.till_id = self->till->till_id,
		.seq = details->seq,
		.line = line->number,
		.quantity = -sign * line->quantity.micro,
	};

	if (line->item_id <= 0)
		return true;
	return ingest_batch_of(self, line, &move.batch_id, error) &&
	       post_move(self, &move, error) &&
	       ingest_serial(self, line, entry->at, details->seq, sign > 0, error);
}

static bool write_lines(Ingest *self, const JournalEntry *entry, const Details *details,
			const Receipt *receipt, int sign, GError **error)
{
	for (int i = 0; i < receipt_get_n_lines(receipt); i++) {
		const ReceiptLine *line = receipt_get_line(receipt, i);

		if (!line->voided && (!write_line(self, details, line, sign, error) ||
				      !post_line(self, entry, details, receipt, line, sign, error)))
			return false;
	}
	return true;
}

static bool write_taxes(Ingest *self, const Details *details, const Receipt *receipt, int sign,
			GError **error)
{
	StoreStatement *insert = store_statement(self->store, "office/ingest/insert_tax");
	g_autoptr(GArray) taxes = receipt_dup_taxes(receipt);

	for (guint i = 0; i < taxes->len; i++) {
		const ReceiptTax *tax = &g_array_index(taxes, ReceiptTax, i);

		bind_key(insert, self, details);
		store_bind_text(insert, 4, tax->code);
		store_bind_int(insert, 5, tax->rate);
		store_bind_int(insert, 6, tax->inclusive);
		store_bind_int(insert, 7, sign * tax->base.minor);
		store_bind_int(insert, 8, sign * tax->amount.minor);
		if (!store_run(insert, error) ||
		    !rollup_add_tax(ledger_get_rollup(self->ledger), tax->code, tax->rate,
				    tax->inclusive, sign * tax->base.minor,
				    sign * tax->amount.minor, error))
			return false;
	}
	return true;
}

static bool write_payment(Ingest *self, const Details *details, int position, TenderKind kind,
			  int64_t amount, const char *reference, GError **error)
{
	StoreStatement *insert = store_statement(self->store, "office/ingest/insert_payment");

	bind_key(insert, self, details);
	store_bind_int(insert, 4, position);
	store_bind_text(insert, 5, tender_code(kind));
	store_bind_int(insert, 6, amount);
	store_bind_text(insert, 7, reference);
	return store_run(insert, error) && rollup_add_payment(ledger_get_rollup(self->ledger),
							      tender_code(kind), amount, error);
}

/* Cash is one row, net of change; every other payment keeps its reference. */
static bool write_payments(Ingest *self, const Details *details, const Receipt *receipt, int sign,
			   GError **error)
{
	int64_t cash = sign * receipt_get_kept(receipt, TENDER_CASH).minor;
	int position = 0;

	if (cash != 0 && !write_payment(self, details, ++position, TENDER_CASH, cash, "", error))
		return false;
	for (int i = 0; i < receipt_get_n_payments(receipt); i++) {
		const ReceiptPayment *payment = receipt_get_payment(receipt, i);

		if (payment->kind != TENDER_CASH &&
		    !write_payment(self, details, ++position, payment->kind,
				   sign * payment->amount.minor, payment->reference, error))
			return false;
	}
	return true;
}

static bool write_late(Ingest *self, const Details *details, GError **error)
{
	StoreStatement *insert;

	if (details->late == NULL)
		return true;
	insert = store_statement(self->store, "office/ingest/insert_late");
	bind_key(insert, self, details);
	store_bind_text(insert, 4, details->late);
	return store_run(insert, error);
}

bool ingest_receipt(Ingest *self, const JournalEntry *entry, const json_t *body, GError **error)
{
	g_autoptr(Receipt) receipt = NULL;
	Details details;
	int sign;

	if (!read_details(self, body, &details, error))
		return false;
	receipt = read_receipt(self, body, error);
	if (receipt == NULL)
		return false;

	sign = receipt_get_kind(receipt) == RECEIPT_RETURN ? -1 : 1;
	if (!write_head(self, entry, &details, receipt, sign, error) ||
	    !write_lines(self, entry, &details, receipt, sign, error) ||
	    !write_taxes(self, &details, receipt, sign, error) ||
	    !write_payments(self, &details, receipt, sign, error) ||
	    !write_late(self, &details, error))
		return false;
	self->last_seq = details.seq;
	return true;
}
