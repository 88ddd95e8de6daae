/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/label/zpl_sim.h"

#include <string.h>

/* Of the font's height; below it hang the tails of letters. */
#define BASELINE_PERCENT 78

void zpl_field_reset(ZplSim *self)
{
	if (self->field.data != NULL)
		g_byte_array_unref(self->field.data);
	self->field = (ZplField){ .module = self->module, .bar_height = self->bar_height };
}

/* @drop: from the top of the turned stamp to where ^FT puts it. */
static void put(ZplSim *self, const LabelCanvas *stamp, int drop, LabelCode code, const char *what)
{
	const ZplField *field = &self->field;

	label_page_put(&self->page,
		       &(LabelPiece){
			       .stamp = stamp,
			       .x = self->home_x + field->x,
			       .y = self->home_y + field->y - (field->by_baseline ? drop : 0),
			       .quarters = field->quarters,
			       .as_box = true,
			       .code = code,
			       .module = field->module,
			       .offset = field->offset,
			       .what = what,
		       });
}

void zpl_field_put(ZplSim *self, const LabelCanvas *stamp, size_t offset, const char *what)
{
	if (!self->field.placed)
		label_press_flag(&self->press, offset, "%s without ^FO", what);
	self->field.offset = offset;
	put(self, stamp, stamp->height, LABEL_CODE_NONE, what);
}

/* Of what is turned. */
static int height_of(const ZplField *field, const LabelCanvas *stamp)
{
	return field->quarters % 2 == 0 ? stamp->height : stamp->width;
}

/* --- data ------------------------------------------------------------------------------------- */

/* Two hex digits at @at, or -1. */
static int unhex(const GByteArray *data, guint at)
{
	int high, low;

	if (at + 1 >= data->len)
		return -1;
	high = g_ascii_xdigit_value((char)data->data[at]);
	low = g_ascii_xdigit_value((char)data->data[at + 1]);
	return high < 0 || low < 0 ? -1 : high << 4 | low;
}

/* With ^FH undone. Line ends within data are not printed. */
static GByteArray *plain_data(ZplSim *self)
{
	const ZplField *field = &self->field;
	GByteArray *plain = g_byte_array_new();

	for (guint i = 0; i < field->data->len; i++) {
		uint8_t byte = field->data->data[i];
		bool escaped = field->hex != 0 && byte == (uint8_t)field->hex;
		int value = escaped ? unhex(field->data, i + 1) : -1;

		if (byte == '\r' || byte == '\n')
			continue;
		if (escaped && value < 0)
			label_press_flag(&self->press, field->offset, "no two hex digits after %c",
					 field->hex);
		if (value >= 0) {
			byte = (uint8_t)value;
			i += 2;
		}
		g_byte_array_append(plain, &byte, 1);
	}
	return plain;
}

/* As UTF-8; flagged and '?' where it is none of what ^CI said. */
static char *words_of(ZplSim *self, const GByteArray *data)
{
	const char *charset = self->charset == 28   ? "UTF-8"
			      : self->charset == 33 ? "CP1251"
						    : "CP850";

	if (self->charset != 28 && label_text_looks_utf8(data->data, data->len))
		label_press_flag(&self->press, self->field.offset, "UTF-8 without ^CI28");
	return label_page_decode(&self->page, data, charset, self->field.offset);
}

/* --- text ------------------------------------------------------------------------------------- */

/* Where a block says that a line ends. */
static char *break_lines(const char *words)
{
	g_auto(GStrv) parts = g_strsplit(words, "\\&", -1);

	return g_strjoinv("\n", parts);
}

static void draw_text(ZplSim *self, const GByteArray *data)
{
	ZplField *field = &self->field;
	const LabelFont font = {
		.height = field->height,
		.stretch = MAX(10, field->width * 90 / MAX(field->height, 1)),
		.glyphs = self->press.fonts ? LABEL_GLYPHS_CYRILLIC : LABEL_GLYPHS_ASCII,
	};
	g_autofree char *words = words_of(self, data);
	g_autoptr(LabelCanvas) text = NULL;

	if (!field->has_font)
		label_press_flag(&self->press, field->offset, "text without ^A");
	if (field->has_block) {
		g_autofree char *broken = break_lines(words);

		text = label_page_block(&self->page, broken, &font, &field->block, field->offset);
	} else {
		text = label_page_text(&self->page, words, &font, field->offset);
	}
	put(self, text,
	    field->quarters == 0 ? font.height * BASELINE_PERCENT / 100 : height_of(field, text),
	    LABEL_CODE_NONE, "text");
}

