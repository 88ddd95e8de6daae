/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pos/sync/hub_client.h"
#include "pos/till/goods.h"

/* Fetches a whole goods file from the hub and puts it at @path. @open is the Goods that has @path
 * open, or NULL; it goes on with the new file. */
bool snapshot_take(HubClient *hub, const char *path, Goods *open, GError **error);
