/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/payment/payment.h"

#include "drivers/payment/zvt.h"

#include <string.h>

const struct payment_driver *payment_driver_find(const char *name)
{
	static const struct payment_driver *const drivers[] = { &zvt_driver, NULL };

	for (size_t i = 0; drivers[i] != NULL; i++) {
		if (strcmp(drivers[i]->name, name) == 0)
			return drivers[i];
	}
	return NULL;
}

void payment_result_clear(PaymentResult *self)
{
	g_clear_pointer(&self->slip, g_strfreev);
}
