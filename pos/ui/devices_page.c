/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/ui/devices_page.h"

#include "pos/ui/device_class.h"
#include "pos/ui/device_finder.h"
#include "pos/ui/device_row.h"
#include "pos/ui/key_button.h"
#include "pos/ui/number_pad.h"
#include "pos/ui/pages.h"

#include <glib/gi18n-lib.h>

#define PROTOCOL_COLUMNS 4

struct _PosDevicesPage {
	GtkGrid parent_instance;

	/* template children, borrowed */
	GtkBox *classes;
	GtkStack *sides;
	GtkLabel *title;
	GtkLabel *missing;
	GtkWidget *protocols_caption;
	GtkGrid *protocols;
	GtkWidget *address_caption;
	GtkEntry *address;
	GtkLabel *options_caption;
	GtkGrid *options;
	GtkLabel *finding;
	GtkWidget *scrolled;
	GtkBox *found;
	PosKeyButton *find;
	GtkEntry *pin;

	/* owned */
	SessionView *view;
	GKeyFile *setup; /* what the choices were read from */
	GPtrArray *devices; /* DeviceFound, of the last scan; NULL: none yet */
	DeviceFinder *finder;
	char *protocol, *option; /* as chosen here; not saved yet */

	TillLink *link; /* borrowed */
	PosDeviceRow *rows[DEVICE_CLASSES]; /* borrowed */
	int chosen; /* index of the class */
};

G_DEFINE_FINAL_TYPE(PosDevicesPage, pos_devices_page, GTK_TYPE_GRID)

static const DeviceClass *get_class(const PosDevicesPage *self)
{
	return &device_classes[self->chosen];
}

static void say(PosDevicesPage *self, const char *text)
{
	gtk_label_set_label(self->finding, text);
}

static void empty(GtkWidget *box)
{
	GtkWidget *child;

	while ((child = gtk_widget_get_first_child(box)) != NULL)
		gtk_widget_unparent(child);
}

/* --- choices as buttons that stay pressed --- */

static void on_protocol(GtkToggleButton *button, PosDevicesPage *self);
static void on_option(GtkToggleButton *button, PosDevicesPage *self);

static void add_toggle(GtkGrid *grid, int n, int columns, const DeviceChoice *choice, bool active,
		       GCallback callback, PosDevicesPage *self)
{
	GtkWidget *first = gtk_widget_get_first_child(GTK_WIDGET(grid));
	GtkWidget *button = gtk_toggle_button_new_with_label(_(choice->word));
	GtkWidget *label = gtk_button_get_child(GTK_BUTTON(button));

	gtk_label_set_ellipsize(GTK_LABEL(label), PANGO_ELLIPSIZE_END);
	gtk_widget_add_css_class(button, "key");
	gtk_widget_set_focus_on_click(button, false);
	gtk_widget_set_hexpand(button, true);
	g_object_set_data(G_OBJECT(button), "value", (void *)choice->value);
	if (first != NULL)
		gtk_toggle_button_set_group(GTK_TOGGLE_BUTTON(button), GTK_TOGGLE_BUTTON(first));
	gtk_toggle_button_set_active(GTK_TOGGLE_BUTTON(button), active);
	g_signal_connect(button, "toggled", callback, self);
	gtk_grid_attach(grid, button, n % columns, n / columns, 1, 1);
}

static void show_choices(PosDevicesPage *self, GtkGrid *grid, const DeviceChoice *choices,
			 int columns, const char *value, GCallback callback)
{
	empty(GTK_WIDGET(grid));
	for (int i = 0; choices != NULL && choices[i].value != NULL; i++)
		add_toggle(grid, i, columns, &choices[i], g_strcmp0(choices[i].value, value) == 0,
			   callback, self);
}

static void show_protocols(PosDevicesPage *self)
{
	const DeviceClass *class = get_class(self);

	show_choices(self, self->protocols, class->protocols, PROTOCOL_COLUMNS, self->protocol,
		     G_CALLBACK(on_protocol));
	gtk_widget_set_visible(self->protocols_caption, class->protocols != NULL);
}

static void show_options(PosDevicesPage *self)
{
	const DeviceClass *class = get_class(self);

	show_choices(self, self->options, class->options, 5, self->option, G_CALLBACK(on_option));
	gtk_label_set_label(self->options_caption,
			    class->option != NULL ? _(class->option_name) : "");
}

