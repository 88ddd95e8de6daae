/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/report/day_private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static void free_report(void *report)
{
	report_free(report);
}

void day_report_free(DayReport *self)
{
	if (self == NULL)
		return;
	g_free(self->title);
	g_clear_pointer(&self->zone, g_time_zone_unref);
	g_ptr_array_unref(self->sections);
	g_ptr_array_unref(self->notes);
	day_print_free(self->last);
	json_decref(self->tills);
	g_free(self);
}

void day_query_limit(DayQuery *self, Rights rights)
{
	self->with_cost = self->with_cost && rights_have(rights, RIGHT_SEE_COST);
	self->with_acts = self->with_acts && rights_have(rights, RIGHT_SEE_ACTS);
}

/* --- reading ------------------------------------------------------------------------------- */

static ReportQuery query_of(const DayReport *self)
{
	return (ReportQuery){ .shop_id = self->query.shop_id,
			      .from = self->query.day,
			      .to = self->query.day,
			      .till_id = self->query.till_id,
			      .shift = self->query.shift,
			      .no_cost = !self->query.with_cost };
}

/* The day that a shift is of, and what the paper is called after it. */
static bool find_shift(DayReport *self, Store *store, GError **error)
{
	StoreStatement *row = store_statement(store, "office/day/shift");
	g_autofree char *number = g_strdup_printf("%" G_GINT64_FORMAT, self->query.shift);
	StoreStep step;

	if (self->query.shift == 0) {
		self->query.till_id = 0;
		self->title = g_strdup(_("Daily report"));
		return true;
	}
	store_bind_int(row, 1, self->query.shop_id);
	store_bind_int(row, 2, self->query.till_id);
	store_bind_int(row, 3, self->query.shift);
	step = store_step(row, error);
	if (step == STORE_ROW) {
		self->query.day = (int32_t)store_get_int(row, 0);
		/* Translators: the report of a shift: its number, its till. */
		self->title =
			g_strdup_printf(_("Shift %1$s, %2$s"), number, store_get_text(row, 1));
	}
	store_reset(row);
	if (step == STORE_DONE)
		g_set_error(error, REPORT_ERROR, REPORT_ERROR_QUERY,
			    _("There is no shift %s of this till."), number);
	return step == STORE_ROW;
}

static bool read_stamp(DayReport *self, Store *store, GError **error)
{
	StoreStatement *row = store_statement(store, "office/day/stamp");
	StoreStep step;

	store_bind_int(row, 1, self->query.shop_id);
	store_bind_int(row, 2, self->query.day);
	step = store_step(row, error);
	if (step == STORE_ROW) {
		self->stamp = store_get_int(row, 0);
		self->heard_at = store_get_int(row, 1);
	}
	store_reset(row);
	return step != STORE_FAILED;
}

/* An empty section says nothing that its absence does not. */
static bool add_section(DayReport *self, Store *store, const ReportKind *kind, GError **error)
{
	ReportQuery query = query_of(self);
	Report *section = report_ask(store, kind, &query, error);

	if (section == NULL)
		return false;
	if (report_get_n_rows(section) > 0)
		g_ptr_array_add(self->sections, section);
	else
		report_free(section);
	return true;
}

static bool read_sections(DayReport *self, Store *store, GError **error)
{
	ReportQuery query = query_of(self);

	if (!add_section(self, store, &day_section_day, error) ||
	    !day_read_figures(store, &query, &self->figures, error))
		return false;
	if (self->query.with_cost && self->figures.receipts > 0 &&
	    !add_section(self, store, &day_section_margin, error))
		return false;
	for (const ReportKind *const *kind = day_section_kinds(self->query.with_acts);
	     *kind != NULL; kind++)
		if (!add_section(self, store, *kind, error))
			return false;
	return true;
}

static bool read_all(DayReport *self, Store *store, GError **error)
{
	const Report *first;

	if (!find_shift(self, store, error) || !read_stamp(self, store, error) ||
	    !read_sections(self, store, error))
		return false;
	first = self->sections->pdata[0];
	self->zone = g_time_zone_ref(first->zone);
	return day_read_notes(self, store, error);
}

DayReport *day_report_read(Store *store, const DayQuery *query, GError **error)
{
	g_autoptr(DayReport) self = g_new0(DayReport, 1);

	self->query = *query;
	self->now = g_get_real_time();
	self->sections = g_ptr_array_new_with_free_func(free_report);
	self->notes = g_ptr_array_new_with_free_func(g_free);
	self->tills = json_array();
	return read_all(self, store, error) ? g_steal_pointer(&self) : NULL;
}

/* --- what is in it ------------------------------------------------------------------------- */

const DayQuery *day_report_get_query(const DayReport *self)
{
	return &self->query;
}

const DayFigures *day_report_get_figures(const DayReport *self)
{
	return &self->figures;
}

const char *day_report_get_title(const DayReport *self)
{
	return self->title;
}

const char *day_report_get_shop(const DayReport *self)
{
	return report_get_shop(self->sections->pdata[0]);
}

uint16_t day_report_get_currency(const DayReport *self)
{
	return report_get_currency(self->sections->pdata[0]);
}

bool day_report_is_empty(const DayReport *self)
{
	return self->figures.receipts == 0 && day_report_find_section(self, "cash") == NULL;
}

int day_report_get_n_notes(const DayReport *self)
{
	return (int)self->notes->len;
}

const char *day_report_get_note(const DayReport *self, int n)
{
	g_return_val_if_fail(n >= 0 && n < (int)self->notes->len, NULL);
	return self->notes->pdata[n];
}

int day_report_get_n_sections(const DayReport *self)
{
	return (int)self->sections->len;
}

const Report *day_report_get_section(const DayReport *self, int n)
{
	g_return_val_if_fail(n >= 0 && n < (int)self->sections->len, NULL);
	return self->sections->pdata[n];
}

const Report *day_report_find_section(const DayReport *self, const char *name)
{
	for (guint i = 0; i < self->sections->len; i++)
		if (strcmp(report_get_kind(self->sections->pdata[i])->name, name) == 0)
			return self->sections->pdata[i];
	return NULL;
}

const DayPrint *day_report_get_last_print(const DayReport *self)
{
	return self->last;
}

bool day_report_get_late(const DayReport *self, int64_t *ret_receipts, int64_t *ret_net)
{
	*ret_receipts = self->late_receipts;
	*ret_net = self->late_net;
	return self->late_receipts != 0 || self->late_net != 0;
}
