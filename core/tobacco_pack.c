/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/tobacco_pack.h"

#include "core/barcode.h"

#include <string.h>

enum { GTIN_LEN = 14, SERIAL_LEN = 7, PRICE_LEN = 4, PACK_LEN = 29 };

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
			       "!\"%&'*+-./_,:;=<>?";

G_STATIC_ASSERT(sizeof alphabet - 1 == 80);

static bool in_alphabet(const char *text, size_t n)
{
	return strspn(text, alphabet) >= n;
}

bool tobacco_price_parse(const char *text, int64_t *ret_kopecks)
{
	int64_t price = 0;

	if (!in_alphabet(text, PRICE_LEN))
		return false;
	for (int i = 0; i < PRICE_LEN; i++)
		price = price * 80 + (strchr(alphabet, text[i]) - alphabet);
	*ret_kopecks = price;
	return true;
}

bool tobacco_pack_parse(const char *code, TobaccoPack *ret)
{
	TobaccoPack pack = { 0 };

	if (strlen(code) != PACK_LEN || !in_alphabet(code + GTIN_LEN, PACK_LEN - GTIN_LEN))
		return false;
	memcpy(pack.gtin, code, GTIN_LEN);
	if (barcode_kind(pack.gtin) != BARCODE_GTIN14)
		return false;
	memcpy(pack.serial, code + GTIN_LEN, SERIAL_LEN);
	if (!tobacco_price_parse(code + GTIN_LEN + SERIAL_LEN, &pack.price_kopecks))
		return false;
	*ret = pack;
	return true;
}
