/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/goods/goods.h"

#include "core/barcode.h"
#include "core/fold.h"

#include <string.h>

struct GoodsList {
	GoodsOrder order;
	bool descending;

	/* owned */
	char *search; /* NULL: everything */
	GArray *hits; /* int64_t ids in ascending order; NULL while pages come from the index */

	int64_t count; /* as last counted, −1 before */

	/* borrowed */
	Store *store;
};

static const struct {
	const char *page, *page_down, *search, *ids;
} statements[GOODS_N_ORDERS] = {
	[GOODS_BY_NAME] = { "office/goods/page_by_name", "office/goods/page_by_name_down",
			    "office/goods/search_by_name", "office/goods/ids_by_name" },
	[GOODS_BY_PRICE] = { "office/goods/page_by_price", "office/goods/page_by_price_down",
			     "office/goods/search_by_price", "office/goods/ids_by_price" },
	[GOODS_BY_CATEGORY] = { "office/goods/page_by_category",
				"office/goods/page_by_category_down",
				"office/goods/search_by_category", "office/goods/ids_by_category" },
};

void goods_free(Goods *self)
{
	if (self == NULL)
		return;
	g_free(self->article);
	g_free(self->name);
	g_free(self->category);
	g_free(self->brand);
	g_free(self->tax_code);
	g_free(self->barcode);
	g_free(self);
}

static void free_goods(gpointer goods)
{
	goods_free(goods);
}

/* In the order of the view goods. */
static Goods *goods_of_row(StoreStatement *row)
{
	Goods *self = g_new0(Goods, 1);
	const char *barcode = store_get_text(row, 11);

	self->id = store_get_int(row, 0);
	self->article = g_strdup(store_get_text(row, 1));
	self->name = g_strdup(store_get_text(row, 2));
	self->category = g_strdup(store_get_text(row, 3));
	self->brand = g_strdup(store_get_text(row, 4));
	if (!unit_parse(store_get_text(row, 5), &self->unit))
		self->unit = UNIT_OTHER;
	self->weighed = store_get_int(row, 6) != 0;
	self->has_price = !store_is_null(row, 7);
	self->price = store_get_int(row, 7);
	self->has_cost = !store_is_null(row, 8);
	self->cost = store_get_int(row, 8);
	self->tax_group = (int32_t)store_get_int(row, 9);
	self->tax_code = g_strdup(store_get_text(row, 10));
	self->barcode = g_strdup(barcode != NULL ? barcode : "");
	return self;
}

Goods *goods_find(Store *store, int64_t id, GError **error)
{
	StoreStatement *statement = store_statement(store, "office/goods/find");
	Goods *goods = NULL;

	store_bind_int(statement, 1, id);
	if (store_step(statement, error) == STORE_ROW) {
		goods = goods_of_row(statement);
		store_reset(statement);
	}
	return goods;
}

/* 0 without an error where there is none. */
static bool find_id(Store *store, const char *name, const char *text, int64_t *ret, GError **error)
{
	StoreStatement *statement = store_statement(store, name);
	StoreStep step;

	store_bind_text(statement, 1, text);
	step = store_step(statement, error);
	*ret = step == STORE_ROW ? store_get_int(statement, 0) : 0;
	store_reset(statement);
	return step != STORE_FAILED;
}

Goods *goods_find_barcode(Store *store, const char *code, GError **error)
{
	g_autofree char *key = barcode_dup_key(code);
	int64_t id;

	if (!find_id(store, "office/goods/find_barcode", key, &id, error) || id == 0)
		return NULL;
	return goods_find(store, id, error);
}

/* --- the list ------------------------------------------------------------------------------ */

GoodsList *goods_list_new(Store *store)
{
	GoodsList *self = g_new0(GoodsList, 1);

	self->store = store;
	self->count = -1;
	return self;
}

void goods_list_free(GoodsList *self)
{
	if (self == NULL)
		return;
	g_clear_pointer(&self->hits, g_array_unref);
	g_free(self->search);
	g_free(self);
}

static void forget(GoodsList *self)
{
	g_clear_pointer(&self->hits, g_array_unref);
	self->count = -1;
}

void goods_list_set_order(GoodsList *self, GoodsOrder order, bool descending)
{
	g_return_if_fail(order < GOODS_N_ORDERS);
	self->order = order;
	self->descending = descending;
	forget(self);
}

void goods_list_set_search(GoodsList *self, const char *text)
{
	g_autofree char *trimmed = g_strstrip(g_strdup(text != NULL ? text : ""));

	g_free(self->search);
	self->search = *trimmed != '\0' ? g_steal_pointer(&trimmed) : NULL;
	forget(self);
}

/* "сок крас" → "сок"* "крас"*; NULL where there is no letter or digit. Own it. */
static char *dup_match(const char *text)
{
	g_autofree char *folded = fold_dup(text);
	g_auto(GStrv) words = g_strsplit(folded, " ", -1);
	g_autoptr(GString) match = g_string_new(NULL);

	for (char **word = words; *word != NULL; word++)
		if (**word != '\0')
			g_string_append_printf(match, "%s\"%s\"*", match->len > 0 ? " " : "",
					       *word);
	return match->len > 0 ? g_string_free(g_steal_pointer(&match), false) : NULL;
}

