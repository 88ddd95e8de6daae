/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/print/report_printer.h"

#include "backoffice/label/label_job.h"
#include "backoffice/people/counter.h"
#include "backoffice/people/rights.h"
#include "drivers/printer/escpos_options.h"
#include "drivers/printer/printer.h"

#include <glib/gi18n-lib.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

G_DEFINE_QUARK(baraa_report_printer_error, report_printer_error)

/* --- words --------------------------------------------------------------------------------- */

static const struct {
	const char *code, *title;
} forms[] = {
	[PRINT_A4] = { "a4", N_("A4") },
	[PRINT_PAPER] = { "paper", N_("Receipt paper") },
};

static const struct {
	const char *code, *title;
} at_close[] = {
	[PRINT_AT_CLOSE_NO] = { "no", N_("Not by itself") },
	[PRINT_AT_CLOSE_SHIFT] = { "shift", N_("Each shift when it is closed") },
	[PRINT_AT_CLOSE_DAY] = { "day", N_("The day when the last shift is closed") },
};

const char *print_form_code(PrintForm form)
{
	g_return_val_if_fail((unsigned)form < G_N_ELEMENTS(forms), NULL);
	return forms[form].code;
}

const char *print_form_title(PrintForm form)
{
	g_return_val_if_fail((unsigned)form < G_N_ELEMENTS(forms), NULL);
	return _(forms[form].title);
}

bool print_form_parse(const char *text, PrintForm *ret)
{
	for (size_t i = 0; i < G_N_ELEMENTS(forms); i++)
		if (strcmp(forms[i].code, text) == 0) {
			*ret = (PrintForm)i;
			return true;
		}
	return false;
}

const char *print_at_close_code(PrintAtClose when)
{
	g_return_val_if_fail((unsigned)when < G_N_ELEMENTS(at_close), NULL);
	return at_close[when].code;
}

const char *print_at_close_title(PrintAtClose when)
{
	g_return_val_if_fail((unsigned)when < G_N_ELEMENTS(at_close), NULL);
	return _(at_close[when].title);
}

bool print_at_close_parse(const char *text, PrintAtClose *ret)
{
	for (size_t i = 0; i < G_N_ELEMENTS(at_close); i++)
		if (strcmp(at_close[i].code, text) == 0) {
			*ret = (PrintAtClose)i;
			return true;
		}
	return false;
}

/* --- what is called so --------------------------------------------------------------------- */

static bool invalid(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);
static bool invalid(GError **error, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	if (error != NULL)
		*error = g_error_new_valist(REPORT_PRINTER_ERROR, REPORT_PRINTER_ERROR_INVALID,
					    format, args);
	va_end(args);
	return false;
}

static bool check_queue(const ReportPrinter *self, GError **error)
{
	if (!g_str_has_prefix(self->device, "cups:") || self->device[strlen("cups:")] == '\0')
		return invalid(error,
			       _("A printer of A4 is a print queue, written like cups:QUEUE, not "
				 "“%s”."),
			       self->device);
	return self->options[0] == '\0' ||
	       invalid(error, _("A print queue takes no options here: write them into its address, "
				"cups:QUEUE?media=A4."));
}

static bool check_paper(const ReportPrinter *self, GError **error)
{
	const LabelDevice device = { .options = self->options };
	g_autofree char *protocol = NULL, *address = NULL;
	g_autoptr(GHashTable) options = NULL;
	g_autoptr(GError) reason = NULL;
	EscposOptions parsed;

	if (!label_device_split(self->device, &protocol, &address))
		return invalid(error,
			       _("A receipt printer is written like escpos@tcp:10.0.0.7:9100, not "
				 "“%s”."),
			       self->device);
	if (printer_driver_find(protocol) == NULL)
		return invalid(error, _("No receipt printer of Baraa speaks “%s”."), protocol);
	options = label_device_dup_options(&device, error);
	if (options == NULL)
		return false;
	return escpos_options_parse(options, &parsed, &reason) ||
	       invalid(error, _("An option is not known: %s."), reason->message);
}

bool report_printer_check(const ReportPrinter *self, GError **error)
{
	return self->form == PRINT_A4 ? check_queue(self, error) : check_paper(self, error);
}

/* --- reading ------------------------------------------------------------------------------- */

void report_printer_free(ReportPrinter *self)
{
	if (self == NULL)
		return;
	g_free(self->device);
	g_free(self->options);
	g_free(self);
}

static void free_printer(void *printer)
{
	report_printer_free(printer);
}

static ReportPrinter *printer_of_row(StoreStatement *row, int64_t shop_id)
{
	ReportPrinter *self = g_new0(ReportPrinter, 1);

	self->shop_id = shop_id;
	g_warn_if_fail(print_form_parse(store_get_text(row, 0), &self->form));
	self->device = g_strdup(store_get_text(row, 1));
	self->options = g_strdup(store_get_text(row, 2));
	self->one_key = store_get_int(row, 3) != 0;
	g_warn_if_fail(print_at_close_parse(store_get_text(row, 4), &self->at_close));
	self->with_cost = store_get_int(row, 5) != 0;
	return self;
}

