/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/ui/status_bar.h"

#include "pos/ui/text.h"

#include <glib/gi18n-lib.h>

#define CROWD 6

struct _PosStatusBar {
	GtkBox parent_instance;

	/* template children, borrowed */
	GtkLabel *place;
	GtkLabel *cashier;
	GtkLabel *cases;
	GtkBox *devices;
	GtkLabel *clock;

	struct {
		GtkLabel *label; /* borrowed */
		SessionDeviceState state;
	} device[SESSION_N_DEVICES];
	guint tick;
};

G_DEFINE_FINAL_TYPE(PosStatusBar, pos_status_bar, GTK_TYPE_BOX)

static void show_state(GtkWidget *label, SessionDeviceState state)
{
	const char *classes[] = { text_device_class(state), NULL };

	gtk_widget_set_visible(label, state != DEVICE_ABSENT);
	gtk_widget_set_css_classes(label, classes);
}

/* What waits for the device to be back. NULL: nothing does. */
static char *dup_count(SessionDevice device, const SessionView *view)
{
	if (device == SESSION_HUB)
		return text_number(view->outbox);
	if (device == SESSION_PRINTER && view->papers_owed > 0)
		return text_number(view->papers_owed);
	return NULL;
}

/* Only what differs: restyling costs what a scan has not. */
static void show_device(PosStatusBar *self, SessionDevice device, const SessionView *view)
{
	SessionDeviceState state = view->devices[device].state;
	const char *condition = text_device_state(state, view->devices[device].fault);
	GtkWidget *label = GTK_WIDGET(self->device[device].label);
	g_autofree char *count = dup_count(device, view);
	g_autofree char *shown =
		g_strjoin(" ", text_device(device), text_device_shape(state), count, NULL);
	g_autofree char *said = g_strjoin(" ", text_device(device), condition, count, NULL);

	if (self->device[device].state != state)
		show_state(label, state);
	self->device[device].state = state;
	if (g_strcmp0(said, gtk_widget_get_tooltip_text(label)) == 0)
		return;
	gtk_label_set_label(GTK_LABEL(label), shown);
	gtk_widget_set_tooltip_text(label, said);
	gtk_accessible_update_property(GTK_ACCESSIBLE(label), GTK_ACCESSIBLE_PROPERTY_LABEL, said,
				       -1);
}

/* Six lights and more leave the shop's name no room on a small screen. */
static void show_crowd(PosStatusBar *self)
{
	int n = 0;

	for (int i = 0; i < SESSION_N_DEVICES; i++)
		n += self->device[i].state != DEVICE_ABSENT;
	if (n < CROWD)
		gtk_widget_remove_css_class(GTK_WIDGET(self->devices), "crowd");
	else
		gtk_widget_add_css_class(GTK_WIDGET(self->devices), "crowd");
}

static char *dup_place(const SessionView *view)
{
	g_autofree char *shift = NULL;

	if (view->shift == 0)
		return g_strdup_printf("%s · %s", view->shop, view->till);
	shift = g_strdup_printf("%" G_GINT64_FORMAT, view->shift);
	/* Translators: shop · till · number of the shift */
	return g_strdup_printf(_("%s · %s · Shift %s"), view->shop, view->till, shift);
}

/* Receipts in doubt, and those that the registrar is not told of yet. */
static int64_t count_cases(const SessionView *view)
{
	int64_t n = view->late;

	for (guint i = 0; i < view->cases->len; i++)
		n += !((const SessionCase *)g_ptr_array_index(view->cases, i))->late;
	return n;
}

static void show_cases(PosStatusBar *self, const SessionView *view)
{
	int64_t n = count_cases(view);
	g_autofree char *number = text_number(n);
	g_autofree char *said = g_strdup_printf(_("To look after: %s"), number);
	g_autofree char *shown = g_strconcat("▲ ", number, NULL);

	gtk_widget_set_visible(GTK_WIDGET(self->cases), n > 0);
	if (strcmp(gtk_label_get_label(self->cases), shown) == 0)
		return;
	gtk_label_set_label(self->cases, shown);
	gtk_widget_set_tooltip_text(GTK_WIDGET(self->cases), said);
	gtk_accessible_update_property(GTK_ACCESSIBLE(self->cases), GTK_ACCESSIBLE_PROPERTY_LABEL,
				       said, -1);
}

void pos_status_bar_show_view(PosStatusBar *self, const SessionView *view)
{
	g_autofree char *place = dup_place(view);

	gtk_label_set_label(self->place, place);
	gtk_label_set_label(self->cashier, view->cashier);
	show_cases(self, view);
	for (int i = 0; i < SESSION_N_DEVICES; i++)
		show_device(self, i, view);
	show_crowd(self);
}

static gboolean show_time(void *data);

/* Again when the minute is full. */
static void wait_for_minute(PosStatusBar *self, GDateTime *now)
{
	self->tick =
		g_timeout_add_seconds(60 - (guint)g_date_time_get_second(now), show_time, self);
}

static gboolean show_time(void *data)
{
	PosStatusBar *self = data;
	g_autoptr(GDateTime) now = g_date_time_new_now_local();
	g_autofree char *text = text_clock(now);

	gtk_label_set_label(self->clock, text);
	wait_for_minute(self, now);
	return G_SOURCE_REMOVE;
}

static void pos_status_bar_dispose(GObject *object)
{
	PosStatusBar *self = POS_STATUS_BAR(object);

	g_clear_handle_id(&self->tick, g_source_remove);
	G_OBJECT_CLASS(pos_status_bar_parent_class)->dispose(object);
}

static void pos_status_bar_init(PosStatusBar *self)
{
	gtk_widget_init_template(GTK_WIDGET(self));
	for (int i = 0; i < SESSION_N_DEVICES; i++) {
		GtkWidget *label = gtk_label_new(NULL);

		gtk_widget_set_visible(label, false);
		gtk_box_append(self->devices, label);
		self->device[i].label = GTK_LABEL(label);
	}
	show_time(self);
}

static void pos_status_bar_class_init(PosStatusBarClass *klass)
{
	GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

	G_OBJECT_CLASS(klass)->dispose = pos_status_bar_dispose;
	gtk_widget_class_set_template_from_resource(widget_class, "/shop/baraa/till/status_bar.ui");
	gtk_widget_class_bind_template_child(widget_class, PosStatusBar, place);
	gtk_widget_class_bind_template_child(widget_class, PosStatusBar, cashier);
	gtk_widget_class_bind_template_child(widget_class, PosStatusBar, cases);
	gtk_widget_class_bind_template_child(widget_class, PosStatusBar, devices);
	gtk_widget_class_bind_template_child(widget_class, PosStatusBar, clock);
}
