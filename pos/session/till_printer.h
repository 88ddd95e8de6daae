/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/fiscal/paper_only.h"
#include "drivers/printer/printer.h"
#include "pos/session/device_link.h"
#include "pos/session/receipt_paper.h"
#include "pos/till/till_paper.h"

/* The receipt printer and the drawer behind it, on a thread of their own. A sale never waits for
 * it: receipts are owed in the database (till_paper.h) and come out in order, each once; after a
 * doubt (power, cable, paper in the middle) it comes out once more with COPY on top. The drawer's
 * pulse goes before any paper that has not been begun. */
typedef struct TillPrinter TillPrinter;

/* All are called on the printer's thread. */
typedef struct {
	void (*state)(const GError *fault, void *data); /* it went, or is well again */
	void (*owed)(void *data); /* what it still owes has changed: till_paper_count() */
	void (*drawer)(const GError *fault, void *data); /* NULL: the pulse is out */
} TillPrinterListener;

/* @db is borrowed; @shop, with all its texts, and @listener are copied. */
TillPrinter *till_printer_new(const DeviceConf *conf, TillDb *db, const PaperShop *shop,
			      const TillPrinterListener *listener, void *data);
/* Breaks off what it is doing; what is owed stays owed. Reports come out first where the printer is
 * well. */
void till_printer_free(TillPrinter *self);

/* None of these block. */
void till_printer_wake(TillPrinter *self); /* a receipt is owed */
/* The words for paper alone of the receipt @seq, or NULL that there are none after all: a paper
 * that waits for them (TillPaper.words) comes out after this. Takes @words. A receipt from before
 * the start has lost its words, and comes out without. */
void till_printer_give_words(TillPrinter *self, int64_t seq, PaperOnly *words);
/* One pulse, or one answer why not: a printer that is away does not send it later. */
void till_printer_open_drawer(TillPrinter *self);
/* Takes @paper. Kept in memory alone: a report can be printed again. */
void till_printer_print(TillPrinter *self, Paper *paper);
