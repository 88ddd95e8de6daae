/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/till/goods_private.h"

#include "core/barcode.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define RATES_MAX 64 /* of one group, on all days */

/* --- opening ------------------------------------------------------------------------------- */

static Store *open_store(const char *path, StoreFlags flags, GError **error)
{
	g_autofree char *dsn = g_strconcat("sqlite:", path, NULL);
	g_autoptr(Store) store = store_open(dsn, flags, error);

	if (store == NULL || !store_check_version(store, "goods", error))
		return NULL;
	return g_steal_pointer(&store);
}

/* A file that an older till had, or an older hub sent. */
static bool bring_up_to_date(const char *path, GError **error)
{
	g_autofree char *dsn = g_strconcat("sqlite:", path, NULL);
	g_autoptr(Store) store = store_open(dsn, 0, error);

	return store != NULL && store_migrate(store, "goods", error);
}

static bool read_shop(Store *store, TillShop *ret, GError **error)
{
	StoreStatement *row = store_statement(store, "goods/read/shop");
	StoreStep step = store_step(row, error);

	if (step == STORE_DONE)
		g_set_error(error, STORE_ERROR, STORE_ERROR_CORRUPT, "the goods file has no shop");
	if (step != STORE_ROW)
		return false;
	*ret = (TillShop){ .id = store_get_int(row, 0),
			   .name = g_strdup(store_get_text(row, 1)),
			   .country = g_strdup(store_get_text(row, 2)),
			   .currency = (uint16_t)store_get_int(row, 3),
			   .timezone = g_strdup(store_get_text(row, 4)),
			   .card_pin = store_get_int(row, 5) != 0 };
	store_reset(row);
	return true;
}

static bool open_lanes(Goods *self, GError **error)
{
	g_auto(TillShop) shop = { 0 };

	/* Not read-only: only a writer may tidy up a log that a crash left. */
	self->look.store = open_store(self->path, 0, error);
	self->find.store = self->look.store != NULL ? open_store(self->path, 0, error) : NULL;
	if (self->find.store == NULL || !read_shop(self->look.store, &shop, error))
		return false;
	self->currency = shop.currency;
	return true;
}

static void close_lanes(Goods *self)
{
	g_clear_pointer(&self->look.store, store_close);
	g_clear_pointer(&self->find.store, store_close);
	g_clear_pointer(&self->write.store, store_close);
}

const char *goods_get_path(const Goods *self)
{
	return self->path;
}

Goods *goods_open(const char *path, GError **error)
{
	g_autoptr(Goods) self = g_new0(Goods, 1);

	self->path = g_strdup(path);
	g_mutex_init(&self->look.lock);
	g_mutex_init(&self->find.lock);
	g_mutex_init(&self->write.lock);
	self->pins = goods_pins_new(self->pin_key);
	return bring_up_to_date(path, error) && open_lanes(self, error) ? g_steal_pointer(&self)
									: NULL;
}

void goods_close(Goods *self)
{
	if (self == NULL)
		return;
	close_lanes(self);
	g_mutex_clear(&self->look.lock);
	g_mutex_clear(&self->find.lock);
	g_mutex_clear(&self->write.lock);
	g_hash_table_unref(self->pins);
	g_free(self->path);
	g_free(self);
}

bool goods_enter(GoodsLane *lane, GError **error)
{
	g_mutex_lock(&lane->lock);
	if (lane->store != NULL)
		return true;
	g_set_error(error, STORE_ERROR, STORE_ERROR_MISSING,
		    "the goods file could not be reopened");
	return false;
}

void goods_leave(GoodsLane *lane)
{
	g_mutex_unlock(&lane->lock);
}

void till_item_free(TillItem *self)
{
	if (self == NULL)
		return;
	g_free(self->code);
	g_free(self->article);
	g_free(self->name);
	g_free(self->category);
	g_free(self->brand);
	g_free(self->classification);
	g_free(self);
}

void till_shop_clear(TillShop *self)
{
	g_clear_pointer(&self->name, g_free);
	g_clear_pointer(&self->country, g_free);
	g_clear_pointer(&self->timezone, g_free);
}

/* --- an item ------------------------------------------------------------------------------- */

static bool read_rates(Store *store, int32_t group, TaxRate *rates, int *ret_n, GError **error)
{
	StoreStatement *row = store_statement(store, "goods/read/tax_rates");
	StoreStep step = STORE_DONE;
	int n = 0;

	store_bind_int(row, 1, group);
	while (n < RATES_MAX && (step = store_step(row, error)) == STORE_ROW) {
		TaxRate *rate = &rates[n++];

		*rate = (TaxRate){ .rate = (int32_t)store_get_int(row, 1),
				   .inclusive = store_get_int(row, 2) != 0,
				   .first_day = (int32_t)store_get_int(row, 3),
				   .fiscal = (FiscalTax)store_get_int(row, 4) };
		g_strlcpy(rate->code, store_get_text(row, 0), sizeof rate->code);
	}
	store_reset(row);
	*ret_n = n;
	return step != STORE_FAILED;
}

