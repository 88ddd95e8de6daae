/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/report/act.h"
#include "backoffice/stock/document.h"

struct Act {
	/* owned */
	Document *document;
	GPtrArray *lines; /* of Discrepancy */
	GHashTable *names; /* item id → name, of what goods came instead of */
	char *shop, *supplier, *other_shop, *person, *day;
	uint16_t currency;
	bool with_costs;
};
