/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/label_print.h"

#include "backoffice/ui/cell.h"
#include "backoffice/ui/label_columns.h"
#include "backoffice/ui/label_look.h"
#include "backoffice/ui/label_run.h"
#include "backoffice/ui/label_scan.h"
#include "backoffice/ui/message.h"

#include <glib/gi18n-lib.h>

struct _OfficeLabelPrint {
	GtkWidget parent_instance;

	/* template children, borrowed */
	OfficeLabelScan *scan;
	GtkColumnView *wanted, *stale;
	GtkLabel *stale_title, *message, *sheets_label, *skip_label;
	GtkDropDown *until, *models, *printers, *sheets;
	GtkCheckButton *new_goods;
	GtkSpinButton *skip;
	GtkProgressBar *bar;
	GtkButton *add_all, *add_chosen, *clear, *print, *again, *stop;

	/* owned */
	GListStore *rows, *tags; /* of OfficeLabelRow */
	GtkMultiSelection *chosen; /* of tags */
	LabelLists *lists; /* NULL until they are read */
	LabelRun *run; /* NULL: nothing was printed yet */
	GCancellable *cancellable;

	OfficeDesk *desk; /* borrowed */
	int64_t stale_at; /* the moment that the tags are for; 0: now */
	bool printing;
};

G_DEFINE_FINAL_TYPE(OfficeLabelPrint, office_label_print, GTK_TYPE_WIDGET)

static void say(OfficeLabelPrint *self, const char *text, bool trouble)
{
	office_message_say(self->message, text, trouble);
	gtk_widget_set_tooltip_text(GTK_WIDGET(self->message), *text != '\0' ? text : NULL);
}

static void say_trouble(OfficeLabelPrint *self, const GError *error)
{
	g_autofree char *text = label_run_dup_trouble(error, "");

	say(self, text, true);
}

static void ask(OfficeLabelPrint *self, OfficeSpeed speed, OfficeJob job, void *question,
		GDestroyNotify free_question, GAsyncReadyCallback answer)
{
	GTask *task = g_task_new(NULL, self->cancellable, answer, g_object_ref(self));

	g_task_set_task_data(task, question, free_question);
	office_desk_run(self->desk, speed, task, job);
}

