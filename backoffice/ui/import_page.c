/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/import_page.h"

#include "backoffice/goods/columns.h"
#include "backoffice/ui/import_order.h"

#include <glib/gi18n-lib.h>

#define PROGRESS_MS 200

struct _OfficeImportPage {
	GtkWidget parent_instance;

	/* template children, borrowed */
	GtkEntry *path;
	GtkDropDown *encoding;
	GtkLabel *title, *message;
	GtkGrid *grid;
	GtkWidget *refusals;
	GtkTextView *refused;
	GtkProgressBar *progress_bar;
	GtkCheckButton *header;
	GtkButton *cancel_button, *undo_button, *try_button, *run_button;

	GPtrArray *choices; /* owned; GtkDropDown of each column of the file, borrowed */
	ImportProgress *progress; /* owned; of the import under way, or NULL */
	GCancellable *cancellable; /* owned; likewise */
	guint ticking; /* source id, 0 if none */
	int64_t supplier_id; /* whose price list it is; 0: goods */
	int64_t set; /* of the last import; 0: none to undo */
	bool changed;
	OfficeDesk *desk; /* borrowed; NULL when the page is gone */
};

G_DEFINE_FINAL_TYPE(OfficeImportPage, office_import_page, GTK_TYPE_WIDGET)

static guint done_signal;

/* As iconv knows them; the first is "found by itself". */
static const char *const encodings[] = { NULL, "UTF-8", "CP1251", "UTF-16", "KOI8-R", "CP866" };

static void say(OfficeImportPage *self, const char *text, bool trouble)
{
	gtk_label_set_label(self->message, text);
	if (trouble)
		gtk_widget_add_css_class(GTK_WIDGET(self->message), "refusal");
	else
		gtk_widget_remove_css_class(GTK_WIDGET(self->message), "refusal");
}

/* --- the first rows ------------------------------------------------------------------------ */

static GtkDropDown *column_choice_new(int column)
{
	g_autoptr(GtkStringList) names = gtk_string_list_new(NULL);
	GtkWidget *choice;

	gtk_string_list_append(names, _("— left out —"));
	for (Column i = 0; i < COLUMN_N; i++)
		gtk_string_list_append(names, column_name(i));
	choice = gtk_drop_down_new(G_LIST_MODEL(g_steal_pointer(&names)), NULL);
	gtk_drop_down_set_selected(GTK_DROP_DOWN(choice), (guint)(column + 1));
	return GTK_DROP_DOWN(choice);
}

static void clear_grid(OfficeImportPage *self)
{
	GtkWidget *child;

	g_ptr_array_set_size(self->choices, 0);
	while ((child = gtk_widget_get_first_child(GTK_WIDGET(self->grid))) != NULL)
		gtk_grid_remove(self->grid, child);
}

static void add_choice(OfficeImportPage *self, int i, int column)
{
	GtkDropDown *choice = column_choice_new(column);
	/* Translators: of a file that is imported */
	g_autofree char *name = g_strdup_printf(_("Column %d is"), i + 1);

	gtk_accessible_update_property(GTK_ACCESSIBLE(choice), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
				       -1);
	gtk_grid_attach(self->grid, GTK_WIDGET(choice), i, 0, 1, 1);
	g_ptr_array_add(self->choices, choice);
}

static void add_row(OfficeImportPage *self, int row, char *const *cells, int n, bool heading)
{
	for (int i = 0; i < n && cells[i] != NULL; i++) {
		GtkWidget *label = gtk_label_new(cells[i]);

		gtk_label_set_xalign(GTK_LABEL(label), 0);
		gtk_label_set_ellipsize(GTK_LABEL(label), PANGO_ELLIPSIZE_END);
		gtk_label_set_max_width_chars(GTK_LABEL(label), 28);
		gtk_widget_set_tooltip_text(label, cells[i]);
		if (heading)
			gtk_widget_add_css_class(label, "heading");
		gtk_grid_attach(self->grid, label, i, row, 1, 1);
	}
}

