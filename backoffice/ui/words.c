/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/words.h"

#include <string.h>

char *office_quantity_dup(const OfficeDesk *desk, int64_t micro, const char *unit)
{
	Quantity quantity = { micro };
	g_autofree char *text = number_text_quantity(office_desk_get_style(desk), quantity);

	if (unit == NULL || *unit == '\0')
		return g_steal_pointer(&text);
	return g_strdup_printf("%s %s", text, unit);
}

static Money money_of(const OfficeDesk *desk, int64_t minor)
{
	return (Money){ .minor = minor, .currency = office_desk_get_shop(desk)->currency };
}

char *office_money_dup(const OfficeDesk *desk, int64_t minor)
{
	return number_text_money(office_desk_get_style(desk), money_of(desk, minor), false);
}

char *office_money_dup_plain(const OfficeDesk *desk, int64_t minor)
{
	return money_dup_decimal(money_of(desk, minor));
}

bool office_money_parse(const OfficeDesk *desk, const char *text, int64_t *ret)
{
	g_autofree char *trimmed = g_strstrip(g_strdup(text));
	Money amount;

	if (!money_parse_decimal(trimmed, office_desk_get_shop(desk)->currency, &amount) ||
	    amount.minor < 0)
		return false;
	*ret = amount.minor;
	return true;
}

char *office_day_dup(int32_t day)
{
	if (day == 0)
		return g_strdup("");
	return g_strdup_printf("%04d-%02d-%02d", day / 10000, day / 100 % 100, day % 100);
}

static char *dup_moment(const OfficeDesk *desk, int64_t at, const char *format)
{
	g_autoptr(GDateTime) now = office_desk_dup_now(desk);
	g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(at / G_USEC_PER_SEC);
	g_autoptr(GDateTime) local =
		utc != NULL ? g_date_time_to_timezone(utc, g_date_time_get_timezone(now)) : NULL;

	return at != 0 && local != NULL ? g_date_time_format(local, format) : g_strdup("");
}

char *office_time_dup(const OfficeDesk *desk, int64_t at)
{
	return dup_moment(desk, at, "%Y-%m-%d %H:%M");
}

char *office_clock_dup(const OfficeDesk *desk, int64_t at)
{
	return dup_moment(desk, at, "%H:%M");
}

static GDateTime *dup_clock(const OfficeDesk *desk, int32_t day, int hour, int minute)
{
	g_autoptr(GTimeZone) zone =
		g_time_zone_new_identifier(office_desk_get_shop(desk)->timezone);

	if (zone == NULL)
		zone = g_time_zone_new_local();
	return g_date_time_new(zone, day / 10000, day / 100 % 100, day % 100, hour, minute, 0);
}

int64_t office_clock_at(const OfficeDesk *desk, int32_t day, int hour, int minute)
{
	g_autoptr(GDateTime) at = dup_clock(desk, day, hour, minute);

	return at != NULL ? g_date_time_to_unix(at) * G_USEC_PER_SEC : 0;
}

int64_t office_day_start(const OfficeDesk *desk, int32_t day, int plus)
{
	g_autoptr(GDateTime) start = dup_clock(desk, day, 0, 0);
	g_autoptr(GDateTime) then = start != NULL ? g_date_time_add_days(start, plus) : NULL;

	return then != NULL ? g_date_time_to_unix(then) * G_USEC_PER_SEC : 0;
}

int32_t office_today(const OfficeDesk *desk)
{
	g_autoptr(GDateTime) now = office_desk_dup_now(desk);

	return g_date_time_get_year(now) * 10000 + g_date_time_get_month(now) * 100 +
	       g_date_time_get_day_of_month(now);
}

static bool take_day(int year, int month, int day, int32_t *ret)
{
	if (year < 100)
		year += 2000;
	if (year < 2000 || year > 2199 ||
	    !g_date_valid_dmy((GDateDay)day, (GDateMonth)month, (GDateYear)year))
		return false;
	*ret = year * 10000 + month * 100 + day;
	return true;
}

static bool parse_digits(const char *text, int32_t *ret)
{
	long number = strtol(text, NULL, 10);

	if (strlen(text) == 6)
		return take_day((int)(number % 100), (int)(number / 100 % 100),
				(int)(number / 10000), ret);
	return strlen(text) == 8 && take_day((int)(number % 10000), (int)(number / 10000 % 100),
					     (int)(number / 1000000), ret);
}

bool office_day_parse(const char *text, int32_t *ret)
{
	g_autofree char *trimmed = g_strstrip(g_strdup(text));
	g_auto(GStrv) parts = NULL;

	if (*trimmed == '\0' || strspn(trimmed, "0123456789.-/") != strlen(trimmed))
		return false;
	if (strspn(trimmed, "0123456789") == strlen(trimmed))
		return parse_digits(trimmed, ret);
	parts = g_strsplit_set(trimmed, ".-/", -1);
	if (g_strv_length(parts) != 3 || strlen(parts[0]) > 4 || strlen(parts[1]) > 2 ||
	    strlen(parts[2]) > 4)
		return false;
	if (strlen(parts[0]) == 4)
		return take_day(atoi(parts[0]), atoi(parts[1]), atoi(parts[2]), ret);
	return strlen(parts[0]) <= 2 &&
	       take_day(atoi(parts[2]), atoi(parts[1]), atoi(parts[0]), ret);
}

bool office_margin(int64_t price, int64_t cost, int64_t *ret)
{
	return price > 0 && scale_int64(price - cost, 10000, price, ROUND_HALF_AWAY, ret);
}
