/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/fiscal/ebarimt_sim.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Of §7: its first receipt is number 109533, and 4211 lottery numbers are left. */
json_t *posapi_memory_new(void)
{
	return json_pack("{s:i, s:i, s:i, s:s, s:[{s:s, s:s, s:b}], s:{}, s:[]}", "serial", 109532,
			 "lotteries", 4211, "clock_offset", 0, "last_sent", "2026-06-03 09:58:11",
			 "merchants", "tin", "11111111111", "name", "Demo", "vatPayer", 1,
			 "answers", "book");
}

static bool is_count(const json_t *root, const char *key)
{
	return json_is_integer(json_object_get(root, key));
}

/* Every member that the rest of the simulator reads of an entry. */
static bool is_entry(const json_t *entry)
{
	static const char *const texts[] = { "kind", "id",   "suffix",	 "lottery", "qr",
					     "type", "date", "merchant", "branch",  "pos" };
	static const char *const flags[] = { "active", "sent", "confirmed", "pending" };

	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
		if (!json_is_string(json_object_get(entry, texts[i])))
			return false;
	for (size_t i = 0; i < G_N_ELEMENTS(flags); i++)
		if (!json_is_boolean(json_object_get(entry, flags[i])))
			return false;
	return is_count(entry, "number") && is_count(entry, "total") && is_count(entry, "cash") &&
	       is_count(entry, "card");
}

static bool is_memory(const json_t *root)
{
	const json_t *book = json_object_get(root, "book");

	if (!is_count(root, "serial") || !is_count(root, "lotteries") ||
	    !is_count(root, "clock_offset") ||
	    !json_is_string(json_object_get(root, "last_sent")) ||
	    !json_is_array(json_object_get(root, "merchants")) ||
	    !json_is_object(json_object_get(root, "answers")) || !json_is_array(book))
		return false;
	for (size_t i = 0; i < json_array_size(book); i++)
		if (!is_entry(json_array_get(book, i)))
			return false;
	return true;
}

json_t *posapi_memory_load(const char *path, GError **error)
{
	json_error_t where;
	json_t *root;

	if (!g_file_test(path, G_FILE_TEST_EXISTS))
		return posapi_memory_new();
	root = json_load_file(path, 0, &where);
	if (root != NULL && is_memory(root))
		return root;
	json_decref(root);
	g_set_error(error, SIM_ERROR, SIM_ERROR_STATE,
		    _("%s is not the memory of this simulator; move it away to start anew."), path);
	return NULL;
}

/* An answer may leave only after what it says is on disk. */
void posapi_memory_save(PosApi *self)
{
	SimContext *context = self->context;
	char *text;

	if (context->state_path == NULL || context->failure != NULL)
		return;
	text = json_dumps(self->memory, JSON_INDENT(1));
	g_file_set_contents_full(context->state_path, text, -1,
				 G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0644,
				 &context->failure);
	free(text);
}

int64_t posapi_memory_count(const PosApi *self, const char *key)
{
	return json_integer_value(json_object_get(self->memory, key));
}

void posapi_memory_set_count(PosApi *self, const char *key, int64_t value)
{
	json_object_set_new(self->memory, key, json_integer(value));
}

int64_t posapi_lotteries(const PosApi *self)
{
	if (sim_faults_setting(self->context->faults, POSAPI_NO_LOTTERY, -1) >= 0)
		return 0;
	return posapi_memory_count(self, "lotteries");
}

json_t *posapi_memory_merchant(const PosApi *self, const char *tin)
{
	const json_t *list = json_object_get(self->memory, "merchants");

	for (size_t i = 0; i < json_array_size(list); i++)
		if (g_str_equal(posapi_text(json_array_get(list, i), "tin"), tin))
			return json_array_get(list, i);
	return NULL;
}

json_t *posapi_memory_receipt(const PosApi *self, const char *id)
{
	const json_t *book = json_object_get(self->memory, "book");

	for (size_t i = json_array_size(book); i > 0; i--) {
		json_t *entry = json_array_get(book, i - 1);

		if (g_str_equal(posapi_text(entry, "id"), id) &&
		    !g_str_equal(posapi_text(entry, "kind"), "void"))
			return entry;
	}
	return NULL;
}

/* Whose suffixes have to differ is not said anywhere: tills of one branch count for themselves. */
static bool is_same_till(const json_t *entry, const json_t *request)
{
	return g_str_equal(posapi_text(entry, "merchant"), posapi_text(request, "merchantTin")) &&
	       g_str_equal(posapi_text(entry, "branch"), posapi_text(request, "branchNo")) &&
	       g_str_equal(posapi_text(entry, "pos"), posapi_text(request, "posNo"));
}

json_t *posapi_memory_same_suffix(const PosApi *self, const json_t *request)
{
	const json_t *book = json_object_get(self->memory, "book");
	g_autofree char *now = posapi_now_text(self);

	for (size_t i = 0; i < json_array_size(book); i++) {
		json_t *entry = json_array_get(book, i);

		if (!g_str_equal(posapi_text(entry, "kind"), "void") &&
		    is_same_till(entry, request) &&
		    strncmp(posapi_text(entry, "date"), now, strlen("2026-06-03")) == 0 &&
		    g_str_equal(posapi_text(entry, "suffix"), posapi_text(request, "billIdSuffix")))
			return entry;
	}
	return NULL;
}

void posapi_memory_book(PosApi *self, json_t *entry)
{
	json_t *book = json_object_get(self->memory, "book");
	g_autofree char *total =
		posapi_amount_text(json_integer_value(json_object_get(entry, "total")));
	g_autofree char *mark = g_strdup_printf("%s|%s|%s", posapi_text(entry, "kind"), total,
						posapi_text(entry, "id"));

	json_object_set_new(entry, "number", json_integer((json_int_t)json_array_size(book) + 1));
	json_array_append_new(book, entry);
	posapi_memory_save(self);
	sim_log_mark(self->context->log, "BOOKED", mark);
}

GDateTime *posapi_now(const PosApi *self)
{
	g_autoptr(GDateTime) now = g_date_time_new_now_local();
	g_autoptr(GDateTime) set =
		g_date_time_add_seconds(now, (double)posapi_memory_count(self, "clock_offset"));

	return g_date_time_add_days(
		set, -sim_faults_setting(self->context->faults, POSAPI_CLOCK_BACK, 0));
}

char *posapi_now_text(const PosApi *self)
{
	g_autoptr(GDateTime) now = posapi_now(self);

	return g_date_time_format(now, "%Y-%m-%d %H:%M:%S");
}
