/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* How assistive technology calls the list: the focus stands on the button inside, and a name of the
 * outside is not read there. */
void office_drop_down_name(GtkDropDown *self, const char *name);
