/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/people/shop.h"

#include "backoffice/people/counter.h"
#include "backoffice/people/rights.h"
#include "core/country.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#define SHOP_NAME_MAX 100
#define CODE_GROUP 4

void shop_free(Shop *self)
{
	if (self == NULL)
		return;
	g_free(self->name);
	g_free(self->country);
	g_free(self->timezone);
	g_free(self);
}

static void free_shop(gpointer shop)
{
	shop_free(shop);
}

GPtrArray *shop_list(Store *store, GError **error)
{
	g_autoptr(GPtrArray) shops = g_ptr_array_new_with_free_func(free_shop);
	StoreStatement *statement = store_statement(store, "office/people/shops");
	StoreStep step;

	while ((step = store_step(statement, error)) == STORE_ROW) {
		Shop *shop = g_new0(Shop, 1);

		shop->id = store_get_int(statement, 0);
		shop->name = g_strdup(store_get_text(statement, 1));
		shop->country = g_strdup(store_get_text(statement, 2));
		shop->timezone = g_strdup(store_get_text(statement, 3));
		shop->currency = (uint16_t)store_get_int(statement, 4);
		g_ptr_array_add(shops, shop);
	}
	return step == STORE_DONE ? g_steal_pointer(&shops) : NULL;
}

/* "“A”, “B”" */
static char *dup_names(const GPtrArray *shops)
{
	g_autoptr(GString) names = g_string_new(NULL);

	for (guint i = 0; i < shops->len; i++) {
		const Shop *shop = shops->pdata[i];

		g_string_append_printf(names, "%s“%s”", i > 0 ? ", " : "", shop->name);
	}
	return g_string_free(g_steal_pointer(&names), false);
}

Shop *shop_find(Store *store, const char *name, GError **error)
{
	g_autoptr(GPtrArray) shops = shop_list(store, error);
	g_autofree char *names = NULL;

	if (shops == NULL)
		return NULL;
	for (guint i = 0; i < shops->len; i++) {
		const Shop *shop = shops->pdata[i];

		if (name == NULL || strcmp(shop->name, name) == 0)
			return g_ptr_array_steal_index(shops, i);
	}
	names = dup_names(shops);
	if (shops->len == 0)
		g_set_error(error, PEOPLE_ERROR, PEOPLE_ERROR_SHOP,
			    _("The database has no shop yet: run “baraa init” first."));
	else
		g_set_error(error, PEOPLE_ERROR, PEOPLE_ERROR_SHOP,
			    _("There is no shop named “%s”, only %s."), name, names);
	return NULL;
}

/* --- the first day ------------------------------------------------------------------------- */

static bool insert_rates(Store *store, int64_t group_id, const CountryTaxGroup *group,
			 GError **error)
{
	for (int i = 0; i < group->n_rates; i++) {
		const TaxRate *rate = &group->rates[i];
		StoreStatement *statement = store_statement(store, "office/people/insert_tax_rate");

		store_bind_int(statement, 1, group_id);
		store_bind_text(statement, 2, rate->code);
		store_bind_int(statement, 3, rate->first_day);
		store_bind_int(statement, 4, rate->rate);
		store_bind_int(statement, 5, rate->inclusive);
		store_bind_text(statement, 6, fiscal_tax_code(rate->fiscal));
		if (!store_run(statement, error))
			return false;
	}
	return true;
}

static bool insert_taxes(Store *store, const Country *country, GError **error)
{
	for (int i = 0; i < country->n_tax_groups; i++) {
		const CountryTaxGroup *group = &country->tax_groups[i];
		StoreStatement *statement;
		int64_t revision;

		if (!counter_take(store, "revision", &revision, error))
			return false;
		statement = store_statement(store, "office/people/insert_tax_group");
		store_bind_int(statement, 1, i + 1);
		store_bind_text(statement, 2, group->code);
		store_bind_text(statement, 3, _(group->name));
		store_bind_int(statement, 4, strcmp(group->code, country->default_tax) == 0);
		store_bind_int(statement, 5, revision);
		if (!store_run(statement, error) || !insert_rates(store, i + 1, group, error))
			return false;
	}
	return true;
}

