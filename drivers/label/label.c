/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/label/label.h"

#include "drivers/label/label_printer.h"

#include <string.h>

const struct label_driver *label_driver_find(const char *name)
{
	static const struct label_driver *const drivers[] = {
		&zpl_driver, &tspl_driver, &epl_driver, &pdf_driver, NULL,
	};

	for (size_t i = 0; drivers[i] != NULL; i++) {
		if (strcmp(drivers[i]->name, name) == 0)
			return drivers[i];
	}
	return NULL;
}
