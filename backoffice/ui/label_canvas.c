/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/label_canvas.h"

#include "backoffice/label/label_preview.h"

#include <glib/gi18n-lib.h>

enum {
	RULER = 22, /* pixels */
	MARGIN = 16,
	HANDLE = 8,
	GRID_UM = 500,
	FINE_UM = 100,
	COARSE_UM = 1000,
	LEAST_ZOOM = 2, /* pixels a millimetre */
	MOST_ZOOM = 40,
};

struct _OfficeLabelCanvas {
	GtkWidget parent_instance;

	LabelData *data; /* owned */
	LabelDraft *draft; /* borrowed, or NULL */
	int chosen; /* −1: none */
	int zoom; /* pixels a millimetre; 0: as large as there is room for */

	/* of a drag */
	LabelEdges edges; /* 0: nothing is dragged */
	LabelField start;
	int group;
	int key_group; /* of arrow keys in a row */
};

G_DEFINE_FINAL_TYPE(OfficeLabelCanvas, office_label_canvas, GTK_TYPE_WIDGET)

static guint edited_signal, chosen_signal;

/* --- places ---------------------------------------------------------------------------------- */

/* Pixels a micrometre. */
static double scale_of(OfficeLabelCanvas *self)
{
	const LabelDesign *design = label_draft_get(self->draft);
	double width = gtk_widget_get_width(GTK_WIDGET(self)) - RULER - 2 * MARGIN;
	double height = gtk_widget_get_height(GTK_WIDGET(self)) - RULER - 2 * MARGIN;
	double fits = MIN(width / label_design_get_width(design),
			  height / label_design_get_height(design));

	return self->zoom > 0 ? self->zoom / 1000.0
			      : CLAMP(fits, LEAST_ZOOM / 1000.0, MOST_ZOOM / 1000.0);
}

static double pixel(OfficeLabelCanvas *self, int um)
{
	return RULER + MARGIN + um * scale_of(self);
}

static graphene_rect_t box_of(OfficeLabelCanvas *self, const LabelField *field)
{
	double scale = scale_of(self);

	return GRAPHENE_RECT_INIT((float)pixel(self, field->x), (float)pixel(self, field->y),
				  (float)(field->width * scale),
				  (float)(label_field_get_height(field) * scale));
}

/* The eight handles of a field, each with the edges that it moves. */
static const struct {
	LabelEdges edges;
	float x, y; /* halves of the box */
} handles[] = {
	{ LABEL_EDGE_LEFT | LABEL_EDGE_TOP, 0, 0 },
	{ LABEL_EDGE_TOP, 1, 0 },
	{ LABEL_EDGE_RIGHT | LABEL_EDGE_TOP, 2, 0 },
	{ LABEL_EDGE_LEFT, 0, 1 },
	{ LABEL_EDGE_RIGHT, 2, 1 },
	{ LABEL_EDGE_LEFT | LABEL_EDGE_BOTTOM, 0, 2 },
	{ LABEL_EDGE_BOTTOM, 1, 2 },
	{ LABEL_EDGE_RIGHT | LABEL_EDGE_BOTTOM, 2, 2 },
};

static graphene_rect_t handle_box(const graphene_rect_t *box, size_t i)
{
	return GRAPHENE_RECT_INIT(box->origin.x + handles[i].x * box->size.width / 2 - HANDLE / 2,
				  box->origin.y + handles[i].y * box->size.height / 2 - HANDLE / 2,
				  HANDLE, HANDLE);
}

static const LabelField *field_at(OfficeLabelCanvas *self, int n)
{
	return label_design_get_field(label_draft_get(self->draft), n);
}

static int count_fields(OfficeLabelCanvas *self)
{
	return self->draft != NULL ? label_design_get_n_fields(label_draft_get(self->draft)) : 0;
}

/* --- drawing --------------------------------------------------------------------------------- */

