/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/devices/fiscal/atol_stub.h"

#include "drivers/fiscal/name_uuid.h"

#include <jansson.h>
#include <string.h>

/* --- the service --------------------------------------------------------------------------- */

void atol_stub_set_answer(AtolStub *self, const char *type, const char *entry)
{
	g_hash_table_insert(self->answers, g_strdup(type), g_strdup(entry));
}

static char *types_of(const json_t *request)
{
	GString *types = g_string_new(NULL);
	const json_t *task;
	size_t i;

	json_array_foreach(request, i, task)
	{
		const json_t *number = json_object_get(task, "fiscalDocumentNumber");

		g_string_append_printf(types, "%s%s", i > 0 ? "," : "",
				       json_string_value(json_object_get(task, "type")));
		if (number != NULL)
			g_string_append_printf(types, ":%d", (int)json_integer_value(number));
	}
	return g_string_free(types, FALSE);
}

/* Documents have keys made of names; a question's key is made by chance. */
static bool is_document(const char *uuid)
{
	return strlen(uuid) == 36 && uuid[14] == '5';
}

static ScriptedAnswer say(guint status, const char *body)
{
	return (ScriptedAnswer){ .status = status, .body = g_strdup(body) };
}

static ScriptedAnswer on_post(AtolStub *self, const ScriptedRequest *request)
{
	json_t *json = json_loads(request->body, 0, NULL);
	const char *uuid = json_string_value(json_object_get(json, "uuid"));
	Fate fate = is_document(uuid) ? self->fate : TAKE;
	ScriptedAnswer answer = say(201, "{}");

	if (self->late_task != NULL)
		g_hash_table_insert(self->tasks, name_uuid_dup_attempt("T2-118-17", 12),
				    g_strdup(self->late_task));
	if (g_hash_table_contains(self->tasks, uuid))
		answer.status = 409;
	if (fate != DROP_BEFORE && fate != REFUSE && fate != LOSE)
		g_hash_table_insert(self->tasks, g_strdup(uuid),
				    types_of(json_object_get(json, "request")));
	if (is_document(uuid) && self->fn_after != NULL)
		atol_stub_set_answer(self, "getFnStatus", self->fn_after);
	if (fate == DROP_BEFORE || fate == DROP_AFTER)
		answer.status = 0;
	if (fate == REFUSE || fate == TAKE_REFUSE) {
		g_free(answer.body);
		answer = say(self->post_status, self->post_body);
	}
	json_decref(json);
	return answer;
}

static char *results_of(AtolStub *self, const char *types)
{
	g_auto(GStrv) parts = g_strsplit(types, ",", -1);
	GString *results = g_string_new("{\"results\":[");
	bool failed = false;

	for (int i = 0; parts[i] != NULL; i++) {
		const char *entry = g_hash_table_lookup(self->answers, parts[i]);

		if (entry == NULL)
			entry = FAILED("11");
		g_string_append_printf(results, "%s%s", i > 0 ? "," : "",
				       failed ? "{\"status\":\"interrupted\"}" : entry);
		failed |= strstr(entry, "\"error\"") != NULL;
	}
	g_string_append(results, "]}");
	return g_string_free(results, FALSE);
}

static ScriptedAnswer on_get(AtolStub *self, const ScriptedRequest *request)
{
	const char *uuid = strrchr(request->path, '/') + 1;
	const char *types = g_hash_table_lookup(self->tasks, uuid);

	if (is_document(uuid) && self->get_body != NULL)
		return say(self->get_status, self->get_body);
	if (types == NULL)
		return say(404, "{\"error\":{\"code\":404,\"description\":\"no\"}}");
	if (is_document(uuid) && self->n_waits-- > 0)
		return say(200, "{\"results\":[{\"status\":\"inProgress\"}]}");
	return (ScriptedAnswer){ .status = 200, .body = results_of(self, types) };
}

