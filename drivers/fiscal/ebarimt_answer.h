/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/fiscal/fiscal.h"
#include "drivers/fiscal/paper_only.h"

/* What bytes from the service say (fiscal-ebarimt.md §4, §6, §8). No I/O. */

typedef enum {
	EBARIMT_UNCLEAR, /* it may be booked, it may be not */
	EBARIMT_BOOKED,
	EBARIMT_REFUSED, /* not booked */
	EBARIMT_STRANGE, /* booked, but not what was sent: another total, or as not paid */
} EbarimtResult;

typedef struct {
	EbarimtResult result;
	char id[48]; /* 33 digits; "" after DELETE */
	char date[24]; /* "yyyy-MM-dd HH:mm:ss"; "" where it does not say */
	char message[256]; /* of a refusal: for people, in Mongolian; cut to fit */
} EbarimtAnswer;

/* To POST /rest/receipt, whose totalAmount was @total. @ret_paper: what may stand on paper alone,
 * or NULL where there is nothing; the caller's. No other word of the answer is kept. */
void ebarimt_decode_receipt(guint status, const char *text, size_t len, int64_t total,
			    EbarimtAnswer *ret, PaperOnly **ret_paper);
/* To DELETE /rest/receipt. */
void ebarimt_decode_void(guint status, const char *text, size_t len, EbarimtAnswer *ret);

/* When to warn (§6; the thresholds are ours: no source has any). It goes no further than that: a
 * shop that was closed for three days would never open again, for its sales are what is sent. */
#define EBARIMT_FEW_LOTTERIES 500

/* To GET /rest/info. @zone: of its dates; @now: UTC microseconds. PROTOCOL where it is another
 * program, NEEDS_SERVICE where the service says that it will not work. memory_near_full and
 * memory_full of @ret stand for few lottery numbers and for none. */
bool ebarimt_decode_info(guint status, const char *text, size_t len, GTimeZone *zone, int64_t now,
			 FiscalStatus *ret, GError **error);
/* The totalAmount of a body of ours. */
bool ebarimt_decode_total(const char *body, int64_t *ret);
