/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/fiscal/shtrih_codec.h"

#include <string.h>

#define NOT_GIVEN INT64_C(0xFFFFFFFFFF)

bool shtrih_code_is_question(uint16_t code)
{
	static const uint16_t questions[] = { SHTRIH_STATUS,	    SHTRIH_FULL_STATUS,
					      SHTRIH_REGISTER,	    SHTRIH_COUNTER,
					      SHTRIH_SUBTOTAL,	    SHTRIH_FN_STATUS,
					      SHTRIH_FIND_DOCUMENT, SHTRIH_EXCHANGE,
					      SHTRIH_SHIFT };

	for (size_t i = 0; i < G_N_ELEMENTS(questions); i++) {
		if (questions[i] == code)
			return true;
	}
	return false;
}

bool shtrih_code_forms_document(uint16_t code)
{
	return code == SHTRIH_SHIFT_OPEN_FINISH || code == SHTRIH_SHIFT_CLOSE_FINISH ||
	       code == SHTRIH_CLOSE || code == SHTRIH_CORRECTION;
}

int shtrih_answer_timeout_ms(uint16_t code)
{
	switch (code) { /* §2.4 */
	case SHTRIH_STATUS:
	case SHTRIH_FULL_STATUS:
		return 3000;
	case SHTRIH_MARK_CHECK:
	case SHTRIH_MARK_BIND:
		return 40000;
	default:
		return 30000;
	}
}

static void put(ShtrihBody *body, int64_t value, int n)
{
	g_assert(body->len + (size_t)n <= SHTRIH_BODY_MAX);
	g_assert(value >= 0 && (n == 8 || value >> (8 * n) == 0));

	for (int i = 0; i < n; i++)
		body->bytes[body->len++] = (uint8_t)(value >> (8 * i));
}

static void put_bytes(ShtrihBody *body, const uint8_t *bytes, size_t len)
{
	g_assert(body->len + len <= SHTRIH_BODY_MAX);

	if (len > 0)
		memcpy(body->bytes + body->len, bytes, len);
	body->len += len;
}

void shtrih_command(ShtrihBody *ret, uint16_t code, uint32_t password)
{
	ret->len = 0;
	if (code > 0xFF)
		put(ret, code >> 8, 1); /* the one big-endian number of the protocol */
	put(ret, code & 0xFF, 1);
	put(ret, password, 4);
}

void shtrih_command_byte(ShtrihBody *ret, uint16_t code, uint32_t password, uint8_t value)
{
	shtrih_command(ret, code, password);
	put(ret, value, 1);
}

void shtrih_command_cash(ShtrihBody *ret, uint16_t code, uint32_t password, int64_t sum)
{
	shtrih_command(ret, code, password);
	put(ret, sum, 5);
}

void shtrih_command_find(ShtrihBody *ret, uint32_t password, uint32_t document)
{
	shtrih_command(ret, SHTRIH_FIND_DOCUMENT, password);
	put(ret, document, 4);
}

void shtrih_command_tlv(ShtrihBody *ret, uint16_t code, uint32_t password, uint16_t tag,
			const uint8_t *value, size_t len)
{
	g_assert(len + 4 <= SHTRIH_TLV_MAX);

	shtrih_command(ret, code, password);
	put(ret, tag, 2);
	put(ret, (int64_t)len, 2);
	put_bytes(ret, value, len);
}

void shtrih_command_line(ShtrihBody *ret, uint32_t password, const ShtrihLine *line)
{
	shtrih_command(ret, SHTRIH_LINE, password);
	put(ret, line->operation, 1);
	put(ret, line->quantity, 6);
	put(ret, line->price, 5);
	put(ret, line->sum, 5);
	put(ret, NOT_GIVEN, 5); /* tax sum: the registrar's to compute */
	put(ret, line->vat, 1);
	put(ret, 1, 1); /* department */
	put(ret, 4, 1); /* tag 1214: paid in full */
	put(ret, line->subject != 0 ? line->subject : 1, 1); /* tag 1212: goods */
	put_bytes(ret, line->name, line->name_len);
}

