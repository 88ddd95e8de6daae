/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/label_devices.h"

#include "backoffice/ui/label_look.h"
#include "backoffice/ui/label_run.h"
#include "backoffice/ui/message.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _OfficeLabelDevices {
	GtkWidget parent_instance;

	/* template children, borrowed */
	GtkListBox *list;
	GtkBox *form;
	GtkDropDown *kinds, *protocols;
	GtkEntry *name, *address, *options;
	GtkLabel *protocols_label, *message;
	GtkButton *load, *load_all, *fresh, *remove, *test, *save;
	GtkSpinner *spinner;

	/* owned */
	GPtrArray *devices; /* of LabelDevice, in the order of the list; NULL until they are read */
	GCancellable *cancellable;

	OfficeDesk *desk; /* borrowed */
	int64_t id; /* of the device in the form; 0: a new one */
	bool busy;
};

G_DEFINE_FINAL_TYPE(OfficeLabelDevices, office_label_devices, GTK_TYPE_WIDGET)

/* What people choose from, in the order of LabelDeviceClass. */
static const struct {
	const char *title, *address, *options; /* examples, in grey */
} kinds[] = {
	[LABEL_DEVICE_LABEL] = { N_("Label printer"), "tcp:192.168.1.50:9100", "dpi=203 gap=2" },
	[LABEL_DEVICE_SHEET] = { N_("Printer of sheets (A4)"), "cups:OFFICE", "sheet=3x8" },
	[LABEL_DEVICE_PLU] = { N_("Scale that prints labels"), "tcp:192.168.1.60:20304",
			       "letters=ӨО,өо,ҮУ,үу" },
};

static void say(OfficeLabelDevices *self, const char *text, bool trouble)
{
	office_message_say(self->message, text, trouble);
}

/* --- the form --- */

static LabelDeviceClass chosen_class(OfficeLabelDevices *self)
{
	guint selected = gtk_drop_down_get_selected(self->kinds);

	return selected < G_N_ELEMENTS(kinds) ? (LabelDeviceClass)selected : LABEL_DEVICE_LABEL;
}

static void show_state(OfficeLabelDevices *self)
{
	bool may = office_desk_may(self->desk, RIGHT_SETTINGS);
	bool scale = chosen_class(self) == LABEL_DEVICE_PLU && self->id != 0;

	gtk_widget_set_sensitive(GTK_WIDGET(self->load), scale && !self->busy);
	gtk_widget_set_sensitive(GTK_WIDGET(self->load_all), scale && !self->busy);
	gtk_widget_set_sensitive(GTK_WIDGET(self->remove), self->id != 0 && !self->busy);
	gtk_widget_set_sensitive(GTK_WIDGET(self->test), !self->busy);
	gtk_widget_set_sensitive(GTK_WIDGET(self->save), !self->busy);
	gtk_widget_set_visible(GTK_WIDGET(self->form), may || self->id != 0);
	gtk_widget_set_visible(GTK_WIDGET(self->fresh), may);
	gtk_widget_set_visible(GTK_WIDGET(self->remove), may);
	gtk_widget_set_visible(GTK_WIDGET(self->save), may);
	gtk_spinner_set_spinning(self->spinner, self->busy);
}

static void on_kind(OfficeLabelDevices *self)
{
	LabelDeviceClass class = chosen_class(self);
	g_autoptr(GtkStringList) protocols = gtk_string_list_new(label_device_protocols(class));

	gtk_drop_down_set_model(self->protocols, G_LIST_MODEL(protocols));
	gtk_widget_set_visible(GTK_WIDGET(self->protocols), class != LABEL_DEVICE_SHEET);
	gtk_widget_set_visible(GTK_WIDGET(self->protocols_label), class != LABEL_DEVICE_SHEET);
	gtk_entry_set_placeholder_text(self->address, kinds[class].address);
	gtk_entry_set_placeholder_text(self->options, kinds[class].options);
	if (self->desk != NULL)
		show_state(self);
}

static void show_device(OfficeLabelDevices *self, const LabelDevice *device)
{
	const char *const *protocols;
	const char *at = strchr(device->device, '@');
	bool sheet = device->class == LABEL_DEVICE_SHEET;

	self->id = device->id;
	gtk_drop_down_set_selected(self->kinds, device->class);
	on_kind(self);
	gtk_editable_set_text(GTK_EDITABLE(self->name), device->name);
	gtk_editable_set_text(GTK_EDITABLE(self->options), device->options);
	gtk_editable_set_text(GTK_EDITABLE(self->address),
			      sheet || at == NULL ? device->device : at + 1);
	protocols = label_device_protocols(device->class);
	for (guint i = 0; at != NULL && protocols[i] != NULL; i++)
		if (strlen(protocols[i]) == (size_t)(at - device->device) &&
		    g_str_has_prefix(device->device, protocols[i]))
			gtk_drop_down_set_selected(self->protocols, i);
	show_state(self);
}

