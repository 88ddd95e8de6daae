/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/money.h"
#include "core/quantity.h"

/* GS1 element strings: GTIN, batch, dates, weights in one symbol (GS1 General Specifications 3 and
 * 7.8; protocols/scanner.md §6). A field ends at a separator, except the few kinds whose length is
 * laid down. */

#define GS1_SEPARATOR 0x1D
enum { GS1_MAX_FIELDS = 32 };

#define GS1_ERROR (gs1_error_quark())
GQuark gs1_error_quark(void);
typedef enum {
	GS1_ERROR_BAD, /* no element string: unknown identifier, wrong length, wrong check digit */
	GS1_ERROR_AMBIGUOUS, /* the separators were lost and it reads in several ways: scan again */
} Gs1Error;

typedef struct {
	char ai[5]; /* the application identifier, "01", "3103" */
	const char *value; /* into Gs1.text; @len characters, no closing zero */
	size_t len;
} Gs1Field;

typedef struct {
	char *text; /* owned; as it came, byte for byte: a registrar may want it so */
	Gs1Field fields[GS1_MAX_FIELDS];
	int n_fields;
	/* No separator came, and the end could be split in another way too. Fields before the last
	 * are certain. */
	bool unsure;
} Gs1;
void gs1_clear(Gs1 *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Gs1, gs1_clear)

/* @text without AIM identifier. Scanners that cannot type 0x1D send | or ~ for it, which no field
 * may hold. Where no separator came and one was needed, the only reading is taken, if there is only
 * one. Dates are not judged here: see gs1_get_date(). */
bool gs1_parse(const char *text, Gs1 *ret, GError **error);
/* For scanners that send no AIM identifier: 01, a right GTIN, and more after it. */
bool gs1_is_likely(const char *text);

/* 'n' stands for any digit: "310n". NULL where there is none. */
const Gs1Field *gs1_find(const Gs1 *self, const char *ai);

/* All write *ret only with GS1_FOUND. */
typedef enum {
	GS1_ABSENT,
	GS1_FOUND,
	GS1_INVALID, /* it is there and cannot be: 31 February, a fraction of the smallest coin */
} Gs1Answer;
/* 01, else 02 (what a logistic unit holds). */
Gs1Answer gs1_get_gtin(const Gs1 *self, char ret[static 15]);
/* YYYYMMDD of 11 to 17, or of 7003 without its hour; day 00 is the last of its month. @this_year
 * tells the century. */
Gs1Answer gs1_get_date(const Gs1 *self, const char *ai, int this_year, int32_t *ret);
Gs1Answer gs1_get_net_weight(const Gs1 *self, Quantity *ret); /* 310n, kilograms */
/* 392n, or 393n where it is of @currency. */
Gs1Answer gs1_get_price(const Gs1 *self, uint16_t currency, Money *ret);
Gs1Answer gs1_get_count(const Gs1 *self, int64_t *ret); /* 30; or 37, of what 02 names */
