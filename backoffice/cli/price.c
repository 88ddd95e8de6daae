/* SPDX-License-Identifier: GPL-3.0-or-later */
/* price set, price cancel, price show */
#include "backoffice/cli/price_words.h"
#include "backoffice/goods/goods.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#define PLAIN (1u << FORMAT_TABLE | 1u << FORMAT_JSON)
#define HISTORY_MAX 50

/* What all of them are told. */
typedef struct {
	char *dsn, *barcode, *article, *kind, *shop, *from, *price, *format; /* owned */
} Order;

static void order_clear(Order *self)
{
	g_free(self->dsn);
	g_free(self->barcode);
	g_free(self->article);
	g_free(self->kind);
	g_free(self->shop);
	g_free(self->from);
	g_free(self->price);
	g_free(self->format);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Order, order_clear)

#define ORDER_ENTRIES(order)                                                                       \
	{ "db", 0, 0, G_OPTION_ARG_STRING, &(order).dsn, N_("the office's database"), "DSN" },     \
		{ "barcode",	      0,	 0, G_OPTION_ARG_STRING, &(order).barcode,         \
		  N_("of the goods"), N_("CODE") },                                                \
		{ "article",	      0,	 0, G_OPTION_ARG_STRING, &(order).article,         \
		  N_("of the goods"), N_("CODE") },                                                \
	{                                                                                          \
		"shop", 0, 0, G_OPTION_ARG_STRING, &(order).shop, N_("of one shop only"),          \
			N_("NAME")                                                                 \
	}

/* Fills @ret but for the amount. */
static bool read_key(PriceWords *words, const Order *order, PriceSet *ret, int *ret_status)
{
	return price_words_item(words, order->barcode, order->article, &ret->item_id, ret_status) &&
	       price_words_kind(words, order->kind, &ret->kind_id, ret_status) &&
	       price_words_shop(words, order->shop, &ret->shop_id, ret_status) &&
	       price_words_time(words, order->from, &ret->first_at, ret_status);
}

/* --- price set ----------------------------------------------------------------------------- */

static int set_price(PriceWords *words, const Order *order)
{
	PriceSet set = { 0 };
	g_autoptr(GError) error = NULL;
	int status = EXIT_FAILED;

	set.has_amount = strcmp(order->price, "none") != 0;
	if (!read_key(words, order, &set, &status) ||
	    (set.has_amount && !price_words_amount(words, order->price, &set.amount, &status)))
		return status;
	if (!prices_set(words->store, &set, 1, 0, "hand", &error))
		return command_fail(error, order->dsn);
	puts(set.first_at != 0 ? _("The price is set and begins at its minute.")
			       : _("The price is set."));
	return EXIT_DONE;
}

int command_price_set(int argc, char **argv)
{
	g_auto(Order) order = { 0 };
	const GOptionEntry entries[] = {
		ORDER_ENTRIES(order),
		{ "price", 0, 0, G_OPTION_ARG_STRING, &order.price,
		  N_("the new one; “none” takes it away"), N_("PRICE") },
		{ "kind", 0, 0, G_OPTION_ARG_STRING, &order.kind, N_("another than retail"),
		  N_("NAME") },
		{ "from", 0, 0, G_OPTION_ARG_STRING, &order.from,
		  N_("a minute to come: 2026-12-01T08:00"), N_("TIME") },
		G_OPTION_ENTRY_NULL,
	};
	g_auto(PriceWords) words = { 0 };
	g_autoptr(Store) store = NULL;
	int status = EXIT_FAILED;

	if (!command_parse(&argc, &argv, entries, NULL, 0,
			   _("Sets a price, now or from a minute on.")))
		return EXIT_MISUSED;
	if (order.price == NULL)
		return command_misuse(_("Which price? Say it with --price."));
	store = command_open(order.dsn, STORE_DURABLE, &status);
	if (store == NULL || !price_words_init(&words, store, &status))
		return status;
	return set_price(&words, &order);
}

/* --- price cancel -------------------------------------------------------------------------- */

