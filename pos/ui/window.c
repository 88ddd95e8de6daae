/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/ui/window.h"

#include "drivers/display/screen.h"
#include "pos/ui/devices_page.h"
#include "pos/ui/gate_page.h"
#include "pos/ui/keys.h"
#include "pos/ui/message_bar.h"
#include "pos/ui/pages.h"
#include "pos/ui/sale_page.h"
#include "pos/ui/shopper_window.h"
#include "pos/ui/status_bar.h"
#include "pos/ui/till_link.h"

#include <glib/gi18n-lib.h>

/* Screens at least this wide get the larger letters. */
#define WIDE_SCREEN 1600

typedef enum { PAGE_LOGIN, PAGE_SHIFT, PAGE_SALE, PAGE_DEVICES, PAGE_N } Page;

struct _PosWindow {
	GtkApplicationWindow parent_instance;

	/* template children, borrowed */
	PosStatusBar *status;
	PosMessageBar *message;
	GtkStack *pages;

	/* owned */
	TillLink *link;
	SessionView *view; /* the one on the screen */

	GtkWidget *page[PAGE_N]; /* borrowed; made when first needed */
	GtkWidget *shopper; /* borrowed; the second monitor, where the till has one */
	gint wants_shopper; /* atomic: the display's thread has said so */
	Page shown;
	bool at_devices; /* somebody sets up devices; the session knows no such state */
	guint prepare;
};

G_DEFINE_FINAL_TYPE(PosWindow, pos_window, GTK_TYPE_APPLICATION_WINDOW)

/* --- pages --- */

static GtkWidget *make_page(PosWindow *self, Page page)
{
	switch (page) {
	case PAGE_LOGIN:
		return pos_gate_page_new(GATE_PIN);
	case PAGE_SHIFT:
		return pos_gate_page_new(GATE_SHIFT);
	case PAGE_DEVICES:
		return pos_devices_page_new(self->link);
	default:
		return pos_sale_page_new(self->link);
	}
}

static GtkWidget *get_page(PosWindow *self, Page page)
{
	if (self->page[page] == NULL) {
		self->page[page] = make_page(self, page);
		gtk_stack_add_child(self->pages, self->page[page]);
	}
	return self->page[page];
}

static PosSalePage *get_sale_page(PosWindow *self)
{
	return POS_SALE_PAGE(get_page(self, PAGE_SALE));
}

static PosDevicesPage *get_devices_page(PosWindow *self)
{
	return POS_DEVICES_PAGE(get_page(self, PAGE_DEVICES));
}

static GtkEditable *get_field(PosWindow *self)
{
	if (self->shown == PAGE_DEVICES)
		return pos_devices_page_get_field(get_devices_page(self));
	if (self->shown == PAGE_SALE)
		return pos_sale_page_get_field(get_sale_page(self));
	return pos_gate_page_get_field(POS_GATE_PAGE(get_page(self, self->shown)));
}

/* Where no sale waits for the next press. */
static bool may_set_up(const SessionView *view)
{
	return *view->cashier != '\0' &&
	       (view->state == SESSION_SHIFT_CLOSED || view->state == SESSION_SELLING ||
		view->state == SESSION_PAID);
}

/* What the registrar still finishes after a start needs nobody, and a PIN is never typed in sight.
 */
static Page page_of(const SessionView *view)
{
	if (*view->cashier == '\0')
		return PAGE_LOGIN;
	switch (view->state) {
	case SESSION_LOCKED:
		return PAGE_LOGIN;
	case SESSION_SHIFT_CLOSED:
		return PAGE_SHIFT;
	default:
		return PAGE_SALE;
	}
}

static void focus_field(PosWindow *self)
{
	GtkEditable *delegate = gtk_editable_get_delegate(get_field(self));

	if (!gtk_widget_has_focus(GTK_WIDGET(delegate)))
		gtk_text_grab_focus_without_selecting(GTK_TEXT(delegate));
}

static void show_page(PosWindow *self, Page page)
{
	GtkWidget *widget = get_page(self, page);

	if (gtk_stack_get_visible_child(self->pages) == widget)
		return;
	self->shown = page;
	pages_show(self->pages, widget);
	if (page == PAGE_LOGIN || page == PAGE_SHIFT)
		gtk_editable_set_text(get_field(self), "");
	focus_field(self);
}

