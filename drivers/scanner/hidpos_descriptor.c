/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/scanner/hidpos.h"

/* HID 1.11 section 6.2.2: items of a tag and 0, 1, 2 or 4 bytes of value. */
enum {
	ITEM_INPUT = 0x80,
	ITEM_COLLECTION = 0xA0,
	ITEM_END_COLLECTION = 0xC0,
	ITEM_OUTPUT = 0x90,
	ITEM_FEATURE = 0xB0,
	ITEM_USAGE_PAGE = 0x04,
	ITEM_REPORT_SIZE = 0x74,
	ITEM_REPORT_ID = 0x84,
	ITEM_REPORT_COUNT = 0x94,
	ITEM_PUSH = 0xA4,
	ITEM_POP = 0xB4,
	ITEM_USAGE = 0x08,
	ITEM_USAGE_MINIMUM = 0x18,
	ITEM_LONG = 0xFE,
};

/* HID Point of Sale Usage Tables 1.02, and Byte Count of the generic desktop page. */
#define USAGE(page, id) ((uint32_t)(page) << 16 | (id))
#define USAGE_SCANNER USAGE(0x8C, 0x02)
#define USAGE_AIM_1 USAGE(0x8C, 0xFB)
#define USAGE_AIM_3 USAGE(0x8C, 0xFD)
#define USAGE_DATA USAGE(0x8C, 0xFE)
#define USAGE_MORE USAGE(0x8C, 0xFF)
#define USAGE_COUNT USAGE(0x01, 0x3B)

enum { MAX_USAGES = 64, MAX_PUSHED = 4, MAX_REPORT_BITS = 8 * 4096 };

typedef struct {
	uint16_t page;
	uint32_t size, count;
	uint8_t id;
} Globals;

typedef struct {
	Globals now, pushed[MAX_PUSHED];
	int n_pushed;
	uint32_t usages[MAX_USAGES];
	int n_usages;
	bool is_range; /* the one usage is the first of a range */
	int depth;
	bool in_scanner; /* the top-level collection is one */
	bool any_scanner;
	uint32_t bits[256]; /* of each report so far */
	HidPosLayout layouts[256];
} Parser;

static void forget_locals(Parser *self)
{
	self->n_usages = 0;
	self->is_range = false;
}

static void add_usage(Parser *self, uint32_t value, size_t bytes)
{
	if (self->n_usages < MAX_USAGES)
		self->usages[self->n_usages++] = bytes == 4 ? value : USAGE(self->now.page, value);
}

/* The last usage stands for all fields that have none of their own. */
static uint32_t usage_of(const Parser *self, uint32_t field)
{
	if (self->n_usages == 0)
		return 0;
	if (self->is_range)
		return self->usages[0] + field;
	return self->usages[MIN(field, (uint32_t)self->n_usages - 1)];
}

static HidPosLayout *layout_now(Parser *self)
{
	HidPosLayout *layout = &self->layouts[self->now.id];

	if (layout->len == 0)
		*layout = (HidPosLayout){ .report_id = self->now.id,
					  .len = 1, /* told from an unused one */
					  .count_at = -1,
					  .aim_at = { -1, -1, -1 },
					  .data_at = -1,
					  .more_at = -1 };
	return layout;
}

static void note_data(HidPosLayout *layout, int byte)
{
	if (layout->data_at < 0)
		layout->data_at = byte;
	if (byte == layout->data_at + layout->data_len)
		layout->data_len++;
}

/* A field of one byte, or the flag, at bit @bit of its report. */
static void note_field(Parser *self, uint32_t usage, uint32_t bit)
{
	HidPosLayout *layout = layout_now(self);
	int byte = (int)(bit / 8);
	bool whole = self->now.size == 8 && bit % 8 == 0;

	if (usage == USAGE_MORE && layout->more_at < 0) {
		layout->more_at = byte;
		layout->more_mask = whole ? 0xFF : (uint8_t)(1 << bit % 8);
	} else if (whole && usage == USAGE_COUNT && layout->count_at < 0) {
		layout->count_at = byte;
	} else if (whole && usage >= USAGE_AIM_1 && usage <= USAGE_AIM_3) {
		layout->aim_at[usage - USAGE_AIM_1] = byte;
	} else if (whole && usage == USAGE_DATA) {
		note_data(layout, byte);
	}
}

