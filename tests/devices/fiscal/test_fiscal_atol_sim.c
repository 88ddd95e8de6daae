/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/devices/fiscal/web_host.h"
#include "tests/wait_file.h"

#include <string.h>
#include <unistd.h>

/* The simulated ATOL web server against raw HTTP: the session of the page's §3.3, what it must
 * refuse, and how it misbehaves (§9). */
#define V1 "/requests"
#define V2 "/api/v2/requests"
#define OPERATOR "\"operator\":{\"name\":\"Иванова А.\"}"
#define OPEN "{\"type\":\"openShift\"," OPERATOR "}"
#define CLOSE "{\"type\":\"closeShift\"," OPERATOR "}"
#define APPLES                                                                                         \
	"{\"type\":\"position\",\"name\":\"Яблоки вес.\",\"price\":89.90,\"quantity\":1.234," \
	"\"amount\":110.94,\"measurementUnit\":\"kilogram\",\"paymentMethod\":\"fullPayment\","        \
	"\"paymentObject\":\"commodity\",\"tax\":{\"type\":\"vat10\"}}"
#define CHOCOLATE(n, amount)                                                                       \
	"{\"type\":\"position\",\"name\":\"Шоколад\",\"price\":67.50,\"quantity\":" n              \
	",\"amount\":" amount ",\"measurementUnit\":\"piece\",\"paymentMethod\":\"fullPayment\","  \
	"\"paymentObject\":\"commodity\",\"tax\":{\"type\":\"vat20\"}}"
#define RECEIPT(type, items, payments)                                                             \
	"{\"type\":\"" type "\",\"taxationType\":\"osn\"," OPERATOR ",\"items\":[" items           \
	"],\"payments\":[" payments "]}"
#define CASH(sum) "{\"type\":\"cash\",\"sum\":" sum "}"
#define CARD(sum) "{\"type\":\"electronically\",\"sum\":" sum "}"
#define SALE RECEIPT("sell", APPLES "," CHOCOLATE("2", "135.00"), CARD("100.00") "," CASH("200.00"))
#define SMALL RECEIPT("sell", CHOCOLATE("1", "67.50"), CASH("67.50"))

static WebBench bench_new(const char *test, const char *faults)
{
	return web_bench_new("fiscal-atol", test, faults);
}

static int post(const WebBench *self, const char *root, const char *uuid, const char *task)
{
	g_autofree char *body = g_strdup_printf("{\"uuid\":\"%s\",\"request\":%s}", uuid, task);
	g_autofree char *answer = NULL;
	int status;

	answer = web_say(self, "POST", root, body, &status);
	return status;
}

static char *get(const WebBench *self, const char *root, const char *uuid, int *status)
{
	g_autofree char *path = g_strdup_printf("%s/%s", root, uuid);

	return web_say(self, "GET", path, NULL, status);
}

static bool is_open(const char *results)
{
	return strstr(results, "\"wait\"") != NULL || strstr(results, "\"inProgress\"") != NULL;
}

/* The results when there are some; own them. */
static char *poll_results(const WebBench *self, const char *uuid)
{
	int64_t until = g_get_monotonic_time() + 20 * G_USEC_PER_SEC;

	for (;;) {
		int status;
		char *results = get(self, V2, uuid, &status);

		g_assert_cmpint(status, ==, 200);
		if (!is_open(results))
			return results;
		g_free(results);
		g_assert_cmpint(g_get_monotonic_time(), <, until);
	}
}

static char *do_task(const WebBench *self, const char *uuid, const char *task)
{
	g_assert_cmpint(post(self, V2, uuid, task), ==, 201);
	return poll_results(self, uuid);
}

static void expect(const char *text, const char *part)
{
	if (strstr(text, part) == NULL)
		g_test_message("no “%s” in %s", part, text);
	g_assert_nonnull(strstr(text, part));
}

static void expect_code(const WebBench *self, const char *uuid, const char *task, int code)
{
	g_autofree char *results = do_task(self, uuid, task);
	g_autofree char *wanted = g_strdup_printf("\"code\":%d,", code);

	expect(results, wanted);
	expect(results, code == 0 ? "\"status\":\"ready\"" : "\"status\":\"error\"");
}

static void good(const WebBench *self, const char *uuid, const char *task)
{
	expect_code(self, uuid, task, 0);
}

/* An answer that is what the task brings, and has @part. */
static void ask(const WebBench *self, const char *uuid, const char *task, const char *part)
{
	g_autofree char *results = do_task(self, uuid, task);

	expect(results, part);
}

/* --- the page's session ----------------------------------------------------------------------- */

static void test_session(void)
{
	WebBench bench = bench_new("atol-session", NULL);

	ask(&bench, "u-01", "[{\"type\":\"getShiftStatus\"}]",
	    "\"shiftStatus\":{\"state\":\"closed\",\"number\":41,");
	ask(&bench, "u-02", "[" OPEN "]",
	    "\"fiscalParams\":{\"fiscalDocumentNumber\":57,\"fiscalDocumentSign\":\"");
	ask(&bench, "u-03", "[" SALE "]", "\"fiscalReceiptNumber\":1,\"total\":245.94}");
	ask(&bench, "u-04", RECEIPT("sellReturn", CHOCOLATE("1", "67.50"), CASH("67.50")),
	    "\"fiscalReceiptNumber\":2,\"total\":67.50}");
	good(&bench, "u-05", "[{\"type\":\"reportX\"," OPERATOR "}]");
	ask(&bench, "u-06", "[" CLOSE "]", "\"receiptsCount\":{\"sell\":1,\"sellReturn\":1,");
	g_assert_cmpuint(web_book_len(&bench), ==, 4);
	web_book_expect(&bench, 0, 57, "shift-open", 0, 0, 0);
	web_book_expect(&bench, 1, 58, "sale", 24594, 14594, 10000);
	web_book_expect(&bench, 2, 59, "return", 6750, 6750, 0);
	web_book_expect(&bench, 3, 60, "shift-close", 0, 0, 0);
	g_assert_true(file_has(bench.log, "PAPER|ИТОГ                             =245.94\n"));
	g_assert_true(file_has(bench.log, "PAPER|СДАЧА                             =54.06\n"));
	g_assert_true(file_has(bench.log, "PAPER|СУММА НДС 20%                     =22.50\n"));
	g_assert_true(file_has(bench.log, "PAPER|СУММА НДС 10%                     =10.09\n"));
	web_expect_clean(&bench);
	web_bench_end(&bench);
}

