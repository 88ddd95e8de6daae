/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/people/counter.h"
#include "backoffice/people/rights.h"
#include "backoffice/prices/prices.h"
#include "core/fold.h"

#include <glib/gi18n-lib.h>
#include <jansson.h>
#include <string.h>

/* In a transaction of its own: @put has checked, and written a row. */
static bool finish(Store *store, bool done, GError **error)
{
	if (done)
		return store_commit(store, error);
	store_rollback(store);
	return false;
}

static bool refuse(GError **error, const char *sentence)
{
	g_set_error_literal(error, PRICES_ERROR, PRICES_ERROR_INVALID, sentence);
	return false;
}

/* --- groups -------------------------------------------------------------------------------- */

void customer_group_free(CustomerGroup *self)
{
	if (self == NULL)
		return;
	g_free(self->name);
	g_free(self);
}

static void free_group(gpointer group)
{
	customer_group_free(group);
}

GPtrArray *customer_group_list(Store *store, GError **error)
{
	g_autoptr(GPtrArray) groups = g_ptr_array_new_with_free_func(free_group);
	StoreStatement *row = store_statement(store, "office/price/groups");
	StoreStep step;

	while ((step = store_step(row, error)) == STORE_ROW) {
		CustomerGroup *group = g_new0(CustomerGroup, 1);

		group->id = store_get_int(row, 0);
		group->name = g_strdup(store_get_text(row, 1));
		g_ptr_array_add(groups, group);
	}
	return step == STORE_DONE ? g_steal_pointer(&groups) : NULL;
}

static const CustomerGroup *find_group(const GPtrArray *groups, int64_t id)
{
	for (guint i = 0; i < groups->len; i++) {
		const CustomerGroup *group = groups->pdata[i];

		if (group->id == id)
			return group;
	}
	return NULL;
}

static bool check_unused(Store *store, int64_t id, GError **error)
{
	StoreStatement *row = store_statement(store, "office/price/group_in_use");
	bool used;

	store_bind_int(row, 1, id);
	if (store_step(row, error) != STORE_ROW)
		return false;
	used = store_get_int(row, 0) != 0;
	store_reset(row);
	return !used ||
	       refuse(error, _("Customers or rules are of this group: change them first."));
}

static bool check_group(Store *store, const GPtrArray *groups, const CustomerGroup *group,
			GError **error)
{
	if (group->id != 0 && find_group(groups, group->id) == NULL)
		return refuse(error, _("There is no such group of customers any more."));
	if (group->deleted)
		return check_unused(store, group->id, error);
	if (*group->name == '\0')
		return refuse(error, _("A group of customers needs a name."));
	for (guint i = 0; i < groups->len; i++) {
		const CustomerGroup *other = groups->pdata[i];

		if (other->id != group->id && strcmp(other->name, group->name) == 0) {
			g_set_error(error, PRICES_ERROR, PRICES_ERROR_INVALID,
				    _("There is already a group of customers named “%s”."),
				    group->name);
			return false;
		}
	}
	return true;
}

static bool put_group_row(Store *store, const CustomerGroup *group, GError **error)
{
	StoreStatement *put;
	int64_t revision;

	if (!counter_take(store, "revision", &revision, error))
		return false;
	put = store_statement(store, "office/price/put_group");
	store_bind_int(put, 1, group->id);
	store_bind_text(put, 2, group->name);
	store_bind_int(put, 3, revision);
	store_bind_int(put, 4, group->deleted);
	return store_run(put, error);
}

static char *group_json(const CustomerGroup *group)
{
	json_auto_t *object =
		group != NULL && !group->deleted ? json_pack("{s:s}", "name", group->name) : NULL;

	return object != NULL ? json_dumps(object, JSON_COMPACT) : NULL;
}

static bool put_group(Store *store, CustomerGroup *group, int64_t person_id, GError **error)
{
	g_autoptr(GPtrArray) groups = customer_group_list(store, error);
	g_autofree char *subject = NULL, *before = NULL, *after = NULL;
	const CustomerGroup *old;
	CustomerGroup row; /* borrows its name */

	if (groups == NULL || !rights_require(store, person_id, RIGHT_SETTINGS, error) ||
	    !check_group(store, groups, group, error))
		return false;
	old = find_group(groups, group->id);
	row = group->deleted && old != NULL ? *old : *group; /* what goes, goes as it was */
	before = group_json(old);
	after = group_json(group);
	if (group->id == 0 && !counter_take(store, "customer-group", &group->id, error))
		return false;
	row.id = group->id;
	row.deleted = group->deleted;
	subject = g_strdup_printf("%" G_GINT64_FORMAT, group->id);
	return put_group_row(store, &row, error) &&
	       audit_change(store, person_id, "customer-group", subject, before, after, error);
}

bool customer_group_write(Store *store, CustomerGroup *group, int64_t person_id, GError **error)
{
	int64_t id = group->id;

	g_strstrip(group->name);
	if (!store_begin(store, error))
		return false;
	if (finish(store, put_group(store, group, person_id, error), error))
		return true;
	group->id = id;
	return false;
}

/* --- customers ----------------------------------------------------------------------------- */

void customer_free(Customer *self)
{
	if (self == NULL)
		return;
	g_free(self->code);
	g_free(self->name);
	g_free(self->contact);
	g_free(self);
}

static void free_customer(gpointer customer)
{
	customer_free(customer);
}

