/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/money_form.h"

#include "backoffice/stock/stock.h"
#include "backoffice/ui/ask.h"
#include "backoffice/ui/drop_down.h"
#include "backoffice/ui/message.h"
#include "backoffice/ui/words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define SUPPLIERS_MAX 2000

typedef enum {
	ROW_KIND,
	ROW_ACCOUNT,
	ROW_TO,
	ROW_AMOUNT,
	ROW_CAME,
	ROW_FOR,
	ROW_SUPPLIER,
	ROW_PERSON,
	ROW_DAY,
	ROW_REFERENCE,
	ROW_NOTE,
	N_ROWS
} Row;

#define BIT(kind) (1U << (kind))
#define ANY (~0U)
#define OF_SUPPLIER (BIT(MONEY_SUPPLIER_PAYMENT) | BIT(MONEY_SUPPLIER_REFUND))

static const struct {
	const char *title;
	const char *name; /* for assistive technology */
	bool is_list;
	bool of_till; /* the till has said it already, where its cash is settled */
	unsigned kinds; /* that have it: 1 << MoneyKind */
} rows[N_ROWS] = {
	[ROW_KIND] = { N_("What"), N_("What it is"), true, false, ANY },
	[ROW_ACCOUNT] = { N_("Account"), N_("Which account"), true, true, ANY },
	[ROW_TO] = { N_("To account"), N_("To which account"), true, false, BIT(MONEY_TRANSFER) },
	[ROW_AMOUNT] = { N_("Amount"), N_("How much"), false, true, ANY },
	[ROW_CAME] = { N_("Came in there"), N_("How much came in there"), false, true,
		       BIT(MONEY_TRANSFER) },
	[ROW_FOR] = { N_("For what"), N_("What it was for"), true, false,
		      BIT(MONEY_EXPENSE) | BIT(MONEY_INCOME) },
	[ROW_SUPPLIER] = { N_("Supplier"), N_("Which supplier"), true, false, OF_SUPPLIER },
	[ROW_PERSON] = { N_("Who got it"), N_("Who got the money"), true, false, BIT(MONEY_PAY) },
	[ROW_DAY] = { N_("Day"), N_("Of which day"), false, true, ANY },
	[ROW_REFERENCE] = { N_("Number of the paper"), N_("Number on the paper"), false, false,
			    ANY },
	[ROW_NOTE] = { N_("Note"), N_("What else there is to say"), false, false, ANY },
};

struct _OfficeMoneyForm {
	GtkWidget parent_instance;

	/* template children, borrowed */
	GtkLabel *title, *message;
	GtkGrid *grid;
	GtkButton *save;

	/* borrowed from the grid */
	GtkWidget *labels[N_ROWS], *fields[N_ROWS];
	GtkLabel *there; /* what the account has */

	/* owned; NULL until they are read */
	GPtrArray *accounts, *expenses, *suppliers, *people;
	GArray *kinds; /* of MoneyKind, as the first list has them */
	GArray *ids[N_ROWS]; /* of int64_t, as the lists have them */

	OfficeDesk *desk; /* borrowed */
	int64_t settles, cash; /* a till's entry and what came into the drawer; 0: a new entry */
	bool again, below_zero; /* the person was told, and says so all the same */
	bool busy;
	bool filling; /* lists change by themselves */
	guint round; /* of the reading whose answer counts */
};

G_DEFINE_FINAL_TYPE(OfficeMoneyForm, office_money_form, GTK_TYPE_WIDGET)

static guint left_signal, written_signal;

/* --- what is chosen ------------------------------------------------------------------------ */

static int64_t chosen_id(const OfficeMoneyForm *self, Row row)
{
	guint i = gtk_drop_down_get_selected(GTK_DROP_DOWN(self->fields[row]));

	return self->ids[row] != NULL && i < self->ids[row]->len
		       ? g_array_index(self->ids[row], int64_t, i)
		       : 0;
}

static MoneyKind chosen_kind(const OfficeMoneyForm *self)
{
	guint i = gtk_drop_down_get_selected(GTK_DROP_DOWN(self->fields[ROW_KIND]));

	return i < self->kinds->len ? g_array_index(self->kinds, MoneyKind, i) : MONEY_EXPENSE;
}

