/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/supplier_account.h"

#include "backoffice/buying/settlement.h"
#include "backoffice/money/money.h"
#include "backoffice/report/buying_sheets.h"
#include "backoffice/ui/ask.h"
#include "backoffice/ui/drop_down.h"
#include "backoffice/ui/message.h"
#include "backoffice/ui/sheet_output.h"
#include "backoffice/ui/text_table.h"
#include "backoffice/ui/words.h"

#include <glib/gi18n-lib.h>

struct _OfficeSupplierAccount {
	GtkWidget parent_instance;

	/* template children, borrowed */
	GtkLabel *facts, *message;
	OfficeTextTable *table;
	GtkWidget *payment;
	GtkEditable *amount, *paper, *first, *last;
	GtkDropDown *from;

	/* owned; NULL: not read yet */
	Settlement *account;
	GPtrArray *purses; /* of MoneyAccount */

	OfficeDesk *desk; /* borrowed */
	int64_t supplier_id;
	guint round;
	bool busy;
};

G_DEFINE_FINAL_TYPE(OfficeSupplierAccount, office_supplier_account, GTK_TYPE_WIDGET)

enum { DAY, WHAT, PAPER, AMOUNT, DUE, LEFT, STATE, N_COLUMNS };
static const OfficeColumn columns[N_COLUMNS] = {
	[DAY] = { N_("Day"), 88, false },	    [WHAT] = { N_("Document"), 0, false },
	[PAPER] = { N_("Their paper"), 96, false }, [AMOUNT] = { N_("Amount"), 104, true },
	[DUE] = { N_("Due"), 88, false },	    [LEFT] = { N_("Not paid"), 104, true },
	[STATE] = { N_("State"), 136, false },
};

/* --- showing ------------------------------------------------------------------------------- */

static char *dup_late(int days)
{
	/* Translators: how late a bill is. */
	return g_strdup_printf(
		g_dngettext(GETTEXT_PACKAGE, "■ %d day late", "■ %d days late", (gulong)days),
		days);
}

static void fill_state(const OfficeSupplierAccount *self, OfficeTextRow *row,
		       const SettlementEntry *entry)
{
	int late = settlement_days_between(entry->due, office_today(self->desk));

	if (entry->left == 0) {
		row->texts[STATE] = g_strdup(entry->amount > 0 ? _("● paid") : "");
		row->tone = OFFICE_GREEN;
	} else if (entry->left < 0) {
		row->texts[STATE] = g_strdup(_("not used yet"));
	} else {
		row->texts[STATE] =
			late > 0 ? dup_late(late) : g_strdup(settlement_age_title(AGE_NOT_DUE));
		row->tone = late > 0 ? OFFICE_RED : OFFICE_PLAIN;
	}
}

/* Rows are told apart by their place: documents and payments have numbers of their own. */
static OfficeTextRow *row_of(const OfficeSupplierAccount *self, guint i)
{
	const SettlementEntry *entry = self->account->entries->pdata[i];
	OfficeTextRow *row = office_text_row_new((int64_t)i + 1);

	row->texts[DAY] = office_day_dup(entry->day);
	row->texts[WHAT] = *entry->number != '\0'
				   ? g_strdup_printf("%s %s", settlement_kind_title(entry->kind),
						     entry->number)
				   : g_strdup(settlement_kind_title(entry->kind));
	row->texts[PAPER] = g_strdup(entry->reference);
	row->texts[AMOUNT] = office_money_dup(self->desk, entry->amount);
	if (entry->amount > 0)
		row->texts[DUE] = office_day_dup(entry->due);
	if (entry->left != 0)
		row->texts[LEFT] = office_money_dup(self->desk, entry->left);
	fill_state(self, row, entry);
	return row;
}

/* The newest is what somebody looks for. */
static void show_entries(OfficeSupplierAccount *self)
{
	GPtrArray *rows = g_ptr_array_new();

	for (guint i = self->account->entries->len; i > 0; i--)
		g_ptr_array_add(rows, row_of(self, i - 1));
	office_text_table_take(self->table, rows);
}

static void add_fact(const OfficeSupplierAccount *self, GString *facts, const char *title,
		     int64_t minor)
{
	g_autofree char *text = office_money_dup(self->desk, minor);

	g_string_append_printf(facts, "%s%s: %s", facts->len > 0 ? "   ·   " : "", title, text);
}

