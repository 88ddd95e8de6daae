/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/ui/desk.h"

#include <gtk/gtk.h>

/* One receipt: what was sold, for how much, how it was paid, what the registrar made of it, and
 * what came back of it. */
#define OFFICE_TYPE_RECEIPT_VIEW (office_receipt_view_get_type())
G_DECLARE_FINAL_TYPE(OfficeReceiptView, office_receipt_view, OFFICE, RECEIPT_VIEW, GtkWidget)

void office_receipt_view_set_desk(OfficeReceiptView *self, OfficeDesk *desk); /* borrows */
void office_receipt_view_open(OfficeReceiptView *self, int64_t shop_id, int64_t till_id,
			      int64_t seq);
/* Signal "opened" with shop, till and sequence (int64 each) of another one that was asked for. */