static const MoneyAccount *find_account(const OfficeMoneyForm *self, int64_t id)
{
	for (guint i = 0; self->accounts != NULL && i < self->accounts->len; i++) {
		const MoneyAccount *account = self->accounts->pdata[i];

		if (account->id == id)
			return account;
	}
	return NULL;
}

static uint16_t currency_of(const OfficeMoneyForm *self, Row row)
{
	const MoneyAccount *account = find_account(self, chosen_id(self, row));

	return account != NULL ? account->currency : office_desk_get_shop(self->desk)->currency;
}

static const char *text_of(const OfficeMoneyForm *self, Row row)
{
	return gtk_editable_get_text(GTK_EDITABLE(self->fields[row]));
}

/* --- showing ------------------------------------------------------------------------------- */

static bool has_row(const OfficeMoneyForm *self, Row row)
{
	MoneyKind kind = chosen_kind(self);

	if ((rows[row].kinds & BIT(kind)) == 0 || (self->settles != 0 && rows[row].of_till))
		return false;
	return row != ROW_CAME || currency_of(self, ROW_ACCOUNT) != currency_of(self, ROW_TO);
}

static void show_save(OfficeMoneyForm *self)
{
	gtk_button_set_label(self->save, self->again || self->below_zero
						 ? _("Enter all the same (F12)")
						 : _("Enter (F12)"));
}

/* In the account's currency, so that the amount is typed in it, too. */
static void show_there(OfficeMoneyForm *self)
{
	const MoneyAccount *account = find_account(self, chosen_id(self, ROW_ACCOUNT));
	g_autofree char *sum = NULL, *text = NULL;

	gtk_widget_set_visible(GTK_WIDGET(self->there), account != NULL && self->settles == 0);
	if (account == NULL)
		return;
	sum = number_text_money(office_desk_get_style(self->desk),
				(Money){ account->balance + account->selling, account->currency },
				true);
	/* Translators: %s is an amount. */
	text = g_strdup_printf(_("There is %s."), sum);
	gtk_label_set_label(self->there, text);
}

static void show_rows(OfficeMoneyForm *self)
{
	for (Row row = 0; row < N_ROWS; row++) {
		bool shown = has_row(self, row);

		gtk_widget_set_visible(self->labels[row], shown);
		gtk_widget_set_visible(self->fields[row], shown);
	}
	gtk_label_set_label(GTK_LABEL(self->labels[ROW_TO]),
			    self->cash > 0 ? _("From account") : _("To account"));
	show_there(self);
	show_save(self);
}

/* Whoever changes anything has to be warned anew. */
static void on_changed(OfficeMoneyForm *self)
{
	if (self->filling)
		return;
	self->again = self->below_zero = false;
	show_save(self);
}

/* --- lists --------------------------------------------------------------------------------- */

static void begin_list(OfficeMoneyForm *self, Row row)
{
	g_clear_pointer(&self->ids[row], g_array_unref);
	self->ids[row] = g_array_new(false, false, sizeof(int64_t));
}

/* Takes @names; chooses what has @id. */
static void end_list(OfficeMoneyForm *self, Row row, GtkStringList *names, int64_t id)
{
	GtkDropDown *list = GTK_DROP_DOWN(self->fields[row]);
	guint chosen = 0;

	for (guint i = 0; i < self->ids[row]->len; i++)
		if (g_array_index(self->ids[row], int64_t, i) == id)
			chosen = i;
	self->filling = true;
	gtk_drop_down_set_model(list, G_LIST_MODEL(names));
	gtk_drop_down_set_selected(list, chosen);
	self->filling = false;
	g_object_unref(names);
}

static void add_id(OfficeMoneyForm *self, Row row, GtkStringList *names, int64_t id,
		   const char *name)
{
	g_array_append_val(self->ids[row], id);
	gtk_string_list_append(names, name);
}

/* Of other shops only where money goes to. */
static void fill_accounts(OfficeMoneyForm *self, Row row, int64_t id)
{
	int64_t shop_id = office_desk_get_shop(self->desk)->id;
	GtkStringList *names = gtk_string_list_new(NULL);

	begin_list(self, row);
	for (guint i = 0; i < self->accounts->len; i++) {
		const MoneyAccount *account = self->accounts->pdata[i];
		g_autofree char *name =
			account->shop_id == shop_id
				? g_strdup(account->name)
				: g_strdup_printf("%s · %s", account->shop, account->name);

		if (!account->closed && (account->shop_id == shop_id || row == ROW_TO))
			add_id(self, row, names, account->id, name);
	}
	end_list(self, row, names, id);
}

