/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Registers the GObject types that several threads use, while there is only one: GLib 2.74 dead-locks where one thread
 * registers a type with an interface for the first time and another meets it in the making of a class. Call it
 * before the first thread is started; calling it again does nothing. */
void threads_prepare(void);
