/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/ui/chart.h"

/* What a report looks like. @before: the same of the time before, or NULL. False where there is
 * nothing to draw. The points' ids are the report's rows. */
bool report_picture_show(OfficeChart *chart, const Report *report, const Report *before,
			 const NumberStyle *style);
