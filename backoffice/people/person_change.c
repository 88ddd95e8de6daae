/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/people/counter.h"
#include "backoffice/people/people_private.h"
#include "backoffice/people/person.h"
#include "backoffice/people/rights.h"
#include "backoffice/people/sight.h"
#include "core/till_right.h"

#include <glib/gi18n-lib.h>
#include <jansson.h>
#include <string.h>

#define PHONE_MAX_CHARS 40
#define CARD_MIN 4
#define CARD_MAX 100

static bool refuse(GError **error, PeopleError code, const char *text)
{
	g_set_error_literal(error, PEOPLE_ERROR, code, text);
	return false;
}

/* --- who may, and what may be -------------------------------------------------------------- */

static bool require_admin(Store *store, int64_t by, GError **error)
{
	g_autoptr(PersonFile) person = by != 0 ? person_read(store, by, error) : NULL;

	if (by == 0)
		return true;
	if (person == NULL)
		return false;
	return (person->role == ROLE_ADMIN && !person->has_left) ||
	       refuse(error, PEOPLE_ERROR_RIGHT,
		      _("Only an administrator makes, changes or dismisses an administrator."));
}

static bool require_people(Store *store, int64_t by, const PersonFile *of, GError **error)
{
	return rights_require(store, by, RIGHT_PEOPLE, error) &&
	       sight_require(store, by, of->shop_id, error) &&
	       (of->role != ROLE_ADMIN || require_admin(store, by, error));
}

/* Somebody has to be able to give rights. */
static bool require_other_admin(Store *store, int64_t id, GError **error)
{
	StoreStatement *row = store_statement(store, "office/person/other_admins");
	int64_t n;

	store_bind_int(row, 1, id);
	if (store_step(row, error) != STORE_ROW)
		return false;
	n = store_get_int(row, 0);
	store_reset(row);
	return n > 0 || refuse(error, PEOPLE_ERROR_RIGHT,
			       _("This is the last administrator: make another one first."));
}

static bool name_is_free(Store *store, const char *name, int64_t but_of, GError **error)
{
	StoreStatement *row = store_statement(store, "office/person/by_name");
	StoreStep step;

	store_bind_text(row, 1, name);
	store_bind_int(row, 2, but_of);
	step = store_step(row, error);
	store_reset(row);
	if (step == STORE_ROW)
		g_set_error(error, PEOPLE_ERROR, PEOPLE_ERROR_NAME,
			    _("There is already a person named “%s”."), name);
	return step == STORE_DONE;
}

static bool phone_is_sound(const char *phone, GError **error)
{
	return g_utf8_strlen(phone, -1) <= PHONE_MAX_CHARS ||
	       refuse(error, PEOPLE_ERROR_NAME, _("A telephone number has at most 40 characters."));
}

/* A PIN that is somebody's badge, or a badge that is somebody's PIN, would open for two. */
static bool card_is_free(Store *store, const char *hash, int64_t but_of, GError **error)
{
	StoreStatement *row = store_statement(store, "office/person/by_card");
	StoreStep step;
	int64_t owner;

	store_bind_text(row, 1, hash);
	step = store_step(row, error);
	owner = step == STORE_ROW ? store_get_int(row, 0) : but_of;
	store_reset(row);
	if (step == STORE_FAILED)
		return false;
	return owner == but_of || refuse(error, PEOPLE_ERROR_TAKEN,
					 _("Somebody already has this badge: take another one."));
}

static bool pin_is_free(Store *store, const char *pin, int64_t but_of, GError **error)
{
	g_autofree char *as_card = card_dup_hash(pin);
	g_autoptr(GError) failed = NULL;
	g_autoptr(Person) owner = people_find_pin(store, pin, &failed);

	if (failed != NULL) {
		g_propagate_error(error, g_steal_pointer(&failed));
		return false;
	}
	if (owner != NULL && owner->id != but_of)
		return refuse(error, PEOPLE_ERROR_TAKEN,
			      _("Somebody already has this PIN: choose another one."));
	return as_card == NULL || card_is_free(store, as_card, but_of, error);
}

/* Its hash; NULL where it is none. Own it. */
static char *dup_sound_card(Store *store, const char *card, int64_t but_of, GError **error)
{
	g_autofree char *hash = card_dup_hash(card);
	g_autofree char *bare = g_strstrip(g_strdup(card));
	size_t n = strlen(bare);

	if (n < CARD_MIN || n > CARD_MAX || !g_utf8_validate(bare, -1, NULL)) {
		g_set_error(error, PEOPLE_ERROR, PEOPLE_ERROR_PIN,
			    _("The code of a badge has %d to %d characters."), CARD_MIN, CARD_MAX);
		return NULL;
	}
	if (people_pin_is_sound(bare) && !pin_is_free(store, bare, but_of, error))
		return NULL;
	return card_is_free(store, hash, but_of, error) ? g_steal_pointer(&hash) : NULL;
}

