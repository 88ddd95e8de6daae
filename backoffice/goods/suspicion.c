/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/goods/suspicion.h"

#include "backoffice/goods/fields.h"
#include "core/barcode.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

void suspicion_clear(Suspicion *self)
{
	for (Column column = 0; column < COLUMN_N; column++)
		g_clear_pointer(&self->columns[column].reason, g_free);
}

static bool has(const char *text, bool (*is)(gunichar))
{
	for (; *text != '\0'; text = g_utf8_next_char(text))
		if (is(g_utf8_get_char(text)))
			return true;
	return false;
}

static bool is_digit(gunichar c)
{
	return c < 0x80 && g_ascii_isdigit((char)c);
}

static bool is_letter(gunichar c)
{
	return g_unichar_isalpha(c);
}

/* Eight digits and more, the last of them a check digit: no price is like that for long. */
static bool is_retail_number(const char *text)
{
	switch (barcode_kind(text)) {
	case BARCODE_EAN8:
	case BARCODE_UPCA:
	case BARCODE_EAN13:
	case BARCODE_GTIN14:
		return true;
	default:
		return false;
	}
}

/* What a cell holds that nothing refuses; own it. NULL: nothing odd. */
static char *dup_oddity(Column column, const char *cell)
{
	g_autofree char *text = field_dup_tidy(cell != NULL ? cell : "");

	if (*text == '\0')
		return NULL;
	switch (column) {
	case COLUMN_BARCODE:
		return has(text, is_digit) ? NULL
					   : g_strdup_printf(_("“%.40s” has no digit"), text);
	case COLUMN_NAME:
		return has(text, is_letter) ? NULL
					    : g_strdup_printf(_("“%.40s” has no letter"), text);
	case COLUMN_PRICE:
		return is_retail_number(text) ? g_strdup_printf(_("“%.40s” is a barcode"), text)
					      : NULL;
	default:
		return NULL;
	}
}

static void add(Suspicion *self, Column column, int64_t line, const char *reason)
{
	if (self->columns[column].n++ > 0)
		return;
	self->columns[column].line = line;
	self->columns[column].reason = g_strdup(reason);
}

void suspicion_add(Suspicion *self, int64_t line, const char *reason, Column column,
		   const char *const cells[COLUMN_N])
{
	self->rows++;
	if (reason != NULL) {
		add(self, column, line, reason);
		return;
	}
	for (column = COLUMN_BARCODE; column <= COLUMN_PRICE; column++) {
		g_autofree char *oddity = dup_oddity(column, cells[column]);

		if (oddity != NULL)
			add(self, column, line, oddity);
	}
}

char *suspicion_dup_sentence(const Suspicion *self)
{
	if (self->rows < SUSPICION_ROWS_LEAST)
		return NULL;
	for (Column column = 0; column < COLUMN_N; column++)
		if (self->columns[column].n * 2 > self->rows)
			return g_strdup_printf(
				/* Translators: the first %s is a column ("barcode"), the second
				 * what is wrong there. */
				_("%d of the first %d rows cannot be right in the column “%s” "
				  "(line "
				  "%" PRId64 ": %s): the list is in another encoding, or its "
				  "columns are others. Nothing was changed."),
				self->columns[column].n, self->rows, column_title(column),
				self->columns[column].line, self->columns[column].reason);
	return NULL;
}
