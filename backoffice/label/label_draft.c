/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/label/label_draft.h"

#include <glib/gi18n-lib.h>

enum {
	LEAST_UM = 200, /* two dots of a usual printer */
	MOST_UM = 300000, /* what label_design_from_json() takes */
	STEPS_MAX = 200,
};

struct LabelDraft {
	/* owned; of LabelDesign, the last is the newest */
	GPtrArray *before, *after;
	LabelDesign *now;

	int group, last_group; /* of the newest change; the last that was given out */
	int changes, saved; /* number of the state that is shown, and of the one that was saved */
	GArray *numbers_before, *numbers_after; /* owned; of int: numbers of those states */
	int last_number;
};

static void free_design(void *data)
{
	label_design_free(data);
}

/* @change: field @n instead (NULL: without it); @added: one more at the end. */
static LabelDesign *copy(const LabelDesign *design, int width, int height, int n,
			 const LabelField *change, const LabelField *added)
{
	LabelDesign *fresh = label_design_new(width, height);

	for (int i = 0; i < label_design_get_n_fields(design); i++) {
		const LabelField *field = i == n ? change : label_design_get_field(design, i);

		if (field != NULL)
			label_design_add(fresh, field);
	}
	if (added != NULL)
		label_design_add(fresh, added);
	return fresh;
}

static LabelDesign *copy_all(const LabelDesign *design)
{
	return copy(design, label_design_get_width(design), label_design_get_height(design), -1,
		    NULL, NULL);
}

LabelDraft *label_draft_new(const LabelDesign *design)
{
	LabelDraft *self = g_new0(LabelDraft, 1);

	self->now = copy_all(design);
	self->before = g_ptr_array_new_with_free_func(free_design);
	self->after = g_ptr_array_new_with_free_func(free_design);
	self->numbers_before = g_array_new(FALSE, FALSE, sizeof(int));
	self->numbers_after = g_array_new(FALSE, FALSE, sizeof(int));
	return self;
}

void label_draft_free(LabelDraft *self)
{
	if (self == NULL)
		return;
	label_design_free(self->now);
	g_ptr_array_unref(self->before);
	g_ptr_array_unref(self->after);
	g_array_unref(self->numbers_before);
	g_array_unref(self->numbers_after);
	g_free(self);
}

const LabelDesign *label_draft_get(const LabelDraft *self)
{
	return self->now;
}

/* --- changing ------------------------------------------------------------------------------ */

static void push(GPtrArray *designs, GArray *numbers, LabelDesign *design, int number)
{
	g_ptr_array_add(designs, design);
	g_array_append_val(numbers, number);
}

static LabelDesign *pop(GPtrArray *designs, GArray *numbers, int *ret_number)
{
	*ret_number = g_array_index(numbers, int, numbers->len - 1);
	g_array_set_size(numbers, numbers->len - 1);
	return g_ptr_array_steal_index(designs, designs->len - 1);
}

/* Takes @design. */
static void change(LabelDraft *self, LabelDesign *design, int group)
{
	g_ptr_array_set_size(self->after, 0);
	g_array_set_size(self->numbers_after, 0);
	if (group != 0 && group == self->group)
		label_design_free(self->now); /* the same step goes on */
	else
		push(self->before, self->numbers_before, self->now, self->changes);
	if (self->before->len > STEPS_MAX) {
		g_ptr_array_remove_index(self->before, 0);
		g_array_remove_index(self->numbers_before, 0);
	}
	self->now = design;
	self->changes = ++self->last_number;
	self->group = group;
}

int label_draft_new_group(LabelDraft *self)
{
	return ++self->last_group;
}

void label_draft_set_field(LabelDraft *self, int n, const LabelField *field, int group)
{
	g_return_if_fail(n >= 0 && n < label_design_get_n_fields(self->now));
	change(self,
	       copy(self->now, label_design_get_width(self->now),
		    label_design_get_height(self->now), n, field, NULL),
	       group);
}

void label_draft_set_size(LabelDraft *self, int width, int height, int group)
{
	width = CLAMP(width, 5000, MOST_UM);
	height = CLAMP(height, 5000, MOST_UM);
	change(self, copy(self->now, width, height, -1, NULL, NULL), group);
}

int label_draft_add(LabelDraft *self, const LabelField *field)
{
	change(self,
	       copy(self->now, label_design_get_width(self->now),
		    label_design_get_height(self->now), -1, NULL, field),
	       0);
	return label_design_get_n_fields(self->now) - 1;
}

void label_draft_remove(LabelDraft *self, int n)
{
	g_return_if_fail(n >= 0 && n < label_design_get_n_fields(self->now));
	change(self,
	       copy(self->now, label_design_get_width(self->now),
		    label_design_get_height(self->now), n, NULL, NULL),
	       0);
}

bool label_draft_can_undo(const LabelDraft *self)
{
	return self->before->len > 0;
}

bool label_draft_can_redo(const LabelDraft *self)
{
	return self->after->len > 0;
}

void label_draft_undo(LabelDraft *self)
{
	if (self->before->len == 0)
		return;
	push(self->after, self->numbers_after, self->now, self->changes);
	self->now = pop(self->before, self->numbers_before, &self->changes);
	self->group = 0;
}

void label_draft_redo(LabelDraft *self)
{
	if (self->after->len == 0)
		return;
	push(self->before, self->numbers_before, self->now, self->changes);
	self->now = pop(self->after, self->numbers_after, &self->changes);
	self->group = 0;
}

