/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/supplier_shelf.h"

#include "backoffice/buying/supplier_goods.h"
#include "backoffice/goods/item.h"
#include "backoffice/ui/ask.h"
#include "backoffice/ui/message.h"
#include "backoffice/ui/text_table.h"
#include "backoffice/ui/words.h"

#include <glib/gi18n-lib.h>

#define GOODS_MAX 20000
#define SINCE_EVER 20000101 /* of a cost that stood there before there was a history */

struct _OfficeSupplierShelf {
	GtkWidget parent_instance;

	/* template children, borrowed */
	GtkEditable *add, *code, *cost, *factor, *least;
	GtkCheckButton *usual;
	GtkWidget *form, *import_button, *write_button, *remove_button;
	GtkLabel *what, *message;
	OfficeTextTable *table;

	GPtrArray *goods; /* owned; of SupplierGoods; NULL: not read yet */
	SupplierGoods *fresh; /* owned; goods that are not his yet, or NULL */
	OfficeDesk *desk; /* borrowed */
	int64_t supplier_id;
	int64_t open_id; /* item in the form; 0: none */
	guint round;
	bool busy;
};

G_DEFINE_FINAL_TYPE(OfficeSupplierShelf, office_supplier_shelf, GTK_TYPE_WIDGET)

static guint import_signal;

enum { CODE, NAME, COST, PACK, LEAST, MARGIN, USUAL, N_COLUMNS };
static const OfficeColumn columns[N_COLUMNS] = {
	[CODE] = { N_("Their code"), 96, false }, [NAME] = { N_("Goods"), 0, false },
	[COST] = { N_("Cost"), 112, true },	  [PACK] = { N_("In a pack"), 96, true },
	[LEAST] = { N_("At least"), 96, true },	  [MARGIN] = { N_("Margin"), 104, true },
	[USUAL] = { N_("Usual"), 96, false },
};

static const SupplierGoods *find(const OfficeSupplierShelf *self, int64_t id)
{
	if (self->fresh != NULL && self->fresh->item_id == id)
		return self->fresh;
	for (guint i = 0; self->goods != NULL && i < self->goods->len; i++) {
		const SupplierGoods *goods = self->goods->pdata[i];

		if (goods->item_id == id)
			return goods;
	}
	return NULL;
}

/* --- the form ------------------------------------------------------------------------------ */

static void put_quantity(GtkEditable *field, int64_t micro)
{
	g_autofree char *text = quantity_dup_decimal((Quantity){ micro });

	gtk_editable_set_text(field, micro != 0 ? text : "");
}

/* What it is, and since when it costs that. */
static void show_what(OfficeSupplierShelf *self, const SupplierGoods *goods)
{
	g_autofree char *since =
		goods != NULL && goods->since > SINCE_EVER ? office_day_dup(goods->since) : NULL;
	g_autofree char *text =
		since != NULL ? g_strdup_printf(_("%s, this cost since %s"), goods->name, since)
			      : g_strdup(goods != NULL ? goods->name : "");

	gtk_label_set_label(self->what, text);
}

/* NULL: nothing is open. */
static void fill_form(OfficeSupplierShelf *self, const SupplierGoods *goods)
{
	g_autofree char *cost = goods != NULL && goods->has_cost
					? office_money_dup_plain(self->desk, goods->cost)
					: g_strdup("");

	self->open_id = goods != NULL ? goods->item_id : 0;
	show_what(self, goods);
	gtk_editable_set_text(self->code, goods != NULL ? goods->code : "");
	gtk_editable_set_text(self->cost, cost);
	put_quantity(self->factor, goods != NULL ? goods->factor : 0);
	put_quantity(self->least, goods != NULL ? goods->least : 0);
	gtk_check_button_set_active(self->usual, goods != NULL && goods->usual);
	gtk_widget_set_sensitive(self->form,
				 goods != NULL && office_desk_may(self->desk, RIGHT_ORDER));
	gtk_widget_set_sensitive(self->remove_button, goods != NULL && goods != self->fresh);
}

static void on_chosen(OfficeTextTable *table, gint64 id, OfficeSupplierShelf *self)
{
	const SupplierGoods *goods = find(self, id);

	if (goods != NULL && !self->busy)
		fill_form(self, goods);
}

static void on_activated(OfficeTextTable *table, gint64 id, OfficeSupplierShelf *self)
{
	on_chosen(table, id, self);
	gtk_widget_grab_focus(GTK_WIDGET(self->cost));
}

/* --- the table ----------------------------------------------------------------------------- */