/* --- writing ------------------------------------------------------------------------------- */

static bool write_pin(Store *store, int64_t id, const char *pin, GError **error)
{
	g_autofree char *hash = NULL;
	StoreStatement *set;

	if (!people_check_pin(pin, error) || !pin_is_free(store, pin, id, error))
		return false;
	hash = people_dup_pin_hash(pin, error);
	if (hash == NULL)
		return false;
	set = store_statement(store, "office/person/set_pin");
	store_bind_int(set, 1, id);
	store_bind_text(set, 2, hash);
	return store_run(set, error);
}

static bool write_card(Store *store, int64_t id, const char *card, GError **error)
{
	g_autofree char *hash = *card != '\0' ? dup_sound_card(store, card, id, error) : NULL;
	StoreStatement *set;

	if (*card != '\0' && hash == NULL)
		return false;
	set = store_statement(store, "office/person/set_card");
	store_bind_int(set, 1, id);
	store_bind_text(set, 2, hash);
	return store_run(set, error);
}

static bool write_shops(Store *store, int64_t id, const GArray *shops, GError **error)
{
	StoreStatement *statement = store_statement(store, "office/person/clear_shops");

	store_bind_int(statement, 1, id);
	if (!store_run(statement, error))
		return false;
	for (guint i = 0; i < shops->len; i++) {
		statement = store_statement(store, "office/person/add_shop");
		store_bind_int(statement, 1, id);
		store_bind_int(statement, 2, g_array_index(shops, int64_t, i));
		if (!store_run(statement, error))
			return false;
	}
	return true;
}

static bool write_row(Store *store, const PersonFile *self, GError **error)
{
	StoreStatement *update;
	int64_t revision;

	if (!counter_take(store, "revision", &revision, error))
		return false;
	update = store_statement(store, "office/person/update");
	store_bind_int(update, 1, self->id);
	store_bind_text(update, 2, self->name);
	store_bind_text(update, 3, role_code(self->role));
	store_bind_text(update, 4, self->phone);
	store_bind_int(update, 5, self->shop_id);
	if (self->hired != 0)
		store_bind_int(update, 6, self->hired);
	else
		store_bind_null(update, 6);
	store_bind_int(update, 7, revision);
	return store_run(update, error);
}

/* --- the audit ----------------------------------------------------------------------------- */

static json_t *shops_to_json(const GArray *shops)
{
	json_t *array = json_array();

	for (guint i = 0; i < shops->len; i++)
		json_array_append_new(array, json_integer(g_array_index(shops, int64_t, i)));
	return array;
}

static json_t *file_to_json(const PersonFile *self)
{
	return json_pack("{s:s, s:s, s:s, s:I, s:i, s:b, s:o}", "name", self->name, "role",
			 role_code(self->role), "phone", self->phone, "shop",
			 (json_int_t)self->shop_id, "hired", (int)self->hired, "card",
			 (int)self->has_card, "shops", shops_to_json(self->shops));
}

/* Leaves what is other. */
static void drop_equal(json_t *before, json_t *after)
{
	const char *name;
	json_t *value;
	void *next;

	json_object_foreach_safe(before, next, name, value)
	{
		if (json_equal(value, json_object_get(after, name))) {
			json_object_del(after, name);
			json_object_del(before, name);
		}
	}
}

static bool note(Store *store, int64_t by, const PersonFile *was, const PersonChange *change,
		 GError **error)
{
	g_autoptr(PersonFile) is = person_read(store, was->id, error);
	json_auto_t *before = file_to_json(was);
	json_auto_t *after = is != NULL ? file_to_json(is) : NULL;
	g_autofree char *was_text = NULL, *is_text = NULL;

	if (after == NULL)
		return false;
	drop_equal(before, after);
	if (change->pin != NULL)
		json_object_set_new(after, "new_pin", json_true());
	if (change->card != NULL && *change->card != '\0')
		json_object_set_new(after, "new_card", json_true());
	if (json_object_size(after) == 0)
		return true;
	was_text = people_dup_json(before);
	is_text = people_dup_json(after);
	return audit_change(store, by, "person-change", is->name, was_text, is_text, error);
}

/* --- change, add, leave -------------------------------------------------------------------- */

