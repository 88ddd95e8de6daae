/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/money/money_private.h"
#include "backoffice/people/counter.h"

#include <glib/gi18n-lib.h>
#include <jansson.h>
#include <string.h>

void expense_kind_free(ExpenseKind *self)
{
	if (self == NULL)
		return;
	g_free(self->name);
	g_free(self);
}

static ExpenseKind *kind_of_row(StoreStatement *row)
{
	ExpenseKind *self = g_new0(ExpenseKind, 1);

	self->id = store_get_int(row, 0);
	self->name = g_strdup(store_get_int(row, 1) != 0 ? expense_kind_word(store_get_text(row, 2))
							 : store_get_text(row, 2));
	if (!expense_group_parse(store_get_text(row, 3), &self->group))
		self->group = EXPENSE_OTHER;
	return self;
}

GPtrArray *expense_kinds(Store *store, GError **error)
{
	g_autoptr(GPtrArray) kinds =
		g_ptr_array_new_with_free_func((GDestroyNotify)expense_kind_free);
	StoreStatement *row = store_statement(store, "office/money/expense_kinds");
	StoreStep step;

	while ((step = store_step(row, error)) == STORE_ROW)
		g_ptr_array_add(kinds, kind_of_row(row));
	return step == STORE_DONE ? g_steal_pointer(&kinds) : NULL;
}

/* *ret_id 0: there is none; *ret_names: those there are. Own it. */
static bool find(Store *store, const char *name, int64_t *ret_id, GString *names, GError **error)
{
	g_autoptr(GPtrArray) kinds = expense_kinds(store, error);

	*ret_id = 0;
	for (guint i = 0; kinds != NULL && i < kinds->len; i++) {
		const ExpenseKind *kind = kinds->pdata[i];

		g_string_append_printf(names, "%s“%s”", i > 0 ? ", " : "", kind->name);
		if (strcmp(kind->name, name) == 0 ||
		    strcmp(kind->name, expense_kind_word(name)) == 0)
			*ret_id = *ret_id != 0 ? *ret_id : kind->id;
	}
	return kinds != NULL;
}

bool expense_kind_find(Store *store, const char *name, int64_t *ret_id, GError **error)
{
	g_autoptr(GString) names = g_string_new(NULL);

	return find(store, name, ret_id, names, error) &&
	       (*ret_id != 0 || money_refuse(error, MONEY_ERROR_GONE,
					     _("There is no kind of expense named “%s”, only %s."),
					     name, names->str));
}

static bool insert_kind(Store *store, const char *name, ExpenseGroup group, int64_t *ret_id,
			GError **error)
{
	StoreStatement *insert = store_statement(store, "office/money/add_expense_kind");
	StoreStep step;

	store_bind_text(insert, 1, name);
	store_bind_text(insert, 2, expense_group_code(group));
	step = store_step(insert, error);
	if (step == STORE_ROW)
		*ret_id = store_get_int(insert, 0);
	store_reset(insert);
	return step == STORE_ROW;
}

static bool add_kind(Store *store, const char *name, ExpenseGroup group, int64_t person_id,
		     int64_t *ret_id, GError **error)
{
	g_autofree char *after = g_strdup_printf("{\"group\":\"%s\"}", expense_group_code(group));
	g_autoptr(GString) names = g_string_new(NULL);
	int64_t other;

	if (!rights_require(store, person_id, RIGHT_MOVE_MONEY, error))
		return false;
	if (*name == '\0' || !money_text_is_sound(name))
		return money_refuse(error, MONEY_ERROR_INVALID,
				    _("A kind of expense has a name of 1 to %d characters."),
				    MONEY_TEXT_MAX);
	if (!find(store, name, &other, names, error))
		return false;
	if (other != 0)
		return money_refuse(error, MONEY_ERROR_INVALID,
				    _("There is already a kind of expense named “%s”."), name);
	return insert_kind(store, name, group, ret_id, error) &&
	       audit_change(store, person_id, "expense-kind", name, NULL, after, error);
}

bool expense_kind_add(Store *store, const char *name, ExpenseGroup group, int64_t person_id,
		      int64_t *ret_id, GError **error)
{
	g_autofree char *trimmed = money_dup_text(name);
	int64_t id = 0;

	if (!store_begin(store, error))
		return false;
	if (!add_kind(store, trimmed, group, person_id, &id, error)) {
		store_rollback(store);
		return false;
	}
	if (!store_commit(store, error))
		return false;
	*ret_id = id;
	return true;
}
