/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/goods/draft.h"
#include "backoffice/goods/item.h"
#include "backoffice/ui/desk.h"

/* What the page of one item asks of the database. */

typedef enum {
	ITEM_LOAD, /* item (new where id is 0), taxes, picture */
	ITEM_SAVE, /* item */
	ITEM_DELETE, /* id, revision */
	ITEM_GIVE_BARCODE, /* gives code */
	ITEM_SET_PICTURE, /* id; picture, NULL takes it away */
	ITEM_MAKE_VARIANTS, /* item as pattern; axes and values; gives made */
} ItemVerb;

typedef struct {
	ItemVerb verb;
	int64_t id, revision, person_id;
	int made;

	/* owned */
	Item *item;
	TaxNames *taxes;
	GBytes *picture;
	char *code;
	char *axes[2];
	char **values[2];
} ItemOrder;

ItemOrder *item_order_new(ItemVerb verb, int64_t id, const OfficeDesk *desk);
void item_order_free(void *order);
/* Its task data is the order, which is its answer, too: returns a boolean. */
void item_order_job(GTask *task, Store *store);
