/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/sync/snapshot.h"

#include <glib/gstdio.h>

bool snapshot_take(HubClient *hub, const char *path, Goods *open, GError **error)
{
	g_autofree char *snapshot = g_strconcat(path, ".snapshot", NULL);
	bool done = hub_client_get_snapshot(hub, snapshot, error) &&
		    goods_install(path, snapshot, open, error);

	if (!done)
		g_unlink(snapshot);
	return done;
}
