/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/device.h"
#include "drivers/fiscal/shtrih_codec.h"
#include "drivers/fiscal/shtrih_link.h"
#include "drivers/port/transcript.h"

#define OPEN "> 02 06 8D 1E 00 00 00 00 95\n"
#define OPEN_ANSWER "< 02 03 8D 00 1E 90\n"
#define STATUS "> 02 05 10 1E 00 00 00 0B\n"
#define STATUS_ANSWER "< 02 11 10 00 1E 92 02 02 00 00 33 8A 00 00 00 00 00 00 00 34\n"
#define REFUSAL "< 02 02 8D 4E C1\n" /* what the second is answered */

/* A registrar whose bytes are late (fiscal-shtrih-m.md §2.3): commands, one after the other on one
 * link. What was asked before is not taken for the answer to what is asked now. */
typedef struct {
	const char *name;
	const char *transcript;
	struct {
		uint16_t code; /* 0: no more */
		int fault; /* -1: answered */
		uint8_t error; /* of its answer: tells it from the other's */
	} commands[2];
} Talk;

static const Talk talks[] = {
	/* The NAK of an ENQ that seemed to be lost is not the frame's. */
	{ "late_nak_before_the_frame",
	  "> 05 05\n< 15 15\n" OPEN "< 06\n" OPEN_ANSWER "> 06\n",
	  { { SHTRIH_OPEN, -1, 0 } } },
	{ "late_nak_after_the_frame",
	  "> 05 05\n< 15\n" OPEN "< 15 06\n" OPEN_ANSWER "> 06\n",
	  { { SHTRIH_OPEN, -1, 0 } } },
	{ "late_naks_after_the_frame",
	  "> 05 05 05\n< 15\n" OPEN "< 15 15 06\n" OPEN_ANSWER "> 06\n",
	  { { SHTRIH_OPEN, -1, 0 } } },
	{ "late_nak_and_damaged_frame",
	  "> 05 05\n< 15\n" OPEN "< 15 15\n> 05\n< 15\n" OPEN "< 06\n" OPEN_ANSWER "> 06\n",
	  { { SHTRIH_OPEN, -1, 0 } } },
	{ "late_nak_and_late_ack",
	  "> 05 05\n< 15\n" OPEN "< 15\n> 05\n< 06\n" OPEN_ANSWER "> 06\n",
	  { { SHTRIH_OPEN, -1, 0 } } },
	/* Whose it is cannot be told, so the line is not sent a second time. */
	{ "nak_that_may_be_late",
	  "> 05 05\n< 15\n" OPEN "< 15\n> 05\n< 15\n",
	  { { SHTRIH_OPEN, DEVICE_FAULT_OUTCOME_UNKNOWN, 0 } } },
	{ "late_nak_then_asked_again",
	  "> 05 05\n< 15\n" STATUS "< 15\n> 05\n< 15\n> 05\n< 15\n" STATUS "< 06\n" STATUS_ANSWER
	  "> 06\n",
	  { { SHTRIH_STATUS, -1, 0 } } },
	/* The first NAK is that of the ENQ before the frame; the last one's tells. */
	{ "late_nak_for_the_enq_after_the_frame",
	  "> 05 05\n< 15\n" OPEN "> 05\n< 15 06\n" OPEN_ANSWER "> 06\n",
	  { { SHTRIH_OPEN, -1, 0 } } },
	{ "late_ack_of_the_frame",
	  "> 05\n< 15\n" OPEN "> 05\n< 06\n" OPEN_ANSWER "> 06\n" /* ACK of the frame */
	  "< 06\n" OPEN_ANSWER /* that of the ENQ */
	  "> 05\n< 15\n" OPEN "< 06\n" REFUSAL "> 06\n",
	  { { SHTRIH_OPEN, -1, 0 }, { SHTRIH_OPEN, -1, 0x4E } } },
	{ "later_ack_of_the_frame",
	  "> 05\n< 15\n" OPEN "> 05\n< 06\n" OPEN_ANSWER "> 06 05\n< 06\n" OPEN_ANSWER
	  "> 06 05\n< 15 15\n" OPEN "< 06\n" REFUSAL "> 06\n",
	  { { SHTRIH_OPEN, -1, 0 }, { SHTRIH_OPEN, -1, 0x4E } } },
	{ "latest_ack_of_the_frame",
	  "> 05\n< 15\n" OPEN "> 05\n< 06\n" OPEN_ANSWER "> 06 05\n< 06\n" OPEN_ANSWER
	  "> 06 05\n< 15\n" OPEN "< 15 06\n" REFUSAL "> 06\n",
	  { { SHTRIH_OPEN, -1, 0 }, { SHTRIH_OPEN, -1, 0x4E } } },
	{ "answer_of_the_command_before",
	  "> 05\n< 15\n" OPEN "< 06\n> 05 05 05\n" /* unknown */
	  "> 05\n< 06\n" OPEN_ANSWER "> 06 05\n< 06\n" OPEN_ANSWER "> 06 05\n< 06\n" OPEN_ANSWER
	  "> 06 05\n< 15 15 15 15\n" STATUS "< 06\n" STATUS_ANSWER "> 06\n",
	  { { SHTRIH_OPEN, DEVICE_FAULT_OUTCOME_UNKNOWN, 0 }, { SHTRIH_STATUS, -1, 0 } } },
	/* ENQs that a device without power never heard are forgotten with the first frame that it
	 * takes: a NAK is the frame's again. */
	{ "switched_on_between",
	  "> 05 05\n< 15\n" OPEN "< 06\n" OPEN_ANSWER "> 06\n"
	  "> 05\n< 15\n" OPEN "< 15\n> 05\n< 15\n" OPEN "< 06\n" REFUSAL "> 06\n",
	  { { SHTRIH_OPEN, -1, 0 }, { SHTRIH_OPEN, -1, 0x4E } } },
};

static void exchange(ShtrihLink *link, uint16_t code, int fault, uint8_t expected)
{
	g_autoptr(GError) error = NULL;
	ShtrihBody command, answer;
	const uint8_t *data;
	size_t len;
	uint8_t said;
	bool ok;

	shtrih_command(&command, code, 30);
	if (code == SHTRIH_OPEN)
		shtrih_command_byte(&command, code, 30, 0);
	ok = shtrih_link_exchange(link, &command, shtrih_code_is_question(code), 100, &answer,
				  &error);
	g_assert_cmpint(ok, ==, fault < 0);
	if (fault >= 0) {
		g_assert_error(error, DEVICE_FAULT, fault);
		return;
	}
	g_assert_no_error(error);
	g_assert_true(shtrih_answer(&answer, code, &said, &data, &len));
	g_assert_cmphex(said, ==, expected);
}

static void test_talk(const void *data)
{
	const Talk *talk = data;
	g_autoptr(GError) error = NULL;
	struct port *port = port_new_transcript(talk->transcript, &error);
	ShtrihLink link;

	g_assert_no_error(error);
	shtrih_link_init(&link, port);
	for (size_t i = 0; i < G_N_ELEMENTS(talk->commands) && talk->commands[i].code != 0; i++)
		exchange(&link, talk->commands[i].code, talk->commands[i].fault,
			 talk->commands[i].error);
	g_assert_true(port_transcript_is_done(port));
	port_close(port);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(talks); i++) {
		g_autofree char *path = g_strdup_printf("/shtrih_late/%s", talks[i].name);

		g_test_add_data_func(path, &talks[i], test_talk);
	}
	return g_test_run();
}
