/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/money/till.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

/* A row of a drawer's. */
typedef struct {
	int64_t id, at, amount, shift;
	bool of_till;
} DrawerRow;

/* A till said what its drawer held. */
typedef struct {
	int64_t shift, at, held, newest; /* newest: row of the ledger; 0: not known */
} Said;

static bool check_gaps(Store *store, char **ret, GError **error)
{
	StoreStatement *row = store_statement(store, "office/money/gaps");

	if (store_step(row, error) != STORE_ROW)
		return false;
	if (store_get_int(row, 0) != store_get_int(row, 1) ||
	    store_get_int(row, 1) != store_get_int(row, 2))
		*ret = g_strdup(_("the money ledger has a gap"));
	store_reset(row);
	return true;
}

static bool check_rows(Store *store, char **ret, GError **error)
{
	StoreStatement *row = store_statement(store, "office/money/broken_rows");
	StoreStep step = store_step(row, error);

	if (step == STORE_ROW)
		*ret = g_strdup_printf(
			_("money ledger: row %" PRId64 " does not belong to its entry"),
			store_get_int(row, 0));
	store_reset(row);
	return step != STORE_FAILED;
}

static bool check_shifts(Store *store, char **ret, GError **error)
{
	StoreStatement *row = store_statement(store, "office/money/broken_shifts");
	StoreStep step = store_step(row, error);

	if (step == STORE_ROW)
		*ret = g_strdup_printf(
			_("money ledger: shift %" PRId64 " of till “%s” is not what the till said"),
			store_get_int(row, 1), store_get_text(row, 0));
	store_reset(row);
	return step != STORE_FAILED;
}

/* --- drawers ------------------------------------------------------------------------------- */

static GArray *read_rows(Store *store, int64_t drawer, GError **error)
{
	g_autoptr(GArray) rows = g_array_new(false, false, sizeof(DrawerRow));
	StoreStatement *read = store_statement(store, "office/money/drawer_rows");
	StoreStep step;

	store_bind_int(read, 1, drawer);
	while ((step = store_step(read, error)) == STORE_ROW) {
		DrawerRow row = { .id = store_get_int(read, 0),
				  .at = store_get_int(read, 1),
				  .amount = store_get_int(read, 2),
				  .of_till = store_get_int(read, 3) != 0,
				  .shift = store_get_int(read, 4) };

		g_array_append_val(rows, row);
	}
	return step == STORE_DONE ? g_steal_pointer(&rows) : NULL;
}

static GArray *read_said(Store *store, int64_t shop_id, int64_t till_id, GError **error)
{
	g_autoptr(GArray) all = g_array_new(false, false, sizeof(Said));
	StoreStatement *read = store_statement(store, "office/money/drawer_told");
	StoreStep step;

	store_bind_int(read, 1, shop_id);
	store_bind_int(read, 2, till_id);
	while ((step = store_step(read, error)) == STORE_ROW) {
		Said said = { .shift = store_get_int(read, 0),
			      .at = store_get_int(read, 2),
			      .held = store_get_int(read, 3),
			      .newest = store_get_int(read, 4) };

		g_array_append_val(all, said);
	}
	return step == STORE_DONE ? g_steal_pointer(&all) : NULL;
}

/* The rule of till.h: all of the till's, and what people entered from its own moment on. Shifts of
 * before there was a ledger have the till's alone. */
static bool counts(const DrawerRow *row, const Said *said)
{
	if (said->newest == 0)
		return row->of_till && row->shift <= said->shift;
	return row->id <= said->newest && (row->of_till || row->at <= said->at);
}

static int64_t held_by_ledger(const GArray *rows, const Said *said)
{
	int64_t sum = 0;

	for (guint i = 0; i < rows->len; i++) {
		const DrawerRow *row = &g_array_index(rows, DrawerRow, i);

		if (counts(row, said))
			sum += row->amount;
	}
	return sum;
}

static bool check_drawer(Store *store, int64_t drawer, int64_t shop_id, int64_t till_id,
			 const char *name, char **ret, GError **error)
{
	g_autoptr(GArray) rows = read_rows(store, drawer, error);
	g_autoptr(GArray) all = rows != NULL ? read_said(store, shop_id, till_id, error) : NULL;

	if (all == NULL)
		return false;
	for (guint i = 0; i < all->len && *ret == NULL; i++) {
		const Said *said = &g_array_index(all, Said, i);

		if (held_by_ledger(rows, said) != said->held)
			*ret = g_strdup_printf(
				_("money ledger: the drawer of “%s” has another sum than shift "
				  "%" PRId64 " said"),
				name, said->shift);
	}
	return true;
}

typedef struct {
	int64_t id, shop_id, till_id;
	char *name; /* owned */
} Drawer;

static void drawer_clear(gpointer drawer)
{
	g_free(((Drawer *)drawer)->name);
}

static GArray *read_drawers(Store *store, GError **error)
{
	g_autoptr(GArray) drawers = g_array_new(false, false, sizeof(Drawer));
	StoreStatement *read = store_statement(store, "office/money/drawers");
	StoreStep step;

	g_array_set_clear_func(drawers, drawer_clear);
	while ((step = store_step(read, error)) == STORE_ROW) {
		Drawer drawer = { store_get_int(read, 0), store_get_int(read, 1),
				  store_get_int(read, 2), g_strdup(store_get_text(read, 3)) };

		g_array_append_val(drawers, drawer);
	}
	return step == STORE_DONE ? g_steal_pointer(&drawers) : NULL;
}

static bool check_drawers(Store *store, char **ret, GError **error)
{
	g_autoptr(GArray) drawers = read_drawers(store, error);

	if (drawers == NULL)
		return false;
	for (guint i = 0; i < drawers->len && *ret == NULL; i++) {
		const Drawer *drawer = &g_array_index(drawers, Drawer, i);

		if (!check_drawer(store, drawer->id, drawer->shop_id, drawer->till_id, drawer->name,
				  ret, error))
			return false;
	}
	return true;
}

bool money_verify(Store *store, char **ret_broken, GError **error)
{
	*ret_broken = NULL;
	return check_gaps(store, ret_broken, error) &&
	       (*ret_broken != NULL || check_rows(store, ret_broken, error)) &&
	       (*ret_broken != NULL || check_shifts(store, ret_broken, error)) &&
	       (*ret_broken != NULL || check_drawers(store, ret_broken, error));
}
