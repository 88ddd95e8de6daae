/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/devices/fiscal/ebarimt_service.h"
#include "tests/wait_file.h"

#include <string.h>

/* The simulated service against the bytes of the page on eBarimt: §4 to §7, and its memory. */

#define CLOCK "clock 2026-06-03 10:15:30"

static void test_page_is_copied_well(void)
{
	g_assert_cmpuint(strlen(page_sale), ==, 925);
	g_assert_cmpuint(strlen(page_rest), ==, 868);
	g_assert_cmpuint(strlen(page_void), ==, 71);
}

static void test_state_of_the_service(void)
{
	Service s = service_new("info", NULL);
	json_t *json = service_ask(&s, 200, "GET", "/rest/info", NULL);
	json_t *merchant = json_array_get(json_object_get(json, "merchants"), 0);

	g_assert_cmpstr(text_of(json, "posNo"), ==, "10012619");
	g_assert_cmpstr(text_of(json, "lastSentDate"), ==, "2026-06-03 09:58:11");
	g_assert_cmpint(json_integer_value(json_object_get(json, "leftLotteries")), ==, 4211);
	g_assert_cmpint(json_integer_value(json_object_get(json, "posId")), ==, 100000001);
	g_assert_cmpuint(json_array_size(json_object_get(json, "paymentTypes")), ==, 2);
	g_assert_cmpstr(text_of(merchant, "tin"), ==, "11111111111");
	g_assert_true(json_is_true(json_object_get(merchant, "vatPayer")));
	json_decref(json);
	g_assert_false(file_has(s.log, "FLAG"));
	service_end(&s);
}

static int64_t left(Service *self)
{
	json_t *json = service_ask(self, 200, "GET", "/rest/info", NULL);
	int64_t left = json_integer_value(json_object_get(json, "leftLotteries"));

	json_decref(json);
	return left;
}

static void test_sale_of_the_page(void)
{
	Service s = service_new("sale", NULL);
	json_t *book, *sub, *json = service_post(&s, page_sale);

	sub = json_array_get(json_object_get(json, "receipts"), 0);
	g_assert_cmpstr(text_of(json, "id"), ==, FIRST_ID);
	g_assert_cmpstr(text_of(sub, "id"), ==, "011111111111001095330000110012619");
	g_assert_cmpstr(text_of(json, "lottery"), ==, "AB 12345678");
	g_assert_true(g_str_has_prefix(text_of(json, "qrData"), "4711"));
	g_assert_cmpuint(strspn(text_of(json, "qrData"), "0123456789"), >, 100);
	g_assert_true(json_is_false(json_object_get(json, "easy")));
	book = service_book(&s);
	g_assert_cmpuint(json_array_size(book), ==, 1);
	g_assert_cmpstr(book_text(book, 0, "kind"), ==, "sale");
	g_assert_cmpint(book_count(book, 0, "total"), ==, 24594);
	g_assert_cmpint(book_count(book, 0, "cash"), ==, 14594);
	g_assert_cmpint(book_count(book, 0, "card"), ==, 10000);
	g_assert_cmpstr(book_text(book, 0, "id"), ==, FIRST_ID);
	g_assert_cmpstr(book_text(book, 0, "suffix"), ==, "000058");
	g_assert_cmpstr(book_text(book, 0, "lottery"), ==, text_of(json, "lottery"));
	g_assert_cmpstr(book_text(book, 0, "qr"), ==, text_of(json, "qrData"));
	g_assert_cmpstr(book_text(book, 0, "date"), ==, text_of(json, "date"));
	g_assert_true(book_flag(book, 0, "active"));
	g_assert_cmpint(left(&s), ==, 4210);
	wait_for_text(s.log, "BOOKED|sale|245.94|" FIRST_ID "\n");
	g_assert_false(file_has(s.log, "FLAG"));
	json_decref(book);
	json_decref(json);
	service_end(&s);
}

/* Word for word as they came, not through a double. */
static void test_numbers_come_back_as_they_are(void)
{
	Service s = service_new("echo", NULL);
	g_autofree char *odd = with(page_sale, "\"totalAmount\":135}", "\"totalAmount\":135.00}");
	g_autofree char *answer = service_call(&s, "POST", "/rest/receipt", odd);

	g_assert_nonnull(strstr(answer, "\"totalAmount\":245.94,"));
	g_assert_nonnull(strstr(answer, "\"totalVAT\":22.36,"));
	g_assert_nonnull(strstr(answer, "\"totalAmount\":135.00"));
	g_assert_nonnull(strstr(answer, "\"unitPrice\":89.9,"));
	g_assert_nonnull(strstr(answer, "\"name\":\"Алим\""));
	g_assert_nonnull(strstr(answer, "Content-Type: application/json\r\n"));
	service_end(&s);
}

