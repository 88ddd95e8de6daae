/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <linux/input.h>

/* What a scanner's keyboard sends for a text: '\n' is Enter, '\t' Tab. Own the array of struct
 * input_event, each key's press and release with their reports. */
GArray *typing_new(const char *text);
void typing_key(GArray *events, unsigned code, int value); /* 0 released, 1 pressed, 2 repeated */
/* A character of the US layout, Shift included. */
void typing_character(GArray *events, char character);
