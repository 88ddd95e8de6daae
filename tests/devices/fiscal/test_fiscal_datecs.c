/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/fiscal/fiscal.h"

#include "datecs_talk.h"

#include <string.h>

/* The driver against recorded conversations. */
typedef struct {
	struct port *port;
	const struct fiscal_driver *driver;
	struct fiscal *registrar;
} Fixture;

#define IDLE_P "80 80 80 80 86 9A"
#define OPEN_P "80 80 88 80 86 9A"
#define OPEN_X "80 80 88 80 86 9A 80 80"

static struct fiscal *open_with(Fixture *fixture, const Talk *talk, const char *family,
				GError **error)
{
	g_autoptr(GHashTable) options = g_hash_table_new(g_str_hash, g_str_equal);
	g_autoptr(GError) broken = NULL;

	g_hash_table_insert(options, (void *)"timezone", (void *)"Europe/Sofia");
	if (family != NULL)
		g_hash_table_insert(options, (void *)"family", (void *)family);
	fixture->driver = fiscal_driver_find("datecs");
	g_assert_nonnull(fixture->driver);
	fixture->port = port_new_transcript(talk_get_text(talk), &broken);
	g_assert_no_error(broken);
	fixture->registrar = fixture->driver->open(fixture->port, options, error);
	return fixture->registrar;
}

static void set_up(Fixture *fixture, const Talk *talk, const char *family)
{
	g_autoptr(GError) error = NULL;

	open_with(fixture, talk, family, &error);
	g_assert_no_error(error);
}

static void tear_down(Fixture *fixture)
{
	g_assert_true(port_transcript_is_done(fixture->port));
	if (fixture->registrar != NULL)
		fixture->driver->close(fixture->registrar);
	port_close(fixture->port);
}

static Money eur(int64_t minor)
{
	return (Money){ .minor = minor, .currency = 978 };
}

static const FiscalLine lines[] = {
	{ .name = "Tea",
	  .quantity = { 1234000 },
	  .price = { 8990, 978 },
	  .sum = { 11094, 978 },
	  .discount = { 0, 978 },
	  .tax = FISCAL_TAX_STANDARD,
	  .unit = UNIT_OTHER },
	{ .name = "Rice",
	  .quantity = { 2000000 },
	  .price = { 7500, 978 },
	  .sum = { 13500, 978 },
	  .discount = { 1500, 978 },
	  .tax = FISCAL_TAX_STANDARD,
	  .unit = UNIT_OTHER },
};

static const FiscalDocument sale = {
	.kind = FISCAL_SALE,
	.sale_id = "T1-41-1",
	.id = 1,
	.lines = lines,
	.n_lines = G_N_ELEMENTS(lines),
	.paid = { [TENDER_CASH] = { 20000, 978 }, [TENDER_CARD] = { 10000, 978 } },
	.total = { 24594, 978 },
};

#define UNP "DT279013-0001-0000001"
#define OPEN_SALE_P "1,0000,1," UNP
#define OPEN_SALE_X "1\t0000\t" UNP "\t1\t\t"
#define LINE_1_P                                                                                   \
	"Tea\t\xC1"                                                                                \
	"89.90*1.234"
#define LINE_2_P                                                                                   \
	"Rice\t\xC1"                                                                               \
	"75.00*2.000;-15.00"
#define LINE_1_X "Tea\t2\t89.90\t1.234\t0\t\t0\t"
#define LINE_2_X "Rice\t2\t75.00\t2.000\t4\t15.00\t0\t"
#define CARD_P "\tD100.00"
#define CASH_P "\tP200.00"
#define CARD_X "1\t100.00\t\t"
#define CASH_X "0\t200.00\t\t"

