/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/fiscal/name_uuid.h"

#include <glib.h>
#include <string.h>

#define SHA1_LEN 20

const uint8_t name_uuid_baraa[16] = { 0x3d, 0x0b, 0x6a, 0x52, 0x91, 0xc4, 0x4e, 0x7f,
				      0xa8, 0x15, 0x5c, 0x2e, 0xd0, 0x37, 0xb9, 0x64 };

char *name_uuid_dup(const uint8_t space[static 16], const char *name)
{
	g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA1);
	uint8_t digest[SHA1_LEN];
	gsize len = sizeof digest;
	GString *text = g_string_sized_new(37);

	g_checksum_update(sum, space, 16);
	g_checksum_update(sum, (const guchar *)name, (gssize)strlen(name));
	g_checksum_get_digest(sum, digest, &len);
	digest[6] = (uint8_t)(0x50 | (digest[6] & 0x0F)); /* version */
	digest[8] = (uint8_t)(0x80 | (digest[8] & 0x3F)); /* variant */
	for (int i = 0; i < 16; i++) {
		if (i == 4 || i == 6 || i == 8 || i == 10)
			g_string_append_c(text, '-');
		g_string_append_printf(text, "%02x", digest[i]);
	}
	return g_string_free(text, FALSE);
}

char *name_uuid_dup_attempt(const char *sale_id, int64_t id)
{
	g_autofree char *name = g_strdup_printf("%s:%" G_GINT64_FORMAT, sale_id, id);

	return name_uuid_dup(name_uuid_baraa, name);
}
