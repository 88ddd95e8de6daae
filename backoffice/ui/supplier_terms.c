/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/supplier_terms.h"

#include "backoffice/ui/ask.h"
#include "backoffice/ui/message.h"
#include "backoffice/ui/words.h"

#include <glib/gi18n-lib.h>

struct _OfficeSupplierTerms {
	GtkWidget parent_instance;

	/* template children, borrowed */
	GtkEditable *name, *tin, *contact, *phone, *email, *days, *lead, *review, *least, *terms;
	GtkWidget *write;
	GtkLabel *message;

	OfficeDesk *desk; /* borrowed */
	int64_t id; /* of what is shown; 0: a new one */
	bool busy;
};

G_DEFINE_FINAL_TYPE(OfficeSupplierTerms, office_supplier_terms, GTK_TYPE_WIDGET)

static guint written_signal;

static void put_number(GtkEditable *field, int64_t number)
{
	g_autofree char *text = g_strdup_printf("%" G_GINT64_FORMAT, number);

	gtk_editable_set_text(field, text);
}

void office_supplier_terms_show(OfficeSupplierTerms *self, const Supplier *supplier)
{
	g_autofree char *least = supplier->least_order != 0
					 ? office_money_dup_plain(self->desk, supplier->least_order)
					 : g_strdup("");

	/* Of what was just written it is said so. */
	if (self->id != supplier->id || supplier->id == 0)
		office_message_say(self->message, "", false);
	self->id = supplier->id;
	gtk_editable_set_text(self->name, supplier->name);
	gtk_editable_set_text(self->tin, supplier->tin);
	gtk_editable_set_text(self->contact, supplier->contact);
	gtk_editable_set_text(self->phone, supplier->phone);
	gtk_editable_set_text(self->email, supplier->email);
	gtk_editable_set_text(self->terms, supplier->terms);
	put_number(self->days, supplier->days);
	put_number(self->lead, supplier->lead_days);
	put_number(self->review, supplier->review_days);
	gtk_editable_set_text(self->least, least);
}

/* --- writing ------------------------------------------------------------------------------- */

typedef struct {
	Supplier *supplier; /* owned */
	int64_t person_id;
} Order;

static void order_free(void *data)
{
	Order *self = data;

	supplier_free(self->supplier);
	g_free(self);
}

static bool order_work(Store *store, void *data, GError **error)
{
	Order *self = data;

	return supplier_write(store, self->supplier, self->person_id, error);
}

static void on_written(GtkWidget *widget, void *data, const GError *error)
{
	OfficeSupplierTerms *self = OFFICE_SUPPLIER_TERMS(widget);
	g_autofree char *text = error != NULL ? office_desk_dup_trouble(error) : NULL;
	const Order *order = data;

	self->busy = false;
	office_message_say(self->message, text != NULL ? text : _("Written."), text != NULL);
	if (error != NULL)
		return;
	self->id = order->supplier->id;
	g_signal_emit(self, written_signal, 0, (gint64)self->id);
}

static bool read_number(OfficeSupplierTerms *self, GtkEditable *field, int *ret)
{
	char *end = NULL;
	g_autofree char *text = g_strstrip(g_strdup(gtk_editable_get_text(field)));
	gint64 number = g_ascii_strtoll(text, &end, 10);

	*ret = (int)number;
	if (*text != '\0' && *end == '\0' && number >= 0 && number <= G_MAXINT)
		return true;
	office_message_say(self->message, _("Days are a whole number."), true);
	gtk_widget_grab_focus(GTK_WIDGET(field));
	return false;
}

static bool read_least(OfficeSupplierTerms *self, int64_t *ret)
{
	const char *text = gtk_editable_get_text(self->least);

	*ret = 0;
	if (*text == '\0' || office_money_parse(self->desk, text, ret))
		return true;
	office_message_say(self->message,
			   _("The least sum of an order is an amount, or empty where there is "
			     "none."),
			   true);
	gtk_widget_grab_focus(GTK_WIDGET(self->least));
	return false;
}

