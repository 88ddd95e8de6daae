/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/bulk_pane.h"

#include <glib/gi18n-lib.h>

#define RUN_ROWS 1000 /* fetched at once */

struct _OfficeBulkPane {
	GtkWidget parent_instance;

	/* template children, borrowed */
	GtkLabel *title, *message;
	GtkDropDown *field;
	GtkEntry *value, *step;
	GtkButton *apply_button, *undo_button;

	GoodsChoice *choice; /* owned */
	OfficeDesk *desk; /* borrowed; NULL when the page is gone */
	int64_t set; /* that was changed last; 0: none */
};

G_DEFINE_FINAL_TYPE(OfficeBulkPane, office_bulk_pane, GTK_TYPE_WIDGET)

static guint done_signal, closed_signal;

static const char *const field_titles[BULK_N_FIELDS] = {
	[BULK_CATEGORY] = N_("Group"),
	[BULK_BRAND] = N_("Brand"),
	[BULK_TAX] = N_("Tax"),
	[BULK_UNIT] = N_("Unit"),
	[BULK_PRICE] = N_("Price"),
	[BULK_PRICE_PERCENT] = N_("Price by percent (+10, -5)"),
	[BULK_PRICE_ON_COST] = N_("Price: percent on the cost"),
	[BULK_EXPIRES] = N_("Kept by batch (1 or 0)"),
	[BULK_MARKED] = N_("Marked (1 or 0)"),
	[BULK_MINIMUM] = N_("Least on the shelf"),
	[BULK_DELETE] = N_("Delete them"),
};

static bool is_price(BulkField field)
{
	return field == BULK_PRICE || field == BULK_PRICE_PERCENT || field == BULK_PRICE_ON_COST;
}

void goods_choice_free(GoodsChoice *self)
{
	if (self == NULL)
		return;
	g_free(self->search);
	g_clear_pointer(&self->places, gtk_bitset_unref);
	g_free(self);
}

/* --- on a thread of the desk --------------------------------------------------------------- */

typedef struct {
	int64_t person_id, set, n, kept;
	bool undo;
	BulkField field;
	int64_t step;

	/* owned */
	GoodsChoice *choice;
	char *text;
} Order;

static void order_free(void *order)
{
	Order *self = order;

	goods_choice_free(self->choice);
	g_free(self->text);
	g_free(self);
}

static bool add_ids(GoodsList *list, guint first, guint n, GArray *ids, GError **error)
{
	g_autoptr(GPtrArray) page = goods_list_page(list, first, (int)n, error);

	for (guint i = 0; page != NULL && i < page->len; i++)
		g_array_append_val(ids, ((const Goods *)page->pdata[i])->id);
	return page != NULL;
}

/* Rows that stand together are fetched together. */
static bool add_runs(GoodsList *list, const GtkBitset *places, GArray *ids, GError **error)
{
	GtkBitsetIter iter;
	guint place, first = 0, n = 0;
	bool more = gtk_bitset_iter_init_first(&iter, places, &place);

	while (more) {
		if (n > 0 && (place != first + n || n == RUN_ROWS)) {
			if (!add_ids(list, first, n, ids, error))
				return false;
			n = 0;
		}
		first = n == 0 ? place : first;
		n++;
		more = gtk_bitset_iter_next(&iter, &place);
	}
	return n == 0 || add_ids(list, first, n, ids, error);
}

static GArray *find_ids(const GoodsChoice *choice, Store *store, GError **error)
{
	g_autoptr(GoodsList) list = goods_list_new(store);
	g_autoptr(GArray) ids = g_array_new(false, false, sizeof(int64_t));
	int64_t count;

	goods_list_set_order(list, choice->order, choice->descending);
	goods_list_set_search(list, choice->search);
	if (!goods_list_count(list, &count, error))
		return NULL;
	if ((int64_t)gtk_bitset_get_size(choice->places) >= count)
		return goods_list_dup_ids(list, error);
	return add_runs(list, choice->places, ids, error) ? g_steal_pointer(&ids) : NULL;
}

