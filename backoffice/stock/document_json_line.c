/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines of a document's JSON. */
#include "backoffice/stock/document_found.h"
#include "backoffice/stock/document_json.h"
#include "core/barcode.h"
#include "core/money.h"
#include "core/quantity.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define BOUGHT (KIND_BIT(DOCUMENT_ORDER) | KIND_BIT(DOCUMENT_DELIVERY) | KIND_BIT(DOCUMENT_OPENING))
#define MOVED                                                                                      \
	(EVERY_KIND &                                                                              \
	 ~(KIND_BIT(DOCUMENT_ORDER) | KIND_BIT(DOCUMENT_COUNT) | KIND_BIT(DOCUMENT_REVALUATION)))
#define COUNTED KIND_BIT(DOCUMENT_COUNT)

static const JsonInMember members[] = {
	{ "barcode", EVERY_KIND },
	{ "article", EVERY_KIND },
	{ "quantity", EVERY_KIND & ~KIND_BIT(DOCUMENT_REVALUATION) },
	{ "pack", EVERY_KIND & ~KIND_BIT(DOCUMENT_REVALUATION) },
	{ "cost", BOUGHT },
	{ "unit_cost", BOUGHT | KIND_BIT(DOCUMENT_REVALUATION) },
	{ "price", KIND_BIT(DOCUMENT_DELIVERY) },
	{ "expected", KIND_BIT(DOCUMENT_DELIVERY) | KIND_BIT(DOCUMENT_ARRIVAL) },
	{ "instead_of", KIND_BIT(DOCUMENT_DELIVERY) },
	{ "batch", MOVED },
	{ "expiry", MOVED },
	{ "serials", MOVED },
	{ "reason", KIND_BIT(DOCUMENT_WRITE_OFF) | KIND_BIT(DOCUMENT_SUPPLIER_RETURN) },
	{ "zone", COUNTED },
	{ "pass", COUNTED },
	{ "by", COUNTED },
	{ "at", COUNTED },
	{ NULL, 0 },
};

/* --- goods --------------------------------------------------------------------------------- */

/* *ret_item 0 without an error where nothing has it. */
static bool look_up(JsonIn *self, const char *statement, const char *text, int64_t *ret_item,
		    int64_t *ret_pack, GError **error)
{
	StoreStatement *row = store_statement(self->store, statement);
	StoreStep step;

	store_bind_text(row, 1, text);
	step = store_step(row, error);
	*ret_item = step == STORE_ROW ? store_get_int(row, 0) : 0;
	*ret_pack = step == STORE_ROW ? store_get_int(row, 1) : 0;
	store_reset(row);
	return step != STORE_FAILED;
}

static bool find_barcode(JsonIn *self, const char *code, int64_t *ret_item, int64_t *ret_pack,
			 GError **error)
{
	g_autofree char *key = barcode_dup_key(code);

	if (!look_up(self, "office/document/find_barcode", key, ret_item, ret_pack, error))
		return false;
	return *ret_item != 0 ||
	       json_in_refuse(self, error,
			      _("there are no goods with the barcode %s. Put them into the list of "
				"goods first."),
			      code);
}

static bool find_article(JsonIn *self, const char *code, int64_t *ret_item, GError **error)
{
	int64_t none;

	if (!look_up(self, "office/document/find_article", code, ret_item, &none, error))
		return false;
	return *ret_item != 0 ||
	       json_in_refuse(self, error,
			      _("there are no goods with the article %s. Put them into the list of "
				"goods first."),
			      code);
}

