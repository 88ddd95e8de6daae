/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/fiscal/atol_receipt.h"

#include "core/json_text.h"
#include "drivers/fiscal/json_amount.h"
#include "drivers/fiscal/service.h"

#include <string.h>

#define BASE_NUMBER_MAX_LETTERS 32 /* tag 1179 */
#define REASON_MAX_LETTERS 128

/* A correction's reason has no tag in FFD 1.2: it stands on the paper. */
void atol_write_reason(const AtolMaker *maker)
{
	const char *reason = maker->document->reason;
	g_autofree char *text = service_text_dup(reason != NULL ? reason : "", REASON_MAX_LETTERS);

	if (!atol_is_correction(maker) || text[0] == '\0')
		return;
	json_text_open(maker->to, NULL, '{');
	json_text_string(maker->to, "type", "text");
	json_text_string(maker->to, "text", text);
	json_text_close(maker->to, '}');
}

/* Tags 1173, 1178, 1179. The till tells its own sales; what the tax office orders is done by hand
 * of a person at the registrar. */
bool atol_write_correction(const AtolMaker *maker, GError **error)
{
	const FiscalOrigin *origin = maker->document->origin;
	g_autofree char *date = NULL, *number = NULL;

	if (!maker->options->ffd_1_2 && maker->document->kind == FISCAL_CORRECTION_RETURN)
		return atol_refuse(error, "FFD 1.05 has no correction of a return");
	if (origin == NULL || origin->at <= 0)
		return atol_refuse(error, "a correction without the date of its sale");
	date = service_time_dup(origin->at, maker->options->zone, "%Y.%m.%d");
	if (date == NULL)
		return atol_refuse(error, "a correction of a sale at no time");
	number = service_text_dup(origin->number != NULL ? origin->number : "",
				  BASE_NUMBER_MAX_LETTERS);
	json_text_string(maker->to, "correctionType", "self");
	json_text_string(maker->to, "correctionBaseDate", date);
	/* A blank where there is none (fiscal-model.md §9). */
	json_text_string(maker->to, "correctionBaseNumber", number[0] != '\0' ? number : " ");
	return true;
}

/* The VAT in @sum, or all of it where there is none in it (tags 1102 to 1105). */
static bool tax_of(const FiscalLine *line, int64_t sum, int64_t *ret)
{
	bool taxed = line->tax != FISCAL_TAX_NONE && line->tax != FISCAL_TAX_ZERO;

	*ret = sum;
	return !taxed ||
	       scale_int64(sum, line->tax_rate, TAX_ONE + line->tax_rate, ROUND_HALF_AWAY, ret);
}

/* Of all lines under @line's tax, if it is the first of them; false where it is not. */
static bool add_up(const FiscalDocument *document, int first, int64_t *ret)
{
	const char *type = atol_find_tax(&document->lines[first]);
	int64_t sum = 0;

	for (int i = 0; i < document->n_lines; i++) {
		if (strcmp(atol_find_tax(&document->lines[i]), type) != 0)
			continue;
		if (i < first)
			return false;
		sum += document->lines[i]
			       .sum.minor; /* each was checked against the largest total */
	}
	*ret = sum;
	return true;
}

bool atol_write_taxes(const AtolMaker *maker, GError **error)
{
	const FiscalDocument *document = maker->document;
	int64_t sum, tax;

	json_text_open(maker->to, "taxes", '[');
	for (int i = 0; i < document->n_lines; i++) {
		if (!add_up(document, i, &sum))
			continue;
		if (!tax_of(&document->lines[i], sum, &tax))
			return atol_refuse(error, "a tax does not fit");
		json_text_open(maker->to, NULL, '{');
		json_text_string(maker->to, "type", atol_find_tax(&document->lines[i]));
		json_amount_write(maker->to, "sum", tax, 2);
		json_text_close(maker->to, '}');
	}
	json_text_close(maker->to, ']');
	return true;
}
