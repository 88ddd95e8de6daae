/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/sim/sim.h"
#include "tests/sim/wire.h"
#include "tests/wait_file.h"

/* A simulated pole display and its cable; what a shopper would see is read from its log, as a
 * window does. */
typedef struct {
	SimThread *sim;
	Wire *wire; /* owned */
	char *log; /* owned */
} Pole;

/* @faults: NULL or NULL-terminated. */
Pole pole_new(const char *sim, const char *name, const char *const *faults);
void pole_end(Pole *self);
/* Both rows, twenty cells each, one after the other in the log. */
void pole_expect(Pole *self, const char *upper, const char *lower);
void pole_expect_words(Pole *self, const char *words);
bool pole_has(Pole *self, const char *words);

#define POLE_BLANK "                    "
