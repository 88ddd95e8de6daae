/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/line_form.h"

#include "backoffice/ui/item_picker.h"
#include "backoffice/ui/unseen.h"
#include "backoffice/ui/words.h"
#include "base/language.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef enum {
	ROW_QUANTITY,
	ROW_EXPECTED,
	ROW_COST,
	ROW_PRICE,
	ROW_BATCH,
	ROW_EXPIRY,
	ROW_SERIALS,
	N_ROWS
} Row;

struct _OfficeLineForm {
	GtkWidget parent_instance;

	/* template children, borrowed */
	GtkStack *stack;
	GtkLabel *title, *message;
	GtkGrid *grid;
	GtkWidget *save, *remove;
	OfficeItemPicker *picker;

	/* borrowed: made in init */
	GtkWidget *labels[N_ROWS], *entries[N_ROWS];
	GtkLabel *margin;
	GtkWidget *instead_label, *instead, *instead_none, *reason_label;
	GtkDropDown *reason;

	OfficeDesk *desk; /* borrowed */
	DocumentLine *line; /* owned; NULL: none is open */
	int64_t document_id;
	int64_t opened; /* quantity as it was read */
	unsigned fields;
	bool editable, serials_changed;
};

G_DEFINE_FINAL_TYPE(OfficeLineForm, office_line_form, GTK_TYPE_WIDGET)

static guint saved_signal, left_signal;

static const struct {
	const char *title;
	unsigned fields; /* 0: always */
} rows[N_ROWS] = {
	[ROW_QUANTITY] = { N_("Quantity"), 0 },
	[ROW_EXPECTED] = { N_("Expected"), FIELD_EXPECTED },
	[ROW_COST] = { N_("Cost of the line"), FIELD_COST },
	[ROW_PRICE] = { N_("New price"), FIELD_PRICE },
	[ROW_BATCH] = { N_("Batch"), FIELD_BATCH },
	[ROW_EXPIRY] = { N_("Expires on"), FIELD_BATCH },
	[ROW_SERIALS] = { N_("Serial numbers"), FIELD_SERIALS },
};

/* --- the desk ------------------------------------------------------------------------------ */

typedef struct {
	int64_t document_id, person_id;
	DocumentLine *line; /* owned */
	int64_t opened; /* quantity when the form was opened */
	bool same_serials; /* as then */
	bool remove;
} Change;

static void change_free(void *data)
{
	Change *self = data;

	document_line_free(self->line);
	g_free(self);
}

/* What others have scanned into the line since it was opened stays. */
static bool merge(Store *store, Change *self, GError **error)
{
	g_autoptr(Document) document = document_read(store, self->document_id, error);

	for (guint i = 0; document != NULL && i < document->lines->len; i++) {
		const DocumentLine *now = document->lines->pdata[i];

		if (now->line != self->line->line)
			continue;
		self->line->quantity += now->quantity - self->opened;
		if (self->same_serials) {
			g_strfreev(self->line->serials);
			self->line->serials = g_strdupv(now->serials);
		}
	}
	return document != NULL;
}

static bool change_work(Store *store, void *data, GError **error)
{
	Change *self = data;

	if (!merge(store, self, error))
		return false;
	if (self->remove)
		return document_remove_line(store, self->document_id, self->line->line,
					    self->person_id, error);
	return document_put_line(store, self->document_id, self->line, self->person_id, error);
}

static void say(OfficeLineForm *self, const char *text)
{
	gtk_label_set_label(self->message, text);
}

static void on_changed(GtkWidget *widget, void *data, const GError *error)
{
	OfficeLineForm *self = OFFICE_LINE_FORM(widget);
	Change *change = data;
	g_autofree char *text = error != NULL ? office_desk_dup_trouble(error) : NULL;

	gtk_widget_set_sensitive(self->save, true);
	if (text != NULL)
		say(self, text);
	else
		g_signal_emit(self, saved_signal, 0, change->remove ? 0 : change->line->line);
}

static void change(OfficeLineForm *self, bool remove)
{
	Change *wish = g_new0(Change, 1);

	*wish = (Change){ .document_id = self->document_id,
			  .person_id = office_desk_get_person_id(self->desk),
			  .line = document_line_copy(self->line),
			  .opened = self->opened,
			  .same_serials = !self->serials_changed,
			  .remove = remove };
	gtk_widget_set_sensitive(self->save, false);
	office_ask(self->desk, OFFICE_QUICK, GTK_WIDGET(self), change_work, wish, change_free,
		   on_changed);
}

static char *dup_serials(const DocumentLine *line)
{
	return line->serials != NULL ? g_strjoinv(" ", line->serials) : g_strdup("");
}

