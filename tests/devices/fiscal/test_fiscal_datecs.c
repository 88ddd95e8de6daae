/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "datecs_fixture.h"

#include <string.h>

/* --- what it says of itself ---------------------------------------------------------------- */

static void say_status(Talk *talk, char family, const char *last)
{
	g_autofree char *receipt =
		g_strdup_printf(family == 'x' ? "0\t0\t%s\t2\t245.94\t245.94\t" : "0,0002,%s,24594",
				family == 'x' ? last : "24594");

	talk_say(talk, 0x4A, "", family == 'x' ? "0\t" : "\x80\x80\x80\x80\x86\x9A");
	talk_say(talk, 0x4C, family == 'x' ? "" : "T", receipt);
	if (family == 'p')
		talk_say(talk, 0x71, "", last);
	else
		talk_say(talk, 0x4A, "0\t", "0\t0\t0\t136\t1.00\t136\t03-06-26 10:00:00\t");
	talk_say(talk, 0x40, family == 'x' ? "0\t" : "0",
		 family == 'x' ? "0\t40\t0.00\t020626\t" : "P,0040,0,24594,0,0,0,0,0,0,020626");
	talk_say(talk, 0x46, family == 'x' ? "0\t0\t" : "0",
		 family == 'x' ? "0\t500.00\t500.00\t0.00\t" : "P,50000,50000,0");
	talk_say(talk, 0x3E, "",
		 family == 'x' ? "0\t03-06-26 10:15:00 DST\t" : "03-06-26 10:15:00");
}

static FiscalStatus observe(Fixture *fixture)
{
	g_autoptr(GError) error = NULL;
	FiscalStatus status;

	g_assert_true(fixture->driver->observe(fixture->registrar, &status, &error));
	g_assert_no_error(error);
	return status;
}

static void check_status(char family)
{
	g_autoptr(Talk) talk = talk_new(family);
	const char name[] = { family, '\0' };
	FiscalStatus status;
	Fixture fixture;

	say_status(talk, family, "0000137");
	datecs_set_up(&fixture, talk, name);
	status = observe(&fixture);
	g_assert_cmpstr(status.serial, ==, "02279013");
	g_assert_true(status.shift_open);
	g_assert_false(status.document_open);
	g_assert_false(status.paper_out);
	g_assert_cmpuint(status.last_document, ==, 137);
	g_assert_cmpuint(status.shift_number, ==, 41);
	g_assert_cmpint(status.cash.minor, ==, 50000);
	g_assert_cmpint(status.cash.currency, ==, 978);
	/* 10:15 of Sofia's summer. */
	g_assert_cmpint(status.clock, ==, INT64_C(1780470900000000));
	g_assert_cmpint(status.unsent, ==, -1);
	datecs_tear_down(&fixture);
}

static void test_status(void)
{
	check_status('p');
	check_status('x');
}

static void test_status_bits(void)
{
	g_autoptr(Talk) talk = talk_new('p');
	FiscalStatus status;
	Fixture fixture;

	/* no paper, near its end, cover, journal nearly full, memory nearly full, receipt open */
	talk_set_status(talk, "E0 80 9B 80 8E 9A");
	talk_say(talk, 0x4A, "", "");
	talk_say(talk, 0x4C, "T", "1,0001,110.94,0");
	datecs_set_up(&fixture, talk, "p");
	status = observe(&fixture);
	g_assert_true(status.paper_out);
	g_assert_true(status.paper_near_end);
	g_assert_true(status.cover_open);
	g_assert_true(status.memory_near_full);
	g_assert_false(status.memory_full);
	g_assert_true(status.document_open);
	g_assert_cmpint(status.open_total.minor, ==, 11094);
	g_assert_cmpint(status.open_lines, ==, 1);
	datecs_tear_down(&fixture);
}

/* An old one knows neither the last Z nor the drawer. */
static void test_few_questions(void)
{
	g_autoptr(Talk) talk = talk_new('p');
	FiscalDocument cash = { .kind = FISCAL_CASH_IN, .total = eur(50000) };
	FiscalStatus status;
	FiscalProof proof;
	Fixture fixture;

	talk_say(talk, 0x4A, "", "");
	talk_say(talk, 0x4C, "T", "0,0000,0");
	talk_say(talk, 0x71, "", "0000137");
	talk_set_status(talk, "A2 80 80 80 86 9A");
	talk_say(talk, 0x40, "0", "");
	talk_say(talk, 0x46, "0", "");
	talk_say(talk, 0x3E, "", "");
	datecs_set_up(&fixture, talk, "p");
	status = observe(&fixture);
	g_assert_cmpuint(status.shift_number, ==, 0);
	g_assert_cmpint(status.clock, ==, 0);
	g_assert_cmpint(datecs_run_from(&fixture, &cash, 0, 1, &proof), ==, DEVICE_FAULT_REFUSED);
	datecs_tear_down(&fixture);
}

/* --- documents ----------------------------------------------------------------------------- */