static void show_preview(OfficeImportPage *self, const GoodsPreview *preview)
{
	g_autofree char *text = NULL;

	clear_grid(self);
	for (int i = 0; i < preview->n_columns; i++)
		add_choice(self, i, preview->columns[i]);
	for (guint i = 0; i < preview->rows->len; i++)
		add_row(self, (int)i + 1, preview->rows->pdata[i], preview->n_columns,
			i == 0 && preview->has_header);
	gtk_check_button_set_active(self->header, preview->has_header);
	text = preview->encoding != NULL
		       ? g_strdup_printf(_("Read as %s. Say what each column is, then try it."),
					 preview->encoding)
		       : g_strdup(_("Say what each column is, then try it."));
	say(self, text, false);
}

/* --- what comes back ----------------------------------------------------------------------- */

static char *dup_price_counts(OfficeImportPage *self, const ImportOrder *order)
{
	const NumberStyle *style = office_desk_get_style(self->desk);
	g_autofree char *changed = number_text_integer(style, order->prices.changed);
	g_autofree char *same = number_text_integer(style, order->prices.same);
	g_autofree char *dearer = number_text_integer(style, order->prices.rises);
	g_autofree char *unknown = number_text_integer(style, order->prices.unknown);
	g_autofree char *refused = number_text_integer(style, order->prices.refused);

	if (order->verb == IMPORT_TRY)
		return g_strdup_printf(
			_("Tried, nothing is changed yet. Changed: %s, dearer: %s, as "
			  "they were: %s, not among our goods: %s, refused rows: "
			  "%s."),
			changed, dearer, same, unknown, refused);
	return g_strdup_printf(
		_("Imported. Changed: %s, dearer: %s, as they were: %s, not among our "
		  "goods: %s, refused rows: %s."),
		changed, dearer, same, unknown, refused);
}

static char *dup_counts(OfficeImportPage *self, const ImportOrder *order)
{
	const NumberStyle *style = office_desk_get_style(self->desk);
	g_autofree char *imported = number_text_integer(style, order->counts.imported);
	g_autofree char *updated = number_text_integer(style, order->counts.updated);
	g_autofree char *same = number_text_integer(style, order->counts.same);
	g_autofree char *refused = number_text_integer(style, order->counts.refused);

	if (order->verb == IMPORT_TRY)
		return g_strdup_printf(_("Tried, nothing is changed yet. New: %s, changed: %s, as "
					 "they were: %s, refused rows: %s."),
				       imported, updated, same, refused);
	return g_strdup_printf(_("Imported. New: %s, changed: %s, as they were: %s, refused rows: "
				 "%s."),
			       imported, updated, same, refused);
}

static void show_counts(OfficeImportPage *self, const ImportOrder *order)
{
	g_autofree char *text =
		order->supplier_id != 0 ? dup_price_counts(self, order) : dup_counts(self, order);

	say(self, text, false);
	gtk_text_buffer_set_text(gtk_text_view_get_buffer(self->refused), order->refused->str, -1);
	gtk_widget_set_visible(self->refusals, order->refused->len > 0);
	if (order->verb != IMPORT_RUN)
		return;
	self->set = order->counts.set;
	self->changed = true;
}

static void show_undone(OfficeImportPage *self, const ImportOrder *order)
{
	const NumberStyle *style = office_desk_get_style(self->desk);
	g_autofree char *undone = number_text_integer(style, order->undone);
	g_autofree char *kept = number_text_integer(style, order->kept);
	g_autofree char *text = g_strdup_printf(
		_("As before again: %s. Left as they are, because somebody has changed or sold "
		  "them since: %s."),
		undone, kept);

	self->set = 0;
	self->changed = true;
	say(self, text, false);
}

