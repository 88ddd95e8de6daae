/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/ui/line.h"

struct _PosLine {
	GObject parent_instance;

	/* owned */
	SessionView *view;

	const SessionLine *line; /* the view's */
};

G_DEFINE_FINAL_TYPE(PosLine, pos_line, G_TYPE_OBJECT)

PosLine *pos_line_new(SessionView *view, int index)
{
	PosLine *self = g_object_new(POS_TYPE_LINE, NULL);

	self->view = session_view_ref(view);
	self->line = g_ptr_array_index(view->lines, (guint)index);
	return self;
}

const SessionLine *pos_line_get(PosLine *self)
{
	return self->line;
}

bool pos_line_is_return(PosLine *self)
{
	return self->view->is_return;
}

uint16_t pos_line_get_currency(PosLine *self)
{
	return self->view->currency;
}

static bool looks_same(const SessionLine *a, const SessionLine *b)
{
	return a->number == b->number && a->item_id == b->item_id && a->voided == b->voided &&
	       a->quantity.micro == b->quantity.micro && a->price.minor == b->price.minor &&
	       a->discount.minor == b->discount.minor &&
	       a->shared_discount.minor == b->shared_discount.minor && a->own.kind == b->own.kind &&
	       a->own.value == b->own.value && a->gross.minor == b->gross.minor &&
	       a->returnable.micro == b->returnable.micro && strcmp(a->name, b->name) == 0;
}

static guint count_same(GListModel *lines, const SessionView *view)
{
	guint n = MIN(g_list_model_get_n_items(lines), view->lines->len);
	guint i;

	for (i = 0; i < n; i++) {
		g_autoptr(PosLine) old = g_list_model_get_item(lines, i);

		if (!looks_same(old->line, g_ptr_array_index(view->lines, i)))
			break;
	}
	return i;
}

/* Most often nothing but the last line is new. */
void pos_line_update_list(GListStore *lines, SessionView *view)
{
	guint n_old = g_list_model_get_n_items(G_LIST_MODEL(lines));
	guint same = count_same(G_LIST_MODEL(lines), view);
	g_autoptr(GPtrArray) fresh = g_ptr_array_new_with_free_func(g_object_unref);

	if (same == n_old && same == view->lines->len)
		return;
	for (guint i = same; i < view->lines->len; i++)
		g_ptr_array_add(fresh, pos_line_new(view, (int)i));
	g_list_store_splice(lines, same, n_old - same, fresh->pdata, fresh->len);
}

static void pos_line_finalize(GObject *object)
{
	session_view_unref(POS_LINE(object)->view);
	G_OBJECT_CLASS(pos_line_parent_class)->finalize(object);
}

static void pos_line_init(PosLine *self)
{
}

static void pos_line_class_init(PosLineClass *klass)
{
	G_OBJECT_CLASS(klass)->finalize = pos_line_finalize;
}
