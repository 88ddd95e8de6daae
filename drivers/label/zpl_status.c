/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/label/zpl_status.h"

#include <string.h>

enum { STX = 0x02, ETX = 0x03, N_LINES = 3, MAX_LINE = 80 };
enum { N_FIELDS_1 = 12, N_FIELDS_2 = 11 };

static bool bad(const char *why, GError **error)
{
	g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_PROTOCOL, "a broken answer to ~HS: %s", why);
	return false;
}

bool zpl_status_is_whole(const uint8_t *data, size_t len)
{
	int ends = 0;

	for (size_t i = 0; i < len; i++)
		ends += data[i] == ETX;
	return ends >= N_LINES && data[len - 1] == '\n';
}

/* The text of the next line, and moves *@data behind it. */
static bool next_line(const uint8_t **data, size_t *len, char ret[static MAX_LINE + 1])
{
	const uint8_t *begin = *len > 0 ? memchr(*data, STX, *len) : NULL, *end;
	size_t left = begin != NULL ? *len - (size_t)(begin - *data) : 0;

	end = begin != NULL ? memchr(begin, ETX, left) : NULL;
	if (end == NULL || end - begin - 1 > MAX_LINE || memchr(begin, '\0', (size_t)(end - begin)))
		return false;
	memcpy(ret, begin + 1, (size_t)(end - begin - 1));
	ret[end - begin - 1] = '\0';
	*len = left - (size_t)(end - begin) - 1;
	*data = end + 1;
	return true;
}

/* Exactly @n numbers between commas. */
static bool split_numbers(const char *line, int n, int64_t *ret)
{
	g_auto(GStrv) words = g_strsplit(line, ",", n + 1);

	if ((int)g_strv_length(words) != n)
		return false;
	for (int i = 0; i < n; i++) {
		guint64 number;

		if (!g_ascii_string_to_unsigned(words[i], 10, 0, G_MAXINT32, &number, NULL))
			return false;
		ret[i] = (int64_t)number;
	}
	return true;
}

bool zpl_parse_status(const uint8_t *data, size_t len, LabelAnswer *ret, GError **error)
{
	char line[MAX_LINE + 1];
	int64_t a[N_FIELDS_1], m[N_FIELDS_2];

	if (!next_line(&data, &len, line) || !split_numbers(line, N_FIELDS_1, a))
		return bad("its first line", error);
	if (!next_line(&data, &len, line) || !split_numbers(line, N_FIELDS_2, m))
		return bad("its second line", error);
	if (!next_line(&data, &len, line))
		return bad("its third line", error);
	*ret = (LabelAnswer){
		.status = { .paper_out = a[1] != 0,
			    .paused = a[2] != 0,
			    .too_hot = a[11] != 0,
			    .head_open = m[2] != 0,
			    .ribbon_out = m[3] != 0,
			    .awaits_taking = m[7] != 0,
			    .busy = a[4] != 0 || m[8] != 0,
			    .speaks = true,
			    .left = (int)m[8] },
		.full = a[5] != 0,
		.partial = a[7] != 0,
	};
	return true;
}
