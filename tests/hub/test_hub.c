/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/barcode.h"
#include "store/goods_file.h"
#include "tests/hub/fake_till.h"
#include "tests/hub/hub_process.h"

#include <string.h>
#include <sys/resource.h>

#define JOURNAL_OF_ONE "/v1/tills/1/journal"

static void sell(FakeTill *till, int n, guint32 seed)
{
	for (int i = 0; i < n; i++) {
		g_autoptr(Receipt) receipt = fake_receipt(RECEIPT_SALE, 8, seed + (guint32)i);

		fake_till_sell(till, receipt);
	}
}

static int64_t count_receipts(HubProcess *hub)
{
	int64_t n;

	g_assert_true(fake_office_ask_sql(&hub->office, "SELECT count(*) FROM receipt", &n, 1));
	return n;
}

static void send(HubProcess *hub, const char *token, const FakeTill *till, guint from, guint to,
		 HubAnswer *ret)
{
	hub_post(hub, JOURNAL_OF_ONE, token, fake_till_dup_body(till, from, to), ret);
}

/* --- who may come in ----------------------------------------------------------------------- */

static void test_healthz(void)
{
	g_auto(HubProcess) hub;
	g_auto(HubAnswer) answer = { 0 };
	gsize len;

	hub_process_init(&hub);
	hub_get(&hub, "/healthz", NULL, &answer);
	g_assert_cmpint(answer.status, ==, 200);
	g_assert_cmpmem(g_bytes_get_data(answer.body, &len), 2, "ok", 2);
}

static void test_tls(void)
{
	g_auto(HubProcess) hub;
	g_auto(HubAnswer) answer = { 0 };
	g_autofree char *token = NULL;

	hub_process_init_tls(&hub);
	g_assert_true(g_str_has_prefix(hub.url, "https://127.0.0.1:"));
	token = hub_enrol(&hub, "Касса 1");
	hub_get(&hub, "/v1/changes?since=0", token, &answer);
	g_assert_cmpint(answer.status, ==, 200);
}

static void enrol(HubProcess *hub, const char *code, HubAnswer *ret)
{
	GString *body = g_string_new(NULL);

	g_string_printf(body, "{\"code\":\"%s\"}", code);
	hub_post(hub, "/v1/enrol", NULL, body, ret);
}

/* Whoever calls and goes leaves nothing behind: a hub that runs for months has room for the next.
 */
static void test_more_callers_than_files(void)
{
	const struct rlimit few = { 48, 48 };
	g_auto(HubProcess) hub;

	hub_process_init(&hub);
	g_assert_cmpint(prlimit(hub_process_get_id(&hub), RLIMIT_NOFILE, &few, NULL), ==, 0);
	for (int i = 0; i < 100; i++) {
		g_auto(HubAnswer) answer = { 0 };

		g_object_unref(hub.session);
		hub.session = soup_session_new();
		hub_get(&hub, "/healthz", NULL, &answer);
		g_assert_cmpint(answer.status, ==, 200);
	}
}

static void test_code_works_once(void)
{
	g_auto(HubProcess) hub;
	g_auto(HubAnswer) answer = { 0 };
	g_autofree char *code = NULL;
	g_autofree char *typed = NULL;
	const json_t *shop;

	hub_process_init(&hub);
	code = fake_office_add_till(&hub.office, "Касса 1");
	typed = g_ascii_strdown(code, -1); /* as people type it */
	enrol(&hub, typed, &answer);
	g_assert_cmpint(answer.status, ==, 200);
	g_assert_cmpint(hub_answer_int(&answer, "till"), ==, 1);
	g_assert_cmpint(hub_answer_int(&answer, "next"), ==, 1);
	g_assert_cmpint(strlen(json_string_value(json_object_get(answer.json, "token"))), ==, 64);
	shop = json_object_get(answer.json, "shop");
	g_assert_cmpstr(json_string_value(json_object_get(shop, "country")), ==, "ru");
	g_assert_cmpint(json_integer_value(json_object_get(shop, "currency")), ==, FAKE_RUB);
	enrol(&hub, code, &answer);
	g_assert_cmpint(answer.status, ==, 403);
}

static void test_guessing_is_slowed_down(void)
{
	g_auto(HubProcess) hub;
	g_auto(HubAnswer) answer = { 0 };
	g_autofree char *code = NULL;

	hub_process_init(&hub);
	code = fake_office_add_till(&hub.office, "Касса 1");
	for (int i = 0; i < 10; i++) {
		enrol(&hub, "AAAA-AAAA", &answer);
		g_assert_cmpint(answer.status, ==, 403);
	}
	enrol(&hub, code, &answer);
	g_assert_cmpint(answer.status, ==, 429);
}

