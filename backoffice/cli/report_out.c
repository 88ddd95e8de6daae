/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/cli/report_out.h"

#include "base/language.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

static char *dup_form(const Report *report, Format format)
{
	NumberStyle style = language_number_style();

	switch (format) {
	case FORMAT_TABLE:
		return report_dup_table(report, &style);
	case FORMAT_CSV:
		return report_dup_csv(report);
	case FORMAT_JSON: {
		json_t *object = report_to_json(report);
		char *text = json_dumps(object, JSON_COMPACT);
		char *line = g_strconcat(text, "\n", NULL);

		free(text);
		json_decref(object);
		return line;
	}
	default:
		g_return_val_if_reached(NULL);
	}
}

static bool write_form(const Report *report, Format format, const char *path, GError **error)
{
	NumberStyle style = language_number_style();
	g_autofree char *text = NULL;

	if (format == FORMAT_PDF)
		return report_write_pdf(report, &style, path, error);
	if (format == FORMAT_XLSX)
		return report_write_xlsx(report, path, error);
	text = dup_form(report, format);
	return g_file_set_contents(path, text, -1, error);
}

int report_out(const Report *report, Format format, const char *output)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *text = NULL;

	if (output != NULL)
		return write_form(report, format, output, &error) ? EXIT_DONE
								  : command_fail(error, NULL);
	text = dup_form(report, format);
	fputs(text, stdout);
	return EXIT_DONE;
}

bool report_out_check(Format format, const char *output)
{
	if (output != NULL || (format != FORMAT_PDF && format != FORMAT_XLSX))
		return true;
	command_misuse(_("A PDF or a workbook needs a file: name it with --output."));
	return false;
}
