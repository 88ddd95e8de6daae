/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/head_form.h"

#include "backoffice/stock/recipe.h"
#include "backoffice/stock/stock.h"
#include "backoffice/ui/item_picker.h"
#include "backoffice/ui/unseen.h"
#include "backoffice/ui/words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define SUPPLIERS_MAX 10000

typedef enum {
	ROW_SUPPLIER,
	ROW_NEW_SUPPLIER,
	ROW_REFERENCE,
	ROW_OTHER_SHOP,
	ROW_REASON,
	ROW_PRODUCT,
	ROW_QUANTITY,
	ROW_DAY,
	ROW_NOTE,
	ROW_BLIND,
	N_ROWS
} Row;

struct _OfficeHeadForm {
	GtkWidget parent_instance;

	/* template children, borrowed */
	GtkStack *stack;
	GtkLabel *title, *message;
	GtkGrid *grid;
	GtkWidget *save;
	OfficeItemPicker *picker;

	/* borrowed: made in init */
	GtkWidget *labels[N_ROWS], *fields[N_ROWS];

	OfficeDesk *desk; /* borrowed */
	GPtrArray *suppliers, *shops; /* owned; of Supplier, Shop; NULL: not read yet */
	Document *document; /* owned; what is being filled in */
	int64_t product; /* item; 0: none */
};

G_DEFINE_FINAL_TYPE(OfficeHeadForm, office_head_form, GTK_TYPE_WIDGET)

static guint written_signal, left_signal;

/* What a row is made of. */
typedef enum { ENTRY, CHOICE, CHECK, BUTTON } Make;
static const struct {
	const char *title;
	unsigned fields; /* of the kind; 0: always */
	Make make;
} rows[N_ROWS] = {
	[ROW_SUPPLIER] = { N_("Supplier"), FIELD_SUPPLIER, CHOICE },
	[ROW_NEW_SUPPLIER] = { N_("Or a new supplier"), FIELD_SUPPLIER, ENTRY },
	[ROW_REFERENCE] = { N_("Number of their paper"), FIELD_REFERENCE, ENTRY },
	[ROW_OTHER_SHOP] = { N_("To the shop"), FIELD_OTHER_SHOP, CHOICE },
	[ROW_REASON] = { N_("Reason"), FIELD_REASON, CHOICE },
	[ROW_PRODUCT] = { N_("What was made"), FIELD_RECIPE, BUTTON },
	[ROW_QUANTITY] = { N_("How much was made"), FIELD_RECIPE, ENTRY },
	[ROW_DAY] = { N_("Of the day"), 0, ENTRY },
	[ROW_NOTE] = { N_("Note"), FIELD_NOTE, ENTRY },
	[ROW_BLIND] = { N_("Blind: nobody sees what is expected"), FIELD_BLIND, CHECK },
};

/* --- on a thread of the desk --------------------------------------------------------------- */

typedef struct {
	Document *document; /* owned */
	char *supplier; /* owned; NULL: none is to be made */
	int64_t product, quantity, person_id;
} Writing;

static void writing_free(void *data)
{
	Writing *self = data;

	document_free(self->document);
	g_free(self->supplier);
	g_free(self);
}

static bool make_supplier(Store *store, Writing *self, GError **error)
{
	g_autoptr(Supplier) supplier = NULL;

	if (self->supplier == NULL)
		return true;
	supplier = supplier_new(self->supplier);
	if (!supplier_write(store, supplier, self->person_id, error))
		return false;
	self->document->supplier_id = supplier->id;
	g_clear_pointer(&self->supplier, g_free);
	return true;
}

static bool begin_production(Store *store, Writing *self, GError **error)
{
	g_autoptr(Document) made = NULL;

	if (self->product == 0)
		return true;
	made = recipe_make_production(store, self->document->shop_id, self->product, self->quantity,
				      self->document->at, error);
	if (made == NULL)
		return false;
	g_free(made->note);
	made->note = g_strdup(self->document->note);
	document_free(self->document);
	self->document = g_steal_pointer(&made);
	return true;
}

