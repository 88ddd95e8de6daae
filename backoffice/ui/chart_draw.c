/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/chart_private.h"

#include <glib/gi18n-lib.h>

#define GAP 8
#define COLUMN_MAX 64 /* wider columns say nothing more */
#define BAR_GAP 6
#define NAMES_SHARE 45 /* percent of the width that names may take */
#define BREAK 24 /* from the end of a bar that goes on */
#define MARK 3 /* half a marker of the running share */

/* Okabe and Ito's colours, which people tell apart who see few: the darker on light ground, the
 * lighter on dark. Below zero is also below the line, the time before is also an outline. */
static const GdkRGBA blue = { 0.0F, 0.447F, 0.698F, 1.0F }; /* #0072B2 */
static const GdkRGBA sky = { 0.337F, 0.706F, 0.914F, 1.0F }; /* #56B4E9 */
static const GdkRGBA vermilion = { 0.835F, 0.369F, 0.0F, 1.0F }; /* #D55E00 */
static const GdkRGBA orange = { 0.902F, 0.624F, 0.0F, 1.0F }; /* #E69F00 */

typedef struct {
	const ChartData *data;
	GtkSnapshot *snapshot;
	PangoLayout *layout; /* owned */
	GdkRGBA ink, faint, value, below, line;
	int width, height;
	int at;
	ChartFrame frame;
} Brush;

/* --- text --- */

static int text_width(Brush *brush, const char *text)
{
	int width;

	pango_layout_set_width(brush->layout, -1);
	pango_layout_set_text(brush->layout, text, -1);
	pango_layout_get_pixel_size(brush->layout, &width, NULL);
	return width;
}

/* Between @x and @x + @width, cut where it does not fit. */
static void draw_text(Brush *brush, const char *text, float x, float y, float width,
		      PangoAlignment alignment)
{
	pango_layout_set_text(brush->layout, text, -1);
	pango_layout_set_width(brush->layout, (int)MAX(width, 0) * PANGO_SCALE);
	pango_layout_set_alignment(brush->layout, alignment);
	gtk_snapshot_save(brush->snapshot);
	gtk_snapshot_translate(brush->snapshot, &GRAPHENE_POINT_INIT(x, y));
	gtk_snapshot_append_layout(brush->snapshot, brush->layout, &brush->ink);
	gtk_snapshot_restore(brush->snapshot);
}

static void draw_centred(Brush *brush, const char *text, float x, float y)
{
	float width = (float)text_width(brush, text);
	float left = CLAMP(x - width / 2, 0, MAX((float)brush->width - width, 0));

	draw_text(brush, text, left, y, width + 1, PANGO_ALIGN_LEFT);
}

static void fill(Brush *brush, const GdkRGBA *colour, float x, float y, float width, float height)
{
	gtk_snapshot_append_color(brush->snapshot, colour,
				  &GRAPHENE_RECT_INIT(x, y, width, height));
}

static void outline(Brush *brush, float x, float y, float width, float height)
{
	GskRoundedRect rect;
	const float widths[] = { 1.5F, 1.5F, 1.5F, 1.5F };
	const GdkRGBA inks[] = { brush->ink, brush->ink, brush->ink, brush->ink };

	gsk_rounded_rect_init_from_rect(&rect, &GRAPHENE_RECT_INIT(x, y, width, MAX(height, 1.5F)),
					0);
	gtk_snapshot_append_border(brush->snapshot, &rect, widths, inks);
}

/* --- places --- */

OfficeChartPoint chart_place(const ChartData *self, const ChartFrame *frame, int place,
			     char **buffer)
{
	OfficeChartPoint point = g_array_index(self->points, OfficeChartPoint, place);
	int more = frame->folded + point.n_more;
	g_autofree char *n = NULL;

	if (place < frame->n - 1 || frame->folded <= 1)
		return point;
	for (int i = place + 1; i < place + frame->folded; i++) {
		const OfficeChartPoint *it = &g_array_index(self->points, OfficeChartPoint, i);

		point.value += it->value;
		more += it->n_more;
	}
	n = number_text_integer(&self->style, more);
	*buffer = g_strdup_printf(_("others (%s)"), n);
	point.label = *buffer;
	point.brief = NULL;
	point.id = -1;
	return point;
}

