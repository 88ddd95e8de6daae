/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/device.h"
#include "drivers/fiscal/shtrih_codec.h"
#include "drivers/fiscal/shtrih_faults.h"
#include "drivers/fiscal/shtrih_link.h"
#include "drivers/port/transcript.h"

#include <string.h>

static GByteArray *bytes_of(const char *hex)
{
	GByteArray *bytes = g_byte_array_new();

	for (; *hex != '\0'; hex++) {
		uint8_t byte;

		if (*hex == ' ')
			continue;
		byte = (uint8_t)(g_ascii_xdigit_value(hex[0]) << 4 | g_ascii_xdigit_value(hex[1]));
		g_byte_array_append(bytes, &byte, 1);
		hex++;
	}
	return bytes;
}

static ShtrihFrameState read_frame(const char *hex, ShtrihBody *ret)
{
	g_autoptr(GByteArray) bytes = bytes_of(hex);
	ShtrihFrameReader reader = { 0 };
	ShtrihFrameState state = SHTRIH_FRAME_NONE;

	for (guint i = 0; i < bytes->len; i++)
		state = shtrih_frame_push(&reader, bytes->data[i]);
	*ret = reader.body;
	return state;
}

static void check_frame(const ShtrihBody *body, const char *hex)
{
	g_autoptr(GByteArray) expected = bytes_of(hex);
	uint8_t frame[SHTRIH_FRAME_MAX];
	size_t len = shtrih_frame_encode(body, frame);
	ShtrihBody back;

	g_assert_cmpmem(frame, len, expected->data, expected->len);
	g_assert_cmpint(read_frame(hex, &back), ==, SHTRIH_FRAME_DONE);
	g_assert_cmpmem(back.bytes, back.len, body->bytes, body->len);
}

/* fiscal-shtrih-m.md §4. Commands that the driver never sends are built by hand. */
static void test_vectors(void)
{
	static const char *const by_hand[] = {
		"02 05 11 1E 00 00 00 0A", /* V2 */
		"02 05 13 01 00 00 00 17", /* V3 */
		"02 06 25 1E 00 00 00 00 3D", /* V4 */
		"02 02 8D 4E C1", /* V12 */
		"02 02 41 4F 0C", /* V13 */
		"02 2E 17 1E 00 00 00 02 48 45 4C 4C 4F 00 00 00 00 00 00 00 00 00 00 00 "
		"00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 67",
		/* V14 */
	};
	ShtrihBody body;

	shtrih_command(&body, SHTRIH_STATUS, 30);
	check_frame(&body, "02 05 10 1E 00 00 00 0B"); /* V1 */
	shtrih_command_byte(&body, SHTRIH_DRAWER, 30, 0);
	check_frame(&body, "02 06 28 1E 00 00 00 00 30"); /* V5 */
	shtrih_command_cash(&body, SHTRIH_CASH_IN, 30, 100000);
	check_frame(&body, "02 0A 50 1E 00 00 00 A0 86 01 00 00 63"); /* V6 */
	shtrih_command_byte(&body, SHTRIH_OPEN, 30, SHTRIH_RECEIPT_SALE);
	check_frame(&body, "02 06 8D 1E 00 00 00 00 95"); /* V7 */
	shtrih_command(&body, SHTRIH_CANCEL, 30);
	check_frame(&body, "02 05 88 1E 00 00 00 93"); /* V8 */
	shtrih_command(&body, SHTRIH_FN_STATUS, 30);
	check_frame(&body, "02 06 FF 01 1E 00 00 00 E6"); /* V9 */
	shtrih_command_find(&body, 30, 1234);
	check_frame(&body, "02 0A FF 0A 1E 00 00 00 D2 04 00 00 37"); /* V10 */
	shtrih_command_tlv(&body, SHTRIH_TLV, 30, 1008, (const uint8_t *)"a@b.ru", 6);
	check_frame(&body, "02 10 FF 0C 1E 00 00 00 F0 03 06 00 61 40 62 2E 72 75 62"); /* V11 */

	for (size_t i = 0; i < G_N_ELEMENTS(by_hand); i++) {
		g_assert_cmpint(read_frame(by_hand[i], &body), ==, SHTRIH_FRAME_DONE);
		check_frame(&body, by_hand[i]);
	}
}

