/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/goods/fields.h"

#include "core/barcode.h"
#include "core/currency.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

/* --- texts --------------------------------------------------------------------------------- */

/* What nearly every letter of a list is: printable ASCII or Cyrillic. Spares asking Unicode's
 * tables. */
static bool is_plain(gunichar c)
{
	return (c > 0x20 && c < 0x7f) || (c >= 0x400 && c < 0x530);
}

char *field_dup_tidy(const char *text)
{
	g_autoptr(GString) tidy = g_string_sized_new(strlen(text));
	bool blank = false;

	for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);

		if (!is_plain(c) && g_unichar_isspace(c)) {
			blank = tidy->len > 0;
			continue;
		}
		if (blank)
			g_string_append_c(tidy, ' ');
		blank = false;
		g_string_append_len(tidy, p, g_utf8_next_char(p) - p);
	}
	return g_string_free(g_steal_pointer(&tidy), false);
}

static bool has_control(const char *text)
{
	for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);

		if (!is_plain(c) && (g_unichar_iscntrl(c) || c == 0xfffd))
			return true;
	}
	return false;
}

char *field_check_text(const char *text, const char *what, int max)
{
	glong n = g_utf8_strlen(text, -1);

	if (n > max)
		return g_strdup_printf(_("%s has %ld characters, the most is %d"), what, n, max);
	if (has_control(text))
		return g_strdup_printf(_("%s has characters that cannot be printed"), what);
	return NULL;
}

/* --- barcodes ------------------------------------------------------------------------------ */

/* 4,60123E+12: a spreadsheet has thrown digits away. */
static bool is_rounded(const char *code)
{
	size_t digits = strspn(code, "0123456789.,");

	return digits > 0 && (code[digits] == 'E' || code[digits] == 'e') &&
	       code[digits + 1] == '+' && code[digits + 2] != '\0' &&
	       strspn(code + digits + 2, "0123456789") == strlen(code + digits + 2);
}

static bool is_printable(const char *code)
{
	for (const char *p = code; *p != '\0'; p++)
		if (!g_ascii_isgraph(*p))
			return false;
	return true;
}

char *field_check_barcode(const char *code)
{
	size_t n = strlen(code);

	if (is_rounded(code))
		return g_strdup_printf(_("the spreadsheet has rounded the barcode to %s: make the "
					 "column text"),
				       code);
	if (!is_printable(code))
		return g_strdup_printf(_("“%s” is not a barcode"), code);
	if (n > FIELD_BARCODE_MAX)
		return g_strdup_printf(_("the barcode has %zu characters, the most is %d"), n,
				       FIELD_BARCODE_MAX);
	if (strspn(code, "0") == n)
		return g_strdup_printf(_("the barcode %s is nothing but zeros"), code);
	if (barcode_kind(code) == BARCODE_BAD_CHECK)
		return g_strdup_printf(_("the barcode %s has a wrong check digit: %c instead of "
					 "%d"),
				       code, code[n - 1], barcode_check_digit(code, n - 1));
	return NULL;
}

/* --- numbers ------------------------------------------------------------------------------- */

static int64_t largest_amount(uint16_t currency)
{
	int64_t largest = FIELD_AMOUNT_MAX;

	for (int i = 0; i < currency_by_number(currency)->exponent; i++)
		largest *= 10;
	return largest;
}

/* Own it. */
static char *dup_out_of_bounds(const char *what, int64_t value, char *(*dup)(int64_t, uint16_t),
			       uint16_t currency)
{
	g_autofree char *text = dup(value, currency);

	return value < 0 ? g_strdup_printf(_("%s %s is negative"), what, text)
			 : g_strdup_printf(_("%s %s is too large to be true"), what, text);
}

static char *dup_amount(int64_t minor, uint16_t currency)
{
	return money_dup_decimal((Money){ minor, currency });
}

static char *dup_quantity(int64_t micro, uint16_t currency)
{
	return quantity_dup_decimal((Quantity){ micro });
}

char *field_check_amount(int64_t minor, const char *what, uint16_t currency, bool positive)
{
	if (minor < 0 || minor > largest_amount(currency))
		return dup_out_of_bounds(what, minor, dup_amount, currency);
	if (minor == 0 && positive)
		return g_strdup_printf(_("%s is zero: leave it empty if it is not known"), what);
	return NULL;
}