static void test_return_of_the_page(void)
{
	Service s = service_new("rest", NULL);
	json_t *book, *json;
	g_autofree char *again = NULL;

	json_decref(service_post(&s, page_sale));
	json = service_post(&s, page_rest);
	g_assert_cmpstr(text_of(json, "id"), ==, "011111111111001095340000010012619");
	g_assert_cmpstr(text_of(json, "lottery"), ==, "");
	book = service_book(&s);
	g_assert_cmpstr(book_text(book, 1, "kind"), ==, "replace");
	g_assert_cmpstr(book_text(book, 1, "replaces"), ==, FIRST_ID);
	g_assert_cmpint(book_count(book, 1, "total"), ==, 17844);
	g_assert_cmpint(book_count(book, 1, "cash"), ==, 7844);
	g_assert_false(book_flag(book, 0, "active"));
	g_assert_true(book_flag(book, 1, "active"));
	g_assert_cmpint(left(&s), ==, 4210);
	/* Of a chain only the newest. */
	again = with(page_rest, "000059", "000060");
	service_refuses(&s, again, "inactiveId: that receipt was replaced");
	json_decref(book);
	json_decref(json);
	service_end(&s);
}

static char *void_of(const char *id, const char *date)
{
	return g_strdup_printf("{\"id\":\"%s\",\"date\":\"%s\"}", id, date);
}

static void test_void_of_the_page(void)
{
	Service s = service_new("void", NULL);
	g_autofree char *body = NULL, *answer = NULL;
	json_t *book, *json = service_post(&s, page_sale);

	/* The minute may end between sale and void, so the date is the answer's. */
	body = void_of(FIRST_ID, text_of(json, "date"));
	g_assert_cmpuint(strlen(body), ==, strlen(page_void));
	answer = service_call(&s, "DELETE", "/rest/receipt", body);
	g_assert_true(g_str_has_prefix(answer, "HTTP/1.1 200 OK\r\n"));
	g_assert_nonnull(strstr(answer, "Content-Length: 0\r\n"));
	g_assert_cmpstr(body_of(answer), ==, "");
	book = service_book(&s);
	g_assert_cmpuint(json_array_size(book), ==, 2);
	g_assert_cmpstr(book_text(book, 1, "kind"), ==, "void");
	g_assert_cmpstr(book_text(book, 1, "id"), ==, FIRST_ID);
	g_assert_cmpint(book_count(book, 1, "total"), ==, 24594);
	g_assert_cmpstr(book_text(book, 1, "lottery"), ==, "");
	g_assert_cmpstr(book_text(book, 1, "qr"), ==, "");
	g_assert_false(book_flag(book, 0, "active"));
	json_decref(book);
	json_decref(json);
	service_end(&s);
}

static void cannot_void(Service *self, const char *body, const char *flag)
{
	g_autofree char *line = g_strdup_printf("FLAG: %s", flag);
	json_t *json = service_ask(self, 400, "DELETE", "/rest/receipt", body);

	g_assert_true(file_has(self->log, line));
	json_decref(json);
}

static void test_what_cannot_be_voided(void)
{
	Service s = service_new("novoid", NULL);
	g_autofree char *unknown =
		void_of("011111111111001095330000010012618", "2026-06-03 10:15:30");
	g_autofree char *body = NULL, *b2b = NULL, *b2b_void = NULL, *other_day = NULL;
	json_t *json = service_post(&s, page_sale);

	body = void_of(FIRST_ID, text_of(json, "date"));
	other_day = void_of(FIRST_ID, "2020-01-01 00:00:00");
	json_decref(json);
	cannot_void(&s, unknown, "id: there is no such receipt");
	cannot_void(&s, other_day, "date: is not that");
	cannot_void(&s, "{\"id\":\"1\",\"date\":\"2026-06-03 10:15:30\"}", "id: has 1 characters");
	cannot_void(&s, "{\"id\":\"" FIRST_ID "\"}", "date: is missing");
	service_has_booked(&s, 1);
	g_free(service_call(&s, "DELETE", "/rest/receipt", body));
	cannot_void(&s, body, "id: that receipt was replaced or voided");
	b2b = with(page_sale, "\"B2C_RECEIPT\",\"billIdSuffix\":\"000058\"",
		   "\"B2B_RECEIPT\",\"customerTin\":\"22222222222\",\"billIdSuffix\":\"7\"");
	json = service_post(&s, b2b);
	b2b_void = void_of(text_of(json, "id"), text_of(json, "date"));
	cannot_void(&s, b2b_void, "id: only a B2C_RECEIPT");
	service_has_booked(&s, 3);
	json_decref(json);
	service_end(&s);
}

