/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/fiscal/atol_sim.h"

/* Receipts and corrections that were found good become documents. */
const char *const atol_kind_names[ATOL_N_TOTALS] = {
	"sell",		  "sellReturn",		  "buy",	   "buyReturn",
	"sellCorrection", "sellReturnCorrection", "buyCorrection", "buyReturnCorrection",
};

static const char *const book_kinds[ATOL_N_TOTALS] = {
	"sale",
	"return",
	"buy",
	"buy-return",
	"correction",
	"correction-return",
	"buy-correction",
	"buy-correction-return",
};

static bool pays_out(int kind)
{
	return kind == ATOL_SELL_RETURN || kind == ATOL_BUY;
}

static json_t *line_tags(const AtolLine *line)
{
	json_t *tags = json_pack("{s:s,s:o,s:o,s:o,s:o}", "1030", line->name, "1079",
				 exact_decimal_new(line->price, 2), "1023",
				 exact_quantity_new(line->quantity), "1043",
				 exact_decimal_new(line->amount, 2), "1199",
				 exact_decimal_new(line->tax->number, 0));

	if (line->unit >= 0)
		json_object_set_new(tags, "2108", exact_decimal_new(line->unit, 0));
	if (line->subject >= 0)
		json_object_set_new(tags, "1212", exact_decimal_new(line->subject, 0));
	if (line->method >= 0)
		json_object_set_new(tags, "1214", exact_decimal_new(line->method, 0));
	if (line->mark != NULL)
		json_object_set_new(tags, "1162", json_string(line->mark));
	return tags;
}

static void put_text(json_t *tlv, const char *tag, const char *text)
{
	if (text != NULL)
		json_object_set_new(tlv, tag, json_string(text));
}

static void put_taxes(json_t *tlv, const AtolReceipt *receipt)
{
	for (const AtolTax *tax = atol_taxes; tax->name != NULL; tax++) {
		int64_t sum = 0;

		for (unsigned i = 0; i < receipt->lines->len; i++) {
			const AtolLine *line = &g_array_index(receipt->lines, AtolLine, i);

			if (line->tax == tax)
				sum += atol_tax_sum(tax, line->amount);
		}
		if (sum != 0 && tax->tag != NULL)
			json_object_set_new(tlv, tax->tag, exact_decimal_new(sum, 2));
	}
}

/* Tags 1031, 1081, 1215..1217: cash is net of change. */
static void put_payments(json_t *tlv, const AtolReceipt *receipt)
{
	static const char *const tags[ATOL_N_PAYMENTS] = { "1031", "1081", "1215", "1216", "1217" };

	for (int i = 0; i < ATOL_N_PAYMENTS; i++)
		json_object_set_new(
			tlv, tags[i],
			exact_decimal_new(receipt->paid[i] - (i == ATOL_CASH ? receipt->change : 0),
					  2));
}

static void put_attributes(const AtolCall *call, json_t *tlv)
{
	const json_t *item;
	size_t i;

	json_array_foreach(json_object_get(call->task, "items"), i, item)
	{
		const char *type = web_text(item, "type"), *value = web_text(item, "value");

		if (g_strcmp0(type, "additionalAttribute") == 0)
			put_text(tlv, "1192", value);
		else if (g_strcmp0(type, "userAttribute") == 0)
			json_object_set_new(tlv, "1084",
					    json_pack("{s:s*,s:s*}", "1085", web_text(item, "name"),
						      "1086", value));
	}
}

static json_t *receipt_tags(const AtolCall *call, const AtolReceipt *receipt)
{
	const json_t *task = call->task, *client = json_object_get(task, "clientInfo");
	json_t *tlv = json_object(), *lines = json_array();

	put_text(tlv, "1021", web_text(json_object_get(task, "operator"), "name"));
	put_text(tlv, "1203", web_text(json_object_get(task, "operator"), "vatin"));
	put_text(tlv, "1008", web_text(client, "emailOrPhone"));
	put_text(tlv, "1227", web_text(client, "name"));
	put_text(tlv, "1228", web_text(client, "vatin"));
	json_object_set_new(tlv, "1055", exact_decimal_new(receipt->tax_system, 0));
	put_payments(tlv, receipt);
	put_taxes(tlv, receipt);
	put_attributes(call, tlv);
	if (call->type->correction) {
		bool self = g_strcmp0(web_text(task, "correctionType"), "self") == 0;

		json_object_set_new(tlv, "1173", exact_decimal_new(self ? 0 : 1, 0));
		json_object_set_new(tlv, "1174",
				    json_pack("{s:s*,s:s*}", "1178",
					      web_text(task, "correctionBaseDate"), "1179",
					      web_text(task, "correctionBaseNumber")));
	}
	for (unsigned i = 0; i < receipt->lines->len; i++)
		json_array_append_new(lines,
				      line_tags(&g_array_index(receipt->lines, AtolLine, i)));
	json_object_set_new(tlv, "1059", lines);
	return tlv;
}