static bool read_tax(Store *store, int32_t group, int32_t day, TaxGroup *ret, GError **error)
{
	StoreStatement *row = store_statement(store, "goods/read/tax_group");
	TaxRate rates[RATES_MAX];
	StoreStep step;
	int n;

	*ret = (TaxGroup){ .id = group };
	store_bind_int(row, 1, group);
	step = store_step(row, error);
	if (step == STORE_ROW) {
		g_strlcpy(ret->code, store_get_text(row, 0), sizeof ret->code);
		store_reset(row);
	}
	if (step == STORE_FAILED || !read_rates(store, group, rates, &n, error))
		return false;
	if (step == STORE_ROW && tax_group_on_day(ret, rates, n, day))
		return true;
	g_set_error(error, STORE_ERROR, STORE_ERROR_CORRUPT, "tax group %d is not usable", group);
	return false;
}

static char *dup_column(StoreStatement *row, int column)
{
	const char *text = store_get_text(row, column);

	return g_strdup(text != NULL ? text : "");
}

/* A word of a newer office is goods. */
static ItemKind kind_of(const char *code)
{
	return g_str_equal(code, "kit")	      ? ITEM_KIT
	       : g_str_equal(code, "service") ? ITEM_SERVICE
					      : ITEM_GOODS;
}

static void read_facts(Goods *self, StoreStatement *row, TillItem *item)
{
	item->factor = (Quantity){ store_get_int(row, 10) };
	item->has_pack_price = !store_is_null(row, 11);
	item->pack_price = (Money){ store_get_int(row, 11), self->currency };
	item->kind = kind_of(store_get_text(row, 12));
	item->marked = store_get_int(row, 13) != 0;
	item->expires = store_get_int(row, 14) != 0;
	item->serials = store_get_int(row, 15) != 0;
	item->shelf_life = store_get_int(row, 16);
	item->tare = (Quantity){ store_get_int(row, 17) };
	item->classification = dup_column(row, 18);
	item->sell_until = (int32_t)store_get_int(row, 19);
}

static TillItem *read_item(Goods *self, StoreStatement *row, int32_t *ret_tax)
{
	TillItem *item = g_new0(TillItem, 1);

	item->id = store_get_int(row, 0);
	item->article = dup_column(row, 1);
	item->name = dup_column(row, 2);
	item->category = dup_column(row, 3);
	item->brand = dup_column(row, 4);
	item->unit = (Unit)store_get_int(row, 5);
	item->weighed = store_get_int(row, 6) != 0;
	item->has_price = !store_is_null(row, 7);
	item->price = (Money){ store_get_int(row, 7), self->currency };
	*ret_tax = (int32_t)store_get_int(row, 8);
	item->code = dup_column(row, store_is_null(row, 9) ? 1 : 9);
	item->price_kind = PRICE_RETAIL;
	read_facts(self, row, item);
	return item;
}

bool goods_take_item(Goods *self, Store *store, StoreStatement *row, const GoodsMoment *moment,
		     TillItem **ret, GError **error)
{
	g_autoptr(TillItem) item = NULL;
	StoreStep step = store_step(row, error);
	int32_t tax;

	*ret = NULL;
	if (step != STORE_ROW)
		return step == STORE_DONE;
	item = read_item(self, row, &tax);
	store_reset(row);
	if (!read_tax(store, tax, moment->tax_day, &item->tax, error) ||
	    !goods_read_price(store, moment, item, error))
		return false;
	*ret = g_steal_pointer(&item);
	return true;
}

/* --- look-ups ------------------------------------------------------------------------------ */

static bool by_text(Goods *self, const char *name, const char *text, const GoodsMoment *moment,
		    TillItem **ret, GError **error)
{
	StoreStatement *row = store_statement(self->look.store, name);

	store_bind_text(row, 1, text);
	return goods_take_item(self, self->look.store, row, moment, ret, error);
}

static bool by_int(Goods *self, Store *store, const char *name, int64_t value,
		   const GoodsMoment *moment, TillItem **ret, GError **error)
{
	StoreStatement *row = store_statement(store, name);

	store_bind_int(row, 1, value);
	return goods_take_item(self, store, row, moment, ret, error);
}

bool goods_load_item(Goods *self, Store *store, int64_t id, const GoodsMoment *moment,
		     TillItem **ret, GError **error)
{
	return by_int(self, store, "goods/read/by_id", id, moment, ret, error);
}

static bool find_code(Goods *self, const char *code, const GoodsMoment *moment, TillItem **ret,
		      GError **error)
{
	g_autofree char *key = barcode_dup_key(code);
	g_autofree char *article = g_strstrip(g_strdup(code));

	return by_text(self, "goods/read/by_barcode", key, moment, ret, error) &&
	       (*ret != NULL ||
		by_text(self, "goods/read/by_article", article, moment, ret, error));
}

