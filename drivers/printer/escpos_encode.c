/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/printer/escpos_encode.h"

#include "drivers/device.h"
#include "drivers/printer/escpos_commands.h"
#include "drivers/printer/escpos_symbol.h"
#include "drivers/printer/paper_private.h"

#include <sodium.h>
#include <string.h>

#define ROW_DOTS 30
#define FEED_WITHOUT_CUTTER 4 /* rows, to where the paper is torn */
/* Rows of dots of one picture command: clones choke on taller ones, and between two the printer can
 * be asked. Not fewer than 24. */
#define BAND_MIN 24
#define BAND_MAX 56
#define QR_MODULE_MAX 4

typedef struct {
	const EscposOptions *options; /* borrowed */
	EscposRaster *raster; /* borrowed */
	EscposJob *job; /* borrowed */

	/* what the printer has been told */
	int page; /* of options->pages */
	PaperAlign align;
	bool bold, doubled;
} Encoder;

void escpos_job_free(EscposJob *self)
{
	if (self == NULL)
		return;

	/* They may hold words that are to stand on paper alone. */
	sodium_memzero(self->bytes->data, self->bytes->len);
	g_byte_array_unref(self->bytes);
	g_array_unref(self->ends);
	g_free(self);
}

static void end_command(Encoder *self)
{
	gsize end = self->job->bytes->len;

	g_array_append_val(self->job->ends, end);
}

/* Alignment is only obeyed at the start of a line, where we always are. */
static void set_style(Encoder *self, PaperAlign align, PaperStyle style)
{
	GByteArray *bytes = self->job->bytes;
	bool bold = (style & PAPER_BOLD) != 0, doubled = (style & PAPER_DOUBLE) != 0;

	if (self->doubled && !doubled)
		escpos_append_double(bytes, false);
	if (self->bold && !bold)
		escpos_append_bold(bytes, false);
	if (self->align != align)
		escpos_append_align(bytes, align);
	if (!self->bold && bold)
		escpos_append_bold(bytes, true);
	if (!self->doubled && doubled)
		escpos_append_double(bytes, true);
	self->align = align;
	self->bold = bold;
	self->doubled = doubled;
}

/* Cut into bands; white to the right of the last dot is not sent. */
static void append_picture(Encoder *self, Bitmap *picture)
{
	set_style(self, PAPER_LEFT, PAPER_PLAIN);
	for (int y = 0; y < picture->height; y += BAND_MAX) {
		g_autoptr(Bitmap) band = bitmap_new_band(picture, y, BAND_MAX, BAND_MIN);

		bitmap_defuse(band);
		if (self->options->graphics)
			escpos_append_graphics(self->job->bytes, band);
		else
			escpos_append_raster(self->job->bytes, band);
		end_command(self);
	}
	self->job->rows += picture->height / ROW_DOTS + 1;
}

static int left_edge(int dots, PaperAlign align, int width)
{
	if (align == PAPER_LEFT)
		return 0;
	return MAX(align == PAPER_CENTRE ? (dots - width) / 2 : dots - width, 0);
}

static void append_drawn_row(Encoder *self, const char *text, PaperAlign align, PaperStyle style)
{
	int cell = self->options->dots / self->options->columns;
	int width = paper_text_cells(text) * cell * (style & PAPER_DOUBLE ? 2 : 1);
	g_autoptr(Bitmap) row = bitmap_new(self->options->dots, escpos_raster_row_height(style));

	escpos_raster_draw(self->raster, row, left_edge(self->options->dots, align, width), 0,
			   style, text);
	append_picture(self, row);
}

static int find_byte(const EscposOptions *options, int page, gunichar character)
{
	CodePage code = options->pages[page].page;
	int found = codepage_find_near(code, character);

	return found >= 0 ? found
			  : codepage_find_near(code, letter_map_find(&options->letters, character));
}

static bool can_say(const EscposOptions *options, int page, const char *text)
{
	for (; *text != '\0'; text = g_utf8_next_char(text)) {
		if (find_byte(options, page, g_utf8_get_char(text)) < 0)
			return false;
	}
	return true;
}

/* The current page where it will do, else the first of the others, else -1. */
static int find_page(const Encoder *self, const char *text)
{
	if (self->page < self->options->n_pages && can_say(self->options, self->page, text))
		return self->page;
	for (int i = 0; i < self->options->n_pages; i++) {
		if (can_say(self->options, i, text))
			return i;
	}
	return -1;
}