static bool change(Order *self, Store *store, GError **error)
{
	BulkChange change = { .field = self->field, .text = self->text, .step = self->step };
	g_autoptr(GArray) ids = find_ids(self->choice, store, error);

	return ids != NULL &&
	       goods_bulk_edit(store, (const int64_t *)ids->data, (int)ids->len, &change,
			       self->person_id, &self->set, &self->n, error);
}

static void order_job(GTask *task, Store *store)
{
	Order *order = g_task_get_task_data(task);
	GError *error = NULL;
	bool ok = order->undo ? change_set_undo(store, order->set, order->person_id, &order->n,
						&order->kept, &error)
			      : change(order, store, &error);

	if (ok)
		g_task_return_boolean(task, true);
	else
		g_task_return_error(task, error);
}

/* --- what comes back ----------------------------------------------------------------------- */

static char *dup_done(const OfficeBulkPane *self, const Order *order)
{
	g_autofree char *n = number_text_integer(office_desk_get_style(self->desk), order->n);
	g_autofree char *kept = number_text_integer(office_desk_get_style(self->desk), order->kept);

	if (!order->undo)
		return g_strdup_printf(g_dngettext(GETTEXT_PACKAGE, "%s item was changed.",
						   "%s items were changed.", (gulong)order->n),
				       n);
	if (order->kept == 0)
		return g_strdup_printf(g_dngettext(GETTEXT_PACKAGE, "%s item is as it was before.",
						   "%s items are as they were before.",
						   (gulong)order->n),
				       n);
	return g_strdup_printf(_("As before again: %s. Left as they are, because somebody has "
				 "changed them since: %s."),
			       n, kept);
}

static void on_answer(GObject *source, GAsyncResult *result, void *data)
{
	g_autoptr(OfficeBulkPane) self = data;
	Order *order = g_task_get_task_data(G_TASK(result));
	g_autoptr(GError) error = NULL;
	g_autofree char *text = NULL;

	if (g_task_propagate_boolean(G_TASK(result), &error)) {
		if (self->desk == NULL)
			return;
		self->set = order->undo ? 0 : order->set;
		text = dup_done(self, order);
		g_signal_emit(self, done_signal, 0);
	} else {
		text = office_desk_dup_trouble(error);
	}
	if (self->desk == NULL)
		return;
	gtk_label_set_label(self->message, text);
	gtk_widget_set_sensitive(GTK_WIDGET(self->apply_button), true);
	gtk_widget_set_sensitive(GTK_WIDGET(self->undo_button), self->set != 0);
}

static void run(OfficeBulkPane *self, Order *order)
{
	GTask *task = g_task_new(NULL, NULL, on_answer, g_object_ref(self));

	gtk_widget_set_sensitive(GTK_WIDGET(self->apply_button), false);
	gtk_widget_set_sensitive(GTK_WIDGET(self->undo_button), false);
	gtk_label_set_label(self->message, _("One moment…"));
	order->person_id = office_desk_get_person_id(self->desk);
	g_task_set_task_data(task, order, order_free);
	office_desk_run(self->desk, OFFICE_LONG, task, order_job);
}

static GoodsChoice *choice_copy(const GoodsChoice *self)
{
	GoodsChoice *copy = g_new(GoodsChoice, 1);

	*copy = *self;
	copy->search = g_strdup(self->search);
	copy->places = gtk_bitset_copy(self->places);
	return copy;
}

static void apply(OfficeBulkPane *self)
{
	const char *step = gtk_editable_get_text(GTK_EDITABLE(self->step));
	BulkField field = (BulkField)gtk_drop_down_get_selected(self->field);
	Money money = { 0 };
	Order *order;

	if (!gtk_widget_get_sensitive(GTK_WIDGET(self->apply_button)))
		return;
	if (is_price(field) && *step != '\0' &&
	    !money_parse_decimal(step, office_desk_get_shop(self->desk)->currency, &money)) {
		gtk_label_set_label(self->message, _("What prices are rounded to is an amount."));
		return;
	}
	order = g_new0(Order, 1);
	*order = (Order){ .field = field,
			  .step = money.minor,
			  .choice = choice_copy(self->choice),
			  .text = g_strdup(gtk_editable_get_text(GTK_EDITABLE(self->value))) };
	run(self, order);
}

