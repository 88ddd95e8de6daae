/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/proposal_pane.h"

#include "backoffice/buying/proposal.h"
#include "backoffice/ui/ask.h"
#include "backoffice/ui/message.h"
#include "backoffice/ui/text_table.h"
#include "backoffice/ui/words.h"
#include "base/language.h"

#include <glib/gi18n-lib.h>

struct _OfficeProposalPane {
	GtkWidget parent_instance;

	/* template children, borrowed */
	GtkLabel *title, *why, *sum, *message;
	GtkEditable *quantity;
	GtkWidget *create;
	OfficeTextTable *table;

	OfficeDesk *desk; /* borrowed */
	GPtrArray *lines; /* owned; of ProposalLine; NULL: not read yet */
	int64_t supplier_id; /* 0: all */
	guint round;
	bool busy;
	bool warned; /* the message is a warning */
};

G_DEFINE_FINAL_TYPE(OfficeProposalPane, office_proposal_pane, GTK_TYPE_WIDGET)

enum { WHO, NAME, ORDER, VALUE, WHY, N_COLUMNS };
static const OfficeColumn columns[N_COLUMNS] = {
	[WHO] = { N_("Supplier"), 104, false }, [NAME] = { N_("Goods"), 176, false },
	[ORDER] = { N_("To order"), 88, true }, [VALUE] = { N_("Amount"), 88, true },
	[WHY] = { N_("Why"), 0, false },
};

/* --- showing ------------------------------------------------------------------------------- */

static ProposalLine *find(const OfficeProposalPane *self, int64_t item_id)
{
	for (guint i = 0; self->lines != NULL && i < self->lines->len; i++) {
		ProposalLine *line = self->lines->pdata[i];

		if (line->item_id == item_id)
			return line;
	}
	return NULL;
}

static const char *unit_name(const ProposalLine *line)
{
	Unit unit;

	return unit_parse(line->unit, &unit) ? language_unit_name(unit) : line->unit;
}

static OfficeTextRow *row_of(const OfficeProposalPane *self, const ProposalLine *line)
{
	OfficeTextRow *row = office_text_row_new(line->item_id);

	row->texts[WHO] = g_strdup(line->supplier);
	row->texts[NAME] = g_strdup(line->name);
	row->texts[ORDER] = office_quantity_dup(self->desk, line->quantity, unit_name(line));
	row->texts[VALUE] =
		line->has_cost ? office_money_dup(self->desk, proposal_value(line)) : NULL;
	row->texts[WHY] = proposal_dup_why(line, office_desk_get_style(self->desk));
	row->tone = line->quantity == 0 ? OFFICE_AMBER : OFFICE_PLAIN;
	return row;
}

static void show_sum(OfficeProposalPane *self)
{
	g_autofree char *text = NULL, *amount = NULL;
	int64_t sum = 0;

	for (guint i = 0; i < self->lines->len; i++)
		sum += proposal_value(self->lines->pdata[i]);
	amount = office_money_dup(self->desk, sum);
	text = g_strdup_printf(_("Together: %s"), amount);
	gtk_label_set_label(self->sum, office_desk_may(self->desk, RIGHT_SEE_COST) ? text : "");
}

/* What was said of drafts that were made stays until there is something to warn of. */
static void show_warnings(OfficeProposalPane *self)
{
	g_autofree char *text =
		proposal_dup_warnings(self->lines, office_desk_get_shop(self->desk)->currency,
				      office_desk_get_style(self->desk));
	bool warns = *text != '\0' && office_desk_may(self->desk, RIGHT_SEE_COST);

	if (warns || self->warned)
		office_message_say(self->message, warns ? text : "", warns);
	self->warned = warns;
}

static void show_lines(OfficeProposalPane *self)
{
	GPtrArray *rows = g_ptr_array_new();

	for (guint i = 0; i < self->lines->len; i++)
		g_ptr_array_add(rows, row_of(self, self->lines->pdata[i]));
	office_text_table_take(self->table, rows);
	gtk_widget_set_sensitive(self->create, self->lines->len > 0);
	show_sum(self);
	show_warnings(self);
}

