/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/payment/zvt_sim.h"

#include <string.h>

enum { LEN_LL = -1, LEN_LLL = -2, LEN_TLV = -3, LEN_UNKNOWN = -4 };

/* §5. Dialogue texts (E0 and on) never come to a terminal: unknown here. */
static int length_of(uint8_t id)
{
	static const struct {
		uint8_t id;
		int8_t len;
	} lengths[] = {
		{ 0x01, 1 },	   { 0x02, 1 },	      { 0x03, 1 },	 { 0x04, 6 },
		{ 0x05, 1 },	   { 0x06, LEN_TLV }, { 0x0B, 3 },	 { 0x0C, 3 },
		{ 0x0D, 2 },	   { 0x0E, 2 },	      { 0x17, 2 },	 { 0x19, 1 },
		{ 0x22, LEN_LL },  { 0x23, LEN_LL },  { 0x24, LEN_LLL }, { 0x27, 1 },
		{ 0x29, 4 },	   { 0x2A, 15 },      { 0x2D, LEN_LL },	 { 0x2E, LEN_LLL },
		{ 0x37, 3 },	   { 0x3A, 2 },	      { 0x3B, 8 },	 { 0x3C, LEN_LLL },
		{ 0x3D, 3 },	   { 0x49, 2 },	      { 0x60, LEN_LLL }, { 0x87, 2 },
		{ 0x88, 3 },	   { 0x8A, 1 },	      { 0x8B, LEN_LL },	 { 0x8C, 1 },
		{ 0x9A, LEN_LLL }, { 0xA0, 1 },	      { 0xA7, LEN_LL },	 { 0xAA, 3 },
		{ 0xAF, LEN_LLL }, { 0xBA, 5 },	      { 0xD0, 1 },	 { 0xD2, 1 },
		{ 0xD3, 1 },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(lengths); i++)
		if (lengths[i].id == id)
			return lengths[i].len;
	return LEN_UNKNOWN;
}

static const char *read_var(const uint8_t *data, size_t len, int digits, size_t *at, size_t *ret)
{
	*ret = 0;
	for (int i = 0; i < digits; i++, (*at)++) {
		if (*at >= len)
			return "ends within a length";
		if (data[*at] < 0xF0 || data[*at] > 0xF9)
			return "has a length digit that is not F0 to F9";
		*ret = *ret * 10 + (data[*at] & 0x0F);
	}
	return NULL;
}

static const char *read_tlv(const uint8_t *data, size_t len, size_t *at, size_t *ret)
{
	int bytes = 0;

	if (*at >= len)
		return "ends within a length";
	*ret = data[(*at)++];
	if (*ret < 0x80)
		return NULL;
	if (*ret != 0x81 && *ret != 0x82)
		return "has a TLV length that is neither direct nor 81 nor 82";
	bytes = (int)(*ret & 0x0F);
	for (*ret = 0; bytes > 0; bytes--) {
		if (*at >= len)
			return "ends within a length";
		*ret = *ret << 8 | data[(*at)++];
	}
	return NULL;
}

bool zvt_sim_bmp_next(const uint8_t *data, size_t len, size_t *at, ZvtBmp *ret, const char **reason)
{
	int kind;
	size_t n;

	*reason = NULL;
	if (*at >= len)
		return false;
	ret->id = data[(*at)++];
	kind = length_of(ret->id);
	n = kind >= 0 ? (size_t)kind : 0;
	if (kind == LEN_UNKNOWN)
		*reason = "is not known";
	else if (kind == LEN_TLV)
		*reason = read_tlv(data, len, at, &n);
	else if (kind < 0)
		*reason = read_var(data, len, kind == LEN_LL ? 2 : 3, at, &n);
	if (*reason == NULL && n > len - *at)
		*reason = "is cut short";
	if (*reason != NULL)
		return false;
	ret->data = data + *at;
	ret->len = n;
	*at += n;
	return true;
}

int64_t zvt_sim_bcd_get(const uint8_t *data, size_t len)
{
	int64_t value = 0;

	for (size_t i = 0; i < len; i++) {
		if (data[i] >> 4 > 9 || (data[i] & 0x0F) > 9)
			return -1;
		value = value * 100 + (data[i] >> 4) * 10 + (data[i] & 0x0F);
	}
	return value;
}

void zvt_sim_put_byte(GByteArray *bytes, int id, uint8_t value)
{
	if (id >= 0)
		g_byte_array_append(bytes, &(uint8_t){ (uint8_t)id }, 1);
	g_byte_array_append(bytes, &value, 1);
}