/* --- bars ------------------------------------------------------------------------------------- */

static void put_bars(ZplSim *self, const char *modules, const char *words, const char *what)
{
	const ZplField *field = &self->field;
	g_autoptr(LabelCanvas) bars = label_bars_new(modules, field->module, field->bar_height,
						     field->words ? words : NULL);

	put(self, bars, field->quarters == 0 ? field->bar_height : height_of(field, bars),
	    field->kind == ZPL_CODE128 ? LABEL_CODE_128 : LABEL_CODE_EAN, what);
}

static void draw_ean(ZplSim *self, const GByteArray *data)
{
	guint n = self->field.kind == ZPL_EAN8 ? 7 : self->field.kind == ZPL_UPCA ? 11 : 12;
	g_autofree char *digits = NULL;
	g_autofree char *modules =
		label_page_ean(&self->page, data, n, self->field.offset, &digits);

	if (modules != NULL)
		put_bars(self, modules, digits, "bar code");
}

/* What '>' and a character mean within Code 128: §2 names three, the manual of ZPL the rest. */
static const struct {
	char letter;
	int start, within; /* symbol values */
} invocations[] = {
	{ '9', 103, -1 }, { ':', 104, -1 }, { ';', 105, -1 },  { '5', -1, 99 },
	{ '6', -1, 100 }, { '7', -1, 101 }, { '8', 102, 102 },
};

typedef struct {
	int set; /* 99 C, 100 B, 101 A; 0: none yet */
	const char *fault;
} SetState;

static void take_invocation(GArray *codes, char letter, SetState *state)
{
	for (size_t i = 0; i < G_N_ELEMENTS(invocations); i++) {
		int value;

		if (invocations[i].letter != letter)
			continue;
		value = codes->len == 0 ? invocations[i].start : invocations[i].within;
		if (codes->len == 0 && value == 102) {
			label_codes_add(codes, LABEL_RAW | 104);
			state->set = 100;
		}
		if (value < 0) {
			state->fault = "a start within, or a change of set at the start";
			return;
		}
		label_codes_add(codes, LABEL_RAW | value);
		if (value != 102)
			state->set = value >= 103 ? 204 - value : value;
		return;
	}
	state->fault = "no such invocation";
}

/* The host chooses the sets. In set C what follows are pairs of digits. */
static GArray *chosen_codes(const GByteArray *data, const char **fault)
{
	GArray *codes = label_codes_new();
	SetState state = { 0 };

	for (guint i = 0; i < data->len && state.fault == NULL; i++) {
		int byte = data->data[i], value;

		if (byte == '>' && i + 1 < data->len && data->data[i + 1] != '0') {
			take_invocation(codes, (char)data->data[++i], &state);
			continue;
		}
		if (byte == '>')
			i++; /* ">0" is the sign itself */
		if (codes->len == 0) {
			label_codes_add(codes, LABEL_RAW | 104);
			state.set = 100;
		}
		value = byte - 0x20;
		if (state.set == 99) {
			if (i + 1 >= data->len || !g_ascii_isdigit(byte) ||
			    !g_ascii_isdigit(data->data[i + 1])) {
				state.fault = "set C needs pairs of digits";
				break;
			}
			value = (byte - '0') * 10 + data->data[++i] - '0';
		}
		if (value < 0 || value > 102)
			state.fault = "a character that set B has not";
		else
			label_codes_add(codes, LABEL_RAW | value);
	}
	*fault = state.fault;
	return codes;
}

/* Modes A and D. In D an opening parenthesis begins an element string, not printed. */
static GArray *automatic_codes(const GByteArray *data, bool gs1)
{
	GArray *codes = label_codes_new();

	if (gs1)
		label_codes_add(codes, LABEL_FNC1);
	for (guint i = 0; i < data->len; i++) {
		int byte = data->data[i];

		if (byte == '>' && i + 1 < data->len && data->data[i + 1] == '8') {
			label_codes_add(codes, LABEL_FNC1);
			i++;
		} else if (!gs1 || strchr("() ", byte) == NULL) {
			label_codes_add(codes, byte);
		}
	}
	return codes;
}

