/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>
#include <stdbool.h>

/* The till's one window: status, what to know, and the page of the session's state. It owns the
 * session's thread; closing it stops the session. */
#define POS_TYPE_WINDOW (pos_window_get_type())
G_DECLARE_FINAL_TYPE(PosWindow, pos_window, POS, WINDOW, GtkApplicationWindow)

/* Fills the screen unless @windowed. */
GtkWidget *pos_window_new(GtkApplication *app, const char *directory, bool windowed);
