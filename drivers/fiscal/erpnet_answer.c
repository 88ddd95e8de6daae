/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/fiscal/erpnet_answer.h"

#include "drivers/fiscal/json_amount.h"
#include "drivers/fiscal/service.h"

#include <string.h>

#define TEXT_MAX_DEFAULT 22 /* letters that the smallest known printer takes */

bool erpnet_read_info(const json_t *json, ErpnetInfo *ret)
{
	ErpnetInfo info = { 0 };

	if (!service_copy_word(info.serial, sizeof info.serial,
			       service_get_text(json, "serialNumber")) ||
	    !service_copy_word(info.memory, sizeof info.memory,
			       service_get_text(json, "fiscalMemorySerialNumber")))
		return false;
	service_copy_word(info.uri, sizeof info.uri, service_get_text(json, "uri"));
	if (!service_read_u32(json, "itemTextMaxLength", &info.text_max) || info.text_max == 0)
		info.text_max = TEXT_MAX_DEFAULT;
	*ret = info;
	return true;
}

const char *erpnet_find_only_printer(const json_t *json)
{
	return json_object_size(json) == 1 ? json_object_iter_key(json_object_iter((json_t *)json))
					   : NULL;
}

/* "0000085". */
static bool read_number(const char *text, uint32_t *ret)
{
	guint64 number;

	if (text == NULL || !g_ascii_string_to_unsigned(text, 10, 0, UINT32_MAX, &number, NULL))
		return false;
	*ret = (uint32_t)number;
	return true;
}

/* --- messages ------------------------------------------------------------------------------ */

/* A receipt is a transaction: what the device finds wrong with it ends it. But where it stopped
 * answering, or its memory or paper failed, it may have been closed before. */
static const struct {
	const char *prefix; /* of the code; the first that fits */
	DeviceFault fault;
	bool unsure;
} faults[] = {
	{ "E101", DEVICE_FAULT_OFFLINE, true },
	{ "E102", DEVICE_FAULT_NEEDS_SERVICE, true },
	{ "E103", DEVICE_FAULT_CLOCK, false },
	{ "E104", DEVICE_FAULT_NEEDS_SERVICE, true },
	{ "E107", DEVICE_FAULT_PROTOCOL, true },
	{ "E108", DEVICE_FAULT_BUSY, true },
	{ "E109", DEVICE_FAULT_BUSY, true },
	{ "E110", DEVICE_FAULT_REFUSED, false },
	{ "E2", DEVICE_FAULT_MEMORY_FULL, true }, /* full, or beyond use: neither goes by itself */
	{ "E301", DEVICE_FAULT_PAPER_OUT, true },
	{ "E302", DEVICE_FAULT_COVER_OPEN, true },
	{ "E3", DEVICE_FAULT_MECHANISM, true },
	{ "E404", DEVICE_FAULT_DOCUMENT_OPEN, true }, /* not allowed now */
	{ "E408", DEVICE_FAULT_WRONG_PASSWORD, false },
	{ "E4", DEVICE_FAULT_REFUSED, false },
	{ "E502", DEVICE_FAULT_SHIFT_TOO_LONG, false },
};

static void judge(const char *code, ErpnetResult *result)
{
	result->fault = DEVICE_FAULT_NEEDS_SERVICE;
	result->unsure = true;
	for (size_t i = 0; code != NULL && i < G_N_ELEMENTS(faults); i++) {
		if (!g_str_has_prefix(code, faults[i].prefix))
			continue;
		result->fault = faults[i].fault;
		result->unsure = faults[i].unsure;
		break;
	}
	result->known = code != NULL && strcmp(code, "E109") == 0;
}

/* The first that is an error. */
static const json_t *find_error(const json_t *messages)
{
	const json_t *message;
	size_t i;

	json_array_foreach(messages, i, message)
	{
		const char *code = service_get_text(message, "code");

		if (code != NULL && code[0] == 'E')
			return message;
	}
	return NULL;
}

static void copy_text(char *ret, size_t size, const char *code, const char *text)
{
	g_autofree char *all =
		g_strdup_printf("%s %s", code != NULL ? code : "no code", text != NULL ? text : "");
	g_autofree char *clean = service_text_dup(all, (size - 1) / 4);

	g_strlcpy(ret, clean, size);
}

bool erpnet_read_result(const json_t *json, ErpnetResult *ret)
{
	ErpnetResult result = { 0 };
	const json_t *error = find_error(json_object_get(json, "messages"));
	const char *code = service_get_text(error, "code");

	if (!service_read_flag(json, "ok", &result.ok))
		return false;
	if (!result.ok) {
		judge(code, &result);
		copy_text(result.text, sizeof result.text, code, service_get_text(error, "text"));
	}
	*ret = result;
	return true;
}

/* --- tasks --------------------------------------------------------------------------------- */

