/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/fiscal/shtrih_sim.h"

/* What a Russian registrar prints. These words are its firmware, not ours to translate. */
static const char *const receipt_titles[N_RECEIPT_TYPES] = { [SALE] = "ПРИХОД",
							     [BUY] = "РАСХОД",
							     [SALE_RETURN] = "ВОЗВРАТ ПРИХОДА",
							     [BUY_RETURN] = "ВОЗВРАТ РАСХОДА" };

static void add(GPtrArray *paper, const char *format, ...) G_GNUC_PRINTF(2, 3);
static void add(GPtrArray *paper, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	g_ptr_array_add(paper, g_strdup_vprintf(format, args));
	va_end(args);
}

static void add_centred(GPtrArray *paper, const char *text)
{
	int blanks = (PAPER_WIDTH - (int)g_utf8_strlen(text, -1)) / 2;

	add(paper, "%*s%s", MAX(blanks, 0), "", text);
}

static void add_pair(GPtrArray *paper, const char *left, const char *right)
{
	int blanks = PAPER_WIDTH - (int)g_utf8_strlen(left, -1) - (int)g_utf8_strlen(right, -1);

	add(paper, "%s%*s%s", left, MAX(blanks, 1), "", right);
}

static void add_sum(GPtrArray *paper, const char *left, int64_t sum, const char *mark)
{
	g_autofree char *text = shtrih_sum_new(sum);
	g_autofree char *right = g_strdup_printf("=%s%s", text, mark);

	add_pair(paper, left, right);
}

/* A long name takes several lines. */
static void add_wrapped(GPtrArray *paper, const char *text)
{
	glong len = g_utf8_strlen(text, -1);

	for (glong at = 0; at < len || at == 0; at += PAPER_WIDTH) {
		g_autofree char *part = g_utf8_substring(text, at, MIN(at + PAPER_WIDTH, len));

		add(paper, "%s", part);
	}
}

static GPtrArray *paper_new(void)
{
	return g_ptr_array_new_with_free_func(g_free);
}

GPtrArray *shtrih_paper_lines(const char *first, ...)
{
	GPtrArray *paper = paper_new();
	va_list args;

	va_start(args, first);
	for (const char *line = first; line != NULL; line = va_arg(args, const char *))
		add(paper, "%s", line);
	va_end(args);
	return paper;
}

static char *time_new(int64_t at)
{
	g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(at);

	return g_date_time_format(time, "%d.%m.%y %H:%M");
}

static void add_head(const Shtrih *self, GPtrArray *paper, const char *title, int64_t at)
{
	g_autofree char *time = time_new(at), *serial = shtrih_sim_serial_new(self);
	g_autofree char *number = g_strdup_printf("ЗН ККТ %s", serial);

	add_centred(paper, shtrih_user);
	add_centred(paper, shtrih_address);
	add_pair(paper, "ИНН", shtrih_inn);
	add_centred(paper, title);
	add_pair(paper, number, time);
}

static void add_cashier(GPtrArray *paper, const GByteArray *tags, int operator)
{
	g_autofree char *name = shtrih_tags_dup_text(tags, 1021);

	if (name != NULL)
		add(paper, "КАССИР: %s", name);
	else
		add(paper, "КАССИР: ОПЕРАТОР %d", operator);
}

static void add_fiscal(const Shtrih *self, GPtrArray *paper, const ShtrihDocument *document)
{
	g_autofree char *fn_number = shtrih_sim_fn_number_new(self);
	g_autofree char *number = g_strdup_printf("%" G_GINT64_FORMAT, document->fd);
	g_autofree char *sign = g_strdup_printf("%010" G_GINT64_FORMAT, document->fp);

	add_pair(paper, "РН ККТ", shtrih_rnm);
	add_pair(paper, "ФН", fn_number);
	add_pair(paper, "ФД", number);
	add_pair(paper, "ФП", sign);
}

static void add_qr(const Shtrih *self, GPtrArray *paper, const ShtrihDocument *document)
{
	g_autofree char *fn_number = shtrih_sim_fn_number_new(self);
	g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(document->at);
	g_autofree char *when = g_date_time_format(time, "%Y%m%dT%H%M");
	g_autofree char *sum = shtrih_sum_new(document->total);

	add(paper, "QR: t=%s&s=%s", when, sum);
	add(paper, "&fn=%s&i=%" G_GINT64_FORMAT, fn_number, document->fd);
	add(paper, "&fp=%" G_GINT64_FORMAT "&n=%" G_GINT64_FORMAT, document->fp,
	    document->operation);
}

