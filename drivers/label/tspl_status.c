/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/label/tspl_status.h"

enum { STX = 0x02, ETX = 0x03, DETAILS_LEN = 8 };
enum { /* the byte */
       BIT_HEAD_OPEN = 0x01,
       BIT_JAM = 0x02,
       BIT_NO_PAPER = 0x04,
       BIT_NO_RIBBON = 0x08,
       BIT_PAUSE = 0x10,
       BIT_PRINTING = 0x20,
       BIT_COVER_OPEN = 0x40, /* an option */
       BIT_OTHER = 0x80, /* of some models; others mean the room's temperature */
};

void tspl_parse_byte(uint8_t byte, LabelAnswer *ret)
{
	*ret = (LabelAnswer){
		.status = { .head_open = (byte & (BIT_HEAD_OPEN | BIT_COVER_OPEN)) != 0,
			    .cutter_jam = (byte & BIT_JAM) != 0,
			    .paper_out = (byte & BIT_NO_PAPER) != 0,
			    .ribbon_out = (byte & BIT_NO_RIBBON) != 0,
			    .paused = (byte & BIT_PAUSE) != 0,
			    .busy = (byte & BIT_PRINTING) != 0,
			    .needs_service = (byte & BIT_OTHER) != 0,
			    .speaks = true,
			    .left = -1 },
	};
}

bool tspl_details_are_whole(const uint8_t *data, size_t len)
{
	return len >= DETAILS_LEN;
}

static void add_state(uint8_t state, LabelAnswer *ret)
{
	switch (state) {
	case 0x60:
		ret->status.paused = true;
		break;
	case 0x4C:
		ret->status.awaits_taking = true;
		break;
	case 0x42:
	case 0x43:
	case 0x46:
	case 0x50:
	case 0x57:
		ret->status.busy = true;
		break;
	case 0x4B: /* its print key is waited for: people must press it, as after a pause */
		ret->status.paused = true;
		break;
	default:
		break;
	}
}

/* The errors are bits over 40h; the page names each alone. */
static void add_errors(uint8_t third, uint8_t fourth, LabelAnswer *ret)
{
	ret->status.too_hot |= (third & 0x03) != 0;
	ret->status.cutter_jam |= (third & 0x08) != 0;
	ret->bad_data |= (third & 0x10) != 0; /* not enough memory */
	ret->status.paper_out |= (fourth & 0x01) != 0;
	ret->status.cutter_jam |= (fourth & 0x02) != 0;
	ret->status.ribbon_out |= (fourth & 0x0C) != 0;
	ret->status.head_open |= (fourth & 0x20) != 0;
}

bool tspl_parse_details(const uint8_t *data, size_t len, LabelAnswer *ret, GError **error)
{
	if (len != DETAILS_LEN || data[0] != STX || data[5] != ETX || data[6] != '\r' ||
	    data[7] != '\n' || (data[3] & 0xC0) != 0x40 || (data[4] & 0xC0) != 0x40) {
		g_set_error_literal(error, DEVICE_FAULT, DEVICE_FAULT_PROTOCOL,
				    "a broken answer to <ESC>!S");
		return false;
	}
	add_state(data[1], ret);
	ret->full |= data[2] == 0x48;
	add_errors(data[3], data[4], ret);
	/* It named the "other error". */
	if (data[3] != 0x40 || data[4] != 0x40)
		ret->status.needs_service = false;
	return true;
}
