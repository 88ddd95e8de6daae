/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/devices/meet/fiscal_desk.h"

#include <string.h>

/* Each registrar's day in peace: what the driver says that was made is in the simulator's book, and
 * the sums of both are those that are counted here. */

typedef struct {
	FiscalDesk desk;
	Meet *meet;
	int64_t cash_in, cash_out; /* what we have told it */
	int64_t sales, returns, kept[TENDER_N];
	int n_sales, n_returns;
} Day;

static void day_begin(Day *self, const FiscalProtocol *protocol)
{
	g_autoptr(FiscalPapers) opening = NULL;

	*self = (Day){ .meet = meet_new_remembering(protocol->sim, protocol->cable,
						    protocol->settings) };
	fiscal_desk_init(&self->desk, protocol, self->meet);
	g_assert_true(fiscal_desk_reach(&self->desk, NULL));
	opening = fiscal_papers_plain(&self->desk, FISCAL_SHIFT_OPEN, 0);
	if ((self->desk.driver->caps & FISCAL_SHIFTS) != 0)
		fiscal_desk_must(&self->desk, &opening->document);
}

static void check_no_flags(const Day *self)
{
	const char *may_say = self->desk.protocol->may_say;

	if (may_say == NULL)
		meet_assert_no_flags(self->meet);
	else
		g_assert_cmpint(meet_count(self->meet, "FLAG"), ==,
				meet_count(self->meet, may_say));
}

static void day_end(Day *self)
{
	check_no_flags(self);
	fiscal_desk_clear(&self->desk);
	meet_end(self->meet);
}

static bool has(const Day *self, FiscalCaps cap)
{
	return (self->desk.driver->caps & cap) != 0;
}

static void check_proof(const Day *self, const FiscalPapers *papers, const FiscalProof *proof)
{
	int64_t total, number = 0;
	const char *kind = fiscal_papers_kind(papers, &self->desk, &total);

	g_assert_cmpint(fiscal_desk_count(&self->desk, kind, total, &number), ==, 1);
	if (proof->document_number != 0)
		g_assert_cmpint(number, ==, proof->document_number);
	g_assert_cmpstr(proof->doubt, ==, "");
	if (strcmp(kind, "void") != 0)
		g_assert_true(proof->document_number != 0 || proof->id[0] != '\0');
}

/* Makes it, and adds it up. */
static FiscalProof deal(Day *self, FiscalPapers *papers)
{
	FiscalDocument *document = &papers->document;
	bool is_return = document->kind == FISCAL_SALE_RETURN;
	int64_t card = document->paid[TENDER_CARD].minor, cash = document->total.minor - card;
	FiscalProof proof = fiscal_desk_must(&self->desk, document);

	check_proof(self, papers, &proof);
	if (!is_return && has(self, FISCAL_PRINTS))
		g_assert_cmpint(proof.change.minor, ==, document->paid[TENDER_CASH].minor - cash);
	*(is_return ? &self->returns : &self->sales) += document->total.minor;
	*(is_return ? &self->n_returns : &self->n_sales) += 1;
	self->kept[TENDER_CASH] += is_return ? -cash : cash;
	self->kept[TENDER_CARD] += is_return ? -card : card;
	return proof;
}

/* Every sale has a sum of its own: it is found by it. */
static FiscalPapers *sell(Day *self, int tax, int64_t price, int64_t micro, int64_t discount,
			  int64_t card, int64_t change, FiscalProof *ret)
{
	FiscalPapers *papers = fiscal_papers_sale(&self->desk);

	fiscal_papers_add(papers, &self->desk, tax, price, micro, discount);
	fiscal_papers_pay(papers, MIN(card, papers->document.total.minor), change);
	*ret = deal(self, papers);
	return papers;
}

static void sell_once(Day *self, int tax, int64_t price, int64_t micro, int64_t discount,
		      int64_t card, int64_t change)
{
	FiscalProof proof;

	g_free(sell(self, tax, price, micro, discount, card, change, &proof));
}

static void return_once(Day *self, const FiscalPapers *sale, const FiscalProof *proof, int line,
			int64_t micro)
{
	g_autoptr(FiscalPapers) papers =
		fiscal_papers_return(&self->desk, sale, proof, line, micro);

	deal(self, papers);
}

