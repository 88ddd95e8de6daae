/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/receipt_private.h"

#include <string.h>

/* Texts that a machine reads: the buyer, and what the codes of pieces say. They go into fiscal
 * documents as they are, so nothing is repaired. */

#define GS 0x1d /* parts a mark's fields; scanners send it as it is */

static bool is_clean(const char *text, gunichar allowed)
{
	if (!g_utf8_validate(text, -1, NULL))
		return false;
	for (; *text != '\0'; text = g_utf8_next_char(text)) {
		gunichar c = g_utf8_get_char(text);

		if (g_unichar_iscntrl(c) && c != allowed)
			return false;
	}
	return true;
}

bool receipt_set_customer(Receipt *self, ReceiptCustomer kind, const char *text, GError **error)
{
	g_return_val_if_fail(kind < CUSTOMER_N && text != NULL, false);
	if (strlen(text) >= RECEIPT_CUSTOMER_SIZE || !is_clean(text, 0))
		return receipt_refuse(error, RECEIPT_ERROR_DATA, "too long, or not plain text");
	g_strlcpy(self->customer[kind], text, RECEIPT_CUSTOMER_SIZE);
	return true;
}

const char *receipt_get_customer(const Receipt *self, ReceiptCustomer kind)
{
	g_return_val_if_fail(kind < CUSTOMER_N, "");
	return self->customer[kind];
}

static bool is_short(const char *text)
{
	return strlen(text) <= RECEIPT_TEXT_MAX && is_clean(text, 0);
}

static bool is_same_piece(const ReceiptLine *a, const ReceiptLine *b)
{
	return (a->mark[0] != '\0' && g_str_equal(a->mark, b->mark)) ||
	       (a->serial[0] != '\0' && a->item_id == b->item_id &&
		g_str_equal(a->serial, b->serial));
}

bool receipt_mark_check(const Receipt *self, const ReceiptLine *line, GError **error)
{
	if (strlen(line->mark) > RECEIPT_MARK_MAX || !is_clean(line->mark, GS))
		return receipt_refuse(error, RECEIPT_ERROR_MARK, "no code of a marked piece");
	if (!is_short(line->batch) || !is_short(line->serial) || !is_short(line->classification))
		return receipt_refuse(error, RECEIPT_ERROR_DATA, "too long, or not plain text");
	for (int i = 0; i < receipt_get_n_lines(self); i++) {
		const ReceiptLine *other = receipt_get_line(self, i);

		if (!other->voided && is_same_piece(other, line))
			return receipt_refuse(error, RECEIPT_ERROR_MARK,
					      "that piece is on the receipt already");
	}
	return true;
}
