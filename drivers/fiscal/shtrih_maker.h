/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/fiscal/shtrih_plan.h"

/* Shared by the files that plan: shtrih_plan.c, shtrih_tags.c, shtrih_mark.c and
 * shtrih_correction.c. */

/* What a plan is made from, and where it grows. */
typedef struct {
	const ShtrihOptions *options;
	const FiscalDocument *document;
	struct fiscal_plan *plan;
} ShtrihMaker;

/* Returns false. */
bool shtrih_refuse(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);
/* Takes @text. */
void shtrih_add_step(ShtrihMaker *maker, const ShtrihBody *body, char *text);
void shtrih_add_simple(ShtrihMaker *maker, uint16_t code, const char *text);
/* The step just added is the one that makes the document. */
void shtrih_commit_here(ShtrihMaker *maker);
char *shtrih_dup_amount(const ShtrihMaker *maker, int64_t minor);
bool shtrih_check_total(const ShtrihMaker *maker, GError **error);
/* Of a sale or what stands for one. */
bool shtrih_check_payment(const ShtrihMaker *maker, GError **error);
/* Shows each line to @take, and refuses lines that do not make the total. */
bool shtrih_each_line(ShtrihMaker *maker,
		      bool (*take)(ShtrihMaker *maker, const FiscalLine *line, GError **error),
		      GError **error);

/* shtrih_tags.c. False where nothing is left of @text in the registrar's letters. */
bool shtrih_add_text_tag(ShtrihMaker *maker, uint16_t tag, const char *text);
void shtrih_add_cashier(ShtrihMaker *maker);
bool shtrih_add_contact(ShtrihMaker *maker, GError **error);
bool shtrih_add_tin(ShtrihMaker *maker, GError **error);

/* shtrih_mark.c: codes are checked before the receipt is opened, so that goods which may not be
 * sold leave no receipt to cancel; and bound to their line within it. */
bool shtrih_add_mark_checks(ShtrihMaker *maker, GError **error);
bool shtrih_add_mark_bound(ShtrihMaker *maker, const FiscalLine *line, GError **error);

/* shtrih_correction.c */
bool shtrih_plan_correction(ShtrihMaker *maker, GError **error);
