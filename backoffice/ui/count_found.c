/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/count_found.h"

#include "backoffice/goods/goods.h"

/* As many as are of use to somebody who counts: what they scanned last. */
#define ENTRIES_MAX 200

void count_found_free(void *data)
{
	CountFound *self = data;

	document_free(self->document);
	g_clear_pointer(&self->entries, g_array_unref);
	g_clear_pointer(&self->goods, g_ptr_array_unref);
	g_clear_pointer(&self->progress, g_ptr_array_unref);
	g_clear_pointer(&self->zones, g_ptr_array_unref);
	g_free(self);
}

static int by_moment(const void *a, const void *b)
{
	const CountEntry *one = a, *other = b;

	return one->at < other->at ? 1 : one->at > other->at ? -1 : 0;
}

static bool is_here(const CountEntry *entry, int64_t zone_id, int pass, int64_t person_id)
{
	return entry->zone_id == zone_id && entry->pass == pass && entry->person_id == person_id;
}

static bool read_entries(Store *store, CountFound *self, GError **error)
{
	g_autoptr(GArray) all = count_list(store, self->document_id, error);

	if (all == NULL)
		return false;
	self->entries = g_array_new(false, true, sizeof(CountEntry));
	for (guint i = 0; i < all->len; i++) {
		const CountEntry *entry = &g_array_index(all, CountEntry, i);

		if (is_here(entry, self->zone_id, self->pass, self->person_id))
			g_array_append_vals(self->entries, entry, 1);
	}
	g_array_sort(self->entries, by_moment);
	g_array_set_size(self->entries, MIN(self->entries->len, ENTRIES_MAX));
	return true;
}

static bool read_goods(Store *store, CountFound *self, GError **error)
{
	self->goods = g_ptr_array_new_with_free_func((GDestroyNotify)goods_free);
	for (guint i = 0; i < self->entries->len; i++) {
		GError *failed = NULL;
		const CountEntry *entry = &g_array_index(self->entries, CountEntry, i);

		g_ptr_array_add(self->goods, goods_find(store, entry->item_id, &failed));
		if (failed != NULL) {
			g_propagate_error(error, failed);
			return false;
		}
	}
	return true;
}

bool count_found_work(Store *store, void *data, GError **error)
{
	CountFound *self = data;

	self->document = document_read(store, self->document_id, error);
	if (self->document == NULL || !read_entries(store, self, error) ||
	    !read_goods(store, self, error))
		return false;
	self->progress = count_progress(store, self->document_id, error);
	if (self->progress == NULL)
		return false;
	self->zones = zone_list(store, self->shop_id, error);
	return self->zones != NULL;
}

static bool tell_total(Store *store, OfficeAddition *self, GError **error)
{
	g_autoptr(GArray) all = count_list(store, self->document_id, error);

	for (guint i = 0; all != NULL && i < all->len; i++) {
		const CountEntry *entry = &g_array_index(all, CountEntry, i);

		if (entry->item_id == self->found->item_id &&
		    is_here(entry, self->zone_id, self->pass, self->person_id))
			self->total = entry->quantity;
	}
	return all != NULL;
}

bool count_add_work(Store *store, void *data, GError **error)
{
	OfficeAddition *self = data;
	CountEntry entry = { .zone_id = self->zone_id,
			     .item_id = self->found->item_id,
			     .pass = self->pass,
			     .person_id = self->person_id,
			     .quantity = self->quantity };

	return count_scan(store, self->document_id, &entry, error) &&
	       tell_total(store, self, error);
}

void count_differences_free(void *data)
{
	CountDifferences *self = data;

	g_clear_pointer(&self->items, g_ptr_array_unref);
	g_free(self);
}

bool count_differences_work(Store *store, void *data, GError **error)
{
	CountDifferences *self = data;

	self->items = self->again ? count_to_recount(store, self->document_id, error)
				  : count_review(store, self->document_id, error);
	return self->items != NULL;
}
