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

static char *dup_refusal(const GError *error)
{
	if (error->domain == STORE_ERROR)
		return office_desk_dup_trouble(error);
	if (g_error_matches(error, G_FILE_ERROR, G_FILE_ERROR_NOSPC))
		return g_strdup(_("It was not saved: the disk is full. Choose another disk."));
	if (g_error_matches(error, G_FILE_ERROR, G_FILE_ERROR_ACCES) ||
	    g_error_matches(error, G_FILE_ERROR, G_FILE_ERROR_PERM) ||
	    g_error_matches(error, G_FILE_ERROR, G_FILE_ERROR_ROFS))
		return g_strdup(_("It was not saved: you may not write in this folder. Choose "
				  "another folder."));
	return g_strdup_printf(_("It was not saved. Choose another folder: %s"), error->message);
}

static void on_saved(GObject *source, GAsyncResult *result, void *data)
{
	Saving *self = data;
	g_autoptr(GError) error = NULL;
	g_autofree char *path = g_task_propagate_pointer(G_TASK(result), &error);
	g_autofree char *text =
		path != NULL ? g_strdup_printf(_("Saved: %s"), path) : dup_refusal(error);

	self->say(self->page, text);
	saving_free(self);
}

/* The form is the one that was asked for, whatever the file is called. */
static char *dup_path(GtkFileChooser *chooser, const char *form)
{
	g_autoptr(GFile) file = gtk_file_chooser_get_file(chooser);
	g_autofree char *path = file != NULL ? g_file_get_path(file) : NULL;
	g_autofree char *ending = g_strconcat(".", form, NULL);

	if (path == NULL || g_str_has_suffix(path, ending))
		return g_steal_pointer(&path);
	return g_strconcat(path, ending, NULL);
}

static void on_file_chosen(GtkNativeDialog *dialog, int response, Saving *self)
{
	char *path = response == GTK_RESPONSE_ACCEPT
			     ? dup_path(GTK_FILE_CHOOSER(dialog), self->question->form)
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

void report_output_save(GtkWidget *page, OfficeDesk *desk, ReportQuestion *question, OfficeSay say)
{
	Saving *self = g_new(Saving, 1);
	g_autofree char *day = report_day_dup(question->day);
	g_autofree char *name =
		g_strdup_printf("%s-%s.%s", question->kind->name, day, question->form);

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
	GtkWidget *page; /* owned */
	Report *report; /* owned */
	OfficeDesk *desk; /* borrowed */
	OfficeSay say;
} Printing;

static void on_begin_print(GtkPrintOperation *operation, GtkPrintContext *context, Printing *self)
{
	gtk_print_operation_set_n_pages(
		operation, report_count_pages(self->report, office_desk_get_style(self->desk),
					      gtk_print_context_get_cairo_context(context)));
}

static void on_draw_page(GtkPrintOperation *operation, GtkPrintContext *context, int page,
			 Printing *self)
{
	report_draw_page(self->report, office_desk_get_style(self->desk),
			 gtk_print_context_get_cairo_context(context), page + 1);
}

static void on_printed(GtkPrintOperation *operation, GtkPrintOperationResult result, Printing *self)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *text = NULL;

	if (result == GTK_PRINT_OPERATION_RESULT_ERROR) {
		gtk_print_operation_get_error(operation, &error);
		text = g_strdup_printf(_("It was not printed. Look at the printer, then print "
					 "again: %s"),
				       error->message);
		self->say(self->page, text);
	} else if (result == GTK_PRINT_OPERATION_RESULT_APPLY) {
		self->say(self->page, _("Sent to the printer."));
	}
	g_object_unref(self->page);
	report_free(self->report);
	g_free(self);
	g_object_unref(operation);
}

static GtkPageSetup *page_setup_new(void)
{
	GtkPageSetup *setup = gtk_page_setup_new();
	GtkPaperSize *a4 = gtk_paper_size_new(GTK_PAPER_NAME_A4);

	gtk_page_setup_set_paper_size_and_default_margins(setup, a4);
	gtk_paper_size_free(a4);
	return setup;
}

void report_output_print(GtkWidget *page, OfficeDesk *desk, Report *report, OfficeSay say)
{
	GtkPrintOperation *operation = gtk_print_operation_new();
	g_autoptr(GtkPageSetup) setup = page_setup_new();
	Printing *self = g_new(Printing, 1);

	*self = (Printing){
		.page = g_object_ref(page), .report = report, .desk = desk, .say = say
	};
	gtk_print_operation_set_default_page_setup(operation, setup);
	gtk_print_operation_set_use_full_page(operation, true);
	gtk_print_operation_set_unit(operation, GTK_UNIT_POINTS);
	gtk_print_operation_set_allow_async(operation, true);
	gtk_print_operation_set_job_name(operation, report_get_shop(report));
	g_signal_connect(operation, "begin-print", G_CALLBACK(on_begin_print), self);
	g_signal_connect(operation, "draw-page", G_CALLBACK(on_draw_page), self);
	g_signal_connect(operation, "done", G_CALLBACK(on_printed), self);
	gtk_print_operation_run(operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG,
				GTK_WINDOW(gtk_widget_get_root(page)), NULL);
}
