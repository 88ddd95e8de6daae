/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* What each application identifier may hold. Private to gs1*.c. */
typedef struct {
	const char *ai; /* 'n' is any digit */
	uint8_t min, max; /* characters */
	bool digits; /* no letters */
	bool checked; /* ends in a check digit */
	bool date;
} Gs1Rule;

/* The rule for the identifier that @text begins with; NULL where it begins with none. */
const Gs1Rule *gs1_rule_find(const char *text);
/* Its length is laid down: it needs no separator after it. */
bool gs1_rule_is_predefined(const Gs1Rule *rule);
bool gs1_rule_fits(const Gs1Rule *rule, const char *value, size_t len);
bool gs1_ai_matches(const char *pattern, const char *ai);
/* YYMMDD of a year of this century: is there such a day? */
bool gs1_is_day(const char *value);
