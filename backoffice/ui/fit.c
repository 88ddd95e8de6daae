/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/fit.h"

#define LEAST_PERCENT 40

struct _OfficeFit {
	GtkWidget parent_instance;
	GtkWidget *label; /* borrowed */
};

G_DEFINE_FINAL_TYPE(OfficeFit, office_fit, GTK_TYPE_WIDGET)

static void measure(GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
		    int *natural, int *minimum_baseline, int *natural_baseline)
{
	gtk_widget_measure(OFFICE_FIT(widget)->label, orientation, -1, minimum, natural, NULL,
			   NULL);
	if (orientation == GTK_ORIENTATION_HORIZONTAL)
		*minimum = *natural * LEAST_PERCENT / 100;
}

/* At the left, and at the bottom of the line. */
static void size_allocate(GtkWidget *widget, int width, int height, int baseline)
{
	GtkWidget *label = OFFICE_FIT(widget)->label;
	GskTransform *transform;
	int natural;
	float scale;

	gtk_widget_measure(label, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
	scale = natural > width ? (float)width / (float)natural : 1.0F;
	transform = gsk_transform_translate(
		NULL, &GRAPHENE_POINT_INIT(0, (float)height * (1.0F - scale) * 0.75F));
	transform = gsk_transform_scale(transform, scale, scale);
	gtk_widget_allocate(label, MAX(natural, 1), height, -1, transform);
}

static void dispose(GObject *object)
{
	GtkWidget *child;

	while ((child = gtk_widget_get_first_child(GTK_WIDGET(object))) != NULL)
		gtk_widget_unparent(child);
	G_OBJECT_CLASS(office_fit_parent_class)->dispose(object);
}

static void office_fit_class_init(OfficeFitClass *klass)
{
	G_OBJECT_CLASS(klass)->dispose = dispose;
	GTK_WIDGET_CLASS(klass)->measure = measure;
	GTK_WIDGET_CLASS(klass)->size_allocate = size_allocate;
}

static void office_fit_init(OfficeFit *self)
{
}

GtkWidget *office_fit_new(GtkWidget *label)
{
	OfficeFit *self = g_object_new(OFFICE_TYPE_FIT, NULL);

	self->label = label;
	gtk_widget_set_parent(label, GTK_WIDGET(self));
	return GTK_WIDGET(self);
}
