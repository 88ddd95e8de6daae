/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/money.h"

#include <gtk/gtk.h>

/* An amount that assistive technology knows by @name and reads as its text. In the largest letters
 * that it fits in: more than @n_large characters get the CSS class "long". */
void figure_show(GtkLabel *label, const char *name, Money amount, int n_large);
/* One that always fits. */
#define FIGURE_FITS 1000
