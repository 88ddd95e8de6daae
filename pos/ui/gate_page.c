/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/ui/gate_page.h"

#include "pos/ui/key_button.h"
#include "pos/ui/number_pad.h"

#include <glib/gi18n-lib.h>

struct _PosGatePage {
	GtkBox parent_instance;

	/* template children, borrowed */
	GtkLabel *title;
	GtkLabel *caption;
	GtkEntry *field;
	PosKeyButton *enter;
	GtkWidget *lock;
	GtkWidget *devices;

	GateKind kind;
	bool asks_pin; /* another's, for what was refused */
};

G_DEFINE_FINAL_TYPE(PosGatePage, pos_gate_page, GTK_TYPE_BOX)

static void name_field(PosGatePage *self, const char *name)
{
	gtk_label_set_label(self->caption, name);
	gtk_accessible_update_property(GTK_ACCESSIBLE(self->field), GTK_ACCESSIBLE_PROPERTY_LABEL,
				       name, -1);
}

static void become_login(PosGatePage *self)
{
	gtk_label_set_label(self->title, _("Who sells?"));
	name_field(self, _("PIN"));
	gtk_entry_set_visibility(self->field, false);
	gtk_entry_set_input_purpose(self->field, GTK_INPUT_PURPOSE_PIN);
	pos_key_button_set_word(self->enter, _("Log in"));
	gtk_widget_set_visible(self->lock, false);
	gtk_widget_set_visible(self->devices, false);
}

static void become_shift_opening(PosGatePage *self)
{
	gtk_label_set_label(self->title, _("The shift is closed"));
	name_field(self, _("Cash in the drawer"));
	pos_key_button_set_word(self->enter, _("Open shift"));
}

GtkWidget *pos_gate_page_new(GateKind kind)
{
	PosGatePage *self = g_object_new(POS_TYPE_GATE_PAGE, NULL);

	self->kind = kind;
	if (kind == GATE_PIN)
		become_login(self);
	else
		become_shift_opening(self);
	return GTK_WIDGET(self);
}

void pos_gate_page_ask_pin(PosGatePage *self, bool asks)
{
	if (self->kind == GATE_PIN || self->asks_pin == asks)
		return;
	self->asks_pin = asks;
	gtk_editable_set_text(GTK_EDITABLE(self->field), "");
	gtk_entry_set_visibility(self->field, !asks);
	name_field(self, asks ? _("PIN of a senior") : _("Cash in the drawer"));
	pos_key_button_set_word(self->enter, asks ? _("Allow") : _("Open shift"));
}

GtkEditable *pos_gate_page_get_field(PosGatePage *self)
{
	return GTK_EDITABLE(self->field);
}

static void pos_gate_page_init(PosGatePage *self)
{
	gtk_widget_init_template(GTK_WIDGET(self));
	/* The field is named by it already. */
	gtk_accessible_update_state(GTK_ACCESSIBLE(self->caption), GTK_ACCESSIBLE_STATE_HIDDEN,
				    true, -1);
}

static void pos_gate_page_class_init(PosGatePageClass *klass)
{
	GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

	g_type_ensure(POS_TYPE_KEY_BUTTON);
	g_type_ensure(POS_TYPE_NUMBER_PAD);
	gtk_widget_class_set_template_from_resource(widget_class, "/shop/baraa/till/gate_page.ui");
	gtk_widget_class_bind_template_child(widget_class, PosGatePage, title);
	gtk_widget_class_bind_template_child(widget_class, PosGatePage, caption);
	gtk_widget_class_bind_template_child(widget_class, PosGatePage, field);
	gtk_widget_class_bind_template_child(widget_class, PosGatePage, enter);
	gtk_widget_class_bind_template_child(widget_class, PosGatePage, lock);
	gtk_widget_class_bind_template_child(widget_class, PosGatePage, devices);
}
