/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/sim/sim.h"
#include "tests/session/running.h"

/* Simulated devices on a counter in a folder of its own, and what they have seen. */
typedef struct {
	char *name, *link, *log; /* owned */
	SimThread *sim;
} CounterDevice;

/* @faults as in SimOptions. Its terminal is DIRECTORY/NAME, its log DIRECTORY/NAME.log. */
CounterDevice counter_device_new(const char *directory, const char *name,
				 const char *const *faults);
void counter_device_clear(CounterDevice *self);

/* How many lines of its log begin with @start. */
int counter_device_count(const CounterDevice *self, const char *start);
/* Waits until they are @n. */
void counter_device_wait(const CounterDevice *self, const char *start, int n);
/* Sends @expectation ("-expect …") until it is met; a minute in vain fails the test. */
void counter_expect(Running *till, const char *expectation);
/* When that minute is over, monotonic. */
int64_t counter_patience_ends(void);
