/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* One line of text that is written smaller where it would not fit, down to two fifths of its size:
 * a number is never cut off. */
#define OFFICE_TYPE_FIT (office_fit_get_type())
G_DECLARE_FINAL_TYPE(OfficeFit, office_fit, OFFICE, FIT, GtkWidget)

GtkWidget *office_fit_new(GtkWidget *label); /* takes it */
