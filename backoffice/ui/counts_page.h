/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/ui/desk.h"

#include <gtk/gtk.h>

/* Counting: the counts there are, a new one, one of them open. */
#define OFFICE_TYPE_COUNTS_PAGE (office_counts_page_get_type())
G_DECLARE_FINAL_TYPE(OfficeCountsPage, office_counts_page, OFFICE, COUNTS_PAGE, GtkWidget)

GtkWidget *office_counts_page_new(OfficeDesk *desk); /* borrows @desk */
