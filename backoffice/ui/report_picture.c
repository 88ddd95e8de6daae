/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/report_picture.h"

#include "backoffice/report/period.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>

/* Of rows by name, at most; the others are one. */
#define NAMES_MAX 60
/* Of columns along time: two years of days. */
#define TIMES_MAX 800

typedef struct {
	const Report *report, *before; /* @before may be NULL */
	const ReportKind *kind;
	const NumberStyle *style;
	GArray *points;
} Picture;

/* --- along time ---------------------------------------------------------------------------- */

static ReportType time_type(const Picture *self)
{
	return self->kind->columns[self->kind->picture_text].type;
}

static int row_at(const Report *report, int column, int64_t time)
{
	for (int row = 0; report != NULL && row < report_get_n_rows(report); row++) {
		const ReportCell *cell = report_get_cell(report, row, column);

		if (!cell->empty && cell->value == time)
			return row;
	}
	return -1;
}

static int64_t next_time(ReportType type, int64_t time)
{
	if (type == REPORT_DAY)
		return period_add_days((int32_t)time, 1);
	if (type == REPORT_MONTH)
		return time % 100 == 12 ? time + 100 - 11 : time + 1;
	return time + 1;
}

/* From the first to the last that can be: those without sales too. */
static void find_span(const Picture *self, const Report *report, int64_t *first, int64_t *last)
{
	ReportType type = time_type(self);
	int column = self->kind->picture_text;

	*first = type == REPORT_DAY	  ? report_get_from(report)
		 : type == REPORT_MONTH	  ? report_get_from(report) / 100
		 : type == REPORT_WEEKDAY ? 1
					  : INT64_MAX;
	*last = type == REPORT_DAY	 ? report_get_to(report)
		: type == REPORT_MONTH	 ? report_get_to(report) / 100
		: type == REPORT_WEEKDAY ? 7
					 : INT64_MIN;
	if (*first != INT64_MAX)
		return;
	for (int row = 0; row < report_get_n_rows(report); row++) {
		*first = MIN(*first, report_get_cell(report, row, column)->value);
		*last = MAX(*last, report_get_cell(report, row, column)->value);
	}
}

static char *dup_day(int64_t day, const char *format)
{
	g_autoptr(GDateTime) date = g_date_time_new_utc((int)(day / 10000), (int)(day / 100 % 100),
							(int)(day % 100), 0, 0, 0);

	return date != NULL ? g_date_time_format(date, format) : g_strdup("");
}

static void name_time(const Picture *self, int64_t time, OfficeChartPoint *point)
{
	ReportCell cell = { .value = time };

	switch (time_type(self)) {
	case REPORT_DAY:
		/* Translators: how a day is written with its weekday, see strftime(3). */
		point->label = dup_day(time, _("%a %d.%m.%Y"));
		point->brief = dup_day(time, "%-d");
		return;
	case REPORT_MONTH:
		point->brief = dup_day(time * 100 + 1, "%b");
		break;
	case REPORT_WEEKDAY: /* the first of June 2026 is a Monday */
		point->brief = dup_day(20260600 + time, "%a");
		break;
	default:
		point->brief = g_strdup_printf("%d", (int)time);
		break;
	}
	point->label = report_dup_text(self->report, &cell, time_type(self), self->style);
}

static int64_t value_at(const Picture *self, const Report *report, int row)
{
	return row >= 0 ? report_get_cell(report, row, self->kind->picture_value)->value : 0;
}

/* Days and months are compared one by one from the first, hours and weekdays with themselves. */
static void add_times(Picture *self)
{
	ReportType type = time_type(self);
	bool in_order = type == REPORT_DAY || type == REPORT_MONTH;
	int64_t time, last, then = 0, ignored;
	int column = self->kind->picture_text;

	find_span(self, self->report, &time, &last);
	if (self->before != NULL)
		find_span(self, self->before, &then, &ignored);
	for (int n = 0; time <= last && n < TIMES_MAX; n++) {
		OfficeChartPoint point = { .id = row_at(self->report, column, time) };

		name_time(self, time, &point);
		point.value = value_at(self, self->report, point.id);
		point.has_before = self->before != NULL;
		if (point.has_before)
			point.before =
				value_at(self, self->before,
					 row_at(self->before, column, in_order ? then : time));
		g_array_append_val(self->points, point);
		time = next_time(type, time);
		then = next_time(type, then);
	}
}

/* --- by the hour, whatever the rows are ---------------------------------------------------- */

