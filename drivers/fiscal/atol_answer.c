/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/fiscal/atol_answer.h"

#include "drivers/fiscal/atol_faults.h"
#include "drivers/fiscal/json_amount.h"
#include "drivers/fiscal/service.h"

#include <string.h>

static bool read_code(const json_t *json, const char *key, int *ret)
{
	int64_t code;

	if (!json_amount_read(service_get_text(json, key), 0, &code) || code < 0 || code > 65535)
		return false;
	*ret = (int)code;
	return true;
}

static void copy_text(char *ret, size_t size, const char *text)
{
	g_autofree char *clean = service_text_dup(text != NULL ? text : "", (size - 1) / 4);

	g_strlcpy(ret, clean, size);
}

/* Sources have it wrapped and flat: both are read. */
bool atol_read_error(const json_t *json, int *ret_code, char *ret_text, size_t size)
{
	const json_t *wrapped = json_object_get(json, "error");
	bool flat = !json_is_object(wrapped);

	if (!read_code(flat ? json : wrapped, flat ? "errorCode" : "code", ret_code))
		return false;
	copy_text(
		ret_text, size,
		service_get_text(flat ? json : wrapped, flat ? "errorDescription" : "description"));
	return true;
}

static AtolTaskState state_of(const char *status)
{
	static const struct {
		const char *status;
		AtolTaskState state;
	} states[] = {
		{ "ready", ATOL_TASK_READY },
		{ "error", ATOL_TASK_FAILED },
		{ "interrupted", ATOL_TASK_INTERRUPTED },
		{ "blocked", ATOL_TASK_BLOCKED },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(states); i++)
		if (strcmp(status, states[i].status) == 0)
			return states[i].state;
	return ATOL_TASK_WAITS;
}

bool atol_read_task(const json_t *answer, size_t n, AtolTask *ret)
{
	const json_t *json = json_array_get(json_object_get(answer, "results"), n);
	const char *status = service_get_text(json, "status");
	AtolTask task = { .result = json_object_get(json, "result") };

	if (status == NULL)
		return false;
	task.state = state_of(status);
	if (!atol_read_error(json, &task.code, task.text, sizeof task.text))
		task.code = 0;
	if ((task.state == ATOL_TASK_FAILED && task.code == ATOL_INTERRUPTED) ||
	    (task.state == ATOL_TASK_READY && task.code != 0))
		task.state = ATOL_TASK_INTERRUPTED;
	*ret = task;
	return true;
}

bool atol_read_made(const json_t *result, AtolMade *ret)
{
	const json_t *params = json_object_get(result, "fiscalParams");
	AtolMade made = { .total = -1 };
	FiscalProof *proof = &made.proof;

	if (!service_read_u32(params, "fiscalDocumentNumber", &proof->document_number) ||
	    proof->document_number == 0)
		return false;
	service_copy_word(proof->sign, sizeof proof->sign,
			  service_get_text(params, "fiscalDocumentSign"));
	service_copy_word(proof->serial, sizeof proof->serial,
			  service_get_text(params, "fnNumber"));
	service_copy_time(proof->at, sizeof proof->at,
			  service_get_text(params, "fiscalDocumentDateTime"));
	if (!service_read_u32(params, "shiftNumber", &proof->shift_number))
		proof->shift_number = 0;
	if (!service_read_u32(params, "fiscalReceiptNumber", &proof->receipt_number))
		proof->receipt_number = 0;
	if (!service_read_amount(params, "total", &made.total) || made.total < 0)
		made.total = -1;
	made.not_printed = service_has_flag(json_object_get(result, "warnings"), "notPrinted");
	*ret = made;
	return true;
}

/* --- a document of the memory -------------------------------------------------------------- */