static void fill_form(OfficeProposalPane *self, const ProposalLine *line)
{
	g_autofree char *text =
		line != NULL ? quantity_dup_decimal((Quantity){ line->quantity }) : g_strdup("");
	g_autofree char *why = line != NULL
				       ? proposal_dup_why(line, office_desk_get_style(self->desk))
				       : g_strdup("");
	g_autofree char *what =
		line != NULL ? g_strdup_printf("%s: %s", line->name, why) : g_strdup("");

	gtk_editable_set_text(self->quantity, text);
	gtk_widget_set_sensitive(GTK_WIDGET(self->quantity), line != NULL);
	gtk_label_set_label(self->why, what);
}

static void on_chosen(OfficeTextTable *table, gint64 id, OfficeProposalPane *self)
{
	fill_form(self, find(self, id));
}

static void on_activated(OfficeTextTable *table, gint64 id, OfficeProposalPane *self)
{
	on_chosen(table, id, self);
	gtk_widget_grab_focus(GTK_WIDGET(self->quantity));
}

/* --- another quantity ---------------------------------------------------------------------- */

static void choose_next(OfficeProposalPane *self, int64_t item_id)
{
	for (guint i = 0; i + 1 < self->lines->len; i++) {
		const ProposalLine *next = self->lines->pdata[i + 1];

		if (((const ProposalLine *)self->lines->pdata[i])->item_id != item_id)
			continue;
		office_text_table_choose(self->table, next->item_id);
		fill_form(self, next);
		gtk_editable_select_region(self->quantity, 0, -1);
		return;
	}
	fill_form(self, find(self, item_id));
}

static void write_it(OfficeProposalPane *self)
{
	ProposalLine *line = find(self, office_text_table_get_chosen(self->table));
	g_autofree char *text = g_strstrip(g_strdup(gtk_editable_get_text(self->quantity)));
	Quantity quantity;

	if (line == NULL || self->busy)
		return;
	if (!quantity_parse_decimal(text, &quantity) || quantity.micro < 0) {
		office_message_say(self->message, _("How many? A number, or 0 to leave it out."),
				   true);
		return;
	}
	line->quantity = quantity.micro;
	show_lines(self);
	choose_next(self, line->item_id);
}

/* --- reading, making orders ---------------------------------------------------------------- */

typedef struct {
	ProposalQuery query;
	int64_t person_id;
	guint round;
	bool creates;

	/* owned */
	GPtrArray *lines;
	GArray *ids;
} Order;

static void order_free(void *data)
{
	Order *self = data;

	g_clear_pointer(&self->lines, g_ptr_array_unref);
	g_clear_pointer(&self->ids, g_array_unref);
	g_free(self);
}

static bool order_work(Store *store, void *data, GError **error)
{
	Order *self = data;

	if (self->creates)
		return proposal_order(store, self->query.shop_id, self->lines, self->person_id,
				      &self->ids, error);
	self->lines = proposal_make(store, &self->query, false, error);
	return self->lines != NULL;
}

static void show_created(OfficeProposalPane *self, const Order *order)
{
	g_autofree char *text = g_strdup_printf(
		g_dngettext(GETTEXT_PACKAGE,
			    "%u draft of an order is made: look at it under Receiving, and post it "
			    "when it is sent.",
			    "%u drafts of orders are made: look at them under Receiving, and post "
			    "them when they are sent.",
			    order->ids->len),
		order->ids->len);

	office_message_say(self->message, text, false);
}

static void on_done(GtkWidget *widget, void *data, const GError *error)
{
	OfficeProposalPane *self = OFFICE_PROPOSAL_PANE(widget);
	g_autofree char *text = error != NULL ? office_desk_dup_trouble(error) : NULL;
	Order *order = data;

	if (order->creates)
		self->busy = false;
	if (text != NULL)
		office_message_say(self->message, text, true);
	if (order->creates) {
		/* What was not ordered is here again; what was is not proposed twice. */
		g_clear_pointer(&self->lines, g_ptr_array_unref);
		self->lines = g_steal_pointer(&order->lines);
		if (error == NULL) {
			show_created(self, order);
			office_proposal_pane_reload(self);
		}
		return;
	}
	if (order->round != self->round || error != NULL)
		return;
	g_clear_pointer(&self->lines, g_ptr_array_unref);
	self->lines = g_steal_pointer(&order->lines);
	show_lines(self);
	fill_form(self, NULL);
	if (self->lines->len == 0 && *gtk_label_get_label(self->message) == '\0')
		office_message_say(self->message, _("Nothing has to be ordered."), false);
}

