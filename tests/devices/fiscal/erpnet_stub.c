/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/devices/fiscal/erpnet_stub.h"

#include "drivers/fiscal/name_uuid.h"

#include <string.h>

#define PRINTER "/printers/dt279013"

/* --- the service --------------------------------------------------------------------------- */

void erpnet_stub_set_result(ErpnetStub *self, const char *request, const char *result)
{
	g_hash_table_insert(self->results, g_strdup(request), g_strdup(result));
}

static ScriptedAnswer say(guint status, const char *body)
{
	return (ScriptedAnswer){ .status = status, .body = g_strdup(body) };
}

static ScriptedAnswer say_format(const char *format, ...) G_GNUC_PRINTF(1, 2);

static ScriptedAnswer say_format(const char *format, ...)
{
	ScriptedAnswer answer = { .status = 200 };
	va_list args;

	va_start(args, format);
	answer.body = g_strdup_vprintf(format, args);
	va_end(args);
	return answer;
}

static ScriptedAnswer say_info(const ErpnetStub *self)
{
	return say_format("{\"uri\":\"%s\",\"serialNumber\":\"DT279013\","
			  "\"fiscalMemorySerialNumber\":\"%s\",\"itemTextMaxLength\":36}",
			  self->uri, self->memory);
}

static bool is_document(const char *id)
{
	return strlen(id) == 36 && id[14] == '5';
}

static ScriptedAnswer say_task(ErpnetStub *self, const char *id)
{
	const char *request = g_hash_table_lookup(self->tasks, id);
	const char *result = request != NULL ? g_hash_table_lookup(self->results, request) : NULL;
	ScriptedAnswer answer;

	if (is_document(id) && self->task_body != NULL)
		return say(200, self->task_body);
	if (request == NULL)
		return say(200, "{\"taskStatus\":\"unknown\"}");
	if (self->n_waits-- > 0)
		return say(200, "{\"taskStatus\":\"running\"}");
	answer = say_format("{\"taskStatus\":\"finished\",\"result\":%s}",
			    result != NULL ? result : FAILED("E412"));
	g_hash_table_remove(self->tasks, id);
	return answer;
}

static ScriptedAnswer on_get(ErpnetStub *self, const ScriptedRequest *request)
{
	if (strcmp(request->path, "/printers/taskinfo") == 0)
		return say_task(self, request->query + strlen("id="));
	if (strcmp(request->path, "/printers") == 0)
		return say(200, "{\"dt279013\":{\"uri\":\"x\"}}");
	if (strcmp(request->path, PRINTER) == 0)
		return say_info(self);
	if (strcmp(request->path, PRINTER "/status") == 0) {
		if (self->late_request != NULL)
			g_hash_table_insert(self->tasks, name_uuid_dup_attempt("T2-118-17", 12),
					    g_strdup(self->late_request));
		return say(200, self->status);
	}
	if (strcmp(request->path, PRINTER "/cash") == 0)
		return self->cash != NULL ? say_format("{\"amount\":%s," OK "}", self->cash)
					  : say(200, FAILED("E413"));
	return say(404, NULL);
}

static ScriptedAnswer on_raw(ErpnetStub *self, const ScriptedRequest *request)
{
	const char *raw = strstr(request->body, "\"0*\"") != NULL  ? self->last
			  : strstr(request->body, "\"@\"") != NULL ? self->closures
								   : "";

	if (raw == NULL)
		return say(200, FAILED("E402"));
	return say_format("{\"rawResponse\":\"%s\"," OK "}", raw);
}

static void do_it(ErpnetStub *self)
{
	if (self->cash_after != NULL)
		self->cash = self->cash_after;
	if (self->last_after != NULL)
		self->last = self->last_after;
	if (self->closures_after != NULL)
		self->closures = self->closures_after;
}

