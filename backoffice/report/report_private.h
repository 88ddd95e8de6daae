/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/report/report.h"
#include "core/receipt.h"

#define HOURS 24

struct Report {
	uint16_t currency;
	int32_t from, to;
	int64_t at; /* of stock: as it stood at the end of this moment */
	int n_rows;
	ReportCell totals[REPORT_COLUMNS_MAX];
	bool has_hour[HOURS];
	int64_t hours[HOURS]; /* net */

	/* owned */
	char *shop;
	GArray *cells; /* of ReportCell, row by row */
	GStringChunk *texts;

	/* borrowed */
	const ReportKind *kind;
};

static inline bool report_type_is_text(ReportType type)
{
	return type == REPORT_TEXT || type == REPORT_TENDER || type == REPORT_UNIT ||
	       type == REPORT_TAX || type == REPORT_CASE;
}

static inline bool report_type_is_number(ReportType type)
{
	return !report_type_is_text(type) && type != REPORT_HOUR && type != REPORT_DAY;
}

/* "23.11.2026 – 25.11.2026" as the locale writes days; own it. */
char *report_dup_period(const Report *self);