static bool is_gone(const GError *error)
{
	return g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* --- what can be pressed --- */

static bool prints_to_file(OfficeLabelPrint *self)
{
	return self->lists != NULL &&
	       gtk_drop_down_get_selected(self->printers) + 1 ==
		       g_list_model_get_n_items(gtk_drop_down_get_model(self->printers));
}

/* Printers of the shop, without scales, in the order of the drop-down. */
static const LabelDevice *chosen_device(OfficeLabelPrint *self)
{
	guint selected = gtk_drop_down_get_selected(self->printers), n = 0;

	for (guint i = 0; self->lists != NULL && i < self->lists->devices->len; i++) {
		const LabelDevice *device = self->lists->devices->pdata[i];

		if (device->class != LABEL_DEVICE_PLU && n++ == selected)
			return device;
	}
	return NULL;
}

static void show_state(OfficeLabelPrint *self)
{
	guint n = g_list_model_get_n_items(G_LIST_MODEL(self->rows));
	guint n_stale = g_list_model_get_n_items(G_LIST_MODEL(self->tags));
	const LabelDevice *device = chosen_device(self);
	bool sheets =
		prints_to_file(self) || (device != NULL && device->class == LABEL_DEVICE_SHEET);

	gtk_widget_set_sensitive(GTK_WIDGET(self->print),
				 n > 0 && !self->printing && self->lists != NULL);
	gtk_widget_set_sensitive(GTK_WIDGET(self->clear), n > 0 && !self->printing);
	gtk_widget_set_sensitive(GTK_WIDGET(self->add_all), n_stale > 0);
	gtk_widget_set_sensitive(GTK_WIDGET(self->add_chosen), n_stale > 0);
	gtk_widget_set_visible(GTK_WIDGET(self->stop), self->printing);
	gtk_widget_set_visible(GTK_WIDGET(self->again),
			       self->run != NULL && label_run_can_resume(self->run));
	gtk_widget_set_sensitive(GTK_WIDGET(self->sheets), sheets);
	gtk_widget_set_sensitive(GTK_WIDGET(self->sheets_label), sheets);
	gtk_widget_set_sensitive(GTK_WIDGET(self->skip), sheets);
	gtk_widget_set_sensitive(GTK_WIDGET(self->skip_label), sheets);
}

/* --- designs and printers --- */

static guint fill_models(OfficeLabelPrint *self, const GPtrArray *models, int64_t keep)
{
	g_autoptr(GtkStringList) names = gtk_string_list_new(NULL);
	guint selected = 0;

	for (guint i = 0; i < models->len; i++) {
		const LabelModel *model = models->pdata[i];

		gtk_string_list_append(names, model->name);
		if (model->id == keep)
			selected = i;
	}
	gtk_drop_down_set_model(self->models, G_LIST_MODEL(names));
	return selected;
}

static guint fill_printers(OfficeLabelPrint *self, const GPtrArray *devices, int64_t keep)
{
	g_autoptr(GtkStringList) names = gtk_string_list_new(NULL);
	guint selected = 0, n = 0;

	for (guint i = 0; i < devices->len; i++) {
		const LabelDevice *device = devices->pdata[i];

		if (device->class == LABEL_DEVICE_PLU)
			continue;
		gtk_string_list_append(names, device->name);
		if (device->id == keep)
			selected = n;
		n++;
	}
	gtk_string_list_append(names, _("PDF file…"));
	gtk_drop_down_set_model(self->printers, G_LIST_MODEL(names));
	return selected;
}

static int64_t chosen_model(OfficeLabelPrint *self)
{
	guint selected = gtk_drop_down_get_selected(self->models);

	return self->lists != NULL && selected < self->lists->models->len
		       ? ((const LabelModel *)self->lists->models->pdata[selected])->id
		       : 0;
}

static void on_lists(GObject *source, GAsyncResult *result, void *data)
{
	g_autoptr(OfficeLabelPrint) self = data;
	g_autoptr(GError) error = NULL;
	LabelLists *lists = g_task_propagate_pointer(G_TASK(result), &error);
	const LabelDevice *device;
	int64_t model, printer;

	if (lists == NULL) {
		if (!is_gone(error))
			say_trouble(self, error);
		return;
	}
	device = chosen_device(self);
	printer = device != NULL ? device->id : 0;
	model = chosen_model(self);
	g_clear_pointer(&self->lists, label_lists_free);
	self->lists = lists;
	gtk_drop_down_set_selected(self->models, fill_models(self, lists->models, model));
	gtk_drop_down_set_selected(self->printers, fill_printers(self, lists->devices, printer));
	show_state(self);
}

static void on_printer(OfficeLabelPrint *self)
{
	if (self->desk != NULL)
		show_state(self);
}

/* --- tags to reprint --- */

static int64_t end_of_day(OfficeLabelPrint *self, int days)
{
	g_autoptr(GDateTime) now = office_desk_dup_now(self->desk);
	g_autoptr(GDateTime) day = g_date_time_add_days(now, days);
	g_autoptr(GDateTime) end = g_date_time_new(
		g_date_time_get_timezone(now), g_date_time_get_year(day),
		g_date_time_get_month(day), g_date_time_get_day_of_month(day), 23, 59, 59);

	return g_date_time_to_unix(end) * G_USEC_PER_SEC;
}

static int64_t chosen_moment(OfficeLabelPrint *self)
{
	static const int days[] = { 0, 0, 1, 7 };
	guint selected = gtk_drop_down_get_selected(self->until);

	return selected == 0 || selected >= G_N_ELEMENTS(days) ? 0
							       : end_of_day(self, days[selected]);
}

static void show_tags(OfficeLabelPrint *self, const GPtrArray *tags)
{
	g_autofree char *number = number_text_integer(office_desk_get_style(self->desk), tags->len);
	g_autofree char *title = g_strdup_printf(_("Tags to reprint: %s"), number);
	g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func(g_object_unref);

	for (guint i = 0; i < tags->len; i++)
		g_ptr_array_add(
			rows, office_label_row_new_stale(tags->pdata[i], self->stale_at,
							 office_desk_get_shop(self->desk)->currency,
							 office_desk_get_style(self->desk)));
	g_list_store_splice(self->tags, 0, g_list_model_get_n_items(G_LIST_MODEL(self->tags)),
			    rows->pdata, rows->len);
	gtk_label_set_label(self->stale_title, title);
	show_state(self);
}

static void on_tags(GObject *source, GAsyncResult *result, void *data)
{
	g_autoptr(OfficeLabelPrint) self = data;
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) tags = g_task_propagate_pointer(G_TASK(result), &error);

	if (tags != NULL)
		show_tags(self, tags);
	else if (!is_gone(error))
		say_trouble(self, error);
}

