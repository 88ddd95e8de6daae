/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/payment/zvt_sim.h"

#include <string.h>

enum { MAX_REPEATS = 2, POLITE_WAIT_MS = 1000 };

static void message_free(void *data)
{
	ZvtMessage *message = data;

	g_byte_array_unref(message->apdu);
	g_free(message);
}

void zvt_sim_talk_reset(ZvtSim *self)
{
	g_queue_clear_full(&self->script, message_free);
	self->phase = ZVT_IDLE;
	self->phase_deadline = G_MAXINT64;
	self->ahead = self->tries = 0;
	self->shopper_next = self->polite_wait = false;
	self->current = -1;
	self->taken = false;
}

bool zvt_sim_cut(ZvtSim *self, int step)
{
	bool booked = true;

	if (self->orphan || step == 0)
		return false;
	if (sim_faults_take_value(self->context->faults, ZVT_CUT_UNBOOKED, step))
		booked = false;
	else if (!sim_faults_take_value(self->context->faults, ZVT_CUT_BOOKED, step))
		return false;
	sim_log_words(self->context->log, "the link breaks at step %d, %s", step,
		      booked ? "booked" : "not booked");
	self->orphan_booked = booked;
	if (!booked && self->current >= 0)
		zvt_sim_sale_undo(self);
	sim_link_drop(self->context->link);
	zvt_sim_link_gone(self);
	return true;
}

/* --- what the terminal says ------------------------------------------------------------------- */

void zvt_sim_say(ZvtSim *self, GByteArray *apdu, int step, bool decides)
{
	ZvtMessage *message = g_new(ZvtMessage, 1);

	*message = (ZvtMessage){ .apdu = apdu, .step = step, .decides = decides };
	g_queue_push_tail(&self->script, message);
}

static GByteArray *status_new(uint8_t code)
{
	GByteArray *data = g_byte_array_new();

	zvt_sim_put_byte(data, -1, code);
	return zvt_sim_apdu_new(0x04FF, data, false);
}

void zvt_sim_say_status(ZvtSim *self, uint8_t code, int step)
{
	if (self->config & CONFIG_INTERMEDIATE)
		zvt_sim_say(self, status_new(code), step, false);
}

void zvt_sim_say_end(ZvtSim *self, uint8_t code, int step)
{
	GByteArray *data;

	if (code == E_OK) {
		zvt_sim_say(self, zvt_sim_apdu_new(0x060F, NULL, false), step, false);
		return;
	}
	data = g_byte_array_new();
	zvt_sim_put_byte(data, -1, code);
	zvt_sim_say(self, zvt_sim_apdu_new(0x061E, data, false), step, false);
}

static void await(ZvtSim *self, int ms)
{
	self->phase = ZVT_TALKING;
	self->phase_deadline = g_get_monotonic_time() + (int64_t)ms * 1000;
}

/* The head and all behind it in one write: what a busy network makes of it. */
static void send_glued(ZvtSim *self)
{
	g_autoptr(GByteArray) bytes = g_byte_array_new();

	for (GList *at = self->script.head; at != NULL; at = at->next) {
		const ZvtMessage *message = at->data;

		g_byte_array_append(bytes, message->apdu->data, message->apdu->len);
	}
	self->ahead = (int)g_queue_get_length(&self->script) - 1;
	zvt_sim_send(self, bytes->data, bytes->len);
}

static void send_head(ZvtSim *self)
{
	const ZvtMessage *message = g_queue_peek_head(&self->script);

	await(self, zvt_sim_setting(self, ZVT_T3_MS, 5000));
	if (zvt_sim_cut(self, message->step))
		return;
	if (message->decides && !zvt_sim_is_serial(self) &&
	    sim_faults_take(self->context->faults, ZVT_GLUED, NULL))
		send_glued(self);
	else
		zvt_sim_send(self, message->apdu->data, message->apdu->len);
}

/* The next of the script; the shopper, or silence, when it is through. */
void zvt_sim_go_on(ZvtSim *self)
{
	bool shopper = self->shopper_next;

	self->tries = 0;
	if (!g_queue_is_empty(&self->script)) {
		send_head(self);
		return;
	}
	zvt_sim_talk_reset(self);
	if (shopper)
		zvt_sim_sale_shopper(self);
}

void zvt_sim_begin(ZvtSim *self, int step)
{
	static const uint8_t yes[] = { 0x80, 0x00, 0x00 };
	g_autoptr(GByteArray) early = NULL;

	if (zvt_sim_cut(self, step))
		return;
	if (sim_faults_take(self->context->faults, ZVT_BARGE_IN, NULL)) {
		early = status_new(STATUS_WAIT);
		zvt_sim_send(self, early->data, early->len);
		self->stray_acks++;
	}
	zvt_sim_send(self, yes, sizeof(yes));
	zvt_sim_go_on(self);
}

void zvt_sim_refuse(ZvtSim *self, uint8_t code)
{
	const uint8_t no[] = { 0x84, code, 0x00 };

	sim_log_words(self->context->log, "refused with %02X", code);
	g_queue_clear_full(&self->script, message_free);
	zvt_sim_send(self, no, sizeof(no));
}

/* --- acknowledgements ------------------------------------------------------------------------- */

/* After a payment that stands no more there is nothing but the end. */
static void abort_with(ZvtSim *self, uint8_t code)
{
	zvt_sim_talk_reset(self);
	zvt_sim_say_end(self, code, 0);
	zvt_sim_go_on(self);
}