/* Where money of @from most often goes: cash to the safe, what is in the safe to the bank. */
static int64_t usual_target(const OfficeMoneyForm *self, int64_t from)
{
	int64_t shop_id = office_desk_get_shop(self->desk)->id;
	const MoneyAccount *account = find_account(self, from);
	MoneyPlace wanted =
		account != NULL && account->place == MONEY_SAFE ? MONEY_BANK : MONEY_SAFE;

	for (guint i = 0; i < self->accounts->len; i++) {
		const MoneyAccount *other = self->accounts->pdata[i];

		if (other->shop_id == shop_id && other->place == wanted && !other->closed)
			return other->id;
	}
	return 0;
}

static void fill_expenses(OfficeMoneyForm *self)
{
	bool is_income = chosen_kind(self) == MONEY_INCOME;
	GtkStringList *names = gtk_string_list_new(NULL);

	begin_list(self, ROW_FOR);
	for (guint i = 0; i < self->expenses->len; i++) {
		const ExpenseKind *kind = self->expenses->pdata[i];

		if ((kind->group == EXPENSE_INCOME) == is_income)
			add_id(self, ROW_FOR, names, kind->id, kind->name);
	}
	end_list(self, ROW_FOR, names, 0);
}

static void fill_people(OfficeMoneyForm *self)
{
	GtkStringList *suppliers = gtk_string_list_new(NULL), *people = gtk_string_list_new(NULL);

	begin_list(self, ROW_SUPPLIER);
	for (guint i = 0; i < self->suppliers->len; i++) {
		const Supplier *supplier = self->suppliers->pdata[i];

		add_id(self, ROW_SUPPLIER, suppliers, supplier->id, supplier->name);
	}
	end_list(self, ROW_SUPPLIER, suppliers, 0);
	begin_list(self, ROW_PERSON);
	for (guint i = 0; i < self->people->len; i++) {
		const Person *person = self->people->pdata[i];

		add_id(self, ROW_PERSON, people, person->id, person->name);
	}
	end_list(self, ROW_PERSON, people, 0);
}

/* --- kinds --------------------------------------------------------------------------------- */

static const char *kind_title(const OfficeMoneyForm *self, MoneyKind kind)
{
	return kind == MONEY_DIFFERENCE && self->settles == 0 ? _("Count: what is there")
							      : money_kind_title(kind);
}

static bool offers(const OfficeMoneyForm *self, MoneyKind kind)
{
	bool in = kind == MONEY_INCOME || kind == MONEY_SUPPLIER_REFUND;
	bool out = kind == MONEY_EXPENSE || kind == MONEY_SUPPLIER_PAYMENT || kind == MONEY_PAY;

	if (!money_kind_is_entered(kind) || !office_desk_may(self->desk, money_kind_right(kind)))
		return false;
	if (self->settles == 0)
		return true;
	return kind == MONEY_TRANSFER || kind == MONEY_DIFFERENCE || (self->cash > 0 ? in : out);
}

/* In the order in which they are wanted. */
static void fill_kinds(OfficeMoneyForm *self, MoneyKind kind)
{
	static const MoneyKind order[] = { MONEY_EXPENSE,	  MONEY_INCOME,
					   MONEY_TRANSFER,	  MONEY_SUPPLIER_PAYMENT,
					   MONEY_SUPPLIER_REFUND, MONEY_PAY,
					   MONEY_DIFFERENCE,	  MONEY_OPENING };
	GtkStringList *names = gtk_string_list_new(NULL);

	begin_list(self, ROW_KIND);
	g_array_set_size(self->kinds, 0);
	for (size_t i = 0; i < G_N_ELEMENTS(order); i++)
		if (offers(self, order[i])) {
			g_array_append_val(self->kinds, order[i]);
			add_id(self, ROW_KIND, names, (int64_t)order[i],
			       kind_title(self, order[i]));
		}
	end_list(self, ROW_KIND, names, (int64_t)kind);
}

static void on_chosen(OfficeMoneyForm *self, GParamSpec *pspec, GtkWidget *list)
{
	if (self->filling || self->accounts == NULL)
		return;
	if (list == self->fields[ROW_KIND])
		fill_expenses(self);
	on_changed(self);
	show_rows(self);
}

/* --- reading what there is to choose ------------------------------------------------------- */

