/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/person_form.h"

#include "backoffice/people/rights.h"
#include "backoffice/ui/ask.h"
#include "backoffice/ui/drop_down.h"
#include "backoffice/ui/message.h"
#include "backoffice/ui/words.h"

#include <glib/gi18n-lib.h>

struct _OfficePersonForm {
	GtkWidget parent_instance;

	/* template children, borrowed */
	GtkEditable *name, *phone, *hired, *pin, *card;
	GtkDropDown *role, *home;
	GtkFlowBox *shops;
	GtkWidget *shops_box, *no_card, *leave, *sure;
	GtkLabel *has, *message;

	GPtrArray *ticks; /* owned; GtkCheckButton of each shop, borrowed */
	OfficeDesk *desk; /* borrowed */
	int64_t id; /* 0: a new person */
	bool busy;
};

G_DEFINE_FINAL_TYPE(OfficePersonForm, office_person_form, GTK_TYPE_WIDGET)

static guint written_signal;

static void say(OfficePersonForm *self, const char *text, bool is_trouble)
{
	office_message_say(self->message, text, is_trouble);
}

static bool refuse(OfficePersonForm *self, GtkEditable *field, const char *text)
{
	say(self, text, true);
	gtk_widget_grab_focus(GTK_WIDGET(field));
	return false;
}

/* --- showing ------------------------------------------------------------------------------- */

static guint position_of(const GPtrArray *shops, int64_t id)
{
	for (guint i = 0; i < shops->len; i++)
		if (((const Shop *)shops->pdata[i])->id == id)
			return i;
	return 0;
}

static void show_shops(OfficePersonForm *self, const GArray *seen)
{
	const GPtrArray *shops = office_desk_get_shops(self->desk);

	for (guint i = 0; i < self->ticks->len; i++) {
		bool sees = false;

		for (guint k = 0; seen != NULL && k < seen->len; k++)
			sees |= g_array_index(seen, int64_t, k) ==
				((const Shop *)shops->pdata[i])->id;
		gtk_check_button_set_active(self->ticks->pdata[i], sees);
	}
}

static void say_what_there_is(OfficePersonForm *self, const PersonFile *person)
{
	const char *text = "";
	g_autofree char *day = NULL, *left = NULL;

	if (person != NULL && person->has_left) {
		day = office_day_dup(person->left_on);
		left = g_strdup_printf(_("Works here no more since %s."), day);
		text = left;
	} else if (person != NULL) {
		text = person->has_card ? _("Has a PIN and a badge.") : _("Has a PIN, no badge.");
	}
	gtk_label_set_label(self->has, text);
}

static void show_buttons(OfficePersonForm *self, const PersonFile *person)
{
	bool here = person != NULL && !person->has_left;

	gtk_widget_set_visible(self->leave, here);
	gtk_widget_set_visible(self->sure, false);
	gtk_widget_set_sensitive(self->no_card, here && person->has_card);
}

void office_person_form_show(OfficePersonForm *self, const PersonFile *person)
{
	const GPtrArray *shops = office_desk_get_shops(self->desk);
	int64_t home = person != NULL ? person->shop_id : office_desk_get_shop(self->desk)->id;
	g_autofree char *hired = office_day_dup(person != NULL ? person->hired : 0);

	if (person == NULL || person->id != self->id)
		say(self, "", false);
	self->id = person != NULL ? person->id : 0;
	gtk_editable_set_text(self->name, person != NULL ? person->name : "");
	gtk_editable_set_text(self->phone, person != NULL ? person->phone : "");
	gtk_editable_set_text(self->hired, hired);
	gtk_editable_set_text(self->pin, "");
	gtk_editable_set_text(self->card, "");
	gtk_drop_down_set_selected(self->role, person != NULL ? person->role : ROLE_CASHIER);
	gtk_drop_down_set_selected(self->home, position_of(shops, home));
	show_shops(self, person != NULL ? person->shops : NULL);
	say_what_there_is(self, person);
	show_buttons(self, person);
}

/* --- writing ------------------------------------------------------------------------------- */

typedef struct {
	int64_t by, id;
	bool leaves;
	int32_t day;
	Role role;
	int32_t hired;
	char *name, *phone, *pin, *card; /* owned */
	GArray *shops; /* owned */
	PersonChange change; /* borrows all of that */
} Order;

