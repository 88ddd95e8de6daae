/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/stock/ledger.h"
#include "core/quantity.h"
#include "tests/hub/fake_office.h"

#define ONE QUANTITY_ONE
#define MINUTE (INT64_C(60) * G_USEC_PER_SEC)

/* A stockroom for tests: SQL of the test's own, and moves of the ledger one at a time. */

void room_sql(FakeOffice *office, const char *format, ...) G_GNUC_PRINTF(2, 3);
/* The database itself does not let it happen. */
void room_sql_refused(FakeOffice *office, const char *sql, const char *says);
/* The first column of the first row; 0 where there is none. */
int64_t room_ask(FakeOffice *office, const char *format, ...) G_GNUC_PRINTF(2, 3);
/* Own it; NULL where there is no row. */
char *room_ask_text(FakeOffice *office, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* Posts one move in a transaction of its own; day, seq and line are given where they are 0. */
void room_move(FakeOffice *office, LedgerMove move);
void room_receive(FakeOffice *office, int64_t item, int64_t at, int64_t quantity, int64_t value);
void room_sell(FakeOffice *office, int64_t item, int64_t at, int64_t quantity);
/* A draft of this kind, as document_create() would leave it. */
int64_t room_draft(FakeOffice *office, const char *kind, const char *scope, const char *subject,
		   const char *reason);
