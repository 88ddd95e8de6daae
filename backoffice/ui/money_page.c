/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/money_page.h"

#include "backoffice/money/money.h"
#include "backoffice/ui/ask.h"
#include "backoffice/ui/message.h"
#include "backoffice/ui/money_form.h"
#include "backoffice/ui/text_table.h"
#include "backoffice/ui/unseen.h"
#include "backoffice/ui/words.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#define MOVES_MAX 5000
#define SELLING G_MAXINT64 /* id of the row that is no move yet */

struct _OfficeMoneyPage {
	GtkWidget parent_instance;

	/* template children, borrowed */
	GtkStack *stack;
	OfficeTextTable *accounts, *book;
	GtkWidget *buttons, *expense, *income, *transfer, *pay, *edit;
	GtkLabel *book_title, *month, *message, *back_title, *back_message;
	OfficeMoneyForm *form;
	GtkEditable *reason;

	GPtrArray *found; /* owned; of MoneyAccount; NULL: not read yet */
	GPtrArray *moves; /* owned; of MoneyMove */
	OfficeDesk *desk; /* borrowed */
	int32_t first_day; /* of the month that is shown */
	int64_t account_id; /* whose book it is; 0: the first one's */
	int64_t number; /* the entry that is to be taken back */
	int64_t written; /* the entry that was written last; 0: told already */
	guint round; /* of the reading whose answer counts */
	bool busy;
};

G_DEFINE_FINAL_TYPE(OfficeMoneyPage, office_money_page, GTK_TYPE_WIDGET)

static const OfficeColumn account_columns[] = {
	{ N_("Account"), 0, false },   { N_("Kind"), 112, false },
	{ N_("Balance"), 144, true },  { N_("Sold since"), 144, true },
	{ N_("Together"), 144, true },
};

static const OfficeColumn book_columns[] = {
	{ N_("When"), 72, false },	    { N_("What"), 176, false },
	{ N_("For, with whom"), 0, false }, { N_("Came in"), 96, true },
	{ N_("Went out"), 96, true },	    { N_("Balance"), 104, true },
	{ N_("Entered by"), 88, false },
};

static bool is_on(const OfficeMoneyPage *self, const char *name)
{
	return g_strcmp0(gtk_stack_get_visible_child_name(self->stack), name) == 0;
}

/* --- words --------------------------------------------------------------------------------- */

/* In a foreign currency with its sign. */
static char *dup_amount(const OfficeMoneyPage *self, int64_t amount, uint16_t currency)
{
	bool is_foreign = currency != office_desk_get_shop(self->desk)->currency;

	return number_text_money(office_desk_get_style(self->desk), (Money){ amount, currency },
				 is_foreign);
}

static const MoneyAccount *shown_account(const OfficeMoneyPage *self)
{
	for (guint i = 0; self->found != NULL && i < self->found->len; i++) {
		const MoneyAccount *account = self->found->pdata[i];

		if (account->id == self->account_id)
			return account;
	}
	return NULL;
}

static const MoneyMove *chosen_move(const OfficeMoneyPage *self)
{
	int64_t id = office_text_table_get_chosen(self->book);

	for (guint i = 0; self->moves != NULL && i < self->moves->len; i++) {
		const MoneyMove *move = self->moves->pdata[i];

		if (move->id == id)
			return move;
	}
	return NULL;
}

/* Day of the month that is shown, and the clock. */
static char *dup_when(const OfficeMoneyPage *self, int64_t at)
{
	g_autoptr(GDateTime) time = office_desk_dup_time(self->desk, at);

	return g_date_time_format(time, "%d %H:%M");
}

static void append_part(GString *text, const char *part)
{
	if (part != NULL && *part != '\0')
		g_string_append_printf(text, "%s%s", text->len > 0 ? " · " : "", part);
}

/* Whom, what for, which paper: all that is said of it. */
static char *dup_about(const OfficeMoneyPage *self, const MoneyMove *move)
{
	g_autoptr(GString) text = g_string_new(NULL);
	g_autofree char *shift = NULL;

	if (move->reverses != 0)
		append_part(text, _("taken back"));
	else if (move->reversed_by != 0)
		append_part(text, _("was taken back"));
	append_part(text, move->expense);
	append_part(text, move->supplier);
	append_part(text, move->other_account);
	if (office_desk_may(self->desk, RIGHT_SEE_PAY))
		append_part(text, move->person);
	if (move->of_till) {
		shift = g_strdup_printf(_("shift %" PRId64), move->shift);
		append_part(text, shift);
	}
	append_part(text, move->document);
	append_part(text, move->reference);
	append_part(text, move->note);
	return g_string_free(g_steal_pointer(&text), false);
}