static void test_answers(void)
{
	ShtrihBody body;
	const uint8_t *data;
	size_t len;
	uint8_t code;
	ShtrihStatus status;
	ShtrihFnStatus fn;
	ShtrihFormed formed;
	ShtrihDocument document;
	int64_t sum;

	read_frame("02 11 10 00 1E 92 02 28 05 02 33 8A 00 00 01 00 00 00 00 1D", &body);
	g_assert_true(shtrih_answer(&body, SHTRIH_STATUS, &code, &data, &len));
	g_assert_true(shtrih_decode_status(data, len, &status));
	g_assert_cmpint(status.mode, ==, SHTRIH_MODE_DOCUMENT);
	g_assert_cmpint(status.detail, ==, SHTRIH_RECEIPT_SALE_RETURN);
	g_assert_cmpint(status.submode, ==, SHTRIH_SUBMODE_PRINTING);
	g_assert_cmpint(status.operations, ==, 258);
	g_assert_false(shtrih_answer(&body, SHTRIH_OPEN, &code, &data, &len));

	read_frame("02 21 FF 01 00 03 00 00 01 00 1A 06 03 0A 0F 39 39 39 39 30 37 38 39 30 30 30 "
		   "31 32 33 34 35 3A 00 00 00 FA",
		   &body);
	g_assert_true(shtrih_answer(&body, SHTRIH_FN_STATUS, &code, &data, &len));
	g_assert_true(shtrih_decode_fn_status(data, len, &fn));
	g_assert_cmpstr(fn.serial, ==, "9999078900012345");
	g_assert_cmpstr(fn.at, ==, "2026-06-03T10:15");
	g_assert_true(fn.shift_open);
	g_assert_cmpuint(fn.last_document, ==, 58);

	read_frame("02 10 FF 45 00 1E 15 00 00 00 3A 00 00 00 10 F2 A3 71 AB", &body);
	g_assert_true(shtrih_answer(&body, SHTRIH_CLOSE, &code, &data, &len));
	g_assert_true(shtrih_decode_closed(data, len, &formed));
	g_assert_cmpint(formed.change, ==, 5406);
	g_assert_cmpuint(formed.document, ==, 58);
	g_assert_cmpuint(formed.sign, ==, 1906569744);
	g_assert_cmpstr(formed.at, ==, "");

	/* The same from firmware that appends the date. */
	read_frame("02 15 FF 45 00 1E 15 00 00 00 3A 00 00 00 10 F2 A3 71 1A 06 03 0A 11 AA",
		   &body);
	g_assert_true(shtrih_answer(&body, SHTRIH_CLOSE, &code, &data, &len));
	g_assert_true(shtrih_decode_closed(data, len, &formed));
	g_assert_cmpuint(formed.document, ==, 58);
	g_assert_cmpstr(formed.at, ==, "2026-06-03T10:17");

	read_frame("02 18 FF 0A 00 03 00 1A 06 03 0A 11 3A 00 00 00 10 F2 A3 71 01 12 60 00 00 00 "
		   "93",
		   &body);
	g_assert_true(shtrih_answer(&body, SHTRIH_FIND_DOCUMENT, &code, &data, &len));
	g_assert_true(shtrih_decode_document(data, len, &document));
	g_assert_cmpint(document.type, ==, SHTRIH_DOCUMENT_RECEIPT);
	g_assert_cmpint(document.operation, ==, SHTRIH_OPERATION_SALE);
	g_assert_cmpint(document.total, ==, 24594);

	read_frame("02 08 89 00 1E 12 60 00 00 00 ED", &body);
	g_assert_true(shtrih_answer(&body, SHTRIH_SUBTOTAL, &code, &data, &len));
	g_assert_true(shtrih_decode_sum(data, len, &sum));
	g_assert_cmpint(sum, ==, 24594);
	g_assert_false(shtrih_decode_sum(data, len - 1, &sum));

	read_frame("02 02 8D 4E C1", &body);
	g_assert_true(shtrih_answer(&body, SHTRIH_OPEN, &code, &data, &len));
	g_assert_cmphex(code, ==, 0x4E);
	g_assert_cmpuint(len, ==, 0);
}

