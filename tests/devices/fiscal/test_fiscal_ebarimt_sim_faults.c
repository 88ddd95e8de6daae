/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/devices/fiscal/ebarimt_service.h"
#include "tests/wait_file.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* Each way in which the simulated eBarimt service misbehaves (§10), and what is no HTTP or JSON to
 * begin with. After all of it the next sale is booked once. */

static void books_the_next(Service *self, const char *suffix, size_t n)
{
	g_autofree char *body = with(page_sale, "000058", suffix);

	json_decref(service_post(self, body));
	service_has_booked(self, n);
}

/* --- without an answer ------------------------------------------------------------------------ */

/* Nothing to hear, and the connection stays. */
static void hears_nothing(Service *self, const char *said)
{
	int fd = service_send(self, "POST", "/rest/receipt", page_sale);

	wait_for_text(self->log, said);
	g_assert_cmpint(poll(&(struct pollfd){ .fd = fd, .events = POLLIN }, 1, 0), ==, 0);
	close(fd);
}

static void test_never_answers(void)
{
	Service s = service_new("silent", "silent");

	hears_nothing(&s, "says nothing, did nothing\n");
	service_has_booked(&s, 0);
	books_the_next(&s, "000058", 1);
	service_end(&s);
}

static void test_books_and_never_answers(void)
{
	Service s = service_new("silent1", "silent=1");

	hears_nothing(&s, "says nothing\n");
	service_has_booked(&s, 1);
	books_the_next(&s, "59", 2);
	service_end(&s);
}

static void test_closes_before_and_after(void)
{
	static const struct {
		const char *fault;
		size_t booked;
	} cases[] = { { "drop", 0 }, { "cut", 1 } };

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		Service s = service_new(cases[i].fault, cases[i].fault);
		g_autofree char *answer = service_call(&s, "POST", "/rest/receipt", page_sale);

		g_assert_cmpstr(answer, ==, "");
		service_has_booked(&s, cases[i].booked);
		books_the_next(&s, "59", cases[i].booked + 1);
		service_end(&s);
	}
}

static void test_slow(void)
{
	Service s = service_new("slow", "slow=300");
	int64_t begun = g_get_monotonic_time();

	json_decref(service_post(&s, page_sale));
	g_assert_cmpint(g_get_monotonic_time() - begun, >=, 300 * 1000);
	/* Gone before it answers: the answer is nobody's, the receipt is booked. */
	service_fault(&s, "slow=100000");
	close(service_send(&s, "POST", "/rest/receipt", page_rest));
	wait_for_text(s.log, "BOOKED|replace|");
	books_the_next(&s, "60", 3);
	service_end(&s);
}

/* --- with half an answer ---------------------------------------------------------------------- */

static size_t length_of(const char *answer)
{
	const char *told = strstr(answer, "Content-Length: ");

	g_assert_nonnull(told);
	return strtoul(told + strlen("Content-Length: "), NULL, 10);
}

static void test_half_a_body(void)
{
	Service s = service_new("half", "half");
	g_autofree char *answer = service_call(&s, "POST", "/rest/receipt", page_sale);

	g_assert_cmpuint(strlen(body_of(answer)), ==, length_of(answer) / 2);
	service_has_booked(&s, 1);
	books_the_next(&s, "59", 2);
	service_end(&s);
}

static void test_wrong_length(void)
{
	Service s = service_new("length", "length=long@1 length=short@2");
	g_autofree char *longer = service_call(&s, "GET", "/rest/info", NULL);
	g_autofree char *shorter = service_call(&s, "GET", "/rest/info", NULL);
	g_autofree char *right = service_call(&s, "GET", "/rest/info", NULL);

	g_assert_cmpuint(length_of(longer), ==, strlen(body_of(longer)) + 10);
	g_assert_cmpuint(length_of(shorter), ==, strlen(body_of(shorter)) - 10);
	g_assert_cmpuint(length_of(right), ==, strlen(body_of(right)));
	service_end(&s);
}

static char *join_chunks(const char *body)
{
	GString *text = g_string_new(NULL);

	while (g_str_has_prefix(body, "1\r\n")) {
		g_string_append_c(text, body[3]);
		g_assert_true(g_str_has_prefix(body + 4, "\r\n"));
		body += 6;
	}
	g_assert_cmpstr(body, ==, "0\r\n\r\n");
	return g_string_free(text, false);
}

