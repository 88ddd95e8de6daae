/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/port/port.h"

/* Just so much of a registrar, by fiscal-datecs.md, that the driver can be tried against every
 * loss at every frame in no time: in memory, without a clock, always healthy but for the cable and
 * its power. It believes what it is sent; the strict one is the simulator. */
typedef enum {
	LOSS_NONE,
	LOSS_REQUEST, /* never arrived */
	LOSS_REQUEST_HALF, /* it waits for the rest of it */
	LOSS_NAK, /* arrived damaged */
	LOSS_ANSWER, /* was done, the answer is lost */
	LOSS_ANSWER_DAMAGED,
	LOSS_ANSWER_HALF,
	LOSS_NOISE, /* a frame that is none comes first */
	LOSS_POWER_BEFORE, /* switched off and on before it was done: it forgets the last SEQ */
	LOSS_POWER_AFTER,
	LOSS_CABLE_BEFORE, /* the port is dead until it is opened again */
	LOSS_CABLE_AFTER,
	LOSS_CABLE_HALF, /* in the middle of a request, as when the till is killed */
	LOSS_CABLE_AND_POWER, /* after it was done */
	LOSS_N,
} Loss;
extern const char *const loss_names[LOSS_N];

typedef struct {
	int at; /* frames after arming, from 0; -1: never */
	Loss loss;
} Accident;

typedef struct {
	/* its make */
	bool long_frames;
	bool knows_sale_numbers, tells_paid, forgets_sums, numbers_all; /* cancelled ones, too */

	/* what it holds */
	bool open, storno;
	int items;
	int64_t amount, paid; /* of the open receipt, or of the last one */
	int64_t by_card; /* of what was paid */
	char unp[24], last_unp[24];
	uint32_t number, sale_number, n_z;
	int64_t cash;
	int n_sales, n_returns, n_cash; /* documents made */
	int64_t sum; /* of sales, returns taken off */

	/* its cable */
	int last_seq; /* -1: forgotten */
	GByteArray *last_answer; /* owned */
	GByteArray *out, *in; /* owned; on their way to us, and what is no frame yet */
	bool dead;
	int n_frames; /* since armed */
	Accident accidents[2];
} Model;

void model_init(Model *self, bool long_frames);
void model_clear(Model *self);
void model_arm(Model *self, Accident first, Accident second);
/* A port to it, which lives again if it was dead. */
struct port *model_open(Model *self);
