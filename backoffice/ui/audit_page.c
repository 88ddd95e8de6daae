/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/audit_page.h"

#include "backoffice/people/audit.h"
#include "backoffice/ui/blank.h"
#include "backoffice/ui/cell.h"

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
	GtkStack *stack;
	OfficeBlank *blank;
	GtkColumnView *view;

	GListStore *rows; /* owned */
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
	OfficeAuditPage *page; /* owned reference */
	guint number;
} Asked;

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

static void on_answer(GObject *source, GAsyncResult *result, void *data)
{
	g_autofree Asked *asked = data;
	g_autoptr(OfficeAuditPage) self = asked->page;
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) entries = g_task_propagate_pointer(G_TASK(result), &error);

	if (self->desk == NULL || asked->number != self->question)
		return;
	if (entries == NULL) {
		g_autofree char *text = office_desk_dup_trouble(error);

		office_blank_say_trouble(self->blank, text);
		gtk_stack_set_visible_child_name(self->stack, "blank");
		return;
	}
	show(self, entries);
}

static void list_job(GTask *task, Store *store)
{
	GError *error = NULL;
	GPtrArray *entries = audit_list(store, g_task_get_task_data(task), 0, SHOWN_MAX, &error);

	if (entries != NULL)
		g_task_return_pointer(task, entries, (GDestroyNotify)g_ptr_array_unref);
	else
		g_task_return_error(task, error);
}

static void ask(OfficeAuditPage *self)
{
	Asked *asked = g_new(Asked, 1);
	GTask *task;

	*asked = (Asked){ .page = g_object_ref(self), .number = ++self->question };
	task = g_task_new(NULL, NULL, on_answer, asked);
	g_task_set_task_data(task, g_strdup(gtk_editable_get_text(GTK_EDITABLE(self->search))),
			     g_free);
	office_desk_run(self->desk, OFFICE_QUICK, task, list_job);
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
	gtk_widget_class_bind_template_child(widget_class, OfficeAuditPage, stack);
	gtk_widget_class_bind_template_child(widget_class, OfficeAuditPage, blank);
	gtk_widget_class_bind_template_child(widget_class, OfficeAuditPage, view);
	gtk_widget_class_bind_template_callback(widget_class, ask);
}

static void office_audit_page_init(OfficeAuditPage *self)
{
	g_type_ensure(OFFICE_TYPE_BLANK);
	gtk_widget_init_template(GTK_WIDGET(self));
}