/* A scan into the search box means that one item, whatever words its digits begin. */
static bool find_code(GoodsList *self, GArray *hits, GError **error)
{
	g_autofree char *key = barcode_dup_key(self->search);
	int64_t id;

	if (!find_id(self->store, "office/goods/find_barcode", key, &id, error) ||
	    (id == 0 &&
	     !find_id(self->store, "office/goods/find_article", self->search, &id, error)))
		return false;
	if (id != 0)
		g_array_append_val(hits, id);
	return true;
}

static bool read_ids(StoreStatement *statement, GArray *ids, GError **error)
{
	StoreStep step;

	while ((step = store_step(statement, error)) == STORE_ROW) {
		int64_t id = store_get_int(statement, 0);

		g_array_append_val(ids, id);
	}
	return step == STORE_DONE;
}

static bool find_words(GoodsList *self, GArray *hits, GError **error)
{
	g_autofree char *match = dup_match(self->search);
	StoreStatement *statement;

	if (match == NULL)
		return true;
	statement = store_statement(self->store, statements[self->order].search);
	store_bind_text(statement, 1, match);
	store_bind_int(statement, 2, GOODS_SEARCH_MAX);
	return read_ids(statement, hits, error);
}

static bool search(GoodsList *self, GError **error)
{
	g_autoptr(GArray) hits = NULL;

	if (self->hits != NULL)
		return true;
	hits = g_array_new(false, false, sizeof(int64_t));
	if (!find_code(self, hits, error) || (hits->len == 0 && !find_words(self, hits, error)))
		return false;
	self->hits = g_steal_pointer(&hits);
	return true;
}

bool goods_list_count(GoodsList *self, int64_t *ret, GError **error)
{
	StoreStatement *statement;

	forget(self);
	if (self->search != NULL) {
		if (!search(self, error))
			return false;
		self->count = self->hits->len;
	} else {
		statement = store_statement(self->store, "office/goods/count");
		if (store_step(statement, error) != STORE_ROW)
			return false;
		self->count = store_get_int(statement, 0);
		store_reset(statement);
	}
	*ret = self->count;
	return true;
}

GArray *goods_list_dup_ids(GoodsList *self, GError **error)
{
	g_autoptr(GArray) ids = NULL;

	if (self->search != NULL)
		return search(self, error) ? g_array_ref(self->hits) : NULL;
	ids = g_array_new(false, false, sizeof(int64_t));
	if (!read_ids(store_statement(self->store, statements[self->order].ids), ids, error))
		return NULL;
	return g_steal_pointer(&ids);
}

void goods_list_take_ids(GoodsList *self, GArray *ids)
{
	g_clear_pointer(&self->hits, g_array_unref);
	self->hits = ids;
}

static GPtrArray *page_of_hits(GoodsList *self, int64_t offset, int n, GError **error)
{
	g_autoptr(GPtrArray) page = g_ptr_array_new_with_free_func(free_goods);
	int64_t len;

	if (!search(self, error))
		return NULL;
	len = self->hits->len;
	for (int64_t i = offset; i < MIN(len, offset + n); i++) {
		int64_t at = self->descending ? len - 1 - i : i;
		g_autoptr(GError) failed = NULL;
		Goods *goods =
			goods_find(self->store, g_array_index(self->hits, int64_t, at), &failed);

		if (failed != NULL) {
			g_propagate_error(error, g_steal_pointer(&failed));
			return NULL;
		}
		if (goods != NULL)
			g_ptr_array_add(page, goods);
	}
	return g_steal_pointer(&page);
}

static void reverse(GPtrArray *array)
{
	for (guint i = 0; i < array->len / 2; i++) {
		gpointer swapped = array->pdata[i];

		array->pdata[i] = array->pdata[array->len - 1 - i];
		array->pdata[array->len - 1 - i] = swapped;
	}
}

static GPtrArray *read_page(GoodsList *self, bool down, int64_t offset, int64_t n, GError **error)
{
	g_autoptr(GPtrArray) page = g_ptr_array_new_with_free_func(free_goods);
	StoreStatement *statement =
		store_statement(self->store, down ? statements[self->order].page_down
						  : statements[self->order].page);
	StoreStep step;

	store_bind_int(statement, 1, n);
	store_bind_int(statement, 2, offset);
	while ((step = store_step(statement, error)) == STORE_ROW)
		g_ptr_array_add(page, goods_of_row(statement));
	return step == STORE_DONE ? g_steal_pointer(&page) : NULL;
}

/* The second half of a list is nearer from its other end. */
GPtrArray *goods_list_page(GoodsList *self, int64_t offset, int n, GError **error)
{
	GPtrArray *page;
	int64_t rows = n;

	g_return_val_if_fail(offset >= 0 && n >= 0, NULL);
	if (self->search != NULL || self->hits != NULL)
		return page_of_hits(self, offset, n, error);
	if (self->count < 0 || offset <= self->count / 2)
		return read_page(self, self->descending, offset, n, error);
	rows = CLAMP(self->count - offset, 0, rows);
	page = read_page(self, !self->descending, self->count - offset - rows, rows, error);
	if (page != NULL)
		reverse(page);
	return page;
}
