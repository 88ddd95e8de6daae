/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/printer/escpos_sim.h"

/* cash-drawer-and-keys §4: shorter pulses do not free the latch, and the spring takes its time. */
enum { LATCH_MS = 40, SPRING_MS = 150, MAX_PULSE_MS = 1000, MAX_DUTY_PERCENT = 25 };

static EscposDrawer drawer_kind(const Escpos *self)
{
	return (EscposDrawer)sim_faults_setting(self->context->faults, ESCPOS_FAULT_DRAWER,
						DRAWER_HIGH_OPEN);
}

bool escpos_pin3(const Escpos *self)
{
	switch (drawer_kind(self)) {
	case DRAWER_LOW_OPEN:
		return !self->drawer_open;
	case DRAWER_NO_SENSOR:
		return false;
	default:
		return self->drawer_open;
	}
}

/* The share of time the coil was on since the pulse before began. */
static void check_duty(Escpos *self, int64_t now)
{
	int64_t period_ms = (now - self->pulse_at) / 1000;

	if (self->pulse_ms == 0 ||
	    self->pulse_ms * 100 <= (int64_t)MAX_DUTY_PERCENT * MAX(period_ms, 1))
		return;
	escpos_flag(self, "drawer duty: %d ms on within %d ms", (int)self->pulse_ms,
		    (int)period_ms);
}

bool escpos_kick(Escpos *self, int pin, int on_ms, int off_ms)
{
	int64_t now = g_get_monotonic_time();
	g_autofree char *text = g_strdup_printf("%d", on_ms);

	if (now < self->drawer_free_at)
		return false;
	if (on_ms > MAX_PULSE_MS)
		escpos_flag(self, "a drawer pulse of %d ms", on_ms);
	if (self->speed > 0)
		check_duty(self, now);
	self->pulse_at = now;
	self->pulse_ms = on_ms;
	if (self->speed > 0)
		self->drawer_free_at = now + (int64_t)(on_ms + MAX(off_ms, on_ms)) * 1000;
	self->memory.pulses++;
	self->dirty = true;
	escpos_save(self);
	sim_log_words(self->context->log, "drawer pulse, connector pin %d", pin == 0 ? 2 : 5);
	sim_log_mark(self->context->log, "DRAWER", text);
	if (on_ms >= LATCH_MS && !self->drawer_open && drawer_kind(self) != DRAWER_JAMMED)
		self->opens_at = now + (int64_t)SPRING_MS * 1000;
	return true;
}

void escpos_spring(Escpos *self, int64_t now)
{
	if (self->opens_at > now)
		return;
	self->opens_at = G_MAXINT64;
	self->drawer_open = true;
	sim_log_words(self->context->log, "the drawer is open");
	escpos_tell_change(self);
}
