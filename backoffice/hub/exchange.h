/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/hub/access.h"
#include "backoffice/hub/metrics.h"
#include "backoffice/hub/reply.h"
#include "backoffice/hub/snapshot.h"
#include "backoffice/hub/throttle.h"
#include "backoffice/print/day_printer.h"

/* What the answers work with beside a store; each part says which thread may touch it. */
typedef struct {
	/* owned */
	Metrics *metrics;
	Throttle *throttle; /* the writing lane's */
	SnapshotCache *snapshots; /* the snapshot lane's */
	DayPrinter *printer; /* to be woken from any */
} HubParts;

/* One request and its answer: filled in by the main loop, answered on a lane, sent by the main
 * loop. */
typedef struct {
	/* owned */
	char *token; /* NULL: none was shown */
	char *since;
	char *name; /* what the path says where a text is wanted; NULL: nothing is */
	char *address; /* of the peer */
	GBytes *body;
	HubTill till; /* of the token; id 0 where none is asked for */
	Reply reply;

	/* borrowed */
	HubParts *parts;

	bool is_gzip;
	int64_t till_id; /* as the path says */
	int schema; /* version of goods files that the till reads */
} Exchange;

void exchange_clear(Exchange *self);

/* Each answers always, be it with an error. */
typedef void (*Answer)(Exchange *self, Store *store);
void answer_enrol(Exchange *self, Store *store);
void answer_snapshot(Exchange *self, Store *store);
void answer_changes(Exchange *self, Store *store);
void answer_receipt(Exchange *self, Store *store);
void answer_journal(Exchange *self, Store *store);
void answer_metrics(Exchange *self, Store *store);
