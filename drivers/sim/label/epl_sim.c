/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/label/epl_sim.h"

#include <glib/gi18n-lib.h>
#include <string.h>

enum { ACK = 0x06, XON = 0x11, XOFF = 0x13, NAK = 0x15, N_MAX = 65535, MM_WIDTH = 108 };

static void reset(EplSim *self)
{
	self->width = 104 * self->press.dots_per_mm;
	self->length = 152 * self->press.dots_per_mm;
	self->origin_x = self->origin_y = 0;
	self->cleared = self->reports = false;
	self->charset = "CP437";
	label_page_resize(&self->page, self->width, self->length);
	label_page_erase(&self->page);
}

/* --- reports ---------------------------------------------------------------------------------- */

static void send_error(EplSim *self, int error)
{
	uint8_t report[] = { NAK, (uint8_t)('0' + error / 10), (uint8_t)('0' + error % 10) };

	if (self->reports)
		sim_send(self->press.context, report, sizeof(report));
}

void epl_error(EplSim *self, EplError error)
{
	self->errors |= 1u << error;
	send_error(self, error);
}

static void batch_done(void *owner)
{
	EplSim *self = owner;

	if (self->reports)
		sim_send(self->press.context, (const uint8_t[]){ ACK }, 1);
}

static void stuck_changed(void *owner, bool stuck)
{
	EplSim *self = owner;

	if (!self->reports)
		return;
	if (stuck)
		send_error(self, self->press.head_open ? EPL_HEAD_OPEN : EPL_EMPTY);
	sim_send(self->press.context, (const uint8_t[]){ stuck ? XOFF : XON }, 1);
}

/* "XX[,YY]": all that is wrong now, and what was since the last question. */
static void send_errors(EplSim *self)
{
	const LabelPress *press = &self->press;
	g_autoptr(GString) text = g_string_new(NULL);
	unsigned errors = self->errors;

	if (!label_press_may_answer(&self->press))
		return;
	label_press_send_leftover(&self->press, "UKQ1935HLU V4.42\r\n");
	errors |= press->paper_out || press->ribbon_out ? 1u << EPL_EMPTY : 0;
	errors |= press->head_open ? 1u << EPL_HEAD_OPEN : 0;
	errors |= press->paused || press->awaits_taking ? 1u << EPL_PAUSED : 0;
	for (unsigned i = 1; i < 16; i++)
		if ((errors & 1u << i) != 0)
			g_string_append_printf(text, "%s%02u", text->len > 0 ? "," : "", i);
	g_string_append(text, text->len > 0 ? "\r\n" : "00\r\n");
	self->errors = 0;
	sim_send(press->context, (const uint8_t *)text->str, text->len);
}

/* The page gives what it tells, not how. */
static void send_configuration(EplSim *self)
{
	g_autofree char *text = g_strdup_printf(
		"UKQ1935HLU V4.42\r\nSerial port:96,N,8,1\r\nImage buffer size:0245K\r\n"
		"q%d Q%d,024\r\nS4 D08 R%03d,%03d ZT\r\nPage count:%" G_GINT64_FORMAT "\r\n",
		self->width, self->length, self->origin_x, self->origin_y, self->press.printed);

	if (label_press_may_answer(&self->press))
		sim_send(self->press.context, (const uint8_t *)text, strlen(text));
}

static int do_short(void *owner, const uint8_t *data, size_t len)
{
	EplSim *self = owner;

	if (memcmp(data, "^ee", MIN(len, 3)) != 0)
		return 0;
	if (len < 3)
		return LABEL_LINES_WAIT;
	send_errors(self);
	return 3;
}

/* --- setup ------------------------------------------------------------------------------------ */

static bool parse(const LabelArgs *args, guint i, int min, int max, int *ret)
{
	return label_parse_int(label_args_word(args, i), min, max, ret);
}

static bool clear(EplSim *self, const LabelArgs *args)
{
	label_page_erase(&self->page);
	self->cleared = true;
	return true;
}

