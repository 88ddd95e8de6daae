/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/price_kinds.h"

#include "backoffice/prices/prices.h"
#include "backoffice/ui/ask.h"
#include "backoffice/ui/drop_down.h"
#include "backoffice/ui/message.h"
#include "backoffice/ui/text_table.h"
#include "backoffice/ui/words.h"
#include "core/decimal.h"

#include <glib/gi18n-lib.h>

struct _OfficePriceKinds {
	GtkWidget parent_instance;

	/* template children, borrowed */
	OfficeTextTable *table;
	GtkLabel *message;
	GtkEditable *name, *percent, *step, *less;
	GtkDropDown *basis; /* by hand, the cost, then every kind */
	GtkWidget *remove;

	GPtrArray *kinds; /* owned; of PriceKind; NULL: not read yet */
	OfficeDesk *desk; /* borrowed */
	int64_t open_id; /* in the form; 0: a new one */
	bool busy;
};

G_DEFINE_FINAL_TYPE(OfficePriceKinds, office_price_kinds, GTK_TYPE_WIDGET)

enum { BASIS_HAND, BASIS_COST, BASIS_FIRST_KIND };
static guint written_signal;

static const OfficeColumn columns[] = {
	{ N_("Name"), 0, false },	    { N_("Follows from"), 160, false },
	{ N_("Percent"), 88, true },	    { N_("To a multiple of"), 128, true },
	{ N_("And then less"), 112, true },
};

static void say(OfficePriceKinds *self, const char *text, bool is_trouble)
{
	office_message_say(self->message, text, is_trouble);
}

static const PriceKind *find(const OfficePriceKinds *self, int64_t id)
{
	for (guint i = 0; self->kinds != NULL && i < self->kinds->len; i++) {
		const PriceKind *kind = self->kinds->pdata[i];

		if (kind->id == id)
			return kind;
	}
	return NULL;
}

/* --- showing ------------------------------------------------------------------------------- */

static char *dup_basis(const OfficePriceKinds *self, const PriceKind *kind)
{
	const PriceKind *of = find(self, kind->of_kind);

	if (kind->basis == PRICE_BY_HAND)
		return g_strdup(_("set by hand"));
	return g_strdup(kind->basis == PRICE_ON_COST ? _("the cost")
			: of != NULL		     ? price_kind_title(of)
						     : "");
}

static OfficeTextRow *row_of(const OfficePriceKinds *self, const PriceKind *kind)
{
	OfficeTextRow *row = office_text_row_new(kind->id);

	row->texts[0] = g_strdup(price_kind_title(kind));
	row->texts[1] = dup_basis(self, kind);
	if (kind->basis == PRICE_BY_HAND)
		return row;
	row->texts[2] = number_text_percent(office_desk_get_style(self->desk), kind->percent);
	row->texts[3] = office_money_dup(self->desk, kind->step);
	row->texts[4] = office_money_dup(self->desk, kind->less);
	return row;
}

static guint basis_index(const OfficePriceKinds *self, const PriceKind *kind)
{
	guint i;

	if (kind->basis != PRICE_OF_KIND)
		return kind->basis == PRICE_ON_COST ? BASIS_COST : BASIS_HAND;
	for (i = 0; i < self->kinds->len; i++)
		if (((const PriceKind *)self->kinds->pdata[i])->id == kind->of_kind)
			break;
	return BASIS_FIRST_KIND + i;
}

static void fill_form(OfficePriceKinds *self, const PriceKind *kind)
{
	g_autofree char *percent = decimal_format(kind->percent, 2);
	g_autofree char *step = office_money_dup_plain(self->desk, kind->step);
	g_autofree char *less = office_money_dup_plain(self->desk, kind->less);

	self->open_id = kind->id;
	gtk_editable_set_text(self->name, kind->id != 0 ? price_kind_title(kind) : kind->name);
	gtk_drop_down_set_selected(self->basis, basis_index(self, kind));
	gtk_editable_set_text(self->percent, percent);
	gtk_editable_set_text(self->step, step);
	gtk_editable_set_text(self->less, less);
	gtk_widget_set_sensitive(self->remove, kind->id > PRICE_RETAIL);
}

