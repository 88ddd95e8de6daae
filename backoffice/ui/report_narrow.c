/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/report_narrow.h"

#include "backoffice/ui/drop_down.h"
#include "base/language.h"

#include <glib/gi18n-lib.h>

#define HOURS 24
#define WEEKDAYS 7

/* Goods are narrowed by opening their row; shifts too. */
static const Narrow listed[] = { NARROW_TILL, NARROW_CASHIER, NARROW_GROUP, NARROW_SUPPLIER,
				 NARROW_PAYMENT };

struct _OfficeReportNarrow {
	GtkWidget parent_instance;

	/* borrowed */
	GtkWidget *button, *popover, *chips;
	GtkWidget *rows[NARROW_N]; /* of the popover */
	GtkDropDown *lists[NARROW_N];
	GtkDropDown *hour, *until;
	GtkWidget *weekdays[WEEKDAYS];

	/* owned */
	ReportChoices *choices; /* NULL until they are read */
	ReportPlace *place; /* NULL: none yet */
	GArray *ids[NARROW_N]; /* of int64_t: of each list's entries but the first, “all” */

	bool filling;
};

G_DEFINE_FINAL_TYPE(OfficeReportNarrow, office_report_narrow, GTK_TYPE_WIDGET)

static guint narrowed_signal;

static const char *const payments[] = { "cash", "card" };

/* --- chips --------------------------------------------------------------------------------- */

static void tell(OfficeReportNarrow *self)
{
	g_autoptr(ReportPlace) place = report_place_copy(self->place);

	g_signal_emit(self, narrowed_signal, 0, place);
}

static void on_chip(GtkButton *chip, OfficeReportNarrow *self)
{
	Narrow narrow = (Narrow)GPOINTER_TO_INT(g_object_get_data(G_OBJECT(chip), "narrow"));

	report_place_clear(self->place, narrow);
	tell(self);
}

static GtkWidget *chip_new(OfficeReportNarrow *self, Narrow narrow)
{
	g_autofree char *text = g_strdup_printf("%s ✕", self->place->words[narrow]);
	/* Translators: a button that takes away what a report is narrowed by. */
	g_autofree char *name = g_strdup_printf(_("Without %s"), self->place->words[narrow]);
	GtkWidget *chip = gtk_button_new_with_label(text);
	GtkWidget *label = gtk_button_get_child(GTK_BUTTON(chip));

	gtk_label_set_ellipsize(GTK_LABEL(label), PANGO_ELLIPSIZE_MIDDLE);
	gtk_label_set_max_width_chars(GTK_LABEL(label), 40);
	gtk_widget_set_tooltip_text(chip, name);
	gtk_accessible_update_property(GTK_ACCESSIBLE(chip), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
				       -1);
	gtk_widget_add_css_class(chip, "chip");
	g_object_set_data(G_OBJECT(chip), "narrow", GINT_TO_POINTER(narrow));
	g_signal_connect(chip, "clicked", G_CALLBACK(on_chip), self);
	return chip;
}

static void show_chips(OfficeReportNarrow *self)
{
	GtkWidget *child;

	while ((child = gtk_widget_get_first_child(self->chips)) != NULL)
		gtk_flow_box_remove(GTK_FLOW_BOX(self->chips), child);
	for (Narrow narrow = 0; narrow < NARROW_N; narrow++) {
		if (self->place->words[narrow] == NULL)
			continue;
		gtk_flow_box_append(GTK_FLOW_BOX(self->chips), chip_new(self, narrow));
		child = gtk_widget_get_last_child(self->chips);
		gtk_widget_set_focusable(child, false);
		gtk_widget_set_halign(child, GTK_ALIGN_START);
	}
	gtk_widget_set_visible(self->chips, gtk_widget_get_first_child(self->chips) != NULL);
}

/* --- lists --------------------------------------------------------------------------------- */

static void begin_list(OfficeReportNarrow *self, Narrow narrow, GtkStringList *texts)
{
	g_array_set_size(self->ids[narrow], 0);
	gtk_string_list_append(texts, _("All"));
}

static void add_choice(OfficeReportNarrow *self, Narrow narrow, GtkStringList *texts, int64_t id,
		       const char *text)
{
	g_array_append_val(self->ids[narrow], id);
	gtk_string_list_append(texts, text);
}