/* Runs steps from @first till the first fault; -1 if there was none. */
static int run_from(Fixture *fixture, const FiscalDocument *document, int first, int n_steps,
		    FiscalProof *proof)
{
	const struct fiscal_driver *driver = fixture->driver;
	g_autoptr(GError) error = NULL;
	struct fiscal_plan *plan = driver->plan(fixture->registrar, document, &error);
	int end = first + n_steps, fault = -1;

	g_assert_no_error(error);
	g_assert_cmpint(end, <=, driver->plan_n_steps(plan));
	for (int i = first; i < end && fault < 0; i++) {
		if (!driver->step(fixture->registrar, plan, i, proof, &error)) {
			g_test_message("step %d: %s", i, error->message);
			fault = error->code;
		}
	}
	driver->plan_free(plan);
	return fault;
}

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
	set_up(&fixture, talk, name);
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
	tear_down(&fixture);
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
	set_up(&fixture, talk, "p");
	status = observe(&fixture);
	g_assert_true(status.paper_out);
	g_assert_true(status.paper_near_end);
	g_assert_true(status.cover_open);
	g_assert_true(status.memory_near_full);
	g_assert_false(status.memory_full);
	g_assert_true(status.document_open);
	g_assert_cmpint(status.open_total.minor, ==, 11094);
	g_assert_cmpint(status.open_lines, ==, 1);
	tear_down(&fixture);
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
	set_up(&fixture, talk, "p");
	status = observe(&fixture);
	g_assert_cmpuint(status.shift_number, ==, 0);
	g_assert_cmpint(status.clock, ==, 0);
	g_assert_cmpint(run_from(&fixture, &cash, 0, 1, &proof), ==, DEVICE_FAULT_REFUSED);
	tear_down(&fixture);
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
	set_up(&fixture, talk, name);
	observe(&fixture);
	g_assert_cmpint(run_from(&fixture, &sale, 0, 7, &proof), ==, -1);
	g_assert_cmpuint(proof.document_number, ==, 138);
	g_assert_cmpuint(proof.shift_number, ==, 41);
	g_assert_cmpuint(proof.receipt_number, ==, x ? 0 : 1);
	g_assert_cmpstr(proof.sign, ==, "02279013");
	g_assert_cmpstr(proof.serial, ==, "02279013");
	g_assert_cmpstr(proof.id, ==, UNP);
	g_assert_cmpstr(proof.at, ==, "2026-06-03T10:17:12");
	g_assert_cmpint(proof.change.minor, ==, 5406);
	g_assert_cmpint(proof.change.currency, ==, 978);
	tear_down(&fixture);
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
	FiscalDocument exact = sale;
	FiscalProof proof;
	Fixture fixture;

	exact.paid[TENDER_CASH] = eur(14594);
	say_lines(talk, 'p');
	talk_say(talk, 0x35, CARD_P, "D 145.94");
	talk_say(talk, 0x35, "\tP145.94", "D 0.00");
	talk_say(talk, 0x38, "", "0001,0001");
	talk_say(talk, 0x71, "", "0000138");
	talk_say(talk, 0x3E, "", "03-06-26 10:17:12");
	set_up(&fixture, talk, "p");
	g_assert_cmpint(run_from(&fixture, &exact, 0, 7, &proof), ==, -1);
	g_assert_cmpint(proof.change.minor, ==, 0);
	tear_down(&fixture);
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
	set_up(&fixture, talk, "p");
	g_assert_cmpint(run_from(&fixture, &sale, 0, 7, &proof), ==, DEVICE_FAULT_REFUSED);
	tear_down(&fixture);
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
	set_up(&fixture, talk, "p");
	g_assert_cmpint(run_from(&fixture, &x, 0, 1, &proof), ==, -1);
	g_assert_cmpint(run_from(&fixture, &z, 0, 1, &proof), ==, -1);
	g_assert_cmpuint(proof.shift_number, ==, 41);
	g_assert_cmpuint(proof.document_number, ==, 0);
	g_assert_cmpstr(proof.sign, ==, "");
	tear_down(&fixture);
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
	set_up(&fixture, talk, "p");
	observe(&fixture);
	g_assert_cmpint(run_from(&fixture, &in, 0, 1, &proof), ==, -1);
	g_assert_cmpuint(proof.document_number, ==, 0);
	g_assert_cmpint(run_from(&fixture, &out, 0, 1, &proof), ==, DEVICE_FAULT_NO_CASH);
	tear_down(&fixture);
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
	set_up(&fixture, talk, "p");
	g_assert_cmpint(run_from(&fixture, &sale, trouble->step, 1, &proof), ==, trouble->fault);
	tear_down(&fixture);
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
		set_up(&fixture, talk, "p");
		observe(&fixture);
		g_assert_cmpint(run_from(&fixture, &document, 0, 1, &proof), ==,
				DEVICE_FAULT_OUTCOME_UNKNOWN);
		tear_down(&fixture);
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
	set_up(&fixture, talk, "x");
	g_assert_cmpint(run_from(&fixture, &z, 0, 1, &proof), ==, -1);
	g_assert_cmpuint(proof.shift_number, ==, 41);
	tear_down(&fixture);
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
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(Talk) talk = talk_new('x');
		FiscalProof proof;
		Fixture fixture;

		talk_say(talk, 0x30, OPEN_SALE_X, cases[i].answer);
		set_up(&fixture, talk, "x");
		g_assert_cmpint(run_from(&fixture, &sale, 0, 1, &proof), ==, cases[i].fault);
		tear_down(&fixture);
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
	set_up(&fixture, talk, "x");
	g_assert_cmpint(run_from(&fixture, &sale, 0, 1, &proof), ==, -1);
	g_assert_cmpint(run_from(&fixture, &sale, 1, 1, &proof), ==, DEVICE_FAULT_BUSY);
	tear_down(&fixture);
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
	set_up(&fixture, talk, "x");
	g_assert_cmpint(run_from(&fixture, &sale, 0, 1, &proof), ==, DEVICE_FAULT_SHIFT_TOO_LONG);
	g_assert_true(observe(&fixture).shift_too_long);
	g_assert_cmpint(run_from(&fixture, &z, 0, 1, &proof), ==, -1);
	g_assert_cmpuint(proof.shift_number, ==, 41);
	g_assert_false(observe(&fixture).shift_too_long);
	tear_down(&fixture);
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
	set_up(&fixture, talk, "p");
	g_assert_cmpint(run_from(&fixture, &sale, 0, 1, &proof), ==, DEVICE_FAULT_SHIFT_TOO_LONG);
	g_assert_true(observe(&fixture).shift_too_long);
	g_assert_cmpint(run_from(&fixture, &sale, 0, 1, &proof), ==, DEVICE_FAULT_REFUSED);
	tear_down(&fixture);
}

