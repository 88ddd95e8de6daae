/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/fiscal/ebarimt_sim.h"

#include <string.h>

#define POS_NO "10012619" /* of the service; the end of every id */

/* --- refusals --------------------------------------------------------------------------------- */

static PosApiAnswer answer_of(int status, json_t *json)
{
	return (PosApiAnswer){ .status = status, .json = json };
}

/* {"status":…,"message":…,"date":…} (§4); which HTTP status goes with it is not known (§11). */
static PosApiAnswer error_answer(PosApi *self, int status, const char *why)
{
	g_autofree char *date = posapi_now_text(self);
	g_autofree char *message = g_strdup_printf("Алдаа: %s", why);

	sim_log_words(self->context->log, "refused: %s", why);
	return answer_of(status, json_pack("{s:s, s:s, s:s}", "status", "ERROR", "message", message,
					   "date", date));
}

PosApiAnswer posapi_refuse(PosApi *self, const char *why)
{
	return error_answer(
		self, sim_faults_setting(self->context->faults, POSAPI_REFUSE_STATUS, 400), why);
}

static PosApiAnswer flag(PosApi *self, const char *why)
{
	sim_log_words(self->context->log, "FLAG: %s", why);
	return posapi_refuse(self, why);
}

/* --- numbers of a receipt --------------------------------------------------------------------- */

/* Twelve digits of the TIN, eight that count up, four, the sub-receipt, the service. */
static char *id_new(const json_t *request, int64_t serial, size_t sub)
{
	const char *tin = posapi_text(request, "merchantTin");
	size_t len = strlen(tin), skip = len > 12 ? len - 12 : 0;

	return g_strdup_printf("%.*s%s%08" G_GINT64_FORMAT "0000%zu" POS_NO, (int)(12 - len + skip),
			       "000000000000", tin + skip, serial % 100000000, sub);
}

/* Differs from receipt to receipt, and looks like no other number of it. */
static char *lottery_new(int64_t drawn)
{
	return g_strdup_printf("AB %08" G_GINT64_FORMAT, (12345678 + drawn * 7919) % 100000000);
}

static char *qr_new(int64_t serial)
{
	GString *text = g_string_new("4711");
	uint64_t state = (uint64_t)serial;

	while (text->len < 160) {
		state = state * 6364136223846793005U + 1442695040888963407U;
		g_string_append_printf(text, "%06u", (unsigned)(state >> 40) % 1000000);
	}
	return g_string_free(text, false);
}

/* A receipt of B2C gets a number, unless all of it is outside of VAT; what replaces another does
 * not (§3, §5). */
static bool wants_lottery(const json_t *request)
{
	const json_t *subs = json_object_get(request, "receipts");

	if (posapi_is_b2b(request) || !posapi_is_receipt(request) ||
	    json_is_string(json_object_get(request, "inactiveId")))
		return false;
	for (size_t i = 0; i < json_array_size(subs); i++)
		if (!g_str_has_prefix(posapi_text(json_array_get(subs, i), "taxType"), "NO"))
			return true;
	return false;
}

/* --- the answer to a receipt ------------------------------------------------------------------ */

static void put_text(json_t *to, const char *key, const char *text)
{
	json_object_set_new(to, key, json_string(text));
}

static json_t *numbered_subs(const json_t *request, int64_t serial)
{
	json_t *subs = json_deep_copy(json_object_get(request, "receipts"));

	for (size_t i = 0; i < json_array_size(subs); i++) {
		g_autofree char *id = id_new(request, serial, i + 1);
		json_t *sub = json_array_get(subs, i);

		put_text(sub, "id", id);
		if (!posapi_is_receipt(request))
			json_object_set_new(sub, "bankAccountId", posapi_json_new_number("1"));
	}
	return subs;
}

typedef struct {
	int64_t serial;
	char *id, *lottery, *qr, *date; /* owned */
	bool easy;
} Made;

static void made_clear(Made *self)
{
	g_free(self->id);
	g_free(self->lottery);
	g_free(self->qr);
	g_free(self->date);
}

static Made make(PosApi *self, const json_t *request)
{
	int64_t serial = posapi_memory_count(self, "serial") + 1;

	return (Made){ .serial = serial,
		       .id = id_new(request, serial, 0),
		       .lottery = g_strdup(""),
		       .qr = qr_new(serial),
		       .date = posapi_now_text(self),
		       .easy = json_is_string(json_object_get(request, "consumerNo")) &&
			       !sim_faults_take(self->context->faults, POSAPI_CONSUMER_UNKNOWN,
						NULL) };
}

