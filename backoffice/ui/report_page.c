/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/report_page_private.h"

#include "backoffice/ui/drop_down.h"
#include "backoffice/ui/words.h"

#include <glib/gi18n-lib.h>

/* While today is among the days shown, new sales appear by themselves. */
#define WATCH_SECONDS 3
#define FIRST_KIND "sales"

G_DEFINE_FINAL_TYPE(OfficeReportPage, office_report_page, GTK_TYPE_WIDGET)

/* --- choosing ------------------------------------------------------------------------------ */

static void on_kind_chosen(OfficeReportKinds *kinds, const char *name, OfficeReportPage *self)
{
	const ReportKind *kind = report_find(name);

	if (g_str_equal(name, REPORT_DAILY)) {
		report_page_show_daily(self);
		return;
	}
	if (kind == NULL)
		return;
	g_ptr_array_set_size(self->way, 0);
	report_place_set_kind(self->place, kind);
	if (self->place->query.shop_id == 0 && (kind->takes & REPORT_TAKES_ALL_SHOPS) == 0)
		self->place->query.shop_id = office_desk_get_shop(self->desk)->id;
	report_page_show_place(self);
}

static void on_period_changed(OfficeReportPeriod *period, int from, int to, OfficeReportPage *self)
{
	report_place_set_days(self->place, (PeriodDays){ from, to });
	report_page_show_chosen(self);
}

static void on_narrowed(OfficeReportNarrow *narrow, ReportPlace *place, OfficeReportPage *self)
{
	report_page_take_place(self, report_place_copy(place));
}

static void on_shop_selected(OfficeReportPage *self)
{
	guint selected = gtk_drop_down_get_selected(self->shops);

	if (self->filling || selected >= self->shop_ids->len)
		return;
	self->place->query.shop_id = g_array_index(self->shop_ids, int64_t, selected);
	report_place_clear(self->place, NARROW_TILL);
	report_page_show_chosen(self);
}

static void on_sorted(OfficeReportTable *table, int column, gboolean descending,
		      OfficeReportPage *self)
{
	self->place->sort = column;
	self->place->descending = descending;
	report_page_load(self);
}

static void on_receipt_opened(OfficeReceiptView *view, gint64 shop_id, gint64 till_id, gint64 seq,
			      OfficeReportPage *self)
{
	report_page_open_receipt(self, (ReceiptKey){ shop_id, till_id, seq });
}

static void on_row_activated(OfficeReportTable *table, int row, OfficeReportPage *self)
{
	report_page_open_row(self, row);
}

static void on_point_activated(OfficeChart *chart, int id, OfficeReportPage *self)
{
	report_page_open_row(self, id);
}

/* --- keys ---------------------------------------------------------------------------------- */

static void reload(GtkWidget *widget, const char *action, GVariant *parameter)
{
	OfficeReportPage *self = OFFICE_REPORT_PAGE(widget);

	if (self->receipts->len > 0)
		report_page_show_receipt(self);
	else
		report_page_show_chosen(self);
}

static void move_period(GtkWidget *widget, const char *action, GVariant *parameter)
{
	OfficeReportPage *self = OFFICE_REPORT_PAGE(widget);
	PeriodDays days = report_place_get_days(self->place);

	if (self->receipts->len > 0)
		return;
	report_place_set_days(self->place, period_step(days, g_variant_get_int32(parameter)));
	report_page_show_chosen(self);
}

static void show_today(GtkWidget *widget, const char *action, GVariant *parameter)
{
	OfficeReportPage *self = OFFICE_REPORT_PAGE(widget);

	report_place_set_days(self->place, period_days(PERIOD_TODAY, office_today(self->desk)));
	report_page_show_chosen(self);
}

static void find(GtkWidget *widget, const char *action, GVariant *parameter)
{
	OfficeReportPage *self = OFFICE_REPORT_PAGE(widget);

	gtk_toggle_button_set_active(self->list, true);
	office_report_kinds_find(self->kinds);
}

