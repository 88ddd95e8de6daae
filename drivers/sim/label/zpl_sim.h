/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/sim/label/label_page.h"

/* A printer that speaks ZPL II (label-printer.md §2). zpl_sim.c takes the stream apart and answers,
 * zpl_format.c does what stands between ^XA and ^XZ, zpl_field.c draws a field at its ^FS. */

typedef enum {
	ZPL_TEXT,
	ZPL_EAN13,
	ZPL_EAN8,
	ZPL_UPCA,
	ZPL_CODE128,
	ZPL_QR,
	ZPL_DATA_MATRIX
} ZplKind;

typedef struct {
	bool placed; /* ^FO or ^FT came */
	bool by_baseline; /* ^FT */
	int x, y;
	ZplKind kind;
	int quarters; /* clockwise */
	bool has_font;
	int height, width; /* of the font, dots */
	bool has_block;
	LabelBlock block;
	int bar_height, module;
	bool words; /* below the bars */
	char mode; /* of Code 128 */
	char escape; /* of Data Matrix, 0: none */
	char hex; /* of ^FH, 0: none */
	bool has_data;
	GByteArray *data; /* owned, as it came */
	size_t offset; /* of ^FD */
} ZplField;

typedef struct {
	LabelPress press;
	GByteArray *in; /* owned: what is not done yet */
	size_t offset; /* of its first byte */
	bool junk; /* flagged already: bytes outside of a command */

	bool in_format;
	size_t format_offset;
	bool seen_data; /* a ^FD in this format */
	LabelPage page;
	int copies;
	ZplField field;

	/* What stays from label to label. */
	int width, length, home_x, home_y;
	int charset; /* of ^CI */
	int module, bar_height; /* of ^BY */
	bool transfer; /* with a ribbon */
	char mode; /* of ^MM */
} ZplSim;

/* @name: two characters; @args: behind them, with a closing zero that is not counted. */
void zpl_format_do(ZplSim *self, const char *name, const GByteArray *args, size_t offset);
void zpl_format_end(ZplSim *self, size_t offset);
void zpl_format_drop(ZplSim *self);

void zpl_field_reset(ZplSim *self);
void zpl_field_draw(ZplSim *self, size_t offset);
/* Puts it where ^FO or ^FT said. */
void zpl_field_put(ZplSim *self, const LabelCanvas *stamp, size_t offset, const char *what);

/* "total,total,row,data" behind ^GFA. NULL where it is wrong: flagged. */
LabelCanvas *zpl_graphic_new(ZplSim *self, const GByteArray *args, size_t offset);
/* CRC-16/XMODEM, of B64 and Z64 data. */
uint16_t zpl_crc(const uint8_t *data, size_t len);
