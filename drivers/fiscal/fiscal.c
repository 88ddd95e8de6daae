/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/fiscal/fiscal.h"

#include <string.h>

/* Each driver's header has a struct fiscal of its own, so that no two can be included together. */
extern const struct fiscal_driver shtrih_driver;
extern const struct fiscal_driver ebarimt_driver;
extern const struct fiscal_driver atol_driver;
extern const struct fiscal_driver erpnet_driver;
extern const struct fiscal_driver datecs_driver;

const struct fiscal_driver *fiscal_driver_find(const char *name)
{
	static const struct fiscal_driver *const drivers[] = {
		&shtrih_driver,
		&ebarimt_driver,
		&atol_driver,
		&erpnet_driver,
		&datecs_driver,
	};

	for (size_t i = 0; i < G_N_ELEMENTS(drivers); i++)
		if (strcmp(drivers[i]->name, name) == 0)
			return drivers[i];
	return NULL;
}
