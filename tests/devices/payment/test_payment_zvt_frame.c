/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/payment/zvt_bmp.h"
#include "drivers/payment/zvt_codes.h"
#include "drivers/payment/zvt_frame.h"
#include "drivers/payment/zvt_slip.h"
#include "tests/sim/wire.h"

#include <string.h>

/* The page's own bytes: payment-terminal §8, and the status information of §4. */
#define STATUS_INFO                                                                                \
	"04 0F 32 27 00 04 00 00 00 00 12 34 0B 00 04 71 0C 14 30 15 0D 11 23 29 52 50 02 95 49 "  \
	"09 78 87 04 71 8A 06 22 F0 F8 EE EE EE EE EE EE 47 71 3C F0 F0 F2 4F 4B"

typedef struct {
	const char *name, *apdu, *frame;
} Vector;

static const Vector vectors[] = {
	{ "Z1", "80 00 00", "10 02 80 00 00 10 03 F5 1F" },
	{ "Z2", "84 9C 00", "10 02 84 9C 00 10 03 C3 41" },
	{ "Z3", "06 00 06 12 34 56 BA 09 78", "10 02 06 00 06 12 34 56 BA 09 78 10 03 24 C3" },
	{ "Z4", "06 01 0A 04 00 00 00 01 10 00 49 09 78",
	  "10 02 06 01 0A 04 00 00 00 01 10 10 00 49 09 78 10 03 F2 FF" },
	{ "Z5", "05 01 03 12 34 56", "10 02 05 01 03 12 34 56 10 03 E0 43" },
	{ "Z6", "06 00 10 12 34 56 BE 09 78 03 01 06 06 26 04 0A 02 06 D3",
	  "10 02 06 00 10 10 12 34 56 BE 09 78 03 01 06 06 26 04 0A 02 06 D3 10 03 78 B5" },
	{ "Z7", "06 0F 00", "10 02 06 0F 00 10 03 C6 33" },
	{ "Z8", "06 1E 01 6C", "10 02 06 1E 01 6C 10 03 C9 F2" },
	{ "Z9", "06 30 06 12 34 56 87 04 70", "10 02 06 30 06 12 34 56 87 04 70 10 03 4B 3D" },
	{ "Z10", "06 31 0D 12 34 56 04 00 00 00 00 12 34 49 09 78",
	  "10 02 06 31 0D 12 34 56 04 00 00 00 00 12 34 49 09 78 10 03 CF 30" },
	{ "Z11", "06 50 03 12 34 56", "10 02 06 50 03 12 34 56 10 03 C4 AF" },
	{ "Z12", "84 66 00", "10 02 84 66 00 10 03 8D BE" },
	{ "Z13", STATUS_INFO, "10 02 " STATUS_INFO " 10 03 4B 5C" },
};

static ZvtApdu apdu; /* too large for the stack */
static ZvtFrameReader frames;

static void expect_bytes(const uint8_t *data, size_t len, const char *hex)
{
	g_autoptr(GByteArray) wanted = bytes_new(hex);

	g_assert_cmpmem(data, len, wanted->data, wanted->len);
}

static void test_frames_are_the_pages(void)
{
	static uint8_t out[ZVT_FRAME_MAX];

	for (size_t i = 0; i < G_N_ELEMENTS(vectors); i++) {
		g_autoptr(GByteArray) bytes = bytes_new(vectors[i].apdu);
		uint16_t code = (uint16_t)(bytes->data[0] << 8 | bytes->data[1]);
		size_t n;

		g_test_message("%s", vectors[i].name);
		n = zvt_apdu_encode(code, bytes->data + 3, bytes->len - 3, out);
		expect_bytes(out, n, vectors[i].apdu);
		n = zvt_frame_encode(code, bytes->data + 3, bytes->len - 3, out);
		expect_bytes(out, n, vectors[i].frame);
	}
}

