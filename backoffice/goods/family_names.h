/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/store.h"

/* The families of variants as lists name them. */
typedef struct FamilyNames FamilyNames;
FamilyNames *family_names_read(Store *store, GError **error);
void family_names_free(FamilyNames *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FamilyNames, family_names_free)

/* The family of that name, a new one where there is none. Where several have it, the one that the
 * item is of (@now; 0: none) stays. @second: a new one varies in two things. */
bool family_names_take(FamilyNames *self, Store *store, const char *name, int64_t now, bool second,
		       int64_t *ret, GError **error);