static void draw_rulers(OfficeLabelCanvas *self, cairo_t *cairo, const GdkRGBA *ink)
{
	const LabelDesign *design = label_draft_get(self->draft);
	double step = scale_of(self) * 1000;
	int width = label_design_get_width(design) / 1000;
	int height = label_design_get_height(design) / 1000;

	gdk_cairo_set_source_rgba(cairo, ink);
	cairo_set_line_width(cairo, 1);
	for (int mm = 0; mm <= MAX(width, height); mm++) {
		int length = mm % 10 == 0 ? 10 : mm % 5 == 0 ? 6 : 3;
		double at = (int)(RULER + MARGIN + mm * step) + 0.5;

		if (step < 4 && mm % 5 != 0)
			continue;
		if (mm <= width) {
			cairo_move_to(cairo, at, RULER);
			cairo_rel_line_to(cairo, 0, -length);
		}
		if (mm <= height) {
			cairo_move_to(cairo, RULER, at);
			cairo_rel_line_to(cairo, -length, 0);
		}
	}
	cairo_stroke(cairo);
}

static void draw_numbers(OfficeLabelCanvas *self, cairo_t *cairo)
{
	const LabelDesign *design = label_draft_get(self->draft);
	g_autoptr(PangoLayout) layout = gtk_widget_create_pango_layout(GTK_WIDGET(self), NULL);
	g_autoptr(PangoFontDescription) font = pango_font_description_from_string("Sans 7");
	double step = scale_of(self) * 1000;

	pango_layout_set_font_description(layout, font);
	for (int mm = 0;
	     mm * 1000 <= MAX(label_design_get_width(design), label_design_get_height(design));
	     mm += 10) {
		g_autofree char *text = g_strdup_printf("%d", mm);

		pango_layout_set_text(layout, text, -1);
		if (mm * 1000 <= label_design_get_width(design)) {
			cairo_move_to(cairo, RULER + MARGIN + mm * step + 2, 0);
			pango_cairo_show_layout(cairo, layout);
		}
		if (mm > 0 && mm * 1000 <= label_design_get_height(design)) {
			cairo_move_to(cairo, 1, RULER + MARGIN + mm * step - 12);
			pango_cairo_show_layout(cairo, layout);
		}
	}
}

/* A field that cannot be printed so is shown by its box, crossed out. */
static void draw_cross(OfficeLabelCanvas *self, cairo_t *cairo, const LabelField *field)
{
	graphene_rect_t box = box_of(self, field);

	cairo_set_source_rgb(cairo, 0.8, 0.1, 0.1);
	cairo_set_line_width(cairo, 1);
	cairo_rectangle(cairo, box.origin.x, box.origin.y, box.size.width, box.size.height);
	cairo_move_to(cairo, box.origin.x, box.origin.y);
	cairo_rel_line_to(cairo, box.size.width, box.size.height);
	cairo_stroke(cairo);
}

static void draw_fields(OfficeLabelCanvas *self, cairo_t *cairo)
{
	double scale = scale_of(self);

	for (int i = 0; i < count_fields(self); i++) {
		bool ok;

		cairo_save(cairo);
		cairo_translate(cairo, RULER + MARGIN, RULER + MARGIN);
		cairo_scale(cairo, scale, scale);
		cairo_set_source_rgb(cairo, 0, 0, 0);
		ok = label_preview_draw(cairo, field_at(self, i), self->data, NULL);
		cairo_restore(cairo);
		if (!ok)
			draw_cross(self, cairo, field_at(self, i));
	}
}

/* Where fields are, also those that are empty for these goods. */
static void draw_boxes(OfficeLabelCanvas *self, cairo_t *cairo)
{
	static const double dashes[] = { 3, 3 };

	cairo_set_line_width(cairo, 1);
	cairo_set_dash(cairo, dashes, G_N_ELEMENTS(dashes), 0);
	for (int i = 0; i < count_fields(self); i++) {
		graphene_rect_t box = box_of(self, field_at(self, i));
		bool bad = label_draft_is_outside(self->draft, i) ||
			   label_draft_find_overlap(self->draft, i) >= 0;

		if (bad)
			cairo_set_source_rgba(cairo, 0.85, 0.35, 0, 0.9);
		else
			cairo_set_source_rgba(cairo, 0.2, 0.4, 0.8, 0.35);
		cairo_rectangle(cairo, box.origin.x, box.origin.y, box.size.width, box.size.height);
		cairo_stroke(cairo);
	}
	cairo_set_dash(cairo, NULL, 0, 0);
}