void zvt_sim_put_bcd(GByteArray *bytes, int id, int64_t value, size_t len)
{
	uint8_t digits[8];

	g_return_if_fail(len <= sizeof(digits) && value >= 0);
	for (size_t i = len; i > 0; i--) {
		digits[i - 1] = (uint8_t)(value / 10 % 10 << 4 | value % 10);
		value /= 100;
	}
	if (id >= 0)
		g_byte_array_append(bytes, &(uint8_t){ (uint8_t)id }, 1);
	g_byte_array_append(bytes, digits, (guint)len);
}

void zvt_sim_put_var(GByteArray *bytes, int id, int digits, const uint8_t *data, size_t len)
{
	g_return_if_fail(len <= (digits == 2 ? 99 : 999));
	if (id >= 0)
		g_byte_array_append(bytes, &(uint8_t){ (uint8_t)id }, 1);
	if (digits == 3)
		zvt_sim_put_byte(bytes, -1, (uint8_t)(0xF0 | len / 100));
	zvt_sim_put_byte(bytes, -1, (uint8_t)(0xF0 | len / 10 % 10));
	zvt_sim_put_byte(bytes, -1, (uint8_t)(0xF0 | len % 10));
	g_byte_array_append(bytes, data, (guint)len);
}

void zvt_sim_put_tlv(GByteArray *bytes, unsigned tag, const uint8_t *data, size_t len)
{
	g_return_if_fail(len <= 0xFFFF);
	if (tag > 0xFF)
		zvt_sim_put_byte(bytes, -1, (uint8_t)(tag >> 8));
	zvt_sim_put_byte(bytes, -1, (uint8_t)tag);
	if (len > 0xFF) {
		zvt_sim_put_byte(bytes, 0x82, (uint8_t)(len >> 8));
	} else if (len >= 0x80) {
		zvt_sim_put_byte(bytes, -1, 0x81);
	}
	zvt_sim_put_byte(bytes, -1, (uint8_t)len);
	g_byte_array_append(bytes, data, (guint)len);
}

GByteArray *zvt_sim_apdu_new(uint16_t code, GByteArray *data, bool long_length)
{
	GByteArray *apdu = g_byte_array_new();
	guint len = data != NULL ? data->len : 0;

	zvt_sim_put_byte(apdu, code >> 8, (uint8_t)code);
	if (len < 0xFF && !long_length) {
		zvt_sim_put_byte(apdu, -1, (uint8_t)len);
	} else {
		zvt_sim_put_byte(apdu, 0xFF, (uint8_t)len);
		zvt_sim_put_byte(apdu, -1, (uint8_t)(len >> 8));
	}
	if (data != NULL) {
		g_byte_array_append(apdu, data->data, len);
		g_byte_array_unref(data);
	}
	return apdu;
}

/* The order of §4; the card number is never whole. A reversal names what it takes back. */
GByteArray *zvt_sim_sale_status_new(ZvtSim *self, const ZvtTransaction *transaction, uint8_t code)
{
	static const uint8_t pan[] = { 0xEE, 0xEE, 0xEE, 0xEE, 0xEE, 0xEE, 0x47, 0x71 };
	g_autoptr(GDateTime) at = g_date_time_new_from_unix_utc(transaction->at);
	GByteArray *bytes = g_byte_array_new();
	const char *text = code == E_OK ? "OK" : "DECLINED";
	int id;

	zvt_sim_put_byte(bytes, 0x27, code);
	zvt_sim_put_bcd(bytes, 0x04, transaction->amount, 6);
	zvt_sim_put_bcd(bytes, 0x0B, transaction->trace, 3);
	if (transaction->original != 0)
		zvt_sim_put_bcd(bytes, 0x37, transaction->original, 3);
	zvt_sim_put_bcd(bytes, 0x0C,
			g_date_time_get_hour(at) * 10000 + g_date_time_get_minute(at) * 100 +
				g_date_time_get_second(at),
			3);
	zvt_sim_put_bcd(bytes, 0x0D,
			g_date_time_get_month(at) * 100 + g_date_time_get_day_of_month(at), 2);
	if (sim_faults_take(self->context->faults, ZVT_UNKNOWN_BMP, &id))
		zvt_sim_put_bcd(bytes, id & 0xFF, 5, 2);
	zvt_sim_put_bcd(bytes, 0x29, self->state.terminal, 4);
	zvt_sim_put_bcd(bytes, 0x49, transaction->currency, 2);
	if (transaction->receipt != 0)
		zvt_sim_put_bcd(bytes, 0x87, transaction->receipt, 2);
	zvt_sim_put_byte(bytes, 0x8A, 0x06);
	zvt_sim_put_var(bytes, 0x22, 2, pan, sizeof(pan));
	zvt_sim_put_var(bytes, 0x3C, 3, (const uint8_t *)text, strlen(text));
	return zvt_sim_apdu_new(0x040F, bytes,
				sim_faults_take(self->context->faults, ZVT_LENGTH_FF, NULL));
}
