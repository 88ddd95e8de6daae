/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines of a draft: each change is of one line, and small. */
#include "backoffice/stock/document_draft.h"

#include <glib/gi18n-lib.h>

/* --- lines --------------------------------------------------------------------------------- */

static void bind_line(StoreStatement *statement, int64_t id, const DocumentLine *line)
{
	store_bind_int(statement, 1, id);
	store_bind_int(statement, 2, line->line);
	store_bind_int(statement, 3, line->item_id);
	store_bind_int(statement, 4, line->quantity);
	if (line->has_expected)
		store_bind_int(statement, 5, line->expected);
	document_bind_some(statement, 6, line->pack_id);
	if (line->has_cost)
		store_bind_int(statement, 7, line->cost);
	store_bind_text(statement, 8, line->batch);
	document_bind_some(statement, 9, line->expiry);
	document_bind_some(statement, 10, line->instead_of);
	store_bind_text(statement, 11, line->reason);
	if (line->has_price)
		store_bind_int(statement, 12, line->price);
	store_bind_int(statement, 13, line->person_id);
	document_bind_some(statement, 14, line->at);
}

static bool write_serial(Store *store, int64_t id, int line, const char *serial, GError **error)
{
	StoreStatement *insert = store_statement(store, "office/document/insert_serial");
	g_autoptr(GError) failed = NULL;

	store_bind_int(insert, 1, id);
	store_bind_int(insert, 2, line);
	store_bind_text(insert, 3, serial);
	if (store_run(insert, &failed))
		return true;
	if (g_error_matches(failed, STORE_ERROR, STORE_ERROR_CONSTRAINT))
		return document_refuse_line(error, line, NULL,
					    _("the serial number %s stands there twice."), serial);
	g_propagate_error(error, g_steal_pointer(&failed));
	return false;
}

static bool write_serials(Store *store, int64_t id, const DocumentLine *line, GError **error)
{
	for (char **serial = line->serials; serial != NULL && *serial != NULL; serial++)
		if (!write_serial(store, id, line->line, *serial, error))
			return false;
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

bool document_check_new_line(Store *store, DocumentKind kind, const DocumentLine *line,
			     GError **error)
{
	g_auto(LineItem) item = { 0 };

	return line_item_read(store, line, &item, error) &&
	       document_check_line(store, kind, line, &item, error);
}

static bool put_line(Store *store, int64_t id, DocumentLine *line, int64_t person_id,
		     GError **error)
{
	DraftStanding standing;
	int given = line->line;

	if (!document_open_draft(store, id, person_id, &standing, error) ||
	    !document_check_new_line(store, standing.kind, line, error))
		return false;
	line->person_id = person_id;
	line->at = g_get_real_time();
	if (given != 0)
		return update_line(store, id, line, error) && document_touch(store, id, error);
	return next_line(store, id, &line->line, error) &&
	       document_insert_line(store, id, line, error) && document_touch(store, id, error);
}

bool document_put_line(Store *store, int64_t id, DocumentLine *line, int64_t person_id,
		       GError **error)
{
	int given = line->line;

	if (!store_begin(store, error))
		return false;
	if (document_end(store, put_line(store, id, line, person_id, error), error))
		return true;
	line->line = given;
	return false;
}

/* Whether the draft has such a line. */
static bool find_line(Store *store, int64_t id, int line, GError **error)
{
	StoreStatement *row = store_statement(store, "office/document/has_line");
	StoreStep step;

	store_bind_int(row, 1, id);
	store_bind_int(row, 2, line);
	step = store_step(row, error);
	store_reset(row);
	if (step == STORE_DONE)
		return document_refuse(error, DOCUMENT_ERROR_GONE,
				       _("Line %d has been taken out by somebody else meanwhile: "
					 "look at the document again."),
				       line);
	return step == STORE_ROW;
}

static bool add_serial(Store *store, int64_t id, int line, const char *serial, int64_t person_id,
		       GError **error)
{
	DraftStanding standing;

	if (*serial == '\0' || !document_text_is_sound(serial))
		return document_refuse_line(
			error, line, NULL,
			_("a serial number is empty, too long or cannot be printed."));
	return document_open_draft(store, id, person_id, &standing, error) &&
	       find_line(store, id, line, error) && write_serial(store, id, line, serial, error) &&
	       document_touch(store, id, error);
}

bool document_add_serial(Store *store, int64_t id, int line, const char *serial, int64_t person_id,
			 GError **error)
{
	return store_begin(store, error) &&
	       document_end(store, add_serial(store, id, line, serial, person_id, error), error);
}

static bool remove_line(Store *store, int64_t id, int line, int64_t person_id, GError **error)
{
	StoreStatement *serials, *remove;
	DraftStanding standing;

	if (!document_open_draft(store, id, person_id, &standing, error))
		return false;
	serials = store_statement(store, "office/document/delete_serials");
	store_bind_int(serials, 1, id);
	store_bind_int(serials, 2, line);
	remove = store_statement(store, "office/document/delete_line");
	store_bind_int(remove, 1, id);
	store_bind_int(remove, 2, line);
	return store_run(serials, error) && store_run(remove, error) &&
	       document_touch(store, id, error);
}

bool document_remove_line(Store *store, int64_t id, int line, int64_t person_id, GError **error)
{
	return store_begin(store, error) &&
	       document_end(store, remove_line(store, id, line, person_id, error), error);
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
	document_bind_some(update, 5, scan->expiry);
	store_bind_int(update, 6, scan->person_id);
	store_bind_int(update, 7, scan->at);
	return store_run(update, error);
}

static bool scan_line(Store *store, int64_t id, DocumentLine *scan, int64_t person_id,
		      GError **error)
{
	DraftStanding standing;
	int64_t before;

	if (!document_open_draft(store, id, person_id, &standing, error) ||
	    !find_scanned(store, id, scan, &scan->line, &before, error))
		return false;
	/* Both are far from the ends of their type: checking has seen to it. */
	if (ABS(scan->quantity) <= DOCUMENT_QUANTITY_MAX)
		scan->quantity += before;
	if (!document_check_new_line(store, standing.kind, scan, error))
		return false;
	if (scan->line != 0)
		return add_to_line(store, id, scan, error) && document_touch(store, id, error);
	return next_line(store, id, &scan->line, error) &&
	       document_insert_line(store, id, scan, error) && document_touch(store, id, error);
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
	    !document_end(store, scan_line(store, id, &scan, person_id, error), error))
		return false;
	if (ret_line != NULL)
		*ret_line = scan.line;
	return true;
}
