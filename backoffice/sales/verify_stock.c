/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/sales/verify_stock.h"

#include "core/money.h"
#include "core/quantity.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

/* What stands there. */
typedef struct {
	int64_t quantity, value;
	int64_t difference; /* so far */
	int64_t average; /* millionths of a minor unit */
} Stand;

/* In the order of office/verify/replay. */
typedef struct {
	int64_t shop_id, item_id, at, place, id;
	bool corrects, reverses;
	int64_t quantity, value, difference, average;
	bool is_fixed, is_counted, is_revalued;
	int64_t fixed, counted, revalued;
} Row;

typedef struct {
	Stand told; /* by the rules */
	Stand recorded;
	Row first; /* of the place that is being read; id 0: none yet */
	Stand of_place; /* what its rows say together */
	int n_reversed;
	bool has_no_order; /* of this item */
	int64_t average; /* that its balance says it has now */

	/* owned */
	char *name; /* of the item */

	/* borrowed */
	Store *store;
	Verdict *verdict;
} Replay;

static void replay_clear(Replay *self)
{
	g_free(self->name);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Replay, replay_clear)

/* --- the rules ----------------------------------------------------------------------------- */

#define ONE_AVERAGE (QUANTITY_ONE * INT64_C(1000000))

static bool worth(int64_t quantity, int64_t average, int64_t *ret)
{
	return scale_int64(quantity, average, ONE_AVERAGE, ROUND_HALF_AWAY, ret);
}

static bool sale_of_some(const Stand *before, int64_t left, int64_t *ret)
{
	int64_t gone;

	return scale_int64(before->value, before->quantity - left, before->quantity,
			   ROUND_HALF_AWAY, &gone) &&
	       !__builtin_sub_overflow(before->value, gone, ret);
}

/* @stand->quantity is what stands after it. */
static bool at_average(const Stand *before, Stand *stand)
{
	int64_t more;

	if (stand->quantity == 0) {
		stand->value = 0;
		return true;
	}
	if ((before->quantity < 0 && stand->quantity > 0) ||
	    (before->quantity > 0 && stand->quantity < 0))
		return worth(stand->quantity, before->average, &stand->value);
	if (before->quantity > stand->quantity && stand->quantity > 0)
		return sale_of_some(before, stand->quantity, &stand->value);
	return worth(stand->quantity - before->quantity, before->average, &more) &&
	       !__builtin_add_overflow(before->value, more, &stand->value);
}

static bool at_document(const Stand *before, const Row *row, Stand *stand)
{
	const bool covers = row->quantity > 0 && before->quantity < 0;
	int64_t sum, rest;

	if (__builtin_add_overflow(before->value, row->fixed, &sum))
		return false;
	stand->value = sum;
	if (covers && !scale_int64(stand->quantity, row->fixed, row->quantity, ROUND_HALF_AWAY,
				   &stand->value))
		return false;
	if (row->quantity <= 0 && (stand->quantity == 0 || (stand->quantity > 0 && sum < 0)))
		stand->value = 0;
	if (__builtin_sub_overflow(stand->value, sum, &rest) ||
	    __builtin_add_overflow(before->difference, rest, &stand->difference))
		return false;
	if (covers)
		return scale_int64(row->fixed, ONE_AVERAGE, row->quantity, ROUND_HALF_AWAY,
				   &stand->average);
	if (row->quantity > 0)
		return scale_int64(stand->value, ONE_AVERAGE, stand->quantity, ROUND_HALF_AWAY,
				   &stand->average);
	return stand->quantity <= 0 || stand->value <= 0 ||
	       scale_int64(stand->value, ONE_AVERAGE, stand->quantity, ROUND_HALF_AWAY,
			   &stand->average) ||
	       stand->average == before->average;
}

static bool tell(Stand *stand, const Row *row)
{
	const Stand before = *stand;

	if (row->is_revalued) {
		stand->average = row->revalued;
		return worth(before.quantity, row->revalued, &stand->value);
	}
	if (row->is_counted)
		stand->quantity = row->counted;
	else if (__builtin_add_overflow(before.quantity, row->quantity, &stand->quantity))
		return false;
	return row->is_fixed ? at_document(&before, row, stand) : at_average(&before, stand);
}

/* --- comparing ----------------------------------------------------------------------------- */

static bool broken(Replay *self, const char *format)
{
	self->verdict->broken = g_strdup_printf(format, self->name, self->first.id);
	return false;
}

static bool add(Stand *sum, const Row *row)
{
	return !__builtin_add_overflow(sum->quantity, row->quantity, &sum->quantity) &&
	       !__builtin_add_overflow(sum->value, row->value, &sum->value) &&
	       !__builtin_add_overflow(sum->difference, row->difference, &sum->difference) &&
	       !__builtin_add_overflow(sum->average, row->average, &sum->average);
}

