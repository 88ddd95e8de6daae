/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/report/report.h"

#include <cairo.h>

/* The pages of report_write_pdf() on any other surface, in points. */
int report_count_pages(const Report *self, const NumberStyle *style, cairo_t *cr);
void report_draw_page(const Report *self, const NumberStyle *style, cairo_t *cr,
		      int page); /* from 1 */