static ScriptedAnswer on_task(ErpnetStub *self, const char *name, const char *id)
{
	Fate fate = is_document(id) ? self->fate : TAKE;
	bool known = g_hash_table_contains(self->tasks, id);

	if (fate == ANSWER)
		return say(self->post_status, self->post_body);
	if (fate != DROP_BEFORE)
		do_it(self);
	if (fate == TAKE || fate == DROP_AFTER)
		g_hash_table_insert(self->tasks, g_strdup(id), g_strdup(name));
	if (fate == DROP_BEFORE || fate == DROP_AFTER)
		return say(0, NULL);
	return known ? say(200, FAILED("E109")) : say_format("{\"taskId\":\"%s\"}", id);
}

static ScriptedAnswer handle(const ScriptedRequest *request, void *data)
{
	const char *id = strstr(request->query, "taskId=");

	if (strcmp(request->method, "GET") == 0)
		return on_get(data, request);
	if (strcmp(request->path, PRINTER "/rawrequest") == 0)
		return on_raw(data, request);
	if (!g_str_has_prefix(request->query, "asyncTimeout=0&") || id == NULL)
		return say(400, NULL);
	return on_task(data, strrchr(request->path, '/') + 1, id + strlen("taskId="));
}

/* --- the till ------------------------------------------------------------------------------ */

void erpnet_stub_open_with(ErpnetStub *self, const char *key, const char *value)
{
	g_autoptr(GHashTable) options = g_hash_table_new(g_str_hash, g_str_equal);
	g_autoptr(GError) error = NULL;

	*self = (ErpnetStub){
		.driver = fiscal_driver_find("erpnet"),
		.uri = "bg.dt.p.isl.com://COM15",
		.memory = MEMORY,
		.status = "{\"deviceDateTime\":\"2026-06-03T10:16:00\"," OK "}",
		.cash = "500.00",
		.last = "0000137," EARLIER_NUMBER,
		.closures = "P,0041,0,0,0,0,0,0,0,0,020626",
	};
	g_assert_nonnull(self->driver);
	self->results = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	self->tasks = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	erpnet_stub_set_result(self, "receipt", SOLD);
	self->http = scripted_http_new(handle, self);
	g_hash_table_insert(options, (char *)"timezone", (char *)"Europe/Sofia");
	g_hash_table_insert(options, (char *)"wait", (char *)"1");
	if (key != NULL)
		g_hash_table_insert(options, (char *)key, (char *)value);
	self->port = port_open(scripted_http_get_address(self->http), &error);
	g_assert_no_error(error);
	self->registrar = self->driver->open(self->port, options, &error);
	g_assert_no_error(error);
}

void erpnet_stub_open(ErpnetStub *self)
{
	erpnet_stub_open_with(self, NULL, NULL);
}

void erpnet_stub_close(ErpnetStub *self)
{
	self->driver->close(self->registrar);
	port_close(self->port);
	scripted_http_free(self->http);
	g_hash_table_unref(self->results);
	g_hash_table_unref(self->tasks);
}

static const FiscalLine lines[] = {
	{ .name = "Ябълки",
	  .quantity = { 1234000 },
	  .price = { 8990, 978 },
	  .sum = { 11094, 978 },
	  .discount = { 0, 978 },
	  .tax = FISCAL_TAX_STANDARD,
	  .tax_rate = 2000,
	  .unit = UNIT_KILOGRAM },
	{ .name = "Шоколад",
	  .quantity = { 2000000 },
	  .price = { 7500, 978 },
	  .sum = { 13500, 978 },
	  .discount = { 1500, 978 },
	  .tax = FISCAL_TAX_STANDARD,
	  .tax_rate = 2000,
	  .unit = UNIT_PIECE },
};

