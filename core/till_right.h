/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* What people may do at a till. The office gives and takes these by role, tills obey; both have to
 * agree on their names and on what is usual where nobody has said anything. */
typedef enum {
	TILL_RIGHT_SELL, /* log in, open and close the shift, sell, void lines, X report, cash in
			    and out */
	TILL_RIGHT_PRICE, /* type a price */
	TILL_RIGHT_DISCOUNT, /* over TILL_FREE_DISCOUNT */
	TILL_RIGHT_VOID_RECEIPT,
	TILL_RIGHT_NO_SALE, /* open the drawer without a sale */
	TILL_RIGHT_WEIGHT, /* type a weight where the scale should say it */
	TILL_RIGHT_DROP_PAPER, /* receipts that the printer owes need not be printed */
	TILL_RIGHT_DEVICES, /* choose and test the devices of the till */
	TILL_RIGHT_EXPIRED, /* sell goods past their last day; always with a PIN */
	TILL_RIGHT_RETURN, /* give money back for a receipt */
	TILL_RIGHT_SETTLE, /* say that what a registrar holds is not this till's; or what came of a
			      card */
	TILL_RIGHT_N
} TillRight;

/* Hundredths of a percent that anybody who sells may give. */
#define TILL_FREE_DISCOUNT 1000

/* "till-price", as rows of role_right and lists have it: no right of the office is called so. */
const char *till_right_code(TillRight right);
/* "price", as journals have it. */
const char *till_right_word(TillRight right);
bool till_right_parse(const char *code, TillRight *ret);
/* Of a role where the office has said nothing else: "cashier", "senior", "manager", "admin";
 * "stock" and unknown roles have none. */
bool till_right_is_usual(const char *role, TillRight right);
/* The administrator's rights are not taken away, whatever a row says. */
bool till_right_is_fixed(const char *role);

/* What stands in person.card_hash: SHA-256 in hex of what a badge says, without blanks around it.
 * NULL where it says nothing. Own it. */
char *card_dup_hash(const char *code);