static void test_strangers_stay_out(void)
{
	static const struct {
		const char *method, *path;
	} calls[] = { { "GET", "/v1/snapshot" },
		      { "GET", "/v1/changes?since=0" },
		      { "POST", JOURNAL_OF_ONE } };
	g_auto(HubProcess) hub;
	g_auto(HubAnswer) answer = { 0 };
	g_autofree char *token = NULL;

	hub_process_init(&hub);
	token = hub_enrol(&hub, "Касса 1");
	token[0] = token[0] == 'a' ? 'b' : 'a';
	for (size_t i = 0; i < G_N_ELEMENTS(calls); i++) {
		hub_call(&hub, calls[i].method, calls[i].path, NULL, NULL, NULL, &answer);
		g_assert_cmpint(answer.status, ==, 401);
		hub_call(&hub, calls[i].method, calls[i].path, token, NULL, NULL, &answer);
		g_assert_cmpint(answer.status, ==, 401);
	}
}

static void test_no_such_call(void)
{
	g_auto(HubProcess) hub;
	g_auto(HubAnswer) answer = { 0 };

	hub_process_init(&hub);
	hub_get(&hub, "/v1/tills/x/journal", NULL, &answer);
	g_assert_cmpint(answer.status, ==, 404);
	hub_get(&hub, "/v1/receipts/", NULL, &answer);
	g_assert_cmpint(answer.status, ==, 404);
	hub_get(&hub, "/v1/receipts/a/b", NULL, &answer);
	g_assert_cmpint(answer.status, ==, 404);
	hub_get(&hub, "/v1/enrol", NULL, &answer);
	g_assert_cmpint(answer.status, ==, 405);
}

/* --- journals ------------------------------------------------------------------------------ */

static void test_journal_comes_in(void)
{
	g_auto(HubProcess) hub;
	g_auto(FakeTill) till;
	g_auto(HubAnswer) answer = { 0 };
	g_autofree char *token = NULL;

	hub_process_init(&hub);
	fake_till_init(&till);
	sell(&till, 30, 1);
	token = hub_enrol(&hub, "Касса 1");
	send(&hub, token, &till, 0, 0, &answer);
	g_assert_cmpint(answer.status, ==, 200);
	g_assert_cmpint(hub_answer_int(&answer, "next"), ==, 1);
	send(&hub, token, &till, 0, 30, &answer);
	g_assert_cmpint(answer.status, ==, 200);
	g_assert_cmpint(hub_answer_int(&answer, "next"), ==, 31);
	send(&hub, token, &till, 0, 30, &answer); /* the answer was lost */
	g_assert_cmpint(answer.status, ==, 200);
	g_assert_cmpint(hub_answer_int(&answer, "next"), ==, 31);
	g_assert_cmpint(count_receipts(&hub), ==, 30);
	fake_office_verify(&hub.office);
}

/* --- receipts ------------------------------------------------------------------------------ */

static Receipt *whole_return(const Receipt *sale, const char *number)
{
	g_autoptr(GError) error = NULL;
	Receipt *back = receipt_new_return(sale, number, NULL, 0, &error);

	g_assert_no_error(error);
	for (TenderKind kind = 0; kind < TENDER_N; kind++) {
		Money sum = receipt_get_give_back(back, kind);

		if (sum.minor > 0)
			receipt_pay(back, kind, sum, NULL, &error);
		g_assert_no_error(error);
	}
	return back;
}

static Receipt *receipt_of(const json_t *answer)
{
	g_autoptr(GError) error = NULL;
	Receipt *receipt = receipt_from_json(json_object_get(answer, "receipt"), &error);

	g_assert_no_error(error);
	return receipt;
}

