/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/goods/writer.h"

#include "backoffice/goods/item_row.h"
#include "backoffice/people/counter.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Numbers of a counter, taken many at a time: a counter is a row, and a row a number would cost
 * more than the goods. */
#define NUMBERS_TAKEN 1000
typedef struct {
	const char *counter;
	int64_t next, left;
} Numbers;

/* What this list has done to an item. */
typedef struct {
	uint32_t line; /* that named it first; 0: none has */
	bool counted; /* among imported or updated */
} Mark;

struct Writer {
	bool has_price;
	int64_t price;
	int64_t imported, updated, found;
	Numbers ids, revisions;

	/* owned */
	GArray *marks; /* by item id */

	/* borrowed */
	Store *store;
};

Writer *writer_new(Store *store, const Money *price)
{
	Writer *self = g_new0(Writer, 1);

	self->store = store;
	self->ids.counter = "item";
	self->revisions.counter = "revision";
	self->has_price = price != NULL;
	self->price = price != NULL ? price->minor : 0;
	self->marks = g_array_new(false, true, sizeof(Mark));
	return self;
}

void writer_free(Writer *self)
{
	if (self == NULL)
		return;
	g_array_unref(self->marks);
	g_free(self);
}

void writer_count(const Writer *self, GoodsImportCounts *ret)
{
	ret->imported = self->imported;
	ret->updated = self->updated;
	ret->same = self->found - self->updated;
}

static bool take_number(Writer *self, Numbers *numbers, int64_t *ret, GError **error)
{
	if (numbers->left == 0) {
		if (!counter_take_many(self->store, numbers->counter, NUMBERS_TAKEN, &numbers->next,
				       error))
			return false;
		numbers->left = NUMBERS_TAKEN;
	}
	*ret = numbers->next++;
	numbers->left--;
	return true;
}

static Mark *mark_of(Writer *self, int64_t id)
{
	if (self->marks->len <= (guint)id)
		g_array_set_size(self->marks, (guint)id + 1024);
	return &g_array_index(self->marks, Mark, (guint)id);
}

/* --- which goods --------------------------------------------------------------------------- */

static bool look_up_both(Writer *self, const Draft *draft, int64_t *ret_by_article,
			 int64_t *ret_by_barcode, GError **error)
{
	*ret_by_article = *ret_by_barcode = 0;
	return (!draft->given[COLUMN_ARTICLE] ||
		item_row_find(self->store, "office/item/find_article", draft->article,
			      ret_by_article, NULL, error)) &&
	       (!draft->given[COLUMN_BARCODE] ||
		item_row_find(self->store, "office/item/find_barcode", draft->key, ret_by_barcode,
			      NULL, error));
}

/* --- writing ------------------------------------------------------------------------------- */

static bool write_barcode(Writer *self, int64_t id, const Draft *draft, GError **error)
{
	return item_row_add_barcode(self->store, id, draft->key, draft->barcode, 0, error);
}

/* --- new goods ----------------------------------------------------------------------------- */

static bool insert(Writer *self, int64_t line, const Draft *draft, GError **error)
{
	/* borrows its texts */
	Item item = { .article = draft->article,
		      .name = draft->name,
		      .category = draft->category,
		      .brand = draft->brand,
		      .unit = draft->unit,
		      .weighed = draft->weighed,
		      .has_price = draft->given[COLUMN_PRICE] || self->has_price,
		      .price = draft->given[COLUMN_PRICE] ? draft->price : self->price,
		      .has_cost = draft->given[COLUMN_COST],
		      .cost = draft->cost,
		      .tax_group = draft->tax_group,
		      .classification = (char *)"",
		      .note = (char *)"",
		      .variant_first = (char *)"",
		      .variant_second = (char *)"" };

	if (!take_number(self, &self->ids, &item.id, error) ||
	    !take_number(self, &self->revisions, &item.revision, error) ||
	    !item_row_insert(self->store, &item, error) ||
	    (draft->given[COLUMN_BARCODE] && !write_barcode(self, item.id, draft, error)))
		return false;
	*mark_of(self, item.id) = (Mark){ .line = (uint32_t)line, .counted = true };
	self->imported++;
	return true;
}

/* --- goods that are there ------------------------------------------------------------------ */

static bool take_text(const Draft *draft, Column column, const char *given, char **stored)
{
	if (!draft->given[column] || strcmp(given, *stored) == 0)
		return false;
	g_free(*stored);
	*stored = g_strdup(given);
	return true;
}

static bool take_price(bool given, int64_t value, bool *has, int64_t *stored)
{
	if (!given || (*has && *stored == value))
		return false;
	*has = true;
	*stored = value;
	return true;
}

