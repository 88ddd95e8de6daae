/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/label/zpl_sim.h"

#include "drivers/sim/label/label_args.h"

#include <gio/gio.h>
#include <string.h>

enum { GRAPHIC_MAX = 4 << 20, ROW_MAX = 1 << 12 };

typedef struct {
	int total, row; /* bytes told */
	const char *data;
} Header;

uint16_t zpl_crc(const uint8_t *data, size_t len)
{
	uint16_t crc = 0;

	for (size_t i = 0; i < len; i++) {
		crc ^= (uint16_t)(data[i] << 8);
		for (int bit = 0; bit < 8; bit++)
			crc = (uint16_t)((crc & 0x8000) != 0 ? crc << 1 ^ 0x1021 : crc << 1);
	}
	return crc;
}

/* G..Y count 1 to 19, g..z 20 to 400; they add up. 0: no such letter. */
static int run_of(char letter)
{
	if (letter >= 'G' && letter <= 'Y')
		return letter - 'G' + 1;
	return letter >= 'g' && letter <= 'z' ? (letter - 'g' + 1) * 20 : 0;
}

typedef struct {
	GByteArray *nibbles;
	guint row; /* nibbles in one */
} Rows;

static void fill_row(Rows *self, uint8_t nibble)
{
	do
		g_byte_array_append(self->nibbles, &nibble, 1);
	while (self->nibbles->len % self->row != 0);
}

static bool repeat_row(Rows *self)
{
	guint last = self->nibbles->len;

	if (last < self->row || last % self->row != 0)
		return false;
	g_byte_array_set_size(self->nibbles, last + self->row);
	memcpy(self->nibbles->data + last, self->nibbles->data + last - self->row, self->row);
	return true;
}

/* Hex digits with run letters as nibbles. A constant says what is wrong, or NULL. */
static const char *unpack(const char *text, Rows *rows)
{
	int run = 0;

	for (; *text != '\0' && rows->nibbles->len <= 2 * GRAPHIC_MAX; text++) {
		int digit = g_ascii_xdigit_value(*text);
		uint8_t nibble = (uint8_t)digit;

		if (*text == '\r' || *text == '\n' || *text == ' ')
			continue;
		if (run_of(*text) > 0) {
			run += run_of(*text);
			continue;
		}
		if (run > 0 && digit < 0)
			return "a count stands before no digit";
		if (digit >= 0)
			for (run = MAX(run, 1); run > 0; run--)
				g_byte_array_append(rows->nibbles, &nibble, 1);
		else if (*text == ',' || *text == '!')
			fill_row(rows, *text == '!' ? 0xF : 0);
		else if (*text != ':' || !repeat_row(rows))
			return "a letter that means nothing there";
	}
	return run > 0 ? "a count stands at the end" : NULL;
}

static GByteArray *from_hex(const Header *header, const char **fault)
{
	Rows rows = { g_byte_array_new(), 2 * (guint)header->row };
	GByteArray *bytes = g_byte_array_new();

	*fault = unpack(header->data, &rows);
	for (guint i = 0; i + 1 < rows.nibbles->len; i += 2) {
		uint8_t byte = (uint8_t)(rows.nibbles->data[i] << 4 | rows.nibbles->data[i + 1]);

		g_byte_array_append(bytes, &byte, 1);
	}
	if (*fault == NULL && rows.nibbles->len % 2 != 0)
		*fault = "half a byte at the end";
	g_byte_array_unref(rows.nibbles);
	return bytes;
}

static GByteArray *inflated(const uint8_t *data, gsize len, const char **fault)
{
	g_autoptr(GZlibDecompressor) zlib = g_zlib_decompressor_new(G_ZLIB_COMPRESSOR_FORMAT_ZLIB);
	g_autoptr(GInputStream) packed =
		g_memory_input_stream_new_from_data(data, (gssize)len, NULL);
	g_autoptr(GInputStream) stream = g_converter_input_stream_new(packed, G_CONVERTER(zlib));
	GByteArray *bytes = g_byte_array_new();
	uint8_t some[4096];
	gssize n;

	while (bytes->len <= GRAPHIC_MAX &&
	       (n = g_input_stream_read(stream, some, sizeof(some), NULL, NULL)) != 0) {
		if (n < 0) {
			*fault = "the data is not of zlib";
			break;
		}
		g_byte_array_append(bytes, some, (guint)n);
	}
	return bytes;
}

/* ":B64:text:crc" and ":Z64:text:crc". */
static GByteArray *from_base64(const char *text, const char **fault)
{
	g_auto(GStrv) parts = g_strsplit(text, ":", -1);
	g_autofree guchar *data = NULL;
	g_autofree char *end = NULL;
	gsize len;

	if (g_strv_length(parts) != 4 || strlen(g_strstrip(parts[3])) != 4) {
		*fault = "base64 data without its check sum";
		return g_byte_array_new();
	}
	if (g_ascii_strtoull(parts[3], NULL, 16) !=
	    zpl_crc((const uint8_t *)parts[2], strlen(parts[2]))) {
		*fault = "the check sum of the base64 data is wrong";
		return g_byte_array_new();
	}
	data = g_base64_decode(parts[2], &len);
	if (strcmp(parts[1], "Z64") == 0)
		return inflated(data, len, fault);
	return g_byte_array_append(g_byte_array_new(), data, (guint)len);
}

static bool parse_header(const char *args, Header *ret)
{
	g_auto(GStrv) parts = g_strsplit(args, ",", 5);
	int again;

	if (g_strv_length(parts) != 5 || strcmp(parts[0], "A") != 0 ||
	    !label_parse_int(parts[1], 1, GRAPHIC_MAX, &ret->total) ||
	    !label_parse_int(parts[2], 1, GRAPHIC_MAX, &again) || again != ret->total ||
	    !label_parse_int(parts[3], 1, ROW_MAX, &ret->row) || ret->total % ret->row != 0)
		return false;
	ret->data = args + strlen(args) - strlen(parts[4]);
	return true;
}

LabelCanvas *zpl_graphic_new(ZplSim *self, const GByteArray *args, size_t offset)
{
	g_autoptr(GByteArray) bytes = NULL;
	const char *text = (const char *)args->data, *fault = NULL;
	Header header;

	if (strlen(text) != args->len || !parse_header(text, &header)) {
		label_press_flag(&self->press, offset,
				 "^GF is not A, total, total, bytes in a row, data");
		return NULL;
	}
	bytes = g_str_has_prefix(header.data, ":B64:") || g_str_has_prefix(header.data, ":Z64:")
			? from_base64(header.data, &fault)
			: from_hex(&header, &fault);
	if (fault != NULL) {
		label_press_flag(&self->press, offset, "graphic: %s", fault);
		return NULL;
	}
	if (bytes->len != (guint)header.total) {
		label_press_flag(&self->press, offset, "graphic of %u bytes, %d were told",
				 bytes->len, header.total);
		return NULL;
	}
	return label_canvas_new_from_bits(bytes->data, header.row, header.total / header.row);
}
