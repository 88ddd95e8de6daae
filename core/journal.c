/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/journal.h"

#include "core/json_text.h"
#include "core/json_values.h"

#include <inttypes.h>
#include <sodium.h>
#include <string.h>

#define RECEIPT_KEY "receipt"

G_DEFINE_QUARK(baraa - journal - error - quark, journal_error)

static const char *const kind_codes[JOURNAL_N_KINDS] = {
	[JOURNAL_LOGIN] = "login",
	[JOURNAL_LOGOUT] = "logout",
	[JOURNAL_SHIFT_OPEN] = "shift-open",
	[JOURNAL_RECEIPT] = "receipt",
	[JOURNAL_RECEIPT_VOID] = "receipt-void",
	[JOURNAL_LINE_VOID] = "line-void",
	[JOURNAL_NO_SALE] = "no-sale",
	[JOURNAL_CASH_IN] = "cash-in",
	[JOURNAL_CASH_OUT] = "cash-out",
	[JOURNAL_OVERRIDE] = "override",
	[JOURNAL_X_REPORT] = "x-report",
	[JOURNAL_SHIFT_CLOSE] = "shift-close",
	[JOURNAL_CARD] = "card",
	[JOURNAL_FISCAL] = "fiscal",
	[JOURNAL_DEVICE] = "device",
	[JOURNAL_CLOCK] = "clock",
	[JOURNAL_HOLD] = "hold",
	[JOURNAL_RECALL] = "recall",
	[JOURNAL_REGISTRAR] = "registrar",
};

const char *journal_kind_code(JournalKind kind)
{
	g_return_val_if_fail(kind < JOURNAL_N_KINDS, NULL);
	return kind_codes[kind];
}

bool journal_kind_parse(const char *code, JournalKind *ret)
{
	for (JournalKind kind = 0; kind < JOURNAL_N_KINDS; kind++) {
		if (g_str_equal(kind_codes[kind], code)) {
			*ret = kind;
			return true;
		}
	}
	return false;
}

void journal_entry_clear(JournalEntry *self)
{
	g_clear_pointer(&self->body, g_free);
}

/* GLib's allocator is the system's, which jansson's is too: g_free() frees it. */
char *journal_canonical(const json_t *json)
{
	return json_dumps(json, JSON_COMPACT | JSON_SORT_KEYS | JSON_ENCODE_ANY);
}

static void hash_after(const char *previous_hash, const char *body, char ret[JOURNAL_HASH_LEN + 1])
{
	unsigned char hash[crypto_hash_sha256_BYTES];
	crypto_hash_sha256_state sha256;

	crypto_hash_sha256_init(&sha256);
	crypto_hash_sha256_update(&sha256, (const unsigned char *)previous_hash, JOURNAL_HASH_LEN);
	crypto_hash_sha256_update(&sha256, (const unsigned char *)"\n", 1);
	crypto_hash_sha256_update(&sha256, (const unsigned char *)body, strlen(body));
	crypto_hash_sha256_final(&sha256, hash);
	sodium_bin2hex(ret, JOURNAL_HASH_LEN + 1, hash, sizeof hash);
}

