/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/stock/count_sheet.h"

#include <glib/gi18n-lib.h>
#include <string.h>

void count_item_free(CountItem *self)
{
	if (self == NULL)
		return;
	g_free(self->name);
	g_free(self->code);
	g_free(self->unit);
	g_free(self->dispute);
	g_free(self);
}

/* --- head ---------------------------------------------------------------------------------- */

static bool has_word(const char *words, const char *word)
{
	g_auto(GStrv) list = g_strsplit(words, " ", -1);

	return g_strv_contains((const char *const *)list, word);
}

bool count_has_option(const Document *document, const char *option)
{
	return has_word(document->reason, option);
}

void count_head_clear(CountHead *self)
{
	g_clear_pointer(&self->number, g_free);
	g_clear_pointer(&self->scope, g_free);
	g_clear_pointer(&self->subject, g_free);
}

const char *count_head_get_group(const CountHead *self)
{
	return strcmp(self->scope, "group") == 0 ? self->subject : "";
}

static void read_head(CountHead *self, StoreStatement *row)
{
	self->shop_id = store_get_int(row, 0);
	self->is_count = strcmp(store_get_text(row, 1), "count") == 0;
	self->is_draft = strcmp(store_get_text(row, 2), "draft") == 0;
	self->number = g_strdup(store_get_text(row, 3));
	self->scope = g_strdup(store_get_text(row, 4));
	self->subject = g_strdup(store_get_text(row, 5));
	self->rest_is_zero = has_word(store_get_text(row, 6), COUNT_REST_IS_ZERO);
	self->doubled = has_word(store_get_text(row, 6), COUNT_DOUBLE);
	self->at = store_get_int(row, 7);
}

bool count_head_read(CountHead *self, Store *store, int64_t document, GError **error)
{
	StoreStatement *row = store_statement(store, "office/count/head");
	StoreStep step;

	*self = (CountHead){ .document = document };
	store_bind_int(row, 1, document);
	step = store_step(row, error);
	if (step == STORE_FAILED)
		return false;
	if (step == STORE_ROW)
		read_head(self, row);
	store_reset(row);
	if (self->is_count)
		return true;
	if (step == STORE_ROW)
		g_set_error(error, DOCUMENT_ERROR, DOCUMENT_ERROR_INVALID,
			    _("Document %s is no stock count."), self->number);
	else
		g_set_error(error, DOCUMENT_ERROR, DOCUMENT_ERROR_GONE,
			    _("This count is not there any more: somebody has discarded it."));
	return false;
}

/* --- reading ------------------------------------------------------------------------------- */

static void clear_zone(gpointer zone)
{
	g_free(((SheetZone *)zone)->name);
}

static void clear_row(gpointer data)
{
	SheetRow *row = data;

	count_item_free(row->item);
	g_free(row->folded);
}

static CountSheet *sheet_new(void)
{
	CountSheet *self = g_new0(CountSheet, 1);

	self->now = g_get_real_time();
	self->zones = g_array_new(false, true, sizeof(SheetZone));
	self->entries = g_array_new(false, true, sizeof(CountEntry));
	self->moves = g_array_new(false, true, sizeof(SheetMove));
	self->rows = g_array_new(false, true, sizeof(SheetRow));
	g_array_set_clear_func(self->zones, clear_zone);
	g_array_set_clear_func(self->rows, clear_row);
	return self;
}

void count_sheet_free(CountSheet *self)
{
	if (self == NULL)
		return;
	count_head_clear(&self->head);
	g_array_unref(self->zones);
	g_array_unref(self->entries);
	g_array_unref(self->moves);
	g_array_unref(self->rows);
	g_free(self);
}

static bool read_zones(CountSheet *self, Store *store, GError **error)
{
	StoreStatement *row = store_statement(store, "office/count/zones");
	StoreStep step;

	store_bind_int(row, 1, self->head.shop_id);
	store_bind_int(row, 2, 1);
	while ((step = store_step(row, error)) == STORE_ROW) {
		SheetZone zone = { .id = store_get_int(row, 0),
				   .name = g_strdup(store_get_text(row, 1)),
				   .sells = store_get_int(row, 2) != 0,
				   .deleted = store_get_int(row, 3) != 0 };

		g_array_append_val(self->zones, zone);
	}
	return step == STORE_DONE;
}

