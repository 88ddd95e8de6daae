/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/till/fiscal_proof.h"

#include "core/json_values.h"

static const JsonMoney amounts[] = {
	{ "sales", offsetof(FiscalTotals, sales) },
	{ "returns", offsetof(FiscalTotals, returns) },
	{ "cash", offsetof(FiscalTotals, kept[TENDER_CASH]) },
	{ "card", offsetof(FiscalTotals, kept[TENDER_CARD]) },
};

json_t *fiscal_totals_to_json(const FiscalTotals *totals)
{
	json_t *json = json_object();

	for (size_t i = 0; i < G_N_ELEMENTS(amounts); i++) {
		const Money *amount = (const Money *)((const char *)totals + amounts[i].offset);

		json_write_int(json, amounts[i].name, amount->minor);
	}
	json_write_int(json, "n_sales", totals->n_sales);
	json_write_int(json, "n_returns", totals->n_returns);
	return json;
}

bool fiscal_totals_from_json(const json_t *json, uint16_t currency, FiscalTotals *ret)
{
	*ret = (FiscalTotals){ .known = true };
	return json_read_amounts(json, amounts, G_N_ELEMENTS(amounts), currency, ret) &&
	       json_read_int(json, "n_sales", -1, INT64_MAX, &ret->n_sales) &&
	       json_read_int(json, "n_returns", -1, INT64_MAX, &ret->n_returns);
}

static void write_if_any(json_t *json, const char *key, const char *text)
{
	if (*text != '\0')
		json_write_text(json, key, text);
}

json_t *fiscal_proof_to_json(const FiscalProof *proof)
{
	json_t *json;

	if (proof == NULL)
		return json_null();
	json = json_object();
	json_write_int(json, "document", proof->document_number);
	json_write_int(json, "shift", proof->shift_number);
	json_write_int(json, "receipt", proof->receipt_number);
	json_write_text(json, "sign", proof->sign);
	json_write_text(json, "serial", proof->serial);
	json_write_text(json, "at", proof->at);
	json_write_int(json, "change", proof->change.minor);
	write_if_any(json, "id", proof->id);
	write_if_any(json, "doubt", proof->doubt);
	write_if_any(json, "how", proof->how);
	if (proof->totals.known)
		json_object_set_new(json, "totals", fiscal_totals_to_json(&proof->totals));
	return json;
}

static bool read_uint(const json_t *json, const char *key, uint32_t *ret)
{
	int64_t value;

	if (!json_read_int(json, key, 0, UINT32_MAX, &value))
		return false;
	*ret = (uint32_t)value;
	return true;
}

static bool read_text(const json_t *json, const char *key, char *ret, size_t size)
{
	const char *text = json_read_text(json, key);

	return text != NULL && g_strlcpy(ret, text, size) < size;
}

static bool read_if_any(const json_t *json, const char *key, char *ret, size_t size)
{
	return json_object_get(json, key) == NULL || read_text(json, key, ret, size);
}

bool fiscal_proof_from_json(const json_t *json, uint16_t currency, FiscalProof *ret)
{
	const json_t *totals = json_object_get(json, "totals");

	*ret = (FiscalProof){ .change.currency = currency };
	/* Entries of before 2026-12 have no change. */
	if (json_object_get(json, "change") != NULL &&
	    !json_read_int(json, "change", INT64_MIN, INT64_MAX, &ret->change.minor))
		return false;
	return read_uint(json, "document", &ret->document_number) &&
	       read_uint(json, "shift", &ret->shift_number) &&
	       read_uint(json, "receipt", &ret->receipt_number) &&
	       read_text(json, "sign", ret->sign, sizeof ret->sign) &&
	       read_text(json, "serial", ret->serial, sizeof ret->serial) &&
	       read_text(json, "at", ret->at, sizeof ret->at) &&
	       read_if_any(json, "id", ret->id, sizeof ret->id) &&
	       read_if_any(json, "doubt", ret->doubt, sizeof ret->doubt) &&
	       read_if_any(json, "how", ret->how, sizeof ret->how) &&
	       (totals == NULL || fiscal_totals_from_json(totals, currency, &ret->totals));
}
