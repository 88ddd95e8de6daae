/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/barcode.h"

#include "core/currency.h"
#include "core/decimal.h"

#include <string.h>

#define EAN13_LEN 13

static bool all_digits(const char *text, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!g_ascii_isdigit(text[i]))
			return false;
	return true;
}

int barcode_check_digit(const char *digits, size_t n)
{
	int sum = 0;

	if (n == 0 || !all_digits(digits, n))
		return -1;
	for (size_t i = 0; i < n; i++)
		sum += (digits[n - 1 - i] - '0') * (i % 2 == 0 ? 3 : 1);
	return (10 - sum % 10) % 10;
}

/* Weights from the right 2, 3, 4 … */
char barcode_mod11_check(const char *digits, size_t n)
{
	size_t sum = 0;

	if (n == 0 || !all_digits(digits, n))
		return '\0';
	for (size_t i = 0; i < n; i++)
		sum += (size_t)(digits[n - 1 - i] - '0') * (i + 2);
	return "0123456789X"[(11 - sum % 11) % 11];
}

static bool check_is_right(const char *code, size_t n)
{
	return barcode_check_digit(code, n - 1) == code[n - 1] - '0';
}

static BarcodeKind kind_of_length(size_t n)
{
	switch (n) {
	case 8:
		return BARCODE_EAN8;
	case 12:
		return BARCODE_UPCA;
	case 13:
		return BARCODE_EAN13;
	case 14:
		return BARCODE_GTIN14;
	default:
		return BARCODE_OTHER;
	}
}

/* The ten digits after the number system; the table of scanner.md §5. */
static void expand_body(const char d[static 6], char body[static 10])
{
	memset(body, '0', 10);
	if (d[5] <= '2') {
		memcpy(body, d, 2);
		body[2] = d[5];
		memcpy(body + 7, d + 2, 3);
	} else if (d[5] == '3') {
		memcpy(body, d, 3);
		memcpy(body + 8, d + 3, 2);
	} else if (d[5] == '4') {
		memcpy(body, d, 4);
		body[9] = d[4];
	} else {
		memcpy(body, d, 5);
		body[9] = d[5];
	}
}

bool barcode_expand_upce(const char *code, char ret[static 13])
{
	size_t n = strlen(code);
	char upca[13] = "0";

	if (n < 6 || n > 8 || !all_digits(code, n))
		return false;
	if (n > 6 && code[0] > '1')
		return false; /* only number systems 0 and 1 have a short form */
	if (n > 6)
		upca[0] = code[0];
	expand_body(code + (n > 6), upca + 1);
	upca[11] = (char)('0' + barcode_check_digit(upca, 11));
	if (n == 8 && code[7] != upca[11])
		return false;

	memcpy(ret, upca, sizeof upca);
	return true;
}

BarcodeKind barcode_kind(const char *code)
{
	size_t n = strlen(code);
	BarcodeKind kind = kind_of_length(n);
	char upca[13];

	if (kind == BARCODE_OTHER || !all_digits(code, n))
		return BARCODE_OTHER;
	if (check_is_right(code, n))
		return kind;
	return n == 8 && barcode_expand_upce(code, upca) ? BARCODE_UPCE : BARCODE_BAD_CHECK;
}

static char *dup_padded(const char *digits)
{
	return g_strdup_printf("%.*s%s", (int)(14 - strlen(digits)), "00000000", digits);
}

char *barcode_dup_key(const char *code)
{
	g_autofree char *trimmed = g_strstrip(g_strdup(code));
	BarcodeKind kind = barcode_kind(trimmed);
	char upca[13];

	if (kind == BARCODE_OTHER || kind == BARCODE_BAD_CHECK)
		return g_steal_pointer(&trimmed);
	return dup_padded(kind == BARCODE_UPCE && barcode_expand_upce(trimmed, upca) ? upca
										     : trimmed);
}

/* Cells of @kind in the template's body. */
static int count_cells(const char *template, char kind)
{
	int n = 0;

	for (int i = 0; i < EAN13_LEN; i++)
		n += template[i] == kind;
	return n;
}

bool barcode_template_check(const char *template)
{
	const char *rest;
	bool has_weight, has_price;

	if (strlen(template) < EAN13_LEN || template[EAN13_LEN - 1] != 'C')
		return false;
	for (int i = 0; i < EAN13_LEN - 1; i++)
		if (!g_ascii_isdigit(template[i]) && strchr("IWPV_", template[i]) == NULL)
			return false;

	has_weight = count_cells(template, 'W') > 0;
	has_price = count_cells(template, 'P') > 0;
	rest = template + EAN13_LEN;
	if (rest[0] != '\0' &&
	    !(has_price && rest[0] == ':' && rest[1] >= '0' && rest[1] <= '3' && rest[2] == '\0'))
		return false;
	return count_cells(template, 'I') > 0 && has_weight != has_price;
}

/* The digits of @code under the cells of @kind, as text and as a number. */
static int64_t gather(const char *template, const char *code, char kind, char ret[static 14])
{
	int n = 0;
	int64_t value = 0;

	for (int i = 0; i < EAN13_LEN; i++) {
		if (template[i] != kind)
			continue;
		ret[n++] = code[i];
		value = value * 10 + (code[i] - '0');
	}
	ret[n] = '\0';
	return value;
}

static bool to_ean13(const char *code, char ret[static EAN13_LEN + 1])
{
	BarcodeKind kind = barcode_kind(code);

	if (kind != BARCODE_EAN13 && kind != BARCODE_UPCA)
		return false;
	g_snprintf(ret, EAN13_LEN + 1, "%s%s", kind == BARCODE_UPCA ? "0" : "", code);
	return true;
}

static bool fits(const char *template, const char *code)
{
	for (int i = 0; i < EAN13_LEN; i++)
		if (g_ascii_isdigit(template[i]) && template[i] != code[i])
			return false;
	return true;
}

/* Price digits count 10^-decimals of a currency unit. */
static bool scale_price(const char *template, int64_t digits, const Currency *currency, Money *ret)
{
	bool said = template[EAN13_LEN] == ':';
	int decimals = said ? template[EAN13_LEN + 1] - '0' : currency->exponent;

	if (decimals > currency->exponent)
		return false;
	*ret = (Money){ .minor = digits * decimal_power(currency->exponent - decimals),
			.currency = currency->number };
	return true;
}

bool barcode_parse_embedded(const char *template, const char *code, uint16_t currency,
			    EmbeddedCode *ret)
{
	const Currency *known = currency_by_number(currency);
	EmbeddedCode found = { 0 };
	char ean13[EAN13_LEN + 1], digits[EAN13_LEN + 1];
	int64_t value;

	g_return_val_if_fail(known != NULL && barcode_template_check(template), false);
	if (!to_ean13(code, ean13) || !fits(template, ean13))
		return false;

	gather(template, ean13, 'I', found.item);
	found.has_weight = count_cells(template, 'W') > 0;
	found.has_price = !found.has_weight;
	value = gather(template, ean13, found.has_weight ? 'W' : 'P', digits);
	if (value == 0)
		return false;
	if (found.has_weight)
		found.weight.micro = value * (QUANTITY_ONE / 1000);
	else if (!scale_price(template, value, known, &found.price))
		return false;

	*ret = found;
	return true;
}
