/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>

/* The columns that lists of goods have, and what people head them with. Exports have them in this
 * order, so new ones come at the end. */
typedef enum {
	COLUMN_BARCODE,
	COLUMN_NAME,
	COLUMN_CATEGORY,
	COLUMN_BRAND,
	COLUMN_UNIT,
	COLUMN_PRICE,
	COLUMN_COST,
	COLUMN_TAX,
	COLUMN_ARTICLE,
	COLUMN_WEIGHED,
	COLUMN_PACK, /* its name: the row's barcode is the pack's */
	COLUMN_FACTOR, /* units in it */
	COLUMN_PACK_PRICE,
	COLUMN_PLU,
	COLUMN_MARKED,
	COLUMN_EXPIRES,
	COLUMN_SERIALS,
	COLUMN_SHELF_LIFE, /* days */
	COLUMN_TARE, /* kilograms */
	COLUMN_MINIMUM,
	COLUMN_CLASSIFICATION,
	COLUMN_KIND,
	COLUMN_FAMILY,
	COLUMN_FIRST, /* variant_first: mostly the size */
	COLUMN_SECOND, /* mostly the colour */
	COLUMN_NOTE,
	COLUMN_N,
} Column;

const char *column_name(Column column); /* "barcode": what exports write */
/* In the person's language, as it stands in a list or begins a sentence about a row. */
const char *column_title(Column column);
/* Reads the name, and what heads such a column in English, Russian and Mongolian lists. */
bool column_parse(const char *text, Column *ret);
