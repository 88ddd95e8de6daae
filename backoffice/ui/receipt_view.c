/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/receipt_view.h"

#include "backoffice/report/receipt_sheet.h"
#include "backoffice/ui/text_table.h"
#include "backoffice/ui/words.h"
#include "base/language.h"
#include "core/quantity.h"

#include <glib/gi18n-lib.h>

#define PAIRS 2 /* of title and value in a row of facts */

struct _OfficeReceiptView {
	GtkWidget parent_instance;

	/* borrowed */
	OfficeDesk *desk;
	GtkWidget *title, *facts, *others;
	OfficeTextTable *lines;

	GCancellable *cancellable; /* owned */
	int n_facts;
};

G_DEFINE_FINAL_TYPE(OfficeReceiptView, office_receipt_view, GTK_TYPE_WIDGET)

static guint opened_signal;

static const OfficeColumn columns[] = {
	{ N_("#"), 32, true },	   { N_("Goods"), 0, false },	 { N_("Quantity"), 88, true },
	{ N_("Price"), 96, true }, { N_("Discount"), 88, true }, { N_("Amount"), 104, true },
};

/* --- facts --------------------------------------------------------------------------------- */

static void clear(GtkWidget *box)
{
	GtkWidget *child;

	while ((child = gtk_widget_get_first_child(box)) != NULL)
		gtk_widget_unparent(child);
}

/* Takes @value. */
static void add_fact(OfficeReceiptView *self, const char *title, char *value)
{
	GtkWidget *name = gtk_label_new(title), *text = gtk_label_new(value);
	int column = self->n_facts % PAIRS * 2, row = self->n_facts / PAIRS;

	gtk_label_set_xalign(GTK_LABEL(name), 0);
	gtk_label_set_xalign(GTK_LABEL(text), 0);
	gtk_label_set_yalign(GTK_LABEL(name), 0);
	gtk_label_set_yalign(GTK_LABEL(text), 0);
	gtk_label_set_wrap(GTK_LABEL(text), true);
	gtk_label_set_selectable(GTK_LABEL(text), true);
	gtk_widget_set_hexpand(text, true);
	gtk_widget_add_css_class(name, "dim-label");
	gtk_widget_add_css_class(text, "numeric");
	gtk_grid_attach(GTK_GRID(self->facts), name, column, row, 1, 1);
	gtk_grid_attach(GTK_GRID(self->facts), text, column + 1, row, 1, 1);
	self->n_facts++;
	g_free(value);
}

static char *dup_money(OfficeReceiptView *self, int64_t minor)
{
	Money amount = { minor, office_desk_get_shop(self->desk)->currency };

	return number_text_money(office_desk_get_style(self->desk), amount, true);
}

static const char *payment_title(const char *kind)
{
	return g_str_equal(kind, "cash") ? _("Cash") : g_str_equal(kind, "card") ? _("Card") : kind;
}

static char *dup_payments(OfficeReceiptView *self, const ReceiptSheet *sheet)
{
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < sheet->payments->len; i++) {
		const ReceiptSheetPayment *payment =
			&g_array_index(sheet->payments, ReceiptSheetPayment, i);
		g_autofree char *amount = dup_money(self, payment->amount);

		g_string_append_printf(text, "%s%s %s", i > 0 ? "\n" : "",
				       payment_title(payment->kind), amount);
		if (*payment->reference != '\0')
			g_string_append_printf(text, " (%s)", payment->reference);
	}
	return g_string_free(text, false);
}

static char *dup_taxes(OfficeReceiptView *self, const ReceiptSheet *sheet)
{
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < sheet->taxes->len; i++) {
		const ReceiptSheetTax *tax = &g_array_index(sheet->taxes, ReceiptSheetTax, i);
		g_autofree char *rate =
			number_text_percent(office_desk_get_style(self->desk), tax->rate);
		g_autofree char *amount = dup_money(self, tax->amount);

		g_string_append_printf(text, "%s%s %s: %s", i > 0 ? "\n" : "",
				       language_tax_name(tax->code), rate, amount);
	}
	return g_string_free(text, false);
}

static char *dup_document(const ReceiptSheet *sheet)
{
	if (sheet->late)
		return g_strdup(_("The registrar was not told yet"));
	if (!sheet->has_document)
		return g_strdup(_("none"));
	return g_strdup_printf("%" G_GINT64_FORMAT "%s%s", sheet->document,
			       *sheet->sign != '\0' ? " · " : "", sheet->sign);
}

static char *dup_registrar(const ReceiptSheet *sheet)
{
	/* Translators: of a registrar: its serial number, its shift, the receipt in that shift. */
	return g_strdup_printf(_("%1$s, shift %2$ld, receipt %3$ld"), sheet->serial,
			       (long)sheet->fiscal_shift, (long)sheet->fiscal_receipt);
}

