/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/item_picker.h"

#include "backoffice/goods/goods.h"
#include "backoffice/ui/ask.h"
#include "backoffice/ui/text_table.h"
#include "backoffice/ui/words.h"
#include "base/language.h"

#include <glib/gi18n-lib.h>

/* More than anybody reads: who needs the next one types another letter. */
#define MAX_FOUND 60

struct _OfficeItemPicker {
	GtkWidget parent_instance;

	/* borrowed */
	GtkWidget *box, *search, *nothing;
	OfficeTextTable *table;
	OfficeDesk *desk;

	GPtrArray *found; /* owned; of Goods; NULL: not yet */
	char *asked; /* owned; what was searched last */
	guint round; /* of the search whose answer counts */
	bool pick_first; /* when it comes: Enter was pressed before */
};

G_DEFINE_FINAL_TYPE(OfficeItemPicker, office_item_picker, GTK_TYPE_WIDGET)

static guint picked_signal;

static const OfficeColumn columns[] = {
	{ N_("Barcode"), 136, false },
	{ N_("Name"), 0, false },
	{ N_("Category"), 136, false },
	{ N_("Price"), 96, true },
};

/* --- searching --- */

typedef struct {
	char *text; /* owned */
	guint round;
	GPtrArray *found; /* owned; of Goods */
} Search;

static void search_free(void *data)
{
	Search *self = data;

	g_free(self->text);
	g_clear_pointer(&self->found, g_ptr_array_unref);
	g_free(self);
}

static bool search_work(Store *store, void *data, GError **error)
{
	Search *self = data;
	g_autoptr(GoodsList) list = goods_list_new(store);

	goods_list_set_search(list, self->text);
	self->found = goods_list_page(list, 0, MAX_FOUND, error);
	return self->found != NULL;
}

static OfficeTextRow *row_of(OfficeItemPicker *self, const Goods *goods)
{
	OfficeTextRow *row = office_text_row_new(goods->id);

	row->texts[0] = g_strdup(*goods->barcode != '\0' ? goods->barcode : goods->article);
	row->texts[1] = g_strdup(goods->name);
	row->texts[2] = g_strdup(goods->category);
	row->texts[3] =
		goods->has_price ? office_money_dup(self->desk, goods->price) : g_strdup("—");
	return row;
}

static void pick(OfficeItemPicker *self, int64_t id)
{
	for (guint i = 0; self->found != NULL && i < self->found->len; i++) {
		const Goods *goods = self->found->pdata[i];

		if (goods->id == id) {
			g_signal_emit(self, picked_signal, 0, (gint64)id, goods->name);
			return;
		}
	}
}

static void pick_first(OfficeItemPicker *self)
{
	int64_t chosen = office_text_table_get_chosen(self->table);

	self->pick_first = false;
	if (chosen == 0 && self->found != NULL && self->found->len == 1)
		chosen = ((const Goods *)self->found->pdata[0])->id;
	if (chosen != 0)
		pick(self, chosen);
	else if (self->found != NULL && self->found->len > 1)
		gtk_widget_grab_focus(GTK_WIDGET(self->table));
}

static void show_found(OfficeItemPicker *self)
{
	GPtrArray *rows = g_ptr_array_new();

	for (guint i = 0; i < self->found->len; i++)
		g_ptr_array_add(rows, row_of(self, self->found->pdata[i]));
	gtk_label_set_label(GTK_LABEL(self->nothing),
			    self->found->len > 0 ? "" : _("Nothing is called that."));
	office_text_table_take(self->table, rows);
	if (self->pick_first)
		pick_first(self);
}

static void on_found(GtkWidget *widget, void *data, const GError *error)
{
	OfficeItemPicker *self = OFFICE_ITEM_PICKER(widget);
	Search *search = data;

	if (search->round != self->round)
		return;
	if (error != NULL) {
		g_autofree char *text = office_desk_dup_trouble(error);

		gtk_label_set_label(GTK_LABEL(self->nothing), text);
		return;
	}
	g_clear_pointer(&self->found, g_ptr_array_unref);
	self->found = g_steal_pointer(&search->found);
	show_found(self);
}

static void ask(OfficeItemPicker *self)
{
	Search *search = g_new0(Search, 1);

	search->text = g_strdup(gtk_editable_get_text(GTK_EDITABLE(self->search)));
	search->round = ++self->round;
	g_free(self->asked);
	self->asked = g_strdup(search->text);
	g_clear_pointer(&self->found, g_ptr_array_unref);
	office_ask(self->desk, OFFICE_QUICK, GTK_WIDGET(self), search_work, search, search_free,
		   on_found);
}

