/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/people/person.h"
#include "backoffice/ui/desk.h"

#include <gtk/gtk.h>

/* Rules of pay that count for one person: their own and those of their role. */
#define OFFICE_TYPE_PERSON_RULES (office_person_rules_get_type())
G_DECLARE_FINAL_TYPE(OfficePersonRules, office_person_rules, OFFICE, PERSON_RULES, GtkWidget)

void office_person_rules_set_desk(OfficePersonRules *self, OfficeDesk *desk); /* borrowed */
/* Copies what it needs; NULL: nobody. */
void office_person_rules_show(OfficePersonRules *self, const PersonFile *person);
