/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/devices/fiscal/web_host.h"
#include "tests/wait_file.h"

#include <string.h>
#include <unistd.h>

/* The simulated ErpNet.FP gateway against raw HTTP: the sale of fiscal-datecs.md §9, what it must
 * refuse, and how it and its printer misbehave. */
#define PRINTER "/printers/dt279013"
#define UNP "\"uniqueSaleNumber\":\"DT279013-0001-0000001\""
#define APPLES "{\"text\":\"Ябълки\",\"quantity\":1.234,\"unitPrice\":89.90,\"taxGroup\":2}"
#define CHOCOLATE                                                                                  \
	"{\"text\":\"Шоколад\",\"quantity\":2,\"unitPrice\":75.00,\"taxGroup\":2,"          \
	"\"priceModifierType\":\"discount-amount\",\"priceModifierValue\":15.00}"
#define ONE(price) "{\"text\":\"Шоколад\",\"unitPrice\":" price ",\"taxGroup\":2}"
#define RECEIPT(items, payments) "{" UNP ",\"items\":[" items "]" payments "}"
#define PAID(amount, type) "{\"amount\":" amount ",\"paymentType\":\"" type "\"}"
#define PAYMENTS(list) ",\"payments\":[" list "]"
#define SALE                                                                                       \
	RECEIPT(APPLES "," CHOCOLATE, PAYMENTS(PAID("100.00", "card") "," PAID("145.94", "cash")))
#define SMALL RECEIPT(ONE("67.50"), "")
#define REVERSAL(reason)                                                                           \
	"{" UNP ",\"receiptNumber\":\"0000137\",\"receiptDateTime\":\"2026-06-03T10:17:12\","      \
	"\"fiscalMemorySerialNumber\":\"02279013\",\"reason\":\"" reason                           \
	"\",\"items\":[" ONE("67.50") "]}"

static WebBench bench_new(const char *test, const char *faults)
{
	return web_bench_new("fiscal-erpnet", test, faults);
}

/* Synchronous; own the answer. */
static char *post(const WebBench *self, const char *what, const char *body, int *status)
{
	g_autofree char *path = g_strdup_printf(PRINTER "/%s", what);

	return web_say(self, "POST", path, body, status);
}

static void expect(const char *text, const char *part)
{
	if (strstr(text, part) == NULL)
		g_test_message("no “%s” in %s", part, text);
	g_assert_nonnull(strstr(text, part));
}

/* @code 0: it is done. */
static void expect_code(const WebBench *self, const char *what, const char *body, int code)
{
	g_autofree char *wanted = g_strdup_printf("\"code\":\"E%d\"", code);
	g_autofree char *answer = NULL;
	int status;

	answer = post(self, what, body, &status);
	g_assert_cmpint(status, ==, 200);
	expect(answer, code == 0 ? "\"ok\":true" : "\"ok\":false");
	if (code != 0)
		expect(answer, wanted);
	else
		g_assert_null(strstr(answer, "\"error\""));
}

static void good(const WebBench *self, const char *what, const char *body)
{
	expect_code(self, what, body, 0);
}

static void ask(const WebBench *self, const char *raw, const char *wanted)
{
	g_autofree char *body = g_strdup_printf("{\"rawRequest\":\"%s\"}", raw);
	g_autofree char *part = g_strdup_printf("\"rawResponse\":\"%s\"", wanted);
	g_autofree char *answer = NULL;
	int status;

	answer = post(self, "rawrequest", body, &status);
	expect(answer, part);
}

static char *get(const WebBench *self, const char *path)
{
	int status;
	char *answer = web_say(self, "GET", path, NULL, &status);

	g_assert_cmpint(status, ==, 200);
	return answer;
}

static void expect_get(const WebBench *self, const char *path, const char *part)
{
	g_autofree char *answer = get(self, path);

	expect(answer, part);
}

/* Until the task is finished: its result, which is then gone. Own it. */
static char *poll_task(const WebBench *self, const char *id)
{
	g_autofree char *path = g_strdup_printf("/printers/taskinfo?id=%s", id);
	int64_t until = g_get_monotonic_time() + 20 * G_USEC_PER_SEC;

	for (;;) {
		char *answer = get(self, path);

		if (strstr(answer, "\"enqueued\"") == NULL && strstr(answer, "\"running\"") == NULL)
			return answer;
		g_free(answer);
		g_assert_cmpint(g_get_monotonic_time(), <, until);
	}
}