static void test_close_tells_the_shift(void)
{
	WebBench bench = bench_new("atol-close", NULL);
	json_t *book;
	const json_t *entry;

	good(&bench, "a", OPEN);
	good(&bench, "b", "{\"type\":\"cashIn\"," OPERATOR ",\"cashSum\":500}");
	good(&bench, "c", SALE);
	good(&bench, "d", RECEIPT("sellReturn", CHOCOLATE("1", "67.50"), CASH("67.50")));
	ask(&bench, "e", "{\"type\":\"cashOut\"," OPERATOR ",\"cashSum\":100.5}",
	    "\"counters\":{\"cashSum\":477.94}");
	ask(&bench, "f", "{\"type\":\"getShiftTotals\"}",
	    "\"sell\":{\"count\":1,\"sum\":245.94,\"payments\":{\"cash\":145.94,"
	    "\"electronically\":100.00,");
	good(&bench, "g", CLOSE);
	web_book_expect(&bench, 1, 0, "cash-in", 50000, 50000, 0);
	web_book_expect(&bench, 4, 0, "cash-out", 10050, 10050, 0);
	book = web_book_new(&bench);
	entry = json_array_get(book, 5);
	g_assert_cmpint(json_integer_value(json_object_get(entry, "sales")), ==, 24594);
	g_assert_cmpint(json_integer_value(json_object_get(entry, "returns")), ==, 6750);
	g_assert_cmpint(json_integer_value(json_object_get(entry, "cash_in_drawer")), ==, 47794);
	json_decref(book);
	web_bench_end(&bench);
}

static void test_questions(void)
{
	WebBench bench = bench_new("atol-questions", NULL);

	good(&bench, "a", OPEN);
	good(&bench, "b", SALE);
	ask(&bench, "c", "{\"type\":\"getFnStatus\"}",
	    "\"fnStatus\":{\"fiscalDocumentNumber\":58,\"fiscalReceiptNumber\":1,");
	ask(&bench, "d", "{\"type\":\"getFnDocument\",\"fiscalDocumentNumber\":58}",
	    "\"1031\":145.94,\"1081\":100.00,");
	ask(&bench, "e", "{\"type\":\"getFnDocument\",\"fiscalDocumentNumber\":57}",
	    "\"fiscalDocumentType\":\"openShift\"");
	expect_code(&bench, "f", "{\"type\":\"getFnDocument\",\"fiscalDocumentNumber\":59}", 123);
	ask(&bench, "g", "{\"type\":\"getDeviceStatus\"}", "\"shift\":\"opened\"");
	ask(&bench, "h", "{\"type\":\"getDeviceInfo\"}", "\"serial\":\"00105707756920\"");
	ask(&bench, "i", "{\"type\":\"getFnInfo\"}", "\"serial\":\"9999078900012345\"");
	ask(&bench, "j", "{\"type\":\"ofdExchangeStatus\"}", "\"notSentCount\":0");
	ask(&bench, "k", "{\"type\":\"getCashDrawerStatus\"}", "\"cashSum\":145.94");
	good(&bench, "l", "{\"type\":\"openCashDrawer\"}");
	ask(&bench, "m", "{\"type\":\"getCashDrawerStatus\"}", "\"cashDrawerOpened\":true");
	g_assert_true(file_has(bench.log, "DRAWER|100\n"));
	good(&bench, "n",
	     "{\"type\":\"nonFiscal\",\"items\":[{\"type\":\"text\",\"text\":\"ПРИВЕТ\","
	     "\"alignment\":\"center\"},{\"type\":\"text\",\"text\":\"\"}]}");
	g_assert_true(file_has(bench.log, "PAPER|                 ПРИВЕТ\n"));
	good(&bench, "o", "{\"type\":\"printLastReceiptCopy\"," OPERATOR "}");
	g_assert_true(file_has(bench.log, "PAPER|                 КОПИЯ\n"));
	web_bench_say(&bench, "ofd-off");
	good(&bench, "p", SMALL);
	ask(&bench, "q", "{\"type\":\"ofdExchangeStatus\"}",
	    "\"notSentCount\":1,\"notSentFirstDocNumber\":59,\"notSentFirstDocDateTime\"");
	web_expect_clean(&bench);
	web_bench_end(&bench);
}

static void test_corrections(void)
{
	WebBench bench = bench_new("atol-corrections", NULL);
#define CORRECTION(type, rest)                                                                     \
	"{\"type\":\"" type "\",\"taxationType\":\"osn\"," OPERATOR                                \
	",\"items\":[" CHOCOLATE("1", "67.50") "],\"payments\":[" CARD("67.50") "]" rest "}"

	good(&bench, "a", OPEN);
	good(&bench, "b",
	     CORRECTION("sellCorrection", ",\"correctionType\":\"self\",\"correctionBaseDate\":"
					  "\"2026.01.31\",\"correctionBaseNumber\":\"12\""));
	good(&bench, "c",
	     CORRECTION("sellReturnCorrection", ",\"correctionType\":\"self\","
						"\"correctionBaseDate\":\"2026.01.31\""));
	web_book_expect(&bench, 1, 58, "correction", 6750, 0, 6750);
	web_book_expect(&bench, 2, 59, "correction-return", 6750, 0, 6750);
	web_expect_clean(&bench);
	expect_code(&bench, "d", CORRECTION("sellCorrection", ",\"correctionType\":\"self\""), 8);
	expect_code(&bench, "e",
		    CORRECTION("sellCorrection", ",\"correctionType\":\"self\","
						 "\"correctionBaseDate\":\"2026.02.31\""),
		    13);
	expect_code(&bench, "f",
		    CORRECTION("sellCorrection", ",\"correctionType\":\"self\","
						 "\"correctionBaseDate\":\"2099.01.01\""),
		    13);
	expect_code(&bench, "g",
		    CORRECTION("sellCorrection", ",\"correctionType\":\"instruction\","
						 "\"correctionBaseDate\":\"2026.01.31\""),
		    161);
	expect_code(&bench, "h", CORRECTION("sell", ",\"correctionType\":\"self\""), 501);
	web_bench_end(&bench);
}

