/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/stock/stock.h"
#include "core/number_text.h"

/* How much to order, by the order-up-to-level model with periodic review (R,S): what is on the
 * shelf, on the way and ordered is filled up to
 *
 *     speed × (lead days + review days) + minimum
 *
 * where speed is what was sold in the last days (sale_item; of kits their components, by the recipe
 * of the day) divided by the days on which the item could be bought: those on which it was above
 * zero at some time, or was sold whatever the ledger says. Goods that were not sold are ordered by
 * their minimum alone. Who is asked for an item: from whom it is usually bought, else from whom it
 * came last (to this shop, else to any), else who has it cheapest in his list. Drafts of orders
 * count as ordered: they are going to be, and nobody should order twice. */

#define PROPOSAL_DAYS 28
#define PROPOSAL_DAYS_MAX 366

typedef struct {
	int64_t shop_id;
	int64_t supplier_id; /* 0: all of them */
	int days; /* of sales to look at; 0: PROPOSAL_DAYS */
	int32_t day; /* the last of them is the one before; YYYYMMDD, 0: today in the shop */
} ProposalQuery;

typedef struct {
	int64_t item_id, supplier_id;
	int64_t pack_id; /* of the item, in which it is ordered; 0: single */
	int64_t factor; /* units of what it is ordered in */
	char *supplier, *name, *code, *barcode, *unit; /* owned; code: the supplier's */
	int64_t sold; /* in those of the days that count */
	int days; /* that count */
	int64_t speed; /* a day, millionths */
	int cover; /* lead days + review days */
	int64_t minimum, on_hand, on_the_way, ordered, drafts; /* drafts: in orders not posted */
	int64_t target;
	int64_t wanted; /* target − what there is, before packs */
	int64_t quantity; /* to be ordered; may be changed before drafts are made of it */
	bool has_cost;
	int64_t cost; /* of one unit */
	int64_t least_order; /* the supplier takes no order below it; 0: any */
} ProposalLine;

/* All that a supplier would be asked for, by supplier and name; lines with nothing to order are
 * left out unless @all. Array of ProposalLine that frees its elements. */
GPtrArray *proposal_make(Store *store, const ProposalQuery *query, bool all, GError **error);
void proposal_line_free(ProposalLine *self);

/* "Sold 3.2 a day, 7 days to come, 12 there, 24 ordered": in the person's language. Own it. */
char *proposal_dup_why(const ProposalLine *line, const NumberStyle *style);
/* Quantity × cost, minor units; 0 where the cost is not known. */
int64_t proposal_value(const ProposalLine *line);

/* Suppliers of @lines (by supplier) whose lines come to less than they take: "“Dairy 1” takes no
 * order below 5 000.00, this one is of 1 997.80." Empty where there are none; own it. */
char *proposal_dup_warnings(const GPtrArray *lines, uint16_t currency, const NumberStyle *style);

/* What @wanted becomes: at least @least, whole packs of @factor, whole pieces. 0 where nothing is
 * wanted. False where it is too large. Pure. */
bool proposal_round(int64_t wanted, int64_t least, int64_t factor, bool whole, int64_t *ret);
/* speed × (lead + review) + minimum, of @sold in @days. False where it is too large. Pure. */
bool proposal_target(int64_t sold, int days, int cover, int64_t minimum, int64_t *ret);

/* A draft of an order for each supplier of the lines (those with quantity 0 are left out), in one
 * transaction; RIGHT_ORDER. *ret_ids: array of int64_t, own it. */
bool proposal_order(Store *store, int64_t shop_id, const GPtrArray *lines, int64_t person_id,
		    GArray **ret_ids, GError **error);
