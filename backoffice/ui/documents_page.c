/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/documents_page.h"

#include "backoffice/stock/document.h"
#include "backoffice/ui/ask.h"
#include "backoffice/ui/document_table.h"
#include "backoffice/ui/document_view.h"
#include "backoffice/ui/head_form.h"
#include "backoffice/ui/scan_keys.h"
#include "backoffice/ui/unseen.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define KIND(kind) (1U << (kind))
#define RECEIVING (KIND(DOCUMENT_ORDER) | KIND(DOCUMENT_DELIVERY) | KIND(DOCUMENT_ARRIVAL))
#define OTHERS                                                                                     \
	(KIND(DOCUMENT_ORDER) | KIND(DOCUMENT_SUPPLIER_RETURN) | KIND(DOCUMENT_TRANSFER) |         \
	 KIND(DOCUMENT_ARRIVAL) | KIND(DOCUMENT_WRITE_OFF) | KIND(DOCUMENT_REVALUATION) |          \
	 KIND(DOCUMENT_OPENING) | KIND(DOCUMENT_PRODUCTION))

struct _OfficeDocumentsPage {
	GtkWidget parent_instance;

	/* template children, borrowed */
	GtkStack *stack;
	GtkLabel *title, *message;
	GtkWidget *begin;
	GtkBox *kinds;
	OfficeDocumentTable *table;
	OfficeHeadForm *head;
	OfficeDocumentView *view;

	OfficeDesk *desk; /* borrowed */
	bool receiving;
	bool busy; /* a delivery is being made of an order */
};

G_DEFINE_FINAL_TYPE(OfficeDocumentsPage, office_documents_page, GTK_TYPE_WIDGET)

static bool is_on(const OfficeDocumentsPage *self, const char *name)
{
	return g_strcmp0(gtk_stack_get_visible_child_name(self->stack), name) == 0;
}

static void say(OfficeDocumentsPage *self, const char *text)
{
	gtk_label_set_label(self->message, text);
	gtk_widget_set_visible(GTK_WIDGET(self->message), *text != '\0');
}

static void show_list(OfficeDocumentsPage *self)
{
	office_document_view_close(self->view);
	say(self, "");
	gtk_stack_set_visible_child_name(self->stack, "list");
	office_document_table_reload(self->table);
	gtk_widget_grab_focus(GTK_WIDGET(self->table));
}

static void open_document(OfficeDocumentsPage *self, int64_t id)
{
	gtk_stack_set_visible_child_name(self->stack, "document");
	office_document_view_open(self->view, id);
}

void office_documents_page_open(OfficeDocumentsPage *self, int64_t document_id)
{
	open_document(self, document_id);
}

/* --- against an order or a transfer -------------------------------------------------------- */

typedef struct {
	int64_t origin_id, person_id, made;
} Origin;

/* Whoever comes second to an order goes on with the draft of the first. */
static bool origin_work(Store *store, void *data, GError **error)
{
	Origin *self = data;
	g_autoptr(Document) document = NULL;

	if (!document_find_draft_of(store, self->origin_id, &self->made, error))
		return false;
	if (self->made != 0)
		return true;
	document = document_from_origin(store, self->origin_id, error);
	if (document == NULL)
		return false;
	if (document->lines->len == 0) {
		g_set_error(error, DOCUMENT_ERROR, DOCUMENT_ERROR_STATE,
			    _("All of it has come already: enter what comes on top as a new "
			      "delivery."));
		return false;
	}
	if (!document_create(store, document, self->person_id, error))
		return false;
	self->made = document->id;
	return true;
}

static void on_made(GtkWidget *widget, void *data, const GError *error)
{
	OfficeDocumentsPage *self = OFFICE_DOCUMENTS_PAGE(widget);
	g_autofree char *text = error != NULL ? office_desk_dup_trouble(error) : NULL;

	self->busy = false;
	if (text != NULL)
		say(self, text);
	else
		open_document(self, ((const Origin *)data)->made);
}

static void receive_origin(OfficeDocumentsPage *self, int64_t origin_id)
{
	Origin *origin;

	if (self->busy)
		return;
	self->busy = true;
	origin = g_new0(Origin, 1);
	origin->origin_id = origin_id;
	origin->person_id = office_desk_get_person_id(self->desk);
	office_ask(self->desk, OFFICE_QUICK, GTK_WIDGET(self), origin_work, origin, g_free,
		   on_made);
}

