/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/label/tspl_sim.h"

#include <glib/gi18n-lib.h>
#include <string.h>

enum { ESC = 0x1B, MM_WIDTH = 108, MM_LENGTH = 2286, N_MAX = 65535 };

static const char model[] = "TE210\r\n"; /* the line's end is a guess */

static void reset(TsplSim *self)
{
	label_page_resize(&self->page, 1, 1);
	label_page_erase(&self->page);
	self->sized = self->cleared = false;
	self->origin_x = self->origin_y = 0;
	self->charset = "CP850";
}

/* --- answers ---------------------------------------------------------------------------------- */

static void send_status(TsplSim *self)
{
	const LabelPress *press = &self->press;
	uint8_t status = 0;

	if (!label_press_may_answer(&self->press))
		return;
	label_press_send_leftover(&self->press, model);
	status |= press->head_open ? 0x01 : 0;
	status |= press->paper_out ? 0x04 : 0;
	status |= press->ribbon_out ? 0x08 : 0;
	status |= press->paused ? 0x10 : 0;
	status |= label_press_is_printing(press) || press->awaits_taking ? 0x20 : 0;
	sim_send(press->context, &status, 1);
}

/* §3.1, "<ESC>!S". */
static void send_long_status(TsplSim *self)
{
	const LabelPress *press = &self->press;
	uint8_t answer[] = { 0x02, 0x40, 0x40, 0x40, 0x40, 0x03, 0x0D, 0x0A };

	if (!label_press_may_answer(&self->press))
		return;
	label_press_send_leftover(&self->press, model);
	answer[1] = label_press_is_stuck(press)	     ? 0x45
		    : press->paused		     ? 0x60
		    : press->awaits_taking	     ? 0x4C
		    : label_press_is_printing(press) ? 0x50
						     : 0x40;
	answer[2] = label_press_buffer_is_full(&self->press) ? 0x48 : 0x40;
	answer[4] |= press->paper_out ? 0x01 : 0;
	answer[4] |= press->ribbon_out ? 0x04 : 0;
	answer[4] |= press->head_open ? 0x20 : 0;
	sim_send(press->context, answer, sizeof(answer));
}

static void send_text(TsplSim *self, const char *text)
{
	if (label_press_may_answer(&self->press))
		sim_send(self->press.context, (const uint8_t *)text, strlen(text));
}

static void send_mileage(TsplSim *self)
{
	g_autofree char *text = g_strdup_printf("%" G_GINT64_FORMAT "\r\n", self->press.printed);

	send_text(self, text);
}

/* "<ESC>!" and a letter, anywhere between binary data; "~!" and a letter where a command begins. */
static int do_short(void *owner, const uint8_t *data, size_t len)
{
	TsplSim *self = owner;
	uint8_t letter = len > 2 ? data[2] : 0;

	if (data[0] != ESC && data[0] != '~')
		return 0;
	if (len > 1 && data[1] != '!')
		return 0;
	if (len < 3)
		return LABEL_LINES_WAIT;
	if (data[0] == '~' && letter == 'T')
		send_text(self, model);
	else if (data[0] == '~' && letter == '@')
		send_mileage(self);
	else if (data[0] == '~')
		return 0;
	else if (letter == '?')
		send_status(self);
	else if (letter == 'S')
		send_long_status(self);
	else if (letter == 'P' || letter == 'O')
		label_press_set_paused(&self->press, letter == 'P');
	else if (letter == '.' || letter == 'R')
		label_press_cancel(&self->press);
	else
		return 0;
	if (letter == 'R')
		reset(self);
	return 3;
}

/* --- setup ------------------------------------------------------------------------------------ */

static const char *word_at(const LabelArgs *args, guint i)
{
	const char *word = label_args_word(args, i);

	return word != NULL ? word : "";
}

/* "58 mm", "2.28" of inches or "464 dot", as dots; -1: it is none. */
static int length_of(const TsplSim *self, const char *text)
{
	char *unit;
	double value = g_ascii_strtod(text, &unit);

	if (unit == text || value < 0 || value > 10000)
		return -1;
	if (strcmp(unit, " mm") == 0)
		return (int)(value * self->press.dots_per_mm + 0.5);
	if (strcmp(unit, " dot") == 0)
		return (int)value;
	return *unit == '\0' ? (int)(value * self->press.dots_per_mm * 25.4 + 0.5) : -1;
}