static void order_free(void *data)
{
	Order *self = data;

	g_free(self->name);
	g_free(self->phone);
	g_free(self->pin);
	g_free(self->card);
	g_clear_pointer(&self->shops, g_array_unref);
	g_free(self);
}

static bool order_work(Store *store, void *data, GError **error)
{
	Order *self = data;

	if (self->leaves)
		return person_leave(store, self->by, self->id, self->day, error);
	if (self->id == 0)
		return person_add(store, self->by, &self->change, &self->id, error);
	return person_change(store, self->by, self->id, &self->change, error);
}

static void on_done(GtkWidget *widget, void *data, const GError *error)
{
	OfficePersonForm *self = OFFICE_PERSON_FORM(widget);
	Order *order = data;

	self->busy = false;
	if (error != NULL) {
		g_autofree char *text = office_desk_dup_trouble(error);

		say(self, text, true);
		return;
	}
	self->id = order->id;
	g_signal_emit(self, written_signal, 0, order->id);
	say(self, order->leaves ? _("Works here no more.") : _("Written."), false);
}

static void run(OfficePersonForm *self, Order *order)
{
	order->by = office_desk_get_person_id(self->desk);
	order->id = self->id;
	self->busy = true;
	office_ask(self->desk, OFFICE_QUICK, GTK_WIDGET(self), order_work, order, order_free,
		   on_done);
}

static GArray *dup_seen(OfficePersonForm *self)
{
	const GPtrArray *shops = office_desk_get_shops(self->desk);
	GArray *seen = g_array_new(false, false, sizeof(int64_t));

	for (guint i = 0; i < self->ticks->len; i++)
		if (gtk_check_button_get_active(self->ticks->pdata[i]))
			g_array_append_val(seen, ((const Shop *)shops->pdata[i])->id);
	return seen;
}

static void read_form(OfficePersonForm *self, Order *order)
{
	const GPtrArray *shops = office_desk_get_shops(self->desk);
	guint home = gtk_drop_down_get_selected(self->home);

	order->name = g_strdup(gtk_editable_get_text(self->name));
	order->phone = g_strdup(gtk_editable_get_text(self->phone));
	order->pin = g_strdup(gtk_editable_get_text(self->pin));
	order->card = g_strdup(gtk_editable_get_text(self->card));
	order->role = (Role)gtk_drop_down_get_selected(self->role);
	order->shops = dup_seen(self);
	order->change = (PersonChange){ .name = order->name,
					.phone = order->phone,
					.pin = *order->pin != '\0' ? order->pin : NULL,
					.card = *order->card != '\0' ? order->card : NULL,
					.role = &order->role,
					.hired = &order->hired,
					.shops = order->shops };
	if (home < shops->len)
		order->change.shop_id = ((const Shop *)shops->pdata[home])->id;
}

void office_person_form_write(OfficePersonForm *self)
{
	const char *hired = gtk_editable_get_text(self->hired);
	int32_t day = 0;
	Order *order;

	if (self->busy)
		return;
	if (*gtk_editable_get_text(self->name) == '\0') {
		refuse(self, self->name, _("What are they called?"));
		return;
	}
	if (self->id == 0 && *gtk_editable_get_text(self->pin) == '\0') {
		refuse(self, self->pin, _("A new person needs a PIN of 4 to 12 digits."));
		return;
	}
	if (*hired != '\0' && !office_day_parse(hired, &day)) {
		refuse(self, self->hired, _("There is no such day: type it like 2026-12-31."));
		return;
	}
	order = g_new0(Order, 1);
	order->hired = day;
	read_form(self, order);
	run(self, order);
}

static void take_card(OfficePersonForm *self)
{
	Order *order;

	if (self->busy || self->id == 0)
		return;
	order = g_new0(Order, 1);
	order->change.card = "";
	run(self, order);
}

/* It cannot be taken back: a second press is asked for. */
static void ask_leave(OfficePersonForm *self)
{
	gtk_widget_set_visible(self->leave, false);
	gtk_widget_set_visible(self->sure, true);
	gtk_widget_grab_focus(self->sure);
	say(self,
	    _("PIN and badge will open nothing any more, and this cannot be taken back. What they "
	      "did stays."),
	    false);
}

static void leave_today(OfficePersonForm *self)
{
	Order *order;

	if (self->busy || self->id == 0)
		return;
	order = g_new0(Order, 1);
	order->leaves = true;
	order->day = office_today(self->desk);
	run(self, order);
}

