/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/scanned.h"

#include "core/gs1.h"
#include "drivers/scanner/scan.h"

#include <string.h>

#define LARGEST_COUNT 9999 /* more pieces than that in one scan are a misprint */
#define LONGEST_QUANTITY 6 /* digits; the shortest codes of goods have seven or eight */

void office_scanned_clear(OfficeScanned *self)
{
	g_clear_pointer(&self->code, g_free);
	g_clear_pointer(&self->batch, g_free);
	g_clear_pointer(&self->serial, g_free);
}

static char *dup_field(const Gs1 *gs1, const char *ai)
{
	const Gs1Field *field = gs1_find(gs1, ai);

	return field != NULL ? g_strndup(field->value, field->len) : NULL;
}

/* As it is printed under the bars of the goods themselves. */
static char *dup_printed(const char gtin[static 15])
{
	if (strncmp(gtin, "000000", 6) == 0)
		return g_strdup(gtin + 6);
	return g_strdup(gtin[0] == '0' ? gtin + 1 : gtin);
}

/* The last day it may be sold: 17, else 15 (best before). A date that cannot be is asked for. */
static int32_t expiry_of(const Gs1 *gs1, int this_year)
{
	int32_t day = 0;

	if (gs1_get_date(gs1, "17", this_year, &day) != GS1_FOUND &&
	    gs1_get_date(gs1, "15", this_year, &day) != GS1_FOUND)
		return 0;
	return day;
}

static bool read_gs1(const char *data, int this_year, OfficeScanned *ret)
{
	g_auto(Gs1) gs1 = { 0 };
	char gtin[15];
	int64_t count;

	if (!gs1_parse(data, &gs1, NULL))
		return false;
	if (gs1_get_gtin(&gs1, gtin) == GS1_FOUND)
		ret->code = dup_printed(gtin);
	else
		ret->code = g_strdelimit(g_strdup(gs1.text), "\x1D", ' ');
	ret->batch = dup_field(&gs1, "10");
	ret->serial = dup_field(&gs1, "21");
	ret->expiry = expiry_of(&gs1, this_year);
	if (gs1_get_count(&gs1, &count) == GS1_FOUND && count > 0 && count <= LARGEST_COUNT)
		ret->count = count;
	return true;
}

bool office_scanned_is_times(const char *text, Quantity *ret)
{
	size_t len = strlen(text);
	g_autofree char *number = len > 1 ? g_strndup(text, len - 1) : NULL;

	return number != NULL && text[len - 1] == '*' && quantity_parse_decimal(number, ret) &&
	       ret->micro > 0;
}

bool office_scanned_is_code(const char *text)
{
	Quantity quantity;

	return strlen(text) > LONGEST_QUANTITY + (strpbrk(text, ".,") != NULL ? 1 : 0) ||
	       !quantity_parse_decimal(text, &quantity);
}

/* What stands behind "3*"; a serial number may hold a star, which multiplies nothing. */
static const char *skip_times(const char *text, OfficeScanned *ret)
{
	const char *star = strchr(text, '*');
	g_autofree char *head = star != NULL ? g_strndup(text, (gsize)(star - text) + 1) : NULL;

	if (head == NULL || star[1] == '\0' || !office_scanned_is_times(head, &ret->times))
		return text;
	ret->times_given = true;
	return star + 1;
}

bool office_scanned_read(const char *text, int this_year, OfficeScanned *ret)
{
	g_auto(Scan) scan = { 0 };
	g_autofree char *trimmed = g_strstrip(g_strdup(text));
	const char *rest;

	*ret = (OfficeScanned){ .times = { QUANTITY_ONE }, .count = 1 };
	rest = skip_times(trimmed, ret);
	if (!scan_parse(rest, strlen(rest), &scan))
		return false;
	if (scan_get_symbology(&scan) == SYMBOLOGY_GS1 || gs1_is_likely(scan.data))
		return read_gs1(scan.data, this_year, ret);
	ret->code = g_strdup(scan.data);
	return true;
}