static void show_address(PosDevicesPage *self)
{
	bool hangs = get_class(self)->protocols != NULL;

	gtk_widget_set_visible(self->address_caption, hangs);
	gtk_widget_set_visible(GTK_WIDGET(self->address), hangs);
	gtk_widget_set_sensitive(GTK_WIDGET(self->find), hangs);
}

static void set_protocol(PosDevicesPage *self, const char *protocol)
{
	g_free(self->protocol);
	self->protocol = g_strdup(protocol);
}

static void on_protocol(GtkToggleButton *button, PosDevicesPage *self)
{
	if (gtk_toggle_button_get_active(button))
		set_protocol(self, g_object_get_data(G_OBJECT(button), "value"));
}

static void on_option(GtkToggleButton *button, PosDevicesPage *self)
{
	if (!gtk_toggle_button_get_active(button))
		return;
	g_free(self->option);
	self->option = g_strdup(g_object_get_data(G_OBJECT(button), "value"));
}

/* --- what is found --- */

static void on_found_pressed(PosDeviceRow *row, PosDevicesPage *self);

/* A serial cable or an unknown thing may be anything; a keyboard may be a scanner. */
static bool may_be(const DeviceFound *found, const DeviceClass *class)
{
	const char *what = found->device_class;

	return found->address != NULL && class->protocols != NULL &&
	       (what == NULL || strcmp(what, "bridge") == 0 || strcmp(what, class->group) == 0 ||
		(strcmp(what, "keyboard") == 0 && strcmp(class->group, "scanner") == 0));
}

static void add_found(PosDevicesPage *self, const DeviceFound *found)
{
	GtkWidget *row = pos_device_row_new(*found->text != '\0' ? found->text : found->address);

	pos_device_row_set_detail(POS_DEVICE_ROW(row), found->address);
	g_object_set_data(G_OBJECT(row), "found", (void *)found);
	g_signal_connect(row, "clicked", G_CALLBACK(on_found_pressed), self);
	gtk_box_append(self->found, row);
}

static void show_found(PosDevicesPage *self)
{
	int n = 0;

	empty(GTK_WIDGET(self->found));
	for (guint i = 0; self->devices != NULL && i < self->devices->len; i++) {
		const DeviceFound *found = self->devices->pdata[i];

		if (may_be(found, get_class(self))) {
			add_found(self, found);
			n++;
		}
	}
	if (self->devices == NULL || get_class(self)->protocols == NULL)
		say(self, "");
	else if (n == 0)
		say(self, _("Nothing of this kind is plugged in. Check cable and power, or type "
			    "the address of one in the network."));
	else
		say(self, _("Found: press the one that is meant."));
}

/* What this class of devices can speak with it; NULL where nothing tells. */
static const char *protocol_of(const DeviceFound *found, const DeviceClass *class)
{
	if (strcmp(class->group, "scanner") == 0)
		return g_str_has_prefix(found->address, "serial:") ? "serial" : "usb";
	for (int i = 0; found->protocols[i] != NULL; i++)
		if (device_class_has_protocol(class, found->protocols[i]))
			return found->protocols[i];
	return NULL;
}

static void on_found_pressed(PosDeviceRow *row, PosDevicesPage *self)
{
	const DeviceFound *found = g_object_get_data(G_OBJECT(row), "found");
	const char *protocol = protocol_of(found, get_class(self));

	gtk_editable_set_text(GTK_EDITABLE(self->address), found->address);
	if (protocol != NULL) {
		set_protocol(self, protocol);
		show_protocols(self);
		say(self, _("Test it, then save it."));
	} else {
		say(self, _("It is asked what it is …"));
		device_finder_probe(self->finder, found->address, get_class(self)->group);
	}
}

static void on_found(GPtrArray *found, void *data)
{
	PosDevicesPage *self = data;

	empty(GTK_WIDGET(self->found)); /* its rows lend from the old ones */
	g_clear_pointer(&self->devices, g_ptr_array_unref);
	self->devices = g_ptr_array_ref(found);
	pos_key_button_set_word(self->find, _("Find"));
	show_found(self);
}