static void test_citizen_has_to_agree(void)
{
	Service s = service_new("citizen", NULL);
	g_autofree char *body = NULL;
	json_t *book, *json = service_post(&s, page_sale);

	body = void_of(FIRST_ID, text_of(json, "date"));
	json_decref(json);
	service_tell(&s, "confirm " FIRST_ID);
	g_free(service_call(&s, "DELETE", "/rest/receipt", body));
	book = service_book(&s);
	g_assert_true(book_flag(book, 0, "active"));
	g_assert_true(book_flag(book, 1, "pending"));
	json_decref(book);
	cannot_void(&s, body, "id: the citizen was asked");
	service_tell(&s, "agree " FIRST_ID);
	book = service_book(&s);
	g_assert_false(book_flag(book, 0, "active"));
	json_decref(book);
	service_end(&s);
}

static void test_send_data(void)
{
	Service s = service_new("send", "send_fails@4:2");
	json_t *book, *json;

	json_decref(service_post(&s, page_sale));
	service_tell(&s, CLOCK);
	json_decref(service_ask(&s, 200, "GET", "/rest/sendData", NULL));
	wait_for_text(s.log, "SENT 1 documents\n");
	book = service_book(&s);
	g_assert_true(book_flag(book, 0, "sent"));
	json_decref(book);
	json_decref(service_ask(&s, 400, "GET", "/rest/sendData", NULL));
	json_decref(service_ask(&s, 200, "GET", "/rest/send", NULL));
	wait_for_text(s.log, "SENT 0 documents\n");
	json = service_ask(&s, 200, "GET", "/rest/info", NULL);
	g_assert_true(g_str_has_prefix(text_of(json, "lastSentDate"), "2026-06-03 10:1"));
	json_decref(json);
	service_end(&s);
}

static void test_bank_accounts(void)
{
	Service s = service_new("bank", NULL);
	json_t *json = service_ask(&s, 200, "GET", "/rest/bankAccounts?tin=11111111111", NULL);

	g_assert_cmpuint(json_array_size(json), ==, 1);
	g_assert_cmpstr(text_of(json_array_get(json, 0), "tin"), ==, "11111111111");
	json_decref(json);
	json_decref(service_ask(&s, 400, "GET", "/rest/bankAccounts?tin=99999999999", NULL));
	g_assert_true(file_has(s.log, "FLAG: tin: merchant 99999999999"));
	service_end(&s);
}

/* --- lotteries (§3) --------------------------------------------------------------------------- */

/* One line of 50.00 of that tax type. */
static char *small(const char *type, const char *more, const char *tax_type, const char *product,
		   const char *vat, int suffix)
{
	return g_strdup_printf(
		"{\"branchNo\":\"001\",\"posNo\":\"001\",\"merchantTin\":\"11111111111\","
		"\"districtCode\":\"2501\",\"type\":\"%s\",%s\"billIdSuffix\":\"%d\","
		"\"totalAmount\":50,\"totalVAT\":%s,\"totalCityTax\":0,\"receipts\":["
		"{\"totalAmount\":50,\"taxType\":\"%s\",\"merchantTin\":\"11111111111\","
		"\"totalVAT\":%s,\"totalCityTax\":0,\"items\":[{\"name\":\"Ном\","
		"\"barCodeType\":\"UNDEFINED\",\"classificationCode\":\"0134100\","
		"\"measureUnit\":\"ш\",\"qty\":1,\"unitPrice\":50,%s\"totalVAT\":%s,"
		"\"totalCityTax\":0,\"totalAmount\":50}]}],\"payments\":[{\"code\":\"CASH\","
		"\"status\":\"PAID\",\"paidAmount\":50}]}",
		type, more, suffix, vat, tax_type, vat, product, vat);
}

