/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/fiscal/fiscal.h"
#include "tests/devices/fiscal/scripted_http.h"

/* The shipping driver against a web server that the test plays. Answers are those of
 * fiscal-atol.md §3.3. */
#define READY(result) "{\"status\":\"ready\",\"errorCode\":0,\"result\":" result "}"
#define FAILED(code) "{\"status\":\"error\",\"errorCode\":" code ",\"errorDescription\":\"Ошибка\"}"
#define SERIAL "9999078900012345"
#define FN(number)                                                                                 \
	READY("{\"fnStatus\":{\"fiscalDocumentNumber\":" number ",\"fiscalReceiptNumber\":0,"      \
	      "\"warnings\":{\"memoryOverflow\":true,\"criticalError\":false}}}")
#define SOLD                                                                                       \
	READY("{\"fiscalParams\":{\"fiscalDocumentNumber\":58,\"fiscalDocumentSign\":"             \
	      "\"1906569744\",\"fiscalDocumentDateTime\":\"2026-06-03T10:17:00+03:00\","           \
	      "\"fiscalReceiptNumber\":1,\"shiftNumber\":42,\"fnNumber\":\"" SERIAL "\","          \
	      "\"registrationNumber\":\"0000000001002292\",\"total\":245.94,"                      \
	      "\"fnsUrl\":\"www.nalog.gov.ru\"},\"warnings\":{\"notPrinted\":false}}")
#define DOCUMENT(tags)                                                                             \
	READY("{\"documentTLV\":{" tags "},\"qr\":\"t=20260603T1017&s=245.94&fn=" SERIAL           \
	      "&i=58&fp=1906569744&n=1\"}")
#define OUR_SALE "\"fiscalDocumentType\":\"receipt\",\"1040\":58,\"1054\":1,\"1038\":42"
#define CASH(sum) READY("{\"counters\":{\"cashSum\":" sum "}}")

/* What happens to a document's task; questions are always answered by the table. */
typedef enum {
	TAKE, /* and make it */
	DROP_BEFORE, /* the line is cut before the task is taken */
	DROP_AFTER, /* the task is taken, the line cut */
	LOSE, /* taken, and forgotten: GET says 404 */
	REFUSE, /* with post_status */
	TAKE_REFUSE, /* taken, and answered with post_status all the same */
} Fate;

typedef struct {
	ScriptedHttp *http; /* owned */
	GHashTable *answers; /* owned; type of task → entry of results */
	GHashTable *tasks; /* owned; uuid → types, commas between */
	Fate fate;
	guint post_status, get_status;
	const char *post_body, *get_body; /* instead of the table's */
	int n_waits; /* so many polls of a document are answered "inProgress" */
	const char *fn_after; /* what getFnStatus says once a document's task has come; NULL: as it
				 was */
	const char *late_task; /* ours, which comes with the first question after it was set */
	struct port *port; /* owned */
	const struct fiscal_driver *driver;
	struct fiscal *registrar; /* owned */
	int n_used; /* how often used_proof() was asked */
	uint32_t used; /* number of a document that is another sale's proof */
} AtolStub;

/* The document is always the page's sale of 245.94, of sale_id T2-118-17 and id 12. */
void atol_stub_open_with(AtolStub *self, const char *key, const char *value);
void atol_stub_open(AtolStub *self);
void atol_stub_close(AtolStub *self);
/* @entry: of results. */
void atol_stub_set_answer(AtolStub *self, const char *type, const char *entry);
/* How often @what stands in the log of requests. */
int atol_stub_count(AtolStub *self, const char *what);

FiscalDocument atol_stub_document(FiscalKind kind);
FiscalIntent atol_stub_intent(AtolStub *self, FiscalKind kind);
bool atol_stub_make(AtolStub *self, FiscalKind kind, FiscalProof *proof, GError **error);
void atol_stub_check_make_fails(AtolStub *self, FiscalKind kind, DeviceFault fault);
FiscalVerdict atol_stub_reconcile(AtolStub *self, const FiscalIntent *intent, FiscalProof *proof,
				  GError **error);
/* That @error is set where the verdict needs a reason. */
void atol_stub_check_verdict(AtolStub *self, const FiscalIntent *intent, FiscalVerdict verdict);
/* CANNOT_TELL for this reason. */
void atol_stub_check_doubt(AtolStub *self, const FiscalIntent *intent, DeviceFault fault);
void atol_stub_check_sold(const FiscalProof *proof);
