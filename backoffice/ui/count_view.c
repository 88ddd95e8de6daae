/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/count_view_private.h"

#include "backoffice/ui/drop_down.h"
#include "backoffice/ui/unseen.h"
#include "backoffice/ui/words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define WATCH_SECONDS 2
#define PASSES 5

G_DEFINE_FINAL_TYPE(OfficeCountView, office_count_view, GTK_TYPE_WIDGET)

static guint left_signal;

static bool is_on(const OfficeCountView *self, const char *pane)
{
	return g_strcmp0(gtk_stack_get_visible_child_name(self->panes), pane) == 0;
}

/* Who leaves the question what a code is leaves the code. */
static void show_pane(OfficeCountView *self, const char *name)
{
	bool leaves = is_on(self, "unknown") && g_strcmp0(name, "unknown") != 0;

	gtk_stack_set_visible_child_name(self->panes, name);
	if (leaves)
		office_intake_resume(self->intake, NULL);
}

static void show_found_pane(OfficeCountView *self)
{
	show_pane(self, "found");
	if (self->now != NULL)
		office_count_view_show(self);
	gtk_widget_grab_focus(office_count_view_may_change(self) ? GTK_WIDGET(self->bar)
								 : GTK_WIDGET(self->found));
}

static void say(OfficeCountView *self, OfficeTone tone, const char *text)
{
	office_scan_bar_say(self->bar, tone, text);
}

static void say_trouble(OfficeCountView *self, const GError *error)
{
	g_autofree char *text = office_desk_dup_trouble(error);

	say(self, OFFICE_RED, text);
}

/* --- what was found ------------------------------------------------------------------------ */

static void ask(OfficeCountView *self);

/* Where a count begins: in its own zone, where it is of one. */
static int64_t first_zone(const CountFound *found)
{
	const GPtrArray *zones = found->zones;

	if (strcmp(found->document->scope, "zone") == 0)
		return g_ascii_strtoll(found->document->subject, NULL, 10);
	return zones->len > 0 ? ((const Zone *)zones->pdata[0])->id : 0;
}

static void show_answer(OfficeCountView *self, bool first, int64_t zone_id)
{
	if (!office_count_view_show_zones(self, first ? first_zone(self->now) : zone_id) &&
	    !first && office_count_view_may_change(self)) {
		office_intake_reset(self->intake);
		say(self, OFFICE_AMBER,
		    _("The zone that was counted here was removed: choose another one."));
	}
	office_count_view_show(self);
	if (first)
		show_found_pane(self);
}

static void on_answer(GtkWidget *widget, void *data, const GError *error)
{
	OfficeCountView *self = OFFICE_COUNT_VIEW(widget);
	CountFound *answer = data;
	bool first = self->now == NULL;
	int64_t zone_id = office_count_view_get_zone(self);

	if (answer->round != self->round)
		return;
	self->asking = false;
	if (error != NULL) {
		say_trouble(self, error);
		return;
	}
	if (self->now != NULL)
		count_found_free(self->now);
	self->now = g_memdup2(answer, sizeof(*answer));
	*answer = (CountFound){ 0 }; /* it is ours now */
	show_answer(self, first, zone_id);
	/* The first answer brings the zones, the next one what was found in the one that is chosen.
	 */
	if (self->asked_again || self->now->zone_id != office_count_view_get_zone(self))
		ask(self);
}

static void ask(OfficeCountView *self)
{
	CountFound *question;

	if (self->document_id == 0)
		return;
	if (self->asking) {
		self->asked_again = true;
		return;
	}
	self->asking = true;
	self->asked_again = false;
	question = g_new0(CountFound, 1);
	*question = (CountFound){ .document_id = self->document_id,
				  .person_id = office_desk_get_person_id(self->desk),
				  .shop_id = office_desk_get_shop(self->desk)->id,
				  .zone_id = office_count_view_get_zone(self),
				  .pass = office_count_view_get_pass(self),
				  .round = self->round };
	office_ask(self->desk, OFFICE_QUICK, GTK_WIDGET(self), count_found_work, question,
		   count_found_free, on_answer);
}

static gboolean watch(void *data)
{
	OfficeCountView *self = data;

	if (gtk_widget_get_mapped(GTK_WIDGET(self)))
		ask(self);
	return G_SOURCE_CONTINUE;
}

/* Another zone, another pass: what was lit belongs to the one before. */
static void on_place(OfficeCountView *self)
{
	if (self->filling || self->document_id == 0)
		return;
	office_intake_reset(self->intake);
	self->round++;
	self->asking = false;
	ask(self);
}

/* --- scans --------------------------------------------------------------------------------- */

