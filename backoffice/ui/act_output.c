/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/act_output.h"

#include "backoffice/report/act.h"
#include "backoffice/ui/ask.h"

#include <glib/gi18n-lib.h>

typedef struct {
	OfficeDesk *desk; /* borrowed */
	OfficeSay say;
	int64_t document_id;
	bool with_costs;
	GtkFileChooserNative *dialog; /* owned; NULL: to a printer */
	GtkWidget *page; /* borrowed until the dialog answers */
	char *path; /* owned; NULL: to a printer */
	NumberStyle style;
	Act *act; /* owned */
} Output;

static Output *output_new(OfficeDesk *desk, int64_t document_id, OfficeSay say)
{
	Output *self = g_new0(Output, 1);

	self->desk = desk;
	self->say = say;
	self->document_id = document_id;
	self->style = *office_desk_get_style(desk);
	self->with_costs = office_desk_may(desk, RIGHT_SEE_COST);
	return self;
}

static void output_free(void *data)
{
	Output *self = data;

	g_clear_object(&self->dialog);
	g_free(self->path);
	act_free(self->act);
	g_free(self);
}

static bool output_work(Store *store, void *data, GError **error)
{
	Output *self = data;

	self->act = act_new(store, self->document_id, self->with_costs, error);
	return self->act != NULL &&
	       (self->path == NULL || act_write_pdf(self->act, &self->style, self->path, error));
}

/* --- to a file ----------------------------------------------------------------------------- */

static void on_saved(GtkWidget *page, void *data, const GError *error)
{
	Output *self = data;
	g_autofree char *text =
		error == NULL ? g_strdup_printf(_("Saved: %s"), self->path)
		: error->domain == G_FILE_ERROR
			? g_strdup_printf(_("It was not saved. Choose another folder: %s"),
					  error->message)
			: office_desk_dup_trouble(error);

	self->say(page, text);
}

static char *dup_path(GtkFileChooser *chooser)
{
	g_autoptr(GFile) file = gtk_file_chooser_get_file(chooser);
	g_autofree char *path = file != NULL ? g_file_get_path(file) : NULL;

	if (path == NULL || g_str_has_suffix(path, ".pdf"))
		return g_steal_pointer(&path);
	return g_strconcat(path, ".pdf", NULL);
}

static void on_file_chosen(GtkNativeDialog *dialog, int response, Output *self)
{
	g_autoptr(GtkWidget) page = self->page;

	self->path = response == GTK_RESPONSE_ACCEPT ? dup_path(GTK_FILE_CHOOSER(dialog)) : NULL;
	if (self->path != NULL) {
		office_ask(self->desk, OFFICE_LONG, page, output_work, self, output_free, on_saved);
		return;
	}
	if (response == GTK_RESPONSE_ACCEPT)
		self->say(page, _("It was not saved: choose a folder of this computer."));
	output_free(self);
}

void office_act_save(GtkWidget *page, OfficeDesk *desk, int64_t document_id, const char *number,
		     OfficeSay say)
{
	Output *self = output_new(desk, document_id, say);
	g_autofree char *name = g_strdup_printf("act-%s.pdf", number);

	self->page = g_object_ref(page);
	self->dialog = gtk_file_chooser_native_new(
		_("Save the act"), GTK_WINDOW(gtk_widget_get_root(page)),
		GTK_FILE_CHOOSER_ACTION_SAVE, _("Save"), _("Cancel"));
	gtk_native_dialog_set_modal(GTK_NATIVE_DIALOG(self->dialog), true);
	gtk_file_chooser_set_current_name(GTK_FILE_CHOOSER(self->dialog), name);
	g_signal_connect(self->dialog, "response", G_CALLBACK(on_file_chosen), self);
	gtk_native_dialog_show(GTK_NATIVE_DIALOG(self->dialog));
}

/* --- to a printer -------------------------------------------------------------------------- */

typedef struct {
	GtkWidget *page; /* owned */
	Act *act; /* owned */
	NumberStyle style;
	OfficeSay say;
} Printing;

static void on_begin_print(GtkPrintOperation *operation, GtkPrintContext *context, Printing *self)
{
	gtk_print_operation_set_n_pages(
		operation, act_count_pages(self->act, &self->style,
					   gtk_print_context_get_cairo_context(context)));
}

static void on_draw_page(GtkPrintOperation *operation, GtkPrintContext *context, int page,
			 Printing *self)
{
	act_draw_page(self->act, &self->style, gtk_print_context_get_cairo_context(context),
		      page + 1);
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
	act_free(self->act);
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

/* The report's print dialog with the act's pages. */
static void print(GtkWidget *page, Output *output)
{
	GtkPrintOperation *operation = gtk_print_operation_new();
	g_autoptr(GtkPageSetup) setup = page_setup_new();
	Printing *self = g_new(Printing, 1);

	*self = (Printing){ .page = g_object_ref(page),
			    .act = g_steal_pointer(&output->act),
			    .style = output->style,
			    .say = output->say };
	gtk_print_operation_set_default_page_setup(operation, setup);
	gtk_print_operation_set_use_full_page(operation, true);
	gtk_print_operation_set_unit(operation, GTK_UNIT_POINTS);
	gtk_print_operation_set_allow_async(operation, true);
	gtk_print_operation_set_job_name(operation, act_get_number(self->act));
	g_signal_connect(operation, "begin-print", G_CALLBACK(on_begin_print), self);
	g_signal_connect(operation, "draw-page", G_CALLBACK(on_draw_page), self);
	g_signal_connect(operation, "done", G_CALLBACK(on_printed), self);
	gtk_print_operation_run(operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG,
				GTK_WINDOW(gtk_widget_get_root(page)), NULL);
}

static void on_read(GtkWidget *page, void *data, const GError *error)
{
	Output *self = data;
	g_autofree char *text = error != NULL ? office_desk_dup_trouble(error) : NULL;

	if (text != NULL)
		self->say(page, text);
	else
		print(page, self);
}

void office_act_print(GtkWidget *page, OfficeDesk *desk, int64_t document_id, OfficeSay say)
{
	office_ask(desk, OFFICE_LONG, page, output_work, output_new(desk, document_id, say),
		   output_free, on_read);
}