static void set_busy(OfficeImportPage *self, bool busy)
{
	bool ready = !busy && self->choices->len > 0;

	gtk_widget_set_sensitive(GTK_WIDGET(self->try_button), ready);
	gtk_widget_set_sensitive(GTK_WIDGET(self->run_button), ready);
	gtk_widget_set_sensitive(GTK_WIDGET(self->undo_button), !busy && self->set != 0);
	gtk_widget_set_visible(GTK_WIDGET(self->cancel_button), busy && self->progress != NULL);
	gtk_widget_set_visible(GTK_WIDGET(self->progress_bar), busy && self->progress != NULL);
}

static void end_progress(OfficeImportPage *self)
{
	g_clear_handle_id(&self->ticking, g_source_remove);
	g_clear_pointer(&self->progress, import_progress_unref);
	g_clear_object(&self->cancellable);
}

static void show_trouble(OfficeImportPage *self, const GError *error)
{
	g_autofree char *text = g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
					? g_strdup(_("Stopped: nothing was changed."))
					: office_desk_dup_trouble(error);

	say(self, text, true);
}

static void on_answer(GObject *source, GAsyncResult *result, void *data)
{
	g_autoptr(OfficeImportPage) self = data;
	const ImportOrder *order = g_task_get_task_data(G_TASK(result));
	g_autoptr(GError) error = NULL;
	bool ok = g_task_propagate_boolean(G_TASK(result), &error);

	if (self->desk == NULL)
		return;
	end_progress(self);
	if (!ok) {
		if (order->verb == IMPORT_PREVIEW)
			clear_grid(self);
		show_trouble(self, error);
	} else if (order->verb == IMPORT_PREVIEW) {
		show_preview(self, order->preview);
	} else if (order->verb == IMPORT_UNDO) {
		show_undone(self, order);
	} else {
		show_counts(self, order);
	}
	set_busy(self, false);
}

/* --- asking -------------------------------------------------------------------------------- */

static gboolean tick(void *data)
{
	OfficeImportPage *self = data;
	gint permille = g_atomic_int_get(&self->progress->permille);
	g_autofree char *rows = number_text_integer(office_desk_get_style(self->desk),
						    g_atomic_int_get(&self->progress->rows));
	g_autofree char *text = g_strdup_printf(_("%s rows"), rows);

	if (permille >= 0)
		gtk_progress_bar_set_fraction(self->progress_bar, permille / 1000.0);
	else
		gtk_progress_bar_pulse(self->progress_bar);
	gtk_progress_bar_set_text(self->progress_bar, text);
	return G_SOURCE_CONTINUE;
}

static void begin_progress(OfficeImportPage *self, ImportOrder *order)
{
	self->progress = g_atomic_rc_box_new0(ImportProgress);
	order->progress = g_atomic_rc_box_acquire(self->progress);
	self->cancellable = g_cancellable_new();
	order->cancellable = g_object_ref(self->cancellable);
	self->ticking = g_timeout_add(PROGRESS_MS, tick, self);
}

static void run(OfficeImportPage *self, ImportVerb verb)
{
	ImportOrder *order = import_order_new(verb, self->desk);
	GTask *task = g_task_new(NULL, NULL, on_answer, g_object_ref(self));
	guint encoding = gtk_drop_down_get_selected(self->encoding);

	order->path = g_strdup(gtk_editable_get_text(GTK_EDITABLE(self->path)));
	order->encoding = encoding < G_N_ELEMENTS(encodings) ? g_strdup(encodings[encoding]) : NULL;
	order->header = gtk_check_button_get_active(self->header);
	order->set = self->set;
	order->supplier_id = self->supplier_id;
	order->n_map = (int)self->choices->len;
	order->map = g_new0(int, self->choices->len + 1);
	for (guint i = 0; i < self->choices->len; i++)
		order->map[i] = (int)gtk_drop_down_get_selected(self->choices->pdata[i]) - 1;
	if (verb == IMPORT_TRY || verb == IMPORT_RUN)
		begin_progress(self, order);
	say(self, _("One moment…"), false);
	set_busy(self, true);
	g_task_set_task_data(task, order, import_order_free);
	office_desk_run(self->desk, OFFICE_LONG, task, import_order_job);
}