static bool take_input(Parser *self)
{
	uint32_t begin = self->bits[self->now.id];

	if (self->now.size > 32 || self->now.count > MAX_REPORT_BITS ||
	    begin + self->now.size * self->now.count > MAX_REPORT_BITS)
		return false;
	if (begin == 0 && self->now.id != 0)
		begin = 8; /* the id itself */
	for (uint32_t i = 0; self->in_scanner && i < self->now.count; i++)
		note_field(self, usage_of(self, i), begin + i * self->now.size);
	self->bits[self->now.id] = begin + self->now.size * self->now.count;
	return true;
}

static void open_collection(Parser *self)
{
	if (self->depth++ == 0) {
		self->in_scanner = usage_of(self, 0) == USAGE_SCANNER;
		self->any_scanner |= self->in_scanner;
	}
}

static bool take_global(Parser *self, uint8_t tag, uint32_t value)
{
	switch (tag) {
	case ITEM_USAGE_PAGE:
		self->now.page = (uint16_t)value;
		return true;
	case ITEM_REPORT_SIZE:
		self->now.size = value;
		return true;
	case ITEM_REPORT_COUNT:
		self->now.count = value;
		return true;
	case ITEM_REPORT_ID:
		self->now.id = (uint8_t)value;
		return value > 0 && value < 256;
	case ITEM_PUSH:
		if (self->n_pushed == MAX_PUSHED)
			return false;
		self->pushed[self->n_pushed++] = self->now;
		return true;
	case ITEM_POP:
		if (self->n_pushed == 0)
			return false;
		self->now = self->pushed[--self->n_pushed];
		return true;
	default:
		return true; /* minimum, maximum, unit */
	}
}

static bool take_item(Parser *self, uint8_t tag, uint32_t value, size_t bytes)
{
	bool ok = true;

	switch (tag) {
	case ITEM_USAGE:
		add_usage(self, value, bytes);
		return true;
	case ITEM_USAGE_MINIMUM:
		self->n_usages = 0;
		add_usage(self, value, bytes);
		self->is_range = true;
		return true;
	case ITEM_INPUT:
		ok = take_input(self);
		break;
	case ITEM_COLLECTION:
		open_collection(self);
		break;
	case ITEM_END_COLLECTION:
		ok = self->depth-- > 0;
		break;
	case ITEM_OUTPUT:
	case ITEM_FEATURE:
		break;
	default:
		return take_global(self, tag, value);
	}
	forget_locals(self); /* after a main item */
	return ok;
}

static bool parse(Parser *self, const uint8_t *at, size_t len)
{
	while (len > 0) {
		static const uint8_t sizes[] = { 0, 1, 2, 4 };
		size_t bytes = at[0] == ITEM_LONG ? 0 : sizes[at[0] & 3];
		size_t skip = at[0] == ITEM_LONG && len > 1 ? 2 + (size_t)at[1] : 0;
		uint32_t value = 0;

		if (len < 1 + bytes + skip)
			return false;
		for (size_t i = 0; i < bytes; i++)
			value |= (uint32_t)at[1 + i] << 8 * i;
		if (at[0] != ITEM_LONG && !take_item(self, at[0] & 0xFC, value, bytes))
			return false;
		at += 1 + bytes + skip;
		len -= 1 + bytes + skip;
	}
	return true;
}

bool hidpos_is_scanner(const uint8_t *descriptor, size_t len)
{
	g_autofree Parser *parser = g_new0(Parser, 1);

	/* A descriptor that is cut or odd further on is still a scanner's. */
	if (!parse(parser, descriptor, len))
		g_debug("the report descriptor is not understood to its end");
	return parser->any_scanner;
}

bool hidpos_layout_parse(const uint8_t *descriptor, size_t len, HidPosLayout *ret)
{
	g_autofree Parser *parser = g_new0(Parser, 1);

	if (!parse(parser, descriptor, len))
		return false;
	for (int id = 0; id < 256; id++) {
		HidPosLayout *layout = &parser->layouts[id];

		if (layout->len == 0 || layout->data_len == 0)
			continue;
		layout->len = (int)((parser->bits[id] + 7) / 8);
		*ret = *layout;
		return true;
	}
	return false;
}
