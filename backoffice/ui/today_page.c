/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/today_page.h"

#include "backoffice/report/period.h"
#include "backoffice/report/report.h"
#include "backoffice/report/today.h"
#include "backoffice/ui/blank.h"
#include "backoffice/ui/chart.h"
#include "backoffice/ui/day_output.h"
#include "backoffice/ui/figure.h"
#include "backoffice/ui/today_tasks.h"
#include "backoffice/ui/words.h"

#include <glib/gi18n-lib.h>

#define WATCH_SECONDS 3

enum { SALES, MARGIN, RECEIPTS, AVERAGE, N_FIGURES };

struct _OfficeTodayPage {
	GtkWidget parent_instance;

	/* template children, borrowed */
	GtkStack *stack;
	OfficeBlank *blank;
	GtkLabel *title, *message, *steps;
	GtkWidget *figures, *begin_goods;
	OfficeChart *hours, *days, *best;
	OfficeTodayTasks *tasks;
	OfficeFigure *shown[N_FIGURES]; /* NULL: not for this person */

	OfficeDesk *desk; /* borrowed */
	guint watch; /* source id, 0 if none */
	bool asking;
	int32_t day; /* which is shown */
};

G_DEFINE_FINAL_TYPE(OfficeTodayPage, office_today_page, GTK_TYPE_WIDGET)

/* --- figures ------------------------------------------------------------------------------- */

static char *dup_money(OfficeTodayPage *self, int64_t minor)
{
	Money amount = { minor, office_desk_get_shop(self->desk)->currency };

	return number_text_money(office_desk_get_style(self->desk), amount, true);
}

/* "▲ 12 % more than Sun 22.11.2026 until 14:00"; own it. */
static char *dup_difference(OfficeTodayPage *self, int64_t now, int64_t then, int hour,
			    OfficeTrend *ret)
{
	PeriodDays week_before = { period_add_days(self->day, -7), period_add_days(self->day, -7) };
	g_autofree char *day = period_dup_text(week_before);
	g_autofree char *percent = NULL;
	int64_t rate;

	*ret = OFFICE_AS_BEFORE;
	if (then <= 0 || !scale_int64(now - then, 10000, then, ROUND_HALF_AWAY, &rate))
		/* Translators: a day and an hour. */
		return g_strdup_printf(_("nothing on %1$s until %2$d:00"), day, hour);
	if (rate == 0)
		/* Translators: a day and an hour. */
		return g_strdup_printf(_("as on %1$s until %2$d:00"), day, hour);
	*ret = rate > 0 ? OFFICE_BETTER : OFFICE_WORSE;
	if (ABS(rate) >= 1000)
		rate = (rate + (rate > 0 ? 50 : -50)) / 100 * 100;
	percent = number_text_percent(office_desk_get_style(self->desk), ABS(rate));
	/* Translators: a share, a day and an hour. */
	return g_strdup_printf(rate > 0 ? _("▲ %1$s more than on %2$s until %3$d:00")
					: _("▼ %1$s less than on %2$s until %3$d:00"),
			       percent, day, hour);
}

/* Takes @value. */
static void show_figure(OfficeTodayPage *self, int which, char *value, int64_t now, int64_t then,
			int hour)
{
	OfficeTrend trend;
	g_autofree char *difference = dup_difference(self, now, then, hour, &trend);

	if (self->shown[which] != NULL)
		office_figure_show(self->shown[which], value, difference, trend);
	g_free(value);
}

static void show_figures(OfficeTodayPage *self, const Today *today)
{
	const TodayFigures *all = &today->all, *now = &today->now, *then = &today->then;
	const NumberStyle *style = office_desk_get_style(self->desk);

	show_figure(self, SALES, dup_money(self, all->net), now->net, then->net, today->hour);
	show_figure(self, MARGIN, dup_money(self, all->net - all->cost), now->net - now->cost,
		    then->net - then->cost, today->hour);
	show_figure(self, RECEIPTS, number_text_integer(style, all->sales), now->sales, then->sales,
		    today->hour);
	show_figure(self, AVERAGE, dup_money(self, today_average(all)), today_average(now),
		    today_average(then), today->hour);
}

/* --- pictures ------------------------------------------------------------------------------ */

static void take_chart(OfficeTodayPage *self, OfficeChart *chart, OfficeChartForm form,
		       const char *title, const char *before, GArray *points)
{
	office_chart_take(
		chart,
		&(OfficeChartLook){ .form = form,
				    .type = REPORT_MONEY,
				    .currency = office_desk_get_shop(self->desk)->currency,
				    .style = office_desk_get_style(self->desk),
				    .title = title,
				    .before = before },
		points);
}