/* "serial:/dev/ttyUSB0" with the speed on which it answered. */
static void take_settings(PosDevicesPage *self, const char *settings)
{
	const char *address = gtk_editable_get_text(GTK_EDITABLE(self->address));
	g_autofree char *whole = NULL;

	if (settings == NULL || !g_str_has_prefix(address, "serial:") ||
	    strchr(address, '?') != NULL)
		return;
	whole = g_strconcat(address, "?", settings, NULL);
	gtk_editable_set_text(GTK_EDITABLE(self->address), whole);
}

static void on_probed(const DeviceProbed *probed, void *data)
{
	PosDevicesPage *self = data;

	if (probed == NULL || !device_class_has_protocol(get_class(self), probed->protocol)) {
		say(self, _("It does not say what it is. Choose how it speaks, then test it."));
		return;
	}
	take_settings(self, probed->settings);
	set_protocol(self, probed->protocol);
	show_protocols(self);
	say(self, _("Test it, then save it."));
}

/* Only once somebody has looked: the list is not shown before. */
static void on_plugged(void *data)
{
	PosDevicesPage *self = data;

	if (self->devices != NULL && !device_finder_is_busy(self->finder))
		device_finder_scan(self->finder);
}

/* --- the marked class --- */

static void show_hint(PosDevicesPage *self)
{
	const DeviceClass *class = get_class(self);
	g_autofree char *sentence = NULL;

	if (self->view != NULL && class->protocols != NULL &&
	    self->view->devices[class->device].state == DEVICE_DOWN)
		sentence = session_dup_device_fault(class->device,
						    self->view->devices[class->device].fault);
	gtk_label_set_label(self->missing, sentence != NULL ? sentence : _(class->missing));
}

/* From what is saved. */
static void read_choices(PosDevicesPage *self)
{
	const DeviceClass *class = get_class(self);
	g_autofree char *address = device_class_dup_address(class, self->setup);

	g_free(self->protocol);
	g_free(self->option);
	self->protocol = device_class_dup_protocol(class, self->setup);
	self->option = device_class_dup_option(class, self->setup);
	gtk_editable_set_text(GTK_EDITABLE(self->address), address);
	show_protocols(self);
	show_options(self);
}

static void choose(PosDevicesPage *self, int index)
{
	if (device_finder_is_busy(self->finder))
		device_finder_stop(self->finder);
	pos_key_button_set_word(self->find, _("Find"));
	for (int i = 0; i < DEVICE_CLASSES; i++)
		pos_device_row_set_chosen(self->rows[i], i == index);
	self->chosen = index;
	gtk_label_set_label(self->title, _(get_class(self)->name));
	show_hint(self);
	show_address(self);
	read_choices(self);
	show_found(self);
}

static void on_class_pressed(PosDeviceRow *row, PosDevicesPage *self)
{
	for (int i = 0; i < DEVICE_CLASSES; i++)
		if (self->rows[i] == row)
			choose(self, i);
}

/* --- what can be done --- */

static void send(PosDevicesPage *self, SessionEventKind kind)
{
	g_autofree char *address =
		g_strstrip(g_strdup(gtk_editable_get_text(GTK_EDITABLE(self->address))));
	g_autofree char *text =
		device_class_dup_setup(get_class(self), self->protocol, address, self->option);

	till_link_send_text(self->link, kind, text);
}

static bool is_busy(const PosDevicesPage *self)
{
	return self->view == NULL || self->view->state == SESSION_REPORTING;
}

static void run_find(PosDevicesPage *self)
{
	if (get_class(self)->protocols == NULL)
		return;
	if (device_finder_is_busy(self->finder)) {
		device_finder_stop(self->finder);
		pos_key_button_set_word(self->find, _("Find"));
		show_found(self);
		return;
	}
	say(self, _("Looking at what is plugged in …"));
	pos_key_button_set_word(self->find, _("Stop"));
	device_finder_watch(self->finder, true);
	device_finder_scan(self->finder);
}

static void run_test(PosDevicesPage *self)
{
	if (!is_busy(self))
		send(self, SESSION_TEST_DEVICE);
}

static void run_save(PosDevicesPage *self)
{
	if (!is_busy(self))
		send(self, SESSION_SET_DEVICE);
}

