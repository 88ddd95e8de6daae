/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/hub/batch.h"
#include "backoffice/hub/changes.h"
#include "backoffice/hub/exchange.h"
#include "backoffice/hub/goods_feed.h"
#include "backoffice/hub/receipt_feed.h"

#include <inttypes.h>
#include <libsoup/soup.h>

#define STATUS_TOO_MANY_REQUESTS 429 /* libsoup has no name for it */

void exchange_clear(Exchange *self)
{
	g_clear_pointer(&self->token, g_free);
	g_clear_pointer(&self->since, g_free);
	g_clear_pointer(&self->name, g_free);
	g_clear_pointer(&self->address, g_free);
	g_clear_pointer(&self->body, g_bytes_unref);
	hub_till_clear(&self->till);
	reply_clear(&self->reply);
}

static json_t *till_to_json(const HubTill *till, const char *token)
{
	return json_pack("{s:I, s:s, s:s, s:{s:I, s:s, s:s, s:i, s:s}, s:I}", "till",
			 (json_int_t)till->id, "token", token, "name", till->name, "shop", "id",
			 (json_int_t)till->shop_id, "name", till->shop_name, "country",
			 till->country, "currency", (int)till->currency, "timezone", till->timezone,
			 "next", (json_int_t)till->next);
}

/* NULL where the body is no {"code":"…"}. Own it. */
static char *dup_code(GBytes *body)
{
	gsize len;
	const char *text = g_bytes_get_data(body, &len);
	json_auto_t *json = len > 0 ? json_loadb(text, len, 0, NULL) : NULL;

	return g_strdup(json_string_value(json_object_get(json, "code")));
}

void answer_enrol(Exchange *self, Store *store)
{
	Throttle *throttle = self->parts->throttle;
	g_autofree char *code = dup_code(self->body);
	g_autofree char *token = NULL;
	g_autoptr(GError) error = NULL;

	if (code == NULL)
		reply_error(&self->reply, SOUP_STATUS_BAD_REQUEST, "body",
			    "The body has to be {\"code\":\"ABCD-EFGH\"}.");
	else if (!throttle_allows(throttle, self->address, g_get_monotonic_time()))
		reply_error(&self->reply, STATUS_TOO_MANY_REQUESTS, "wait",
			    "Too many wrong codes came from your address: wait a minute.");
	else if (access_enrol(store, code, &self->till, &token, &error))
		reply_json(&self->reply, SOUP_STATUS_OK, till_to_json(&self->till, token));
	else if (error != NULL)
		reply_failed(&self->reply, error);
	else {
		throttle_failed(throttle, self->address, g_get_monotonic_time());
		reply_error(&self->reply, SOUP_STATUS_FORBIDDEN, "code",
			    "This code is wrong or was used before: ask the office for a new one.");
	}
}

void answer_snapshot(Exchange *self, Store *store)
{
	g_autoptr(GError) error = NULL;
	GBytes *bytes = snapshot_cache_get(self->parts->snapshots, store, self->till.shop_id,
					   self->schema, &error);

	if (bytes != NULL)
		self->reply = (Reply){ .status = SOUP_STATUS_OK,
				       .type = "application/vnd.sqlite3",
				       .body = bytes };
	else
		reply_failed(&self->reply, error);
}

static bool parse_revision(const char *text, int64_t *ret)
{
	gint64 value;

	if (text == NULL || !g_ascii_string_to_signed(text, 10, 0, INT64_MAX, &value, NULL))
		return false;
	*ret = value;
	return true;
}

static void tell_changes(Exchange *self, Store *store, int64_t since)
{
	g_autoptr(GError) error = NULL;
	json_t *changes = changes_to_json(store, self->till.shop_id, since, &error);

	if (changes != NULL)
		reply_json(&self->reply, SOUP_STATUS_OK, changes);
	else
		reply_failed(&self->reply, error);
}

void answer_changes(Exchange *self, Store *store)
{
	g_autoptr(GError) error = NULL;
	int64_t since, newest;

	if (!parse_revision(self->since, &since))
		reply_error(&self->reply, SOUP_STATUS_BAD_REQUEST, "since",
			    "'since' has to be a revision, as in /v1/changes?since=17.");
	else if (!goods_feed_revision(store, &newest, &error))
		reply_failed(&self->reply, error);
	else if (since > newest)
		reply_error(&self->reply, SOUP_STATUS_GONE, "revision",
			    "The office is older than your goods: take a new snapshot.");
	else
		tell_changes(self, store, since);
}

void answer_receipt(Exchange *self, Store *store)
{
	g_autoptr(GError) error = NULL;
	json_t *receipt;

	if (!receipt_feed_find(store, self->till.shop_id, self->name, &receipt, &error))
		reply_failed(&self->reply, error);
	else if (receipt == NULL)
		reply_error(&self->reply, SOUP_STATUS_NOT_FOUND, "receipt",
			    "The office has no such receipt, or its till has not sent it yet.");
	else
		reply_json(&self->reply, SOUP_STATUS_OK, receipt);
}

static void refuse_batch(Exchange *self, const char *code, const GError *error, int64_t next)
{
	g_message("till %" PRId64 ": %s", self->till.id, error->message);
	reply_json(&self->reply, SOUP_STATUS_CONFLICT,
		   json_pack("{s:s, s:s, s:I}", "error", code, "message", error->message, "next",
			     (json_int_t)next));
}

static void take_batch(Exchange *self, Store *store, const JournalBatch *batch)
{
	IngestTill till = { .shop_id = self->till.shop_id,
			    .till_id = self->till.id,
			    .currency = self->till.currency,
			    .timezone = self->till.timezone };
	g_autoptr(GError) error = NULL;
	IngestResult result;
	bool ok = ingest_batch(store, &till, (const IngestEntry *)batch->entries->data,
			       batch->entries->len, &result, &error);
	bool gap = g_error_matches(error, INGEST_ERROR, INGEST_ERROR_GAP);
	bool chain = g_error_matches(error, INGEST_ERROR, INGEST_ERROR_CHAIN);

	if (ok || gap || chain)
		metrics_count_batch(self->parts->metrics, &result);
	if ((ok || gap || chain) && result.closed > 0)
		day_printer_wake(self->parts->printer);
	if (ok)
		reply_json(&self->reply, SOUP_STATUS_OK,
			   json_pack("{s:I}", "next", (json_int_t)result.next));
	else if (gap || chain)
		refuse_batch(self, gap ? "gap" : "chain", error, result.next);
	else
		reply_failed(&self->reply, error);
}

void answer_journal(Exchange *self, Store *store)
{
	g_auto(JournalBatch) batch = { 0 };
	g_autoptr(GError) error = NULL;

	if (self->till_id != self->till.id)
		reply_error(&self->reply, SOUP_STATUS_FORBIDDEN, "till",
			    "This token is another till's.");
	else if (journal_batch_read(&batch, self->body, self->is_gzip, &error))
		take_batch(self, store, &batch);
	else if (g_error_matches(error, BATCH_ERROR, BATCH_ERROR_TOO_LARGE))
		reply_error(&self->reply, SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE, "large",
			    error->message);
	else
		reply_error(&self->reply, SOUP_STATUS_BAD_REQUEST, "body", error->message);
}

void answer_metrics(Exchange *self, Store *store)
{
	g_autoptr(GString) text = g_string_new(NULL);
	g_autoptr(GError) error = NULL;

	if (metrics_write(self->parts->metrics, store, text, &error))
		reply_text(&self->reply, "text/plain; version=0.0.4", text->str);
	else
		reply_failed(&self->reply, error);
}