/* What the row gives goes into @item; whether that changed anything. */
static bool take(Writer *self, const Draft *draft, Item *item)
{
	bool changed = false;

	changed |= take_text(draft, COLUMN_ARTICLE, draft->article, &item->article);
	changed |= take_text(draft, COLUMN_NAME, draft->name, &item->name);
	changed |= take_text(draft, COLUMN_CATEGORY, draft->category, &item->category);
	changed |= take_text(draft, COLUMN_BRAND, draft->brand, &item->brand);
	changed |= take_price(draft->given[COLUMN_PRICE], draft->price, &item->has_price,
			      &item->price);
	changed |= take_price(draft->given[COLUMN_COST], draft->cost, &item->has_cost, &item->cost);
	changed |= take_price(self->has_price && !item->has_price, self->price, &item->has_price,
			      &item->price);
	if (draft->given[COLUMN_UNIT] && item->unit != draft->unit) {
		item->unit = draft->unit;
		changed = true;
	}
	if (draft->given[COLUMN_WEIGHED] && item->weighed != draft->weighed) {
		item->weighed = draft->weighed;
		changed = true;
	}
	if (draft->given[COLUMN_TAX] && item->tax_group != draft->tax_group) {
		item->tax_group = draft->tax_group;
		changed = true;
	}
	return changed;
}

static bool other_text(const Draft *draft, Column column, const char *given, const char *stored)
{
	return draft->given[column] && *stored != '\0' && strcmp(given, stored) != 0;
}

/* Whether the row gives an item of an earlier row of the same list something else. */
static bool contradicts(const Draft *draft, const Item *item)
{
	return other_text(draft, COLUMN_ARTICLE, draft->article, item->article) ||
	       other_text(draft, COLUMN_NAME, draft->name, item->name) ||
	       other_text(draft, COLUMN_CATEGORY, draft->category, item->category) ||
	       other_text(draft, COLUMN_BRAND, draft->brand, item->brand) ||
	       (draft->given[COLUMN_PRICE] && item->has_price && draft->price != item->price) ||
	       (draft->given[COLUMN_COST] && item->has_cost && draft->cost != item->cost) ||
	       (draft->given[COLUMN_UNIT] && draft->unit != item->unit) ||
	       (draft->given[COLUMN_WEIGHED] && draft->weighed != item->weighed) ||
	       (draft->given[COLUMN_TAX] && draft->tax_group != item->tax_group);
}

static char *dup_contradiction(const Draft *draft, bool by_barcode, uint32_t line)
{
	if (by_barcode)
		return g_strdup_printf(_("the barcode %s stands on line %u with other data"),
				       draft->barcode, line);
	return g_strdup_printf(_("the article %s stands on line %u with other data"),
			       draft->article, line);
}

static bool change(Writer *self, const Draft *draft, bool new_barcode, Item *item,
		   bool *ret_changed, GError **error)
{
	g_autofree char *name = g_strdup(item->name), *article = g_strdup(item->article),
			*brand = g_strdup(item->brand);
	Item before = { .name = name, .article = article, .brand = brand };
	bool changed = take(self, draft, item);

	*ret_changed = changed || new_barcode;
	if (!*ret_changed)
		return true;
	if (!take_number(self, &self->revisions, &item->revision, error) ||
	    (new_barcode && !write_barcode(self, item->id, draft, error)))
		return false;
	return changed ? item_row_update(self->store, item, item_word_change(&before, item), error)
		       : item_row_touch(self->store, item->id, item->revision, error);
}

static bool update(Writer *self, int64_t line, int64_t id, const Draft *draft, bool by_barcode,
		   char **ret_reason, GError **error)
{
	g_autoptr(Item) item = item_row_read(self->store, id, NULL, error);
	Mark *mark = mark_of(self, id);
	bool changed;

	if (item == NULL)
		return false;
	if (mark->line != 0 && contradicts(draft, item)) {
		*ret_reason = dup_contradiction(draft, by_barcode, mark->line);
		return true;
	}
	if (!change(self, draft, draft->given[COLUMN_BARCODE] && !by_barcode, item, &changed,
		    error))
		return false;
	if (mark->line == 0) {
		mark->line = (uint32_t)line;
		self->found++;
	}
	if (changed && !mark->counted) {
		mark->counted = true;
		self->updated++;
	}
	return true;
}

static bool refuse_two(Writer *self, int64_t other, const Draft *draft, char **ret_reason,
		       GError **error)
{
	g_autoptr(Item) item = item_row_read(self->store, other, NULL, error);

	if (item == NULL)
		return false;
	*ret_reason = g_strdup_printf(_("the barcode %s belongs to other goods: “%s”"),
				      draft->barcode, item->name);
	return true;
}

bool writer_put(Writer *self, int64_t line, const Draft *draft, char **ret_reason, GError **error)
{
	int64_t by_article, by_barcode;

	*ret_reason = NULL;
	if (!look_up_both(self, draft, &by_article, &by_barcode, error))
		return false;
	if (by_article != 0 && by_barcode != 0 && by_article != by_barcode)
		return refuse_two(self, by_barcode, draft, ret_reason, error);
	if (by_article != 0 || by_barcode != 0)
		return update(self, line, by_article != 0 ? by_article : by_barcode, draft,
			      by_barcode != 0, ret_reason, error);
	if (!draft->given[COLUMN_NAME]) {
		*ret_reason = g_strdup(_("new goods need a name"));
		return true;
	}
	return insert(self, line, draft, error);
}
