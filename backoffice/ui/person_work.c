/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/person_work.h"

#include "backoffice/staff/hours.h"
#include "backoffice/staff/plan.h"
#include "backoffice/staff/staff_day.h"
#include "backoffice/ui/ask.h"
#include "backoffice/ui/message.h"
#include "backoffice/ui/text_table.h"
#include "backoffice/ui/words.h"
#include "backoffice/ui/work_view.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

struct _OfficePersonWork {
	GtkWidget parent_instance;

	/* template children, borrowed */
	OfficeWorkView *view;
	OfficeTextTable *entries;
	GtkWidget *plan_box, *hours_box, *entry_box, *remove;
	GtkEditable *plan, *day, *from, *until, *minutes, *note;
	GtkLabel *message;

	OfficeDesk *desk; /* borrowed */
	int64_t person_id, shop_id; /* 0: nobody */
	bool busy;
};

G_DEFINE_FINAL_TYPE(OfficePersonWork, office_person_work, GTK_TYPE_WIDGET)

static const OfficeColumn columns[] = {
	{ N_("Day"), 104, false },
	{ N_("Corrected"), 120, true },
	{ N_("Why"), 0, false },
	{ N_("By"), 128, false },
};

static void say(OfficePersonWork *self, const char *text, bool is_trouble)
{
	office_message_say(self->message, text, is_trouble);
}

/* What is to be done, and what is then there. */
typedef struct {
	enum { READ, PLAN, ADD, REMOVE } what;
	int64_t by, id;
	int64_t person_id, shop_id;
	int32_t month;
	WorkEntry entry; /* owns its note */
	bool has_plan;
	int64_t plan;
	GPtrArray *entries; /* owned */
} Order;

static void order_free(void *data)
{
	Order *self = data;

	g_free(self->entry.note);
	g_clear_pointer(&self->entries, g_ptr_array_unref);
	g_free(self);
}

static bool do_order(Store *store, Order *self, GError **error)
{
	switch (self->what) {
	case PLAN:
		return plan_set(store, self->by, self->shop_id, self->person_id, self->month,
				self->has_plan ? &self->plan : NULL, error);
	case ADD:
		return hours_add_entry(store, self->by, &self->entry, &self->id, error);
	case REMOVE:
		return hours_remove_entry(store, self->by, self->id, error);
	default:
		return true;
	}
}

static bool order_work(Store *store, void *data, GError **error)
{
	Order *self = data;

	if (!do_order(store, self, error) ||
	    !plan_get(store, self->shop_id, self->person_id, self->month, &self->has_plan,
		      &self->plan, error))
		return false;
	self->entries = hours_entries(store, self->person_id, staff_month_first(self->month),
				      staff_month_last(self->month), error);
	return self->entries != NULL;
}

static char *dup_entry_time(OfficePersonWork *self, const WorkEntry *entry)
{
	g_autofree char *at = NULL, *until = NULL;

	if (!entry->is_interval)
		return hours_dup_text(entry->minutes);
	at = office_clock_dup(self->desk, entry->at);
	until = office_clock_dup(self->desk, entry->until);
	return g_strdup_printf("%s–%s", at, until);
}

static void show_entries(OfficePersonWork *self, const GPtrArray *entries)
{
	GPtrArray *rows = g_ptr_array_new();

	for (guint i = 0; i < entries->len; i++) {
		const WorkEntry *entry = entries->pdata[i];
		OfficeTextRow *row = office_text_row_new(entry->id);

		row->texts[0] = office_day_dup(entry->day);
		row->texts[1] = dup_entry_time(self, entry);
		row->texts[2] = g_strdup(entry->note);
		row->texts[3] = g_strdup(entry->by_id != 0 ? entry->by : _("command line"));
		g_ptr_array_add(rows, row);
	}
	office_text_table_take(self->entries, rows);
	gtk_widget_set_sensitive(self->remove, entries->len > 0);
}

