/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/people/person.h"
#include "backoffice/staff/hours.h"
#include "backoffice/staff/pay.h"

/* What was sold on a day in a shop by a cashier. */
typedef struct {
	int64_t shop_id, cashier_id;
	int32_t day;
	int64_t net, margin;
} PaySold;

/* What was paid out to somebody in the month. */
typedef struct {
	int64_t person_id, amount;
} PayPaid;

/* Everything that pay of a month is reckoned from. */
typedef struct {
	int32_t month,
		today; /* today or the month's last day, whichever is first; 0: it is to come */
	uint16_t currency;
	/* owned */
	GPtrArray *people; /* PersonFile, those who left too */
	GPtrArray *rules; /* PayRule */
	GPtrArray *plans; /* PlanRow */
	GArray *days; /* WorkDay */
	GArray *sold; /* PaySold */
	GArray *paid; /* PayPaid */
} PayBook;

void pay_book_free(PayBook *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PayBook, pay_book_free)
PayBook *pay_book_read(Store *store, int32_t month, int64_t now, GError **error);

const PersonFile *pay_book_find(const PayBook *self, int64_t person_id);
/* The rule that counts for @person in @shop_id on @day: the one with the highest threshold that is
 * not over @reached. NULL: none. Borrowed. */
const PayRule *pay_book_rule(const PayBook *self, const PersonFile *person, PayKind kind,
			     int64_t shop_id, int32_t day, int64_t reached);
