/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/crash/crash_book.h"

#include "store/store.h"

#include <string.h>

CrashBook *crash_book_new(void)
{
	CrashBook *self = g_new0(CrashBook, 1);

	g_strlcpy(self->hash, JOURNAL_FIRST_HASH, sizeof self->hash);
	self->receipts = g_array_new(false, true, sizeof(BookLine));
	self->charges = g_array_new(false, true, sizeof(int64_t));
	self->numbers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	return self;
}

void crash_book_free(CrashBook *self)
{
	g_array_unref(self->receipts);
	g_array_unref(self->charges);
	g_hash_table_unref(self->numbers);
	g_free(self);
}

static int64_t number_of(const json_t *json, const char *key)
{
	return json_integer_value(json_object_get(json, key));
}

static const char *text_of(const json_t *json, const char *key)
{
	const char *text = json_string_value(json_object_get(json, key));

	return text != NULL ? text : "";
}

/* --- the till's journal --------------------------------------------------------------------- */

static void take_charges(CrashBook *self, const json_t *receipt, bool is_return)
{
	const json_t *payment;
	size_t i;

	json_array_foreach(json_object_get(receipt, "payments"), i, payment)
	{
		int64_t amount = number_of(payment, "amount");

		if (is_return)
			amount = -amount;
		if (strcmp(text_of(payment, "kind"), "card") == 0)
			g_array_append_val(self->charges, amount);
	}
}

static void take_receipt(CrashBook *self, const json_t *entry)
{
	const json_t *receipt = json_object_get(entry, "receipt");
	const json_t *kept = json_object_get(receipt, "kept");
	const json_t *fiscal = json_object_get(entry, "fiscal");
	BookLine line = { .is_return = strcmp(text_of(receipt, "kind"), "return") == 0,
			  .total = number_of(json_object_get(receipt, "totals"), "total"),
			  .cash = ABS(number_of(kept, "cash")),
			  .card = ABS(number_of(kept, "card")),
			  .unseen = *text_of(fiscal, "doubt") != '\0' };

	g_array_append_val(self->receipts, line);
	take_charges(self, receipt, line.is_return);
	g_hash_table_add(self->numbers, g_strdup(text_of(entry, "number")));
}

static bool take_entry(CrashBook *self, StoreStatement *row, GError **error)
{
	g_auto(JournalEntry) entry = { 0 };
	json_t *json =
		journal_entry_open_json(&entry, store_get_text(row, 5), store_get_text(row, 6),
					self->n_entries + 1, self->hash, error);

	if (json == NULL)
		return false;
	self->n_entries++;
	g_strlcpy(self->hash, entry.hash, sizeof self->hash);
	if (entry.kind == JOURNAL_RECEIPT)
		take_receipt(self, json);
	json_decref(json);
	return true;
}

/* What was there when it was read last is there still, and the same. */
static bool check_seen(CrashBook *self, Store *store, GError **error)
{
	StoreStatement *row = store_statement(store, "till/journal/last");
	StoreStep step = store_step(row, error);
	bool same = step == STORE_ROW && (store_get_int(row, 0) > self->n_entries ||
					  (store_get_int(row, 0) == self->n_entries &&
					   strcmp(store_get_text(row, 2), self->hash) == 0));

	store_reset(row);
	if (step != STORE_FAILED && !same)
		g_set_error(error, JOURNAL_ERROR, JOURNAL_ERROR_GAP,
			    "entries up to %" G_GINT64_FORMAT " were there and are gone",
			    self->n_entries);
	return same;
}

bool crash_book_read(CrashBook *self, const char *directory, GError **error)
{
	g_autofree char *dsn = g_strdup_printf("sqlite:%s/till.db", directory);
	g_autoptr(Store) store = store_open(dsn, STORE_READ_ONLY, error);
	StoreStatement *row;
	StoreStep step;

	if (store == NULL || !check_seen(self, store, error))
		return false;
	row = store_statement(store, "till/journal/read");
	store_bind_int(row, 1, self->n_entries + 1);
	store_bind_int(row, 2, G_MAXINT64);
	while ((step = store_step(row, error)) == STORE_ROW)
		if (!take_entry(self, row, error)) {
			store_reset(row);
			return false;
		}
	return step == STORE_DONE;
}

