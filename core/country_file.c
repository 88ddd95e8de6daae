/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/country_file.h"

#include "core/barcode.h"
#include "core/currency.h"
#include "core/json_members.h"

#include <string.h>

#define WEEK 168 /* hours; the longest shift that a law could mean */
#define DIGITS_MAX 31

/* What country_parse() gives away. */
typedef struct {
	Country country;
	json_t *json; /* owned; lends the country its texts */
} CountryFile;

static bool read_currency(const json_t *value, void *ret, GError **error)
{
	const char *code = json_string_value(value);
	const Currency *currency = code == NULL ? NULL : currency_by_code(code);

	if (currency == NULL)
		return false;
	*(uint16_t *)ret = currency->number;
	return true;
}

static bool read_tax_rounding(const json_t *value, void *ret, GError **error)
{
	static const char *const words[] = {
		[TAX_PER_LINE] = "line", [TAX_PER_RECEIPT] = "receipt"
	};
	int found;

	if (!json_member_choice(value, words, G_N_ELEMENTS(words), &found))
		return false;
	*(TaxRounding *)ret = (TaxRounding)found;
	return true;
}

static bool read_rounding(const json_t *value, void *ret, GError **error)
{
	static const char *const words[] = { [ROUND_HALF_AWAY] = "half-away",
					     [ROUND_HALF_EVEN] = "half-even",
					     [ROUND_DOWN] = "down" };
	int found;

	if (!json_member_choice(value, words, G_N_ELEMENTS(words), &found))
		return false;
	*(Rounding *)ret = (Rounding)found;
	return true;
}

static bool read_offline(const json_t *value, void *ret, GError **error)
{
	static const char *const words[] = { [OFFLINE_REFUSE] = "refuse",
					     [OFFLINE_LATE_SALE] = "late-sale",
					     [OFFLINE_CORRECTION] = "correction" };
	int found;

	if (!json_member_choice(value, words, G_N_ELEMENTS(words), &found))
		return false;
	*(CountryOffline *)ret = (CountryOffline)found;
	return true;
}

static bool read_step(const json_t *value, void *ret, GError **error)
{
	return json_member_whole(value, 1, 1000000, ret);
}

static bool read_int(const json_t *value, int64_t min, int64_t max, int *ret)
{
	int64_t whole;

	if (!json_member_whole(value, min, max, &whole))
		return false;
	*ret = (int)whole;
	return true;
}

static bool read_hours(const json_t *value, void *ret, GError **error)
{
	return read_int(value, 0, WEEK, ret);
}

static bool read_length(const json_t *value, void *ret, GError **error)
{
	return read_int(value, 0, DIGITS_MAX, ret);
}

/* An array of lengths, as bits. */
static bool read_lengths(const json_t *value, void *ret, GError **error)
{
	uint32_t bits = 0;
	int64_t length;

	if (!json_is_array(value))
		return false;
	for (size_t i = 0; i < json_array_size(value); i++) {
		if (!json_member_whole(json_array_get(value, i), 1, DIGITS_MAX, &length))
			return false;
		bits |= UINT32_C(1) << length;
	}
	*(uint32_t *)ret = bits;
	return true;
}

static bool read_templates(const json_t *value, void *ret, GError **error)
{
	if (!json_member_words(value, ret, error))
		return false;
	for (const char **at = *(const char ***)ret; *at != NULL; at++)
		if (!barcode_template_check(*at))
			return json_member_refuse(error, "'%s' is no template", *at);
	return true;
}

static bool has_only(const char *text, const char *characters)
{
	return strspn(text, characters) == strlen(text);
}

/* Which drivers there are is not known here. */
static bool read_drivers(const json_t *value, void *ret, GError **error)
{
	if (!json_member_words(value, ret, error))
		return false;
	for (const char **at = *(const char ***)ret; *at != NULL; at++)
		if (!has_only(*at, "abcdefghijklmnopqrstuvwxyz0123456789-"))
			return json_member_refuse(error, "'%s' is no driver's name", *at);
	return true;
}

