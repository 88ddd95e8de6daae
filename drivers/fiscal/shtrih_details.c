/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/fiscal/shtrih.h"

/* What a sale does not need to know: asked now and then, since each question is an exchange. */

/* A registrar that has no word for it goes without. */
static bool bear_refusal(bool ok, GError *reason, GError **error)
{
	if (ok)
		return true;
	if (!g_error_matches(reason, DEVICE_FAULT, DEVICE_FAULT_REFUSED)) {
		g_propagate_error(error, reason);
		return false;
	}
	g_error_free(reason);
	return true;
}

static int64_t time_of(const uint8_t part[static 6], GTimeZone *zone)
{
	g_autoptr(GDateTime) at = NULL;

	if (part[2] > 99)
		return 0;
	at = g_date_time_new(zone, 2000 + part[2], part[1], part[0], part[3], part[4], part[5]);
	return at != NULL ? g_date_time_to_unix(at) * G_TIME_SPAN_SECOND : 0;
}

static bool ask_clock(struct fiscal *self, GError **error)
{
	ShtrihBody command;
	ShtrihReply reply;
	uint8_t part[6];
	int64_t at;

	shtrih_command(&command, SHTRIH_FULL_STATUS, self->options.password);
	if (!shtrih_ask(self, &command, &reply, error))
		return false;
	if (!shtrih_decode_clock(reply.data, reply.len, part))
		return shtrih_fail_bad_answer(self, error);
	at = time_of(part, self->options.timezone);
	self->clock_known = at != 0;
	self->clock_offset = at - g_get_real_time();
	return true;
}

static bool ask_unsent(struct fiscal *self, GError **error)
{
	ShtrihBody command;
	ShtrihReply reply;
	uint16_t unsent;

	shtrih_command(&command, SHTRIH_EXCHANGE, self->options.password);
	if (!shtrih_ask(self, &command, &reply, error))
		return false;
	if (!shtrih_decode_exchange(reply.data, reply.len, &unsent))
		return shtrih_fail_bad_answer(self, error);
	self->unsent = unsent;
	return true;
}

void shtrih_details_init(struct fiscal *self)
{
	self->unsent = -1;
	self->details_at = g_get_monotonic_time();
}

static bool ask_details(struct fiscal *self, GError **error)
{
	GError *reason = NULL;
	bool ok = ask_clock(self, &reason);

	if (!bear_refusal(ok, reason, error))
		return false;
	reason = NULL;
	ok = ask_unsent(self, &reason);
	return bear_refusal(ok, reason, error);
}

bool shtrih_observe_details(struct fiscal *self, FiscalStatus *status, GError **error)
{
	int64_t now = g_get_monotonic_time();

	if (now - self->details_at >= (int64_t)self->options.details_s * G_TIME_SPAN_SECOND) {
		if (!ask_details(self, error))
			return false;
		self->details_at = now;
	}
	status->clock = self->clock_known ? g_get_real_time() + self->clock_offset : 0;
	status->unsent = self->unsent;
	return true;
}
