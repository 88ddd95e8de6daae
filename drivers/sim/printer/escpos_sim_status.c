/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/printer/escpos_sim.h"

#include <string.h>

/* How long a printer that merges ids holds the last one back for another. */
enum { MERGE_US = 100000 };

bool escpos_is_hot(const Escpos *self)
{
	return self->hot_until > g_get_monotonic_time();
}

static bool has_error(const Escpos *self)
{
	return self->jammed || self->broken || escpos_is_hot(self);
}

bool escpos_is_offline(const Escpos *self)
{
	return self->cover_open || self->paper_out || self->wait_feed || has_error(self);
}

static int bit(bool on, int value)
{
	return on ? value : 0;
}

/* 10 04 n (§4.1). */
uint8_t escpos_status(const Escpos *self, int n)
{
	int bits = 0x12;

	switch (n) {
	case 1:
		bits |= bit(escpos_pin3(self), 0x04) | bit(escpos_is_offline(self), 0x08) |
			bit(self->wait_feed, 0x20);
		break;
	case 2:
		bits |= bit(self->cover_open, 0x04) | bit(self->paper_out, 0x20) |
			bit(has_error(self), 0x40);
		break;
	case 3:
		bits |= bit(self->jammed, 0x08) | bit(self->broken, 0x20) |
			bit(escpos_is_hot(self), 0x40);
		break;
	default:
		bits |= bit(self->near_end, 0x0C) | bit(self->paper_out, 0x60);
	}
	return (uint8_t)bits;
}

/* §4.2. */
static void asb_bytes(const Escpos *self, uint8_t ret[static 4])
{
	ret[0] = (uint8_t)(0x10 | bit(escpos_pin3(self), 0x04) |
			   bit(escpos_is_offline(self), 0x08) | bit(self->cover_open, 0x20));
	ret[1] = (uint8_t)(bit(self->wait_feed, 0x01) | bit(self->jammed, 0x08) |
			   bit(self->broken, 0x20) | bit(escpos_is_hot(self), 0x40));
	ret[2] = (uint8_t)(bit(self->near_end, 0x03) | bit(self->paper_out, 0x0C));
	ret[3] = 0;
}

void escpos_answer(Escpos *self, const uint8_t *data, size_t len)
{
	if (sim_faults_setting(self->context->faults, ESCPOS_FAULT_SILENT, 0) == 0)
		sim_send(self->context, data, len);
}

static void send_asb(Escpos *self)
{
	uint8_t bytes[4];

	asb_bytes(self, bytes);
	memcpy(self->shown, bytes, sizeof(bytes));
	escpos_answer(self, bytes, sizeof(bytes));
}

void escpos_set_asb(Escpos *self, int n)
{
	self->asb = n;
	if (n != 0)
		send_asb(self);
}

void escpos_tell_change(Escpos *self)
{
	uint8_t now[4];
	bool wanted;

	asb_bytes(self, now);
	wanted = ((self->asb & 1) != 0 && ((now[0] ^ self->shown[0]) & 0x04) != 0) ||
		 ((self->asb & 2) != 0 && ((now[0] ^ self->shown[0]) & 0x28) != 0) ||
		 ((self->asb & 4) != 0 && now[1] != self->shown[1]) ||
		 ((self->asb & 8) != 0 && now[2] != self->shown[2]);
	if (memcmp(now, self->shown, sizeof(now)) != 0)
		sim_log_words(self->context->log, "status %02X %02X %02X %02X",
			      escpos_status(self, 1), escpos_status(self, 2),
			      escpos_status(self, 3), escpos_status(self, 4));
	memcpy(self->shown, now, sizeof(now));
	if (wanted)
		send_asb(self);
}

static void answer_status(Escpos *self, int n)
{
	uint8_t status = escpos_status(self, n);

	if (sim_faults_setting(self->context->faults, ESCPOS_FAULT_ASB_MIXED, 0) != 0)
		send_asb(self);
	escpos_answer(self, &status, 1);
}

/* 10 05 n. */
static void recover(Escpos *self, int n)
{
	sim_log_words(self->context->log, "told to recover (%d)", n);
	self->wait_feed = false;
	if (n >= 1 && self->jammed) {
		self->jammed = false;
		escpos_separate(self);
	}
	if (n == 2)
		escpos_clear_buffers(self);
	escpos_tell_change(self);
}

