/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* Shows @child of @stack, to assistive technology too: GTK 4.8 tells it of all pages alike. */
void pages_show(GtkStack *stack, GtkWidget *child);
/* Once, for a stack from a template: tells of the page that is shown first and of no other. */
void pages_init(GtkStack *stack);
void pages_show_name(GtkStack *stack, const char *name);
