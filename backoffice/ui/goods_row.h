/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/goods/goods.h"
#include "core/number_text.h"

#include <glib-object.h>

/* One row of the goods list: texts as people read them, empty until its page has come. */
#define OFFICE_TYPE_GOODS_ROW (office_goods_row_get_type())
G_DECLARE_FINAL_TYPE(OfficeGoodsRow, office_goods_row, OFFICE, GOODS_ROW, GObject)

/* NULL @goods: empty again. */
void office_goods_row_fill(OfficeGoodsRow *self, const Goods *goods, uint16_t currency,
			   const NumberStyle *style);
int64_t office_goods_row_get_id(OfficeGoodsRow *self); /* 0 while it is empty */
