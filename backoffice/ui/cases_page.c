/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/cases_page.h"

#include "backoffice/report/health.h"
#include "backoffice/ui/blank.h"
#include "backoffice/ui/report_table.h"

#include <glib/gi18n-lib.h>

/* What is older nobody can mend; the report has it all the same. */
#define DAYS 90
#define WATCH_SECONDS 10
#define KIND "cases"
#define KIND_COLUMN 1

struct _OfficeCasesPage {
	GtkWidget parent_instance;

	/* template children, borrowed */
	GtkLabel *title, *counts;
	GtkStack *stack;
	OfficeBlank *blank;
	OfficeReportTable *table;

	OfficeDesk *desk; /* borrowed */
	guint watch; /* source id, 0 if none */
	bool asking;
	int64_t stamp; /* of what is shown; −1 if nothing is */
	int32_t day; /* up to which */
};

G_DEFINE_FINAL_TYPE(OfficeCasesPage, office_cases_page, GTK_TYPE_WIDGET)

static guint counted_signal;

/* --- on a thread of the desk --- */

typedef struct {
	int64_t shop_id, known; /* stamp of what is shown */
	int32_t from, to;
} Question;

typedef struct {
	int64_t stamp;
	int32_t day;
	Report *report; /* owned; NULL: nothing has changed */
} Answer;

