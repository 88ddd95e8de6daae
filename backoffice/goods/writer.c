/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/goods/writer.h"

#include "backoffice/people/counter.h"
#include "core/fold.h"

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

/* An item as it stands and as it shall stand. */
typedef struct {
	char *article, *name, *category, *brand; /* owned */
	Unit unit;
	bool weighed, has_price, has_cost;
	int64_t price, cost;
	int32_t tax_group;
} Stored;

static void stored_clear(Stored *self)
{
	g_free(self->article);
	g_free(self->name);
	g_free(self->category);
	g_free(self->brand);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Stored, stored_clear)

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

/* *ret is 0 where there are none. */
static bool look_up(Writer *self, const char *statement, const char *text, int64_t *ret,
		    GError **error)
{
	StoreStatement *row = store_statement(self->store, statement);
	StoreStep step;

	store_bind_text(row, 1, text);
	step = store_step(row, error);
	*ret = step == STORE_ROW ? store_get_int(row, 0) : 0;
	store_reset(row);
	return step != STORE_FAILED;
}

static bool look_up_both(Writer *self, const Draft *draft, int64_t *ret_by_article,
			 int64_t *ret_by_barcode, GError **error)
{
	*ret_by_article = *ret_by_barcode = 0;
	return (!draft->given[COLUMN_ARTICLE] || look_up(self, "office/goods/find_article",
							 draft->article, ret_by_article, error)) &&
	       (!draft->given[COLUMN_BARCODE] ||
		look_up(self, "office/goods/find_barcode", draft->key, ret_by_barcode, error));
}

static bool read_stored(Writer *self, int64_t id, Stored *ret, GError **error)
{
	StoreStatement *row = store_statement(self->store, "office/goods/stored");

	store_bind_int(row, 1, id);
	if (store_step(row, error) != STORE_ROW)
		return false;
	ret->article = g_strdup(store_get_text(row, 0));
	ret->name = g_strdup(store_get_text(row, 1));
	ret->category = g_strdup(store_get_text(row, 2));
	ret->brand = g_strdup(store_get_text(row, 3));
	if (!unit_parse(store_get_text(row, 4), &ret->unit))
		ret->unit = UNIT_OTHER;
	ret->weighed = store_get_int(row, 5) != 0;
	ret->has_price = !store_is_null(row, 6);
	ret->price = store_get_int(row, 6);
	ret->has_cost = !store_is_null(row, 7);
	ret->cost = store_get_int(row, 7);
	ret->tax_group = (int32_t)store_get_int(row, 8);
	store_reset(row);
	return true;
}

/* --- writing ------------------------------------------------------------------------------- */

/* People search name, article and brand; lists are sorted by this too, and a line feed sorts before
 * every letter and blank. Own it. */
static char *dup_folded(const Stored *item)
{
	g_autofree char *name = fold_dup(item->name);
	g_autofree char *article = fold_dup(item->article);
	g_autofree char *brand = fold_dup(item->brand);

	return g_strjoin("", name, "\n", article, " ", brand, NULL);
}

static void bind_price(StoreStatement *statement, int index, bool has, int64_t value)
{
	if (has)
		store_bind_int(statement, index, value);
	else
		store_bind_null(statement, index);
}

static bool delete_words(Writer *self, int64_t id, GError **error)
{
	StoreStatement *statement = store_statement(self->store, "office/goods/delete_words");

	store_bind_int(statement, 1, id);
	return store_run(statement, error);
}

static bool insert_words(Writer *self, int64_t id, const char *folded, GError **error)
{
	StoreStatement *statement = store_statement(self->store, "office/goods/insert_words");

	store_bind_int(statement, 1, id);
	store_bind_text(statement, 2, folded);
	return store_run(statement, error);
}

