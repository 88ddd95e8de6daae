/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/devices/fiscal/datecs_sim_wire.h"

#include <stdlib.h>
#include <string.h>

enum { SYN = 0x16 };

void datecs_answer_clear(DatecsAnswer *self)
{
	g_free(self->data);
}

void datecs_talk_init(DatecsTalk *self, const char *address, bool x)
{
	*self = (DatecsTalk){ .wire = wire_new(address), .x = x, .seq = 0x20 };
}

void datecs_talk_clear(DatecsTalk *self)
{
	wire_free(self->wire);
}

/* ---- frames out */

static char *cp1251_new(const char *text)
{
	char *bytes = g_convert(text, -1, "CP1251", "UTF-8", NULL, NULL, NULL);

	g_assert_nonnull(bytes);
	return bytes;
}

static void put_nibbles(GString *hex, unsigned value)
{
	g_string_append_printf(hex, "3%X 3%X 3%X 3%X ", value >> 12 & 15, value >> 8 & 15,
			       value >> 4 & 15, value & 15);
}

static void put_word(const DatecsTalk *self, GString *hex, unsigned value)
{
	if (self->x)
		put_nibbles(hex, value);
	else
		g_string_append_printf(hex, "%02X ", value);
}

static unsigned sum_of(const char *hex)
{
	g_autoptr(GByteArray) bytes = bytes_new(hex);
	unsigned sum = 0;

	for (unsigned i = 0; i < bytes->len; i++)
		sum += bytes->data[i];
	return sum;
}

void datecs_send_as(DatecsTalk *self, uint8_t seq, int code, const char *data)
{
	g_autofree char *bytes = cp1251_new(data);
	g_autoptr(GString) hex = g_string_new(NULL), frame = g_string_new("01 ");
	size_t len = strlen(bytes);

	put_word(self, hex, (unsigned)(0x20 + (self->x ? 10 : 4) + len));
	g_string_append_printf(hex, "%02X ", seq);
	put_word(self, hex, (unsigned)code);
	for (size_t i = 0; i < len; i++)
		g_string_append_printf(hex, "%02X ", (uint8_t)bytes[i]);
	g_string_append(hex, "05 ");
	g_string_append(frame, hex->str);
	put_nibbles(frame, sum_of(hex->str));
	g_string_append(frame, "03");
	g_test_message("H> %02X %s", code, data);
	self->seq = seq;
	wire_send(self->wire, frame->str);
}

void datecs_send(DatecsTalk *self, int code, const char *data)
{
	datecs_send_as(self, self->seq >= 0x7F ? 0x20 : (uint8_t)(self->seq + 1), code, data);
}

/* ---- frames in */

static uint8_t read_byte(DatecsTalk *self)
{
	return wire_read(self->wire);
}

static unsigned read_word(DatecsTalk *self, unsigned *sum, size_t n)
{
	unsigned value = 0;

	for (size_t i = 0; i < n; i++) {
		uint8_t byte = read_byte(self);

		*sum += byte;
		value = n == 1 ? byte : value << 4 | (byte & 15u);
		g_assert_true(n == 1 || byte >> 4 == 3);
	}
	return value;
}

static void read_data(DatecsTalk *self, unsigned *sum, size_t len, GByteArray *ret)
{
	for (size_t i = 0; i < len; i++) {
		uint8_t byte = read_byte(self);

		*sum += byte;
		g_byte_array_append(ret, &byte, 1);
	}
}

DatecsAnswer datecs_hear(DatecsTalk *self, int code)
{
	size_t word = self->x ? 4 : 1, n_status = self->x ? 8 : 6, n;
	g_autoptr(GByteArray) body = g_byte_array_new();
	DatecsAnswer ret = { 0 };
	unsigned sum = 0, zero = 0;
	uint8_t byte;

	while ((byte = read_byte(self)) == SYN)
		ret.n_syn++;
	g_assert_cmphex(byte, ==, 0x01);
	n = read_word(self, &sum, word) - 0x20 - word;
	g_assert_cmphex(read_word(self, &sum, 1), ==, self->seq);
	g_assert_cmphex(read_word(self, &sum, word), ==, (unsigned)code);
	read_data(self, &sum, n - 1 - word, body);
	g_assert_cmphex(read_word(self, &zero, 4), ==, sum & 0xFFFF);
	g_assert_cmphex(read_byte(self), ==, 0x03);
	/* Data, 04, status, 05. */
	g_assert_cmphex(body->data[body->len - 1], ==, 0x05);
	g_assert_cmphex(body->data[body->len - 2 - n_status], ==, 0x04);
	memcpy(ret.status, body->data + body->len - 1 - n_status, n_status);
	ret.data = g_convert((const char *)body->data, (gssize)(body->len - 2 - n_status), "UTF-8",
			     "CP1251", NULL, NULL, NULL);
	g_test_message("D> %02X %s", code, ret.data);
	return ret;
}

char *datecs_ask(DatecsTalk *self, int code, const char *data)
{
	datecs_send(self, code, data);
	return datecs_hear(self, code).data;
}

void datecs_ok(DatecsTalk *self, int code, const char *data, const char *expected)
{
	g_autofree char *all = g_strconcat(self->x ? "0\t" : "", expected, NULL);
	DatecsAnswer answer;

	datecs_send(self, code, data);
	answer = datecs_hear(self, code);
	g_assert_cmpstr(answer.data, ==, all);
	g_assert_cmphex(answer.status[0] & 0x33, ==, 0);
	g_assert_cmphex(answer.status[1] & 0x03, ==, 0);
	datecs_answer_clear(&answer);
}

void datecs_refused(DatecsTalk *self, int code, const char *data, int error)
{
	g_autofree char *number = g_strdup_printf("%d\t", error);
	DatecsAnswer answer;

	datecs_send(self, code, data);
	answer = datecs_hear(self, code);
	if (self->x)
		g_assert_cmpstr(answer.data, ==, number);
	else
		g_assert_cmphex(answer.status[error >> 4] & 1 << (error & 15), !=, 0);
	g_assert_cmphex((answer.status[0] | answer.status[4]) & 0x20, !=,
			0); /* 0.5, 4.5 gather them */
	datecs_answer_clear(&answer);
}

/* ---- transcripts */

static void expect_line(DatecsTalk *self, const char *hex)
{
	g_auto(GStrv) words = g_strsplit(hex, " ", -1);
	uint8_t byte = read_byte(self);

	while (byte == SYN && strcmp(words[0], "16") != 0)
		byte = read_byte(self);
	for (int i = 0; words[i] != NULL; i++) {
		if (i > 0)
			byte = read_byte(self);
		if (words[i][0] != '?')
			g_assert_cmphex(byte, ==, strtoul(words[i], NULL, 16));
	}
}

void datecs_play(DatecsTalk *self, const char *transcript)
{
	g_auto(GStrv) lines = g_strsplit(transcript, "\n", -1);

	for (int i = 0; lines[i] != NULL; i++) {
		const char *line = g_strstrip(lines[i]);

		g_test_message("%s", line);
		if (g_str_has_prefix(line, "H> "))
			wire_send(self->wire, line + 3);
		else if (g_str_has_prefix(line, "D> "))
			expect_line(self, line + 3);
		else
			g_assert_true(line[0] == '#' || line[0] == '\0');
	}
}
