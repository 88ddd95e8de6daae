/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* How names are compared when people search: lower case, ё→е, ө→о, ү→у, other marks dropped,
 * everything that is no letter or digit to one blank, ends trimmed. Own it. */
char *fold_dup(const char *text);
/* What @text would have been on the other keyboard layout (ghbdtn → привет and back: Latin QWERTY
 * to Russian ЙЦУКЕН if it has Latin letters, else the other way). NULL where nothing changes. */
char *fold_dup_other_layout(const char *text);
/* Latin letters to Cyrillic by sound, in lower case ("Moloko" → "молоко"); NULL if there is no
 * Latin letter. */
char *fold_dup_transliterated(const char *text);
