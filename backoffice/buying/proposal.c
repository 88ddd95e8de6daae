/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/buying/proposal.h"

#include "backoffice/buying/proposal_sales.h"
#include "backoffice/stock/shop_day.h"
#include "core/money.h"
#include "core/quantity.h"

#include <glib/gi18n-lib.h>
#include <string.h>

void proposal_line_free(ProposalLine *self)
{
	if (self == NULL)
		return;
	g_free(self->supplier);
	g_free(self->name);
	g_free(self->code);
	g_free(self->barcode);
	g_free(self->unit);
	g_free(self);
}

static void free_line(gpointer line)
{
	proposal_line_free(line);
}

/* --- reckoning ----------------------------------------------------------------------------- */

bool proposal_target(int64_t sold, int days, int cover, int64_t minimum, int64_t *ret)
{
	int64_t coming = 0;

	if (days > 0 && !scale_int64(sold, cover, days, ROUND_HALF_AWAY, &coming))
		return false;
	return !__builtin_add_overflow(coming, minimum, ret);
}

static bool round_up(int64_t value, int64_t step, int64_t *ret)
{
	int64_t rest = value % step;

	*ret = value;
	return rest == 0 || !__builtin_add_overflow(value, step - rest, ret);
}

bool proposal_round(int64_t wanted, int64_t least, int64_t factor, bool whole, int64_t *ret)
{
	int64_t much = MAX(wanted, least);

	*ret = 0;
	if (wanted <= 0)
		return true;
	if (whole && !round_up(much, QUANTITY_ONE, &much))
		return false;
	return round_up(much, MAX(factor, 1), ret);
}

int64_t proposal_value(const ProposalLine *line)
{
	int64_t value = 0;

	if (!line->has_cost ||
	    !scale_int64(line->cost, line->quantity, QUANTITY_ONE, ROUND_HALF_AWAY, &value))
		return 0;
	return value;
}

/* --- reading ------------------------------------------------------------------------------- */

/* What a line needs besides what people see of it. */
typedef struct {
	ProposalLine *line; /* owned by the proposal */
	int64_t least, balance;
	bool whole;
} Need;

/* In the order of office/proposal/goods. */
static Need need_of_row(StoreStatement *row)
{
	ProposalLine *line = g_new0(ProposalLine, 1);

	line->item_id = store_get_int(row, 0);
	line->name = g_strdup(store_get_text(row, 1));
	line->unit = g_strdup(store_get_text(row, 2));
	line->minimum = store_get_int(row, 3);
	line->supplier_id = store_get_int(row, 4);
	line->supplier = g_strdup(store_get_text(row, 5));
	line->cover = (int)(store_get_int(row, 6) + store_get_int(row, 7));
	line->code = g_strdup(store_get_text(row, 8));
	line->barcode = g_strdup(store_get_text(row, 9));
	line->pack_id = store_get_int(row, 10);
	line->factor = store_get_int(row, 11);
	line->has_cost = !store_is_null(row, 13);
	line->cost = store_get_int(row, 13);
	line->on_hand = store_get_int(row, 14);
	line->least_order = store_get_int(row, 15);
	return (Need){ .line = line,
		       .least = store_get_int(row, 12),
		       .balance = line->on_hand,
		       .whole = strcmp(line->unit, unit_code(UNIT_PIECE)) == 0 };
}

static GArray *read_needs(Store *store, const ProposalQuery *query, int32_t day, GPtrArray *lines,
			  GHashTable *by_item, GError **error)
{
	g_autoptr(GArray) needs = g_array_new(false, false, sizeof(Need));
	StoreStatement *row = store_statement(store, "office/proposal/goods");
	StoreStep step;

	store_bind_int(row, 1, query->shop_id);
	store_bind_int(row, 2, query->supplier_id);
	store_bind_int(row, 3, day);
	while ((step = store_step(row, error)) == STORE_ROW) {
		Need need = need_of_row(row);

		g_ptr_array_add(lines, need.line);
		g_hash_table_insert(by_item, &need.line->item_id, need.line);
		g_array_append_val(needs, need);
	}
	return step == STORE_DONE ? g_steal_pointer(&needs) : NULL;
}