static void test_chunks_of_a_byte(void)
{
	Service s = service_new("chunked", "chunked@2");
	g_autofree char *plain = service_call(&s, "GET", "/rest/info", NULL);
	g_autofree char *chunked = service_call(&s, "GET", "/rest/info", NULL);
	g_autofree char *joined = join_chunks(body_of(chunked));

	g_assert_nonnull(strstr(chunked, "Transfer-Encoding: chunked\r\n"));
	g_assert_null(strstr(chunked, "Content-Length"));
	g_assert_cmpstr(joined, ==, body_of(plain));
	service_end(&s);
}

/* --- with an odd answer ----------------------------------------------------------------------- */

static void test_page_instead_of_json(void)
{
	Service s = service_new("html", "html");
	g_autofree char *answer = service_call(&s, "POST", "/rest/receipt", page_sale);

	g_assert_true(g_str_has_prefix(answer, "HTTP/1.1 500 "));
	g_assert_nonnull(strstr(answer, "Content-Type: text/html\r\n"));
	g_assert_true(g_str_has_prefix(body_of(answer), "<html>"));
	service_has_booked(&s, 1);
	service_end(&s);
}

static void test_byte_order_mark(void)
{
	Service s = service_new("bom", "bom");
	g_autofree char *answer = service_call(&s, "POST", "/rest/receipt", page_sale);

	g_assert_true(g_str_has_prefix(body_of(answer), "\xEF\xBB\xBF{\"id\":"));
	g_assert_cmpuint(length_of(answer), ==, strlen(body_of(answer)));
	service_end(&s);
}

static void test_long_message(void)
{
	Service s = service_new("message", "long_message");
	json_t *json = service_post(&s, page_sale);

	g_assert_cmpuint(strlen(text_of(json, "message")), ==, 10240);
	g_assert_true(g_utf8_validate(text_of(json, "message"), -1, NULL));
	json_decref(json);
	service_end(&s);
}

static void test_whole_numbers_with_a_point(void)
{
	Service s = service_new("decimals", "decimals");
	g_autofree char *answer = service_call(&s, "POST", "/rest/receipt", page_sale);
	g_autofree char *info = service_call(&s, "GET", "/rest/info", NULL);

	g_assert_nonnull(strstr(answer, "\"totalAmount\":135.0}"));
	g_assert_nonnull(strstr(answer, "\"totalAmount\":245.94,"));
	g_assert_nonnull(strstr(info, "\"leftLotteries\":4210.0,"));
	service_end(&s);
}

static void test_fields_of_a_later_version(void)
{
	Service s = service_new("unknown", "unknown_fields");
	json_t *json = service_post(&s, page_sale);

	g_assert_nonnull(json_object_get(json, "extra"));
	g_assert_cmpstr(text_of(json, "id"), ==, FIRST_ID);
	json_decref(json);
	service_end(&s);
}

static void test_answer_without_id(void)
{
	Service s = service_new("noid", "no_id");
	json_t *json = service_post(&s, page_sale);

	g_assert_null(json_object_get(json, "id"));
	service_has_booked(&s, 1);
	json_decref(json);
	service_end(&s);
}

static void test_label_of_soap(void)
{
	Service s = service_new("soap", "soap");
	g_autofree char *answer = service_call(&s, "GET", "/rest/info", NULL);

	g_assert_nonnull(strstr(answer, "Content-Type: application/soap+xml\r\n"));
	service_end(&s);
}

/* --- told no ---------------------------------------------------------------------------------- */

static void test_status_of_a_receipt(void)
{
	static const struct {
		const char *fault, *status;
	} cases[] = { { "error_200", "ERROR" }, { "payment", "PAYMENT" } };

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		Service s = service_new(cases[i].fault, cases[i].fault);
		json_t *json = service_ask(&s, 200, "POST", "/rest/receipt", page_sale);

		g_assert_cmpstr(text_of(json, "status"), ==, cases[i].status);
		g_assert_cmpstr(text_of(json, "lottery"), ==, "");
		json_decref(json);
		service_has_booked(&s, 0);
		books_the_next(&s, "000058", 1);
		service_end(&s);
	}
}

