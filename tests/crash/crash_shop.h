/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tests/crash/crash_book.h"
#include "tests/crash/sim_process.h"
#include "tests/crash/till_process.h"

/* A till in a folder of its own with a registrar and a card terminal, and a cashier who brings to
 * its end whatever happens: presses retry, logs in again, pays what is open. */

typedef struct {
	const char *title;
	const char *name; /* as in [fiscal] device=NAME@… */
	const char *sim;
	Cable cable;
	const char *country; /* of the shop */
	const char *options; /* further lines of [fiscal] */
	const char *const *settings; /* of the simulator: quick as the till's seconds are */
	/* Faults by which the answer to a closed sale, or return, is lost; or what the till cannot
	 * tell from that. */
	const char *const *lost, *const *lost_return;
	void (*prepare)(json_t *state); /* makes the simulator's memory one of today; NULL: it is */
	bool may_doubt; /* it cannot be asked what it did: a doubt may stay, and is told */
} CrashProtocol;

/* Ends with a NULL title. */
extern const CrashProtocol crash_protocols[];
/* Driver and simulator are both in this build. */
bool crash_protocol_is_there(const CrashProtocol *self);

typedef struct {
	const CrashProtocol *protocol; /* borrowed */
	char *directory; /* owned: till.conf, till.db, goods.db */
	char *devices; /* owned: the simulators' links, logs and states */
	SimProcess fiscal, terminal;
	TillProcess till;
	CrashBook *book;
	bool has_returns; /* the till knows the step `return` */
	GString *story; /* steps and answers of this round, for who has to look into it */
	char *failure; /* owned: what is wrong, in words; NULL: nothing */
	bool keeps; /* its folders, after a failure */
	int restarts; /* of the till */
} CrashShop;

/* Opens its shift and sells once by card, so that its terminal has something to remember. @lies:
 * its disk pretends to flush; such a shop has to fail. */
CrashShop *crash_shop_new(const CrashProtocol *protocol, bool as_program, bool lies);
void crash_shop_free(CrashShop *self);

/* One step. False: the till has died, or has not done it. *ret (may be NULL) is the caller's. */
bool crash_shop_step(CrashShop *self, const char *step, json_t **ret);
/* Brings all to its end. False with self->failure where that cannot be done. */
bool crash_shop_settle(CrashShop *self);
/* Compares the books; the till is settled. False with self->failure. */
bool crash_shop_check(CrashShop *self, BookVerdict *ret);
/* Ends the till as it should, and proves the whole journal with `baraa verify`. */
bool crash_shop_close(CrashShop *self);
/* Writes down the first thing that is wrong. Returns false. */
bool crash_shop_fail(CrashShop *self, const char *format, ...) G_GNUC_PRINTF(2, 3);
