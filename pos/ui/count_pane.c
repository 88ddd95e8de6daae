/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/ui/count_pane.h"

#include "pos/ui/cash_count.h"
#include "pos/ui/figure.h"
#include "pos/ui/text.h"

#include <glib/gi18n-lib.h>

#define COLUMNS 2
/* What fits beside its caption at 1024 pixels. */
#define HUGE_CHARACTERS 12

typedef struct {
	GtkWidget *button; /* borrowed, like the labels */
	GtkLabel *count, *part;
} Kind;

struct _PosCountPane {
	GtkBox parent_instance;

	/* template children, borrowed */
	GtkGrid *kinds;
	GtkLabel *sum;

	Kind kind[CASH_COUNT_KINDS];
	CashCount cash;
	int64_t shift; /* that it was counted for */
	int marked;
};

G_DEFINE_FINAL_TYPE(PosCountPane, pos_count_pane, GTK_TYPE_BOX)

static guint marked_signal;

static void show_kind(PosCountPane *self, int index)
{
	Kind *kind = &self->kind[index];
	g_autofree char *count = text_number(self->cash.counts[index]);
	g_autofree char *times = g_strconcat("× ", count, NULL);
	g_autofree char *part = text_amount(cash_count_get_part(&self->cash, index));
	bool is_none = self->cash.counts[index] == 0;

	gtk_label_set_label(kind->count, is_none ? "" : times);
	gtk_label_set_label(kind->part, is_none ? "" : part);
	gtk_accessible_update_property(GTK_ACCESSIBLE(kind->button),
				       GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, is_none ? "" : times,
				       -1);
}

static void show_all(PosCountPane *self)
{
	for (int i = 0; i < self->cash.n; i++)
		show_kind(self, i);
	figure_show(self->sum, _("Counted cash"), cash_count_get_sum(&self->cash), HUGE_CHARACTERS);
}

static void mark(PosCountPane *self, int index)
{
	for (int i = 0; i < self->cash.n; i++) {
		if (i == index)
			gtk_widget_add_css_class(self->kind[i].button, "chosen");
		else
			gtk_widget_remove_css_class(self->kind[i].button, "chosen");
	}
	self->marked = index;
	g_signal_emit(self, marked_signal, 0);
}

static void on_pressed(GtkButton *button, PosCountPane *self)
{
	for (int i = 0; i < self->cash.n; i++)
		if (self->kind[i].button == GTK_WIDGET(button))
			mark(self, i);
}

static GtkLabel *add_label(GtkWidget *box, const char *text, bool grows)
{
	GtkWidget *label = gtk_label_new(text);

	gtk_label_set_xalign(GTK_LABEL(label), 1);
	gtk_widget_set_hexpand(label, grows);
	gtk_widget_add_css_class(label, "number");
	gtk_box_append(GTK_BOX(box), label);
	return GTK_LABEL(label);
}

/* Down the first column, then down the second: in the order in which notes are counted. */
static void make_kind(PosCountPane *self, int index)
{
	Kind *kind = &self->kind[index];
	int rows = (self->cash.n + COLUMNS - 1) / COLUMNS;
	GtkWidget *box = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 8);
	g_autofree char *name = text_money(self->cash.kinds[index]);

	kind->button = gtk_button_new();
	gtk_widget_add_css_class(GTK_WIDGET(add_label(box, name, false)), "kind");
	kind->count = add_label(box, "", false);
	kind->part = add_label(box, "", true);
	gtk_button_set_child(GTK_BUTTON(kind->button), box);
	gtk_accessible_update_property(GTK_ACCESSIBLE(kind->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
				       name, -1);
	gtk_widget_set_focus_on_click(kind->button, false);
	gtk_widget_add_css_class(kind->button, "found");
	g_signal_connect(kind->button, "clicked", G_CALLBACK(on_pressed), self);
	gtk_grid_attach(self->kinds, kind->button, index / rows, index % rows, 1, 1);
}

static void make_kinds(PosCountPane *self)
{
	GtkWidget *child;

	while ((child = gtk_widget_get_first_child(GTK_WIDGET(self->kinds))) != NULL)
		gtk_grid_remove(self->kinds, child);
	for (int i = 0; i < self->cash.n; i++)
		make_kind(self, i);
}

bool pos_count_pane_begin(PosCountPane *self, const SessionView *view)
{
	if (self->shift != view->shift) {
		self->shift = view->shift;
		cash_count_init(&self->cash, view->denominations, view->currency);
		make_kinds(self);
	}
	if (self->cash.n == 0)
		return false;
	show_all(self);
	mark(self, 0);
	return true;
}

void pos_count_pane_move(PosCountPane *self, int by)
{
	mark(self, CLAMP(self->marked + by, 0, self->cash.n - 1));
}

bool pos_count_pane_take(PosCountPane *self, const char *text)
{
	int64_t count;

	if (*text != '\0' &&
	    (!cash_count_parse(text, &count) || !cash_count_set(&self->cash, self->marked, count)))
		return false;
	show_all(self);
	pos_count_pane_move(self, 1);
	return true;
}

Money pos_count_pane_get_sum(PosCountPane *self)
{
	return cash_count_get_sum(&self->cash);
}

char *pos_count_pane_dup_question(PosCountPane *self)
{
	g_autofree char *kind = text_money(self->cash.kinds[self->marked]);

	return g_strdup_printf(_("How many of %s are in the drawer?"), kind);
}

static void pos_count_pane_init(PosCountPane *self)
{
	gtk_widget_init_template(GTK_WIDGET(self));
}

static void pos_count_pane_class_init(PosCountPaneClass *klass)
{
	GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

	marked_signal = g_signal_new("marked", POS_TYPE_COUNT_PANE, G_SIGNAL_RUN_LAST, 0, NULL,
				     NULL, NULL, G_TYPE_NONE, 0);
	gtk_widget_class_set_template_from_resource(widget_class, "/shop/baraa/till/count_pane.ui");
	gtk_widget_class_bind_template_child(widget_class, PosCountPane, kinds);
	gtk_widget_class_bind_template_child(widget_class, PosCountPane, sum);
}