static void draw_code128(ZplSim *self, const GByteArray *data)
{
	const char *fault = NULL;
	g_autoptr(GArray) codes = self->field.mode == 'N'
					  ? chosen_codes(data, &fault)
					  : automatic_codes(data, self->field.mode == 'D');
	g_autofree char *modules = fault == NULL ? label_code128_modules(codes) : NULL;
	g_autofree char *words = g_strndup((const char *)data->data, data->len);

	if (modules == NULL)
		label_press_flag(&self->press, self->field.offset, "Code 128 of “%s”: %s", words,
				 fault != NULL ? fault : "a character it has not, or nothing");
	else
		put_bars(self, modules, words, "bar code");
}

/* --- square ones ------------------------------------------------------------------------------ */

/* "QA,data": level, then A, or M and the kind of data. *len is how much of it is not data. */
static bool parse_qr_prefix(const GByteArray *data, guint *len)
{
	const char *text = (const char *)data->data;

	if (data->len < 4 || strchr("HQML", text[0]) == NULL)
		return false;
	if (text[1] == 'A' && text[2] == ',')
		*len = 3;
	else if (text[1] == 'M' && text[2] == ',' && strchr("NAK", text[3]) != NULL)
		*len = 4;
	else if (text[1] == 'M' && text[2] == ',' && text[3] == 'B' && data->len > 8)
		*len = 8;
	else
		return false;
	return data->len > *len;
}

static void draw_qr(ZplSim *self, const GByteArray *data)
{
	g_autoptr(LabelCanvas) symbol = NULL;
	guint prefix;

	if (!parse_qr_prefix(data, &prefix)) {
		label_press_flag(&self->press, self->field.offset,
				 "QR data without level and mode, as “MA,”");
		return;
	}
	symbol = label_qr_new(data->data + prefix, data->len - prefix, (char)data->data[0],
			      self->field.module);
	if (symbol == NULL) {
		label_press_flag(&self->press, self->field.offset, "too much for a QR code");
		return;
	}
	put(self, symbol, symbol->height, LABEL_CODE_QR, "QR code");
}

/* @ret gets bytes and FNC1. A constant says what is wrong, or NULL. */
static const char *unescape(const GByteArray *data, char escape, GArray *ret)
{
	for (guint i = 0; i < data->len; i++) {
		const char *at = (const char *)data->data + i;
		guint left = data->len - i;

		if (escape == 0 || *at != escape) {
			label_codes_add(ret, data->data[i]);
		} else if (left >= 2 && at[1] == '1') {
			label_codes_add(ret, LABEL_FNC1);
			i++;
		} else if (left >= 2 && at[1] == escape) {
			label_codes_add(ret, escape);
			i++;
		} else if (left >= 5 && at[1] == 'd' && g_ascii_isdigit(at[2]) &&
			   g_ascii_isdigit(at[3]) && g_ascii_isdigit(at[4])) {
			label_codes_add(ret, ((at[2] - '0') * 100 + (at[3] - '0') * 10 + at[4] -
					      '0') & 0xFF);
			i += 4;
		} else {
			return "an escape that means nothing here";
		}
	}
	return NULL;
}

static void draw_data_matrix(ZplSim *self, const GByteArray *data)
{
	g_autoptr(GArray) codes = label_codes_new();
	const char *fault = unescape(data, self->field.escape, codes);
	g_autoptr(LabelCanvas) symbol =
		fault == NULL ? label_data_matrix_new(codes, self->field.module) : NULL;

	if (symbol == NULL) {
		label_press_flag(&self->press, self->field.offset, "Data Matrix: %s",
				 fault != NULL ? fault : "no element strings, or too much");
		return;
	}
	put(self, symbol, height_of(&self->field, symbol), LABEL_CODE_MATRIX, "Data Matrix");
}

void zpl_field_draw(ZplSim *self, size_t offset)
{
	static void (*const draw[])(ZplSim *, const GByteArray *) = {
		[ZPL_TEXT] = draw_text,
		[ZPL_EAN13] = draw_ean,
		[ZPL_EAN8] = draw_ean,
		[ZPL_UPCA] = draw_ean,
		[ZPL_CODE128] = draw_code128,
		[ZPL_QR] = draw_qr,
		[ZPL_DATA_MATRIX] = draw_data_matrix,
	};

	if (self->field.has_data) {
		g_autoptr(GByteArray) data = plain_data(self);

		/* A closing zero that is not counted. */
		g_byte_array_append(data, (const uint8_t *)"", 1);
		g_byte_array_set_size(data, data->len - 1);
		if (!self->field.placed)
			label_press_flag(&self->press, self->field.offset, "a field without ^FO");
		draw[self->field.kind](self, data);
	}
	zpl_field_reset(self);
}
