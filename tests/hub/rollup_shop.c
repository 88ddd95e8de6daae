/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/hub/rollup_shop.h"

#include "backoffice/people/shop.h"
#include "backoffice/sales/ingest.h"
#include "backoffice/stock/ledger.h"
#include "backoffice/stock/recipe.h"
#include "core/quantity.h"

#define DAYS 5 /* after which the calendar begins again: everything happens on a few days */

static const IngestTill tills[ROLLUP_TILLS] = { { 1, 1, FAKE_RUB, "Europe/Moscow" },
						{ 1, 2, FAKE_RUB, "Europe/Moscow" },
						{ 2, 3, FAKE_RUB, "Europe/Moscow" } };
static const char *const paths[] = { "", "Еда", "Еда/Хлеб", "Вода", "Дом/Мыло" };

static const TaxGroup taxes[] = {
	{ .id = 1,
	  .code = "VAT22",
	  .n_rates = 1,
	  .rates = { { "VAT", 2200, true, 0, FISCAL_TAX_STANDARD } } },
	{ .id = 9,
	  .code = "TWO",
	  .n_rates = 2,
	  .rates = { { "SALES", 600, false, 0, FISCAL_TAX_OTHER },
		     { "VAT", 1000, true, 0, FISCAL_TAX_REDUCED } } },
};

int64_t rollup_some(RollupShop *self, int64_t most)
{
	return g_rand_int_range(self->rand, 0, (gint32)most + 1);
}

void rollup_sql(RollupShop *self, const char *format, ...)
{
	g_autofree char *sql = NULL;
	char *message = NULL;
	va_list args;

	va_start(args, format);
	sql = g_strdup_vprintf(format, args);
	va_end(args);
	sqlite3_exec(self->db, sql, NULL, NULL, &message);
	g_assert_cmpstr(message, ==, NULL);
}

int64_t rollup_ask(RollupShop *self, const char *sql)
{
	sqlite3_stmt *row = NULL;
	int64_t value;

	g_assert_cmpint(sqlite3_prepare_v2(self->db, sql, -1, &row, NULL), ==, SQLITE_OK);
	g_assert_cmpint(sqlite3_step(row), ==, SQLITE_ROW);
	value = sqlite3_column_int64(row, 0);
	sqlite3_finalize(row);
	return value;
}

/* --- opening ------------------------------------------------------------------------------- */

static void add_recipe(RollupShop *self, int64_t kit, const RecipeLine *lines, guint n)
{
	g_autoptr(Recipe) recipe = recipe_new(kit, QUANTITY_ONE);
	g_autoptr(GError) error = NULL;

	g_array_append_vals(recipe->lines, lines, n);
	recipe_write(self->office.store, recipe, 0, &error);
	g_assert_no_error(error);
}

static void add_tills(RollupShop *self)
{
	static const char *const shops[] = { "Лавка", "Лавка", "Ларёк" };
	g_autoptr(GError) error = NULL;

	shop_add(self->office.store, "Ларёк", 0, &error);
	g_assert_no_error(error);
	for (int i = 0; i < ROLLUP_TILLS; i++) {
		g_autofree char *name = g_strdup_printf("Касса %d", i), *code = NULL;
		int64_t id;

		till_add(self->office.store, shops[i], name, &id, &code, &error);
		g_assert_no_error(error);
		g_assert_cmpint(id, ==, tills[i].till_id);
		fake_till_init(&self->tills[i]);
	}
}

void rollup_shop_init(RollupShop *self, guint32 seed)
{
	g_autofree char *path = NULL;

	*self = (RollupShop){ .rand = g_rand_new_with_seed(seed) };
	fake_office_init(&self->office);
	fake_office_add_goods(&self->office, ROLLUP_GOODS);
	path = g_build_filename(self->office.folder, "office.db", NULL);
	g_assert_cmpint(sqlite3_open(path, &self->db), ==, SQLITE_OK);
	rollup_sql(self, "UPDATE item SET unit = 'pcs', weighed = 0,"
			 " category = CASE WHEN id = 12 THEN '' WHEN id %% 2 = 0 THEN 'Еда' ELSE "
			 "category END,"
			 " cost = CASE WHEN id %% 3 = 0 THEN NULL ELSE 100 + id END,"
			 " kind = CASE WHEN id IN (9, 10) THEN 'kit' WHEN id = 11 THEN 'service'"
			 " ELSE 'goods' END");
	add_tills(self);
	add_recipe(self, 9,
		   (RecipeLine[]){ { 1, 2 * QUANTITY_ONE, 0 }, { 2, QUANTITY_ONE / 3, 0 } }, 2);
}

