/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/rollup/columns_private.h"

#include <string.h>

static int width_of(uint64_t largest)
{
	if (largest == 0)
		return 0;
	if (largest <= UINT8_MAX)
		return 1;
	if (largest <= UINT16_MAX)
		return 2;
	return largest <= UINT32_MAX ? 4 : 8;
}

ColumnPacking column_pack(const int64_t *values, guint n, GByteArray *ret)
{
	int64_t least = n > 0 ? values[0] : 0, largest = least;
	ColumnPacking packing;

	for (guint i = 1; i < n; i++) {
		least = MIN(least, values[i]);
		largest = MAX(largest, values[i]);
	}
	packing = (ColumnPacking){ .base = least,
				   .width = width_of((uint64_t)largest - (uint64_t)least) };
	g_byte_array_set_size(ret, 0);
	for (guint i = 0; i < n && packing.width > 0; i++) {
		const uint64_t above = GUINT64_TO_LE((uint64_t)values[i] - (uint64_t)least);

		g_byte_array_append(ret, (const guint8 *)&above, (guint)packing.width);
	}
	return packing;
}

static void unpack_1(int64_t base, const uint8_t *data, guint n, int64_t *ret)
{
	for (guint i = 0; i < n; i++)
		ret[i] = (int64_t)((uint64_t)base + data[i]);
}

static void unpack_2(int64_t base, const uint8_t *data, guint n, int64_t *ret)
{
	for (guint i = 0; i < n; i++) {
		uint16_t above;

		memcpy(&above, data + 2 * (size_t)i, sizeof above);
		ret[i] = (int64_t)((uint64_t)base + GUINT16_FROM_LE(above));
	}
}

static void unpack_4(int64_t base, const uint8_t *data, guint n, int64_t *ret)
{
	for (guint i = 0; i < n; i++) {
		uint32_t above;

		memcpy(&above, data + 4 * (size_t)i, sizeof above);
		ret[i] = (int64_t)((uint64_t)base + GUINT32_FROM_LE(above));
	}
}

static void unpack_8(int64_t base, const uint8_t *data, guint n, int64_t *ret)
{
	for (guint i = 0; i < n; i++) {
		uint64_t above;

		memcpy(&above, data + 8 * (size_t)i, sizeof above);
		ret[i] = (int64_t)((uint64_t)base + GUINT64_FROM_LE(above));
	}
}

bool column_unpack(ColumnPacking packing, const uint8_t *data, size_t len, guint n, int64_t *ret)
{
	if (len != (size_t)packing.width * n)
		return false;
	switch (packing.width) {
	case 0:
		for (guint i = 0; i < n; i++)
			ret[i] = packing.base;
		return true;
	case 1:
		unpack_1(packing.base, data, n, ret);
		return true;
	case 2:
		unpack_2(packing.base, data, n, ret);
		return true;
	case 4:
		unpack_4(packing.base, data, n, ret);
		return true;
	case 8:
		unpack_8(packing.base, data, n, ret);
		return true;
	default:
		return false;
	}
}