static void note_zone(CountSheet *self, const CountEntry *entry)
{
	for (guint i = 0; i < self->zones->len; i++) {
		SheetZone *zone = &g_array_index(self->zones, SheetZone, i);

		if (zone->id != entry->zone_id || entry->pass > 1)
			continue;
		zone->begun = zone->begun == 0 ? entry->at : MIN(zone->begun, entry->at);
		zone->ended = MAX(zone->ended, entry->at);
	}
}

static bool read_entries(CountSheet *self, Store *store, GError **error)
{
	StoreStatement *row = store_statement(store, "office/count/entries");
	StoreStep step;

	store_bind_int(row, 1, self->head.document);
	store_bind_int(row, 2, self->now);
	while ((step = store_step(row, error)) == STORE_ROW) {
		CountEntry entry = { .item_id = store_get_int(row, 0),
				     .zone_id = store_get_int(row, 1),
				     .pass = (int)store_get_int(row, 2),
				     .person_id = store_get_int(row, 3),
				     .quantity = store_get_int(row, 4),
				     .at = store_get_int(row, 5) };

		note_zone(self, &entry);
		g_array_append_val(self->entries, entry);
	}
	return step == STORE_DONE;
}

static bool read_moves(CountSheet *self, Store *store, GError **error)
{
	StoreStatement *row = store_statement(store, "office/count/moves");
	int64_t from = G_MAXINT64;
	StoreStep step;

	for (guint i = 0; i < self->entries->len; i++)
		from = MIN(from, g_array_index(self->entries, CountEntry, i).at);
	store_bind_int(row, 1, self->head.document);
	store_bind_int(row, 2, self->head.shop_id);
	store_bind_int(row, 3, from);
	while ((step = store_step(row, error)) == STORE_ROW) {
		SheetMove move = { .item_id = store_get_int(row, 0),
				   .at = store_get_int(row, 1),
				   .quantity = store_get_int(row, 2),
				   .value = store_get_int(row, 3),
				   .source = (MoveSource)store_get_int(row, 4) };

		g_array_append_val(self->moves, move);
	}
	return step == STORE_DONE;
}

/* --- items --------------------------------------------------------------------------------- */

static SheetRow row_of(StoreStatement *row)
{
	SheetRow self = { .item = g_new0(CountItem, 1),
			  .folded = g_strdup(store_get_text(row, 7)) };

	self.item->item_id = store_get_int(row, 0);
	self.item->name = g_strdup(store_get_text(row, 1));
	self.item->code = g_strdup(store_get_text(row, 2));
	self.item->unit = g_strdup(store_get_text(row, 3));
	return self;
}

/* Entries, moves and items come in the order of items: @in_out_entry and @in_out_move go along. */
static void take_work(const CountSheet *self, int64_t item_id, guint *in_out_entry,
		      guint *in_out_move, SheetWork *work)
{
	const CountEntry *entries = (const CountEntry *)(void *)self->entries->data;
	const SheetMove *moves = (const SheetMove *)(void *)self->moves->data;
	guint entry = *in_out_entry, move = *in_out_move;

	while (entry < self->entries->len && entries[entry].item_id == item_id)
		entry++;
	while (move < self->moves->len && moves[move].item_id == item_id)
		move++;
	work->entries = entries + *in_out_entry;
	work->n_entries = entry - *in_out_entry;
	work->moves = moves + *in_out_move;
	work->n_moves = move - *in_out_move;
	*in_out_entry = entry;
	*in_out_move = move;
}

static int64_t last_counter(const SheetWork *work)
{
	const CountEntry *last = work->entries;

	for (guint i = 1; i < work->n_entries; i++)
		if (work->entries[i].at >= last->at)
			last = &work->entries[i];
	return work->n_entries > 0 ? last->person_id : 0;
}

static bool read_counted(CountSheet *self, Store *store, GError **error)
{
	StoreStatement *statement = store_statement(store, "office/count/items");
	guint entry = 0, move = 0;
	StoreStep step;

	store_bind_int(statement, 1, self->head.document);
	store_bind_int(statement, 2, self->head.shop_id);
	while ((step = store_step(statement, error)) == STORE_ROW) {
		SheetRow row = row_of(statement);
		SheetWork work = { .quantity = store_get_int(statement, 4),
				   .value = store_get_int(statement, 5),
				   .average = store_get_int(statement, 6) };

		take_work(self, row.item->item_id, &entry, &move, &work);
		row.person_id = last_counter(&work);
		g_array_append_val(self->rows, row);
		if (!count_resolve(self, &work, row.item, error)) {
			store_reset(statement);
			return false;
		}
	}
	return step == STORE_DONE;
}