/* --- what became of it --------------------------------------------------------------------- */

typedef struct {
	const char *name;
	char family;
	FiscalKind kind;
	void (*speak)(Talk *talk);
	FiscalVerdict verdict;
	uint32_t number; /* of the proof */
	bool used; /* that number is the proof of another sale */
} Doubt;

#define CLOSED_P "0,0002,24594,30000"

static void receipt(Talk *talk, const char *answer)
{
	talk_say(talk, 0x4C, strchr(answer, '\t') != NULL ? "" : "T", answer);
}

static void last_p(Talk *talk, const char *receipt_answer, const char *number)
{
	receipt(talk, receipt_answer);
	talk_say(talk, 0x71, "", number);
}

static void made_by_unp(Talk *talk)
{
	last_p(talk, CLOSED_P, "0000138");
	talk_say(talk, 0x30, "*", "0000138," UNP);
}

/* It forgets the sums of a receipt that is closed. */
static void made_by_unp_alone(Talk *talk)
{
	last_p(talk, "0,0000,0,0", "0000138");
	talk_say(talk, 0x30, "*", "0000138," UNP);
	talk_say(talk, 0x46, "0", "P,64594,50000,0");
}

/* Then it is not known that it was paid. */
static void our_unp_and_no_cash(Talk *talk)
{
	last_p(talk, "0,0000,0,0", "0000138");
	talk_say(talk, 0x30, "*", "0000138," UNP);
	talk_say(talk, 0x46, "0", "P,50000,50000,0");
}

/* A report took a number after it. */
static void made_before_a_report(Talk *talk)
{
	last_p(talk, CLOSED_P, "0000139");
	talk_say(talk, 0x30, "*", "0000138," UNP);
}

static void same_number(Talk *talk)
{
	last_p(talk, "0,0002,24594,24594", "0000137");
}

static void fewer(Talk *talk)
{
	last_p(talk, CLOSED_P, "0000001");
}

static void cancelled_with_our_unp(Talk *talk)
{
	last_p(talk, "0,0002,24594,0", "0000138");
	talk_say(talk, 0x30, "*", "0000138," UNP);
}

/* The document before ours has a smaller counter of the same operator. */
static void older_unp(Talk *talk)
{
	last_p(talk, CLOSED_P, "0000138");
	talk_say(talk, 0x30, "*", "0000138,DT279013-0001-0000000");
}

static void unp_of_another_till(Talk *talk)
{
	last_p(talk, CLOSED_P, "0000138");
	talk_say(talk, 0x30, "*", "0000138,DT279013-0002-0000009");
}

static void unps_of_another_till(Talk *talk)
{
	last_p(talk, CLOSED_P, "0000139");
	talk_say(talk, 0x30, "*", "0000139,DT279013-0002-0000009");
}

static void one_without_unp(Talk *talk)
{
	last_p(talk, CLOSED_P, "0000138");
	talk_say(talk, 0x30, "*", "0000138,");
}

static void two_without_unp(Talk *talk)
{
	last_p(talk, CLOSED_P, "0000139");
	talk_say(talk, 0x30, "*", "0000139,");
}

static void knows_no_unp(Talk *talk, const char *receipt_answer, const char *number)
{
	last_p(talk, receipt_answer, number);
	talk_set_status(talk, "A1 80 80 80 86 9A");
	talk_say(talk, 0x30, "*", "");
}

static void by_sums(Talk *talk)
{
	knows_no_unp(talk, CLOSED_P, "0000138");
}

static void by_other_sums(Talk *talk)
{
	knows_no_unp(talk, "0,0002,24593,24593", "0000138");
}

static void by_sums_unpaid(Talk *talk)
{
	knows_no_unp(talk, "0,0002,24594,0", "0000138");
}

static void by_sums_not_told(Talk *talk)
{
	knows_no_unp(talk, "0,0002,24594", "0000138");
}

static void by_sums_of_two(Talk *talk)
{
	knows_no_unp(talk, CLOSED_P, "0000139");
}

static void return_by_sums(Talk *talk)
{
	last_p(talk, "0,0001,245.94,245.94", "0000138");
}

static void sums_forgotten(Talk *talk)
{
	knows_no_unp(talk, "0,0000,0,0", "0000138");
}

static void return_sums_forgotten(Talk *talk)
{
	last_p(talk, "0,0000,0,0", "0000138");
	talk_say(talk, 0x30, "*", "0000138," UNP ",DT279013-0001-0000002");
}

static void return_sums_forgotten_of_a_sale(Talk *talk)
{
	last_p(talk, "0,0000,0,0", "0000138");
	talk_say(talk, 0x30, "*", "0000138," UNP);
}

static void return_below_zero(Talk *talk)
{
	last_p(talk, "0,0001,-245.94,-245.94", "0000138");
}

static void open_unpaid(Talk *talk)
{
	talk_set_status(talk, OPEN_P);
	receipt(talk, "1,0001,11094,0");
}

static void open_larger(Talk *talk)
{
	talk_set_status(talk, OPEN_P);
	receipt(talk, "1,0003,24595,0");
}

