/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/settle_pane.h"

#include "backoffice/ui/document_fields.h"
#include "backoffice/ui/words.h"

#include <glib/gi18n-lib.h>

struct _OfficeSettlePane {
	GtkWidget parent_instance;

	/* template children, borrowed */
	GtkLabel *question, *message, *differences;
	GtkWidget *reason_box, *confirm;
	GtkEntry *reason;
	OfficeTextTable *table;

	OfficeDesk *desk; /* borrowed */
	OfficeSettlement what;
	int64_t document_id;
	guint round; /* of the differences whose answer counts */
};

G_DEFINE_FINAL_TYPE(OfficeSettlePane, office_settle_pane, GTK_TYPE_WIDGET)

static guint settled_signal, left_signal;

static const char *const verbs[OFFICE_N_SETTLEMENTS] = {
	[OFFICE_POST] = N_("Post (F12)"),
	[OFFICE_REVERSE] = N_("Reverse it"),
	[OFFICE_DISCARD] = N_("Throw it away"),
};

enum { NAME, EXPECTED, CAME, DIFFERENCE, COST, N_COLUMNS };
static const OfficeColumn columns[N_COLUMNS] = {
	[NAME] = { N_("Goods"), 0, false },	  [EXPECTED] = { N_("Expected"), 104, true },
	[CAME] = { N_("Came"), 96, true },	  [DIFFERENCE] = { N_("Difference"), 144, false },
	[COST] = { N_("Cost of it"), 112, true },
};

/* --- what differs -------------------------------------------------------------------------- */

typedef struct {
	int64_t document_id;
	guint round;
	GPtrArray *found; /* owned; of Discrepancy */
} Differences;

static void differences_free(void *data)
{
	Differences *self = data;

	g_clear_pointer(&self->found, g_ptr_array_unref);
	g_free(self);
}

static bool differences_work(Store *store, void *data, GError **error)
{
	Differences *self = data;

	self->found = document_discrepancies(store, self->document_id, error);
	return self->found != NULL;
}

static OfficeTextRow *row_of(OfficeSettlePane *self, const Discrepancy *it, int64_t id)
{
	OfficeTextRow *row = office_text_row_new(id);
	int64_t by = it->came - it->expected;
	g_autofree char *amount = office_quantity_dup(self->desk, ABS(by), it->unit);

	row->tone = OFFICE_AMBER;
	row->texts[NAME] = g_strdup(it->name);
	row->texts[EXPECTED] = office_quantity_dup(self->desk, it->expected, NULL);
	row->texts[CAME] = office_quantity_dup(self->desk, it->came, NULL);
	row->texts[DIFFERENCE] = by == 0  ? g_strdup(_("◆ a substitute"))
				 : by > 0 ? g_strdup_printf(_("▲ %s over"), amount)
					  : g_strdup_printf(_("▼ %s short"), amount);
	row->texts[COST] = it->has_cost ? office_money_dup(self->desk, it->cost) : g_strdup("");
	return row;
}

static void on_differences(GtkWidget *widget, void *data, const GError *error)
{
	OfficeSettlePane *self = OFFICE_SETTLE_PANE(widget);
	Differences *answer = data;
	GPtrArray *rows;

	if (error != NULL || answer->round != self->round)
		return; /* what is asked is not changed by it */
	rows = g_ptr_array_new();
	for (guint i = 0; i < answer->found->len; i++)
		g_ptr_array_add(rows, row_of(self, answer->found->pdata[i], (int64_t)i + 1));
	gtk_label_set_label(self->differences,
			    rows->len > 0 ? _("This differs from what was expected:") : "");
	gtk_widget_set_visible(GTK_WIDGET(self->table), rows->len > 0);
	office_text_table_take(self->table, rows);
}

static void ask_differences(OfficeSettlePane *self)
{
	Differences *question = g_new0(Differences, 1);

	question->document_id = self->document_id;
	question->round = ++self->round;
	office_ask(self->desk, OFFICE_QUICK, GTK_WIDGET(self), differences_work, question,
		   differences_free, on_differences);
}

/* --- doing it ------------------------------------------------------------------------------ */

typedef struct {
	OfficeSettlement what;
	int64_t document_id, person_id;
	char *reason; /* owned */
} Settling;

static void settling_free(void *data)
{
	Settling *self = data;

	g_free(self->reason);
	g_free(self);
}

static bool settle_work(Store *store, void *data, GError **error)
{
	Settling *self = data;

	switch (self->what) {
	case OFFICE_POST:
		return document_post(store, self->document_id, self->person_id, error);
	case OFFICE_REVERSE:
		return document_reverse(store, self->document_id, self->person_id, self->reason,
					error);
	case OFFICE_DISCARD:
		return document_discard(store, self->document_id, self->person_id, error);
	case OFFICE_N_SETTLEMENTS:
		break;
	}
	g_return_val_if_reached(false);
}

static void on_settled(GtkWidget *widget, void *data, const GError *error)
{
	OfficeSettlePane *self = OFFICE_SETTLE_PANE(widget);
	Settling *settling = data;
	g_autofree char *text = error != NULL ? office_desk_dup_trouble(error) : NULL;

	gtk_widget_set_sensitive(self->confirm, true);
	gtk_label_set_label(self->message, text != NULL ? text : "");
	if (text == NULL)
		g_signal_emit(self, settled_signal, 0, (int)settling->what);
}

