/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stddef.h>

/* A text file that was compiled in (scripts/texts_to_c.py). */
struct text_file {
	const char *name; /* without folder and ending */
	const char *text;
};

/* data/countries; in the order of core/meson.build; a NULL name ends. */
extern const struct text_file country_texts[];
