/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/scale/scale.h"

/* What the scale drivers share: a question, the bytes that come back within a time, and how often
 * it is asked. */

#define SCALE_HEARD_MAX 512
typedef struct {
	uint8_t bytes[SCALE_HEARD_MAX];
	size_t len;
} ScaleHeard;

typedef struct {
	struct port *port; /* borrowed */
	int answer_ms; /* how long a good device may think before its first byte */
	int gap_ms; /* and pause within it: radio bridges and USB hubs deliver in pieces */
	int64_t end; /* monotonic µs: the whole conversation is over by then */
} ScaleLine;

/* Behind a whole answer, a queued second one follows within this: the last one is the fresh one. */
#define SCALE_QUIET_MS 40
#define SCALE_ANSWER_MS 250
#define SCALE_GAP_MS 400
#define SCALE_READ_MS 950 /* scale.h: a read blocks less than a second */

/* With the times above. */
void scale_line_init(ScaleLine *self, struct port *port);
void scale_line_begin(ScaleLine *self, int budget_ms);
/* Whether a good device would stop after these bytes. Pure. */
typedef bool (*ScaleIsWhole)(const uint8_t *bytes, size_t len);
/* Throws away what had come before, sends @request and hears the answer, without the echo of the
 * request that half-duplex adapters put before it. Takes more for @quiet_ms behind a whole answer;
 * with 0 what stands behind it is left. OFFLINE after silence, PROTOCOL where what came is not
 * whole. */
bool scale_line_ask(ScaleLine *self, const uint8_t *request, size_t len, ScaleIsWhole is_whole,
		    int quiet_ms, ScaleHeard *ret, GError **error);
/* The same without a request and without throwing away: what else is said. */
bool scale_line_hear(ScaleLine *self, ScaleIsWhole is_whole, int quiet_ms, ScaleHeard *ret,
		     GError **error);

/* @once is tried three times where it fails with OFFLINE or PROTOCOL, and as long as there is time
 * while it says BUSY. Other faults are final. PROTOCOL is told rather than OFFLINE: somebody is
 * there. */
typedef bool (*ScaleTry)(void *data, GError **error);
bool scale_line_try(ScaleLine *self, ScaleTry once, void *data, GError **error);

/* DEVICE_FAULT_PROTOCOL and false: what decoders say of damaged answers. */
bool scale_bad_answer(GError **error, const char *what);
/* DEVICE_FAULT_BAD_ADDRESS and false. */
bool scale_bad_option(const char *key, const char *value, GError **error);
/* The XOR of @len bytes. */
uint8_t scale_xor(const uint8_t *bytes, size_t len);
/* Blanks, digits, perhaps a point and digits: "  0.275" is 275000 with six @decimals. */
bool scale_parse_decimal(const uint8_t *text, size_t len, int decimals, int64_t *ret);

/* Options minimum and capacity, in kilograms; what the protocol does not tell by itself. */
typedef struct {
	Quantity minimum; /* 0.040 kg where nobody says otherwise */
	Quantity capacity; /* 0: not known */
} ScaleLimits;
bool scale_limits_parse(GHashTable *options, ScaleLimits *ret, GError **error);
/* Which state a weight has that the scale says to be at rest. */
ScaleState scale_state_at_rest(Quantity net);
/* A stable weight outside the limits becomes BELOW_MINIMUM or OVERLOAD. */
void scale_limits_apply(const ScaleLimits *self, ScaleReading *reading);