static void draw_chosen(OfficeLabelCanvas *self, cairo_t *cairo)
{
	graphene_rect_t box;

	if (self->chosen < 0 || self->chosen >= count_fields(self))
		return;
	box = box_of(self, field_at(self, self->chosen));
	cairo_set_source_rgb(cairo, 0.1, 0.4, 0.9);
	cairo_set_line_width(cairo, 2);
	cairo_rectangle(cairo, box.origin.x, box.origin.y, box.size.width, box.size.height);
	cairo_stroke(cairo);
	for (size_t i = 0; i < G_N_ELEMENTS(handles); i++) {
		graphene_rect_t handle = handle_box(&box, i);

		cairo_rectangle(cairo, handle.origin.x, handle.origin.y, HANDLE, HANDLE);
	}
	cairo_fill(cairo);
}

static void draw_paper(OfficeLabelCanvas *self, cairo_t *cairo)
{
	const LabelDesign *design = label_draft_get(self->draft);
	double scale = scale_of(self);

	cairo_set_source_rgb(cairo, 1, 1, 1);
	cairo_rectangle(cairo, RULER + MARGIN, RULER + MARGIN,
			label_design_get_width(design) * scale,
			label_design_get_height(design) * scale);
	cairo_fill_preserve(cairo);
	cairo_set_source_rgb(cairo, 0.6, 0.6, 0.6);
	cairo_set_line_width(cairo, 1);
	cairo_stroke(cairo);
}

static void snapshot(GtkWidget *widget, GtkSnapshot *snapshot)
{
	OfficeLabelCanvas *self = OFFICE_LABEL_CANVAS(widget);
	graphene_rect_t all = GRAPHENE_RECT_INIT(0, 0, (float)gtk_widget_get_width(widget),
						 (float)gtk_widget_get_height(widget));
	GdkRGBA ink;
	cairo_t *cairo;

	if (self->draft == NULL)
		return;
	gtk_style_context_get_color(gtk_widget_get_style_context(widget), &ink);
	cairo = gtk_snapshot_append_cairo(snapshot, &all);
	draw_rulers(self, cairo, &ink);
	draw_numbers(self, cairo);
	draw_paper(self, cairo);
	draw_fields(self, cairo);
	draw_boxes(self, cairo);
	draw_chosen(self, cairo);
	cairo_destroy(cairo);
	if (gtk_widget_has_focus(widget))
		gtk_snapshot_render_focus(snapshot, gtk_widget_get_style_context(widget), 0, 0,
					  all.size.width, all.size.height);
}

static void measure(GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
		    int *natural, int *minimum_baseline, int *natural_baseline)
{
	OfficeLabelCanvas *self = OFFICE_LABEL_CANVAS(widget);
	int um = 50000;

	if (self->draft != NULL)
		um = orientation == GTK_ORIENTATION_HORIZONTAL
			     ? label_design_get_width(label_draft_get(self->draft))
			     : label_design_get_height(label_draft_get(self->draft));
	*minimum = *natural = RULER + 2 * MARGIN + um / 1000 * MAX(self->zoom, LEAST_ZOOM);
	*minimum_baseline = *natural_baseline = -1;
}

/* --- choosing -------------------------------------------------------------------------------- */

void office_label_canvas_choose(OfficeLabelCanvas *self, int field)
{
	if (field >= count_fields(self))
		field = -1;
	if (field == self->chosen)
		return;
	self->chosen = field;
	self->key_group = 0;
	gtk_widget_queue_draw(GTK_WIDGET(self));
	g_signal_emit(self, chosen_signal, 0, field);
}

int office_label_canvas_get_chosen(OfficeLabelCanvas *self)
{
	return self->chosen;
}

static bool is_in(const graphene_rect_t *box, double x, double y)
{
	graphene_point_t point = GRAPHENE_POINT_INIT((float)x, (float)y);

	return graphene_rect_contains_point(box, &point);
}

