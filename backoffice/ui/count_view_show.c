/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/count_view_private.h"

#include "backoffice/goods/goods.h"
#include "backoffice/ui/words.h"
#include "base/language.h"

#include <glib/gi18n-lib.h>
#include <string.h>

enum { F_NAME, F_QUANTITY, F_AT, F_N };
static const OfficeColumn found_columns[F_N] = {
	[F_NAME] = { N_("Found here"), 0, false },
	[F_QUANTITY] = { N_("Quantity"), 104, true },
	[F_AT] = { N_("At"), 72, false },
};

enum { P_ZONE, P_ITEMS, P_AT, P_N };
static const OfficeColumn progress_columns[P_N] = {
	[P_ZONE] = { N_("Zone"), 0, false },
	[P_ITEMS] = { N_("Goods"), 80, true },
	[P_AT] = { N_("Last scan"), 112, false },
};

enum { I_NAME, I_EXPECTED, I_COUNTED, I_DIFFERENCE, I_VALUE, I_STATE, I_N };
static const OfficeColumn item_columns[I_N] = {
	[I_NAME] = { N_("Goods"), 0, false },
	[I_EXPECTED] = { N_("Expected"), 104, true },
	[I_COUNTED] = { N_("Counted"), 104, true },
	[I_DIFFERENCE] = { N_("Difference"), 112, false },
	[I_VALUE] = { N_("Worth"), 104, true },
	[I_STATE] = { N_("State"), 208, false },
};

/* --- what may be done ---------------------------------------------------------------------- */

bool office_count_view_may_change(const OfficeCountView *self)
{
	return self->now != NULL && self->now->document->state == DOCUMENT_DRAFT &&
	       office_desk_may(self->desk, RIGHT_COUNT);
}

bool office_count_view_may_compare(const OfficeCountView *self)
{
	return self->now != NULL &&
	       (!self->now->document->blind || self->now->document->state != DOCUMENT_DRAFT ||
		office_desk_may(self->desk, RIGHT_POST));
}

int64_t office_count_view_get_zone(const OfficeCountView *self)
{
	guint chosen = gtk_drop_down_get_selected(self->zone);

	if (self->now == NULL || self->now->zones == NULL || chosen >= self->now->zones->len)
		return 0;
	return ((const Zone *)self->now->zones->pdata[chosen])->id;
}

int office_count_view_get_pass(const OfficeCountView *self)
{
	guint chosen = gtk_drop_down_get_selected(self->pass);

	return chosen == GTK_INVALID_LIST_POSITION ? 1 : (int)chosen + 1;
}

/* --- while it is being counted ------------------------------------------------------------- */

static OfficeTextRow *entry_row(OfficeCountView *self, guint i)
{
	const CountEntry *entry = &g_array_index(self->now->entries, CountEntry, i);
	const Goods *goods = self->now->goods->pdata[i];
	OfficeTextRow *row = office_text_row_new(entry->item_id);

	row->texts[F_NAME] = g_strdup(goods != NULL ? goods->name : _("(deleted goods)"));
	row->texts[F_QUANTITY] =
		office_quantity_dup(self->desk, entry->quantity,
				    goods != NULL ? language_unit_name(goods->unit) : NULL);
	row->texts[F_AT] = office_clock_dup(self->desk, entry->at);
	return row;
}

static void show_found(OfficeCountView *self)
{
	GPtrArray *rows = g_ptr_array_new();

	for (guint i = 0; i < self->now->entries->len; i++)
		g_ptr_array_add(rows, entry_row(self, i));
	office_text_table_take(self->found, rows);
}

static void show_progress(OfficeCountView *self)
{
	GPtrArray *rows = g_ptr_array_new();

	for (guint i = 0; i < self->now->progress->len; i++) {
		const CountProgress *it = self->now->progress->pdata[i];
		OfficeTextRow *row = office_text_row_new((int64_t)i + 1);

		row->tone = it->last_at != 0 ? OFFICE_GREEN : OFFICE_PLAIN;
		row->texts[P_ZONE] = g_strdup(*it->name != '\0' ? it->name : _("The whole shop"));
		row->texts[P_ITEMS] =
			number_text_integer(office_desk_get_style(self->desk), it->n_items);
		row->texts[P_AT] = it->last_at != 0 ? office_clock_dup(self->desk, it->last_at)
						    : g_strdup(_("not begun"));
		g_ptr_array_add(rows, row);
	}
	office_text_table_take(self->progress, rows);
}

