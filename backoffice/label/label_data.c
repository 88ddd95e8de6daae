/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/label/label_private.h"
#include "backoffice/label/label_style.h"

#include "backoffice/goods/item.h"
#include "backoffice/prices/prices.h"
#include "core/currency.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A price that was lower is called old for so long after it went down. */
#define OLD_PRICE_DAYS 30
#define DAY_US (INT64_C(24) * 3600 * G_USEC_PER_SEC)

/* All that is read of one item before a word is written. */
typedef struct {
	/* owned */
	char *name, *article, *brand, *category, *variant, *barcode, *pack;
	char *shop, *timezone;

	const LabelStyle *style;
	NumberStyle numbers;
	uint16_t currency;
	Unit unit;
	int64_t plu, shelf_life; /* 0: none */
	int64_t factor; /* of the pack, millionths of the unit; one without a pack */
	bool has_price, has_old;
	int64_t price, old, of_one; /* price: of the pack; of_one: of one unit */
} Source;

static void source_clear(Source *self)
{
	g_free(self->name);
	g_free(self->article);
	g_free(self->brand);
	g_free(self->category);
	g_free(self->variant);
	g_free(self->barcode);
	g_free(self->pack);
	g_free(self->shop);
	g_free(self->timezone);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Source, source_clear)

/* --- what is meant ------------------------------------------------------------------------- */

bool label_wish_find(Store *store, const char *code, LabelWish *ret, GError **error)
{
	g_autoptr(GError) failed = NULL;
	ItemScan scan;

	if (item_find_scan(store, code, &scan, &failed)) {
		ret->item_id = scan.item_id;
		ret->pack_id = scan.pack_id;
		return true;
	}
	if (failed != NULL)
		g_propagate_error(error, g_steal_pointer(&failed));
	else
		g_set_error(error, LABEL_ERROR, LABEL_ERROR_GONE,
			    _("There are no goods with the code %s."), code);
	return false;
}

/* --- reading ------------------------------------------------------------------------------- */

static bool fail_gone(GError **error)
{
	if (error != NULL && *error == NULL)
		g_set_error(error, LABEL_ERROR, LABEL_ERROR_GONE,
			    _("These goods are not in the list any more: take them out, then print "
			      "the others."));
	return false;
}

static char *dup_variant(const char *first, const char *second)
{
	return *first != '\0' && *second != '\0' ? g_strdup_printf("%s, %s", first, second)
						 : g_strdup(*first != '\0' ? first : second);
}

static bool read_item(Source *self, Store *store, int64_t id, GError **error)
{
	StoreStatement *row = store_statement(store, "office/label/item");

	store_bind_int(row, 1, id);
	if (store_step(row, error) != STORE_ROW)
		return fail_gone(error);
	self->name = g_strdup(store_get_text(row, 0));
	self->article = g_strdup(store_get_text(row, 1));
	self->brand = g_strdup(store_get_text(row, 2));
	self->category = g_strdup(store_get_text(row, 3));
	if (!unit_parse(store_get_text(row, 4), &self->unit))
		self->unit = UNIT_OTHER;
	self->plu = store_get_int(row, 6);
	self->shelf_life = store_get_int(row, 7);
	self->variant = dup_variant(store_get_text(row, 8), store_get_text(row, 9));
	store_reset(row);
	return true;
}

static bool read_shop(Source *self, Store *store, int64_t id, GError **error)
{
	StoreStatement *row = store_statement(store, "office/label/shop");

	store_bind_int(row, 1, id);
	if (store_step(row, error) != STORE_ROW)
		return fail_gone(error);
	self->shop = g_strdup(store_get_text(row, 0));
	self->style = label_style_find(store_get_text(row, 1));
	self->numbers = label_style_numbers(self->style);
	self->currency = (uint16_t)store_get_int(row, 2);
	self->timezone = g_strdup(store_get_text(row, 3));
	store_reset(row);
	return true;
}

static bool read_barcode(Source *self, Store *store, const LabelWish *wish, GError **error)
{
	StoreStatement *row = store_statement(store, "office/label/barcode");
	StoreStep step;

	store_bind_int(row, 1, wish->item_id);
	store_bind_int(row, 2, wish->pack_id);
	step = store_step(row, error);
	self->barcode = g_strdup(step == STORE_ROW ? store_get_text(row, 0) : "");
	store_reset(row);
	return step != STORE_FAILED;
}

/* A price of another kind than retail is one of a promotion: retail is the old one. */
static bool read_retail(Source *self, Store *store, int64_t shop_id, int64_t item_id, int64_t at,
			GError **error)
{
	bool has;

	if (!price_at(store, item_id, PRICE_RETAIL, shop_id, at, &has, &self->old, error))
		return false;
	self->has_old = has && self->has_price && self->old > self->of_one;
	return true;
}