static bool set_width(EplSim *self, const LabelArgs *args)
{
	if (!parse(args, 0, 1, MM_WIDTH * self->press.dots_per_mm, &self->width))
		return false;
	label_page_resize(&self->page, self->width, self->length);
	return true;
}

static bool set_length(EplSim *self, const LabelArgs *args)
{
	const char *gap = label_args_word(args, 1);
	int unused;

	if (gap != NULL && *gap == 'B')
		gap++;
	if (!label_parse_int(gap, 0, 240 * 8, &unused) || !parse(args, 0, 1, N_MAX, &self->length))
		return false;
	label_page_resize(&self->page, self->width, self->length);
	return true;
}

static bool set_speed(EplSim *self, const LabelArgs *args)
{
	int speed;

	return parse(args, 0, 1, 6, &speed);
}

static bool set_darkness(EplSim *self, const LabelArgs *args)
{
	int darkness;

	return parse(args, 0, 0, 15, &darkness);
}

static bool set_origin(EplSim *self, const LabelArgs *args)
{
	return parse(args, 0, 0, N_MAX, &self->origin_x) &&
	       parse(args, 1, 0, N_MAX, &self->origin_y);
}

/* People turn the label round; the picture stands upright. */
static bool set_direction(EplSim *self, const LabelArgs *args)
{
	const char *word = label_args_word(args, 0);

	return g_strcmp0(word, "T") == 0 || g_strcmp0(word, "B") == 0;
}

static bool set_options(EplSim *self, const LabelArgs *args)
{
	const char *word = label_args_word(args, 0);

	return word != NULL && strspn(word, "DCPFLSNB0123456789") == strlen(word);
}

/* I8,A,001 */
static bool set_codepage(EplSim *self, const LabelArgs *args)
{
	static const struct {
		const char *name, *charset;
	} pages[] = { { "0", "CP437" }, { "1", "CP850" }, { "A", "CP1252" }, { "C", "CP1251" } };
	const char *page = label_args_word(args, 1), *country = label_args_word(args, 2);

	if (g_strcmp0(label_args_word(args, 0), "8") != 0 || country == NULL ||
	    strlen(country) != 3)
		return false;
	for (size_t i = 0; i < G_N_ELEMENTS(pages); i++)
		if (g_strcmp0(pages[i].name, page) == 0) {
			self->charset = pages[i].charset;
			return true;
		}
	return false;
}

static bool print(EplSim *self, const LabelArgs *args)
{
	int sets, copies = 1;

	if (!parse(args, 0, 1, 9999, &sets) ||
	    (label_args_n(args) == 2 && !parse(args, 1, 1, 9999, &copies)))
		return false;
	label_page_check(&self->page);
	label_press_print(&self->press, self->page.canvas, sets * copies);
	self->cleared = false;
	return true;
}

static bool report(EplSim *self, const LabelArgs *args)
{
	self->reports = true;
	return true;
}

static bool report_not(EplSim *self, const LabelArgs *args)
{
	self->reports = false;
	return true;
}

static bool tell(EplSim *self, const LabelArgs *args)
{
	send_configuration(self);
	return true;
}

static bool feed(EplSim *self, const LabelArgs *args)
{
	label_press_feed(&self->press);
	return true;
}

/* The longer of two names stands first: a name ends where its parameters begin, and only this table
 * knows where. The objects are at the end, and drawn elsewhere. */
static const struct {
	const char *name;
	bool (*run)(EplSim *, const LabelArgs *); /* NULL: it draws; false: its parameters */
	guint max; /* parameters; 0: none */
} commands[] = {
	{ "UQ", tell, 0 },	  { "UP", feed, 0 },	     { "UF", feed, 0 },
	{ "UM", feed, 0 },	  { "UI", feed, 0 },	     { "US", report, 0 },
	{ "UN", report_not, 0 },  { "N", clear, 0 },	     { "q", set_width, 1 },
	{ "Q", set_length, 2 },	  { "S", set_speed, 1 },     { "D", set_darkness, 1 },
	{ "R", set_origin, 2 },	  { "Z", set_direction, 1 }, { "O", set_options, 1 },
	{ "I", set_codepage, 3 }, { "P", print, 2 },	     { "LO", NULL, 4 },
	{ "LW", NULL, 4 },	  { "LE", NULL, 4 },	     { "A", NULL, 8 },
	{ "B", NULL, 9 },	  { "b", NULL, 9 },	     { "X", NULL, 5 },
};