/* Not a fault that was ordered: payments that are absent or short (§2). */
static void test_payments_too_small(void)
{
	Service s = service_new("short", NULL);
	g_autofree char *body = with(page_sale, "\"paidAmount\":145.94", "\"paidAmount\":145.93");
	g_autofree char *pay = with(page_sale, "\"code\":\"CASH\",\"status\":\"PAID\"",
				    "\"code\":\"CASH\",\"status\":\"PAY\"");
	const char *bodies[] = { body, pay };

	for (size_t i = 0; i < G_N_ELEMENTS(bodies); i++) {
		json_t *json = service_ask(&s, 200, "POST", "/rest/receipt", bodies[i]);

		g_assert_cmpstr(text_of(json, "status"), ==, "PAYMENT");
		g_assert_cmpstr(text_of(json, "lottery"), ==, "");
		json_decref(json);
	}
	g_assert_true(file_has(s.log, "FLAG: payments: are less than the total"));
	service_has_booked(&s, 0);
	service_end(&s);
}

static void test_refusals_that_are_ordered(void)
{
	static const struct {
		const char *fault;
		int status;
		const char *said;
	} cases[] = {
		{ "refused", 400, "refused" },
		{ "refused=503", 503, "refused" },
		{ "not_active*1", 400, "not logged in" },
		{ "not_active*1 refuse_status=403", 403, "not logged in" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *name = g_strdup_printf("no%zu", i);
		Service s = service_new(name, cases[i].fault);
		json_t *json = service_ask(&s, cases[i].status, "POST", "/rest/receipt", page_sale);

		g_assert_cmpstr(text_of(json, "status"), ==, "ERROR");
		g_assert_nonnull(strstr(text_of(json, "message"), cases[i].said));
		json_decref(json);
		service_has_booked(&s, 0);
		g_assert_false(file_has(s.log, "FLAG"));
		books_the_next(&s, "000058", 1);
		service_end(&s);
	}
}

static void test_not_active_at_all(void)
{
	Service s = service_new("inactive", "not_active");

	json_decref(service_ask(&s, 400, "GET", "/rest/info", NULL));
	json_decref(service_ask(&s, 400, "GET", "/rest/sendData", NULL));
	json_decref(service_ask(&s, 400, "DELETE", "/rest/receipt", page_void));
	service_end(&s);
}

static void test_business_is_refused(void)
{
	Service s = service_new("buyer", "buyer_unknown month_closed");
	g_autofree char *buyer = with(page_sale, "\"B2C_RECEIPT\",",
				      "\"B2B_RECEIPT\",\"customerTin\":\"22222222222\","
				      "\"reportMonth\":\"2026-05-01\",");
	json_t *json;

	service_tell(&s, "clock 2026-06-03 10:15:30");
	json = service_ask(&s, 400, "POST", "/rest/receipt", buyer);
	g_assert_nonnull(strstr(text_of(json, "message"), "customerTin"));
	json_decref(json);
	json = service_ask(&s, 400, "POST", "/rest/receipt", buyer);
	g_assert_nonnull(strstr(text_of(json, "message"), "reportMonth"));
	json_decref(json);
	json_decref(service_post(&s, buyer));
	g_assert_false(file_has(s.log, "FLAG"));
	service_end(&s);
}

static void test_no_lottery_left(void)
{
	Service s = service_new("nolottery", "no_lottery");
	json_t *json = service_ask(&s, 400, "POST", "/rest/receipt", page_sale);

	g_assert_nonnull(strstr(text_of(json, "message"), "lottery"));
	json_decref(json);
	json = service_ask(&s, 200, "GET", "/rest/info", NULL);
	g_assert_cmpint(json_integer_value(json_object_get(json, "leftLotteries")), ==, 0);
	json_decref(json);
	service_has_booked(&s, 0);
	service_end(&s);
}

static void test_clock_a_day_back(void)
{
	Service s = service_new("back", NULL);
	json_t *book, *json;

	service_tell(&s, "clock 2026-06-03 10:15:30");
	json_decref(service_post(&s, page_sale));
	service_fault(&s, "clock_back=1");
	json = service_post(&s, page_sale); /* yesterday has no such suffix yet */
	g_assert_true(g_str_has_prefix(text_of(json, "date"), "2026-06-02 10:1"));
	book = service_book(&s);
	g_assert_true(g_str_has_prefix(book_text(book, 0, "date"), "2026-06-03 10:1"));
	json_decref(book);
	json_decref(json);
	service_end(&s);
}

/* The trigger counts frames of one call: `@1:2` is the second receipt, whatever is asked between.
 */
static void test_trigger_by_call(void)
{
	Service s = service_new("trigger", "cut@1:2");
	g_autofree char *lost = NULL;

	json_decref(service_ask(&s, 200, "GET", "/rest/info", NULL));
	json_decref(service_post(&s, page_sale));
	json_decref(service_ask(&s, 200, "GET", "/rest/info", NULL));
	lost = service_call(&s, "POST", "/rest/receipt", page_rest);
	g_assert_cmpstr(lost, ==, "");
	service_has_booked(&s, 2);
	service_end(&s);
}

/* --- no such service -------------------------------------------------------------------------- */

static bool refuses_connections(const Service *self)
{
	const char *port = strrchr(self->address, ':') + 1;
	struct sockaddr_in to = { .sin_family = AF_INET,
				  .sin_addr = { htonl(INADDR_LOOPBACK) },
				  .sin_port = htons((uint16_t)atoi(port)) };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	bool refused = connect(fd, (struct sockaddr *)&to, sizeof(to)) != 0;

	close(fd);
	return refused;
}

static void test_service_is_stopped(void)
{
	Service s = service_new("stopped", NULL);

	g_assert_false(refuses_connections(&s));
	sim_say(s.sim, "unplug");
	wait_for_text(s.log, "-- unplugged\n");
	g_assert_true(refuses_connections(&s));
	sim_say(s.sim, "plug");
	wait_for_text(s.log, "-- plugged in\n");
	books_the_next(&s, "58", 1);
	service_end(&s);
}

static void test_another_program(void)
{
	Service s = service_new("wrong", "wrong_program*2");
	g_autofree char *info = service_call(&s, "GET", "/rest/info", NULL);
	g_autofree char *post = service_call(&s, "POST", "/rest/receipt", page_sale);

	g_assert_true(g_str_has_prefix(info, "HTTP/1.1 404 "));
	g_assert_true(g_str_has_prefix(post, "HTTP/1.1 404 "));
	g_assert_false(file_has(s.log, "FLAG"));
	books_the_next(&s, "58", 1);
	service_end(&s);
}

static void test_no_such_call(void)
{
	static const struct {
		const char *method, *path;
	} cases[] = {
		{ "GET", "/" },
		{ "GET", "/rest/receipt" },
		{ "PUT", "/rest/receipt" },
		{ "POST", "/rest/info" },
		{ "GET", "/rest/infos" },
		{ "POST", "/rest/receipt?x=1" },
		{ "POST", "/receipt" },
		{ "GET", "/rest/bankAccounts" },
	};
	Service s = service_new("calls", NULL);

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *answer = service_call(&s, cases[i].method, cases[i].path, NULL);
		g_autofree char *flag = g_strdup_printf("FLAG: %s %s: no such call",
							cases[i].method, cases[i].path);

		g_assert_true(g_str_has_prefix(answer, "HTTP/1.1 404 "));
		g_assert_true(file_has(s.log, flag));
	}
	service_end(&s);
}

