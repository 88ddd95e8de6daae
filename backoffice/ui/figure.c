/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/figure.h"

/* Longer numbers are written smaller, so that twelve digits fit a quarter of a small screen. */
#define LONG_VALUE 12
#define VERY_LONG_VALUE 16

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
	glong length = g_utf8_strlen(value, -1);

	gtk_label_set_label(GTK_LABEL(self->value), value);
	set_class(self->value, "long", length > LONG_VALUE && length <= VERY_LONG_VALUE);
	set_class(self->value, "very-long", length > VERY_LONG_VALUE);
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

static GtkWidget *add_label(OfficeFigure *self, const char *class)
{
	GtkWidget *label = gtk_label_new(NULL);

	gtk_label_set_xalign(GTK_LABEL(label), 0);
	gtk_widget_add_css_class(label, "numeric");
	gtk_widget_add_css_class(label, class);
	gtk_widget_set_parent(label, GTK_WIDGET(self));
	return label;
}

static void office_figure_init(OfficeFigure *self)
{
	gtk_orientable_set_orientation(
		GTK_ORIENTABLE(gtk_widget_get_layout_manager(GTK_WIDGET(self))),
		GTK_ORIENTATION_VERTICAL);
	gtk_widget_add_css_class(GTK_WIDGET(self), "figure");
	gtk_widget_set_hexpand(GTK_WIDGET(self), true);
	self->title = add_label(self, "figure-title");
	self->value = add_label(self, "figure-value");
	self->difference = add_label(self, "figure-difference");
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
