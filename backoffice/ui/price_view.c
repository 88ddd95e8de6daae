/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/price_view.h"

#include "backoffice/ui/ask.h"
#include "backoffice/ui/drop_down.h"
#include "backoffice/ui/message.h"
#include "backoffice/ui/price_facts.h"
#include "backoffice/ui/text_table.h"
#include "backoffice/ui/words.h"

#include <glib/gi18n-lib.h>

struct _OfficePriceView {
	GtkWidget parent_instance;

	/* template children, borrowed */
	GtkLabel *title, *message;
	OfficeTextTable *prices, *coming, *history;
	GtkWidget *form, *coming_box;
	GtkButton *take_back;
	GtkDropDown *kind, *shop;
	GtkEditable *price, *day, *time;

	PriceFacts *facts; /* owned; NULL: not read yet */
	OfficeDesk *desk; /* borrowed */
	int64_t item_id;
	bool busy; /* something is being written */
};

G_DEFINE_FINAL_TYPE(OfficePriceView, office_price_view, GTK_TYPE_WIDGET)

enum { PRICE_COLUMN_MARGIN = 3 };
static const OfficeColumn price_columns[] = {
	{ N_("Kind"), 112, false }, { N_("Price"), 96, true }, { N_("From"), 136, false },
	{ N_("Margin"), 80, true }, { N_("Why"), 0, false },
};
static const OfficeColumn coming_columns[] = {
	{ N_("From"), 136, false }, { N_("Kind"), 128, false }, { N_("Shop"), 128, false },
	{ N_("Price"), 96, true },  { N_("Set by"), 0, false },
};
static const OfficeColumn history_columns[] = {
	{ N_("When"), 128, false }, { N_("Kind"), 96, false }, { N_("Shop"), 96, false },
	{ N_("Before"), 80, true }, { N_("After"), 80, true }, { N_("From"), 128, false },
	{ N_("Who"), 96, false },   { N_("How"), 0, false },
};

static void say(OfficePriceView *self, const char *text, bool is_trouble)
{
	office_message_say(self->message, text, is_trouble);
}

/* --- showing ------------------------------------------------------------------------------- */

static char *dup_amount(OfficePriceView *self, bool has, int64_t amount)
{
	return has ? office_money_dup(self->desk, amount) : g_strdup("—");
}

static char *dup_margin(OfficePriceView *self, const PriceRow *row)
{
	const Goods *goods = self->facts->goods;
	int64_t margin;

	if (!row->has_amount || !goods->has_cost ||
	    !office_margin(row->amount, goods->cost, &margin))
		return g_strdup("—");
	return number_text_percent(office_desk_get_style(self->desk), margin);
}

static void show_prices(OfficePriceView *self)
{
	GPtrArray *rows = g_ptr_array_new();

	for (guint i = 0; i < self->facts->rows->len; i++) {
		const PriceRow *price = &g_array_index(self->facts->rows, PriceRow, i);
		OfficeTextRow *row = office_text_row_new(i + 1);

		row->tone = price->first_at != 0 ? OFFICE_AMBER : OFFICE_PLAIN;
		row->texts[0] = g_strdup(price_facts_kind(self->facts, price->kind_id));
		row->texts[1] = dup_amount(self, price->has_amount, price->amount);
		row->texts[2] = price->first_at != 0 ? office_time_dup(self->desk, price->first_at)
						     : g_strdup(_("now"));
		row->texts[3] = dup_margin(self, price);
		row->texts[4] = g_strdup(self->facts->whys->pdata[i]);
		g_ptr_array_add(rows, row);
	}
	office_text_table_take(self->prices, rows);
}

static void show_coming(OfficePriceView *self)
{
	GPtrArray *rows = g_ptr_array_new();

	for (guint i = 0; i < self->facts->coming->len; i++) {
		const PriceChange *change = self->facts->coming->pdata[i];
		OfficeTextRow *row = office_text_row_new(i + 1);

		row->texts[0] = office_time_dup(self->desk, change->first_at);
		row->texts[1] = g_strdup(change->kind);
		row->texts[2] = g_strdup(price_facts_shop(self->facts, change->shop_id));
		row->texts[3] = dup_amount(self, change->has_after, change->after);
		row->texts[4] = g_strdup(change->person);
		g_ptr_array_add(rows, row);
	}
	gtk_widget_set_visible(self->coming_box, rows->len > 0);
	office_text_table_take(self->coming, rows);
}

