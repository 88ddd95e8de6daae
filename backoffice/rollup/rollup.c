/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/rollup/rollup_private.h"

#include "backoffice/people/counter.h"

G_DEFINE_QUARK(baraa_rollup_error, rollup_error)

static guint hash_key(gconstpointer data)
{
	const RollupKey *key = data;
	uint64_t hash = (uint64_t)key->day;

	for (size_t i = 0; i < G_N_ELEMENTS(key->numbers); i++)
		hash = hash * 0x9e3779b97f4a7c15u + (uint64_t)key->numbers[i];
	hash = hash * 0x9e3779b97f4a7c15u + (uintptr_t)key->text;
	return (guint)(hash >> 32);
}

static gboolean same_key(gconstpointer a, gconstpointer b)
{
	const RollupKey *one = a, *other = b;

	return one->day == other->day && one->numbers[0] == other->numbers[0] &&
	       one->numbers[1] == other->numbers[1] && one->numbers[2] == other->numbers[2] &&
	       one->text == other->text;
}

static const char *keep_text(Rollup *self, const char *text)
{
	return *text == '\0' ? "" : g_string_chunk_insert_const(self->texts, text);
}

Rollup *rollup_new(Store *store, int64_t shop_id)
{
	Rollup *self = g_new0(Rollup, 1);

	self->store = store;
	self->shop_id = shop_id;
	self->texts = g_string_chunk_new(1024);
	for (RollupTable table = 0; table < ROLLUP_N_TABLES; table++)
		self->tables[table] = g_hash_table_new_full(hash_key, same_key, g_free, NULL);
	return self;
}

void rollup_free(Rollup *self)
{
	if (self == NULL)
		return;
	for (RollupTable table = 0; table < ROLLUP_N_TABLES; table++)
		g_hash_table_unref(self->tables[table]);
	g_string_chunk_free(self->texts);
	g_free(self);
}

/* --- groups -------------------------------------------------------------------------------- */

static bool make_group(Store *store, const char *path, int64_t *ret, GError **error)
{
	StoreStatement *insert;

	if (!counter_take(store, "item-group", ret, error))
		return false;
	insert = store_statement(store, "office/rollup/insert_group");
	store_bind_int(insert, 1, *ret);
	store_bind_text(insert, 2, path);
	return store_run(insert, error);
}

bool rollup_group(Store *store, const char *path, int64_t *ret, GError **error)
{
	StoreStatement *read = store_statement(store, "office/rollup/group");
	StoreStep step;

	store_bind_text(read, 1, path);
	step = store_step(read, error);
	if (step == STORE_DONE)
		return make_group(store, path, ret, error);
	if (step == STORE_ROW)
		*ret = store_get_int(read, 0);
	store_reset(read);
	return step == STORE_ROW;
}

/* --- rows ---------------------------------------------------------------------------------- */

static RollupRow *touch(Rollup *self, RollupTable table, RollupKey key)
{
	RollupRow *row = g_hash_table_lookup(self->tables[table], &key);

	if (row != NULL)
		return row;
	row = g_new0(RollupRow, 1);
	row->key = key;
	g_hash_table_add(self->tables[table], row);
	return row;
}

static RollupRow *touch_day(Rollup *self, int32_t day)
{
	return touch(self, ROLLUP_DAY, (RollupKey){ .day = day, .text = "" });
}

static RollupRow *touch_item(Rollup *self, int32_t day, int64_t item_id, int64_t group_id,
			     const char *other)
{
	return touch(self, ROLLUP_ITEM,
		     (RollupKey){ .day = day, .numbers = { item_id, group_id }, .text = other });
}

static RollupRow *touch_group(Rollup *self, int32_t day, int64_t group_id)
{
	return touch(self, ROLLUP_GROUP,
		     (RollupKey){ .day = day, .numbers = { group_id }, .text = "" });
}

static RollupRow *touch_hour(Rollup *self, int32_t day, int hour, int64_t till_id,
			     int64_t cashier_id)
{
	return touch(
		self, ROLLUP_HOUR,
		(RollupKey){ .day = day, .numbers = { hour, till_id, cashier_id }, .text = "" });
}

static bool add(int64_t *sum, int64_t more)
{
	return !__builtin_add_overflow(*sum, more, sum);
}

static bool add_amounts(RollupAmounts *sum, const RollupAmounts *more)
{
	return add(&sum->gross, more->gross) && add(&sum->discount, more->discount) &&
	       add(&sum->tax, more->tax) && add(&sum->added, more->added) &&
	       add(&sum->net, more->net);
}

static bool too_large(int32_t day, GError **error)
{
	g_set_error(error, ROLLUP_ERROR, ROLLUP_ERROR_TOO_LARGE,
		    "a sum of the sales of %d would not fit", day);
	return false;
}

/* --- receipts ------------------------------------------------------------------------------ */

