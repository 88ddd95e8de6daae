/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pos/ui/till_link.h"

#include <gtk/gtk.h>

/* Selling and all that goes with it: the receipt on the left, what can be done on the right. Every
 * verb is an action of this widget ("sale.pay"): key, button and scanner run the same code. */
#define POS_TYPE_SALE_PAGE (pos_sale_page_get_type())
G_DECLARE_FINAL_TYPE(PosSalePage, pos_sale_page, POS, SALE_PAGE, GtkGrid)

/* Borrows @link. */
GtkWidget *pos_sale_page_new(TillLink *link);
void pos_sale_page_show_view(PosSalePage *self, SessionView *view);
/* The payment is on the screen, though no money has reached the session yet. */
bool pos_sale_page_is_paying(PosSalePage *self);
GtkEditable *pos_sale_page_get_field(PosSalePage *self);
void pos_sale_page_before_typing(PosSalePage *self);
void pos_sale_page_scan(PosSalePage *self, const char *code);
void pos_sale_page_enter(PosSalePage *self);
/* A key that is no character; true where it has been used. */
bool pos_sale_page_press(PosSalePage *self, guint key);