static void show_history(OfficePriceView *self)
{
	GPtrArray *rows = g_ptr_array_new();

	for (guint i = 0; i < self->facts->history->len; i++) {
		const PriceChange *change = self->facts->history->pdata[i];
		OfficeTextRow *row = office_text_row_new(change->id);

		row->texts[0] = office_time_dup(self->desk, change->at);
		row->texts[1] = g_strdup(change->kind);
		row->texts[2] = g_strdup(price_facts_shop(self->facts, change->shop_id));
		row->texts[3] = dup_amount(self, change->has_before, change->before);
		row->texts[4] = dup_amount(self, change->has_after, change->after);
		row->texts[5] = office_time_dup(self->desk, change->first_at);
		row->texts[6] = g_strdup(change->person);
		row->texts[7] = g_strdup(price_how_title(change->how));
		g_ptr_array_add(rows, row);
	}
	office_text_table_take(self->history, rows);
}

/* Kinds that are set by hand; the choice stays. */
static void show_kinds(OfficePriceView *self)
{
	g_autoptr(GtkStringList) names = gtk_string_list_new(NULL);
	guint chosen = gtk_drop_down_get_selected(self->kind);

	for (guint i = 0; i < self->facts->kinds->len; i++) {
		const PriceKind *kind = self->facts->kinds->pdata[i];

		if (kind->basis == PRICE_BY_HAND)
			gtk_string_list_append(names, price_kind_title(kind));
	}
	gtk_drop_down_set_model(self->kind, G_LIST_MODEL(names));
	if (chosen < g_list_model_get_n_items(G_LIST_MODEL(names)))
		gtk_drop_down_set_selected(self->kind, chosen);
}

static void show_shops(OfficePriceView *self)
{
	g_autoptr(GtkStringList) names = gtk_string_list_new(NULL);
	guint chosen = gtk_drop_down_get_selected(self->shop);

	gtk_string_list_append(names, _("all shops"));
	for (guint i = 0; i < self->facts->shops->len; i++)
		gtk_string_list_append(names, ((const Shop *)self->facts->shops->pdata[i])->name);
	gtk_drop_down_set_model(self->shop, G_LIST_MODEL(names));
	if (chosen < g_list_model_get_n_items(G_LIST_MODEL(names)))
		gtk_drop_down_set_selected(self->shop, chosen);
}

static void show(OfficePriceView *self)
{
	const Goods *goods = self->facts->goods;

	gtk_label_set_label(self->title, goods != NULL ? goods->name : "");
	if (goods == NULL) {
		say(self, _("There are no such goods any more."), true);
		return;
	}
	show_prices(self);
	show_coming(self);
	show_history(self);
	show_kinds(self);
	show_shops(self);
}

/* The whole of what the column cuts off. */
static void on_price_chosen(OfficeTextTable *table, gint64 id, OfficePriceView *self)
{
	if (self->facts != NULL && self->facts->whys != NULL && id >= 1 &&
	    id <= (gint64)self->facts->whys->len)
		say(self, self->facts->whys->pdata[id - 1], false);
}

/* --- reading ------------------------------------------------------------------------------- */

static void on_read(GtkWidget *widget, void *data, const GError *error)
{
	OfficePriceView *self = OFFICE_PRICE_VIEW(widget);
	PriceFacts *facts = data;

	if (facts->item_id != self->item_id)
		return; /* another one is open by now */
	if (error != NULL) {
		g_autofree char *text = office_desk_dup_trouble(error);

		say(self, text, true);
		return;
	}
	g_clear_pointer(&self->facts, price_facts_free);
	/* What was asked is lent: the answer is taken out of it. */
	self->facts = g_memdup2(facts, sizeof *facts);
	*facts = (PriceFacts){ .item_id = facts->item_id };
	show(self);
}

void office_price_view_reload(OfficePriceView *self)
{
	PriceFacts *facts = price_facts_new(self->item_id, office_desk_get_shop(self->desk)->id);

	office_ask(self->desk, OFFICE_QUICK, GTK_WIDGET(self), price_facts_read, facts,
		   price_facts_free, on_read);
}

