/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "datecs_fixture.h"

#include <string.h>

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

static void last_p(Talk *talk, const char *receipt_answer, const char *number)
{
	datecs_say_receipt(talk, receipt_answer);
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
	datecs_say_receipt(talk, "1,0001,11094,0");
}

static void open_larger(Talk *talk)
{
	talk_set_status(talk, OPEN_P);
	datecs_say_receipt(talk, "1,0003,24595,0");
}

static void open_paid(Talk *talk)
{
	talk_set_status(talk, OPEN_P);
	datecs_say_receipt(talk, "1,0002,24594,10000");
}

static void open_paid_other(Talk *talk)
{
	talk_set_status(talk, OPEN_P);
	datecs_say_receipt(talk, "1,0002,24593,10000");
}

static void storno_open(Talk *talk)
{
	talk_set_status(talk, "80 90 88 80 86 9A");
	datecs_say_receipt(talk, "1,0001,11094,0");
}

static void service_open(Talk *talk)
{
	talk_set_status(talk, "80 80 A0 80 86 9A");
	datecs_say_receipt(talk, "0,0000,0,0");
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
	datecs_say_receipt(talk, answer);
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
	datecs_say_receipt(talk, CLOSED_P);
	talk_say(talk, 0x40, "0", "F");
}

static void x_by_sums(Talk *talk)
{
	x_closed(talk, CLOSED_X, "0\t\x80\x80\x88\x80\x86\x9A\x80\x80\t");
}

static void x_same_number(Talk *talk)
{
	x_closed(talk, "0\t0\t137\t2\t245.94\t245.94\t",
		 "0\t0\t0\t137\t245.94\t137\t03-06-26 10:10:00\t");
}

/* 4Ch counts the open one alone. */
static void x_by_qr_alone(Talk *talk)
{
	x_closed(talk, "0\t0\t0\t0\t0.00\t0.00\t", "0\t0\t0\t0\t245.94\t138\t03-06-26 10:17:12\t");
}

static void x_storno_open(Talk *talk)
{
	datecs_say_receipt(talk, "0\t3\t138\t1\t67.50\t0.00\t");
}

static void x_sale_open(Talk *talk)
{
	datecs_say_receipt(talk, "0\t1\t138\t1\t67.50\t0.00\t");
}

static void x_service_open(Talk *talk)
{
	datecs_say_receipt(talk, "0\t5\t138\t0\t0.00\t0.00\t");
}

static void cash_same(Talk *talk)
{
	datecs_say_receipt(talk, CLOSED_P);
	talk_say(talk, 0x46, "0", "P,50000,50000,0");
}

static void cash_in(Talk *talk)
{
	datecs_say_receipt(talk, CLOSED_P);
	talk_say(talk, 0x46, "0", "P,745.94,745.94,0");
}

static void cash_other(Talk *talk)
{
	datecs_say_receipt(talk, CLOSED_P);
	talk_say(talk, 0x46, "0", "P,50001,50000,0");
}

static void cash_out(Talk *talk)
{
	datecs_say_receipt(talk, CLOSED_P);
	talk_say(talk, 0x46, "0", "P,25406,50000,24594");
}

static void z_same(Talk *talk)
{
	datecs_say_receipt(talk, CLOSED_P);
	talk_say(talk, 0x40, "0", "P,0040,0,0,0,0,0,0,0,0,020626");
}

static void z_made(Talk *talk)
{
	datecs_say_receipt(talk, CLOSED_P);
	talk_say(talk, 0x40, "0", "P,0041,0,0,0,0,0,0,0,0,030626");
}

static void z_two(Talk *talk)
{
	datecs_say_receipt(talk, CLOSED_P);
	talk_say(talk, 0x40, "0", "P,0042,0,0,0,0,0,0,0,0,030626");
}

static void z_not_told(Talk *talk)
{
	datecs_say_receipt(talk, CLOSED_P);
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
	{ "the QR code alone is told", 'x', FISCAL_SALE, x_by_qr_alone, FISCAL_MADE, 138, false },
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
	datecs_set_up(&fixture, talk, family);
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
		if (doubt->kind != FISCAL_SALE)
			g_assert_cmpint(proof.change.minor, ==, 0);
	}
	datecs_tear_down(&fixture);
}