static bool write_work(Store *store, void *data, GError **error)
{
	Writing *self = data;

	if (!make_supplier(store, self, error))
		return false;
	if (self->document->id != 0)
		return document_write_head(store, self->document, self->person_id, error);
	return begin_production(store, self, error) &&
	       document_create(store, self->document, self->person_id, error);
}

typedef struct {
	GPtrArray *suppliers, *shops; /* owned */
} Lists;

static void lists_free(void *data)
{
	Lists *self = data;

	g_clear_pointer(&self->suppliers, g_ptr_array_unref);
	g_clear_pointer(&self->shops, g_ptr_array_unref);
	g_free(self);
}

static bool lists_work(Store *store, void *data, GError **error)
{
	Lists *self = data;

	self->suppliers = supplier_list(store, NULL, SUPPLIERS_MAX, error);
	if (self->suppliers != NULL)
		self->shops = shop_list(store, error);
	return self->shops != NULL;
}

/* --- choices ------------------------------------------------------------------------------- */

static void fill_suppliers(OfficeHeadForm *self)
{
	g_autoptr(GtkStringList) names = gtk_string_list_new(NULL);
	guint chosen = 0;

	gtk_string_list_append(names, "—");
	for (guint i = 0; i < self->suppliers->len; i++) {
		const Supplier *supplier = self->suppliers->pdata[i];

		gtk_string_list_append(names, supplier->name);
		if (supplier->id == self->document->supplier_id)
			chosen = i + 1;
	}
	gtk_drop_down_set_model(GTK_DROP_DOWN(self->fields[ROW_SUPPLIER]), G_LIST_MODEL(names));
	gtk_drop_down_set_selected(GTK_DROP_DOWN(self->fields[ROW_SUPPLIER]), chosen);
}

/* A transfer does not go where it is. */
static void leave_out_own_shop(OfficeHeadForm *self)
{
	for (guint i = self->shops->len; i-- > 0;)
		if (((const Shop *)self->shops->pdata[i])->id == self->document->shop_id)
			g_ptr_array_remove_index(self->shops, i);
}

static void fill_shops(OfficeHeadForm *self)
{
	g_autoptr(GtkStringList) names = gtk_string_list_new(NULL);
	guint chosen = 0;

	leave_out_own_shop(self);
	gtk_string_list_append(names, "—");
	for (guint i = 0; i < self->shops->len; i++) {
		const Shop *shop = self->shops->pdata[i];

		gtk_string_list_append(names, shop->name);
		if (shop->id == self->document->other_shop)
			chosen = i + 1;
	}
	gtk_drop_down_set_model(GTK_DROP_DOWN(self->fields[ROW_OTHER_SHOP]), G_LIST_MODEL(names));
	gtk_drop_down_set_selected(GTK_DROP_DOWN(self->fields[ROW_OTHER_SHOP]), chosen);
}

static void say(OfficeHeadForm *self, const char *text)
{
	gtk_label_set_label(self->message, text);
}

static void say_trouble(OfficeHeadForm *self, const GError *error)
{
	g_autofree char *text = office_desk_dup_trouble(error);

	say(self, text);
}

static void on_lists(GtkWidget *widget, void *data, const GError *error)
{
	OfficeHeadForm *self = OFFICE_HEAD_FORM(widget);
	Lists *lists = data;

	if (error != NULL) {
		say_trouble(self, error);
		return;
	}
	g_clear_pointer(&self->suppliers, g_ptr_array_unref);
	g_clear_pointer(&self->shops, g_ptr_array_unref);
	self->suppliers = g_steal_pointer(&lists->suppliers);
	self->shops = g_steal_pointer(&lists->shops);
	fill_suppliers(self);
	fill_shops(self);
}

