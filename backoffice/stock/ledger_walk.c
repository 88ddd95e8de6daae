/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/stock/ledger_private.h"

/* What comes late changes what came after it. A walk goes from the earliest late moment to the end
 * of the item's rows with two states side by side: what the ledger said up to here, and what it has
 * to say. Where an effect is another now, a correction makes up for it. */

/* A row with what corrects it and what took it back. */
typedef struct {
	LedgerRow row;
	LedgerEffect recorded; /* of all of them */
	bool is_reversed;
} Place;

typedef struct {
	LedgerState recorded, now;
	GArray *places; /* owned; of Place */
	GArray *written; /* owned; of LedgerRow, where the item is kept by batch */
	guint next; /* of places */

	/* borrowed */
	Ledger *ledger;
	LedgerItem *item;
} Walk;

static void walk_clear(Walk *self)
{
	g_clear_pointer(&self->places, g_array_unref);
	g_clear_pointer(&self->written, g_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Walk, walk_clear)

void ledger_wait(LedgerItem *item, const LedgerRow *row)
{
	if (item->waiting == NULL)
		item->waiting = g_array_new(false, false, sizeof(LedgerRow));
	g_array_append_vals(item->waiting, row, 1);
}

/* --- reading ------------------------------------------------------------------------------- */

static bool add_effect(LedgerEffect *sum, const LedgerEffect *more)
{
	return !__builtin_add_overflow(sum->quantity, more->quantity, &sum->quantity) &&
	       !__builtin_add_overflow(sum->value, more->value, &sum->value) &&
	       !__builtin_add_overflow(sum->difference, more->difference, &sum->difference) &&
	       !__builtin_add_overflow(sum->average, more->average, &sum->average);
}

/* The row itself has the least id of its place, and so comes first. */
static bool add_row(GArray *places, const LedgerRow *row)
{
	Place *last = places->len > 0 ? &g_array_index(places, Place, places->len - 1) : NULL;

	if (row->corrects == 0 && row->reverses == 0) {
		Place place = { .row = *row, .recorded = row->effect };

		g_array_append_val(places, place);
		return true;
	}
	if (last == NULL || last->row.id != row->place)
		return false;
	last->is_reversed = last->is_reversed || row->reverses != 0;
	return add_effect(&last->recorded, &row->effect);
}

static bool read_places(Walk *self, int64_t from, GError **error)
{
	StoreStatement *read = store_statement(self->ledger->store, "office/ledger/rows");
	StoreStep step;

	store_bind_int(read, 1, self->ledger->shop_id);
	store_bind_int(read, 2, self->item->item_id);
	store_bind_int(read, 3, from);
	while ((step = store_step(read, error)) == STORE_ROW) {
		LedgerRow row = ledger_read_row(read);

		if (!add_row(self->places, &row)) {
			store_reset(read);
			return ledger_too_large(self->item->item_id, error);
		}
	}
	return step == STORE_DONE;
}

/* The average after the last row before @at that nobody took back. */
static bool read_average(Walk *self, int64_t at, GError **error)
{
	StoreStatement *read = store_statement(self->ledger->store, "office/ledger/before");
	int64_t place = 0, average = 0;
	bool is_reversed = true; /* before the first there is none */
	StoreStep step;

	store_bind_int(read, 1, self->ledger->shop_id);
	store_bind_int(read, 2, self->item->item_id);
	store_bind_int(read, 3, at);
	while ((step = store_step(read, error)) == STORE_ROW) {
		if (store_get_int(read, 0) != place) {
			if (!is_reversed)
				break;
			place = store_get_int(read, 0);
			average = 0;
			is_reversed = false;
		}
		is_reversed = is_reversed || !store_is_null(read, 2);
		average += store_get_int(read, 1);
	}
	store_reset(read);
	self->now.average = is_reversed ? self->item->first_average : average;
	return step != STORE_FAILED;
}

/* What stood there before @from: the balance without all that came after. */
static bool read_start(Walk *self, int64_t from, GError **error)
{
	LedgerEffect after = { 0 };

	if (!read_places(self, from, error) || !read_average(self, from, error))
		return false;
	for (guint i = 0; i < self->places->len; i++) {
		LedgerEffect effect = g_array_index(self->places, Place, i).recorded;

		effect.average = 0;
		if (!add_effect(&after, &effect))
			return ledger_too_large(self->item->item_id, error);
	}
	if (__builtin_sub_overflow(self->item->now.quantity, after.quantity, &self->now.quantity) ||
	    __builtin_sub_overflow(self->item->now.value, after.value, &self->now.value))
		return ledger_too_large(self->item->item_id, error);
	self->recorded = self->now;
	return true;
}

/* --- writing ------------------------------------------------------------------------------- */

static bool write_row(Walk *self, const LedgerRow *row, GError **error)
{
	if (self->written != NULL)
		g_array_append_vals(self->written, row, 1);
	return ledger_insert(self->ledger, row, error);
}

/* Where and why @row stands, for what corrects or reverses it. */
static LedgerRow beside(Walk *self, const LedgerRow *row)
{
	LedgerRow other = *row;

	other.id = ++self->ledger->last_id;
	other.place = row->id;
	other.facts = (LedgerFacts){ 0 };
	other.has_value = true;
	other.batch_id = 0;
	return other;
}

/* What brings @from to @to. */
static bool effect_between(const LedgerEffect *from, const LedgerEffect *to, LedgerEffect *ret)
{
	return !__builtin_sub_overflow(to->quantity, from->quantity, &ret->quantity) &&
	       !__builtin_sub_overflow(to->value, from->value, &ret->value) &&
	       !__builtin_sub_overflow(to->difference, from->difference, &ret->difference) &&
	       !__builtin_sub_overflow(to->average, from->average, &ret->average);
}

static bool is_same_effect(const LedgerEffect *a, const LedgerEffect *b)
{
	return a->quantity == b->quantity && a->value == b->value &&
	       a->difference == b->difference && a->average == b->average;
}

static bool write_correction(Walk *self, const Place *place, const LedgerEffect *effect,
			     GError **error)
{
	LedgerRow correction = beside(self, &place->row);

	correction.kind = "correction";
	correction.corrects = place->row.id;
	if (!effect_between(&place->recorded, effect, &correction.effect))
		return ledger_too_large(self->item->item_id, error);
	return write_row(self, &correction, error);
}

static bool write_reversal(Walk *self, const Place *place, GError **error)
{
	LedgerRow reversal = beside(self, &place->row);
	const LedgerEffect nothing = { 0 };

	reversal.reverses = place->row.id;
	if (!effect_between(&place->recorded, &nothing, &reversal.effect))
		return ledger_too_large(self->item->item_id, error);
	return write_row(self, &reversal, error);
}

/* --- walking ------------------------------------------------------------------------------- */

static bool take_effect(Walk *self, const LedgerFacts *facts, LedgerEffect *ret, GError **error)
{
	return (ledger_rule(&self->now, facts, ret) && ledger_rule_apply(&self->now, ret)) ||
	       ledger_too_large(self->item->item_id, error);
}

static bool pass_place(Walk *self, const Place *place, GError **error)
{
	LedgerEffect effect;

	if (place->is_reversed)
		return true;
	if (!take_effect(self, &place->row.facts, &effect, error))
		return false;
	if (!ledger_rule_apply(&self->recorded, &place->recorded))
		return ledger_too_large(self->item->item_id, error);
	return is_same_effect(&effect, &place->recorded) ||
	       write_correction(self, place, &effect, error);
}

static bool comes_before(const LedgerRow *a, const LedgerRow *b)
{
	return a->at != b->at ? a->at < b->at : a->place < b->place;
}

static const Place *next_place(const Walk *self)
{
	return self->next < self->places->len ? &g_array_index(self->places, Place, self->next)
					      : NULL;
}

static bool pass_places_before(Walk *self, const LedgerRow *row, GError **error)
{
	const Place *place;

	while ((place = next_place(self)) != NULL && comes_before(&place->row, row)) {
		self->next++;
		if (!pass_place(self, place, error))
			return false;
	}
	return true;
}

/* It counts no more, and neither does what takes it back. */
static bool pass_reversed(Walk *self, const LedgerRow *row, GError **error)
{
	const Place *place = next_place(self);

	g_assert(place != NULL && place->row.id == row->reverses);
	self->next++;
	return (ledger_rule_apply(&self->recorded, &place->recorded) ||
		ledger_too_large(self->item->item_id, error)) &&
	       write_reversal(self, place, error);
}

static bool pass_waiting(Walk *self, LedgerRow *row, GError **error)
{
	if (!pass_places_before(self, row, error))
		return false;
	if (row->reverses != 0)
		return pass_reversed(self, row, error);
	row->has_value = ledger_rule_knows(&self->now, &row->facts);
	return take_effect(self, &row->facts, &row->effect, error) && write_row(self, row, error);
}

/* Once both states are the same and nothing waits, what follows stands as it is. */
static bool pass_rest(Walk *self, GError **error)
{
	const Place *place;

	while ((place = next_place(self)) != NULL) {
		if (self->now.quantity == self->recorded.quantity &&
		    self->now.value == self->recorded.value &&
		    self->now.average == self->recorded.average) {
			self->now = self->item->now;
			return true;
		}
		self->next++;
		if (!pass_place(self, place, error))
			return false;
	}
	return true;
}

static int by_place(const void *a, const void *b)
{
	return comes_before(a, b) ? -1 : comes_before(b, a);
}

static bool walk(Walk *self, GError **error)
{
	GArray *waiting = self->item->waiting;
	int64_t from;

	g_array_sort(waiting, by_place);
	from = self->item->is_disordered ? INT64_MIN : g_array_index(waiting, LedgerRow, 0).at;
	if (!read_start(self, from, error))
		return false;
	for (guint i = 0; i < waiting->len; i++)
		if (!pass_waiting(self, &g_array_index(waiting, LedgerRow, i), error))
			return false;
	return pass_rest(self, error);
}

static void end_walk(Walk *self)
{
	LedgerItem *item = self->item;
	const LedgerRow *last = &g_array_index(item->waiting, LedgerRow, item->waiting->len - 1);

	if (self->places->len > 0)
		item->last_at =
			MAX(item->last_at,
			    g_array_index(self->places, Place, self->places->len - 1).row.at);
	item->last_at = MAX(item->last_at, last->at);
	item->now = self->now;
	item->is_disordered = false;
	item->changed = true;
	g_clear_pointer(&item->waiting, g_array_unref);
}

bool ledger_settle(Ledger *self, LedgerItem *item, GError **error)
{
	g_auto(Walk) steps = { .ledger = self, .item = item };

	if (item->waiting == NULL)
		return true;
	steps.places = g_array_new(false, false, sizeof(Place));
	if (item->expires)
		steps.written = g_array_new(false, false, sizeof(LedgerRow));
	if (!walk(&steps, error))
		return false;
	end_walk(&steps);
	for (guint i = 0; steps.written != NULL && i < steps.written->len; i++)
		if (!ledger_move_batches(self, item, &g_array_index(steps.written, LedgerRow, i),
					 error))
			return false;
	return true;
}

/* --- taking back --------------------------------------------------------------------------- */

static GArray *read_document(Ledger *self, int64_t document_id, GError **error)
{
	g_autoptr(GArray) rows = g_array_new(false, false, sizeof(LedgerRow));
	StoreStatement *read = store_statement(self->store, "office/ledger/of_document");
	StoreStep step;

	store_bind_int(read, 1, self->shop_id);
	store_bind_int(read, 2, document_id);
	while ((step = store_step(read, error)) == STORE_ROW) {
		LedgerRow row = ledger_read_row(read);

		g_array_append_val(rows, row);
	}
	return step == STORE_DONE ? g_steal_pointer(&rows) : NULL;
}

static bool settle_all(Ledger *self, GError **error)
{
	for (guint i = 0; i < self->touched->len; i++)
		if (!ledger_settle(self, self->touched->pdata[i], error))
			return false;
	return true;
}

bool ledger_reverse(Ledger *self, int64_t document_id, GError **error)
{
	g_autoptr(GArray) rows = NULL;

	if (!settle_all(self, error))
		return false;
	rows = read_document(self, document_id, error);
	for (guint i = 0; rows != NULL && i < rows->len; i++) {
		LedgerRow *row = &g_array_index(rows, LedgerRow, i);
		LedgerItem *item = ledger_item(self, row->item_id, error);

		if (item == NULL)
			return false;
		row->reverses = row->id;
		ledger_wait(item, row);
	}
	return rows != NULL;
}
