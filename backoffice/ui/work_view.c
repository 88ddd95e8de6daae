/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/work_view.h"

#include "backoffice/staff/hours.h"
#include "backoffice/staff/pay.h"
#include "backoffice/staff/plan.h"
#include "backoffice/staff/staff_day.h"
#include "backoffice/ui/ask.h"
#include "backoffice/ui/message.h"
#include "backoffice/ui/text_table.h"
#include "backoffice/ui/words.h"

#include <glib/gi18n-lib.h>

struct _OfficeWorkView {
	GtkWidget parent_instance;

	/* template children, borrowed */
	GtkLabel *month, *sum, *plans, *message;
	OfficeTextTable *lines, *days;

	OfficeDesk *desk; /* borrowed */
	int64_t person_id;
	int32_t shown; /* month */
	guint question; /* number of the newest; older answers are dropped */
};

G_DEFINE_FINAL_TYPE(OfficeWorkView, office_work_view, GTK_TYPE_WIDGET)

static guint month_signal;

static const OfficeColumn line_columns[] = {
	{ N_("Earned by"), 0, false },
	{ N_("Amount"), 136, true },
};

static const OfficeColumn day_columns[] = {
	{ N_("Day"), 104, false },  { N_("Came"), 72, false },	   { N_("Left"), 72, false },
	{ N_("Worked"), 88, true }, { N_("Corrected"), 96, true }, { N_("Note"), 0, false },
};

typedef struct {
	guint number;
	int64_t by, person_id;
	int32_t month, today;
	bool with_pay; /* else they may not see it */
	Pay *pay; /* owned, as are these */
	GArray *days;
	GPtrArray *plans;
} Asked;

static void asked_free(void *data)
{
	Asked *self = data;

	pay_free(self->pay);
	g_clear_pointer(&self->days, g_array_unref);
	g_clear_pointer(&self->plans, g_ptr_array_unref);
	g_free(self);
}

static bool read_work(Store *store, void *data, GError **error)
{
	Asked *self = data;
	HoursQuery hours = { .person_id = self->person_id,
			     .from = staff_month_first(self->month),
			     .to = staff_month_last(self->month),
			     .now = g_get_real_time() };

	if (self->with_pay)
		self->pay = pay_of(store, self->by, self->person_id, self->month, hours.now, error);
	if (self->with_pay && self->pay == NULL)
		return false;
	self->days = hours_list(store, &hours, error);
	self->plans =
		self->days != NULL ? plan_list(store, 0, self->month, self->today, error) : NULL;
	return self->plans != NULL;
}

/* --- showing ------------------------------------------------------------------------------- */

static void show_lines(OfficeWorkView *self, const Pay *pay)
{
	GPtrArray *rows = g_ptr_array_new();

	for (guint i = 0; i < pay->lines->len; i++) {
		const PayLine *line = &g_array_index(pay->lines, PayLine, i);
		OfficeTextRow *row = office_text_row_new(i + 1);

		row->texts[0] =
			pay_line_dup_text(line, pay->currency, office_desk_get_style(self->desk));
		row->texts[1] = office_money_dup(self->desk, line->total);
		g_ptr_array_add(rows, row);
	}
	office_text_table_take(self->lines, rows);
}

static void show_days(OfficeWorkView *self, const GArray *days)
{
	GPtrArray *rows = g_ptr_array_new();

	for (guint i = 0; i < days->len; i++) {
		const WorkDay *day = &g_array_index(days, WorkDay, i);
		OfficeTextRow *row = office_text_row_new(i + 1);

		row->texts[0] = office_day_dup(day->day);
		if (day->first != 0) {
			row->texts[1] = office_clock_dup(self->desk, day->first);
			row->texts[2] = office_clock_dup(self->desk, day->last);
		}
		row->texts[3] = hours_dup_text(day->minutes);
		if (day->corrected != 0)
			row->texts[4] = hours_dup_text(day->corrected);
		if (day->open)
			row->texts[5] = g_strdup(_("still there"));
		else if (day->doubtful)
			row->texts[5] = g_strdup(_("no end known: to be corrected"));
		row->tone = day->doubtful ? OFFICE_AMBER : OFFICE_PLAIN;
		g_ptr_array_add(rows, row);
	}
	office_text_table_take(self->days, rows);
}

static void show_hours(OfficeWorkView *self, const GArray *days)
{
	g_autofree char *hours = NULL, *text = NULL;
	int64_t minutes = 0;

	for (guint i = 0; i < days->len; i++)
		minutes += g_array_index(days, WorkDay, i).minutes;
	hours = hours_dup_text(minutes);
	text = g_strdup_printf(_("Worked %s"), hours);
	gtk_label_set_label(self->sum, text);
}

static void show_sum(OfficeWorkView *self, const Pay *pay)
{
	g_autofree char *hours = hours_dup_text(pay->minutes);
	g_autofree char *earned = office_money_dup(self->desk, pay->total);
	g_autofree char *paid = office_money_dup(self->desk, pay->paid);
	g_autofree char *net = office_money_dup(self->desk, pay->net);
	g_autofree char *text = g_strdup_printf(_("Worked %s, sold %s, earned %s, paid out %s"),
						hours, net, earned, paid);

	gtk_label_set_label(self->sum, text);
}

