/* SPDX-License-Identifier: GPL-3.0-or-later */
/* person list, person set, person leave, shop set */
#include "backoffice/people/person.h"
#include "backoffice/cli/command.h"
#include "backoffice/people/shop.h"
#include "backoffice/report/report.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#define PLAIN (1u << FORMAT_TABLE | 1u << FORMAT_JSON)

/* --- person list --------------------------------------------------------------------------- */

static const char *shop_name(const GPtrArray *shops, int64_t id)
{
	for (guint i = 0; i < shops->len; i++) {
		const Shop *shop = shops->pdata[i];

		if (shop->id == id)
			return shop->name;
	}
	return "";
}

static json_t *person_to_json(const PersonFile *person, const GPtrArray *shops)
{
	json_t *seen = json_array();
	json_t *object = json_pack(
		"{s:I, s:s, s:s, s:s, s:s, s:b, s:o}", "id", (json_int_t)person->id, "name",
		person->name, "role", role_code(person->role), "phone", person->phone, "shop",
		shop_name(shops, person->shop_id), "card", (int)person->has_card, "shops", seen);

	for (guint i = 0; i < person->shops->len; i++)
		json_array_append_new(
			seen,
			json_string(shop_name(shops, g_array_index(person->shops, int64_t, i))));
	if (person->hired != 0)
		json_object_set_new(object, "hired", json_integer(person->hired));
	if (person->has_left)
		json_object_set_new(object, "left", json_integer(person->left_on));
	return object;
}

static void print_person(const PersonFile *person, const GPtrArray *shops)
{
	g_autofree char *left = person->has_left ? report_day_dup(person->left_on) : NULL;

	printf("%-20s  %-16s  %-14s  %s", person->name, role_title(person->role),
	       shop_name(shops, person->shop_id), person->has_card ? _("badge") : "");
	if (left != NULL)
		printf(_("left on %s"), left);
	putchar('\n');
}

static int print_people(Store *store, const char *dsn, bool with_left, Format format)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) shops = shop_list(store, &error);
	g_autoptr(GPtrArray) people = shops != NULL ? person_list(store, with_left, &error) : NULL;
	json_t *array;

	if (people == NULL)
		return command_fail(error, dsn);
	array = json_array();
	for (guint i = 0; i < people->len; i++)
		if (format == FORMAT_JSON)
			json_array_append_new(array, person_to_json(people->pdata[i], shops));
		else
			print_person(people->pdata[i], shops);
	if (format == FORMAT_JSON)
		return command_print_json(array);
	json_decref(array);
	return EXIT_DONE;
}

int command_person_list(int argc, char **argv)
{
	g_autofree char *dsn = NULL, *format_name = NULL;
	gboolean all = false;
	const GOptionEntry entries[] = {
		{ "db", 0, 0, G_OPTION_ARG_STRING, &dsn, N_("the office's database"), "DSN" },
		{ "all", 0, 0, G_OPTION_ARG_NONE, &all, N_("those who left too"), NULL },
		{ "format", 0, 0, G_OPTION_ARG_STRING, &format_name, "table|json", N_("FORMAT") },
		G_OPTION_ENTRY_NULL,
	};
	g_autoptr(Store) store = NULL;
	int status = EXIT_FAILED;
	Format format;

	if (!command_parse(&argc, &argv, entries, NULL, 0, _("Names everybody who works here.")) ||
	    !command_format(format_name, PLAIN, &format))
		return EXIT_MISUSED;
	store = command_open(dsn, STORE_READ_ONLY, &status);
	return store != NULL ? print_people(store, dsn, all, format) : status;
}

/* --- person set ---------------------------------------------------------------------------- */

typedef struct {
	char *dsn, *person, *name, *role, *pin, *card, *phone, *home, *hired; /* owned */
	char **shops; /* owned */
	gboolean no_card;
} SetOrder;

static void set_order_clear(SetOrder *self)
{
	g_free(self->dsn);
	g_free(self->person);
	g_free(self->name);
	g_free(self->role);
	g_free(self->pin);
	g_free(self->card);
	g_free(self->phone);
	g_free(self->home);
	g_free(self->hired);
	g_strfreev(self->shops);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SetOrder, set_order_clear)

