/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/recipe_form.h"

#include "backoffice/ui/ask.h"
#include "backoffice/ui/item_picker.h"
#include "backoffice/ui/recipe_sheet.h"
#include "backoffice/ui/text_table.h"
#include "backoffice/ui/unseen.h"
#include "backoffice/ui/words.h"
#include "base/language.h"
#include "core/decimal.h"

#include <glib/gi18n-lib.h>

struct _OfficeRecipeForm {
	GtkWidget parent_instance;

	/* template children, borrowed */
	GtkStack *stack;
	GtkLabel *title, *unit, *line_name, *line_unit, *message;
	GtkEditable *yield, *first_day, *quantity, *loss, *make_quantity;
	GtkCheckButton *kit;
	OfficeTextTable *table;
	GtkWidget *line, *add, *remove, *make;
	OfficeItemPicker *picker;

	OfficeRecipeSheet *sheet; /* owned; NULL: not read yet */
	OfficeDesk *desk; /* borrowed */
	int64_t opened_id; /* as it was read; 0: not written yet */
	int32_t opened_day;
	guint open; /* index of the line in the fields; at the end: none */
	bool filling, changed, busy;
	bool asked_delete, asked_leave;
};

G_DEFINE_FINAL_TYPE(OfficeRecipeForm, office_recipe_form, GTK_TYPE_WIDGET)

static guint left_signal;

static const OfficeColumn columns[] = {
	{ N_("Component"), 0, false },
	{ N_("Quantity"), 120, true },
	{ N_("Unit"), 88, false },
	{ N_("Loss"), 88, true },
};

static void say(OfficeRecipeForm *self, const char *text, bool is_trouble)
{
	gtk_label_set_label(self->message, text);
	if (is_trouble)
		gtk_widget_add_css_class(GTK_WIDGET(self->message), "amber");
	else
		gtk_widget_remove_css_class(GTK_WIDGET(self->message), "amber");
}

static bool refuse(OfficeRecipeForm *self, GtkEditable *field, const char *text)
{
	say(self, text, true);
	gtk_widget_grab_focus(GTK_WIDGET(field));
	return false;
}

/* An answer of the desk with an error is told; the form is free again. */
static bool is_trouble(OfficeRecipeForm *self, const GError *error)
{
	g_autofree char *text = error != NULL ? office_desk_dup_trouble(error) : NULL;

	self->busy = false;
	if (text != NULL)
		say(self, text, true);
	return text != NULL;
}

static void on_edited(OfficeRecipeForm *self)
{
	if (self->filling)
		return;
	self->changed = true;
	self->asked_delete = self->asked_leave = false;
}

/* --- showing ------------------------------------------------------------------------------- */

static OfficeTextRow *row_of(const OfficeRecipeForm *self, const OfficeRecipeLine *line, guint i)
{
	OfficeTextRow *row = office_text_row_new((int64_t)i + 1);

	row->texts[0] = g_strdup(line->name);
	row->texts[1] = office_quantity_dup(self->desk, line->quantity, NULL);
	row->texts[2] = g_strdup(language_unit_name(line->unit));
	row->texts[3] = line->loss == 0 ? g_strdup("—")
					: number_text_percent(office_desk_get_style(self->desk),
							      line->loss);
	return row;
}

static void show_lines(OfficeRecipeForm *self)
{
	GPtrArray *rows = g_ptr_array_new();

	for (guint i = 0; i < self->sheet->lines->len; i++)
		g_ptr_array_add(rows, row_of(self, self->sheet->lines->pdata[i], i));
	office_text_table_take(self->table, rows);
}

static void set_decimal(GtkEditable *field, int64_t micro)
{
	g_autofree char *text = quantity_dup_decimal((Quantity){ .micro = micro });

	gtk_editable_set_text(field, text);
}

static void open_line(OfficeRecipeForm *self, guint i)
{
	const OfficeRecipeLine *line;

	self->open = i;
	gtk_widget_set_sensitive(self->line, i < self->sheet->lines->len);
	self->filling = true;
	if (i < self->sheet->lines->len) {
		line = self->sheet->lines->pdata[i];
		gtk_label_set_label(self->line_name, line->name);
		gtk_label_set_label(self->line_unit, language_unit_name(line->unit));
		set_decimal(self->quantity, line->quantity);
		set_decimal(self->loss, line->loss * (QUANTITY_ONE / 100));
	} else {
		gtk_label_set_label(self->line_name, _("Scan or find what goes in (Ctrl+F)."));
		gtk_label_set_label(self->line_unit, "");
		gtk_editable_set_text(self->quantity, "");
		gtk_editable_set_text(self->loss, "");
	}
	self->filling = false;
}