/* --- from the fields ----------------------------------------------------------------------- */

static char *dup_text(OfficeHeadForm *self, Row row)
{
	return g_strstrip(g_strdup(gtk_editable_get_text(GTK_EDITABLE(self->fields[row]))));
}

static bool has(OfficeHeadForm *self, Row row)
{
	return gtk_widget_get_visible(self->fields[row]);
}

static guint chosen_in(OfficeHeadForm *self, Row row)
{
	guint chosen = gtk_drop_down_get_selected(GTK_DROP_DOWN(self->fields[row]));

	return has(self, row) && chosen != GTK_INVALID_LIST_POSITION ? chosen : 0;
}

static bool refuse(OfficeHeadForm *self, Row row, const char *text)
{
	say(self, text);
	gtk_widget_grab_focus(self->fields[row]);
	return false;
}

static bool take_day(OfficeHeadForm *self)
{
	g_autofree char *text = dup_text(self, ROW_DAY);
	g_autoptr(GDateTime) now = office_desk_dup_now(self->desk);
	g_autoptr(GDateTime) at = NULL;
	int32_t day;

	if (*text == '\0') {
		self->document->at = 0;
		return true;
	}
	if (!office_day_parse(text, &day) || day > office_today(self->desk))
		return refuse(self, ROW_DAY,
			      _("A document speaks of today or of a day that has been. Type it as "
				"28.11.26, or leave it empty."));
	at = g_date_time_new(g_date_time_get_timezone(now), day / 10000, day / 100 % 100, day % 100,
			     0, 0, 0);
	if (at != NULL)
		self->document->at = g_date_time_to_unix(at) * G_USEC_PER_SEC;
	return true;
}

static bool take_shop(OfficeHeadForm *self)
{
	guint chosen = chosen_in(self, ROW_OTHER_SHOP);

	if (!has(self, ROW_OTHER_SHOP))
		return true;
	if (chosen == 0)
		return refuse(self, ROW_OTHER_SHOP, _("Choose the shop that the goods go to."));
	self->document->other_shop = ((const Shop *)self->shops->pdata[chosen - 1])->id;
	return true;
}

static bool take_reason(OfficeHeadForm *self)
{
	guint chosen = chosen_in(self, ROW_REASON);

	if (!has(self, ROW_REASON))
		return true;
	if (chosen == 0)
		return refuse(self, ROW_REASON, _("Choose why these goods are written off."));
	g_free(self->document->reason);
	self->document->reason = g_strdup(office_reason_code((int)chosen - 1));
	return true;
}

static bool take_production(OfficeHeadForm *self, Writing *writing)
{
	g_autofree char *text = dup_text(self, ROW_QUANTITY);
	Quantity quantity;

	if (!has(self, ROW_PRODUCT))
		return true;
	if (self->product == 0)
		return refuse(self, ROW_PRODUCT, _("Choose what was made."));
	if (!quantity_parse_decimal(text, &quantity) || quantity.micro <= 0)
		return refuse(self, ROW_QUANTITY, _("Type how much was made: 12 or 1.5."));
	writing->product = self->product;
	writing->quantity = quantity.micro;
	return true;
}

static void take_supplier(OfficeHeadForm *self, Writing *writing)
{
	g_autofree char *name = dup_text(self, ROW_NEW_SUPPLIER);
	guint chosen = chosen_in(self, ROW_SUPPLIER);

	if (!has(self, ROW_SUPPLIER))
		return;
	self->document->supplier_id =
		chosen > 0 ? ((const Supplier *)self->suppliers->pdata[chosen - 1])->id : 0;
	if (has(self, ROW_NEW_SUPPLIER) && *name != '\0')
		writing->supplier = g_steal_pointer(&name);
}

/* --- writing ------------------------------------------------------------------------------- */