/* @shop_id: only what belongs to it or to no shop; 0: all. */
static void add_choices(OfficeReportNarrow *self, Narrow narrow, GtkStringList *texts,
			const GArray *choices, int64_t shop_id)
{
	for (guint i = 0; i < choices->len; i++) {
		const ReportChoice *choice = &g_array_index(choices, ReportChoice, i);

		if (shop_id == 0 || choice->shop_id == 0 || choice->shop_id == shop_id)
			add_choice(self, narrow, texts, choice->id, choice->name);
	}
}

static void add_words(OfficeReportNarrow *self, Narrow narrow, GtkStringList *texts)
{
	for (size_t i = 0; narrow == NARROW_PAYMENT && i < G_N_ELEMENTS(payments); i++)
		add_choice(self, narrow, texts, (int64_t)i,
			   g_str_equal(payments[i], "cash") ? _("Cash") : _("Card"));
	for (int i = 0; narrow == NARROW_GROUP && self->choices->groups[i] != NULL; i++)
		add_choice(self, narrow, texts, i, self->choices->groups[i]);
}

/* Where the place stands in its list; 0: all. */
static guint chosen_of(OfficeReportNarrow *self, Narrow narrow)
{
	const ReportQuery *query = &self->place->query;
	int64_t id = narrow == NARROW_TILL	 ? query->till_id
		     : narrow == NARROW_CASHIER	 ? query->cashier_id
		     : narrow == NARROW_SUPPLIER ? query->supplier_id
						 : 0;

	for (guint i = 0; i < self->ids[narrow]->len; i++) {
		int64_t it = g_array_index(self->ids[narrow], int64_t, i);

		if (narrow == NARROW_PAYMENT ? g_strcmp0(query->payment, payments[it]) == 0
		    : narrow == NARROW_GROUP
			    ? g_strcmp0(query->group, self->choices->groups[it]) == 0
			    : id != 0 && it == id)
			return i + 1;
	}
	return 0;
}

static void fill_list(OfficeReportNarrow *self, Narrow narrow)
{
	g_autoptr(GtkStringList) texts = gtk_string_list_new(NULL);
	const ReportChoices *choices = self->choices;

	begin_list(self, narrow, texts);
	if (narrow == NARROW_TILL)
		add_choices(self, narrow, texts, choices->tills, self->place->query.shop_id);
	else if (narrow == NARROW_CASHIER)
		add_choices(self, narrow, texts, choices->cashiers, 0);
	else if (narrow == NARROW_SUPPLIER)
		add_choices(self, narrow, texts, choices->suppliers, 0);
	else
		add_words(self, narrow, texts);
	gtk_drop_down_set_model(self->lists[narrow], G_LIST_MODEL(texts));
	gtk_drop_down_set_selected(self->lists[narrow], chosen_of(self, narrow));
}

static void fill_lists(OfficeReportNarrow *self)
{
	bool any = false;

	if (self->choices == NULL || self->place == NULL)
		return;
	self->filling = true;
	for (size_t i = 0; i < G_N_ELEMENTS(listed); i++)
		fill_list(self, listed[i]);
	for (Narrow narrow = 0; narrow < NARROW_N; narrow++) {
		if (self->rows[narrow] == NULL)
			continue;
		gtk_widget_set_visible(self->rows[narrow], report_place_takes(self->place, narrow));
		any = any || report_place_takes(self->place, narrow);
	}
	gtk_drop_down_set_selected(self->hour, (guint)self->place->query.hour);
	gtk_drop_down_set_selected(self->until, self->place->query.until != 0
							? (guint)self->place->query.until - 1
							: HOURS - 1);
	for (int i = 0; i < WEEKDAYS; i++)
		gtk_toggle_button_set_active(GTK_TOGGLE_BUTTON(self->weekdays[i]),
					     (self->place->query.weekdays & UINT32_C(1) << i) != 0);
	gtk_widget_set_sensitive(self->button, any);
	self->filling = false;
}

/* --- choosing ------------------------------------------------------------------------------ */

static void on_listed(GtkDropDown *list, GParamSpec *pspec, OfficeReportNarrow *self)
{
	Narrow narrow = (Narrow)GPOINTER_TO_INT(g_object_get_data(G_OBJECT(list), "narrow"));
	guint selected = gtk_drop_down_get_selected(list);
	const char *words;
	int64_t id;

	if (self->filling || selected == GTK_INVALID_LIST_POSITION)
		return;
	if (selected == 0) {
		report_place_clear(self->place, narrow);
		tell(self);
		return;
	}
	id = g_array_index(self->ids[narrow], int64_t, selected - 1);
	words = gtk_string_object_get_string(gtk_drop_down_get_selected_item(list));
	if (narrow == NARROW_PAYMENT)
		report_place_set_text(self->place, narrow, payments[id], words);
	else if (narrow == NARROW_GROUP)
		report_place_set_text(self->place, narrow, self->choices->groups[id], words);
	else
		report_place_set_id(self->place, narrow, id, words);
	tell(self);
}

