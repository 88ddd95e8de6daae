/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/document_table.h"

#include "backoffice/ui/ask.h"
#include "backoffice/ui/blank.h"
#include "backoffice/ui/text_table.h"
#include "backoffice/ui/words.h"

#include <glib/gi18n-lib.h>

#define PAGE 200
/* Ids of rows that are transfers on their way here: the transfer's id, negative. */

struct _OfficeDocumentTable {
	GtkWidget parent_instance;

	/* template children, borrowed */
	GtkSearchEntry *search;
	GtkDropDown *kind, *state;
	GtkStack *stack;
	OfficeTextTable *table;
	OfficeBlank *blank;
	GtkWidget *more;

	OfficeDesk *desk; /* borrowed */
	unsigned kinds;
	DocumentKind choices[DOCUMENT_N_KINDS]; /* in the order of the drop-down, from its second */
	int n_choices;
	bool on_the_way;
	GPtrArray *documents; /* owned; of DocumentSummary */
	GPtrArray *coming; /* owned; of OnTheWay; may be NULL */
	guint round;
	int wanted; /* rows */
};

G_DEFINE_FINAL_TYPE(OfficeDocumentTable, office_document_table, GTK_TYPE_WIDGET)

static guint opened_signal;

enum { NUMBER, KIND, STATE, MADE, WHOM, LINES, VALUE, PERSON, N_COLUMNS };
static const OfficeColumn columns[N_COLUMNS] = {
	[NUMBER] = { N_("Number"), 88, false }, [KIND] = { N_("Kind"), 136, false },
	[STATE] = { N_("State"), 88, false },	[MADE] = { N_("Begun"), 128, false },
	[WHOM] = { N_("With whom"), 0, false }, [LINES] = { N_("Lines"), 80, true },
	[VALUE] = { N_("Cost"), 88, true },	[PERSON] = { N_("By"), 88, false },
};

/* --- reading ------------------------------------------------------------------------------- */

typedef struct {
	int64_t shop_id;
	unsigned kinds;
	int kind, state, n;
	char *search; /* owned */
	bool on_the_way;
	guint round;
	GPtrArray *documents, *coming; /* owned */
} Listing;

static void listing_free(void *data)
{
	Listing *self = data;

	g_free(self->search);
	g_clear_pointer(&self->documents, g_ptr_array_unref);
	g_clear_pointer(&self->coming, g_ptr_array_unref);
	g_free(self);
}

static int by_time(const void *a, const void *b)
{
	const DocumentSummary *one = *(void *const *)a, *other = *(void *const *)b;

	return one->created_at < other->created_at   ? 1
	       : one->created_at > other->created_at ? -1
						     : 0;
}

/* One list a kind, then by time: at most @n of each. */
static bool list_kinds(Store *store, Listing *self, GError **error)
{
	for (DocumentKind kind = 0; kind < DOCUMENT_N_KINDS; kind++) {
		DocumentFilter filter = { .shop_id = self->shop_id,
					  .kind = (int)kind,
					  .state = self->state,
					  .search = *self->search != '\0' ? self->search : NULL };
		GPtrArray *list;

		if ((self->kinds & 1U << kind) == 0 || (self->kind >= 0 && self->kind != (int)kind))
			continue;
		list = document_list(store, &filter, 0, self->n, error);
		if (list == NULL)
			return false;
		if (self->documents == NULL)
			self->documents = list;
		else
			g_ptr_array_extend_and_steal(self->documents, list);
	}
	if (self->documents == NULL)
		return true;
	g_ptr_array_sort(self->documents, by_time);
	if ((int)self->documents->len > self->n)
		g_ptr_array_set_size(self->documents, self->n);
	return true;
}

static bool listing_work(Store *store, void *data, GError **error)
{
	Listing *self = data;

	if (!list_kinds(store, self, error))
		return false;
	if (!self->on_the_way)
		return true;
	self->coming = document_list_on_the_way(store, self->shop_id, error);
	return self->coming != NULL;
}

