/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/zones_pane.h"

#include "backoffice/stock/count.h"
#include "backoffice/ui/ask.h"
#include "backoffice/ui/text_table.h"

#include <glib/gi18n-lib.h>

struct _OfficeZonesPane {
	GtkWidget parent_instance;

	/* template children, borrowed */
	OfficeTextTable *table;
	GtkEditable *name;
	GtkCheckButton *sells;
	GtkWidget *remove;
	GtkLabel *message;

	GPtrArray *zones; /* owned; of Zone; NULL: not read yet */
	OfficeDesk *desk; /* borrowed */
	int64_t open_id; /* in the form; 0: a new one */
	bool busy; /* something is being written */
};

G_DEFINE_FINAL_TYPE(OfficeZonesPane, office_zones_pane, GTK_TYPE_WIDGET)

static const OfficeColumn columns[] = {
	{ N_("Zone"), 0, false },
	{ N_("Sales"), 320, false },
};

static void say(OfficeZonesPane *self, const char *text, bool is_trouble)
{
	gtk_label_set_label(self->message, text);
	if (is_trouble)
		gtk_widget_add_css_class(GTK_WIDGET(self->message), "amber");
	else
		gtk_widget_remove_css_class(GTK_WIDGET(self->message), "amber");
}

static const Zone *find(const OfficeZonesPane *self, int64_t id)
{
	for (guint i = 0; self->zones != NULL && i < self->zones->len; i++) {
		const Zone *zone = self->zones->pdata[i];

		if (zone->id == id)
			return zone;
	}
	return NULL;
}

/* --- showing ------------------------------------------------------------------------------- */

/* @zone NULL: a new one. */
static void fill_form(OfficeZonesPane *self, const Zone *zone)
{
	self->open_id = zone != NULL ? zone->id : 0;
	gtk_editable_set_text(self->name, zone != NULL ? zone->name : "");
	gtk_check_button_set_active(self->sells, zone != NULL && zone->sells);
	gtk_widget_set_sensitive(self->remove, zone != NULL);
}

void office_zones_pane_begin_new(OfficeZonesPane *self)
{
	office_text_table_choose(self->table, 0);
	fill_form(self, NULL);
	gtk_widget_grab_focus(GTK_WIDGET(self->name));
}

static void show_zones(OfficeZonesPane *self)
{
	GPtrArray *rows = g_ptr_array_new();

	for (guint i = 0; i < self->zones->len; i++) {
		const Zone *zone = self->zones->pdata[i];
		OfficeTextRow *row = office_text_row_new(zone->id);

		row->texts[0] = g_strdup(zone->name);
		row->texts[1] = g_strdup(zone->sells ? _("tills sell out of it") : "");
		g_ptr_array_add(rows, row);
	}
	office_text_table_take(self->table, rows);
}

static void on_chosen(OfficeTextTable *table, gint64 id, OfficeZonesPane *self)
{
	const Zone *zone = find(self, id);

	if (zone != NULL && !self->busy)
		fill_form(self, zone);
}

static void on_activated(OfficeTextTable *table, gint64 id, OfficeZonesPane *self)
{
	on_chosen(table, id, self);
	gtk_widget_grab_focus(GTK_WIDGET(self->name));
}

/* --- reading and writing ------------------------------------------------------------------- */

typedef enum { ZONES_READ, ZONES_WRITE, ZONES_REMOVE } OrderKind;

typedef struct {
	OrderKind kind;
	Zone zone; /* owns its name */
	int64_t shop_id, person_id;
	GPtrArray *zones; /* owned; the answer */
} Order;

static void order_free(void *data)
{
	Order *self = data;

	g_free(self->zone.name);
	g_clear_pointer(&self->zones, g_ptr_array_unref);
	g_free(self);
}

static bool order_work(Store *store, void *data, GError **error)
{
	Order *self = data;

	if (self->kind == ZONES_WRITE &&
	    !zone_write(store, self->shop_id, &self->zone, self->person_id, error))
		return false;
	if (self->kind == ZONES_REMOVE &&
	    !zone_delete(store, self->shop_id, self->zone.id, self->person_id, error))
		return false;
	self->zones = zone_list(store, self->shop_id, error);
	return self->zones != NULL;
}

static void show_done(OfficeZonesPane *self, const Order *order)
{
	switch (order->kind) {
	case ZONES_READ:
		if (self->open_id != 0 && find(self, self->open_id) == NULL)
			fill_form(self, NULL);
		return;
	case ZONES_WRITE:
		say(self, _("Written."), false);
		break;
	case ZONES_REMOVE:
		say(self, _("The zone is gone; what was counted in it stays."), false);
		break;
	}
	office_zones_pane_begin_new(self);
}

