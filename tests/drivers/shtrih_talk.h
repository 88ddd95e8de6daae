/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/fiscal/fiscal.h"
#include "drivers/port/transcript.h"

/* Conversations with a registrar, written as the bodies of fiscal-shtrih-m.md §6: the frames around
 * them are §2's. */
typedef struct {
	GString *script; /* owned */
	struct port *port; /* owned */
	struct fiscal *registrar; /* owned */
} ShtrihTalk;

/* A registrar that is open: shift 42, four receipts, document 57, cover open, memory nearly full.
 */
#define SHTRIH_TALK_STATUS "10 00 1E 92 06 02 00 00 33 8A 00 00 00 00 00 00 00"
#define SHTRIH_TALK_FN                                                                             \
	"FF 01 00 03 00 00 01 04 1A 06 03 0A 0F 39 39 39 39 30 37 38 39 30 30 30 31 32 33 34 35 "  \
	"39 "                                                                                      \
	"00 00 00"

const struct fiscal_driver *shtrih(void);
void shtrih_talk_begin(ShtrihTalk *self);
/* "10 1E 00 00 00" and what is said to it. */
void shtrih_talk_add(ShtrihTalk *self, const char *command, const char *answer);
/* The four questions of observe(). */
void shtrih_talk_add_observe(ShtrihTalk *self);
/* Opens the driver on what was added, with one option or none. */
void shtrih_talk_open(ShtrihTalk *self, const char *key, const char *value);
/* Asserts that all of it was said. */
void shtrih_talk_end(ShtrihTalk *self);
/* @head and @n_zeros bytes of zero. Own it. */
char *shtrih_talk_dup_row(const char *head, int n_zeros);