void shtrih_command_close(ShtrihBody *ret, uint32_t password, int64_t cash, int64_t electronic,
			  uint8_t tax_system)
{
	shtrih_command(ret, SHTRIH_CLOSE, password);
	put(ret, cash, 5);
	put(ret, electronic, 5);
	for (int i = 2; i < 16; i++) /* the other ways to pay */
		put(ret, 0, 5);
	put(ret, 0, 1); /* no rounding to roubles */
	for (int i = 0; i < 6; i++) /* tax sums: the registrar's */
		put(ret, 0, 5);
	put(ret, tax_system, 1);
}

void shtrih_command_correction(ShtrihBody *ret, uint32_t password,
			       const ShtrihCorrection *correction)
{
	shtrih_command(ret, SHTRIH_CORRECTION, password);
	put(ret, 0, 1); /* tag 1173: by ourselves, not by order */
	put(ret, correction->operation, 1);
	put(ret, correction->total, 5);
	put(ret, correction->cash, 5);
	put(ret, correction->electronic, 5);
	for (int i = 0; i < 3; i++) /* prepaid, postpaid, barter */
		put(ret, 0, 5);
	for (size_t i = 0; i < G_N_ELEMENTS(correction->taxes); i++)
		put(ret, correction->taxes[i], 5);
	for (int i = 0; i < 2; i++) /* at calculated rates */
		put(ret, 0, 5);
	put(ret, correction->tax_system, 1);
}

void shtrih_command_mark_check(ShtrihBody *ret, uint32_t password, uint8_t plan, const char *mark)
{
	size_t len = strlen(mark);

	g_assert(len <= SHTRIH_MARK_MAX);
	shtrih_command(ret, SHTRIH_MARK_CHECK, password);
	put(ret, plan, 1);
	put(ret, 0, 1); /* mode */
	put(ret, (int64_t)len, 1);
	put(ret, 0, 1); /* no TLV: whole pieces */
	put_bytes(ret, (const uint8_t *)mark, len);
}

void shtrih_command_mark_bind(ShtrihBody *ret, uint32_t password, const char *mark)
{
	size_t len = strlen(mark);

	g_assert(len <= SHTRIH_MARK_MAX);
	shtrih_command(ret, SHTRIH_MARK_BIND, password);
	put(ret, (int64_t)len, 1);
	put_bytes(ret, (const uint8_t *)mark, len);
}

void shtrih_command_clock(ShtrihBody *ret, uint16_t code, uint32_t password,
			  const uint8_t part[static 3])
{
	shtrih_command(ret, code, password);
	put_bytes(ret, part, 3);
}

#define RECEIPT_ROLL 0x02

void shtrih_command_print(ShtrihBody *ret, uint32_t password, const uint8_t *text, size_t len)
{
	g_assert(len <= SHTRIH_ROW_MAX);
	shtrih_command(ret, SHTRIH_PRINT_LINE, password);
	put(ret, RECEIPT_ROLL, 1);
	put_bytes(ret, text, len);
	for (; len < SHTRIH_ROW_MAX; len++)
		put(ret, 0, 1);
}

void shtrih_command_feed(ShtrihBody *ret, uint32_t password, uint8_t rows)
{
	shtrih_command(ret, SHTRIH_FEED, password);
	put(ret, RECEIPT_ROLL, 1);
	put(ret, rows, 1);
}

bool shtrih_answer(const ShtrihBody *body, uint16_t code, uint8_t *ret_error,
		   const uint8_t **ret_data, size_t *ret_len)
{
	size_t head = code > 0xFF ? 3 : 2;

	if (body->len < head || shtrih_body_code(body) != code)
		return false;
	*ret_error = body->bytes[head - 1];
	*ret_data = body->bytes + head;
	*ret_len = body->len - head;
	return true;
}

/* Reads as long as there is something to read; then says zero and remembers. */
typedef struct {
	const uint8_t *at;
	size_t left;
	bool short_of;
} Reader;

static uint64_t take(Reader *self, size_t n)
{
	uint64_t value = 0;

	if (self->left < n) {
		self->short_of = true;
		return 0;
	}
	for (size_t i = 0; i < n; i++)
		value |= (uint64_t)self->at[i] << (8 * i);
	self->at += n;
	self->left -= n;
	return value;
}

