/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/suppliers_page.h"

#include "backoffice/buying/settlement.h"
#include "backoffice/ui/ask.h"
#include "backoffice/ui/import_page.h"
#include "backoffice/ui/proposal_pane.h"
#include "backoffice/ui/supplier_card.h"
#include "backoffice/ui/text_table.h"
#include "backoffice/ui/unseen.h"
#include "backoffice/ui/words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define SUPPLIERS_MAX 10000

struct _OfficeSuppliersPage {
	GtkWidget parent_instance;

	/* template children, borrowed */
	GtkStack *stack;
	GtkWidget *begin, *order;
	GtkEditable *search;
	GtkLabel *message, *sums;
	OfficeTextTable *table;
	OfficeSupplierCard *card;
	OfficeProposalPane *proposal;

	OfficeImportPage *import; /* borrowed; of the stack, made when it is first asked for */
	OfficeDesk *desk; /* borrowed */
	guint round; /* of questions: an answer to an older one is late */
	bool from_card; /* the proposal goes back there */
};

G_DEFINE_FINAL_TYPE(OfficeSuppliersPage, office_suppliers_page, GTK_TYPE_WIDGET)

enum { NAME, PHONE, OWED, OVERDUE, DUE, AMOUNT, N_COLUMNS };
static const OfficeColumn columns[N_COLUMNS] = {
	[NAME] = { N_("Supplier"), 0, false },	[PHONE] = { N_("Telephone"), 136, false },
	[OWED] = { N_("Owed"), 128, true },	[OVERDUE] = { N_("Overdue"), 128, true },
	[DUE] = { N_("Next due"), 104, false }, [AMOUNT] = { N_("Due then"), 128, true },
};

static bool is_on(const OfficeSuppliersPage *self, const char *name)
{
	return g_strcmp0(gtk_stack_get_visible_child_name(self->stack), name) == 0;
}

static void say(OfficeSuppliersPage *self, const char *text)
{
	gtk_label_set_label(self->message, text);
	gtk_widget_set_visible(GTK_WIDGET(self->message), *text != '\0');
}

/* --- the list ------------------------------------------------------------------------------ */

typedef struct {
	bool with_debts;
	guint round;
	int64_t shop_id; /* 0: all */

	/* owned */
	char *search;
	GPtrArray *suppliers, *accounts;
} Listing;

static void listing_free(void *data)
{
	Listing *self = data;

	g_free(self->search);
	g_clear_pointer(&self->suppliers, g_ptr_array_unref);
	g_clear_pointer(&self->accounts, g_ptr_array_unref);
	g_free(self);
}

static bool listing_work(Store *store, void *data, GError **error)
{
	Listing *self = data;

	self->suppliers = supplier_list(store, self->search, SUPPLIERS_MAX, error);
	if (self->suppliers == NULL || !self->with_debts)
		return self->suppliers != NULL;
	self->accounts = settlement_list(store, self->shop_id, 0, error);
	return self->accounts != NULL;
}

static const Settlement *account_of(const Listing *listing, int64_t supplier_id)
{
	for (guint i = 0; listing->accounts != NULL && i < listing->accounts->len; i++) {
		const Settlement *account = listing->accounts->pdata[i];

		if (account->supplier_id == supplier_id)
			return account;
	}
	return NULL;
}

static int64_t overdue_of(const Settlement *account)
{
	return account->ages[AGE_WEEK] + account->ages[AGE_MONTH] + account->ages[AGE_OLDER];
}

static void fill_debts(OfficeSuppliersPage *self, OfficeTextRow *row, const Settlement *account)
{
	int64_t overdue = overdue_of(account);

	row->tone = overdue > 0 ? OFFICE_RED : OFFICE_PLAIN;
	row->texts[OWED] = office_money_dup(self->desk, account->owed);
	if (overdue > 0)
		row->texts[OVERDUE] = office_money_dup(self->desk, overdue);
	if (account->next_due == 0)
		return;
	row->texts[DUE] = office_day_dup(account->next_due);
	row->texts[AMOUNT] = office_money_dup(self->desk, account->next_amount);
}

