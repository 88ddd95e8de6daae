/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/login_page.h"

#include "backoffice/ui/window.h"

#include <glib/gi18n-lib.h>

/* After so many wrong PINs in a row the next try has to wait. */
#define TRIES 5
#define WAIT_SECONDS 30

struct _OfficeLoginPage {
	GtkWidget parent_instance;

	/* template children, borrowed */
	GtkLabel *shop;
	GtkPasswordEntry *pin;
	GtkButton *button;
	GtkLabel *message;

	OfficeDesk *desk; /* borrowed */
	int failed; /* in a row */
	guint waiting; /* source id, 0 if none */
};

G_DEFINE_FINAL_TYPE(OfficeLoginPage, office_login_page, GTK_TYPE_WIDGET)

static guint signal_logged_in;

/* Whose PIN it was, and what they may. */
typedef struct {
	Person *person; /* owned */
	Rights rights;
} Found;

static void found_free(Found *self)
{
	person_free(self->person);
	g_free(self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Found, found_free)

static void find_job(GTask *task, Store *store)
{
	g_autoptr(Found) found = g_new0(Found, 1);
	GError *error = NULL;

	found->person = people_find_pin(store, g_task_get_task_data(task), &error);
	if (error != NULL || (found->person != NULL &&
			      !rights_of_role(store, found->person->role, &found->rights, &error)))
		g_task_return_error(task, error);
	else
		g_task_return_pointer(task, g_steal_pointer(&found), (GDestroyNotify)found_free);
}

static void set_busy(OfficeLoginPage *self, bool busy)
{
	gtk_widget_set_sensitive(GTK_WIDGET(self->button), !busy);
	gtk_editable_set_editable(GTK_EDITABLE(self->pin), !busy);
	if (!busy)
		gtk_widget_grab_focus(GTK_WIDGET(self->pin));
}

static gboolean on_waited(void *data)
{
	OfficeLoginPage *self = data;

	self->waiting = 0;
	self->failed = 0;
	gtk_label_set_label(self->message, "");
	set_busy(self, false);
	return G_SOURCE_REMOVE;
}

static void refuse(OfficeLoginPage *self)
{
	if (++self->failed < TRIES) {
		gtk_label_set_label(self->message, _("Nobody has this PIN. Type it again."));
		return;
	}
	gtk_label_set_label(self->message,
			    _("That was wrong too often. Wait half a minute, then type it again."));
	set_busy(self, true);
	self->waiting = g_timeout_add_seconds(WAIT_SECONDS, on_waited, self);
}

static void on_found(GObject *source, GAsyncResult *result, void *data)
{
	g_autoptr(OfficeLoginPage) self = data;
	g_autoptr(GError) error = NULL;
	g_autoptr(Found) found = g_task_propagate_pointer(G_TASK(result), &error);

	gtk_editable_set_text(GTK_EDITABLE(self->pin), "");
	set_busy(self, false);
	if (error != NULL) {
		g_autofree char *text = office_desk_dup_trouble(error);

		gtk_label_set_label(self->message, text);
	} else if (found->person == NULL) {
		refuse(self);
	} else if (!office_window_has_page(found->rights)) {
		gtk_label_set_label(self->message,
				    _("This PIN opens the till. The office is for managers and "
				      "stockroom staff: ask the manager."));
	} else {
		self->failed = 0;
		gtk_label_set_label(self->message, "");
		office_desk_set_person(self->desk, found->person, found->rights);
		g_signal_emit(self, signal_logged_in, 0);
	}
}

static void log_in(OfficeLoginPage *self)
{
	const char *pin = gtk_editable_get_text(GTK_EDITABLE(self->pin));
	GTask *task;

	if (*pin == '\0' || self->waiting != 0)
		return;
	task = g_task_new(NULL, NULL, on_found, g_object_ref(self));
	g_task_set_task_data(task, g_strdup(pin), g_free);
	set_busy(self, true);
	office_desk_run(self->desk, OFFICE_QUICK, task, find_job);
}

void office_login_page_set_desk(OfficeLoginPage *self, OfficeDesk *desk)
{
	self->desk = desk;
	gtk_label_set_label(self->shop, office_desk_get_shop(desk)->name);
}

static gboolean grab_focus(GtkWidget *widget)
{
	return gtk_widget_grab_focus(GTK_WIDGET(OFFICE_LOGIN_PAGE(widget)->pin));
}

static void dispose(GObject *object)
{
	OfficeLoginPage *self = OFFICE_LOGIN_PAGE(object);
	GtkWidget *child;

	g_clear_handle_id(&self->waiting, g_source_remove);
	while ((child = gtk_widget_get_first_child(GTK_WIDGET(self))) != NULL)
		gtk_widget_unparent(child);
	G_OBJECT_CLASS(office_login_page_parent_class)->dispose(object);
}

static void office_login_page_class_init(OfficeLoginPageClass *klass)
{
	GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

	G_OBJECT_CLASS(klass)->dispose = dispose;
	widget_class->grab_focus = grab_focus;
	signal_logged_in = g_signal_new("logged-in", OFFICE_TYPE_LOGIN_PAGE, G_SIGNAL_RUN_LAST, 0,
					NULL, NULL, NULL, G_TYPE_NONE, 0);
	gtk_widget_class_set_layout_manager_type(widget_class, GTK_TYPE_BIN_LAYOUT);
	gtk_widget_class_set_template_from_resource(widget_class,
						    "/shop/baraa/office/login_page.ui");
	gtk_widget_class_bind_template_child(widget_class, OfficeLoginPage, shop);
	gtk_widget_class_bind_template_child(widget_class, OfficeLoginPage, pin);
	gtk_widget_class_bind_template_child(widget_class, OfficeLoginPage, button);
	gtk_widget_class_bind_template_child(widget_class, OfficeLoginPage, message);
	gtk_widget_class_bind_template_callback(widget_class, log_in);
}

static void office_login_page_init(OfficeLoginPage *self)
{
	gtk_widget_init_template(GTK_WIDGET(self));
}
