/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/label/tspl_sim.h"

#include <string.h>

enum { DOTS_MAX = 32000 };

typedef struct {
	TsplSim *sim;
	const char *name;
	const LabelArgs *args;
	size_t offset;
	bool bad;
} Call;

static int number_at(Call *self, guint i, int min, int max)
{
	int value = min;

	if (label_parse_int(label_args_word(self->args, i), min, max, &value))
		return value;
	label_press_flag(&self->sim->press, self->offset, "%s parameter %u is not %d to %d",
			 self->name, i + 1, min, max);
	self->bad = true;
	return min;
}

static const GByteArray *string_at(Call *self, guint i)
{
	const GByteArray *text = label_args_string(self->args, i);

	if (text == NULL) {
		label_press_flag(&self->sim->press, self->offset,
				 "%s parameter %u is not a string in quotes", self->name, i + 1);
		self->bad = true;
	}
	return text;
}

static int quarters_at(Call *self, guint i)
{
	int degrees = number_at(self, i, 0, 270);

	if (degrees % 90 != 0) {
		label_press_flag(&self->sim->press, self->offset, "%s is turned by %d degrees",
				 self->name, degrees);
		self->bad = true;
	}
	return degrees / 90;
}

/* The object's place is always its first two parameters. */
static void put(Call *self, const LabelCanvas *stamp, LabelPiece piece)
{
	piece.stamp = stamp;
	piece.x = self->sim->origin_x + number_at(self, 0, 0, DOTS_MAX);
	piece.y = self->sim->origin_y + number_at(self, 1, 0, DOTS_MAX);
	piece.offset = self->offset;
	piece.what = self->name;
	label_page_put(&self->sim->page, &piece);
}

/* --- text ------------------------------------------------------------------------------------- */

/* Dots of the fonts 1 to 8. */
static const struct {
	int cell, height;
} fonts[] = { { 8, 12 },  { 12, 20 }, { 16, 24 }, { 24, 32 },
	      { 32, 48 }, { 14, 19 }, { 21, 27 }, { 14, 25 } };

/* In points, where the font is scalable. */
static int dots_of(const TsplSim *self, int points)
{
	return MAX(1, points * self->press.dots_per_mm * 254 / 720);
}

/* @i: the font's name, its turn, x and y magnification. */
static LabelFont font_at(Call *self, guint i)
{
	const GByteArray *name = string_at(self, i);
	bool utf8 = strcmp(self->sim->charset, "UTF-8") == 0;
	bool russian = strcmp(self->sim->charset, "CP866") == 0 ||
		       strcmp(self->sim->charset, "CP1251") == 0;
	bool is_rom =
		name != NULL && name->len == 1 && name->data[0] >= '1' && name->data[0] <= '8';
	int x = number_at(self, i + 2, 1, is_rom ? 10 : 999);
	int y = number_at(self, i + 3, 1, is_rom ? 10 : 999);

	if (is_rom)
		return (LabelFont){
			.cell = fonts[name->data[0] - '1'].cell * x,
			.height = fonts[name->data[0] - '1'].height * y,
			.glyphs = russian ? LABEL_GLYPHS_CYRILLIC : LABEL_GLYPHS_ASCII,
		};
	if (name != NULL && strcmp((const char *)name->data, "0") != 0 &&
	    (!self->sim->press.fonts || !g_str_has_suffix((const char *)name->data, ".TTF")))
		label_press_flag(&self->sim->press, self->offset, "font “%s” is not in the printer",
				 (const char *)name->data);
	return (LabelFont){
		.height = dots_of(self->sim, y),
		.stretch = 100 * x / y,
		.glyphs = self->sim->press.fonts && (utf8 || russian) ? LABEL_GLYPHS_CYRILLIC
								      : LABEL_GLYPHS_ASCII,
	};
}

static void draw_text(Call *self)
{
	LabelFont font = font_at(self, 2);
	int quarters = quarters_at(self, 3);
	const GByteArray *data = string_at(self, 6);
	g_autofree char *words = NULL;
	g_autoptr(LabelCanvas) text = NULL;

	if (self->bad)
		return;
	words = label_page_decode(&self->sim->page, data, self->sim->charset, self->offset);
	text = label_page_text(&self->sim->page, words, &font, self->offset);
	put(self, text, (LabelPiece){ .quarters = quarters });
}

