/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/fold.h"

typedef struct {
	const char *text, *expected;
} Case;

static void check(const Case *cases, size_t n, char *(*fold)(const char *))
{
	for (size_t i = 0; i < n; i++) {
		g_autofree char *folded = fold(cases[i].text);

		g_assert_cmpstr(folded, ==, cases[i].expected);
	}
}

static void test_names(void)
{
	static const Case cases[] = {
		{ "Хлеб «Бородинский», 400 г", "хлеб бородинский 400 г" },
		{ "ЁЛКА ёлка", "елка елка" },
		{ "Өндөг ҮНДЭС Үзэм", "ондог ундэс узэм" },
		{ "ЙОГУРТ йогурт", "йогурт йогурт" },
		{ "и\u0306огурт", "йогурт" }, /* й taken apart */
		{ "е\u0308лка", "елка" },
		{ "Café CRÈME brûlée", "cafe creme brulee" },
		{ "Cafe\u0301", "cafe" },
		{ "Øl Łódź İstanbul ığ", "ol lodz istanbul ig" },
		{ "  №5 -- 1,5л ", "5 1 5л" },
		{ "Кока-Кола\u00a00.5 л", "кока кола 0 5 л" },
		{ "...", "" },
		{ "", "" },
		{ "Талх\xff Атар", "талх атар" },
		{ "Їжак", "їжак" },
	};

	check(cases, G_N_ELEMENTS(cases), fold_dup);
}

/* Each letter of the world: one pass is enough, and leaves letters, digits and single blanks. */
static void test_folding_again_changes_nothing(void)
{
	for (gunichar c = 1; c <= 0x2ffff; c++) {
		char text[8] = { 0 };

		if (!g_unichar_validate(c))
			continue;
		g_unichar_to_utf8(c, text);
		g_autofree char *once = fold_dup(text);
		g_autofree char *twice = fold_dup(once);

		g_assert_cmpstr(once, ==, twice);
		for (const char *p = once; *p != '\0'; p = g_utf8_next_char(p))
			g_assert_true(g_unichar_isalnum(g_utf8_get_char(p)));
	}
}

static void test_other_layout(void)
{
	static const Case cases[] = {
		{ "ghbdtn", "привет" }, { "привет", "ghbdtn" }, { "Vjkjrj 2", "Молоко 2" },
		{ ",fyfy", "банан" },	{ "Ьшдл", "Milk" },	{ "12345", NULL },
		{ "1.5, 2", NULL },	{ "", NULL },		{ "[kt,", "хлеб" },
	};

	check(cases, G_N_ELEMENTS(cases), fold_dup_other_layout);
}

static void test_transliterated(void)
{
	static const Case cases[] = {
		{ "moloko", "молоко" },
		{ "Moloko", "молоко" },
		{ "khleb", "хлеб" },
		{ "xleb", "хлеб" },
		{ "borshch", "борщ" },
		{ "tsagaan", "цагаан" },
		{ "ayrag", "айраг" },
		{ "syr", "сыр" },
		{ "yabloko 1", "яблоко 1" },
		{ "chay", "чай" },
		{ "shokolad", "шоколад" },
		{ "jims", "жимс" },
		{ "сыр", NULL },
		{ "123", NULL },
		{ "", NULL },
		{ "pivo пиво", "пиво пиво" },
	};

	check(cases, G_N_ELEMENTS(cases), fold_dup_transliterated);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/fold/names", test_names);
	g_test_add_func("/fold/again-changes-nothing", test_folding_again_changes_nothing);
	g_test_add_func("/fold/other-layout", test_other_layout);
	g_test_add_func("/fold/transliterated", test_transliterated);
	return g_test_run();
}
