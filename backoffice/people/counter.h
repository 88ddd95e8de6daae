/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/store.h"

/* Takes the next number of a counter of schema/office/0001-office.sql ("revision", "item" …).
 * Inside a transaction only: that is what makes the order of revisions the order of commits. */
bool counter_take(Store *store, const char *name, int64_t *ret, GError **error);
/* Takes @n at once: *ret_first up to *ret_first + n − 1. Those not used are gaps, which do no harm.
 */
bool counter_take_many(Store *store, const char *name, int64_t n, int64_t *ret_first,
		       GError **error);
/* One line in the audit. @person_id 0 is the command line. Inside a transaction. */
bool audit_add(Store *store, int64_t person_id, const char *action, const char *subject,
	       const char *detail, GError **error);
/* The same of a change: @before and @after are JSON objects of what changed, NULL for what was not
 * there. */
bool audit_change(Store *store, int64_t person_id, const char *action, const char *subject,
		  const char *before, const char *after, GError **error);