/* BLOCK x,y,w,h,"font",rot,xm,ym[,space,align],"text" */
static void draw_block(Call *self)
{
	guint n = label_args_n(self->args);
	LabelFont font = font_at(self, 4);
	int width = number_at(self, 2, 1, DOTS_MAX), height = number_at(self, 3, 1, DOTS_MAX);
	int quarters = quarters_at(self, 5), align = 0;
	const GByteArray *data = string_at(self, n - 1);
	LabelBlock block = { .width = width };
	g_autofree char *words = NULL;
	g_autoptr(LabelCanvas) text = NULL;

	if (n > 9)
		block.gap = number_at(self, 8, 0, DOTS_MAX);
	if (n > 10)
		align = number_at(self, 9, 0, 3);
	if (self->bad)
		return;
	block.align = align == 2   ? LABEL_TEXT_CENTRE
		      : align == 3 ? LABEL_TEXT_RIGHT
				   : LABEL_TEXT_LEFT;
	block.max_lines = MAX(1, (height + block.gap) / (font.height + block.gap));
	words = label_page_decode(&self->sim->page, data, self->sim->charset, self->offset);
	text = label_page_block(&self->sim->page, words, &font, &block, self->offset);
	put(self, text, (LabelPiece){ .quarters = quarters });
}

/* --- codes ------------------------------------------------------------------------------------ */

/* "!104AB!0991234": '!' and three digits are a symbol value, the rest is of the set chosen. NULL:
 * it makes no sense. */
static GArray *manual_codes(const GByteArray *data)
{
	g_autoptr(GArray) codes = label_codes_new();
	bool pairs = false;

	for (guint i = 0; i < data->len; i++) {
		const char *at = (const char *)data->data + i;
		int value;

		if (*at == '!') {
			g_autofree char *digits = g_strndup(at + 1, 3);

			if (strlen(digits) != 3 || !label_parse_int(digits, 96, 105, &value))
				return NULL;
			i += 3;
			pairs = value == 105 || value == 99 || (pairs && value == 102);
		} else if (pairs) {
			if (!g_ascii_isdigit(at[0]) || !g_ascii_isdigit(at[1]))
				return NULL;
			value = (at[0] - '0') * 10 + at[1] - '0';
			i++;
		} else {
			value = *at - 0x20;
		}
		if (value < 0)
			return NULL;
		label_codes_add(codes, LABEL_RAW | value);
	}
	return g_steal_pointer(&codes);
}

static char *code128(Call *self, const char *type, const GByteArray *data)
{
	g_autoptr(GArray) codes = strcmp(type, "128M") == 0
					  ? manual_codes(data)
					  : label_codes_of(data, strcmp(type, "EAN128") == 0);
	char *modules = codes != NULL ? label_code128_modules(codes) : NULL;

	if (modules == NULL)
		label_press_flag(&self->sim->press, self->offset, "Code 128 cannot say this");
	return modules;
}

/* The modules of @data, and the words below them. NULL: flagged. */
static char *modules_of(Call *self, const char *type, const GByteArray *data, char **words)
{
	static const struct {
		const char *type;
		guint digits; /* without the check digit; 0: Code 128 */
	} types[] = { { "EAN13", 12 }, { "EAN8", 7 }, { "UPCA", 11 },
		      { "128", 0 },    { "128M", 0 }, { "EAN128", 0 } };

	for (size_t i = 0; i < G_N_ELEMENTS(types); i++) {
		if (strcmp(types[i].type, type) != 0)
			continue;
		if (types[i].digits > 0)
			return label_page_ean(&self->sim->page, data, types[i].digits, self->offset,
					      words);
		*words = g_strndup((const char *)data->data, data->len);
		return code128(self, type, data);
	}
	label_press_flag(&self->sim->press, self->offset, "no bar code “%s”", type);
	return NULL;
}