/* --- money ------------------------------------------------------------------------------------ */

static void count(Atol *self, int index, const AtolReceipt *receipt)
{
	AtolTotals *totals = &self->state.totals[index];
	int64_t cash = receipt->paid[ATOL_CASH] - receipt->change;

	totals->count++;
	totals->sum += receipt->total;
	for (int i = 0; i < ATOL_N_PAYMENTS; i++)
		totals->paid[i] += receipt->paid[i];
	totals->paid[ATOL_CASH] -= receipt->change;
	self->state.cash += pays_out(index % ATOL_N_KINDS) ? -cash : cash;
}

static void book(Atol *self, int index, const AtolReceipt *receipt, const AtolDocument *document,
		 const char *uuid)
{
	count(self, index, receipt);
	web_book_add(self->state.book,
		     &(WebBooking){ .number = document->number,
				    .kind = book_kinds[index],
				    .total = receipt->total,
				    .cash = receipt->paid[ATOL_CASH] - receipt->change,
				    .card = receipt->paid[ATOL_ELECTRONICALLY],
				    .id = uuid });
}

static int make(AtolCall *call, AtolReceipt *receipt)
{
	int index = call->type->kind + (call->type->correction ? ATOL_N_KINDS : 0);
	AtolDocument document = {
		.type = call->type->correction ? "receiptCorrection" : "receipt",
		.receipt = ++call->sim->state.receipt,
		.operation = call->type->kind + 1,
		.total = receipt->total,
	};

	atol_document_make(call->sim, &document, receipt_tags(call, receipt));
	book(call->sim, index, receipt, &document, call->uuid);
	if (!receipt->electronically)
		atol_print(call, atol_paper_receipt(call, receipt, &document), true);
	atol_document_result(call, &document);
	return ATOL_OK;
}

static int check_state(const AtolCall *call, const AtolReceipt *receipt)
{
	int code = atol_shift_check(call);

	if (code == ATOL_OK)
		code = atol_device_check(call, !receipt->electronically);
	if (code == ATOL_OK && pays_out(call->type->kind) &&
	    receipt->paid[ATOL_CASH] > call->sim->state.cash)
		return ATOL_NO_CASH;
	return code;
}

int atol_receipt(AtolCall *call)
{
	AtolReceipt receipt;
	int code = atol_receipt_read(call, &receipt);

	if (code == ATOL_OK)
		code = check_state(call, &receipt);
	if (code == ATOL_OK)
		code = make(call, &receipt);
	atol_receipt_clear(&receipt);
	return code;
}

/* One line, in cash: what another till on the same registrar would leave behind. */
void atol_foreign_sale(Atol *self, int64_t kopecks)
{
	AtolLine line = { .name = "ЧУЖОЙ ТОВАР",
			  .price = kopecks,
			  .quantity = 1000000,
			  .amount = kopecks,
			  .tax = &atol_taxes[5],
			  .unit = 0,
			  .method = 4,
			  .subject = 1 };
	AtolReceipt receipt = { .lines = g_array_new(false, false, sizeof(AtolLine)),
				.sum = kopecks,
				.total = kopecks,
				.paid = { kopecks },
				.tax_system = 1 };
	AtolDocument document = { .type = "receipt", .operation = 1, .total = kopecks };
	AtolCall call = { .sim = self, .type = atol_type_find("sell") };

	g_array_append_val(receipt.lines, line);
	document.receipt = ++self->state.receipt;
	atol_document_make(self, &document, receipt_tags(&call, &receipt));
	book(self, ATOL_SELL, &receipt, &document, "");
	atol_receipt_clear(&receipt);
}
