/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/buying/price_list_take.h"

#include "backoffice/goods/item.h"
#include "core/money.h"
#include "core/quantity.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

void price_list_taker_init(PriceListTaker *self, Store *store, PriceListResult *result,
			   const SupplierGoodsPut *put)
{
	*self = (PriceListTaker){ .store = store, .result = result, .put = *put };
	self->lines = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
}

void price_list_taker_clear(PriceListTaker *self)
{
	g_clear_pointer(&self->lines, g_hash_table_unref);
	g_clear_pointer(&self->other, g_free);
}

/* --- whose row it is ----------------------------------------------------------------------- */

/* What the row's codes say. */
typedef struct {
	int64_t item_id; /* 0: not known */
	int64_t pack_id, factor; /* of the barcode; 0: single */
} Found;

static bool find_code(PriceListTaker *self, const char *code, int64_t *ret, GError **error)
{
	StoreStatement *row = store_statement(self->store, "office/buying/find_code");
	StoreStep step;

	*ret = 0;
	if (*code == '\0')
		return true;
	store_bind_int(row, 1, self->put.supplier_id);
	store_bind_text(row, 2, code);
	step = store_step(row, error);
	*ret = step == STORE_ROW ? store_get_int(row, 0) : 0;
	store_reset(row);
	return step != STORE_FAILED;
}

static bool find_scan(PriceListTaker *self, const char *code, Found *ret, GError **error)
{
	GError *failed = NULL;
	ItemScan scan;

	*ret = (Found){ 0 };
	if (*code == '\0')
		return true;
	if (item_find_scan(self->store, code, &scan, &failed)) {
		*ret = (Found){ .item_id = scan.item_id,
				.pack_id = scan.pack_id,
				.factor = scan.pack_id != 0 ? scan.quantity : 0 };
		return true;
	}
	if (failed != NULL)
		g_propagate_error(error, failed);
	return failed == NULL;
}

/* Whether the goods stand under that code with somebody else. */
static bool count_other(PriceListTaker *self, const char *code, int64_t item_id, GError **error)
{
	StoreStatement *row = store_statement(self->store, "office/buying/code_of_others");
	StoreStep step;

	store_bind_int(row, 1, self->put.supplier_id);
	store_bind_text(row, 2, code);
	store_bind_int(row, 3, item_id);
	step = store_step(row, error);
	if (step == STORE_ROW) {
		self->others++;
		if (self->other == NULL)
			self->other = g_strdup(store_get_text(row, 0));
	}
	store_reset(row);
	return step != STORE_FAILED;
}

/* The supplier's own code first, then the barcode, then a code that is ours. */
static bool find(PriceListTaker *self, const PriceListDraft *draft, Found *ret, char **ret_reason,
		 GError **error)
{
	Found ours;
	int64_t known;

	if (!find_code(self, draft->code, &known, error) ||
	    !find_scan(self, draft->barcode, ret, error))
		return false;
	if (known != 0)
		self->own++;
	if (known != 0 && ret->item_id != 0 && ret->item_id != known) {
		*ret_reason = g_strdup_printf(_("the code %s is that of other goods than the "
						"barcode %s"),
					      draft->code, draft->barcode);
		return true;
	}
	if (known != 0 && ret->item_id == 0)
		*ret = (Found){ .item_id = known };
	if (ret->item_id == 0) {
		if (!find_scan(self, draft->code, &ours, error))
			return false;
		*ret = ours;
	}
	return known != 0 || ret->item_id == 0 || *draft->code == '\0' ||
	       count_other(self, draft->code, ret->item_id, error);
}

/* --- what it costs ------------------------------------------------------------------------- */

/* Of one unit. False: why not. */
static bool unit_cost(const PriceListDraft *draft, const Found *found, int64_t factor, int64_t *ret,
		      char **ret_reason)
{
	int64_t of_pack = draft->cost < 0 ? draft->pack_cost : draft->cost;

	*ret = draft->cost;
	if (draft->cost >= 0 && found->factor == 0)
		return true;
	if (factor == 0) {
		*ret_reason = g_strdup(_("it has the price of a pack, and nobody says how many are "
					 "in it"));
		return false;
	}
	if (scale_int64(of_pack, QUANTITY_ONE, factor, ROUND_HALF_AWAY, ret) && *ret > 0)
		return true;
	*ret_reason = g_strdup(_("one unit of the pack would cost nothing"));
	return false;
}

static bool find_pack(PriceListTaker *self, SupplierGoods *goods, GError **error)
{
	StoreStatement *row = store_statement(self->store, "office/buying/pack_of");
	StoreStep step;

	store_bind_int(row, 1, goods->item_id);
	store_bind_int(row, 2, goods->factor);
	step = store_step(row, error);
	goods->pack_id = step == STORE_ROW ? store_get_int(row, 0) : 0;
	store_reset(row);
	return step != STORE_FAILED;
}

