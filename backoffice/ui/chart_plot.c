/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/chart_private.h"

#define LEAST_HEIGHT 128
#define USUAL_HEIGHT 192

struct _OfficeChartPlot {
	GtkWidget parent_instance;
	const ChartData *data; /* borrowed */
	ChartFrame frame; /* of the last drawing */
	guint n_points; /* then: as many again stay as they were walked to */
	int walked; /* the place the keys stand at; −1: none */
	int pointed; /* the place under the mouse; −1: none */
};

G_DEFINE_FINAL_TYPE(OfficeChartPlot, office_chart_plot, GTK_TYPE_WIDGET)

static guint activated_signal;

static int place_shown(OfficeChartPlot *self)
{
	if (self->pointed >= 0)
		return self->pointed;
	return gtk_widget_has_focus(GTK_WIDGET(self)) ? self->walked : -1;
}

static void snapshot(GtkWidget *widget, GtkSnapshot *snapshot)
{
	OfficeChartPlot *self = OFFICE_CHART_PLOT(widget);

	if (self->data->points != NULL && self->data->points->len > 0)
		chart_draw(self->data, widget, snapshot, place_shown(self), &self->frame);
}

static void measure(GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
		    int *natural, int *minimum_baseline, int *natural_baseline)
{
	*minimum = orientation == GTK_ORIENTATION_VERTICAL ? LEAST_HEIGHT : 240;
	*natural = orientation == GTK_ORIENTATION_VERTICAL ? USUAL_HEIGHT : 480;
}

/* --- what assistive technology reads --- */

static void name(OfficeChartPlot *self)
{
	g_autofree char *title = chart_dup_title(self->data);
	g_autofree char *buffer = NULL, *words = NULL, *text = NULL;

	if (self->walked >= 0 && self->walked < self->frame.n) {
		OfficeChartPoint point =
			chart_place(self->data, &self->frame, self->walked, &buffer);

		words = chart_dup_words(self->data, &point);
	}
	text = words != NULL ? g_strdup_printf("%s. %s", title, words) : g_strdup(title);
	gtk_accessible_update_property(GTK_ACCESSIBLE(self), GTK_ACCESSIBLE_PROPERTY_LABEL, text,
				       -1);
}

void office_chart_plot_changed(OfficeChartPlot *self)
{
	g_autofree char *description = chart_dup_description(self->data);

	if (self->data->points->len != self->n_points) {
		self->walked = self->pointed = -1;
		self->frame = (ChartFrame){ 0 };
	}
	self->n_points = self->data->points->len;
	name(self);
	gtk_accessible_update_property(GTK_ACCESSIBLE(self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
				       description, -1);
	gtk_widget_queue_draw(GTK_WIDGET(self));
}

/* --- keys and mouse --- */

static void walk_to(OfficeChartPlot *self, int place)
{
	self->walked = CLAMP(place, 0, self->frame.n - 1);
	self->pointed = -1;
	name(self);
	gtk_widget_queue_draw(GTK_WIDGET(self));
}

/* −1 and 1: the one before and the next; below and above all that there can be: the ends. */
static gboolean on_walk(GtkWidget *widget, GVariant *args, void *data)
{
	OfficeChartPlot *self = OFFICE_CHART_PLOT(widget);
	int by;

	g_variant_get(args, "(i)", &by);
	if (self->frame.n == 0)
		return false;
	walk_to(self, (self->walked < 0 && by == 1 ? -1 : self->walked) + by);
	return true;
}

static void activate(OfficeChartPlot *self, int place)
{
	g_autofree char *buffer = NULL;
	OfficeChartPoint point;

	if (place < 0 || place >= self->frame.n)
		return;
	point = chart_place(self->data, &self->frame, place, &buffer);
	if (point.id >= 0)
		g_signal_emit(self, activated_signal, 0, point.id);
}

static gboolean on_enter(GtkWidget *widget, GVariant *args, void *data)
{
	activate(OFFICE_CHART_PLOT(widget), OFFICE_CHART_PLOT(widget)->walked);
	return true;
}

static void on_motion(OfficeChartPlot *self, double x, double y)
{
	int place = chart_hit(self->data, &self->frame, x, y);

	if (place == self->pointed)
		return;
	self->pointed = place;
	gtk_widget_queue_draw(GTK_WIDGET(self));
}

static void on_leave(OfficeChartPlot *self)
{
	self->pointed = -1;
	gtk_widget_queue_draw(GTK_WIDGET(self));
}

static void on_pressed(OfficeChartPlot *self, int n, double x, double y)
{
	int place = chart_hit(self->data, &self->frame, x, y);

	gtk_widget_grab_focus(GTK_WIDGET(self));
	if (place >= 0)
		walk_to(self, place);
	if (n == 2)
		activate(self, place);
}

static void on_focus(OfficeChartPlot *self)
{
	gtk_widget_queue_draw(GTK_WIDGET(self));
}

/* --- life --- */

GtkWidget *office_chart_plot_new(const ChartData *data)
{
	OfficeChartPlot *self = g_object_new(OFFICE_TYPE_CHART_PLOT, NULL);

	self->data = data;
	return GTK_WIDGET(self);
}

static void add_keys(GtkWidgetClass *klass)
{
	static const struct {
		guint key;
		int by;
	} keys[] = { { GDK_KEY_Left, -1 }, { GDK_KEY_Up, -1 },		 { GDK_KEY_Right, 1 },
		     { GDK_KEY_Down, 1 },  { GDK_KEY_Home, -(1 << 24) }, { GDK_KEY_End, 1 << 24 } };

	for (size_t i = 0; i < G_N_ELEMENTS(keys); i++)
		gtk_widget_class_add_binding(klass, keys[i].key, 0, on_walk, "(i)", keys[i].by);
	gtk_widget_class_add_binding(klass, GDK_KEY_Return, 0, on_enter, NULL);
	gtk_widget_class_add_binding(klass, GDK_KEY_KP_Enter, 0, on_enter, NULL);
}

static void office_chart_plot_class_init(OfficeChartPlotClass *klass)
{
	GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

	widget_class->snapshot = snapshot;
	widget_class->measure = measure;
	activated_signal = g_signal_new("activated", G_TYPE_FROM_CLASS(klass), G_SIGNAL_RUN_FIRST,
					0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
	gtk_widget_class_set_accessible_role(widget_class, GTK_ACCESSIBLE_ROLE_IMG);
	add_keys(widget_class);
}

static void office_chart_plot_init(OfficeChartPlot *self)
{
	GtkEventController *motion = gtk_event_controller_motion_new();
	GtkGesture *click = gtk_gesture_click_new();

	self->walked = self->pointed = -1;
	gtk_widget_add_css_class(GTK_WIDGET(self), "numeric");
	gtk_widget_set_focusable(GTK_WIDGET(self), true);
	gtk_widget_set_vexpand(GTK_WIDGET(self), true);
	gtk_widget_set_hexpand(GTK_WIDGET(self), true);
	g_signal_connect_swapped(motion, "motion", G_CALLBACK(on_motion), self);
	g_signal_connect_swapped(motion, "leave", G_CALLBACK(on_leave), self);
	gtk_widget_add_controller(GTK_WIDGET(self), motion);
	g_signal_connect_swapped(click, "pressed", G_CALLBACK(on_pressed), self);
	gtk_widget_add_controller(GTK_WIDGET(self), GTK_EVENT_CONTROLLER(click));
	g_signal_connect(self, "notify::has-focus", G_CALLBACK(on_focus), NULL);
}
