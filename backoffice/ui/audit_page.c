/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/audit_page.h"

#include "backoffice/people/audit.h"
#include "backoffice/people/person.h"
#include "backoffice/ui/ask.h"
#include "backoffice/ui/blank.h"
#include "backoffice/ui/cell.h"
#include "backoffice/ui/drop_down.h"
#include "backoffice/ui/words.h"

#include <glib/gi18n-lib.h>

/* Whoever looks for older ones searches. */
#define SHOWN_MAX 500

/* --- a row --- */

#define OFFICE_TYPE_AUDIT_ROW (office_audit_row_get_type())
G_DECLARE_FINAL_TYPE(OfficeAuditRow, office_audit_row, OFFICE, AUDIT_ROW, GObject)

struct _OfficeAuditRow {
	GObject parent_instance;

	AuditEntry *entry; /* owned */
};

G_DEFINE_FINAL_TYPE(OfficeAuditRow, office_audit_row, G_TYPE_OBJECT)

static void row_finalize(GObject *object)
{
	audit_entry_free(OFFICE_AUDIT_ROW(object)->entry);
	G_OBJECT_CLASS(office_audit_row_parent_class)->finalize(object);
}

static void office_audit_row_class_init(OfficeAuditRowClass *klass)
{
	G_OBJECT_CLASS(klass)->finalize = row_finalize;
}

static void office_audit_row_init(OfficeAuditRow *self)
{
}

/* --- the page --- */

struct _OfficeAuditPage {
	GtkWidget parent_instance;

	/* template children, borrowed */
	GtkSearchEntry *search;
	GtkDropDown *who, *what;
	GtkEditable *from, *until;
	GtkStack *stack;
	OfficeBlank *blank;
	GtkColumnView *view;

	GListStore *rows; /* owned */
	GArray *people; /* owned; ids of the list of names, after "everybody" */
	GPtrArray *actions; /* owned; codes of the list of actions, after "everything" */
	bool filling; /* lists change by themselves */
	OfficeDesk *desk; /* borrowed; NULL when the page is gone */
	guint question; /* number of the newest; older answers are dropped */
};

G_DEFINE_FINAL_TYPE(OfficeAuditPage, office_audit_page, GTK_TYPE_WIDGET)

static char *dup_time(OfficeAuditPage *page, const AuditEntry *entry)
{
	g_autoptr(GDateTime) at = office_desk_dup_time(page->desk, entry->at);

	return g_date_time_format(at, "%Y-%m-%d %H:%M");
}

static char *dup_person(OfficeAuditPage *page, const AuditEntry *entry)
{
	return g_strdup(*entry->person != '\0' ? entry->person : _("command line"));
}

static char *dup_action(OfficeAuditPage *page, const AuditEntry *entry)
{
	return g_strdup(audit_action_title(entry->action));
}

static char *dup_subject(OfficeAuditPage *page, const AuditEntry *entry)
{
	return g_strdup(entry->subject);
}

static char *dup_change(OfficeAuditPage *page, const AuditEntry *entry)
{
	return audit_dup_change(entry);
}

static const struct {
	const char *title;
	int width; /* 0: a share of what is left */
	char *(*dup)(OfficeAuditPage *page, const AuditEntry *entry);
} columns[] = {
	{ N_("When"), 128, dup_time },
	{ N_("Who"), 128, dup_person },
	{ N_("What was done"), 160, dup_action },
	{ N_("To what"), 200, dup_subject },
	{ N_("Before → after"), 0, dup_change },
};

static void on_setup(GtkListItemFactory *factory, GtkListItem *item, void *data)
{
	gtk_list_item_set_child(item, office_cell_new(false));
}

static void on_bind(GtkListItemFactory *factory, GtkListItem *item, void *index)
{
	GtkWidget *label = gtk_list_item_get_child(item);
	GtkWidget *page = gtk_widget_get_ancestor(label, OFFICE_TYPE_AUDIT_PAGE);
	OfficeAuditRow *row = gtk_list_item_get_item(item);
	g_autofree char *text = NULL;

	if (page == NULL)
		return;
	text = columns[GPOINTER_TO_INT(index)].dup(OFFICE_AUDIT_PAGE(page), row->entry);
	gtk_label_set_label(GTK_LABEL(label), text);
}

static void add_column(OfficeAuditPage *self, int i)
{
	GtkListItemFactory *factory = gtk_signal_list_item_factory_new();
	GtkColumnViewColumn *column =
		gtk_column_view_column_new(g_dgettext(GETTEXT_PACKAGE, columns[i].title), factory);

	g_signal_connect(factory, "setup", G_CALLBACK(on_setup), NULL);
	g_signal_connect(factory, "bind", G_CALLBACK(on_bind), GINT_TO_POINTER(i));
	gtk_column_view_column_set_resizable(column, true);
	gtk_column_view_column_set_expand(column, columns[i].width == 0);
	if (columns[i].width != 0)
		gtk_column_view_column_set_fixed_width(column, columns[i].width);
	gtk_column_view_append_column(self->view, column);
	g_object_unref(column);
}

