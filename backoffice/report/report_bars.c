/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/report/report_private.h"
#include "backoffice/report/sold.h"
#include "core/currency.h"

#include <glib/gi18n-lib.h>

/* What is in the picture above the table; how it is drawn is the page's or the window's. */

#define ROWS_MAX 24
/* Shares at which B and C begin, in hundredths of a percent. */
#define SHARE_A 8000
#define SHARE_B 9500

static void clear_bar(void *data)
{
	g_free(((ReportBar *)data)->label);
	g_free(((ReportBar *)data)->brief);
}

ReportType report_get_bar_type(const Report *self)
{
	if (self->kind->picture == REPORT_HOURS || self->kind->picture == REPORT_NO_PICTURE)
		return REPORT_MONEY;
	return self->kind->columns[self->kind->picture_value].type;
}

/* --- along time ---------------------------------------------------------------------------- */

/* Only hours, days, weekdays and months have a next one; 0: there is none. */
static int64_t next_of(ReportType type, int64_t value)
{
	int32_t from, first, last;

	switch (type) {
	case REPORT_HOUR:
	case REPORT_WEEKDAY:
		return value + 1;
	case REPORT_MONTH:
		return value % 100 == 12 ? value + 100 - 11 : value + 1;
	case REPORT_DAY:
		from = (int32_t)value + 1;
		if (!g_date_valid_dmy((GDateDay)(from % 100), (GDateMonth)(from / 100 % 100),
				      (GDateYear)(from / 10000))) {
			first = (int32_t)(value / 100); /* the month is over */
			last = (int32_t)next_of(REPORT_MONTH, first);
			from = last * 100 + 1;
		}
		return from;
	default:
		return 0;
	}
}

static char *dup_brief(ReportType type, int64_t value)
{
	static const char *const weekdays[] = { N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"),
						N_("Fri"), N_("Sat"), N_("Sun") };

	switch (type) {
	case REPORT_HOUR:
		return g_strdup_printf("%d", (int)value);
	case REPORT_WEEKDAY:
		return g_strdup(_(weekdays[CLAMP(value, 1, 7) - 1]));
	case REPORT_MONTH:
		return g_strdup_printf("%02d.%02d", (int)(value % 100), (int)(value / 100 % 100));
	case REPORT_DAY:
		return g_strdup_printf("%02d.%02d", (int)(value % 100), (int)(value / 100 % 100));
	default:
		return NULL;
	}
}

static void add_time(const Report *self, GArray *bars, const NumberStyle *style, ReportType type,
		     int64_t time, int64_t value)
{
	ReportCell cell = { .value = time };
	ReportBar bar = { .label = report_dup_text(self, &cell, type, style),
			  .brief = dup_brief(type, time),
			  .value = value };

	g_array_append_val(bars, bar);
}

/* From the first hour of trade to the last, those without a sale too. */
static void add_hours(const Report *self, GArray *bars, const NumberStyle *style)
{
	int first = 0, last = HOURS - 1;

	while (first < HOURS && !self->has_hour[first])
		first++;
	while (last >= first && !self->has_hour[last])
		last--;
	for (int hour = first; hour <= last; hour++)
		add_time(self, bars, style, REPORT_HOUR, hour, self->hours[hour]);
}

static int earlier_first(gconstpointer a, gconstpointer b, gpointer data)
{
	const Report *self = data;
	int column = self->kind->picture_text;
	int64_t left = report_get_cell(self, *(const int *)a, column)->value;
	int64_t right = report_get_cell(self, *(const int *)b, column)->value;

	return (left > right) - (left < right);
}

/* In the order of time, whatever the rows are sorted by. */
static void add_times(const Report *self, GArray *bars, const NumberStyle *style)
{
	const ReportKind *kind = self->kind;
	ReportType type = kind->columns[kind->picture_text].type;
	g_autofree int *rows = g_new(int, (gsize)MAX(self->n_rows, 1));
	int64_t time = 0;

	for (int i = 0; i < self->n_rows; i++)
		rows[i] = i;
	g_qsort_with_data(rows, self->n_rows, sizeof(int), earlier_first, (void *)self);
	for (int i = 0; i < self->n_rows; i++) {
		const ReportCell *cell = report_get_cell(self, rows[i], kind->picture_text);
		int64_t value = report_get_cell(self, rows[i], kind->picture_value)->value;

		if (cell->empty)
			continue; /* of no time */
		for (; time != 0 && time < cell->value; time = next_of(type, time))
			add_time(self, bars, style, type, time, 0);
		add_time(self, bars, style, type, cell->value, value);
		time = next_of(type, cell->value);
	}
}

static guint joined(guint n)
{
	return (n + REPORT_BARS_MAX - 1) / REPORT_BARS_MAX;
}

/* Neighbours become one, so that a year fits. */
static void join_times(GArray *bars)
{
	guint each = joined(bars->len), to = 0;

	for (guint i = 0; each > 1 && i < bars->len; i += each, to++) {
		guint last = MIN(i + each, bars->len) - 1;
		ReportBar *first = &g_array_index(bars, ReportBar, i);
		ReportBar one = { .label = g_strdup_printf(
					  "%s – %s", first->label,
					  g_array_index(bars, ReportBar, last).label),
				  .brief = g_steal_pointer(&first->brief) };

		for (guint n = i; n <= last; n++)
			one.value += g_array_index(bars, ReportBar, n).value;
		clear_bar(&g_array_index(bars, ReportBar, to));
		g_array_index(bars, ReportBar, to) = one;
		if (to != i)
			*first = (ReportBar){ 0 };
	}
	if (each > 1)
		g_array_set_size(bars, to);
}

