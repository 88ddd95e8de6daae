/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/fiscal/datecs_plan.h"

/* Shared by datecs_plan.c and datecs_lines.c alone: what a plan is made from, and where it grows.
 */
typedef struct {
	const DatecsTarget *target;
	const FiscalDocument *document;
	struct fiscal_plan *plan;
	int64_t sum; /* of the lines so far */
} DatecsMaker;

/* Always false. */
bool datecs_refuse(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);
bool datecs_add_step(DatecsMaker *maker, DatecsStepKind kind, const DatecsWriter *writer,
		     const char *text, GError **error);
bool datecs_check_amount(const DatecsMaker *maker, Money amount, const char *what, GError **error);
/* 31h, once or twice. */
bool datecs_add_line(DatecsMaker *maker, const FiscalLine *line, GError **error);
/* 30h, and 2Eh or 2Bh. */
bool datecs_open_sale(DatecsMaker *maker, GError **error);
bool datecs_open_return(DatecsMaker *maker, GError **error);
