/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/ui/desk.h"

#include <gtk/gtk.h>
#include <stdbool.h>
#include <stdint.h>

/* One recipe: what comes out, what goes in. */
#define OFFICE_TYPE_RECIPE_FORM (office_recipe_form_get_type())
G_DECLARE_FINAL_TYPE(OfficeRecipeForm, office_recipe_form, OFFICE, RECIPE_FORM, GtkWidget)

void office_recipe_form_set_desk(OfficeRecipeForm *self, OfficeDesk *desk); /* borrows */
/* The recipe in force on @day, or a new one. */
void office_recipe_form_open(OfficeRecipeForm *self, int64_t item_id, int32_t day);
void office_recipe_form_scan(OfficeRecipeForm *self, const char *code); /* a component */
void office_recipe_form_find(OfficeRecipeForm *self);
void office_recipe_form_save(OfficeRecipeForm *self);
/* Out of the search for goods, then out of the form; asks once where something is not saved. */
void office_recipe_form_leave(OfficeRecipeForm *self);
/* Signal "left". */
