/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/label/label_graphic.h"

static void put_inverted(GByteArray *ret, const LabelBitmap *bitmap)
{
	guint at = ret->len, n = (guint)(bitmap->width_bytes * bitmap->height);

	g_byte_array_append(ret, bitmap->bits, n);
	for (guint i = 0; i < n; i++)
		ret->data[at + i] ^= 0xFF;
}

void tspl_put_graphic(GByteArray *ret, const LabelBitmap *bitmap)
{
	label_put(ret, "BITMAP %d,%d,%d,%d,0,", bitmap->x, bitmap->y, bitmap->width_bytes,
		  bitmap->height);
	put_inverted(ret, bitmap);
	label_put(ret, "\r\n");
}

void epl_put_graphic(GByteArray *ret, const LabelBitmap *bitmap)
{
	label_put(ret, "GW%d,%d,%d,%d,", bitmap->x, bitmap->y, bitmap->width_bytes, bitmap->height);
	put_inverted(ret, bitmap);
	label_put(ret, "\n");
}
