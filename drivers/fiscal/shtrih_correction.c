/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/fiscal/shtrih_maker.h"

#include <string.h>

/* A sale that was closed while the registrar was down, told afterwards: FF35, what it is about,
 * FF4A (fiscal-model.md §9). The page names 1 and 3 as its operations: 2, a return, is of FFD 1.1
 * and later [inf]. Lines are not sent: the page does not say how FF35 takes them [inf]. */

#define TAG_TYPE 1173
#define TAG_BASIS 1174
#define TAG_BASIS_TEXT 1177
#define TAG_BASIS_DATE 1178
#define TAG_BASIS_NUMBER 1179
#define TAG_WRONG_SIGN 1192
#define BASIS_TEXT_MAX 128
#define SIGN_MAX 16

enum { GENERAL, REDUCED, ZERO, NONE, N_SLOTS };

/* Turnover by kind of tax, which shtrih_each_line() fills. */
typedef struct {
	ShtrihMaker maker; /* the first: lines are shown to it */
	int64_t turnover[N_SLOTS];
	int32_t rate[N_SLOTS];
} Correction;

static bool find_slot(const FiscalLine *line, int *ret, GError **error)
{
	switch (line->tax) {
	case FISCAL_TAX_STANDARD:
		*ret = GENERAL;
		break;
	case FISCAL_TAX_REDUCED:
		*ret = REDUCED;
		break;
	case FISCAL_TAX_ZERO:
		*ret = ZERO;
		break;
	case FISCAL_TAX_NONE:
		*ret = NONE;
		break;
	default:
		return shtrih_refuse(error, "a correction has no place for a tax of %d",
				     line->tax_rate);
	}
	return true;
}

static bool take_line(ShtrihMaker *maker, const FiscalLine *line, GError **error)
{
	Correction *correction = (Correction *)maker;
	int slot = 0;

	if (!find_slot(line, &slot, error))
		return false;
	if (correction->turnover[slot] != 0 && correction->rate[slot] != line->tax_rate)
		return shtrih_refuse(error, "two rates of one kind of tax");
	correction->rate[slot] = line->tax_rate;
	return !__builtin_add_overflow(correction->turnover[slot], line->sum.minor,
				       &correction->turnover[slot]) ||
	       shtrih_refuse(error, "the lines do not fit");
}

/* --- what it is about ---------------------------------------------------------------------- */

static void put_tag(GByteArray *to, uint16_t tag, const void *value, size_t len)
{
	uint8_t head[4] = { (uint8_t)tag, (uint8_t)(tag >> 8), (uint8_t)len, (uint8_t)(len >> 8) };

	g_byte_array_append(to, head, sizeof head);
	g_byte_array_append(to, value, (guint)len);
}

/* The day of the sale, as seconds of the wall clock at its beginning. */
static bool find_day(const ShtrihMaker *maker, uint8_t ret[static 4], char **ret_text)
{
	g_autoptr(GDateTime) utc =
		g_date_time_new_from_unix_utc(maker->document->origin->at / G_TIME_SPAN_SECOND);
	g_autoptr(GDateTime) local =
		utc != NULL ? g_date_time_to_timezone(utc, maker->options->timezone) : NULL;
	g_autoptr(GDateTime) day = NULL;
	int64_t seconds;

	if (local == NULL)
		return false;
	day = g_date_time_new_utc(g_date_time_get_year(local), g_date_time_get_month(local),
				  g_date_time_get_day_of_month(local), 0, 0, 0);
	seconds = g_date_time_to_unix(day);
	if (seconds < 0 || seconds > G_MAXUINT32)
		return false;
	for (int i = 0; i < 4; i++)
		ret[i] = (uint8_t)(seconds >> (8 * i));
	*ret_text = g_date_time_format(day, "%Y-%m-%d");
	return true;
}