/* --- life ---------------------------------------------------------------------------------- */

static void fill_roles(OfficePersonForm *self)
{
	g_autoptr(GtkStringList) names = gtk_string_list_new(NULL);

	for (Role role = 0; role < ROLE_N; role++)
		gtk_string_list_append(names, role_title(role));
	gtk_drop_down_set_model(self->role, G_LIST_MODEL(names));
}

void office_person_form_set_desk(OfficePersonForm *self, OfficeDesk *desk)
{
	const GPtrArray *shops = office_desk_get_shops(desk);
	g_autoptr(GtkStringList) names = gtk_string_list_new(NULL);

	self->desk = desk;
	for (guint i = 0; i < shops->len; i++) {
		const Shop *shop = shops->pdata[i];
		GtkWidget *tick = gtk_check_button_new_with_label(shop->name);

		gtk_string_list_append(names, shop->name);
		gtk_flow_box_insert(self->shops, tick, -1);
		g_ptr_array_add(self->ticks, tick);
	}
	gtk_drop_down_set_model(self->home, G_LIST_MODEL(names));
	gtk_widget_set_visible(self->shops_box, shops->len > 1);
	office_person_form_show(self, NULL);
}

static gboolean grab_focus(GtkWidget *widget)
{
	return gtk_widget_grab_focus(GTK_WIDGET(OFFICE_PERSON_FORM(widget)->name));
}

static void dispose(GObject *object)
{
	OfficePersonForm *self = OFFICE_PERSON_FORM(object);
	GtkWidget *child;

	g_clear_pointer(&self->ticks, g_ptr_array_unref);
	while ((child = gtk_widget_get_first_child(GTK_WIDGET(self))) != NULL)
		gtk_widget_unparent(child);
	G_OBJECT_CLASS(office_person_form_parent_class)->dispose(object);
}

static void office_person_form_class_init(OfficePersonFormClass *klass)
{
	static const struct {
		const char *name;
		gsize offset;
	} children[] = {
		{ "name", offsetof(OfficePersonForm, name) },
		{ "phone", offsetof(OfficePersonForm, phone) },
		{ "hired", offsetof(OfficePersonForm, hired) },
		{ "pin", offsetof(OfficePersonForm, pin) },
		{ "card", offsetof(OfficePersonForm, card) },
		{ "role", offsetof(OfficePersonForm, role) },
		{ "home", offsetof(OfficePersonForm, home) },
		{ "shops", offsetof(OfficePersonForm, shops) },
		{ "shops_box", offsetof(OfficePersonForm, shops_box) },
		{ "no_card", offsetof(OfficePersonForm, no_card) },
		{ "leave", offsetof(OfficePersonForm, leave) },
		{ "sure", offsetof(OfficePersonForm, sure) },
		{ "has", offsetof(OfficePersonForm, has) },
		{ "message", offsetof(OfficePersonForm, message) },
	};
	GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

	G_OBJECT_CLASS(klass)->dispose = dispose;
	widget_class->grab_focus = grab_focus;
	written_signal = g_signal_new("written", OFFICE_TYPE_PERSON_FORM, G_SIGNAL_RUN_LAST, 0,
				      NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
	gtk_widget_class_set_layout_manager_type(widget_class, GTK_TYPE_BIN_LAYOUT);
	gtk_widget_class_set_template_from_resource(widget_class,
						    "/shop/baraa/office/person_form.ui");
	for (size_t i = 0; i < G_N_ELEMENTS(children); i++)
		gtk_widget_class_bind_template_child_full(widget_class, children[i].name, false,
							  (gssize)children[i].offset);
	gtk_widget_class_bind_template_callback(widget_class, office_person_form_write);
	gtk_widget_class_bind_template_callback(widget_class, take_card);
	gtk_widget_class_bind_template_callback(widget_class, ask_leave);
	gtk_widget_class_bind_template_callback(widget_class, leave_today);
}

static void office_person_form_init(OfficePersonForm *self)
{
	gtk_widget_init_template(GTK_WIDGET(self));
	self->ticks = g_ptr_array_new();
	office_drop_down_name(self->role, _("Role of the person"));
	office_drop_down_name(self->home, _("Shop they belong to"));
	fill_roles(self);
}