/* YY MM DD HH MM */
static void take_time(Reader *self, char ret[static 24])
{
	int part[5];

	ret[0] = '\0';
	if (self->left < G_N_ELEMENTS(part)) {
		self->short_of = true;
		return;
	}
	for (size_t i = 0; i < G_N_ELEMENTS(part); i++)
		part[i] = (int)take(self, 1);
	if (part[1] >= 1 && part[1] <= 12 && part[2] >= 1 && part[2] <= 31 && part[3] <= 23 &&
	    part[4] <= 59 && part[0] <= 99) /* a new memory has all zeros */
		g_snprintf(ret, 24, "20%02d-%02d-%02dT%02d:%02d", part[0], part[1], part[2],
			   part[3], part[4]);
}

static void take_text(Reader *self, size_t n, char *ret)
{
	size_t len = 0;

	if (self->left < n) {
		self->short_of = true;
		n = 0;
	}
	for (size_t i = 0; i < n; i++) {
		if (g_ascii_isgraph(self->at[i]))
			ret[len++] = (char)self->at[i];
	}
	ret[len] = '\0';
	self->at += n;
	self->left -= n;
}

bool shtrih_decode_status(const uint8_t *data, size_t len, ShtrihStatus *ret)
{
	Reader reader = { .at = data, .left = len };
	ShtrihStatus status = { 0 };
	uint8_t mode;

	take(&reader, 1); /* operator */
	status.flags = (uint16_t)take(&reader, 2);
	mode = (uint8_t)take(&reader, 1);
	status.mode = mode & 0x0F;
	status.detail = mode >> 4;
	status.submode = (uint8_t)take(&reader, 1);
	status.operations = (int)take(&reader, 1);
	take(&reader, 4); /* battery, voltage, two fillers */
	status.operations |= (int)take(&reader, 1) << 8;
	if (reader.short_of)
		return false;
	*ret = status;
	return true;
}

bool shtrih_decode_fn_status(const uint8_t *data, size_t len, ShtrihFnStatus *ret)
{
	Reader reader = { .at = data, .left = len };
	ShtrihFnStatus status = { 0 };

	status.phase = (uint8_t)take(&reader, 1);
	status.current_document = (uint8_t)take(&reader, 1);
	take(&reader, 1); /* whether the document's data has come */
	status.shift_open = take(&reader, 1) != 0;
	status.warnings = (uint8_t)take(&reader, 1);
	take_time(&reader, status.at);
	take_text(&reader, 16, status.serial);
	status.last_document = (uint32_t)take(&reader, 4);
	if (reader.short_of)
		return false;
	*ret = status;
	return true;
}

bool shtrih_decode_shift(const uint8_t *data, size_t len, ShtrihShift *ret)
{
	Reader reader = { .at = data, .left = len };
	ShtrihShift shift = { .open = take(&reader, 1) != 0 };

	shift.shift = (uint16_t)take(&reader, 2);
	shift.receipt = (uint16_t)take(&reader, 2);
	if (reader.short_of)
		return false;
	*ret = shift;
	return true;
}

bool shtrih_decode_sum(const uint8_t *data, size_t len, int64_t *ret)
{
	Reader reader = { .at = data, .left = len };
	int64_t sum;

	take(&reader, 1); /* operator */
	sum = (int64_t)take(&reader, MIN(reader.left, 6)); /* 5 bytes of 89h, 6 of 1Ah */
	if (len < 6)
		return false;
	*ret = sum;
	return true;
}

/* @head is what stands before the number of the document. */
static bool decode_formed(const uint8_t *data, size_t len, size_t head, ShtrihFormed *ret)
{
	Reader reader = { .at = data, .left = len };
	ShtrihFormed formed = { 0 };
	int64_t first = (int64_t)take(&reader, head);

	if (head == 5)
		formed.change = first;
	else
		formed.shift = (uint16_t)first;
	formed.document = (uint32_t)take(&reader, 4);
	formed.sign = (uint32_t)take(&reader, 4);
	if (reader.short_of)
		return false;
	if (reader.left >= 5)
		take_time(&reader, formed.at);
	*ret = formed;
	return true;
}

