/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/ui/desk.h"

#include <gtk/gtk.h>

/* A question of a page to the database, and its answer where the page still stands. */

/* On a thread of the desk: does the work, puts the answer into @data. */
typedef bool (*OfficeWork)(Store *store, void *data, GError **error);
/* Back on the window's thread; @error NULL: it went well. Lends @data. Not called where @widget is
 * gone. */
typedef void (*OfficeDone)(GtkWidget *widget, void *data, const GError *error);

/* Takes @data. */
void office_ask(OfficeDesk *desk, OfficeSpeed speed, GtkWidget *widget, OfficeWork work, void *data,
		GDestroyNotify free_data, OfficeDone done);