static void enqueue(const WebBench *self, const char *id, const char *body)
{
	g_autofree char *what = g_strdup_printf("receipt?asyncTimeout=0&taskId=%s", id);
	g_autofree char *wanted = g_strdup_printf("{\"taskId\":\"%s\"}", id);
	g_autofree char *answer = NULL;
	int status;

	answer = post(self, what, body, &status);
	g_assert_cmpint(status, ==, 200);
	g_assert_cmpstr(answer, ==, wanted);
}

/* --- a day ------------------------------------------------------------------------------------ */

static void test_sale(void)
{
	WebBench bench = bench_new("erpnet-sale", NULL);
	g_autofree char *answer = NULL;
	int status;

	answer = post(&bench, "receipt", SALE, &status);
	expect(answer, "\"receiptNumber\":\"0000137\",\"receiptDateTime\":\"20");
	expect(answer, "\"receiptAmount\":245.94,\"fiscalMemorySerialNumber\":\"02279013\","
		       "\"ok\":true,");
	web_book_expect(&bench, 0, 137, "sale", 24594, 14594, 10000);
	g_assert_true(file_has(bench.log, "PAPER|1.234 x 89.90                    =110.94\n"));
	g_assert_true(file_has(bench.log, "PAPER|2.000 x 75.00                    =135.00\n"));
	ask(&bench, "q", "0000137");
	ask(&bench, "0*", "0000137,DT279013-0001-0000001");
	ask(&bench, "LT", "0,2,24594,24594");
	expect_get(&bench, PRINTER "/cash", "\"amount\":145.94,\"ok\":true");
	web_expect_clean(&bench);
	web_bench_end(&bench);
}

static void test_day(void)
{
	WebBench bench = bench_new("erpnet-day", NULL);
	const json_t *entry;
	json_t *book;

	good(&bench, "deposit", "{\"amount\":500}");
	good(&bench, "receipt", SALE);
	good(&bench, "reversalreceipt", REVERSAL("refund"));
	good(&bench, "withdraw", "{\"amount\":100.50}");
	ask(&bench, "F", "P,47794,50000,10050");
	ask(&bench, "A", "0,17844,0,0,0,0,0,0");
	good(&bench, "xreport", "{}");
	good(&bench, "zreport", "");
	web_book_expect(&bench, 0, 137, "cash-in", 50000, 50000, 0);
	web_book_expect(&bench, 1, 138, "sale", 24594, 14594, 10000);
	web_book_expect(&bench, 2, 139, "return", 6750, 6750, 0);
	web_book_expect(&bench, 3, 140, "cash-out", 10050, 10050, 0);
	web_book_expect(&bench, 4, 142, "shift-close", 0, 0, 0);
	book = web_book_new(&bench);
	entry = json_array_get(book, 4);
	g_assert_cmpint(json_integer_value(json_object_get(entry, "sales")), ==, 24594);
	g_assert_cmpint(json_integer_value(json_object_get(entry, "returns")), ==, 6750);
	g_assert_cmpint(json_integer_value(json_object_get(entry, "cash_in_drawer")), ==, 47794);
	json_decref(book);
	ask(&bench, "A", "0,0,0,0,0,0,0,0");
	web_expect_clean(&bench);
	web_bench_end(&bench);
}

static void test_info(void)
{
	WebBench bench = bench_new("erpnet-info", "near_end memory_low");

	expect_get(&bench, "/printers", "{\"dt279013\":{\"uri\":\"bg.dt.p.isl.com://COM15\",");
	expect_get(&bench, PRINTER,
		   "\"serialNumber\":\"DT279013\",\"fiscalMemorySerialNumber\":"
		   "\"02279013\",");
	expect_get(&bench, PRINTER "/status", "\"deviceDateTime\":\"20");
	expect_get(&bench, PRINTER "/status", "\"code\":\"W301\"");
	expect_get(&bench, PRINTER "/status", "\"code\":\"W201\"");
	ask(&bench, "j40", "");
	g_assert_true(file_has(bench.log, "DRAWER|40\n"));
	good(&bench, "datetime", "{\"deviceDateTime\":\"2026-06-03T10:15:00\"}");
	expect_get(&bench, PRINTER "/status", "\"deviceDateTime\":\"2026-06-03T10:15:0");
	good(&bench, "receipt", SMALL);
	good(&bench, "reset", "{}");
	web_bench_end(&bench);
}

