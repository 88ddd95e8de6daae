/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/fiscal/shtrih.h"

/* What makes no fiscal document. */

/* --- its memory ---------------------------------------------------------------------------- */

bool shtrih_ask_document(struct fiscal *self, uint32_t number, ShtrihDocument *ret, GError **error)
{
	ShtrihBody command;
	ShtrihReply reply;

	shtrih_command_find(&command, self->options.password, number);
	if (!shtrih_command_run(self, &command, &reply, error))
		return false;
	return (shtrih_decode_document(reply.data, reply.len, ret) && ret->document == number) ||
	       shtrih_fail(self, DEVICE_FAULT_PROTOCOL, "FF0A tells of another document", error);
}

static FiscalKind kind_of(const ShtrihDocument *document)
{
	bool sale = document->operation == SHTRIH_OPERATION_SALE;

	switch (document->type) {
	case SHTRIH_DOCUMENT_SHIFT_OPEN:
		return FISCAL_SHIFT_OPEN;
	case SHTRIH_DOCUMENT_SHIFT_CLOSE:
		return FISCAL_SHIFT_CLOSE;
	case SHTRIH_DOCUMENT_RECEIPT:
	case SHTRIH_DOCUMENT_BSO:
		if (document->operation > SHTRIH_OPERATION_SALE_RETURN)
			return 0; /* the shop buys */
		return sale ? FISCAL_SALE : FISCAL_SALE_RETURN;
	case SHTRIH_DOCUMENT_CORRECTION:
		if (document->operation > SHTRIH_OPERATION_SALE_RETURN)
			return 0;
		return sale ? FISCAL_CORRECTION : FISCAL_CORRECTION_RETURN;
	default:
		return 0;
	}
}

bool shtrih_service_read_document(struct fiscal *self, uint32_t number, FiscalRecord *ret,
				  GError **error)
{
	ShtrihDocument document;

	if (!shtrih_ask_document(self, number, &document, error))
		return false;
	*ret = (FiscalRecord){ .number = document.document,
			       .shift_number = document.shift,
			       .kind = kind_of(&document),
			       .total = { document.total, self->options.currency } };
	g_snprintf(ret->sign, sizeof ret->sign, "%010u", document.sign);
	g_strlcpy(ret->at, document.at, sizeof ret->at);
	return true;
}

/* --- its counters -------------------------------------------------------------------------- */

/* Of 1Ah, in the shift: sums by way of payment, four registers a way (sale, buy, return of sale,
 * return of buying), ways 1 to 4; cash is net of change. Of 1Bh: how many receipts, in that order.
 * The page has neither; three open programs for these registrars agree on them. We pay by ways 1
 * and 2, and the rest is counted in the sums. */
#define REGISTER_PAID 193
#define COUNTER_RECEIPTS 144
enum { WAYS = 4, OF_SALE = 0, OF_SALE_RETURN = 2 };

static bool ask_register(struct fiscal *self, int number, int64_t *ret, GError **error)
{
	ShtrihBody command;
	ShtrihReply reply;

	shtrih_command_byte(&command, SHTRIH_REGISTER, self->options.password, (uint8_t)number);
	return shtrih_ask(self, &command, &reply, error) &&
	       (shtrih_decode_sum(reply.data, reply.len, ret) ||
		shtrih_fail_bad_answer(self, error));
}

static bool ask_ways(struct fiscal *self, int of, int64_t ret[static WAYS], GError **error)
{
	for (int way = 0; way < WAYS; way++)
		if (!ask_register(self, REGISTER_PAID + of + 4 * way, &ret[way], error))
			return false;
	return true;
}

static int64_t sum_of(const int64_t ways[static WAYS])
{
	int64_t sum = 0;

	for (int way = 0; way < WAYS; way++)
		sum += ways[way]; /* six bytes each */
	return sum;
}

/* -1 where it does not say. */
static bool ask_counter(struct fiscal *self, int of, int64_t *ret, GError **error)
{
	ShtrihBody command;
	ShtrihReply reply;
	GError *reason = NULL;
	uint16_t count;

	*ret = -1;
	shtrih_command_byte(&command, SHTRIH_COUNTER, self->options.password,
			    (uint8_t)(COUNTER_RECEIPTS + of));
	if (!shtrih_ask(self, &command, &reply, &reason)) {
		if (!g_error_matches(reason, DEVICE_FAULT, DEVICE_FAULT_REFUSED)) {
			g_propagate_error(error, reason);
			return false;
		}
		g_error_free(reason);
		return true;
	}
	if (!shtrih_decode_count(reply.data, reply.len, &count))
		return shtrih_fail_bad_answer(self, error);
	*ret = count;
	return true;
}

static Money money_of(const struct fiscal *self, int64_t minor)
{
	return (Money){ .minor = minor, .currency = self->options.currency };
}

