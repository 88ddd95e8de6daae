/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/fiscal/datecs.h"

#include <string.h>

DatecsTarget datecs_target(const struct fiscal *self)
{
	return (DatecsTarget){ .family = self->link.family,
			       .options = &self->options,
			       .identity = &self->identity };
}

/* --- questions ----------------------------------------------------------------------------- */

static bool ask(struct fiscal *self, const DatecsBody *question, DatecsReply *ret, GError **error)
{
	return datecs_run(self, question, DATECS_QUESTION, ret, error);
}

/* @p and @x: what the families want to be told. */
static void make_question(struct fiscal *self, uint8_t code, const char *p, const char *x,
			  DatecsBody *ret)
{
	DatecsWriter writer;

	datecs_begin(&writer, code);
	datecs_put_text(&writer, self->link.family == DATECS_P ? p : x);
	*ret = writer.body;
}

/* Of a question that not every device knows. */
static bool ask_if_known(struct fiscal *self, const DatecsBody *question, DatecsReply *ret,
			 bool *ret_told, GError **error)
{
	GError *reason = NULL;

	*ret_told = ask(self, question, ret, &reason);
	if (*ret_told)
		return true;
	if (g_error_matches(reason, DEVICE_FAULT, DEVICE_FAULT_REFUSED)) {
		g_error_free(reason);
		return true;
	}
	g_propagate_error(error, reason);
	return false;
}

bool datecs_ask_status(struct fiscal *self, DatecsReply *ret, GError **error)
{
	const DatecsBody question = { .code = DATECS_STATUS };

	return ask(self, &question, ret, error);
}

static bool ask_receipt(struct fiscal *self, DatecsReceipt *ret, DatecsReply *reply, GError **error)
{
	DatecsBody question;

	datecs_receipt_command(self->link.family, &question);
	if (!ask(self, &question, reply, error))
		return false;
	return datecs_decode_receipt(self->link.family, &reply->fields, ret) ||
	       datecs_fail_bad_answer(self, &question, error);
}

bool datecs_ask_receipt(struct fiscal *self, DatecsReceipt *ret, GError **error)
{
	DatecsReply reply;

	return ask_receipt(self, ret, &reply, error);
}

bool datecs_ask_open(struct fiscal *self, DatecsReceipt *ret, bool *ret_service, GError **error)
{
	DatecsReply reply;

	if (!ask_receipt(self, ret, &reply, error))
		return false;
	*ret_service = ret->kind == DATECS_KIND_SERVICE ||
		       datecs_status_has(&reply.answer, DATECS_BIT_SERVICE_OPEN);
	/* Where family P sets this bit it is a storno; where it does not, it may be one. */
	if (self->link.family == DATECS_P && ret->open &&
	    datecs_status_has(&reply.answer, DATECS_BIT_STORNO_OPEN))
		ret->kind = DATECS_KIND_STORNO;
	return true;
}

bool datecs_ask_cash(struct fiscal *self, int64_t *ret, GError **error)
{
	DatecsBody question;
	DatecsReply reply;

	datecs_cash_command(self->link.family, 0, &question);
	if (!ask(self, &question, &reply, error))
		return false;
	return datecs_decode_cash(self->link.family, &reply.fields, ret) ||
	       datecs_fail_bad_answer(self, &question, error);
}

void datecs_ask_time(struct fiscal *self, char ret[static 24])
{
	const DatecsBody question = { .code = DATECS_CLOCK };
	DatecsReply reply;

	ret[0] = '\0';
	if (ask(self, &question, &reply, NULL))
		datecs_decode_time(
			datecs_field(&reply.fields, self->link.family == DATECS_P ? 0 : 1), ret);
}

