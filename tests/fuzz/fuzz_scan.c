/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/scanner/scanner.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_scan(const Scan *scan, void *data)
{
	g_assert_true(g_utf8_validate(scan->data, -1, NULL) && scan->data[0] != '\0');
	g_assert_false(scan_is_card_track(scan->data));
	g_assert_true(strpbrk(scan->data, "\r\n") == NULL && strlen(scan->aim) % 3 == 0);
	scan_get_symbology(scan);
	++*(int *)data;
}

/* FD, FE and FF stand for what happens beside bytes: they are in no UTF-8. */
static void collect(const uint8_t *data, size_t size)
{
	int n = 0;
	ScanCollector *collector = scan_collector_new(check_scan, &n);
	int64_t now = 0;

	for (size_t i = 0; i < size; i++) {
		now += 1000;
		if (data[i] == 0xFF)
			scan_collector_tick(collector, now += 300 * 1000);
		else if (data[i] == 0xFE)
			scan_collector_spoil(collector, now);
		else if (data[i] == 0xFD)
			scan_collector_forget(collector);
		else
			scan_collector_push(collector, data + i, 1, now);
	}
	g_assert_cmpuint((size_t)n, <=, size);
	scan_collector_free(collector);
}

static void type(const uint8_t *data, size_t size)
{
	WedgeDetector *detector = wedge_detector_new();
	int64_t now = 0;

	for (size_t i = 0; i + 1 < size; i += 2) {
		g_autofree char *code = NULL;
		gunichar character = data[i] < 0x80 ? data[i] : 0x400u + data[i];

		now += (data[i + 1] & 0x0F) * 1000;
		if (wedge_detector_press(detector, character, (char)(data[i + 1] >> 1), false, now,
					 &code))
			g_assert_nonnull(code);
	}
	wedge_detector_free(detector);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autofree char *copy = g_memdup2(data, size); /* no closing zero */
	g_auto(Scan) scan = { 0 };

	if (scan_parse(copy, size, &scan))
		g_assert_nonnull(scan.data);
	collect(data, size);
	type(data, size);
	return 0;
}
