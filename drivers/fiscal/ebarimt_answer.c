/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/fiscal/ebarimt_answer.h"

#include "drivers/fiscal/ebarimt_json.h"
#include "drivers/fiscal/ebarimt_plan.h"
#include "drivers/fiscal/json_amount.h"

#include <sodium.h>
#include <string.h>

#define ID_LEN 33
#define PAPER_TEXT_MAX 1024 /* as paper_only_new() */

/* --- common -------------------------------------------------------------------------------- */

static bool is_success(guint status)
{
	return status >= 200 && status < 300;
}

/* The beginning of a long message, up to a whole letter. */
static void take_message(EbarimtValue value, EbarimtAnswer *ret)
{
	g_autofree char *text = g_malloc(value.len + 1);
	size_t n = 0;

	if (!ebarimt_json_text(value, text, value.len + 1))
		return;
	while (text[n] != '\0') {
		size_t next = n + (size_t)(g_utf8_next_char(text + n) - (text + n));

		if (next >= sizeof ret->message)
			break;
		n = next;
	}
	memcpy(ret->message, text, n);
	ret->message[n] = '\0';
}

/* status ERROR under any HTTP status, or an HTTP error that has a message. */
static bool is_refusal(guint status, const char *word, EbarimtValue message)
{
	return strcmp(word, "ERROR") == 0 ||
	       (status >= 400 && ebarimt_json_is_string(message) && strcmp(word, "SUCCESS") != 0);
}

static void refuse_with(EbarimtValue message, EbarimtAnswer *ret)
{
	ret->result = EBARIMT_REFUSED;
	if (ebarimt_json_is_string(message))
		take_message(message, ret);
}

/* --- a receipt ----------------------------------------------------------------------------- */

enum { ID, STATUS, MESSAGE, DATE, TOTAL, EASY, LOTTERY, QR, N_RECEIPT };

static bool take_id(EbarimtValue value, EbarimtAnswer *ret)
{
	return ebarimt_json_text(value, ret->id, sizeof ret->id) &&
	       ebarimt_is_digits(ret->id, ID_LEN, ID_LEN);
}

/* "yyyy-MM-dd HH:mm:ss": the places of the digits alone. */
static bool is_date(const char *text)
{
	static const char form[] = "0000-00-00 00:00:00";

	for (size_t i = 0; i < sizeof form; i++)
		if (form[i] == '0' ? !g_ascii_isdigit(text[i]) : text[i] != form[i])
			return false;
	return true;
}

static void take_date(EbarimtValue value, char ret[24])
{
	if (!ebarimt_json_text(value, ret, 24) || !is_date(ret))
		ret[0] = '\0';
}

/* True where it does not say: the answer repeats what was sent, but need not. */
static bool is_total(EbarimtValue value, int64_t total)
{
	char text[32];
	int64_t said;

	return value.at == NULL || (ebarimt_json_scalar(value, text, sizeof text) &&
				    json_amount_read(text, 2, &said) && said == total);
}

static bool is_true(EbarimtValue value)
{
	return value.len == 4 && memcmp(value.at, "true", 4) == 0;
}

/* Straight from the answer into locked memory; the steps between are wiped. */
static PaperOnly *paper_of(const EbarimtValue *values)
{
	char lottery[PAPER_TEXT_MAX + 1] = "", qr[PAPER_TEXT_MAX + 1] = "";
	PaperOnly *paper = NULL;

	/* Booked to the citizen by their number already: the paper needs no lottery (§4). */
	if (!is_true(values[EASY]))
		(void)ebarimt_json_text(values[LOTTERY], lottery, sizeof lottery);
	(void)ebarimt_json_text(values[QR], qr, sizeof qr);
	if (lottery[0] != '\0' || qr[0] != '\0')
		paper = paper_only_new(lottery, qr);
	sodium_memzero(lottery, sizeof lottery);
	sodium_memzero(qr, sizeof qr);
	return paper;
}

void ebarimt_decode_receipt(guint status, const char *text, size_t len, int64_t total,
			    EbarimtAnswer *ret, PaperOnly **ret_paper)
{
	static const char *const names[N_RECEIPT] = {
		"id", "status", "message", "date", "totalAmount", "easy", "lottery", "qrData"
	};
	EbarimtValue values[N_RECEIPT];
	char word[16] = "";

	*ret = (EbarimtAnswer){ 0 };
	*ret_paper = NULL;
	if (!ebarimt_json_find(text, len, names, N_RECEIPT, values))
		return;
	(void)ebarimt_json_text(values[STATUS], word, sizeof word);
	if (is_refusal(status, word, values[MESSAGE])) {
		refuse_with(values[MESSAGE], ret);
		return;
	}
	if (!is_success(status) || !take_id(values[ID], ret)) {
		ret->id[0] = '\0';
		return;
	}
	if (strcmp(word, "PAYMENT") == 0)
		ret->result = EBARIMT_STRANGE;
	if (strcmp(word, "SUCCESS") != 0)
		return;
	ret->result = is_total(values[TOTAL], total) ? EBARIMT_BOOKED : EBARIMT_STRANGE;
	take_date(values[DATE], ret->date);
	if (ret->result == EBARIMT_BOOKED)
		*ret_paper = paper_of(values);
}