GPtrArray *report_printer_list(Store *store, int64_t shop_id, GError **error)
{
	g_autoptr(GPtrArray) printers = g_ptr_array_new_with_free_func(free_printer);
	StoreStatement *row = store_statement(store, "office/day/printers");
	StoreStep step;

	store_bind_int(row, 1, shop_id);
	while ((step = store_step(row, error)) == STORE_ROW)
		g_ptr_array_add(printers, printer_of_row(row, shop_id));
	return step == STORE_DONE ? g_steal_pointer(&printers) : NULL;
}

/* *ret NULL where there is none. */
static bool look_up(Store *store, int64_t shop_id, PrintForm form, ReportPrinter **ret,
		    GError **error)
{
	g_autoptr(GPtrArray) printers = report_printer_list(store, shop_id, error);

	*ret = NULL;
	for (guint i = 0; printers != NULL && i < printers->len; i++)
		if (((const ReportPrinter *)printers->pdata[i])->form == form) {
			*ret = g_ptr_array_steal_index(printers, i);
			return true;
		}
	return printers != NULL;
}

ReportPrinter *report_printer_find(Store *store, int64_t shop_id, PrintForm form, GError **error)
{
	ReportPrinter *printer;

	if (look_up(store, shop_id, form, &printer, error) && printer == NULL)
		g_set_error(error, REPORT_PRINTER_ERROR, REPORT_PRINTER_ERROR_GONE,
			    _("The shop has no printer of reports for this: %s."),
			    print_form_title(form));
	return printer;
}

/* --- changing ------------------------------------------------------------------------------ */

static char *dup_record(const ReportPrinter *self)
{
	json_t *root = json_pack("{s:s, s:s, s:s, s:b, s:s, s:b}", "form",
				 print_form_code(self->form), "device", self->device, "options",
				 self->options, "one_key", self->one_key, "at_close",
				 print_at_close_code(self->at_close), "with_cost", self->with_cost);
	char *text = json_dumps(root, JSON_COMPACT), *copy = g_strdup(text);

	free(text);
	json_decref(root);
	return copy;
}

static bool write_row(Store *store, const ReportPrinter *self, GError **error)
{
	StoreStatement *put = store_statement(store, "office/day/put_printer");

	store_bind_int(put, 1, self->shop_id);
	store_bind_text(put, 2, print_form_code(self->form));
	store_bind_text(put, 3, self->device);
	store_bind_text(put, 4, self->options);
	store_bind_int(put, 5, self->one_key);
	store_bind_text(put, 6, print_at_close_code(self->at_close));
	store_bind_int(put, 7, self->with_cost);
	return store_run(put, error);
}

static bool move_jobs(Store *store, const ReportPrinter *self, GError **error)
{
	StoreStatement *move = store_statement(store, "office/day/move_jobs");

	store_bind_int(move, 1, self->shop_id);
	store_bind_text(move, 2, print_form_code(self->form));
	store_bind_text(move, 3, self->device);
	store_bind_text(move, 4, self->options);
	store_bind_int(move, 5, g_get_real_time());
	return store_run(move, error);
}

static bool write_in(Store *store, const ReportPrinter *self, int64_t person_id, GError **error)
{
	g_autofree char *was = NULL, *is = dup_record(self);
	g_autoptr(ReportPrinter) before = NULL;

	if (!rights_require(store, person_id, RIGHT_SETTINGS, error) ||
	    !look_up(store, self->shop_id, self->form, &before, error))
		return false;
	if (before != NULL)
		was = dup_record(before);
	return write_row(store, self, error) && move_jobs(store, self, error) &&
	       audit_change(store, person_id, "report-printer", print_form_code(self->form), was,
			    is, error);
}

bool report_printer_write(Store *store, const ReportPrinter *printer, int64_t person_id,
			  GError **error)
{
	if (!report_printer_check(printer, error) || !store_begin(store, error))
		return false;
	if (write_in(store, printer, person_id, error) && store_commit(store, error))
		return true;
	store_rollback(store);
	return false;
}

static bool delete_in(Store *store, int64_t shop_id, PrintForm form, int64_t person_id,
		      GError **error)
{
	StoreStatement *statement = store_statement(store, "office/day/delete_printer");
	g_autoptr(ReportPrinter) before = NULL;
	g_autofree char *was = NULL;

	if (!rights_require(store, person_id, RIGHT_SETTINGS, error))
		return false;
	before = report_printer_find(store, shop_id, form, error);
	if (before == NULL)
		return false;
	was = dup_record(before);
	store_bind_int(statement, 1, shop_id);
	store_bind_text(statement, 2, print_form_code(form));
	return store_run(statement, error) && audit_change(store, person_id, "report-printer",
							   print_form_code(form), was, NULL, error);
}

bool report_printer_delete(Store *store, int64_t shop_id, PrintForm form, int64_t person_id,
			   GError **error)
{
	if (!store_begin(store, error))
		return false;
	if (delete_in(store, shop_id, form, person_id, error) && store_commit(store, error))
		return true;
	store_rollback(store);
	return false;
}
