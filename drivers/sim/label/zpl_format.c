/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/label/zpl_sim.h"

#include "drivers/sim/label/label_args.h"

#include <string.h>

enum { MM_MAX_LENGTH = 991, MM_WIDTH = 108, DOTS_MAX = 32000 };

/* A command's parameters, as they came, and how it stands with them. */
typedef struct {
	ZplSim *sim;
	const char *name;
	char **texts; /* owned */
	guint n;
	size_t offset;
} Params;

static void flag(const Params *self, guint i, const char *wanted)
{
	label_press_flag(&self->sim->press, self->offset, "^%s parameter %u “%s” is not %s",
			 self->name, i + 1, i < self->n ? self->texts[i] : "", wanted);
}

static const char *text_at(const Params *self, guint i)
{
	return i < self->n ? self->texts[i] : "";
}

/* A number, or @or_else where it is left out. Out of bounds: flagged, and @or_else. */
static int number_at(const Params *self, guint i, int min, int max, int or_else)
{
	g_autofree char *wanted = NULL;
	int value = or_else;

	if (*text_at(self, i) == '\0' || label_parse_int(text_at(self, i), min, max, &value))
		return value;
	wanted = g_strdup_printf("a number from %d to %d", min, max);
	flag(self, i, wanted);
	return or_else;
}

/* One letter out of @letters. */
static char letter_at(const Params *self, guint i, const char *letters, char or_else)
{
	if (i >= self->n || self->texts[i][0] == '\0')
		return or_else;
	if (strlen(self->texts[i]) == 1 && strchr(letters, self->texts[i][0]) != NULL)
		return self->texts[i][0];
	flag(self, i, letters);
	return or_else;
}

static int quarters_of(char letter)
{
	return (int)(strchr("NRIB", letter) - "NRIB");
}

/* --- settings --------------------------------------------------------------------------------- */

static void do_pw(ZplSim *self, const Params *params)
{
	self->width = number_at(params, 0, 2, MM_WIDTH * self->press.dots_per_mm, self->width);
	/* It may come behind the first fields. */
	label_page_resize(&self->page, self->width, self->length);
}

static void do_ll(ZplSim *self, const Params *params)
{
	self->length =
		number_at(params, 0, 1, MM_MAX_LENGTH * self->press.dots_per_mm, self->length);
	/* It may come behind the first fields. */
	label_page_resize(&self->page, self->width, self->length);
}

static void do_lh(ZplSim *self, const Params *params)
{
	self->home_x = number_at(params, 0, 0, DOTS_MAX, 0);
	self->home_y = number_at(params, 1, 0, DOTS_MAX, 0);
}

static void do_ci(ZplSim *self, const Params *params)
{
	self->charset = number_at(params, 0, 0, 36, 0);
	if (self->seen_data)
		label_press_flag(&self->press, params->offset, "^CI behind a ^FD");
}

static void do_by(ZplSim *self, const Params *params)
{
	const char *ratio = text_at(params, 1);

	self->module = number_at(params, 0, 1, 10, self->module);
	if (*ratio != '\0' && (strspn(ratio, "0123456789.") != strlen(ratio)))
		flag(params, 1, "a ratio");
	self->bar_height = number_at(params, 2, 1, DOTS_MAX, self->bar_height);
	self->field.module = self->module;
	self->field.bar_height = self->bar_height;
}

static void do_mm(ZplSim *self, const Params *params)
{
	self->mode = letter_at(params, 0, "TPC", self->mode);
}

static void do_mt(ZplSim *self, const Params *params)
{
	self->transfer = letter_at(params, 0, "TD", 'D') == 'T';
}

static void do_mn(ZplSim *self, const Params *params)
{
	letter_at(params, 0, "NYWM", 'Y');
}

static void do_pr(ZplSim *self, const Params *params)
{
	const char *speed = text_at(params, 0);

	if (strlen(speed) != 1 || strchr("ABCD", *speed) == NULL)
		number_at(params, 0, 1, 14, 2);
}

static void do_md(ZplSim *self, const Params *params)
{
	number_at(params, 0, -30, 30, 0);
}

static void do_pq(ZplSim *self, const Params *params)
{
	self->copies = number_at(params, 0, 1, 99999999, 1);
	number_at(params, 1, 0, 99999999, 0);
	number_at(params, 2, 0, 99999999, 0);
}

static void do_ju(ZplSim *self, const Params *params)
{
	label_press_flag(&self->press, params->offset, "^JU%s: a till saves no settings",
			 text_at(params, 0));
}

/* Shifts and turns of the whole label: only as they are anyway, so that the picture is true. */
static void do_shift(ZplSim *self, const Params *params)
{
	number_at(params, 0, 0, 0, 0);
}

static void do_turn(ZplSim *self, const Params *params)
{
	letter_at(params, 0, "N", 'N');
}