static FiscalPapers *sell_all_groups(Day *self, FiscalProof *ret)
{
	FiscalPapers *papers = fiscal_papers_sale(&self->desk);

	for (int i = 0; i < self->desk.protocol->n_taxes; i++)
		fiscal_papers_add(papers, &self->desk, i, 7777 + i, (i + 1) * QUANTITY_ONE, i * 3);
	fiscal_papers_pay(papers, 1234, 5000);
	*ret = deal(self, papers);
	return papers;
}

/* --- sales and returns --------------------------------------------------------------------- */

static void test_sells(const void *data)
{
	Day day;
	FiscalProof proof;

	day_begin(&day, data);
	sell_once(&day, 0, 5001, 2 * QUANTITY_ONE, 0, 0, 0);
	sell_once(&day, 0, 5002, 2 * QUANTITY_ONE, 0, 0, 598); /* with change */
	sell_once(&day, 0, 5003, QUANTITY_ONE, 0, 5003, 0); /* by card */
	sell_once(&day, 0, 5004, 3 * QUANTITY_ONE, 0, 4000, 0); /* both */
	sell_once(&day, 0, 5005, 3 * QUANTITY_ONE, 15, 4000,
		  6000); /* with a discount, and change */
	sell_once(&day, 1, 8990, 742000, 0, 0, 0); /* weighed */
	sell_once(&day, 1, 9999, 1234000, 37, 0, 0);
	sell_once(&day, 1, 4999, 1000, 0, 0, 0); /* a gram: 4.999 makes 5 */
	g_free(sell_all_groups(&day, &proof));
	day_end(&day);
}

static void test_returns(const void *data)
{
	Day day;
	FiscalProof proof;
	g_autoptr(FiscalPapers) sale = NULL, mixed = NULL, groups = NULL, card = NULL;

	day_begin(&day, data);
	sale = sell(&day, 0, 5001, 3 * QUANTITY_ONE, 0, 0, 0, &proof);
	return_once(&day, sale, &proof, 0, QUANTITY_ONE);
	mixed = sell(&day, 1, 6001, 2 * QUANTITY_ONE, 99, 5000, 0, &proof);
	return_once(&day, mixed, &proof, -1, 0);
	card = sell(&day, 0, 7007, QUANTITY_ONE, 0, 7007, 0, &proof);
	return_once(&day, card, &proof, -1, 0);
	groups = sell_all_groups(&day, &proof);
	return_once(&day, groups, &proof, 1, QUANTITY_ONE);
	day_end(&day);
}

static void test_tells_buyers(const void *data)
{
	const FiscalProtocol *protocol = data;
	Day day;
	g_autoptr(FiscalPapers) mail = NULL, business = NULL, citizen = NULL;

	day_begin(&day, protocol);
	mail = fiscal_papers_sale(&day.desk);
	fiscal_papers_add(mail, &day.desk, 0, 5001, QUANTITY_ONE, 0);
	fiscal_papers_pay(mail, 0, 0);
	mail->document.customer_contact = "anna@example.com";
	deal(&day, mail);
	business = fiscal_papers_sale(&day.desk);
	fiscal_papers_add(business, &day.desk, 0, 5002, QUANTITY_ONE, 0);
	fiscal_papers_pay(business, 0, 0);
	business->document.customer_tin = protocol->currency == 496 ? "22222222222" : "7707083893";
	if (protocol->takes_tin)
		deal(&day, business);
	citizen = fiscal_papers_sale(&day.desk);
	fiscal_papers_add(citizen, &day.desk, 0, 5003, QUANTITY_ONE, 0);
	fiscal_papers_pay(citizen, 0, 0);
	citizen->document.consumer = protocol->currency == 496 ? "12345678" : NULL;
	deal(&day, citizen);
	day_end(&day);
}

