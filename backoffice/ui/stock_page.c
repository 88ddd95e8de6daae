/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/stock_page.h"

#include "backoffice/goods/goods.h"
#include "backoffice/stock/stock.h"
#include "backoffice/ui/ask.h"
#include "backoffice/ui/blank.h"
#include "backoffice/ui/item_picker.h"
#include "backoffice/ui/scan_keys.h"
#include "backoffice/ui/text_table.h"
#include "backoffice/ui/unseen.h"
#include "backoffice/ui/words.h"
#include "base/language.h"

#include <glib/gi18n-lib.h>

#define MOVES_MAX 500
#define EXPIRING_DAYS 30

struct _OfficeStockPage {
	GtkWidget parent_instance;

	/* template children, borrowed */
	GtkStack *stack, *problems_stack, *expiring_stack;
	GtkLabel *message, *name, *facts;
	OfficeItemPicker *picker;
	OfficeTextTable *moves, *batches, *problems, *expiring;
	OfficeBlank *no_problems, *nothing_expires;

	OfficeDesk *desk; /* borrowed */
	int64_t item_id; /* 0: none is shown */
	guint round;
};

G_DEFINE_FINAL_TYPE(OfficeStockPage, office_stock_page, GTK_TYPE_WIDGET)

enum { M_AT, M_KIND, M_NUMBER, M_PERSON, M_QUANTITY, M_VALUE, M_BALANCE, M_N };
static const OfficeColumn move_columns[M_N] = {
	[M_AT] = { N_("Time"), 128, false },	      [M_KIND] = { N_("What"), 0, false },
	[M_NUMBER] = { N_("Number"), 88, false },     [M_PERSON] = { N_("By"), 96, false },
	[M_QUANTITY] = { N_("Quantity"), 104, true }, [M_VALUE] = { N_("Cost"), 88, true },
	[M_BALANCE] = { N_("Balance"), 104, true },
};

enum { B_EXPIRY, B_CODE, B_QUANTITY, B_N };
static const OfficeColumn batch_columns[B_N] = {
	[B_EXPIRY] = { N_("Expires on"), 96, false },
	[B_CODE] = { N_("Batch"), 0, false },
	[B_QUANTITY] = { N_("Quantity"), 104, true },
};

enum { P_NAME, P_QUANTITY, P_SINCE, P_CAUSE, P_N };
static const OfficeColumn problem_columns[P_N] = {
	[P_NAME] = { N_("Goods"), 232, false },
	[P_QUANTITY] = { N_("Balance"), 104, true },
	[P_SINCE] = { N_("Since"), 128, false },
	[P_CAUSE] = { N_("What it may come from, and what to do"), 0, false },
};

enum { E_EXPIRY, E_NAME, E_CODE, E_QUANTITY, E_STATE, E_N };
static const OfficeColumn expiring_columns[E_N] = {
	[E_EXPIRY] = { N_("Expires on"), 104, false }, [E_NAME] = { N_("Goods"), 0, false },
	[E_CODE] = { N_("Batch"), 112, false },	       [E_QUANTITY] = { N_("Quantity"), 104, true },
	[E_STATE] = { N_("State"), 144, false },
};

static void say(OfficeStockPage *self, const char *text)
{
	gtk_label_set_label(self->message, text);
	gtk_widget_set_visible(GTK_WIDGET(self->message), *text != '\0');
}

static bool say_trouble(OfficeStockPage *self, const GError *error)
{
	g_autofree char *text = error != NULL ? office_desk_dup_trouble(error) : g_strdup("");

	say(self, text);
	return error != NULL;
}

/* --- one item ------------------------------------------------------------------------------ */

typedef struct {
	int64_t shop_id, item_id;
	guint round;
	StockState state;
	Goods *goods; /* owned; NULL: deleted */
	GPtrArray *moves, *batches; /* owned */
} Facts;

