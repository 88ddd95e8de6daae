/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/printer/escpos_sim.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

enum {
	DEFAULT_SPEED = 200, /* mm/s */
	DEFAULT_BUFFER = 65536,
	HOT_MS = 5000,
	STALE = 0x72, /* "paper out", of a session long gone */
};

const SimFaultKind escpos_faults[] = {
	[ESCPOS_FAULT_DOTS] = { "dots", 576, SIM_FOREVER, false,
				N_("setting: dots a line: 384, 420, 512 or 576"), true },
	[ESCPOS_FAULT_CP_TABLE] = { "cp_table", 0, SIM_FOREVER, false,
				    N_("setting: numbers of code pages: 0 Epson, 1 POS-58, 2 "
				       "KR-306, 3 YHD-8390, 4 Rongta, 5 Citizen, 6 TH230, 7 "
				       "TM-T88III, 8 Star"),
				    true },
	[ESCPOS_FAULT_START_PAGE] = { "start_page", 1, SIM_FOREVER, false,
				      N_("setting: the code page 1B 40 goes back to"), true },
	[ESCPOS_FAULT_SPEED] = { "speed_mm", DEFAULT_SPEED, SIM_FOREVER, false,
				 N_("setting: paper speed in mm/s; 0: paper and drawer take no time"), true },
	[ESCPOS_FAULT_BUFFER] = { "buffer", 4096, SIM_FOREVER, false,
				  N_("setting: bytes of the receive buffer"), true },
	[ESCPOS_FAULT_KANJI] = { "kanji", 1, SIM_FOREVER, false,
				 N_("setting: double-byte mode after power on and 1B 40"), true },
	[ESCPOS_FAULT_CLONE] = { "clone", 1, SIM_FOREVER, false,
				 N_("setting: what it does not know is printed as text; 2: and it "
				    "does not know 1D 28"),
				 true },
	[ESCPOS_FAULT_DRAWER] = { "drawer", DRAWER_LOW_OPEN, SIM_FOREVER, false,
				  N_("setting: the drawer's sensor: 0 high is open, 1 low is open, "
				     "2 none, 3 the drawer is jammed"),
				  true },
	[ESCPOS_FAULT_NO_CUTTER] = { "no_cutter", 1, SIM_FOREVER, false,
				     N_("setting: cuts are ignored"), true },
	[ESCPOS_FAULT_WAIT_FEED] = { "feed_wait", 1, SIM_FOREVER, false,
				     N_("setting: after cover or paper it waits for its button or "
					"10 05"),
				     true },
	[ESCPOS_FAULT_WRONG_PAGE] = { "wrong_page", 1, SIM_FOREVER, false,
				      N_("setting: 1B 74 is ignored, text is CP437"), true },
	[ESCPOS_FAULT_SILENT] = { "silent", 1, SIM_FOREVER, false,
				  N_("setting: nothing is ever answered"), true },
	[ESCPOS_FAULT_STALE] = { "stale", STALE, 1, true,
				 N_("an old byte (hex) waits for the host that connects"), true },
	[ESCPOS_FAULT_ASB_MIXED] = { "asb_mixed", 1, SIM_FOREVER, false,
				     N_("setting: status back comes before each status answer"),
				     true },
	[ESCPOS_FAULT_NO_PROCESS_ID] = { "no_process_id", 1, SIM_FOREVER, false,
					 N_("setting: process ids are not answered"), true },
	[ESCPOS_FAULT_MERGED_IDS] = { "merged_ids", 1, SIM_FOREVER, false,
				      N_("setting: of several process ids the last is answered"),
				      true },
	[ESCPOS_FAULT_PAPER_OUT] = { "paper_out", 0, 1, false,
				     N_("the roll ends N mm after the byte of @"), true },
	[ESCPOS_FAULT_NEAR_END] = { "near_end", 0, 1, false,
				    N_("the roll is near its end N mm after the byte of @"), true },
	[ESCPOS_FAULT_COVER_OPEN] = { "cover_open", 1, 1, false,
				      N_("the cover opens at the byte of @"), true },
	[ESCPOS_FAULT_CUTTER_JAM] = { "cutter_jam", 1, 1, false,
				      N_("the cutter jams at the next cut after the byte of @"),
				      true },
	[ESCPOS_FAULT_HOT] = { "hot", HOT_MS, 1, false,
			       N_("the head is too hot for N ms from the byte of @ on"), true },
	[ESCPOS_FAULT_LOSES_POWER] = { "loses_power", 1, 1, false,
				       N_("power fails at the Nth byte: what waits is forgotten"),
				       true },
	{ NULL, 0, 0, false, NULL, false },
};

static int setting(const Escpos *self, EscposFault fault, int or_else)
{
	return sim_faults_setting(self->context->faults, fault, or_else);
}

void escpos_flag(Escpos *self, const char *format, ...)
{
	g_autofree char *text = NULL;
	va_list args;

	va_start(args, format);
	text = g_strdup_vprintf(format, args);
	va_end(args);
	sim_log_words(self->context->log, "FLAG: %s (byte %" G_GINT64_FORMAT ")", text,
		      self->offset - self->command->len + 1);
}

