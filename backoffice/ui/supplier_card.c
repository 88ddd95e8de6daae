/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/supplier_card.h"

#include "backoffice/stock/stock.h"
#include "backoffice/ui/ask.h"
#include "backoffice/ui/message.h"
#include "backoffice/ui/order_output.h"
#include "backoffice/ui/supplier_account.h"
#include "backoffice/ui/supplier_shelf.h"
#include "backoffice/ui/supplier_terms.h"
#include "backoffice/ui/text_table.h"
#include "backoffice/ui/unseen.h"
#include "backoffice/ui/words.h"

#include <glib/gi18n-lib.h>

#define ORDERS_MAX 200

struct _OfficeSupplierCard {
	GtkWidget parent_instance;

	/* template children, borrowed */
	GtkStack *stack;
	GtkLabel *name, *message;
	GtkWidget *propose, *switcher;
	OfficeSupplierTerms *terms;
	OfficeSupplierShelf *shelf;
	OfficeTextTable *orders;
	OfficeSupplierAccount *account;

	OfficeDesk *desk; /* borrowed */
	GPtrArray *documents; /* owned; of DocumentSummary; NULL: not read yet */
	int64_t id; /* 0: a new one */
	guint round;
};

G_DEFINE_FINAL_TYPE(OfficeSupplierCard, office_supplier_card, GTK_TYPE_WIDGET)

static guint propose_signal, import_signal;

enum { NUMBER, DAY, STATE, LINES, VALUE, N_COLUMNS };
static const OfficeColumn columns[N_COLUMNS] = {
	[NUMBER] = { N_("Number"), 112, false }, [DAY] = { N_("Day"), 136, false },
	[STATE] = { N_("State"), 0, false },	 [LINES] = { N_("Lines"), 80, true },
	[VALUE] = { N_("Amount"), 128, true },
};

static bool is_on(const OfficeSupplierCard *self, const char *name)
{
	return g_strcmp0(gtk_stack_get_visible_child_name(self->stack), name) == 0;
}

static void say(GtkWidget *widget, const char *text)
{
	OfficeSupplierCard *self = OFFICE_SUPPLIER_CARD(widget);

	office_message_say(self->message, text, false);
	gtk_widget_set_visible(GTK_WIDGET(self->message), *text != '\0');
}

/* --- showing ------------------------------------------------------------------------------- */

static void show_orders(OfficeSupplierCard *self)
{
	GPtrArray *rows = g_ptr_array_new();

	for (guint i = 0; i < self->documents->len; i++) {
		const DocumentSummary *it = self->documents->pdata[i];
		OfficeTextRow *row = office_text_row_new(it->id);
		int64_t at = it->at != 0 ? it->at : it->created_at;

		row->texts[NUMBER] = g_strdup(it->number);
		row->texts[DAY] = office_time_dup(self->desk, at);
		row->texts[STATE] = g_strdup(document_state_title(it->state));
		row->texts[LINES] = g_strdup_printf("%d", it->n_lines);
		row->texts[VALUE] = office_money_dup(self->desk, it->value);
		row->tone = it->state == DOCUMENT_DRAFT ? OFFICE_AMBER : OFFICE_PLAIN;
		g_ptr_array_add(rows, row);
	}
	office_text_table_take(self->orders, rows);
}

typedef struct {
	int64_t id, shop_id;
	guint round;

	/* owned */
	Supplier *supplier;
	GPtrArray *documents;
} Order;

static void order_free(void *data)
{
	Order *self = data;

	supplier_free(self->supplier);
	g_clear_pointer(&self->documents, g_ptr_array_unref);
	g_free(self);
}

static bool order_work(Store *store, void *data, GError **error)
{
	Order *self = data;
	const DocumentFilter filter = { .shop_id = self->shop_id,
					.kind = DOCUMENT_ORDER,
					.state = -1,
					.supplier_id = self->id };

	self->supplier = supplier_read(store, self->id, error);
	if (self->supplier == NULL)
		return false;
	self->documents = document_list(store, &filter, 0, ORDERS_MAX, error);
	return self->documents != NULL;
}

static void on_read(GtkWidget *widget, void *data, const GError *error)
{
	OfficeSupplierCard *self = OFFICE_SUPPLIER_CARD(widget);
	g_autofree char *text = error != NULL ? office_desk_dup_trouble(error) : g_strdup("");
	Order *order = data;

	if (order->round != self->round)
		return;
	say(widget, text);
	if (error != NULL)
		return;
	gtk_label_set_label(self->name, order->supplier->name);
	office_supplier_terms_show(self->terms, order->supplier);
	g_clear_pointer(&self->documents, g_ptr_array_unref);
	self->documents = g_steal_pointer(&order->documents);
	show_orders(self);
}

