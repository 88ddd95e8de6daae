/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/payment/zvt_sim.h"

#include <string.h>

enum { PASSWORD_LEN = 3, EURO = 978, STATUS_READY = 0x00, TID_STEP = 1 };

/* What the BMPs of a command said; -1 where there was none. */
typedef struct {
	int64_t amount, currency, receipt, date, time;
	bool text_blocks;
} Fields;

static bool bad(ZvtSim *self, size_t offset, const char *what)
{
	zvt_sim_flag(self, "offset %zu: %s", offset, what);
	zvt_sim_refuse(self, E_PROTOCOL);
	return false;
}

/* Tag 26 names the commands the till understands, each a 0A; offsets of a TLV are not worth more
 * care: what we do not know in it is skipped. */
static bool permits_text_blocks(const uint8_t *data, size_t len)
{
	static const uint8_t permit[] = { 0x0A, 0x02, 0x06, 0xD3 };

	for (size_t at = 0; at + 2 + sizeof(permit) <= len; at++)
		if (data[at] == 0x26 && memcmp(data + at + 2, permit, sizeof(permit)) == 0)
			return true;
	return false;
}

static int64_t *field_of(Fields *fields, uint8_t id)
{
	switch (id) {
	case 0x04:
		return &fields->amount;
	case 0x49:
		return &fields->currency;
	case 0x87:
		return &fields->receipt;
	case 0xAA:
		return &fields->date;
	case 0x0C:
		return &fields->time;
	default:
		return NULL;
	}
}

/* Refuses, and answers so, what is not BMPs of @allowed to the end. */
static bool read_fields(ZvtSim *self, const uint8_t *data, size_t len, size_t at,
			const char *allowed, Fields *ret)
{
	const char *reason;
	ZvtBmp bmp;

	*ret = (Fields){ -1, -1, -1, -1, -1, false };
	for (size_t start = at; zvt_sim_bmp_next(data, len, &at, &bmp, &reason); start = at) {
		int64_t *field = field_of(ret, bmp.id);

		if (strchr(allowed, bmp.id) == NULL)
			return bad(self, start + 3, "this BMP does not belong to the command");
		if (field != NULL && *field >= 0)
			return bad(self, start + 3, "this BMP comes twice");
		if (field != NULL && (*field = zvt_sim_bcd_get(bmp.data, bmp.len)) < 0)
			return bad(self, start + 4, "not BCD digits");
		if (bmp.id == 0x06)
			ret->text_blocks = permits_text_blocks(bmp.data, bmp.len);
	}
	if (reason != NULL) {
		g_autofree char *text = g_strdup_printf("the BMP %s", reason);

		return bad(self, at + 3, text);
	}
	return true;
}

/* No source gives the code of a wrong password: 9A is as good as any. [inf] */
static bool read_password(ZvtSim *self, const uint8_t *data, size_t len)
{
	int64_t password = len >= PASSWORD_LEN ? zvt_sim_bcd_get(data, PASSWORD_LEN) : -1;
	int right = zvt_sim_setting(self, ZVT_PASSWORD, -1);

	if (password < 0)
		return bad(self, 3, "no password of six BCD digits");
	if (right >= 0 && password != right)
		return bad(self, 3, "wrong password");
	return true;
}

/* A password and nothing else. */
static bool only_password(ZvtSim *self, const uint8_t *data, size_t len)
{
	if (!read_password(self, data, len))
		return false;
	return len == PASSWORD_LEN || bad(self, 3 + PASSWORD_LEN, "too long");
}

static void complete(ZvtSim *self)
{
	zvt_sim_say_end(self, E_OK, 0);
	zvt_sim_begin(self, 0);
}

static void abort_command(ZvtSim *self, uint8_t code)
{
	zvt_sim_say_end(self, code, 0);
	zvt_sim_begin(self, 0);
}

/* --- registration and upkeep ------------------------------------------------------------------ */