/* "№ 12 · Expense · Rent · −250 000 ₮" */
static char *dup_title(const OfficeMoneyPage *self, const MoneyMove *move)
{
	const MoneyAccount *account = shown_account(self);
	g_autofree char *about = dup_about(self, move);
	g_autofree char *amount =
		number_text_money(office_desk_get_style(self->desk),
				  (Money){ move->amount, account->currency }, true);
	g_autoptr(GString) text = g_string_new(NULL);

	g_string_printf(text, "№ %" PRId64, move->number);
	append_part(text, money_kind_title(move->kind));
	append_part(text, about);
	append_part(text, account->name);
	append_part(text, amount);
	return g_string_free(g_steal_pointer(&text), false);
}

/* --- showing ------------------------------------------------------------------------------- */

static OfficeTextRow *row_of_account(const OfficeMoneyPage *self, const MoneyAccount *account)
{
	OfficeTextRow *row = office_text_row_new(account->id);
	int64_t together = account->balance + account->selling;

	row->texts[0] = g_strdup(account->name);
	row->texts[1] = g_strdup(money_place_title(account->place));
	row->texts[2] = dup_amount(self, account->balance, account->currency);
	row->texts[3] = account->selling != 0
				? dup_amount(self, account->selling, account->currency)
				: NULL;
	row->texts[4] = dup_amount(self, together, account->currency);
	if (together < 0 && account->place != MONEY_BANK)
		row->tone = OFFICE_RED;
	return row;
}

static OfficeTextRow *row_of_move(const OfficeMoneyPage *self, const MoneyMove *move,
				  uint16_t currency)
{
	OfficeTextRow *row = office_text_row_new(move->id);

	row->texts[0] = dup_when(self, move->at);
	row->texts[1] = g_strdup(money_kind_title(move->kind));
	row->texts[2] = dup_about(self, move);
	if (move->amount != 0)
		row->texts[move->amount > 0 ? 3 : 4] = dup_amount(self, move->amount, currency);
	row->texts[5] = dup_amount(self, move->balance, currency);
	row->texts[6] = g_strdup(*move->entered_by != '\0' ? move->entered_by : _("command line"));
	if (move->kind == MONEY_DIFFERENCE && move->reverses == 0 && move->reversed_by == 0)
		row->tone = OFFICE_AMBER;
	return row;
}

/* What is in no shift's books yet. */
static OfficeTextRow *row_of_selling(const OfficeMoneyPage *self, const MoneyAccount *account)
{
	OfficeTextRow *row = office_text_row_new(SELLING);

	row->texts[1] = g_strdup(_("Sold so far"));
	row->texts[2] = g_strdup(_("the shift is open"));
	row->texts[account->selling > 0 ? 3 : 4] =
		dup_amount(self, account->selling, account->currency);
	row->texts[5] = dup_amount(self, account->balance + account->selling, account->currency);
	return row;
}

static bool is_this_month(const OfficeMoneyPage *self)
{
	return self->first_day / 100 == office_today(self->desk) / 100;
}

static void show_accounts(OfficeMoneyPage *self)
{
	GPtrArray *rows = g_ptr_array_new();

	for (guint i = 0; i < self->found->len; i++)
		g_ptr_array_add(rows, row_of_account(self, self->found->pdata[i]));
	office_text_table_take(self->accounts, rows);
	office_text_table_choose(self->accounts, self->account_id);
}

static void show_message(OfficeMoneyPage *self)
{
	g_autofree char *done = NULL;

	if (self->written != 0)
		done = g_strdup_printf(_("Entered: № %" PRId64 "."), self->written);
	else if (self->moves->len == 0)
		done = g_strdup(_("Nothing moved here in this month. Tills enter their cash by "
				  "themselves; begin with what is in the safe and at the bank: "
				  "Ctrl+N, Opening balance."));
	gtk_widget_set_visible(GTK_WIDGET(self->message), done != NULL);
	office_message_say(self->message, done != NULL ? done : "", false);
	self->written = 0;
}

