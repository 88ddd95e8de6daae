/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/goods/draft.h"

#include "backoffice/goods/fields.h"
#include "core/barcode.h"
#include "core/fold.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What a row is read with. */
typedef struct {
	const char *const *cells; /* by column */
	uint16_t currency;
	const TaxNames *taxes;
	Column column; /* being read: where it is wrong, this is the one */
} Reading;

void draft_clear(Draft *self)
{
	g_free(self->barcode);
	g_free(self->key);
	g_free(self->article);
	g_free(self->name);
	g_free(self->category);
	g_free(self->brand);
	g_free(self->pack);
	g_free(self->classification);
	g_free(self->family);
	g_free(self->first);
	g_free(self->second);
	g_free(self->note);
	*self = (Draft){ 0 };
}

/* --- texts --------------------------------------------------------------------------------- */

static char *read_text(Reading *reading, Draft *self, Column column, int max, char **ret)
{
	const char *cell = reading->cells[column];

	reading->column = column;
	*ret = field_dup_tidy(cell != NULL ? cell : "");
	self->given[column] = **ret != '\0';
	return field_check_text(*ret, column_title(column), max);
}

static char *read_texts(Reading *reading, Draft *self)
{
	char *reason = read_text(reading, self, COLUMN_NAME, FIELD_NAME_MAX, &self->name);

	if (reason == NULL)
		reason = read_text(reading, self, COLUMN_ARTICLE, FIELD_TEXT_MAX, &self->article);
	if (reason == NULL)
		reason = read_text(reading, self, COLUMN_CATEGORY, FIELD_TEXT_MAX, &self->category);
	if (reason == NULL)
		reason = read_text(reading, self, COLUMN_BRAND, FIELD_TEXT_MAX, &self->brand);
	return reason;
}

static char *read_barcode(Reading *reading, Draft *self)
{
	const char *cell = reading->cells[COLUMN_BARCODE];
	char *reason;

	reading->column = COLUMN_BARCODE;
	if (cell == NULL)
		return NULL;
	self->barcode = field_dup_tidy(cell);
	if (*self->barcode == '\0')
		return NULL;
	reason = field_check_barcode(self->barcode);
	if (reason != NULL)
		return reason;
	self->key = barcode_dup_key(self->barcode);
	self->given[COLUMN_BARCODE] = true;
	return NULL;
}

/* --- numbers ------------------------------------------------------------------------------- */

static char *read_amount(Reading *reading, Draft *self, Column column, int64_t *ret)
{
	reading->column = column;
	return field_read_amount(reading->cells[column], column_title(column), reading->currency,
				 column != COLUMN_COST, &self->given[column], ret);
}

static char *read_quantity(Reading *reading, Draft *self, Column column, int64_t *ret)
{
	reading->column = column;
	return field_read_quantity(reading->cells[column], column_title(column),
				   &self->given[column], ret);
}

static char *read_number(Reading *reading, Draft *self, Column column, int64_t most, int64_t *ret)
{
	reading->column = column;
	return field_read_number(reading->cells[column], column_title(column), 1, most,
				 &self->given[column], ret);
}

static char *read_yes(Reading *reading, Draft *self, Column column, bool *ret)
{
	reading->column = column;
	return field_read_yes(reading->cells[column], column_title(column), &self->given[column],
			      ret);
}

static char *read_amounts(Reading *reading, Draft *self)
{
	char *reason = read_amount(reading, self, COLUMN_PRICE, &self->price);

	return reason != NULL ? reason : read_amount(reading, self, COLUMN_COST, &self->cost);
}

/* --- unit and tax -------------------------------------------------------------------------- */

static char *read_unit(Reading *reading, Draft *self)
{
	const char *cell = reading->cells[COLUMN_UNIT];
	g_autofree char *text = field_dup_tidy(cell != NULL ? cell : "");
	char *reason = read_yes(reading, self, COLUMN_WEIGHED, &self->weighed);

	if (reason != NULL)
		return reason;
	self->given[COLUMN_UNIT] = *text != '\0';
	if (*text == '\0')
		self->unit = self->weighed ? UNIT_KILOGRAM : UNIT_PIECE;
	else if (!unit_parse(text, &self->unit))
		self->unit = UNIT_OTHER;
	return NULL;
}

static char *read_tax(Reading *reading, Draft *self)
{
	const char *cell = reading->cells[COLUMN_TAX];
	g_autofree char *text = field_dup_tidy(cell != NULL ? cell : "");

	reading->column = COLUMN_TAX;
	self->tax_group = tax_names_get_usual(reading->taxes);
	if (*text == '\0')
		return NULL;
	if (!tax_names_parse(reading->taxes, text, &self->tax_group))
		return g_strdup_printf(_("there is no tax “%.40s” here, only %s"), text,
				       tax_names_get_list(reading->taxes));
	self->given[COLUMN_TAX] = true;
	return NULL;
}

/* --- what goods can be besides ------------------------------------------------------------- */

static bool parse_kind(const char *text, ItemKind *ret)
{
	static const struct {
		const char *word;
		ItemKind kind;
	} words[] = {
		{ "товар", ITEM_GOODS },       { "бараа", ITEM_GOODS }, { "набор", ITEM_KIT },
		{ "комплект", ITEM_KIT },      { "багц", ITEM_KIT },	{ "услуга", ITEM_SERVICE },
		{ "үйлчилгээ", ITEM_SERVICE },
	};
	g_autofree char *folded = fold_dup(text);

	if (item_kind_parse(folded, ret))
		return true;
	for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
		g_autofree char *word = fold_dup(words[i].word);

		if (strcmp(folded, word) == 0) {
			*ret = words[i].kind;
			return true;
		}
	}
	return false;
}