static void answer_free(void *data)
{
	Answer *self = data;

	report_free(self->report);
	g_free(self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Answer, answer_free)

static bool find_out(Store *store, const Question *question, Answer *answer, GError **error)
{
	if (!report_stamp(store, question->shop_id, &answer->stamp, error))
		return false;
	if (answer->stamp == question->known)
		return true;
	answer->report = report_run(store, report_find(KIND), question->shop_id, question->from,
				    question->to, error);
	return answer->report != NULL;
}

static void answer_job(GTask *task, Store *store)
{
	const Question *question = g_task_get_task_data(task);
	g_autoptr(Answer) answer = g_new0(Answer, 1);
	GError *error = NULL;

	answer->day = question->to;
	if (find_out(store, question, answer, &error))
		g_task_return_pointer(task, g_steal_pointer(&answer), answer_free);
	else
		g_task_return_error(task, error);
}

/* --- what comes back --- */

/* "The registrar was not told yet: 2"; own it. */
static char *dup_count(const Report *report, const NumberStyle *style, const char *code, int n)
{
	ReportCell cell = { .text = code };
	g_autofree char *title = report_dup_text(report, &cell, REPORT_CASE, style);
	g_autofree char *number = number_text_integer(style, n);

	return g_strdup_printf("%s: %s", title, number);
}

static int count_of(const Report *report, const char *code)
{
	int n = 0;

	for (int i = 0; i < report_get_n_rows(report); i++)
		n += g_str_equal(report_get_cell(report, i, KIND_COLUMN)->text, code);
	return n;
}

static void show_counts(OfficeCasesPage *self, const Report *report)
{
	g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
	g_autoptr(GString) text = g_string_new(NULL);

	for (int i = 0; i < report_get_n_rows(report); i++) {
		const char *code = report_get_cell(report, i, KIND_COLUMN)->text;
		g_autofree char *count = NULL;

		if (!g_hash_table_add(seen, (void *)code))
			continue;
		count = dup_count(report, office_desk_get_style(self->desk), code,
				  count_of(report, code));
		g_string_append_printf(text, "%s%s", text->len > 0 ? "\n" : "", count);
	}
	gtk_label_set_label(self->counts, text->str);
}

static void show_report(OfficeCasesPage *self, Report *report)
{
	int n = report_get_n_rows(report);

	show_counts(self, report);
	office_blank_say(self->blank, _("Nothing needs you: every receipt has its document, and "
					"nothing came back twice."));
	gtk_stack_set_visible_child_name(self->stack, n > 0 ? "cases" : "blank");
	office_report_table_take(self->table, report, office_desk_get_style(self->desk));
	g_signal_emit(self, counted_signal, 0, (guint)n);
}

static void show_trouble(OfficeCasesPage *self, const GError *error)
{
	g_autofree char *text = office_desk_dup_trouble(error);

	self->stamp = -1;
	gtk_label_set_label(self->counts, "");
	office_blank_say_trouble(self->blank, text);
	gtk_stack_set_visible_child_name(self->stack, "blank");
}

static void on_answer(GObject *source, GAsyncResult *result, void *data)
{
	g_autoptr(OfficeCasesPage) self = data;
	g_autoptr(GError) error = NULL;
	g_autoptr(Answer) answer = g_task_propagate_pointer(G_TASK(result), &error);

	self->asking = false;
	if (self->watch == 0)
		return; /* the page is gone */
	if (answer == NULL) {
		show_trouble(self, error);
		return;
	}
	self->stamp = answer->stamp;
	self->day = answer->day;
	if (answer->report != NULL)
		show_report(self, g_steal_pointer(&answer->report));
}

/* --- asking --- */

static int32_t day_number(GDateTime *day)
{
	return g_date_time_get_year(day) * 10000 + g_date_time_get_month(day) * 100 +
	       g_date_time_get_day_of_month(day);
}

static void ask(OfficeCasesPage *self)
{
	g_autoptr(GDateTime) now = office_desk_dup_now(self->desk);
	g_autoptr(GDateTime) first = g_date_time_add_days(now, -DAYS);
	Question *question;
	GTask *task;

	if (self->asking)
		return;
	self->asking = true;
	question = g_new(Question, 1);
	*question = (Question){ .shop_id = office_desk_get_shop(self->desk)->id,
				.from = day_number(first),
				.to = day_number(now) };
	question->known = question->to == self->day ? self->stamp : -1;
	task = g_task_new(NULL, NULL, on_answer, g_object_ref(self));
	g_task_set_task_data(task, question, g_free);
	office_desk_run(self->desk, OFFICE_LONG, task, answer_job);
}

static gboolean watch(void *data)
{
	ask(data);
	return G_SOURCE_CONTINUE;
}

static void reload(GtkWidget *widget, const char *action, GVariant *parameter)
{
	OfficeCasesPage *self = OFFICE_CASES_PAGE(widget);

	self->stamp = -1;
	ask(self);
}

/* --- life --- */

GtkWidget *office_cases_page_new(OfficeDesk *desk)
{
	OfficeCasesPage *self = g_object_new(OFFICE_TYPE_CASES_PAGE, NULL);
	g_autofree char *days = number_text_integer(office_desk_get_style(desk), DAYS);
	g_autofree char *title = g_strdup_printf(_("To look after, of the last %s days"), days);

	self->desk = desk;
	gtk_label_set_label(self->title, title);
	return GTK_WIDGET(self);
}

void office_cases_page_start(OfficeCasesPage *self)
{
	if (self->watch == 0)
		self->watch = g_timeout_add_seconds(WATCH_SECONDS, watch, self);
	ask(self);
}

static void dispose(GObject *object)
{
	OfficeCasesPage *self = OFFICE_CASES_PAGE(object);
	GtkWidget *child;

	g_clear_handle_id(&self->watch, g_source_remove);
	while ((child = gtk_widget_get_first_child(GTK_WIDGET(self))) != NULL)
		gtk_widget_unparent(child);
	G_OBJECT_CLASS(office_cases_page_parent_class)->dispose(object);
}

static void office_cases_page_class_init(OfficeCasesPageClass *klass)
{
	GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

	G_OBJECT_CLASS(klass)->dispose = dispose;
	counted_signal = g_signal_new("counted", G_TYPE_FROM_CLASS(klass), G_SIGNAL_RUN_FIRST, 0,
				      NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
	gtk_widget_class_set_layout_manager_type(widget_class, GTK_TYPE_BIN_LAYOUT);
	gtk_widget_class_install_action(widget_class, "page.reload", NULL, reload);
	gtk_widget_class_set_template_from_resource(widget_class,
						    "/shop/baraa/office/cases_page.ui");
	gtk_widget_class_bind_template_child(widget_class, OfficeCasesPage, title);
	gtk_widget_class_bind_template_child(widget_class, OfficeCasesPage, counts);
	gtk_widget_class_bind_template_child(widget_class, OfficeCasesPage, stack);
	gtk_widget_class_bind_template_child(widget_class, OfficeCasesPage, blank);
	gtk_widget_class_bind_template_child(widget_class, OfficeCasesPage, table);
}

static void office_cases_page_init(OfficeCasesPage *self)
{
	g_type_ensure(OFFICE_TYPE_BLANK);
	g_type_ensure(OFFICE_TYPE_REPORT_TABLE);
	self->stamp = -1;
	gtk_widget_init_template(GTK_WIDGET(self));
}