static void show_sums(OfficeSuppliersPage *self, const Listing *listing)
{
	g_autofree char *owed = NULL, *late = NULL, *text = NULL;
	int64_t sum = 0, overdue = 0;

	for (guint i = 0; listing->accounts != NULL && i < listing->accounts->len; i++) {
		const Settlement *account = listing->accounts->pdata[i];

		sum += account->owed;
		overdue += overdue_of(account);
	}
	owed = office_money_dup(self->desk, sum);
	late = office_money_dup(self->desk, overdue);
	/* Translators: two amounts, of all suppliers together. */
	text = g_strdup_printf(_("Owed to all: %s, of it overdue: %s"), owed, late);
	gtk_label_set_label(self->sums, text);
	gtk_widget_set_visible(GTK_WIDGET(self->sums), listing->with_debts);
}

static void show_rows(OfficeSuppliersPage *self, const Listing *listing)
{
	GPtrArray *rows = g_ptr_array_new();

	for (guint i = 0; i < listing->suppliers->len; i++) {
		const Supplier *supplier = listing->suppliers->pdata[i];
		const Settlement *account = account_of(listing, supplier->id);
		OfficeTextRow *row = office_text_row_new(supplier->id);

		row->texts[NAME] = g_strdup(supplier->name);
		row->texts[PHONE] = g_strdup(supplier->phone);
		if (account != NULL)
			fill_debts(self, row, account);
		g_ptr_array_add(rows, row);
	}
	if (rows->len == 0)
		say(self, *listing->search != '\0'
				  ? _("No supplier is called so.")
				  : _("There are no suppliers yet: Ctrl+N adds one, and so does a "
				      "delivery."));
	office_text_table_take(self->table, rows);
}

static void on_listed(GtkWidget *widget, void *data, const GError *error)
{
	OfficeSuppliersPage *self = OFFICE_SUPPLIERS_PAGE(widget);
	const Listing *listing = data;
	g_autofree char *text = error != NULL ? office_desk_dup_trouble(error) : g_strdup("");

	if (listing->round != self->round)
		return;
	say(self, text);
	if (error != NULL)
		return;
	show_rows(self, listing);
	show_sums(self, listing);
}

static void ask(OfficeSuppliersPage *self)
{
	Listing *listing = g_new0(Listing, 1);

	listing->with_debts = office_desk_may(self->desk, RIGHT_SEE_DEBTS);
	listing->shop_id = office_desk_may(self->desk, RIGHT_ALL_SHOPS)
				   ? 0
				   : office_desk_get_shop(self->desk)->id;
	listing->search = g_strdup(gtk_editable_get_text(self->search));
	listing->round = ++self->round;
	office_ask(self->desk, OFFICE_LONG, GTK_WIDGET(self), listing_work, listing, listing_free,
		   on_listed);
}

static void on_search(OfficeSuppliersPage *self)
{
	if (self->desk != NULL)
		ask(self);
}

/* --- from one to another ------------------------------------------------------------------- */

static void show_list(OfficeSuppliersPage *self)
{
	say(self, "");
	gtk_stack_set_visible_child_name(self->stack, "list");
	gtk_widget_grab_focus(GTK_WIDGET(self->table));
	ask(self);
}

static void open_card(OfficeSuppliersPage *self, int64_t id)
{
	gtk_stack_set_visible_child_name(self->stack, "card");
	office_supplier_card_open(self->card, id);
}

static void on_opened(OfficeTextTable *table, gint64 id, OfficeSuppliersPage *self)
{
	open_card(self, id);
}

static void propose(OfficeSuppliersPage *self, int64_t supplier_id, bool from_card)
{
	if (!office_desk_may(self->desk, RIGHT_ORDER))
		return;
	self->from_card = from_card;
	gtk_stack_set_visible_child_name(self->stack, "proposal");
	office_proposal_pane_open(self->proposal, supplier_id);
}

static void on_propose(OfficeSupplierCard *card, gint64 id, OfficeSuppliersPage *self)
{
	propose(self, id, true);
}

static void leave_proposal(OfficeSuppliersPage *self)
{
	if (!self->from_card) {
		show_list(self);
		return;
	}
	gtk_stack_set_visible_child_name(self->stack, "card");
	office_supplier_card_do(self->card, OFFICE_SUPPLIER_RELOAD);
	gtk_widget_grab_focus(GTK_WIDGET(self->card));
}

