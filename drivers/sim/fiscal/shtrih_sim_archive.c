/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/fiscal/shtrih_sim.h"

#include <string.h>

const char shtrih_inn[] = "7701234567";
const char shtrih_rnm[] = "0000000012034567";
const char shtrih_user[] = "ООО \"УЧЕБНЫЙ МАГАЗИН\"";
const char shtrih_address[] = "г. Москва, Образцовая ул., д. 1";

int shtrih_sim_serial(const Shtrih *self)
{
	return sim_faults_setting(self->context->faults, FAULT_SERIAL, 12345);
}

char *shtrih_sim_serial_new(const Shtrih *self)
{
	return g_strdup_printf("%016d", shtrih_sim_serial(self));
}

char *shtrih_sim_fn_number_new(const Shtrih *self)
{
	return g_strdup_printf("999907890%07d", shtrih_sim_serial(self));
}

static void mix(uint32_t *hash, uint64_t value)
{
	for (int i = 0; i < 8; i++, value >>= 8)
		*hash = (*hash ^ (uint8_t)value) * 16777619u;
}

/* Nobody checks the sign; it must differ from document to document and never from itself. */
static uint32_t sign(const char *fn_number, const ShtrihDocument *document)
{
	uint32_t hash = 2166136261u;

	for (const char *at = fn_number; *at != '\0'; at++)
		mix(&hash, (uint8_t)*at);
	mix(&hash, (uint64_t)document->fd);
	mix(&hash, (uint64_t)document->at);
	mix(&hash, (uint64_t)document->type);
	mix(&hash, (uint64_t)document->total);
	return hash != 0 ? hash : 1;
}

static GByteArray *whole_document(const char *fn_number, const ShtrihDocument *document,
				  const GByteArray *body)
{
	GByteArray *ret = g_byte_array_new();
	uint8_t mark[6] = { 0 };

	for (int i = 0; i < 4; i++) /* the number is big-endian here */
		mark[2 + i] = (uint8_t)(document->fp >> (24 - 8 * i));
	shtrih_tag_put_text(ret, 1048, shtrih_user, 0);
	shtrih_tag_put_text(ret, 1018, shtrih_inn, 12);
	shtrih_tag_put_text(ret, 1037, shtrih_rnm, 20);
	shtrih_tag_put_text(ret, 1041, fn_number, 16);
	shtrih_tag_put_text(ret, 1009, shtrih_address, 0);
	shtrih_tag_put_number(ret, 1012, (uint64_t)document->at, 4);
	shtrih_tag_put_number(ret, 1040, (uint64_t)document->fd, 4);
	shtrih_tag_put_number(ret, 1038, (uint64_t)document->shift, 4);
	g_byte_array_append(ret, body->data, body->len);
	shtrih_tag_put(ret, 1077, mark, sizeof(mark));
	return ret;
}

static char *hex_new(const GByteArray *bytes)
{
	GString *text = g_string_new(NULL);

	for (unsigned i = 0; i < bytes->len; i++)
		g_string_append_printf(text, "%02X", bytes->data[i]);
	return g_string_free(text, false);
}

static void file(Shtrih *self, ShtrihDocument *document, const GByteArray *body)
{
	ShtrihState *state = &self->state;
	g_autofree char *fn_number = shtrih_sim_fn_number_new(self), *hex = NULL;
	g_autoptr(GByteArray) whole = NULL;

	document->fd = state->last_fd + 1;
	document->at = shtrih_now(self);
	document->shift = state->shift;
	document->fp = sign(fn_number, document);
	whole = whole_document(fn_number, document, body);
	hex = hex_new(whole);
	shtrih_sim_document_add(state,
				json_pack("{s:i,s:I,s:I,s:I,s:I,s:I,s:I,s:I,s:s}", "type",
					  document->type, "fd", (json_int_t)document->fd, "fp",
					  (json_int_t)document->fp, "at", (json_int_t)document->at,
					  "shift", (json_int_t)document->shift, "receipt",
					  (json_int_t)document->receipt, "operation",
					  (json_int_t)document->operation, "total",
					  (json_int_t)document->total, "tlv", hex));
	state->last_fd = document->fd;
	state->last_at = document->at;
	state->document++;
}

uint8_t shtrih_document_make(ShtrihCall *call, ShtrihDocument *document, GByteArray *body)
{
	int value;

	if (sim_faults_setting(call->sim->context->faults, FAULT_MEMORY_FULL, -1) >= 0)
		return E_FN_FULL;
	if (sim_faults_take(call->sim->context->faults, FAULT_FN_ERROR, &value))
		return (uint8_t)value;
	file(call->sim, document, body);
	g_string_append_printf(call->words, " document %" G_GINT64_FORMAT, document->fd);
	return E_OK;
}

