/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/document_view_private.h"

#include "backoffice/ui/words.h"
#include "base/language.h"

#include <glib/gi18n-lib.h>
#include <string.h>

enum { NAME, EXPECTED, QUANTITY, UNIT, STATE, COST, PRICE, EXPIRY, WHO, N_COLUMNS };
static const OfficeColumn columns[N_COLUMNS] = {
	[NAME] = { N_("Goods"), 0, false },	    [EXPECTED] = { N_("Expected"), 104, true },
	[QUANTITY] = { N_("Quantity"), 104, true }, [UNIT] = { N_("Unit"), 64, false },
	[STATE] = { N_("State"), 152, false },	    [COST] = { N_("Cost"), 104, true },
	[PRICE] = { N_("New price"), 96, true },    [EXPIRY] = { N_("Expires on"), 104, false },
	[WHO] = { N_("Entered by"), 152, false },
};

/* What stands at the foot, in its order. */
static const struct {
	OfficeVerb verb;
	const char *title, *action;
} buttons[] = {
	{ OFFICE_DO_FIND, N_("Find goods (Ctrl+F)"), "page.find" },
	{ OFFICE_DO_EDIT, N_("Line (F4)"), "page.edit" },
	{ OFFICE_DO_HEAD, N_("Head (F6)"), "page.head" },
	{ OFFICE_DO_LABELS, N_("Labels (F7)"), "page.labels" },
	{ OFFICE_DO_NOTE, N_("Enter the delivery note (F8)"), "page.note" },
	{ OFFICE_DO_PRINT, N_("Print the act (Ctrl+P)"), "page.print" },
	{ OFFICE_DO_SAVE, N_("Act as PDF (Ctrl+S)"), "page.save::pdf" },
	{ OFFICE_DO_REVERSE, N_("Reverse…"), "page.reverse" },
	{ OFFICE_DO_DISCARD, N_("Throw away…"), "page.discard" },
};

/* --- what may be done ---------------------------------------------------------------------- */

static unsigned fields_of(const OfficeDocumentView *self)
{
	return office_document_fields(self->draft->document->kind);
}

static bool has_field(const OfficeDocumentView *self, OfficeField field)
{
	return (fields_of(self) & field) != 0;
}

bool office_document_view_may_change(const OfficeDocumentView *self)
{
	const Document *document = self->draft != NULL ? self->draft->document : NULL;

	return document != NULL && document->state == DOCUMENT_DRAFT &&
	       office_desk_may(self->desk, document_kind_right(document->kind));
}

/* Lines that differ from what was expected. */
static bool differs(const OfficeDocumentView *self)
{
	const GPtrArray *lines = self->draft->document->lines;

	for (guint i = 0; i < lines->len; i++) {
		const DocumentLine *line = lines->pdata[i];

		if (line->instead_of != 0 ||
		    (line->has_expected && line->expected != line->quantity))
			return true;
	}
	return false;
}

/* Who receives blind sees nothing of what is expected before it is posted. */
static bool is_blind(const OfficeDocumentView *self)
{
	return self->draft->document->blind && self->draft->document->state == DOCUMENT_DRAFT;
}

bool office_document_view_has(const OfficeDocumentView *self, OfficeVerb verb)
{
	const Document *document = self->draft != NULL ? self->draft->document : NULL;
	bool change = office_document_view_may_change(self);

	if (document == NULL)
		return verb == OFFICE_DO_BACK || verb == OFFICE_DO_RELOAD;
	switch (verb) {
	case OFFICE_DO_FIND:
	case OFFICE_DO_HEAD:
	case OFFICE_DO_DISCARD:
		return change;
	case OFFICE_DO_NOTE:
		return change && has_field(self, FIELD_REFERENCE) &&
		       has_field(self, FIELD_EXPECTED) && !document->blind;
	case OFFICE_DO_LABELS:
		return has_field(self, FIELD_LABELS) &&
		       office_desk_may(self->desk, RIGHT_PRINT_LABELS);
	case OFFICE_DO_POST:
		return change && office_desk_may(self->desk, RIGHT_POST);
	case OFFICE_DO_REVERSE:
		return document->state == DOCUMENT_POSTED &&
		       office_desk_may(self->desk, RIGHT_REVERSE);
	case OFFICE_DO_PRINT:
	case OFFICE_DO_SAVE:
		if (document->kind == DOCUMENT_ORDER)
			return document->lines->len > 0;
		return has_field(self, FIELD_ACT) && !is_blind(self) && differs(self);
	case OFFICE_DO_BACK:
	case OFFICE_DO_EDIT:
	case OFFICE_DO_RELOAD:
		return true;
	case OFFICE_N_VERBS:
		break;
	}
	g_return_val_if_reached(false);
}

/* --- lines --------------------------------------------------------------------------------- */

static char *dup_name(const OfficeDocumentView *self, const DocumentLine *line)
{
	const Goods *goods = office_draft_goods(self->draft, line->item_id);
	const Goods *instead = office_draft_goods(self->draft, line->instead_of);
	const char *name = goods != NULL ? goods->name : _("(deleted goods)");

	if (instead == NULL)
		return g_strdup(name);
	return g_strdup_printf(_("%s ◆ came instead of %s"), name, instead->name);
}