static bool apply_texts(PersonFile *self, const PersonChange *change, Store *store, GError **error)
{
	if (change->name != NULL) {
		g_free(self->name);
		self->name = g_strstrip(g_strdup(change->name));
		if (!people_check_name(self->name, error) ||
		    !name_is_free(store, self->name, self->id, error))
			return false;
	}
	if (change->phone != NULL) {
		g_free(self->phone);
		self->phone = g_strstrip(g_strdup(change->phone));
		return phone_is_sound(self->phone, error);
	}
	return true;
}

static bool apply_role(PersonFile *self, const PersonChange *change, Store *store, int64_t by,
		       GError **error)
{
	Role was = self->role;

	if (change->role == NULL || *change->role == was)
		return true;
	self->role = *change->role;
	if (self->role == ROLE_ADMIN)
		return require_admin(store, by, error);
	return was != ROLE_ADMIN || require_other_admin(store, self->id, error);
}

static bool write_change(Store *store, int64_t by, PersonFile *self, const PersonChange *change,
			 GError **error)
{
	if (change->shop_id != 0)
		self->shop_id = change->shop_id;
	if (change->hired != NULL)
		self->hired = *change->hired;
	return apply_texts(self, change, store, error) &&
	       apply_role(self, change, store, by, error) &&
	       (change->shop_id == 0 || sight_require(store, by, change->shop_id, error)) &&
	       (change->shops == NULL || write_shops(store, self->id, change->shops, error)) &&
	       (change->pin == NULL || write_pin(store, self->id, change->pin, error)) &&
	       (change->card == NULL || write_card(store, self->id, change->card, error)) &&
	       write_row(store, self, error);
}

static bool change_person(Store *store, int64_t by, int64_t id, const PersonChange *change,
			  GError **error)
{
	g_autoptr(PersonFile) was = person_read(store, id, error);
	g_autoptr(PersonFile) self = was != NULL ? person_read(store, id, error) : NULL;

	if (self == NULL || !require_people(store, by, self, error))
		return false;
	if (self->has_left)
		return refuse(error, PEOPLE_ERROR_NAME, _("This person works here no more."));
	return write_change(store, by, self, change, error) && note(store, by, was, change, error);
}

static bool end(Store *store, bool ok, GError **error)
{
	if (ok)
		return store_commit(store, error);
	store_rollback(store);
	return false;
}

bool person_change(Store *store, int64_t by, int64_t id, const PersonChange *change, GError **error)
{
	return store_begin(store, error) &&
	       end(store, change_person(store, by, id, change, error), error);
}

static bool add_person(Store *store, int64_t by, const PersonChange *first, int64_t *ret_id,
		       GError **error)
{
	g_autofree char *name = g_strstrip(g_strdup(first->name));
	PersonChange rest = *first;
	g_autoptr(PersonFile) self = NULL;

	if (!rights_require(store, by, RIGHT_PEOPLE, error) ||
	    (*first->role == ROLE_ADMIN && !require_admin(store, by, error)) ||
	    !pin_is_free(store, first->pin, 0, error) ||
	    !people_insert_by(store, by, name, *first->role, first->pin, ret_id, error))
		return false;
	self = person_read(store, *ret_id, error);
	rest.name = NULL;
	rest.pin = NULL;
	rest.role = NULL;
	return self != NULL && write_change(store, by, self, &rest, error);
}

bool person_add(Store *store, int64_t by, const PersonChange *first, int64_t *ret_id,
		GError **error)
{
	g_return_val_if_fail(first->name != NULL && first->role != NULL && first->pin != NULL,
			     false);
	return store_begin(store, error) &&
	       end(store, add_person(store, by, first, ret_id, error), error);
}

static bool leave(Store *store, int64_t by, int64_t id, int32_t day, GError **error)
{
	g_autoptr(PersonFile) self = person_read(store, id, error);
	g_autofree char *after = g_strdup_printf("{\"left_on\":%d}", (int)day);
	StoreStatement *statement;
	int64_t revision;

	if (self == NULL || !require_people(store, by, self, error) ||
	    (self->role == ROLE_ADMIN && !require_other_admin(store, id, error)))
		return false;
	if (self->has_left)
		return refuse(error, PEOPLE_ERROR_NAME, _("This person works here no more."));
	if (!counter_take(store, "revision", &revision, error))
		return false;
	statement = store_statement(store, "office/person/leave");
	store_bind_int(statement, 1, id);
	store_bind_int(statement, 2, day);
	store_bind_int(statement, 3, revision);
	return store_run(statement, error) &&
	       audit_change(store, by, "person-leave", self->name, NULL, after, error);
}

bool person_leave(Store *store, int64_t by, int64_t id, int32_t day, GError **error)
{
	return store_begin(store, error) && end(store, leave(store, by, id, day, error), error);
}
