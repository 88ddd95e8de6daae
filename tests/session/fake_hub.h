/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <jansson.h>
#include <stdbool.h>

/* A hub of a few answers on loopback, on a thread of its own: it proves the chain of what it gets
 * and keeps it. Asked for a receipt it is silent. */
typedef struct FakeHub FakeHub;

/* @port 0: any. @snapshot: the goods file it gives away, may be NULL. */
FakeHub *fake_hub_new(int port, const char *snapshot);
void fake_hub_free(FakeHub *self);
const char *fake_hub_url(FakeHub *self);
int fake_hub_port(FakeHub *self);

int64_t fake_hub_count(FakeHub *self); /* entries it has */
/* It loses all entries from @next on, as from an old backup. */
void fake_hub_forget_from(FakeHub *self, int64_t next);
void fake_hub_say_chain(FakeHub *self); /* from now on it knows another history */
void fake_hub_say_unknown(FakeHub *self); /* from now on it knows no token */
/* What the next changes will be; text of the whole answer. */
void fake_hub_change(FakeHub *self, int64_t revision, const char *answer);
/* The office came back from a backup of that revision; its goods are in the snapshot. */
void fake_hub_restore(FakeHub *self, int64_t revision);
