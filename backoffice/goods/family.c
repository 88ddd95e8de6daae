/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/goods/fields.h"
#include "backoffice/goods/item_store.h"
#include "backoffice/people/counter.h"
#include "backoffice/people/rights.h"

#include <glib/gi18n-lib.h>
#include <string.h>

void family_free(Family *self)
{
	if (self == NULL)
		return;
	g_free(self->name);
	g_free(self->first);
	g_free(self->second);
	g_free(self);
}

Family *family_read(Store *store, int64_t id, GError **error)
{
	StoreStatement *row = store_statement(store, "office/item/family");
	Family *self;

	store_bind_int(row, 1, id);
	if (store_step(row, error) != STORE_ROW)
		return NULL;
	self = g_new0(Family, 1);
	self->id = id;
	self->name = g_strdup(store_get_text(row, 0));
	self->first = g_strdup(store_get_text(row, 1));
	self->second = g_strdup(store_get_text(row, 2));
	store_reset(row);
	return self;
}

static void free_goods(gpointer goods)
{
	goods_free(goods);
}

static bool read_ids(Store *store, int64_t family_id, GArray *ids, GError **error)
{
	StoreStatement *row = store_statement(store, "office/item/family_items");
	StoreStep step;

	store_bind_int(row, 1, family_id);
	while ((step = store_step(row, error)) == STORE_ROW) {
		int64_t id = store_get_int(row, 0);

		g_array_append_val(ids, id);
	}
	return step == STORE_DONE;
}

GPtrArray *family_list(Store *store, int64_t id, GError **error)
{
	g_autoptr(GArray) ids = g_array_new(false, false, sizeof(int64_t));
	g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func(free_goods);

	if (!read_ids(store, id, ids, error))
		return NULL;
	for (guint i = 0; i < ids->len; i++) {
		g_autoptr(GError) failed = NULL;
		Goods *goods = goods_find(store, g_array_index(ids, int64_t, i), &failed);

		if (failed != NULL) {
			g_propagate_error(error, g_steal_pointer(&failed));
			return NULL;
		}
		if (goods != NULL)
			g_ptr_array_add(list, goods);
	}
	return g_steal_pointer(&list);
}

/* --- making variants ----------------------------------------------------------------------- */

typedef struct {
	int64_t family_id;
	int made;
	ItemChange change;

	/* borrowed */
	Store *store;
	const Item *pattern;
} Making;

static bool make_family(Making *self, const char *first, const char *second, GError **error)
{
	g_autofree char *name = field_dup_tidy(self->pattern->name);
	StoreStatement *statement;

	if (*name == '\0') {
		g_set_error(error, GOODS_ERROR, GOODS_ERROR_INVALID, _("This cannot be saved: %s."),
			    _("goods need a name"));
		return false;
	}
	if (!counter_take(self->store, "family", &self->family_id, error))
		return false;
	statement = store_statement(self->store, "office/item/insert_family");
	store_bind_int(statement, 1, self->family_id);
	store_bind_text(statement, 2, name);
	store_bind_text(statement, 3, first);
	store_bind_text(statement, 4, second);
	return store_run(statement, error);
}

static bool has_variant(Making *self, const char *first, const char *second, bool *ret,
			GError **error)
{
	StoreStatement *row = store_statement(self->store, "office/item/find_variant");
	StoreStep step;

	store_bind_int(row, 1, self->family_id);
	store_bind_text(row, 2, first);
	store_bind_text(row, 3, second);
	step = store_step(row, error);
	*ret = step == STORE_ROW;
	store_reset(row);
	return step != STORE_FAILED;
}

/* "NAME, M, red"; of an article "ART-M-red". Nothing stays nothing. */
static void add_variant(char **text, const char *separator, const char *first, const char *second)
{
	char *with;

	if (**text == '\0')
		return;
	with = *second != '\0' ? g_strjoin(separator, *text, first, second, NULL)
			       : g_strjoin(separator, *text, first, NULL);
	g_free(*text);
	*text = with;
}

static Item *variant_new(const Making *self, const char *first, const char *second)
{
	Item *item = item_copy(self->pattern);

	item->id = 0;
	item->has_plu = false;
	item->family_id = self->family_id;
	g_array_set_size(item->barcodes, 0);
	for (guint i = 0; i < item->packs->len; i++)
		g_array_index(item->packs, ItemPack, i).id = 0;
	add_variant(&item->name, ", ", first, second);
	add_variant(&item->article, "-", first, second);
	g_free(item->variant_first);
	g_free(item->variant_second);
	item->variant_first = g_strdup(first);
	item->variant_second = g_strdup(second);
	return item;
}

static bool make_variant(Making *self, const char *first_text, const char *second_text,
			 GError **error)
{
	g_autofree char *first = field_dup_tidy(first_text);
	g_autofree char *second = field_dup_tidy(second_text);
	g_autofree char *barcode = NULL;
	g_autoptr(Item) item = NULL;
	bool there;

	if (*first == '\0')
		return true;
	if (!has_variant(self, first, second, &there, error))
		return false;
	if (there)
		return true;
	barcode = item_next_barcode(self->store, error);
	if (barcode == NULL)
		return false;
	item = variant_new(self, first, second);
	item_add_barcode(item, barcode, -1);
	self->made++;
	return item_store(self->store, NULL, item, &self->change, NULL, error);
}

static bool make_all(Making *self, const char *const *firsts, const char *const *seconds,
		     GError **error)
{
	static const char *const none[] = { "", NULL };

	if (seconds == NULL || *seconds == NULL)
		seconds = none;
	for (; *firsts != NULL; firsts++)
		for (const char *const *second = seconds; *second != NULL; second++)
			if (!make_variant(self, *firsts, *second, error))
				return false;
	return true;
}

static bool run(Making *self, const char *first, const char *second, const char *const *firsts,
		const char *const *seconds, GError **error)
{
	return rights_require(self->store, self->change.person_id, RIGHT_EDIT_GOODS, error) &&
	       goods_currency(self->store, &self->change.currency, error) &&
	       (self->family_id != 0 || make_family(self, first, second, error)) &&
	       make_all(self, firsts, seconds, error);
}

bool family_make_variants(Store *store, int64_t *family_id, const char *first, const char *second,
			  const Item *pattern, const char *const *firsts,
			  const char *const *seconds, int64_t person_id, int *ret_made,
			  GError **error)
{
	Making self = { .family_id = *family_id,
			.change = { .person_id = person_id, .how = "hand" },
			.store = store,
			.pattern = pattern };

	if (!store_begin(store, error))
		return false;
	if (!run(&self, first, second, firsts, seconds, error)) {
		store_rollback(store);
		return false;
	}
	if (!store_commit(store, error))
		return false;
	*family_id = self.family_id;
	*ret_made = self.made;
	return true;
}
