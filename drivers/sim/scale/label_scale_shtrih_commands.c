/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/scale/label_scale_shtrih.h"

#include <string.h>

enum {
	N_PLU = 4000,
	PASSWORD_LEN = 4,
	NAME_LEN = 28,
	RECORD_LEN = 79, /* of command 50, from the number on */
	RECORD_EXTENDED_LEN = 82, /* 57: a date behind it */
	FULL_STATE_LEN = 74,
	STATE_SETTLED = 0x11,
	MAX_CODE = 999999,
	MAX_LIFE = 999,
	MAX_TARE = 9999,
	PIECES = 0x80,
	ERASING = 0x01,
	ERASE_FAILED = 0x08,
	MAX_BLOCK = 5,
};

/* Offsets within a record. */
enum {
	AT_CODE = 2,
	AT_NAME = 6,
	AT_NAME2 = 34,
	AT_PRICE = 62,
	AT_LIFE = 66,
	AT_TARE = 68,
	AT_PICTURE = 74,
	AT_DATE = 79,
};

typedef struct {
	uint8_t code;
	uint8_t len; /* with the command byte, without STX and itself */
	bool password;
	/* @data: behind command and password; what it adds to @ret stands behind the error. */
	uint8_t (*run)(ShtrihScale *self, const uint8_t *data, size_t len, GByteArray *ret);
} Command;

static void put_byte(GByteArray *bytes, uint8_t byte)
{
	g_byte_array_append(bytes, &byte, 1);
}

bool plu_sim_shtrih_is_erasing(const ShtrihScale *self)
{
	return self->erased_at != G_MAXINT64;
}

/* --- state ------------------------------------------------------------------------------------ */

/* The page names its parts in order, not their places: all zero but for the weight's. [inf] */
static uint8_t full_state(ShtrihScale *self, const uint8_t *data, size_t len, GByteArray *ret)
{
	while (ret->len < FULL_STATE_LEN - 2)
		put_byte(ret, 0);
	return SHTRIH_DONE;
}

static uint8_t mode(ShtrihScale *self, const uint8_t *data, size_t len, GByteArray *ret)
{
	plu_sim_put_low(ret, 0, 2);
	put_byte(ret, plu_sim_shtrih_is_erasing(self) ? ERASING
		      : self->erase_failed	      ? ERASE_FAILED
						      : 0);
	return SHTRIH_DONE;
}

static uint8_t weight(ShtrihScale *self, const uint8_t *data, size_t len, GByteArray *ret)
{
	if (self->fast_load)
		return SHTRIH_MODE;
	plu_sim_put_low(ret, self->base.weight, 2);
	return SHTRIH_DONE;
}

static uint8_t weigher_state(ShtrihScale *self, const uint8_t *data, size_t len, GByteArray *ret)
{
	if (self->fast_load)
		return SHTRIH_MODE;
	put_byte(ret, STATE_SETTLED);
	plu_sim_put_low(ret, self->base.weight, 2);
	plu_sim_put_low(ret, 0, 2);
	put_byte(ret, 0);
	return SHTRIH_DONE;
}

static uint8_t type(ShtrihScale *self, const uint8_t *data, size_t len, GByteArray *ret)
{
	/* Type, subtype, protocol 1.3, model, language, and the name in cp1251. [inf] */
	static const uint8_t about[] = { 1,    0,    1,	  3,	10,   0,    0xD8, 0xF2, 0xF0,
					 0xE8, 0xF5, '-', 0xCF, 0xF0, 0xE8, 0xED, 0xF2 };

	g_byte_array_append(ret, about, sizeof(about));
	return SHTRIH_DONE;
}

/* --- goods ------------------------------------------------------------------------------------ */

static bool is_date(const uint8_t *date)
{
	return (date[0] == 0 && date[1] == 0 && date[2] == 0) ||
	       g_date_valid_dmy(date[0], date[1], (GDateYear)(2000 + date[2]));
}

