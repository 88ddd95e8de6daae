/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/scale/label_scale.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* CAS CL5000J, "JR" protocol over TCP (scales, B2). */
enum {
	E_NUMBER = 82,
	E_FRAME = 84,
	E_DIRECT = 88,
	E_FULL = 89,
	E_TYPE = 95,
	E_STRUCTURE = 97,
	E_NO_DATA = 98,

	HEAD_LEN = 10, /* up to and with the first 3A */
	TAIL_LEN = 3, /* 3A, check sum, 0D */
	KEY_LEN = 6, /* department and number */
	PLU_LEN = 147,
	MAX_DIRECT = 300,
	MAX_NUMBER = 999999,
	MAX_DEPARTMENT = 99,
	SCALE_ID = 1,
};

/* Offsets within the data of L. */
enum {
	AT_NUMBER = 2,
	AT_TYPE = 6,
	AT_NAME = 7,
	AT_NAME2 = 47,
	AT_NAME3 = 87,
	AT_CODE = 105,
	AT_PRICE = 113,
	AT_TARE = 121,
	AT_DAYS = 135,
	NAME_LEN = 40,
	NAME3_LEN = 5,
};

typedef struct {
	LabelScale base;
	GByteArray *in; /* owned */
} CasScale;

static uint8_t sum_of(const uint8_t *data, size_t len)
{
	uint8_t sum = 0;

	for (size_t i = 0; i < len; i++)
		sum = (uint8_t)(sum + data[i]);
	return sum;
}

/* From the address to the second 3A. */
static void put_tail(CasScale *self, GByteArray *frame)
{
	uint8_t sum;

	g_byte_array_append(frame, (const uint8_t *)":", 1);
	sum = sum_of(frame->data + 2, frame->len - 2);
	if (sim_faults_take(self->base.context->faults, LABEL_BAD_SUM, NULL))
		sum ^= 0xFF;
	g_byte_array_append(frame, (const uint8_t[]){ sum, '\r' }, 2);
}

/* @error 0: done. */
static void answer(CasScale *self, uint8_t letter, int64_t key, uint8_t error)
{
	g_autoptr(GByteArray) frame = g_byte_array_new();
	const uint8_t head[] = { error == 0 ? 'G' : 'N', letter, SCALE_ID, 0, 0, 0, ',',
				 error == 0 ? 4 : 5,	 0,	 ':' };

	g_byte_array_append(frame, head, sizeof(head));
	plu_sim_put_low(frame, key, 4);
	if (error != 0) {
		g_byte_array_append(frame, &error, 1);
		plu_sim_flag(&self->base, "command %c refused with error %d", letter, error);
	}
	put_tail(self, frame);
	plu_sim_answer(&self->base, frame->data, frame->len);
}

/* --- goods: a number of the department in the millions makes the scale's own --------------------
 */

static int64_t key_of(const uint8_t *data, size_t len)
{
	if (len < KEY_LEN)
		return 0;
	return plu_sim_get_low(data, 2) * 1000000 + plu_sim_get_low(data + AT_NUMBER, 4);
}

static uint8_t check_key(const uint8_t *data)
{
	int64_t department = plu_sim_get_low(data, 2),
		number = plu_sim_get_low(data + AT_NUMBER, 4);

	if (department < 1 || department > MAX_DEPARTMENT || number < 1 || number > MAX_NUMBER)
		return E_NUMBER;
	return 0;
}

static LabelPlu *find(CasScale *self, int64_t key)
{
	return plu_sim_find_goods(&self->base, key);
}

static uint8_t delete (CasScale *self, const uint8_t *data)
{
	int64_t key = key_of(data, KEY_LEN);

	if (key == 0) {
		plu_sim_remove_all(&self->base);
		return 0;
	}
	if (check_key(data) != 0)
		return E_NUMBER;
	plu_sim_remove(&self->base, find(self, key));
	return 0;
}

static uint8_t check_record(CasScale *self, const uint8_t *data, size_t len)
{
	if (check_key(data) != 0)
		return E_NUMBER;
	if (data[AT_TYPE] != 1 && data[AT_TYPE] != 2)
		return E_STRUCTURE;
	if (plu_sim_get_low(data + AT_PRICE, 4) > LABEL_MAX_PRICE)
		return E_STRUCTURE;
	if (len > PLU_LEN &&
	    (data[len - 1] != 0 || memchr(data + PLU_LEN, 0, len - PLU_LEN - 1) != NULL))
		return E_STRUCTURE;
	if (len > PLU_LEN + MAX_DIRECT + 1)
		return E_DIRECT;
	if (find(self, key_of(data, len)) == NULL && plu_sim_is_full(&self->base))
		return E_FULL;
	return 0;
}

