/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/people/people.h"

/* What people may do in the office. A role has its usual rights (rights_usual()); an administrator
 * gives or takes single ones by role. The administrator's own cannot be taken. Every change of a
 * right is in the audit. */

typedef enum {
	RIGHT_EDIT_GOODS, /* names, groups, barcodes, packs; imports */
	RIGHT_CHANGE_PRICE,
	RIGHT_SEE_COST, /* cost, value, margin, wherever they stand */
	RIGHT_RECEIVE, /* deliveries, arrivals: to enter them */
	RIGHT_POST, /* any stock document */
	RIGHT_REVERSE,
	RIGHT_WRITE_OFF,
	RIGHT_TRANSFER,
	RIGHT_COUNT,
	RIGHT_REVALUE, /* revaluations and opening balances */
	RIGHT_PRODUCE,
	RIGHT_PRINT_LABELS,
	RIGHT_DESIGN_LABELS,
	RIGHT_SUPPLIERS,
	RIGHT_SEE_REPORTS,
	RIGHT_LOOK_AFTER, /* the page of cases */
	RIGHT_SEE_AUDIT,
	RIGHT_PEOPLE, /* people, roles, rights */
	RIGHT_SETTINGS, /* devices, zones, price kinds, rules */
	RIGHT_ALL_SHOPS, /* figures of shops that are not theirs, and of all together */
	RIGHT_SEE_ACTS, /* voids, drawer openings, discounts of single cashiers */
	RIGHT_ORDER, /* orders to suppliers, their price lists */
	RIGHT_SEE_DEBTS, /* what suppliers are owed */
	RIGHT_PAY_SUPPLIERS,
	RIGHT_SEE_MONEY, /* cash book, expenses, profit and loss */
	RIGHT_MOVE_MONEY, /* what goes into and out of safe and bank; expenses */
	RIGHT_PLAN, /* plans by shop and person */
	RIGHT_HOURS, /* correct hours worked */
	RIGHT_SEE_PAY, /* of others; everybody sees their own */
	RIGHT_PAY_RULES,
	RIGHT_N
} Right;

const char *right_code(Right right); /* "change-price" */
const char *right_title(Right right); /* translated, as a person reads it in a list */
bool right_parse(const char *text, Right *ret);

/* Bits 1 << Right. */
typedef uint32_t Rights;
static inline bool rights_have(Rights rights, Right right)
{
	return (rights & UINT32_C(1) << right) != 0;
}
Rights rights_usual(Role role);

/* What @role may here. */
bool rights_of_role(Store *store, Role role, Rights *ret, GError **error);
/* @person_id 0 is the command line, which may everything: who opens the database file could. */
bool rights_of_person(Store *store, int64_t person_id, Rights *ret, GError **error);
/* In a transaction of its own; audited as 'right-change'. PEOPLE_ERROR_RIGHT for the administrator.
 */
bool rights_set(Store *store, int64_t by, Role role, Right right, bool allowed, GError **error);
/* PEOPLE_ERROR_RIGHT, naming the right in the person's language, where they may not. To be asked
 * inside the transaction of what needs it: every function that changes something asks by itself. */
bool rights_require(Store *store, int64_t person_id, Right right, GError **error);
