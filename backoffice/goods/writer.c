/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/goods/writer.h"

#include "backoffice/goods/change_set.h"
#include "backoffice/goods/draft_take.h"
#include "backoffice/goods/family_names.h"
#include "backoffice/goods/item_lists.h"
#include "backoffice/goods/item_row.h"
#include "backoffice/goods/item_store.h"
#include "backoffice/goods/item_values.h"
#include "backoffice/goods/price_note.h"
#include "backoffice/people/counter.h"
#include "backoffice/people/rights.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#define RETAIL 1 /* the kind of price that stands in item.price */

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
	uint16_t currency;
	bool has_price;
	bool may_price; /* the person has the right, once it was asked for */
	int64_t price, person_id;
	int64_t set; /* of changes */
	int64_t first_id, last_id; /* of new goods; 0: none yet */
	int64_t imported, updated, found;
	Numbers ids, revisions;

	/* owned */
	GArray *marks; /* by item id */
	FamilyNames *families; /* NULL until a row names one */

	/* borrowed */
	Store *store;
};

Writer *writer_new(Store *store, uint16_t currency, const Money *price, int64_t person_id,
		   const char *subject, GError **error)
{
	g_autoptr(Writer) self = g_new0(Writer, 1);

	self->store = store;
	self->currency = currency;
	self->ids.counter = "item";
	self->revisions.counter = "revision";
	self->has_price = price != NULL;
	self->price = price != NULL ? price->minor : 0;
	self->person_id = person_id;
	self->marks = g_array_new(false, true, sizeof(Mark));
	if (!rights_require(store, person_id, RIGHT_EDIT_GOODS, error) ||
	    !change_set_open(store, person_id, "import", subject, &self->set, error))
		return NULL;
	return g_steal_pointer(&self);
}

void writer_free(Writer *self)
{
	if (self == NULL)
		return;
	g_array_unref(self->marks);
	family_names_free(self->families);
	g_free(self);
}

