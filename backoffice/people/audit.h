/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/store.h"

/* Who changed what: kept for ever, written in the transaction of the change (counter.h). */

typedef struct {
	int64_t id, at, person_id; /* 0: the command line */
	char *person, *action, *subject, *detail; /* owned, never NULL */
	char *before, *after; /* owned; JSON objects of what changed, or NULL */
} AuditEntry;
void audit_entry_free(AuditEntry *self);

/* "price-change" as people read it; the code itself where it has no words. Lent. */
const char *audit_action_title(const char *action);

/* "price: 120 → 130; name: …", with the detail in front. Own it. */
char *audit_dup_change(const AuditEntry *self);

/* Which entries; what is NULL, 0 or not set is any. */
typedef struct {
	const char
		*search; /* part of the action, of what it was done to, or of the person's name */
	const char *action; /* its code */
	bool person_set;
	int64_t person_id; /* 0: the command line */
	int64_t from, until; /* UTC microseconds, [from, until) */
} AuditFilter;

/* Newest first, at most @max, of which @skip are left out. */
GPtrArray *audit_find(Store *store, const AuditFilter *filter, int skip, int max, GError **error);
/* The same by a search alone; NULL or "" is all. */
GPtrArray *audit_list(Store *store, const char *search, int skip, int max, GError **error);
/* The codes that there are entries of, an array of char * that frees them. */
GPtrArray *audit_actions(Store *store, GError **error);