static void run_back(PosDevicesPage *self)
{
	if (self->view != NULL && self->view->asks_override)
		till_link_send(self->link, SESSION_DISMISS);
	else
		gtk_widget_activate_action(GTK_WIDGET(self), "till.leave-devices", NULL);
}

static const struct {
	const char *action;
	guint key;
	void (*run)(PosDevicesPage *self);
} verbs[] = {
	{ "devices.find", GDK_KEY_F2, run_find },
	{ "devices.test", GDK_KEY_F5, run_test },
	{ "devices.save", GDK_KEY_F12, run_save },
	{ "devices.back", GDK_KEY_Escape, run_back },
};

static void run_verb(GtkWidget *widget, const char *action, GVariant *target)
{
	for (size_t i = 0; i < G_N_ELEMENTS(verbs); i++)
		if (strcmp(verbs[i].action, action) == 0)
			verbs[i].run(POS_DEVICES_PAGE(widget));
}

bool pos_devices_page_press(PosDevicesPage *self, guint key)
{
	bool asks = self->view != NULL && self->view->asks_override;

	if (!asks && (key == GDK_KEY_Up || key == GDK_KEY_Down)) {
		int index = self->chosen + (key == GDK_KEY_Up ? -1 : 1);

		choose(self, CLAMP(index, 0, DEVICE_CLASSES - 1));
		return true;
	}
	for (size_t i = 0; i < G_N_ELEMENTS(verbs); i++)
		if (verbs[i].key == key && (!asks || key == GDK_KEY_Escape)) {
			verbs[i].run(self);
			return true;
		}
	return false;
}

void pos_devices_page_enter(PosDevicesPage *self)
{
	const char *pin = gtk_editable_get_text(GTK_EDITABLE(self->pin));

	if (self->view == NULL)
		return;
	if (!self->view->asks_override) {
		run_test(self);
		return;
	}
	if (*pin != '\0')
		till_link_send_text(self->link, SESSION_OVERRIDE, pin);
	gtk_editable_set_text(GTK_EDITABLE(self->pin), "");
}

GtkEditable *pos_devices_page_get_field(PosDevicesPage *self)
{
	bool asks = self->view != NULL && self->view->asks_override;

	return GTK_EDITABLE(asks ? self->pin : self->address);
}

/* --- views --- */

/* A drawer has the light of what it hangs on. */
static SessionDevice light_of(const DeviceClass *class, const SessionView *view)
{
	g_autofree char *via = NULL;

	if (class->protocols != NULL)
		return class->device;
	via = device_class_dup_option(class, view->setup);
	if (strcmp(via, "fiscal") == 0 ||
	    (*via == '\0' && view->devices[SESSION_FISCAL].state != DEVICE_ABSENT))
		return SESSION_FISCAL;
	return SESSION_PRINTER;
}

static void show_row(PosDevicesPage *self, int index)
{
	const DeviceClass *class = &device_classes[index];
	SessionDevice light = light_of(class, self->view);
	g_autofree char *chosen = device_class_dup_chosen(class, self->view->setup);

	pos_device_row_set_detail(self->rows[index], chosen);
	pos_device_row_set_state(self->rows[index], self->view->devices[light].state,
				 self->view->devices[light].fault);
}

static void take_setup(PosDevicesPage *self)
{
	if (self->setup == self->view->setup && self->setup != NULL)
		return;
	g_clear_pointer(&self->setup, g_key_file_unref);
	if (self->view->setup != NULL)
		self->setup = g_key_file_ref(self->view->setup);
	read_choices(self);
}

/* The cursor goes to the field that is in sight, and marks nothing in it. */
static void show_side(PosDevicesPage *self)
{
	const char *name = self->view->asks_override ? "pin" : "setup";
	GtkEditable *field = gtk_editable_get_delegate(pos_devices_page_get_field(self));

	if (strcmp(gtk_stack_get_visible_child_name(self->sides), name) == 0)
		return;
	pages_show_name(self->sides, name);
	gtk_text_grab_focus_without_selecting(GTK_TEXT(field));
}