static int count_paper(const WebBench *self, const char *line)
{
	g_autofree char *text = NULL;
	g_auto(GStrv) parts = NULL;

	g_assert_true(g_file_get_contents(self->log, &text, NULL, NULL));
	parts = g_strsplit(text, line, -1);
	return (int)g_strv_length(parts) - 1;
}

/* Once only, and of the last receipt, not of what came after it. */
static void test_duplicate(void)
{
	WebBench bench = bench_new("erpnet-duplicate", NULL);

	expect_code(&bench, "duplicate", "{}", 404);
	good(&bench, "receipt", SMALL);
	good(&bench, "xreport", "{}");
	good(&bench, "duplicate", "{}");
	g_assert_cmpint(count_paper(&bench, "PAPER|                ДУБЛИКАТ\n"), ==, 1);
	g_assert_cmpint(count_paper(&bench, "PAPER|УНП: DT279013-0001-0000001\n"), ==, 2);
	expect_code(&bench, "duplicate", "{}", 404);
	g_assert_cmpuint(web_book_len(&bench), ==, 1);
	web_bench_end(&bench);
}

/* --- tasks ------------------------------------------------------------------------------------ */

static void test_task_id_is_the_key(void)
{
	WebBench bench = bench_new("erpnet-tasks", NULL);
	g_autofree char *first = NULL, *second = NULL;

	enqueue(&bench, "T1-17.1", SALE);
	wait_for_text(bench.log, "receipt T1-17.1: 0");
	expect_code(&bench, "receipt?asyncTimeout=0&taskId=T1-17.1", SALE, 109);
	first = poll_task(&bench, "T1-17.1");
	expect(first, "{\"taskStatus\":\"finished\",\"result\":{\"receiptNumber\":\"0000137\"");
	/* Read once, it is forgotten: the page's own warning. */
	second = poll_task(&bench, "T1-17.1");
	g_assert_cmpstr(second, ==, "{\"taskStatus\":\"unknown\"}");
	enqueue(&bench, "T1-17.1", SALE);
	g_free(poll_task(&bench, "T1-17.1"));
	g_assert_cmpuint(web_book_len(&bench), ==, 2);
	web_bench_end(&bench);
}

static void test_tasks_are_in_ram(void)
{
	WebBench bench = bench_new("erpnet-ram", NULL);
	g_autofree char *after = NULL;

	enqueue(&bench, "a", SALE);
	wait_for_text(bench.log, "receipt a: 0");
	web_bench_say(&bench, "power");
	after = poll_task(&bench, "a");
	g_assert_cmpstr(after, ==, "{\"taskStatus\":\"unknown\"}");
	ask(&bench, "0*", "0000137,DT279013-0001-0000001");
	web_bench_restart(&bench);
	ask(&bench, "0*", "0000137,DT279013-0001-0000001");
	web_book_expect(&bench, 0, 137, "sale", 24594, 14594, 10000);
	web_bench_end(&bench);
}

static void test_async_timeout(void)
{
	WebBench bench = bench_new("erpnet-async", "task_ms=600000");
	g_autofree char *answer = NULL, *running = NULL, *queued = NULL;
	int status;

	answer = post(&bench, "receipt?asyncTimeout=20&taskId=a", SMALL, &status);
	g_assert_cmpstr(answer, ==, "{\"taskId\":\"a\"}");
	enqueue(&bench, "b", SMALL);
	queued = get(&bench, "/printers/taskinfo?id=b");
	g_assert_cmpstr(queued, ==, "{\"taskStatus\":\"enqueued\"}");
	g_assert_cmpuint(web_book_len(&bench), ==, 0);
	running = get(&bench, "/printers/taskinfo?id=a");
	expect(running, "\"taskStatus\":\"");
	web_bench_end(&bench);
}

