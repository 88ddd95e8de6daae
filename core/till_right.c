/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/till_right.h"

#include <string.h>

#define PREFIX "till-"

static const struct {
	const char *code;
	int least; /* rank */
} rights[TILL_RIGHT_N] = {
	[TILL_RIGHT_SELL] = { PREFIX "sell", 1 },
	[TILL_RIGHT_PRICE] = { PREFIX "price", 2 },
	[TILL_RIGHT_DISCOUNT] = { PREFIX "discount", 2 },
	[TILL_RIGHT_VOID_RECEIPT] = { PREFIX "void-receipt", 2 },
	[TILL_RIGHT_NO_SALE] = { PREFIX "no-sale", 2 },
	[TILL_RIGHT_WEIGHT] = { PREFIX "weight", 2 },
	[TILL_RIGHT_DROP_PAPER] = { PREFIX "drop-paper", 2 },
	[TILL_RIGHT_DEVICES] = { PREFIX "devices", 2 },
	[TILL_RIGHT_EXPIRED] = { PREFIX "expired", 2 },
	[TILL_RIGHT_RETURN] = { PREFIX "return", 1 },
	[TILL_RIGHT_SETTLE] = { PREFIX "settle", 3 },
};

static int rank(const char *role)
{
	static const char *const roles[] = { "cashier", "senior", "manager", "admin" };

	for (size_t i = 0; i < G_N_ELEMENTS(roles); i++)
		if (strcmp(roles[i], role) == 0)
			return (int)i + 1;
	return 0;
}

const char *till_right_code(TillRight right)
{
	g_return_val_if_fail(right < TILL_RIGHT_N, NULL);
	return rights[right].code;
}

const char *till_right_word(TillRight right)
{
	g_return_val_if_fail(right < TILL_RIGHT_N, NULL);
	return rights[right].code + strlen(PREFIX);
}

bool till_right_parse(const char *code, TillRight *ret)
{
	for (TillRight right = 0; right < TILL_RIGHT_N; right++)
		if (strcmp(code, rights[right].code) == 0) {
			*ret = right;
			return true;
		}
	return false;
}

bool till_right_is_usual(const char *role, TillRight right)
{
	g_return_val_if_fail(right < TILL_RIGHT_N, false);
	return rank(role) >= rights[right].least;
}

bool till_right_is_fixed(const char *role)
{
	return strcmp(role, "admin") == 0;
}

char *card_dup_hash(const char *code)
{
	g_autofree char *bare = g_strstrip(g_strdup(code));

	return *bare != '\0' ? g_compute_checksum_for_string(G_CHECKSUM_SHA256, bare, -1) : NULL;
}
