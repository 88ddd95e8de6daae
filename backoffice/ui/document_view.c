/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/document_view_private.h"

#include "backoffice/ui/act_output.h"
#include "backoffice/ui/order_output.h"
#include "backoffice/ui/unseen.h"
#include "backoffice/ui/words.h"

#include <glib/gi18n-lib.h>

G_DEFINE_FINAL_TYPE(OfficeDocumentView, office_document_view, GTK_TYPE_WIDGET)

static guint left_signal;

static void ask(OfficeDocumentView *self);

/* --- panes --------------------------------------------------------------------------------- */

static bool is_on(const OfficeDocumentView *self, const char *pane)
{
	return g_strcmp0(gtk_stack_get_visible_child_name(self->panes), pane) == 0;
}

/* Who leaves the question what a code is leaves the code. */
static void show_pane(OfficeDocumentView *self, const char *name)
{
	bool leaves = is_on(self, "unknown") && g_strcmp0(name, "unknown") != 0;

	gtk_stack_set_visible_child_name(self->panes, name);
	if (leaves)
		office_intake_resume(self->intake, NULL);
}

static void show_lines(OfficeDocumentView *self)
{
	show_pane(self, "lines");
	if (office_document_view_may_change(self))
		gtk_widget_grab_focus(GTK_WIDGET(self->bar));
	else
		gtk_widget_grab_focus(GTK_WIDGET(self->lines));
}

static void say(GtkWidget *widget, const char *text)
{
	OfficeDocumentView *self = OFFICE_DOCUMENT_VIEW(widget);

	office_scan_bar_say(self->bar, OFFICE_PLAIN, text);
}

/* --- reading ------------------------------------------------------------------------------- */

typedef struct {
	int64_t document_id, known; /* revision that is shown; −1: none */
	guint round;
	OfficeDraft *draft; /* owned; NULL: nothing has changed */
} Reading;

static void reading_free(void *data)
{
	Reading *self = data;

	office_draft_free(self->draft);
	g_free(self);
}

static bool reading_work(Store *store, void *data, GError **error)
{
	Reading *self = data;
	g_autoptr(Document) document = NULL;

	if (self->known >= 0) {
		document = document_read(store, self->document_id, error);
		if (document == NULL)
			return false;
		if (document->revision == self->known && document->state == DOCUMENT_DRAFT)
			return true;
	}
	self->draft = office_draft_read(store, self->document_id, error);
	return self->draft != NULL;
}

static void on_read(GtkWidget *widget, void *data, const GError *error)
{
	OfficeDocumentView *self = OFFICE_DOCUMENT_VIEW(widget);
	Reading *reading = data;
	bool first = self->draft == NULL;

	if (reading->round != self->round)
		return;
	self->asking = false;
	if (error != NULL) {
		g_autofree char *text = office_desk_dup_trouble(error);

		say(widget, text);
		return;
	}
	if (reading->draft != NULL) {
		office_draft_free(self->draft);
		self->draft = g_steal_pointer(&reading->draft);
		office_document_view_show(self);
		if (first)
			show_lines(self);
	}
	if (self->again)
		ask(self);
}

static void ask(OfficeDocumentView *self)
{
	Reading *reading;

	if (self->document_id == 0)
		return;
	if (self->asking) {
		self->again = true;
		return;
	}
	self->asking = true;
	self->again = false;
	reading = g_new0(Reading, 1);
	*reading = (Reading){ .document_id = self->document_id,
			      .known = self->draft != NULL ? self->draft->document->revision : -1,
			      .round = self->round };
	office_ask(self->desk, OFFICE_QUICK, GTK_WIDGET(self), reading_work, reading, reading_free,
		   on_read);
}

/* Somebody else may be at the same draft. */
static gboolean watch(void *data)
{
	OfficeDocumentView *self = data;

	if (gtk_widget_get_mapped(GTK_WIDGET(self)) &&
	    (self->draft == NULL || self->draft->document->state == DOCUMENT_DRAFT))
		ask(self);
	return G_SOURCE_CONTINUE;
}