static void show_plans(OfficeWorkView *self, const GPtrArray *plans)
{
	g_autoptr(GString) text = g_string_new(NULL);

	for (guint i = 0; i < plans->len; i++) {
		const PlanRow *plan = plans->pdata[i];
		g_autofree char *net = office_money_dup(self->desk, plan->net);
		g_autofree char *share =
			number_text_percent(office_desk_get_style(self->desk), plan->share);

		if (plan->person_id != self->person_id)
			continue;
		if (text->len > 0)
			g_string_append(text, "; ");
		g_string_append_printf(text, _("plan %s: %s of it done"), net, share);
	}
	gtk_label_set_label(self->plans, text->str);
	gtk_widget_set_visible(GTK_WIDGET(self->plans), text->len > 0);
}

static void on_answer(GtkWidget *widget, void *data, const GError *error)
{
	OfficeWorkView *self = OFFICE_WORK_VIEW(widget);
	Asked *asked = data;

	if (asked->number != self->question)
		return;
	gtk_widget_set_visible(GTK_WIDGET(self->message), error != NULL);
	if (error != NULL) {
		g_autofree char *text = office_desk_dup_trouble(error);

		office_message_say(self->message, text, true);
		return;
	}
	gtk_widget_set_visible(GTK_WIDGET(self->lines), asked->with_pay);
	show_days(self, asked->days);
	if (asked->with_pay) {
		show_lines(self, asked->pay);
		show_sum(self, asked->pay);
	} else {
		show_hours(self, asked->days);
	}
	show_plans(self, asked->plans);
}

static void ask(OfficeWorkView *self)
{
	g_autofree char *month = staff_month_dup(self->shown);
	Asked *asked;

	gtk_label_set_label(self->month, month);
	if (self->person_id == 0)
		return;
	asked = g_new0(Asked, 1);
	asked->number = ++self->question;
	asked->by = office_desk_get_person_id(self->desk);
	asked->person_id = self->person_id;
	asked->month = self->shown;
	asked->with_pay =
		asked->by == asked->person_id || office_desk_may(self->desk, RIGHT_SEE_PAY);
	asked->today = office_today(self->desk);
	office_ask(self->desk, OFFICE_LONG, GTK_WIDGET(self), read_work, asked, asked_free,
		   on_answer);
}

void office_work_view_show(OfficeWorkView *self, int64_t person_id)
{
	self->person_id = person_id;
	if (self->shown == 0)
		self->shown = office_today(self->desk) / 100;
	ask(self);
}

int32_t office_work_view_get_month(OfficeWorkView *self)
{
	return self->shown != 0 ? self->shown : office_today(self->desk) / 100;
}

static void move(OfficeWorkView *self, int months)
{
	int month = self->shown / 100 * 12 + self->shown % 100 - 1 + months;

	self->shown = month / 12 * 100 + month % 12 + 1;
	ask(self);
	g_signal_emit(self, month_signal, 0);
}

static void go_back(OfficeWorkView *self)
{
	move(self, -1);
}

static void go_on(OfficeWorkView *self)
{
	move(self, 1);
}

/* --- life ---------------------------------------------------------------------------------- */

void office_work_view_set_desk(OfficeWorkView *self, OfficeDesk *desk)
{
	self->desk = desk;
}

static void dispose(GObject *object)
{
	GtkWidget *child;

	while ((child = gtk_widget_get_first_child(GTK_WIDGET(object))) != NULL)
		gtk_widget_unparent(child);
	G_OBJECT_CLASS(office_work_view_parent_class)->dispose(object);
}

static void office_work_view_class_init(OfficeWorkViewClass *klass)
{
	GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

	G_OBJECT_CLASS(klass)->dispose = dispose;
	month_signal = g_signal_new("month", OFFICE_TYPE_WORK_VIEW, G_SIGNAL_RUN_LAST, 0, NULL,
				    NULL, NULL, G_TYPE_NONE, 0);
	gtk_widget_class_set_layout_manager_type(widget_class, GTK_TYPE_BIN_LAYOUT);
	gtk_widget_class_set_template_from_resource(widget_class,
						    "/shop/baraa/office/work_view.ui");
	gtk_widget_class_bind_template_child(widget_class, OfficeWorkView, month);
	gtk_widget_class_bind_template_child(widget_class, OfficeWorkView, sum);
	gtk_widget_class_bind_template_child(widget_class, OfficeWorkView, plans);
	gtk_widget_class_bind_template_child(widget_class, OfficeWorkView, message);
	gtk_widget_class_bind_template_child(widget_class, OfficeWorkView, lines);
	gtk_widget_class_bind_template_child(widget_class, OfficeWorkView, days);
	gtk_widget_class_bind_template_callback(widget_class, go_back);
	gtk_widget_class_bind_template_callback(widget_class, go_on);
}

static void office_work_view_init(OfficeWorkView *self)
{
	g_type_ensure(OFFICE_TYPE_TEXT_TABLE);
	gtk_widget_init_template(GTK_WIDGET(self));
	office_text_table_set_columns(self->lines, _("What was earned"), line_columns,
				      G_N_ELEMENTS(line_columns));
	office_text_table_set_columns(self->days, _("Days worked"), day_columns,
				      G_N_ELEMENTS(day_columns));
}