typedef struct {
	GPtrArray *accounts, *expenses, *suppliers, *people; /* owned */
	int64_t account_id;
	guint round;
} Lists;

static void lists_free(void *data)
{
	Lists *self = data;

	g_clear_pointer(&self->accounts, g_ptr_array_unref);
	g_clear_pointer(&self->expenses, g_ptr_array_unref);
	g_clear_pointer(&self->suppliers, g_ptr_array_unref);
	g_clear_pointer(&self->people, g_ptr_array_unref);
	g_free(self);
}

static bool read_lists(Store *store, void *data, GError **error)
{
	Lists *self = data;

	self->accounts = money_accounts(store, 0, 0, error);
	if (self->accounts != NULL)
		self->expenses = expense_kinds(store, error);
	if (self->expenses != NULL)
		self->suppliers = supplier_list(store, NULL, SUPPLIERS_MAX, error);
	if (self->suppliers != NULL)
		self->people = people_list(store, error);
	return self->people != NULL;
}

static void take_list(GPtrArray **to, GPtrArray **from)
{
	g_clear_pointer(to, g_ptr_array_unref);
	*to = g_steal_pointer(from);
}

static void on_lists(GtkWidget *widget, void *data, const GError *error)
{
	OfficeMoneyForm *self = OFFICE_MONEY_FORM(widget);
	g_autofree char *text = error != NULL ? office_desk_dup_trouble(error) : NULL;
	Lists *lists = data;

	if (lists->round != self->round)
		return;
	if (text != NULL) {
		office_message_say(self->message, text, true);
		return;
	}
	take_list(&self->accounts, &lists->accounts);
	take_list(&self->expenses, &lists->expenses);
	take_list(&self->suppliers, &lists->suppliers);
	take_list(&self->people, &lists->people);
	fill_accounts(self, ROW_ACCOUNT, lists->account_id);
	fill_accounts(self, ROW_TO, usual_target(self, lists->account_id));
	fill_expenses(self);
	fill_people(self);
	show_rows(self);
	gtk_widget_grab_focus(self->fields[self->settles != 0 ? ROW_KIND : ROW_AMOUNT]);
}

static void begin(OfficeMoneyForm *self, MoneyKind kind, int64_t account_id)
{
	g_autofree char *today = office_day_dup(office_today(self->desk));
	Lists *lists = g_new0(Lists, 1);

	for (Row row = 0; row < N_ROWS; row++)
		if (!rows[row].is_list)
			gtk_editable_set_text(GTK_EDITABLE(self->fields[row]),
					      row == ROW_DAY ? today : "");
	self->again = self->below_zero = false;
	office_message_say(self->message, "", false);
	fill_kinds(self, kind);
	show_rows(self);
	lists->account_id = account_id;
	lists->round = ++self->round;
	office_ask(self->desk, OFFICE_QUICK, GTK_WIDGET(self), read_lists, lists, lists_free,
		   on_lists);
}

void office_money_form_open(OfficeMoneyForm *self, MoneyKind kind, int64_t account_id)
{
	self->settles = self->cash = 0;
	gtk_label_set_label(self->title, _("Enter money"));
	begin(self, kind, account_id);
}

void office_money_form_settle(OfficeMoneyForm *self, int64_t number, int64_t amount,
			      const char *title)
{
	self->settles = number;
	self->cash = amount;
	gtk_label_set_label(self->title, title);
	begin(self, amount > 0 ? MONEY_INCOME : MONEY_EXPENSE, 0);
}

/* --- writing ------------------------------------------------------------------------------- */

typedef struct {
	MoneyEntry entry; /* its texts are the next two */
	char *reference, *note; /* owned */
	int64_t settles, person_id, number;
} Order;

static void order_free(void *data)
{
	Order *self = data;

	g_free(self->reference);
	g_free(self->note);
	g_free(self);
}

static bool write_order(Store *store, void *data, GError **error)
{
	Order *self = data;

	return self->settles != 0
		       ? money_settle(store, self->settles, &self->entry, self->person_id,
				      &self->number, error)
		       : money_enter(store, &self->entry, self->person_id, &self->number, error);
}

