/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/stock/document_draft.h"
#include "backoffice/people/counter.h"
#include "backoffice/stock/document_found.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

void document_bind_some(StoreStatement *statement, int index, int64_t value)
{
	if (value != 0)
		store_bind_int(statement, index, value);
	else
		store_bind_null(statement, index);
}

/* --- opening a draft ----------------------------------------------------------------------- */

static bool read_standing(Store *store, int64_t id, DraftStanding *ret, GError **error)
{
	StoreStatement *row = store_statement(store, "office/document/head");
	g_autofree char *number = NULL;
	StoreStep step;
	bool draft;

	store_bind_int(row, 1, id);
	step = store_step(row, error);
	if (step == STORE_FAILED)
		return false;
	if (step == STORE_DONE || !document_kind_parse(store_get_text(row, 1), &ret->kind)) {
		store_reset(row);
		return document_refuse(
			error, DOCUMENT_ERROR_GONE,
			_("This document is not there any more: look at the list again."));
	}
	draft = strcmp(store_get_text(row, 2), "draft") == 0;
	number = g_strdup(store_get_text(row, 4));
	ret->revision = store_get_int(row, 16);
	ret->head_revision = store_get_int(row, 17);
	store_reset(row);
	return draft || document_refuse(error, DOCUMENT_ERROR_STATE,
					_("Document %s is posted already and changes no more. What "
					  "is wrong with it is put right by reversing it."),
					number);
}

bool document_open_draft(Store *store, int64_t id, int64_t person_id, DraftStanding *ret,
			 GError **error)
{
	return read_standing(store, id, ret, error) &&
	       rights_require(store, person_id, document_kind_right(ret->kind), error);
}

bool document_touch(Store *store, int64_t id, GError **error)
{
	StoreStatement *statement = store_statement(store, "office/document/touch");

	store_bind_int(statement, 1, id);
	return store_run(statement, error);
}

bool document_end(Store *store, bool done, GError **error)
{
	if (done)
		return store_commit(store, error);
	store_rollback(store);
	return false;
}

/* --- the head ------------------------------------------------------------------------------ */

/* The columns that people change, from parameter @first on. */
static int bind_head(StoreStatement *statement, int first, const Document *self)
{
	document_bind_some(statement, first++, self->at);
	document_bind_some(statement, first++, self->supplier_id);
	document_bind_some(statement, first++, self->other_shop);
	document_bind_some(statement, first++, self->origin_id);
	store_bind_text(statement, first++, self->reference);
	store_bind_text(statement, first++, self->reason);
	store_bind_text(statement, first++, self->scope);
	store_bind_text(statement, first++, self->subject);
	store_bind_int(statement, first++, self->blind);
	store_bind_text(statement, first++, self->note);
	return first;
}

static bool write_head(Store *store, Document *self, int64_t person_id, GError **error)
{
	StoreStatement *update;
	DraftStanding standing;

	if (!document_open_draft(store, self->id, person_id, &standing, error) ||
	    !document_check_head(store, self, g_get_real_time(), error))
		return false;
	if (standing.head_revision != self->head_revision)
		return document_refuse(error, DOCUMENT_ERROR_STATE,
				       _("Somebody else has changed document %s meanwhile: look "
					 "again, and enter your change anew."),
				       self->number);
	update = store_statement(store, "office/document/update_head");
	store_bind_int(update, 1, self->id);
	bind_head(update, 2, self);
	if (!store_run(update, error))
		return false;
	self->revision = standing.revision + 1;
	self->head_revision = standing.head_revision + 1;
	return true;
}

bool document_write_head(Store *store, Document *self, int64_t person_id, GError **error)
{
	int64_t revision = self->revision, head_revision = self->head_revision;

	if (!store_begin(store, error))
		return false;
	if (document_end(store, write_head(store, self, person_id, error), error))
		return true;
	self->revision = revision;
	self->head_revision = head_revision;
	return false;
}

/* --- a new one ----------------------------------------------------------------------------- */

