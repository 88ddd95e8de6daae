/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/devices/meet/fiscal_desk.h"

#include <string.h>

enum { ROUNDS = 3 };

#define NAMES(...)                                                                                 \
	(const char *const[])                                                                      \
	{                                                                                          \
		__VA_ARGS__, NULL                                                                  \
	}

#define EBARIMT_OPTIONS                                                                            \
	"merchant_tin", "11111111111", "district", "3505", "classification", "2349010",            \
		"vat_zero_code", "501", "vat_free_code", "401"

const FiscalProtocol fiscal_protocols[] = {
	{ .title = "shtrih",
	  .driver = "shtrih",
	  .sim = "fiscal-shtrih",
	  .cable = MEET_PTY,
	  .currency = 643,
	  .settings = NAMES("print_ms=1"),
	  .options = NAMES("timezone", "Europe/Moscow"),
	  .taxes = { FISCAL_TAX_STANDARD, FISCAL_TAX_REDUCED, FISCAL_TAX_ZERO, FISCAL_TAX_NONE },
	  .rates = { 2200, 1000, 0, 0 },
	  .n_taxes = 4,
	  .takes_tin = true },
	{ .title = "shtrih-tcp",
	  .driver = "shtrih",
	  .sim = "fiscal-shtrih",
	  .cable = MEET_TCP,
	  .currency = 643,
	  .settings = NAMES("print_ms=1"),
	  .options = NAMES("timezone", "Europe/Moscow"),
	  .taxes = { FISCAL_TAX_STANDARD, FISCAL_TAX_REDUCED, FISCAL_TAX_ZERO, FISCAL_TAX_NONE },
	  .rates = { 2200, 1000, 0, 0 },
	  .n_taxes = 4,
	  .takes_tin = true },
	{ .title = "datecs-p",
	  .driver = "datecs",
	  .sim = "fiscal-datecs",
	  .cable = MEET_PTY,
	  .currency = 978,
	  .settings = NAMES("print_ms=1"),
	  .options = NAMES("family", "p", "timezone", "Europe/Sofia"),
	  .taxes = { FISCAL_TAX_STANDARD, FISCAL_TAX_REDUCED, FISCAL_TAX_ZERO, FISCAL_TAX_NONE },
	  .rates = { 2000, 900, 0, 0 },
	  .n_taxes = 4 },
	{ .title = "datecs-x",
	  .driver = "datecs",
	  .sim = "fiscal-datecs",
	  .cable = MEET_PTY,
	  .currency = 978,
	  .settings = NAMES("print_ms=1", "family=x"),
	  .options = NAMES("family", "x", "timezone", "Europe/Sofia"),
	  .may_say = "FLAG: command 40 is not known\n", /* its manual has it, §5.2 does not */
	  .taxes = { FISCAL_TAX_STANDARD, FISCAL_TAX_REDUCED, FISCAL_TAX_ZERO, FISCAL_TAX_NONE },
	  .rates = { 2000, 900, 0, 0 },
	  .n_taxes = 4 },
	{ .title = "atol",
	  .driver = "atol",
	  .sim = "fiscal-atol",
	  .cable = MEET_HTTP,
	  .currency = 643,
	  .settings = NAMES("task_ms=1"),
	  .options = NAMES("timezone", "Europe/Moscow", "wait", "20"),
	  .taxes = { FISCAL_TAX_STANDARD, FISCAL_TAX_REDUCED, FISCAL_TAX_ZERO, FISCAL_TAX_NONE },
	  .rates = { 2200, 1000, 0, 0 },
	  .n_taxes = 4,
	  .takes_tin = true },
	{ .title = "erpnet",
	  .driver = "erpnet",
	  .sim = "fiscal-erpnet",
	  .cable = MEET_HTTP,
	  .currency = 978,
	  .settings = NAMES("task_ms=1"),
	  .options = NAMES("timezone", "Europe/Sofia", "wait", "20"),
	  .taxes = { FISCAL_TAX_STANDARD, FISCAL_TAX_REDUCED, FISCAL_TAX_ZERO, FISCAL_TAX_NONE },
	  .rates = { 2000, 900, 0, 0 },
	  .n_taxes = 4 },
	{ .title = "ebarimt",
	  .driver = "ebarimt",
	  .sim = "fiscal-ebarimt",
	  .cable = MEET_HTTP,
	  .currency = 496,
	  .settings = NAMES("suffix=refuse"),
	  .options = NAMES(EBARIMT_OPTIONS),
	  .taxes = { FISCAL_TAX_REDUCED, FISCAL_TAX_ZERO, FISCAL_TAX_NONE },
	  .rates = { 1000, 0, 0 },
	  .n_taxes = 3,
	  .takes_tin = true },
	{ .title = "ebarimt-first",
	  .driver = "ebarimt",
	  .sim = "fiscal-ebarimt",
	  .cable = MEET_HTTP,
	  .currency = 496,
	  .settings = NAMES("suffix=first"),
	  .options = NAMES(EBARIMT_OPTIONS),
	  .taxes = { FISCAL_TAX_REDUCED, FISCAL_TAX_ZERO, FISCAL_TAX_NONE },
	  .rates = { 1000, 0, 0 },
	  .n_taxes = 3,
	  .takes_tin = true },
	{ .title = "ebarimt-again",
	  .driver = "ebarimt",
	  .sim = "fiscal-ebarimt",
	  .cable = MEET_HTTP,
	  .currency = 496,
	  .settings = NAMES("suffix=again"),
	  .options = NAMES(EBARIMT_OPTIONS),
	  .taxes = { FISCAL_TAX_REDUCED, FISCAL_TAX_ZERO, FISCAL_TAX_NONE },
	  .rates = { 1000, 0, 0 },
	  .n_taxes = 3,
	  .takes_tin = true },
	{ .title = NULL },
};