/* What the press is on: a handle of the chosen field, else the uppermost field. 0: nothing. */
static LabelEdges edges_at(OfficeLabelCanvas *self, double x, double y, int *ret_field)
{
	if (self->chosen >= 0) {
		graphene_rect_t box = box_of(self, field_at(self, self->chosen));

		*ret_field = self->chosen;
		for (size_t i = 0; i < G_N_ELEMENTS(handles); i++) {
			graphene_rect_t handle = handle_box(&box, i);

			if (is_in(&handle, x, y))
				return handles[i].edges;
		}
	}
	for (int i = count_fields(self) - 1; i >= 0; i--) {
		graphene_rect_t box = box_of(self, field_at(self, i));

		graphene_rect_inset(&box, -2, -2); /* a line is thin */
		*ret_field = i;
		if (is_in(&box, x, y))
			return LABEL_EDGES_ALL;
	}
	*ret_field = -1;
	return 0;
}

/* --- changing -------------------------------------------------------------------------------- */

void office_label_canvas_update(OfficeLabelCanvas *self)
{
	if (self->chosen >= count_fields(self))
		office_label_canvas_choose(self, -1);
	gtk_widget_queue_resize(GTK_WIDGET(self));
	gtk_widget_queue_draw(GTK_WIDGET(self));
}

static void put(OfficeLabelCanvas *self, const LabelField *field, int group)
{
	label_draft_set_field(self->draft, self->chosen, field, group);
	gtk_widget_queue_draw(GTK_WIDGET(self));
	g_signal_emit(self, edited_signal, 0);
}

static void on_drag_begin(GtkGestureDrag *gesture, double x, double y, OfficeLabelCanvas *self)
{
	int field;

	if (self->draft == NULL)
		return;
	gtk_widget_grab_focus(GTK_WIDGET(self));
	self->edges = edges_at(self, x, y, &field);
	office_label_canvas_choose(self, field);
	if (self->edges == 0)
		return;
	self->group = label_draft_new_group(self->draft);
	self->start = *field_at(self, field);
	self->start.content = NULL; /* the draft's own, which goes with the first change */
}

static void on_drag_update(GtkGestureDrag *gesture, double dx, double dy, OfficeLabelCanvas *self)
{
	LabelField now, field;
	double scale;

	if (self->draft == NULL || self->edges == 0 || self->chosen < 0)
		return;
	scale = scale_of(self);
	/* From where it began, or steps of the grid would add up. */
	now = *field_at(self, self->chosen);
	field = self->start;
	field.content = now.content;
	label_draft_set_field(self->draft, self->chosen, &field, self->group);
	field = label_draft_moved(self->draft, self->chosen, self->edges, (int)(dx / scale),
				  (int)(dy / scale), GRID_UM);
	put(self, &field, self->group);
}

static void on_drag_end(GtkGestureDrag *gesture, double dx, double dy, OfficeLabelCanvas *self)
{
	self->edges = 0;
}

static void move_by_key(OfficeLabelCanvas *self, int right, int down, GdkModifierType state)
{
	int step = (state & GDK_SHIFT_MASK) != 0 ? FINE_UM : COARSE_UM;
	LabelEdges edges = (state & GDK_CONTROL_MASK) != 0 ? LABEL_EDGE_RIGHT | LABEL_EDGE_BOTTOM
							   : LABEL_EDGES_ALL;
	LabelField field =
		label_draft_moved(self->draft, self->chosen, edges, right * step, down * step, 0);

	if (self->key_group == 0)
		self->key_group = label_draft_new_group(self->draft);
	put(self, &field, self->key_group);
}

static void remove_chosen(OfficeLabelCanvas *self)
{
	int field = self->chosen;

	label_draft_remove(self->draft, field);
	self->chosen = -1;
	office_label_canvas_choose(self, MIN(field, count_fields(self) - 1));
	gtk_widget_queue_draw(GTK_WIDGET(self));
	g_signal_emit(self, edited_signal, 0);
}

