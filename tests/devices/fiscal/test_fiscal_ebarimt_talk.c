/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/fiscal/fiscal.h"
#include "drivers/fiscal/paper_only.h"
#include "scripted_service.h"

#include <string.h>

/* The driver and a service on a socket: each row of fiscal-ebarimt.md §8 and §9. */

#define ID "011111111111001095330000010012619"
#define INFO(lotteries)                                                                            \
	{                                                                                          \
		"GET /rest/info ", SCRIPT_ANSWER, 200,                                             \
			"{\"posId\":100000001,\"posNo\":\"10012619\",\"lastSentDate\":\"2026-06-"  \
			"03 09:58:11\","                                                           \
			"\"leftLotteries\":" #lotteries ",\"appInfo\":{}}"                         \
	}
#define BOOKED                                                                                     \
	"{\"id\":\"" ID "\",\"totalAmount\":10.0,\"receipts\":[{\"id\":\"" ID                      \
	"\"}],\"posId\":100000001,\"status\":\"SUCCESS\",\"message\":\"\",\"qrData\":\"47111\","   \
	"\"lottery\":\"AB 12345678\",\"date\":\"2026-06-03 10:15:30\",\"easy\":false}"
#define POSTED "POST /rest/receipt "
#define DELETED "DELETE /rest/receipt "

static const struct fiscal_driver *ebarimt(void)
{
	return fiscal_driver_find("ebarimt");
}

/* A till at the service, with one sale of 10.00 in cash. */
typedef struct {
	ScriptedService *service;
	struct port *port;
	struct fiscal *fiscal;
	GHashTable *options;
	FiscalLine line;
	FiscalOrigin origin;
	FiscalDocument document;
	struct fiscal_plan *plan;
	char *text;
	FiscalIntent intent;
	FiscalProof proof;
	GError *error;
} Till;

static void till_sit_down(Till *till, const char *address)
{
	*till = (Till){
		.options = g_hash_table_new(g_str_hash, g_str_equal),
		.line = { .name = "Талх",
			  .quantity = { QUANTITY_ONE },
			  .price = { 1000, 496 },
			  .sum = { 1000, 496 },
			  .tax = FISCAL_TAX_REDUCED,
			  .tax_rate = 1000,
			  .code = "" },
		.origin = { .id = ID, .registrar_at = "2026-06-03 10:15:30" },
		.document = { .kind = FISCAL_SALE,
			      .id = 58,
			      .sale_id = "T1-1",
			      .n_lines = 1,
			      .paid = { [TENDER_CASH] = { 1000, 496 }, [TENDER_CARD] = { 0, 496 } },
			      .total = { 1000, 496 } },
	};
	g_hash_table_insert(till->options, (char *)"merchant_tin", (char *)"11111111111");
	g_hash_table_insert(till->options, (char *)"district", (char *)"2501");
	till->port = port_open(address, &till->error);
	g_assert_no_error(till->error);
	till->fiscal = ebarimt()->open(till->port, till->options, &till->error);
}

/* Opens, observes and plans, as the engine does; the script begins with two questions. */
static void till_open(Till *till, const ScriptStep *steps, int n, FiscalKind kind)
{
	ScriptedService *service = scripted_service_new(steps, n);

	till_sit_down(till, scripted_service_get_address(service));
	g_assert_no_error(till->error);
	till->service = service;
	till->document.lines = &till->line;
	till->document.origin = &till->origin;
	till->document.kind = kind;
	till->plan = ebarimt()->plan(till->fiscal, &till->document, &till->error);
	g_assert_no_error(till->error);
	till->text = ebarimt()->plan_describe(till->plan);
	till->intent = (FiscalIntent){ .kind = kind,
				       .total = till->document.total,
				       .sale_id = "T1-1",
				       .id = 58,
				       .plan = till->text };
	g_assert_true(ebarimt()->observe(till->fiscal, &till->intent.before, &till->error));
}