static void say_lines(Talk *talk, char family)
{
	bool x = family == 'x';

	talk_set_status(talk, x ? OPEN_X : OPEN_P);
	talk_say(talk, 0x30, x ? OPEN_SALE_X : OPEN_SALE_P, x ? "0\t138\t" : "0001,0001");
	talk_say(talk, 0x31, x ? LINE_1_X : LINE_1_P, x ? "0\t138\t" : "");
	talk_say(talk, 0x31, x ? LINE_2_X : LINE_2_P, x ? "0\t138\t" : "");
	talk_say(talk, 0x4C, x ? "" : "T", x ? "0\t1\t138\t2\t245.94\t0.00\t" : "1,0002,24594,0");
}

static void check_sale(char family)
{
	bool x = family == 'x';
	g_autoptr(Talk) talk = talk_new(family);
	const char name[] = { family, '\0' };
	FiscalProof proof;
	Fixture fixture;

	say_status(talk, family, "0000137");
	say_lines(talk, family);
	talk_say(talk, 0x35, x ? CARD_X : CARD_P, x ? "0\tD\t145.94\t" : "D14594");
	talk_say(talk, 0x35, x ? CASH_X : CASH_P, x ? "0\tR\t54.06\t" : "R5406");
	talk_say(talk, 0x38, "", x ? "0\t138\t" : "0001,0001");
	if (!x)
		talk_say(talk, 0x71, "", "0000138");
	talk_say(talk, 0x3E, "", x ? "0\t03-06-26 10:17:12\t" : "03-06-26 10:17:12");
	datecs_set_up(&fixture, talk, name);
	observe(&fixture);
	g_assert_cmpint(datecs_run_from(&fixture, &datecs_sale, 0, 7, &proof), ==, -1);
	g_assert_cmpuint(proof.document_number, ==, 138);
	g_assert_cmpuint(proof.shift_number, ==, 41);
	g_assert_cmpuint(proof.receipt_number, ==, x ? 0 : 1);
	g_assert_cmpstr(proof.sign, ==, "02279013");
	g_assert_cmpstr(proof.serial, ==, "02279013");
	g_assert_cmpstr(proof.id, ==, UNP);
	g_assert_cmpstr(proof.at, ==, "2026-06-03T10:17:12");
	g_assert_cmpint(proof.change.minor, ==, 5406);
	g_assert_cmpint(proof.change.currency, ==, 978);
	datecs_tear_down(&fixture);
}

static void test_sale(void)
{
	check_sale('p');
	check_sale('x');
}

/* A sum with a point is in major units; exact payment is D 0.00 of some. */
static void test_other_numbers(void)
{
	g_autoptr(Talk) talk = talk_new('p');
	FiscalDocument exact = datecs_sale;
	FiscalProof proof;
	Fixture fixture;

	exact.paid[TENDER_CASH] = eur(14594);
	say_lines(talk, 'p');
	talk_say(talk, 0x35, CARD_P, "D 145.94");
	talk_say(talk, 0x35, "\tP145.94", "D 0.00");
	talk_say(talk, 0x38, "", "0001,0001");
	talk_say(talk, 0x71, "", "0000138");
	talk_say(talk, 0x3E, "", "03-06-26 10:17:12");
	datecs_set_up(&fixture, talk, "p");
	g_assert_cmpint(datecs_run_from(&fixture, &exact, 0, 7, &proof), ==, -1);
	g_assert_cmpint(proof.change.minor, ==, 0);
	datecs_tear_down(&fixture);
}

static void test_it_counts_otherwise(void)
{
	g_autoptr(Talk) talk = talk_new('p');
	FiscalProof proof;
	Fixture fixture;

	talk_say(talk, 0x30, OPEN_SALE_P, "0001,0001");
	talk_say(talk, 0x31, LINE_1_P, "");
	talk_say(talk, 0x31, LINE_2_P, "");
	talk_say(talk, 0x4C, "T", "1,0002,24595,0");
	datecs_set_up(&fixture, talk, "p");
	g_assert_cmpint(datecs_run_from(&fixture, &datecs_sale, 0, 7, &proof), ==,
			DEVICE_FAULT_REFUSED);
	datecs_tear_down(&fixture);
}

static void test_reports(void)
{
	g_autoptr(Talk) talk = talk_new('p');
	FiscalDocument x = { .kind = FISCAL_X }, z = { .kind = FISCAL_SHIFT_CLOSE };
	FiscalProof proof;
	Fixture fixture;

	talk_say(talk, 0x45, "2", "0041,24594,0,24594,0,0,0,0,0,0");
	talk_send(talk, 0x45, "");
	for (int i = 0; i < 40; i++)
		talk_device(talk, "16 16 16");
	talk_answer(talk, "0041,24594,0,24594,0,0,0,0,0,0");
	talk_say(talk, 0x3E, "", "03-06-26 22:00:00");
	datecs_set_up(&fixture, talk, "p");
	g_assert_cmpint(datecs_run_from(&fixture, &x, 0, 1, &proof), ==, -1);
	g_assert_cmpint(datecs_run_from(&fixture, &z, 0, 1, &proof), ==, -1);
	g_assert_cmpuint(proof.shift_number, ==, 41);
	g_assert_cmpuint(proof.document_number, ==, 0);
	g_assert_cmpstr(proof.sign, ==, "");
	datecs_tear_down(&fixture);
}

