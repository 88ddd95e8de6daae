/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/fiscal/ebarimt_sim.h"

#include <stdlib.h>
#include <string.h>

/* What hangs together in a request whose fields are good: sums, taxes (§3), parties, payments. */

enum { VAT_RATE = 10, CITY_RATE = 2, TOLERANCE = 1 /* mungu: rounding is not specified */ };

static const char *const sums[] = { "totalAmount", "totalVAT", "totalCityTax" };

bool posapi_is_b2b(const json_t *request)
{
	return g_str_has_prefix(posapi_text(request, "type"), "B2B_");
}

bool posapi_is_receipt(const json_t *request)
{
	return g_str_has_suffix(posapi_text(request, "type"), "_RECEIPT");
}

int64_t posapi_paid(const json_t *request, bool cash)
{
	const json_t *payments = json_object_get(request, "payments");
	int64_t sum = 0;

	for (size_t i = 0; i < json_array_size(payments); i++) {
		const json_t *payment = json_array_get(payments, i);

		if (g_str_equal(posapi_text(payment, "status"), "PAID") &&
		    g_str_equal(posapi_text(payment, "code"), "CASH") == cash)
			sum += posapi_amount(payment, "paidAmount");
	}
	return sum;
}

/* Half up, as §3 writes it. */
static int64_t tax_of(int64_t gross, int rate, int divisor)
{
	__int128 twice = (__int128)2 * rate * gross + divisor;

	return (int64_t)(twice / (2 * divisor));
}

static bool is_near(int64_t a, int64_t b)
{
	return llabs(a - b) <= TOLERANCE;
}

/* Whether the taxes of @item are those of its gross; @vat: the line has it. City tax is there where
 * it is told, and may be rounded to nothing. */
static bool has_taxes(const json_t *item, bool vat)
{
	int64_t gross = posapi_amount(item, "totalAmount");
	int64_t told = posapi_amount(item, "totalVAT");
	int64_t city = posapi_amount(item, "totalCityTax");
	int rate = vat ? VAT_RATE : 0;

	/* A tax that is not there is not rounded either. */
	if (!vat && told != 0)
		return false;
	if (city == 0 && is_near(told, tax_of(gross, rate, 100 + rate)))
		return true;
	return is_near(told, tax_of(gross, rate, 100 + rate + CITY_RATE)) &&
	       is_near(city, tax_of(gross, CITY_RATE, 100 + rate + CITY_RATE));
}

static bool check_item(PosApiCheck *self, const char *where, const json_t *item,
		       const char *tax_type, bool payer)
{
	bool exempt = g_str_equal(tax_type, "VAT_FREE") || g_str_equal(tax_type, "VAT_ZERO");
	bool has_code = json_is_string(json_object_get(item, "taxProductCode"));

	if (exempt != has_code)
		return posapi_wrong(self, where,
				    exempt ? "%s needs a taxProductCode"
					   : "%s takes no taxProductCode",
				    tax_type);
	if (!has_taxes(item, payer && g_str_equal(tax_type, "VAT_ABLE")))
		return posapi_wrong(self, where, "totalVAT or totalCityTax is not that of %s",
				    tax_type);
	return true;
}

/* The sums of the objects of @parts are those of @whole. */
static bool check_sums(PosApiCheck *self, const char *where, const json_t *whole,
		       const json_t *parts)
{
	for (size_t k = 0; k < G_N_ELEMENTS(sums); k++) {
		int64_t sum = 0;

		for (size_t i = 0; i < json_array_size(parts); i++)
			sum += posapi_amount(json_array_get(parts, i), sums[k]);
		if (sum != posapi_amount(whole, sums[k])) {
			g_autofree char *is = posapi_amount_text(sum);

			return posapi_wrong(self, where, "%s is not the sum of its parts, %s",
					    sums[k], is);
		}
	}
	return true;
}

static bool check_merchant(PosApiCheck *self, const char *where, const json_t *object,
			   bool *ret_payer)
{
	const char *tin = posapi_text(object, "merchantTin");
	const json_t *merchant = posapi_memory_merchant(self->sim, tin);

	if (merchant == NULL)
		return posapi_wrong(self, where, "merchant %s is not known", tin);
	*ret_payer = json_is_true(json_object_get(merchant, "vatPayer"));
	return true;
}