/* The second till asks for what the first has sold and taken back. */
static void test_receipt_of_another_till(void)
{
	g_auto(HubProcess) hub;
	g_auto(FakeTill) till;
	g_auto(HubAnswer) sent = { 0 }, found = { 0 }, none = { 0 }, stranger = { 0 };
	g_autoptr(Receipt) sale = fake_receipt(RECEIPT_SALE, 3, 7), back = NULL;
	g_autoptr(Receipt) told = NULL, told_back = NULL;
	g_autofree char *first = NULL, *second = NULL;
	json_t *returns;

	hub_process_init(&hub);
	first = hub_enrol(&hub, "Till 1");
	second = hub_enrol(&hub, "Till 2");
	fake_till_init(&till);
	fake_till_sell(&till, sale);
	back = whole_return(sale, "T1-000001");
	fake_till_sell(&till, back);
	send(&hub, first, &till, 0, 2, &sent);
	g_assert_cmpint(sent.status, ==, 200);

	hub_get(&hub, "/v1/receipts/T1-000001", second, &found);
	g_assert_cmpint(found.status, ==, 200);
	g_assert_cmpint(hub_answer_int(&found, "till"), ==, 1);
	told = receipt_of(found.json);
	g_assert_cmpint(receipt_get_totals(told)->total.minor, ==,
			receipt_get_totals(sale)->total.minor);
	g_assert_cmpint(json_integer_value(
				json_object_get(json_object_get(found.json, "fiscal"), "document")),
			==, 101);
	returns = json_object_get(found.json, "returns");
	g_assert_cmpint(json_array_size(returns), ==, 1);
	told_back = receipt_of(json_array_get(returns, 0));
	g_assert_cmpstr(receipt_get_origin(told_back), ==, "T1-000001");

	hub_get(&hub, "/v1/receipts/T1-000009", second, &none);
	g_assert_cmpint(none.status, ==, 404);
	g_assert_cmpstr(hub_answer_error(&none), ==, "receipt");
	hub_get(&hub, "/v1/receipts/T1-000001", NULL, &stranger);
	g_assert_cmpint(stranger.status, ==, 401);
}

static void test_gap_and_broken_chain(void)
{
	g_auto(HubProcess) hub;
	g_auto(FakeTill) till, clone;
	g_auto(HubAnswer) answer = { 0 };
	g_autofree char *token = NULL;

	hub_process_init(&hub);
	fake_till_init(&till);
	fake_till_init(&clone);
	sell(&till, 10, 1);
	sell(&clone, 10, 100);
	token = hub_enrol(&hub, "Касса 1");
	send(&hub, token, &till, 4, 10, &answer);
	g_assert_cmpint(answer.status, ==, 409);
	g_assert_cmpstr(hub_answer_error(&answer), ==, "gap");
	g_assert_cmpint(hub_answer_int(&answer, "next"), ==, 1);
	send(&hub, token, &till, 0, 6, &answer);
	g_assert_cmpint(answer.status, ==, 200);
	send(&hub, token, &clone, 0, 3, &answer);
	g_assert_cmpint(answer.status, ==, 409);
	g_assert_cmpstr(hub_answer_error(&answer), ==, "chain");
	send(&hub, token, &clone, 6, 10, &answer);
	g_assert_cmpint(answer.status, ==, 409);
	g_assert_cmpstr(hub_answer_error(&answer), ==, "chain");
	g_assert_cmpint(hub_answer_int(&answer, "next"), ==, 7);
	send(&hub, token, &till, 6, 10, &answer);
	g_assert_cmpint(answer.status, ==, 200);
	g_assert_cmpint(count_receipts(&hub), ==, 10);
}

static void test_poison_holds_nobody_up(void)
{
	g_auto(HubProcess) hub;
	g_auto(FakeTill) till;
	g_auto(HubAnswer) answer = { 0 };
	g_autofree char *token = NULL;
	g_autofree char *metrics = NULL;
	gsize len;

	hub_process_init(&hub);
	fake_till_init(&till);
	sell(&till, 3, 1);
	fake_till_note(&till, JOURNAL_RECEIPT, json_pack("{s:s}", "receipt", "eaten by the dog"));
	sell(&till, 3, 10);
	token = hub_enrol(&hub, "Касса 1");
	send(&hub, token, &till, 0, 7, &answer);
	g_assert_cmpint(answer.status, ==, 200);
	g_assert_cmpint(hub_answer_int(&answer, "next"), ==, 8);
	g_assert_cmpint(count_receipts(&hub), ==, 6);
	hub_get(&hub, "/metrics", NULL, &answer);
	metrics = g_strdup(g_bytes_get_data(answer.body, &len));
	metrics = g_realloc(metrics, len + 1);
	g_assert_nonnull(g_strstr_len(metrics, (gssize)len, "baraa_hub_quarantined_total 1\n"));
	g_assert_nonnull(g_strstr_len(metrics, (gssize)len, "baraa_hub_receipts_total 6\n"));
	g_assert_nonnull(
		g_strstr_len(metrics, (gssize)len, "baraa_hub_till_entries{till=\"1\"} 7\n"));
}