static void test_cash(void)
{
	g_autoptr(Talk) talk = talk_new('p');
	FiscalDocument in = { .kind = FISCAL_CASH_IN, .total = eur(50000) };
	FiscalDocument out = { .kind = FISCAL_CASH_OUT, .total = eur(150000) };
	FiscalProof proof;
	Fixture fixture;

	say_status(talk, 'p', "0000137");
	talk_say(talk, 0x46, "500.00", "P,100000,100000,0");
	talk_say(talk, 0x46, "-1500.00", "F,100000,100000,0");
	datecs_set_up(&fixture, talk, "p");
	observe(&fixture);
	g_assert_cmpint(datecs_run_from(&fixture, &in, 0, 1, &proof), ==, -1);
	g_assert_cmpuint(proof.document_number, ==, 0);
	g_assert_cmpint(datecs_run_from(&fixture, &out, 0, 1, &proof), ==, DEVICE_FAULT_NO_CASH);
	datecs_tear_down(&fixture);
}

/* --- the cable ----------------------------------------------------------------------------- */

typedef struct {
	const char *name;
	void (*speak)(Talk *talk); /* of the step, P, all of it */
	int step;
	int fault; /* -1: none */
} Trouble;

static void nak(Talk *talk)
{
	talk_send(talk, 0x31, LINE_1_P);
	talk_device(talk, "15");
	talk_send_again(talk);
	talk_answer(talk, "");
}

static void nak_for_ever(Talk *talk)
{
	talk_send(talk, 0x31, LINE_1_P);
	for (int i = 0; i < 4; i++) {
		talk_device(talk, "15");
		talk_send_again(talk);
	}
	talk_device(talk, "15");
}

static void damaged_answer(Talk *talk)
{
	talk_send(talk, 0x31, LINE_1_P);
	talk_answer_damaged(talk, "");
	talk_probe(talk);
	talk_answer(talk, "");
}

static void noise_before(Talk *talk)
{
	talk_send(talk, 0x31, LINE_1_P);
	talk_device(talk, "00 FF 33 16 16");
	talk_answer(talk, "");
}

/* An answer of another SEQ or command is none: it is asked for again. */
static void another_seq(Talk *talk)
{
	talk_send(talk, 0x31, LINE_1_P);
	talk_answer_as(talk, talk_get_seq(talk) - 1, 0x30, "0001,0001");
	talk_probe(talk);
	talk_answer(talk, "");
}

static void another_command(Talk *talk)
{
	talk_send(talk, 0x31, LINE_1_P);
	talk_answer_as(talk, talk_get_seq(talk), 0x33, "");
	talk_probe(talk);
	talk_answer(talk, "");
}

static void late_answer_first(Talk *talk)
{
	talk_send(talk, 0x31, LINE_1_P);
	talk_answer_as(talk, talk_get_seq(talk) - 1, 0x30, "0001,0001");
	talk_answer(talk, "");
}

/* Silence after a line: had it been taken? */
static void line_lost(Talk *talk)
{
	talk_send(talk, 0x31, LINE_1_P);
	talk_probe(talk);
	talk_answer_as(talk, talk_get_seq(talk), 0x4A, "");
	talk_say(talk, 0x4C, "T", "1,0000,0,0");
	talk_say(talk, 0x31, LINE_1_P, "");
}

static void line_taken(Talk *talk)
{
	talk_send(talk, 0x31, LINE_1_P);
	talk_probe(talk);
	talk_answer(talk, "");
}

static void line_twice(Talk *talk)
{
	talk_send(talk, 0x31, LINE_1_P);
	talk_probe(talk);
	talk_answer_as(talk, talk_get_seq(talk), 0x4A, "");
	talk_say(talk, 0x4C, "T", "1,0002,22188,0");
}

/* Power went and came: the line is in, the SEQ forgotten. */
static void line_forgotten(Talk *talk)
{
	talk_send(talk, 0x31, LINE_1_P);
	talk_probe(talk);
	talk_answer_as(talk, talk_get_seq(talk), 0x4A, "");
	talk_say(talk, 0x4C, "T", "1,0001,11094,0");
}

static void line_then_silence(Talk *talk)
{
	talk_send(talk, 0x31, LINE_1_P);
	for (int i = 0; i < 4; i++)
		talk_probe(talk);
	talk_send(talk, 0x4C, "T");
	for (int i = 0; i < 4; i++)
		talk_send_again(talk);
}

static void card_answer_again(Talk *talk)
{
	talk_send(talk, 0x35, CARD_P);
	talk_probe(talk);
	talk_answer(talk, "D14594");
}