/* --- the devices ---------------------------------------------------------------------------- */

static void add_line(GArray *lines, bool is_return, const json_t *document)
{
	BookLine line = { .is_return = is_return,
			  .total = number_of(document, "total"),
			  .cash = number_of(document, "cash"),
			  .card = number_of(document, "card") };

	g_array_append_val(lines, line);
}

/* A simulator without a book has a list of documents as the registrar archives them (tag 1054: 1 is
 * a sale, 2 a return), which do not tell how they were paid. */
static void read_archive(const json_t *state, GArray *lines)
{
	const json_t *document;
	size_t i;

	json_array_foreach(json_object_get(state, "documents"), i, document)
	{
		if (number_of(document, "type") == 3)
			add_line(lines, number_of(document, "operation") == 2, document);
	}
}

/* Sales and returns out of a simulator's book. */
static GArray *read_documents(const json_t *state)
{
	GArray *lines = g_array_new(false, true, sizeof(BookLine));
	const json_t *document;
	size_t i;

	if (json_object_get(state, "book") == NULL)
		read_archive(state, lines);
	json_array_foreach(json_object_get(state, "book"), i, document)
	{
		const char *kind = text_of(document, "kind");

		if (strcmp(kind, "sale") == 0 || strcmp(kind, "return") == 0)
			add_line(lines, strcmp(kind, "return") == 0, document);
	}
	return lines;
}

static GArray *read_charges(const json_t *state)
{
	GArray *charges = g_array_new(false, true, sizeof(int64_t));
	const json_t *transaction;
	size_t i;

	json_array_foreach(json_object_get(state, "transactions"), i, transaction)
	{
		const char *kind = text_of(transaction, "kind");
		int64_t amount = number_of(transaction, "amount");

		if (json_is_true(json_object_get(transaction, "reversed")) ||
		    json_is_true(json_object_get(transaction, "undone")) ||
		    strcmp(kind, "reversal") == 0)
			continue;
		if (strcmp(kind, "refund") == 0)
			amount = -amount;
		g_array_append_val(charges, amount);
	}
	return charges;
}

/* --- beside each other ---------------------------------------------------------------------- */

static int compare_numbers(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

static int compare_lines(gconstpointer a, gconstpointer b)
{
	const BookLine *x = a, *y = b;
	int order = compare_numbers(x->is_return, y->is_return);

	order = order != 0 ? order : compare_numbers(x->total, y->total);
	order = order != 0 ? order : compare_numbers(x->cash, y->cash);
	return order != 0 ? order : compare_numbers(x->card, y->card);
}

static int compare_sums(gconstpointer a, gconstpointer b)
{
	return compare_numbers(*(const int64_t *)a, *(const int64_t *)b);
}

/* How many of @ours @theirs has not, and the other way round. Sorts both. */
static void differ(GArray *ours, GArray *theirs, GCompareFunc compare, int *missing, int *extra)
{
	guint size = g_array_get_element_size(ours), i = 0, j = 0;

	g_array_sort(ours, compare);
	g_array_sort(theirs, compare);
	while (i < ours->len || j < theirs->len) {
		int order = i == ours->len     ? 1
			    : j == theirs->len ? -1
					       : compare(ours->data + (gsize)i * size,
							 theirs->data + (gsize)j * size);

		*missing += order < 0;
		*extra += order > 0;
		i += order <= 0;
		j += order >= 0;
	}
}

BookVerdict crash_book_compare(const CrashBook *self, const json_t *fiscal, const json_t *terminal)
{
	g_autoptr(GArray) receipts = g_array_copy(self->receipts);
	g_autoptr(GArray) charges = g_array_copy(self->charges);
	g_autoptr(GArray) documents = read_documents(fiscal);
	g_autoptr(GArray) charged = read_charges(terminal);
	bool has_book = json_object_get(fiscal, "book") != NULL;
	BookVerdict ret = { .documents = (int)documents->len, .charges = (int)charged->len };

	for (guint i = 0; !has_book && i < receipts->len; i++) {
		BookLine *line = &g_array_index(receipts, BookLine, i);

		line->cash = line->card = 0;
	}
	differ(receipts, documents, compare_lines, &ret.lost, &ret.doubled);
	differ(charges, charged, compare_sums, &ret.uncharged, &ret.overcharged);
	return ret;
}