static void test_anothers_journal(void)
{
	g_auto(HubProcess) hub;
	g_auto(FakeTill) till;
	g_auto(HubAnswer) answer = { 0 };
	g_autofree char *one = NULL;
	g_autofree char *two = NULL;

	hub_process_init(&hub);
	fake_till_init(&till);
	sell(&till, 1, 1);
	one = hub_enrol(&hub, "Касса 1");
	two = hub_enrol(&hub, "Касса 2");
	send(&hub, two, &till, 0, 1, &answer);
	g_assert_cmpint(answer.status, ==, 403);
	send(&hub, one, &till, 0, 1, &answer);
	g_assert_cmpint(answer.status, ==, 200);
}

/* --- bad bodies ---------------------------------------------------------------------------- */

static void test_gzip(void)
{
	g_auto(HubProcess) hub;
	g_auto(FakeTill) till;
	g_auto(HubAnswer) answer = { 0 };
	g_autofree char *token = NULL;
	g_autoptr(GBytes) packed = NULL;
	g_autoptr(GBytes) half = NULL;

	hub_process_init(&hub);
	fake_till_init(&till);
	sell(&till, 50, 1);
	token = hub_enrol(&hub, "Касса 1");
	g_autoptr(GString) body = fake_till_dup_body(&till, 0, 50);
	packed = hub_gzip(body->str, body->len);
	half = g_bytes_new_from_bytes(packed, 0, g_bytes_get_size(packed) / 2);
	hub_call(&hub, "POST", JOURNAL_OF_ONE, token, "gzip", half, &answer);
	g_assert_cmpint(answer.status, ==, 400);
	g_assert_cmpint(count_receipts(&hub), ==, 0);
	hub_call(&hub, "POST", JOURNAL_OF_ONE, token, "gzip", packed, &answer);
	g_assert_cmpint(answer.status, ==, 200);
	g_assert_cmpint(count_receipts(&hub), ==, 50);
	hub_call(&hub, "POST", JOURNAL_OF_ONE, token, "br", packed, &answer);
	g_assert_cmpint(answer.status, ==, 415);
}

static void test_gzip_bomb(void)
{
	g_auto(HubProcess) hub;
	g_auto(HubAnswer) answer = { 0 };
	g_autofree char *token = NULL;
	g_autofree char *blanks = g_malloc(80 << 20);
	g_autoptr(GBytes) bomb = NULL;

	memset(blanks, '\n', 80 << 20);
	bomb = hub_gzip(blanks, 80 << 20);
	hub_process_init(&hub);
	token = hub_enrol(&hub, "Касса 1");
	hub_call(&hub, "POST", JOURNAL_OF_ONE, token, "gzip", bomb, &answer);
	g_assert_cmpint(answer.status, ==, 413);
	g_assert_cmpstr(hub_answer_error(&answer), ==, "large");
}

static void test_body_too_large(void)
{
	g_auto(HubProcess) hub;
	g_auto(HubAnswer) answer = { 0 };
	g_autofree char *token = NULL;
	GString *body = g_string_new(NULL);

	g_string_set_size(body, 17 << 20);
	memset(body->str, '\n', body->len);
	hub_process_init(&hub);
	token = hub_enrol(&hub, "Касса 1");
	hub_post(&hub, JOURNAL_OF_ONE, token, body, &answer);
	g_assert_cmpint(answer.status, ==, 413);
	hub_get(&hub, "/healthz", NULL, &answer);
	g_assert_cmpint(answer.status, ==, 200);
}

static void test_rubbish(void)
{
	static const char *const bodies[] = { "{",
					      "[]",
					      "\"\"",
					      "{\"hash\":1,\"body\":\"{}\"}",
					      "{\"hash\":\"00\"}",
					      "\xff\xfe",
					      "{\"hash\":\"\",\"body\":\"\\u0000\"}" };
	g_auto(HubProcess) hub;
	g_auto(HubAnswer) answer = { 0 };
	g_autofree char *token = NULL;

	hub_process_init(&hub);
	token = hub_enrol(&hub, "Касса 1");
	for (size_t i = 0; i < G_N_ELEMENTS(bodies); i++) {
		hub_post(&hub, JOURNAL_OF_ONE, token, g_string_new(bodies[i]), &answer);
		g_assert_cmpint(answer.status, ==, 400);
		g_assert_cmpstr(hub_answer_error(&answer), ==, "body");
		hub_post(&hub, "/v1/enrol", NULL, g_string_new(bodies[i]), &answer);
		g_assert_cmpint(answer.status, ==, 400);
	}
	hub_post(&hub, JOURNAL_OF_ONE, token,
		 g_string_new("{\"hash\":\"00\",\"body\":\"no entry\"}\n"), &answer);
	g_assert_cmpint(answer.status, ==, 409);
	g_assert_cmpstr(hub_answer_error(&answer), ==, "chain");
}