static char *dup_margin(const OfficeSupplierShelf *self, const SupplierGoods *goods)
{
	int64_t margin;

	if (!goods->has_cost || !goods->has_price ||
	    !supplier_goods_margin(goods->price, goods->cost, &margin))
		return NULL;
	return number_text_percent(office_desk_get_style(self->desk), margin);
}

static OfficeTextRow *row_of(const OfficeSupplierShelf *self, const SupplierGoods *goods)
{
	OfficeTextRow *row = office_text_row_new(goods->item_id);

	row->texts[CODE] = g_strdup(goods->code);
	row->texts[NAME] = g_strdup(goods->name);
	row->texts[COST] = goods->has_cost ? office_money_dup(self->desk, goods->cost) : NULL;
	row->texts[PACK] =
		goods->factor != 0 ? office_quantity_dup(self->desk, goods->factor, NULL) : NULL;
	row->texts[LEAST] =
		goods->least != 0 ? office_quantity_dup(self->desk, goods->least, NULL) : NULL;
	row->texts[MARGIN] = dup_margin(self, goods);
	row->texts[USUAL] = g_strdup(goods->usual ? _("● usually") : "");
	return row;
}

static void show_goods(OfficeSupplierShelf *self)
{
	GPtrArray *rows = g_ptr_array_new();

	for (guint i = 0; i < self->goods->len; i++)
		g_ptr_array_add(rows, row_of(self, self->goods->pdata[i]));
	office_text_table_take(self->table, rows);
}

/* --- reading and writing ------------------------------------------------------------------- */

typedef enum { SHELF_READ, SHELF_ADD, SHELF_WRITE, SHELF_REMOVE } OrderKind;

typedef struct {
	OrderKind kind;
	int64_t supplier_id, person_id;
	guint round;

	/* owned */
	SupplierGoods *one; /* to be written or taken out; of SHELF_ADD: what was found */
	char *search; /* NULL: all */
	GPtrArray *goods; /* the answer */
} Order;

static void order_free(void *data)
{
	Order *self = data;

	supplier_goods_free(self->one);
	g_free(self->search);
	g_clear_pointer(&self->goods, g_ptr_array_unref);
	g_free(self);
}

/* A code of goods opens them; anything else is searched for among his. */
static bool find_code(Store *store, Order *self, GError **error)
{
	GError *failed = NULL;
	g_autoptr(Goods) goods = NULL;
	ItemScan scan;

	if (!item_find_scan(store, self->search, &scan, &failed)) {
		if (failed != NULL)
			g_propagate_error(error, failed);
		return failed == NULL;
	}
	goods = goods_find(store, scan.item_id, error);
	if (goods == NULL)
		return false;
	self->one = supplier_goods_new(goods->id);
	g_free(self->one->name);
	self->one->name = g_strdup(goods->name);
	self->one->has_cost = goods->has_cost;
	self->one->cost = goods->cost;
	g_clear_pointer(&self->search, g_free);
	return true;
}

static bool order_work(Store *store, void *data, GError **error)
{
	Order *self = data;

	if (self->kind == SHELF_ADD && !find_code(store, self, error))
		return false;
	if (self->kind == SHELF_WRITE &&
	    !supplier_goods_write(store, self->supplier_id, self->one, self->person_id, error))
		return false;
	if (self->kind == SHELF_REMOVE &&
	    !supplier_goods_remove(store, self->supplier_id, self->one->item_id, self->person_id,
				   error))
		return false;
	self->goods =
		supplier_goods_list(store, self->supplier_id, 0, self->search, GOODS_MAX, error);
	return self->goods != NULL;
}

/* What was scanned: his already, or to be his. */
static void show_added(OfficeSupplierShelf *self, Order *order)
{
	const SupplierGoods *known;

	if (order->one == NULL) {
		office_message_say(self->message,
				   self->goods->len > 0 ? ""
							: _("Nothing of his is called so, and no "
							    "goods have this code."),
				   self->goods->len == 0);
		return;
	}
	known = find(self, order->one->item_id);
	if (known == NULL)
		self->fresh = g_steal_pointer(&order->one);
	fill_form(self, known != NULL ? known : self->fresh);
	office_text_table_choose(self->table, self->open_id);
	gtk_editable_set_text(self->add, "");
	office_message_say(self->message,
			   known != NULL ? _("These goods are among his already.")
					 : _("Say under which code he has them and for how much, "
					     "then F12."),
			   false);
	gtk_widget_grab_focus(GTK_WIDGET(self->code));
}

