/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Taking apart: what is needed of the last components. */
#include "backoffice/stock/recipe_private.h"

#include "backoffice/stock/shop_day.h"
#include "core/money.h"
#include "core/quantity.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define WHOLE 10000 /* hundredths of a percent */

/* A thing with a recipe, on the way down. */
typedef struct {
	Recipe *recipe; /* owned */
	int64_t need;
} Node;

typedef struct {
	int32_t day;

	/* owned */
	GHashTable *nodes; /* item_id → Node; of what is taken from stock: NULL */
	GPtrArray *order; /* of Node, parts before what they go into; borrowed from nodes */
	GHashTable *needs; /* item_id → int64_t: of the last components */

	/* borrowed */
	Store *store;
} Explosion;

static void node_free(gpointer data)
{
	Node *self = data;

	if (self == NULL)
		return;
	recipe_free(self->recipe);
	g_free(self);
}

static void explosion_init(Explosion *self, Store *store, int32_t day)
{
	self->store = store;
	self->day = day;
	self->nodes = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, node_free);
	self->order = g_ptr_array_new();
	self->needs = g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, g_free);
}

static void explosion_clear(Explosion *self)
{
	g_hash_table_unref(self->nodes);
	g_ptr_array_unref(self->order);
	g_hash_table_unref(self->needs);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Explosion, explosion_clear)

static bool refuse_size(GError **error)
{
	g_set_error(error, DOCUMENT_ERROR, DOCUMENT_ERROR_INVALID,
		    _("Too many recipes hang together here (at most %d, %d within one another): "
		      "make a part of it beforehand, by a production."),
		    RECIPE_SIZE_MAX, RECIPE_DEPTH_MAX);
	return false;
}

/* Goods are taken from stock even where they have a recipe: a production has made them. */
static bool is_taken_apart(Store *store, int64_t item_id, bool *ret, GError **error)
{
	StoreStatement *row = store_statement(store, "office/recipe/item");
	StoreStep step;

	store_bind_int(row, 1, item_id);
	step = store_step(row, error);
	*ret = step == STORE_ROW && strcmp(store_get_text(row, 1), "kit") == 0;
	store_reset(row);
	return step != STORE_FAILED;
}

static Recipe *read_recipe(Explosion *self, int64_t item_id, int depth, GError **error)
{
	bool apart = true;

	if (depth > 0 && (!is_taken_apart(self->store, item_id, &apart, error) || !apart))
		return NULL;
	return recipe_read(self->store, item_id, self->day, error);
}

static bool visit(Explosion *self, int64_t item_id, int depth, GError **error)
{
	g_autoptr(GError) failed = NULL;
	Recipe *recipe;
	Node *node;

	if (g_hash_table_contains(self->nodes, &item_id))
		return true;
	recipe = read_recipe(self, item_id, depth, &failed);
	if (failed != NULL) {
		g_propagate_error(error, g_steal_pointer(&failed));
		return false;
	}
	node = recipe != NULL ? g_new0(Node, 1) : NULL;
	if (node != NULL)
		node->recipe = recipe;
	g_hash_table_insert(self->nodes, g_memdup2(&item_id, sizeof(item_id)), node);
	if (node == NULL)
		return true;
	if (depth >= RECIPE_DEPTH_MAX || self->order->len >= RECIPE_SIZE_MAX)
		return refuse_size(error);
	for (guint i = 0; i < recipe->lines->len; i++)
		if (!visit(self, g_array_index(recipe->lines, RecipeLine, i).item_id, depth + 1,
			   error))
			return false;
	g_ptr_array_add(self->order, node);
	return true;
}

/* --- quantities ---------------------------------------------------------------------------- */

static bool add_to(int64_t *sum, int64_t more)
{
	return !__builtin_add_overflow(*sum, more, sum);
}

static bool need_of_line(const Node *node, const RecipeLine *line, int64_t *ret)
{
	int64_t num, den;

	return !__builtin_mul_overflow(line->quantity, WHOLE, &num) &&
	       !__builtin_mul_overflow(node->recipe->yield, WHOLE - line->loss, &den) &&
	       scale_int64(node->need, num, den, ROUND_HALF_AWAY, ret);
}

static bool add_need(Explosion *self, int64_t item_id, int64_t need)
{
	Node *node = g_hash_table_lookup(self->nodes, &item_id);
	int64_t *sum = g_hash_table_lookup(self->needs, &item_id);
	gpointer key;

	if (node != NULL)
		return add_to(&node->need, need);
	if (sum == NULL) {
		sum = g_new0(int64_t, 1);
		g_hash_table_lookup_extended(self->nodes, &item_id, &key, NULL);
		g_hash_table_insert(self->needs, key, sum);
	}
	return add_to(sum, need);
}

/* What a thing is in comes before it: its need is whole when it is taken apart. */
static bool take_apart(Explosion *self, GError **error)
{
	for (guint i = self->order->len; i > 0; i--) {
		const Node *node = self->order->pdata[i - 1];

		for (guint j = 0; j < node->recipe->lines->len; j++) {
			const RecipeLine *line = &g_array_index(node->recipe->lines, RecipeLine, j);
			int64_t need;

			if (need_of_line(node, line, &need) && add_need(self, line->item_id, need))
				continue;
			g_set_error(error, DOCUMENT_ERROR, DOCUMENT_ERROR_INVALID,
				    _("So much cannot be made at once: the quantities of its "
				      "components would be too large."));
			return false;
		}
	}
	return true;
}

