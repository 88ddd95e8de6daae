/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/prices_page.h"

#include "backoffice/ui/ask.h"
#include "backoffice/ui/item_picker.h"
#include "backoffice/ui/price_facts.h"
#include "backoffice/ui/price_settings.h"
#include "backoffice/ui/price_view.h"
#include "backoffice/ui/text_table.h"
#include "backoffice/ui/words.h"

#include <glib/gi18n-lib.h>

struct _OfficePricesPage {
	GtkWidget parent_instance;

	/* template children, borrowed */
	GtkStack *stack;
	GtkWidget *settings_button;
	GtkLabel *message;
	OfficeItemPicker *picker;
	OfficeTextTable *coming;
	OfficePriceView *view;
	OfficePriceSettings *settings;

	PriceFacts *facts; /* owned; of all goods */
	OfficeDesk *desk; /* borrowed */
};

G_DEFINE_FINAL_TYPE(OfficePricesPage, office_prices_page, GTK_TYPE_WIDGET)

static const OfficeColumn columns[] = {
	{ N_("From"), 136, false }, { N_("Goods"), 0, false }, { N_("Kind"), 112, false },
	{ N_("Shop"), 112, false }, { N_("Price"), 96, true }, { N_("Set by"), 112, false },
};

static bool is_on(const OfficePricesPage *self, const char *name)
{
	return g_strcmp0(gtk_stack_get_visible_child_name(self->stack), name) == 0;
}

/* --- those to come ------------------------------------------------------------------------- */

static OfficeTextRow *row_of(OfficePricesPage *self, const PriceChange *change, int64_t id)
{
	OfficeTextRow *row = office_text_row_new(id);

	row->texts[0] = office_time_dup(self->desk, change->first_at);
	row->texts[1] = g_strdup(change->item);
	row->texts[2] = g_strdup(change->kind);
	row->texts[3] = g_strdup(price_facts_shop(self->facts, change->shop_id));
	row->texts[4] =
		change->has_after ? office_money_dup(self->desk, change->after) : g_strdup("—");
	row->texts[5] = g_strdup(change->person);
	return row;
}

static void on_read(GtkWidget *widget, void *data, const GError *error)
{
	OfficePricesPage *self = OFFICE_PRICES_PAGE(widget);
	g_autofree char *text = error != NULL ? office_desk_dup_trouble(error) : NULL;
	PriceFacts *facts = data;
	GPtrArray *rows;

	gtk_label_set_label(self->message, text != NULL ? text : "");
	if (text != NULL)
		return;
	g_clear_pointer(&self->facts, price_facts_free);
	/* What was asked is lent: the answer is taken out of it. */
	self->facts = g_memdup2(facts, sizeof *facts);
	*facts = (PriceFacts){ 0 };
	rows = g_ptr_array_new();
	for (guint i = 0; i < self->facts->coming->len; i++)
		g_ptr_array_add(rows, row_of(self, self->facts->coming->pdata[i], i + 1));
	if (rows->len == 0)
		gtk_label_set_label(self->message, _("No price is to come: choose goods to set "
						     "one."));
	office_text_table_take(self->coming, rows);
}

static void ask(OfficePricesPage *self)
{
	office_ask(self->desk, OFFICE_QUICK, GTK_WIDGET(self), price_facts_read,
		   price_facts_new(0, office_desk_get_shop(self->desk)->id), price_facts_free,
		   on_read);
}

/* --- going about --------------------------------------------------------------------------- */

static void open_item(OfficePricesPage *self, int64_t item_id)
{
	gtk_stack_set_visible_child_name(self->stack, "item");
	office_price_view_open(self->view, item_id);
}

static void on_picked(OfficeItemPicker *picker, gint64 id, const char *name, OfficePricesPage *self)
{
	open_item(self, id);
}

static void on_activated(OfficeTextTable *table, gint64 id, OfficePricesPage *self)
{
	if (self->facts != NULL && id >= 1 && id <= (gint64)self->facts->coming->len)
		open_item(self, ((const PriceChange *)self->facts->coming->pdata[id - 1])->item_id);
}

static void go_home(OfficePricesPage *self)
{
	gtk_stack_set_visible_child_name(self->stack, "home");
	ask(self);
	gtk_widget_grab_focus(GTK_WIDGET(self->picker));
}

static void back(GtkWidget *widget, const char *action, GVariant *parameter)
{
	OfficePricesPage *self = OFFICE_PRICES_PAGE(widget);

	if (!is_on(self, "home"))
		go_home(self);
}

static void reload(GtkWidget *widget, const char *action, GVariant *parameter)
{
	OfficePricesPage *self = OFFICE_PRICES_PAGE(widget);

	if (is_on(self, "item"))
		office_price_view_reload(self->view);
	else if (is_on(self, "settings"))
		office_price_settings_reload(self->settings);
	else
		ask(self);
}

