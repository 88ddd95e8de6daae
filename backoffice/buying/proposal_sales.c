/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/buying/proposal_sales.h"

#include "backoffice/stock/recipe.h"
#include "backoffice/stock/shop_day.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct {
	int64_t item_id, sold;
	bool on[]; /* which of the days it was sold on */
} Sold;

struct SalesSpeed {
	Store *store; /* borrowed */
	int64_t shop_id;
	int n_days;
	GDate first;
	GHashTable *by_item; /* owned; of Sold */
	int64_t *starts; /* owned; of each day and of the one after the last, UTC microseconds */
};

void sales_speed_free(SalesSpeed *self)
{
	if (self == NULL)
		return;
	g_hash_table_unref(self->by_item);
	g_free(self->starts);
	g_free(self);
}

/* --- days ---------------------------------------------------------------------------------- */

static bool date_of(int32_t day, GDate *ret)
{
	GDateDay d = (GDateDay)(day % 100);
	GDateMonth m = (GDateMonth)(day / 100 % 100);
	GDateYear y = (GDateYear)(day / 10000);

	g_date_clear(ret, 1);
	if (!g_date_valid_dmy(d, m, y))
		return false;
	g_date_set_dmy(ret, d, m, y);
	return true;
}

static int32_t day_of(const GDate *date)
{
	return g_date_get_year(date) * 10000 + (int32_t)g_date_get_month(date) * 100 +
	       g_date_get_day(date);
}

/* Midnights on the shop's clock. */
static bool find_starts(SalesSpeed *self, GError **error)
{
	g_auto(ShopDays) days = { 0 };
	GDate date = self->first;

	if (!shop_days_init(&days, self->store, self->shop_id, error))
		return false;
	self->starts = g_new(int64_t, (gsize)self->n_days + 1);
	for (int i = 0; i <= self->n_days; i++) {
		g_autoptr(GDateTime) start = g_date_time_new(days.zone, g_date_get_year(&date),
							     (int)g_date_get_month(&date),
							     g_date_get_day(&date), 0, 0, 0);

		self->starts[i] = g_date_time_to_unix(start) * G_USEC_PER_SEC;
		g_date_add_days(&date, 1);
	}
	return true;
}

/* --- what was sold ------------------------------------------------------------------------- */

typedef struct {
	int64_t item_id, quantity;
	int32_t day;
	bool kit;
} SoldRow;

static bool add_sold(SalesSpeed *self, int64_t item_id, int32_t day, int64_t quantity)
{
	Sold *sold = g_hash_table_lookup(self->by_item, &item_id);
	GDate date;
	int n;

	if (!date_of(day, &date))
		return true; /* no day of the calendar: nothing was sold on it */
	n = g_date_days_between(&self->first, &date);
	if (sold == NULL) {
		sold = g_malloc0(sizeof(Sold) + (gsize)self->n_days * sizeof(bool));
		sold->item_id = item_id;
		g_hash_table_insert(self->by_item, &sold->item_id, sold);
	}
	if (n >= 0 && n < self->n_days && quantity > 0)
		sold->on[n] = true;
	return !__builtin_add_overflow(sold->sold, quantity, &sold->sold);
}

static bool refuse_large(GError **error)
{
	g_set_error_literal(error, DOCUMENT_ERROR, DOCUMENT_ERROR_INVALID,
			    _("What was sold is too much to be reckoned with."));
	return false;
}

/* A kit without a recipe has no components: nothing to order of it. Returns of more than was sold
 * are taken apart like sales. */
static bool add_kit(SalesSpeed *self, const SoldRow *row, GError **error)
{
	bool back = row->quantity < 0;
	g_autoptr(GArray) parts =
		recipe_explode(self->store, row->item_id, ABS(row->quantity), row->day, error);

	for (guint i = 0; parts != NULL && i < parts->len; i++) {
		const RecipeLine *part = &g_array_index(parts, RecipeLine, i);

		if (!add_sold(self, part->item_id, row->day,
			      back ? -part->quantity : part->quantity))
			return refuse_large(error);
	}
	return parts != NULL;
}

