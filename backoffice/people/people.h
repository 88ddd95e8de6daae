/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/store.h"

/* Who works here. */

typedef enum { ROLE_CASHIER, ROLE_SENIOR, ROLE_STOCK, ROLE_MANAGER, ROLE_ADMIN, ROLE_N } Role;
const char *role_code(Role role); /* "cashier", "senior", "stock", "manager", "admin" */
const char *role_title(Role role); /* translated */
bool role_parse(const char *text, Role *ret);

typedef struct {
	int64_t id;
	char *name; /* owned */
	Role role;
} Person;

void person_free(Person *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Person, person_free)

#define PEOPLE_ERROR (people_error_quark())
GQuark people_error_quark(void);
typedef enum {
	PEOPLE_ERROR_NAME, /* empty, too long or taken */
	PEOPLE_ERROR_PIN, /* not 4 to 12 digits */
	PEOPLE_ERROR_TAKEN, /* somebody else has this PIN */
	PEOPLE_ERROR_SHOP, /* a shop or till that is not there, or is there already */
	PEOPLE_ERROR_COUNTRY,
	PEOPLE_ERROR_RIGHT, /* this person may not */
	PEOPLE_ERROR_HOURS, /* what nobody can have worked, planned or earned */
} PeopleError;
/* Messages of this domain are in the person's language. */

/* Hashes the PIN with libsodium's argon2id at limits a till can check in under 100 ms. */
bool people_add(Store *store, const char *name, Role role, const char *pin, int64_t *ret_id,
		GError **error);
/* The same inside a transaction of the caller; @name is trimmed. */
bool people_insert(Store *store, const char *name, Role role, const char *pin, int64_t *ret_id,
		   GError **error);
/* Whose PIN this is; NULL without an error where nobody's. Takes some 10 ms a person: not on the
 * main thread of a window. */
Person *people_find_pin(Store *store, const char *pin, GError **error);
/* Array of Person by name, frees its elements. */
GPtrArray *people_list(Store *store, GError **error);
/* Six random digits that nobody has: the administrator's first PIN. Own it. */
char *people_dup_new_pin(Store *store, GError **error);