bool label_draft_is_changed(const LabelDraft *self)
{
	return self->changes != self->saved;
}

void label_draft_note_saved(LabelDraft *self)
{
	self->saved = self->changes;
	self->group = 0;
}

/* --- where things are ----------------------------------------------------------------------- */

bool label_field_is_text(const LabelField *field)
{
	return field->kind == LABEL_TEXT || field->kind == LABEL_STRUCK_TEXT;
}

bool label_field_is_bars(const LabelField *field)
{
	return field->kind == LABEL_EAN13 || field->kind == LABEL_CODE128;
}

static int lines_of(const LabelField *field)
{
	return label_field_is_text(field) ? MAX(field->max_lines, 1) : 1;
}

int label_field_get_height(const LabelField *field)
{
	return field->height * lines_of(field);
}

bool label_draft_is_outside(const LabelDraft *self, int n)
{
	const LabelField *field = label_design_get_field(self->now, n);

	return field->x < 0 || field->y < 0 ||
	       field->x + field->width > label_design_get_width(self->now) ||
	       field->y + label_field_get_height(field) > label_design_get_height(self->now);
}

static bool overlap(const LabelField *a, const LabelField *b)
{
	return a->x < b->x + b->width && b->x < a->x + a->width &&
	       a->y < b->y + label_field_get_height(b) && b->y < a->y + label_field_get_height(a);
}

int label_draft_find_overlap(const LabelDraft *self, int n)
{
	const LabelField *field = label_design_get_field(self->now, n);

	if (field->kind == LABEL_BOX)
		return -1;
	for (int i = 0; i < label_design_get_n_fields(self->now); i++) {
		const LabelField *other = label_design_get_field(self->now, i);

		if (i != n && other->kind != LABEL_BOX && overlap(field, other))
			return i;
	}
	return -1;
}

char *label_draft_dup_warning(const LabelDraft *self)
{
	int n = label_design_get_n_fields(self->now);

	for (int i = 0; i < n; i++)
		if (label_draft_is_outside(self, i))
			return g_strdup_printf(_("Field %d sticks out of the label."), i + 1);
	for (int i = 0; i < n; i++) {
		int other = label_draft_find_overlap(self, i);

		if (other >= 0)
			return g_strdup_printf(_("Fields %d and %d lie on each other."), i + 1,
					       other + 1);
	}
	return g_strdup("");
}

int label_draft_add_usual(LabelDraft *self, LabelUsual usual)
{
	static const LabelField fields[] = {
		[LABEL_USUAL_TEXT] = { .kind = LABEL_TEXT,
				       .width = 30000,
				       .height = 4000,
				       .max_lines = 1,
				       .content = "{name}" },
		[LABEL_USUAL_CODE] = { .kind = LABEL_EAN13,
				       .width = 36000,
				       .height = 12000,
				       .module = 330, /* GS1's nominal size */
				       .digits_below = true,
				       .content = "{barcode}" },
		[LABEL_USUAL_QR] = { .kind = LABEL_QR,
				     .width = 13000,
				     .height = 13000,
				     .content = "{qr}" },
		[LABEL_USUAL_FRAME] = { .kind = LABEL_BOX,
					.width = 20000,
					.height = 10000,
					.thickness = 250 },
		[LABEL_USUAL_LINE] = { .kind = LABEL_BOX,
				       .width = 40000,
				       .height = 250,
				       .thickness = 250 },
	};
	LabelField field = fields[usual];

	field.width = MIN(field.width, label_design_get_width(self->now));
	field.height = MIN(field.height, label_design_get_height(self->now));
	field.x = (label_design_get_width(self->now) - field.width) / 2;
	field.y = (label_design_get_height(self->now) - field.height) / 2;
	return label_draft_add(self, &field);
}

LabelDesign *label_draft_copy(const LabelDraft *self)
{
	return copy_all(self->now);
}

static int snap(int um, int grid)
{
	return grid > 0 ? (um + grid / 2) / grid * grid : um;
}

/* One axis: @low and @high are a field's edges on a label of @size. */
static void move_edges(int *low, int *high, bool moves_low, bool moves_high, int by, int size,
		       int grid)
{
	int length = *high - *low;

	if (moves_low && moves_high) {
		*low = CLAMP(snap(MAX(*low + by, 0), grid), 0, MAX(size - length, 0));
		*high = *low + length;
	} else if (moves_low) {
		*low = CLAMP(snap(MAX(*low + by, 0), grid), 0, *high - LEAST_UM);
	} else if (moves_high) {
		*high = CLAMP(snap(MAX(*high + by, 0), grid), *low + LEAST_UM,
			      MAX(size, *low + LEAST_UM));
	}
}

LabelField label_draft_moved(const LabelDraft *self, int n, LabelEdges edges, int dx, int dy,
			     int grid)
{
	LabelField field = *label_design_get_field(self->now, n);
	int right = field.x + field.width, bottom = field.y + label_field_get_height(&field);

	if (dx != 0)
		move_edges(&field.x, &right, (edges & LABEL_EDGE_LEFT) != 0,
			   (edges & LABEL_EDGE_RIGHT) != 0, dx, label_design_get_width(self->now),
			   grid);
	if (dy != 0)
		move_edges(&field.y, &bottom, (edges & LABEL_EDGE_TOP) != 0,
			   (edges & LABEL_EDGE_BOTTOM) != 0, dy, label_design_get_height(self->now),
			   grid);
	field.width = right - field.x;
	field.height = MAX((bottom - field.y) / lines_of(&field), 1);
	return field;
}
