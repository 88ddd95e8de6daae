/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/ui/input_pane.h"

#include "pos/ui/choice_grid.h"
#include "pos/ui/found_list.h"
#include "pos/ui/key_button.h"
#include "pos/ui/number_pad.h"
#include "pos/ui/pages.h"
#include "pos/ui/text.h"

#include <glib/gi18n-lib.h>

struct _PosInputPane {
	GtkBox parent_instance;

	/* template children, borrowed */
	GtkLabel *caption;
	GtkEntry *field;
	GtkStack *choices;
	PosChoiceGrid *goods;
	PosFoundList *found;
	PosChoiceGrid *notes;
	GtkStack *verbs;
	PosKeyButton *leave_out;
	PosKeyButton *hold, *menu_hold;
	PosKeyButton *pay, *menu_pay;

	Ask ask;
	bool is_stale; /* the text was sent already and waits to be cleared */
	bool is_clearing;
};

G_DEFINE_FINAL_TYPE(PosInputPane, pos_input_pane, GTK_TYPE_BOX)

static guint typed_signal;

GtkEditable *pos_input_pane_get_field(PosInputPane *self)
{
	return GTK_EDITABLE(self->field);
}

const char *pos_input_pane_get_text(PosInputPane *self)
{
	return self->is_stale ? "" : gtk_editable_get_text(GTK_EDITABLE(self->field));
}

Ask pos_input_pane_get_ask(PosInputPane *self)
{
	return self->ask;
}

static void show_ask(PosInputPane *self)
{
	gtk_label_set_label(self->caption, ask_caption(self->ask));
	gtk_entry_set_visibility(self->field, !ask_is_masked(self->ask));
	gtk_entry_set_placeholder_text(self->field, ask_name(self->ask));
	gtk_accessible_update_property(GTK_ACCESSIBLE(self->field), GTK_ACCESSIBLE_PROPERTY_LABEL,
				       ask_name(self->ask), -1);
}

void pos_input_pane_set_ask(PosInputPane *self, Ask ask)
{
	if (ask == self->ask)
		return;
	self->ask = ask;
	pos_input_pane_clear(self);
	show_ask(self);
}

void pos_input_pane_clear(PosInputPane *self)
{
	self->is_stale = false;
	self->is_clearing = true;
	gtk_editable_set_text(GTK_EDITABLE(self->field), "");
	self->is_clearing = false;
}

void pos_input_pane_clear_later(PosInputPane *self)
{
	self->is_stale = true;
}

void pos_input_pane_finish_clear(PosInputPane *self)
{
	if (self->is_stale)
		pos_input_pane_clear(self);
}

static void on_field_changed(GtkEditable *field, PosInputPane *self)
{
	if (!self->is_clearing)
		g_signal_emit(self, typed_signal, 0);
}

void pos_input_pane_show_choices(PosInputPane *self, const char *name)
{
	pages_show_name(self->choices, name);
}

void pos_input_pane_show_verbs(PosInputPane *self, const char *name)
{
	pages_show_name(self->verbs, name);
}

void pos_input_pane_set_caption(PosInputPane *self, const char *caption)
{
	gtk_label_set_label(self->caption, caption);
}

static void show_verb(PosKeyButton *button, const char *word, const char *action)
{
	pos_key_button_set_word(button, word);
	if (g_strcmp0(gtk_actionable_get_action_name(GTK_ACTIONABLE(button)), action) == 0)
		return;
	gtk_actionable_set_action_name(GTK_ACTIONABLE(button), action);
}

/* The receipt of this shopper goes aside, or that of another comes back. */
static void show_hold(PosInputPane *self, const SessionView *view)
{
	bool holds = view->held->len == 0 || (view->actions & SESSION_CAN_HOLD) != 0;
	g_autofree char *n = text_number(view->held->len);
	g_autofree char *aside = view->held->len == 0 ? g_strdup(_("Put aside"))
						      : g_strdup_printf(_("Put aside (%s)"), n);
	g_autofree char *back = g_strdup_printf(_("Take up (%s)"), n);
	const char *word = holds ? aside : back, *action = holds ? "sale.hold" : "sale.held";

	show_verb(self->hold, word, action);
	show_verb(self->menu_hold, word, action);
}

void pos_input_pane_show_view(PosInputPane *self, const SessionView *view)
{
	bool back = view->is_return && view->state != SESSION_PAID;
	const char *word = back ? _("Give back") : _("Pay");
	const char *action = back ? "return.give-back" : "sale.pay";

	show_hold(self, view);
	show_verb(self->pay, word, action);
	show_verb(self->menu_pay, word, action);
	pos_key_button_set_word(self->leave_out, back ? C_("return", "Leave out") : _("Void"));
}

void pos_input_pane_show_notes(PosInputPane *self, Money due)
{
	pos_choice_grid_show_notes(self->notes, due);
}

void pos_input_pane_show_found(PosInputPane *self, const SessionView *view)
{
	pos_found_list_show_view(self->found, view);
}

void pos_input_pane_add_goods(PosInputPane *self, int64_t item_id, const char *name)
{
	pos_choice_grid_add_goods(self->goods, item_id, name);
}

void pos_input_pane_move_choice(PosInputPane *self, int by)
{
	pos_found_list_move_choice(self->found, by);
}

bool pos_input_pane_get_found(PosInputPane *self, const char *query, int64_t *ret)
{
	return pos_found_list_get_choice(self->found, query, ret);
}

static void pos_input_pane_init(PosInputPane *self)
{
	gtk_widget_init_template(GTK_WIDGET(self));
	pages_init(self->choices);
	pages_init(self->verbs);
	show_ask(self);
}

static void pos_input_pane_class_init(PosInputPaneClass *klass)
{
	GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

	g_type_ensure(POS_TYPE_CHOICE_GRID);
	g_type_ensure(POS_TYPE_FOUND_LIST);
	g_type_ensure(POS_TYPE_KEY_BUTTON);
	g_type_ensure(POS_TYPE_NUMBER_PAD);
	typed_signal = g_signal_new("typed", POS_TYPE_INPUT_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
				    NULL, G_TYPE_NONE, 0);
	gtk_widget_class_set_template_from_resource(widget_class, "/shop/baraa/till/input_pane.ui");
	gtk_widget_class_bind_template_callback(widget_class, on_field_changed);
	gtk_widget_class_bind_template_child(widget_class, PosInputPane, caption);
	gtk_widget_class_bind_template_child(widget_class, PosInputPane, field);
	gtk_widget_class_bind_template_child(widget_class, PosInputPane, choices);
	gtk_widget_class_bind_template_child(widget_class, PosInputPane, goods);
	gtk_widget_class_bind_template_child(widget_class, PosInputPane, found);
	gtk_widget_class_bind_template_child(widget_class, PosInputPane, notes);
	gtk_widget_class_bind_template_child(widget_class, PosInputPane, verbs);
	gtk_widget_class_bind_template_child(widget_class, PosInputPane, leave_out);
	gtk_widget_class_bind_template_child(widget_class, PosInputPane, hold);
	gtk_widget_class_bind_template_child(widget_class, PosInputPane, menu_hold);
	gtk_widget_class_bind_template_child(widget_class, PosInputPane, pay);
	gtk_widget_class_bind_template_child(widget_class, PosInputPane, menu_pay);
}