static void show_facts(OfficeSupplierAccount *self)
{
	const Settlement *account = self->account;
	g_autoptr(GString) facts = g_string_new(NULL);

	add_fact(self, facts, account->owed < 0 ? _("They owe us") : _("Owed"), ABS(account->owed));
	for (SettlementAge age = 0; age < AGE_N; age++)
		if (account->ages[age] != 0)
			add_fact(self, facts, settlement_age_title(age), account->ages[age]);
	if (account->unused != 0)
		add_fact(self, facts, _("paid and not used"), account->unused);
	gtk_label_set_label(self->facts, facts->str);
}

static void show_purses(OfficeSupplierAccount *self)
{
	g_autoptr(GtkStringList) names = gtk_string_list_new(NULL);
	guint chosen = gtk_drop_down_get_selected(self->from);

	for (guint i = 0; i < self->purses->len; i++)
		gtk_string_list_append(names, ((const MoneyAccount *)self->purses->pdata[i])->name);
	gtk_drop_down_set_model(self->from, G_LIST_MODEL(names));
	if (chosen < self->purses->len)
		gtk_drop_down_set_selected(self->from, chosen);
}

/* --- reading, paying ----------------------------------------------------------------------- */

typedef struct {
	int64_t supplier_id, shop_id, all_shop_id, person_id;
	bool pays;
	MoneyEntry entry;
	guint round;

	/* owned */
	char *reference;
	Settlement *account;
	GPtrArray *purses;
} Order;

static void order_free(void *data)
{
	Order *self = data;

	g_free(self->reference);
	settlement_free(self->account);
	g_clear_pointer(&self->purses, g_ptr_array_unref);
	g_free(self);
}

/* Where money for suppliers may come from: in the shop's own currency, and not closed. */
static GPtrArray *read_purses(Store *store, int64_t shop_id, GError **error)
{
	g_autoptr(GPtrArray) all = money_accounts(store, shop_id, 0, error);

	if (all == NULL)
		return NULL;
	for (guint i = all->len; i > 0; i--) {
		const MoneyAccount *purse = all->pdata[i - 1];

		if (purse->closed || purse->currency != purse->home_currency ||
		    purse->place == MONEY_DRAWER)
			g_ptr_array_remove_index(all, i - 1);
	}
	return g_steal_pointer(&all);
}

static bool order_work(Store *store, void *data, GError **error)
{
	Order *self = data;
	int64_t number;

	self->entry.reference = self->reference;
	if (self->pays && !money_enter(store, &self->entry, self->person_id, &number, error))
		return false;
	self->account = settlement_read(store, self->all_shop_id, self->supplier_id, 0, error);
	if (self->account == NULL)
		return false;
	self->purses = read_purses(store, self->shop_id, error);
	return self->purses != NULL;
}

static void on_done(GtkWidget *widget, void *data, const GError *error)
{
	OfficeSupplierAccount *self = OFFICE_SUPPLIER_ACCOUNT(widget);
	g_autofree char *text = error != NULL ? office_desk_dup_trouble(error) : NULL;
	Order *order = data;

	if (order->pays)
		self->busy = false;
	if (text != NULL) {
		office_message_say(self->message, text, true);
		return;
	}
	if (order->round != self->round)
		return;
	g_clear_pointer(&self->account, settlement_free);
	g_clear_pointer(&self->purses, g_ptr_array_unref);
	self->account = g_steal_pointer(&order->account);
	self->purses = g_steal_pointer(&order->purses);
	show_entries(self);
	show_facts(self);
	show_purses(self);
	if (!order->pays)
		return;
	gtk_editable_set_text(self->amount, "");
	gtk_editable_set_text(self->paper, "");
	office_message_say(self->message, _("Paid."), false);
}

static Order *order_new(OfficeSupplierAccount *self, bool pays)
{
	Order *order = g_new0(Order, 1);

	order->supplier_id = self->supplier_id;
	order->shop_id = office_desk_get_shop(self->desk)->id;
	order->all_shop_id = office_desk_may(self->desk, RIGHT_ALL_SHOPS) ? 0 : order->shop_id;
	order->person_id = office_desk_get_person_id(self->desk);
	order->pays = pays;
	order->round = ++self->round;
	return order;
}

static void run(OfficeSupplierAccount *self, Order *order)
{
	office_ask(self->desk, OFFICE_QUICK, GTK_WIDGET(self), order_work, order, order_free,
		   on_done);
}

