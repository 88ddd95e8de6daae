/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/printer/escpos_link.h"

#include <string.h>

#define DLE 0x10
#define EOT 0x04
#define ENQ 0x05
#define N_QUESTIONS 4
#define ALL_WELL 0x12 /* in place of an answer that did not come */
#define ASK_TIMEOUT_MS 200
/* Of a question that this printer has not answered three times: many clones know but one. */
#define ASK_VAINLY_MS 50
#define MISSES_MAX 3
#define HEAR_OUT_MS 50
#define SURPLUS_MS 10
#define RESYNC_TIMEOUT_MS 10000 /* 4 KB at 9600 baud, and half as long again */
/* Longer than any command of ours: a picture's band is the longest. */
#define RESYNC_ZEROS 4096

/* Addresses of printers that may sit in the middle of a command. It outlives the driver, which is
 * closed and opened again after such a fault; it does not outlive the till. */
static GMutex torn_lock;
static GHashTable *torn; /* set of char *, or NULL */

static void set_torn(struct port *port, bool is_torn)
{
	const char *address = port_get_address(port);

	g_mutex_lock(&torn_lock);
	if (torn == NULL)
		torn = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	if (is_torn)
		g_hash_table_add(torn, g_strdup(address));
	else
		g_hash_table_remove(torn, address);
	g_mutex_unlock(&torn_lock);
}

static bool is_torn(struct port *port)
{
	bool found;

	g_mutex_lock(&torn_lock);
	found = torn != NULL && g_hash_table_contains(torn, port_get_address(port));
	g_mutex_unlock(&torn_lock);
	return found;
}

void escpos_link_tear(EscposLink *self)
{
	set_torn(self->port, true);
}

bool escpos_link_write(EscposLink *self, const uint8_t *data, size_t len, int timeout_ms,
		       GError **error)
{
	if (port_write(self->port, data, len, timeout_ms, error))
		return true;
	set_torn(self->port, true);
	return false;
}

static void note(EscposLink *self, const EscposReply *reply)
{
	switch (reply->kind) {
	case ESCPOS_REPLY_NONE:
		return;
	case ESCPOS_REPLY_STATUS:
		self->n_status++;
		self->status = reply->bytes[0];
		break;
	case ESCPOS_REPLY_IN_ORDER:
		self->in_order_heard = true;
		break;
	case ESCPOS_REPLY_BLOCK:
		if (escpos_reply_process_id(reply) >= 0)
			self->process_id = escpos_reply_process_id(reply);
		break;
	case ESCPOS_REPLY_AUTOMATIC:
		escpos_status_decode_automatic(reply->bytes, &self->automatic);
		self->automatic.speaks = true;
		break;
	}
	self->has_spoken = true;
}

/* The port failed to read. One that never could is that of a printer that does not speak. */
static bool may_be_deaf(EscposLink *self, GError *reason, GError **error)
{
	if (self->has_spoken || g_error_matches(reason, DEVICE_FAULT, DEVICE_FAULT_CANCELLED)) {
		g_propagate_error(error, reason);
		return false;
	}
	self->cannot_hear = true;
	g_error_free(reason);
	return true;
}

/* What comes first within @timeout_ms. *ret_any is false after silence. */
static bool hear(EscposLink *self, int timeout_ms, bool *ret_any, GError **error)
{
	uint8_t bytes[64];
	GError *reason = NULL;
	EscposReply reply;
	gssize n = 0;

	if (!self->cannot_hear)
		n = port_read(self->port, bytes, sizeof bytes, timeout_ms, &reason);
	*ret_any = n > 0;
	if (n < 0)
		return may_be_deaf(self, reason, error);
	for (gssize i = 0; i < n; i++) {
		escpos_reader_push(&self->reader, bytes[i], &reply);
		note(self, &reply);
	}
	return true;
}

static int remaining_ms(int64_t until)
{
	return (int)CLAMP((until - g_get_monotonic_time() + 999) / 1000, 0, G_MAXINT);
}

static int64_t deadline(int ms)
{
	return g_get_monotonic_time() + (int64_t)ms * 1000;
}

/* Until nothing has come for @quiet_ms, but not for ever. */
static bool hear_out(EscposLink *self, int quiet_ms, GError **error)
{
	bool any = true;

	for (int i = 0; i < 64 && any; i++) {
		if (!hear(self, quiet_ms, &any, error))
			return false;
	}
	return true;
}

/* What keeps it from taking the zeros, by its last report. The report of its end may be lost, so it
 * counts once. */
static bool may_take_zeros(EscposLink *self, GError **error)
{
	DeviceFault fault;

	if (!hear_out(self, 0, error))
		return false;
	fault = printer_status_fault(&self->automatic);
	self->automatic = (PrinterStatus){ 0 };
	if (fault == DEVICE_FAULT_N)
		return true;
	g_set_error(error, DEVICE_FAULT, fault, "%s: still holds half a command",
		    port_get_address(self->port));
	return false;
}

