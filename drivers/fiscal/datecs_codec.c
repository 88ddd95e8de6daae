/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/fiscal/datecs_codec.h"

#include <string.h>

/* --- commands ------------------------------------------------------------------------------ */

void datecs_begin(DatecsWriter *self, uint8_t code)
{
	*self = (DatecsWriter){ .body.code = code };
}

void datecs_put(DatecsWriter *self, const void *bytes, size_t len)
{
	if (len > DATECS_REQUEST_MAX - self->body.len) {
		self->overflow = true;
		return;
	}
	memcpy(self->body.data + self->body.len, bytes, len);
	self->body.len += len;
}

void datecs_put_text(DatecsWriter *self, const char *ascii)
{
	datecs_put(self, ascii, strlen(ascii));
}

void datecs_put_field(DatecsWriter *self, const char *ascii)
{
	datecs_put_text(self, ascii);
	datecs_put(self, "\t", 1);
}

/* --- sums ---------------------------------------------------------------------------------- */

char *datecs_dup_amount(int64_t minor)
{
	g_return_val_if_fail(minor >= 0, NULL);
	return g_strdup_printf("%" G_GINT64_FORMAT ".%02d", minor / 100, (int)(minor % 100));
}

/* Digits alone, at most twelve: no sum of a registrar is larger. */
static bool parse_digits(const char *text, size_t len, int64_t *ret)
{
	int64_t value = 0;

	if (len == 0 || len > 12)
		return false;
	for (size_t i = 0; i < len; i++) {
		if (!g_ascii_isdigit(text[i]))
			return false;
		value = value * 10 + (text[i] - '0');
	}
	*ret = value;
	return true;
}

/* One or two decimals; more of them only if they are zeros. */
static bool parse_decimals(const char *text, size_t len, int64_t *ret)
{
	while (len > 2 && text[len - 1] == '0')
		len--;
	if (len == 0 || len > 2 || !parse_digits(text, len, ret))
		return false;
	if (len == 1)
		*ret *= 10;
	return true;
}

bool datecs_parse_amount(const char *text, int64_t *ret)
{
	int64_t whole, part = 0;
	const char *point;
	bool negative;
	size_t len;

	text += strspn(text, " ");
	negative = text[0] == '-';
	text += negative || text[0] == '+' ? 1 : 0;
	len = strcspn(text, " ");
	if (text[len + strspn(text + len, " ")] != '\0')
		return false;
	point = memchr(text, '.', len);
	if (!parse_digits(text, point != NULL ? (size_t)(point - text) : len, &whole))
		return false;
	if (point != NULL) {
		if (!parse_decimals(point + 1, len - (size_t)(point + 1 - text), &part))
			return false;
		whole *= 100;
	}
	*ret = negative ? -(whole + part) : whole + part;
	return true;
}

/* --- answers ------------------------------------------------------------------------------- */

void datecs_split(DatecsFamily family, const DatecsAnswer *answer, DatecsFields *ret)
{
	char *at = ret->text, *end = ret->text + answer->len;

	memcpy(ret->text, answer->data, answer->len);
	*end = '\0';
	ret->n = 0;
	while (at <= end && ret->n < DATECS_FIELDS_MAX) {
		size_t len = strcspn(at, family == DATECS_P ? ",\t" : "\t");

		if (at + len >= end && len == 0 && (ret->n == 0 || family == DATECS_X))
			return;
		ret->fields[ret->n++] = at;
		at[len] = '\0';
		at += len + 1;
	}
}

const char *datecs_field(const DatecsFields *self, int index)
{
	return index >= 0 && index < self->n ? self->fields[index] : "";
}

bool datecs_field_number(const DatecsFields *self, int index, int64_t *ret)
{
	const char *text = datecs_field(self, index);

	return parse_digits(text, strlen(text), ret);
}

bool datecs_field_amount(const DatecsFields *self, int index, int64_t *ret)
{
	return datecs_parse_amount(datecs_field(self, index), ret);
}

bool datecs_field_error(const DatecsFields *self, int64_t *ret)
{
	const char *text = datecs_field(self, 0);
	bool negative = text[0] == '-';

	text += negative;
	if (!parse_digits(text, strlen(text), ret))
		return false;
	if (negative)
		*ret = -*ret;
	return true;
}

bool datecs_decode_number(const DatecsFields *fields, int index, uint32_t *ret)
{
	int64_t number;

	if (!datecs_field_number(fields, index, &number) || number > G_MAXUINT32)
		return false;
	*ret = (uint32_t)number;
	return true;
}

static bool decode_items(const DatecsFields *fields, int index, DatecsReceipt *ret)
{
	int64_t items;

	if (!datecs_field_number(fields, index, &items) || items > G_MAXINT)
		return false;
	ret->items = (int)items;
	return datecs_field_amount(fields, index + 1, &ret->amount);
}

bool datecs_decode_receipt(DatecsFamily family, const DatecsFields *fields, DatecsReceipt *ret)
{
	DatecsReceipt receipt = { 0 };
	int64_t kind;
	int first = family == DATECS_P ? 0 : 1, items = family == DATECS_P ? 1 : 3;

	if (!datecs_field_number(fields, first, &kind) || kind > 9)
		return false;
	receipt.open = kind != 0;
	if (family == DATECS_X) {
		receipt.kind = (int)kind;
		if (!datecs_decode_number(fields, 2, &receipt.number))
			return false;
	}
	if (!decode_items(fields, items, &receipt))
		return false;
	receipt.tells_paid = datecs_field_amount(fields, items + 2, &receipt.paid);
	receipt.amount = ABS(receipt.amount); /* a storno's may have a minus */
	receipt.paid = ABS(receipt.paid);
	*ret = receipt;
	return true;
}

