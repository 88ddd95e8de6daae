/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/report_printer_form.h"

#include "backoffice/print/day_job.h"
#include "backoffice/ui/ask.h"
#include "backoffice/ui/message.h"

#include <glib/gi18n-lib.h>

struct _OfficeReportPrinterForm {
	GtkWidget parent_instance;

	/* template children, borrowed */
	GtkLabel *title, *message, *options_label;
	GtkEntry *address, *options;
	GtkCheckButton *one_key, *with_cost;
	GtkDropDown *at_close;
	GtkButton *save, *test, *remove;

	OfficeDesk *desk; /* borrowed */
	PrintForm form;
	bool set; /* the shop has one */
	bool busy;
};

G_DEFINE_FINAL_TYPE(OfficeReportPrinterForm, office_report_printer_form, GTK_TYPE_WIDGET)

enum { TRIED, N_SIGNALS };
static guint signals[N_SIGNALS];

static const char *const examples[] = {
	[PRINT_A4] = "cups:OFFICE",
	[PRINT_PAPER] = "escpos@tcp:192.168.1.50:9100",
};

static void say(OfficeReportPrinterForm *self, const char *text, bool trouble)
{
	office_message_say(self->message, text, trouble);
}

static void show_state(OfficeReportPrinterForm *self)
{
	bool may = office_desk_may(self->desk, RIGHT_SETTINGS);

	gtk_widget_set_sensitive(GTK_WIDGET(self->save), !self->busy);
	gtk_widget_set_sensitive(GTK_WIDGET(self->test), !self->busy);
	gtk_widget_set_sensitive(GTK_WIDGET(self->remove), self->set && !self->busy);
	gtk_widget_set_visible(GTK_WIDGET(self->save), may);
	gtk_widget_set_visible(GTK_WIDGET(self->remove), may);
}

void office_report_printer_form_show(OfficeReportPrinterForm *self, const ReportPrinter *printer)
{
	self->set = printer != NULL;
	gtk_editable_set_text(GTK_EDITABLE(self->address), self->set ? printer->device : "");
	gtk_editable_set_text(GTK_EDITABLE(self->options), self->set ? printer->options : "");
	gtk_check_button_set_active(self->one_key, self->set ? printer->one_key : true);
	gtk_check_button_set_active(self->with_cost, self->set && printer->with_cost);
	gtk_drop_down_set_selected(self->at_close,
				   self->set ? printer->at_close : PRINT_AT_CLOSE_NO);
	show_state(self);
}

static char *dup_entry(GtkEntry *entry)
{
	return g_strstrip(g_strdup(gtk_editable_get_text(GTK_EDITABLE(entry))));
}

static ReportPrinter *printer_of_form(OfficeReportPrinterForm *self)
{
	ReportPrinter *printer = g_new0(ReportPrinter, 1);

	printer->shop_id = office_desk_get_shop(self->desk)->id;
	printer->form = self->form;
	printer->device = dup_entry(self->address);
	printer->options = self->form == PRINT_PAPER ? dup_entry(self->options) : g_strdup("");
	printer->one_key = gtk_check_button_get_active(self->one_key);
	printer->at_close = (PrintAtClose)gtk_drop_down_get_selected(self->at_close);
	printer->with_cost = gtk_check_button_get_active(self->with_cost);
	return printer;
}

/* --- what is done with it ------------------------------------------------------------------ */

typedef struct {
	ReportPrinter *printer; /* owned */
	int64_t person_id;
	DayQuery query; /* of a trial */
} Errand;

static void errand_free(void *data)
{
	Errand *self = data;

	report_printer_free(self->printer);
	g_free(self);
}

static void ask(OfficeReportPrinterForm *self, OfficeWork work, OfficeDone done)
{
	Errand *errand = g_new0(Errand, 1);
	g_autoptr(GDateTime) now = office_desk_dup_now(self->desk);

	errand->printer = printer_of_form(self);
	errand->person_id = office_desk_get_person_id(self->desk);
	errand->query = (DayQuery){ .shop_id = errand->printer->shop_id,
				    .day = g_date_time_get_year(now) * 10000 +
					   g_date_time_get_month(now) * 100 +
					   g_date_time_get_day_of_month(now),
				    .with_cost = true,
				    .with_acts = true };
	self->busy = true;
	show_state(self);
	office_ask(self->desk, OFFICE_QUICK, GTK_WIDGET(self), work, errand, errand_free, done);
}

/* False where there is trouble, which is told. */
static bool take_answer(OfficeReportPrinterForm *self, const GError *error)
{
	g_autofree char *text = error != NULL ? office_desk_dup_trouble(error) : NULL;

	self->busy = false;
	show_state(self);
	if (error != NULL)
		say(self, text, true);
	return error == NULL;
}

static bool save_work(Store *store, void *data, GError **error)
{
	const Errand *errand = data;

	return report_printer_write(store, errand->printer, errand->person_id, error);
}

static void on_saved(GtkWidget *widget, void *data, const GError *error)
{
	OfficeReportPrinterForm *self = OFFICE_REPORT_PRINTER_FORM(widget);
	const Errand *errand = data;

	if (!take_answer(self, error))
		return;
	office_report_printer_form_show(self, errand->printer);
	say(self, _("Saved."), false);
}

static void on_save(OfficeReportPrinterForm *self)
{
	ask(self, save_work, on_saved);
}

