/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/codepage.h"
#include "drivers/scale/line.h"
#include "drivers/scale/plu.h"

/* What the PLU drivers share: check all, then send one by one. */

/* One item's message, or NULL. Pure. @settings is the driver's. */
typedef GByteArray *(*PluEncode)(const void *settings, const Plu *plu, GError **error);
/* One message and its good answer; false with a fault. Tried as scale_line_try() says. */
typedef bool (*PluSend)(ScaleLine *line, const GByteArray *message, const void *settings,
			GError **error);

typedef struct {
	PluEncode encode;
	PluSend send;
	const void *settings; /* borrowed */
} PluJob;
bool plu_load(struct port *port, const PluJob *job, const Plu *plus, int n, int *done,
	      GError **error);
/* The two halves of it. Own the messages, of GByteArray. */
GPtrArray *plu_encode_all(const PluJob *job, const Plu *plus, int n, GError **error);
bool plu_send_all(struct port *port, const PluJob *job, const GPtrArray *messages, const Plu *plus,
		  int *done, GError **error);

/* Of one item; for struct plu_driver's check. */
bool plu_check(const PluJob *job, const Plu *plu, GError **error);

/* REFUSED with what is wrong, where @value is not between 0 and @max. */
bool plu_fits(const char *what, int64_t value, int64_t max, GError **error);

/* The letters option. */
bool plu_letters_parse(GHashTable *options, LetterMap *ret, GError **error);
/* The name in the scale's letters, at most @max bytes. REFUSED where it lacks one. */
bool plu_encode_name(CodePage page, const LetterMap *letters, const char *name, uint8_t *ret,
		     size_t max, size_t *ret_len, GError **error);
/* The same in two lines of @width each, filled up with @fill; parted at a blank where there is one.
 * At most PLU_WIDTH_MAX wide. */
#define PLU_WIDTH_MAX 40
bool plu_encode_lines(CodePage page, const LetterMap *letters, const char *name, size_t width,
		      uint8_t fill, uint8_t *ret, GError **error);

/* Numbers, low byte first; @n bytes. */
void plu_append_number(GByteArray *bytes, int64_t value, size_t n);
void plu_append_fill(GByteArray *bytes, uint8_t fill, size_t n);
