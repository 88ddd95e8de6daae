/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/report/health.h"
#include "core/number_text.h"

/* What to know before one believes the figures of a day. */

/* In amber: what is not in the figures; NULL where all is. Own it. */
char *report_notes_dup_warning(const ReportHealth *health, const NumberStyle *style,
			       GDateTime *now);
/* Until when the tills told of today; "" without a till. Own it. */
char *report_notes_dup_sources(const ReportHealth *health, GDateTime *now);