static gint compare_keys(gconstpointer a, gconstpointer b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The members of @json, which has a place for @receipt's. */
static char *write_body(json_t *json, const Receipt *receipt)
{
	g_autoptr(GPtrArray) keys = g_ptr_array_new();
	GString *text = g_string_sized_new(4096);
	const char *key;
	json_t *value;

	json_object_foreach(json, key, value) g_ptr_array_add(keys, (char *)key);
	g_ptr_array_sort(keys, compare_keys);
	json_text_open(text, NULL, '{');
	for (guint i = 0; i < keys->len; i++) {
		key = keys->pdata[i];
		if (receipt != NULL && g_str_equal(key, RECEIPT_KEY))
			receipt_write(receipt, key, text);
		else
			json_text_value(text, key, json_object_get(json, key));
	}
	json_text_close(text, '}');
	return g_string_free(text, false);
}

void journal_entry_seal(JournalEntry *ret, int64_t number, int64_t at, JournalKind kind,
			int64_t cashier, int64_t shift, const json_t *details,
			const Receipt *receipt, const char *previous_hash)
{
	json_t *json = json_object();
	size_t n_members = json_object_size(details) + 5 + (receipt != NULL);

	g_assert(kind < JOURNAL_N_KINDS && strlen(previous_hash) == JOURNAL_HASH_LEN);
	if (details != NULL)
		json_object_update(json, (json_t *)details);
	json_write_int(json, "n", number);
	json_write_int(json, "at", at);
	json_write_text(json, "kind", kind_codes[kind]);
	json_write_int(json, "cashier", cashier);
	json_write_int(json, "shift", shift);
	if (receipt != NULL)
		json_object_set_new(json, RECEIPT_KEY, json_null());
	g_assert(json_object_size(json) == n_members); /* none was overwritten */

	*ret = (JournalEntry){ .number = number,
			       .at = at,
			       .kind = kind,
			       .cashier = cashier,
			       .shift = shift,
			       .body = write_body(json, receipt) };
	hash_after(previous_hash, ret->body, ret->hash);
	json_decref(json);
}

static bool read_members(JournalEntry *entry, const json_t *json)
{
	const char *kind = json_read_text(json, "kind");

	return json_read_int(json, "n", 1, INT64_MAX, &entry->number) &&
	       json_read_int(json, "at", INT64_MIN, INT64_MAX, &entry->at) &&
	       json_read_int(json, "cashier", 0, INT64_MAX, &entry->cashier) &&
	       json_read_int(json, "shift", 0, INT64_MAX, &entry->shift) && kind != NULL &&
	       journal_kind_parse(kind, &entry->kind);
}

static json_t *read_body(JournalEntry *entry, const char *body, GError **error)
{
	json_error_t reason;
	json_t *json = json_loads(body, 0, &reason);

	if (json == NULL) {
		g_set_error(error, JOURNAL_ERROR, JOURNAL_ERROR_BODY, "not JSON: %s", reason.text);
		return NULL;
	}
	if (json_text_is_canonical(body) && read_members(entry, json))
		return json;
	g_set_error(error, JOURNAL_ERROR, JOURNAL_ERROR_BODY, "not the canonical form of an entry");
	json_decref(json);
	return NULL;
}

static bool check_place(JournalEntry *entry, const char *body, const char *hash,
			int64_t expected_number, const char *previous_hash, GError **error)
{
	if (entry->number != expected_number) {
		g_set_error(error, JOURNAL_ERROR, JOURNAL_ERROR_GAP,
			    "entry %" PRId64 " came where %" PRId64 " was expected", entry->number,
			    expected_number);
		return false;
	}
	hash_after(previous_hash, body, entry->hash);
	if (strcmp(entry->hash, hash) != 0) {
		g_set_error(error, JOURNAL_ERROR, JOURNAL_ERROR_CHAIN,
			    "entry %" PRId64 " does not follow from the one before it",
			    entry->number);
		return false;
	}
	return true;
}

json_t *journal_entry_open_json(JournalEntry *ret, const char *body, const char *hash,
				int64_t expected_number, const char *previous_hash, GError **error)
{
	JournalEntry entry = { 0 };
	json_t *json;

	g_return_val_if_fail(strlen(previous_hash) == JOURNAL_HASH_LEN, NULL);
	json = read_body(&entry, body, error);
	if (json == NULL)
		return NULL;
	if (!check_place(&entry, body, hash, expected_number, previous_hash, error)) {
		json_decref(json);
		return NULL;
	}
	entry.body = g_strdup(body);
	*ret = entry;
	return json;
}

bool journal_entry_open(JournalEntry *ret, const char *body, const char *hash,
			int64_t expected_number, const char *previous_hash, GError **error)
{
	json_t *json =
		journal_entry_open_json(ret, body, hash, expected_number, previous_hash, error);

	json_decref(json);
	return json != NULL;
}
