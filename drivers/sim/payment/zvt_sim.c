/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/payment/zvt_sim.h"

#include <glib/gi18n-lib.h>
#include <string.h>

void zvt_sim_flag(ZvtSim *self, const char *format, ...)
{
	g_autofree char *text = NULL;
	va_list args;

	va_start(args, format);
	text = g_strdup_vprintf(format, args);
	va_end(args);
	sim_log_words(self->context->log, "FLAG: %s", text);
}

int zvt_sim_setting(const ZvtSim *self, ZvtFault fault, int or_else)
{
	return sim_faults_setting(self->context->faults, (int)fault, or_else);
}

int64_t zvt_sim_now(const ZvtSim *self)
{
	g_autoptr(GDateTime) now = g_date_time_new_now_local();
	int64_t local =
		g_date_time_to_unix(now) + g_date_time_get_utc_offset(now) / G_TIME_SPAN_SECOND;

	return local + self->state.clock_offset -
	       (int64_t)zvt_sim_setting(self, ZVT_CLOCK_WRONG, 0) * 60;
}

void zvt_sim_save(ZvtSim *self)
{
	if (self->context->state_path != NULL && self->context->failure == NULL)
		zvt_sim_state_save(&self->state, self->context->state_path,
				   &self->context->failure);
}

/* A card that is already in the reader stays there: the terminal ends the sale alone, and is busy
 * until then. What the till had not acknowledged is taken back (§10). */
void zvt_sim_link_gone(ZvtSim *self)
{
	bool shopper = self->phase == ZVT_SHOPPER || self->shopper_next;

	zvt_sim_link_reset(self);
	self->stray_acks = 0;
	if (self->orphan)
		return;
	if (self->current >= 0 && !self->taken && !self->orphan_booked)
		zvt_sim_sale_undo(self);
	self->orphan = shopper;
	if (!shopper) {
		zvt_sim_talk_reset(self);
		self->orphan_booked = false;
	} else if (self->phase != ZVT_SHOPPER) {
		zvt_sim_talk_reset(self);
		zvt_sim_sale_shopper(self);
	}
}

static void link_changed(void *data, bool connected)
{
	if (!connected)
		zvt_sim_link_gone(data);
}

static void stop(void *data)
{
	ZvtSim *self = data;

	zvt_sim_link_reset(self);
	zvt_sim_talk_reset(self);
	zvt_sim_state_clear(&self->state);
	g_byte_array_unref(self->in);
	g_byte_array_unref(self->last_block);
	g_byte_array_unref(self->held);
	g_free(self);
}

static void *start(SimContext *context, GError **error)
{
	ZvtSim *self = g_new0(ZvtSim, 1);

	self->context = context;
	self->in = g_byte_array_new();
	self->last_block = g_byte_array_new();
	self->held = g_byte_array_new();
	g_queue_init(&self->out);
	g_queue_init(&self->script);
	zvt_sim_link_reset(self);
	zvt_sim_talk_reset(self);
	zvt_sim_state_init(&self->state);
	if (context->state_path != NULL &&
	    !zvt_sim_state_load(&self->state, context->state_path, error)) {
		stop(self);
		return NULL;
	}
	return self;
}

static void receive(void *data, const uint8_t *bytes, size_t len)
{
	zvt_sim_link_receive(data, bytes, len);
}

static int64_t deadline(void *data)
{
	return MIN(zvt_sim_link_deadline(data), zvt_sim_talk_deadline(data));
}

static void tick(void *data, int64_t now, bool quiet)
{
	zvt_sim_link_tick(data, now, quiet);
	zvt_sim_talk_tick(data, now, quiet);
}

/* Now, if the shopper is there; else he will do it when he comes. */
static void decide(ZvtSim *self, ZvtDecision decision, uint8_t code)
{
	if (self->phase == ZVT_SHOPPER) {
		zvt_sim_sale_decide(self, decision, code);
		return;
	}
	self->decided = decision != ZVT_APPROVE;
	self->decision = decision;
	self->decline_code = code;
	if (decision == ZVT_APPROVE)
		self->hold = false;
}

static bool parse_code(const char *text, uint8_t *ret)
{
	guint64 value;

	if (*text == '\0') {
		*ret = 0x67;
		return true;
	}
	if (!g_ascii_string_to_unsigned(text, 16, 1, 0xFF, &value, NULL))
		return false;
	*ret = (uint8_t)value;
	return true;
}

static bool control(void *data, const char *line)
{
	ZvtSim *self = data;
	uint8_t code;

	if (strcmp(line, "hold") == 0) {
		self->hold = true;
		if (self->phase == ZVT_SHOPPER)
			self->phase_deadline = G_MAXINT64;
	} else if (strcmp(line, "approve") == 0) {
		decide(self, ZVT_APPROVE, E_OK);
	} else if (strcmp(line, "cancel") == 0) {
		decide(self, ZVT_CANCEL, E_ABORTED);
	} else if (g_str_has_prefix(line, "decline") && (line[7] == '\0' || line[7] == ' ') &&
		   parse_code(line + 7 + (line[7] == ' '), &code)) {
		decide(self, ZVT_DECLINE, code);
	} else {
		return false;
	}
	return true;
}

const struct sim zvt_sim = {
	.name = "payment-zvt",
	.summary = N_("card terminal, ZVT over TCP or serial"),
	.faults = zvt_sim_faults,
	.controls = N_("“hold” lets the shopper wait until told, “approve”, “decline CODE” (hex) "
		       "and “cancel” tell him"),
	.start = start,
	.stop = stop,
	.receive = receive,
	.link_changed = link_changed,
	.deadline = deadline,
	.tick = tick,
	.control = control,
};
