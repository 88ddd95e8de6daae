/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/label_pane.h"

#include "backoffice/label/label_job.h"
#include "backoffice/ui/message.h"
#include "backoffice/ui/remember.h"
#include "backoffice/ui/words.h"

#include <glib/gi18n-lib.h>

#define COPIES_MAX 9999
#define MODEL_KEY "label-design"
#define DEVICE_KEY "label-printer"

/* What is to be printed of one line. */
typedef struct {
	int64_t item_id;
	int copies;
	char *name, *batch; /* owned */
	int32_t expiry;
} Wanted;

struct _OfficeLabelPane {
	GtkWidget parent_instance;

	/* template children, borrowed */
	GtkDropDown *model, *device;
	GtkWidget *print;
	GtkEntry *copies;
	GtkLabel *message;
	OfficeTextTable *table;

	OfficeDesk *desk; /* borrowed */
	GPtrArray *models, *devices; /* owned; of LabelModel, LabelDevice; NULL: not read yet */
	GArray *wanted; /* owned; of Wanted */
};

G_DEFINE_FINAL_TYPE(OfficeLabelPane, office_label_pane, GTK_TYPE_WIDGET)

static guint left_signal;

enum { NAME, EXPIRY, COPIES, N_COLUMNS };
static const OfficeColumn columns[N_COLUMNS] = {
	[NAME] = { N_("Goods"), 0, false },
	[EXPIRY] = { N_("Expires on"), 120, false },
	[COPIES] = { N_("Labels"), 96, true },
};

static void wanted_clear(void *data)
{
	Wanted *self = data;

	g_free(self->name);
	g_free(self->batch);
}

static void say(OfficeLabelPane *self, bool amber, const char *text)
{
	office_message_say(self->message, text, amber);
}

/* --- designs and printers ------------------------------------------------------------------ */

typedef struct {
	int64_t shop_id;
	GPtrArray *models, *devices; /* owned */
} Lists;

static void lists_free(void *data)
{
	Lists *self = data;

	g_clear_pointer(&self->models, g_ptr_array_unref);
	g_clear_pointer(&self->devices, g_ptr_array_unref);
	g_free(self);
}

/* Scales that print their own labels are not for these. */
static void leave_out_scales(GPtrArray *devices)
{
	for (guint i = devices->len; i-- > 0;)
		if (((const LabelDevice *)devices->pdata[i])->class != LABEL_DEVICE_LABEL)
			g_ptr_array_remove_index(devices, i);
}

static bool lists_work(Store *store, void *data, GError **error)
{
	Lists *self = data;

	self->models = label_model_list(store, error);
	if (self->models != NULL)
		self->devices = label_device_list(store, self->shop_id, error);
	if (self->devices != NULL)
		leave_out_scales(self->devices);
	return self->devices != NULL;
}

static void fill(GtkDropDown *choice, GtkStringList *names, const char *key)
{
	g_autofree char *last = office_remembered_dup(key);
	guint n = g_list_model_get_n_items(G_LIST_MODEL(names)), chosen = 0;

	for (guint i = 0; i < n; i++)
		if (g_strcmp0(gtk_string_list_get_string(names, i), last) == 0)
			chosen = i;
	gtk_drop_down_set_model(choice, G_LIST_MODEL(names));
	gtk_drop_down_set_selected(choice, chosen);
}

static void fill_choices(OfficeLabelPane *self)
{
	g_autoptr(GtkStringList) models = gtk_string_list_new(NULL);
	g_autoptr(GtkStringList) devices = gtk_string_list_new(NULL);

	for (guint i = 0; i < self->models->len; i++)
		gtk_string_list_append(models, ((const LabelModel *)self->models->pdata[i])->name);
	for (guint i = 0; i < self->devices->len; i++)
		gtk_string_list_append(devices,
				       ((const LabelDevice *)self->devices->pdata[i])->name);
	fill(self->model, models, MODEL_KEY);
	fill(self->device, devices, DEVICE_KEY);
	gtk_widget_set_sensitive(self->print, self->models->len > 0 && self->devices->len > 0);
	if (self->devices->len == 0)
		say(self, true,
		    _("There is no label printer yet: a manager adds one among the labels' "
		      "devices."));
}