static guint waiting(const Escpos *self)
{
	return self->buffer->len - self->taken;
}

void escpos_clear_buffers(Escpos *self)
{
	sim_log_words(self->context->log, "buffers cleared: %u bytes lost",
		      waiting(self) + self->command->len);
	g_byte_array_set_size(self->buffer, 0);
	self->taken = 0;
	g_byte_array_set_size(self->command, 0);
	escpos_forget_line(self);
}

/* ---- what comes in */

static void heat(Escpos *self, int ms)
{
	self->hot_until = g_get_monotonic_time() + (int64_t)ms * 1000;
	sim_log_words(self->context->log, "the head is hot for %d ms", ms);
}

/* What was ordered for this byte. */
static void strike(Escpos *self)
{
	SimFaults *faults = self->context->faults;
	int value;

	sim_faults_count_frame(faults, 0);
	if (sim_faults_take(faults, ESCPOS_FAULT_PAPER_OUT, &value))
		self->end_dots = (int64_t)value * ESCPOS_DOTS_PER_MM;
	if (sim_faults_take(faults, ESCPOS_FAULT_NEAR_END, &value))
		self->near_dots = (int64_t)value * ESCPOS_DOTS_PER_MM;
	if (sim_faults_take(faults, ESCPOS_FAULT_COVER_OPEN, NULL))
		self->cover_open = true;
	if (sim_faults_take(faults, ESCPOS_FAULT_CUTTER_JAM, NULL))
		self->jam_next = true;
	if (sim_faults_take(faults, ESCPOS_FAULT_HOT, &value))
		heat(self, value);
	escpos_feed(self, 0);
	escpos_tell_change(self);
}

static uint8_t take_byte(Escpos *self)
{
	uint8_t byte = self->buffer->data[self->taken++];

	self->offset++;
	if (self->taken == self->buffer->len) {
		g_byte_array_set_size(self->buffer, 0);
		self->taken = 0;
	} else if (self->taken >= DEFAULT_BUFFER) {
		g_byte_array_remove_range(self->buffer, 0, self->taken);
		self->taken = 0;
	}
	return byte;
}

static bool is_whole(const Escpos *self)
{
	size_t whole;

	if (self->command->len == 0)
		return false;
	whole = escpos_length(self->command->data, self->command->len, self->kanji);
	return whole != ESCPOS_MORE && self->command->len >= whole;
}

/* Takes bytes until a command is whole. */
static bool assemble(Escpos *self)
{
	while (!is_whole(self)) {
		uint8_t byte;

		if (escpos_is_offline(self) || waiting(self) == 0)
			return false;
		byte = take_byte(self);
		g_byte_array_append(self->command, &byte, 1);
		strike(self);
	}
	return !escpos_is_offline(self);
}

/* A second pulse waits for the end of the first. */
static bool must_wait(Escpos *self, int64_t now)
{
	const uint8_t *command = self->command->data;

	if (command[0] != 0x1B || command[1] != 0x70 || now >= self->drawer_free_at)
		return false;
	self->busy_until = self->drawer_free_at;
	return true;
}

static void check_trap(Escpos *self)
{
	size_t at =
		escpos_sim_find_trap(self->command->data, self->command->len, self->no_pulse_now);

	if (at != 0)
		escpos_flag(self, "a real-time command in the data, %zu bytes in", at);
}

static void work(Escpos *self, int64_t now)
{
	while (self->busy_until <= now && !escpos_is_offline(self) && assemble(self) &&
	       !must_wait(self, now)) {
		check_trap(self);
		escpos_obey(self, self->command->data, self->command->len);
		g_byte_array_set_size(self->command, 0);
		escpos_tell_change(self);
	}
	if (waiting(self) == 0)
		escpos_save(self);
	self->context->busy = (int)waiting(self) >= self->capacity;
}

/* ---- power */

static void power_on(Escpos *self)
{
	g_byte_array_set_size(self->buffer, 0);
	g_byte_array_set_size(self->command, 0);
	g_byte_array_set_size(self->picture, 0);
	g_byte_array_set_size(self->qr.data, 0);
	g_byte_array_set_size(self->matrix, 0);
	g_byte_array_set_size(self->graphics, 0);
	self->taken = 0;
	self->offset = 0;
	self->rows = 0;
	self->printed = false;
	self->dots_since_ink = ESCPOS_CUTTER_DOTS;
	self->busy_until = self->hot_until = 0;
	self->jammed = self->jam_next = self->broken = self->wait_feed = false;
	self->merged_at = G_MAXINT64;
	self->no_pulse_now = false;
	memset(self->recent, 0, sizeof(self->recent));
	escpos_reset(self);
}

static void lose_power(Escpos *self)
{
	sim_log_words(self->context->log, "power fails: %u bytes lost",
		      waiting(self) + self->command->len);
	power_on(self);
	sim_link_drop(self->context->link);
}