static void half_an_answer(Talk *talk)
{
	talk_send(talk, 0x31, LINE_1_P);
	talk_device(talk, "01 2B");
	talk_probe(talk);
	talk_device(talk, "15");
	talk_probe(talk);
	talk_answer(talk, "");
}

static void open_lost(Talk *talk)
{
	talk_send(talk, 0x30, OPEN_SALE_P);
	talk_send_again(talk);
	talk_answer(talk, "0001,0001");
}

/* It was opened, and the SEQ was forgotten in a power cut. */
static void open_refused_again(Talk *talk)
{
	talk_send(talk, 0x30, OPEN_SALE_P);
	talk_send_again(talk);
	talk_set_status(talk, "A0 82 88 80 86 9A");
	talk_answer(talk, "");
}

static void open_refused(Talk *talk)
{
	talk_set_status(talk, "A0 82 88 80 86 9A");
	talk_say(talk, 0x30, OPEN_SALE_P, "");
}

static void no_paper(Talk *talk)
{
	talk_set_status(talk, "A0 80 89 80 86 9A");
	talk_say(talk, 0x31, LINE_1_P, "");
}

static void cover(Talk *talk)
{
	talk_set_status(talk, "E0 82 88 80 86 9A");
	talk_say(talk, 0x31, LINE_1_P, "");
}

static void memory_full(Talk *talk)
{
	talk_set_status(talk, "80 80 88 80 B6 9A");
	talk_say(talk, 0x30, OPEN_SALE_P, "");
}

static void silent(Talk *talk)
{
	talk_send(talk, 0x30, OPEN_SALE_P);
	for (int i = 0; i < 4; i++)
		talk_send_again(talk);
}

static void pulled(Talk *talk)
{
	talk_send(talk, 0x30, OPEN_SALE_P);
	talk_hang_up(talk);
}

static void card_taken(Talk *talk)
{
	talk_send(talk, 0x35, CARD_P);
	talk_probe(talk);
	talk_answer_as(talk, talk_get_seq(talk), 0x4A, "");
	talk_say(talk, 0x4C, "T", "1,0002,24594,10000");
}

static void card_lost(Talk *talk)
{
	talk_send(talk, 0x35, CARD_P);
	talk_probe(talk);
	talk_answer_as(talk, talk_get_seq(talk), 0x4A, "");
	talk_say(talk, 0x4C, "T", "1,0002,24594,0");
	talk_say(talk, 0x35, CARD_P, "D14594");
}

static void card_unclear(Talk *talk)
{
	talk_send(talk, 0x35, CARD_P);
	talk_probe(talk);
	talk_answer_as(talk, talk_get_seq(talk), 0x4A, "");
	talk_say(talk, 0x4C, "T", "1,0002,24594");
}

static void card_not_taken(Talk *talk)
{
	talk_say(talk, 0x35, CARD_P, "F");
}

static void card_wants_other(Talk *talk)
{
	talk_say(talk, 0x35, CARD_P, "D14593");
}

static void card_says_nothing(Talk *talk)
{
	talk_say(talk, 0x35, CARD_P, "");
}

static void cash_kept(Talk *talk)
{
	talk_send(talk, 0x35, CASH_P);
	talk_probe(talk);
	talk_answer_as(talk, talk_get_seq(talk), 0x4A, "");
	talk_say(talk, 0x4C, "T", "1,0002,24594,24594");
}

static void close_lost(Talk *talk)
{
	talk_send(talk, 0x38, "");
	talk_send_again(talk);
	talk_answer(talk, "0003,0003");
	talk_say(talk, 0x71, "", "0000138");
	talk_say(talk, 0x3E, "", "03-06-26 10:17:12");
}

static void close_without_paper(Talk *talk)
{
	talk_set_status(talk, "A0 80 89 80 86 9A");
	talk_say(talk, 0x38, "", "");
}

static void close_without_number(Talk *talk)
{
	talk_say(talk, 0x38, "", "0003,0003");
	talk_say(talk, 0x71, "", "?");
}

