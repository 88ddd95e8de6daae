/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/ui/desk.h"

#include <gtk/gtk.h>

/* What a manager has to look after, of the last weeks: documents in doubt, receipts that no
 * registrar knows yet, more given back than was sold, registrars that counted otherwise. It stays
 * up to date by itself, also unseen; its signal "counted" says how many there are (guint). */
#define OFFICE_TYPE_CASES_PAGE (office_cases_page_get_type())
G_DECLARE_FINAL_TYPE(OfficeCasesPage, office_cases_page, OFFICE, CASES_PAGE, GtkWidget)

GtkWidget *office_cases_page_new(OfficeDesk *desk); /* borrows @desk */
/* Asks the first time; connect to "counted" before. */
void office_cases_page_start(OfficeCasesPage *self);