static void test_who_gets_a_lottery_number(void)
{
	static const struct {
		const char *type, *more, *tax_type, *product, *vat;
		bool lottery;
	} cases[] = {
		{ "B2C_RECEIPT", "", "VAT_ABLE", "", "4.55", true },
		{ "B2C_RECEIPT", "", "VAT_FREE", "\"taxProductCode\":\"320\",", "0", true },
		{ "B2C_RECEIPT", "", "VAT_ZERO", "\"taxProductCode\":\"0000414\",", "0", true },
		{ "B2C_RECEIPT", "", "NO_VAT", "", "0", false },
		{ "B2C_INVOICE", "", "VAT_ABLE", "", "4.55", false },
		{ "B2B_RECEIPT", "\"customerTin\":\"22222222222\",", "VAT_ABLE", "", "4.55",
		  false },
		{ "B2B_INVOICE", "\"customerTin\":\"22222222222\",", "VAT_ABLE", "", "4.55",
		  false },
	};
	Service s = service_new("lottery", NULL);
	int64_t expected = 4211;

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *body = small(cases[i].type, cases[i].more, cases[i].tax_type,
					      cases[i].product, cases[i].vat, (int)i);
		json_t *json = service_post(&s, body);
		const char *lottery = text_of(json, "lottery");

		g_assert_cmpuint(strlen(text_of(json, "id")), ==, 33);
		g_assert_cmpuint(strlen(lottery), ==, cases[i].lottery ? 11 : 0);
		g_assert_cmpstr(text_of(json, "qrData"), !=, "");
		expected -= cases[i].lottery;
		g_assert_cmpint(left(&s), ==, expected);
		json_decref(json);
	}
	g_assert_false(file_has(s.log, "FLAG"));
	service_end(&s);
}

static void test_numbers_never_repeat(void)
{
	Service s = service_new("unique", NULL);
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	for (int i = 0; i < 20; i++) {
		g_autofree char *body = small("B2C_RECEIPT", "", "NO_VAT", "", "0", i);
		g_autofree char *taxed = small("B2C_RECEIPT", "", "VAT_ABLE", "", "4.55", 100 + i);
		json_t *json = service_post(&s, taxed);

		g_assert_true(g_hash_table_add(seen, g_strdup(text_of(json, "lottery"))));
		g_assert_true(g_hash_table_add(seen, g_strdup(text_of(json, "id"))));
		g_assert_true(g_hash_table_add(seen, g_strdup(text_of(json, "qrData"))));
		json_decref(json);
		json_decref(service_post(&s, body));
	}
	service_has_booked(&s, 40);
	g_assert_cmpint(left(&s), ==, 4211 - 20);
	service_end(&s);
}

static void test_lotteries_run_out(void)
{
	Service s = service_new("none", NULL);
	g_autofree char *one = small("B2C_RECEIPT", "", "VAT_ABLE", "", "4.55", 1);
	g_autofree char *two = small("B2C_RECEIPT", "", "VAT_ABLE", "", "4.55", 2);
	g_autofree char *business =
		small("B2B_RECEIPT", "\"customerTin\":\"22222222222\",", "VAT_ABLE", "", "4.55", 3);
	json_t *json;

	service_tell(&s, "lotteries 1");
	json_decref(service_post(&s, one));
	json = service_ask(&s, 400, "POST", "/rest/receipt", two);
	g_assert_nonnull(strstr(text_of(json, "message"), "lottery"));
	json_decref(json);
	json_decref(service_post(&s, business));
	service_has_booked(&s, 2);
	service_tell(&s, "lotteries 500");
	json_decref(service_post(&s, two));
	service_has_booked(&s, 3);
	service_end(&s);
}

static void test_citizen_is_told_at_once(void)
{
	Service s = service_new("easy", "consumer_unknown@1:2");
	g_autofree char *one =
		small("B2C_RECEIPT", "\"consumerNo\":\"12345678\",", "VAT_ABLE", "", "4.55", 1);
	g_autofree char *two =
		small("B2C_RECEIPT", "\"consumerNo\":\"12345678\",", "VAT_ABLE", "", "4.55", 2);
	json_t *json = service_post(&s, one);

	g_assert_true(json_is_true(json_object_get(json, "easy")));
	json_decref(json);
	json = service_post(&s, two);
	g_assert_true(json_is_false(json_object_get(json, "easy")));
	g_assert_cmpstr(text_of(json, "lottery"), !=, "");
	json_decref(json);
	service_end(&s);
}