/* §5 of fiscal-ebarimt.md: a business's receipt is replaced by its rest, and never deleted. */
static void test_business_returns(const void *data)
{
	Day day;
	FiscalProof proof;
	g_autoptr(FiscalPapers) sale = NULL, whole = NULL;
	g_autoptr(GError) error = NULL;

	day_begin(&day, data);
	sale = fiscal_papers_sale(&day.desk);
	fiscal_papers_add(sale, &day.desk, 0, 5001, 3 * QUANTITY_ONE, 0);
	fiscal_papers_pay(sale, 0, 0);
	sale->document.customer_tin = "22222222222";
	proof = deal(&day, sale);
	return_once(&day, sale, &proof, 0, QUANTITY_ONE);
	whole = fiscal_papers_return(&day.desk, sale, &proof, -1, 0);
	whole->document.id = 99;
	g_assert_null(day.desk.driver->plan(day.desk.fiscal, &whole->document, &error));
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_REFUSED);
	day_end(&day);
}

/* --- the drawer, and the day's end --------------------------------------------------------- */

static void move_cash(Day *self, FiscalKind kind, int64_t amount)
{
	g_autoptr(FiscalPapers) papers = fiscal_papers_plain(&self->desk, kind, amount);
	g_autoptr(GError) error = NULL;
	FiscalStatus before, after;

	if (!has(self, FISCAL_KEEPS_CASH))
		return;
	self->desk.driver->observe(self->desk.fiscal, &before, &error);
	g_assert_no_error(error);
	fiscal_desk_must(&self->desk, &papers->document);
	self->desk.driver->observe(self->desk.fiscal, &after, &error);
	g_assert_no_error(error);
	g_assert_cmpint(after.cash.minor - before.cash.minor, ==,
			kind == FISCAL_CASH_IN ? amount : -amount);
	g_assert_cmpint(fiscal_desk_count(&self->desk,
					  kind == FISCAL_CASH_IN ? "cash-in" : "cash-out", amount,
					  NULL),
			==, 1);
	*(kind == FISCAL_CASH_IN ? &self->cash_in : &self->cash_out) += amount;
}

static void check_totals(const Day *self, const FiscalTotals *totals)
{
	if (!totals->known)
		return;
	g_assert_cmpint(totals->sales.minor, ==, self->sales);
	g_assert_cmpint(totals->returns.minor, ==, self->returns);
	g_assert_cmpint(totals->kept[TENDER_CASH].minor, ==, self->kept[TENDER_CASH]);
	g_assert_cmpint(totals->kept[TENDER_CARD].minor, ==, self->kept[TENDER_CARD]);
	if (totals->n_sales >= 0)
		g_assert_cmpint(totals->n_sales, ==, self->n_sales);
	if (totals->n_returns >= 0)
		g_assert_cmpint(totals->n_returns, ==, self->n_returns);
}

static void read_totals(const Day *self)
{
	FiscalTotals totals = { 0 };
	g_autoptr(GError) error = NULL;

	if (self->desk.driver->read_totals == NULL)
		return;
	self->desk.driver->read_totals(self->desk.fiscal, &totals, &error);
	g_assert_no_error(error);
	g_test_message("%s %s its totals", self->desk.protocol->title,
		       totals.known ? "tells" : "does not tell");
	check_totals(self, &totals);
}

static void play(Day *self)
{
	FiscalProof proof;
	g_autoptr(FiscalPapers) sale = NULL;

	move_cash(self, FISCAL_CASH_IN, 100000);
	sell_once(self, 0, 5001, 2 * QUANTITY_ONE, 0, 0, 9998);
	sell_once(self, 1, 8990, 742000, 0, 3000, 0);
	sale = sell_all_groups(self, &proof);
	return_once(self, sale, &proof, 0, QUANTITY_ONE);
	move_cash(self, FISCAL_CASH_OUT, 40000);
}

static void close_day(Day *self)
{
	g_autoptr(FiscalPapers) papers = fiscal_papers_plain(&self->desk, FISCAL_SHIFT_CLOSE, 0);
	FiscalStatus before = { 0 };
	g_autoptr(GError) error = NULL;
	int64_t drawer;

	self->desk.driver->observe(self->desk.fiscal, &before, &error);
	g_assert_no_error(error);
	drawer = before.cash.minor;
	fiscal_desk_must(&self->desk, &papers->document);
	if (!has(self, FISCAL_PRINTS))
		return;
	g_assert_cmpint(fiscal_desk_booked(&self->desk, "shift-close", "sales"), ==, self->sales);
	g_assert_cmpint(fiscal_desk_booked(&self->desk, "shift-close", "returns"), ==,
			self->returns);
	g_assert_cmpint(fiscal_desk_booked(&self->desk, "shift-close", "cash_in_drawer"), ==,
			drawer);
}