/* BARCODE x,y,"type",h,hri,rot,narrow,wide[,align],"data" */
static void draw_barcode(Call *self)
{
	guint n = label_args_n(self->args);
	const GByteArray *type = string_at(self, 2), *data = string_at(self, n - 1);
	int height = number_at(self, 3, 1, DOTS_MAX), hri = number_at(self, 4, 0, 3);
	int quarters = quarters_at(self, 5), narrow = number_at(self, 6, 1, 10);
	g_autofree char *words = NULL, *modules = NULL;
	g_autoptr(LabelCanvas) bars = NULL;

	number_at(self, 7, 1, 30);
	if (n == 10)
		number_at(self, 8, 0, 3);
	if (self->bad)
		return;
	modules = modules_of(self, (const char *)type->data, data, &words);
	if (modules == NULL)
		return;
	bars = label_bars_new(modules, narrow, height, hri > 0 ? words : NULL);
	put(self, bars,
	    (LabelPiece){ .quarters = quarters,
			  .code = g_str_has_suffix((const char *)type->data, "128") ||
						  type->data[0] == '1'
					  ? LABEL_CODE_128
					  : LABEL_CODE_EAN,
			  .module = narrow });
}

/* QRCODE x,y,level,cell,mode,rot[,model,mask],"data" */
static void draw_qr(Call *self)
{
	guint n = label_args_n(self->args);
	const char *level = label_args_word(self->args, 2), *mode = label_args_word(self->args, 4);
	int cell = number_at(self, 3, 1, 10), quarters = quarters_at(self, 5);
	const GByteArray *data = string_at(self, n - 1);
	g_autoptr(LabelCanvas) symbol = NULL;

	if (self->bad)
		return;
	if (level == NULL || strlen(level) != 1 || strchr("LMQH", *level) == NULL ||
	    g_strcmp0(mode, "A") != 0) {
		label_press_flag(&self->sim->press, self->offset,
				 "QRCODE level is not L, M, Q or H, or its mode not A");
		return;
	}
	symbol = label_qr_new(data->data, data->len, *level, cell);
	if (symbol == NULL)
		label_press_flag(&self->sim->press, self->offset, "no data for a QR code");
	else
		put(self, symbol,
		    (LabelPiece){ .quarters = quarters, .code = LABEL_CODE_QR, .module = cell });
}

/* Options of DMATRIX: a letter and a number, between its size and its data. */
static int option_of(Call *self, char letter, int or_else)
{
	for (guint i = 4; i + 1 < label_args_n(self->args); i++) {
		const char *word = label_args_word(self->args, i);
		int value;

		if (word != NULL && *word == letter) {
			if (label_parse_int(word + 1, 0, 255, &value))
				return value;
			label_press_flag(&self->sim->press, self->offset, "DMATRIX option %s",
					 word);
		}
	}
	return or_else;
}

static GArray *unescaped(const GByteArray *data, int escape)
{
	GArray *codes = label_codes_new();

	for (guint i = 0; i < data->len; i++) {
		bool next = i + 1 < data->len && data->data[i] == escape;

		if (next && data->data[i + 1] == '1')
			label_codes_add(codes, LABEL_FNC1);
		else
			label_codes_add(codes, data->data[next ? i + 1 : i]);
		i += next;
	}
	return codes;
}

static void draw_data_matrix(Call *self)
{
	guint n = label_args_n(self->args);
	int width = number_at(self, 2, 1, DOTS_MAX), height = number_at(self, 3, 1, DOTS_MAX);
	int cell = MAX(1, option_of(self, 'x', 5)), turn = option_of(self, 'r', 0);
	const GByteArray *data = string_at(self, n - 1);
	g_autoptr(GArray) codes = NULL;
	g_autoptr(LabelCanvas) symbol = NULL;

	if (self->bad)
		return;
	codes = unescaped(data, option_of(self, 'c', -1));
	symbol = label_data_matrix_new(codes, cell);
	if (symbol == NULL) {
		label_press_flag(&self->sim->press, self->offset,
				 "no element strings, or too much for a Data Matrix");
		return;
	}
	if (symbol->width > width || symbol->height > height)
		label_press_flag(&self->sim->press, self->offset,
				 "a Data Matrix of %d x %d dots in a place of %d x %d",
				 symbol->width, symbol->height, width, height);
	put(self, symbol,
	    (LabelPiece){ .quarters = turn / 90 % 4, .code = LABEL_CODE_MATRIX, .module = cell });
}