static void test_frames_are_read(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(vectors); i++) {
		g_autoptr(GByteArray) frame = bytes_new(vectors[i].frame);
		g_autoptr(GByteArray) wanted = bytes_new(vectors[i].apdu);
		ZvtHeard heard = ZVT_HEARD_NOTHING;

		zvt_frame_reset(&frames);
		for (guint j = 0; j < frame->len; j++) {
			g_assert_cmpint(heard, ==, ZVT_HEARD_NOTHING);
			heard = zvt_frame_push(&frames, frame->data[j], &apdu);
		}
		g_assert_cmpint(heard, ==, ZVT_HEARD_APDU);
		g_assert_cmphex(apdu.code, ==, wanted->data[0] << 8 | wanted->data[1]);
		g_assert_cmpmem(apdu.data, apdu.len, wanted->data + 3, wanted->len - 3);
	}
}

static ZvtHeard hear(const char *hex)
{
	g_autoptr(GByteArray) bytes = bytes_new(hex);
	ZvtHeard heard = ZVT_HEARD_NOTHING;

	for (guint i = 0; i < bytes->len && heard == ZVT_HEARD_NOTHING; i++)
		heard = zvt_frame_push(&frames, bytes->data[i], &apdu);
	return heard;
}

static void test_broken_frames_are_refused(void)
{
	zvt_frame_reset(&frames);
	g_assert_cmpint(hear("06"), ==, ZVT_HEARD_ACK);
	g_assert_cmpint(hear("15"), ==, ZVT_HEARD_NAK);
	g_assert_cmpint(hear("10 02 80 00 00 10 03 F5 1E"), ==, ZVT_HEARD_RUBBISH);
	g_assert_cmpint(hear("10 02 80 01 00 10 03 F5 1F"), ==, ZVT_HEARD_RUBBISH);
	g_assert_cmpint(hear("10 02 80 10 44"), ==, ZVT_HEARD_RUBBISH); /* not doubled */
	g_assert_cmpint(hear("10 02 10 03 FF FF"), ==, ZVT_HEARD_RUBBISH);
	/* The length inside contradicts the frame, whose sum is right. */
	g_assert_cmpint(hear("10 02 80 00 01 10 03 2D 06"), ==, ZVT_HEARD_RUBBISH);
	/* Noise in front of a good one. */
	g_assert_cmpint(hear("FF 00 10 55 10 10 02 80 00 00 10 03 F5 1F"), ==, ZVT_HEARD_APDU);
}

static void test_crc_of_the_catalogue(void)
{
	g_assert_cmphex(zvt_crc((const uint8_t *)"123456789", 9), ==, 0x2189);
}

static void read_stream(const uint8_t *data, size_t len, size_t at_once)
{
	ZvtReader reader = { 0 };
	size_t at = 0, wanted;

	while ((wanted = zvt_reader_get_wanted(&reader)) > 0) {
		size_t n = MIN(MIN(wanted, at_once), len - at);

		g_assert_cmpuint(n, >, 0);
		for (size_t i = 0; i < n; i++)
			zvt_reader_push(&reader, data[at + i], &apdu);
		at += n;
	}
	g_assert_cmpuint(at, ==, len);
}

static void test_stream_in_pieces_and_long(void)
{
	static uint8_t text[300], out[ZVT_APDU_MAX];
	static const size_t lengths[] = { 0, 1, 0xFE, 0xFF, 0x100, 300 };

	memset(text, 'x', sizeof(text));
	for (size_t i = 0; i < G_N_ELEMENTS(lengths); i++) {
		size_t n = zvt_apdu_encode(0x06D3, text, lengths[i], out);

		g_assert_cmpuint(n, ==, lengths[i] + (lengths[i] < 0xFF ? 3 : 5));
		for (size_t piece = 1; piece < 400; piece += 57) {
			read_stream(out, n, piece);
			g_assert_cmphex(apdu.code, ==, 0x06D3);
			g_assert_cmpmem(apdu.data, apdu.len, text, lengths[i]);
		}
	}
	g_assert_cmpuint(zvt_apdu_encode(0x06D3, text, 256, out), ==, 261);
	expect_bytes(out, 5, "06 D3 FF 00 01"); /* §1.3: low byte first */
}

static bool decode(ZvtInfo *info, const char *hex)
{
	g_autoptr(GByteArray) bytes = bytes_new(hex);

	zvt_info_init(info);
	return zvt_info_decode(info, bytes->data, bytes->len);
}

