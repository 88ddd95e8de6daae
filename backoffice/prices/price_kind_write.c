/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/goods/price_note.h"
#include "backoffice/people/counter.h"
#include "backoffice/people/rights.h"
#include "backoffice/prices/price_book.h"
#include "backoffice/prices/price_write.h"

#include <glib/gi18n-lib.h>
#include <jansson.h>
#include <string.h>

#define PERCENT_MIN (-10000) /* hundredths: for nothing */
#define PERCENT_MAX 10000000 /* a thousand times as much again: a slip of the hand above it */

/* --- refusing ------------------------------------------------------------------------------ */

static bool refuse(GError **error, const char *sentence)
{
	g_set_error_literal(error, PRICES_ERROR, PRICES_ERROR_INVALID, sentence);
	return false;
}

static bool check_name(const GPtrArray *kinds, const PriceKind *kind, GError **error)
{
	if (*kind->name == '\0')
		return refuse(error, _("A kind of price needs a name."));
	for (guint i = 0; i < kinds->len; i++) {
		const PriceKind *other = kinds->pdata[i];

		if (other->id == kind->id || strcmp(other->name, kind->name) != 0)
			continue;
		g_set_error(error, PRICES_ERROR, PRICES_ERROR_INVALID,
			    _("There is already a kind of price named “%s”."), kind->name);
		return false;
	}
	return true;
}

static bool check_rule(const PriceKind *kind, GError **error)
{
	if (kind->id == PRICE_RETAIL && kind->basis != PRICE_BY_HAND)
		return refuse(error, _("Retail prices are set by hand: make another kind that "
				       "follows from the cost, or change prices of many goods at "
				       "once."));
	if (kind->percent < PERCENT_MIN || kind->percent > PERCENT_MAX)
		return refuse(error, _("The percentage has to be between −100 and 100 000."));
	if (kind->step < 1)
		return refuse(error,
			      _("Prices are rounded to a multiple of something above zero."));
	if (kind->less < 0 || (kind->less >= kind->step && kind->less != 0))
		return refuse(error, _("What is taken off after rounding has to be less than what "
				       "it is rounded to: 1.00 and 0.01 give 1.99, 2.99."));
	return true;
}

/* Whoever walks up from the source must not come to the kind itself. */
static bool check_source(const GPtrArray *kinds, const PriceKind *kind, GError **error)
{
	const PriceKind *source = kind_find(kinds, kind->of_kind);

	if (kind->basis != PRICE_OF_KIND)
		return true;
	if (source == NULL)
		return refuse(error, _("The kind of price that it follows from is not there any "
				       "more."));
	for (guint i = 0; source != NULL && i <= kinds->len; i++) {
		if (source->id == kind->id) {
			g_set_error(error, PRICES_ERROR, PRICES_ERROR_CIRCLE,
				    _("“%s” cannot follow from “%s”, which itself follows from "
				      "it: prices would go round in a circle."),
				    price_kind_title(kind),
				    price_kind_title(kind_find(kinds, kind->of_kind)));
			return false;
		}
		source = source->basis == PRICE_OF_KIND ? kind_find(kinds, source->of_kind) : NULL;
	}
	return true;
}

static bool has_rules(Store *store, int64_t kind_id, bool *ret, GError **error)
{
	StoreStatement *row = store_statement(store, "office/price/kind_in_use");

	store_bind_int(row, 1, kind_id);
	if (store_step(row, error) != STORE_ROW)
		return false;
	*ret = store_get_int(row, 0) != 0;
	store_reset(row);
	return true;
}

static bool check_deletion(Store *store, const GPtrArray *kinds, const PriceKind *kind,
			   GError **error)
{
	bool used;

	if (kind->id == PRICE_RETAIL)
		return refuse(error, _("Retail prices stay: every shop has them."));
	for (guint i = 0; i < kinds->len; i++) {
		const PriceKind *other = kinds->pdata[i];

		if (other->basis != PRICE_OF_KIND || other->of_kind != kind->id)
			continue;
		g_set_error(error, PRICES_ERROR, PRICES_ERROR_INVALID,
			    _("“%s” follows from this kind of price: change or remove that first."),
			    price_kind_title(other));
		return false;
	}
	if (!has_rules(store, kind->id, &used, error))
		return false;
	return !used || refuse(error, _("A rule gives this kind of price to customers: remove the "
					"rule first."));
}

static bool check(Store *store, const GPtrArray *kinds, const PriceKind *kind, GError **error)
{
	if (kind->id != 0 && kind_find(kinds, kind->id) == NULL)
		return refuse(error, _("There is no such kind of price any more."));
	if (kind->deleted)
		return check_deletion(store, kinds, kind, error);
	return check_name(kinds, kind, error) && check_rule(kind, error) &&
	       check_source(kinds, kind, error);
}

/* --- prices set by hand that go ------------------------------------------------------------ */