/* NULL without an error where nothing was said. */
static GArray *find_shops(Store *store, char **names, GError **error)
{
	g_autoptr(GArray) ids = NULL;

	if (names == NULL)
		return NULL;
	ids = g_array_new(false, false, sizeof(int64_t));
	for (char **name = names; *name != NULL; name++) {
		g_autoptr(Shop) shop = shop_find(store, *name, error);

		if (shop == NULL)
			return NULL;
		g_array_append_val(ids, shop->id);
	}
	return g_steal_pointer(&ids);
}

static bool find_home(Store *store, const char *name, int64_t *ret, GError **error)
{
	g_autoptr(Shop) shop = name != NULL ? shop_find(store, name, error) : NULL;

	*ret = shop != NULL ? shop->id : 0;
	return shop != NULL || name == NULL;
}

static int set_person(const SetOrder *order, const Role *role, const int32_t *hired)
{
	g_autoptr(GError) error = NULL;
	int status = EXIT_FAILED;
	g_autoptr(Store) store = command_open(order->dsn, STORE_DURABLE, &status);
	g_autoptr(GArray) shops = NULL;
	PersonChange change = { .name = order->name,
				.phone = order->phone,
				.pin = order->pin,
				.card = order->no_card ? "" : order->card,
				.role = role,
				.hired = hired };
	int64_t id;

	if (store == NULL)
		return status;
	shops = find_shops(store, order->shops, &error);
	change.shops = shops;
	if (error != NULL || !find_home(store, order->home, &change.shop_id, &error) ||
	    !command_find_person(store, order->person, &id, &error) ||
	    !person_change(store, 0, id, &change, &error))
		return command_fail(error, order->dsn);
	return EXIT_DONE;
}

int command_person_set(int argc, char **argv)
{
	g_auto(SetOrder) order = { 0 };
	const GOptionEntry entries[] = {
		{ "db", 0, 0, G_OPTION_ARG_STRING, &order.dsn, N_("the office's database"), "DSN" },
		{ "person", 0, 0, G_OPTION_ARG_STRING, &order.person, N_("who"), N_("NAME") },
		{ "name", 0, 0, G_OPTION_ARG_STRING, &order.name, N_("another name"), N_("NAME") },
		{ "role", 0, 0, G_OPTION_ARG_STRING, &order.role,
		  "cashier|senior|stock|manager|admin", N_("ROLE") },
		{ "pin", 0, 0, G_OPTION_ARG_STRING, &order.pin, N_("4 to 12 digits"), N_("PIN") },
		{ "card", 0, 0, G_OPTION_ARG_STRING, &order.card, N_("what their badge says"),
		  N_("CODE") },
		{ "no-card", 0, 0, G_OPTION_ARG_NONE, &order.no_card, N_("takes the badge away"),
		  NULL },
		{ "phone", 0, 0, G_OPTION_ARG_STRING, &order.phone, N_("telephone number"),
		  N_("TEXT") },
		{ "home", 0, 0, G_OPTION_ARG_STRING, &order.home, N_("the shop they belong to"),
		  N_("NAME") },
		{ "shop", 0, 0, G_OPTION_ARG_STRING_ARRAY, &order.shops,
		  N_("a shop they may see; may be said several times"), N_("NAME") },
		{ "hired", 0, 0, G_OPTION_ARG_STRING, &order.hired, N_("their first day"),
		  N_("DAY") },
		G_OPTION_ENTRY_NULL,
	};
	int32_t hired = 0;
	Role role = ROLE_CASHIER;

	if (!command_parse(&argc, &argv, entries, NULL, 0, _("Changes what is said of a person.")))
		return EXIT_MISUSED;
	if (order.person == NULL)
		return command_misuse(_("Who? Name them with --person."));
	if (order.role != NULL && !role_parse(order.role, &role))
		return command_misuse(_("There is no role “%s”, only %s."), order.role,
				      "cashier, senior, stock, manager, admin");
	if (order.hired != NULL && !report_day_parse(order.hired, &hired))
		return command_misuse(_("A day is written like 2026-11-23, not “%s”."),
				      order.hired);
	return set_person(&order, order.role != NULL ? &role : NULL,
			  order.hired != NULL ? &hired : NULL);
}

