/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/codepage.h"
#include "drivers/display/cd5220.h"
#include "drivers/display/dsp800.h"
#include "drivers/display/epson_display.h"
#include "drivers/display/firich.h"
#include "drivers/display/line_display.h"
#include "drivers/display/screen.h"

#include <string.h>

const struct display_driver *display_driver_find(const char *name)
{
	static const struct display_driver *const drivers[] = {
		&cd5220_driver, &epson_display_driver, &dsp800_driver, &firich_driver,
		&utc_driver,	&aedex_driver,	       &screen_driver,
	};

	for (size_t i = 0; i < G_N_ELEMENTS(drivers); i++) {
		if (strcmp(drivers[i]->name, name) == 0)
			return drivers[i];
	}
	return NULL;
}

/* As it will stand in cells: one character each. */
static GArray *cells_new(const char *text)
{
	g_autofree char *composed = codepage_compose(text);
	const char *rest = composed != NULL ? composed : text;
	GArray *cells = g_array_new(FALSE, FALSE, sizeof(gunichar));
	gunichar character;

	while ((rest = codepage_next(rest, &character)) != NULL)
		g_array_append_val(cells, character);
	return cells;
}

static void append_cells(GString *line, const GArray *cells, guint n)
{
	for (guint i = 0; i < n; i++)
		g_string_append_unichar(line, g_array_index(cells, gunichar, i));
}

char *display_line_new(const char *name, const char *amount)
{
	g_autoptr(GArray) left = cells_new(name), right = cells_new(amount);
	guint n_right = MIN(right->len, DISPLAY_COLUMNS);
	guint room = n_right < DISPLAY_COLUMNS && n_right > 0 ? DISPLAY_COLUMNS - n_right - 1
							      : DISPLAY_COLUMNS - n_right;
	guint n_left = MIN(left->len, room);
	GString *line = g_string_new(NULL);

	append_cells(line, left, n_left);
	for (guint i = n_left + n_right; i < DISPLAY_COLUMNS; i++)
		g_string_append_c(line, ' ');
	append_cells(line, right, n_right);
	return g_string_free(line, FALSE);
}