static void on_lists(GtkWidget *widget, void *data, const GError *error)
{
	OfficeLabelPane *self = OFFICE_LABEL_PANE(widget);
	Lists *lists = data;
	g_autofree char *text = error != NULL ? office_desk_dup_trouble(error) : NULL;

	if (text != NULL) {
		say(self, true, text);
		return;
	}
	g_clear_pointer(&self->models, g_ptr_array_unref);
	g_clear_pointer(&self->devices, g_ptr_array_unref);
	self->models = g_steal_pointer(&lists->models);
	self->devices = g_steal_pointer(&lists->devices);
	fill_choices(self);
}

/* --- how many ------------------------------------------------------------------------------ */

static void show_wanted(OfficeLabelPane *self)
{
	GPtrArray *rows = g_ptr_array_new();

	for (guint i = 0; i < self->wanted->len; i++) {
		const Wanted *it = &g_array_index(self->wanted, Wanted, i);
		OfficeTextRow *row = office_text_row_new((int64_t)i + 1);

		row->texts[NAME] = g_strdup(it->name);
		row->texts[EXPIRY] = office_day_dup(it->expiry);
		row->texts[COPIES] =
			number_text_integer(office_desk_get_style(self->desk), it->copies);
		g_ptr_array_add(rows, row);
	}
	office_text_table_take(self->table, rows);
}

/* Of weighed goods one: nobody sticks 12.4 labels. */
static int copies_of(const DocumentLine *line, const Goods *goods)
{
	int64_t pieces = line->quantity / QUANTITY_ONE;

	if (goods->weighed || line->quantity % QUANTITY_ONE != 0)
		return 1;
	return (int)CLAMP(pieces, 0, COPIES_MAX);
}

static void want(OfficeLabelPane *self, const OfficeDraft *draft, const DocumentLine *line)
{
	const Goods *goods = office_draft_goods(draft, line->item_id);
	Wanted wanted = { .item_id = line->item_id, .expiry = line->expiry };

	if (goods == NULL || line->quantity <= 0)
		return;
	wanted.copies = copies_of(line, goods);
	wanted.name = g_strdup(goods->name);
	wanted.batch = g_strdup(line->batch);
	g_array_append_val(self->wanted, wanted);
}

static void on_chosen(OfficeTextTable *table, gint64 id, OfficeLabelPane *self)
{
	g_autofree char *text = NULL;

	if (id < 1 || id > self->wanted->len)
		return;
	text = g_strdup_printf("%d", g_array_index(self->wanted, Wanted, id - 1).copies);
	gtk_editable_set_text(GTK_EDITABLE(self->copies), text);
}

static void on_activated(OfficeTextTable *table, gint64 id, OfficeLabelPane *self)
{
	on_chosen(table, id, self);
	gtk_widget_grab_focus(GTK_WIDGET(self->copies));
}

static void on_copies(OfficeLabelPane *self)
{
	int64_t id = office_text_table_get_chosen(self->table);
	gint64 n;

	if (id == 0 || !g_ascii_string_to_signed(gtk_editable_get_text(GTK_EDITABLE(self->copies)),
						 10, 0, COPIES_MAX, &n, NULL)) {
		say(self, true, _("Choose a line, and type how many labels it gets: 0 to 9999."));
		return;
	}
	g_array_index(self->wanted, Wanted, id - 1).copies = (int)n;
	say(self, false, "");
	show_wanted(self);
	gtk_widget_grab_focus(GTK_WIDGET(self->table));
}

static void on_one_each(OfficeLabelPane *self)
{
	for (guint i = 0; i < self->wanted->len; i++)
		g_array_index(self->wanted, Wanted, i).copies = 1;
	show_wanted(self);
}

/* --- printing ------------------------------------------------------------------------------ */

typedef struct {
	OfficeDesk *desk; /* borrowed */
	int64_t shop_id, model_id, person_id;
	LabelDevice device; /* its texts are owned */
	GArray *wanted; /* owned; of Wanted */
	LabelJob *job; /* owned */
	int n, printed;
	GWeakRef pane;
} Printing;

static void printing_free(void *data)
{
	Printing *self = data;

	g_free(self->device.name);
	g_free(self->device.device);
	g_free(self->device.options);
	g_clear_pointer(&self->wanted, g_array_unref);
	label_job_free(self->job);
	g_weak_ref_clear(&self->pane);
	g_free(self);
}

static LabelWish *wishes_of(Printing *self)
{
	LabelWish *wishes = g_new0(LabelWish, self->wanted->len + 1);

	for (guint i = 0; i < self->wanted->len; i++) {
		const Wanted *it = &g_array_index(self->wanted, Wanted, i);

		if (it->copies > 0)
			wishes[self->n++] =
				(LabelWish){ .item_id = it->item_id,
					     .copies = it->copies,
					     .batch = *it->batch != '\0' ? it->batch : NULL,
					     .expiry = it->expiry };
	}
	return wishes;
}

