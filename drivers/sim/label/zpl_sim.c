/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/label/zpl_sim.h"

#include "drivers/sim/label/label_args.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The stream: a command is '^' or '~', two letters, and what comes until the next of the two signs.
 * Those without parameters are done as soon as they are there, or a host would wait for the answer
 * to its last one for ever. */

static const char identity[] = "\x02ZD421-203dpi,V84.20.18Z,8,8176KB\x03\r\n";

static void *start(SimContext *context, GError **error)
{
	ZplSim *self = g_new0(ZplSim, 1);

	if (!label_press_init(&self->press, context, error)) {
		g_free(self);
		return NULL;
	}
	self->in = g_byte_array_new();
	self->width = 104 * self->press.dots_per_mm;
	self->length = 152 * self->press.dots_per_mm;
	label_page_init(&self->page, &self->press, self->width, self->length);
	self->copies = 1;
	self->module = 2;
	self->bar_height = 10;
	self->mode = 'T';
	zpl_field_reset(self);
	return self;
}

static void stop(void *data)
{
	ZplSim *self = data;

	zpl_field_reset(self);
	label_page_clear(&self->page);
	g_byte_array_unref(self->in);
	label_press_clear(&self->press);
	g_free(self);
}

static void answer(ZplSim *self, const char *text)
{
	sim_send(self->press.context, (const uint8_t *)text, strlen(text));
}

/* --- status ----------------------------------------------------------------------------------- */

/* §2.2. Field a: 9600 8N1 is 030. */
static void send_host_status(ZplSim *self)
{
	LabelPress *press = &self->press;
	g_autofree char *text = NULL;
	const char mode = self->mode == 'P' || label_press_peels(press) ? '1'
			  : self->mode == 'C'				? '3'
									: '2';

	if (!label_press_may_answer(press))
		return;
	label_press_send_leftover(press, identity);
	text = g_strdup_printf("\x02"
			       "030,%d,%d,%04d,%03u,%d,0,%d,000,0,0,0\x03\r\n"
			       "\x02"
			       "000,0,%d,%d,%d,%c,4,%d,%08d,1,000\x03\r\n"
			       "\x02"
			       "1234,0\x03\r\n",
			       press->paper_out, press->paused, self->length,
			       MIN(g_queue_get_length(&press->jobs), 999),
			       label_press_buffer_is_full(press), self->in_format, press->head_open,
			       press->ribbon_out, self->transfer, mode, press->awaits_taking,
			       label_press_get_left(press));
	answer(self, text);
}

static void send_errors(ZplSim *self)
{
	const LabelPress *press = &self->press;
	g_autofree char *text = NULL;
	unsigned errors = 0;

	if (!label_press_may_answer(&self->press))
		return;
	errors |= press->paper_out ? 1 : 0;
	errors |= press->ribbon_out ? 2 : 0;
	errors |= press->head_open ? 4 : 0;
	errors |= press->paused ? 0x10000 : 0;
	/* The blanks and line ends are ours: the page gives only the words. */
	text = g_strdup_printf("\x02\r\n\r\n  PRINTER STATUS\r\n"
			       "   ERRORS:         %d 00000000 %08X\r\n"
			       "   WARNINGS:       0 00000000 00000000\r\n\x03",
			       errors != 0, errors);
	answer(self, text);
}

static void send_identity(ZplSim *self)
{
	if (label_press_may_answer(&self->press))
		answer(self, identity);
}

static void cancel_all(ZplSim *self)
{
	if (self->in_format)
		sim_log_words(self->press.context->log, "a partial format is dropped");
	zpl_format_drop(self);
	label_press_cancel(&self->press);
}

static void go_on(ZplSim *self)
{
	label_press_set_paused(&self->press, false);
}

static void press_pause(ZplSim *self)
{
	label_press_set_paused(&self->press, true);
}

static void print_configuration(ZplSim *self)
{
	label_press_feed(&self->press);
}

/* Done where they stand, even within a format. */
static const struct {
	const char *name;
	void (*run)(ZplSim *);
} immediate[] = {
	{ "~HS", send_host_status },	{ "~HI", send_identity }, { "~HQES", send_errors },
	{ "~JA", cancel_all },		{ "~PS", go_on },	  { "~PP", press_pause },
	{ "~WC", print_configuration },
};

/* --- the stream ------------------------------------------------------------------------------- */

static void begin_format(ZplSim *self)
{
	if (self->in_format) {
		label_press_flag(&self->press, self->offset,
				 "^XA, and the format of byte %zu has no ^XZ", self->format_offset);
		zpl_format_drop(self);
	}
	self->in_format = true;
	self->format_offset = self->offset;
}

static void end_format(ZplSim *self)
{
	if (self->in_format)
		zpl_format_end(self, self->offset);
	else
		label_press_flag(&self->press, self->offset, "^XZ without ^XA");
}

static void drop_front(ZplSim *self, guint n)
{
	g_byte_array_remove_range(self->in, 0, n);
	self->offset += n;
}

static bool starts_with(const GByteArray *in, const char *text)
{
	return in->len >= strlen(text) && memcmp(in->data, text, strlen(text)) == 0;
}

