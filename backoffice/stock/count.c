/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people scan and type on the shelf. */
#include "backoffice/stock/count_sheet.h"

#include "backoffice/people/counter.h"
#include "core/quantity.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

/* A thousand million of the unit: no shelf holds more, and sums stay far from the limit. */
#define FOUND_MAX (INT64_C(1000000000) * QUANTITY_ONE)
/* A scanner's clock may be a little ahead of ours. */
#define AHEAD_MAX (10 * 60 * G_USEC_PER_SEC)

typedef enum { SCAN, SET, REMOVE } Verb;

/* What stood there. */
typedef struct {
	bool there;
	int64_t quantity, at;
} Known;

static bool refuse(GError **error, const char *message)
{
	g_set_error_literal(error, DOCUMENT_ERROR, DOCUMENT_ERROR_INVALID, message);
	return false;
}

/* --- whether it can be counted here -------------------------------------------------------- */

/* Whoever gets the row first writes first: what comes after the posting is refused, and nothing is
 * lost in between. */
static bool take_draft(Store *store, const CountHead *head, GError **error)
{
	StoreStatement *touch = store_statement(store, "office/count/touch");

	if (head->is_draft) {
		store_bind_int(touch, 1, head->document);
		return store_run(touch, error);
	}
	g_set_error(
		error, DOCUMENT_ERROR, DOCUMENT_ERROR_STATE,
		_("The count %s is posted already, this is not in it any more. Begin a new count "
		  "for what is still to be counted."),
		head->number);
	return false;
}

static bool check_zone(Store *store, const CountHead *head, int64_t zone_id, GError **error)
{
	StoreStatement *row = store_statement(store, "office/count/zone");
	StoreStep step;

	if (zone_id == 0)
		return true;
	store_bind_int(row, 1, head->shop_id);
	store_bind_int(row, 2, zone_id);
	step = store_step(row, error);
	store_reset(row);
	if (step == STORE_DONE)
		g_set_error(error, DOCUMENT_ERROR, DOCUMENT_ERROR_GONE,
			    _("This shop has no such zone any more: choose another one."));
	return step == STORE_ROW;
}

/* @kind NULL: there is no such item. */
static bool check_goods(const CountHead *head, const char *name, const char *kind, bool in_scope,
			GError **error)
{
	if (kind == NULL)
		g_set_error(error, DOCUMENT_ERROR, DOCUMENT_ERROR_GONE,
			    _("These goods are deleted."));
	else if (strcmp(kind, "kit") == 0)
		g_set_error(error, DOCUMENT_ERROR, DOCUMENT_ERROR_INVALID,
			    _("“%s” is a kit and has no stock of its own: count its parts."), name);
	else if (strcmp(kind, "goods") != 0)
		g_set_error(error, DOCUMENT_ERROR, DOCUMENT_ERROR_INVALID,
			    _("“%s” is a service and has no stock."), name);
	else if (!in_scope)
		g_set_error(error, DOCUMENT_ERROR, DOCUMENT_ERROR_INVALID,
			    _("“%s” is not of the group “%s”, and only that is counted here. "
			      "Put it where it belongs."),
			    name, head->subject);
	else
		return true;
	return false;
}

static bool check_item(Store *store, const CountHead *head, int64_t item_id, GError **error)
{
	StoreStatement *row = store_statement(store, "office/count/item");
	StoreStep step;
	bool ok;

	store_bind_int(row, 1, item_id);
	store_bind_text(row, 2, count_head_get_group(head));
	step = store_step(row, error);
	if (step == STORE_FAILED)
		return false;
	if (step == STORE_DONE)
		return check_goods(head, NULL, NULL, false, error);
	ok = check_goods(head, store_get_text(row, 0),
			 store_get_int(row, 2) == 0 ? store_get_text(row, 1) : NULL,
			 store_get_int(row, 3) != 0, error);
	store_reset(row);
	return ok;
}

static bool check_figures(const CountEntry *entry, GError **error)
{
	if (entry->pass < 1)
		return refuse(error, _("Passes are numbered from 1."));
	if (entry->at < 0 || entry->at > g_get_real_time() + AHEAD_MAX)
		return refuse(
			error,
			_("The clock of this device is ahead of the office's: set it right."));
	return true;
}

/* --- writing ------------------------------------------------------------------------------- */

static void bind_key(StoreStatement *statement, int64_t document, const CountEntry *entry)
{
	store_bind_int(statement, 1, document);
	store_bind_int(statement, 2, entry->zone_id);
	store_bind_int(statement, 3, entry->item_id);
	store_bind_int(statement, 4, entry->pass);
	store_bind_int(statement, 5, entry->person_id);
}

static bool read_known(Store *store, int64_t document, const CountEntry *entry, Known *ret,
		       GError **error)
{
	StoreStatement *row = store_statement(store, "office/count/entry");
	StoreStep step;

	*ret = (Known){ 0 };
	bind_key(row, document, entry);
	step = store_step(row, error);
	if (step == STORE_ROW)
		*ret = (Known){ true, store_get_int(row, 0), store_get_int(row, 1) };
	store_reset(row);
	return step != STORE_FAILED;
}

