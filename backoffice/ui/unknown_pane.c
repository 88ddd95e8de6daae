/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/unknown_pane.h"

#include "backoffice/goods/draft.h"
#include "backoffice/goods/item.h"
#include "backoffice/ui/ask.h"
#include "backoffice/ui/item_picker.h"
#include "backoffice/ui/unseen.h"
#include "backoffice/ui/words.h"
#include "base/language.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _OfficeUnknownPane {
	GtkWidget parent_instance;

	/* template children, borrowed */
	GtkLabel *title, *message;
	GtkStack *stack;
	GtkWidget *switcher, *make;
	OfficeItemPicker *picker;
	GtkEntry *name, *price, *category;
	GtkDropDown *unit;
	GtkCheckButton *expires;

	OfficeDesk *desk; /* borrowed */
	char *code; /* owned; NULL: a name was typed */
	bool busy;
};

G_DEFINE_FINAL_TYPE(OfficeUnknownPane, office_unknown_pane, GTK_TYPE_WIDGET)

static guint known_signal, chosen_signal, left_signal;

/* --- on a thread of the desk --- */

typedef struct {
	char *code; /* owned; NULL: one is given out */
	int64_t item_id, person_id;
	Item *item; /* owned; NULL: @code is linked to item_id */
} Wish;

static void wish_free(void *data)
{
	Wish *self = data;

	g_free(self->code);
	item_free(self->item);
	g_free(self);
}

static bool link_work(Store *store, void *data, GError **error)
{
	Wish *self = data;

	return item_link_barcode(store, self->item_id, 0, self->code, self->person_id, error);
}

static bool put_item(Store *store, Wish *self, GError **error)
{
	g_autoptr(TaxNames) taxes = tax_names_read(store, error);

	if (taxes == NULL)
		return false;
	self->item->tax_group = tax_names_get_usual(taxes);
	if (self->code == NULL) {
		self->code = item_next_barcode(store, error);
		if (self->code == NULL)
			return false;
	}
	item_add_barcode(self->item, self->code, -1);
	return item_put(store, self->item, self->person_id, error);
}

static bool make_work(Store *store, void *data, GError **error)
{
	Wish *self = data;

	if (!store_begin(store, error))
		return false;
	if (put_item(store, self, error))
		return store_commit(store, error);
	store_rollback(store);
	return false;
}

/* --- what comes back --- */

static void set_busy(OfficeUnknownPane *self, bool busy)
{
	self->busy = busy;
	gtk_widget_set_sensitive(self->make, !busy);
}

static void say(OfficeUnknownPane *self, const char *text)
{
	gtk_label_set_label(self->message, text);
}

static void on_done(GtkWidget *widget, void *data, const GError *error)
{
	OfficeUnknownPane *self = OFFICE_UNKNOWN_PANE(widget);
	Wish *wish = data;
	g_autofree char *trouble = error != NULL ? office_desk_dup_trouble(error) : NULL;

	set_busy(self, false);
	if (trouble == NULL) {
		g_signal_emit(self, known_signal, 0, wish->code);
		return;
	}
	if (wish->item == NULL)
		gtk_label_set_label(self->title, trouble);
	else
		say(self, trouble);
}

static void on_picked(OfficeItemPicker *picker, gint64 id, const char *name,
		      OfficeUnknownPane *self)
{
	Wish *wish;

	if (self->busy)
		return;
	if (self->code == NULL) {
		g_signal_emit(self, chosen_signal, 0, id);
		return;
	}
	wish = g_new0(Wish, 1);
	wish->code = g_strdup(self->code);
	wish->item_id = id;
	wish->person_id = office_desk_get_person_id(self->desk);
	set_busy(self, true);
	office_ask(self->desk, OFFICE_QUICK, GTK_WIDGET(self), link_work, wish, wish_free, on_done);
}

/* --- new goods --- */

static char *dup_text(GtkEntry *entry)
{
	return g_strstrip(g_strdup(gtk_editable_get_text(GTK_EDITABLE(entry))));
}

/* NULL where the price cannot be read: it has been said. Its tax is the country's usual one. */
static Item *item_from_form(OfficeUnknownPane *self)
{
	g_autoptr(Item) item = item_new(0);
	g_autofree char *price = dup_text(self->price);

	if (*price != '\0') {
		item->has_price = office_money_parse(self->desk, price, &item->price);
		if (!item->has_price) {
			say(self, _("The price cannot be read. Type it as 12.50 or 2500."));
			gtk_widget_grab_focus(GTK_WIDGET(self->price));
			return NULL;
		}
	}
	g_free(item->name);
	item->name = dup_text(self->name);
	g_free(item->category);
	item->category = dup_text(self->category);
	item->unit = (Unit)gtk_drop_down_get_selected(self->unit);
	item->weighed = item->unit == UNIT_KILOGRAM;
	item->expires = gtk_check_button_get_active(self->expires);
	return g_steal_pointer(&item);
}

static void on_make(GtkWidget *widget, OfficeUnknownPane *self)
{
	g_autoptr(Item) item = NULL;
	Wish *wish;

	if (self->busy || (item = item_from_form(self)) == NULL)
		return;
	wish = g_new0(Wish, 1);
	wish->code = g_strdup(self->code);
	wish->item = g_steal_pointer(&item);
	wish->person_id = office_desk_get_person_id(self->desk);
	say(self, "");
	set_busy(self, true);
	office_ask(self->desk, OFFICE_QUICK, GTK_WIDGET(self), make_work, wish, wish_free, on_done);
}

static void on_next(GtkWidget *entry, GtkWidget *other)
{
	gtk_widget_grab_focus(other);
}

