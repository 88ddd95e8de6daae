/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/ui/record_list.h"

typedef struct {
	GtkWidget *button; /* borrowed, like the labels */
	GtkLabel *title, *sum, *detail;
	int64_t id;
} Row;

struct _PosRecordList {
	GtkBox parent_instance;

	/* template children, borrowed */
	GtkLabel *title;
	GtkLabel *body;
	GtkLabel *nothing;
	GtkScrolledWindow *scrolled;
	GtkBox *rows;

	/* owned */
	GArray *pool; /* of Row; made once, hidden where they are not needed */
	GPtrArray *source;

	int n_shown, chosen;
};

G_DEFINE_FINAL_TYPE(PosRecordList, pos_record_list, GTK_TYPE_BOX)

static Row *get_row(PosRecordList *self, int index)
{
	return &g_array_index(self->pool, Row, (guint)index);
}

void pos_record_list_set_heading(PosRecordList *self, const char *title, const char *body,
				 const char *nothing)
{
	gtk_label_set_label(self->title, title);
	gtk_label_set_label(self->body, body);
	gtk_label_set_label(self->nothing, nothing);
}

static void choose(PosRecordList *self, int index)
{
	for (int i = 0; i < (int)self->pool->len; i++) {
		GtkWidget *button = get_row(self, i)->button;

		if (i == index)
			gtk_widget_add_css_class(button, "chosen");
		else
			gtk_widget_remove_css_class(button, "chosen");
	}
	self->chosen = index;
}

static void on_pressed(GtkButton *button, PosRecordList *self)
{
	for (int i = 0; i < self->n_shown; i++)
		if (get_row(self, i)->button == GTK_WIDGET(button))
			choose(self, i);
}

static GtkLabel *add_label(GtkWidget *grid, int column, int row, int width)
{
	GtkWidget *label = gtk_label_new("");

	gtk_label_set_xalign(GTK_LABEL(label), column == 0 ? 0 : 1);
	gtk_widget_set_hexpand(label, column == 0);
	gtk_widget_add_css_class(label, "number");
	gtk_grid_attach(GTK_GRID(grid), label, column, row, width, 1);
	return GTK_LABEL(label);
}

static void make_row(PosRecordList *self)
{
	GtkWidget *grid = gtk_grid_new();
	Row row = { .button = gtk_button_new() };

	gtk_grid_set_column_spacing(GTK_GRID(grid), 12);
	row.title = add_label(grid, 0, 0, 1);
	row.sum = add_label(grid, 1, 0, 1);
	row.detail = add_label(grid, 0, 1, 2);
	gtk_label_set_wrap(row.detail, true);
	gtk_label_set_wrap_mode(row.detail, PANGO_WRAP_WORD_CHAR);
	gtk_widget_add_css_class(GTK_WIDGET(row.title), "newest");
	gtk_widget_add_css_class(GTK_WIDGET(row.sum), "newest");
	gtk_button_set_child(GTK_BUTTON(row.button), grid);
	gtk_widget_set_focus_on_click(row.button, false);
	gtk_widget_add_css_class(row.button, "found");
	g_signal_connect(row.button, "clicked", G_CALLBACK(on_pressed), self);
	gtk_box_append(self->rows, row.button);
	g_array_append_val(self->pool, row);
}

bool pos_record_list_begin(PosRecordList *self, GPtrArray *source)
{
	if (self->source == source)
		return false;
	g_clear_pointer(&self->source, g_ptr_array_unref);
	self->source = g_ptr_array_ref(source);
	self->n_shown = 0;
	return true;
}

void pos_record_list_take_row(PosRecordList *self, int64_t id, char *title, char *sum, char *detail)
{
	g_autofree char *said = g_strjoin(", ", sum, detail, NULL);
	Row *row;

	if (self->n_shown == (int)self->pool->len)
		make_row(self);
	row = get_row(self, self->n_shown++);
	row->id = id;
	gtk_label_set_label(row->title, title);
	gtk_label_set_label(row->sum, sum);
	gtk_label_set_label(row->detail, detail);
	gtk_accessible_update_property(GTK_ACCESSIBLE(row->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
				       title, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, said, -1);
	gtk_widget_set_visible(row->button, true);
	g_free(title);
	g_free(sum);
	g_free(detail);
}

void pos_record_list_end(PosRecordList *self)
{
	for (int i = self->n_shown; i < (int)self->pool->len; i++)
		gtk_widget_set_visible(get_row(self, i)->button, false);
	gtk_widget_set_visible(GTK_WIDGET(self->nothing), self->n_shown == 0);
	choose(self, CLAMP(self->chosen, 0, MAX(self->n_shown - 1, 0)));
}

static void scroll_to_choice(PosRecordList *self)
{
	GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment(self->scrolled);
	GtkAllocation row;

	gtk_widget_get_allocation(get_row(self, self->chosen)->button, &row);
	gtk_adjustment_clamp_page(adjustment, row.y, row.y + row.height);
}

void pos_record_list_move_choice(PosRecordList *self, int by)
{
	if (self->n_shown == 0)
		return;
	choose(self, CLAMP(self->chosen + by, 0, self->n_shown - 1));
	scroll_to_choice(self);
}

bool pos_record_list_get_choice(PosRecordList *self, int64_t *ret)
{
	if (self->n_shown == 0)
		return false;
	*ret = get_row(self, self->chosen)->id;
	return true;
}

static void pos_record_list_dispose(GObject *object)
{
	PosRecordList *self = POS_RECORD_LIST(object);

	g_clear_pointer(&self->pool, g_array_unref);
	g_clear_pointer(&self->source, g_ptr_array_unref);
	G_OBJECT_CLASS(pos_record_list_parent_class)->dispose(object);
}

static void pos_record_list_init(PosRecordList *self)
{
	self->pool = g_array_new(false, false, sizeof(Row));
	gtk_widget_init_template(GTK_WIDGET(self));
}

static void pos_record_list_class_init(PosRecordListClass *klass)
{
	GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

	G_OBJECT_CLASS(klass)->dispose = pos_record_list_dispose;
	gtk_widget_class_set_template_from_resource(widget_class,
						    "/shop/baraa/till/record_list.ui");
	gtk_widget_class_bind_template_child(widget_class, PosRecordList, title);
	gtk_widget_class_bind_template_child(widget_class, PosRecordList, body);
	gtk_widget_class_bind_template_child(widget_class, PosRecordList, nothing);
	gtk_widget_class_bind_template_child(widget_class, PosRecordList, scrolled);
	gtk_widget_class_bind_template_child(widget_class, PosRecordList, rows);
}
