/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Recipes as JSON. */
#include "backoffice/goods/item.h"
#include "backoffice/stock/document_json.h"
#include "backoffice/stock/document_json_out.h"
#include "backoffice/stock/recipe_private.h"
#include "core/quantity.h"

#include <glib/gi18n-lib.h>

#define RECIPE KIND_BIT(KIND_RECIPE)
#define LOSS_STEP (QUANTITY_ONE / 100) /* a hundredth of a percent, as "1" is read */

static const JsonInMember members[] = {
	{ "item", RECIPE }, { "first_day", RECIPE },  { "yield", RECIPE },
	{ "kit", RECIPE },  { "components", RECIPE }, { NULL, 0 },
};
static const JsonInMember component_members[] = {
	{ "barcode", RECIPE }, { "article", RECIPE }, { "quantity", RECIPE },
	{ "loss", RECIPE },    { NULL, 0 },
};

/* --- reading ------------------------------------------------------------------------------- */

static bool read_component_goods(JsonIn *self, const json_t *json, int64_t *ret, GError **error)
{
	int64_t pack_id;

	return json_in_goods(self, json, ret, &pack_id, error) &&
	       (pack_id == 0 ||
		json_in_refuse(self, error,
			       _("the barcode is that of a pack: a recipe speaks of single units, "
				 "give their barcode or article.")));
}

static bool read_loss(JsonIn *self, const json_t *json, int32_t *ret, GError **error)
{
	int64_t percent;
	bool has;

	*ret = 0;
	if (!json_in_quantity(self, json, "loss", &has, &percent, error))
		return false;
	if (percent >= 100 * QUANTITY_ONE || percent % LOSS_STEP != 0)
		return json_in_refuse(self, error,
				      _("“loss” has to be a percentage below 100 with at most two "
					"digits after the point: \"12.5\"."));
	*ret = (int32_t)(percent / LOSS_STEP);
	return true;
}

static bool read_component(JsonIn *self, const json_t *json, RecipeLine *ret, GError **error)
{
	bool has;

	return json_in_members(self, json, component_members, error) &&
	       read_component_goods(self, json, &ret->item_id, error) &&
	       json_in_quantity(self, json, "quantity", &has, &ret->quantity, error) &&
	       ((has && ret->quantity > 0) ||
		json_in_refuse(self, error, _("how much of it? Give a “quantity” above zero."))) &&
	       read_loss(self, json, &ret->loss, error);
}

static bool read_components(JsonIn *self, const json_t *json, Recipe *recipe, GError **error)
{
	const json_t *components = json_object_get(json, "components");
	json_t *component;
	size_t i;

	if (json_array_size(components) == 0 || json_array_size(components) > RECIPE_LINES_MAX)
		return json_in_refuse(self, error,
				      _("“components” has to be an array of at least one and at "
					"most %d."),
				      RECIPE_LINES_MAX);
	json_array_foreach((json_t *)components, i, component)
	{
		RecipeLine line = { 0 };

		self->line = (int)i + 1;
		if (!read_component(self, component, &line, error))
			return false;
		g_array_append_val(recipe->lines, line);
	}
	self->line = 0;
	return true;
}

static bool read_head(JsonIn *self, const json_t *json, Recipe *recipe, GError **error)
{
	const char *code;
	bool has;

	if (!json_in_members(self, json, members, error) ||
	    !json_in_text(self, json, "item", &code, error))
		return false;
	if (code == NULL)
		return json_in_refuse(
			self, error,
			_("What is it a recipe of? “item” is the barcode or article."));
	if (!json_in_code(self, code, &recipe->item_id, error) ||
	    !json_in_day(self, json, "first_day", &recipe->first_day, error) ||
	    !json_in_quantity(self, json, "yield", &has, &recipe->yield, error))
		return false;
	if (!has)
		recipe->yield = QUANTITY_ONE;
	return true;
}

