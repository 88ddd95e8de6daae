/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/print/day_paper.h"

#include "core/currency.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define BAR_CELLS 14 /* with the hour before it and the amount after it 32 columns are enough */

/* Which column of a section stands at the right edge. A section that is not here has a row of its
 * own for each figure. */
static const struct {
	const char *section, *column;
} main_figures[] = {
	{ "payments", "amount" }, { "taxes", "amount" },      { "hours", "net" },
	{ "groups", "net" },	  { "items", "net" },	      { "cashiers", "net" },
	{ "acts", "times" },	  { "shifts", "difference" }, { "late", "net" },
};

static int find_column(const ReportKind *kind, const char *name)
{
	for (int i = 0; i < kind->n_columns; i++)
		if (strcmp(kind->columns[i].name, name) == 0)
			return i;
	return -1;
}

/* −1: there is none. */
static int main_figure(const ReportKind *kind)
{
	for (size_t i = 0; i < G_N_ELEMENTS(main_figures); i++)
		if (strcmp(main_figures[i].section, kind->name) == 0)
			return find_column(kind, main_figures[i].column);
	return -1;
}

/* Names what the row is about; the rest are its figures. */
static bool is_name(const ReportColumn *column)
{
	static const char *const names[] = { "kind", "tax",  "rate", "group", "name",	 "cashier",
					     "act",  "till", "at",   "hour",  "receipt", NULL };

	return g_strv_contains(names, column->name);
}

static const char *title_of(const ReportColumn *column)
{
	return g_dgettext(GETTEXT_PACKAGE, column->title);
}

/* "Till 1 12": what the row is called. */
static char *dup_name(const Report *report, int row, const NumberStyle *style)
{
	const ReportKind *kind = report_get_kind(report);
	g_autoptr(GString) name = g_string_new(NULL);

	for (int i = 0; i < kind->n_columns; i++) {
		g_autofree char *text = NULL;

		if (!is_name(&kind->columns[i]))
			continue;
		text = report_dup_cell(report, row, i, style);
		if (*text != '\0')
			g_string_append_printf(name, "%s%s", name->len > 0 ? " " : "", text);
	}
	return g_string_free(g_steal_pointer(&name), FALSE);
}

/* "Payments 12 · Rounding 3": what does not stand at the edge; NULL where that is nothing. */
static char *dup_details(const Report *report, int row, int edge, const NumberStyle *style)
{
	const ReportKind *kind = report_get_kind(report);
	g_autoptr(GString) details = g_string_new(NULL);

	for (int i = 0; i < kind->n_columns; i++) {
		g_autofree char *text = NULL;

		if (i == edge || is_name(&kind->columns[i]))
			continue;
		text = report_dup_cell(report, row, i, style);
		if (*text != '\0')
			g_string_append_printf(details, "%s%s %s", details->len > 0 ? " · " : "",
					       title_of(&kind->columns[i]), text);
	}
	return details->len > 0 ? g_string_free(g_steal_pointer(&details), FALSE) : NULL;
}

/* What stands at the edge; of a drawer that was not counted yet, that its shift is open. */
static char *dup_figure(const Report *report, int row, int edge, const NumberStyle *style)
{
	bool shift = strcmp(report_get_kind(report)->name, "shifts") == 0;

	if (edge < 0)
		return g_strdup("");
	if (shift && row < report_get_n_rows(report) &&
	    report_get_cell(report, row, find_column(report_get_kind(report), "closed"))->empty)
		return g_strdup(_("open"));
	return report_dup_cell(report, row, edge, style);
}

static void add_row(Paper *paper, const Report *report, int row, int edge, PaperStyle look,
		    const NumberStyle *style)
{
	bool total = row == report_get_n_rows(report);
	g_autofree char *name = total ? g_strdup(_("Total")) : dup_name(report, row, style);
	g_autofree char *figure = dup_figure(report, row, edge, style);
	g_autofree char *details = dup_details(report, row, edge, style);

	paper_add_pair(paper, look, name, figure);
	if (details != NULL)
		paper_add_text(paper, PAPER_LEFT, PAPER_PLAIN, details);
}

static void add_rows(Paper *paper, const Report *report, const NumberStyle *style)
{
	int edge = main_figure(report_get_kind(report));

	for (int row = 0; row < report_get_n_rows(report); row++)
		add_row(paper, report, row, edge, PAPER_PLAIN, style);
	if (report_kind_has_totals(report_get_kind(report)))
		add_row(paper, report, report_get_n_rows(report), edge, PAPER_BOLD, style);
}