static void test_broken_frames(void)
{
	ShtrihBody body;

	g_assert_cmpint(read_frame("", &body), ==, SHTRIH_FRAME_NONE);
	g_assert_cmpint(read_frame("FF 15 06", &body), ==, SHTRIH_FRAME_NONE);
	g_assert_cmpint(read_frame("02", &body), ==, SHTRIH_FRAME_MORE);
	g_assert_cmpint(read_frame("02 00", &body), ==, SHTRIH_FRAME_BROKEN);
	g_assert_cmpint(read_frame("02 03 8D 00 1E", &body), ==, SHTRIH_FRAME_MORE);
	g_assert_cmpint(read_frame("02 03 8D 00 1E 91", &body), ==, SHTRIH_FRAME_BROKEN);
	g_assert_cmpint(read_frame("AA 06 02 03 8D 00 1E 90", &body), ==, SHTRIH_FRAME_DONE);
}

/* Whatever comes over the wire: no decoder reads past its bytes (the sanitizers look on). */
static void test_rubbish(void)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(19);
	static const uint16_t codes[] = { SHTRIH_STATUS, SHTRIH_FN_STATUS, SHTRIH_SHIFT,
					  SHTRIH_CLOSE, SHTRIH_FIND_DOCUMENT };
	int n_answers = 0;

	for (int i = 0; i < 200000; i++) {
		g_autofree uint8_t *data = NULL;
		size_t len = (size_t)g_rand_int_range(rand, 0, 48);
		ShtrihFrameReader reader = { 0 };
		ShtrihStatus status;
		ShtrihFnStatus fn;
		ShtrihShift shift;
		ShtrihFormed formed;
		ShtrihDocument document;
		const uint8_t *rest;
		uint8_t code;
		size_t rest_len;
		int64_t sum;

		data = g_malloc(len); /* its own block, so that one byte more is seen */
		for (size_t j = 0; j < len; j++) {
			data[j] = (uint8_t)g_rand_int_range(rand, 0, 256);
			shtrih_frame_push(&reader, data[j]);
		}
		shtrih_decode_status(data, len, &status);
		shtrih_decode_fn_status(data, len, &fn);
		shtrih_decode_shift(data, len, &shift);
		shtrih_decode_sum(data, len, &sum);
		shtrih_decode_closed(data, len, &formed);
		shtrih_decode_shift_done(data, len, &formed);
		shtrih_decode_document(data, len, &document);
		n_answers += shtrih_answer(&reader.body, codes[i % 5], &code, &rest, &rest_len);
	}
	g_test_message("%d looked like answers", n_answers);
}

static void test_every_error_has_a_fault(void)
{
	const char *text;

	for (int code = 1; code < 256; code++) {
		DeviceFault fault = shtrih_fault((uint8_t)code, &text);

		g_assert_cmpint(fault, <, DEVICE_FAULT_N);
		g_assert_nonnull(text);
		/* These mean "nothing is known of this step": an error byte is never that, but for
		 * the power failures. */
		g_assert_cmpint(fault, !=, DEVICE_FAULT_OFFLINE);
		g_assert_cmpint(fault, !=, DEVICE_FAULT_PROTOCOL);
		g_assert_cmpint(fault, !=, DEVICE_FAULT_CANCELLED);
	}
	g_assert_cmpint(shtrih_fault(0x4E, &text), ==, DEVICE_FAULT_SHIFT_TOO_LONG);
	g_assert_cmpint(shtrih_fault(0x4F, &text), ==, DEVICE_FAULT_WRONG_PASSWORD);
	g_assert_cmpint(shtrih_fault(0x6B, &text), ==, DEVICE_FAULT_PAPER_OUT);
	g_assert_cmpint(shtrih_fault(0x3D, &text), ==, DEVICE_FAULT_SHIFT_CLOSED);
	g_assert_cmpint(shtrih_fault(0x46, &text), ==, DEVICE_FAULT_NO_CASH);
	g_assert_cmpint(shtrih_fault(0xEE, &text), ==, DEVICE_FAULT_NEEDS_SERVICE);
}

