/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/hub/throttle.h"

#define WINDOW (60 * G_USEC_PER_SEC)

typedef struct {
	gint64 since;
	int failures;
} Record;

struct Throttle {
	GHashTable *records; /* owned; address → Record */
};

Throttle *throttle_new(void)
{
	Throttle *self = g_new(Throttle, 1);

	self->records = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	return self;
}

void throttle_free(Throttle *self)
{
	if (self == NULL)
		return;
	g_hash_table_unref(self->records);
	g_free(self);
}

static gboolean is_over(void *address, void *record, void *now)
{
	return *(gint64 *)now - ((Record *)record)->since >= WINDOW;
}

bool throttle_allows(Throttle *self, const char *address, gint64 now)
{
	const Record *record = g_hash_table_lookup(self->records, address);

	return record == NULL || is_over(NULL, (void *)record, &now) ||
	       record->failures < THROTTLE_FAILURES_MAX;
}

void throttle_failed(Throttle *self, const char *address, gint64 now)
{
	Record *record;

	g_hash_table_foreach_remove(self->records, is_over, &now);
	record = g_hash_table_lookup(self->records, address);
	if (record == NULL) {
		record = g_new0(Record, 1);
		record->since = now;
		g_hash_table_insert(self->records, g_strdup(address), record);
	}
	record->failures++;
}
