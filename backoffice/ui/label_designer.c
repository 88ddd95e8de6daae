/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/label_designer.h"

#include "backoffice/ui/label_canvas.h"
#include "backoffice/ui/label_fields.h"
#include "backoffice/ui/label_keep.h"
#include "backoffice/ui/label_look.h"
#include "backoffice/ui/label_run.h"
#include "backoffice/ui/message.h"

#include <glib/gi18n-lib.h>

struct _OfficeLabelDesigner {
	GtkWidget parent_instance;

	/* template children, borrowed */
	GtkDropDown *models;
	GtkEntry *name, *sample;
	GtkSpinButton *width, *height;
	GtkCheckButton *shelf;
	GtkButton *copy, *delete, *save, *undo, *redo, *remove;
	GtkBox *adders;
	OfficeLabelCanvas *canvas;
	OfficeLabelFields *fields;
	GtkLabel *message;

	/* owned */
	GPtrArray *list; /* of LabelModel, in the order of the drop-down; NULL until it is read */
	LabelDraft *draft; /* NULL until a design is shown */
	GCancellable *cancellable;

	OfficeDesk *desk; /* borrowed */
	int64_t id; /* of the design that is shown; below zero: it comes with the program; 0: new */
	bool head_changed; /* name or purpose */
	bool showing; /* we change the widgets, not the person */
	int size_group;
};

G_DEFINE_FINAL_TYPE(OfficeLabelDesigner, office_label_designer, GTK_TYPE_WIDGET)

static void say(OfficeLabelDesigner *self, const char *text, bool trouble)
{
	office_message_say(self->message, text, trouble);
	gtk_widget_set_tooltip_text(GTK_WIDGET(self->message), *text != '\0' ? text : NULL);
}

static void say_trouble(OfficeLabelDesigner *self, const GError *error)
{
	g_autofree char *text = label_run_dup_trouble(error, "");

	say(self, text, true);
}

