/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/draft.h"

#include "backoffice/stock/stock.h"
#include "backoffice/ui/words.h"

#include <glib/gi18n-lib.h>

#define SUPPLIERS_MAX 10000

void office_draft_free(OfficeDraft *self)
{
	if (self == NULL)
		return;
	document_free(self->document);
	g_hash_table_unref(self->goods);
	g_hash_table_unref(self->people);
	g_free(self->supplier);
	g_free(self->other_shop);
	g_free(self->origin);
	g_free(self);
}

/* --- reading ------------------------------------------------------------------------------- */

static void keep(GHashTable *table, int64_t id, void *value)
{
	g_hash_table_replace(table, g_memdup2(&id, sizeof(id)), value);
}

static bool read_goods(Store *store, OfficeDraft *self, int64_t id, GError **error)
{
	GError *failed = NULL;
	Goods *goods;

	if (id == 0 || g_hash_table_contains(self->goods, &id))
		return true;
	goods = goods_find(store, id, &failed);
	if (goods != NULL)
		keep(self->goods, id, goods);
	if (failed != NULL)
		g_propagate_error(error, failed);
	return failed == NULL;
}

static bool read_people(Store *store, OfficeDraft *self, GError **error)
{
	g_autoptr(GPtrArray) people = people_list(store, error);

	for (guint i = 0; people != NULL && i < people->len; i++) {
		const Person *person = people->pdata[i];

		keep(self->people, person->id, g_strdup(person->name));
	}
	return people != NULL;
}

static bool read_supplier(Store *store, OfficeDraft *self, GError **error)
{
	g_autoptr(GPtrArray) suppliers = NULL;

	if (self->document->supplier_id == 0)
		return true;
	suppliers = supplier_list(store, NULL, SUPPLIERS_MAX, error);
	for (guint i = 0; suppliers != NULL && i < suppliers->len; i++) {
		const Supplier *supplier = suppliers->pdata[i];

		if (supplier->id == self->document->supplier_id) {
			g_free(self->supplier);
			self->supplier = g_strdup(supplier->name);
		}
	}
	return suppliers != NULL;
}

static bool read_shop(Store *store, OfficeDraft *self, GError **error)
{
	g_autoptr(GPtrArray) shops = NULL;

	if (self->document->other_shop == 0)
		return true;
	shops = shop_list(store, error);
	for (guint i = 0; shops != NULL && i < shops->len; i++) {
		const Shop *shop = shops->pdata[i];

		if (shop->id == self->document->other_shop) {
			g_free(self->other_shop);
			self->other_shop = g_strdup(shop->name);
		}
	}
	return shops != NULL;
}

static bool read_origin(Store *store, OfficeDraft *self, GError **error)
{
	g_autoptr(Document) origin = NULL;

	if (self->document->origin_id == 0)
		return true;
	origin = document_read(store, self->document->origin_id, error);
	if (origin == NULL)
		return false;
	g_free(self->origin);
	self->origin = g_strdup(origin->number);
	return true;
}

static bool read_names(Store *store, OfficeDraft *self, GError **error)
{
	for (guint i = 0; i < self->document->lines->len; i++) {
		const DocumentLine *line = self->document->lines->pdata[i];

		if (!read_goods(store, self, line->item_id, error) ||
		    !read_goods(store, self, line->instead_of, error))
			return false;
	}
	return read_people(store, self, error) && read_supplier(store, self, error) &&
	       read_shop(store, self, error) && read_origin(store, self, error);
}

OfficeDraft *office_draft_read(Store *store, int64_t id, GError **error)
{
	g_autoptr(OfficeDraft) self = g_new0(OfficeDraft, 1);

	self->goods = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free,
					    (GDestroyNotify)goods_free);
	self->people = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
	self->supplier = g_strdup("");
	self->other_shop = g_strdup("");
	self->origin = g_strdup("");
	self->document = document_read(store, id, error);
	if (self->document == NULL || !read_names(store, self, error))
		return NULL;
	return g_steal_pointer(&self);
}

const char *office_draft_person(const OfficeDraft *self, int64_t id)
{
	const char *name = g_hash_table_lookup(self->people, &id);

	return name != NULL ? name : "";
}

const Goods *office_draft_goods(const OfficeDraft *self, int64_t item_id)
{
	return g_hash_table_lookup(self->goods, &item_id);
}

static DocumentLine *line_of(const Document *document, int line)
{
	for (guint i = 0; i < document->lines->len; i++) {
		DocumentLine *it = document->lines->pdata[i];

		if (it->line == line)
			return it;
	}
	return NULL;
}

const DocumentLine *office_draft_line(const OfficeDraft *self, int line)
{
	return line_of(self->document, line);
}