static void on_opened(OfficeDocumentTable *table, gint64 id, int kind, int state, gboolean coming,
		      OfficeDocumentsPage *self)
{
	bool receives = office_desk_may(self->desk, RIGHT_RECEIVE);

	if (coming && receives)
		receive_origin(self, id);
	else if (self->receiving && receives && kind == DOCUMENT_ORDER && state == DOCUMENT_POSTED)
		receive_origin(self, id);
	else
		open_document(self, id);
}

/* --- a new one ----------------------------------------------------------------------------- */

static bool may_begin(const OfficeDocumentsPage *self, DocumentKind kind)
{
	if (kind == DOCUMENT_ARRIVAL || kind == DOCUMENT_COUNT)
		return false; /* of a transfer that is on the way; on a page of their own */
	if (((self->receiving ? RECEIVING : OTHERS) & KIND(kind)) == 0)
		return false;
	return office_desk_may(self->desk, document_kind_right(kind));
}

static void begin_kind(OfficeDocumentsPage *self, DocumentKind kind)
{
	gtk_stack_set_visible_child_name(self->stack, "head");
	office_head_form_begin(self->head, kind);
}

static void on_kind(GtkButton *button, OfficeDocumentsPage *self)
{
	begin_kind(self,
		   (DocumentKind)GPOINTER_TO_INT(g_object_get_data(G_OBJECT(button), "kind")));
}

static void on_written(OfficeHeadForm *form, gint64 id, OfficeDocumentsPage *self)
{
	open_document(self, id);
}

static void begin(GtkWidget *widget, const char *action, GVariant *parameter)
{
	OfficeDocumentsPage *self = OFFICE_DOCUMENTS_PAGE(widget);

	if (!is_on(self, "list"))
		return;
	if (self->receiving && may_begin(self, DOCUMENT_DELIVERY)) {
		begin_kind(self, DOCUMENT_DELIVERY);
		return;
	}
	if (gtk_widget_get_first_child(GTK_WIDGET(self->kinds)) == NULL)
		return;
	gtk_stack_set_visible_child_name(self->stack, "kinds");
	gtk_widget_child_focus(GTK_WIDGET(self->kinds), GTK_DIR_TAB_FORWARD);
}

static void add_kinds(OfficeDocumentsPage *self)
{
	bool any = false;

	for (DocumentKind kind = 0; kind < DOCUMENT_N_KINDS; kind++) {
		GtkWidget *button;

		if (!may_begin(self, kind))
			continue;
		button = gtk_button_new_with_label(office_document_new_title(kind));
		g_object_set_data(G_OBJECT(button), "kind", GINT_TO_POINTER(kind));
		g_signal_connect(button, "clicked", G_CALLBACK(on_kind), self);
		gtk_box_append(self->kinds, button);
		any = true;
	}
	gtk_widget_set_visible(self->begin, any);
	gtk_button_set_label(GTK_BUTTON(self->begin), self->receiving ? _("New delivery (Ctrl+N)")
								      : _("New document (Ctrl+N)"));
}

/* --- keys ---------------------------------------------------------------------------------- */

static const struct {
	const char *action;
	OfficeVerb verb;
} verbs[] = {
	{ "page.find", OFFICE_DO_FIND },       { "page.edit", OFFICE_DO_EDIT },
	{ "page.head", OFFICE_DO_HEAD },       { "page.note", OFFICE_DO_NOTE },
	{ "page.labels", OFFICE_DO_LABELS },   { "page.post", OFFICE_DO_POST },
	{ "page.reverse", OFFICE_DO_REVERSE }, { "page.discard", OFFICE_DO_DISCARD },
	{ "page.print", OFFICE_DO_PRINT },     { "page.save", OFFICE_DO_SAVE },
	{ "page.reload", OFFICE_DO_RELOAD },   { "page.back", OFFICE_DO_BACK },
};

static void do_in_list(OfficeDocumentsPage *self, OfficeVerb verb)
{
	if (verb == OFFICE_DO_RELOAD)
		office_document_table_reload(self->table);
	else if (verb == OFFICE_DO_FIND)
		office_document_table_find(self->table);
}

static void do_verb(GtkWidget *widget, const char *action, GVariant *parameter)
{
	OfficeDocumentsPage *self = OFFICE_DOCUMENTS_PAGE(widget);
	OfficeVerb verb = OFFICE_N_VERBS;

	for (size_t i = 0; i < G_N_ELEMENTS(verbs); i++)
		if (strcmp(action, verbs[i].action) == 0)
			verb = verbs[i].verb;
	if (is_on(self, "document"))
		office_document_view_do(self->view, verb);
	else if (is_on(self, "list"))
		do_in_list(self, verb);
	else if (is_on(self, "head") && verb == OFFICE_DO_BACK)
		office_head_form_leave(self->head);
	else if (verb == OFFICE_DO_BACK)
		show_list(self);
}

