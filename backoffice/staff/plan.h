/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/store.h"

/* What a shop, or a person in it, is to sell in a month: net, in minor units of the shop's
 * currency. */

/* @person_id 0: the whole shop; @net NULL takes the plan back. Asks for RIGHT_PLAN and the shop;
 * audited. */
bool plan_set(Store *store, int64_t by, int64_t shop_id, int64_t person_id, int32_t month,
	      const int64_t *net, GError **error);
/* *ret_has false: none. */
bool plan_get(Store *store, int64_t shop_id, int64_t person_id, int32_t month, bool *ret_has,
	      int64_t *ret, GError **error);

/* A plan and what came of it up to a day. */
typedef struct {
	int64_t shop_id, person_id; /* person 0: the whole shop */
	char *shop, *person; /* owned */
	int64_t net, fact;
	bool has_share;
	int64_t share; /* of the plan, hundredths of a percent; of a plan of nothing there is none
			*/
	int64_t expected; /* of the plan by now, were all days alike */
	int64_t forecast; /* of the whole month, if it goes on so; 0 before it began */
} PlanRow;
void plan_row_free(PlanRow *self);

/* Of a month, as it stands at the end of @today (YYYYMMDD); @shop_id 0: of all shops. Array of
 * PlanRow, shops first, that frees its elements. */
GPtrArray *plan_list(Store *store, int64_t shop_id, int32_t month, int32_t today, GError **error);
/* Share, expected and forecast of a row whose net and fact are there: no clock, no database. */
bool plan_reckon(PlanRow *self, int32_t month, int32_t today);
