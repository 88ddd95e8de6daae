/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* A cable of TCP to a service on loopback, that can be cut at any byte, either way. */
typedef struct CutProxy CutProxy;

/* @upstream: "http://127.0.0.1:40001". */
CutProxy *cut_proxy_new(const char *upstream);
void cut_proxy_free(CutProxy *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(CutProxy, cut_proxy_free)

const char *cut_proxy_get_address(const CutProxy *self);
/* So many bytes more pass to the service (@up) and back (@down), over all connections; then each
 * connection that would carry another is cut. -1: as many as come. */
void cut_proxy_set_budget(CutProxy *self, int up, int down);
