/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/printer/paper.h"

#include <string.h>

static void check_text(const Paper *paper, int columns, const char *expected)
{
	g_autofree char *text = paper_dup_text(paper, columns);

	g_assert_cmpstr(text, ==, expected);
}

static void check_one(int columns, PaperAlign align, PaperStyle style, const char *text,
		      const char *expected)
{
	g_autoptr(Paper) paper = paper_new();

	paper_add_text(paper, align, style, text);
	check_text(paper, columns, expected);
}

static void test_wrapped_between_words(void)
{
	check_one(10, PAPER_LEFT, PAPER_PLAIN, "Молоко", "Молоко\n");
	check_one(10, PAPER_LEFT, PAPER_PLAIN, "Молоко 3,2% пастеризованное",
		  "Молоко\n3,2%\nпастеризов\nанное\n");
	check_one(10, PAPER_LEFT, PAPER_PLAIN, "0123456789 0", "0123456789\n0\n");
	check_one(10, PAPER_LEFT, PAPER_PLAIN, "012345 789 0", "012345 789\n0\n");
	check_one(10, PAPER_LEFT, PAPER_PLAIN, "  in   two  ", "  in   two\n");
	check_one(10, PAPER_LEFT, PAPER_PLAIN, "one\n\ntwo", "one\n\ntwo\n");
	check_one(10, PAPER_LEFT, PAPER_PLAIN, "", "\n");
	check_one(10, PAPER_LEFT, PAPER_PLAIN, "          ", "\n");
	check_one(4, PAPER_LEFT, PAPER_PLAIN, "汉字汉", "汉字\n汉\n");
	check_one(1, PAPER_LEFT, PAPER_PLAIN, "汉a", "汉\na\n");
}

static void test_aligned(void)
{
	check_one(10, PAPER_CENTRE, PAPER_PLAIN, "abcd", "   abcd\n");
	check_one(10, PAPER_RIGHT, PAPER_BOLD, "abcd", "      abcd\n");
	check_one(10, PAPER_CENTRE, PAPER_DOUBLE, "abc", "  abc\n"); /* six columns wide */
	check_one(10, PAPER_LEFT, PAPER_DOUBLE, "abc de", "abc\nde\n");
}

static void check_pair(int columns, PaperStyle style, const char *left, const char *right,
		       const char *expected)
{
	g_autoptr(Paper) paper = paper_new();

	paper_add_pair(paper, style, left, right);
	check_text(paper, columns, expected);
}

/* The amount is never cut, and never touches the name. */
static void test_pairs(void)
{
	check_pair(12, PAPER_PLAIN, "Сүү", "3 200", "Сүү    3 200\n");
	check_pair(12, PAPER_PLAIN, "123456", "3 200", "123456 3 200\n");
	check_pair(12, PAPER_PLAIN, "1234567", "3 200", "1234567\n       3 200\n");
	check_pair(12, PAPER_PLAIN, "Талх Атар 600 г", "5 000", "Талх Атар\n600 г  5 000\n");
	check_pair(12, PAPER_PLAIN, "", "5", "           5\n");
	check_pair(12, PAPER_PLAIN, "name", "", "name        \n");
	check_pair(4, PAPER_PLAIN, "ab", "123456", "ab\n1234\n  56\n");
	check_pair(4, PAPER_PLAIN, "", "123456", "1234\n  56\n");
	check_pair(12, PAPER_DOUBLE, "ab", "123", "ab       123\n");
	check_pair(12, PAPER_DOUBLE, "abc", "123", "abc\n         123\n");
}

/* What no printer may be sent is not on the paper. */
static void test_clean(void)
{
	check_one(20, PAPER_LEFT, PAPER_PLAIN, "a\x1B@\x10\x04\x01z\x7F", "a@z\n");
	check_one(20, PAPER_LEFT, PAPER_PLAIN, "\xFFok\xC3", "?ok?\n");
	check_one(20, PAPER_LEFT, PAPER_PLAIN, "и\u0306 \u200Bx\tz", "й x z\n");
	check_pair(10, PAPER_PLAIN, "a", "1\n2", "a      1 2\n");
}