/* --- from the fields ----------------------------------------------------------------------- */

static char *dup_text(OfficeLineForm *self, Row row)
{
	return g_strstrip(g_strdup(gtk_editable_get_text(GTK_EDITABLE(self->entries[row]))));
}

static bool refuse(OfficeLineForm *self, Row row, const char *text)
{
	say(self, text);
	gtk_widget_grab_focus(self->entries[row]);
	return false;
}

static bool take_quantity(OfficeLineForm *self)
{
	g_autofree char *text = dup_text(self, ROW_QUANTITY);
	Quantity quantity;

	if (!quantity_parse_decimal(text, &quantity))
		return refuse(self, ROW_QUANTITY,
			      _("The quantity cannot be read. Type it as 12 or 1.234."));
	self->line->quantity = quantity.micro;
	return true;
}

static bool take_expected(OfficeLineForm *self)
{
	g_autofree char *text = dup_text(self, ROW_EXPECTED);
	Quantity quantity = { 0 };

	if (!gtk_widget_get_visible(self->entries[ROW_EXPECTED]))
		return true;
	if (*text != '\0' && !quantity_parse_decimal(text, &quantity))
		return refuse(self, ROW_EXPECTED,
			      _("The quantity cannot be read. Type it as 12 or 1.234."));
	self->line->has_expected = *text != '\0';
	self->line->expected = quantity.micro;
	return true;
}

static bool take_amount(OfficeLineForm *self, Row row, bool *ret_has, int64_t *ret)
{
	g_autofree char *text = dup_text(self, row);

	if (!gtk_widget_get_visible(self->entries[row]))
		return true;
	*ret_has = *text != '\0';
	if (*ret_has && !office_money_parse(self->desk, text, ret))
		return refuse(self, row, _("The amount cannot be read. Type it as 12.50 or 2500."));
	return true;
}

static bool take_batch(OfficeLineForm *self)
{
	g_autofree char *day = dup_text(self, ROW_EXPIRY);

	if (!gtk_widget_get_visible(self->entries[ROW_BATCH]))
		return true;
	g_free(self->line->batch);
	self->line->batch = dup_text(self, ROW_BATCH);
	self->line->expiry = 0;
	if (*day != '\0' && !office_day_parse(day, &self->line->expiry))
		return refuse(self, ROW_EXPIRY,
			      _("There is no such day. Type day, month, year: 281226, 28.12.26 or "
				"2026-12-28."));
	return true;
}

static void take_serials(OfficeLineForm *self)
{
	g_autofree char *text = dup_text(self, ROW_SERIALS);
	g_autofree char *before = dup_serials(self->line);
	g_auto(GStrv) parts = g_strsplit_set(text, " ,;", -1);
	g_autoptr(GStrvBuilder) serials = g_strv_builder_new();

	self->serials_changed =
		gtk_widget_get_visible(self->entries[ROW_SERIALS]) && strcmp(text, before) != 0;
	if (!self->serials_changed)
		return;
	for (int i = 0; parts[i] != NULL; i++)
		if (*parts[i] != '\0')
			g_strv_builder_add(serials, parts[i]);
	g_strfreev(self->line->serials);
	self->line->serials = g_strv_builder_end(serials);
}

static void take_reason(OfficeLineForm *self)
{
	guint chosen = gtk_drop_down_get_selected(self->reason);

	if ((self->fields & FIELD_REASON) == 0)
		return;
	g_free(self->line->reason);
	self->line->reason = g_strdup(chosen > 0 && chosen <= OFFICE_N_REASONS
					      ? office_reason_code((int)chosen - 1)
					      : "");
}

static void on_save(OfficeLineForm *self)
{
	if (self->line == NULL || !self->editable || !gtk_widget_get_sensitive(self->save))
		return;
	if (!take_quantity(self) || !take_expected(self) ||
	    !take_amount(self, ROW_COST, &self->line->has_cost, &self->line->cost) ||
	    !take_amount(self, ROW_PRICE, &self->line->has_price, &self->line->price) ||
	    !take_batch(self))
		return;
	take_serials(self);
	take_reason(self);
	change(self, false);
}

static void on_remove(OfficeLineForm *self)
{
	if (self->line != NULL)
		change(self, true);
}

void office_line_form_leave(OfficeLineForm *self)
{
	if (g_strcmp0(gtk_stack_get_visible_child_name(self->stack), "instead") == 0)
		gtk_stack_set_visible_child_name(self->stack, "form");
	else
		g_signal_emit(self, left_signal, 0);
}

/* --- margin -------------------------------------------------------------------------------- */