static void clear_entry(OfficePersonWork *self)
{
	gtk_editable_set_text(self->from, "");
	gtk_editable_set_text(self->until, "");
	gtk_editable_set_text(self->minutes, "");
	gtk_editable_set_text(self->note, "");
}

static void on_done(GtkWidget *widget, void *data, const GError *error)
{
	OfficePersonWork *self = OFFICE_PERSON_WORK(widget);
	g_autofree char *plan = NULL;
	Order *order = data;

	self->busy = false;
	if (error != NULL) {
		g_autofree char *text = office_desk_dup_trouble(error);

		say(self, text, true);
		return;
	}
	if (order->person_id != self->person_id)
		return;
	plan = order->has_plan ? office_money_dup_plain(self->desk, order->plan) : g_strdup("");
	gtk_editable_set_text(self->plan, plan);
	show_entries(self, order->entries);
	if (order->what == READ)
		return;
	if (order->what == ADD)
		clear_entry(self);
	say(self, _("Written."), false);
	office_work_view_show(self->view, self->person_id);
}

static Order *order_new(const OfficePersonWork *self, int what)
{
	Order *order = g_new0(Order, 1);

	order->what = what;
	order->by = office_desk_get_person_id(self->desk);
	order->person_id = self->person_id;
	order->shop_id = self->shop_id;
	order->month = office_work_view_get_month(self->view);
	return order;
}

static void run(OfficePersonWork *self, Order *order)
{
	self->busy = order->what != READ;
	office_ask(self->desk, OFFICE_QUICK, GTK_WIDGET(self), order_work, order, order_free,
		   on_done);
}

static void on_month(OfficePersonWork *self)
{
	if (self->person_id != 0)
		run(self, order_new(self, READ));
}

void office_person_work_show(OfficePersonWork *self, const PersonFile *person)
{
	self->person_id = person != NULL ? person->id : 0;
	self->shop_id = person != NULL ? person->shop_id : 0;
	say(self, "", false);
	office_work_view_show(self->view, self->person_id);
	on_month(self);
}

/* --- what is typed ------------------------------------------------------------------------- */

static void write_plan(OfficePersonWork *self)
{
	const char *text = gtk_editable_get_text(self->plan);
	Order *order;

	if (self->busy || self->person_id == 0)
		return;
	order = order_new(self, PLAN);
	order->has_plan = *text != '\0';
	if (order->has_plan && !office_money_parse(self->desk, text, &order->plan)) {
		order_free(order);
		say(self, _("A plan is an amount that a shop can sell in a month."), true);
		gtk_widget_grab_focus(GTK_WIDGET(self->plan));
		return;
	}
	run(self, order);
}

/* "9:00" of @day; an end before its beginning is of the next day. */
static bool read_clock(OfficePersonWork *self, GtkEditable *field, int32_t day, int64_t after,
		       int64_t *ret)
{
	const char *text = gtk_editable_get_text(field);
	int hour, minute, n = 0;

	if (sscanf(text, "%2d:%2d%n", &hour, &minute, &n) != 2 || text[n] != '\0' || hour > 23 ||
	    minute > 59)
		return false;
	for (int plus = 0; plus < 2; plus++) {
		*ret = office_clock_at(self->desk, staff_day_add(day, plus), hour, minute);
		if (*ret > after)
			return true;
	}
	return false;
}

static bool read_entry(OfficePersonWork *self, WorkEntry *entry)
{
	gint64 minutes;

	if (!office_day_parse(gtk_editable_get_text(self->day), &entry->day))
		return false;
	entry->is_interval = *gtk_editable_get_text(self->from) != '\0';
	if (entry->is_interval)
		return read_clock(self, self->from, entry->day, 0, &entry->at) &&
		       read_clock(self, self->until, entry->day, entry->at, &entry->until);
	if (!g_ascii_string_to_signed(gtk_editable_get_text(self->minutes), 10, -1440, 1440,
				      &minutes, NULL))
		return false;
	entry->minutes = minutes;
	return true;
}