static void on_imported(OfficeImportPage *page, gboolean changed, OfficeSuppliersPage *self)
{
	gtk_stack_set_visible_child_name(self->stack, "card");
	office_supplier_card_do(self->card, OFFICE_SUPPLIER_RELOAD);
	gtk_widget_grab_focus(GTK_WIDGET(self->card));
}

static void on_import(OfficeSupplierCard *card, gint64 id, const char *name,
		      OfficeSuppliersPage *self)
{
	if (self->import == NULL) {
		self->import = OFFICE_IMPORT_PAGE(office_import_page_new(self->desk));
		gtk_stack_add_named(self->stack, GTK_WIDGET(self->import), "import");
		g_signal_connect_object(self->import, "done", G_CALLBACK(on_imported), self, 0);
		office_unseen_leave_out(self->stack);
	}
	office_import_page_set_supplier(self->import, id, name);
	gtk_stack_set_visible_child_name(self->stack, "import");
	office_import_page_open(self->import);
}

/* --- keys ---------------------------------------------------------------------------------- */

static void begin(GtkWidget *widget, const char *action, GVariant *parameter)
{
	OfficeSuppliersPage *self = OFFICE_SUPPLIERS_PAGE(widget);

	if (is_on(self, "list") && office_desk_may(self->desk, RIGHT_SUPPLIERS))
		open_card(self, 0);
}

static void order(GtkWidget *widget, const char *action, GVariant *parameter)
{
	OfficeSuppliersPage *self = OFFICE_SUPPLIERS_PAGE(widget);

	if (is_on(self, "list"))
		propose(self, 0, false);
	else if (is_on(self, "card"))
		office_supplier_card_do(self->card, OFFICE_SUPPLIER_PROPOSE);
}

static void reload(GtkWidget *widget, const char *action, GVariant *parameter)
{
	OfficeSuppliersPage *self = OFFICE_SUPPLIERS_PAGE(widget);

	if (is_on(self, "list"))
		ask(self);
	else if (is_on(self, "card"))
		office_supplier_card_do(self->card, OFFICE_SUPPLIER_RELOAD);
	else if (is_on(self, "proposal"))
		office_proposal_pane_reload(self->proposal);
}

static void find(GtkWidget *widget, const char *action, GVariant *parameter)
{
	OfficeSuppliersPage *self = OFFICE_SUPPLIERS_PAGE(widget);

	if (is_on(self, "list"))
		gtk_widget_grab_focus(GTK_WIDGET(self->search));
	else if (is_on(self, "card"))
		office_supplier_card_do(self->card, OFFICE_SUPPLIER_FIND);
}

static void post(GtkWidget *widget, const char *action, GVariant *parameter)
{
	OfficeSuppliersPage *self = OFFICE_SUPPLIERS_PAGE(widget);

	if (is_on(self, "card"))
		office_supplier_card_do(self->card, OFFICE_SUPPLIER_WRITE);
	else if (is_on(self, "proposal"))
		office_proposal_pane_create(self->proposal);
}

static void save(GtkWidget *widget, const char *action, GVariant *parameter)
{
	OfficeSuppliersPage *self = OFFICE_SUPPLIERS_PAGE(widget);
	bool book = g_str_equal(g_variant_get_string(parameter, NULL), "xlsx");

	if (is_on(self, "card"))
		office_supplier_card_do(self->card, book ? OFFICE_SUPPLIER_SAVE_XLSX
							 : OFFICE_SUPPLIER_SAVE_PDF);
}

static void print(GtkWidget *widget, const char *action, GVariant *parameter)
{
	OfficeSuppliersPage *self = OFFICE_SUPPLIERS_PAGE(widget);

	if (is_on(self, "card"))
		office_supplier_card_do(self->card, OFFICE_SUPPLIER_PRINT);
}

static void go_back(GtkWidget *widget, const char *action, GVariant *parameter)
{
	OfficeSuppliersPage *self = OFFICE_SUPPLIERS_PAGE(widget);

	if (is_on(self, "card"))
		show_list(self);
	else if (is_on(self, "proposal"))
		leave_proposal(self);
}

/* --- life ---------------------------------------------------------------------------------- */

