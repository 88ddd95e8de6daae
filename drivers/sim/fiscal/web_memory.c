/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/fiscal/web_memory.h"

#include "drivers/sim/sim.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>

void web_numbers_put(json_t *object, const void *base, const WebMember *members)
{
	for (; members->key != NULL; members++)
		json_object_set_new(
			object, members->key,
			json_integer(*(const int64_t *)((const char *)base + members->offset)));
}

bool web_numbers_get(const json_t *object, void *base, const WebMember *members)
{
	for (; members->key != NULL; members++) {
		const json_t *value = json_object_get(object, members->key);

		if (!json_is_integer(value))
			return false;
		*(int64_t *)((char *)base + members->offset) = json_integer_value(value);
	}
	return true;
}

void web_flags_put(json_t *object, const void *base, const WebMember *members)
{
	for (; members->key != NULL; members++)
		json_object_set_new(
			object, members->key,
			json_boolean(*(const bool *)((const char *)base + members->offset)));
}

bool web_flags_get(const json_t *object, void *base, const WebMember *members)
{
	for (; members->key != NULL; members++) {
		const json_t *value = json_object_get(object, members->key);

		if (!json_is_boolean(value))
			return false;
		*(bool *)((char *)base + members->offset) = json_is_true(value);
	}
	return true;
}

json_t *web_strings_new(const GPtrArray *strings)
{
	json_t *array = json_array();

	for (unsigned i = 0; i < strings->len; i++)
		json_array_append_new(array, json_string(g_ptr_array_index(strings, i)));
	return array;
}

bool web_strings_get(const json_t *object, const char *key, GPtrArray *ret)
{
	const json_t *array = json_object_get(object, key), *item;
	size_t i;

	if (!json_is_array(array))
		return false;
	json_array_foreach(array, i, item)
	{
		if (!json_is_string(item))
			return false;
		g_ptr_array_add(ret, g_strdup(json_string_value(item)));
	}
	return true;
}

bool web_part_get(json_t *object, const char *key, json_type type, json_t **ret)
{
	json_t *value = json_object_get(object, key);

	if (value == NULL || json_typeof(value) != type)
		return false;
	json_decref(*ret);
	*ret = json_incref(value);
	return true;
}

bool web_memory_write(json_t *root, const char *path, GError **error)
{
	char *text = json_dumps(root, JSON_INDENT(1));
	bool done;

	json_decref(root);
	done = g_file_set_contents_full(
		path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0644,
		error);
	free(text);
	return done;
}

bool web_memory_is_there(const char *path)
{
	return g_file_test(path, G_FILE_TEST_EXISTS);
}

json_t *web_memory_read(const char *path)
{
	json_error_t where;

	return json_load_file(path, 0, &where);
}

void web_memory_refuse(const char *path, GError **error)
{
	g_set_error(error, SIM_ERROR, SIM_ERROR_STATE,
		    _("%s is not the memory of this simulator; move it away to start anew."), path);
}

json_t *web_book_add(json_t *book, const WebBooking *booking)
{
	json_t *entry = json_pack("{s:I,s:s,s:I,s:I,s:I,s:s}", "number",
				  (json_int_t)booking->number, "kind", booking->kind, "total",
				  (json_int_t)booking->total, "cash", (json_int_t)booking->cash,
				  "card", (json_int_t)booking->card, "id", booking->id);

	json_array_append_new(book, entry);
	return entry;
}