static void show_sheet(OfficeRecipeForm *self)
{
	const OfficeRecipeSheet *sheet = self->sheet;
	g_autofree char *title = g_strdup_printf(_("Recipe of “%s”"), sheet->name);
	g_autofree char *day = office_day_dup(sheet->first_day);

	self->opened_id = sheet->id;
	self->opened_day = sheet->first_day;
	self->filling = true;
	gtk_label_set_label(self->title, title);
	gtk_label_set_label(self->unit, language_unit_name(sheet->unit));
	set_decimal(self->yield, sheet->yield);
	gtk_editable_set_text(self->first_day, day);
	gtk_check_button_set_active(self->kit, sheet->kit);
	gtk_editable_set_text(self->make_quantity, "");
	self->filling = false;
	gtk_widget_set_sensitive(self->remove, sheet->id != 0);
	gtk_widget_set_sensitive(self->make, sheet->id != 0 && !sheet->kit);
	self->changed = self->asked_delete = self->asked_leave = false;
	office_text_table_choose(self->table, 0);
	show_lines(self);
	open_line(self, sheet->lines->len);
}

static void show_form(OfficeRecipeForm *self)
{
	gtk_stack_set_visible_child_name(self->stack, "form");
}

/* --- lines --------------------------------------------------------------------------------- */

/* What is typed of the open line; nothing happens where none is open. */
static bool take_line(OfficeRecipeForm *self)
{
	OfficeRecipeLine *line;
	Quantity quantity;
	int64_t loss = 0;

	if (self->sheet == NULL || self->open >= self->sheet->lines->len)
		return true;
	line = self->sheet->lines->pdata[self->open];
	if (!quantity_parse_decimal(gtk_editable_get_text(self->quantity), &quantity) ||
	    quantity.micro <= 0)
		return refuse(self, self->quantity,
			      _("How much goes in? Type a number above zero, such as 0.25."));
	if (*gtk_editable_get_text(self->loss) != '\0' &&
	    (!decimal_parse(gtk_editable_get_text(self->loss), 2, &loss) || loss < 0 ||
	     loss > 9999))
		return refuse(self, self->loss,
			      _("A loss is a percentage below 100, such as 12.5."));
	line->quantity = quantity.micro;
	line->loss = (int32_t)loss;
	show_lines(self);
	return true;
}

static void on_line_entered(OfficeRecipeForm *self)
{
	if (!take_line(self))
		return;
	say(self, "", false);
	gtk_widget_grab_focus(self->add);
}

static void on_chosen(OfficeTextTable *table, gint64 id, OfficeRecipeForm *self)
{
	guint open = self->open;

	if (self->sheet == NULL || id == 0 || (guint)id - 1 == open)
		return;
	if (take_line(self))
		open_line(self, (guint)id - 1);
	office_text_table_choose(self->table, (int64_t)self->open + 1);
}

static void on_activated(OfficeTextTable *table, gint64 id, OfficeRecipeForm *self)
{
	on_chosen(table, id, self);
	gtk_widget_grab_focus(GTK_WIDGET(self->quantity));
}

static void on_take_out(OfficeRecipeForm *self)
{
	if (self->sheet == NULL || self->open >= self->sheet->lines->len)
		return;
	g_ptr_array_remove_index(self->sheet->lines, self->open);
	on_edited(self);
	office_text_table_choose(self->table, 0);
	show_lines(self);
	open_line(self, self->sheet->lines->len);
	gtk_widget_grab_focus(self->add);
}

typedef struct {
	int64_t item_id;
	OfficeRecipeLine *line; /* owned */
} Add;

static void add_free(void *data)
{
	Add *self = data;

	office_recipe_line_free(self->line);
	g_free(self);
}

static bool add_work(Store *store, void *data, GError **error)
{
	Add *self = data;

	self->line = office_recipe_line_read(store, self->item_id, error);
	return self->line != NULL;
}

static void edit_line(OfficeRecipeForm *self, guint i)
{
	open_line(self, i);
	office_text_table_choose(self->table, (int64_t)i + 1);
	gtk_widget_grab_focus(GTK_WIDGET(self->quantity));
	gtk_editable_select_region(self->quantity, 0, -1);
}

