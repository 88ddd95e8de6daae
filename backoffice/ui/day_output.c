/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/day_output.h"

#include "backoffice/print/day_press.h"
#include "backoffice/ui/ask.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static DayQuery query_of(OfficeDesk *desk, int32_t day)
{
	DayQuery query = { .shop_id = office_desk_get_shop(desk)->id,
			   .day = day,
			   .with_cost = office_desk_may(desk, RIGHT_SEE_COST),
			   .with_acts = office_desk_may(desk, RIGHT_SEE_ACTS) };

	return query;
}

/* --- on paper ------------------------------------------------------------------------------ */

/* Claimed and noted on the desk's thread, printed on one of its own: a printer that is waited for
 * holds up nobody. */
typedef struct {
	OfficeDesk *desk; /* borrowed */
	GWeakRef page; /* touched by the window's thread alone */
	OfficeSay say;
	DayPress *press; /* owned */
	DaySheet *sheet; /* owned; what is being printed */
	DayPressResult result;
	DayQuery query; /* day 0: nothing is asked for */
	int64_t person_id;
} Run;

static void run_free(Run *self)
{
	g_weak_ref_clear(&self->page);
	day_press_free(self->press);
	day_sheet_free(self->sheet);
	day_press_result_clear(&self->result);
	g_free(self);
}

static void tell(Run *self, const char *text)
{
	g_autoptr(GtkWidget) page = g_weak_ref_get(&self->page);

	if (page != NULL)
		self->say(page, text);
}

static void end(Run *self, const GError *error)
{
	g_autofree char *text = NULL;

	if (error != NULL)
		text = office_desk_dup_trouble(error);
	else if (self->result.trouble != NULL)
		text = g_strdup_printf(_("Not printed yet, it is tried again by itself: %s"),
				       self->result.trouble);
	else if (self->result.printed > 0)
		text = g_strdup(_("The day is printed."));
	else
		text = g_strdup(_("Nothing waits to be printed here."));
	tell(self, text);
	run_free(self);
}

typedef bool (*Step)(Run *self, Store *store, GError **error);

static bool ask_step(Run *self, Store *store, GError **error)
{
	int n;

	return self->query.day == 0 || day_job_ask(store, &self->query, self->person_id, &n, error);
}

static bool take_step(Run *self, Store *store, GError **error)
{
	return day_sheet_take(store, &self->sheet, &self->result.next_at, error);
}

static bool note_step(Run *self, Store *store, GError **error)
{
	return day_sheet_note(store, self->sheet, &self->result, error);
}

typedef struct {
	Run *run; /* borrowed */
	Step step;
	void (*next)(Run *self);
} Order;

static void order_job(GTask *task, Store *store)
{
	Order *order = g_task_get_task_data(task);
	GError *error = NULL;

	if (order->step(order->run, store, &error))
		g_task_return_boolean(task, true);
	else
		g_task_return_error(task, error);
}

static void on_ordered(GObject *source, GAsyncResult *result, void *data)
{
	Order *order = g_task_get_task_data(G_TASK(result));
	g_autoptr(GError) error = NULL;

	if (g_task_propagate_boolean(G_TASK(result), &error))
		order->next(order->run);
	else
		end(order->run, error);
}

static void order(Run *self, Step step, void (*next)(Run *self))
{
	GTask *task = g_task_new(NULL, NULL, on_ordered, NULL);
	Order *it = g_new(Order, 1);

	*it = (Order){ .run = self, .step = step, .next = next };
	g_task_set_task_data(task, it, g_free);
	office_desk_run(self->desk, OFFICE_QUICK, task, order_job);
}

static void take_next(Run *self);

static void print_thread(GTask *task, void *source, void *data, GCancellable *cancellable)
{
	Run *self = data;

	day_press_print_sheet(self->press, self->sheet);
	g_task_return_boolean(task, true);
}

static void on_printed(GObject *source, GAsyncResult *result, void *data)
{
	order(data, note_step, take_next);
}

static void print_taken(Run *self)
{
	g_autoptr(GTask) task = NULL;

	if (self->sheet == NULL) {
		end(self, NULL);
		return;
	}
	task = g_task_new(NULL, NULL, on_printed, self);
	g_task_set_task_data(task, self, NULL);
	g_task_run_in_thread(task, print_thread);
}