static void on_written(GtkWidget *widget, void *data, const GError *error)
{
	OfficeHeadForm *self = OFFICE_HEAD_FORM(widget);
	Writing *writing = data;

	gtk_widget_set_sensitive(self->save, true);
	if (error != NULL)
		say_trouble(self, error);
	else
		g_signal_emit(self, written_signal, 0, (gint64)writing->document->id);
}

static void set(char **text, const char *to)
{
	g_free(*text);
	*text = g_strdup(to);
}

static Document *head_copy(const Document *self)
{
	Document *copy = document_new(self->kind, self->shop_id);

	copy->id = self->id;
	copy->at = self->at;
	copy->supplier_id = self->supplier_id;
	copy->other_shop = self->other_shop;
	copy->origin_id = self->origin_id;
	copy->revision = self->revision;
	copy->head_revision = self->head_revision;
	copy->blind = self->blind;
	set(&copy->number, self->number);
	set(&copy->reference, self->reference);
	set(&copy->reason, self->reason);
	set(&copy->scope, self->scope);
	set(&copy->subject, self->subject);
	set(&copy->note, self->note);
	return copy;
}

static void on_save(OfficeHeadForm *self)
{
	Writing *writing;

	if (self->document == NULL || self->shops == NULL || !gtk_widget_get_sensitive(self->save))
		return;
	writing = g_new0(Writing, 1);
	if (!take_shop(self) || !take_reason(self) || !take_production(self, writing) ||
	    !take_day(self)) {
		writing_free(writing);
		return;
	}
	take_supplier(self, writing);
	g_free(self->document->reference);
	self->document->reference = dup_text(self, ROW_REFERENCE);
	g_free(self->document->note);
	self->document->note = dup_text(self, ROW_NOTE);
	self->document->blind =
		gtk_check_button_get_active(GTK_CHECK_BUTTON(self->fields[ROW_BLIND]));
	writing->document = head_copy(self->document);
	writing->person_id = office_desk_get_person_id(self->desk);
	gtk_widget_set_sensitive(self->save, false);
	office_ask(self->desk, OFFICE_QUICK, GTK_WIDGET(self), write_work, writing, writing_free,
		   on_written);
}

void office_head_form_leave(OfficeHeadForm *self)
{
	if (g_strcmp0(gtk_stack_get_visible_child_name(self->stack), "product") == 0)
		gtk_stack_set_visible_child_name(self->stack, "form");
	else
		g_signal_emit(self, left_signal, 0);
}

/* --- what is made -------------------------------------------------------------------------- */

static void on_product(OfficeHeadForm *self)
{
	gtk_stack_set_visible_child_name(self->stack, "product");
	office_item_picker_search(self->picker, "");
}

static void on_picked(OfficeItemPicker *picker, gint64 id, const char *name, OfficeHeadForm *self)
{
	self->product = id;
	gtk_button_set_label(GTK_BUTTON(self->fields[ROW_PRODUCT]), name);
	gtk_stack_set_visible_child_name(self->stack, "form");
	gtk_widget_grab_focus(self->fields[ROW_QUANTITY]);
}

bool office_head_form_scan(OfficeHeadForm *self, const char *code)
{
	if (g_strcmp0(gtk_stack_get_visible_child_name(self->stack), "product") != 0)
		return false;
	office_item_picker_pick(self->picker, code);
	return true;
}

/* --- into the fields ----------------------------------------------------------------------- */

static void set_text(OfficeHeadForm *self, Row row, const char *text)
{
	gtk_editable_set_text(GTK_EDITABLE(self->fields[row]), text);
}

