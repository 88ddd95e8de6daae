/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/catalog.h"

#include "schema-resources.h"

#include <gio/gio.h>
#include <string.h>

#define ROOT "/shop/baraa/schema/"
#define MARKER "-- :name "

/* Both tables are filled once and only read after. */
static GHashTable *statements; /* "office/goods/insert_item" → text */
static GHashTable *families; /* "office" → GArray of Migration */

static void add_statement(const char *family, const char *file, const char *marker, const char *end)
{
	const char *name_end = strchrnul(marker, '\n');
	g_autofree char *name = g_strndup(marker, (gsize)(name_end - marker));
	char *key = g_strdup_printf("%s/%s/%s", family, file, g_strstrip(name));

	if (!g_hash_table_insert(statements, key, g_strndup(name_end, (gsize)(end - name_end))))
		g_error("schema: two statements are named %s", key);
}

static const char *next_marker(const char *text)
{
	while (text != NULL && !g_str_has_prefix(text, MARKER)) {
		text = strchr(text, '\n');
		if (text != NULL)
			text++;
	}
	return text;
}

static void read_statements(const char *family, const char *file, const char *text)
{
	const char *at = next_marker(text);

	while (at != NULL) {
		const char *body = at + strlen(MARKER);
		const char *next = next_marker(body);

		add_statement(family, file, body, next != NULL ? next : body + strlen(body));
		at = next;
	}
}

static void read_file(const char *family, const char *file, GArray *migrations)
{
	g_autofree char *path = g_strconcat(ROOT, family, file, NULL);
	g_autofree char *family_name = g_strndup(family, strlen(family) - 1);
	g_autofree char *stem = g_strndup(file, strlen(file) - strlen(".sql"));
	GBytes *bytes = g_resource_lookup_data(schema_get_resource(), path, 0, NULL);
	/* A resource ends with a zero byte that its size leaves out, and is never unloaded. */
	const char *text = g_bytes_get_data(bytes, NULL);

	if (g_ascii_isdigit(file[0])) {
		Migration migration = { .number = (int)g_ascii_strtoll(file, NULL, 10),
					.name = g_intern_string(stem),
					.sql = text };
		g_array_append_val(migrations, migration);
	} else {
		read_statements(family_name, stem, text);
	}
	g_bytes_unref(bytes);
}

static int by_number(const void *a, const void *b)
{
	return ((const Migration *)a)->number - ((const Migration *)b)->number;
}

static void read_family(const char *family) /* "office/" */
{
	g_autofree char *path = g_strconcat(ROOT, family, NULL);
	g_auto(GStrv) files = g_resource_enumerate_children(schema_get_resource(), path, 0, NULL);
	GArray *migrations = g_array_new(FALSE, FALSE, sizeof(Migration));

	for (char **file = files; *file != NULL; file++)
		read_file(family, *file, migrations);
	g_array_sort(migrations, by_number);
	for (guint i = 0; i < migrations->len; i++)
		if (g_array_index(migrations, Migration, i).number != (int)i + 1)
			g_error("schema: migrations of %s are not numbered from 1 without a gap",
				family);
	g_hash_table_insert(families, g_strndup(family, strlen(family) - 1), migrations);
}

static void read_all(void)
{
	static gsize once;
	g_auto(GStrv) names = NULL;

	if (!g_once_init_enter(&once))
		return;
	statements = g_hash_table_new(g_str_hash, g_str_equal);
	families = g_hash_table_new(g_str_hash, g_str_equal);
	names = g_resource_enumerate_children(schema_get_resource(), ROOT, 0, NULL);
	for (char **name = names; *name != NULL; name++)
		read_family(*name);
	g_once_init_leave(&once, 1);
}

const char *catalog_statement(const char *name)
{
	const char *text;

	read_all();
	text = g_hash_table_lookup(statements, name);
	if (text == NULL)
		g_error("schema has no statement %s", name);
	return text;
}

const Migration *catalog_migrations(const char *family, int *ret_n)
{
	GArray *migrations;

	read_all();
	migrations = g_hash_table_lookup(families, family);
	if (migrations == NULL || migrations->len == 0)
		g_error("schema has no migrations of %s", family);
	*ret_n = (int)migrations->len;
	return &g_array_index(migrations, Migration, 0);
}