/* --- asking --- */

typedef struct {
	guint number;
	char *search, *action; /* owned */
	AuditFilter filter; /* borrows them */
	GPtrArray *entries, *people, *actions; /* owned; what is there */
} Asked;

static void asked_free(void *data)
{
	Asked *self = data;

	g_free(self->search);
	g_free(self->action);
	g_clear_pointer(&self->entries, g_ptr_array_unref);
	g_clear_pointer(&self->people, g_ptr_array_unref);
	g_clear_pointer(&self->actions, g_ptr_array_unref);
	g_free(self);
}

static bool list_work(Store *store, void *data, GError **error)
{
	Asked *self = data;

	self->entries = audit_find(store, &self->filter, 0, SHOWN_MAX, error);
	self->people = self->entries != NULL ? person_list(store, true, error) : NULL;
	self->actions = self->people != NULL ? audit_actions(store, error) : NULL;
	return self->actions != NULL;
}

/* The choice stays where it was: both lists only grow, and keep their order well enough. */
static void fill_people(OfficeAuditPage *self, const GPtrArray *people)
{
	g_autoptr(GtkStringList) names = gtk_string_list_new(NULL);
	guint chosen = gtk_drop_down_get_selected(self->who);
	int64_t id = 0;

	if (self->people->len == people->len + 1)
		return;
	g_array_set_size(self->people, 0);
	gtk_string_list_append(names, _("everybody"));
	gtk_string_list_append(names, _("command line"));
	g_array_append_val(self->people, id);
	for (guint i = 0; i < people->len; i++) {
		const PersonFile *person = people->pdata[i];

		gtk_string_list_append(names, person->name);
		g_array_append_val(self->people, person->id);
	}
	gtk_drop_down_set_model(self->who, G_LIST_MODEL(names));
	gtk_drop_down_set_selected(self->who, chosen == GTK_INVALID_LIST_POSITION ? 0 : chosen);
}

static void fill_actions(OfficeAuditPage *self, const GPtrArray *actions)
{
	g_autoptr(GtkStringList) names = gtk_string_list_new(NULL);
	guint chosen = gtk_drop_down_get_selected(self->what);

	if (self->actions->len == actions->len)
		return;
	g_ptr_array_set_size(self->actions, 0);
	gtk_string_list_append(names, _("everything"));
	for (guint i = 0; i < actions->len; i++) {
		g_ptr_array_add(self->actions, g_strdup(actions->pdata[i]));
		gtk_string_list_append(names, audit_action_title(actions->pdata[i]));
	}
	gtk_drop_down_set_model(self->what, G_LIST_MODEL(names));
	gtk_drop_down_set_selected(self->what, chosen == GTK_INVALID_LIST_POSITION ? 0 : chosen);
}

static void show(OfficeAuditPage *self, GPtrArray *entries)
{
	g_list_store_remove_all(self->rows);
	for (guint i = 0; i < entries->len; i++) {
		g_autoptr(OfficeAuditRow) row = g_object_new(OFFICE_TYPE_AUDIT_ROW, NULL);

		row->entry = g_steal_pointer(&entries->pdata[i]);
		g_list_store_append(self->rows, row);
	}
	office_blank_say(self->blank, _("Nothing was changed that is called so."));
	gtk_stack_set_visible_child_name(self->stack, entries->len > 0 ? "list" : "blank");
}

static void on_answer(GtkWidget *widget, void *data, const GError *error)
{
	OfficeAuditPage *self = OFFICE_AUDIT_PAGE(widget);
	Asked *asked = data;

	if (self->desk == NULL || asked->number != self->question)
		return;
	if (error != NULL) {
		g_autofree char *text = office_desk_dup_trouble(error);

		office_blank_say_trouble(self->blank, text);
		gtk_stack_set_visible_child_name(self->stack, "blank");
		return;
	}
	self->filling = true;
	fill_people(self, asked->people);
	fill_actions(self, asked->actions);
	self->filling = false;
	show(self, asked->entries);
}

static void read_who(OfficeAuditPage *self, AuditFilter *filter)
{
	guint chosen = gtk_drop_down_get_selected(self->who);

	filter->person_set = chosen > 0 && chosen <= self->people->len;
	if (filter->person_set)
		filter->person_id = g_array_index(self->people, int64_t, chosen - 1);
}

/* A day that is not finished being typed narrows nothing down. */
static int64_t read_day(OfficeAuditPage *self, GtkEditable *field, int plus)
{
	int32_t day;

	return office_day_parse(gtk_editable_get_text(field), &day)
		       ? office_day_start(self->desk, day, plus)
		       : 0;
}

