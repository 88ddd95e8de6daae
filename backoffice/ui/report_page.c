/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/report_page.h"

#include "backoffice/ui/blank.h"
#include "backoffice/ui/day_output.h"
#include "backoffice/ui/day_view.h"
#include "backoffice/ui/drop_down.h"
#include "backoffice/ui/receipt_view.h"
#include "backoffice/ui/report_kinds.h"
#include "backoffice/ui/report_narrow.h"
#include "backoffice/ui/report_output.h"
#include "backoffice/ui/report_period.h"
#include "backoffice/ui/report_picture.h"
#include "backoffice/ui/report_table.h"
#include "backoffice/ui/words.h"

#include <glib/gi18n-lib.h>

/* While today is among the days shown, new sales appear by themselves. */
#define WATCH_SECONDS 3
/* What takes longer says so. */
#define PATIENCE_MS 300
#define FIRST_KIND "sales"
/* No kind of report: all of a day. */
#define DAILY "day"

struct _OfficeReportPage {
	GtkWidget parent_instance;

	/* template children, borrowed */
	OfficeReportKinds *kinds;
	OfficeReportPeriod *period;
	GtkDropDown *shops;
	OfficeReportNarrow *narrow;
	GtkWidget *up, *choices, *notes;
	GtkSpinner *spinner;
	GtkLabel *title, *notes_text, *message;
	GtkStack *stack;
	OfficeBlank *blank;
	GtkGrid *grid;
	OfficeChart *chart;
	OfficeReportTable *table;
	OfficeReceiptView *receipt;
	OfficeDayView *day;

	/* owned */
	ReportPlace *place;
	GPtrArray *way; /* of ReportPlace: the places above */
	GArray *receipts; /* of int64_t[3]: those open, one above the other */
	GArray *shop_ids; /* of int64_t, as they stand in the list; 0: all */
	GCancellable *cancellable;

	OfficeDesk *desk; /* borrowed */
	guint watch, patience; /* source ids, 0 if none */
	bool asking; /* for the stamp */
	bool filling; /* the list of shops */
	bool begun; /* something was asked for */
	bool daily; /* the daily report of the last of the place's days is shown */
	int64_t stamp; /* of what is shown; −1 if nothing is */
	int32_t today; /* when it was shown */
};

G_DEFINE_FINAL_TYPE(OfficeReportPage, office_report_page, GTK_TYPE_WIDGET)

static void say(GtkWidget *page, const char *message)
{
	OfficeReportPage *self = OFFICE_REPORT_PAGE(page);

	gtk_label_set_label(self->message, message);
	gtk_widget_set_visible(GTK_WIDGET(self->message), *message != '\0');
	gtk_widget_set_tooltip_text(GTK_WIDGET(self->message), *message != '\0' ? message : NULL);
}

static bool has_today(OfficeReportPage *self)
{
	return self->place->query.from <= self->today && self->today <= self->place->query.to;
}

/* --- asking -------------------------------------------------------------------------------- */

static ReportQuestion *question_new(OfficeReportPage *self)
{
	ReportQuestion *question = g_new0(ReportQuestion, 1);

	question->place = report_place_copy(self->place);
	question->place->query.no_cost = !office_desk_may(self->desk, RIGHT_SEE_COST);
	question->style = *office_desk_get_style(self->desk);
	return question;
}

static void be_patient(OfficeReportPage *self, bool busy)
{
	g_clear_handle_id(&self->patience, g_source_remove);
	gtk_spinner_set_spinning(self->spinner, busy);
	gtk_widget_set_opacity(GTK_WIDGET(self->spinner), busy ? 1 : 0);
}

static gboolean on_patience(void *data)
{
	OfficeReportPage *self = data;

	self->patience = 0;
	be_patient(self, true);
	return G_SOURCE_REMOVE;
}

/* --- what comes back ----------------------------------------------------------------------- */

static void add_note(GString *text, const char *note)
{
	g_string_append_printf(text, "%s%s", text->len > 0 ? "\n" : "", note);
}