static void registration(ZvtSim *self, const uint8_t *data, size_t len)
{
	int64_t currency = EURO;
	size_t at = PASSWORD_LEN + 1;
	Fields fields;

	if (!read_password(self, data, len))
		return;
	if (len < at) {
		bad(self, 6, "no config byte");
		return;
	}
	/* The currency stands bare; 03 and 06 are no digits a currency begins with here. */
	if (len >= at + 2 && data[at] != 0x03 && data[at] != 0x06) {
		currency = zvt_sim_bcd_get(data + at, 2);
		if (currency < 0) {
			bad(self, at + 3, "the currency is not BCD digits");
			return;
		}
		at += 2;
	}
	if (!read_fields(self, data, len, at, "\x03\x06", &fields) || zvt_sim_cut(self, 1))
		return;
	self->registered = true;
	self->config = data[PASSWORD_LEN];
	self->currency = currency;
	self->text_blocks = fields.text_blocks;
	zvt_sim_say_end(self, E_OK, 3);
	zvt_sim_begin(self, 2);
}

static void log_off(ZvtSim *self)
{
	self->registered = false;
	complete(self);
}

/* The software's name as LLLVAR and a byte of state, §3. [inf] */
static void status_enquiry(ZvtSim *self, const uint8_t *data, size_t len)
{
	static const char software[] = "SIM-ZVT 1.0";
	GByteArray *bytes;
	Fields fields;

	if (!read_password(self, data, len) ||
	    !read_fields(self, data, len, PASSWORD_LEN, "\x03\x06", &fields))
		return;
	bytes = g_byte_array_new();
	zvt_sim_put_var(bytes, -1, 3, (const uint8_t *)software, strlen(software));
	zvt_sim_put_byte(bytes, -1, STATUS_READY);
	zvt_sim_say(self, zvt_sim_apdu_new(0x060F, bytes, false), 0, false);
	zvt_sim_begin(self, 0);
}

static void set_clock(ZvtSim *self, const uint8_t *data, size_t len)
{
	g_autoptr(GTimeZone) utc = g_time_zone_new_utc();
	g_autoptr(GDateTime) at = NULL;
	Fields f;

	if (!read_fields(self, data, len, 0, "\xAA\x0C", &f))
		return;
	if (f.date >= 0 && f.time >= 0)
		at = g_date_time_new(utc, (gint)(2000 + f.date / 10000), (gint)(f.date / 100 % 100),
				     (gint)(f.date % 100), (gint)(f.time / 10000),
				     (gint)(f.time / 100 % 100), (gdouble)(f.time % 100));
	if (at == NULL) {
		bad(self, 3, "no date and time");
		return;
	}
	self->state.clock_offset += g_date_time_to_unix(at) - zvt_sim_now(self);
	zvt_sim_save(self);
	complete(self);
}

static void upkeep(ZvtSim *self, uint8_t status)
{
	zvt_sim_say_status(self, status, 0);
	complete(self);
}

/* --- money ------------------------------------------------------------------------------------ */

static bool may_charge(ZvtSim *self, const Fields *fields)
{
	if (fields->amount <= 0)
		return bad(self, 3, "no amount");
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
	abort_command(self, E_END_OF_DAY);
	return false;
}

static void payment(ZvtSim *self, const uint8_t *data, size_t len)
{
	Fields fields;

	if (read_fields(self, data, len, 0, "\x04\x49\x19\x02\x05\x06\x22\x0E\x3A", &fields) &&
	    may_charge(self, &fields))
		zvt_sim_sale_begin(self, ZVT_PAYMENT, fields.amount);
}

