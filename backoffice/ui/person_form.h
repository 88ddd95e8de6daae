/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/people/person.h"
#include "backoffice/ui/desk.h"

#include <gtk/gtk.h>

/* One person as the office keeps them: name, role, PIN, badge, shops. */
#define OFFICE_TYPE_PERSON_FORM (office_person_form_get_type())
G_DECLARE_FINAL_TYPE(OfficePersonForm, office_person_form, OFFICE, PERSON_FORM, GtkWidget)

void office_person_form_set_desk(OfficePersonForm *self, OfficeDesk *desk); /* borrowed */
/* Copies what it needs; NULL: a new one. */
void office_person_form_show(OfficePersonForm *self, const PersonFile *person);
void office_person_form_write(OfficePersonForm *self);
/* Signal: "written" with the id (gint64) once the database has it. */