/* --- there or not -------------------------------------------------------------------------- */

void fiscal_desk_init(FiscalDesk *self, const FiscalProtocol *protocol, Meet *meet)
{
	*self = (FiscalDesk){ .protocol = protocol,
			      .meet = meet,
			      .driver = fiscal_driver_find(protocol->driver),
			      .options = g_hash_table_new(g_str_hash, g_str_equal),
			      .proofs = g_array_new(false, false, sizeof(uint32_t)) };
	g_assert_nonnull(self->driver);
	for (int i = 0; protocol->options[i] != NULL; i += 2)
		g_hash_table_insert(self->options, (char *)protocol->options[i],
				    (char *)protocol->options[i + 1]);
}

void fiscal_desk_let_go(FiscalDesk *self)
{
	if (self->fiscal != NULL)
		self->driver->close(g_steal_pointer(&self->fiscal));
	meet_unplug(self->meet);
}

void fiscal_desk_clear(FiscalDesk *self)
{
	fiscal_desk_let_go(self);
	g_hash_table_unref(self->options);
	g_array_unref(self->proofs);
	g_clear_error(&self->why);
	g_free(self->plan);
}

bool fiscal_desk_reach(FiscalDesk *self, GError **error)
{
	if (self->fiscal != NULL)
		return true;
	self->fiscal = self->driver->open(meet_plug(self->meet), self->options, error);
	if (self->fiscal == NULL)
		meet_unplug(self->meet);
	return self->fiscal != NULL;
}

/* --- the engine ---------------------------------------------------------------------------- */

static void take_why(FiscalDesk *self, GError *error)
{
	g_clear_error(&self->why);
	self->why = error;
}

static bool is_proven(const char *serial, uint32_t number, void *data)
{
	const FiscalDesk *self = data;

	(void)serial;
	for (guint i = 0; i < self->proofs->len; i++)
		if (g_array_index(self->proofs, uint32_t, i) == number)
			return true;
	return false;
}

static FiscalVerdict made(FiscalDesk *self, const FiscalProof *proof)
{
	if (proof->document_number != 0)
		g_array_append_val(self->proofs, proof->document_number);
	return FISCAL_MADE;
}

static FiscalVerdict ask(FiscalDesk *self, FiscalProof *ret, GError **error)
{
	for (int attempt = self->fiscal != NULL ? 0 : 1;; attempt++) {
		FiscalVerdict verdict = FISCAL_CANNOT_TELL;

		g_clear_error(error);
		if (fiscal_desk_reach(self, error))
			verdict = self->driver->reconcile(self->fiscal, &self->intent, is_proven,
							  self, ret, error);
		if (verdict != FISCAL_CANNOT_TELL)
			return verdict;
		fiscal_desk_let_go(self);
		if (attempt == 1)
			return verdict;
	}
}

static bool clear_open(FiscalDesk *self, FiscalVerdict verdict, const FiscalDocument *document,
		       GError **error)
{
	if (!fiscal_desk_reach(self, error))
		return false;
	return verdict == FISCAL_OPEN_OURS
		       ? self->driver->cancel_open(self->fiscal, error)
		       : self->driver->finish_open != NULL &&
				 self->driver->finish_open(self->fiscal, document, error);
}

