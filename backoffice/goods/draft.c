/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/goods/draft.h"

#include "core/barcode.h"
#include "core/currency.h"
#include "core/fold.h"

#include <glib/gi18n-lib.h>
#include <string.h>

void draft_clear(Draft *self)
{
	g_free(self->barcode);
	g_free(self->key);
	g_free(self->article);
	g_free(self->name);
	g_free(self->category);
	g_free(self->brand);
	*self = (Draft){ 0 };
}

/* What nearly every letter of a list is: printable ASCII or Cyrillic. Spares asking Unicode's
 * tables. */
static bool is_plain(gunichar c)
{
	return (c > 0x20 && c < 0x7f) || (c >= 0x400 && c < 0x530);
}

/* All kinds of blanks in a row to one, none at the ends. Own it. */
static char *dup_tidy(const char *text)
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

/* Own it; what is wrong with the text, or NULL. */
static char *check_text(const char *text, Column column, int max)
{
	glong n = g_utf8_strlen(text, -1);

	if (n > max)
		return g_strdup_printf(_("%s has %ld characters, the most is %d"),
				       column_name(column), n, max);
	if (has_control(text))
		return g_strdup_printf(_("%s has characters that cannot be printed"),
				       column_name(column));
	return NULL;
}

static char *read_texts(Draft *self, const char *const cells[COLUMN_N])
{
	const struct {
		Column column;
		int max;
		char **text;
	} texts[] = {
		{ COLUMN_NAME, GOODS_NAME_MAX, &self->name },
		{ COLUMN_ARTICLE, GOODS_TEXT_MAX, &self->article },
		{ COLUMN_CATEGORY, GOODS_TEXT_MAX, &self->category },
		{ COLUMN_BRAND, GOODS_TEXT_MAX, &self->brand },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
		const char *cell = cells[texts[i].column];
		char *reason;

		*texts[i].text = dup_tidy(cell != NULL ? cell : "");
		self->given[texts[i].column] = **texts[i].text != '\0';
		reason = check_text(*texts[i].text, texts[i].column, texts[i].max);
		if (reason != NULL)
			return reason;
	}
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

static char *check_barcode(const char *code)
{
	size_t n = strlen(code);

	if (is_rounded(code))
		return g_strdup_printf(_("the spreadsheet has rounded the barcode to %s: make the "
					 "column text"),
				       code);
	if (!is_printable(code))
		return g_strdup_printf(_("“%s” is not a barcode"), code);
	if (n > GOODS_BARCODE_MAX)
		return g_strdup_printf(_("the barcode has %zu characters, the most is %d"), n,
				       GOODS_BARCODE_MAX);
	if (strspn(code, "0") == n)
		return g_strdup_printf(_("the barcode %s is nothing but zeros"), code);
	if (barcode_kind(code) == BARCODE_BAD_CHECK)
		return g_strdup_printf(_("the barcode %s has a wrong check digit: %c instead of "
					 "%d"),
				       code, code[n - 1], barcode_check_digit(code, n - 1));
	return NULL;
}

static char *read_barcode(Draft *self, const char *cell)
{
	char *reason;

	if (cell == NULL)
		return NULL;
	self->barcode = dup_tidy(cell);
	if (*self->barcode == '\0')
		return NULL;
	reason = check_barcode(self->barcode);
	if (reason != NULL)
		return reason;
	self->key = barcode_dup_key(self->barcode);
	self->given[COLUMN_BARCODE] = true;
	return NULL;
}

/* --- amounts ------------------------------------------------------------------------------- */

/* Lists group thousands by blanks: "1 234,50". Own it. */
static char *dup_without_blanks(const char *text)
{
	g_autofree char *tidy = dup_tidy(text);
	g_auto(GStrv) parts = g_strsplit(tidy, " ", -1);

	return g_strjoinv("", parts);
}

static int64_t largest_price(uint16_t currency)
{
	int64_t largest = GOODS_PRICE_MAX;

	for (int i = 0; i < currency_by_number(currency)->exponent; i++)
		largest *= 10;
	return largest;
}

static char *read_amount(Draft *self, Column column, const char *cell, uint16_t currency,
			 int64_t *ret)
{
	g_autofree char *text = dup_without_blanks(cell != NULL ? cell : "");
	Money amount;

	if (*text == '\0')
		return NULL;
	if (!money_parse_decimal(text, currency, &amount))
		return g_strdup_printf(_("%s “%.40s” is not an amount of this currency"),
				       column_name(column), text);
	if (amount.minor < 0)
		return g_strdup_printf(_("%s %s is negative"), column_name(column), text);
	if (amount.minor > largest_price(currency))
		return g_strdup_printf(_("%s %s is too large to be true"), column_name(column),
				       text);
	if (amount.minor == 0 && column == COLUMN_PRICE)
		return g_strdup(_("the price is zero: leave it empty if it is not known"));
	*ret = amount.minor;
	self->given[column] = true;
	return NULL;
}

/* --- the rest ------------------------------------------------------------------------------ */

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

static char *read_kind(Draft *self, const char *unit, const char *weighed)
{
	g_autofree char *unit_text = dup_tidy(unit != NULL ? unit : "");
	g_autofree char *weighed_text = dup_tidy(weighed != NULL ? weighed : "");

	self->given[COLUMN_WEIGHED] = *weighed_text != '\0';
	if (*weighed_text != '\0' && !parse_yes(weighed_text, &self->weighed))
		return g_strdup_printf(_("weighed “%.40s” is neither 0 nor 1"), weighed_text);
	self->given[COLUMN_UNIT] = *unit_text != '\0';
	if (*unit_text == '\0')
		self->unit = self->weighed ? UNIT_KILOGRAM : UNIT_PIECE;
	else if (!unit_parse(unit_text, &self->unit))
		self->unit = UNIT_OTHER;
	return NULL;
}

static char *read_tax(Draft *self, const char *cell, const TaxNames *taxes)
{
	g_autofree char *text = dup_tidy(cell != NULL ? cell : "");

	self->tax_group = tax_names_get_usual(taxes);
	if (*text == '\0')
		return NULL;
	if (!tax_names_parse(taxes, text, &self->tax_group))
		return g_strdup_printf(_("there is no tax “%.40s” here, only %s"), text,
				       tax_names_get_list(taxes));
	self->given[COLUMN_TAX] = true;
	return NULL;
}

static char *read_all(Draft *self, const char *const cells[COLUMN_N], uint16_t currency,
		      const TaxNames *taxes)
{
	char *reason = read_texts(self, cells);

	if (reason == NULL)
		reason = read_barcode(self, cells[COLUMN_BARCODE]);
	if (reason == NULL)
		reason = read_amount(self, COLUMN_PRICE, cells[COLUMN_PRICE], currency,
				     &self->price);
	if (reason == NULL)
		reason = read_amount(self, COLUMN_COST, cells[COLUMN_COST], currency, &self->cost);
	if (reason == NULL)
		reason = read_kind(self, cells[COLUMN_UNIT], cells[COLUMN_WEIGHED]);
	if (reason == NULL)
		reason = read_tax(self, cells[COLUMN_TAX], taxes);
	if (reason == NULL && !self->given[COLUMN_BARCODE] && !self->given[COLUMN_ARTICLE])
		reason = g_strdup(_("there is neither a barcode nor an article"));
	return reason;
}

char *draft_read(Draft *ret, const char *const cells[COLUMN_N], uint16_t currency,
		 const TaxNames *taxes)
{
	char *reason;

	*ret = (Draft){ 0 };
	reason = read_all(ret, cells, currency, taxes);
	if (reason != NULL)
		draft_clear(ret);
	return reason;
}