/* Where the shop's money lies (backoffice/money/). */
static bool insert_accounts(Store *store, const char *statement, int64_t shop_id, GError **error)
{
	StoreStatement *insert = store_statement(store, statement);

	store_bind_int(insert, 1, shop_id);
	return store_run(insert, error);
}

static bool insert_shop(Store *store, const Country *country, const char *name, GError **error)
{
	StoreStatement *statement;
	int64_t id, revision;

	if (!counter_take(store, "shop", &id, error) ||
	    !counter_take(store, "revision", &revision, error))
		return false;
	statement = store_statement(store, "office/people/insert_shop");
	store_bind_int(statement, 1, id);
	store_bind_text(statement, 2, name);
	store_bind_text(statement, 3, country->code);
	store_bind_int(statement, 4, country->currency);
	store_bind_text(statement, 5, country->timezone);
	store_bind_int(statement, 6, revision);
	return store_run(statement, error) &&
	       insert_accounts(store, "office/money/add_usual", id, error);
}

static bool fill(Store *store, const Country *country, const char *name, char **ret_pin,
		 GError **error)
{
	g_autoptr(GPtrArray) shops = shop_list(store, error);
	g_autofree char *pin = NULL;
	int64_t person;

	if (shops == NULL)
		return false;
	if (shops->len > 0) {
		g_autofree char *names = dup_names(shops);

		g_set_error(error, PEOPLE_ERROR, PEOPLE_ERROR_SHOP,
			    _("This database is already the office of %s."), names);
		return false;
	}
	if (!insert_taxes(store, country, error) || !insert_shop(store, country, name, error))
		return false;
	pin = people_dup_new_pin(store, error);
	if (pin == NULL ||
	    !people_insert(store, _("Administrator"), ROLE_ADMIN, pin, &person, error) ||
	    !audit_add(store, 0, "init", name, country->code, error))
		return false;
	*ret_pin = g_steal_pointer(&pin);
	return true;
}

static bool check_shop_name(const char *name, GError **error)
{
	if (*name != '\0' && g_utf8_strlen(name, -1) <= SHOP_NAME_MAX)
		return true;
	g_set_error(error, PEOPLE_ERROR, PEOPLE_ERROR_SHOP,
		    _("A shop's name has 1 to %d characters."), SHOP_NAME_MAX);
	return false;
}

static bool refuse_country(const char *code, GError **error)
{
	g_autoptr(GString) known = g_string_new(NULL);

	for (const Country *const *country = country_list(); *country != NULL; country++)
		g_string_append_printf(known, "%s%s", known->len > 0 ? ", " : "", (*country)->code);
	g_set_error(error, PEOPLE_ERROR, PEOPLE_ERROR_COUNTRY,
		    _("There is no country “%s”, only %s."), code, known->str);
	return false;
}

bool shop_init(Store *store, const char *country, const char *name, char **ret_pin, GError **error)
{
	g_autofree char *trimmed = g_strstrip(g_strdup(name));
	const Country *rules = country_by_code(country);
	g_autofree char *pin = NULL;

	if (rules == NULL)
		return refuse_country(country, error);
	if (!check_shop_name(trimmed, error) || !store_begin(store, error))
		return false;
	if (!fill(store, rules, trimmed, &pin, error)) {
		store_rollback(store);
		return false;
	}
	if (!store_commit(store, error))
		return false;
	*ret_pin = g_steal_pointer(&pin);
	return true;
}

/* Another shop of the same business: same country, same taxes. */
static bool insert_another(Store *store, const char *name, int64_t person_id, GError **error)
{
	g_autoptr(Shop) first = shop_find(store, NULL, error);
	g_autoptr(GPtrArray) shops = first != NULL ? shop_list(store, error) : NULL;
	const Country *country;

	if (shops == NULL || !rights_require(store, person_id, RIGHT_SETTINGS, error))
		return false;
	for (guint i = 0; i < shops->len; i++)
		if (strcmp(((const Shop *)shops->pdata[i])->name, name) == 0) {
			g_set_error(error, PEOPLE_ERROR, PEOPLE_ERROR_SHOP,
				    _("There is a shop named “%s” already."), name);
			return false;
		}
	country = country_by_code(first->country);
	if (country == NULL)
		return refuse_country(first->country, error);
	return insert_shop(store, country, name, error) &&
	       audit_add(store, person_id, "shop-add", name, "", error);
}