static bool set_size(TsplSim *self, const LabelArgs *args)
{
	int width = length_of(self, word_at(args, 0)), height = length_of(self, word_at(args, 1));

	if (width <= 0 || height <= 0 || width > MM_WIDTH * self->press.dots_per_mm ||
	    height > MM_LENGTH * self->press.dots_per_mm)
		return false;
	label_page_resize(&self->page, width, height);
	self->sized = true;
	return true;
}

static bool set_gap(TsplSim *self, const LabelArgs *args)
{
	return length_of(self, word_at(args, 0)) >= 0 && length_of(self, word_at(args, 1)) >= 0;
}

static bool set_offset(TsplSim *self, const LabelArgs *args)
{
	return length_of(self, word_at(args, 0)) >= 0;
}

static bool is_number(const LabelArgs *args, guint i, int min, int max)
{
	int value;

	return label_parse_int(label_args_word(args, i), min, max, &value);
}

/* People turn the label round; the picture stands upright. */
static bool set_direction(TsplSim *self, const LabelArgs *args)
{
	return is_number(args, 0, 0, 1) && (label_args_n(args) == 1 || is_number(args, 1, 0, 1));
}

static bool set_reference(TsplSim *self, const LabelArgs *args)
{
	return label_parse_int(label_args_word(args, 0), 0, N_MAX, &self->origin_x) &&
	       label_parse_int(label_args_word(args, 1), 0, N_MAX, &self->origin_y);
}

static bool set_speed(TsplSim *self, const LabelArgs *args)
{
	const char *word = word_at(args, 0);

	return strcmp(word, "1.5") == 0 || strcmp(word, "2.5") == 0 || is_number(args, 0, 1, 18);
}

static bool set_density(TsplSim *self, const LabelArgs *args)
{
	return is_number(args, 0, 0, 15);
}

static bool set_mode(TsplSim *self, const LabelArgs *args)
{
	static const char *const modes[] = { "TEAR ON",	     "TEAR OFF",  "CUTTER OFF",
					     "CUTTER BATCH", "RIBBON ON", "RIBBON OFF",
					     "PEEL ON",	     "PEEL OFF",  NULL };
	const char *word = word_at(args, 0);
	int n;

	return g_strv_contains(modes, word) ||
	       (g_str_has_prefix(word, "CUTTER ") && label_parse_int(word + 7, 1, N_MAX, &n));
}

static bool set_codepage(TsplSim *self, const LabelArgs *args)
{
	static const struct {
		const char *name, *charset;
	} pages[] = { { "UTF-8", "UTF-8" }, { "1251", "CP1251" }, { "866", "CP866" },
		      { "850", "CP850" },   { "437", "CP437" },	  { "1252", "CP1252" } };

	for (size_t i = 0; i < G_N_ELEMENTS(pages); i++)
		if (strcmp(pages[i].name, word_at(args, 0)) == 0) {
			self->charset = pages[i].charset;
			return true;
		}
	return false;
}

static bool clear(TsplSim *self, const LabelArgs *args)
{
	label_page_erase(&self->page);
	self->cleared = true;
	return true;
}

static bool print(TsplSim *self, const LabelArgs *args)
{
	int sets, copies = 1;

	if (!label_parse_int(label_args_word(args, 0), 1, N_MAX, &sets) ||
	    (label_args_n(args) == 2 &&
	     !label_parse_int(label_args_word(args, 1), 1, N_MAX / sets, &copies)))
		return false;
	label_page_check(&self->page);
	label_press_print(&self->press, self->page.canvas, sets * copies);
	self->cleared = false;
	return true;
}

static bool feed(TsplSim *self, const LabelArgs *args)
{
	label_press_feed(&self->press);
	return true;
}

static bool do_nothing(TsplSim *self, const LabelArgs *args)
{
	return true;
}

