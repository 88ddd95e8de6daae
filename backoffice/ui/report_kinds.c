/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/report_kinds.h"

#include "backoffice/report/report.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define KIND_NAME "kind-name"
#define KIND_CHAPTER "kind-chapter"
#define KIND_WORDS "kind-words"

struct _OfficeReportKinds {
	GtkWidget parent_instance;

	/* borrowed */
	GtkWidget *search;
	GtkListBox *list;

	char *sought; /* owned; folded */
	bool marking;
};

G_DEFINE_FINAL_TYPE(OfficeReportKinds, office_report_kinds, GTK_TYPE_WIDGET)

static guint chosen_signal;

/* --- rows ---------------------------------------------------------------------------------- */

static void add_row(OfficeReportKinds *self, const char *name, const char *title,
		    const char *chapter)
{
	GtkWidget *row = gtk_list_box_row_new(), *label = gtk_label_new(title);

	gtk_label_set_xalign(GTK_LABEL(label), 0);
	gtk_label_set_wrap(GTK_LABEL(label), true);
	gtk_label_set_wrap_mode(GTK_LABEL(label), PANGO_WRAP_WORD_CHAR);
	gtk_label_set_max_width_chars(GTK_LABEL(label), 20);
	gtk_widget_add_css_class(row, "kind");
	gtk_list_box_row_set_child(GTK_LIST_BOX_ROW(row), label);
	g_object_set_data_full(G_OBJECT(row), KIND_NAME, g_strdup(name), g_free);
	g_object_set_data_full(G_OBJECT(row), KIND_CHAPTER, g_strdup(chapter), g_free);
	g_object_set_data_full(G_OBJECT(row), KIND_WORDS, g_utf8_casefold(title, -1), g_free);
	gtk_list_box_append(self->list, row);
}

void office_report_kinds_add(OfficeReportKinds *self, const char *name, const char *title)
{
	add_row(self, name, title, NULL);
}

void office_report_kinds_fill(OfficeReportKinds *self, const OfficeDesk *desk)
{
	for (const ReportKind *const *kind = report_list(); *kind != NULL; kind++)
		if (report_kind_may(*kind, office_desk_get_rights(desk)))
			add_row(self, (*kind)->name, g_dgettext(GETTEXT_PACKAGE, (*kind)->title),
				g_dgettext(GETTEXT_PACKAGE, (*kind)->chapter));
}

static void head_row(GtkListBoxRow *row, GtkListBoxRow *before, void *data)
{
	const char *chapter = g_object_get_data(G_OBJECT(row), KIND_CHAPTER);
	const char *last =
		before != NULL ? g_object_get_data(G_OBJECT(before), KIND_CHAPTER) : NULL;
	GtkWidget *label;

	if (chapter == NULL || g_strcmp0(chapter, last) == 0) {
		gtk_list_box_row_set_header(row, NULL);
		return;
	}
	label = gtk_label_new(chapter);
	gtk_label_set_xalign(GTK_LABEL(label), 0);
	gtk_widget_add_css_class(label, "chapter");
	gtk_list_box_row_set_header(row, label);
}

/* Whether some word of @text begins so. */
static bool has_word(const char *text, const char *beginning)
{
	for (const char *at = text; (at = strstr(at, beginning)) != NULL; at++)
		if (at == text || !g_unichar_isalnum(g_utf8_get_char(g_utf8_prev_char(at))))
			return true;
	return false;
}

static gboolean fits(GtkListBoxRow *row, void *data)
{
	OfficeReportKinds *self = data;
	const char *words = g_object_get_data(G_OBJECT(row), KIND_WORDS);
	g_auto(GStrv) parts = g_strsplit(self->sought, " ", -1);

	for (int i = 0; parts[i] != NULL; i++)
		if (*parts[i] != '\0' && !has_word(words, parts[i]))
			return false;
	return true;
}

/* --- search -------------------------------------------------------------------------------- */

static GtkListBoxRow *first_that_fits(OfficeReportKinds *self)
{
	GtkListBoxRow *row;

	for (int i = 0; (row = gtk_list_box_get_row_at_index(self->list, i)) != NULL; i++)
		if (fits(row, self))
			return row;
	return NULL;
}

static void on_search(GtkSearchEntry *search, OfficeReportKinds *self)
{
	g_free(self->sought);
	self->sought = g_utf8_casefold(gtk_editable_get_text(GTK_EDITABLE(search)), -1);
	gtk_list_box_invalidate_filter(self->list);
	gtk_list_box_invalidate_headers(self->list);
}

static void choose(OfficeReportKinds *self, GtkListBoxRow *row)
{
	if (row != NULL && !self->marking)
		g_signal_emit(self, chosen_signal, 0, g_object_get_data(G_OBJECT(row), KIND_NAME));
}