static json_t *success(const json_t *request, const Made *made)
{
	json_t *json = json_object();

	put_text(json, "id", made->id);
	put_text(json, "version", "3.2.39");
	json_object_update(json, (json_t *)request);
	json_object_set_new(json, "receipts", numbered_subs(request, made->serial));
	json_object_set_new(json, "posId", posapi_json_new_number("100000001"));
	put_text(json, "status", "SUCCESS");
	put_text(json, "message", "");
	put_text(json, "qrData", made->qr);
	put_text(json, "lottery", made->lottery);
	put_text(json, "date", made->date);
	json_object_set_new(json, "easy", json_boolean(made->easy));
	return json;
}

static json_t *entry_of(const json_t *request, const Made *made)
{
	const char *replaces = posapi_text(request, "inactiveId");
	json_t *entry = json_pack("{s:s, s:I, s:I, s:I, s:s, s:s, s:s, s:s, s:b}", "kind",
				  *replaces != '\0' ? "replace" : "sale", "total",
				  (json_int_t)posapi_amount(request, "totalAmount"), "cash",
				  (json_int_t)posapi_paid(request, true), "card",
				  (json_int_t)posapi_paid(request, false), "id", made->id, "suffix",
				  posapi_text(request, "billIdSuffix"), "lottery", made->lottery,
				  "qr", made->qr, "active", 1);

	if (*replaces != '\0')
		put_text(entry, "replaces", replaces);
	put_text(entry, "type", posapi_text(request, "type"));
	put_text(entry, "merchant", posapi_text(request, "merchantTin"));
	put_text(entry, "branch", posapi_text(request, "branchNo"));
	put_text(entry, "pos", posapi_text(request, "posNo"));
	put_text(entry, "date", made->date);
	json_object_set_new(entry, "sent", json_false());
	json_object_set_new(entry, "confirmed", json_false());
	json_object_set_new(entry, "pending", json_false());
	return entry;
}

/* --- POST ------------------------------------------------------------------------------------- */

/* For a service that answers a repeated suffix with the first receipt. */
static void keep_answer(PosApi *self, const char *id, const json_t *answer)
{
	g_autofree char *text = posapi_json_dump(answer, false);

	put_text(json_object_get(self->memory, "answers"), id, text);
}

static PosApiAnswer book(PosApi *self, const json_t *request)
{
	json_t *old = posapi_memory_receipt(self, posapi_text(request, "inactiveId"));
	int64_t left = posapi_memory_count(self, "lotteries");
	Made made = make(self, request);
	PosApiAnswer answer;

	if (wants_lottery(request)) {
		g_free(made.lottery);
		made.lottery = lottery_new(4211 - left);
		posapi_memory_set_count(self, "lotteries", left - 1);
	}
	posapi_memory_set_count(self, "serial", made.serial);
	if (old != NULL)
		json_object_set_new(old, "active", json_false());
	answer = answer_of(200, success(request, &made));
	keep_answer(self, made.id, answer.json);
	posapi_memory_book(self, entry_of(request, &made));
	made_clear(&made);
	return answer;
}

/* Only its own taxpayer's newest receipt of a chain. */
static const char *cannot_replace(const PosApi *self, const json_t *request)
{
	const char *id = posapi_text(request, "inactiveId");
	const json_t *old = posapi_memory_receipt(self, id);

	if (*id == '\0')
		return NULL;
	if (old == NULL)
		return "inactiveId: there is no such receipt";
	if (!json_is_true(json_object_get(old, "active")))
		return "inactiveId: that receipt was replaced or voided before";
	if (!g_str_equal(posapi_text(old, "merchant"), posapi_text(request, "merchantTin")))
		return "inactiveId: that receipt is another merchant's";
	return NULL;
}

/* Status PAYMENT: neither booked nor fiscal. */
static PosApiAnswer not_paid(PosApi *self, const json_t *request)
{
	Made made = make(self, request);
	json_t *json;

	/* Its number is used up all the same: no two answers have one id. */
	posapi_memory_set_count(self, "serial", made.serial);
	posapi_memory_save(self);
	g_free(made.qr);
	made.qr = g_strdup("");
	json = success(request, &made);
	put_text(json, "status", "PAYMENT");
	put_text(json, "message", "Төлбөр дутуу");
	made_clear(&made);
	return answer_of(200, json);
}

static bool is_paid(const json_t *request)
{
	return !posapi_is_receipt(request) ||
	       posapi_paid(request, true) + posapi_paid(request, false) ==
		       posapi_amount(request, "totalAmount");
}

