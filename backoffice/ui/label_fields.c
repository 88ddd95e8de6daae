/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/label_fields.h"

#include "backoffice/label/label_job.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _OfficeLabelFields {
	GtkWidget parent_instance;

	/* template children, borrowed */
	GtkListBox *list;
	GtkGrid *form;
	GtkEntry *content;
	GtkDropDown *words, *align, *kind;
	GtkSpinButton *x, *y, *width, *height, *lines, *module;
	GtkCheckButton *bold, *struck, *digits;
	GtkLabel *height_label, *align_label, *lines_label, *kind_label, *module_label;

	LabelDraft *draft; /* borrowed, or NULL */
	int chosen; /* −1: none */
	bool showing; /* we change the widgets, not the person */
	void *typed_in; /* widget of the last change, so that typing is one step of undo */
	int group;
};

G_DEFINE_FINAL_TYPE(OfficeLabelFields, office_label_fields, GTK_TYPE_WIDGET)

static guint edited_signal, chosen_signal;

/* Codes in the order of the drop-down. */
static const struct {
	LabelKind kind;
	const char *title;
} codes[] = {
	{ LABEL_EAN13, "EAN-13" },
	{ LABEL_CODE128, "Code 128" },
	{ LABEL_QR, "QR" },
	{ LABEL_DATAMATRIX, "Data Matrix" },
};

static int um_of(GtkSpinButton *spin)
{
	return (int)(gtk_spin_button_get_value(spin) * 1000 + 0.5);
}

static const LabelField *chosen_field(OfficeLabelFields *self)
{
	return self->draft != NULL && self->chosen >= 0
		       ? label_design_get_field(label_draft_get(self->draft), self->chosen)
		       : NULL;
}

/* --- the list --- */

static const char *kind_title(const LabelField *field)
{
	switch (field->kind) {
	case LABEL_TEXT:
	case LABEL_STRUCK_TEXT:
		return _("Text");
	case LABEL_BOX:
		return field->width <= field->thickness || field->height <= field->thickness
			       ? _("Line")
			       : _("Frame");
	case LABEL_QR:
		return "QR";
	case LABEL_DATAMATRIX:
		return "Data Matrix";
	default:
		return _("Barcode");
	}
}

static char *dup_title(const LabelField *field)
{
	return *field->content != '\0'
		       ? g_strdup_printf("%s: %s", kind_title(field), field->content)
		       : g_strdup(kind_title(field));
}

static void add_row(OfficeLabelFields *self)
{
	GtkWidget *label = gtk_label_new(NULL), *row = gtk_list_box_row_new();

	gtk_label_set_xalign(GTK_LABEL(label), 0);
	gtk_label_set_ellipsize(GTK_LABEL(label), PANGO_ELLIPSIZE_END);
	gtk_list_box_row_set_child(GTK_LIST_BOX_ROW(row), label);
	gtk_list_box_append(self->list, row);
}

/* Rows stay where they are, so that the focus does. */
static void show_rows(OfficeLabelFields *self)
{
	const LabelDesign *design = self->draft != NULL ? label_draft_get(self->draft) : NULL;
	int n = design != NULL ? label_design_get_n_fields(design) : 0;
	GtkListBoxRow *row;

	while ((row = gtk_list_box_get_row_at_index(self->list, n)) != NULL)
		gtk_list_box_remove(self->list, GTK_WIDGET(row));
	for (int i = 0; i < n; i++) {
		g_autofree char *title = dup_title(label_design_get_field(design, i));

		if (gtk_list_box_get_row_at_index(self->list, i) == NULL)
			add_row(self);
		row = gtk_list_box_get_row_at_index(self->list, i);
		gtk_label_set_label(GTK_LABEL(gtk_list_box_row_get_child(row)), title);
		gtk_accessible_update_property(GTK_ACCESSIBLE(row), GTK_ACCESSIBLE_PROPERTY_LABEL,
					       title, -1);
	}
}

static void on_row_selected(GtkListBox *list, GtkListBoxRow *row, OfficeLabelFields *self)
{
	int field = row != NULL ? gtk_list_box_row_get_index(row) : -1;

	if (self->showing || field == self->chosen)
		return;
	self->chosen = field;
	self->typed_in = NULL;
	office_label_fields_update(self);
	g_signal_emit(self, chosen_signal, 0, field);
}

/* --- the form --- */

static void show_choices(OfficeLabelFields *self, const LabelField *field)
{
	gtk_drop_down_set_selected(self->align, field->align);
	for (guint i = 0; i < G_N_ELEMENTS(codes); i++)
		if (codes[i].kind == field->kind)
			gtk_drop_down_set_selected(self->kind, i);
	gtk_check_button_set_active(self->bold, field->bold);
	gtk_check_button_set_active(self->struck, field->kind == LABEL_STRUCK_TEXT);
	gtk_check_button_set_active(self->digits, field->digits_below);
	gtk_drop_down_set_selected(self->words, 0);
}

