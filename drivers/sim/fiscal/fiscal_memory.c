/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/fiscal/fiscal_memory.h"

#include "drivers/sim/sim.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct FiscalList {
	GString *text; /* owned; the items, with commas between them */
};

FiscalList *fiscal_list_new(void)
{
	FiscalList *self = g_new(FiscalList, 1);

	self->text = g_string_new(NULL);
	return self;
}

void fiscal_list_free(FiscalList *self)
{
	if (self == NULL)
		return;
	g_string_free(self->text, true);
	g_free(self);
}

static void add_text(GString *text, const json_t *item, const char *separator)
{
	char *words = json_dumps(item, JSON_COMPACT | JSON_ENCODE_ANY);

	g_assert(words != NULL);
	if (text->len > 0)
		g_string_append(text, separator);
	g_string_append(text, words);
	free(words);
}

void fiscal_list_add(FiscalList *self, json_t *item)
{
	add_text(self->text, item, ",\n");
	json_decref(item);
}

bool fiscal_list_load(FiscalList *self, const json_t *root, const char *key)
{
	const json_t *array = json_object_get(root, key), *item;
	size_t i;

	if (!json_is_array(array))
		return false;
	g_string_truncate(self->text, 0);
	json_array_foreach(array, i, item) add_text(self->text, item, ",\n");
	return true;
}

size_t fiscal_list_mark(const FiscalList *self)
{
	return self->text->len;
}

void fiscal_list_rewind(FiscalList *self, size_t mark)
{
	g_string_truncate(self->text, mark);
}

void fiscal_book_add(FiscalList *book, const FiscalBooked *entry)
{
	json_t *item = json_pack("{s:I,s:s,s:I,s:I,s:I,s:s}", "number", (json_int_t)entry->number,
				 "kind", entry->kind, "total", (json_int_t)entry->total, "cash",
				 (json_int_t)entry->cash, "card", (json_int_t)entry->card, "id",
				 entry->id != NULL ? entry->id : "");

	if (strcmp(entry->kind, "shift-close") == 0) {
		json_object_set_new(item, "sales", json_integer(entry->sales));
		json_object_set_new(item, "returns", json_integer(entry->returns));
		json_object_set_new(item, "cash_in_drawer", json_integer(entry->cash_in_drawer));
	}
	fiscal_list_add(book, item);
}

/* ---- the archive */

enum { SPILL_LEN = 128 * 1024 }; /* so much is written with every save */

void fiscal_archive_init(FiscalArchive *self)
{
	*self = (FiscalArchive){ .recent = fiscal_list_new() };
}

void fiscal_archive_clear(FiscalArchive *self)
{
	fiscal_list_free(self->recent);
}

void fiscal_archive_add(FiscalArchive *self, json_t *item)
{
	fiscal_list_add(self->recent, item);
}

static char *archive_path_new(const char *state_path)
{
	return g_strconcat(state_path, ".archive", NULL);
}

static bool fail(GError **error, const char *path)
{
	g_set_error(error, SIM_ERROR, SIM_ERROR_STATE, _("Cannot write %s: %s."), path,
		    g_strerror(errno));
	return false;
}

static bool write_at(int fd, const GString *text, int64_t at)
{
	size_t done = 0;

	if (ftruncate(fd, at) != 0)
		return false;
	while (done < text->len) {
		ssize_t put =
			pwrite(fd, text->str + done, text->len - done, (off_t)at + (off_t)done);

		if (put < 0 && errno != EINTR)
			return false;
		done += put > 0 ? (size_t)put : 0;
	}
	return true;
}

bool fiscal_archive_flush(FiscalArchive *self, const char *state_path, GError **error)
{
	g_autofree char *path = archive_path_new(state_path);
	GString *text = self->recent->text;
	bool done;
	int fd;

	if (text->len < SPILL_LEN)
		return true;
	fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
	g_string_append_c(text, '\n');
	done = fd >= 0 && write_at(fd, text, self->len);
	if (!done)
		fail(error, path);
	if (fd >= 0)
		close(fd);
	if (!done)
		return false;
	self->len += (int64_t)text->len;
	g_string_truncate(text, 0);
	return true;
}

