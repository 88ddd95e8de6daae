/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#define QUANTITY_ONE INT64_C(1000000)

/* Millionths of the item's unit: 1.234 kg is 1 234 000. */
typedef struct {
	int64_t micro;
} Quantity;

/* "1.234", "2": no trailing zeros, no grouping. The same rules of reading as money_parse_decimal(),
 * at most six decimals. */
char *quantity_dup_decimal(Quantity quantity);
bool quantity_parse_decimal(const char *text, Quantity *ret) G_GNUC_WARN_UNUSED_RESULT;

/* What an item is counted or measured in. Stored and sent by its code ("pcs", "kg"). */
typedef enum {
	UNIT_PIECE,
	UNIT_KILOGRAM,
	UNIT_GRAM,
	UNIT_LITRE,
	UNIT_MILLILITRE,
	UNIT_METRE,
	UNIT_SQUARE_METRE,
	UNIT_HOUR,
	UNIT_OTHER,
	UNIT_N,
} Unit;

const char *unit_code(Unit unit); /* "pcs", "kg", "g", "l", "ml", "m", "m2", "h", "other" */
/* Reads codes and what lists of goods really say: "шт", "шт.", "ш", "кг", "kg", "л", "pc", "уп" …
 * in any case. An empty text is a piece; an unknown one is UNIT_OTHER and false. */
bool unit_parse(const char *text, Unit *ret);
/* FFD tag 2108 (fiscal-model: 0 piece, 11 kg, 10 g, 41 l, 40 ml, 22 m, 32 m², 71 h, 255 other). */
int unit_ffd(Unit unit);