bool json_in_goods(JsonIn *self, const json_t *json, int64_t *ret_item, int64_t *ret_pack,
		   GError **error)
{
	const char *barcode, *article;
	int64_t by_article = 0;

	*ret_item = *ret_pack = 0;
	if (!json_in_text(self, json, "barcode", &barcode, error) ||
	    !json_in_text(self, json, "article", &article, error))
		return false;
	if (barcode == NULL && article == NULL)
		return json_in_refuse(self, error,
				      _("which goods? Give their “barcode” or “article”."));
	if ((barcode != NULL && !find_barcode(self, barcode, ret_item, ret_pack, error)) ||
	    (article != NULL && !find_article(self, article, &by_article, error)))
		return false;
	if (barcode != NULL && article != NULL && *ret_item != by_article)
		return json_in_refuse(
			self, error,
			_("the barcode %s and the article %s are two different goods: "
			  "give only the right one."),
			barcode, article);
	if (barcode == NULL)
		*ret_item = by_article;
	return true;
}

bool json_in_code(JsonIn *self, const char *code, int64_t *ret_item, GError **error)
{
	g_autofree char *key = barcode_dup_key(code);
	int64_t none;

	if (!look_up(self, "office/document/find_barcode", key, ret_item, &none, error))
		return false;
	return *ret_item != 0 || find_article(self, code, ret_item, error);
}

static bool read_instead_of(JsonIn *self, const json_t *json, DocumentLine *line, GError **error)
{
	const char *code;

	return json_in_text(self, json, "instead_of", &code, error) &&
	       (code == NULL || json_in_code(self, code, &line->instead_of, error));
}

/* --- how much ------------------------------------------------------------------------------ */

static bool refuse_pack(JsonIn *self, const DocumentLine *line, const char *name, GError **error)
{
	g_autoptr(GString) known = g_string_new(NULL);
	StoreStatement *row = store_statement(self->store, "office/document/packs");
	StoreStep step;

	store_bind_int(row, 1, line->item_id);
	while ((step = store_step(row, error)) == STORE_ROW)
		g_string_append_printf(known, "%s“%s”", known->len > 0 ? ", " : "",
				       store_get_text(row, 0));
	if (step == STORE_FAILED)
		return false;
	if (known->len == 0)
		return json_in_refuse(self, error,
				      _("these goods have no packs: leave “pack” out, or write the "
					"pack down in the list of goods."));
	return json_in_refuse(self, error, _("these goods have no pack “%s”, only %s."), name,
			      known->str);
}

/* *ret_factor: how much one of what the quantity counts is. */
static bool read_pack(JsonIn *self, const json_t *json, DocumentLine *line, int64_t *ret_factor,
		      GError **error)
{
	StoreStatement *row;
	const char *name;
	StoreStep step;

	*ret_factor = QUANTITY_ONE;
	if (!json_in_text(self, json, "pack", &name, error))
		return false;
	if (name == NULL && line->pack_id == 0)
		return true;
	row = store_statement(self->store, "office/document/find_pack");
	store_bind_int(row, 1, line->item_id);
	store_bind_text(row, 2, name);
	store_bind_int(row, 3, line->pack_id);
	step = store_step(row, error);
	if (step == STORE_ROW) {
		line->pack_id = store_get_int(row, 0);
		*ret_factor = store_get_int(row, 1);
	}
	store_reset(row);
	if (step != STORE_DONE)
		return step == STORE_ROW;
	if (line->pack_id == 0)
		return refuse_pack(self, line, name, error);
	return json_in_refuse(self, error,
			      _("the barcode is that of another pack than “%s”: leave “pack” out."),
			      name);
}

/* Reads "quantity" or "expected", in packs where the line has one. *ret_entered: as it stands. */
static bool read_quantity(JsonIn *self, const json_t *json, const char *name, int64_t factor,
			  bool *ret_has, int64_t *ret, int64_t *ret_entered, GError **error)
{
	if (!json_in_quantity(self, json, name, ret_has, ret_entered, error))
		return false;
	return scale_int64(*ret_entered, factor, QUANTITY_ONE, ROUND_HALF_AWAY, ret) ||
	       json_in_refuse(self, error, _("“%s” is too large to be true."), name);
}

