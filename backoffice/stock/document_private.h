/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/stock/document.h"

/* What the files of document_*.c have in common. */

/* Of one line: a hundred million units. Sums of as many lines as anybody enters fit an int64_t. */
#define DOCUMENT_QUANTITY_MAX INT64_C(100000000000000)
/* Minor units: a trillion tögrög. */
#define DOCUMENT_AMOUNT_MAX INT64_C(100000000000000)
#define DOCUMENT_TEXT_MAX 250 /* characters */
/* A batch of which nobody said when it expires. */
#define DOCUMENT_NO_EXPIRY 99991231
#define DOCUMENT_SERIALS_MAX 10000 /* of one line */

/* Sets @error and is false. */
bool document_refuse(GError **error, DocumentError code, const char *format, ...)
	G_GNUC_PRINTF(3, 4);
/* "Line 3, “Milk”: …"; @name may be NULL. */
bool document_refuse_line(GError **error, int line, const char *name, const char *format, ...)
	G_GNUC_PRINTF(4, 5);

/* What a line has to know of its item. */
typedef struct {
	char *name; /* owned */
	char kind; /* 'g', 'k', 's': goods, kit, service */
	bool expires, serials, has_price, has_cost;
	int64_t price, cost;
} LineItem;
void line_item_clear(LineItem *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(LineItem, line_item_clear)
/* DOCUMENT_ERROR_GONE where there is no such item. */
bool line_item_read(Store *store, const DocumentLine *line, LineItem *ret, GError **error);

/* What can be said of a line while it is a draft's: that it names what there is, and in numbers
 * that can be. */
bool document_check_line(Store *store, DocumentKind kind, const DocumentLine *line,
			 const LineItem *item, GError **error);
/* Shop, supplier, other shop, origin, moment. @now: nothing speaks of later. */
bool document_check_head(Store *store, const Document *self, int64_t now, GError **error);
/* At most DOCUMENT_TEXT_MAX characters, each of which prints. */
bool document_text_is_sound(const char *text);
/* What LIKE finds @search by, wherever it stands; "" where nothing is searched. Own it.
 */
char *document_dup_pattern(const char *search);
/* Reasons of write-offs. */
bool document_reason_is_known(const char *reason);

/* Writes the line's row and its serials; the caller has checked it. */
bool document_insert_line(Store *store, int64_t id, const DocumentLine *line, GError **error);

static inline bool document_day_is_sound(int32_t day)
{
	return g_date_valid_dmy((GDateDay)(day % 100), (GDateMonth)(day / 100 % 100),
				(GDateYear)(day / 10000)) &&
	       day >= 20000101;
}
