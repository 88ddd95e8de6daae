/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/fiscal/json_amount.h"

#include "drivers/device.h"

#include <string.h>

static void test_write(void)
{
	static const struct {
		int64_t value;
		int decimals;
		const char *text;
	} cases[] = {
		{ 24594, 2, "245.94" },
		{ 0, 2, "0.00" },
		{ 7, 2, "0.07" },
		{ -7, 2, "-0.07" },
		{ 5600, 0, "5600" },
		{ 1234000, 6, "1.234000" },
		{ 1, 6, "0.000001" },
		{ 100000, 2, "1000.00" },
		{ INT64_MAX, 0, "9223372036854775807" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *text = json_amount_dup_text(cases[i].value, cases[i].decimals);
		int64_t back;

		g_assert_cmpstr(text, ==, cases[i].text);
		g_assert_true(json_amount_read(text, cases[i].decimals, &back));
		g_assert_cmpint(back, ==, cases[i].value);
	}
}

static void test_read(void)
{
	static const struct {
		const char *text;
		int64_t value;
	} cases[] = {
		{ "5600", 560000 },
		{ "5600.0", 560000 },
		{ "5600.00", 560000 },
		{ "5600.000", 560000 },
		{ "0", 0 },
		{ "-0.5", -50 },
		{ "0.07", 7 },
		{ "92233720368547758.07", INT64_MAX },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		int64_t value = -1;

		g_assert_true(json_amount_read(cases[i].text, 2, &value));
		g_assert_cmpint(value, ==, cases[i].value);
	}
}

static void test_refuses(void)
{
	static const char *const cases[] = {
		"",
		"-",
		"5e2",
		"5E2",
		"5.0e0",
		"1.005",
		"245.93999999999997",
		"1.",
		".5",
		"+1",
		"007",
		" 1",
		"1 ",
		"1,5",
		"0x10",
		"nan",
		"1 000",
		"1.2.3",
		"Infinity",
		"92233720368547758.08",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		int64_t value = 77;

		g_assert_false(json_amount_read(cases[i], 2, &value));
		g_assert_cmpint(value, ==, 77);
	}
	g_assert_false(json_amount_read(NULL, 2, &(int64_t){ 0 }));
}

static json_t *load(const char *text, GError **error)
{
	return json_amount_loads(text, strlen(text), error);
}

static void test_loads(void)
{
	g_autoptr(GError) error = NULL;
	json_t *json =
		load("\xEF\xBB\xBF{\"a\":245.94, \"b\" : [ -1 ,2e5,0], \"c\":\"x \\\" 7: \\\\\","
		     "\"d\":true,\"7\":null,\"e\":{\"f\":123456789012345678901234567890}}",
		     &error);
	const json_t *b;

	g_assert_no_error(error);
	b = json_object_get(json, "b");
	g_assert_cmpstr(json_string_value(json_object_get(json, "a")), ==, "245.94");
	g_assert_cmpuint(json_array_size(b), ==, 3);
	g_assert_cmpstr(json_string_value(json_array_get(b, 0)), ==, "-1");
	g_assert_cmpstr(json_string_value(json_array_get(b, 1)), ==, "2e5");
	g_assert_cmpstr(json_string_value(json_array_get(b, 2)), ==, "0");
	g_assert_cmpstr(json_string_value(json_object_get(json, "c")), ==, "x \" 7: \\");
	g_assert_true(json_is_true(json_object_get(json, "d")));
	g_assert_true(json_is_null(json_object_get(json, "7")));
	g_assert_cmpstr(json_string_value(json_object_get(json_object_get(json, "e"), "f")), ==,
			"123456789012345678901234567890");
	json_decref(json);
}

/* Quotes around numbers make no JSON of what was none. */
static void test_loads_no_json(void)
{
	static const char *const cases[] = {
		"",
		"1",
		"\"a\"",
		"[01]",
		"[1.2.3]",
		"[1 2]",
		"[1.]",
		"[.5]",
		"[+1]",
		"[--1]",
		"[1e]",
		"[1\"a\"]",
		"{1:2}",
		"{1 :2}",
		"{\"a\":1",
		"{\"a\":1}}",
		"[1e+]",
		"[\"a]",
		"[\"\\]",
		"[tru1]",
		"[1,]",
		"[0x1F]",
		"{\"a\":1,\"a\":2}",
		"[NaN]",
		"<html>7",
		"[\"\xFF\"]",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GError) error = NULL;

		g_assert_null(load(cases[i], &error));
		g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_PROTOCOL);
	}
	g_assert_null(json_amount_loads("[\"a\0b\"]", 7, NULL));
	g_assert_null(json_amount_loads("[1]\0", 4, NULL));
	g_assert_null(json_amount_loads("[1.5\0]", 6, NULL)); /* which jansson alone lets pass */
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/fiscal/json-amount/write", test_write);
	g_test_add_func("/fiscal/json-amount/read", test_read);
	g_test_add_func("/fiscal/json-amount/refuses", test_refuses);
	g_test_add_func("/fiscal/json-amount/loads", test_loads);
	g_test_add_func("/fiscal/json-amount/no-json", test_loads_no_json);
	return g_test_run();
}
