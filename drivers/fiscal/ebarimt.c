/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/fiscal/ebarimt.h"

#include <sodium.h>
#include <string.h>

/* §8: thirty seconds for an answer. Pushing what is stored may take longer. */
#define ANSWER_MS 30000
#define INFO_MS 10000
#define SEND_DATA_MS 60000

static bool fail(struct fiscal *self, DeviceFault fault, const char *what, GError **error)
{
	g_set_error(error, DEVICE_FAULT, (int)fault, "%s: %s", port_get_address(self->port), what);
	return false;
}

/* Answers hold words that may stand on paper alone. */
static void wipe(GBytes *answer)
{
	gsize len;
	void *data = g_bytes_unref_to_data(answer, &len); /* the only one: not a copy */

	sodium_memzero(data, len);
	g_free(data);
}

static const char *text_of(GBytes *answer, size_t *ret_len)
{
	const char *text = g_bytes_get_data(answer, ret_len);

	return text != NULL ? text : "";
}

bool ebarimt_observe(struct fiscal *self, FiscalStatus *ret, GError **error)
{
	GBytes *answer;
	const char *text;
	size_t len;
	guint status;
	bool ok;

	if (!port_http(self->port, "GET", "/rest/info", NULL, NULL, INFO_MS, &status, &answer,
		       error))
		return false;
	text = text_of(answer, &len);
	ok = ebarimt_decode_info(status, text, len, self->options.timezone, g_get_real_time(), ret,
				 error);
	wipe(answer);
	if (ok)
		g_strlcpy(self->serial, ret->serial, sizeof self->serial);
	else
		g_prefix_error(error, "%s: ", port_get_address(self->port));
	return ok;
}

static struct fiscal *open_ebarimt(struct port *port, GHashTable *options, GError **error)
{
	struct fiscal *self = g_new0(struct fiscal, 1);
	FiscalStatus status;

	port_set_class(port, "fiscal");
	port_set_confidential(port);
	self->port = port;
	if (ebarimt_options_parse(options, &self->options, error) &&
	    ebarimt_observe(self, &status, error))
		return self;
	ebarimt_options_clear(&self->options);
	g_free(self);
	return NULL;
}

static void close_ebarimt(struct fiscal *self)
{
	paper_only_free(self->paper);
	ebarimt_options_clear(&self->options);
	g_free(self);
}

static struct fiscal_plan *make_plan(struct fiscal *self, const FiscalDocument *document,
				     GError **error)
{
	return ebarimt_plan_new(&self->options, document, error);
}

/* --- one document -------------------------------------------------------------------------- */

static bool is_void(const struct fiscal_plan *plan)
{
	return plan->replaced != NULL;
}

static void prove(const struct fiscal *self, const struct fiscal_plan *plan,
		  const EbarimtAnswer *answer, FiscalProof *ret)
{
	*ret = (FiscalProof){ 0 };
	g_strlcpy(ret->serial, self->serial, sizeof ret->serial);
	g_strlcpy(ret->id, is_void(plan) ? plan->replaced : answer->id, sizeof ret->id);
	g_strlcpy(ret->at, answer->date, sizeof ret->at);
}

/* Says why unless it is booked. */
static void explain(struct fiscal *self, const EbarimtAnswer *answer, GError **error)
{
	switch (answer->result) {
	case EBARIMT_BOOKED:
		break;
	case EBARIMT_REFUSED:
		g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_REFUSED, "the receipt service: %s",
			    answer->message);
		break;
	case EBARIMT_STRANGE:
		fail(self, DEVICE_FAULT_OUTCOME_UNKNOWN, "booked something else than was sent",
		     error);
		break;
	case EBARIMT_UNCLEAR:
		fail(self, DEVICE_FAULT_OUTCOME_UNKNOWN, "an answer that says neither yes nor no",
		     error);
		break;
	}
}

static bool ask(struct fiscal *self, const struct fiscal_plan *plan, guint *ret_status,
		GBytes **ret, GError **error)
{
	g_autoptr(GBytes) body = g_bytes_new_static(plan->body, strlen(plan->body));
	GError *local = NULL;

	if (port_http(self->port, plan->method, "/rest/receipt", "application/json", body,
		      ANSWER_MS, ret_status, ret, &local))
		return true;
	/* TLS may break after the request too. */
	if (g_error_matches(local, DEVICE_FAULT, DEVICE_FAULT_PROTOCOL))
		local->code = DEVICE_FAULT_OUTCOME_UNKNOWN;
	g_propagate_error(error, local);
	return false;
}