static void ask_tags(OfficeLabelPrint *self)
{
	LabelStaleQuestion *question = g_new(LabelStaleQuestion, 1);

	self->stale_at = chosen_moment(self);
	*question =
		(LabelStaleQuestion){ .shop_id = office_desk_get_shop(self->desk)->id,
				      .until = self->stale_at,
				      .new_goods = gtk_check_button_get_active(self->new_goods) };
	ask(self, OFFICE_LONG, label_stale_job, question, g_free, on_tags);
}

static void on_until(OfficeLabelPrint *self)
{
	if (self->desk != NULL)
		ask_tags(self);
}

/* --- the list --- */

/* The row of the same goods, pack and moment; NULL if there is none. Borrowed. */
static OfficeLabelRow *find_row(OfficeLabelPrint *self, const LabelWish *wish)
{
	for (guint i = 0; i < g_list_model_get_n_items(G_LIST_MODEL(self->rows)); i++) {
		g_autoptr(OfficeLabelRow) row = g_list_model_get_item(G_LIST_MODEL(self->rows), i);
		const LabelWish *other = office_label_row_get_wish(row);

		if (other->item_id == wish->item_id && other->pack_id == wish->pack_id &&
		    other->at == wish->at)
			return row; /* the list holds it */
	}
	return NULL;
}

static void add_tag(OfficeLabelPrint *self, OfficeLabelRow *row)
{
	if (find_row(self, office_label_row_get_wish(row)) == NULL)
		g_list_store_append(self->rows, row);
}

static void add_tags(OfficeLabelPrint *self, bool all)
{
	GListModel *tags = G_LIST_MODEL(self->tags);

	for (guint i = 0; i < g_list_model_get_n_items(tags); i++) {
		g_autoptr(OfficeLabelRow) row = g_list_model_get_item(tags, i);

		if (all || gtk_selection_model_is_selected(GTK_SELECTION_MODEL(self->chosen), i))
			add_tag(self, row);
	}
	show_state(self);
}

static void on_add_all(OfficeLabelPrint *self)
{
	add_tags(self, true);
}

static void on_add_chosen(OfficeLabelPrint *self)
{
	add_tags(self, false);
}

static void on_clear(OfficeLabelPrint *self)
{
	g_list_store_remove_all(self->rows);
	say(self, "", false);
	show_state(self);
}

static void on_remove(OfficeLabelRow *row, void *data)
{
	OfficeLabelPrint *self = data;
	guint at;

	if (g_list_store_find(self->rows, row, &at))
		g_list_store_remove(self->rows, at);
	show_state(self);
}

/* --- scans --- */