bool rollup_add_receipt(Rollup *self, const RollupReceipt *receipt, GError **error)
{
	RollupRow *day = touch_day(self, receipt->day);
	RollupRow *hour = touch_hour(self, receipt->day, receipt->hour, receipt->till_id,
				     receipt->cashier_id);

	self->receipt = *receipt;
	self->n_receipts++;
	day->heard_at = MAX(day->heard_at, receipt->heard_at);
	hour->receipts++;
	hour->returns += receipt->is_return;
	return (add_amounts(&hour->amounts, &receipt->amounts) &&
		add(&hour->rounding, receipt->rounding) &&
		add(&hour->returned, receipt->is_return ? receipt->amounts.net : 0)) ||
	       too_large(receipt->day, error);
}

static bool count_line(const Rollup *self, RollupRow *row, const RollupLine *line)
{
	row->receipts += row->last_receipt != self->n_receipts;
	row->last_receipt = self->n_receipts;
	return add(&row->quantity, line->quantity) && add_amounts(&row->amounts, &line->amounts);
}

bool rollup_add_line(Rollup *self, const RollupLine *line, GError **error)
{
	const RollupReceipt *in = &self->receipt;

	self->place =
		(RollupPlace){ .till_id = in->till_id,
			       .seq = in->seq,
			       .line = line->line,
			       .day = in->day,
			       .hour = in->hour,
			       .cashier_id = in->cashier_id,
			       .item_id = line->item_id,
			       .group_id = line->group_id,
			       .other = keep_text(self, line->item_id == 0 ? line->name : "") };
	touch_hour(self, in->day, in->hour, in->till_id, in->cashier_id)->lines++;
	return (count_line(
			self,
			touch_item(self, in->day, line->item_id, line->group_id, self->place.other),
			line) &&
		count_line(self, touch_group(self, in->day, line->group_id), line)) ||
	       too_large(in->day, error);
}

bool rollup_add_payment(Rollup *self, const char *kind, int64_t amount, GError **error)
{
	const RollupReceipt *in = &self->receipt;
	RollupRow *row = touch(self, ROLLUP_PAYMENT,
			       (RollupKey){ .day = in->day,
					    .numbers = { in->till_id, in->cashier_id },
					    .text = keep_text(self, kind) });

	row->receipts++;
	return add(&row->amount, amount) || too_large(in->day, error);
}

bool rollup_add_tax(Rollup *self, const char *code, int64_t rate, bool inclusive, int64_t base,
		    int64_t amount, GError **error)
{
	const int32_t day = self->receipt.day;
	RollupRow *row = touch(self, ROLLUP_TAX,
			       (RollupKey){ .day = day,
					    .numbers = { rate, inclusive },
					    .text = keep_text(self, code) });

	return (add(&row->base, base) && add(&row->amount, amount)) || too_large(day, error);
}

/* --- what it cost -------------------------------------------------------------------------- */

static bool add_cost(Rollup *self, const RollupPlace *place, int64_t cost, GError **error)
{
	RollupRow *item =
		touch_item(self, place->day, place->item_id, place->group_id, place->other);
	RollupRow *group = touch_group(self, place->day, place->group_id);
	RollupRow *hour =
		touch_hour(self, place->day, place->hour, place->till_id, place->cashier_id);

	touch_day(self, place->day);
	return (add(&item->cost, cost) && add(&group->cost, cost) && add(&hour->cost, cost)) ||
	       too_large(place->day, error);
}

static bool read_place(Rollup *self, int64_t till_id, int64_t seq, int line, RollupPlace *ret,
		       GError **error)
{
	StoreStatement *read = store_statement(self->store, "office/rollup/line");
	StoreStep step;

	*ret = (RollupPlace){ .till_id = till_id, .seq = seq, .line = line };
	store_bind_int(read, 1, self->shop_id);
	store_bind_int(read, 2, till_id);
	store_bind_int(read, 3, seq);
	store_bind_int(read, 4, line);
	step = store_step(read, error);
	if (step == STORE_ROW) {
		ret->day = (int32_t)store_get_int(read, 0);
		ret->hour = (int)store_get_int(read, 1);
		ret->cashier_id = store_get_int(read, 2);
		ret->item_id = store_get_int(read, 3);
		ret->group_id = store_get_int(read, 4);
		ret->other = keep_text(self, store_get_text(read, 5));
	}
	store_reset(read);
	return step != STORE_FAILED;
}

bool rollup_add_cost(Rollup *self, int64_t till_id, int64_t seq, int line, int64_t cost,
		     GError **error)
{
	RollupPlace *place = &self->place;

	if (cost == 0)
		return true;
	if ((place->till_id != till_id || place->seq != seq || place->line != line) &&
	    !read_place(self, till_id, seq, line, place, error))
		return false;
	return place->day == 0 || add_cost(self, place, cost, error);
}

bool rollup_add_difference(Rollup *self, int32_t day, int64_t item_id, int64_t group_id,
			   int64_t cost, GError **error)
{
	const RollupPlace nowhere = {
		.day = day, .item_id = item_id, .group_id = group_id, .other = ""
	};

	return add_cost(self, &nowhere, cost, error);
}

bool rollup_finish(Rollup *self, GError **error)
{
	if (!rollup_write(self, error))
		return false;
	for (RollupTable table = 0; table < ROLLUP_N_TABLES; table++)
		g_hash_table_remove_all(self->tables[table]);
	return true;
}
