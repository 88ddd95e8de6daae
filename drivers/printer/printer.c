/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/printer/printer.h"

#include "drivers/printer/escpos.h"

#include <string.h>

const struct printer_driver *printer_driver_find(const char *name)
{
	static const struct printer_driver *const drivers[] = { &escpos_driver, NULL };

	for (size_t i = 0; drivers[i] != NULL; i++) {
		if (strcmp(drivers[i]->name, name) == 0)
			return drivers[i];
	}
	return NULL;
}

DeviceFault printer_status_fault(const PrinterStatus *status)
{
	if (status->cover_open)
		return DEVICE_FAULT_COVER_OPEN;
	if (status->paper_out)
		return DEVICE_FAULT_PAPER_OUT;
	if (status->needs_service)
		return DEVICE_FAULT_NEEDS_SERVICE;
	if (status->cutter_jam || status->too_hot)
		return DEVICE_FAULT_MECHANISM;
	return status->offline ? DEVICE_FAULT_BUSY : DEVICE_FAULT_N;
}
