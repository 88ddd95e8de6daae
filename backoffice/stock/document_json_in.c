/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The head of a document's JSON. */
#include "backoffice/people/shop.h"
#include "backoffice/stock/count.h"
#include "backoffice/stock/document_found.h"
#include "backoffice/stock/recipe.h"
#include "backoffice/stock/stock.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#define OF_SUPPLIER                                                                                \
	(KIND_BIT(DOCUMENT_ORDER) | KIND_BIT(DOCUMENT_DELIVERY) |                                  \
	 KIND_BIT(DOCUMENT_SUPPLIER_RETURN))
#define MADE KIND_BIT(DOCUMENT_PRODUCTION)
#define COUNTED KIND_BIT(DOCUMENT_COUNT)

static const JsonInMember members[] = {
	{ "kind", EVERY_KIND },
	{ "shop", EVERY_KIND },
	{ "date", EVERY_KIND },
	{ "at", EVERY_KIND },
	{ "key", EVERY_KIND },
	{ "reference", EVERY_KIND },
	{ "note", EVERY_KIND },
	{ "supplier", OF_SUPPLIER },
	{ "order", KIND_BIT(DOCUMENT_DELIVERY) },
	{ "to", KIND_BIT(DOCUMENT_TRANSFER) },
	{ "from", KIND_BIT(DOCUMENT_ARRIVAL) },
	{ "reason", EVERY_KIND & ~KIND_BIT(DOCUMENT_COUNT) },
	{ "group", COUNTED },
	{ "zone", COUNTED },
	{ "rest_is_zero", COUNTED },
	{ "double", COUNTED },
	{ "product", MADE },
	{ "quantity", MADE },
	{ "components", MADE },
	{ "lines", EVERY_KIND },
	{ NULL, 0 },
};

/* --- kind and shop ------------------------------------------------------------------------- */

static bool refuse_kind(const JsonIn *self, const char *kind, GError **error)
{
	g_autoptr(GString) known = g_string_new(NULL);

	for (DocumentKind other = 0; other < DOCUMENT_N_KINDS; other++)
		g_string_append_printf(known, "%s%s", other > 0 ? ", " : "",
				       document_kind_code(other));
	if (kind == NULL)
		return json_in_refuse(self, error,
				      _("What kind of document is it? “kind” is one of: %s."),
				      known->str);
	return json_in_refuse(self, error, _("There is no kind of document “%s”, only %s."), kind,
			      known->str);
}

static bool read_kind(JsonIn *self, const json_t *json, GError **error)
{
	const char *kind;

	if (!json_is_object(json))
		return json_in_refuse(self, error,
				      _("A document is a JSON object: {\"kind\": …}."));
	if (!json_in_text(self, json, "kind", &kind, error))
		return false;
	if (kind == NULL || !document_kind_parse(kind, &self->kind))
		return refuse_kind(self, kind, error);
	return json_in_members(self, json, members, error);
}

static bool take_shop(JsonIn *self, const Shop *shop, GError **error)
{
	self->currency = shop->currency;
	self->zone = g_time_zone_new_identifier(shop->timezone);
	if (self->zone == NULL)
		return json_in_refuse(self, error, _("The shop's time zone “%s” is not known."),
				      shop->timezone);
	self->document = document_new(self->kind, shop->id);
	return true;
}

/* An arrival is in the shop that its transfer goes to; any other is in the first one, where it
 * names none. */
static bool read_shop(JsonIn *self, const json_t *json, const Document *origin, GError **error)
{
	g_autoptr(Shop) shop = NULL;
	const char *name;

	if (!json_in_text(self, json, "shop", &name, error))
		return false;
	if (name == NULL && origin != NULL && origin->kind == DOCUMENT_TRANSFER) {
		g_autoptr(GPtrArray) shops = shop_list(self->store, error);

		for (guint i = 0; shops != NULL && i < shops->len; i++)
			if (((Shop *)shops->pdata[i])->id == origin->other_shop)
				return take_shop(self, shops->pdata[i], error);
		if (shops == NULL)
			return false;
	}
	shop = shop_find(self->store, name, error);
	return shop != NULL && take_shop(self, shop, error);
}

/* --- what it stands on --------------------------------------------------------------------- */

/* *ret stays NULL where @name is not there. */
static bool read_origin(JsonIn *self, const json_t *json, Document **ret, GError **error)
{
	const char *name = self->kind == DOCUMENT_ARRIVAL ? "from" : "order";
	DocumentKind wanted = self->kind == DOCUMENT_ARRIVAL ? DOCUMENT_TRANSFER : DOCUMENT_ORDER;
	const char *number;
	int64_t id;

	if (!json_in_text(self, json, name, &number, error))
		return false;
	if (number == NULL)
		return self->kind != DOCUMENT_ARRIVAL ||
		       json_in_refuse(self, error,
				      _("Which transfer has arrived? “from” is its number."));
	if (!document_find_number(self->store, number, &id, error))
		return false;
	*ret = document_read(self->store, id, error);
	if (*ret == NULL)
		return false;
	return (*ret)->kind == wanted ||
	       json_in_refuse(self, error, _("Document %s is of the kind “%s”, not “%s”."), number,
			      document_kind_code((*ret)->kind), document_kind_code(wanted));
}

