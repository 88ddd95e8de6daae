/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/label/label_private.h"
#include "backoffice/people/counter.h"
#include "drivers/label/label_fill.h"
#include "drivers/label/label_layout.h"

#include <glib/gi18n-lib.h>

#define LABELS_MAX 100000
#define UM_PER_METRE 1000000

static void clear_row(void *data)
{
	label_facts_clear(&((LabelRow *)data)->facts);
}

void label_job_free(LabelJob *self)
{
	if (self == NULL)
		return;
	label_design_free(self->design);
	label_design_free(self->plain);
	g_array_unref(self->rows);
	g_free(self->title);
	g_mutex_clear(&self->lock);
	g_free(self);
}

static LabelDesign *copy_design(const LabelDesign *design, bool plain)
{
	LabelDesign *copy =
		label_design_new(label_design_get_width(design), label_design_get_height(design));

	for (int i = 0; i < label_design_get_n_fields(design); i++) {
		LabelField field = *label_design_get_field(design, i);

		if (plain && field.kind == LABEL_EAN13)
			field.kind = LABEL_CODE128;
		label_design_add(copy, &field);
	}
	return copy;
}

static LabelJob *job_new(int64_t shop_id, const LabelModel *model)
{
	LabelJob *self = g_new0(LabelJob, 1);

	self->design = copy_design(model->design, false);
	self->plain = copy_design(model->design, true);
	self->shelf = model->shelf;
	self->title = g_strdup(model->name);
	self->shop_id = shop_id;
	self->rows = g_array_new(FALSE, TRUE, sizeof(LabelRow));
	g_array_set_clear_func(self->rows, clear_row);
	g_mutex_init(&self->lock);
	return self;
}

/* Goods also have codes that are no EAN-13: EAN-8, the shop's own. A scanner reads them as well
 * from a Code 128. */
static bool needs_plain(const LabelJob *self, LabelData *words)
{
	for (int i = 0; i < label_design_get_n_fields(self->design); i++) {
		const LabelField *field = label_design_get_field(self->design, i);
		g_autofree char *code = NULL;

		if (field->kind != LABEL_EAN13)
			continue;
		code = label_fill_code(field->kind, field->content, words, NULL);
		if (code == NULL)
			return true;
	}
	return false;
}

/* Told before the first of a thousand comes out. */
static bool check_row(const LabelJob *self, const LabelRow *row, GError **error)
{
	g_autoptr(GError) reason = NULL;
	g_autoptr(LabelLayout) layout = label_layout_new(label_job_design_of(self, row),
							 row->facts.words, UM_PER_METRE, &reason);

	if (layout != NULL)
		return true;
	g_set_error(error, LABEL_ERROR, LABEL_ERROR_INVALID,
		    /* Translators: a name of goods, then a technical reason. */
		    _("“%s” cannot be printed with this design: its code does not fit. Make the "
		      "code's box larger, or choose another design (%s)."),
		    row->facts.name, reason->message);
	return false;
}

static bool add_row(LabelJob *self, Store *store, const LabelWish *wish, GError **error)
{
	LabelRow row = { .item_id = wish->item_id,
			 .pack_id = wish->pack_id,
			 .copies = wish->copies };

	if (!label_facts_read(store, self->shop_id, wish, &row.facts, error))
		return false;
	row.plain = needs_plain(self, row.facts.words);
	g_array_append_val(self->rows, row);
	self->total += row.copies;
	return check_row(self, &row, error);
}

static bool check_wishes(const LabelWish *wishes, int n, GError **error)
{
	int64_t total = 0;

	for (int i = 0; i < n; i++) {
		if (wishes[i].copies < 1 || wishes[i].copies > LABELS_MAX) {
			g_set_error(error, LABEL_ERROR, LABEL_ERROR_INVALID,
				    _("How many labels? From 1 to %d."), LABELS_MAX);
			return false;
		}
		total += wishes[i].copies;
	}
	if (total > 0 && total <= LABELS_MAX)
		return true;
	g_set_error(error, LABEL_ERROR, LABEL_ERROR_INVALID,
		    total == 0 ? _("There is nothing to print: choose goods first.")
			       : _("That is more than %d labels: print them in parts."),
		    LABELS_MAX);
	return false;
}

LabelJob *label_job_new(Store *store, int64_t shop_id, const LabelModel *model,
			const LabelWish *wishes, int n, GError **error)
{
	g_autoptr(LabelJob) self = NULL;

	if (!check_wishes(wishes, n, error) || !store_begin_read(store, error))
		return NULL;
	self = job_new(shop_id, model);
	for (int i = 0; i < n; i++)
		if (!add_row(self, store, &wishes[i], error)) {
			store_rollback(store);
			return NULL;
		}
	store_rollback(store); /* nothing was written */
	return g_steal_pointer(&self);
}

LabelJob *label_job_new_example(const LabelModel *model, GError **error)
{
	g_autoptr(LabelJob) self = job_new(0, model);
	LabelRow row = { .copies = 1, .facts = { .words = label_data_new_example() } };

	row.facts.name = g_strdup(g_hash_table_lookup(row.facts.words, "name"));
	row.plain = needs_plain(self, row.facts.words);
	g_array_append_val(self->rows, row);
	self->total = 1;
	return check_row(self, &row, error) ? g_steal_pointer(&self) : NULL;
}

int label_job_get_total(const LabelJob *self)
{
	return self->total;
}

void label_job_set_sheet(LabelJob *self, const LabelSheet *sheet)
{
	self->sheet = *sheet;
	self->has_sheet = true;
}

void label_job_set_progress(LabelJob *self, LabelProgress progress, void *data)
{
	self->progress = progress;
	self->progress_data = data;
}

const LabelRow *label_job_get_row(const LabelJob *self, int n)
{
	for (guint i = 0; i < self->rows->len; i++) {
		const LabelRow *row = &g_array_index(self->rows, LabelRow, i);

		if (n < row->copies)
			return row;
		n -= row->copies;
	}
	g_return_val_if_reached(NULL);
}

/* --- what hangs on the shelf now ----------------------------------------------------------- */

static bool note_row(const LabelJob *self, Store *store, const LabelRow *row, GError **error)
{
	StoreStatement *put = store_statement(store, "office/label/put_printed");

	store_bind_int(put, 1, self->shop_id);
	store_bind_int(put, 2, row->item_id);
	if (row->facts.has_price)
		store_bind_int(put, 3, row->facts.price);
	else
		store_bind_null(put, 3);
	store_bind_text(put, 4, row->facts.name);
	store_bind_int(put, 5, g_get_real_time());
	return store_run(put, error);
}

static bool note_in(const LabelJob *self, Store *store, int n, int64_t person_id, GError **error)
{
	g_autofree char *detail = g_strdup_printf("%d", n);

	if (!rights_require(store, person_id, RIGHT_PRINT_LABELS, error))
		return false;
	for (guint i = 0, left = (guint)n; self->shelf && i < self->rows->len && left > 0; i++) {
		const LabelRow *row = &g_array_index(self->rows, LabelRow, i);

		if (row->pack_id == 0 && !note_row(self, store, row, error))
			return false;
		left -= MIN(left, (guint)row->copies);
	}
	return audit_add(store, person_id, "label-print", self->title, detail, error);
}

bool label_job_note_printed(LabelJob *self, Store *store, int n, int64_t person_id, GError **error)
{
	g_return_val_if_fail(n >= 0 && n <= self->total, false);
	if (n == 0)
		return true;
	if (!store_begin(store, error))
		return false;
	if (note_in(self, store, n, person_id, error) && store_commit(store, error))
		return true;
	store_rollback(store);
	return false;
}
