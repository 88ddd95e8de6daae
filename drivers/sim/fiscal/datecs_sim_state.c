/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/fiscal/datecs_sim.h"

#include <string.h>

#define NUMBER(name) FISCAL_NUMBER(DatecsState, name)
static const FiscalNumber numbers[] = {
	NUMBER(clock_offset),	 NUMBER(clock_unset), NUMBER(ram_reset),  NUMBER(last_number),
	NUMBER(z_number),	 NUMBER(last_at),     NUMBER(last_z_at),  NUMBER(last_z),
	NUMBER(day_open),	 NUMBER(n_all),	      NUMBER(n_fiscal),	  NUMBER(n_storno),
	NUMBER(day_opened_at),	 NUMBER(sales),	      NUMBER(stornos),	  NUMBER(cash),
	NUMBER(cash_in),	 NUMBER(cash_out),    NUMBER(receipt),	  NUMBER(storno_type),
	NUMBER(operator_number), NUMBER(items),	      NUMBER(total),	  NUMBER(paid),
	NUMBER(change),		 NUMBER(groups),      NUMBER(modes),	  NUMBER(copied),
	NUMBER(no_paper),	 NUMBER(low_paper),   NUMBER(cover_open), NUMBER(seq),
};
static const FiscalNumber document_numbers[] = {
	FISCAL_NUMBER(DatecsDocument, number), FISCAL_NUMBER(DatecsDocument, kind),
	FISCAL_NUMBER(DatecsDocument, at),     FISCAL_NUMBER(DatecsDocument, total),
	FISCAL_NUMBER(DatecsDocument, z),
};

static void document_free(void *data)
{
	DatecsDocument *document = data;

	g_free(document->unp);
	g_free(document->text);
	g_free(document);
}

void datecs_sim_state_init(DatecsState *self)
{
	g_autoptr(GDateTime) last = g_date_time_new_utc(2020, 1, 2, 21, 0, 0);

	/* As a printer that was used before; the numbers lead to those of the page's example. */
	*self = (DatecsState){ .last_number = 136,
			       .z_number = 40,
			       .last_at = g_date_time_to_unix(last),
			       .last_z_at = g_date_time_to_unix(last),
			       .seq = -1 };
	self->unp = g_strdup("");
	self->last_unp = g_strdup("");
	self->answer = g_byte_array_new();
	self->request = g_byte_array_new();
	self->lines = g_ptr_array_new_with_free_func(g_free);
	self->documents = g_ptr_array_new_with_free_func(document_free);
	self->book = fiscal_list_new();
	fiscal_archive_init(&self->archive);
}

void datecs_sim_state_clear(DatecsState *self)
{
	g_free(self->unp);
	g_free(self->last_unp);
	g_byte_array_unref(self->answer);
	g_byte_array_unref(self->request);
	g_ptr_array_unref(self->lines);
	g_ptr_array_unref(self->documents);
	fiscal_list_free(self->book);
	fiscal_archive_clear(&self->archive);
}

void datecs_sim_document_add(DatecsState *self, const DatecsDocument *document)
{
	DatecsDocument *copy = g_new(DatecsDocument, 1);
	json_t *item = json_pack("{s:s,s:s}", "unp", document->unp, "text", document->text);

	*copy = *document;
	copy->unp = g_strdup(document->unp);
	copy->text = g_strdup(document->text);
	g_ptr_array_add(self->documents, copy);
	fiscal_put_numbers(item, document, document_numbers, G_N_ELEMENTS(document_numbers));
	fiscal_archive_add(&self->archive, item);
}

/* ---- to JSON and back: all but the book and the documents */

static json_t *hex_new(const GByteArray *bytes)
{
	g_autoptr(GString) text = g_string_new(NULL);

	for (unsigned i = 0; i < bytes->len; i++)
		g_string_append_printf(text, "%02X", bytes->data[i]);
	return json_string(text->str);
}

static json_t *members_new(const DatecsState *self)
{
	json_t *root = json_object(), *lines = json_array();

	fiscal_put_numbers(root, self, numbers, G_N_ELEMENTS(numbers));
	json_object_set_new(root, "unp", json_string(self->unp));
	json_object_set_new(root, "last_unp", json_string(self->last_unp));
	json_object_set_new(root, "answer", hex_new(self->answer));
	json_object_set_new(root, "request", hex_new(self->request));
	for (unsigned i = 0; i < self->lines->len; i++)
		json_array_append_new(lines, json_string(g_ptr_array_index(self->lines, i)));
	json_object_set_new(root, "lines", lines);
	return root;
}