static void on_hours(GtkDropDown *list, GParamSpec *pspec, OfficeReportNarrow *self)
{
	int hour = (int)gtk_drop_down_get_selected(self->hour);
	int until = (int)gtk_drop_down_get_selected(self->until) + 1;

	if (self->filling)
		return;
	until = MAX(until, hour + 1);
	report_place_clear(self->place, NARROW_HOURS);
	if (hour > 0 || until < HOURS)
		report_place_set_hours(self->place, hour, until);
	tell(self);
}

static void on_weekday(OfficeReportNarrow *self)
{
	uint32_t weekdays = 0;

	if (self->filling)
		return;
	for (int i = 0; i < WEEKDAYS; i++)
		if (gtk_toggle_button_get_active(GTK_TOGGLE_BUTTON(self->weekdays[i])))
			weekdays |= UINT32_C(1) << i;
	report_place_set_weekdays(self->place, weekdays);
	tell(self);
}

/* --- all of it ----------------------------------------------------------------------------- */

void office_report_narrow_take_choices(OfficeReportNarrow *self, ReportChoices *choices)
{
	g_clear_pointer(&self->choices, report_choices_free);
	self->choices = choices;
	fill_lists(self);
}

void office_report_narrow_set(OfficeReportNarrow *self, const ReportPlace *place)
{
	g_clear_pointer(&self->place, report_place_free);
	self->place = report_place_copy(place);
	show_chips(self);
	fill_lists(self);
}

void office_report_narrow_open(OfficeReportNarrow *self)
{
	if (gtk_widget_get_sensitive(self->button))
		gtk_menu_button_popup(GTK_MENU_BUTTON(self->button));
}

static void attach(OfficeReportNarrow *self, GtkWidget *box, Narrow narrow, GtkWidget *field)
{
	GtkWidget *row = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 8);
	GtkWidget *label = gtk_label_new(report_narrow_title(narrow));

	gtk_label_set_xalign(GTK_LABEL(label), 0);
	gtk_widget_set_hexpand(label, true);
	gtk_box_append(GTK_BOX(row), label);
	gtk_box_append(GTK_BOX(row), field);
	gtk_box_append(GTK_BOX(box), row);
	self->rows[narrow] = row;
}

static void add_list(OfficeReportNarrow *self, GtkWidget *box, Narrow narrow)
{
	GtkWidget *list = gtk_drop_down_new_from_strings((const char *[]){ NULL });
	GtkExpression *text = gtk_property_expression_new(GTK_TYPE_STRING_OBJECT, NULL, "string");

	self->ids[narrow] = g_array_new(false, false, sizeof(int64_t));
	self->lists[narrow] = GTK_DROP_DOWN(list);
	gtk_drop_down_set_expression(self->lists[narrow], text);
	gtk_expression_unref(text);
	gtk_drop_down_set_enable_search(self->lists[narrow], true);
	gtk_widget_set_size_request(list, 224, -1);
	office_drop_down_name(self->lists[narrow], report_narrow_title(narrow));
	g_object_set_data(G_OBJECT(list), "narrow", GINT_TO_POINTER(narrow));
	g_signal_connect(list, "notify::selected", G_CALLBACK(on_listed), self);
	attach(self, box, narrow, list);
}

static GtkDropDown *hours_new(OfficeReportNarrow *self, int first, const char *name)
{
	g_autoptr(GtkStringList) texts = gtk_string_list_new(NULL);
	GtkWidget *list = gtk_drop_down_new(NULL, NULL);

	for (int hour = first; hour < first + HOURS; hour++) {
		g_autofree char *text = g_strdup_printf("%d:00", hour);

		gtk_string_list_append(texts, text);
	}
	gtk_drop_down_set_model(GTK_DROP_DOWN(list), G_LIST_MODEL(texts));
	office_drop_down_name(GTK_DROP_DOWN(list), name);
	g_signal_connect(list, "notify::selected", G_CALLBACK(on_hours), self);
	return GTK_DROP_DOWN(list);
}