static void fill(OfficeHeadForm *self)
{
	const Document *document = self->document;
	g_autofree char *at = office_time_dup(self->desk, document->at);
	guint reason = 0;

	for (int i = 0; i < OFFICE_N_REASONS; i++)
		if (strcmp(document->reason, office_reason_code(i)) == 0)
			reason = (guint)i + 1;
	if (strlen(at) > 10)
		at[10] = '\0'; /* the day alone */
	set_text(self, ROW_NEW_SUPPLIER, "");
	set_text(self, ROW_REFERENCE, document->reference);
	set_text(self, ROW_QUANTITY, "");
	set_text(self, ROW_DAY, at);
	set_text(self, ROW_NOTE, document->note);
	gtk_drop_down_set_selected(GTK_DROP_DOWN(self->fields[ROW_REASON]), reason);
	gtk_button_set_label(GTK_BUTTON(self->fields[ROW_PRODUCT]), _("Choose the goods…"));
	gtk_check_button_set_active(GTK_CHECK_BUTTON(self->fields[ROW_BLIND]), document->blind);
	self->product = 0;
}

static bool may_see(OfficeHeadForm *self, Row row)
{
	unsigned fields = office_document_fields(self->document->kind);

	if (rows[row].fields != 0 && (fields & rows[row].fields) == 0)
		return false;
	if (row == ROW_NEW_SUPPLIER)
		return office_desk_may(self->desk, RIGHT_SUPPLIERS);
	return self->document->id == 0 || (row != ROW_PRODUCT && row != ROW_QUANTITY);
}

static void show(OfficeHeadForm *self)
{
	GtkWidget *first = NULL;

	say(self, "");
	for (Row row = 0; row < N_ROWS; row++) {
		bool shown = may_see(self, row);

		gtk_widget_set_visible(self->labels[row], shown && rows[row].make != CHECK);
		gtk_widget_set_visible(self->fields[row], shown);
		if (shown && first == NULL)
			first = self->fields[row];
	}
	fill(self);
	gtk_stack_set_visible_child_name(self->stack, "form");
	gtk_widget_grab_focus(first);
	office_ask(self->desk, OFFICE_QUICK, GTK_WIDGET(self), lists_work, g_new0(Lists, 1),
		   lists_free, on_lists);
}

void office_head_form_begin(OfficeHeadForm *self, DocumentKind kind)
{
	document_free(self->document);
	self->document = document_new(kind, office_desk_get_shop(self->desk)->id);
	gtk_label_set_label(self->title, office_document_new_title(kind));
	show(self);
}

void office_head_form_open(OfficeHeadForm *self, const OfficeDraft *draft)
{
	g_autofree char *title = g_strdup_printf(
		"%s %s", document_kind_title(draft->document->kind), draft->document->number);

	document_free(self->document);
	self->document = head_copy(draft->document);
	gtk_label_set_label(self->title, title);
	show(self);
}

void office_head_form_set_desk(OfficeHeadForm *self, OfficeDesk *desk)
{
	self->desk = desk;
	office_item_picker_set_desk(self->picker, desk);
}

/* --- life ---------------------------------------------------------------------------------- */

static GtkWidget *choice_new(Row row)
{
	g_autoptr(GtkStringList) none = gtk_string_list_new(NULL);
	GtkWidget *choice = gtk_drop_down_new(
		g_object_ref(G_LIST_MODEL(none)),
		gtk_property_expression_new(GTK_TYPE_STRING_OBJECT, NULL, "string"));

	/* Suppliers and shops are many, reasons are not. */
	gtk_drop_down_set_enable_search(GTK_DROP_DOWN(choice), row != ROW_REASON);
	return choice;
}

static GtkWidget *field_new(OfficeHeadForm *self, Row row, const char *title)
{
	GtkWidget *field = NULL;

	switch (rows[row].make) {
	case ENTRY:
		field = gtk_entry_new();
		g_signal_connect_swapped(field, "activate", G_CALLBACK(on_save), self);
		break;
	case CHOICE:
		field = choice_new(row);
		break;
	case CHECK:
		return gtk_check_button_new_with_label(title);
	case BUTTON:
		field = gtk_button_new_with_label("");
		g_signal_connect_swapped(field, "clicked", G_CALLBACK(on_product), self);
		return field;
	}
	gtk_accessible_update_property(GTK_ACCESSIBLE(field), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
				       -1);
	return field;
}