/* --- what is no request ----------------------------------------------------------------------- */

static void test_no_json(void)
{
	static const char *const bodies[] = {
		"",
		"{",
		"[]",
		"\"x\"",
		"{\"a\":1,}",
		"{\"a\":01}",
		"{\"a\":+1}",
		"{'a':1}",
		"{\"a\":\"\xff\"}",
		"{\"a\":\"\\u0001\"}",
		"{} {}",
		"{\"a\":NaN}",
		"null",
		"\xEF\xBB\xBF{}",
	};
	Service s = service_new("json", NULL);

	for (size_t i = 0; i < G_N_ELEMENTS(bodies); i++) {
		json_decref(service_ask(&s, 400, "POST", "/rest/receipt", bodies[i]));
		json_decref(service_ask(&s, 400, "DELETE", "/rest/receipt", bodies[i]));
	}
	g_assert_true(file_has(s.log, "FLAG: byte "));
	g_assert_true(file_has(s.log, "FLAG: body: is no object"));
	service_has_booked(&s, 0);
	books_the_next(&s, "58", 1);
	service_end(&s);
}

static void test_heads(void)
{
	static const struct {
		const char *request, *flag;
	} cases[] = {
		{ "POST /rest/receipt HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\n"
		  "Content-Length: 2\r\n\r\n{}",
		  "FLAG: Content-Type" },
		{ "POST /rest/receipt HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}",
		  "FLAG: Content-Type" },
		{ "GET /rest/info HTTP/1.1\r\n\r\n", "FLAG: Host" },
		{ "GET /rest/info HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}",
		  "FLAG: body: a GET" },
		{ "hello\r\n\r\n", "FLAG: HTTP at byte" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *name = g_strdup_printf("head%zu", i);
		Service s = service_new(name, NULL);
		g_autoptr(GByteArray) answer =
			service_bytes_new(&s, cases[i].request, strlen(cases[i].request));

		g_assert_cmpmem(answer->data, 13, "HTTP/1.1 400 ", 13);
		g_assert_true(file_has(s.log, cases[i].flag));
		service_end(&s);
	}
}

/* A request that is cut at any byte is no request; an answer that is cut was one. */
static void test_cable(void)
{
	Service s = service_new("cable", NULL);
	g_autofree char *nothing = NULL, *part = NULL;
	int fd;

	service_fault(&s, "cut_in=1000");
	fd = service_send(&s, "POST", "/rest/receipt", page_sale);
	wait_for_text(s.log, "the link breaks\n");
	close(fd);
	service_has_booked(&s, 0);
	service_fault(&s, "cut_out=1");
	nothing = service_call(&s, "POST", "/rest/receipt", page_sale);
	g_assert_cmpstr(nothing, ==, "");
	service_has_booked(&s, 1);
	service_fault(&s, "cut_out=101");
	part = service_call(&s, "GET", "/rest/info", NULL);
	g_assert_cmpuint(strlen(part), ==, 100);
	books_the_next(&s, "59", 2);
	service_end(&s);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/ebarimt-faults/never-answers", test_never_answers);
	g_test_add_func("/ebarimt-faults/books-and-never-answers", test_books_and_never_answers);
	g_test_add_func("/ebarimt-faults/closes-before-and-after", test_closes_before_and_after);
	g_test_add_func("/ebarimt-faults/slow", test_slow);
	g_test_add_func("/ebarimt-faults/half-a-body", test_half_a_body);
	g_test_add_func("/ebarimt-faults/wrong-length", test_wrong_length);
	g_test_add_func("/ebarimt-faults/chunks-of-a-byte", test_chunks_of_a_byte);
	g_test_add_func("/ebarimt-faults/page-instead-of-json", test_page_instead_of_json);
	g_test_add_func("/ebarimt-faults/byte-order-mark", test_byte_order_mark);
	g_test_add_func("/ebarimt-faults/long-message", test_long_message);
	g_test_add_func("/ebarimt-faults/whole-numbers-with-a-point",
			test_whole_numbers_with_a_point);
	g_test_add_func("/ebarimt-faults/fields-of-a-later-version",
			test_fields_of_a_later_version);
	g_test_add_func("/ebarimt-faults/answer-without-id", test_answer_without_id);
	g_test_add_func("/ebarimt-faults/label-of-soap", test_label_of_soap);
	g_test_add_func("/ebarimt-faults/status-of-a-receipt", test_status_of_a_receipt);
	g_test_add_func("/ebarimt-faults/payments-too-small", test_payments_too_small);
	g_test_add_func("/ebarimt-faults/refusals-that-are-ordered",
			test_refusals_that_are_ordered);
	g_test_add_func("/ebarimt-faults/not-active-at-all", test_not_active_at_all);
	g_test_add_func("/ebarimt-faults/business-is-refused", test_business_is_refused);
	g_test_add_func("/ebarimt-faults/no-lottery-left", test_no_lottery_left);
	g_test_add_func("/ebarimt-faults/clock-a-day-back", test_clock_a_day_back);
	g_test_add_func("/ebarimt-faults/trigger-by-call", test_trigger_by_call);
	g_test_add_func("/ebarimt-faults/service-is-stopped", test_service_is_stopped);
	g_test_add_func("/ebarimt-faults/another-program", test_another_program);
	g_test_add_func("/ebarimt-faults/no-such-call", test_no_such_call);
	g_test_add_func("/ebarimt-faults/no-json", test_no_json);
	g_test_add_func("/ebarimt-faults/heads", test_heads);
	g_test_add_func("/ebarimt-faults/cable", test_cable);
	return g_test_run();
}