static void till_plan_again(Till *till)
{
	ebarimt()->plan_free(till->plan);
	g_free(till->text);
	till->plan = ebarimt()->plan(till->fiscal, &till->document, &till->error);
	g_assert_no_error(till->error);
	till->intent.plan = till->text = ebarimt()->plan_describe(till->plan);
}

static void till_close(Till *till)
{
	g_clear_error(&till->error);
	g_clear_pointer(&till->plan, ebarimt()->plan_free);
	g_clear_pointer(&till->text, g_free);
	g_clear_pointer(&till->fiscal, ebarimt()->close);
	g_clear_pointer(&till->port, port_close);
	g_clear_pointer(&till->service, scripted_service_free);
	g_hash_table_unref(till->options);
}

/* The till starts again: what it knew in memory is gone. */
static void till_restart(Till *till)
{
	ebarimt()->close(till->fiscal);
	port_close(till->port);
	till->port = port_open(scripted_service_get_address(till->service), &till->error);
	till->fiscal = ebarimt()->open(till->port, till->options, &till->error);
	g_assert_no_error(till->error);
}

static bool till_step(Till *till)
{
	g_assert_cmpint(ebarimt()->plan_n_steps(till->plan), ==, 1);
	g_assert_cmpint(ebarimt()->plan_commit_step(till->plan), ==, 0);
	return ebarimt()->step(till->fiscal, till->plan, 0, &till->proof, &till->error);
}

static FiscalVerdict till_reconcile(Till *till)
{
	g_clear_error(&till->error);
	return ebarimt()->reconcile(till->fiscal, &till->intent, NULL, NULL, &till->proof,
				    &till->error);
}

static void check_paper(Till *till, const char *lottery)
{
	g_autoptr(PaperOnly) paper = ebarimt()->take_paper_only(till->fiscal);

	if (lottery != NULL) {
		g_assert_cmpstr(paper_only_lend_lottery(paper), ==, lottery);
		g_assert_cmpstr(paper_only_lend_qr(paper), ==, "47111");
	}
	g_assert_true((paper != NULL) == (lottery != NULL));
	g_assert_null(ebarimt()->take_paper_only(till->fiscal));
}

/* --- state --------------------------------------------------------------------------------- */

static void test_observe(void)
{
	static const ScriptStep steps[] = { INFO(4211), INFO(4210) };
	Till till;

	till_open(&till, steps, 2, FISCAL_SALE);
	g_assert_cmpstr(till.intent.before.serial, ==, "100000001");
	g_assert_cmpint(till.intent.before.lotteries, ==, 4210);
	/* 09:58:11 in Ulaanbaatar */
	g_assert_cmpint(till.intent.before.sent_at, ==, 1780451891 * G_TIME_SPAN_SECOND);
	g_assert_true(till.intent.before.shift_open);
	g_assert_cmpint(till.intent.before.unsent, ==, -1);
	g_assert_null(ebarimt()->open_drawer);
	g_assert_cmpint(ebarimt()->caps, ==, FISCAL_PAPER_ONLY);
	till_close(&till);
}

static void check_open(ScriptStep step, DeviceFault fault, const char *why)
{
	ScriptedService *service = scripted_service_new(&step, 1);
	Till till;

	till_sit_down(&till, scripted_service_get_address(service));
	g_assert_null(till.fiscal);
	g_assert_error(till.error, DEVICE_FAULT, (int)fault);
	g_assert_nonnull(strstr(till.error->message, why));
	till.service = service;
	till_close(&till);
}

static void test_wrong_program(void)
{
	check_open((ScriptStep){ "GET /rest/info ", SCRIPT_ANSWER, 404, "<html>" },
		   DEVICE_FAULT_PROTOCOL, "no receipt service");
	check_open((ScriptStep){ "GET /rest/info ", SCRIPT_ANSWER, 200, "{}" },
		   DEVICE_FAULT_PROTOCOL, "no posId");
	check_open((ScriptStep){ "GET /rest/info ", SCRIPT_ANSWER, 500,
				 "{\"status\":500,\"message\":\"operator not logged in\"}" },
		   DEVICE_FAULT_NEEDS_SERVICE, "operator not logged in");
	check_open((ScriptStep){ "GET /rest/info ", SCRIPT_HANG_UP, 0, NULL }, DEVICE_FAULT_OFFLINE,
		   "http://");
}

