/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pos/till/goods.h"
#include "pos/till/till_db.h"

#include <jansson.h>

/* The agent that talks to the hub, on a thread of its own: uploads the journal as it grows, takes
 * in what the office changed, and keeps quiet for a while when the hub does not answer. */
typedef struct SyncAgent SyncAgent;

typedef enum {
	SYNC_DONE, /* the hub has all entries, the goods are as the office's */
	SYNC_UNREACHABLE, /* no answer; tried again by itself */
	SYNC_REFUSED, /* the hub does not know this till's token */
	SYNC_CLONED, /* the hub has other entries under our numbers */
	SYNC_FAILED, /* it answers, but not as agreed, or the till could not save */
} SyncOutcome;

typedef struct {
	SyncOutcome outcome;
	int64_t outbox; /* entries the hub does not have */
	bool goods_changed;
	bool asked; /* this round answers sync_agent_ask() */
} SyncNews;
/* After each round, on the agent's thread. */
typedef void (*SyncListener)(const SyncNews *news, void *data);

/* What the office says of a receipt of another till. */
typedef struct {
	guint question; /* as it was asked */
	bool answered; /* else the hub could not be reached, or does not know the call */
	json_t *receipt; /* owned; hub_client_find_receipt()'s; NULL: it has none of that number */
} SyncFound;
void sync_found_free(SyncFound *self);
/* On the agent's thread; takes @found. */
typedef void (*SyncFinder)(SyncFound *found, void *data);

/* @db and @goods are borrowed until sync_agent_free(). The till has to be enrolled. */
SyncAgent *sync_agent_new(TillDb *db, Goods *goods, SyncListener listener, void *data,
			  GError **error);
/* Breaks off the request under way. No news comes after it. */
void sync_agent_free(SyncAgent *self);
/* The journal has grown. @self may be NULL. From any thread. */
void sync_agent_wake(SyncAgent *self);
/* A whole round now, whatever the back-off says; its news say asked. From any thread. */
void sync_agent_ask(SyncAgent *self);
/* Asks for the receipt @number, before the next step of a round; a question that was not begun is
 * forgotten for it. From any thread, and does not wait. */
void sync_agent_find(SyncAgent *self, const char *number, guint question, SyncFinder finder,
		     void *data);