static void add_goods(OfficeLabelPrint *self, const LabelLooked *looked)
{
	OfficeLabelRow *row = find_row(self, &looked->wish);

	if (row != NULL) {
		office_label_row_set_copies(row, office_label_row_get_wish(row)->copies + 1);
	} else {
		g_autoptr(OfficeLabelRow) fresh = office_label_row_new(&looked->wish, looked->data);

		g_list_store_insert(self->rows, 0, fresh); /* the last scan is seen first */
	}
	say(self, g_hash_table_lookup(looked->data, "name"), false);
	show_state(self);
}

void office_label_print_add(OfficeLabelPrint *self, const LabelWish *wish, LabelData *data)
{
	g_autoptr(OfficeLabelRow) row = NULL;

	if (find_row(self, wish) != NULL)
		return;
	row = office_label_row_new(wish, data);
	g_list_store_insert(self->rows, 0, row);
	show_state(self);
}

static void on_found(const LabelLooked *looked, const GError *error, void *data)
{
	OfficeLabelPrint *self = data;

	if (error != NULL)
		say_trouble(self, error);
	else if (looked != NULL)
		add_goods(self, looked);
	else
		say(self,
		    _("No goods have this code or name. Look at the label, or type the "
		      "beginning of the name."),
		    true);
}

/* --- printing --- */

static void on_progress(int printed, int total, void *data)
{
	OfficeLabelPrint *self = data;
	g_autofree char *text = g_strdup_printf(_("Labels out: %d of %d"), printed, total);

	gtk_progress_bar_set_fraction(self->bar, total > 0 ? (double)printed / total : 0);
	say(self, text, false);
}

static void show_printing(OfficeLabelPrint *self, bool printing)
{
	self->printing = printing;
	gtk_widget_set_visible(GTK_WIDGET(self->bar), printing);
	show_state(self);
}

static void on_done(int printed, int total, const char *trouble, void *data)
{
	OfficeLabelPrint *self = data;
	g_autofree char *count = g_strdup_printf(_("Labels out: %d of %d."), printed, total);
	g_autofree char *text = trouble != NULL && printed > 0
					? g_strdup_printf("%s %s", count, trouble)
					: g_strdup(trouble != NULL ? trouble : count);

	say(self, text, trouble != NULL);
	show_printing(self, false);
	if (trouble == NULL)
		g_list_store_remove_all(self->rows);
	show_state(self);
	ask_tags(self);
}

static GArray *dup_wishes(OfficeLabelPrint *self)
{
	GArray *wishes = g_array_new(FALSE, TRUE, sizeof(LabelWish));

	for (guint i = 0; i < g_list_model_get_n_items(G_LIST_MODEL(self->rows)); i++) {
		g_autoptr(OfficeLabelRow) row = g_list_model_get_item(G_LIST_MODEL(self->rows), i);

		g_array_append_val(wishes, *office_label_row_get_wish(row));
	}
	return wishes;
}

/* @path: of a PDF, taken; NULL: on the printer that is chosen. */
static void start(OfficeLabelPrint *self, char *path)
{
	const LabelDevice *device = path == NULL ? chosen_device(self) : NULL;
	guint sheet = gtk_drop_down_get_selected(self->sheets);
	LabelOrder order = { .model_id = chosen_model(self),
			     .wishes = dup_wishes(self),
			     .device = device != NULL ? label_device_copy(device) : NULL,
			     .path = path };
	g_autofree char *title = NULL;
	const char *name;

	if (sheet > 0 && (device == NULL || device->class == LABEL_DEVICE_SHEET))
		order.has_sheet = label_sheet_get((int)sheet - 1, &order.sheet, &name, &title);
	order.sheet.skip = gtk_spin_button_get_value_as_int(self->skip);
	label_run_leave(self->run);
	say(self, _("Printing…"), false);
	gtk_progress_bar_set_fraction(self->bar, 0);
	self->run = label_run_new(self->desk, &order, on_progress, on_done, self);
	show_printing(self, true);
}

