/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/scale/label_scale.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Massa-K MK-R and MK-L: files in parts over TCP (scales, B4; frame of A4). All of it but the frame
 * has a single source. */
enum {
	CMD_MODE = 0x91,
	CMD_RESET = 0x81,
	CMD_PART = 0x82,
	MODE_LOAD = 0x04,
	MODE_DONE = 0x51,
	MODE_REFUSED = 0x54,
	RESET_DONE = 0x41,
	PART_DONE = 0x42, /* followed by the type; the page's "42 + type" */
	PART_REFUSED = 0x43,
	ERROR_ANSWER = 0x28,
	E_UNSUPPORTED = 0x07,

	FILE_GOODS = 0x01,
	FILE_PLU = 0x05,
	FILE_GOODS_CHANGES = 0x65,
	FILE_PLU_CHANGES = 0x69,
	MASK_GOODS = 0x01,
	MASK_PLU = 0x10,

	HEAD_LEN = 5, /* F8 55 CE and the length */
	TAIL_LEN = 2,
	MAX_BODY = 4096,
	PART_HEAD_LEN = 8, /* command, type, count, current, length */
	FILE_HEAD_LEN = 14, /* "01PC0000000001" */
	PLU_RECORD_LEN = 25,
};

/* Bits of a goods record's mask, and how long the field is. */
static const struct {
	unsigned bit;
	size_t len;
} fields[] = {
	{ 0x0010, 5 }, { 0x0020, 4 }, { 0x0040, 4 }, { 0x0100, 1 }, { 0x0200, 2 },
	{ 0x0400, 1 }, { 0x1000, 6 }, { 0x2000, 4 }, { 0x4000, 4 }, { 0x8000, 1 },
};
enum {
	BIT_PRICE = 0x0020,
	BIT_TARE = 0x0040,
	BIT_TYPE = 0x0100,
	BIT_LIFE = 0x2000,
	BIT_PREFIX = 0x8000,
	CODE_LEN_MASK = 0x000F,
	MINUTES_A_DAY = 24 * 60
};

typedef struct {
	LabelScale base;
	GByteArray *in; /* owned */
	bool loading; /* 91 was said */
} MassaScale;

/* A4: the message's bits are pushed into a register that starts at 0, with none behind them. */
static uint16_t crc_of(const uint8_t *data, size_t len)
{
	uint32_t crc = 0;

	for (size_t i = 0; i < len; i++)
		for (int bit = 7; bit >= 0; bit--) {
			crc = crc << 1 | (data[i] >> bit & 1);
			if (crc & 0x10000)
				crc ^= 0x11021;
		}
	return (uint16_t)crc;
}

static void answer(MassaScale *self, const uint8_t *body, size_t len)
{
	g_autoptr(GByteArray) frame = g_byte_array_new();
	uint16_t crc = crc_of(body, len);

	if (sim_faults_take(self->base.context->faults, LABEL_BAD_SUM, NULL))
		crc ^= 0xFFFF;
	g_byte_array_append(frame, (const uint8_t[]){ 0xF8, 0x55, 0xCE }, 3);
	plu_sim_put_low(frame, (int64_t)len, 2);
	g_byte_array_append(frame, body, (guint)len);
	plu_sim_put_low(frame, crc, 2);
	plu_sim_answer(&self->base, frame->data, frame->len);
}

static void answer_byte(MassaScale *self, uint8_t byte)
{
	answer(self, &byte, 1);
}

/* Always false, so that it may be returned. */
static bool refuse(MassaScale *self, size_t offset, const char *why)
{
	plu_sim_flag(&self->base, "record offset %zu: %s", offset, why);
	return false;
}

/* --- goods ------------------------------------------------------------------------------------ */

/* Field @len bytes at *@at, stepped over; NULL behind the end. */
static const uint8_t *take(const uint8_t *record, size_t len, size_t *at, size_t n)
{
	if (n > len - *at)
		return NULL;
	*at += n;
	return record + *at - n;
}