static void on_written(GtkWidget *widget, void *data, const GError *error)
{
	OfficeMoneyForm *self = OFFICE_MONEY_FORM(widget);
	g_autofree char *text = error != NULL ? office_desk_dup_trouble(error) : NULL;
	const Order *order = data;

	self->busy = false;
	if (text != NULL) {
		self->again |= g_error_matches(error, MONEY_ERROR, MONEY_ERROR_TWICE);
		self->below_zero |= g_error_matches(error, MONEY_ERROR, MONEY_ERROR_EMPTY);
		show_save(self);
		office_message_say(self->message, text, true);
		return;
	}
	g_signal_emit(self, written_signal, 0, order->number);
	g_signal_emit(self, left_signal, 0);
}

static bool refuse(OfficeMoneyForm *self, Row row, const char *text)
{
	office_message_say(self->message, text, true);
	gtk_widget_grab_focus(self->fields[row]);
	return false;
}

/* A sign is only the bank's, which may begin overdrawn. */
static bool read_amount(OfficeMoneyForm *self, Row row, uint16_t currency, int64_t *ret)
{
	g_autofree char *trimmed = g_strstrip(g_strdup(text_of(self, row)));
	Money amount;

	if (!has_row(self, row))
		return true;
	if (*trimmed == '\0' || !money_parse_decimal(trimmed, currency, &amount))
		return refuse(self, row, _("How much? Type an amount: 1500 or 1500.50."));
	*ret = amount.minor;
	return true;
}

static bool read_day(OfficeMoneyForm *self, int32_t *ret)
{
	g_autofree char *trimmed = g_strstrip(g_strdup(text_of(self, ROW_DAY)));

	if (!has_row(self, ROW_DAY) || *trimmed == '\0' || office_day_parse(trimmed, ret))
		return true;
	return refuse(self, ROW_DAY, _("There is no such day: type it as 281226 or 2026-12-28."));
}

static bool fill_order(OfficeMoneyForm *self, Order *order)
{
	MoneyEntry *entry = &order->entry;

	entry->kind = chosen_kind(self);
	entry->account_id = chosen_id(self, ROW_ACCOUNT);
	entry->to_account = has_row(self, ROW_TO) ? chosen_id(self, ROW_TO) : 0;
	entry->expense_kind = has_row(self, ROW_FOR) ? chosen_id(self, ROW_FOR) : 0;
	entry->supplier_id = has_row(self, ROW_SUPPLIER) ? chosen_id(self, ROW_SUPPLIER) : 0;
	entry->person_id = has_row(self, ROW_PERSON) ? chosen_id(self, ROW_PERSON) : 0;
	entry->again = self->again;
	entry->below_zero = self->below_zero;
	entry->reference = order->reference = g_strdup(text_of(self, ROW_REFERENCE));
	entry->note = order->note = g_strdup(text_of(self, ROW_NOTE));
	order->settles = self->settles;
	order->person_id = office_desk_get_person_id(self->desk);
	return read_amount(self, ROW_AMOUNT, currency_of(self, ROW_ACCOUNT), &entry->amount) &&
	       read_amount(self, ROW_CAME, currency_of(self, ROW_TO), &entry->to_amount) &&
	       read_day(self, &entry->day);
}

void office_money_form_write(OfficeMoneyForm *self)
{
	Order *order;

	if (self->busy || self->accounts == NULL)
		return;
	order = g_new0(Order, 1);
	if (!fill_order(self, order)) {
		order_free(order);
		return;
	}
	self->busy = true;
	office_ask(self->desk, OFFICE_QUICK, GTK_WIDGET(self), write_order, order, order_free,
		   on_written);
}

void office_money_form_leave(OfficeMoneyForm *self)
{
	g_signal_emit(self, left_signal, 0);
}

/* --- life ---------------------------------------------------------------------------------- */

void office_money_form_set_desk(OfficeMoneyForm *self, OfficeDesk *desk)
{
	self->desk = desk;
}

static GtkWidget *new_list(OfficeMoneyForm *self, const char *name)
{
	GtkExpression *text = gtk_property_expression_new(GTK_TYPE_STRING_OBJECT, NULL, "string");
	GtkWidget *list = gtk_drop_down_new(NULL, text);

	office_drop_down_name(GTK_DROP_DOWN(list), name);
	g_signal_connect_swapped(list, "notify::selected", G_CALLBACK(on_chosen), self);
	return list;
}