static void undo(OfficeBulkPane *self)
{
	Order *order = g_new0(Order, 1);

	*order = (Order){ .undo = true, .set = self->set };
	run(self, order);
}

static void close_pane(OfficeBulkPane *self)
{
	g_signal_emit(self, closed_signal, 0);
}

static void on_field(OfficeBulkPane *self)
{
	BulkField field = (BulkField)gtk_drop_down_get_selected(self->field);

	gtk_widget_set_visible(GTK_WIDGET(self->step), is_price(field));
	gtk_widget_set_visible(GTK_WIDGET(self->value), field != BULK_DELETE);
}

void office_bulk_pane_open(OfficeBulkPane *self, OfficeDesk *desk, GoodsChoice *choice)
{
	guint64 n = gtk_bitset_get_size(choice->places);
	g_autofree char *number = number_text_integer(office_desk_get_style(desk), (int64_t)n);
	g_autofree char *title = g_strdup_printf(
		g_dngettext(GETTEXT_PACKAGE, "Change %s item", "Change %s items", (gulong)n),
		number);

	self->desk = desk;
	goods_choice_free(self->choice);
	self->choice = choice;
	gtk_label_set_label(self->title, title);
	gtk_label_set_label(self->message, "");
	gtk_widget_grab_focus(GTK_WIDGET(self->field));
}

/* --- life ---------------------------------------------------------------------------------- */

static void dispose(GObject *object)
{
	OfficeBulkPane *self = OFFICE_BULK_PANE(object);
	GtkWidget *child;

	self->desk = NULL;
	g_clear_pointer(&self->choice, goods_choice_free);
	while ((child = gtk_widget_get_first_child(GTK_WIDGET(self))) != NULL)
		gtk_widget_unparent(child);
	G_OBJECT_CLASS(office_bulk_pane_parent_class)->dispose(object);
}

static void office_bulk_pane_class_init(OfficeBulkPaneClass *klass)
{
	GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

	G_OBJECT_CLASS(klass)->dispose = dispose;
	done_signal = g_signal_new("done", G_TYPE_FROM_CLASS(klass), G_SIGNAL_RUN_FIRST, 0, NULL,
				   NULL, NULL, G_TYPE_NONE, 0);
	closed_signal = g_signal_new("closed", G_TYPE_FROM_CLASS(klass), G_SIGNAL_RUN_FIRST, 0,
				     NULL, NULL, NULL, G_TYPE_NONE, 0);
	gtk_widget_class_set_layout_manager_type(widget_class, GTK_TYPE_BIN_LAYOUT);
	gtk_widget_class_set_template_from_resource(widget_class,
						    "/shop/baraa/office/bulk_pane.ui");
	gtk_widget_class_bind_template_child(widget_class, OfficeBulkPane, title);
	gtk_widget_class_bind_template_child(widget_class, OfficeBulkPane, message);
	gtk_widget_class_bind_template_child(widget_class, OfficeBulkPane, field);
	gtk_widget_class_bind_template_child(widget_class, OfficeBulkPane, value);
	gtk_widget_class_bind_template_child(widget_class, OfficeBulkPane, step);
	gtk_widget_class_bind_template_child(widget_class, OfficeBulkPane, apply_button);
	gtk_widget_class_bind_template_child(widget_class, OfficeBulkPane, undo_button);
	gtk_widget_class_bind_template_callback(widget_class, apply);
	gtk_widget_class_bind_template_callback(widget_class, undo);
	gtk_widget_class_bind_template_callback(widget_class, close_pane);
}

static void office_bulk_pane_init(OfficeBulkPane *self)
{
	const char *titles[BULK_N_FIELDS + 1] = { NULL };
	g_autoptr(GtkStringList) list = NULL;

	gtk_widget_init_template(GTK_WIDGET(self));
	for (BulkField field = 0; field < BULK_N_FIELDS; field++)
		titles[field] = g_dgettext(GETTEXT_PACKAGE, field_titles[field]);
	list = gtk_string_list_new(titles);
	gtk_drop_down_set_model(self->field, G_LIST_MODEL(list));
	g_signal_connect_object(self->field, "notify::selected", G_CALLBACK(on_field), self,
				G_CONNECT_SWAPPED);
	on_field(self);
}
