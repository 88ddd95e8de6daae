/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/scale/plu_massa.h"

#include "drivers/scale/massa_frame.h"

#include <string.h>

enum { SET_MODE = 0x91, RESET_FILES = 0x81, FILE_PART = 0x82 };
enum { MODE_SET = 0x51, MODE_REFUSED = 0x54, FILES_RESET = 0x41 };
enum { PART_TAKEN = 0x42, PART_REFUSED = 0x43 };
enum { MODE_LOADING = 0x04, ALL_FILES = 0x11 };
enum { GOODS_FULL = 0x01, PLU_FULL = 0x05, GOODS_CHANGES = 0x65, PLU_CHANGES = 0x69 };
/* What stands in a goods record; the low four bits are the code's length. */
enum {
	HAS_UNIT = 0x10,
	HAS_PRICE = 0x20,
	HAS_TARE = 0x40,
	HAS_TYPE = 0x100,
	HAS_GROUP = 0x200,
	HAS_SHELF_LIFE = 0x2000,
};
#define UNIT_LEN 5
#define NUMBER_LEN 6
#define NAME_MAX_LEN 100 /* of all that the display of an MK shows */
#define MINUTES_A_DAY (24 * 60)
#define PARTS_MAX G_MAXUINT16
#define SETUP_MS 10000

static void append_unit(GByteArray *record, const Plu *plu)
{
	/* "кг", "шт" */
	const char *unit = plu->pieces ? "\xF8\xF2" : "\xEA\xE3";

	g_byte_array_append(record, (const uint8_t *)unit, 2);
	plu_append_fill(record, 0, UNIT_LEN - 2);
}

static bool check(const Plu *plu, GError **error)
{
	return plu_fits("the number", plu->number, 999999, error) &&
	       plu_fits("the price", plu->price, G_MAXUINT32, error) &&
	       plu_fits("the shelf life", plu->shelf_life_days, G_MAXINT32 / MINUTES_A_DAY,
			error) &&
	       plu_fits("the tare", plu->tare, G_MAXINT32, error) &&
	       plu_fits("the group", plu->group, G_MAXUINT16, error);
}

/* Mask, code and numbers: the part before the texts. */
static GByteArray *numbers_new(const Plu *plu)
{
	GByteArray *numbers = g_byte_array_new();
	char code[16];
	int code_len = g_snprintf(code, sizeof code, "%u", plu->code);
	uint32_t mask = HAS_UNIT | HAS_PRICE | HAS_TYPE | HAS_GROUP;

	if (plu->tare > 0)
		mask |= HAS_TARE;
	if (plu->shelf_life_days > 0)
		mask |= HAS_SHELF_LIFE;
	plu_append_number(numbers, mask | (uint32_t)code_len, 4);
	g_byte_array_append(numbers, (const uint8_t *)code, (guint)code_len);
	append_unit(numbers, plu);
	plu_append_number(numbers, plu->price, 4);
	if (plu->tare > 0)
		plu_append_number(numbers, plu->tare, 4);
	plu_append_number(numbers, plu->pieces ? 1 : 0, 1);
	plu_append_number(numbers, plu->group, 2);
	if (plu->shelf_life_days > 0)
		plu_append_number(numbers, (int64_t)plu->shelf_life_days * MINUTES_A_DAY, 4);
	return numbers;
}

GByteArray *plu_massa_encode_goods(const void *settings, const Plu *plu, GError **error)
{
	const PluMassaSettings *massa = settings;
	g_autoptr(GByteArray) numbers = NULL;
	uint8_t name[NAME_MAX_LEN];
	size_t name_len;
	GByteArray *record;

	if (!check(plu, error) || !plu_encode_name(CODEPAGE_CP1251, &massa->letters, plu->name,
						   name, sizeof name, &name_len, error))
		return NULL;
	numbers = numbers_new(plu);
	record = g_byte_array_new();
	plu_append_number(record, plu->number, 4);
	plu_append_number(record, (int64_t)(1 + numbers->len + 2 + name_len + 2), 2);
	plu_append_number(record, numbers->len, 1);
	g_byte_array_append(record, numbers->data, numbers->len);
	plu_append_number(record, (int64_t)name_len, 2);
	g_byte_array_append(record, name, (guint)name_len);
	plu_append_number(record, 0, 2); /* no ingredients */
	return record;
}

/* The list's number, and which goods it sells: those with the same id. */
GByteArray *plu_massa_encode_plu(const void *settings, const Plu *plu, GError **error)
{
	GByteArray *record;
	char number[16];

	if (!check(plu, error))
		return NULL;
	g_snprintf(number, sizeof number, "%06u", plu->number);
	record = g_byte_array_new();
	plu_append_number(record, plu->number, 4);
	plu_append_number(record, NUMBER_LEN + 4 + UNIT_LEN + 4, 2);
	g_byte_array_append(record, (const uint8_t *)number, NUMBER_LEN);
	plu_append_number(record, plu->number, 4);
	append_unit(record, plu);
	plu_append_number(record, 1000, 4);
	return record;
}

/* Only the first record of a full file has the header. */
static const char *header_of(uint8_t type, int current)
{
	if (current == 1 && type == GOODS_FULL)
		return "01PC0000000001";
	return current == 1 && type == PLU_FULL ? "05PC0000000001" : "";
}

GByteArray *plu_massa_part_new(uint8_t type, int n, int current, const GByteArray *record)
{
	g_autoptr(GByteArray) data = g_byte_array_new();
	const char *header = header_of(type, current);

	plu_append_number(data, type, 1);
	plu_append_number(data, n, 2);
	plu_append_number(data, current, 2);
	plu_append_number(data, (int64_t)(strlen(header) + record->len), 2);
	g_byte_array_append(data, (const uint8_t *)header, (guint)strlen(header));
	g_byte_array_append(data, record->data, record->len);
	return massa_frame_new(FILE_PART, data->data, data->len);
}

