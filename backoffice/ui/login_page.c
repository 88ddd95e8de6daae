/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/login_page.h"

#include "backoffice/people/person.h"
#include "backoffice/people/sight.h"
#include "backoffice/ui/ask.h"

#include <glib/gi18n-lib.h>

/* After so many wrong PINs in a row the next try has to wait. */
#define TRIES 5
#define WAIT_SECONDS 30

struct _OfficeLoginPage {
	GtkWidget parent_instance;

	/* template children, borrowed */
	GtkLabel *shop, *caption;
	GtkPasswordEntry *pin;
	GtkWidget *shops;
	GtkButton *button;
	GtkLabel *message;

	OfficeDesk *desk; /* borrowed */
	int64_t badge_of; /* who showed a badge and is asked for the PIN; 0: nobody */
	int failed; /* in a row */
	guint waiting; /* source id, 0 if none */
};

G_DEFINE_FINAL_TYPE(OfficeLoginPage, office_login_page, GTK_TYPE_WIDGET)

static guint signal_logged_in;

/* What was typed or shown, whose it is, and what they may. */
typedef struct {
	char *code; /* owned */
	int64_t shop_id, badge_of;
	LoginAnswer answer;
	Person *person; /* owned */
	Rights rights;
	GArray *shops; /* owned */
} Found;

static void found_free(void *data)
{
	Found *self = data;

	g_free(self->code);
	person_free(self->person);
	g_clear_pointer(&self->shops, g_array_unref);
	g_free(self);
}