bool datecs_ask_last_sale(struct fiscal *self, DatecsLastSale *ret, bool *ret_told, GError **error)
{
	DatecsBody question;
	DatecsReply reply;

	*ret = (DatecsLastSale){ 0 };
	make_question(self, DATECS_OPEN, "*", "", &question);
	g_return_val_if_fail(question.len > 0, false); /* without it, it opens a receipt */
	if (!ask_if_known(self, &question, &reply, ret_told, error))
		return false;
	if (!*ret_told)
		return true;
	*ret_told = datecs_decode_number(&reply.fields, 0, &ret->number);
	g_strlcpy(ret->unp, datecs_field(&reply.fields, 1), sizeof ret->unp);
	g_strlcpy(ret->unp_storno, datecs_field(&reply.fields, 2), sizeof ret->unp_storno);
	return true;
}

bool datecs_ask_qr(struct fiscal *self, DatecsQr *ret, bool *ret_told, GError **error)
{
	DatecsBody question;
	DatecsReply reply;

	*ret = (DatecsQr){ 0 };
	make_question(self, DATECS_STATUS, "", "0\t", &question);
	if (!ask_if_known(self, &question, &reply, ret_told, error))
		return false;
	*ret_told = *ret_told && datecs_decode_qr(&reply.fields, ret);
	return true;
}

/* Family X has no question for it. Whether 4Ch numbers a closed receipt the page leaves open; the
 * QR code does. */
static bool ask_last_x(struct fiscal *self, const DatecsReceipt *receipt, uint32_t *ret,
		       GError **error)
{
	DatecsQr qr;
	bool told;

	if (!datecs_ask_qr(self, &qr, &told, error))
		return false;
	*ret = MAX(receipt->number, told ? qr.number : 0);
	return true;
}

static bool ask_last_p(struct fiscal *self, uint32_t *ret, GError **error)
{
	const DatecsBody question = { .code = DATECS_LAST_DOCUMENT };
	DatecsReply reply;

	if (!ask(self, &question, &reply, error))
		return false;
	return datecs_decode_number(&reply.fields, 0, ret) ||
	       datecs_fail_bad_answer(self, &question, error);
}

bool datecs_ask_last(struct fiscal *self, uint32_t *ret, GError **error)
{
	DatecsReceipt receipt;

	if (self->link.family == DATECS_P)
		return ask_last_p(self, ret, error);
	return datecs_ask_receipt(self, &receipt, error) && ask_last_x(self, &receipt, ret, error);
}

bool datecs_ask_last_z(struct fiscal *self, uint32_t *ret, bool *ret_told, GError **error)
{
	DatecsBody question;
	DatecsReply reply;

	*ret = 0;
	/* [1] of X: its manual has the command, the page does not. */
	make_question(self, DATECS_LAST_Z, "0", "0\t", &question);
	if (!ask_if_known(self, &question, &reply, ret_told, error))
		return false;
	*ret_told = *ret_told && datecs_decode_last_z(self->link.family, &reply.fields, ret);
	return true;
}

bool datecs_ask_sold(struct fiscal *self)
{
	const DatecsBody question = { .code = DATECS_DAY_SUMS };
	DatecsReply reply;
	int64_t sum;

	if (self->link.family != DATECS_P || !ask(self, &question, &reply, NULL))
		return false;
	for (int i = 0; i < reply.fields.n; i++)
		if (datecs_field_amount(&reply.fields, i, &sum) && sum != 0)
			return true;
	return false;
}

/* What the options say stands where the device is silent; where both speak they have to agree. */
static bool settle_identity(struct fiscal *self, const char *told, const char *set, char *ret,
			    const char *what, GError **error)
{
	if (told[0] != '\0' && set[0] != '\0' && strcmp(told, set) != 0) {
		g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_REPLACED,
			    "%s: its %s is %s, till.conf's %s", port_get_address(self->link.port),
			    what, told, set);
		return false;
	}
	g_strlcpy(ret, told[0] != '\0' ? told : set, 16);
	return true;
}

bool datecs_ask_identity(struct fiscal *self, GError **error)
{
	DatecsIdentity told = { 0 };
	DatecsBody question;
	DatecsReply reply;
	bool knows;

	make_question(self, DATECS_DIAGNOSTICS, "1", "1\t", &question);
	if (!ask_if_known(self, &question, &reply, &knows, error))
		return false;
	if (knows)
		datecs_decode_identity(&reply.fields, &told);
	return settle_identity(self, told.serial, self->options.serial, self->identity.serial,
			       "serial number", error) &&
	       settle_identity(self, told.memory, self->options.memory, self->identity.memory,
			       "fiscal memory", error);
}