bool datecs_decode_cash(DatecsFamily family, const DatecsFields *fields, int64_t *ret)
{
	if (family == DATECS_P && strcmp(datecs_field(fields, 0), "P") != 0)
		return false;
	return datecs_field_amount(fields, 1, ret);
}

static bool is_digits(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (!g_ascii_isdigit(text[i]))
			return false;
	return true;
}

bool datecs_is_serial(const char *text)
{
	return strlen(text) == 8 && g_ascii_isupper(text[0]) && g_ascii_isupper(text[1]) &&
	       is_digits(text + 2, 6);
}

static bool is_memory(const char *text)
{
	return strlen(text) == 8 && is_digits(text, 8);
}

/* What stands before them varies with the model, so they are looked for from the end. A serial of
 * eight digits alone could be the switches: it is one only beside a serial of the device. */
void datecs_decode_identity(const DatecsFields *fields, DatecsIdentity *ret)
{
	*ret = (DatecsIdentity){ 0 };
	for (int i = fields->n - 1; i > 0; i--) {
		const char *serial = datecs_field(fields, i - 1), *memory = datecs_field(fields, i);

		if (datecs_is_serial(serial) && is_memory(memory)) {
			g_strlcpy(ret->serial, serial, sizeof ret->serial);
			g_strlcpy(ret->memory, memory, sizeof ret->memory);
			return;
		}
	}
}

/* "D14594" or "D 145.94" in P; "D" and "145.94" in X. Exact payment is R 0, or D 0.00 of some. */
bool datecs_decode_payment(DatecsFamily family, const DatecsAnswer *answer,
			   const DatecsFields *fields, int64_t *ret_due)
{
	const char *text = datecs_field(fields, family == DATECS_P ? 0 : 1);
	char letter = text[0];
	int64_t amount;

	if (answer->len == 0 || (letter != 'D' && letter != 'R'))
		return false;
	if (family == DATECS_X ? text[1] != '\0' || !datecs_field_amount(fields, 2, &amount)
			       : !datecs_parse_amount(text + 1, &amount))
		return false;
	if (amount < 0)
		return false;
	*ret_due = letter == 'D' ? amount : -amount;
	return true;
}

bool datecs_decode_last_z(DatecsFamily family, const DatecsFields *fields, uint32_t *ret)
{
	/* P has a letter where X has its error code. */
	if (family == DATECS_P && strcmp(datecs_field(fields, 0), "P") != 0)
		return false;
	return datecs_decode_number(fields, 1, ret);
}

/* Some answer 4Ah without an error field. */
bool datecs_decode_qr(const DatecsFields *fields, DatecsQr *ret)
{
	int first = fields->n >= 7 ? 1 : 0;
	DatecsQr qr = { 0 };

	if (fields->n < 6 || !datecs_field_amount(fields, first + 3, &qr.amount) ||
	    !datecs_decode_number(fields, first + 4, &qr.number) || qr.number == 0)
		return false;
	datecs_decode_time(datecs_field(fields, first + 5), qr.at);
	qr.amount = ABS(qr.amount); /* a storno's, as above */
	*ret = qr;
	return true;
}

/* --- times --------------------------------------------------------------------------------- */

/* Two digits at @at. */
static int two(const char *text, size_t at)
{
	if (!g_ascii_isdigit(text[at]) || !g_ascii_isdigit(text[at + 1]))
		return -1;
	return (text[at] - '0') * 10 + text[at + 1] - '0';
}

static char *format_time(const int parts[6], const char *format)
{
	g_autoptr(GDateTime) time = NULL;

	for (int i = 0; i < 6; i++)
		if (parts[i] < 0)
			return NULL;
	time = g_date_time_new_utc(parts[0], parts[1], parts[2], parts[3], parts[4], parts[5]);
	return time != NULL ? g_date_time_format(time, format) : NULL;
}

void datecs_decode_time(const char *text, char ret[static 24])
{
	bool seconds = strlen(text) >= 17 && text[14] == ':';
	g_autofree char *iso = NULL;

	ret[0] = '\0';
	if (strlen(text) < 14 || text[2] != '-' || text[5] != '-' || text[8] != ' ' ||
	    text[11] != ':')
		return;
	iso = format_time((const int[]){ two(text, 6) < 0 ? -1 : 2000 + two(text, 6), two(text, 3),
					 two(text, 0), two(text, 9), two(text, 12),
					 seconds ? two(text, 15) : 0 },
			  "%Y-%m-%dT%H:%M:%S");
	if (iso != NULL)
		g_strlcpy(ret, iso, 24);
}

char *datecs_dup_time(const char *iso, const char *format)
{
	bool seconds = strlen(iso) >= 19 && iso[16] == ':';

	if (strlen(iso) < 16 || iso[4] != '-' || iso[7] != '-' || iso[10] != 'T' || iso[13] != ':')
		return NULL;
	return format_time(
		(const int[]){ two(iso, 0) != 20 || two(iso, 2) < 0 ? -1 : 2000 + two(iso, 2),
			       two(iso, 5), two(iso, 8), two(iso, 11), two(iso, 14),
			       seconds ? two(iso, 17) : 0 },
		format);
}