static void on_added(GtkWidget *widget, void *data, const GError *error)
{
	OfficeRecipeForm *self = OFFICE_RECIPE_FORM(widget);
	Add *add = data;

	if (is_trouble(self, error) || self->sheet == NULL)
		return;
	g_ptr_array_add(self->sheet->lines, g_steal_pointer(&add->line));
	on_edited(self);
	show_lines(self);
	edit_line(self, self->sheet->lines->len - 1);
}

/* What stands in the recipe already is opened and not put in twice. */
static void on_picked(OfficeItemPicker *picker, gint64 id, const char *name, OfficeRecipeForm *self)
{
	Add *add;

	show_form(self);
	if (self->sheet == NULL || self->busy)
		return;
	for (guint i = 0; i < self->sheet->lines->len; i++)
		if (((const OfficeRecipeLine *)self->sheet->lines->pdata[i])->item_id == id) {
			edit_line(self, i);
			return;
		}
	add = g_new0(Add, 1);
	add->item_id = id;
	self->busy = true;
	office_ask(self->desk, OFFICE_QUICK, GTK_WIDGET(self), add_work, add, add_free, on_added);
}

static bool begin_search(OfficeRecipeForm *self)
{
	if (self->sheet == NULL || !take_line(self))
		return false;
	say(self, "", false);
	gtk_stack_set_visible_child_name(self->stack, "component");
	return true;
}

void office_recipe_form_find(OfficeRecipeForm *self)
{
	if (begin_search(self))
		office_item_picker_search(self->picker, "");
}

void office_recipe_form_scan(OfficeRecipeForm *self, const char *code)
{
	if (begin_search(self))
		office_item_picker_pick(self->picker, code);
}

/* --- reading, writing, deleting ------------------------------------------------------------ */

typedef enum { JOB_READ, JOB_WRITE, JOB_DELETE, JOB_MAKE } JobKind;
typedef struct {
	JobKind kind;
	int64_t item_id, person_id, shop_id, quantity;
	int32_t day;
	OfficeRecipeSheet *sheet; /* owned */
	char *number; /* owned; of the production */
} Job;

static void job_free(void *data)
{
	Job *self = data;

	office_recipe_sheet_free(self->sheet);
	g_free(self->number);
	g_free(self);
}

static bool make(Store *store, Job *self, GError **error)
{
	g_autoptr(Document) document = recipe_make_production(store, self->shop_id, self->item_id,
							      self->quantity, 0, error);

	if (document == NULL || !document_create(store, document, self->person_id, error))
		return false;
	self->number = g_strdup(document->number);
	return true;
}

static bool job_work(Store *store, void *data, GError **error)
{
	Job *self = data;

	switch (self->kind) {
	case JOB_READ:
		self->sheet = office_recipe_sheet_read(store, self->item_id, self->day, error);
		return self->sheet != NULL;
	case JOB_WRITE:
		return office_recipe_sheet_write(store, self->sheet, self->person_id, error);
	case JOB_DELETE:
		return recipe_delete(store, self->sheet->id, self->person_id, error);
	case JOB_MAKE:
		return make(store, self, error);
	}
	return false;
}

static void show_made(OfficeRecipeForm *self, const char *number)
{
	g_autofree char *text = g_strdup_printf(
		_("Production %s is a draft: look at it on page Documents and post it there."),
		number);

	gtk_editable_set_text(self->make_quantity, "");
	say(self, text, false);
}

static void on_done(GtkWidget *widget, void *data, const GError *error)
{
	OfficeRecipeForm *self = OFFICE_RECIPE_FORM(widget);
	Job *job = data;
	bool failed = is_trouble(self, error);

	if (job->sheet != NULL && self->sheet == NULL)
		self->sheet = g_steal_pointer(&job->sheet);
	if (failed)
		return;
	if (job->kind == JOB_MAKE) {
		show_made(self, job->number);
	} else if (job->kind == JOB_DELETE) {
		self->changed = false;
		g_signal_emit(self, left_signal, 0);
	} else {
		show_sheet(self);
		say(self, job->kind == JOB_WRITE ? _("Saved.") : "", false);
		if (job->kind == JOB_WRITE) /* the line that had it is closed */
			gtk_widget_grab_focus(self->add);
		if (job->kind == JOB_READ)
			gtk_widget_grab_focus(self->sheet->id != 0 ? GTK_WIDGET(self->table)
								   : GTK_WIDGET(self->yield));
	}
}

