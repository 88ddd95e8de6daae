/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/people/shop.h"
#include "backoffice/prices/price_book.h"
#include "base/language.h"

#include <glib/gi18n-lib.h>

/* What the sentences are made of. */
typedef struct {
	/* owned */
	GPtrArray *kinds, *shops;
	GTimeZone *zone;
	Known known;
	GString *text;

	/* borrowed */
	Store *store;

	NumberStyle style;
	uint16_t currency;
	int64_t item_id, shop_id, at;
} Why;

static void why_clear(Why *self)
{
	g_clear_pointer(&self->kinds, g_ptr_array_unref);
	g_clear_pointer(&self->shops, g_ptr_array_unref);
	g_clear_pointer(&self->zone, g_time_zone_unref);
	known_clear(&self->known);
	if (self->text != NULL)
		g_string_free(self->text, true);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Why, why_clear)

/* --- words --------------------------------------------------------------------------------- */

static char *dup_amount(const Why *self, int64_t amount)
{
	Money money = { .minor = amount, .currency = self->currency };

	return number_text_money(&self->style, money, true);
}

static char *dup_time(const Why *self, int64_t at)
{
	g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(at / G_USEC_PER_SEC);
	g_autoptr(GDateTime) there = utc != NULL ? g_date_time_to_timezone(utc, self->zone) : NULL;

	return there != NULL ? g_date_time_format(there, _("%d.%m.%Y %H:%M")) : g_strdup("");
}

static const Shop *find_shop(const Why *self, int64_t id)
{
	for (guint i = 0; i < self->shops->len; i++) {
		const Shop *shop = self->shops->pdata[i];

		if (shop->id == id)
			return shop;
	}
	return NULL;
}

static char *dup_place(const Why *self, int64_t shop_id)
{
	const Shop *shop = find_shop(self, shop_id);

	return g_strdup(shop_id == 0 ? _("all shops") : shop != NULL ? shop->name : "?");
}

/* ", since 01.12.2026 08:00, Anna (by hand)"; "" where the history does not know. Own it. */
static char *dup_origin(const Why *self, int64_t kind_id, int64_t shop_id, GError **error)
{
	StoreStatement *row = store_statement(self->store, "office/price/why");
	g_autofree char *time = NULL, *text = NULL;
	StoreStep step;

	store_bind_int(row, 1, self->item_id);
	store_bind_int(row, 2, kind_id);
	store_bind_int(row, 3, shop_id);
	store_bind_int(row, 4, self->at);
	step = store_step(row, error);
	if (step == STORE_ROW) {
		const char *person = store_get_text(row, 3);

		time = dup_time(self, store_get_int(row, 0));
		if (store_get_int(row, 1) == 0)
			person = _("command line");
		/* Translators: since when a price is in force, who set it, how. */
		text = g_strdup_printf(_(", since %s, %s (%s)"), time, person != NULL ? person : "",
				       price_how_title(store_get_text(row, 2)));
		store_reset(row);
	}
	return step == STORE_FAILED ? NULL : text != NULL ? g_steal_pointer(&text) : g_strdup("");
}

/* --- sentences ----------------------------------------------------------------------------- */

static bool say_hand(Why *self, const PriceKind *kind, GError **error)
{
	const KnownRow *row = known_hand_row(&self->known, kind->id, self->shop_id, self->at);
	int64_t shop_id = row != NULL ? row->shop_id : 0, amount;
	g_autofree char *place = dup_place(self, shop_id), *price = NULL;
	g_autofree char *origin = dup_origin(self, kind->id, shop_id, error);

	if (origin == NULL)
		return false;
	if (!known_price(&self->known, self->kinds, kind->id, self->shop_id, self->at, &amount)) {
		g_string_append_printf(self->text, _("%s: no price is set."),
				       price_kind_title(kind));
		return true;
	}
	price = dup_amount(self, amount);
	/* Translators: kind of price, amount, shop, then perhaps ", since …". */
	g_string_append_printf(self->text, _("%s: %s, set for %s%s."), price_kind_title(kind),
			       price, place, origin);
	return true;
}

