/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/sim/label/label_lines.h"
#include "drivers/sim/label/label_page.h"

/* A printer that speaks TSPL2 (label-printer.md §3). tspl_sim.c has the stream, the answers and the
 * setup, tspl_draw.c the objects. */
typedef struct {
	LabelPress press;
	LabelLines lines;
	LabelPage page;
	bool sized; /* SIZE came */
	bool cleared; /* CLS came since the last PRINT */
	int origin_x, origin_y;
	const char *charset; /* as iconv names it */
} TsplSim;

/* False: it is no command that draws. @args: behind the name. */
bool tspl_draw(TsplSim *self, const char *name, const LabelArgs *args, size_t offset);
/* @header: x, y, bytes in a row, rows, mode. */
void tspl_draw_bitmap(TsplSim *self, const LabelArgs *header, const GByteArray *bits,
		      size_t offset);