static void kick_now(Escpos *self, int pin, int tenths)
{
	if (self->no_pulse_now) {
		sim_log_words(self->context->log, "real-time pulse: disabled");
		return;
	}
	if (has_error(self))
		sim_log_words(self->context->log, "real-time pulse: refused in an error state");
	else if (!escpos_kick(self, pin, tenths * 100, 0))
		sim_log_words(self->context->log, "real-time pulse: lost, the last is not over");
}

/* Obeyed wherever they occur, also inside data (§2.6). */
void escpos_real_time(Escpos *self, uint8_t byte)
{
	static const uint8_t clear[10] = { 0x10, 0x14, 0x08, 0x01, 0x03,
					   0x14, 0x01, 0x06, 0x02, 0x08 };
	uint8_t *recent = self->recent;

	memmove(recent, recent + 1, sizeof(self->recent) - 1);
	recent[9] = byte;
	if (recent[7] == 0x10 && recent[8] == 0x04 && byte >= 1 && byte <= 4)
		answer_status(self, byte);
	else if (recent[7] == 0x10 && recent[8] == 0x05 && byte <= 2)
		recover(self, byte);
	else if (recent[5] == 0x10 && recent[6] == 0x14 && recent[7] == 0x01 && recent[8] <= 1 &&
		 byte >= 1 && byte <= 8)
		kick_now(self, recent[8], byte);
	else if (memcmp(recent, clear, sizeof(clear)) == 0)
		escpos_clear_buffers(self);
	else
		return;
	memset(recent, 0, sizeof(self->recent));
}

void escpos_answer_in_order(Escpos *self, int n)
{
	uint8_t answer;

	if (n == 0x01 || n == 0x31)
		answer = (uint8_t)(bit(self->near_end, 0x03) | bit(self->paper_out, 0x0C));
	else if (n == 0x02 || n == 0x32)
		answer = escpos_pin3(self) ? 1 : 0;
	else {
		escpos_flag(self, "1D 72 %02X asks for nothing", n);
		return;
	}
	escpos_answer(self, &answer, 1);
}

static void send_block(Escpos *self, const char *text)
{
	g_autofree char *block = g_strdup_printf("\x5F%s", text);

	escpos_answer(self, (const uint8_t *)block, strlen(block) + 1);
}

void escpos_identify(Escpos *self, int n)
{
	static const char *const texts[] = { "1.00", "BARAA", "SIM-80", "SN0001", "" };

	if (n == 0x01)
		escpos_answer(self, (const uint8_t[]){ 0x20 }, 1);
	else if (n == 0x02) /* bit 1: has a cutter */
		escpos_answer(self, (const uint8_t[]){ 0x02 }, 1);
	else if (n >= 0x41 && n <= 0x45)
		send_block(self, texts[n - 0x41]);
	else
		escpos_flag(self, "1D 49 %02X asks for nothing", n);
}

static void send_id(Escpos *self, const char *id)
{
	uint8_t answer[7] = { 0x37, 0x22 };

	memcpy(answer + 2, id, 4);
	escpos_answer(self, answer, sizeof(answer));
}

void escpos_process_id(Escpos *self, const uint8_t id[static 4])
{
	for (int i = 0; i < 4; i++)
		if (id[i] < 0x20 || id[i] > 0x7E) {
			escpos_flag(self, "byte %02X in a process id", id[i]);
			return;
		}
	memcpy(self->memory.process_id, id, 4);
	sim_log_words(self->context->log, "process id %s: printed", self->memory.process_id);
	/* What was told to the host is remembered, also after a power cut. */
	self->dirty = true;
	escpos_save(self);
	if (sim_faults_setting(self->context->faults, ESCPOS_FAULT_NO_PROCESS_ID, 0) != 0)
		return;
	if (sim_faults_setting(self->context->faults, ESCPOS_FAULT_MERGED_IDS, 0) == 0) {
		send_id(self, self->memory.process_id);
		return;
	}
	memcpy(self->merged_id, id, 4);
	self->merged_at = g_get_monotonic_time() + MERGE_US;
}

void escpos_send_merged(Escpos *self, int64_t now)
{
	if (self->merged_at > now)
		return;
	self->merged_at = G_MAXINT64;
	send_id(self, self->merged_id);
}
