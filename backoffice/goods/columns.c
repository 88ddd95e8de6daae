/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/goods/columns.h"

#include "core/fold.h"

#include <glib/gi18n-lib.h>
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
	[COLUMN_PACK] = { "pack", "package", "упаковка", "вид упаковки", "сав баглаа", "баглаа",
			  "хайрцаг" },
	[COLUMN_FACTOR] = { "factor", "in pack", "pack size", "qty in pack", "в упаковке",
			    "кол во в упаковке", "количество в упаковке", "штук в упаковке",
			    "коэффициент", "баглаанд", "хайрцагт", "савалгааны тоо" },
	[COLUMN_PACK_PRICE] = { "pack_price", "pack price", "price of pack", "цена упаковки",
				"цена за упаковку", "баглааны үнэ", "хайрцагны үнэ" },
	[COLUMN_PLU] = { "plu", "plu code", "код plu", "код плу", "плу", "код весов",
			 "номер на весах", "плу код", "жингийн код" },
	[COLUMN_MARKED] = { "marked", "маркировка", "маркированный", "маркируемый", "честный знак",
			    "тэмдэглэгээтэй" },
	[COLUMN_EXPIRES] = { "expires", "by expiry", "учет сроков", "учет срока годности",
			     "по срокам", "хугацаатай" },
	[COLUMN_SERIALS] = { "serials", "serial numbers", "серийный учет", "серийные номера",
			     "серийн дугаартай" },
	[COLUMN_SHELF_LIFE] = { "shelf_life", "shelf life", "shelf life days", "срок годности",
				"срок годности дней", "срок хранения", "хадгалах хугацаа" },
	[COLUMN_TARE] = { "tare", "тара", "вес тары", "вес упаковки", "савны жин" },
	[COLUMN_MINIMUM] = { "minimum", "min stock", "reorder level", "минимум",
			     "минимальный остаток", "мин остаток", "неснижаемый остаток",
			     "доод үлдэгдэл" },
	[COLUMN_CLASSIFICATION] = { "classification", "classification code", "код тн вэд", "тнвэд",
				    "тн вэд", "окпд", "окпд2", "бүна", "ангиллын код",
				    "бүтээгдэхүүний ангилал" },
	[COLUMN_KIND] = { "kind", "type", "вид", "тип", "вид товара", "төрөл" },
	[COLUMN_FAMILY] = { "family", "model", "модель", "семейство", "загвар" },
	[COLUMN_FIRST] = { "size", "размер", "размер товара", "размер одежды" },
	[COLUMN_SECOND] = { "colour", "color", "цвет", "өнгө" },
	[COLUMN_NOTE] = { "note", "comment", "remark", "примечание", "комментарий", "тэмдэглэл",
			  "тайлбар" },
};

static const char *const titles[COLUMN_N] = {
	[COLUMN_BARCODE] = NC_("column", "barcode"),
	[COLUMN_NAME] = NC_("column", "name"),
	[COLUMN_CATEGORY] = NC_("column", "category"),
	[COLUMN_BRAND] = NC_("column", "brand"),
	[COLUMN_UNIT] = NC_("column", "unit"),
	[COLUMN_PRICE] = NC_("column", "price"),
	[COLUMN_COST] = NC_("column", "cost"),
	[COLUMN_TAX] = NC_("column", "tax"),
	[COLUMN_ARTICLE] = NC_("column", "article"),
	[COLUMN_WEIGHED] = NC_("column", "sold by weight"),
	[COLUMN_PACK] = NC_("column", "pack"),
	[COLUMN_FACTOR] = NC_("column", "units in a pack"),
	[COLUMN_PACK_PRICE] = NC_("column", "price of a pack"),
	[COLUMN_PLU] = NC_("column", "PLU"),
	[COLUMN_MARKED] = NC_("column", "marked"),
	[COLUMN_EXPIRES] = NC_("column", "kept by expiry day"),
	[COLUMN_SERIALS] = NC_("column", "kept by serial number"),
	[COLUMN_SHELF_LIFE] = NC_("column", "shelf life, days"),
	[COLUMN_TARE] = NC_("column", "tare, kg"),
	[COLUMN_MINIMUM] = NC_("column", "minimum stock"),
	[COLUMN_CLASSIFICATION] = NC_("column", "classification code"),
	[COLUMN_KIND] = NC_("column", "kind"),
	[COLUMN_FAMILY] = NC_("column", "family"),
	[COLUMN_FIRST] = NC_("column", "size"),
	[COLUMN_SECOND] = NC_("column", "colour"),
	[COLUMN_NOTE] = NC_("column", "note"),
};

const char *column_title(Column column)
{
	g_return_val_if_fail(column < COLUMN_N, NULL);
	return g_dpgettext2(GETTEXT_PACKAGE, "column", titles[column]);
}

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