static void test_day(const void *data)
{
	Day day;
	FiscalStatus first = { 0 };
	g_autoptr(GError) error = NULL;

	day_begin(&day, data);
	day.desk.driver->observe(day.desk.fiscal, &first, &error);
	g_assert_no_error(error);
	play(&day);
	read_totals(&day);
	if (has(&day, FISCAL_KEEPS_CASH)) {
		FiscalStatus now;

		day.desk.driver->observe(day.desk.fiscal, &now, &error);
		g_assert_no_error(error);
		g_assert_cmpint(now.cash.minor, ==,
				first.cash.minor + day.cash_in - day.cash_out +
					day.kept[TENDER_CASH]);
	}
	close_day(&day);
	day_end(&day);
}

/* --- without a document -------------------------------------------------------------------- */

static void report(Day *self)
{
	g_autoptr(FiscalPapers) papers = fiscal_papers_plain(&self->desk, FISCAL_X, 0);
	g_autoptr(GError) error = NULL;
	FiscalProof proof;
	struct fiscal_plan *plan =
		self->desk.driver->plan(self->desk.fiscal, &papers->document, &error);

	g_assert_no_error(error);
	for (int i = 0; i < self->desk.driver->plan_n_steps(plan); i++)
		g_assert_true(self->desk.driver->step(self->desk.fiscal, plan, i, &proof, &error));
	self->desk.driver->plan_free(plan);
	self->desk.driver->finish_print(self->desk.fiscal, &error);
	g_assert_no_error(error);
}

static void check_record(const Day *self, const FiscalPapers *sale, const FiscalProof *proof)
{
	FiscalRecord record;
	g_autoptr(GError) error = NULL;

	if (self->desk.driver->read_document == NULL)
		return;
	g_assert_true(self->desk.driver->read_document(self->desk.fiscal, proof->document_number,
						       &record, &error));
	g_assert_no_error(error);
	g_assert_cmpint(record.number, ==, proof->document_number);
	g_assert_cmpint(record.total.minor, ==, sale->document.total.minor);
	g_assert_cmpint(record.kind, ==, sale->document.kind);
	if (record.sign[0] != '\0')
		g_assert_cmpstr(record.sign, ==, proof->sign);
	g_assert_false(self->desk.driver->read_document(
		self->desk.fiscal, proof->document_number + 1000, &record, &error));
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_REFUSED);
}

/* All that is said without making anything. */
static void test_makes_nothing(const void *data)
{
	Day day;
	FiscalProof proof;
	g_autoptr(FiscalPapers) sale = NULL, closing = NULL;
	g_autoptr(GError) error = NULL;
	const struct fiscal_driver *driver;
	int n;

	day_begin(&day, data);
	driver = day.desk.driver;
	sale = sell(&day, 0, 5001, 3 * QUANTITY_ONE, 0, 0, 0, &proof);
	n = fiscal_desk_count_all(&day.desk);
	report(&day);
	check_record(&day, sale, &proof);
	read_totals(&day);
	if (driver->print_copy != NULL)
		driver->print_copy(day.desk.fiscal, &error);
	g_assert_no_error(error);
	if (driver->print_text != NULL)
		driver->print_text(day.desk.fiscal,
				   (const char *const[]){ "Спасибо!", "", "Thank you.", NULL },
				   &error);
	g_assert_no_error(error);
	if (driver->open_drawer != NULL)
		driver->open_drawer(day.desk.fiscal, &error);
	g_assert_no_error(error);
	g_assert_cmpint(fiscal_desk_count_all(&day.desk), ==, n);
	closing = fiscal_papers_plain(&day.desk, FISCAL_SHIFT_CLOSE, 0);
	fiscal_desk_must(&day.desk, &closing->document);
	n = fiscal_desk_count_all(&day.desk);
	if (driver->set_clock != NULL)
		driver->set_clock(day.desk.fiscal, g_get_real_time() + 2 * G_TIME_SPAN_SECOND,
				  &error);
	g_assert_no_error(error);
	g_assert_cmpint(fiscal_desk_count_all(&day.desk), ==, n);
	day_end(&day);
}