void office_settle_pane_confirm(OfficeSettlePane *self)
{
	g_autofree char *reason =
		g_strstrip(g_strdup(gtk_editable_get_text(GTK_EDITABLE(self->reason))));
	Settling *settling;

	if (!gtk_widget_get_sensitive(self->confirm))
		return;
	if (self->what == OFFICE_REVERSE && *reason == '\0') {
		gtk_label_set_label(self->message, _("Type why it is reversed: it stays in the "
						     "books with the document."));
		gtk_widget_grab_focus(GTK_WIDGET(self->reason));
		return;
	}
	settling = g_new0(Settling, 1);
	*settling = (Settling){ .what = self->what,
				.document_id = self->document_id,
				.person_id = office_desk_get_person_id(self->desk),
				.reason = g_steal_pointer(&reason) };
	gtk_widget_set_sensitive(self->confirm, false);
	gtk_label_set_label(self->message, "");
	office_ask(self->desk, OFFICE_QUICK, GTK_WIDGET(self), settle_work, settling, settling_free,
		   on_settled);
}

static void on_leave(OfficeSettlePane *self)
{
	g_signal_emit(self, left_signal, 0);
}

static const char *question_of(OfficeSettlement what, DocumentKind kind)
{
	if (what == OFFICE_POST)
		return office_document_question(kind);
	if (what == OFFICE_REVERSE)
		return _("Reversing takes back what this document did, at its own moment. Both "
			 "stay in the books.");
	return _("The draft is thrown away with all its lines. It cannot be brought back.");
}

void office_settle_pane_open(OfficeSettlePane *self, OfficeSettlement what,
			     const OfficeDraft *draft)
{
	self->what = what;
	self->document_id = draft->document->id;
	self->round++;
	gtk_label_set_label(self->question, question_of(what, draft->document->kind));
	gtk_button_set_label(GTK_BUTTON(self->confirm), g_dgettext(GETTEXT_PACKAGE, verbs[what]));
	gtk_widget_set_sensitive(self->confirm, true);
	gtk_label_set_label(self->message, "");
	gtk_label_set_label(self->differences, "");
	gtk_editable_set_text(GTK_EDITABLE(self->reason), "");
	gtk_widget_set_visible(self->reason_box, what == OFFICE_REVERSE);
	gtk_widget_set_visible(GTK_WIDGET(self->table), false);
	office_text_table_show_column(self->table, COST,
				      office_desk_may(self->desk, RIGHT_SEE_COST));
	gtk_widget_grab_focus(what == OFFICE_REVERSE ? GTK_WIDGET(self->reason) : self->confirm);
	if (what == OFFICE_POST && !draft->document->blind &&
	    (office_document_fields(draft->document->kind) & FIELD_EXPECTED) != 0)
		ask_differences(self);
}

void office_settle_pane_set_desk(OfficeSettlePane *self, OfficeDesk *desk)
{
	self->desk = desk;
}

/* --- life ---------------------------------------------------------------------------------- */

static void dispose(GObject *object)
{
	GtkWidget *child;

	while ((child = gtk_widget_get_first_child(GTK_WIDGET(object))) != NULL)
		gtk_widget_unparent(child);
	G_OBJECT_CLASS(office_settle_pane_parent_class)->dispose(object);
}

static void bind_template(GtkWidgetClass *klass)
{
	gtk_widget_class_set_template_from_resource(klass, "/shop/baraa/office/settle_pane.ui");
	gtk_widget_class_bind_template_child(klass, OfficeSettlePane, question);
	gtk_widget_class_bind_template_child(klass, OfficeSettlePane, message);
	gtk_widget_class_bind_template_child(klass, OfficeSettlePane, differences);
	gtk_widget_class_bind_template_child(klass, OfficeSettlePane, reason_box);
	gtk_widget_class_bind_template_child(klass, OfficeSettlePane, reason);
	gtk_widget_class_bind_template_child(klass, OfficeSettlePane, confirm);
	gtk_widget_class_bind_template_child(klass, OfficeSettlePane, table);
	gtk_widget_class_bind_template_callback(klass, office_settle_pane_confirm);
	gtk_widget_class_bind_template_callback(klass, on_leave);
}

static void office_settle_pane_class_init(OfficeSettlePaneClass *klass)
{
	GType type = G_TYPE_FROM_CLASS(klass);

	G_OBJECT_CLASS(klass)->dispose = dispose;
	settled_signal = g_signal_new("settled", type, G_SIGNAL_RUN_FIRST, 0, NULL, NULL, NULL,
				      G_TYPE_NONE, 1, G_TYPE_INT);
	left_signal =
		g_signal_new("left", type, G_SIGNAL_RUN_FIRST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
	gtk_widget_class_set_layout_manager_type(GTK_WIDGET_CLASS(klass), GTK_TYPE_BIN_LAYOUT);
	bind_template(GTK_WIDGET_CLASS(klass));
}

static void office_settle_pane_init(OfficeSettlePane *self)
{
	g_type_ensure(OFFICE_TYPE_TEXT_TABLE);
	gtk_widget_init_template(GTK_WIDGET(self));
	office_text_table_set_columns(self->table, _("What differs"), columns, N_COLUMNS);
	office_text_table_tone_columns(self->table, 1U << DIFFERENCE);
}