FiscalVerdict fiscal_desk_resolve(FiscalDesk *self, const FiscalDocument *document,
				  FiscalProof *ret)
{
	for (int round = 0; round < ROUNDS; round++) {
		GError *error = NULL;
		FiscalVerdict verdict;

		*ret = (FiscalProof){ 0 };
		verdict = ask(self, ret, &error);
		if (verdict == FISCAL_MADE)
			made(self, ret);
		if (verdict != FISCAL_OPEN_OURS && verdict != FISCAL_OPEN_PAID) {
			if (error != NULL)
				take_why(self, error);
			return verdict;
		}
		g_clear_error(&error);
		if (!clear_open(self, verdict, document, &error)) {
			take_why(self, error);
			return FISCAL_CANNOT_TELL;
		}
	}
	take_why(self, g_error_new_literal(DEVICE_FAULT, DEVICE_FAULT_DOCUMENT_OPEN,
					   "the open receipt does not go away"));
	return FISCAL_CANNOT_TELL;
}

/* What the engine sees to before anything is sent. */
static bool is_fit(const FiscalStatus *status, FiscalKind kind, GError **error)
{
	bool shift = status->shift_open || kind == FISCAL_SHIFT_OPEN || kind == FISCAL_SHIFT_CLOSE;

	if (shift && !status->document_open)
		return true;
	g_set_error(error, DEVICE_FAULT,
		    shift ? DEVICE_FAULT_DOCUMENT_OPEN : DEVICE_FAULT_SHIFT_CLOSED,
		    "it is not fit for a document");
	return false;
}

static struct fiscal_plan *prepare(FiscalDesk *self, const FiscalDocument *document, GError **error)
{
	FiscalIntent *intent = &self->intent;
	struct fiscal_plan *plan;

	if (!fiscal_desk_reach(self, error))
		return NULL;
	plan = self->driver->plan(self->fiscal, document, error);
	if (plan == NULL)
		return NULL;
	g_free(self->plan);
	self->plan = self->driver->plan_describe(plan);
	*intent = (FiscalIntent){ .kind = document->kind,
				  .total = document->total,
				  .at = g_get_real_time(),
				  .sale_id = document->sale_id,
				  .id = document->id,
				  .plan = self->plan };
	if (self->driver->observe(self->fiscal, &intent->before, error) &&
	    is_fit(&intent->before, document->kind, error) &&
	    (document->kind != FISCAL_SHIFT_CLOSE || self->driver->read_totals == NULL ||
	     self->driver->read_totals(self->fiscal, &intent->before.totals, error)))
		return plan;
	self->driver->plan_free(plan);
	return NULL;
}

/* As when a first attempt has closed the shift after all. */
static bool is_so_already(const FiscalDesk *self)
{
	return self->intent.kind == FISCAL_SHIFT_CLOSE && !self->intent.before.shift_open;
}

static bool send_all(FiscalDesk *self, struct fiscal_plan *plan, FiscalProof *ret, GError **error)
{
	int n_steps = self->driver->plan_n_steps(plan);

	for (int n = 0; n < n_steps; n++)
		if (!self->driver->step(self->fiscal, plan, n, ret, error))
			return false;
	return true;
}

FiscalVerdict fiscal_desk_make(FiscalDesk *self, FiscalDocument *document, FiscalProof *ret)
{
	GError *error = NULL;
	struct fiscal_plan *plan;
	bool ok;

	document->id = ++self->last_id;
	*ret = (FiscalProof){ 0 };
	plan = prepare(self, document, &error);
	if (plan == NULL) {
		take_why(self, error);
		fiscal_desk_let_go(self); /* what is silent now is opened anew */
		return FISCAL_NOT_MADE;
	}
	ok = is_so_already(self) || send_all(self, plan, ret, &error);
	self->driver->plan_free(plan);
	if (ok)
		return made(self, ret);
	take_why(self, error);
	return fiscal_desk_resolve(self, document, ret);
}

FiscalProof fiscal_desk_must(FiscalDesk *self, FiscalDocument *document)
{
	FiscalProof proof;
	FiscalVerdict verdict;
	g_autoptr(GError) error = NULL;

	take_why(self, NULL);
	verdict = fiscal_desk_make(self, document, &proof);
	if (verdict != FISCAL_MADE || self->why != NULL) {
		g_autofree char *log = meet_dup_log(self->meet);

		g_error("%s: document of kind %d: verdict %d: %s\n%s", self->protocol->title,
			document->kind, verdict, self->why != NULL ? self->why->message : "", log);
	}
	self->driver->finish_print(self->fiscal, &error);
	g_assert_no_error(error);
	return proof;
}