/* --- showing ------------------------------------------------------------------------------- */

static OfficeTone tone_of(DocumentState state)
{
	return state == DOCUMENT_DRAFT ? OFFICE_AMBER : OFFICE_PLAIN;
}

static OfficeTextRow *row_of(OfficeDocumentTable *self, const DocumentSummary *it)
{
	OfficeTextRow *row = office_text_row_new(it->id);

	row->tone = tone_of(it->state);
	row->texts[NUMBER] = g_strdup(it->number);
	row->texts[KIND] = g_strdup(document_kind_title(it->kind));
	row->texts[STATE] = g_strdup(document_state_title(it->state));
	row->texts[MADE] = office_time_dup(self->desk, it->created_at);
	row->texts[WHOM] =
		*it->reference != '\0'
			? g_strdup_printf("%s %s",
					  *it->supplier != '\0' ? it->supplier : it->other_shop,
					  it->reference)
			: g_strdup(*it->supplier != '\0' ? it->supplier : it->other_shop);
	row->texts[LINES] = number_text_integer(office_desk_get_style(self->desk), it->n_lines);
	row->texts[VALUE] = office_money_dup(self->desk, it->value);
	row->texts[PERSON] = g_strdup(it->person);
	return row;
}

/* One row a transfer, of however many goods. */
static void add_coming(OfficeDocumentTable *self, GPtrArray *rows)
{
	int64_t here = office_desk_get_shop(self->desk)->id, last = 0;
	OfficeTextRow *row = NULL;
	int n = 0;

	for (guint i = 0; self->coming != NULL && i < self->coming->len; i++) {
		const OnTheWay *it = self->coming->pdata[i];

		if (it->to_shop != here)
			continue;
		if (it->document_id != last) {
			row = office_text_row_new(-it->document_id);
			row->tone = OFFICE_AMBER;
			row->texts[NUMBER] = g_strdup(it->number);
			row->texts[KIND] = g_strdup(document_kind_title(DOCUMENT_TRANSFER));
			row->texts[STATE] = g_strdup(_("on the way"));
			row->texts[MADE] = office_time_dup(self->desk, it->at);
			g_ptr_array_add(rows, row);
			n = 0;
		}
		last = it->document_id;
		g_free(row->texts[LINES]);
		row->texts[LINES] = number_text_integer(office_desk_get_style(self->desk), ++n);
	}
}

static bool is_listing(OfficeDocumentTable *self)
{
	return g_strcmp0(gtk_stack_get_visible_child_name(self->stack), "list") == 0;
}

/* A list that goes leaves no focus behind: where it is on what nobody sees, no key does anything.
 */
static void show_child(OfficeDocumentTable *self, const char *name)
{
	bool has_focus = gtk_widget_get_focus_child(GTK_WIDGET(self->stack)) != NULL;

	gtk_stack_set_visible_child_name(self->stack, name);
	if (has_focus && !is_listing(self))
		gtk_widget_grab_focus(GTK_WIDGET(self->search));
}

static void show_blank(OfficeDocumentTable *self, bool nothing)
{
	bool searched = *gtk_editable_get_text(GTK_EDITABLE(self->search)) != '\0';

	office_blank_say(self->blank, searched ? _("No document is found by these words.")
					       : _("There is nothing here yet. Begin one with "
						   "Ctrl+N."));
	show_child(self, nothing ? "blank" : "list");
}

static void show(OfficeDocumentTable *self)
{
	GPtrArray *rows = g_ptr_array_new();
	guint n = self->documents != NULL ? self->documents->len : 0;

	add_coming(self, rows);
	for (guint i = 0; i < n; i++)
		g_ptr_array_add(rows, row_of(self, self->documents->pdata[i]));
	show_blank(self, rows->len == 0);
	gtk_widget_set_visible(self->more, (int)n == self->wanted);
	office_text_table_take(self->table, rows);
}

