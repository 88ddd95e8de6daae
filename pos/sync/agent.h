/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pos/till/goods.h"
#include "pos/till/till_db.h"

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

/* @db and @goods are borrowed until sync_agent_free(). The till has to be enrolled. */
SyncAgent *sync_agent_new(TillDb *db, Goods *goods, SyncListener listener, void *data,
			  GError **error);
/* Breaks off the request under way. No news comes after it. */
void sync_agent_free(SyncAgent *self);
/* The journal has grown. @self may be NULL. From any thread. */
void sync_agent_wake(SyncAgent *self);
/* A whole round now, whatever the back-off says; its news say asked. From any thread. */
void sync_agent_ask(SyncAgent *self);
