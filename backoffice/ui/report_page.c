/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/report_page.h"

#include "backoffice/report/report.h"
#include "backoffice/ui/bar_chart.h"
#include "backoffice/ui/report_save.h"
#include "backoffice/ui/report_table.h"

#include <glib/gi18n-lib.h>

struct _OfficeReportPage {
	GtkWidget parent_instance;

	/* template children, borrowed */
	GtkMenuButton *day_button;
	GtkCalendar *calendar;
	GtkDropDown *kinds;
	GtkLabel *net, *receipts, *discount, *tax, *message;
	GtkStack *stack;
	GtkLabel *empty, *caption;
	OfficeBarChart *chart;
	OfficeReportTable *table;

	/* owned */
	GDateTime *day; /* midnight in the shop's time zone */
	GCancellable *cancellable;

	OfficeDesk *desk; /* borrowed */
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

static ReportQuestion *question_new(OfficeReportPage *self)
{
	ReportQuestion *question = g_new0(ReportQuestion, 1);

	*question = (ReportQuestion){ .kind = chosen_kind(self),
				      .shop_id = office_desk_get_shop(self->desk)->id,
				      .day = day_number(self->day),
				      .style = *office_desk_get_style(self->desk) };
	return question;
}

static void say(OfficeReportPage *self, const char *message)
{
	gtk_label_set_label(self->message, message);
	gtk_widget_set_visible(GTK_WIDGET(self->message), *message != '\0');
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
	const char *caption = kind->picture == REPORT_HOURS
				      ? _("Sales by hour")
				      : g_dgettext(GETTEXT_PACKAGE, kind->title);
	bool has_picture = kind->picture != REPORT_NO_PICTURE;

	gtk_widget_set_visible(GTK_WIDGET(self->caption), has_picture);
	gtk_widget_set_visible(GTK_WIDGET(self->chart), has_picture);
	gtk_label_set_label(self->caption, caption);
	office_bar_chart_set_report(self->chart, report, office_desk_get_style(self->desk));
}

static void on_answer(GObject *source, GAsyncResult *result, void *data)
{
	g_autoptr(OfficeReportPage) self = data;
	g_autoptr(GError) error = NULL;
	g_autoptr(ReportAnswer) answer = g_task_propagate_pointer(G_TASK(result), &error);
	const NumberStyle *style = office_desk_get_style(self->desk);

	if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
		return;
	if (answer == NULL) {
		g_autofree char *text = g_strdup_printf(
			_("The report could not be made. Try again; if that does not help, "
			  "tell your administrator: %s"),
			error->message);

		gtk_label_set_label(self->empty, text);
		gtk_stack_set_visible_child_name(self->stack, "empty");
		return;
	}
	show_figure(self, self->net, answer->sales, "net", true);
	show_figure(self, self->discount, answer->sales, "discount", true);
	show_figure(self, self->tax, answer->sales, "tax", true);
	show_figure(self, self->receipts, answer->sales, "receipts", false);
	show_picture(self, answer->chosen);
	gtk_label_set_label(self->empty, _("Nothing was sold on this day, or the tills have not "
					   "sent their receipts yet."));
	gtk_stack_set_visible_child_name(
		self->stack, report_get_n_rows(answer->chosen) > 0 ? "report" : "empty");
	office_report_table_take(self->table, g_steal_pointer(&answer->chosen), style);
}

static void reload(OfficeReportPage *self)
{
	GTask *task;

	if (self->desk == NULL)
		return; /* the template is being built */
	say(self, "");
	g_cancellable_cancel(self->cancellable);
	g_object_unref(self->cancellable);
	self->cancellable = g_cancellable_new();
	task = g_task_new(NULL, self->cancellable, on_answer, g_object_ref(self));
	g_task_set_task_data(task, question_new(self), report_question_free);
	office_desk_run(self->desk, task, report_answer_job);
}

/* --- the day --- */

static void show_day(OfficeReportPage *self)
{
	g_autofree char *text = g_date_time_format(self->day, "%x");

	gtk_menu_button_set_label(self->day_button, text);
	reload(self);
}

static void take_day(OfficeReportPage *self, GDateTime *day)
{
	g_date_time_unref(self->day);
	self->day = day;
	show_day(self);
}

static void show_today(GtkWidget *widget, const char *action, GVariant *parameter)
{
	OfficeReportPage *self = OFFICE_REPORT_PAGE(widget);
	g_autoptr(GTimeZone) zone =
		g_time_zone_new_identifier(office_desk_get_shop(self->desk)->timezone);

	take_day(self, zone != NULL ? g_date_time_new_now(zone) : g_date_time_new_now_local());
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
	reload(self);
}

/* --- save --- */

static void on_saved(GObject *source, GAsyncResult *result, void *data)
{
	g_autoptr(OfficeReportPage) self = data;
	g_autoptr(GError) error = NULL;
	g_autofree char *path = g_task_propagate_pointer(G_TASK(result), &error);
	g_autofree char *text = NULL;

	if (path != NULL)
		text = g_strdup_printf(_("Saved: %s"), path);
	else
		text = g_strdup_printf(_("It was not saved. Choose another folder: %s"),
				       error->message);
	say(self, text);
}

static void on_file_chosen(GtkNativeDialog *dialog, int response, OfficeReportPage *self)
{
	g_autoptr(GFile) file = NULL;
	ReportQuestion *question;
	GTask *task;

	if (response == GTK_RESPONSE_ACCEPT) {
		file = gtk_file_chooser_get_file(GTK_FILE_CHOOSER(dialog));
		question = question_new(self);
		question->path = g_file_get_path(file);
		task = g_task_new(NULL, NULL, on_saved, g_object_ref(self));
		g_task_set_task_data(task, question, report_question_free);
		office_desk_run(self->desk, task, report_save_job);
	}
	g_object_unref(dialog);
}

static void save(GtkWidget *widget, const char *action, GVariant *parameter)
{
	OfficeReportPage *self = OFFICE_REPORT_PAGE(widget);
	g_autofree char *day = report_day_dup(day_number(self->day));
	g_autofree char *name = g_strdup_printf("%s-%s.%s", chosen_kind(self)->name, day,
						g_variant_get_string(parameter, NULL));
	GtkFileChooserNative *dialog = gtk_file_chooser_native_new(
		_("Save the report"), GTK_WINDOW(gtk_widget_get_root(widget)),
		GTK_FILE_CHOOSER_ACTION_SAVE, _("Save"), _("Cancel"));

	gtk_file_chooser_set_current_name(GTK_FILE_CHOOSER(dialog), name);
	g_signal_connect_object(dialog, "response", G_CALLBACK(on_file_chosen), self, 0);
	gtk_native_dialog_show(GTK_NATIVE_DIALOG(dialog));
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
	show_today(GTK_WIDGET(self), NULL, NULL);
	return GTK_WIDGET(self);
}

static void dispose(GObject *object)
{
	OfficeReportPage *self = OFFICE_REPORT_PAGE(object);
	GtkWidget *child;

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
	gtk_widget_class_install_action(widget_class, "report.today", NULL, show_today);
	gtk_widget_class_install_action(widget_class, "report.move-day", "i", move_day);
	gtk_widget_class_install_action(widget_class, "report.save", "s", save);
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
	gtk_widget_class_bind_template_child(widget_class, OfficeReportPage, empty);
	gtk_widget_class_bind_template_child(widget_class, OfficeReportPage, caption);
	gtk_widget_class_bind_template_child(widget_class, OfficeReportPage, chart);
	gtk_widget_class_bind_template_child(widget_class, OfficeReportPage, table);
	gtk_widget_class_bind_template_callback(widget_class, on_day_selected);
	gtk_widget_class_bind_template_callback(widget_class, on_kind_selected);
}

static void office_report_page_init(OfficeReportPage *self)
{
	g_type_ensure(OFFICE_TYPE_BAR_CHART);
	g_type_ensure(OFFICE_TYPE_REPORT_TABLE);
	self->cancellable = g_cancellable_new();
	self->day = g_date_time_new_now_local();
	gtk_widget_init_template(GTK_WIDGET(self));
}