void pos_devices_page_show_view(PosDevicesPage *self, SessionView *view)
{
	SessionView *before = self->view;

	self->view = session_view_ref(view);
	g_clear_pointer(&before, session_view_unref);
	for (int i = 0; i < DEVICE_CLASSES; i++)
		show_row(self, i);
	take_setup(self);
	show_hint(self);
	show_side(self);
	gtk_widget_action_set_enabled(GTK_WIDGET(self), "devices.test", !is_busy(self));
	gtk_widget_action_set_enabled(GTK_WIDGET(self), "devices.save", !is_busy(self));
}

void pos_devices_page_leave(PosDevicesPage *self)
{
	device_finder_stop(self->finder);
	device_finder_watch(self->finder, false);
	gtk_editable_set_text(GTK_EDITABLE(self->pin), "");
	empty(GTK_WIDGET(self->found));
	g_clear_pointer(&self->devices, g_ptr_array_unref);
	choose(self, self->chosen); /* what was not saved is forgotten */
}

/* --- the page itself --- */

GtkWidget *pos_devices_page_new(TillLink *link)
{
	PosDevicesPage *self = g_object_new(POS_TYPE_DEVICES_PAGE, NULL);

	self->link = link;
	return GTK_WIDGET(self);
}

static void pos_devices_page_dispose(GObject *object)
{
	PosDevicesPage *self = POS_DEVICES_PAGE(object);

	g_clear_pointer(&self->finder, device_finder_free);
	g_clear_pointer(&self->view, session_view_unref);
	g_clear_pointer(&self->setup, g_key_file_unref);
	g_clear_pointer(&self->devices, g_ptr_array_unref);
	g_clear_pointer(&self->protocol, g_free);
	g_clear_pointer(&self->option, g_free);
	G_OBJECT_CLASS(pos_devices_page_parent_class)->dispose(object);
}

static void pos_devices_page_init(PosDevicesPage *self)
{
	static const DeviceFinderListener listener = { on_found, on_probed, on_plugged };

	gtk_widget_init_template(GTK_WIDGET(self));
	pages_init(self->sides);
	self->finder = device_finder_new(&listener, self);
	for (int i = 0; i < DEVICE_CLASSES; i++) {
		GtkWidget *row = pos_device_row_new(_(device_classes[i].name));

		g_signal_connect(row, "clicked", G_CALLBACK(on_class_pressed), self);
		gtk_box_append(self->classes, row);
		self->rows[i] = POS_DEVICE_ROW(row);
	}
	choose(self, 1);
}

static void bind(GtkWidgetClass *class)
{
	gtk_widget_class_bind_template_child(class, PosDevicesPage, classes);
	gtk_widget_class_bind_template_child(class, PosDevicesPage, sides);
	gtk_widget_class_bind_template_child(class, PosDevicesPage, title);
	gtk_widget_class_bind_template_child(class, PosDevicesPage, missing);
	gtk_widget_class_bind_template_child(class, PosDevicesPage, protocols_caption);
	gtk_widget_class_bind_template_child(class, PosDevicesPage, protocols);
	gtk_widget_class_bind_template_child(class, PosDevicesPage, address_caption);
	gtk_widget_class_bind_template_child(class, PosDevicesPage, address);
	gtk_widget_class_bind_template_child(class, PosDevicesPage, options_caption);
	gtk_widget_class_bind_template_child(class, PosDevicesPage, options);
	gtk_widget_class_bind_template_child(class, PosDevicesPage, finding);
	gtk_widget_class_bind_template_child(class, PosDevicesPage, scrolled);
	gtk_widget_class_bind_template_child(class, PosDevicesPage, found);
	gtk_widget_class_bind_template_child(class, PosDevicesPage, find);
	gtk_widget_class_bind_template_child(class, PosDevicesPage, pin);
}

static void pos_devices_page_class_init(PosDevicesPageClass *klass)
{
	GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

	G_OBJECT_CLASS(klass)->dispose = pos_devices_page_dispose;
	g_type_ensure(POS_TYPE_KEY_BUTTON);
	g_type_ensure(POS_TYPE_NUMBER_PAD);
	for (size_t i = 0; i < G_N_ELEMENTS(verbs); i++)
		gtk_widget_class_install_action(widget_class, verbs[i].action, NULL, run_verb);
	gtk_widget_class_set_template_from_resource(widget_class,
						    "/shop/baraa/till/devices_page.ui");
	bind(widget_class);
}