/* The sheet goes along where the job works on it, and comes back. */
static void run(OfficeRecipeForm *self, Job *job)
{
	self->busy = true;
	job->person_id = office_desk_get_person_id(self->desk);
	job->shop_id = office_desk_get_shop(self->desk)->id;
	office_ask(self->desk, OFFICE_QUICK, GTK_WIDGET(self), job_work, job, job_free, on_done);
}

void office_recipe_form_open(OfficeRecipeForm *self, int64_t item_id, int32_t day)
{
	Job *job = g_new0(Job, 1);

	g_clear_pointer(&self->sheet, office_recipe_sheet_free);
	show_form(self);
	say(self, "", false);
	job->kind = JOB_READ;
	job->item_id = item_id;
	job->day = day;
	run(self, job);
}

static bool read_head(OfficeRecipeForm *self)
{
	g_autofree char *day_text = g_strstrip(g_strdup(gtk_editable_get_text(self->first_day)));
	Quantity yield;
	int32_t day = 0;

	if (!quantity_parse_decimal(gtk_editable_get_text(self->yield), &yield) || yield.micro <= 0)
		return refuse(self, self->yield,
			      _("How much comes out? Type a number above zero, such as 10."));
	if (*day_text != '\0' && !office_day_parse(day_text, &day))
		return refuse(self, self->first_day,
			      _("There is no such day. Type day, month, year: 281226, 28.12.26 or "
				"2026-12-28."));
	if (self->sheet->lines->len == 0) {
		say(self, _("A recipe needs at least one component."), true);
		gtk_widget_grab_focus(self->add);
		return false;
	}
	self->sheet->id = day == self->opened_day ? self->opened_id : 0;
	self->sheet->first_day = day;
	self->sheet->yield = yield.micro;
	self->sheet->kit = gtk_check_button_get_active(self->kit);
	return true;
}

void office_recipe_form_save(OfficeRecipeForm *self)
{
	Job *job;

	if (self->busy || self->sheet == NULL || !take_line(self) || !read_head(self))
		return;
	job = g_new0(Job, 1);
	job->kind = JOB_WRITE;
	job->sheet = g_steal_pointer(&self->sheet);
	run(self, job);
}

static void on_delete(OfficeRecipeForm *self)
{
	Job *job;

	if (self->busy || self->sheet == NULL || self->opened_id == 0)
		return;
	if (!self->asked_delete) {
		self->asked_delete = true;
		say(self, _("The recipe is deleted when the button is pressed once more."), true);
		return;
	}
	job = g_new0(Job, 1);
	job->kind = JOB_DELETE;
	job->sheet = g_steal_pointer(&self->sheet);
	job->sheet->id = self->opened_id;
	run(self, job);
}

static void on_make(OfficeRecipeForm *self)
{
	Quantity quantity;
	Job *job;

	if (self->busy || self->sheet == NULL)
		return;
	if (self->changed) {
		say(self, _("Save the recipe first (Ctrl+S): what is made goes by it."), true);
		return;
	}
	if (!quantity_parse_decimal(gtk_editable_get_text(self->make_quantity), &quantity) ||
	    quantity.micro <= 0) {
		refuse(self, self->make_quantity,
		       _("How much is made? Enter a quantity above zero."));
		return;
	}
	job = g_new0(Job, 1);
	job->kind = JOB_MAKE;
	job->item_id = self->sheet->item_id;
	job->quantity = quantity.micro;
	run(self, job);
}

void office_recipe_form_leave(OfficeRecipeForm *self)
{
	if (g_strcmp0(gtk_stack_get_visible_child_name(self->stack), "form") != 0) {
		show_form(self);
		gtk_widget_grab_focus(self->add);
		return;
	}
	if (self->busy)
		return;
	if (self->changed && !self->asked_leave) {
		self->asked_leave = true;
		say(self,
		    _("This is not saved. Ctrl+S saves it, Esc once more leaves it as it was."),
		    true);
		return;
	}
	self->changed = false;
	g_clear_pointer(&self->sheet, office_recipe_sheet_free);
	g_signal_emit(self, left_signal, 0);
}

/* --- life ---------------------------------------------------------------------------------- */

void office_recipe_form_set_desk(OfficeRecipeForm *self, OfficeDesk *desk)
{
	self->desk = desk;
	office_item_picker_set_desk(self->picker, desk);
}