static GtkWidget *new_entry(OfficeMoneyForm *self, const char *name)
{
	GtkWidget *entry = gtk_entry_new();

	gtk_accessible_update_property(GTK_ACCESSIBLE(entry), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
				       -1);
	g_signal_connect_swapped(entry, "changed", G_CALLBACK(on_changed), self);
	g_signal_connect_swapped(entry, "activate", G_CALLBACK(office_money_form_write), self);
	return entry;
}

static void add_row(OfficeMoneyForm *self, Row row)
{
	const char *title = g_dgettext(GETTEXT_PACKAGE, rows[row].title);
	GtkWidget *label = g_object_new(GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_NONE,
					"label", title, "xalign", 0.0f, NULL);
	const char *name = g_dgettext(GETTEXT_PACKAGE, rows[row].name);
	GtkWidget *field = rows[row].is_list ? new_list(self, name) : new_entry(self, name);

	gtk_widget_set_size_request(field, 320, -1);
	gtk_widget_set_halign(field, GTK_ALIGN_START);
	if (row == ROW_SUPPLIER || row == ROW_FOR)
		gtk_drop_down_set_enable_search(GTK_DROP_DOWN(field), true);
	gtk_grid_attach(self->grid, label, 0, row, 1, 1);
	gtk_grid_attach(self->grid, field, 1, row, 1, 1);
	self->labels[row] = label;
	self->fields[row] = field;
}

static gboolean grab_focus(GtkWidget *widget)
{
	OfficeMoneyForm *self = OFFICE_MONEY_FORM(widget);

	return gtk_widget_grab_focus(self->fields[self->settles != 0 ? ROW_KIND : ROW_AMOUNT]);
}

static void dispose(GObject *object)
{
	OfficeMoneyForm *self = OFFICE_MONEY_FORM(object);
	GtkWidget *child;

	g_clear_pointer(&self->accounts, g_ptr_array_unref);
	g_clear_pointer(&self->expenses, g_ptr_array_unref);
	g_clear_pointer(&self->suppliers, g_ptr_array_unref);
	g_clear_pointer(&self->people, g_ptr_array_unref);
	while ((child = gtk_widget_get_first_child(GTK_WIDGET(self))) != NULL)
		gtk_widget_unparent(child);
	G_OBJECT_CLASS(office_money_form_parent_class)->dispose(object);
}

static void finalize(GObject *object)
{
	OfficeMoneyForm *self = OFFICE_MONEY_FORM(object);

	g_array_unref(self->kinds);
	for (Row row = 0; row < N_ROWS; row++)
		g_clear_pointer(&self->ids[row], g_array_unref);
	G_OBJECT_CLASS(office_money_form_parent_class)->finalize(object);
}

static void office_money_form_class_init(OfficeMoneyFormClass *klass)
{
	GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

	G_OBJECT_CLASS(klass)->dispose = dispose;
	G_OBJECT_CLASS(klass)->finalize = finalize;
	widget_class->grab_focus = grab_focus;
	gtk_widget_class_set_layout_manager_type(widget_class, GTK_TYPE_BIN_LAYOUT);
	left_signal = g_signal_new("left", OFFICE_TYPE_MONEY_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
				   NULL, G_TYPE_NONE, 0);
	written_signal = g_signal_new("written", OFFICE_TYPE_MONEY_FORM, G_SIGNAL_RUN_LAST, 0, NULL,
				      NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
	gtk_widget_class_set_template_from_resource(widget_class,
						    "/shop/baraa/office/money_form.ui");
	gtk_widget_class_bind_template_child(widget_class, OfficeMoneyForm, title);
	gtk_widget_class_bind_template_child(widget_class, OfficeMoneyForm, message);
	gtk_widget_class_bind_template_child(widget_class, OfficeMoneyForm, grid);
	gtk_widget_class_bind_template_child(widget_class, OfficeMoneyForm, save);
	gtk_widget_class_bind_template_callback(widget_class, office_money_form_write);
	gtk_widget_class_bind_template_callback(widget_class, office_money_form_leave);
}

static void office_money_form_init(OfficeMoneyForm *self)
{
	gtk_widget_init_template(GTK_WIDGET(self));
	self->kinds = g_array_new(false, false, sizeof(MoneyKind));
	for (Row row = 0; row < N_ROWS; row++)
		add_row(self, row);
	self->there = GTK_LABEL(gtk_label_new(""));
	gtk_grid_attach(self->grid, GTK_WIDGET(self->there), 2, ROW_AMOUNT, 1, 1);
}
