/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/goods/item.h"
#include "backoffice/people/counter.h"
#include "core/barcode.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

/* Numbers go up, so that one whose goods are gone is not soon on other goods: its labels may hang
 * about. Numbers that are taken already, from an older system or by hand, are passed over. */

#define NUMBER_DIGITS 10 /* of an in-store EAN-13 between prefix and check digit */
#define NUMBER_MAX INT64_C(9999999999)
#define PLU_MAX 99999 /* weight barcodes have room for five digits */

/* --- in-store barcodes --------------------------------------------------------------------- */

/* "20" to "29". */
static bool read_prefix(Store *store, char ret[static 3], GError **error)
{
	StoreStatement *row = store_statement(store, "office/item/in_store_prefix");
	StoreStep step = store_step(row, error);
	const char *prefix = step == STORE_ROW ? store_get_text(row, 0) : "20";
	bool right = strlen(prefix) == 2 && prefix[0] == '2' && g_ascii_isdigit(prefix[1]);

	if (right)
		g_strlcpy(ret, prefix, 3);
	else
		g_set_error(error, GOODS_ERROR, GOODS_ERROR_INVALID,
			    _("The setting in-store-prefix is “%s”: it has to be two digits from "
			      "20 to 29."),
			    prefix);
	store_reset(row);
	return step != STORE_FAILED && right;
}

/* As barcode_dup_key() has it: fourteen digits. Own it. */
static char *dup_key_of(const char *prefix, int64_t number)
{
	char digits[32];

	g_snprintf(digits, sizeof digits, "%s%0*" PRId64, prefix, NUMBER_DIGITS, number);
	return g_strdup_printf("0%s%d", digits, barcode_check_digit(digits, 2 + NUMBER_DIGITS));
}

static int64_t number_of_key(const char *key)
{
	g_autofree char *digits = g_strndup(key + 3, NUMBER_DIGITS);

	return g_ascii_strtoll(digits, NULL, 10);
}

/* The first that is free from *number on: keys of one prefix are in the order of their numbers. */
static bool pass_taken_barcodes(Store *store, const char *prefix, int64_t *number, GError **error)
{
	StoreStatement *row = store_statement(store, "office/item/barcodes_from");
	g_autofree char *first = dup_key_of(prefix, *number);
	g_autofree char *after = g_strdup_printf("0%sA", prefix);
	StoreStep step;

	store_bind_text(row, 1, first);
	store_bind_text(row, 2, after);
	while ((step = store_step(row, error)) == STORE_ROW) {
		const char *key = store_get_text(row, 0);

		if (strlen(key) != 14 || strspn(key, "0123456789") != 14)
			continue;
		if (number_of_key(key) > *number)
			break;
		(*number)++;
	}
	store_reset(row);
	return step != STORE_FAILED;
}

/* Moves the counter, which stands at @taken, on to @number. */
static bool advance(Store *store, const char *counter, int64_t taken, int64_t number,
		    GError **error)
{
	int64_t first;

	return number == taken || counter_take_many(store, counter, number - taken, &first, error);
}

char *item_next_barcode(Store *store, GError **error)
{
	char prefix[3];
	int64_t taken, number;
	g_autofree char *key = NULL;

	if (!read_prefix(store, prefix, error) || !counter_take(store, "in-store", &taken, error))
		return NULL;
	number = taken;
	if (number <= NUMBER_MAX && !pass_taken_barcodes(store, prefix, &number, error))
		return NULL;
	if (number > NUMBER_MAX) {
		g_set_error(
			error, GOODS_ERROR, GOODS_ERROR_FULL,
			_("All in-store barcodes that begin with %s have been given out: choose "
			  "another prefix in the settings."),
			prefix);
		return NULL;
	}
	if (!advance(store, "in-store", taken, number, error))
		return NULL;
	key = dup_key_of(prefix, number);
	return g_strdup(key + 1);
}

/* --- PLUs ---------------------------------------------------------------------------------- */

static bool pass_taken_plus(Store *store, int64_t *number, GError **error)
{
	StoreStatement *row = store_statement(store, "office/item/plus_from");
	StoreStep step;

	store_bind_int(row, 1, *number);
	store_bind_int(row, 2, PLU_MAX + 1);
	while ((step = store_step(row, error)) == STORE_ROW && store_get_int(row, 0) == *number)
		(*number)++;
	store_reset(row);
	return step != STORE_FAILED;
}

/* There are few: past the end, those that have become free come again. */
bool item_next_plu(Store *store, int64_t *ret, GError **error)
{
	int64_t taken, number;

	if (!counter_take(store, "plu", &taken, error))
		return false;
	number = taken;
	if (number <= PLU_MAX && !pass_taken_plus(store, &number, error))
		return false;
	if (number <= PLU_MAX) {
		*ret = number;
		return advance(store, "plu", taken, number, error);
	}
	number = 1;
	if (!pass_taken_plus(store, &number, error))
		return false;
	if (number > PLU_MAX) {
		g_set_error(
			error, GOODS_ERROR, GOODS_ERROR_FULL,
			_("All PLUs up to %d are taken: delete goods that are no longer sold by "
			  "weight, or take away their PLU."),
			PLU_MAX);
		return false;
	}
	*ret = number;
	return true;
}