static void facts_free(void *data)
{
	Facts *self = data;

	goods_free(self->goods);
	g_clear_pointer(&self->moves, g_ptr_array_unref);
	g_clear_pointer(&self->batches, g_ptr_array_unref);
	g_free(self);
}

static bool facts_work(Store *store, void *data, GError **error)
{
	Facts *self = data;
	GError *failed = NULL;

	self->goods = goods_find(store, self->item_id, &failed);
	if (failed != NULL) {
		g_propagate_error(error, failed);
		return false;
	}
	if (!stock_state(store, self->shop_id, self->item_id, &self->state, error))
		return false;
	self->moves = stock_moves(store, self->shop_id, self->item_id, MOVES_MAX, error);
	if (self->moves == NULL)
		return false;
	self->batches = stock_batches(store, self->shop_id, self->item_id, 99991231, error);
	return self->batches != NULL;
}

static const char *kind_title(const char *code)
{
	DocumentKind kind;

	if (document_kind_parse(code, &kind))
		return document_kind_title(kind);
	if (g_str_equal(code, "sale"))
		return _("Sale");
	if (g_str_equal(code, "return"))
		return _("Return");
	return g_str_equal(code, "correction") ? _("Correction") : code;
}

static void show_moves(OfficeStockPage *self, const Facts *facts)
{
	GPtrArray *rows = g_ptr_array_new();

	for (guint i = 0; i < facts->moves->len; i++) {
		const StockMove *it = facts->moves->pdata[i];
		OfficeTextRow *row = office_text_row_new(it->id);

		row->texts[M_AT] = office_time_dup(self->desk, it->at);
		row->texts[M_KIND] = g_strdup(kind_title(it->kind));
		row->texts[M_NUMBER] = g_strdup(it->number);
		row->texts[M_PERSON] = g_strdup(it->person);
		row->texts[M_QUANTITY] = office_quantity_dup(self->desk, it->quantity, NULL);
		row->texts[M_VALUE] = office_money_dup(self->desk, it->value);
		row->texts[M_BALANCE] = office_quantity_dup(self->desk, it->balance, NULL);
		g_ptr_array_add(rows, row);
	}
	office_text_table_take(self->moves, rows);
}

static void show_batches(OfficeStockPage *self, const Facts *facts)
{
	GPtrArray *rows = g_ptr_array_new();

	for (guint i = 0; i < facts->batches->len; i++) {
		const BatchState *it = facts->batches->pdata[i];
		OfficeTextRow *row = office_text_row_new(it->batch_id);

		row->texts[B_EXPIRY] = office_day_dup(it->expiry);
		row->texts[B_CODE] = g_strdup(it->code);
		row->texts[B_QUANTITY] = office_quantity_dup(self->desk, it->quantity, NULL);
		g_ptr_array_add(rows, row);
	}
	gtk_widget_set_visible(GTK_WIDGET(self->batches), rows->len > 0);
	office_text_table_take(self->batches, rows);
}

static void add_fact(GString *facts, const char *title, const char *text)
{
	g_string_append_printf(facts, "%s%s %s", facts->len > 0 ? "   ·   " : "", title, text);
}

static void add_quantity(OfficeStockPage *self, GString *facts, const char *title, int64_t micro,
			 const char *unit)
{
	g_autofree char *text = office_quantity_dup(self->desk, micro, unit);

	add_fact(facts, title, text);
}

static void add_money(OfficeStockPage *self, GString *facts, const char *title, int64_t minor)
{
	g_autofree char *text = office_money_dup(self->desk, minor);

	add_fact(facts, title, text);
}

