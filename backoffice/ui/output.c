/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/output.h"

#include "backoffice/ui/desk.h"

#include <glib/gi18n-lib.h>

/* --- to a file ----------------------------------------------------------------------------- */

char *office_output_dup_path(GtkFileChooser *chooser, const char *form)
{
	g_autoptr(GFile) file = gtk_file_chooser_get_file(chooser);
	g_autofree char *path = file != NULL ? g_file_get_path(file) : NULL;
	g_autofree char *ending = g_strconcat(".", form, NULL);

	if (path == NULL || g_str_has_suffix(path, ending))
		return g_steal_pointer(&path);
	return g_strconcat(path, ending, NULL);
}

char *office_output_dup_refusal(const GError *error)
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

/* --- to a printer -------------------------------------------------------------------------- */

typedef struct {
	GtkWidget *page; /* owned */
	void *paper; /* owned */
	const struct office_paper *kind;
	OfficeSay say;
} Printing;

static void on_begin_print(GtkPrintOperation *operation, GtkPrintContext *context, Printing *self)
{
	gtk_print_operation_set_n_pages(
		operation,
		self->kind->count(self->paper, gtk_print_context_get_cairo_context(context)));
}

static void on_draw_page(GtkPrintOperation *operation, GtkPrintContext *context, int page,
			 Printing *self)
{
	self->kind->draw(self->paper, gtk_print_context_get_cairo_context(context), page + 1);
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
	self->kind->free(self->paper);
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

void office_output_print(GtkWidget *page, const char *name, const struct office_paper *kind,
			 void *paper, OfficeSay say)
{
	GtkPrintOperation *operation = gtk_print_operation_new();
	g_autoptr(GtkPageSetup) setup = page_setup_new();
	Printing *self = g_new(Printing, 1);

	*self = (Printing){ .page = g_object_ref(page), .paper = paper, .kind = kind, .say = say };
	gtk_print_operation_set_default_page_setup(operation, setup);
	gtk_print_operation_set_use_full_page(operation, true);
	gtk_print_operation_set_unit(operation, GTK_UNIT_POINTS);
	gtk_print_operation_set_allow_async(operation, true);
	gtk_print_operation_set_job_name(operation, name);
	g_signal_connect(operation, "begin-print", G_CALLBACK(on_begin_print), self);
	g_signal_connect(operation, "draw-page", G_CALLBACK(on_draw_page), self);
	g_signal_connect(operation, "done", G_CALLBACK(on_printed), self);
	gtk_print_operation_run(operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG,
				GTK_WINDOW(gtk_widget_get_root(page)), NULL);
}
