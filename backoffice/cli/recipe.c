/* SPDX-License-Identifier: GPL-3.0-or-later */
/* recipe put, recipe list, recipe remove */
#include "backoffice/stock/recipe.h"
#include "backoffice/cli/command.h"
#include "backoffice/goods/item.h"
#include "backoffice/people/shop.h"
#include "backoffice/stock/shop_day.h"
#include "base/language.h"
#include "core/number_text.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#define PLAIN (1u << FORMAT_TABLE | 1u << FORMAT_JSON)

/* --- recipe put ---------------------------------------------------------------------------- */

static bool put_one(Store *store, const json_t *json, int64_t person_id, GError **error)
{
	g_autoptr(Recipe) recipe = NULL;

	if (!recipe_take_json(store, json, person_id, &recipe, error))
		return false;
	/* Programs read this line: it is the same in every language. */
	printf("recipe of %s, %d components\n", json_string_value(json_object_get(json, "item")),
	       (int)recipe->lines->len);
	return true;
}

/* Each is a transaction of its own: those before the one that fails are written. */
static bool put_all(Store *store, const json_t *json, int64_t person_id, GError **error)
{
	if (!json_is_array(json))
		return put_one(store, json, person_id, error);
	for (size_t i = 0; i < json_array_size(json); i++) {
		if (put_one(store, json_array_get(json, i), person_id, error))
			continue;
		g_prefix_error(error,
			       _("Recipe %d of %d is refused, those before it are written: "),
			       (int)i + 1, (int)json_array_size(json));
		return false;
	}
	return true;
}

static int put_file(const char *dsn, const char *person, const json_t *json)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Store) store = NULL;
	int status = EXIT_FAILED;
	int64_t person_id;

	store = command_open(dsn, STORE_DURABLE, &status);
	if (store == NULL)
		return status;
	if (command_find_person(store, person, &person_id, &error) &&
	    put_all(store, json, person_id, &error))
		return EXIT_DONE;
	return command_fail(error, dsn);
}

int command_recipe_put(int argc, char **argv)
{
	g_autofree char *dsn = NULL, *person = NULL;
	const GOptionEntry entries[] = {
		{ "db", 0, 0, G_OPTION_ARG_STRING, &dsn, N_("the office's database"), "DSN" },
		{ "person", 0, 0, G_OPTION_ARG_STRING, &person,
		  N_("in whose name, and with whose rights"), N_("NAME") },
		G_OPTION_ENTRY_NULL,
	};
	json_t *json;
	int status;

	if (!command_parse(&argc, &argv, entries, _("FILE.json"), 1,
			   _("Writes a recipe that is given as JSON, or an array of them: what "
			     "goods or a kit are made of. One of the same first day is changed. "
			     "The file “-” is standard input.")))
		return EXIT_MISUSED;
	json = command_read_json(argv[1]);
	if (json == NULL)
		return EXIT_FAILED;
	status = put_file(dsn, person, json);
	json_decref(json);
	return status;
}

/* --- recipe list --------------------------------------------------------------------------- */

typedef struct {
	Store *store; /* borrowed */
	int64_t shop_id;
	int32_t today;
	Format format;
	json_t *array; /* borrowed */
} List;

/* YYYYMMDD as 2026-12-01; own it. */
static char *dup_day(int32_t day)
{
	return g_strdup_printf("%04d-%02d-%02d", day / 10000, day / 100 % 100, day % 100);
}

static void print_recipe(const Recipe *recipe, const Item *item, const int64_t *available)
{
	const NumberStyle style = language_number_style();
	g_autofree char *yield = number_text_quantity(&style, (Quantity){ .micro = recipe->yield });
	g_autofree char *now =
		available != NULL ? number_text_quantity(&style, (Quantity){ .micro = *available })
				  : g_strdup("—");
	g_autofree char *day = recipe->first_day != 0 ? dup_day(recipe->first_day) : g_strdup("—");

	printf("%s  %s  %s  %s %s  %u  %s\n", item->article, item->name, day, yield,
	       unit_code(item->unit), recipe->lines->len, now);
}