static void on_entered(GtkSearchEntry *search, OfficeReportKinds *self)
{
	GtkListBoxRow *row;

	on_search(search, self); /* which waits a little while one types */
	row = first_that_fits(self);
	if (row == NULL)
		return;
	gtk_list_box_select_row(self->list, row);
	gtk_editable_set_text(GTK_EDITABLE(search), "");
	on_search(search, self);
}

static void on_stopped(GtkSearchEntry *search, OfficeReportKinds *self)
{
	gtk_editable_set_text(GTK_EDITABLE(search), "");
}

static void on_selected(GtkListBox *list, GtkListBoxRow *row, OfficeReportKinds *self)
{
	choose(self, row);
}

void office_report_kinds_mark(OfficeReportKinds *self, const char *name)
{
	GtkListBoxRow *row;

	self->marking = true;
	gtk_list_box_unselect_all(self->list);
	for (int i = 0; (row = gtk_list_box_get_row_at_index(self->list, i)) != NULL; i++)
		if (g_strcmp0(g_object_get_data(G_OBJECT(row), KIND_NAME), name) == 0)
			gtk_list_box_select_row(self->list, row);
	self->marking = false;
}

void office_report_kinds_find(OfficeReportKinds *self)
{
	gtk_widget_grab_focus(self->search);
}

/* --- life ---------------------------------------------------------------------------------- */

static void dispose(GObject *object)
{
	GtkWidget *child;

	while ((child = gtk_widget_get_first_child(GTK_WIDGET(object))) != NULL)
		gtk_widget_unparent(child);
	G_OBJECT_CLASS(office_report_kinds_parent_class)->dispose(object);
}

static void finalize(GObject *object)
{
	g_free(OFFICE_REPORT_KINDS(object)->sought);
	G_OBJECT_CLASS(office_report_kinds_parent_class)->finalize(object);
}

static void office_report_kinds_class_init(OfficeReportKindsClass *klass)
{
	G_OBJECT_CLASS(klass)->dispose = dispose;
	G_OBJECT_CLASS(klass)->finalize = finalize;
	chosen_signal = g_signal_new("chosen", G_TYPE_FROM_CLASS(klass), G_SIGNAL_RUN_FIRST, 0,
				     NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
	gtk_widget_class_set_layout_manager_type(GTK_WIDGET_CLASS(klass), GTK_TYPE_BOX_LAYOUT);
}

static GtkWidget *search_new(OfficeReportKinds *self)
{
	GtkWidget *search = gtk_search_entry_new();

	g_object_set(search, "placeholder-text", _("Find a report"), "tooltip-text",
		     _("The beginnings of words (Ctrl+F)"), NULL);
	gtk_accessible_update_property(GTK_ACCESSIBLE(search), GTK_ACCESSIBLE_PROPERTY_LABEL,
				       _("Find a report"), -1);
	g_signal_connect(search, "search-changed", G_CALLBACK(on_search), self);
	g_signal_connect(search, "activate", G_CALLBACK(on_entered), self);
	g_signal_connect(search, "stop-search", G_CALLBACK(on_stopped), self);
	return search;
}

static void office_report_kinds_init(OfficeReportKinds *self)
{
	GtkLayoutManager *layout = gtk_widget_get_layout_manager(GTK_WIDGET(self));
	GtkWidget *scrolled = gtk_scrolled_window_new(), *list = gtk_list_box_new();

	gtk_orientable_set_orientation(GTK_ORIENTABLE(layout), GTK_ORIENTATION_VERTICAL);
	gtk_box_layout_set_spacing(GTK_BOX_LAYOUT(layout), 8);
	self->sought = g_strdup("");
	self->search = search_new(self);
	gtk_widget_set_parent(self->search, GTK_WIDGET(self));
	self->list = GTK_LIST_BOX(list);
	gtk_accessible_update_property(GTK_ACCESSIBLE(list), GTK_ACCESSIBLE_PROPERTY_LABEL,
				       _("Reports"), -1);
	gtk_list_box_set_header_func(self->list, head_row, NULL, NULL);
	gtk_list_box_set_filter_func(self->list, fits, self, NULL);
	g_signal_connect(list, "row-selected", G_CALLBACK(on_selected), self);
	gtk_scrolled_window_set_policy(GTK_SCROLLED_WINDOW(scrolled), GTK_POLICY_NEVER,
				       GTK_POLICY_AUTOMATIC);
	gtk_widget_add_css_class(scrolled, "frame");
	gtk_widget_set_vexpand(scrolled, true);
	gtk_scrolled_window_set_child(GTK_SCROLLED_WINDOW(scrolled), list);
	gtk_widget_set_parent(scrolled, GTK_WIDGET(self));
}
