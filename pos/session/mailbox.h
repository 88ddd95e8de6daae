/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* How other threads reach the session's thread: messages, run there in the order they were sent. */
typedef struct Mailbox Mailbox;

typedef void (*MailboxFunc)(void *owner, void *data);

/* @context outlives the mailbox's last letter or drops it. */
Mailbox *mailbox_new(GMainContext *context, void *owner);
/* From any thread. @run gets the owner and @data, which @destroy then frees. */
void mailbox_send(Mailbox *self, MailboxFunc run, void *data, GDestroyNotify destroy);
/* On the owner's thread: messages that are still under way are dropped, not run. */
void mailbox_close(Mailbox *self);