/* A row a figure, as there are few rows and many figures. */
static void add_figures(Paper *paper, const Report *report, const NumberStyle *style)
{
	const ReportKind *kind = report_get_kind(report);

	for (int row = 0; row < report_get_n_rows(report); row++) {
		g_autofree char *day = report_dup_cell(report, row, 0, style);

		paper_add_text(paper, PAPER_LEFT, PAPER_BOLD, day);
		for (int i = 1; i < kind->n_columns; i++) {
			g_autofree char *text = report_dup_cell(report, row, i, style);
			bool bold = row == 0 && strcmp(kind->columns[i].name, "net") == 0;

			paper_add_pair(paper, bold ? PAPER_BOLD : PAPER_PLAIN,
				       title_of(&kind->columns[i]), text);
		}
	}
}

/* --- hours --------------------------------------------------------------------------------- */

static int64_t largest_net(const Report *hours, int net)
{
	int64_t largest = 0;

	for (int row = 0; row < report_get_n_rows(hours); row++)
		largest = MAX(largest, report_get_cell(hours, row, net)->value);
	return largest;
}

/* In half cells. */
static char *dup_bar(int64_t value, int64_t largest)
{
	GString *bar = g_string_new(NULL);
	int64_t halves = 0;

	if (largest <= 0 || value <= 0 ||
	    !scale_int64(value, 2 * BAR_CELLS, largest, ROUND_HALF_AWAY, &halves))
		return g_string_free(bar, FALSE);
	for (; halves >= 2; halves -= 2)
		g_string_append(bar, "█");
	if (halves > 0)
		g_string_append(bar, "▌");
	return g_string_free(bar, FALSE);
}

/* "09  12 ██████           31 240": hour, receipts, a picture, net. */
static void add_hours(Paper *paper, const Report *hours, const NumberStyle *style)
{
	int net = find_column(report_get_kind(hours), "net");
	int64_t largest = largest_net(hours, net);

	for (int row = 0; row < report_get_n_rows(hours); row++) {
		int64_t value = report_get_cell(hours, row, net)->value;
		g_autofree char *amount = report_dup_cell(hours, row, net, style);
		g_autofree char *receipts = report_dup_cell(hours, row, 1, style);
		g_autofree char *bar = dup_bar(value, largest);
		g_autofree char *left = g_strdup_printf(
			"%02d %4s %s", (int)report_get_cell(hours, row, 0)->value, receipts, bar);

		paper_add_pair(paper, PAPER_PLAIN, left, amount);
	}
	add_row(paper, hours, report_get_n_rows(hours), net, PAPER_BOLD, style);
}

/* --- the whole ----------------------------------------------------------------------------- */

static void add_section(Paper *paper, const Report *section, const NumberStyle *style)
{
	const ReportKind *kind = report_get_kind(section);

	paper_add_rule(paper);
	paper_add_text(paper, PAPER_LEFT, PAPER_BOLD, g_dgettext(GETTEXT_PACKAGE, kind->title));
	if (strcmp(kind->name, "hours") == 0)
		add_hours(paper, section, style);
	else if (strcmp(kind->name, "day") == 0 || strcmp(kind->name, "margin") == 0)
		add_figures(paper, section, style);
	else
		add_rows(paper, section, style);
}

Paper *day_paper_new(const DayReport *report, const NumberStyle *style, bool copy)
{
	Paper *paper = paper_new();
	const Currency *currency = currency_by_number(day_report_get_currency(report));
	g_autofree char *day = report_dup_cell(day_report_get_section(report, 0), 0, 0, style);

	if (copy)
		paper_add_text(paper, PAPER_CENTRE, PAPER_BOLD, day_report_copy_words());
	paper_add_text(paper, PAPER_CENTRE, PAPER_BOLD | PAPER_DOUBLE, day_report_get_shop(report));
	paper_add_text(paper, PAPER_CENTRE, PAPER_BOLD, day_report_get_title(report));
	paper_add_pair(paper, PAPER_PLAIN, day, currency->code);
	for (int i = 0; i < day_report_get_n_notes(report); i++)
		paper_add_text(paper, PAPER_LEFT, PAPER_PLAIN, day_report_get_note(report, i));
	for (int i = 0; i < day_report_get_n_sections(report); i++)
		add_section(paper, day_report_get_section(report, i), style);
	paper_add_rule(paper);
	return paper;
}