static void open_paid(Talk *talk)
{
	talk_set_status(talk, OPEN_P);
	receipt(talk, "1,0002,24594,10000");
}

static void open_paid_other(Talk *talk)
{
	talk_set_status(talk, OPEN_P);
	receipt(talk, "1,0002,24593,10000");
}

static void storno_open(Talk *talk)
{
	talk_set_status(talk, "80 90 88 80 86 9A");
	receipt(talk, "1,0001,11094,0");
}

static void service_open(Talk *talk)
{
	talk_set_status(talk, "80 80 A0 80 86 9A");
	receipt(talk, "0,0000,0,0");
}

static void silence(Talk *talk)
{
	talk_send(talk, 0x4C, "T");
	for (int i = 0; i < 4; i++)
		talk_send_again(talk);
}

#define CLOSED_X "0\t0\t138\t2\t245.94\t300.00\t"

static void x_closed(Talk *talk, const char *answer, const char *qr)
{
	receipt(talk, answer);
	receipt(talk, answer);
	if (qr != NULL)
		talk_say(talk, 0x4A, "0\t", qr);
}

static void x_by_qr(Talk *talk)
{
	x_closed(talk, CLOSED_X, "0\t0\t0\t138\t245.94\t138\t03-06-26 10:17:12\t");
}

/* Without an error field; a document took a number after it. */
static void x_by_qr_before_a_report(Talk *talk)
{
	x_closed(talk, "0\t0\t139\t2\t245.94\t300.00\t",
		 "0\t0\t139\t245.94\t138\t03-06-26 10:17:12\t");
}

static void x_by_qr_of_other_sum(Talk *talk)
{
	x_closed(talk, CLOSED_X, "0\t0\t0\t138\t245.95\t138\t03-06-26 10:17:12\t");
}

static void x_by_old_qr(Talk *talk)
{
	x_closed(talk, "0\t0\t138\t2\t245.94\t0.00\t",
		 "0\t0\t0\t138\t245.94\t137\t03-06-26 10:10:00\t");
}

/* Codes are off, sums say that it was made. */
static void x_by_sums_with_old_qr(Talk *talk)
{
	x_closed(talk, CLOSED_X, "0\t0\t0\t138\t9.99\t12\t01-01-26 10:10:00\t");
}

static void x_sums_forgotten(Talk *talk)
{
	x_closed(talk, "0\t0\t138\t0\t0.00\t0.00\t", "0\t0\t0\t138\t9.99\t12\t01-01-26 10:10:00\t");
}

static void z_first(Talk *talk)
{
	receipt(talk, CLOSED_P);
	talk_say(talk, 0x40, "0", "F");
}

static void x_by_sums(Talk *talk)
{
	x_closed(talk, CLOSED_X, "0\t\x80\x80\x88\x80\x86\x9A\x80\x80\t");
}

static void x_same_number(Talk *talk)
{
	x_closed(talk, "0\t0\t137\t2\t245.94\t245.94\t", NULL);
}

static void x_storno_open(Talk *talk)
{
	receipt(talk, "0\t3\t138\t1\t67.50\t0.00\t");
}

static void x_sale_open(Talk *talk)
{
	receipt(talk, "0\t1\t138\t1\t67.50\t0.00\t");
}

static void x_service_open(Talk *talk)
{
	receipt(talk, "0\t5\t138\t0\t0.00\t0.00\t");
}

static void cash_same(Talk *talk)
{
	receipt(talk, CLOSED_P);
	talk_say(talk, 0x46, "0", "P,50000,50000,0");
}

static void cash_in(Talk *talk)
{
	receipt(talk, CLOSED_P);
	talk_say(talk, 0x46, "0", "P,745.94,745.94,0");
}

static void cash_other(Talk *talk)
{
	receipt(talk, CLOSED_P);
	talk_say(talk, 0x46, "0", "P,50001,50000,0");
}

static void cash_out(Talk *talk)
{
	receipt(talk, CLOSED_P);
	talk_say(talk, 0x46, "0", "P,25406,50000,24594");
}

static void z_same(Talk *talk)
{
	receipt(talk, CLOSED_P);
	talk_say(talk, 0x40, "0", "P,0040,0,0,0,0,0,0,0,0,020626");
}

static void z_made(Talk *talk)
{
	receipt(talk, CLOSED_P);
	talk_say(talk, 0x40, "0", "P,0041,0,0,0,0,0,0,0,0,030626");
}

static void z_two(Talk *talk)
{
	receipt(talk, CLOSED_P);
	talk_say(talk, 0x40, "0", "P,0042,0,0,0,0,0,0,0,0,030626");
}

static void z_not_told(Talk *talk)
{
	receipt(talk, CLOSED_P);
	talk_set_status(talk, "A2 80 80 80 86 9A");
	talk_say(talk, 0x40, "0", "");
}

