/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "datecs_wire.h"

#include <string.h>

static void put(GByteArray *to, const void *bytes, size_t len)
{
	g_byte_array_append(to, bytes, (guint)len);
}

static void put_hex(GByteArray *to, const char *hex)
{
	for (; *hex != '\0'; hex += hex[2] == ' ' ? 3 : 2) {
		uint8_t byte =
			(uint8_t)(g_ascii_xdigit_value(hex[0]) * 16 + g_ascii_xdigit_value(hex[1]));

		put(to, &byte, 1);
	}
}

static void put_word(bool long_frames, GByteArray *to, unsigned int value)
{
	uint8_t bytes[4] = { (uint8_t)(0x30 + value / 4096), (uint8_t)(0x30 + value / 256 % 16),
			     (uint8_t)(0x30 + value / 16 % 16), (uint8_t)(0x30 + value % 16) };
	uint8_t byte = (uint8_t)value;

	put(to, long_frames ? bytes : &byte, long_frames ? 4 : 1);
}

GByteArray *datecs_wire_frame(bool long_frames, uint8_t seq, uint8_t code, const char *data,
			      const char *status)
{
	GByteArray *frame = g_byte_array_new();
	size_t word = long_frames ? 4 : 1, n_status = long_frames ? 8 : 6;
	size_t counted = 2 * word + 1 + strlen(data) + (status != NULL ? n_status + 1 : 0) + 1;
	unsigned int sum = 0;
	char bcc[5];

	put(frame, "\x01", 1);
	put_word(long_frames, frame, 0x20 + (unsigned int)counted);
	put(frame, &seq, 1);
	put_word(long_frames, frame, code);
	put(frame, data, strlen(data));
	if (status != NULL) {
		put(frame, "\x04", 1);
		put_hex(frame, status);
	}
	put(frame, "\x05", 1);
	g_assert_cmpuint(frame->len, ==, 1 + counted);
	for (guint i = 1; i < frame->len; i++)
		sum += frame->data[i];
	g_snprintf(bcc, sizeof bcc, "%04X", sum);
	for (int i = 0; i < 4; i++)
		bcc[i] = (char)(0x30 + g_ascii_xdigit_value(bcc[i]));
	put(frame, bcc, 4);
	put(frame, "\x03", 1);
	return frame;
}
