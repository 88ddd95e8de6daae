/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/fiscal/ebarimt_sim.h"

#include <string.h>

/* GET calls and control lines. */

static json_t *number_of(int64_t value)
{
	g_autofree char *text = g_strdup_printf("%" G_GINT64_FORMAT, value);

	return posapi_json_new_number(text);
}

static json_t *merchants_of(const PosApi *self)
{
	json_t *list = json_deep_copy(json_object_get(self->memory, "merchants"));

	for (size_t i = 0; i < json_array_size(list); i++)
		json_object_set_new(json_array_get(list, i), "customers", json_array());
	return list;
}

PosApiAnswer posapi_info(PosApi *self)
{
	json_t *json = json_pack(
		"{s:s, s:s, s:o, s:s, s:s, s:s, s:o, s:{}, s:[{s:s, s:s}, {s:s, s:s}], "
		"s:o, s:{s:b}}",
		"operatorName", "Demo", "operatorTIN", "11111111111", "posId",
		posapi_json_new_number("100000001"), "posNo", "10012619", "version", "3.2.39",
		"lastSentDate", posapi_text(self->memory, "last_sent"), "leftLotteries",
		number_of(posapi_lotteries(self)), "appInfo", "paymentTypes", "code", "CASH",
		"name", "Бэлэн", "code", "PAYMENT_CARD", "name", "Карт", "merchants",
		merchants_of(self), "condition", "isMedicine", 0);

	return (PosApiAnswer){ .status = 200, .json = json };
}

PosApiAnswer posapi_send(PosApi *self)
{
	json_t *book = json_object_get(self->memory, "book");
	g_autofree char *now = posapi_now_text(self);
	int n = 0;

	if (sim_faults_take(self->context->faults, POSAPI_SEND_FAILS, NULL))
		return posapi_refuse(self, "the authority does not answer");
	for (size_t i = 0; i < json_array_size(book); i++) {
		json_t *entry = json_array_get(book, i);

		n += !json_is_true(json_object_get(entry, "sent"));
		json_object_set_new(entry, "sent", json_true());
	}
	json_object_set_new(self->memory, "last_sent", json_string(now));
	posapi_memory_save(self);
	sim_log_words(self->context->log, "SENT %d documents", n);
	return (PosApiAnswer){ .status = 200,
			       .json = json_pack("{s:s, s:s}", "status", "SUCCESS", "message",
						 "Амжилттай") };
}

PosApiAnswer posapi_bank_accounts(PosApi *self, const char *tin)
{
	const json_t *merchant = posapi_memory_merchant(self, tin);
	json_t *account;

	if (merchant == NULL) {
		sim_log_words(self->context->log, "FLAG: tin: merchant %s is not known", tin);
		return posapi_refuse(self, "tin: is not known");
	}
	account =
		json_pack("{s:o, s:s, s:s, s:s, s:o, s:s, s:s}", "id", posapi_json_new_number("1"),
			  "tin", tin, "bankAccountNo", "5001234567", "bankAccountName",
			  posapi_text(merchant, "name"), "bankId", posapi_json_new_number("5"),
			  "bankName", "Хаан банк", "iBan", "MN120005005001234567");
	return (PosApiAnswer){ .status = 200, .json = json_pack("[o]", account) };
}

/* --- control lines ---------------------------------------------------------------------------- */

/* "2026-06-03 10:15:30" */
static bool set_clock(PosApi *self, const char *text)
{
	g_autofree char *stamp = g_strdelimit(g_strdup(text), " ", 'T');
	g_autoptr(GTimeZone) zone = g_time_zone_new_local();
	g_autoptr(GDateTime) at = g_date_time_new_from_iso8601(stamp, zone);
	g_autoptr(GDateTime) now = g_date_time_new_now_local();

	if (at == NULL)
		return false;
	posapi_memory_set_count(self, "clock_offset",
				g_date_time_difference(at, now) / G_USEC_PER_SEC);
	return true;
}

static bool set_lotteries(PosApi *self, const char *text)
{
	gint64 n;

	if (!g_ascii_string_to_signed(text, 10, 0, 100000000, &n, NULL))
		return false;
	posapi_memory_set_count(self, "lotteries", n);
	return true;
}

/* "22222222222 other Corner shop" */
static bool add_merchant(PosApi *self, const char *text)
{
	g_auto(GStrv) words = g_strsplit(text, " ", 3);
	json_t *list = json_object_get(self->memory, "merchants");
	bool payer;

	if (g_strv_length(words) != 3 || posapi_memory_merchant(self, words[0]) != NULL)
		return false;
	payer = g_str_equal(words[1], "payer");
	if (!payer && !g_str_equal(words[1], "other"))
		return false;
	json_array_append_new(list, json_pack("{s:s, s:s, s:b}", "tin", words[0], "name", words[2],
					      "vatPayer", (int)payer));
	return true;
}

static bool confirm(PosApi *self, const char *id)
{
	json_t *receipt = posapi_memory_receipt(self, id);

	return receipt != NULL && json_object_set_new(receipt, "confirmed", json_true()) == 0;
}

static bool agree(PosApi *self, const char *id)
{
	json_t *receipt = posapi_memory_receipt(self, id);

	if (receipt == NULL || !json_is_true(json_object_get(receipt, "pending")))
		return false;
	json_object_set_new(receipt, "pending", json_false());
	json_object_set_new(receipt, "active", json_false());
	return true;
}

static bool show_book(PosApi *self, const char *rest)
{
	const json_t *book = json_object_get(self->memory, "book");
	g_autofree char *end = g_strdup_printf("end|%zu documents", json_array_size(book));

	for (size_t i = 0; i < json_array_size(book); i++) {
		const json_t *entry = json_array_get(book, i);
		g_autofree char *total =
			posapi_amount_text(json_integer_value(json_object_get(entry, "total")));
		g_autofree char *line = g_strdup_printf(
			"%zu|%s|%s|%s|%s", i + 1, posapi_text(entry, "kind"), total,
			posapi_text(entry, "id"),
			json_is_true(json_object_get(entry, "active")) ? "active" : "not active");

		sim_log_mark(self->context->log, "BOOK", line);
	}
	sim_log_mark(self->context->log, "BOOK", end);
	return true;
}

bool posapi_control(PosApi *self, const char *line)
{
	static const struct {
		const char *word;
		bool (*obey)(PosApi *self, const char *rest);
	} orders[] = {
		{ "clock ", set_clock },       { "lotteries ", set_lotteries },
		{ "merchant ", add_merchant }, { "confirm ", confirm },
		{ "agree ", agree },	       { "book", show_book },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(orders); i++) {
		if (!g_str_has_prefix(line, orders[i].word))
			continue;
		if (!orders[i].obey(self, line + strlen(orders[i].word)))
			return false;
		posapi_memory_save(self);
		sim_log_words(self->context->log, "done: %s", line);
		return true;
	}
	return false;
}
