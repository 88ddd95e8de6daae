/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/device.h"
#include "drivers/port/port.h"

/* Price lists for label-printing scales (protocols/scale.md, part B). They print the barcode of
 * part C, the till reads it with core/barcode.h. */

/* One item of a scale's list; the strings are lent. */
typedef struct {
	uint32_t number; /* its place in the scale's list, from 1 */
	uint32_t code; /* what stands in the barcode */
	const char *name; /* cut where the scale has no room */
	int64_t price; /* minor units for a kilogram or a piece */
	bool pieces;
	int shelf_life_days; /* 0: none is printed */
	int tare; /* grams */
	int group, message; /* numbers of the scale's own tables, 0: none */
} Plu;

/* Options of all: letters=ӨО,ҮУ, the shop's consent to other letters where the scale's code page
 * lacks them; without it such an item is refused. Each driver's header says its own. */
struct plu_driver {
	const char *name; /* "cas-cl5000" */
	const char
		*settings; /* of a serial line where the address names none; NULL: never serial */
	/* One item without sending it: REFUSED with what is wrong. */
	bool (*check)(GHashTable *options, const Plu *plu, GError **error);
	/* Writes @n items over what the scale has under their numbers, other items stay. All are
	 * checked before the first is sent. Stops at the first that fails: *accepted of them are in
	 * the scale, so after a lost link go on with plus + *accepted. REFUSED: that item's data,
	 * named in the message; a full or busy scale is asked again after five seconds, twice, then
	 * MEMORY_FULL or BUSY. Blocks as long as it takes; port_cancel() ends it. */
	bool (*send)(struct port *port, GHashTable *options, const Plu *plus, int n, int *accepted,
		     GError **error);
	/* Takes items out, by their numbers alone. To be called after send(), so that a scale is
	 * never half empty. NULL where the protocol has no such command. */
	bool (*remove)(struct port *port, GHashTable *options, const Plu *plus, int n, int *removed,
		       GError **error);
};

const struct plu_driver *plu_driver_find(const char *name);
