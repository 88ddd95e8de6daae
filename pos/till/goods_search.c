/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/till/goods_private.h"

#include "core/fold.h"

#include <gio/gio.h>
#include <string.h>

#define HITS_MAX 200 /* of each kind that are ranked */

typedef struct {
	int64_t id;
	int rank; /* smaller is better */
} Hit;

/* The last word is still being typed; the others may be beginnings too. With @whole every word has
 * to stand in the name as it is: in a million goods a common beginning hides the word itself. */
static char *match_of(char **words, bool whole)
{
	GString *ret = g_string_new(NULL);

	for (char **word = words; *word != NULL; word++)
		g_string_append_printf(ret, "%s\"%s\"%s", ret->len > 0 ? " AND " : "", *word,
				       whole ? "" : " *");
	return g_string_free(ret, FALSE);
}

/* 0 where @words has @word as a word, 1 where a word begins with it, at a word's distance. */
static int rank_word(const char *words, const char *word)
{
	size_t len = strlen(word);
	int best = 200;

	for (const char *at = words; (at = strstr(at, word)) != NULL; at += len) {
		bool begins = at == words || at[-1] == ' ';
		bool ends = at[len] == '\0' || at[len] == ' ';

		if (!begins)
			continue;
		best = MIN(best, (ends ? 0 : 50) + (int)MIN(at - words, 40));
	}
	return best;
}

/* Whole words before beginnings, early before late, short names before long ones. */
static int rank_of(const char *words, char **query)
{
	int rank = 0;

	for (char **word = query; *word != NULL; word++)
		rank += rank_word(words, *word);
	return rank * 256 + (int)MIN(strlen(words), 255);
}

static bool collect(Store *store, char **words, bool whole, GHashTable *seen, GArray *hits,
		    GError **error)
{
	StoreStatement *row = store_statement(store, "goods/read/search");
	g_autofree char *match = match_of(words, whole);
	StoreStep step;

	store_bind_text(row, 1, match);
	store_bind_int(row, 2, HITS_MAX);
	while ((step = store_step(row, error)) == STORE_ROW) {
		Hit hit = { store_get_int(row, 0), rank_of(store_get_text(row, 1), words) };

		if (g_hash_table_add(seen, g_memdup2(&hit.id, sizeof hit.id)))
			g_array_append_val(hits, hit);
	}
	return step == STORE_DONE;
}

static int by_rank(const void *a, const void *b)
{
	const Hit *x = a, *y = b;

	if (x->rank != y->rank)
		return x->rank < y->rank ? -1 : 1;
	return x->id < y->id ? -1 : x->id > y->id;
}

static bool find_hits(Store *store, const char *folded, GArray *hits, GError **error)
{
	g_autoptr(GHashTable) seen =
		g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
	g_auto(GStrv) words = g_strsplit(folded, " ", -1);

	if (words[0] == NULL)
		return true;
	if (!collect(store, words, true, seen, hits, error) ||
	    !collect(store, words, false, seen, hits, error))
		return false;
	g_array_sort(hits, by_rank);
	return true;
}

/* A search that nobody waits for any more gives up before its next reading. */
static bool is_current(Goods *self, int ticket, GError **error)
{
	if (g_atomic_int_get(&self->newest_search) == ticket)
		return true;
	g_set_error(error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "a newer search is coming");
	return false;
}

/* As typed; else as typed on the other keyboard; else as it sounds. */
static bool find_readings(Goods *self, int ticket, const char *text, GArray *hits, GError **error)
{
	char *(*const readings[])(const char *) = { g_strdup, fold_dup_other_layout,
						    fold_dup_transliterated };

	for (size_t i = 0; i < G_N_ELEMENTS(readings) && hits->len == 0; i++) {
		g_autofree char *reading = readings[i](text);
		g_autofree char *folded = reading != NULL ? fold_dup(reading) : NULL;

		if (folded != NULL && (!is_current(self, ticket, error) ||
				       !find_hits(self->find.store, folded, hits, error)))
			return false;
	}
	return true;
}

static bool load_hits(Goods *self, const GArray *hits, int limit, const GoodsMoment *moment,
		      GPtrArray *items, GError **error)
{
	for (guint i = 0; i < hits->len && items->len < (guint)limit; i++) {
		int64_t id = g_array_index(hits, Hit, i).id;
		TillItem *item;

		if (!goods_load_item(self, self->find.store, id, moment, &item, error))
			return false;
		if (item != NULL)
			g_ptr_array_add(items, item);
	}
	return true;
}

bool goods_search(Goods *self, const char *text, int limit, const GoodsMoment *moment,
		  GPtrArray **ret, GError **error)
{
	g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func((GDestroyNotify)till_item_free);
	g_autoptr(GArray) hits = g_array_new(FALSE, FALSE, sizeof(Hit));
	int ticket = g_atomic_int_get(&self->newest_search);
	bool ok = goods_enter(&self->find, error) &&
		  find_readings(self, ticket, text, hits, error) &&
		  load_hits(self, hits, limit, moment, items, error);

	goods_leave(&self->find);
	if (ok)
		*ret = g_steal_pointer(&items);
	return ok;
}

void goods_cancel_search(Goods *self)
{
	g_atomic_int_inc(&self->newest_search);
}
