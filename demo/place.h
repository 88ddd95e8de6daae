/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>
#include <stdbool.h>

/* The folder of a training shop, where each simulated device has DEVICE.log and DEVICE.control. */
typedef struct {
	const char *folder; /* borrowed */
} Place;

/* This shop has it: its control fifo is there. */
bool place_has(const Place *self, const char *device);
char *place_dup_log(const Place *self, const char *device);
/* One control line (drivers/sim/sim.h). A simulator that has ended is told nothing: false. */
bool place_say(const Place *self, const char *device, const char *line);

/* What the window is made of, each wide enough to press. @line is said to @device. */
GtkWidget *heading_new(const char *text);
GtkWidget *control_button_new(const Place *place, const char *device, const char *line,
			      const char *label);
/* Also of a button that has one: words go to a second line rather than widen the window. */
void button_set_text(GtkButton *button, const char *text);
/* Children side by side, all of one width. */
GtkWidget *row_new(void);
void set_accessible_name(GtkWidget *widget, const char *name);