static void show_notes(OfficeReportPage *self, const ReportAnswer *answer)
{
	g_autoptr(GString) text = g_string_new(NULL);

	for (int i = 0; i < report_get_n_notes(answer->report); i++)
		add_note(text, report_get_note(answer->report, i));
	gtk_label_set_label(self->notes_text, text->str);
	gtk_widget_set_tooltip_text(self->notes, text->len > 0 ? text->str : NULL);
	gtk_widget_set_visible(self->notes, text->len > 0);
}

static void show_trouble(OfficeReportPage *self, const GError *error)
{
	g_autofree char *text = office_desk_dup_trouble(error);

	self->stamp = -1;
	office_blank_say_trouble(self->blank, text);
	gtk_stack_set_visible_child_name(self->stack, "blank");
}

/* Without a picture the table has all the room. */
static void share_room(OfficeReportPage *self, bool picture)
{
	GtkLayoutManager *layout = gtk_widget_get_layout_manager(GTK_WIDGET(self->grid));
	GtkLayoutChild *table =
		gtk_layout_manager_get_layout_child(layout, GTK_WIDGET(self->table));

	gtk_widget_set_visible(GTK_WIDGET(self->chart), picture);
	g_object_set(table, "row", picture ? 2 : 0, "row-span", picture ? 3 : 5, NULL);
}

static void show_answer(OfficeReportPage *self, ReportAnswer *answer)
{
	const NumberStyle *style = office_desk_get_style(self->desk);
	bool any = report_get_n_rows(answer->report) > 0;

	self->stamp = answer->stamp;
	show_notes(self, answer);
	share_room(self, report_picture_show(self->chart, answer->report, answer->before, style));
	office_blank_say(self->blank, _("There is nothing to show for these days, or the tills "
					"have not sent their receipts yet."));
	gtk_stack_set_visible_child_name(self->stack, any ? "report" : "blank");
	office_report_table_take(self->table, g_steal_pointer(&answer->report), style);
}

static void on_answer(GObject *source, GAsyncResult *result, void *data)
{
	g_autoptr(OfficeReportPage) self = data;
	g_autoptr(GError) error = NULL;
	g_autoptr(ReportAnswer) answer = g_task_propagate_pointer(G_TASK(result), &error);

	if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
		return;
	be_patient(self, false);
	if (answer != NULL)
		show_answer(self, answer);
	else
		show_trouble(self, error);
}

static void stop(OfficeReportPage *self)
{
	g_cancellable_cancel(self->cancellable);
	g_object_unref(self->cancellable);
	self->cancellable = g_cancellable_new();
	be_patient(self, false);
}

static void load(OfficeReportPage *self)
{
	GTask *task;

	stop(self);
	self->patience = g_timeout_add(PATIENCE_MS, on_patience, self);
	task = g_task_new(NULL, self->cancellable, on_answer, g_object_ref(self));
	g_task_set_task_data(task, question_new(self), report_question_free);
	office_desk_read(self->desk, task, report_answer_job);
}

/* --- where one stands ---------------------------------------------------------------------- */

static void show_title(OfficeReportPage *self)
{
	g_autoptr(GString) title = g_string_new(NULL);

	for (guint i = 0; i < self->way->len; i++) {
		g_autofree char *above = report_place_dup_title(self->way->pdata[i]);

		g_string_append_printf(title, "%s › ", above);
	}
	g_string_append(title, self->daily ? _("Daily report")
					   : g_dgettext(GETTEXT_PACKAGE, self->place->kind->title));
	gtk_label_set_label(self->title, title->str);
	gtk_widget_set_tooltip_text(GTK_WIDGET(self->title), title->str);
	gtk_widget_set_visible(self->up, self->way->len > 0 || self->receipts->len > 0);
}

static void show_shop(OfficeReportPage *self)
{
	self->filling = true;
	for (guint i = 0; i < self->shop_ids->len; i++)
		if (g_array_index(self->shop_ids, int64_t, i) == self->place->query.shop_id)
			gtk_drop_down_set_selected(self->shops, i);
	self->filling = false;
}

