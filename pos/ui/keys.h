/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>
#include <stdbool.h>

/* All keys of the window pass here first, so that a scan does the right thing whatever has the
 * focus. What comes as fast as a scanner types is held back for a moment: a scan is never seen in a
 * field, and costs no frame before its total. What a hand types goes on to the field. */
typedef struct Keys Keys;

typedef struct {
	void (*scan)(const char *code, void *data);
	void (*type)(const char *text, void *data); /* at the cursor of the page's field */
	void (*take_back)(int n, void *data); /* the last @n characters typed */
	bool (*press)(guint key, void *data); /* Enter and all that is no character; true: used */
	bool (*wants_space)(void *data); /* a focused button does: it is pressed with it */
} KeysTarget;

bool keys_is_enter(guint key);

/* Lives as long as @window. @target is copied. */
void keys_capture(GtkWidget *window, const KeysTarget *target, void *data);
