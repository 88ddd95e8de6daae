/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/report_period.h"

#include "backoffice/report/report.h"
#include "backoffice/ui/words.h"

#include <glib/gi18n-lib.h>

struct _OfficeReportPeriod {
	GtkWidget parent_instance;

	/* borrowed */
	GtkWidget *button, *popover, *from, *to, *refusal;
	GtkWidget *named[PERIOD_N];

	PeriodDays days;
	int32_t today;
};

G_DEFINE_FINAL_TYPE(OfficeReportPeriod, office_report_period, GTK_TYPE_WIDGET)

static guint changed_signal;

static void put_day(GtkWidget *entry, int32_t day)
{
	g_autofree char *text = office_day_dup(day);

	gtk_editable_set_text(GTK_EDITABLE(entry), text);
}

static char *dup_label(const OfficeReportPeriod *self)
{
	Period period = period_recognise(self->days, self->today);
	g_autofree char *text = period_dup_text(self->days);

	if (period > PERIOD_YESTERDAY)
		return g_steal_pointer(&text);
	return g_strdup_printf("%s, %s", period_title(period), text);
}

void office_report_period_set(OfficeReportPeriod *self, PeriodDays days, int32_t today)
{
	g_autofree char *label = NULL;

	self->days = days;
	self->today = today;
	label = dup_label(self);
	gtk_menu_button_set_label(GTK_MENU_BUTTON(self->button), label);
	put_day(self->from, days.from);
	put_day(self->to, days.to);
	gtk_label_set_label(GTK_LABEL(self->refusal), "");
}

void office_report_period_open(OfficeReportPeriod *self)
{
	gtk_menu_button_popup(GTK_MENU_BUTTON(self->button));
}

static void change(OfficeReportPeriod *self, PeriodDays days)
{
	gtk_popover_popdown(GTK_POPOVER(self->popover));
	g_signal_emit(self, changed_signal, 0, (int)days.from, (int)days.to);
}

static void on_named(GtkButton *button, OfficeReportPeriod *self)
{
	for (Period period = 0; period < PERIOD_N; period++)
		if (self->named[period] == GTK_WIDGET(button))
			change(self, period_days(period, self->today));
}

static void on_days_entered(OfficeReportPeriod *self)
{
	PeriodDays days;

	if (!office_day_parse(gtk_editable_get_text(GTK_EDITABLE(self->from)), &days.from))
		gtk_widget_grab_focus(self->from);
	else if (!office_day_parse(gtk_editable_get_text(GTK_EDITABLE(self->to)), &days.to))
		gtk_widget_grab_focus(self->to);
	else if (days.from <= days.to) {
		change(self, days);
		return;
	}
	gtk_label_set_label(GTK_LABEL(self->refusal),
			    _("Type two days, the first one first: 2026-12-28 or 28.12.2026."));
}

/* --- life ---------------------------------------------------------------------------------- */

static GtkWidget *arrow_new(const char *icon, const char *name, int by)
{
	GtkWidget *button = gtk_button_new_from_icon_name(icon);

	gtk_widget_set_tooltip_text(button, name);
	gtk_accessible_update_property(GTK_ACCESSIBLE(button), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
				       -1);
	gtk_actionable_set_action_name(GTK_ACTIONABLE(button), "page.move-day");
	gtk_actionable_set_action_target(GTK_ACTIONABLE(button), "i", by);
	return button;
}

static GtkWidget *day_entry_new(OfficeReportPeriod *self, const char *name)
{
	GtkWidget *entry = gtk_entry_new();

	gtk_editable_set_width_chars(GTK_EDITABLE(entry), 11);
	gtk_accessible_update_property(GTK_ACCESSIBLE(entry), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
				       -1);
	gtk_widget_add_css_class(entry, "numeric");
	g_signal_connect_swapped(entry, "activate", G_CALLBACK(on_days_entered), self);
	return entry;
}

/* Two in a row: this one and the last one. */
static GtkWidget *named_new(OfficeReportPeriod *self)
{
	GtkWidget *grid = gtk_grid_new();

	gtk_grid_set_column_homogeneous(GTK_GRID(grid), true);
	for (Period period = 0; period < PERIOD_N; period++) {
		self->named[period] = gtk_button_new_with_label(period_title(period));
		gtk_widget_add_css_class(self->named[period], "flat");
		g_signal_connect(self->named[period], "clicked", G_CALLBACK(on_named), self);
		gtk_grid_attach(GTK_GRID(grid), self->named[period], (int)period % 2,
				(int)period / 2, 1, 1);
	}
	return grid;
}

static GtkWidget *days_new(OfficeReportPeriod *self)
{
	GtkWidget *box = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 8);
	GtkWidget *button = gtk_button_new_with_label(_("Show"));

	self->from = day_entry_new(self, _("First day"));
	self->to = day_entry_new(self, _("Last day"));
	g_signal_connect_swapped(button, "clicked", G_CALLBACK(on_days_entered), self);
	gtk_box_append(GTK_BOX(box), self->from);
	gtk_box_append(GTK_BOX(box), gtk_label_new("–"));
	gtk_box_append(GTK_BOX(box), self->to);
	gtk_box_append(GTK_BOX(box), button);
	return box;
}

static GtkWidget *popover_new(OfficeReportPeriod *self)
{
	GtkWidget *popover = gtk_popover_new(), *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 8);

	self->refusal = gtk_label_new(NULL);
	gtk_label_set_wrap(GTK_LABEL(self->refusal), true);
	gtk_label_set_max_width_chars(GTK_LABEL(self->refusal), 36);
	gtk_label_set_xalign(GTK_LABEL(self->refusal), 0);
	gtk_widget_add_css_class(self->refusal, "refusal");
	gtk_box_append(GTK_BOX(box), named_new(self));
	gtk_box_append(GTK_BOX(box), days_new(self));
	gtk_box_append(GTK_BOX(box), self->refusal);
	gtk_popover_set_child(GTK_POPOVER(popover), box);
	return popover;
}

static void dispose(GObject *object)
{
	GtkWidget *child;

	while ((child = gtk_widget_get_first_child(GTK_WIDGET(object))) != NULL)
		gtk_widget_unparent(child);
	G_OBJECT_CLASS(office_report_period_parent_class)->dispose(object);
}

static void office_report_period_class_init(OfficeReportPeriodClass *klass)
{
	G_OBJECT_CLASS(klass)->dispose = dispose;
	changed_signal = g_signal_new("changed", G_TYPE_FROM_CLASS(klass), G_SIGNAL_RUN_FIRST, 0,
				      NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_INT);
	gtk_widget_class_set_layout_manager_type(GTK_WIDGET_CLASS(klass), GTK_TYPE_BOX_LAYOUT);
}

static void office_report_period_init(OfficeReportPeriod *self)
{
	gtk_widget_add_css_class(GTK_WIDGET(self), "linked");
	gtk_widget_set_parent(arrow_new("go-previous-symbolic", _("The period before (Alt+←)"), -1),
			      GTK_WIDGET(self));
	self->button = gtk_menu_button_new();
	gtk_widget_set_tooltip_text(self->button, _("Choose days (Ctrl+D)"));
	gtk_widget_add_css_class(self->button, "numeric");
	self->popover = popover_new(self);
	gtk_menu_button_set_popover(GTK_MENU_BUTTON(self->button), self->popover);
	gtk_widget_set_parent(self->button, GTK_WIDGET(self));
	gtk_widget_set_parent(arrow_new("go-next-symbolic", _("The period after (Alt+→)"), 1),
			      GTK_WIDGET(self));
}
