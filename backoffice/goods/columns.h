/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>

/* The columns that lists of goods have, and what people head them with. */
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
	COLUMN_N,
} Column;

const char *column_name(Column column); /* "barcode": what exports write */
/* Reads the name, and what heads such a column in English, Russian and Mongolian lists. */
bool column_parse(const char *text, Column *ret);