static void add_cut(GPtrArray *paper)
{
	add(paper, "- - - - - - - - - - - - - - - - - - - -");
	add(paper, "%s", "");
}

static void add_line(const Shtrih *self, GPtrArray *paper, const ShtrihLine *line)
{
	g_autofree char *quantity = shtrih_quantity_new(line->quantity);
	g_autofree char *price = shtrih_sum_new(line->price);
	g_autofree char *left = g_strdup_printf("%s x %s", quantity, price);
	g_autofree char *mark = g_strdup_printf(" %s", shtrih_vat(self, line->vat)->letter);
	int64_t full = (line->price * (line->quantity / 1000) + 500) / 1000;

	/* "//" tells the tax office what the shopper need not read. */
	if (!g_str_has_prefix(line->name, "//"))
		add_wrapped(paper, line->name);
	add_sum(paper, left, line->sum, mark);
	if (full - line->sum > 1)
		add_sum(paper, "  СКИДКА", full - line->sum, "  ");
}

static void add_payments(GPtrArray *paper, const ShtrihPayment *payment)
{
	int64_t electronic = 0;

	for (int i = 1; i <= 12; i++)
		electronic += payment->paid[i];
	if (payment->paid[0] != 0)
		add_sum(paper, " НАЛИЧНЫМИ", payment->paid[0], "");
	if (electronic != 0)
		add_sum(paper, " БЕЗНАЛИЧНЫМИ", electronic, "");
	if (payment->paid[13] != 0)
		add_sum(paper, " АВАНСОМ", payment->paid[13], "");
	if (payment->paid[14] != 0)
		add_sum(paper, " В КРЕДИТ", payment->paid[14], "");
	if (payment->paid[15] != 0)
		add_sum(paper, " ВСТРЕЧНЫМ ПРЕДОСТАВЛЕНИЕМ", payment->paid[15], "");
	if (payment->change != 0)
		add_sum(paper, "СДАЧА", payment->change, "");
}

static void add_vat(const Shtrih *self, GPtrArray *paper, const int64_t vat[N_VAT])
{
	for (int i = 0; i < N_VAT; i++) {
		const ShtrihVat *kind = shtrih_vat(self, i);
		g_autofree char *left = g_strdup_printf("%s: СУММА %s", kind->letter, kind->name);

		if (vat[i] != 0)
			add_sum(paper, left, vat[i], "");
	}
}

/* Of a sale to a business: by themselves, or in 1256. */
static void add_buyer(GPtrArray *paper, const GByteArray *tags)
{
	static const char *const titles[] = { "ПОКУПАТЕЛЬ", "ИНН ПОКУПАТЕЛЯ" };

	for (int i = 0; i < 2; i++) {
		size_t len = 0;
		const uint8_t *value = shtrih_sim_tags_find(tags, 0, 1227 + i, &len);
		g_autofree char *text = NULL;

		if (value == NULL)
			value = shtrih_sim_tags_find(tags, 1256, 1227 + i, &len);
		if (value == NULL)
			continue;
		text = shtrih_text_new(value, len, "CP866");
		add_pair(paper, titles[i], g_strchomp(text));
	}
}

static const char *tax_system_name(int bit)
{
	return bit == 1 ? "ОСН" : bit == 2 ? "УСН доход" : bit == 4 ? "УСН доход-расход" : "иная";
}

GPtrArray *shtrih_paper_receipt(const Shtrih *self, const ShtrihPayment *payment,
				const ShtrihDocument *document, int operator)
{
	const ShtrihState *state = &self->state;
	GPtrArray *paper = paper_new();
	g_autofree char *title =
		g_strdup_printf("КАССОВЫЙ ЧЕК / %s", receipt_titles[state->receipt_type]);
	g_autofree char *contact = shtrih_tags_dup_text(state->tags, 1008);

	add_head(self, paper, title, document->at);
	add(paper, "ЧЕК %04" G_GINT64_FORMAT "   СМЕНА %04" G_GINT64_FORMAT, document->receipt,
	    document->shift);
	for (unsigned i = 0; i < state->lines->len; i++)
		add_line(self, paper, g_ptr_array_index(state->lines, i));
	for (unsigned i = 0; i < state->texts->len; i++)
		add(paper, "%s", (const char *)g_ptr_array_index(state->texts, i));
	add_sum(paper, "ИТОГ", payment->total, "");
	add_payments(paper, payment);
	add_vat(self, paper, payment->vat);
	add_cashier(paper, state->tags, operator);
	add_pair(paper, "СНО", tax_system_name(payment->tax_system));
	if (contact != NULL)
		add_pair(paper, "ЭЛ. АДР. ПОКУПАТЕЛЯ", contact);
	add_buyer(paper, state->tags);
	add_fiscal(self, paper, document);
	add_qr(self, paper, document);
	add_cut(paper);
	return paper;
}