static void say_rounding(Why *self, const PriceKind *kind)
{
	g_autofree char *step = dup_amount(self, kind->step), *less = dup_amount(self, kind->less);

	if (kind->step > 1)
		g_string_append_printf(self->text, _(", rounded to a multiple of %s"), step);
	if (kind->less > 0)
		g_string_append_printf(self->text, _(", less %s"), less);
	g_string_append_c(self->text, '.');
}

/* The amount, what it follows from, and how. */
static void say_rule(Why *self, const PriceKind *kind, const char *source)
{
	g_autofree char *percent = number_text_percent(&self->style, ABS((int64_t)kind->percent));
	g_autofree char *price = NULL;
	int64_t amount;

	if (!known_price(&self->known, self->kinds, kind->id, self->shop_id, self->at, &amount)) {
		g_string_append_printf(self->text, _("%s: no price follows from %s."),
				       price_kind_title(kind), source);
		return;
	}
	price = dup_amount(self, amount);
	if (kind->percent == 0)
		/* Translators: kind of price, amount, what it follows from. */
		g_string_append_printf(self->text, _("%s: %s, as %s"), price_kind_title(kind),
				       price, source);
	else
		g_string_append_printf(
			self->text,
			kind->percent > 0
				/* Translators: wholesale: 110 ₮, 10 % above Retail */
				? _("%s: %s, %s above %s")
				: _("%s: %s, %s below %s"),
			price_kind_title(kind), price, percent, source);
	say_rounding(self, kind);
}

static bool say(Why *self, const PriceKind *kind, guint depth, GError **error)
{
	const PriceKind *source;

	switch (kind->basis) {
	case PRICE_ON_COST:
		say_rule(self, kind, _("the cost"));
		return true;
	case PRICE_OF_KIND:
		source = kind_find(self->kinds, kind->of_kind);
		if (source == NULL || depth > self->kinds->len)
			return true;
		say_rule(self, kind, price_kind_title(source));
		g_string_append_c(self->text, '\n');
		return say(self, source, depth + 1, error);
	case PRICE_BY_HAND:
	case PRICE_N_BASES:
		break;
	}
	return say_hand(self, kind, error);
}

static bool why_read(Why *self, GError **error)
{
	const Shop *shop;

	self->kinds = price_kind_list(self->store, error);
	self->shops = self->kinds != NULL ? shop_list(self->store, error) : NULL;
	if (self->shops == NULL ||
	    !known_read(self->store, self->item_id, self->shop_id, &self->known, error))
		return false;
	shop = find_shop(self, self->shop_id);
	if (shop == NULL && self->shops->len > 0)
		shop = self->shops->pdata[0];
	self->currency = shop != NULL ? shop->currency : 0;
	self->zone = shop != NULL ? g_time_zone_new_identifier(shop->timezone) : NULL;
	if (self->zone == NULL)
		self->zone = g_time_zone_new_local();
	return true;
}

char *price_dup_why(Store *store, int64_t item_id, int64_t kind_id, int64_t shop_id, int64_t at,
		    GError **error)
{
	g_auto(Why) self = { .store = store,
			     .item_id = item_id,
			     .shop_id = shop_id,
			     .at = at,
			     .style = language_number_style(),
			     .text = g_string_new(NULL) };
	const PriceKind *kind;

	if (!why_read(&self, error))
		return NULL;
	kind = kind_find(self.kinds, kind_id);
	if (kind == NULL) {
		g_set_error_literal(error, PRICES_ERROR, PRICES_ERROR_INVALID,
				    _("There is no such kind of price any more."));
		return NULL;
	}
	if (!say(&self, kind, 0, error))
		return NULL;
	return g_string_free(g_steal_pointer(&self.text), false);
}
