/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/chart_private.h"
#include "core/currency.h"
#include "core/quantity.h"

#include <glib/gi18n-lib.h>

#define STEPS 4 /* of the axis */
#define WHOLE 10000 /* a share of all, in hundredths of a percent */
#define CLASS_A 8000
#define CLASS_B 9500

static void clear_point(void *data)
{
	OfficeChartPoint *self = data;

	g_free(self->label);
	g_free(self->brief);
}

GArray *office_chart_points_new(void)
{
	GArray *points = g_array_new(false, true, sizeof(OfficeChartPoint));

	g_array_set_clear_func(points, clear_point);
	return points;
}

/* How many of the values' smallest units people call one. */
static int64_t one_of(const ChartData *self)
{
	int64_t one = 1;

	switch (self->type) {
	case REPORT_MONEY:
		for (int i = 0; i < currency_by_number(self->currency)->exponent; i++)
			one *= 10;
		return one;
	case REPORT_QUANTITY:
		return QUANTITY_ONE;
	case REPORT_RATE:
		return 100;
	default:
		return 1;
	}
}

static void measure(ChartData *self)
{
	int64_t least = 0, most = 0;

	self->sum = 0;
	for (guint i = 0; i < self->points->len; i++) {
		const OfficeChartPoint *point = &g_array_index(self->points, OfficeChartPoint, i);
		int64_t before = point->has_before ? point->before : 0;

		least = MIN(least, MIN(point->value, before));
		most = MAX(most, MAX(point->value, before));
		self->sum += point->value;
	}
	self->axis = axis_fit(least, most, least < 0 ? STEPS + 2 : STEPS);
	self->unit = self->form == OFFICE_CHART_COLUMNS ? axis_unit(&self->axis, one_of(self))
							: one_of(self);
}

void chart_data_take(ChartData *self, const OfficeChartLook *look, GArray *points)
{
	chart_data_clear(self);
	*self = (ChartData){ .form = look->form,
			     .type = look->type,
			     .currency = look->currency,
			     .style = *look->style,
			     .points = points,
			     .title = g_strdup(look->title),
			     .before = g_strdup(look->before) };
	measure(self);
}

void chart_data_clear(ChartData *self)
{
	g_clear_pointer(&self->points, g_array_unref);
	g_clear_pointer(&self->title, g_free);
	g_clear_pointer(&self->before, g_free);
}

/* --- numbers --- */

static char *dup_value(const ChartData *self, int64_t value, bool with_symbol)
{
	switch (self->type) {
	case REPORT_MONEY:
		return number_text_money(&self->style, (Money){ value, self->currency },
					 with_symbol);
	case REPORT_QUANTITY:
		return number_text_quantity(&self->style, (Quantity){ value });
	case REPORT_RATE:
		return number_text_percent(&self->style, value);
	default:
		return number_text_integer(&self->style, value);
	}
}

char *chart_dup_exact(const ChartData *self, int64_t value)
{
	return dup_value(self, value, true);
}

char *chart_dup_plain(const ChartData *self, int64_t value)
{
	return dup_value(self, value, false);
}

/* A step of less than one, as of a few kopecks, keeps its decimals. */
char *chart_dup_short(const ChartData *self, int64_t value)
{
	int64_t whole;

	if (self->type == REPORT_RATE || self->axis.step % self->unit != 0 ||
	    !scale_int64(value, 1, self->unit, ROUND_HALF_AWAY, &whole))
		return dup_value(self, value, false);
	return number_text_integer(&self->style, whole);
}

/* --- sentences --- */

static char *dup_unit(const ChartData *self)
{
	static const char *const names[] = { NULL, N_("thousand"), N_("million"), N_("billion") };
	int64_t times = self->unit / one_of(self);
	const char *symbol =
		self->type == REPORT_MONEY ? currency_by_number(self->currency)->symbol : "";
	size_t name = 0;

	for (; times >= 1000; times /= 1000)
		name++;
	if (name == 0)
		return g_strdup(symbol);
	return g_strstrip(g_strdup_printf(
		"%s %s", g_dgettext(GETTEXT_PACKAGE, names[MIN(name, G_N_ELEMENTS(names) - 1)]),
		symbol));
}

char *chart_dup_title(const ChartData *self)
{
	g_autofree char *unit = dup_unit(self);
	GString *text = g_string_new(self->title);

	if (*unit != '\0')
		g_string_append_printf(text, ", %s", unit);
	if (self->form == OFFICE_CHART_PARETO)
		g_string_append_printf(text, " · %s", _("line: share of the whole so far"));
	if (self->before != NULL) {
		/* Translators: of a picture; what the outline around its columns stands for. */
		g_autofree char *outline = g_strdup_printf(_("outline: %s"), self->before);

		g_string_append_printf(text, " · %s", outline);
	}
	return g_string_free(text, false);
}

char *chart_dup_words(const ChartData *self, const OfficeChartPoint *point)
{
	g_autofree char *value = chart_dup_exact(self, point->value);
	g_autofree char *before = point->has_before ? chart_dup_exact(self, point->before) : NULL;

	if (before == NULL || self->before == NULL)
		return g_strdup_printf("%s: %s", point->label, value);
	return g_strdup_printf("%s: %s · %s: %s", point->label, value, self->before, before);
}

/* Classes as ABC has them: A makes the first 80 percent of the whole, B the next 15. */
char *chart_dup_share(const ChartData *self, int64_t value, int64_t running, bool with_class)
{
	int64_t share, start;
	g_autofree char *text = NULL;

	if (self->sum <= 0 || !scale_int64(running, WHOLE, self->sum, ROUND_HALF_AWAY, &share) ||
	    !scale_int64(running - value, WHOLE, self->sum, ROUND_DOWN, &start))
		return g_strdup("");
	text = number_text_percent(&self->style, share / 10 * 10);
	if (!with_class)
		return g_steal_pointer(&text);
	return g_strdup_printf("%s · %s", text,
			       start < CLASS_A	 ? "A"
			       : start < CLASS_B ? "B"
						 : "C");
}

char *chart_dup_description(const ChartData *self)
{
	g_autoptr(GString) text = g_string_new(NULL);

	for (guint i = 0; self->points != NULL && i < self->points->len; i++) {
		g_autofree char *words =
			chart_dup_words(self, &g_array_index(self->points, OfficeChartPoint, i));

		g_string_append_printf(text, "%s%s", i > 0 ? "; " : "", words);
	}
	return g_string_free(g_steal_pointer(&text), false);
}
