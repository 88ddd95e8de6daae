/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/fiscal/shtrih_codec.h"
#include "drivers/fiscal/shtrih_frame.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void decode(const ShtrihBody *body)
{
	uint16_t code = shtrih_body_code(body);
	const uint8_t *answer;
	uint8_t error;
	size_t len;
	ShtrihStatus status;
	ShtrihFnStatus fn;
	ShtrihShift shift;
	ShtrihFormed formed;
	ShtrihDocument document;
	ShtrihMark mark;
	int64_t sum;
	uint16_t count;
	uint8_t clock[6];

	if (!shtrih_answer(body, code, &error, &answer, &len))
		return;
	g_assert(answer >= body->bytes && answer + len <= body->bytes + body->len);
	shtrih_decode_status(answer, len, &status);
	shtrih_decode_fn_status(answer, len, &fn);
	shtrih_decode_shift(answer, len, &shift);
	shtrih_decode_closed(answer, len, &formed);
	shtrih_decode_shift_done(answer, len, &formed);
	shtrih_decode_document(answer, len, &document);
	shtrih_decode_sum(answer, len, &sum);
	shtrih_decode_corrected(answer, len, &formed);
	shtrih_decode_count(answer, len, &count);
	shtrih_decode_clock(answer, len, clock);
	shtrih_decode_exchange(answer, len, &count);
	shtrih_decode_mark_check(answer, len, &mark);
	shtrih_decode_mark_accept(answer, len, &mark);
}

/* A stream as it might come, put together into frames; and the bytes as a body of their own, which
 * no check sum keeps away from the decoders. A frame that was read is written as it came. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	ShtrihFrameReader reader = { 0 };
	ShtrihBody whole = { .len = MIN(size, (size_t)SHTRIH_BODY_MAX) };

	for (size_t i = 0; i < size; i++) {
		g_assert(shtrih_frame_get_wanted(&reader) >= 1);
		switch (shtrih_frame_push(&reader, data[i])) {
		case SHTRIH_FRAME_DONE: {
			uint8_t frame[SHTRIH_FRAME_MAX];
			size_t len = shtrih_frame_encode(&reader.body, frame);

			g_assert(len <= i + 1 && memcmp(frame, data + i + 1 - len, len) == 0);
			decode(&reader.body);
			reader = (ShtrihFrameReader){ 0 };
			break;
		}
		case SHTRIH_FRAME_BROKEN:
			reader = (ShtrihFrameReader){ 0 };
			break;
		default:
			break;
		}
	}
	memcpy(whole.bytes, data, whole.len);
	if (whole.len > 0)
		decode(&whole);
	return 0;
}
