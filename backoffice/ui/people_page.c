/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/people_page.h"

#include "backoffice/people/person.h"
#include "backoffice/ui/ask.h"
#include "backoffice/ui/person_form.h"
#include "backoffice/ui/person_rules.h"
#include "backoffice/ui/person_work.h"
#include "backoffice/ui/text_table.h"
#include "core/fold.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _OfficePeoplePage {
	GtkWidget parent_instance;

	/* template children, borrowed */
	GtkSearchEntry *search;
	GtkCheckButton *left;
	OfficeTextTable *table;
	GtkStack *stack;

	/* in the stack, borrowed; NULL where a right is missing */
	OfficePersonForm *form;
	OfficePersonWork *work;
	OfficePersonRules *rules;

	OfficeDesk *desk; /* borrowed; NULL when the page is gone */
	GPtrArray *people; /* owned; PersonFile; NULL: not read yet */
	int64_t open_id; /* 0: a new person */
};

G_DEFINE_FINAL_TYPE(OfficePeoplePage, office_people_page, GTK_TYPE_WIDGET)

static const OfficeColumn columns[] = {
	{ N_("Name"), 0, false },
	{ N_("Role"), 112, false },
};

static const PersonFile *find(const OfficePeoplePage *self, int64_t id)
{
	for (guint i = 0; self->people != NULL && i < self->people->len; i++) {
		const PersonFile *person = self->people->pdata[i];

		if (person->id == id)
			return person;
	}
	return NULL;
}

/* --- the list ------------------------------------------------------------------------------ */

static bool is_looked_for(const PersonFile *person, const char *folded)
{
	g_autofree char *all =
		g_strjoin(" ", person->name, role_title(person->role), person->phone, NULL);
	g_autofree char *text = fold_dup(all);

	return strstr(text, folded) != NULL;
}

static void show_list(OfficePeoplePage *self)
{
	g_autofree char *folded = fold_dup(gtk_editable_get_text(GTK_EDITABLE(self->search)));
	GPtrArray *rows;

	if (self->people == NULL)
		return;
	rows = g_ptr_array_new();
	for (guint i = 0; i < self->people->len; i++) {
		const PersonFile *person = self->people->pdata[i];
		OfficeTextRow *row;

		if (!office_desk_sees(self->desk, person->shop_id) ||
		    !is_looked_for(person, folded))
			continue;
		row = office_text_row_new(person->id);
		row->texts[0] = g_strdup(person->name);
		row->texts[1] = g_strdup(person->has_left ? _("works here no more") : role_title(person->role));
		g_ptr_array_add(rows, row);
	}
	office_text_table_take(self->table, rows);
}

static void open_person(OfficePeoplePage *self, int64_t id)
{
	const PersonFile *person = find(self, id);

	self->open_id = person != NULL ? id : 0;
	if (self->form != NULL)
		office_person_form_show(self->form, person);
	if (self->work != NULL)
		office_person_work_show(self->work, person);
	if (self->rules != NULL)
		office_person_rules_show(self->rules, person);
}

static void on_chosen(OfficeTextTable *table, gint64 id, OfficePeoplePage *self)
{
	if (id != self->open_id)
		open_person(self, id);
}

/* --- reading ------------------------------------------------------------------------------- */

typedef struct {
	bool with_left;
	int64_t open_id;
	GPtrArray *people; /* owned */
} Asked;

static void asked_free(void *data)
{
	Asked *self = data;

	g_clear_pointer(&self->people, g_ptr_array_unref);
	g_free(self);
}

static bool read_people(Store *store, void *data, GError **error)
{
	Asked *self = data;

	self->people = person_list(store, self->with_left, error);
	return self->people != NULL;
}

static void on_people(GtkWidget *widget, void *data, const GError *error)
{
	OfficePeoplePage *self = OFFICE_PEOPLE_PAGE(widget);
	Asked *asked = data;

	if (self->desk == NULL || error != NULL)
		return; /* the next look at the page asks again */
	g_clear_pointer(&self->people, g_ptr_array_unref);
	self->people = g_steal_pointer(&asked->people);
	self->open_id = asked->open_id;
	show_list(self);
	office_text_table_choose(self->table, asked->open_id);
	open_person(self, asked->open_id);
}

static void ask_people(OfficePeoplePage *self, int64_t open_id)
{
	Asked *asked = g_new0(Asked, 1);

	asked->with_left = gtk_check_button_get_active(self->left);
	asked->open_id = open_id;
	office_ask(self->desk, OFFICE_QUICK, GTK_WIDGET(self), read_people, asked, asked_free,
		   on_people);
}

static void reload_list(OfficePeoplePage *self)
{
	ask_people(self, self->open_id);
}

static void on_written(OfficePersonForm *form, gint64 id, OfficePeoplePage *self)
{
	ask_people(self, id);
}

/* --- keys ---------------------------------------------------------------------------------- */

static void reload(GtkWidget *widget, const char *action, GVariant *parameter)
{
	reload_list(OFFICE_PEOPLE_PAGE(widget));
}

static void find_person(GtkWidget *widget, const char *action, GVariant *parameter)
{
	gtk_widget_grab_focus(GTK_WIDGET(OFFICE_PEOPLE_PAGE(widget)->search));
}

