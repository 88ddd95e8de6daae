/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/label/epl_sim.h"

#include <string.h>

enum { DOTS_MAX = 32000 };

typedef struct {
	EplSim *sim;
	const char *name;
	const LabelArgs *args;
	size_t offset;
	bool bad;
} Call;

static void fail(Call *self, EplError error)
{
	self->bad = true;
	epl_error(self->sim, error);
}

static int number_at(Call *self, guint i, int min, int max)
{
	int value = min;

	if (label_parse_int(label_args_word(self->args, i), min, max, &value))
		return value;
	label_press_flag(&self->sim->press, self->offset, "%s parameter %u is not %d to %d",
			 self->name, i + 1, min, max);
	fail(self, EPL_SYNTAX);
	return min;
}

static const GByteArray *string_at(Call *self, guint i)
{
	const GByteArray *text = label_args_string(self->args, i);

	if (text == NULL) {
		label_press_flag(&self->sim->press, self->offset,
				 "%s parameter %u is not a string in quotes", self->name, i + 1);
		fail(self, EPL_SYNTAX);
	}
	return text;
}

/* One letter out of @letters. */
static char letter_at(Call *self, guint i, const char *letters)
{
	const char *word = label_args_word(self->args, i);

	if (word != NULL && strlen(word) == 1 && strchr(letters, *word) != NULL)
		return *word;
	label_press_flag(&self->sim->press, self->offset, "%s parameter %u is none of %s",
			 self->name, i + 1, letters);
	fail(self, EPL_SYNTAX);
	return *letters;
}

static void put(Call *self, const LabelCanvas *stamp, LabelPiece piece)
{
	piece.stamp = stamp;
	piece.x = self->sim->origin_x + number_at(self, 0, 0, DOTS_MAX);
	piece.y = self->sim->origin_y + number_at(self, 1, 0, DOTS_MAX);
	piece.offset = self->offset;
	piece.what = self->name;
	if (!label_page_put(&self->sim->page, &piece))
		epl_error(self->sim, EPL_OUTSIDE);
}

/* --- text ------------------------------------------------------------------------------------- */

/* Dots of the fonts 1 to 5, at 203 and at 300 dpi. */
static const struct {
	int cell, height;
} fonts[2][5] = { { { 8, 12 }, { 10, 16 }, { 12, 20 }, { 14, 24 }, { 32, 48 } },
		  { { 12, 20 }, { 16, 28 }, { 20, 36 }, { 24, 44 }, { 48, 80 } } };

/* White letters on a black ground. */
static LabelCanvas *reversed(const LabelCanvas *text)
{
	LabelCanvas *ground = label_canvas_new(text->width, text->height);

	label_canvas_fill(ground, 0, 0, text->width, text->height, LABEL_INK_BLACK);
	label_canvas_place(ground, 0, 0, text, LABEL_INK_WHITE);
	return ground;
}

/* Ax,y,rot,font,hm,vm,N,"text" */
static void draw_text(Call *self)
{
	int quarters = number_at(self, 2, 0, 3), font = number_at(self, 3, 1, 5) - 1;
	int x = number_at(self, 4, 1, 8), y = number_at(self, 5, 1, 9);
	bool reverse = letter_at(self, 6, "NR") == 'R';
	bool russian = strcmp(self->sim->charset, "CP1251") == 0;
	int fine = self->sim->press.dots_per_mm > 8;
	const LabelFont shape = {
		.cell = fonts[fine][font].cell * x,
		.height = fonts[fine][font].height * y,
		.glyphs = font == 4 ? LABEL_GLYPHS_DIGITS
			  : russian ? LABEL_GLYPHS_CYRILLIC
				    : LABEL_GLYPHS_ASCII,
	};
	const GByteArray *data = string_at(self, 7);
	g_autofree char *words = NULL;
	g_autoptr(LabelCanvas) text = NULL, ground = NULL;

	if (self->bad)
		return;
	words = label_page_decode(&self->sim->page, data, self->sim->charset, self->offset);
	text = label_page_text(&self->sim->page, words, &shape, self->offset);
	ground = reverse ? reversed(text) : NULL;
	put(self, reverse ? ground : text, (LabelPiece){ .quarters = quarters });
}

