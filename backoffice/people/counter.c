/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/people/counter.h"

bool counter_take(Store *store, const char *name, int64_t *ret, GError **error)
{
	return counter_take_many(store, name, 1, ret, error);
}

bool counter_take_many(Store *store, const char *name, int64_t n, int64_t *ret_first,
		       GError **error)
{
	StoreStatement *statement = store_statement(store, "office/people/take");

	store_bind_text(statement, 1, name);
	store_bind_int(statement, 2, n);
	switch (store_step(statement, error)) {
	case STORE_ROW:
		*ret_first = store_get_int(statement, 0) - n + 1;
		store_reset(statement);
		return true;
	case STORE_DONE:
		g_set_error(error, STORE_ERROR, STORE_ERROR_CORRUPT, "no counter '%s'", name);
		return false;
	default:
		return false;
	}
}

static bool audit(Store *store, int64_t person_id, const char *action, const char *subject,
		  const char *detail, const char *before, const char *after, GError **error)
{
	StoreStatement *statement;
	int64_t id;

	if (!counter_take(store, "audit", &id, error))
		return false;
	statement = store_statement(store, "office/people/audit");
	store_bind_int(statement, 1, id);
	store_bind_int(statement, 2, g_get_real_time());
	store_bind_int(statement, 3, person_id);
	store_bind_text(statement, 4, action);
	store_bind_text(statement, 5, subject);
	store_bind_text(statement, 6, detail);
	store_bind_text(statement, 7, before);
	store_bind_text(statement, 8, after);
	return store_run(statement, error);
}

bool audit_add(Store *store, int64_t person_id, const char *action, const char *subject,
	       const char *detail, GError **error)
{
	return audit(store, person_id, action, subject, detail, NULL, NULL, error);
}

bool audit_change(Store *store, int64_t person_id, const char *action, const char *subject,
		  const char *before, const char *after, GError **error)
{
	return audit(store, person_id, action, subject, "", before, after, error);
}