static uint8_t check_record(ShtrihScale *self, const uint8_t *record, bool extended)
{
	int64_t number = plu_sim_get_low(record, 2);

	if (number < 1 ||
	    number > sim_faults_setting(self->base.context->faults, LABEL_FULL, N_PLU))
		return SHTRIH_NUMBER;
	if (plu_sim_get_low(record + AT_CODE, 4) > MAX_CODE)
		return SHTRIH_CODE;
	if (plu_sim_get_low(record + AT_PRICE, 4) > LABEL_MAX_PRICE)
		return SHTRIH_PRICE;
	if (plu_sim_get_low(record + AT_LIFE, 2) > MAX_LIFE)
		return SHTRIH_LIFE;
	if (plu_sim_get_low(record + AT_TARE, 2) > MAX_TARE)
		return SHTRIH_TARE;
	return extended && !is_date(record + AT_DATE) ? SHTRIH_DATE : SHTRIH_DONE;
}

static uint8_t write_record(ShtrihScale *self, const uint8_t *record, bool extended)
{
	uint8_t error = check_record(self, record, extended);
	g_autofree char *first = plu_sim_text_dup(record + AT_NAME, NAME_LEN, "CP1251");
	g_autofree char *second = plu_sim_text_dup(record + AT_NAME2, NAME_LEN, "CP1251");

	if (error != SHTRIH_DONE) {
		plu_sim_flag(&self->base, "PLU %d: error %d", (int)plu_sim_get_low(record, 2),
			     error);
		return error;
	}
	if (first == NULL || second == NULL) {
		plu_sim_flag(&self->base, "PLU %d: control bytes within a name",
			     (int)plu_sim_get_low(record, 2));
		return SHTRIH_PARAMETER;
	}
	plu_sim_put(&self->base,
		    (LabelPlu){ .number = plu_sim_get_low(record, 2),
				.code = plu_sim_get_low(record + AT_CODE, 4),
				.price = plu_sim_get_low(record + AT_PRICE, 4),
				.days = plu_sim_get_low(record + AT_LIFE, 2),
				.tare = plu_sim_get_low(record + AT_TARE, 2),
				.pieces = extended && (record[AT_PICTURE] & PIECES) != 0,
				.name = g_strconcat(first, second, NULL) });
	return SHTRIH_DONE;
}

static uint8_t write_plu(ShtrihScale *self, const uint8_t *data, size_t len, GByteArray *ret)
{
	return write_record(self, data, false);
}

static uint8_t write_extended(ShtrihScale *self, const uint8_t *data, size_t len, GByteArray *ret)
{
	return write_record(self, data, true);
}

static uint8_t write_block(ShtrihScale *self, const uint8_t *data, size_t len, GByteArray *ret)
{
	uint8_t error = SHTRIH_DONE;

	if (data[0] < 1 || data[0] > MAX_BLOCK)
		return SHTRIH_PARAMETER;
	if (len != 1 + (size_t)data[0] * RECORD_EXTENDED_LEN)
		return SHTRIH_LENGTH;
	for (int i = 0; i < data[0] && error == SHTRIH_DONE; i++)
		error = write_record(self, data + 1 + i * RECORD_EXTENDED_LEN, true);
	return error;
}

static void put_name(GByteArray *bytes, const char *name)
{
	g_autofree char *text = g_convert(name, -1, "CP1251", "UTF-8", NULL, NULL, NULL);
	uint8_t padded[2 * NAME_LEN] = { 0 };

	memcpy(padded, text, MIN(strlen(text), sizeof(padded)));
	g_byte_array_append(bytes, padded, sizeof(padded));
}