bool shop_add(Store *store, const char *name, int64_t person_id, GError **error)
{
	g_autofree char *trimmed = g_strstrip(g_strdup(name));

	if (!check_shop_name(trimmed, error) || !store_begin(store, error))
		return false;
	if (!insert_another(store, trimmed, person_id, error)) {
		store_rollback(store);
		return false;
	}
	return store_commit(store, error);
}

/* --- tills --------------------------------------------------------------------------------- */

/* No I, O, 0, 1: read over a telephone, typed on a till. 32 letters, so 40 bits for a code that
 * works once. */
static char *dup_new_code(void)
{
	static const char letters[] = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
	char code[2 * CODE_GROUP + 2] = { 0 };

	if (sodium_init() < 0)
		g_error("libsodium does not start");
	for (int i = 0; i < 2 * CODE_GROUP + 1; i++)
		code[i] = i == CODE_GROUP ? '-' : letters[randombytes_uniform(sizeof letters - 1)];
	return g_strdup(code);
}

char *till_dup_secret_hash(const char *secret)
{
	g_autoptr(GString) bare = g_string_new(NULL);

	for (const char *p = secret; *p != '\0'; p++)
		if (!g_ascii_isspace(*p) && *p != '-')
			g_string_append_c(bare, g_ascii_toupper(*p));
	return g_compute_checksum_for_string(G_CHECKSUM_SHA256, bare->str, (gssize)bare->len);
}

static bool till_name_is_free(Store *store, int64_t shop_id, const char *name, GError **error)
{
	StoreStatement *statement = store_statement(store, "office/people/find_till");

	store_bind_int(statement, 1, shop_id);
	store_bind_text(statement, 2, name);
	switch (store_step(statement, error)) {
	case STORE_ROW:
		store_reset(statement);
		g_set_error(error, PEOPLE_ERROR, PEOPLE_ERROR_SHOP,
			    _("There is already a till named “%s”."), name);
		return false;
	case STORE_DONE:
		return true;
	default:
		return false;
	}
}

static bool insert_till(Store *store, int64_t shop_id, const char *name, const char *code,
			int64_t *ret_id, GError **error)
{
	g_autofree char *hash = till_dup_secret_hash(code);
	StoreStatement *statement;

	if (!till_name_is_free(store, shop_id, name, error) ||
	    !counter_take(store, "till", ret_id, error))
		return false;
	statement = store_statement(store, "office/people/insert_till");
	store_bind_int(statement, 1, shop_id);
	store_bind_int(statement, 2, *ret_id);
	store_bind_text(statement, 3, name);
	store_bind_text(statement, 4, hash);
	return store_run(statement, error) &&
	       insert_accounts(store, "office/money/add_drawers", shop_id, error) &&
	       audit_add(store, 0, "till-add", name, "", error);
}

bool till_add(Store *store, const char *shop, const char *name, int64_t *ret_id, char **ret_code,
	      GError **error)
{
	g_autoptr(Shop) owner = shop_find(store, shop, error);
	g_autofree char *trimmed = g_strstrip(g_strdup(name));
	g_autofree char *code = dup_new_code();

	if (owner == NULL)
		return false;
	if (*trimmed == '\0' || g_utf8_strlen(trimmed, -1) > SHOP_NAME_MAX) {
		g_set_error(error, PEOPLE_ERROR, PEOPLE_ERROR_SHOP,
			    _("A till's name has 1 to %d characters."), SHOP_NAME_MAX);
		return false;
	}
	if (!store_begin(store, error))
		return false;
	if (!insert_till(store, owner->id, trimmed, code, ret_id, error)) {
		store_rollback(store);
		return false;
	}
	if (!store_commit(store, error))
		return false;
	*ret_code = g_steal_pointer(&code);
	return true;
}