static bool job_work(Store *store, void *data, GError **error)
{
	Printing *self = data;
	g_autoptr(LabelModel) model = label_model_read(store, self->model_id, error);
	g_autofree LabelWish *wishes = wishes_of(self);

	if (model != NULL)
		self->job = label_job_new(store, self->shop_id, model, wishes, self->n, error);
	return self->job != NULL;
}

static bool note_work(Store *store, void *data, GError **error)
{
	Printing *self = data;

	return label_job_note_printed(self->job, store, self->printed, self->person_id, error);
}

static void on_noted(GtkWidget *widget, void *data, const GError *error)
{
	OfficeLabelPane *self = OFFICE_LABEL_PANE(widget);
	g_autofree char *text = error != NULL ? office_desk_dup_trouble(error) : NULL;

	if (text != NULL)
		say(self, true, text);
}

/* Not on the desk's threads: paper may run out. */
static void print_job(GTask *task, void *source, void *data, GCancellable *cancellable)
{
	Printing *self = data;
	GError *error = NULL;

	if (label_job_print(self->job, &self->device, &self->printed, &error))
		g_task_return_boolean(task, true);
	else
		g_task_return_error(task, error);
}

static void say_printed(OfficeLabelPane *self, int n, const GError *error)
{
	g_autofree char *number = number_text_integer(office_desk_get_style(self->desk), n);
	g_autofree char *text =
		error == NULL ? g_strdup_printf(g_dngettext(GETTEXT_PACKAGE, "%s label is printed.",
							    "%s labels are printed.", (gulong)n),
						number)
			      : g_strdup_printf(_("The printer stopped after %s labels: %s"),
						number, error->message);

	gtk_widget_set_sensitive(self->print, true);
	say(self, error != NULL, text);
}

static void on_printed(GObject *source, GAsyncResult *result, void *data)
{
	Printing *self = data;
	g_autoptr(GtkWidget) pane = g_weak_ref_get(&self->pane);
	g_autoptr(GError) error = NULL;

	g_task_propagate_boolean(G_TASK(result), &error);
	if (pane == NULL) {
		printing_free(self);
		return;
	}
	say_printed(OFFICE_LABEL_PANE(pane), self->printed, error);
	office_ask(self->desk, OFFICE_QUICK, pane, note_work, self, printing_free, on_noted);
}

/* The job is read; it goes on without the database. */
static void on_job(GtkWidget *widget, void *data, const GError *error)
{
	OfficeLabelPane *self = OFFICE_LABEL_PANE(widget);
	Printing *read = data, *printing;
	g_autofree char *text = error != NULL ? office_desk_dup_trouble(error) : NULL;
	GTask *task;

	if (text != NULL) {
		gtk_widget_set_sensitive(self->print, true);
		say(self, true, text);
		return;
	}
	printing = g_new0(Printing, 1);
	*printing = (Printing){ .desk = read->desk,
				.person_id = read->person_id,
				.device = read->device,
				.job = g_steal_pointer(&read->job) };
	read->device = (LabelDevice){ 0 };
	g_weak_ref_init(&printing->pane, widget);
	task = g_task_new(NULL, NULL, on_printed, printing);
	g_task_set_task_data(task, printing, NULL);
	g_task_run_in_thread(task, print_job);
	g_object_unref(task);
}

static GArray *wanted_copy(const GArray *wanted)
{
	GArray *copy = g_array_new(false, true, sizeof(Wanted));

	g_array_set_clear_func(copy, wanted_clear);
	for (guint i = 0; i < wanted->len; i++) {
		Wanted it = g_array_index(wanted, Wanted, i);

		it.name = g_strdup(it.name);
		it.batch = g_strdup(it.batch);
		g_array_append_val(copy, it);
	}
	return copy;
}

static Printing *printing_new(OfficeLabelPane *self)
{
	const LabelModel *model = self->models->pdata[gtk_drop_down_get_selected(self->model)];
	const LabelDevice *device = self->devices->pdata[gtk_drop_down_get_selected(self->device)];
	Printing *printing = g_new0(Printing, 1);

	*printing = (Printing){ .desk = self->desk,
				.shop_id = office_desk_get_shop(self->desk)->id,
				.model_id = model->id,
				.person_id = office_desk_get_person_id(self->desk),
				.device = *device,
				.wanted = wanted_copy(self->wanted) };
	printing->device.name = g_strdup(device->name);
	printing->device.device = g_strdup(device->device);
	printing->device.options = g_strdup(device->options);
	g_weak_ref_init(&printing->pane, NULL);
	office_remember(MODEL_KEY, model->name);
	office_remember(DEVICE_KEY, device->name);
	return printing;
}

