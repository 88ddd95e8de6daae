/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/fiscal/atol_sim.h"

/* What a Russian registrar prints. These words are its firmware, not ours to translate. */
const char atol_registration_number[] = "0000000001002292";
const char atol_serial[] = "00105707756920";
const char atol_inn[] = "7701234567";
const char atol_user[] = "ООО \"РОМАШКА\"";
const char atol_address[] = "г. Москва, ул. Ленина, 1";

static const char *const titles[ATOL_N_KINDS] = { "ПРИХОД", "ВОЗВРАТ ПРИХОДА", "РАСХОД",
						  "ВОЗВРАТ РАСХОДА" };
static const char *const payments[ATOL_N_PAYMENTS] = {
	" НАЛИЧНЫМИ", " БЕЗНАЛИЧНЫМИ", " АВАНСОМ", " В КРЕДИТ", " ВСТРЕЧНЫМ ПРЕДОСТАВЛЕНИЕМ",
};

/* The page's faults begin before a line; the cover is like the roll, with another name. */
void atol_print(AtolCall *call, GPtrArray *paper, bool document)
{
	WebRoll *roll = &call->sim->state.roll;
	int ends_at = call->paper_ends_at > 0 ? call->paper_ends_at : call->cover_opens_at;

	if (!web_roll_print(roll, call->sim->context->log, paper, document, ends_at))
		call->not_printed = true;
	if (call->not_printed && call->paper_ends_at == 0 && call->cover_opens_at > 0) {
		roll->no_paper = false;
		roll->cover_open = true;
	}
}

static void add_head(GPtrArray *paper, const char *title, int64_t at)
{
	g_autoptr(GDateTime) time = g_date_time_new_from_unix_local(at);
	g_autofree char *when = g_date_time_format(time, "%d.%m.%y %H:%M");
	g_autofree char *number = g_strdup_printf("ЗН ККТ %s", atol_serial);

	web_paper_centre(paper, atol_user);
	web_paper_centre(paper, atol_address);
	web_paper_pair(paper, "ИНН", atol_inn);
	web_paper_centre(paper, title);
	web_paper_pair(paper, number, when);
}

static void add_cashier(GPtrArray *paper, const AtolCall *call)
{
	const char *name = web_text(json_object_get(call->task, "operator"), "name");

	if (name != NULL)
		web_paper_add(paper, "КАССИР: %s", name);
}

static void add_fiscal(GPtrArray *paper, const AtolCall *call, const AtolDocument *document)
{
	g_autofree char *number = g_strdup_printf("%" G_GINT64_FORMAT, document->number);

	web_paper_pair(paper, "РН ККТ", atol_registration_number);
	web_paper_pair(paper, "ФН", call->sim->state.fn);
	web_paper_pair(paper, "ФД", number);
	web_paper_pair(paper, "ФП", document->sign);
}

static void add_cut(GPtrArray *paper)
{
	web_paper_add(paper, "- - - - - - - - - - - - - - - - - - - -");
	web_paper_add(paper, "%s", "");
}

static void add_line(GPtrArray *paper, const AtolLine *line)
{
	g_autofree char *price = exact_decimal_text(line->price, 2);
	json_t *quantity = exact_quantity_new(line->quantity);
	g_autofree char *left = g_strdup_printf("%s x %s", exact_number_text(quantity), price);

	web_paper_wrap(paper, line->name);
	web_paper_sum(paper, left, line->amount);
	web_paper_add(paper, "  %s", line->tax->paper);
	if (line->discount > 0)
		web_paper_sum(paper, "  СКИДКА", line->discount);
	json_decref(quantity);
}

/* Positions and lines of text in the order they came. */
static void add_items(GPtrArray *paper, const AtolCall *call, const AtolReceipt *receipt)
{
	const json_t *item;
	size_t i;
	unsigned line = 0;

	json_array_foreach(json_object_get(call->task, "items"), i, item)
	{
		if (g_strcmp0(web_text(item, "type"), "position") == 0)
			add_line(paper, &g_array_index(receipt->lines, AtolLine, line++));
		else
			atol_paper_item(paper, item);
	}
}

static void add_payments(GPtrArray *paper, const AtolReceipt *receipt)
{
	web_paper_sum(paper, "ИТОГ", receipt->total);
	for (int i = 0; i < ATOL_N_PAYMENTS; i++)
		if (receipt->paid[i] != 0)
			web_paper_sum(paper, payments[i], receipt->paid[i]);
	if (receipt->change != 0)
		web_paper_sum(paper, "СДАЧА", receipt->change);
}

