/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/label/epl_status.h"

#include <string.h>

enum { ACK = 0x06, NAK = 0x15, XON = 0x11, XOFF = 0x13 };

static bool bad(GError **error)
{
	g_set_error_literal(error, DEVICE_FAULT, DEVICE_FAULT_PROTOCOL, "a broken answer to ^ee");
	return false;
}

bool epl_status_is_whole(const uint8_t *data, size_t len)
{
	return len > 0 && data[len - 1] == '\n';
}

/* False: the list has no such code. */
static bool add_error(int code, LabelAnswer *ret)
{
	switch (code) {
	case 0:
		break;
	case 1: /* syntax: another language, or a mistake of ours */
	case 3:
		ret->syntax_error = true;
		break;
	case 2: /* outside the label, too long, does not fit */
	case 4:
	case 8:
	case 9:
	case 13:
	case 14:
	case 15:
		ret->bad_data = true;
		break;
	case 5:
	case 6:
	case 10:
		ret->status.needs_service = true;
		break;
	case 7: /* labels or ribbon: the till says both */
		ret->status.paper_out = true;
		break;
	case 11:
		ret->status.head_open = true;
		break;
	case 12:
		ret->status.paused = true;
		break;
	default:
		return false;
	}
	return true;
}

bool epl_parse_status(const uint8_t *data, size_t len, LabelAnswer *ret, GError **error)
{
	int n = 0;

	*ret = (LabelAnswer){ .status = { .speaks = true, .left = -1 } };
	for (size_t at = 0; at < len; at++) {
		uint8_t byte = data[at];

		if (byte == ACK || byte == NAK || byte == XON || byte == XOFF || byte == ',')
			continue;
		if (byte == '\r' || byte == '\n') {
			if (n > 0)
				return true;
			continue;
		}
		if (!g_ascii_isdigit(byte) || at + 1 >= len || !g_ascii_isdigit(data[at + 1]) ||
		    !add_error((byte - '0') * 10 + data[at + 1] - '0', ret))
			return bad(error);
		at++;
		n++;
	}
	return bad(error);
}
