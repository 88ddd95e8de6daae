/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/fiscal/fiscal.h"

/* A registrar whose memory is a file: it outlives a killed till, as the real one does. Every call
 * is an event of fault_io, so that a till can be killed before it. */

#define FAKE_DOCUMENTS_MAX 64
#define FAKE_CURRENCY 643

typedef struct {
	FiscalKind kind;
	int64_t total;
} FakeDocument;

typedef struct {
	uint32_t last_document, shift_number, receipt_number;
	bool shift_open, document_open;
	FiscalKind open_kind;
	int64_t open_total, cash;
	int open_lines;
	bool paper_out; /* documents are made, their paper is not */
	int drawer_opened, cancelled;
	FakeDocument documents[FAKE_DOCUMENTS_MAX]; /* by number − 1 */
} FakeMemory;

/* What happens at one call of the driver. */
typedef enum {
	FAKE_NOTHING,
	FAKE_REFUSED, /* not executed, and said so (paper out) */
	FAKE_LOST_BEFORE, /* not executed, no answer */
	FAKE_LOST_AFTER, /* executed, no answer */
	FAKE_GONE, /* from this call on, no answer to anything, for `length` calls */
	FAKE_POWER_CUT, /* not executed; what hung open in it is gone; no answer */
	FAKE_N_FAULTS,
} FakeFault;

extern const struct fiscal_driver fake_driver;

/* Maps the memory in @path, made with an open shift if it is not there. Stays until the next. */
FakeMemory *fake_memory_use(const char *path);
/* @call: counted from 1 from now on. */
void fake_arm(FakeFault fault, int call, int length);
int fake_count_calls(void);
int fake_count_documents(FiscalKind kind, int64_t total);
