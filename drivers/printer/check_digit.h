/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stddef.h>

/* The check digit of EAN-8, UPC-A, EAN-13 after @len digits of data; '\0' where one is no digit. */
char check_digit_gs1(const char *digits, size_t len);