/* Says that @length bytes of body come, sends @body, and hangs up. */
static void write_and_vanish(HubProcess *hub, const char *token, const char *body, gsize length)
{
	g_autoptr(GSocketClient) client = g_socket_client_new();
	g_autoptr(GUri) uri = g_uri_parse(hub->url, G_URI_FLAGS_NONE, NULL);
	g_autoptr(GError) error = NULL;
	g_autoptr(GSocketConnection) connection = g_socket_client_connect_to_host(
		client, g_uri_get_host(uri), (guint16)g_uri_get_port(uri), NULL, &error);
	g_autofree char *request = g_strdup_printf("POST " JOURNAL_OF_ONE " HTTP/1.1\r\n"
						   "Host: hub\r\nAuthorization: Bearer %s\r\n"
						   "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s",
						   token, length, body);

	g_assert_no_error(error);
	g_output_stream_write_all(g_io_stream_get_output_stream(G_IO_STREAM(connection)), request,
				  strlen(request), NULL, NULL, &error);
	g_assert_no_error(error);
	g_io_stream_close(G_IO_STREAM(connection), NULL, &error);
	g_assert_no_error(error);
}

static void test_client_dies_mid_body(void)
{
	g_auto(HubProcess) hub;
	g_auto(FakeTill) till;
	g_auto(HubAnswer) answer = { 0 };
	g_autofree char *token = NULL;

	hub_process_init(&hub);
	fake_till_init(&till);
	sell(&till, 2, 1);
	token = hub_enrol(&hub, "Касса 1");
	for (int i = 0; i < 20; i++)
		write_and_vanish(&hub, token, "{\"hash\":\"", 100000);
	send(&hub, token, &till, 0, 2, &answer);
	g_assert_cmpint(answer.status, ==, 200);
	g_assert_cmpint(count_receipts(&hub), ==, 2);
}

/* --- several at once, and the end ---------------------------------------------------------- */

typedef struct {
	GMainLoop *loop;
	int waiting;
	int done; /* with 200 */
} Crowd;

static void one_answered(GObject *session, GAsyncResult *result, void *data)
{
	Crowd *crowd = data;
	g_autoptr(GBytes) body =
		soup_session_send_and_read_finish(SOUP_SESSION(session), result, NULL);
	SoupMessage *message = soup_session_get_async_result_message(SOUP_SESSION(session), result);

	crowd->done += body != NULL && soup_message_get_status(message) == 200;
	if (--crowd->waiting == 0)
		g_main_loop_quit(crowd->loop);
}

static void send_later(HubProcess *hub, const char *path, const char *token, const FakeTill *till,
		       guint from, guint to, Crowd *crowd)
{
	g_autoptr(GBytes) body = g_string_free_to_bytes(fake_till_dup_body(till, from, to));
	g_autoptr(SoupMessage) message = hub_message_new(hub, "POST", path, token, NULL, body);

	crowd->waiting++;
	soup_session_send_and_read_async(hub->session, message, G_PRIORITY_DEFAULT, NULL,
					 one_answered, crowd);
}

static void test_two_tills_at_once(void)
{
	g_auto(HubProcess) hub;
	g_auto(FakeTill) one, two;
	g_autofree char *token_one = NULL;
	g_autofree char *token_two = NULL;
	Crowd crowd = { 0 };

	hub_process_init(&hub);
	fake_till_init(&one);
	fake_till_init(&two);
	sell(&one, 40, 1);
	sell(&two, 40, 1000);
	token_one = hub_enrol(&hub, "Касса 1");
	token_two = hub_enrol(&hub, "Касса 2");
	crowd.loop = g_main_loop_new(NULL, FALSE);
	for (int round = 0; round < 3; round++) { /* an impatient till sends again and again */
		send_later(&hub, JOURNAL_OF_ONE, token_one, &one, 0, 40, &crowd);
		send_later(&hub, "/v1/tills/2/journal", token_two, &two, 0, 40, &crowd);
	}
	g_main_loop_run(crowd.loop);
	g_main_loop_unref(crowd.loop);
	g_assert_cmpint(crowd.done, ==, 6);
	g_assert_cmpint(count_receipts(&hub), ==, 80);
	fake_office_verify(&hub.office);
}

