/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/stock/document_private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const char *const reasons[] = { "damaged", "expired", "stolen", "own-use", "other" };

bool document_reason_is_known(const char *reason)
{
	for (size_t i = 0; i < G_N_ELEMENTS(reasons); i++)
		if (strcmp(reason, reasons[i]) == 0)
			return true;
	return false;
}

/* --- the goods of a line ------------------------------------------------------------------- */

void line_item_clear(LineItem *self)
{
	g_clear_pointer(&self->name, g_free);
}

static void take_item(StoreStatement *row, LineItem *ret)
{
	*ret = (LineItem){ .name = g_strdup(store_get_text(row, 0)),
			   .kind = store_get_text(row, 1)[0],
			   .expires = store_get_int(row, 2) != 0,
			   .serials = store_get_int(row, 3) != 0,
			   .has_price = !store_is_null(row, 5),
			   .price = store_get_int(row, 5),
			   .has_cost = !store_is_null(row, 6),
			   .cost = store_get_int(row, 6) };
}

bool line_item_read(Store *store, const DocumentLine *line, LineItem *ret, GError **error)
{
	StoreStatement *row = store_statement(store, "office/document/item");
	bool there = false;
	StoreStep step;

	store_bind_int(row, 1, line->item_id);
	step = store_step(row, error);
	if (step == STORE_ROW && store_get_int(row, 4) == 0) {
		take_item(row, ret);
		there = true;
	}
	store_reset(row);
	if (step == STORE_FAILED || there)
		return there;
	if (line->line == 0)
		return document_refuse(error, DOCUMENT_ERROR_GONE,
				       _("These goods are not in the list any more: look for them "
					 "again."));
	return document_refuse(error, DOCUMENT_ERROR_GONE,
			       _("Line %d: these goods are not in the list any more. Take the line "
				 "out."),
			       line->line);
}

/* --- a line -------------------------------------------------------------------------------- */

bool document_text_is_sound(const char *text)
{
	if (!g_utf8_validate(text, -1, NULL) || g_utf8_strlen(text, -1) > DOCUMENT_TEXT_MAX)
		return false;
	for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p))
		if (g_unichar_iscntrl(g_utf8_get_char(p)))
			return false;
	return true;
}

static const char *wrong_amounts(DocumentKind kind, const DocumentLine *line)
{
	bool component = kind == DOCUMENT_PRODUCTION && line->quantity < 0;

	if (line->quantity < 0 && !component)
		return _("a quantity below zero. What leaves the shop is written as a document of "
			 "its own.");
	if (ABS(line->quantity) > DOCUMENT_QUANTITY_MAX)
		return _("the quantity is too large to be true.");
	if (line->has_expected && (line->expected < 0 || line->expected > DOCUMENT_QUANTITY_MAX))
		return _("the expected quantity cannot be so.");
	if (line->has_cost && (line->cost < 0 || line->cost > DOCUMENT_AMOUNT_MAX))
		return _("the cost cannot be so.");
	if (line->has_price && (line->price < 0 || line->price > DOCUMENT_AMOUNT_MAX))
		return _("the price cannot be so.");
	return NULL;
}

static const char *wrong_texts(const DocumentLine *line)
{
	size_t n = line->serials != NULL ? g_strv_length(line->serials) : 0;

	if (!document_text_is_sound(line->batch))
		return _("the batch is too long or cannot be printed.");
	if (line->expiry != 0 && !document_day_is_sound(line->expiry))
		return _("the day of expiry is not a day.");
	if (!document_text_is_sound(line->reason))
		return _("the reason is too long or cannot be printed.");
	if (n > DOCUMENT_SERIALS_MAX)
		return _("too many serial numbers: split the line.");
	for (size_t i = 0; i < n; i++)
		if (*line->serials[i] == '\0' || !document_text_is_sound(line->serials[i]))
			return _("a serial number is empty, too long or cannot be printed.");
	return NULL;
}

