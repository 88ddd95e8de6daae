/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/ui/desk.h"

#include <gtk/gtk.h>

/* The goods list: search, sort by a click on a column's head, a million rows as ten. */
#define OFFICE_TYPE_GOODS_PAGE (office_goods_page_get_type())
G_DECLARE_FINAL_TYPE(OfficeGoodsPage, office_goods_page, OFFICE, GOODS_PAGE, GtkWidget)

GtkWidget *office_goods_page_new(OfficeDesk *desk); /* borrows @desk */