void rollup_shop_clear(RollupShop *self)
{
	for (int i = 0; i < ROLLUP_TILLS; i++)
		fake_till_clear(&self->tills[i]);
	sqlite3_close(self->db);
	g_rand_free(self->rand);
	fake_office_clear(&self->office);
}

/* --- the till ------------------------------------------------------------------------------ */

static int32_t day_of(const FakeTill *till)
{
	return 20261123 + (int32_t)(till->at / G_USEC_PER_SEC / 3600 / 8 % DAYS);
}

static void add_line(RollupShop *self, Receipt *receipt)
{
	const int64_t item = rollup_some(self, ROLLUP_GOODS + 1);
	g_autofree char *name = g_strdup_printf("Товар %d", (int)rollup_some(self, 2));
	ReceiptGoods goods = { .item_id = item > ROLLUP_GOODS ? ROLLUP_STRANGER : item,
			       .code = "1",
			       .name = name,
			       .unit = UNIT_PIECE,
			       .price = { 100 + rollup_some(self, 5000), FAKE_RUB },
			       .tax = &taxes[item % (int64_t)G_N_ELEMENTS(taxes)] };
	const Discount percent = { DISCOUNT_PERCENT, 1 + (int)rollup_some(self, 3000) };
	g_autoptr(GError) error = NULL;
	int number;

	receipt_add(receipt, &goods, (Quantity){ (1 + rollup_some(self, 5)) * QUANTITY_ONE },
		    &number, &error);
	g_assert_no_error(error);
	if (rollup_some(self, 4) == 0)
		receipt_discount_line(receipt, number, percent, NULL);
	if (number > 1 && rollup_some(self, 6) == 0)
		receipt_void_line(receipt, number, NULL);
}

static Receipt *make_receipt(RollupShop *self)
{
	const ReceiptKind kind = rollup_some(self, 4) == 0 ? RECEIPT_RETURN : RECEIPT_SALE;
	Receipt *receipt = receipt_new(kind, FAKE_RUB, TAX_PER_LINE);
	Money part;

	for (int64_t n = rollup_some(self, 4); n >= 0; n--)
		add_line(self, receipt);
	part = receipt_get_totals(receipt)->due;
	if (kind == RECEIPT_SALE && part.minor > 2 && rollup_some(self, 1)) {
		part.minor /= 2;
		receipt_pay(receipt, TENDER_CARD, part, "RRN 1", NULL);
	}
	if (receipt_get_totals(receipt)->due.minor > 0)
		receipt_pay(receipt, TENDER_CASH, receipt_get_totals(receipt)->due, NULL, NULL);
	return receipt;
}

/* One of twenty says a day that is none: it goes into quarantine. */
static void sell(RollupShop *self, FakeTill *till)
{
	g_autoptr(Receipt) receipt = make_receipt(self);
	g_autofree char *number = g_strdup_printf("T-%d", (int)++till->seq);

	fake_till_note(till, JOURNAL_RECEIPT,
		       json_pack("{s:o, s:s, s:I, s:i, s:n}", "receipt", receipt_to_json(receipt),
				 "number", number, "seq", (json_int_t)till->seq, "day",
				 rollup_some(self, 19) == 0 ? 20261399 : (int)day_of(till),
				 "fiscal"));
}

static void void_receipt(RollupShop *self, FakeTill *till)
{
	g_autoptr(Receipt) receipt = make_receipt(self);

	fake_till_note(till, JOURNAL_RECEIPT_VOID,
		       json_pack("{s:o}", "receipt", receipt_to_json(receipt)));
}

static void open_shift(FakeTill *till)
{
	till->shift++;
	fake_till_note(till, JOURNAL_SHIFT_OPEN,
		       json_pack("{s:i, s:i}", "float", 0, "day", (int)day_of(till)));
}

static void do_something_else(RollupShop *self, FakeTill *till)
{
	switch (rollup_some(self, 6)) {
	case 0:
		fake_till_note(till, JOURNAL_LOGIN, NULL);
		return;
	case 1:
		fake_till_note(till, JOURNAL_LOGOUT, NULL);
		return;
	case 2:
		fake_till_note(till, JOURNAL_LINE_VOID,
			       json_pack("{s:i, s:s, s:i}", "line", 2, "name", "Хлеб", "sum",
					 (int)rollup_some(self, 999)));
		return;
	case 3:
		fake_till_note(till, JOURNAL_OVERRIDE,
			       json_pack("{s:i, s:s}", "by", 7, "right", "discount"));
		return;
	case 4:
		void_receipt(self, till);
		return;
	case 5:
		open_shift(till);
		return;
	default:
		fake_till_note(till, JOURNAL_NO_SALE, NULL);
	}
}