EbarimtResult ebarimt_send(struct fiscal *self, const struct fiscal_plan *plan, FiscalProof *ret,
			   GError **error)
{
	EbarimtAnswer answer;
	GBytes *bytes;
	const char *text;
	size_t len;
	guint status;
	int64_t total = 0;

	g_clear_pointer(&self->paper, paper_only_free);
	if (!is_void(plan) && !ebarimt_decode_total(plan->body, &total)) {
		fail(self, DEVICE_FAULT_REFUSED, "a plan that cannot be read", error);
		return EBARIMT_UNCLEAR;
	}
	if (!ask(self, plan, &status, &bytes, error))
		return EBARIMT_UNCLEAR;
	text = text_of(bytes, &len);
	if (is_void(plan))
		ebarimt_decode_void(status, text, len, &answer);
	else
		ebarimt_decode_receipt(status, text, len, total, &answer, &self->paper);
	wipe(bytes);
	explain(self, &answer, error);
	if (answer.result == EBARIMT_BOOKED)
		prove(self, plan, &answer, ret);
	return answer.result;
}

static bool send_document(struct fiscal *self, const struct fiscal_plan *plan, FiscalProof *proof,
			  GError **error)
{
	GError *local = NULL;
	EbarimtResult result = ebarimt_send(self, plan, proof, &local);

	if (result == EBARIMT_BOOKED)
		return true;
	if (!g_error_matches(local, DEVICE_FAULT, DEVICE_FAULT_OUTCOME_UNKNOWN))
		self->not_booked = plan->id;
	g_propagate_error(error, local);
	return false;
}

/* --- the end of a shift -------------------------------------------------------------------- */

/* The till's own shift ends whatever becomes of this (§7): the service sends by itself later. */
static void push_stored(struct fiscal *self)
{
	GBytes *answer;
	guint status;
	g_autoptr(GError) error = NULL;

	if (port_http(self->port, "GET", "/rest/sendData", NULL, NULL, SEND_DATA_MS, &status,
		      &answer, &error))
		wipe(answer);
	else
		g_debug("sendData: %s", error->message);
}

static void end_shift(struct fiscal *self, FiscalProof *proof)
{
	FiscalStatus status;
	g_autoptr(GError) error = NULL;

	if (!ebarimt_observe(self, &status, &error))
		g_debug("after sendData: %s", error->message);
	*proof = (FiscalProof){ 0 };
	g_strlcpy(proof->serial, self->serial, sizeof proof->serial);
}

static bool step(struct fiscal *self, struct fiscal_plan *plan, int n, FiscalProof *proof,
		 GError **error)
{
	g_return_val_if_fail(n >= 0 && n < ebarimt_plan_n_steps(plan), false);

	if (plan->body != NULL)
		return send_document(self, plan, proof, error);
	if (n == 0)
		push_stored(self);
	else
		end_shift(self, proof);
	return true;
}

/* --- what a service has none of ------------------------------------------------------------ */

static bool do_nothing(struct fiscal *self, GError **error)
{
	return true;
}

static PaperOnly *take_paper_only(struct fiscal *self)
{
	return g_steal_pointer(&self->paper);
}

const struct fiscal_driver ebarimt_driver = {
	.name = "ebarimt",
	.caps = FISCAL_PAPER_ONLY,
	.open = open_ebarimt,
	.close = close_ebarimt,
	.observe = ebarimt_observe,
	.plan = make_plan,
	.plan_describe = ebarimt_plan_describe,
	.plan_n_steps = ebarimt_plan_n_steps,
	.plan_commit_step = ebarimt_plan_commit_step,
	.plan_free = ebarimt_plan_free,
	.step = step,
	.reconcile = ebarimt_reconcile,
	.cancel_open = do_nothing, /* a receipt is one request: it never hangs open */
	.finish_print = do_nothing, /* the till prints */
	.take_paper_only = take_paper_only,
};