/* Where the shop has no zones, or had none when this count was begun: what was found then can still
 * be changed. */
static bool has_whole_shop(const OfficeCountView *self)
{
	for (guint i = 0; i < self->now->progress->len; i++)
		if (((const CountProgress *)self->now->progress->pdata[i])->zone_id == 0)
			return true;
	return self->now->zones->len == 0;
}

static GtkStringList *zone_names(const OfficeCountView *self)
{
	GtkStringList *names = gtk_string_list_new(NULL);

	for (guint i = 0; i < self->now->zones->len; i++)
		gtk_string_list_append(names, ((const Zone *)self->now->zones->pdata[i])->name);
	if (has_whole_shop(self))
		gtk_string_list_append(names, _("The whole shop"));
	return names;
}

static bool are_shown(OfficeCountView *self, GtkStringList *names)
{
	GListModel *shown = gtk_drop_down_get_model(self->zone);
	guint n = g_list_model_get_n_items(G_LIST_MODEL(names));

	if (shown == NULL || g_list_model_get_n_items(shown) != n)
		return false;
	for (guint i = 0; i < n; i++)
		if (strcmp(gtk_string_list_get_string(GTK_STRING_LIST(shown), i),
			   gtk_string_list_get_string(names, i)) != 0)
			return false;
	return true;
}

/* In the drop-down; the first one where it is gone. */
static guint index_of(const OfficeCountView *self, int64_t zone_id, bool *ret_gone)
{
	*ret_gone = false;
	for (guint i = 0; i < self->now->zones->len; i++)
		if (((const Zone *)self->now->zones->pdata[i])->id == zone_id)
			return i;
	if (zone_id == 0 && has_whole_shop(self))
		return self->now->zones->len;
	*ret_gone = true;
	return 0;
}

bool office_count_view_show_zones(OfficeCountView *self, int64_t zone_id)
{
	g_autoptr(GtkStringList) names = zone_names(self);
	bool gone;
	guint selected = index_of(self, zone_id, &gone);

	self->filling = true;
	if (!are_shown(self, names))
		gtk_drop_down_set_model(self->zone, G_LIST_MODEL(names));
	if (gtk_drop_down_get_selected(self->zone) != selected)
		gtk_drop_down_set_selected(self->zone, selected);
	self->filling = false;
	return !gone;
}

static void add_fact(GString *facts, bool said, const char *fact)
{
	if (said)
		g_string_append_printf(facts, "%s%s", facts->len > 0 ? " · " : "", fact);
}

static void show_head(OfficeCountView *self)
{
	const Document *document = self->now->document;
	g_autofree char *title =
		g_strdup_printf("%s %s · %s", document_kind_title(document->kind), document->number,
				document_state_title(document->state));
	g_autoptr(GString) facts = g_string_new(NULL);

	add_fact(facts, strcmp(document->scope, "") == 0, _("everything"));
	add_fact(facts, strcmp(document->scope, "group") == 0, document->subject);
	add_fact(facts, strcmp(document->scope, "zone") == 0, _("one zone"));
	add_fact(facts, document->blind, _("blind"));
	add_fact(facts, count_has_option(document, COUNT_DOUBLE), _("two people, each alone"));
	add_fact(facts, count_has_option(document, COUNT_REST_IS_ZERO),
		 _("what nobody counts is not there"));
	add_fact(facts, *document->note != '\0', document->note);
	gtk_label_set_label(self->title, title);
	gtk_label_set_label(self->facts, facts->str);
}

static void show_buttons(OfficeCountView *self)
{
	bool compares =
		g_strcmp0(gtk_stack_get_visible_child_name(self->panes), "differences") == 0;
	bool change = office_count_view_may_change(self);

	gtk_widget_set_visible(self->differences, office_count_view_may_compare(self));
	gtk_button_set_label(GTK_BUTTON(self->differences),
			     compares ? _("Go on counting (F8)") : _("What differs (F8)"));
	gtk_widget_set_visible(self->post, change && office_desk_may(self->desk, RIGHT_POST));
	gtk_widget_set_visible(self->place, change);
	gtk_widget_set_visible(self->discard, change);
	gtk_widget_set_visible(self->reverse, self->now->document->state == DOCUMENT_POSTED &&
						      office_desk_may(self->desk, RIGHT_REVERSE));
	office_scan_bar_show_card(self->bar, change);
}

