/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/scale/massa_frame.h"

#include <string.h>

static const uint8_t header[] = { 0xF8, 0x55, 0xCE };

static uint16_t crc_push(uint16_t crc, uint8_t byte)
{
	uint16_t rest = crc & 0xFF00, sum = 0;

	for (int i = 0; i < 8; i++) {
		bool carry = ((rest ^ sum) & 0x8000) != 0;

		sum = (uint16_t)(sum << 1 ^ (carry ? 0x1021 : 0));
		rest = (uint16_t)(rest << 1);
	}
	return (uint16_t)(sum ^ (crc << 8 & 0xFF00) ^ byte);
}

uint16_t massa_crc(const uint8_t *bytes, size_t len)
{
	uint16_t crc = 0;

	for (size_t i = 0; i < len; i++)
		crc = crc_push(crc, bytes[i]);
	return crc;
}

static void append_u16(GByteArray *bytes, uint16_t value)
{
	const uint8_t parts[] = { (uint8_t)value, (uint8_t)(value >> 8) };

	g_byte_array_append(bytes, parts, sizeof parts);
}

GByteArray *massa_frame_new(uint8_t command, const uint8_t *data, size_t len)
{
	GByteArray *frame = g_byte_array_new();

	g_return_val_if_fail(len < G_MAXUINT16, frame);
	g_byte_array_append(frame, header, sizeof header);
	append_u16(frame, (uint16_t)(len + 1));
	g_byte_array_append(frame, &command, 1);
	g_byte_array_append(frame, data, (guint)len);
	append_u16(frame, massa_crc(frame->data + 5, len + 1));
	return frame;
}

static size_t get_u16(const uint8_t *bytes)
{
	return (size_t)(bytes[0] | bytes[1] << 8);
}

/* From the left: within a frame a header may stand by chance. */
bool massa_frame_last(const uint8_t *bytes, size_t len, MassaFrame *ret)
{
	size_t at = 0;

	while (len - at > MASSA_OVERHEAD) {
		size_t n = get_u16(bytes + at + 3);

		if (memcmp(bytes + at, header, sizeof header) != 0 || n == 0) {
			at++;
			continue;
		}
		if (n > len - at - MASSA_OVERHEAD)
			return false;
		if (at + n + MASSA_OVERHEAD == len) {
			const uint8_t *body = bytes + at + 5;

			*ret = (MassaFrame){
				.body = body,
				.len = n,
				.crc_ok = massa_crc(body, n) == get_u16(body + n),
			};
			return true;
		}
		at += n + MASSA_OVERHEAD;
	}
	return false;
}

bool massa_is_whole(const uint8_t *bytes, size_t len)
{
	MassaFrame frame;

	return massa_frame_last(bytes, len, &frame);
}