bool goods_find_code(Goods *self, const char *code, const GoodsMoment *moment, TillItem **ret,
		     GError **error)
{
	bool ok = goods_enter(&self->look, error) && find_code(self, code, moment, ret, error);

	goods_leave(&self->look);
	return ok;
}

bool goods_find_id(Goods *self, int64_t id, const GoodsMoment *moment, TillItem **ret,
		   GError **error)
{
	bool ok = goods_enter(&self->look, error) &&
		  goods_load_item(self, self->look.store, id, moment, ret, error);

	goods_leave(&self->look);
	return ok;
}

/* A list may hold the number as the article, as a barcode of its own, or without its zeros. */
static bool find_in_store(Goods *self, const char *item, const GoodsMoment *moment, TillItem **ret,
			  GError **error)
{
	const char *bare = item + strspn(item, "0");

	return by_int(self, self->look.store, "goods/read/by_plu", g_ascii_strtoll(item, NULL, 10),
		      moment, ret, error) &&
	       (*ret != NULL || by_text(self, "goods/read/by_barcode", item, moment, ret, error)) &&
	       (*ret != NULL || by_text(self, "goods/read/by_barcode", bare, moment, ret, error));
}

bool goods_find_in_store(Goods *self, const char *item, const GoodsMoment *moment, TillItem **ret,
			 GError **error)
{
	bool ok = goods_enter(&self->look, error) && find_in_store(self, item, moment, ret, error);

	goods_leave(&self->look);
	return ok;
}

bool goods_get_shop(Goods *self, TillShop *ret, GError **error)
{
	bool ok = goods_enter(&self->look, error) && read_shop(self->look.store, ret, error);

	goods_leave(&self->look);
	return ok;
}

bool goods_get_revision(Goods *self, int64_t *ret, GError **error)
{
	bool ok = goods_enter(&self->look, error) &&
		  goods_file_get_revision(self->look.store, ret, error);

	goods_leave(&self->look);
	return ok;
}

static bool count(Store *store, int64_t *ret, GError **error)
{
	StoreStatement *row = store_statement(store, "goods/read/count");

	if (store_step(row, error) != STORE_ROW)
		return false;
	*ret = store_get_int(row, 0);
	store_reset(row);
	return true;
}

bool goods_count(Goods *self, int64_t *ret, GError **error)
{
	bool ok = goods_enter(&self->find, error) && count(self->find.store, ret, error);

	goods_leave(&self->find);
	return ok;
}

/* --- a whole new file ---------------------------------------------------------------------- */

static bool fail_file(const char *path, int code, GError **error)
{
	g_set_error(error, STORE_ERROR, code == ENOSPC ? STORE_ERROR_FULL : STORE_ERROR_FAILED,
		    "%s: %s", path, g_strerror(code));
	return false;
}

static bool sync_path(const char *path, GError **error)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	bool ok = fd >= 0 && fsync(fd) == 0;

	if (!ok)
		fail_file(path, errno, error);
	if (fd >= 0)
		close(fd);
	return ok;
}

/* Leaves a complete file without a log beside it. */
static bool check_snapshot(const char *path, GError **error)
{
	g_auto(TillShop) shop = { 0 };
	Store *store = bring_up_to_date(path, error) ? open_store(path, 0, error) : NULL;
	bool ok = store != NULL && read_shop(store, &shop, error);

	g_clear_pointer(&store, store_close);
	return ok && sync_path(path, error);
}

/* The old file's log would be taken for the new one's: it has to be gone, and goes when the last
 * connection is closed. */
static bool drop_log(const char *path, GError **error)
{
	g_autofree char *wal = g_strconcat(path, "-wal", NULL);
	Store *store;

	if (!g_file_test(path, G_FILE_TEST_EXISTS))
		return true;
	store = open_store(path, 0, NULL); /* a damaged one is replaced all the same */
	g_clear_pointer(&store, store_close);
	if (!g_file_test(wal, G_FILE_TEST_EXISTS))
		return true;
	g_set_error(error, STORE_ERROR, STORE_ERROR_BUSY, "%s is in use", path);
	return false;
}

static bool move_in(const char *path, const char *snapshot, GError **error)
{
	g_autofree char *directory = g_path_get_dirname(path);

	if (!drop_log(path, error))
		return false;
	if (rename(snapshot, path) != 0)
		return fail_file(path, errno, error);
	return sync_path(directory, error);
}

bool goods_install(const char *path, const char *snapshot, Goods *open, GError **error)
{
	bool ok;

	if (!check_snapshot(snapshot, error))
		return false;
	if (open == NULL)
		return move_in(path, snapshot, error);
	g_mutex_lock(&open->write.lock);
	g_mutex_lock(&open->find.lock);
	g_mutex_lock(&open->look.lock);
	close_lanes(open);
	ok = move_in(path, snapshot, error);
	ok = open_lanes(open, ok ? error : NULL) && ok; /* with the old file if it was not moved */
	g_mutex_unlock(&open->look.lock);
	g_mutex_unlock(&open->find.lock);
	g_mutex_unlock(&open->write.lock);
	return ok;
}