/* Lines of text stand between the positions as they came. */
static void test_text_between_positions(void)
{
	WebBench bench = bench_new("atol-text", NULL);

	good(&bench, "a", OPEN);
	good(&bench, "b",
	     RECEIPT("sell",
		     CHOCOLATE("1", "67.50") ",{\"type\":\"text\",\"text\":\"В "
					     "ПОДАРОК\"}," CHOCOLATE("2", "135.00"),
		     CASH("202.50")));
	g_assert_true(file_has(bench.log, "PAPER|1 x 67.50                         =67.50\n"
					  "PAPER|  НДС 20%\nPAPER|В ПОДАРОК\nPAPER|Шоколад\n"
					  "PAPER|2 x 67.50                        =135.00\n"));
	expect_code(&bench, "c",
		    RECEIPT("sell",
			    CHOCOLATE("1", "67.50") ",{\"type\":\"text\",\"text\":\"a\\nb\"}",
			    CASH("67.50")),
		    13);
	web_bench_end(&bench);
}

/* --- the service ------------------------------------------------------------------------------ */

static void test_versions(void)
{
	WebBench bench = bench_new("atol-versions", NULL);
	g_autofree char *first = NULL, *second = NULL, *other = NULL;
	int status;

	first = web_say(&bench, "POST", V1,
			"{\"uuid\":\"one\",\"request\":{\"type\":\"getShiftStatus\"}}", &status);
	g_assert_cmpint(status, ==, 201);
	g_assert_cmpstr(first, ==, "{\"uuid\":\"one\"}");
	g_free(poll_results(&bench, "one"));
	second = get(&bench, V1, "one", &status);
	expect(second, "{\"results\":[{\"status\":\"ready\",\"errorCode\":0,"
		       "\"errorDescription\":\"Ошибок нет\",\"result\":{");
	other = get(&bench, V2, "one", &status);
	expect(other, "\"error\":{\"code\":0,\"description\":\"Ошибок нет\"},\"result\":{");
	web_bench_end(&bench);
}

static void test_uuid_is_the_key(void)
{
	WebBench bench = bench_new("atol-uuid", NULL);
	int status;

	good(&bench, "a", OPEN);
	good(&bench, "b", SALE);
	g_assert_cmpint(post(&bench, V2, "b", SALE), ==, 409);
	g_assert_cmpint(post(&bench, V1, "b", SMALL), ==, 409);
	g_assert_cmpuint(web_book_len(&bench), ==, 2);
	g_free(get(&bench, V2, "c", &status));
	g_assert_cmpint(status, ==, 404);
	web_bench_restart(&bench);
	g_assert_cmpint(post(&bench, V2, "b", SALE), ==, 409);
	ask(&bench, "d", "{\"type\":\"getFnStatus\"}", "\"fiscalDocumentNumber\":58");
	web_bench_say(&bench, "purge");
	g_free(get(&bench, V2, "b", &status));
	g_assert_cmpint(status, ==, 404);
	web_bench_end(&bench);
}

static void test_requests_that_are_none(void)
{
	static const struct {
		const char *method, *path, *body;
		int status;
	} cases[] = {
		{ "POST", V2, "", 400 },
		{ "POST", V2, "[]", 400 },
		{ "POST", V2, "{\"uuid\":\"a\"}", 400 },
		{ "POST", V2, "{\"uuid\":\"a\",\"request\":[]}", 400 },
		{ "POST", V2, "{\"uuid\":\"a\",\"request\":[1]}", 400 },
		{ "POST", V2, "{\"uuid\":\"a\",\"request\":[{}]}", 400 },
		{ "POST", V2, "{\"uuid\":\"a\",\"request\":{\"type\":1}}", 400 },
		{ "POST", V2, "{\"uuid\":\"\",\"request\":{\"type\":\"reportX\"}}", 400 },
		{ "POST", V2, "{\"uuid\":\"a b\",\"request\":{\"type\":\"reportX\"}}", 400 },
		{ "POST", V2, "{\"uuid\":1,\"request\":{\"type\":\"reportX\"}}", 400 },
		{ "POST", V2, "{\"uuid\":\"a\",\"uuid\":\"b\",\"request\":{\"type\":\"x\"}}", 400 },
		{ "POST", V2, "{\"uuid\":\"a\",\"request\":{\"type\":\"x\",\"n\":01}}", 400 },
		{ "POST", V2, "{\"uuid\":\"a\",\"request\":{\"type\":\"x\",\"n\":1.}}", 400 },
		{ "POST", V2, "{\"uuid\":\"a\",\"request\":{\"type\":\"\\u0001\\u0031\"}}", 400 },
		{ "POST", V2, "{\"uuid\":\"a\",\"request\":{\"type\":\"x\\u0001\"}}", 400 },
		{ "POST", V2, "{\"uuid\":\"a\",\"request\":{\"type\":\"x\"},\"more\":1}", 400 },
		{ "POST", V2, "{\"uuid\":\"a\",\"request\":{\"type\":\"x", 400 },
		{ "POST", V2 "?deviceId=1", "{}", 404 },
		{ "POST", V1 "?deviceID=1", "{}", 404 },
		{ "POST", V2 "?deviceID=1", "{\"uuid\":\"a\",\"request\":{\"type\":\"x\"}}", 201 },
		{ "GET", V2 "/a?deviceID=1", NULL, 200 },
		{ "GET", V2, NULL, 405 },
		{ "PUT", V2 "/a", NULL, 405 },
		{ "DELETE", V1 "/a", NULL, 405 },
		{ "GET", "/api/v3/requests/a", NULL, 404 },
		{ "GET", V2 "/a/b", NULL, 404 },
	};
	WebBench bench = bench_new("atol-bad-requests", NULL);

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *body = NULL;
		int status;

		body = web_say(&bench, cases[i].method, cases[i].path, cases[i].body, &status);
		g_test_message("%zu: %d %s", i, status, body);
		g_assert_cmpint(status, ==, cases[i].status);
	}
	web_bench_end(&bench);
}

static void test_array_stops_at_an_error(void)
{
	WebBench bench = bench_new("atol-array", NULL);
	g_autofree char *results = NULL;

	results = do_task(&bench, "a",
			  "[" OPEN "," SMALL ",{\"type\":\"cashOut\"," OPERATOR ",\"cashSum\":900}"
			  "," SMALL "]");
	expect(results, "{\"status\":\"error\",\"error\":{\"code\":80,");
	expect(results, "{\"status\":\"interrupted\",\"error\":{\"code\":502,");
	g_assert_cmpuint(web_book_len(&bench), ==, 2);
	web_bench_end(&bench);
}

