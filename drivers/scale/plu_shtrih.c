/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/scale/plu_shtrih.h"

#include <string.h>

enum { WRITE_PLU = 0x57, CLEAR_PLU = 0x54 };
enum { STX = 0x02, REFUSAL = 0x15, BUSY = 0x0B };
enum { PIECE_GOODS = 1 << 7, NAME_WIDTH = 28, BUSY_LEN = 7 };

static GByteArray *body_new(const PluShtrihSettings *settings, uint8_t command, const Plu *plu)
{
	GByteArray *body = g_byte_array_new();

	plu_append_number(body, command, 1);
	g_byte_array_append(body, (const uint8_t *)settings->password, 4);
	plu_append_number(body, plu->number, 2);
	return body;
}

static bool check(const Plu *plu, GError **error)
{
	return plu_fits("the number", plu->number, G_MAXUINT16, error) &&
	       plu_fits("the price", plu->price, G_MAXUINT32, error) &&
	       plu_fits("the shelf life", plu->shelf_life_days, G_MAXUINT16, error) &&
	       plu_fits("the tare", plu->tare, G_MAXUINT16, error) &&
	       plu_fits("the group", plu->group, G_MAXUINT16, error) &&
	       plu_fits("the message", plu->message, G_MAXUINT16, error);
}

GByteArray *plu_shtrih_encode(const void *settings, const Plu *plu, GError **error)
{
	const PluShtrihSettings *shtrih = settings;
	uint8_t names[2 * NAME_WIDTH];
	GByteArray *body;

	if (!check(plu, error) || !plu_encode_lines(CODEPAGE_CP1251, &shtrih->letters, plu->name,
						    NAME_WIDTH, 0, names, error))
		return NULL;
	body = body_new(shtrih, WRITE_PLU, plu);
	plu_append_number(body, plu->code, 4);
	g_byte_array_append(body, names, sizeof names);
	plu_append_number(body, plu->price, 4);
	plu_append_number(body, plu->shelf_life_days, 2);
	plu_append_number(body, plu->tare, 2);
	plu_append_number(body, plu->group, 2);
	plu_append_number(body, plu->message, 2);
	plu_append_number(body, plu->pieces ? PIECE_GOODS : 0, 1);
	plu_append_fill(body, 0, 4); /* certificate */
	plu_append_fill(body, 0, 3); /* sell-by date: the shelf life says it */
	return body;
}

GByteArray *plu_shtrih_encode_removal(const void *settings, const Plu *plu, GError **error)
{
	if (!plu_fits("the number", plu->number, G_MAXUINT16, error))
		return NULL;
	return body_new(settings, CLEAR_PLU, plu);
}

/* The datagram that ends where @bytes end: its length, or 0. They may have come twice. */
static size_t last_datagram(const uint8_t *bytes, size_t len)
{
	size_t at = 0;

	while (at < len) {
		size_t n = 1; /* what cannot be begun with is skipped */

		if (bytes[at] == STX)
			n = at + 1 < len ? bytes[at + 1] + 2u : 2;
		else if (bytes[at] == BUSY)
			n = BUSY_LEN;
		if (n > len - at)
			return 0;
		if (n == len - at)
			return n > 1 || bytes[at] == REFUSAL ? n : 0;
		at += n;
	}
	return 0;
}

bool plu_shtrih_is_whole(const uint8_t *bytes, size_t len)
{
	return last_datagram(bytes, len) > 0;
}

bool plu_shtrih_decode(const uint8_t *bytes, size_t len, uint8_t command, GError **error)
{
	size_t n = last_datagram(bytes, len);
	const uint8_t *datagram;
	const Pos2Body asked = { .bytes = { command }, .len = 1 };
	Pos2Body answer;

	if (n == 0)
		return scale_bad_answer(error, "no datagram");
	datagram = bytes + len - n;
	if (datagram[0] == BUSY) {
		g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_BUSY,
			    "the scale talks with %d.%d.%d.%d", datagram[1], datagram[2],
			    datagram[3], datagram[4]);
		return false;
	}
	if (datagram[0] != STX)
		return scale_bad_answer(error, "our datagram is refused");
	answer.len = n - 2;
	memcpy(answer.bytes, datagram + 2, answer.len);
	return pos2_check(&asked, &answer, error);
}

/* No datagram says which item it answers: one that came twice is waited for and taken with its
 * twin, so that it is not taken for the answer to the next. */
static bool exchange_udp(ScaleLine *line, const GByteArray *body, GError **error)
{
	g_autoptr(GByteArray) datagram = g_byte_array_new();
	ScaleHeard heard;

	plu_append_number(datagram, STX, 1);
	plu_append_number(datagram, body->len, 1);
	g_byte_array_append(datagram, body->data, body->len);
	return scale_line_ask(line, datagram->data, datagram->len, plu_shtrih_is_whole,
			      SCALE_QUIET_MS, &heard, error) &&
	       plu_shtrih_decode(heard.bytes, heard.len, body->data[0], error);
}

/* Writing the same item again does no harm. */
static bool exchange_serial(ScaleLine *line, const GByteArray *body, GError **error)
{
	Pos2Body command = { .len = body->len }, answer;

	memcpy(command.bytes, body->data, body->len);
	return pos2_exchange(line, &command, true, &answer, error);
}

static bool exchange(ScaleLine *line, const GByteArray *body, const void *settings, GError **error)
{
	const PluShtrihSettings *shtrih = settings;

	return shtrih->udp ? exchange_udp(line, body, error) : exchange_serial(line, body, error);
}

/* @udp: where the options do not say. */
static bool parse(bool udp, GHashTable *options, PluShtrihSettings *ret, GError **error)
{
	const char *password = options == NULL ? NULL : g_hash_table_lookup(options, "password");
	const char *framing = options == NULL ? NULL : g_hash_table_lookup(options, "framing");

	*ret = (PluShtrihSettings){ .password = "0030" };
	if (password != NULL && !pos2_password_parse(password, ret->password))
		return scale_bad_option("password", "…", error);
	ret->udp = udp;
	if (framing != NULL && strcmp(framing, "udp") != 0 && strcmp(framing, "serial") != 0)
		return scale_bad_option("framing", framing, error);
	if (framing != NULL)
		ret->udp = strcmp(framing, "udp") == 0;
	return plu_letters_parse(options, &ret->letters, error);
}

static bool load(struct port *port, GHashTable *options, PluEncode encode, const Plu *plus, int n,
		 int *done, GError **error)
{
	PluShtrihSettings settings;
	const PluJob job = { encode, exchange, &settings };
	bool udp = g_str_has_prefix(port_get_address(port), "udp:");

	*done = 0;
	return parse(udp, options, &settings, error) && plu_load(port, &job, plus, n, done, error);
}

static bool check_item(GHashTable *options, const Plu *plu, GError **error)
{
	PluShtrihSettings settings;
	const PluJob job = { plu_shtrih_encode, exchange, &settings };

	return parse(false, options, &settings, error) && plu_check(&job, plu, error);
}

static bool send(struct port *port, GHashTable *options, const Plu *plus, int n, int *accepted,
		 GError **error)
{
	return load(port, options, plu_shtrih_encode, plus, n, accepted, error);
}

static bool remove_items(struct port *port, GHashTable *options, const Plu *plus, int n,
			 int *removed, GError **error)
{
	return load(port, options, plu_shtrih_encode_removal, plus, n, removed, error);
}

const struct plu_driver plu_shtrih_driver = {
	.name = "shtrih-print",
	.settings = "baud=9600",
	.check = check_item,
	.send = send,
	.remove = remove_items,
};