static const Doubt doubts[] = {
	{ "the sale number is ours", 'p', FISCAL_SALE, made_by_unp, FISCAL_MADE, 138, false },
	{ "our sale number and no sums", 'p', FISCAL_SALE, our_unp_and_no_cash, FISCAL_CANNOT_TELL,
	  0, false },
	{ "our sale number, no sums, cash came in", 'p', FISCAL_SALE, made_by_unp_alone,
	  FISCAL_MADE, 138, false },
	{ "a report came after", 'p', FISCAL_SALE, made_before_a_report, FISCAL_MADE, 138, false },
	{ "its number is another's proof", 'p', FISCAL_SALE, made_by_unp, FISCAL_CANNOT_TELL, 0,
	  true },
	{ "the same number", 'p', FISCAL_SALE, same_number, FISCAL_NOT_MADE, 0, false },
	{ "fewer documents than before", 'p', FISCAL_SALE, fewer, FISCAL_FOREIGN, 0, false },
	{ "cancelled, with our sale number", 'p', FISCAL_SALE, cancelled_with_our_unp,
	  FISCAL_NOT_MADE, 0, false },
	{ "an older sale number", 'p', FISCAL_SALE, older_unp, FISCAL_NOT_MADE, 0, false },
	{ "another till's", 'p', FISCAL_SALE, unp_of_another_till, FISCAL_FOREIGN, 0, false },
	{ "two of another till", 'p', FISCAL_SALE, unps_of_another_till, FISCAL_CANNOT_TELL, 0,
	  false },
	{ "one that is no sale", 'p', FISCAL_SALE, one_without_unp, FISCAL_NOT_MADE, 0, false },
	{ "two, the last is no sale", 'p', FISCAL_SALE, two_without_unp, FISCAL_CANNOT_TELL, 0,
	  false },
	{ "by its sums", 'p', FISCAL_SALE, by_sums, FISCAL_MADE, 138, false },
	{ "by its sums, used", 'p', FISCAL_SALE, by_sums, FISCAL_NOT_MADE, 0, true },
	{ "other sums", 'p', FISCAL_SALE, by_other_sums, FISCAL_NOT_MADE, 0, false },
	{ "our sum, unpaid", 'p', FISCAL_SALE, by_sums_unpaid, FISCAL_NOT_MADE, 0, false },
	{ "our sum, payment not told", 'p', FISCAL_SALE, by_sums_not_told, FISCAL_CANNOT_TELL, 0,
	  false },
	{ "two documents and sums", 'p', FISCAL_SALE, by_sums_of_two, FISCAL_CANNOT_TELL, 0,
	  false },
	{ "a return by its sums", 'p', FISCAL_SALE_RETURN, return_by_sums, FISCAL_MADE, 138,
	  false },
	{ "sums forgotten", 'p', FISCAL_SALE, sums_forgotten, FISCAL_CANNOT_TELL, 0, false },
	{ "a return, sums forgotten", 'p', FISCAL_SALE_RETURN, return_sums_forgotten, FISCAL_MADE,
	  138, false },
	{ "a return, sums forgotten, of a sale", 'p', FISCAL_SALE_RETURN,
	  return_sums_forgotten_of_a_sale, FISCAL_CANNOT_TELL, 0, false },
	{ "a return below zero", 'p', FISCAL_SALE_RETURN, return_below_zero, FISCAL_MADE, 138,
	  false },
	{ "open, unpaid", 'p', FISCAL_SALE, open_unpaid, FISCAL_OPEN_OURS, 0, false },
	{ "open, too large", 'p', FISCAL_SALE, open_larger, FISCAL_FOREIGN, 0, false },
	{ "open, paid", 'p', FISCAL_SALE, open_paid, FISCAL_OPEN_PAID, 0, false },
	{ "open, paid, another sum", 'p', FISCAL_SALE, open_paid_other, FISCAL_FOREIGN, 0, false },
	{ "open while we make a report", 'p', FISCAL_SHIFT_CLOSE, open_unpaid, FISCAL_FOREIGN, 0,
	  false },
	{ "a storno hangs open", 'p', FISCAL_SALE, storno_open, FISCAL_FOREIGN, 0, false },
	{ "our storno hangs open", 'p', FISCAL_SALE_RETURN, storno_open, FISCAL_OPEN_OURS, 0,
	  false },
	{ "a storno or not", 'p', FISCAL_SALE_RETURN, open_unpaid, FISCAL_OPEN_OURS, 0, false },
	{ "text hangs open", 'p', FISCAL_SALE, service_open, FISCAL_OPEN_OURS, 0, false },
	{ "silence", 'p', FISCAL_SALE, silence, FISCAL_CANNOT_TELL, 0, false },
	{ "the QR code is ours", 'x', FISCAL_SALE, x_by_qr, FISCAL_MADE, 138, false },
	{ "the QR code is another's", 'x', FISCAL_SALE, x_by_qr, FISCAL_CANNOT_TELL, 0, true },
	{ "the QR code is ours, a report after", 'x', FISCAL_SALE, x_by_qr_before_a_report,
	  FISCAL_MADE, 138, false },
	{ "the QR code of another sum", 'x', FISCAL_SALE, x_by_qr_of_other_sum, FISCAL_FOREIGN, 0,
	  false },
	{ "the QR code is old", 'x', FISCAL_SALE, x_by_old_qr, FISCAL_NOT_MADE, 0, false },
	{ "QR codes are off", 'x', FISCAL_SALE, x_by_sums_with_old_qr, FISCAL_MADE, 138, false },
	{ "QR codes are off, sums forgotten", 'x', FISCAL_SALE, x_sums_forgotten,
	  FISCAL_CANNOT_TELL, 0, false },
	{ "no QR code is told", 'x', FISCAL_SALE, x_by_sums, FISCAL_MADE, 138, false },
	{ "the same slip", 'x', FISCAL_SALE, x_same_number, FISCAL_NOT_MADE, 0, false },
	{ "a storno is open", 'x', FISCAL_SALE, x_storno_open, FISCAL_FOREIGN, 0, false },
	{ "our storno is open", 'x', FISCAL_SALE_RETURN, x_storno_open, FISCAL_OPEN_OURS, 0,
	  false },
	{ "a sale is open", 'x', FISCAL_SALE_RETURN, x_sale_open, FISCAL_FOREIGN, 0, false },
	{ "a slip of text is open", 'x', FISCAL_SALE, x_service_open, FISCAL_OPEN_OURS, 0, false },
	{ "cash as before", 'p', FISCAL_CASH_IN, cash_same, FISCAL_NOT_MADE, 0, false },
	{ "cash went in", 'p', FISCAL_CASH_IN, cash_in, FISCAL_MADE, 0, false },
	{ "other cash went in", 'p', FISCAL_CASH_IN, cash_other, FISCAL_FOREIGN, 0, false },
	{ "cash went out", 'p', FISCAL_CASH_OUT, cash_out, FISCAL_MADE, 0, false },
	{ "the same Z", 'p', FISCAL_SHIFT_CLOSE, z_same, FISCAL_NOT_MADE, 0, false },
	{ "the next Z", 'p', FISCAL_SHIFT_CLOSE, z_made, FISCAL_MADE, 0, false },
	{ "two Z", 'p', FISCAL_SHIFT_CLOSE, z_two, FISCAL_FOREIGN, 0, false },
	{ "it has made no Z", 'p', FISCAL_SHIFT_CLOSE, z_first, FISCAL_CANNOT_TELL, 0, false },
	{ "Z is not told", 'p', FISCAL_SHIFT_CLOSE, z_not_told, FISCAL_CANNOT_TELL, 0, false },
};

