/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/report/report_private.h"
#include "backoffice/report/sold.h"
#include "base/language.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What left the shelves unsold, and what cashiers did that somebody may ask about. */

static const char *word_of(const char *const (*words)[2], size_t n, const char *code)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(words[i][0], code) == 0)
			return g_dgettext(GETTEXT_PACKAGE, words[i][1]);
	return code;
}

static const char *loss_word(const char *code)
{
	static const char *const words[][2] = {
		{ "damaged", N_("Damaged") },
		{ "expired", N_("Expired") },
		{ "stolen", N_("Stolen") },
		{ "own-use", N_("Own use") },
		{ "other", N_("Other") },
		{ "shortage", N_("Missing at counts") },
		{ "surplus", N_("Too many at counts") },
		{ "revaluation", N_("Revalued") },
	};

	return word_of(words, G_N_ELEMENTS(words), code);
}

static StoreStatement *bind(Store *store, const char *name, const ReportQuery *query)
{
	StoreStatement *row = store_statement(store, name);

	store_bind_int(row, 1, query->shop_id);
	store_bind_int(row, 2, query->from);
	store_bind_int(row, 3, query->to);
	return row;
}

/* "1.24 % of what was sold." */
static bool tell_share(Report *self, Store *store, const ReportQuery *query, int64_t lost,
		       GError **error)
{
	g_autoptr(GArray) all = sold_ask(store, query, SOLD_BY_ALL, error);
	int64_t net =
		all != NULL && all->len > 0 ? g_array_index(all, Sold, 0).values[SOLD_NET] : 0;
	NumberStyle style = language_number_style();
	g_autofree char *share = NULL, *text = NULL;
	ReportCell rate = { 0 };

	if (all == NULL)
		return false;
	if (net <= 0 || !scale_int64(lost, 10000, net, ROUND_HALF_AWAY, &rate.value))
		return true;
	share = report_dup_text(self, &rate, REPORT_RATE, &style);
	text = g_strdup_printf(_("That is %s of what was sold."), share);
	report_add_note(self, text);
	return true;
}

static bool fill_losses(Report *self, Store *store, const ReportQuery *query, GError **error)
{
	if (!report_read_adding(self, bind(store, "office/analysis/losses", query), 0, error))
		return false;
	return self->n_rows == 0 || tell_share(self, store, query, self->totals[3].value, error);
}

static bool fill_loss_items(Report *self, Store *store, const ReportQuery *query, GError **error)
{
	return report_read_adding(self, bind(store, "office/analysis/loss_items", query), 0, error);
}

static const ReportKind losses = {
	.name = "losses",
	.title = N_("Losses"),
	.chapter = N_("Losses"),
	.fill = fill_losses,
	.takes = REPORT_TAKES_DAYS | REPORT_TAKES_ALL_SHOPS,
	.needs = UINT32_C(1) << RIGHT_SEE_COST,
	.sort = -1,
	.picture = REPORT_ROWS,
	.picture_text = 0,
	.picture_value = 3,
	.n_columns = 4,
	.columns = { { "reason", N_("Reason"), REPORT_WORD, .word = loss_word },
		     { "documents", N_("Documents"), REPORT_INTEGER, true },
		     { "items", N_("Goods"), REPORT_INTEGER, false },
		     { "value", N_("Lost, at cost"), REPORT_MONEY, .total = true, .cost = true } },
};

static const ReportKind loss_items = {
	.name = "loss-items",
	.title = N_("Losses by item"),
	.chapter = N_("Losses"),
	.fill = fill_loss_items,
	.takes = REPORT_TAKES_DAYS | REPORT_TAKES_ALL_SHOPS,
	.needs = UINT32_C(1) << RIGHT_SEE_COST,
	.sort = -1,
	.picture = REPORT_ROWS,
	.picture_text = 1,
	.picture_value = 8,
	.key = REPORT_KEY_ITEM,
	.next = "receipts",
	.n_columns = 9,
	.columns = { { "barcode", N_("Barcode"), REPORT_TEXT, false },
		     { "name", N_("Name"), REPORT_TEXT, false },
		     { "unit", N_("Unit"), REPORT_UNIT, false },
		     { "written-off", N_("Written off"), REPORT_QUANTITY, false },
		     { "written-off-value", N_("At cost"), REPORT_MONEY, .total = true,
		       .cost = true },
		     { "missing", N_("Missing"), REPORT_QUANTITY, false },
		     { "missing-value", N_("At cost"), REPORT_MONEY, .total = true, .cost = true },
		     { "revalued", N_("Revalued"), REPORT_MONEY, .total = true, .cost = true },
		     { "value", N_("Lost, at cost"), REPORT_MONEY, .total = true, .cost = true } },
};