static void test_queue_shows_its_states(void)
{
	WebBench bench = bench_new("atol-states", "task_ms=600000");
	g_autofree char *first = NULL, *second = NULL, *gone = NULL, *statistics = NULL;
	int status;

	g_assert_cmpint(post(&bench, V2, "a", OPEN), ==, 201);
	g_assert_cmpint(post(&bench, V2, "b", SMALL), ==, 201);
	do {
		g_free(first);
		first = get(&bench, V2, "a", &status);
	} while (strstr(first, "\"wait\"") != NULL);
	expect(first, "\"status\":\"inProgress\"");
	second = get(&bench, V2, "b", &status);
	expect(second, "\"status\":\"wait\"");
	statistics = web_say(&bench, "GET", "/stat/requests", NULL, &status);
	expect(statistics, "\"wait\":1,\"inProgress\":1");
	g_free(web_say(&bench, "DELETE", V2 "/a", NULL, &status));
	g_assert_cmpint(status, ==, 409);
	g_free(web_say(&bench, "DELETE", V2 "/b", NULL, &status));
	g_assert_cmpint(status, ==, 200);
	g_free(first);
	first = get(&bench, V2, "a", &status);
	expect(first, "\"status\":\"inProgress\"");
	gone = get(&bench, V2, "b", &status);
	expect(gone, "\"status\":\"interrupted\"");
	web_bench_end(&bench);
}

static void test_queue_outlives_power(void)
{
	WebBench bench = bench_new("atol-power", "task_ms=600000");
	g_autofree char *results = NULL;

	g_assert_cmpint(post(&bench, V2, "a", "[" OPEN "," SMALL "]"), ==, 201);
	g_assert_cmpuint(web_book_len(&bench), ==, 0);
	web_bench_restart(&bench);
	results = poll_results(&bench, "a");
	expect(results, "\"fiscalDocumentNumber\":58");
	g_assert_cmpuint(web_book_len(&bench), ==, 2);
	web_bench_end(&bench);
}

/* --- strictness ------------------------------------------------------------------------------- */

#define POSITION(price, quantity, amount, rest)                                                    \
	RECEIPT("sell",                                                                            \
		"{\"type\":\"position\",\"name\":\"x\",\"price\":" price ",\"quantity\":" quantity \
		",\"amount\":" amount rest "}",                                                    \
		CASH("1000000.00"))
#define REST ",\"measurementUnit\":0,\"tax\":{\"type\":\"none\"}"

static const struct {
	const char *task;
	int code;
} refusals[] = {
	/* sums and quantities */
	{ POSITION("10", "1", "10.02", REST), 16 },
	{ POSITION("10", "1", "10.01", REST), 0 },
	{ POSITION("10.005", "1", "10.00", REST), 16 },
	{ POSITION("-10", "1", "10", REST), 16 },
	{ POSITION("1e1", "1", "10", REST), 16 },
	{ POSITION("\"10\"", "1", "10", REST), 16 },
	{ POSITION("10", "0", "0", REST), 17 },
	{ POSITION("10", "1.0000001", "10", REST), 17 },
	{ POSITION("10", "0.333333", "3.33", REST), 0 },
	{ POSITION("0.07", "3", "0.21", REST), 0 },
	{ POSITION("10", "1.5", "15", REST ",\"piece\":true"), 17 },
	{ POSITION("999999999.99", "99999", "1", REST), 63 },
	/* members */
	{ POSITION("10", "1", "10", ",\"measurementUnit\":0"), 8 },
	{ POSITION("10", "1", "10", REST ",\"colour\":\"red\""), 501 },
	{ POSITION("10", "1", "10", ",\"tax\":{\"type\":\"none\"}"), 161 },
	{ POSITION("10", "1", "10", ",\"measurementUnit\":1,\"tax\":{\"type\":\"none\"}"), 13 },
	{ POSITION("10", "1", "10", REST ",\"paymentMethod\":\"later\""), 145 },
	{ POSITION("10", "1", "10", REST ",\"paymentObject\":\"thing\""), 13 },
	{ POSITION("10", "1", "10", REST ",\"paymentObject\":33"), 161 },
	{ POSITION("10", "1", "10", REST ",\"paymentObject\":33,\"imcParams\":{\"imc\":\"?\"}"),
	  409 },
	{ POSITION("10", "1", "10",
		   REST ",\"paymentObject\":33,\"imcParams\":{\"imc\":\"MDEwNDYw\"}"),
	  0 },
	{ POSITION("10", "1", "10", REST ",\"department\":0"), 58 },
	/* taxes */
	{ POSITION("10", "1", "10", ",\"measurementUnit\":0,\"tax\":{\"type\":\"vat18\"}"), 144 },
	{ POSITION("10", "1", "10", ",\"measurementUnit\":0,\"tax\":{\"type\":\"vat22\"}"), 0 },
	{ POSITION("10", "1", "10", ",\"measurementUnit\":0,\"tax\":{\"type\":\"vat122\"}"), 0 },
	{ POSITION("122", "1", "122",
		   ",\"measurementUnit\":0,\"tax\":{\"type\":\"vat22\",\"sum\":22.00}"),
	  0 },
	{ POSITION("122", "1", "122",
		   ",\"measurementUnit\":0,\"tax\":{\"type\":\"vat22\",\"sum\":20.33}"),
	  144 },
	/* payments */
	{ RECEIPT("sell", CHOCOLATE("1", "67.50"), CASH("67.49")), 66 },
	{ RECEIPT("sell", CHOCOLATE("1", "67.50"), CARD("67.51")), 52 },
	{ RECEIPT("sell", CHOCOLATE("1", "67.50"), CARD("67.50") "," CASH("1")), 0 },
	{ RECEIPT("sell", CHOCOLATE("1", "67.50"), "{\"type\":\"gold\",\"sum\":67.50}"), 60 },
	{ RECEIPT("sell", CHOCOLATE("1", "67.50"), "{\"type\":\"1\",\"sum\":67.50}"), 0 },
	{ RECEIPT("sellReturn", CHOCOLATE("1", "67.50"), CASH("67.51")), 54 },
	{ RECEIPT("sellReturn", CHOCOLATE("100", "6750.00"), CASH("6750.00")), 80 },
	/* the whole */
	{ RECEIPT("sell", "", CASH("1")), 8 },
	{ "{\"type\":\"sell\",\"taxationType\":\"osn\"," OPERATOR ",\"items\":[" CHOCOLATE(
		  "1", "67.50") "],\"payments\":[" CASH("67.50") "],\"total\":67.00}",
	  0 },
	{ "{\"type\":\"sell\",\"taxationType\":\"osn\"," OPERATOR ",\"items\":[" CHOCOLATE(
		  "1", "67.50") "],\"payments\":[" CASH("67.50") "],\"total\":66.00}",
	  227 },
	{ "{\"type\":\"sell\",\"taxationType\":\"tax\"," OPERATOR
	  ",\"items\":[" CHOCOLATE("1", "67.50") "],\"payments\":[" CASH("67.50") "]}",
	  143 },
	{ "{\"type\":\"sell\",\"taxationType\":\"osn\",\"items\":[" CHOCOLATE(
		  "1", "67.50") "],\"payments\":[" CASH("67.50") "]}",
	  8 },
	{ "{\"type\":\"sell\",\"taxationType\":\"osn\",\"electronically\":true," OPERATOR
	  ",\"items\":[" CHOCOLATE("1", "67.50") "],\"payments\":[" CASH("67.50") "]}",
	  161 },
	{ "{\"type\":\"dance\"}", 11 },
	{ "{\"type\":\"cashIn\"," OPERATOR ",\"cashSum\":0}", 16 },
	{ OPEN, 83 },
	{ "{\"type\":\"setDateTime\",\"dateTime\":\"soon\"}", 13 },
	{ "{\"type\":\"setDateTime\",\"dateTime\":\"2030-01-01T00:00:00\"}", 83 },
};