int chart_hit(const ChartData *self, const ChartFrame *frame, double x, double y)
{
	float along = self->form == OFFICE_CHART_COLUMNS ? (float)x - frame->area.origin.x
							 : (float)y - frame->area.origin.y;

	if (frame->n == 0 || along < 0 || along >= frame->slot * (float)frame->n)
		return -1;
	return (int)(along / frame->slot);
}

/* The exact value of the place that is pointed or walked to, on a ground of its own. */
static void draw_flag(Brush *brush, float x, float y)
{
	g_autofree char *buffer = NULL, *words = NULL;
	OfficeChartPoint point = chart_place(brush->data, &brush->frame, brush->at, &buffer);
	GdkRGBA ground = brush->ink, ink = brush->ink;
	GskRoundedRect rect;
	float width, height = (float)brush->frame.line + GAP;

	words = chart_dup_words(brush->data, &point);
	width = MIN((float)text_width(brush, words) + 2 * GAP, (float)brush->width);
	x = CLAMP(x - width / 2, 0, (float)brush->width - width);
	y = CLAMP(y, 0, (float)brush->height - height);
	gsk_rounded_rect_init_from_rect(&rect, &GRAPHENE_RECT_INIT(x, y, width, height), 4);
	gtk_snapshot_push_rounded_clip(brush->snapshot, &rect);
	gtk_snapshot_append_color(brush->snapshot, &ground, &rect.bounds);
	gtk_snapshot_pop(brush->snapshot);
	brush->ink = ink.red > 0.5F ? (GdkRGBA){ 0, 0, 0, 1 } : (GdkRGBA){ 1, 1, 1, 1 };
	draw_text(brush, words, x + GAP, y + GAP / 2, width - 2 * GAP, PANGO_ALIGN_LEFT);
	brush->ink = ink;
}

/* --- columns along time --- */

static float height_of(const Brush *brush, int64_t value)
{
	int length = (int)brush->frame.area.size.height;

	return brush->frame.area.origin.y +
	       (float)(length - axis_place(&brush->data->axis, value, length));
}

static int ticks_width(Brush *brush)
{
	const Axis *axis = &brush->data->axis;
	int widest = 0;

	for (int64_t at = axis->from; at <= axis->to; at += axis->step) {
		g_autofree char *text = chart_dup_short(brush->data, at);

		widest = MAX(widest, text_width(brush, text));
	}
	return widest;
}

static void frame_columns(Brush *brush)
{
	ChartFrame *frame = &brush->frame;
	float left = (float)ticks_width(brush) + GAP, line = (float)frame->line;
	bool below = brush->data->axis.from < 0;
	float foot = below ? 2 * line : line;

	frame->area = GRAPHENE_RECT_INIT(left, line + 2, MAX((float)brush->width - left, 1),
					 MAX((float)brush->height - line - foot - 6, 1));
	frame->n = (int)brush->data->points->len;
	frame->folded = 1;
	frame->slot = frame->area.size.width / (float)frame->n;
}

static void draw_axis(Brush *brush)
{
	const Axis *axis = &brush->data->axis;
	const graphene_rect_t *area = &brush->frame.area;

	for (int64_t at = axis->from; at <= axis->to; at += axis->step) {
		g_autofree char *text = chart_dup_short(brush->data, at);
		float y = height_of(brush, at);

		fill(brush, at == 0 ? &brush->ink : &brush->faint, area->origin.x, y,
		     area->size.width, 1);
		draw_text(brush, text, 0, y - (float)brush->frame.line / 2, area->origin.x - GAP,
			  PANGO_ALIGN_RIGHT);
	}
}

