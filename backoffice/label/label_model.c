/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/label/label_private.h"
#include "backoffice/label/label_texts.h"
#include "backoffice/people/counter.h"

#include <glib/gi18n-lib.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

G_DEFINE_QUARK(baraa - label - error - quark, label_error)

/* What the program brings along, by the file's name. A design's id is its place, below zero. */
static const struct {
	const char *file, *name;
	bool shelf;
} brought[] = {
	{ "shelf-58x40", N_("Shelf tag, 58 × 40 mm"), true },
	{ "shelf-40x25", N_("Small shelf tag, 40 × 25 mm"), true },
	{ "promo-58x40", N_("Promotion, 58 × 40 mm"), true },
	{ "sheet-70x37", N_("Shelf tag on a sheet, 70 × 37 mm"), true },
	{ "goods-58x30", N_("Label on goods, 58 × 30 mm"), false },
	{ "weighed-58x40", N_("Weighed goods, 58 × 40 mm"), false },
};

void label_model_free(LabelModel *self)
{
	if (self == NULL)
		return;
	g_free(self->name);
	label_design_free(self->design);
	g_free(self);
}

static void free_model(void *data)
{
	label_model_free(data);
}

static LabelModel *model_new(int64_t id, const char *name, bool shelf, const char *json,
			     GError **error)
{
	g_autoptr(GError) reason = NULL;
	g_autoptr(LabelDesign) design = label_design_from_json(json, &reason);
	LabelModel *self;

	if (design == NULL) {
		g_set_error(error, LABEL_ERROR, LABEL_ERROR_INVALID,
			    /* Translators: a label design's name, then a technical reason. */
			    _("The design “%s” cannot be read: delete it and draw it again (%s)."),
			    name, reason->message);
		return NULL;
	}
	self = g_new(LabelModel, 1);
	*self = (LabelModel){
		.id = id, .name = g_strdup(name), .shelf = shelf, .design = g_steal_pointer(&design)
	};
	return self;
}

static LabelModel *brought_new(size_t i, GError **error)
{
	for (const struct text_file *file = label_texts; file->name != NULL; file++)
		if (strcmp(file->name, brought[i].file) == 0)
			return model_new(-(int64_t)i - 1,
					 g_dgettext(GETTEXT_PACKAGE, brought[i].name),
					 brought[i].shelf, file->text, error);
	g_return_val_if_reached(NULL);
}

static LabelModel *model_of_row(StoreStatement *row, GError **error)
{
	return model_new(store_get_int(row, 0), store_get_text(row, 1),
			 strcmp(store_get_text(row, 2), "shelf") == 0, store_get_text(row, 3),
			 error);
}

/* The shop's own first. One that cannot be read hides no other. */
GPtrArray *label_model_list(Store *store, GError **error)
{
	g_autoptr(GPtrArray) models = g_ptr_array_new_with_free_func(free_model);
	StoreStatement *row = store_statement(store, "office/label/models");
	StoreStep step;

	while ((step = store_step(row, error)) == STORE_ROW) {
		LabelModel *model = model_of_row(row, NULL);

		if (model != NULL)
			g_ptr_array_add(models, model);
	}
	if (step == STORE_FAILED)
		return NULL;
	for (size_t i = 0; i < G_N_ELEMENTS(brought); i++) {
		LabelModel *model = brought_new(i, error);

		if (model == NULL)
			return NULL;
		g_ptr_array_add(models, model);
	}
	return g_steal_pointer(&models);
}

static LabelModel *fail_gone(GError **error)
{
	g_set_error(error, LABEL_ERROR, LABEL_ERROR_GONE,
		    _("This design is not there any more: choose another."));
	return NULL;
}

LabelModel *label_model_read(Store *store, int64_t id, GError **error)
{
	StoreStatement *row;
	LabelModel *model;

	if (id < 0)
		return id >= -(int64_t)G_N_ELEMENTS(brought) ? brought_new((size_t)(-id - 1), error)
							     : fail_gone(error);
	row = store_statement(store, "office/label/model");
	store_bind_int(row, 1, id);
	switch (store_step(row, error)) {
	case STORE_ROW:
		model = model_of_row(row, error);
		store_reset(row);
		return model;
	case STORE_DONE:
		return fail_gone(error);
	default:
		return NULL;
	}
}

LabelModel *label_model_new_brought(const char *file, GError **error)
{
	for (size_t i = 0; i < G_N_ELEMENTS(brought); i++)
		if (strcmp(brought[i].file, file) == 0)
			return brought_new(i, error);
	g_set_error(error, LABEL_ERROR, LABEL_ERROR_GONE, _("There is no design “%s”."), file);
	return NULL;
}

LabelModel *label_model_find(Store *store, const char *name, GError **error)
{
	g_autoptr(GPtrArray) models = label_model_list(store, error);

	for (guint i = 0; models != NULL && i < models->len; i++) {
		const LabelModel *model = g_ptr_array_index(models, i);

		if (strcmp(model->name, name) == 0)
			return label_model_read(store, model->id, error);
	}
	return models != NULL ? label_model_new_brought(name, error) : NULL;
}

