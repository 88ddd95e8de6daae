/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* GTK 4.8 tells assistive technology of all pages of a stack. This leaves those out that nobody
 * sees; to be called again where pages are added later. */
void office_unseen_leave_out(GtkStack *stack);