static void show_hours(OfficeTodayPage *self, const Today *today)
{
	GArray *points = office_chart_points_new();

	for (int hour = today->first_hour; hour <= today->last_hour; hour++) {
		OfficeChartPoint point = {
			.label = g_strdup_printf("%02d:00–%02d:00", hour, hour + 1),
			.brief = g_strdup_printf("%d", hour),
			.value = today->hours[hour],
			.before = today->hours_then[hour],
			.has_before = true,
			.id = hour,
		};

		g_array_append_val(points, point);
	}
	take_chart(self, self->hours, OFFICE_CHART_COLUMNS, _("Sales by hour"),
		   _("the same day a week before"), points);
}

static void show_days(OfficeTodayPage *self, const Today *today)
{
	GArray *points = office_chart_points_new();

	for (int i = 0; i < TODAY_DAYS; i++) {
		int32_t day = period_add_days(self->day, i + 1 - TODAY_DAYS);
		g_autoptr(GDateTime) date =
			g_date_time_new_utc(day / 10000, day / 100 % 100, day % 100, 0, 0, 0);
		OfficeChartPoint point = {
			.label = period_dup_text((PeriodDays){ day, day }),
			.brief = g_date_time_format(date, "%a"),
			.value = today->days[i],
			.before = today->days_then[i],
			.has_before = true,
			.id = i,
		};

		g_array_append_val(points, point);
	}
	take_chart(self, self->days, OFFICE_CHART_COLUMNS, _("Last 7 days"), _("the week before"),
		   points);
}

static void show_best(OfficeTodayPage *self, const Today *today)
{
	GArray *points = office_chart_points_new();

	for (guint i = 0; i < today->best->len; i++) {
		const TodayItem *item = &g_array_index(today->best, TodayItem, i);
		OfficeChartPoint point = { .label = g_strdup(item->name), .value = item->net };

		g_array_append_val(points, point);
	}
	take_chart(self, self->best, OFFICE_CHART_BARS, _("Best sellers today"), NULL, points);
}

static void open_report(OfficeTodayPage *self, const char *kind, int32_t day)
{
	gtk_widget_activate_action(GTK_WIDGET(self), "office.report", "(sii)", kind, (int)day,
				   (int)day);
}

static void on_hour(OfficeTodayPage *self, int id)
{
	open_report(self, "hours", self->day);
}

static void on_day(OfficeTodayPage *self, int id)
{
	open_report(self, "sales", period_add_days(self->day, id + 1 - TODAY_DAYS));
}

static void on_best(OfficeTodayPage *self, int id)
{
	open_report(self, "items", self->day);
}

static void open_named(GtkWidget *widget, const char *action, GVariant *parameter)
{
	OfficeTodayPage *self = OFFICE_TODAY_PAGE(widget);

	open_report(self, g_variant_get_string(parameter, NULL), self->day);
}

/* --- a shop that has not begun ------------------------------------------------------------- */

static void add_step(GString *text, int *n, const char *step)
{
	g_string_append_printf(text, "%s%d. %s", *n > 0 ? "\n\n" : "", *n + 1, step);
	++*n;
}

static void show_begin(OfficeTodayPage *self, const Today *today)
{
	g_autoptr(GString) text = g_string_new(NULL);
	int n = 0;

	if (!today->has_goods)
		add_step(text, &n,
			 _("Goods: on the page “Goods” bring in your list from a file, or enter "
			   "the first one by hand."));
	if (!today->has_tills)
		add_step(text, &n,
			 _("Tills: each gets a code that it is enrolled with: "
			   "baraa till add --db DSN --shop NAME --name NAME"));
	add_step(text, &n,
		 _("Prices and people: see that goods have prices, and that every cashier has "
		   "a PIN."));
	add_step(text, &n,
		 _("Sell at the till. What it sells appears here by itself, a few seconds "
		   "after."));
	gtk_label_set_label(self->steps, text->str);
	gtk_widget_set_visible(self->begin_goods, !today->has_goods);
	gtk_stack_set_visible_child_name(self->stack, "begin");
}

/* --- reading ------------------------------------------------------------------------------- */

