/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/report/day_private.h"
#include "backoffice/report/report_print.h"
#include "core/currency.h"

#include <glib/gi18n-lib.h>

/* Every form walks the same sections; the paper of receipt printers is in backoffice/print. */

/* --- JSON ---------------------------------------------------------------------------------- */

static json_t *time_json(const DayReport *self, int64_t at)
{
	g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(at / G_USEC_PER_SEC);
	g_autoptr(GDateTime) local = g_date_time_to_timezone(utc, self->zone);
	g_autofree char *text = g_date_time_format(local, "%Y-%m-%dT%H:%M:%S%:z");

	return json_string(text);
}

static json_t *money_json(const DayReport *self, int64_t minor)
{
	g_autofree char *text = money_dup_decimal((Money){ minor, day_report_get_currency(self) });

	return json_string(text);
}

static json_t *totals_json(const DayReport *self)
{
	const DayFigures *figures = &self->figures;
	json_t *totals = json_pack(
		"{s:I, s:I, s:o, s:o, s:o, s:o, s:o, s:o}", "receipts",
		(json_int_t)figures->receipts, "returns", (json_int_t)figures->returns, "returned",
		money_json(self, figures->returned), "gross", money_json(self, figures->gross),
		"discount", money_json(self, figures->discount), "tax",
		money_json(self, figures->tax), "net", money_json(self, figures->net), "rounding",
		money_json(self, figures->rounding));

	if (self->query.with_cost) {
		json_object_set_new(totals, "cost", money_json(self, figures->cost));
		json_object_set_new(totals, "margin",
				    money_json(self, figures->net - figures->cost));
	}
	return totals;
}

static json_t *sections_json(const DayReport *self)
{
	json_t *sections = json_object();

	for (guint i = 1; i < self->sections->len; i++) {
		const Report *section = self->sections->pdata[i];

		json_object_set_new(sections, section->kind->name,
				    json_pack("{s:o, s:o, s:o}", "columns",
					      report_columns_to_json(section), "rows",
					      report_rows_to_json(section), "totals",
					      report_totals_to_json(section)));
	}
	return sections;
}

static json_t *printed_json(const DayReport *self)
{
	const DayPrint *last = self->last;

	return last == NULL ? json_null()
			    : json_pack("{s:I, s:o, s:s?, s:I, s:o, s:I, s:o}", "id",
					(json_int_t)last->id, "at", time_json(self, last->at), "by",
					last->person, "receipts", (json_int_t)last->receipts, "net",
					money_json(self, last->net), "late_receipts",
					(json_int_t)self->late_receipts, "late_net",
					money_json(self, self->late_net));
}

json_t *day_report_to_json(const DayReport *self)
{
	const Report *day = self->sections->pdata[0];
	json_t *object = report_to_json(day), *notes = json_array();

	for (guint i = 0; i < self->notes->len; i++)
		json_array_append_new(notes, json_string(self->notes->pdata[i]));
	json_object_set_new(object, "totals", totals_json(self));
	json_object_set_new(object, "notes", notes);
	json_object_set_new(object, "sections", sections_json(self));
	json_object_set_new(object, "printed", printed_json(self));
	if (self->query.shift != 0) {
		json_object_set_new(object, "till", json_integer(self->query.till_id));
		json_object_set_new(object, "shift", json_integer(self->query.shift));
	}
	return object;
}

/* --- CSV ----------------------------------------------------------------------------------- */

char *day_report_dup_csv(const DayReport *self)
{
	GString *csv = g_string_new(NULL);
	int most = 0;

	for (guint i = 0; i < self->sections->len; i++)
		most = MAX(most, ((const Report *)self->sections->pdata[i])->kind->n_columns);
	for (guint i = 0; i < self->sections->len; i++) {
		const Report *section = self->sections->pdata[i];

		report_append_csv(csv, section, section->kind->name, most);
	}
	return g_string_free(csv, false);
}

/* --- for people ---------------------------------------------------------------------------- */

static char *dup_subtitle(const DayReport *self)
{
	g_autofree char *day = report_dup_period(self->sections->pdata[0]);

	return g_strdup_printf("%s   %s   %s", day_report_get_shop(self), day,
			       currency_by_number(day_report_get_currency(self))->code);
}

char *day_report_dup_table(const DayReport *self, const NumberStyle *style)
{
	GString *text = g_string_new(NULL);
	g_autofree char *subtitle = dup_subtitle(self);

	g_string_append_printf(text, "%s   %s\n", self->title, subtitle);
	for (guint i = 0; i < self->notes->len; i++)
		g_string_append_printf(text, "%s\n", (const char *)self->notes->pdata[i]);
	for (guint i = 0; i < self->sections->len; i++) {
		const Report *section = self->sections->pdata[i];

		g_string_append_printf(text, "\n%s\n\n", _(section->kind->title));
		report_append_table(text, section, style);
	}
	return g_string_free(text, false);
}

/* Borrows from @self and @subtitle. */
static ReportSheet sheet_of(const DayReport *self, const char *subtitle)
{
	return (ReportSheet){ .title = self->title,
			      .subtitle = subtitle,
			      .reports = (const Report *const *)self->sections->pdata,
			      .n_reports = (int)self->sections->len,
			      .notes = (const char *const *)self->notes->pdata,
			      .n_notes = (int)self->notes->len };
}

bool day_report_write_pdf(const DayReport *self, const NumberStyle *style, const char *path,
			  GError **error)
{
	g_autofree char *subtitle = dup_subtitle(self);
	const ReportSheet sheet = sheet_of(self, subtitle);

	return report_sheet_write_pdf(&sheet, style, path, error);
}

const char *day_report_copy_words(void)
{
	return _("COPY: possibly printed before");
}

GBytes *day_report_draw_pdf(const DayReport *self, const NumberStyle *style, bool copy,
			    GError **error)
{
	g_autofree char *subtitle = dup_subtitle(self);
	g_autofree char *title = g_strdup_printf("%s   %s", self->title, day_report_copy_words());
	ReportSheet sheet = sheet_of(self, subtitle);

	if (copy)
		sheet.title = title;
	return report_sheet_draw_pdf(&sheet, style, error);
}

bool day_report_write_xlsx(const DayReport *self, const char *path, GError **error)
{
	g_autofree char *subtitle = dup_subtitle(self);
	const ReportSheet sheet = sheet_of(self, subtitle);

	return report_sheet_write_xlsx(&sheet, path, error);
}

int day_report_count_pages(const DayReport *self, const NumberStyle *style, cairo_t *cr)
{
	g_autofree char *subtitle = dup_subtitle(self);
	const ReportSheet sheet = sheet_of(self, subtitle);

	return report_sheet_count_pages(&sheet, style, cr);
}

void day_report_draw_page(const DayReport *self, const NumberStyle *style, cairo_t *cr, int page)
{
	g_autofree char *subtitle = dup_subtitle(self);
	const ReportSheet sheet = sheet_of(self, subtitle);

	report_sheet_draw_page(&sheet, style, cr, page);
}
