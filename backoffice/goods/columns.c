/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/goods/columns.h"

#include "core/fold.h"

#include <glib.h>
#include <string.h>

#define SPELLINGS_MAX 16

/* The first is the name in exports. Compared folded: case, dots, hyphens, ё, ө and ү do not matter.
 */
static const char *const spellings[COLUMN_N][SPELLINGS_MAX] = {
	[COLUMN_BARCODE] = { "barcode", "barcodes", "bar code", "ean", "ean13", "ean 13", "gtin",
			     "upc", "штрихкод", "штрих код", "баркод", "шк", "зураасан код",
			     "баар код" },
	[COLUMN_NAME] = { "name", "title", "product", "product name", "item name", "description",
			  "наименование", "наименование товара", "название", "товар",
			  "номенклатура", "нэр", "барааны нэр", "бараа", "нэршил" },
	[COLUMN_CATEGORY] = { "category", "group", "категория", "группа", "группа товаров",
			      "товарная группа", "ангилал", "бүлэг", "барааны бүлэг" },
	[COLUMN_BRAND] = { "brand", "бренд", "марка", "торговая марка", "производитель", "брэнд",
			   "үйлдвэрлэгч" },
	[COLUMN_UNIT] = { "unit", "uom", "ед", "ед изм", "единица", "единица измерения",
			  "хэмжих нэгж", "нэгж", "хэмжээ" },
	[COLUMN_PRICE] = { "price", "retail price", "sale price", "цена", "розничная цена",
			   "цена продажи", "цена розничная", "үнэ", "зарах үнэ", "борлуулах үнэ",
			   "жижиглэн үнэ", "нэгж үнэ" },
	[COLUMN_COST] = { "cost", "cost price", "purchase price", "себестоимость",
			  "закупочная цена", "цена закупки", "цена закупочная", "өртөг",
			  "авсан үнэ", "худалдан авсан үнэ" },
	[COLUMN_TAX] = { "tax", "vat", "tax rate", "vat rate", "ндс", "ставка ндс", "налог", "нөат",
			 "татвар" },
	[COLUMN_ARTICLE] = { "article", "sku", "item code", "code", "артикул", "код", "код товара",
			     "артикль", "дотоод код", "барааны код" },
	[COLUMN_WEIGHED] = { "weighed", "by weight", "весовой", "весовой товар", "жингийн",
			     "жигнэх", "жинлэдэг" },
};

const char *column_name(Column column)
{
	g_return_val_if_fail(column < COLUMN_N, NULL);
	return spellings[column][0];
}

static bool is_spelling_of(const char *folded, Column column)
{
	for (int i = 0; i < SPELLINGS_MAX && spellings[column][i] != NULL; i++) {
		g_autofree char *spelling = fold_dup(spellings[column][i]);

		if (strcmp(folded, spelling) == 0)
			return true;
	}
	return false;
}

bool column_parse(const char *text, Column *ret)
{
	g_autofree char *folded = fold_dup(text);

	for (Column column = 0; column < COLUMN_N; column++) {
		if (is_spelling_of(folded, column)) {
			*ret = column;
			return true;
		}
	}
	return false;
}