static bool read_on_the_way(Store *store, int64_t shop_id, GHashTable *by_item, GError **error)
{
	StoreStatement *row = store_statement(store, "office/proposal/on_the_way");
	StoreStep step;

	store_bind_int(row, 1, shop_id);
	while ((step = store_step(row, error)) == STORE_ROW) {
		int64_t item_id = store_get_int(row, 0);
		ProposalLine *line = g_hash_table_lookup(by_item, &item_id);

		if (line != NULL)
			line->on_the_way += MAX(0, store_get_int(row, 1));
	}
	return step == STORE_DONE;
}

/* Of an order of which more came than was ordered nothing is to come. */
static bool read_ordered(Store *store, int64_t shop_id, GHashTable *by_item, GError **error)
{
	StoreStatement *row = store_statement(store, "office/proposal/ordered");
	StoreStep step;

	store_bind_int(row, 1, shop_id);
	while ((step = store_step(row, error)) == STORE_ROW) {
		int64_t item_id = store_get_int(row, 0);
		ProposalLine *line = g_hash_table_lookup(by_item, &item_id);
		int64_t much = MAX(0, store_get_int(row, 1));

		if (line != NULL && store_get_int(row, 2) != 0)
			line->drafts += much;
		else if (line != NULL)
			line->ordered += much;
	}
	return step == STORE_DONE;
}

/* Below zero is a mistake of the books, and no debt to anybody: the shelf is empty. */
static bool reckon(const Need *need, GError **error)
{
	ProposalLine *line = need->line;
	int64_t there = MAX(0, line->on_hand) + line->on_the_way + line->ordered + line->drafts;

	if (line->days > 0 &&
	    !scale_int64(line->sold, 1, line->days, ROUND_HALF_AWAY, &line->speed))
		line->speed = 0;
	if (proposal_target(line->sold, line->days, line->cover, line->minimum, &line->target)) {
		line->wanted = MAX(0, line->target - there);
		if (proposal_round(line->wanted, need->least, line->factor, need->whole,
				   &line->quantity))
			return true;
	}
	g_set_error(error, DOCUMENT_ERROR, DOCUMENT_ERROR_INVALID,
		    _("“%s”: what was sold is too much to be reckoned with."), line->name);
	return false;
}

static bool reckon_all(Store *store, const ProposalQuery *query, int32_t day, const GArray *needs,
		       GError **error)
{
	int days = query->days > 0 ? MIN(query->days, PROPOSAL_DAYS_MAX) : PROPOSAL_DAYS;
	g_autoptr(SalesSpeed) speed = sales_speed_read(store, query->shop_id, day, days, error);

	for (guint i = 0; speed != NULL && i < needs->len; i++) {
		const Need *need = &g_array_index(needs, Need, i);

		if (!sales_speed_of(speed, need->line->item_id, need->balance, &need->line->sold,
				    &need->line->days, error) ||
		    !reckon(need, error))
			return false;
	}
	return speed != NULL;
}

static void leave_out_idle(GPtrArray *lines)
{
	for (guint i = lines->len; i > 0; i--)
		if (((const ProposalLine *)lines->pdata[i - 1])->quantity == 0)
			g_ptr_array_remove_index(lines, i - 1);
}

static bool find_day(Store *store, const ProposalQuery *query, int32_t *ret, GError **error)
{
	g_auto(ShopDays) days = { 0 };

	*ret = query->day;
	if (query->day != 0)
		return true;
	if (!shop_days_init(&days, store, query->shop_id, error))
		return false;
	*ret = shop_days_today(&days);
	return true;
}