static void prepare(OfficeAddition *addition, void *data)
{
	OfficeCountView *self = data;

	addition->document_id = self->document_id;
	addition->person_id = office_desk_get_person_id(self->desk);
	addition->zone_id = office_count_view_get_zone(self);
	addition->pass = office_count_view_get_pass(self);
}

static void added(const OfficeAddition *addition, void *data)
{
	OfficeCountView *self = data;
	const OfficeFound *found = addition->found;
	g_autofree char *amount = office_quantity_dup(self->desk, addition->total, found->unit);

	office_scan_bar_light(self->bar, found->name, found->code, amount, _("found here"),
			      OFFICE_GREEN);
	ask(self);
}

static void unknown(const char *text, bool scanned, void *data)
{
	OfficeCountView *self = data;

	show_pane(self, "unknown");
	office_unknown_pane_open(self->unknown, text, scanned);
}

static const OfficeIntakeTarget target = {
	.prepare = prepare,
	.add = count_add_work,
	.added = added,
	.unknown = unknown,
};

static void on_entered(OfficeScanBar *bar, const char *text, OfficeCountView *self)
{
	if (office_count_view_may_change(self))
		office_intake_enter(self->intake, text);
}

static void on_known(OfficeUnknownPane *pane, const char *code, OfficeCountView *self)
{
	office_intake_resume(self->intake, code);
	show_found_pane(self);
}

static void on_chosen(OfficeUnknownPane *pane, gint64 id, OfficeCountView *self)
{
	office_intake_resume_item(self->intake, id);
	show_found_pane(self);
}

static void on_unknown_left(OfficeUnknownPane *pane, OfficeCountView *self)
{
	show_found_pane(self);
}

OfficeScanAnswer office_count_view_scan(OfficeCountView *self, const char *code, const char *before)
{
	Quantity times;

	if (!office_count_view_may_change(self))
		return OFFICE_SCAN_TYPED;
	if (!is_on(self, "unknown") && !is_on(self, "found"))
		show_found_pane(self);
	office_intake_scan(self->intake, code, before);
	return before != NULL && office_scanned_is_times(before, &times)
		       ? OFFICE_SCAN_TAKEN_WITH_BEFORE
		       : OFFICE_SCAN_TAKEN;
}

GtkWidget *office_count_view_get_field(OfficeCountView *self)
{
	return is_on(self, "found") && office_count_view_may_change(self)
		       ? office_scan_bar_get_field(self->bar)
		       : NULL;
}

static void on_activated(OfficeTextTable *table, gint64 item_id, OfficeCountView *self)
{
	for (guint i = 0; self->now != NULL && i < self->now->entries->len; i++) {
		const CountEntry *entry = &g_array_index(self->now->entries, CountEntry, i);

		if (entry->item_id == item_id && office_count_view_may_change(self))
			office_intake_edit(self->intake, item_id, entry->quantity);
	}
}

/* --- what differs -------------------------------------------------------------------------- */

static void on_differences(GtkWidget *widget, void *data, const GError *error)
{
	OfficeCountView *self = OFFICE_COUNT_VIEW(widget);
	CountDifferences *answer = data;

	if (answer->round != self->round)
		return;
	if (error != NULL) {
		say_trouble(self, error);
		return;
	}
	say(self, OFFICE_PLAIN, "");
	g_clear_pointer(&self->reviewed, g_ptr_array_unref);
	self->reviewed = g_steal_pointer(&answer->items);
	office_count_view_show_differences(self);
}

static void ask_differences(OfficeCountView *self)
{
	CountDifferences *question;

	if (self->document_id == 0)
		return;
	say(self, OFFICE_PLAIN, _("Comparing…"));
	question = g_new0(CountDifferences, 1);
	question->document_id = self->document_id;
	question->again = gtk_check_button_get_active(self->again);
	question->round = self->round;
	office_ask(self->desk, OFFICE_LONG, GTK_WIDGET(self), count_differences_work, question,
		   count_differences_free, on_differences);
}

/* Why it is disputed. */
static void on_item_chosen(OfficeTextTable *table, gint64 item_id, OfficeCountView *self)
{
	const char *dispute = NULL;

	for (guint i = 0; self->reviewed != NULL && i < self->reviewed->len; i++) {
		const CountItem *it = self->reviewed->pdata[i];

		if (it->item_id == item_id)
			dispute = it->dispute;
	}
	say(self, dispute != NULL ? OFFICE_RED : OFFICE_PLAIN, dispute != NULL ? dispute : "");
}

static void switch_differences(OfficeCountView *self)
{
	if (!office_count_view_may_compare(self))
		return;
	if (is_on(self, "differences")) {
		say(self, OFFICE_PLAIN, "");
		show_found_pane(self);
		return;
	}
	show_pane(self, "differences");
	office_count_view_show(self);
	gtk_widget_grab_focus(GTK_WIDGET(self->items));
	ask_differences(self);
}

