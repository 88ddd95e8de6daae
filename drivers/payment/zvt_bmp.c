/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/payment/zvt_bmp.h"

#include <glib.h>
#include <string.h>

/* How long a BMP is. */
typedef enum { BMP_UNKNOWN, BMP_FIXED, BMP_LL, BMP_LLL, BMP_TLV } BmpShape;
typedef struct {
	uint8_t shape;
	uint8_t len; /* of BMP_FIXED */
} BmpKind;

#define FIXED(n)                                                                                   \
	{                                                                                          \
		BMP_FIXED, n                                                                       \
	}
#define LL                                                                                         \
	{                                                                                          \
		BMP_LL, 0                                                                          \
	}
#define LLL                                                                                        \
	{                                                                                          \
		BMP_LLL, 0                                                                         \
	}

/* §5. E0… are of dialogues with the shopper, "1 or LL" by a rule the page does not give, and F0…FD
 * too, but for F0, the software version of §3. */
static const BmpKind kinds[256] = {
	[0x01] = FIXED(1),  [0x02] = FIXED(1), [0x03] = FIXED(1),
	[0x04] = FIXED(6),  [0x05] = FIXED(1), [0x06] = { BMP_TLV, 0 },
	[0x0B] = FIXED(3),  [0x0C] = FIXED(3), [0x0D] = FIXED(2),
	[0x0E] = FIXED(2),  [0x17] = FIXED(2), [0x19] = FIXED(1),
	[0x22] = LL,	    [0x23] = LL,       [0x24] = LLL,
	[0x2D] = LL,	    [0x27] = FIXED(1), [0x29] = FIXED(4),
	[0x2A] = FIXED(15), [0x2E] = LLL,      [0x37] = FIXED(3),
	[0x3A] = FIXED(2),  [0x3B] = FIXED(8), [0x3C] = LLL,
	[0x3D] = FIXED(3),  [0x49] = FIXED(2), [0x60] = LLL,
	[0x87] = FIXED(2),  [0x88] = FIXED(3), [0x8A] = FIXED(1),
	[0x8B] = LL,	    [0x8C] = FIXED(1), [0x9A] = LLL,
	[0xA0] = FIXED(1),  [0xA7] = LL,       [0xAA] = FIXED(3),
	[0xAF] = LLL,	    [0xBA] = FIXED(5), [0xD0] = FIXED(1),
	[0xD2] = FIXED(1),  [0xD3] = FIXED(1), [0xF0] = LLL,
};

int64_t zvt_bcd_read(const uint8_t *data, size_t n)
{
	int64_t value = 0;

	for (size_t i = 0; i < n; i++) {
		if (data[i] >> 4 > 9 || (data[i] & 15) > 9)
			return ZVT_NONE;
		value = value * 100 + (data[i] >> 4) * 10 + (data[i] & 15);
	}
	return value;
}

void zvt_bcd_write(int64_t value, size_t n, uint8_t *ret)
{
	for (size_t i = n; i > 0; i--, value /= 100)
		ret[i - 1] = (uint8_t)((value / 10 % 10) << 4 | value % 10);
}

void zvt_text_read(const uint8_t *data, size_t len, char *ret, size_t size)
{
	g_autofree char *kept = g_malloc(len + 1);
	g_autofree char *text = NULL;
	size_t n = 0;

	for (size_t i = 0; i < len; i++)
		if (data[i] >= 0x20 && data[i] != 0x7F)
			kept[n++] = (char)data[i];
	text = g_convert(kept, (gssize)n, "UTF-8", "CP437", NULL, NULL, NULL);
	n = text != NULL ? strlen(text) : 0;
	if (n >= size) { /* cut after a whole letter */
		for (n = size - 1; n > 0 && ((uint8_t)text[n] & 0xC0) == 0x80; n--)
			;
	}
	if (n > 0)
		memcpy(ret, text, n);
	ret[n] = '\0';
}

