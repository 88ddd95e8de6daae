/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <stdbool.h>

/* The HTTP server that tills sync with. It lives on the default main context, which only reads and
 * writes sockets; databases are worked on by lanes. */
typedef struct Hub Hub;

#define HUB_BODY_MAX (16 << 20) /* of a request */

/* STORE_ERROR where the database cannot be opened or is of another version. @certificate may be
 * NULL: plain HTTP. */
Hub *hub_new(const char *dsn, GTlsCertificate *certificate, GError **error);
bool hub_listen(Hub *self, GSocketAddress *address, GError **error);
/* "http://127.0.0.1:8080": own it. */
char *hub_dup_url(Hub *self);
/* Takes no more requests, ends the ones at work, closes the databases. */
void hub_free(Hub *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Hub, hub_free)
