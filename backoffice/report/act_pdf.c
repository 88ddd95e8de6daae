/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/report/act_private.h"
#include "core/currency.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>
#include <pango/pangocairo.h>

/* All in points; A4 upright. */
#define PAGE_WIDTH 595.28
#define PAGE_HEIGHT 841.89
#define MARGIN 36.0
#define WIDTH (PAGE_WIDTH - 2 * MARGIN)
#define GAP 8.0
#define ROW_GAP 3.0
#define FOOTER 24.0
#define SIGNATURE 44.0 /* room for one line to sign on */

#define FONT_TITLE "Sans Bold 15"
#define FONT_HEAD "Sans Bold 8"
#define FONT_TEXT "Sans 8.5"
#define FONT_SMALL "Sans 7"

typedef enum { NUMBER, CODE, NAME, EXPECTED, CAME, DIFFERENCE, COST, N_COLUMNS } Column;

static const struct {
	const char *title;
	double width; /* without COST its room is the name's */
	bool right;
} columns[N_COLUMNS] = {
	[NUMBER] = { N_("No."), 24, true },	 [CODE] = { N_("Code"), 96, false },
	[NAME] = { N_("Goods"), 151, false },	 [EXPECTED] = { N_("Expected"), 60, true },
	[CAME] = { N_("Came"), 60, true },	 [DIFFERENCE] = { N_("Difference"), 66, true },
	[COST] = { N_("Cost of it"), 66, true },
};

/* One run over the act: first to count the pages (wanted is −1), then to draw all of them (0) or
 * one. */
typedef struct {
	const Act *act;
	const NumberStyle *style;
	cairo_t *cr;
	PangoLayout *layout;
	double y;
	int page, n_pages, wanted;
	bool draw, to_file;
} Paper;

/* --- text ---------------------------------------------------------------------------------- */