/* --- a sale -------------------------------------------------------------------------------- */

static void check_no_secret(const Till *till)
{
	g_assert_null(memmem(&till->proof, sizeof till->proof, "12345678", 8));
	g_assert_null(memmem(&till->proof, sizeof till->proof, "47111", 5));
	g_assert_null(strstr(till->text, "12345678"));
	if (till->error != NULL)
		g_assert_null(strstr(till->error->message, "12345678"));
}

static void check_sale(ScriptStep answer)
{
	ScriptStep steps[] = { INFO(4211), INFO(4211), answer };
	Till till;

	till_open(&till, steps, 3, FISCAL_SALE);
	g_assert_true(till_step(&till));
	g_assert_cmpstr(till.proof.id, ==, ID);
	g_assert_cmpstr(till.proof.at, ==, "2026-06-03 10:15:30");
	g_assert_cmpstr(till.proof.serial, ==, "100000001");
	g_assert_cmpstr(till.proof.doubt, ==, "");
	g_assert_cmpuint(till.proof.document_number, ==, 0);
	check_no_secret(&till);
	check_paper(&till, "AB 12345678");
	till_close(&till);
}

static void test_sold(void)
{
	check_sale((ScriptStep){ POSTED, SCRIPT_ANSWER, 200, BOOKED });
	check_sale((ScriptStep){ POSTED, SCRIPT_DRIP, 200, "\xEF\xBB\xBF" BOOKED });
	check_sale((ScriptStep){ POSTED, SCRIPT_KEEP, 200, BOOKED });
}

static void test_body_as_planned(void)
{
	static const ScriptStep steps[] = { INFO(4211),
					    INFO(4211),
					    { POSTED, SCRIPT_ANSWER, 200, BOOKED } };
	g_autofree char *said = NULL;
	Till till;

	till_open(&till, steps, 3, FISCAL_SALE);
	g_assert_true(till_step(&till));
	said = g_strconcat(POSTED, scripted_service_get_body(till.service, 2), NULL);
	g_assert_cmpstr(said, ==, till.text);
	till_close(&till);
}

/* Not booked, for certain: nothing more is asked, and the next attempt has a number of its own. */
static void check_refused(ScriptStep answer, FiscalKind kind, const char *why)
{
	ScriptStep steps[] = { INFO(4211), INFO(4211), answer };
	Till till;

	till_open(&till, steps, 3, kind);
	g_assert_false(till_step(&till));
	g_assert_error(till.error, DEVICE_FAULT, DEVICE_FAULT_REFUSED);
	g_assert_nonnull(strstr(till.error->message, why));
	g_assert_cmpint(till_reconcile(&till), ==, FISCAL_NOT_MADE);
	check_paper(&till, NULL);
	till_close(&till);
}

static void test_sale_refused(void)
{
	check_refused((ScriptStep){ POSTED, SCRIPT_ANSWER, 400,
				    "{\"status\":400,\"message\":\"branchNo\",\"date\":\"\"}" },
		      FISCAL_SALE, "branchNo");
	check_refused((ScriptStep){ POSTED, SCRIPT_ANSWER, 200,
				    "{\"status\":\"ERROR\",\"message\":\"\\u0441угалаа алга\"}" },
		      FISCAL_SALE, "сугалаа алга");
	check_refused((ScriptStep){ POSTED, SCRIPT_ANSWER, 500, "{\"message\":\"no lottery\"}" },
		      FISCAL_SALE, "no lottery");
}

