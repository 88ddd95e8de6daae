/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/cli/refusals.h"

#include "backoffice/cli/command.h"
#include "backoffice/goods/goods_import.h"

#include <csv.h>
#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <inttypes.h>
#include <string.h>

#define SHOWN_MAX 10 /* refusals told on the terminal where no file keeps them */

static int fail_file(const char *path)
{
	g_autoptr(GError) error =
		g_error_new(GOODS_IMPORT_ERROR, GOODS_IMPORT_ERROR_FILE,
			    _("“%s” cannot be written: %s."), path, g_strerror(errno));

	return command_fail(error, NULL);
}

bool refusals_open(Refusals *self, const char *path, int *ret_status)
{
	*self = (Refusals){ 0 };
	if (path == NULL)
		return true;
	self->file = g_fopen(path, "wb");
	if (self->file == NULL)
		*ret_status = fail_file(path);
	return self->file != NULL;
}

static void keep(FILE *file, int64_t line, const char *reason, const char *const *cells)
{
	fprintf(file, "%" G_GINT64_FORMAT ",", line);
	csv_fwrite(file, reason, strlen(reason));
	for (; *cells != NULL; cells++) {
		fputc(',', file);
		csv_fwrite(file, *cells, strlen(*cells));
	}
	fputc('\n', file);
}

void refusals_add(int64_t line, const char *reason, const char *const *cells, void *data)
{
	Refusals *self = data;

	self->n++;
	if (self->file != NULL)
		keep(self->file, line, reason, cells);
	else if (self->n <= SHOWN_MAX)
		fprintf(stderr, _("line %" PRId64 ": %s\n"), line, reason);
}

void refusals_tell_rest(const Refusals *self)
{
	if (self->file == NULL && self->n > SHOWN_MAX)
		fprintf(stderr, _("… and %" PRId64 " more: --refused FILE keeps all.\n"),
			self->n - SHOWN_MAX);
}

int refusals_close(Refusals *self, const char *path, int status)
{
	if (self->file != NULL && fclose(self->file) != 0)
		status = fail_file(path);
	self->file = NULL;
	return status;
}
