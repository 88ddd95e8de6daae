/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/language.h"

#include <glib/gi18n-lib.h>
#include <locale.h>

#define NO_BREAK_SPACE "\u00a0"

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

/* A program that was built and not installed has its translations beside it: BUILD/po for
 * BUILD/pos/baraa-till. NULL where there are none. */
static char *folder_of_build(void)
{
	g_autofree char *program = g_file_read_link("/proc/self/exe", NULL);
	g_autofree char *folder = program != NULL ? g_path_get_dirname(program) : g_strdup(".");
	g_autofree char *probe = g_build_filename(folder, "..", "po", "ru", "LC_MESSAGES",
						  GETTEXT_PACKAGE ".mo", NULL);

	return g_file_test(probe, G_FILE_TEST_EXISTS) ? g_build_filename(folder, "..", "po", NULL)
						      : NULL;
}

void language_init(void)
{
	const char *directory = g_getenv("BARAA_LOCALEDIR");
	g_autofree char *built = folder_of_build();
	g_autofree char *language = NULL;

	if (setlocale(LC_ALL, "") == NULL) {
		setlocale(LC_ALL, "C.UTF-8");
		language = language_of_environment();
		if (language != NULL)
			g_setenv("LANGUAGE", language, false);
	}
	if (directory == NULL)
		directory = built != NULL ? built : LOCALEDIR;
	bindtextdomain(GETTEXT_PACKAGE, directory);
	bind_textdomain_codeset(GETTEXT_PACKAGE, "UTF-8");
	textdomain(GETTEXT_PACKAGE);
}

/* What is spoken on the screen: "mn", "ru", "en" … */
static const char *spoken_language(void)
{
	/* Translators: the two letters of your language: mn, ru … */
	return _("en");
}

NumberStyle language_number_style(void)
{
	const struct lconv *conventions = localeconv();
	NumberStyle style = { .decimal = ".", .group = "" };

	/* glibc groups Mongolian by full stops, which no price tag of Mongolia does. */
	if (strcmp(spoken_language(), "mn") == 0)
		return (NumberStyle){ .decimal = ".", .group = NO_BREAK_SPACE };
	if (strcmp(spoken_language(), "ru") == 0)
		return (NumberStyle){ .decimal = ",", .group = NO_BREAK_SPACE };
	if (*conventions->decimal_point != '\0')
		g_strlcpy(style.decimal, conventions->decimal_point, sizeof style.decimal);
	g_strlcpy(style.group, conventions->thousands_sep, sizeof style.group);
	/* A narrow or plain space would let an amount break over two lines. */
	if (strcmp(style.group, " ") == 0 || strcmp(style.group, "\u202f") == 0)
		g_strlcpy(style.group, NO_BREAK_SPACE, sizeof style.group);
	return style;
}

const char *language_unit_name(Unit unit)
{
	static const char *const names[UNIT_N] = {
		[UNIT_PIECE] = NC_("unit", "pcs"),	 [UNIT_KILOGRAM] = NC_("unit", "kg"),
		[UNIT_GRAM] = NC_("unit", "g"),		 [UNIT_LITRE] = NC_("unit", "l"),
		[UNIT_MILLILITRE] = NC_("unit", "ml"),	 [UNIT_METRE] = NC_("unit", "m"),
		[UNIT_SQUARE_METRE] = NC_("unit", "m²"), [UNIT_HOUR] = NC_("unit", "h"),
	};

	return unit >= 0 && unit < UNIT_N && names[unit] != NULL
		       ? g_dpgettext2(GETTEXT_PACKAGE, "unit", names[unit])
		       : "";
}

const char *language_tax_name(const char *code)
{
	if (strcmp(code, "VAT") == 0)
		return _("VAT");
	if (strcmp(code, "CITY") == 0)
		return _("City tax");
	if (strcmp(code, "SALES") == 0)
		return _("Sales tax");
	return code;
}