static void show_facts(OfficeReceiptView *self, const ReceiptSheet *sheet)
{
	clear(self->facts);
	self->n_facts = 0;
	add_fact(self, _("Time"), office_time_dup(self->desk, sheet->at));
	add_fact(self, _("Till"), g_strdup(sheet->till));
	add_fact(self, _("Cashier"), g_strdup(sheet->cashier));
	add_fact(self, _("Shift"), g_strdup_printf("%" G_GINT64_FORMAT, sheet->shift));
	add_fact(self, _("Paid"), dup_payments(self, sheet));
	add_fact(self, _("Taxes"), dup_taxes(self, sheet));
	if (sheet->discount != 0)
		add_fact(self, _("Discount"), dup_money(self, sheet->discount));
	if (sheet->rounding != 0)
		add_fact(self, _("Rounding"), dup_money(self, sheet->rounding));
	add_fact(self, _("Fiscal document"), dup_document(sheet));
	if (sheet->has_document)
		add_fact(self, _("Registrar"), dup_registrar(sheet));
}

/* --- lines and others ---------------------------------------------------------------------- */

static void show_lines(OfficeReceiptView *self, const ReceiptSheet *sheet)
{
	GPtrArray *rows = g_ptr_array_new();

	for (guint i = 0; i < sheet->lines->len; i++) {
		const ReceiptSheetLine *line = &g_array_index(sheet->lines, ReceiptSheetLine, i);
		OfficeTextRow *row = office_text_row_new(line->number);
		Unit unit;
		const char *name = unit_parse(line->unit, &unit) && unit != UNIT_OTHER
					   ? language_unit_name(unit)
					   : line->unit;

		row->texts[0] = g_strdup_printf("%d", line->number);
		row->texts[1] = g_strdup(line->name);
		row->texts[2] = office_quantity_dup(self->desk, line->quantity, name);
		row->texts[3] = office_money_dup(self->desk, line->price);
		row->texts[5] =
			line->discount != 0 ? office_money_dup(self->desk, line->discount) : NULL;
		row->texts[5] = office_money_dup(self->desk, line->net);
		g_ptr_array_add(rows, row);
	}
	office_text_table_take(self->lines, rows);
}

static void on_other(GtkButton *button, OfficeReceiptView *self)
{
	const int64_t *key = g_object_get_data(G_OBJECT(button), "key");

	g_signal_emit(self, opened_signal, 0, (gint64)key[0], (gint64)key[1], (gint64)key[2]);
}

static void show_others(OfficeReceiptView *self, const ReceiptSheet *sheet)
{
	clear(self->others);
	for (guint i = 0; i < sheet->others->len; i++) {
		const ReceiptSheetOther *other =
			&g_array_index(sheet->others, ReceiptSheetOther, i);
		const int64_t key[] = { sheet->shop_id, other->till_id, other->seq };
		g_autofree char *amount = dup_money(self, other->net);
		g_autofree char *time = office_time_dup(self->desk, other->at);
		/* Translators: a receipt: its number, its time, its amount. */
		g_autofree char *text =
			g_strdup_printf(other->is_return ? _("Came back: %1$s, %2$s, %3$s")
							 : _("Of the sale: %1$s, %2$s, %3$s"),
					other->number, time, amount);
		GtkWidget *button = gtk_button_new_with_label(text);

		gtk_widget_set_halign(button, GTK_ALIGN_START);
		g_object_set_data_full(G_OBJECT(button), "key", g_memdup2(key, sizeof key), g_free);
		g_signal_connect(button, "clicked", G_CALLBACK(on_other), self);
		gtk_box_append(GTK_BOX(self->others), button);
	}
}

static void show_sheet(OfficeReceiptView *self, const ReceiptSheet *sheet)
{
	g_autofree char *amount = dup_money(self, sheet->net + sheet->rounding);
	/* Translators: a receipt's number and its total. */
	g_autofree char *title = g_strdup_printf(sheet->is_return ? _("Return %1$s · %2$s")
								  : _("Receipt %1$s · %2$s"),
						 sheet->number, amount);

	gtk_label_set_label(GTK_LABEL(self->title), title);
	show_facts(self, sheet);
	show_lines(self, sheet);
	show_others(self, sheet);
	gtk_widget_grab_focus(GTK_WIDGET(self->lines));
}

/* --- reading ------------------------------------------------------------------------------- */

static void read_job(GTask *task, Store *store)
{
	const int64_t *key = g_task_get_task_data(task);
	g_autoptr(ReceiptSheet) sheet = NULL;
	GError *error = NULL;

	if (store_begin_read(store, &error))
		sheet = receipt_sheet_read(store, key[0], key[1], key[2], &error);
	store_rollback(store);
	if (sheet != NULL)
		g_task_return_pointer(task, g_steal_pointer(&sheet),
				      (GDestroyNotify)receipt_sheet_free);
	else
		g_task_return_error(task, error);
}