/* --- documents ----------------------------------------------------------------------------- */

static Money money(const FiscalDesk *desk, int64_t minor)
{
	return (Money){ minor, desk->protocol->currency };
}

FiscalPapers *fiscal_papers_plain(const FiscalDesk *self, FiscalKind kind, int64_t amount)
{
	FiscalPapers *papers = g_new0(FiscalPapers, 1);

	g_snprintf(papers->sale_id, sizeof papers->sale_id, "T1-3-%" G_GINT64_FORMAT,
		   self->last_id + 1);
	papers->document = (FiscalDocument){ .kind = kind,
					     .sale_id = papers->sale_id,
					     .card_reference = "",
					     .cashier = "Анна",
					     .total = money(self, amount),
					     .paid = { money(self, 0), money(self, 0) } };
	return papers;
}

FiscalPapers *fiscal_papers_sale(FiscalDesk *self)
{
	FiscalPapers *papers = fiscal_papers_plain(self, FISCAL_SALE, 0);

	g_snprintf(papers->number, sizeof papers->number, "T1-%06" G_GINT64_FORMAT,
		   self->last_id + 1);
	papers->document.lines = papers->lines;
	return papers;
}

void fiscal_papers_add(FiscalPapers *self, const FiscalDesk *desk, int tax, int64_t price,
		       int64_t micro, int64_t discount)
{
	static const char *const names[] = { "Хлеб", "Milk 3.2%", "Яблоки", "Кофе \"Утро\"" };
	FiscalDocument *document = &self->document;
	int64_t gross;

	g_assert_cmpint(document->n_lines, <, FISCAL_MAX_LINES);
	g_assert_true(scale_int64(price, micro, QUANTITY_ONE, ROUND_HALF_AWAY, &gross));
	self->lines[document->n_lines++] = (FiscalLine){
		.name = names[tax],
		.quantity = { micro },
		.price = money(desk, price),
		.sum = money(desk, gross - discount),
		.discount = money(desk, discount),
		.tax = desk->protocol->taxes[tax],
		.tax_rate = desk->protocol->rates[tax],
		.unit = micro % QUANTITY_ONE == 0 ? UNIT_PIECE : UNIT_KILOGRAM,
		.code = "4600000000015",
		.classification = "2349010",
	};
	document->total.minor += gross - discount;
}

void fiscal_papers_pay(FiscalPapers *self, int64_t card, int64_t change)
{
	FiscalDocument *document = &self->document;

	document->paid[TENDER_CARD].minor = card;
	document->paid[TENDER_CASH].minor = document->total.minor - card + change;
	if (card > 0)
		document->card_reference = "123456789012";
}

/* A part of a line: of its sum and discount, what the part is of the quantity. */
static FiscalLine take_part(const FiscalLine *line, int64_t micro)
{
	FiscalLine part = *line;

	part.quantity.micro = micro;
	g_assert_true(scale_int64(line->sum.minor, micro, line->quantity.micro, ROUND_HALF_AWAY,
				  &part.sum.minor));
	g_assert_true(scale_int64(line->discount.minor, micro, line->quantity.micro,
				  ROUND_HALF_AWAY, &part.discount.minor));
	return part;
}

static void leave(FiscalPapers *self, const FiscalLine *line, const FiscalLine *part)
{
	FiscalLine *rest = &self->rest[self->origin.n_rest];

	if (part->quantity.micro == line->quantity.micro)
		return;
	*rest = *line;
	rest->quantity.micro -= part->quantity.micro;
	rest->sum.minor -= part->sum.minor;
	rest->discount.minor -= part->discount.minor;
	self->origin.n_rest++;
}

static void give_back(FiscalPapers *self, const FiscalDocument *sale)
{
	FiscalDocument *document = &self->document;
	int64_t card = sale->paid[TENDER_CARD].minor, cash = sale->total.minor - card;
	int64_t back = MIN(cash, document->total.minor);

	document->paid[TENDER_CASH].minor = back;
	document->paid[TENDER_CARD].minor = document->total.minor - back;
	self->origin.rest_paid[TENDER_CASH] = sale->paid[TENDER_CASH];
	self->origin.rest_paid[TENDER_CASH].minor = cash - back;
	self->origin.rest_paid[TENDER_CARD] = sale->paid[TENDER_CARD];
	self->origin.rest_paid[TENDER_CARD].minor = card - (document->total.minor - back);
}