static ScriptedAnswer handle(const ScriptedRequest *request, void *data)
{
	return strcmp(request->method, "POST") == 0 ? on_post(data, request)
						    : on_get(data, request);
}

/* --- the till ------------------------------------------------------------------------------ */

static void answer_as_usual(AtolStub *self)
{
	atol_stub_set_answer(
		self, "getDeviceStatus",
		READY("{\"deviceStatus\":{\"currentDateTime\":\"2026-06-03T10:16:00+03:00\","
		      "\"shift\":\"opened\",\"blocked\":false,\"coverOpened\":false,"
		      "\"paperPresent\":true,\"fiscal\":true,\"fnFiscal\":true,"
		      "\"fnPresent\":true,\"cashDrawerOpened\":false}}"));
	atol_stub_set_answer(self, "getShiftStatus",
			     READY("{\"shiftStatus\":{\"state\":\"opened\",\"number\":42,"
				   "\"expiredTime\":\"2026-06-04T10:15:00+03:00\"}}"));
	atol_stub_set_answer(self, "getFnStatus", FN("57"));
	atol_stub_set_answer(self, "getFnInfo", READY("{\"fnInfo\":{\"serial\":\"" SERIAL "\"}}"));
	atol_stub_set_answer(self, "getCashDrawerStatus", CASH("500.00"));
	atol_stub_set_answer(self, "ofdExchangeStatus",
			     READY("{\"status\":{\"notSentCount\":3,\"notSentFirstDocNumber\":55},"
				   "\"errors\":{\"lastSuccessConnectionDateTime\":"
				   "\"2026-06-03T10:00:00+03:00\"}}"));
	atol_stub_set_answer(self, "sell", SOLD);
}

static void open_registrar(AtolStub *self, GHashTable *options)
{
	g_autoptr(GError) error = NULL;

	self->port = port_open(scripted_http_get_address(self->http), &error);
	g_assert_no_error(error);
	self->registrar = self->driver->open(self->port, options, &error);
	g_assert_no_error(error);
}

void atol_stub_open_with(AtolStub *self, const char *key, const char *value)
{
	g_autoptr(GHashTable) options = g_hash_table_new(g_str_hash, g_str_equal);

	*self = (AtolStub){ .driver = fiscal_driver_find("atol") };
	g_assert_nonnull(self->driver);
	self->answers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	self->tasks = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	answer_as_usual(self);
	self->http = scripted_http_new(handle, self);
	g_hash_table_insert(options, (char *)"timezone", (char *)"Europe/Moscow");
	g_hash_table_insert(options, (char *)"wait", (char *)"1");
	if (key != NULL)
		g_hash_table_insert(options, (char *)key, (char *)value);
	open_registrar(self, options);
}

void atol_stub_open(AtolStub *self)
{
	atol_stub_open_with(self, NULL, NULL);
}

void atol_stub_close(AtolStub *self)
{
	self->driver->close(self->registrar);
	port_close(self->port);
	scripted_http_free(self->http);
	g_hash_table_unref(self->answers);
	g_hash_table_unref(self->tasks);
}

static const FiscalLine lines[] = {
	{ .name = "Яблоки вес.",
	  .quantity = { 1234000 },
	  .price = { 8990, 643 },
	  .sum = { 11094, 643 },
	  .discount = { 0, 643 },
	  .tax = FISCAL_TAX_REDUCED,
	  .tax_rate = 1000,
	  .unit = UNIT_KILOGRAM },
	{ .name = "Шоколад",
	  .quantity = { 2000000 },
	  .price = { 7500, 643 },
	  .sum = { 13500, 643 },
	  .discount = { 1500, 643 },
	  .tax = FISCAL_TAX_STANDARD,
	  .tax_rate = 2000,
	  .unit = UNIT_PIECE },
};