GPtrArray *shtrih_sim_paper_correction(const Shtrih *self, const ShtrihPayment *payment,
				       const ShtrihDocument *document, int operator)
{
	GPtrArray *paper = paper_new();

	add_head(self, paper, "КАССОВЫЙ ЧЕК КОРРЕКЦИИ", document->at);
	add(paper, "ЧЕК %04" G_GINT64_FORMAT "   СМЕНА %04" G_GINT64_FORMAT, document->receipt,
	    document->shift);
	add(paper, "КОРРЕКЦИЯ %s", document->operation == 1 ? "ПРИХОДА" : "РАСХОДА");
	add_sum(paper, "ИТОГ", payment->total, "");
	add_payments(paper, payment);
	add_cashier(paper, self->state.fn_tags, operator);
	add_pair(paper, "СНО", tax_system_name(payment->tax_system));
	add_fiscal(self, paper, document);
	add_qr(self, paper, document);
	add_cut(paper);
	return paper;
}

GPtrArray *shtrih_paper_shift(const Shtrih *self, const char *title, const ShtrihDocument *document,
			      int operator)
{
	GPtrArray *paper = paper_new();

	add_head(self, paper, title, document->at);
	add(paper, "СМЕНА %04" G_GINT64_FORMAT, document->shift);
	add_cashier(paper, self->state.fn_tags, operator);
	add_fiscal(self, paper, document);
	add_cut(paper);
	return paper;
}

static void add_totals(const Shtrih *self, GPtrArray *paper, int type)
{
	const ShtrihTotals *totals = &self->state.totals[type];
	ShtrihPayment payment = { .paid = totals->paid };
	g_autofree char *count = g_strdup_printf("%04" G_GINT64_FORMAT, totals->count);

	add_pair(paper, receipt_titles[type], count);
	if (totals->count == 0)
		return;
	add_payments(paper, &payment);
	add_sum(paper, " ИТОГО", totals->total, "");
	add_vat(self, paper, totals->vat);
}

static void add_drawer(const ShtrihState *state, GPtrArray *paper)
{
	g_autofree char *in = g_strdup_printf("ВНЕСЕНО %04" G_GINT64_FORMAT, state->n_cash_in);
	g_autofree char *out = g_strdup_printf("ВЫПЛАЧЕНО %04" G_GINT64_FORMAT, state->n_cash_out);

	add_sum(paper, in, state->cash_in, "");
	add_sum(paper, out, state->cash_out, "");
	add_sum(paper, "НАЛИЧНЫХ В КАССЕ", state->cash, "");
}

GPtrArray *shtrih_paper_report(const Shtrih *self, const char *title,
			       const ShtrihDocument *document, int operator)
{
	const ShtrihState *state = &self->state;
	GPtrArray *paper = paper_new();

	add_head(self, paper, title, document != NULL ? document->at : shtrih_now(self));
	add(paper, "СМЕНА %04" G_GINT64_FORMAT, state->shift);
	for (int type = 0; type < N_RECEIPT_TYPES; type++)
		add_totals(self, paper, type);
	add_drawer(state, paper);
	add_cashier(paper, state->fn_tags, operator);
	if (document != NULL)
		add_fiscal(self, paper, document);
	add_cut(paper);
	return paper;
}

GPtrArray *shtrih_paper_cash(const Shtrih *self, const char *title, int64_t sum, int operator)
{
	GPtrArray *paper = paper_new();

	add_head(self, paper, title, shtrih_now(self));
	add_sum(paper, title, sum, "");
	add_sum(paper, "НАЛИЧНЫХ В КАССЕ", self->state.cash, "");
	add_cashier(paper, self->state.fn_tags, operator);
	add_cut(paper);
	return paper;
}
