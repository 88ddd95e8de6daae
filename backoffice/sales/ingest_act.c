/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/sales/ingest_rows.h"

/* An entry that does not say all of it happened all the same: what it does not say is NULL. */
typedef struct {
	bool has_amount;
	int64_t amount;
	const char *detail; /* lent by the entry's JSON */
	int64_t by_id; /* 0: nobody */
} Act;

static bool read_total(const json_t *body, int64_t *ret)
{
	g_autoptr(Receipt) receipt = receipt_from_json(json_object_get(body, "receipt"), NULL);

	if (receipt == NULL)
		return false;
	*ret = receipt_get_totals(receipt)->total.minor;
	return true;
}

static const char *text_or_nothing(const json_t *body, const char *name)
{
	const char *text = json_string_value(json_object_get(body, name));

	return text != NULL ? text : "";
}

/* False of kinds that are none. */
static bool read_act(JournalKind kind, const json_t *body, Act *ret)
{
	*ret = (Act){ .detail = "" };
	switch (kind) {
	case JOURNAL_LINE_VOID:
		ret->has_amount = ingest_get_int(body, "sum", &ret->amount, NULL);
		ret->detail = text_or_nothing(body, "name");
		return true;
	case JOURNAL_RECEIPT_VOID:
		ret->has_amount = read_total(body, &ret->amount);
		return true;
	case JOURNAL_OVERRIDE:
		ret->detail = text_or_nothing(body, "right");
		ret->by_id = json_integer_value(json_object_get(body, "by"));
		return true;
	default:
		return kind == JOURNAL_NO_SALE;
	}
}

static bool read_day(const Ingest *self, const JournalEntry *entry, int64_t *ret, GError **error)
{
	StoreStatement *read = store_statement(self->store, "office/ingest/shift_day");
	StoreStep step;

	store_bind_int(read, 1, self->till->shop_id);
	store_bind_int(read, 2, self->till->till_id);
	store_bind_int(read, 3, entry->shift);
	step = store_step(read, error);
	*ret = step == STORE_ROW ? store_get_int(read, 0) : ingest_wall_day(self, entry->at);
	store_reset(read);
	return step != STORE_FAILED;
}

static bool write_act(const Ingest *self, const JournalEntry *entry, const Act *act, GError **error)
{
	StoreStatement *insert;
	int64_t day;

	if (!read_day(self, entry, &day, error))
		return false;
	insert = store_statement(self->store, "office/ingest/insert_act");
	store_bind_int(insert, 1, self->till->shop_id);
	store_bind_int(insert, 2, self->till->till_id);
	store_bind_int(insert, 3, entry->number);
	store_bind_int(insert, 4, day);
	store_bind_int(insert, 5, ingest_hour(self, entry->at));
	store_bind_int(insert, 6, entry->at);
	store_bind_int(insert, 7, entry->cashier);
	store_bind_text(insert, 8, journal_kind_code(entry->kind));
	if (act->has_amount)
		store_bind_int(insert, 9, act->amount);
	store_bind_text(insert, 10, act->detail);
	if (act->by_id != 0)
		store_bind_int(insert, 11, act->by_id);
	return store_run(insert, error);
}

/* --- where they stood ---------------------------------------------------------------------- */

static bool leave(const Ingest *self, int64_t at, GError **error)
{
	StoreStatement *end = store_statement(self->store, "office/ingest/end_presence");

	store_bind_int(end, 1, self->till->shop_id);
	store_bind_int(end, 2, self->till->till_id);
	store_bind_int(end, 3, at);
	return store_run(end, error);
}

static bool come(const Ingest *self, const JournalEntry *entry, GError **error)
{
	StoreStatement *insert = store_statement(self->store, "office/ingest/insert_presence");

	store_bind_int(insert, 1, self->till->shop_id);
	store_bind_int(insert, 2, self->till->till_id);
	store_bind_int(insert, 3, entry->number);
	store_bind_int(insert, 4, entry->cashier);
	store_bind_int(insert, 5, ingest_wall_day(self, entry->at));
	store_bind_int(insert, 6, entry->at);
	return store_run(insert, error);
}

static bool come_if_nobody_is_there(const Ingest *self, const JournalEntry *entry, GError **error)
{
	StoreStatement *read = store_statement(self->store, "office/ingest/somebody_is_present");
	StoreStep step;

	store_bind_int(read, 1, self->till->shop_id);
	store_bind_int(read, 2, self->till->till_id);
	step = store_step(read, error);
	store_reset(read);
	return step == STORE_ROW || (step == STORE_DONE && come(self, entry, error));
}

bool ingest_act(Ingest *self, const JournalEntry *entry, const json_t *body, GError **error)
{
	Act act;

	switch (entry->kind) {
	case JOURNAL_LOGIN:
		return leave(self, entry->at, error) && come(self, entry, error);
	case JOURNAL_SHIFT_OPEN:
		return entry->cashier == 0 || come_if_nobody_is_there(self, entry, error);
	case JOURNAL_LOGOUT:
	case JOURNAL_SHIFT_CLOSE:
		return leave(self, entry->at, error);
	default:
		return !read_act(entry->kind, body, &act) || write_act(self, entry, &act, error);
	}
}