/* The selling page while the PIN is typed, so that nobody waits for it. */
static gboolean prepare_sale_page(void *data)
{
	PosWindow *self = data;

	self->prepare = 0;
	get_page(self, PAGE_SALE);
	return G_SOURCE_REMOVE;
}

/* --- views --- */

/* A trial is a short REPORTING. */
static Page page_with_devices(PosWindow *self, const SessionView *view)
{
	bool stays = self->at_devices && (may_set_up(view) || (self->shown == PAGE_DEVICES &&
							       view->state == SESSION_REPORTING));

	if (self->at_devices && !stays)
		pos_devices_page_leave(get_devices_page(self));
	self->at_devices = stays;
	return stays ? PAGE_DEVICES : page_of(view);
}

static void show_view(SessionView *view, void *data)
{
	PosWindow *self = data;
	Page page = page_with_devices(self, view);
	bool paying = false;

	if (page == PAGE_DEVICES)
		pos_devices_page_show_view(get_devices_page(self), view);
	if (page == PAGE_SALE) {
		pos_sale_page_show_view(get_sale_page(self), view);
		paying = pos_sale_page_is_paying(get_sale_page(self));
	}
	if (page == PAGE_SHIFT)
		pos_gate_page_ask_pin(POS_GATE_PAGE(get_page(self, page)), view->asks_override);
	show_page(self, page);
	pos_message_bar_show_view(self->message, view, paying);
	if (page == PAGE_DEVICES && view->tone == SESSION_TONE_NONE)
		pos_message_bar_show_step(self->message, _("Choose a device, find it, test it, "
							   "save it."));
	pos_status_bar_show_view(self->status, view);
	gtk_widget_action_set_enabled(GTK_WIDGET(self), "till.lock",
				      (view->actions & SESSION_CAN_LOCK) != 0);
	gtk_widget_action_set_enabled(GTK_WIDGET(self), "till.devices", may_set_up(view));
	gtk_widget_action_set_enabled(GTK_WIDGET(self), "till.accept",
				      (view->actions & SESSION_CAN_ACCEPT) != 0);
	session_view_ref(view);
	g_clear_pointer(&self->view, session_view_unref);
	self->view = view;
	if (self->shopper != NULL)
		pos_shopper_window_show_view(POS_SHOPPER_WINDOW(self->shopper), view);
}

/* No session: what to do stands in the place of all pages. */
static void show_failure(const GError *error, void *data)
{
	PosWindow *self = data;
	g_autofree char *sentence = session_dup_failure(error);
	GtkWidget *label = gtk_label_new(sentence);

	g_debug("%s", error->message);
	gtk_label_set_wrap(GTK_LABEL(label), true);
	gtk_label_set_max_width_chars(GTK_LABEL(label), 60);
	gtk_widget_add_css_class(label, "newest");
	gtk_stack_add_child(self->pages, label);
	pages_show(self->pages, label);
}

/* --- the field, for keys and for the pads --- */

static void before_typing(PosWindow *self)
{
	if (self->shown == PAGE_SALE)
		pos_sale_page_before_typing(get_sale_page(self));
	focus_field(self);
}

static void type_text(const char *text, void *data)
{
	PosWindow *self = data;
	GtkEditable *field = get_field(self);
	int position;

	before_typing(self);
	gtk_editable_delete_selection(field);
	position = gtk_editable_get_position(field);
	gtk_editable_insert_text(field, text, -1, &position);
	gtk_editable_set_position(field, position);
}

static void take_back(int n, void *data)
{
	GtkEditable *field = get_field(data);
	int position = gtk_editable_get_position(field);

	gtk_editable_delete_text(field, MAX(position - n, 0), position);
}

static void enter_gate(PosWindow *self, SessionEventKind kind)
{
	GtkEditable *field = get_field(self);
	const char *text = gtk_editable_get_text(field);

	if (*text == '\0' && kind != SESSION_OPEN_SHIFT)
		return;
	till_link_send_text(self->link, kind, *text != '\0' ? text : NULL);
	gtk_editable_set_text(field, "");
}