static char *read_kind(Reading *reading, Draft *self)
{
	const char *cell = reading->cells[COLUMN_KIND];
	g_autofree char *text = field_dup_tidy(cell != NULL ? cell : "");

	reading->column = COLUMN_KIND;
	self->given[COLUMN_KIND] = *text != '\0';
	if (*text == '\0' || parse_kind(text, &self->kind))
		return NULL;
	return g_strdup_printf(_("%s “%.40s” is neither goods, kit nor service"),
			       column_title(COLUMN_KIND), text);
}

static char *check_pack(Reading *reading, Draft *self)
{
	reading->column = COLUMN_FACTOR;
	if (self->given[COLUMN_PACK])
		return self->given[COLUMN_FACTOR] && self->factor == 0
			       ? g_strdup_printf(_("the pack “%s” holds nothing"), self->pack)
			       : NULL;
	/* A column of ones says that the row is of single ones. */
	if (self->given[COLUMN_FACTOR] && self->factor == QUANTITY_ONE)
		self->given[COLUMN_FACTOR] = false;
	if (self->given[COLUMN_FACTOR] || self->given[COLUMN_PACK_PRICE])
		return g_strdup(_("a pack needs a name, such as box"));
	return NULL;
}

static char *read_pack(Reading *reading, Draft *self)
{
	char *reason = read_text(reading, self, COLUMN_PACK, FIELD_TEXT_MAX, &self->pack);

	if (reason == NULL)
		reason = read_quantity(reading, self, COLUMN_FACTOR, &self->factor);
	if (reason == NULL)
		reason = read_amount(reading, self, COLUMN_PACK_PRICE, &self->pack_price);
	return reason != NULL ? reason : check_pack(reading, self);
}

static char *read_more_texts(Reading *reading, Draft *self)
{
	const struct {
		Column column;
		int max;
		char **text;
	} texts[] = {
		{ COLUMN_CLASSIFICATION, FIELD_TEXT_MAX, &self->classification },
		{ COLUMN_FAMILY, FIELD_NAME_MAX, &self->family },
		{ COLUMN_FIRST, FIELD_TEXT_MAX, &self->first },
		{ COLUMN_SECOND, FIELD_TEXT_MAX, &self->second },
		{ COLUMN_NOTE, FIELD_NOTE_MAX, &self->note },
	};
	char *reason = NULL;

	for (size_t i = 0; i < G_N_ELEMENTS(texts) && reason == NULL; i++)
		reason = read_text(reading, self, texts[i].column, texts[i].max, texts[i].text);
	return reason;
}

static char *read_more_numbers(Reading *reading, Draft *self)
{
	char *reason = read_number(reading, self, COLUMN_PLU, FIELD_PLU_MAX, &self->plu);

	if (reason == NULL)
		reason = read_number(reading, self, COLUMN_SHELF_LIFE, FIELD_SHELF_LIFE_MAX,
				     &self->shelf_life);
	if (reason == NULL)
		reason = read_quantity(reading, self, COLUMN_TARE, &self->tare);
	if (reason == NULL)
		reason = read_quantity(reading, self, COLUMN_MINIMUM, &self->minimum);
	if (reason == NULL)
		reason = read_yes(reading, self, COLUMN_MARKED, &self->marked);
	if (reason == NULL)
		reason = read_yes(reading, self, COLUMN_EXPIRES, &self->expires);
	if (reason == NULL)
		reason = read_yes(reading, self, COLUMN_SERIALS, &self->serials);
	return reason;
}

/* Most lists have nothing of this, and a million rows are not to pay for it. */
static char *read_more(Reading *reading, Draft *self)
{
	char *reason;

	for (Column column = COLUMN_PACK; column < COLUMN_N && !self->extended; column++)
		self->extended = reading->cells[column] != NULL && *reading->cells[column] != '\0';
	if (!self->extended)
		return NULL;
	reason = read_pack(reading, self);
	if (reason == NULL)
		reason = read_kind(reading, self);
	if (reason == NULL)
		reason = read_more_texts(reading, self);
	if (reason == NULL)
		reason = read_more_numbers(reading, self);
	return reason;
}

/* --- the row ------------------------------------------------------------------------------- */

static char *read_all(Reading *reading, Draft *self)
{
	char *reason = read_texts(reading, self);

	if (reason == NULL)
		reason = read_barcode(reading, self);
	if (reason == NULL)
		reason = read_amounts(reading, self);
	if (reason == NULL)
		reason = read_unit(reading, self);
	if (reason == NULL)
		reason = read_tax(reading, self);
	if (reason == NULL)
		reason = read_more(reading, self);
	if (reason == NULL && !self->given[COLUMN_BARCODE] && !self->given[COLUMN_ARTICLE] &&
	    !self->given[COLUMN_PLU]) {
		reading->column = COLUMN_BARCODE;
		reason = g_strdup(_("there is neither a barcode nor an article"));
	}
	return reason;
}

char *draft_read(Draft *ret, const char *const cells[COLUMN_N], uint16_t currency,
		 const TaxNames *taxes, Column *ret_column)
{
	Reading reading = { .cells = cells, .currency = currency, .taxes = taxes };
	char *reason;

	*ret = (Draft){ 0 };
	reason = read_all(&reading, ret);
	*ret_column = reading.column;
	if (reason != NULL)
		draft_clear(ret);
	return reason;
}