static void refund(ZvtSim *self, const uint8_t *data, size_t len)
{
	Fields fields;

	if (read_password(self, data, len) &&
	    read_fields(self, data, len, PASSWORD_LEN, "\x04\x49\x19\x06", &fields) &&
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
static void reversal(ZvtSim *self, const uint8_t *data, size_t len)
{
	ZvtTransaction *original;
	g_autofree char *money = NULL, *text = NULL;
	Fields fields;

	if (!read_password(self, data, len) ||
	    !read_fields(self, data, len, PASSWORD_LEN, "\x87\x04\x49\x06", &fields))
		return;
	if (fields.receipt < 0) {
		bad(self, 6, "no receipt number");
		return;
	}
	original = find_receipt(self, fields.receipt);
	if (original == NULL || (fields.amount >= 0 && fields.amount != original->amount)) {
		abort_command(self, E_NOT_REVERSIBLE);
		return;
	}
	if (original->reversed) {
		abort_command(self, E_REVERSED);
		return;
	}
	original->reversed = true;
	money = zvt_sim_dup_amount(original->amount);
	text = g_strdup_printf("%s|receipt %" G_GINT64_FORMAT, money, original->receipt);
	sim_log_mark(self->context->log, "REVERSED", text);
	zvt_sim_sale_say(
		self,
		zvt_sim_sale_get(self, zvt_sim_sale_book(self, ZVT_REVERSAL, original->amount,
							 original->trace)),
		false);
	zvt_sim_begin(self, 0);
}

static void repeat_receipt(ZvtSim *self, const uint8_t *data, size_t len)
{
	int last = zvt_sim_sale_last(self);

	if (!only_password(self, data, len))
		return;
	if (last < 0 || sim_faults_take(self->context->faults, ZVT_REPEAT_REFUSED, NULL)) {
		abort_command(self, E_NOT_POSSIBLE);
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

static void say_totals(ZvtSim *self, const uint8_t *data, size_t len, bool prints, bool closes)
{
	Totals totals = count(self);
	g_autofree char *money = zvt_sim_dup_amount(totals.net);
	g_autofree char *text = g_strdup_printf("%s|%d transactions", money, totals.n);

	if (!only_password(self, data, len))
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

/* --- which -------------------------------------------------------------------------------------
 */

static bool needs_registration(uint16_t code)
{
	return code != 0x0600 && code != 0x0501 && code != 0x0618 && code != 0x0602;
}

static bool is_empty(ZvtSim *self, size_t len)
{
	return len == 0 || bad(self, 2, "data where none belongs");
}

static void maintain(ZvtSim *self)
{
	if (!sim_faults_take(self->context->faults, ZVT_TID_CHANGED, NULL))
		return;
	self->state.terminal += TID_STEP;
	zvt_sim_save(self);
}

static void dispatch(ZvtSim *self, uint16_t code, const uint8_t *data, size_t len)
{
	switch (code) {
	case 0x0600:
		registration(self, data, len);
		break;
	case 0x0601:
		payment(self, data, len);
		break;
	case 0x0602:
		if (is_empty(self, len))
			log_off(self);
		break;
	case 0x0610:
	case 0x0612:
		say_totals(self, data, len, code == 0x0612, false);
		break;
	case 0x0618:
		if (is_empty(self, len))
			log_off(self); /* the reset forgets the registration too */
		break;
	case 0x0620:
		repeat_receipt(self, data, len);
		break;
	case 0x0630:
		reversal(self, data, len);
		break;
	case 0x0631:
		refund(self, data, len);
		break;
	case 0x0650:
		say_totals(self, data, len, true, true);
		break;
	case 0x0670:
		if (is_empty(self, len))
			upkeep(self, STATUS_DIAGNOSIS);
		break;
	case 0x0691:
		set_clock(self, data, len);
		break;
	case 0x0693:
		if (only_password(self, data, len))
			upkeep(self, STATUS_INITIALISATION);
		break;
	case 0x0501:
		status_enquiry(self, data, len);
		break;
	default:
		zvt_sim_flag(self, "offset 0: command %02X %02X is not supported", code >> 8,
			     code & 0xFF);
		zvt_sim_refuse(self, E_NOT_POSSIBLE);
	}
}

void zvt_sim_command(ZvtSim *self, uint16_t code, const uint8_t *data, size_t len)
{
	maintain(self);
	if (!self->registered && needs_registration(code)) {
		zvt_sim_flag(self, "command %02X %02X before a registration", code >> 8,
			     code & 0xFF);
		zvt_sim_refuse(self, E_NOT_REGISTERED);
		return;
	}
	dispatch(self, code, data, len);
}
