/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/report_output.h"

#include "backoffice/report/report_print.h"

#include <glib/gi18n-lib.h>

/* --- to a file --- */

typedef struct {
	GtkWidget *page; /* owned */
	GtkFileChooserNative *dialog; /* owned */
	ReportQuestion *question; /* owned; NULL once it is asked */
	OfficeDesk *desk; /* borrowed */
	OfficeSay say;
} Saving;

static void saving_free(Saving *self)
{
	g_object_unref(self->page);
	g_object_unref(self->dialog);
	if (self->question != NULL)
		report_question_free(self->question);
	g_free(self);
}

static void on_saved(GObject *source, GAsyncResult *result, void *data)
{
	Saving *self = data;
	g_autoptr(GError) error = NULL;
	g_autofree char *path = g_task_propagate_pointer(G_TASK(result), &error);
	g_autofree char *text = path != NULL ? g_strdup_printf(_("Saved: %s"), path)
					     : office_output_dup_refusal(error);

	self->say(self->page, text);
	saving_free(self);
}

static void on_file_chosen(GtkNativeDialog *dialog, int response, Saving *self)
{
	char *path =
		response == GTK_RESPONSE_ACCEPT
			? office_output_dup_path(GTK_FILE_CHOOSER(dialog), self->question->form)
			: NULL;
	GTask *task;

	if (path == NULL) {
		if (response == GTK_RESPONSE_ACCEPT)
			self->say(self->page, _("It was not saved: choose a folder of this "
						"computer."));
		saving_free(self);
		return;
	}
	self->question->path = path;
	task = g_task_new(NULL, NULL, on_saved, self);
	g_task_set_task_data(task, g_steal_pointer(&self->question), report_question_free);
	office_desk_run(self->desk, OFFICE_LONG, task, report_save_job);
}

/* "sales-2026-11-23.pdf", "sales-2026-11-01-2026-11-30.pdf"; own it. */
static char *dup_file_name(const ReportQuestion *question)
{
	const ReportQuery *query = &question->place->query;
	g_autofree char *from = report_day_dup(query->from);
	g_autofree char *to = report_day_dup(query->to);
	bool one = query->from == query->to;

	return g_strdup_printf("%s-%s%s%s.%s", question->place->kind->name, from, one ? "" : "-",
			       one ? "" : to, question->form);
}

void report_output_save(GtkWidget *page, OfficeDesk *desk, ReportQuestion *question, OfficeSay say)
{
	Saving *self = g_new(Saving, 1);
	g_autofree char *name = dup_file_name(question);

	*self = (Saving){
		.page = g_object_ref(page), .question = question, .desk = desk, .say = say
	};
	self->dialog = gtk_file_chooser_native_new(
		_("Save the report"), GTK_WINDOW(gtk_widget_get_root(page)),
		GTK_FILE_CHOOSER_ACTION_SAVE, _("Save"), _("Cancel"));
	gtk_native_dialog_set_modal(GTK_NATIVE_DIALOG(self->dialog), true);
	gtk_file_chooser_set_current_name(GTK_FILE_CHOOSER(self->dialog), name);
	g_signal_connect(self->dialog, "response", G_CALLBACK(on_file_chosen), self);
	gtk_native_dialog_show(GTK_NATIVE_DIALOG(self->dialog));
}

/* --- to a printer --- */

typedef struct {
	Report *report; /* owned */
	NumberStyle style;
} Paper;

static void paper_free(void *data)
{
	Paper *self = data;

	report_free(self->report);
	g_free(self);
}

static int count_pages(const void *paper, cairo_t *cr)
{
	const Paper *self = paper;

	return report_count_pages(self->report, &self->style, cr);
}

static void draw_page(const void *paper, cairo_t *cr, int page)
{
	const Paper *self = paper;

	report_draw_page(self->report, &self->style, cr, page);
}

static const struct office_paper paper_kind = { count_pages, draw_page, paper_free };

void report_output_print(GtkWidget *page, OfficeDesk *desk, Report *report, OfficeSay say)
{
	Paper *paper = g_new(Paper, 1);

	*paper = (Paper){ report, *office_desk_get_style(desk) };
	office_output_print(page, report_get_shop(report), &paper_kind, paper, say);
}