static Customer *customer_of_row(StoreStatement *row)
{
	Customer *self = g_new0(Customer, 1);

	self->id = store_get_int(row, 0);
	self->group_id = store_get_int(row, 1);
	self->code = g_strdup(store_get_text(row, 2));
	self->name = g_strdup(store_get_text(row, 3));
	self->contact = g_strdup(store_get_text(row, 4));
	return self;
}

/* For LIKE: folding leaves nothing that it takes for a sign of its own. Own it. */
static char *dup_pattern(const char *search)
{
	g_autofree char *folded = fold_dup(search);

	return *folded != '\0' ? g_strconcat("%", folded, "%", NULL) : g_strdup("");
}

GPtrArray *customer_list(Store *store, const char *search, int max, GError **error)
{
	g_autoptr(GPtrArray) customers = g_ptr_array_new_with_free_func(free_customer);
	StoreStatement *row = store_statement(store, "office/price/customers");
	g_autofree char *text = g_strstrip(g_strdup(search != NULL ? search : ""));
	g_autofree char *pattern = dup_pattern(text);
	StoreStep step;

	store_bind_text(row, 1, text);
	store_bind_text(row, 2, pattern);
	store_bind_int(row, 3, max);
	while ((step = store_step(row, error)) == STORE_ROW)
		g_ptr_array_add(customers, customer_of_row(row));
	return step == STORE_DONE ? g_steal_pointer(&customers) : NULL;
}

static bool read_customer(Store *store, int64_t id, Customer **ret, GError **error)
{
	StoreStatement *row = store_statement(store, "office/price/customer");
	StoreStep step;

	store_bind_int(row, 1, id);
	step = store_step(row, error);
	*ret = step == STORE_ROW ? customer_of_row(row) : NULL;
	store_reset(row);
	return step != STORE_FAILED;
}

static bool check_code(Store *store, const Customer *customer, GError **error)
{
	StoreStatement *row = store_statement(store, "office/price/customer_by_code");
	int64_t other;
	StoreStep step;

	store_bind_text(row, 1, customer->code);
	step = store_step(row, error);
	other = step == STORE_ROW ? store_get_int(row, 0) : customer->id;
	store_reset(row);
	if (step == STORE_FAILED)
		return false;
	if (other == customer->id)
		return true;
	g_set_error(error, PRICES_ERROR, PRICES_ERROR_INVALID,
		    _("The card “%s” is another customer's."), customer->code);
	return false;
}

static bool check_customer(Store *store, const Customer *customer, GError **error)
{
	g_autoptr(GPtrArray) groups = NULL;

	if (customer->deleted)
		return true;
	if (*customer->code == '\0' || *customer->name == '\0')
		return refuse(error, _("A customer needs a name and the code of a card."));
	groups = customer_group_list(store, error);
	if (groups == NULL)
		return false;
	if (customer->group_id != 0 && find_group(groups, customer->group_id) == NULL)
		return refuse(error, _("There is no such group of customers any more."));
	return check_code(store, customer, error);
}

static bool put_customer_row(Store *store, const Customer *customer, GError **error)
{
	g_autofree char *name = fold_dup(customer->name), *contact = fold_dup(customer->contact);
	g_autofree char *folded = g_strconcat(name, "\n", contact, NULL);
	StoreStatement *put;
	int64_t revision;

	if (!counter_take(store, "revision", &revision, error))
		return false;
	put = store_statement(store, "office/price/put_customer");
	store_bind_int(put, 1, customer->id);
	store_bind_text(put, 2, customer->code);
	store_bind_text(put, 3, customer->name);
	store_bind_text(put, 4, customer->contact);
	if (customer->group_id != 0)
		store_bind_int(put, 5, customer->group_id);
	else
		store_bind_null(put, 5);
	store_bind_int(put, 6, revision);
	store_bind_int(put, 7, customer->deleted);
	store_bind_text(put, 8, folded);
	return store_run(put, error);
}

static char *customer_json(const Customer *customer)
{
	json_auto_t *object = NULL;

	if (customer == NULL || customer->deleted)
		return NULL;
	object = json_pack("{s:s, s:s, s:s, s:I}", "code", customer->code, "name", customer->name,
			   "contact", customer->contact, "group", (json_int_t)customer->group_id);
	return json_dumps(object, JSON_COMPACT);
}

static bool put_customer(Store *store, Customer *customer, int64_t person_id, GError **error)
{
	g_autofree char *subject = NULL, *before = NULL, *after = NULL;
	g_autoptr(Customer) old = NULL;

	if (!rights_require(store, person_id, RIGHT_CHANGE_PRICE, error) ||
	    !read_customer(store, customer->id, &old, error))
		return false;
	if (customer->id != 0 && old == NULL)
		return refuse(error, _("There is no such customer any more."));
	if (!check_customer(store, customer, error) ||
	    (customer->id == 0 && !counter_take(store, "customer", &customer->id, error)))
		return false;
	subject = g_strdup_printf("%" G_GINT64_FORMAT, customer->id);
	before = customer_json(old);
	after = customer_json(customer);
	return put_customer_row(store, customer, error) &&
	       audit_change(store, person_id, "customer", subject, before, after, error);
}

bool customer_write(Store *store, Customer *customer, int64_t person_id, GError **error)
{
	int64_t id = customer->id;

	g_strstrip(customer->code);
	g_strstrip(customer->name);
	g_strstrip(customer->contact);
	if (!store_begin(store, error))
		return false;
	if (finish(store, put_customer(store, customer, person_id, error), error))
		return true;
	customer->id = id;
	return false;
}
