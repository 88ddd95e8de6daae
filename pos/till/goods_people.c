/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/till/goods_private.h"

#include <sodium.h>
#include <string.h>

/* Argon2 is slow on purpose, and a PIN does not say whose it is. Who was recognised once since the
 * start is found again by a keyed hash of the PIN: the key and the table never leave memory, and
 * the table counts only while the person still has the PIN hash that was verified. */
typedef struct {
	int64_t id;
	char *pin_hash;
} Known;

static void free_known(gpointer data)
{
	Known *known = data;

	g_free(known->pin_hash);
	g_free(known);
}

GHashTable *goods_pins_new(uint8_t key[static 32])
{
	if (sodium_init() < 0)
		g_error("libsodium does not start");
	randombytes_buf(key, 32);
	return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_known);
}

static char *dup_tag(Goods *self, const char *pin)
{
	uint8_t hash[32];
	char *ret = g_malloc(2 * sizeof hash + 1);

	crypto_generichash(hash, sizeof hash, (const uint8_t *)pin, strlen(pin), self->pin_key,
			   sizeof self->pin_key);
	return sodium_bin2hex(ret, 2 * sizeof hash + 1, hash, sizeof hash);
}

void till_person_free(TillPerson *self)
{
	if (self == NULL)
		return;
	g_free(self->name);
	g_free(self->role);
	g_free(self);
}

static TillPerson *read_person(StoreStatement *row)
{
	TillPerson *ret = g_new0(TillPerson, 1);

	ret->id = store_get_int(row, 0);
	ret->name = g_strdup(store_get_text(row, 1));
	ret->role = g_strdup(store_get_text(row, 2));
	ret->has_card = store_get_int(row, 4) != 0;
	return ret;
}

static void remember(Goods *self, const char *tag, StoreStatement *row)
{
	Known *known = g_new(Known, 1);

	*known = (Known){ store_get_int(row, 0), g_strdup(store_get_text(row, 3)) };
	g_hash_table_replace(self->pins, g_strdup(tag), known);
}

static bool find_known(Goods *self, const char *tag, TillPerson **ret, GError **error)
{
	const Known *known = g_hash_table_lookup(self->pins, tag);
	StoreStatement *row;
	StoreStep step;

	if (known == NULL)
		return true;
	row = store_statement(self->find.store, "goods/read/person");
	store_bind_int(row, 1, known->id);
	step = store_step(row, error);
	if (step == STORE_ROW) {
		if (g_str_equal(store_get_text(row, 3), known->pin_hash))
			*ret = read_person(row);
		store_reset(row);
	}
	return step != STORE_FAILED;
}

static bool try_everybody(Goods *self, const char *pin, const char *tag, TillPerson **ret,
			  GError **error)
{
	StoreStatement *row = store_statement(self->find.store, "goods/read/people");
	StoreStep step;

	while ((step = store_step(row, error)) == STORE_ROW) {
		if (crypto_pwhash_str_verify(store_get_text(row, 3), pin, strlen(pin)) != 0)
			continue;
		remember(self, tag, row);
		*ret = read_person(row);
		store_reset(row);
		return true;
	}
	return step == STORE_DONE;
}

bool goods_find_pin(Goods *self, const char *pin, TillPerson **ret, GError **error)
{
	g_autofree char *tag = dup_tag(self, pin);
	bool ok;

	*ret = NULL;
	ok = goods_enter(&self->find, error) && find_known(self, tag, ret, error) &&
	     (*ret != NULL || try_everybody(self, pin, tag, ret, error));
	goods_leave(&self->find);
	return ok;
}

static bool take_person(StoreStatement *row, TillPerson **ret, GError **error)
{
	StoreStep step = store_step(row, error);

	if (step == STORE_ROW) {
		*ret = read_person(row);
		store_reset(row);
	}
	return step != STORE_FAILED;
}

static bool find_person(Store *store, int64_t id, TillPerson **ret, GError **error)
{
	StoreStatement *row = store_statement(store, "goods/read/person");

	store_bind_int(row, 1, id);
	return take_person(row, ret, error);
}

static bool find_card(Store *store, const char *hash, TillPerson **ret, GError **error)
{
	StoreStatement *row = store_statement(store, "goods/read/person_by_card");

	store_bind_text(row, 1, hash);
	return take_person(row, ret, error);
}

bool goods_find_person(Goods *self, int64_t id, TillPerson **ret, GError **error)
{
	bool ok;

	*ret = NULL;
	ok = goods_enter(&self->look, error) && find_person(self->look.store, id, ret, error);
	goods_leave(&self->look);
	return ok;
}

bool goods_find_card(Goods *self, const char *code, TillPerson **ret, GError **error)
{
	g_autofree char *hash = card_dup_hash(code);
	bool ok;

	*ret = NULL;
	if (hash == NULL)
		return true;
	ok = goods_enter(&self->look, error) && find_card(self->look.store, hash, ret, error);
	goods_leave(&self->look);
	return ok;
}

static bool read_right(Store *store, const char *role, TillRight right, bool *ret, GError **error)
{
	StoreStatement *row = store_statement(store, "goods/read/role_right");
	StoreStep step;

	store_bind_text(row, 1, role);
	store_bind_text(row, 2, till_right_code(right));
	step = store_step(row, error);
	if (step == STORE_ROW) {
		*ret = store_get_int(row, 0) != 0;
		store_reset(row);
	}
	return step != STORE_FAILED;
}

bool goods_role_may(Goods *self, const char *role, TillRight right, bool *ret, GError **error)
{
	bool ok;

	*ret = till_right_is_usual(role, right);
	if (till_right_is_fixed(role))
		return true;
	ok = goods_enter(&self->look, error) &&
	     read_right(self->look.store, role, right, ret, error);
	goods_leave(&self->look);
	return ok;
}