static void on_done(GtkWidget *widget, void *data, const GError *error)
{
	OfficeZonesPane *self = OFFICE_ZONES_PANE(widget);
	g_autofree char *text = error != NULL ? office_desk_dup_trouble(error) : NULL;
	Order *order = data;

	if (order->kind != ZONES_READ)
		self->busy = false;
	if (text != NULL) {
		say(self, text, true);
		return;
	}
	g_clear_pointer(&self->zones, g_ptr_array_unref);
	self->zones = g_steal_pointer(&order->zones);
	show_zones(self);
	show_done(self, order);
}

static void run(OfficeZonesPane *self, OrderKind kind)
{
	Order *order = g_new0(Order, 1);

	order->kind = kind;
	order->zone.id = self->open_id;
	order->zone.name = g_strdup(gtk_editable_get_text(self->name));
	order->zone.sells = gtk_check_button_get_active(self->sells);
	order->shop_id = office_desk_get_shop(self->desk)->id;
	order->person_id = office_desk_get_person_id(self->desk);
	if (kind != ZONES_READ)
		self->busy = true;
	office_ask(self->desk, OFFICE_QUICK, GTK_WIDGET(self), order_work, order, order_free,
		   on_done);
}

void office_zones_pane_reload(OfficeZonesPane *self)
{
	run(self, ZONES_READ);
}

void office_zones_pane_open(OfficeZonesPane *self)
{
	say(self, "", false);
	office_zones_pane_begin_new(self);
	office_zones_pane_reload(self);
}

void office_zones_pane_write(OfficeZonesPane *self)
{
	if (!self->busy && self->zones != NULL)
		run(self, ZONES_WRITE);
}

static void remove_open(OfficeZonesPane *self)
{
	if (!self->busy && find(self, self->open_id) != NULL)
		run(self, ZONES_REMOVE);
}

/* --- life ---------------------------------------------------------------------------------- */

void office_zones_pane_set_desk(OfficeZonesPane *self, OfficeDesk *desk)
{
	self->desk = desk;
}

static gboolean grab_focus(GtkWidget *widget)
{
	return gtk_widget_grab_focus(GTK_WIDGET(OFFICE_ZONES_PANE(widget)->name));
}

static void dispose(GObject *object)
{
	OfficeZonesPane *self = OFFICE_ZONES_PANE(object);
	GtkWidget *child;

	g_clear_pointer(&self->zones, g_ptr_array_unref);
	while ((child = gtk_widget_get_first_child(GTK_WIDGET(self))) != NULL)
		gtk_widget_unparent(child);
	G_OBJECT_CLASS(office_zones_pane_parent_class)->dispose(object);
}

static void office_zones_pane_class_init(OfficeZonesPaneClass *klass)
{
	GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

	G_OBJECT_CLASS(klass)->dispose = dispose;
	widget_class->grab_focus = grab_focus;
	gtk_widget_class_set_layout_manager_type(widget_class, GTK_TYPE_BIN_LAYOUT);
	gtk_widget_class_set_template_from_resource(widget_class,
						    "/shop/baraa/office/zones_pane.ui");
	gtk_widget_class_bind_template_child(widget_class, OfficeZonesPane, table);
	gtk_widget_class_bind_template_child(widget_class, OfficeZonesPane, name);
	gtk_widget_class_bind_template_child(widget_class, OfficeZonesPane, sells);
	gtk_widget_class_bind_template_child(widget_class, OfficeZonesPane, remove);
	gtk_widget_class_bind_template_child(widget_class, OfficeZonesPane, message);
	gtk_widget_class_bind_template_callback(widget_class, on_chosen);
	gtk_widget_class_bind_template_callback(widget_class, on_activated);
	gtk_widget_class_bind_template_callback(widget_class, remove_open);
	gtk_widget_class_bind_template_callback(widget_class, office_zones_pane_begin_new);
	gtk_widget_class_bind_template_callback(widget_class, office_zones_pane_write);
}

static void office_zones_pane_init(OfficeZonesPane *self)
{
	g_type_ensure(OFFICE_TYPE_TEXT_TABLE);
	gtk_widget_init_template(GTK_WIDGET(self));
	office_text_table_set_columns(self->table, _("Zones of the shop"), columns,
				      G_N_ELEMENTS(columns));
}