void office_count_view_show(OfficeCountView *self)
{
	show_head(self);
	show_found(self);
	show_progress(self);
	show_buttons(self);
}

/* --- what differs -------------------------------------------------------------------------- */

static char *dup_state(const CountItem *it, OfficeTone *tone)
{
	*tone = it->disputed		      ? OFFICE_RED
		: !it->counted_at_all	      ? OFFICE_AMBER
		: it->counted != it->expected ? OFFICE_AMBER
					      : OFFICE_GREEN;
	if (it->disputed)
		return g_strdup(_("■ disputed"));
	if (!it->counted_at_all)
		return g_strdup(_("◌ nobody counted it"));
	if (it->counted == it->expected)
		return g_strdup(_("● agrees"));
	return g_strdup(it->recounted ? _("◆ counted again") : _("▲ count it again"));
}

static char *dup_difference(const OfficeCountView *self, const CountItem *it)
{
	int64_t by = it->counted - it->expected;
	g_autofree char *amount = office_quantity_dup(self->desk, ABS(by), NULL);

	if (by == 0 || !it->counted_at_all)
		return g_strdup("");
	return by > 0 ? g_strdup_printf(_("▲ %s over"), amount)
		      : g_strdup_printf(_("▼ %s short"), amount);
}

static OfficeTextRow *item_row(const OfficeCountView *self, const CountItem *it)
{
	OfficeTextRow *row = office_text_row_new(it->item_id);

	row->texts[I_NAME] = g_strdup(it->name);
	row->texts[I_EXPECTED] = office_quantity_dup(self->desk, it->expected, NULL);
	row->texts[I_COUNTED] = it->counted_at_all
					? office_quantity_dup(self->desk, it->counted, NULL)
					: g_strdup("—");
	row->texts[I_DIFFERENCE] = dup_difference(self, it);
	row->texts[I_VALUE] = office_money_dup(self->desk, it->value);
	row->texts[I_STATE] = dup_state(it, &row->tone);
	return row;
}

static void show_sums(OfficeCountView *self, int n, int64_t value)
{
	const NumberStyle *style = office_desk_get_style(self->desk);
	g_autofree char *number = number_text_integer(style, n);
	g_autofree char *amount = office_money_dup(self->desk, value);
	g_autofree char *count = g_strdup_printf(
		g_dngettext(GETTEXT_PACKAGE, "%s line", "%s lines", (gulong)n), number);
	g_autofree char *text =
		office_desk_may(self->desk, RIGHT_SEE_COST)
			? g_strdup_printf(_("%s · differences worth %s %s"), count, amount,
					  office_desk_get_symbol(self->desk))
			: g_strdup(count);

	gtk_label_set_label(self->sums, text);
}

void office_count_view_show_differences(OfficeCountView *self)
{
	GPtrArray *rows = g_ptr_array_new();
	int64_t value = 0;

	for (guint i = 0; i < self->reviewed->len; i++) {
		const CountItem *it = self->reviewed->pdata[i];

		g_ptr_array_add(rows, item_row(self, it));
		if (__builtin_add_overflow(value, it->value, &value))
			value = 0; /* no shop is worth so much */
	}
	show_sums(self, (int)rows->len, value);
	office_text_table_show_column(self->items, I_VALUE,
				      office_desk_may(self->desk, RIGHT_SEE_COST));
	office_text_table_take(self->items, rows);
}

void office_count_view_set_columns(OfficeCountView *self)
{
	office_text_table_set_columns(self->found, _("Found here"), found_columns, F_N);
	office_text_table_set_columns(self->progress, _("How far each zone is"), progress_columns,
				      P_N);
	office_text_table_set_columns(self->items, _("What differs"), item_columns, I_N);
	office_text_table_tone_columns(self->items, 1U << I_STATE | 1U << I_DIFFERENCE);
}