static bool check_sub(PosApiCheck *self, const char *where, const json_t *sub)
{
	const json_t *items = json_object_get(sub, "items");
	bool payer;

	if (!check_merchant(self, where, sub, &payer))
		return false;
	for (size_t i = 0; i < json_array_size(items); i++) {
		g_autofree char *place = g_strdup_printf("%s.items[%zu]", where, i);

		if (!check_item(self, place, json_array_get(items, i), posapi_text(sub, "taxType"),
				payer))
			return false;
	}
	return check_sums(self, where, sub, items);
}

/* One of each tax type and merchant. */
static bool check_once(PosApiCheck *self, const char *where, const json_t *subs, size_t n)
{
	const json_t *sub = json_array_get(subs, n);

	for (size_t i = 0; i < n; i++) {
		const json_t *other = json_array_get(subs, i);

		if (g_str_equal(posapi_text(sub, "taxType"), posapi_text(other, "taxType")) &&
		    g_str_equal(posapi_text(sub, "merchantTin"), posapi_text(other, "merchantTin")))
			return posapi_wrong(self, where, "%s of this merchant is there twice",
					    posapi_text(sub, "taxType"));
	}
	return true;
}

static bool check_subs(PosApiCheck *self, const json_t *request)
{
	const json_t *subs = json_object_get(request, "receipts");

	for (size_t i = 0; i < json_array_size(subs); i++) {
		g_autofree char *place = g_strdup_printf("receipts[%zu]", i);

		if (!check_once(self, place, subs, i) ||
		    !check_sub(self, place, json_array_get(subs, i)))
			return false;
	}
	return check_sums(self, "body", request, subs);
}

static bool has(const json_t *request, const char *key)
{
	return json_is_string(json_object_get(request, key));
}

/* "2026-05-01" of the month before this one, on days 1 to 7. */
static bool check_month(PosApiCheck *self, const json_t *request)
{
	const char *text = posapi_text(request, "reportMonth");
	g_autofree char *stamp = g_strconcat(text, "T00:00:00Z", NULL);
	g_autoptr(GDateTime) told = g_date_time_new_from_iso8601(stamp, NULL);
	g_autoptr(GDateTime) now = posapi_now(self->sim);
	int month = g_date_time_get_year(now) * 12 + g_date_time_get_month(now);

	if (told == NULL)
		return posapi_wrong(self, "reportMonth", "is no day");
	if (!posapi_is_b2b(request))
		return posapi_wrong(self, "reportMonth", "is for B2B alone");
	if (g_date_time_get_day_of_month(now) > 7)
		return posapi_wrong(self, "reportMonth", "is for the first seven days of a month");
	if (g_date_time_get_year(told) * 12 + g_date_time_get_month(told) != month - 1)
		return posapi_wrong(self, "reportMonth", "is not the month before");
	return true;
}

static bool check_parties(PosApiCheck *self, const json_t *request)
{
	bool payer;

	if (!check_merchant(self, "merchantTin", request, &payer))
		return false;
	if (posapi_is_b2b(request) != has(request, "customerTin"))
		return posapi_wrong(self, "customerTin",
				    "has to be there for B2B, and there alone");
	if (posapi_is_b2b(request) && has(request, "consumerNo"))
		return posapi_wrong(self, "consumerNo", "is for B2C alone");
	return !has(request, "reportMonth") || check_month(self, request);
}

/* Too little is no error of the request but status PAYMENT (§2). */
static bool check_payments(PosApiCheck *self, const json_t *request)
{
	int64_t paid = posapi_paid(request, true) + posapi_paid(request, false);

	return paid <= posapi_amount(request, "totalAmount") ||
	       posapi_wrong(self, "payments", "are more than the total: change is not told");
}

bool posapi_check_rules(PosApiCheck *self, const json_t *request)
{
	return check_parties(self, request) && check_subs(self, request) &&
	       check_payments(self, request);
}
