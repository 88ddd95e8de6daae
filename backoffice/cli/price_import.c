/* SPDX-License-Identifier: GPL-3.0-or-later */
/* price import */
#include "backoffice/cli/price_words.h"
#include "backoffice/goods/item.h"
#include "backoffice/goods/rows.h"
#include "core/money.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define TOLD_MAX 10

typedef enum { CELL_BARCODE, CELL_PRICE, CELL_FROM, CELL_KIND, CELL_N } Cell;
static const char *const cell_names[CELL_N] = { "barcode", "price", "from", "kind" };

typedef struct {
	/* owned */
	GArray *sets;

	/* borrowed */
	PriceWords *words;

	bool has_header;
	int places[CELL_N]; /* −1: not in the list */
	int64_t n_refused;
} Reading;

/* --- one row ------------------------------------------------------------------------------- */

static bool find_cell(const char *text, Cell *ret)
{
	g_autofree char *name = g_strstrip(g_ascii_strdown(text, -1));

	for (Cell cell = 0; cell < CELL_N; cell++)
		if (strcmp(name, cell_names[cell]) == 0) {
			*ret = cell;
			return true;
		}
	return false;
}

static int count_known(const char *const *cells, void *data)
{
	int n = 0;

	for (; *cells != NULL; cells++)
		n += find_cell(*cells, &(Cell){ 0 });
	return n;
}

static bool read_header(Reading *self, const Row *row, GError **error)
{
	Cell cell;

	for (cell = 0; cell < CELL_N; cell++)
		self->places[cell] = -1;
	for (int i = 0; i < row->n_cells; i++)
		if (find_cell(row->cells[i], &cell))
			self->places[cell] = i;
	self->has_header = true;
	if (self->places[CELL_BARCODE] >= 0 && self->places[CELL_PRICE] >= 0)
		return true;
	g_set_error_literal(error, GOODS_IMPORT_ERROR, GOODS_IMPORT_ERROR_OPTIONS,
			    _("The first row has to name the columns: barcode, price, and perhaps "
			      "from and kind."));
	return false;
}

static char *dup_cell(const Reading *self, const Row *row, Cell cell)
{
	int place = self->places[cell];

	return g_strstrip(g_strdup(place >= 0 && place < row->n_cells ? row->cells[place] : ""));
}

/* NULL where it is right. */
static const char *parse_price(const Reading *self, const Row *row, PriceSet *ret)
{
	g_autofree char *text = dup_cell(self, row, CELL_PRICE);
	Money amount;

	if (!money_parse_decimal(text, self->words->currency, &amount) || amount.minor < 0)
		return _("the price is not an amount in this currency");
	ret->has_amount = true;
	ret->amount = amount.minor;
	return NULL;
}

static const char *parse_kind(const Reading *self, const Row *row, PriceSet *ret)
{
	g_autofree char *text = dup_cell(self, row, CELL_KIND);
	const PriceKind *kind = price_words_find_kind(self->words, *text != '\0' ? text : "1");

	if (kind == NULL)
		return _("there is no such kind of price");
	if (kind->basis != PRICE_BY_HAND)
		return _("prices of this kind follow from others");
	ret->kind_id = kind->id;
	return NULL;
}

static const char *parse_from(const Reading *self, const Row *row, PriceSet *ret)
{
	g_autofree char *text = dup_cell(self, row, CELL_FROM);

	if (*text == '\0')
		return NULL;
	if (!price_words_parse_time(self->words, text, &ret->first_at))
		return _("a moment is written like 2026-12-01T08:00");
	/* With a minute to spare: the list is read on before it is written. */
	if (ret->first_at <= g_get_real_time() + 60 * G_USEC_PER_SEC)
		return _("this minute has gone");
	return NULL;
}

static const char *parse_row(const Reading *self, const Row *row, PriceSet *ret, GError **error)
{
	g_autofree char *barcode = dup_cell(self, row, CELL_BARCODE);
	const char *reason = parse_price(self, row, ret);
	GError *failed = NULL;
	ItemScan scan;

	if (reason == NULL)
		reason = parse_kind(self, row, ret);
	if (reason == NULL)
		reason = parse_from(self, row, ret);
	if (reason != NULL)
		return reason;
	if (item_find_scan(self->words->store, barcode, &scan, &failed)) {
		ret->item_id = scan.item_id;
		return scan.pack_id == 0 ? NULL : _("this barcode is that of a pack");
	}
	if (failed != NULL) {
		g_propagate_error(error, failed);
		return NULL;
	}
	return _("there are no goods with this barcode");
}

static bool take_row(const Row *row, void *data, GError **error)
{
	Reading *self = data;
	GError *failed = NULL;
	PriceSet set = { 0 };
	const char *reason;

	if (!self->has_header)
		return read_header(self, row, error);
	reason = parse_row(self, row, &set, &failed);
	if (failed != NULL) {
		g_propagate_error(error, failed);
		return false;
	}
	if (reason == NULL) {
		g_array_append_val(self->sets, set);
		return true;
	}
	if (self->n_refused++ < TOLD_MAX)
		fprintf(stderr, _("line %" PRId64 ": %s\n"), row->line, reason);
	return true;
}

/* --- the command --------------------------------------------------------------------------- */

static int import(PriceWords *words, const char *path, const char *encoding)
{
	g_autoptr(GArray) sets = g_array_new(false, false, sizeof(PriceSet));
	Reading reading = { .sets = sets, .words = words };
	RowSink sink = { .fit = count_known, .row = take_row, .data = &reading };
	g_autoptr(GError) error = NULL;

	if (!rows_read(path, encoding, &sink, &error) ||
	    (sets->len > 0 && !prices_set(words->store, (const PriceSet *)(void *)sets->data,
					  (int)sets->len, 0, "import", &error)))
		return command_fail(error, NULL);
	/* Programs read this line: it is the same in every language. */
	printf("set %u, refused %" G_GINT64_FORMAT "\n", sets->len, reading.n_refused);
	return EXIT_DONE;
}

int command_price_import(int argc, char **argv)
{
	g_autofree char *dsn = NULL, *encoding = NULL;
	const GOptionEntry entries[] = {
		{ "db", 0, 0, G_OPTION_ARG_STRING, &dsn, N_("the office's database"), "DSN" },
		{ "encoding", 0, 0, G_OPTION_ARG_STRING, &encoding,
		  N_("of a list that is not in UTF-8, such as cp1251"), N_("NAME") },
		G_OPTION_ENTRY_NULL,
	};
	g_auto(PriceWords) words = { 0 };
	g_autoptr(Store) store = NULL;
	int status = EXIT_FAILED;

	if (!command_parse(&argc, &argv, entries, _("FILE"), 1,
			   _("Sets prices from a list (CSV, TSV, XLSX) with the columns barcode, "
			     "price, and perhaps from and kind.")))
		return EXIT_MISUSED;
	store = command_open(dsn, STORE_DURABLE | STORE_LARGE, &status);
	if (store == NULL || !price_words_init(&words, store, &status))
		return status;
	return import(&words, argv[1], encoding);
}