static const Trouble troubles[] = {
	{ "NAK", nak, 1, -1 },
	{ "NAK for ever", nak_for_ever, 1, DEVICE_FAULT_PROTOCOL },
	{ "a damaged answer", damaged_answer, 1, -1 },
	{ "noise before an answer", noise_before, 1, -1 },
	{ "an answer with another SEQ", another_seq, 1, -1 },
	{ "an answer to another command", another_command, 1, -1 },
	{ "a late answer before ours", late_answer_first, 1, -1 },
	{ "a line was lost", line_lost, 1, -1 },
	{ "a line's answer was lost", line_taken, 1, -1 },
	{ "a line was taken twice", line_twice, 1, DEVICE_FAULT_OUTCOME_UNKNOWN },
	{ "a line was taken, SEQ forgotten", line_forgotten, 1, -1 },
	{ "silence after a line", line_then_silence, 1, DEVICE_FAULT_OUTCOME_UNKNOWN },
	{ "a payment's answer again", card_answer_again, 4, -1 },
	{ "it died in an answer", half_an_answer, 1, -1 },
	{ "the opening was lost", open_lost, 0, -1 },
	{ "the opening was done, SEQ forgotten", open_refused_again, 0,
	  DEVICE_FAULT_OUTCOME_UNKNOWN },
	{ "the opening was refused", open_refused, 0, DEVICE_FAULT_REFUSED },
	{ "no paper", no_paper, 1, DEVICE_FAULT_PAPER_OUT },
	{ "cover", cover, 1, DEVICE_FAULT_COVER_OPEN },
	{ "memory full", memory_full, 0, DEVICE_FAULT_MEMORY_FULL },
	{ "silent", silent, 0, DEVICE_FAULT_OUTCOME_UNKNOWN },
	{ "cable pulled", pulled, 0, DEVICE_FAULT_OUTCOME_UNKNOWN },
	{ "a payment was taken, SEQ forgotten", card_taken, 4, -1 },
	{ "a payment was lost", card_lost, 4, -1 },
	{ "it does not tell what was paid", card_unclear, 4, DEVICE_FAULT_OUTCOME_UNKNOWN },
	{ "a payment was not taken", card_not_taken, 4, DEVICE_FAULT_REFUSED },
	{ "another sum is due", card_wants_other, 4, DEVICE_FAULT_OUTCOME_UNKNOWN },
	{ "an empty answer to a payment", card_says_nothing, 4, DEVICE_FAULT_OUTCOME_UNKNOWN },
	{ "it tells what was kept", cash_kept, 5, -1 },
	{ "the close's answer was lost", close_lost, 6, -1 },
	{ "no paper for the close", close_without_paper, 6, DEVICE_FAULT_PAPER_OUT },
	{ "no number after the close", close_without_number, 6, DEVICE_FAULT_OUTCOME_UNKNOWN },
};

static void test_trouble(const void *data)
{
	const Trouble *trouble = data;
	g_autoptr(Talk) talk = talk_new('p');
	FiscalProof proof;
	Fixture fixture;

	trouble->speak(talk);
	datecs_set_up(&fixture, talk, "p");
	g_assert_cmpint(datecs_run_from(&fixture, &datecs_sale, trouble->step, 1, &proof), ==,
			trouble->fault);
	datecs_tear_down(&fixture);
}

/* Money goes in once: no second frame into silence, and if a question under its SEQ is answered as
 * a question, the engine has to find out. */
static void test_cash_and_z_are_not_repeated(void)
{
	static const FiscalKind kinds[] = { FISCAL_CASH_IN, FISCAL_SHIFT_CLOSE };

	for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
		g_autoptr(Talk) talk = talk_new('p');
		FiscalDocument document = { .kind = kinds[i], .total = eur(50000) };
		FiscalProof proof;
		Fixture fixture;

		say_status(talk, 'p', "0000137");
		talk_send(talk, i == 0 ? 0x46 : 0x45, i == 0 ? "500.00" : "");
		if (i == 1)
			talk_device(talk, "16 16");
		talk_probe(talk);
		talk_answer_as(talk, talk_get_seq(talk), 0x4A, "");
		datecs_set_up(&fixture, talk, "p");
		observe(&fixture);
		g_assert_cmpint(datecs_run_from(&fixture, &document, 0, 1, &proof), ==,
				DEVICE_FAULT_OUTCOME_UNKNOWN);
		datecs_tear_down(&fixture);
	}
}

static void test_z_answer_lost(void)
{
	g_autoptr(Talk) talk = talk_new('x');
	FiscalDocument z = { .kind = FISCAL_SHIFT_CLOSE };
	FiscalProof proof;
	Fixture fixture;

	talk_send(talk, 0x45, "Z\t");
	talk_device(talk, "16 16 16");
	talk_probe(talk);
	talk_answer(talk, "0\t41\t0.00\t245.94\t");
	talk_say(talk, 0x3E, "", "0\t03-06-26 22:00:00\t");
	datecs_set_up(&fixture, talk, "x");
	g_assert_cmpint(datecs_run_from(&fixture, &z, 0, 1, &proof), ==, -1);
	g_assert_cmpuint(proof.shift_number, ==, 41);
	datecs_tear_down(&fixture);
}

static void test_codes_of_x(void)
{
	static const struct {
		const char *answer;
		int fault;
	} cases[] = {
		{ "-100403\t", DEVICE_FAULT_PAPER_OUT },
		{ "-102002\t", DEVICE_FAULT_WRONG_PASSWORD },
		{ "-111015\t", DEVICE_FAULT_DOCUMENT_OPEN },
		{ "-100114\t", DEVICE_FAULT_MEMORY_FULL },
		{ "-100113\t", DEVICE_FAULT_NEEDS_SERVICE },
		{ "-111560\t", DEVICE_FAULT_OUTCOME_UNKNOWN },
		{ "-999999\t", DEVICE_FAULT_NEEDS_SERVICE },
		{ "", DEVICE_FAULT_PROTOCOL },
		{ "138\t", DEVICE_FAULT_NEEDS_SERVICE },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(Talk) talk = talk_new('x');
		FiscalProof proof;
		Fixture fixture;

		talk_say(talk, 0x30, OPEN_SALE_X, cases[i].answer);
		datecs_set_up(&fixture, talk, "x");
		g_assert_cmpint(datecs_run_from(&fixture, &datecs_sale, 0, 1, &proof), ==,
				cases[i].fault);
		datecs_tear_down(&fixture);
	}
}

