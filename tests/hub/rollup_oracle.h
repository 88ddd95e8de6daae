/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sqlite3.h>

/* All sums of sales as the tables have them, a row a line, sorted. Stamps are left out. Own it. */
char *rollup_kept(sqlite3 *db);
/* The same text, worked out row by row from receipts and the ledger. */
char *rollup_worked_out(sqlite3 *db);
/* Rows of a query, a line each. Own it. */
char *rollup_dump(sqlite3 *db, const char *sql);
