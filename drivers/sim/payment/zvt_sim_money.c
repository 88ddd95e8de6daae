/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/payment/zvt_sim_commands.h"

static bool may_charge(ZvtSim *self, const ZvtFields *fields)
{
	if (fields->amount <= 0)
		return zvt_sim_bad(self, 3, "no amount");
	if (fields->currency >= 0 && fields->currency != self->currency) {
		zvt_sim_flag(self,
			     "currency %04" G_GINT64_FORMAT " where %04" G_GINT64_FORMAT
			     " was registered",
			     fields->currency, self->currency);
		zvt_sim_refuse(self, E_CURRENCY);
		return false;
	}
	if (sim_faults_take(self->context->faults, ZVT_END_OF_DAY_FORCED, NULL)) {
		self->state.end_of_day_due = true;
		zvt_sim_save(self);
	}
	if (!self->state.end_of_day_due)
		return true;
	zvt_sim_abort(self, E_END_OF_DAY);
	return false;
}

void zvt_sim_payment(ZvtSim *self, const uint8_t *data, size_t len)
{
	ZvtFields fields;

	if (zvt_sim_read_fields(self, data, len, 0, "\x04\x49\x19\x02\x05\x06\x22\x0E\x3A",
				&fields) &&
	    may_charge(self, &fields))
		zvt_sim_sale_begin(self, ZVT_PAYMENT, fields.amount);
}

void zvt_sim_refund(ZvtSim *self, const uint8_t *data, size_t len)
{
	ZvtFields fields;

	if (zvt_sim_read_password(self, data, len) &&
	    zvt_sim_read_fields(self, data, len, PASSWORD_LEN, "\x04\x49\x19\x06", &fields) &&
	    may_charge(self, &fields))
		zvt_sim_sale_begin(self, ZVT_REFUND, fields.amount);
}

static ZvtTransaction *find_receipt(ZvtSim *self, int64_t receipt)
{
	for (int i = (int)self->state.transactions->len - 1; i >= 0; i--) {
		ZvtTransaction *transaction = zvt_sim_sale_get(self, i);

		if (transaction->receipt == receipt && transaction->batch == self->state.batch &&
		    transaction->kind != ZVT_REVERSAL)
			return transaction;
	}
	return NULL;
}

/* Of the whole amount only, of this batch only, once (§10). */
void zvt_sim_reversal(ZvtSim *self, const uint8_t *data, size_t len)
{
	ZvtTransaction *original;
	ZvtFields fields;

	if (!zvt_sim_read_password(self, data, len) ||
	    !zvt_sim_read_fields(self, data, len, PASSWORD_LEN, "\x87\x04\x49\x06", &fields))
		return;
	if (fields.receipt < 0) {
		zvt_sim_bad(self, 6, "no receipt number");
		return;
	}
	original = find_receipt(self, fields.receipt);
	if (original == NULL || (fields.amount >= 0 && fields.amount != original->amount)) {
		zvt_sim_abort(self, E_NOT_REVERSIBLE);
		return;
	}
	if (original->reversed) {
		zvt_sim_abort(self, E_REVERSED);
		return;
	}
	zvt_sim_sale_say(self, zvt_sim_sale_reverse(self, original), false);
	zvt_sim_begin(self, 0);
}

void zvt_sim_repeat(ZvtSim *self, const uint8_t *data, size_t len)
{
	int last = zvt_sim_sale_last(self);

	if (!zvt_sim_only_password(self, data, len))
		return;
	if (last < 0 || sim_faults_take(self->context->faults, ZVT_REPEAT_REFUSED, NULL)) {
		zvt_sim_abort(self, E_NOT_POSSIBLE);
		return;
	}
	zvt_sim_sale_say(self, zvt_sim_sale_get(self, last), true);
	zvt_sim_begin(self, 0);
}

/* --- totals ----------------------------------------------------------------------------------- */

typedef struct {
	int64_t net, first, last; /* receipts, 0 none */
	int n;
} Totals;

static Totals count(ZvtSim *self)
{
	Totals totals = { 0 };

	for (unsigned i = 0; i < self->state.transactions->len; i++) {
		const ZvtTransaction *transaction = zvt_sim_sale_get(self, (int)i);

		if (transaction->batch != self->state.batch)
			continue;
		totals.first = totals.first != 0 ? totals.first : transaction->receipt;
		totals.last = transaction->receipt;
		if (transaction->reversed || transaction->kind == ZVT_REVERSAL)
			continue;
		totals.net += transaction->kind == ZVT_REFUND ? -transaction->amount
							      : transaction->amount;
		totals.n++;
	}
	return totals;
}

/* BMP 60: first and last receipt, then count and sum of each card scheme; all our cards are of the
 * third. [k] */
static GByteArray *totals_new(ZvtSim *self, const Totals *totals)
{
	enum { SCHEMES = 7, OURS = 2 };
	g_autoptr(GByteArray) sums = g_byte_array_new();
	GByteArray *bytes = g_byte_array_new();
	int64_t net = MAX(totals->net, 0); /* BCD has no sign */

	zvt_sim_put_bcd(sums, -1, totals->first, 2);
	zvt_sim_put_bcd(sums, -1, totals->last, 2);
	for (int i = 0; i < SCHEMES; i++) {
		zvt_sim_put_byte(sums, -1, i == OURS ? (uint8_t)totals->n : 0);
		zvt_sim_put_bcd(sums, -1, i == OURS ? net : 0, 6);
	}
	zvt_sim_put_byte(bytes, 0x27, E_OK);
	zvt_sim_put_bcd(bytes, 0x04, net, 6);
	zvt_sim_put_bcd(bytes, 0x29, self->state.terminal, 4);
	zvt_sim_put_bcd(bytes, 0x49, self->currency, 2);
	zvt_sim_put_var(bytes, 0x60, 3, sums->data, sums->len);
	return zvt_sim_apdu_new(0x040F, bytes, false);
}

void zvt_sim_totals(ZvtSim *self, const uint8_t *data, size_t len, bool prints, bool closes)
{
	Totals totals = count(self);
	g_autofree char *money = zvt_sim_dup_amount(totals.net);
	g_autofree char *text = g_strdup_printf("%s|%d transactions", money, totals.n);

	if (!zvt_sim_only_password(self, data, len))
		return;
	zvt_sim_say_status(self, STATUS_WAIT, 0);
	zvt_sim_say(self, totals_new(self, &totals), 0, false);
	if (prints)
		zvt_sim_slip_totals(self, totals.net, totals.n);
	zvt_sim_say_end(self, E_OK, 0);
	if (closes) {
		self->state.batch++;
		self->state.end_of_day_due = false;
		zvt_sim_save(self);
		sim_log_mark(self->context->log, "DAY", text);
	}
	zvt_sim_begin(self, 0);
}