static void ask(OfficeSupplierCard *self)
{
	Order *order;

	office_supplier_shelf_open(self->shelf, self->id);
	office_supplier_account_open(self->account, self->id);
	if (self->id == 0)
		return;
	order = g_new0(Order, 1);
	order->id = self->id;
	order->shop_id = office_desk_get_shop(self->desk)->id;
	order->round = ++self->round;
	office_ask(self->desk, OFFICE_QUICK, GTK_WIDGET(self), order_work, order, order_free,
		   on_read);
}

static void begin_new(OfficeSupplierCard *self)
{
	g_autoptr(Supplier) supplier = supplier_new("");

	self->round++;
	gtk_label_set_label(self->name, _("New supplier"));
	office_supplier_terms_show(self->terms, supplier);
	office_text_table_take(self->orders, g_ptr_array_new());
}

void office_supplier_card_open(OfficeSupplierCard *self, int64_t supplier_id)
{
	const char *first = supplier_id == 0				   ? "terms"
			    : office_desk_may(self->desk, RIGHT_SEE_DEBTS) ? "account"
									   : "goods";

	self->id = supplier_id;
	say(GTK_WIDGET(self), "");
	gtk_widget_set_visible(self->switcher, supplier_id != 0);
	gtk_stack_set_visible_child_name(self->stack, first);
	if (supplier_id == 0)
		begin_new(self);
	ask(self);
	gtk_widget_grab_focus(gtk_stack_get_visible_child(self->stack));
}

static void on_written(OfficeSupplierTerms *terms, gint64 id, OfficeSupplierCard *self)
{
	self->id = id;
	gtk_widget_set_visible(self->switcher, true);
	ask(self);
}

/* --- papers -------------------------------------------------------------------------------- */

/* NULL: none is chosen, which is told. */
static const DocumentSummary *chosen_order(OfficeSupplierCard *self)
{
	int64_t id = office_text_table_get_chosen(self->orders);

	for (guint i = 0; self->documents != NULL && i < self->documents->len; i++) {
		const DocumentSummary *it = self->documents->pdata[i];

		if (it->id == id)
			return it;
	}
	say(GTK_WIDGET(self), _("Choose an order first."));
	return NULL;
}

static void save(OfficeSupplierCard *self, bool book)
{
	const DocumentSummary *order;

	if (is_on(self, "account")) {
		office_supplier_account_save(self->account, book);
		return;
	}
	order = is_on(self, "orders") ? chosen_order(self) : NULL;
	if (order != NULL)
		office_order_save(GTK_WIDGET(self), self->desk, order->id, order->number, book,
				  say);
}

static void print(OfficeSupplierCard *self)
{
	const DocumentSummary *order;

	if (is_on(self, "account")) {
		office_supplier_account_print(self->account);
		return;
	}
	order = is_on(self, "orders") ? chosen_order(self) : NULL;
	if (order != NULL)
		office_order_print(GTK_WIDGET(self), self->desk, order->id, order->number, say);
}

/* --- verbs --------------------------------------------------------------------------------- */

static void write_open(OfficeSupplierCard *self)
{
	if (is_on(self, "terms"))
		office_supplier_terms_write(self->terms);
	else if (is_on(self, "goods"))
		office_supplier_shelf_write(self->shelf);
	else if (is_on(self, "account"))
		office_supplier_account_pay(self->account);
}

static void find(OfficeSupplierCard *self)
{
	if (self->id == 0)
		return;
	gtk_stack_set_visible_child_name(self->stack, "goods");
	office_supplier_shelf_find(self->shelf);
}

void office_supplier_card_do(OfficeSupplierCard *self, OfficeSupplierVerb verb)
{
	switch (verb) {
	case OFFICE_SUPPLIER_WRITE:
		return write_open(self);
	case OFFICE_SUPPLIER_RELOAD:
		return ask(self);
	case OFFICE_SUPPLIER_FIND:
		return find(self);
	case OFFICE_SUPPLIER_PROPOSE:
		if (self->id != 0)
			g_signal_emit(self, propose_signal, 0, (gint64)self->id);
		return;
	case OFFICE_SUPPLIER_SAVE_PDF:
		return save(self, false);
	case OFFICE_SUPPLIER_SAVE_XLSX:
		return save(self, true);
	case OFFICE_SUPPLIER_PRINT:
		return print(self);
	}
}