static char *dup_device(OfficeLabelDevices *self)
{
	g_autofree char *address =
		g_strstrip(g_strdup(gtk_editable_get_text(GTK_EDITABLE(self->address))));
	LabelDeviceClass class = chosen_class(self);
	guint selected = gtk_drop_down_get_selected(self->protocols);

	if (class == LABEL_DEVICE_SHEET || selected == GTK_INVALID_LIST_POSITION)
		return g_steal_pointer(&address);
	return g_strdup_printf("%s@%s", label_device_protocols(class)[selected], address);
}

static LabelDevice *device_of_form(OfficeLabelDevices *self)
{
	LabelDevice *device = g_new(LabelDevice, 1);

	*device = (LabelDevice){
		.id = self->id,
		.shop_id = office_desk_get_shop(self->desk)->id,
		.class = chosen_class(self),
		.name = g_strstrip(g_strdup(gtk_editable_get_text(GTK_EDITABLE(self->name)))),
		.device = dup_device(self),
		.options = g_strstrip(g_strdup(gtk_editable_get_text(GTK_EDITABLE(self->options)))),
	};
	return device;
}

static void on_new(OfficeLabelDevices *self)
{
	const LabelDevice empty = { .class = chosen_class(self),
				    .name = (char[]){ "" },
				    .device = (char[]){ "" },
				    .options = (char[]){ "" } };

	gtk_list_box_unselect_all(self->list);
	show_device(self, &empty);
	say(self, "", false);
	gtk_widget_grab_focus(GTK_WIDGET(self->name));
}

static void on_row_selected(GtkListBox *list, GtkListBoxRow *row, OfficeLabelDevices *self)
{
	if (row == NULL)
		return;
	show_device(self, self->devices->pdata[gtk_list_box_row_get_index(row)]);
	say(self, "", false);
}

/* --- the list --- */

static void add_row(OfficeLabelDevices *self, const LabelDevice *device)
{
	g_autofree char *text = g_strdup_printf(
		"%s · %s\n%s", device->name,
		g_dgettext(GETTEXT_PACKAGE, kinds[device->class].title), device->device);
	GtkWidget *label = gtk_label_new(text), *row = gtk_list_box_row_new();

	gtk_label_set_xalign(GTK_LABEL(label), 0);
	gtk_label_set_ellipsize(GTK_LABEL(label), PANGO_ELLIPSIZE_END);
	gtk_list_box_row_set_child(GTK_LIST_BOX_ROW(row), label);
	gtk_accessible_update_property(GTK_ACCESSIBLE(row), GTK_ACCESSIBLE_PROPERTY_LABEL,
				       device->name, -1);
	gtk_list_box_append(self->list, row);
}

static void show_devices(OfficeLabelDevices *self)
{
	int64_t keep = self->id;
	GtkListBoxRow *row;
	int selected = -1;

	while ((row = gtk_list_box_get_row_at_index(self->list, 0)) != NULL)
		gtk_list_box_remove(self->list, GTK_WIDGET(row));
	for (guint i = 0; i < self->devices->len; i++) {
		const LabelDevice *device = self->devices->pdata[i];

		add_row(self, device);
		if (device->id == keep || (keep == 0 && selected < 0))
			selected = (int)i;
	}
	if (selected >= 0)
		gtk_list_box_select_row(self->list,
					gtk_list_box_get_row_at_index(self->list, selected));
}