/* ---- TLV */

bool zvt_tlv_is_container(const ZvtTlv *self)
{
	unsigned first = self->tag > 0xFF ? self->tag >> 8 : self->tag;

	return (first & 0x20) != 0;
}

/* Bytes of the length itself, 0 where it is broken. */
static size_t read_length(const uint8_t *at, size_t left, size_t *ret)
{
	if (left >= 1 && at[0] < 0x80) {
		*ret = at[0];
		return 1;
	}
	if (left >= 2 && at[0] == 0x81) {
		*ret = at[1];
		return 2;
	}
	if (left >= 3 && at[0] == 0x82) {
		*ret = (size_t)at[1] << 8 | at[2];
		return 3;
	}
	return 0;
}

bool zvt_tlv_next(ZvtTlvReader *self, ZvtTlv *ret)
{
	size_t n_tag, n_len, len;

	if (self->left == 0)
		return false;
	n_tag = (self->at[0] & 0x1F) == 0x1F ? 2 : 1;
	if (self->left < n_tag)
		return false;
	n_len = read_length(self->at + n_tag, self->left - n_tag, &len);
	if (n_len == 0 || len > self->left - n_tag - n_len)
		return false;
	*ret = (ZvtTlv){ .tag = n_tag == 2 ? (unsigned)(self->at[0] << 8 | self->at[1])
					   : self->at[0],
			 .value = self->at + n_tag + n_len,
			 .len = len };
	self->at += n_tag + n_len + len;
	self->left -= n_tag + n_len + len;
	return true;
}

size_t zvt_tlv_open(const uint8_t *data, size_t len, ZvtTlvReader *ret)
{
	size_t n, n_len = read_length(data, len, &n);

	if (n_len == 0 || n > len - n_len)
		return 0;
	*ret = (ZvtTlvReader){ .at = data + n_len, .left = n };
	return n_len + n;
}

static void decode_tlv(ZvtInfo *self, ZvtTlvReader reader, int depth)
{
	ZvtTlv tlv;

	while (zvt_tlv_next(&reader, &tlv)) {
		if (tlv.tag == 0x1F16 && tlv.len >= 1 && tlv.len <= 2)
			self->extended =
				tlv.len == 1 ? tlv.value[0] : tlv.value[0] << 8 | tlv.value[1];
		else if (tlv.tag == 0x1F17)
			zvt_text_read(tlv.value, tlv.len, self->text, sizeof(self->text));
		else if (tlv.tag == 0x44 && self->card[0] == '\0')
			zvt_text_read(tlv.value, tlv.len, self->card, sizeof(self->card));
		else if (zvt_tlv_is_container(&tlv) && depth < ZVT_MAX_TLV_DEPTH)
			decode_tlv(self, (ZvtTlvReader){ tlv.value, tlv.len }, depth + 1);
	}
}

/* ---- BMPs */

/* "****4771": the number's last four, whatever the terminal has left readable of it. */
static void read_pan(ZvtInfo *self, const uint8_t *data, size_t len)
{
	char last[5] = "****";

	for (size_t i = 0; i < 2 * len; i++) {
		int half = i % 2 == 0 ? data[i / 2] >> 4 : data[i / 2] & 15;

		if (half == 0x0F)
			continue;
		memmove(last, last + 1, 3);
		last[3] = half <= 9 ? (char)('0' + half) : '*';
	}
	g_snprintf(self->pan, sizeof(self->pan), "****%s", last);
}

static int read_number(const uint8_t *data, size_t n)
{
	return (int)zvt_bcd_read(data, n);
}

static void read_digits(const uint8_t *data, size_t n, char *ret)
{
	for (size_t i = 0; i < 2 * n; i++) {
		int half = i % 2 == 0 ? data[i / 2] >> 4 : data[i / 2] & 15;

		ret[i] = half <= 9 ? (char)('0' + half) : '?';
	}
	ret[2 * n] = '\0';
}

