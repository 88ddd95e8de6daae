/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/scale/plu_digi.h"

#include <string.h>

enum { WRITE = 0xF1, DELETE = 0xF3, FILE_PLU = 0x25, ACCEPTED = 0x06 };
enum { PIECES = 1 << 0, SELL_BY_DATE = 1 << 2, PACK_DATE = 1 << 4, PACK_TIME = 1 << 6 };
enum { LABEL_FORMAT = 1 << 0, BARCODE_FORMAT = 1 << 2, BARCODE_DATA = 1 << 3, TARE = 1 << 6 };
enum { MESSAGE_NUMBER = 1 << 1, INGREDIENT_NUMBER = 1 << 2, NAME = 1 << 5 };
enum { LENGTH_AT = 4, LABEL = 0x11, BARCODE = 0x05, FONT = 0x04, END_OF_LINES = 0x0C };
#define NAME_MAX_LEN 255

/* High digits first. */
static void append_bcd(GByteArray *bytes, int64_t value, size_t n)
{
	guint at = bytes->len;

	plu_append_fill(bytes, 0, n);
	for (size_t i = n; i > 0; i--, value /= 100)
		bytes->data[at + i - 1] = (uint8_t)(value / 10 % 10 << 4 | value % 10);
}

static bool check(const Plu *plu, GError **error)
{
	return plu_fits("the number", plu->number, 99999999, error) &&
	       plu_fits("the code", plu->code, 99999, error) &&
	       plu_fits("the price", plu->price, 99999999, error) &&
	       plu_fits("the shelf life", plu->shelf_life_days, 9999, error) &&
	       plu_fits("the tare", plu->tare, 9999, error) &&
	       plu_fits("the message", plu->message, 255, error);
}

static void append_status(GByteArray *record, const Plu *plu)
{
	uint8_t dates = PACK_DATE | PACK_TIME;
	uint8_t given = LABEL_FORMAT | BARCODE_FORMAT | BARCODE_DATA;

	if (plu->pieces)
		dates |= PIECES;
	/* The vector has the bit; without a shelf life there is nothing to print. */
	if (plu->shelf_life_days > 0)
		dates |= SELL_BY_DATE;
	if (plu->tare > 0)
		given |= TARE;
	plu_append_number(record, dates, 2);
	plu_append_number(record, given, 1);
	plu_append_number(record, MESSAGE_NUMBER | INGREDIENT_NUMBER | NAME, 1);
	plu_append_number(record, 1, 1);
}

/* Thirteen digits, prefix, code, and zeros for what the scale fills in; then a nibble for the kind
 * of goods. */
static void append_barcode(GByteArray *record, const PluDigiSettings *settings, const Plu *plu)
{
	int prefix = plu->pieces ? settings->prefix_pieces : settings->prefix;

	append_bcd(record, (prefix * INT64_C(100000) + plu->code) * 10, 4);
	plu_append_fill(record, 0, 2);
	plu_append_number(record, plu->pieces ? 2 : 1, 1);
}

static bool append_name(GByteArray *record, const LetterMap *letters, const char *name,
			GError **error)
{
	uint8_t text[NAME_MAX_LEN];
	size_t len;

	if (!plu_encode_name(CODEPAGE_CP866, letters, name, text, sizeof text, &len, error))
		return false;
	plu_append_number(record, FONT, 1);
	plu_append_number(record, (int64_t)len, 1);
	g_byte_array_append(record, text, (guint)len);
	plu_append_number(record, END_OF_LINES, 1);
	return true;
}

