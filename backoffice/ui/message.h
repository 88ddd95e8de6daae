/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>
#include <stdbool.h>

/* What a form says of itself in its line below; trouble stands out. */
void office_message_say(GtkLabel *line, const char *text, bool is_trouble);
