/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/country_file.h"
#include "core/country_texts.h"
#include "core/currency.h"

#include <string.h>

static void *find_all(void *unused)
{
	for (int i = 0; i < 1000; i++)
		for (const struct text_file *file = country_texts; file->name != NULL; file++)
			g_assert_cmpstr(country_by_code(file->name)->code, ==, file->name);
	return (void *)country_by_code("mn");
}

/* First of all tests, so that the files are read while others ask for them. */
static void test_many_ask_at_once(void)
{
	GThread *threads[8];

	for (size_t i = 0; i < G_N_ELEMENTS(threads); i++)
		threads[i] = g_thread_new("asks", find_all, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(threads); i++)
		g_assert_true(g_thread_join(threads[i]) == country_by_code("mn"));
}

static void test_what_each_asks(void)
{
	static const struct {
		const char *code;
		uint16_t currency;
		const char *fiscal;
		bool required;
		CountryOffline offline;
		int shift_hours;
		int64_t step, largest;
		bool contact, needs_receipt;
	} cases[] = {
		{ "ru", 643, "shtrih,atol", true, OFFLINE_CORRECTION, 24, 1, 500000, true, false },
		{ "mn", 496, "ebarimt", true, OFFLINE_LATE_SALE, 0, 100, 2000000, false, true },
		{ "kz", 398, "", true, OFFLINE_REFUSE, 24, 100, 2000000, false, false },
		{ "us", 840, "", false, OFFLINE_REFUSE, 0, 1, 10000, false, false },
		{ "bg", 978, "datecs,erpnet", true, OFFLINE_REFUSE, 24, 1, 50000, false, true },
	};
	size_t n = 0;

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		const Country *country = country_by_code(cases[i].code);
		g_autofree char *fiscal = g_strjoinv(",", (char **)country->fiscal);

		g_assert_cmpint(country->currency, ==, cases[i].currency);
		g_assert_cmpstr(fiscal, ==, cases[i].fiscal);
		g_assert_true(country->fiscal_required == cases[i].required);
		g_assert_cmpint(country->offline, ==, cases[i].offline);
		g_assert_cmpint(country->shift_hours, ==, cases[i].shift_hours);
		g_assert_cmpint(country->cash_step, ==, cases[i].step);
		g_assert_cmpint(country->cash_rounding, ==, ROUND_HALF_AWAY);
		g_assert_cmpint(country->denominations[0], ==, cases[i].largest);
		g_assert_true(country->customer.contact == cases[i].contact);
		g_assert_true(country->return_needs_receipt == cases[i].needs_receipt);
	}
	while (country_list()[n] != NULL)
		n++;
	g_assert_cmpint(n, ==, G_N_ELEMENTS(cases));
}

static void test_texts_of_paper(void)
{
	static const struct {
		const char *code, *non_fiscal, *copy;
	} cases[] = {
		{ "ru", "НЕФИСКАЛЬНЫЙ ДОКУМЕНТ", "КОПИЯ" },
		{ "mn", "И-БАРИМТ БИШ", "ХУУЛБАР" },
		{ "us", "", "COPY" },
		{ "bg", "НЕФИСКАЛЕН БОН", "ДУБЛИКАТ" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		const Country *country = country_by_code(cases[i].code);

		g_assert_cmpstr(country->non_fiscal, ==, cases[i].non_fiscal);
		g_assert_cmpstr(country->copy, ==, cases[i].copy);
		g_assert_null(country->footer[0]);
	}
}

static bool has_note(const Currency *currency, int64_t amount)
{
	for (const int64_t *at = currency->notes; *at != 0; at++)
		if (*at == amount)
			return true;
	return false;
}

/* What the reader of the files cannot know: zones, and what a drawer can really be given. */
static void test_zones_and_coins_exist(void)
{
	for (const Country *const *at = country_list(); *at != NULL; at++) {
		const Currency *currency = currency_by_number((*at)->currency);
		g_autoptr(GTimeZone) zone = g_time_zone_new_identifier((*at)->timezone);

		g_assert_nonnull(zone);
		for (const int64_t *note = (*at)->denominations; *note != 0; note++) {
			g_assert_true(has_note(currency, *note));
			g_assert_cmpint(*note % (*at)->cash_step, ==, 0);
		}
	}
}

static void test_bulgaria_pays_in_euro(void)
{
	const Country *bg = country_by_code("bg");
	static const struct {
		const char *group;
		int64_t base, tax;
		FiscalTax fiscal;
	} cases[] = {
		{ "VAT20", 12000, 2000, FISCAL_TAX_STANDARD },
		{ "VAT9", 10900, 900, FISCAL_TAX_REDUCED },
		{ "VAT0", 10000, 0, FISCAL_TAX_ZERO },
	};

	g_assert_cmpstr(currency_by_number(bg->currency)->code, ==, "EUR");
	g_assert_cmpstr(bg->default_tax, ==, "VAT20");
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		const CountryTaxGroup *found = country_tax_group_by_code(bg, cases[i].group);
		TaxGroup group = { .id = 1 };
		Money taxes[TAX_MAX], added;

		g_assert_true(tax_group_on_day(&group, found->rates, found->n_rates, 20260101));
		g_assert_true(
			tax_compute(&group, (Money){ cases[i].base, bg->currency }, taxes, &added));
		g_assert_cmpint(taxes[0].minor, ==, cases[i].tax);
		g_assert_cmpint(group.rates[0].fiscal, ==, cases[i].fiscal);
	}
}

