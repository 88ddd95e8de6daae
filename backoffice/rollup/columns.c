/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/rollup/columns_private.h"

/* Days that somebody told of less than this ago are still being sold. */
#define SETTLED (10 * 60 * G_USEC_PER_SEC)

/* Keys up to here find their row by an array, others by a hash: numbers of goods are small. */
#define DENSE_KEYS (INT64_C(1) << 20)

/* One question while it is answered. */
typedef struct {
	GArray *rows; /* owned; of ColumnsRow, in the order in which they came up */
	GArray *last_receipt; /* owned; of int64_t: by row, the one that was counted last */
	uint32_t *dense; /* owned; by key: index of the row + 1; 0: none yet */
	GHashTable *sparse; /* owned; key → index of the row + 1 */
	GArray *chosen; /* owned; of guint: lines of the day that are asked for */
	ColumnLines *lines; /* owned; of the day */
	GHashTable *groups; /* owned; set of int64_t; NULL: all */

	/* borrowed */
	Store *store;
	const ColumnsQuery *query;

	ColumnsBy by;
	int64_t n_receipts; /* of days before this one */
	bool overflow;
} Question;

static void question_clear(Question *self)
{
	g_array_unref(self->rows);
	g_array_unref(self->last_receipt);
	g_free(self->dense);
	g_hash_table_unref(self->sparse);
	g_array_unref(self->chosen);
	column_lines_free(self->lines);
	g_clear_pointer(&self->groups, g_hash_table_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Question, question_clear)

static void question_init(Question *self, Store *store, const ColumnsQuery *query, ColumnsBy by)
{
	*self = (Question){ .store = store, .query = query, .by = by };
	self->rows = g_array_new(false, false, sizeof(ColumnsRow));
	self->last_receipt = g_array_new(false, false, sizeof(int64_t));
	self->dense = g_new0(uint32_t, DENSE_KEYS);
	self->sparse = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
	self->chosen = g_array_new(false, false, sizeof(guint));
	self->lines = column_lines_new();
	if (query->groups == NULL)
		return;
	self->groups = g_hash_table_new(g_int64_hash, g_int64_equal);
	for (guint i = 0; i < query->groups->len; i++)
		g_hash_table_add(self->groups, &g_array_index(query->groups, int64_t, i));
}

/* --- rows of the answer -------------------------------------------------------------------- */

static guint new_row(Question *self, int64_t key)
{
	const ColumnsRow row = { .key = key };
	const int64_t none = 0;

	g_array_append_val(self->rows, row);
	g_array_append_val(self->last_receipt, none);
	return self->rows->len;
}

static guint find_row(Question *self, int64_t key)
{
	guint row;

	if (key >= 0 && key < DENSE_KEYS) {
		if (self->dense[key] == 0)
			self->dense[key] = new_row(self, key);
		return self->dense[key] - 1;
	}
	row = GPOINTER_TO_UINT(g_hash_table_lookup(self->sparse, &key));
	if (row == 0) {
		int64_t *copy = g_new(int64_t, 1);

		*copy = key;
		row = new_row(self, key);
		g_hash_table_insert(self->sparse, copy, GUINT_TO_POINTER(row));
	}
	return row - 1;
}

/* The column whose numbers are the keys; COLUMN_N where all lines of a day have one. */
static Column key_column(ColumnsBy by)
{
	switch (by) {
	case COLUMNS_BY_HOUR:
		return COLUMN_HOUR;
	case COLUMNS_BY_TILL:
		return COLUMN_TILL;
	case COLUMNS_BY_CASHIER:
		return COLUMN_CASHIER;
	case COLUMNS_BY_GROUP:
		return COLUMN_GROUP;
	case COLUMNS_BY_ITEM:
		return COLUMN_ITEM;
	default:
		return COLUMN_N;
	}
}

static int weekday_of(int32_t day)
{
	GDate date;

	g_date_clear(&date, 1);
	g_date_set_dmy(&date, (GDateDay)(day % 100), (GDateMonth)(day / 100 % 100),
		       (GDateYear)(day / 10000));
	return (int)g_date_get_weekday(&date);
}

static int64_t key_of_day(ColumnsBy by, const ColumnDay *day)
{
	switch (by) {
	case COLUMNS_BY_DAY:
		return day->day;
	case COLUMNS_BY_MONTH:
		return day->day / 100;
	case COLUMNS_BY_WEEKDAY:
		return weekday_of(day->day);
	case COLUMNS_BY_SHOP:
		return day->shop_id;
	default:
		return 0;
	}
}

/* --- which lines --------------------------------------------------------------------------- */

/* Of the lines that are chosen, those that have @value there. */
static void choose_equal(Question *self, Column column, int64_t value)
{
	const int64_t *values = column_lines_get(self->lines, column);
	guint *chosen = (guint *)(void *)self->chosen->data, n = 0;

	for (guint i = 0; i < self->chosen->len; i++) {
		chosen[n] = chosen[i];
		n += values[chosen[i]] == value;
	}
	g_array_set_size(self->chosen, n);
}

static void choose_hours(Question *self)
{
	const int64_t *hours = column_lines_get(self->lines, COLUMN_HOUR);
	guint *chosen = (guint *)(void *)self->chosen->data, n = 0;

	for (guint i = 0; i < self->chosen->len; i++) {
		chosen[n] = chosen[i];
		n += (self->query->hours >> hours[chosen[i]] & 1) != 0;
	}
	g_array_set_size(self->chosen, n);
}

static void choose_groups(Question *self)
{
	const int64_t *groups = column_lines_get(self->lines, COLUMN_GROUP);
	guint *chosen = (guint *)(void *)self->chosen->data, n = 0;
	int64_t last = -1;
	bool wanted = false;

	for (guint i = 0; i < self->chosen->len; i++) {
		if (groups[chosen[i]] != last) {
			last = groups[chosen[i]];
			wanted = g_hash_table_contains(self->groups, &last);
		}
		chosen[n] = chosen[i];
		n += wanted;
	}
	g_array_set_size(self->chosen, n);
}

static void choose(Question *self)
{
	const ColumnsQuery *query = self->query;

	g_array_set_size(self->chosen, self->lines->n);
	for (guint i = 0; i < self->lines->n; i++)
		g_array_index(self->chosen, guint, i) = i;
	if (query->item_id != 0)
		choose_equal(self, COLUMN_ITEM, query->item_id);
	if (query->till_id != 0)
		choose_equal(self, COLUMN_TILL, query->till_id);
	if (query->cashier_id != 0)
		choose_equal(self, COLUMN_CASHIER, query->cashier_id);
	if (query->hours != 0)
		choose_hours(self);
	if (self->groups != NULL)
		choose_groups(self);
}

static uint32_t wanted_columns(const Question *self)
{
	const ColumnsQuery *query = self->query;
	const Column key = key_column(self->by);
	uint32_t wanted = 1u << COLUMN_RECEIPT | 1u << COLUMN_QUANTITY | 1u << COLUMN_DISCOUNT |
			  1u << COLUMN_TAX | 1u << COLUMN_ADDED | 1u << COLUMN_NET |
			  1u << COLUMN_COST;

	if (key != COLUMN_N)
		wanted |= 1u << key;
	if (query->item_id != 0)
		wanted |= 1u << COLUMN_ITEM;
	if (query->till_id != 0)
		wanted |= 1u << COLUMN_TILL;
	if (query->cashier_id != 0)
		wanted |= 1u << COLUMN_CASHIER;
	if (query->hours != 0)
		wanted |= 1u << COLUMN_HOUR;
	if (self->groups != NULL)
		wanted |= 1u << COLUMN_GROUP;
	return wanted;
}

/* --- adding up ----------------------------------------------------------------------------- */

static bool add_row(ColumnsRow *sum, const ColumnsRow *more)
{
	sum->receipts += more->receipts;
	sum->returns += more->returns;
	return !__builtin_add_overflow(sum->returned, more->returned, &sum->returned) &&
	       !__builtin_add_overflow(sum->quantity, more->quantity, &sum->quantity) &&
	       !__builtin_add_overflow(sum->discount, more->discount, &sum->discount) &&
	       !__builtin_add_overflow(sum->tax, more->tax, &sum->tax) &&
	       !__builtin_add_overflow(sum->added, more->added, &sum->added) &&
	       !__builtin_add_overflow(sum->net, more->net, &sum->net) &&
	       !__builtin_add_overflow(sum->cost, more->cost, &sum->cost);
}

/* Receipts that have any of these lines and were not counted in the row yet. All of a return is
 * below zero, and nothing of a sale is. */
static void count_receipts(const Question *self, const guint *lines, guint n, int64_t *last,
			   ColumnsRow *ret)
{
	const int64_t *receipts = column_lines_get(self->lines, COLUMN_RECEIPT);
	const int64_t *quantities = column_lines_get(self->lines, COLUMN_QUANTITY);
	int64_t newest = *last - self->n_receipts;

	for (guint i = 0; i < n; i++) {
		const int64_t receipt = receipts[lines[i]];

		if (receipt == 0 || receipt == newest)
			continue;
		newest = receipt;
		ret->receipts++;
		ret->returns += quantities[lines[i]] < 0;
	}
	*last = newest + self->n_receipts;
}

static int64_t sum_up_returned(Question *self, const guint *lines, guint n)
{
	const int64_t *quantities = column_lines_get(self->lines, COLUMN_QUANTITY);
	const int64_t *nets = column_lines_get(self->lines, COLUMN_NET);
	bool overflow = false;
	int64_t sum = 0;

	for (guint i = 0; i < n; i++)
		overflow |= __builtin_add_overflow(
			sum, quantities[lines[i]] < 0 ? nets[lines[i]] : 0, &sum);
	self->overflow |= overflow;
	return sum;
}

static int64_t sum_up(Question *self, Column column, const guint *lines, guint n)
{
	const int64_t *values = column_lines_get(self->lines, column);
	bool overflow = false;
	int64_t sum = 0;

	for (guint i = 0; i < n; i++)
		overflow |= __builtin_add_overflow(sum, values[lines[i]], &sum);
	self->overflow |= overflow;
	return sum;
}

/* Lines that all have one key. */
static void add_run(Question *self, guint index, const guint *lines, guint n)
{
	int64_t *last = &g_array_index(self->last_receipt, int64_t, index);
	ColumnsRow sum = { .returned = sum_up_returned(self, lines, n),
			   .quantity = sum_up(self, COLUMN_QUANTITY, lines, n),
			   .discount = sum_up(self, COLUMN_DISCOUNT, lines, n),
			   .tax = sum_up(self, COLUMN_TAX, lines, n),
			   .added = sum_up(self, COLUMN_ADDED, lines, n),
			   .net = sum_up(self, COLUMN_NET, lines, n),
			   .cost = sum_up(self, COLUMN_COST, lines, n) };

	count_receipts(self, lines, n, last, &sum);
	if (!add_row(&g_array_index(self->rows, ColumnsRow, index), &sum))
		self->overflow = true;
}

static void add_lines(Question *self, const ColumnDay *day)
{
	const Column column = key_column(self->by);
	const guint *chosen = (const guint *)(const void *)self->chosen->data;
	const guint n = self->chosen->len;
	const int64_t *keys;

	if (column == COLUMN_N) {
		if (n > 0)
			add_run(self, find_row(self, key_of_day(self->by, day)), chosen, n);
		return;
	}
	keys = column_lines_get(self->lines, column);
	for (guint from = 0, to; from < n; from = to) {
		for (to = from + 1; to < n && keys[chosen[to]] == keys[chosen[from]];)
			to++;
		add_run(self, find_row(self, keys[chosen[from]]), chosen + from, to - from);
	}
}

static bool read_day(Question *self, const ColumnDay *day, GError **error)
{
	return day->kept_stamp == day->stamp
		       ? column_read_kept(self->store, day, wanted_columns(self), self->lines,
					  error)
		       : column_read_lines(self->store, day, self->lines, error);
}

static bool answer_day(Question *self, const ColumnDay *day, GError **error)
{
	const uint32_t weekdays = self->query->weekdays;

	if (weekdays != 0 && (weekdays >> (weekday_of(day->day) - 1) & 1) == 0)
		return true;
	if (!read_day(self, day, error))
		return false;
	choose(self);
	add_lines(self, day);
	self->n_receipts += self->lines->n;
	return true;
}

static bool answer(Question *self, GError **error)
{
	g_autoptr(GArray) days = column_days(self->store, self->query->shop_id,
					     self->query->first_day, self->query->last_day, error);

	for (guint i = 0; days != NULL && i < days->len; i++)
		if (!answer_day(self, &g_array_index(days, ColumnDay, i), error))
			return false;
	return days != NULL;
}

static int by_key(const void *a, const void *b)
{
	const ColumnsRow *one = a, *other = b;

	return (one->key > other->key) - (one->key < other->key);
}

static GArray *finish(Question *self, GError **error)
{
	for (guint i = 0; i < self->rows->len; i++) {
		ColumnsRow *row = &g_array_index(self->rows, ColumnsRow, i);

		self->overflow |= __builtin_add_overflow(row->net, row->discount, &row->gross) |
				  __builtin_sub_overflow(row->gross, row->added, &row->gross);
	}
	if (self->overflow) {
		g_set_error(error, STORE_ERROR, STORE_ERROR_FAILED, "a sum of sales does not fit");
		return NULL;
	}
	g_array_sort(self->rows, by_key);
	return g_array_ref(self->rows);
}

/* --- arrays that are not there yet --------------------------------------------------------- */

static bool is_still(Store *store, const ColumnDay *day, bool *ret, GError **error)
{
	StoreStatement *read = store_statement(store, "office/columns/stamp");
	StoreStep step;

	store_bind_int(read, 1, day->shop_id);
	store_bind_int(read, 2, day->day);
	step = store_step(read, error);
	*ret = step == STORE_ROW && store_get_int(read, 0) == day->stamp;
	store_reset(read);
	return step != STORE_FAILED;
}

/* Whoever sells waits for the writing alone, not for the reading. */
static bool write_if_still(Store *store, const ColumnDay *day, const ColumnLines *lines,
			   GError **error)
{
	bool still;

	if (!store_begin(store, error))
		return false;
	if (is_still(store, day, &still, error) &&
	    (!still || column_write(store, day, lines, error)))
		return store_commit(store, error);
	store_rollback(store);
	return false;
}

/* Lines and stamp are of one moment. */
static bool read_at_once(Store *store, const ColumnDay *day, ColumnLines *lines, bool *ret_still,
			 GError **error)
{
	if (!store_begin_read(store, error))
		return false;
	if (is_still(store, day, ret_still, error) &&
	    (!*ret_still || column_read_lines(store, day, lines, error)))
		return store_commit(store, error);
	store_rollback(store);
	return false;
}

static bool refresh_day(Store *store, const ColumnDay *day, ColumnLines *lines, GError **error)
{
	bool still;

	return read_at_once(store, day, lines, &still, error) &&
	       (!still || write_if_still(store, day, lines, error));
}

bool columns_refresh(Store *store, int64_t shop_id, int32_t first_day, int32_t last_day,
		     int64_t before, GError **error)
{
	g_autoptr(GArray) days = column_days(store, shop_id, first_day, last_day, error);
	g_autoptr(ColumnLines) lines = column_lines_new();

	for (guint i = 0; days != NULL && i < days->len; i++) {
		const ColumnDay *day = &g_array_index(days, ColumnDay, i);

		if (day->kept_stamp != day->stamp && day->heard_at < before &&
		    !refresh_day(store, day, lines, error))
			return false;
	}
	return days != NULL;
}

/* An answer needs no arrays: where they cannot be written now, they are made another time. */
static bool refresh_if_possible(Store *store, const ColumnsQuery *query, GError **error)
{
	g_autoptr(GError) local = NULL;

	if (!store_is_writable(store) ||
	    columns_refresh(store, query->shop_id, query->first_day, query->last_day,
			    g_get_real_time() - SETTLED, &local) ||
	    g_error_matches(local, STORE_ERROR, STORE_ERROR_BUSY) ||
	    g_error_matches(local, STORE_ERROR, STORE_ERROR_FULL))
		return true;
	g_propagate_error(error, g_steal_pointer(&local));
	return false;
}

GArray *columns_sum_within(Store *store, const ColumnsQuery *query, ColumnsBy by, GError **error)
{
	g_auto(Question) self;

	question_init(&self, store, query, by);
	return answer(&self, error) ? finish(&self, error) : NULL;
}

GArray *columns_sum(Store *store, const ColumnsQuery *query, ColumnsBy by, GError **error)
{
	g_auto(Question) self;

	question_init(&self, store, query, by);
	if (!refresh_if_possible(store, query, error) || !store_begin_read(store, error))
		return NULL;
	if (!answer(&self, error)) {
		store_rollback(store);
		return NULL;
	}
	return store_commit(store, error) ? finish(&self, error) : NULL;
}