static bool add_basis(ShtrihMaker *maker, GError **error)
{
	const FiscalDocument *document = maker->document;
	uint8_t text[BASIS_TEXT_MAX], day[4];
	size_t len = codepage_encode(CODEPAGE_CP866, &maker->options->letters, document->reason,
				     text, sizeof text);
	g_autofree char *day_text = NULL, *sent = NULL;
	g_autoptr(GByteArray) basis = g_byte_array_new();
	ShtrihBody body;

	if (len == 0 || !find_day(maker, day, &day_text))
		return shtrih_refuse(error, "a correction without a reason or a day");
	put_tag(basis, TAG_BASIS_TEXT, text, len);
	put_tag(basis, TAG_BASIS_DATE, day, sizeof day);
	put_tag(basis, TAG_BASIS_NUMBER, " ", 1); /* there is no act */
	sent = codepage_decode(CODEPAGE_CP866, text, len);
	shtrih_command_tlv(&body, SHTRIH_TLV, maker->options->password, TAG_BASIS, basis->data,
			   basis->len);
	shtrih_add_step(maker, &body,
			g_strdup_printf("tag %d of %s \"%s\"", TAG_BASIS, day_text, sent));
	return true;
}

static void add_type(ShtrihMaker *maker)
{
	ShtrihBody body;
	uint8_t own = 0;

	shtrih_command_tlv(&body, SHTRIH_TLV, maker->options->password, TAG_TYPE, &own, 1);
	shtrih_add_step(maker, &body, g_strdup_printf("tag %d 0", TAG_TYPE));
}

/* Where a wrong document is set right; a sale that was never made has no sign. */
static bool add_sign(ShtrihMaker *maker, GError **error)
{
	const char *sign = maker->document->origin->sign;

	if (sign == NULL || sign[0] == '\0')
		return true;
	if (strlen(sign) > SIGN_MAX || !shtrih_add_text_tag(maker, TAG_WRONG_SIGN, sign))
		return shtrih_refuse(error, "'%s' is no fiscal sign", sign);
	return true;
}

/* --- what it says -------------------------------------------------------------------------- */

static bool compute_taxes(const Correction *correction, int64_t taxes[static N_SLOTS])
{
	for (int i = 0; i < N_SLOTS; i++) {
		taxes[i] = correction->turnover[i];
		if (i <= REDUCED && !scale_int64(correction->turnover[i], correction->rate[i],
						 (int64_t)TAX_ONE + correction->rate[i],
						 ROUND_HALF_AWAY, &taxes[i]))
			return false;
	}
	return true;
}

static bool add_sums(Correction *correction, GError **error)
{
	ShtrihMaker *maker = &correction->maker;
	const FiscalDocument *document = maker->document;
	int64_t card = document->paid[TENDER_CARD].minor;
	ShtrihCorrection sums = {
		.operation = SHTRIH_OPERATION_SALE,
		.total = document->total.minor,
		.cash = document->total.minor - card, /* without change (tag 1031) */
		.electronic = card,
		.tax_system = maker->options->tax_system,
	};
	g_autofree char *total = shtrih_dup_amount(maker, sums.total);
	g_autofree char *cash = shtrih_dup_amount(maker, sums.cash);
	g_autofree char *electronic = shtrih_dup_amount(maker, card);
	ShtrihBody body;

	if (!compute_taxes(correction, sums.taxes))
		return shtrih_refuse(error, "the taxes do not fit");
	shtrih_command_correction(&body, maker->options->password, &sums);
	shtrih_add_step(maker, &body,
			g_strdup_printf("correction %d: %s, cash %s, card %s", sums.operation,
					total, cash, electronic));
	shtrih_commit_here(maker);
	return true;
}

bool shtrih_plan_correction(ShtrihMaker *maker, GError **error)
{
	const FiscalDocument *document = maker->document;
	Correction correction = { .maker = *maker };

	if (document->origin == NULL || document->origin->at <= 0 || document->reason == NULL)
		return shtrih_refuse(error, "a correction of nothing, or without a reason");
	if (!shtrih_check_total(maker, error) || !shtrih_check_payment(maker, error) ||
	    !shtrih_each_line(&correction.maker, take_line, error))
		return false;
	shtrih_add_simple(maker, SHTRIH_CORRECTION_BEGIN, "begin a correction");
	shtrih_add_cashier(maker);
	add_type(maker);
	return add_basis(maker, error) && add_sign(maker, error) && add_sums(&correction, error);
}
