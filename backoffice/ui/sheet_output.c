/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/sheet_output.h"

#include "backoffice/ui/ask.h"

#include <glib/gi18n-lib.h>

typedef struct {
	OfficeDesk *desk; /* borrowed */
	OfficeSay say;
	const struct office_sheet *kind; /* static */
	GtkFileChooserNative *dialog; /* owned; NULL: to a printer */
	GtkWidget *page; /* borrowed until the dialog answers */
	NumberStyle style;

	/* owned */
	void *data; /* of @kind */
	char *name;
	char *path; /* NULL: to a printer */
	Sheet *sheet;
} Output;

static Output *output_new(OfficeDesk *desk, const struct office_sheet *kind, void *data,
			  const char *name, OfficeSay say)
{
	Output *self = g_new0(Output, 1);

	self->desk = desk;
	self->say = say;
	self->kind = kind;
	self->data = data;
	self->name = g_strdup(name);
	self->style = *office_desk_get_style(desk);
	return self;
}

static void output_free(void *data)
{
	Output *self = data;

	g_clear_object(&self->dialog);
	if (self->data != NULL)
		self->kind->free(self->data);
	g_free(self->name);
	g_free(self->path);
	sheet_free(self->sheet);
	g_free(self);
}

static bool write_file(const Output *self, GError **error)
{
	return g_str_has_suffix(self->path, ".xlsx")
		       ? sheet_write_xlsx(self->sheet, self->path, error)
		       : sheet_write_pdf(self->sheet, self->path, error);
}

static bool output_work(Store *store, void *data, GError **error)
{
	Output *self = data;

	self->sheet = self->kind->make(store, self->data, &self->style, error);
	return self->sheet != NULL && (self->path == NULL || write_file(self, error));
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

static const char *form_of(const char *name)
{
	return g_str_has_suffix(name, ".xlsx") ? "xlsx" : "pdf";
}

static void on_file_chosen(GtkNativeDialog *dialog, int response, Output *self)
{
	g_autoptr(GtkWidget) page = self->page;

	self->path = response == GTK_RESPONSE_ACCEPT
			     ? office_output_dup_path(GTK_FILE_CHOOSER(dialog), form_of(self->name))
			     : NULL;
	if (self->path != NULL) {
		office_ask(self->desk, OFFICE_LONG, page, output_work, self, output_free, on_saved);
		return;
	}
	if (response == GTK_RESPONSE_ACCEPT)
		self->say(page, _("It was not saved: choose a folder of this computer."));
	output_free(self);
}

void office_sheet_save(GtkWidget *page, OfficeDesk *desk, const struct office_sheet *kind,
		       void *data, const char *name, OfficeSay say)
{
	Output *self = output_new(desk, kind, data, name, say);

	self->page = g_object_ref(page);
	self->dialog = gtk_file_chooser_native_new(
		kind->save_title(), GTK_WINDOW(gtk_widget_get_root(page)),
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

	return sheet_count_pages(self->sheet, cr);
}

static void draw_page(const void *paper, cairo_t *cr, int page)
{
	const Output *self = paper;

	sheet_draw_page(self->sheet, cr, page);
}

static const struct office_paper paper_kind = { count_pages, draw_page, output_free };

/* The answer's memory is the asker's: what is printed moves into memory of its own. */
static void print(GtkWidget *page, Output *output)
{
	Output *paper = output_new(output->desk, output->kind, NULL, output->name, output->say);

	paper->sheet = g_steal_pointer(&output->sheet);
	office_output_print(page, paper->name, &paper_kind, paper, paper->say);
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

void office_sheet_print(GtkWidget *page, OfficeDesk *desk, const struct office_sheet *kind,
			void *data, const char *name, OfficeSay say)
{
	office_ask(desk, OFFICE_LONG, page, output_work, output_new(desk, kind, data, name, say),
		   output_free, on_read);
}
