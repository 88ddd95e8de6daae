/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/currency.h"
#include "core/number_text.h"

#include <string.h>

#define RUB 643
#define MNT 496
#define KWD 414
#define JPY 392

static void test_rounding(void)
{
	static const struct {
		int64_t a, num, den;
		int64_t away, even, down;
	} cases[] = {
		{ 8990, 1234000, 1000000, 11094, 11094, 11093 }, /* fiscal-model.md F13 */
		{ 1, 1, 2, 1, 0, 0 },
		{ 3, 1, 2, 2, 2, 1 },
		{ 5, 1, 2, 3, 2, 2 },
		{ -1, 1, 2, -1, 0, 0 },
		{ -3, 1, 2, -2, -2, -1 },
		{ 1, -1, 2, -1, 0, 0 },
		{ 10, 1, 3, 3, 3, 3 },
		{ 20, 1, 3, 7, 7, 6 },
		{ -20, 1, 3, -7, -7, -6 },
		{ 0, 5, 7, 0, 0, 0 },
		{ 7, 0, 7, 0, 0, 0 },
		{ INT64_MAX, INT64_MAX, INT64_MAX, INT64_MAX, INT64_MAX, INT64_MAX },
		{ INT64_MIN, INT64_MAX, INT64_MAX, INT64_MIN, INT64_MIN, INT64_MIN },
		{ INT64_MAX, 1, INT64_MAX, 1, 1, 1 },
		{ INT64_MAX - 1, 1, INT64_MAX, 1, 1, 0 },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		int64_t ret;

		g_assert_true(
			scale_int64(cases[i].a, cases[i].num, cases[i].den, ROUND_HALF_AWAY, &ret));
		g_assert_cmpint(ret, ==, cases[i].away);
		g_assert_true(
			scale_int64(cases[i].a, cases[i].num, cases[i].den, ROUND_HALF_EVEN, &ret));
		g_assert_cmpint(ret, ==, cases[i].even);
		g_assert_true(
			scale_int64(cases[i].a, cases[i].num, cases[i].den, ROUND_DOWN, &ret));
		g_assert_cmpint(ret, ==, cases[i].down);
	}
}

static void test_overflow_is_said(void)
{
	Money most = { INT64_MAX, RUB }, least = { INT64_MIN, RUB }, one = { 1, RUB };
	Money ret = { 42, RUB };
	int64_t minor = 42;

	g_assert_false(money_add(most, one, &ret));
	g_assert_false(money_subtract(least, one, &ret));
	g_assert_false(money_scale(most, 2, 1, ROUND_DOWN, &ret));
	g_assert_false(scale_int64(INT64_MIN, -1, 1, ROUND_DOWN, &minor));
	g_assert_false(scale_int64(1, 1, 0, ROUND_DOWN, &minor));
	g_assert_false(scale_int64(1, 1, -1, ROUND_DOWN, &minor));
	g_assert_cmpint(ret.minor, ==, 42);
	g_assert_cmpint(minor, ==, 42);

	g_assert_true(money_add(most, least, &ret));
	g_assert_cmpint(ret.minor, ==, -1);
	g_assert_true(money_subtract(one, most, &ret));
	g_assert_cmpint(ret.minor, ==, INT64_MIN + 2);
}

static void test_currencies_do_not_mix(void)
{
	if (g_test_subprocess()) {
		Money a = { 1, RUB }, b = { 1, MNT }, sum;

		g_assert_false(money_add(a, b, &sum));
		return;
	}
	g_test_trap_subprocess(NULL, 0, 0);
	g_test_trap_assert_failed();
	g_test_trap_assert_stderr("*a.currency == b.currency*");
}

