/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/stock/document_json_out.h"

#include "backoffice/stock/count.h"
#include "core/money.h"
#include "core/quantity.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* --- values -------------------------------------------------------------------------------- */

void json_out_quantity(json_t *object, const char *name, int64_t quantity)
{
	g_autofree char *text = quantity_dup_decimal((Quantity){ quantity });

	json_object_set_new(object, name, json_string(text));
}

static void put_amount(const JsonOut *self, json_t *object, const char *name, int64_t amount)
{
	g_autofree char *text =
		money_dup_decimal((Money){ .minor = amount, .currency = self->currency });

	json_object_set_new(object, name, json_string(text));
}

static void put_text(json_t *object, const char *name, const char *text)
{
	if (text != NULL && *text != '\0')
		json_object_set_new(object, name, json_string(text));
}

static void put_day(json_t *object, const char *name, int32_t day)
{
	g_autofree char *text =
		g_strdup_printf("%04d-%02d-%02d", day / 10000, day / 100 % 100, day % 100);

	if (day != 0)
		json_object_set_new(object, name, json_string(text));
}

/* With all of its microseconds: reading it back gives the same moment. */
void json_out_moment(const JsonOut *self, json_t *object, const char *name, int64_t at)
{
	g_autoptr(GDateTime) seconds = g_date_time_new_from_unix_utc(at / G_USEC_PER_SEC);
	g_autoptr(GDateTime) utc =
		seconds != NULL ? g_date_time_add(seconds, at % G_USEC_PER_SEC) : NULL;
	g_autoptr(GDateTime) local = utc != NULL ? g_date_time_to_timezone(utc, self->zone) : NULL;
	g_autofree char *text = local != NULL ? g_date_time_format(local, "%FT%T.%f%:z") : NULL;

	if (at != 0)
		put_text(object, name, text);
}

bool json_out_goods(JsonOut *self, json_t *object, int64_t item_id, GError **error)
{
	StoreStatement *row = store_statement(self->store, "office/document/code_of");
	StoreStep step;

	store_bind_int(row, 1, item_id);
	step = store_step(row, error);
	if (step == STORE_ROW && !store_is_null(row, 0))
		put_text(object, "barcode", store_get_text(row, 0));
	else if (step == STORE_ROW)
		put_text(object, "article", store_get_text(row, 1));
	store_reset(row);
	return step != STORE_FAILED;
}

bool json_out_name(JsonOut *self, json_t *object, const char *name, const char *statement,
		   int64_t id, GError **error)
{
	StoreStatement *row;
	StoreStep step;

	if (id == 0)
		return true;
	row = store_statement(self->store, statement);
	store_bind_int(row, 1, id);
	if (strcmp(name, "zone") == 0) /* its ids are the shop's own */
		store_bind_int(row, 2, self->document->shop_id);
	step = store_step(row, error);
	if (step == STORE_ROW)
		put_text(object, name, store_get_text(row, 0));
	store_reset(row);
	return step != STORE_FAILED;
}

/* --- lines --------------------------------------------------------------------------------- */

/* The pack's name, where its factor takes the line's quantities without a rest; else *ret_factor is
 * one, and the line is told in single units. */
static bool put_pack(JsonOut *self, json_t *object, const DocumentLine *line, int64_t *ret_factor,
		     GError **error)
{
	StoreStatement *row = store_statement(self->store, "office/document/pack_of");
	StoreStep step;

	*ret_factor = QUANTITY_ONE;
	if (line->pack_id == 0)
		return true;
	store_bind_int(row, 1, line->pack_id);
	step = store_step(row, error);
	if (step == STORE_ROW && line->quantity % store_get_int(row, 1) == 0 &&
	    line->expected % store_get_int(row, 1) == 0) {
		*ret_factor = store_get_int(row, 1);
		put_text(object, "pack", store_get_text(row, 0));
	}
	store_reset(row);
	return step != STORE_FAILED;
}

static void put_in_packs(json_t *object, const char *name, int64_t quantity, int64_t factor)
{
	json_out_quantity(object, name,
			  factor != QUANTITY_ONE ? quantity / factor * QUANTITY_ONE : quantity);
}

static void put_serials(json_t *object, char *const *serials)
{
	json_t *array;

	if (serials == NULL)
		return;
	array = json_array();
	for (; *serials != NULL; serials++)
		json_array_append_new(array, json_string(*serials));
	json_object_set_new(object, "serials", array);
}

/* Costs that posting has found out are the ledger's and not the document's. */
static void put_cost(const JsonOut *self, json_t *object, const DocumentLine *line)
{
	if (!line->has_cost)
		return;
	switch (self->document->kind) {
	case DOCUMENT_ORDER:
	case DOCUMENT_DELIVERY:
	case DOCUMENT_OPENING:
		put_amount(self, object, "cost", line->cost);
		break;
	case DOCUMENT_REVALUATION:
		put_amount(self, object, "unit_cost", line->cost);
		break;
	default:
		break;
	}
}

static bool put_instead_of(JsonOut *self, json_t *object, const DocumentLine *line, GError **error)
{
	json_t *code = json_object();
	const char *name;
	json_t *value;
	bool done = line->instead_of == 0 || json_out_goods(self, code, line->instead_of, error);

	json_object_foreach(code, name, value) json_object_set(object, "instead_of", value);
	json_decref(code);
	return done;
}

