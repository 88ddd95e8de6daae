/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/goods/goods_import.h"
#include "tests/hub/fake_office.h"

/* A list of goods as a test writes it, and what became of it. */
typedef struct {
	const char *columns, *encoding;
	const char *price; /* "100.00" */
	bool dry_run;
} ListOptions;

typedef struct {
	bool done;
	GError *error; /* owned */
	GoodsImportCounts counts;
	GString *refusals; /* owned: "line: reason\n" of each */
} ListFate;

void list_fate_clear(ListFate *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(ListFate, list_fate_clear)

/* Writes @text of @len bytes (−1: a string) into a file of the office's folder; own its path. */
char *write_list(FakeOffice *office, const char *name, const char *text, gssize len);
/* @options may be NULL. */
ListFate import_file(FakeOffice *office, const char *path, const ListOptions *options);
ListFate import_text(FakeOffice *office, const char *text, gssize len, const ListOptions *options);
int64_t count_goods(FakeOffice *office);
