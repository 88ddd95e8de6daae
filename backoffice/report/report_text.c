/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/report/report_private.h"
#include "base/language.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

/* --- days ---------------------------------------------------------------------------------- */

bool report_day_parse(const char *text, int32_t *ret)
{
	unsigned year, month, day;
	int end = 0;

	if (strlen(text) != 10 || sscanf(text, "%4u-%2u-%2u%n", &year, &month, &day, &end) != 3 ||
	    end != 10 || year < 2000 || month < 1 || month > 12 || day > 31 ||
	    !g_date_valid_dmy((GDateDay)day, (GDateMonth)month, (GDateYear)year))
		return false;
	*ret = (int32_t)(year * 10000 + month * 100 + day);
	return true;
}

char *report_day_dup(int32_t day)
{
	return g_strdup_printf("%04d-%02d-%02d", day / 10000, day / 100 % 100, day % 100);
}

char *report_dup_day(int32_t day)
{
	g_autoptr(GDateTime) date =
		g_date_time_new_utc(day / 10000, day / 100 % 100, day % 100, 0, 0, 0);

	/* Translators: how a day is written, see strftime(3). */
	return date != NULL ? g_date_time_format(date, _("%d.%m.%Y")) : report_day_dup(day);
}

char *report_dup_period(const Report *self)
{
	g_autofree char *from = report_dup_day(self->query.from);
	g_autofree char *to = report_dup_day(self->query.to);

	if (self->query.from == self->query.to)
		return g_steal_pointer(&from);
	return g_strdup_printf("%s – %s", from, to);
}

/* --- cells --------------------------------------------------------------------------------- */

static const char *tender_title(const char *code)
{
	TenderKind kind;

	if (!tender_parse(code, &kind))
		return code;
	switch (kind) {
	case TENDER_CASH:
		return _("Cash");
	case TENDER_CARD:
		return _("Card");
	case TENDER_N:
		break;
	}
	return code;
}

const char *report_unit_title(const char *code)
{
	Unit unit;

	return unit_parse(code, &unit) && unit != UNIT_OTHER ? language_unit_name(unit) : code;
}

static const char *case_title(const char *code)
{
	static const struct {
		const char *code, *title;
	} titles[] = {
		{ "late", N_("The registrar was not told yet") },
		{ "over-return", N_("More came back than was sold") },
		{ "registrar-differs", N_("The registrar counted otherwise in shift") },
		{ "possibly-twice", N_("The registrar may have it twice") },
		{ "number-unknown", N_("Made, its number was lost") },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(titles); i++)
		if (g_str_equal(titles[i].code, code))
			return _(titles[i].title);
	return code;
}

static const char *weekday_title(int64_t weekday)
{
	static const char *const titles[] = { N_("Monday"),   N_("Tuesday"), N_("Wednesday"),
					      N_("Thursday"), N_("Friday"),  N_("Saturday"),
					      N_("Sunday") };

	g_return_val_if_fail(weekday >= 1 && weekday <= (int64_t)G_N_ELEMENTS(titles), "");
	return _(titles[weekday - 1]);
}

/* "November 2026" as the locale writes it; own it. */
static char *dup_month(int64_t month)
{
	g_autoptr(GDateTime) date =
		g_date_time_new_utc((int)(month / 100), (int)(month % 100), 1, 0, 0, 0);

	/* Translators: how a month is written, see strftime(3). */
	return date != NULL ? g_date_time_format(date, _("%B %Y")) : g_strdup("");
}

/* By the shop's clock; own it. */
static char *dup_time(const Report *self, int64_t at, const char *format)
{
	g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(at / G_USEC_PER_SEC);
	g_autoptr(GDateTime) local = utc != NULL ? g_date_time_to_timezone(utc, self->zone) : NULL;

	return local != NULL ? g_date_time_format(local, format) : g_strdup("");
}

char *report_dup_time(const Report *self, int64_t at)
{
	/* Translators: how a time of a day is written, see strftime(3). */
	return dup_time(self, at, _("%d.%m.%Y %H:%M"));
}

char *report_dup_text(const Report *self, const ReportCell *cell, ReportType type,
		      const NumberStyle *style)
{
	if (cell->empty)
		return g_strdup(cell->text != NULL ? cell->text : "");
	switch (type) {
	case REPORT_TEXT:
	case REPORT_WORD: /* whose words the column knows: report_dup_cell() */
		return g_strdup(cell->text);
	case REPORT_TENDER:
		return g_strdup(tender_title(cell->text));
	case REPORT_UNIT:
		return g_strdup(report_unit_title(cell->text));
	case REPORT_TAX:
		return g_strdup(language_tax_name(cell->text));
	case REPORT_CASE:
		return g_strdup(case_title(cell->text));
	case REPORT_INTEGER:
		return number_text_integer(style, cell->value);
	case REPORT_MONEY:
		return number_text_money(style, (Money){ cell->value, self->currency }, false);
	case REPORT_QUANTITY:
		return number_text_quantity(style, (Quantity){ cell->value });
	case REPORT_RATE:
		return number_text_percent(style, cell->value);
	case REPORT_HUNDREDTHS:
		return number_text_quantity(style,
					    (Quantity){ cell->value * (QUANTITY_ONE / 100) });
	case REPORT_HOUR:
		return g_strdup_printf("%02d:00–%02d:00", (int)cell->value, (int)cell->value + 1);
	case REPORT_DAY:
		return report_dup_day((int32_t)cell->value);
	case REPORT_WEEKDAY:
		return g_strdup(weekday_title(cell->value));
	case REPORT_MONTH:
		return dup_month(cell->value);
	case REPORT_TIME:
		return report_dup_time(self, cell->value);
	}
	g_return_val_if_reached(NULL);
}

char *report_dup_cell(const Report *self, int row, int column, const NumberStyle *style)
{
	const ReportColumn *it = &self->kind->columns[column];
	const ReportCell *cell = row == self->n_rows ? report_get_total(self, column)
						     : report_get_cell(self, row, column);

	if (it->type == REPORT_WORD && it->word != NULL && !cell->empty)
		return g_strdup(it->word(cell->text));
	return report_dup_text(self, cell, it->type, style);
}

char *report_dup_plain(const Report *self, const ReportCell *cell, ReportType type)
{
	if (cell->empty)
		return NULL;
	switch (type) {
	case REPORT_TEXT:
	case REPORT_TENDER:
	case REPORT_UNIT:
	case REPORT_TAX:
	case REPORT_CASE:
	case REPORT_WORD:
		return g_strdup(cell->text);
	case REPORT_INTEGER:
	case REPORT_HOUR:
	case REPORT_WEEKDAY:
		return g_strdup_printf("%" G_GINT64_FORMAT, cell->value);
	case REPORT_MONEY:
		return money_dup_decimal((Money){ cell->value, self->currency });
	case REPORT_QUANTITY:
		return quantity_dup_decimal((Quantity){ cell->value });
	case REPORT_RATE: /* in percent: 2200 is "22" */
	case REPORT_HUNDREDTHS:
		return quantity_dup_decimal((Quantity){ cell->value * (QUANTITY_ONE / 100) });
	case REPORT_DAY:
		return report_day_dup((int32_t)cell->value);
	case REPORT_MONTH:
		return g_strdup_printf("%04d-%02d", (int)(cell->value / 100),
				       (int)(cell->value % 100));
	case REPORT_TIME:
		return dup_time(self, cell->value, "%Y-%m-%dT%H:%M:%S%:z");
	}
	g_return_val_if_reached(NULL);
}
