/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/today_tasks.h"

#include <glib/gi18n-lib.h>

struct _OfficeTodayTasks {
	GtkWidget parent_instance;

	/* borrowed */
	GtkListBox *list;
	GtkWidget *title;

	char *shown; /* owned: all texts, to see whether anything changed; NULL: nothing yet */
};

G_DEFINE_FINAL_TYPE(OfficeTodayTasks, office_today_tasks, GTK_TYPE_WIDGET)

/* A shape for who does not see colours, and a word for who sees nothing. */
static const struct {
	const char *icon, *class, *word;
} tones[] = {
	[TODAY_TELLS] = { "dialog-information-symbolic", "tone-plain", N_("To know") },
	[TODAY_WARNS] = { "dialog-warning-symbolic", "tone-amber", N_("Warning") },
	[TODAY_ALARMS] = { "dialog-error-symbolic", "tone-red", N_("Alarm") },
};

static GtkWidget *icon_new(TodayTone tone)
{
	GtkWidget *icon = gtk_image_new_from_icon_name(tones[tone].icon);

	gtk_widget_add_css_class(icon, tones[tone].class);
	gtk_widget_set_valign(icon, GTK_ALIGN_START);
	gtk_accessible_update_property(GTK_ACCESSIBLE(icon), GTK_ACCESSIBLE_PROPERTY_LABEL,
				       g_dgettext(GETTEXT_PACKAGE, tones[tone].word), -1);
	return icon;
}

static GtkWidget *row_new(const TodayTask *task)
{
	GtkWidget *row = gtk_list_box_row_new(), *text = gtk_label_new(task->text);
	GtkWidget *box = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 8);

	gtk_label_set_xalign(GTK_LABEL(text), 0);
	gtk_label_set_wrap(GTK_LABEL(text), true);
	gtk_label_set_wrap_mode(GTK_LABEL(text), PANGO_WRAP_WORD_CHAR);
	gtk_label_set_width_chars(GTK_LABEL(text), 12);
	gtk_widget_set_hexpand(text, true);
	gtk_box_append(GTK_BOX(box), icon_new(task->tone));
	gtk_box_append(GTK_BOX(box), text);
	if (task->page != NULL)
		gtk_box_append(GTK_BOX(box), gtk_image_new_from_icon_name("go-next-symbolic"));
	gtk_list_box_row_set_child(GTK_LIST_BOX_ROW(row), box);
	gtk_list_box_row_set_activatable(GTK_LIST_BOX_ROW(row), task->page != NULL);
	gtk_widget_add_css_class(row, "task");
	gtk_accessible_update_property(GTK_ACCESSIBLE(row), GTK_ACCESSIBLE_PROPERTY_LABEL,
				       task->text, -1);
	g_object_set_data(G_OBJECT(row), "page", (void *)task->page);
	g_object_set_data(G_OBJECT(row), "report", (void *)task->report);
	return row;
}

static char *dup_texts(const GArray *tasks)
{
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < tasks->len; i++)
		g_string_append_printf(text, "%s\n", g_array_index(tasks, TodayTask, i).text);
	return g_string_free(text, false);
}

void office_today_tasks_show(OfficeTodayTasks *self, const GArray *tasks)
{
	g_autofree char *texts = dup_texts(tasks);
	GtkListBoxRow *row;

	if (g_strcmp0(texts, self->shown) == 0)
		return;
	g_free(self->shown);
	self->shown = g_steal_pointer(&texts);
	while ((row = gtk_list_box_get_row_at_index(self->list, 0)) != NULL)
		gtk_list_box_remove(self->list, GTK_WIDGET(row));
	for (guint i = 0; i < tasks->len; i++)
		gtk_list_box_append(self->list, row_new(&g_array_index(tasks, TodayTask, i)));
}

static void on_activated(GtkListBox *list, GtkListBoxRow *row, OfficeTodayTasks *self)
{
	const char *page = g_object_get_data(G_OBJECT(row), "page");
	const char *report = g_object_get_data(G_OBJECT(row), "report");

	if (report != NULL)
		gtk_widget_activate_action(GTK_WIDGET(self), "page.report", "s", report);
	else if (page != NULL)
		gtk_widget_activate_action(GTK_WIDGET(self), "office.show", "s", page);
}

static gboolean grab_focus(GtkWidget *widget)
{
	GtkListBoxRow *row = gtk_list_box_get_row_at_index(OFFICE_TODAY_TASKS(widget)->list, 0);

	return row != NULL && gtk_widget_grab_focus(GTK_WIDGET(row));
}

static void dispose(GObject *object)
{
	GtkWidget *child;

	while ((child = gtk_widget_get_first_child(GTK_WIDGET(object))) != NULL)
		gtk_widget_unparent(child);
	G_OBJECT_CLASS(office_today_tasks_parent_class)->dispose(object);
}

static void finalize(GObject *object)
{
	g_free(OFFICE_TODAY_TASKS(object)->shown);
	G_OBJECT_CLASS(office_today_tasks_parent_class)->finalize(object);
}

static void office_today_tasks_class_init(OfficeTodayTasksClass *klass)
{
	G_OBJECT_CLASS(klass)->dispose = dispose;
	G_OBJECT_CLASS(klass)->finalize = finalize;
	GTK_WIDGET_CLASS(klass)->grab_focus = grab_focus;
	gtk_widget_class_set_layout_manager_type(GTK_WIDGET_CLASS(klass), GTK_TYPE_BOX_LAYOUT);
}

static GtkWidget *nothing_new(void)
{
	GtkWidget *label = gtk_label_new(_("Nothing needs you now."));

	gtk_label_set_wrap(GTK_LABEL(label), true);
	gtk_widget_set_margin_top(label, 16);
	gtk_widget_set_margin_bottom(label, 16);
	return label;
}

static void office_today_tasks_init(OfficeTodayTasks *self)
{
	GtkWidget *scrolled = gtk_scrolled_window_new(), *list = gtk_list_box_new();

	gtk_orientable_set_orientation(
		GTK_ORIENTABLE(gtk_widget_get_layout_manager(GTK_WIDGET(self))),
		GTK_ORIENTATION_VERTICAL);
	self->title = gtk_label_new(_("What needs you"));
	gtk_label_set_xalign(GTK_LABEL(self->title), 0);
	gtk_widget_add_css_class(self->title, "heading");
	gtk_widget_set_parent(self->title, GTK_WIDGET(self));
	self->list = GTK_LIST_BOX(list);
	gtk_list_box_set_selection_mode(self->list, GTK_SELECTION_NONE);
	gtk_list_box_set_show_separators(self->list, true);
	gtk_list_box_set_placeholder(self->list, nothing_new());
	gtk_accessible_update_property(GTK_ACCESSIBLE(list), GTK_ACCESSIBLE_PROPERTY_LABEL,
				       _("What needs you"), -1);
	g_signal_connect(list, "row-activated", G_CALLBACK(on_activated), self);
	gtk_scrolled_window_set_policy(GTK_SCROLLED_WINDOW(scrolled), GTK_POLICY_NEVER,
				       GTK_POLICY_AUTOMATIC);
	gtk_scrolled_window_set_child(GTK_SCROLLED_WINDOW(scrolled), list);
	gtk_widget_add_css_class(scrolled, "frame");
	gtk_widget_set_vexpand(scrolled, true);
	gtk_widget_set_parent(scrolled, GTK_WIDGET(self));
}