bool shtrih_decode_closed(const uint8_t *data, size_t len, ShtrihFormed *ret)
{
	return decode_formed(data, len, 5, ret);
}

bool shtrih_decode_shift_done(const uint8_t *data, size_t len, ShtrihFormed *ret)
{
	return decode_formed(data, len, 2, ret);
}

bool shtrih_decode_document(const uint8_t *data, size_t len, ShtrihDocument *ret)
{
	Reader reader = { .at = data, .left = len };
	ShtrihDocument document = { 0 };

	document.type = (uint8_t)take(&reader, 1);
	take(&reader, 1); /* whether the tax office has confirmed it */
	take_time(&reader, document.at);
	document.document = (uint32_t)take(&reader, 4);
	document.sign = (uint32_t)take(&reader, 4);
	switch (document.type) {
	case SHTRIH_DOCUMENT_SHIFT_OPEN:
	case SHTRIH_DOCUMENT_SHIFT_CLOSE:
		document.shift = (uint16_t)take(&reader, 2);
		break;
	case SHTRIH_DOCUMENT_RECEIPT:
	case SHTRIH_DOCUMENT_BSO:
	case SHTRIH_DOCUMENT_CORRECTION:
		document.operation = (uint8_t)take(&reader, 1);
		document.total = (int64_t)take(&reader, 5);
		break;
	}
	if (reader.short_of)
		return false;
	*ret = document;
	return true;
}

bool shtrih_decode_count(const uint8_t *data, size_t len, uint16_t *ret)
{
	Reader reader = { .at = data, .left = len };
	uint16_t count;

	take(&reader, 1); /* operator */
	count = (uint16_t)take(&reader, 2);
	if (reader.short_of)
		return false;
	*ret = count;
	return true;
}

bool shtrih_decode_corrected(const uint8_t *data, size_t len, ShtrihFormed *ret)
{
	return decode_formed(data, len, 2, ret);
}

bool shtrih_decode_clock(const uint8_t *data, size_t len, uint8_t ret[static 6])
{
	if (len < 29) /* 23 bytes stand before it (§6.4) */
		return false;
	memcpy(ret, data + 23, 6);
	return true;
}

bool shtrih_decode_exchange(const uint8_t *data, size_t len, uint16_t *ret_unsent)
{
	Reader reader = { .at = data, .left = len };
	uint16_t unsent;

	take(&reader, 2); /* flags, reading */
	unsent = (uint16_t)take(&reader, 2);
	take(&reader, 9); /* the first of them, and when it was made */
	if (reader.short_of)
		return false;
	*ret_unsent = unsent;
	return true;
}

/* Tag 2106 (format order of FFD 1.2): bit 0 the code was checked, 1 and is right; bit 2 the goods'
 * state was checked, 3 and lets them be sold. */
static ShtrihMark mark_of(uint8_t bits)
{
	if ((bits & 0x03) == 0x01 || (bits & 0x0C) == 0x04)
		return SHTRIH_MARK_BAD;
	return (bits & 0x0F) == 0x0F ? SHTRIH_MARK_GOOD : SHTRIH_MARK_UNKNOWN;
}

bool shtrih_decode_mark_check(const uint8_t *data, size_t len, ShtrihMark *ret)
{
	Reader reader = { .at = data, .left = len };
	uint8_t local = (uint8_t)take(&reader, 1); /* tag 2004: bits 0 and 1 as of tag 2106 */
	ShtrihMark mark;
	size_t n;

	take(&reader, 2); /* why it was not checked here, kind of code */
	n = (size_t)take(&reader, 1);
	if (reader.short_of || reader.left < n)
		return false;
	mark = mark_of(local & 0x03);
	if (n >= 2) {
		uint8_t code = (uint8_t)take(&reader, 1);
		ShtrihMark far = mark_of((uint8_t)take(&reader, 1));

		/* With a code of error nobody was asked. */
		mark = code == 0 && far != SHTRIH_MARK_UNKNOWN ? far : mark;
	}
	*ret = mark;
	return true;
}

bool shtrih_decode_mark_accept(const uint8_t *data, size_t len, ShtrihMark *ret)
{
	if (len < 1)
		return false;
	*ret = mark_of(data[0]);
	return true;
}