static void run(OfficeProposalPane *self, bool creates)
{
	Order *order = g_new0(Order, 1);

	order->query = (ProposalQuery){ .shop_id = office_desk_get_shop(self->desk)->id,
					.supplier_id = self->supplier_id };
	order->person_id = office_desk_get_person_id(self->desk);
	order->creates = creates;
	order->round = ++self->round;
	if (creates)
		order->lines = g_steal_pointer(&self->lines);
	office_ask(self->desk, OFFICE_LONG, GTK_WIDGET(self), order_work, order, order_free,
		   on_done);
}

void office_proposal_pane_reload(OfficeProposalPane *self)
{
	if (!self->busy)
		run(self, false);
}

void office_proposal_pane_open(OfficeProposalPane *self, int64_t supplier_id)
{
	self->supplier_id = supplier_id;
	office_message_say(self->message, "", false);
	office_text_table_take(self->table, g_ptr_array_new());
	office_text_table_show_column(self->table, WHO, supplier_id == 0);
	gtk_widget_set_sensitive(self->create, false);
	fill_form(self, NULL);
	office_proposal_pane_reload(self);
	gtk_widget_grab_focus(GTK_WIDGET(self->table));
}

void office_proposal_pane_create(OfficeProposalPane *self)
{
	if (self->busy || self->lines == NULL || self->lines->len == 0)
		return;
	self->busy = true;
	run(self, true);
}

/* --- life ---------------------------------------------------------------------------------- */

void office_proposal_pane_set_desk(OfficeProposalPane *self, OfficeDesk *desk)
{
	self->desk = desk;
	office_text_table_show_column(self->table, VALUE, office_desk_may(desk, RIGHT_SEE_COST));
}

static gboolean grab_focus(GtkWidget *widget)
{
	return gtk_widget_grab_focus(GTK_WIDGET(OFFICE_PROPOSAL_PANE(widget)->table));
}

static void dispose(GObject *object)
{
	OfficeProposalPane *self = OFFICE_PROPOSAL_PANE(object);
	GtkWidget *child;

	g_clear_pointer(&self->lines, g_ptr_array_unref);
	while ((child = gtk_widget_get_first_child(GTK_WIDGET(self))) != NULL)
		gtk_widget_unparent(child);
	G_OBJECT_CLASS(office_proposal_pane_parent_class)->dispose(object);
}

static void bind_template(GtkWidgetClass *klass)
{
	gtk_widget_class_set_template_from_resource(klass, "/shop/baraa/office/proposal_pane.ui");
	gtk_widget_class_bind_template_child(klass, OfficeProposalPane, title);
	gtk_widget_class_bind_template_child(klass, OfficeProposalPane, why);
	gtk_widget_class_bind_template_child(klass, OfficeProposalPane, sum);
	gtk_widget_class_bind_template_child(klass, OfficeProposalPane, message);
	gtk_widget_class_bind_template_child(klass, OfficeProposalPane, quantity);
	gtk_widget_class_bind_template_child(klass, OfficeProposalPane, create);
	gtk_widget_class_bind_template_child(klass, OfficeProposalPane, table);
	gtk_widget_class_bind_template_callback(klass, on_chosen);
	gtk_widget_class_bind_template_callback(klass, on_activated);
	gtk_widget_class_bind_template_callback(klass, write_it);
	gtk_widget_class_bind_template_callback(klass, office_proposal_pane_create);
}

static void office_proposal_pane_class_init(OfficeProposalPaneClass *klass)
{
	GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

	G_OBJECT_CLASS(klass)->dispose = dispose;
	widget_class->grab_focus = grab_focus;
	gtk_widget_class_set_layout_manager_type(widget_class, GTK_TYPE_BIN_LAYOUT);
	bind_template(widget_class);
}

static void office_proposal_pane_init(OfficeProposalPane *self)
{
	g_type_ensure(OFFICE_TYPE_TEXT_TABLE);
	gtk_widget_init_template(GTK_WIDGET(self));
	office_text_table_set_columns(self->table, _("What to order"), columns, N_COLUMNS);
	office_text_table_tone_columns(self->table, 1U << ORDER);
	gtk_label_set_label(self->title, _("What to order"));
}
