/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/threads.h"

#include <gio/gio.h>
#include <gio/gunixsocketaddress.h>

void threads_prepare(void)
{
	const GType types[] = {
		G_TYPE_TASK,
		G_TYPE_CANCELLABLE,
		G_TYPE_MEMORY_INPUT_STREAM,
		G_TYPE_MEMORY_OUTPUT_STREAM,
		G_TYPE_CONVERTER_INPUT_STREAM,
		G_TYPE_INET_SOCKET_ADDRESS,
		G_TYPE_UNIX_SOCKET_ADDRESS,
		G_TYPE_NETWORK_ADDRESS,
		G_TYPE_PROXY_ADDRESS,
		G_TYPE_SOCKET,
		G_TYPE_SOCKET_CLIENT,
		G_TYPE_SOCKET_CONNECTION,
		G_TYPE_TCP_CONNECTION,
	};

	for (gsize i = 0; i < G_N_ELEMENTS(types); i++)
		g_type_ensure(types[i]);
}
