/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/scale/plu.h"

#include "drivers/scale/plu_cas.h"
#include "drivers/scale/plu_digi.h"
#include "drivers/scale/plu_massa.h"
#include "drivers/scale/plu_shtrih.h"

#include <string.h>

const struct plu_driver *plu_driver_find(const char *name)
{
	static const struct plu_driver *const drivers[] = {
		&plu_cas_driver, &plu_digi_driver, &plu_massa_driver, &plu_shtrih_driver, NULL,
	};

	for (size_t i = 0; drivers[i] != NULL; i++) {
		if (strcmp(drivers[i]->name, name) == 0)
			return drivers[i];
	}
	return NULL;
}
