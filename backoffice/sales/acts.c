/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/sales/acts.h"

#include "backoffice/sales/ingest_rows.h"

static bool tell_entry(Ingest *self, StoreStatement *row, GError **error)
{
	const char *text = store_get_text(row, 5);
	json_auto_t *body = json_loads(text, 0, NULL);
	JournalEntry entry = { .number = store_get_int(row, 0),
			       .at = store_get_int(row, 1),
			       .cashier = store_get_int(row, 3),
			       .shift = store_get_int(row, 4),
			       .body = (char *)text };

	return !journal_kind_parse(store_get_text(row, 2), &entry.kind) ||
	       ingest_act(self, &entry, body, error);
}

static bool tell_till(Store *store, const IngestTill *till, GError **error)
{
	g_autoptr(GTimeZone) zone = g_time_zone_new_identifier(till->timezone);
	Ingest self = { .zone = zone, .store = store, .till = till };
	StoreStatement *row;
	StoreStep step;

	if (zone == NULL) {
		g_set_error(error, INGEST_ERROR, INGEST_ERROR_TILL, "there is no time zone '%s'",
			    till->timezone);
		return false;
	}
	row = store_statement(store, "office/ingest/act_entries");
	store_bind_int(row, 1, till->shop_id);
	store_bind_int(row, 2, till->till_id);
	while ((step = store_step(row, error)) == STORE_ROW) {
		if (!tell_entry(&self, row, error)) {
			store_reset(row);
			return false;
		}
	}
	return step == STORE_DONE;
}

bool acts_tell(Store *store, GError **error)
{
	StoreStatement *row;
	StoreStep step;

	if (!store_run(store_statement(store, "office/ingest/forget_acts"), error) ||
	    !store_run(store_statement(store, "office/ingest/forget_presence"), error))
		return false;
	row = store_statement(store, "office/ingest/tills");
	while ((step = store_step(row, error)) == STORE_ROW) {
		g_autofree char *timezone = g_strdup(store_get_text(row, 2));
		const IngestTill till = { .shop_id = store_get_int(row, 0),
					  .till_id = store_get_int(row, 1),
					  .timezone = timezone };

		if (!tell_till(store, &till, error)) {
			store_reset(row);
			return false;
		}
	}
	return step == STORE_DONE &&
	       store_run(store_statement(store, "office/ingest/acts_are_told"), error);
}

static bool is_untold(Store *store, bool *ret, GError **error)
{
	StoreStatement *read = store_statement(store, "office/ingest/acts_are_untold");
	StoreStep step = store_step(read, error);

	*ret = step == STORE_ROW;
	store_reset(read);
	return step != STORE_FAILED;
}

bool acts_tell_untold(Store *store, GError **error)
{
	bool untold;

	if (!is_untold(store, &untold, error))
		return false;
	if (!untold)
		return true;
	if (!store_begin(store, error))
		return false;
	if (acts_tell(store, error))
		return store_commit(store, error);
	store_rollback(store);
	return false;
}