/* Finds the recipe that this one is written over; the id stays 0 where there is none. */
static bool find_same_day(JsonIn *self, Recipe *recipe, GError **error)
{
	g_autoptr(GError) failed = NULL;
	g_autoptr(Recipe) old =
		recipe_read(self->store, recipe->item_id, recipe->first_day, &failed);

	if (failed != NULL) {
		g_propagate_error(error, g_steal_pointer(&failed));
		return false;
	}
	if (old != NULL && old->first_day == recipe->first_day)
		recipe->id = old->id;
	return true;
}

/* Without "kit" the item stays what it is. */
static bool put(JsonIn *self, const json_t *json, Recipe *recipe, GError **error)
{
	bool kit;

	return json_in_flag(self, json, "kit", &kit, error) &&
	       read_head(self, json, recipe, error) && read_components(self, json, recipe, error) &&
	       find_same_day(self, recipe, error) &&
	       (json_object_get(json, "kit") == NULL ||
		recipe_set_kit(self->store, recipe->item_id, kit, self->person_id, error)) &&
	       recipe_put(self->store, recipe, self->person_id, error);
}

bool recipe_take_json(Store *store, const json_t *json, int64_t person_id, Recipe **ret,
		      GError **error)
{
	JsonIn self = { .store = store, .person_id = person_id, .kind = KIND_RECIPE };
	g_autoptr(Recipe) recipe = recipe_new(0, 0);

	if (!store_begin(store, error))
		return false;
	if (!put(&self, json, recipe, error) || !store_commit(store, error)) {
		store_rollback(store);
		return false;
	}
	*ret = g_steal_pointer(&recipe);
	return true;
}

/* --- writing ------------------------------------------------------------------------------- */

static json_t *component_to_json(JsonOut *out, const RecipeLine *line, GError **error)
{
	json_t *object = json_object();

	if (!json_out_goods(out, object, line->item_id, error)) {
		json_decref(object);
		return NULL;
	}
	json_out_quantity(object, "quantity", line->quantity);
	if (line->loss != 0)
		json_out_quantity(object, "loss", line->loss * LOSS_STEP);
	return object;
}

static json_t *components_to_json(JsonOut *out, const Recipe *recipe, GError **error)
{
	json_t *array = json_array();

	for (guint i = 0; i < recipe->lines->len; i++) {
		json_t *object =
			component_to_json(out, &g_array_index(recipe->lines, RecipeLine, i), error);

		if (object == NULL) {
			json_decref(array);
			return NULL;
		}
		json_array_append_new(array, object);
	}
	return array;
}

/* "item" is one text: the barcode, else the article. */
static bool put_item(JsonOut *out, json_t *object, int64_t item_id, GError **error)
{
	json_t *goods = json_object();
	json_t *code;
	bool done = json_out_goods(out, goods, item_id, error);

	code = json_object_get(goods, "barcode");
	if (code == NULL)
		code = json_object_get(goods, "article");
	if (code != NULL)
		json_object_set(object, "item", code);
	json_decref(goods);
	return done;
}

static bool put_kit(Store *store, json_t *object, int64_t item_id, GError **error)
{
	g_autoptr(GError) failed = NULL;
	g_autoptr(Item) item = item_read(store, item_id, &failed);

	if (failed != NULL) {
		g_propagate_error(error, g_steal_pointer(&failed));
		return false;
	}
	json_object_set_new(object, "kit", json_boolean(item != NULL && item->kind == ITEM_KIT));
	return true;
}

static bool put_first_day(json_t *object, int32_t day)
{
	g_autofree char *text =
		g_strdup_printf("%04d-%02d-%02d", day / 10000, day / 100 % 100, day % 100);

	return day == 0 || json_object_set_new(object, "first_day", json_string(text)) == 0;
}

json_t *recipe_to_json(Store *store, const Recipe *recipe, GError **error)
{
	JsonOut out = { .store = store };
	json_t *object = json_object();
	json_t *components = components_to_json(&out, recipe, error);

	if (components == NULL || !put_item(&out, object, recipe->item_id, error) ||
	    !put_kit(store, object, recipe->item_id, error) ||
	    !put_first_day(object, recipe->first_day)) {
		json_decref(components);
		json_decref(object);
		return NULL;
	}
	json_out_quantity(object, "yield", recipe->yield);
	json_object_set_new(object, "components", components);
	return object;
}
