/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/chart_private.h"

struct _OfficeChart {
	GtkWidget parent_instance;

	/* borrowed */
	GtkWidget *title;
	GtkWidget *plot;

	ChartData data;
};

G_DEFINE_FINAL_TYPE(OfficeChart, office_chart, GTK_TYPE_WIDGET)

static guint activated_signal;

void office_chart_take(OfficeChart *self, const OfficeChartLook *look, GArray *points)
{
	g_autofree char *title = NULL;

	chart_data_take(&self->data, look, points);
	title = chart_dup_title(&self->data);
	gtk_label_set_label(GTK_LABEL(self->title), title);
	office_chart_plot_changed(OFFICE_CHART_PLOT(self->plot));
}

static void on_activated(OfficeChartPlot *plot, int id, OfficeChart *self)
{
	g_signal_emit(self, activated_signal, 0, id);
}

static gboolean grab_focus(GtkWidget *widget)
{
	return gtk_widget_grab_focus(OFFICE_CHART(widget)->plot);
}

static void dispose(GObject *object)
{
	GtkWidget *child;

	while ((child = gtk_widget_get_first_child(GTK_WIDGET(object))) != NULL)
		gtk_widget_unparent(child);
	G_OBJECT_CLASS(office_chart_parent_class)->dispose(object);
}

static void finalize(GObject *object)
{
	chart_data_clear(&OFFICE_CHART(object)->data);
	G_OBJECT_CLASS(office_chart_parent_class)->finalize(object);
}

static void office_chart_class_init(OfficeChartClass *klass)
{
	G_OBJECT_CLASS(klass)->dispose = dispose;
	G_OBJECT_CLASS(klass)->finalize = finalize;
	GTK_WIDGET_CLASS(klass)->grab_focus = grab_focus;
	activated_signal = g_signal_new("activated", G_TYPE_FROM_CLASS(klass), G_SIGNAL_RUN_FIRST,
					0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
	gtk_widget_class_set_layout_manager_type(GTK_WIDGET_CLASS(klass), GTK_TYPE_BOX_LAYOUT);
}

static void office_chart_init(OfficeChart *self)
{
	gtk_orientable_set_orientation(
		GTK_ORIENTABLE(gtk_widget_get_layout_manager(GTK_WIDGET(self))),
		GTK_ORIENTATION_VERTICAL);
	self->title = gtk_label_new(NULL);
	gtk_label_set_xalign(GTK_LABEL(self->title), 0);
	gtk_label_set_wrap(GTK_LABEL(self->title), true);
	gtk_widget_add_css_class(self->title, "heading");
	gtk_widget_set_parent(self->title, GTK_WIDGET(self));
	self->plot = office_chart_plot_new(&self->data);
	g_signal_connect(self->plot, "activated", G_CALLBACK(on_activated), self);
	gtk_widget_set_parent(self->plot, GTK_WIDGET(self));
}