/* Lengths: INN 10 and 12; eBarimt's TIN 11 to 14 and consumerNo 8 (fiscal-ebarimt.md §2). */
static void test_numbers_of_buyers(void)
{
	static const struct {
		const char *country, *text;
		bool tin, consumer;
	} cases[] = {
		{ "ru", "7707083893", true, false },
		{ "ru", "500100732259", true, false },
		{ "ru", "77070838931", false, false },
		{ "ru", "770708389", false, false },
		{ "ru", "7707 08389", false, false },
		{ "ru", "770708389a", false, false },
		{ "ru", "", false, false },
		{ "mn", "1234567890", false, false },
		{ "mn", "11111111111", true, false },
		{ "mn", "11111111111111", true, false },
		{ "mn", "111111111111111", false, false },
		{ "mn", "12345678", false, true },
		{ "mn", "1234567", false, false },
		{ "mn", "123456789", false, false },
		{ "mn", "1234567x", false, false },
		{ "mn", "", false, false },
		{ "kz", "123456789012", true, false },
		{ "us", "123456789", false, false },
		{ "us", "", false, false },
		{ "mn", "1111111111111111111111111111111111111111111", false, false },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		const Country *country = country_by_code(cases[i].country);

		g_assert_true(country_takes_tin(country, cases[i].text) == cases[i].tin);
		g_assert_true(country_takes_consumer(country, cases[i].text) == cases[i].consumer);
	}
}

static bool reads(const json_t *json)
{
	g_autoptr(GError) error = NULL;
	char *text = json_dumps(json, JSON_COMPACT);
	g_autoptr(Country) country = country_parse("xx", text, &error);

	free(text);
	g_assert_true((country == NULL) == (error != NULL));
	return country != NULL;
}

static void damage_array(const json_t *root, json_t *array);

/* Every member is needed and of its own kind, and none may be added. @root is good again after. */
static void damage_object(const json_t *root, json_t *object)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
	const char *name;
	json_t *value;

	json_object_set_new(object, "surprise", json_null());
	g_assert_false(reads(root));
	json_object_del(object, "surprise");
	json_object_foreach(object, name, value) if (!g_str_equal(name, "note"))
		g_ptr_array_add(names, g_strdup(name));
	for (guint i = 0; i < names->len; i++) {
		value = json_incref(json_object_get(object, names->pdata[i]));
		json_object_del(object, names->pdata[i]);
		g_assert_false(reads(root));
		json_object_set_new(object, names->pdata[i], json_null());
		g_assert_false(reads(root));
		json_object_set_new(object, names->pdata[i], json_real(1.5));
		g_assert_false(reads(root));
		json_object_set_new(object, names->pdata[i], json_string("a\tb"));
		g_assert_false(reads(root));
		json_object_set_new(object, names->pdata[i], value);
		g_assert_true(reads(root));
		if (json_is_object(value))
			damage_object(root, value);
		else if (json_is_array(value))
			damage_array(root, value);
	}
}

static void damage_array(const json_t *root, json_t *array)
{
	for (size_t i = 0; i < json_array_size(array); i++) {
		json_t *value = json_incref(json_array_get(array, i));

		json_array_set_new(array, i, json_null());
		g_assert_false(reads(root));
		json_array_set_new(array, i, json_real(1.5));
		g_assert_false(reads(root));
		json_array_set_new(array, i, value);
		if (json_is_object(value))
			damage_object(root, value);
	}
	g_assert_true(reads(root));
}