static void test_host_that_leaves(void)
{
	WebBench bench = bench_new("erpnet-leaves", "task_ms=300");
	g_autofree char *result = NULL;

	g_assert_true(web_is_silent(&bench, "POST", PRINTER "/receipt?taskId=a", SALE));
	result = poll_task(&bench, "a");
	expect(result, "\"receiptAmount\":245.94");
	g_assert_cmpuint(web_book_len(&bench), ==, 1);
	web_bench_end(&bench);
}

/* --- strictness ------------------------------------------------------------------------------- */

#define ITEM(rest) RECEIPT("{\"text\":\"x\"," rest "}", "")
static const struct {
	const char *what, *body;
	int code;
} refusals[] = {
	{ "receipt", "{\"items\":[" ONE("1") "]}", 401 },
	{ "receipt", "{\"uniqueSaleNumber\":\"1\",\"items\":[" ONE("1") "]}", 401 },
	{ "receipt", RECEIPT("", ""), 401 },
	{ "receipt", RECEIPT(ONE("0"), ""), 404 },
	{ "receipt", RECEIPT(ONE("1.005"), ""), 401 },
	{ "receipt", RECEIPT(ONE("-1"), ""), 401 },
	{ "receipt", RECEIPT(ONE("1000000"), ""), 403 },
	{ "receipt", ITEM("\"unitPrice\":1,\"taxGroup\":5"), 411 },
	{ "receipt", ITEM("\"unitPrice\":1,\"taxGroup\":0"), 411 },
	{ "receipt", ITEM("\"unitPrice\":1"), 401 },
	{ "receipt", ITEM("\"unitPrice\":1,\"taxGroup\":1,\"quantity\":0.0001"), 401 },
	{ "receipt", ITEM("\"unitPrice\":1,\"taxGroup\":1,\"quantity\":0"), 401 },
	{ "receipt", ITEM("\"unitPrice\":1,\"taxGroup\":1,\"price\":1"), 401 },
	{ "receipt", ITEM("\"unitPrice\":1,\"taxGroup\":1,\"priceModifierValue\":1"), 401 },
	{ "receipt",
	  ITEM("\"unitPrice\":1,\"taxGroup\":1,\"priceModifierType\":\"discount-amount\","
	       "\"priceModifierValue\":1.01"),
	  407 },
	{ "receipt",
	  ITEM("\"unitPrice\":9.99,\"taxGroup\":1,\"priceModifierType\":\"discount-percent\","
	       "\"priceModifierValue\":10"),
	  0 },
	{ "receipt", RECEIPT(ONE("5") ",{\"type\":\"discount-amount\",\"amount\":5.01}", ""), 407 },
	{ "receipt", RECEIPT(ONE("5") ",{\"type\":\"discount-amount\",\"amount\":1}", ""), 0 },
	{ "receipt", RECEIPT(ONE("5") ",{\"type\":\"comment\",\"text\":\"x\"}", ""), 0 },
	{ "receipt", RECEIPT(ONE("5") ",{\"type\":\"gift\"}", ""), 401 },
	{ "receipt", RECEIPT(ONE("5"), PAYMENTS(PAID("4.99", "cash"))), 406 },
	{ "receipt", RECEIPT(ONE("5"), PAYMENTS(PAID("5.01", "card"))), 406 },
	{ "receipt", RECEIPT(ONE("5"), PAYMENTS(PAID("5.01", "cash"))), 0 },
	{ "receipt", RECEIPT(ONE("5"), PAYMENTS(PAID("5", "gold"))), 406 },
	{ "receipt", RECEIPT(ONE("5"), PAYMENTS(PAID("5", "card") "," PAID("1", "cash"))), 406 },
	{ "receipt", RECEIPT(ONE("5"), PAYMENTS("{\"paymentType\":\"card\"}")), 0 },
	{ "reversalreceipt", REVERSAL("boredom"), 401 },
	{ "reversalreceipt", REVERSAL("refund"), 404 }, /* 67.50 of the drawer's few leva */
	{ "reversalreceipt", SMALL, 401 },
	{ "deposit", "{}", 401 },
	{ "deposit", "{\"amount\":0}", 401 },
	{ "deposit", "{\"amount\":-1}", 401 },
	{ "withdraw", "{\"amount\":1000}", 404 },
	{ "datetime", "{\"deviceDateTime\":\"soon\"}", 401 },
	{ "datetime", "{\"deviceDateTime\":\"2001-01-01T00:00:00\"}", 103 },
	{ "zreport", "{\"really\":true}", 401 },
	{ "rawrequest", "{\"rawRequest\":\"01,0000,1\"}", 404 },
	{ "rawrequest", "{\"rawRequest\":\"F100.00\"}", 404 },
	{ "rawrequest", "{\"rawRequest\":\"j500\"}", 401 },
	{ "rawrequest", "{\"rawRequest\":\"~\"}", 412 },
};