/* With no lines, and no name of ours in it. */
void shtrih_sim_strangers_receipt(Shtrih *self, int64_t total)
{
	ShtrihState *state = &self->state;
	g_autoptr(GByteArray) body = g_byte_array_new();
	ShtrihDocument document = { .type = DOCUMENT_RECEIPT,
				    .receipt = ++state->receipt,
				    .operation = 1,
				    .total = total };

	shtrih_tag_put_number(body, 1054, 1, 1);
	shtrih_tag_put_vln(body, 1020, (uint64_t)total);
	file(self, &document, body);
	state->totals[SALE].total += total;
	state->totals[SALE].paid[0] += total;
	state->totals[SALE].count++;
	state->cash += total;
	fiscal_book_add(state->book, &(FiscalBooked){ .number = document.fd,
						      .kind = "sale",
						      .total = total,
						      .cash = total,
						      .id = "somebody else" });
}

uint8_t shtrih_sim_tag_missing(ShtrihCall *call, int tag)
{
	g_string_append_printf(call->words, ", tag %d is missing", tag);
	g_byte_array_set_size(call->answer, 0);
	shtrih_put(call->answer, (uint64_t)tag, 2);
	return E_TAG_MISSING;
}

static const json_t *find(const Shtrih *self, int64_t fd)
{
	const json_t *documents = self->state.documents;
	size_t n = json_array_size(documents);

	for (size_t i = n; i > 0; i--) {
		const json_t *item = json_array_get(documents, i - 1);

		if (json_integer_value(json_object_get(item, "fd")) == fd)
			return item;
	}
	return NULL;
}

static int64_t number_of(const json_t *item, const char *key)
{
	return json_integer_value(json_object_get(item, key));
}

bool shtrih_document_find(const Shtrih *self, int64_t fd, ShtrihDocument *ret)
{
	const json_t *item = find(self, fd);

	if (item == NULL)
		return false;
	*ret = (ShtrihDocument){ .type = (int)number_of(item, "type"),
				 .fd = fd,
				 .fp = number_of(item, "fp"),
				 .at = number_of(item, "at"),
				 .shift = number_of(item, "shift"),
				 .receipt = number_of(item, "receipt"),
				 .operation = number_of(item, "operation"),
				 .total = number_of(item, "total") };
	return true;
}

void shtrih_put_document(ShtrihCall *call, const ShtrihDocument *document)
{
	shtrih_put(call->answer, (uint64_t)document->fd, 4);
	shtrih_put(call->answer, (uint64_t)document->fp, 4);
	if (sim_faults_setting(call->sim->context->faults, FAULT_EXTENDED, -1) >= 0)
		shtrih_put_time(call->answer, document->at, true);
}

static bool is_sent(const Shtrih *self, int64_t fd)
{
	const json_t *last = json_array_get(self->state.documents, (size_t)self->state.sent - 1);

	return self->state.sent > 0 && fd <= number_of(last, "fd");
}

uint8_t shtrih_find_document(ShtrihCall *call)
{
	ShtrihDocument document;

	if (!shtrih_document_find(call->sim, shtrih_unsigned(call->data, 4), &document))
		return E_FN_NO_DATA;
	shtrih_put(call->answer, (uint64_t)document.type, 1);
	shtrih_put(call->answer, is_sent(call->sim, document.fd), 1); /* is there a ticket? */
	shtrih_put_time(call->answer, document.at, true);
	shtrih_put(call->answer, (uint64_t)document.fd, 4);
	shtrih_put(call->answer, (uint64_t)document.fp, 4);
	if (document.type == DOCUMENT_RECEIPT || document.type == DOCUMENT_CORRECTION) {
		shtrih_put(call->answer, (uint64_t)document.operation, 1);
		shtrih_put(call->answer, (uint64_t)document.total, 5);
	} else {
		shtrih_put(call->answer, (uint64_t)document.shift, 2);
	}
	return E_OK;
}

uint8_t shtrih_read_document(ShtrihCall *call)
{
	const json_t *item = find(call->sim, shtrih_unsigned(call->data, 4));
	const char *hex = json_string_value(json_object_get(item, "tlv"));
	GByteArray *bytes;

	if (hex == NULL)
		return E_FN_NO_DATA;
	bytes = g_byte_array_new();
	for (; hex[0] != '\0' && hex[1] != '\0'; hex += 2)
		shtrih_put(bytes,
			   (uint64_t)(g_ascii_xdigit_value(hex[0]) << 4 |
				      g_ascii_xdigit_value(hex[1])),
			   1);
	g_clear_pointer(&call->sim->reading, g_byte_array_unref);
	call->sim->reading = bytes;
	call->sim->read_at = 0;
	shtrih_put(call->answer, (uint64_t)number_of(item, "type"), 2);
	shtrih_put(call->answer, bytes->len, 2);
	return E_OK;
}

uint8_t shtrih_read_block(ShtrihCall *call)
{
	Shtrih *self = call->sim;
	size_t len;

	if (self->reading == NULL || self->read_at >= self->reading->len)
		return E_FN_NO_DATA;
	len = MIN(self->reading->len - self->read_at, 240);
	g_byte_array_append(call->answer, self->reading->data + self->read_at, (unsigned)len);
	self->read_at += len;
	return E_OK;
}