static void ask(OfficeAuditPage *self)
{
	guint what = gtk_drop_down_get_selected(self->what);
	Asked *asked;

	if (self->desk == NULL || self->filling)
		return;
	asked = g_new0(Asked, 1);
	asked->number = ++self->question;
	asked->search = g_strdup(gtk_editable_get_text(GTK_EDITABLE(self->search)));
	asked->filter.search = asked->search;
	if (what > 0 && what <= self->actions->len)
		asked->action = g_strdup(self->actions->pdata[what - 1]);
	asked->filter.action = asked->action;
	read_who(self, &asked->filter);
	asked->filter.from = read_day(self, self->from, 0);
	asked->filter.until = read_day(self, self->until, 1);
	office_ask(self->desk, OFFICE_QUICK, GTK_WIDGET(self), list_work, asked, asked_free,
		   on_answer);
}

static void reload(GtkWidget *widget, const char *action, GVariant *parameter)
{
	ask(OFFICE_AUDIT_PAGE(widget));
}

static void find(GtkWidget *widget, const char *action, GVariant *parameter)
{
	gtk_widget_grab_focus(GTK_WIDGET(OFFICE_AUDIT_PAGE(widget)->search));
}

/* --- life --- */

GtkWidget *office_audit_page_new(OfficeDesk *desk)
{
	OfficeAuditPage *self = g_object_new(OFFICE_TYPE_AUDIT_PAGE, NULL);
	g_autoptr(GtkNoSelection) selection = NULL;

	self->desk = desk;
	self->rows = g_list_store_new(OFFICE_TYPE_AUDIT_ROW);
	selection = gtk_no_selection_new(g_object_ref(G_LIST_MODEL(self->rows)));
	gtk_column_view_set_model(self->view, GTK_SELECTION_MODEL(selection));
	for (int i = 0; i < (int)G_N_ELEMENTS(columns); i++)
		add_column(self, i);
	return GTK_WIDGET(self);
}

/* Read anew whenever it is looked at. */
static void map(GtkWidget *widget)
{
	GTK_WIDGET_CLASS(office_audit_page_parent_class)->map(widget);
	ask(OFFICE_AUDIT_PAGE(widget));
}

static gboolean grab_focus(GtkWidget *widget)
{
	return gtk_widget_grab_focus(GTK_WIDGET(OFFICE_AUDIT_PAGE(widget)->search));
}

static void dispose(GObject *object)
{
	OfficeAuditPage *self = OFFICE_AUDIT_PAGE(object);
	GtkWidget *child;

	self->desk = NULL;
	g_clear_object(&self->rows);
	g_clear_pointer(&self->people, g_array_unref);
	g_clear_pointer(&self->actions, g_ptr_array_unref);
	while ((child = gtk_widget_get_first_child(GTK_WIDGET(self))) != NULL)
		gtk_widget_unparent(child);
	G_OBJECT_CLASS(office_audit_page_parent_class)->dispose(object);
}

static void office_audit_page_class_init(OfficeAuditPageClass *klass)
{
	GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

	G_OBJECT_CLASS(klass)->dispose = dispose;
	widget_class->map = map;
	widget_class->grab_focus = grab_focus;
	gtk_widget_class_set_layout_manager_type(widget_class, GTK_TYPE_BIN_LAYOUT);
	gtk_widget_class_install_action(widget_class, "page.reload", NULL, reload);
	gtk_widget_class_install_action(widget_class, "page.find", NULL, find);
	gtk_widget_class_set_template_from_resource(widget_class,
						    "/shop/baraa/office/audit_page.ui");
	gtk_widget_class_bind_template_child(widget_class, OfficeAuditPage, search);
	gtk_widget_class_bind_template_child(widget_class, OfficeAuditPage, who);
	gtk_widget_class_bind_template_child(widget_class, OfficeAuditPage, what);
	gtk_widget_class_bind_template_child(widget_class, OfficeAuditPage, from);
	gtk_widget_class_bind_template_child(widget_class, OfficeAuditPage, until);
	gtk_widget_class_bind_template_child(widget_class, OfficeAuditPage, stack);
	gtk_widget_class_bind_template_child(widget_class, OfficeAuditPage, blank);
	gtk_widget_class_bind_template_child(widget_class, OfficeAuditPage, view);
	gtk_widget_class_bind_template_callback(widget_class, ask);
}

static void office_audit_page_init(OfficeAuditPage *self)
{
	g_type_ensure(OFFICE_TYPE_BLANK);
	gtk_widget_init_template(GTK_WIDGET(self));
	self->people = g_array_new(false, false, sizeof(int64_t));
	self->actions = g_ptr_array_new_with_free_func(g_free);
	office_drop_down_name(self->who, _("Who changed it"));
	office_drop_down_name(self->what, _("What was done"));
}