static void append_native_row(Encoder *self, const char *text, int page, PaperAlign align,
			      PaperStyle style)
{
	GByteArray *bytes = self->job->bytes;

	if (page != self->page)
		escpos_append_page(bytes, self->options->pages[page].number);
	self->page = page;
	set_style(self, align, style);
	for (; *text != '\0'; text = g_utf8_next_char(text)) {
		uint8_t byte = (uint8_t)find_byte(self->options, page, g_utf8_get_char(text));

		g_byte_array_append(bytes, &byte, 1);
	}
	g_byte_array_append(bytes, (const uint8_t *)"\n", 1);
	end_command(self);
	self->job->rows += style & PAPER_DOUBLE ? 2 : 1;
}

static void append_row(Encoder *self, const char *text, PaperAlign align, PaperStyle style)
{
	int page = find_page(self, text);

	if (page >= 0)
		append_native_row(self, text, page, align, style);
	else
		append_drawn_row(self, text, align, style);
}

static void append_text(Encoder *self, const PaperBlock *block)
{
	int columns = self->options->columns;
	g_autoptr(GPtrArray) lines = paper_block_fold(block, columns);

	for (guint i = 0; i < lines->len; i++) {
		const PaperLine *line = g_ptr_array_index(lines, i);
		int width = line->style & PAPER_DOUBLE ? columns / 2 : columns;
		g_autofree char *text = paper_line_dup_text(line, width);

		append_row(self, text, line->align, line->style);
	}
}

static void append_rule(Encoder *self)
{
	g_autofree char *rule = g_strnfill((gsize)self->options->columns, '-');

	append_row(self, rule, PAPER_LEFT, PAPER_PLAIN);
}

static void append_feed(Encoder *self, int lines)
{
	escpos_append_feed(self->job->bytes, lines);
	end_command(self);
	self->job->rows += lines;
}

static void append_bars(Encoder *self)
{
	set_style(self, PAPER_CENTRE, PAPER_PLAIN);
	escpos_append_bars(self->job->bytes);
	self->job->rows += ESCPOS_BAR_HEIGHT / ROW_DOTS + 2;
}

static bool refuse(const char *what, const char *text, GError **error)
{
	g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_REFUSED, "cannot print %s '%s'", what, text);
	return false;
}

/* With its characters below, as printers do it. */
static bool append_drawn_bars(Encoder *self, Bitmap *bars, const char *text)
{
	if (bars == NULL)
		return false;
	append_picture(self, bars);
	append_row(self, text, PAPER_CENTRE, PAPER_PLAIN);
	return true;
}

static bool append_ean13(Encoder *self, const char *digits, GError **error)
{
	g_autoptr(Bitmap) bars = NULL;

	if (self->options->native_bars) {
		append_bars(self);
		escpos_append_barcode(self->job->bytes, ESCPOS_EAN13, (const uint8_t *)digits,
				      strlen(digits));
		end_command(self);
		return true;
	}
	bars = escpos_symbol_new_ean13(digits, self->options->dots, ESCPOS_BAR_HEIGHT);
	return append_drawn_bars(self, bars, digits) || refuse("EAN-13", digits, error);
}

static bool append_code128(Encoder *self, const char *text, GError **error)
{
	g_autoptr(Bitmap) bars = NULL;
	Code128 code;

	code128_plan(text, &code);
	/* Of bars too wide for it a printer prints nothing, and says nothing. */
	if (self->options->native_bars &&
	    code128_width(&code) * ESCPOS_MODULE <= self->options->dots) {
		append_bars(self);
		escpos_append_code128(self->job->bytes, &code);
		end_command(self);
		return true;
	}
	bars = escpos_symbol_new_code128(text, self->options->dots, ESCPOS_BAR_HEIGHT);
	return append_drawn_bars(self, bars, text) || refuse("Code 128", text, error);
}