/* " · plan of the month 62 %, on the way to 104 %"; own it. */
static char *dup_plan(OfficeTodayPage *self, const Today *today)
{
	const NumberStyle *style = office_desk_get_style(self->desk);
	g_autofree char *share = NULL, *forecast = NULL;
	int64_t done, coming;

	if (!today->has_plan || today->plan <= 0 ||
	    !scale_int64(today->plan_fact, 100, today->plan, ROUND_HALF_AWAY, &done) ||
	    !scale_int64(today->plan_forecast, 100, today->plan, ROUND_HALF_AWAY, &coming))
		return g_strdup("");
	share = number_text_percent(style, done * 100);
	forecast = number_text_percent(style, coming * 100);
	/* Translators: what was sold of the month's plan, and what it will be if it goes on so. */
	return g_strdup_printf(_(" · plan of the month: %1$s, on the way to %2$s"), share,
			       forecast);
}

static void show_title(OfficeTodayPage *self, const Today *today)
{
	g_autofree char *day = period_dup_text((PeriodDays){ self->day, self->day });
	g_autofree char *plan = dup_plan(self, today);
	/* Translators: a day, and how the plan stands. */
	g_autofree char *title = g_strdup_printf(_("Today, %1$s%2$s"), day, plan);

	gtk_label_set_label(self->title, title);
}

static void show_today(OfficeTodayPage *self, const Today *today)
{
	show_title(self, today);
	show_figures(self, today);
	show_hours(self, today);
	show_days(self, today);
	show_best(self, today);
	office_today_tasks_show(self->tasks, today->tasks);
	gtk_stack_set_visible_child_name(self->stack, "today");
	if (gtk_widget_has_focus(GTK_WIDGET(self)))
		gtk_widget_grab_focus(GTK_WIDGET(self));
}

static void read_job(GTask *task, Store *store)
{
	g_autoptr(Today) today = NULL;
	GError *error = NULL;

	if (store_begin_read(store, &error))
		today = today_read(store, g_task_get_task_data(task), &error);
	store_rollback(store);
	if (today != NULL)
		g_task_return_pointer(task, g_steal_pointer(&today), (GDestroyNotify)today_free);
	else
		g_task_return_error(task, error);
}

static void on_read(GObject *source, GAsyncResult *result, void *data)
{
	g_autoptr(OfficeTodayPage) self = data;
	g_autoptr(GError) error = NULL;
	g_autoptr(Today) today = g_task_propagate_pointer(G_TASK(result), &error);
	g_autofree char *trouble = NULL;

	self->asking = false;
	if (self->watch == 0)
		return; /* the page is gone */
	if (today == NULL) {
		trouble = office_desk_dup_trouble(error);
		office_blank_say_trouble(self->blank, trouble);
		gtk_stack_set_visible_child_name(self->stack, "blank");
	} else if (!today->has_sales) {
		show_begin(self, today);
	} else {
		show_today(self, today);
	}
}

static int64_t midnight(int32_t day, GDateTime *now)
{
	g_autoptr(GDateTime) at = g_date_time_new(g_date_time_get_timezone(now), day / 10000,
						  day / 100 % 100, day % 100, 0, 0, 0);

	return at != NULL ? g_date_time_to_unix(at) * G_USEC_PER_SEC : 0;
}

static TodayQuery *query_new(OfficeTodayPage *self)
{
	g_autoptr(GDateTime) now = office_desk_dup_now(self->desk);
	TodayQuery *query = g_new(TodayQuery, 1);

	*query = (TodayQuery){ .shop_id = office_desk_get_shop(self->desk)->id,
			       .day = self->day,
			       .hour = g_date_time_get_hour(now),
			       .from = midnight(self->day, now),
			       .until = midnight(period_add_days(self->day, 1), now),
			       .now = g_get_real_time(),
			       .currency = office_desk_get_shop(self->desk)->currency,
			       .rights = office_desk_get_rights(self->desk),
			       .style = *office_desk_get_style(self->desk) };
	return query;
}

static void ask(OfficeTodayPage *self)
{
	GTask *task;

	if (self->asking)
		return;
	self->asking = true;
	self->day = office_today(self->desk);
	task = g_task_new(NULL, NULL, on_read, g_object_ref(self));
	g_task_set_task_data(task, query_new(self), g_free);
	office_desk_run(self->desk, OFFICE_QUICK, task, read_job);
}

static gboolean watch(void *data)
{
	OfficeTodayPage *self = data;

	if (gtk_widget_get_mapped(GTK_WIDGET(self)))
		ask(self);
	return G_SOURCE_CONTINUE;
}

static void on_map(GtkWidget *widget)
{
	ask(OFFICE_TODAY_PAGE(widget));
}

static void say(GtkWidget *page, const char *text)
{
	gtk_label_set_label(OFFICE_TODAY_PAGE(page)->message, text);
}

static void print_day(GtkWidget *widget, const char *action, GVariant *parameter)
{
	OfficeTodayPage *self = OFFICE_TODAY_PAGE(widget);

	office_day_print(widget, self->desk, self->day, say);
}