bool escpos_link_resync(EscposLink *self, GError **error)
{
	uint8_t bytes[RESYNC_ZEROS + 2] = { 0 };

	if (!is_torn(self->port))
		return true;
	if (!may_take_zeros(self, error))
		return false;
	bytes[RESYNC_ZEROS] = 0x1B;
	bytes[RESYNC_ZEROS + 1] = 0x40;
	if (!port_write(self->port, bytes, sizeof bytes, RESYNC_TIMEOUT_MS, error))
		return false;
	set_torn(self->port, false);
	return true;
}

bool escpos_link_init(EscposLink *self, struct port *port, GError **error)
{
	*self = (EscposLink){ .port = port, .process_id = -1 };
	if (!escpos_link_resync(self, error) || !hear_out(self, HEAR_OUT_MS, error))
		return false;
	self->has_spoken = false; /* whoever it was, it was not in answer to us */
	return true;
}

/* A real-time command. *ret_taken is false where the cable is full: then it was not sent at all. */
static bool put(EscposLink *self, const uint8_t command[static 3], bool *ret_taken, GError **error)
{
	gssize n = port_write_some(self->port, command, 3, ASK_TIMEOUT_MS, error);

	*ret_taken = n > 0;
	if (n < 0) {
		set_torn(self->port, true);
		return false;
	}
	return n == 0 || n == 3 ||
	       escpos_link_write(self, command + n, 3 - (size_t)n, ASK_TIMEOUT_MS, error);
}

/* *ret_answered is false after silence; else the answer is self->status. */
static bool ask(EscposLink *self, int question, bool *ret_answered, GError **error)
{
	uint8_t bytes[] = { DLE, EOT, (uint8_t)(question + 1) };
	int64_t until;
	bool any = true;
	int before;

	*ret_answered = false;
	if (!hear_out(self, 0, error))
		return false;
	if (self->cannot_hear)
		return true;
	before = self->n_status;
	if (!put(self, bytes, &any, error))
		return false;
	until = deadline(self->n_missed[question] < MISSES_MAX ? ASK_TIMEOUT_MS : ASK_VAINLY_MS);
	while (self->n_status == before && any) {
		if (!hear(self, remaining_ms(until), &any, error))
			return false;
	}
	*ret_answered = self->n_status > before;
	self->n_missed[question] = *ret_answered ? 0 : self->n_missed[question] + 1;
	return true;
}

/* *ret_surplus: more was said than asked, so any of the answers may be an older question's. */
static bool ask_all(EscposLink *self, bool careful, uint8_t answers[static N_QUESTIONS],
		    bool *ret_speaks, bool *ret_surplus, GError **error)
{
	int n_answered = 0;
	bool answered, any;

	if (!hear_out(self, 0, error))
		return false;
	self->n_status = 0;
	for (int i = 0; i < N_QUESTIONS; i++) {
		if (!ask(self, i, &answered, error))
			return false;
		answers[i] = answered ? self->status : ALL_WELL;
		n_answered += answered;
	}
	if (careful && n_answered > 0 && !hear(self, SURPLUS_MS, &any, error))
		return false;
	*ret_speaks = n_answered > 0;
	*ret_surplus = self->n_status > n_answered;
	return true;
}

bool escpos_link_observe(EscposLink *self, bool careful, PrinterStatus *ret, GError **error)
{
	static const uint8_t go_on[] = { DLE, ENQ, 0x00 };
	uint8_t answers[N_QUESTIONS];
	bool speaks = false, surplus = true, taken;
	PrinterStatus status;

	for (int i = 0; i < 2 && surplus; i++) {
		if (!ask_all(self, careful, answers, &speaks, &surplus, error))
			return false;
	}
	escpos_status_decode(answers, &status);
	status.speaks = speaks;
	if (status.waits_for_feed && !put(self, go_on, &taken, error))
		return false;
	*ret = status;
	return true;
}

bool escpos_link_recover(EscposLink *self, GError **error)
{
	static const uint8_t again[] = { DLE, ENQ, 0x01 };

	bool taken;

	return put(self, again, &taken, error);
}

bool escpos_link_write_some(EscposLink *self, const uint8_t *data, size_t len, size_t *done,
			    int stuck_ms, GError **error)
{
	gssize n = 1;

	while (*done < len && n > 0) {
		n = port_write_some(self->port, data + *done, len - *done, stuck_ms, error);
		if (n > 0)
			*done += (size_t)n;
	}
	if (n >= 0 && hear_out(self, 0, error))
		return true;
	if (*done < len)
		set_torn(self->port, true);
	return false;
}

void escpos_link_expect(EscposLink *self)
{
	self->automatic = (PrinterStatus){ 0 };
	self->in_order_heard = false;
	self->process_id = -1;
}

static bool has_heard(const EscposLink *self, int process_id)
{
	return process_id > 0 ? self->process_id == process_id : self->in_order_heard;
}

bool escpos_link_listen(EscposLink *self, int ms, int process_id, GError **error)
{
	int64_t until = deadline(ms);
	bool any = true;

	while (any && !self->cannot_hear && !has_heard(self, process_id)) {
		if (!hear(self, remaining_ms(until), &any, error))
			return false;
	}
	/* A port that cannot read does not wait either. */
	return !self->cannot_hear || port_pause(self->port, ms, error);
}