static char *dup_who(const OfficeDocumentView *self, const DocumentLine *line)
{
	const char *name = office_draft_person(self->draft, line->person_id);
	g_autofree char *clock = office_clock_dup(self->desk, line->at);

	if (line->at == 0 || line->person_id == 0)
		return g_strdup("");
	return g_strdup_printf("%s %s", name, clock);
}

static char *dup_expiry(const DocumentLine *line)
{
	g_autofree char *day = office_day_dup(line->expiry);

	if (*line->batch == '\0')
		return g_steal_pointer(&day);
	return g_strdup_printf("%s %s", day, line->batch);
}

static char *dup_state(const OfficeDocumentView *self, const DocumentLine *line, OfficeTone *tone)
{
	if (has_field(self, FIELD_REASON) && *line->reason != '\0')
		return g_strdup(office_reason_title(line->reason));
	if (!has_field(self, FIELD_EXPECTED) || is_blind(self))
		return g_strdup("");
	return office_draft_state_dup(self->desk, line, tone);
}

static OfficeTextRow *row_of(const OfficeDocumentView *self, const DocumentLine *line)
{
	const Goods *goods = office_draft_goods(self->draft, line->item_id);
	OfficeTextRow *row = office_text_row_new(line->line);

	row->texts[NAME] = dup_name(self, line);
	if (line->has_expected)
		row->texts[EXPECTED] = office_quantity_dup(self->desk, line->expected, NULL);
	row->texts[QUANTITY] = office_quantity_dup(self->desk, line->quantity, NULL);
	row->texts[UNIT] = g_strdup(goods != NULL ? language_unit_name(goods->unit) : "");
	row->texts[STATE] = dup_state(self, line, &row->tone);
	if (line->has_cost)
		row->texts[COST] = office_money_dup(self->desk, line->cost);
	if (line->has_price)
		row->texts[PRICE] = office_money_dup(self->desk, line->price);
	row->texts[EXPIRY] = dup_expiry(line);
	row->texts[WHO] = dup_who(self, line);
	return row;
}

static bool any(const GPtrArray *lines, bool (*is)(const DocumentLine *line))
{
	for (guint i = 0; i < lines->len; i++)
		if (is(lines->pdata[i]))
			return true;
	return false;
}

static bool has_price(const DocumentLine *line)
{
	return line->has_price;
}

static bool has_expiry(const DocumentLine *line)
{
	return line->expiry != 0 || *line->batch != '\0';
}

static bool has_expected(const DocumentLine *line)
{
	return line->has_expected;
}

/* One person alone knows who it was. */
static bool several_people(const GPtrArray *lines)
{
	int64_t first = 0;

	for (guint i = 0; i < lines->len; i++) {
		const DocumentLine *line = lines->pdata[i];

		if (first != 0 && line->person_id != 0 && line->person_id != first)
			return true;
		first = line->person_id != 0 ? line->person_id : first;
	}
	return false;
}

static void show_columns(OfficeDocumentView *self)
{
	const GPtrArray *lines = self->draft->document->lines;
	bool expected = has_field(self, FIELD_EXPECTED) && !is_blind(self) &&
			(self->to_note || any(lines, has_expected));

	office_text_table_show_column(self->lines, EXPECTED, expected);
	office_text_table_show_column(self->lines, STATE,
				      expected || has_field(self, FIELD_REASON));
	office_text_table_show_column(self->lines, COST,
				      has_field(self, FIELD_COST) &&
					      office_desk_may(self->desk, RIGHT_SEE_COST));
	office_text_table_show_column(self->lines, WHO, several_people(lines));
	office_text_table_show_column(self->lines, PRICE, any(lines, has_price));
	office_text_table_show_column(self->lines, EXPIRY, any(lines, has_expiry));
}

static void show_lines(OfficeDocumentView *self)
{
	const GPtrArray *lines = self->draft->document->lines;
	GPtrArray *rows = g_ptr_array_new();

	for (guint i = 0; i < lines->len; i++)
		g_ptr_array_add(rows, row_of(self, lines->pdata[i]));
	show_columns(self);
	office_text_table_take(self->lines, rows);
	if (self->lit != 0)
		office_text_table_choose(self->lines, self->lit);
}

/* --- head and sums ------------------------------------------------------------------------- */

static void add_fact(GString *facts, const char *fact)
{
	if (*fact != '\0')
		g_string_append_printf(facts, "%s%s", facts->len > 0 ? " · " : "", fact);
}

static void add_named_fact(GString *facts, const char *format, const char *fact)
{
	g_autofree char *text = *fact != '\0' ? g_strdup_printf(format, fact) : g_strdup("");

	add_fact(facts, text);
}

