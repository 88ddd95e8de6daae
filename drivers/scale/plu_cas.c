/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/scale/plu_cas.h"

#include <string.h>

#define DATA_AT 10 /* type, letter, address 4, comma, length 2, colon */
#define OVERHEAD 13 /* and colon, check sum, CR */
#define NAME_WIDTH 40
#define THIRD_NAME_WIDTH 5
#define NUMBER_MAX 999999
#define ANSWER_SHORT 4
#define ANSWER_LONG 5

/* All bytes from the address to the second colon. */
static uint8_t sum_of(const uint8_t *frame, size_t data_len)
{
	uint8_t sum = 0;

	for (size_t i = 2; i < DATA_AT + data_len + 1; i++)
		sum = (uint8_t)(sum + frame[i]);
	return sum;
}

static GByteArray *frame_new(const GByteArray *data)
{
	static const uint8_t head[] = { 'W', 'L', 0, 0, 0, 0, ',' }, colon = ':';
	GByteArray *frame = g_byte_array_new();

	g_byte_array_append(frame, head, sizeof head);
	plu_append_number(frame, data->len, 2);
	g_byte_array_append(frame, &colon, 1);
	g_byte_array_append(frame, data->data, data->len);
	g_byte_array_append(frame, &colon, 1);
	plu_append_number(frame, sum_of(frame->data, data->len), 1);
	plu_append_number(frame, '\r', 1);
	return frame;
}

static bool check(const Plu *plu, GError **error)
{
	return plu_fits("the number", plu->number, NUMBER_MAX, error) &&
	       plu_fits("the price", plu->price, G_MAXUINT32, error) &&
	       plu_fits("the shelf life", plu->shelf_life_days, G_MAXINT32 - 1, error) &&
	       plu_fits("the tare", plu->tare, G_MAXINT32, error) &&
	       plu_fits("the group", plu->group, G_MAXUINT16, error) &&
	       plu_fits("the message", plu->message, G_MAXUINT16, error);
}

/* Offsets 92 to 146; what the shop has no word for stays 0: the scale's own settings hold. */
static void append_numbers(GByteArray *data, const Plu *plu)
{
	plu_append_number(data, plu->group, 2);
	plu_append_fill(data, 0, 11); /* labels, origin, unit weight, fixed weight */
	plu_append_number(data, plu->code, 4);
	plu_append_fill(data, 0, 4); /* quantity, its symbol, fixed price */
	plu_append_number(data, plu->price, 4);
	plu_append_fill(data, 0, 4); /* tax or special price */
	plu_append_number(data, plu->tare, 4);
	plu_append_fill(data, 0, 10); /* tare number, barcodes, produced, packed */
	/* 0 none, 1 today, 2 tomorrow. */
	plu_append_number(data, plu->shelf_life_days > 0 ? plu->shelf_life_days + 1 : 0, 4);
	plu_append_fill(data, 0, 1); /* hours */
	plu_append_number(data, plu->message, 2);
	plu_append_fill(data, 0, 5);
}

GByteArray *plu_cas_encode(const void *settings, const Plu *plu, GError **error)
{
	const PluCasSettings *cas = settings;
	g_autoptr(GByteArray) data = g_byte_array_new();
	uint8_t names[2 * NAME_WIDTH];

	if (!check(plu, error) || !plu_encode_lines(CODEPAGE_CP1251, &cas->letters, plu->name,
						    NAME_WIDTH, ' ', names, error))
		return NULL;
	plu_append_number(data, cas->department, 2);
	plu_append_number(data, plu->number, 4);
	plu_append_number(data, plu->pieces ? 2 : 1, 1);
	g_byte_array_append(data, names, sizeof names);
	plu_append_fill(data, ' ', THIRD_NAME_WIDTH);
	append_numbers(data, plu);
	return frame_new(data);
}

GByteArray *plu_cas_encode_removal(const void *settings, const Plu *plu, GError **error)
{
	const PluCasSettings *cas = settings;
	g_autoptr(GByteArray) data = g_byte_array_new();

	if (!plu_fits("the number", plu->number, NUMBER_MAX, error))
		return NULL;
	plu_append_number(data, cas->department, 2);
	plu_append_number(data, plu->number, 4);
	return frame_new(data);
}

static uint32_t get_u32(const uint8_t *bytes)
{
	return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 |
	       (uint32_t)bytes[3] << 24;
}

