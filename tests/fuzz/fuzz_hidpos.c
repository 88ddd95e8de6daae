/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/scanner/hidpos.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_scan(const Scan *scan, void *data)
{
	g_assert_true(g_utf8_validate(scan->data, -1, NULL) && scan->data[0] != '\0');
	g_assert_null(data);
}

/* Reports: a byte of length, so many bytes. Read from a copy, so that one byte too far is seen. */
static void feed(HidPosJoiner *joiner, const uint8_t *data, size_t size)
{
	ScanCollector *collector = scan_collector_new(check_scan, NULL);
	int64_t now = 0;

	while (size > 1) {
		size_t len = MIN(data[0], size - 1);
		g_autofree uint8_t *report = g_memdup2(data + 1, len);

		hidpos_joiner_take(joiner, report, len, now, collector);
		now += 1000 * data[0];
		data += 1 + len;
		size -= 1 + len;
	}
	scan_collector_free(collector);
}

/* The first byte: how much of the rest is the descriptor, the reports follow it. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	size_t len = size > 0 ? MIN(data[0], size - 1) : 0;
	g_autofree uint8_t *descriptor = size > 0 ? g_memdup2(data + 1, len) : NULL;
	HidPosLayout layout;
	bool known = hidpos_layout_parse(descriptor, len, &layout);
	HidPosJoiner *joiner = hidpos_joiner_new(known ? &layout : NULL);

	if (known) {
		g_assert_true(hidpos_is_scanner(descriptor, len));
		g_assert_true(layout.data_at >= 0 && layout.data_len > 0);
		g_assert_cmpint(layout.data_at + layout.data_len, <=, layout.len);
	}
	if (size > 0)
		feed(joiner, data + 1 + len, size - 1 - len);
	hidpos_joiner_free(joiner);
	return 0;
}
