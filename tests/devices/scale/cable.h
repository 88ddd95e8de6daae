/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/scale/scale.h"

/* A scripted scale at the end of a bad cable: every read brings one byte. Lines as of a transcript:
 * "> hex" what must be sent, "< hex" what is answered; "." is a silence within an answer, "!" a
 * hang-up, "#" a comment. Reads with nothing left to say are silences. */
struct port *cable_new(const char *script);
bool cable_is_done(const struct port *port);

GByteArray *hex_new(const char *hex);
GHashTable *options_new(const char *first_key, ...) G_GNUC_NULL_TERMINATED;

/* A scale on a cable, opened with @script's first lines. */
typedef struct {
	struct port *port; /* owned */
	const struct scale_driver *driver;
	struct scale *scale; /* owned */
} Bench;
Bench bench_new(const char *driver, const char *script, GHashTable *options);
/* The script must have been said to its end. */
void bench_end(Bench *bench);
/* Opens, and must fail so. */
void expect_no_scale(const char *driver, const char *script, GHashTable *options,
		     DeviceFault fault);
void expect_reading(Bench *bench, ScaleState state, int64_t micro);
void expect_fault(Bench *bench, DeviceFault fault);