FiscalPapers *fiscal_papers_return(FiscalDesk *self, const FiscalPapers *sale,
				   const FiscalProof *proof, int line, int64_t micro)
{
	FiscalPapers *papers = fiscal_papers_sale(self);
	FiscalDocument *document = &papers->document;

	document->kind = FISCAL_SALE_RETURN;
	document->customer_tin = sale->document.customer_tin;
	document->card_reference = sale->document.card_reference;
	papers->sold = *proof;
	papers->origin = (FiscalOrigin){ .number = sale->number,
					 .at = g_get_real_time(),
					 .document_number = papers->sold.document_number,
					 .sign = papers->sold.sign,
					 .id = papers->sold.id,
					 .registrar_at = papers->sold.at,
					 .rest = papers->rest };
	document->origin = &papers->origin;
	for (int i = 0; i < sale->document.n_lines; i++) {
		const FiscalLine *sold = &sale->lines[i];
		FiscalLine part = take_part(sold, line < 0    ? sold->quantity.micro
						  : line == i ? micro
							      : 0);

		leave(papers, sold, &part);
		if (part.quantity.micro == 0)
			continue;
		papers->lines[document->n_lines++] = part;
		document->total.minor += part.sum.minor;
	}
	give_back(papers, &sale->document);
	return papers;
}

/* --- the book ------------------------------------------------------------------------------ */

json_t *fiscal_desk_dup_state(const FiscalDesk *self)
{
	json_error_t error;
	json_t *state = json_load_file(self->meet->state, 0, &error);

	if (state == NULL)
		g_error("%s: %s", self->meet->state, error.text);
	return state;
}

static int64_t number_of(const json_t *entry, const char *key)
{
	return json_integer_value(json_object_get(entry, key));
}

static bool is_kind(const json_t *entry, const char *kind)
{
	return strcmp(json_string_value(json_object_get(entry, "kind")), kind) == 0;
}

int fiscal_desk_count(const FiscalDesk *self, const char *kind, int64_t total, int64_t *ret_number)
{
	json_auto_t *state = fiscal_desk_dup_state(self);
	const json_t *entry;
	size_t i;
	int n = 0;

	json_array_foreach(json_object_get(state, "book"), i, entry)
	{
		if (!is_kind(entry, kind) || (total >= 0 && number_of(entry, "total") != total) ||
		    (json_is_false(json_object_get(entry, "active")) && strcmp(kind, "void") != 0))
			continue;
		n++;
		if (ret_number != NULL)
			*ret_number = number_of(entry, "number");
	}
	return n;
}

int fiscal_desk_count_all(const FiscalDesk *self)
{
	json_auto_t *state = fiscal_desk_dup_state(self);

	return (int)json_array_size(json_object_get(state, "book"));
}

int64_t fiscal_desk_booked(const FiscalDesk *self, const char *kind, const char *key)
{
	json_auto_t *state = fiscal_desk_dup_state(self);
	const json_t *book = json_object_get(state, "book");

	for (size_t i = json_array_size(book); i > 0; i--) {
		const json_t *entry = json_array_get(book, i - 1);

		if (is_kind(entry, kind)) {
			const json_t *value = json_object_get(entry, key);

			g_assert_true(json_is_integer(value));
			return json_integer_value(value);
		}
	}
	g_error("%s: the book has no %s", self->protocol->title, kind);
	return 0;
}

/* Towards eBarimt a return replaces its sale by what is left of it, or voids it (§5). */
const char *fiscal_papers_kind(const FiscalPapers *self, const FiscalDesk *desk, int64_t *ret_total)
{
	static const char *const kinds[] = {
		[FISCAL_SALE] = "sale",
		[FISCAL_SHIFT_CLOSE] = "shift-close",
		[FISCAL_CASH_IN] = "cash-in",
		[FISCAL_CASH_OUT] = "cash-out",
	};
	const FiscalDocument *document = &self->document;

	*ret_total = document->kind == FISCAL_SHIFT_CLOSE ? -1 : document->total.minor;
	if (document->kind != FISCAL_SALE_RETURN)
		return kinds[document->kind];
	if (strcmp(desk->protocol->driver, "ebarimt") != 0)
		return "return";
	if (self->origin.n_rest == 0)
		return "void";
	*ret_total = self->origin.rest_paid[TENDER_CASH].minor +
		     self->origin.rest_paid[TENDER_CARD].minor;
	return "replace";
}