static void on_file_chosen(GtkNativeDialog *dialog, int response, OfficeLabelPrint *self)
{
	g_autoptr(GFile) file = response == GTK_RESPONSE_ACCEPT
					? gtk_file_chooser_get_file(GTK_FILE_CHOOSER(dialog))
					: NULL;
	char *path = file != NULL ? g_file_get_path(file) : NULL;

	if (path != NULL && self->cancellable != NULL)
		start(self, path);
	else
		g_free(path);
	g_object_unref(dialog);
}

static void choose_file(OfficeLabelPrint *self)
{
	GtkFileChooserNative *dialog = gtk_file_chooser_native_new(
		_("Save the labels"), GTK_WINDOW(gtk_widget_get_root(GTK_WIDGET(self))),
		GTK_FILE_CHOOSER_ACTION_SAVE, _("Save"), _("Cancel"));

	gtk_native_dialog_set_modal(GTK_NATIVE_DIALOG(dialog), true);
	gtk_file_chooser_set_current_name(GTK_FILE_CHOOSER(dialog), _("labels.pdf"));
	g_signal_connect_object(dialog, "response", G_CALLBACK(on_file_chosen), self, 0);
	gtk_native_dialog_show(GTK_NATIVE_DIALOG(dialog));
}

void office_label_print_start(OfficeLabelPrint *self)
{
	if (!gtk_widget_get_sensitive(GTK_WIDGET(self->print)))
		return;
	if (prints_to_file(self))
		choose_file(self);
	else
		start(self, NULL);
}

static void on_again(OfficeLabelPrint *self)
{
	say(self, _("Printing…"), false);
	label_run_resume(self->run);
	show_printing(self, true);
}

static void on_stop(OfficeLabelPrint *self)
{
	if (self->run != NULL)
		label_run_cancel(self->run);
}

/* --- life --- */

void office_label_print_reload(OfficeLabelPrint *self)
{
	LabelLists *question = g_new0(LabelLists, 1);

	question->shop_id = office_desk_get_shop(self->desk)->id;
	ask(self, OFFICE_QUICK, label_lists_job, question, label_lists_free, on_lists);
	ask_tags(self);
}

void office_label_print_find(OfficeLabelPrint *self)
{
	gtk_widget_grab_focus(GTK_WIDGET(self->scan));
}

static void fill_choices(OfficeLabelPrint *self)
{
	const char *const moments[] = { _("Prices of now"), _("Prices until tonight"),
					_("Prices until tomorrow night"),
					_("Prices of the next seven days"), NULL };
	g_autoptr(GtkStringList) until = gtk_string_list_new(moments);
	g_autoptr(GtkStringList) sheets = gtk_string_list_new(NULL);
	LabelSheet sheet;
	const char *name;
	char *title;

	gtk_drop_down_set_model(self->until, G_LIST_MODEL(until));
	gtk_string_list_append(sheets, _("A page for each label"));
	for (int i = 0; label_sheet_get(i, &sheet, &name, &title); i++)
		gtk_string_list_take(sheets, title);
	gtk_drop_down_set_model(self->sheets, G_LIST_MODEL(sheets));
}

static void add_columns(OfficeLabelPrint *self)
{
	static const bool wanted_numbers[] = { false, false, true, false, false };
	static const bool stale_numbers[] = { false, false, true, true };

	label_columns_add_text(self->wanted, "code", _("Barcode"), 136, false);
	label_columns_add_text(self->wanted, "name", _("Name"), 0, false);
	label_columns_add_text(self->wanted, "price", _("Price"), 112, true);
	label_columns_add_copies(self->wanted);
	label_columns_add_remove(self->wanted, on_remove, self);
	office_cell_align_heads(self->wanted, wanted_numbers);
	label_columns_add_text(self->stale, "code", _("Barcode"), 136, false);
	label_columns_add_text(self->stale, "name", _("Name"), 0, false);
	label_columns_add_text(self->stale, "old", _("On the tag"), 128, true);
	label_columns_add_text(self->stale, "price", _("At the till"), 128, true);
	office_cell_align_heads(self->stale, stale_numbers);
}