static void reload(GtkWidget *widget, const char *action, GVariant *parameter)
{
	ask(OFFICE_TODAY_PAGE(widget));
}

/* --- life ---------------------------------------------------------------------------------- */

static void add_figure(OfficeTodayPage *self, int which, const char *title)
{
	self->shown[which] = OFFICE_FIGURE(office_figure_new(title));
	gtk_box_append(GTK_BOX(self->figures), GTK_WIDGET(self->shown[which]));
}

GtkWidget *office_today_page_new(OfficeDesk *desk)
{
	OfficeTodayPage *self = g_object_new(OFFICE_TYPE_TODAY_PAGE, NULL);

	self->desk = desk;
	self->day = office_today(desk);
	add_figure(self, SALES, _("Sales"));
	if (office_desk_may(desk, RIGHT_SEE_COST))
		add_figure(self, MARGIN, _("Gross margin"));
	add_figure(self, RECEIPTS, _("Receipts"));
	add_figure(self, AVERAGE, _("Average receipt"));
	self->watch = g_timeout_add_seconds(WATCH_SECONDS, watch, self);
	g_signal_connect(self, "map", G_CALLBACK(on_map), NULL);
	return GTK_WIDGET(self);
}

/* Before the figures are there, the page itself, so that its keys work. */
static gboolean grab_focus(GtkWidget *widget)
{
	OfficeTodayPage *self = OFFICE_TODAY_PAGE(widget);

	if (gtk_widget_get_mapped(GTK_WIDGET(self->hours)))
		return gtk_widget_grab_focus(GTK_WIDGET(self->hours));
	return GTK_WIDGET_CLASS(office_today_page_parent_class)->grab_focus(widget);
}

static void dispose(GObject *object)
{
	OfficeTodayPage *self = OFFICE_TODAY_PAGE(object);
	GtkWidget *child;

	g_clear_handle_id(&self->watch, g_source_remove);
	while ((child = gtk_widget_get_first_child(GTK_WIDGET(self))) != NULL)
		gtk_widget_unparent(child);
	G_OBJECT_CLASS(office_today_page_parent_class)->dispose(object);
}

static void bind_children(GtkWidgetClass *klass)
{
	gtk_widget_class_bind_template_child(klass, OfficeTodayPage, stack);
	gtk_widget_class_bind_template_child(klass, OfficeTodayPage, blank);
	gtk_widget_class_bind_template_child(klass, OfficeTodayPage, title);
	gtk_widget_class_bind_template_child(klass, OfficeTodayPage, message);
	gtk_widget_class_bind_template_child(klass, OfficeTodayPage, steps);
	gtk_widget_class_bind_template_child(klass, OfficeTodayPage, begin_goods);
	gtk_widget_class_bind_template_child(klass, OfficeTodayPage, figures);
	gtk_widget_class_bind_template_child(klass, OfficeTodayPage, hours);
	gtk_widget_class_bind_template_child(klass, OfficeTodayPage, days);
	gtk_widget_class_bind_template_child(klass, OfficeTodayPage, best);
	gtk_widget_class_bind_template_child(klass, OfficeTodayPage, tasks);
}

static void office_today_page_class_init(OfficeTodayPageClass *klass)
{
	GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

	G_OBJECT_CLASS(klass)->dispose = dispose;
	widget_class->grab_focus = grab_focus;
	gtk_widget_class_set_layout_manager_type(widget_class, GTK_TYPE_BIN_LAYOUT);
	gtk_widget_class_install_action(widget_class, "page.reload", NULL, reload);
	gtk_widget_class_install_action(widget_class, "page.print-day", NULL, print_day);
	gtk_widget_class_install_action(widget_class, "page.report", "s", open_named);
	gtk_widget_class_set_template_from_resource(widget_class,
						    "/shop/baraa/office/today_page.ui");
	bind_children(widget_class);
	gtk_widget_class_bind_template_callback(widget_class, on_hour);
	gtk_widget_class_bind_template_callback(widget_class, on_day);
	gtk_widget_class_bind_template_callback(widget_class, on_best);
}

static void office_today_page_init(OfficeTodayPage *self)
{
	g_type_ensure(OFFICE_TYPE_BLANK);
	g_type_ensure(OFFICE_TYPE_CHART);
	g_type_ensure(OFFICE_TYPE_TODAY_TASKS);
	gtk_widget_set_focusable(GTK_WIDGET(self), true);
	gtk_widget_init_template(GTK_WIDGET(self));
}