static void show_facts(OfficeStockPage *self, const Facts *facts)
{
	const StockState *state = &facts->state;
	const char *unit = facts->goods != NULL ? language_unit_name(facts->goods->unit) : NULL;
	g_autoptr(GString) text = g_string_new(NULL);
	int64_t average;

	add_quantity(self, text, _("On the shelf"), state->quantity, unit);
	if (state->on_the_way != 0)
		add_quantity(self, text, _("On the way here"), state->on_the_way, unit);
	if (state->ordered != 0)
		add_quantity(self, text, _("Ordered"), state->ordered, unit);
	if (office_desk_may(self->desk, RIGHT_SEE_COST)) {
		add_money(self, text, _("Worth"), state->value);
		if (state->has_average &&
		    scale_int64(state->average, 1, QUANTITY_ONE, ROUND_HALF_AWAY, &average))
			add_money(self, text, _("One costs"), average);
	}
	gtk_label_set_label(self->facts, text->str);
	gtk_label_set_label(self->name,
			    facts->goods != NULL ? facts->goods->name : _("(deleted goods)"));
}

static void on_facts(GtkWidget *widget, void *data, const GError *error)
{
	OfficeStockPage *self = OFFICE_STOCK_PAGE(widget);
	const Facts *facts = data;

	if (facts->round != self->round || say_trouble(self, error))
		return;
	show_facts(self, facts);
	show_moves(self, facts);
	show_batches(self, facts);
}

static void ask_facts(OfficeStockPage *self)
{
	Facts *facts;

	if (self->item_id == 0)
		return;
	facts = g_new0(Facts, 1);
	facts->shop_id = office_desk_get_shop(self->desk)->id;
	facts->item_id = self->item_id;
	facts->round = ++self->round;
	office_ask(self->desk, OFFICE_QUICK, GTK_WIDGET(self), facts_work, facts, facts_free,
		   on_facts);
}

static void on_picked(OfficeItemPicker *picker, gint64 id, const char *name, OfficeStockPage *self)
{
	self->item_id = id;
	ask_facts(self);
}

/* --- below zero, expiring ------------------------------------------------------------------ */

typedef struct {
	int64_t shop_id;
	int32_t until; /* 0: what is below zero */
	GPtrArray *found; /* owned; of StockProblem or BatchState */
} Listing;

static void listing_free(void *data)
{
	Listing *self = data;

	g_clear_pointer(&self->found, g_ptr_array_unref);
	g_free(self);
}

static bool listing_work(Store *store, void *data, GError **error)
{
	Listing *self = data;

	self->found = self->until == 0 ? stock_problems(store, self->shop_id, error)
				       : stock_batches(store, self->shop_id, 0, self->until, error);
	return self->found != NULL;
}

static void show_problems(OfficeStockPage *self, const GPtrArray *found)
{
	GPtrArray *rows = g_ptr_array_new();

	for (guint i = 0; i < found->len; i++) {
		const StockProblem *it = found->pdata[i];
		OfficeTextRow *row = office_text_row_new(it->item_id);

		row->tone = OFFICE_RED;
		row->texts[P_NAME] = g_strdup(it->name);
		row->texts[P_QUANTITY] = office_quantity_dup(self->desk, it->quantity, it->unit);
		row->texts[P_SINCE] = office_time_dup(self->desk, it->since);
		row->texts[P_CAUSE] =
			*it->hint != '\0'
				? g_strdup_printf("%s: %s", stock_cause_title(it->cause), it->hint)
				: g_strdup(stock_cause_title(it->cause));
		g_ptr_array_add(rows, row);
	}
	gtk_stack_set_visible_child_name(self->problems_stack, rows->len > 0 ? "list" : "blank");
	office_text_table_take(self->problems, rows);
}

