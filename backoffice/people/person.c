/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/people/person.h"

#include "backoffice/people/counter.h"
#include "backoffice/people/rights.h"
#include "core/till_right.h"

#include <glib/gi18n-lib.h>

void person_file_free(PersonFile *self)
{
	if (self == NULL)
		return;
	g_free(self->name);
	g_free(self->phone);
	g_clear_pointer(&self->shops, g_array_unref);
	g_free(self);
}

static void free_file(gpointer file)
{
	person_file_free(file);
}

static PersonFile *file_of_row(StoreStatement *row)
{
	PersonFile *self = g_new0(PersonFile, 1);

	self->id = store_get_int(row, 0);
	self->name = g_strdup(store_get_text(row, 1));
	if (!role_parse(store_get_text(row, 2), &self->role))
		self->role = ROLE_CASHIER;
	self->phone = g_strdup(store_get_text(row, 3));
	self->has_card = store_get_int(row, 4) != 0;
	self->shop_id = store_get_int(row, 5);
	self->hired = (int32_t)store_get_int(row, 6);
	self->left_on = (int32_t)store_get_int(row, 7);
	self->has_left = store_get_int(row, 8) != 0;
	self->shops = g_array_new(false, false, sizeof(int64_t));
	return self;
}

static bool read_shops(Store *store, PersonFile *self, GError **error)
{
	StoreStatement *row = store_statement(store, "office/person/shops_of");
	StoreStep step;

	store_bind_int(row, 1, self->id);
	while ((step = store_step(row, error)) == STORE_ROW) {
		int64_t shop = store_get_int(row, 0);

		g_array_append_val(self->shops, shop);
	}
	return step == STORE_DONE;
}

static GPtrArray *list_files(Store *store, int64_t id, bool with_left, GError **error)
{
	g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func(free_file);
	StoreStatement *row = store_statement(store, "office/person/files");
	StoreStep step;

	store_bind_int(row, 1, id);
	store_bind_int(row, 2, with_left);
	while ((step = store_step(row, error)) == STORE_ROW)
		g_ptr_array_add(files, file_of_row(row));
	if (step == STORE_FAILED)
		return NULL;
	for (guint i = 0; i < files->len; i++)
		if (!read_shops(store, files->pdata[i], error))
			return NULL;
	return g_steal_pointer(&files);
}

GPtrArray *person_list(Store *store, bool with_left, GError **error)
{
	return list_files(store, 0, with_left, error);
}

PersonFile *person_read(Store *store, int64_t id, GError **error)
{
	g_autoptr(GPtrArray) files = id > 0 ? list_files(store, id, true, error) : NULL;

	if (files != NULL && files->len > 0)
		return g_ptr_array_steal_index(files, 0);
	if (files != NULL || id <= 0)
		g_set_error(error, PEOPLE_ERROR, PEOPLE_ERROR_NAME,
			    _("There is no such person any more."));
	return NULL;
}

/* --- who is there -------------------------------------------------------------------------- */

static bool find_card(Store *store, const char *code, Person **ret, GError **error)
{
	g_autofree char *hash = card_dup_hash(code);
	StoreStatement *row;
	StoreStep step;

	*ret = NULL;
	if (hash == NULL)
		return true;
	row = store_statement(store, "office/person/by_card");
	store_bind_text(row, 1, hash);
	step = store_step(row, error);
	if (step == STORE_ROW) {
		*ret = g_new0(Person, 1);
		(*ret)->id = store_get_int(row, 0);
		(*ret)->name = g_strdup(store_get_text(row, 1));
		if (!role_parse(store_get_text(row, 2), &(*ret)->role))
			(*ret)->role = ROLE_CASHIER;
		store_reset(row);
	}
	return step != STORE_FAILED;
}

static bool find_pin(Store *store, const char *pin, Person **ret, GError **error)
{
	g_autoptr(GError) failed = NULL;

	*ret = people_find_pin(store, pin, &failed);
	if (failed == NULL)
		return true;
	g_propagate_error(error, g_steal_pointer(&failed));
	return false;
}

/* Of a shop that wants both, where the PIN was right. */
static bool judge_pin(Store *store, const Person *person, int64_t badge_of, LoginAnswer *ret,
		      GError **error)
{
	g_autoptr(PersonFile) file = person_read(store, person->id, error);

	if (file == NULL)
		return false;
	if (badge_of != 0 && badge_of != person->id)
		*ret = LOGIN_NOBODY;
	else
		*ret = badge_of != 0 || !file->has_card ? LOGIN_DONE : LOGIN_CARD_WANTED;
	return true;
}

bool person_log_in(Store *store, int64_t shop_id, const char *code, int64_t badge_of,
		   LoginAnswer *ret_answer, Person **ret, GError **error)
{
	g_autoptr(Person) person = NULL;
	bool both, by_card;

	*ret = NULL;
	*ret_answer = LOGIN_NOBODY;
	if (!person_get_card_pin(store, shop_id, &both, error) ||
	    !find_card(store, code, &person, error))
		return false;
	by_card = person != NULL;
	if (!by_card && !find_pin(store, code, &person, error))
		return false;
	if (person == NULL)
		return true;
	*ret_answer = both && by_card ? LOGIN_PIN_WANTED : LOGIN_DONE;
	if (both && !by_card && !judge_pin(store, person, badge_of, ret_answer, error))
		return false;
	if (*ret_answer != LOGIN_NOBODY)
		*ret = g_steal_pointer(&person);
	return true;
}

/* --- a badge alone, or with a PIN ---------------------------------------------------------- */

bool person_get_card_pin(Store *store, int64_t shop_id, bool *ret, GError **error)
{
	StoreStatement *row = store_statement(store, "office/person/shop_card_pin");
	StoreStep step;

	store_bind_int(row, 1, shop_id);
	step = store_step(row, error);
	*ret = step == STORE_ROW && store_get_int(row, 0) != 0;
	store_reset(row);
	return step != STORE_FAILED;
}

static bool write_card_pin(Store *store, int64_t by, int64_t shop_id, bool wanted, GError **error)
{
	g_autofree char *subject = g_strdup_printf("%" G_GINT64_FORMAT, shop_id);
	StoreStatement *set;
	int64_t revision;
	bool was;

	if (!rights_require(store, by, RIGHT_SETTINGS, error) ||
	    !person_get_card_pin(store, shop_id, &was, error))
		return false;
	if (was == wanted)
		return true;
	if (!counter_take(store, "revision", &revision, error))
		return false;
	set = store_statement(store, "office/person/set_shop_card_pin");
	store_bind_int(set, 1, shop_id);
	store_bind_int(set, 2, wanted);
	store_bind_int(set, 3, revision);
	return store_run(set, error) &&
	       audit_change(store, by, "shop-change", subject,
			    wanted ? "{\"card_pin\":false}" : "{\"card_pin\":true}",
			    wanted ? "{\"card_pin\":true}" : "{\"card_pin\":false}", error);
}

bool person_set_card_pin(Store *store, int64_t by, int64_t shop_id, bool wanted, GError **error)
{
	if (!store_begin(store, error))
		return false;
	if (!write_card_pin(store, by, shop_id, wanted, error)) {
		store_rollback(store);
		return false;
	}
	return store_commit(store, error);
}