static bool put_entry(Store *store, int64_t document, const CountEntry *entry, int64_t quantity,
		      int64_t at, GError **error)
{
	StoreStatement *put = store_statement(store, "office/count/put_entry");

	if (quantity < 0)
		return refuse(error, _("So much was not counted: nothing is left to take back."));
	if (quantity > FOUND_MAX)
		return refuse(error, _("So much cannot lie on a shelf: is the quantity right?"));
	bind_key(put, document, entry);
	store_bind_int(put, 6, quantity);
	store_bind_int(put, 7, at);
	return store_run(put, error);
}

/* Scans add up and every one of them is there to be counted again; what writes over a finding or
 * takes it out is in the audit. */
static bool audit_lost(Store *store, const CountHead *head, const CountEntry *entry,
		       const Known *known, const int64_t *now, GError **error)
{
	g_autofree char *subject =
		g_strdup_printf("%s #%" PRId64 " zone %" PRId64 " pass %d", head->number,
				entry->item_id, entry->zone_id, entry->pass);
	g_autofree char *was = quantity_dup_decimal((Quantity){ .micro = known->quantity });
	g_autofree char *is =
		now != NULL ? quantity_dup_decimal((Quantity){ .micro = *now }) : NULL;
	g_autofree char *before = g_strdup_printf("{\"quantity\":\"%s\"}", was);
	g_autofree char *after = is != NULL ? g_strdup_printf("{\"quantity\":\"%s\"}", is) : NULL;

	return audit_change(store, entry->person_id, "count-change", subject, before, after, error);
}

static bool scan(Store *store, const CountHead *head, const CountEntry *entry, const Known *known,
		 GError **error)
{
	const int64_t at = entry->at != 0 ? entry->at : g_get_real_time();
	int64_t sum;

	if (__builtin_add_overflow(known->quantity, entry->quantity, &sum))
		sum = G_MAXINT64;
	return put_entry(store, head->document, entry, sum, MAX(at, known->at), error);
}

static bool set(Store *store, const CountHead *head, const CountEntry *entry, const Known *known,
		GError **error)
{
	const int64_t at = entry->at != 0 ? entry->at : g_get_real_time();

	return put_entry(store, head->document, entry, entry->quantity, at, error) &&
	       (!known->there || known->quantity == entry->quantity ||
		audit_lost(store, head, entry, known, &entry->quantity, error));
}

static bool take_out(Store *store, const CountHead *head, const CountEntry *entry,
		     const Known *known, GError **error)
{
	StoreStatement *delete = store_statement(store, "office/count/delete_entry");

	if (!known->there)
		return true;
	bind_key(delete, head->document, entry);
	return store_run(delete, error) && audit_lost(store, head, entry, known, NULL, error);
}

static bool change(Store *store, Verb verb, int64_t document, const CountEntry *entry,
		   GError **error)
{
	g_auto(CountHead) head = { 0 };
	Known known;

	if (!rights_require(store, entry->person_id, RIGHT_COUNT, error) ||
	    !count_head_read(&head, store, document, error) || !take_draft(store, &head, error) ||
	    !read_known(store, document, entry, &known, error))
		return false;
	if (verb == REMOVE)
		return take_out(store, &head, entry, &known, error);
	if (!check_zone(store, &head, entry->zone_id, error) ||
	    !check_item(store, &head, entry->item_id, error))
		return false;
	return verb == SCAN ? scan(store, &head, entry, &known, error)
			    : set(store, &head, entry, &known, error);
}

static bool change_alone(Store *store, Verb verb, int64_t document, const CountEntry *entry,
			 GError **error)
{
	if ((verb != REMOVE && !check_figures(entry, error)) || !store_begin(store, error))
		return false;
	if (change(store, verb, document, entry, error) && store_commit(store, error))
		return true;
	store_rollback(store);
	return false;
}

bool count_scan(Store *store, int64_t document, const CountEntry *entry, GError **error)
{
	return change_alone(store, SCAN, document, entry, error);
}

bool count_set(Store *store, int64_t document, const CountEntry *entry, GError **error)
{
	return change_alone(store, SET, document, entry, error);
}

bool count_remove(Store *store, int64_t document, const CountEntry *entry, GError **error)
{
	return change_alone(store, REMOVE, document, entry, error);
}

GArray *count_list(Store *store, int64_t document, GError **error)
{
	StoreStatement *row = store_statement(store, "office/count/entries");
	g_autoptr(GArray) list = g_array_new(false, true, sizeof(CountEntry));
	StoreStep step;

	store_bind_int(row, 1, document);
	store_bind_int(row, 2, g_get_real_time());
	while ((step = store_step(row, error)) == STORE_ROW) {
		CountEntry entry = { .item_id = store_get_int(row, 0),
				     .zone_id = store_get_int(row, 1),
				     .pass = (int)store_get_int(row, 2),
				     .person_id = store_get_int(row, 3),
				     .quantity = store_get_int(row, 4),
				     .at = store_get_int(row, 5) };

		g_array_append_val(list, entry);
	}
	return step == STORE_DONE ? g_steal_pointer(&list) : NULL;
}
