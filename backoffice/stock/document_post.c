/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/people/counter.h"
#include "backoffice/stock/document_draft.h"
#include "backoffice/stock/document_posting.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

/* Suppliers begin their numbers anew every year: the same number is the same paper within this. */
#define SAME_PAPER_DAYS 180
#define DAY_US (INT64_C(86400) * G_USEC_PER_SEC)

/* --- may it be posted ---------------------------------------------------------------------- */

static bool check_state(const Document *document, GError **error)
{
	if (document->state == DOCUMENT_POSTED)
		return document_refuse(error, DOCUMENT_ERROR_STATE,
				       _("Document %s is posted already: nothing happens twice."),
				       document->number);
	if (document->state == DOCUMENT_REVERSED)
		return document_refuse(error, DOCUMENT_ERROR_STATE,
				       _("Document %s has been posted and reversed: enter a new "
					 "one."),
				       document->number);
	return true;
}

static bool check_twin(const Posting *self, GError **error)
{
	StoreStatement *row = store_statement(self->store, "office/document/twin");
	const Document *document = self->document;
	g_autofree char *number = NULL;
	StoreStep step;

	if (document->kind != DOCUMENT_DELIVERY || document->supplier_id == 0 ||
	    *document->reference == '\0')
		return true;
	store_bind_int(row, 1, document->supplier_id);
	store_bind_text(row, 2, document->reference);
	store_bind_int(row, 3, document->id);
	store_bind_int(row, 4, self->at - SAME_PAPER_DAYS * DAY_US);
	store_bind_int(row, 5, self->at + SAME_PAPER_DAYS * DAY_US);
	step = store_step(row, error);
	if (step == STORE_ROW)
		number = g_strdup(store_get_text(row, 0));
	store_reset(row);
	if (number == NULL)
		return step == STORE_DONE;
	return document_refuse(error, DOCUMENT_ERROR_TWICE,
			       _("The delivery on the supplier's paper “%s” is posted already: it "
				 "is document %s. If this is another one, give it another number."),
			       document->reference, number);
}

static bool check_needs(const Document *document, GError **error)
{
	switch (document->kind) {
	case DOCUMENT_TRANSFER:
		if (document->other_shop == 0)
			return document_refuse(error, DOCUMENT_ERROR_INVALID,
					       _("To which shop do the goods go? Name it first."));
		break;
	case DOCUMENT_ARRIVAL:
		if (document->origin_id == 0)
			return document_refuse(error, DOCUMENT_ERROR_INVALID,
					       _("Which transfer has arrived? Name it first."));
		break;
	case DOCUMENT_SUPPLIER_RETURN:
	case DOCUMENT_ORDER:
		if (document->supplier_id == 0)
			return document_refuse(error, DOCUMENT_ERROR_INVALID,
					       _("Which supplier? Name him first."));
		break;
	default:
		break;
	}
	return true;
}

static bool may_post(Posting *self, GError **error)
{
	const Document *document = self->document;

	return rights_require(self->store, self->person_id, RIGHT_POST, error) &&
	       rights_require(self->store, self->person_id, document_kind_right(document->kind),
			      error) &&
	       check_state(document, error) &&
	       document_check_head(self->store, document, self->now, error) &&
	       check_needs(document, error) && check_twin(self, error);
}

/* --- lines --------------------------------------------------------------------------------- */

static bool needs_reason(const Document *document, const DocumentLine *line)
{
	return document->kind == DOCUMENT_WRITE_OFF && *line->reason == '\0' &&
	       !document_reason_is_known(document->reason);
}

static const char *wrong_to_post(const Document *document, const DocumentLine *line,
				 const LineItem *item)
{
	bool comes_in = document->kind == DOCUMENT_DELIVERY || document->kind == DOCUMENT_OPENING ||
			(document->kind == DOCUMENT_PRODUCTION && line->quantity > 0);
	/* What was expected and did not come stays as a line of nothing. */
	bool may_be_nothing =
		document->kind == DOCUMENT_DELIVERY || document->kind == DOCUMENT_ARRIVAL ||
		document->kind == DOCUMENT_COUNT || document->kind == DOCUMENT_REVALUATION;

	if (line->quantity == 0 && !may_be_nothing)
		return _("the quantity is missing.");
	if (document->kind == DOCUMENT_REVALUATION && !line->has_cost)
		return _("what is one worth? Enter the cost.");
	if (needs_reason(document, line))
		return _("why is it written off? Give a reason: damaged, expired, stolen, own-use "
			 "or other.");
	if (comes_in && item->expires && line->expiry == 0 && line->quantity != 0)
		return _("these goods expire: enter until when.");
	return NULL;
}