void office_price_view_open(OfficePriceView *self, int64_t item_id)
{
	self->item_id = item_id;
	gtk_label_set_label(self->title, "");
	gtk_editable_set_text(self->price, "");
	gtk_editable_set_text(self->day, "");
	gtk_editable_set_text(self->time, "");
	say(self, "", false);
	office_price_view_reload(self);
	gtk_widget_grab_focus(GTK_WIDGET(self));
}

/* --- writing ------------------------------------------------------------------------------- */

typedef struct {
	PriceSet set;
	int64_t person_id;
	bool cancel;
} Order;

static bool order_work(Store *store, void *data, GError **error)
{
	const Order *self = data;
	const PriceSet *set = &self->set;

	if (self->cancel)
		return prices_cancel(store, set->item_id, set->kind_id, set->shop_id, set->first_at,
				     self->person_id, error);
	return prices_set(store, set, 1, self->person_id, "hand", error);
}

static void on_ordered(GtkWidget *widget, void *data, const GError *error)
{
	OfficePriceView *self = OFFICE_PRICE_VIEW(widget);
	const Order *order = data;
	g_autofree char *text = error != NULL ? office_desk_dup_trouble(error) : NULL;

	self->busy = false;
	if (text != NULL) {
		say(self, text, true);
		return;
	}
	gtk_editable_set_text(self->price, "");
	say(self,
	    order->cancel	       ? _("The price will not come.")
	    : order->set.first_at != 0 ? _("The price is set and begins at its minute.")
				       : _("The price is set."),
	    false);
	office_price_view_reload(self);
}

static void run(OfficePriceView *self, const PriceSet *set, bool cancel)
{
	Order *order = g_new0(Order, 1);

	*order = (Order){ .set = *set,
			  .person_id = office_desk_get_person_id(self->desk),
			  .cancel = cancel };
	self->busy = true;
	office_ask(self->desk, OFFICE_QUICK, GTK_WIDGET(self), order_work, order, g_free,
		   on_ordered);
}

static int64_t chosen_kind(OfficePriceView *self)
{
	guint chosen = gtk_drop_down_get_selected(self->kind), n = 0;

	for (guint i = 0; i < self->facts->kinds->len; i++) {
		const PriceKind *kind = self->facts->kinds->pdata[i];

		if (kind->basis == PRICE_BY_HAND && n++ == chosen)
			return kind->id;
	}
	return PRICE_RETAIL;
}

static int64_t chosen_shop(OfficePriceView *self)
{
	guint chosen = gtk_drop_down_get_selected(self->shop);

	return chosen > 0 && chosen <= self->facts->shops->len
		       ? ((const Shop *)self->facts->shops->pdata[chosen - 1])->id
		       : 0;
}

static bool refuse(OfficePriceView *self, GtkEditable *field, const char *text)
{
	say(self, text, true);
	gtk_widget_grab_focus(GTK_WIDGET(field));
	return false;
}

static bool read_form(OfficePriceView *self, PriceSet *ret)
{
	const char *price = gtk_editable_get_text(self->price);

	*ret = (PriceSet){ .item_id = self->item_id,
			   .kind_id = chosen_kind(self),
			   .shop_id = chosen_shop(self),
			   .has_amount = *price != '\0' && !g_str_equal(price, "-") };
	if (*price == '\0')
		return refuse(self, self->price,
			      _("Which price? Type it, or “-” to take the price away."));
	if (ret->has_amount && !office_money_parse(self->desk, price, &ret->amount))
		return refuse(self, self->price, _("This is not an amount: type it like 12.50."));
	if (!price_moment_parse(self->desk, gtk_editable_get_text(self->day),
				gtk_editable_get_text(self->time), &ret->first_at))
		return refuse(self, self->day,
			      _("There is no such day or minute: type them like 2026-12-31 and "
				"8:00, or leave both empty."));
	return true;
}

void office_price_view_set(OfficePriceView *self)
{
	PriceSet set;

	if (self->busy || self->facts == NULL || !gtk_widget_get_visible(self->form))
		return;
	if (read_form(self, &set))
		run(self, &set, false);
}

