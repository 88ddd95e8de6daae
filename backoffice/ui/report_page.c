/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/report_page.h"

#include "backoffice/ui/bar_chart.h"
#include "backoffice/ui/blank.h"
#include "backoffice/ui/report_notes.h"
#include "backoffice/ui/report_output.h"
#include "backoffice/ui/report_table.h"

#include <glib/gi18n-lib.h>

/* While today is shown, new sales appear by themselves. */
#define WATCH_SECONDS 3

struct _OfficeReportPage {
	GtkWidget parent_instance;

	/* template children, borrowed */
	GtkMenuButton *day_button;
	GtkCalendar *calendar;
	GtkDropDown *kinds;
	GtkLabel *net, *receipts, *discount, *tax;
	GtkBox *notes;
	GtkImage *notes_icon;
	GtkLabel *notes_text, *caption, *message;
	GtkStack *stack;
	OfficeBlank *blank;
	OfficeBarChart *chart;
	OfficeReportTable *table;

	/* owned */
	GDateTime *day; /* midnight in the shop's time zone */
	GCancellable *cancellable;

	OfficeDesk *desk; /* borrowed */
	guint watch; /* source id, 0 if none */
	bool follows; /* today, also after midnight */
	bool asking; /* for the stamp */
	int64_t stamp; /* of what is shown; −1 if nothing is */
};

G_DEFINE_FINAL_TYPE(OfficeReportPage, office_report_page, GTK_TYPE_WIDGET)

static int32_t day_number(GDateTime *day)
{
	return g_date_time_get_year(day) * 10000 + g_date_time_get_month(day) * 100 +
	       g_date_time_get_day_of_month(day);
}

static const ReportKind *chosen_kind(OfficeReportPage *self)
{
	return report_list()[gtk_drop_down_get_selected(self->kinds)];
}

static bool is_today(OfficeReportPage *self)
{
	g_autoptr(GDateTime) now = office_desk_dup_now(self->desk);

	return day_number(now) == day_number(self->day);
}

static int64_t midnight(GDateTime *day, GDateTime *now)
{
	g_autoptr(GDateTime) at = g_date_time_new(
		g_date_time_get_timezone(now), g_date_time_get_year(day),
		g_date_time_get_month(day), g_date_time_get_day_of_month(day), 0, 0, 0);

	return g_date_time_to_unix(at) * G_USEC_PER_SEC;
}

static ReportQuestion *question_new(OfficeReportPage *self)
{
	ReportQuestion *question = g_new0(ReportQuestion, 1);
	g_autoptr(GDateTime) now = office_desk_dup_now(self->desk);
	g_autoptr(GDateTime) next = g_date_time_add_days(self->day, 1);

	*question = (ReportQuestion){ .kind = chosen_kind(self),
				      .shop_id = office_desk_get_shop(self->desk)->id,
				      .day = day_number(self->day),
				      .from = midnight(self->day, now),
				      .to = midnight(next, now),
				      .style = *office_desk_get_style(self->desk) };
	return question;
}

static void say(GtkWidget *page, const char *message)
{
	OfficeReportPage *self = OFFICE_REPORT_PAGE(page);

	gtk_label_set_label(self->message, message);
	gtk_widget_set_tooltip_text(GTK_WIDGET(self->message), *message != '\0' ? message : NULL);
}

/* --- what comes back --- */

static void show_figure(OfficeReportPage *self, GtkLabel *label, const Report *sales,
			const char *column, bool money)
{
	const ReportKind *kind = report_get_kind(sales);
	g_autofree char *text = NULL;

	for (int i = 0; i < kind->n_columns; i++) {
		const ReportCell *cell = report_get_total(sales, i);
		Money amount = { .minor = cell->value, .currency = report_get_currency(sales) };

		if (g_strcmp0(kind->columns[i].name, column) != 0)
			continue;
		text = money ? number_text_money(office_desk_get_style(self->desk), amount, true)
			     : number_text_integer(office_desk_get_style(self->desk), cell->value);
		gtk_label_set_label(label, text);
	}
}

/* What the bars are: sums by what the rows are about, or by hour. */
static void show_picture(OfficeReportPage *self, const Report *report)
{
	const ReportKind *kind = report_get_kind(report);
	const char *title = kind->picture == REPORT_HOURS
				    ? _("Sales by hour")
				    : g_dgettext(GETTEXT_PACKAGE, kind->title);
	g_autofree char *caption =
		g_strdup_printf("%s, %s", title, office_desk_get_symbol(self->desk));

	gtk_widget_set_visible(GTK_WIDGET(self->chart), kind->picture != REPORT_NO_PICTURE);
	gtk_label_set_label(self->caption, caption);
	office_bar_chart_set_report(self->chart, report, office_desk_get_style(self->desk));
}