static void test_not_ready(void)
{
	g_autoptr(Talk) talk = talk_new('x');
	FiscalProof proof;
	Fixture fixture;

	for (int i = 0; i < 3; i++)
		talk_say(talk, 0x30, OPEN_SALE_X, "-100008\t");
	talk_say(talk, 0x30, OPEN_SALE_X, "0\t138\t");
	for (int i = 0; i < 21; i++)
		talk_say(talk, 0x31, LINE_1_X, "-100008\t");
	datecs_set_up(&fixture, talk, "x");
	g_assert_cmpint(datecs_run_from(&fixture, &datecs_sale, 0, 1, &proof), ==, -1);
	g_assert_cmpint(datecs_run_from(&fixture, &datecs_sale, 1, 1, &proof), ==,
			DEVICE_FAULT_BUSY);
	datecs_tear_down(&fixture);
}

/* It says that its day is over 24 hours only when it is asked to sell. */
static void test_day_too_long(void)
{
	g_autoptr(Talk) talk = talk_new('x');
	FiscalDocument z = { .kind = FISCAL_SHIFT_CLOSE };
	FiscalProof proof;
	Fixture fixture;

	talk_say(talk, 0x30, OPEN_SALE_X, "-111024\t");
	say_status(talk, 'x', "137");
	talk_say(talk, 0x45, "Z\t", "0\t41\t0.00\t245.94\t");
	talk_say(talk, 0x3E, "", "0\t03-06-26 22:00:00\t");
	say_status(talk, 'x', "137");
	datecs_set_up(&fixture, talk, "x");
	g_assert_cmpint(datecs_run_from(&fixture, &datecs_sale, 0, 1, &proof), ==,
			DEVICE_FAULT_SHIFT_TOO_LONG);
	g_assert_true(observe(&fixture).shift_too_long);
	g_assert_cmpint(datecs_run_from(&fixture, &z, 0, 1, &proof), ==, -1);
	g_assert_cmpuint(proof.shift_number, ==, 41);
	g_assert_false(observe(&fixture).shift_too_long);
	datecs_tear_down(&fixture);
}

/* P has no word for it. */
static void test_day_too_long_p(void)
{
	g_autoptr(Talk) talk = talk_new('p');
	FiscalProof proof;
	Fixture fixture;

	talk_set_status(talk, "A0 82 80 80 86 9A");
	talk_say(talk, 0x30, OPEN_SALE_P, "");
	talk_set_status(talk, IDLE_P);
	talk_say(talk, 0x41, "", "0,24594,0,0,0,0,0,0");
	say_status(talk, 'p', "0000137");
	talk_set_status(talk, "A0 82 80 80 86 9A");
	talk_say(talk, 0x30, OPEN_SALE_P, "");
	talk_set_status(talk, IDLE_P);
	talk_say(talk, 0x41, "", "0,0,0,0,0,0,0,0");
	datecs_set_up(&fixture, talk, "p");
	g_assert_cmpint(datecs_run_from(&fixture, &datecs_sale, 0, 1, &proof), ==,
			DEVICE_FAULT_SHIFT_TOO_LONG);
	g_assert_true(observe(&fixture).shift_too_long);
	g_assert_cmpint(datecs_run_from(&fixture, &datecs_sale, 0, 1, &proof), ==,
			DEVICE_FAULT_REFUSED);
	datecs_tear_down(&fixture);
}

/* --- all else ------------------------------------------------------------------------------ */

static void test_kicks(void)
{
	const char *const texts[] = { "Утро", "b\tc", NULL };
	g_autoptr(Talk) talk = talk_new('p');
	g_autoptr(GError) error = NULL;
	Fixture fixture;

	talk_say(talk, 0x6A, "", "");
	talk_say(talk, 0x6D, "1", "");
	talk_say(talk, 0x3D, "03-06-26 10:15:00", "");
	talk_say(talk, 0x26, "", "0002");
	talk_say(talk, 0x2A, "\xD3\xF2\xF0\xEE", "");
	talk_say(talk, 0x2A, "bc", "");
	talk_say(talk, 0x27, "", "0002");
	talk_say(talk, 0x4A, "", "");
	datecs_set_up(&fixture, talk, "p");
	g_assert_true(fixture.driver->open_drawer(fixture.registrar, &error));
	g_assert_true(fixture.driver->print_copy(fixture.registrar, &error));
	g_assert_true(
		fixture.driver->set_clock(fixture.registrar, INT64_C(1780470900000000), &error));
	g_assert_true(fixture.driver->print_text(fixture.registrar, texts, &error));
	g_assert_true(fixture.driver->finish_print(fixture.registrar, &error));
	g_assert_no_error(error);
	datecs_tear_down(&fixture);
}

