/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/ui/desk.h"

#include <gtk/gtk.h>

/* The shop's money: its accounts with what is in them, the book of one of them by month, and what
 * people enter into it. */
#define OFFICE_TYPE_MONEY_PAGE (office_money_page_get_type())
G_DECLARE_FINAL_TYPE(OfficeMoneyPage, office_money_page, OFFICE, MONEY_PAGE, GtkWidget)

GtkWidget *office_money_page_new(OfficeDesk *desk); /* borrows @desk */