static void add_taxes(GPtrArray *paper, const AtolReceipt *receipt)
{
	for (const AtolTax *tax = atol_taxes; tax->name != NULL; tax++) {
		g_autofree char *left = g_strdup_printf("СУММА %s", tax->paper);
		int64_t sum = 0;

		for (unsigned i = 0; i < receipt->lines->len; i++) {
			const AtolLine *line = &g_array_index(receipt->lines, AtolLine, i);

			if (line->tax == tax)
				sum += atol_tax_sum(tax, line->amount);
		}
		if (sum != 0)
			web_paper_sum(paper, left, sum);
	}
}

GPtrArray *atol_paper_receipt(const AtolCall *call, const AtolReceipt *receipt,
			      const AtolDocument *document)
{
	GPtrArray *paper = web_paper_new();
	const char *contact = web_text(json_object_get(call->task, "clientInfo"), "emailOrPhone");
	g_autofree char *title = g_strdup_printf(
		"%s / %s", call->type->correction ? "ЧЕК КОРРЕКЦИИ" : "КАССОВЫЙ ЧЕК",
		titles[call->type->kind]);
	g_autofree char *qr = atol_document_qr(call->sim, document);

	atol_paper_items(paper, json_object_get(call->task, "preItems"));
	add_head(paper, title, document->at);
	web_paper_add(paper, "ЧЕК %04" G_GINT64_FORMAT "   СМЕНА %04" G_GINT64_FORMAT,
		      document->receipt, document->shift);
	add_items(paper, call, receipt);
	add_payments(paper, receipt);
	add_taxes(paper, receipt);
	add_cashier(paper, call);
	if (contact != NULL)
		web_paper_pair(paper, "ЭЛ. АДР. ПОКУПАТЕЛЯ", contact);
	add_fiscal(paper, call, document);
	web_paper_add(paper, "QR: %s", qr);
	atol_paper_items(paper, json_object_get(call->task, "postItems"));
	add_cut(paper);
	return paper;
}

GPtrArray *atol_paper_shift(const AtolCall *call, const char *title, const AtolDocument *document)
{
	GPtrArray *paper = web_paper_new();

	add_head(paper, title, document->at);
	web_paper_add(paper, "СМЕНА %04" G_GINT64_FORMAT, document->shift);
	add_cashier(paper, call);
	add_fiscal(paper, call, document);
	add_cut(paper);
	return paper;
}

static void add_totals(GPtrArray *paper, const AtolState *state, int kind)
{
	const AtolTotals *totals = &state->totals[kind];
	g_autofree char *count = g_strdup_printf("%04" G_GINT64_FORMAT, totals->count);

	web_paper_pair(paper, titles[kind], count);
	if (totals->count == 0)
		return;
	for (int i = 0; i < ATOL_N_PAYMENTS; i++)
		if (totals->paid[i] != 0)
			web_paper_sum(paper, payments[i], totals->paid[i]);
	web_paper_sum(paper, " ИТОГО", totals->sum);
}

GPtrArray *atol_paper_report(const AtolCall *call, const char *title, const AtolDocument *document)
{
	const AtolState *state = &call->sim->state;
	GPtrArray *paper = web_paper_new();

	add_head(paper, title, document != NULL ? document->at : atol_now(call->sim));
	web_paper_add(paper, "СМЕНА %04" G_GINT64_FORMAT, state->shift);
	for (int kind = 0; kind < ATOL_N_KINDS; kind++)
		add_totals(paper, state, kind);
	web_paper_sum(paper, "ВНЕСЕНО", state->in);
	web_paper_sum(paper, "ВЫПЛАЧЕНО", state->out);
	web_paper_sum(paper, "НАЛИЧНЫХ В КАССЕ", state->cash);
	add_cashier(paper, call);
	if (document != NULL)
		add_fiscal(paper, call, document);
	add_cut(paper);
	return paper;
}

GPtrArray *atol_paper_cash(const AtolCall *call, const char *title, int64_t sum)
{
	GPtrArray *paper = web_paper_new();

	add_head(paper, title, atol_now(call->sim));
	web_paper_sum(paper, title, sum);
	web_paper_sum(paper, "НАЛИЧНЫХ В КАССЕ", call->sim->state.cash);
	add_cashier(paper, call);
	add_cut(paper);
	return paper;
}