static void show_notes(OfficeReportPage *self, const ReportHealth *health)
{
	g_autoptr(GDateTime) now = office_desk_dup_now(self->desk);
	g_autofree char *warning =
		report_notes_dup_warning(health, office_desk_get_style(self->desk), now);
	g_autofree char *sources =
		is_today(self) ? report_notes_dup_sources(health, now) : g_strdup("");
	const char *text = warning != NULL ? warning : sources;

	gtk_widget_set_visible(GTK_WIDGET(self->notes_icon), warning != NULL);
	gtk_label_set_label(self->notes_text, text);
	gtk_widget_set_tooltip_text(GTK_WIDGET(self->notes), *text != '\0' ? text : NULL);
	if (warning != NULL)
		gtk_widget_add_css_class(GTK_WIDGET(self->notes), "amber");
	else
		gtk_widget_remove_css_class(GTK_WIDGET(self->notes), "amber");
}

static void show_trouble(OfficeReportPage *self, const GError *error)
{
	g_autofree char *text = office_desk_dup_trouble(error);

	self->stamp = -1;
	office_blank_say_trouble(self->blank, text);
	gtk_stack_set_visible_child_name(self->stack, "blank");
}

static void show_answer(OfficeReportPage *self, ReportAnswer *answer)
{
	bool sold = report_get_n_rows(answer->chosen) > 0;

	self->stamp = answer->stamp;
	show_figure(self, self->net, answer->sales, "net", true);
	show_figure(self, self->discount, answer->sales, "discount", true);
	show_figure(self, self->tax, answer->sales, "tax", true);
	show_figure(self, self->receipts, answer->sales, "receipts", false);
	show_notes(self, answer->health);
	show_picture(self, answer->chosen);
	office_blank_say(self->blank, _("Nothing was sold on this day, or the tills have not "
					"sent their receipts yet."));
	gtk_stack_set_visible_child_name(self->stack, sold ? "report" : "blank");
	office_report_table_take(self->table, g_steal_pointer(&answer->chosen),
				 office_desk_get_style(self->desk));
}

static void on_answer(GObject *source, GAsyncResult *result, void *data)
{
	g_autoptr(OfficeReportPage) self = data;
	g_autoptr(GError) error = NULL;
	g_autoptr(ReportAnswer) answer = g_task_propagate_pointer(G_TASK(result), &error);

	if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
		return;
	if (answer != NULL)
		show_answer(self, answer);
	else
		show_trouble(self, error);
}

static void load(OfficeReportPage *self)
{
	GTask *task;

	if (self->desk == NULL)
		return; /* the template is being built */
	g_cancellable_cancel(self->cancellable);
	g_object_unref(self->cancellable);
	self->cancellable = g_cancellable_new();
	task = g_task_new(NULL, self->cancellable, on_answer, g_object_ref(self));
	g_task_set_task_data(task, question_new(self), report_question_free);
	office_desk_run(self->desk, OFFICE_LONG, task, report_answer_job);
}

static void reload(GtkWidget *widget, const char *action, GVariant *parameter)
{
	say(widget, "");
	load(OFFICE_REPORT_PAGE(widget));
}

/* --- the day --- */

static void show_day(OfficeReportPage *self)
{
	g_autofree char *text = g_date_time_format(self->day, "%x");

	gtk_menu_button_set_label(self->day_button, text);
	reload(GTK_WIDGET(self), NULL, NULL);
}

static void take_day(OfficeReportPage *self, GDateTime *day)
{
	g_date_time_unref(self->day);
	self->day = day;
	self->follows = is_today(self);
	show_day(self);
}

static void show_today(GtkWidget *widget, const char *action, GVariant *parameter)
{
	OfficeReportPage *self = OFFICE_REPORT_PAGE(widget);

	take_day(self, office_desk_dup_now(self->desk));
}

static void move_day(GtkWidget *widget, const char *action, GVariant *parameter)
{
	OfficeReportPage *self = OFFICE_REPORT_PAGE(widget);

	take_day(self, g_date_time_add_days(self->day, g_variant_get_int32(parameter)));
}

static void on_day_selected(GtkCalendar *calendar, OfficeReportPage *self)
{
	gtk_menu_button_popdown(self->day_button);
	take_day(self, gtk_calendar_get_date(calendar));
}

static void on_kind_selected(OfficeReportPage *self)
{
	say(GTK_WIDGET(self), "");
	load(self);
}

/* --- what changes meanwhile --- */

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
	else if (stamp != self->stamp)
		load(self);
}

static gboolean watch(void *data)
{
	OfficeReportPage *self = data;
	GTask *task;

	if (self->follows && !is_today(self))
		show_today(GTK_WIDGET(self), NULL, NULL);
	if (self->asking || !gtk_widget_get_mapped(GTK_WIDGET(self)) || !is_today(self))
		return G_SOURCE_CONTINUE;
	self->asking = true;
	task = g_task_new(NULL, NULL, on_stamp, g_object_ref(self));
	g_task_set_task_data(task, question_new(self), report_question_free);
	office_desk_run(self->desk, OFFICE_LONG, task, report_stamp_job);
	return G_SOURCE_CONTINUE;
}

/* --- save and print --- */

static void save(GtkWidget *widget, const char *action, GVariant *parameter)
{
	OfficeReportPage *self = OFFICE_REPORT_PAGE(widget);
	ReportQuestion *question = question_new(self);

	question->form = g_variant_dup_string(parameter, NULL);
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
		report_output_print(GTK_WIDGET(self), self->desk, g_steal_pointer(&answer->chosen),
				    say);
	else
		show_trouble(self, error);
}