/* F4 is for what can be corrected. */
static void show_edit(OfficeMoneyPage *self)
{
	const MoneyMove *move = chosen_move(self);

	gtk_widget_set_sensitive(self->edit, move != NULL && move->reverses == 0);
}

static void show_book(OfficeMoneyPage *self)
{
	const MoneyAccount *account = shown_account(self);
	GPtrArray *rows = g_ptr_array_new();

	for (guint i = 0; i < self->moves->len; i++)
		g_ptr_array_add(rows, row_of_move(self, self->moves->pdata[i], account->currency));
	if (account->selling != 0 && is_this_month(self))
		g_ptr_array_add(rows, row_of_selling(self, account));
	office_text_table_take(self->book, rows);
	gtk_label_set_label(self->book_title, account->name);
	show_message(self);
	show_edit(self);
}

static void show_month(OfficeMoneyPage *self)
{
	g_autoptr(GDateTime) first = g_date_time_new_utc(self->first_day / 10000,
							 self->first_day / 100 % 100, 1, 0, 0, 0);
	g_autofree char *text = g_date_time_format(first, "%OB %Y");

	gtk_label_set_label(self->month, text);
}

/* --- reading ------------------------------------------------------------------------------- */

typedef struct {
	GPtrArray *accounts, *moves; /* owned */
	MoneyFilter filter;
	int64_t shop_id;
	guint round;
} Reading;

static void reading_free(void *data)
{
	Reading *self = data;

	g_clear_pointer(&self->accounts, g_ptr_array_unref);
	g_clear_pointer(&self->moves, g_ptr_array_unref);
	g_free(self);
}

static bool read_book(Store *store, void *data, GError **error)
{
	Reading *self = data;

	self->accounts = money_accounts(store, self->shop_id, 0, error);
	if (self->accounts == NULL)
		return false;
	if (self->filter.account_id == 0 && self->accounts->len > 0)
		self->filter.account_id = ((const MoneyAccount *)self->accounts->pdata[0])->id;
	self->moves = money_list(store, &self->filter, MOVES_MAX, error);
	return self->moves != NULL;
}

static void on_read(GtkWidget *widget, void *data, const GError *error)
{
	OfficeMoneyPage *self = OFFICE_MONEY_PAGE(widget);
	g_autofree char *text = error != NULL ? office_desk_dup_trouble(error) : NULL;
	Reading *reading = data;

	if (reading->round != self->round)
		return;
	if (text != NULL) {
		gtk_widget_set_visible(GTK_WIDGET(self->message), true);
		office_message_say(self->message, text, true);
		return;
	}
	g_clear_pointer(&self->found, g_ptr_array_unref);
	g_clear_pointer(&self->moves, g_ptr_array_unref);
	self->found = g_steal_pointer(&reading->accounts);
	self->moves = g_steal_pointer(&reading->moves);
	self->account_id = reading->filter.account_id;
	if (shown_account(self) == NULL)
		return;
	show_accounts(self);
	show_book(self);
}

static void reload(OfficeMoneyPage *self)
{
	Reading *reading = g_new0(Reading, 1);
	int32_t first = self->first_day;

	reading->shop_id = office_desk_get_shop(self->desk)->id;
	reading->filter.account_id = self->account_id;
	reading->filter.from = first;
	reading->filter.to = first - first % 100 + 31;
	reading->round = ++self->round;
	show_month(self);
	office_ask(self->desk, OFFICE_QUICK, GTK_WIDGET(self), read_book, reading, reading_free,
		   on_read);
}

static void show_list(OfficeMoneyPage *self)
{
	gtk_stack_set_visible_child_name(self->stack, "list");
	reload(self);
	gtk_widget_grab_focus(GTK_WIDGET(self->book));
}

static void on_account(OfficeTextTable *table, gint64 id, OfficeMoneyPage *self)
{
	if (id == 0 || id == self->account_id)
		return;
	self->account_id = id;
	reload(self);
}

static void on_move(OfficeTextTable *table, gint64 id, OfficeMoneyPage *self)
{
	show_edit(self);
}