static void test_merchant_that_pays_no_vat(void)
{
	Service s = service_new("other", NULL);
	g_autofree char *taxed = small("B2C_RECEIPT", "", "VAT_ABLE", "", "4.55", 1);
	g_autofree char *plain = small("B2C_RECEIPT", "", "VAT_ABLE", "", "0", 1);
	g_auto(GStrv) a = g_strsplit(taxed, "11111111111", -1);
	g_auto(GStrv) b = g_strsplit(plain, "11111111111", -1);
	g_autofree char *wrong = g_strjoinv("33333333333", a);
	g_autofree char *right = g_strjoinv("33333333333", b);

	service_refuses(&s, right, "merchantTin: merchant 33333333333 is not known");
	service_tell(&s, "merchant 33333333333 other Corner shop");
	service_refuses(&s, wrong, "receipts[0].items[0]: totalVAT");
	json_decref(service_post(&s, right));
	service_end(&s);
}

/* --- memory ----------------------------------------------------------------------------------- */

static void test_nothing_booked_is_lost(void)
{
	Service s = service_new("memory", NULL);
	json_t *book, *json;

	json_decref(service_post(&s, page_sale));
	service_restart(&s, NULL);
	book = service_book(&s);
	g_assert_cmpuint(json_array_size(book), ==, 1);
	json_decref(book);
	json = service_post(&s, page_rest);
	g_assert_cmpstr(text_of(json, "id"), ==, "011111111111001095340000010012619");
	json_decref(json);
	sim_say(s.sim, "power");
	service_fault(&s, "soap");
	g_assert_cmpint(left(&s), ==, 4210);
	service_has_booked(&s, 2);
	service_end(&s);
}

static void test_foreign_memory(void)
{
	static const char *const texts[] = {
		"",
		"{}",
		"[1]",
		"{\"serial\":1,\"lotteries\":1,\"clock_offset\":0,\"last_sent\":\"\",\"merchants\":"
		"[],"
		"\"answers\":{},\"book\":[{}]}",
	};
	Service s = service_new("foreign", NULL);

	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
		g_autoptr(GError) error = NULL;
		g_autofree char *path = g_strdup_printf("%s.%zu", s.state, i);

		g_assert_true(g_file_set_contents(path, texts[i], -1, NULL));
		g_assert_null(sim_start("fiscal-ebarimt",
					&(SimOptions){ .state_path = path, .control_fd = -1 },
					&error));
		g_assert_error(error, SIM_ERROR, SIM_ERROR_STATE);
	}
	service_end(&s);
}

static void test_book_is_shown(void)
{
	Service s = service_new("book", NULL);

	json_decref(service_post(&s, page_sale));
	json_decref(service_post(&s, page_rest));
	sim_say(s.sim, "book");
	wait_for_text(s.log, "BOOK|end|2 documents\n");
	g_assert_true(file_has(s.log, "BOOK|1|sale|245.94|" FIRST_ID "|not active\n"));
	g_assert_true(file_has(s.log, "BOOK|2|replace|178.44|"));
	service_end(&s);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/ebarimt-sim/page-is-copied-well", test_page_is_copied_well);
	g_test_add_func("/ebarimt-sim/state-of-the-service", test_state_of_the_service);
	g_test_add_func("/ebarimt-sim/sale-of-the-page", test_sale_of_the_page);
	g_test_add_func("/ebarimt-sim/numbers-come-back-as-they-are",
			test_numbers_come_back_as_they_are);
	g_test_add_func("/ebarimt-sim/return-of-the-page", test_return_of_the_page);
	g_test_add_func("/ebarimt-sim/void-of-the-page", test_void_of_the_page);
	g_test_add_func("/ebarimt-sim/what-cannot-be-voided", test_what_cannot_be_voided);
	g_test_add_func("/ebarimt-sim/citizen-has-to-agree", test_citizen_has_to_agree);
	g_test_add_func("/ebarimt-sim/send-data", test_send_data);
	g_test_add_func("/ebarimt-sim/bank-accounts", test_bank_accounts);
	g_test_add_func("/ebarimt-sim/who-gets-a-lottery-number", test_who_gets_a_lottery_number);
	g_test_add_func("/ebarimt-sim/numbers-never-repeat", test_numbers_never_repeat);
	g_test_add_func("/ebarimt-sim/lotteries-run-out", test_lotteries_run_out);
	g_test_add_func("/ebarimt-sim/citizen-is-told-at-once", test_citizen_is_told_at_once);
	g_test_add_func("/ebarimt-sim/merchant-that-pays-no-vat", test_merchant_that_pays_no_vat);
	g_test_add_func("/ebarimt-sim/nothing-booked-is-lost", test_nothing_booked_is_lost);
	g_test_add_func("/ebarimt-sim/foreign-memory", test_foreign_memory);
	g_test_add_func("/ebarimt-sim/book-is-shown", test_book_is_shown);
	return g_test_run();
}
