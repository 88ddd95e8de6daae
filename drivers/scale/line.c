/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/scale/line.h"

#include <string.h>

#define WRITE_MS 200
#define BUSY_PAUSE_MS 100
#define N_TRIES 3
#define N_BUSY_TRIES 8

void scale_line_init(ScaleLine *self, struct port *port)
{
	*self = (ScaleLine){ .port = port, .answer_ms = SCALE_ANSWER_MS, .gap_ms = SCALE_GAP_MS };
}

void scale_line_begin(ScaleLine *self, int budget_ms)
{
	self->end = g_get_monotonic_time() + (int64_t)budget_ms * 1000;
}

static int time_left(const ScaleLine *self, int at_most_ms)
{
	int64_t left_ms = (self->end - g_get_monotonic_time()) / 1000;

	return (int)CLAMP(left_ms, 0, at_most_ms);
}

bool scale_bad_answer(GError **error, const char *what)
{
	g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_PROTOCOL, "the scale's answer: %s", what);
	return false;
}

bool scale_bad_option(const char *key, const char *value, GError **error)
{
	g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_BAD_ADDRESS, "[scale] %s=%s is not known",
		    key, value);
	return false;
}

/* What stands before the answer and is ours. */
static size_t echo_length(const ScaleHeard *heard, const uint8_t *request, size_t len)
{
	return len > 0 && heard->len >= len && memcmp(heard->bytes, request, len) == 0 ? len : 0;
}

/* A hang-up behind a whole answer is the next question's trouble. */
static gssize read_some(ScaleLine *self, ScaleHeard *heard, size_t most, int wait_ms, bool whole,
			GError **error)
{
	gssize n =
		port_read(self->port, heard->bytes + heard->len,
			  MIN(most, SCALE_HEARD_MAX - heard->len), wait_ms, whole ? NULL : error);

	if (n > 0)
		heard->len += (size_t)n;
	return whole ? MAX(n, 0) : n;
}

static bool fail_heard(const ScaleLine *self, const ScaleHeard *heard, GError **error)
{
	if (heard->len > 0)
		return scale_bad_answer(error, "not whole");
	g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_OFFLINE, "%s: the scale does not answer",
		    port_get_address(self->port));
	return false;
}

static bool hear(ScaleLine *self, const uint8_t *request, size_t request_len, ScaleIsWhole is_whole,
		 int quiet_ms, ScaleHeard *ret, GError **error)
{
	size_t most = quiet_ms == 0 ? 1 : SCALE_HEARD_MAX; /* not to take what comes behind it */
	size_t echo = 0;
	bool whole = false;

	ret->len = 0;
	while (ret->len < SCALE_HEARD_MAX && !(whole && quiet_ms == 0)) {
		int most_ms = whole ? quiet_ms : ret->len > echo ? self->gap_ms : self->answer_ms;
		gssize n = read_some(self, ret, most, time_left(self, most_ms), whole, error);

		if (n < 0)
			return false;
		if (n == 0)
			break;
		echo = echo_length(ret, request, request_len);
		whole = ret->len > echo && is_whole(ret->bytes + echo, ret->len - echo);
	}
	ret->len -= echo;
	memmove(ret->bytes, ret->bytes + echo, ret->len);
	return whole || fail_heard(self, ret, error);
}

bool scale_line_ask(ScaleLine *self, const uint8_t *request, size_t len, ScaleIsWhole is_whole,
		    int quiet_ms, ScaleHeard *ret, GError **error)
{
	port_discard_input(self->port);
	return port_write(self->port, request, len, WRITE_MS, error) &&
	       hear(self, request, len, is_whole, quiet_ms, ret, error);
}

bool scale_line_hear(ScaleLine *self, ScaleIsWhole is_whole, int quiet_ms, ScaleHeard *ret,
		     GError **error)
{
	return hear(self, NULL, 0, is_whole, quiet_ms, ret, error);
}

static bool is_fault(const GError *error, DeviceFault fault)
{
	return g_error_matches(error, DEVICE_FAULT, (int)fault);
}

bool scale_line_try(ScaleLine *self, ScaleTry once, void *data, GError **error)
{
	g_autoptr(GError) worst = NULL;
	int n_busy = 0;

	for (int i = 0; i < N_TRIES;) {
		g_autoptr(GError) reason = NULL;

		if (once(data, &reason))
			return true;
		if (is_fault(reason, DEVICE_FAULT_BUSY) && ++n_busy < N_BUSY_TRIES &&
		    time_left(self, BUSY_PAUSE_MS + 1) > BUSY_PAUSE_MS) {
			if (!port_pause(self->port, BUSY_PAUSE_MS, error))
				return false;
			continue;
		}
		if (!is_fault(reason, DEVICE_FAULT_OFFLINE) &&
		    !is_fault(reason, DEVICE_FAULT_PROTOCOL)) {
			g_propagate_error(error, g_steal_pointer(&reason));
			return false;
		}
		if (worst == NULL || is_fault(reason, DEVICE_FAULT_PROTOCOL)) {
			g_clear_error(&worst);
			worst = g_steal_pointer(&reason);
		}
		i++;
	}
	g_propagate_error(error, g_steal_pointer(&worst));
	return false;
}

uint8_t scale_xor(const uint8_t *bytes, size_t len)
{
	uint8_t sum = 0;

	for (size_t i = 0; i < len; i++)
		sum ^= bytes[i];
	return sum;
}

bool scale_parse_decimal(const uint8_t *text, size_t len, int decimals, int64_t *ret)
{
	int64_t value = 0;
	int n_digits = 0, n_decimals = -1; /* -1: no point yet */
	size_t i = 0;

	while (i < len && text[i] == ' ')
		i++;
	for (; i < len; i++) {
		if (text[i] == '.' && n_decimals < 0) {
			n_decimals = 0;
			continue;
		}
		if (!g_ascii_isdigit(text[i]) || ++n_digits > 9)
			return false;
		value = value * 10 + (text[i] - '0');
		n_decimals += n_decimals >= 0;
	}
	if (n_digits == 0 || n_decimals == 0 || n_decimals > decimals)
		return false;
	for (int n = MAX(n_decimals, 0); n < decimals; n++)
		value *= 10;
	*ret = value;
	return true;
}

static bool parse_kilograms(GHashTable *options, const char *key, Quantity *ret, GError **error)
{
	const char *value = options == NULL ? NULL : g_hash_table_lookup(options, key);

	if (value == NULL)
		return true;
	return (quantity_parse_decimal(value, ret) && ret->micro >= 0) ||
	       scale_bad_option(key, value, error);
}

bool scale_limits_parse(GHashTable *options, ScaleLimits *ret, GError **error)
{
	*ret = (ScaleLimits){ .minimum = { .micro = 40000 } };
	return parse_kilograms(options, "minimum", &ret->minimum, error) &&
	       parse_kilograms(options, "capacity", &ret->capacity, error);
}

ScaleState scale_state_at_rest(Quantity net)
{
	if (net.micro == 0)
		return SCALE_EMPTY;
	return net.micro < 0 ? SCALE_NEGATIVE : SCALE_STABLE;
}

/* The limits are of the load that the scale feels, tare and all (scale.md A5). */
void scale_limits_apply(const ScaleLimits *self, ScaleReading *reading)
{
	int64_t load = reading->net.micro + reading->tare.micro;

	if (reading->state != SCALE_STABLE)
		return;
	if (load < self->minimum.micro)
		reading->state = SCALE_BELOW_MINIMUM;
	else if (self->capacity.micro > 0 && load > self->capacity.micro)
		reading->state = SCALE_OVERLOAD;
}
