/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/report_page_private.h"

#include "backoffice/ui/report_picture.h"
#include "backoffice/ui/words.h"

#include <glib/gi18n-lib.h>

/* What takes longer says so. */
#define PATIENCE_MS 300

void report_page_say(GtkWidget *page, const char *message)
{
	OfficeReportPage *self = OFFICE_REPORT_PAGE(page);

	gtk_label_set_label(self->message, message);
	gtk_widget_set_visible(GTK_WIDGET(self->message), *message != '\0');
	gtk_widget_set_tooltip_text(GTK_WIDGET(self->message), *message != '\0' ? message : NULL);
}

bool report_page_has_today(OfficeReportPage *self)
{
	return self->place->query.from <= self->today && self->today <= self->place->query.to;
}

/* --- asking -------------------------------------------------------------------------------- */

ReportQuestion *report_page_question_new(OfficeReportPage *self)
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

void report_page_show_trouble(OfficeReportPage *self, const GError *error)
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
		report_page_show_trouble(self, error);
}

void report_page_stop(OfficeReportPage *self)
{
	g_cancellable_cancel(self->cancellable);
	g_object_unref(self->cancellable);
	self->cancellable = g_cancellable_new();
	be_patient(self, false);
}

void report_page_load(OfficeReportPage *self)
{
	GTask *task;

	report_page_stop(self);
	self->patience = g_timeout_add(PATIENCE_MS, on_patience, self);
	task = g_task_new(NULL, self->cancellable, on_answer, g_object_ref(self));
	g_task_set_task_data(task, report_page_question_new(self), report_question_free);
	office_desk_read(self->desk, task, report_answer_job);
}

/* --- where one stands ---------------------------------------------------------------------- */

void report_page_show_title(OfficeReportPage *self)
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

void report_page_show_shop(OfficeReportPage *self)
{
	self->filling = true;
	for (guint i = 0; i < self->shop_ids->len; i++)
		if (g_array_index(self->shop_ids, int64_t, i) == self->place->query.shop_id)
			gtk_drop_down_set_selected(self->shops, i);
	self->filling = false;
}

void report_page_show_place(OfficeReportPage *self)
{
	self->begun = true;
	self->daily = false;
	gtk_widget_set_visible(GTK_WIDGET(self->narrow), true);
	self->today = office_today(self->desk);
	report_page_say(GTK_WIDGET(self), "");
	g_array_set_size(self->receipts, 0);
	gtk_widget_set_visible(self->choices, true);
	report_page_show_title(self);
	office_report_kinds_mark(self->kinds, self->place->kind->name);
	office_report_period_set(self->period, report_place_get_days(self->place), self->today);
	office_report_narrow_set(self->narrow, self->place);
	report_page_show_shop(self);
	report_page_load(self);
}

void report_page_take_place(OfficeReportPage *self, ReportPlace *place)
{
	report_place_free(self->place);
	self->place = place;
	report_page_show_place(self);
}

/* --- the daily report ---------------------------------------------------------------------- */

void report_page_show_daily(OfficeReportPage *self)
{
	ReportQuery *query = &self->place->query;

	report_page_stop(self);
	self->begun = self->daily = true;
	self->today = office_today(self->desk);
	report_page_say(GTK_WIDGET(self), "");
	g_ptr_array_set_size(self->way, 0);
	g_array_set_size(self->receipts, 0);
	query->from = query->to = MIN(query->to, self->today);
	if (query->shop_id == 0)
		query->shop_id = office_desk_get_shop(self->desk)->id;
	report_page_show_title(self);
	office_report_kinds_mark(self->kinds, REPORT_DAILY);
	office_report_period_set(self->period, report_place_get_days(self->place), self->today);
	gtk_widget_set_visible(GTK_WIDGET(self->narrow), false);
	gtk_widget_set_visible(self->choices, true);
	gtk_widget_set_visible(self->notes, false);
	report_page_show_shop(self);
	office_day_view_open(self->day, self->desk, query->shop_id, query->to);
	gtk_stack_set_visible_child_name(self->stack, "daily");
}

void report_page_show_chosen(OfficeReportPage *self)
{
	if (self->daily)
		report_page_show_daily(self);
	else
		report_page_show_place(self);
}