static bool read_items(Posting *self, GError **error)
{
	for (guint i = 0; i < self->document->lines->len; i++) {
		const DocumentLine *line = self->document->lines->pdata[i];
		const char *wrong;

		if (!line_item_read(self->store, line, &self->items[i], error) ||
		    !document_check_line(self->store, self->document->kind, line, &self->items[i],
					 error))
			return false;
		wrong = wrong_to_post(self->document, line, &self->items[i]);
		if (wrong != NULL)
			return document_refuse_line(error, line->line, self->items[i].name, "%s",
						    wrong);
	}
	return true;
}

static bool has_something(const Document *document)
{
	if (document->kind == DOCUMENT_COUNT)
		return true; /* what people found stands elsewhere */
	for (guint i = 0; i < document->lines->len; i++) {
		const DocumentLine *line = document->lines->pdata[i];

		if (line->quantity != 0 || document->kind == DOCUMENT_REVALUATION)
			return true;
	}
	return false;
}

static bool check_lines(Posting *self, GError **error)
{
	if (!has_something(self->document))
		return document_refuse(error, DOCUMENT_ERROR_INVALID,
				       _("There is nothing in document %s to be posted."),
				       self->document->number);
	return read_items(self, error);
}

/* --- doing it ------------------------------------------------------------------------------ */

bool posting_find_day(Posting *self, GError **error)
{
	StoreStatement *row = store_statement(self->store, "office/document/shop");
	g_autoptr(GTimeZone) zone = NULL;
	g_autoptr(GDateTime) utc = NULL, local = NULL;

	store_bind_int(row, 1, self->document->shop_id);
	if (store_step(row, error) != STORE_ROW)
		return false;
	zone = g_time_zone_new_identifier(store_get_text(row, 0));
	store_reset(row);
	utc = g_date_time_new_from_unix_utc(self->at / G_USEC_PER_SEC);
	if (utc != NULL)
		local = zone != NULL ? g_date_time_to_timezone(utc, zone) : g_date_time_ref(utc);
	if (local == NULL)
		return document_refuse(error, DOCUMENT_ERROR_INVALID,
				       _("The document's time cannot be so."));
	self->day = g_date_time_get_year(local) * 10000 + g_date_time_get_month(local) * 100 +
		    g_date_time_get_day_of_month(local);
	return true;
}

static bool mark_posted(Posting *self, GError **error)
{
	StoreStatement *mark = store_statement(self->store, "office/document/mark_posted");

	store_bind_int(mark, 1, self->document->id);
	store_bind_int(mark, 2, self->at);
	store_bind_int(mark, 3, self->now);
	store_bind_int(mark, 4, self->person_id);
	document_bind_some(mark, 5, self->document->other_shop);
	return store_run(mark, error);
}

/* As lists show it from now on: a count has got its lines by being posted. */
static bool audit_post(const Posting *self, GError **error)
{
	const DocumentFilter one = { .kind = -1, .state = -1, .id = self->document->id };
	g_autoptr(GPtrArray) list = document_list(self->store, &one, 0, 1, error);
	const DocumentSummary *summary = list != NULL && list->len == 1 ? list->pdata[0] : NULL;
	g_autofree char *after = NULL;

	if (summary == NULL)
		return false;
	after = g_strdup_printf(
		"{\"state\":\"posted\",\"kind\":\"%s\",\"lines\":%d,\"value\":%" PRId64 "}",
		document_kind_code(summary->kind), summary->n_lines, summary->value);
	return audit_change(self->store, self->person_id, "document-post", summary->number,
			    "{\"state\":\"draft\"}", after, error);
}

static bool move_stock(Posting *self, GError **error)
{
	g_autoptr(Ledger) ledger = NULL;

	if (self->document->kind == DOCUMENT_ORDER)
		return true;
	ledger = ledger_new(self->store, self->document->shop_id, error);
	if (ledger == NULL)
		return false;
	self->ledger = ledger;
	return posting_move(self, error) && ledger_finish(ledger, error);
}

