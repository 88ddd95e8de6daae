/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/ui/choice_grid.h"

#include "pos/ui/key_button.h"
#include "pos/ui/note_choice.h"
#include "pos/ui/text.h"

#include <glib/gi18n-lib.h>

#define COLUMNS 3
#define ROWS 4
#define N_BUTTONS (COLUMNS * ROWS)

struct _PosChoiceGrid {
	GtkGrid parent_instance;

	PosKeyButton *buttons[N_BUTTONS]; /* borrowed */
	GtkWidget *hint; /* borrowed; stands where no button does yet */
	int64_t goods[N_BUTTONS];
	int n;
};

G_DEFINE_FINAL_TYPE(PosChoiceGrid, pos_choice_grid, GTK_TYPE_GRID)

GtkWidget *pos_choice_grid_new(void)
{
	return g_object_new(POS_TYPE_CHOICE_GRID, NULL);
}

static void show_button(PosChoiceGrid *self, int index, const char *word, const char *action,
			GVariant *target)
{
	GtkWidget *button = GTK_WIDGET(self->buttons[index]);

	pos_key_button_set_word(self->buttons[index], word);
	gtk_actionable_set_action_target_value(GTK_ACTIONABLE(button), target);
	gtk_actionable_set_action_name(GTK_ACTIONABLE(button), action);
	gtk_widget_set_opacity(button, 1);
	gtk_widget_set_can_target(button, true);
}

/* Keeps its place in the grid. */
static void hide_button(PosChoiceGrid *self, int index)
{
	GtkWidget *button = GTK_WIDGET(self->buttons[index]);

	gtk_actionable_set_action_name(GTK_ACTIONABLE(button), NULL);
	gtk_widget_set_opacity(button, 0);
	gtk_widget_set_can_target(button, false);
	gtk_widget_set_focusable(button, false);
}

void pos_choice_grid_show_notes(PosChoiceGrid *self, Money due)
{
	Money notes[NOTE_CHOICES];
	int n = note_choices(due, notes);
	g_autofree char *all = text_money(due);
	g_autofree char *exact = g_strdup_printf(_("Exact %s"), all);

	gtk_widget_set_visible(self->hint, false);
	show_button(self, 0, exact, "pay.exact", NULL);
	for (int i = 0; i < n; i++) {
		g_autofree char *word = text_money(notes[i]);
		g_autofree char *decimal = money_dup_decimal(notes[i]);

		show_button(self, i + 1, word, "pay.note", g_variant_new_string(decimal));
	}
	for (int i = n + 1; i < N_BUTTONS; i++)
		hide_button(self, i);
}

void pos_choice_grid_add_goods(PosChoiceGrid *self, int64_t item_id, const char *name)
{
	if (self->n == N_BUTTONS)
		return;
	for (int i = 0; i < self->n; i++)
		if (self->goods[i] == item_id)
			return;
	self->goods[self->n] = item_id;
	gtk_widget_set_visible(self->hint, false);
	show_button(self, self->n, name, "goods.add", g_variant_new_int64(item_id));
	self->n++;
}

/* Empty is a screen too. */
static GtkWidget *new_hint(void)
{
	GtkWidget *hint = gtk_label_new(_("Goods that you sell come here, for one press."));

	gtk_label_set_wrap(GTK_LABEL(hint), true);
	gtk_label_set_justify(GTK_LABEL(hint), GTK_JUSTIFY_CENTER);
	gtk_label_set_max_width_chars(GTK_LABEL(hint), 30);
	gtk_widget_set_can_target(hint, false);
	gtk_widget_add_css_class(hint, "asked");
	return hint;
}

static void pos_choice_grid_init(PosChoiceGrid *self)
{
	gtk_grid_set_row_homogeneous(GTK_GRID(self), true);
	gtk_grid_set_column_homogeneous(GTK_GRID(self), true);
	gtk_grid_set_row_spacing(GTK_GRID(self), 8);
	gtk_grid_set_column_spacing(GTK_GRID(self), 8);
	for (int i = 0; i < N_BUTTONS; i++) {
		GtkWidget *button = pos_key_button_new("", NULL);

		self->buttons[i] = POS_KEY_BUTTON(button);
		gtk_widget_set_hexpand(button, true);
		gtk_widget_set_vexpand(button, true);
		gtk_grid_attach(GTK_GRID(self), button, i % COLUMNS, i / COLUMNS, 1, 1);
		hide_button(self, i);
	}
	self->hint = new_hint();
	gtk_grid_attach(GTK_GRID(self), self->hint, 0, 0, COLUMNS, ROWS);
}

static void pos_choice_grid_class_init(PosChoiceGridClass *klass)
{
}