static void test_status_information(void)
{
	ZvtInfo info;

	g_assert_true(decode(&info, &STATUS_INFO[9]));
	g_assert_cmpint(info.result, ==, 0);
	g_assert_cmpint(info.amount, ==, 1234);
	g_assert_cmpint(info.currency, ==, 978);
	g_assert_cmpint(info.trace, ==, 471);
	g_assert_cmpint(info.receipt, ==, 471);
	g_assert_cmpint(info.time, ==, 143015);
	g_assert_cmpint(info.date, ==, 1123);
	g_assert_cmpint(info.card_type, ==, 6);
	g_assert_cmpstr(info.terminal, ==, "52500295");
	g_assert_cmpstr(info.pan, ==, "****4771");
	g_assert_cmpstr(info.text, ==, "OK");
	g_assert_cmpstr(zvt_card_name(info.card_type), ==, "Mastercard");
	g_assert_cmpuint(info.read, ==, 50);
}

static void test_an_unknown_bmp_ends_the_reading(void)
{
	ZvtInfo info;

	g_assert_false(decode(&info, "27 00 87 04 71 77 01 04 00 00 00 00 12 34"));
	g_assert_cmpint(info.receipt, ==, 471);
	g_assert_cmpint(info.amount, ==, ZVT_NONE);
	g_assert_cmpuint(info.read, ==, 5);
	/* Cut off, lengths that are none, digits that are none. */
	g_assert_false(decode(&info, "27 00 04 00 00 00"));
	g_assert_false(decode(&info, "22 F0 08 EE"));
	g_assert_false(decode(&info, "22 F0 FA EE"));
	g_assert_false(decode(&info, "3C F0 F0 F3 4F 4B"));
	g_assert_true(decode(&info, "04 00 00 00 00 0A 00"));
	g_assert_cmpint(info.amount, ==, ZVT_NONE);
	g_assert_true(decode(&info, ""));
}

/* Whatever a terminal sends in the clear, only four digits stay. */
static void test_card_numbers_and_tracks_are_not_kept(void)
{
	ZvtInfo info;
	static const char *const secrets[] = { "4111", "1111", "5432", "2012" };
	const uint8_t *memory = (const uint8_t *)&info;

	g_assert_true(decode(&info, "22 F0 F8 41 11 11 11 11 11 11 19 "
				    "23 F1 F0 41 11 11 11 D2 01 21 01 23 45 "
				    "2D F0 F4 35 34 33 32 24 F0 F0 F2 41 11 3A 01 23 27 00"));
	g_assert_cmpstr(info.pan, ==, "****1119");
	g_assert_cmpint(info.result, ==, 0);
	for (size_t i = 0; i < G_N_ELEMENTS(secrets); i++)
		g_assert_null(memmem(memory, sizeof(info), secrets[i], 4));
	/* An odd number of digits ends in F. */
	g_assert_true(decode(&info, "22 F0 F2 12 3F"));
	g_assert_cmpstr(info.pan, ==, "*****123");
}

static void test_tlv(void)
{
	ZvtInfo info;

	/* 1F16 and 1F17, 44 within 60, a length in two bytes. */
	g_assert_true(decode(&info,
			     "06 81 16 1F 16 02 12 34 1F 17 03 45 72 72 60 09 43 01 A0 44 04 "
			     "56 69 73 61 27 05"));
	g_assert_cmphex(info.extended, ==, 0x1234);
	g_assert_cmpstr(info.text, ==, "Err");
	g_assert_cmpstr(info.card, ==, "Visa");
	g_assert_cmpint(info.result, ==, 5);
	g_assert_false(decode(&info, "06 82 FF FF 00"));
	g_assert_false(decode(&info, "06 83 00 00 01 00"));
}

static void add_line(ZvtSlips *slips, const char *hex)
{
	g_autoptr(GByteArray) bytes = bytes_new(hex);

	zvt_slips_add_line(slips, bytes->data, bytes->len);
}

static void add_block(ZvtSlips *slips, const char *hex)
{
	g_autoptr(GByteArray) bytes = bytes_new(hex);

	zvt_slips_add_block(slips, bytes->data, bytes->len);
}

