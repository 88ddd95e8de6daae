/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/fiscal/atol_answer.h"

#include "drivers/fiscal/json_amount.h"
#include "drivers/fiscal/service.h"

#include <string.h>

bool atol_read_device(const json_t *result, GTimeZone *zone, FiscalStatus *status,
		      AtolTrouble *ret_trouble)
{
	const json_t *device = json_object_get(result, "deviceStatus");
	AtolTrouble trouble = { .blocked = service_has_flag(device, "blocked") };
	bool paper, memory;

	if (!json_is_object(device))
		return false;
	status->paper_out = service_read_flag(device, "paperPresent", &paper) && !paper;
	status->cover_open = service_has_flag(device, "coverOpened");
	trouble.no_fiscal_memory = service_read_flag(device, "fnPresent", &memory) && !memory;
	if (!service_read_time(device, "currentDateTime", zone, &status->clock))
		status->clock = 0;
	*ret_trouble = trouble;
	return true;
}

bool atol_read_shift(const json_t *result, FiscalStatus *status)
{
	const json_t *shift = json_object_get(result, "shiftStatus");
	const char *state = service_get_text(shift, "state");
	uint32_t number;

	if (state == NULL || !service_read_u32(shift, "number", &number) ||
	    (strcmp(state, "opened") != 0 && strcmp(state, "closed") != 0 &&
	     strcmp(state, "expired") != 0))
		return false;
	status->shift_open = state[0] != 'c';
	status->shift_too_long = state[0] == 'e';
	status->shift_number = number;
	return true;
}

/* FN's own flags: three days of its keys left, thirty, 90 % full; then there is still time. */
static void read_memory(const json_t *warnings, FiscalStatus *status)
{
	status->memory_full |= service_has_flag(warnings, "criticalError");
	status->memory_near_full |= service_has_flag(warnings, "memoryOverflow") ||
				    service_has_flag(warnings, "needReplacement") ||
				    service_has_flag(warnings, "resourceExhausted");
}

bool atol_read_fn_status(const json_t *result, FiscalStatus *status)
{
	const json_t *fn = json_object_get(result, "fnStatus");
	uint32_t document, receipt;

	if (!service_read_u32(fn, "fiscalDocumentNumber", &document))
		return false;
	status->last_document = document;
	status->receipt_number =
		service_read_u32(fn, "fiscalReceiptNumber", &receipt) ? receipt : 0;
	read_memory(json_object_get(fn, "warnings"), status);
	return true;
}

bool atol_read_fn_info(const json_t *result, FiscalStatus *status)
{
	const json_t *info = json_object_get(result, "fnInfo");
	const char *serial = service_get_text(info, "serial");

	if (serial == NULL)
		serial = service_get_text(info, "fnNumber");
	if (serial == NULL || serial[0] == '\0' || strlen(serial) >= sizeof status->serial)
		return false;
	g_strlcpy(status->serial, serial, sizeof status->serial);
	read_memory(json_object_get(info, "warnings"), status);
	return true;
}

bool atol_read_cash(const json_t *result, FiscalStatus *status)
{
	return service_read_amount(json_object_get(result, "counters"), "cashSum",
				   &status->cash.minor);
}

bool atol_read_ofd(const json_t *result, GTimeZone *zone, FiscalStatus *status)
{
	uint32_t unsent;

	if (!service_read_u32(json_object_get(result, "status"), "notSentCount", &unsent) ||
	    unsent > INT32_MAX)
		return false;
	status->unsent = (int)unsent;
	if (!service_read_time(json_object_get(result, "errors"), "lastSuccessConnectionDateTime",
			       zone, &status->sent_at))
		status->sent_at = 0;
	return true;
}

/* --- totals -------------------------------------------------------------------------------- */

typedef struct {
	int64_t n, sum, cash, card;
} Counter;

static bool read_counter(const json_t *receipts, const char *key, Counter *ret)
{
	const json_t *json = json_object_get(receipts, key);
	const json_t *payments = json_object_get(json, "payments");

	return json_amount_read(service_get_text(json, "count"), 0, &ret->n) && ret->n >= 0 &&
	       service_read_amount(json, "sum", &ret->sum) &&
	       service_read_amount(payments, "cash", &ret->cash) &&
	       service_read_amount(payments, "electronically", &ret->card);
}

/* Member names: [inf] from a typed client of this service. */
bool atol_read_totals(const json_t *result, uint16_t currency, FiscalTotals *ret)
{
	const json_t *totals = json_object_get(result, "shiftTotals");
	const json_t *receipts = json_object_get(totals, "receipts");
	Counter sell, back;
	int64_t cash, card;

	if (!read_counter(receipts, "sell", &sell) ||
	    !read_counter(receipts, "sellReturn", &back) ||
	    __builtin_sub_overflow(sell.cash, back.cash, &cash) ||
	    __builtin_sub_overflow(sell.card, back.card, &card))
		return false;
	*ret = (FiscalTotals){
		.known = true,
		.sales = { sell.sum, currency },
		.returns = { back.sum, currency },
		.kept = { [TENDER_CASH] = { cash, currency }, [TENDER_CARD] = { card, currency } },
		.n_sales = sell.n,
		.n_returns = back.n
	};
	return true;
}
