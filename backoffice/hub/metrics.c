/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/hub/metrics.h"

#include "backoffice/print/day_job.h"

#include <inttypes.h>

#define STATUS_MAX 600

struct Metrics {
	GMutex lock;
	int64_t requests[STATUS_MAX]; /* by HTTP status */
	int64_t taken, known, receipts, quarantined;
};

Metrics *metrics_new(void)
{
	Metrics *self = g_new0(Metrics, 1);

	g_mutex_init(&self->lock);
	return self;
}

void metrics_free(Metrics *self)
{
	if (self == NULL)
		return;
	g_mutex_clear(&self->lock);
	g_free(self);
}

void metrics_count_request(Metrics *self, guint status)
{
	g_mutex_lock(&self->lock);
	self->requests[MIN(status, STATUS_MAX - 1)]++;
	g_mutex_unlock(&self->lock);
}

void metrics_count_batch(Metrics *self, const IngestResult *batch)
{
	g_mutex_lock(&self->lock);
	self->taken += batch->taken;
	self->known += batch->known;
	self->receipts += batch->receipts;
	self->quarantined += batch->quarantined;
	g_mutex_unlock(&self->lock);
}

static void write_head(GString *out, const char *name, const char *type, const char *help)
{
	g_string_append_printf(out, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

static void write_one(GString *out, const char *name, const char *type, const char *help,
		      int64_t value)
{
	write_head(out, name, type, help);
	g_string_append_printf(out, "%s %" PRId64 "\n", name, value);
}

static void write_counters(Metrics *self, GString *out)
{
	g_mutex_lock(&self->lock);
	write_head(out, "baraa_hub_requests_total", "counter",
		   "Requests answered, by HTTP status.");
	for (int i = 0; i < STATUS_MAX; i++)
		if (self->requests[i] > 0)
			g_string_append_printf(
				out, "baraa_hub_requests_total{code=\"%d\"} %" PRId64 "\n", i,
				self->requests[i]);
	write_one(out, "baraa_hub_entries_total", "counter", "Journal entries taken in.",
		  self->taken);
	write_one(out, "baraa_hub_known_entries_total", "counter",
		  "Journal entries that came again.", self->known);
	write_one(out, "baraa_hub_receipts_total", "counter", "Receipts taken in.", self->receipts);
	write_one(out, "baraa_hub_quarantined_total", "counter", "Entries put into quarantine.",
		  self->quarantined);
	g_mutex_unlock(&self->lock);
}

static bool write_quarantine(Store *store, GString *out, GError **error)
{
	StoreStatement *read = store_statement(store, "office/sync/quarantined");

	if (store_step(read, error) != STORE_ROW)
		return false;
	write_one(out, "baraa_hub_quarantine", "gauge", "Entries in quarantine.",
		  store_get_int(read, 0));
	store_reset(read);
	return true;
}

static bool write_tills(Store *store, GString *out, GError **error)
{
	StoreStatement *read = store_statement(store, "office/sync/tills");
	g_autoptr(GString) seen = g_string_new(NULL);
	int64_t n = 0;
	StoreStep step;

	write_head(out, "baraa_hub_till_entries", "gauge",
		   "Journal entries the hub has of a till.");
	write_head(seen, "baraa_hub_till_last_seen_seconds", "gauge",
		   "When a till last spoke to the hub, Unix time.");
	while ((step = store_step(read, error)) == STORE_ROW) {
		int64_t id = store_get_int(read, 0);

		g_string_append_printf(out,
				       "baraa_hub_till_entries{till=\"%" PRId64 "\"} %" PRId64 "\n",
				       id, store_get_int(read, 1) - 1);
		if (!store_is_null(read, 2))
			g_string_append_printf(seen,
					       "baraa_hub_till_last_seen_seconds{till=\"%" PRId64
					       "\"} %" PRId64 "\n",
					       id, store_get_int(read, 2) / G_USEC_PER_SEC);
		n++;
	}
	g_string_append_len(out, seen->str, (gssize)seen->len);
	write_one(out, "baraa_hub_tills", "gauge", "Tills the office knows.", n);
	return step == STORE_DONE;
}

static bool write_papers(Store *store, GString *out, GError **error)
{
	int64_t open, failed;

	if (!day_job_count(store, &open, &failed, error))
		return false;
	write_one(out, "baraa_hub_day_papers", "gauge",
		  "Daily reports that are still to be printed.", open);
	write_one(out, "baraa_hub_day_papers_failed", "gauge",
		  "Daily reports whose last try to print them failed.", failed);
	return true;
}

bool metrics_write(Metrics *self, Store *store, GString *out, GError **error)
{
	write_counters(self, out);
	return write_papers(store, out, error) && write_quarantine(store, out, error) &&
	       write_tills(store, out, error);
}
