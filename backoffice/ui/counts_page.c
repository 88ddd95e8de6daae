/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/counts_page.h"

#include "backoffice/stock/count.h"
#include "backoffice/ui/ask.h"
#include "backoffice/ui/count_view.h"
#include "backoffice/ui/document_table.h"
#include "backoffice/ui/drop_down.h"
#include "backoffice/ui/scan_keys.h"
#include "backoffice/ui/unseen.h"
#include "backoffice/ui/zones_pane.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

struct _OfficeCountsPage {
	GtkWidget parent_instance;

	/* template children, borrowed */
	GtkStack *stack;
	GtkWidget *begin, *start, *zones_button;
	OfficeZonesPane *zones_pane;
	OfficeDocumentTable *table;
	OfficeCountView *view;
	GtkCheckButton *everything, *of_zone, *of_group, *blind, *twice, *rest;
	GtkDropDown *zone;
	GtkWidget *zone_row;
	GtkEntry *group;
	GtkLabel *message;

	OfficeDesk *desk; /* borrowed */
	GPtrArray *zones; /* owned; of Zone; NULL: not read yet */
	bool filling; /* the list of zones, not by a person */
};

G_DEFINE_FINAL_TYPE(OfficeCountsPage, office_counts_page, GTK_TYPE_WIDGET)

static bool is_on(const OfficeCountsPage *self, const char *name)
{
	return g_strcmp0(gtk_stack_get_visible_child_name(self->stack), name) == 0;
}

static void show_list(OfficeCountsPage *self)
{
	office_count_view_close(self->view);
	gtk_stack_set_visible_child_name(self->stack, "list");
	office_document_table_reload(self->table);
	gtk_widget_grab_focus(GTK_WIDGET(self->table));
}

static void open_count(OfficeCountsPage *self, int64_t id)
{
	gtk_stack_set_visible_child_name(self->stack, "count");
	office_count_view_open(self->view, id);
}

static void on_opened(OfficeDocumentTable *table, gint64 id, int kind, int state, gboolean coming,
		      OfficeCountsPage *self)
{
	open_count(self, id);
}

/* --- zones --------------------------------------------------------------------------------- */

typedef struct {
	int64_t shop_id;
	GPtrArray *zones; /* owned */
} Zones;

static void zones_free(void *data)
{
	Zones *self = data;

	g_clear_pointer(&self->zones, g_ptr_array_unref);
	g_free(self);
}

static bool zones_work(Store *store, void *data, GError **error)
{
	Zones *self = data;

	self->zones = zone_list(store, self->shop_id, error);
	return self->zones != NULL;
}

static void on_zones(GtkWidget *widget, void *data, const GError *error)
{
	OfficeCountsPage *self = OFFICE_COUNTS_PAGE(widget);
	Zones *answer = data;
	g_autoptr(GtkStringList) names = gtk_string_list_new(NULL);

	if (error != NULL) {
		g_autofree char *text = office_desk_dup_trouble(error);

		gtk_label_set_label(self->message, text);
		return;
	}
	g_clear_pointer(&self->zones, g_ptr_array_unref);
	self->zones = g_steal_pointer(&answer->zones);
	for (guint i = 0; i < self->zones->len; i++)
		gtk_string_list_append(names, ((const Zone *)self->zones->pdata[i])->name);
	self->filling = true;
	gtk_drop_down_set_model(self->zone, G_LIST_MODEL(names));
	self->filling = false;
	gtk_widget_set_visible(self->zone_row, self->zones->len > 0);
}

static void show_zones(OfficeCountsPage *self)
{
	gtk_stack_set_visible_child_name(self->stack, "zones");
	office_zones_pane_open(self->zones_pane);
}

/* --- beginning one ------------------------------------------------------------------------- */

typedef struct {
	Document *document; /* owned */
	int64_t person_id;
} Beginning;

static void beginning_free(void *data)
{
	Beginning *self = data;

	document_free(self->document);
	g_free(self);
}

static bool beginning_work(Store *store, void *data, GError **error)
{
	Beginning *self = data;

	return document_create(store, self->document, self->person_id, error);
}

static void on_begun(GtkWidget *widget, void *data, const GError *error)
{
	OfficeCountsPage *self = OFFICE_COUNTS_PAGE(widget);
	g_autofree char *text = error != NULL ? office_desk_dup_trouble(error) : NULL;

	gtk_widget_set_sensitive(self->start, true);
	if (text != NULL)
		gtk_label_set_label(self->message, text);
	else
		open_count(self, ((const Beginning *)data)->document->id);
}

static void set_scope(Document *document, const char *scope, char *subject)
{
	g_free(document->scope);
	g_free(document->subject);
	document->scope = g_strdup(scope);
	document->subject = subject;
}