static void begin_new(OfficePriceKinds *self)
{
	char empty[] = "";

	office_text_table_choose(self->table, 0);
	fill_form(self, &(PriceKind){ .name = empty, .step = 1 });
	gtk_widget_grab_focus(GTK_WIDGET(self->name));
}

static void show_bases(OfficePriceKinds *self)
{
	g_autoptr(GtkStringList) names = gtk_string_list_new(NULL);

	gtk_string_list_append(names, _("set by hand"));
	gtk_string_list_append(names, _("the cost"));
	for (guint i = 0; i < self->kinds->len; i++)
		gtk_string_list_append(names, price_kind_title(self->kinds->pdata[i]));
	gtk_drop_down_set_model(self->basis, G_LIST_MODEL(names));
}

static void show(OfficePriceKinds *self)
{
	GPtrArray *rows = g_ptr_array_new();
	const PriceKind *open = find(self, self->open_id);
	char empty[] = "";

	for (guint i = 0; i < self->kinds->len; i++)
		g_ptr_array_add(rows, row_of(self, self->kinds->pdata[i]));
	office_text_table_take(self->table, rows);
	show_bases(self);
	fill_form(self, open != NULL ? open : &(PriceKind){ .name = empty, .step = 1 });
}

static void on_chosen(OfficeTextTable *table, gint64 id, OfficePriceKinds *self)
{
	const PriceKind *kind = find(self, id);

	if (kind != NULL)
		fill_form(self, kind);
}

/* --- reading and writing ------------------------------------------------------------------- */

typedef struct {
	PriceKind kind; /* owns its name */
	bool write;
	int64_t person_id;
	GPtrArray *kinds; /* owned */
} Order;

static void order_free(void *data)
{
	Order *self = data;

	g_free(self->kind.name);
	g_clear_pointer(&self->kinds, g_ptr_array_unref);
	g_free(self);
}

static bool order_work(Store *store, void *data, GError **error)
{
	Order *self = data;

	if (self->write && !price_kind_write(store, &self->kind, self->person_id, error))
		return false;
	self->kinds = price_kind_list(store, error);
	return self->kinds != NULL;
}

static void on_done(GtkWidget *widget, void *data, const GError *error)
{
	OfficePriceKinds *self = OFFICE_PRICE_KINDS(widget);
	g_autofree char *text = error != NULL ? office_desk_dup_trouble(error) : NULL;
	Order *order = data;

	self->busy = false;
	if (text != NULL) {
		say(self, text, true);
		return;
	}
	g_clear_pointer(&self->kinds, g_ptr_array_unref);
	self->kinds = g_steal_pointer(&order->kinds);
	if (!order->write) {
		show(self);
		return;
	}
	self->open_id = order->kind.deleted ? 0 : order->kind.id;
	say(self, order->kind.deleted ? _("The kind of price is gone.") : _("Written."), false);
	show(self);
	g_signal_emit(self, written_signal, 0);
}

static void run(OfficePriceKinds *self, const PriceKind *kind)
{
	Order *order = g_new0(Order, 1);

	if (kind != NULL) {
		order->kind = *kind;
		order->kind.name = g_strdup(kind->name);
		order->write = true;
	}
	order->person_id = office_desk_get_person_id(self->desk);
	self->busy = order->write;
	/* Another rule of prices touches every item. */
	office_ask(self->desk, order->write ? OFFICE_LONG : OFFICE_QUICK, GTK_WIDGET(self),
		   order_work, order, order_free, on_done);
}

static bool refuse(OfficePriceKinds *self, GtkEditable *field, const char *text)
{
	say(self, text, true);
	gtk_widget_grab_focus(GTK_WIDGET(field));
	return false;
}

static bool read_form(OfficePriceKinds *self, PriceKind *ret)
{
	guint basis = gtk_drop_down_get_selected(self->basis);
	int64_t percent;

	ret->basis = basis == BASIS_HAND   ? PRICE_BY_HAND
		     : basis == BASIS_COST ? PRICE_ON_COST
					   : PRICE_OF_KIND;
	if (basis >= BASIS_FIRST_KIND && basis - BASIS_FIRST_KIND < self->kinds->len)
		ret->of_kind =
			((const PriceKind *)self->kinds->pdata[basis - BASIS_FIRST_KIND])->id;
	if (!decimal_parse(gtk_editable_get_text(self->percent), 2, &percent) ||
	    percent < INT32_MIN || percent > INT32_MAX)
		return refuse(self, self->percent, _("A percentage is written like 10 or -2.5."));
	ret->percent = (int32_t)percent;
	if (!office_money_parse(self->desk, gtk_editable_get_text(self->step), &ret->step))
		return refuse(self, self->step, _("This is not an amount: type it like 12.50."));
	if (!office_money_parse(self->desk, gtk_editable_get_text(self->less), &ret->less))
		return refuse(self, self->less, _("This is not an amount: type it like 12.50."));
	return true;
}