/* --- scans --------------------------------------------------------------------------------- */

static void prepare(OfficeAddition *addition, void *data)
{
	OfficeDocumentView *self = data;

	addition->document_id = self->document_id;
	addition->person_id = office_desk_get_person_id(self->desk);
	addition->to_note = self->to_note;
	addition->line = addition->serial != NULL ? self->lit : 0;
}

static OfficeTone tone_of(const OfficeAddition *addition)
{
	if (!addition->has_expected || addition->to_note)
		return OFFICE_GREEN;
	return addition->total > addition->expected ? OFFICE_AMBER : OFFICE_GREEN;
}

/* "of 24", "24: 2 over", "" where nothing is expected or nobody is to know. */
static char *dup_expected(const OfficeDocumentView *self, const OfficeAddition *addition)
{
	int64_t over = addition->total - addition->expected;
	g_autofree char *expected = office_quantity_dup(self->desk, addition->expected, NULL);
	g_autofree char *amount = office_quantity_dup(self->desk, over, NULL);

	if (addition->to_note)
		return g_strdup(_("on the delivery note"));
	if (!addition->has_expected || self->draft == NULL || self->draft->document->blind)
		return g_strdup("");
	if (over > 0)
		return g_strdup_printf(_("of %s: ▲ %s over"), expected, amount);
	return over == 0 ? g_strdup_printf(_("● all of %s"), expected)
			 : g_strdup_printf(_("of %s"), expected);
}

static void added(const OfficeAddition *addition, void *data)
{
	OfficeDocumentView *self = data;
	const OfficeFound *found = addition->found;
	bool blind = self->draft != NULL && self->draft->document->blind;
	g_autofree char *amount = office_quantity_dup(self->desk, addition->total, found->unit);
	g_autofree char *expected = dup_expected(self, addition);
	g_autofree char *day = office_day_dup(found->expiry);
	g_autofree char *detail =
		found->expiry != 0
			? g_strdup_printf(_("%s, expires %s %s"), found->code, day, found->batch)
			: g_strdup(found->code);

	self->lit = addition->line;
	office_scan_bar_light(self->bar, found->name, detail, amount, expected,
			      blind ? OFFICE_GREEN : tone_of(addition));
	ask(self);
}

static void unknown(const char *text, bool scanned, void *data)
{
	OfficeDocumentView *self = data;

	show_pane(self, "unknown");
	office_unknown_pane_open(self->unknown, text, scanned);
}

static const OfficeIntakeTarget target = {
	.prepare = prepare,
	.add = office_draft_add,
	.added = added,
	.unknown = unknown,
	.asks_day = true,
	.asks_serials = true,
};

static void on_entered(OfficeScanBar *bar, const char *text, OfficeDocumentView *self)
{
	if (office_document_view_may_change(self))
		office_intake_enter(self->intake, text);
}

static void on_known(OfficeUnknownPane *pane, const char *code, OfficeDocumentView *self)
{
	office_intake_resume(self->intake, code);
	show_lines(self);
}

static void on_chosen(OfficeUnknownPane *pane, gint64 id, OfficeDocumentView *self)
{
	office_intake_resume_item(self->intake, id);
	show_lines(self);
}

static void on_unknown_left(OfficeUnknownPane *pane, OfficeDocumentView *self)
{
	show_lines(self);
}

