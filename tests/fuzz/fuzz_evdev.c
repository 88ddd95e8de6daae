/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/scanner/evdev_keys.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_scan(const Scan *scan, void *data)
{
	const EvdevKeys *keys = data;

	for (const char *at = scan->data; *at != '\0'; at++)
		g_assert_true(g_ascii_isprint(*at) || *at == 0x1D);
	g_assert_false(keys->dropped);
}

/* Four bytes an event: type and value in the first, the code in two, then milliseconds. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	EvdevKeys keys;
	ScanCollector *collector = scan_collector_new(check_scan, &keys);
	int64_t now = 0;

	evdev_keys_init(&keys, size % 2 != 0);
	for (; size >= 4; data += 4, size -= 4) {
		struct input_event event = { .type = data[0] & 7,
					     .code = (guint16)(data[1] | data[2] << 8),
					     .value = data[0] >> 3 };

		now += data[3] * 1000;
		scan_collector_tick(collector, now);
		evdev_keys_take(&keys, &event, now, collector);
		if (keys.wants_state)
			evdev_keys_set_state(&keys, data, 4);
	}
	scan_collector_free(collector);
	return 0;
}