static bool is_used(const char *serial, uint32_t number, void *data)
{
	const bool *used = data;

	g_assert_cmpstr(serial, ==, "02279013");
	g_assert_cmpuint(number, ==, 138);
	return *used;
}

static FiscalIntent intent_of(FiscalKind kind)
{
	return (FiscalIntent){ .kind = kind,
			       .before = { .serial = "02279013",
					   .last_document = 137,
					   .shift_number = 41,
					   .cash = { 50000, 978 } },
			       .total = { 24594, 978 },
			       .sale_id = "T1-41-1",
			       .id = 1 };
}

static FiscalVerdict reconcile(Fixture *fixture, const FiscalIntent *intent, bool used,
			       FiscalProof *proof, GError **error)
{
	return fixture->driver->reconcile(fixture->registrar, intent, is_used, &used, proof, error);
}

static void test_doubt(const void *data)
{
	const Doubt *doubt = data;
	const char family[] = { doubt->family, '\0' };
	g_autoptr(Talk) talk = talk_new(doubt->family);
	FiscalIntent intent = intent_of(doubt->kind);
	bool explains = doubt->verdict == FISCAL_FOREIGN || doubt->verdict == FISCAL_CANNOT_TELL;
	g_autoptr(GError) error = NULL;
	FiscalProof proof;
	Fixture fixture;

	doubt->speak(talk);
	set_up(&fixture, talk, family);
	g_assert_cmpint(reconcile(&fixture, &intent, doubt->used, &proof, &error), ==,
			doubt->verdict);
	g_assert_true(explains == (error != NULL));
	if (doubt->verdict == FISCAL_MADE) {
		g_assert_cmpuint(proof.document_number, ==, doubt->number);
		g_assert_cmpuint(proof.shift_number, ==, 41);
		g_assert_cmpstr(proof.serial, ==, "02279013");
		g_assert_cmpstr(proof.sign, ==, doubt->number != 0 ? "02279013" : "");
		g_assert_cmpstr(proof.id, ==, doubt->kind == FISCAL_SALE ? UNP : "");
		g_assert_cmpint(proof.change.currency, ==, 978);
	}
	tear_down(&fixture);
}

static void test_change_and_time_after_doubt(void)
{
	g_autoptr(Talk) talk = talk_new('x');
	FiscalIntent intent = intent_of(FISCAL_SALE);
	FiscalProof proof;
	Fixture fixture;

	x_by_qr(talk);
	set_up(&fixture, talk, "x");
	g_assert_cmpint(reconcile(&fixture, &intent, false, &proof, NULL), ==, FISCAL_MADE);
	g_assert_cmpint(proof.change.minor, ==, 5406);
	g_assert_cmpstr(proof.at, ==, "2026-06-03T10:17:12");
	tear_down(&fixture);
}

static void test_another_memory(void)
{
	g_autoptr(Talk) talk = talk_new('p');
	FiscalIntent intent = intent_of(FISCAL_SALE);
	g_autoptr(GError) error = NULL;
	FiscalProof proof;
	Fixture fixture;

	strcpy(intent.before.serial, "02279014");
	set_up(&fixture, talk, "p");
	g_assert_cmpint(reconcile(&fixture, &intent, false, &proof, &error), ==,
			FISCAL_CANNOT_TELL);
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_REPLACED);
	tear_down(&fixture);
}