GByteArray *plu_digi_encode(const void *settings, const Plu *plu, GError **error)
{
	const PluDigiSettings *digi = settings;
	static const uint8_t head[] = { WRITE, FILE_PLU };
	g_autoptr(GByteArray) record = g_byte_array_new();

	if (!check(plu, error))
		return NULL;
	append_bcd(record, plu->number, 4);
	plu_append_fill(record, 0, 2); /* the length, below */
	append_status(record, plu);
	append_bcd(record, plu->price, 4);
	plu_append_number(record, LABEL, 1);
	plu_append_number(record, BARCODE, 1);
	append_barcode(record, digi, plu);
	append_bcd(record, plu->shelf_life_days, 2);
	if (plu->tare > 0)
		append_bcd(record, plu->tare, 2);
	plu_append_number(record, plu->message, 1);
	plu_append_fill(record, 0, 1);
	if (!append_name(record, &digi->letters, plu->name, error))
		return NULL;
	plu_append_fill(record, 0, 1); /* a check sum that the scale does not ask for */
	record->data[LENGTH_AT] = (uint8_t)(record->len >> 8);
	record->data[LENGTH_AT + 1] = (uint8_t)record->len;
	return g_byte_array_prepend(g_steal_pointer(&record), head, sizeof head);
}

GByteArray *plu_digi_encode_removal(const void *settings, const Plu *plu, GError **error)
{
	static const uint8_t head[] = { DELETE, FILE_PLU };
	GByteArray *message;

	if (!plu_fits("the number", plu->number, 99999999, error))
		return NULL;
	message = g_byte_array_new();
	g_byte_array_append(message, head, sizeof head);
	append_bcd(message, plu->number, 4);
	return message;
}

static bool is_whole(const uint8_t *bytes, size_t len)
{
	return len > 0;
}

/* The first byte is all that is known of an answer. */
bool plu_digi_decode(const uint8_t *bytes, size_t len, GError **error)
{
	if (len == 0)
		return scale_bad_answer(error, "nothing");
	if (bytes[0] == ACCEPTED)
		return true;
	g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_REFUSED, "the scale says error %02X",
		    bytes[0]);
	return false;
}

static bool exchange(ScaleLine *line, const GByteArray *message, const void *settings,
		     GError **error)
{
	ScaleHeard heard;

	return scale_line_ask(line, message->data, message->len, is_whole, SCALE_QUIET_MS, &heard,
			      error) &&
	       plu_digi_decode(heard.bytes, heard.len, error);
}

static bool parse_prefix(GHashTable *options, const char *key, int *ret, GError **error)
{
	const char *value = options == NULL ? NULL : g_hash_table_lookup(options, key);
	guint64 prefix;

	if (value == NULL)
		return true;
	if (!g_ascii_string_to_unsigned(value, 10, 20, 29, &prefix, NULL))
		return scale_bad_option(key, value, error);
	*ret = (int)prefix;
	return true;
}

static bool parse(GHashTable *options, PluDigiSettings *ret, GError **error)
{
	*ret = (PluDigiSettings){ 0 };
	if (!parse_prefix(options, "prefix", &ret->prefix, error))
		return false;
	if (ret->prefix == 0) /* the layout of a shop's barcodes is never guessed */
		return scale_bad_option("prefix", "", error);
	ret->prefix_pieces = ret->prefix;
	return parse_prefix(options, "prefix_pieces", &ret->prefix_pieces, error) &&
	       plu_letters_parse(options, &ret->letters, error);
}

static bool check_item(GHashTable *options, const Plu *plu, GError **error)
{
	PluDigiSettings settings;
	const PluJob job = { plu_digi_encode, exchange, &settings };

	return parse(options, &settings, error) && plu_check(&job, plu, error);
}

static bool send(struct port *port, GHashTable *options, const Plu *plus, int n, int *accepted,
		 GError **error)
{
	PluDigiSettings settings;
	const PluJob job = { plu_digi_encode, exchange, &settings };

	*accepted = 0;
	return parse(options, &settings, error) && plu_load(port, &job, plus, n, accepted, error);
}

static bool remove_items(struct port *port, GHashTable *options, const Plu *plus, int n,
			 int *removed, GError **error)
{
	const PluJob job = { plu_digi_encode_removal, exchange, NULL };

	return plu_load(port, &job, plus, n, removed, error);
}

const struct plu_driver plu_digi_driver = {
	.name = "digi",
	.check = check_item,
	.send = send,
	.remove = remove_items,
};
