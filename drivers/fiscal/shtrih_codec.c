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