/* --- bars and areas --------------------------------------------------------------------------- */

static void draw_area(Call *self, LabelInk ink)
{
	int x = number_at(self, 0, 0, DOTS_MAX), y = number_at(self, 1, 0, DOTS_MAX);
	int width = number_at(self, 2, 1, DOTS_MAX), height = number_at(self, 3, 1, DOTS_MAX);

	if (!self->bad && !label_canvas_fill(self->sim->page.canvas, self->sim->origin_x + x,
					     self->sim->origin_y + y, width, height, ink))
		label_press_flag(&self->sim->press, self->offset,
				 "%s of %d x %d dots at %d,%d reaches outside of the label",
				 self->name, width, height, x, y);
}

static void draw_bar(Call *self)
{
	draw_area(self, LABEL_INK_BLACK);
}

static void draw_reverse(Call *self)
{
	draw_area(self, LABEL_INK_FLIP);
}

static void draw_erase(Call *self)
{
	draw_area(self, LABEL_INK_WHITE);
}

static void draw_box(Call *self)
{
	int x = number_at(self, 0, 0, DOTS_MAX), y = number_at(self, 1, 0, DOTS_MAX);
	int right = number_at(self, 2, x, DOTS_MAX), bottom = number_at(self, 3, y, DOTS_MAX);
	int thickness = number_at(self, 4, 1, DOTS_MAX);

	if (!self->bad && !label_canvas_frame(self->sim->page.canvas, self->sim->origin_x + x,
					      self->sim->origin_y + y, right - x, bottom - y,
					      thickness, LABEL_INK_BLACK))
		label_press_flag(&self->sim->press, self->offset,
				 "BOX from %d,%d to %d,%d reaches outside of the label", x, y,
				 right, bottom);
}

bool tspl_draw(TsplSim *self, const char *name, const LabelArgs *args, size_t offset)
{
	static const struct {
		const char *name;
		void (*run)(Call *);
		guint min, max; /* parameters */
	} objects[] = {
		{ "TEXT", draw_text, 7, 7 },
		{ "BLOCK", draw_block, 9, 11 },
		{ "BARCODE", draw_barcode, 9, 10 },
		{ "QRCODE", draw_qr, 7, 9 },
		{ "DMATRIX", draw_data_matrix, 5, 11 },
		{ "BAR", draw_bar, 4, 4 },
		{ "BOX", draw_box, 5, 6 },
		{ "REVERSE", draw_reverse, 4, 4 },
		{ "ERASE", draw_erase, 4, 4 },
	};
	Call call = { .sim = self, .name = name, .args = args, .offset = offset };

	for (size_t i = 0; i < G_N_ELEMENTS(objects); i++) {
		guint n = label_args_n(args);

		if (strcmp(objects[i].name, name) != 0)
			continue;
		if (!self->cleared || !self->sized)
			label_press_flag(&self->press, offset, "%s without SIZE and CLS", name);
		if (n < objects[i].min || n > objects[i].max)
			label_press_flag(&self->press, offset, "%s has %u parameters", name, n);
		else
			objects[i].run(&call);
		return true;
	}
	return false;
}

void tspl_draw_bitmap(TsplSim *self, const LabelArgs *header, const GByteArray *bits, size_t offset)
{
	static const LabelInk inks[] = { LABEL_INK_COPY, LABEL_INK_BLACK, LABEL_INK_FLIP };
	Call call = { .sim = self, .name = "BITMAP", .args = header, .offset = offset };
	int row = number_at(&call, 2, 1, DOTS_MAX), rows = number_at(&call, 3, 1, DOTS_MAX);
	int mode = number_at(&call, 4, 0, 2);
	g_autofree uint8_t *black = g_malloc(bits->len);
	g_autoptr(LabelCanvas) stamp = NULL;

	if (!self->cleared || !self->sized)
		label_press_flag(&self->press, offset, "BITMAP without SIZE and CLS");
	for (guint i = 0; i < bits->len; i++)
		black[i] = (uint8_t)~bits->data[i];
	stamp = label_canvas_new_from_bits(black, row, rows);
	put(&call, stamp, (LabelPiece){ .ink = inks[mode] });
}