/* Within @width from @x. Its height. */
static double put_text(Paper *self, const char *font, const char *text, double x, double width,
		       bool right)
{
	g_autoptr(PangoFontDescription) description = pango_font_description_from_string(font);
	int height;

	pango_layout_set_font_description(self->layout, description);
	pango_layout_set_width(self->layout, pango_units_from_double(width));
	pango_layout_set_wrap(self->layout, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_alignment(self->layout, right ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
	pango_layout_set_text(self->layout, text, -1);
	pango_layout_get_size(self->layout, NULL, &height);
	if (self->draw) {
		cairo_move_to(self->cr, x, self->y);
		pango_cairo_show_layout(self->cr, self->layout);
	}
	return pango_units_to_double(height);
}

static void put_rule(Paper *self, double x, double width, double thickness)
{
	if (self->draw) {
		cairo_set_line_width(self->cr, thickness);
		cairo_move_to(self->cr, x, self->y);
		cairo_line_to(self->cr, x + width, self->y);
		cairo_stroke(self->cr);
	}
	self->y += ROW_GAP;
}

/* --- pages --------------------------------------------------------------------------------- */

static void begin_page(Paper *self)
{
	self->page++;
	self->draw = self->wanted == 0 || self->wanted == self->page;
	self->y = MARGIN;
}

static void end_page(Paper *self)
{
	g_autofree char *text = g_strdup_printf(_("Page %d of %d"), self->page, self->n_pages);

	self->y = PAGE_HEIGHT - MARGIN;
	put_text(self, FONT_SMALL, text, MARGIN, WIDTH, true);
	if (self->draw && self->to_file)
		cairo_show_page(self->cr);
}

static bool fits(const Paper *self, double height)
{
	return self->y + height <= PAGE_HEIGHT - MARGIN - FOOTER;
}

/* --- head ---------------------------------------------------------------------------------- */

static void put_fact(Paper *self, const char *title, const char *text)
{
	g_autofree char *line = NULL;

	if (*text == '\0')
		return;
	line = g_strdup_printf("%s: %s", title, text);
	self->y += put_text(self, FONT_TEXT, line, MARGIN, WIDTH, false) + ROW_GAP;
}

static void put_head(Paper *self)
{
	const Document *document = self->act->document;
	g_autofree char *title =
		g_strdup_printf(_("Discrepancy act to %s %s"), document_kind_title(document->kind),
				document->number);

	self->y += put_text(self, FONT_TITLE, title, MARGIN, WIDTH, false) + GAP;
	put_fact(self, _("Shop"), self->act->shop);
	put_fact(self, _("Supplier"), self->act->supplier);
	put_fact(self, _("From the shop"), self->act->other_shop);
	put_fact(self, _("Number of their paper"), document->reference);
	put_fact(self, _("Received"), self->act->day);
	put_fact(self, _("Received by"), self->act->person);
	if (self->act->with_costs)
		put_fact(self, _("Amounts in"), currency_by_number(self->act->currency)->code);
	put_fact(self, _("Note"), document->note);
	self->y += GAP;
}

/* --- table --------------------------------------------------------------------------------- */

static char *quantity_text(Paper *self, int64_t micro)
{
	Quantity quantity = { micro };

	return number_text_quantity(self->style, quantity);
}

/* "+3", "−2": what is missing stands with a minus. */
static char *difference_text(Paper *self, const Discrepancy *line)
{
	int64_t by = line->came - line->expected;
	g_autofree char *amount = quantity_text(self, ABS(by));

	return g_strdup_printf("%s%s %s", by < 0 ? "−" : by > 0 ? "+" : "", amount, line->unit);
}

static char *name_text(Paper *self, const Discrepancy *line)
{
	const char *instead = g_hash_table_lookup(self->act->names, &line->instead_of);

	return instead != NULL ? g_strdup_printf(_("%s\n(came instead of %s)"), line->name, instead)
			       : g_strdup(line->name);
}

static char *cell_text(Paper *self, int row, Column column)
{
	const Discrepancy *line = row >= 0 ? self->act->lines->pdata[row] : NULL;

	if (line == NULL)
		return g_strdup(_(columns[column].title));
	switch (column) {
	case NUMBER:
		return g_strdup_printf("%d", row + 1);
	case CODE:
		return g_strdup(line->code);
	case NAME:
		return name_text(self, line);
	case EXPECTED:
		return quantity_text(self, line->expected);
	case CAME:
		return quantity_text(self, line->came);
	case DIFFERENCE:
		return difference_text(self, line);
	case COST:
		return line->has_cost
			       ? number_text_money(self->style,
						   (Money){ line->cost, self->act->currency },
						   false)
			       : g_strdup("—");
	case N_COLUMNS:
		break;
	}
	return g_strdup("");
}

static double column_width(const Paper *self, Column column)
{
	return columns[column].width +
	       (column == NAME && !self->act->with_costs ? columns[COST].width : 0);
}

/* @row −1: the heads. Its height. */
static double put_cells(Paper *self, int row)
{
	double x = MARGIN, tallest = 0;

	for (Column i = 0; i < N_COLUMNS; i++) {
		g_autofree char *text = cell_text(self, row, i);
		double width = column_width(self, i);

		if (i == COST && !self->act->with_costs)
			continue;
		tallest = MAX(tallest, put_text(self, row < 0 ? FONT_HEAD : FONT_TEXT, text, x,
						width - ROW_GAP, columns[i].right));
		x += width;
		if (columns[i].right && i + 1 < N_COLUMNS && !columns[i + 1].right)
			x += ROW_GAP;
	}
	return tallest;
}

static void put_heads(Paper *self)
{
	self->y += put_cells(self, -1) + ROW_GAP;
	put_rule(self, MARGIN, WIDTH, 0.8);
}

static double height_of(Paper *self, int row)
{
	bool draw = self->draw;
	double height;

	self->draw = false;
	height = put_cells(self, row);
	self->draw = draw;
	return height;
}

static void put_row(Paper *self, int row)
{
	if (!fits(self, height_of(self, row) + 2 * ROW_GAP)) {
		end_page(self);
		begin_page(self);
		put_heads(self);
	}
	self->y += put_cells(self, row) + ROW_GAP;
	put_rule(self, MARGIN, WIDTH, 0.2);
}

/* --- signatures ---------------------------------------------------------------------------- */

static void put_signature(Paper *self, const char *who)
{
	self->y += SIGNATURE - 3 * ROW_GAP;
	put_rule(self, MARGIN + 150, WIDTH - 150, 0.5);
	self->y -= 4 * ROW_GAP;
	put_text(self, FONT_TEXT, who, MARGIN, 146, false);
	self->y += 4 * ROW_GAP;
	put_text(self, FONT_SMALL, _("name, signature, date"), MARGIN + 150, WIDTH - 150, false);
}

static void put_signatures(Paper *self)
{
	if (!fits(self, 3 * SIGNATURE)) {
		end_page(self);
		begin_page(self);
	}
	put_signature(self, _("Received by"));
	put_signature(self, _("Delivered by"));
}

static void put_act(Paper *self)
{
	self->page = 0;
	begin_page(self);
	put_head(self);
	put_heads(self);
	for (int row = 0; row < act_get_n_lines(self->act); row++)
		put_row(self, row);
	put_signatures(self);
	end_page(self);
}

static void measure(Paper *self)
{
	self->layout = pango_cairo_create_layout(self->cr);
	self->wanted = -1;
	put_act(self);
	self->n_pages = self->page;
}

int act_count_pages(const Act *self, const NumberStyle *style, cairo_t *cr)
{
	Paper paper = { .act = self, .style = style, .cr = cr };

	measure(&paper);
	g_object_unref(paper.layout);
	return paper.n_pages;
}

void act_draw_page(const Act *self, const NumberStyle *style, cairo_t *cr, int page)
{
	Paper paper = { .act = self, .style = style, .cr = cr };

	measure(&paper);
	paper.wanted = page;
	put_act(&paper);
	g_object_unref(paper.layout);
}

bool act_write_pdf(const Act *self, const NumberStyle *style, const char *path, GError **error)
{
	cairo_surface_t *surface = cairo_pdf_surface_create(path, PAGE_WIDTH, PAGE_HEIGHT);
	Paper paper = { .act = self, .style = style, .cr = cairo_create(surface), .to_file = true };
	cairo_status_t status;

	measure(&paper);
	paper.wanted = 0;
	put_act(&paper);
	g_object_unref(paper.layout);
	cairo_destroy(paper.cr);
	cairo_surface_finish(surface);
	status = cairo_surface_status(surface);
	cairo_surface_destroy(surface);
	if (status == CAIRO_STATUS_SUCCESS)
		return true;
	g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_FAILED, _("“%s” cannot be written: %s."),
		    path, cairo_status_to_string(status));
	return false;
}
