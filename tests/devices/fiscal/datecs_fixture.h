/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "datecs_talk.h"
#include "drivers/fiscal/fiscal.h"

/* The driver against recorded conversations. */
typedef struct {
	struct port *port;
	const struct fiscal_driver *driver;
	struct fiscal *registrar;
} Fixture;

/* @family: NULL where the driver has to find out. NULL with the driver's error. */
struct fiscal *datecs_open_with(Fixture *fixture, const Talk *talk, const char *family,
				GError **error);
void datecs_set_up(Fixture *fixture, const Talk *talk, const char *family);
/* All of the conversation has to be over. */
void datecs_tear_down(Fixture *fixture);
/* Runs steps from @first till the first fault; -1 if there was none. */
int datecs_run_from(Fixture *fixture, const FiscalDocument *document, int first, int n_steps,
		    FiscalProof *proof);
Money eur(int64_t minor);
/* 4Ch. */
void datecs_say_receipt(Talk *talk, const char *answer);

/* Two lines, 245.94, by card and cash. */
extern const FiscalDocument datecs_sale;

#define IDLE_P "80 80 80 80 86 9A"
#define OPEN_P "80 80 88 80 86 9A"
#define OPEN_X "80 80 88 80 86 9A 80 80"

#define UNP "DT279013-0001-0000001"
#define OPEN_SALE_P "1,0000,1," UNP
#define OPEN_SALE_X "1\t0000\t" UNP "\t1\t\t"
#define LINE_1_P                                                                                   \
	"Tea\t\xC1"                                                                                \
	"89.90*1.234"
#define LINE_2_P                                                                                   \
	"Rice\t\xC1"                                                                               \
	"75.00*2.000;-15.00"
#define LINE_1_X "Tea\t2\t89.90\t1.234\t0\t\t0\t"
#define LINE_2_X "Rice\t2\t75.00\t2.000\t4\t15.00\t0\t"
#define CARD_P "\tD100.00"
#define CASH_P "\tP200.00"
#define CARD_X "1\t100.00\t\t"
#define CASH_X "0\t200.00\t\t"