static bool add_json(const List *self, const Recipe *recipe, const Item *item,
		     const int64_t *available, GError **error)
{
	json_t *json = recipe_to_json(self->store, recipe, error);
	json_t *object;

	if (json == NULL)
		return false;
	object = json_pack("{s:s, s:s, s:o}", "name", item->name, "unit", unit_code(item->unit),
			   "recipe", json);
	if (available != NULL) {
		g_autofree char *now = quantity_dup_decimal((Quantity){ .micro = *available });

		json_object_set_new(object, "available", json_string(now));
	}
	json_array_append_new(self->array, object);
	return true;
}

/* Nothing can be made yet by a recipe that is still to come. */
static bool list_one(const List *self, const Recipe *recipe, GError **error)
{
	g_autoptr(GError) failed = NULL;
	g_autoptr(Item) item = item_read(self->store, recipe->item_id, &failed);
	const bool in_force = recipe->first_day <= self->today;
	int64_t available;

	if (failed != NULL) {
		g_propagate_error(error, g_steal_pointer(&failed));
		return false;
	}
	if (item == NULL)
		return true; /* deleted since the list was read */
	if (in_force &&
	    !recipe_available(self->store, self->shop_id, recipe->item_id, &available, error))
		return false;
	if (self->format == FORMAT_JSON)
		return add_json(self, recipe, item, in_force ? &available : NULL, error);
	print_recipe(recipe, item, in_force ? &available : NULL);
	return true;
}

static bool list_all(List *self, const char *shop_name, GError **error)
{
	g_autoptr(Shop) shop = shop_find(self->store, shop_name, error);
	g_autoptr(GPtrArray) recipes = NULL;
	g_auto(ShopDays) days = { 0 };

	if (shop == NULL || !shop_days_init(&days, self->store, shop->id, error))
		return false;
	self->shop_id = shop->id;
	self->today = shop_days_today(&days);
	recipes = recipe_list(self->store, error);
	for (guint i = 0; recipes != NULL && i < recipes->len; i++)
		if (!list_one(self, recipes->pdata[i], error))
			return false;
	return recipes != NULL;
}

static int list(const char *dsn, const char *shop, Format format)
{
	g_autoptr(GError) error = NULL;
	int status = EXIT_FAILED;
	g_autoptr(Store) store = command_open(dsn, STORE_READ_ONLY, &status);
	List self = { .store = store, .format = format };

	if (store == NULL)
		return status;
	self.array = json_array();
	if (list_all(&self, shop, &error) && format == FORMAT_JSON)
		return command_print_json(self.array);
	json_decref(self.array);
	return error != NULL ? command_fail(error, dsn) : EXIT_DONE;
}

int command_recipe_list(int argc, char **argv)
{
	g_autofree char *dsn = NULL, *shop = NULL, *format_name = NULL;
	const GOptionEntry entries[] = {
		{ "db", 0, 0, G_OPTION_ARG_STRING, &dsn, N_("the office's database"), "DSN" },
		{ "shop", 0, 0, G_OPTION_ARG_STRING, &shop,
		  N_("the shop; the first one without it"), N_("NAME") },
		{ "format", 0, 0, G_OPTION_ARG_STRING, &format_name, "table|json", N_("FORMAT") },
		G_OPTION_ENTRY_NULL,
	};
	Format format;

	if (!command_parse(
		    &argc, &argv, entries, NULL, 0,
		    _("Lists the recipes in force and to come: article, name, first day, how "
		      "much comes out, how many components, how many could be made now of "
		      "what lies in the shop.")) ||
	    !command_format(format_name, PLAIN, &format))
		return EXIT_MISUSED;
	return list(dsn, shop, format);
}

/* --- recipe remove ------------------------------------------------------------------------- */

/* Of a day in words, "2026-12-01". */
static bool parse_day(const char *text, int32_t *ret)
{
	int year, month, day, end = 0;

	if (sscanf(text, "%4d-%2d-%2d%n", &year, &month, &day, &end) != 3 || text[end] != '\0' ||
	    year < 1 || month < 1 || day < 1 ||
	    !g_date_valid_dmy((GDateDay)day, (GDateMonth)month, (GDateYear)year))
		return false;
	*ret = year * 10000 + month * 100 + day;
	return true;
}

