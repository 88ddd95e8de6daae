/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/figure.h"

#include "backoffice/ui/fit.h"

struct _OfficeFigure {
	GtkWidget parent_instance;

	/* borrowed */
	GtkWidget *title, *value, *difference;
};

G_DEFINE_FINAL_TYPE(OfficeFigure, office_figure, GTK_TYPE_WIDGET)

static void set_class(GtkWidget *widget, const char *name, bool on)
{
	if (on)
		gtk_widget_add_css_class(widget, name);
	else
		gtk_widget_remove_css_class(widget, name);
}

void office_figure_show(OfficeFigure *self, const char *value, const char *difference,
			OfficeTrend trend)
{
	gtk_label_set_label(GTK_LABEL(self->value), value);
	gtk_label_set_label(GTK_LABEL(self->difference), difference);
	set_class(self->difference, "better", trend == OFFICE_BETTER);
	set_class(self->difference, "worse", trend == OFFICE_WORSE);
}

static void dispose(GObject *object)
{
	GtkWidget *child;

	while ((child = gtk_widget_get_first_child(GTK_WIDGET(object))) != NULL)
		gtk_widget_unparent(child);
	G_OBJECT_CLASS(office_figure_parent_class)->dispose(object);
}

static void office_figure_class_init(OfficeFigureClass *klass)
{
	G_OBJECT_CLASS(klass)->dispose = dispose;
	gtk_widget_class_set_layout_manager_type(GTK_WIDGET_CLASS(klass), GTK_TYPE_BOX_LAYOUT);
}

static GtkWidget *label_new(const char *class)
{
	GtkWidget *label = gtk_label_new(NULL);

	gtk_label_set_xalign(GTK_LABEL(label), 0);
	gtk_widget_add_css_class(label, "numeric");
	gtk_widget_add_css_class(label, class);
	return label;
}

static void office_figure_init(OfficeFigure *self)
{
	gtk_orientable_set_orientation(
		GTK_ORIENTABLE(gtk_widget_get_layout_manager(GTK_WIDGET(self))),
		GTK_ORIENTATION_VERTICAL);
	gtk_widget_add_css_class(GTK_WIDGET(self), "figure");
	gtk_widget_set_hexpand(GTK_WIDGET(self), true);
	self->title = label_new("figure-title");
	self->value = label_new("figure-value");
	self->difference = label_new("figure-difference");
	gtk_widget_set_parent(self->title, GTK_WIDGET(self));
	gtk_widget_set_parent(office_fit_new(self->value), GTK_WIDGET(self));
	gtk_widget_set_parent(self->difference, GTK_WIDGET(self));
	gtk_label_set_wrap(GTK_LABEL(self->difference), true);
	gtk_label_set_width_chars(GTK_LABEL(self->difference), 14);
}

/* The title says what the value is of, also to who does not see. */
GtkWidget *office_figure_new(const char *title)
{
	OfficeFigure *self = g_object_new(OFFICE_TYPE_FIGURE, NULL);

	gtk_label_set_label(GTK_LABEL(self->title), title);
	gtk_accessible_update_relation(GTK_ACCESSIBLE(self->value),
				       GTK_ACCESSIBLE_RELATION_LABELLED_BY, self->title, NULL, -1);
	return GTK_WIDGET(self);
}