static bool is_gone(const GError *error)
{
	return g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void say_trouble(OfficeLabelDevices *self, const GError *error)
{
	g_autofree char *text =
		label_run_dup_trouble(error, gtk_editable_get_text(GTK_EDITABLE(self->name)));

	say(self, text, true);
}

static void on_lists(GObject *source, GAsyncResult *result, void *data)
{
	g_autoptr(OfficeLabelDevices) self = data;
	g_autoptr(GError) error = NULL;
	LabelLists *lists = g_task_propagate_pointer(G_TASK(result), &error);
	g_autofree char *said = g_strdup(gtk_label_get_label(self->message));

	if (lists == NULL) {
		if (!is_gone(error))
			say_trouble(self, error);
		return;
	}
	g_clear_pointer(&self->devices, g_ptr_array_unref);
	self->devices = g_ptr_array_ref(lists->devices);
	label_lists_free(lists);
	show_devices(self);
	say(self, said, gtk_widget_has_css_class(GTK_WIDGET(self->message), "amber"));
	show_state(self);
}

void office_label_devices_reload(OfficeLabelDevices *self)
{
	LabelLists *question = g_new0(LabelLists, 1);
	GTask *task = g_task_new(NULL, self->cancellable, on_lists, g_object_ref(self));

	question->shop_id = office_desk_get_shop(self->desk)->id;
	g_task_set_task_data(task, question, label_lists_free);
	office_desk_run(self->desk, OFFICE_QUICK, task, label_lists_job);
}

/* --- what is done with one --- */

/* A device on its way to a thread, and what the thread says. */
typedef struct {
	LabelDevice *device; /* owned */
	int64_t person_id;
	bool all; /* of a load */
	PluResult result;
} Errand;

static void errand_free(void *data)
{
	Errand *self = data;

	label_device_free(self->device);
	plu_result_clear(&self->result);
	g_free(self);
}

static GTask *errand_new(OfficeLabelDevices *self, GAsyncReadyCallback answer, bool all)
{
	GTask *task = g_task_new(NULL, self->cancellable, answer, g_object_ref(self));
	Errand *errand = g_new0(Errand, 1);

	errand->device = device_of_form(self);
	errand->person_id = office_desk_get_person_id(self->desk);
	errand->all = all;
	g_task_set_task_data(task, errand, errand_free);
	self->busy = true;
	show_state(self);
	return task;
}

/* False where the page is gone or there is trouble, which is told. */
static bool take_answer(OfficeLabelDevices *self, GAsyncResult *result)
{
	g_autoptr(GError) error = NULL;
	bool ok = g_task_propagate_boolean(G_TASK(result), &error);

	if (is_gone(error))
		return false;
	self->busy = false;
	show_state(self);
	if (!ok)
		say_trouble(self, error);
	return ok;
}

static void return_answer(GTask *task, bool ok, GError *error)
{
	if (ok)
		g_task_return_boolean(task, true);
	else
		g_task_return_error(task, error);
}

static void save_job(GTask *task, Store *store)
{
	Errand *errand = g_task_get_task_data(task);
	GError *error = NULL;
	bool ok = label_device_write(store, errand->device, errand->person_id, &error);

	return_answer(task, ok, error);
}

static void on_saved(GObject *source, GAsyncResult *result, void *data)
{
	g_autoptr(OfficeLabelDevices) self = data;
	const Errand *errand = g_task_get_task_data(G_TASK(result));

	if (!take_answer(self, result))
		return;
	self->id = errand->device->id;
	say(self, _("Saved."), false);
	office_label_devices_reload(self);
}

static void on_save(OfficeLabelDevices *self)
{
	office_desk_run(self->desk, OFFICE_QUICK, errand_new(self, on_saved, false), save_job);
}

static void delete_job(GTask *task, Store *store)
{
	Errand *errand = g_task_get_task_data(task);
	GError *error = NULL;
	bool ok = label_device_delete(store, errand->device->id, errand->person_id, &error);

	return_answer(task, ok, error);
}

static void on_deleted(GObject *source, GAsyncResult *result, void *data)
{
	g_autoptr(OfficeLabelDevices) self = data;

	if (!take_answer(self, result))
		return;
	on_new(self);
	say(self, _("Deleted."), false);
	office_label_devices_reload(self);
}

static void on_delete(OfficeLabelDevices *self)
{
	office_desk_run(self->desk, OFFICE_QUICK, errand_new(self, on_deleted, false), delete_job);
}

static void test_job(GTask *task, void *source, void *data, GCancellable *cancellable)
{
	const Errand *errand = data;
	GError *error = NULL;

	return_answer(task, label_device_test(errand->device, &error), error);
}

static void on_tested(GObject *source, GAsyncResult *result, void *data)
{
	g_autoptr(OfficeLabelDevices) self = data;
	const Errand *errand = g_task_get_task_data(G_TASK(result));

	if (take_answer(self, result))
		say(self,
		    errand->device->class == LABEL_DEVICE_PLU
			    ? _("The scale can be reached.")
			    : _("Sent. Look at the label: is it sharp, in its place, and can its "
				"codes be read?"),
		    false);
}

/* Not on the desk: a printer may be waited for. */
static void on_test(OfficeLabelDevices *self)
{
	g_autoptr(GTask) task = errand_new(self, on_tested, false);

	say(self, _("Trying…"), false);
	g_task_run_in_thread(task, test_job);
}

static void load_job(GTask *task, Store *store)
{
	Errand *errand = g_task_get_task_data(task);
	GError *error = NULL;
	bool ok = label_load_scale(store, errand->device, errand->all, errand->person_id,
				   &errand->result, &error);

	return_answer(task, ok, error);
}

static void on_loaded(GObject *source, GAsyncResult *result, void *data)
{
	g_autoptr(OfficeLabelDevices) self = data;
	const Errand *errand = g_task_get_task_data(G_TASK(result));
	const PluResult *told = &errand->result;
	g_autofree char *counts = NULL, *text = NULL;

	if (!take_answer(self, result))
		return;
	counts = g_strdup_printf(_("Sent %d, taken out %d, as they were %d."), told->sent,
				 told->removed, told->same);
	text = told->n_refused > 0 ? g_strdup_printf(_("%s Refused %d:\n%s"), counts,
						     told->n_refused, told->refused)
				   : g_steal_pointer(&counts);
	say(self, text, told->n_refused > 0);
}

static void start_load(OfficeLabelDevices *self, bool all)
{
	say(self, _("Loading…"), false);
	office_desk_run(self->desk, OFFICE_LONG, errand_new(self, on_loaded, all), load_job);
}

static void on_load(OfficeLabelDevices *self)
{
	start_load(self, false);
}

static void on_load_all(OfficeLabelDevices *self)
{
	start_load(self, true);
}

/* --- life --- */

void office_label_devices_set_desk(OfficeLabelDevices *self, OfficeDesk *desk)
{
	g_autoptr(GtkStringList) titles = gtk_string_list_new(NULL);

	for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++)
		gtk_string_list_append(titles, g_dgettext(GETTEXT_PACKAGE, kinds[i].title));
	gtk_drop_down_set_model(self->kinds, G_LIST_MODEL(titles));
	self->desk = desk;
	on_kind(self);
}