static PosApiAnswer repeated(PosApi *self, const json_t *first)
{
	const json_t *answers = json_object_get(self->memory, "answers");

	sim_log_words(self->context->log, "the suffix is that of %s", posapi_text(first, "id"));
	return (PosApiAnswer){ .status = 200,
			       .text = g_strdup(posapi_text(answers, posapi_text(first, "id"))) };
}

/* A shop's other reasons to be told no, and none of them a fault of the request. */
static const char *refusal(PosApi *self, const json_t *request)
{
	SimFaults *faults = self->context->faults;

	if (json_is_string(json_object_get(request, "customerTin")) &&
	    sim_faults_take(faults, POSAPI_BUYER_UNKNOWN, NULL))
		return "customerTin: not registered";
	if (json_is_string(json_object_get(request, "reportMonth")) &&
	    sim_faults_take(faults, POSAPI_MONTH_CLOSED, NULL))
		return "reportMonth: the month is closed";
	if (wants_lottery(request) && posapi_lotteries(self) <= 0)
		return "no lottery number is left";
	return NULL;
}

static PosApiAnswer post_checked(PosApi *self, const json_t *request)
{
	int suffix = sim_faults_setting(self->context->faults, POSAPI_SUFFIX, SUFFIX_REFUSE);
	const json_t *first = posapi_memory_same_suffix(self, request);
	const char *why;

	/* Before the rest: what the first of the two replaced is replaced by now. */
	if (first != NULL && suffix == SUFFIX_FIRST)
		return repeated(self, first);
	if (first != NULL && suffix == SUFFIX_REFUSE)
		return posapi_refuse(self, "billIdSuffix: was used before today");
	why = cannot_replace(self, request);
	if (why != NULL)
		return flag(self, why);
	if (!is_paid(request)) {
		sim_log_words(self->context->log, "FLAG: payments: are less than the total");
		return not_paid(self, request);
	}
	why = refusal(self, request);
	return why != NULL ? posapi_refuse(self, why) : book(self, request);
}

PosApiAnswer posapi_post(PosApi *self, const json_t *request)
{
	PosApiCheck check = { .sim = self };
	g_autofree char *why = NULL;

	if (!posapi_check_fields(&check, request) || !posapi_check_rules(&check, request)) {
		why = check.why;
		return flag(self, why);
	}
	if (sim_faults_take(self->context->faults, POSAPI_ERROR_200, NULL))
		return error_answer(self, 200, "the service cannot book now");
	if (sim_faults_take(self->context->faults, POSAPI_PAYMENT, NULL))
		return not_paid(self, request);
	return post_checked(self, request);
}

/* --- DELETE ----------------------------------------------------------------------------------- */

static const char *cannot_void(const json_t *receipt, const json_t *request)
{
	if (receipt == NULL)
		return "id: there is no such receipt";
	if (!g_str_equal(posapi_text(receipt, "date"), posapi_text(request, "date")))
		return "date: is not that of the receipt";
	if (!g_str_equal(posapi_text(receipt, "type"), "B2C_RECEIPT"))
		return "id: only a B2C_RECEIPT can be voided";
	if (!json_is_true(json_object_get(receipt, "active")))
		return "id: that receipt was replaced or voided before";
	if (json_is_true(json_object_get(receipt, "pending")))
		return "id: the citizen was asked before";
	return NULL;
}

/* Of a receipt that the citizen has confirmed, it waits until they agree (§5). */
static void void_receipt(PosApi *self, json_t *receipt)
{
	bool waits = json_is_true(json_object_get(receipt, "confirmed"));
	json_t *entry = json_copy(receipt);
	g_autofree char *now = posapi_now_text(self);

	json_object_set_new(receipt, "pending", json_boolean(waits));
	json_object_set_new(receipt, "active", json_boolean(waits));
	json_object_del(entry, "replaces");
	put_text(entry, "kind", "void");
	put_text(entry, "suffix", "");
	put_text(entry, "lottery", "");
	put_text(entry, "qr", "");
	put_text(entry, "date", now);
	json_object_set_new(entry, "active", json_false());
	json_object_set_new(entry, "sent", json_false());
	json_object_set_new(entry, "pending", json_boolean(waits));
	posapi_memory_book(self, entry);
}

PosApiAnswer posapi_void(PosApi *self, const json_t *request)
{
	PosApiCheck check = { .sim = self };
	g_autofree char *wrong = NULL;
	json_t *receipt;
	const char *why;

	if (!posapi_check_void(&check, request)) {
		wrong = check.why;
		return flag(self, wrong);
	}
	receipt = posapi_memory_receipt(self, posapi_text(request, "id"));
	why = cannot_void(receipt, request);
	if (why != NULL)
		return flag(self, why);
	void_receipt(self, receipt);
	return (PosApiAnswer){ .status = 200 };
}