/* --- entering ------------------------------------------------------------------------------ */

static void enter(OfficeMoneyPage *self, MoneyKind kind)
{
	if (!is_on(self, "list") || !office_desk_may(self->desk, money_kind_right(kind)))
		return;
	gtk_stack_set_visible_child_name(self->stack, "form");
	office_money_form_open(self->form, kind, self->account_id);
}

static void on_income(OfficeMoneyPage *self)
{
	enter(self, MONEY_INCOME);
}

static void on_written(OfficeMoneyForm *form, gint64 number, OfficeMoneyPage *self)
{
	self->written = number;
}

/* --- correcting ---------------------------------------------------------------------------- */

static bool can_be_settled(const MoneyMove *move)
{
	return move->kind == MONEY_CASH_IN || move->kind == MONEY_CASH_OUT ||
	       move->kind == MONEY_DIFFERENCE || move->kind == MONEY_OPENING ||
	       move->kind == MONEY_TRANSFER;
}

/* Of a till's cash the row of the drawer says what came in; that of the safe the opposite. */
static void settle(OfficeMoneyPage *self, const MoneyMove *move)
{
	const MoneyAccount *account = shown_account(self);
	bool of_drawer = account->place == MONEY_DRAWER;
	g_autofree char *about = dup_title(self, move);
	/* Translators: %s names a till's entry and its amount. */
	g_autofree char *title = g_strdup_printf(_("What was this? %s"), about);
	int64_t number = move->settles != 0 ? move->settles : move->number;

	gtk_stack_set_visible_child_name(self->stack, "form");
	office_money_form_settle(self->form, number, of_drawer ? move->amount : -move->amount,
				 title);
}

static void ask_back(OfficeMoneyPage *self, const MoneyMove *move)
{
	g_autofree char *title = dup_title(self, move);

	self->number = move->number;
	gtk_label_set_label(self->back_title, title);
	gtk_editable_set_text(self->reason, "");
	office_message_say(self->back_message, "", false);
	gtk_stack_set_visible_child_name(self->stack, "back");
	gtk_widget_grab_focus(GTK_WIDGET(self->reason));
}

static void say(OfficeMoneyPage *self, const char *text)
{
	gtk_widget_set_visible(GTK_WIDGET(self->message), true);
	office_message_say(self->message, text, true);
}

static void correct(OfficeMoneyPage *self)
{
	const MoneyMove *move = is_on(self, "list") ? chosen_move(self) : NULL;

	if (move == NULL || !office_desk_may(self->desk, RIGHT_MOVE_MONEY))
		return;
	if (move->reverses != 0)
		say(self, _("This entry takes another one back: enter that anew instead."));
	else if (move->reversed_by != 0 && !move->of_till)
		say(self, _("This entry was taken back already."));
	else if (move->settles != 0 || (move->of_till && can_be_settled(move)))
		settle(self, move);
	else if (move->of_till)
		say(self, _("A till told this, so it stays."));
	else
		ask_back(self, move);
}

static void on_correct(OfficeTextTable *table, gint64 id, OfficeMoneyPage *self)
{
	correct(self);
}

typedef struct {
	int64_t number, person_id, back;
	char *reason; /* owned */
} Back;

static void back_free(void *data)
{
	Back *self = data;

	g_free(self->reason);
	g_free(self);
}

static bool do_take_back(Store *store, void *data, GError **error)
{
	Back *self = data;

	return money_reverse(store, self->number, self->reason, self->person_id, &self->back,
			     error);
}

static void on_taken_back(GtkWidget *widget, void *data, const GError *error)
{
	OfficeMoneyPage *self = OFFICE_MONEY_PAGE(widget);
	g_autofree char *text = error != NULL ? office_desk_dup_trouble(error) : NULL;
	const Back *back = data;

	self->busy = false;
	if (text != NULL) {
		office_message_say(self->back_message, text, true);
		return;
	}
	self->written = back->back;
	show_list(self);
}

static void take_back(OfficeMoneyPage *self)
{
	Back *back;

	if (self->busy || !is_on(self, "back"))
		return;
	back = g_new0(Back, 1);
	back->number = self->number;
	back->person_id = office_desk_get_person_id(self->desk);
	back->reason = g_strdup(gtk_editable_get_text(self->reason));
	self->busy = true;
	office_ask(self->desk, OFFICE_QUICK, GTK_WIDGET(self), do_take_back, back, back_free,
		   on_taken_back);
}

