/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/locale.h"

#include <libintl.h>
#include <locale.h>

/* The language asked for where setlocale() could not follow; NULL where it could. */
static char *language_alone;

/* "mn_MN.UTF-8" → "mn" */
static char *language_of_environment(void)
{
	static const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		const char *value = g_getenv(names[i]);

		if (value != NULL && *value != '\0')
			return g_strndup(value, strcspn(value, "_.@"));
	}
	return NULL;
}

void locale_init(void)
{
	const char *directory = g_getenv("BARAA_LOCALEDIR");

	if (setlocale(LC_ALL, "") == NULL) {
		setlocale(LC_ALL, "C.UTF-8");
		language_alone = language_of_environment();
		if (language_alone != NULL)
			g_setenv("LANGUAGE", language_alone, false);
	}
	bindtextdomain(GETTEXT_PACKAGE, directory != NULL ? directory : LOCALEDIR);
	bind_textdomain_codeset(GETTEXT_PACKAGE, "UTF-8");
	textdomain(GETTEXT_PACKAGE);
}

NumberStyle locale_number_style(void)
{
	const struct lconv *conventions = localeconv();
	NumberStyle style = { .decimal = ".", .group = "" };
	bool cyrillic = g_strcmp0(language_alone, "ru") == 0 || g_strcmp0(language_alone, "mn") == 0;

	if (cyrillic) {
		g_strlcpy(style.decimal, ",", sizeof style.decimal);
		g_strlcpy(style.group, "\u00a0", sizeof style.group);
		return style;
	}
	if (*conventions->decimal_point != '\0')
		g_strlcpy(style.decimal, conventions->decimal_point, sizeof style.decimal);
	g_strlcpy(style.group, conventions->thousands_sep, sizeof style.group);
	/* A narrow or plain space would let an amount break over two lines. */
	if (strcmp(style.group, " ") == 0 || strcmp(style.group, "\u202f") == 0)
		g_strlcpy(style.group, "\u00a0", sizeof style.group);
	return style;
}
