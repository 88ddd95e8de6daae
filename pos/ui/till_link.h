/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pos/session/session.h"

/* The session on a thread of its own, and the way to it from the window. */
typedef struct TillLink TillLink;

/* On the main thread, with the newest view; those in between are skipped. Lent. */
typedef void (*TillLinkShow)(SessionView *view, void *data);
/* On the main thread: there will be no session. @error is English, for the log; lent. */
typedef void (*TillLinkFail)(const GError *error, void *data);

TillLink *till_link_new(const char *directory, TillLinkShow show, TillLinkFail fail, void *data);
/* Waits until the session has stopped; no more calls to show. */
void till_link_free(TillLink *self);

/* Dropped while the session has not started. */
void till_link_send(TillLink *self, SessionEventKind kind);
void till_link_send_text(TillLink *self, SessionEventKind kind, const char *text);
void till_link_send_line(TillLink *self, SessionEventKind kind, int64_t number, const char *text);
void till_link_send_card_result(TillLink *self, bool approved, const char *reference);