static bool read_supplier(JsonIn *self, const json_t *json, GError **error)
{
	g_autoptr(Supplier) supplier = NULL;
	const char *name;

	if (!json_in_text(self, json, "supplier", &name, error))
		return false;
	if (name == NULL)
		return true;
	if (!supplier_find(self->store, name, &self->document->supplier_id, error))
		return false;
	if (self->document->supplier_id != 0)
		return true;
	supplier = supplier_new(name);
	if (!supplier_put(self->store, supplier, self->person_id, error))
		return false;
	self->document->supplier_id = supplier->id;
	return true;
}

static bool read_other_shop(JsonIn *self, const json_t *json, GError **error)
{
	g_autoptr(Shop) shop = NULL;
	const char *name;

	if (!json_in_text(self, json, "to", &name, error))
		return false;
	if (name == NULL)
		return true;
	shop = shop_find(self->store, name, error);
	if (shop == NULL)
		return false;
	self->document->other_shop = shop->id;
	return true;
}

static bool stand_on(JsonIn *self, const json_t *json, const Document *origin, GError **error)
{
	Document *document = self->document;

	if (!read_supplier(self, json, error) || !read_other_shop(self, json, error))
		return false;
	if (origin == NULL)
		return true;
	document->origin_id = origin->id;
	if (self->kind == DOCUMENT_ARRIVAL)
		document->other_shop = origin->shop_id;
	if (document->supplier_id == 0)
		document->supplier_id = origin->supplier_id;
	return document->supplier_id == origin->supplier_id ||
	       json_in_refuse(self, error, _("Order %s went to another supplier."), origin->number);
}

/* --- texts and time ------------------------------------------------------------------------ */

/* The one text that may have several lines. */
static bool read_note(JsonIn *self, const json_t *json, GError **error)
{
	const json_t *value = json_object_get(json, "note");

	if (value == NULL)
		return true;
	if (!json_is_string(value) || strlen(json_string_value(value)) != json_string_length(value))
		return json_in_refuse(self, error, _("“note” has to be a text."));
	g_free(self->document->note);
	self->document->note = g_strdup(json_string_value(value));
	return true;
}

static void add_option(Document *document, const char *option)
{
	char *options = *document->reason != '\0' ? g_strconcat(document->reason, " ", option, NULL)
						  : g_strdup(option);

	g_free(document->reason);
	document->reason = options;
}

static bool read_options(JsonIn *self, const json_t *json, GError **error)
{
	bool rest_is_zero, twice;

	if (!json_in_flag(self, json, "rest_is_zero", &rest_is_zero, error) ||
	    !json_in_flag(self, json, "double", &twice, error))
		return false;
	if (rest_is_zero)
		add_option(self->document, COUNT_REST_IS_ZERO);
	if (twice)
		add_option(self->document, COUNT_DOUBLE);
	return true;
}

static bool read_reason(JsonIn *self, const json_t *json, GError **error)
{
	if (self->kind == DOCUMENT_COUNT)
		return read_options(self, json, error);
	return json_in_take_text(self, json, "reason", &self->document->reason, error) &&
	       (self->kind != DOCUMENT_WRITE_OFF || *self->document->reason == '\0' ||
		document_reason_is_known(self->document->reason) ||
		json_in_refuse(self, error,
			       _("Goods are written off as damaged, expired, stolen, own-use or "
				 "other, not as “%s”."),
			       self->document->reason));
}

static void set_scope(Document *document, const char *scope, const char *subject)
{
	g_free(document->scope);
	g_free(document->subject);
	document->scope = g_strdup(scope);
	document->subject = g_strdup(subject);
}

static bool read_scope(JsonIn *self, const json_t *json, GError **error)
{
	const char *group, *zone;
	g_autofree char *id_text = NULL;
	int64_t id;

	if (!json_in_text(self, json, "group", &group, error) ||
	    !json_in_text(self, json, "zone", &zone, error))
		return false;
	if (group != NULL && zone != NULL)
		return json_in_refuse(self, error,
				      _("A count is of a “group” or of a “zone”, not of both."));
	if (group != NULL)
		set_scope(self->document, "group", group);
	if (zone == NULL)
		return true;
	if (!document_found_zone(self, zone, &id, error))
		return false;
	id_text = g_strdup_printf("%" PRId64, id);
	set_scope(self->document, "zone", id_text);
	return true;
}