static void test_change_and_time_after_doubt(void)
{
	g_autoptr(Talk) talk = talk_new('x');
	FiscalIntent intent = intent_of(FISCAL_SALE);
	FiscalProof proof;
	Fixture fixture;

	x_by_qr(talk);
	datecs_set_up(&fixture, talk, "x");
	g_assert_cmpint(reconcile(&fixture, &intent, false, &proof, NULL), ==, FISCAL_MADE);
	g_assert_cmpint(proof.change.minor, ==, 5406);
	g_assert_cmpstr(proof.at, ==, "2026-06-03T10:17:12");
	datecs_tear_down(&fixture);
}

static void test_another_memory(void)
{
	g_autoptr(Talk) talk = talk_new('p');
	FiscalIntent intent = intent_of(FISCAL_SALE);
	g_autoptr(GError) error = NULL;
	FiscalProof proof;
	Fixture fixture;

	strcpy(intent.before.serial, "02279014");
	datecs_say_receipt(talk, CLOSED_P);
	datecs_set_up(&fixture, talk, "p");
	g_assert_cmpint(reconcile(&fixture, &intent, false, &proof, &error), ==,
			FISCAL_CANNOT_TELL);
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_REPLACED);
	datecs_tear_down(&fixture);
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
	datecs_say_receipt(talk, "1,0002,24594");
	datecs_say_receipt(talk, "1,0002,24594");
	talk_set_status(talk, IDLE_P);
	talk_say(talk, 0x3C, "", "");
	talk_say(talk, 0x71, "", "0000138");
	last_p(talk, "0,0002,24594", "0000138");
	datecs_set_up(&fixture, talk, "p");
	g_assert_cmpint(reconcile(&fixture, &intent, false, &proof, &error), ==, FISCAL_OPEN_OURS);
	g_assert_true(fixture.driver->cancel_open(fixture.registrar, &error));
	g_assert_cmpint(reconcile(&fixture, &intent, false, &proof, &error), ==, FISCAL_NOT_MADE);
	g_assert_no_error(error);
	datecs_tear_down(&fixture);
}

/* In the middle of a receipt it does not say who it is; afterwards it does. */
static void test_says_who_it_is_later(void)
{
	g_autoptr(Talk) talk = talk_new_empty('p', 0x1F);
	FiscalIntent intent = intent_of(FISCAL_SALE);
	g_autoptr(GError) error = NULL;
	FiscalProof proof;
	Fixture fixture;

	talk_set_status(talk, OPEN_P);
	talk_say(talk, 0x4A, "", "");
	talk_say(talk, 0x4A, "", "");
	for (int i = 0; i < 2; i++) {
		talk_set_status(talk, "A0 82 88 80 86 9A");
		talk_say(talk, 0x5A, "1", "");
	}
	talk_set_status(talk, OPEN_P);
	datecs_say_receipt(talk, "1,0001,11094,0");
	datecs_say_receipt(talk, "1,0001,11094,0");
	talk_set_status(talk, IDLE_P);
	talk_say(talk, 0x3C, "", "");
	talk_say(talk, 0x71, "", "0000137");
	talk_say(talk, 0x5A, "1", "FP-2000,1.00BG,ABCD,00000000,DT279013,02279013");
	last_p(talk, "0,0001,11094,0", "0000137");
	datecs_set_up(&fixture, talk, "p");
	g_assert_cmpint(reconcile(&fixture, &intent, false, &proof, &error), ==, FISCAL_OPEN_OURS);
	g_assert_true(fixture.driver->cancel_open(fixture.registrar, &error));
	g_assert_cmpint(reconcile(&fixture, &intent, false, &proof, &error), ==, FISCAL_NOT_MADE);
	g_assert_no_error(error);
	datecs_tear_down(&fixture);
}

static void test_cancel_answer_lost(void)
{
	g_autoptr(Talk) talk = talk_new('p');
	g_autoptr(GError) error = NULL;
	Fixture fixture;

	talk_set_status(talk, OPEN_P);
	datecs_say_receipt(talk, "1,0002,24594,0");
	talk_send(talk, 0x3C, "");
	talk_send_again(talk);
	talk_set_status(talk, "A0 82 80 80 86 9A"); /* it has forgotten the SEQ */
	talk_answer(talk, "");
	talk_set_status(talk, IDLE_P);
	datecs_say_receipt(talk, "0,0002,24594,0");
	talk_say(talk, 0x71, "", "0000138");
	datecs_set_up(&fixture, talk, "p");
	g_assert_true(fixture.driver->cancel_open(fixture.registrar, &error));
	g_assert_no_error(error);
	datecs_tear_down(&fixture);
}

