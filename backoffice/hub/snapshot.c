/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/hub/snapshot.h"

#include "backoffice/hub/goods_feed.h"

#include <errno.h>
#include <glib/gstdio.h>

typedef struct {
	int64_t revision;
	GBytes *bytes; /* owned */
} Snapshot;

struct SnapshotCache {
	GHashTable *snapshots[GOODS_FILE_VERSION + 1]; /* owned; by version, shop id → Snapshot */
};

static bool put_plain_shop(void *file, const GoodsShop *shop, GError **error)
{
	return goods_file_put_plain_shop(file, shop, error);
}

static bool put_shop(void *file, const GoodsShop *shop, GError **error)
{
	return goods_file_put_shop(file, shop, error);
}

static bool put_tax_group(void *file, int32_t id, const char *code, const TaxRate *rates,
			  int n_rates, GError **error)
{
	return goods_file_put_tax_group(file, id, code, rates, n_rates, error);
}

/* A new file has never heard of what is deleted. */
static bool put_person(void *file, const GoodsPerson *person, GError **error)
{
	return person->deleted || goods_file_put_person(file, person, error);
}

static bool put_plain_person(void *file, const GoodsPerson *person, GError **error)
{
	return person->deleted || goods_file_put_plain_person(file, person, error);
}

static bool put_right(void *file, const GoodsRight *right, GError **error)
{
	return goods_file_put_right(file, right, error);
}

static bool add_item(void *file, const GoodsItem *item, GError **error)
{
	return item->deleted || goods_file_add_item(file, item, error);
}

static bool put_price_kind(void *file, const GoodsPriceKind *kind, GError **error)
{
	return kind->deleted || goods_file_put_price_kind(file, kind, error);
}

static bool put_price_rule(void *file, const GoodsPriceRule *rule, GError **error)
{
	return rule->deleted || goods_file_put_price_rule(file, rule, error);
}

static bool put_customer(void *file, const GoodsCustomer *customer, GError **error)
{
	return customer->deleted || goods_file_put_customer(file, customer, error);
}

static bool put_expiry(void *file, const GoodsExpiry *expiry, GError **error)
{
	return expiry->sell_until == 0 || goods_file_put_expiry(file, expiry, error);
}

static bool add_plain_item(void *file, const GoodsItem *item, GError **error)
{
	return item->deleted || goods_file_add_plain_item(file, item, error);
}

static const struct goods_sink sinks[GOODS_FILE_VERSION + 1] = {
	[GOODS_FILE_PLAIN] = { .shop = put_plain_shop,
			       .tax_group = put_tax_group,
			       .person = put_plain_person,
			       .item = add_plain_item },
	[GOODS_FILE_STOCKROOM] = { .shop = put_plain_shop,
				   .tax_group = put_tax_group,
				   .person = put_plain_person,
				   .price_kind = put_price_kind,
				   .price_rule = put_price_rule,
				   .item = add_item,
				   .customer = put_customer,
				   .expiry = put_expiry },
	[GOODS_FILE_VERSION] = { .shop = put_shop,
				 .tax_group = put_tax_group,
				 .person = put_person,
				 .right = put_right,
				 .price_kind = put_price_kind,
				 .price_rule = put_price_rule,
				 .item = add_item,
				 .customer = put_customer,
				 .expiry = put_expiry },
};

static void snapshot_free(void *data)
{
	Snapshot *self = data;

	g_bytes_unref(self->bytes);
	g_free(self);
}

SnapshotCache *snapshot_cache_new(void)
{
	SnapshotCache *self = g_new0(SnapshotCache, 1);

	for (int i = GOODS_FILE_PLAIN; i <= GOODS_FILE_VERSION; i++)
		self->snapshots[i] =
			g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, snapshot_free);
	return self;
}

void snapshot_cache_free(SnapshotCache *self)
{
	if (self == NULL)
		return;
	for (int i = GOODS_FILE_PLAIN; i <= GOODS_FILE_VERSION; i++)
		g_hash_table_unref(self->snapshots[i]);
	g_free(self);
}

static bool fill(Store *file, Store *office, int64_t shop_id, int version, int64_t *ret_revision,
		 GError **error)
{
	GoodsFed fed;

	if (!goods_feed(office, shop_id, 0, INT64_MAX, &sinks[version], file, &fed, error) ||
	    !goods_file_set_revision(file, fed.revision, error) || !goods_file_index(file, error))
		return false;
	*ret_revision = fed.revision;
	return true;
}

/* In one moment of the office, and whole or not at all. */
static bool write_file(const char *path, Store *office, int64_t shop_id, int version,
		       int64_t *ret_revision, GError **error)
{
	g_autofree char *dsn = g_strconcat("sqlite:", path, NULL);
	g_autoptr(Store) file = store_open(dsn, STORE_CREATE | STORE_BULK, error);
	bool ok;

	if (file == NULL || !store_migrate_to(file, "goods", version, error) ||
	    !store_begin(file, error))
		return false;
	if (!store_begin_read(office, error))
		return false;
	ok = fill(file, office, shop_id, version, ret_revision, error);
	store_rollback(office);
	return ok && store_commit(file, error);
}

static GBytes *map_file(const char *path, GError **error)
{
	g_autoptr(GMappedFile) mapped = g_mapped_file_new(path, FALSE, error);

	return mapped != NULL ? g_mapped_file_get_bytes(mapped) : NULL;
}

/* The mapping keeps the file alive when its name is gone: whatever becomes of us, nothing is left.
 */
static GBytes *make(Store *office, int64_t shop_id, int version, int64_t *ret_revision,
		    GError **error)
{
	g_autofree char *folder = g_dir_make_tmp("baraa-hub-XXXXXX", error);
	g_autofree char *path = NULL;
	GBytes *bytes = NULL;

	if (folder == NULL)
		return NULL;
	path = g_build_filename(folder, "goods.db", NULL);
	if (write_file(path, office, shop_id, version, ret_revision, error))
		bytes = map_file(path, error);
	if (g_unlink(path) != 0 || g_rmdir(folder) != 0)
		g_warning("%s stays behind: %s", folder, g_strerror(errno));
	return bytes;
}

static Snapshot *remember(SnapshotCache *self, int version, int64_t shop_id, int64_t revision,
			  GBytes *bytes)
{
	Snapshot *snapshot = g_new(Snapshot, 1);

	*snapshot = (Snapshot){ .revision = revision, .bytes = bytes };
	g_hash_table_replace(self->snapshots[version], g_memdup2(&shop_id, sizeof shop_id),
			     snapshot);
	return snapshot;
}

GBytes *snapshot_cache_get(SnapshotCache *self, Store *store, int64_t shop_id, int version,
			   GError **error)
{
	Snapshot *snapshot = g_hash_table_lookup(self->snapshots[version], &shop_id);
	GBytes *bytes;
	int64_t revision;

	if (!goods_feed_revision(store, &revision, error))
		return NULL;
	if (snapshot == NULL || snapshot->revision != revision) {
		bytes = make(store, shop_id, version, &revision, error);
		if (bytes == NULL)
			return NULL;
		snapshot = remember(self, version, shop_id, revision, bytes);
	}
	return g_bytes_ref(snapshot->bytes);
}