/* Of one unit, from what stands in the fields. */
static bool margin_of(OfficeLineForm *self, int64_t *ret)
{
	g_autofree char *quantity_text = dup_text(self, ROW_QUANTITY);
	g_autofree char *cost_text = dup_text(self, ROW_COST);
	g_autofree char *price_text = dup_text(self, ROW_PRICE);
	int64_t cost, price, unit;
	Quantity quantity;

	return quantity_parse_decimal(quantity_text, &quantity) && quantity.micro > 0 &&
	       office_money_parse(self->desk, cost_text, &cost) &&
	       office_money_parse(self->desk, price_text, &price) &&
	       scale_int64(cost, QUANTITY_ONE, quantity.micro, ROUND_HALF_AWAY, &unit) &&
	       office_margin(price, unit, ret);
}

static void show_margin(OfficeLineForm *self)
{
	g_autofree char *percent = NULL, *text = NULL;
	int64_t margin;

	if (self->desk == NULL || !office_desk_may(self->desk, RIGHT_SEE_COST) ||
	    !margin_of(self, &margin)) {
		gtk_label_set_label(self->margin, "");
		return;
	}
	percent = number_text_percent(office_desk_get_style(self->desk), margin);
	text = g_strdup_printf(margin < 0 ? _("▼ below cost: margin %s") : _("margin %s"), percent);
	gtk_label_set_label(self->margin, text);
}

/* --- instead of ---------------------------------------------------------------------------- */

static void show_instead(OfficeLineForm *self, const char *name)
{
	gtk_button_set_label(GTK_BUTTON(self->instead),
			     name != NULL ? name : _("Choose the goods…"));
	gtk_widget_set_visible(self->instead_none, name != NULL && self->editable);
}

static void on_instead(OfficeLineForm *self)
{
	gtk_stack_set_visible_child_name(self->stack, "instead");
	office_item_picker_search(self->picker, "");
}

static void on_instead_none(OfficeLineForm *self)
{
	self->line->instead_of = 0;
	show_instead(self, NULL);
}

static void on_picked(OfficeItemPicker *picker, gint64 id, const char *name, OfficeLineForm *self)
{
	self->line->instead_of = id;
	show_instead(self, name);
	gtk_stack_set_visible_child_name(self->stack, "form");
	gtk_widget_grab_focus(self->save);
}

bool office_line_form_scan(OfficeLineForm *self, const char *code)
{
	if (g_strcmp0(gtk_stack_get_visible_child_name(self->stack), "instead") != 0)
		return false;
	office_item_picker_pick(self->picker, code);
	return true;
}

bool office_line_form_wants_text(OfficeLineForm *self)
{
	GtkRoot *root = gtk_widget_get_root(GTK_WIDGET(self));
	GtkWidget *focus = root != NULL ? gtk_root_get_focus(root) : NULL;

	return focus != NULL && (gtk_widget_is_ancestor(focus, self->entries[ROW_BATCH]) ||
				 gtk_widget_is_ancestor(focus, self->entries[ROW_SERIALS]));
}

/* --- into the fields ----------------------------------------------------------------------- */

static char *dup_row_text(OfficeLineForm *self, Row row)
{
	const DocumentLine *line = self->line;

	switch (row) {
	case ROW_QUANTITY:
		return quantity_dup_decimal((Quantity){ line->quantity });
	case ROW_EXPECTED:
		return line->has_expected ? quantity_dup_decimal((Quantity){ line->expected })
					  : g_strdup("");
	case ROW_COST:
		return line->has_cost ? office_money_dup_plain(self->desk, line->cost)
				      : g_strdup("");
	case ROW_PRICE:
		return line->has_price ? office_money_dup_plain(self->desk, line->price)
				       : g_strdup("");
	case ROW_BATCH:
		return g_strdup(line->batch);
	case ROW_EXPIRY:
		return office_day_dup(line->expiry);
	case ROW_SERIALS:
		return dup_serials(line);
	case N_ROWS:
		break;
	}
	return g_strdup("");
}

static bool may_see_row(OfficeLineForm *self, Row row, bool blind)
{
	if (rows[row].fields != 0 && (self->fields & rows[row].fields) == 0)
		return false;
	if (row == ROW_COST)
		return office_desk_may(self->desk, RIGHT_SEE_COST);
	if (row == ROW_PRICE)
		return office_desk_may(self->desk, RIGHT_CHANGE_PRICE);
	return row != ROW_EXPECTED || !blind;
}

