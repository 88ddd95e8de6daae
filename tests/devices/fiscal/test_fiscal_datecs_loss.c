/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/fiscal/fiscal.h"

#include "datecs_model.h"

/* Every loss at every frame of a document, and a second one at every frame after it: whatever the
 * driver says in the end is true of the registrar, and nothing was made twice
 * (fiscal-model.md §6.3). */

#define ROUNDS 6
#define ASKS 4 /* a blocked till goes on asking */

typedef struct {
	const struct fiscal_driver *driver;
	Model *model;
	struct port *port;
	struct fiscal *fiscal; /* NULL: not open */
} Till;

static void let_go(Till *self)
{
	if (self->fiscal != NULL)
		self->driver->close(self->fiscal);
	self->fiscal = NULL;
	if (self->port != NULL)
		port_close(self->port);
	self->port = NULL;
}

static bool reach(Till *self)
{
	g_autoptr(GHashTable) options = g_hash_table_new(g_str_hash, g_str_equal);

	if (self->fiscal != NULL)
		return true;
	g_hash_table_insert(options, (void *)"family",
			    (void *)(self->model->long_frames ? "x" : "p"));
	self->port = model_open(self->model);
	self->fiscal = self->driver->open(self->port, options, NULL);
	if (self->fiscal == NULL)
		let_go(self);
	return self->fiscal != NULL;
}

static bool never_used(const char *serial, uint32_t number, void *data)
{
	return false;
}

/* As the engine asks: once, and once more over a cable that was opened anew. */
static FiscalVerdict ask(Till *self, const FiscalIntent *intent, FiscalProof *proof)
{
	for (int i = 0; i < ASKS; i++) {
		FiscalVerdict verdict = FISCAL_CANNOT_TELL;

		if (reach(self))
			verdict = self->driver->reconcile(self->fiscal, intent, never_used, NULL,
							  proof, NULL);
		if (verdict != FISCAL_CANNOT_TELL)
			return verdict;
		let_go(self);
	}
	return FISCAL_CANNOT_TELL;
}

/* True: it can be asked again. */
static bool act(Till *self, FiscalVerdict verdict, const FiscalDocument *document)
{
	if (verdict == FISCAL_OPEN_OURS)
		(void)self->driver->cancel_open(self->fiscal, NULL);
	else if (verdict == FISCAL_OPEN_PAID)
		(void)self->driver->finish_open(self->fiscal, document, NULL);
	else
		return false;
	if (self->model->dead)
		let_go(self);
	return true;
}

static FiscalVerdict resolve(Till *self, const FiscalIntent *intent, const FiscalDocument *document,
			     FiscalProof *proof)
{
	for (int i = 0; i < ROUNDS; i++) {
		FiscalVerdict verdict = ask(self, intent, proof);

		if (!act(self, verdict, document))
			return verdict;
	}
	return FISCAL_CANNOT_TELL; /* it stays open: a person has to look */
}

static bool run_steps(Till *self, struct fiscal_plan *plan, FiscalProof *proof)
{
	for (int i = 0; i < self->driver->plan_n_steps(plan); i++)
		if (!self->driver->step(self->fiscal, plan, i, proof, NULL))
			return false;
	return true;
}

/* The accidents begin after the registrar was observed. */
static FiscalVerdict make(Till *self, const FiscalDocument *document, Accident first,
			  Accident second, FiscalProof *proof)
{
	FiscalIntent intent = { .kind = document->kind,
				.total = document->total,
				.sale_id = document->sale_id,
				.id = document->id };
	struct fiscal_plan *plan;
	bool made;

	g_assert_true(reach(self));
	g_assert_true(self->driver->observe(self->fiscal, &intent.before, NULL));
	plan = self->driver->plan(self->fiscal, document, NULL);
	g_assert_nonnull(plan);
	model_arm(self->model, first, second);
	made = run_steps(self, plan, proof);
	self->driver->plan_free(plan);
	return made ? FISCAL_MADE : resolve(self, &intent, document, proof);
}

/* --- documents ----------------------------------------------------------------------------- */

static const FiscalLine lines[] = {
	{ .name = "Tea",
	  .quantity = { 1234000 },
	  .price = { 8990, 978 },
	  .sum = { 11094, 978 },
	  .tax = FISCAL_TAX_STANDARD },
	{ .name = "Rice",
	  .quantity = { 2000000 },
	  .price = { 7500, 978 },
	  .sum = { 13500, 978 },
	  .tax = FISCAL_TAX_STANDARD },
};

static const FiscalOrigin origin = { .document_number = 130,
				     .id = "DT279013-0001-0000001",
				     .registrar_at = "2026-06-03T10:17:12" };

static const FiscalDocument documents[] = {
	{ .kind = FISCAL_SALE,
	  .sale_id = "T1-41-7",
	  .id = 7,
	  .lines = lines,
	  .n_lines = 2,
	  .paid = { [TENDER_CASH] = { 20000, 978 }, [TENDER_CARD] = { 10000, 978 } },
	  .total = { 24594, 978 } },
	{ .kind = FISCAL_SALE_RETURN,
	  .sale_id = "T1-41-8",
	  .id = 8,
	  .lines = lines,
	  .n_lines = 1,
	  .paid = { [TENDER_CASH] = { 11094, 978 }, [TENDER_CARD] = { 0, 978 } },
	  .total = { 11094, 978 },
	  .origin = &origin },
	{ .kind = FISCAL_CASH_IN, .sale_id = "T1-41-9", .id = 9, .total = { 5000, 978 } },
	{ .kind = FISCAL_CASH_OUT, .sale_id = "T1-41-10", .id = 10, .total = { 5000, 978 } },
	{ .kind = FISCAL_SHIFT_CLOSE, .sale_id = "T1-41-11", .id = 11, .total = { 0, 978 } },
};

