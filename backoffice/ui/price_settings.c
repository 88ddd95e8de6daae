/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/price_settings.h"

#include "backoffice/ui/price_kinds.h"
#include "backoffice/ui/price_rules.h"

struct _OfficePriceSettings {
	GtkWidget parent_instance;

	/* template children, borrowed */
	OfficePriceKinds *kinds;
	OfficePriceRules *rules;
};

G_DEFINE_FINAL_TYPE(OfficePriceSettings, office_price_settings, GTK_TYPE_WIDGET)

void office_price_settings_set_desk(OfficePriceSettings *self, OfficeDesk *desk)
{
	office_price_kinds_set_desk(self->kinds, desk);
	office_price_rules_set_desk(self->rules, desk);
}

void office_price_settings_reload(OfficePriceSettings *self)
{
	office_price_kinds_reload(self->kinds);
	office_price_rules_reload(self->rules);
}

void office_price_settings_write(OfficePriceSettings *self)
{
	GtkWidget *focus = gtk_root_get_focus(gtk_widget_get_root(GTK_WIDGET(self)));

	if (focus == NULL)
		return;
	if (gtk_widget_is_ancestor(focus, GTK_WIDGET(self->kinds)))
		office_price_kinds_write(self->kinds);
	else if (gtk_widget_is_ancestor(focus, GTK_WIDGET(self->rules)))
		office_price_rules_write(self->rules);
}

static gboolean grab_focus(GtkWidget *widget)
{
	return gtk_widget_grab_focus(GTK_WIDGET(OFFICE_PRICE_SETTINGS(widget)->kinds));
}

static void dispose(GObject *object)
{
	GtkWidget *child;

	while ((child = gtk_widget_get_first_child(GTK_WIDGET(object))) != NULL)
		gtk_widget_unparent(child);
	G_OBJECT_CLASS(office_price_settings_parent_class)->dispose(object);
}

static void office_price_settings_class_init(OfficePriceSettingsClass *klass)
{
	GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

	G_OBJECT_CLASS(klass)->dispose = dispose;
	widget_class->grab_focus = grab_focus;
	gtk_widget_class_set_layout_manager_type(widget_class, GTK_TYPE_BIN_LAYOUT);
	gtk_widget_class_set_template_from_resource(widget_class,
						    "/shop/baraa/office/price_settings.ui");
	gtk_widget_class_bind_template_child(widget_class, OfficePriceSettings, kinds);
	gtk_widget_class_bind_template_child(widget_class, OfficePriceSettings, rules);
	gtk_widget_class_bind_template_callback(widget_class, office_price_settings_reload);
}

static void office_price_settings_init(OfficePriceSettings *self)
{
	g_type_ensure(OFFICE_TYPE_PRICE_KINDS);
	g_type_ensure(OFFICE_TYPE_PRICE_RULES);
	gtk_widget_init_template(GTK_WIDGET(self));
}
