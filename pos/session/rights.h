/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>

/* Who may do what at a till. Roles come from the office: "cashier", "senior", "manager", "admin";
 * "stock" and unknown roles have no rights here. */
typedef enum {
	RIGHT_SELL, /* log in, open and close the shift, sell, void lines, X report, cash in and out
		     */
	RIGHT_PRICE, /* type a price */
	RIGHT_DISCOUNT, /* over RIGHTS_FREE_DISCOUNT */
	RIGHT_VOID_RECEIPT,
	RIGHT_NO_SALE, /* open the drawer without a sale */
	RIGHT_WEIGHT, /* type a weight where the scale should say it */
	RIGHT_DROP_PAPER, /* receipts that the printer owes need not be printed */
	RIGHT_DEVICES, /* choose and test the devices of the till */
	RIGHT_EXPIRED, /* sell goods past their last day; always with a PIN */
	RIGHT_RETURN, /* give money back for a receipt */
	RIGHT_SETTLE, /* say that what a registrar holds is not this till's; or what came of a card
		       */
} Right;

/* Hundredths of a percent that anybody who sells may give. */
#define RIGHTS_FREE_DISCOUNT 1000

bool rights_allow(const char *role, Right right);
const char *right_code(Right right); /* for the journal */
