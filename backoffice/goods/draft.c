/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/goods/draft.h"

#include "backoffice/goods/fields.h"
#include "core/barcode.h"

#include <glib/gi18n-lib.h>
#include <string.h>

void draft_clear(Draft *self)
{
	g_free(self->barcode);
	g_free(self->key);
	g_free(self->article);
	g_free(self->name);
	g_free(self->category);
	g_free(self->brand);
	*self = (Draft){ 0 };
}

static char *read_texts(Draft *self, const char *const cells[COLUMN_N])
{
	const struct {
		Column column;
		int max;
		char **text;
	} texts[] = {
		{ COLUMN_NAME, FIELD_NAME_MAX, &self->name },
		{ COLUMN_ARTICLE, FIELD_TEXT_MAX, &self->article },
		{ COLUMN_CATEGORY, FIELD_TEXT_MAX, &self->category },
		{ COLUMN_BRAND, FIELD_TEXT_MAX, &self->brand },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
		const char *cell = cells[texts[i].column];
		char *reason;

		*texts[i].text = field_dup_tidy(cell != NULL ? cell : "");
		self->given[texts[i].column] = **texts[i].text != '\0';
		reason = field_check_text(*texts[i].text, column_name(texts[i].column),
					  texts[i].max);
		if (reason != NULL)
			return reason;
	}
	return NULL;
}

static char *read_barcode(Draft *self, const char *cell)
{
	char *reason;

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

static char *read_amount(Draft *self, Column column, const char *cell, uint16_t currency,
			 int64_t *ret)
{
	return field_read_amount(cell, column_name(column), currency, column == COLUMN_PRICE,
				 &self->given[column], ret);
}

static char *read_kind(Draft *self, const char *unit, const char *weighed)
{
	g_autofree char *unit_text = field_dup_tidy(unit != NULL ? unit : "");
	char *reason = field_read_yes(weighed, column_name(COLUMN_WEIGHED),
				      &self->given[COLUMN_WEIGHED], &self->weighed);

	if (reason != NULL)
		return reason;
	self->given[COLUMN_UNIT] = *unit_text != '\0';
	if (*unit_text == '\0')
		self->unit = self->weighed ? UNIT_KILOGRAM : UNIT_PIECE;
	else if (!unit_parse(unit_text, &self->unit))
		self->unit = UNIT_OTHER;
	return NULL;
}

static char *read_tax(Draft *self, const char *cell, const TaxNames *taxes)
{
	g_autofree char *text = field_dup_tidy(cell != NULL ? cell : "");

	self->tax_group = tax_names_get_usual(taxes);
	if (*text == '\0')
		return NULL;
	if (!tax_names_parse(taxes, text, &self->tax_group))
		return g_strdup_printf(_("there is no tax “%.40s” here, only %s"), text,
				       tax_names_get_list(taxes));
	self->given[COLUMN_TAX] = true;
	return NULL;
}

static char *read_all(Draft *self, const char *const cells[COLUMN_N], uint16_t currency,
		      const TaxNames *taxes)
{
	char *reason = read_texts(self, cells);

	if (reason == NULL)
		reason = read_barcode(self, cells[COLUMN_BARCODE]);
	if (reason == NULL)
		reason = read_amount(self, COLUMN_PRICE, cells[COLUMN_PRICE], currency,
				     &self->price);
	if (reason == NULL)
		reason = read_amount(self, COLUMN_COST, cells[COLUMN_COST], currency, &self->cost);
	if (reason == NULL)
		reason = read_kind(self, cells[COLUMN_UNIT], cells[COLUMN_WEIGHED]);
	if (reason == NULL)
		reason = read_tax(self, cells[COLUMN_TAX], taxes);
	if (reason == NULL && !self->given[COLUMN_BARCODE] && !self->given[COLUMN_ARTICLE])
		reason = g_strdup(_("there is neither a barcode nor an article"));
	return reason;
}

char *draft_read(Draft *ret, const char *const cells[COLUMN_N], uint16_t currency,
		 const TaxNames *taxes)
{
	char *reason;

	*ret = (Draft){ 0 };
	reason = read_all(ret, cells, currency, taxes);
	if (reason != NULL)
		draft_clear(ret);
	return reason;
}