static int n_made(const Model *model)
{
	return model->n_sales + model->n_returns + model->n_cash + (int)model->n_z - 40;
}

static bool is_made(const Model *model, const FiscalDocument *document, const FiscalProof *proof)
{
	if (n_made(model) != 1 || model->open)
		return false;
	switch (document->kind) {
	case FISCAL_SALE:
	case FISCAL_SALE_RETURN:
		return ABS(model->sum) == document->total.minor &&
		       proof->document_number == model->sale_number;
	case FISCAL_SHIFT_CLOSE:
		return proof->shift_number == model->n_z;
	default:
		return ABS(model->cash - 50000) == document->total.minor;
	}
}

/* What the driver said is so. */
static bool is_so(FiscalVerdict verdict, const Model *model, const FiscalDocument *document,
		  const FiscalProof *proof)
{
	switch (verdict) {
	case FISCAL_MADE:
		return is_made(model, document, proof);
	case FISCAL_NOT_MADE:
		return n_made(model) == 0 && !model->open;
	case FISCAL_CANNOT_TELL:
		return n_made(model) <= 1;
	default:
		return false;
	}
}

/* --- makes of registrars ------------------------------------------------------------------- */

typedef struct {
	const char *name;
	bool long_frames, no_sale_numbers, tells_no_payment, forgets_sums, numbers_all;
	bool tells_all; /* one accident never leaves a doubt */
} Make;

static const Make makes[] = {
	{ .name = "P", .tells_all = true },
	{ .name = "P, numbers all", .numbers_all = true, .tells_all = true },
	{ .name = "P, no sale numbers", .no_sale_numbers = true, .tells_all = true },
	{ .name = "P, old", .no_sale_numbers = true, .tells_no_payment = true },
	{ .name = "P, forgets sums", .forgets_sums = true },
	{ .name = "X", .long_frames = true, .tells_all = true },
	{ .name = "X, numbers all", .long_frames = true, .numbers_all = true, .tells_all = true },
	{ .name = "X, forgets sums", .long_frames = true, .forgets_sums = true },
};

typedef struct {
	int made, not_made, unclear;
	bool reached; /* the accident came before the end */
} Count;

static void run_one(const Make *make_, const FiscalDocument *document, Accident first,
		    Accident second, Count *count)
{
	Till till = { .driver = fiscal_driver_find("datecs") };
	FiscalProof proof = { 0 };
	FiscalVerdict verdict;
	Model model;

	model_init(&model, make_->long_frames);
	model.knows_sale_numbers = !make_->no_sale_numbers;
	model.tells_paid = !make_->tells_no_payment;
	model.forgets_sums = make_->forgets_sums;
	model.numbers_all = make_->numbers_all;
	till.model = &model;
	verdict = make(&till, document, first, second, &proof);
	count->reached = model.n_frames > MAX(first.at, second.at);
	count->made += verdict == FISCAL_MADE;
	count->not_made += verdict == FISCAL_NOT_MADE;
	count->unclear += verdict == FISCAL_CANNOT_TELL;
	if (!is_so(verdict, &model, document, &proof)) {
		g_test_message("%s, kind %d: %s at %d, %s at %d", make_->name, document->kind,
			       loss_names[first.loss], first.at, loss_names[second.loss],
			       second.at);
		g_assert_cmpint(verdict, ==, -1);
	}
	let_go(&till);
	model_clear(&model);
}

static void test_one_loss(const void *data)
{
	const Make *make_ = data;

	for (size_t d = 0; d < G_N_ELEMENTS(documents); d++) {
		Count count = { .reached = true };

		for (int at = 0; count.reached; at++)
			for (Loss loss = LOSS_NONE; loss < LOSS_N; loss++)
				run_one(make_, &documents[d], (Accident){ at, loss },
					(Accident){ .at = -1 }, &count);
		g_assert_cmpint(count.made, >, 0);
		g_assert_cmpint(count.not_made, >, 0);
		if (make_->tells_all)
			g_assert_cmpint(count.unclear, ==, 0);
	}
}

/* The second is a till that dies, with or without the registrar: what it had in mind is gone. */
static void test_two_losses(const void *data)
{
	static const Loss seconds[] = { LOSS_CABLE_AFTER, LOSS_POWER_AFTER, LOSS_CABLE_AND_POWER,
					LOSS_CABLE_HALF };
	const Make *make_ = data;

	for (size_t d = 0; d < G_N_ELEMENTS(documents); d++) {
		Count count = { .reached = true };

		for (int gap = 1; count.reached; gap++) {
			bool any = false;

			for (int at = 0; at < 12; at++)
				for (Loss loss = LOSS_REQUEST; loss < LOSS_N; loss++) {
					size_t i =
						(size_t)(at + loss + gap) % G_N_ELEMENTS(seconds);

					run_one(make_, &documents[d], (Accident){ at, loss },
						(Accident){ at + gap, seconds[i] }, &count);
					any |= count.reached;
				}
			count.reached = any;
		}
		g_assert_cmpint(count.made, >, 0);
		g_assert_cmpint(count.not_made, >, 0);
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(makes); i++) {
		g_autofree char *one =
			g_strconcat("/fiscal/datecs loss/", makes[i].name, "/one", NULL);
		g_autofree char *two =
			g_strconcat("/fiscal/datecs loss/", makes[i].name, "/two", NULL);

		g_test_add_data_func(one, &makes[i], test_one_loss);
		g_test_add_data_func(two, &makes[i], test_two_losses);
	}
	return g_test_run();
}