/* As it was written; a slot nobody wrote to is zeros. [inf] */
static uint8_t read_record(ShtrihScale *self, const uint8_t *data, GByteArray *ret, bool extended)
{
	static const LabelPlu empty = { .name = (char *)"" };
	int64_t number = plu_sim_get_low(data, 2);
	const LabelPlu *plu = plu_sim_find(&self->base, number);

	if (number < 1 || number > N_PLU)
		return SHTRIH_NUMBER;
	if (plu == NULL)
		plu = &empty;
	plu_sim_put_low(ret, number, 2);
	plu_sim_put_low(ret, plu->code, 4);
	put_name(ret, plu->name);
	plu_sim_put_low(ret, plu->price, 4);
	plu_sim_put_low(ret, plu->days, 2);
	plu_sim_put_low(ret, plu->tare, 2);
	plu_sim_put_low(ret, 0, 4);
	put_byte(ret, extended && plu->pieces ? PIECES : 0);
	plu_sim_put_low(ret, 0, extended ? 7 : 4);
	return SHTRIH_DONE;
}

static uint8_t read_plu(ShtrihScale *self, const uint8_t *data, size_t len, GByteArray *ret)
{
	return read_record(self, data, ret, false);
}

static uint8_t read_extended(ShtrihScale *self, const uint8_t *data, size_t len, GByteArray *ret)
{
	return read_record(self, data, ret, true);
}

static uint8_t clear_plu(ShtrihScale *self, const uint8_t *data, size_t len, GByteArray *ret)
{
	int64_t number = plu_sim_get_low(data, 2);

	if (number < 1 || number > N_PLU)
		return SHTRIH_NUMBER;
	plu_sim_remove(&self->base, plu_sim_find(&self->base, number));
	return SHTRIH_DONE;
}

static uint8_t erase(ShtrihScale *self, const uint8_t *data, size_t len, GByteArray *ret)
{
	self->erase_failed = false;
	self->erase_will_fail =
		sim_faults_take(self->base.context->faults, LABEL_ERASE_FAILS, NULL);
	self->erased_at =
		g_get_monotonic_time() +
		(int64_t)sim_faults_setting(self->base.context->faults, LABEL_ERASE_MS, 200) * 1000;
	return SHTRIH_DONE;
}

static uint8_t fast_load(ShtrihScale *self, const uint8_t *data, size_t len, GByteArray *ret)
{
	if (data[0] > 1)
		return SHTRIH_PARAMETER;
	self->fast_load = data[0] == 1;
	return SHTRIH_DONE;
}

/* --- settings --------------------------------------------------------------------------------- */

static uint8_t message(ShtrihScale *self, const uint8_t *data, size_t len, GByteArray *ret)
{
	g_autofree char *text = plu_sim_text_dup(data + 3, len - 3, "CP1251");

	return text != NULL ? SHTRIH_DONE : SHTRIH_PARAMETER;
}

static uint8_t prefix_type(ShtrihScale *self, const uint8_t *data, size_t len, GByteArray *ret)
{
	return data[0] <= 2 ? SHTRIH_DONE : SHTRIH_PARAMETER;
}

static uint8_t barcode_format(ShtrihScale *self, const uint8_t *data, size_t len, GByteArray *ret)
{
	return data[0] <= 7 ? SHTRIH_DONE : SHTRIH_PARAMETER;
}

/* Of weighed goods, then of pieces. [inf] */
static uint8_t prefixes(ShtrihScale *self, const uint8_t *data, size_t len, GByteArray *ret)
{
	if (data[0] < 20 || data[0] > 29 || data[1] < 20 || data[1] > 29)
		return SHTRIH_PARAMETER;
	self->base.prefix = data[0];
	self->base.piece_prefix = data[1];
	plu_sim_save(&self->base);
	return SHTRIH_DONE;
}

static uint8_t set_time(ShtrihScale *self, const uint8_t *data, size_t len, GByteArray *ret)
{
	return data[0] < 24 && data[1] < 60 && data[2] < 60 ? SHTRIH_DONE : SHTRIH_PARAMETER;
}

static uint8_t set_date(ShtrihScale *self, const uint8_t *data, size_t len, GByteArray *ret)
{
	return data[0] != 0 && is_date(data) ? SHTRIH_DONE : SHTRIH_DATE;
}