OfficeScanAnswer office_document_view_scan(OfficeDocumentView *self, const char *code,
					   const char *before)
{
	Quantity times;

	if (is_on(self, "line") && office_line_form_scan(self->line_form, code))
		return OFFICE_SCAN_TAKEN;
	if (is_on(self, "line") && office_line_form_wants_text(self->line_form))
		return OFFICE_SCAN_TYPED;
	if (is_on(self, "head"))
		return office_head_form_scan(self->head_form, code) ? OFFICE_SCAN_TAKEN
								    : OFFICE_SCAN_TYPED;
	if (!office_document_view_may_change(self))
		return OFFICE_SCAN_TYPED;
	if (!is_on(self, "unknown"))
		show_pane(self, "lines");
	office_intake_scan(self->intake, code, before);
	return before != NULL && office_scanned_is_times(before, &times)
		       ? OFFICE_SCAN_TAKEN_WITH_BEFORE
		       : OFFICE_SCAN_TAKEN;
}

GtkWidget *office_document_view_get_field(OfficeDocumentView *self)
{
	return is_on(self, "lines") && office_document_view_may_change(self)
		       ? office_scan_bar_get_field(self->bar)
		       : NULL;
}

/* --- lines and head ------------------------------------------------------------------------ */

static void open_line(OfficeDocumentView *self, int line)
{
	if (self->draft == NULL || office_draft_line(self->draft, line) == NULL)
		return;
	show_pane(self, "line");
	office_line_form_open(self->line_form, self->draft, line);
}

static void on_activated(OfficeTextTable *table, gint64 line, OfficeDocumentView *self)
{
	open_line(self, (int)line);
}

static void on_line_saved(OfficeLineForm *form, int line, OfficeDocumentView *self)
{
	self->lit = line;
	show_lines(self);
	ask(self);
}

static void on_head_written(OfficeHeadForm *form, gint64 id, OfficeDocumentView *self)
{
	show_lines(self);
	ask(self);
}

static void on_settled(OfficeSettlePane *pane, int what, OfficeDocumentView *self)
{
	if (what == OFFICE_DISCARD) {
		g_signal_emit(self, left_signal, 0);
		return;
	}
	office_document_view_open(self, self->document_id);
	say(GTK_WIDGET(self), what == OFFICE_POST ? _("Posted.") : _("Reversed."));
}

static void settle(OfficeDocumentView *self, OfficeSettlement what)
{
	if (is_on(self, "settle") && what == OFFICE_POST) {
		office_settle_pane_confirm(self->settle);
		return;
	}
	if (is_on(self, "unknown"))
		show_lines(self);
	if (!office_intake_is_idle(self->intake)) {
		office_scan_bar_say(self->bar, OFFICE_AMBER,
				    _("Answer the question beside the goods first, or leave it "
				      "with Esc."));
		return;
	}
	show_pane(self, "settle");
	office_settle_pane_open(self->settle, what, self->draft);
}

/* --- verbs --------------------------------------------------------------------------------- */

static void go_back(OfficeDocumentView *self)
{
	if (office_intake_leave_question(self->intake))
		return;
	if (is_on(self, "line"))
		office_line_form_leave(self->line_form);
	else if (is_on(self, "head"))
		office_head_form_leave(self->head_form);
	else if (!is_on(self, "lines"))
		show_lines(self);
	else
		g_signal_emit(self, left_signal, 0);
}

static void find(OfficeDocumentView *self)
{
	if (!office_intake_is_idle(self->intake))
		return;
	show_lines(self);
	office_intake_find(self->intake);
}

static void edit(OfficeDocumentView *self)
{
	int64_t chosen = office_text_table_get_chosen(self->lines);

	open_line(self, chosen != 0 ? (int)chosen : self->lit);
}

static void switch_note(OfficeDocumentView *self)
{
	self->to_note = !self->to_note;
	office_intake_reset(self->intake);
	office_document_view_show(self);
	office_scan_bar_say(self->bar, self->to_note ? OFFICE_AMBER : OFFICE_PLAIN,
			    self->to_note
				    ? _("Scan or type what the delivery note says. Nothing of it "
					"counts as received. F8 when it is complete.")
				    : "");
	show_lines(self);
}

