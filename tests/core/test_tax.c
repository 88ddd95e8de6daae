/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/barcode.h"
#include "core/country.h"
#include "core/currency.h"

#include <string.h>

#define RUB 643
#define TODAY 20261123

static TaxGroup group_on(const char *country, const char *code, int32_t day)
{
	const CountryTaxGroup *found = country_tax_group_by_code(country_by_code(country), code);
	TaxGroup group = { .id = 1 };

	g_assert_nonnull(found);
	g_assert_true(tax_group_on_day(&group, found->rates, found->n_rates, day));
	return group;
}

/* Sources: fiscal-model.md "VAT inside a gross sum" for the first two; others by hand from
 * base × rate / (100 + sum of inclusive rates). */
static void test_known_sums(void)
{
	static const struct {
		const char *country, *group;
		int32_t day;
		int64_t base, taxes[2], added;
	} cases[] = {
		{ "ru", "VAT22", 20251231, 13500, { 2250 }, 0 },
		{ "ru", "VAT10", 20251231, 11094, { 1009 }, 0 },
		{ "ru", "VAT22", 20260101, 12200, { 2200 }, 0 },
		{ "ru", "VAT22", TODAY, 13500, { 2434 }, 0 },
		{ "ru", "VAT5", TODAY, 10500, { 500 }, 0 },
		{ "ru", "VAT7", TODAY, 10700, { 700 }, 0 },
		{ "ru", "VAT0", TODAY, 10000, { 0 }, 0 },
		{ "ru", "NONE", TODAY, 10000, { 0 }, 0 },
		{ "mn", "VAT10", TODAY, 250000, { 22727 }, 0 },
		{ "mn", "VAT10CITY", TODAY, 1120000, { 100000, 20000 }, 0 },
		{ "mn", "VAT10CITY", TODAY, 250000, { 22321, 4464 }, 0 },
		{ "kz", "VAT16", 20251231, 11200, { 1200 }, 0 },
		{ "kz", "VAT16", TODAY, 11600, { 1600 }, 0 },
		{ "us", "SALES", TODAY, 1999, { 120 }, 120 }, /* 119.94 */
		{ "us", "SALES", TODAY, 0, { 0 }, 0 },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		TaxGroup group = group_on(cases[i].country, cases[i].group, cases[i].day);
		Money taxes[TAX_MAX], added;

		g_assert_true(tax_compute(&group, (Money){ cases[i].base, RUB }, taxes, &added));
		g_assert_cmpint(taxes[0].minor, ==, cases[i].taxes[0]);
		g_assert_cmpint(taxes[1].minor, ==, cases[i].taxes[1]);
		g_assert_cmpint(added.minor, ==, cases[i].added);
	}
}

/* 118.00 with 10 % inside: 10.73 of VAT, 107.27 without; 8 % on top of that is 8.58. */
static void test_both_ways_on_one_line(void)
{
	static const TaxGroup group = { .n_rates = 2,
					.rates = { { "STATE", 800, false, 0, FISCAL_TAX_OTHER },
						   { "VAT", 1000, true, 0, FISCAL_TAX_REDUCED } } };
	Money taxes[TAX_MAX], added;

	g_assert_true(tax_compute(&group, (Money){ 11800, RUB }, taxes, &added));
	g_assert_cmpint(taxes[1].minor, ==, 1073);
	g_assert_cmpint(taxes[0].minor, ==, 858);
	g_assert_cmpint(added.minor, ==, 858);
	g_assert_cmpint(taxes[0].currency, ==, RUB);
	g_assert_cmpstr(tax_group_fiscal_rate(&group)->code, ==, "VAT");
}

/* Three halves of a kopeck would be rounded up to three of two. */
static void test_no_more_tax_than_base(void)
{
	static const TaxGroup absurd = { .n_rates = 3,
					 .rates = { { "A", 10000, true, 0, FISCAL_TAX_OTHER },
						    { "B", 10000, true, 0, FISCAL_TAX_OTHER },
						    { "C", 10000, true, 0, FISCAL_TAX_OTHER } } };
	Money taxes[TAX_MAX], added;

	g_assert_true(tax_compute(&absurd, (Money){ 2, RUB }, taxes, &added));
	g_assert_cmpint(taxes[0].minor + taxes[1].minor + taxes[2].minor, ==, 2);
}

static void test_too_large_is_said(void)
{
	static const TaxGroup on_top = { .n_rates = 1,
					 .rates = { { "A", 20000, false, 0, FISCAL_TAX_OTHER } } };
	Money taxes[TAX_MAX], added;

	g_assert_false(tax_compute(&on_top, (Money){ INT64_MAX, RUB }, taxes, &added));
}

