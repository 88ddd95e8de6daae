/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/people/person.h"
#include "backoffice/ui/desk.h"

#include <gtk/gtk.h>

/* What one person works and earns in a month, their plan, and corrections of their hours. */
#define OFFICE_TYPE_PERSON_WORK (office_person_work_get_type())
G_DECLARE_FINAL_TYPE(OfficePersonWork, office_person_work, OFFICE, PERSON_WORK, GtkWidget)

void office_person_work_set_desk(OfficePersonWork *self, OfficeDesk *desk); /* borrowed */
/* Copies what it needs; NULL: nobody. */
void office_person_work_show(OfficePersonWork *self, const PersonFile *person);