static void test_refusals(void)
{
	WebBench bench = bench_new("erpnet-refusals", NULL);
	size_t made = 0;

	for (size_t i = 0; i < G_N_ELEMENTS(refusals); i++) {
		g_test_message("%s %s", refusals[i].what, refusals[i].body);
		expect_code(&bench, refusals[i].what, refusals[i].body, refusals[i].code);
		made += refusals[i].code == 0;
		g_assert_cmpuint(web_book_len(&bench), ==, made);
	}
	web_book_expect(&bench, 0, 137, "sale", 899, 899, 0);
	web_book_expect(&bench, 1, 138, "sale", 400, 400, 0);
	web_book_expect(&bench, 3, 140, "sale", 500, 500, 0);
	web_book_expect(&bench, 4, 141, "sale", 500, 0, 500);
	web_expect_flag(&bench, "receipt.items[0].price: an unknown member");
	web_bench_end(&bench);
}

static void test_paths(void)
{
	static const struct {
		const char *method, *path, *body;
		int status;
	} cases[] = {
		{ "GET", "/", NULL, 404 },
		{ "GET", "/printers/dt000000", NULL, 404 },
		{ "GET", PRINTER "/receipt", NULL, 405 },
		{ "GET", PRINTER "/moon", NULL, 404 },
		{ "POST", PRINTER "/moon", "{}", 404 },
		{ "POST", PRINTER "/receipt", "{\"items\":", 400 },
		{ "POST", PRINTER "/receipt", "[]", 400 },
		{ "POST", PRINTER "/receipt?asyncTimeout=soon", "{}", 400 },
		{ "POST", PRINTER "/receipt?speed=1", "{}", 400 },
		{ "DELETE", PRINTER, NULL, 405 },
	};
	WebBench bench = bench_new("erpnet-paths", NULL);

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		int status;

		g_free(web_say(&bench, cases[i].method, cases[i].path, cases[i].body, &status));
		g_test_message("%s %s: %d", cases[i].method, cases[i].path, status);
		g_assert_cmpint(status, ==, cases[i].status);
	}
	expect_code(&bench, "receipt?taskId=a%20b", SMALL, 110);
	web_bench_end(&bench);
}

static void test_three_wrong_passwords(void)
{
	WebBench bench = bench_new("erpnet-password", NULL);
#define AS(password)                                                                               \
	"{" UNP ",\"operator\":\"1\",\"operatorPassword\":\"" password                             \
	"\",\"items\":[" ONE("1") "]}"

	good(&bench, "receipt", AS("0000"));
	for (int i = 0; i < 3; i++)
		expect_code(&bench, "receipt", AS("1111"), 408);
	expect_code(&bench, "receipt", AS("0000"), 408);
	web_bench_say(&bench, "power");
	good(&bench, "receipt", AS("0000"));
	web_bench_end(&bench);
}

/* --- the printer ------------------------------------------------------------------------------ */