/* The office writes for a while: journals wait, everything else goes on, and a till that has given
 * up waiting harms nobody. */
static void test_office_holds_the_file(void)
{
	g_auto(HubProcess) hub;
	g_auto(FakeTill) till;
	g_auto(HubAnswer) answer = { 0 };
	g_autoptr(GString) body = NULL;
	g_autofree char *token = NULL;
	Crowd crowd = { 0 };

	hub_process_init(&hub);
	fake_till_init(&till);
	sell(&till, 5, 1);
	token = hub_enrol(&hub, "Касса 1");
	g_assert_true(store_begin(hub.office.store, NULL));
	body = fake_till_dup_body(&till, 0, 5);
	write_and_vanish(&hub, token, body->str, body->len);
	crowd.loop = g_main_loop_new(NULL, FALSE);
	send_later(&hub, JOURNAL_OF_ONE, token, &till, 0, 5, &crowd);
	hub_get(&hub, "/healthz", NULL, &answer);
	g_assert_cmpint(answer.status, ==, 200);
	hub_get(&hub, "/v1/changes?since=0", token, &answer);
	g_assert_cmpint(answer.status, ==, 200);
	store_rollback(hub.office.store);
	g_main_loop_run(crowd.loop);
	g_main_loop_unref(crowd.loop);
	g_assert_cmpint(crowd.done, ==, 1);
	g_assert_cmpint(count_receipts(&hub), ==, 5);
}

static gboolean kill_hub(void *hub)
{
	hub_process_kill(hub);
	return G_SOURCE_REMOVE;
}

static int64_t next_number(HubProcess *hub)
{
	int64_t next;

	g_assert_true(fake_office_ask(&hub->office, "office/ingest/head", (int64_t[]){ 1, 1 }, 2,
				      &next, 1));
	return next;
}

/* Killed at some moment while it takes batches of 100 in: each is in or not, and sending again
 * brings all of it in, once. */
static void test_killed_mid_batch(void)
{
	g_auto(HubProcess) hub;
	g_auto(FakeTill) till;
	g_auto(HubAnswer) answer = { 0 };
	g_autofree char *token = NULL;

	hub_process_init(&hub);
	fake_till_init(&till);
	sell(&till, 600, 1);
	token = hub_enrol(&hub, "Касса 1");
	for (int life = 0; life < 6; life++) {
		guint from = (guint)next_number(&hub) - 1;
		Crowd crowd = { .loop = g_main_loop_new(NULL, FALSE) };

		for (guint i = from; i < 600; i += 100)
			send_later(&hub, JOURNAL_OF_ONE, token, &till, i, i + 100, &crowd);
		g_timeout_add((guint)(5 + 17 * life), kill_hub, &hub);
		while (hub.process != NULL || crowd.waiting > 0)
			g_main_context_iteration(NULL, TRUE);
		g_main_loop_unref(crowd.loop);
		g_assert_cmpint(next_number(&hub) % 100, ==, 1);
		g_assert_cmpint(count_receipts(&hub), ==, next_number(&hub) - 1);
		fake_office_verify(&hub.office);
		hub_process_start(&hub);
	}
	send(&hub, token, &till, 0, 600, &answer);
	g_assert_cmpint(answer.status, ==, 200);
	g_assert_cmpint(count_receipts(&hub), ==, 600);
	fake_office_verify(&hub.office);
}

static void test_ends_cleanly(void)
{
	g_auto(HubProcess) hub;
	g_auto(HubAnswer) answer = { 0 };
	g_autofree char *token = NULL;

	hub_process_init(&hub);
	token = hub_enrol(&hub, "Касса 1");
	hub_get(&hub, "/v1/snapshot", token, &answer);
	g_assert_cmpint(answer.status, ==, 200);
	g_assert_cmpint(hub_process_stop(&hub), ==, 0);
	/* fake_office_clear() finds the folder empty: nothing of the snapshot is left. */
}

/* --- goods --------------------------------------------------------------------------------- */