static void draw_column(Brush *brush, int place, float width)
{
	const OfficeChartPoint *point =
		&g_array_index(brush->data->points, OfficeChartPoint, place);
	float x = brush->frame.area.origin.x + brush->frame.slot * ((float)place + 0.5F);
	float zero = height_of(brush, 0), y = height_of(brush, point->value);

	if (point->value != 0)
		fill(brush, point->value > 0 ? &brush->value : &brush->below, x - width / 2,
		     MIN(y, zero), width, MAX(ABS(y - zero), 1));
	if (point->has_before && point->before != 0) {
		float before = height_of(brush, point->before);
		float wide = MIN(width + 4, MAX(brush->frame.slot - 1, 2));

		outline(brush, x - wide / 2, MIN(before, zero), wide, ABS(before - zero));
	}
	if (brush->at == place)
		fill(brush, &brush->faint, x - brush->frame.slot / 2, brush->frame.area.origin.y,
		     brush->frame.slot, brush->frame.area.size.height);
}

typedef char *(*Wording)(const ChartData *data, int64_t value);

static bool values_fit(Brush *brush, Wording dup)
{
	for (guint i = 0; i < brush->data->points->len; i++) {
		g_autofree char *text = dup(
			brush->data, g_array_index(brush->data->points, OfficeChartPoint, i).value);

		if ((float)text_width(brush, text) > brush->frame.slot - 4)
			return false;
	}
	return true;
}

/* All of them exact, or all rounded as the axis is, or none. */
static void draw_values(Brush *brush)
{
	Wording dup = values_fit(brush, chart_dup_plain)   ? chart_dup_plain
		      : values_fit(brush, chart_dup_short) ? chart_dup_short
							   : NULL;
	float line = (float)brush->frame.line;

	for (guint i = 0; dup != NULL && i < brush->data->points->len; i++) {
		const OfficeChartPoint *point =
			&g_array_index(brush->data->points, OfficeChartPoint, i);
		float x = brush->frame.area.origin.x + brush->frame.slot * ((float)i + 0.5F);
		int64_t top = point->has_before ? MAX(point->value, point->before) : point->value;
		g_autofree char *text = dup(brush->data, point->value);

		if (point->value > 0)
			draw_centred(brush, text, x, height_of(brush, top) - line);
		else if (point->value < 0)
			draw_centred(brush, text, x, height_of(brush, point->value) + 1);
	}
}

static const char *label_of(const OfficeChartPoint *point, bool brief)
{
	return brief && point->brief != NULL ? point->brief : point->label;
}

static int widest_label(Brush *brush, bool brief)
{
	int widest = 0;

	for (guint i = 0; i < brush->data->points->len; i++)
		widest = MAX(widest, text_width(brush, label_of(&g_array_index(brush->data->points,
									       OfficeChartPoint, i),
								brief)));
	return widest;
}

/* Whole words if all fit, else short ones, else every second, third … of those. */
static void draw_labels(Brush *brush)
{
	const ChartFrame *frame = &brush->frame;
	bool brief = (float)widest_label(brush, false) > frame->slot - 4;
	float y = (float)(brush->height - frame->line);
	int every = 1;

	if (brief)
		every = (int)(((float)widest_label(brush, true) + 6) / frame->slot) + 1;
	for (int i = 0; i < frame->n; i += every)
		draw_centred(
			brush,
			label_of(&g_array_index(brush->data->points, OfficeChartPoint, i), brief),
			frame->area.origin.x + frame->slot * ((float)i + 0.5F), y);
}

static void draw_columns(Brush *brush)
{
	float slot, width;

	frame_columns(brush);
	slot = brush->frame.slot;
	width = CLAMP(slot * 0.7F, MIN(slot, 1), COLUMN_MAX);
	draw_axis(brush);
	for (int i = 0; i < brush->frame.n; i++)
		draw_column(brush, i, width);
	draw_values(brush);
	draw_labels(brush);
	if (brush->at >= 0)
		draw_flag(brush, brush->frame.area.origin.x + slot * ((float)brush->at + 0.5F), 0);
}

/* --- bars by name --- */

static int widest_name(Brush *brush)
{
	g_autofree char *buffer = NULL;
	int widest = 0;

	for (int i = 0; i < brush->frame.n; i++) {
		g_clear_pointer(&buffer, g_free);
		widest = MAX(widest,
			     text_width(brush,
					chart_place(brush->data, &brush->frame, i, &buffer).label));
	}
	return MIN(widest, brush->width * NAMES_SHARE / 100);
}

