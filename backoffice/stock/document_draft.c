/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/people/counter.h"
#include "backoffice/stock/document_found.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

static void bind_some(StoreStatement *statement, int index, int64_t value)
{
	if (value != 0)
		store_bind_int(statement, index, value);
	else
		store_bind_null(statement, index);
}

static bool refuse_number(GError **error, DocumentError code, const char *format,
			  const char *number)
{
	return document_refuse(error, code, format, number);
}

/* --- opening a draft ----------------------------------------------------------------------- */

/* What stands in the database of a draft that is to be changed. */
typedef struct {
	DocumentKind kind;
	int64_t revision, head_revision;
	int64_t shop_id;
} Standing;

static bool read_standing(Store *store, int64_t id, Standing *ret, GError **error)
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
	ret->shop_id = store_get_int(row, 3);
	number = g_strdup(store_get_text(row, 4));
	ret->revision = store_get_int(row, 16);
	ret->head_revision = store_get_int(row, 17);
	store_reset(row);
	return draft || refuse_number(error, DOCUMENT_ERROR_STATE,
				      _("Document %s is posted already and changes no more. What "
					"is wrong with it is put right by reversing it."),
				      number);
}

static bool open_draft(Store *store, int64_t id, int64_t person_id, Standing *ret, GError **error)
{
	return read_standing(store, id, ret, error) &&
	       rights_require(store, person_id, document_kind_right(ret->kind), error);
}

static bool touch(Store *store, int64_t id, GError **error)
{
	StoreStatement *statement = store_statement(store, "office/document/touch");

	store_bind_int(statement, 1, id);
	return store_run(statement, error);
}

/* Ends the transaction that the caller has begun. */
static bool end(Store *store, bool done, GError **error)
{
	if (done)
		return store_commit(store, error);
	store_rollback(store);
	return false;
}

/* --- lines --------------------------------------------------------------------------------- */

static void bind_line(StoreStatement *statement, int64_t id, const DocumentLine *line)
{
	store_bind_int(statement, 1, id);
	store_bind_int(statement, 2, line->line);
	store_bind_int(statement, 3, line->item_id);
	store_bind_int(statement, 4, line->quantity);
	if (line->has_expected)
		store_bind_int(statement, 5, line->expected);
	bind_some(statement, 6, line->pack_id);
	if (line->has_cost)
		store_bind_int(statement, 7, line->cost);
	store_bind_text(statement, 8, line->batch);
	bind_some(statement, 9, line->expiry);
	bind_some(statement, 10, line->instead_of);
	store_bind_text(statement, 11, line->reason);
	if (line->has_price)
		store_bind_int(statement, 12, line->price);
	store_bind_int(statement, 13, line->person_id);
	bind_some(statement, 14, line->at);
}

static bool write_serials(Store *store, int64_t id, const DocumentLine *line, GError **error)
{
	for (char **serial = line->serials; serial != NULL && *serial != NULL; serial++) {
		StoreStatement *insert = store_statement(store, "office/document/insert_serial");
		g_autoptr(GError) failed = NULL;

		store_bind_int(insert, 1, id);
		store_bind_int(insert, 2, line->line);
		store_bind_text(insert, 3, *serial);
		if (store_run(insert, &failed))
			continue;
		if (g_error_matches(failed, STORE_ERROR, STORE_ERROR_CONSTRAINT))
			return document_refuse_line(error, line->line, NULL,
						    _("the serial number %s stands there twice."),
						    *serial);
		g_propagate_error(error, g_steal_pointer(&failed));
		return false;
	}
	return true;
}

bool document_insert_line(Store *store, int64_t id, const DocumentLine *line, GError **error)
{
	StoreStatement *insert = store_statement(store, "office/document/insert_line");

	bind_line(insert, id, line);
	return store_run(insert, error) && write_serials(store, id, line, error);
}

static bool update_line(Store *store, int64_t id, const DocumentLine *line, GError **error)
{
	StoreStatement *serials = store_statement(store, "office/document/delete_serials");
	StoreStatement *update = store_statement(store, "office/document/update_line");

	store_bind_int(serials, 1, id);
	store_bind_int(serials, 2, line->line);
	bind_line(update, id, line);
	if (!store_run(serials, error) || !store_run(update, error))
		return false;
	if (store_changes(store) == 0)
		return document_refuse(error, DOCUMENT_ERROR_GONE,
				       _("Line %d has been taken out by somebody else meanwhile: "
					 "look at the document again."),
				       line->line);
	return write_serials(store, id, line, error);
}

static bool next_line(Store *store, int64_t id, int *ret, GError **error)
{
	StoreStatement *row = store_statement(store, "office/document/last_line");

	store_bind_int(row, 1, id);
	if (store_step(row, error) != STORE_ROW)
		return false;
	*ret = (int)store_get_int(row, 0) + 1;
	store_reset(row);
	return true;
}

static bool check_line(Store *store, DocumentKind kind, const DocumentLine *line, GError **error)
{
	g_auto(LineItem) item = { 0 };

	return line_item_read(store, line, &item, error) &&
	       document_check_line(store, kind, line, &item, error);
}

static bool put_line(Store *store, int64_t id, DocumentLine *line, int64_t person_id,
		     GError **error)
{
	Standing standing;
	int given = line->line;

	if (!open_draft(store, id, person_id, &standing, error) ||
	    !check_line(store, standing.kind, line, error))
		return false;
	line->person_id = person_id;
	line->at = g_get_real_time();
	if (given != 0)
		return update_line(store, id, line, error) && touch(store, id, error);
	return next_line(store, id, &line->line, error) &&
	       document_insert_line(store, id, line, error) && touch(store, id, error);
}