/* --- codes ------------------------------------------------------------------------------------ */

static char *code128(Call *self, const GByteArray *data, bool gs1)
{
	g_autoptr(GArray) codes = label_codes_of(data, gs1);
	char *modules = data->len > 0 ? label_code128_modules(codes) : NULL;

	if (modules == NULL) {
		label_press_flag(&self->sim->press, self->offset, "Code 128 cannot say this");
		fail(self, EPL_SYNTAX);
	}
	return modules;
}

static char *ean(Call *self, guint n, const GByteArray *data, char **digits)
{
	char *modules = label_page_ean(&self->sim->page, data, n, self->offset, digits);

	if (modules == NULL)
		fail(self, EPL_LENGTH);
	return modules;
}

static char *modules_of(Call *self, const char *type, const GByteArray *data, char **words)
{
	static const struct {
		const char *type;
		guint digits; /* without the check digit; 0: Code 128 */
	} types[] = { { "E30", 12 }, { "E80", 7 }, { "UA0", 11 }, { "1", 0 }, { "1E", 0 } };

	for (size_t i = 0; i < G_N_ELEMENTS(types); i++) {
		if (g_strcmp0(types[i].type, type) != 0)
			continue;
		if (types[i].digits > 0)
			return ean(self, types[i].digits, data, words);
		*words = g_strndup((const char *)data->data, data->len);
		return code128(self, data, type[1] == 'E');
	}
	label_press_flag(&self->sim->press, self->offset, "no bar code “%s”",
			 type != NULL ? type : "");
	fail(self, EPL_SYNTAX);
	return NULL;
}

/* Bx,y,rot,type,narrow,wide,h,B,"data" */
static void draw_barcode(Call *self)
{
	const char *type = label_args_word(self->args, 3);
	int quarters = number_at(self, 2, 0, 3), narrow = number_at(self, 4, 1, 10);
	int height = number_at(self, 6, 1, DOTS_MAX);
	bool has_words = letter_at(self, 7, "BN") == 'B';
	const GByteArray *data = string_at(self, 8);
	g_autofree char *words = NULL, *modules = NULL;
	g_autoptr(LabelCanvas) bars = NULL;

	number_at(self, 5, 1, 30);
	if (self->bad)
		return;
	modules = modules_of(self, type, data, &words);
	if (modules == NULL)
		return;
	bars = label_bars_new(modules, narrow, height, has_words ? words : NULL);
	put(self, bars,
	    (LabelPiece){ .quarters = quarters,
			  .code = type[0] == '1' ? LABEL_CODE_128 : LABEL_CODE_EAN,
			  .module = narrow });
}

/* Options between the kind and the data: a letter and a number. */
static int option_of(Call *self, char letter, int or_else)
{
	for (guint i = 3; i + 1 < label_args_n(self->args); i++) {
		const char *word = label_args_word(self->args, i);
		int value;

		if (word != NULL && *word == letter && label_parse_int(word + 1, 1, 400, &value))
			return value;
	}
	return or_else;
}

static char level_of(Call *self)
{
	for (guint i = 3; i + 1 < label_args_n(self->args); i++) {
		const char *word = label_args_word(self->args, i);

		if (word != NULL && word[0] == 'e' && strlen(word) == 2 &&
		    strchr("LMQH", word[1]) != NULL)
			return word[1];
	}
	return 'M';
}

static LabelCanvas *data_matrix(const GByteArray *data, int cell)
{
	g_autoptr(GArray) codes = label_codes_of(data, false);

	return label_data_matrix_new(codes, cell);
}

/* bx,y,Q,m2,s3,eM,iA,"data" and bx,y,D,h5,"data" */
static void draw_square(Call *self)
{
	bool is_qr = letter_at(self, 2, "QD") == 'Q';
	const GByteArray *data = string_at(self, label_args_n(self->args) - 1);
	int cell = is_qr ? option_of(self, 's', 3) : option_of(self, 'h', 5);
	g_autoptr(LabelCanvas) symbol = NULL;

	if (self->bad)
		return;
	symbol = is_qr ? label_qr_new(data->data, data->len, level_of(self), cell)
		       : data_matrix(data, cell);
	if (symbol == NULL) {
		label_press_flag(&self->sim->press, self->offset, "no data, or too much");
		fail(self, EPL_LENGTH);
		return;
	}
	put(self, symbol,
	    (LabelPiece){ .code = is_qr ? LABEL_CODE_QR : LABEL_CODE_MATRIX, .module = cell });
}

