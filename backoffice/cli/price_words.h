/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/cli/command.h"
#include "backoffice/people/shop.h"
#include "backoffice/prices/prices.h"

/* What people name on the command line when they speak of prices. Each says what is wrong by
 * itself, and gives the exit status in *ret_status. */

typedef struct {
	/* owned */
	GPtrArray *kinds, *shops, *groups;
	GTimeZone *zone; /* of the first shop */

	/* borrowed */
	Store *store;

	uint16_t currency;
} PriceWords;

bool price_words_init(PriceWords *self, Store *store, int *ret_status);
void price_words_clear(PriceWords *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(PriceWords, price_words_clear)

/* A barcode, an article or a PLU. */
bool price_words_item(PriceWords *self, const char *barcode, const char *article, int64_t *ret,
		      int *ret_status);
/* NULL is retail. A name as people see it, as it is kept, or a number. */
bool price_words_kind(PriceWords *self, const char *name, int64_t *ret, int *ret_status);
bool price_words_shop(PriceWords *self, const char *name, int64_t *ret,
		      int *ret_status); /* NULL: 0 */
bool price_words_group(PriceWords *self, const char *name, int64_t *ret, int *ret_status);
bool price_words_amount(PriceWords *self, const char *text, int64_t *ret, int *ret_status);
/* "2026-12-01T08:00" on the shop's clock; NULL is 0. */
bool price_words_time(PriceWords *self, const char *text, int64_t *ret, int *ret_status);

/* The same without saying anything: of a row of a list. */
bool price_words_parse_time(PriceWords *self, const char *text, int64_t *ret);
const PriceKind *price_words_find_kind(PriceWords *self, const char *name);

/* Own them. */
char *price_words_dup_amount(const PriceWords *self, int64_t amount); /* "12.00" */
char *price_words_dup_time(const PriceWords *self, int64_t at); /* "2026-12-01T08:00:00+03" */
const char *price_words_shop_name(const PriceWords *self, int64_t id); /* "" of all shops */
const char *price_words_kind_name(const PriceWords *self, int64_t id);
const char *price_words_group_name(const PriceWords *self, int64_t id); /* "" of none */
