/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/codepage.h"

#include <string.h>

static void check(CodePage page, const LetterMap *letters, const char *text, const char *expected,
		  size_t max)
{
	uint8_t bytes[64];
	size_t len = codepage_encode(page, letters, text, bytes, max);

	g_assert_cmpmem(bytes, len, expected, strlen(expected));
}

static void test_encode(void)
{
	LetterMap letters;

	g_assert_true(letter_map_parse("ӨО,ҮУ", &letters));
	check(CODEPAGE_CP866, NULL, "Иванова А.", "\x88\xA2\xA0\xAD\xAE\xA2\xA0 \x80.", 64);
	check(CODEPAGE_CP1251, NULL, "Яблоки №1 Ёж", "\xDF\xE1\xEB\xEE\xEA\xE8 \xB9\x31 \xA8\xE6",
	      64);
	check(CODEPAGE_CP855, NULL, "Итого №", "\xB8\xE5\xD6\xAC\xD6 \xEF", 64);
	check(CODEPAGE_CP855, NULL, "Ёё", "\x85\x84", 64);
	check(CODEPAGE_CP1251, NULL, "Сүү, Өндөг", "\xD1??, ?\xED\xE4?\xE3", 64);
	check(CODEPAGE_CP1251, &letters, "Сүү, Өндөг", "\xD1\xF3\xF3, \xCE\xED\xE4\xEE\xE3", 64);
	check(CODEPAGE_CP1251, &letters, "100 ₮", "100 ?", 64);
	check(CODEPAGE_CP1251, NULL, "и\u0306", "\xE9", 64); /* й in two pieces */
	check(CODEPAGE_CP866, NULL, "«a» – b\u00A0c", "\"a\" - b c", 64);
	check(CODEPAGE_ASCII, NULL,
	      "a\tb\r\n\x1B"
	      "c\x7F",
	      "abc", 64);
	check(CODEPAGE_ASCII, NULL, "яblo", "?b", 2);
	check(CODEPAGE_ASCII, NULL, "\xFF\xC3", "??", 64);
	check(CODEPAGE_ASCII, NULL, "", "", 64);
}

static void test_compose(void)
{
	g_autofree char *composed = codepage_compose("и\u0306");

	g_assert_cmpstr(composed, ==, "й");
	g_assert_null(codepage_compose("cut\xD3"));
	g_assert_null(codepage_compose("\xFF"));
}

static void test_letters(void)
{
	LetterMap letters;

	g_assert_false(letter_map_parse("Ө", &letters));
	g_assert_false(letter_map_parse("ӨОО", &letters));
	g_assert_false(letter_map_parse("ӨО,,ҮУ", &letters));
	g_assert_false(letter_map_parse("\xFF\xFF", &letters));
	g_assert_true(letter_map_parse(" ӨО , ҮУ ", &letters));
	g_assert_cmpint(letter_map_find(&letters, 0x04E9), ==, 0x043E);
	g_assert_cmpint(letter_map_find(&letters, 'x'), ==, 'x');
	g_assert_cmpint(letter_map_find(NULL, 0x04E9), ==, 0x04E9);
}

/* Every byte that means a letter comes back as itself. */
static void test_there_and_back(void)
{
	for (int page = CODEPAGE_CP866; page < CODEPAGE_N; page++) {
		int n_letters = 0;

		for (int byte = 0x80; byte < 0x100; byte++) {
			uint8_t one = (uint8_t)byte, back;
			g_autofree char *text = codepage_decode((CodePage)page, &one, 1);

			if (!g_unichar_isalpha(g_utf8_get_char(text)))
				continue;
			g_assert_cmpint(codepage_encode((CodePage)page, NULL, text, &back, 1), ==,
					1);
			g_assert_cmphex(back, ==, one);
			n_letters++;
		}
		g_assert_cmpint(n_letters, >=, 66);
	}
}

static void test_rubbish(void)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(866);

	for (int i = 0; i < 100000; i++) {
		char text[24] = { 0 };
		uint8_t bytes[8];
		size_t n;

		for (int j = 0; j < g_rand_int_range(rand, 0, 23); j++)
			text[j] = (char)g_rand_int_range(rand, 1, 256);
		n = codepage_encode((CodePage)(i % CODEPAGE_N), NULL, text, bytes, sizeof bytes);
		g_assert_cmpuint(n, <=, sizeof bytes);
		for (size_t j = 0; j < n; j++)
			g_assert_true(bytes[j] >= 0x20 && bytes[j] != 0x7F);
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/codepage/encode", test_encode);
	g_test_add_func("/codepage/compose", test_compose);
	g_test_add_func("/codepage/letters", test_letters);
	g_test_add_func("/codepage/there_and_back", test_there_and_back);
	g_test_add_func("/codepage/rubbish", test_rubbish);
	return g_test_run();
}
