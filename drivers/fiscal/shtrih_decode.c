/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/fiscal/shtrih_codec.h"

#include <string.h>

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

	g_assert(n <= sizeof value);
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
	take(&reader, 4); /* the first of them */
	take(&reader, 5); /* and when it was made */
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