void rollup_work(RollupShop *self, int till)
{
	FakeTill *at = &self->tills[till];

	at->at += rollup_some(self, 3600) * 4 * G_USEC_PER_SEC;
	if (rollup_some(self, 2) == 0)
		do_something_else(self, at);
	else
		sell(self, at);
}

/* --- the office ---------------------------------------------------------------------------- */

bool rollup_take_in(RollupShop *self, int till, guint n, GError **error)
{
	const FakeTill *from = &self->tills[till];
	g_autofree IngestEntry *entries = g_new0(IngestEntry, n + 1);
	IngestResult result;

	for (guint i = 0; i < n; i++) {
		const JournalEntry *entry = fake_till_get(from, self->taken[till] + i);

		entries[i] = (IngestEntry){ entry->body, entry->hash };
	}
	if (!ingest_batch(self->office.store, &tills[till], entries, n, &result, error))
		return false;
	self->taken[till] += n;
	return true;
}

static LedgerMove some_move(RollupShop *self)
{
	static const LedgerHow hows[] = { LEDGER_VALUED, LEDGER_VALUED, LEDGER_FIXED,
					  LEDGER_COUNTED, LEDGER_REVALUED };
	const FakeTill *till = &self->tills[rollup_some(self, ROLLUP_TILLS - 1)];
	LedgerMove move = { .item_id = 1 + rollup_some(self, 7),
			    .kind = "delivery",
			    .how = hows[rollup_some(self, 4)],
			    .document_id = self->n_documents,
			    .document_line = 1,
			    .quantity = (1 + rollup_some(self, 20)) * QUANTITY_ONE,
			    .value = rollup_some(self, 90000) };

	move.at = FAKE_NIGHT + (till->at - FAKE_NIGHT) / 16 * rollup_some(self, 16);
	move.day = day_of(&(FakeTill){ .at = move.at });
	if (move.how == LEDGER_FIXED && rollup_some(self, 1)) {
		move.quantity = -move.quantity;
		move.value = -move.value;
	}
	if (move.how == LEDGER_REVALUED)
		move.value /= 20;
	return move;
}

static bool post(RollupShop *self, Ledger *ledger, GError **error)
{
	if (self->n_documents > 2 && rollup_some(self, 4) == 0)
		return ledger_reverse(ledger, 1 + rollup_some(self, self->n_documents - 2), error);
	self->n_documents++;
	for (int64_t n = rollup_some(self, 3); n >= 0; n--) {
		const LedgerMove move = some_move(self);

		if (!ledger_post(ledger, &move, error))
			return false;
	}
	return true;
}

bool rollup_paper(RollupShop *self, GError **error)
{
	g_autoptr(Ledger) ledger = NULL;

	if (!store_begin(self->office.store, error))
		return false;
	ledger = ledger_new(self->office.store, 1 + rollup_some(self, 1), error);
	if (ledger != NULL && post(self, ledger, error) && ledger_finish(ledger, error))
		return store_commit(self->office.store, error);
	store_rollback(self->office.store);
	return false;
}

void rollup_regroup(RollupShop *self)
{
	rollup_sql(self, "UPDATE item SET category = '%s' WHERE id = %d",
		   paths[rollup_some(self, G_N_ELEMENTS(paths) - 1)],
		   1 + (int)rollup_some(self, ROLLUP_GOODS - 1));
}

void rollup_step(RollupShop *self)
{
	const int till = (int)rollup_some(self, ROLLUP_TILLS - 1);
	const guint waiting = self->tills[till].entries->len - self->taken[till];
	g_autoptr(GError) error = NULL;

	switch (rollup_some(self, 5)) {
	case 0:
		rollup_paper(self, &error);
		break;
	case 1:
		rollup_regroup(self);
		break;
	case 2:
		rollup_take_in(self, till, (guint)rollup_some(self, waiting), &error);
		break;
	default:
		for (int64_t n = rollup_some(self, 4); n >= 0; n--)
			rollup_work(self, till);
	}
	g_assert_no_error(error);
}