static void set_field(LabelPlu *plu, unsigned bit, const uint8_t *data)
{
	if (bit == BIT_PRICE)
		plu->price = plu_sim_get_low(data, 4);
	else if (bit == BIT_TARE)
		plu->tare = plu_sim_get_low(data, 4);
	else if (bit == BIT_TYPE)
		plu->pieces = data[0] == 1;
	else if (bit == BIT_LIFE)
		plu->days = plu_sim_get_low(data, 4) / MINUTES_A_DAY;
	else if (bit == BIT_PREFIX)
		plu->prefix = data[0];
}

static bool read_code(MassaScale *self, const uint8_t *code, size_t len, size_t at, LabelPlu *plu)
{
	for (size_t i = 0; i < len; i++) {
		if (!g_ascii_isdigit(code[i]))
			return refuse(self, at + i, "the code has other than digits");
		plu->code = plu->code * 10 + (code[i] - '0');
	}
	return true;
}

/* A text behind its length of two bytes, with | for a new line. */
static char *take_text(MassaScale *self, const uint8_t *record, size_t len, size_t *at)
{
	const uint8_t *head = take(record, len, at, 2);
	size_t n = head != NULL ? (size_t)plu_sim_get_low(head, 2) : 0;
	const uint8_t *text = head != NULL ? take(record, len, at, n) : NULL;
	char *name = text != NULL ? plu_sim_text_dup(text, n, "CP1251") : NULL;

	if (text == NULL)
		refuse(self, *at, "a text is longer than the record");
	else if (name == NULL)
		refuse(self, *at, "control bytes within a text");
	return name != NULL ? g_strdelimit(name, "|", ' ') : NULL;
}

/* From the mask on; @at behind the prefix where it is right. */
static bool read_numbers(MassaScale *self, const uint8_t *record, size_t len, size_t *at,
			 LabelPlu *plu)
{
	const uint8_t *data = take(record, len, at, 4);
	unsigned mask = data != NULL ? (unsigned)plu_sim_get_low(data, 4) : 0;

	data = data != NULL ? take(record, len, at, mask & CODE_LEN_MASK) : NULL;
	if (data == NULL)
		return refuse(self, *at, "the record ends there");
	if (!read_code(self, data, mask & CODE_LEN_MASK, *at, plu))
		return false;
	for (size_t i = 0; i < G_N_ELEMENTS(fields); i++) {
		if (!(mask & fields[i].bit))
			continue;
		data = take(record, len, at, fields[i].len);
		if (data == NULL)
			return refuse(self, *at, "the record ends there");
		set_field(plu, fields[i].bit, data);
	}
	return true;
}

static bool read_goods(MassaScale *self, const uint8_t *record, size_t len, LabelPlu *plu)
{
	g_autofree char *ingredients = NULL;
	size_t at = 7, start = at;

	if (len < at || plu_sim_get_low(record + 4, 2) != (int64_t)len - 6)
		return refuse(self, 4, "the length is not that of what follows");
	plu->goods = plu_sim_get_low(record, 4);
	if (plu->goods == 0)
		return refuse(self, 0, "there are no goods 0");
	if (!read_numbers(self, record, len, &at, plu))
		return false;
	/* Whether it counts itself, one source does not say. */
	if (record[6] != at - start && record[6] != at - start + 1)
		return refuse(self, 6, "the length of the numeric part is wrong");
	if (plu->price > LABEL_MAX_PRICE)
		return refuse(self, start, "the price is too high");
	plu->name = take_text(self, record, len, &at);
	ingredients = plu->name != NULL ? take_text(self, record, len, &at) : NULL;
	if (ingredients == NULL)
		return false;
	return at == len || refuse(self, at, "the record is longer than its fields");
}

static bool write_goods(MassaScale *self, const uint8_t *record, size_t len)
{
	LabelPlu plu = { 0 };
	const LabelPlu *old;

	if (!read_goods(self, record, len, &plu)) {
		g_free(plu.name);
		return false;
	}
	old = plu_sim_find_goods(&self->base, plu.goods);
	if (old == NULL && plu_sim_is_full(&self->base)) {
		g_free(plu.name);
		return refuse(self, 0, "the memory is full");
	}
	plu.number = old != NULL ? old->number : 0;
	plu_sim_put(&self->base, plu);
	return true;
}