static void show_head(OfficeDocumentView *self)
{
	const Document *document = self->draft->document;
	g_autofree char *title =
		g_strdup_printf("%s %s · %s", document_kind_title(document->kind), document->number,
				document_state_title(document->state));
	g_autoptr(GString) facts = g_string_new(NULL);
	g_autofree char *at = office_time_dup(self->desk, document->at);

	add_fact(facts, self->draft->supplier);
	add_fact(facts, self->draft->other_shop);
	add_named_fact(facts, _("their paper %s"), document->reference);
	add_named_fact(facts, _("by %s"), self->draft->origin);
	add_fact(facts,
		 document->kind == DOCUMENT_WRITE_OFF ? office_reason_title(document->reason) : "");
	add_fact(facts, at);
	add_fact(facts, document->blind ? _("blind") : "");
	add_fact(facts, document->note);
	gtk_label_set_label(self->title, title);
	gtk_label_set_label(self->facts, facts->str);
	gtk_widget_set_visible(GTK_WIDGET(self->facts), facts->len > 0);
}

/* Who else has entered something, and when. */
static const DocumentLine *last_line(const Document *document)
{
	const DocumentLine *last = NULL;

	for (guint i = 0; i < document->lines->len; i++) {
		const DocumentLine *line = document->lines->pdata[i];

		if (line->person_id != 0 && (last == NULL || line->at > last->at))
			last = line;
	}
	return last;
}

static void add_value(const OfficeDocumentView *self, GString *sums)
{
	const GPtrArray *lines = self->draft->document->lines;
	g_autofree char *amount = NULL, *text = NULL;
	int64_t value = 0;

	if (!has_field(self, FIELD_COST) || has_field(self, FIELD_UNIT_COST) ||
	    !office_desk_may(self->desk, RIGHT_SEE_COST))
		return;
	for (guint i = 0; i < lines->len; i++) {
		const DocumentLine *line = lines->pdata[i];

		if (line->has_cost && __builtin_add_overflow(value, line->cost, &value))
			return;
	}
	amount = office_money_dup(self->desk, value);
	text = g_strdup_printf(_("cost %s %s"), amount, office_desk_get_symbol(self->desk));
	add_fact(sums, text);
}

static void add_last(const OfficeDocumentView *self, GString *sums)
{
	const DocumentLine *last = last_line(self->draft->document);
	const Goods *goods = last != NULL ? office_draft_goods(self->draft, last->item_id) : NULL;
	g_autofree char *who = last != NULL ? dup_who(self, last) : NULL;
	g_autofree char *text = NULL;

	if (goods == NULL || self->draft->document->state != DOCUMENT_DRAFT)
		return;
	/* Translators: who entered something last, and which goods. */
	text = g_strdup_printf(_("last: %s, %s"), who, goods->name);
	add_fact(sums, text);
}

static void show_sums(OfficeDocumentView *self)
{
	guint n = self->draft->document->lines->len;
	g_autofree char *number = number_text_integer(office_desk_get_style(self->desk), n);
	g_autofree char *count =
		g_strdup_printf(g_dngettext(GETTEXT_PACKAGE, "%s line", "%s lines", n), number);
	g_autoptr(GString) sums = g_string_new(count);

	add_value(self, sums);
	add_last(self, sums);
	gtk_label_set_label(self->sums, sums->str);
}

static void show_buttons(OfficeDocumentView *self)
{
	bool order = self->draft->document->kind == DOCUMENT_ORDER;

	gtk_widget_set_visible(self->post, office_document_view_has(self, OFFICE_DO_POST));
	office_scan_bar_show_card(self->bar, office_document_view_may_change(self));
	for (size_t i = 0; i < G_N_ELEMENTS(buttons); i++) {
		GtkWidget *button = self->buttons[buttons[i].verb];

		gtk_widget_set_visible(gtk_widget_get_parent(button),
				       office_document_view_has(self, buttons[i].verb));
	}
	gtk_button_set_label(GTK_BUTTON(self->buttons[OFFICE_DO_NOTE]),
			     self->to_note ? _("Receive the goods (F8)")
					   : _("Enter the delivery note (F8)"));
	gtk_button_set_label(GTK_BUTTON(self->buttons[OFFICE_DO_PRINT]),
			     order ? _("Print for the supplier (Ctrl+P)")
				   : _("Print the act (Ctrl+P)"));
	gtk_button_set_label(GTK_BUTTON(self->buttons[OFFICE_DO_SAVE]),
			     order ? _("PDF for the supplier (Ctrl+S)") : _("Act as PDF (Ctrl+S)"));
}

void office_document_view_show(OfficeDocumentView *self)
{
	show_head(self);
	show_lines(self);
	show_sums(self);
	show_buttons(self);
}

void office_document_view_add_buttons(OfficeDocumentView *self)
{
	for (size_t i = 0; i < G_N_ELEMENTS(buttons); i++) {
		GtkWidget *button =
			gtk_button_new_with_label(g_dgettext(GETTEXT_PACKAGE, buttons[i].title));

		gtk_actionable_set_detailed_action_name(GTK_ACTIONABLE(button), buttons[i].action);
		gtk_flow_box_append(self->verbs, button);
		gtk_widget_set_focusable(gtk_widget_get_parent(button), false);
		self->buttons[buttons[i].verb] = button;
	}
	office_text_table_set_columns(self->lines, _("Lines of the document"), columns, N_COLUMNS);
	office_text_table_tone_columns(self->lines, 1U << STATE);
}
