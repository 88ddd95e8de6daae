/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/bar_chart.h"

#include "core/number_text.h"

#define GAP 8
#define MAX_BAR_WIDTH 96

struct _OfficeBarChart {
	GtkWidget parent_instance;
	GArray *bars; /* owned, of ReportBar; may be NULL */
	NumberStyle style;
	uint16_t currency;
};

G_DEFINE_FINAL_TYPE(OfficeBarChart, office_bar_chart, GTK_TYPE_WIDGET)

typedef struct {
	GtkSnapshot *snapshot;
	PangoLayout *layout;
	GdkRGBA ink, bar;
} Brush;

/* Text centred on @x and cut to @width; returns its height. */
static int draw_text(Brush *brush, const char *text, float x, float y, float width)
{
	int text_width, height;

	pango_layout_set_text(brush->layout, text, -1);
	pango_layout_set_width(brush->layout, (int)width * PANGO_SCALE);
	pango_layout_get_pixel_size(brush->layout, &text_width, &height);
	gtk_snapshot_save(brush->snapshot);
	gtk_snapshot_translate(brush->snapshot, &GRAPHENE_POINT_INIT(x - width / 2, y));
	gtk_snapshot_append_layout(brush->snapshot, brush->layout, &brush->ink);
	gtk_snapshot_restore(brush->snapshot);
	return height;
}

static int64_t largest(const GArray *bars)
{
	int64_t max = 1;

	for (guint i = 0; i < bars->len; i++)
		max = MAX(max, g_array_index(bars, ReportBar, i).value);
	return max;
}

static bool labels_fit(Brush *brush, const GArray *bars, float slot)
{
	for (guint i = 0; i < bars->len; i++) {
		int width;

		pango_layout_set_text(brush->layout, g_array_index(bars, ReportBar, i).label, -1);
		pango_layout_set_width(brush->layout, -1);
		pango_layout_get_pixel_size(brush->layout, &width, NULL);
		if ((float)width > slot - GAP)
			return false;
	}
	return true;
}

static void snapshot(GtkWidget *widget, GtkSnapshot *snapshot)
{
	OfficeBarChart *self = OFFICE_BAR_CHART(widget);
	g_autoptr(PangoLayout) layout = gtk_widget_create_pango_layout(widget, "0");
	Brush brush = { .snapshot = snapshot, .layout = layout };
	int line;

	if (self->bars == NULL || self->bars->len == 0)
		return;
	gtk_style_context_get_color(gtk_widget_get_style_context(widget), &brush.ink);
	if (!gtk_style_context_lookup_color(gtk_widget_get_style_context(widget),
					    "theme_selected_bg_color", &brush.bar))
		brush.bar = brush.ink;
	pango_layout_set_alignment(layout, PANGO_ALIGN_CENTER);
	pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
	pango_layout_get_pixel_size(layout, NULL, &line);

	float slot = (float)gtk_widget_get_width(widget) / (float)self->bars->len;
	float room = (float)(gtk_widget_get_height(widget) - 2 * line - GAP);
	float width = MIN(slot - GAP, MAX_BAR_WIDTH);
	int64_t max = largest(self->bars);
	bool full = labels_fit(&brush, self->bars, slot);

	for (guint i = 0; i < self->bars->len; i++) {
		const ReportBar *bar = &g_array_index(self->bars, ReportBar, i);
		Money value = { .minor = bar->value, .currency = self->currency };
		g_autofree char *text = number_text_money(&self->style, value, false);
		float x = slot * ((float)i + 0.5f);
		float height = room * (float)MAX(bar->value, 0) / (float)max;

		gtk_snapshot_append_color(snapshot, &brush.bar,
					  &GRAPHENE_RECT_INIT(x - width / 2,
							      (float)line + room - height, width,
							      height));
		if (bar->value != 0)
			draw_text(&brush, text, x, room - height, slot);
		draw_text(&brush, full || bar->brief == NULL ? bar->label : bar->brief, x,
			  (float)line + room + GAP / 2, slot - 2);
	}
}

/* What assistive technology says of the picture. */
static void describe(OfficeBarChart *self)
{
	g_autoptr(GString) text = g_string_new(NULL);

	for (guint i = 0; self->bars != NULL && i < self->bars->len; i++) {
		const ReportBar *bar = &g_array_index(self->bars, ReportBar, i);
		Money value = { .minor = bar->value, .currency = self->currency };
		g_autofree char *amount = number_text_money(&self->style, value, true);

		g_string_append_printf(text, "%s%s: %s", i > 0 ? ", " : "", bar->label, amount);
	}
	gtk_accessible_update_property(GTK_ACCESSIBLE(self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
				       text->str, -1);
}

void office_bar_chart_set_report(OfficeBarChart *self, const Report *report,
				 const NumberStyle *style)
{
	g_clear_pointer(&self->bars, g_array_unref);
	if (report != NULL) {
		self->bars = report_dup_bars(report, style);
		self->currency = report_get_currency(report);
		self->style = *style;
	}
	describe(self);
	gtk_widget_queue_draw(GTK_WIDGET(self));
}

static void finalize(GObject *object)
{
	g_clear_pointer(&OFFICE_BAR_CHART(object)->bars, g_array_unref);
	G_OBJECT_CLASS(office_bar_chart_parent_class)->finalize(object);
}

static void office_bar_chart_class_init(OfficeBarChartClass *klass)
{
	G_OBJECT_CLASS(klass)->finalize = finalize;
	GTK_WIDGET_CLASS(klass)->snapshot = snapshot;
	gtk_widget_class_set_accessible_role(GTK_WIDGET_CLASS(klass), GTK_ACCESSIBLE_ROLE_IMG);
}

static void office_bar_chart_init(OfficeBarChart *self)
{
	gtk_widget_set_size_request(GTK_WIDGET(self), -1, 180);
	gtk_widget_add_css_class(GTK_WIDGET(self), "numeric");
}