/* @goods: the file as a till opens it. */
static void check_goods(Store *goods, int64_t n_items)
{
	StoreStatement *count = store_statement(goods, "goods/read/count");
	StoreStatement *find = store_statement(goods, "goods/read/by_barcode");
	g_autofree char *key = barcode_dup_key("4600000000077");
	g_autoptr(GError) error = NULL;

	g_assert_cmpint(store_step(count, &error), ==, STORE_ROW);
	g_assert_cmpint(store_get_int(count, 0), ==, n_items);
	store_reset(count);
	store_bind_text(find, 1, key);
	g_assert_cmpint(store_step(find, &error), ==, STORE_ROW);
	g_assert_cmpint(store_get_int(find, 0), ==, 7);
	store_reset(find);
}

static void test_snapshot(void)
{
	g_auto(HubProcess) hub;
	g_auto(HubAnswer) answer = { 0 };
	g_autofree char *token = NULL;
	g_autofree char *path = NULL;
	g_autofree char *dsn = NULL;
	g_autoptr(GError) error = NULL;
	int64_t revision;
	Store *goods;
	gsize len;

	hub_process_init(&hub);
	fake_office_add_goods(&hub.office, 300);
	token = hub_enrol(&hub, "Касса 1");
	hub_get(&hub, "/v1/snapshot?schema=3", token, &answer);
	g_assert_cmpint(answer.status, ==, 200);
	path = g_build_filename(hub.office.folder, "goods.db", NULL);
	g_assert_true(g_file_set_contents(path, g_bytes_get_data(answer.body, &len),
					  (gssize)g_bytes_get_size(answer.body), &error));
	dsn = g_strconcat("sqlite:", path, NULL);
	goods = store_open(dsn, 0, &error);
	g_assert_no_error(error);
	g_assert_true(store_check_version(goods, "goods", &error));
	g_assert_true(goods_file_get_revision(goods, &revision, &error));
	check_goods(goods, 300);
	store_close(goods);
	hub_get(&hub, "/v1/changes?since=0", token, &answer);
	g_assert_cmpint(hub_answer_int(&answer, "revision"), ==, revision);
	g_assert_cmpint(json_array_size(json_object_get(answer.json, "items")), ==, 300);
}

static void test_changes_page_by_page(void)
{
	g_auto(HubProcess) hub;
	g_auto(HubAnswer) answer = { 0 };
	g_autofree char *token = NULL;
	int64_t since = 0;
	size_t pages = 0, items = 0, people = 0;

	hub_process_init(&hub);
	fake_office_add_goods(&hub.office, 12000);
	token = hub_enrol(&hub, "Касса 1");
	do {
		g_autofree char *path = g_strdup_printf("/v1/changes?since=%d", (int)since);

		hub_get(&hub, path, token, &answer);
		g_assert_cmpint(answer.status, ==, 200);
		g_assert_cmpint(hub_answer_int(&answer, "revision"), >, since);
		since = hub_answer_int(&answer, "revision");
		items += json_array_size(json_object_get(answer.json, "items"));
		people += json_array_size(json_object_get(answer.json, "people"));
		pages++;
	} while (json_is_true(json_object_get(answer.json, "more")));
	g_assert_cmpint(items, ==, 12000);
	g_assert_cmpint(pages, ==, 3);
	g_assert_cmpint(people, ==, 1);
}

static void check_changes(HubProcess *hub, const char *token, int64_t since, size_t n_items,
			  int64_t *ret_revision)
{
	g_autofree char *path = g_strdup_printf("/v1/changes?since=%d", (int)since);
	g_auto(HubAnswer) answer = { 0 };

	hub_get(hub, path, token, &answer);
	g_assert_cmpint(answer.status, ==, 200);
	g_assert_cmpint(json_array_size(json_object_get(answer.json, "items")), ==, n_items);
	*ret_revision = hub_answer_int(&answer, "revision");
}

static void test_only_what_changed(void)
{
	g_auto(HubProcess) hub;
	g_auto(HubAnswer) answer = { 0 };
	g_autofree char *token = NULL;
	int64_t before, after, again;

	hub_process_init(&hub);
	fake_office_add_goods(&hub.office, 10);
	token = hub_enrol(&hub, "Касса 1");
	check_changes(&hub, token, 0, 10, &before);
	check_changes(&hub, token, before, 0, &again);
	g_assert_cmpint(again, ==, before);
	fake_office_add_goods(&hub.office, 3);
	check_changes(&hub, token, before, 3, &after);
	g_assert_cmpint(after, >, before);
	hub_get(&hub, "/v1/changes?since=99999999", token, &answer);
	g_assert_cmpint(answer.status, ==, 410);
	hub_get(&hub, "/v1/changes?since=x", token, &answer);
	g_assert_cmpint(answer.status, ==, 400);
	hub_get(&hub, "/v1/changes", token, &answer);
	g_assert_cmpint(answer.status, ==, 400);
}