static void toggle_list(GtkWidget *widget, const char *action, GVariant *parameter)
{
	GtkToggleButton *list = OFFICE_REPORT_PAGE(widget)->list;

	gtk_toggle_button_set_active(list, !gtk_toggle_button_get_active(list));
	if (!gtk_toggle_button_get_active(list)) /* the list may have had the keys */
		gtk_widget_child_focus(GTK_WIDGET(OFFICE_REPORT_PAGE(widget)->table),
				       GTK_DIR_TAB_FORWARD);
}

static void choose_period(GtkWidget *widget, const char *action, GVariant *parameter)
{
	office_report_period_open(OFFICE_REPORT_PAGE(widget)->period);
}

static void narrow_down(GtkWidget *widget, const char *action, GVariant *parameter)
{
	office_report_narrow_open(OFFICE_REPORT_PAGE(widget)->narrow);
}

void office_report_page_show(OfficeReportPage *self, const char *kind, int32_t from, int32_t to)
{
	g_autoptr(ReportPlace) place = NULL;

	if (g_str_equal(kind, REPORT_DAILY)) {
		report_place_set_days(self->place, (PeriodDays){ from, to });
		report_page_show_daily(self);
		return;
	}
	g_return_if_fail(report_find(kind) != NULL);
	place = report_place_new(report_find(kind), office_desk_get_shop(self->desk)->id,
				 (PeriodDays){ from, to });
	g_ptr_array_set_size(self->way, 0);
	report_page_take_place(self, g_steal_pointer(&place));
}

/* --- what changes meanwhile ---------------------------------------------------------------- */

static void on_stamp(GObject *source, GAsyncResult *result, void *data)
{
	g_autoptr(OfficeReportPage) self = data;
	g_autoptr(GError) error = NULL;
	gssize stamp = g_task_propagate_int(G_TASK(result), &error);

	self->asking = false;
	if (self->watch == 0)
		return; /* the page is gone */
	if (error != NULL)
		report_page_show_trouble(self, error);
	else if (stamp != self->stamp && self->receipts->len == 0)
		report_page_load(self);
}

static gboolean watch(void *data)
{
	OfficeReportPage *self = data;
	GTask *task;

	if (self->asking || self->daily || !gtk_widget_get_mapped(GTK_WIDGET(self)) ||
	    !report_page_has_today(self) || self->patience != 0 ||
	    gtk_spinner_get_spinning(self->spinner))
		return G_SOURCE_CONTINUE;
	self->asking = true;
	task = g_task_new(NULL, NULL, on_stamp, g_object_ref(self));
	g_task_set_task_data(task, report_page_question_new(self), report_question_free);
	office_desk_run(self->desk, OFFICE_LONG, task, report_stamp_job);
	return G_SOURCE_CONTINUE;
}

/* --- what can be chosen -------------------------------------------------------------------- */

static void fill_shops(OfficeReportPage *self, const GArray *shops)
{
	g_autoptr(GtkStringList) names = gtk_string_list_new(NULL);
	const int64_t all = 0;

	if (!office_desk_may(self->desk, RIGHT_ALL_SHOPS) || shops->len < 2)
		return;
	self->filling = true;
	for (guint i = 0; i < shops->len; i++) {
		const ReportChoice *shop = &g_array_index(shops, ReportChoice, i);

		gtk_string_list_append(names, shop->name);
		g_array_append_val(self->shop_ids, shop->id);
	}
	gtk_string_list_append(names, _("All shops"));
	g_array_append_val(self->shop_ids, all);
	gtk_drop_down_set_model(self->shops, G_LIST_MODEL(names));
	gtk_widget_set_visible(GTK_WIDGET(self->shops), true);
	self->filling = false;
	report_page_show_shop(self);
}