/* Six digits, or a number of six bytes: the source shows neither. */
static int64_t plu_number(const uint8_t *data)
{
	int64_t value = 0;

	for (int i = 0; i < 6; i++) {
		if (!g_ascii_isdigit(data[i]))
			return plu_sim_get_low(data, 6);
		value = value * 10 + (data[i] - '0');
	}
	return value;
}

static bool write_plu(MassaScale *self, const uint8_t *record, size_t len)
{
	LabelPlu *plu;

	if (len != PLU_RECORD_LEN || plu_sim_get_low(record + 4, 2) != PLU_RECORD_LEN - 6)
		return refuse(self, 4, "the length is not that of a PLU");
	plu = plu_sim_find_goods(&self->base, plu_sim_get_low(record + 12, 4));
	if (plu == NULL || plu->goods == 0)
		return refuse(self, 12, "there are no such goods");
	plu->number = plu_number(record + 6);
	plu_sim_save(&self->base);
	sim_log_words(self->base.context->log,
		      "PLU %" G_GINT64_FORMAT " is goods %" G_GINT64_FORMAT, plu->number,
		      plu->goods);
	return true;
}

/* --- commands --------------------------------------------------------------------------------- */

/* The first record of a full load stands behind the file's name. */
static bool strip_file_head(uint8_t type, int64_t current, const uint8_t **record, size_t *len)
{
	const char *name = type == FILE_GOODS ? "01PC0000000001" : "05PC0000000001";

	if ((type != FILE_GOODS && type != FILE_PLU) || current > 1)
		return true;
	if (*len < FILE_HEAD_LEN || memcmp(*record, name, FILE_HEAD_LEN) != 0)
		return false;
	*record += FILE_HEAD_LEN;
	*len -= FILE_HEAD_LEN;
	return true;
}

static bool write_part(MassaScale *self, const uint8_t *body, size_t len)
{
	const uint8_t *record;
	int64_t current;
	uint8_t type;
	size_t n;

	if (!self->loading)
		return refuse(self, 0, "not in the mode of loading");
	if (len < PART_HEAD_LEN)
		return refuse(self, 0, "the part ends before its record");
	type = body[1];
	record = body + PART_HEAD_LEN;
	n = len - PART_HEAD_LEN;
	if (plu_sim_get_low(body + 6, 2) != (int64_t)n)
		return refuse(self, 0, "the length is not that of what follows");
	current = plu_sim_get_low(body + 4, 2);
	if (current < 1 || current > plu_sim_get_low(body + 2, 2))
		return refuse(self, 0, "more records than were announced");
	if (!strip_file_head(type, current, &record, &n))
		return refuse(self, 0, "the name of the file is missing");
	if (type == FILE_GOODS || type == FILE_GOODS_CHANGES)
		return write_goods(self, record, n);
	if (type == FILE_PLU || type == FILE_PLU_CHANGES)
		return write_plu(self, record, n);
	return refuse(self, 0, "there is no such file");
}

static void reset(MassaScale *self, const uint8_t *body, size_t len)
{
	g_autoptr(GByteArray) answer_body = g_byte_array_new();
	int64_t mask = len == 5 ? plu_sim_get_low(body + 1, 4) : 0;

	if (!self->loading || mask == 0 || (mask & ~(MASK_GOODS | MASK_PLU)) != 0) {
		refuse(self, 0, "files 01 and 10 may be reset, in the mode of loading");
		answer(self, (const uint8_t[]){ ERROR_ANSWER, E_UNSUPPORTED }, 2);
		return;
	}
	if (mask & MASK_GOODS)
		plu_sim_remove_all(&self->base);
	g_byte_array_append(answer_body, (const uint8_t[]){ RESET_DONE }, 1);
	plu_sim_put_low(answer_body, mask, 4);
	answer(self, answer_body->data, answer_body->len);
}