static gboolean on_key(GtkEventControllerKey *controller, guint key, guint code,
		       GdkModifierType state, OfficeLabelCanvas *self)
{
	int n = count_fields(self);

	if (n == 0 || (state & GDK_ALT_MASK) != 0)
		return false;
	if (key == GDK_KEY_Page_Down || key == GDK_KEY_Page_Up) {
		office_label_canvas_choose(
			self, (self->chosen + (key == GDK_KEY_Page_Down ? 1 : n - 1) + n) % n);
		return true;
	}
	if (self->chosen < 0)
		return false;
	switch (key) {
	case GDK_KEY_Left:
		move_by_key(self, -1, 0, state);
		return true;
	case GDK_KEY_Right:
		move_by_key(self, 1, 0, state);
		return true;
	case GDK_KEY_Up:
		move_by_key(self, 0, -1, state);
		return true;
	case GDK_KEY_Down:
		move_by_key(self, 0, 1, state);
		return true;
	case GDK_KEY_Delete:
		remove_chosen(self);
		return true;
	default:
		return false;
	}
}

/* --- life ------------------------------------------------------------------------------------ */

void office_label_canvas_set_draft(OfficeLabelCanvas *self, LabelDraft *draft)
{
	self->draft = draft;
	self->edges = 0;
	self->chosen = -1;
	self->key_group = 0;
	office_label_canvas_update(self);
}

void office_label_canvas_set_data(OfficeLabelCanvas *self, LabelData *data)
{
	g_clear_pointer(&self->data, g_hash_table_unref);
	self->data = g_hash_table_ref(data);
	gtk_widget_queue_draw(GTK_WIDGET(self));
}

void office_label_canvas_zoom(OfficeLabelCanvas *self, int steps)
{
	int now;

	if (self->draft == NULL)
		return;
	now = (int)(scale_of(self) * 1000 + 0.5);
	self->zoom = steps == 0 ? 0
				: CLAMP(steps > 0 ? now * 5 / 4 + 1 : now * 4 / 5, LEAST_ZOOM,
					MOST_ZOOM);
	office_label_canvas_update(self);
}

static void dispose(GObject *object)
{
	OfficeLabelCanvas *self = OFFICE_LABEL_CANVAS(object);

	self->draft = NULL;
	g_clear_pointer(&self->data, g_hash_table_unref);
	G_OBJECT_CLASS(office_label_canvas_parent_class)->dispose(object);
}

static void office_label_canvas_class_init(OfficeLabelCanvasClass *klass)
{
	GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

	G_OBJECT_CLASS(klass)->dispose = dispose;
	widget_class->snapshot = snapshot;
	widget_class->measure = measure;
	edited_signal = g_signal_new("edited", G_TYPE_FROM_CLASS(klass), G_SIGNAL_RUN_FIRST, 0,
				     NULL, NULL, NULL, G_TYPE_NONE, 0);
	chosen_signal = g_signal_new("chosen", G_TYPE_FROM_CLASS(klass), G_SIGNAL_RUN_FIRST, 0,
				     NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
	gtk_widget_class_set_accessible_role(widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void office_label_canvas_init(OfficeLabelCanvas *self)
{
	GtkGesture *drag = gtk_gesture_drag_new();
	GtkEventController *keys = gtk_event_controller_key_new();

	self->chosen = -1;
	self->data = label_data_new_example();
	gtk_widget_set_focusable(GTK_WIDGET(self), true);
	g_signal_connect(drag, "drag-begin", G_CALLBACK(on_drag_begin), self);
	g_signal_connect(drag, "drag-update", G_CALLBACK(on_drag_update), self);
	g_signal_connect(drag, "drag-end", G_CALLBACK(on_drag_end), self);
	g_signal_connect(keys, "key-pressed", G_CALLBACK(on_key), self);
	gtk_widget_add_controller(GTK_WIDGET(self), GTK_EVENT_CONTROLLER(drag));
	gtk_widget_add_controller(GTK_WIDGET(self), keys);
	gtk_accessible_update_property(GTK_ACCESSIBLE(self), GTK_ACCESSIBLE_PROPERTY_LABEL,
				       _("The label"), -1);
}
