/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/printer/escpos_sim.h"

#include <string.h>

enum { FONT_B_CELL = 9, FONT_B_HEIGHT = 17, MISSING = '?' };

typedef struct {
	int number;
	const char *charset; /* as iconv names it; "KANA" is katakana, NULL: nothing we can show */
} Page;

/* §3.1, and pages all makers of the column share [k]. */
enum { N_TABLES = 9, MAX_PAGES = 12 };
static const Page tables[N_TABLES][MAX_PAGES] = {
	{ { 0x00, "CP437" },
	  { 0x01, "KANA" },
	  { 0x02, "CP850" },
	  { 0x10, "CP1252" },
	  { 0x11, "CP866" },
	  { 0x12, "CP852" },
	  { 0x22, "CP855" },
	  { 0x2E, "CP1251" } },
	{ { 0x00, "CP437" },
	  { 0x01, "KANA" },
	  { 0x11, "CP866" },
	  { 0x3B, "CP866" },
	  { 0x3C, "CP855" },
	  { 0x49, "CP1251" } },
	{ { 0x00, "CP437" },
	  { 0x01, "KANA" },
	  { 0x0C, "CP866" },
	  { 0x25, "CP866" },
	  { 0x26, "CP855" },
	  { 0x33, "CP1251" } },
	{ { 0x00, "CP437" }, { 0x01, "KANA" }, { 0x0C, "CP866" }, { 0x12, "CP1251" } },
	{ { 0x00, "CP437" },
	  { 0x01, "KANA" },
	  { 0x06, "CP1251" },
	  { 0x07, "CP866" },
	  { 0x1C, "CP855" } },
	{ { 0x00, "CP437" }, { 0x07, "CP866" }, { 0x11, "CP866" } },
	{ { 0x00, "CP437" }, { 0x07, "CP866" }, { 0x1A, "KANA" } },
	{ { 0x00, "CP437" }, { 0x01, "KANA" }, { 0x06, "CP1251" }, { 0x11, "CP866" } },
	{ { 0x00, "CP437" },
	  { 0x01, "KANA" },
	  { 0x0A, "CP866" },
	  { 0x0B, "CP855" },
	  { 0x22, "CP1251" } },
};

static const Page *find_page(const Escpos *self, int number)
{
	int table = sim_faults_setting(self->context->faults, ESCPOS_FAULT_CP_TABLE, 0);
	const Page *pages = tables[table < N_TABLES ? table : 0];

	for (int i = 0; i < MAX_PAGES && pages[i].charset != NULL; i++)
		if (pages[i].number == number)
			return &pages[i];
	return NULL;
}

bool escpos_has_page(const Escpos *self, int page)
{
	return find_page(self, page) != NULL;
}

static gunichar decode(const Escpos *self, uint8_t byte)
{
	const Page *page = find_page(self, self->code_page);
	const char *charset = page != NULL ? page->charset : "CP437";
	g_autofree char *text = NULL;

	if (byte < 0x80) /* a national set changes these (§2.1) */
		return self->international != 0 && strchr("#$@[\\]^{|}~", byte) != NULL ? MISSING
											: byte;
	if (sim_faults_setting(self->context->faults, ESCPOS_FAULT_WRONG_PAGE, 0) != 0)
		charset = "CP437";
	if (strcmp(charset, "KANA") == 0)
		return byte >= 0xA1 && byte <= 0xDF ? 0xFF61u + byte - 0xA1 : MISSING;
	text = g_convert((const char *)&byte, 1, "UTF-8", charset, NULL, NULL, NULL);
	return text != NULL && *text != '\0' ? g_utf8_get_char(text) : MISSING;
}

int escpos_area(const Escpos *self)
{
	int rest = self->dots - self->left_margin;

	return self->print_width > 0 ? MIN(rest, self->print_width) : rest;
}

static void put(Escpos *self, EscposGlyph glyph)
{
	if (self->x + glyph.width > escpos_area(self) && self->x > 0) {
		sim_log_words(self->context->log, "the line is longer than %d dots and wraps",
			      escpos_area(self));
		escpos_line_feed(self);
	}
	glyph.x = self->x;
	self->x += glyph.width + glyph.style.spacing * glyph.style.wide;
	g_array_append_val(self->line, glyph);
}

void escpos_put_byte(Escpos *self, uint8_t byte)
{
	const EscposStyle *style = &self->style;

	put(self,
	    (EscposGlyph){
		    .character = byte == 0x7F ? MISSING : decode(self, byte),
		    .width = (style->font_b ? FONT_B_CELL : ESCPOS_CELL) * style->wide,
		    .height = (style->font_b ? FONT_B_HEIGHT : ESCPOS_CELL_HEIGHT) * style->high,
		    .style = *style,
	    });
}

void escpos_put_image(Escpos *self, int width, int height, GBytes *dots)
{
	put(self, (EscposGlyph){ .width = width,
				 .height = height,
				 .style = { .wide = 1, .high = 1 },
				 .image = g_bytes_ref(dots) });
}

void escpos_forget_line(Escpos *self)
{
	for (guint i = 0; i < self->line->len; i++)
		g_bytes_unref(g_array_index(self->line, EscposGlyph, i).image);
	g_array_set_size(self->line, 0);
	self->x = 0;
	self->vanished = false;
}

static int line_width(const Escpos *self)
{
	const EscposGlyph *last;

	if (self->line->len == 0)
		return 0;
	last = &g_array_index(self->line, EscposGlyph, self->line->len - 1);
	return last->x + last->width;
}

static int line_height(const Escpos *self)
{
	int height = 0;

	for (guint i = 0; i < self->line->len; i++)
		height = MAX(height, g_array_index(self->line, EscposGlyph, i).height);
	return height;
}

/* Blanks in front and in gaps are cells of font A. */
static char *line_text(const Escpos *self, int shift)
{
	GString *text = g_string_new(NULL);
	int at = -self->left_margin - shift;

	for (guint i = 0; i < self->line->len; i++) {
		const EscposGlyph *glyph = &g_array_index(self->line, EscposGlyph, i);

		for (; glyph->x - at >= ESCPOS_CELL; at += ESCPOS_CELL)
			g_string_append_c(text, ' ');
		if (glyph->character != 0)
			g_string_append_unichar(text, glyph->character);
		else
			g_string_append_printf(text, "[image %dx%d]", glyph->width, glyph->height);
		at = glyph->x + glyph->width;
	}
	return g_strchomp(g_string_free(text, false));
}

void escpos_line_feed(Escpos *self)
{
	int rest = escpos_area(self) - line_width(self), height = line_height(self);
	int shift = self->align == ESCPOS_LEFT ? 0 : self->align == ESCPOS_CENTRE ? rest / 2 : rest;
	g_autofree char *text = line_text(self, MAX(shift, 0));

	sim_log_paper(self->context->log, text);
	if (self->line->len > 0) {
		escpos_draw_line(self, self->left_margin + MAX(shift, 0), height);
		self->printed = true;
		self->dots_since_ink = -height;
	}
	escpos_forget_line(self);
	escpos_feed(self, MAX(self->line_spacing, height));
}

void escpos_end_line(Escpos *self, const char *what)
{
	if (self->line->len == 0)
		return;
	escpos_flag(self, "%s in the middle of a line", what);
	escpos_line_feed(self);
}
