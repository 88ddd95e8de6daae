/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/sim_device.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A serial scanner as it leaves the factory: the code's characters and CR. A control line is a
 * code. */
static void *start(SimContext *context, GError **error)
{
	return context;
}

static void stop(void *self)
{
}

static void receive(void *self, const uint8_t *data, size_t len)
{
	SimContext *context = self;

	sim_log_words(context->log, "%zu bytes from the host: a scanner does not listen", len);
}

static bool scan(void *self, const char *line)
{
	SimContext *context = self;
	g_autofree char *code = g_strdup_printf("%s\r", line);

	sim_log_words(context->log, "scanned %s", line);
	sim_send(context, (const uint8_t *)code, strlen(code));
	return true;
}

const struct sim scanner_sim = {
	.name = "scanner-serial",
	.summary = N_("serial barcode scanner: sends the lines it is given"),
	.start = start,
	.stop = stop,
	.receive = receive,
	.control = scan,
};