int64_t count_sheet_rest_at(const CountSheet *self)
{
	return self->head.at != 0 ? self->head.at : self->now;
}

static StoreStatement *rest_statement(const CountSheet *self, Store *store)
{
	StoreStatement *row;

	if (strcmp(self->head.scope, "zone") == 0) {
		row = store_statement(store, "office/count/rest_of_zone");
		store_bind_int(row, 3, g_ascii_strtoll(self->head.subject, NULL, 10));
		return row;
	}
	row = store_statement(store, "office/count/rest");
	store_bind_text(row, 3, count_head_get_group(&self->head));
	return row;
}

static bool read_rest(CountSheet *self, Store *store, bool all, GError **error)
{
	StoreStatement *statement = rest_statement(self, store);
	StoreStep step;

	store_bind_int(statement, 1, self->head.document);
	store_bind_int(statement, 2, self->head.shop_id);
	store_bind_int(statement, 4, all);
	store_bind_int(statement, 5, count_sheet_rest_at(self));
	while ((step = store_step(statement, error)) == STORE_ROW) {
		SheetRow row = row_of(statement);

		row.item->expected = store_get_int(statement, 4);
		row.item->value = self->head.rest_is_zero ? -store_get_int(statement, 5) : 0;
		g_array_append_val(self->rows, row);
	}
	return step == STORE_DONE;
}

/* What was found and what should have been there stands in the lines; nobody can change it. */
static void take_posted(SheetRow *row, StoreStatement *statement)
{
	row->item->counted = store_get_int(statement, 4);
	row->item->expected = store_get_int(statement, 5);
	row->item->value = store_get_int(statement, 6);
	row->item->at = store_get_int(statement, 8);
	row->person_id = store_get_int(statement, 9);
	row->item->counted_at_all = store_get_int(statement, 10) > 0;
	row->item->recounted = store_get_int(statement, 10) > 1;
}

/* What was told late may have shaken it. */
static bool doubt_posted(CountSheet *self, const SheetWork *work, CountItem *item, GError **error)
{
	CountItem now = { .item_id = item->item_id };

	if (work->n_entries == 0)
		return true;
	if (!count_resolve(self, work, &now, error))
		return false;
	item->disputed = now.disputed;
	item->dispute = now.dispute;
	return true;
}

static bool read_posted(CountSheet *self, Store *store, GError **error)
{
	StoreStatement *statement = store_statement(store, "office/count/posted");
	guint entry = 0, move = 0;
	StoreStep step;

	store_bind_int(statement, 1, self->head.document);
	while ((step = store_step(statement, error)) == STORE_ROW) {
		SheetRow row = row_of(statement);
		SheetWork work = { 0 };

		take_posted(&row, statement);
		take_work(self, row.item->item_id, &entry, &move, &work);
		g_array_append_val(self->rows, row);
		if (!doubt_posted(self, &work, row.item, error)) {
			store_reset(statement);
			return false;
		}
	}
	return step == STORE_DONE;
}

static bool read_rows(CountSheet *self, Store *store, bool all_of_rest, GError **error)
{
	if (!self->head.is_draft)
		return read_posted(self, store, error);
	return read_counted(self, store, error) && read_rest(self, store, all_of_rest, error);
}

static int by_name(gconstpointer a, gconstpointer b)
{
	const SheetRow *left = a, *right = b;
	int order = strcmp(left->folded, right->folded);

	if (order != 0)
		return order;
	return (left->item->item_id > right->item->item_id) -
	       (left->item->item_id < right->item->item_id);
}

CountSheet *count_sheet_read(Store *store, int64_t document, bool all_of_rest, GError **error)
{
	g_autoptr(CountSheet) self = sheet_new();

	if (!count_head_read(&self->head, store, document, error) ||
	    !read_zones(self, store, error) || !read_entries(self, store, error) ||
	    !read_moves(self, store, error) || !read_rows(self, store, all_of_rest, error))
		return NULL;
	g_array_sort(self->rows, by_name);
	return g_steal_pointer(&self);
}
