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

/* Newest first, at most @max, of which @skip are left out. @search: part of the action, the subject
 * or the person's name; NULL or "" is all. */
GPtrArray *audit_list(Store *store, const char *search, int skip, int max, GError **error);
