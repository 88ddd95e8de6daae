/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Where OpenGL would be emulated, cairo starts a quarter faster, draws in half the time and saves 80 MiB: has GTK
 * draw with it there, unless $GSK_RENDERER says otherwise. Before GTK and before any thread. */
void renderer_choose(void);