static bool ask_totals(struct fiscal *self, FiscalTotals *ret, GError **error)
{
	int64_t sales[WAYS], returns[WAYS];

	if (!ask_ways(self, OF_SALE, sales, error) ||
	    !ask_ways(self, OF_SALE_RETURN, returns, error) ||
	    !ask_counter(self, OF_SALE, &ret->n_sales, error) ||
	    !ask_counter(self, OF_SALE_RETURN, &ret->n_returns, error))
		return false;
	ret->known = true;
	ret->sales = money_of(self, sum_of(sales));
	ret->returns = money_of(self, sum_of(returns));
	G_STATIC_ASSERT(TENDER_N == 2);
	ret->kept[TENDER_CASH] = money_of(self, sales[0] - returns[0]);
	ret->kept[TENDER_CARD] = money_of(self, sales[1] - returns[1]);
	return true;
}

/* A model without these registers does not know. */
bool shtrih_service_read_totals(struct fiscal *self, FiscalTotals *ret, GError **error)
{
	FiscalTotals totals = { .n_sales = -1, .n_returns = -1 };
	GError *reason = NULL;

	if (!ask_totals(self, &totals, &reason)) {
		if (!g_error_matches(reason, DEVICE_FAULT, DEVICE_FAULT_REFUSED)) {
			g_propagate_error(error, reason);
			return false;
		}
		g_error_free(reason);
	}
	*ret = totals;
	return true;
}

/* --- its clock ----------------------------------------------------------------------------- */

static bool run_clock(struct fiscal *self, uint16_t code, const uint8_t part[static 3],
		      GError **error)
{
	ShtrihBody command;
	ShtrihReply reply;

	shtrih_command_clock(&command, code, self->options.password, part);
	return shtrih_command_run(self, &command, &reply, error);
}

/* The date is said twice, or the registrar waits for that. */
bool shtrih_service_set_clock(struct fiscal *self, int64_t at, GError **error)
{
	g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(at / G_TIME_SPAN_SECOND);
	g_autoptr(GDateTime) local =
		utc != NULL ? g_date_time_to_timezone(utc, self->options.timezone) : NULL;
	uint8_t time[3], date[3];
	int year;

	if (local == NULL || (year = g_date_time_get_year(local)) < 2000 || year > 2099)
		return shtrih_fail(self, DEVICE_FAULT_REFUSED, "cannot be told such a year", error);
	time[0] = (uint8_t)g_date_time_get_hour(local);
	time[1] = (uint8_t)g_date_time_get_minute(local);
	time[2] = (uint8_t)g_date_time_get_second(local);
	date[0] = (uint8_t)g_date_time_get_day_of_month(local);
	date[1] = (uint8_t)g_date_time_get_month(local);
	date[2] = (uint8_t)(year - 2000);
	self->clock_known = false;
	return run_clock(self, SHTRIH_SET_TIME, time, error) &&
	       run_clock(self, SHTRIH_SET_DATE, date, error) &&
	       run_clock(self, SHTRIH_CONFIRM_DATE, date, error);
}

/* --- its paper ----------------------------------------------------------------------------- */

#define CUT_PARTLY 1
#define ROWS_TO_CUTTER 4
#define TEXT_MAX 1024

static bool print_row(struct fiscal *self, const uint8_t *text, size_t len, GError **error)
{
	ShtrihBody command;
	ShtrihReply reply;

	shtrih_command_print(&command, self->options.password, text, len);
	return shtrih_command_run(self, &command, &reply, error);
}

/* One character is one byte: cut where the row ends. */
static bool print_line(struct fiscal *self, const char *line, GError **error)
{
	uint8_t text[TEXT_MAX];
	size_t len =
		codepage_encode(CODEPAGE_CP1251, &self->options.letters, line, text, sizeof text);
	size_t from = 0;

	do {
		size_t n = MIN(len - from, (size_t)SHTRIH_ROW_MAX);

		if (!print_row(self, text + from, n, error))
			return false;
		from += n;
	} while (from < len);
	return true;
}

/* Models without a cutter refuse it: the text is out. */
static bool cut(struct fiscal *self, GError **error)
{
	ShtrihBody command;
	ShtrihReply reply;
	GError *reason = NULL;

	shtrih_command_feed(&command, self->options.password, ROWS_TO_CUTTER);
	if (!shtrih_command_run(self, &command, &reply, error))
		return false;
	shtrih_command_byte(&command, SHTRIH_CUT, self->options.password, CUT_PARTLY);
	if (shtrih_command_run(self, &command, &reply, &reason))
		return true;
	if (g_error_matches(reason, DEVICE_FAULT, DEVICE_FAULT_REFUSED)) {
		g_error_free(reason);
		return true;
	}
	g_propagate_error(error, reason);
	return false;
}

bool shtrih_service_print_text(struct fiscal *self, const char *const *lines, GError **error)
{
	for (int i = 0; lines[i] != NULL; i++)
		if (!print_line(self, lines[i], error))
			return false;
	return cut(self, error);
}

bool shtrih_service_print_copy(struct fiscal *self, GError **error)
{
	ShtrihBody command;
	ShtrihReply reply;

	shtrih_command(&command, SHTRIH_COPY, self->options.password);
	return shtrih_command_run(self, &command, &reply, error);
}