/* @entered: how many the unit cost is for. */
static bool read_cost(JsonIn *self, const json_t *json, DocumentLine *line, int64_t entered,
		      GError **error)
{
	bool has_unit_cost;
	int64_t unit_cost;

	if (!json_in_amount(self, json, "cost", &line->has_cost, &line->cost, error) ||
	    !json_in_amount(self, json, "unit_cost", &has_unit_cost, &unit_cost, error))
		return false;
	if (!has_unit_cost)
		return true;
	if (line->has_cost)
		return json_in_refuse(self, error,
				      _("“cost” is that of the whole line and “unit_cost” that of "
					"one: give only one of them."));
	line->has_cost = true;
	if (self->kind == DOCUMENT_REVALUATION) {
		line->cost = unit_cost;
		return true;
	}
	return scale_int64(unit_cost, entered, QUANTITY_ONE, ROUND_HALF_AWAY, &line->cost) ||
	       json_in_refuse(self, error, _("“%s” is too large to be true."), "unit_cost");
}

static bool read_amounts(JsonIn *self, const json_t *json, DocumentLine *line, int sign,
			 GError **error)
{
	int64_t factor, entered, expected;
	bool has;

	if (!read_pack(self, json, line, &factor, error) ||
	    !read_quantity(self, json, "quantity", factor, &has, &line->quantity, &entered, error))
		return false;
	if (!has && self->kind != DOCUMENT_REVALUATION)
		return json_in_refuse(self, error, _("how much? Give the “quantity”."));
	line->quantity *= sign;
	return read_quantity(self, json, "expected", factor, &line->has_expected, &line->expected,
			     &expected, error) &&
	       read_cost(self, json, line, entered, error) &&
	       json_in_amount(self, json, "price", &line->has_price, &line->price, error);
}

/* --- the rest ------------------------------------------------------------------------------ */

static bool read_serials(JsonIn *self, const json_t *json, DocumentLine *line, GError **error)
{
	const json_t *array = json_object_get(json, "serials");
	g_autoptr(GStrvBuilder) serials = g_strv_builder_new();
	const json_t *value;
	size_t i;

	if (array == NULL)
		return true;
	if (!json_is_array(array) || json_array_size(array) > DOCUMENT_SERIALS_MAX)
		return json_in_refuse(self, error, _("“serials” has to be an array of texts."));
	json_array_foreach(array, i, value)
	{
		const char *text = json_string_value(value);

		if (text == NULL || *text == '\0' || !document_text_is_sound(text))
			return json_in_refuse(self, error,
					      _("“serials” has to be an array of texts."));
		g_strv_builder_add(serials, text);
	}
	line->serials = g_strv_builder_end(serials);
	return true;
}

static bool read_pieces(JsonIn *self, const json_t *json, DocumentLine *line, GError **error)
{
	return json_in_take_text(self, json, "batch", &line->batch, error) &&
	       json_in_day(self, json, "expiry", &line->expiry, error) &&
	       read_serials(self, json, line, error) &&
	       json_in_take_text(self, json, "reason", &line->reason, error) &&
	       read_instead_of(self, json, line, error);
}

static bool read_line(JsonIn *self, const json_t *json, int sign, GError **error)
{
	int64_t item_id, pack_id;
	DocumentLine *line;

	if (!json_in_members(self, json, members, error) ||
	    !json_in_goods(self, json, &item_id, &pack_id, error))
		return false;
	if (self->kind == DOCUMENT_REVALUATION)
		pack_id = 0; /* what one unit is worth */
	line = document_add_line(self->document, item_id, 0);
	line->line = self->line;
	line->pack_id = pack_id;
	return read_amounts(self, json, line, sign, error) &&
	       read_pieces(self, json, line, error) &&
	       (self->kind != DOCUMENT_COUNT || document_found_read(self, json, line, error));
}

bool json_in_lines(JsonIn *self, const json_t *lines, int sign, GError **error)
{
	const json_t *value;
	size_t i;

	if (!json_is_array(lines))
		return json_in_refuse(self, error,
				      _("“lines” has to be an array of objects: […]."));
	json_array_foreach(lines, i, value)
	{
		self->line = (int)self->document->lines->len + 1;
		if (!read_line(self, value, sign, error))
			return false;
	}
	self->line = 0;
	return true;
}