static void test_long_message(void)
{
	g_autofree char *many = g_strnfill(10000, 'x');
	g_autofree char *body = g_strdup_printf("{\"message\":\"%.1f%s\"}", 1.5, many);
	ScriptStep steps[] = { INFO(4211), INFO(4211), { POSTED, SCRIPT_ANSWER, 400, body } };
	Till till;

	till_open(&till, steps, 3, FISCAL_SALE);
	g_assert_false(till_step(&till));
	g_assert_error(till.error, DEVICE_FAULT, DEVICE_FAULT_REFUSED);
	g_assert_cmpuint(strlen(till.error->message), <, 400);
	till_close(&till);
}

/* §8.4: nobody there. */
static void test_service_stopped(void)
{
	static const ScriptStep steps[] = { INFO(4211), INFO(4211) };
	Till till;

	till_open(&till, steps, 2, FISCAL_SALE);
	g_clear_pointer(&till.service, scripted_service_free);
	g_assert_false(till_step(&till));
	g_assert_error(till.error, DEVICE_FAULT, DEVICE_FAULT_OFFLINE);
	g_assert_cmpint(till_reconcile(&till), ==, FISCAL_NOT_MADE);
	till_close(&till);
}

/* --- a trace ------------------------------------------------------------------------------- */

static void test_trace(void)
{
	if (g_test_subprocess()) {
		check_sale((ScriptStep){ POSTED, SCRIPT_ANSWER, 200, BOOKED });
		return;
	}
	g_setenv("BARAA_TRACE", "all", TRUE);
	g_test_trap_subprocess(NULL, 0, 0);
	g_unsetenv("BARAA_TRACE");
	g_test_trap_assert_passed();
	g_test_trap_assert_stderr("*fiscal # > POST /rest/receipt*");
	g_test_trap_assert_stderr_unmatched("*12345678*");
	g_test_trap_assert_stderr_unmatched("*31 32 33 34 35 36 37 38*");
}

/* --- in doubt ------------------------------------------------------------------------------ */

static const ScriptStep unclear[] = {
	{ POSTED, SCRIPT_HANG_UP, 0, NULL },
	{ POSTED, SCRIPT_RESET, 0, NULL },
	{ POSTED, SCRIPT_ANSWER, 500, "<html>Internal error</html>" },
	{ POSTED, SCRIPT_ANSWER, 404, "<html>Not found</html>" },
	{ POSTED, SCRIPT_ANSWER, 200, "" },
	{ POSTED, SCRIPT_ANSWER, 200, "{}" },
	{ POSTED, SCRIPT_ANSWER, 200, "{\"status\":\"SUCCESS\",\"id\":\"12\"}" },
	{ POSTED, SCRIPT_ANSWER, 200, "{\"id\":\"" ID "\"}" },
	{ POSTED, SCRIPT_ANSWER, 200, "{\"message\":\"what?\"}" },
	{ POSTED, SCRIPT_ANSWER, 200, BOOKED "}" },
	{ POSTED, SCRIPT_ANSWER, 500, BOOKED },
	{ POSTED, SCRIPT_ANSWER, 200, "{\"id\":\"" ID "\",\"status\":\"PAYMENT\"}" },
	{ POSTED, SCRIPT_ANSWER, 200,
	  "{\"id\":\"" ID "\",\"status\":\"SUCCESS\",\"totalAmount\":11}" },
	{ POSTED, SCRIPT_ANSWER, 0, "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n" BOOKED },
	{ POSTED, SCRIPT_ANSWER, 0, "HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n" BOOKED },
	{ POSTED, SCRIPT_ANSWER, 0, "HTTP/1.1 2" },
};

static void test_unclear(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(unclear); i++) {
		ScriptStep steps[] = { INFO(4211), INFO(4211), unclear[i] };
		Till till;

		till_open(&till, steps, 3, FISCAL_SALE);
		g_assert_false(till_step(&till));
		g_assert_error(till.error, DEVICE_FAULT, DEVICE_FAULT_OUTCOME_UNKNOWN);
		check_no_secret(&till);
		check_paper(&till, NULL);
		till_close(&till);
	}
}