static bool read_time(JsonIn *self, const json_t *json, GError **error)
{
	if (json_object_get(json, "date") != NULL && json_object_get(json, "at") != NULL)
		return json_in_refuse(self, error,
				      _("“date” and “at” both say when: give only one of them."));
	return json_in_moment(self, json, json_object_get(json, "date") != NULL ? "date" : "at",
			      &self->document->at, error);
}

static bool read_texts(JsonIn *self, const json_t *json, GError **error)
{
	return read_time(self, json, error) &&
	       json_in_take_text(self, json, "reference", &self->document->reference, error) &&
	       read_note(self, json, error) &&
	       json_in_take_text(self, json, "key", &self->document->key, error) &&
	       read_reason(self, json, error) && read_scope(self, json, error);
}

/* --- what is made -------------------------------------------------------------------------- */

static bool make(JsonIn *self, const char *product, int64_t quantity, GError **error)
{
	g_autoptr(Document) made = NULL;
	int64_t item_id;

	if (!json_in_code(self, product, &item_id, error))
		return false;
	made = recipe_make_production(self->store, self->document->shop_id, item_id, quantity,
				      self->document->at, error);
	if (made == NULL)
		return false;
	g_ptr_array_unref(self->document->lines);
	self->document->lines = g_ptr_array_ref(made->lines);
	return true;
}

static bool read_production(JsonIn *self, const json_t *json, GError **error)
{
	const json_t *lines = json_object_get(json, "lines");
	const json_t *components = json_object_get(json, "components");
	const char *product;
	int64_t quantity;
	bool has;

	if (!json_in_text(self, json, "product", &product, error) ||
	    !json_in_quantity(self, json, "quantity", &has, &quantity, error))
		return false;
	if ((product != NULL) != has || (product != NULL) == (lines != NULL) ||
	    (lines != NULL) != (components != NULL))
		return json_in_refuse(
			self, error,
			_("A production either has a “product” and a “quantity”, by "
			  "the recipe; or “lines” of what was made and “components” of "
			  "what went into it."));
	if (product != NULL)
		return make(self, product, quantity, error);
	return json_in_lines(self, lines, 1, error) && json_in_lines(self, components, -1, error);
}

/* --- all of it ----------------------------------------------------------------------------- */

static bool read_lines(JsonIn *self, const json_t *json, GError **error)
{
	const json_t *lines = json_object_get(json, "lines");

	if (self->kind == DOCUMENT_PRODUCTION)
		return read_production(self, json, error);
	if (lines == NULL || json_array_size(lines) == 0)
		return json_in_refuse(self, error,
				      _("A document has lines: “lines” is an array of at least "
					"one."));
	if (!json_in_lines(self, lines, 1, error))
		return false;
	if (self->kind == DOCUMENT_COUNT) /* what was found is kept apart: posting makes lines */
		g_ptr_array_set_size(self->document->lines, 0);
	return true;
}

static bool read_document(JsonIn *self, const json_t *json, GError **error)
{
	g_autoptr(Document) origin = NULL;

	return read_kind(self, json, error) &&
	       ((self->kind != DOCUMENT_ARRIVAL && self->kind != DOCUMENT_DELIVERY) ||
		read_origin(self, json, &origin, error)) &&
	       read_shop(self, json, origin, error) && stand_on(self, json, origin, error) &&
	       read_texts(self, json, error) && read_lines(self, json, error);
}

Document *document_from_json(Store *store, const json_t *json, int64_t person_id, GError **error)
{
	JsonIn self = { .store = store, .person_id = person_id, .now = g_get_real_time() };
	bool done = read_document(&self, json, error);

	g_clear_pointer(&self.zone, g_time_zone_unref);
	if (done)
		return self.document;
	document_free(self.document);
	return NULL;
}

/* --- the whole way ------------------------------------------------------------------------- */

static Document *take(Store *store, const json_t *json, int64_t person_id, bool draft,
		      GError **error)
{
	g_autoptr(Document) document = document_from_json(store, json, person_id, error);

	if (document == NULL || !document_create_in(store, document, person_id, error) ||
	    (!draft && !document_post_in(store, document->id, person_id, error)))
		return NULL;
	return document_read(store, document->id, error);
}

bool document_take_json(Store *store, const json_t *json, int64_t person_id, bool draft,
			Document **ret, GError **error)
{
	g_autoptr(Document) document = NULL;

	if (!store_begin(store, error))
		return false;
	document = take(store, json, person_id, draft, error);
	if (document == NULL) {
		store_rollback(store);
		return false;
	}
	if (!store_commit(store, error))
		return false;
	*ret = g_steal_pointer(&document);
	return true;
}