static void test_refusals(void)
{
	WebBench bench = bench_new("atol-refusals", NULL);
	size_t made = 1;

	good(&bench, "open", OPEN);
	for (size_t i = 0; i < G_N_ELEMENTS(refusals); i++) {
		g_autofree char *uuid = g_strdup_printf("r-%zu", i);

		g_test_message("%s: %s", uuid, refusals[i].task);
		expect_code(&bench, uuid, refusals[i].task, refusals[i].code);
		made += refusals[i].code == 0;
		g_assert_cmpuint(web_book_len(&bench), ==, made);
	}
	web_expect_flag(&bench, "sell.items[0]: amount is not price x quantity");
	web_expect_flag(&bench, "sell.items[0].colour: an unknown member");
	web_bench_end(&bench);
}

static void test_shift_has_to_be_open(void)
{
	WebBench bench = bench_new("atol-shift", NULL);

	expect_code(&bench, "a", SMALL, 73);
	expect_code(&bench, "b", CLOSE, 73);
	good(&bench, "c", OPEN);
	web_bench_say(&bench, "fault shift_age=25");
	ask(&bench, "d", "{\"type\":\"getShiftStatus\"}", "\"state\":\"expired\"");
	expect_code(&bench, "e", SMALL, 68);
	good(&bench, "f", CLOSE);
	good(&bench, "g", OPEN);
	good(&bench, "h", SMALL);
	web_bench_end(&bench);
}

static void test_old_format(void)
{
	WebBench bench = bench_new("atol-ffd", "ffd=1.05");

	good(&bench, "a", OPEN);
	good(&bench, "b", POSITION("10", "1", "10", ",\"tax\":{\"type\":\"none\"}"));
	good(&bench, "c",
	     POSITION("10", "1", "10",
		      ",\"measurementUnit\":\"коробка\",\"tax\":{\"type\":\"none\"}"));
	ask(&bench, "d", "{\"type\":\"getDeviceInfo\"}", "\"ffdVersion\":\"1.05\"");
	web_bench_end(&bench);
}

static void test_tax_follows_the_calendar(void)
{
	WebBench bench = bench_new("atol-calendar", NULL);

	good(&bench, "a", "{\"type\":\"setDateTime\",\"dateTime\":\"2025.12.01 10:00:00\"}");
	good(&bench, "b", OPEN);
	expect_code(
		&bench, "c",
		POSITION("10", "1", "10", ",\"measurementUnit\":0,\"tax\":{\"type\":\"vat22\"}"),
		144);
	good(&bench, "d",
	     POSITION("10", "1", "10", ",\"measurementUnit\":0,\"tax\":{\"type\":\"vat20\"}"));
	web_bench_end(&bench);
}

static void test_electronic_receipt(void)
{
	WebBench bench = bench_new("atol-electronic", NULL);

	good(&bench, "a", OPEN);
	web_bench_say(&bench, "paper-out");
	ask(&bench, "b",
	    "{\"type\":\"sell\",\"taxationType\":\"osn\",\"electronically\":true," OPERATOR
	    ",\"clientInfo\":{\"emailOrPhone\":\"+79161234567\"},\"items\":["
	    "{\"type\":\"additionalAttribute\",\"value\":\"T1-17\"}," CHOCOLATE(
		    "1", "67.50") "],\"payments\":[" CARD("67.50") "]}",
	    "\"notPrinted\":false");
	ask(&bench, "c", "{\"type\":\"getFnDocument\",\"fiscalDocumentNumber\":58}",
	    "\"1192\":\"T1-17\"");
	g_assert_false(file_has(bench.log, "PAPER|Шоколад"));
	web_book_expect(&bench, 1, 58, "sale", 6750, 0, 6750);
	web_bench_end(&bench);
}

static void test_settings(void)
{
	WebBench bench = bench_new("atol-settings", "accepted_200 flat_error blocked_accepts "
						    "memory_low ofd_timeout");
	g_autofree char *accepted = NULL, *results = NULL, *waits = NULL;
	int status;

	accepted = web_say(&bench, "POST", V2,
			   "{\"uuid\":\"a\",\"request\":{\"type\":\"getFnStatus\"}}", &status);
	g_assert_cmpint(status, ==, 200);
	g_assert_cmpstr(accepted, ==,
			"{\"uuid\":\"a\",\"number\":1,\"isBlocked\":false,\"blockedUUID\":\"\"}");
	results = poll_results(&bench, "a");
	expect(results, "\"errorCode\":0,\"errorDescription\":\"Ошибок нет\"");
	expect(results, "\"ofdTimeout\":true,\"resourceExhausted\":true");
	web_bench_say(&bench, "fault blocked@20:1");
	g_assert_cmpint(post(&bench, V2, "b", OPEN), ==, 200);
	wait_for_text(bench.log, "task b: blocked");
	g_free(accepted);
	accepted = web_say(&bench, "POST", V2,
			   "{\"uuid\":\"c\",\"request\":{\"type\":\"getFnStatus\"}}", &status);
	expect(accepted, "\"isBlocked\":true,\"blockedUUID\":\"b\"");
	waits = get(&bench, V2, "c", &status);
	expect(waits, "\"status\":\"wait\"");
	web_bench_say(&bench, "unblock");
	g_free(poll_results(&bench, "c"));
	web_bench_end(&bench);
}