/* A conversation of the host's state machine (§2.3). */
typedef struct {
	const char *name;
	const char *transcript;
	uint16_t code;
	int fault; /* -1: answered */
} Talk;

#define BEEP "> 02 05 13 1E 00 00 00 08\n"
#define BEEP_ANSWER "< 02 03 13 00 1E 0E\n"
#define OPEN "> 02 06 8D 1E 00 00 00 00 95\n"
#define OPEN_ANSWER "< 02 03 8D 00 1E 90\n"
#define STATUS "> 02 05 10 1E 00 00 00 0B\n"
#define STATUS_ANSWER "< 02 11 10 00 1E 92 02 02 00 00 33 8A 00 00 00 00 00 00 00 34\n"

static const Talk talks[] = {
	{ "plain", "> 05\n< 15\n" OPEN "< 06\n" OPEN_ANSWER "> 06\n", SHTRIH_OPEN, -1 },
	{ "silent", "> 05 05 05\n", SHTRIH_OPEN, DEVICE_FAULT_OFFLINE },
	{ "pulled", "> 05\n!\n", SHTRIH_OPEN, DEVICE_FAULT_OFFLINE },
	{ "wakes_at_third_enq", "> 05 05 05\n< 15\n" OPEN "< 06\n" OPEN_ANSWER "> 06\n",
	  SHTRIH_OPEN, -1 },
	{ "babbles", "> 05\n< 41\n> 05\n< 42 43\n> 05\n< 44\n> 05\n< 45\n> 05\n< 46\n> 05\n< 47\n",
	  SHTRIH_OPEN, DEVICE_FAULT_PROTOCOL },
	{ "old_answer_first",
	  "> 05\n< 06\n" BEEP_ANSWER "> 06 05\n< 15\n" OPEN "< 06\n" OPEN_ANSWER "> 06\n",
	  SHTRIH_OPEN, -1 },
	{ "stray_ff_of_tcp", "> 05\n< FF FF 15\n" OPEN "< FF 06 FF\n" OPEN_ANSWER "> 06\n",
	  SHTRIH_OPEN, -1 },
	{ "frame_damaged_on_its_way",
	  "> 05\n< 15\n" OPEN "< 15\n> 05\n< 15\n" OPEN "< 06\n" OPEN_ANSWER "> 06\n", SHTRIH_OPEN,
	  -1 },
	{ "frame_always_damaged",
	  "> 05\n< 15\n" OPEN "< 15\n> 05\n< 15\n" OPEN "< 15\n> 05\n< 15\n" OPEN "< 15\n",
	  SHTRIH_OPEN, DEVICE_FAULT_PROTOCOL },
	{ "answer_damaged",
	  "> 05\n< 15\n" OPEN "< 06 02 03 8D 00 1E 00\n> 15 05\n< 06\n" OPEN_ANSWER "> 06\n",
	  SHTRIH_OPEN, -1 },
	{ "answer_cut_short",
	  "> 05\n< 15\n" OPEN "< 06 02 03 8D\n> 15 05\n< 06\n" OPEN_ANSWER "> 06\n", SHTRIH_OPEN,
	  -1 },
	{ "garbage_before_the_answer", "> 05\n< 15\n" OPEN "< 06 41 42 06\n" OPEN_ANSWER "> 06\n",
	  SHTRIH_OPEN, -1 },
	{ "ack_lost_answer_held", "> 05\n< 15\n" OPEN "> 05\n< 06\n" OPEN_ANSWER "> 06\n",
	  SHTRIH_OPEN, -1 },
	{ "slow_ack", "> 05\n< 15\n" OPEN "> 05 05\n< 06\n" OPEN_ANSWER "> 06\n", SHTRIH_OPEN, -1 },
	{ "silent_after_the_frame", "> 05\n< 15\n" OPEN "> 05 05 05\n", SHTRIH_OPEN,
	  DEVICE_FAULT_OUTCOME_UNKNOWN },
	/* Never sent twice: it may have arrived, and the device may have been switched off. */
	{ "ack_lost_nothing_held", "> 05\n< 15\n" OPEN "> 05\n< 15\n", SHTRIH_OPEN,
	  DEVICE_FAULT_OUTCOME_UNKNOWN },
	{ "answer_lost", "> 05\n< 15\n" OPEN "< 06\n> 05\n< 15\n", SHTRIH_OPEN,
	  DEVICE_FAULT_OUTCOME_UNKNOWN },
	{ "answer_late", "> 05\n< 15\n" OPEN "< 06\n> 05\n< 06\n" OPEN_ANSWER "> 06\n", SHTRIH_OPEN,
	  -1 },
	{ "gone_after_the_frame", "> 05\n< 15\n" OPEN "!\n", SHTRIH_OPEN,
	  DEVICE_FAULT_OUTCOME_UNKNOWN },
	{ "gone_after_its_ack", "> 05\n< 15\n" OPEN "< 06\n!\n", SHTRIH_OPEN,
	  DEVICE_FAULT_OUTCOME_UNKNOWN },
	{ "silent_after_its_ack", "> 05\n< 15\n" OPEN "< 06\n> 05 05 05\n", SHTRIH_OPEN,
	  DEVICE_FAULT_OUTCOME_UNKNOWN },
	/* The device took the damaged-looking frame after all and holds its answer. */
	{ "late_nak_then_held",
	  "> 05\n< 15\n" OPEN "< 15\n> 05\n< 06\n" OPEN_ANSWER "> 06 05\n< 15\n", SHTRIH_OPEN, -1 },
	{ "question_is_asked_again",
	  "> 05\n< 15\n" STATUS "< 06\n> 05\n< 15\n> 05\n< 15\n" STATUS "< 06\n" STATUS_ANSWER
	  "> 06\n",
	  SHTRIH_STATUS, -1 },
	{ "answer_of_another_command",
	  "> 05\n< 15\n" STATUS "< 06\n" BEEP_ANSWER "> 06 05\n< 06\n" STATUS_ANSWER "> 06\n",
	  SHTRIH_STATUS, -1 },
};

