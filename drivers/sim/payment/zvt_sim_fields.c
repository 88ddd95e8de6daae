/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/payment/zvt_sim_commands.h"

#include <string.h>

bool zvt_sim_bad(ZvtSim *self, size_t offset, const char *what)
{
	zvt_sim_flag(self, "offset %zu: %s", offset, what);
	zvt_sim_refuse(self, E_PROTOCOL);
	return false;
}

/* Tag 26 names the commands the till understands, each a 0A; offsets of a TLV are not worth more
 * care: what we do not know in it is skipped. */
static bool permits_text_blocks(const uint8_t *data, size_t len)
{
	static const uint8_t permit[] = { 0x0A, 0x02, 0x06, 0xD3 };

	for (size_t at = 0; at + 2 + sizeof(permit) <= len; at++)
		if (data[at] == 0x26 && memcmp(data + at + 2, permit, sizeof(permit)) == 0)
			return true;
	return false;
}

static int64_t *field_of(ZvtFields *fields, uint8_t id)
{
	switch (id) {
	case 0x04:
		return &fields->amount;
	case 0x49:
		return &fields->currency;
	case 0x87:
		return &fields->receipt;
	case 0xAA:
		return &fields->date;
	case 0x0C:
		return &fields->time;
	default:
		return NULL;
	}
}

/* Refuses, and answers so, what is not BMPs of @allowed to the end. */
bool zvt_sim_read_fields(ZvtSim *self, const uint8_t *data, size_t len, size_t at,
			 const char *allowed, ZvtFields *ret)
{
	const char *reason;
	ZvtBmp bmp;

	*ret = (ZvtFields){ -1, -1, -1, -1, -1, false };
	for (size_t start = at; zvt_sim_bmp_next(data, len, &at, &bmp, &reason); start = at) {
		int64_t *field = field_of(ret, bmp.id);

		if (strchr(allowed, bmp.id) == NULL)
			return zvt_sim_bad(self, start + 3,
					   "this BMP does not belong to the command");
		if (field != NULL && *field >= 0)
			return zvt_sim_bad(self, start + 3, "this BMP comes twice");
		if (field != NULL && (*field = zvt_sim_bcd_get(bmp.data, bmp.len)) < 0)
			return zvt_sim_bad(self, start + 4, "not BCD digits");
		if (bmp.id == 0x06)
			ret->text_blocks = permits_text_blocks(bmp.data, bmp.len);
	}
	if (reason != NULL) {
		g_autofree char *text = g_strdup_printf("the BMP %s", reason);

		return zvt_sim_bad(self, at + 3, text);
	}
	return true;
}

/* No source gives the code of a wrong password: 9A is as good as any. [inf] */
bool zvt_sim_read_password(ZvtSim *self, const uint8_t *data, size_t len)
{
	int64_t password = len >= PASSWORD_LEN ? zvt_sim_bcd_get(data, PASSWORD_LEN) : -1;
	int right = zvt_sim_setting(self, ZVT_PASSWORD, -1);

	if (password < 0)
		return zvt_sim_bad(self, 3, "no password of six BCD digits");
	if (right >= 0 && password != right)
		return zvt_sim_bad(self, 3, "wrong password");
	return true;
}

/* A password and nothing else. */
bool zvt_sim_only_password(ZvtSim *self, const uint8_t *data, size_t len)
{
	if (!zvt_sim_read_password(self, data, len))
		return false;
	return len == PASSWORD_LEN || zvt_sim_bad(self, 3 + PASSWORD_LEN, "too long");
}

void zvt_sim_complete(ZvtSim *self)
{
	zvt_sim_say_end(self, E_OK, 0);
	zvt_sim_begin(self, 0);
}

void zvt_sim_abort(ZvtSim *self, uint8_t code)
{
	zvt_sim_say_end(self, code, 0);
	zvt_sim_begin(self, 0);
}