/* An item a line, some with the comma that was behind it in the list. */
static bool parse_lines(char *text, size_t len, json_t *ret)
{
	char *end;

	for (size_t at = 0; at < len; at = (size_t)(end - text) + 1) {
		size_t n;
		json_t *item;

		end = memchr(text + at, '\n', len - at);
		if (end == NULL)
			return false;
		n = (size_t)(end - text) - at;
		n -= n > 0 && end[-1] == ',';
		item = json_loadb(text + at, n, JSON_DECODE_ANY, NULL);
		if (item == NULL)
			return false;
		json_array_append_new(ret, item);
	}
	return true;
}

json_t *fiscal_archive_read(FiscalArchive *self, const char *state_path, const json_t *root)
{
	g_autofree char *path = archive_path_new(state_path), *text = NULL;
	int64_t len = json_integer_value(json_object_get(root, "archive"));
	json_t *array;
	gsize have = 0;

	if (!json_is_integer(json_object_get(root, "archive")) || len < 0 ||
	    (len > 0 && !g_file_get_contents(path, &text, &have, NULL)) || (int64_t)have < len ||
	    !fiscal_list_load(self->recent, root, "recent"))
		return NULL;
	array = json_array();
	if (!parse_lines(text, (size_t)len, array)) {
		json_decref(array);
		return NULL;
	}
	json_array_extend(array, json_object_get(root, "recent"));
	self->len = len;
	return array;
}

/* ---- the state file */

/* kill -9 is the power cut of a simulator, and the machine goes on: the file is replaced at once
 * and whole, but not synced, which would cost ten times as much as all the rest of a sale. */
static bool replace(const char *path, const GString *text, GError **error)
{
	g_autofree char *next = g_strconcat(path, ".new", NULL);
	int fd = open(next, O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
	bool done = fd >= 0 && write_at(fd, text, 0);

	if (fd >= 0 && close(fd) != 0)
		done = false;
	return (done && rename(next, path) == 0) || fail(error, path);
}

bool fiscal_state_save(const char *path, json_t *root, const FiscalMember *members, GError **error)
{
	char *words = json_dumps(root, JSON_INDENT(1));
	g_autoptr(GString) text = g_string_new(words);

	free(words);
	json_decref(root);
	g_assert(g_str_has_suffix(text->str, "\n}"));
	g_string_truncate(text, text->len - 2);
	for (; members->key != NULL; members++) {
		g_string_append_printf(text, ",\n \"%s\": [\n", members->key);
		g_string_append_len(text, members->list->text->str,
				    (gssize)members->list->text->len);
		g_string_append(text, "]");
	}
	g_string_append(text, "\n}\n");
	return replace(path, text, error);
}

bool fiscal_state_refuse(const char *path, GError **error)
{
	g_set_error(error, SIM_ERROR, SIM_ERROR_STATE,
		    _("%s is not the memory of this simulator; move it away to start anew."), path);
	return false;
}

bool fiscal_state_load(const char *path, json_t **ret, GError **error)
{
	*ret = NULL;
	if (!g_file_test(path, G_FILE_TEST_EXISTS))
		return true; /* as shipped */
	*ret = json_load_file(path, 0, NULL);
	return *ret != NULL || fiscal_state_refuse(path, error);
}

/* ---- numbers */

void fiscal_put_numbers(json_t *object, const void *base, const FiscalNumber *numbers, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const int64_t *values = (const int64_t *)((const char *)base + numbers[i].offset);
		json_t *array;

		if (numbers[i].n == 1) {
			json_object_set_new(object, numbers[i].key, json_integer(values[0]));
			continue;
		}
		array = json_array();
		for (size_t k = 0; k < numbers[i].n; k++)
			json_array_append_new(array, json_integer(values[k]));
		json_object_set_new(object, numbers[i].key, array);
	}
}

bool fiscal_get_numbers(const json_t *object, void *base, const FiscalNumber *numbers, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const json_t *value = json_object_get(object, numbers[i].key);
		int64_t *values = (int64_t *)((char *)base + numbers[i].offset);
		bool one = numbers[i].n == 1;

		if (!one && json_array_size(value) != numbers[i].n)
			return false;
		for (size_t k = 0; k < numbers[i].n; k++) {
			const json_t *number = one ? value : json_array_get(value, k);

			if (!json_is_integer(number))
				return false;
			values[k] = json_integer_value(number);
		}
	}
	return true;
}