/* All that says where one is, then the report of it. */
static void show_place(OfficeReportPage *self)
{
	self->begun = true;
	self->daily = false;
	gtk_widget_set_visible(GTK_WIDGET(self->narrow), true);
	self->today = office_today(self->desk);
	say(GTK_WIDGET(self), "");
	g_array_set_size(self->receipts, 0);
	gtk_widget_set_visible(self->choices, true);
	show_title(self);
	office_report_kinds_mark(self->kinds, self->place->kind->name);
	office_report_period_set(self->period, report_place_get_days(self->place), self->today);
	office_report_narrow_set(self->narrow, self->place);
	show_shop(self);
	load(self);
}

static void take_place(OfficeReportPage *self, ReportPlace *place)
{
	report_place_free(self->place);
	self->place = place;
	show_place(self);
}

/* --- the daily report ---------------------------------------------------------------------- */

static void show_daily(OfficeReportPage *self)
{
	ReportQuery *query = &self->place->query;

	stop(self);
	self->begun = self->daily = true;
	self->today = office_today(self->desk);
	say(GTK_WIDGET(self), "");
	g_ptr_array_set_size(self->way, 0);
	g_array_set_size(self->receipts, 0);
	query->from = query->to = MIN(query->to, self->today);
	if (query->shop_id == 0)
		query->shop_id = office_desk_get_shop(self->desk)->id;
	show_title(self);
	office_report_kinds_mark(self->kinds, DAILY);
	office_report_period_set(self->period, report_place_get_days(self->place), self->today);
	gtk_widget_set_visible(GTK_WIDGET(self->narrow), false);
	gtk_widget_set_visible(self->choices, true);
	gtk_widget_set_visible(self->notes, false);
	show_shop(self);
	office_day_view_open(self->day, self->desk, query->shop_id, query->to);
	gtk_stack_set_visible_child_name(self->stack, "daily");
}

/* What is chosen, of the days that are chosen. */
static void show_chosen(OfficeReportPage *self)
{
	if (self->daily)
		show_daily(self);
	else
		show_place(self);
}

static void on_kind_chosen(OfficeReportKinds *kinds, const char *name, OfficeReportPage *self)
{
	const ReportKind *kind = report_find(name);

	if (g_str_equal(name, DAILY)) {
		show_daily(self);
		return;
	}
	if (kind == NULL)
		return;
	g_ptr_array_set_size(self->way, 0);
	report_place_set_kind(self->place, kind);
	if (self->place->query.shop_id == 0 && (kind->takes & REPORT_TAKES_ALL_SHOPS) == 0)
		self->place->query.shop_id = office_desk_get_shop(self->desk)->id;
	show_place(self);
}

static void on_period_changed(OfficeReportPeriod *period, int from, int to, OfficeReportPage *self)
{
	report_place_set_days(self->place, (PeriodDays){ from, to });
	show_chosen(self);
}

static void on_narrowed(OfficeReportNarrow *narrow, ReportPlace *place, OfficeReportPage *self)
{
	take_place(self, report_place_copy(place));
}

static void on_shop_selected(OfficeReportPage *self)
{
	guint selected = gtk_drop_down_get_selected(self->shops);

	if (self->filling || selected >= self->shop_ids->len)
		return;
	self->place->query.shop_id = g_array_index(self->shop_ids, int64_t, selected);
	report_place_clear(self->place, NARROW_TILL);
	show_chosen(self);
}

static void on_sorted(OfficeReportTable *table, int column, gboolean descending,
		      OfficeReportPage *self)
{
	self->place->sort = column;
	self->place->descending = descending;
	load(self);
}

/* --- deeper and back ----------------------------------------------------------------------- */

typedef struct {
	int64_t shop_id, till_id, seq;
} ReceiptKey;

static void show_receipt(OfficeReportPage *self)
{
	const ReceiptKey *key = &g_array_index(self->receipts, ReceiptKey, self->receipts->len - 1);

	office_receipt_view_open(self->receipt, key->shop_id, key->till_id, key->seq);
	gtk_stack_set_visible_child_name(self->stack, "receipt");
	gtk_widget_set_visible(self->choices, false);
	gtk_widget_set_visible(self->notes, false);
	show_title(self);
}

static void open_receipt(OfficeReportPage *self, ReceiptKey key)
{
	g_array_append_val(self->receipts, key);
	show_receipt(self);
}

