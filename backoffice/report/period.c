/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/report/period.h"

#include <glib/gi18n-lib.h>

static GDate date_of(int32_t day)
{
	GDate date;

	g_date_clear(&date, 1);
	g_date_set_dmy(&date, (GDateDay)(day % 100), (GDateMonth)(day / 100 % 100),
		       (GDateYear)(day / 10000));
	return date;
}

static int32_t day_of(const GDate *date)
{
	return g_date_get_year(date) * 10000 + g_date_get_month(date) * 100 + g_date_get_day(date);
}

int32_t period_add_days(int32_t day, int n)
{
	GDate date = date_of(day);

	if (n < 0)
		g_date_subtract_days(&date, (guint)-n);
	else
		g_date_add_days(&date, (guint)n);
	return day_of(&date);
}

int period_weekday(int32_t day)
{
	GDate date = date_of(day);

	return g_date_get_weekday(&date);
}

/* --- months -------------------------------------------------------------------------------- */

/* Months since the year 0. */
static int month_of(int32_t day)
{
	return day / 10000 * 12 + day / 100 % 100 - 1;
}

static int32_t first_of(int month)
{
	return month / 12 * 10000 + (month % 12 + 1) * 100 + 1;
}

static int32_t last_of(int month)
{
	return period_add_days(first_of(month + 1), -1);
}

static PeriodDays months(int first, int n)
{
	return (PeriodDays){ first_of(first), last_of(first + n - 1) };
}

/* How many whole months it is; 0: it is none. */
static int n_months(PeriodDays days)
{
	if (days.from != first_of(month_of(days.from)) || days.to != last_of(month_of(days.to)))
		return 0;
	return month_of(days.to) - month_of(days.from) + 1;
}

int period_length(PeriodDays days)
{
	GDate from = date_of(days.from), to = date_of(days.to);

	return g_date_days_between(&from, &to) + 1;
}

/* --- as people say them -------------------------------------------------------------------- */

const char *period_title(Period period)
{
	static const char *const titles[PERIOD_N] = {
		[PERIOD_TODAY] = N_("Today"),
		[PERIOD_YESTERDAY] = N_("Yesterday"),
		[PERIOD_THIS_WEEK] = N_("This week"),
		[PERIOD_LAST_WEEK] = N_("Last week"),
		[PERIOD_THIS_MONTH] = N_("This month"),
		[PERIOD_LAST_MONTH] = N_("Last month"),
		[PERIOD_THIS_QUARTER] = N_("This quarter"),
		[PERIOD_LAST_QUARTER] = N_("Last quarter"),
		[PERIOD_THIS_YEAR] = N_("This year"),
		[PERIOD_LAST_YEAR] = N_("Last year"),
	};

	g_return_val_if_fail(period < PERIOD_N, "");
	return g_dgettext(GETTEXT_PACKAGE, titles[period]);
}

PeriodDays period_days(Period period, int32_t today)
{
	int month = month_of(today);
	int32_t monday = period_add_days(today, 1 - period_weekday(today));
	int32_t yesterday = period_add_days(today, -1);

	switch (period) {
	case PERIOD_TODAY:
		return (PeriodDays){ today, today };
	case PERIOD_YESTERDAY:
		return (PeriodDays){ yesterday, yesterday };
	case PERIOD_THIS_WEEK:
		return (PeriodDays){ monday, period_add_days(monday, 6) };
	case PERIOD_LAST_WEEK:
		return (PeriodDays){ period_add_days(monday, -7), period_add_days(monday, -1) };
	case PERIOD_THIS_MONTH:
		return months(month, 1);
	case PERIOD_LAST_MONTH:
		return months(month - 1, 1);
	case PERIOD_THIS_QUARTER:
		return months(month / 3 * 3, 3);
	case PERIOD_LAST_QUARTER:
		return months(month / 3 * 3 - 3, 3);
	case PERIOD_THIS_YEAR:
		return months(month / 12 * 12, 12);
	case PERIOD_LAST_YEAR:
		return months(month / 12 * 12 - 12, 12);
	case PERIOD_N:
		break;
	}
	g_return_val_if_reached(((PeriodDays){ today, today }));
}

Period period_recognise(PeriodDays days, int32_t today)
{
	for (Period period = 0; period < PERIOD_N; period++) {
		PeriodDays it = period_days(period, today);

		if (it.from == days.from && it.to == days.to)
			return period;
	}
	return PERIOD_N;
}

/* --- before and after ---------------------------------------------------------------------- */

static PeriodDays shift_days(PeriodDays days, int by)
{
	return (PeriodDays){ period_add_days(days.from, by), period_add_days(days.to, by) };
}

PeriodDays period_step(PeriodDays days, int by)
{
	int n = n_months(days);

	if (n > 0)
		return months(month_of(days.from) + by * n, n);
	return shift_days(days, by * period_length(days));
}

PeriodDays period_before(PeriodDays days)
{
	return period_length(days) == 1 ? shift_days(days, -7) : period_step(days, -1);
}

const char *period_before_title(PeriodDays days)
{
	switch (n_months(days)) {
	case 0:
		break;
	case 1:
		return _("the month before");
	case 3:
		return _("the quarter before");
	case 12:
		return _("the year before");
	default:
		return _("the months before");
	}
	if (period_length(days) == 1)
		return _("the same day a week before");
	return period_length(days) == 7 ? _("the week before") : _("the days before");
}

static char *dup_date(int32_t day, const char *format)
{
	g_autoptr(GDateTime) date =
		g_date_time_new_utc(day / 10000, day / 100 % 100, day % 100, 0, 0, 0);

	return date != NULL ? g_date_time_format(date, format) : g_strdup("");
}

char *period_dup_text(PeriodDays days)
{
	g_autofree char *from = NULL, *to = NULL;

	if (n_months(days) == 1)
		/* Translators: how a month is written, see strftime(3). */
		return dup_date(days.from, _("%B %Y"));
	if (n_months(days) == 12 && days.from % 10000 == 101)
		return g_strdup_printf("%d", days.from / 10000);
	if (days.from == days.to)
		/* Translators: how a day is written with its weekday, see strftime(3). */
		return dup_date(days.from, _("%a %d.%m.%Y"));
	/* Translators: how a day is written, see strftime(3). */
	from = dup_date(days.from, _("%d.%m.%Y"));
	to = dup_date(days.to, _("%d.%m.%Y"));
	return g_strdup_printf("%s – %s", from, to);
}
