/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <jansson.h>
#include <stdbool.h>

/* The calls of the hub, one function each. All block and belong to the thread that made the client;
 * the cancellable alone is for others. */
typedef struct HubClient HubClient;

#define HUB_ERROR (hub_error_quark())
GQuark hub_error_quark(void);
typedef enum {
	HUB_ERROR_UNREACHABLE, /* no connection, no answer, or the hub itself is in trouble (5xx) */
	HUB_ERROR_REFUSED, /* 401, 403: it does not know us */
	HUB_ERROR_CHAIN, /* 409: it has other entries under our numbers */
	HUB_ERROR_REVISION, /* 410: its goods are older than ours; take a snapshot */
	HUB_ERROR_ANSWER, /* it answers, but not as agreed */
} HubError;

/* @token may be NULL (before enrolment). */
HubClient *hub_client_new(const char *url, const char *token, GCancellable *cancellable);
void hub_client_free(HubClient *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(HubClient, hub_client_free)

/* The hub's answer: "till", "token", "name", "shop", "next". Own it. */
json_t *hub_client_enrol(HubClient *self, const char *code, GError **error);
/* Writes a whole goods file to @path. */
bool hub_client_get_snapshot(HubClient *self, const char *path, GError **error);
/* One answer of changes since @revision. Own it. */
json_t *hub_client_get_changes(HubClient *self, int64_t revision, GError **error);
/* What the office has of the receipt @number, with its returns (docs/hub.md); *ret is NULL where it
 * has none of that number. Own it. Waits no longer than somebody at a counter would. */
bool hub_client_find_receipt(HubClient *self, const char *number, json_t **ret, GError **error);
/* @entries: JournalEntry; *ret_next is what the hub wants next, also for a gap. */
bool hub_client_post_journal(HubClient *self, int64_t till, const GPtrArray *entries,
			     int64_t *ret_next, GError **error);