static void show_numbers(OfficeLabelFields *self, const LabelField *field)
{
	bool box = field->kind == LABEL_BOX;

	gtk_spin_button_set_value(self->x, field->x / 1000.0);
	gtk_spin_button_set_value(self->y, field->y / 1000.0);
	gtk_spin_button_set_value(self->width, field->width / 1000.0);
	gtk_spin_button_set_value(self->height, field->height / 1000.0);
	gtk_spin_button_set_value(self->lines, field->max_lines);
	gtk_spin_button_set_value(self->module, (box ? field->thickness : field->module) / 1000.0);
	gtk_label_set_label(self->height_label,
			    label_field_is_text(field) ? _("Line height, mm") : _("Height, mm"));
	gtk_label_set_label(self->module_label, box ? _("Line, mm") : _("Bar, mm"));
}

/* Only what this kind of field has. */
static void show_what_it_has(OfficeLabelFields *self, const LabelField *field)
{
	bool text = label_field_is_text(field), box = field->kind == LABEL_BOX;
	bool code = !text && !box;

	gtk_widget_set_visible(GTK_WIDGET(self->content), !box);
	gtk_widget_set_visible(GTK_WIDGET(self->words), !box);
	gtk_widget_set_visible(GTK_WIDGET(self->align), !box);
	gtk_widget_set_visible(GTK_WIDGET(self->align_label), !box);
	gtk_widget_set_visible(GTK_WIDGET(self->lines), text);
	gtk_widget_set_visible(GTK_WIDGET(self->lines_label), text);
	gtk_widget_set_visible(GTK_WIDGET(self->kind), code);
	gtk_widget_set_visible(GTK_WIDGET(self->kind_label), code);
	gtk_widget_set_visible(GTK_WIDGET(self->module), !text);
	gtk_widget_set_visible(GTK_WIDGET(self->module_label), !text);
	gtk_widget_set_visible(GTK_WIDGET(self->bold), text);
	gtk_widget_set_visible(GTK_WIDGET(self->struck), text);
	gtk_widget_set_visible(GTK_WIDGET(self->digits), label_field_is_bars(field));
}

static void show_field(OfficeLabelFields *self)
{
	const LabelField *field = chosen_field(self);

	gtk_widget_set_sensitive(GTK_WIDGET(self->form), field != NULL);
	if (field == NULL)
		return;
	/* Whoever is typing keeps the place of the cursor. */
	if (strcmp(gtk_editable_get_text(GTK_EDITABLE(self->content)), field->content) != 0)
		gtk_editable_set_text(GTK_EDITABLE(self->content), field->content);
	show_numbers(self, field);
	show_choices(self, field);
	show_what_it_has(self, field);
}

void office_label_fields_update(OfficeLabelFields *self)
{
	GtkListBoxRow *row;

	self->showing = true;
	show_rows(self);
	row = self->chosen >= 0 ? gtk_list_box_get_row_at_index(self->list, self->chosen) : NULL;
	if (row == NULL)
		self->chosen = -1;
	gtk_list_box_select_row(self->list, row);
	show_field(self);
	self->showing = false;
}

/* --- changes --- */

static LabelKind kind_of_form(OfficeLabelFields *self, const LabelField *field)
{
	guint code = gtk_drop_down_get_selected(self->kind);

	if (label_field_is_text(field))
		return gtk_check_button_get_active(self->struck) ? LABEL_STRUCK_TEXT : LABEL_TEXT;
	if (field->kind == LABEL_BOX || code >= G_N_ELEMENTS(codes))
		return field->kind;
	return codes[code].kind;
}

static void take_form(OfficeLabelFields *self, void *widget)
{
	const LabelField *was = chosen_field(self);
	LabelField field;

	if (self->showing || was == NULL)
		return;
	field = *was;
	field.kind = kind_of_form(self, was);
	field.content = gtk_editable_get_text(GTK_EDITABLE(self->content));
	field.x = um_of(self->x);
	field.y = um_of(self->y);
	field.width = um_of(self->width);
	field.height = um_of(self->height);
	field.max_lines = gtk_spin_button_get_value_as_int(self->lines);
	*(field.kind == LABEL_BOX ? &field.thickness : &field.module) = um_of(self->module);
	field.align = (LabelAlign)gtk_drop_down_get_selected(self->align);
	field.bold = gtk_check_button_get_active(self->bold);
	field.digits_below = gtk_check_button_get_active(self->digits);
	if (widget != self->typed_in)
		self->group = label_draft_new_group(self->draft);
	self->typed_in = widget;
	label_draft_set_field(self->draft, self->chosen, &field, self->group);
	office_label_fields_update(self);
	g_signal_emit(self, edited_signal, 0);
}

static void on_content(OfficeLabelFields *self)
{
	take_form(self, self->content);
}

static void on_number(GtkSpinButton *spin, OfficeLabelFields *self)
{
	take_form(self, spin);
}

