/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/session/scanned_code.h"

#include "core/tobacco_pack.h"
#include "drivers/scanner/scan.h"

#include <string.h>

#define LARGEST_COUNT 999 /* more pieces than that in one scan are a misprint */
#define EAN13_LEN 13

void scanned_piece_clear(ScannedPiece *self)
{
	g_free(self->mark);
	g_free(self->batch);
	g_free(self->serial);
	*self = (ScannedPiece){ 0 };
}

void scanned_code_clear(ScannedCode *self)
{
	g_clear_pointer(&self->code, g_free);
	scanned_piece_clear(&self->piece);
	gs1_clear(&self->gs1);
}

static bool is_gs1(const Scan *scan)
{
	return scan_get_symbology(scan) == SYMBOLOGY_GS1 || gs1_is_likely(scan->data);
}

/* A serial number may hold a star, which multiplies nothing. */
static bool has_own_star(const char *text)
{
	g_auto(Scan) scan = { 0 };
	TobaccoPack pack;

	return scan_parse(text, strlen(text), &scan) &&
	       (scan.aim[0] != '\0' || is_gs1(&scan) || tobacco_pack_parse(scan.data, &pack));
}

/* Splits "3*CODE". False if what stands before the star is no quantity. */
static bool split_multiplier(const char *text, ScannedCode *ret, const char **ret_rest,
			     char **ret_number)
{
	const char *star = has_own_star(text) ? NULL : strchr(text, '*');
	g_autofree char *number = NULL;

	ret->times = (Quantity){ QUANTITY_ONE };
	ret->times_given = star != NULL;
	*ret_rest = star != NULL ? star + 1 : text;
	if (star == NULL)
		return true;
	number = g_strndup(text, (gsize)(star - text));
	if (quantity_parse_decimal(number, &ret->times) && ret->times.micro > 0)
		return true;
	*ret_number = g_steal_pointer(&number);
	return false;
}

/* As it is printed under the bars of the goods themselves. */
static char *dup_printed(const char gtin[static 15])
{
	if (strncmp(gtin, "000000", 6) == 0)
		return g_strdup(gtin + 6);
	return g_strdup(gtin[0] == '0' ? gtin + 1 : gtin);
}

/* Fields that cannot be are told from those that are not there: the first are refused. */
static bool read_fields(ScannedCode *ret, uint16_t currency)
{
	char gtin[15];
	int64_t count;

	if (gs1_get_net_weight(&ret->gs1, &ret->net_weight) == GS1_INVALID ||
	    gs1_get_price(&ret->gs1, currency, &ret->price) == GS1_INVALID)
		return false;
	if (gs1_get_count(&ret->gs1, &count) == GS1_FOUND && count > 0 && count <= LARGEST_COUNT)
		ret->count = count;
	if (gs1_get_gtin(&ret->gs1, gtin) == GS1_FOUND)
		ret->code = dup_printed(gtin);
	else
		ret->code = g_strdelimit(g_strdup(ret->gs1.text), "\x1D", ' ');
	return true;
}

/* A piece that the state follows carries a serial number and a key or signature of the state's
 * (AI 91 to 93); a serial number alone is the maker's own affair. */
static bool is_mark(const Gs1 *gs1)
{
	return gs1_find(gs1, "01") != NULL && gs1_find(gs1, "21") != NULL &&
	       (gs1_find(gs1, "91") != NULL || gs1_find(gs1, "92") != NULL ||
		gs1_find(gs1, "93") != NULL);
}

/* A last field that could end elsewhere says nothing that counts. */
static const Gs1Field *find_sure(const Gs1 *gs1, const char *ai)
{
	const Gs1Field *field = gs1_find(gs1, ai);

	return field != NULL && gs1->unsure && field == &gs1->fields[gs1->n_fields - 1] ? NULL
											: field;
}

static char *dup_field(const Gs1 *gs1, const char *ai)
{
	const Gs1Field *field = find_sure(gs1, ai);

	return field != NULL ? g_strndup(field->value, field->len) : NULL;
}

/* Sell by, best before, expires, expires on the hour: the first of them is the last day of sale. */
static bool read_expiry(ScannedCode *ret, int this_year)
{
	static const char *const ais[] = { "15", "16", "17", "7003" };

	for (size_t i = 0; i < G_N_ELEMENTS(ais); i++) {
		int32_t day;
		Gs1Answer answer = gs1_get_date(&ret->gs1, ais[i], this_year, &day);

		if (answer == GS1_INVALID)
			return false;
		if (answer == GS1_FOUND && (ret->piece.expiry == 0 || day < ret->piece.expiry))
			ret->piece.expiry = day;
	}
	return true;
}

static bool read_gs1(const char *data, uint16_t currency, int this_year, ScannedCode *ret)
{
	g_autoptr(GError) error = NULL;

	if (gs1_parse(data, &ret->gs1, &error) && read_fields(ret, currency) &&
	    read_expiry(ret, this_year)) {
		ret->piece.batch = dup_field(&ret->gs1, "10");
		ret->piece.serial = dup_field(&ret->gs1, "21");
		if (is_mark(&ret->gs1))
			ret->piece.mark = g_strdelimit(g_strdup(ret->gs1.text), "|~", '\x1D');
		return true;
	}
	if (error != NULL)
		g_debug("%s: %s", data, error->message);
	return false;
}

static bool read_scan(const Scan *scan, uint16_t currency, int this_year, ScannedCode *ret)
{
	Symbology symbology = scan_get_symbology(scan);
	TobaccoPack pack;

	if (is_gs1(scan))
		return read_gs1(scan->data, currency, this_year, ret);
	if (symbology == SYMBOLOGY_ADD_ON || strchr(scan->data, GS1_SEPARATOR) != NULL)
		return false;
	if (tobacco_pack_parse(scan->data, &pack)) {
		ret->code = dup_printed(pack.gtin);
		ret->piece.mark = g_strdup(scan->data);
	} else if (symbology == SYMBOLOGY_RETAIL_ADD_ON) /* the issue of a periodical */
		ret->code = g_strndup(scan->data, EAN13_LEN);
	else
		ret->code = g_strdup(scan->data);
	return true;
}

const char *scanned_code_read(const char *text, uint16_t currency, int this_year, ScannedCode *ret,
			      char **ret_number)
{
	g_auto(ScannedCode) found = { .count = 1 };
	g_auto(Scan) scan = { 0 };
	g_autofree char *trimmed = g_strstrip(g_strdup(text));
	const char *rest;

	if (!split_multiplier(trimmed, &found, &rest, ret_number))
		return "bad-quantity";
	if (!scan_parse(rest, strlen(rest), &scan) ||
	    !read_scan(&scan, currency, this_year, &found))
		return "unreadable";
	*ret = found;
	found = (ScannedCode){ 0 }; /* it is *ret's now */
	return NULL;
}