static void enter(PosWindow *self)
{
	if (self->shown == PAGE_SALE)
		pos_sale_page_enter(get_sale_page(self));
	else if (self->shown == PAGE_DEVICES)
		pos_devices_page_enter(get_devices_page(self));
	else if (self->shown == PAGE_LOGIN)
		enter_gate(self, SESSION_LOGIN);
	else
		enter_gate(self, self->view->asks_override ? SESSION_OVERRIDE : SESSION_OPEN_SHIFT);
}

/* A card held to the scanner logs in as a PIN does. */
static void scan(const char *code, void *data)
{
	PosWindow *self = data;

	if (self->shown == PAGE_SALE)
		pos_sale_page_scan(get_sale_page(self), code);
	else if (self->shown == PAGE_LOGIN)
		till_link_send_text(self->link, SESSION_LOGIN, code);
	else
		till_link_send_text(self->link, SESSION_SCAN, code);
}

static bool is_field_focused(PosWindow *self)
{
	return gtk_root_get_focus(GTK_ROOT(self)) ==
	       GTK_WIDGET(gtk_editable_get_delegate(get_field(self)));
}

static bool wants_space(void *data)
{
	return !is_field_focused(data);
}

static bool press_at_gate(PosWindow *self, guint key)
{
	if (key == GDK_KEY_F11)
		gtk_widget_activate_action(GTK_WIDGET(self), "till.devices", NULL);
	else if (key == GDK_KEY_F1)
		gtk_widget_activate_action(GTK_WIDGET(self), "till.accept", NULL);
	else if (key == GDK_KEY_Escape && self->view->asks_override)
		till_link_send(self->link, SESSION_DISMISS);
	else
		return false;
	return true;
}

static bool press(guint key, void *data)
{
	PosWindow *self = data;
	bool is_enter = keys_is_enter(key);

	if (is_enter && !is_field_focused(self) && gtk_root_get_focus(GTK_ROOT(self)) != NULL)
		return false; /* it presses the focused button */
	if (is_enter) {
		enter(self);
		return true;
	}
	if (key == GDK_KEY_F9) {
		gtk_widget_activate_action(GTK_WIDGET(self), "till.lock", NULL);
		return true;
	}
	if (self->shown == PAGE_DEVICES)
		return pos_devices_page_press(get_devices_page(self), key);
	if (self->shown == PAGE_SHIFT)
		return press_at_gate(self, key);
	if (self->shown != PAGE_SALE)
		return false;
	if (key == GDK_KEY_BackSpace)
		pos_sale_page_before_typing(get_sale_page(self));
	return pos_sale_page_press(get_sale_page(self), key);
}

static void run_field_type(GtkWidget *widget, const char *action, GVariant *target)
{
	type_text(g_variant_get_string(target, NULL), widget);
}

static void run_field_erase(GtkWidget *widget, const char *action, GVariant *target)
{
	before_typing(POS_WINDOW(widget));
	take_back(1, widget);
}

static void run_field_enter(GtkWidget *widget, const char *action, GVariant *target)
{
	enter(POS_WINDOW(widget));
}

static void run_lock(GtkWidget *widget, const char *action, GVariant *target)
{
	till_link_send(POS_WINDOW(widget)->link, SESSION_LOCK);
}

static void run_accept(GtkWidget *widget, const char *action, GVariant *target)
{
	till_link_send(POS_WINDOW(widget)->link, SESSION_ACCEPT_REGISTRAR);
}

static void run_devices(GtkWidget *widget, const char *action, GVariant *target)
{
	PosWindow *self = POS_WINDOW(widget);

	if (self->view == NULL || !may_set_up(self->view))
		return;
	/* What was told before is read; goods that wait for a price or a weight go on waiting. */
	if (!self->view->asks_override && !self->view->asks_price && !self->view->weighing)
		till_link_send(self->link, SESSION_DISMISS);
	self->at_devices = true;
	show_view(self->view, self);
}

static void run_leave_devices(GtkWidget *widget, const char *action, GVariant *target)
{
	PosWindow *self = POS_WINDOW(widget);

	if (!self->at_devices)
		return;
	pos_devices_page_leave(get_devices_page(self));
	self->at_devices = false;
	show_view(self->view, self);
}

/* --- the window itself --- */