static void open_head(OfficeDocumentView *self)
{
	show_pane(self, "head");
	office_head_form_open(self->head_form, self->draft);
}

static void open_labels(OfficeDocumentView *self)
{
	show_pane(self, "labels");
	office_label_pane_open(self->labels, self->draft);
}

static void reload(OfficeDocumentView *self)
{
	if (self->document_id != 0)
		office_document_view_open(self, self->document_id);
}

/* An order for its supplier; of what came, where it differs from what was expected. */
static void put_out(OfficeDocumentView *self, bool to_printer)
{
	const Document *document = self->draft->document;
	GtkWidget *page = GTK_WIDGET(self);

	if (document->kind == DOCUMENT_ORDER && to_printer)
		office_order_print(page, self->desk, document->id, document->number, say);
	else if (document->kind == DOCUMENT_ORDER)
		office_order_save(page, self->desk, document->id, document->number, false, say);
	else if (to_printer)
		office_act_print(page, self->desk, document->id, document->number, say);
	else
		office_act_save(page, self->desk, document->id, document->number, say);
}

void office_document_view_do(OfficeDocumentView *self, OfficeVerb verb)
{
	if (self->document_id == 0 || !office_document_view_has(self, verb))
		return;
	switch (verb) {
	case OFFICE_DO_BACK:
		return go_back(self);
	case OFFICE_DO_FIND:
		return find(self);
	case OFFICE_DO_EDIT:
		return edit(self);
	case OFFICE_DO_HEAD:
		return open_head(self);
	case OFFICE_DO_NOTE:
		return switch_note(self);
	case OFFICE_DO_LABELS:
		return open_labels(self);
	case OFFICE_DO_POST:
		return settle(self, OFFICE_POST);
	case OFFICE_DO_REVERSE:
		return settle(self, OFFICE_REVERSE);
	case OFFICE_DO_DISCARD:
		return settle(self, OFFICE_DISCARD);
	case OFFICE_DO_PRINT:
	case OFFICE_DO_SAVE:
		return put_out(self, verb == OFFICE_DO_PRINT);
	case OFFICE_DO_RELOAD:
		return reload(self);
	case OFFICE_N_VERBS:
		break;
	}
	g_return_if_reached();
}

/* --- life ---------------------------------------------------------------------------------- */

void office_document_view_open(OfficeDocumentView *self, int64_t document_id)
{
	office_document_view_close(self);
	self->document_id = document_id;
	show_pane(self, "lines");
	self->watch = g_timeout_add_seconds(1, watch, self);
	ask(self);
}

void office_document_view_close(OfficeDocumentView *self)
{
	g_clear_handle_id(&self->watch, g_source_remove);
	g_clear_pointer(&self->draft, office_draft_free);
	self->round++;
	self->asking = false;
	self->document_id = 0;
	self->to_note = false;
	self->lit = 0;
	office_intake_reset(self->intake);
	gtk_label_set_label(self->title, "");
	gtk_label_set_label(self->facts, "");
	gtk_label_set_label(self->sums, "");
	office_text_table_take(self->lines, g_ptr_array_new());
}

void office_document_view_set_desk(OfficeDocumentView *self, OfficeDesk *desk)
{
	self->desk = desk;
	self->intake = office_intake_new(desk, GTK_WIDGET(self), self->bar, &target, self);
	office_line_form_set_desk(self->line_form, desk);
	office_unknown_pane_set_desk(self->unknown, desk);
	office_head_form_set_desk(self->head_form, desk);
	office_settle_pane_set_desk(self->settle, desk);
	office_label_pane_set_desk(self->labels, desk);
}

static gboolean grab_focus(GtkWidget *widget)
{
	OfficeDocumentView *self = OFFICE_DOCUMENT_VIEW(widget);

	return gtk_widget_grab_focus(office_document_view_may_change(self)
					     ? GTK_WIDGET(self->bar)
					     : GTK_WIDGET(self->lines));
}