static void on_choices(GObject *source, GAsyncResult *result, void *data)
{
	g_autoptr(OfficeReportPage) self = data;
	g_autoptr(GError) error = NULL;
	g_autoptr(ReportChoices) choices = g_task_propagate_pointer(G_TASK(result), &error);

	if (self->watch == 0)
		return; /* the page is gone */
	if (choices == NULL) {
		report_page_show_trouble(self, error);
		return;
	}
	fill_shops(self, choices->shops);
	office_report_narrow_take_choices(self->narrow, g_steal_pointer(&choices));
}

static void ask_choices(OfficeReportPage *self)
{
	office_desk_run(self->desk, OFFICE_QUICK,
			g_task_new(NULL, NULL, on_choices, g_object_ref(self)), report_choices_job);
}

/* --- life ---------------------------------------------------------------------------------- */

/* Nothing is asked before the page is seen for the first time. */
static void on_map(GtkWidget *widget)
{
	OfficeReportPage *self = OFFICE_REPORT_PAGE(widget);

	if (!self->begun)
		report_page_show_place(self);
}

GtkWidget *office_report_page_new(OfficeDesk *desk)
{
	OfficeReportPage *self = g_object_new(OFFICE_TYPE_REPORT_PAGE, NULL);
	int32_t today = office_today(desk);

	self->desk = desk;
	office_report_kinds_add(self->kinds, REPORT_DAILY, _("Daily report"));
	office_report_kinds_fill(self->kinds, desk);
	office_receipt_view_set_desk(self->receipt, desk);
	office_report_table_let_sort(self->table);
	office_drop_down_name(self->shops, _("Shop"));
	self->place = report_place_new(report_find(FIRST_KIND), office_desk_get_shop(desk)->id,
				       period_days(PERIOD_TODAY, today));
	self->watch = g_timeout_add_seconds(WATCH_SECONDS, watch, self);
	g_signal_connect(self, "map", G_CALLBACK(on_map), NULL);
	ask_choices(self);
	return GTK_WIDGET(self);
}

static void dispose(GObject *object)
{
	OfficeReportPage *self = OFFICE_REPORT_PAGE(object);
	GtkWidget *child;

	g_clear_handle_id(&self->watch, g_source_remove);
	g_clear_handle_id(&self->patience, g_source_remove);
	g_cancellable_cancel(self->cancellable);
	self->filling = true;
	while ((child = gtk_widget_get_first_child(GTK_WIDGET(self))) != NULL)
		gtk_widget_unparent(child);
	G_OBJECT_CLASS(office_report_page_parent_class)->dispose(object);
}

static void finalize(GObject *object)
{
	OfficeReportPage *self = OFFICE_REPORT_PAGE(object);

	report_place_free(self->place);
	g_ptr_array_unref(self->way);
	g_array_unref(self->receipts);
	g_array_unref(self->shop_ids);
	g_object_unref(self->cancellable);
	G_OBJECT_CLASS(office_report_page_parent_class)->finalize(object);
}

static void install_actions(GtkWidgetClass *klass)
{
	gtk_widget_class_install_action(klass, "page.today", NULL, show_today);
	gtk_widget_class_install_action(klass, "page.move-day", "i", move_period);
	gtk_widget_class_install_action(klass, "page.period", NULL, choose_period);
	gtk_widget_class_install_action(klass, "page.narrow", NULL, narrow_down);
	gtk_widget_class_install_action(klass, "page.find", NULL, find);
	gtk_widget_class_install_action(klass, "page.list", NULL, toggle_list);
	gtk_widget_class_install_action(klass, "page.up", NULL, report_page_go_up);
	gtk_widget_class_install_action(klass, "page.back", NULL, report_page_go_back);
	gtk_widget_class_install_action(klass, "page.save", "s", report_page_save);
	gtk_widget_class_install_action(klass, "page.print", NULL, report_page_print);
	gtk_widget_class_install_action(klass, "page.print-day", NULL, report_page_print_day);
	gtk_widget_class_install_action(klass, "page.reload", NULL, reload);
}

