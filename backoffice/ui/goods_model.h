/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/ui/desk.h"
#include "backoffice/ui/goods_row.h"

/* The goods list as a GListModel of any length: pages are fetched as they come into view. The
 * property "count" is the number of goods found, −1 while it is not known. */
#define OFFICE_TYPE_GOODS_MODEL (office_goods_model_get_type())
G_DECLARE_FINAL_TYPE(OfficeGoodsModel, office_goods_model, OFFICE, GOODS_MODEL, GObject)

OfficeGoodsModel *office_goods_model_new(OfficeDesk *desk); /* borrows @desk */
void office_goods_model_set_search(OfficeGoodsModel *self, const char *text);
void office_goods_model_set_order(OfficeGoodsModel *self, GoodsOrder order, bool descending);
/* Asks anew: somebody else may have changed the goods. */
void office_goods_model_reload(OfficeGoodsModel *self);
/* What is asked now. */
const char *office_goods_model_get_search(OfficeGoodsModel *self);
GoodsOrder office_goods_model_get_order(OfficeGoodsModel *self, bool *ret_descending);