static void dispose(GObject *object)
{
	OfficeDocumentView *self = OFFICE_DOCUMENT_VIEW(object);
	GtkWidget *child;

	g_clear_handle_id(&self->watch, g_source_remove);
	while ((child = gtk_widget_get_first_child(GTK_WIDGET(self))) != NULL)
		gtk_widget_unparent(child);
	g_clear_pointer(&self->intake, office_intake_free);
	g_clear_pointer(&self->draft, office_draft_free);
	G_OBJECT_CLASS(office_document_view_parent_class)->dispose(object);
}

static void bind_children(GtkWidgetClass *klass)
{
	gtk_widget_class_bind_template_child(klass, OfficeDocumentView, title);
	gtk_widget_class_bind_template_child(klass, OfficeDocumentView, facts);
	gtk_widget_class_bind_template_child(klass, OfficeDocumentView, sums);
	gtk_widget_class_bind_template_child(klass, OfficeDocumentView, post);
	gtk_widget_class_bind_template_child(klass, OfficeDocumentView, bar);
	gtk_widget_class_bind_template_child(klass, OfficeDocumentView, panes);
	gtk_widget_class_bind_template_child(klass, OfficeDocumentView, lines);
	gtk_widget_class_bind_template_child(klass, OfficeDocumentView, verbs);
	gtk_widget_class_bind_template_child(klass, OfficeDocumentView, line_form);
	gtk_widget_class_bind_template_child(klass, OfficeDocumentView, unknown);
	gtk_widget_class_bind_template_child(klass, OfficeDocumentView, head_form);
	gtk_widget_class_bind_template_child(klass, OfficeDocumentView, settle);
	gtk_widget_class_bind_template_child(klass, OfficeDocumentView, labels);
}

static void office_document_view_class_init(OfficeDocumentViewClass *klass)
{
	GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

	G_OBJECT_CLASS(klass)->dispose = dispose;
	widget_class->grab_focus = grab_focus;
	left_signal = g_signal_new("left", G_TYPE_FROM_CLASS(klass), G_SIGNAL_RUN_FIRST, 0, NULL,
				   NULL, NULL, G_TYPE_NONE, 0);
	gtk_widget_class_set_layout_manager_type(widget_class, GTK_TYPE_BIN_LAYOUT);
	gtk_widget_class_set_template_from_resource(widget_class,
						    "/shop/baraa/office/document_view.ui");
	bind_children(widget_class);
	gtk_widget_class_bind_template_callback(widget_class, on_entered);
	gtk_widget_class_bind_template_callback(widget_class, on_activated);
	gtk_widget_class_bind_template_callback(widget_class, on_line_saved);
	gtk_widget_class_bind_template_callback(widget_class, on_known);
	gtk_widget_class_bind_template_callback(widget_class, on_chosen);
	gtk_widget_class_bind_template_callback(widget_class, on_unknown_left);
	gtk_widget_class_bind_template_callback(widget_class, on_head_written);
	gtk_widget_class_bind_template_callback(widget_class, on_settled);
	gtk_widget_class_bind_template_callback(widget_class, show_lines);
}

static void office_document_view_init(OfficeDocumentView *self)
{
	g_type_ensure(OFFICE_TYPE_SCAN_BAR);
	g_type_ensure(OFFICE_TYPE_TEXT_TABLE);
	g_type_ensure(OFFICE_TYPE_LINE_FORM);
	g_type_ensure(OFFICE_TYPE_UNKNOWN_PANE);
	g_type_ensure(OFFICE_TYPE_HEAD_FORM);
	g_type_ensure(OFFICE_TYPE_SETTLE_PANE);
	g_type_ensure(OFFICE_TYPE_LABEL_PANE);
	gtk_widget_init_template(GTK_WIDGET(self));
	office_unseen_leave_out(self->panes);
	office_document_view_add_buttons(self);
}