static void test_nothing_missing_nothing_strange(void)
{
	for (const struct text_file *file = country_texts; file->name != NULL; file++) {
		json_error_t where;
		json_t *root = json_loads(file->text, JSON_REJECT_DUPLICATES, &where);

		g_assert_nonnull(root);
		damage_object(root, root);
		json_decref(root);
	}
}

static const char *text_of(const char *code)
{
	const struct text_file *file = country_texts;

	while (!g_str_equal(file->name, code))
		file++;
	return file->text;
}

static void test_bad_values(void)
{
	static const struct {
		const char *good, *bad, *said;
	} cases[] = {
		{ "\"RUB\"", "\"XXX\"", "'currency'" },
		{ "\"tax_rounding\": \"receipt\"", "\"tax_rounding\": \"basket\"",
		  "'tax_rounding'" },
		{ "\"default_tax\": \"VAT22\"", "\"default_tax\": \"VAT20\"",
		  "no tax group 'VAT20'" },
		{ "\"code\": \"NONE\"", "\"code\": \"NOTHING\"", "'NONE'" },
		{ "\"code\": \"VAT10\"", "\"code\": \"VAT0\"", "there twice" },
		{ "\"code\": \"VAT10\"", "\"code\": \"vat10\"", "'code'" },
		{ "\"code\": \"VAT10\"", "\"code\": \"VAT4567890123456\"", "'code'" },
		{ "\"name\": \"VAT 10 %\"", "\"name\": \"VAT ten\"", "translators" },
		{ "\"rate\": 2200", "\"rate\": -1", "'rate'" },
		{ "\"rate\": 2200", "\"rate\": 100001", "'rate'" },
		{ "\"rate\": 2200", "\"rate\": 22.0", "'rate'" },
		{ "20260101", "20260229", "'first_day'" },
		{ "20260101", "101", "'first_day'" },
		{ "\"fiscal\": \"zero\"", "\"fiscal\": \"nil\"", "in 'rates'" },
		{ "21IIIIIWWWWWC", "21IIIIIWWWWWW", "no template" },
		{ "\"shtrih\"", "\"Shtrih\"", "no driver's name" },
		{ "\"offline\": \"correction\"", "\"offline\": \"\"", "'offline'" },
		{ "\"cash_step\": 1", "\"cash_step\": 0", "'cash_step'" },
		{ "\"half-away\"", "\"up\"", "'cash_rounding'" },
		{ "500000, 200000", "200000, 200000", "'denominations'" },
		{ "500000, 200000", "200000, 500000", "'denominations'" },
		{ "50, 10]", "50, 0]", "'denominations'" },
		{ "\"shift_hours\": 24", "\"shift_hours\": 169", "'shift_hours'" },
		{ "\"shift_hours\": 24", "\"shift_hours\": -1", "'shift_hours'" },
		{ "[10, 12]", "[0]", "in 'customer': 'tin'" },
		{ "[10, 12]", "[32]", "in 'customer': 'tin'" },
		{ "\"consumer\": 0", "\"consumer\": 32", "'consumer'" },
		{ "\"КОПИЯ\"", "\"\"", "in 'receipt': 'copy'" },
		{ "\"footer\": []", "\"footer\": [\"\"]", "'footer'" },
		{ "\"footer\": []", "\"footer\": [\"two\\nlines\"]", "'footer'" },
		{ "\"cash_step\": 1", "\"cash_step\": 1, \"cash_step\": 1", "duplicate" },
		{ "\"timezone\"", "\"zone\"", "'zone' is no member" },
		{ "\t]\n}", "\t]\n", "line " },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GError) error = NULL;
		g_auto(GStrv) parts = g_strsplit(text_of("ru"), cases[i].good, 2);
		g_autofree char *text = g_strjoinv(cases[i].bad, parts);

		g_test_message("%s", cases[i].bad);
		g_assert_cmpint(g_strv_length(parts), ==, 2);
		g_assert_null(country_parse("ru", text, &error));
		g_assert_nonnull(strstr(error->message, cases[i].said));
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/country/many-ask-at-once", test_many_ask_at_once);
	g_test_add_func("/country/what-each-asks", test_what_each_asks);
	g_test_add_func("/country/texts-of-paper", test_texts_of_paper);
	g_test_add_func("/country/zones-and-coins-exist", test_zones_and_coins_exist);
	g_test_add_func("/country/bulgaria-pays-in-euro", test_bulgaria_pays_in_euro);
	g_test_add_func("/country/numbers-of-buyers", test_numbers_of_buyers);
	g_test_add_func("/country/nothing-missing-nothing-strange",
			test_nothing_missing_nothing_strange);
	g_test_add_func("/country/bad-values", test_bad_values);
	return g_test_run();
}