static void preview(OfficeImportPage *self)
{
	gtk_widget_set_visible(self->refusals, false);
	if (*gtk_editable_get_text(GTK_EDITABLE(self->path)) != '\0' && self->progress == NULL)
		run(self, IMPORT_PREVIEW);
}

static void try_it(GtkWidget *widget, const char *action, GVariant *parameter)
{
	run(OFFICE_IMPORT_PAGE(widget), IMPORT_TRY);
}

static void import_it(GtkWidget *widget, const char *action, GVariant *parameter)
{
	run(OFFICE_IMPORT_PAGE(widget), IMPORT_RUN);
}

static void undo_it(GtkWidget *widget, const char *action, GVariant *parameter)
{
	run(OFFICE_IMPORT_PAGE(widget), IMPORT_UNDO);
}

static void stop_it(GtkWidget *widget, const char *action, GVariant *parameter)
{
	if (OFFICE_IMPORT_PAGE(widget)->cancellable != NULL)
		g_cancellable_cancel(OFFICE_IMPORT_PAGE(widget)->cancellable);
}

static void leave(GtkWidget *widget, const char *action, GVariant *parameter)
{
	OfficeImportPage *self = OFFICE_IMPORT_PAGE(widget);
	bool changed = self->changed;

	self->changed = false;
	g_signal_emit(self, done_signal, 0, changed);
}

/* --- the file ------------------------------------------------------------------------------ */

static void on_chosen(GtkNativeDialog *dialog, int response, OfficeImportPage *self)
{
	g_autoptr(GFile) file = NULL;
	g_autofree char *path = NULL;

	if (response == GTK_RESPONSE_ACCEPT)
		file = gtk_file_chooser_get_file(GTK_FILE_CHOOSER(dialog));
	path = file != NULL ? g_file_get_path(file) : NULL;
	if (path != NULL) {
		gtk_editable_set_text(GTK_EDITABLE(self->path), path);
		preview(self);
	}
	g_object_unref(dialog);
}

static void choose(GtkWidget *widget, const char *action, GVariant *parameter)
{
	GtkFileChooserNative *dialog = gtk_file_chooser_native_new(
		OFFICE_IMPORT_PAGE(widget)->supplier_id != 0
			? _("A price list: CSV, TSV or XLSX")
			: _("A list of goods: CSV, TSV or XLSX"),
		GTK_WINDOW(gtk_widget_get_root(widget)), GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);

	g_signal_connect_object(dialog, "response", G_CALLBACK(on_chosen), widget, 0);
	gtk_native_dialog_show(GTK_NATIVE_DIALOG(dialog));
}

void office_import_page_set_supplier(OfficeImportPage *self, int64_t supplier_id, const char *name)
{
	g_autofree char *title = supplier_id != 0 ? g_strdup_printf(_("Price list of %s"), name)
						  : g_strdup(_("Import goods from a file"));

	if (supplier_id != self->supplier_id) {
		clear_grid(self);
		gtk_editable_set_text(GTK_EDITABLE(self->path), "");
		gtk_widget_set_visible(self->refusals, false);
		say(self, "", false);
		set_busy(self, false);
	}
	self->supplier_id = supplier_id;
	gtk_label_set_label(self->title, title);
	gtk_widget_set_visible(GTK_WIDGET(self->undo_button), supplier_id == 0);
}

void office_import_page_open(OfficeImportPage *self)
{
	gtk_widget_grab_focus(GTK_WIDGET(self->path));
}

/* --- life ---------------------------------------------------------------------------------- */

GtkWidget *office_import_page_new(OfficeDesk *desk)
{
	OfficeImportPage *self = g_object_new(OFFICE_TYPE_IMPORT_PAGE, NULL);

	self->desk = desk;
	return GTK_WIDGET(self);
}

