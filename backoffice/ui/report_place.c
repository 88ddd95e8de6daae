/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/report_place.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const struct {
	unsigned takes;
	const char *title;
} narrows[NARROW_N] = {
	[NARROW_TILL] = { REPORT_TAKES_TILL, N_("Till") },
	[NARROW_CASHIER] = { REPORT_TAKES_CASHIER, N_("Cashier") },
	[NARROW_GROUP] = { REPORT_TAKES_GROUP, N_("Group") },
	[NARROW_ITEM] = { REPORT_TAKES_ITEM, N_("Item") },
	[NARROW_SUPPLIER] = { REPORT_TAKES_SUPPLIER, N_("Supplier") },
	[NARROW_PAYMENT] = { REPORT_TAKES_PAYMENT, N_("Payment") },
	[NARROW_HOURS] = { REPORT_TAKES_HOURS, N_("Hours") },
	[NARROW_WEEKDAYS] = { REPORT_TAKES_WEEKDAYS, N_("Weekdays") },
	[NARROW_SHIFT] = { REPORT_TAKES_SHIFT, N_("Shift") },
};

const char *report_narrow_title(Narrow narrow)
{
	return g_dgettext(GETTEXT_PACKAGE, narrows[narrow].title);
}

/* --- life ---------------------------------------------------------------------------------- */

ReportPlace *report_place_new(const ReportKind *kind, int64_t shop_id, PeriodDays days)
{
	ReportPlace *self = g_new0(ReportPlace, 1);

	self->kind = kind;
	self->sort = -1;
	self->query.shop_id = shop_id;
	report_place_set_days(self, days);
	return self;
}

static void own_texts(ReportQuery *query)
{
	query->own = g_strdup(query->own);
	query->group = g_strdup(query->group);
	query->payment = g_strdup(query->payment);
}

ReportPlace *report_place_copy(const ReportPlace *self)
{
	ReportPlace *copy = g_memdup2(self, sizeof *self);

	own_texts(&copy->query);
	for (Narrow narrow = 0; narrow < NARROW_N; narrow++)
		copy->words[narrow] = g_strdup(self->words[narrow]);
	return copy;
}

void report_place_free(ReportPlace *self)
{
	if (self == NULL)
		return;
	for (Narrow narrow = 0; narrow < NARROW_N; narrow++)
		report_place_clear(self, narrow);
	g_free(self);
}

bool report_place_equal(const ReportPlace *a, const ReportPlace *b)
{
	bool equal = a->kind == b->kind && a->sort == b->sort && a->descending == b->descending &&
		     a->query.shop_id == b->query.shop_id && a->query.from == b->query.from &&
		     a->query.to == b->query.to;

	for (Narrow narrow = 0; equal && narrow < NARROW_N; narrow++)
		equal = g_strcmp0(a->words[narrow], b->words[narrow]) == 0;
	return equal;
}

/* --- what it is of ------------------------------------------------------------------------- */

PeriodDays report_place_get_days(const ReportPlace *self)
{
	return (PeriodDays){ self->query.from, self->query.to };
}

void report_place_set_days(ReportPlace *self, PeriodDays days)
{
	self->query.from = days.from;
	self->query.to = days.to;
}

bool report_place_takes(const ReportPlace *self, Narrow narrow)
{
	return (self->kind->takes & narrows[narrow].takes) != 0;
}

void report_place_set_kind(ReportPlace *self, const ReportKind *kind)
{
	self->kind = kind;
	self->sort = -1;
	for (Narrow narrow = 0; narrow < NARROW_N; narrow++)
		if (!report_place_takes(self, narrow))
			report_place_clear(self, narrow);
}

static void clear_text(const char **text)
{
	g_free((char *)*text);
	*text = NULL;
}

void report_place_clear(ReportPlace *self, Narrow narrow)
{
	ReportQuery *query = &self->query;

	g_clear_pointer(&self->words[narrow], g_free);
	switch (narrow) {
	case NARROW_TILL:
		query->till_id = 0;
		break;
	case NARROW_CASHIER:
		query->cashier_id = 0;
		break;
	case NARROW_GROUP:
		clear_text(&query->group);
		break;
	case NARROW_ITEM:
		query->item_id = 0;
		clear_text(&query->own);
		break;
	case NARROW_SUPPLIER:
		query->supplier_id = 0;
		break;
	case NARROW_PAYMENT:
		clear_text(&query->payment);
		break;
	case NARROW_HOURS:
		query->hour = query->until = 0;
		break;
	case NARROW_WEEKDAYS:
		query->weekdays = 0;
		break;
	case NARROW_SHIFT: /* whose till it is stays only with its own chip */
		query->shift = 0;
		if (self->words[NARROW_TILL] == NULL)
			query->till_id = 0;
		break;
	case NARROW_N:
		break;
	}
}

static void say(ReportPlace *self, Narrow narrow, const char *words)
{
	g_free(self->words[narrow]);
	self->words[narrow] = g_strdup_printf("%s: %s", report_narrow_title(narrow), words);
}

