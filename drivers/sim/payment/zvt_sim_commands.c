/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/payment/zvt_sim_commands.h"

#include <string.h>

enum { EURO = 978, STATUS_READY = 0x00, TID_STEP = 1 };

/* --- registration and upkeep ------------------------------------------------------------------ */

/* The currency stands bare, and 06 43 (roubles) may be that or the head of a TLV: it is a TLV where
 * it ends with the command. */
static bool has_currency(const uint8_t *data, size_t len, size_t at)
{
	const char *reason;
	ZvtBmp bmp;

	if (len < at + 2)
		return false;
	return data[at] != 0x06 || !zvt_sim_bmp_next(data, len, &at, &bmp, &reason) || at != len;
}

static void registration(ZvtSim *self, const uint8_t *data, size_t len)
{
	int64_t currency = EURO;
	size_t at = PASSWORD_LEN + 1;
	ZvtFields fields;

	if (!zvt_sim_read_password(self, data, len))
		return;
	if (len < at) {
		zvt_sim_bad(self, 6, "no config byte");
		return;
	}
	if (has_currency(data, len, at)) {
		currency = zvt_sim_bcd_get(data + at, 2);
		if (currency < 0) {
			zvt_sim_bad(self, at + 3, "the currency is not BCD digits");
			return;
		}
		at += 2;
	}
	if (!zvt_sim_read_fields(self, data, len, at, "\x03\x06", &fields) || zvt_sim_cut(self, 1))
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
	zvt_sim_complete(self);
}

/* The software's name as LLLVAR and a byte of state, §3. [inf] */
static void status_enquiry(ZvtSim *self, const uint8_t *data, size_t len)
{
	static const char software[] = "SIM-ZVT 1.0";
	GByteArray *bytes;
	ZvtFields fields;

	if (!zvt_sim_read_password(self, data, len) ||
	    !zvt_sim_read_fields(self, data, len, PASSWORD_LEN, "\x03\x06", &fields))
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
	ZvtFields f;

	if (!zvt_sim_read_fields(self, data, len, 0, "\xAA\x0C", &f))
		return;
	if (f.date >= 0 && f.time >= 0)
		at = g_date_time_new(utc, (gint)(2000 + f.date / 10000), (gint)(f.date / 100 % 100),
				     (gint)(f.date % 100), (gint)(f.time / 10000),
				     (gint)(f.time / 100 % 100), (gdouble)(f.time % 100));
	if (at == NULL) {
		zvt_sim_bad(self, 3, "no date and time");
		return;
	}
	self->state.clock_offset += g_date_time_to_unix(at) - zvt_sim_now(self);
	zvt_sim_save(self);
	zvt_sim_complete(self);
}

static void upkeep(ZvtSim *self, uint8_t status)
{
	zvt_sim_say_status(self, status, 0);
	zvt_sim_complete(self);
}

/* --- which -------------------------------------------------------------------------------------
 */

static bool needs_registration(uint16_t code)
{
	return code != 0x0600 && code != 0x0501 && code != 0x0618 && code != 0x0602;
}

static bool is_empty(ZvtSim *self, size_t len)
{
	return len == 0 || zvt_sim_bad(self, 2, "data where none belongs");
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
		zvt_sim_payment(self, data, len);
		break;
	case 0x0602:
		if (is_empty(self, len))
			log_off(self);
		break;
	case 0x0610:
	case 0x0612:
		zvt_sim_totals(self, data, len, code == 0x0612, false);
		break;
	case 0x0618:
		if (is_empty(self, len))
			log_off(self); /* the reset forgets the registration too */
		break;
	case 0x0620:
		zvt_sim_repeat(self, data, len);
		break;
	case 0x0630:
		zvt_sim_reversal(self, data, len);
		break;
	case 0x0631:
		zvt_sim_refund(self, data, len);
		break;
	case 0x0650:
		zvt_sim_totals(self, data, len, true, true);
		break;
	case 0x0670:
		if (is_empty(self, len))
			upkeep(self, STATUS_DIAGNOSIS);
		break;
	case 0x0691:
		set_clock(self, data, len);
		break;
	case 0x0693:
		if (zvt_sim_only_password(self, data, len))
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