static FiscalKind kind_of(const json_t *tlv)
{
	const char *type = service_get_text(tlv, "fiscalDocumentType");
	const char *sign = service_get_text(tlv, "1054");
	bool income = sign != NULL && strcmp(sign, "1") == 0;
	bool income_return = sign != NULL && strcmp(sign, "2") == 0;

	if (type == NULL) /* [inf] older services: what it has tells what it is */
		type = sign == NULL			      ? ""
		       : json_object_get(tlv, "1173") != NULL ? "receiptCorrection"
							      : "receipt";
	if (strcmp(type, "openShift") == 0)
		return FISCAL_SHIFT_OPEN;
	if (strcmp(type, "closeShift") == 0)
		return FISCAL_SHIFT_CLOSE;
	if (strcmp(type, "receipt") == 0)
		return income ? FISCAL_SALE : income_return ? FISCAL_SALE_RETURN : 0;
	if (strcmp(type, "receiptCorrection") == 0)
		return income ? FISCAL_CORRECTION : income_return ? FISCAL_CORRECTION_RETURN : 0;
	return 0;
}

/* t=20260603T1017&s=245.94&fn=…&i=58&fp=1906569744&n=1: in roubles and plain digits, whatever the
 * service makes of the tags. */
static void read_qr(const char *qr, FiscalRecord *record, int64_t *total)
{
	g_auto(GStrv) parts = g_strsplit(qr, "&", 16);

	for (int i = 0; parts[i] != NULL; i++) {
		const char *part = parts[i];

		if (g_str_has_prefix(part, "s="))
			(void)!json_amount_read(part + 2, 2, total);
		else if (g_str_has_prefix(part, "fp="))
			service_copy_word(record->sign, sizeof record->sign, part + 3);
		else if (g_str_has_prefix(part, "t=") && strlen(part) >= 15 && g_str_is_ascii(part))
			g_snprintf(record->at, sizeof record->at, "%.4s-%.2s-%.2sT%.2s:%.2s",
				   part + 2, part + 6, part + 8, part + 11, part + 13);
	}
}

static const char *find_qr(const json_t *result, const json_t *tlv)
{
	const char *qr = service_get_text(result, "qr");

	return qr != NULL ? qr : service_get_text(tlv, "qr");
}

static bool is_all_digits(const char *text)
{
	return text != NULL && text[0] != '\0' && strspn(text, "0123456789") == strlen(text);
}

/* Of tags a service may give the sign as bytes: those are no sign as people read it. */
static void read_tags(const json_t *tlv, FiscalRecord *record, int64_t *total)
{
	const char *sign = service_get_text(tlv, "1077");

	if (is_all_digits(sign))
		service_copy_word(record->sign, sizeof record->sign, sign);
	service_copy_time(record->at, sizeof record->at, service_get_text(tlv, "1012"));
	(void)!service_read_amount(tlv, "1020", total);
	if (!service_read_u32(tlv, "1038", &record->shift_number))
		record->shift_number = 0;
}

static bool is_receipt(FiscalKind kind)
{
	return kind != 0 && kind != FISCAL_SHIFT_OPEN && kind != FISCAL_SHIFT_CLOSE;
}

bool atol_read_document(const json_t *result, uint32_t number, uint16_t currency, FiscalRecord *ret)
{
	const json_t *tlv = json_object_get(result, "documentTLV");
	const char *qr = find_qr(result, tlv);
	FiscalRecord record = { .number = number, .kind = kind_of(tlv) };
	int64_t total = -1;
	uint32_t told;

	if (!json_is_object(tlv) || json_object_size(tlv) == 0 ||
	    (json_object_get(tlv, "1040") != NULL &&
	     (!service_read_u32(tlv, "1040", &told) || told != number)))
		return false;
	read_tags(tlv, &record, &total);
	if (qr != NULL)
		read_qr(qr, &record, &total);
	if (is_receipt(record.kind) && total < 0)
		return false;
	record.total = (Money){ .minor = MAX(total, 0), .currency = currency };
	*ret = record;
	return true;
}
