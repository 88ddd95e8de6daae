/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/goods/price_note.h"
#include "backoffice/people/counter.h"
#include "backoffice/people/rights.h"
#include "backoffice/prices/price_book.h"
#include "backoffice/prices/price_write.h"

#include <glib/gi18n-lib.h>
#include <jansson.h>

/* Sets of one call. */
typedef struct {
	/* owned */
	GPtrArray *kinds;
	Touched *touched;

	/* borrowed */
	Store *store;
	const char *how;

	int64_t person_id, now;
} Setter;

static void setter_clear(Setter *self)
{
	g_clear_pointer(&self->kinds, g_ptr_array_unref);
	g_clear_pointer(&self->touched, touched_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Setter, setter_clear)

/* --- refusing ------------------------------------------------------------------------------ */

static bool refuse_derived(const Setter *self, const PriceKind *kind, GError **error)
{
	if (kind->basis == PRICE_ON_COST)
		g_set_error(error, PRICES_ERROR, PRICES_ERROR_DERIVED,
			    _("Prices of the kind “%s” follow from the cost: change the cost, or "
			      "the rule of the kind."),
			    price_kind_title(kind));
	else
		g_set_error(error, PRICES_ERROR, PRICES_ERROR_DERIVED,
			    _("Prices of the kind “%s” follow from those of “%s”: set that price, "
			      "or change the rule of the kind."),
			    price_kind_title(kind),
			    price_kind_title(kind_find(self->kinds, kind->of_kind)));
	return false;
}

static bool refuse(GError **error, PricesError code, const char *sentence)
{
	g_set_error_literal(error, PRICES_ERROR, code, sentence);
	return false;
}

static bool check(const Setter *self, const PriceSet *set, GError **error)
{
	const PriceKind *kind = kind_find(self->kinds, set->kind_id);

	if (kind == NULL)
		return refuse(error, PRICES_ERROR_INVALID,
			      _("There is no such kind of price any more."));
	if (kind->basis != PRICE_BY_HAND)
		return refuse_derived(self, kind, error);
	if (set->has_amount && set->amount < 0)
		return refuse(error, PRICES_ERROR_INVALID, _("A price cannot be below zero."));
	if (set->first_at != 0 && set->first_at <= self->now)
		return refuse(error, PRICES_ERROR_PAST,
			      _("This minute has gone: choose a later one, or set the price from "
				"now on."));
	return true;
}

/* --- writing ------------------------------------------------------------------------------- */

static void bind_key(StoreStatement *statement, const PriceSet *set, int64_t first_at)
{
	store_bind_int(statement, 1, set->item_id);
	store_bind_int(statement, 2, set->kind_id);
	store_bind_int(statement, 3, set->shop_id);
	store_bind_int(statement, 4, first_at);
}

static bool put_row(Store *store, const PriceSet *set, GError **error)
{
	StoreStatement *put = store_statement(store, "office/price/put_row");

	bind_key(put, set, set->first_at);
	if (set->has_amount)
		store_bind_int(put, 5, set->amount);
	else
		store_bind_null(put, 5);
	return store_run(put, error);
}

/* Whatever has begun is over. */
static bool end_rows(Store *store, const PriceSet *set, int64_t now, GError **error)
{
	StoreStatement *end = store_statement(store, "office/price/end_rows");

	bind_key(end, set, now);
	return store_run(end, error);
}

bool price_write_item(Store *store, int64_t item_id, bool has_amount, int64_t amount,
		      GError **error)
{
	StoreStatement *update = store_statement(store, "office/price/set_item");

	store_bind_int(update, 1, item_id);
	if (has_amount)
		store_bind_int(update, 2, amount);
	else
		store_bind_null(update, 2);
	return store_run(update, error);
}

/* A row of first_at 0 says what is in force; of retail for all shops that is item.price. */
static bool put_now(const Setter *self, const PriceSet *set, GError **error)
{
	if (!end_rows(self->store, set, self->now, error))
		return false;
	if (set->kind_id == PRICE_RETAIL && set->shop_id == 0)
		return price_write_item(self->store, set->item_id, set->has_amount, set->amount,
					error);
	return !set->has_amount || put_row(self->store, set, error);
}

static bool note(const Setter *self, const PriceSet *set, const PriceNote *change, GError **error)
{
	PriceNote whole = *change;

	whole.item_id = set->item_id;
	whole.kind_id = set->kind_id;
	whole.shop_id = set->shop_id;
	whole.first_at = set->first_at;
	whole.person_id = self->person_id;
	whole.how = self->how;
	return price_note(self->store, &whole, error);
}

/* --- one set ------------------------------------------------------------------------------- */

/* What this very kind and shop has at @at, without looking at all shops. */
static void own_at(const Known *known, const PriceSet *set, int64_t at, PriceNote *ret)
{
	const KnownRow *row = known_own(known, set->kind_id, set->shop_id, at);
	bool by_item = row == NULL && set->kind_id == PRICE_RETAIL && set->shop_id == 0;

	ret->has_before = by_item ? known->has_price : row != NULL && row->has_amount;
	ret->before = by_item ? known->price : row != NULL ? row->amount : 0;
}

static bool has_row_at(const Known *known, const PriceSet *set)
{
	const KnownRow *row = known_own(known, set->kind_id, set->shop_id, set->first_at);

	return row != NULL && row->first_at == set->first_at;
}

static bool is_same(const PriceNote *change)
{
	return change->has_before == change->has_after &&
	       (!change->has_before || change->before == change->after);
}

static bool put_one(Setter *self, const PriceSet *set, PriceNote *ret, GError **error)
{
	g_auto(Known) known = { 0 };
	bool now = set->first_at == 0;

	*ret = (PriceNote){ .has_after = set->has_amount, .after = set->amount };
	if (!check(self, set, error) ||
	    !known_read(self->store, set->item_id, set->shop_id, &known, error))
		return false;
	if (!known.is_there)
		return refuse(error, PRICES_ERROR_INVALID, _("There are no such goods any more."));
	own_at(&known, set, now ? self->now : set->first_at, ret);
	if (is_same(ret)) {
		if (now || has_row_at(&known, set))
			return true;
		/* To come, and as it would be anyway: it holds whatever is set before it. */
		ret->has_before = false;
	}
	if (!(now ? put_now(self, set, error) : put_row(self->store, set, error)))
		return false;
	touched_add(self->touched, set->item_id);
	return note(self, set, ret, error);
}

/* --- the audit ----------------------------------------------------------------------------- */

/* Of which price it speaks, where it is not retail in all shops from now on. */
static void name_key(json_t *object, const PriceSet *set)
{
	if (set->kind_id != PRICE_RETAIL)
		json_object_set_new(object, "kind", json_integer(set->kind_id));
	if (set->shop_id != 0)
		json_object_set_new(object, "shop", json_integer(set->shop_id));
	if (set->first_at != 0)
		json_object_set_new(object, "from", json_integer(set->first_at));
}

static char *amount_json(const PriceSet *key, bool has_amount, int64_t amount)
{
	json_auto_t *object = json_object();

	if (key != NULL)
		name_key(object, key);
	json_object_set_new(object, "price", has_amount ? json_integer(amount) : json_null());
	return json_dumps(object, JSON_COMPACT);
}

static bool audit_one(const Setter *self, const PriceSet *set, const PriceNote *change,
		      const char *action, GError **error)
{
	g_autofree char *subject = g_strdup_printf("%" G_GINT64_FORMAT, set->item_id);
	g_autofree char *before = amount_json(NULL, change->has_before, change->before);
	g_autofree char *after = amount_json(set, change->has_after, change->after);

	return audit_change(self->store, self->person_id, action, subject, before, after, error);
}

/* Of many at once the history has each; the audit says that it was done. */
static bool audit(const Setter *self, const PriceSet *sets, int n, const PriceNote *last,
		  GError **error)
{
	g_autofree char *detail = NULL;
	guint n_touched = touched_count(self->touched);

	if (n_touched == 0)
		return true;
	if (n == 1)
		return audit_one(self, sets, last, "price-set", error);
	detail = g_strdup_printf("{\"goods\":%u}", n_touched);
	return audit_add(self->store, self->person_id, "price-set", self->how, detail, error);
}

/* --- the calls ----------------------------------------------------------------------------- */

static bool setter_init(Setter *self, Store *store, int64_t person_id, const char *how,
			GError **error)
{
	*self = (Setter){ .store = store,
			  .person_id = person_id,
			  .how = how,
			  .now = g_get_real_time(),
			  .touched = touched_new() };
	self->kinds = price_kind_list(store, error);
	return self->kinds != NULL && rights_require(store, person_id, RIGHT_CHANGE_PRICE, error);
}

bool prices_put(Store *store, const PriceSet *sets, int n, int64_t person_id, const char *how,
		GError **error)
{
	g_auto(Setter) self = { 0 };
	PriceNote last = { 0 };

	if (!setter_init(&self, store, person_id, how, error))
		return false;
	for (int i = 0; i < n; i++)
		if (!put_one(&self, &sets[i], &last, error))
			return false;
	return touched_write(self.touched, store, error) && audit(&self, sets, n, &last, error);
}

static bool end(Store *store, bool done, GError **error)
{
	if (done)
		return store_commit(store, error);
	store_rollback(store);
	return false;
}

bool prices_set(Store *store, const PriceSet *sets, int n, int64_t person_id, const char *how,
		GError **error)
{
	return store_begin(store, error) &&
	       end(store, prices_put(store, sets, n, person_id, how, error), error);
}

/* --- taking back --------------------------------------------------------------------------- */

static bool refuse_begun(const Known *known, const PriceSet *set, GError **error)
{
	if (has_row_at(known, set))
		return refuse(error, PRICES_ERROR_PAST,
			      _("This price has begun: set another one instead."));
	return refuse(error, PRICES_ERROR_INVALID,
		      _("There is no such price to come: somebody has taken it back already, or it "
			"has begun."));
}

static bool cancel(Setter *self, const PriceSet *set, GError **error)
{
	StoreStatement *drop = store_statement(self->store, "office/price/drop_row");
	g_auto(Known) known = { 0 };
	PriceNote change = { 0 }, instead = { 0 };

	if (!known_read(self->store, set->item_id, set->shop_id, &known, error))
		return false;
	if (set->first_at <= self->now || !has_row_at(&known, set))
		return refuse_begun(&known, set, error);
	own_at(&known, set, set->first_at, &change);
	own_at(&known, set, set->first_at - 1, &instead);
	change.has_after = instead.has_before;
	change.after = instead.before;
	if (is_same(&change))
		change.has_after = false;
	bind_key(drop, set, set->first_at);
	touched_add(self->touched, set->item_id);
	return store_run(drop, error) && note(self, set, &change, error) &&
	       touched_write(self->touched, self->store, error) &&
	       audit_one(self, set, &change, "price-cancel", error);
}

bool prices_cancel(Store *store, int64_t item_id, int64_t kind_id, int64_t shop_id,
		   int64_t first_at, int64_t person_id, GError **error)
{
	PriceSet set = {
		.item_id = item_id, .kind_id = kind_id, .shop_id = shop_id, .first_at = first_at
	};
	g_auto(Setter) self = { 0 };

	if (!store_begin(store, error))
		return false;
	return end(store,
		   setter_init(&self, store, person_id, "cancel", error) &&
			   cancel(&self, &set, error),
		   error);
}

/* --- costs --------------------------------------------------------------------------------- */

bool prices_follow_cost(Store *store, const int64_t *items, int n, int64_t person_id,
			GError **error)
{
	g_autoptr(GPtrArray) kinds = price_kind_list(store, error);
	g_autoptr(Touched) touched = touched_new();
	bool any = false;

	if (kinds == NULL)
		return false;
	for (guint i = 0; i < kinds->len; i++) {
		const PriceKind *kind = kinds->pdata[i];

		any |= kind->basis == PRICE_ON_COST;
	}
	for (int i = 0; i < n && any; i++)
		touched_add(touched, items[i]);
	return touched_write(touched, store, error);
}
