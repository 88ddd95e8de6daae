/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/cli/command.h"
#include "backoffice/report/report.h"

/* A report in the form that was asked for. */

#define REPORT_FORMATS                                                                             \
	(1u << FORMAT_TABLE | 1u << FORMAT_JSON | 1u << FORMAT_CSV | 1u << FORMAT_PDF |            \
	 1u << FORMAT_XLSX)

/* Gives the exit status. @output NULL: standard output. */
int report_out(const Report *report, Format format, const char *output);
/* False, having said so, where this form needs a file. */
bool report_out_check(Format format, const char *output);