void report_place_set_id(ReportPlace *self, Narrow narrow, int64_t id, const char *words)
{
	report_place_clear(self, narrow);
	if (narrow == NARROW_TILL)
		self->query.till_id = id;
	else if (narrow == NARROW_CASHIER)
		self->query.cashier_id = id;
	else if (narrow == NARROW_ITEM)
		self->query.item_id = id;
	else if (narrow == NARROW_SUPPLIER)
		self->query.supplier_id = id;
	else
		g_return_if_reached();
	say(self, narrow, words);
}

void report_place_set_text(ReportPlace *self, Narrow narrow, const char *text, const char *words)
{
	report_place_clear(self, narrow);
	if (narrow == NARROW_GROUP)
		self->query.group = g_strdup(text);
	else if (narrow == NARROW_PAYMENT)
		self->query.payment = g_strdup(text);
	else
		g_return_if_reached();
	say(self, narrow, words);
}

void report_place_set_hours(ReportPlace *self, int hour, int until)
{
	g_autofree char *words = g_strdup_printf("%d:00–%d:00", hour, until);

	self->query.hour = hour;
	self->query.until = until;
	say(self, NARROW_HOURS, words);
}

/* "Mo Tu" as the language shortens them. */
static char *dup_weekdays(uint32_t weekdays)
{
	GString *text = g_string_new(NULL);

	for (int day = 1; day <= 7; day++) {
		g_autoptr(GDateTime) date = g_date_time_new_utc(2026, 6, day, 0, 0, 0); /* 1: Mon */
		g_autofree char *name = g_date_time_format(date, "%a");

		if ((weekdays & UINT32_C(1) << (day - 1)) != 0)
			g_string_append_printf(text, "%s%s", text->len > 0 ? " " : "", name);
	}
	return g_string_free(text, false);
}

void report_place_set_weekdays(ReportPlace *self, uint32_t weekdays)
{
	g_autofree char *words = dup_weekdays(weekdays);

	report_place_clear(self, NARROW_WEEKDAYS);
	if (weekdays == 0)
		return;
	self->query.weekdays = weekdays;
	say(self, NARROW_WEEKDAYS, words);
}

/* --- deeper -------------------------------------------------------------------------------- */

/* The name of goods stands behind their barcode. */
char *report_row_dup_title(const Report *report, int row, const NumberStyle *style)
{
	const ReportKind *kind = report_get_kind(report);
	int column = 0;

	for (int i = kind->n_columns - 1; i > 0; i--)
		if (strcmp(kind->columns[i].name, "name") == 0 ||
		    strcmp(kind->columns[i].name, "item") == 0)
			column = i;
	return report_dup_cell(report, row, column, style);
}

/* What the row narrowed by, that was not narrowed before. */
static void say_row(ReportPlace *self, ReportKey key, const char *words)
{
	static const Narrow of[] = {
		[REPORT_KEY_TILL] = NARROW_TILL,	 [REPORT_KEY_CASHIER] = NARROW_CASHIER,
		[REPORT_KEY_GROUP] = NARROW_GROUP,	 [REPORT_KEY_ITEM] = NARROW_ITEM,
		[REPORT_KEY_SUPPLIER] = NARROW_SUPPLIER, [REPORT_KEY_PAYMENT] = NARROW_PAYMENT,
		[REPORT_KEY_SHIFT] = NARROW_SHIFT,
	};

	switch (key) {
	case REPORT_KEY_TILL:
	case REPORT_KEY_CASHIER:
	case REPORT_KEY_GROUP:
	case REPORT_KEY_ITEM:
	case REPORT_KEY_SUPPLIER:
	case REPORT_KEY_PAYMENT:
	case REPORT_KEY_SHIFT:
		say(self, of[key], words);
		break;
	case REPORT_KEY_HOUR:
		report_place_set_hours(self, self->query.hour, self->query.until);
		break;
	case REPORT_KEY_WEEKDAY:
		say(self, NARROW_WEEKDAYS, words);
		break;
	default:
		break;
	}
}

ReportPlace *report_place_open(const ReportPlace *self, const Report *report, int row,
			       const NumberStyle *style)
{
	g_autofree char *words = NULL;
	const ReportKind *next;
	ReportPlace *place;
	ReportQuery query;

	if (!report_get_next(report, row, &next, &query))
		return NULL;
	words = report_row_dup_title(report, row, style);
	place = report_place_copy(self);
	clear_text(&place->query.own);
	clear_text(&place->query.group);
	clear_text(&place->query.payment);
	place->query = query;
	own_texts(&place->query);
	say_row(place, self->kind->key, words);
	report_place_set_kind(place, next);
	return place;
}

char *report_place_dup_title(const ReportPlace *self)
{
	GString *title = g_string_new(g_dgettext(GETTEXT_PACKAGE, self->kind->title));

	for (Narrow narrow = 0; narrow < NARROW_N; narrow++)
		if (self->words[narrow] != NULL)
			g_string_append_printf(title, " · %s",
					       strchr(self->words[narrow], ':') + 2);
	return g_string_free(title, false);
}
