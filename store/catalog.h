/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* The SQL that schema/ compiled in. Everything lent lives as long as the program. */

/* Text of the statement "family/file/name". A wrong name is a bug: aborts. */
const char *catalog_statement(const char *name);

typedef struct {
	int number; /* of NNNN-name.sql */
	const char *name; /* the file's */
	const char *sql;
} Migration;

/* Migrations of @family by number, gapless from 1; an unknown family is a bug: aborts. */
const Migration *catalog_migrations(const char *family, int *ret_n);