static void begin_new(GtkWidget *widget, const char *action, GVariant *parameter)
{
	OfficePeoplePage *self = OFFICE_PEOPLE_PAGE(widget);

	if (self->form == NULL)
		return;
	office_text_table_choose(self->table, 0);
	open_person(self, 0);
	gtk_stack_set_visible_child_name(self->stack, "card");
	gtk_widget_grab_focus(GTK_WIDGET(self->form));
}

static void write_form(GtkWidget *widget, const char *action, GVariant *parameter)
{
	OfficePeoplePage *self = OFFICE_PEOPLE_PAGE(widget);

	if (self->form != NULL && gtk_widget_get_mapped(GTK_WIDGET(self->form)))
		office_person_form_write(self->form);
}

/* --- life ---------------------------------------------------------------------------------- */

static void add_panes(OfficePeoplePage *self)
{
	if (office_desk_may(self->desk, RIGHT_PEOPLE)) {
		self->form = g_object_new(OFFICE_TYPE_PERSON_FORM, NULL);
		office_person_form_set_desk(self->form, self->desk);
		g_signal_connect_object(self->form, "written", G_CALLBACK(on_written), self, 0);
		gtk_stack_add_titled(self->stack, GTK_WIDGET(self->form), "card", _("Person"));
	}
	if (office_desk_may(self->desk, RIGHT_HOURS) || office_desk_may(self->desk, RIGHT_PLAN) ||
	    office_desk_may(self->desk, RIGHT_SEE_PAY)) {
		self->work = g_object_new(OFFICE_TYPE_PERSON_WORK, NULL);
		office_person_work_set_desk(self->work, self->desk);
		gtk_stack_add_titled(self->stack, GTK_WIDGET(self->work), "work",
				     _("Hours, plan, pay"));
	}
	if (office_desk_may(self->desk, RIGHT_PAY_RULES) ||
	    office_desk_may(self->desk, RIGHT_SEE_PAY)) {
		self->rules = g_object_new(OFFICE_TYPE_PERSON_RULES, NULL);
		office_person_rules_set_desk(self->rules, self->desk);
		gtk_stack_add_titled(self->stack, GTK_WIDGET(self->rules), "rules",
				     _("Rules of pay"));
	}
}

GtkWidget *office_people_page_new(OfficeDesk *desk)
{
	OfficePeoplePage *self = g_object_new(OFFICE_TYPE_PEOPLE_PAGE, NULL);

	self->desk = desk;
	add_panes(self);
	return GTK_WIDGET(self);
}

/* Read anew whenever it is looked at. */
static void map(GtkWidget *widget)
{
	GTK_WIDGET_CLASS(office_people_page_parent_class)->map(widget);
	reload(widget, NULL, NULL);
}

static gboolean grab_focus(GtkWidget *widget)
{
	return gtk_widget_grab_focus(GTK_WIDGET(OFFICE_PEOPLE_PAGE(widget)->search));
}

static void dispose(GObject *object)
{
	OfficePeoplePage *self = OFFICE_PEOPLE_PAGE(object);
	GtkWidget *child;

	self->desk = NULL;
	g_clear_pointer(&self->people, g_ptr_array_unref);
	while ((child = gtk_widget_get_first_child(GTK_WIDGET(self))) != NULL)
		gtk_widget_unparent(child);
	G_OBJECT_CLASS(office_people_page_parent_class)->dispose(object);
}

static void office_people_page_class_init(OfficePeoplePageClass *klass)
{
	GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

	G_OBJECT_CLASS(klass)->dispose = dispose;
	widget_class->map = map;
	widget_class->grab_focus = grab_focus;
	gtk_widget_class_set_layout_manager_type(widget_class, GTK_TYPE_BIN_LAYOUT);
	gtk_widget_class_install_action(widget_class, "page.reload", NULL, reload);
	gtk_widget_class_install_action(widget_class, "page.find", NULL, find_person);
	gtk_widget_class_install_action(widget_class, "page.new", NULL, begin_new);
	gtk_widget_class_install_action(widget_class, "page.post", NULL, write_form);
	gtk_widget_class_set_template_from_resource(widget_class,
						    "/shop/baraa/office/people_page.ui");
	gtk_widget_class_bind_template_child(widget_class, OfficePeoplePage, search);
	gtk_widget_class_bind_template_child(widget_class, OfficePeoplePage, left);
	gtk_widget_class_bind_template_child(widget_class, OfficePeoplePage, table);
	gtk_widget_class_bind_template_child(widget_class, OfficePeoplePage, stack);
	gtk_widget_class_bind_template_callback(widget_class, show_list);
	gtk_widget_class_bind_template_callback(widget_class, reload_list);
	gtk_widget_class_bind_template_callback(widget_class, on_chosen);
}

static void office_people_page_init(OfficePeoplePage *self)
{
	g_type_ensure(OFFICE_TYPE_TEXT_TABLE);
	gtk_widget_init_template(GTK_WIDGET(self));
	office_text_table_set_columns(self->table, _("People"), columns, G_N_ELEMENTS(columns));
}