bool document_put_line(Store *store, int64_t id, DocumentLine *line, int64_t person_id,
		       GError **error)
{
	int given = line->line;

	if (!store_begin(store, error))
		return false;
	if (end(store, put_line(store, id, line, person_id, error), error))
		return true;
	line->line = given;
	return false;
}

static bool remove_line(Store *store, int64_t id, int line, int64_t person_id, GError **error)
{
	StoreStatement *serials, *remove;
	Standing standing;

	if (!open_draft(store, id, person_id, &standing, error))
		return false;
	serials = store_statement(store, "office/document/delete_serials");
	store_bind_int(serials, 1, id);
	store_bind_int(serials, 2, line);
	remove = store_statement(store, "office/document/delete_line");
	store_bind_int(remove, 1, id);
	store_bind_int(remove, 2, line);
	return store_run(serials, error) && store_run(remove, error) && touch(store, id, error);
}

bool document_remove_line(Store *store, int64_t id, int line, int64_t person_id, GError **error)
{
	return store_begin(store, error) &&
	       end(store, remove_line(store, id, line, person_id, error), error);
}

/* --- a scan -------------------------------------------------------------------------------- */

/* *ret_line 0: there is no such line yet. */
static bool find_scanned(Store *store, int64_t id, const DocumentLine *scan, int *ret_line,
			 int64_t *ret_quantity, GError **error)
{
	StoreStatement *row = store_statement(store, "office/document/scanned_line");
	StoreStep step;

	store_bind_int(row, 1, id);
	store_bind_int(row, 2, scan->item_id);
	store_bind_int(row, 3, scan->pack_id);
	store_bind_text(row, 4, scan->batch);
	store_bind_int(row, 5, scan->expiry);
	step = store_step(row, error);
	*ret_line = step == STORE_ROW ? (int)store_get_int(row, 0) : 0;
	*ret_quantity = step == STORE_ROW ? store_get_int(row, 1) : 0;
	store_reset(row);
	return step != STORE_FAILED;
}

static bool add_to_line(Store *store, int64_t id, const DocumentLine *scan, GError **error)
{
	StoreStatement *update = store_statement(store, "office/document/scan_line");

	store_bind_int(update, 1, id);
	store_bind_int(update, 2, scan->line);
	store_bind_int(update, 3, scan->quantity);
	store_bind_text(update, 4, scan->batch);
	bind_some(update, 5, scan->expiry);
	store_bind_int(update, 6, scan->person_id);
	store_bind_int(update, 7, scan->at);
	return store_run(update, error);
}

static bool scan_line(Store *store, int64_t id, DocumentLine *scan, int64_t person_id,
		      GError **error)
{
	Standing standing;
	int64_t before;

	if (!open_draft(store, id, person_id, &standing, error) ||
	    !find_scanned(store, id, scan, &scan->line, &before, error))
		return false;
	/* Both are far from the ends of their type: check_line() has seen to it. */
	if (ABS(scan->quantity) <= DOCUMENT_QUANTITY_MAX)
		scan->quantity += before;
	if (!check_line(store, standing.kind, scan, error))
		return false;
	if (scan->line != 0)
		return add_to_line(store, id, scan, error) && touch(store, id, error);
	return next_line(store, id, &scan->line, error) &&
	       document_insert_line(store, id, scan, error) && touch(store, id, error);
}

bool document_scan(Store *store, int64_t id, int64_t item_id, int64_t pack_id, int64_t quantity,
		   const char *batch, int32_t expiry, int64_t person_id, int *ret_line,
		   GError **error)
{
	g_autofree char *own_batch = g_strdup(batch != NULL ? batch : "");
	DocumentLine scan = { .item_id = item_id,
			      .pack_id = pack_id,
			      .quantity = quantity,
			      .batch = own_batch,
			      .expiry = expiry,
			      .reason = (char *)"",
			      .person_id = person_id,
			      .at = g_get_real_time() };

	if (!store_begin(store, error) ||
	    !end(store, scan_line(store, id, &scan, person_id, error), error))
		return false;
	if (ret_line != NULL)
		*ret_line = scan.line;
	return true;
}

/* --- the head ------------------------------------------------------------------------------ */

/* The columns that people change, from parameter @first on. */
static int bind_head(StoreStatement *statement, int first, const Document *self)
{
	bind_some(statement, first++, self->at);
	bind_some(statement, first++, self->supplier_id);
	bind_some(statement, first++, self->other_shop);
	bind_some(statement, first++, self->origin_id);
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
	Standing standing;

	if (!open_draft(store, self->id, person_id, &standing, error) ||
	    !document_check_head(store, self, g_get_real_time(), error))
		return false;
	if (standing.head_revision != self->head_revision)
		return refuse_number(error, DOCUMENT_ERROR_STATE,
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
	if (end(store, write_head(store, self, person_id, error), error))
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
		if (!check_line(store, self->kind, line, error) ||
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
	if (end(store, document_create_in(store, self, person_id, error), error))
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
	Standing standing;
	g_autofree char *before = NULL;

	if (self == NULL || !open_draft(store, id, person_id, &standing, error))
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
	return store_begin(store, error) && end(store, discard(store, id, person_id, error), error);
}
