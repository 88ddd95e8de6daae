/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/ui/line_row.h"

#include "pos/ui/text.h"

#include <glib/gi18n-lib.h>

struct _PosLineRow {
	GtkGrid parent_instance;

	/* template children, borrowed */
	GtkLabel *number;
	GtkLabel *name;
	GtkLabel *quantity;
	GtkLabel *price;
	GtkLabel *sum;
	GtkLabel *discount;
	GtkLabel *discount_sum;
	GtkLabel *returnable;

	int line_number;
};

G_DEFINE_FINAL_TYPE(PosLineRow, pos_line_row, GTK_TYPE_GRID)

static void set(GtkLabel *label, char *text)
{
	gtk_label_set_label(label, text);
	g_free(text);
}

/* The line's own discount by its name, and that of the receipt where the line bears a part of it.
 */
static char *dup_discount_name(const SessionLine *line, uint16_t currency)
{
	g_autofree char *own = text_discount(line->own, currency);
	bool shares = line->shared_discount.minor != 0;

	if (!shares)
		return g_steal_pointer(&own);
	if (line->own.kind == DISCOUNT_NONE)
		return g_strdup(_("Receipt discount"));
	return g_strconcat(own, ", ", _("receipt discount"), NULL);
}

static void show_discount(PosLineRow *self, const SessionLine *line, uint16_t currency)
{
	bool shown = line->discount.minor != 0;

	gtk_widget_set_visible(GTK_WIDGET(self->discount), shown);
	gtk_widget_set_visible(GTK_WIDGET(self->discount_sum), shown);
	if (!shown)
		return;
	set(self->discount, dup_discount_name(line, currency));
	set(self->discount_sum, text_minus(line->discount));
}

static void show_returnable(PosLineRow *self, const SessionLine *line, bool is_return)
{
	bool shown = is_return && !line->voided;
	g_autofree char *most = text_quantity(line->returnable, line->unit);

	gtk_widget_set_visible(GTK_WIDGET(self->returnable), shown);
	if (shown)
		set(self->returnable, g_strdup_printf(_("up to %s may come back"), most));
}

static void show_line(PosLineRow *self, PosLine *object)
{
	const SessionLine *line = pos_line_get(object);

	self->line_number = line->number;
	set(self->number, text_number(line->number));
	gtk_label_set_label(self->name, line->name);
	set(self->quantity, text_quantity(line->quantity, line->unit));
	set(self->price, text_amount(line->price));
	if (line->voided)
		gtk_label_set_label(self->sum, pos_line_is_return(object) ? C_("line", "stays")
									  : C_("line", "void"));
	else
		set(self->sum, text_amount(line->gross));
	show_discount(self, line, pos_line_get_currency(object));
	show_returnable(self, line, pos_line_is_return(object));
	if (line->voided)
		gtk_widget_add_css_class(GTK_WIDGET(self), "voided");
	else
		gtk_widget_remove_css_class(GTK_WIDGET(self), "voided");
}

int pos_line_row_get_number(PosLineRow *self)
{
	return self->line_number;
}

static void setup(GtkSignalListItemFactory *factory, GtkListItem *item)
{
	gtk_list_item_set_child(item, g_object_new(POS_TYPE_LINE_ROW, NULL));
}

static void bind(GtkSignalListItemFactory *factory, GtkListItem *item)
{
	show_line(POS_LINE_ROW(gtk_list_item_get_child(item)),
		  POS_LINE(gtk_list_item_get_item(item)));
}

GtkListItemFactory *pos_line_row_factory_new(void)
{
	GtkListItemFactory *factory = gtk_signal_list_item_factory_new();

	g_signal_connect(factory, "setup", G_CALLBACK(setup), NULL);
	g_signal_connect(factory, "bind", G_CALLBACK(bind), NULL);
	return factory;
}

/* Rows that move under a resting pointer would restyle the whole window in the middle of the next
 * scan: the list itself is the pointer's target. */
static void pos_line_row_root(GtkWidget *widget)
{
	GTK_WIDGET_CLASS(pos_line_row_parent_class)->root(widget);
	gtk_widget_set_can_target(gtk_widget_get_parent(widget), false);
}

static void pos_line_row_init(PosLineRow *self)
{
	gtk_widget_init_template(GTK_WIDGET(self));
}

static void pos_line_row_class_init(PosLineRowClass *klass)
{
	GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

	widget_class->root = pos_line_row_root;
	gtk_widget_class_set_template_from_resource(widget_class, "/shop/baraa/till/line_row.ui");
	gtk_widget_class_bind_template_child(widget_class, PosLineRow, number);
	gtk_widget_class_bind_template_child(widget_class, PosLineRow, name);
	gtk_widget_class_bind_template_child(widget_class, PosLineRow, quantity);
	gtk_widget_class_bind_template_child(widget_class, PosLineRow, price);
	gtk_widget_class_bind_template_child(widget_class, PosLineRow, sum);
	gtk_widget_class_bind_template_child(widget_class, PosLineRow, discount);
	gtk_widget_class_bind_template_child(widget_class, PosLineRow, discount_sum);
	gtk_widget_class_bind_template_child(widget_class, PosLineRow, returnable);
}