static void test_talk(const void *data)
{
	const Talk *talk = data;
	g_autoptr(GError) error = NULL;
	struct port *port = port_new_transcript(talk->transcript, &error);
	ShtrihLink link;
	ShtrihBody command, answer;
	bool ok;

	g_assert_no_error(error);
	shtrih_link_init(&link, port);
	shtrih_command(&command, talk->code, 30);
	if (talk->code == SHTRIH_OPEN)
		shtrih_command_byte(&command, talk->code, 30, 0);
	ok = shtrih_link_exchange(&link, &command, shtrih_code_is_question(talk->code), 100,
				  &answer, &error);
	if (talk->fault < 0) {
		g_assert_no_error(error);
		g_assert_true(ok);
		g_assert_cmphex(shtrih_body_code(&answer), ==, talk->code);
	} else {
		g_assert_error(error, DEVICE_FAULT, talk->fault);
		g_assert_false(ok);
	}
	g_assert_true(port_transcript_is_done(port));
	port_close(port);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/shtrih_frame/vectors", test_vectors);
	g_test_add_func("/shtrih_frame/answers", test_answers);
	g_test_add_func("/shtrih_frame/broken", test_broken_frames);
	g_test_add_func("/shtrih_frame/rubbish", test_rubbish);
	g_test_add_func("/shtrih_frame/errors", test_every_error_has_a_fault);
	for (size_t i = 0; i < G_N_ELEMENTS(talks); i++) {
		g_autofree char *path = g_strdup_printf("/shtrih_link/%s", talks[i].name);

		g_test_add_data_func(path, &talks[i], test_talk);
	}
	return g_test_run();
}