/* False where something is missing: it has been said. */
static bool take_scope(OfficeCountsPage *self, Document *document)
{
	g_autofree char *group =
		g_strstrip(g_strdup(gtk_editable_get_text(GTK_EDITABLE(self->group))));
	guint chosen = gtk_drop_down_get_selected(self->zone);

	if (gtk_check_button_get_active(self->everything))
		return true;
	if (gtk_check_button_get_active(self->of_zone)) {
		if (self->zones == NULL || chosen >= self->zones->len)
			return false;
		set_scope(document, "zone",
			  g_strdup_printf("%" PRId64,
					  ((const Zone *)self->zones->pdata[chosen])->id));
		return true;
	}
	if (*group == '\0') {
		gtk_label_set_label(self->message, _("Type the category that is to be counted."));
		gtk_widget_grab_focus(GTK_WIDGET(self->group));
		return false;
	}
	set_scope(document, "group", g_steal_pointer(&group));
	return true;
}

static char *dup_options(OfficeCountsPage *self)
{
	bool twice = gtk_check_button_get_active(self->twice);
	bool rest = gtk_check_button_get_active(self->rest);

	return g_strdup_printf("%s%s%s", twice ? COUNT_DOUBLE : "", twice && rest ? " " : "",
			       rest ? COUNT_REST_IS_ZERO : "");
}

static void on_start(OfficeCountsPage *self)
{
	g_autoptr(Document) document =
		document_new(DOCUMENT_COUNT, office_desk_get_shop(self->desk)->id);
	Beginning *beginning;

	gtk_label_set_label(self->message, "");
	if (!gtk_widget_get_sensitive(self->start) || !take_scope(self, document))
		return;
	g_free(document->reason);
	document->reason = dup_options(self);
	document->blind = gtk_check_button_get_active(self->blind);
	beginning = g_new0(Beginning, 1);
	beginning->document = g_steal_pointer(&document);
	beginning->person_id = office_desk_get_person_id(self->desk);
	gtk_widget_set_sensitive(self->start, false);
	office_ask(self->desk, OFFICE_QUICK, GTK_WIDGET(self), beginning_work, beginning,
		   beginning_free, on_begun);
}

/* Who chooses a zone or types a group means it. */
static void on_zone(OfficeCountsPage *self)
{
	if (!self->filling)
		gtk_check_button_set_active(self->of_zone, true);
}

static void on_group(OfficeCountsPage *self)
{
	gtk_check_button_set_active(self->of_group, true);
}

static void begin(GtkWidget *widget, const char *action, GVariant *parameter)
{
	OfficeCountsPage *self = OFFICE_COUNTS_PAGE(widget);
	Zones *question;

	if (is_on(self, "zones"))
		office_zones_pane_begin_new(self->zones_pane);
	if (!is_on(self, "list") || !office_desk_may(self->desk, RIGHT_COUNT))
		return;
	gtk_label_set_label(self->message, "");
	gtk_check_button_set_active(self->everything, true);
	gtk_stack_set_visible_child_name(self->stack, "start");
	gtk_widget_grab_focus(self->start);
	question = g_new0(Zones, 1);
	question->shop_id = office_desk_get_shop(self->desk)->id;
	office_ask(self->desk, OFFICE_QUICK, widget, zones_work, question, zones_free, on_zones);
}

/* --- keys ---------------------------------------------------------------------------------- */

static const struct {
	const char *action;
	OfficeVerb verb;
} verbs[] = {
	{ "page.find", OFFICE_DO_FIND },       { "page.edit", OFFICE_DO_EDIT },
	{ "page.head", OFFICE_DO_HEAD },       { "page.note", OFFICE_DO_NOTE },
	{ "page.post", OFFICE_DO_POST },       { "page.reverse", OFFICE_DO_REVERSE },
	{ "page.discard", OFFICE_DO_DISCARD }, { "page.reload", OFFICE_DO_RELOAD },
	{ "page.back", OFFICE_DO_BACK },
};

static void do_with_zones(OfficeCountsPage *self, OfficeVerb verb)
{
	if (verb == OFFICE_DO_BACK)
		show_list(self);
	else if (verb == OFFICE_DO_POST)
		office_zones_pane_write(self->zones_pane);
	else if (verb == OFFICE_DO_RELOAD)
		office_zones_pane_reload(self->zones_pane);
}

static void do_verb(GtkWidget *widget, const char *action, GVariant *parameter)
{
	OfficeCountsPage *self = OFFICE_COUNTS_PAGE(widget);
	OfficeVerb verb = OFFICE_N_VERBS;

	for (size_t i = 0; i < G_N_ELEMENTS(verbs); i++)
		if (strcmp(action, verbs[i].action) == 0)
			verb = verbs[i].verb;
	if (is_on(self, "count"))
		office_count_view_do(self->view, verb);
	else if (is_on(self, "zones"))
		do_with_zones(self, verb);
	else if (is_on(self, "start") && verb == OFFICE_DO_BACK)
		show_list(self);
	else if (is_on(self, "list") && verb == OFFICE_DO_RELOAD)
		office_document_table_reload(self->table);
	else if (is_on(self, "list") && verb == OFFICE_DO_FIND)
		office_document_table_find(self->table);
}