static void obey(MassaScale *self, const uint8_t *body, size_t len)
{
	int code;

	sim_faults_count_frame(self->base.context->faults, body[0]);
	if (sim_faults_take(self->base.context->faults, LABEL_LOST_REQUEST, NULL))
		return;
	if (sim_faults_take(self->base.context->faults, LABEL_REFUSE, &code)) {
		answer(self, (const uint8_t[]){ ERROR_ANSWER, (uint8_t)code }, 2);
	} else if (body[0] == CMD_MODE) {
		self->loading = len == 2 && body[1] == MODE_LOAD;
		answer_byte(self, self->loading ? MODE_DONE : MODE_REFUSED);
	} else if (body[0] == CMD_RESET) {
		reset(self, body, len);
	} else if (body[0] == CMD_PART) {
		if (write_part(self, body, len))
			answer(self, (const uint8_t[]){ PART_DONE, body[1] }, 2);
		else
			answer_byte(self, PART_REFUSED);
	} else {
		plu_sim_flag(&self->base, "offset 5: there is no command %02X", body[0]);
		answer(self, (const uint8_t[]){ ERROR_ANSWER, E_UNSUPPORTED }, 2);
	}
}

/* --- frames ----------------------------------------------------------------------------------- */

static bool begins_frame(const GByteArray *in)
{
	static const uint8_t head[] = { 0xF8, 0x55, 0xCE };

	return memcmp(in->data, head, MIN(in->len, sizeof(head))) == 0;
}

static bool take_frame(MassaScale *self)
{
	g_autoptr(GByteArray) frame = NULL;
	size_t len, whole;

	if (self->in->len > 0 && !begins_frame(self->in)) {
		plu_sim_flag(&self->base, "offset 0: no frame begins with %02X", self->in->data[0]);
		g_byte_array_remove_index(self->in, 0);
		return true;
	}
	if (self->in->len < HEAD_LEN)
		return false;
	len = (size_t)plu_sim_get_low(self->in->data + 3, 2);
	whole = HEAD_LEN + len + TAIL_LEN;
	if (len == 0 || len > MAX_BODY) {
		plu_sim_flag(&self->base, "offset 3: no frame has %zu bytes", len);
		g_byte_array_set_size(self->in, 0);
		return false;
	}
	if (self->in->len < whole)
		return false;
	frame = g_steal_pointer(&self->in);
	self->in = g_byte_array_new();
	g_byte_array_append(self->in, frame->data + whole, (guint)(frame->len - whole));
	/* Real ones do not look at it, so a wrong one is only told. */
	if (plu_sim_get_low(frame->data + HEAD_LEN + len, 2) != crc_of(frame->data + HEAD_LEN, len))
		plu_sim_flag(&self->base, "offset %zu: wrong check sum, taken all the same",
			     HEAD_LEN + len);
	obey(self, frame->data + HEAD_LEN, len);
	return true;
}

static void receive(void *data, const uint8_t *bytes, size_t len)
{
	MassaScale *self = data;

	g_byte_array_append(self->in, bytes, (guint)len);
	while (take_frame(self))
		;
}

static void link_changed(void *data, bool connected)
{
	MassaScale *self = data;

	if (!connected)
		g_byte_array_set_size(self->in, 0);
}

static void stop(void *data)
{
	MassaScale *self = data;

	plu_sim_clear(&self->base);
	g_byte_array_unref(self->in);
	g_free(self);
}

static void *start(SimContext *context, GError **error)
{
	MassaScale *self = g_new0(MassaScale, 1);

	self->in = g_byte_array_new();
	if (plu_sim_init(&self->base, context, error))
		return self;
	stop(self);
	return NULL;
}

const struct sim plu_massa_sim = {
	.name = "plu-massa",
	.summary = N_("label-printing scale, Massa-K MK over TCP"),
	.faults = plu_sim_faults,
	.controls = PLU_SIM_CONTROLS,
	.start = start,
	.stop = stop,
	.receive = receive,
	.link_changed = link_changed,
	.control = plu_sim_control,
};