/* --- posting ------------------------------------------------------------------------------- */

static void on_settled(OfficeSettlePane *pane, int what, OfficeCountView *self)
{
	if (what == OFFICE_DISCARD) {
		g_signal_emit(self, left_signal, 0);
		return;
	}
	office_count_view_open(self, self->document_id);
	say(self, OFFICE_GREEN, what == OFFICE_POST ? _("Posted.") : _("Reversed."));
}

static bool may_settle(const OfficeCountView *self, OfficeSettlement what)
{
	if (what == OFFICE_REVERSE)
		return self->now->document->state == DOCUMENT_POSTED &&
		       office_desk_may(self->desk, RIGHT_REVERSE);
	return office_count_view_may_change(self) &&
	       (what == OFFICE_DISCARD || office_desk_may(self->desk, RIGHT_POST));
}

static void settle(OfficeCountView *self, OfficeSettlement what)
{
	OfficeDraft draft = { 0 };

	if (is_on(self, "settle") && what == OFFICE_POST) {
		office_settle_pane_confirm(self->settle);
		return;
	}
	if (self->now == NULL || !may_settle(self, what) || !office_intake_is_idle(self->intake))
		return;
	draft.document = self->now->document;
	show_pane(self, "settle");
	office_settle_pane_open(self->settle, what, &draft);
}

/* --- verbs --------------------------------------------------------------------------------- */

static void go_back(OfficeCountView *self)
{
	if (office_intake_leave_question(self->intake))
		return;
	if (!is_on(self, "found"))
		show_found_pane(self);
	else
		g_signal_emit(self, left_signal, 0);
}

static void reload(OfficeCountView *self)
{
	if (is_on(self, "differences"))
		ask_differences(self);
	else
		ask(self);
}

static void find(OfficeCountView *self)
{
	if (!office_count_view_may_change(self) || !office_intake_is_idle(self->intake))
		return;
	show_found_pane(self);
	office_intake_find(self->intake);
}

static void choose_zone(OfficeCountView *self)
{
	if (office_count_view_may_change(self))
		gtk_widget_grab_focus(GTK_WIDGET(self->zone));
}

void office_count_view_do(OfficeCountView *self, OfficeVerb verb)
{
	if (self->document_id == 0)
		return;
	switch (verb) {
	case OFFICE_DO_BACK:
		return go_back(self);
	case OFFICE_DO_FIND:
		return find(self);
	case OFFICE_DO_EDIT:
		return on_activated(self->found, office_text_table_get_chosen(self->found), self);
	case OFFICE_DO_NOTE:
		return switch_differences(self);
	case OFFICE_DO_POST:
		return settle(self, OFFICE_POST);
	case OFFICE_DO_REVERSE:
		return settle(self, OFFICE_REVERSE);
	case OFFICE_DO_DISCARD:
		return settle(self, OFFICE_DISCARD);
	case OFFICE_DO_RELOAD:
		return reload(self);
	case OFFICE_DO_HEAD:
		return choose_zone(self);
	case OFFICE_DO_LABELS:
	case OFFICE_DO_PRINT:
	case OFFICE_DO_SAVE:
	case OFFICE_N_VERBS:
		break;
	}
}

/* --- life ---------------------------------------------------------------------------------- */

void office_count_view_open(OfficeCountView *self, int64_t document_id)
{
	office_count_view_close(self);
	self->document_id = document_id;
	gtk_stack_set_visible_child_name(self->panes, "found");
	self->watch = g_timeout_add_seconds(WATCH_SECONDS, watch, self);
	ask(self);
}

static void forget(OfficeCountView *self)
{
	if (self->now != NULL)
		count_found_free(g_steal_pointer(&self->now));
	g_clear_pointer(&self->reviewed, g_ptr_array_unref);
}

void office_count_view_close(OfficeCountView *self)
{
	g_clear_handle_id(&self->watch, g_source_remove);
	forget(self);
	self->round++;
	self->asking = false;
	self->document_id = 0;
	office_intake_reset(self->intake);
	office_text_table_take(self->found, g_ptr_array_new());
	office_text_table_take(self->progress, g_ptr_array_new());
	office_text_table_take(self->items, g_ptr_array_new());
	gtk_label_set_label(self->title, "");
	gtk_label_set_label(self->facts, "");
}

void office_count_view_set_desk(OfficeCountView *self, OfficeDesk *desk)
{
	self->desk = desk;
	self->intake = office_intake_new(desk, GTK_WIDGET(self), self->bar, &target, self);
	office_unknown_pane_set_desk(self->unknown, desk);
	office_settle_pane_set_desk(self->settle, desk);
}