static void bind_children(GtkWidgetClass *klass)
{
	gtk_widget_class_bind_template_child(klass, OfficeReportPage, kinds);
	gtk_widget_class_bind_template_child(klass, OfficeReportPage, period);
	gtk_widget_class_bind_template_child(klass, OfficeReportPage, shops);
	gtk_widget_class_bind_template_child(klass, OfficeReportPage, narrow);
	gtk_widget_class_bind_template_child(klass, OfficeReportPage, list);
	gtk_widget_class_bind_template_child(klass, OfficeReportPage, up);
	gtk_widget_class_bind_template_child(klass, OfficeReportPage, choices);
	gtk_widget_class_bind_template_child(klass, OfficeReportPage, notes);
	gtk_widget_class_bind_template_child(klass, OfficeReportPage, spinner);
	gtk_widget_class_bind_template_child(klass, OfficeReportPage, title);
	gtk_widget_class_bind_template_child(klass, OfficeReportPage, notes_text);
	gtk_widget_class_bind_template_child(klass, OfficeReportPage, message);
	gtk_widget_class_bind_template_child(klass, OfficeReportPage, stack);
	gtk_widget_class_bind_template_child(klass, OfficeReportPage, blank);
	gtk_widget_class_bind_template_child(klass, OfficeReportPage, grid);
	gtk_widget_class_bind_template_child(klass, OfficeReportPage, chart);
	gtk_widget_class_bind_template_child(klass, OfficeReportPage, table);
	gtk_widget_class_bind_template_child(klass, OfficeReportPage, receipt);
	gtk_widget_class_bind_template_child(klass, OfficeReportPage, day);
}

static void office_report_page_class_init(OfficeReportPageClass *klass)
{
	GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

	G_OBJECT_CLASS(klass)->dispose = dispose;
	G_OBJECT_CLASS(klass)->finalize = finalize;
	gtk_widget_class_set_layout_manager_type(widget_class, GTK_TYPE_BIN_LAYOUT);
	install_actions(widget_class);
	gtk_widget_class_set_template_from_resource(widget_class,
						    "/shop/baraa/office/report_page.ui");
	bind_children(widget_class);
	gtk_widget_class_bind_template_callback(widget_class, on_kind_chosen);
	gtk_widget_class_bind_template_callback(widget_class, on_period_changed);
	gtk_widget_class_bind_template_callback(widget_class, on_shop_selected);
	gtk_widget_class_bind_template_callback(widget_class, on_narrowed);
	gtk_widget_class_bind_template_callback(widget_class, on_row_activated);
	gtk_widget_class_bind_template_callback(widget_class, on_point_activated);
	gtk_widget_class_bind_template_callback(widget_class, on_sorted);
	gtk_widget_class_bind_template_callback(widget_class, on_receipt_opened);
}

static void office_report_page_init(OfficeReportPage *self)
{
	g_type_ensure(OFFICE_TYPE_BLANK);
	g_type_ensure(OFFICE_TYPE_CHART);
	g_type_ensure(OFFICE_TYPE_DAY_VIEW);
	g_type_ensure(OFFICE_TYPE_RECEIPT_VIEW);
	g_type_ensure(OFFICE_TYPE_REPORT_KINDS);
	g_type_ensure(OFFICE_TYPE_REPORT_NARROW);
	g_type_ensure(OFFICE_TYPE_REPORT_PERIOD);
	g_type_ensure(OFFICE_TYPE_REPORT_TABLE);
	self->stamp = -1;
	self->cancellable = g_cancellable_new();
	self->way = g_ptr_array_new_with_free_func((GDestroyNotify)report_place_free);
	self->receipts = g_array_new(false, false, sizeof(ReceiptKey));
	self->shop_ids = g_array_new(false, false, sizeof(int64_t));
	gtk_widget_init_template(GTK_WIDGET(self));
}
