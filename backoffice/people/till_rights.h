/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/people/people.h"
#include "core/till_right.h"

/* What people may do at tills: given and taken by role in the office, obeyed by tills once they
 * have heard of it, also without a network. */

/* Bits 1 << TillRight. */
typedef uint32_t TillRights;
static inline bool till_rights_have(TillRights rights, TillRight right)
{
	return (rights & UINT32_C(1) << right) != 0;
}

const char *till_right_title(TillRight right); /* translated */
bool till_rights_of_role(Store *store, Role role, TillRights *ret, GError **error);
/* In a transaction of its own; audited as 'right-change'. PEOPLE_ERROR_RIGHT for the administrator.
 */
bool till_rights_set(Store *store, int64_t by, Role role, TillRight right, bool allowed,
		     GError **error);
