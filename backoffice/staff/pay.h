/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/number_text.h"
#include "store/store.h"

/* What people earn in a month, by rules that everybody can read and reckon after.
 *
 * A rule belongs to a person or to a role. Of the rules with the same owner, kind, shop and
 * threshold the one with the latest first day that has come counts, so that a new rate is a new
 * rule and a rule of nothing ends one. Rules of different kinds add up; of a kind that a person has
 * rules of, those of the role do not count for them; and where there is a rule of a shop, those of
 * any shop do not count there. A role is the one that somebody has now. Of the bonuses of one owner
 * and shop the one with the highest threshold that the plan has reached counts. Everything is whole
 * minor units, each line rounded once, half away from zero; nobody earns less than nothing by a
 * line. */

typedef enum {
	PAY_HOUR, /* amount an hour worked; minutes of the rule's days together */
	PAY_DAY, /* amount a day on which they worked */
	PAY_MONTH, /* amount a month, by calendar days: those of the rule and of their work here */
	PAY_OWN_NET, /* rate of what they sold themselves … */
	PAY_OWN_MARGIN, /* … and of its margin */
	PAY_SHOP_NET, /* rate of what the shop sold, shared by the hours of all who have such a rule
		       */
	PAY_SHOP_MARGIN,
	PAY_BONUS, /* amount, once their plan is reached by threshold; who has none: the shop's */
	PAY_BONUS_NET, /* the same, rate of what they sold themselves */
	PAY_N_KINDS
} PayKind;
const char *pay_kind_code(PayKind kind); /* "own-net" */
const char *pay_kind_title(PayKind kind); /* translated */
bool pay_kind_parse(const char *text, PayKind *ret);
bool pay_kind_is_amount(PayKind kind); /* else a rate */

typedef struct {
	int64_t id, person_id, shop_id; /* person 0: of the role; shop 0: any */
	char *person, *role; /* owned; role "" where it is a person's */
	PayKind kind;
	int64_t amount; /* minor units */
	int32_t rate; /* hundredths of a percent */
	int32_t threshold; /* of a bonus: hundredths of a percent of the plan */
	int32_t first_day; /* YYYYMMDD */
} PayRule;
void pay_rule_free(PayRule *self);

/* Array of PayRule that frees its elements. */
GPtrArray *pay_rules(Store *store, GError **error);
/* Both ask for RIGHT_PAY_RULES; audited. */
bool pay_rule_add(Store *store, int64_t by, const PayRule *rule, int64_t *ret_id, GError **error);
bool pay_rule_remove(Store *store, int64_t by, int64_t id, GError **error);

/* One line of what somebody earned. */
typedef struct {
	PayKind kind;
	int64_t rule_id, shop_id;
	int64_t price; /* the rule's amount, minor units, or its rate */
	int64_t base; /* minutes, days, or minor units of sales or margin */
	int64_t part, of; /* of a share of the shop: minutes, theirs and all; of a month: days */
	int32_t threshold, reached; /* of a bonus: hundredths of a percent of the plan */
	int64_t total; /* minor units */
} PayLine;
/* "hours 152:30 × 250.00 = 38 125.00"; own it. */
char *pay_line_dup_text(const PayLine *self, uint16_t currency, const NumberStyle *style);

typedef struct {
	int64_t person_id, shop_id; /* where they belong */
	char *person; /* owned */
	int32_t month;
	uint16_t currency;
	int64_t minutes, days; /* worked */
	int64_t net, margin; /* sold themselves */
	GArray *lines; /* owned; PayLine */
	int64_t total;
	int64_t paid; /* out of safe or bank in that month */
} Pay;
void pay_free(Pay *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Pay, pay_free)

/* @now: UTC microseconds, who is still at a till has worked until then; days after it are to come.
 * Everybody sees their own, others' need RIGHT_SEE_PAY. */
Pay *pay_of(Store *store, int64_t by, int64_t person_id, int32_t month, int64_t now,
	    GError **error);
/* Of everybody who worked, sold or has a rule of their own in that month: an array of Pay by name
 * that frees its elements. RIGHT_SEE_PAY. */
GPtrArray *pay_list(Store *store, int64_t by, int32_t month, int64_t now, GError **error);
