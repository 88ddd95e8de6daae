/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/payment/zvt_slip.h"

#include "drivers/payment/zvt_bmp.h"

#include <string.h>

enum { LINE_MAX_BYTES = 256, MAX_LINES = 500, MAX_FEED = 8, FEED = 0xFF };

void zvt_slips_clear(ZvtSlips *self)
{
	for (int i = 0; i < ZVT_SLIP_N; i++)
		g_clear_pointer(&self->lines[i], g_ptr_array_unref);
}

static void add(ZvtSlips *self, ZvtSlipKind kind, const uint8_t *text, size_t len)
{
	char line[LINE_MAX_BYTES];

	if (self->lines[kind] == NULL)
		self->lines[kind] = g_ptr_array_new_with_free_func(g_free);
	if (self->lines[kind]->len >= MAX_LINES)
		return;
	zvt_text_read(text, len, line, sizeof(line));
	g_ptr_array_add(self->lines[kind], g_strdup(line));
}

void zvt_slips_add_line(ZvtSlips *self, const uint8_t *data, size_t len)
{
	if (len == 0)
		return;
	if (data[0] != FEED) {
		add(self, ZVT_SLIP_PLAIN, data + 1, len - 1);
		return;
	}
	for (int i = 0; i < (len > 1 ? MIN(data[1], MAX_FEED) : 1); i++)
		add(self, ZVT_SLIP_PLAIN, NULL, 0);
}

/* The receipt's type may stand behind its lines. */
static void find_kind(ZvtTlvReader reader, int depth, ZvtSlipKind *ret)
{
	ZvtTlv tlv;

	while (zvt_tlv_next(&reader, &tlv)) {
		if (tlv.tag == 0x1F07 && tlv.len == 1 && tlv.value[0] < ZVT_SLIP_N)
			*ret = (ZvtSlipKind)tlv.value[0];
		else if (zvt_tlv_is_container(&tlv) && depth < ZVT_MAX_TLV_DEPTH)
			find_kind((ZvtTlvReader){ tlv.value, tlv.len }, depth + 1, ret);
	}
}

static void add_lines(ZvtSlips *self, ZvtSlipKind kind, ZvtTlvReader reader, int depth)
{
	ZvtTlv tlv;

	while (zvt_tlv_next(&reader, &tlv)) {
		if (tlv.tag == 0x07)
			add(self, kind, tlv.value, tlv.len);
		else if (zvt_tlv_is_container(&tlv) && depth < ZVT_MAX_TLV_DEPTH)
			add_lines(self, kind, (ZvtTlvReader){ tlv.value, tlv.len }, depth + 1);
	}
}

void zvt_slips_add_block(ZvtSlips *self, const uint8_t *data, size_t len)
{
	ZvtTlvReader reader = { .at = data, .left = len };
	ZvtSlipKind kind = ZVT_SLIP_PLAIN;

	/* The page writes "TLV"; elsewhere that is BMP 06 in front [inf], so both are taken. */
	if (len > 0 && data[0] == 0x06 && zvt_tlv_open(data + 1, len - 1, &reader) == 0)
		return;
	find_kind(reader, 0, &kind);
	add_lines(self, kind, reader, 0);
}

char **zvt_slips_dup(const ZvtSlips *self, bool admin)
{
	static const ZvtSlipKind orders[2][ZVT_SLIP_N] = {
		{ ZVT_SLIP_CUSTOMER, ZVT_SLIP_PLAIN, ZVT_SLIP_MERCHANT, ZVT_SLIP_ADMIN },
		{ ZVT_SLIP_ADMIN, ZVT_SLIP_PLAIN, ZVT_SLIP_MERCHANT, ZVT_SLIP_CUSTOMER },
	};

	for (int i = 0; i < ZVT_SLIP_N; i++) {
		const GPtrArray *lines = self->lines[orders[admin ? 1 : 0][i]];
		g_autoptr(GStrvBuilder) slip = NULL;

		if (lines == NULL)
			continue;
		slip = g_strv_builder_new();
		for (guint j = 0; j < lines->len; j++)
			g_strv_builder_add(slip, g_ptr_array_index(lines, j));
		return g_strv_builder_end(slip);
	}
	return NULL;
}