static void fit_screen(PosWindow *self, bool windowed)
{
	GListModel *monitors = gdk_display_get_monitors(gdk_display_get_default());
	g_autoptr(GdkMonitor) monitor = g_list_model_get_item(monitors, 0);
	GdkRectangle area = { .width = 1024, .height = 768 };

	if (monitor != NULL && !windowed)
		gdk_monitor_get_geometry(monitor, &area);
	if (area.width >= WIDE_SCREEN)
		gtk_widget_add_css_class(GTK_WIDGET(self), "wide");
	gtk_window_set_default_size(GTK_WINDOW(self), area.width, area.height);
	if (!windowed)
		gtk_window_maximize(GTK_WINDOW(self));
}

/* What is typed or scanned belongs to the till, whichever window has the keyboard. */
static const KeysTarget keys_target = { scan, type_text, take_back, press, wants_space };

static gboolean open_shopper(void *data)
{
	g_autoptr(PosWindow) self = data;

	if (self->link == NULL || self->shopper != NULL)
		return G_SOURCE_REMOVE;
	self->shopper = pos_shopper_window_new(gtk_window_get_application(GTK_WINDOW(self)));
	g_object_add_weak_pointer(G_OBJECT(self->shopper), (gpointer *)&self->shopper);
	keys_capture(self->shopper, &keys_target, self);
	if (self->view != NULL)
		pos_shopper_window_show_view(POS_SHOPPER_WINDOW(self->shopper), self->view);
	gtk_window_present(GTK_WINDOW(self->shopper));
	gtk_window_present(GTK_WINDOW(self));
	return G_SOURCE_REMOVE;
}

/* On the display's thread: this till has a second screen. What it shows comes with the views. */
static void on_screen(const char *upper, const char *lower, void *data)
{
	PosWindow *self = data;

	if (g_atomic_int_compare_and_exchange(&self->wants_shopper, 0, 1))
		g_idle_add(open_shopper, g_object_ref(self));
}

GtkWidget *pos_window_new(GtkApplication *app, const char *directory, bool windowed)
{
	PosWindow *self = g_object_new(POS_TYPE_WINDOW, "application", app, NULL);

	self->link = till_link_new(directory, show_view, show_failure, self);
	screen_listen(on_screen, self);
	keys_capture(GTK_WIDGET(self), &keys_target, self);
	fit_screen(self, windowed);
	show_page(self, PAGE_LOGIN);
	self->prepare = g_idle_add_full(G_PRIORITY_LOW, prepare_sale_page, self, NULL);
	return GTK_WIDGET(self);
}

static void pos_window_dispose(GObject *object)
{
	PosWindow *self = POS_WINDOW(object);

	screen_listen(NULL, NULL);
	g_clear_handle_id(&self->prepare, g_source_remove);
	if (self->shopper != NULL)
		gtk_window_destroy(GTK_WINDOW(self->shopper));
	g_clear_pointer(&self->link, till_link_free);
	g_clear_pointer(&self->view, session_view_unref);
	G_OBJECT_CLASS(pos_window_parent_class)->dispose(object);
}

static void pos_window_init(PosWindow *self)
{
	gtk_widget_init_template(GTK_WIDGET(self));
}

static void pos_window_class_init(PosWindowClass *klass)
{
	GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

	G_OBJECT_CLASS(klass)->dispose = pos_window_dispose;
	g_type_ensure(POS_TYPE_STATUS_BAR);
	g_type_ensure(POS_TYPE_MESSAGE_BAR);
	gtk_widget_class_install_action(widget_class, "field.type", "s", run_field_type);
	gtk_widget_class_install_action(widget_class, "field.erase", NULL, run_field_erase);
	gtk_widget_class_install_action(widget_class, "field.enter", NULL, run_field_enter);
	gtk_widget_class_install_action(widget_class, "till.lock", NULL, run_lock);
	gtk_widget_class_install_action(widget_class, "till.accept", NULL, run_accept);
	gtk_widget_class_install_action(widget_class, "till.devices", NULL, run_devices);
	gtk_widget_class_install_action(widget_class, "till.leave-devices", NULL,
					run_leave_devices);
	gtk_widget_class_set_template_from_resource(widget_class, "/shop/baraa/till/window.ui");
	gtk_widget_class_bind_template_child(widget_class, PosWindow, status);
	gtk_widget_class_bind_template_child(widget_class, PosWindow, message);
	gtk_widget_class_bind_template_child(widget_class, PosWindow, pages);
}