static void on_done(GtkWidget *widget, void *data, const GError *error)
{
	OfficeSupplierShelf *self = OFFICE_SUPPLIER_SHELF(widget);
	g_autofree char *text = error != NULL ? office_desk_dup_trouble(error) : NULL;
	Order *order = data;

	if (order->kind != SHELF_READ)
		self->busy = false;
	if (text != NULL) {
		office_message_say(self->message, text, true);
		return;
	}
	if (order->round != self->round)
		return;
	g_clear_pointer(&self->goods, g_ptr_array_unref);
	g_clear_pointer(&self->fresh, supplier_goods_free);
	self->goods = g_steal_pointer(&order->goods);
	show_goods(self);
	if (order->kind == SHELF_ADD) {
		show_added(self, order);
		return;
	}
	fill_form(self, find(self, self->open_id));
	if (self->goods->len == 0)
		office_message_say(self->message,
				   _("He has no goods yet: scan some, read his price list from a "
				     "file, or post a delivery of his."),
				   false);
	else if (order->kind != SHELF_READ)
		office_message_say(self->message,
				   order->kind == SHELF_WRITE ? _("Written.")
							      : _("He has them no more."),
				   false);
}

static Order *order_new(OfficeSupplierShelf *self, OrderKind kind)
{
	Order *order = g_new0(Order, 1);

	order->kind = kind;
	order->supplier_id = self->supplier_id;
	order->person_id = office_desk_get_person_id(self->desk);
	order->round = ++self->round;
	self->busy = kind != SHELF_READ;
	return order;
}

static void run(OfficeSupplierShelf *self, Order *order)
{
	office_ask(self->desk, OFFICE_QUICK, GTK_WIDGET(self), order_work, order, order_free,
		   on_done);
}

void office_supplier_shelf_open(OfficeSupplierShelf *self, int64_t supplier_id)
{
	if (supplier_id != self->supplier_id) {
		g_clear_pointer(&self->fresh, supplier_goods_free);
		fill_form(self, NULL);
		gtk_editable_set_text(self->add, "");
		office_message_say(self->message, "", false);
	}
	self->supplier_id = supplier_id;
	gtk_widget_set_sensitive(GTK_WIDGET(self), supplier_id != 0);
	if (supplier_id != 0)
		run(self, order_new(self, SHELF_READ));
	else
		office_text_table_take(self->table, g_ptr_array_new());
}

static void on_add(OfficeSupplierShelf *self)
{
	g_autofree char *text = g_strstrip(g_strdup(gtk_editable_get_text(self->add)));
	Order *order;

	if (self->busy || self->supplier_id == 0)
		return;
	order = order_new(self, *text != '\0' ? SHELF_ADD : SHELF_READ);
	order->search = *text != '\0' ? g_steal_pointer(&text) : NULL;
	run(self, order);
}

static bool read_quantity(OfficeSupplierShelf *self, GtkEditable *field, int64_t *ret)
{
	g_autofree char *text = g_strstrip(g_strdup(gtk_editable_get_text(field)));
	Quantity quantity = { 0 };

	*ret = 0;
	if (*text == '\0')
		return true;
	if (quantity_parse_decimal(text, &quantity) && quantity.micro > 0) {
		*ret = quantity.micro;
		return true;
	}
	office_message_say(self->message,
			   _("A quantity is a number, or empty where it is not "
			     "said."),
			   true);
	gtk_widget_grab_focus(GTK_WIDGET(field));
	return false;
}

static bool read_form(OfficeSupplierShelf *self, SupplierGoods *goods)
{
	g_autofree char *cost = g_strstrip(g_strdup(gtk_editable_get_text(self->cost)));

	g_free(goods->code);
	goods->code = g_strstrip(g_strdup(gtk_editable_get_text(self->code)));
	goods->usual = gtk_check_button_get_active(self->usual);
	goods->has_cost = *cost != '\0';
	if (goods->has_cost && !office_money_parse(self->desk, cost, &goods->cost)) {
		office_message_say(self->message, _("The cost is not an amount."), true);
		gtk_widget_grab_focus(GTK_WIDGET(self->cost));
		return false;
	}
	return read_quantity(self, self->factor, &goods->factor) &&
	       read_quantity(self, self->least, &goods->least);
}

void office_supplier_shelf_write(OfficeSupplierShelf *self)
{
	const SupplierGoods *known = find(self, self->open_id);
	g_autoptr(SupplierGoods) goods = NULL;
	Order *order;

	if (self->busy || known == NULL || !office_desk_may(self->desk, RIGHT_ORDER))
		return;
	goods = supplier_goods_new(self->open_id);
	if (!read_form(self, goods))
		return;
	goods->pack_id = goods->factor == known->factor ? known->pack_id : 0;
	order = order_new(self, SHELF_WRITE);
	order->one = g_steal_pointer(&goods);
	run(self, order);
}

