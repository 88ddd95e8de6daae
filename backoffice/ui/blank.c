/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/blank.h"

#include <glib/gi18n-lib.h>

struct _OfficeBlank {
	GtkWidget parent_instance;

	/* borrowed */
	GtkWidget *icon, *label, *button;
};

G_DEFINE_FINAL_TYPE(OfficeBlank, office_blank, GTK_TYPE_WIDGET)

static void say(OfficeBlank *self, const char *text, bool trouble)
{
	gtk_label_set_label(GTK_LABEL(self->label), text);
	gtk_widget_set_visible(self->icon, trouble);
	gtk_widget_set_visible(self->button, trouble);
}

void office_blank_say(OfficeBlank *self, const char *text)
{
	say(self, text, false);
}

void office_blank_say_trouble(OfficeBlank *self, const char *text)
{
	say(self, text, true);
}

static void dispose(GObject *object)
{
	GtkWidget *child;

	while ((child = gtk_widget_get_first_child(GTK_WIDGET(object))) != NULL)
		gtk_widget_unparent(child);
	G_OBJECT_CLASS(office_blank_parent_class)->dispose(object);
}

static void office_blank_class_init(OfficeBlankClass *klass)
{
	G_OBJECT_CLASS(klass)->dispose = dispose;
	gtk_widget_class_set_layout_manager_type(GTK_WIDGET_CLASS(klass), GTK_TYPE_BIN_LAYOUT);
}

static void office_blank_init(OfficeBlank *self)
{
	GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 16);

	self->icon = gtk_image_new_from_icon_name("dialog-warning-symbolic");
	gtk_image_set_pixel_size(GTK_IMAGE(self->icon), 32);
	gtk_widget_add_css_class(self->icon, "amber-ink");
	self->label = gtk_label_new(NULL);
	gtk_label_set_wrap(GTK_LABEL(self->label), true);
	gtk_label_set_justify(GTK_LABEL(self->label), GTK_JUSTIFY_CENTER);
	gtk_label_set_max_width_chars(GTK_LABEL(self->label), 60);
	gtk_widget_add_css_class(self->label, "title-4");
	self->button = gtk_button_new_with_label(_("Try again (F5)"));
	gtk_actionable_set_action_name(GTK_ACTIONABLE(self->button), "page.reload");
	gtk_widget_set_halign(self->button, GTK_ALIGN_CENTER);

	gtk_box_append(GTK_BOX(box), self->icon);
	gtk_box_append(GTK_BOX(box), self->label);
	gtk_box_append(GTK_BOX(box), self->button);
	gtk_widget_set_halign(box, GTK_ALIGN_CENTER);
	gtk_widget_set_valign(box, GTK_ALIGN_CENTER);
	gtk_widget_set_parent(box, GTK_WIDGET(self));
}
