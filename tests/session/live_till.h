/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pos/session/session.h"

/* A session in this process, event by event, so that a test can turn the clock between two of them.
 */
typedef struct {
	char *directory; /* owned; as of shop_new() */
	GMainContext *context;
	Session *session;
	SessionView *view; /* owned: the newest */
} LiveTill;

/* Takes @directory. Mary is logged in, and a shift is open. */
LiveTill live_till_open(char *directory);
void live_till_close(LiveTill *self);
/* Power off and on: another session over what is on the disk, with nobody logged in. */
void live_till_restart(LiveTill *self);
/* Sends it and waits until it is done. */
const SessionView *live_till_send(LiveTill *self, SessionEventKind kind, const char *text);
const SessionView *live_till_send_number(LiveTill *self, SessionEventKind kind, const char *text,
					 int64_t number);

/* The same, and it has to go well; what the receipt comes to. */
int64_t live_till_scan(LiveTill *self, const char *code);
/* It is refused with that code. */
void live_till_refuse(LiveTill *self, SessionEventKind kind, const char *text, const char *code);
const SessionLine *live_till_line(const LiveTill *self, int number);
/* An answer of GET /v1/changes into the goods file of @directory. */
void live_till_goods(const char *directory, const char *changes);
