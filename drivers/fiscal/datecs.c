/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/fiscal/datecs.h"

#include <string.h>

#define TEXT_MAX 40 /* of a line of text; the narrowest paper takes about that much */

static struct fiscal *open_datecs(struct port *port, GHashTable *options, GError **error)
{
	struct fiscal *self = g_new0(struct fiscal, 1);

	port_set_class(port, "fiscal");
	if (datecs_options_parse(options, &self->options, error)) {
		if (datecs_link_reach(&self->link, port, self->options.families, error) &&
		    datecs_ask_identity(self, error))
			return self;
		datecs_options_clear(&self->options);
	}
	g_free(self);
	return NULL;
}

static void close_datecs(struct fiscal *self)
{
	datecs_options_clear(&self->options);
	g_free(self);
}

static struct fiscal_plan *make_plan(struct fiscal *self, const FiscalDocument *document,
				     GError **error)
{
	DatecsTarget target = datecs_target(self);

	if (self->options.department != 0 && self->link.family == DATECS_P) {
		(void)datecs_fail(self, DEVICE_FAULT_BAD_ADDRESS,
				  "of a registrar of family p a department would choose the tax",
				  error);
		return NULL;
	}
	return datecs_plan_new(&target, document, error);
}

/* It prints by itself and says "wait" while it does; what can be missing is paper. */
static bool finish_print(struct fiscal *self, GError **error)
{
	DatecsReply reply;

	if (!datecs_ask_status(self, &reply, error))
		return false;
	if (datecs_status_has(&reply.answer, DATECS_BIT_COVER))
		return datecs_fail(self, DEVICE_FAULT_COVER_OPEN, "the cover is open", error);
	if (datecs_status_has(&reply.answer, DATECS_BIT_NO_PAPER))
		return datecs_fail(self, DEVICE_FAULT_PAPER_OUT, "no paper", error);
	return true;
}

/* A parameter alone, where the family has one. */
static bool run_with(struct fiscal *self, uint8_t code, const char *p, const char *x,
		     DatecsCare care, GError **error)
{
	DatecsWriter writer;
	DatecsReply reply;

	datecs_begin(&writer, code);
	datecs_put_text(&writer, self->link.family == DATECS_P ? p : x);
	return datecs_run(self, &writer.body, care, &reply, error);
}

static bool open_drawer(struct fiscal *self, GError **error)
{
	return run_with(self, DATECS_DRAWER, "", "50\t", DATECS_HARMLESS, error);
}

/* It gives one copy and refuses a second. */
static bool print_copy(struct fiscal *self, GError **error)
{
	return run_with(self, DATECS_COPY, "1", "", DATECS_ONCE, error);
}

static bool set_clock(struct fiscal *self, int64_t at, GError **error)
{
	g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(at / G_USEC_PER_SEC);
	g_autoptr(GDateTime) local =
		utc != NULL ? g_date_time_to_timezone(utc, self->options.zone) : NULL;
	g_autofree char *p = NULL;
	g_autofree char *x = NULL;

	if (local == NULL)
		return datecs_fail(self, DEVICE_FAULT_REFUSED, "no such time", error);
	p = g_date_time_format(local, "%d-%m-%y %H:%M:%S");
	x = g_strconcat(p, g_date_time_is_daylight_savings(local) ? " DST\t" : "\t", NULL);
	return run_with(self, DATECS_SET_CLOCK, p, x, DATECS_HARMLESS, error);
}

static bool print_line(struct fiscal *self, const char *line, GError **error)
{
	uint8_t text[TEXT_MAX];
	size_t len =
		codepage_encode(CODEPAGE_CP1251, &self->options.letters, line, text, sizeof text);
	DatecsWriter writer;
	DatecsReply reply;

	datecs_begin(&writer, DATECS_SERVICE_TEXT);
	datecs_put(&writer, text, len);
	if (self->link.family == DATECS_X)
		datecs_put_text(&writer, "\t");
	return datecs_run(self, &writer.body, DATECS_HARMLESS, &reply, error);
}

static bool print_text(struct fiscal *self, const char *const *lines, GError **error)
{
	bool ok;

	if (!datecs_run_plain(self, DATECS_SERVICE_OPEN, DATECS_HARMLESS, error))
		return false;
	ok = true;
	for (int i = 0; ok && lines[i] != NULL; i++)
		ok = print_line(self, lines[i], error);
	/* Ended in any case, or nothing could be sold. */
	return datecs_run_plain(self, DATECS_SERVICE_CLOSE, DATECS_HARMLESS, ok ? error : NULL) &&
	       ok;
}

/* No FISCAL_SHIFTS: the first receipt opens the day. No FISCAL_NUMBERS: what takes a number besides
 * receipts differs. Documents by number and the day's sums by tender are in commands that the page
 * does not spell out (77h, 7Dh; 41h has sums by tax group alone). */
const struct fiscal_driver datecs_driver = {
	.name = "datecs",
	.caps = FISCAL_PRINTS | FISCAL_KEEPS_CASH,
	.open = open_datecs,
	.close = close_datecs,
	.observe = datecs_observe,
	.plan = make_plan,
	.plan_describe = datecs_plan_describe,
	.plan_n_steps = datecs_plan_n_steps,
	.plan_commit_step = datecs_plan_commit_step,
	.plan_free = datecs_plan_free,
	.step = datecs_step,
	.reconcile = datecs_reconcile,
	.cancel_open = datecs_cancel_open,
	.finish_open = datecs_finish_open,
	.finish_print = finish_print,
	.open_drawer = open_drawer,
	.set_clock = set_clock,
	.print_text = print_text,
	.print_copy = print_copy,
};