/* The statement is read to its end first: recipes are asked of the same database. */
static GArray *read_rows(const SalesSpeed *self, GError **error)
{
	g_autoptr(GArray) rows = g_array_new(false, false, sizeof(SoldRow));
	StoreStatement *row = store_statement(self->store, "office/proposal/sold");
	GDate last = self->first;
	StoreStep step;

	g_date_add_days(&last, (guint)self->n_days - 1);
	store_bind_int(row, 1, self->shop_id);
	store_bind_int(row, 2, day_of(&self->first));
	store_bind_int(row, 3, day_of(&last));
	while ((step = store_step(row, error)) == STORE_ROW) {
		SoldRow one = { .item_id = store_get_int(row, 0),
				.day = (int32_t)store_get_int(row, 1),
				.quantity = store_get_int(row, 2),
				.kit = strcmp(store_get_text(row, 3), "kit") == 0 };

		g_array_append_val(rows, one);
	}
	return step == STORE_DONE ? g_steal_pointer(&rows) : NULL;
}

static bool read_sold(SalesSpeed *self, GError **error)
{
	g_autoptr(GArray) rows = read_rows(self, error);

	for (guint i = 0; rows != NULL && i < rows->len; i++) {
		const SoldRow *row = &g_array_index(rows, SoldRow, i);

		if (row->kit) {
			if (!add_kit(self, row, error))
				return false;
		} else if (!add_sold(self, row->item_id, row->day, row->quantity)) {
			return refuse_large(error);
		}
	}
	return rows != NULL;
}

SalesSpeed *sales_speed_read(Store *store, int64_t shop_id, int32_t day, int days, GError **error)
{
	g_autoptr(SalesSpeed) self = g_new0(SalesSpeed, 1);

	g_return_val_if_fail(days > 0, NULL);
	self->store = store;
	self->shop_id = shop_id;
	self->n_days = days;
	self->by_item = g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, g_free);
	if (!date_of(day, &self->first)) {
		g_set_error(error, DOCUMENT_ERROR, DOCUMENT_ERROR_INVALID,
			    _("%d is not a day of the calendar."), day);
		return NULL;
	}
	g_date_subtract_days(&self->first, (guint)days);
	return find_starts(self, error) && read_sold(self, error) ? g_steal_pointer(&self) : NULL;
}

/* --- when it could be bought --------------------------------------------------------------- */

typedef struct {
	int64_t at, quantity;
} Move;

/* All since the first day began, and *ret_sum of them. */
static GArray *read_moves(const SalesSpeed *self, int64_t item_id, int64_t *ret_sum, GError **error)
{
	g_autoptr(GArray) moves = g_array_new(false, false, sizeof(Move));
	StoreStatement *row = store_statement(self->store, "office/proposal/moves");
	StoreStep step;

	*ret_sum = 0;
	store_bind_int(row, 1, self->shop_id);
	store_bind_int(row, 2, item_id);
	store_bind_int(row, 3, self->starts[0]);
	while ((step = store_step(row, error)) == STORE_ROW) {
		Move move = { store_get_int(row, 0), store_get_int(row, 1) };

		*ret_sum += move.quantity;
		g_array_append_val(moves, move);
	}
	return step == STORE_DONE ? g_steal_pointer(&moves) : NULL;
}

/* Days on which it was above zero at some time, or was sold whatever the ledger says. */
static int count_days(const SalesSpeed *self, const Sold *sold, const GArray *moves,
		      int64_t balance)
{
	guint next = 0;
	int n = 0;

	for (int day = 0; day < self->n_days; day++) {
		bool there = balance > 0 || sold->on[day];

		for (; next < moves->len; next++) {
			const Move *move = &g_array_index(moves, Move, next);

			if (move->at >= self->starts[day + 1])
				break;
			balance += move->quantity;
			there = there || balance > 0;
		}
		n += there;
	}
	return n;
}

bool sales_speed_of(SalesSpeed *self, int64_t item_id, int64_t balance, int64_t *ret_sold,
		    int *ret_days, GError **error)
{
	const Sold *sold = g_hash_table_lookup(self->by_item, &item_id);
	g_autoptr(GArray) moves = NULL;
	int64_t sum;

	*ret_sold = 0;
	*ret_days = 0;
	if (sold == NULL || sold->sold <= 0)
		return true;
	moves = read_moves(self, item_id, &sum, error);
	if (moves == NULL)
		return false;
	*ret_sold = sold->sold;
	*ret_days = count_days(self, sold, moves, balance - sum);
	return true;
}