/* What is left of the delivery that is chosen is what will most likely be paid. */
static void on_chosen(OfficeTextTable *table, gint64 id, OfficeSupplierAccount *self)
{
	const SettlementEntry *entry;
	g_autofree char *text = NULL;

	if (self->account == NULL || id <= 0 || id > (gint64)self->account->entries->len)
		return;
	entry = self->account->entries->pdata[id - 1];
	text = entry->left > 0 ? office_money_dup_plain(self->desk, entry->left) : g_strdup("");
	gtk_editable_set_text(self->amount, text);
}

static const SettlementEntry *chosen_debt(const OfficeSupplierAccount *self)
{
	int64_t id = office_text_table_get_chosen(self->table);
	const SettlementEntry *entry;

	if (id <= 0 || self->account == NULL || id > (int64_t)self->account->entries->len)
		return NULL;
	entry = self->account->entries->pdata[id - 1];
	return entry->kind == SETTLEMENT_DELIVERY && entry->left > 0 ? entry : NULL;
}

void office_supplier_account_pay(OfficeSupplierAccount *self)
{
	guint from = gtk_drop_down_get_selected(self->from);
	const SettlementEntry *debt = chosen_debt(self);
	int64_t amount;
	Order *order;

	if (self->busy || self->supplier_id == 0 || self->purses == NULL ||
	    !office_desk_may(self->desk, RIGHT_PAY_SUPPLIERS))
		return;
	if (!office_money_parse(self->desk, gtk_editable_get_text(self->amount), &amount) ||
	    amount == 0 || from >= self->purses->len) {
		office_message_say(self->message,
				   _("How much is paid, and from where? Choose a delivery to pay "
				     "what is left of it."),
				   true);
		gtk_widget_grab_focus(GTK_WIDGET(self->amount));
		return;
	}
	order = order_new(self, true);
	order->reference = g_strstrip(g_strdup(gtk_editable_get_text(self->paper)));
	order->entry = (MoneyEntry){
		.kind = MONEY_SUPPLIER_PAYMENT,
		.account_id = ((const MoneyAccount *)self->purses->pdata[from])->id,
		.amount = amount,
		.supplier_id = self->supplier_id,
		.document_id = debt != NULL ? debt->id : 0,
	};
	self->busy = true;
	run(self, order);
}

void office_supplier_account_open(OfficeSupplierAccount *self, int64_t supplier_id)
{
	if (supplier_id != self->supplier_id) {
		gtk_editable_set_text(self->amount, "");
		gtk_editable_set_text(self->paper, "");
		gtk_label_set_label(self->facts, "");
		office_message_say(self->message, "", false);
		g_clear_pointer(&self->account, settlement_free);
		office_text_table_take(self->table, g_ptr_array_new());
	}
	self->supplier_id = supplier_id;
	gtk_widget_set_sensitive(GTK_WIDGET(self), supplier_id != 0);
	if (supplier_id != 0 && office_desk_may(self->desk, RIGHT_SEE_DEBTS))
		run(self, order_new(self, false));
}

/* --- the reconciliation act ---------------------------------------------------------------- */

typedef struct {
	int64_t shop_id, supplier_id;
	int32_t from, to;
} Act;

static Sheet *act_make(Store *store, const void *data, const NumberStyle *style, GError **error)
{
	const Act *act = data;
	g_autoptr(Reconciliation) of = reconciliation_new(store, act->shop_id, act->supplier_id,
							  act->from, act->to, error);

	return of != NULL ? reconciliation_to_sheet(of, style) : NULL;
}

static const char *act_title(void)
{
	return _("Save the reconciliation act");
}

static const struct office_sheet act_kind = { act_make, g_free, act_title };

static void say(GtkWidget *widget, const char *text)
{
	office_message_say(OFFICE_SUPPLIER_ACCOUNT(widget)->message, text, false);
}

/* NULL: has said why. */
static Act *act_new(OfficeSupplierAccount *self)
{
	Act act = { .shop_id = office_desk_may(self->desk, RIGHT_ALL_SHOPS)
				       ? 0
				       : office_desk_get_shop(self->desk)->id,
		    .supplier_id = self->supplier_id };

	if (self->supplier_id == 0 || self->account == NULL)
		return NULL;
	if (office_day_parse(gtk_editable_get_text(self->first), &act.from) &&
	    office_day_parse(gtk_editable_get_text(self->last), &act.to) && act.from <= act.to)
		return g_memdup2(&act, sizeof(act));
	office_message_say(self->message,
			   _("Which days is the act of? Both are written like 2026-11-23."), true);
	gtk_widget_grab_focus(GTK_WIDGET(self->first));
	return NULL;
}