/* --- lines and boxes -------------------------------------------------------------------------- */

static void draw_line(Call *self)
{
	int x = number_at(self, 0, 0, DOTS_MAX), y = number_at(self, 1, 0, DOTS_MAX);
	int width = number_at(self, 2, 1, DOTS_MAX), height = number_at(self, 3, 1, DOTS_MAX);
	LabelInk ink = self->name[1] == 'O'   ? LABEL_INK_BLACK
		       : self->name[1] == 'W' ? LABEL_INK_WHITE
					      : LABEL_INK_FLIP;

	if (self->bad || label_canvas_fill(self->sim->page.canvas, self->sim->origin_x + x,
					   self->sim->origin_y + y, width, height, ink))
		return;
	label_press_flag(&self->sim->press, self->offset,
			 "%s of %d x %d dots at %d,%d reaches outside of the label", self->name,
			 width, height, x, y);
	fail(self, EPL_OUTSIDE);
}

/* Xx1,y1,t,x2,y2 */
static void draw_box(Call *self)
{
	int x = number_at(self, 0, 0, DOTS_MAX), y = number_at(self, 1, 0, DOTS_MAX);
	int thickness = number_at(self, 2, 1, DOTS_MAX);
	int right = number_at(self, 3, x, DOTS_MAX), bottom = number_at(self, 4, y, DOTS_MAX);

	if (self->bad || label_canvas_frame(self->sim->page.canvas, self->sim->origin_x + x,
					    self->sim->origin_y + y, right - x, bottom - y,
					    thickness, LABEL_INK_BLACK))
		return;
	label_press_flag(&self->sim->press, self->offset,
			 "X from %d,%d to %d,%d reaches outside of the label", x, y, right, bottom);
	fail(self, EPL_OUTSIDE);
}

static void must_be_cleared(Call *self)
{
	if (!self->sim->cleared)
		label_press_flag(&self->sim->press, self->offset, "%s without N", self->name);
}

bool epl_draw(EplSim *self, const char *name, const LabelArgs *args, size_t offset)
{
	static const struct {
		const char *name;
		void (*run)(Call *);
		guint min, max; /* parameters */
	} objects[] = {
		{ "A", draw_text, 8, 8 },  { "B", draw_barcode, 9, 9 }, { "b", draw_square, 4, 9 },
		{ "LO", draw_line, 4, 4 }, { "LW", draw_line, 4, 4 },	{ "LE", draw_line, 4, 4 },
		{ "X", draw_box, 5, 5 },
	};
	Call call = { .sim = self, .name = name, .args = args, .offset = offset };

	for (size_t i = 0; i < G_N_ELEMENTS(objects); i++) {
		guint n = label_args_n(args);

		if (strcmp(objects[i].name, name) != 0)
			continue;
		must_be_cleared(&call);
		if (n >= objects[i].min && n <= objects[i].max) {
			objects[i].run(&call);
		} else {
			label_press_flag(&self->press, offset, "%s has %u parameters", name, n);
			epl_error(self, EPL_SYNTAX);
		}
		return true;
	}
	return false;
}

void epl_draw_bitmap(EplSim *self, const LabelArgs *header, const GByteArray *bits, size_t offset)
{
	Call call = { .sim = self, .name = "GW", .args = header, .offset = offset };
	int row = number_at(&call, 2, 1, DOTS_MAX), rows = number_at(&call, 3, 1, DOTS_MAX);
	g_autofree uint8_t *black = g_malloc(bits->len);
	g_autoptr(LabelCanvas) stamp = NULL;

	must_be_cleared(&call);
	for (guint i = 0; i < bits->len; i++)
		black[i] = (uint8_t)~bits->data[i];
	stamp = label_canvas_new_from_bits(black, row, rows);
	put(&call, stamp, (LabelPiece){ 0 });
}
