/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/people/people.h"

#include "backoffice/people/counter.h"
#include "backoffice/people/people_private.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#define PIN_MIN 4
#define PIN_MAX 12
#define NAME_MAX_CHARS 100
/* A till checks a PIN against everybody's hash while the cashier waits. */
#define PIN_OPSLIMIT 1
#define PIN_MEMLIMIT (8 * 1024 * 1024)

G_DEFINE_QUARK(people - error - quark, people_error)

static const struct {
	const char *code, *title;
} roles[ROLE_N] = {
	[ROLE_CASHIER] = { "cashier", N_("Cashier") },
	[ROLE_SENIOR] = { "senior", N_("Senior cashier") },
	[ROLE_STOCK] = { "stock", N_("Stockroom") },
	[ROLE_MANAGER] = { "manager", N_("Manager") },
	[ROLE_ADMIN] = { "admin", N_("Administrator") },
};

const char *role_code(Role role)
{
	g_return_val_if_fail(role < ROLE_N, NULL);
	return roles[role].code;
}

const char *role_title(Role role)
{
	g_return_val_if_fail(role < ROLE_N, NULL);
	return _(roles[role].title);
}

bool role_parse(const char *text, Role *ret)
{
	for (Role role = 0; role < ROLE_N; role++) {
		if (strcmp(text, roles[role].code) == 0) {
			*ret = role;
			return true;
		}
	}
	return false;
}

void person_free(Person *self)
{
	if (self == NULL)
		return;
	g_free(self->name);
	g_free(self);
}

static void free_person(gpointer person)
{
	person_free(person);
}

/* Names are no roles' business: a role the database knows and we do not cannot be, it has a CHECK.
 */
static Person *person_of_row(StoreStatement *row)
{
	Person *self = g_new0(Person, 1);

	self->id = store_get_int(row, 0);
	self->name = g_strdup(store_get_text(row, 1));
	if (!role_parse(store_get_text(row, 2), &self->role))
		self->role = ROLE_CASHIER;
	return self;
}

GPtrArray *people_list(Store *store, GError **error)
{
	g_autoptr(GPtrArray) people = g_ptr_array_new_with_free_func(free_person);
	StoreStatement *statement = store_statement(store, "office/people/list");
	StoreStep step;

	while ((step = store_step(statement, error)) == STORE_ROW)
		g_ptr_array_add(people, person_of_row(statement));
	return step == STORE_DONE ? g_steal_pointer(&people) : NULL;
}

Person *people_find_pin(Store *store, const char *pin, GError **error)
{
	StoreStatement *statement;
	StoreStep step;

	if (sodium_init() < 0) {
		g_set_error(error, PEOPLE_ERROR, PEOPLE_ERROR_PIN, "libsodium does not start");
		return NULL;
	}
	statement = store_statement(store, "office/people/list");
	while ((step = store_step(statement, error)) == STORE_ROW) {
		const char *hash = store_get_text(statement, 3);

		if (crypto_pwhash_str_verify(hash, pin, strlen(pin)) == 0) {
			Person *person = person_of_row(statement);

			store_reset(statement);
			return person;
		}
	}
	return NULL;
}

bool people_pin_is_sound(const char *pin)
{
	size_t n = strlen(pin);

	return n >= PIN_MIN && n <= PIN_MAX && strspn(pin, "0123456789") == n;
}

static bool name_is_free(Store *store, const char *name, GError **error)
{
	StoreStatement *statement = store_statement(store, "office/people/find_name");

	store_bind_text(statement, 1, name);
	switch (store_step(statement, error)) {
	case STORE_ROW:
		store_reset(statement);
		g_set_error(error, PEOPLE_ERROR, PEOPLE_ERROR_NAME,
			    _("There is already a person named “%s”."), name);
		return false;
	case STORE_DONE:
		return true;
	default:
		return false;
	}
}