/* The three names are one text with blanks between. */
static char *name_dup(const uint8_t *data)
{
	g_autofree char *first = plu_sim_text_dup(data + AT_NAME, NAME_LEN, "CP1251");
	g_autofree char *second = plu_sim_text_dup(data + AT_NAME2, NAME_LEN, "CP1251");
	g_autofree char *third = plu_sim_text_dup(data + AT_NAME3, NAME3_LEN, "CP1251");
	g_autofree char *all = NULL;

	if (first == NULL || second == NULL || third == NULL)
		return NULL;
	all = g_strjoin(" ", first, second, third, NULL);
	return g_strdup(g_strchomp(all));
}

static uint8_t write_plu(CasScale *self, const uint8_t *data, size_t len)
{
	uint8_t error;
	char *name;

	if (len < PLU_LEN)
		return E_STRUCTURE;
	error = check_record(self, data, len);
	if (error != 0)
		return error;
	name = name_dup(data);
	if (name == NULL)
		return E_STRUCTURE;
	plu_sim_put(&self->base, (LabelPlu){ .number = plu_sim_get_low(data + AT_NUMBER, 4),
					     .goods = key_of(data, len),
					     .code = plu_sim_get_low(data + AT_CODE, 4),
					     .price = plu_sim_get_low(data + AT_PRICE, 4),
					     .tare = plu_sim_get_low(data + AT_TARE, 4),
					     .days = plu_sim_get_low(data + AT_DAYS, 4),
					     .pieces = data[AT_TYPE] == 2,
					     .name = name });
	return 0;
}

/* --- frames ----------------------------------------------------------------------------------- */

static void obey(CasScale *self, uint8_t type, uint8_t letter, const uint8_t *data, size_t len)
{
	int64_t key = key_of(data, len);
	int error = 0;

	sim_faults_count_frame(self->base.context->faults, letter);
	if (sim_faults_take(self->base.context->faults, LABEL_LOST_REQUEST, NULL))
		return;
	if (type != 'W' && type != 'R')
		error = E_TYPE;
	else if (letter != 'L')
		error = E_TYPE;
	else if (sim_faults_take(self->base.context->faults, LABEL_REFUSE, &error))
		;
	else if (type == 'R') /* the page does not show what a read record looks like */
		error = len != KEY_LEN ? E_STRUCTURE : find(self, key) == NULL ? E_NO_DATA : 0;
	else if (len == KEY_LEN)
		error = delete (self, data);
	else
		error = write_plu(self, data, len);
	answer(self, letter, key, (uint8_t)error);
}

/* What is no frame is refused, and nothing behind it is believed. */
static void drop(CasScale *self, size_t offset, const char *why)
{
	plu_sim_flag(&self->base, "offset %zu: %s", offset, why);
	g_byte_array_set_size(self->in, 0);
	answer(self, 'L', 0, E_FRAME);
}

/* False: more bytes are needed, or none is left. */
static bool take_frame(CasScale *self)
{
	const uint8_t *in = self->in->data;
	g_autoptr(GByteArray) frame = NULL;
	size_t len, whole;

	if (self->in->len < HEAD_LEN)
		return false;
	if (in[6] != ',' || in[9] != ':') {
		drop(self, in[6] != ',' ? 6 : 9, "no frame has this there");
		return false;
	}
	len = (size_t)plu_sim_get_low(in + 7, 2);
	whole = HEAD_LEN + len + TAIL_LEN;
	if (self->in->len < whole)
		return false;
	if (in[whole - 3] != ':' || in[whole - 1] != '\r' ||
	    in[whole - 2] != sum_of(in + 2, whole - 4)) {
		drop(self, whole - 2, "wrong check sum or end");
		return false;
	}
	frame = g_steal_pointer(&self->in);
	self->in = g_byte_array_new();
	g_byte_array_append(self->in, frame->data + whole, (guint)(frame->len - whole));
	obey(self, frame->data[0], frame->data[1], frame->data + HEAD_LEN, len);
	return true;
}

static void receive(void *data, const uint8_t *bytes, size_t len)
{
	CasScale *self = data;

	g_byte_array_append(self->in, bytes, (guint)len);
	while (take_frame(self))
		;
}

static void link_changed(void *data, bool connected)
{
	CasScale *self = data;

	if (!connected)
		g_byte_array_set_size(self->in, 0);
}

static void stop(void *data)
{
	CasScale *self = data;

	plu_sim_clear(&self->base);
	g_byte_array_unref(self->in);
	g_free(self);
}

static void *start(SimContext *context, GError **error)
{
	CasScale *self = g_new0(CasScale, 1);

	self->in = g_byte_array_new();
	if (plu_sim_init(&self->base, context, error))
		return self;
	stop(self);
	return NULL;
}

const struct sim plu_cas_sim = {
	.name = "plu-cas",
	.summary = N_("label-printing scale, CAS CL5000J over TCP"),
	.faults = plu_sim_faults,
	.controls = PLU_SIM_CONTROLS,
	.start = start,
	.stop = stop,
	.receive = receive,
	.link_changed = link_changed,
	.control = plu_sim_control,
};
