/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/devices/meet/fiscal_desk.h"

enum { ROUNDS = 3 };

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