/* --- changing ------------------------------------------------------------------------------ */

/* What is written must be read again. */
static bool check(const LabelModel *model, GError **error)
{
	g_autofree char *json = label_design_to_json(model->design);
	g_autofree char *name = g_strstrip(g_strdup(model->name != NULL ? model->name : ""));
	g_autoptr(LabelDesign) again = label_design_from_json(json, NULL);

	if (*name == '\0')
		return label_invalid(error, _("A design needs a name."));
	if (label_design_get_n_fields(model->design) == 0)
		return label_invalid(error,
				     _("The label is empty: put a text or a barcode on it."));
	if (again == NULL)
		return label_invalid(error,
				     _("Something sticks out of the label: move it in or make it "
				       "smaller."));
	return true;
}

static bool check_name(Store *store, int64_t id, const char *name, GError **error)
{
	StoreStatement *row = store_statement(store, "office/label/model_named");
	int64_t other = 0;
	StoreStep step;

	store_bind_text(row, 1, name);
	step = store_step(row, error);
	if (step == STORE_ROW)
		other = store_get_int(row, 0);
	store_reset(row);
	if (step == STORE_FAILED)
		return false;
	if (other == 0 || other == id)
		return true;
	g_set_error(error, LABEL_ERROR, LABEL_ERROR_INVALID,
		    _("There is a design called “%s” already: give this one another name."), name);
	return false;
}

/* What the audit keeps of it. Own it. */
static char *dup_record(const LabelModel *model)
{
	g_autofree char *json = label_design_to_json(model->design);
	json_t *root = json_pack("{s:s, s:b, s:o?}", "name", model->name, "shelf", model->shelf,
				 "design", json_loads(json, 0, NULL));
	char *text = json_dumps(root, JSON_COMPACT), *copy = g_strdup(text);

	free(text);
	json_decref(root);
	return copy;
}

static bool write_row(Store *store, const LabelModel *model, GError **error)
{
	StoreStatement *put = store_statement(store, "office/label/put_model");
	g_autofree char *json = label_design_to_json(model->design);

	store_bind_int(put, 1, model->id);
	store_bind_text(put, 2, model->name);
	store_bind_text(put, 3, model->shelf ? "shelf" : "goods");
	store_bind_text(put, 4, json);
	return store_run(put, error);
}

static bool write_in(Store *store, LabelModel *model, int64_t person_id, GError **error)
{
	g_autoptr(LabelModel) before = NULL;
	g_autofree char *was = NULL, *is = dup_record(model), *subject = NULL;

	if (!rights_require(store, person_id, RIGHT_DESIGN_LABELS, error) ||
	    !check_name(store, model->id, model->name, error))
		return false;
	if (model->id > 0) {
		before = label_model_read(store, model->id, error);
		if (before == NULL)
			return false;
		was = dup_record(before);
	} else if (!counter_take(store, "label-design", &model->id, error)) {
		return false;
	}
	subject = g_strdup_printf("%" G_GINT64_FORMAT, model->id);
	return write_row(store, model, error) &&
	       audit_change(store, person_id, "label-design", subject, was, is, error);
}

bool label_model_write(Store *store, LabelModel *model, int64_t person_id, GError **error)
{
	int64_t id = model->id;

	g_return_val_if_fail(model->design != NULL, false);
	if (!check(model, error))
		return false;
	g_strstrip(model->name);
	if (store_begin(store, error)) {
		if (write_in(store, model, person_id, error) && store_commit(store, error))
			return true;
		store_rollback(store);
	}
	model->id = id;
	return false;
}

static bool delete_in(Store *store, int64_t id, int64_t person_id, GError **error)
{
	StoreStatement *statement = store_statement(store, "office/label/delete_model");
	g_autoptr(LabelModel) before = NULL;
	g_autoptr(GError) failed = NULL;
	g_autofree char *was = NULL, *subject = g_strdup_printf("%" G_GINT64_FORMAT, id);

	if (!rights_require(store, person_id, RIGHT_DESIGN_LABELS, error))
		return false;
	if (id < 0)
		return label_invalid(error, _("This design comes with the program and cannot be "
					      "deleted."));
	before = label_model_read(store, id, &failed);
	/* One that cannot be read goes all the same. */
	if (failed != NULL && !g_error_matches(failed, LABEL_ERROR, LABEL_ERROR_INVALID)) {
		g_propagate_error(error, g_steal_pointer(&failed));
		return false;
	}
	was = before != NULL ? dup_record(before) : NULL;
	store_bind_int(statement, 1, id);
	return store_run(statement, error) &&
	       audit_change(store, person_id, "label-design", subject, was, NULL, error);
}

bool label_model_delete(Store *store, int64_t id, int64_t person_id, GError **error)
{
	if (!store_begin(store, error))
		return false;
	if (delete_in(store, id, person_id, error) && store_commit(store, error))
		return true;
	store_rollback(store);
	return false;
}