/* @name: of the statement, which takes the columns of both. */
static bool write_item(Writer *self, const char *name, int64_t id, const Stored *item,
		       GError **error)
{
	g_autofree char *folded = dup_folded(item);
	StoreStatement *statement;
	int64_t revision;

	if (!take_number(self, &self->revisions, &revision, error))
		return false;
	statement = store_statement(self->store, name);
	store_bind_int(statement, 1, id);
	store_bind_text(statement, 2, item->article);
	store_bind_text(statement, 3, item->name);
	store_bind_text(statement, 4, folded);
	store_bind_text(statement, 5, item->category);
	store_bind_text(statement, 6, item->brand);
	store_bind_text(statement, 7, unit_code(item->unit));
	store_bind_int(statement, 8, item->weighed);
	bind_price(statement, 9, item->has_price, item->price);
	bind_price(statement, 10, item->has_cost, item->cost);
	store_bind_int(statement, 11, item->tax_group);
	store_bind_int(statement, 12, revision);
	return store_run(statement, error) && insert_words(self, id, folded, error);
}

static bool write_barcode(Writer *self, int64_t id, const Draft *draft, GError **error)
{
	StoreStatement *statement = store_statement(self->store, "office/goods/insert_barcode");

	store_bind_text(statement, 1, draft->key);
	store_bind_text(statement, 2, draft->barcode);
	store_bind_int(statement, 3, id);
	return store_run(statement, error);
}

static bool touch_item(Writer *self, int64_t id, GError **error)
{
	StoreStatement *statement;
	int64_t revision;

	if (!take_number(self, &self->revisions, &revision, error))
		return false;
	statement = store_statement(self->store, "office/goods/touch_item");
	store_bind_int(statement, 1, id);
	store_bind_int(statement, 2, revision);
	return store_run(statement, error);
}

/* --- new goods ----------------------------------------------------------------------------- */

static bool insert(Writer *self, int64_t line, const Draft *draft, GError **error)
{
	/* borrows its texts */
	Stored item = { .article = draft->article,
			.name = draft->name,
			.category = draft->category,
			.brand = draft->brand,
			.unit = draft->unit,
			.weighed = draft->weighed,
			.has_price = draft->given[COLUMN_PRICE] || self->has_price,
			.price = draft->given[COLUMN_PRICE] ? draft->price : self->price,
			.has_cost = draft->given[COLUMN_COST],
			.cost = draft->cost,
			.tax_group = draft->tax_group };
	int64_t id;

	if (!take_number(self, &self->ids, &id, error) ||
	    !write_item(self, "office/goods/insert_item", id, &item, error) ||
	    (draft->given[COLUMN_BARCODE] && !write_barcode(self, id, draft, error)))
		return false;
	*mark_of(self, id) = (Mark){ .line = (uint32_t)line, .counted = true };
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
static bool take(Writer *self, const Draft *draft, Stored *item)
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
static bool contradicts(const Draft *draft, const Stored *item)
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

static bool change(Writer *self, int64_t id, const Draft *draft, bool new_barcode, Stored *item,
		   bool *ret_changed, GError **error)
{
	bool changed = take(self, draft, item);

	*ret_changed = changed || new_barcode;
	if (new_barcode && !write_barcode(self, id, draft, error))
		return false;
	if (changed)
		return delete_words(self, id, error) &&
		       write_item(self, "office/goods/update_item", id, item, error);
	return !new_barcode || touch_item(self, id, error);
}

static bool update(Writer *self, int64_t line, int64_t id, const Draft *draft, bool by_barcode,
		   char **ret_reason, GError **error)
{
	g_auto(Stored) item = { 0 };
	Mark *mark = mark_of(self, id);
	bool changed;

	if (!read_stored(self, id, &item, error))
		return false;
	if (mark->line != 0 && contradicts(draft, &item)) {
		*ret_reason = dup_contradiction(draft, by_barcode, mark->line);
		return true;
	}
	if (!change(self, id, draft, draft->given[COLUMN_BARCODE] && !by_barcode, &item, &changed,
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
	g_auto(Stored) item = { 0 };

	if (!read_stored(self, other, &item, error))
		return false;
	*ret_reason = g_strdup_printf(_("the barcode %s belongs to other goods: “%s”"),
				      draft->barcode, item.name);
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