static void write_it(OfficeSupplierShelf *self)
{
	office_supplier_shelf_write(self);
}

static void take_out(OfficeSupplierShelf *self)
{
	Order *order;

	if (self->busy || self->open_id == 0)
		return;
	order = order_new(self, SHELF_REMOVE);
	order->one = supplier_goods_new(self->open_id);
	run(self, order);
}

static void begin_import(OfficeSupplierShelf *self)
{
	g_signal_emit(self, import_signal, 0);
}

void office_supplier_shelf_find(OfficeSupplierShelf *self)
{
	gtk_widget_grab_focus(GTK_WIDGET(self->add));
}

/* --- life ---------------------------------------------------------------------------------- */

void office_supplier_shelf_set_desk(OfficeSupplierShelf *self, OfficeDesk *desk)
{
	bool costs = office_desk_may(desk, RIGHT_SEE_COST);

	self->desk = desk;
	office_text_table_show_column(self->table, COST, costs);
	office_text_table_show_column(self->table, MARGIN, costs);
	gtk_widget_set_visible(self->form, costs && office_desk_may(desk, RIGHT_ORDER));
	gtk_widget_set_visible(self->import_button, office_desk_may(desk, RIGHT_ORDER));
	fill_form(self, NULL);
}

static gboolean grab_focus(GtkWidget *widget)
{
	return gtk_widget_grab_focus(GTK_WIDGET(OFFICE_SUPPLIER_SHELF(widget)->add));
}

static void dispose(GObject *object)
{
	OfficeSupplierShelf *self = OFFICE_SUPPLIER_SHELF(object);
	GtkWidget *child;

	g_clear_pointer(&self->goods, g_ptr_array_unref);
	g_clear_pointer(&self->fresh, supplier_goods_free);
	while ((child = gtk_widget_get_first_child(GTK_WIDGET(self))) != NULL)
		gtk_widget_unparent(child);
	G_OBJECT_CLASS(office_supplier_shelf_parent_class)->dispose(object);
}

static void bind_template(GtkWidgetClass *klass)
{
	gtk_widget_class_set_template_from_resource(klass, "/shop/baraa/office/supplier_shelf.ui");
	gtk_widget_class_bind_template_child(klass, OfficeSupplierShelf, add);
	gtk_widget_class_bind_template_child(klass, OfficeSupplierShelf, code);
	gtk_widget_class_bind_template_child(klass, OfficeSupplierShelf, cost);
	gtk_widget_class_bind_template_child(klass, OfficeSupplierShelf, factor);
	gtk_widget_class_bind_template_child(klass, OfficeSupplierShelf, least);
	gtk_widget_class_bind_template_child(klass, OfficeSupplierShelf, usual);
	gtk_widget_class_bind_template_child(klass, OfficeSupplierShelf, form);
	gtk_widget_class_bind_template_child(klass, OfficeSupplierShelf, import_button);
	gtk_widget_class_bind_template_child(klass, OfficeSupplierShelf, write_button);
	gtk_widget_class_bind_template_child(klass, OfficeSupplierShelf, remove_button);
	gtk_widget_class_bind_template_child(klass, OfficeSupplierShelf, what);
	gtk_widget_class_bind_template_child(klass, OfficeSupplierShelf, message);
	gtk_widget_class_bind_template_child(klass, OfficeSupplierShelf, table);
	gtk_widget_class_bind_template_callback(klass, on_add);
	gtk_widget_class_bind_template_callback(klass, on_chosen);
	gtk_widget_class_bind_template_callback(klass, on_activated);
	gtk_widget_class_bind_template_callback(klass, write_it);
	gtk_widget_class_bind_template_callback(klass, take_out);
	gtk_widget_class_bind_template_callback(klass, begin_import);
}

static void office_supplier_shelf_class_init(OfficeSupplierShelfClass *klass)
{
	GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

	G_OBJECT_CLASS(klass)->dispose = dispose;
	widget_class->grab_focus = grab_focus;
	import_signal = g_signal_new("import", G_TYPE_FROM_CLASS(klass), G_SIGNAL_RUN_FIRST, 0,
				     NULL, NULL, NULL, G_TYPE_NONE, 0);
	gtk_widget_class_set_layout_manager_type(widget_class, GTK_TYPE_BIN_LAYOUT);
	bind_template(widget_class);
}

static void office_supplier_shelf_init(OfficeSupplierShelf *self)
{
	g_type_ensure(OFFICE_TYPE_TEXT_TABLE);
	gtk_widget_init_template(GTK_WIDGET(self));
	office_text_table_set_columns(self->table, _("Goods of the supplier"), columns, N_COLUMNS);
}