static bool read_falling(const json_t *value, void *ret, GError **error)
{
	size_t n = json_array_size(value);
	int64_t *amounts, most = INT64_MAX;

	if (!json_is_array(value) || n == 0)
		return false;
	*(int64_t **)ret = amounts = g_new0(int64_t, n + 1);
	for (size_t i = 0; i < n; i++) {
		if (!json_member_whole(json_array_get(value, i), 1, most, &amounts[i]))
			return false;
		most = amounts[i] - 1;
	}
	return true;
}

static bool read_tax_code(const json_t *value, void *ret, GError **error)
{
	const char *code;

	if (!json_member_word(value, &code, error) ||
	    strlen(code) >= G_SIZEOF_MEMBER(TaxRate, code) ||
	    !has_only(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"))
		return false;
	*(const char **)ret = code;
	return true;
}

static bool read_tax_name(const json_t *value, void *ret, GError **error)
{
	const char *name;

	if (!json_member_word(value, &name, error))
		return false;
	if (!g_strv_contains(country_tax_names, name))
		return json_member_refuse(error, "translators do not know '%s': core/country.c",
					  name);
	*(const char **)ret = name;
	return true;
}

static bool read_rate_code(const json_t *value, void *ret, GError **error)
{
	const char *code;

	if (!read_tax_code(value, &code, error))
		return false;
	memcpy(ret, code, strlen(code) + 1);
	return true;
}

static bool read_rate_value(const json_t *value, void *ret, GError **error)
{
	return read_int(value, 0, TAX_RATE_MAX, ret);
}

static bool read_day(const json_t *value, void *ret, GError **error)
{
	int day;

	if (!read_int(value, 0, 99991231, &day) ||
	    (day != 0 && !g_date_valid_dmy((GDateDay)(day % 100), (GDateMonth)(day / 100 % 100),
					   (GDateYear)(day / 10000))))
		return false;
	*(int32_t *)ret = day;
	return true;
}

static bool read_fiscal_tax(const json_t *value, void *ret, GError **error)
{
	return json_is_string(value) && fiscal_tax_parse(json_string_value(value), ret);
}

static const JsonMember rate_members[] = {
	{ "code", read_rate_code, offsetof(TaxRate, code) },
	{ "rate", read_rate_value, offsetof(TaxRate, rate) },
	{ "inclusive", json_member_flag, offsetof(TaxRate, inclusive) },
	{ "first_day", read_day, offsetof(TaxRate, first_day) },
	{ "fiscal", read_fiscal_tax, offsetof(TaxRate, fiscal) },
	{ NULL },
};

/* No day may have more taxes than a line can. */
static bool check_days(const CountryTaxGroup *group, GError **error)
{
	TaxGroup on_day;

	for (int i = 0; i < group->n_rates; i++)
		if (!tax_group_on_day(&on_day, group->rates, group->n_rates,
				      group->rates[i].first_day))
			return json_member_refuse(error, "more than %d taxes on one day", TAX_MAX);
	return true;
}

/* @ret is the whole group. */
static bool read_rates(const json_t *value, void *ret, GError **error)
{
	CountryTaxGroup *group = ret;

	if (!json_is_array(value) || json_array_size(value) > G_N_ELEMENTS(group->rates))
		return false;
	group->n_rates = (int)json_array_size(value);
	for (int i = 0; i < group->n_rates; i++)
		if (!json_read_members(json_array_get(value, (size_t)i), rate_members,
				       &group->rates[i], error))
			return false;
	return check_days(group, error);
}

static const JsonMember group_members[] = {
	{ "code", read_tax_code, offsetof(CountryTaxGroup, code) },
	{ "name", read_tax_name, offsetof(CountryTaxGroup, name) },
	{ "rates", read_rates, 0 },
	{ NULL },
};

/* @ret is the whole country. */
static bool read_taxes(const json_t *value, void *ret, GError **error)
{
	Country *country = ret;
	size_t n = json_array_size(value);
	CountryTaxGroup *groups;

	if (!json_is_array(value) || n > 100)
		return false;
	country->tax_groups = groups = g_new0(CountryTaxGroup, n + 1);
	for (size_t i = 0; i < n; i++) {
		if (!json_read_members(json_array_get(value, i), group_members, &groups[i], error))
			return false;
		if (country_tax_group_by_code(country, groups[i].code) != NULL)
			return json_member_refuse(error, "'%s' is there twice", groups[i].code);
		country->n_tax_groups++;
	}
	return true;
}

static const JsonMember customer_members[] = {
	{ "contact", json_member_flag, offsetof(CountryCustomer, contact) },
	{ "tin", read_lengths, offsetof(CountryCustomer, tin_digits) },
	{ "consumer", read_length, offsetof(CountryCustomer, consumer_digits) },
	{ NULL },
};

static bool read_customer(const json_t *value, void *ret, GError **error)
{
	return json_read_members(value, customer_members, ret, error);
}

static const JsonMember receipt_members[] = {
	{ "non_fiscal", json_member_text, offsetof(Country, non_fiscal) },
	{ "copy", json_member_word, offsetof(Country, copy) },
	{ "footer", json_member_words, offsetof(Country, footer) },
	{ NULL },
};

/* @ret is the whole country. */
static bool read_receipt(const json_t *value, void *ret, GError **error)
{
	return json_read_members(value, receipt_members, ret, error);
}

static const JsonMember country_members[] = {
	{ "timezone", json_member_word, offsetof(Country, timezone) },
	{ "currency", read_currency, offsetof(Country, currency) },
	{ "tax_rounding", read_tax_rounding, offsetof(Country, tax_rounding) },
	{ "default_tax", read_tax_code, offsetof(Country, default_tax) },
	{ "taxes", read_taxes, 0 },
	{ "barcode_templates", read_templates, offsetof(Country, barcode_templates) },
	{ "fiscal", read_drivers, offsetof(Country, fiscal) },
	{ "fiscal_required", json_member_flag, offsetof(Country, fiscal_required) },
	{ "offline", read_offline, offsetof(Country, offline) },
	{ "shift_hours", read_hours, offsetof(Country, shift_hours) },
	{ "cash_step", read_step, offsetof(Country, cash_step) },
	{ "cash_rounding", read_rounding, offsetof(Country, cash_rounding) },
	{ "denominations", read_falling, offsetof(Country, denominations) },
	{ "customer", read_customer, offsetof(Country, customer) },
	{ "marking", json_member_flag, offsetof(Country, marking) },
	{ "return_needs_receipt", json_member_flag, offsetof(Country, return_needs_receipt) },
	{ "receipt", read_receipt, 0 },
	{ NULL },
};

/* Goods need a group where they name none, and one that is outside any tax. */
static bool check_groups(const Country *self, GError **error)
{
	const CountryTaxGroup *none = country_tax_group_by_code(self, "NONE");

	if (country_tax_group_by_code(self, self->default_tax) == NULL)
		return json_member_refuse(error, "no tax group '%s'", self->default_tax);
	if (none == NULL || none->n_rates != 0)
		return json_member_refuse(error, "no tax group 'NONE' without rates");
	return true;
}

Country *country_parse(const char *code, const char *text, GError **error)
{
	g_autoptr(Country) self = (Country *)g_new0(CountryFile, 1);
	json_error_t where;
	json_t *json = json_loads(text, JSON_REJECT_DUPLICATES, &where);

	((CountryFile *)self)->json = json;
	self->code = g_strdup(code);
	if (json == NULL) {
		json_member_refuse(error, "line %d: %s", where.line, where.text);
		return NULL;
	}
	if (!json_read_members(json, country_members, self, error) || !check_groups(self, error))
		return NULL;
	return g_steal_pointer(&self);
}

void country_free(Country *self)
{
	if (self == NULL)
		return;
	json_decref(((CountryFile *)self)->json);
	g_free((char *)self->code);
	g_free((CountryTaxGroup *)self->tax_groups);
	g_free((void *)self->barcode_templates);
	g_free((void *)self->fiscal);
	g_free((int64_t *)self->denominations);
	g_free((void *)self->footer);
	g_free(self);
}
