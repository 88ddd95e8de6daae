/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/till/till_private.h"

#include <string.h>

static bool insert_entry(TillDb *self, const JournalEntry *entry, GError **error)
{
	StoreStatement *statement = store_statement(self->store, "till/journal/insert");

	store_bind_int(statement, 1, entry->number);
	store_bind_int(statement, 2, entry->at);
	store_bind_text(statement, 3, journal_kind_code(entry->kind));
	store_bind_int(statement, 4, entry->cashier);
	store_bind_int(statement, 5, entry->shift);
	store_bind_text(statement, 6, entry->body);
	store_bind_text(statement, 7, entry->hash);
	return store_run(statement, error);
}

static bool add_at(TillDb *self, int64_t at, JournalKind kind, int64_t cashier, int64_t shift,
		   const json_t *details, const Receipt *receipt, GError **error)
{
	g_auto(JournalEntry) entry = { 0 };

	journal_entry_seal(&entry, self->ends.number + 1, at, kind, cashier, shift, details,
			   receipt, self->ends.hash);
	if (!insert_entry(self, &entry, error))
		return false;
	self->ends.number = entry.number;
	self->ends.at = at;
	memcpy(self->ends.hash, entry.hash, sizeof self->ends.hash);
	return true;
}

/* Who reads the journal by time has to know where time went back. */
static bool note_clock(TillDb *self, int64_t now, int64_t shift, GError **error)
{
	json_t *details = json_pack("{s:I}", "was", (json_int_t)self->ends.at);
	bool ok = add_at(self, now, JOURNAL_CLOCK, 0, shift, details, NULL, error);

	json_decref(details);
	return ok;
}

bool till_journal_add(TillDb *self, JournalKind kind, int64_t cashier, int64_t shift,
		      const json_t *details, const Receipt *receipt, GError **error)
{
	int64_t now = g_get_real_time();

	if (now < self->ends.at && !note_clock(self, now, shift, error))
		return false;
	return add_at(self, now, kind, cashier, shift, details, receipt, error);
}

bool till_db_append(TillDb *self, JournalKind kind, int64_t cashier, const json_t *details,
		    GError **error)
{
	bool ok = till_begin(self, error) &&
		  till_journal_add(self, kind, cashier, self->ends.shift.number, details, NULL,
				   error);

	return till_end(self, ok, error);
}

/* --- outbox -------------------------------------------------------------------------------- */

int64_t till_db_get_last_number(TillDb *self)
{
	int64_t ret;

	g_mutex_lock(&self->lock);
	ret = self->committed.number;
	g_mutex_unlock(&self->lock);
	return ret;
}

int64_t till_db_get_acknowledged(TillDb *self)
{
	int64_t ret;

	g_mutex_lock(&self->lock);
	ret = self->committed.next;
	g_mutex_unlock(&self->lock);
	return ret;
}

int64_t till_db_count_outbox(TillDb *self)
{
	int64_t ret;

	g_mutex_lock(&self->lock);
	ret = self->committed.number - self->committed.next + 1;
	g_mutex_unlock(&self->lock);
	return MAX(ret, 0);
}

static JournalEntry *read_entry(StoreStatement *row, GError **error)
{
	g_autofree JournalEntry *ret = g_new0(JournalEntry, 1);

	ret->number = store_get_int(row, 0);
	ret->at = store_get_int(row, 1);
	if (!journal_kind_parse(store_get_text(row, 2), &ret->kind)) {
		g_set_error(error, TILL_ERROR, TILL_ERROR_DATA,
			    "entry %" G_GINT64_FORMAT " is of an unknown kind", ret->number);
		return NULL;
	}
	ret->cashier = store_get_int(row, 3);
	ret->shift = store_get_int(row, 4);
	ret->body = g_strdup(store_get_text(row, 5));
	g_strlcpy(ret->hash, store_get_text(row, 6), sizeof ret->hash);
	return g_steal_pointer(&ret);
}

static void free_entry(gpointer data)
{
	JournalEntry *entry = data;

	journal_entry_clear(entry);
	g_free(entry);
}

static bool read_entries(StoreStatement *rows, size_t max_bytes, GPtrArray *ret, GError **error)
{
	size_t bytes = 0;
	StoreStep step;

	while ((step = store_step(rows, error)) == STORE_ROW) {
		JournalEntry *entry = read_entry(rows, error);

		if (entry == NULL) {
			store_reset(rows);
			return false;
		}
		bytes += strlen(entry->body);
		if (ret->len > 0 && bytes > max_bytes) {
			free_entry(entry);
			store_reset(rows);
			return true;
		}
		g_ptr_array_add(ret, entry);
	}
	return step == STORE_DONE;
}

bool till_db_read_journal(TillDb *self, int64_t from, int max_entries, size_t max_bytes,
			  GPtrArray **ret, GError **error)
{
	g_autoptr(GPtrArray) entries = g_ptr_array_new_with_free_func(free_entry);
	StoreStatement *rows;
	bool ok;

	g_mutex_lock(&self->lock);
	rows = store_statement(self->store, "till/journal/read");
	store_bind_int(rows, 1, from);
	store_bind_int(rows, 2, max_entries);
	ok = read_entries(rows, max_bytes, entries, error);
	g_mutex_unlock(&self->lock);
	if (ok)
		*ret = g_steal_pointer(&entries);
	return ok;
}

bool till_db_acknowledge(TillDb *self, int64_t next, GError **error)
{
	bool ok = till_begin(self, error) &&
		  till_run_with(self, "till/journal/set_next", next, error);

	self->ends.next = MAX(self->ends.next, next);
	return till_end(self, ok, error);
}