static void receive(void *data, const uint8_t *bytes, size_t len)
{
	Escpos *self = data;

	for (size_t i = 0; i < len; i++) {
		g_byte_array_append(self->buffer, bytes + i, 1);
		escpos_real_time(self, bytes[i]);
		if (sim_faults_drop_byte(self->context->faults, ESCPOS_FAULT_LOSES_POWER)) {
			lose_power(self);
			return;
		}
	}
	work(self, g_get_monotonic_time());
}

static void *start(SimContext *context, GError **error)
{
	Escpos *self = g_new0(Escpos, 1);

	self->context = context;
	self->dots = CLAMP(setting(self, ESCPOS_FAULT_DOTS, ESCPOS_MAX_DOTS), 120, ESCPOS_MAX_DOTS);
	self->capacity = setting(self, ESCPOS_FAULT_BUFFER, DEFAULT_BUFFER);
	self->speed = setting(self, ESCPOS_FAULT_SPEED, DEFAULT_SPEED);
	self->clone = setting(self, ESCPOS_FAULT_CLONE, 0);
	self->buffer = g_byte_array_new();
	self->command = g_byte_array_new();
	self->picture = g_byte_array_new();
	self->qr.data = g_byte_array_new();
	self->matrix = g_byte_array_new();
	self->graphics = g_byte_array_new();
	self->line = g_array_new(false, true, sizeof(EscposGlyph));
	self->opens_at = G_MAXINT64;
	power_on(self);
	context->busy = false;
	if (escpos_load(self, error))
		return self;
	escpos_sim.stop(self);
	return NULL;
}

static void stop(void *data)
{
	Escpos *self = data;

	escpos_save(self);
	escpos_forget_line(self);
	g_array_unref(self->line);
	g_byte_array_unref(self->buffer);
	g_byte_array_unref(self->command);
	g_byte_array_unref(self->picture);
	g_byte_array_unref(self->qr.data);
	g_byte_array_unref(self->matrix);
	g_byte_array_unref(self->graphics);
	g_free(self);
}

static void link_changed(void *data, bool connected)
{
	Escpos *self = data;
	int value;

	/* The trigger is the host, not a byte. */
	sim_faults_count_frame(self->context->faults, 0);
	if (connected && sim_faults_take(self->context->faults, ESCPOS_FAULT_STALE, &value))
		sim_send(self->context, (const uint8_t[]){ (uint8_t)value }, 1);
}

static int64_t deadline(void *data)
{
	Escpos *self = data;
	int64_t at = MIN(self->opens_at, self->merged_at);

	if (self->hot_until > g_get_monotonic_time())
		return MIN(at, self->hot_until);
	if ((self->command->len > 0 || waiting(self) > 0) && self->busy_until != 0 &&
	    !escpos_is_offline(self))
		at = MIN(at, self->busy_until);
	return at;
}

static void tick(void *data, int64_t now, bool quiet)
{
	Escpos *self = data;

	escpos_spring(self, now);
	escpos_send_merged(self, now);
	escpos_tell_change(self);
	work(self, now);
	if (self->busy_until <= now)
		self->busy_until = 0;
}

/* ---- hands */

static void press_feed(Escpos *self)
{
	self->wait_feed = false;
	if (!escpos_is_offline(self))
		escpos_line_feed(self);
}

static void close_cover(Escpos *self)
{
	self->cover_open = false;
	self->wait_feed = setting(self, ESCPOS_FAULT_WAIT_FEED, 0) != 0;
}

static void load_paper(Escpos *self)
{
	escpos_new_roll(self);
	self->wait_feed = setting(self, ESCPOS_FAULT_WAIT_FEED, 0) != 0;
}

static bool handle(Escpos *self, const char *line)
{
	if (strcmp(line, "paper") == 0)
		load_paper(self);
	else if (strcmp(line, "paper-out") == 0)
		self->paper_out = true;
	else if (strcmp(line, "near-end") == 0)
		self->near_end = true;
	else if (strcmp(line, "cover-open") == 0)
		self->cover_open = true;
	else if (strcmp(line, "cover-close") == 0)
		close_cover(self);
	else if (strcmp(line, "cutter-jam") == 0)
		self->jam_next = true;
	else if (strcmp(line, "broken") == 0)
		self->broken = true;
	else if (strcmp(line, "hot") == 0 || g_str_has_prefix(line, "hot "))
		heat(self, line[3] == ' ' ? atoi(line + 4) : HOT_MS);
	else if (strcmp(line, "feed") == 0)
		press_feed(self);
	else if (strcmp(line, "drawer-close") == 0)
		self->drawer_open = false;
	else if (strcmp(line, "look") == 0)
		escpos_look(self);
	else
		return false;
	return true;
}

static bool control(void *data, const char *line)
{
	Escpos *self = data;

	if (!handle(self, line))
		return false;
	escpos_save(self);
	escpos_tell_change(self);
	work(self, g_get_monotonic_time());
	return true;
}

const struct sim escpos_sim = {
	.name = "printer-escpos",
	.summary = N_("receipt printer, ESC/POS commands, with a cash drawer"),
	.faults = escpos_faults,
	.start = start,
	.stop = stop,
	.receive = receive,
	.link_changed = link_changed,
	.deadline = deadline,
	.tick = tick,
	.control = control,
};