static void test_marks(void)
{
	WebBench bench = bench_new("atol-marks", NULL);
#define BEGIN "{\"type\":\"beginMarkingCodeValidation\",\"params\":{\"imcType\":\"auto\",\"imc\":\""

	expect_code(&bench, "a", "{\"type\":\"acceptMarkingCode\"}", 403);
	expect_code(&bench, "b", BEGIN "not base64\"}}", 409);
	good(&bench, "c", BEGIN "MDEwNDYw\"}}");
	expect_code(&bench, "d", BEGIN "MDEwNDYw\"}}", 401);
	ask(&bench, "e", "{\"type\":\"getMarkingCodeValidationStatus\"}", "\"ready\":true");
	ask(&bench, "f", "{\"type\":\"acceptMarkingCode\"}", "\"itemInfoCheckResult\":{");
	expect_code(&bench, "g", "{\"type\":\"declineMarkingCode\"}", 403);
	good(&bench, "h", "{\"type\":\"clearMarkingCodeValidationResult\"}");
	good(&bench, "i", "{\"type\":\"validateMarks\",\"params\":[{\"imc\":\"MDEwNDYw\"}]}");
	web_bench_end(&bench);
}

/* --- paper, clock, memory --------------------------------------------------------------------- */

static void test_paper_ends_in_the_middle(void)
{
	WebBench bench = bench_new("atol-paper", NULL);

	good(&bench, "a", OPEN);
	web_bench_say(&bench, "fault paper_out=8@10:1");
	ask(&bench, "b", SALE, "\"warnings\":{\"notPrinted\":true}");
	web_book_expect(&bench, -1, 58, "sale", 24594, 14594, 10000);
	g_assert_false(file_has(bench.log, "PAPER|ИТОГ"));
	ask(&bench, "c", "{\"type\":\"getDeviceStatus\"}", "\"paperPresent\":false");
	expect_code(&bench, "d", "{\"type\":\"continuePrint\"}", 44);
	expect_code(&bench, "e", SMALL, 44);
	web_bench_restart(&bench);
	web_bench_say(&bench, "paper");
	good(&bench, "f", "{\"type\":\"continuePrint\"}");
	g_assert_true(file_has(bench.log, "PAPER|ИТОГ                             =245.94\n"));
	g_assert_cmpuint(web_book_len(&bench), ==, 2);
	web_bench_end(&bench);
}

static void test_cover_and_the_error_for_it(void)
{
	WebBench bench = bench_new("atol-cover", "paper_error");

	good(&bench, "a", OPEN);
	web_bench_say(&bench, "fault cover=3@10:1");
	expect_code(&bench, "b", SALE, 45);
	g_assert_cmpuint(web_book_len(&bench), ==, 2);
	ask(&bench, "c", "{\"type\":\"getFnStatus\"}", "\"fiscalDocumentNumber\":58");
	ask(&bench, "d", "{\"type\":\"getDeviceStatus\"}", "\"coverOpened\":true");
	web_bench_say(&bench, "cover-close");
	good(&bench, "e", "{\"type\":\"continuePrint\"}");
	web_bench_end(&bench);
}

static void test_memory_clock_serial(void)
{
	WebBench bench = bench_new("atol-conditions", NULL);

	web_bench_say(&bench, "fault memory_full");
	expect_code(&bench, "a", OPEN, 137);
	ask(&bench, "b", "{\"type\":\"getFnStatus\"}", "\"memoryOverflow\":true");
	web_bench_say(&bench, "memory-ok");
	web_bench_say(&bench, "fault clock_wrong=100000");
	expect_code(&bench, "c", OPEN, 77);
	good(&bench, "d", "{\"type\":\"setDateTime\",\"dateTime\":\"2026-06-03T10:15:00\"}");
	ask(&bench, "e", OPEN, "\"fiscalDocumentDateTime\":\"2026-06-03T10:15:0");
	web_bench_say(&bench, "fault serial=777");
	ask(&bench, "f", SMALL, "\"fnNumber\":\"9999078900000777\"");
	web_bench_say(&bench, "serial 1234");
	ask(&bench, "g", "{\"type\":\"getFnInfo\"}", "\"serial\":\"1234\"");
	web_bench_end(&bench);
}

static void test_somebody_else(void)
{
	WebBench bench = bench_new("atol-foreign", NULL);

	good(&bench, "a", OPEN);
	web_bench_say(&bench, "fault jump=3@10:1");
	ask(&bench, "b", SMALL, "\"fiscalDocumentNumber\":61");
	expect_code(&bench, "c", "{\"type\":\"getFnDocument\",\"fiscalDocumentNumber\":59}", 123);
	ask(&bench, "o", "{\"type\":\"reportOfdExchangeStatus\"}", "\"fiscalDocumentNumber\":62,");
	ask(&bench, "p", "{\"type\":\"getFnDocument\",\"fiscalDocumentNumber\":62}",
	    "\"fiscalDocumentType\":\"ofdExchangeStatus\"");
	g_assert_cmpuint(web_book_len(&bench), ==, 2);
	web_bench_say(&bench, "foreign 12345");
	ask(&bench, "d", "{\"type\":\"getFnDocument\",\"fiscalDocumentNumber\":63}",
	    "\"1020\":123.45");
	web_book_expect(&bench, -1, 63, "sale", 12345, 12345, 0);
	web_bench_end(&bench);
}

/* --- misbehaviour ----------------------------------------------------------------------------- */