static void test_kicks_x(void)
{
	const char *const texts[] = { "Test", NULL };
	g_autoptr(Talk) talk = talk_new('x');
	g_autoptr(GError) error = NULL;
	Fixture fixture;

	talk_say(talk, 0x6A, "50\t", "0\t");
	talk_say(talk, 0x6D, "", "0\t");
	talk_say(talk, 0x3D, "03-06-26 10:15:00 DST\t", "0\t");
	talk_say(talk, 0x26, "", "0\t139\t");
	talk_say(talk, 0x2A, "Test\t", "0\t"); /* the vendor's own example */
	talk_say(talk, 0x27, "", "0\t139\t");
	datecs_set_up(&fixture, talk, "x");
	g_assert_true(fixture.driver->open_drawer(fixture.registrar, &error));
	g_assert_true(fixture.driver->print_copy(fixture.registrar, &error));
	g_assert_true(
		fixture.driver->set_clock(fixture.registrar, INT64_C(1780470900000000), &error));
	g_assert_true(fixture.driver->print_text(fixture.registrar, texts, &error));
	g_assert_no_error(error);
	datecs_tear_down(&fixture);
}

/* The slip is ended all the same: with it open nothing could be sold. */
static void test_text_without_paper(void)
{
	const char *const texts[] = { "a", "b", NULL };
	g_autoptr(Talk) talk = talk_new('p');
	g_autoptr(GError) error = NULL;
	Fixture fixture;

	talk_say(talk, 0x26, "", "0002");
	talk_set_status(talk, "A0 80 A1 80 86 9A");
	talk_say(talk, 0x2A, "a", "");
	talk_say(talk, 0x27, "", "");
	datecs_set_up(&fixture, talk, "p");
	g_assert_false(fixture.driver->print_text(fixture.registrar, texts, &error));
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_PAPER_OUT);
	datecs_tear_down(&fixture);
}

static void test_paper_is_awaited(void)
{
	static const struct {
		const char *status;
		int fault;
	} cases[] = {
		{ "A0 80 81 80 86 9A", DEVICE_FAULT_PAPER_OUT },
		{ "C0 80 80 80 86 9A", DEVICE_FAULT_COVER_OPEN },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(Talk) talk = talk_new('p');
		g_autoptr(GError) error = NULL;
		Fixture fixture;

		talk_set_status(talk, cases[i].status);
		talk_say(talk, 0x4A, "", "");
		datecs_set_up(&fixture, talk, "p");
		g_assert_false(fixture.driver->finish_print(fixture.registrar, &error));
		g_assert_error(error, DEVICE_FAULT, cases[i].fault);
		datecs_tear_down(&fixture);
	}
}

/* --- opening ------------------------------------------------------------------------------- */

/* Nobody said which family: X answers NAK to frames of the other. */
static void test_finds_family(void)
{
	g_autoptr(Talk) p = talk_new_empty('p', 0x1F);
	g_autoptr(Talk) x = talk_new_empty('x', 0x21);
	g_autofree char *text = NULL;
	g_autoptr(GError) error = NULL;
	struct fiscal *registrar;
	struct port *port;

	talk_send(p, 0x4A, "");
	talk_device(p, "15");
	talk_send(p, 0x4A, "");
	talk_say(x, 0x4A, "", "0\t");
	talk_say(x, 0x4A, "", "0\t");
	talk_say(x, 0x5A, "1\t", "0\tFP-700X\t1.00\t\t\tABCD\t00000000\tDT279013\t02279013\t");
	text = g_strconcat(talk_get_text(p), talk_get_text(x), NULL);
	port = port_new_transcript(text, &error);
	registrar = fiscal_driver_find("datecs")->open(port, NULL, &error);
	g_assert_no_error(error);
	g_assert_true(port_transcript_is_done(port));
	fiscal_driver_find("datecs")->close(registrar);
	port_close(port);
}

/* Our first SEQ happens to be the one it heard last: it says its last answer again. */
static void test_same_seq_at_opening(void)
{
	g_autoptr(Talk) talk = talk_new_empty('p', 0x1F);
	Fixture fixture;

	talk_send(talk, 0x4A, "");
	talk_answer_as(talk, talk_get_seq(talk), 0x38, "0001,0001");
	talk_say(talk, 0x4A, "", "");
	talk_say(talk, 0x5A, "1", "FP-2000,1.00BG,ABCD,00000000,DT279013,02279013");
	datecs_set_up(&fixture, talk, "p");
	datecs_tear_down(&fixture);
}

static void test_nobody_there(void)
{
	g_autoptr(Talk) talk = talk_new_empty('p', 0x1F);
	g_autoptr(GError) error = NULL;
	Fixture fixture;

	for (int i = 0; i < 4; i++)
		talk_send(talk, 0x4A, "");
	g_assert_null(datecs_open_with(&fixture, talk, "p", &error));
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_OFFLINE);
	datecs_tear_down(&fixture);
}