static void add_hours(OfficeReportNarrow *self, GtkWidget *box)
{
	GtkWidget *hours = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 8);

	self->filling = true;
	self->hour = hours_new(self, 0, _("From this hour"));
	self->until = hours_new(self, 1, _("Until this hour"));
	self->filling = false;
	gtk_box_append(GTK_BOX(hours), GTK_WIDGET(self->hour));
	gtk_box_append(GTK_BOX(hours), gtk_label_new("–"));
	gtk_box_append(GTK_BOX(hours), GTK_WIDGET(self->until));
	attach(self, box, NARROW_HOURS, hours);
}

static void add_weekdays(OfficeReportNarrow *self, GtkWidget *box)
{
	GtkWidget *days = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 0);

	gtk_widget_add_css_class(days, "linked");
	gtk_widget_add_css_class(days, "compact");
	for (int i = 0; i < WEEKDAYS; i++) {
		g_autoptr(GDateTime) date =
			g_date_time_new_utc(2026, 6, i + 1, 0, 0, 0); /* 1: Mon */
		g_autofree char *brief = g_date_time_format(date, "%a");
		g_autofree char *name = g_date_time_format(date, "%A");

		self->weekdays[i] = gtk_toggle_button_new_with_label(brief);
		gtk_accessible_update_property(GTK_ACCESSIBLE(self->weekdays[i]),
					       GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
		g_signal_connect_swapped(self->weekdays[i], "toggled", G_CALLBACK(on_weekday),
					 self);
		gtk_box_append(GTK_BOX(days), self->weekdays[i]);
	}
	attach(self, box, NARROW_WEEKDAYS, days);
}

static void dispose(GObject *object)
{
	OfficeReportNarrow *self = OFFICE_REPORT_NARROW(object);
	GtkWidget *child;

	self->filling = true; /* lists lose their choice as they go */
	while ((child = gtk_widget_get_first_child(GTK_WIDGET(object))) != NULL)
		gtk_widget_unparent(child);
	G_OBJECT_CLASS(office_report_narrow_parent_class)->dispose(object);
}

static void finalize(GObject *object)
{
	OfficeReportNarrow *self = OFFICE_REPORT_NARROW(object);

	report_choices_free(self->choices);
	report_place_free(self->place);
	for (Narrow narrow = 0; narrow < NARROW_N; narrow++)
		g_clear_pointer(&self->ids[narrow], g_array_unref);
	G_OBJECT_CLASS(office_report_narrow_parent_class)->finalize(object);
}

static void office_report_narrow_class_init(OfficeReportNarrowClass *klass)
{
	G_OBJECT_CLASS(klass)->dispose = dispose;
	G_OBJECT_CLASS(klass)->finalize = finalize;
	narrowed_signal = g_signal_new("narrowed", G_TYPE_FROM_CLASS(klass), G_SIGNAL_RUN_FIRST, 0,
				       NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
	gtk_widget_class_set_layout_manager_type(GTK_WIDGET_CLASS(klass), GTK_TYPE_BOX_LAYOUT);
}

static void office_report_narrow_init(OfficeReportNarrow *self)
{
	GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 8);

	gtk_box_layout_set_spacing(GTK_BOX_LAYOUT(gtk_widget_get_layout_manager(GTK_WIDGET(self))),
				   8);
	for (size_t i = 0; i < G_N_ELEMENTS(listed); i++)
		add_list(self, box, listed[i]);
	add_hours(self, box);
	add_weekdays(self, box);
	self->popover = gtk_popover_new();
	gtk_popover_set_child(GTK_POPOVER(self->popover), box);
	self->button = gtk_menu_button_new();
	gtk_menu_button_set_label(GTK_MENU_BUTTON(self->button), _("Narrow"));
	gtk_widget_set_tooltip_text(self->button, _("Only some tills, people, goods … (Ctrl+E)"));
	gtk_widget_set_valign(self->button, GTK_ALIGN_START);
	gtk_menu_button_set_popover(GTK_MENU_BUTTON(self->button), self->popover);
	gtk_widget_set_parent(self->button, GTK_WIDGET(self));

	self->chips = gtk_flow_box_new();
	gtk_flow_box_set_selection_mode(GTK_FLOW_BOX(self->chips), GTK_SELECTION_NONE);
	gtk_flow_box_set_max_children_per_line(GTK_FLOW_BOX(self->chips), NARROW_N);
	gtk_flow_box_set_column_spacing(GTK_FLOW_BOX(self->chips), 8);
	gtk_widget_set_hexpand(self->chips, true);
	gtk_widget_set_parent(self->chips, GTK_WIDGET(self));
}