static void add_entry(OfficePersonWork *self)
{
	Order *order;

	if (self->busy || self->person_id == 0)
		return;
	order = order_new(self, ADD);
	order->entry.person_id = self->person_id;
	order->entry.shop_id = self->shop_id;
	order->entry.note = g_strdup(gtk_editable_get_text(self->note));
	if (read_entry(self, &order->entry)) {
		run(self, order);
		return;
	}
	order_free(order);
	say(self,
	    _("Type the day, then from when to when, as 9:00, or how many minutes more or less."),
	    true);
	gtk_widget_grab_focus(GTK_WIDGET(self->day));
}

static void remove_entry(OfficePersonWork *self)
{
	int64_t id = office_text_table_get_chosen(self->entries);
	Order *order;

	if (self->busy || id == 0)
		return;
	order = order_new(self, REMOVE);
	order->id = id;
	run(self, order);
}

/* --- life ---------------------------------------------------------------------------------- */

void office_person_work_set_desk(OfficePersonWork *self, OfficeDesk *desk)
{
	bool corrects = office_desk_may(desk, RIGHT_HOURS);

	self->desk = desk;
	office_work_view_set_desk(self->view, desk);
	gtk_widget_set_visible(self->plan_box, office_desk_may(desk, RIGHT_PLAN));
	gtk_widget_set_visible(self->hours_box, corrects);
	gtk_widget_set_visible(self->remove, corrects);
}

static void dispose(GObject *object)
{
	GtkWidget *child;

	while ((child = gtk_widget_get_first_child(GTK_WIDGET(object))) != NULL)
		gtk_widget_unparent(child);
	G_OBJECT_CLASS(office_person_work_parent_class)->dispose(object);
}

static void office_person_work_class_init(OfficePersonWorkClass *klass)
{
	static const struct {
		const char *name;
		gsize offset;
	} children[] = {
		{ "view", offsetof(OfficePersonWork, view) },
		{ "entries", offsetof(OfficePersonWork, entries) },
		{ "plan_box", offsetof(OfficePersonWork, plan_box) },
		{ "hours_box", offsetof(OfficePersonWork, hours_box) },
		{ "entry_box", offsetof(OfficePersonWork, entry_box) },
		{ "remove", offsetof(OfficePersonWork, remove) },
		{ "plan", offsetof(OfficePersonWork, plan) },
		{ "day", offsetof(OfficePersonWork, day) },
		{ "from", offsetof(OfficePersonWork, from) },
		{ "until", offsetof(OfficePersonWork, until) },
		{ "minutes", offsetof(OfficePersonWork, minutes) },
		{ "note", offsetof(OfficePersonWork, note) },
		{ "message", offsetof(OfficePersonWork, message) },
	};
	GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

	G_OBJECT_CLASS(klass)->dispose = dispose;
	gtk_widget_class_set_layout_manager_type(widget_class, GTK_TYPE_BIN_LAYOUT);
	gtk_widget_class_set_template_from_resource(widget_class,
						    "/shop/baraa/office/person_work.ui");
	for (size_t i = 0; i < G_N_ELEMENTS(children); i++)
		gtk_widget_class_bind_template_child_full(widget_class, children[i].name, false,
							  (gssize)children[i].offset);
	gtk_widget_class_bind_template_callback(widget_class, on_month);
	gtk_widget_class_bind_template_callback(widget_class, write_plan);
	gtk_widget_class_bind_template_callback(widget_class, add_entry);
	gtk_widget_class_bind_template_callback(widget_class, remove_entry);
}

static void office_person_work_init(OfficePersonWork *self)
{
	g_type_ensure(OFFICE_TYPE_TEXT_TABLE);
	g_type_ensure(OFFICE_TYPE_WORK_VIEW);
	gtk_widget_init_template(GTK_WIDGET(self));
	office_text_table_set_columns(self->entries, _("Corrections of hours"), columns,
				      G_N_ELEMENTS(columns));
}