static int by_item(gconstpointer a, gconstpointer b)
{
	const RecipeLine *left = a, *right = b;

	return (left->item_id > right->item_id) - (left->item_id < right->item_id);
}

static GArray *list_needs(const Explosion *self)
{
	GArray *lines = g_array_new(false, true, sizeof(RecipeLine));
	GHashTableIter iter;
	gpointer key, value;

	g_hash_table_iter_init(&iter, self->needs);
	while (g_hash_table_iter_next(&iter, &key, &value)) {
		RecipeLine line = { .item_id = *(int64_t *)key, .quantity = *(int64_t *)value };

		g_array_append_val(lines, line);
	}
	g_array_sort(lines, by_item);
	return lines;
}

GArray *recipe_explode(Store *store, int64_t item_id, int64_t quantity, int32_t day, GError **error)
{
	g_auto(Explosion) explosion = { 0 };
	Node *top;

	explosion_init(&explosion, store, day);
	if (!visit(&explosion, item_id, 0, error))
		return NULL;
	top = g_hash_table_lookup(explosion.nodes, &item_id);
	if (top != NULL)
		top->need = quantity;
	return take_apart(&explosion, error) ? list_needs(&explosion) : NULL;
}

/* --- what can be sold ---------------------------------------------------------------------- */

static bool read_stock(Store *store, int64_t shop_id, int64_t item_id, int64_t *ret, GError **error)
{
	StoreStatement *row = store_statement(store, "office/state/quantity");

	store_bind_int(row, 1, shop_id);
	store_bind_int(row, 2, item_id);
	if (store_step(row, error) != STORE_ROW)
		return false;
	*ret = store_get_int(row, 0);
	store_reset(row);
	return true;
}

/* Whether @needs lie there; *ret_least: for how much, by the rule of three, of what needs them. */
static bool least_of(Store *store, int64_t shop_id, const GArray *needs, int64_t quantity,
		     int64_t *ret_least, GError **error)
{
	*ret_least = G_MAXINT64;
	for (guint i = 0; i < needs->len; i++) {
		const RecipeLine *need = &g_array_index(needs, RecipeLine, i);
		int64_t stock, enough;

		if (!read_stock(store, shop_id, need->item_id, &stock, error))
			return false;
		if (need->quantity <= 0)
			continue;
		if (stock <= 0 ||
		    !scale_int64(stock, quantity, need->quantity, ROUND_DOWN, &enough))
			enough = stock <= 0 ? 0 : G_MAXINT64;
		*ret_least = MIN(*ret_least, enough);
	}
	return true;
}

static bool is_piecewise(Store *store, int64_t item_id, bool *ret, GError **error)
{
	StoreStatement *row = store_statement(store, "office/state/weighed");
	StoreStep step;

	store_bind_int(row, 1, item_id);
	step = store_step(row, error);
	*ret = step != STORE_ROW || store_get_int(row, 0) == 0;
	store_reset(row);
	return step != STORE_FAILED;
}

/* The parts of one are rounded to the millionth; those of a million together as good as not. */
#define MANY (INT64_C(1000000) * QUANTITY_ONE)

static bool estimate(Store *store, int64_t shop_id, int64_t item_id, int32_t day, int64_t quantity,
		     int64_t *ret, GError **error)
{
	g_autoptr(GArray) needs = recipe_explode(store, item_id, quantity, day, error);

	if (needs == NULL)
		return false;
	if (needs->len == 0)
		return read_stock(store, shop_id, item_id, ret, error);
	return least_of(store, shop_id, needs, quantity, ret, error);
}

/* The rule of three says about @guess; what counts is what would be taken of so many at once. */
static bool round_to_whole(Store *store, int64_t shop_id, int64_t item_id, int32_t day,
			   int64_t guess, int64_t *ret, GError **error)
{
	const int64_t n = guess / QUANTITY_ONE * QUANTITY_ONE;
	int64_t least;

	for (int64_t more = QUANTITY_ONE; more >= -QUANTITY_ONE; more -= QUANTITY_ONE) {
		*ret = MAX(0, n + more);
		if (*ret == 0)
			return true;
		if (!estimate(store, shop_id, item_id, day, *ret, &least, error))
			return false;
		if (least >= *ret)
			return true;
	}
	return true;
}

bool recipe_available(Store *store, int64_t shop_id, int64_t item_id, int64_t *ret, GError **error)
{
	g_auto(ShopDays) days = { 0 };
	g_autoptr(Recipe) recipe = NULL;
	g_autoptr(GError) failed = NULL;
	bool piecewise;
	int64_t guess;
	int32_t day;

	if (!shop_days_init(&days, store, shop_id, error) ||
	    !is_piecewise(store, item_id, &piecewise, error))
		return false;
	day = shop_days_today(&days);
	recipe = recipe_read(store, item_id, day, &failed);
	if (failed != NULL) {
		g_propagate_error(error, g_steal_pointer(&failed));
		return false;
	}
	if (recipe == NULL)
		return read_stock(store, shop_id, item_id, ret, error);
	if (!estimate(store, shop_id, item_id, day, MANY, &guess, NULL) &&
	    !estimate(store, shop_id, item_id, day, QUANTITY_ONE, &guess, error))
		return false;
	if (piecewise && guess < MANY)
		return round_to_whole(store, shop_id, item_id, day, guess, ret, error);
	*ret = guess;
	return true;
}
