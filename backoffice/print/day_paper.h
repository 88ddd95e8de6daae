/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/report/day.h"
#include "drivers/printer/paper.h"

/* The daily report on receipt paper, of any width: every row of every section, its name and main
 * figure across, the others in small words below; hours as bars of characters. @copy: says on top
 * that it may have been printed before. Own it. */
Paper *day_paper_new(const DayReport *report, const NumberStyle *style, bool copy);