/* --- the stream ------------------------------------------------------------------------------- */

static void refuse(EplSim *self, size_t offset, const char *name, const char *why)
{
	label_press_flag(&self->press, offset, "%s: %s", name, why);
	epl_error(self, EPL_SYNTAX);
}

/* @at: where in the table; @data: behind the name. */
static void run(EplSim *self, size_t at, const uint8_t *data, size_t len, size_t offset)
{
	const char *fault = NULL;
	g_autoptr(LabelArgs) args = label_args_new(data, len, LABEL_QUOTES_EPL, &fault);

	if (args == NULL)
		refuse(self, offset, commands[at].name, fault);
	else if (commands[at].run == NULL)
		epl_draw(self, commands[at].name, args, offset);
	else if ((commands[at].max == 0 && len > 0) ||
		 label_args_n(args) > MAX(commands[at].max, 1) || !commands[at].run(self, args))
		refuse(self, offset, commands[at].name, "its parameters are wrong");
}

static void do_line(void *owner, const uint8_t *data, size_t len, size_t offset)
{
	EplSim *self = owner;
	g_autofree char *line = NULL, *shown = NULL;

	for (size_t i = 0; i < G_N_ELEMENTS(commands); i++) {
		size_t n = strlen(commands[i].name);

		if (len < n || memcmp(data, commands[i].name, n) != 0)
			continue;
		run(self, i, data + n, len - n, offset);
		return;
	}
	line = g_strndup((const char *)data, MIN(len, 20));
	shown = g_strescape(line, NULL);
	if (strcmp(line, "^@") == 0 || strcmp(line, "^default") == 0)
		label_press_flag(&self->press, offset, "%s: never from a till", line);
	else
		refuse(self, offset, shown, "unknown command");
	if (strcmp(line, "^@") == 0)
		reset(self);
}

static void do_graphic(void *owner, const LabelArgs *header, const GByteArray *bits, size_t offset)
{
	epl_draw_bitmap(owner, header, bits, offset);
}

static void bad_line(void *owner)
{
	epl_error(owner, EPL_SYNTAX);
}

static const LabelLanguage language = {
	.graphic = "GW",
	.commas = 4,
	.do_short = do_short,
	.do_line = do_line,
	.do_graphic = do_graphic,
	.bad_line = bad_line,
};

static void *start(SimContext *context, GError **error)
{
	EplSim *self = g_new0(EplSim, 1);

	if (!label_press_init(&self->press, context, error)) {
		g_free(self);
		return NULL;
	}
	self->press.owner = self;
	self->press.batch_done = batch_done;
	self->press.stuck_changed = stuck_changed;
	label_page_init(&self->page, &self->press, 1, 1);
	label_lines_init(&self->lines, &language, &self->press, self);
	reset(self);
	return self;
}

static void stop(void *data)
{
	EplSim *self = data;

	label_lines_clear(&self->lines);
	label_page_clear(&self->page);
	label_press_clear(&self->press);
	g_free(self);
}

static void receive(void *data, const uint8_t *bytes, size_t len)
{
	EplSim *self = data;

	if (!label_press_take_source(&self->press, bytes, len))
		label_lines_receive(&self->lines, bytes, len);
}

static int64_t deadline(void *data)
{
	return label_press_deadline(&((EplSim *)data)->press);
}

static void tick(void *data, int64_t now, bool quiet)
{
	label_press_tick(&((EplSim *)data)->press, now);
}

static bool control(void *data, const char *line)
{
	return label_press_control(&((EplSim *)data)->press, line);
}

const struct sim label_epl_sim = {
	.name = "label-epl",
	.summary = N_("label printer that speaks EPL2"),
	.faults = label_sim_faults,
	.start = start,
	.stop = stop,
	.receive = receive,
	.deadline = deadline,
	.tick = tick,
	.control = control,
};