/* --- acts of cashiers ---------------------------------------------------------------------- */

static const char *act_word(const char *code)
{
	static const char *const words[][2] = {
		{ "line-void", N_("Line voided") },
		{ "receipt-void", N_("Receipt dropped") },
		{ "no-sale", N_("Drawer opened") },
		{ "override", N_("Right lent") },
	};

	return word_of(words, G_N_ELEMENTS(words), code);
}

static bool fill_acts(Report *self, Store *store, const ReportQuery *query, GError **error)
{
	StoreStatement *row = bind(store, "office/analysis/acts", query);

	store_bind_int(row, 4, query->till_id);
	store_bind_int(row, 5, query->cashier_id);
	return report_read_adding(self, row, query->limit > 0 ? query->limit : 10000, error);
}

static const ReportKind acts = {
	.name = "acts",
	.title = N_("Voids, drawer openings, rights lent"),
	.chapter = N_("Losses"),
	.fill = fill_acts,
	.of_sales = true,
	.takes = REPORT_TAKES_DAYS | REPORT_TAKES_ALL_SHOPS | REPORT_TAKES_TILL |
		 REPORT_TAKES_CASHIER,
	.needs = UINT32_C(1) << RIGHT_SEE_ACTS,
	.sort = -1,
	.n_columns = 7,
	.columns = { { "time", N_("Time"), REPORT_TIME, false },
		     { "till", N_("Till"), REPORT_TEXT, false },
		     { "cashier", N_("Cashier"), REPORT_TEXT, false },
		     { "act", N_("What"), REPORT_WORD, .word = act_word },
		     { "amount", N_("Amount"), REPORT_MONEY, true },
		     { "detail", N_("Detail"), REPORT_TEXT, false },
		     { "by", N_("Lent by"), REPORT_TEXT, false } },
};

/* What is compared with the others, by so many receipts. */
enum { VOIDS, DROPPED, OPENED, LENT, LOOSE, N_ACTS };
static const struct {
	int column; /* of office/analysis/suspects */
	const char *word;
} compared[N_ACTS] = {
	[VOIDS] = { 5, N_("voids") },
	[DROPPED] = { 7, N_("dropped receipts") },
	[OPENED] = { 8, N_("drawer openings") },
	[LENT] = { 9, N_("rights lent") },
	[LOOSE] = { 10, N_("returns without a receipt") },
};

#define SUSPECT_COLUMNS 12
#define STANDS_OUT 30 /* tenths: three times as often as the others … */
#define STANDS_OUT_MIN 3 /* … and not once or twice */
#define DISCOUNT_OUT 20 /* tenths: discounts twice as large a part */

typedef struct {
	int64_t cashier_id;
	char *name; /* owned */
	int64_t values[SUSPECT_COLUMNS]; /* by column, from 2 on */
} Suspect;

static void suspect_clear(void *data)
{
	g_free(((Suspect *)data)->name);
}

/* Tenths of: own part of own whole, over the others' of theirs. False where the others have none.
 */
static bool times_of(int64_t own, int64_t own_whole, int64_t all, int64_t all_whole, int64_t *ret)
{
	__int128 others = (__int128)(all - own) * own_whole;
	__int128 mine = (__int128)own * (all_whole - own_whole);

	if (others <= 0 || mine < 0)
		return false;
	*ret = (int64_t)MIN(mine * 10 / others, (__int128)9999);
	return true;
}

static void say_times(const Report *self, GString *text, const char *word, int64_t tenths)
{
	NumberStyle style = language_number_style();
	ReportCell times = { .value = tenths * 10 };
	g_autofree char *number = report_dup_text(self, &times, REPORT_HUNDREDTHS, &style);

	g_string_append_printf(text, "%s%s %s×", text->len > 0 ? ", " : "",
			       g_dgettext(GETTEXT_PACKAGE, word), number);
}