bool writer_finish(Writer *self, GoodsImportCounts *ret, GError **error)
{
	ret->imported = self->imported;
	ret->updated = self->updated;
	ret->same = self->found - self->updated;
	ret->set = self->imported + self->updated > 0 ? self->set : 0;
	return change_set_close(self->store, self->set, self->imported + self->updated,
				self->first_id, self->last_id, error);
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

typedef struct {
	int64_t by_article, by_barcode, by_plu; /* 0: none */
} Found;

static bool look_up(Writer *self, const Draft *draft, Found *ret, GError **error)
{
	*ret = (Found){ 0 };
	return (!draft->given[COLUMN_ARTICLE] ||
		item_row_find(self->store, "office/item/find_article", draft->article,
			      &ret->by_article, NULL, error)) &&
	       (!draft->given[COLUMN_BARCODE] ||
		item_row_find(self->store, "office/item/find_barcode", draft->key, &ret->by_barcode,
			      NULL, error)) &&
	       (!draft->given[COLUMN_PLU] ||
		item_find_plu(self->store, draft->plu, &ret->by_plu, NULL, error));
}

/* --- what is in the way of a row ----------------------------------------------------------- */

/* Like item_write(), for what only the rarer columns can bring about. */
static char *check_extended(Writer *self, const Draft *draft, const Item *item)
{
	return draft->extended ? item_check(item, self->currency) : NULL;
}

static bool check_unit(Writer *self, const Item *before, const Item *item, char **ret_reason,
		       GError **error)
{
	bool moved;

	if (before->unit == item->unit && before->kind == item->kind)
		return true;
	if (!item_has_moved(self->store, item->id, &moved, error))
		return false;
	if (moved)
		*ret_reason = g_strdup_printf(
			_("“%s” has moved in stock already, so its unit and kind stay"),
			before->name);
	return true;
}

/* Asked once, when the first price is another: a list without prices needs no such right. */
static bool require_price(Writer *self, GError **error)
{
	if (!self->may_price &&
	    !rights_require(self->store, self->person_id, RIGHT_CHANGE_PRICE, error))
		return false;
	self->may_price = true;
	return true;
}

static bool price_stays(const Item *before, const Item *item)
{
	return before->has_price == item->has_price &&
	       (!item->has_price || before->price == item->price);
}

/* --- families ------------------------------------------------------------------------------ */

static bool take_family(Writer *self, const Draft *draft, Item *item, bool *changed, GError **error)
{
	int64_t id;

	if (!draft->given[COLUMN_FAMILY])
		return true;
	if (self->families == NULL)
		self->families = family_names_read(self->store, error);
	if (self->families == NULL ||
	    !family_names_take(self->families, self->store, draft->family, item->family_id,
			       draft->given[COLUMN_SECOND], &id, error))
		return false;
	*changed |= id != item->family_id;
	item->family_id = id;
	return true;
}

/* --- new goods ----------------------------------------------------------------------------- */

static bool write_new(Writer *self, Item *item, GError **error)
{
	if ((item->has_price || !item_pack_prices_stay(NULL, item)) && !require_price(self, error))
		return false;
	if (!take_number(self, &self->ids, &item->id, error) ||
	    !take_number(self, &self->revisions, &item->revision, error))
		return false;
	self->first_id = self->first_id != 0 ? self->first_id : item->id;
	self->last_id = item->id;
	return item_row_insert(self->store, item, error) &&
	       item_lists_write(self->store, NULL, item, error);
}

static bool insert(Writer *self, int64_t line, const Draft *draft, char **ret_reason,
		   GError **error)
{
	g_autoptr(Item) item = item_new(draft->tax_group);
	bool changed;

	item->unit = draft->unit;
	item->has_price = self->has_price;
	item->price = self->price;
	draft_take(draft, item);
	if (!draft_take_lists(draft, item, ret_reason))
		return true;
	*ret_reason = check_extended(self, draft, item);
	if (*ret_reason != NULL)
		return true;
	if (!take_family(self, draft, item, &changed, error) || !write_new(self, item, error))
		return false;
	*mark_of(self, item->id) = (Mark){ .line = (uint32_t)line, .counted = true };
	self->imported++;
	return true;
}

/* --- goods that are there ------------------------------------------------------------------ */

static char *dup_contradiction(const Draft *draft, const Found *found, uint32_t line)
{
	if (found->by_barcode != 0)
		return g_strdup_printf(_("the barcode %s stands on line %u with other data"),
				       draft->barcode, line);
	if (found->by_article != 0)
		return g_strdup_printf(_("the article %s stands on line %u with other data"),
				       draft->article, line);
	return g_strdup_printf(_("the PLU %" PRId64 " stands on line %u with other data"),
			       draft->plu, line);
}

static bool note_price(Writer *self, const Item *before, const Item *item, GError **error)
{
	PriceNote note = { .item_id = item->id,
			   .kind_id = RETAIL,
			   .person_id = self->person_id,
			   .has_before = before->has_price,
			   .before = before->price,
			   .has_after = item->has_price,
			   .after = item->price,
			   .how = "import" };

	if (price_stays(before, item) && item_pack_prices_stay(before, item))
		return true;
	return require_price(self, error) && price_note(self->store, &note, error);
}

/* New goods of this list need no row: they are a range. */
static bool keep(Writer *self, const Item *before, const Item *item, GError **error)
{
	json_t *was;
	bool done;

	if (self->first_id != 0 && item->id >= self->first_id)
		return true;
	item_diff(before, item, &was, NULL);
	done = json_object_size(was) == 0 ||
	       change_set_keep(self->store, self->set, item->id, was,
			       mark_of(self, item->id)->counted, error);
	json_decref(was);
	return done;
}

static bool write_changed(Writer *self, const Item *before, Item *item, GError **error)
{
	return take_number(self, &self->revisions, &item->revision, error) &&
	       item_row_update(self->store, item, item_word_change(before, item), error) &&
	       item_lists_write(self->store, before, item, error) &&
	       note_price(self, before, item, error) && keep(self, before, item, error);
}

/* What the row gives goes into @item. *ret_changed only where the row is not refused. */
static bool take(Writer *self, const Draft *draft, bool lists, const Item *before, Item *item,
		 bool *ret_changed, char **ret_reason, GError **error)
{
	bool changed = draft_take(draft, item);

	if (self->has_price && !item->has_price) {
		item->has_price = changed = true;
		item->price = self->price;
	}
	if (lists && !draft_take_lists(draft, item, ret_reason))
		return true;
	*ret_reason = check_extended(self, draft, item);
	if (*ret_reason != NULL)
		return true;
	if (!check_unit(self, before, item, ret_reason, error) || *ret_reason != NULL)
		return *ret_reason != NULL;
	if (!take_family(self, draft, item, &changed, error))
		return false;
	*ret_changed = changed || (lists && item_diff(before, item, NULL, NULL));
	return true;
}

static void count(Writer *self, Mark *mark, int64_t line, bool changed)
{
	if (mark->line == 0) {
		mark->line = (uint32_t)line;
		self->found++;
	}
	if (changed && !mark->counted) {
		mark->counted = true;
		self->updated++;
	}
}

static bool change(Writer *self, int64_t line, Item *item, const Draft *draft, const Found *found,
		   char **ret_reason, GError **error)
{
	/* Only a new barcode or a pack has to do with the lists of an item. */
	bool lists = (draft->given[COLUMN_BARCODE] && found->by_barcode == 0) ||
		     draft->given[COLUMN_PACK];
	g_autoptr(Item) before = NULL;
	bool changed = false;

	if (lists && !item_row_read_lists(self->store, item, error))
		return false;
	before = item_copy(item);
	if (!take(self, draft, lists, before, item, &changed, ret_reason, error))
		return false;
	if (*ret_reason != NULL)
		return true;
	if (changed && !write_changed(self, before, item, error))
		return false;
	count(self, mark_of(self, item->id), line, changed);
	return true;
}

static bool update(Writer *self, int64_t line, int64_t id, const Draft *draft, const Found *found,
		   char **ret_reason, GError **error)
{
	g_autoptr(Item) item = item_row_read(self->store, id, NULL, error);
	const Mark *mark = mark_of(self, id);

	if (item == NULL)
		return false;
	if (mark->line != 0 && draft_contradicts(draft, item)) {
		*ret_reason = dup_contradiction(draft, found, mark->line);
		return true;
	}
	return change(self, line, item, draft, found, ret_reason, error);
}

/* --- a row --------------------------------------------------------------------------------- */

static bool refuse_two(Writer *self, int64_t other, const Draft *draft, bool plu, char **ret_reason,
		       GError **error)
{
	g_autoptr(Item) item = item_row_read(self->store, other, NULL, error);

	if (item == NULL)
		return false;
	*ret_reason = plu ? g_strdup_printf(_("the PLU %" PRId64 " belongs to other goods: “%s”"),
					    draft->plu, item->name)
			  : g_strdup_printf(_("the barcode %s belongs to other goods: “%s”"),
					    draft->barcode, item->name);
	return true;
}

bool writer_put(Writer *self, int64_t line, const Draft *draft, char **ret_reason, GError **error)
{
	bool keyed = draft->given[COLUMN_ARTICLE] || draft->given[COLUMN_BARCODE];
	Found found;
	int64_t id;

	*ret_reason = NULL;
	if (!look_up(self, draft, &found, error))
		return false;
	if (found.by_article != 0 && found.by_barcode != 0 && found.by_article != found.by_barcode)
		return refuse_two(self, found.by_barcode, draft, false, ret_reason, error);
	id = found.by_article != 0 ? found.by_article : found.by_barcode;
	/* A PLU names goods only where nothing better does. */
	if (found.by_plu != 0 && found.by_plu != id && keyed)
		return refuse_two(self, found.by_plu, draft, true, ret_reason, error);
	id = id != 0 ? id : found.by_plu;
	if (id != 0)
		return update(self, line, id, draft, &found, ret_reason, error);
	if (!draft->given[COLUMN_NAME]) {
		*ret_reason = g_strdup(_("new goods need a name"));
		return true;
	}
	return insert(self, line, draft, ret_reason, error);
}