/* Also some time after the text was put there by the program, which has asked already. */
static void on_changed(GtkSearchEntry *entry, OfficeItemPicker *self)
{
	if (g_strcmp0(gtk_editable_get_text(GTK_EDITABLE(entry)), self->asked) == 0)
		return;
	self->pick_first = false;
	ask(self);
}

static void on_entered(GtkSearchEntry *entry, OfficeItemPicker *self)
{
	if (g_strcmp0(gtk_editable_get_text(GTK_EDITABLE(entry)), self->asked) != 0)
		ask(self); /* typed a moment ago */
	if (self->found != NULL)
		pick_first(self);
	else
		self->pick_first = true;
}

/* The field keeps Esc for itself; here it leaves what asked for goods. */
static void on_stopped(GtkSearchEntry *entry, OfficeItemPicker *self)
{
	if (*gtk_editable_get_text(GTK_EDITABLE(entry)) != '\0')
		gtk_editable_set_text(GTK_EDITABLE(entry), "");
	else
		gtk_widget_activate_action(GTK_WIDGET(self), "page.back", NULL);
}

static gboolean on_key(GtkEventControllerKey *controller, guint key, guint code,
		       GdkModifierType state, OfficeItemPicker *self)
{
	if (key != GDK_KEY_Down)
		return false;
	gtk_widget_grab_focus(GTK_WIDGET(self->table));
	return true;
}

static void on_activated(OfficeTextTable *table, gint64 id, OfficeItemPicker *self)
{
	pick(self, id);
}

void office_item_picker_set_desk(OfficeItemPicker *self, OfficeDesk *desk)
{
	self->desk = desk;
}

void office_item_picker_search(OfficeItemPicker *self, const char *text)
{
	gtk_editable_set_text(GTK_EDITABLE(self->search), text);
	gtk_widget_grab_focus(self->search);
	gtk_editable_select_region(GTK_EDITABLE(self->search), 0, -1);
	ask(self);
}

void office_item_picker_pick(OfficeItemPicker *self, const char *text)
{
	office_item_picker_search(self, text);
	self->pick_first = true;
}

/* --- life --- */

static gboolean grab_focus(GtkWidget *widget)
{
	return gtk_widget_grab_focus(OFFICE_ITEM_PICKER(widget)->search);
}

static void dispose(GObject *object)
{
	OfficeItemPicker *self = OFFICE_ITEM_PICKER(object);

	g_clear_pointer(&self->box, gtk_widget_unparent);
	g_clear_pointer(&self->found, g_ptr_array_unref);
	g_clear_pointer(&self->asked, g_free);
	G_OBJECT_CLASS(office_item_picker_parent_class)->dispose(object);
}

static void office_item_picker_class_init(OfficeItemPickerClass *klass)
{
	G_OBJECT_CLASS(klass)->dispose = dispose;
	GTK_WIDGET_CLASS(klass)->grab_focus = grab_focus;
	picked_signal = g_signal_new("picked", G_TYPE_FROM_CLASS(klass), G_SIGNAL_RUN_FIRST, 0,
				     NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_STRING);
	gtk_widget_class_set_layout_manager_type(GTK_WIDGET_CLASS(klass), GTK_TYPE_BIN_LAYOUT);
}

static void office_item_picker_init(OfficeItemPicker *self)
{
	GtkEventController *keys = gtk_event_controller_key_new();

	self->box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 8);
	self->search = gtk_search_entry_new();
	self->nothing = gtk_label_new("");
	self->table = g_object_new(OFFICE_TYPE_TEXT_TABLE, NULL);
	g_object_set(self->search, "placeholder-text", _("Name, barcode or article"), NULL);
	gtk_accessible_update_property(GTK_ACCESSIBLE(self->search), GTK_ACCESSIBLE_PROPERTY_LABEL,
				       _("Find goods"), -1);
	office_text_table_set_columns(self->table, _("Goods found"), columns,
				      G_N_ELEMENTS(columns));
	gtk_label_set_xalign(GTK_LABEL(self->nothing), 0);
	gtk_widget_set_vexpand(GTK_WIDGET(self->table), true);
	gtk_box_append(GTK_BOX(self->box), self->search);
	gtk_box_append(GTK_BOX(self->box), self->nothing);
	gtk_box_append(GTK_BOX(self->box), GTK_WIDGET(self->table));
	gtk_widget_set_parent(self->box, GTK_WIDGET(self));
	g_signal_connect(self->search, "search-changed", G_CALLBACK(on_changed), self);
	g_signal_connect(self->search, "stop-search", G_CALLBACK(on_stopped), self);
	g_signal_connect(self->search, "activate", G_CALLBACK(on_entered), self);
	g_signal_connect(self->table, "activated", G_CALLBACK(on_activated), self);
	g_signal_connect(keys, "key-pressed", G_CALLBACK(on_key), self);
	gtk_widget_add_controller(self->search, keys);
}
