/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/fiscal/fiscal.h"

#include "drivers/fiscal/shtrih.h"

#include <string.h>

/* Each driver's own header has a struct fiscal of its own. */
extern const struct fiscal_driver datecs_driver;

const struct fiscal_driver *fiscal_driver_find(const char *name)
{
	static const struct fiscal_driver *const drivers[] = { &datecs_driver, &shtrih_driver };

	for (size_t i = 0; i < G_N_ELEMENTS(drivers); i++) {
		if (strcmp(drivers[i]->name, name) == 0)
			return drivers[i];
	}
	return NULL;
}
