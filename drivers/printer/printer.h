/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/device.h"
#include "drivers/port/port.h"
#include "drivers/printer/paper.h"

/* The POSPrinter class: receipts on paper, and the drawer that hangs on the printer. All calls
 * block; they run on the device's own thread. */

typedef struct {
	bool offline; /* by its own word: see why below */
	bool cover_open;
	bool paper_out;
	bool paper_near_end;
	bool waits_for_feed; /* after new paper; printer_driver.observe() lets it go on by itself */
	bool cutter_jam;
	bool too_hot; /* cools down by itself */
	bool needs_service;
	bool speaks; /* false: it never answers, and the rest means nothing */
	bool drawer_high; /* level of the drawer's switch; which one is "open" depends on the drawer
			   */
} PrinterStatus;

typedef enum {
	PRINT_DONE, /* the printer said that all of it is on paper */
	PRINT_SENT, /* all bytes were taken; a printer that never speaks cannot say more */
	PRINT_NOTHING, /* certain: not a byte of it reached the printer. Print again */
	PRINT_UNKNOWN, /* some of it may be on paper. Never repeated without the word COPY on top */
} PrintOutcome;

/* Called twice a second while a print waits for a person, with what stops it: to be told, and to
 * say whether to go on waiting. On the device's thread. */
typedef bool (*PrintWait)(DeviceFault fault, void *data);

/* An option that the till sets by itself: it was killed in the middle of a receipt, and the printer
 * may sit in the middle of a command. */
#define PRINTER_OPTION_TORN "torn"

struct printer;
struct printer_driver {
	const char *name; /* "escpos" */
	/* @port is lent until close. @options: keys of till.conf's [printer] group, may be NULL. */
	struct printer *(*open)(struct port *port, GHashTable *options, GError **error);
	void (*close)(struct printer *self);
	int (*columns)(const struct printer *self); /* of plain text */
	/* Asks how it is, in less than a second. A fault of the printer is no failure of the call.
	 */
	bool (*observe)(struct printer *self, PrinterStatus *ret, GError **error);
	/* Prints and waits until it is on paper. @error is set for NOTHING and UNKNOWN, with what a
	 * person has to put right. A printer that only waits for paper or its cover is waited for
	 * as long as @wait says (NULL: not at all), then UNKNOWN: what it holds will still come
	 * out. */
	PrintOutcome (*print)(struct printer *self, const Paper *paper, PrintWait wait, void *data,
			      GError **error);
	/* The drawer's pulse. Never sent twice; a printer that is off-line fails at once, so that
	 * no pulse waits in it and fires later. */
	bool (*open_drawer)(struct printer *self, GError **error);
	/* The bytes print() would send, without I/O: for tests and benchmarks. */
	GBytes *(*encode)(struct printer *self, const Paper *paper, GError **error);
};

/* The driver of that name, or NULL. */
const struct printer_driver *printer_driver_find(const char *name);
/* The first fault that stops it, or DEVICE_FAULT_N. */
DeviceFault printer_status_fault(const PrinterStatus *status);