/* --- a void -------------------------------------------------------------------------------- */

static bool is_blank(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (!g_ascii_isspace(text[i]))
			return false;
	return true;
}

void ebarimt_decode_void(guint status, const char *text, size_t len, EbarimtAnswer *ret)
{
	static const char *const names[] = { "status", "message" };
	EbarimtValue values[G_N_ELEMENTS(names)];
	char word[16] = "";

	*ret = (EbarimtAnswer){ 0 };
	if (is_blank(text, len)) {
		ret->result = is_success(status) ? EBARIMT_BOOKED : EBARIMT_UNCLEAR;
		return;
	}
	if (!ebarimt_json_find(text, len, names, G_N_ELEMENTS(names), values))
		return;
	(void)ebarimt_json_text(values[0], word, sizeof word);
	if (is_refusal(status, word, values[1]))
		refuse_with(values[1], ret);
	else if (is_success(status) && strcmp(word, "SUCCESS") == 0)
		ret->result = EBARIMT_BOOKED;
}

/* --- state --------------------------------------------------------------------------------- */

enum { POS_ID, LOTTERIES, SENT, INFO_MESSAGE, N_INFO };

static bool bad_info(const char *what, GError **error)
{
	g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_PROTOCOL,
		    "no receipt service answers here: %s", what);
	return false;
}

static int64_t time_of(const char *date, GTimeZone *zone)
{
	int part[6];
	g_autoptr(GDateTime) at = NULL;

	for (int i = 0; i < 6; i++)
		part[i] = atoi(date + (i == 0 ? 0 : 2 + 3 * i)); /* two digits and a sign each */
	at = g_date_time_new(zone, part[0], part[1], part[2], part[3], part[4], part[5]);
	return at != NULL ? g_date_time_to_unix(at) * G_TIME_SPAN_SECOND : 0;
}

/* A count, also as "4211.0". */
static bool take_count(EbarimtValue value, int64_t *ret)
{
	char text[32];

	return ebarimt_json_scalar(value, text, sizeof text) && json_amount_read(text, 0, ret) &&
	       *ret >= 0;
}

static bool take_lotteries(EbarimtValue value, int *ret)
{
	int64_t count = -1;

	if (value.at != NULL && (!take_count(value, &count) || count > G_MAXINT))
		return false;
	*ret = (int)count;
	return true;
}

/* One text for one number, or the service would seem to be another one tomorrow. */
static bool take_serial(EbarimtValue value, char ret[static 24])
{
	int64_t number;

	if (!ebarimt_json_is_string(value) && take_count(value, &number)) {
		g_snprintf(ret, 24, "%" G_GINT64_FORMAT, number);
		return true;
	}
	return ebarimt_json_text(value, ret, 24) && ret[0] != '\0';
}

static void take_thresholds(FiscalStatus *status, int64_t now)
{
	int64_t late = status->sent_at != 0 ? now - status->sent_at : 0;

	status->memory_near_full =
		(status->lotteries >= 0 && status->lotteries < EBARIMT_FEW_LOTTERIES) ||
		late > EBARIMT_SENT_LATE;
	status->memory_full = status->lotteries == 0;
}

bool ebarimt_decode_info(guint status, const char *text, size_t len, GTimeZone *zone, int64_t now,
			 FiscalStatus *ret, GError **error)
{
	static const char *const names[N_INFO] = { "posId", "leftLotteries", "lastSentDate",
						   "message" };
	FiscalStatus info = { .shift_open = true, .unsent = -1, .lotteries = -1 };
	EbarimtValue values[N_INFO];
	EbarimtAnswer said = { 0 };
	char date[24];

	if (!ebarimt_json_find(text, len, names, N_INFO, values))
		return bad_info("not JSON", error);
	if (!is_success(status) && ebarimt_json_is_string(values[INFO_MESSAGE])) {
		take_message(values[INFO_MESSAGE], &said);
		g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_NEEDS_SERVICE,
			    "the receipt service: %s", said.message);
		return false;
	}
	if (!is_success(status) || !take_serial(values[POS_ID], info.serial))
		return bad_info("no posId", error);
	if (!take_lotteries(values[LOTTERIES], &info.lotteries))
		return bad_info("leftLotteries is no count", error);
	take_date(values[SENT], date);
	info.sent_at = date[0] != '\0' ? time_of(date, zone) : 0;
	take_thresholds(&info, now);
	*ret = info;
	return true;
}

bool ebarimt_decode_total(const char *body, int64_t *ret)
{
	static const char *const names[] = { "totalAmount" };
	EbarimtValue value;
	char text[32];

	return ebarimt_json_find(body, strlen(body), names, 1, &value) &&
	       ebarimt_json_scalar(value, text, sizeof text) && json_amount_read(text, 2, ret);
}