static void take_next(Run *self)
{
	g_clear_pointer(&self->sheet, day_sheet_free);
	order(self, take_step, print_taken);
}

static void begin(GtkWidget *page, OfficeDesk *desk, int32_t day, OfficeSay say)
{
	Run *self = g_new0(Run, 1);

	self->desk = desk;
	g_weak_ref_init(&self->page, page);
	self->say = say;
	self->press = day_press_new(office_desk_get_style(desk));
	self->query = query_of(desk, day);
	self->person_id = office_desk_get_person_id(desk);
	say(page, _("Printing…"));
	order(self, ask_step, take_next);
}

void office_day_print(GtkWidget *page, OfficeDesk *desk, int32_t day, OfficeSay say)
{
	begin(page, desk, day, say);
}

void office_day_print_waiting(GtkWidget *page, OfficeDesk *desk, OfficeSay say)
{
	begin(page, desk, 0, say);
}

/* --- to a file ----------------------------------------------------------------------------- */

typedef struct {
	GtkFileChooserNative *dialog; /* owned */
	GtkWidget *page; /* owned until the dialog answers */
	OfficeDesk *desk; /* borrowed */
	OfficeSay say;
	DayQuery query;
	NumberStyle style;
	char *form, *path; /* owned */
} Saving;

static void saving_free(void *data)
{
	Saving *self = data;

	g_clear_object(&self->dialog);
	g_clear_object(&self->page);
	g_free(self->form);
	g_free(self->path);
	g_free(self);
}

static bool write_report(const Saving *self, const DayReport *report, GError **error)
{
	g_autofree char *csv = NULL;

	if (strcmp(self->form, "pdf") == 0)
		return day_report_write_pdf(report, &self->style, self->path, error);
	if (strcmp(self->form, "xlsx") == 0)
		return day_report_write_xlsx(report, self->path, error);
	csv = day_report_dup_csv(report);
	return g_file_set_contents(self->path, csv, -1, error);
}

static bool save_work(Store *store, void *data, GError **error)
{
	const Saving *self = data;
	g_autoptr(DayReport) report = NULL;

	if (store_begin_read(store, error))
		report = day_report_read(store, &self->query, error);
	store_rollback(store);
	return report != NULL && write_report(self, report, error);
}

static void on_saved(GtkWidget *page, void *data, const GError *error)
{
	Saving *self = data;
	g_autofree char *text = error == NULL ? g_strdup_printf(_("Saved: %s"), self->path)
					      : office_output_dup_refusal(error);

	self->say(page, text);
}

static void on_file_chosen(GtkNativeDialog *dialog, int response, Saving *self)
{
	g_autoptr(GtkWidget) page = g_steal_pointer(&self->page);

	self->path = response == GTK_RESPONSE_ACCEPT
			     ? office_output_dup_path(GTK_FILE_CHOOSER(dialog), self->form)
			     : NULL;
	if (self->path != NULL) {
		office_ask(self->desk, OFFICE_LONG, page, save_work, self, saving_free, on_saved);
		return;
	}
	if (response == GTK_RESPONSE_ACCEPT)
		self->say(page, _("It was not saved: choose a folder of this computer."));
	saving_free(self);
}

void office_day_save(GtkWidget *page, OfficeDesk *desk, int32_t day, const char *form,
		     OfficeSay say)
{
	Saving *self = g_new0(Saving, 1);
	g_autofree char *day_text = report_day_dup(day);
	g_autofree char *name = g_strdup_printf("day-%s.%s", day_text, form);

	*self = (Saving){ .page = g_object_ref(page),
			  .desk = desk,
			  .say = say,
			  .query = query_of(desk, day),
			  .style = *office_desk_get_style(desk),
			  .form = g_strdup(form) };
	self->dialog = gtk_file_chooser_native_new(
		_("Save the report"), GTK_WINDOW(gtk_widget_get_root(page)),
		GTK_FILE_CHOOSER_ACTION_SAVE, _("Save"), _("Cancel"));
	gtk_native_dialog_set_modal(GTK_NATIVE_DIALOG(self->dialog), true);
	gtk_file_chooser_set_current_name(GTK_FILE_CHOOSER(self->dialog), name);
	g_signal_connect(self->dialog, "response", G_CALLBACK(on_file_chosen), self);
	gtk_native_dialog_show(GTK_NATIVE_DIALOG(self->dialog));
}