static int widest_value(Brush *brush)
{
	int widest = 0;

	for (int i = 0; i < brush->frame.n; i++) {
		g_autofree char *buffer = NULL, *text = NULL;

		text = chart_dup_plain(brush->data,
				       chart_place(brush->data, &brush->frame, i, &buffer).value);
		widest = MAX(widest, text_width(brush, text));
	}
	return widest;
}

static void frame_bars(Brush *brush, int *ret_values, int *ret_shares)
{
	ChartFrame *frame = &brush->frame;
	int n = (int)brush->data->points->len;
	float left;

	frame->slot = (float)(frame->line + BAR_GAP);
	frame->n = CLAMP((int)((float)brush->height / frame->slot), 1, n);
	frame->folded = n - frame->n + 1;
	*ret_values = widest_value(brush) + GAP;
	*ret_shares = brush->data->form == OFFICE_CHART_PARETO
			      ? text_width(brush, "100.0 % · A") + GAP
			      : 0;
	left = (float)widest_name(brush) + GAP;
	frame->area = GRAPHENE_RECT_INIT(
		left, 0, MAX((float)(brush->width - *ret_values - *ret_shares) - left, 1),
		frame->slot * (float)frame->n);
}

static bool is_rest(const Brush *brush, int place)
{
	const OfficeChartPoint *point =
		&g_array_index(brush->data->points, OfficeChartPoint, place);

	return place == brush->frame.n - 1 && (brush->frame.folded > 1 || point->n_more > 0);
}

/* All others together are often more than any one: they do not make the bars small. */
static Axis bars_axis(Brush *brush)
{
	Axis axis = { .step = 1, .to = 1 };

	for (int i = 0; i < brush->frame.n; i++) {
		if (is_rest(brush, i))
			continue;
		int64_t value = g_array_index(brush->data->points, OfficeChartPoint, i).value;

		axis.from = MIN(axis.from, CLAMP(value, -AXIS_LIMIT, 0));
		axis.to = MAX(axis.to, CLAMP(value, 0, AXIS_LIMIT));
	}
	return axis;
}

/* Two gaps: the bar would be longer than there is room. */
static void draw_break(Brush *brush, float x, float y)
{
	const GdkRGBA ground = brush->ink.red > 0.5F ? (GdkRGBA){ 0.2F, 0.2F, 0.2F, 1 }
						     : (GdkRGBA){ 0.97F, 0.97F, 0.97F, 1 };

	fill(brush, &ground, x, y, 3, brush->frame.slot);
	fill(brush, &ground, x + 8, y, 3, brush->frame.slot);
}

static void draw_bar(Brush *brush, const Axis *axis, int place, int values)
{
	const ChartFrame *frame = &brush->frame;
	const graphene_rect_t *area = &frame->area;
	g_autofree char *buffer = NULL, *text = NULL;
	OfficeChartPoint point = chart_place(brush->data, frame, place, &buffer);
	float y = frame->slot * (float)place;
	int length = (int)area->size.width;
	float zero = (float)axis_place(axis, 0, length);
	float end = (float)axis_place(axis, point.value, length);
	bool rest = is_rest(brush, place);

	if (brush->at == place)
		fill(brush, &brush->faint, 0, y, (float)brush->width, frame->slot);
	text = chart_dup_plain(brush->data, point.value);
	draw_text(brush, point.label, 0, y + BAR_GAP / 2, area->origin.x - GAP, PANGO_ALIGN_LEFT);
	fill(brush,
	     rest	       ? &brush->faint
	     : point.value < 0 ? &brush->below
			       : &brush->value,
	     area->origin.x + MIN(zero, end), y + BAR_GAP / 2, MAX(ABS(end - zero), 1),
	     frame->slot - BAR_GAP);
	if (point.value > axis->to)
		draw_break(brush, area->origin.x + end - BREAK, y);
	draw_text(brush, text, area->origin.x + area->size.width + GAP, y + BAR_GAP / 2,
		  (float)(values - GAP), PANGO_ALIGN_RIGHT);
}

/* --- the running share --- */