void office_label_print_set_desk(OfficeLabelPrint *self, OfficeDesk *desk)
{
	g_autoptr(GtkNoSelection) wanted =
		gtk_no_selection_new(g_object_ref(G_LIST_MODEL(self->rows)));

	gtk_column_view_set_model(self->wanted, GTK_SELECTION_MODEL(wanted));
	gtk_column_view_set_model(self->stale, GTK_SELECTION_MODEL(self->chosen));
	add_columns(self);
	fill_choices(self);
	office_label_scan_set_desk(self->scan, desk, on_found, self);
	self->desk = desk;
	show_state(self);
}

static gboolean grab_focus(GtkWidget *widget)
{
	return gtk_widget_grab_focus(GTK_WIDGET(OFFICE_LABEL_PRINT(widget)->scan));
}

static void dispose(GObject *object)
{
	OfficeLabelPrint *self = OFFICE_LABEL_PRINT(object);
	GtkWidget *child;

	g_cancellable_cancel(self->cancellable);
	g_clear_object(&self->cancellable);
	label_run_leave(g_steal_pointer(&self->run));
	if (self->scan != NULL) /* a look-up under way may outlive us */
		office_label_scan_set_desk(self->scan, NULL, NULL, NULL);
	self->scan = NULL;
	g_clear_pointer(&self->lists, label_lists_free);
	self->desk = NULL;
	while ((child = gtk_widget_get_first_child(GTK_WIDGET(self))) != NULL)
		gtk_widget_unparent(child);
	g_clear_object(&self->rows);
	g_clear_object(&self->chosen);
	g_clear_object(&self->tags);
	G_OBJECT_CLASS(office_label_print_parent_class)->dispose(object);
}

#define BIND(child) gtk_widget_class_bind_template_child(klass, OfficeLabelPrint, child)

static void bind_template(GtkWidgetClass *klass)
{
	gtk_widget_class_set_template_from_resource(klass, "/shop/baraa/office/label_print.ui");
	BIND(scan);
	BIND(wanted);
	BIND(stale);
	BIND(stale_title);
	BIND(message);
	BIND(sheets_label);
	BIND(skip_label);
	BIND(until);
	BIND(models);
	BIND(printers);
	BIND(sheets);
	BIND(new_goods);
	BIND(skip);
	BIND(bar);
	BIND(add_all);
	BIND(add_chosen);
	BIND(clear);
	BIND(print);
	BIND(again);
	BIND(stop);
}

static void office_label_print_class_init(OfficeLabelPrintClass *klass)
{
	GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

	G_OBJECT_CLASS(klass)->dispose = dispose;
	widget_class->grab_focus = grab_focus;
	gtk_widget_class_set_layout_manager_type(widget_class, GTK_TYPE_BIN_LAYOUT);
	bind_template(widget_class);
	gtk_widget_class_bind_template_callback(widget_class, on_clear);
	gtk_widget_class_bind_template_callback(widget_class, on_until);
	gtk_widget_class_bind_template_callback(widget_class, on_add_all);
	gtk_widget_class_bind_template_callback(widget_class, on_add_chosen);
	gtk_widget_class_bind_template_callback(widget_class, on_printer);
	gtk_widget_class_bind_template_callback(widget_class, office_label_print_start);
	gtk_widget_class_bind_template_callback(widget_class, on_stop);
	gtk_widget_class_bind_template_callback(widget_class, on_again);
}

static void office_label_print_init(OfficeLabelPrint *self)
{
	g_type_ensure(OFFICE_TYPE_LABEL_SCAN);
	gtk_widget_init_template(GTK_WIDGET(self));
	self->rows = g_list_store_new(OFFICE_TYPE_LABEL_ROW);
	self->tags = g_list_store_new(OFFICE_TYPE_LABEL_ROW);
	self->chosen = gtk_multi_selection_new(g_object_ref(G_LIST_MODEL(self->tags)));
	self->cancellable = g_cancellable_new();
}