/* It went down not long ago, and the shopper is to see from where. */
static bool read_change(Source *self, Store *store, int64_t shop_id, int64_t item_id, int64_t at,
			GError **error)
{
	StoreStatement *row = store_statement(store, "office/label/last_change");
	StoreStep step;

	store_bind_int(row, 1, shop_id);
	store_bind_int(row, 2, item_id);
	store_bind_int(row, 3, at);
	store_bind_int(row, 4, at - OLD_PRICE_DAYS * DAY_US);
	step = store_step(row, error);
	if (step == STORE_ROW && !store_is_null(row, 0)) {
		self->old = store_get_int(row, 0);
		self->has_old = self->has_price && self->old > self->of_one;
	}
	store_reset(row);
	return step != STORE_FAILED;
}

static bool read_prices(Source *self, Store *store, int64_t shop_id, int64_t item_id, int64_t at,
			GError **error)
{
	LabelKindNow kind;

	if (!label_kind_at(store, shop_id, at, &kind, error) ||
	    !label_price_of_kind(store, shop_id, item_id, kind.kind_id, at, &self->has_price,
				 &self->of_one, error))
		return false;
	self->price = self->of_one;
	return kind.kind_id == PRICE_RETAIL ? read_change(self, store, shop_id, item_id, at, error)
					    : read_retail(self, store, shop_id, item_id, at, error);
}

static bool read_pack(Source *self, Store *store, const LabelWish *wish, GError **error)
{
	StoreStatement *row = store_statement(store, "office/label/pack");
	bool own;

	self->factor = QUANTITY_ONE;
	self->pack = g_strdup("");
	if (wish->pack_id == 0)
		return true;
	store_bind_int(row, 1, wish->pack_id);
	store_bind_int(row, 2, wish->item_id);
	if (store_step(row, error) != STORE_ROW)
		return fail_gone(error);
	g_free(self->pack);
	self->pack = g_strdup(store_get_text(row, 0));
	self->factor = store_get_int(row, 1);
	own = !store_is_null(row, 2);
	if (own)
		self->price = store_get_int(row, 2);
	store_reset(row);
	self->has_old = false; /* the history is of one unit's */
	if (own)
		self->has_price = scale_int64(self->price, QUANTITY_ONE, self->factor,
					      ROUND_HALF_AWAY, &self->of_one);
	else
		self->has_price =
			self->has_price && scale_int64(self->of_one, self->factor, QUANTITY_ONE,
						       ROUND_HALF_AWAY, &self->price);
	return true;
}

static bool read_source(Source *self, Store *store, int64_t shop_id, const LabelWish *wish,
			GError **error)
{
	int64_t at = wish->at != 0 ? wish->at : g_get_real_time();

	return read_shop(self, store, shop_id, error) &&
	       read_item(self, store, wish->item_id, error) &&
	       read_barcode(self, store, wish, error) &&
	       read_prices(self, store, shop_id, wish->item_id, at, error) &&
	       read_pack(self, store, wish, error);
}

/* --- words --------------------------------------------------------------------------------- */

static void put(LabelData *data, const char *name, const char *text)
{
	g_hash_table_insert(data, (char *)name, g_strdup(text));
}

static void take(LabelData *data, const char *name, char *text)
{
	g_hash_table_insert(data, (char *)name, text);
}

static char *dup_money(const Source *self, int64_t minor, bool with_symbol)
{
	return number_text_money(
		&self->numbers, (Money){ .minor = minor, .currency = self->currency }, with_symbol);
}

/* What a kilogram, a litre or a metre costs; of a pack, what one piece of it does. */
static char *dup_unit_price(const Source *self)
{
	Unit unit = self->unit == UNIT_GRAM	    ? UNIT_KILOGRAM
		    : self->unit == UNIT_MILLILITRE ? UNIT_LITRE
						    : self->unit;
	const char *name = label_style_unit(self->style, unit);
	g_autofree char *money = NULL;
	int64_t minor = self->of_one;

	if (!self->has_price || *name == '\0' ||
	    (unit == UNIT_PIECE && self->factor == QUANTITY_ONE) ||
	    (unit != self->unit && !scale_int64(minor, 1000, 1, ROUND_HALF_AWAY, &minor)))
		return g_strdup("");
	money = dup_money(self, minor, true);
	return g_strdup_printf("%s/%s", money, name);
}

/* "−20 %", to the whole percent and never more than it is. */
static char *dup_discount(const Source *self)
{
	g_autofree char *percent = NULL;
	int64_t rate;

	if (!self->has_old ||
	    !scale_int64(self->old - self->of_one, 100, self->old, ROUND_DOWN, &rate) || rate == 0)
		return g_strdup("");
	percent = number_text_percent(&self->numbers, -rate * 100);
	return g_steal_pointer(&percent);
}

static void put_prices(const Source *self, LabelData *data)
{
	take(data, "price", self->has_price ? dup_money(self, self->price, true) : g_strdup(""));
	take(data, "amount", self->has_price ? dup_money(self, self->price, false) : g_strdup(""));
	take(data, "old-price", self->has_old ? dup_money(self, self->old, true) : g_strdup(""));
	take(data, "discount", dup_discount(self));
	take(data, "unit-price", dup_unit_price(self));
	put(data, "currency", currency_by_number(self->currency)->symbol);
}