static void test_something_else_there(void)
{
	g_autoptr(Talk) talk = talk_new_empty('p', 0x1F);
	g_autoptr(GError) error = NULL;
	Fixture fixture;

	for (int i = 0; i < 4; i++) {
		talk_send(talk, 0x4A, "");
		talk_device(talk, "41 54 0D 0A");
		talk_device(talk, "01 02 03 04");
	}
	g_assert_null(datecs_open_with(&fixture, talk, "p", &error));
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_PROTOCOL);
	datecs_tear_down(&fixture);
}

/* One that does not tell its numbers sells without sale numbers. */
static void test_without_identity(void)
{
	g_autoptr(Talk) talk = talk_new_empty('p', 0x1F);
	FiscalProof proof;
	Fixture fixture;

	talk_say(talk, 0x4A, "", "");
	talk_say(talk, 0x4A, "", "");
	talk_set_status(talk, "A2 80 80 80 86 9A");
	talk_say(talk, 0x5A, "1", "");
	talk_set_status(talk, IDLE_P);
	talk_say(talk, 0x30, "1,0000,1", "0001,0001");
	datecs_set_up(&fixture, talk, "p");
	g_assert_cmpint(datecs_run_from(&fixture, &datecs_sale, 0, 1, &proof), ==, -1);
	datecs_tear_down(&fixture);
}

static void test_another_device_than_set(void)
{
	g_autoptr(Talk) talk = talk_new('p');
	g_autoptr(GHashTable) options = g_hash_table_new(g_str_hash, g_str_equal);
	g_autoptr(GError) error = NULL;
	struct port *port = port_new_transcript(talk_get_text(talk), &error);

	g_assert_no_error(error);
	g_hash_table_insert(options, (void *)"fiscal_memory", (void *)"02000001");
	g_assert_null(fiscal_driver_find("datecs")->open(port, options, &error));
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_REPLACED);
	port_close(port);
}

/* After 5Fh frames SEQ begins again. */
static void test_many_frames(void)
{
	g_autoptr(Talk) talk = talk_new('p');
	g_autoptr(GError) error = NULL;
	Fixture fixture;

	for (int i = 0; i < 100; i++)
		talk_say(talk, 0x6A, "", "");
	datecs_set_up(&fixture, talk, "p");
	for (int i = 0; i < 100; i++)
		g_assert_true(fixture.driver->open_drawer(fixture.registrar, &error));
	datecs_tear_down(&fixture);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/fiscal/datecs/status", test_status);
	g_test_add_func("/fiscal/datecs/status bits", test_status_bits);
	g_test_add_func("/fiscal/datecs/few questions", test_few_questions);
	g_test_add_func("/fiscal/datecs/sale with mixed payment", test_sale);
	g_test_add_func("/fiscal/datecs/other forms of numbers", test_other_numbers);
	g_test_add_func("/fiscal/datecs/it counts otherwise", test_it_counts_otherwise);
	g_test_add_func("/fiscal/datecs/reports", test_reports);
	g_test_add_func("/fiscal/datecs/cash", test_cash);
	g_test_add_func("/fiscal/datecs/cash and Z once", test_cash_and_z_are_not_repeated);
	g_test_add_func("/fiscal/datecs/Z, answer lost", test_z_answer_lost);
	g_test_add_func("/fiscal/datecs/a day too long, P", test_day_too_long_p);
	g_test_add_func("/fiscal/datecs/codes of family X", test_codes_of_x);
	g_test_add_func("/fiscal/datecs/not ready", test_not_ready);
	g_test_add_func("/fiscal/datecs/a day too long", test_day_too_long);
	g_test_add_func("/fiscal/datecs/drawer, copy, clock, text", test_kicks);
	g_test_add_func("/fiscal/datecs/the same of family X", test_kicks_x);
	g_test_add_func("/fiscal/datecs/text without paper", test_text_without_paper);
	g_test_add_func("/fiscal/datecs/paper is awaited", test_paper_is_awaited);
	g_test_add_func("/fiscal/datecs/finds its family", test_finds_family);
	g_test_add_func("/fiscal/datecs/the same SEQ at opening", test_same_seq_at_opening);
	g_test_add_func("/fiscal/datecs/nobody there", test_nobody_there);
	g_test_add_func("/fiscal/datecs/something else there", test_something_else_there);
	g_test_add_func("/fiscal/datecs/without identity", test_without_identity);
	g_test_add_func("/fiscal/datecs/another device than set", test_another_device_than_set);
	g_test_add_func("/fiscal/datecs/many frames", test_many_frames);
	for (size_t i = 0; i < G_N_ELEMENTS(troubles); i++) {
		g_autofree char *path =
			g_strconcat("/fiscal/datecs/trouble/", troubles[i].name, NULL);

		g_test_add_data_func(path, &troubles[i], test_trouble);
	}
	return g_test_run();
}