FiscalDocument atol_stub_document(FiscalKind kind)
{
	return (FiscalDocument){
		.kind = kind,
		.sale_id = kind == FISCAL_X ? "" : "T2-118-17",
		.id = kind == FISCAL_X ? 0 : 12,
		.lines = lines,
		.n_lines = G_N_ELEMENTS(lines),
		.paid = { [TENDER_CASH] = { 20000, 643 }, [TENDER_CARD] = { 10000, 643 } },
		.total = { 24594, 643 },
		.cashier = "Иванова А.",
	};
}

FiscalIntent atol_stub_intent(AtolStub *self, FiscalKind kind)
{
	FiscalIntent intent = {
		.kind = kind, .total = { 24594, 643 }, .sale_id = "T2-118-17", .id = 12, .plan = ""
	};

	g_assert_true(self->driver->observe(self->registrar, &intent.before, NULL));
	return intent;
}

bool atol_stub_make(AtolStub *self, FiscalKind kind, FiscalProof *proof, GError **error)
{
	FiscalDocument document = atol_stub_document(kind);
	struct fiscal_plan *plan = self->driver->plan(self->registrar, &document, error);
	bool ok;

	g_assert_nonnull(plan);
	g_assert_cmpint(self->driver->plan_n_steps(plan), ==, 1);
	g_assert_cmpint(self->driver->plan_commit_step(plan), ==, 0);
	ok = self->driver->step(self->registrar, plan, 0, proof, error);
	self->driver->plan_free(plan);
	return ok;
}

void atol_stub_check_make_fails(AtolStub *self, FiscalKind kind, DeviceFault fault)
{
	g_autoptr(GError) error = NULL;
	FiscalProof proof;

	g_assert_false(atol_stub_make(self, kind, &proof, &error));
	g_assert_error(error, DEVICE_FAULT, (int)fault);
}

static bool used_proof(const char *serial, uint32_t number, void *data)
{
	AtolStub *self = data;

	self->n_used++;
	g_assert_cmpstr(serial, ==, SERIAL);
	return number == self->used;
}

FiscalVerdict atol_stub_reconcile(AtolStub *self, const FiscalIntent *intent, FiscalProof *proof,
				  GError **error)
{
	*proof = (FiscalProof){ 0 };
	return self->driver->reconcile(self->registrar, intent, used_proof, self, proof, error);
}

void atol_stub_check_verdict(AtolStub *self, const FiscalIntent *intent, FiscalVerdict verdict)
{
	g_autoptr(GError) error = NULL;
	FiscalProof proof;

	g_assert_cmpint(atol_stub_reconcile(self, intent, &proof, &error), ==, verdict);
	if (verdict == FISCAL_FOREIGN || verdict == FISCAL_CANNOT_TELL)
		g_assert_nonnull(error);
}

void atol_stub_check_doubt(AtolStub *self, const FiscalIntent *intent, DeviceFault fault)
{
	g_autoptr(GError) error = NULL;
	FiscalProof proof;

	g_assert_cmpint(atol_stub_reconcile(self, intent, &proof, &error), ==, FISCAL_CANNOT_TELL);
	g_assert_error(error, DEVICE_FAULT, (int)fault);
}

void atol_stub_check_sold(const FiscalProof *proof)
{
	g_autofree char *uuid = name_uuid_dup_attempt("T2-118-17", 12);

	g_assert_cmpuint(proof->document_number, ==, 58);
	g_assert_cmpuint(proof->shift_number, ==, 42);
	g_assert_cmpstr(proof->sign, ==, "1906569744");
	g_assert_cmpstr(proof->serial, ==, SERIAL);
	g_assert_true(g_str_has_prefix(proof->at, "2026-06-03T10:17"));
	g_assert_cmpstr(proof->id, ==, uuid);
	g_assert_cmpstr(proof->doubt, ==, "");
}

int atol_stub_count(AtolStub *self, const char *what)
{
	g_autofree char *log = scripted_http_dup_log(self->http);
	int n = 0;

	for (const char *at = log; (at = strstr(at, what)) != NULL; at++)
		n++;
	return n;
}
