/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/session/rights.h"

#include <glib.h>
#include <string.h>

static int rank(const char *role)
{
	static const char *const roles[] = { "cashier", "senior", "manager", "admin" };

	for (size_t i = 0; i < G_N_ELEMENTS(roles); i++)
		if (strcmp(roles[i], role) == 0)
			return (int)i + 1;
	return 0;
}

bool rights_allow(const char *role, Right right)
{
	static const int least[] = {
		[RIGHT_SELL] = 1,	  [RIGHT_PRICE] = 2,   [RIGHT_DISCOUNT] = 2,
		[RIGHT_VOID_RECEIPT] = 2, [RIGHT_NO_SALE] = 2, [RIGHT_WEIGHT] = 2,
		[RIGHT_DROP_PAPER] = 2,	  [RIGHT_DEVICES] = 2, [RIGHT_SETTLE] = 3,
		[RIGHT_RETURN] = 1,	  [RIGHT_EXPIRED] = 2,
	};

	return rank(role) >= least[right];
}

const char *right_code(Right right)
{
	static const char *const codes[] = {
		[RIGHT_SELL] = "sell",	       [RIGHT_PRICE] = "price",
		[RIGHT_DISCOUNT] = "discount", [RIGHT_VOID_RECEIPT] = "void-receipt",
		[RIGHT_NO_SALE] = "no-sale",   [RIGHT_SETTLE] = "settle",
		[RIGHT_WEIGHT] = "weight",     [RIGHT_DROP_PAPER] = "drop-paper",
		[RIGHT_DEVICES] = "devices",   [RIGHT_RETURN] = "return",
		[RIGHT_EXPIRED] = "expired",
	};

	return codes[right];
}