static void on_leave(GtkWidget *button, OfficeUnknownPane *self)
{
	g_signal_emit(self, left_signal, 0);
}

static void on_switched(GtkStack *stack, GParamSpec *spec, OfficeUnknownPane *self)
{
	bool is_new = g_strcmp0(gtk_stack_get_visible_child_name(stack), "new") == 0;

	if (gtk_widget_get_mapped(GTK_WIDGET(self)))
		gtk_widget_grab_focus(is_new ? GTK_WIDGET(self->name) : GTK_WIDGET(self->picker));
}

static void clear_form(OfficeUnknownPane *self)
{
	gtk_editable_set_text(GTK_EDITABLE(self->name), "");
	gtk_editable_set_text(GTK_EDITABLE(self->price), "");
	gtk_drop_down_set_selected(self->unit, UNIT_PIECE);
	gtk_check_button_set_active(self->expires, false);
	say(self, "");
}

void office_unknown_pane_open(OfficeUnknownPane *self, const char *text, bool is_code)
{
	g_autofree char *title =
		is_code ? g_strdup_printf(_("No goods have the code %s. Find the goods it is on, "
					    "or make new ones."),
					  text)
		: *text != '\0'
			? g_strdup_printf(_("Which goods are “%s”?"), text)
			: g_strdup(_("Which goods? Type the beginnings of words, then Enter."));
	bool may = office_desk_may(self->desk, RIGHT_EDIT_GOODS);

	if (is_code && !may) {
		g_free(title);
		title = g_strdup_printf(_("No goods have the code %s. Ask somebody who may change "
					  "goods; find the goods by name meanwhile."),
					text);
	}
	g_free(self->code);
	self->code = is_code && may ? g_strdup(text) : NULL;
	gtk_label_set_label(self->title, title);
	clear_form(self);
	gtk_widget_set_visible(self->switcher, may);
	gtk_stack_set_visible_child_name(self->stack, "find");
	office_item_picker_search(self->picker, is_code ? "" : text);
}

void office_unknown_pane_set_desk(OfficeUnknownPane *self, OfficeDesk *desk)
{
	self->desk = desk;
	office_item_picker_set_desk(self->picker, desk);
}

/* --- life --- */

static void fill_units(OfficeUnknownPane *self)
{
	g_autoptr(GtkStringList) units = gtk_string_list_new(NULL);

	for (Unit unit = 0; unit < UNIT_N; unit++)
		gtk_string_list_append(units, unit == UNIT_OTHER ? _("another")
								 : language_unit_name(unit));
	gtk_drop_down_set_model(self->unit, G_LIST_MODEL(units));
}

static void dispose(GObject *object)
{
	GtkWidget *child;

	while ((child = gtk_widget_get_first_child(GTK_WIDGET(object))) != NULL)
		gtk_widget_unparent(child);
	g_clear_pointer(&OFFICE_UNKNOWN_PANE(object)->code, g_free);
	G_OBJECT_CLASS(office_unknown_pane_parent_class)->dispose(object);
}

static void bind_template(GtkWidgetClass *klass)
{
	gtk_widget_class_set_template_from_resource(klass, "/shop/baraa/office/unknown_pane.ui");
	gtk_widget_class_bind_template_child(klass, OfficeUnknownPane, title);
	gtk_widget_class_bind_template_child(klass, OfficeUnknownPane, message);
	gtk_widget_class_bind_template_child(klass, OfficeUnknownPane, stack);
	gtk_widget_class_bind_template_child(klass, OfficeUnknownPane, switcher);
	gtk_widget_class_bind_template_child(klass, OfficeUnknownPane, make);
	gtk_widget_class_bind_template_child(klass, OfficeUnknownPane, picker);
	gtk_widget_class_bind_template_child(klass, OfficeUnknownPane, name);
	gtk_widget_class_bind_template_child(klass, OfficeUnknownPane, price);
	gtk_widget_class_bind_template_child(klass, OfficeUnknownPane, category);
	gtk_widget_class_bind_template_child(klass, OfficeUnknownPane, unit);
	gtk_widget_class_bind_template_child(klass, OfficeUnknownPane, expires);
	gtk_widget_class_bind_template_callback(klass, on_make);
	gtk_widget_class_bind_template_callback(klass, on_next);
	gtk_widget_class_bind_template_callback(klass, on_leave);
	gtk_widget_class_bind_template_callback(klass, on_switched);
}

static void office_unknown_pane_class_init(OfficeUnknownPaneClass *klass)
{
	GType type = G_TYPE_FROM_CLASS(klass);

	G_OBJECT_CLASS(klass)->dispose = dispose;
	known_signal = g_signal_new("known", type, G_SIGNAL_RUN_FIRST, 0, NULL, NULL, NULL,
				    G_TYPE_NONE, 1, G_TYPE_STRING);
	chosen_signal = g_signal_new("chosen", type, G_SIGNAL_RUN_FIRST, 0, NULL, NULL, NULL,
				     G_TYPE_NONE, 1, G_TYPE_INT64);
	left_signal =
		g_signal_new("left", type, G_SIGNAL_RUN_FIRST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
	gtk_widget_class_set_layout_manager_type(GTK_WIDGET_CLASS(klass), GTK_TYPE_BIN_LAYOUT);
	bind_template(GTK_WIDGET_CLASS(klass));
}

static void office_unknown_pane_init(OfficeUnknownPane *self)
{
	g_type_ensure(OFFICE_TYPE_ITEM_PICKER);
	gtk_widget_init_template(GTK_WIDGET(self));
	office_unseen_leave_out(self->stack);
	fill_units(self);
	g_signal_connect(self->picker, "picked", G_CALLBACK(on_picked), self);
}
