/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/print/day_job.h"

/* A row of office/day/jobs or open_jobs. Own it. */
DayJob *day_job_of_row(StoreStatement *row);