static int32_t day_in(const char *timezone, int64_t days)
{
	g_autoptr(GTimeZone) zone = g_time_zone_new_identifier(timezone);
	g_autoptr(GDateTime) now =
		zone != NULL ? g_date_time_new_now(zone) : g_date_time_new_now_utc();
	g_autoptr(GDateTime) then = g_date_time_add_days(now, (int)CLAMP(days, 0, 36500));

	return g_date_time_get_year(then) * 10000 + g_date_time_get_month(then) * 100 +
	       g_date_time_get_day_of_month(then);
}

static void put_days(const Source *self, const LabelWish *wish, LabelData *data)
{
	int32_t today = day_in(self->timezone, 0), expiry = wish->expiry;

	if (expiry == 0 && self->shelf_life > 0)
		expiry = day_in(self->timezone, self->shelf_life);
	take(data, "date", label_style_dup_day(self->style, today));
	take(data, "expiry", label_style_dup_day(self->style, expiry));
	take(data, "packed-on", label_style_dup_packed(self->style, today));
	take(data, "best-before", label_style_dup_best_before(self->style, expiry));
	put(data, "batch", wish->batch != NULL ? wish->batch : "");
}

static void put_names(const Source *self, LabelData *data)
{
	put(data, "name", self->name);
	put(data, "article", self->article);
	put(data, "brand", self->brand);
	put(data, "category", self->category);
	put(data, "variant", self->variant);
	put(data, "pack", self->pack);
	put(data, "unit", label_style_unit(self->style, self->unit));
	put(data, "shop", self->shop);
	put(data, "barcode", self->barcode);
	put(data, "qr", self->barcode);
	take(data, "plu",
	     self->plu > 0 ? g_strdup_printf("%" G_GINT64_FORMAT, self->plu) : g_strdup(""));
}

bool label_facts_read(Store *store, int64_t shop_id, const LabelWish *wish, LabelFacts *ret,
		      GError **error)
{
	g_auto(Source) source = { 0 };

	if (!read_source(&source, store, shop_id, wish, error))
		return false;
	*ret = (LabelFacts){ .words = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free),
			     .has_price = source.has_price,
			     .price = source.price,
			     .name = g_strdup(source.name) };
	put_names(&source, ret->words);
	put_prices(&source, ret->words);
	put_days(&source, wish, ret->words);
	return true;
}

void label_facts_clear(LabelFacts *self)
{
	g_clear_pointer(&self->words, g_hash_table_unref);
	g_clear_pointer(&self->name, g_free);
}

LabelData *label_data_new(Store *store, int64_t shop_id, const LabelWish *wish, GError **error)
{
	LabelFacts facts;
	LabelData *words;

	if (!label_facts_read(store, shop_id, wish, &facts, error))
		return NULL;
	words = g_steal_pointer(&facts.words);
	label_facts_clear(&facts);
	return words;
}

/* --- what there is ------------------------------------------------------------------------- */

/* Examples are of the country whose language it is: translators give theirs. */
static const LabelWord words[] = {
	{ "name", N_("Name"), N_("Milk 3.2 %, 1 l") },
	{ "price", N_("Price"), N_("89.90 ₽") },
	{ "old-price", N_("Old price"), N_("109.90 ₽") },
	{ "discount", N_("Discount"), "−18 %" },
	{ "unit-price", N_("Price of a kilogram or litre"), N_("89.90 ₽/l") },
	{ "barcode", N_("Barcode"), "4601234567893" },
	{ "article", N_("Article"), "A-1042" },
	{ "brand", N_("Brand"), N_("Meadow") },
	{ "category", N_("Group"), N_("Dairy") },
	{ "variant", N_("Size and colour"), "M" },
	{ "unit", N_("Unit"), "pcs" },
	{ "pack", N_("Pack"), "" },
	{ "plu", "PLU", "42" },
	{ "batch", N_("Batch"), "B-17" },
	{ "expiry", N_("Expiry day"), "2026-12-05" },
	{ "best-before", N_("Expiry day, in words"), N_("Best before: 2026-12-05") },
	{ "packed-on", N_("Day of packing, in words"), N_("Packed: 2026-11-27") },
	{ "date", N_("Day of printing"), "2026-11-27" },
	{ "shop", N_("Shop"), N_("Shop 1") },
	{ "amount", N_("Price without the currency"), N_("89.90") },
	{ "currency", N_("Currency"), N_("₽") },
	{ "qr", N_("What a QR code holds: the barcode"), "4601234567893" },
};

const LabelWord *label_word_list(int *ret_n)
{
	*ret_n = (int)G_N_ELEMENTS(words);
	return words;
}

LabelData *label_data_new_example(void)
{
	LabelData *data = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);

	for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
		put(data, words[i].name,
		    *words[i].example != '\0' ? g_dgettext(GETTEXT_PACKAGE, words[i].example) : "");
	return data;
}