bool erpnet_read_task(const json_t *json, ErpnetTaskState *ret, const json_t **ret_result)
{
	const char *status = service_get_text(json, "taskStatus");
	const json_t *result = json_object_get(json, "result");

	if (status == NULL)
		return false;
	if (strcmp(status, "unknown") == 0) {
		*ret = ERPNET_TASK_UNKNOWN;
	} else if (strcmp(status, "enqueued") == 0 || strcmp(status, "running") == 0) {
		*ret = ERPNET_TASK_WAITS;
	} else if (strcmp(status, "finished") == 0 && json_is_object(result)) {
		*ret = ERPNET_TASK_FINISHED;
		*ret_result = result;
	} else {
		return false;
	}
	return true;
}

void erpnet_read_made(const json_t *result, FiscalProof *ret, int64_t *ret_amount)
{
	FiscalProof proof = { 0 };
	int64_t amount = -1;

	if (!service_read_amount(result, "receiptAmount", &amount))
		amount = -1;
	else if (amount < 0) /* of a reversal, by some printers */
		amount = amount == INT64_MIN ? -1 : -amount;
	service_copy_time(proof.at, sizeof proof.at, service_get_text(result, "receiptDateTime"));
	service_copy_word(proof.serial, sizeof proof.serial,
			  service_get_text(result, "fiscalMemorySerialNumber"));
	if (!read_number(service_get_text(result, "receiptNumber"), &proof.document_number))
		g_strlcpy(proof.doubt, "number-unknown", sizeof proof.doubt);
	*ret = proof;
	*ret_amount = amount;
}

/* --- state --------------------------------------------------------------------------------- */

static void read_warnings(const json_t *messages, FiscalStatus *status)
{
	const json_t *message;
	size_t i;

	json_array_foreach(messages, i, message)
	{
		const char *code = service_get_text(message, "code");
		ErpnetResult result;

		if (code == NULL)
			continue;
		status->paper_near_end |= strcmp(code, "W301") == 0;
		status->memory_near_full |= g_str_has_prefix(code, "W2");
		if (code[0] != 'E')
			continue;
		judge(code, &result);
		status->paper_out |= result.fault == DEVICE_FAULT_PAPER_OUT;
		status->cover_open |= result.fault == DEVICE_FAULT_COVER_OPEN;
		status->memory_full |= result.fault == DEVICE_FAULT_MEMORY_FULL;
		status->shift_too_long |= result.fault == DEVICE_FAULT_SHIFT_TOO_LONG;
	}
}

/* What has a flag of its own is no reason not to answer. */
static bool is_flagged(DeviceFault fault)
{
	return fault == DEVICE_FAULT_PAPER_OUT || fault == DEVICE_FAULT_COVER_OPEN ||
	       fault == DEVICE_FAULT_MEMORY_FULL || fault == DEVICE_FAULT_SHIFT_TOO_LONG ||
	       fault == DEVICE_FAULT_MECHANISM || fault == DEVICE_FAULT_CLOCK;
}

bool erpnet_read_status(const json_t *json, GTimeZone *zone, FiscalStatus *status,
			ErpnetResult *ret_result)
{
	ErpnetResult result = { .fault = DEVICE_FAULT_PROTOCOL, .text = "no status" };

	if (!erpnet_read_result(json, &result) || (!result.ok && !is_flagged(result.fault))) {
		*ret_result = result;
		return false;
	}
	read_warnings(json_object_get(json, "messages"), status);
	if (!service_read_time(json, "deviceDateTime", zone, &status->clock))
		status->clock = 0;
	return true;
}

/* --- Datecs P ------------------------------------------------------------------------------ */

static bool fits_pattern(const char *text, const char *pattern)
{
	for (; *pattern != '\0'; text++, pattern++) {
		bool fits = *pattern == '0'   ? g_ascii_isdigit(*text)
			    : *pattern == 'A' ? g_ascii_isalnum(*text)
					      : *text == *pattern;

		if (!fits)
			return false;
	}
	return *text == '\0';
}

bool erpnet_is_sale_number(const char *text)
{
	return fits_pattern(text, "AA000000-AAAA-0000000");
}

bool erpnet_read_last(const char *raw, ErpnetLast *ret)
{
	g_auto(GStrv) parts = g_strsplit(raw, ",", 4);
	guint n = g_strv_length(parts);
	ErpnetLast last = { 0 };

	if (n < 2 || n > 3 || !read_number(parts[0], &last.number))
		return false;
	for (guint i = 1; i < n; i++)
		if (parts[i][0] != '\0' && !erpnet_is_sale_number(parts[i]))
			return false;
	g_strlcpy(last.sale, parts[1], sizeof last.sale);
	if (n == 3)
		g_strlcpy(last.storno, parts[2], sizeof last.storno);
	*ret = last;
	return true;
}

bool erpnet_read_closures(const char *raw, uint32_t *ret)
{
	g_auto(GStrv) parts = g_strsplit(raw, ",", 3);

	return g_strv_length(parts) >= 2 && strcmp(parts[0], "P") == 0 &&
	       read_number(parts[1], ret);
}