static bool get_hex(const json_t *object, const char *key, GByteArray *ret)
{
	const char *text = json_string_value(json_object_get(object, key));

	if (text == NULL || strlen(text) % 2 != 0)
		return false;
	g_byte_array_set_size(ret, 0);
	for (; *text != '\0'; text += 2) {
		int high = g_ascii_xdigit_value(text[0]), low = g_ascii_xdigit_value(text[1]);

		if (high < 0 || low < 0)
			return false;
		g_byte_array_append(ret, &(uint8_t){ (uint8_t)(high << 4 | low) }, 1);
	}
	return true;
}

static bool get_text(const json_t *object, const char *key, char **ret)
{
	const char *text = json_string_value(json_object_get(object, key));

	if (text == NULL)
		return false;
	g_free(*ret);
	*ret = g_strdup(text);
	return true;
}

static bool get_lines(const json_t *root, GPtrArray *ret)
{
	const json_t *array = json_object_get(root, "lines"), *item;
	size_t i;

	g_ptr_array_set_size(ret, 0);
	json_array_foreach(array, i, item)
	{
		if (!json_is_string(item))
			return false;
		g_ptr_array_add(ret, g_strdup(json_string_value(item)));
	}
	return json_is_array(array);
}

static bool get_members(const json_t *root, DatecsState *ret)
{
	return fiscal_get_numbers(root, ret, numbers, G_N_ELEMENTS(numbers)) &&
	       get_text(root, "unp", &ret->unp) && get_text(root, "last_unp", &ret->last_unp) &&
	       get_hex(root, "answer", ret->answer) && get_hex(root, "request", ret->request) &&
	       get_lines(root, ret->lines) && ret->receipt >= RECEIPT_NONE &&
	       ret->receipt <= RECEIPT_SERVICE && (ret->seq < 0 || ret->request->len > 0);
}

DatecsSnapshot datecs_sim_state_snapshot(const DatecsState *self)
{
	return (DatecsSnapshot){ .members = members_new(self),
				 .book = fiscal_list_mark(self->book),
				 .archive = fiscal_list_mark(self->archive.recent),
				 .documents = self->documents->len };
}

void datecs_sim_snapshot_clear(DatecsSnapshot *snapshot)
{
	json_decref(snapshot->members);
}

void datecs_sim_state_restore(DatecsState *self, DatecsSnapshot *snapshot)
{
	bool done = get_members(snapshot->members, self);

	g_assert(done);
	fiscal_list_rewind(self->book, snapshot->book);
	fiscal_list_rewind(self->archive.recent, snapshot->archive);
	g_ptr_array_set_size(self->documents, (int)snapshot->documents);
	datecs_sim_snapshot_clear(snapshot);
}

/* ---- on disk */

bool datecs_sim_state_save(DatecsState *self, const char *path, GError **error)
{
	const FiscalMember members[] = { { "book", self->book },
					 { "recent", self->archive.recent },
					 { NULL, NULL } };
	json_t *root;

	if (!fiscal_archive_flush(&self->archive, path, error))
		return false;
	root = members_new(self);
	json_object_set_new(root, "archive", json_integer(self->archive.len));
	return fiscal_state_save(path, root, members, error);
}

static bool get_documents(DatecsState *self, const char *path, const json_t *root)
{
	json_t *array = fiscal_archive_read(&self->archive, path, root), *item;
	bool done = array != NULL;
	size_t i;

	json_array_foreach(array, i, item)
	{
		DatecsDocument *document = g_new0(DatecsDocument, 1);

		g_ptr_array_add(self->documents, document);
		done = done && get_text(item, "unp", &document->unp) &&
		       get_text(item, "text", &document->text) &&
		       fiscal_get_numbers(item, document, document_numbers,
					  G_N_ELEMENTS(document_numbers));
	}
	json_decref(array);
	return done;
}

bool datecs_sim_state_load(DatecsState *self, const char *path, GError **error)
{
	json_t *root;
	bool done;

	if (!fiscal_state_load(path, &root, error))
		return false;
	if (root == NULL)
		return true;
	done = get_members(root, self) && fiscal_list_load(self->book, root, "book") &&
	       get_documents(self, path, root);
	json_decref(root);
	return done || fiscal_state_refuse(path, error);
}
