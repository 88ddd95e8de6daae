/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/ui/number_pad.h"

#include "pos/ui/text.h"

#include <glib/gi18n-lib.h>

struct _PosNumberPad {
	GtkGrid parent_instance;
};

G_DEFINE_FINAL_TYPE(PosNumberPad, pos_number_pad, GTK_TYPE_GRID)

static GtkWidget *add_key(PosNumberPad *self, const char *text, int column, int row)
{
	GtkWidget *button = gtk_button_new_with_label(text);

	gtk_widget_add_css_class(button, "digit");
	gtk_widget_add_css_class(button, "number");
	gtk_widget_set_focus_on_click(button, false);
	gtk_widget_set_hexpand(button, true);
	gtk_widget_set_vexpand(button, true);
	gtk_grid_attach(GTK_GRID(self), button, column, row, 1, 1);
	return button;
}

static void add_typing_key(PosNumberPad *self, const char *text, int column, int row)
{
	GtkWidget *button = add_key(self, text, column, row);

	gtk_actionable_set_action_target(GTK_ACTIONABLE(button), "s", text);
	gtk_actionable_set_action_name(GTK_ACTIONABLE(button), "field.type");
}

static void pos_number_pad_init(PosNumberPad *self)
{
	GtkWidget *erase;

	gtk_grid_set_row_homogeneous(GTK_GRID(self), true);
	gtk_grid_set_column_homogeneous(GTK_GRID(self), true);
	gtk_grid_set_row_spacing(GTK_GRID(self), 8);
	gtk_grid_set_column_spacing(GTK_GRID(self), 8);
	for (int digit = 1; digit <= 9; digit++) {
		char text[] = { (char)('0' + digit), '\0' };

		add_typing_key(self, text, (digit - 1) % 3, 2 - (digit - 1) / 3);
	}
	add_typing_key(self, "0", 0, 3);
	add_typing_key(self, text_decimal_sign(), 1, 3);
	erase = add_key(self, "⌫", 2, 3);
	gtk_accessible_update_property(GTK_ACCESSIBLE(erase), GTK_ACCESSIBLE_PROPERTY_LABEL,
				       _("Erase"), -1);
	gtk_actionable_set_action_name(GTK_ACTIONABLE(erase), "field.erase");
}

static void pos_number_pad_class_init(PosNumberPadClass *klass)
{
}
