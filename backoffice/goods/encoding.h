/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* In which encoding a text is. Static names, as iconv knows them. */

/* What the mark at the beginning says, and how long it is. NULL: no mark. */
const char *encoding_of_mark(const char *start, gsize n, gsize *ret_len);

/* What is seen of a text on the way: begun by zeroes. */
typedef struct {
	guint64 n; /* bytes */
	guint64 bytes[256]; /* how often each */
	guint64 high_of_two[2]; /* bytes that are 0 or 4, at even and odd places: UTF-16's upper
				   halves */
	guint64 zeros[2];
	int expected; /* bytes of a UTF-8 letter yet to come */
	gboolean bad_utf8;
	const char *marked;
} EncodingSight;
void encoding_look(EncodingSight *self, const guint8 *bytes, gsize n);
const char *encoding_judge(const EncodingSight *self);