static void on_import(OfficeSupplierCard *self)
{
	if (self->id != 0)
		g_signal_emit(self, import_signal, 0, (gint64)self->id,
			      gtk_label_get_label(self->name));
}

/* --- life ---------------------------------------------------------------------------------- */

void office_supplier_card_set_desk(OfficeSupplierCard *self, OfficeDesk *desk)
{
	self->desk = desk;
	office_supplier_terms_set_desk(self->terms, desk);
	office_supplier_shelf_set_desk(self->shelf, desk);
	office_supplier_account_set_desk(self->account, desk);
	office_text_table_show_column(self->orders, VALUE, office_desk_may(desk, RIGHT_SEE_COST));
	gtk_widget_set_visible(self->propose, office_desk_may(desk, RIGHT_ORDER));
	gtk_stack_page_set_visible(gtk_stack_get_page(self->stack, GTK_WIDGET(self->account)),
				   office_desk_may(desk, RIGHT_SEE_DEBTS));
}

static gboolean grab_focus(GtkWidget *widget)
{
	return gtk_widget_grab_focus(
		gtk_stack_get_visible_child(OFFICE_SUPPLIER_CARD(widget)->stack));
}

static void dispose(GObject *object)
{
	OfficeSupplierCard *self = OFFICE_SUPPLIER_CARD(object);
	GtkWidget *child;

	g_clear_pointer(&self->documents, g_ptr_array_unref);
	while ((child = gtk_widget_get_first_child(GTK_WIDGET(self))) != NULL)
		gtk_widget_unparent(child);
	G_OBJECT_CLASS(office_supplier_card_parent_class)->dispose(object);
}

static void bind_template(GtkWidgetClass *klass)
{
	gtk_widget_class_set_template_from_resource(klass, "/shop/baraa/office/supplier_card.ui");
	gtk_widget_class_bind_template_child(klass, OfficeSupplierCard, stack);
	gtk_widget_class_bind_template_child(klass, OfficeSupplierCard, name);
	gtk_widget_class_bind_template_child(klass, OfficeSupplierCard, message);
	gtk_widget_class_bind_template_child(klass, OfficeSupplierCard, propose);
	gtk_widget_class_bind_template_child(klass, OfficeSupplierCard, switcher);
	gtk_widget_class_bind_template_child(klass, OfficeSupplierCard, terms);
	gtk_widget_class_bind_template_child(klass, OfficeSupplierCard, shelf);
	gtk_widget_class_bind_template_child(klass, OfficeSupplierCard, orders);
	gtk_widget_class_bind_template_child(klass, OfficeSupplierCard, account);
	gtk_widget_class_bind_template_callback(klass, on_written);
	gtk_widget_class_bind_template_callback(klass, on_import);
}

static void office_supplier_card_class_init(OfficeSupplierCardClass *klass)
{
	GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);
	GType type = G_TYPE_FROM_CLASS(klass);

	G_OBJECT_CLASS(klass)->dispose = dispose;
	widget_class->grab_focus = grab_focus;
	propose_signal = g_signal_new("propose", type, G_SIGNAL_RUN_FIRST, 0, NULL, NULL, NULL,
				      G_TYPE_NONE, 1, G_TYPE_INT64);
	import_signal = g_signal_new("import", type, G_SIGNAL_RUN_FIRST, 0, NULL, NULL, NULL,
				     G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_STRING);
	gtk_widget_class_set_layout_manager_type(widget_class, GTK_TYPE_BIN_LAYOUT);
	bind_template(widget_class);
}

static void office_supplier_card_init(OfficeSupplierCard *self)
{
	g_type_ensure(OFFICE_TYPE_TEXT_TABLE);
	g_type_ensure(OFFICE_TYPE_SUPPLIER_TERMS);
	g_type_ensure(OFFICE_TYPE_SUPPLIER_SHELF);
	g_type_ensure(OFFICE_TYPE_SUPPLIER_ACCOUNT);
	gtk_widget_init_template(GTK_WIDGET(self));
	office_unseen_leave_out(self->stack);
	office_text_table_set_columns(self->orders, _("Orders"), columns, N_COLUMNS);
	office_text_table_tone_columns(self->orders, 1U << STATE);
}
