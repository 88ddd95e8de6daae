/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pos/session/fiscal_run.h"
#include "store/store.h"
#include "tests/crash/fake_fiscal.h"

/* A till in a folder of its own and its registrar, with an open shift and one paid receipt of three
 * lines waiting to be closed. */
typedef struct {
	char *directory, *db_path, *fake_path; /* owned */
	FakeMemory *fake; /* borrowed */
} World;

#define WORLD_TOTAL INT64_C(43978)
#define WORLD_PAID INT64_C(50000)
#define WORLD_FLOAT INT64_C(100000)

void world_init(World *self);
void world_clear(World *self);

TillDb *world_open_db(World *self);
FiscalRun *world_new_run(TillDb *db);
TillRequest world_request(FiscalKind kind);

/* Rule 1 and what follows from it: the registrar has @n of our sale, the till has closed as many,
 * the journal is whole, cash agrees on both sides, the drawer has opened no more often. */
void world_check(World *self, int n);
/* A further restart finds nothing to do. */
void world_check_settled(World *self);