#define DUPLICATE "{\"status\":\"ERROR\",\"message\":\"billIdSuffix давхардсан\"}"
#define REFUSED "{\"status\":\"ERROR\",\"message\":\"branchNo\"}"

/* What the stock of lottery numbers hints (it was 4211), and what the second request brings. */
typedef struct {
	ScriptStep info, answer;
	FiscalVerdict verdict;
	const char *doubt;
	bool b2b;
} Repeat;

static const Repeat repeats[] = {
	/* never came to the service */
	{ INFO(4211), { POSTED, SCRIPT_ANSWER, 200, BOOKED }, FISCAL_MADE, "", false },
	/* booked, and again, or answered as the first time: nobody knows */
	{ INFO(4210),
	  { POSTED, SCRIPT_ANSWER, 200, BOOKED },
	  FISCAL_MADE,
	  "possibly-twice",
	  false },
	{ INFO(4290),
	  { POSTED, SCRIPT_ANSWER, 200, BOOKED },
	  FISCAL_MADE,
	  "possibly-twice",
	  false },
	{ INFO(4211), { POSTED, SCRIPT_ANSWER, 200, BOOKED }, FISCAL_MADE, "possibly-twice", true },
	/* booked, its number is lost */
	{ INFO(4210),
	  { POSTED, SCRIPT_ANSWER, 400, DUPLICATE },
	  FISCAL_MADE,
	  "number-unknown",
	  false },
	{ INFO(4211),
	  { POSTED, SCRIPT_ANSWER, 400, DUPLICATE },
	  FISCAL_MADE,
	  "number-unknown",
	  true },
	{ INFO(4211),
	  { POSTED, SCRIPT_ANSWER, 400, DUPLICATE },
	  FISCAL_MADE,
	  "number-unknown",
	  false },
	{ INFO(4210),
	  { POSTED, SCRIPT_ANSWER, 400, REFUSED },
	  FISCAL_MADE,
	  "number-unknown",
	  false },
	/* refused for what it is, then and now */
	{ INFO(4211), { POSTED, SCRIPT_ANSWER, 400, REFUSED }, FISCAL_NOT_MADE, "", false },
	{ INFO(4211), { POSTED, SCRIPT_ANSWER, 400, REFUSED }, FISCAL_CANNOT_TELL, "", true },
	/* no wiser */
	{ INFO(4211), { POSTED, SCRIPT_HANG_UP, 0, NULL }, FISCAL_CANNOT_TELL, "", false },
	{ INFO(4211), { POSTED, SCRIPT_ANSWER, 200, "{" }, FISCAL_CANNOT_TELL, "", false },
	/* another receipt stands under our number */
	{ INFO(4211),
	  { POSTED, SCRIPT_ANSWER, 200,
	    "{\"id\":\"" ID "\",\"status\":\"SUCCESS\",\"totalAmount\":11}" },
	  FISCAL_FOREIGN,
	  "",
	  false },
};

static void check_repeat(const Repeat *repeat, bool restart)
{
	ScriptStep steps[] = { INFO(4211), INFO(4211),	 unclear[0],
			       INFO(4211), repeat->info, repeat->answer };
	Till till;

	if (!restart)
		memmove(&steps[3], &steps[4], 2 * sizeof *steps);
	till_open(&till, steps, restart ? 6 : 5, FISCAL_SALE);
	if (repeat->b2b) {
		till.document.customer_tin = "37900846788";
		till_plan_again(&till);
	}
	g_assert_false(till_step(&till));
	if (restart) {
		g_clear_error(&till.error);
		till_restart(&till);
	}
	g_assert_cmpint(till_reconcile(&till), ==, repeat->verdict);
	g_assert_cmpstr(till.proof.doubt, ==, repeat->doubt);
	g_assert_cmpstr(scripted_service_get_body(till.service, 2), ==,
			scripted_service_get_body(till.service, restart ? 5 : 4));
	g_assert_true((till.error == NULL) ==
		      (repeat->verdict == FISCAL_MADE || repeat->verdict == FISCAL_NOT_MADE));
	if (repeat->verdict == FISCAL_MADE) {
		bool lost = strcmp(repeat->doubt, "number-unknown") == 0;

		g_assert_cmpstr(till.proof.id, ==, lost ? "" : ID);
		check_paper(&till, lost ? NULL : "AB 12345678");
	}
	till_close(&till);
}