static int cancel_price(PriceWords *words, const Order *order)
{
	g_autoptr(GError) error = NULL;
	int status = EXIT_FAILED;
	PriceSet key = { 0 };

	if (!read_key(words, order, &key, &status))
		return status;
	if (!prices_cancel(words->store, key.item_id, key.kind_id, key.shop_id, key.first_at, 0,
			   &error))
		return command_fail(error, order->dsn);
	puts(_("The price will not come."));
	return EXIT_DONE;
}

int command_price_cancel(int argc, char **argv)
{
	g_auto(Order) order = { 0 };
	const GOptionEntry entries[] = {
		ORDER_ENTRIES(order),
		{ "kind", 0, 0, G_OPTION_ARG_STRING, &order.kind, N_("another than retail"),
		  N_("NAME") },
		{ "from", 0, 0, G_OPTION_ARG_STRING, &order.from, N_("when it would begin"),
		  N_("TIME") },
		G_OPTION_ENTRY_NULL,
	};
	g_auto(PriceWords) words = { 0 };
	g_autoptr(Store) store = NULL;
	int status = EXIT_FAILED;

	if (!command_parse(&argc, &argv, entries, NULL, 0,
			   _("Takes back a price that has not begun.")))
		return EXIT_MISUSED;
	if (order.from == NULL)
		return command_misuse(_("Which one? Say with --from when it would begin."));
	store = command_open(order.dsn, STORE_DURABLE, &status);
	if (store == NULL || !price_words_init(&words, store, &status))
		return status;
	return cancel_price(&words, &order);
}

/* --- price show ---------------------------------------------------------------------------- */

typedef struct {
	/* owned */
	GArray *rows; /* of PriceRow */
	GPtrArray *history;
	Goods *goods;
} View;