static void find(GtkWidget *widget, const char *action, GVariant *parameter)
{
	go_home(OFFICE_PRICES_PAGE(widget));
}

static void post(GtkWidget *widget, const char *action, GVariant *parameter)
{
	OfficePricesPage *self = OFFICE_PRICES_PAGE(widget);

	if (is_on(self, "item"))
		office_price_view_set(self->view);
	else if (is_on(self, "settings"))
		office_price_settings_write(self->settings);
}

static void open_settings(GtkWidget *widget, const char *action, GVariant *parameter)
{
	OfficePricesPage *self = OFFICE_PRICES_PAGE(widget);

	if (!office_desk_may(self->desk, RIGHT_SETTINGS))
		return;
	gtk_stack_set_visible_child_name(self->stack, "settings");
	office_price_settings_reload(self->settings);
	gtk_widget_grab_focus(GTK_WIDGET(self->settings));
}

/* --- life ---------------------------------------------------------------------------------- */

GtkWidget *office_prices_page_new(OfficeDesk *desk)
{
	OfficePricesPage *self = g_object_new(OFFICE_TYPE_PRICES_PAGE, NULL);

	self->desk = desk;
	office_item_picker_set_desk(self->picker, desk);
	office_price_view_set_desk(self->view, desk);
	office_price_settings_set_desk(self->settings, desk);
	gtk_widget_set_visible(self->settings_button, office_desk_may(desk, RIGHT_SETTINGS));
	return GTK_WIDGET(self);
}

/* Read anew whenever it is looked at. */
static void map(GtkWidget *widget)
{
	GTK_WIDGET_CLASS(office_prices_page_parent_class)->map(widget);
	reload(widget, NULL, NULL);
}

static gboolean grab_focus(GtkWidget *widget)
{
	OfficePricesPage *self = OFFICE_PRICES_PAGE(widget);

	if (is_on(self, "item"))
		return gtk_widget_grab_focus(GTK_WIDGET(self->view));
	return gtk_widget_grab_focus(is_on(self, "settings") ? GTK_WIDGET(self->settings)
							     : GTK_WIDGET(self->picker));
}

static void dispose(GObject *object)
{
	OfficePricesPage *self = OFFICE_PRICES_PAGE(object);
	GtkWidget *child;

	g_clear_pointer(&self->facts, price_facts_free);
	while ((child = gtk_widget_get_first_child(GTK_WIDGET(self))) != NULL)
		gtk_widget_unparent(child);
	G_OBJECT_CLASS(office_prices_page_parent_class)->dispose(object);
}

static void office_prices_page_class_init(OfficePricesPageClass *klass)
{
	GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

	G_OBJECT_CLASS(klass)->dispose = dispose;
	widget_class->map = map;
	widget_class->grab_focus = grab_focus;
	gtk_widget_class_set_layout_manager_type(widget_class, GTK_TYPE_BIN_LAYOUT);
	gtk_widget_class_install_action(widget_class, "page.reload", NULL, reload);
	gtk_widget_class_install_action(widget_class, "page.find", NULL, find);
	gtk_widget_class_install_action(widget_class, "page.back", NULL, back);
	gtk_widget_class_install_action(widget_class, "page.post", NULL, post);
	gtk_widget_class_install_action(widget_class, "page.edit", NULL, open_settings);
	gtk_widget_class_set_template_from_resource(widget_class,
						    "/shop/baraa/office/prices_page.ui");
	gtk_widget_class_bind_template_child(widget_class, OfficePricesPage, stack);
	gtk_widget_class_bind_template_child(widget_class, OfficePricesPage, settings_button);
	gtk_widget_class_bind_template_child(widget_class, OfficePricesPage, message);
	gtk_widget_class_bind_template_child(widget_class, OfficePricesPage, picker);
	gtk_widget_class_bind_template_child(widget_class, OfficePricesPage, coming);
	gtk_widget_class_bind_template_child(widget_class, OfficePricesPage, view);
	gtk_widget_class_bind_template_child(widget_class, OfficePricesPage, settings);
	gtk_widget_class_bind_template_callback(widget_class, on_picked);
	gtk_widget_class_bind_template_callback(widget_class, on_activated);
}

static void office_prices_page_init(OfficePricesPage *self)
{
	g_type_ensure(OFFICE_TYPE_ITEM_PICKER);
	g_type_ensure(OFFICE_TYPE_TEXT_TABLE);
	g_type_ensure(OFFICE_TYPE_PRICE_VIEW);
	g_type_ensure(OFFICE_TYPE_PRICE_SETTINGS);
	gtk_widget_init_template(GTK_WIDGET(self));
	office_text_table_set_columns(self->coming, _("Prices to come"), columns,
				      G_N_ELEMENTS(columns));
}
