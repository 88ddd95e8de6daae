/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/scale/label_scale.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* DIGI SM-100 and its kin over TCP (scales, B3). */
enum {
	CMD_WRITE = 0xF1,
	CMD_CLEAR = 0xF2,
	CMD_DELETE = 0xF3,
	FILE_PLU = 0x25,
	FILE_INGREDIENT = 0x3A,
	FILE_KEYS = 0x41,
	FILE_MISC = 0xDF,

	ACCEPTED = 0x06,
	REFUSED = 0x15, /* the page says only "else error" [inf] */

	HEAD_LEN = 8, /* command, file, number, record length */
	NUMBER_LEN = 4,
	MAX_RECORD = 2048,
	LINE_NEXT = 0x0D,
	LINE_LAST = 0x0C,
};

/* Bits of the two status fields, §B3. */
enum {
	PIECES = 0x01, /* status 1, first byte [inf: which of the two] */
	LABEL_FORMAT = 0x01, /* status 2, first byte */
	BARCODE_FORMAT = 0x04,
	BARCODE_DATA = 0x08,
	TARE = 0x40,
	MESSAGE_NUMBER = 0x02, /* status 2, second byte */
	INGREDIENT_NUMBER = 0x04,
	NAME = 0x20,
	INGREDIENT_TEXT = 0x40,
	MESSAGE_TEXT = 0x80,
	ALWAYS = 0x01, /* status 2, third byte */
};

typedef struct {
	LabelScale base;
	GByteArray *in; /* owned */
} DigiScale;

/* A record being read; @wrong stays NULL while it is right. */
typedef struct {
	const uint8_t *data;
	size_t len, at;
	const char *wrong;
} Record;

static const uint8_t *take(Record *record, size_t n)
{
	static const uint8_t nothing[16];

	if (record->wrong == NULL && n > record->len - record->at)
		record->wrong = "the record ends there";
	if (record->wrong != NULL)
		return nothing;
	record->at += n;
	return record->data + record->at - n;
}

static int64_t take_bcd(Record *record, size_t n)
{
	const uint8_t *data = take(record, n);
	int64_t value = 0;

	for (size_t i = 0; i < n; i++) {
		if (data[i] >> 4 > 9 || (data[i] & 0x0F) > 9)
			record->wrong = "not BCD digits";
		value = value * 100 + (data[i] >> 4) * 10 + (data[i] & 0x0F);
	}
	return value;
}

/* Lines of font, length and text. */
static char *take_text(Record *record)
{
	g_autoptr(GString) text = g_string_new(NULL);
	uint8_t end = LINE_NEXT;

	while (record->wrong == NULL && end == LINE_NEXT) {
		const uint8_t *head = take(record, 2);
		size_t len = head[1];
		g_autofree char *line = NULL;

		if (len > record->len - record->at) {
			record->wrong = "a line is longer than the record";
			break;
		}
		line = plu_sim_text_dup(take(record, len), len, "CP866");
		if (line == NULL)
			record->wrong = "control bytes within a text";
		else
			g_string_append_printf(text, "%s%s", text->len > 0 ? " " : "", line);
		end = *take(record, 1);
		if (end != LINE_NEXT && end != LINE_LAST && record->wrong == NULL)
			record->wrong = "neither 0D nor 0C behind a line";
	}
	return g_strdup(text->str);
}

/* Thirteen digits of prefix, code and zeros, then 1 for weighed goods, 2 for pieces. */
static void take_barcode(Record *record, LabelPlu *plu)
{
	size_t start = record->at;
	int64_t digits = take_bcd(record, 7);

	plu->prefix = digits / INT64_C(1000000000000);
	plu->code = digits / 10000000 % 100000;
	if (record->wrong == NULL && digits % 10 != (plu->pieces ? 2 : 1)) {
		record->wrong = "the flag behind the barcode is not that of the goods";
		record->at = start;
	}
}

static void read_plu(Record *record, LabelPlu *plu)
{
	const uint8_t *one, *two;

	plu->number = take_bcd(record, NUMBER_LEN);
	take(record, 2);
	one = take(record, 2);
	two = take(record, 3);
	plu->pieces = (one[0] & PIECES) != 0;
	if (!(two[2] & ALWAYS) && record->wrong == NULL)
		record->wrong = "bit 0 of the third status byte is not set";
	plu->price = take_bcd(record, 4);
	if (two[0] & LABEL_FORMAT)
		take(record, 1);
	if (two[0] & BARCODE_FORMAT)
		take(record, 1);
	if (two[0] & BARCODE_DATA)
		take_barcode(record, plu);
	plu->days = take_bcd(record, 2);
	if (two[0] & TARE)
		plu->tare = take_bcd(record, 2);
	if (two[1] & MESSAGE_NUMBER)
		take(record, 1);
	if (two[1] & INGREDIENT_NUMBER)
		take(record, 1);
	plu->name = two[1] & NAME ? take_text(record) : g_strdup("");
	if (two[1] & INGREDIENT_TEXT)
		g_free(take_text(record));
	if (two[1] & MESSAGE_TEXT)
		g_free(take_text(record));
	if (*take(record, 1) != 0 && record->wrong == NULL)
		record->wrong = "the check byte is not 00";
}