static bool find_item(Store *store, const char *code, int64_t *ret, GError **error)
{
	g_autoptr(GError) failed = NULL;
	ItemScan scan;

	if (item_find_scan(store, code, &scan, &failed)) {
		*ret = scan.item_id;
		return true;
	}
	if (failed != NULL)
		g_propagate_error(error, g_steal_pointer(&failed));
	else
		g_set_error(error, DOCUMENT_ERROR, DOCUMENT_ERROR_GONE,
			    _("There are no goods “%s”."), code);
	return false;
}

/* The only one in force or to come where no day is given. */
static bool find_listed(Store *store, int64_t item_id, int64_t *ret, GError **error)
{
	g_autoptr(GPtrArray) recipes = recipe_list(store, error);
	int n = 0;

	*ret = 0;
	for (guint i = 0; recipes != NULL && i < recipes->len; i++) {
		const Recipe *recipe = recipes->pdata[i];

		if (recipe->item_id != item_id)
			continue;
		*ret = recipe->id;
		n++;
	}
	if (recipes != NULL && n > 1)
		g_set_error(error, DOCUMENT_ERROR, DOCUMENT_ERROR_INVALID,
			    _("There are %d recipes of it: say which with --first-day (“baraa "
			      "recipe list” names the days, 0 is the one from the beginning)."),
			    n);
	else if (recipes != NULL && n == 0)
		g_set_error(error, DOCUMENT_ERROR, DOCUMENT_ERROR_GONE,
			    _("There is no recipe of it."));
	return n == 1;
}

static bool find_of_day(Store *store, int64_t item_id, int32_t day, int64_t *ret, GError **error)
{
	g_autoptr(GError) failed = NULL;
	g_autoptr(Recipe) recipe = recipe_read(store, item_id, day, &failed);

	if (recipe != NULL && recipe->first_day == day) {
		*ret = recipe->id;
		return true;
	}
	if (failed != NULL)
		g_propagate_error(error, g_steal_pointer(&failed));
	else
		g_set_error(error, DOCUMENT_ERROR, DOCUMENT_ERROR_GONE,
			    _("There is no recipe of it that begins on that day."));
	return false;
}

static bool take_away(Store *store, const char *code, const int32_t *day, const char *person,
		      GError **error)
{
	int64_t person_id, item_id, id;

	return command_find_person(store, person, &person_id, error) &&
	       find_item(store, code, &item_id, error) &&
	       (day != NULL ? find_of_day(store, item_id, *day, &id, error)
			    : find_listed(store, item_id, &id, error)) &&
	       recipe_delete(store, id, person_id, error);
}

int command_recipe_remove(int argc, char **argv)
{
	g_autofree char *dsn = NULL, *person = NULL, *day_text = NULL;
	const GOptionEntry entries[] = {
		{ "db", 0, 0, G_OPTION_ARG_STRING, &dsn, N_("the office's database"), "DSN" },
		{ "first-day", 0, 0, G_OPTION_ARG_STRING, &day_text,
		  N_("of several recipes the one that begins on this day: 2026-12-01, or 0"),
		  N_("DAY") },
		{ "person", 0, 0, G_OPTION_ARG_STRING, &person,
		  N_("in whose name, and with whose rights"), N_("NAME") },
		G_OPTION_ENTRY_NULL,
	};
	g_autoptr(GError) error = NULL;
	g_autoptr(Store) store = NULL;
	int status = EXIT_FAILED;
	int32_t day = 0;

	if (!command_parse(&argc, &argv, entries, _("BARCODE|ARTICLE"), 1,
			   _("Removes a recipe of these goods. The one before it is in force "
			     "again.")))
		return EXIT_MISUSED;
	if (day_text != NULL && strcmp(day_text, "0") != 0 && !parse_day(day_text, &day))
		return command_misuse(_("A day is written like 2026-12-01, not “%s”."), day_text);
	store = command_open(dsn, STORE_DURABLE, &status);
	if (store == NULL)
		return status;
	if (!take_away(store, argv[1], day_text != NULL ? &day : NULL, person, &error))
		return command_fail(error, dsn);
	puts(_("The recipe is gone."));
	return EXIT_DONE;
}
