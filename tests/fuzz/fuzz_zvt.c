/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/payment/zvt.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static ZvtApdu apdu, again; /* too large for the stack */
static ZvtFrameReader frames;
static uint8_t out[ZVT_FRAME_MAX];

/* No more of a card's number than four digits, whatever comes. */
static void check_info(const ZvtInfo *info, size_t size)
{
	int digits = 0;

	g_assert_cmpuint(info->read, <=, size);
	g_assert_true(g_utf8_validate(info->card, -1, NULL));
	g_assert_true(g_utf8_validate(info->text, -1, NULL));
	g_assert_true(g_utf8_validate(info->authorisation, -1, NULL));
	for (const char *c = info->pan; *c != '\0'; c++)
		digits += g_ascii_isdigit(*c);
	g_assert_cmpint(digits, <=, 4);
}

static void read_info(const uint8_t *data, size_t size)
{
	PaymentIntent intent = { .receipt = 470,
				 .amount = { 1234, 978 },
				 .last_receipt = 470,
				 .last_trace = -1,
				 .at = INT64_C(1790000000) * G_USEC_PER_SEC };
	ZvtInfo info;

	zvt_info_init(&info);
	zvt_info_decode(&info, data, size);
	check_info(&info, size);
	for (intent.kind = PAYMENT_CHARGE; intent.kind <= PAYMENT_REVERSAL; intent.kind++)
		zvt_compare(&intent, &info);
}

static void read_slips(const uint8_t *data, size_t size)
{
	ZvtSlips slips = { 0 };
	g_auto(GStrv) lines = NULL;

	zvt_slips_add_block(&slips, data, size);
	zvt_slips_add_line(&slips, data, size);
	lines = zvt_slips_dup(&slips, false);
	for (int i = 0; lines != NULL && lines[i] != NULL; i++)
		g_assert_true(g_utf8_validate(lines[i], -1, NULL));
	zvt_slips_clear(&slips);
}

static void read_stream(const uint8_t *data, size_t size)
{
	ZvtReader reader = { 0 };

	for (size_t i = 0; i < size; i++) {
		zvt_reader_push(&reader, data[i], &apdu);
		if (zvt_reader_get_wanted(&reader) > 0)
			continue;
		reader = (ZvtReader){ 0 };
		read_info(apdu.data, apdu.len);
	}
}

/* What is understood is said again and understood the same. */
static void check_round_trip(void)
{
	size_t n = zvt_frame_encode(apdu.code, apdu.data, apdu.len, out);
	ZvtHeard heard = ZVT_HEARD_NOTHING;

	for (size_t i = 0; i < n; i++)
		heard = zvt_frame_push(&frames, out[i], &again);
	g_assert_cmpint(heard, ==, ZVT_HEARD_APDU);
	g_assert_cmphex(again.code, ==, apdu.code);
	g_assert_cmpmem(again.data, again.len, apdu.data, apdu.len);
}

static void read_frames(const uint8_t *data, size_t size)
{
	zvt_frame_reset(&frames);
	for (size_t i = 0; i < size; i++)
		if (zvt_frame_push(&frames, data[i], &apdu) == ZVT_HEARD_APDU)
			check_round_trip();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size == 0)
		return 0;
	switch (data[0]) {
	case 0:
		read_info(data + 1, size - 1);
		break;
	case 1:
		read_slips(data + 1, size - 1);
		break;
	case 2:
		read_stream(data + 1, size - 1);
		break;
	default:
		read_frames(data + 1, size - 1);
	}
	return 0;
}
