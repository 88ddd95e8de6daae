/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/staff/staff_day.h"

#include <glib.h>

bool staff_month_is_sound(int32_t month)
{
	return month / 100 >= 1970 && month / 100 <= 9999 && month % 100 >= 1 && month % 100 <= 12;
}

int staff_month_days(int32_t month)
{
	return g_date_get_days_in_month((GDateMonth)(month % 100), (GDateYear)(month / 100));
}

int32_t staff_day_add(int32_t day, int days)
{
	g_autoptr(GDateTime) at =
		g_date_time_new_utc(day / 10000, day / 100 % 100, day % 100, 12, 0, 0);
	g_autoptr(GDateTime) then = at != NULL ? g_date_time_add_days(at, days) : NULL;

	if (then == NULL)
		return day;
	return g_date_time_get_year(then) * 10000 + g_date_time_get_month(then) * 100 +
	       g_date_time_get_day_of_month(then);
}

bool staff_month_parse(const char *text, int32_t *ret)
{
	int32_t month;

	for (int i = 0; i < 7; i++)
		if (i == 4 ? text[i] != '-' : !g_ascii_isdigit(text[i]))
			return false;
	month = (int32_t)g_ascii_strtoll(text, NULL, 10) * 100 +
		(int32_t)g_ascii_strtoll(text + 5, NULL, 10);
	if (text[7] != '\0' || !staff_month_is_sound(month))
		return false;
	*ret = month;
	return true;
}

char *staff_month_dup(int32_t month)
{
	return g_strdup_printf("%04d-%02d", (int)(month / 100), (int)(month % 100));
}
