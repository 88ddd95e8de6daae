/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* The real office and hub on the far side of a till: $BARAA, $BARAA_HUB and $BARAA_TILL are their
 * programs. Bread and milk, Mary and Ann of shop.h. */
typedef struct {
	char *directory, *dsn, *goods, *url, *till; /* owned */
	GSubprocess *hub; /* NULL: stopped */
} Chain;

Chain chain_new(void);
void chain_free(Chain *self);
/* Writes the price of bread anew. */
void chain_import_bread(Chain *self, const char *price);
/* @where: "127.0.0.1:0". Its address; own it. */
char *chain_start_hub(Chain *self, const char *where);
void chain_stop_hub(Chain *self);
/* A till of that name in a folder of its own. */
char *chain_enrol(Chain *self, const char *name);
/* What a program that ended well has said; own it. */
char *chain_run(const char *const *arguments);
#define CHAIN_BARAA(...) chain_run((const char *const[]){ g_getenv("BARAA"), __VA_ARGS__, NULL })
