/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/printer/escpos_sim.h"

#include <cairo.h>
#include <string.h>

/* A picture of a longer receipt ends there; the margin around it lets readers find symbols. */
enum { MAX_ROWS = 24000, MARGIN = 24, NEAR_END_MM = 3000, CUT_MS = 200 };

static bool wants_picture(const Escpos *self)
{
	return self->context->picture_dir != NULL;
}

static void ensure_rows(Escpos *self, int rows)
{
	size_t old = self->picture->len, wanted = (size_t)MIN(rows, MAX_ROWS) * (size_t)self->dots;

	if (!wants_picture(self) || wanted <= old)
		return;
	g_byte_array_set_size(self->picture, (guint)wanted);
	memset(self->picture->data + old, 0xFF, wanted - old);
}

/* Ink comes before the feed that moves past it. */
void escpos_ink(Escpos *self, int x, int y, int width, int height, const uint8_t *dots)
{
	int top = self->rows + y, last = MIN(top + height, MAX_ROWS);

	ensure_rows(self, last);
	if (!wants_picture(self))
		return;
	for (int row = top; row < last; row++, dots += width)
		for (int column = 0; column < width && x + column < self->dots; column++)
			if (dots[column] != 0)
				self->picture->data[(size_t)row * (size_t)self->dots +
						    (size_t)(x + column)] = 0;
}

void escpos_ink_block(Escpos *self, int width, int height, const uint8_t *dots, int below)
{
	int rest = MAX(escpos_area(self) - width, 0);
	int shift = self->align == ESCPOS_LEFT ? 0 : self->align == ESCPOS_CENTRE ? rest / 2 : rest;

	escpos_ink(self, self->left_margin + shift, below, width, height, dots);
	self->printed = true;
	self->dots_since_ink = -height - below;
}

static void count_down(int64_t *left, int dots, bool *over)
{
	if (*left < 0)
		return;
	*left -= dots;
	if (*left > 0)
		return;
	*over = true;
	*left = -1;
}

void escpos_feed(Escpos *self, int dots)
{
	int64_t *paper = &self->memory.paper_dots;

	count_down(&self->end_dots, dots, &self->paper_out);
	count_down(&self->near_dots, dots, &self->near_end);
	if (dots == 0)
		return;
	self->rows = MIN(self->rows + dots, MAX_ROWS);
	ensure_rows(self, self->rows);
	self->dots_since_ink += dots;
	*paper = MAX(*paper - dots, 0);
	self->dirty = true;
	if (*paper == 0)
		self->paper_out = true;
	if (*paper < (int64_t)NEAR_END_MM * ESCPOS_DOTS_PER_MM)
		self->near_end = true;
	if (self->speed > 0)
		self->busy_until =
			MAX(self->busy_until, g_get_monotonic_time()) +
			(int64_t)dots * G_USEC_PER_SEC / (ESCPOS_DOTS_PER_MM * self->speed);
}

/* ---- the picture */

static cairo_surface_t *paint(const Escpos *self)
{
	cairo_surface_t *surface = cairo_image_surface_create(
		CAIRO_FORMAT_A8, self->dots + 2 * MARGIN, self->rows + 2 * MARGIN);
	int stride = cairo_image_surface_get_stride(surface);
	uint8_t *pixels = cairo_image_surface_get_data(surface);

	if (pixels == NULL)
		return surface;
	memset(pixels, 0xFF, (size_t)stride * (size_t)(self->rows + 2 * MARGIN));
	for (int row = 0; row < self->rows; row++)
		memcpy(pixels + (size_t)(row + MARGIN) * (size_t)stride + MARGIN,
		       self->picture->data + (size_t)row * (size_t)self->dots, (size_t)self->dots);
	cairo_surface_mark_dirty(surface);
	return surface;
}

void escpos_look(Escpos *self)
{
	g_autofree char *path = sim_picture_begin(self->context, "receipt");
	cairo_surface_t *surface;
	cairo_status_t status;

	if (path == NULL)
		return;
	surface = paint(self);
	status = cairo_surface_write_to_png(surface, path);
	cairo_surface_destroy(surface);
	if (status == CAIRO_STATUS_SUCCESS)
		sim_picture_done(self->context, path);
	else
		sim_log_words(self->context->log, "no picture: %s", cairo_status_to_string(status));
}

/* ---- the knife */

void escpos_separate(Escpos *self)
{
	sim_log_paper(self->context->log, "[cut]");
	if (self->printed) {
		self->memory.receipts++;
		escpos_look(self);
	}
	g_byte_array_set_size(self->picture, 0);
	self->rows = 0;
	self->printed = false;
	self->dots_since_ink = ESCPOS_CUTTER_DOTS;
	self->dirty = true;
	escpos_save(self);
	if (self->speed > 0)
		self->busy_until =
			MAX(self->busy_until, g_get_monotonic_time()) + (int64_t)CUT_MS * 1000;
}

void escpos_cut(Escpos *self, bool partial, int feed)
{
	if (self->line->len > 0) {
		escpos_flag(self, "a cut in the middle of a line is ignored");
		return;
	}
	if (sim_faults_setting(self->context->faults, ESCPOS_FAULT_NO_CUTTER, 0) != 0)
		return;
	if (feed >= 0)
		escpos_feed(self, ESCPOS_CUTTER_DOTS + feed);
	else if (self->dots_since_ink < ESCPOS_CUTTER_DOTS)
		escpos_flag(self, "the knife is %d dots inside the text",
			    ESCPOS_CUTTER_DOTS - self->dots_since_ink);
	sim_log_words(self->context->log, partial ? "partial cut" : "full cut");
	if (self->jam_next) {
		self->jam_next = false;
		self->jammed = true;
		sim_log_words(self->context->log, "the cutter jams");
		return; /* 10 05 01 cuts */
	}
	escpos_separate(self);
}