static void test_whole_receipt(void)
{
	g_autoptr(Paper) paper = paper_new();

	paper_add_text(paper, PAPER_CENTRE, PAPER_BOLD | PAPER_DOUBLE, "ДЭЛГҮҮР");
	paper_add_rule(paper);
	paper_add_pair(paper, PAPER_PLAIN, "Сүү 2 x 1 600", "3 200");
	paper_add_pair(paper, PAPER_BOLD, "НИЙТ", "3 200 ₮");
	paper_add_feed(paper, 2);
	g_assert_true(paper_add_ean13(paper, "460123456789"));
	g_assert_true(paper_add_code128(paper, "R-0001"));
	g_assert_true(paper_add_qr(paper, "https://example.org"));
	paper_add_cut(paper);
	check_text(paper, 24,
		   "     ДЭЛГҮҮР\n"
		   "------------------------\n"
		   "Сүү 2 x 1 600      3 200\n"
		   "НИЙТ             3 200 ₮\n"
		   "\n\n"
		   "[EAN13 4601234567893]\n"
		   "[CODE128 R-0001]\n"
		   "[QR https://example.org]\n");
}

/* Nothing is added of a code that is wrong. */
static void test_wrong_codes(void)
{
	static const char *const ean13[] = { "",
					     "46012345678",
					     "46012345678933",
					     "4601234567890",
					     "46012345678a",
					     "460123456789٣" };
	g_autoptr(Paper) paper = paper_new();
	g_autofree char *long_qr = g_strnfill(701, 'x'), *longest_qr = g_strnfill(700, 'x');

	for (size_t i = 0; i < G_N_ELEMENTS(ean13); i++)
		g_assert_false(paper_add_ean13(paper, ean13[i]));
	g_assert_false(paper_add_code128(paper, ""));
	g_assert_false(paper_add_code128(paper, "0123456789012345678901234567890"));
	g_assert_false(paper_add_code128(paper, "Ө"));
	g_assert_false(paper_add_code128(paper, "a\x10"));
	g_assert_false(paper_add_qr(paper, ""));
	g_assert_false(paper_add_qr(paper, long_qr));
	check_text(paper, 24, "");
	g_assert_true(paper_add_ean13(paper, "4601234567893"));
	g_assert_true(paper_add_code128(paper, "012345678901234567890123456789"));
	g_assert_true(paper_add_qr(paper, longest_qr));
}

/* Whatever the words, no row is wider than the paper and no letter is lost. */
static void test_any_words(void)
{
	static const char *const pieces[] = { " ", "a", "Ө", "汉", "\n", "word ", "₮", "\xC3" };
	g_autoptr(GRand) rand = g_rand_new_with_seed(58);

	for (int i = 0; i < 20000; i++) {
		g_autoptr(GString) text = g_string_new(NULL);
		g_autoptr(Paper) paper = paper_new();
		int columns = g_rand_int_range(rand, 2, 12);
		g_autofree char *rows = NULL;
		g_auto(GStrv) lines = NULL;

		for (int j = g_rand_int_range(rand, 0, 20); j > 0; j--)
			g_string_append(text, pieces[g_rand_int_range(rand, 0, 8)]);
		paper_add_text(paper, PAPER_LEFT, PAPER_PLAIN, text->str);
		rows = paper_dup_text(paper, columns);
		lines = g_strsplit(rows, "\n", -1);
		for (int j = 0; lines[j] != NULL; j++) {
			int cells = 0;

			for (const char *c = lines[j]; *c != '\0'; c = g_utf8_next_char(c))
				cells += g_unichar_iswide(g_utf8_get_char(c)) ? 2 : 1;
			g_assert_cmpint(cells, <=, columns);
		}
		for (const char *c = "a汉₮"; *c != '\0'; c = g_utf8_next_char(c)) {
			g_autofree char *letter = g_strndup(c, (gsize)(g_utf8_next_char(c) - c));
			g_auto(GStrv) in = g_strsplit(text->str, letter, -1);
			g_auto(GStrv) out = g_strsplit(rows, letter, -1);

			g_assert_cmpuint(g_strv_length(in) + (text->len == 0), ==,
					 g_strv_length(out));
		}
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/paper/wrapped_between_words", test_wrapped_between_words);
	g_test_add_func("/paper/aligned", test_aligned);
	g_test_add_func("/paper/pairs", test_pairs);
	g_test_add_func("/paper/clean", test_clean);
	g_test_add_func("/paper/whole_receipt", test_whole_receipt);
	g_test_add_func("/paper/wrong_codes", test_wrong_codes);
	g_test_add_func("/paper/any_words", test_any_words);
	return g_test_run();
}
