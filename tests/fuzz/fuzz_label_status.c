/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/label/epl_status.h"
#include "drivers/label/tspl_status.h"
#include "drivers/label/zpl_status.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The first byte chooses the language; the rest is the printer's answer. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autoptr(GError) error = NULL;
	LabelAnswer answer = { 0 };
	bool done;

	if (size == 0)
		return 0;
	switch (data[0] % 3) {
	case 0:
		zpl_status_is_whole(data + 1, size - 1);
		done = zpl_parse_status(data + 1, size - 1, &answer, &error);
		break;
	case 1:
		tspl_parse_byte(data[0], &answer);
		done = tspl_parse_details(data + 1, size - 1, &answer, &error);
		break;
	default:
		epl_status_is_whole(data + 1, size - 1);
		done = epl_parse_status(data + 1, size - 1, &answer, &error);
	}
	g_assert_true(done == (error == NULL));
	g_assert_true(label_status_fault(&answer.status) <= DEVICE_FAULT_N);
	return 0;
}