static void add_row(OfficeHeadForm *self, Row row)
{
	const char *title = g_dgettext(GETTEXT_PACKAGE, rows[row].title);
	/* The field beside it has the same name. */
	GtkWidget *label = g_object_new(GTK_TYPE_LABEL, "label", title, "xalign", 0.0,
					"accessible-role", GTK_ACCESSIBLE_ROLE_NONE, NULL);

	self->labels[row] = label;
	self->fields[row] = field_new(self, row, title);
	gtk_widget_set_hexpand(self->fields[row], true);
	gtk_grid_attach(self->grid, label, 0, (int)row, 1, 1);
	gtk_grid_attach(self->grid, self->fields[row], 1, (int)row, 1, 1);
}

static void fill_reasons(OfficeHeadForm *self)
{
	g_autoptr(GtkStringList) titles = gtk_string_list_new(NULL);

	gtk_string_list_append(titles, "—");
	for (int i = 0; i < OFFICE_N_REASONS; i++)
		gtk_string_list_append(titles, office_reason_title(office_reason_code(i)));
	gtk_drop_down_set_model(GTK_DROP_DOWN(self->fields[ROW_REASON]), G_LIST_MODEL(titles));
}

static void dispose(GObject *object)
{
	OfficeHeadForm *self = OFFICE_HEAD_FORM(object);
	GtkWidget *child;

	while ((child = gtk_widget_get_first_child(GTK_WIDGET(self))) != NULL)
		gtk_widget_unparent(child);
	g_clear_pointer(&self->suppliers, g_ptr_array_unref);
	g_clear_pointer(&self->shops, g_ptr_array_unref);
	g_clear_pointer(&self->document, document_free);
	G_OBJECT_CLASS(office_head_form_parent_class)->dispose(object);
}

static void bind_template(GtkWidgetClass *klass)
{
	gtk_widget_class_set_template_from_resource(klass, "/shop/baraa/office/head_form.ui");
	gtk_widget_class_bind_template_child(klass, OfficeHeadForm, stack);
	gtk_widget_class_bind_template_child(klass, OfficeHeadForm, title);
	gtk_widget_class_bind_template_child(klass, OfficeHeadForm, message);
	gtk_widget_class_bind_template_child(klass, OfficeHeadForm, grid);
	gtk_widget_class_bind_template_child(klass, OfficeHeadForm, save);
	gtk_widget_class_bind_template_child(klass, OfficeHeadForm, picker);
	gtk_widget_class_bind_template_callback(klass, on_save);
	gtk_widget_class_bind_template_callback(klass, office_head_form_leave);
}

static void office_head_form_class_init(OfficeHeadFormClass *klass)
{
	GType type = G_TYPE_FROM_CLASS(klass);

	G_OBJECT_CLASS(klass)->dispose = dispose;
	written_signal = g_signal_new("written", type, G_SIGNAL_RUN_FIRST, 0, NULL, NULL, NULL,
				      G_TYPE_NONE, 1, G_TYPE_INT64);
	left_signal =
		g_signal_new("left", type, G_SIGNAL_RUN_FIRST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
	gtk_widget_class_set_layout_manager_type(GTK_WIDGET_CLASS(klass), GTK_TYPE_BIN_LAYOUT);
	bind_template(GTK_WIDGET_CLASS(klass));
}

static void office_head_form_init(OfficeHeadForm *self)
{
	g_type_ensure(OFFICE_TYPE_ITEM_PICKER);
	gtk_widget_init_template(GTK_WIDGET(self));
	office_unseen_leave_out(self->stack);
	for (Row row = 0; row < N_ROWS; row++)
		add_row(self, row);
	fill_reasons(self);
	g_signal_connect(self->picker, "picked", G_CALLBACK(on_picked), self);
}