static bool append_qr(Encoder *self, const char *text, GError **error)
{
	int side = escpos_qr_side(strlen(text));
	int module = side > 0 ? MIN(QR_MODULE_MAX, self->options->dots / side) : 0;
	g_autoptr(Bitmap) picture = NULL;

	if (self->options->native_qr && module > 0 &&
	    escpos_find_trap((const uint8_t *)text, strlen(text)) < 0) {
		set_style(self, PAPER_CENTRE, PAPER_PLAIN);
		escpos_append_qr(self->job->bytes, text, (uint8_t)module, ESCPOS_QR_M);
		end_command(self);
		self->job->rows += side * module / ROW_DOTS + 1;
		return true;
	}
	picture = escpos_symbol_new_qr(text, self->options->dots);
	if (picture == NULL)
		return refuse("QR", text, error);
	append_picture(self, picture);
	return true;
}

/* On white, and no wider than the paper. */
static cairo_surface_t *scale_logo(cairo_surface_t *logo, int dots)
{
	int width = cairo_image_surface_get_width(logo);
	int height = cairo_image_surface_get_height(logo);
	int fitting = MIN(width, dots);
	cairo_surface_t *scaled = cairo_image_surface_create(CAIRO_FORMAT_RGB24, fitting,
							     MAX(height * fitting / width, 1));
	cairo_t *cr = cairo_create(scaled);

	cairo_set_source_rgb(cr, 1, 1, 1);
	cairo_paint(cr);
	cairo_scale(cr, (double)fitting / width, (double)fitting / width);
	cairo_set_source_surface(cr, logo, 0, 0);
	cairo_paint(cr);
	cairo_destroy(cr);
	return scaled;
}

static void append_logo(Encoder *self, cairo_surface_t *logo)
{
	int dots = self->options->dots;
	cairo_surface_t *scaled = scale_logo(logo, dots);
	g_autoptr(Bitmap) picture = bitmap_new(dots, cairo_image_surface_get_height(scaled));

	bitmap_draw(picture, left_edge(dots, PAPER_CENTRE, cairo_image_surface_get_width(scaled)),
		    scaled);
	cairo_surface_destroy(scaled);
	append_picture(self, picture);
}

static void append_cut(Encoder *self)
{
	set_style(self, PAPER_LEFT, PAPER_PLAIN);
	if (!self->options->cutter) {
		append_feed(self, FEED_WITHOUT_CUTTER);
		return;
	}
	escpos_append_cut(self->job->bytes);
	end_command(self);
	self->job->rows += FEED_WITHOUT_CUTTER;
}

static bool append_block(Encoder *self, const PaperBlock *block, GError **error)
{
	switch (block->kind) {
	case BLOCK_TEXT:
	case BLOCK_PAIR:
		append_text(self, block);
		return true;
	case BLOCK_RULE:
		append_rule(self);
		return true;
	case BLOCK_FEED:
		append_feed(self, block->lines);
		return true;
	case BLOCK_EAN13:
		return append_ean13(self, block->text, error);
	case BLOCK_CODE128:
		return append_code128(self, block->text, error);
	case BLOCK_QR:
		return append_qr(self, block->text, error);
	case BLOCK_LOGO:
		append_logo(self, block->logo);
		return true;
	case BLOCK_CUT:
		append_cut(self);
		return true;
	}
	return true;
}

static bool append_paper(Encoder *self, const Paper *paper, GError **error)
{
	bool is_cut = true; /* an empty paper is not cut off */

	for (guint i = 0; i < paper_get_n_blocks(paper); i++) {
		const PaperBlock *block = paper_get_block(paper, i);

		if (!append_block(self, block, error))
			return false;
		is_cut = block->kind == BLOCK_CUT;
	}
	if (!is_cut)
		append_cut(self);
	return true;
}

EscposJob *escpos_encode(const EscposOptions *options, EscposRaster *raster, const Paper *paper,
			 int id, GError **error)
{
	g_autoptr(EscposJob) job = g_new0(EscposJob, 1);
	Encoder encoder = { .options = options, .raster = raster, .job = job };

	job->bytes = g_byte_array_new();
	job->ends = g_array_new(FALSE, FALSE, sizeof(gsize));
	escpos_append_init(job->bytes, options->n_pages > 0 ? options->pages[0].number : 0);
	end_command(&encoder);
	if (!append_paper(&encoder, paper, error))
		return NULL;
	if (id > 0) {
		escpos_append_process_id(job->bytes, id);
		end_command(&encoder);
	}
	if (escpos_find_trap(job->bytes->data, job->bytes->len) >= 0) {
		g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_REFUSED,
			    "the receipt would hold a real-time command");
		return NULL;
	}
	return g_steal_pointer(&job);
}