/* --- keys ---------------------------------------------------------------------------------- */

static void do_new(GtkWidget *widget, const char *action, GVariant *parameter)
{
	enter(OFFICE_MONEY_PAGE(widget), MONEY_EXPENSE);
}

static void do_transfer(GtkWidget *widget, const char *action, GVariant *parameter)
{
	enter(OFFICE_MONEY_PAGE(widget), MONEY_TRANSFER);
}

static void do_pay(GtkWidget *widget, const char *action, GVariant *parameter)
{
	enter(OFFICE_MONEY_PAGE(widget), MONEY_SUPPLIER_PAYMENT);
}

static void do_edit(GtkWidget *widget, const char *action, GVariant *parameter)
{
	correct(OFFICE_MONEY_PAGE(widget));
}

static void do_post(GtkWidget *widget, const char *action, GVariant *parameter)
{
	OfficeMoneyPage *self = OFFICE_MONEY_PAGE(widget);

	if (is_on(self, "form"))
		office_money_form_write(self->form);
	else
		take_back(self);
}

static void do_reload(GtkWidget *widget, const char *action, GVariant *parameter)
{
	if (is_on(OFFICE_MONEY_PAGE(widget), "list"))
		reload(OFFICE_MONEY_PAGE(widget));
}

static void do_back(GtkWidget *widget, const char *action, GVariant *parameter)
{
	OfficeMoneyPage *self = OFFICE_MONEY_PAGE(widget);

	if (!is_on(self, "list"))
		show_list(self);
}

static void do_move(GtkWidget *widget, const char *action, GVariant *parameter)
{
	OfficeMoneyPage *self = OFFICE_MONEY_PAGE(widget);
	int month = self->first_day / 10000 * 12 + self->first_day / 100 % 100 - 1 +
		    g_variant_get_int32(parameter);

	if (!is_on(self, "list") || month / 12 < 2000 || month / 12 > 9998)
		return;
	self->first_day = month / 12 * 10000 + (month % 12 + 1) * 100 + 1;
	reload(self);
}

static void do_today(GtkWidget *widget, const char *action, GVariant *parameter)
{
	OfficeMoneyPage *self = OFFICE_MONEY_PAGE(widget);

	if (!is_on(self, "list"))
		return;
	self->first_day = office_today(self->desk) / 100 * 100 + 1;
	reload(self);
}

/* --- life ---------------------------------------------------------------------------------- */

GtkWidget *office_money_page_new(OfficeDesk *desk)
{
	OfficeMoneyPage *self = g_object_new(OFFICE_TYPE_MONEY_PAGE, NULL);
	bool moves = office_desk_may(desk, RIGHT_MOVE_MONEY);

	self->desk = desk;
	self->first_day = office_today(desk) / 100 * 100 + 1;
	office_money_form_set_desk(self->form, desk);
	gtk_widget_set_visible(self->expense, moves);
	gtk_widget_set_visible(self->income, moves);
	gtk_widget_set_visible(self->transfer, moves);
	gtk_widget_set_visible(self->edit, moves);
	gtk_widget_set_visible(self->pay, office_desk_may(desk, RIGHT_PAY_SUPPLIERS));
	gtk_widget_set_visible(GTK_WIDGET(self->message), false);
	return GTK_WIDGET(self);
}

static void on_mapped(GtkWidget *widget)
{
	OfficeMoneyPage *self = OFFICE_MONEY_PAGE(widget);

	GTK_WIDGET_CLASS(office_money_page_parent_class)->map(widget);
	if (is_on(self, "list"))
		reload(self); /* tills have sold since */
}

static gboolean grab_focus(GtkWidget *widget)
{
	OfficeMoneyPage *self = OFFICE_MONEY_PAGE(widget);

	return gtk_widget_grab_focus(is_on(self, "list")
					     ? GTK_WIDGET(self->accounts)
					     : gtk_stack_get_visible_child(self->stack));
}

