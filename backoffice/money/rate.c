/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/money/money_private.h"
#include "backoffice/people/counter.h"
#include "core/currency.h"
#include "core/money.h"

#include <glib/gi18n-lib.h>
#include <jansson.h>

#define UNITS_MAX 1000000
#define VALUE_MAX INT64_C(1000000000000000) /* a thousand million of the shop's */
#define MILLION 1000000

GArray *currency_rates(Store *store, GError **error)
{
	g_autoptr(GArray) rates = g_array_new(false, false, sizeof(CurrencyRate));
	StoreStatement *row = store_statement(store, "office/money/rates");
	StoreStep step;

	while ((step = store_step(row, error)) == STORE_ROW) {
		CurrencyRate rate = { .currency = (uint16_t)store_get_int(row, 0),
				      .first_day = (int32_t)store_get_int(row, 1),
				      .units = store_get_int(row, 2),
				      .value = store_get_int(row, 3) };

		g_array_append_val(rates, rate);
	}
	return step == STORE_DONE ? g_steal_pointer(&rates) : NULL;
}

/* --- worth --------------------------------------------------------------------------------- */

static int64_t power_of_ten(int n)
{
	int64_t power = 1;

	while (n-- > 0)
		power *= 10;
	return power;
}

/* amount / 10^its decimals × value / (million × units) × 10^decimals of @home, in one step. */
static bool convert(const CurrencyRate *rate, const Currency *from, const Currency *home,
		    int64_t amount, int64_t *ret)
{
	int64_t num, den;

	return !__builtin_mul_overflow(rate->value, power_of_ten(home->exponent), &num) &&
	       !__builtin_mul_overflow(rate->units, MILLION * power_of_ten(from->exponent), &den) &&
	       scale_int64(amount, num, den, ROUND_HALF_AWAY, ret);
}

static bool refuse_rate(uint16_t currency, int32_t day, GError **error)
{
	const Currency *about = currency_by_number(currency);

	return money_refuse(error, MONEY_ERROR_RATE,
			    _("There is no rate of %s for %04d-%02d-%02d: enter the rate first."),
			    about != NULL ? about->code : "?", day / 10000, day / 100 % 100,
			    day % 100);
}

bool currency_to_home(Store *store, uint16_t currency, uint16_t home, int32_t day, int64_t amount,
		      int64_t *ret, GError **error)
{
	const Currency *from = currency_by_number(currency), *to = currency_by_number(home);
	StoreStatement *row;
	CurrencyRate rate = { .currency = currency };
	StoreStep step;

	if (currency == home) {
		*ret = amount;
		return true;
	}
	row = store_statement(store, "office/money/rate");
	store_bind_int(row, 1, currency);
	store_bind_int(row, 2, day);
	step = store_step(row, error);
	if (step == STORE_FAILED)
		return false;
	if (step == STORE_DONE || from == NULL || to == NULL) {
		store_reset(row);
		return refuse_rate(currency, day, error);
	}
	rate.units = store_get_int(row, 0);
	rate.value = store_get_int(row, 1);
	store_reset(row);
	return convert(&rate, from, to, amount, ret) ||
	       money_refuse(error, MONEY_ERROR_LARGE, _("This amount is too large."));
}

/* --- setting ------------------------------------------------------------------------------- */

static bool check_rate(const CurrencyRate *rate, GError **error)
{
	if (currency_by_number(rate->currency) == NULL)
		return money_refuse(error, MONEY_ERROR_INVALID, _("This currency is not known."));
	if (rate->first_day < 20000101 ||
	    !g_date_valid_dmy((GDateDay)(rate->first_day % 100),
			      (GDateMonth)(rate->first_day / 100 % 100),
			      (GDateYear)(rate->first_day / 10000)))
		return money_refuse(error, MONEY_ERROR_INVALID,
				    _("A rate has a day from which on it holds."));
	if (rate->units < 1 || rate->units > UNITS_MAX || rate->value < 1 ||
	    rate->value > VALUE_MAX)
		return money_refuse(error, MONEY_ERROR_INVALID,
				    _("A rate is above zero: what 1, 10 or 100 units are worth."));
	return true;
}

/* For the audit; own it. */
static char *dup_rate(int64_t units, int64_t value)
{
	return g_strdup_printf("{\"units\":%" G_GINT64_FORMAT ",\"millionths\":%" G_GINT64_FORMAT
			       "}",
			       units, value);
}

/* Own *ret; NULL where there is none of that day. */
static bool read_before(Store *store, const CurrencyRate *rate, char **ret, GError **error)
{
	StoreStatement *row = store_statement(store, "office/money/rate_of_day");
	StoreStep step;

	store_bind_int(row, 1, rate->currency);
	store_bind_int(row, 2, rate->first_day);
	step = store_step(row, error);
	if (step == STORE_ROW)
		*ret = dup_rate(store_get_int(row, 0), store_get_int(row, 1));
	store_reset(row);
	return step != STORE_FAILED;
}

static bool put_rate(Store *store, const CurrencyRate *rate, int64_t person_id, GError **error)
{
	g_autofree char *before = NULL, *after = dup_rate(rate->units, rate->value);
	g_autofree char *subject = NULL;
	StoreStatement *put;

	if (!rights_require(store, person_id, RIGHT_MOVE_MONEY, error) ||
	    !check_rate(rate, error) || !read_before(store, rate, &before, error))
		return false;
	subject =
		g_strdup_printf("%s %d", currency_by_number(rate->currency)->code, rate->first_day);
	put = store_statement(store, "office/money/put_rate");
	store_bind_int(put, 1, rate->currency);
	store_bind_int(put, 2, rate->first_day);
	store_bind_int(put, 3, rate->units);
	store_bind_int(put, 4, rate->value);
	return store_run(put, error) &&
	       audit_change(store, person_id, "currency-rate", subject, before, after, error);
}

bool currency_rate_set(Store *store, const CurrencyRate *rate, int64_t person_id, GError **error)
{
	if (!store_begin(store, error))
		return false;
	if (put_rate(store, rate, person_id, error))
		return store_commit(store, error);
	store_rollback(store);
	return false;
}