static void fill_row(OfficeLineForm *self, Row row, bool blind)
{
	bool shown = may_see_row(self, row, blind);
	g_autofree char *text = dup_row_text(self, row);

	gtk_widget_set_visible(self->labels[row], shown);
	gtk_widget_set_visible(self->entries[row], shown);
	gtk_editable_set_editable(GTK_EDITABLE(self->entries[row]), self->editable);
	gtk_editable_set_text(GTK_EDITABLE(self->entries[row]), text);
	if (row == ROW_COST)
		gtk_label_set_label(GTK_LABEL(self->labels[row]),
				    (self->fields & FIELD_UNIT_COST) != 0 ? _("Cost of one")
									  : _("Cost of the line"));
}

static void fill_reason(OfficeLineForm *self)
{
	bool shown = (self->fields & FIELD_REASON) != 0;
	guint chosen = 0;

	for (int i = 0; i < OFFICE_N_REASONS; i++)
		if (strcmp(self->line->reason, office_reason_code(i)) == 0)
			chosen = (guint)i + 1;
	gtk_widget_set_visible(self->reason_label, shown);
	gtk_widget_set_visible(GTK_WIDGET(self->reason), shown);
	gtk_drop_down_set_selected(self->reason, chosen);
}

static void fill_title(OfficeLineForm *self, const OfficeDraft *draft)
{
	const Goods *goods = office_draft_goods(draft, self->line->item_id);
	const char *unit = goods != NULL ? language_unit_name(goods->unit) : "";
	g_autofree char *price = goods != NULL && goods->has_price
					 ? office_money_dup(self->desk, goods->price)
					 : g_strdup("—");
	g_autofree char *title =
		g_strdup_printf(_("%s, %s, price now %s"), goods != NULL ? goods->name : "",
				*unit != '\0' ? unit : "—", price);

	gtk_label_set_label(self->title, title);
}

void office_line_form_open(OfficeLineForm *self, const OfficeDraft *draft, int line)
{
	const DocumentLine *it = office_draft_line(draft, line);
	const Goods *instead;
	bool has_instead;

	if (it == NULL)
		return;
	document_line_free(self->line);
	self->line = document_line_copy(it);
	self->opened = it->quantity;
	self->document_id = draft->document->id;
	self->fields = office_document_fields(draft->document->kind);
	self->editable = draft->document->state == DOCUMENT_DRAFT &&
			 office_desk_may(self->desk, document_kind_right(draft->document->kind));
	instead = office_draft_goods(draft, it->instead_of);
	has_instead = (self->fields & FIELD_INSTEAD) != 0;
	say(self, "");
	fill_title(self, draft);
	for (Row row = 0; row < N_ROWS; row++)
		fill_row(self, row, draft->document->blind && self->editable);
	fill_reason(self);
	show_instead(self, instead != NULL ? instead->name : NULL);
	gtk_widget_set_visible(self->instead_label, has_instead);
	gtk_widget_set_visible(self->instead, has_instead);
	gtk_widget_set_sensitive(self->instead, self->editable);
	gtk_widget_set_visible(self->save, self->editable);
	gtk_widget_set_visible(self->remove, self->editable);
	gtk_stack_set_visible_child_name(self->stack, "form");
	show_margin(self);
	gtk_widget_grab_focus(self->entries[ROW_QUANTITY]);
}

void office_line_form_set_desk(OfficeLineForm *self, OfficeDesk *desk)
{
	self->desk = desk;
	office_item_picker_set_desk(self->picker, desk);
}

/* --- life ---------------------------------------------------------------------------------- */

static GtkWidget *label_new(const char *text)
{
	/* The field beside it has the same name. */
	return g_object_new(GTK_TYPE_LABEL, "label", text, "xalign", 0.0, "accessible-role",
			    GTK_ACCESSIBLE_ROLE_NONE, NULL);
}

static void add_row(OfficeLineForm *self, Row row)
{
	const char *title = g_dgettext(GETTEXT_PACKAGE, rows[row].title);
	GtkWidget *entry = gtk_entry_new();

	self->labels[row] = label_new(title);
	self->entries[row] = entry;
	gtk_accessible_update_property(GTK_ACCESSIBLE(entry), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
				       -1);
	gtk_widget_add_css_class(entry, "numeric");
	gtk_widget_set_hexpand(entry, row == ROW_SERIALS);
	gtk_grid_attach(self->grid, self->labels[row], 0, (int)row, 1, 1);
	gtk_grid_attach(self->grid, entry, 1, (int)row, row == ROW_SERIALS ? 2 : 1, 1);
	g_signal_connect_swapped(entry, "activate", G_CALLBACK(on_save), self);
	g_signal_connect_swapped(entry, "changed", G_CALLBACK(show_margin), self);
}