void office_supplier_account_save(OfficeSupplierAccount *self, bool book)
{
	Act *act = act_new(self);
	g_autofree char *name = NULL;

	if (act == NULL)
		return;
	name = g_strdup_printf("%s %d-%d.%s", self->account->supplier, act->from, act->to,
			       book ? "xlsx" : "pdf");
	g_strdelimit(name, "/", '-');
	office_sheet_save(GTK_WIDGET(self), self->desk, &act_kind, act, name, say);
}

void office_supplier_account_print(OfficeSupplierAccount *self)
{
	Act *act = act_new(self);

	if (act != NULL)
		office_sheet_print(GTK_WIDGET(self), self->desk, &act_kind, act,
				   self->account->supplier, say);
}

/* --- life ---------------------------------------------------------------------------------- */

/* The month before this one, and what there is of this: what acts are mostly of. */
static void set_period(OfficeSupplierAccount *self)
{
	int32_t today = office_today(self->desk), month = today / 100;
	int32_t before = month % 100 == 1 ? month - 100 + 11 : month - 1;
	g_autofree char *first = office_day_dup(before * 100 + 1);
	g_autofree char *last = office_day_dup(today);

	gtk_editable_set_text(self->first, first);
	gtk_editable_set_text(self->last, last);
}

void office_supplier_account_set_desk(OfficeSupplierAccount *self, OfficeDesk *desk)
{
	self->desk = desk;
	gtk_widget_set_visible(self->payment, office_desk_may(desk, RIGHT_PAY_SUPPLIERS));
	set_period(self);
}

static gboolean grab_focus(GtkWidget *widget)
{
	return gtk_widget_grab_focus(GTK_WIDGET(OFFICE_SUPPLIER_ACCOUNT(widget)->table));
}

static void dispose(GObject *object)
{
	OfficeSupplierAccount *self = OFFICE_SUPPLIER_ACCOUNT(object);
	GtkWidget *child;

	g_clear_pointer(&self->account, settlement_free);
	g_clear_pointer(&self->purses, g_ptr_array_unref);
	while ((child = gtk_widget_get_first_child(GTK_WIDGET(self))) != NULL)
		gtk_widget_unparent(child);
	G_OBJECT_CLASS(office_supplier_account_parent_class)->dispose(object);
}

static void bind_template(GtkWidgetClass *klass)
{
	gtk_widget_class_set_template_from_resource(klass,
						    "/shop/baraa/office/supplier_account.ui");
	gtk_widget_class_bind_template_child(klass, OfficeSupplierAccount, facts);
	gtk_widget_class_bind_template_child(klass, OfficeSupplierAccount, message);
	gtk_widget_class_bind_template_child(klass, OfficeSupplierAccount, table);
	gtk_widget_class_bind_template_child(klass, OfficeSupplierAccount, payment);
	gtk_widget_class_bind_template_child(klass, OfficeSupplierAccount, amount);
	gtk_widget_class_bind_template_child(klass, OfficeSupplierAccount, paper);
	gtk_widget_class_bind_template_child(klass, OfficeSupplierAccount, first);
	gtk_widget_class_bind_template_child(klass, OfficeSupplierAccount, last);
	gtk_widget_class_bind_template_child(klass, OfficeSupplierAccount, from);
	gtk_widget_class_bind_template_callback_full(klass, "pay",
						     G_CALLBACK(office_supplier_account_pay));
}

static void office_supplier_account_class_init(OfficeSupplierAccountClass *klass)
{
	GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

	G_OBJECT_CLASS(klass)->dispose = dispose;
	widget_class->grab_focus = grab_focus;
	gtk_widget_class_set_layout_manager_type(widget_class, GTK_TYPE_BIN_LAYOUT);
	bind_template(widget_class);
}

static void office_supplier_account_init(OfficeSupplierAccount *self)
{
	g_type_ensure(OFFICE_TYPE_TEXT_TABLE);
	gtk_widget_init_template(GTK_WIDGET(self));
	office_text_table_set_columns(self->table, _("Documents and payments"), columns, N_COLUMNS);
	office_text_table_tone_columns(self->table, 1U << STATE);
	office_drop_down_name(self->from, _("From where it is paid"));
	g_signal_connect(self->table, "chosen", G_CALLBACK(on_chosen), self);
}
