/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/payment/zvt_sim.h"

#include <string.h>

/* §3: attributes of 06 D1, and the receipt types of tag 1F07. */
enum { LINE_PLAIN = 0x00, LINE_TITLE = 0x60, LINE_LAST = 0x81 };
enum { SLIP_MERCHANT = 1, SLIP_CUSTOMER, SLIP_ADMIN };

typedef struct {
	uint8_t type;
	GPtrArray *lines; /* of char, owned; the first is the title */
} Slip;

static Slip slip_new(uint8_t type, const char *title)
{
	Slip slip = { .type = type, .lines = g_ptr_array_new_with_free_func(g_free) };

	g_ptr_array_add(slip.lines, g_strdup(title));
	return slip;
}

static void G_GNUC_PRINTF(2, 3) add(Slip *slip, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	g_ptr_array_add(slip->lines, g_strdup_vprintf(format, args));
	va_end(args);
}

char *zvt_sim_dup_amount(int64_t amount)
{
	return g_strdup_printf("%s%" G_GINT64_FORMAT ".%02" G_GINT64_FORMAT, amount < 0 ? "-" : "",
			       ABS(amount) / 100, ABS(amount) % 100);
}

static void say_lines(ZvtSim *self, const Slip *slip, int step)
{
	for (unsigned i = 0; i < slip->lines->len; i++) {
		const char *line = g_ptr_array_index(slip->lines, i);
		GByteArray *data = g_byte_array_new();

		zvt_sim_put_byte(data, -1,
				 i + 1 == slip->lines->len ? LINE_LAST
				 : i == 0		   ? LINE_TITLE
							   : LINE_PLAIN);
		g_byte_array_append(data, (const uint8_t *)line, (guint)strlen(line));
		zvt_sim_say(self, zvt_sim_apdu_new(0x06D1, data, false), step, false);
	}
}

/* 1F07 type, 25 with a 07 for each line and the 09 that ends them. */
static void say_block(ZvtSim *self, const Slip *slip, int step)
{
	g_autoptr(GByteArray) lines = g_byte_array_new();
	g_autoptr(GByteArray) block = g_byte_array_new();
	GByteArray *data = g_byte_array_new();

	for (unsigned i = 0; i < slip->lines->len; i++) {
		const char *line = g_ptr_array_index(slip->lines, i);

		zvt_sim_put_tlv(lines, 0x07, (const uint8_t *)line, strlen(line));
	}
	zvt_sim_put_tlv(lines, 0x09, (const uint8_t[]){ LINE_LAST }, 1);
	zvt_sim_put_tlv(block, 0x1F07, &slip->type, 1);
	zvt_sim_put_tlv(block, 0x25, lines->data, lines->len);
	zvt_sim_put_tlv(data, 0x06, block->data, block->len);
	zvt_sim_say(self, zvt_sim_apdu_new(0x06D3, data, false), step, false);
}

/* Takes what @slip owns. The till prints, in its own words or ours, or the terminal does. */
static void print(ZvtSim *self, Slip *slip, uint8_t ecr_prints, int step)
{
	if (!(self->config & ecr_prints)) {
		for (unsigned i = 0; i < slip->lines->len; i++)
			sim_log_paper(self->context->log, g_ptr_array_index(slip->lines, i));
	} else if (self->config & CONFIG_PT_MAKES_TEXT) {
		if (self->text_blocks)
			say_block(self, slip, step);
		else
			say_lines(self, slip, step);
	}
	g_ptr_array_unref(slip->lines);
}

static void add_time(Slip *slip, int64_t when)
{
	g_autoptr(GDateTime) at = g_date_time_new_from_unix_utc(when);
	g_autofree char *text = g_date_time_format(at, "%d.%m.%Y %H:%M:%S");

	add(slip, "%s", text);
}

static Slip payment_slip_new(ZvtSim *self, const ZvtTransaction *transaction, uint8_t type,
			     bool copy)
{
	static const char *const titles[ZVT_N_KINDS] = { "CARD PAYMENT", "REFUND", "REVERSAL" };
	g_autofree char *amount = zvt_sim_dup_amount(transaction->amount);
	Slip slip = slip_new(type, titles[transaction->kind]);

	add(&slip, "%s%s", type == SLIP_MERCHANT ? "MERCHANT COPY" : "CUSTOMER COPY",
	    copy ? " (REPEATED)" : "");
	add_time(&slip, transaction->at);
	add(&slip, "TERMINAL %08" G_GINT64_FORMAT, self->state.terminal);
	add(&slip, "RECEIPT %04" G_GINT64_FORMAT " TRACE %06" G_GINT64_FORMAT, transaction->receipt,
	    transaction->trace);
	add(&slip, "CARD ************4771");
	add(&slip, "AMOUNT %s (%04" G_GINT64_FORMAT ")", amount, transaction->currency);
	add(&slip, "APPROVED");
	return slip;
}

void zvt_sim_slip_payment(ZvtSim *self, const ZvtTransaction *transaction, bool copy)
{
	int step = self->current >= 0 && !copy ? 10 : 0;

	for (uint8_t type = SLIP_MERCHANT; type <= SLIP_CUSTOMER; type++) {
		Slip slip = payment_slip_new(self, transaction, type, copy);

		print(self, &slip, CONFIG_ECR_PRINTS_PAYMENT, step);
	}
}

void zvt_sim_slip_totals(ZvtSim *self, int64_t net, int n)
{
	g_autofree char *amount = zvt_sim_dup_amount(net);
	Slip slip = slip_new(SLIP_ADMIN, "TOTALS");

	add_time(&slip, zvt_sim_now(self));
	add(&slip, "TERMINAL %08" G_GINT64_FORMAT, self->state.terminal);
	add(&slip, "BATCH %" G_GINT64_FORMAT, self->state.batch);
	add(&slip, "TRANSACTIONS %d", n);
	add(&slip, "NET %s", amount);
	print(self, &slip, CONFIG_ECR_PRINTS_ADMIN, 0);
}