static gboolean grab_focus(GtkWidget *widget)
{
	return gtk_widget_grab_focus(GTK_WIDGET(OFFICE_LABEL_DEVICES(widget)->list));
}

static void dispose(GObject *object)
{
	OfficeLabelDevices *self = OFFICE_LABEL_DEVICES(object);
	GtkWidget *child;

	g_cancellable_cancel(self->cancellable);
	g_clear_object(&self->cancellable);
	self->desk = NULL;
	while ((child = gtk_widget_get_first_child(GTK_WIDGET(self))) != NULL)
		gtk_widget_unparent(child);
	g_clear_pointer(&self->devices, g_ptr_array_unref);
	G_OBJECT_CLASS(office_label_devices_parent_class)->dispose(object);
}

#define BIND(child) gtk_widget_class_bind_template_child(klass, OfficeLabelDevices, child)

static void bind_template(GtkWidgetClass *klass)
{
	gtk_widget_class_set_template_from_resource(klass, "/shop/baraa/office/label_devices.ui");
	BIND(list);
	BIND(form);
	BIND(kinds);
	BIND(protocols);
	BIND(name);
	BIND(address);
	BIND(options);
	BIND(protocols_label);
	BIND(message);
	BIND(load);
	BIND(load_all);
	BIND(fresh);
	BIND(remove);
	BIND(test);
	BIND(save);
	BIND(spinner);
}

static void office_label_devices_class_init(OfficeLabelDevicesClass *klass)
{
	GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

	G_OBJECT_CLASS(klass)->dispose = dispose;
	widget_class->grab_focus = grab_focus;
	gtk_widget_class_set_layout_manager_type(widget_class, GTK_TYPE_BIN_LAYOUT);
	bind_template(widget_class);
	gtk_widget_class_bind_template_callback(widget_class, on_row_selected);
	gtk_widget_class_bind_template_callback(widget_class, on_kind);
	gtk_widget_class_bind_template_callback(widget_class, on_new);
	gtk_widget_class_bind_template_callback(widget_class, on_delete);
	gtk_widget_class_bind_template_callback(widget_class, on_test);
	gtk_widget_class_bind_template_callback(widget_class, on_save);
	gtk_widget_class_bind_template_callback(widget_class, on_load);
	gtk_widget_class_bind_template_callback(widget_class, on_load_all);
}

static void office_label_devices_init(OfficeLabelDevices *self)
{
	gtk_widget_init_template(GTK_WIDGET(self));
	self->cancellable = g_cancellable_new();
}