static bool pin_is_free(Store *store, const char *pin, GError **error)
{
	g_autoptr(GError) failed = NULL;
	g_autoptr(Person) owner = people_find_pin(store, pin, &failed);

	if (failed != NULL) {
		g_propagate_error(error, g_steal_pointer(&failed));
		return false;
	}
	if (owner == NULL)
		return true;
	g_set_error(error, PEOPLE_ERROR, PEOPLE_ERROR_TAKEN,
		    _("Somebody already has this PIN: choose another one."));
	return false;
}

char *people_dup_pin_hash(const char *pin, GError **error)
{
	char hash[crypto_pwhash_STRBYTES];

	if (sodium_init() >= 0 &&
	    crypto_pwhash_str(hash, pin, strlen(pin), PIN_OPSLIMIT, PIN_MEMLIMIT) == 0)
		return g_strdup(hash);
	g_set_error(error, PEOPLE_ERROR, PEOPLE_ERROR_PIN,
		    _("There is too little memory "
		      "to protect the PIN."));
	return NULL;
}

static bool insert_person(Store *store, int64_t by, const char *name, Role role, const char *pin,
			  int64_t *ret_id, GError **error)
{
	g_autofree char *hash = people_dup_pin_hash(pin, error);
	int64_t id, revision;
	StoreStatement *statement;

	if (hash == NULL || !counter_take(store, "person", &id, error) ||
	    !counter_take(store, "revision", &revision, error))
		return false;
	statement = store_statement(store, "office/people/insert");
	store_bind_int(statement, 1, id);
	store_bind_text(statement, 2, name);
	store_bind_text(statement, 3, role_code(role));
	store_bind_text(statement, 4, hash);
	store_bind_int(statement, 5, revision);
	if (!store_run(statement, error) ||
	    !audit_add(store, by, "person-add", name, role_code(role), error))
		return false;
	*ret_id = id;
	return true;
}

bool people_check_name(const char *name, GError **error)
{
	if (*name != '\0' && g_utf8_strlen(name, -1) <= NAME_MAX_CHARS)
		return true;
	g_set_error(error, PEOPLE_ERROR, PEOPLE_ERROR_NAME,
		    _("A person's name has 1 to %d characters."), NAME_MAX_CHARS);
	return false;
}

bool people_check_pin(const char *pin, GError **error)
{
	if (people_pin_is_sound(pin))
		return true;
	g_set_error(error, PEOPLE_ERROR, PEOPLE_ERROR_PIN, _("A PIN has %d to %d digits."), PIN_MIN,
		    PIN_MAX);
	return false;
}

bool people_insert_by(Store *store, int64_t by, const char *name, Role role, const char *pin,
		      int64_t *ret_id, GError **error)
{
	return people_check_name(name, error) && people_check_pin(pin, error) &&
	       name_is_free(store, name, error) && pin_is_free(store, pin, error) &&
	       insert_person(store, by, name, role, pin, ret_id, error);
}

bool people_insert(Store *store, const char *name, Role role, const char *pin, int64_t *ret_id,
		   GError **error)
{
	return people_insert_by(store, 0, name, role, pin, ret_id, error);
}

char *people_dup_json(const json_t *json)
{
	char *text = json_dumps(json, JSON_COMPACT);
	char *own = g_strdup(text);

	free(text);
	return own;
}

bool people_add(Store *store, const char *name, Role role, const char *pin, int64_t *ret_id,
		GError **error)
{
	g_autofree char *trimmed = g_strstrip(g_strdup(name));

	if (!store_begin(store, error))
		return false;
	if (!people_insert(store, trimmed, role, pin, ret_id, error)) {
		store_rollback(store);
		return false;
	}
	return store_commit(store, error);
}

char *people_dup_new_pin(Store *store, GError **error)
{
	for (;;) {
		g_autofree char *pin = NULL;
		g_autoptr(GError) failed = NULL;
		g_autoptr(Person) owner = NULL;

		if (sodium_init() < 0)
			g_error("libsodium does not start");
		pin = g_strdup_printf("%06u", randombytes_uniform(1000000));
		owner = people_find_pin(store, pin, &failed);
		if (failed != NULL) {
			g_propagate_error(error, g_steal_pointer(&failed));
			return NULL;
		}
		if (owner == NULL)
			return g_steal_pointer(&pin);
	}
}