static void dispose(GObject *object)
{
	OfficeImportPage *self = OFFICE_IMPORT_PAGE(object);
	GtkWidget *child;

	self->desk = NULL;
	if (self->cancellable != NULL)
		g_cancellable_cancel(self->cancellable);
	end_progress(self);
	while ((child = gtk_widget_get_first_child(GTK_WIDGET(self))) != NULL)
		gtk_widget_unparent(child);
	g_clear_pointer(&self->choices, g_ptr_array_unref);
	G_OBJECT_CLASS(office_import_page_parent_class)->dispose(object);
}

static void install_actions(GtkWidgetClass *klass)
{
	gtk_widget_class_install_action(klass, "import.choose", NULL, choose);
	gtk_widget_class_install_action(klass, "import.try", NULL, try_it);
	gtk_widget_class_install_action(klass, "import.run", NULL, import_it);
	gtk_widget_class_install_action(klass, "import.undo", NULL, undo_it);
	gtk_widget_class_install_action(klass, "import.stop", NULL, stop_it);
	gtk_widget_class_install_action(klass, "import.close", NULL, leave);
	gtk_widget_class_add_binding_action(klass, GDK_KEY_Escape, 0, "import.close", NULL);
}

static void bind_template(GtkWidgetClass *klass)
{
	gtk_widget_class_set_template_from_resource(klass, "/shop/baraa/office/import_page.ui");
	gtk_widget_class_bind_template_child(klass, OfficeImportPage, path);
	gtk_widget_class_bind_template_child(klass, OfficeImportPage, encoding);
	gtk_widget_class_bind_template_child(klass, OfficeImportPage, title);
	gtk_widget_class_bind_template_child(klass, OfficeImportPage, message);
	gtk_widget_class_bind_template_child(klass, OfficeImportPage, grid);
	gtk_widget_class_bind_template_child(klass, OfficeImportPage, refusals);
	gtk_widget_class_bind_template_child(klass, OfficeImportPage, refused);
	gtk_widget_class_bind_template_child_full(klass, "progress", false,
						  G_STRUCT_OFFSET(OfficeImportPage, progress_bar));
	gtk_widget_class_bind_template_child(klass, OfficeImportPage, header);
	gtk_widget_class_bind_template_child(klass, OfficeImportPage, cancel_button);
	gtk_widget_class_bind_template_child(klass, OfficeImportPage, undo_button);
	gtk_widget_class_bind_template_child(klass, OfficeImportPage, try_button);
	gtk_widget_class_bind_template_child(klass, OfficeImportPage, run_button);
	gtk_widget_class_bind_template_callback(klass, preview);
}

static void office_import_page_class_init(OfficeImportPageClass *klass)
{
	GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

	G_OBJECT_CLASS(klass)->dispose = dispose;
	done_signal = g_signal_new("done", G_TYPE_FROM_CLASS(klass), G_SIGNAL_RUN_FIRST, 0, NULL,
				   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
	gtk_widget_class_set_layout_manager_type(widget_class, GTK_TYPE_BIN_LAYOUT);
	install_actions(widget_class);
	bind_template(widget_class);
}

static void office_import_page_init(OfficeImportPage *self)
{
	g_autoptr(GtkStringList) names = gtk_string_list_new(NULL);

	self->choices = g_ptr_array_new();
	gtk_widget_init_template(GTK_WIDGET(self));
	gtk_string_list_append(names, _("encoding: found by itself"));
	for (size_t i = 1; i < G_N_ELEMENTS(encodings); i++)
		gtk_string_list_append(names, encodings[i]);
	gtk_drop_down_set_model(self->encoding, G_LIST_MODEL(names));
	g_signal_connect_object(self->encoding, "notify::selected", G_CALLBACK(preview), self,
				G_CONNECT_SWAPPED);
}