static void test_repeats(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(repeats); i++) {
		check_repeat(&repeats[i], false);
		check_repeat(&repeats[i], true);
	}
}

static void check_not_sent_again(ScriptStep info, DeviceFault fault)
{
	ScriptStep steps[] = { INFO(4211), INFO(4211), unclear[0], info };
	Till till;

	till_open(&till, steps, 4, FISCAL_SALE);
	g_assert_false(till_step(&till));
	g_assert_cmpint(till_reconcile(&till), ==, FISCAL_CANNOT_TELL);
	g_assert_error(till.error, DEVICE_FAULT, (int)fault);
	till_close(&till);
}

static void test_not_sent_again(void)
{
	check_not_sent_again((ScriptStep){ "GET /rest/info ", SCRIPT_HANG_UP, 0, NULL },
			     DEVICE_FAULT_OFFLINE);
	check_not_sent_again((ScriptStep){ "GET /rest/info ", SCRIPT_ANSWER, 200,
					   "{\"posId\":2,\"leftLotteries\":1}" },
			     DEVICE_FAULT_REPLACED);
}

/* --- a return ------------------------------------------------------------------------------ */

static void check_void(ScriptStep answer)
{
	ScriptStep steps[] = { INFO(4211), INFO(4211), answer };
	Till till;

	till_open(&till, steps, 3, FISCAL_SALE_RETURN);
	g_assert_true(till_step(&till));
	g_assert_cmpstr(till.proof.id, ==, ID);
	g_assert_cmpstr(till.proof.at, ==, "");
	check_paper(&till, NULL);
	till_close(&till);
}

static void test_voided(void)
{
	check_void((ScriptStep){ DELETED, SCRIPT_ANSWER, 200, "" });
	check_void((ScriptStep){ DELETED, SCRIPT_ANSWER, 0, "HTTP/1.1 204 No Content\r\n\r\n" });
	check_void((ScriptStep){ DELETED, SCRIPT_ANSWER, 200, "{\"status\":\"SUCCESS\"}" });
	check_refused((ScriptStep){ DELETED, SCRIPT_ANSWER, 400, "{\"message\":\"no such id\"}" },
		      FISCAL_SALE_RETURN, "no such id");
	check_refused((ScriptStep){ DELETED, SCRIPT_ANSWER, 200, REFUSED }, FISCAL_SALE_RETURN,
		      "branchNo");
}

/* The script fails where the library sends a DELETE twice by itself, which it does on a connection
 * that was in use. */
static void check_void_again(ScriptStep again, FiscalVerdict verdict, const char *doubt)
{
	ScriptStep steps[] = {
		INFO(4211), INFO(4211), { DELETED, SCRIPT_HANG_UP, 0, NULL }, INFO(4211), again
	};
	Till till;

	steps[0].act = steps[1].act = SCRIPT_KEEP;
	till_open(&till, steps, 5, FISCAL_SALE_RETURN);
	g_assert_false(till_step(&till));
	g_assert_error(till.error, DEVICE_FAULT, DEVICE_FAULT_OUTCOME_UNKNOWN);
	g_assert_cmpint(till_reconcile(&till), ==, verdict);
	g_assert_cmpstr(till.proof.doubt, ==, doubt);
	till_close(&till);
}

static void test_void_in_doubt(void)
{
	check_void_again((ScriptStep){ DELETED, SCRIPT_ANSWER, 200, "" }, FISCAL_MADE, "");
	check_void_again((ScriptStep){ DELETED, SCRIPT_ANSWER, 400, "{\"message\":\"gone\"}" },
			 FISCAL_MADE, "number-unknown");
	check_void_again((ScriptStep){ DELETED, SCRIPT_ANSWER, 200, "<html>" }, FISCAL_CANNOT_TELL,
			 "");
}