static void expect_slip(const ZvtSlips *slips, bool admin, const char *text)
{
	g_auto(GStrv) lines = zvt_slips_dup(slips, admin);
	g_autofree char *joined = g_strjoinv("|", lines);

	g_assert_cmpstr(joined, ==, text);
}

static void test_slips(void)
{
	ZvtSlips slips = { 0 };

	g_assert_null(zvt_slips_dup(&slips, false));
	add_line(&slips, "00 48 84 6E 64 6C 65 72"); /* CP437 */
	add_line(&slips, "FF 02");
	add_line(&slips, "81 45 6E 64 65");
	expect_slip(&slips, false, "Händler|||Ende");
	/* The shopper's own is told apart, its type behind or in front, with and without 06. */
	add_block(&slips, "1F 07 01 01 25 05 07 03 53 68 6F");
	expect_slip(&slips, false, "Händler|||Ende");
	add_block(&slips, "06 10 25 0A 07 03 59 6F 75 07 01 21 09 00 1F 07 01 02");
	expect_slip(&slips, false, "You|!");
	add_block(&slips, "1F 07 01 03 25 05 07 03 53 75 6D");
	expect_slip(&slips, true, "Sum");
	zvt_slips_clear(&slips);
}

static void test_every_code_has_its_words(void)
{
	static const struct {
		int code;
		DeviceFault fault;
	} cases[] = {
		{ 0x6C, DEVICE_FAULT_CANCELLED },     { 0x6A, DEVICE_FAULT_MEMORY_FULL },
		{ 0xF0, DEVICE_FAULT_MEMORY_FULL },   { 0x9C, DEVICE_FAULT_BUSY },
		{ 0xA0, DEVICE_FAULT_BUSY },	      { 0xCC, DEVICE_FAULT_PAPER_OUT },
		{ 0x6F, DEVICE_FAULT_NEEDS_SERVICE }, { 0x9A, DEVICE_FAULT_PROTOCOL },
		{ 0x05, DEVICE_FAULT_CANCELLED },     { 0x78, DEVICE_FAULT_CANCELLED },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
		g_assert_cmpint(zvt_result_fault(cases[i].code, true), ==, cases[i].fault);
	for (int code = 1; code <= 0xFF; code++) {
		DeviceFault fault = zvt_result_fault(code, true);

		g_assert_cmpstr(zvt_result_text(code), !=, "");
		g_assert_cmpint(fault, !=, DEVICE_FAULT_OFFLINE);
		g_assert_cmpint(fault, !=, DEVICE_FAULT_REFUSED);
		g_assert_cmpint(fault, !=, DEVICE_FAULT_OUTCOME_UNKNOWN);
		g_assert_cmpint(zvt_result_is_doubtful(code), ==,
				code == 0xFA || code == 0xFB || code == 0xFF);
	}
	g_assert_cmpint(zvt_step(0x0A), ==, PAYMENT_STEP_INSERT_CARD);
	g_assert_cmpint(zvt_step(0x6B), ==, PAYMENT_STEP_ENTER_PIN);
	g_assert_cmpint(zvt_step(0x04), ==, PAYMENT_STEP_HOST);
	g_assert_cmpint(zvt_step(0x44), ==, PAYMENT_STEP_REMOVE_CARD);
	g_assert_cmpint(zvt_step(0x0E), ==, PAYMENT_STEP_WAIT);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/zvt/frames are the page's", test_frames_are_the_pages);
	g_test_add_func("/zvt/frames are read", test_frames_are_read);
	g_test_add_func("/zvt/broken frames are refused", test_broken_frames_are_refused);
	g_test_add_func("/zvt/crc of the catalogue", test_crc_of_the_catalogue);
	g_test_add_func("/zvt/a stream in pieces, and long", test_stream_in_pieces_and_long);
	g_test_add_func("/zvt/status information", test_status_information);
	g_test_add_func("/zvt/an unknown BMP ends the reading",
			test_an_unknown_bmp_ends_the_reading);
	g_test_add_func("/zvt/card numbers and tracks are not kept",
			test_card_numbers_and_tracks_are_not_kept);
	g_test_add_func("/zvt/tlv", test_tlv);
	g_test_add_func("/zvt/slips", test_slips);
	g_test_add_func("/zvt/every code has its words", test_every_code_has_its_words);
	return g_test_run();
}