/* --- which ------------------------------------------------------------------------------------ */

static const Command commands[] = {
	{ 0x11, 0x01, false, full_state },    { 0x12, 0x01, false, mode },
	{ 0x18, 0x05, true, erase },	      { 0x21, 0x08, true, set_time },
	{ 0x22, 0x08, true, set_date },	      { 0x38, 0x05, true, weight },
	{ 0x3A, 0x05, true, weigher_state },  { 0x50, 0x54, true, write_plu },
	{ 0x51, 0x07, true, read_plu },	      { 0x52, 0x3A, true, message },
	{ 0x54, 0x07, true, clear_plu },      { SHTRIH_BLOCK, 0xFF, true, write_block },
	{ 0x56, 0x06, true, fast_load },      { 0x57, 0x57, true, write_extended },
	{ 0x58, 0x07, true, read_extended },  { 0x73, 0x06, true, prefix_type },
	{ 0x75, 0x06, true, barcode_format }, { 0x77, 0x07, true, prefixes },
	{ 0xFC, 0x01, false, type },
};

static const Command *find_command(uint8_t code)
{
	for (size_t i = 0; i < G_N_ELEMENTS(commands); i++)
		if (commands[i].code == code)
			return &commands[i];
	return NULL;
}

static uint8_t check_password(ShtrihScale *self, const uint8_t *data)
{
	g_autofree char *right = g_strdup_printf(
		"%04d", sim_faults_setting(self->base.context->faults, LABEL_PASSWORD, 30));

	if (self->base.wrong_passwords >= LABEL_MAX_WRONG_PASSWORDS)
		return SHTRIH_LOCKED;
	if (memcmp(data, right, PASSWORD_LEN) == 0) {
		if (self->base.wrong_passwords != 0) {
			self->base.wrong_passwords = 0;
			plu_sim_save(&self->base);
		}
		return SHTRIH_DONE;
	}
	self->base.wrong_passwords++;
	plu_sim_save(&self->base);
	plu_sim_flag(&self->base, "offset 3: wrong password");
	return SHTRIH_PASSWORD;
}

static bool has_length(const Command *command, size_t len)
{
	return command->code == SHTRIH_BLOCK ? len > 1 + PASSWORD_LEN : len == command->len;
}

static uint8_t run(ShtrihScale *self, const uint8_t *body, size_t len, GByteArray *ret)
{
	const Command *command = find_command(body[0]);
	size_t head = command != NULL && command->password ? 1 + PASSWORD_LEN : 1;
	uint8_t error = SHTRIH_DONE;
	int ordered;

	if (command == NULL) {
		plu_sim_flag(&self->base, "offset 2: there is no command %02X", body[0]);
		return SHTRIH_UNKNOWN;
	}
	if (!has_length(command, len)) {
		plu_sim_flag(&self->base, "offset 1: command %02X with length %zu", body[0], len);
		return SHTRIH_LENGTH;
	}
	if (command->password)
		error = check_password(self, body + 1);
	if (error == SHTRIH_DONE &&
	    sim_faults_take(self->base.context->faults, LABEL_REFUSE, &ordered))
		error = (uint8_t)ordered;
	return error == SHTRIH_DONE ? command->run(self, body + head, len - head, ret) : error;
}

GByteArray *plu_sim_shtrih_obey_new(ShtrihScale *self, const uint8_t *body, size_t len)
{
	g_autoptr(GByteArray) data = g_byte_array_new();
	GByteArray *answer = g_byte_array_new();
	uint8_t error;

	if (plu_sim_shtrih_is_erasing(self) && body[0] != 0x12) {
		plu_sim_flag(&self->base, "command %02X while the goods are erased", body[0]);
		return answer;
	}
	error = run(self, body, len, data);
	put_byte(answer, body[0]);
	put_byte(answer, error);
	if (error == SHTRIH_DONE)
		g_byte_array_append(answer, data->data, data->len);
	return answer;
}
