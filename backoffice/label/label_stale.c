/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/label/label_private.h"
#include "backoffice/label/label_style.h"
#include "backoffice/prices/prices.h"

#include <glib/gi18n-lib.h>
#include <string.h>

void label_stale_free(LabelStale *self)
{
	if (self == NULL)
		return;
	g_free(self->name);
	g_free(self->code);
	g_free(self);
}

static void free_stale(void *data)
{
	label_stale_free(data);
}

static LabelStale *stale_of_row(StoreStatement *row)
{
	LabelStale *self = g_new0(LabelStale, 1);

	self->item_id = store_get_int(row, 0);
	self->has_old = !store_is_null(row, 2);
	self->old_price = store_get_int(row, 2);
	self->has_new = !store_is_null(row, 3);
	self->new_price = store_get_int(row, 3);
	self->from = store_get_int(row, 4);
	self->name = g_strdup(store_get_text(row, 5));
	self->code = g_strdup(store_get_text(row, 6));
	return self;
}

/* What is asked: all of label_to_reprint(). */
typedef struct {
	Store *store;
	int64_t shop_id, now, until;
	bool new_goods;
	int max;
} Look;

/* Retail: the database compares all tags at once. */
static bool find_retail(const Look *look, GPtrArray *tags, GError **error)
{
	StoreStatement *row = store_statement(look->store, "office/label/stale");
	StoreStep step;

	store_bind_int(row, 1, look->shop_id);
	store_bind_int(row, 2, look->until);
	store_bind_int(row, 3, look->new_goods);
	store_bind_int(row, 4, look->max);
	store_bind_int(row, 5, look->now);
	while ((step = store_step(row, error)) == STORE_ROW)
		g_ptr_array_add(tags, stale_of_row(row));
	return step == STORE_DONE;
}

/* --- while a promotion holds ----------------------------------------------------------------- */

static LabelStale *tag_of_row(StoreStatement *row)
{
	LabelStale *self = g_new0(LabelStale, 1);

	self->item_id = store_get_int(row, 0);
	self->has_old = !store_is_null(row, 2);
	self->old_price = store_get_int(row, 2);
	self->name = g_strdup(store_get_text(row, 4));
	self->code = g_strdup(store_get_text(row, 5));
	return self;
}

/* Sets what the tag should say. */
static bool price_tag(const Look *look, LabelStale *tag, int64_t kind_id, GError **error)
{
	return label_price_of_kind(look->store, look->shop_id, tag->item_id, kind_id, look->until,
				   &tag->has_new, &tag->new_price, error);
}

/* One price at a time, for derived kinds are not in the database: some seconds for 50 000 tags. */
static bool find_of_kind(const Look *look, int64_t kind_id, int64_t begins, GPtrArray *tags,
			 GError **error)
{
	StoreStatement *row = store_statement(look->store, "office/label/tags");
	StoreStep step = STORE_DONE;

	store_bind_int(row, 1, look->shop_id);
	store_bind_int(row, 2, look->new_goods);
	while ((int)tags->len < look->max && (step = store_step(row, error)) == STORE_ROW) {
		bool hangs = store_get_int(row, 1) != 0;
		bool renamed = hangs && strcmp(store_get_text(row, 3), store_get_text(row, 4)) != 0;
		LabelStale *tag = tag_of_row(row);

		if (!price_tag(look, tag, kind_id, error)) {
			label_stale_free(tag);
			store_reset(row);
			return false;
		}
		tag->from = begins > look->now ? begins : 0;
		if (hangs && !renamed && tag->has_old == tag->has_new &&
		    tag->old_price == tag->new_price)
			label_stale_free(tag);
		else
			g_ptr_array_add(tags, tag);
	}
	store_reset(row);
	return step != STORE_FAILED;
}

/* When the promotion that holds now has ended, and retail holds again. */
static bool note_end(const Look *look, const LabelKindNow *now, GPtrArray *tags, GError **error)
{
	int64_t end;

	if (!label_midnight(look->store, look->shop_id, now->last_day, 1, &end, error))
		return false;
	for (guint i = 0; i < tags->len; i++) {
		LabelStale *tag = g_ptr_array_index(tags, i);

		tag->from = MAX(tag->from, end);
	}
	return true;
}