static void on_print(OfficeLabelPane *self)
{
	if (self->models == NULL || self->models->len == 0 || self->devices->len == 0)
		return;
	gtk_widget_set_sensitive(self->print, false);
	say(self, false, _("Printing…"));
	office_ask(self->desk, OFFICE_QUICK, GTK_WIDGET(self), job_work, printing_new(self),
		   printing_free, on_job);
}

/* --- life ---------------------------------------------------------------------------------- */

static void on_leave(OfficeLabelPane *self)
{
	g_signal_emit(self, left_signal, 0);
}

void office_label_pane_open(OfficeLabelPane *self, const OfficeDraft *draft)
{
	Lists *lists = g_new0(Lists, 1);

	g_array_set_size(self->wanted, 0);
	for (guint i = 0; i < draft->document->lines->len; i++)
		want(self, draft, draft->document->lines->pdata[i]);
	show_wanted(self);
	say(self, false, "");
	gtk_widget_grab_focus(self->print);
	lists->shop_id = office_desk_get_shop(self->desk)->id;
	office_ask(self->desk, OFFICE_QUICK, GTK_WIDGET(self), lists_work, lists, lists_free,
		   on_lists);
}

void office_label_pane_set_desk(OfficeLabelPane *self, OfficeDesk *desk)
{
	self->desk = desk;
}

static void dispose(GObject *object)
{
	OfficeLabelPane *self = OFFICE_LABEL_PANE(object);
	GtkWidget *child;

	while ((child = gtk_widget_get_first_child(GTK_WIDGET(self))) != NULL)
		gtk_widget_unparent(child);
	g_clear_pointer(&self->models, g_ptr_array_unref);
	g_clear_pointer(&self->devices, g_ptr_array_unref);
	g_clear_pointer(&self->wanted, g_array_unref);
	G_OBJECT_CLASS(office_label_pane_parent_class)->dispose(object);
}

static void bind_template(GtkWidgetClass *klass)
{
	gtk_widget_class_set_template_from_resource(klass, "/shop/baraa/office/label_pane.ui");
	gtk_widget_class_bind_template_child(klass, OfficeLabelPane, model);
	gtk_widget_class_bind_template_child(klass, OfficeLabelPane, device);
	gtk_widget_class_bind_template_child(klass, OfficeLabelPane, print);
	gtk_widget_class_bind_template_child(klass, OfficeLabelPane, copies);
	gtk_widget_class_bind_template_child(klass, OfficeLabelPane, message);
	gtk_widget_class_bind_template_child(klass, OfficeLabelPane, table);
	gtk_widget_class_bind_template_callback(klass, on_print);
	gtk_widget_class_bind_template_callback(klass, on_copies);
	gtk_widget_class_bind_template_callback(klass, on_one_each);
	gtk_widget_class_bind_template_callback(klass, on_leave);
}

static void office_label_pane_class_init(OfficeLabelPaneClass *klass)
{
	G_OBJECT_CLASS(klass)->dispose = dispose;
	left_signal = g_signal_new("left", G_TYPE_FROM_CLASS(klass), G_SIGNAL_RUN_FIRST, 0, NULL,
				   NULL, NULL, G_TYPE_NONE, 0);
	gtk_widget_class_set_layout_manager_type(GTK_WIDGET_CLASS(klass), GTK_TYPE_BIN_LAYOUT);
	bind_template(GTK_WIDGET_CLASS(klass));
}

static void office_label_pane_init(OfficeLabelPane *self)
{
	g_type_ensure(OFFICE_TYPE_TEXT_TABLE);
	gtk_widget_init_template(GTK_WIDGET(self));
	self->wanted = g_array_new(false, true, sizeof(Wanted));
	g_array_set_clear_func(self->wanted, wanted_clear);
	office_text_table_set_columns(self->table, _("Labels of the document"), columns, N_COLUMNS);
	g_signal_connect(self->table, "chosen", G_CALLBACK(on_chosen), self);
	g_signal_connect(self->table, "activated", G_CALLBACK(on_activated), self);
}