/* --- starting ------------------------------------------------------------------------------ */

static void set_version(FakeOffice *office, int64_t version)
{
	StoreStatement *put = store_statement(office->store, "store/version/put");
	g_autoptr(GError) error = NULL;

	store_bind_text(put, 1, "office");
	store_bind_int(put, 2, version);
	store_run(put, &error);
	g_assert_no_error(error);
}

static void check_refusal(const char *const *arguments, int status, const char *word)
{
	g_autofree char *said = NULL;
	int exit_status;

	said = hub_process_dup_refusal(arguments, &exit_status);
	g_assert_cmpint(exit_status, ==, status);
	if (strstr(said, word) == NULL)
		g_error("'%s' does not say '%s'", said, word);
}

static void test_another_version_is_refused(void)
{
	g_auto(FakeOffice) office;

	fake_office_init(&office);
	const char *const arguments[] = { "--db", office.dsn, "--listen", "127.0.0.1:0", NULL };
	set_version(&office, 1);
	check_refusal(arguments, 1, "baraa migrate");
	set_version(&office, 99);
	check_refusal(arguments, 1, "newer");
}

static void test_wrong_usage(void)
{
	check_refusal((const char *const[]){ "--listen", "127.0.0.1:0", NULL }, 2, "--db");
	check_refusal((const char *const[]){ "--db", "sqlite:x", "--listen", "here", NULL }, 2,
		      "here");
	check_refusal((const char *const[]){ "--db", "sqlite:/nowhere/x.db", "--listen",
					     "127.0.0.1:0", NULL },
		      1, "baraa init");
	check_refusal((const char *const[]){ "--db", "sqlite:x", "--listen", "127.0.0.1:0",
					     "--tls-key", "k.pem", NULL },
		      2, "--tls-cert");
}

int main(int argc, char **argv)
{
	g_setenv("LC_ALL", "C.UTF-8", TRUE);
	g_setenv("LANGUAGE", "en", TRUE);
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/hub/healthz", test_healthz);
	g_test_add_func("/hub/tls", test_tls);
	g_test_add_func("/hub/more_callers_than_files", test_more_callers_than_files);
	g_test_add_func("/hub/code_works_once", test_code_works_once);
	g_test_add_func("/hub/guessing_is_slowed_down", test_guessing_is_slowed_down);
	g_test_add_func("/hub/strangers_stay_out", test_strangers_stay_out);
	g_test_add_func("/hub/no_such_call", test_no_such_call);
	g_test_add_func("/hub/receipt_of_another_till", test_receipt_of_another_till);
	g_test_add_func("/hub/journal_comes_in", test_journal_comes_in);
	g_test_add_func("/hub/gap_and_broken_chain", test_gap_and_broken_chain);
	g_test_add_func("/hub/poison_holds_nobody_up", test_poison_holds_nobody_up);
	g_test_add_func("/hub/anothers_journal", test_anothers_journal);
	g_test_add_func("/hub/gzip", test_gzip);
	g_test_add_func("/hub/gzip_bomb", test_gzip_bomb);
	g_test_add_func("/hub/body_too_large", test_body_too_large);
	g_test_add_func("/hub/rubbish", test_rubbish);
	g_test_add_func("/hub/client_dies_mid_body", test_client_dies_mid_body);
	g_test_add_func("/hub/two_tills_at_once", test_two_tills_at_once);
	g_test_add_func("/hub/office_holds_the_file", test_office_holds_the_file);
	g_test_add_func("/hub/killed_mid_batch", test_killed_mid_batch);
	g_test_add_func("/hub/ends_cleanly", test_ends_cleanly);
	g_test_add_func("/hub/snapshot", test_snapshot);
	g_test_add_func("/hub/changes_page_by_page", test_changes_page_by_page);
	g_test_add_func("/hub/only_what_changed", test_only_what_changed);
	g_test_add_func("/hub/another_version_is_refused", test_another_version_is_refused);
	g_test_add_func("/hub/wrong_usage", test_wrong_usage);
	return g_test_run();
}