static const struct {
	const char *name;
	bool (*run)(TsplSim *, const LabelArgs *); /* false: its parameters are wrong */
	guint min, max; /* of them */
} commands[] = {
	{ "SIZE", set_size, 2, 2 },
	{ "GAP", set_gap, 2, 2 },
	{ "BLINE", set_gap, 2, 2 },
	{ "DIRECTION", set_direction, 1, 2 },
	{ "REFERENCE", set_reference, 2, 2 },
	{ "OFFSET", set_offset, 1, 1 },
	{ "SPEED", set_speed, 1, 1 },
	{ "DENSITY", set_density, 1, 1 },
	{ "SET", set_mode, 1, 1 },
	{ "CODEPAGE", set_codepage, 1, 1 },
	{ "CLS", clear, 0, 0 },
	{ "PRINT", print, 1, 2 },
	{ "FORMFEED", feed, 0, 0 },
	{ "HOME", feed, 0, 0 },
	{ "CUT", do_nothing, 0, 0 },
	{ "SELFTEST", feed, 0, 1 },
	{ "EOP", do_nothing, 0, 0 },
};

/* False: there is none of that name. */
static bool set_up(TsplSim *self, const char *name, const LabelArgs *args, bool has_args,
		   size_t offset)
{
	guint n = has_args ? label_args_n(args) : 0;

	for (size_t i = 0; i < G_N_ELEMENTS(commands); i++) {
		if (strcmp(commands[i].name, name) != 0)
			continue;
		if (n < commands[i].min || n > commands[i].max || !commands[i].run(self, args))
			label_press_flag(&self->press, offset, "parameters of %s are wrong", name);
		return true;
	}
	return false;
}

/* --- the stream ------------------------------------------------------------------------------- */

static void do_line(void *owner, const uint8_t *data, size_t len, size_t offset)
{
	TsplSim *self = owner;
	size_t n = 0;
	const char *fault = NULL;
	g_autofree char *name = NULL;
	g_autoptr(LabelArgs) args = NULL;

	while (n < len && data[n] != ' ')
		n++;
	name = g_strndup((const char *)data, n);
	args = label_args_new(data + n, len - n, LABEL_QUOTES_TSPL, &fault);
	if (args == NULL)
		label_press_flag(&self->press, offset, "%s: %s", name, fault);
	else if (!set_up(self, name, args, n < len, offset) &&
		 !tspl_draw(self, name, args, offset)) {
		g_autofree char *shown = g_strescape(name, NULL);

		label_press_flag(&self->press, offset, "unknown command %s", shown);
	}
}

static void do_graphic(void *owner, const LabelArgs *header, const GByteArray *bits, size_t offset)
{
	tspl_draw_bitmap(owner, header, bits, offset);
}

static const LabelLanguage language = {
	.graphic = "BITMAP ",
	.commas = 5,
	.crlf = true,
	.anywhere = ESC,
	.do_short = do_short,
	.do_line = do_line,
	.do_graphic = do_graphic,
};

static void *start(SimContext *context, GError **error)
{
	TsplSim *self = g_new0(TsplSim, 1);

	if (!label_press_init(&self->press, context, error)) {
		g_free(self);
		return NULL;
	}
	label_page_init(&self->page, &self->press, 1, 1);
	label_lines_init(&self->lines, &language, &self->press, self);
	reset(self);
	return self;
}

static void stop(void *data)
{
	TsplSim *self = data;

	label_lines_clear(&self->lines);
	label_page_clear(&self->page);
	label_press_clear(&self->press);
	g_free(self);
}

static void receive(void *data, const uint8_t *bytes, size_t len)
{
	TsplSim *self = data;

	if (!label_press_take_source(&self->press, bytes, len))
		label_lines_receive(&self->lines, bytes, len);
}

static int64_t deadline(void *data)
{
	return label_press_deadline(&((TsplSim *)data)->press);
}

static void tick(void *data, int64_t now, bool quiet)
{
	label_press_tick(&((TsplSim *)data)->press, now);
}

static bool control(void *data, const char *line)
{
	return label_press_control(&((TsplSim *)data)->press, line);
}

const struct sim label_tspl_sim = {
	.name = "label-tspl",
	.summary = N_("label printer that speaks TSPL2"),
	.faults = label_sim_faults,
	.start = start,
	.stop = stop,
	.receive = receive,
	.deadline = deadline,
	.tick = tick,
	.control = control,
};
