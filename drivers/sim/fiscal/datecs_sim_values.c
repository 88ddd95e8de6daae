/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/fiscal/datecs_sim.h"

#include <stdio.h>
#include <string.h>

/* Numbers, dates and texts as the page writes them; nothing else is taken. */
bool datecs_sim_decimal(const char *text, int decimals, int64_t *ret)
{
	bool negative = *text == '-', point = false;
	int64_t value = 0;
	int after = 0, digits = 0;

	if (*text == '-' || *text == '+')
		text++;
	for (; *text != '\0'; text++) {
		if (*text == '.' && !point && digits > 0) {
			point = true;
			continue;
		}
		if (!g_ascii_isdigit(*text) || ++digits > 15)
			return false;
		after += point;
		value = value * 10 + (*text - '0');
	}
	if (digits == 0 || after > decimals || (point && after == 0))
		return false;
	for (; after < decimals; after++)
		value *= 10;
	*ret = negative ? -value : value;
	return true;
}

bool datecs_sim_amount(const char *text, int64_t *ret)
{
	return datecs_sim_decimal(text, 2, ret);
}

bool datecs_sim_integer(const char *text, int64_t min, int64_t max, int64_t *ret)
{
	int64_t value;

	if (*text == '+' || !datecs_sim_decimal(text, 0, &value) || value < min || value > max)
		return false;
	*ret = value;
	return true;
}

/* "DT279013-0001-0000001": the device, the operator, the sale. */
bool datecs_sim_unp_is_good(const char *text)
{
	static const char shape[] = "AADDDDDD-XXXX-DDDDDDD";

	if (strlen(text) != sizeof(shape) - 1)
		return false;
	for (size_t i = 0; shape[i] != '\0'; i++)
		if (shape[i] == 'A'   ? !g_ascii_isupper(text[i])
		    : shape[i] == 'D' ? !g_ascii_isdigit(text[i])
		    : shape[i] == 'X' ? !g_ascii_isalnum(text[i])
				      : text[i] != shape[i])
			return false;
	return true;
}

static bool two_digits(const char *text, int *ret)
{
	if (!g_ascii_isdigit(text[0]) || !g_ascii_isdigit(text[1]))
		return false;
	*ret = (text[0] - '0') * 10 + (text[1] - '0');
	return true;
}

bool datecs_sim_time(const char *text, int64_t *ret)
{
	static const char marks[] = "-- ::";
	int parts[6] = { 0 };
	g_autoptr(GDateTime) time = NULL;
	size_t len = strlen(text);

	if (g_str_has_suffix(text, " DST"))
		len -= 4;
	if (len != 14 && len != 17)
		return false;
	for (size_t i = 0; i < (len + 1) / 3; i++)
		if (!two_digits(text + 3 * i, &parts[i]) ||
		    (3 * i + 2 < len && text[3 * i + 2] != marks[i]))
			return false;
	time = g_date_time_new_utc(2000 + parts[2], parts[1], parts[0], parts[3], parts[4],
				   parts[5]);
	if (time == NULL)
		return false;
	*ret = g_date_time_to_unix(time);
	return true;
}

char *datecs_sim_time_new(int64_t at)
{
	g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(at);

	return g_date_time_format(time, "%d-%m-%y %H:%M:%S");
}

/* Byte by byte: a hole in the code page costs one character, not the text. */
char *datecs_sim_utf8_new(const char *bytes, size_t len)
{
	GString *text = g_string_new(NULL);

	for (size_t i = 0; i < len; i++) {
		g_autofree char *one = g_convert(bytes + i, 1, "UTF-8", "CP1251", NULL, NULL, NULL);

		g_string_append(text, one == NULL || (uint8_t)bytes[i] < 0x20 ? "?" : one);
	}
	return g_string_free(text, false);
}

char *datecs_sim_sum_new(int64_t sum)
{
	return g_strdup_printf("%s%" G_GINT64_FORMAT ".%02d", sum < 0 ? "-" : "", ABS(sum) / 100,
			       (int)(ABS(sum) % 100));
}

int64_t datecs_sim_sum_of(const int64_t *values, size_t n)
{
	int64_t sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += values[i];
	return sum;
}

void datecs_sim_put(DatecsCall *call, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	g_string_append_vprintf(call->answer, format, args);
	va_end(args);
}

void datecs_sim_put_amount(DatecsCall *call, int64_t amount)
{
	g_autofree char *text = datecs_sim_sum_new(amount);

	/* §7.1: both are met. */
	if (datecs_sim_is_x(call->sim) || datecs_sim_setting(call->sim, DATECS_AMOUNTS, 0) == 1)
		g_string_append(call->answer, text);
	else
		g_string_append_printf(call->answer, "%" G_GINT64_FORMAT, amount);
}

void datecs_sim_put_field(DatecsCall *call, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	g_string_append_vprintf(call->answer, format, args);
	va_end(args);
	g_string_append_c(call->answer, '\t');
}

void datecs_sim_put_sum(DatecsCall *call, int64_t sum)
{
	datecs_sim_put_amount(call, sum);
	g_string_append_c(call->answer, '\t');
}