static gboolean grab_focus(GtkWidget *widget)
{
	OfficeRecipeForm *self = OFFICE_RECIPE_FORM(widget);

	return gtk_widget_grab_focus(GTK_WIDGET(self->table));
}

static void dispose(GObject *object)
{
	OfficeRecipeForm *self = OFFICE_RECIPE_FORM(object);
	GtkWidget *child;

	self->filling = true;
	while ((child = gtk_widget_get_first_child(GTK_WIDGET(self))) != NULL)
		gtk_widget_unparent(child);
	g_clear_pointer(&self->sheet, office_recipe_sheet_free);
	G_OBJECT_CLASS(office_recipe_form_parent_class)->dispose(object);
}

static void bind_children(GtkWidgetClass *klass)
{
	gtk_widget_class_bind_template_child(klass, OfficeRecipeForm, stack);
	gtk_widget_class_bind_template_child(klass, OfficeRecipeForm, title);
	gtk_widget_class_bind_template_child(klass, OfficeRecipeForm, unit);
	gtk_widget_class_bind_template_child(klass, OfficeRecipeForm, line_name);
	gtk_widget_class_bind_template_child(klass, OfficeRecipeForm, line_unit);
	gtk_widget_class_bind_template_child(klass, OfficeRecipeForm, message);
	gtk_widget_class_bind_template_child(klass, OfficeRecipeForm, yield);
	gtk_widget_class_bind_template_child(klass, OfficeRecipeForm, first_day);
	gtk_widget_class_bind_template_child(klass, OfficeRecipeForm, quantity);
	gtk_widget_class_bind_template_child(klass, OfficeRecipeForm, loss);
	gtk_widget_class_bind_template_child(klass, OfficeRecipeForm, make_quantity);
	gtk_widget_class_bind_template_child(klass, OfficeRecipeForm, kit);
	gtk_widget_class_bind_template_child(klass, OfficeRecipeForm, table);
	gtk_widget_class_bind_template_child(klass, OfficeRecipeForm, line);
	gtk_widget_class_bind_template_child(klass, OfficeRecipeForm, add);
	gtk_widget_class_bind_template_child(klass, OfficeRecipeForm, remove);
	gtk_widget_class_bind_template_child(klass, OfficeRecipeForm, make);
	gtk_widget_class_bind_template_child(klass, OfficeRecipeForm, picker);
}

static void bind_callbacks(GtkWidgetClass *klass)
{
	gtk_widget_class_bind_template_callback(klass, on_edited);
	gtk_widget_class_bind_template_callback(klass, on_line_entered);
	gtk_widget_class_bind_template_callback(klass, on_chosen);
	gtk_widget_class_bind_template_callback(klass, on_activated);
	gtk_widget_class_bind_template_callback(klass, on_take_out);
	gtk_widget_class_bind_template_callback(klass, on_picked);
	gtk_widget_class_bind_template_callback(klass, on_delete);
	gtk_widget_class_bind_template_callback(klass, on_make);
	gtk_widget_class_bind_template_callback(klass, office_recipe_form_find);
	gtk_widget_class_bind_template_callback(klass, office_recipe_form_save);
	gtk_widget_class_bind_template_callback(klass, office_recipe_form_leave);
}

static void office_recipe_form_class_init(OfficeRecipeFormClass *klass)
{
	GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

	G_OBJECT_CLASS(klass)->dispose = dispose;
	widget_class->grab_focus = grab_focus;
	left_signal = g_signal_new("left", G_TYPE_FROM_CLASS(klass), G_SIGNAL_RUN_FIRST, 0, NULL,
				   NULL, NULL, G_TYPE_NONE, 0);
	gtk_widget_class_set_layout_manager_type(widget_class, GTK_TYPE_BIN_LAYOUT);
	gtk_widget_class_set_template_from_resource(widget_class,
						    "/shop/baraa/office/recipe_form.ui");
	bind_children(widget_class);
	bind_callbacks(widget_class);
}

static void office_recipe_form_init(OfficeRecipeForm *self)
{
	g_type_ensure(OFFICE_TYPE_TEXT_TABLE);
	g_type_ensure(OFFICE_TYPE_ITEM_PICKER);
	self->filling = true;
	gtk_widget_init_template(GTK_WIDGET(self));
	self->filling = false;
	office_unseen_leave_out(self->stack);
	office_text_table_set_columns(self->table, _("Components"), columns, G_N_ELEMENTS(columns));
}
