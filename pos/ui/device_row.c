/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/ui/device_row.h"

#include "pos/ui/text.h"

struct _PosDeviceRow {
	GtkButton parent_instance;

	/* borrowed from the tree */
	GtkLabel *name, *detail, *state;
};

G_DEFINE_FINAL_TYPE(PosDeviceRow, pos_device_row, GTK_TYPE_BUTTON)

GtkWidget *pos_device_row_new(const char *name)
{
	PosDeviceRow *self = g_object_new(POS_TYPE_DEVICE_ROW, NULL);

	gtk_label_set_label(self->name, name);
	gtk_accessible_update_property(GTK_ACCESSIBLE(self), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
				       -1);
	return GTK_WIDGET(self);
}

static void describe(PosDeviceRow *self)
{
	g_autofree char *all = g_strjoin(", ", gtk_label_get_label(self->detail),
					 gtk_label_get_label(self->state), NULL);

	gtk_accessible_update_property(GTK_ACCESSIBLE(self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
				       all, -1);
}

void pos_device_row_set_detail(PosDeviceRow *self, const char *detail)
{
	gtk_label_set_label(self->detail, detail);
	describe(self);
}

void pos_device_row_set_state(PosDeviceRow *self, SessionDeviceState state, DeviceFault fault)
{
	const char *classes[] = { text_device_class(state), NULL };
	g_autofree char *text =
		g_strjoin(" ", text_device_shape(state), text_device_state(state, fault), NULL);

	gtk_widget_set_css_classes(GTK_WIDGET(self->state), classes);
	gtk_label_set_label(self->state, text);
	describe(self);
}

void pos_device_row_set_chosen(PosDeviceRow *self, bool chosen)
{
	if (chosen)
		gtk_widget_add_css_class(GTK_WIDGET(self), "chosen");
	else
		gtk_widget_remove_css_class(GTK_WIDGET(self), "chosen");
}

static GtkLabel *add_label(GtkWidget *box, bool grows)
{
	GtkWidget *label = gtk_label_new("");

	gtk_label_set_xalign(GTK_LABEL(label), 0);
	if (grows)
		gtk_label_set_ellipsize(GTK_LABEL(label), PANGO_ELLIPSIZE_END);
	gtk_widget_set_hexpand(label, grows);
	gtk_box_append(GTK_BOX(box), label);
	return GTK_LABEL(label);
}

static void pos_device_row_init(PosDeviceRow *self)
{
	GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 0);
	GtkWidget *upper = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 8);

	gtk_widget_add_css_class(GTK_WIDGET(self), "found");
	gtk_widget_set_focus_on_click(GTK_WIDGET(self), false);
	gtk_widget_set_valign(box, GTK_ALIGN_CENTER);
	self->name = add_label(upper, true);
	self->state = add_label(upper, false);
	gtk_box_append(GTK_BOX(box), upper);
	self->detail = add_label(box, true);
	gtk_widget_add_css_class(GTK_WIDGET(self->detail), "hint");
	gtk_button_set_child(GTK_BUTTON(self), box);
}

static void pos_device_row_class_init(PosDeviceRowClass *klass)
{
}