FiscalDocument erpnet_stub_document(FiscalKind kind)
{
	static const FiscalOrigin origin = { .number = "T1-000001",
					     .document_number = 137,
					     .sign = "",
					     .id = EARLIER_NUMBER,
					     .registrar_at = "2026-06-03T10:16:12" };
	FiscalDocument document = {
		.kind = kind,
		.sale_id = kind == FISCAL_X ? "" : "T2-118-17",
		.id = kind == FISCAL_X ? 0 : 12,
		.lines = lines,
		.n_lines = G_N_ELEMENTS(lines),
		.paid = { [TENDER_CASH] = { 20000, 978 }, [TENDER_CARD] = { 10000, 978 } },
		.total = { 24594, 978 },
		.cashier = "Иванова А.",
	};

	if (kind == FISCAL_SALE_RETURN) {
		document.origin = &origin;
		document.paid[TENDER_CASH].minor = 14594;
	}
	return document;
}

FiscalIntent erpnet_stub_intent(ErpnetStub *self, FiscalKind kind)
{
	FiscalDocument document = erpnet_stub_document(kind);
	struct fiscal_plan *plan = self->driver->plan(self->registrar, &document, NULL);
	FiscalIntent intent = { .kind = kind,
				.total = document.total,
				.sale_id = document.sale_id,
				.id = document.id };

	g_assert_nonnull(plan);
	intent.plan = self->driver->plan_describe(plan);
	self->driver->plan_free(plan);
	g_assert_true(self->driver->observe(self->registrar, &intent.before, NULL));
	return intent;
}

void erpnet_stub_intent_clear(FiscalIntent *intent)
{
	g_free((char *)intent->plan);
	intent->plan = NULL;
}

bool erpnet_stub_make(ErpnetStub *self, FiscalKind kind, FiscalProof *proof, GError **error)
{
	FiscalDocument document = erpnet_stub_document(kind);
	struct fiscal_plan *plan = self->driver->plan(self->registrar, &document, error);
	bool ok;

	g_assert_nonnull(plan);
	g_assert_cmpint(self->driver->plan_n_steps(plan), ==, 1);
	g_assert_cmpint(self->driver->plan_commit_step(plan), ==, 0);
	ok = self->driver->step(self->registrar, plan, 0, proof, error);
	self->driver->plan_free(plan);
	return ok;
}

void erpnet_stub_check_make_fails(ErpnetStub *self, FiscalKind kind, DeviceFault fault)
{
	g_autoptr(GError) error = NULL;
	FiscalProof proof;

	g_assert_false(erpnet_stub_make(self, kind, &proof, &error));
	g_assert_error(error, DEVICE_FAULT, (int)fault);
}

static bool used_proof(const char *serial, uint32_t number, void *data)
{
	ErpnetStub *self = data;

	g_assert_cmpstr(serial, ==, MEMORY);
	return number == self->used;
}

FiscalVerdict erpnet_stub_reconcile(ErpnetStub *self, const FiscalIntent *intent,
				    FiscalProof *proof, GError **error)
{
	*proof = (FiscalProof){ 0 };
	return self->driver->reconcile(self->registrar, intent, used_proof, self, proof, error);
}

void erpnet_stub_check_verdict(ErpnetStub *self, const FiscalIntent *intent, FiscalVerdict verdict)
{
	g_autoptr(GError) error = NULL;
	FiscalProof proof;

	g_assert_cmpint(erpnet_stub_reconcile(self, intent, &proof, &error), ==, verdict);
	if (verdict == FISCAL_FOREIGN || verdict == FISCAL_CANNOT_TELL)
		g_assert_nonnull(error);
}

void erpnet_stub_check_doubt(ErpnetStub *self, const FiscalIntent *intent, DeviceFault fault)
{
	g_autoptr(GError) error = NULL;
	FiscalProof proof;

	g_assert_cmpint(erpnet_stub_reconcile(self, intent, &proof, &error), ==,
			FISCAL_CANNOT_TELL);
	g_assert_error(error, DEVICE_FAULT, (int)fault);
}

int erpnet_stub_count(ErpnetStub *self, const char *what)
{
	g_autofree char *log = scripted_http_dup_log(self->http);
	int n = 0;

	for (const char *at = log; (at = strstr(at, what)) != NULL; at++)
		n++;
	return n;
}
