/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/label/label_symbol.h"

#include "drivers/sim/label/label_text.h"

#include <string.h>

/* ISO/IEC 15420: set A; B and C are the same seen otherwise. */
static const char *const ean_a[10] = { "0001101", "0011001", "0010011", "0111101", "0100011",
				       "0110001", "0101111", "0111011", "0110111", "0001011" };
/* Which of digits 2 to 7 come from set B, by the first. */
static const char *const ean_parity[10] = { "AAAAAA", "AABABB", "AABBAB", "AABBBA", "ABAABB",
					    "ABBAAB", "ABBBAA", "ABABAB", "ABABBA", "ABBABA" };

char label_check_digit(const char *digits)
{
	int sum = 0, n = (int)strlen(digits);

	for (int i = 0; i < n; i++)
		sum += (digits[i] - '0') * ((n - i) % 2 == 1 ? 3 : 1);
	return (char)('0' + (10 - sum % 10) % 10);
}

static void append_ean_digit(GString *modules, char digit, char set)
{
	const char *a = ean_a[digit - '0'];

	for (int i = 0; i < 7; i++) {
		char module = set == 'B' ? a[6 - i] : a[i];

		if (set != 'A')
			module = module == '0' ? '1' : '0';
		g_string_append_c(modules, module);
	}
}

char *label_ean_modules(const char *digits)
{
	GString *modules = g_string_new("101");
	bool long_one = strlen(digits) == 13;
	const char *left = long_one ? digits + 1 : digits;
	int half = long_one ? 6 : 4;

	for (int i = 0; i < half; i++)
		append_ean_digit(modules, left[i], long_one ? ean_parity[digits[0] - '0'][i] : 'A');
	/* B is C read backwards: A turned over, then mirrored. */
	g_string_append(modules, "01010");
	for (int i = half; i < 2 * half; i++)
		append_ean_digit(modules, left[i], 'C');
	g_string_append(modules, "101");
	return g_string_free(modules, FALSE);
}

/* --- Code 128, ISO/IEC 15417 ------------------------------------------------------------------ */

enum { SET_C = 99, SET_B = 100, SET_A = 101, FNC1 = 102, START_A = 103, START_B, START_C, STOP };

/* Widths of bar, space, bar … of each value. */
static const char *const widths[] = {
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

static void add(GArray *values, int value)
{
	g_array_append_val(values, value);
}

static int code_at(const GArray *codes, guint i)
{
	return i < codes->len ? g_array_index(codes, uint16_t, i) : -1;
}

static guint digits_from(const GArray *codes, guint i)
{
	guint n = 0;

	while (code_at(codes, i + n) >= '0' && code_at(codes, i + n) <= '9')
		n++;
	return n;
}

/* The set to go on with from @i: C for four digits or more, A for what only it has. */
static int best_set(const GArray *codes, guint i, int set)
{
	guint n = digits_from(codes, i);
	int code = code_at(codes, i);

	if (n >= 4 || (set == SET_C && n >= 2))
		return SET_C;
	if (code < 0x20)
		return SET_A;
	if (code >= 0x60 && code != LABEL_FNC1)
		return SET_B;
	return set == SET_A ? SET_A : SET_B;
}

static bool choose_values(const GArray *codes, GArray *values)
{
	int set = 0;

	for (guint i = 0; i < codes->len; i++) {
		int code = code_at(codes, i);
		/* FNC1 is in all sets: what comes behind it decides. */
		int wanted = code != LABEL_FNC1		      ? best_set(codes, i, set)
			     : i + 1 < codes->len && set == 0 ? best_set(codes, i + 1, set)
			     : set == 0			      ? SET_B
							      : set;

		if (code != LABEL_FNC1 && code >= 0x80)
			return false;
		if (wanted == SET_C && set != SET_C && set != 0 && digits_from(codes, i) % 2 == 1)
			wanted = set; /* the odd digit comes first */
		if (wanted != set)
			add(values, set != 0 ? wanted : START_A + (SET_A - wanted));
		set = wanted;
		if (code == LABEL_FNC1)
			add(values, FNC1);
		else if (set == SET_C)
			add(values, (code - '0') * 10 + code_at(codes, ++i) - '0');
		else
			add(values, set == SET_A && code < 0x20 ? code + 64 : code - 0x20);
	}
	return true;
}

static bool take_raw(const GArray *codes, GArray *values)
{
	for (guint i = 0; i < codes->len; i++) {
		int code = code_at(codes, i);

		if ((code & LABEL_RAW) == 0 || (code & 0xFF) >= STOP ||
		    (i == 0) != ((code & 0xFF) >= START_A))
			return false;
		add(values, code & 0xFF);
	}
	return true;
}

static void append_widths(GString *modules, const char *pattern)
{
	for (int i = 0; pattern[i] != '\0'; i++)
		for (int n = pattern[i] - '0'; n > 0; n--)
			g_string_append_c(modules, i % 2 == 0 ? '1' : '0');
}

char *label_code128_modules(const GArray *codes)
{
	g_autoptr(GArray) values = g_array_new(FALSE, FALSE, sizeof(int));
	GString *modules;
	int64_t sum = 0;

	if (codes->len == 0 ||
	    !((code_at(codes, 0) & LABEL_RAW) != 0 ? take_raw(codes, values)
						   : choose_values(codes, values)))
		return NULL;
	modules = g_string_new(NULL);
	for (guint i = 0; i < values->len; i++) {
		int value = g_array_index(values, int, i);

		sum += (int64_t)value * MAX(i, 1);
		append_widths(modules, widths[value]);
	}
	append_widths(modules, widths[sum % 103]);
	append_widths(modules, widths[STOP]);
	return g_string_free(modules, FALSE);
}

GArray *label_codes_new(void)
{
	return g_array_new(FALSE, FALSE, sizeof(uint16_t));
}

void label_codes_add(GArray *codes, int code)
{
	uint16_t value = (uint16_t)code;

	g_array_append_val(codes, value);
}

GArray *label_codes_of(const GByteArray *data, bool gs1)
{
	GArray *codes = label_codes_new();

	if (gs1)
		label_codes_add(codes, LABEL_FNC1);
	for (guint i = 0; i < data->len; i++)
		if (!gs1 || strchr("() ", data->data[i]) == NULL)
			label_codes_add(codes, data->data[i]);
	return codes;
}

/* --- drawing ---------------------------------------------------------------------------------- */

LabelCanvas *label_bars_new(const char *modules, int narrow, int height, const char *words)
{
	const LabelFont font = { .height = 16 + 2 * narrow, .cell = 8 + narrow };
	int n = (int)strlen(modules), gap = narrow, missing;
	LabelCanvas *bars =
		label_canvas_new(n * narrow, words != NULL ? height + gap + font.height : height);

	for (int i = 0; i < n; i++)
		if (modules[i] == '1')
			label_canvas_fill(bars, i * narrow, 0, narrow, height, LABEL_INK_BLACK);
	if (words != NULL) {
		g_autoptr(LabelCanvas) line = label_text_new(words, &font, &missing);

		/* Words wider than their bars lose their ends, as on a real label. */
		label_canvas_place(bars, (bars->width - line->width) / 2, height + gap, line,
				   LABEL_INK_BLACK);
	}
	return bars;
}