GtkWidget *office_suppliers_page_new(OfficeDesk *desk)
{
	OfficeSuppliersPage *self = g_object_new(OFFICE_TYPE_SUPPLIERS_PAGE, NULL);
	bool debts = office_desk_may(desk, RIGHT_SEE_DEBTS);

	self->desk = desk;
	for (int column = OWED; column <= AMOUNT; column++)
		office_text_table_show_column(self->table, column, debts);
	gtk_widget_set_visible(self->begin, office_desk_may(desk, RIGHT_SUPPLIERS));
	gtk_widget_set_visible(self->order, office_desk_may(desk, RIGHT_ORDER));
	office_supplier_card_set_desk(self->card, desk);
	office_proposal_pane_set_desk(self->proposal, desk);
	say(self, "");
	ask(self);
	return GTK_WIDGET(self);
}

static gboolean grab_focus(GtkWidget *widget)
{
	OfficeSuppliersPage *self = OFFICE_SUPPLIERS_PAGE(widget);

	if (is_on(self, "list"))
		return gtk_widget_grab_focus(GTK_WIDGET(self->table));
	return gtk_widget_grab_focus(gtk_stack_get_visible_child(self->stack));
}

static void dispose(GObject *object)
{
	GtkWidget *child;

	OFFICE_SUPPLIERS_PAGE(object)->desk = NULL;
	while ((child = gtk_widget_get_first_child(GTK_WIDGET(object))) != NULL)
		gtk_widget_unparent(child);
	G_OBJECT_CLASS(office_suppliers_page_parent_class)->dispose(object);
}

static void install_actions(GtkWidgetClass *klass)
{
	gtk_widget_class_install_action(klass, "page.new", NULL, begin);
	gtk_widget_class_install_action(klass, "page.head", NULL, order);
	gtk_widget_class_install_action(klass, "page.reload", NULL, reload);
	gtk_widget_class_install_action(klass, "page.find", NULL, find);
	gtk_widget_class_install_action(klass, "page.post", NULL, post);
	gtk_widget_class_install_action(klass, "page.save", "s", save);
	gtk_widget_class_install_action(klass, "page.print", NULL, print);
	gtk_widget_class_install_action(klass, "page.back", NULL, go_back);
}

static void bind_template(GtkWidgetClass *klass)
{
	gtk_widget_class_set_template_from_resource(klass, "/shop/baraa/office/suppliers_page.ui");
	gtk_widget_class_bind_template_child(klass, OfficeSuppliersPage, stack);
	gtk_widget_class_bind_template_child(klass, OfficeSuppliersPage, begin);
	gtk_widget_class_bind_template_child(klass, OfficeSuppliersPage, order);
	gtk_widget_class_bind_template_child(klass, OfficeSuppliersPage, search);
	gtk_widget_class_bind_template_child(klass, OfficeSuppliersPage, message);
	gtk_widget_class_bind_template_child(klass, OfficeSuppliersPage, sums);
	gtk_widget_class_bind_template_child(klass, OfficeSuppliersPage, table);
	gtk_widget_class_bind_template_child(klass, OfficeSuppliersPage, card);
	gtk_widget_class_bind_template_child(klass, OfficeSuppliersPage, proposal);
	gtk_widget_class_bind_template_callback(klass, on_opened);
	gtk_widget_class_bind_template_callback(klass, on_search);
	gtk_widget_class_bind_template_callback(klass, on_propose);
	gtk_widget_class_bind_template_callback(klass, on_import);
}

static void office_suppliers_page_class_init(OfficeSuppliersPageClass *klass)
{
	GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

	G_OBJECT_CLASS(klass)->dispose = dispose;
	widget_class->grab_focus = grab_focus;
	gtk_widget_class_set_layout_manager_type(widget_class, GTK_TYPE_BIN_LAYOUT);
	install_actions(widget_class);
	bind_template(widget_class);
}

static void office_suppliers_page_init(OfficeSuppliersPage *self)
{
	g_type_ensure(OFFICE_TYPE_TEXT_TABLE);
	g_type_ensure(OFFICE_TYPE_SUPPLIER_CARD);
	g_type_ensure(OFFICE_TYPE_PROPOSAL_PANE);
	gtk_widget_init_template(GTK_WIDGET(self));
	office_unseen_leave_out(self->stack);
	office_text_table_set_columns(self->table, _("Suppliers"), columns, N_COLUMNS);
	office_text_table_tone_columns(self->table, 1U << OVERDUE);
}