bool datecs_know_identity(struct fiscal *self, GError **error)
{
	return self->identity.memory[0] != '\0' || datecs_ask_identity(self, error);
}

/* --- status -------------------------------------------------------------------------------- */

static void fill_bits(const DatecsAnswer *answer, FiscalStatus *status)
{
	status->paper_out = datecs_status_has(answer, DATECS_BIT_NO_PAPER);
	status->paper_near_end = datecs_status_has(answer, DATECS_BIT_PAPER_LOW);
	status->cover_open = datecs_status_has(answer, DATECS_BIT_COVER);
	status->memory_full = datecs_status_has(answer, DATECS_BIT_MEMORY_FULL) ||
			      datecs_status_has(answer, DATECS_BIT_JOURNAL_FULL);
	status->memory_near_full = datecs_status_has(answer, DATECS_BIT_MEMORY_LOW);
	status->document_open = datecs_status_has(answer, DATECS_BIT_FISCAL_OPEN) ||
				datecs_status_has(answer, DATECS_BIT_SERVICE_OPEN);
}

static void fill_receipt(const DatecsReceipt *receipt, FiscalStatus *status)
{
	status->document_open |= receipt->open;
	if (!receipt->open)
		return;
	status->open_total.minor = receipt->amount;
	status->open_lines = receipt->items;
}

static int64_t clock_of(struct fiscal *self)
{
	char at[24];
	g_autoptr(GDateTime) time = NULL;

	datecs_ask_time(self, at);
	time = at[0] != '\0' ? g_date_time_new_from_iso8601(at, self->options.zone) : NULL;
	return time != NULL ? g_date_time_to_unix(time) * G_USEC_PER_SEC : 0;
}

/* Sales do without the counter. */
static bool observe_cash(struct fiscal *self, FiscalStatus *status, GError **error)
{
	GError *reason = NULL;

	self->tells_cash = datecs_ask_cash(self, &status->cash.minor, &reason);
	if (self->tells_cash)
		return true;
	if (!g_error_matches(reason, DEVICE_FAULT, DEVICE_FAULT_REFUSED)) {
		g_propagate_error(error, reason);
		return false;
	}
	g_error_free(reason);
	return true;
}

/* Of those that take part in no receipt: in the middle of one, many questions are refused. */
static bool observe_counters(struct fiscal *self, const DatecsReceipt *receipt,
			     FiscalStatus *status, GError **error)
{
	uint32_t last_z;
	bool told;

	if (self->link.family == DATECS_P
		    ? !ask_last_p(self, &status->last_document, error)
		    : !ask_last_x(self, receipt, &status->last_document, error))
		return false;
	if (!datecs_ask_last_z(self, &last_z, &told, error) || !observe_cash(self, status, error))
		return false;
	if (told)
		status->shift_number = last_z + 1; /* the day that is not closed yet */
	status->clock = clock_of(self);
	return true;
}

bool datecs_observe(struct fiscal *self, FiscalStatus *ret, GError **error)
{
	Money nothing = { .currency = self->options.currency };
	FiscalStatus status = { .open_total = nothing,
				.cash = nothing,
				.shift_open = true,
				.shift_too_long = self->day_too_long,
				.unsent = -1,
				.lotteries = -1 };
	DatecsReceipt receipt;
	DatecsReply reply;

	if (!datecs_know_identity(self, error) || !datecs_ask_status(self, &reply, error))
		return false;
	g_strlcpy(status.serial, self->identity.memory, sizeof status.serial);
	fill_bits(&reply.answer, &status);
	if (!datecs_ask_receipt(self, &receipt, error))
		return false;
	fill_receipt(&receipt, &status);
	if (!status.document_open && !observe_counters(self, &receipt, &status, error))
		return false;
	self->last = status;
	*ret = status;
	return true;
}