static bool find_work(Store *store, void *data, GError **error)
{
	Found *found = data;

	if (!person_log_in(store, found->shop_id, found->code, found->badge_of, &found->answer,
			   &found->person, error))
		return false;
	if (found->answer != LOGIN_DONE)
		return true;
	found->shops = sight_shops(store, found->person->id, error);
	return found->shops != NULL &&
	       rights_of_role(store, found->person->role, &found->rights, error);
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

static void say(OfficeLoginPage *self, const char *format, const char *name)
{
	g_autofree char *text = g_strdup_printf(format, name);

	gtk_label_set_label(self->message, text);
}

/* --- which shop ---------------------------------------------------------------------------- */

static void show_choice(OfficeLoginPage *self, bool choosing)
{
	GtkWidget *child;

	while ((child = gtk_widget_get_first_child(self->shops)) != NULL)
		gtk_box_remove(GTK_BOX(self->shops), child);
	gtk_widget_set_visible(self->shops, choosing);
	gtk_widget_set_visible(GTK_WIDGET(self->pin), !choosing);
	gtk_widget_set_visible(GTK_WIDGET(self->button), !choosing);
	gtk_label_set_label(self->caption,
			    choosing ? _("In which shop?") : _("Type your PIN to open the office"));
}

static void enter(OfficeLoginPage *self)
{
	gtk_label_set_label(self->message, "");
	g_signal_emit(self, signal_logged_in, 0);
}

static void on_shop(GtkButton *button, OfficeLoginPage *self)
{
	int64_t *id = g_object_get_data(G_OBJECT(button), "shop");

	office_desk_set_shop(self->desk, *id);
	show_choice(self, false);
	enter(self);
}

static GtkWidget *add_shop_button(OfficeLoginPage *self, const Shop *shop)
{
	GtkWidget *button = gtk_button_new_with_label(shop->name);

	gtk_widget_add_css_class(button, "large");
	g_object_set_data_full(G_OBJECT(button), "shop", g_memdup2(&shop->id, sizeof shop->id),
			       g_free);
	g_signal_connect_object(button, "clicked", G_CALLBACK(on_shop), self, 0);
	gtk_box_append(GTK_BOX(self->shops), button);
	return button;
}

static void ask_shop(OfficeLoginPage *self)
{
	const GPtrArray *shops = office_desk_get_shops(self->desk);
	GtkWidget *first = NULL;

	show_choice(self, true);
	for (guint i = 0; i < shops->len; i++) {
		const Shop *shop = shops->pdata[i];
		GtkWidget *button;

		if (!office_desk_sees(self->desk, shop->id))
			continue;
		button = add_shop_button(self, shop);
		if (first == NULL || shop == office_desk_get_shop(self->desk))
			first = button;
	}
	gtk_label_set_label(self->message, "");
	gtk_widget_grab_focus(first);
}

/* Into the shop that was named at the start, the only one they may see, or the one they choose. */
static void go_to_shop(OfficeLoginPage *self, const Found *found)
{
	const Shop *shop = office_desk_get_shop(self->desk);

	if (office_desk_is_shop_fixed(self->desk) && !sight_has(found->shops, shop->id)) {
		say(self,
		    _("This is the office of “%s”, which is not among your shops. The "
		      "administrator can add it."),
		    shop->name);
		return;
	}
	office_desk_set_person(self->desk, found->person, found->rights, found->shops);
	if (!office_desk_is_shop_fixed(self->desk) && found->shops->len == 1)
		office_desk_set_shop(self->desk, g_array_index(found->shops, int64_t, 0));
	if (office_desk_is_shop_fixed(self->desk) || found->shops->len <= 1)
		enter(self);
	else
		ask_shop(self);
}

/* --- whose PIN or badge -------------------------------------------------------------------- */

static void take_answer(OfficeLoginPage *self, const Found *found)
{
	self->badge_of = 0;
	switch (found->answer) {
	case LOGIN_NOBODY:
		refuse(self);
		break;
	case LOGIN_PIN_WANTED:
		self->badge_of = found->person->id;
		say(self, _("%s, type your PIN now. The badge alone opens nothing in this shop."),
		    found->person->name);
		break;
	case LOGIN_CARD_WANTED:
		say(self, _("%s, show your badge first, then type your PIN."), found->person->name);
		break;
	default:
		self->failed = 0;
		go_to_shop(self, found);
	}
}

static void on_found(GtkWidget *widget, void *data, const GError *error)
{
	OfficeLoginPage *self = OFFICE_LOGIN_PAGE(widget);

	gtk_editable_set_text(GTK_EDITABLE(self->pin), "");
	set_busy(self, false);
	if (error != NULL) {
		g_autofree char *text = office_desk_dup_trouble(error);

		gtk_label_set_label(self->message, text);
	} else {
		take_answer(self, data);
	}
}

static void log_in(OfficeLoginPage *self)
{
	const char *code = gtk_editable_get_text(GTK_EDITABLE(self->pin));
	Found *found;

	if (*code == '\0' || self->waiting != 0)
		return;
	found = g_new0(Found, 1);
	found->code = g_strdup(code);
	found->shop_id = office_desk_get_shop(self->desk)->id;
	found->badge_of = self->badge_of;
	set_busy(self, true);
	office_ask(self->desk, OFFICE_QUICK, GTK_WIDGET(self), find_work, found, found_free,
		   on_found);
}

void office_login_page_set_desk(OfficeLoginPage *self, OfficeDesk *desk)
{
	self->desk = desk;
	gtk_label_set_label(self->shop, office_desk_get_shop(desk)->name);
}

/* Whoever comes next begins anew. */
static gboolean grab_focus(GtkWidget *widget)
{
	OFFICE_LOGIN_PAGE(widget)->badge_of = 0;
	show_choice(OFFICE_LOGIN_PAGE(widget), false);
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
	gtk_widget_class_bind_template_child(widget_class, OfficeLoginPage, caption);
	gtk_widget_class_bind_template_child(widget_class, OfficeLoginPage, shops);
	gtk_widget_class_bind_template_child(widget_class, OfficeLoginPage, pin);
	gtk_widget_class_bind_template_child(widget_class, OfficeLoginPage, button);
	gtk_widget_class_bind_template_child(widget_class, OfficeLoginPage, message);
	gtk_widget_class_bind_template_callback(widget_class, log_in);
}

static void office_login_page_init(OfficeLoginPage *self)
{
	gtk_widget_init_template(GTK_WIDGET(self));
}
