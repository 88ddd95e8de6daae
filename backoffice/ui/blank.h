/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>
#include <stdbool.h>

/* What stands where there is nothing to list: why, and what to do next. */
#define OFFICE_TYPE_BLANK (office_blank_get_type())
G_DECLARE_FINAL_TYPE(OfficeBlank, office_blank, OFFICE, BLANK, GtkWidget)

void office_blank_say(OfficeBlank *self, const char *text);
/* The same with a button that runs the page's action "page.reload". */
void office_blank_say_trouble(OfficeBlank *self, const char *text);