static OfficeScanAnswer on_scan(const char *code, const char *before, void *data)
{
	OfficeCountsPage *self = data;

	return is_on(self, "count") ? office_count_view_scan(self->view, code, before)
				    : OFFICE_SCAN_TYPED;
}

static GtkWidget *get_field(void *data)
{
	OfficeCountsPage *self = data;

	return is_on(self, "count") ? office_count_view_get_field(self->view) : NULL;
}

static const OfficeScanTarget scan_target = { .scan = on_scan, .field = get_field };

/* --- life ---------------------------------------------------------------------------------- */

GtkWidget *office_counts_page_new(OfficeDesk *desk)
{
	OfficeCountsPage *self = g_object_new(OFFICE_TYPE_COUNTS_PAGE, NULL);

	self->desk = desk;
	gtk_widget_set_visible(self->begin, office_desk_may(desk, RIGHT_COUNT));
	gtk_widget_set_visible(self->zones_button, office_desk_may(desk, RIGHT_SETTINGS));
	office_zones_pane_set_desk(self->zones_pane, desk);
	office_document_table_set_desk(self->table, desk, 1U << DOCUMENT_COUNT);
	office_count_view_set_desk(self->view, desk);
	office_scan_keys_capture(GTK_WIDGET(self), &scan_target, self);
	return GTK_WIDGET(self);
}

static gboolean grab_focus(GtkWidget *widget)
{
	return gtk_widget_grab_focus(
		gtk_stack_get_visible_child(OFFICE_COUNTS_PAGE(widget)->stack));
}

static void dispose(GObject *object)
{
	GtkWidget *child;

	while ((child = gtk_widget_get_first_child(GTK_WIDGET(object))) != NULL)
		gtk_widget_unparent(child);
	g_clear_pointer(&OFFICE_COUNTS_PAGE(object)->zones, g_ptr_array_unref);
	G_OBJECT_CLASS(office_counts_page_parent_class)->dispose(object);
}

static void bind_children(GtkWidgetClass *klass)
{
	gtk_widget_class_bind_template_child(klass, OfficeCountsPage, stack);
	gtk_widget_class_bind_template_child(klass, OfficeCountsPage, begin);
	gtk_widget_class_bind_template_child(klass, OfficeCountsPage, start);
	gtk_widget_class_bind_template_child(klass, OfficeCountsPage, table);
	gtk_widget_class_bind_template_child(klass, OfficeCountsPage, view);
	gtk_widget_class_bind_template_child(klass, OfficeCountsPage, everything);
	gtk_widget_class_bind_template_child(klass, OfficeCountsPage, of_zone);
	gtk_widget_class_bind_template_child(klass, OfficeCountsPage, of_group);
	gtk_widget_class_bind_template_child(klass, OfficeCountsPage, blind);
	gtk_widget_class_bind_template_child(klass, OfficeCountsPage, twice);
	gtk_widget_class_bind_template_child(klass, OfficeCountsPage, rest);
	gtk_widget_class_bind_template_child(klass, OfficeCountsPage, zone);
	gtk_widget_class_bind_template_child(klass, OfficeCountsPage, zone_row);
	gtk_widget_class_bind_template_child(klass, OfficeCountsPage, zones_button);
	gtk_widget_class_bind_template_child(klass, OfficeCountsPage, zones_pane);
	gtk_widget_class_bind_template_child(klass, OfficeCountsPage, group);
	gtk_widget_class_bind_template_child(klass, OfficeCountsPage, message);
}

static void office_counts_page_class_init(OfficeCountsPageClass *klass)
{
	GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

	G_OBJECT_CLASS(klass)->dispose = dispose;
	widget_class->grab_focus = grab_focus;
	gtk_widget_class_set_layout_manager_type(widget_class, GTK_TYPE_BIN_LAYOUT);
	gtk_widget_class_install_action(widget_class, "page.new", NULL, begin);
	for (size_t i = 0; i < G_N_ELEMENTS(verbs); i++)
		gtk_widget_class_install_action(widget_class, verbs[i].action, NULL, do_verb);
	gtk_widget_class_set_template_from_resource(widget_class,
						    "/shop/baraa/office/counts_page.ui");
	bind_children(widget_class);
	gtk_widget_class_bind_template_callback(widget_class, on_opened);
	gtk_widget_class_bind_template_callback(widget_class, on_zone);
	gtk_widget_class_bind_template_callback(widget_class, on_group);
	gtk_widget_class_bind_template_callback(widget_class, on_start);
	gtk_widget_class_bind_template_callback(widget_class, show_list);
	gtk_widget_class_bind_template_callback(widget_class, show_zones);
}

static void office_counts_page_init(OfficeCountsPage *self)
{
	g_type_ensure(OFFICE_TYPE_DOCUMENT_TABLE);
	g_type_ensure(OFFICE_TYPE_COUNT_VIEW);
	g_type_ensure(OFFICE_TYPE_ZONES_PANE);
	gtk_widget_init_template(GTK_WIDGET(self));
	office_drop_down_name(self->zone, _("Zone to be counted"));
	office_unseen_leave_out(self->stack);
}
