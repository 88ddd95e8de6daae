/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/store.h"

/* Tells what cashiers did and where they stood (tables act and presence) once more, from the
 * journals of all tills. Inside a transaction. */
bool acts_tell(Store *store, GError **error);
/* The same in a transaction of its own, where the tables are newer than the journals in the
 * database: `baraa migrate` fills them with it. */
bool acts_tell_untold(Store *store, GError **error);
