/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/sim/sim.h"
#include "tests/sim/wire.h"

/* Bodies of the commands that tests of the registrar send again and again, password 30. */
#define STATUS "10 1E 00 00 00"
#define OPEN_SHIFT "FF 0B 1E 00 00 00"
#define CLOSE_SHIFT "FF 43 1E 00 00 00"
#define OPEN_SALE "8D 1E 00 00 00 00"
#define OPEN_RETURN "8D 1E 00 00 00 02"
#define CANCEL "88 1E 00 00 00"
#define SUBTOTAL "89 1E 00 00 00"
#define FN_STATUS "FF 01 1E 00 00 00"
#define SHIFT_STATUS "FF 40 1E 00 00 00"
#define CASH_REGISTER "1A 1E 00 00 00 F1"
#define LINE_10_00                                                                                 \
	"FF 46 1E 00 00 00 01 40 42 0F 00 00 00 E8 03 00 00 00 FF FF FF FF FF FF FF FF FF FF 01 "  \
	"01 04 01 C0"
#define RETURN_10_00                                                                               \
	"FF 46 1E 00 00 00 02 40 42 0F 00 00 00 E8 03 00 00 00 FF FF FF FF FF FF FF FF FF FF 01 "  \
	"01 04 01 C0"

SimThread *sim_start_registrar(const char *const *faults, const char *log, const char *state);
void sim_end(SimThread *sim);
/* FF45's body: kopecks of cash and card. Own it. */
char *close_body_new(int64_t cash, int64_t card);
/* Opens the shift, and waits for its paper. */
Wire *wire_new_with_shift(SimThread *sim);
int64_t wire_last_document(Wire *wire);
int64_t wire_cash(Wire *wire);
/* A whole sale of 10.00 in cash; gives its document number. */
int64_t wire_sell(Wire *wire);
