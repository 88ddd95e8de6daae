/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/ui/desk.h"

#include <gtk/gtk.h>

/* Recipes: a list, and one of them open. */
#define OFFICE_TYPE_RECIPES_PAGE (office_recipes_page_get_type())
G_DECLARE_FINAL_TYPE(OfficeRecipesPage, office_recipes_page, OFFICE, RECIPES_PAGE, GtkWidget)

GtkWidget *office_recipes_page_new(OfficeDesk *desk); /* borrows @desk */