static void cancel_chosen(OfficePriceView *self)
{
	int64_t chosen = office_text_table_get_chosen(self->coming);
	const PriceChange *change;

	if (self->busy || self->facts == NULL)
		return;
	if (self->facts->coming->len == 1)
		chosen = 1; /* it cannot be meant otherwise */
	if (chosen < 1 || chosen > (int64_t)self->facts->coming->len) {
		say(self, _("Which one? Choose a price to come in the list first."), true);
		return;
	}
	change = self->facts->coming->pdata[chosen - 1];
	run(self,
	    &(PriceSet){ .item_id = change->item_id,
			 .kind_id = change->kind_id,
			 .shop_id = change->shop_id,
			 .first_at = change->first_at },
	    true);
}

/* --- life ---------------------------------------------------------------------------------- */

void office_price_view_set_desk(OfficePriceView *self, OfficeDesk *desk)
{
	bool may = office_desk_may(desk, RIGHT_CHANGE_PRICE);

	self->desk = desk;
	gtk_widget_set_visible(self->form, may);
	gtk_widget_set_visible(GTK_WIDGET(self->take_back), may);
	office_text_table_show_column(self->prices, PRICE_COLUMN_MARGIN,
				      office_desk_may(desk, RIGHT_SEE_COST));
}

static gboolean grab_focus(GtkWidget *widget)
{
	OfficePriceView *self = OFFICE_PRICE_VIEW(widget);

	return gtk_widget_grab_focus(gtk_widget_get_visible(self->form) ? GTK_WIDGET(self->price)
									: GTK_WIDGET(self->prices));
}

static void dispose(GObject *object)
{
	OfficePriceView *self = OFFICE_PRICE_VIEW(object);
	GtkWidget *child;

	g_clear_pointer(&self->facts, price_facts_free);
	while ((child = gtk_widget_get_first_child(GTK_WIDGET(self))) != NULL)
		gtk_widget_unparent(child);
	G_OBJECT_CLASS(office_price_view_parent_class)->dispose(object);
}

static void office_price_view_class_init(OfficePriceViewClass *klass)
{
	GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

	G_OBJECT_CLASS(klass)->dispose = dispose;
	widget_class->grab_focus = grab_focus;
	gtk_widget_class_set_layout_manager_type(widget_class, GTK_TYPE_BIN_LAYOUT);
	gtk_widget_class_set_template_from_resource(widget_class,
						    "/shop/baraa/office/price_view.ui");
	gtk_widget_class_bind_template_child(widget_class, OfficePriceView, title);
	gtk_widget_class_bind_template_child(widget_class, OfficePriceView, message);
	gtk_widget_class_bind_template_child(widget_class, OfficePriceView, prices);
	gtk_widget_class_bind_template_child(widget_class, OfficePriceView, coming);
	gtk_widget_class_bind_template_child(widget_class, OfficePriceView, history);
	gtk_widget_class_bind_template_child(widget_class, OfficePriceView, form);
	gtk_widget_class_bind_template_child(widget_class, OfficePriceView, coming_box);
	gtk_widget_class_bind_template_child(widget_class, OfficePriceView, take_back);
	gtk_widget_class_bind_template_child(widget_class, OfficePriceView, kind);
	gtk_widget_class_bind_template_child(widget_class, OfficePriceView, shop);
	gtk_widget_class_bind_template_child(widget_class, OfficePriceView, price);
	gtk_widget_class_bind_template_child(widget_class, OfficePriceView, day);
	gtk_widget_class_bind_template_child(widget_class, OfficePriceView, time);
	gtk_widget_class_bind_template_callback(widget_class, on_price_chosen);
	gtk_widget_class_bind_template_callback(widget_class, cancel_chosen);
	gtk_widget_class_bind_template_callback(widget_class, office_price_view_set);
}

static void office_price_view_init(OfficePriceView *self)
{
	g_type_ensure(OFFICE_TYPE_TEXT_TABLE);
	gtk_widget_init_template(GTK_WIDGET(self));
	office_drop_down_name(self->kind, _("Kind of price"));
	office_drop_down_name(self->shop, _("For which shop"));
	office_text_table_set_columns(self->prices, _("Prices"), price_columns,
				      G_N_ELEMENTS(price_columns));
	office_text_table_set_columns(self->coming, _("Prices to come"), coming_columns,
				      G_N_ELEMENTS(coming_columns));
	office_text_table_set_columns(self->history, _("History"), history_columns,
				      G_N_ELEMENTS(history_columns));
}