char *field_check_quantity(int64_t micro, const char *what)
{
	if (micro < 0 || micro > FIELD_QUANTITY_MAX)
		return dup_out_of_bounds(what, micro, dup_quantity, 0);
	return NULL;
}

char *field_check_number(int64_t number, const char *what, int64_t least, int64_t most)
{
	if (number >= least && number <= most)
		return NULL;
	return g_strdup_printf(_("%s is a whole number from %" PRId64 " to %" PRId64), what, least,
			       most);
}

/* Lists group thousands by blanks: "1 234,50". Own it. */
static char *dup_without_blanks(const char *text)
{
	g_autofree char *tidy = field_dup_tidy(text != NULL ? text : "");
	g_auto(GStrv) parts = g_strsplit(tidy, " ", -1);

	return g_strjoinv("", parts);
}

char *field_read_amount(const char *text, const char *what, uint16_t currency, bool positive,
			bool *ret_given, int64_t *ret)
{
	g_autofree char *digits = dup_without_blanks(text);
	Money amount;
	char *reason;

	*ret_given = false;
	if (*digits == '\0')
		return NULL;
	if (!money_parse_decimal(digits, currency, &amount))
		return g_strdup_printf(_("%s “%.40s” is not an amount of this currency"), what,
				       digits);
	reason = field_check_amount(amount.minor, what, currency, positive);
	if (reason != NULL)
		return reason;
	*ret_given = true;
	*ret = amount.minor;
	return NULL;
}

char *field_read_quantity(const char *text, const char *what, bool *ret_given, int64_t *ret)
{
	g_autofree char *digits = dup_without_blanks(text);
	Quantity quantity;
	char *reason;

	*ret_given = false;
	if (*digits == '\0')
		return NULL;
	if (!quantity_parse_decimal(digits, &quantity))
		return g_strdup_printf(_("%s “%.40s” is not a number with at most six decimals"),
				       what, digits);
	reason = field_check_quantity(quantity.micro, what);
	if (reason != NULL)
		return reason;
	*ret_given = true;
	*ret = quantity.micro;
	return NULL;
}

char *field_read_number(const char *text, const char *what, int64_t least, int64_t most,
			bool *ret_given, int64_t *ret)
{
	g_autofree char *digits = dup_without_blanks(text);
	Quantity number;

	*ret_given = false;
	if (*digits == '\0')
		return NULL;
	if (!quantity_parse_decimal(digits, &number) || number.micro % QUANTITY_ONE != 0 ||
	    number.micro / QUANTITY_ONE < least || number.micro / QUANTITY_ONE > most)
		return field_check_number(least - 1, what, least, most);
	*ret_given = true;
	*ret = number.micro / QUANTITY_ONE;
	return NULL;
}

bool field_parse_percent(const char *text, int64_t *ret)
{
	g_autofree char *bare = dup_without_blanks(text);
	size_t n = strlen(bare);
	const char *digits = *bare == '+' ? bare + 1 : bare;
	Quantity percent;

	if (n > 0 && bare[n - 1] == '%')
		bare[n - 1] = '\0';
	if (*bare == '+' && !g_ascii_isdigit(*digits))
		return false;
	if (!quantity_parse_decimal(digits, &percent) || percent.micro % (QUANTITY_ONE / 100) != 0)
		return false;
	*ret = percent.micro / (QUANTITY_ONE / 100);
	return true;
}

static bool parse_yes(const char *text, bool *ret)
{
	static const char *const yes[] = { "1", "+", "yes", "y", "true", "да", "тийм" };
	static const char *const no[] = { "0", "-", "no", "n", "false", "нет", "үгүй" };
	g_autofree char *lower = g_utf8_strdown(text, -1);

	for (size_t i = 0; i < G_N_ELEMENTS(yes); i++) {
		*ret = strcmp(lower, yes[i]) == 0;
		if (*ret || strcmp(lower, no[i]) == 0)
			return true;
	}
	return false;
}

char *field_read_yes(const char *text, const char *what, bool *ret_given, bool *ret)
{
	g_autofree char *tidy = field_dup_tidy(text != NULL ? text : "");

	*ret_given = *tidy != '\0';
	if (!*ret_given || parse_yes(tidy, ret))
		return NULL;
	return g_strdup_printf(_("%s “%.40s” is neither 0 nor 1"), what, tidy);
}