/* The answer that ends where @bytes end: length of its data, or 0. */
static size_t last_answer(const uint8_t *bytes, size_t len, const uint8_t **ret)
{
	for (size_t n = ANSWER_LONG; n >= ANSWER_SHORT; n--) {
		const uint8_t *frame;

		if (len < OVERHEAD + n)
			continue;
		frame = bytes + len - OVERHEAD - n;
		if ((frame[0] != 'G' && frame[0] != 'N') || frame[1] != 'L' || frame[6] != ',' ||
		    frame[7] != n || frame[8] != 0 || frame[9] != ':' || frame[DATA_AT + n] != ':')
			continue;
		*ret = frame;
		return n;
	}
	return 0;
}

bool plu_cas_is_whole(const uint8_t *bytes, size_t len)
{
	const uint8_t *frame;

	return last_answer(bytes, len, &frame) > 0;
}

static bool fail(uint8_t code, GError **error)
{
	static const struct {
		uint8_t code;
		DeviceFault fault;
		const char *text;
	} known[] = {
		{ 82, DEVICE_FAULT_REFUSED, "the number is too large" },
		{ 84, DEVICE_FAULT_PROTOCOL, "our frame came damaged" },
		{ 88, DEVICE_FAULT_MEMORY_FULL, "no room for direct messages" },
		{ 89, DEVICE_FAULT_MEMORY_FULL, "its memory is full" },
		{ 95, DEVICE_FAULT_REFUSED, "unknown type of item" },
		{ 97, DEVICE_FAULT_REFUSED, "it does not take such data" },
		{ 98, DEVICE_FAULT_REFUSED, "there is no such item" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(known); i++) {
		if (known[i].code != code)
			continue;
		g_set_error(error, DEVICE_FAULT, (int)known[i].fault, "the scale says error %d, %s",
			    code, known[i].text);
		return false;
	}
	g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_REFUSED, "the scale says error %d", code);
	return false;
}

bool plu_cas_decode(const uint8_t *bytes, size_t len, const GByteArray *request, GError **error)
{
	const uint8_t *frame, *data = request->data + DATA_AT;
	size_t n = last_answer(bytes, len, &frame);
	uint32_t item = (uint32_t)(data[0] | data[1] << 8) * 1000000u + get_u32(data + 2);

	if (n == 0)
		return scale_bad_answer(error, "no frame");
	if (frame[DATA_AT + n + 1] != sum_of(frame, n))
		return scale_bad_answer(error, "wrong check sum");
	if (frame[0] == 'N')
		return n == ANSWER_LONG ? fail(frame[DATA_AT + 4], error)
					: scale_bad_answer(error, "an error without a number");
	return get_u32(frame + DATA_AT) == item || scale_bad_answer(error, "of another item");
}

static bool exchange(ScaleLine *line, const GByteArray *message, const void *settings,
		     GError **error)
{
	ScaleHeard heard;

	return scale_line_ask(line, message->data, message->len, plu_cas_is_whole, SCALE_QUIET_MS,
			      &heard, error) &&
	       plu_cas_decode(heard.bytes, heard.len, message, error);
}

static bool parse(GHashTable *options, PluCasSettings *ret, GError **error)
{
	const char *value = options == NULL ? NULL : g_hash_table_lookup(options, "department");
	guint64 department = 1;

	if (value != NULL && !g_ascii_string_to_unsigned(value, 10, 1, 99, &department, NULL))
		return scale_bad_option("department", value, error);
	*ret = (PluCasSettings){ .department = (uint16_t)department };
	return plu_letters_parse(options, &ret->letters, error);
}

static bool load(struct port *port, GHashTable *options, PluEncode encode, const Plu *plus, int n,
		 int *done, GError **error)
{
	PluCasSettings settings;
	const PluJob job = { encode, exchange, &settings };

	*done = 0;
	return parse(options, &settings, error) && plu_load(port, &job, plus, n, done, error);
}

static bool check_item(GHashTable *options, const Plu *plu, GError **error)
{
	PluCasSettings settings;
	const PluJob job = { plu_cas_encode, exchange, &settings };

	return parse(options, &settings, error) && plu_check(&job, plu, error);
}

static bool send(struct port *port, GHashTable *options, const Plu *plus, int n, int *accepted,
		 GError **error)
{
	return load(port, options, plu_cas_encode, plus, n, accepted, error);
}

static bool remove_items(struct port *port, GHashTable *options, const Plu *plus, int n,
			 int *removed, GError **error)
{
	return load(port, options, plu_cas_encode_removal, plus, n, removed, error);
}

const struct plu_driver plu_cas_driver = {
	.name = "cas-cl5000",
	.check = check_item,
	.send = send,
	.remove = remove_items,
};