static bool is_gone(const GError *error)
{
	return g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static bool is_changed(OfficeLabelDesigner *self)
{
	return self->draft != NULL && (self->head_changed || label_draft_is_changed(self->draft));
}

/* --- what is seen --- */

static void show_state(OfficeLabelDesigner *self)
{
	bool may = office_desk_may(self->desk, RIGHT_DESIGN_LABELS), is = self->draft != NULL;

	gtk_widget_set_sensitive(GTK_WIDGET(self->save), is_changed(self) || self->id == 0);
	gtk_widget_set_sensitive(GTK_WIDGET(self->copy), is);
	gtk_widget_set_sensitive(GTK_WIDGET(self->delete), is && self->id >= 0);
	gtk_widget_set_sensitive(GTK_WIDGET(self->undo), is && label_draft_can_undo(self->draft));
	gtk_widget_set_sensitive(GTK_WIDGET(self->redo), is && label_draft_can_redo(self->draft));
	gtk_widget_set_sensitive(GTK_WIDGET(self->remove),
				 is && office_label_canvas_get_chosen(self->canvas) >= 0);
	gtk_widget_set_visible(GTK_WIDGET(self->save), may);
	gtk_widget_set_visible(GTK_WIDGET(self->copy), may);
	gtk_widget_set_visible(GTK_WIDGET(self->delete), may);
}

static void show_size(OfficeLabelDesigner *self)
{
	const LabelDesign *design = label_draft_get(self->draft);

	self->showing = true;
	gtk_spin_button_set_value(self->width, label_design_get_width(design) / 1000.0);
	gtk_spin_button_set_value(self->height, label_design_get_height(design) / 1000.0);
	self->showing = false;
}

static void show_draft(OfficeLabelDesigner *self)
{
	g_autofree char *warning = label_draft_dup_warning(self->draft);

	office_label_canvas_update(self->canvas);
	office_label_fields_update(self->fields);
	show_size(self);
	say(self, warning, *warning != '\0');
	show_state(self);
}

static void show_model(OfficeLabelDesigner *self, const LabelModel *model)
{
	LabelDraft *before = self->draft;

	self->draft = label_draft_new(model->design);
	self->id = model->id;
	self->showing = true;
	gtk_editable_set_text(GTK_EDITABLE(self->name), model->name);
	gtk_check_button_set_active(self->shelf, model->shelf);
	self->showing = false;
	self->head_changed = false;
	self->size_group = 0;
	office_label_canvas_set_draft(self->canvas, self->draft);
	office_label_fields_set_draft(self->fields, self->draft);
	label_draft_free(before);
	show_draft(self);
}

/* --- the list of designs --- */

static guint place_of(const GPtrArray *list, int64_t id)
{
	for (guint i = 0; i < list->len; i++)
		if (((const LabelModel *)list->pdata[i])->id == id)
			return i;
	return GTK_INVALID_LIST_POSITION;
}

static void fill_models(OfficeLabelDesigner *self)
{
	g_autoptr(GtkStringList) names = gtk_string_list_new(NULL);
	guint place;

	for (guint i = 0; i < self->list->len; i++)
		gtk_string_list_append(names, ((const LabelModel *)self->list->pdata[i])->name);
	self->showing = true;
	gtk_drop_down_set_model(self->models, G_LIST_MODEL(names));
	place = place_of(self->list, self->id);
	gtk_drop_down_set_selected(
		self->models,
		self->draft == NULL && place == GTK_INVALID_LIST_POSITION ? 0 : place);
	self->showing = false;
}

static void on_lists(GObject *source, GAsyncResult *result, void *data)
{
	g_autoptr(OfficeLabelDesigner) self = data;
	g_autoptr(GError) error = NULL;
	LabelLists *lists = g_task_propagate_pointer(G_TASK(result), &error);

	if (lists == NULL) {
		if (!is_gone(error))
			say_trouble(self, error);
		return;
	}
	g_clear_pointer(&self->list, g_ptr_array_unref);
	self->list = g_ptr_array_ref(lists->models);
	label_lists_free(lists);
	fill_models(self);
	if (self->draft == NULL && self->list->len > 0)
		show_model(self, self->list->pdata[0]);
}

void office_label_designer_reload(OfficeLabelDesigner *self)
{
	LabelLists *question = g_new0(LabelLists, 1);
	GTask *task = g_task_new(NULL, self->cancellable, on_lists, g_object_ref(self));

	question->shop_id = office_desk_get_shop(self->desk)->id;
	g_task_set_task_data(task, question, label_lists_free);
	office_desk_run(self->desk, OFFICE_QUICK, task, label_lists_job);
}

static void on_model(OfficeLabelDesigner *self)
{
	guint selected = gtk_drop_down_get_selected(self->models);

	if (self->showing || self->list == NULL || selected >= self->list->len)
		return;
	if (!is_changed(self)) {
		show_model(self, self->list->pdata[selected]);
		return;
	}
	/* Nothing that was drawn is lost by a slip. */
	fill_models(self);
	say(self, _("Save this design first, or undo what you changed (Ctrl+Z)."), true);
}

/* --- changing --- */

static void on_canvas_edited(OfficeLabelDesigner *self)
{
	show_draft(self);
}

static void on_fields_edited(OfficeLabelDesigner *self)
{
	show_draft(self);
}

static void on_canvas_chosen(OfficeLabelCanvas *canvas, int field, OfficeLabelDesigner *self)
{
	office_label_fields_choose(self->fields, field);
	if (self->desk != NULL)
		show_state(self);
}

static void on_fields_chosen(OfficeLabelFields *fields, int field, OfficeLabelDesigner *self)
{
	office_label_canvas_choose(self->canvas, field);
	if (self->desk != NULL)
		show_state(self);
}

static void on_head(OfficeLabelDesigner *self)
{
	if (self->showing || self->draft == NULL)
		return;
	self->head_changed = true;
	show_state(self);
}

static void on_size(OfficeLabelDesigner *self)
{
	if (self->showing || self->draft == NULL)
		return;
	if (self->size_group == 0)
		self->size_group = label_draft_new_group(self->draft);
	label_draft_set_size(
		self->draft, (int)(gtk_spin_button_get_value(self->width) * 1000 + 0.5),
		(int)(gtk_spin_button_get_value(self->height) * 1000 + 0.5), self->size_group);
	show_draft(self);
}

static void add_field(OfficeLabelDesigner *self, LabelUsual usual)
{
	int n;

	if (self->draft == NULL)
		return;
	n = label_draft_add_usual(self->draft, usual);
	show_draft(self);
	office_label_canvas_choose(self->canvas, n);
	gtk_widget_grab_focus(GTK_WIDGET(self->canvas));
}

static void on_add_text(OfficeLabelDesigner *self)
{
	add_field(self, LABEL_USUAL_TEXT);
}

static void on_add_code(OfficeLabelDesigner *self)
{
	add_field(self, LABEL_USUAL_CODE);
}

static void on_add_qr(OfficeLabelDesigner *self)
{
	add_field(self, LABEL_USUAL_QR);
}

static void on_add_box(OfficeLabelDesigner *self)
{
	add_field(self, LABEL_USUAL_FRAME);
}

static void on_add_line(OfficeLabelDesigner *self)
{
	add_field(self, LABEL_USUAL_LINE);
}

static void on_remove(OfficeLabelDesigner *self)
{
	int field = office_label_canvas_get_chosen(self->canvas);

	if (self->draft == NULL || field < 0)
		return;
	label_draft_remove(self->draft, field);
	office_label_canvas_choose(self->canvas, -1);
	show_draft(self);
}

static void on_undo(OfficeLabelDesigner *self)
{
	if (self->draft == NULL || !label_draft_can_undo(self->draft))
		return;
	label_draft_undo(self->draft);
	self->size_group = 0;
	show_draft(self);
}

static void on_redo(OfficeLabelDesigner *self)
{
	if (self->draft == NULL || !label_draft_can_redo(self->draft))
		return;
	label_draft_redo(self->draft);
	self->size_group = 0;
	show_draft(self);
}

static void on_zoom_in(OfficeLabelDesigner *self)
{
	office_label_canvas_zoom(self->canvas, 1);
}

static void on_zoom_out(OfficeLabelDesigner *self)
{
	office_label_canvas_zoom(self->canvas, -1);
}

static void on_zoom_fit(OfficeLabelDesigner *self)
{
	office_label_canvas_zoom(self->canvas, 0);
}

/* --- with real goods --- */

static void on_looked(GObject *source, GAsyncResult *result, void *data)
{
	g_autoptr(OfficeLabelDesigner) self = data;
	g_autoptr(GError) error = NULL;
	LabelLooked *looked = g_task_propagate_pointer(G_TASK(result), &error);

	if (looked == NULL) {
		if (!is_gone(error))
			say_trouble(self, error);
		return;
	}
	if (looked->data != NULL) {
		office_label_canvas_set_data(self->canvas, looked->data);
		say(self, g_hash_table_lookup(looked->data, "name"), false);
	} else {
		say(self, _("That is not one item: scan its barcode, or type more of its name."),
		    true);
	}
	label_looked_free(looked);
}

static void on_sample(OfficeLabelDesigner *self)
{
	LabelLook *look = label_look_new(office_desk_get_shop(self->desk)->id,
					 gtk_editable_get_text(GTK_EDITABLE(self->sample)));
	GTask *task = g_task_new(NULL, self->cancellable, on_looked, g_object_ref(self));

	gtk_editable_select_region(GTK_EDITABLE(self->sample), 0, -1);
	g_task_set_task_data(task, look, label_look_free);
	office_desk_run(self->desk, OFFICE_QUICK, task, label_look_job);
}

/* --- keeping --- */

static LabelModel *model_of_form(OfficeLabelDesigner *self)
{
	LabelModel *model = g_new(LabelModel, 1);

	*model = (LabelModel){ .id = self->id,
			       .name = g_strdup(gtk_editable_get_text(GTK_EDITABLE(self->name))),
			       .shelf = gtk_check_button_get_active(self->shelf),
			       .design = label_draft_copy(self->draft) };
	return model;
}

static GTask *task_new(OfficeLabelDesigner *self, GAsyncReadyCallback answer)
{
	return g_task_new(NULL, self->cancellable, answer, g_object_ref(self));
}

static void on_saved(GObject *source, GAsyncResult *result, void *data)
{
	g_autoptr(OfficeLabelDesigner) self = data;
	g_autoptr(GError) error = NULL;

	if (!g_task_propagate_boolean(G_TASK(result), &error)) {
		if (!is_gone(error))
			say_trouble(self, error);
		return;
	}
	self->id = label_keep_get_id(G_TASK(result));
	self->head_changed = false;
	label_draft_note_saved(self->draft);
	show_state(self);
	say(self, _("Saved."), false);
	office_label_designer_reload(self);
}

/* A name that is free, so that nobody has to think of one first. Own it. */
static char *dup_copy_name(OfficeLabelDesigner *self)
{
	const char *name = gtk_editable_get_text(GTK_EDITABLE(self->name));

	for (int n = 1;; n++) {
		/* Translators: the name of a copied design; %d counts the copies. */
		g_autofree char *copy = g_strdup_printf(_("%s (copy %d)"), name, n);
		bool taken = false;

		for (guint i = 0; self->list != NULL && i < self->list->len; i++)
			taken = taken ||
				g_str_equal(((const LabelModel *)self->list->pdata[i])->name, copy);
		if (!taken)
			return g_steal_pointer(&copy);
	}
}

/* One that comes with the program is kept as it is: what is saved is a copy. */
static void on_save(OfficeLabelDesigner *self)
{
	g_autofree char *name = NULL;

	if (self->draft == NULL || !gtk_widget_get_sensitive(GTK_WIDGET(self->save)))
		return;
	if (self->id < 0 && !self->head_changed) {
		name = dup_copy_name(self);
		gtk_editable_set_text(GTK_EDITABLE(self->name), name);
	}
	label_keep_save(self->desk, model_of_form(self), task_new(self, on_saved));
}

static void on_copy(OfficeLabelDesigner *self)
{
	g_autofree char *name = NULL;

	if (self->draft == NULL)
		return;
	name = dup_copy_name(self);
	gtk_editable_set_text(GTK_EDITABLE(self->name), name);
	self->id = 0;
	self->showing = true;
	gtk_drop_down_set_selected(self->models, GTK_INVALID_LIST_POSITION);
	self->showing = false;
	show_state(self);
	gtk_widget_grab_focus(GTK_WIDGET(self->name));
	say(self, _("A copy: change it, then save it."), false);
}

static void on_deleted(GObject *source, GAsyncResult *result, void *data)
{
	g_autoptr(OfficeLabelDesigner) self = data;
	g_autoptr(GError) error = NULL;

	if (!g_task_propagate_boolean(G_TASK(result), &error)) {
		if (!is_gone(error))
			say_trouble(self, error);
		return;
	}
	/* It is still on the screen: saving it again takes the deletion back. */
	self->id = 0;
	show_state(self);
	say(self, _("Deleted. “Save” brings it back; or choose another design."), false);
	self->head_changed = false;
	label_draft_note_saved(self->draft);
	office_label_designer_reload(self);
}

static void on_delete(OfficeLabelDesigner *self)
{
	label_keep_delete(self->desk, model_of_form(self), task_new(self, on_deleted));
}

/* --- life --- */

void office_label_designer_set_desk(OfficeLabelDesigner *self, OfficeDesk *desk)
{
	self->desk = desk;
	show_state(self);
}

static gboolean grab_focus(GtkWidget *widget)
{
	return gtk_widget_grab_focus(GTK_WIDGET(OFFICE_LABEL_DESIGNER(widget)->fields));
}

static void dispose(GObject *object)
{
	OfficeLabelDesigner *self = OFFICE_LABEL_DESIGNER(object);
	GtkWidget *child;

	g_cancellable_cancel(self->cancellable);
	g_clear_object(&self->cancellable);
	self->desk = NULL;
	if (self->canvas != NULL && self->draft != NULL) {
		office_label_canvas_set_draft(self->canvas, NULL);
		office_label_fields_set_draft(self->fields, NULL);
	}
	g_clear_pointer(&self->draft, label_draft_free);
	while ((child = gtk_widget_get_first_child(GTK_WIDGET(self))) != NULL)
		gtk_widget_unparent(child);
	g_clear_pointer(&self->list, g_ptr_array_unref);
	G_OBJECT_CLASS(office_label_designer_parent_class)->dispose(object);
}

#define BIND(child) gtk_widget_class_bind_template_child(klass, OfficeLabelDesigner, child)
#define CALL(function) gtk_widget_class_bind_template_callback(klass, function)

static void bind_template(GtkWidgetClass *klass)
{
	gtk_widget_class_set_template_from_resource(klass, "/shop/baraa/office/label_designer.ui");
	BIND(models);
	BIND(name);
	BIND(sample);
	BIND(width);
	BIND(height);
	BIND(shelf);
	BIND(copy);
	BIND(delete);
	BIND(save);
	BIND(undo);
	BIND(redo);
	BIND(remove);
	BIND(adders);
	BIND(canvas);
	BIND(fields);
	BIND(message);
}

static void bind_callbacks(GtkWidgetClass *klass)
{
	CALL(on_model);
	CALL(on_head);
	CALL(on_size);
	CALL(on_copy);
	CALL(on_delete);
	CALL(on_save);
	CALL(on_undo);
	CALL(on_redo);
	CALL(on_zoom_in);
	CALL(on_zoom_out);
	CALL(on_zoom_fit);
	CALL(on_canvas_edited);
	CALL(on_canvas_chosen);
	CALL(on_fields_edited);
	CALL(on_fields_chosen);
	CALL(on_sample);
	CALL(on_add_text);
	CALL(on_add_code);
	CALL(on_add_qr);
	CALL(on_add_box);
	CALL(on_add_line);
	CALL(on_remove);
}

/* Keys of the whole part, wherever its focus is. */
static const struct {
	guint key;
	GdkModifierType modifiers;
	void (*act)(OfficeLabelDesigner *self);
} keys[] = {
	{ GDK_KEY_z, GDK_CONTROL_MASK, on_undo },
	{ GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK, on_redo },
	{ GDK_KEY_y, GDK_CONTROL_MASK, on_redo },
	{ GDK_KEY_s, GDK_CONTROL_MASK, on_save },
	{ GDK_KEY_plus, GDK_CONTROL_MASK, on_zoom_in },
	{ GDK_KEY_equal, GDK_CONTROL_MASK, on_zoom_in },
	{ GDK_KEY_minus, GDK_CONTROL_MASK, on_zoom_out },
	{ GDK_KEY_0, GDK_CONTROL_MASK, on_zoom_fit },
};

static gboolean on_shortcut(GtkWidget *widget, GVariant *index, void *data)
{
	keys[g_variant_get_uint32(index)].act(OFFICE_LABEL_DESIGNER(widget));
	return true;
}

/* Taken before the window and an entry see them: an entry would undo its own text alone. */
static void add_keys(OfficeLabelDesigner *self)
{
	GtkEventController *controller = gtk_shortcut_controller_new();

	gtk_event_controller_set_propagation_phase(controller, GTK_PHASE_CAPTURE);
	for (guint i = 0; i < G_N_ELEMENTS(keys); i++) {
		GtkShortcut *shortcut =
			gtk_shortcut_new(gtk_keyval_trigger_new(keys[i].key, keys[i].modifiers),
					 gtk_callback_action_new(on_shortcut, NULL, NULL));

		gtk_shortcut_set_arguments(shortcut, g_variant_new_uint32(i));
		gtk_shortcut_controller_add_shortcut(GTK_SHORTCUT_CONTROLLER(controller), shortcut);
	}
	gtk_widget_add_controller(GTK_WIDGET(self), controller);
}

static void office_label_designer_class_init(OfficeLabelDesignerClass *klass)
{
	GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

	G_OBJECT_CLASS(klass)->dispose = dispose;
	widget_class->grab_focus = grab_focus;
	gtk_widget_class_set_layout_manager_type(widget_class, GTK_TYPE_BIN_LAYOUT);
	bind_template(widget_class);
	bind_callbacks(widget_class);
}

static void office_label_designer_init(OfficeLabelDesigner *self)
{
	g_type_ensure(OFFICE_TYPE_LABEL_CANVAS);
	g_type_ensure(OFFICE_TYPE_LABEL_FIELDS);
	gtk_widget_init_template(GTK_WIDGET(self));
	self->cancellable = g_cancellable_new();
	add_keys(self);
}