/* --- marks and corrections ----------------------------------------------------------------- */

static void test_marks(const void *data)
{
	Day day;
	g_autoptr(FiscalPapers) sale = NULL, back = NULL;
	FiscalProof proof;

	day_begin(&day, data);
	sale = fiscal_papers_sale(&day.desk);
	fiscal_papers_add(sale, &day.desk, 0, 5001, QUANTITY_ONE, 0);
	fiscal_papers_add(sale, &day.desk, 1, 5002, QUANTITY_ONE, 0);
	sale->lines[0].mark = "0104600000000015215abcdefghijkL\x1d"
			      "93Zm9v";
	sale->lines[1].mark = "0104600000000015215abcdefghijkM\x1d"
			      "93Zm9w";
	fiscal_papers_pay(sale, 0, 0);
	proof = deal(&day, sale);
	back = fiscal_papers_return(&day.desk, sale, &proof, 0, QUANTITY_ONE);
	deal(&day, back);
	sell_once(&day, 0, 5003, QUANTITY_ONE, 0, 0, 0);
	day_end(&day);
}

static void correct(Day *self, FiscalKind kind, int64_t price, const char *booked)
{
	g_autoptr(FiscalPapers) papers = fiscal_papers_sale(&self->desk);
	FiscalProof proof;
	int64_t number = 0;

	fiscal_papers_add(papers, &self->desk, 0, price, 2 * QUANTITY_ONE, 0);
	fiscal_papers_add(papers, &self->desk, 1, price, 742000, 5);
	fiscal_papers_pay(papers, 1000, 0);
	papers->document.kind = kind;
	papers->document.reason = "Касса не работала";
	/* A day ago: the shop and the simulator may stand in different time zones. */
	papers->origin = (FiscalOrigin){ .number = papers->number,
					 .at = g_get_real_time() - G_TIME_SPAN_DAY };
	papers->document.origin = &papers->origin;
	proof = fiscal_desk_must(&self->desk, &papers->document);
	g_assert_cmpint(
		fiscal_desk_count(&self->desk, booked, papers->document.total.minor, &number), ==,
		1);
	g_assert_cmpint(number, ==, proof.document_number);
	if (strcmp(booked, "return") == 0) /* of a registrar that corrects no returns */
		self->returns += papers->document.total.minor;
}

static void test_corrections(const void *data)
{
	Day day;

	day_begin(&day, data);
	move_cash(&day, FISCAL_CASH_IN, 100000);
	correct(&day, FISCAL_CORRECTION, 5001, "correction");
	correct(&day, FISCAL_CORRECTION_RETURN, 5002,
		strcmp(day.desk.protocol->driver, "shtrih") == 0 ? "return" : "correction-return");
	sell_once(&day, 0, 5003, QUANTITY_ONE, 0, 0, 0);
	close_day(&day);
	day_end(&day);
}

static void add(const FiscalProtocol *protocol, const char *what, GTestDataFunc test)
{
	g_autofree char *path = g_strdup_printf("/meet/fiscal/%s/%s", protocol->title, what);

	g_test_add_data_func(path, protocol, test);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (const FiscalProtocol *p = fiscal_protocols; p->title != NULL; p++) {
		add(p, "sells", test_sells);
		add(p, "returns", test_returns);
		add(p, "tells buyers", test_tells_buyers);
		add(p, "day", test_day);
		add(p, "makes nothing", test_makes_nothing);
		if ((fiscal_driver_find(p->driver)->caps & FISCAL_CORRECTS) != 0) {
			add(p, "marks", test_marks);
			add(p, "corrections", test_corrections);
		}
		if (p->currency == 496)
			add(p, "business returns", test_business_returns);
	}
	return g_test_run();
}