void office_price_kinds_write(OfficePriceKinds *self)
{
	g_autofree char *name = g_strdup(gtk_editable_get_text(self->name));
	const PriceKind *old = find(self, self->open_id);
	PriceKind kind = { .id = self->open_id, .name = name };

	if (self->busy || self->kinds == NULL || !read_form(self, &kind))
		return;
	/* Its name in the language of the screen is not to be written down. */
	if (old != NULL && g_str_equal(name, price_kind_title(old)))
		kind.name = old->name;
	run(self, &kind);
}

static void remove_open(OfficePriceKinds *self)
{
	const PriceKind *old = find(self, self->open_id);
	PriceKind kind;

	if (self->busy || old == NULL)
		return;
	kind = *old;
	kind.deleted = true;
	run(self, &kind);
}

void office_price_kinds_reload(OfficePriceKinds *self)
{
	run(self, NULL);
}

/* --- life ---------------------------------------------------------------------------------- */

void office_price_kinds_set_desk(OfficePriceKinds *self, OfficeDesk *desk)
{
	self->desk = desk;
}

static gboolean grab_focus(GtkWidget *widget)
{
	return gtk_widget_grab_focus(GTK_WIDGET(OFFICE_PRICE_KINDS(widget)->name));
}

static void dispose(GObject *object)
{
	OfficePriceKinds *self = OFFICE_PRICE_KINDS(object);
	GtkWidget *child;

	g_clear_pointer(&self->kinds, g_ptr_array_unref);
	while ((child = gtk_widget_get_first_child(GTK_WIDGET(self))) != NULL)
		gtk_widget_unparent(child);
	G_OBJECT_CLASS(office_price_kinds_parent_class)->dispose(object);
}

static void office_price_kinds_class_init(OfficePriceKindsClass *klass)
{
	GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

	G_OBJECT_CLASS(klass)->dispose = dispose;
	widget_class->grab_focus = grab_focus;
	written_signal = g_signal_new("written", G_TYPE_FROM_CLASS(klass), G_SIGNAL_RUN_FIRST, 0,
				      NULL, NULL, NULL, G_TYPE_NONE, 0);
	gtk_widget_class_set_layout_manager_type(widget_class, GTK_TYPE_BIN_LAYOUT);
	gtk_widget_class_set_template_from_resource(widget_class,
						    "/shop/baraa/office/price_kinds.ui");
	gtk_widget_class_bind_template_child(widget_class, OfficePriceKinds, table);
	gtk_widget_class_bind_template_child(widget_class, OfficePriceKinds, message);
	gtk_widget_class_bind_template_child(widget_class, OfficePriceKinds, name);
	gtk_widget_class_bind_template_child(widget_class, OfficePriceKinds, basis);
	gtk_widget_class_bind_template_child(widget_class, OfficePriceKinds, percent);
	gtk_widget_class_bind_template_child(widget_class, OfficePriceKinds, step);
	gtk_widget_class_bind_template_child(widget_class, OfficePriceKinds, less);
	gtk_widget_class_bind_template_child(widget_class, OfficePriceKinds, remove);
	gtk_widget_class_bind_template_callback(widget_class, on_chosen);
	gtk_widget_class_bind_template_callback(widget_class, begin_new);
	gtk_widget_class_bind_template_callback(widget_class, remove_open);
	gtk_widget_class_bind_template_callback(widget_class, office_price_kinds_write);
}

static void office_price_kinds_init(OfficePriceKinds *self)
{
	g_type_ensure(OFFICE_TYPE_TEXT_TABLE);
	gtk_widget_init_template(GTK_WIDGET(self));
	office_drop_down_name(self->basis, _("What it follows from"));
	office_text_table_set_columns(self->table, _("Kinds of price"), columns,
				      G_N_ELEMENTS(columns));
}