static void take(char **text, GtkEditable *field)
{
	g_free(*text);
	*text = g_strdup(gtk_editable_get_text(field));
}

static bool read_form(OfficeSupplierTerms *self, Supplier *supplier)
{
	supplier->id = self->id;
	take(&supplier->tin, self->tin);
	take(&supplier->contact, self->contact);
	take(&supplier->phone, self->phone);
	take(&supplier->email, self->email);
	take(&supplier->terms, self->terms);
	return read_number(self, self->days, &supplier->days) &&
	       read_number(self, self->lead, &supplier->lead_days) &&
	       read_number(self, self->review, &supplier->review_days) &&
	       read_least(self, &supplier->least_order);
}

void office_supplier_terms_write(OfficeSupplierTerms *self)
{
	g_autoptr(Supplier) supplier = supplier_new(gtk_editable_get_text(self->name));
	Order *order;

	if (self->busy || !office_desk_may(self->desk, RIGHT_SUPPLIERS) ||
	    !read_form(self, supplier))
		return;
	order = g_new0(Order, 1);
	order->supplier = g_steal_pointer(&supplier);
	order->person_id = office_desk_get_person_id(self->desk);
	self->busy = true;
	office_ask(self->desk, OFFICE_QUICK, GTK_WIDGET(self), order_work, order, order_free,
		   on_written);
}

/* --- life ---------------------------------------------------------------------------------- */

void office_supplier_terms_set_desk(OfficeSupplierTerms *self, OfficeDesk *desk)
{
	self->desk = desk;
	gtk_widget_set_visible(self->write, office_desk_may(desk, RIGHT_SUPPLIERS));
}

static gboolean grab_focus(GtkWidget *widget)
{
	return gtk_widget_grab_focus(GTK_WIDGET(OFFICE_SUPPLIER_TERMS(widget)->name));
}

static void dispose(GObject *object)
{
	GtkWidget *child;

	while ((child = gtk_widget_get_first_child(GTK_WIDGET(object))) != NULL)
		gtk_widget_unparent(child);
	G_OBJECT_CLASS(office_supplier_terms_parent_class)->dispose(object);
}

static void bind_template(GtkWidgetClass *klass)
{
	gtk_widget_class_set_template_from_resource(klass, "/shop/baraa/office/supplier_terms.ui");
	gtk_widget_class_bind_template_child(klass, OfficeSupplierTerms, name);
	gtk_widget_class_bind_template_child(klass, OfficeSupplierTerms, tin);
	gtk_widget_class_bind_template_child(klass, OfficeSupplierTerms, contact);
	gtk_widget_class_bind_template_child(klass, OfficeSupplierTerms, phone);
	gtk_widget_class_bind_template_child(klass, OfficeSupplierTerms, email);
	gtk_widget_class_bind_template_child(klass, OfficeSupplierTerms, days);
	gtk_widget_class_bind_template_child(klass, OfficeSupplierTerms, lead);
	gtk_widget_class_bind_template_child(klass, OfficeSupplierTerms, review);
	gtk_widget_class_bind_template_child(klass, OfficeSupplierTerms, least);
	gtk_widget_class_bind_template_child(klass, OfficeSupplierTerms, terms);
	gtk_widget_class_bind_template_child(klass, OfficeSupplierTerms, write);
	gtk_widget_class_bind_template_child(klass, OfficeSupplierTerms, message);
	gtk_widget_class_bind_template_callback(klass, office_supplier_terms_write);
}

static void office_supplier_terms_class_init(OfficeSupplierTermsClass *klass)
{
	GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

	G_OBJECT_CLASS(klass)->dispose = dispose;
	widget_class->grab_focus = grab_focus;
	written_signal = g_signal_new("written", G_TYPE_FROM_CLASS(klass), G_SIGNAL_RUN_FIRST, 0,
				      NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
	gtk_widget_class_set_layout_manager_type(widget_class, GTK_TYPE_BIN_LAYOUT);
	bind_template(widget_class);
}

static void office_supplier_terms_init(OfficeSupplierTerms *self)
{
	gtk_widget_init_template(GTK_WIDGET(self));
}