static bool refuse(DigiScale *self, size_t offset, const char *why)
{
	plu_sim_flag(&self->base, "offset %zu: %s", offset, why);
	return false;
}

/* @data from the number on. */
static bool write_plu(DigiScale *self, const uint8_t *data, size_t len)
{
	Record record = { .data = data, .len = len };
	LabelPlu plu = { 0 };
	g_autofree char *name = NULL;

	read_plu(&record, &plu);
	name = plu.name;
	if (record.wrong == NULL && record.at != len)
		record.wrong = "the record is longer than its fields";
	if (record.wrong == NULL && plu.number == 0)
		record.wrong = "there is no PLU 0";
	if (record.wrong == NULL && plu.price > LABEL_MAX_PRICE)
		record.wrong = "the price is too high";
	if (record.wrong != NULL)
		return refuse(self, record.at + 2, record.wrong);
	if (plu_sim_find(&self->base, plu.number) == NULL && plu_sim_is_full(&self->base))
		return refuse(self, 2, "the memory is full");
	plu.name = g_steal_pointer(&name);
	plu_sim_put(&self->base, plu);
	return true;
}

static bool delete_plu(DigiScale *self, const uint8_t *data)
{
	Record record = { .data = data, .len = NUMBER_LEN };
	int64_t number = take_bcd(&record, NUMBER_LEN);

	if (record.wrong != NULL)
		return refuse(self, 2, record.wrong);
	plu_sim_remove(&self->base, plu_sim_find(&self->base, number));
	return true;
}

/* Of the other files only the frame is known: taken, and forgotten. */
static bool obey_plu(DigiScale *self, uint8_t command, const uint8_t *data, size_t len)
{
	if (command == CMD_WRITE)
		return write_plu(self, data, len);
	if (command == CMD_DELETE)
		return delete_plu(self, data);
	plu_sim_remove_all(&self->base);
	return true;
}

static void obey(DigiScale *self, const uint8_t *request, size_t len)
{
	int code = REFUSED;
	uint8_t answer = ACCEPTED;

	sim_faults_count_frame(self->base.context->faults,
			       (uint16_t)(request[0] << 8 | request[1]));
	if (sim_faults_take(self->base.context->faults, LABEL_LOST_REQUEST, NULL))
		return;
	if (sim_faults_take(self->base.context->faults, LABEL_REFUSE, &code) ||
	    (request[1] == FILE_PLU && !obey_plu(self, request[0], request + 2, len - 2)))
		answer = (uint8_t)code;
	plu_sim_answer(&self->base, &answer, 1);
}

static bool is_known(const uint8_t *request)
{
	return request[0] >= CMD_WRITE && request[0] <= CMD_DELETE &&
	       (request[1] == FILE_PLU || request[1] == FILE_INGREDIENT ||
		request[1] == FILE_KEYS || request[1] == FILE_MISC);
}

/* 0: not yet known. */
static size_t request_len(const GByteArray *in)
{
	if (in->data[0] == CMD_CLEAR)
		return 2;
	if (in->data[0] == CMD_DELETE)
		return 2 + NUMBER_LEN;
	return in->len < HEAD_LEN ? 0 : 2 + (size_t)(in->data[6] << 8 | in->data[7]);
}

static bool take_request(DigiScale *self)
{
	g_autoptr(GByteArray) request = NULL;
	const char *wrong = NULL;
	size_t len;

	if (self->in->len < 2)
		return false;
	len = request_len(self->in);
	if (!is_known(self->in->data))
		wrong = "there is no such command or file";
	else if (len != 0 && self->in->data[0] == CMD_WRITE && (len < HEAD_LEN || len > MAX_RECORD))
		wrong = "no record has this length";
	if (wrong != NULL) {
		refuse(self, 0, wrong);
		g_byte_array_set_size(self->in, 0);
		plu_sim_answer(&self->base, &(uint8_t){ REFUSED }, 1);
		return false;
	}
	if (len == 0 || self->in->len < len)
		return false;
	request = g_steal_pointer(&self->in);
	self->in = g_byte_array_new();
	g_byte_array_append(self->in, request->data + len, (guint)(request->len - len));
	obey(self, request->data, len);
	return true;
}

static void receive(void *data, const uint8_t *bytes, size_t len)
{
	DigiScale *self = data;

	g_byte_array_append(self->in, bytes, (guint)len);
	while (take_request(self))
		;
}

static void link_changed(void *data, bool connected)
{
	DigiScale *self = data;

	if (!connected)
		g_byte_array_set_size(self->in, 0);
}

static void stop(void *data)
{
	DigiScale *self = data;

	plu_sim_clear(&self->base);
	g_byte_array_unref(self->in);
	g_free(self);
}

static void *start(SimContext *context, GError **error)
{
	DigiScale *self = g_new0(DigiScale, 1);

	self->in = g_byte_array_new();
	if (plu_sim_init(&self->base, context, error))
		return self;
	stop(self);
	return NULL;
}

const struct sim plu_digi_sim = {
	.name = "plu-digi",
	.summary = N_("label-printing scale, DIGI SM series over TCP"),
	.faults = plu_sim_faults,
	.controls = PLU_SIM_CONTROLS,
	.start = start,
	.stop = stop,
	.receive = receive,
	.link_changed = link_changed,
	.control = plu_sim_control,
};
