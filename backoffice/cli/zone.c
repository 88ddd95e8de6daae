/* SPDX-License-Identifier: GPL-3.0-or-later */
/* zone add, zone list, zone remove */
#include "backoffice/cli/command.h"
#include "backoffice/people/shop.h"
#include "backoffice/stock/count.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#define PLAIN (1u << FORMAT_TABLE | 1u << FORMAT_JSON)

/* What all three are told. */
typedef struct {
	char *dsn, *shop, *name, *format; /* owned */
	gboolean sells;
} ZoneOrder;

static void zone_order_clear(ZoneOrder *self)
{
	g_free(self->dsn);
	g_free(self->shop);
	g_free(self->name);
	g_free(self->format);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(ZoneOrder, zone_order_clear)

#define ENTRY_DB(order)                                                                            \
	{                                                                                          \
		"db", 0, 0, G_OPTION_ARG_STRING, &(order).dsn, N_("the office's database"), "DSN"  \
	}
#define ENTRY_SHOP(order)                                                                          \
	{                                                                                          \
		"shop", 0, 0, G_OPTION_ARG_STRING, &(order).shop,                                  \
			N_("the shop; the first one without it"), N_("NAME")                       \
	}

/* NULL: has said why. */
static Store *open_shop(const ZoneOrder *order, StoreFlags flags, int64_t *ret_shop,
			int *ret_status)
{
	g_autoptr(Store) store = command_open(order->dsn, flags, ret_status);
	g_autoptr(GError) error = NULL;
	g_autoptr(Shop) shop = NULL;

	if (store == NULL)
		return NULL;
	shop = shop_find(store, order->shop, &error);
	if (shop == NULL) {
		*ret_status = command_fail(error, order->dsn);
		return NULL;
	}
	*ret_shop = shop->id;
	return g_steal_pointer(&store);
}

int command_zone_add(int argc, char **argv)
{
	g_auto(ZoneOrder) order = { 0 };
	const GOptionEntry entries[] = {
		ENTRY_DB(order),
		ENTRY_SHOP(order),
		{ "name", 0, 0, G_OPTION_ARG_STRING, &order.name, N_("such as “back room”"),
		  N_("NAME") },
		{ "sells", 0, 0, G_OPTION_ARG_NONE, &order.sells, N_("tills sell out of it"),
		  NULL },
		G_OPTION_ENTRY_NULL,
	};
	g_autoptr(GError) error = NULL;
	g_autoptr(Store) store = NULL;
	int status = EXIT_FAILED;
	int64_t shop_id;
	Zone zone = { 0 };

	if (!command_parse(&argc, &argv, entries, NULL, 0,
			   _("Adds a zone of the shop, for counting its stock zone by zone.")))
		return EXIT_MISUSED;
	if (order.name == NULL)
		return command_misuse(_("What is it called? Say it with --name."));
	store = open_shop(&order, STORE_DURABLE, &shop_id, &status);
	if (store == NULL)
		return status;
	zone = (Zone){ .name = order.name, .sells = order.sells };
	if (!zone_write(store, shop_id, &zone, 0, &error))
		return command_fail(error, order.dsn);
	/* Programs read this line: it is the same in every language. */
	printf("zone %" G_GINT64_FORMAT "\n", zone.id);
	return EXIT_DONE;
}

static int print_zones(const GPtrArray *zones, Format format)
{
	json_t *array = json_array();

	for (guint i = 0; i < zones->len; i++) {
		const Zone *zone = zones->pdata[i];

		if (format == FORMAT_JSON)
			json_array_append_new(array, json_pack("{s:I, s:s, s:b}", "id",
							       (json_int_t)zone->id, "name",
							       zone->name, "sells", zone->sells));
		else if (zone->sells)
			printf("%-20s  %s\n", zone->name, _("tills sell out of it"));
		else
			puts(zone->name);
	}
	if (format == FORMAT_JSON)
		return command_print_json(array);
	json_decref(array);
	return EXIT_DONE;
}

int command_zone_list(int argc, char **argv)
{
	g_auto(ZoneOrder) order = { 0 };
	const GOptionEntry entries[] = {
		ENTRY_DB(order),
		ENTRY_SHOP(order),
		{ "format", 0, 0, G_OPTION_ARG_STRING, &order.format, "table|json", N_("FORMAT") },
		G_OPTION_ENTRY_NULL,
	};
	g_autoptr(GError) error = NULL;
	g_autoptr(Store) store = NULL;
	g_autoptr(GPtrArray) zones = NULL;
	int status = EXIT_FAILED;
	int64_t shop_id;
	Format format;

	if (!command_parse(&argc, &argv, entries, NULL, 0, _("Names the zones of the shop.")) ||
	    !command_format(order.format, PLAIN, &format))
		return EXIT_MISUSED;
	store = open_shop(&order, STORE_READ_ONLY, &shop_id, &status);
	if (store == NULL)
		return status;
	zones = zone_list(store, shop_id, &error);
	return zones != NULL ? print_zones(zones, format) : command_fail(error, order.dsn);
}

static int remove_named(Store *store, int64_t shop_id, const ZoneOrder *order)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) zones = zone_list(store, shop_id, &error);

	for (guint i = 0; zones != NULL && i < zones->len; i++) {
		const Zone *zone = zones->pdata[i];

		if (strcmp(zone->name, order->name) != 0)
			continue;
		return zone_delete(store, shop_id, zone->id, 0, &error)
			       ? EXIT_DONE
			       : command_fail(error, order->dsn);
	}
	if (zones != NULL)
		g_set_error(&error, DOCUMENT_ERROR, DOCUMENT_ERROR_GONE,
			    _("There is no zone “%s”: “baraa zone list” names them all."),
			    order->name);
	return command_fail(error, order->dsn);
}

int command_zone_remove(int argc, char **argv)
{
	g_auto(ZoneOrder) order = { 0 };
	const GOptionEntry entries[] = {
		ENTRY_DB(order),
		ENTRY_SHOP(order),
		{ "name", 0, 0, G_OPTION_ARG_STRING, &order.name, N_("of the zone"), N_("NAME") },
		G_OPTION_ENTRY_NULL,
	};
	g_autoptr(Store) store = NULL;
	int status = EXIT_FAILED;
	int64_t shop_id;

	if (!command_parse(&argc, &argv, entries, NULL, 0,
			   _("Removes a zone; what was counted in it stays.")))
		return EXIT_MISUSED;
	if (order.name == NULL)
		return command_misuse(_("Which zone? Name it with --name."));
	store = open_shop(&order, STORE_DURABLE, &shop_id, &status);
	return store != NULL ? remove_named(store, shop_id, &order) : status;
}