/* --- person leave -------------------------------------------------------------------------- */

static int32_t today(const Shop *shop)
{
	g_autoptr(GTimeZone) zone = g_time_zone_new_identifier(shop->timezone);
	g_autoptr(GDateTime) now =
		zone != NULL ? g_date_time_new_now(zone) : g_date_time_new_now_local();

	return g_date_time_get_year(now) * 10000 + g_date_time_get_month(now) * 100 +
	       g_date_time_get_day_of_month(now);
}

static int end_work(const char *dsn, const char *name, int32_t day)
{
	g_autoptr(GError) error = NULL;
	int status = EXIT_FAILED;
	g_autoptr(Store) store = command_open(dsn, STORE_DURABLE, &status);
	g_autoptr(Shop) shop = store != NULL ? shop_find(store, NULL, &error) : NULL;
	int64_t id;

	if (store == NULL)
		return status;
	if (shop == NULL || !command_find_person(store, name, &id, &error) ||
	    !person_leave(store, 0, id, day != 0 ? day : today(shop), &error))
		return command_fail(error, dsn);
	printf(_("%s works here no more. The PIN and the badge open nothing once the tills have "
		 "heard of it."),
	       name);
	putchar('\n');
	return EXIT_DONE;
}

int command_person_leave(int argc, char **argv)
{
	g_autofree char *dsn = NULL, *name = NULL, *day_text = NULL;
	const GOptionEntry entries[] = {
		{ "db", 0, 0, G_OPTION_ARG_STRING, &dsn, N_("the office's database"), "DSN" },
		{ "person", 0, 0, G_OPTION_ARG_STRING, &name, N_("who"), N_("NAME") },
		{ "day", 0, 0, G_OPTION_ARG_STRING, &day_text,
		  N_("their last day; today without it"), N_("DAY") },
		G_OPTION_ENTRY_NULL,
	};
	int32_t day = 0;

	if (!command_parse(&argc, &argv, entries, NULL, 0,
			   _("Ends somebody's work here. What they did stays.")))
		return EXIT_MISUSED;
	if (name == NULL)
		return command_misuse(_("Who? Name them with --person."));
	if (day_text != NULL && !report_day_parse(day_text, &day))
		return command_misuse(_("A day is written like 2026-11-23, not “%s”."), day_text);
	return end_work(dsn, name, day);
}

/* --- shop set ------------------------------------------------------------------------------ */

int command_shop_set(int argc, char **argv)
{
	g_autofree char *dsn = NULL, *name = NULL, *card_pin = NULL;
	const GOptionEntry entries[] = {
		{ "db", 0, 0, G_OPTION_ARG_STRING, &dsn, N_("the office's database"), "DSN" },
		{ "shop", 0, 0, G_OPTION_ARG_STRING, &name,
		  N_("the shop; the first one without it"), N_("NAME") },
		{ "card-pin", 0, 0, G_OPTION_ARG_STRING, &card_pin,
		  N_("whether a badge needs the PIN beside it"), "yes|no" },
		G_OPTION_ENTRY_NULL,
	};
	g_autoptr(GError) error = NULL;
	g_autoptr(Store) store = NULL;
	g_autoptr(Shop) shop = NULL;
	int status = EXIT_FAILED;

	if (!command_parse(&argc, &argv, entries, NULL, 0, _("Changes how a shop works.")))
		return EXIT_MISUSED;
	if (card_pin == NULL || (strcmp(card_pin, "yes") != 0 && strcmp(card_pin, "no") != 0))
		return command_misuse(_("What should be other? Say --card-pin yes or no."));
	store = command_open(dsn, STORE_DURABLE, &status);
	if (store == NULL)
		return status;
	shop = shop_find(store, name, &error);
	if (shop == NULL ||
	    !person_set_card_pin(store, 0, shop->id, strcmp(card_pin, "yes") == 0, &error))
		return command_fail(error, dsn);
	return EXIT_DONE;
}