static bool fill_line(JsonOut *self, json_t *object, const DocumentLine *line, GError **error)
{
	int64_t factor;

	if (!json_out_goods(self, object, line->item_id, error) ||
	    !put_pack(self, object, line, &factor, error))
		return false;
	if (self->document->kind != DOCUMENT_REVALUATION)
		put_in_packs(object, "quantity", ABS(line->quantity), factor);
	if (line->has_expected)
		put_in_packs(object, "expected", line->expected, factor);
	put_cost(self, object, line);
	if (line->has_price)
		put_amount(self, object, "price", line->price);
	put_text(object, "batch", line->batch);
	put_day(object, "expiry", line->expiry);
	put_serials(object, line->serials);
	put_text(object, "reason", line->reason);
	return put_instead_of(self, object, line, error);
}

/* Of a production: @sign 1 what was made, −1 what went into it; of others 0. */
static json_t *lines_to_json(JsonOut *self, int sign, GError **error)
{
	json_t *lines = json_array();

	for (guint i = 0; i < self->document->lines->len; i++) {
		const DocumentLine *line = self->document->lines->pdata[i];
		json_t *object;

		if ((sign > 0 && line->quantity < 0) || (sign < 0 && line->quantity >= 0))
			continue;
		object = json_object();
		json_array_append_new(lines, object);
		if (!fill_line(self, object, line, error)) {
			json_decref(lines);
			return NULL;
		}
	}
	return lines;
}

static bool put_lines(JsonOut *self, json_t *object, GError **error)
{
	bool made = self->document->kind == DOCUMENT_PRODUCTION;
	json_t *lines = self->document->kind == DOCUMENT_COUNT
				? document_found_to_json(self, error)
				: lines_to_json(self, made ? 1 : 0, error);
	json_t *components;

	if (lines == NULL)
		return false;
	json_object_set_new(object, "lines", lines);
	if (!made)
		return true;
	components = lines_to_json(self, -1, error);
	if (components == NULL)
		return false;
	json_object_set_new(object, "components", components);
	return true;
}

/* --- the head ------------------------------------------------------------------------------ */

static bool put_origin(JsonOut *self, json_t *object, GError **error)
{
	const char *name = self->document->kind == DOCUMENT_ARRIVAL ? "from" : "order";

	return json_out_name(self, object, name, "office/document/number_of",
			     self->document->origin_id, error);
}

static bool put_count(JsonOut *self, json_t *object, GError **error)
{
	const Document *document = self->document;

	if (count_has_option(document, COUNT_REST_IS_ZERO))
		json_object_set_new(object, "rest_is_zero", json_true());
	if (count_has_option(document, COUNT_DOUBLE))
		json_object_set_new(object, "double", json_true());
	if (strcmp(document->scope, "group") == 0)
		put_text(object, "group", document->subject);
	return strcmp(document->scope, "zone") != 0 ||
	       json_out_name(self, object, "zone", "office/document/zone_name",
			     g_ascii_strtoll(document->subject, NULL, 10), error);
}

static bool put_reason(JsonOut *self, json_t *object, GError **error)
{
	if (self->document->kind == DOCUMENT_COUNT)
		return put_count(self, object, error);
	put_text(object, "reason", self->document->reason);
	return true;
}

static bool fill(JsonOut *self, json_t *object, GError **error)
{
	const Document *document = self->document;

	put_text(object, "kind", document_kind_code(document->kind));
	if (!json_out_name(self, object, "shop", "office/document/shop_name", document->shop_id,
			   error) ||
	    !json_out_name(self, object, "supplier", "office/document/supplier_name",
			   document->supplier_id, error) ||
	    (document->kind == DOCUMENT_TRANSFER &&
	     !json_out_name(self, object, "to", "office/document/shop_name", document->other_shop,
			    error)) ||
	    !put_origin(self, object, error))
		return false;
	json_out_moment(self, object, "at", document->at);
	put_text(object, "reference", document->reference);
	put_text(object, "note", document->note);
	put_text(object, "key", document->key);
	return put_reason(self, object, error) && put_lines(self, object, error);
}

static bool read_shop(JsonOut *self, GError **error)
{
	StoreStatement *row = store_statement(self->store, "office/document/shop");
	StoreStep step;

	store_bind_int(row, 1, self->document->shop_id);
	step = store_step(row, error);
	if (step == STORE_ROW) {
		self->zone = g_time_zone_new_identifier(store_get_text(row, 0));
		self->currency = (uint16_t)store_get_int(row, 1);
	}
	store_reset(row);
	if (step != STORE_FAILED && self->zone == NULL)
		self->zone = g_time_zone_new_utc();
	return step != STORE_FAILED;
}

json_t *document_to_json(Store *store, const Document *self, GError **error)
{
	JsonOut out = { .store = store, .document = self };
	json_t *object = json_object();
	bool done = read_shop(&out, error) && fill(&out, object, error);

	g_clear_pointer(&out.zone, g_time_zone_unref);
	if (done)
		return object;
	json_decref(object);
	return NULL;
}