static void fill_passes(OfficeCountView *self)
{
	static const char *const titles[PASSES] = { N_("first time"), N_("second time"),
						    N_("third time"), N_("fourth time"),
						    N_("fifth time") };
	g_autoptr(GtkStringList) names = gtk_string_list_new(NULL);

	for (int i = 0; i < PASSES; i++)
		gtk_string_list_append(names, g_dgettext(GETTEXT_PACKAGE, titles[i]));
	gtk_drop_down_set_model(self->pass, G_LIST_MODEL(names));
}

static gboolean grab_focus(GtkWidget *widget)
{
	OfficeCountView *self = OFFICE_COUNT_VIEW(widget);

	return gtk_widget_grab_focus(office_count_view_may_change(self) ? GTK_WIDGET(self->bar)
									: GTK_WIDGET(self->found));
}

static void dispose(GObject *object)
{
	OfficeCountView *self = OFFICE_COUNT_VIEW(object);
	GtkWidget *child;

	g_clear_handle_id(&self->watch, g_source_remove);
	self->document_id = 0;
	while ((child = gtk_widget_get_first_child(GTK_WIDGET(self))) != NULL)
		gtk_widget_unparent(child);
	g_clear_pointer(&self->intake, office_intake_free);
	forget(self);
	G_OBJECT_CLASS(office_count_view_parent_class)->dispose(object);
}

static void bind_children(GtkWidgetClass *klass)
{
	gtk_widget_class_bind_template_child(klass, OfficeCountView, title);
	gtk_widget_class_bind_template_child(klass, OfficeCountView, facts);
	gtk_widget_class_bind_template_child(klass, OfficeCountView, sums);
	gtk_widget_class_bind_template_child(klass, OfficeCountView, differences);
	gtk_widget_class_bind_template_child(klass, OfficeCountView, post);
	gtk_widget_class_bind_template_child(klass, OfficeCountView, place);
	gtk_widget_class_bind_template_child(klass, OfficeCountView, reverse);
	gtk_widget_class_bind_template_child(klass, OfficeCountView, discard);
	gtk_widget_class_bind_template_child(klass, OfficeCountView, zone);
	gtk_widget_class_bind_template_child(klass, OfficeCountView, pass);
	gtk_widget_class_bind_template_child(klass, OfficeCountView, bar);
	gtk_widget_class_bind_template_child(klass, OfficeCountView, panes);
	gtk_widget_class_bind_template_child(klass, OfficeCountView, found);
	gtk_widget_class_bind_template_child(klass, OfficeCountView, progress);
	gtk_widget_class_bind_template_child(klass, OfficeCountView, items);
	gtk_widget_class_bind_template_child(klass, OfficeCountView, again);
	gtk_widget_class_bind_template_child(klass, OfficeCountView, unknown);
	gtk_widget_class_bind_template_child(klass, OfficeCountView, settle);
}

static void office_count_view_class_init(OfficeCountViewClass *klass)
{
	GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

	G_OBJECT_CLASS(klass)->dispose = dispose;
	widget_class->grab_focus = grab_focus;
	left_signal = g_signal_new("left", G_TYPE_FROM_CLASS(klass), G_SIGNAL_RUN_FIRST, 0, NULL,
				   NULL, NULL, G_TYPE_NONE, 0);
	gtk_widget_class_set_layout_manager_type(widget_class, GTK_TYPE_BIN_LAYOUT);
	gtk_widget_class_set_template_from_resource(widget_class,
						    "/shop/baraa/office/count_view.ui");
	bind_children(widget_class);
	gtk_widget_class_bind_template_callback(widget_class, on_place);
	gtk_widget_class_bind_template_callback(widget_class, on_entered);
	gtk_widget_class_bind_template_callback(widget_class, on_activated);
	gtk_widget_class_bind_template_callback(widget_class, ask_differences);
	gtk_widget_class_bind_template_callback(widget_class, on_item_chosen);
	gtk_widget_class_bind_template_callback(widget_class, on_known);
	gtk_widget_class_bind_template_callback(widget_class, on_chosen);
	gtk_widget_class_bind_template_callback(widget_class, on_unknown_left);
	gtk_widget_class_bind_template_callback(widget_class, on_settled);
	gtk_widget_class_bind_template_callback(widget_class, show_found_pane);
}

static void office_count_view_init(OfficeCountView *self)
{
	g_type_ensure(OFFICE_TYPE_SCAN_BAR);
	g_type_ensure(OFFICE_TYPE_TEXT_TABLE);
	g_type_ensure(OFFICE_TYPE_UNKNOWN_PANE);
	g_type_ensure(OFFICE_TYPE_SETTLE_PANE);
	gtk_widget_init_template(GTK_WIDGET(self));
	office_unseen_leave_out(self->panes);
	office_count_view_set_columns(self);
	office_drop_down_name(self->zone, _("Zone"));
	office_drop_down_name(self->pass, _("Counted for the"));
	fill_passes(self);
}