static void on_choice(OfficeLabelFields *self)
{
	take_form(self, NULL);
}

/* Where the cursor is. */
static void on_word(OfficeLabelFields *self)
{
	guint selected = gtk_drop_down_get_selected(self->words);
	g_autofree char *word = NULL;
	int n, at = gtk_editable_get_position(GTK_EDITABLE(self->content));
	const LabelWord *words = label_word_list(&n);

	if (self->showing || selected == 0 || selected > (guint)n)
		return;
	word = g_strdup_printf("{%s}", words[selected - 1].name);
	gtk_editable_insert_text(GTK_EDITABLE(self->content), word, -1, &at);
	gtk_editable_set_position(GTK_EDITABLE(self->content), at);
	gtk_drop_down_set_selected(self->words, 0);
}

/* --- life --- */

void office_label_fields_set_draft(OfficeLabelFields *self, LabelDraft *draft)
{
	self->draft = draft;
	self->chosen = -1;
	self->typed_in = NULL;
	office_label_fields_update(self);
}

void office_label_fields_choose(OfficeLabelFields *self, int field)
{
	if (field == self->chosen)
		return;
	self->chosen = field;
	self->typed_in = NULL;
	office_label_fields_update(self);
}

static void fill_choices(OfficeLabelFields *self)
{
	const char *const aligns[] = { _("left"), _("in the middle"), _("right"), NULL };
	g_autoptr(GtkStringList) align = gtk_string_list_new(aligns);
	g_autoptr(GtkStringList) kind = gtk_string_list_new(NULL);
	g_autoptr(GtkStringList) titles = gtk_string_list_new(NULL);
	const LabelWord *words;
	int n;

	for (size_t i = 0; i < G_N_ELEMENTS(codes); i++)
		gtk_string_list_append(kind, codes[i].title);
	words = label_word_list(&n);
	gtk_string_list_append(titles, _("Word…"));
	for (int i = 0; i < n; i++)
		gtk_string_list_append(titles, g_dgettext(GETTEXT_PACKAGE, words[i].title));
	self->showing = true;
	gtk_drop_down_set_model(self->align, G_LIST_MODEL(align));
	gtk_drop_down_set_model(self->kind, G_LIST_MODEL(kind));
	gtk_drop_down_set_model(self->words, G_LIST_MODEL(titles));
	self->showing = false;
}

static gboolean grab_focus(GtkWidget *widget)
{
	return gtk_widget_grab_focus(GTK_WIDGET(OFFICE_LABEL_FIELDS(widget)->list));
}

static void dispose(GObject *object)
{
	OfficeLabelFields *self = OFFICE_LABEL_FIELDS(object);
	GtkWidget *child;

	self->draft = NULL;
	self->showing = true;
	while ((child = gtk_widget_get_first_child(GTK_WIDGET(self))) != NULL)
		gtk_widget_unparent(child);
	G_OBJECT_CLASS(office_label_fields_parent_class)->dispose(object);
}

#define BIND(child) gtk_widget_class_bind_template_child(klass, OfficeLabelFields, child)

static void bind_template(GtkWidgetClass *klass)
{
	gtk_widget_class_set_template_from_resource(klass, "/shop/baraa/office/label_fields.ui");
	BIND(list);
	BIND(form);
	BIND(content);
	BIND(words);
	BIND(align);
	BIND(kind);
	BIND(x);
	BIND(y);
	BIND(width);
	BIND(height);
	BIND(lines);
	BIND(module);
	BIND(bold);
	BIND(struck);
	BIND(digits);
	BIND(height_label);
	BIND(align_label);
	BIND(lines_label);
	BIND(kind_label);
	BIND(module_label);
}

static void office_label_fields_class_init(OfficeLabelFieldsClass *klass)
{
	GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

	G_OBJECT_CLASS(klass)->dispose = dispose;
	widget_class->grab_focus = grab_focus;
	gtk_widget_class_set_layout_manager_type(widget_class, GTK_TYPE_BIN_LAYOUT);
	edited_signal = g_signal_new("edited", G_TYPE_FROM_CLASS(klass), G_SIGNAL_RUN_FIRST, 0,
				     NULL, NULL, NULL, G_TYPE_NONE, 0);
	chosen_signal = g_signal_new("chosen", G_TYPE_FROM_CLASS(klass), G_SIGNAL_RUN_FIRST, 0,
				     NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
	bind_template(widget_class);
	gtk_widget_class_bind_template_callback(widget_class, on_row_selected);
	gtk_widget_class_bind_template_callback(widget_class, on_content);
	gtk_widget_class_bind_template_callback(widget_class, on_word);
	gtk_widget_class_bind_template_callback(widget_class, on_number);
	gtk_widget_class_bind_template_callback(widget_class, on_choice);
}

static void office_label_fields_init(OfficeLabelFields *self)
{
	gtk_widget_init_template(GTK_WIDGET(self));
	self->chosen = -1;
	fill_choices(self);
	office_label_fields_update(self);
}