GPtrArray *proposal_make(Store *store, const ProposalQuery *query, bool all, GError **error)
{
	g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(free_line);
	g_autoptr(GHashTable) by_item = g_hash_table_new(g_int64_hash, g_int64_equal);
	g_autoptr(GArray) needs = NULL;
	int32_t day;

	if (!find_day(store, query, &day, error))
		return NULL;
	needs = read_needs(store, query, day, lines, by_item, error);
	if (needs == NULL || !read_on_the_way(store, query->shop_id, by_item, error) ||
	    !read_ordered(store, query->shop_id, by_item, error) ||
	    !reckon_all(store, query, day, needs, error))
		return NULL;
	if (!all)
		leave_out_idle(lines);
	return g_steal_pointer(&lines);
}

/* --- why ----------------------------------------------------------------------------------- */

static void add_part(GString *why, const char *format, int64_t micro, const NumberStyle *style)
{
	g_autofree char *much = number_text_quantity(style, (Quantity){ micro });

	if (micro == 0)
		return;
	g_string_append(why, ", ");
	g_string_append_printf(why, format, much);
}

/* A speed of three decimals says more than it knows: two, and none of them where it is a hundred.
 */
static char *dup_speed(int64_t speed, const NumberStyle *style)
{
	int64_t step = speed >= 100 * QUANTITY_ONE ? QUANTITY_ONE : QUANTITY_ONE / 100;
	int64_t rounded;

	if (!scale_int64(speed, 1, step, ROUND_HALF_AWAY, &rounded))
		rounded = speed / step;
	return number_text_quantity(style, (Quantity){ rounded * step });
}

char *proposal_dup_why(const ProposalLine *line, const NumberStyle *style)
{
	g_autofree char *speed = dup_speed(line->speed, style);
	g_autoptr(GString) why = g_string_new(NULL);

	if (line->sold > 0)
		g_string_append_printf(
			why,
			/* Translators: why so much of an item is to be ordered. %s is a quantity,
			 * %d the days until goods of the next order but one come. */
			g_dngettext(GETTEXT_PACKAGE, "Sold %s a day, %d day to come",
				    "Sold %s a day, %d days to come", (gulong)line->cover),
			speed, line->cover);
	else
		g_string_append(why, _("Not sold lately"));
	add_part(why, _("at least %s on the shelf"), line->minimum, style);
	if (line->on_hand == 0)
		g_string_append_printf(why, ", %s", _("none there"));
	add_part(why, _("%s there"), line->on_hand, style);
	add_part(why, _("%s on the way"), line->on_the_way, style);
	add_part(why, _("%s ordered"), line->ordered, style);
	add_part(why, _("%s in drafts of orders"), line->drafts, style);
	return g_string_free(g_steal_pointer(&why), false);
}

static void warn(GString *text, const ProposalLine *line, int64_t sum, uint16_t currency,
		 const NumberStyle *style)
{
	g_autofree char *least =
		number_text_money(style, (Money){ line->least_order, currency }, false);
	g_autofree char *much = number_text_money(style, (Money){ sum, currency }, false);

	if (sum == 0 || sum >= line->least_order)
		return;
	g_string_append_printf(text, "%s", text->len > 0 ? "\n" : "");
	/* Translators: a supplier and two amounts. */
	g_string_append_printf(text, _("“%s” takes no order below %s, this one is of %s."),
			       line->supplier, least, much);
}

char *proposal_dup_warnings(const GPtrArray *lines, uint16_t currency, const NumberStyle *style)
{
	g_autoptr(GString) text = g_string_new(NULL);
	int64_t sum = 0;

	for (guint i = 0; i < lines->len; i++) {
		const ProposalLine *line = lines->pdata[i];
		const ProposalLine *next = i + 1 < lines->len ? lines->pdata[i + 1] : NULL;

		sum += proposal_value(line);
		if (next != NULL && next->supplier_id == line->supplier_id)
			continue;
		warn(text, line, sum, currency, style);
		sum = 0;
	}
	return g_string_free(g_steal_pointer(&text), false);
}