static bool remove_work(Store *store, void *data, GError **error)
{
	const Errand *errand = data;

	return report_printer_delete(store, errand->printer->shop_id, errand->printer->form,
				     errand->person_id, error);
}

static void on_removed(GtkWidget *widget, void *data, const GError *error)
{
	OfficeReportPrinterForm *self = OFFICE_REPORT_PRINTER_FORM(widget);

	if (!take_answer(self, error))
		return;
	office_report_printer_form_show(self, NULL);
	say(self, _("Deleted."), false);
}

static void on_remove(OfficeReportPrinterForm *self)
{
	ask(self, remove_work, on_removed);
}

static bool try_work(Store *store, void *data, GError **error)
{
	const Errand *errand = data;

	return day_job_ask_on(store, &errand->query, errand->printer, errand->person_id, error);
}

static void on_asked(GtkWidget *widget, void *data, const GError *error)
{
	OfficeReportPrinterForm *self = OFFICE_REPORT_PRINTER_FORM(widget);

	if (!take_answer(self, error))
		return;
	say(self, "", false);
	g_signal_emit(self, signals[TRIED], 0);
}

/* Today's report, with what stands in the form now. */
static void on_test(OfficeReportPrinterForm *self)
{
	ask(self, try_work, on_asked);
}

/* --- life ---------------------------------------------------------------------------------- */

static void name_for(GtkWidget *widget, const char *format, PrintForm form)
{
	g_autofree char *name = g_strdup_printf(format, print_form_title(form));

	gtk_accessible_update_property(GTK_ACCESSIBLE(widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
				       -1);
}

/* Two of these stand side by side: each thing says whose it is. */
static void name_parts(OfficeReportPrinterForm *self)
{
	/* Translators: %s is “A4” or “Receipt paper”, here and below. */
	name_for(GTK_WIDGET(self->address), _("Address of the printer: %s"), self->form);
	name_for(GTK_WIDGET(self->options), _("Options of the printer: %s"), self->form);
	name_for(GTK_WIDGET(self->at_close), _("Prints by itself: %s"), self->form);
	name_for(GTK_WIDGET(self->save), _("Save the printer: %s"), self->form);
	name_for(GTK_WIDGET(self->test), _("Try the printer: %s"), self->form);
	name_for(GTK_WIDGET(self->remove), _("Delete the printer: %s"), self->form);
}

void office_report_printer_form_set(OfficeReportPrinterForm *self, OfficeDesk *desk, PrintForm form)
{
	g_autoptr(GtkStringList) titles = gtk_string_list_new(NULL);

	for (PrintAtClose when = 0; when < PRINT_AT_CLOSE_N; when++)
		gtk_string_list_append(titles, print_at_close_title(when));
	gtk_drop_down_set_model(self->at_close, G_LIST_MODEL(titles));
	self->desk = desk;
	self->form = form;
	gtk_label_set_label(self->title, print_form_title(form));
	gtk_entry_set_placeholder_text(self->address, examples[form]);
	gtk_widget_set_visible(GTK_WIDGET(self->options), form == PRINT_PAPER);
	gtk_widget_set_visible(GTK_WIDGET(self->options_label), form == PRINT_PAPER);
	gtk_widget_set_visible(GTK_WIDGET(self->with_cost), office_desk_may(desk, RIGHT_SEE_COST));
	name_parts(self);
	office_report_printer_form_show(self, NULL);
}

static gboolean grab_focus(GtkWidget *widget)
{
	return gtk_widget_grab_focus(GTK_WIDGET(OFFICE_REPORT_PRINTER_FORM(widget)->address));
}

static void dispose(GObject *object)
{
	GtkWidget *child;

	while ((child = gtk_widget_get_first_child(GTK_WIDGET(object))) != NULL)
		gtk_widget_unparent(child);
	G_OBJECT_CLASS(office_report_printer_form_parent_class)->dispose(object);
}

#define BIND(child) gtk_widget_class_bind_template_child(klass, OfficeReportPrinterForm, child)

static void bind_template(GtkWidgetClass *klass)
{
	gtk_widget_class_set_template_from_resource(klass,
						    "/shop/baraa/office/report_printer_form.ui");
	BIND(title);
	BIND(message);
	BIND(options_label);
	BIND(address);
	BIND(options);
	BIND(one_key);
	BIND(with_cost);
	BIND(at_close);
	BIND(save);
	BIND(test);
	BIND(remove);
	gtk_widget_class_bind_template_callback(klass, on_save);
	gtk_widget_class_bind_template_callback(klass, on_test);
	gtk_widget_class_bind_template_callback(klass, on_remove);
}

static void office_report_printer_form_class_init(OfficeReportPrinterFormClass *klass)
{
	GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

	G_OBJECT_CLASS(klass)->dispose = dispose;
	widget_class->grab_focus = grab_focus;
	gtk_widget_class_set_layout_manager_type(widget_class, GTK_TYPE_BIN_LAYOUT);
	signals[TRIED] = g_signal_new("tried", G_TYPE_FROM_CLASS(klass), G_SIGNAL_RUN_LAST, 0, NULL,
				      NULL, NULL, G_TYPE_NONE, 0);
	bind_template(widget_class);
}

static void office_report_printer_form_init(OfficeReportPrinterForm *self)
{
	gtk_widget_init_template(GTK_WIDGET(self));
}
