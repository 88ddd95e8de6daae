/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/sim/sim_device.h"

/* What every simulated scale stands on (scale.md, "Simulator"): a platform with a mass, motion and
 * time. The protocols are faces on it. Masses are milligrams, so that a drift smaller than the
 * division is one.
 *
 * Control lines, each of every scale:
 *   put N      N grams lie on the platform ("put 1234", "put 0.4"); settled after settle_ms
 *   clear      nothing lies there: put 0
 *   jump       one kilogram more from now on, without a moment of motion
 *   drift N    the empty platform weighs N grams, may be negative: what zero is for
 *   zero       the scale's zero key: refused while moving or out of range
 *   tare       its tare key: what lies there is the container; on the empty platform it clears
 *
 * The log says "settled at N mg" when the motion has ended, "FLAG: …" where the host was wrong. */
typedef struct {
	int64_t net, gross, tare; /* mg; net and gross rounded to the division */
	bool moving;
	bool overload;
	bool under; /* gross, below zero */
	bool far_under; /* gross, below what zero can mend */
	bool centre; /* gross is zero within a quarter of a division */
	bool is_net; /* a tare is set */
	bool zero_error; /* loaded when it was switched on */
} PlatformReading;

typedef struct {
	SimContext *context; /* borrowed */
	GRand *noise; /* owned; the same at every start */
	int64_t load, drift, zero, tare; /* mg: the memory */
	int64_t settles_at; /* monotonic µs; 0: at rest */
	bool zero_error;
	bool jumped; /* every other reading, by the fault */
	GByteArray *last; /* owned; the last answer with a weight */
} ScalePlatform;

/* The faults every scale has, numbered first in its table; its own follow from PLATFORM_N_FAULTS.
 */
enum {
	PLATFORM_SETTLE_MS,
	PLATFORM_NOISE,
	PLATFORM_MAX,
	PLATFORM_MIN,
	PLATFORM_DIVISION,
	PLATFORM_NEVER_SETTLE,
	PLATFORM_JUMP,
	PLATFORM_NEGATIVE,
	PLATFORM_OVERLOAD,
	PLATFORM_ZERO_ERROR,
	PLATFORM_STALE,
	PLATFORM_ECHO,
	PLATFORM_BUSY,
	PLATFORM_N_FAULTS,
};
#define PLATFORM_FAULTS                                                                            \
	[PLATFORM_SETTLE_MS] = { "settle_ms", 800, SIM_FOREVER, false,                             \
				 N_("setting: what is put down moves for VALUE ms (800)") },       \
	[PLATFORM_NOISE] = { "noise", 3, SIM_FOREVER, false,                                       \
			     N_("setting: while it moves the weight is up to VALUE g off (3)") },  \
	[PLATFORM_MAX] = { "max", 15000, SIM_FOREVER, false,                                       \
			   N_("setting: the capacity in grams (15000)") },                         \
	[PLATFORM_MIN] = { "min", 20, SIM_FOREVER, false,                                          \
			   N_("setting: the least weight for sale in grams (20)") },               \
	[PLATFORM_DIVISION] = { "division", 1, SIM_FOREVER, false,                                 \
				N_("setting: the division in grams (1)") },                        \
	[PLATFORM_NEVER_SETTLE] = { "never_settle", 0, SIM_FOREVER, false,                         \
				    N_("the weight never comes to rest") },                        \
	[PLATFORM_JUMP] = { "jump", 1000, SIM_FOREVER, false,                                      \
			    N_("every other reading is VALUE g heavier (1000)") },                 \
	[PLATFORM_NEGATIVE] = { "negative", 10, SIM_FOREVER, false,                                \
				N_("the empty platform is VALUE g below zero (10)") },             \
	[PLATFORM_OVERLOAD] = { "overload", 0, SIM_FOREVER, false,                                 \
				N_("more lies on it than it can weigh") },                         \
	[PLATFORM_ZERO_ERROR] = { "zero_error", 0, SIM_FOREVER, false,                             \
				  N_("it was loaded when it was switched on") },                   \
	[PLATFORM_STALE] = { "stale", 1, SIM_COUNT_IS_VALUE, false,                                \
			     N_("before VALUE answers, the one before is sent again") },           \
	[PLATFORM_ECHO] = { "echo", 0, SIM_FOREVER, false,                                         \
			    N_("setting: what the host sends comes back first") },                 \
	[PLATFORM_BUSY] = { "busy", 1, SIM_COUNT_IS_VALUE, false,                                  \
			    N_("say nothing to VALUE requests") }

/* Power on: what the state file says lies there; more than zero can mend is a zero error. NULL with
 * SIM_ERROR_STATE. */
ScalePlatform *platform_new(SimContext *context, GError **error);
void platform_free(ScalePlatform *self);

/* One reading now; the faults strike it. */
void platform_read(ScalePlatform *self, PlatformReading *ret);
/* It was loaded when it was switched on: no weight until that is mended. */
bool platform_is_unready(ScalePlatform *self);
int64_t platform_max(const ScalePlatform *self); /* mg; so the next two */
int64_t platform_min(const ScalePlatform *self);
int64_t platform_division(const ScalePlatform *self);

/* False where a real one refuses: moving, out of range, overloaded; zero also with a tare. */
bool platform_zero(ScalePlatform *self);
bool platform_tare_load(ScalePlatform *self);
bool platform_set_tare(ScalePlatform *self, int64_t tare); /* known, mg */

/* Bytes have come: sends the echo where there is one. */
void platform_hear(ScalePlatform *self, const uint8_t *data, size_t len);
/* An answer with a weight: a stale one may go first. */
void platform_answer(ScalePlatform *self, const uint8_t *data, size_t len);
bool platform_is_busy(ScalePlatform *self); /* says nothing this time */

bool platform_control(ScalePlatform *self, const char *line);
int64_t platform_deadline(const ScalePlatform *self);
void platform_tick(ScalePlatform *self, int64_t now);
void platform_flag(ScalePlatform *self, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* "12.345" of mg, at least @digits before the point, padded with @pad; the sign is the caller's. */
char *platform_kilograms(int64_t mg, int digits, char pad);
