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
	g_autofree char *text = error == NULL ? g_strdup_printf(_("Saved: %s"), self->path)
				: error->domain == G_FILE_ERROR ? office_output_dup_refusal(error)
								: office_desk_dup_trouble(error);

	self->say(page, text);
}

static void on_file_chosen(GtkNativeDialog *dialog, int response, Output *self)
{
	g_autoptr(GtkWidget) page = self->page;

	self->path = response == GTK_RESPONSE_ACCEPT
			     ? office_output_dup_path(GTK_FILE_CHOOSER(dialog), "pdf")
			     : NULL;
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

static int count_pages(const void *paper, cairo_t *cr)
{
	const Output *self = paper;

	return act_count_pages(self->act, &self->style, cr);
}

static void draw_page(const void *paper, cairo_t *cr, int page)
{
	const Output *self = paper;

	act_draw_page(self->act, &self->style, cr, page);
}

static const struct office_paper paper_kind = { count_pages, draw_page, output_free };

/* The answer's memory is the asker's: what is printed moves into memory of its own. */
static void print(GtkWidget *page, Output *output)
{
	Output *paper = output_new(output->desk, output->document_id, output->say);

	paper->act = g_steal_pointer(&output->act);
	office_output_print(page, act_get_number(paper->act), &paper_kind, paper, paper->say);
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
