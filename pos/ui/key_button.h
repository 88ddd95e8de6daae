/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* A button that shows the key which does the same. Properties: "word", "key". It never takes the
 * focus by a click: what is typed next still goes to the field. */
#define POS_TYPE_KEY_BUTTON (pos_key_button_get_type())
G_DECLARE_FINAL_TYPE(PosKeyButton, pos_key_button, POS, KEY_BUTTON, GtkButton)

GtkWidget *pos_key_button_new(const char *word, const char *key);
void pos_key_button_set_word(PosKeyButton *self, const char *word);