static bool is_nothing(const Stand *s)
{
	return s->quantity == 0 && s->value == 0 && s->difference == 0 && s->average == 0;
}

static bool agree(const Stand *a, const Stand *b)
{
	return a->quantity == b->quantity && a->value == b->value &&
	       a->difference == b->difference && a->average == b->average;
}

/* All rows of a place are read: what did they do? */
static bool end_place(Replay *self)
{
	const Row sums = { .quantity = self->of_place.quantity,
			   .value = self->of_place.value,
			   .difference = self->of_place.difference };

	if (self->first.id == 0 || self->has_no_order)
		return true;
	if (self->n_reversed > 1)
		return broken(self, _("stock of “%s”: row %" PRId64 " was taken back twice"));
	if (self->n_reversed == 1)
		return is_nothing(&self->of_place) ||
		       broken(self,
			      _("stock of “%s”: row %" PRId64 " was not taken back as a whole"));
	self->recorded.average = self->of_place.average;
	if (!add(&self->recorded, &sums) || !tell(&self->told, &self->first) ||
	    !agree(&self->told, &self->recorded))
		return broken(self, _("stock of “%s”: row %" PRId64
				      " does not follow from those before it"));
	return true;
}

static bool end_item(Replay *self)
{
	if (!end_place(self))
		return false;
	return self->first.id == 0 || self->has_no_order || self->told.average == self->average ||
	       broken(self, _("stock of “%s”: after row %" PRId64
			      " the average is another than that of the balance"));
}

static bool begin_item(Replay *self, const Row *row, GError **error)
{
	StoreStatement *read = store_statement(self->store, "office/verify/replay_item");

	store_bind_int(read, 1, row->shop_id);
	store_bind_int(read, 2, row->item_id);
	if (store_step(read, error) != STORE_ROW)
		return false;
	self->told = (Stand){ .average = store_get_int(read, 0) };
	self->recorded = self->told;
	self->average = store_get_int(read, 1);
	self->has_no_order = store_get_int(read, 2) != 0;
	g_free(self->name);
	self->name = g_strdup(store_get_text(read, 3));
	store_reset(read);
	return true;
}

/* --- reading ------------------------------------------------------------------------------- */

static Row read_row(StoreStatement *s)
{
	return (Row){ .shop_id = store_get_int(s, 0),
		      .item_id = store_get_int(s, 1),
		      .at = store_get_int(s, 2),
		      .place = store_get_int(s, 3),
		      .id = store_get_int(s, 4),
		      .corrects = store_get_int(s, 5) != 0,
		      .reverses = store_get_int(s, 6) != 0,
		      .quantity = store_get_int(s, 7),
		      .value = store_get_int(s, 8),
		      .difference = store_get_int(s, 9),
		      .average = store_get_int(s, 10),
		      .is_fixed = !store_is_null(s, 11),
		      .is_counted = !store_is_null(s, 12),
		      .is_revalued = !store_is_null(s, 13),
		      .fixed = store_get_int(s, 11),
		      .counted = store_get_int(s, 12),
		      .revalued = store_get_int(s, 13) };
}

static bool begin_place(Replay *self, const Row *row)
{
	self->first = *row;
	self->of_place = (Stand){ 0 };
	self->n_reversed = 0;
	if (row->id != row->place || row->corrects || row->reverses)
		return broken(self, _("stock of “%s”: row %" PRId64 " corrects none"));
	return true;
}

static bool is_new_item(const Replay *self, const Row *row)
{
	return self->first.id == 0 || row->shop_id != self->first.shop_id ||
	       row->item_id != self->first.item_id;
}

/* False with a broken place in the verdict, or with an error. */
static bool take_row(Replay *self, const Row *row, GError **error)
{
	const bool item = is_new_item(self, row);

	if (item && (!end_item(self) || !begin_item(self, row, error)))
		return false;
	if (item || row->at != self->first.at || row->place != self->first.place) {
		if ((!item && !end_place(self)) || !begin_place(self, row))
			return false;
	} else if (!row->corrects && !row->reverses) {
		return broken(self,
			      _("stock of “%s”: another row stands in the place of %" PRId64));
	}
	self->n_reversed += row->reverses;
	return add(&self->of_place, row) ||
	       broken(self, _("stock of “%s”: row %" PRId64 " is too large"));
}

bool verify_stock(Store *store, Verdict *ret, GError **error)
{
	StoreStatement *read = store_statement(store, "office/verify/replay");
	g_auto(Replay) self = { .store = store, .verdict = ret };
	StoreStep step;

	while ((step = store_step(read, error)) == STORE_ROW) {
		Row row = read_row(read);

		if (!take_row(&self, &row, error)) {
			store_reset(read);
			return ret->broken != NULL;
		}
	}
	if (step == STORE_DONE)
		end_item(&self);
	return step == STORE_DONE;
}