static void show_expiring(OfficeStockPage *self, const GPtrArray *found)
{
	GPtrArray *rows = g_ptr_array_new();
	int32_t today = office_today(self->desk);

	for (guint i = 0; i < found->len; i++) {
		const BatchState *it = found->pdata[i];
		OfficeTextRow *row = office_text_row_new((int64_t)i + 1);
		bool gone = it->expiry < today;

		row->tone = gone ? OFFICE_RED : OFFICE_AMBER;
		row->texts[E_EXPIRY] = office_day_dup(it->expiry);
		row->texts[E_NAME] = g_strdup(it->name);
		row->texts[E_CODE] = g_strdup(it->code);
		row->texts[E_QUANTITY] = office_quantity_dup(self->desk, it->quantity, NULL);
		row->texts[E_STATE] = g_strdup(gone ? _("■ expired") : _("▲ expires soon"));
		g_ptr_array_add(rows, row);
	}
	gtk_stack_set_visible_child_name(self->expiring_stack, rows->len > 0 ? "list" : "blank");
	office_text_table_take(self->expiring, rows);
}

static void on_listed(GtkWidget *widget, void *data, const GError *error)
{
	OfficeStockPage *self = OFFICE_STOCK_PAGE(widget);
	const Listing *listing = data;

	if (say_trouble(self, error))
		return;
	if (listing->until == 0)
		show_problems(self, listing->found);
	else
		show_expiring(self, listing->found);
}

static int32_t day_after(const OfficeStockPage *self, int days)
{
	g_autoptr(GDateTime) now = office_desk_dup_now(self->desk);
	g_autoptr(GDateTime) then = g_date_time_add_days(now, days);

	return g_date_time_get_year(then) * 10000 + g_date_time_get_month(then) * 100 +
	       g_date_time_get_day_of_month(then);
}

static void ask_listing(OfficeStockPage *self, int32_t until)
{
	Listing *listing = g_new0(Listing, 1);

	listing->shop_id = office_desk_get_shop(self->desk)->id;
	listing->until = until;
	office_ask(self->desk, OFFICE_LONG, GTK_WIDGET(self), listing_work, listing, listing_free,
		   on_listed);
}

static void ask(OfficeStockPage *self)
{
	const char *name = gtk_stack_get_visible_child_name(self->stack);

	if (self->desk == NULL)
		return; /* it is being made or taken down */
	if (g_strcmp0(name, "problems") == 0)
		ask_listing(self, 0);
	else if (g_strcmp0(name, "expiring") == 0)
		ask_listing(self, day_after(self, EXPIRING_DAYS));
	else
		ask_facts(self);
}

static void on_switched(OfficeStockPage *self)
{
	ask(self);
}

static void on_problem(OfficeTextTable *table, gint64 item_id, OfficeStockPage *self)
{
	self->item_id = item_id;
	gtk_stack_set_visible_child_name(self->stack, "goods");
}

/* --- keys ---------------------------------------------------------------------------------- */

static void reload(GtkWidget *widget, const char *action, GVariant *parameter)
{
	ask(OFFICE_STOCK_PAGE(widget));
}

static void find(GtkWidget *widget, const char *action, GVariant *parameter)
{
	OfficeStockPage *self = OFFICE_STOCK_PAGE(widget);

	gtk_stack_set_visible_child_name(self->stack, "goods");
	gtk_widget_grab_focus(GTK_WIDGET(self->picker));
}

static OfficeScanAnswer on_scan(const char *code, const char *before, void *data)
{
	OfficeStockPage *self = data;

	gtk_stack_set_visible_child_name(self->stack, "goods");
	office_item_picker_pick(self->picker, code);
	return OFFICE_SCAN_TAKEN;
}

static GtkWidget *get_field(void *data)
{
	return NULL;
}

static const OfficeScanTarget scan_target = { .scan = on_scan, .field = get_field };

/* --- life ---------------------------------------------------------------------------------- */

GtkWidget *office_stock_page_new(OfficeDesk *desk)
{
	OfficeStockPage *self = g_object_new(OFFICE_TYPE_STOCK_PAGE, NULL);
	bool costs = office_desk_may(desk, RIGHT_SEE_COST);

	self->desk = desk;
	office_text_table_show_column(self->moves, M_VALUE, costs);
	office_item_picker_set_desk(self->picker, desk);
	office_scan_keys_capture(GTK_WIDGET(self), &scan_target, self);
	return GTK_WIDGET(self);
}

