/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/fiscal/datecs_codec.h"
#include "drivers/fiscal/datecs_faults.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void decode_fields(DatecsFamily family, const DatecsAnswer *answer,
			  const DatecsFields *fields)
{
	DatecsReceipt receipt;
	DatecsIdentity identity;
	DatecsQr qr;
	char at[24];
	uint32_t number;
	int64_t value;

	if (datecs_decode_receipt(family, fields, &receipt))
		g_assert(receipt.amount >= 0 && receipt.paid >= 0 && receipt.items >= 0);
	if (datecs_decode_payment(family, answer, fields, &value))
		g_assert(ABS(value) <= INT64_C(99999999999999));
	datecs_decode_identity(fields, &identity);
	g_assert((identity.serial[0] == '\0') == (identity.memory[0] == '\0'));
	(void)datecs_decode_cash(family, fields, &value);
	(void)datecs_decode_last_z(family, fields, &number);
	if (datecs_decode_qr(fields, &qr))
		g_assert(qr.number > 0);
	for (int i = -1; i <= fields->n; i++) {
		g_assert(strlen(datecs_field(fields, i)) <= answer->len);
		datecs_decode_time(datecs_field(fields, i), at);
		if (at[0] != '\0') {
			g_autofree char *again = datecs_dup_time(at, "%Y-%m-%dT%H:%M:%S");

			g_assert_cmpstr(again, ==, at);
		}
	}
}

static void decode(DatecsFamily family, const DatecsAnswer *answer)
{
	DatecsFields fields;
	const char *text;
	int64_t code;

	g_assert(answer->len <= DATECS_ANSWER_MAX);
	(void)datecs_status_fault(answer, true, &text);
	(void)datecs_status_fault(answer, false, &text);
	datecs_split(family, answer, &fields);
	g_assert(fields.n >= 0 && fields.n <= DATECS_FIELDS_MAX);
	if (datecs_field_error(&fields, &code))
		(void)datecs_code_fault(code, &text);
	decode_fields(family, answer, &fields);
}

/* A stream as it might come. */
static void read_stream(DatecsFamily family, const uint8_t *data, size_t size)
{
	DatecsReader reader = { .family = family };

	for (size_t i = 0; i < size; i++) {
		size_t wanted = datecs_reader_get_wanted(&reader);

		g_assert(wanted >= 1 && wanted <= DATECS_FRAME_MAX - reader.len);
		switch (datecs_reader_push(&reader, data[i])) {
		case DATECS_FRAME_DONE:
			decode(family, &reader.answer);
			reader = (DatecsReader){ .family = family };
			break;
		case DATECS_FRAME_BROKEN:
			reader = (DatecsReader){ .family = family };
			break;
		default:
			break;
		}
	}
}

/* The first byte chooses the family and whether the rest is a stream, or the data of an answer of
 * its own, which no check sum keeps away from the decoders. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	DatecsFamily family;
	DatecsAnswer answer = { .status = { 0x80, 0x80, 0x80, 0x80, 0x80, 0x80 } };

	if (size == 0)
		return 0;
	family = (data[0] & 1) != 0 ? DATECS_X : DATECS_P;
	if ((data[0] & 2) != 0) {
		read_stream(family, data + 1, size - 1);
		return 0;
	}
	answer.len = MIN(size - 1, (size_t)DATECS_ANSWER_MAX);
	memcpy(answer.data, data + 1, answer.len);
	decode(family, &answer);
	return 0;
}