static void on_receipt_opened(OfficeReceiptView *view, gint64 shop_id, gint64 till_id, gint64 seq,
			      OfficeReportPage *self)
{
	open_receipt(self, (ReceiptKey){ shop_id, till_id, seq });
}

/* Its last row: a receipt, or a paper of the stockroom. */
static void open_thing(OfficeReportPage *self, const Report *report, int row)
{
	ReportRowKey key;

	if (!report_get_key(report, row, &key))
		return;
	if (report_get_kind(report)->key == REPORT_KEY_RECEIPT)
		open_receipt(self, (ReceiptKey){ key.shop_id, key.till_id, key.id });
	else if (report_get_kind(report)->key == REPORT_KEY_DOCUMENT)
		gtk_widget_activate_action(GTK_WIDGET(self), "office.open-document", "x",
					   (gint64)key.id);
}

static void open_row(OfficeReportPage *self, int row)
{
	const Report *report = office_report_table_get(self->table);
	ReportPlace *place;

	if (report == NULL || row < 0 || row >= report_get_n_rows(report))
		return;
	place = report_place_open(self->place, report, row, office_desk_get_style(self->desk));
	if (place == NULL) {
		open_thing(self, report, row);
		return;
	}
	g_ptr_array_add(self->way, report_place_copy(self->place));
	take_place(self, place);
}

static void on_row_activated(OfficeReportTable *table, int row, OfficeReportPage *self)
{
	open_row(self, row);
}

static void on_point_activated(OfficeChart *chart, int id, OfficeReportPage *self)
{
	open_row(self, id);
}

static void leave_receipt(OfficeReportPage *self)
{
	g_array_set_size(self->receipts, self->receipts->len - 1);
	if (self->receipts->len > 0) {
		show_receipt(self);
		return;
	}
	gtk_stack_set_visible_child_name(self->stack, "report");
	gtk_widget_set_visible(self->choices, true);
	gtk_widget_set_visible(self->notes, *gtk_label_get_label(self->notes_text) != '\0');
	show_title(self);
	gtk_widget_grab_focus(GTK_WIDGET(self->table));
}

static void go_up(GtkWidget *widget, const char *action, GVariant *parameter)
{
	OfficeReportPage *self = OFFICE_REPORT_PAGE(widget);

	if (self->receipts->len > 0)
		leave_receipt(self);
	else if (self->way->len > 0)
		take_place(self, g_ptr_array_steal_index(self->way, self->way->len - 1));
}

/* Stops what takes long; else it is the way back. */
static void go_back(GtkWidget *widget, const char *action, GVariant *parameter)
{
	OfficeReportPage *self = OFFICE_REPORT_PAGE(widget);

	if (!gtk_spinner_get_spinning(self->spinner)) {
		go_up(widget, action, parameter);
		return;
	}
	stop(self);
	say(widget, _("Stopped. Choose fewer days or another report; F5 counts again."));
}

/* --- keys ---------------------------------------------------------------------------------- */

static void reload(GtkWidget *widget, const char *action, GVariant *parameter)
{
	OfficeReportPage *self = OFFICE_REPORT_PAGE(widget);

	if (self->receipts->len > 0)
		show_receipt(self);
	else
		show_chosen(self);
}

static void move_period(GtkWidget *widget, const char *action, GVariant *parameter)
{
	OfficeReportPage *self = OFFICE_REPORT_PAGE(widget);
	PeriodDays days = report_place_get_days(self->place);

	if (self->receipts->len > 0)
		return;
	report_place_set_days(self->place, period_step(days, g_variant_get_int32(parameter)));
	show_chosen(self);
}

static void show_today(GtkWidget *widget, const char *action, GVariant *parameter)
{
	OfficeReportPage *self = OFFICE_REPORT_PAGE(widget);

	report_place_set_days(self->place, period_days(PERIOD_TODAY, office_today(self->desk)));
	show_chosen(self);
}

static void find(GtkWidget *widget, const char *action, GVariant *parameter)
{
	office_report_kinds_find(OFFICE_REPORT_PAGE(widget)->kinds);
}

static void choose_period(GtkWidget *widget, const char *action, GVariant *parameter)
{
	office_report_period_open(OFFICE_REPORT_PAGE(widget)->period);
}