static void test_paper_aborts_the_receipt(void)
{
	WebBench bench = bench_new("erpnet-paper", NULL);

	web_bench_say(&bench, "fault paper_out=4@10:1");
	expect_code(&bench, "receipt", SALE, 301);
	g_assert_cmpuint(web_book_len(&bench), ==, 0);
	expect_get(&bench, PRINTER "/status", "\"code\":\"E301\"");
	expect_code(&bench, "zreport", "{}", 301);
	web_bench_say(&bench, "paper");
	good(&bench, "receipt", SALE);
	g_assert_true(file_has(bench.log, "PAPER|А Н У Л И Р А Н О\n"));
	web_bench_say(&bench, "fault cover=1@10:1");
	expect_code(&bench, "receipt", SALE, 302);
	web_bench_say(&bench, "cover-close");
	good(&bench, "receipt", SALE);
	g_assert_cmpuint(web_book_len(&bench), ==, 2);
	web_bench_end(&bench);
}

static void test_printer_conditions(void)
{
	WebBench bench = bench_new("erpnet-conditions", NULL);

	good(&bench, "receipt", SMALL);
	web_bench_say(&bench, "fault shift_age=24");
	expect_code(&bench, "receipt", SMALL, 502);
	good(&bench, "zreport", "{}");
	good(&bench, "receipt", SMALL);
	web_bench_say(&bench, "fault memory_full");
	expect_code(&bench, "receipt", SMALL, 201);
	web_bench_say(&bench, "memory-ok");
	web_bench_say(&bench, "fault clock_wrong");
	expect_code(&bench, "receipt", SMALL, 103);
	web_bench_say(&bench, "clock 0");
	web_bench_say(&bench, "fault no_device=2");
	expect_get(&bench, PRINTER "/status", "\"code\":\"E101\"");
	expect_code(&bench, "receipt", SMALL, 101);
	web_bench_say(&bench, "cable-off");
	expect_code(&bench, "receipt", SMALL, 101);
	web_bench_say(&bench, "cable-on");
	web_bench_say(&bench, "fault jump=5@10:1");
	good(&bench, "receipt", SMALL);
	web_book_expect(&bench, -1, 145, "sale", 6750, 6750, 0);
	web_bench_say(&bench, "foreign 500");
	ask(&bench, "0*", "0000146,DT279013-0099-0000001");
	web_bench_say(&bench, "fault serial=42");
	expect_get(&bench, PRINTER, "\"fiscalMemorySerialNumber\":\"02000042\"");
	web_bench_end(&bench);
}

static void test_settings(void)
{
	WebBench bench = bench_new("erpnet-settings", "ok_text raw_point sales_only");
	g_autofree char *answer = NULL;
	int status;

	answer = post(&bench, "deposit", "{\"amount\":500}", &status);
	expect(answer, "\"ok\":\"true\"");
	ask(&bench, "F0", "P,500.00,500.00,0.00");
	ask(&bench, "q", "0000136");
	web_bench_end(&bench);
}

/* --- misbehaviour ----------------------------------------------------------------------------- */

static const struct {
	const char *fault;
	int status; /* 0: closed */
	bool made;
	const char *part;
} misdeeds[] = {
	{ "close_before", 0, false, "" },
	{ "close_after", 0, true, "" },
	{ "half_answer", 200, true, "{\"receiptNumber\"" },
	{ "late=50", 200, true, "\"ok\":true" },
	{ "http_500", 500, false, "<html>" },
	{ "http_500_after", 500, true, "<html>" },
	{ "error_200", 200, false, "\"code\":\"E199\"" },
	{ "nonsense", 200, true, "{" },
	{ "unauthorized", 401, false, "" },
	{ "busy", 503, false, "" },
	{ "chunked", 200, true, "\r\n0\r\n\r\n" },
	{ "error=199", 200, false, "\"code\":\"E199\"" },
	{ "error_booked", 200, true, "\"code\":\"E107\"" },
	{ "lose_task", 200, true, "\"ok\":true" },
	{ "restart", 0, true, "" },
	{ "restart_before", 0, false, "" },
};

static void test_misdeeds(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(misdeeds); i++) {
		WebBench bench = bench_new("erpnet-misdeeds", NULL);
		g_autofree char *spec = g_strdup_printf("fault %s@10:1", misdeeds[i].fault);
		g_autofree char *answer = NULL;
		int status;

		g_test_message("%s", misdeeds[i].fault);
		web_bench_say(&bench, spec);
		answer = post(&bench, "receipt?taskId=a", SALE, &status);
		g_assert_cmpint(status, ==, misdeeds[i].status);
		expect(answer, misdeeds[i].part);
		g_assert_cmpuint(web_book_len(&bench), ==, misdeeds[i].made ? 1 : 0);
		ask(&bench, "q", misdeeds[i].made ? "0000137" : "0000136");
		unlink(bench.state);
		web_bench_end(&bench);
	}
}