DocumentLine *document_line_copy(const DocumentLine *line)
{
	DocumentLine *copy = g_memdup2(line, sizeof(*line));

	copy->batch = g_strdup(line->batch);
	copy->reason = g_strdup(line->reason);
	copy->serials = g_strdupv(line->serials);
	return copy;
}

void document_line_free(void *data)
{
	DocumentLine *line = data;

	if (line == NULL)
		return;
	g_free(line->batch);
	g_free(line->reason);
	g_strfreev(line->serials);
	g_free(line);
}

/* --- adding -------------------------------------------------------------------------------- */

static DocumentLine *line_of_item(const Document *document, int64_t item_id)
{
	for (guint i = 0; i < document->lines->len; i++) {
		DocumentLine *it = document->lines->pdata[i];

		if (it->item_id == item_id)
			return it;
	}
	return NULL;
}

/* What the paper says of an item stands in one line of it. */
static bool add_expected(Store *store, OfficeAddition *self, GError **error)
{
	g_autoptr(Document) document = document_read(store, self->document_id, error);
	DocumentLine *line;

	if (document == NULL)
		return false;
	line = line_of_item(document, self->found->item_id);
	if (line == NULL)
		line = document_add_line(document, self->found->item_id, 0);
	line->has_expected = true;
	if (__builtin_add_overflow(line->expected, self->quantity, &line->expected)) {
		g_set_error(error, DOCUMENT_ERROR, DOCUMENT_ERROR_INVALID,
			    _("So much cannot be. Scan it again."));
		return false;
	}
	if (!document_put_line(store, self->document_id, line, self->person_id, error))
		return false;
	self->line = line->line;
	return true;
}

/* Of a piece whose line nobody named: that of its goods. 0: somebody has taken it out meanwhile. */
static bool find_line(Store *store, OfficeAddition *self, GError **error)
{
	g_autoptr(Document) document = NULL;
	const DocumentLine *line;

	if (self->line != 0)
		return true;
	document = document_read(store, self->document_id, error);
	if (document == NULL)
		return false;
	line = line_of_item(document, self->found->item_id);
	self->line = line != NULL ? line->line : 0;
	return true;
}

static bool put_serial(Store *store, OfficeAddition *self, const char *serial, GError **error)
{
	return find_line(store, self, error) &&
	       (self->line == 0 || document_add_serial(store, self->document_id, self->line, serial,
						       self->person_id, error));
}

static bool add_quantity(Store *store, OfficeAddition *self, GError **error)
{
	const OfficeFound *found = self->found;

	if (self->to_note)
		return add_expected(store, self, error);
	if (!document_scan(store, self->document_id, found->item_id, found->pack_id, self->quantity,
			   found->batch, found->expiry, self->person_id, &self->line, error))
		return false;
	return *found->serial == '\0' || !found->serials || self->quantity <= 0 ||
	       put_serial(store, self, found->serial, error);
}

static void tell_line(OfficeAddition *self, const DocumentLine *line)
{
	self->total = self->to_note ? line->expected : line->quantity;
	self->has_expected = line->has_expected;
	self->expected = line->expected;
	self->n_serials = line->serials != NULL ? (int)g_strv_length(line->serials) : 0;
}

bool office_draft_add(Store *store, void *data, GError **error)
{
	OfficeAddition *self = data;
	g_autoptr(Document) document = NULL;
	const DocumentLine *line;

	if (self->serial != NULL ? !put_serial(store, self, self->serial, error)
				 : !add_quantity(store, self, error))
		return false;
	document = document_read(store, self->document_id, error);
	line = document != NULL ? line_of(document, self->line) : NULL;
	if (line != NULL)
		tell_line(self, line);
	return document != NULL;
}

/* --- words --------------------------------------------------------------------------------- */

char *office_draft_state_dup(const OfficeDesk *desk, const DocumentLine *line, OfficeTone *ret)
{
	int64_t by = line->quantity - line->expected;
	g_autofree char *amount = office_quantity_dup(desk, ABS(by), NULL);

	*ret = OFFICE_PLAIN;
	if (!line->has_expected)
		return g_strdup("");
	if (by == 0) {
		*ret = OFFICE_GREEN;
		return g_strdup_printf("● %s", _("as expected"));
	}
	*ret = by > 0 || line->quantity > 0 ? OFFICE_AMBER : OFFICE_PLAIN;
	if (by > 0 && line->expected == 0)
		return g_strdup_printf("▲ %s", _("not expected"));
	/* Translators: %s is how much more or less came than was expected. */
	return by > 0 ? g_strdup_printf(_("▲ %s over"), amount)
		      : g_strdup_printf(_("▼ %s short"), amount);
}