static void test_rate_of_the_day(void)
{
	static const TaxRate rates[] = {
		{ "VAT", 2200, true, 20260101, FISCAL_TAX_STANDARD },
		{ "VAT", 2000, true, 20190101, FISCAL_TAX_STANDARD },
		{ "CITY", 200, true, 20270101, FISCAL_TAX_OTHER },
	};
	TaxGroup group = { .id = 5, .code = "VAT22" };

	g_assert_true(tax_group_on_day(&group, rates, 3, 20251231));
	g_assert_cmpint(group.n_rates, ==, 1);
	g_assert_cmpint(group.rates[0].rate, ==, 2000);
	g_assert_true(tax_group_on_day(&group, rates, 3, 20260101));
	g_assert_cmpint(group.rates[0].rate, ==, 2200);
	g_assert_true(tax_group_on_day(&group, rates, 3, 20270101));
	g_assert_cmpint(group.n_rates, ==, 2);
	g_assert_true(tax_group_on_day(&group, rates, 3, 20181231));
	g_assert_cmpint(group.n_rates, ==, 0);
	g_assert_cmpint(group.id, ==, 5);
	g_assert_cmpstr(group.code, ==, "VAT22");
	g_assert_null(tax_group_fiscal_rate(&group));
}

static void test_too_many_taxes(void)
{
	static const TaxRate rates[] = { { .code = "A" }, { .code = "B" }, { .code = "C" },
					 { .code = "D" }, { .code = "E" }, { .code = "A" } };
	TaxGroup group = { .n_rates = 0 };

	g_assert_false(tax_group_on_day(&group, rates, 5, TODAY));
	g_assert_true(tax_group_on_day(&group, rates, 4, TODAY));
	g_assert_cmpint(group.n_rates, ==, 4);
}

static void test_countries_are_whole(void)
{
	for (const Country *const *at = country_list(); *at != NULL; at++) {
		const Country *country = *at;

		g_assert_true(country_by_code(country->code) == country);
		g_assert_nonnull(currency_by_number(country->currency));
		g_assert_nonnull(country_tax_group_by_code(country, country->default_tax));
		g_assert_nonnull(country_tax_group_by_code(country, "NONE"));
		for (int i = 0; i < country->n_tax_groups; i++)
			group_on(country->code, country->tax_groups[i].code, TODAY);
		for (int i = 0; country->barcode_templates[i] != NULL; i++)
			g_assert_true(barcode_template_check(country->barcode_templates[i]));
	}
	g_assert_null(country_by_code("xx"));
	g_assert_nonnull(country_by_code("RU"));
}

/* Two templates of a country never fit one code: their digits differ somewhere. */
static void test_templates_do_not_clash(void)
{
	for (const Country *const *at = country_list(); *at != NULL; at++) {
		const char *const *templates = (*at)->barcode_templates;

		for (int i = 0; templates[i] != NULL; i++)
			for (int k = 0; k < i; k++)
				g_assert_cmpint(strncmp(templates[i], templates[k], 2), !=, 0);
	}
}

static void test_group_by_percent(void)
{
	static const struct {
		const char *country;
		int32_t rate, day;
		const char *group;
	} cases[] = {
		{ "ru", 2200, TODAY, "VAT22" },	    { "ru", 2000, 20251231, "VAT22" },
		{ "ru", 2000, TODAY, NULL },	    { "ru", 1000, TODAY, "VAT10" },
		{ "ru", 0, TODAY, "VAT0" },	    { "ru", 500, TODAY, "VAT5" },
		{ "ru", 500, 20241231, NULL },	    { "mn", 1000, TODAY, "VAT10" },
		{ "mn", 1200, TODAY, "VAT10CITY" }, { "kz", 1600, TODAY, "VAT16" },
		{ "us", 600, TODAY, "SALES" },	    { "us", 0, TODAY, NULL },
		{ "ru", -100, TODAY, NULL },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		const CountryTaxGroup *group = country_tax_group_by_rate(
			country_by_code(cases[i].country), cases[i].rate, cases[i].day);

		g_assert_cmpstr(group == NULL ? NULL : group->code, ==, cases[i].group);
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/tax/known-sums", test_known_sums);
	g_test_add_func("/tax/both-ways-on-one-line", test_both_ways_on_one_line);
	g_test_add_func("/tax/no-more-tax-than-base", test_no_more_tax_than_base);
	g_test_add_func("/tax/too-large-is-said", test_too_large_is_said);
	g_test_add_func("/tax/rate-of-the-day", test_rate_of_the_day);
	g_test_add_func("/tax/too-many-taxes", test_too_many_taxes);
	g_test_add_func("/country/whole", test_countries_are_whole);
	g_test_add_func("/country/templates-do-not-clash", test_templates_do_not_clash);
	g_test_add_func("/country/group-by-percent", test_group_by_percent);
	return g_test_run();
}