static bool find_all(const Look *look, GPtrArray *tags, GError **error)
{
	LabelKindNow now, then;
	int64_t begins = 0;

	if (!label_kind_at(look->store, look->shop_id, look->now, &now, error) ||
	    !label_kind_at(look->store, look->shop_id, look->until, &then, error))
		return false;
	if (then.kind_id == PRICE_RETAIL)
		return find_retail(look, tags, error) &&
		       (now.kind_id == PRICE_RETAIL || note_end(look, &now, tags, error));
	return label_midnight(look->store, look->shop_id, then.first_day, 0, &begins, error) &&
	       find_of_kind(look, then.kind_id, begins, tags, error);
}

GPtrArray *label_to_reprint(Store *store, int64_t shop_id, int64_t until, bool new_goods, int max,
			    GError **error)
{
	g_autoptr(GPtrArray) tags = g_ptr_array_new_with_free_func(free_stale);
	int64_t now = g_get_real_time();
	const Look look = { .store = store,
			    .shop_id = shop_id,
			    .now = now,
			    .until = MAX(until, now),
			    .new_goods = new_goods,
			    .max = max };

	return find_all(&look, tags, error) ? g_steal_pointer(&tags) : NULL;
}

/* --- one tag ------------------------------------------------------------------------------- */

/* The tag as it hangs there. */
typedef struct {
	bool hangs, has_price;
	int64_t price;
	char *name; /* owned */
} Tag;

static void tag_clear(Tag *self)
{
	g_free(self->name);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Tag, tag_clear)

static bool read_tag(Store *store, int64_t shop_id, int64_t item_id, Tag *ret, GError **error)
{
	StoreStatement *row = store_statement(store, "office/label/printed");
	StoreStep step;

	store_bind_int(row, 1, shop_id);
	store_bind_int(row, 2, item_id);
	step = store_step(row, error);
	*ret = (Tag){ .hangs = step == STORE_ROW };
	if (ret->hangs) {
		ret->has_price = !store_is_null(row, 0);
		ret->price = store_get_int(row, 0);
		ret->name = g_strdup(store_get_text(row, 1));
	}
	store_reset(row);
	return step != STORE_FAILED;
}

/* "2 500 ₮", or that there is none. */
static char *dup_price(Store *store, int64_t shop_id, bool has, int64_t price)
{
	StoreStatement *row = store_statement(store, "office/label/shop");
	char *text = NULL;

	store_bind_int(row, 1, shop_id);
	if (has && store_step(row, NULL) == STORE_ROW) {
		NumberStyle style = label_style_numbers(label_style_find(store_get_text(row, 1)));
		Money money = { .minor = price, .currency = (uint16_t)store_get_int(row, 2) };

		text = number_text_money(&style, money, true);
	}
	store_reset(row);
	return text != NULL ? text : g_strdup(_("no price"));
}

static char *dup_verdict(Store *store, int64_t shop_id, const Tag *tag, const LabelFacts *facts)
{
	g_autofree char *hangs = NULL, *holds = NULL;

	if (!tag->hangs)
		return g_strdup_printf(_("No tag of “%s” was printed yet: print one."),
				       facts->name);
	if (tag->has_price != facts->has_price ||
	    (facts->has_price && tag->price != facts->price)) {
		hangs = dup_price(store, shop_id, tag->has_price, tag->price);
		holds = dup_price(store, shop_id, facts->has_price, facts->price);
		return g_strdup_printf(_("“%s”: the tag says %s, the till says %s. Print a new "
					 "tag."),
				       facts->name, hangs, holds);
	}
	if (strcmp(tag->name, facts->name) != 0)
		return g_strdup_printf(_("The tag says “%s”, the goods are called “%s” now. Print "
					 "a new tag."),
				       tag->name, facts->name);
	return NULL;
}

char *label_check_tag(Store *store, int64_t shop_id, int64_t item_id, GError **error)
{
	const LabelWish wish = { .item_id = item_id, .copies = 1 };
	g_autoptr(GError) failed = NULL;
	g_auto(Tag) tag = { 0 };
	LabelFacts facts;
	char *verdict;

	if (!read_tag(store, shop_id, item_id, &tag, error))
		return NULL;
	if (!label_facts_read(store, shop_id, &wish, &facts, &failed)) {
		if (g_error_matches(failed, LABEL_ERROR, LABEL_ERROR_GONE))
			return g_strdup(_("These goods are not sold any more: take the tag off."));
		g_propagate_error(error, g_steal_pointer(&failed));
		return NULL;
	}
	verdict = dup_verdict(store, shop_id, &tag, &facts);
	label_facts_clear(&facts);
	return verdict;
}