static OfficeScanAnswer on_scan(const char *code, const char *before, void *data)
{
	OfficeDocumentsPage *self = data;

	if (is_on(self, "head") && office_head_form_scan(self->head, code))
		return OFFICE_SCAN_TAKEN;
	return is_on(self, "document") ? office_document_view_scan(self->view, code, before)
				       : OFFICE_SCAN_TYPED;
}

static GtkWidget *get_field(void *data)
{
	OfficeDocumentsPage *self = data;

	return is_on(self, "document") ? office_document_view_get_field(self->view) : NULL;
}

static const OfficeScanTarget scan_target = { .scan = on_scan, .field = get_field };

/* --- life ---------------------------------------------------------------------------------- */

static GtkWidget *page_new(OfficeDesk *desk, bool receiving)
{
	OfficeDocumentsPage *self = g_object_new(OFFICE_TYPE_DOCUMENTS_PAGE, NULL);

	self->desk = desk;
	self->receiving = receiving;
	gtk_label_set_label(self->title, receiving ? _("Deliveries, orders and what is on the way")
						   : _("Stock documents"));
	add_kinds(self);
	office_document_table_show_on_the_way(self->table, true);
	office_document_table_set_desk(self->table, desk, receiving ? RECEIVING : OTHERS);
	office_head_form_set_desk(self->head, desk);
	office_document_view_set_desk(self->view, desk);
	office_scan_keys_capture(GTK_WIDGET(self), &scan_target, self);
	say(self, "");
	return GTK_WIDGET(self);
}

GtkWidget *office_receiving_page_new(OfficeDesk *desk)
{
	return page_new(desk, true);
}

GtkWidget *office_documents_page_new(OfficeDesk *desk)
{
	return page_new(desk, false);
}

static gboolean grab_focus(GtkWidget *widget)
{
	OfficeDocumentsPage *self = OFFICE_DOCUMENTS_PAGE(widget);

	return gtk_widget_grab_focus(gtk_stack_get_visible_child(self->stack));
}

static void dispose(GObject *object)
{
	GtkWidget *child;

	while ((child = gtk_widget_get_first_child(GTK_WIDGET(object))) != NULL)
		gtk_widget_unparent(child);
	G_OBJECT_CLASS(office_documents_page_parent_class)->dispose(object);
}

static void install_actions(GtkWidgetClass *klass)
{
	gtk_widget_class_install_action(klass, "page.new", NULL, begin);
	for (size_t i = 0; i < G_N_ELEMENTS(verbs); i++)
		gtk_widget_class_install_action(klass, verbs[i].action,
						verbs[i].verb == OFFICE_DO_SAVE ? "s" : NULL,
						do_verb);
}

static void office_documents_page_class_init(OfficeDocumentsPageClass *klass)
{
	GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

	G_OBJECT_CLASS(klass)->dispose = dispose;
	widget_class->grab_focus = grab_focus;
	gtk_widget_class_set_layout_manager_type(widget_class, GTK_TYPE_BIN_LAYOUT);
	install_actions(widget_class);
	gtk_widget_class_set_template_from_resource(widget_class,
						    "/shop/baraa/office/documents_page.ui");
	gtk_widget_class_bind_template_child(widget_class, OfficeDocumentsPage, stack);
	gtk_widget_class_bind_template_child(widget_class, OfficeDocumentsPage, title);
	gtk_widget_class_bind_template_child(widget_class, OfficeDocumentsPage, message);
	gtk_widget_class_bind_template_child(widget_class, OfficeDocumentsPage, begin);
	gtk_widget_class_bind_template_child(widget_class, OfficeDocumentsPage, kinds);
	gtk_widget_class_bind_template_child(widget_class, OfficeDocumentsPage, table);
	gtk_widget_class_bind_template_child(widget_class, OfficeDocumentsPage, head);
	gtk_widget_class_bind_template_child(widget_class, OfficeDocumentsPage, view);
	gtk_widget_class_bind_template_callback(widget_class, on_opened);
	gtk_widget_class_bind_template_callback(widget_class, on_written);
	gtk_widget_class_bind_template_callback(widget_class, show_list);
}

static void office_documents_page_init(OfficeDocumentsPage *self)
{
	g_type_ensure(OFFICE_TYPE_DOCUMENT_TABLE);
	g_type_ensure(OFFICE_TYPE_HEAD_FORM);
	g_type_ensure(OFFICE_TYPE_DOCUMENT_VIEW);
	gtk_widget_init_template(GTK_WIDGET(self));
	office_unseen_leave_out(self->stack);
}