/* Cash in 0.05: 0.02 goes, 0.03 comes; a tugrik is 100 mungu. Halves by hand. */
static void test_cash_steps(void)
{
	static const struct {
		int64_t minor, step;
		int64_t away, even, down;
	} cases[] = {
		{ 12345, 1, 12345, 12345, 12345 },
		{ 12342, 5, 12340, 12340, 12340 },
		{ 12343, 5, 12345, 12345, 12340 },
		{ 24594, 100, 24600, 24600, 24500 },
		{ 24549, 100, 24500, 24500, 24500 },
		{ 24550, 100, 24600, 24600, 24500 },
		{ 24650, 100, 24700, 24600, 24600 },
		{ -24550, 100, -24600, -24600, -24500 },
		{ -24650, 100, -24700, -24600, -24600 },
		{ 49, 100, 0, 0, 0 },
		{ 0, 100, 0, 0, 0 },
		{ INT64_MAX, 1, INT64_MAX, INT64_MAX, INT64_MAX },
		{ INT64_MIN, 1, INT64_MIN, INT64_MIN, INT64_MIN },
		{ INT64_MAX - 7, 100, INT64_MAX - 7, INT64_MAX - 7, INT64_MAX - 7 },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		Money amount = { cases[i].minor, MNT }, ret;

		g_assert_true(money_round_to(amount, cases[i].step, ROUND_HALF_AWAY, &ret));
		g_assert_cmpint(ret.minor, ==, cases[i].away);
		g_assert_cmpint(ret.currency, ==, MNT);
		g_assert_true(money_round_to(amount, cases[i].step, ROUND_HALF_EVEN, &ret));
		g_assert_cmpint(ret.minor, ==, cases[i].even);
		g_assert_true(money_round_to(amount, cases[i].step, ROUND_DOWN, &ret));
		g_assert_cmpint(ret.minor, ==, cases[i].down);
	}
}

static void test_cash_step_too_large(void)
{
	Money most = { INT64_MAX - 6, MNT }, least = { INT64_MIN + 7, MNT }, ret = { 42, MNT };

	g_assert_true(most.minor % 100 == 1 && least.minor % 100 == -1);
	g_assert_false(money_round_to((Money){ INT64_MAX, MNT }, 10, ROUND_HALF_AWAY, &ret));
	g_assert_false(money_round_to((Money){ INT64_MIN, MNT }, 10, ROUND_HALF_AWAY, &ret));
	g_assert_cmpint(ret.minor, ==, 42);
	g_assert_true(money_round_to(most, 100, ROUND_HALF_AWAY, &ret));
	g_assert_cmpint(ret.minor, ==, most.minor - 1);
	g_assert_true(money_round_to(least, 100, ROUND_HALF_AWAY, &ret));
	g_assert_cmpint(ret.minor, ==, least.minor + 1);
}