/* --- taking -------------------------------------------------------------------------------- */

static PriceListRow *add_row(PriceListTaker *self, int64_t line, const PriceListDraft *draft)
{
	PriceListRow *row = g_new0(PriceListRow, 1);

	row->fate = PRICE_LIST_UNKNOWN;
	row->line = line;
	row->name = g_strdup(draft->name);
	row->code = g_strdup(draft->code);
	row->barcode = g_strdup(draft->barcode);
	row->after = draft->cost >= 0 ? draft->cost : draft->pack_cost;
	row->factor = draft->factor;
	g_ptr_array_add(self->result->rows, row);
	return row;
}

/* What stands of it in the list, or a new one; NULL: failed. */
static SupplierGoods *open_goods(PriceListTaker *self, int64_t item_id, bool *ret_had,
				 GError **error)
{
	g_autoptr(GPtrArray) had =
		supplier_goods_list(self->store, self->put.supplier_id, item_id, NULL, 1, error);

	if (had == NULL)
		return NULL;
	*ret_had = had->len > 0;
	return *ret_had ? g_ptr_array_steal_index(had, 0) : supplier_goods_new(item_id);
}

static bool name_goods(PriceListTaker *self, PriceListRow *row, GError **error)
{
	GError *failed = NULL;
	g_autoptr(Goods) goods = goods_find(self->store, row->item_id, &failed);

	if (failed != NULL)
		g_propagate_error(error, failed);
	if (goods == NULL)
		return failed == NULL;
	g_free(row->name);
	row->name = g_strdup(goods->name);
	row->has_price = goods->has_price;
	row->price = goods->price;
	return true;
}

static void set_code(SupplierGoods *goods, const char *code)
{
	if (*code == '\0')
		return;
	g_free(goods->code);
	goods->code = g_strdup(code);
}

static void count_row(PriceListTaker *self, PriceListRow *row, bool same)
{
	row->fate = !row->had ? PRICE_LIST_NEW : same ? PRICE_LIST_SAME : PRICE_LIST_CHANGED;
	self->result->same += same;
	self->result->changed += !same;
	self->result->rises += row->had && row->after > row->before;
}

/* @goods is what it was until now. */
static bool put_goods(PriceListTaker *self, SupplierGoods *goods, PriceListRow *row,
		      const PriceListDraft *draft, const Found *found, int64_t cost, GError **error)
{
	int64_t factor = draft->factor != 0 ? draft->factor : found->factor;
	bool same = row->had && goods->cost == cost &&
		    (*draft->code == '\0' || strcmp(goods->code, draft->code) == 0) &&
		    (factor == 0 || factor == goods->factor);

	row->before = goods->cost;
	row->after = cost;
	row->factor = factor;
	count_row(self, row, same);
	if (same)
		return true;
	goods->has_cost = true;
	goods->cost = cost;
	set_code(goods, draft->code);
	if (factor != 0) {
		goods->factor = factor;
		if (!find_pack(self, goods, error))
			return false;
	}
	return supplier_goods_put(self->store, &self->put, goods, error);
}

static bool take_known(PriceListTaker *self, int64_t line, const PriceListDraft *draft,
		       const Found *found, char **ret_reason, GError **error)
{
	g_autoptr(SupplierGoods) goods = NULL;
	int64_t factor = draft->factor != 0 ? draft->factor : found->factor, cost;
	PriceListRow *row;
	bool there;

	goods = open_goods(self, found->item_id, &there, error);
	if (goods == NULL)
		return false;
	if (!unit_cost(draft, found, factor != 0 ? factor : goods->factor, &cost, ret_reason))
		return true;
	row = add_row(self, line, draft);
	row->item_id = found->item_id;
	row->had = there && goods->has_cost;
	return name_goods(self, row, error) &&
	       put_goods(self, goods, row, draft, found, cost, error);
}

bool price_list_take(PriceListTaker *self, int64_t line, const PriceListDraft *draft,
		     char **ret_reason, GError **error)
{
	const int64_t *before;
	Found found;

	*ret_reason = NULL;
	if (!find(self, draft, &found, ret_reason, error))
		return false;
	if (*ret_reason != NULL)
		return true;
	if (found.item_id == 0) {
		add_row(self, line, draft);
		self->result->unknown++;
		return true;
	}
	before = g_hash_table_lookup(self->lines, &found.item_id);
	if (before != NULL) {
		*ret_reason = g_strdup_printf(_("these goods stand in line %" PRId64 " already"),
					      *before);
		return true;
	}
	if (!take_known(self, line, draft, &found, ret_reason, error))
		return false;
	if (*ret_reason == NULL)
		g_hash_table_insert(self->lines, g_memdup2(&found.item_id, sizeof(found.item_id)),
				    g_memdup2(&line, sizeof(line)));
	return true;
}
