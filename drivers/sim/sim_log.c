/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/sim_log.h"

#include "drivers/sim/sim.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>

struct SimLog {
	FILE *file; /* owned, or NULL */
};

SimLog *sim_log_new(const char *path, GError **error)
{
	FILE *file = NULL;
	SimLog *self;

	if (path != NULL) {
		file = fopen(path, "ae");
		if (file == NULL) {
			g_set_error(error, SIM_ERROR, SIM_ERROR_STATE,
				    _("Cannot write the log %s: %s."), path, g_strerror(errno));
			return NULL;
		}
	}
	self = g_new0(SimLog, 1);
	self->file = file;
	return self;
}

void sim_log_free(SimLog *self)
{
	if (self == NULL)
		return;
	if (self->file != NULL)
		fclose(self->file);
	g_free(self);
}

static void write_stamped(SimLog *self, const char *mark, const char *text)
{
	g_autoptr(GDateTime) now = g_date_time_new_now_local();
	g_autofree char *stamp = g_date_time_format(now, "%Y-%m-%dT%H:%M:%S.%f");

	fprintf(self->file, "%s %s%s%s\n", stamp, mark, text[0] != '\0' ? " " : "", text);
	fflush(self->file);
}

void sim_log_bytes(SimLog *self, bool from_host, const uint8_t *data, size_t len)
{
	static const char digits[] = "0123456789ABCDEF";
	g_autoptr(GString) text = g_string_sized_new(len * 3);

	if (self->file == NULL)
		return;
	/* By hand: a picture of a hundred kilobytes is on its way while the host waits. */
	for (size_t i = 0; i < len; i++) {
		const char triple[] = { ' ', digits[data[i] >> 4], digits[data[i] & 15] };

		g_string_append_len(text, triple + (i == 0), 3 - (i == 0));
	}
	write_stamped(self, from_host ? "H>" : "D>", text->str);
}

void sim_log_words(SimLog *self, const char *format, ...)
{
	g_autofree char *text = NULL;
	va_list args;

	if (self->file == NULL)
		return;
	va_start(args, format);
	text = g_strdup_vprintf(format, args);
	va_end(args);
	write_stamped(self, "--", text);
}

void sim_log_mark(SimLog *self, const char *mark, const char *text)
{
	if (self->file == NULL)
		return;
	fprintf(self->file, "%s|%s\n", mark, text);
	fflush(self->file);
}

void sim_log_paper(SimLog *self, const char *line)
{
	sim_log_mark(self, "PAPER", line);
}

void sim_log_glass(SimLog *self, int row, const char *cells)
{
	if (self->file == NULL)
		return;
	fprintf(self->file, "GLASS|%d|%s\n", row, cells);
	fflush(self->file);
}
