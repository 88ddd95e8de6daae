/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/goods/change_set.h"
#include "backoffice/goods/draft.h"
#include "backoffice/goods/fields.h"
#include "backoffice/goods/item_store.h"
#include "backoffice/goods/item_values.h"
#include "backoffice/people/counter.h"
#include "backoffice/people/rights.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define WHOLE 10000 /* hundredths of a percent */
#define PERCENT_MAX (1000 * WHOLE)
#define STEP_MAX INT64_C(1000000000)

/* The change as it was typed, understood. */
typedef struct {
	BulkField field;
	bool given; /* the text is not blank */
	int64_t number; /* amount, quantity, hundredths of a percent */
	int64_t step;
	int32_t tax_group;
	Unit unit;
	bool yes;
	char *text; /* owned */
} Meaning;

static const struct {
	const char *code; /* in the audit, and as the set's subject */
	bool prices;
} fields[BULK_N_FIELDS] = {
	[BULK_CATEGORY] = { "category" },
	[BULK_BRAND] = { "brand" },
	[BULK_TAX] = { "tax" },
	[BULK_UNIT] = { "unit" },
	[BULK_PRICE] = { "price", true },
	[BULK_PRICE_PERCENT] = { "price", true },
	[BULK_PRICE_ON_COST] = { "price", true },
	[BULK_EXPIRES] = { "expires" },
	[BULK_MARKED] = { "marked" },
	[BULK_MINIMUM] = { "minimum" },
	[BULK_DELETE] = { "delete" },
};

/* --- what was typed ------------------------------------------------------------------------ */

static char *read_percent(Meaning *self)
{
	if (field_parse_percent(self->text, &self->number) && self->number > -WHOLE &&
	    self->number <= PERCENT_MAX)
		return NULL;
	return g_strdup_printf(_("“%.40s” is not a percentage such as 10, -5 or 12.5"), self->text);
}

static char *read_unit(Meaning *self)
{
	if (self->given && unit_parse(self->text, &self->unit))
		return NULL;
	return g_strdup_printf(_("there is no unit “%.40s”"), self->text);
}

static char *read_tax(Store *store, Meaning *self, GError **error)
{
	g_autoptr(TaxNames) taxes = tax_names_read(store, error);

	if (taxes == NULL || (self->given && tax_names_parse(taxes, self->text, &self->tax_group)))
		return NULL;
	return g_strdup_printf(_("there is no tax “%.40s” here, only %s"), self->text,
			       tax_names_get_list(taxes));
}

static char *read_price(Meaning *self, uint16_t currency)
{
	char *reason = field_read_amount(self->text, _("the price"), currency, true, &self->given,
					 &self->number);

	if (reason == NULL && !self->given)
		reason = g_strdup(_("there is no price"));
	return reason;
}

static char *read_yes(Meaning *self)
{
	char *reason = field_read_yes(self->text, _("the answer"), &self->given, &self->yes);

	if (reason == NULL && !self->given)
		reason = g_strdup(_("there is neither 0 nor 1"));
	return reason;
}

/* Own it; what is wrong with the text. NULL with @error where the database failed. */
static char *read_meaning(Store *store, Meaning *self, uint16_t currency, GError **error)
{
	self->given = *self->text != '\0';
	switch (self->field) {
	case BULK_CATEGORY:
		return field_check_text(self->text, _("the category"), FIELD_TEXT_MAX);
	case BULK_BRAND:
		return field_check_text(self->text, _("the brand"), FIELD_TEXT_MAX);
	case BULK_TAX:
		return read_tax(store, self, error);
	case BULK_UNIT:
		return read_unit(self);
	case BULK_PRICE:
		return read_price(self, currency);
	case BULK_PRICE_PERCENT:
	case BULK_PRICE_ON_COST:
		return read_percent(self);
	case BULK_EXPIRES:
	case BULK_MARKED:
		return read_yes(self);
	case BULK_MINIMUM:
		return field_read_quantity(self->text, _("the minimum"), &self->given,
					   &self->number);
	case BULK_DELETE:
	case BULK_N_FIELDS:
		break;
	}
	return NULL;
}

static bool understand(Store *store, Meaning *self, uint16_t currency, GError **error)
{
	g_autoptr(GError) failed = NULL;
	g_autofree char *reason = read_meaning(store, self, currency, &failed);

	if (failed != NULL) {
		g_propagate_error(error, g_steal_pointer(&failed));
		return false;
	}
	if (reason == NULL && (self->step < 0 || self->step > STEP_MAX))
		reason = g_strdup(_("prices cannot be rounded so"));
	if (reason == NULL)
		return true;
	g_set_error(error, GOODS_ERROR, GOODS_ERROR_INVALID, _("Nothing is changed: %s."), reason);
	return false;
}

/* --- one item ------------------------------------------------------------------------------ */

static void set_text(char **to, const char *text)
{
	g_free(*to);
	*to = g_strdup(text);
}

/* Rounded once, from the exact product to a multiple of the step. */
static bool set_price_from(const Meaning *self, int64_t from, Item *item)
{
	int64_t step = MAX(self->step, 1), steps, price;

	if (!scale_int64(from, WHOLE + self->number, WHOLE * step, ROUND_HALF_AWAY, &steps) ||
	    __builtin_mul_overflow(steps, step, &price))
		return false;
	item->has_price = true;
	item->price = price;
	return true;
}