static bool key_is_free(Store *store, const char *key, GError **error)
{
	StoreStatement *row = store_statement(store, "office/document/find_key");
	g_autofree char *number = NULL;
	StoreStep step;

	if (key == NULL)
		return true;
	store_bind_text(row, 1, key);
	step = store_step(row, error);
	if (step == STORE_ROW)
		number = g_strdup(store_get_text(row, 0));
	store_reset(row);
	if (number == NULL)
		return step == STORE_DONE;
	return document_refuse(error, DOCUMENT_ERROR_TWICE,
			       _("This has been handed in already, with the key “%s”: it is "
				 "document %s, and is not taken a second time."),
			       key, number);
}

static bool insert_head(Store *store, Document *self, GError **error)
{
	StoreStatement *insert = store_statement(store, "office/document/insert");
	int next;

	store_bind_int(insert, 1, self->id);
	store_bind_int(insert, 2, self->shop_id);
	store_bind_text(insert, 3, document_kind_code(self->kind));
	store_bind_text(insert, 4, self->number);
	next = bind_head(insert, 5, self);
	store_bind_text(insert, next++, self->key);
	store_bind_int(insert, next++, self->created_at);
	store_bind_int(insert, next, self->created_by);
	return store_run(insert, error);
}

static bool insert_lines(Store *store, Document *self, GError **error)
{
	for (guint i = 0; i < self->lines->len; i++) {
		DocumentLine *line = self->lines->pdata[i];

		line->line = (int)i + 1;
		line->person_id = self->created_by;
		if (line->at == 0)
			line->at = self->created_at;
		if (!document_check_new_line(store, self->kind, line, error) ||
		    !document_insert_line(store, self->id, line, error))
			return false;
	}
	return true;
}

bool document_create_in(Store *store, Document *self, int64_t person_id, GError **error)
{
	g_return_val_if_fail(self->id == 0, false);

	if (!rights_require(store, person_id, document_kind_right(self->kind), error) ||
	    !document_check_head(store, self, g_get_real_time(), error) ||
	    !key_is_free(store, self->key, error) ||
	    !counter_take(store, "document", &self->id, error))
		return false;
	g_free(self->number);
	self->number = g_strdup_printf("D-%06" PRId64, self->id);
	self->state = DOCUMENT_DRAFT;
	self->revision = self->head_revision = 1;
	self->created_at = g_get_real_time();
	self->created_by = person_id;
	if (insert_head(store, self, error) && insert_lines(store, self, error) &&
	    document_found_write(store, self, error))
		return true;
	self->id = 0;
	return false;
}

bool document_create(Store *store, Document *self, int64_t person_id, GError **error)
{
	if (!store_begin(store, error))
		return false;
	if (document_end(store, document_create_in(store, self, person_id, error), error))
		return true;
	self->id = 0;
	return false;
}

/* --- away with it -------------------------------------------------------------------------- */

static bool discard(Store *store, int64_t id, int64_t person_id, GError **error)
{
	static const char *const statements[] = { "office/document/discard_serials",
						  "office/document/discard_counts",
						  "office/document/discard_lines",
						  "office/document/discard" };
	g_autoptr(Document) self = document_read(store, id, error);
	DraftStanding standing;
	g_autofree char *before = NULL;

	if (self == NULL || !document_open_draft(store, id, person_id, &standing, error))
		return false;
	for (size_t i = 0; i < G_N_ELEMENTS(statements); i++) {
		StoreStatement *statement = store_statement(store, statements[i]);

		store_bind_int(statement, 1, id);
		if (!store_run(statement, error))
			return false;
	}
	before = g_strdup_printf("{\"kind\":\"%s\",\"lines\":%u}", document_kind_code(self->kind),
				 self->lines->len);
	return audit_change(store, person_id, "document-discard", self->number, before, NULL,
			    error);
}

bool document_discard(Store *store, int64_t id, int64_t person_id, GError **error)
{
	return store_begin(store, error) &&
	       document_end(store, discard(store, id, person_id, error), error);
}
