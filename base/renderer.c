/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/renderer.h"

#include <glib.h>
#include <stdbool.h>

/* DRM hands out render nodes by this name. */
#define RENDER_NODES "/dev/dri"

static bool has_gpu(void)
{
	g_autoptr(GDir) nodes = g_dir_open(RENDER_NODES, 0, NULL);
	const char *name;

	while (nodes != NULL && (name = g_dir_read_name(nodes)) != NULL)
		if (g_str_has_prefix(name, "renderD"))
			return true;
	return false;
}

void renderer_choose(void)
{
	if (!has_gpu())
		g_setenv("GSK_RENDERER", "cairo", false);
}