static void on_listed(GtkWidget *widget, void *data, const GError *error)
{
	OfficeDocumentTable *self = OFFICE_DOCUMENT_TABLE(widget);
	Listing *listing = data;

	if (listing->round != self->round)
		return;
	if (error != NULL) {
		g_autofree char *text = office_desk_dup_trouble(error);

		office_blank_say_trouble(self->blank, text);
		show_child(self, "blank");
		return;
	}
	g_clear_pointer(&self->documents, g_ptr_array_unref);
	g_clear_pointer(&self->coming, g_ptr_array_unref);
	self->documents = g_steal_pointer(&listing->documents);
	self->coming = g_steal_pointer(&listing->coming);
	show(self);
}

static int chosen_kind(OfficeDocumentTable *self)
{
	guint chosen = gtk_drop_down_get_selected(self->kind);

	return chosen == 0 || chosen == GTK_INVALID_LIST_POSITION ? -1
								  : (int)self->choices[chosen - 1];
}

static int chosen_state(OfficeDocumentTable *self)
{
	guint chosen = gtk_drop_down_get_selected(self->state);

	return chosen == GTK_INVALID_LIST_POSITION ? -1 : (int)chosen - 1;
}

void office_document_table_reload(OfficeDocumentTable *self)
{
	Listing *listing;

	if (self->desk == NULL)
		return; /* the choices are being filled */
	listing = g_new0(Listing, 1);
	*listing = (Listing){ .shop_id = office_desk_get_shop(self->desk)->id,
			      .kinds = self->kinds,
			      .kind = chosen_kind(self),
			      .state = chosen_state(self),
			      .n = self->wanted,
			      .search = g_strstrip(
				      g_strdup(gtk_editable_get_text(GTK_EDITABLE(self->search)))),
			      .on_the_way = self->on_the_way,
			      .round = ++self->round };
	office_ask(self->desk, OFFICE_QUICK, GTK_WIDGET(self), listing_work, listing, listing_free,
		   on_listed);
}

static void on_changed(OfficeDocumentTable *self)
{
	self->wanted = PAGE;
	office_document_table_reload(self);
}

static void on_more(OfficeDocumentTable *self)
{
	self->wanted += PAGE;
	office_document_table_reload(self);
}

static const DocumentSummary *summary_of(OfficeDocumentTable *self, int64_t id)
{
	for (guint i = 0; self->documents != NULL && i < self->documents->len; i++) {
		const DocumentSummary *it = self->documents->pdata[i];

		if (it->id == id)
			return it;
	}
	return NULL;
}

static void on_activated(OfficeTextTable *table, gint64 id, OfficeDocumentTable *self)
{
	const DocumentSummary *it = summary_of(self, id);

	if (id < 0)
		g_signal_emit(self, opened_signal, 0, -id, (int)DOCUMENT_TRANSFER,
			      (int)DOCUMENT_POSTED, true);
	else if (it != NULL)
		g_signal_emit(self, opened_signal, 0, id, (int)it->kind, (int)it->state, false);
}

void office_document_table_find(OfficeDocumentTable *self)
{
	gtk_widget_grab_focus(GTK_WIDGET(self->search));
}

int64_t office_document_table_get_chosen(OfficeDocumentTable *self)
{
	return office_text_table_get_chosen(self->table);
}

/* --- life ---------------------------------------------------------------------------------- */

static void fill_kinds(OfficeDocumentTable *self)
{
	g_autoptr(GtkStringList) names = gtk_string_list_new(NULL);

	gtk_string_list_append(names, _("All kinds"));
	for (DocumentKind kind = 0; kind < DOCUMENT_N_KINDS; kind++) {
		if ((self->kinds & 1U << kind) == 0)
			continue;
		gtk_string_list_append(names, document_kind_title(kind));
		self->choices[self->n_choices++] = kind;
	}
	gtk_drop_down_set_model(self->kind, G_LIST_MODEL(names));
	gtk_widget_set_visible(GTK_WIDGET(self->kind), self->n_choices > 1);
}