static void dispose(GObject *object)
{
	OfficeMoneyPage *self = OFFICE_MONEY_PAGE(object);
	GtkWidget *child;

	g_clear_pointer(&self->found, g_ptr_array_unref);
	g_clear_pointer(&self->moves, g_ptr_array_unref);
	while ((child = gtk_widget_get_first_child(GTK_WIDGET(self))) != NULL)
		gtk_widget_unparent(child);
	G_OBJECT_CLASS(office_money_page_parent_class)->dispose(object);
}

static void install_actions(GtkWidgetClass *klass)
{
	gtk_widget_class_install_action(klass, "page.new", NULL, do_new);
	gtk_widget_class_install_action(klass, "page.head", NULL, do_transfer);
	gtk_widget_class_install_action(klass, "page.note", NULL, do_pay);
	gtk_widget_class_install_action(klass, "page.edit", NULL, do_edit);
	gtk_widget_class_install_action(klass, "page.post", NULL, do_post);
	gtk_widget_class_install_action(klass, "page.reload", NULL, do_reload);
	gtk_widget_class_install_action(klass, "page.back", NULL, do_back);
	gtk_widget_class_install_action(klass, "page.move-day", "i", do_move);
	gtk_widget_class_install_action(klass, "page.today", NULL, do_today);
}

static void bind_children(GtkWidgetClass *klass)
{
	gtk_widget_class_bind_template_child(klass, OfficeMoneyPage, stack);
	gtk_widget_class_bind_template_child(klass, OfficeMoneyPage, accounts);
	gtk_widget_class_bind_template_child(klass, OfficeMoneyPage, book);
	gtk_widget_class_bind_template_child(klass, OfficeMoneyPage, buttons);
	gtk_widget_class_bind_template_child(klass, OfficeMoneyPage, expense);
	gtk_widget_class_bind_template_child(klass, OfficeMoneyPage, income);
	gtk_widget_class_bind_template_child(klass, OfficeMoneyPage, transfer);
	gtk_widget_class_bind_template_child(klass, OfficeMoneyPage, pay);
	gtk_widget_class_bind_template_child(klass, OfficeMoneyPage, edit);
	gtk_widget_class_bind_template_child(klass, OfficeMoneyPage, book_title);
	gtk_widget_class_bind_template_child(klass, OfficeMoneyPage, month);
	gtk_widget_class_bind_template_child(klass, OfficeMoneyPage, message);
	gtk_widget_class_bind_template_child(klass, OfficeMoneyPage, form);
	gtk_widget_class_bind_template_child(klass, OfficeMoneyPage, back_title);
	gtk_widget_class_bind_template_child(klass, OfficeMoneyPage, back_message);
	gtk_widget_class_bind_template_child(klass, OfficeMoneyPage, reason);
}

static void office_money_page_class_init(OfficeMoneyPageClass *klass)
{
	GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

	G_OBJECT_CLASS(klass)->dispose = dispose;
	widget_class->map = on_mapped;
	widget_class->grab_focus = grab_focus;
	gtk_widget_class_set_layout_manager_type(widget_class, GTK_TYPE_BIN_LAYOUT);
	install_actions(widget_class);
	gtk_widget_class_set_template_from_resource(widget_class,
						    "/shop/baraa/office/money_page.ui");
	bind_children(widget_class);
	gtk_widget_class_bind_template_callback(widget_class, on_account);
	gtk_widget_class_bind_template_callback(widget_class, on_move);
	gtk_widget_class_bind_template_callback(widget_class, on_correct);
	gtk_widget_class_bind_template_callback(widget_class, on_income);
	gtk_widget_class_bind_template_callback(widget_class, on_written);
	gtk_widget_class_bind_template_callback(widget_class, show_list);
	gtk_widget_class_bind_template_callback(widget_class, take_back);
}

static void office_money_page_init(OfficeMoneyPage *self)
{
	g_type_ensure(OFFICE_TYPE_TEXT_TABLE);
	g_type_ensure(OFFICE_TYPE_MONEY_FORM);
	gtk_widget_init_template(GTK_WIDGET(self));
	office_unseen_leave_out(self->stack);
	office_text_table_set_columns(self->accounts, _("Accounts"), account_columns,
				      G_N_ELEMENTS(account_columns));
	office_text_table_set_columns(self->book, _("Cash book"), book_columns,
				      G_N_ELEMENTS(book_columns));
}