static void read_name(ZvtInfo *self, const uint8_t *data, size_t len)
{
	const uint8_t *end = len > 0 ? memchr(data, 0, len) : NULL;

	zvt_text_read(data, end != NULL ? (size_t)(end - data) : len, self->card,
		      sizeof(self->card));
}

static void take(ZvtInfo *self, uint8_t id, const uint8_t *data, size_t len)
{
	switch (id) {
	case 0x04:
		self->amount = zvt_bcd_read(data, len);
		break;
	case 0x0B:
		self->trace = read_number(data, len);
		break;
	case 0x0C:
		self->time = read_number(data, len);
		break;
	case 0x0D:
		self->date = read_number(data, len);
		break;
	case 0x22:
		read_pan(self, data, len);
		break;
	case 0x27:
		self->result = data[0];
		break;
	case 0x29:
		read_digits(data, len, self->terminal);
		break;
	case 0x37:
		self->original = read_number(data, len);
		break;
	case 0x3B:
		zvt_text_read(data, len, self->authorisation, sizeof(self->authorisation));
		break;
	case 0x3C:
		zvt_text_read(data, len, self->text, sizeof(self->text));
		break;
	case 0x49:
		self->currency = read_number(data, len);
		break;
	case 0x87:
		self->receipt = read_number(data, len);
		break;
	case 0x8A:
		self->card_type = data[0];
		break;
	case 0x8B:
		read_name(self, data, len);
		break;
	default: /* tracks (23, 24, 2D) and check values among them: not even looked at */
		break;
	}
}

/* The two or three bytes Fx of a length, decimal. */
static bool read_ll(const uint8_t *data, size_t n, size_t left, size_t *ret)
{
	*ret = 0;
	if (left < n)
		return false;
	for (size_t i = 0; i < n; i++) {
		if (data[i] >> 4 != 0x0F || (data[i] & 15) > 9)
			return false;
		*ret = *ret * 10 + (data[i] & 15);
	}
	return true;
}

/* Of the BMP at @data, id first: where its value is and ends. */
static bool measure(const uint8_t *data, size_t left, size_t *start, size_t *len)
{
	const BmpKind *kind = &kinds[data[0]];
	ZvtTlvReader reader;

	*start = 1;
	*len = 0;
	switch ((BmpShape)kind->shape) {
	case BMP_FIXED:
		*len = kind->len;
		break;
	case BMP_LL:
	case BMP_LLL:
		*start += kind->shape == BMP_LL ? 2 : 3;
		if (!read_ll(data + 1, *start - 1, left - 1, len))
			return false;
		break;
	case BMP_TLV:
		*len = zvt_tlv_open(data + 1, left - 1, &reader);
		return *len > 0;
	case BMP_UNKNOWN:
		return false;
	}
	return *start + *len <= left;
}

void zvt_info_init(ZvtInfo *self)
{
	*self = (ZvtInfo){
		.amount = ZVT_NONE,
		.currency = ZVT_NONE,
		.result = ZVT_NONE,
		.trace = ZVT_NONE,
		.original = ZVT_NONE,
		.receipt = ZVT_NONE,
		.time = ZVT_NONE,
		.date = ZVT_NONE,
		.card_type = ZVT_NONE,
		.extended = ZVT_NONE,
	};
}

bool zvt_info_decode(ZvtInfo *self, const uint8_t *data, size_t len)
{
	size_t at = 0, start = 0, n = 0;

	for (; at < len; at += start + n) {
		ZvtTlvReader reader;

		if (!measure(data + at, len - at, &start, &n))
			break;
		if (data[at] != 0x06)
			take(self, data[at], data + at + start, n);
		else if (zvt_tlv_open(data + at + 1, n, &reader) > 0)
			decode_tlv(self, reader, 0);
	}
	self->read = at;
	return at == len;
}
