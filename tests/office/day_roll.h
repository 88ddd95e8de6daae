/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/print/report_printer.h"
#include "drivers/sim/sim.h"
#include "tests/office/day_shop.h"

/* A simulated receipt printer that comes and goes at one address, and what came out of it. */
typedef struct {
	SimThread *sim; /* NULL: away */
	char *log, *device; /* owned; the device is "escpos@tcp:127.0.0.1:PORT" */
	int port;
} DayRoll;

/* In the shop's folder. Switched on. */
void day_roll_init(DayRoll *self, const FakeOffice *office);
void day_roll_clear(DayRoll *self);
void day_roll_switch_off(DayRoll *self);
void day_roll_switch_on(DayRoll *self);
/* All lines of text so far, without blanks in front. Own it. */
char *day_roll_dup_text(const DayRoll *self);
/* How often @text has come out. */
int day_roll_count(const DayRoll *self, const char *text);
/* How many papers were cut. */
int day_roll_papers(const DayRoll *self);

/* The shop's receipt printer is this one. */
void day_roll_set(const DayRoll *self, FakeOffice *office, const char *options, PrintAtClose when);