/* What is left is told once: a refusal of the second time means the first. */
static void test_rest_in_doubt(void)
{
	static const ScriptStep steps[] = {
		INFO(4211),
		INFO(4211),
		{ POSTED, SCRIPT_HANG_UP, 0, NULL },
		INFO(4211),
		{ POSTED, SCRIPT_ANSWER, 400, "{\"message\":\"replaced before\"}" },
	};
	Till till;

	till_open(&till, steps, 5, FISCAL_SALE_RETURN);
	till.origin.rest = &till.line;
	till.origin.n_rest = 1;
	till.origin.rest_paid[TENDER_CASH] = till.origin.rest_paid[TENDER_CARD] = (Money){ 0, 496 };
	till.origin.rest_paid[TENDER_CASH].minor = 1000;
	till_plan_again(&till);
	g_assert_false(till_step(&till));
	g_assert_cmpint(till_reconcile(&till), ==, FISCAL_MADE);
	g_assert_cmpstr(till.proof.doubt, ==, "number-unknown");
	till_close(&till);
}

/* --- the end of a shift -------------------------------------------------------------------- */

static void check_shift_close(ScriptStep sent, ScriptStep info)
{
	ScriptStep steps[] = { INFO(4211), INFO(4211), sent, info };
	Till till;

	till_open(&till, steps, 4, FISCAL_SHIFT_CLOSE);
	g_assert_cmpint(ebarimt()->plan_n_steps(till.plan), ==, 2);
	for (int i = 0; i < 2; i++)
		g_assert_true(ebarimt()->step(till.fiscal, till.plan, i, &till.proof, &till.error));
	g_assert_cmpstr(till.proof.serial, ==, "100000001");
	g_assert_cmpstr(till.proof.id, ==, "");
	g_assert_cmpint(till_reconcile(&till), ==, FISCAL_NOT_MADE); /* can be had again */
	till_close(&till);
}

static void test_shift_close(void)
{
	check_shift_close((ScriptStep){ "GET /rest/sendData ", SCRIPT_ANSWER, 200, "" },
			  (ScriptStep)INFO(4211));
	check_shift_close((ScriptStep){ "GET /rest/sendData ", SCRIPT_ANSWER, 500, "{}" },
			  (ScriptStep)INFO(4211));
	check_shift_close((ScriptStep){ "GET /rest/sendData ", SCRIPT_HANG_UP, 0, NULL },
			  (ScriptStep){ "GET /rest/info ", SCRIPT_HANG_UP, 0, NULL });
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/fiscal/ebarimt_talk/observe", test_observe);
	g_test_add_func("/fiscal/ebarimt_talk/wrong_program", test_wrong_program);
	g_test_add_func("/fiscal/ebarimt_talk/sold", test_sold);
	g_test_add_func("/fiscal/ebarimt_talk/body_as_planned", test_body_as_planned);
	g_test_add_func("/fiscal/ebarimt_talk/sale_refused", test_sale_refused);
	g_test_add_func("/fiscal/ebarimt_talk/long_message", test_long_message);
	g_test_add_func("/fiscal/ebarimt_talk/service_stopped", test_service_stopped);
	g_test_add_func("/fiscal/ebarimt_talk/trace", test_trace);
	g_test_add_func("/fiscal/ebarimt_talk/unclear", test_unclear);
	g_test_add_func("/fiscal/ebarimt_talk/repeats", test_repeats);
	g_test_add_func("/fiscal/ebarimt_talk/not_sent_again", test_not_sent_again);
	g_test_add_func("/fiscal/ebarimt_talk/voided", test_voided);
	g_test_add_func("/fiscal/ebarimt_talk/void_in_doubt", test_void_in_doubt);
	g_test_add_func("/fiscal/ebarimt_talk/rest_in_doubt", test_rest_in_doubt);
	g_test_add_func("/fiscal/ebarimt_talk/shift_close", test_shift_close);
	return g_test_run();
}