static void view_clear(View *self)
{
	g_clear_pointer(&self->rows, g_array_unref);
	g_clear_pointer(&self->history, g_ptr_array_unref);
	goods_free(self->goods);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(View, view_clear)

static bool view_read(View *self, Store *store, int64_t item_id, int64_t shop_id, int64_t now,
		      GError **error)
{
	self->goods = goods_find(store, item_id, error);
	if (self->goods != NULL)
		self->rows = prices_of_item(store, item_id, shop_id, now, error);
	if (self->rows != NULL)
		self->history = price_history(store, item_id, HISTORY_MAX, error);
	return self->history != NULL;
}

static json_t *amount_to_json(const PriceWords *words, bool has, int64_t amount)
{
	g_autofree char *text = has ? price_words_dup_amount(words, amount) : NULL;

	return has ? json_string(text) : json_null();
}

static json_t *time_to_json(const PriceWords *words, int64_t at)
{
	g_autofree char *text = at != 0 ? price_words_dup_time(words, at) : NULL;

	return at != 0 ? json_string(text) : json_null();
}

static json_t *row_to_json(const PriceWords *words, const PriceRow *row, const char *why)
{
	return json_pack("{s:s, s:o, s:o, s:s}", "kind", price_words_kind_name(words, row->kind_id),
			 "from", time_to_json(words, row->first_at), "price",
			 amount_to_json(words, row->has_amount, row->amount), "why", why);
}

static json_t *change_to_json(const PriceWords *words, const PriceChange *change)
{
	return json_pack("{s:o, s:s, s:s, s:s, s:o, s:o, s:o, s:s}", "at",
			 time_to_json(words, change->at), "person", change->person, "kind",
			 change->kind, "shop", price_words_shop_name(words, change->shop_id),
			 "from", time_to_json(words, change->first_at), "before",
			 amount_to_json(words, change->has_before, change->before), "after",
			 amount_to_json(words, change->has_after, change->after), "how",
			 change->how);
}

static char *dup_why(const PriceWords *words, const View *view, const PriceRow *row,
		     int64_t shop_id, int64_t now, GError **error)
{
	return price_dup_why(words->store, view->goods->id, row->kind_id, shop_id,
			     row->first_at != 0 ? row->first_at : now, error);
}

static int show_json(const PriceWords *words, const View *view, int64_t shop_id, int64_t now)
{
	json_t *prices = json_array(), *history = json_array();
	g_autoptr(GError) error = NULL;

	for (guint i = 0; error == NULL && i < view->rows->len; i++) {
		const PriceRow *row = &g_array_index(view->rows, PriceRow, i);
		g_autofree char *why = dup_why(words, view, row, shop_id, now, &error);

		if (why != NULL)
			json_array_append_new(prices, row_to_json(words, row, why));
	}
	for (guint i = 0; i < view->history->len; i++)
		json_array_append_new(history, change_to_json(words, view->history->pdata[i]));
	if (error != NULL) {
		json_decref(prices);
		json_decref(history);
		return command_fail(error, NULL);
	}
	return command_print_json(json_pack("{s:s, s:s, s:o, s:o}", "name", view->goods->name,
					    "barcode", view->goods->barcode, "prices", prices,
					    "history", history));
}

static char *dup_amount(const PriceWords *words, bool has, int64_t amount)
{
	return has ? price_words_dup_amount(words, amount) : g_strdup("-");
}

static void print_history(const PriceWords *words, const GPtrArray *history)
{
	for (guint i = 0; i < history->len; i++) {
		const PriceChange *change = history->pdata[i];
		g_autofree char *at = price_words_dup_time(words, change->at);
		g_autofree char *from = change->first_at != 0
						? price_words_dup_time(words, change->first_at)
						: g_strdup("");
		g_autofree char *before = dup_amount(words, change->has_before, change->before);
		g_autofree char *after = dup_amount(words, change->has_after, change->after);

		printf("%s  %s  %s  %s -> %s  %s  %s  %s\n", at, change->kind,
		       price_words_shop_name(words, change->shop_id), before, after, from,
		       change->person, price_how_title(change->how));
	}
}

static int show_table(const PriceWords *words, const View *view, int64_t shop_id, int64_t now)
{
	g_autoptr(GError) error = NULL;

	puts(view->goods->name);
	for (guint i = 0; i < view->rows->len; i++) {
		const PriceRow *row = &g_array_index(view->rows, PriceRow, i);
		g_autofree char *why = dup_why(words, view, row, shop_id, now, &error);
		g_autofree char *amount = dup_amount(words, row->has_amount, row->amount);
		g_autofree char *from = row->first_at != 0
						? price_words_dup_time(words, row->first_at)
						: g_strdup("");

		if (why == NULL)
			return command_fail(error, NULL);
		printf("\n%12s  %s  %s\n%s\n", amount, price_words_kind_name(words, row->kind_id),
		       from, why);
	}
	putchar('\n');
	print_history(words, view->history);
	return EXIT_DONE;
}

static int show(PriceWords *words, const Order *order, Format format)
{
	const Shop *first = words->shops->len > 0 ? words->shops->pdata[0] : NULL;
	int64_t now = g_get_real_time(), item_id, shop_id;
	g_autoptr(GError) error = NULL;
	g_auto(View) view = { 0 };
	int status = EXIT_FAILED;

	if (!price_words_item(words, order->barcode, order->article, &item_id, &status) ||
	    !price_words_shop(words, order->shop, &shop_id, &status))
		return status;
	if (shop_id == 0 && first != NULL)
		shop_id = first->id;
	if (!view_read(&view, words->store, item_id, shop_id, now, &error))
		return error != NULL ? command_fail(error, order->dsn) : EXIT_FAILED;
	return format == FORMAT_JSON ? show_json(words, &view, shop_id, now)
				     : show_table(words, &view, shop_id, now);
}

int command_price_show(int argc, char **argv)
{
	g_auto(Order) order = { 0 };
	const GOptionEntry entries[] = {
		ORDER_ENTRIES(order),
		{ "format", 0, 0, G_OPTION_ARG_STRING, &order.format, "table|json", N_("FORMAT") },
		G_OPTION_ENTRY_NULL,
	};
	g_auto(PriceWords) words = { 0 };
	g_autoptr(Store) store = NULL;
	int status = EXIT_FAILED;
	Format format;

	if (!command_parse(&argc, &argv, entries, NULL, 0,
			   _("What goods cost now and later, why, and what they have cost.")) ||
	    !command_format(order.format, PLAIN, &format))
		return EXIT_MISUSED;
	store = command_open(order.dsn, STORE_READ_ONLY, &status);
	if (store == NULL || !price_words_init(&words, store, &status))
		return status;
	return show(&words, &order, format);
}