/* True where the sale went another way. */
static bool decided(ZvtSim *self)
{
	if (zvt_sim_cut(self, 9))
		return true;
	self->taken = true;
	if (self->current < 0 || !sim_faults_take(self->context->faults, ZVT_CANCEL_AFTER, NULL))
		return false;
	zvt_sim_sale_undo(self);
	abort_with(self, E_ABORTED);
	return true;
}

static void acknowledged(ZvtSim *self)
{
	ZvtMessage *message = g_queue_pop_head(&self->script);
	int step = message->step;
	bool decides = message->decides;

	message_free(message);
	if (decides && decided(self))
		return;
	if (step == 3 && zvt_sim_cut(self, 4))
		return;
	if (self->ahead == 0) {
		zvt_sim_go_on(self);
		return;
	}
	self->ahead--;
	self->tries = 0;
	await(self, zvt_sim_setting(self, ZVT_T3_MS, 5000));
}

static void give_up(ZvtSim *self, const char *why)
{
	bool money = self->current >= 0 && !self->taken;

	zvt_sim_flag(self, "%s", why);
	if (money)
		zvt_sim_sale_undo(self);
	if (money)
		abort_with(self, E_ABORTED);
	else
		zvt_sim_talk_reset(self);
}

void zvt_sim_undelivered(ZvtSim *self)
{
	if (self->phase == ZVT_TALKING)
		give_up(self, "a message could not be delivered");
}

static void refused_by_till(ZvtSim *self, uint8_t code)
{
	const ZvtMessage *message = g_queue_peek_head(&self->script);

	if (code == E_WAIT) {
		sim_log_words(self->context->log, "the till asks for time");
		self->polite_wait = true;
		await(self, POLITE_WAIT_MS);
		return;
	}
	if (message->decides && self->current >= 0 && !self->taken) {
		if (code == E_GOODS_NOT_ISSUED)
			sim_log_words(self->context->log, "goods not issued");
		else
			zvt_sim_flag(self, "status information refused with %02X", code);
		zvt_sim_sale_undo(self);
		abort_with(self, E_ABORTED);
		return;
	}
	zvt_sim_flag(self, "a message refused with %02X", code);
	acknowledged(self);
}

static void hear_acknowledgement(ZvtSim *self, const uint8_t *apdu, size_t len)
{
	if (len != 3)
		zvt_sim_flag(self, "offset 2: an acknowledgement with %zu bytes of data", len - 3);
	else if (self->stray_acks > 0)
		self->stray_acks--;
	else if (self->phase != ZVT_TALKING || self->polite_wait)
		zvt_sim_flag(self, "an acknowledgement of nothing");
	else if (apdu[1] == 0x00)
		acknowledged(self);
	else if (apdu[0] == 0x84)
		refused_by_till(self, apdu[1]);
	else
		zvt_sim_flag(self, "offset 1: there is no acknowledgement 80 %02X", apdu[1]);
}

/* --- what the terminal hears ------------------------------------------------------------------ */

static bool is_busy(ZvtSim *self)
{
	int64_t now = g_get_monotonic_time();
	int ms;

	if (sim_faults_take(self->context->faults, ZVT_BUSY, &ms))
		self->busy_until = now + (int64_t)ms * 1000;
	return self->orphan || now < self->busy_until;
}

static void hear_abort(ZvtSim *self)
{
	static const uint8_t yes[] = { 0x80, 0x00, 0x00 };

	if (self->phase == ZVT_DEAD)
		return;
	zvt_sim_send(self, yes, sizeof(yes));
	/* Nothing to end, or too late: an approved payment is told to its end. [inf] */
	if (self->phase == ZVT_SHOPPER || self->shopper_next) {
		self->stray_acks += self->phase == ZVT_TALKING;
		zvt_sim_talk_reset(self);
		zvt_sim_sale_decide(self, ZVT_CANCEL, E_ABORTED);
	}
}

void zvt_sim_hear(ZvtSim *self, const uint8_t *apdu, size_t len)
{
	uint16_t code = (uint16_t)(apdu[0] << 8 | apdu[1]);
	size_t head = apdu[2] == 0xFF ? 5 : 3;

	if (apdu[0] == 0x80 || apdu[0] == 0x84) {
		hear_acknowledgement(self, apdu, len);
		return;
	}
	if (code == 0x06B0 && !self->orphan) {
		hear_abort(self);
		return;
	}
	if (is_busy(self)) {
		zvt_sim_refuse(self, E_WAIT);
		return;
	}
	if (self->phase != ZVT_IDLE) {
		zvt_sim_flag(self, "command %02X %02X while the terminal is master", apdu[0],
			     apdu[1]);
		return;
	}
	zvt_sim_command(self, code, apdu + head, len - head);
}

/* --- time ------------------------------------------------------------------------------------- */

int64_t zvt_sim_talk_deadline(const ZvtSim *self)
{
	return self->phase_deadline;
}

void zvt_sim_talk_tick(ZvtSim *self, int64_t now, bool quiet)
{
	if (now < self->phase_deadline || !quiet)
		return;
	if (self->phase == ZVT_SHOPPER) {
		zvt_sim_sale_patience_ends(self);
		return;
	}
	if (self->phase != ZVT_TALKING)
		return;
	if (!self->polite_wait && ++self->tries > MAX_REPEATS) {
		give_up(self, "no acknowledgement within T3, after 2 repetitions");
		return;
	}
	if (!self->polite_wait)
		sim_log_words(self->context->log, "no acknowledgement within T3: repeated");
	self->polite_wait = false;
	self->ahead = 0;
	send_head(self);
}