static float share_x(const Brush *brush, int64_t running)
{
	const graphene_rect_t *area = &brush->frame.area;
	int64_t x;

	if (brush->data->sum <= 0 ||
	    !scale_int64(running, (int64_t)area->size.width, brush->data->sum, ROUND_HALF_AWAY, &x))
		return area->origin.x;
	return area->origin.x + (float)CLAMP(x, 0, (int64_t)area->size.width);
}

static void draw_shares(Brush *brush, int shares)
{
	const ChartFrame *frame = &brush->frame;
	cairo_t *cr = gtk_snapshot_append_cairo(
		brush->snapshot,
		&GRAPHENE_RECT_INIT(0, 0, (float)brush->width, (float)brush->height));
	int64_t running = 0;

	gdk_cairo_set_source_rgba(cr, &brush->line);
	cairo_set_line_width(cr, 2);
	for (int i = 0; i < frame->n; i++) {
		g_autofree char *buffer = NULL;
		double y = (double)frame->slot * (i + 0.5);

		running += chart_place(brush->data, frame, i, &buffer).value;
		cairo_line_to(cr, (double)share_x(brush, running), y);
	}
	cairo_stroke(cr);
	running = 0;
	for (int i = 0; i < frame->n; i++) {
		g_autofree char *buffer = NULL, *text = NULL;
		float y = frame->slot * (float)i;
		int64_t value = chart_place(brush->data, frame, i, &buffer).value;

		running += value;
		cairo_rectangle(cr, (double)share_x(brush, running) - MARK,
				(double)(y + frame->slot / 2) - MARK, 2 * MARK, 2 * MARK);
		text = chart_dup_share(brush->data, value, running, !is_rest(brush, i));
		draw_text(brush, text, (float)(brush->width - shares + GAP), y + BAR_GAP / 2,
			  (float)(shares - GAP), PANGO_ALIGN_RIGHT);
	}
	cairo_fill(cr);
	cairo_destroy(cr);
}

static void draw_bars(Brush *brush)
{
	int values, shares;
	Axis axis;

	frame_bars(brush, &values, &shares);
	axis = bars_axis(brush);
	for (int i = 0; i < brush->frame.n; i++)
		draw_bar(brush, &axis, i, values);
	if (axis.from < 0)
		fill(brush, &brush->ink,
		     brush->frame.area.origin.x +
			     (float)axis_place(&axis, 0, (int)brush->frame.area.size.width),
		     0, 1, brush->frame.area.size.height);
	if (brush->data->form == OFFICE_CHART_PARETO)
		draw_shares(brush, shares);
	if (brush->at >= 0 && brush->at < brush->frame.n)
		draw_flag(brush, brush->frame.area.origin.x + brush->frame.area.size.width / 2,
			  brush->frame.slot * (float)(brush->at + 1));
}

/* --- all --- */

static void mix(Brush *brush, GtkWidget *widget)
{
	bool dark;

	gtk_style_context_get_color(gtk_widget_get_style_context(widget), &brush->ink);
	dark = brush->ink.red + brush->ink.green + brush->ink.blue > 1.5F;
	brush->faint = brush->ink;
	brush->faint.alpha = 0.18F;
	brush->value = dark ? sky : blue;
	brush->below = vermilion;
	brush->line = dark ? orange : vermilion;
}

void chart_draw(const ChartData *self, GtkWidget *widget, GtkSnapshot *snapshot, int at,
		ChartFrame *ret)
{
	Brush brush = { .data = self,
			.snapshot = snapshot,
			.layout = gtk_widget_create_pango_layout(widget, "0"),
			.width = gtk_widget_get_width(widget),
			.height = gtk_widget_get_height(widget),
			.at = at };

	mix(&brush, widget);
	pango_layout_set_ellipsize(brush.layout, PANGO_ELLIPSIZE_END);
	pango_layout_get_pixel_size(brush.layout, NULL, &brush.frame.line);
	if (self->form == OFFICE_CHART_COLUMNS)
		draw_columns(&brush);
	else
		draw_bars(&brush);
	g_object_unref(brush.layout);
	*ret = brush.frame;
}