/* "voids 4.1×, drawer openings 3.0×": so many times as often as the others. Own it. */
static char *dup_what_stands_out(const Report *self, const Suspect *own, const Suspect *all)
{
	GString *text = g_string_new(NULL);
	int64_t tenths;

	for (int i = 0; i < N_ACTS; i++) {
		int column = compared[i].column;

		if (own->values[column] >= STANDS_OUT_MIN &&
		    times_of(own->values[column], own->values[2], all->values[column],
			     all->values[2], &tenths) &&
		    tenths >= STANDS_OUT)
			say_times(self, text, compared[i].word, tenths);
	}
	if (times_of(own->values[4], own->values[3], all->values[4], all->values[3], &tenths) &&
	    tenths >= DISCOUNT_OUT)
		say_times(self, text, N_("discounts"), tenths);
	return g_string_free(text, text->len == 0);
}

static bool read_suspects(StoreStatement *row, GArray *suspects, Suspect *all, GError **error)
{
	StoreStep step;

	while ((step = store_step(row, error)) == STORE_ROW) {
		Suspect one = { .cashier_id = store_get_int(row, 0),
				.name = g_strdup(store_get_text(row, 1)) };

		for (int i = 2; i < SUSPECT_COLUMNS; i++)
			one.values[i] = store_get_int(row, i);
		g_array_append_val(suspects, one);
		for (int i = 2; i < SUSPECT_COLUMNS; i++)
			if (!sold_add(&all->values[i], one.values[i], error)) {
				store_reset(row);
				return false;
			}
	}
	return step == STORE_DONE;
}

static void put_suspect(Report *self, int64_t shop_id, const Suspect *one, const Suspect *all)
{
	ReportCell *cells = report_add_row(self);
	g_autofree char *out = dup_what_stands_out(self, one, all);
	int64_t rate;

	report_put_text(self, &cells[0], one->name);
	report_put_value(&cells[1], one->values[2]);
	for (int i = 5; i < SUSPECT_COLUMNS; i++)
		report_put_value(&cells[i - 3], one->values[i]);
	if (one->values[3] > 0 &&
	    scale_int64(one->values[4], 10000, one->values[3], ROUND_HALF_AWAY, &rate))
		report_put_value(&cells[9], rate);
	report_put_text(self, &cells[10], out);
	report_put_key(self, shop_id, 0, one->cashier_id);
}

static bool fill_suspects(Report *self, Store *store, const ReportQuery *query, GError **error)
{
	g_autoptr(GArray) suspects = g_array_new(false, false, sizeof(Suspect));
	Suspect all = { 0 };

	g_array_set_clear_func(suspects, suspect_clear);
	if (!read_suspects(bind(store, "office/analysis/suspects", query), suspects, &all, error))
		return false;
	for (guint i = 0; i < suspects->len; i++)
		put_suspect(self, query->shop_id, &g_array_index(suspects, Suspect, i), &all);
	report_put_total(self, 1, all.values[2]);
	for (int i = 5; i < SUSPECT_COLUMNS; i++)
		report_put_total(self, i - 3, all.values[i]);
	return true;
}

static const ReportKind suspects = {
	.name = "cashier-acts",
	.title = N_("Cashiers compared"),
	.chapter = N_("Losses"),
	.fill = fill_suspects,
	.of_sales = true,
	.takes = REPORT_TAKES_DAYS | REPORT_TAKES_ALL_SHOPS,
	.needs = UINT32_C(1) << RIGHT_SEE_ACTS,
	.sort = -1,
	.picture = REPORT_ROWS,
	.picture_text = 0,
	.picture_value = 3,
	.key = REPORT_KEY_CASHIER,
	.next = "acts",
	.n_columns = 11,
	.columns = { { "cashier", N_("Cashier"), REPORT_TEXT, false },
		     { "receipts", N_("Receipts"), REPORT_INTEGER, true },
		     { "voids", N_("Voids"), REPORT_INTEGER, true },
		     { "voided", N_("Voided"), REPORT_MONEY, true },
		     { "dropped", N_("Dropped"), REPORT_INTEGER, true },
		     { "no-sale", N_("Drawer"), REPORT_INTEGER, true },
		     { "overrides", N_("Lent"), REPORT_INTEGER, true },
		     { "loose-returns", N_("Returns without receipt"), REPORT_INTEGER, true },
		     { "given-back", N_("Given back so"), REPORT_MONEY, true },
		     { "discount-rate", N_("Discount"), REPORT_RATE, false },
		     { "stands-out", N_("More than the others"), REPORT_TEXT, false } },
};

const ReportKind *const report_kinds_losses[] = { &losses, &loss_items, &acts, &suspects, NULL };