/* One that needs nothing behind it. False: it is none. */
static bool take_short(ZplSim *self)
{
	for (size_t i = 0; i < G_N_ELEMENTS(immediate); i++)
		if (starts_with(self->in, immediate[i].name)) {
			immediate[i].run(self);
			drop_front(self, (guint)strlen(immediate[i].name));
			return true;
		}
	if (starts_with(self->in, "^XA"))
		begin_format(self);
	else if (starts_with(self->in, "^XZ"))
		end_format(self);
	else
		return false;
	drop_front(self, 3);
	return true;
}

static void take_darkness(ZplSim *self, const GByteArray *args)
{
	g_autofree char *text = g_strndup((const char *)args->data, args->len);
	int darkness;

	if (strlen(g_strchomp(text)) != 2 || !label_parse_int(text, 0, 30, &darkness))
		label_press_flag(&self->press, self->offset, "~SD%s is not 00 to 30", text);
}

/* @len bytes, the whole command. */
static void take_long(ZplSim *self, guint len)
{
	g_autoptr(GByteArray) args = g_byte_array_new();
	char name[3] = { (char)self->in->data[1], (char)self->in->data[2], '\0' };
	bool tilde = self->in->data[0] == '~';

	g_byte_array_append(args, self->in->data + 3, len - 3);
	/* A closing zero that is not counted. */
	g_byte_array_append(args, (const uint8_t *)"", 1);
	g_byte_array_set_size(args, args->len - 1);
	if (tilde && strcmp(name, "SD") == 0)
		take_darkness(self, args);
	else if (tilde)
		label_press_flag(&self->press, self->offset, "unknown command ~%s",
				 g_ascii_isprint(name[0]) && g_ascii_isprint(name[1]) ? name : "?");
	else if (!g_ascii_isprint(name[0]) || !g_ascii_isprint(name[1]))
		label_press_flag(&self->press, self->offset, "unknown command ^%02X %02X",
				 self->in->data[1], self->in->data[2]);
	else if (!self->in_format)
		label_press_flag(&self->press, self->offset, "^%s outside of ^XA and ^XZ", name);
	else
		zpl_format_do(self, name, args, self->offset);
}

static guint find_sign(const GByteArray *in, guint from)
{
	guint at = from;

	while (at < in->len && in->data[at] != '^' && in->data[at] != '~')
		at++;
	return at;
}

static void take_junk(ZplSim *self)
{
	guint n = find_sign(self->in, 0);

	for (guint i = 0; i < n && !self->junk; i++)
		if (strchr("\r\n ", self->in->data[i]) == NULL || self->in->data[i] == 0) {
			label_press_flag(&self->press, self->offset + i,
					 "bytes outside of a command, from %02X on",
					 self->in->data[i]);
			self->junk = true;
		}
	drop_front(self, n);
}

/* False: more of it must come. */
static bool take_command(ZplSim *self)
{
	bool is_data = starts_with(self->in, "^FD"), is_graphic = starts_with(self->in, "^GF");
	guint len;

	self->junk = false;
	if (take_short(self))
		return true;
	len = find_sign(self->in, 1);
	if (len == self->in->len)
		return false;
	if (len < 3) {
		label_press_flag(&self->press, self->offset, "a sign without its command");
		drop_front(self, len);
		return true;
	}
	if (is_data && self->in->data[len] == '~')
		label_press_flag(&self->press, self->offset + len, "~ in data begins a command");
	if (is_graphic && label_press_is_reset_by_graphic(&self->press)) {
		zpl_format_drop(self);
		drop_front(self, self->in->len);
		return true;
	}
	take_long(self, len);
	drop_front(self, len);
	return true;
}

static void receive(void *data, const uint8_t *bytes, size_t len)
{
	ZplSim *self = data;

	if (label_press_take_source(&self->press, bytes, len))
		return;
	g_byte_array_append(self->in, bytes, (guint)len);
	while (self->in->len > 0) {
		if (self->in->data[0] != '^' && self->in->data[0] != '~')
			take_junk(self);
		else if (!take_command(self))
			break;
	}
}

/* What has come of a label stays, as in a printer: the host must send ~JA. */
static void link_changed(void *data, bool connected)
{
	ZplSim *self = data;

	if (!connected && self->in_format)
		label_press_flag(&self->press, self->offset,
				 "the host left, and the format of byte %zu has no ^XZ",
				 self->format_offset);
}

static int64_t deadline(void *data)
{
	return label_press_deadline(&((ZplSim *)data)->press);
}

static void tick(void *data, int64_t now, bool quiet)
{
	label_press_tick(&((ZplSim *)data)->press, now);
}

static bool control(void *data, const char *line)
{
	return label_press_control(&((ZplSim *)data)->press, line);
}

const struct sim label_zpl_sim = {
	.name = "label-zpl",
	.summary = N_("label printer that speaks ZPL II"),
	.faults = label_sim_faults,
	.start = start,
	.stop = stop,
	.receive = receive,
	.link_changed = link_changed,
	.deadline = deadline,
	.tick = tick,
	.control = control,
};