/* False: the price does not fit. */
static bool apply(const Meaning *self, Item *item)
{
	switch (self->field) {
	case BULK_CATEGORY:
		set_text(&item->category, self->text);
		break;
	case BULK_BRAND:
		set_text(&item->brand, self->text);
		break;
	case BULK_TAX:
		item->tax_group = self->tax_group;
		break;
	case BULK_UNIT:
		item->unit = self->unit;
		break;
	case BULK_PRICE:
		item->has_price = true;
		item->price = self->number;
		break;
	case BULK_PRICE_PERCENT:
		return !item->has_price || set_price_from(self, item->price, item);
	case BULK_PRICE_ON_COST:
		return !item->has_cost || set_price_from(self, item->cost, item);
	case BULK_EXPIRES:
		item->expires = self->yes;
		break;
	case BULK_MARKED:
		item->marked = self->yes;
		break;
	case BULK_MINIMUM:
		item->has_minimum = self->given;
		item->minimum = self->given ? self->number : 0;
		break;
	case BULK_DELETE:
	case BULK_N_FIELDS:
		break;
	}
	return true;
}

typedef struct {
	int64_t set, n;
	ItemChange change;
	Meaning meaning;

	/* borrowed */
	Store *store;
} Bulk;

static bool keep(Bulk *self, const Item *before, const Item *after, GError **error)
{
	json_t *was;
	bool done;

	item_diff(before, after, &was, NULL);
	done = change_set_keep(self->store, self->set, before->id, was, false, error);
	json_decref(was);
	self->n++;
	return done;
}

static bool edit(Bulk *self, const Item *before, GError **error)
{
	g_autoptr(Item) item = item_copy(before);
	bool changed;

	if (!apply(&self->meaning, item)) {
		g_set_error(error, GOODS_ERROR, GOODS_ERROR_INVALID,
			    _("The new price of “%s” is too large to be true."), before->name);
		return false;
	}
	if (!item_store(self->store, before, item, &self->change, &changed, error)) {
		g_prefix_error(error, "“%s”: ", before->name);
		return false;
	}
	return !changed || keep(self, before, item, error);
}

/* What goes with the item is its codes and packs: the undo gives them back. */
static bool delete_one(Bulk *self, const Item *before, GError **error)
{
	g_autoptr(Item) bare = item_copy(before);

	if (!item_require_unused(self->store, before, error))
		return false;
	g_array_set_size(bare->barcodes, 0);
	g_array_set_size(bare->packs, 0);
	return item_remove(self->store, before, self->change.person_id, error) &&
	       keep(self, before, bare, error);
}

/* --- all of them --------------------------------------------------------------------------- */

static int compare_ids(const void *a, const void *b)
{
	int64_t first = *(const int64_t *)a, second = *(const int64_t *)b;

	return (first > second) - (first < second);
}

/* In their order, and an item that was named twice once: 10 % are not to become 21 %. */
static bool change_all(Bulk *self, const int64_t *ids, int n, GError **error)
{
	g_autofree int64_t *sorted = g_memdup2(ids, (gsize)n * sizeof *ids);

	qsort(sorted, (size_t)n, sizeof *sorted, compare_ids);
	for (int i = 0; i < n; i++) {
		g_autoptr(GError) failed = NULL;
		g_autoptr(Item) item = NULL;

		if (i > 0 && sorted[i] == sorted[i - 1])
			continue;
		item = item_read(self->store, sorted[i], &failed);
		if (item != NULL &&
		    !(self->meaning.field == BULK_DELETE ? delete_one(self, item, &failed)
							 : edit(self, item, &failed)))
			g_assert(failed != NULL);
		if (failed != NULL) {
			g_propagate_error(error, g_steal_pointer(&failed));
			return false;
		}
	}
	return true;
}

static bool require(Bulk *self, GError **error)
{
	int64_t person = self->change.person_id;
	BulkField field = self->meaning.field;

	return rights_require(self->store, person, RIGHT_EDIT_GOODS, error) &&
	       (!fields[field].prices ||
		rights_require(self->store, person, RIGHT_CHANGE_PRICE, error)) &&
	       /* The price would tell it. */
	       (field != BULK_PRICE_ON_COST ||
		rights_require(self->store, person, RIGHT_SEE_COST, error));
}

static bool audit(Bulk *self, GError **error)
{
	g_autofree char *detail = g_strdup_printf(
		"%s %" PRId64 " %s", fields[self->meaning.field].code, self->n, self->meaning.text);
	g_autofree char *subject = g_strdup_printf("%" PRId64, self->set);

	return self->n == 0 ||
	       audit_add(self->store, self->change.person_id, "goods-edit", subject, detail, error);
}

static bool run(Bulk *self, const int64_t *ids, int n, GError **error)
{
	return require(self, error) && goods_currency(self->store, &self->change.currency, error) &&
	       understand(self->store, &self->meaning, self->change.currency, error) &&
	       change_set_open(self->store, self->change.person_id, "edit",
			       fields[self->meaning.field].code, &self->set, error) &&
	       change_all(self, ids, n, error) &&
	       change_set_close(self->store, self->set, self->n, 0, 0, error) && audit(self, error);
}

bool goods_bulk_edit(Store *store, const int64_t *ids, int n, const BulkChange *change,
		     int64_t person_id, int64_t *ret_set, int64_t *ret_n, GError **error)
{
	g_autofree char *text = field_dup_tidy(change->text != NULL ? change->text : "");
	Bulk self = { .store = store,
		      .change = { .person_id = person_id, .how = "edit" },
		      .meaning = { .field = change->field, .step = change->step, .text = text } };

	g_return_val_if_fail(change->field < BULK_N_FIELDS, false);
	if (!store_begin(store, error))
		return false;
	if (!run(&self, ids, n, error)) {
		store_rollback(store);
		return false;
	}
	if (!store_commit(store, error))
		return false;
	*ret_set = self.n > 0 ? self.set : 0;
	*ret_n = self.n;
	return true;
}
