/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/sim/label/label_args.h"
#include "drivers/sim/label/label_press.h"

/* The stream of TSPL and EPL: commands that end with a line, one of them followed by an exact
 * number of bytes that may be anything, and short ones that are done where they stand. */
enum { LABEL_LINES_WAIT = -1 };

typedef struct {
	const char *graphic; /* how that one begins */
	guint commas; /* behind which its bytes begin; columns and rows are its third and fourth */
	bool crlf; /* lines end with 0D 0A; else with 0A */
	uint8_t anywhere; /* a short command begins with it, even within a line; 0: none does */
	/* @data begins where a command may; returns the length of a short one, done; 0: there is
	 * none; LABEL_LINES_WAIT: it may become one. */
	int (*do_short)(void *owner, const uint8_t *data, size_t len);
	void (*do_line)(void *owner, const uint8_t *data, size_t len, size_t offset);
	/* @header: behind LabelLanguage.graphic, up to its last comma. @bits: as many as told. */
	void (*do_graphic)(void *owner, const LabelArgs *header, const GByteArray *bits,
			   size_t offset);
	void (*bad_line)(void *owner); /* told after a flag. May be NULL */
} LabelLanguage;

typedef struct {
	const LabelLanguage *language;
	LabelPress *press; /* borrowed */
	void *owner;
	GByteArray *in; /* owned: what is not done yet */
	size_t offset; /* of its first byte */
	LabelArgs *header; /* owned: of the graphic that comes, or NULL */
	GByteArray *bits; /* owned: what has come of it */
	guint wanted;
	size_t graphic_offset;
} LabelLines;

void label_lines_init(LabelLines *self, const LabelLanguage *language, LabelPress *press,
		      void *owner);
void label_lines_clear(LabelLines *self);
void label_lines_receive(LabelLines *self, const uint8_t *data, size_t len);
void label_lines_reset(LabelLines *self); /* forgets what is half there */
