/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/printer/check_digit.h"

#include <glib.h>

char check_digit_gs1(const char *digits, size_t len)
{
	int sum = 0;

	for (size_t i = 0; i < len; i++) {
		if (!g_ascii_isdigit(digits[i]))
			return '\0';
		/* 3, 1, 3 … from the right */
		sum += (digits[i] - '0') * ((len - i) % 2 == 1 ? 3 : 1);
	}
	return (char)('0' + (10 - sum % 10) % 10);
}