static const char *wrong_item(const LineItem *item)
{
	if (item->kind == 's')
		return _("this is a service: it has no stock.");
	if (item->kind == 'k')
		return _("this is a kit, and has no stock of its own: enter what it is made of.");
	return NULL;
}

/* *ret_sentence stays NULL where the pack is of this item. */
static bool check_pack(Store *store, const DocumentLine *line, const char **ret_sentence,
		       GError **error)
{
	StoreStatement *row = store_statement(store, "office/document/pack");
	StoreStep step;

	if (line->pack_id == 0)
		return true;
	store_bind_int(row, 1, line->pack_id);
	store_bind_int(row, 2, line->item_id);
	step = store_step(row, error);
	store_reset(row);
	if (step == STORE_DONE)
		*ret_sentence = _("the pack is not one of these goods.");
	return step != STORE_FAILED;
}

bool document_check_line(Store *store, DocumentKind kind, const DocumentLine *line,
			 const LineItem *item, GError **error)
{
	const char *wrong = wrong_item(item);

	if (wrong == NULL)
		wrong = wrong_amounts(kind, line);
	if (wrong == NULL)
		wrong = wrong_texts(line);
	if (wrong == NULL && kind == DOCUMENT_WRITE_OFF && *line->reason != '\0' &&
	    !document_reason_is_known(line->reason))
		wrong = _("goods are written off as damaged, expired, stolen, own-use or other.");
	if (wrong == NULL && !check_pack(store, line, &wrong, error))
		return false;
	return wrong == NULL || document_refuse_line(error, line->line, item->name, "%s", wrong);
}

/* --- the head ------------------------------------------------------------------------------ */

static bool refuse_head(GError **error, DocumentError code, const char *sentence)
{
	return document_refuse(error, code, "%s", sentence);
}

/* Whether @statement gives a row for @id. */
static bool is_there(Store *store, const char *statement, int64_t id, bool *ret, GError **error)
{
	StoreStatement *row = store_statement(store, statement);
	StoreStep step;

	store_bind_int(row, 1, id);
	step = store_step(row, error);
	store_reset(row);
	*ret = step == STORE_ROW;
	return step != STORE_FAILED;
}

static bool check_named(Store *store, const Document *self, GError **error)
{
	bool there;

	if (!is_there(store, "office/document/shop", self->shop_id, &there, error))
		return false;
	if (!there)
		return refuse_head(error, DOCUMENT_ERROR_GONE, _("There is no such shop."));
	if (self->supplier_id != 0) {
		if (!is_there(store, "office/document/supplier", self->supplier_id, &there, error))
			return false;
		if (!there)
			return refuse_head(error, DOCUMENT_ERROR_GONE,
					   _("This supplier is not in the list any more."));
	}
	if (self->other_shop == 0)
		return true;
	if (!is_there(store, "office/document/shop", self->other_shop, &there, error))
		return false;
	return there || refuse_head(error, DOCUMENT_ERROR_GONE, _("There is no such shop."));
}

static bool head_texts_are_sound(const Document *self)
{
	return document_text_is_sound(self->reference) && document_text_is_sound(self->reason) &&
	       document_text_is_sound(self->scope) && document_text_is_sound(self->subject) &&
	       g_utf8_validate(self->note, -1, NULL) &&
	       g_utf8_strlen(self->note, -1) <= 10 * DOCUMENT_TEXT_MAX &&
	       (self->key == NULL || (*self->key != '\0' && document_text_is_sound(self->key)));
}

bool document_check_head(Store *store, const Document *self, int64_t now, GError **error)
{
	if (!head_texts_are_sound(self))
		return refuse_head(error, DOCUMENT_ERROR_INVALID,
				   _("A text of the document is too long or cannot be printed."));
	if (self->at < 0 || self->at > now)
		return refuse_head(error, DOCUMENT_ERROR_INVALID,
				   _("The document's time is still to come: a document speaks of "
				     "what has happened."));
	if (self->other_shop == self->shop_id)
		return refuse_head(error, DOCUMENT_ERROR_INVALID,
				   _("A transfer goes from one shop to another."));
	return check_named(store, self, error);
}