static gboolean grab_focus(GtkWidget *widget)
{
	OfficeStockPage *self = OFFICE_STOCK_PAGE(widget);

	return gtk_widget_grab_focus(gtk_stack_get_visible_child(self->stack)) ||
	       gtk_widget_grab_focus(GTK_WIDGET(self->picker));
}

static void dispose(GObject *object)
{
	GtkWidget *child;

	OFFICE_STOCK_PAGE(object)->desk = NULL;
	while ((child = gtk_widget_get_first_child(GTK_WIDGET(object))) != NULL)
		gtk_widget_unparent(child);
	G_OBJECT_CLASS(office_stock_page_parent_class)->dispose(object);
}

static void bind_children(GtkWidgetClass *klass)
{
	gtk_widget_class_bind_template_child(klass, OfficeStockPage, stack);
	gtk_widget_class_bind_template_child(klass, OfficeStockPage, problems_stack);
	gtk_widget_class_bind_template_child(klass, OfficeStockPage, expiring_stack);
	gtk_widget_class_bind_template_child(klass, OfficeStockPage, message);
	gtk_widget_class_bind_template_child(klass, OfficeStockPage, name);
	gtk_widget_class_bind_template_child(klass, OfficeStockPage, facts);
	gtk_widget_class_bind_template_child(klass, OfficeStockPage, picker);
	gtk_widget_class_bind_template_child(klass, OfficeStockPage, moves);
	gtk_widget_class_bind_template_child(klass, OfficeStockPage, batches);
	gtk_widget_class_bind_template_child(klass, OfficeStockPage, problems);
	gtk_widget_class_bind_template_child(klass, OfficeStockPage, expiring);
	gtk_widget_class_bind_template_child(klass, OfficeStockPage, no_problems);
	gtk_widget_class_bind_template_child(klass, OfficeStockPage, nothing_expires);
}

static void office_stock_page_class_init(OfficeStockPageClass *klass)
{
	GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

	G_OBJECT_CLASS(klass)->dispose = dispose;
	widget_class->grab_focus = grab_focus;
	gtk_widget_class_set_layout_manager_type(widget_class, GTK_TYPE_BIN_LAYOUT);
	gtk_widget_class_install_action(widget_class, "page.reload", NULL, reload);
	gtk_widget_class_install_action(widget_class, "page.find", NULL, find);
	gtk_widget_class_set_template_from_resource(widget_class,
						    "/shop/baraa/office/stock_page.ui");
	bind_children(widget_class);
	gtk_widget_class_bind_template_callback(widget_class, on_picked);
	gtk_widget_class_bind_template_callback(widget_class, on_switched);
}

static void office_stock_page_init(OfficeStockPage *self)
{
	g_type_ensure(OFFICE_TYPE_ITEM_PICKER);
	g_type_ensure(OFFICE_TYPE_TEXT_TABLE);
	g_type_ensure(OFFICE_TYPE_BLANK);
	gtk_widget_init_template(GTK_WIDGET(self));
	office_unseen_leave_out(self->stack);
	office_text_table_set_columns(self->moves, _("Movements"), move_columns, M_N);
	office_text_table_set_columns(self->batches, _("Batches"), batch_columns, B_N);
	office_text_table_set_columns(self->problems, _("Below zero"), problem_columns, P_N);
	office_text_table_set_columns(self->expiring, _("Expiring"), expiring_columns, E_N);
	office_text_table_tone_columns(self->problems, 1U << P_QUANTITY);
	office_text_table_tone_columns(self->expiring, 1U << E_STATE);
	gtk_widget_set_visible(GTK_WIDGET(self->batches), false);
	office_blank_say(self->no_problems, _("Nothing is below zero."));
	office_blank_say(self->nothing_expires, _("Nothing expires within 30 days."));
	g_signal_connect(self->problems, "activated", G_CALLBACK(on_problem), self);
}