static bool post(Posting *self, GError **error)
{
	return may_post(self, error) && posting_find_day(self, error) && check_lines(self, error) &&
	       move_stock(self, error) && posting_tell_costs(self, error) &&
	       mark_posted(self, error) && audit_post(self, error);
}

static void clear_items(LineItem *items, guint n)
{
	for (guint i = 0; i < n; i++)
		line_item_clear(&items[i]);
	g_free(items);
}

bool document_post_in(Store *store, int64_t id, int64_t person_id, GError **error)
{
	g_autoptr(Document) document = document_read(store, id, error);
	Posting self = { .store = store,
			 .document = document,
			 .person_id = person_id,
			 .now = g_get_real_time() };
	bool done;

	if (document == NULL)
		return false;
	self.at = document->at != 0 ? document->at : self.now;
	self.items = g_new0(LineItem, document->lines->len + 1);
	done = post(&self, error);
	clear_items(self.items, document->lines->len);
	return done;
}

bool document_post(Store *store, int64_t id, int64_t person_id, GError **error)
{
	if (!store_begin(store, error))
		return false;
	if (document_post_in(store, id, person_id, error))
		return store_commit(store, error);
	store_rollback(store);
	return false;
}

/* --- taking it back ------------------------------------------------------------------------ */

static bool check_reversible(const Posting *self, GError **error)
{
	StoreStatement *row = store_statement(self->store, "office/document/stands_on");
	g_autofree char *number = NULL;
	StoreStep step;

	if (self->document->state != DOCUMENT_POSTED)
		return document_refuse(error, DOCUMENT_ERROR_STATE,
				       self->document->state == DOCUMENT_DRAFT
					       ? _("Document %s is a draft: there is nothing to "
						   "take back.")
					       : _("Document %s has been reversed already."),
				       self->document->number);
	store_bind_int(row, 1, self->document->id);
	step = store_step(row, error);
	if (step == STORE_ROW)
		number = g_strdup(store_get_text(row, 0));
	store_reset(row);
	if (number == NULL)
		return step == STORE_DONE;
	return document_refuse(error, DOCUMENT_ERROR_USED,
			       _("Goods of document %s have arrived, by document %s: reverse that "
				 "one first."),
			       self->document->number, number);
}

static bool undo_stock(Posting *self, GError **error)
{
	g_autoptr(Ledger) ledger = NULL;

	if (self->document->kind == DOCUMENT_ORDER)
		return true;
	for (guint i = 0; i < self->document->lines->len; i++)
		if (!posting_undo_pieces(self, self->document->lines->pdata[i], error))
			return false;
	ledger = ledger_new(self->store, self->document->shop_id, error);
	return ledger != NULL && ledger_reverse(ledger, self->document->id, error) &&
	       ledger_finish(ledger, error);
}

static bool audit_reverse(Posting *self, const char *reason, GError **error)
{
	json_t *object = json_pack("{s:s, s:s}", "state", "reversed", "reason",
				   reason != NULL ? reason : "");
	char *after = json_dumps(object, JSON_COMPACT);
	bool done = audit_change(self->store, self->person_id, "document-reverse",
				 self->document->number, "{\"state\":\"posted\"}", after, error);

	free(after);
	json_decref(object);
	return done;
}

static bool mark_reversed(Posting *self, const char *reason, GError **error)
{
	StoreStatement *mark = store_statement(self->store, "office/document/mark_reversed");

	store_bind_int(mark, 1, self->document->id);
	store_bind_int(mark, 2, self->now);
	store_bind_int(mark, 3, self->person_id);
	return store_run(mark, error) && audit_reverse(self, reason, error);
}

static bool reverse(Posting *self, const char *reason, GError **error)
{
	return rights_require(self->store, self->person_id, RIGHT_REVERSE, error) &&
	       check_reversible(self, error) && undo_stock(self, error) &&
	       posting_undo_costs(self, error) && mark_reversed(self, reason, error);
}

bool document_reverse(Store *store, int64_t id, int64_t person_id, const char *reason,
		      GError **error)
{
	g_autoptr(Document) document = NULL;
	Posting self = { .store = store, .person_id = person_id, .now = g_get_real_time() };

	if (!store_begin(store, error))
		return false;
	document = document_read(store, id, error);
	self.document = document;
	if (document != NULL && reverse(&self, reason, error))
		return store_commit(store, error);
	store_rollback(store);
	return false;
}
