/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/fiscal/fiscal.h"
#include "tests/devices/fiscal/scripted_http.h"

/* The shipping driver against a service that the test plays: fiscal-datecs.md §9. */
#define MEMORY "02279013"
#define SALE_NUMBER "DT279013-0001-0000012"
#define EARLIER_NUMBER "DT279013-0001-0000001"
#define OK "\"ok\":true,\"messages\":[{\"type\":\"info\",\"text\":\"FM is formatted\"}]"
#define FAILED(code)                                                                               \
	"{\"ok\":\"false\",\"messages\":[{\"type\":\"info\",\"text\":\"x\"},"                      \
	"{\"type\":\"error\",\"code\":\"" code "\",\"text\":\"y\"}]}"
#define SOLD                                                                                       \
	"{\"ok\":\"true\",\"messages\":[],\"receiptNumber\":\"0000138\","                          \
	"\"receiptDateTime\":\"2026-06-03T10:17:12\",\"receiptAmount\":245.94,"                    \
	"\"fiscalMemorySerialNumber\":\"" MEMORY "\"}"

typedef enum {
	TAKE, /* and do it */
	DROP_BEFORE, /* the line is cut before the task is taken */
	DROP_AFTER, /* the task is taken, the line cut */
	LOSE, /* done, and forgotten */
	ANSWER, /* with post_status and post_body, and nothing done */
} Fate;

typedef struct {
	ScriptedHttp *http; /* owned */
	GHashTable *results; /* owned; request → JSON */
	GHashTable *tasks; /* owned; id → request; a finished one is told once, as they do */
	Fate fate;
	guint post_status;
	const char *post_body;
	const char *task_body; /* what taskinfo says of a document, instead of the truth */
	int n_waits; /* so many polls are answered "running" */
	/* the printer; those with _after replace the others once a document was done */
	const char *uri, *memory, *status, *cash, *last, *closures;
	const char *cash_after, *last_after, *closures_after;
	const char *late_request; /* a task of ours that comes with the next question for status */
	struct port *port; /* owned */
	const struct fiscal_driver *driver;
	struct fiscal *registrar; /* owned */
	uint32_t used; /* number of a document that is another sale's proof */
} ErpnetStub;

/* The document is always the page's sale of 245.94, of sale_id T2-118-17 and id 12. */
void erpnet_stub_open_with(ErpnetStub *self, const char *key, const char *value);
void erpnet_stub_open(ErpnetStub *self);
void erpnet_stub_close(ErpnetStub *self);
void erpnet_stub_set_result(ErpnetStub *self, const char *request, const char *result);
int erpnet_stub_count(ErpnetStub *self, const char *what);

FiscalDocument erpnet_stub_document(FiscalKind kind);
/* Of a document that is about to be made: as it is before. Its plan is the stub's. */
FiscalIntent erpnet_stub_intent(ErpnetStub *self, FiscalKind kind);
void erpnet_stub_intent_clear(FiscalIntent *intent);
bool erpnet_stub_make(ErpnetStub *self, FiscalKind kind, FiscalProof *proof, GError **error);
void erpnet_stub_check_make_fails(ErpnetStub *self, FiscalKind kind, DeviceFault fault);
FiscalVerdict erpnet_stub_reconcile(ErpnetStub *self, const FiscalIntent *intent,
				    FiscalProof *proof, GError **error);
void erpnet_stub_check_verdict(ErpnetStub *self, const FiscalIntent *intent, FiscalVerdict verdict);
/* CANNOT_TELL for this reason. */
void erpnet_stub_check_doubt(ErpnetStub *self, const FiscalIntent *intent, DeviceFault fault);