static void fill_states(OfficeDocumentTable *self)
{
	g_autoptr(GtkStringList) names = gtk_string_list_new(NULL);

	gtk_string_list_append(names, _("All states"));
	for (DocumentState state = 0; state < DOCUMENT_N_STATES; state++)
		gtk_string_list_append(names, document_state_title(state));
	gtk_drop_down_set_model(self->state, G_LIST_MODEL(names));
}

void office_document_table_set_desk(OfficeDocumentTable *self, OfficeDesk *desk, unsigned kinds)
{
	self->kinds = kinds;
	fill_kinds(self);
	fill_states(self);
	self->desk = desk;
	office_text_table_show_column(self->table, KIND, self->n_choices > 1);
	office_text_table_show_column(self->table, VALUE, office_desk_may(desk, RIGHT_SEE_COST));
	office_document_table_reload(self);
}

void office_document_table_show_on_the_way(OfficeDocumentTable *self, bool shown)
{
	self->on_the_way = shown;
}

static gboolean grab_focus(GtkWidget *widget)
{
	OfficeDocumentTable *self = OFFICE_DOCUMENT_TABLE(widget);

	return (is_listing(self) && gtk_widget_grab_focus(GTK_WIDGET(self->table))) ||
	       gtk_widget_grab_focus(GTK_WIDGET(self->search));
}

static void dispose(GObject *object)
{
	OfficeDocumentTable *self = OFFICE_DOCUMENT_TABLE(object);
	GtkWidget *child;

	self->desk = NULL;
	while ((child = gtk_widget_get_first_child(GTK_WIDGET(self))) != NULL)
		gtk_widget_unparent(child);
	g_clear_pointer(&self->documents, g_ptr_array_unref);
	g_clear_pointer(&self->coming, g_ptr_array_unref);
	G_OBJECT_CLASS(office_document_table_parent_class)->dispose(object);
}

static void office_document_table_class_init(OfficeDocumentTableClass *klass)
{
	GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

	G_OBJECT_CLASS(klass)->dispose = dispose;
	widget_class->grab_focus = grab_focus;
	opened_signal = g_signal_new("opened", G_TYPE_FROM_CLASS(klass), G_SIGNAL_RUN_FIRST, 0,
				     NULL, NULL, NULL, G_TYPE_NONE, 4, G_TYPE_INT64, G_TYPE_INT,
				     G_TYPE_INT, G_TYPE_BOOLEAN);
	gtk_widget_class_set_layout_manager_type(widget_class, GTK_TYPE_BIN_LAYOUT);
	gtk_widget_class_set_template_from_resource(widget_class,
						    "/shop/baraa/office/document_table.ui");
	gtk_widget_class_bind_template_child(widget_class, OfficeDocumentTable, search);
	gtk_widget_class_bind_template_child(widget_class, OfficeDocumentTable, kind);
	gtk_widget_class_bind_template_child(widget_class, OfficeDocumentTable, state);
	gtk_widget_class_bind_template_child(widget_class, OfficeDocumentTable, stack);
	gtk_widget_class_bind_template_child(widget_class, OfficeDocumentTable, table);
	gtk_widget_class_bind_template_child(widget_class, OfficeDocumentTable, blank);
	gtk_widget_class_bind_template_child(widget_class, OfficeDocumentTable, more);
	gtk_widget_class_bind_template_callback(widget_class, on_changed);
	gtk_widget_class_bind_template_callback(widget_class, on_more);
	gtk_widget_class_bind_template_callback(widget_class, on_activated);
}

static void office_document_table_init(OfficeDocumentTable *self)
{
	g_type_ensure(OFFICE_TYPE_TEXT_TABLE);
	g_type_ensure(OFFICE_TYPE_BLANK);
	self->wanted = PAGE;
	gtk_widget_init_template(GTK_WIDGET(self));
	office_text_table_set_columns(self->table, _("Documents"), columns, N_COLUMNS);
	office_text_table_tone_columns(self->table, 1U << STATE);
}