/* It does not tell what was paid, but refuses to cancel: then somebody has paid. */
static void test_cannot_be_cancelled(void)
{
	g_autoptr(Talk) talk = talk_new('x');
	FiscalIntent intent = intent_of(FISCAL_SALE);
	g_autoptr(GError) error = NULL;
	FiscalProof proof;
	Fixture fixture;

	datecs_say_receipt(talk, "0\t1\t138\t2\t245.94\t\t");
	datecs_say_receipt(talk, "0\t1\t138\t2\t245.94\t\t");
	talk_say(talk, 0x3C, "", "-111018\t");
	datecs_say_receipt(talk, "0\t1\t138\t2\t245.94\t\t");
	datecs_say_receipt(talk, "0\t1\t138\t2\t245.94\t\t");
	datecs_set_up(&fixture, talk, "x");
	g_assert_cmpint(reconcile(&fixture, &intent, false, &proof, &error), ==, FISCAL_OPEN_OURS);
	g_assert_false(fixture.driver->cancel_open(fixture.registrar, &error));
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_DOCUMENT_OPEN);
	g_clear_error(&error);
	g_assert_cmpint(reconcile(&fixture, &intent, false, &proof, &error), ==, FISCAL_OPEN_PAID);
	datecs_tear_down(&fixture);
}

static void test_cancel_what_is_paid(void)
{
	g_autoptr(Talk) talk = talk_new('p');
	g_autoptr(GError) error = NULL;
	Fixture fixture;

	talk_set_status(talk, OPEN_P);
	datecs_say_receipt(talk, "1,0002,24594,10000");
	datecs_set_up(&fixture, talk, "p");
	g_assert_false(fixture.driver->cancel_open(fixture.registrar, &error));
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_DOCUMENT_OPEN);
	datecs_tear_down(&fixture);
}

static void test_cancel_text(void)
{
	g_autoptr(Talk) talk = talk_new('p');
	g_autoptr(GError) error = NULL;
	Fixture fixture;

	service_open(talk);
	talk_set_status(talk, IDLE_P);
	talk_say(talk, 0x27, "", "0002");
	datecs_set_up(&fixture, talk, "p");
	g_assert_true(fixture.driver->cancel_open(fixture.registrar, &error));
	g_assert_no_error(error);
	datecs_tear_down(&fixture);
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

	datecs_say_receipt(talk, rest->open);
	for (int i = 0; i < 2 && rest->pays[i][0] != NULL; i++)
		talk_say(talk, 0x35, rest->pays[i][0], rest->pays[i][1]);
	if (rest->closes)
		talk_say(talk, 0x38, "", "0001,0001");
	datecs_set_up(&fixture, talk, "p");
	g_assert_true(fixture.driver->finish_open(fixture.registrar, &datecs_sale, &error) ==
		      rest->finishes);
	g_assert_true((error == NULL) == rest->finishes);
	datecs_tear_down(&fixture);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/fiscal/datecs/change after doubt", test_change_and_time_after_doubt);
	g_test_add_func("/fiscal/datecs/another memory", test_another_memory);
	g_test_add_func("/fiscal/datecs/cancel and ask again", test_cancel_and_ask_again);
	g_test_add_func("/fiscal/datecs/says who it is later", test_says_who_it_is_later);
	g_test_add_func("/fiscal/datecs/cancel, answer lost", test_cancel_answer_lost);
	g_test_add_func("/fiscal/datecs/cannot be cancelled", test_cannot_be_cancelled);
	g_test_add_func("/fiscal/datecs/cancel what is paid", test_cancel_what_is_paid);
	g_test_add_func("/fiscal/datecs/cancel text", test_cancel_text);
	for (size_t i = 0; i < G_N_ELEMENTS(doubts); i++) {
		g_autofree char *path = g_strconcat("/fiscal/datecs/doubt/", doubts[i].name, NULL);

		g_test_add_data_func(path, &doubts[i], test_doubt);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(rests); i++) {
		g_autofree char *path = g_strconcat("/fiscal/datecs/rest/", rests[i].name, NULL);

		g_test_add_data_func(path, &rests[i], test_rest);
	}
	return g_test_run();
}
