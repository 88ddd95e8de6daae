/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/ui/desk.h"

#include <gtk/gtk.h>

/* Everybody who works here; of the chosen one their card, their work, their rules of pay. */
#define OFFICE_TYPE_PEOPLE_PAGE (office_people_page_get_type())
G_DECLARE_FINAL_TYPE(OfficePeoplePage, office_people_page, OFFICE, PEOPLE_PAGE, GtkWidget)

GtkWidget *office_people_page_new(OfficeDesk *desk); /* borrows @desk */
