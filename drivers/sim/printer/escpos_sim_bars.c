/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/printer/escpos_sim.h"

#include <string.h>

/* ISO/IEC 15420, set A; set B is A's complement from behind, set C A's complement. */
static const char *const ean_digits[10] = { "0001101", "0011001", "0010011", "0111101", "0100011",
					    "0110001", "0101111", "0111011", "0110111", "0001011" };
/* Which of the left six are of set B, by the first digit. */
static const char *const ean_first[10] = { "AAAAAA", "AABABB", "AABBAB", "AABBBA", "ABAABB",
					   "ABBAAB", "ABBBAA", "ABABAB", "ABABBA", "ABBABA" };

static void add_ean_digit(GString *bars, char digit, char set)
{
	const char *a = ean_digits[digit - '0'];

	for (int i = 0; i < 7; i++) {
		char module = set == 'B' ? a[6 - i] : a[i];

		g_string_append_c(bars, set == 'A' ? module : module == '1' ? '0' : '1');
	}
}

char *escpos_ean_bars(const char *digits)
{
	bool small = strlen(digits) == 8;
	const char *sets = small ? "AAAA" : ean_first[digits[0] - '0'];
	const char *left = small ? digits : digits + 1;
	size_t half = strlen(sets);
	GString *bars = g_string_new("101");

	for (size_t i = 0; i < half; i++)
		add_ean_digit(bars, left[i], sets[i]);
	g_string_append(bars, "01010");
	for (size_t i = half; i < 2 * half; i++)
		add_ean_digit(bars, left[i], 'C');
	g_string_append(bars, "101");
	return g_string_free(bars, false);
}

/* ISO/IEC 15417: widths of bar, gap, bar, …, by value; 103…105 start, 106 stops. */
static const char *const code128[107] = {
	"212222", "222122", "222221", "121223", "121322", "131222", "122213", "122312",	 "132212",
	"221213", "221312", "231212", "112232", "122132", "122231", "113222", "123122",	 "123221",
	"223211", "221132", "221231", "213212", "223112", "312131", "311222", "321122",	 "321221",
	"312212", "322112", "322211", "212123", "212321", "232121", "111323", "131123",	 "131321",
	"112313", "132113", "132311", "211313", "231113", "231311", "112133", "112331",	 "132131",
	"113123", "113321", "133121", "313121", "211331", "231131", "213113", "213311",	 "213131",
	"311123", "311321", "331121", "312113", "312311", "332111", "314111", "221411",	 "431111",
	"111224", "111422", "121124", "121421", "141122", "141221", "112214", "112412",	 "122114",
	"122411", "142112", "142211", "241211", "221114", "413111", "241112", "134111",	 "111242",
	"121142", "121241", "114212", "124112", "124211", "411212", "421112", "421211",	 "212141",
	"214121", "412121", "111143", "111341", "131141", "114113", "114311", "411113",	 "411311",
	"113141", "114131", "311141", "411131", "211412", "211214", "211232", "2331112",
};

static void add_code128(GString *bars, int value)
{
	bool black = true;

	for (const char *width = code128[value]; *width != '\0'; width++, black = !black)
		for (int i = 0; i < *width - '0'; i++)
			g_string_append_c(bars, black ? '1' : '0');
}

char *escpos_code128_bars(const int *values, size_t n)
{
	GString *bars = g_string_new(NULL);
	int sum = values[0];

	for (size_t i = 0; i < n; i++) {
		add_code128(bars, values[i]);
		sum = (sum + values[i] * (int)i) % 103;
	}
	add_code128(bars, sum % 103);
	add_code128(bars, 106);
	return g_string_free(bars, false);
}