static void on_read(GObject *source, GAsyncResult *result, void *data)
{
	g_autoptr(OfficeReceiptView) self = data;
	g_autoptr(GError) error = NULL;
	g_autoptr(ReceiptSheet) sheet = g_task_propagate_pointer(G_TASK(result), &error);
	g_autofree char *trouble = NULL;

	if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
		return;
	if (sheet != NULL) {
		show_sheet(self, sheet);
		return;
	}
	trouble = office_desk_dup_trouble(error);
	gtk_label_set_label(GTK_LABEL(self->title), trouble);
}

void office_receipt_view_set_desk(OfficeReceiptView *self, OfficeDesk *desk)
{
	self->desk = desk;
}

void office_receipt_view_open(OfficeReceiptView *self, int64_t shop_id, int64_t till_id,
			      int64_t seq)
{
	const int64_t key[] = { shop_id, till_id, seq };
	GTask *task;

	g_cancellable_cancel(self->cancellable);
	g_object_unref(self->cancellable);
	self->cancellable = g_cancellable_new();
	gtk_label_set_label(GTK_LABEL(self->title), "");
	clear(self->facts);
	clear(self->others);
	office_text_table_take(self->lines, g_ptr_array_new());
	task = g_task_new(NULL, self->cancellable, on_read, g_object_ref(self));
	g_task_set_task_data(task, g_memdup2(key, sizeof key), g_free);
	office_desk_run(self->desk, OFFICE_QUICK, task, read_job);
}

/* --- life ---------------------------------------------------------------------------------- */

static void dispose(GObject *object)
{
	GtkWidget *child;

	g_cancellable_cancel(OFFICE_RECEIPT_VIEW(object)->cancellable);
	while ((child = gtk_widget_get_first_child(GTK_WIDGET(object))) != NULL)
		gtk_widget_unparent(child);
	G_OBJECT_CLASS(office_receipt_view_parent_class)->dispose(object);
}

static void finalize(GObject *object)
{
	g_object_unref(OFFICE_RECEIPT_VIEW(object)->cancellable);
	G_OBJECT_CLASS(office_receipt_view_parent_class)->finalize(object);
}

static void office_receipt_view_class_init(OfficeReceiptViewClass *klass)
{
	G_OBJECT_CLASS(klass)->dispose = dispose;
	G_OBJECT_CLASS(klass)->finalize = finalize;
	opened_signal =
		g_signal_new("opened", G_TYPE_FROM_CLASS(klass), G_SIGNAL_RUN_FIRST, 0, NULL, NULL,
			     NULL, G_TYPE_NONE, 3, G_TYPE_INT64, G_TYPE_INT64, G_TYPE_INT64);
	gtk_widget_class_set_layout_manager_type(GTK_WIDGET_CLASS(klass), GTK_TYPE_BOX_LAYOUT);
}

static void office_receipt_view_init(OfficeReceiptView *self)
{
	GtkLayoutManager *layout = gtk_widget_get_layout_manager(GTK_WIDGET(self));

	gtk_orientable_set_orientation(GTK_ORIENTABLE(layout), GTK_ORIENTATION_VERTICAL);
	gtk_box_layout_set_spacing(GTK_BOX_LAYOUT(layout), 8);
	self->cancellable = g_cancellable_new();
	self->title = gtk_label_new(NULL);
	gtk_label_set_xalign(GTK_LABEL(self->title), 0);
	gtk_label_set_wrap(GTK_LABEL(self->title), true);
	gtk_widget_add_css_class(self->title, "title-1");
	gtk_widget_add_css_class(self->title, "numeric");
	gtk_widget_set_parent(self->title, GTK_WIDGET(self));
	self->facts = gtk_grid_new();
	gtk_grid_set_column_spacing(GTK_GRID(self->facts), 16);
	gtk_grid_set_row_spacing(GTK_GRID(self->facts), 4);
	gtk_widget_set_parent(self->facts, GTK_WIDGET(self));
	self->lines = g_object_new(OFFICE_TYPE_TEXT_TABLE, NULL);
	office_text_table_set_columns(self->lines, _("Lines of the receipt"), columns,
				      G_N_ELEMENTS(columns));
	gtk_widget_set_vexpand(GTK_WIDGET(self->lines), true);
	gtk_widget_set_parent(GTK_WIDGET(self->lines), GTK_WIDGET(self));
	self->others = gtk_box_new(GTK_ORIENTATION_VERTICAL, 4);
	gtk_widget_set_parent(self->others, GTK_WIDGET(self));
}
