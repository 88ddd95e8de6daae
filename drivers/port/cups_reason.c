/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/port/cups_reason.h"

#include <string.h>

/* RFC 8011 §5.4.12 and PWG 5100.9; the words may end with -report, -warning or -error. */
DeviceFault cups_fault_of_reason(const char *reason)
{
	static const struct {
		const char *start;
		DeviceFault fault;
	} known[] = {
		{ "media-empty", DEVICE_FAULT_PAPER_OUT },
		{ "media-needed", DEVICE_FAULT_PAPER_OUT },
		{ "input-tray-missing", DEVICE_FAULT_PAPER_OUT },
		{ "cover-open", DEVICE_FAULT_COVER_OPEN },
		{ "door-open", DEVICE_FAULT_COVER_OPEN },
		{ "interlock-open", DEVICE_FAULT_COVER_OPEN },
		{ "marker-supply-empty", DEVICE_FAULT_RIBBON_OUT },
		{ "marker-ribbon-empty", DEVICE_FAULT_RIBBON_OUT },
		{ "toner-empty", DEVICE_FAULT_RIBBON_OUT },
		{ "media-jam", DEVICE_FAULT_MECHANISM },
		{ "fuser-over-temp", DEVICE_FAULT_MECHANISM },
		{ "cutter", DEVICE_FAULT_MECHANISM },
		{ "trimmer", DEVICE_FAULT_MECHANISM },
		{ "paused", DEVICE_FAULT_PAUSED },
		{ "moving-to-paused", DEVICE_FAULT_PAUSED },
		{ "offline", DEVICE_FAULT_OFFLINE },
		{ "connecting-to-device", DEVICE_FAULT_OFFLINE },
		{ "timed-out", DEVICE_FAULT_OFFLINE },
		{ "shutdown", DEVICE_FAULT_OFFLINE },
		{ "cups-missing-filter", DEVICE_FAULT_REFUSED },
		{ "cups-insecure-filter", DEVICE_FAULT_REFUSED },
	};

	/* Of a warning the printer prints on. */
	if (g_str_has_suffix(reason, "-warning"))
		return DEVICE_FAULT_N;
	for (size_t i = 0; i < G_N_ELEMENTS(known); i++) {
		if (g_str_has_prefix(reason, known[i].start))
			return known[i].fault;
	}
	return DEVICE_FAULT_N;
}
