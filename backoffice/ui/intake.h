/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/ui/ask.h"
#include "backoffice/ui/scan_bar.h"
#include "backoffice/ui/scanned.h"

/* Takes scans and what is typed, one after the other in their order, whatever is going on: each is
 * looked up, asked for what is missing (a day, serial numbers), added to the document or count, and
 * shown on the bar. A number that is typed takes the place of what the last scan added. */
typedef struct OfficeIntake OfficeIntake;

/* What goods a scan means. Texts are owned, never NULL. */
typedef struct {
	int64_t item_id, pack_id;
	int64_t quantity; /* of one scan, millionths */
	char *name, *code, *unit;
	bool expires, serials, has_price;
	int64_t price;
	char *batch, *serial;
	int32_t expiry;
} OfficeFound;
OfficeFound *office_found_copy(const OfficeFound *self);
void office_found_free(void *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OfficeFound, office_found_free)

/* Something to be added, and how it stands then. */
typedef struct {
	OfficeFound *found; /* owned */
	int64_t document_id, person_id, zone_id;
	int pass;
	bool to_note; /* it is what the paper says, not what came */
	int64_t quantity; /* to be added; below zero takes back */
	char *serial; /* owned; NULL: a quantity is added */
	/* answer */
	int line;
	int64_t total, expected;
	bool has_expected;
	int n_serials;
} OfficeAddition;

typedef struct {
	/* Names document, person, place, on the window's thread. */
	void (*prepare)(OfficeAddition *addition, void *data);
	/* On a thread of the desk. */
	OfficeWork add; /* an OfficeAddition */
	/* It is added: show it. */
	void (*added)(const OfficeAddition *addition, void *data);
	/* No goods have this code (@scanned: it may be linked), or a name was typed: what comes
	 * waits for office_intake_resume(). */
	void (*unknown)(const char *text, bool scanned, void *data);
	bool asks_day, asks_serials;
} OfficeIntakeTarget;

/* @widget: answers come while it stands. @target and @bar are borrowed. */
OfficeIntake *office_intake_new(OfficeDesk *desk, GtkWidget *widget, OfficeScanBar *bar,
				const OfficeIntakeTarget *target, void *data);
void office_intake_free(OfficeIntake *self);
/* Forgets what is lit and what waits: another document. */
void office_intake_reset(OfficeIntake *self);
void office_intake_scan(OfficeIntake *self, const char *code, const char *before);
void office_intake_enter(OfficeIntake *self, const char *text);
/* After unknown(): looks the same text up again; NULL leaves it. */
void office_intake_resume(OfficeIntake *self, const char *text);
/* After unknown(): this one was chosen by name; once. */
void office_intake_resume_item(OfficeIntake *self, int64_t item_id);
/* Asks for goods by name: unknown() with an empty text. Only while it is idle. */
void office_intake_find(OfficeIntake *self);
/* Lights goods of which @amount is there: a number that is typed takes its place. */
void office_intake_edit(OfficeIntake *self, int64_t item_id, int64_t amount);
/* Leaves the question that is open (a day, a serial number). False if none is. */
bool office_intake_leave_question(OfficeIntake *self);
bool office_intake_is_idle(const OfficeIntake *self);