static void narrow_down(GtkWidget *widget, const char *action, GVariant *parameter)
{
	office_report_narrow_open(OFFICE_REPORT_PAGE(widget)->narrow);
}

void office_report_page_show(OfficeReportPage *self, const char *kind, int32_t from, int32_t to)
{
	g_autoptr(ReportPlace) place = NULL;

	if (g_str_equal(kind, DAILY)) {
		report_place_set_days(self->place, (PeriodDays){ from, to });
		show_daily(self);
		return;
	}
	g_return_if_fail(report_find(kind) != NULL);
	place = report_place_new(report_find(kind), office_desk_get_shop(self->desk)->id,
				 (PeriodDays){ from, to });
	g_ptr_array_set_size(self->way, 0);
	take_place(self, g_steal_pointer(&place));
}

/* --- what changes meanwhile ---------------------------------------------------------------- */

static void on_stamp(GObject *source, GAsyncResult *result, void *data)
{
	g_autoptr(OfficeReportPage) self = data;
	g_autoptr(GError) error = NULL;
	gssize stamp = g_task_propagate_int(G_TASK(result), &error);

	self->asking = false;
	if (self->watch == 0)
		return; /* the page is gone */
	if (error != NULL)
		show_trouble(self, error);
	else if (stamp != self->stamp && self->receipts->len == 0)
		load(self);
}

static gboolean watch(void *data)
{
	OfficeReportPage *self = data;
	GTask *task;

	if (self->asking || self->daily || !gtk_widget_get_mapped(GTK_WIDGET(self)) ||
	    !has_today(self) || self->patience != 0 || gtk_spinner_get_spinning(self->spinner))
		return G_SOURCE_CONTINUE;
	self->asking = true;
	task = g_task_new(NULL, NULL, on_stamp, g_object_ref(self));
	g_task_set_task_data(task, question_new(self), report_question_free);
	office_desk_run(self->desk, OFFICE_LONG, task, report_stamp_job);
	return G_SOURCE_CONTINUE;
}

/* --- save and print ------------------------------------------------------------------------ */

static void save(GtkWidget *widget, const char *action, GVariant *parameter)
{
	OfficeReportPage *self = OFFICE_REPORT_PAGE(widget);
	const char *form = g_variant_get_string(parameter, NULL);
	ReportQuestion *question;

	if (self->daily) {
		office_day_save(widget, self->desk, self->place->query.to, form, say);
		return;
	}
	question = question_new(self);
	question->form = g_strdup(form);
	report_output_save(widget, self->desk, question, say);
}

static void on_print_answer(GObject *source, GAsyncResult *result, void *data)
{
	g_autoptr(OfficeReportPage) self = data;
	g_autoptr(GError) error = NULL;
	g_autoptr(ReportAnswer) answer = g_task_propagate_pointer(G_TASK(result), &error);

	if (self->watch == 0)
		return; /* the page is gone */
	if (answer != NULL)
		report_output_print(GTK_WIDGET(self), self->desk, g_steal_pointer(&answer->report),
				    say);
	else
		show_trouble(self, error);
}

/* “Print the day”: of the last day that is shown, today at the most. */
static void print_day(GtkWidget *widget, const char *action, GVariant *parameter)
{
	OfficeReportPage *self = OFFICE_REPORT_PAGE(widget);

	office_day_print(widget, self->desk, MIN(self->place->query.to, office_today(self->desk)),
			 say);
}

static void print(GtkWidget *widget, const char *action, GVariant *parameter)
{
	OfficeReportPage *self = OFFICE_REPORT_PAGE(widget);
	GTask *task;

	if (self->daily) {
		print_day(widget, action, parameter);
		return;
	}
	task = g_task_new(NULL, NULL, on_print_answer, g_object_ref(self));
	g_task_set_task_data(task, question_new(self), report_question_free);
	office_desk_run(self->desk, OFFICE_LONG, task, report_answer_job);
}

/* --- what can be chosen -------------------------------------------------------------------- */