static void add_instead(OfficeLineForm *self)
{
	self->instead_label = label_new(_("Came instead of"));
	self->instead = gtk_button_new_with_label("");
	self->instead_none = gtk_button_new_with_label(_("It came for itself"));
	gtk_widget_set_visible(self->instead_none, false);
	gtk_grid_attach(self->grid, self->instead_label, 0, N_ROWS, 1, 1);
	gtk_grid_attach(self->grid, self->instead, 1, N_ROWS, 1, 1);
	gtk_grid_attach(self->grid, self->instead_none, 2, N_ROWS, 1, 1);
	gtk_widget_set_halign(self->instead_none, GTK_ALIGN_START);
	g_signal_connect_swapped(self->instead, "clicked", G_CALLBACK(on_instead), self);
	g_signal_connect_swapped(self->instead_none, "clicked", G_CALLBACK(on_instead_none), self);
}

static void add_reason(OfficeLineForm *self)
{
	g_autoptr(GtkStringList) titles = gtk_string_list_new(NULL);

	gtk_string_list_append(titles, _("As the whole document"));
	for (int i = 0; i < OFFICE_N_REASONS; i++)
		gtk_string_list_append(titles, office_reason_title(office_reason_code(i)));
	self->reason_label = label_new(_("Reason"));
	self->reason = GTK_DROP_DOWN(gtk_drop_down_new(g_object_ref(G_LIST_MODEL(titles)), NULL));
	gtk_accessible_update_property(GTK_ACCESSIBLE(self->reason), GTK_ACCESSIBLE_PROPERTY_LABEL,
				       _("Reason of the line"), -1);
	gtk_grid_attach(self->grid, self->reason_label, 0, N_ROWS + 1, 1, 1);
	gtk_grid_attach(self->grid, GTK_WIDGET(self->reason), 1, N_ROWS + 1, 1, 1);
}

static void dispose(GObject *object)
{
	OfficeLineForm *self = OFFICE_LINE_FORM(object);
	GtkWidget *child;

	while ((child = gtk_widget_get_first_child(GTK_WIDGET(self))) != NULL)
		gtk_widget_unparent(child);
	g_clear_pointer(&self->line, document_line_free);
	G_OBJECT_CLASS(office_line_form_parent_class)->dispose(object);
}

static void bind_template(GtkWidgetClass *klass)
{
	gtk_widget_class_set_template_from_resource(klass, "/shop/baraa/office/line_form.ui");
	gtk_widget_class_bind_template_child(klass, OfficeLineForm, stack);
	gtk_widget_class_bind_template_child(klass, OfficeLineForm, title);
	gtk_widget_class_bind_template_child(klass, OfficeLineForm, message);
	gtk_widget_class_bind_template_child(klass, OfficeLineForm, grid);
	gtk_widget_class_bind_template_child(klass, OfficeLineForm, save);
	gtk_widget_class_bind_template_child(klass, OfficeLineForm, remove);
	gtk_widget_class_bind_template_child(klass, OfficeLineForm, picker);
	gtk_widget_class_bind_template_callback(klass, on_save);
	gtk_widget_class_bind_template_callback(klass, on_remove);
	gtk_widget_class_bind_template_callback(klass, office_line_form_leave);
}

static void office_line_form_class_init(OfficeLineFormClass *klass)
{
	GType type = G_TYPE_FROM_CLASS(klass);

	G_OBJECT_CLASS(klass)->dispose = dispose;
	saved_signal = g_signal_new("saved", type, G_SIGNAL_RUN_FIRST, 0, NULL, NULL, NULL,
				    G_TYPE_NONE, 1, G_TYPE_INT);
	left_signal =
		g_signal_new("left", type, G_SIGNAL_RUN_FIRST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
	gtk_widget_class_set_layout_manager_type(GTK_WIDGET_CLASS(klass), GTK_TYPE_BIN_LAYOUT);
	bind_template(GTK_WIDGET_CLASS(klass));
}

static void office_line_form_init(OfficeLineForm *self)
{
	g_type_ensure(OFFICE_TYPE_ITEM_PICKER);
	gtk_widget_init_template(GTK_WIDGET(self));
	office_unseen_leave_out(self->stack);
	self->margin = GTK_LABEL(gtk_label_new(""));
	for (Row row = 0; row < N_ROWS; row++)
		add_row(self, row);
	gtk_grid_attach(self->grid, GTK_WIDGET(self->margin), 2, ROW_PRICE, 1, 1);
	add_instead(self);
	add_reason(self);
	g_signal_connect(self->picker, "picked", G_CALLBACK(on_picked), self);
}