static void do_nothing(ZplSim *self, const Params *params)
{
}

/* --- fields ----------------------------------------------------------------------------------- */

static void do_fo(ZplSim *self, const Params *params)
{
	if (self->field.has_data || self->field.placed)
		label_press_flag(&self->press, params->offset,
				 "^%s, and the field before has no ^FS", params->name);
	if (self->field.has_data)
		zpl_field_draw(self, params->offset);
	zpl_field_reset(self);
	self->field.placed = true;
	self->field.by_baseline = strcmp(params->name, "FT") == 0;
	self->field.x = number_at(params, 0, 0, DOTS_MAX, 0);
	self->field.y = number_at(params, 1, 0, DOTS_MAX, 0);
}

/* "A0N,32,32" or "A@N,32,32,E:FONT.TTF"; its first letters stand with no comma between. */
static void do_font(ZplSim *self, const Params *params)
{
	ZplField *field = &self->field;
	const char *turn = text_at(params, 0);

	field->kind = ZPL_TEXT;
	field->has_font = true;
	field->quarters = quarters_of(letter_at(params, 0, "NRIB", 'N'));
	field->height = number_at(params, 1, 10, DOTS_MAX / 8, 15);
	field->width = number_at(params, 2, 0, DOTS_MAX / 8, field->height);
	if (field->width == 0)
		field->width = field->height;
	if (params->name[1] == '@' && (!self->press.fonts || *text_at(params, 3) == '\0'))
		label_press_flag(&self->press, params->offset, "font “%s” is not in the printer",
				 text_at(params, 3));
	if (*turn == '\0')
		label_press_flag(&self->press, params->offset, "^A without an orientation");
}

static void do_fb(ZplSim *self, const Params *params)
{
	static const char letters[] = "LCRJ";
	char align = letter_at(params, 3, letters, 'L');

	self->field.has_block = true;
	self->field.block = (LabelBlock){
		.width = number_at(params, 0, 1, DOTS_MAX, self->width),
		.max_lines = number_at(params, 1, 1, 9999, 1),
		.gap = number_at(params, 2, -9999, 9999, 0),
		.align = (LabelTextAlign)(strchr(letters, align) - letters),
	};
	number_at(params, 4, 0, 9999, 0);
}

static void do_fh(ZplSim *self, const Params *params)
{
	const char *text = text_at(params, 0);

	self->field.hex = *text == '\0' ? '_' : *text;
}

static void do_bars(ZplSim *self, const Params *params, ZplKind kind)
{
	self->field.kind = kind;
	self->field.quarters = quarters_of(letter_at(params, 0, "NRIB", 'N'));
	self->field.bar_height = number_at(params, 1, 1, DOTS_MAX, self->bar_height);
	self->field.words = letter_at(params, 2, "YN", 'Y') == 'Y';
	letter_at(params, 3, "YN", 'N');
	if (kind == ZPL_UPCA || kind == ZPL_CODE128)
		letter_at(params, 4, "YN", kind == ZPL_UPCA ? 'Y' : 'N');
}

static void do_be(ZplSim *self, const Params *params)
{
	do_bars(self, params, ZPL_EAN13);
}

static void do_b8(ZplSim *self, const Params *params)
{
	do_bars(self, params, ZPL_EAN8);
}

static void do_bu(ZplSim *self, const Params *params)
{
	do_bars(self, params, ZPL_UPCA);
}

static void do_bc(ZplSim *self, const Params *params)
{
	do_bars(self, params, ZPL_CODE128);
	/* U, UCC case mode, is for cases and not drawn here. */
	self->field.mode = letter_at(params, 5, "NAD", 'N');
}

static void do_bq(ZplSim *self, const Params *params)
{
	self->field.kind = ZPL_QR;
	letter_at(params, 0, "N", 'N');
	number_at(params, 1, 2, 2, 2);
	self->field.module = number_at(params, 2, 1, 100, 2);
}

static void do_bx(ZplSim *self, const Params *params)
{
	self->field.kind = ZPL_DATA_MATRIX;
	self->field.quarters = quarters_of(letter_at(params, 0, "NRIB", 'N'));
	self->field.module = number_at(params, 1, 1, 400, 2);
	number_at(params, 2, 200, 200, 200);
	if (*text_at(params, 2) == '\0')
		flag(params, 2, "200");
	if (*text_at(params, 3) != '\0' || *text_at(params, 4) != '\0')
		sim_log_words(self->press.context->log,
			      "a size told for Data Matrix is not simulated");
	number_at(params, 5, 1, 6, 6);
	self->field.escape = *text_at(params, 6);
	if (self->field.escape == '~')
		label_press_flag(&self->press, params->offset, "~ cannot be an escape");
}