/* What the host sees of the POST of a sale, and whether the document was made. */
static const struct {
	const char *fault;
	int status; /* 0: closed */
	bool made;
	const char *part; /* of the body */
} misdeeds[] = {
	{ "close_before", 0, false, "" },
	{ "close_after", 0, true, "" },
	{ "half_answer", 201, true, "{\"uuid\":" },
	{ "late=50", 201, true, "\"uuid\"" },
	{ "http_500", 500, false, "<html>" },
	{ "http_500_after", 500, true, "<html>" },
	{ "error_200", 200, false, "\"error\":{\"code\":2" },
	{ "nonsense", 201, true, "[{\"stat" },
	{ "unauthorized", 401, false, "" },
	{ "busy", 503, false, "" },
	{ "chunked", 201, true, "\r\n0\r\n\r\n" },
};

static void check_misdeed(const char *fault, int wanted, bool made, const char *part)
{
	WebBench bench = bench_new("atol-misdeeds", NULL);
	g_autofree char *spec = g_strdup_printf("fault %s@10:1", fault);
	g_autofree char *answer = NULL;
	int status;

	g_test_message("%s", fault);
	good(&bench, "a", OPEN);
	web_bench_say(&bench, spec);
	answer = web_say(&bench, "POST", V2, "{\"uuid\":\"b\",\"request\":" SALE "}", &status);
	g_assert_cmpint(status, ==, wanted);
	expect(answer, part);
	if (strcmp(fault, "half_answer") == 0)
		g_assert_null(strchr(answer, '}'));
	g_free(get(&bench, V2, "b", &status));
	g_assert_cmpint(status, ==, made ? 200 : 404);
	if (made)
		g_free(poll_results(&bench, "b"));
	g_assert_cmpuint(web_book_len(&bench), ==, made ? 2 : 1);
	/* The same uuid again is always safe. */
	g_assert_cmpint(post(&bench, V2, "b", SALE), ==, made ? 409 : 201);
	g_free(poll_results(&bench, "b"));
	g_assert_cmpuint(web_book_len(&bench), ==, 2);
	unlink(bench.state);
	web_bench_end(&bench);
}

static void test_misdeeds(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(misdeeds); i++)
		check_misdeed(misdeeds[i].fault, misdeeds[i].status, misdeeds[i].made,
			      misdeeds[i].part);
}

/* A request that breaks off does nothing, wherever that is; an answer that does takes nothing back.
 */
static void test_cable_cut_at_every_byte(void)
{
	WebBench bench = bench_new("atol-cut", NULL);
	const char *body = "{\"uuid\":\"b\",\"request\":" SMALL "}";
	size_t len = web_request_len("POST", V2, body);
	int status;

	good(&bench, "a", OPEN);
	for (size_t n = 1; n < len; n += 7) {
		g_autofree char *fault = g_strdup_printf("fault cut_in=%zu", n);

		web_bench_say(&bench, fault);
		g_free(web_say(&bench, "POST", V2, body, &status));
		g_assert_cmpint(status, ==, 0);
		web_bench_say(&bench, "hear");
		g_free(get(&bench, V2, "b", &status));
		g_assert_cmpint(status, ==, 404);
	}
	g_assert_cmpint(post(&bench, V2, "b", SMALL), ==, 201);
	g_free(poll_results(&bench, "b"));
	web_bench_say(&bench, "fault cut_out=5");
	g_free(web_say(&bench, "POST", V2, "{\"uuid\":\"c\",\"request\":" SMALL "}", &status));
	g_assert_cmpint(status, ==, 0);
	web_bench_say(&bench, "hear");
	g_free(poll_results(&bench, "c"));
	g_assert_cmpuint(web_book_len(&bench), ==, 3);
	web_bench_end(&bench);
}

/* HTTP has no check sum: a digit may have become another. Sums that do not fit may not. */
static void expect_shared_out(const WebBench *self, size_t at, int64_t total)
{
	json_t *book = web_book_new(self);
	const json_t *entry = json_array_get(book, at);

	g_assert_cmpint(json_integer_value(json_object_get(entry, "total")), ==, total);
	g_assert_cmpint(json_integer_value(json_object_get(entry, "cash")) +
				json_integer_value(json_object_get(entry, "card")),
			==, total);
	json_decref(book);
}

/* Every bit pattern that a bad cable makes of a good body is answered, and none is believed for
 * more than it is. */
static void test_flipped_bytes(void)
{
	WebBench bench = bench_new("atol-flip", NULL);
	const char *whole = "{\"uuid\":\"b\",\"request\":" SALE "}";
	size_t made;

	good(&bench, "a", OPEN);
	for (size_t n = 0; n < strlen(whole); n += 7) {
		g_autofree char *uuid = g_strdup_printf("{\"uuid\":\"b%03zu\"", n);
		g_autofree char *body = g_strconcat(uuid, whole + strlen("{\"uuid\":\"b\""), NULL);
		int status;

		if (n < strlen(body))
			body[n] ^= (char)(1 << n % 7);
		if (body[n] == '\0')
			continue;
		g_free(web_say(&bench, "POST", V2, body, &status));
		g_assert_true(status == 201 || status == 400 || status == 409);
	}
	ask(&bench, "end", "{\"type\":\"getFnStatus\"}", "\"fiscalDocumentNumber\":");
	made = web_book_len(&bench);
	g_test_message("%zu of them were good all the same", made - 1);
	for (size_t i = 1; i < made; i++)
		expect_shared_out(&bench, i, 24594);
	web_bench_end(&bench);
}

static void test_silence(void)
{
	WebBench bench = bench_new("atol-silence", NULL);
	int status;

	good(&bench, "a", OPEN);
	web_bench_say(&bench, "fault refuse@10:1");
	g_assert_true(web_is_silent(&bench, "POST", V2, "{\"uuid\":\"b\",\"request\":" SMALL "}"));
	g_free(get(&bench, V2, "b", &status));
	g_assert_cmpint(status, ==, 404);
	web_bench_say(&bench, "fault silent_after@10:1");
	g_assert_true(web_is_silent(&bench, "POST", V2, "{\"uuid\":\"b\",\"request\":" SMALL "}"));
	g_free(poll_results(&bench, "b"));
	g_assert_cmpuint(web_book_len(&bench), ==, 2);
	web_bench_end(&bench);
}

