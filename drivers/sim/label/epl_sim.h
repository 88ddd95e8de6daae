/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/sim/label/label_lines.h"
#include "drivers/sim/label/label_page.h"

/* A printer that speaks EPL2 (label-printer.md §4). epl_sim.c has the stream, the reports and the
 * setup, epl_draw.c the objects. */
typedef enum {
	EPL_SYNTAX = 1,
	EPL_OUTSIDE = 2,
	EPL_LENGTH = 3,
	EPL_EMPTY = 7,
	EPL_HEAD_OPEN = 11,
	EPL_PAUSED = 12
} EplError;

typedef struct {
	LabelPress press;
	LabelLines lines;
	LabelPage page;
	int width, length; /* dots */
	int origin_x, origin_y;
	bool cleared; /* N came since the last P */
	bool reports; /* US */
	unsigned errors; /* a bit an EplError that the host was not told by ^ee */
	const char *charset; /* as iconv names it */
} EplSim;

void epl_error(EplSim *self, EplError error);

/* False: it is no command that draws. @text: its first letters; @args: behind them. */
bool epl_draw(EplSim *self, const char *name, const LabelArgs *args, size_t offset);
/* @header: x, y, bytes in a row, rows. */
void epl_draw_bitmap(EplSim *self, const LabelArgs *header, const GByteArray *bits, size_t offset);