static void fill_shops(OfficeReportPage *self, const GArray *shops)
{
	g_autoptr(GtkStringList) names = gtk_string_list_new(NULL);
	const int64_t all = 0;

	if (!office_desk_may(self->desk, RIGHT_ALL_SHOPS) || shops->len < 2)
		return;
	self->filling = true;
	for (guint i = 0; i < shops->len; i++) {
		const ReportChoice *shop = &g_array_index(shops, ReportChoice, i);

		gtk_string_list_append(names, shop->name);
		g_array_append_val(self->shop_ids, shop->id);
	}
	gtk_string_list_append(names, _("All shops"));
	g_array_append_val(self->shop_ids, all);
	gtk_drop_down_set_model(self->shops, G_LIST_MODEL(names));
	gtk_widget_set_visible(GTK_WIDGET(self->shops), true);
	self->filling = false;
	show_shop(self);
}

static void on_choices(GObject *source, GAsyncResult *result, void *data)
{
	g_autoptr(OfficeReportPage) self = data;
	g_autoptr(GError) error = NULL;
	g_autoptr(ReportChoices) choices = g_task_propagate_pointer(G_TASK(result), &error);

	if (self->watch == 0)
		return; /* the page is gone */
	if (choices == NULL) {
		show_trouble(self, error);
		return;
	}
	fill_shops(self, choices->shops);
	office_report_narrow_take_choices(self->narrow, g_steal_pointer(&choices));
}

static void ask_choices(OfficeReportPage *self)
{
	office_desk_run(self->desk, OFFICE_QUICK,
			g_task_new(NULL, NULL, on_choices, g_object_ref(self)), report_choices_job);
}

/* --- life ---------------------------------------------------------------------------------- */

/* Nothing is asked before the page is seen for the first time. */
static void on_map(GtkWidget *widget)
{
	OfficeReportPage *self = OFFICE_REPORT_PAGE(widget);

	if (!self->begun)
		show_place(self);
}

GtkWidget *office_report_page_new(OfficeDesk *desk)
{
	OfficeReportPage *self = g_object_new(OFFICE_TYPE_REPORT_PAGE, NULL);
	int32_t today = office_today(desk);

	self->desk = desk;
	office_report_kinds_add(self->kinds, DAILY, _("Daily report"));
	office_report_kinds_fill(self->kinds, desk);
	office_receipt_view_set_desk(self->receipt, desk);
	office_report_table_let_sort(self->table);
	office_drop_down_name(self->shops, _("Shop"));
	self->place = report_place_new(report_find(FIRST_KIND), office_desk_get_shop(desk)->id,
				       period_days(PERIOD_TODAY, today));
	self->watch = g_timeout_add_seconds(WATCH_SECONDS, watch, self);
	g_signal_connect(self, "map", G_CALLBACK(on_map), NULL);
	ask_choices(self);
	return GTK_WIDGET(self);
}

static void dispose(GObject *object)
{
	OfficeReportPage *self = OFFICE_REPORT_PAGE(object);
	GtkWidget *child;

	g_clear_handle_id(&self->watch, g_source_remove);
	g_clear_handle_id(&self->patience, g_source_remove);
	g_cancellable_cancel(self->cancellable);
	self->filling = true;
	while ((child = gtk_widget_get_first_child(GTK_WIDGET(self))) != NULL)
		gtk_widget_unparent(child);
	G_OBJECT_CLASS(office_report_page_parent_class)->dispose(object);
}

static void finalize(GObject *object)
{
	OfficeReportPage *self = OFFICE_REPORT_PAGE(object);

	report_place_free(self->place);
	g_ptr_array_unref(self->way);
	g_array_unref(self->receipts);
	g_array_unref(self->shop_ids);
	g_object_unref(self->cancellable);
	G_OBJECT_CLASS(office_report_page_parent_class)->finalize(object);
}

static void install_actions(GtkWidgetClass *klass)
{
	gtk_widget_class_install_action(klass, "page.today", NULL, show_today);
	gtk_widget_class_install_action(klass, "page.move-day", "i", move_period);
	gtk_widget_class_install_action(klass, "page.period", NULL, choose_period);
	gtk_widget_class_install_action(klass, "page.narrow", NULL, narrow_down);
	gtk_widget_class_install_action(klass, "page.find", NULL, find);
	gtk_widget_class_install_action(klass, "page.up", NULL, go_up);
	gtk_widget_class_install_action(klass, "page.back", NULL, go_back);
	gtk_widget_class_install_action(klass, "page.save", "s", save);
	gtk_widget_class_install_action(klass, "page.print", NULL, print);
	gtk_widget_class_install_action(klass, "page.print-day", NULL, print_day);
	gtk_widget_class_install_action(klass, "page.reload", NULL, reload);
}