static void add_hour_values(const Report *report, const NumberStyle *style, int64_t values[24],
			    int *first, int *last)
{
	g_autoptr(GArray) bars = report_dup_bars(report, style);

	for (guint i = 0; i < bars->len; i++) {
		const ReportBar *bar = &g_array_index(bars, ReportBar, i);
		int hour = CLAMP(atoi(bar->brief), 0, 23);

		values[hour] = bar->value;
		*first = MIN(*first, hour);
		*last = MAX(*last, hour);
	}
}

static void add_hours(Picture *self)
{
	int64_t values[24] = { 0 }, before[24] = { 0 };
	int first = 24, last = -1;
	bool rows = self->kind->columns[0].type == REPORT_HOUR;

	add_hour_values(self->report, self->style, values, &first, &last);
	if (self->before != NULL)
		add_hour_values(self->before, self->style, before, &first, &last);
	for (int hour = first; hour <= last; hour++) {
		ReportCell cell = { .value = hour };
		OfficeChartPoint point = {
			.label = report_dup_text(self->report, &cell, REPORT_HOUR, self->style),
			.brief = g_strdup_printf("%d", hour),
			.value = values[hour],
			.before = before[hour],
			.has_before = self->before != NULL,
			.id = rows ? row_at(self->report, 0, hour) : -1,
		};

		g_array_append_val(self->points, point);
	}
}

/* --- by name ------------------------------------------------------------------------------- */

static int larger_first(gconstpointer a, gconstpointer b, gpointer data)
{
	const Picture *self = data;
	int64_t left = value_at(self, self->report, *(const int *)a);
	int64_t right = value_at(self, self->report, *(const int *)b);

	return (left < right) - (left > right);
}

static void add_rest(Picture *self, const int *rows, int n)
{
	OfficeChartPoint rest = { .id = -1, .n_more = n - NAMES_MAX - 1 };
	g_autofree char *number = number_text_integer(self->style, n - NAMES_MAX);

	rest.label = g_strdup_printf(_("others (%s)"), number);
	for (int i = NAMES_MAX; i < n; i++)
		rest.value += value_at(self, self->report, rows[i]);
	g_array_append_val(self->points, rest);
}

static void add_rows(Picture *self)
{
	int n = report_get_n_rows(self->report);
	g_autofree int *rows = g_new(int, (gsize)MAX(n, 1));

	for (int i = 0; i < n; i++)
		rows[i] = i;
	g_qsort_with_data(rows, n, sizeof(int), larger_first, self);
	for (int i = 0; i < MIN(n, NAMES_MAX); i++) {
		OfficeChartPoint point = {
			.label = report_dup_cell(self->report, rows[i], self->kind->picture_text,
						 self->style),
			.value = value_at(self, self->report, rows[i]),
			.id = rows[i],
		};

		g_array_append_val(self->points, point);
	}
	if (n > NAMES_MAX)
		add_rest(self, rows, n);
}

/* --- all ----------------------------------------------------------------------------------- */

static char *dup_title(const Picture *self)
{
	const char *title = g_dgettext(GETTEXT_PACKAGE, self->kind->title);

	if (self->kind->picture == REPORT_HOURS)
		return g_strdup(_("Sales by hour"));
	return g_strdup_printf(
		"%s · %s", title,
		g_dgettext(GETTEXT_PACKAGE, self->kind->columns[self->kind->picture_value].title));
}

static OfficeChartForm form_of(const ReportKind *kind)
{
	if (kind->picture == REPORT_HOURS || kind->picture == REPORT_TIMES)
		return OFFICE_CHART_COLUMNS;
	return kind->picture == REPORT_PARETO ? OFFICE_CHART_PARETO : OFFICE_CHART_BARS;
}

bool report_picture_show(OfficeChart *chart, const Report *report, const Report *before,
			 const NumberStyle *style)
{
	const ReportKind *kind = report_get_kind(report);
	PeriodDays days = { report_get_from(report), report_get_to(report) };
	Picture self = { report, before, kind, style, office_chart_points_new() };
	g_autofree char *title = NULL;
	bool any;

	if (kind->picture == REPORT_HOURS)
		add_hours(&self);
	else if (kind->picture == REPORT_TIMES)
		add_times(&self);
	else if (kind->picture != REPORT_NO_PICTURE)
		add_rows(&self);
	any = self.points->len > 0;
	title = any ? dup_title(&self) : g_strdup("");
	office_chart_take(
		chart,
		&(OfficeChartLook){ .form = form_of(kind),
				    .type = kind->picture == REPORT_HOURS
						    ? REPORT_MONEY
						    : kind->columns[kind->picture_value].type,
				    .currency = report_get_currency(report),
				    .style = style,
				    .title = title,
				    .before = before != NULL ? period_before_title(days) : NULL },
		self.points);
	return any;
}