/* Cancelled by us, all lines in it, and the slip took a number: asked again it is not made, though
 * number and sum are as if it were. */
static void test_cancel_and_ask_again(void)
{
	g_autoptr(Talk) talk = talk_new('p');
	FiscalIntent intent = intent_of(FISCAL_SALE);
	g_autoptr(GError) error = NULL;
	FiscalProof proof;
	Fixture fixture;

	talk_set_status(talk, OPEN_P);
	receipt(talk, "1,0002,24594");
	receipt(talk, "1,0002,24594");
	talk_set_status(talk, IDLE_P);
	talk_say(talk, 0x3C, "", "");
	talk_say(talk, 0x71, "", "0000138");
	last_p(talk, "0,0002,24594", "0000138");
	set_up(&fixture, talk, "p");
	g_assert_cmpint(reconcile(&fixture, &intent, false, &proof, &error), ==, FISCAL_OPEN_OURS);
	g_assert_true(fixture.driver->cancel_open(fixture.registrar, &error));
	g_assert_cmpint(reconcile(&fixture, &intent, false, &proof, &error), ==, FISCAL_NOT_MADE);
	g_assert_no_error(error);
	tear_down(&fixture);
}

static void test_cancel_answer_lost(void)
{
	g_autoptr(Talk) talk = talk_new('p');
	g_autoptr(GError) error = NULL;
	Fixture fixture;

	talk_set_status(talk, OPEN_P);
	receipt(talk, "1,0002,24594,0");
	talk_send(talk, 0x3C, "");
	talk_send_again(talk);
	talk_set_status(talk, "A0 82 80 80 86 9A"); /* it has forgotten the SEQ */
	talk_answer(talk, "");
	talk_set_status(talk, IDLE_P);
	receipt(talk, "0,0002,24594,0");
	talk_say(talk, 0x71, "", "0000138");
	set_up(&fixture, talk, "p");
	g_assert_true(fixture.driver->cancel_open(fixture.registrar, &error));
	g_assert_no_error(error);
	tear_down(&fixture);
}

/* It does not tell what was paid, but refuses to cancel: then somebody has paid. */
static void test_cannot_be_cancelled(void)
{
	g_autoptr(Talk) talk = talk_new('x');
	FiscalIntent intent = intent_of(FISCAL_SALE);
	g_autoptr(GError) error = NULL;
	FiscalProof proof;
	Fixture fixture;

	receipt(talk, "0\t1\t138\t2\t245.94\t\t");
	receipt(talk, "0\t1\t138\t2\t245.94\t\t");
	talk_say(talk, 0x3C, "", "-111018\t");
	receipt(talk, "0\t1\t138\t2\t245.94\t\t");
	receipt(talk, "0\t1\t138\t2\t245.94\t\t");
	set_up(&fixture, talk, "x");
	g_assert_cmpint(reconcile(&fixture, &intent, false, &proof, &error), ==, FISCAL_OPEN_OURS);
	g_assert_false(fixture.driver->cancel_open(fixture.registrar, &error));
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_DOCUMENT_OPEN);
	g_clear_error(&error);
	g_assert_cmpint(reconcile(&fixture, &intent, false, &proof, &error), ==, FISCAL_OPEN_PAID);
	tear_down(&fixture);
}

static void test_cancel_what_is_paid(void)
{
	g_autoptr(Talk) talk = talk_new('p');
	g_autoptr(GError) error = NULL;
	Fixture fixture;

	talk_set_status(talk, OPEN_P);
	receipt(talk, "1,0002,24594,10000");
	set_up(&fixture, talk, "p");
	g_assert_false(fixture.driver->cancel_open(fixture.registrar, &error));
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_DOCUMENT_OPEN);
	tear_down(&fixture);
}

static void test_cancel_text(void)
{
	g_autoptr(Talk) talk = talk_new('p');
	g_autoptr(GError) error = NULL;
	Fixture fixture;

	service_open(talk);
	talk_set_status(talk, IDLE_P);
	talk_say(talk, 0x27, "", "0002");
	set_up(&fixture, talk, "p");
	g_assert_true(fixture.driver->cancel_open(fixture.registrar, &error));
	g_assert_no_error(error);
	tear_down(&fixture);
}

/* --- finishing what cannot be cancelled ---------------------------------------------------- */

typedef struct {
	const char *name;
	const char *open; /* 4Ch */
	const char *pays[2][2]; /* 35h and its answer */
	bool closes;
	bool finishes;
} Rest;

