/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>
#include <stdbool.h>

/* Where a server listens. Instead of soup_server_listen(): that of libsoup 3.2 never lets an accepted
 * socket go, and a hub would end when it has no file descriptor left. */
typedef struct Door Door;

/* With a @certificate it speaks TLS. Serves in the thread's main context. */
Door *door_new(SoupServer *server, GTlsCertificate *certificate);
void door_free(Door *self);

/* Once. Port 0 takes a free one. */
bool door_open(Door *self, GSocketAddress *address, GError **error);
int door_get_port(const Door *self);
char *door_dup_url(const Door *self); /* without a slash at its end */