static void test_errors_on_order(void)
{
	WebBench bench = bench_new("atol-errors", NULL);
	int status;

	good(&bench, "a", OPEN);
	web_bench_say(&bench, "fault error=115@10:1");
	expect_code(&bench, "b", SMALL, 115);
	g_assert_cmpuint(web_book_len(&bench), ==, 1);
	web_bench_say(&bench, "fault error_booked@10:1");
	expect_code(&bench, "c", SMALL, 177);
	g_assert_cmpuint(web_book_len(&bench), ==, 2);
	web_bench_say(&bench, "fault lose_task@10:1");
	g_assert_cmpint(post(&bench, V2, "d", SMALL), ==, 201);
	wait_for_text(bench.log, "the task is forgotten");
	g_free(get(&bench, V2, "d", &status));
	g_assert_cmpint(status, ==, 404);
	g_assert_cmpuint(web_book_len(&bench), ==, 3);
	web_bench_end(&bench);
}

static void test_blocked_queue(void)
{
	WebBench bench = bench_new("atol-blocked", NULL);
	g_autofree char *made = NULL, *lost = NULL;
	int status;

	good(&bench, "a", OPEN);
	web_bench_say(&bench, "fault blocked=1@10:1");
	g_assert_cmpint(post(&bench, V2, "b", SMALL), ==, 201);
	wait_for_text(bench.log, "task b: blocked");
	g_assert_cmpint(post(&bench, V2, "c", "{\"type\":\"getFnStatus\"}"), ==, 420);
	web_bench_restart(&bench);
	g_assert_cmpint(post(&bench, V2, "c", "{\"type\":\"getFnStatus\"}"), ==, 420);
	made = get(&bench, V2, "b", &status);
	expect(made, "{\"status\":\"blocked\",\"error\":{\"code\":2,");
	web_bench_say(&bench, "unblock");
	g_free(made);
	made = poll_results(&bench, "b");
	expect(made, "\"fiscalDocumentNumber\":58");
	web_bench_say(&bench, "fault blocked@10:1");
	g_assert_cmpint(post(&bench, V2, "d", SMALL), ==, 201);
	wait_for_text(bench.log, "task d: blocked");
	web_bench_say(&bench, "unblock");
	lost = poll_results(&bench, "d");
	expect(lost, "{\"status\":\"error\",\"error\":{\"code\":2,");
	g_assert_cmpuint(web_book_len(&bench), ==, 2);
	web_bench_end(&bench);
}

static void test_stuck_task(void)
{
	WebBench bench = bench_new("atol-stuck", NULL);
	g_autofree char *results = NULL;
	int status;

	good(&bench, "a", OPEN);
	web_bench_say(&bench, "fault stuck@10:1");
	g_assert_cmpint(post(&bench, V2, "b", SMALL), ==, 201);
	wait_for_text(bench.log, "the task is stuck");
	results = get(&bench, V2, "b", &status);
	expect(results, "\"status\":\"inProgress\"");
	g_assert_cmpuint(web_book_len(&bench), ==, 1);
	web_bench_say(&bench, "go");
	g_free(poll_results(&bench, "b"));
	g_assert_cmpuint(web_book_len(&bench), ==, 2);
	web_bench_end(&bench);
}

static void expect_refused(const char *state)
{
	g_autoptr(GError) error = NULL;

	g_assert_null(sim_start("fiscal-atol",
				&(SimOptions){ .state_path = state, .control_fd = -1 }, &error));
	g_assert_error(error, SIM_ERROR, SIM_ERROR_STATE);
}

static void test_memory_of_another(void)
{
	g_autoptr(GError) error = NULL;
	WebBench bench = bench_new("atol-memory", NULL);
	g_autofree char *other = g_strconcat(bench.state, ".other", NULL);
	json_error_t where;
	json_t *root;

	good(&bench, "a", OPEN);
	root = json_load_file(bench.state, 0, &where);
	json_object_del(json_array_get(json_object_get(root, "tasks"), 0), "state");
	g_assert_cmpint(json_dump_file(root, other, 0), ==, 0);
	expect_refused(other);
	json_decref(root);
	g_assert_true(g_file_set_contents(other, "{\"book\":[]}", -1, &error));
	expect_refused(other);
	web_bench_end(&bench);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/atol-sim/session", test_session);
	g_test_add_func("/atol-sim/close-tells-the-shift", test_close_tells_the_shift);
	g_test_add_func("/atol-sim/questions", test_questions);
	g_test_add_func("/atol-sim/corrections", test_corrections);
	g_test_add_func("/atol-sim/text-between-positions", test_text_between_positions);
	g_test_add_func("/atol-sim/versions", test_versions);
	g_test_add_func("/atol-sim/uuid-is-the-key", test_uuid_is_the_key);
	g_test_add_func("/atol-sim/requests-that-are-none", test_requests_that_are_none);
	g_test_add_func("/atol-sim/array-stops-at-an-error", test_array_stops_at_an_error);
	g_test_add_func("/atol-sim/queue-shows-its-states", test_queue_shows_its_states);
	g_test_add_func("/atol-sim/queue-outlives-power", test_queue_outlives_power);
	g_test_add_func("/atol-sim/refusals", test_refusals);
	g_test_add_func("/atol-sim/shift-has-to-be-open", test_shift_has_to_be_open);
	g_test_add_func("/atol-sim/old-format", test_old_format);
	g_test_add_func("/atol-sim/tax-follows-the-calendar", test_tax_follows_the_calendar);
	g_test_add_func("/atol-sim/electronic-receipt", test_electronic_receipt);
	g_test_add_func("/atol-sim/settings", test_settings);
	g_test_add_func("/atol-sim/marks", test_marks);
	g_test_add_func("/atol-sim/paper-ends-in-the-middle", test_paper_ends_in_the_middle);
	g_test_add_func("/atol-sim/cover-and-the-error-for-it", test_cover_and_the_error_for_it);
	g_test_add_func("/atol-sim/memory-clock-serial", test_memory_clock_serial);
	g_test_add_func("/atol-sim/somebody-else", test_somebody_else);
	g_test_add_func("/atol-sim/misdeeds", test_misdeeds);
	g_test_add_func("/atol-sim/cable-cut-at-every-byte", test_cable_cut_at_every_byte);
	g_test_add_func("/atol-sim/flipped-bytes", test_flipped_bytes);
	g_test_add_func("/atol-sim/silence", test_silence);
	g_test_add_func("/atol-sim/errors-on-order", test_errors_on_order);
	g_test_add_func("/atol-sim/blocked-queue", test_blocked_queue);
	g_test_add_func("/atol-sim/stuck-task", test_stuck_task);
	g_test_add_func("/atol-sim/memory-of-another", test_memory_of_another);
	return g_test_run();
}