static const Rest rests[] = {
	{ "the card is paid", "1,0002,24594,10000", { { CASH_P, "R5406" } }, true, true },
	{ "all is paid", "1,0002,24594,30000", { { NULL } }, true, true },
	{ "all is kept", "1,0002,24594,24594", { { NULL } }, true, true },
	{ "nothing is",
	  "1,0002,24594,0",
	  { { CARD_P, "D14594" }, { CASH_P, "R5406" } },
	  true,
	  true },
	{ "some cash is, nobody knows why",
	  "1,0002,24594,20000",
	  { { "\tP45.94", "R0" } },
	  true,
	  true },
	{ "part of the card is",
	  "1,0002,24594,4000",
	  { { "\tD60.00", "D14594" }, { "\tP145.94", "R0" } },
	  true,
	  true },
	{ "another sum", "1,0002,24595,10000", { { NULL } }, false, false },
	{ "paid is not told", "1,0002,24594", { { "\t", "D0" } }, true, true },
	{ "not taken", "1,0002,24594,10000", { { CASH_P, "F" } }, false, false },
	{ "closed already", "0,0002,24594,30000", { { NULL } }, false, true },
};

static void test_rest(const void *data)
{
	const Rest *rest = data;
	g_autoptr(Talk) talk = talk_new('p');
	g_autoptr(GError) error = NULL;
	Fixture fixture;

	receipt(talk, rest->open);
	for (int i = 0; i < 2 && rest->pays[i][0] != NULL; i++)
		talk_say(talk, 0x35, rest->pays[i][0], rest->pays[i][1]);
	if (rest->closes)
		talk_say(talk, 0x38, "", "0001,0001");
	set_up(&fixture, talk, "p");
	g_assert_true(fixture.driver->finish_open(fixture.registrar, &sale, &error) ==
		      rest->finishes);
	g_assert_true((error == NULL) == rest->finishes);
	tear_down(&fixture);
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
	set_up(&fixture, talk, "p");
	g_assert_true(fixture.driver->open_drawer(fixture.registrar, &error));
	g_assert_true(fixture.driver->print_copy(fixture.registrar, &error));
	g_assert_true(
		fixture.driver->set_clock(fixture.registrar, INT64_C(1780470900000000), &error));
	g_assert_true(fixture.driver->print_text(fixture.registrar, texts, &error));
	g_assert_true(fixture.driver->finish_print(fixture.registrar, &error));
	g_assert_no_error(error);
	tear_down(&fixture);
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
	set_up(&fixture, talk, "x");
	g_assert_true(fixture.driver->open_drawer(fixture.registrar, &error));
	g_assert_true(fixture.driver->print_copy(fixture.registrar, &error));
	g_assert_true(
		fixture.driver->set_clock(fixture.registrar, INT64_C(1780470900000000), &error));
	g_assert_true(fixture.driver->print_text(fixture.registrar, texts, &error));
	g_assert_no_error(error);
	tear_down(&fixture);
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
	set_up(&fixture, talk, "p");
	g_assert_false(fixture.driver->print_text(fixture.registrar, texts, &error));
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_PAPER_OUT);
	tear_down(&fixture);
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
		set_up(&fixture, talk, "p");
		g_assert_false(fixture.driver->finish_print(fixture.registrar, &error));
		g_assert_error(error, DEVICE_FAULT, cases[i].fault);
		tear_down(&fixture);
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
	set_up(&fixture, talk, "p");
	tear_down(&fixture);
}

static void test_nobody_there(void)
{
	g_autoptr(Talk) talk = talk_new_empty('p', 0x1F);
	g_autoptr(GError) error = NULL;
	Fixture fixture;

	for (int i = 0; i < 4; i++)
		talk_send(talk, 0x4A, "");
	g_assert_null(open_with(&fixture, talk, "p", &error));
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_OFFLINE);
	tear_down(&fixture);
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
	g_assert_null(open_with(&fixture, talk, "p", &error));
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_PROTOCOL);
	tear_down(&fixture);
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
	set_up(&fixture, talk, "p");
	g_assert_cmpint(run_from(&fixture, &sale, 0, 1, &proof), ==, -1);
	tear_down(&fixture);
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
	set_up(&fixture, talk, "p");
	for (int i = 0; i < 100; i++)
		g_assert_true(fixture.driver->open_drawer(fixture.registrar, &error));
	tear_down(&fixture);
}

static void add_tables(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(troubles); i++) {
		g_autofree char *path =
			g_strconcat("/fiscal/datecs/trouble/", troubles[i].name, NULL);

		g_test_add_data_func(path, &troubles[i], test_trouble);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(doubts); i++) {
		g_autofree char *path = g_strconcat("/fiscal/datecs/doubt/", doubts[i].name, NULL);

		g_test_add_data_func(path, &doubts[i], test_doubt);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(rests); i++) {
		g_autofree char *path = g_strconcat("/fiscal/datecs/rest/", rests[i].name, NULL);

		g_test_add_data_func(path, &rests[i], test_rest);
	}
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
	g_test_add_func("/fiscal/datecs/change after doubt", test_change_and_time_after_doubt);
	g_test_add_func("/fiscal/datecs/another memory", test_another_memory);
	g_test_add_func("/fiscal/datecs/cancel and ask again", test_cancel_and_ask_again);
	g_test_add_func("/fiscal/datecs/cancel, answer lost", test_cancel_answer_lost);
	g_test_add_func("/fiscal/datecs/cannot be cancelled", test_cannot_be_cancelled);
	g_test_add_func("/fiscal/datecs/cancel what is paid", test_cancel_what_is_paid);
	g_test_add_func("/fiscal/datecs/cancel text", test_cancel_text);
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
	add_tables();
	return g_test_run();
}