static void print(GtkWidget *widget, const char *action, GVariant *parameter)
{
	OfficeReportPage *self = OFFICE_REPORT_PAGE(widget);
	GTask *task = g_task_new(NULL, NULL, on_print_answer, g_object_ref(self));

	g_task_set_task_data(task, question_new(self), report_question_free);
	office_desk_run(self->desk, OFFICE_LONG, task, report_answer_job);
}

/* --- life --- */

static void fill_kinds(OfficeReportPage *self)
{
	g_autoptr(GtkStringList) titles = gtk_string_list_new(NULL);

	for (const ReportKind *const *kind = report_list(); *kind != NULL; kind++)
		gtk_string_list_append(titles, g_dgettext(GETTEXT_PACKAGE, (*kind)->title));
	gtk_drop_down_set_model(self->kinds, G_LIST_MODEL(titles));
}

GtkWidget *office_report_page_new(OfficeDesk *desk)
{
	OfficeReportPage *self = g_object_new(OFFICE_TYPE_REPORT_PAGE, NULL);

	fill_kinds(self);
	self->desk = desk;
	self->watch = g_timeout_add_seconds(WATCH_SECONDS, watch, self);
	show_today(GTK_WIDGET(self), NULL, NULL);
	return GTK_WIDGET(self);
}

static void dispose(GObject *object)
{
	OfficeReportPage *self = OFFICE_REPORT_PAGE(object);
	GtkWidget *child;

	g_clear_handle_id(&self->watch, g_source_remove);
	g_cancellable_cancel(self->cancellable);
	while ((child = gtk_widget_get_first_child(GTK_WIDGET(self))) != NULL)
		gtk_widget_unparent(child);
	G_OBJECT_CLASS(office_report_page_parent_class)->dispose(object);
}

static void finalize(GObject *object)
{
	OfficeReportPage *self = OFFICE_REPORT_PAGE(object);

	g_object_unref(self->cancellable);
	g_date_time_unref(self->day);
	G_OBJECT_CLASS(office_report_page_parent_class)->finalize(object);
}

static void office_report_page_class_init(OfficeReportPageClass *klass)
{
	GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

	G_OBJECT_CLASS(klass)->dispose = dispose;
	G_OBJECT_CLASS(klass)->finalize = finalize;
	gtk_widget_class_set_layout_manager_type(widget_class, GTK_TYPE_BIN_LAYOUT);
	gtk_widget_class_install_action(widget_class, "page.today", NULL, show_today);
	gtk_widget_class_install_action(widget_class, "page.move-day", "i", move_day);
	gtk_widget_class_install_action(widget_class, "page.save", "s", save);
	gtk_widget_class_install_action(widget_class, "page.print", NULL, print);
	gtk_widget_class_install_action(widget_class, "page.reload", NULL, reload);
	gtk_widget_class_set_template_from_resource(widget_class,
						    "/shop/baraa/office/report_page.ui");
	gtk_widget_class_bind_template_child(widget_class, OfficeReportPage, day_button);
	gtk_widget_class_bind_template_child(widget_class, OfficeReportPage, calendar);
	gtk_widget_class_bind_template_child(widget_class, OfficeReportPage, kinds);
	gtk_widget_class_bind_template_child(widget_class, OfficeReportPage, net);
	gtk_widget_class_bind_template_child(widget_class, OfficeReportPage, receipts);
	gtk_widget_class_bind_template_child(widget_class, OfficeReportPage, discount);
	gtk_widget_class_bind_template_child(widget_class, OfficeReportPage, tax);
	gtk_widget_class_bind_template_child(widget_class, OfficeReportPage, message);
	gtk_widget_class_bind_template_child(widget_class, OfficeReportPage, stack);
	gtk_widget_class_bind_template_child(widget_class, OfficeReportPage, blank);
	gtk_widget_class_bind_template_child(widget_class, OfficeReportPage, notes);
	gtk_widget_class_bind_template_child(widget_class, OfficeReportPage, notes_icon);
	gtk_widget_class_bind_template_child(widget_class, OfficeReportPage, notes_text);
	gtk_widget_class_bind_template_child(widget_class, OfficeReportPage, caption);
	gtk_widget_class_bind_template_child(widget_class, OfficeReportPage, chart);
	gtk_widget_class_bind_template_child(widget_class, OfficeReportPage, table);
	gtk_widget_class_bind_template_callback(widget_class, on_day_selected);
	gtk_widget_class_bind_template_callback(widget_class, on_kind_selected);
}

static void office_report_page_init(OfficeReportPage *self)
{
	g_type_ensure(OFFICE_TYPE_BAR_CHART);
	g_type_ensure(OFFICE_TYPE_BLANK);
	g_type_ensure(OFFICE_TYPE_REPORT_TABLE);
	self->stamp = -1;
	self->cancellable = g_cancellable_new();
	self->day = g_date_time_new_now_local();
	gtk_widget_init_template(GTK_WIDGET(self));
}