static void test_decimal_text(void)
{
	static const struct {
		int64_t minor;
		uint16_t currency;
		const char *text;
	} cases[] = {
		{ 43978, RUB, "439.78" },
		{ -5, RUB, "-0.05" },
		{ 250000, MNT, "2500.00" },
		{ 0, RUB, "0.00" },
		{ 1234, KWD, "1.234" },
		{ 1234, JPY, "1234" },
		{ INT64_MAX, RUB, "92233720368547758.07" },
		{ INT64_MIN, RUB, "-92233720368547758.08" },
		{ INT64_MIN, JPY, "-9223372036854775808" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		Money amount = { cases[i].minor, cases[i].currency }, back;
		g_autofree char *text = money_dup_decimal(amount);

		g_assert_cmpstr(text, ==, cases[i].text);
		g_assert_true(money_parse_decimal(text, cases[i].currency, &back));
		g_assert_cmpint(back.minor, ==, cases[i].minor);
	}
}

static void test_what_people_type(void)
{
	static const struct {
		const char *text;
		bool good;
		int64_t minor;
	} cases[] = {
		{ "2500", true, 250000 },
		{ "2500,5", true, 250050 },
		{ "2500.50", true, 250050 },
		{ "2500.5000", true, 250050 },
		{ "007", true, 700 },
		{ "-0", true, 0 },
		{ "-12,30", true, -1230 },
		{ "2500.505", false, 0 },
		{ "", false, 0 },
		{ "-", false, 0 },
		{ ".", false, 0 },
		{ ".5", false, 0 },
		{ "5.", false, 0 },
		{ "5..1", false, 0 },
		{ "1.2.3", false, 0 },
		{ "1,234.50", false, 0 },
		{ " 5", false, 0 },
		{ "5 ", false, 0 },
		{ "2 500", false, 0 },
		{ "+5", false, 0 },
		{ "--5", false, 0 },
		{ "1e3", false, 0 },
		{ "0x10", false, 0 },
		{ "٥", false, 0 },
		{ "\xff", false, 0 },
		{ "92233720368547758.08", false, 0 },
		{ "99999999999999999999999999", false, 0 },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		Money amount = { 42, RUB };

		g_assert_true(money_parse_decimal(cases[i].text, RUB, &amount) == cases[i].good);
		g_assert_cmpint(amount.minor, ==, cases[i].good ? cases[i].minor : 42);
	}
}

static void test_currencies(void)
{
	static const struct {
		const char *code;
		uint16_t number;
		int exponent;
	} cases[] = {
		{ "RUB", 643, 2 }, { "MNT", 496, 2 }, { "KZT", 398, 2 }, { "KGS", 417, 2 },
		{ "UZS", 860, 2 }, { "BYN", 933, 2 }, { "USD", 840, 2 }, { "EUR", 978, 2 },
		{ "KWD", 414, 3 }, { "JPY", 392, 0 }, { "CNY", 156, 2 },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		const Currency *currency = currency_by_code(cases[i].code);

		g_assert_nonnull(currency);
		g_assert_true(currency == currency_by_number(cases[i].number));
		g_assert_cmpint(currency->exponent, ==, cases[i].exponent);
		g_assert_cmpint(currency->notes[0], >, 0);
		for (int k = 1; currency->notes[k - 1] != 0; k++)
			g_assert_cmpint(currency->notes[k], <, currency->notes[k - 1]);
	}
	g_assert_null(currency_by_code("XXX"));
	g_assert_null(currency_by_number(0));
	g_assert_cmpint(currency_by_code("RUB")->notes[0], ==, 500000);
	g_assert_cmpint(currency_by_code("MNT")->notes[0], ==, 2000000);
}

#define NBSP "\u00a0"

static const NumberStyle russian = { ",", NBSP };
static const NumberStyle english = { ".", "," };

static void test_amounts_for_people(void)
{
	static const struct {
		int64_t minor;
		uint16_t currency;
		const char *russian, *english;
	} cases[] = {
		{ 1364250, RUB, "13" NBSP "642,50" NBSP "₽", "13,642.50" NBSP "₽" },
		{ 250000, MNT, "2" NBSP "500" NBSP "₮", "2,500" NBSP "₮" },
		{ 250050, MNT, "2" NBSP "500,50" NBSP "₮", "2,500.50" NBSP "₮" },
		{ 250000, RUB, "2" NBSP "500,00" NBSP "₽", "2,500.00" NBSP "₽" },
		{ -5, RUB, "−0,05" NBSP "₽", "−0.05" NBSP "₽" },
		{ -60500, MNT, "−605" NBSP "₮", "−605" NBSP "₮" },
		{ 0, MNT, "0" NBSP "₮", "0" NBSP "₮" },
		{ 100, RUB, "1,00" NBSP "₽", "1.00" NBSP "₽" },
		{ 99999, JPY, "99" NBSP "999" NBSP "¥", "99,999" NBSP "¥" },
		{ 123456789, KWD, "123" NBSP "456,789" NBSP "KD", "123,456.789" NBSP "KD" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		Money amount = { cases[i].minor, cases[i].currency };
		g_autofree char *ru = number_text_money(&russian, amount, true);
		g_autofree char *en = number_text_money(&english, amount, true);

		g_assert_cmpstr(ru, ==, cases[i].russian);
		g_assert_cmpstr(en, ==, cases[i].english);
	}
}

static void check_text(char *text, const char *expected)
{
	g_assert_cmpstr(text, ==, expected);
	g_free(text);
}

static void test_other_numbers_for_people(void)
{
	check_text(number_text_money(&russian, (Money){ 123, RUB }, false), "1,23");
	check_text(number_text_quantity(&russian, (Quantity){ 1234000 }), "1,234");
	check_text(number_text_quantity(&russian, (Quantity){ 2000000 }), "2");
	check_text(number_text_quantity(&english, (Quantity){ INT64_C(1234500000) }), "1,234.5");
	check_text(number_text_percent(&russian, 1000), "10" NBSP "%");
	check_text(number_text_percent(&russian, 1250), "12,5" NBSP "%");
	check_text(number_text_percent(&english, 5), "0.05" NBSP "%");
	check_text(number_text_percent(&english, -725), "−7.25" NBSP "%");
	check_text(number_text_integer(&russian, 1000000), "1" NBSP "000" NBSP "000");
	check_text(number_text_integer(&english, INT64_MIN), "−9,223,372,036,854,775,808");
	check_text(number_text_integer(&english, 999), "999");
}

static void test_quantities(void)
{
	static const struct {
		int64_t micro;
		const char *text;
	} cases[] = {
		{ 1234000, "1.234" },
		{ 2000000, "2" },
		{ 10000000, "10" },
		{ 1, "0.000001" },
		{ 0, "0" },
		{ -500000, "-0.5" },
		{ INT64_MAX, "9223372036854.775807" },
		{ 100000000, "100" },
	};
	Quantity quantity = { 42 };

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *text = quantity_dup_decimal((Quantity){ cases[i].micro });

		g_assert_cmpstr(text, ==, cases[i].text);
		g_assert_true(quantity_parse_decimal(text, &quantity));
		g_assert_cmpint(quantity.micro, ==, cases[i].micro);
	}
	g_assert_true(quantity_parse_decimal("0,5", &quantity));
	g_assert_cmpint(quantity.micro, ==, 500000);
	g_assert_false(quantity_parse_decimal("0.0000001", &quantity));
	g_assert_false(quantity_parse_decimal("3*", &quantity));
	g_assert_cmpint(quantity.micro, ==, 500000);
}

static void test_units_of_real_lists(void)
{
	static const struct {
		const char *text;
		bool good;
		Unit unit;
		int ffd; /* tag 2108 */
	} cases[] = {
		{ "", true, UNIT_PIECE, 0 },	       { "шт", true, UNIT_PIECE, 0 },
		{ "ШТ.", true, UNIT_PIECE, 0 },	       { " Шт ", true, UNIT_PIECE, 0 },
		{ "ш", true, UNIT_PIECE, 0 },	       { "уп", true, UNIT_PIECE, 0 },
		{ "pc", true, UNIT_PIECE, 0 },	       { "кг", true, UNIT_KILOGRAM, 11 },
		{ "КГ", true, UNIT_KILOGRAM, 11 },     { "kg", true, UNIT_KILOGRAM, 11 },
		{ "г", true, UNIT_GRAM, 10 },	       { "гр.", true, UNIT_GRAM, 10 },
		{ "л", true, UNIT_LITRE, 41 },	       { "мл", true, UNIT_MILLILITRE, 40 },
		{ "м", true, UNIT_METRE, 22 },	       { "пог. м", true, UNIT_METRE, 22 },
		{ "м²", true, UNIT_SQUARE_METRE, 32 }, { "кв.м", true, UNIT_SQUARE_METRE, 32 },
		{ "час", true, UNIT_HOUR, 71 },	       { "other", true, UNIT_OTHER, 255 },
		{ "бочка", false, UNIT_OTHER, 255 },   { "\xff\xfe", false, UNIT_OTHER, 255 },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		Unit unit = UNIT_N;

		g_assert_true(unit_parse(cases[i].text, &unit) == cases[i].good);
		g_assert_cmpint(unit, ==, cases[i].unit);
		g_assert_cmpint(unit_ffd(unit), ==, cases[i].ffd);
	}
	for (Unit unit = 0; unit < UNIT_N; unit++) {
		Unit back;

		g_assert_true(unit_parse(unit_code(unit), &back));
		g_assert_cmpint(back, ==, unit);
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/money/rounding", test_rounding);
	g_test_add_func("/money/overflow-is-said", test_overflow_is_said);
	g_test_add_func("/money/currencies-do-not-mix", test_currencies_do_not_mix);
	g_test_add_func("/money/cash-steps", test_cash_steps);
	g_test_add_func("/money/cash-step-too-large", test_cash_step_too_large);
	g_test_add_func("/money/decimal-text", test_decimal_text);
	g_test_add_func("/money/what-people-type", test_what_people_type);
	g_test_add_func("/money/currencies", test_currencies);
	g_test_add_func("/number-text/amounts", test_amounts_for_people);
	g_test_add_func("/number-text/others", test_other_numbers_for_people);
	g_test_add_func("/quantity/text", test_quantities);
	g_test_add_func("/quantity/units-of-real-lists", test_units_of_real_lists);
	return g_test_run();
}