/* --- rows ---------------------------------------------------------------------------------- */

static int larger_first(gconstpointer a, gconstpointer b)
{
	const ReportBar *left = a, *right = b;

	return (left->value < right->value) - (left->value > right->value);
}

static void join_rest(GArray *bars)
{
	int64_t rest = 0;
	guint n = 0;
	ReportBar *last;

	if (bars->len <= ROWS_MAX)
		return;
	for (guint i = ROWS_MAX - 1; i < bars->len; i++, n++)
		rest += g_array_index(bars, ReportBar, i).value;
	g_array_set_size(bars, ROWS_MAX);
	last = &g_array_index(bars, ReportBar, ROWS_MAX - 1);
	g_free(last->label);
	last->label = g_strdup_printf(
		g_dngettext(GETTEXT_PACKAGE, "%u other", "%u others", (gulong)n), n);
	last->value = rest;
}

static void add_rows(const Report *self, GArray *bars, const NumberStyle *style)
{
	const ReportKind *kind = self->kind;

	for (int row = 0; row < self->n_rows; row++) {
		ReportBar bar = {
			.label = report_dup_cell(self, row, kind->picture_text, style),
			.value = report_get_cell(self, row, kind->picture_value)->value,
		};

		g_array_append_val(bars, bar);
	}
	g_array_sort(bars, larger_first);
	join_rest(bars);
}

/* The one with which 80 % are reached is an A still. */
static char letter_of(int64_t share_before)
{
	if (share_before < SHARE_A)
		return 'A';
	return share_before < SHARE_B ? 'B' : 'C';
}

static void add_shares(GArray *bars)
{
	int64_t whole = 0, sum = 0, share = 0;

	for (guint i = 0; i < bars->len; i++)
		whole += MAX(g_array_index(bars, ReportBar, i).value, 0);
	for (guint i = 0; whole > 0 && i < bars->len; i++) {
		ReportBar *bar = &g_array_index(bars, ReportBar, i);

		bar->letter = letter_of(share);
		sum += MAX(bar->value, 0);
		if (scale_int64(sum, 10000, whole, ROUND_HALF_AWAY, &share))
			bar->share = share;
	}
}

GArray *report_dup_bars(const Report *self, const NumberStyle *style)
{
	GArray *bars = g_array_new(false, true, sizeof(ReportBar));

	g_array_set_clear_func(bars, clear_bar);
	switch (self->kind->picture) {
	case REPORT_NO_PICTURE:
		break;
	case REPORT_HOURS:
		add_hours(self, bars, style);
		break;
	case REPORT_TIMES:
		add_times(self, bars, style);
		join_times(bars);
		break;
	case REPORT_ROWS:
	case REPORT_PARETO:
		add_rows(self, bars, style);
		break;
	}
	if (self->kind->picture == REPORT_PARETO)
		add_shares(bars);
	return bars;
}

/* --- in words ------------------------------------------------------------------------------ */

/* "Net, RUB" */
static char *dup_measure(const Report *self, const char *title, ReportType type)
{
	return type == REPORT_MONEY
		       ? g_strdup_printf("%s, %s", title, currency_by_number(self->currency)->code)
		       : g_strdup(title);
}

/* How many times stand in one bar. */
static guint times_in_bar(const Report *self)
{
	NumberStyle style = { ".", "" };
	g_autoptr(GArray) bars = g_array_new(false, true, sizeof(ReportBar));

	g_array_set_clear_func(bars, clear_bar);
	if (self->kind->picture == REPORT_TIMES)
		add_times(self, bars, &style);
	return joined(bars->len);
}

/* Translators: what a picture shows, and what each of its bars is. */
static char *dup_times_caption(const Report *self, const char *measure, const char *bars)
{
	guint n = times_in_bar(self);

	return n > 1 ? g_strdup_printf(_("%1$s (bars: %2$s, %3$u in each)"), measure, bars, n)
		     : g_strdup_printf(_("%1$s (bars: %2$s)"), measure, bars);
}

char *report_dup_caption(const Report *self)
{
	const ReportKind *kind = self->kind;
	bool hours = kind->picture == REPORT_HOURS;
	const char *value = hours ? _("Net") : _(kind->columns[kind->picture_value].title);
	const char *bars = hours ? _("Hour") : _(kind->columns[kind->picture_text].title);
	g_autofree char *measure = dup_measure(self, value, report_get_bar_type(self));

	switch (kind->picture) {
	case REPORT_NO_PICTURE:
		break;
	case REPORT_PARETO:
		/* Translators: what a picture shows, and what each of its bars is. */
		return g_strdup_printf(_("%1$s (bars: %2$s; line: share of the whole)"), measure,
				       bars);
	default:
		return dup_times_caption(self, measure, bars);
	}
	return g_strdup("");
}