static void bind_children(GtkWidgetClass *klass)
{
	gtk_widget_class_bind_template_child(klass, OfficeReportPage, kinds);
	gtk_widget_class_bind_template_child(klass, OfficeReportPage, period);
	gtk_widget_class_bind_template_child(klass, OfficeReportPage, shops);
	gtk_widget_class_bind_template_child(klass, OfficeReportPage, narrow);
	gtk_widget_class_bind_template_child(klass, OfficeReportPage, up);
	gtk_widget_class_bind_template_child(klass, OfficeReportPage, choices);
	gtk_widget_class_bind_template_child(klass, OfficeReportPage, notes);
	gtk_widget_class_bind_template_child(klass, OfficeReportPage, spinner);
	gtk_widget_class_bind_template_child(klass, OfficeReportPage, title);
	gtk_widget_class_bind_template_child(klass, OfficeReportPage, notes_text);
	gtk_widget_class_bind_template_child(klass, OfficeReportPage, message);
	gtk_widget_class_bind_template_child(klass, OfficeReportPage, stack);
	gtk_widget_class_bind_template_child(klass, OfficeReportPage, blank);
	gtk_widget_class_bind_template_child(klass, OfficeReportPage, grid);
	gtk_widget_class_bind_template_child(klass, OfficeReportPage, chart);
	gtk_widget_class_bind_template_child(klass, OfficeReportPage, table);
	gtk_widget_class_bind_template_child(klass, OfficeReportPage, receipt);
	gtk_widget_class_bind_template_child(klass, OfficeReportPage, day);
}

static void office_report_page_class_init(OfficeReportPageClass *klass)
{
	GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

	G_OBJECT_CLASS(klass)->dispose = dispose;
	G_OBJECT_CLASS(klass)->finalize = finalize;
	gtk_widget_class_set_layout_manager_type(widget_class, GTK_TYPE_BIN_LAYOUT);
	install_actions(widget_class);
	gtk_widget_class_set_template_from_resource(widget_class,
						    "/shop/baraa/office/report_page.ui");
	bind_children(widget_class);
	gtk_widget_class_bind_template_callback(widget_class, on_kind_chosen);
	gtk_widget_class_bind_template_callback(widget_class, on_period_changed);
	gtk_widget_class_bind_template_callback(widget_class, on_shop_selected);
	gtk_widget_class_bind_template_callback(widget_class, on_narrowed);
	gtk_widget_class_bind_template_callback(widget_class, on_row_activated);
	gtk_widget_class_bind_template_callback(widget_class, on_point_activated);
	gtk_widget_class_bind_template_callback(widget_class, on_sorted);
	gtk_widget_class_bind_template_callback(widget_class, on_receipt_opened);
}

static void office_report_page_init(OfficeReportPage *self)
{
	g_type_ensure(OFFICE_TYPE_BLANK);
	g_type_ensure(OFFICE_TYPE_CHART);
	g_type_ensure(OFFICE_TYPE_DAY_VIEW);
	g_type_ensure(OFFICE_TYPE_RECEIPT_VIEW);
	g_type_ensure(OFFICE_TYPE_REPORT_KINDS);
	g_type_ensure(OFFICE_TYPE_REPORT_NARROW);
	g_type_ensure(OFFICE_TYPE_REPORT_PERIOD);
	g_type_ensure(OFFICE_TYPE_REPORT_TABLE);
	self->stamp = -1;
	self->cancellable = g_cancellable_new();
	self->way = g_ptr_array_new_with_free_func((GDestroyNotify)report_place_free);
	self->receipts = g_array_new(false, false, sizeof(ReceiptKey));
	self->shop_ids = g_array_new(false, false, sizeof(int64_t));
	gtk_widget_init_template(GTK_WIDGET(self));
}
