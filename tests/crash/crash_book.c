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
	return self;
}

void crash_book_free(CrashBook *self)
{
	g_array_unref(self->receipts);
	g_array_unref(self->charges);
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

static BookLine *find(const CrashBook *self, const char *number)
{
	for (guint i = self->receipts->len; i > 0; i--) {
		BookLine *line = &g_array_index(self->receipts, BookLine, i - 1);

		if (strcmp(line->number, number) == 0)
			return line;
	}
	return NULL;
}

bool crash_book_has(const CrashBook *self, const char *number)
{
	return find(self, number) != NULL;
}

const char *crash_book_find_sale(const CrashBook *self, bool cash, bool card)
{
	for (guint i = self->receipts->len; i > 0; i--) {
		const BookLine *line = &g_array_index(self->receipts, BookLine, i - 1);

		if (!line->is_return && !line->cancelled && !line->numberless &&
		    (line->cash != 0) == cash && (line->card != 0) == card)
			return line->number;
	}
	return NULL;
}

/* A sale is given back whole here, or not at all. */
static bool cancel_origin(CrashBook *self, const json_t *receipt)
{
	BookLine *sale = find(self, text_of(json_object_get(receipt, "origin"), "number"));

	if (sale != NULL)
		sale->cancelled = true;
	return sale != NULL;
}

static void take_receipt(CrashBook *self, const json_t *entry)
{
	const json_t *receipt = json_object_get(entry, "receipt");
	const char *doubt = text_of(json_object_get(entry, "fiscal"), "doubt");
	BookLine line = { .is_return = strcmp(text_of(receipt, "kind"), "return") == 0,
			  .total = number_of(json_object_get(receipt, "totals"), "total"),
			  .card = ABS(number_of(json_object_get(receipt, "kept"), "card")) };

	/* A document covers its total: what cash was rounded by is the till's own. */
	line.cash = line.total - line.card;

	g_strlcpy(line.number, text_of(entry, "number"), sizeof line.number);
	line.twice = strcmp(doubt, "possibly-twice") == 0;
	line.numberless = strcmp(doubt, "number-unknown") == 0;
	line.cancelled = line.is_return && cancel_origin(self, receipt);
	g_array_append_val(self->receipts, line);
	take_charges(self, receipt, line.is_return);
	self->n_told += *doubt != '\0';
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

/* A simulator that keeps no book has the registrar's archive (tag 1054: 1 is a sale, 2 a return).
 * It does not tell how they were paid. */
static GArray *read_archive(const json_t *documents)
{
	GArray *lines = g_array_new(false, true, sizeof(BookLine));
	const json_t *document;
	size_t i;

	json_array_foreach(documents, i, document)
	{
		if (number_of(document, "type") == 3)
			add_line(lines, number_of(document, "operation") == 2, document);
	}
	return lines;
}

/* A registrar has a document for each sale and return. A service takes back a sale that is
 * returned: what is active there is what was sold in the end. */
static GArray *read_documents(const json_t *state, bool *ret_takes_back)
{
	GArray *lines = g_array_new(false, true, sizeof(BookLine));
	const json_t *document;
	size_t i;

	*ret_takes_back = false;
	json_array_foreach(json_object_get(state, "book"), i, document)
	{
		const char *kind = text_of(document, "kind");
		const json_t *active = json_object_get(document, "active");

		*ret_takes_back |= active != NULL;
		if (json_is_false(active))
			continue;
		if (strcmp(kind, "sale") == 0 || strcmp(kind, "replace") == 0 ||
		    strcmp(kind, "return") == 0)
			add_line(lines, strcmp(kind, "return") == 0, document);
	}
	return lines;
}

/* What the terminal itself has taken back never was. */
static GArray *read_charges(const json_t *state)
{
	GArray *charges = g_array_new(false, true, sizeof(int64_t));
	const json_t *transaction;
	size_t i;

	json_array_foreach(json_object_get(state, "transactions"), i, transaction)
	{
		int64_t amount = number_of(transaction, "amount");

		if (json_is_true(json_object_get(transaction, "undone")))
			continue;
		if (strcmp(text_of(transaction, "kind"), "payment") != 0)
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

/* How many of @ours @theirs has not; @extra gets what only @theirs has. Sorts both. */
static int differ(GArray *ours, GArray *theirs, GCompareFunc compare, GArray *extra)
{
	guint size = g_array_get_element_size(ours), i = 0, j = 0;
	int missing = 0;

	g_array_sort(ours, compare);
	g_array_sort(theirs, compare);
	while (i < ours->len || j < theirs->len) {
		int order = i == ours->len     ? 1
			    : j == theirs->len ? -1
					       : compare(ours->data + (gsize)i * size,
							 theirs->data + (gsize)j * size);

		missing += order < 0;
		if (order > 0)
			g_array_append_vals(extra, theirs->data + (gsize)j * size, 1);
		i += order <= 0;
		j += order >= 0;
	}
	return missing;
}

/* The till tells of a receipt with just these sums that its document may be there twice. */
static bool is_told(const CrashBook *self, const BookLine *document)
{
	for (guint i = 0; i < self->receipts->len; i++) {
		const BookLine *line = &g_array_index(self->receipts, BookLine, i);

		if (line->twice && compare_lines(line, document) == 0)
			return true;
	}
	return false;
}

static int count_unseen(const CrashBook *self, const GArray *extra)
{
	int n = 0;

	for (guint i = 0; i < extra->len; i++)
		n += !is_told(self, &g_array_index(extra, BookLine, i));
	return n;
}

static GArray *dup_receipts(const CrashBook *self, bool takes_back, bool tells_kinds)
{
	GArray *lines = g_array_new(false, true, sizeof(BookLine));

	for (guint i = 0; i < self->receipts->len; i++) {
		BookLine line = g_array_index(self->receipts, BookLine, i);

		if (!tells_kinds)
			line.cash = line.card = 0;
		if (!takes_back || !line.cancelled)
			g_array_append_val(lines, line);
	}
	return lines;
}

BookVerdict crash_book_compare(const CrashBook *self, const json_t *fiscal, const json_t *terminal)
{
	bool takes_back = false, has_book = json_object_get(fiscal, "book") != NULL;
	g_autoptr(GArray) documents = has_book ? read_documents(fiscal, &takes_back)
					       : read_archive(json_object_get(fiscal, "documents"));
	g_autoptr(GArray) receipts = dup_receipts(self, takes_back, has_book);
	g_autoptr(GArray) charges = g_array_copy(self->charges);
	g_autoptr(GArray) charged = read_charges(terminal);
	g_autoptr(GArray) extra = g_array_new(false, true, sizeof(BookLine));
	g_autoptr(GArray) more = g_array_new(false, true, sizeof(int64_t));
	BookVerdict ret = { .receipts = (int)receipts->len,
			    .documents = (int)documents->len,
			    .charges = (int)charged->len };

	ret.lost = differ(receipts, documents, compare_lines, extra);
	ret.doubled = (int)extra->len;
	ret.unseen = count_unseen(self, extra);
	ret.uncharged = differ(charges, charged, compare_sums, more);
	ret.overcharged = (int)more->len;
	return ret;
}