static void do_gb(ZplSim *self, const Params *params)
{
	int thickness = number_at(params, 2, 1, DOTS_MAX, 1);
	int width = number_at(params, 0, thickness, DOTS_MAX, thickness);
	int height = number_at(params, 1, thickness, DOTS_MAX, thickness);
	char colour = letter_at(params, 3, "BW", 'B');
	g_autoptr(LabelCanvas) box = NULL;

	if (number_at(params, 4, 0, 8, 0) != 0)
		sim_log_words(self->press.context->log, "round corners are not simulated");
	if (colour == 'W') {
		label_canvas_frame(self->page.canvas, self->home_x + self->field.x,
				   self->home_y + self->field.y, width, height, thickness,
				   LABEL_INK_WHITE);
		return;
	}
	/* Beyond the longest label nothing more is learnt from it. */
	width = MIN(width, self->width + 1);
	height = MIN(height, self->length + 1);
	box = label_canvas_new(width, height);
	label_canvas_frame(box, 0, 0, width, height, thickness, LABEL_INK_BLACK);
	zpl_field_put(self, box, params->offset, "box");
}

static const struct {
	const char *name;
	void (*run)(ZplSim *, const Params *);
	guint max; /* parameters */
} commands[] = {
	{ "PW", do_pw, 1 },    { "LL", do_ll, 1 },
	{ "LH", do_lh, 2 },    { "CI", do_ci, 1 },
	{ "FO", do_fo, 3 },    { "FT", do_fo, 3 },
	{ "A0", do_font, 3 },  { "A@", do_font, 4 },
	{ "FB", do_fb, 5 },    { "FH", do_fh, 1 },
	{ "BY", do_by, 3 },    { "BE", do_be, 4 },
	{ "B8", do_b8, 4 },    { "BU", do_bu, 5 },
	{ "BC", do_bc, 6 },    { "BQ", do_bq, 5 },
	{ "BX", do_bx, 8 },    { "GB", do_gb, 5 },
	{ "PQ", do_pq, 4 },    { "PR", do_pr, 3 },
	{ "MD", do_md, 1 },    { "MN", do_mn, 2 },
	{ "MM", do_mm, 2 },    { "MT", do_mt, 1 },
	{ "JU", do_ju, 1 },    { "FX", do_nothing, G_MAXUINT },
	{ "LS", do_shift, 1 }, { "LT", do_shift, 1 },
	{ "PO", do_turn, 1 },  { "PM", do_turn, 1 },
};

static void take_data(ZplSim *self, const GByteArray *args, size_t offset)
{
	if (self->field.has_data) {
		label_press_flag(&self->press, offset, "a second ^FD without ^FS");
		g_byte_array_unref(self->field.data);
	}
	self->seen_data = self->field.has_data = true;
	self->field.offset = offset;
	self->field.data = g_byte_array_new();
	g_byte_array_append(self->field.data, args->data, args->len);
}

static void draw_graphic(ZplSim *self, const GByteArray *args, size_t offset)
{
	g_autoptr(LabelCanvas) graphic = zpl_graphic_new(self, args, offset);

	if (graphic != NULL)
		zpl_field_put(self, graphic, offset, "graphic");
}

void zpl_format_do(ZplSim *self, const char *name, const GByteArray *args, size_t offset)
{
	Params params = { .sim = self, .name = name, .offset = offset };

	if (strcmp(name, "FD") == 0)
		return take_data(self, args, offset);
	if (strcmp(name, "GF") == 0)
		return draw_graphic(self, args, offset);
	if (strcmp(name, "FS") == 0)
		return zpl_field_draw(self, offset);
	for (size_t i = 0; i < G_N_ELEMENTS(commands); i++) {
		g_autofree char *text = NULL;

		if (strcmp(commands[i].name, name) != 0)
			continue;
		text = g_strndup((const char *)args->data, args->len);
		params.texts = g_strsplit(g_strchomp(text), ",", -1);
		params.n = g_strv_length(params.texts);
		if (params.n > commands[i].max)
			label_press_flag(&self->press, offset, "^%s has %u parameters, not %u",
					 name, params.n, commands[i].max);
		commands[i].run(self, &params);
		g_strfreev(params.texts);
		return;
	}
	label_press_flag(&self->press, offset, "unknown command ^%s", name);
}

void zpl_format_end(ZplSim *self, size_t offset)
{
	if (self->field.has_data) {
		label_press_flag(&self->press, offset, "^XZ, and the last field has no ^FS");
		zpl_field_draw(self, offset);
	}
	label_page_check(&self->page);
	/* Settings alone print nothing. */
	if (!label_canvas_is_blank(self->page.canvas, 0, 0, self->width, self->length))
		label_press_print(&self->press, self->page.canvas, self->copies);
	zpl_format_drop(self);
}

void zpl_format_drop(ZplSim *self)
{
	label_page_erase(&self->page);
	self->in_format = self->seen_data = false;
	self->copies = 1;
	zpl_field_reset(self);
}