static void test_silence(void)
{
	WebBench bench = bench_new("erpnet-silence", NULL);
	g_autofree char *never = NULL, *result = NULL;

	web_bench_say(&bench, "fault refuse@10:1");
	g_assert_true(web_is_silent(&bench, "POST", PRINTER "/receipt?taskId=a", SALE));
	never = poll_task(&bench, "a");
	g_assert_cmpstr(never, ==, "{\"taskStatus\":\"unknown\"}");
	web_bench_say(&bench, "fault silent_after@10:1");
	g_assert_true(web_is_silent(&bench, "POST", PRINTER "/receipt?taskId=a", SALE));
	result = poll_task(&bench, "a");
	expect(result, "\"receiptAmount\":245.94");
	g_assert_cmpuint(web_book_len(&bench), ==, 1);
	web_bench_end(&bench);
}

static void test_result_lost_with_its_answer(void)
{
	WebBench bench = bench_new("erpnet-lost", NULL);
	g_autofree char *after = NULL;
	int status;

	enqueue(&bench, "a", SALE);
	wait_for_text(bench.log, "receipt a: 0");
	web_bench_say(&bench, "fault close_after@2:1");
	g_free(web_say(&bench, "GET", "/printers/taskinfo?id=a", NULL, &status));
	g_assert_cmpint(status, ==, 0);
	after = poll_task(&bench, "a");
	g_assert_cmpstr(after, ==, "{\"taskStatus\":\"unknown\"}");
	ask(&bench, "0*", "0000137,DT279013-0001-0000001");
	web_bench_end(&bench);
}

static void test_stuck_task(void)
{
	WebBench bench = bench_new("erpnet-stuck", NULL);
	g_autofree char *stuck = NULL, *done = NULL;

	web_bench_say(&bench, "fault stuck@10:1");
	enqueue(&bench, "a", SALE);
	do {
		g_free(stuck);
		stuck = get(&bench, "/printers/taskinfo?id=a");
	} while (strstr(stuck, "enqueued") != NULL);
	g_assert_cmpstr(stuck, ==, "{\"taskStatus\":\"running\"}");
	web_bench_say(&bench, "go");
	done = poll_task(&bench, "a");
	expect(done, "\"receiptNumber\":\"0000137\"");
	web_bench_end(&bench);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/erpnet-sim/sale", test_sale);
	g_test_add_func("/erpnet-sim/day", test_day);
	g_test_add_func("/erpnet-sim/info", test_info);
	g_test_add_func("/erpnet-sim/duplicate", test_duplicate);
	g_test_add_func("/erpnet-sim/task-id-is-the-key", test_task_id_is_the_key);
	g_test_add_func("/erpnet-sim/tasks-are-in-ram", test_tasks_are_in_ram);
	g_test_add_func("/erpnet-sim/async-timeout", test_async_timeout);
	g_test_add_func("/erpnet-sim/host-that-leaves", test_host_that_leaves);
	g_test_add_func("/erpnet-sim/refusals", test_refusals);
	g_test_add_func("/erpnet-sim/paths", test_paths);
	g_test_add_func("/erpnet-sim/three-wrong-passwords", test_three_wrong_passwords);
	g_test_add_func("/erpnet-sim/paper-aborts-the-receipt", test_paper_aborts_the_receipt);
	g_test_add_func("/erpnet-sim/printer-conditions", test_printer_conditions);
	g_test_add_func("/erpnet-sim/settings", test_settings);
	g_test_add_func("/erpnet-sim/misdeeds", test_misdeeds);
	g_test_add_func("/erpnet-sim/silence", test_silence);
	g_test_add_func("/erpnet-sim/result-lost-with-its-answer",
			test_result_lost_with_its_answer);
	g_test_add_func("/erpnet-sim/stuck-task", test_stuck_task);
	return g_test_run();
}