static bool read_rows(Store *store, int64_t kind_id, int64_t person_id, GArray *notes,
		      GError **error)
{
	StoreStatement *row = store_statement(store, "office/price/rows_of_kind");
	StoreStep step;

	store_bind_int(row, 1, kind_id);
	while ((step = store_step(row, error)) == STORE_ROW) {
		PriceNote note = { .item_id = store_get_int(row, 0),
				   .kind_id = kind_id,
				   .shop_id = store_get_int(row, 1),
				   .first_at = store_get_int(row, 2),
				   .person_id = person_id,
				   .has_before = !store_is_null(row, 3),
				   .before = store_get_int(row, 3),
				   .how = "derived" };

		g_array_append_val(notes, note);
	}
	return step == STORE_DONE;
}

static bool drop_rows(Store *store, int64_t kind_id, int64_t person_id, GError **error)
{
	g_autoptr(GArray) notes = g_array_new(false, false, sizeof(PriceNote));
	StoreStatement *drop;

	if (!read_rows(store, kind_id, person_id, notes, error))
		return false;
	for (guint i = 0; i < notes->len; i++)
		if (!price_note(store, &g_array_index(notes, PriceNote, i), error))
			return false;
	drop = store_statement(store, "office/price/drop_kind_rows");
	store_bind_int(drop, 1, kind_id);
	return store_run(drop, error);
}

/* --- writing ------------------------------------------------------------------------------- */

static bool write_row(Store *store, const PriceKind *kind, bool is_new, GError **error)
{
	StoreStatement *write;
	int64_t revision;

	if (!counter_take(store, "revision", &revision, error))
		return false;
	write = store_statement(store,
				is_new ? "office/price/insert_kind" : "office/price/update_kind");
	store_bind_int(write, 1, kind->id);
	store_bind_text(write, 2, kind->name);
	store_bind_text(write, 3, price_basis_code(kind->basis));
	if (kind->basis == PRICE_OF_KIND)
		store_bind_int(write, 4, kind->of_kind);
	else
		store_bind_null(write, 4);
	store_bind_int(write, 5, kind->percent);
	store_bind_int(write, 6, kind->step);
	store_bind_int(write, 7, kind->less);
	store_bind_int(write, 8, revision);
	store_bind_int(write, 9, kind->deleted);
	return store_run(write, error);
}

static char *kind_json(const PriceKind *kind)
{
	json_auto_t *object = NULL;

	if (kind == NULL || kind->deleted)
		return NULL;
	object = json_pack("{s:s, s:s, s:i, s:I, s:I}", "name", kind->name, "basis",
			   price_basis_code(kind->basis), "percent", (int)kind->percent, "step",
			   (json_int_t)kind->step, "less", (json_int_t)kind->less);
	if (kind->basis == PRICE_OF_KIND)
		json_object_set_new(object, "of", json_integer(kind->of_kind));
	return json_dumps(object, JSON_COMPACT);
}

static bool audit(Store *store, const PriceKind *before, const PriceKind *after, int64_t person_id,
		  GError **error)
{
	g_autofree char *subject = g_strdup_printf("%" G_GINT64_FORMAT, after->id);
	g_autofree char *old = kind_json(before), *new = kind_json(after);

	return audit_change(store, person_id, "price-kind", subject, old, new, error);
}

/* Whether tills have prices of this kind that are others now. */
static bool follows_anew(const PriceKind *before, const PriceKind *after)
{
	if (before == NULL)
		return after->basis != PRICE_BY_HAND;
	if (after->basis == PRICE_BY_HAND && before->basis == PRICE_BY_HAND)
		return after->deleted;
	return after->deleted || before->basis != after->basis ||
	       before->of_kind != after->of_kind || before->percent != after->percent ||
	       before->step != after->step || before->less != after->less;
}

static bool put_kind(Store *store, PriceKind *kind, int64_t person_id, GError **error)
{
	g_autoptr(GPtrArray) kinds = price_kind_list(store, error);
	const PriceKind *before;
	PriceKind row; /* borrows its name */
	bool is_new = kind->id == 0;

	if (kinds == NULL || !rights_require(store, person_id, RIGHT_SETTINGS, error) ||
	    !check(store, kinds, kind, error))
		return false;
	before = is_new ? NULL : kind_find(kinds, kind->id);
	if (is_new && !counter_take(store, "price-kind", &kind->id, error))
		return false;
	if (before != NULL && before->basis == PRICE_BY_HAND &&
	    (kind->basis != PRICE_BY_HAND || kind->deleted) &&
	    !drop_rows(store, kind->id, person_id, error))
		return false;
	row = kind->deleted && before != NULL ? *before : *kind; /* what goes, goes as it was */
	row.deleted = kind->deleted;
	return write_row(store, &row, is_new, error) &&
	       (!follows_anew(before, kind) || touch_all_items(store, error)) &&
	       audit(store, before, kind, person_id, error);
}

bool price_kind_write(Store *store, PriceKind *kind, int64_t person_id, GError **error)
{
	int64_t id = kind->id;

	g_strstrip(kind->name);
	if (!store_begin(store, error))
		return false;
	if (put_kind(store, kind, person_id, error))
		return store_commit(store, error);
	store_rollback(store);
	kind->id = id;
	return false;
}