static uint8_t good_answer(uint8_t command)
{
	if (command == SET_MODE)
		return MODE_SET;
	return command == RESET_FILES ? FILES_RESET : PART_TAKEN;
}

bool plu_massa_decode(const uint8_t *bytes, size_t len, uint8_t command, uint8_t type,
		      GError **error)
{
	MassaFrame frame;

	if (!massa_frame_last(bytes, len, &frame))
		return scale_bad_answer(error, "no frame");
	if (!frame.crc_ok)
		return scale_bad_answer(error, "wrong check sum");
	if (frame.body[0] == good_answer(command))
		return command != FILE_PART || (frame.len == 2 && frame.body[1] == type) ||
		       scale_bad_answer(error, "of another file");
	if (frame.body[0] != MODE_REFUSED && frame.body[0] != PART_REFUSED &&
	    frame.body[0] != MASSA_ERROR)
		return scale_bad_answer(error, "of another command");
	g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_REFUSED,
		    "command %02X: the scale refuses, answer %02X %02X", command, frame.body[0],
		    frame.len > 1 ? frame.body[1] : 0);
	return false;
}

static bool exchange(ScaleLine *line, const GByteArray *frame, const void *settings, GError **error)
{
	uint8_t command = frame->data[5], type = frame->data[6];
	ScaleHeard heard;

	return scale_line_ask(line, frame->data, frame->len, massa_is_whole, SCALE_QUIET_MS, &heard,
			      error) &&
	       plu_massa_decode(heard.bytes, heard.len, command, type, error);
}

typedef struct {
	ScaleLine line;
	GByteArray *frame; /* owned */
} Setup;

static bool ask_setup(void *data, GError **error)
{
	Setup *setup = data;

	return exchange(&setup->line, setup->frame, NULL, error);
}

static bool set_up(struct port *port, uint8_t command, const uint8_t *data, size_t len,
		   GError **error)
{
	Setup setup = { .frame = massa_frame_new(command, data, len) };
	bool ok;

	scale_line_init(&setup.line, port);
	setup.line.answer_ms = SETUP_MS / 3; /* files are emptied slowly */
	scale_line_begin(&setup.line, SETUP_MS);
	ok = scale_line_try(&setup.line, ask_setup, &setup, error);
	g_byte_array_unref(setup.frame);
	return ok;
}

/* A file: its records become parts that know how many there are. */
static GPtrArray *encode_file(const PluMassaSettings *settings, PluEncode encode, uint8_t type,
			      const Plu *plus, int n, GError **error)
{
	const PluJob job = { encode, exchange, settings };
	GPtrArray *parts = plu_encode_all(&job, plus, n, error);

	for (int i = 0; parts != NULL && i < n; i++) {
		GByteArray *record = g_ptr_array_index(parts, i);

		g_ptr_array_index(parts, i) = plu_massa_part_new(type, n, i + 1, record);
		g_byte_array_unref(record);
	}
	return parts;
}

static bool parse(GHashTable *options, PluMassaSettings *ret, GError **error)
{
	const char *value = options == NULL ? NULL : g_hash_table_lookup(options, "load");

	*ret = (PluMassaSettings){ 0 };
	if (value != NULL && strcmp(value, "changes") != 0 && strcmp(value, "full") != 0)
		return scale_bad_option("load", value, error);
	ret->full = value != NULL && strcmp(value, "full") == 0;
	return plu_letters_parse(options, &ret->letters, error);
}

static bool prepare(struct port *port, bool full, GError **error)
{
	static const uint8_t mode = MODE_LOADING, files[] = { ALL_FILES, 0, 0, 0 };

	return set_up(port, SET_MODE, &mode, 1, error) &&
	       (!full || set_up(port, RESET_FILES, files, sizeof files, error));
}

static bool check_item(GHashTable *options, const Plu *plu, GError **error)
{
	PluMassaSettings settings;
	const PluJob goods = { plu_massa_encode_goods, exchange, &settings };
	const PluJob numbers = { plu_massa_encode_plu, exchange, &settings };

	return parse(options, &settings, error) && plu_check(&goods, plu, error) &&
	       plu_check(&numbers, plu, error);
}

static bool send(struct port *port, GHashTable *options, const Plu *plus, int n, int *accepted,
		 GError **error)
{
	g_autoptr(GPtrArray) goods = NULL, numbers = NULL;
	PluMassaSettings settings;
	const PluJob job = { NULL, exchange, &settings };
	int n_goods, n_numbers;

	*accepted = 0;
	port_set_class(port, "scale");
	if (!parse(options, &settings, error) || !plu_fits("how many", n, PARTS_MAX, error))
		return false;
	goods = encode_file(&settings, plu_massa_encode_goods,
			    settings.full ? GOODS_FULL : GOODS_CHANGES, plus, n, error);
	if (goods == NULL)
		return false;
	numbers = encode_file(&settings, plu_massa_encode_plu,
			      settings.full ? PLU_FULL : PLU_CHANGES, plus, n, error);
	if (numbers == NULL || !prepare(port, settings.full, error) ||
	    !plu_send_all(port, &job, goods, plus, &n_goods, error))
		return false;
	if (plu_send_all(port, &job, numbers, plus, &n_numbers, error)) {
		*accepted = n;
		return true;
	}
	/* A full load begins anew, or what is in the scale already would be erased. */
	*accepted = settings.full ? 0 : n_numbers;
	return false;
}

const struct plu_driver plu_massa_driver = {
	.name = "massa-mk",
	.check = check_item,
	.send = send,
};
