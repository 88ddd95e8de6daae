/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/label/label_job.h"

#include <glib/gi18n-lib.h>

/* What label printers and scales do to people; the rest is told by the last row. */
static const struct {
	DeviceFault fault;
	const char *sentence;
} sentences[] = {
	{ DEVICE_FAULT_OFFLINE,
	  N_("“%s” does not answer: look whether it is switched on and its cable is in.") },
	{ DEVICE_FAULT_NO_PERMISSION,
	  N_("This user may not open “%s”: ask your administrator for the right to its port.") },
	{ DEVICE_FAULT_IN_USE, N_("Another program holds “%s”: close it, then try again.") },
	{ DEVICE_FAULT_PAPER_OUT, N_("“%s” has no labels left: put in a new roll. The printer "
				     "then repeats the label it was stopped in.") },
	{ DEVICE_FAULT_COVER_OPEN, N_("The head of “%s” is open: close it.") },
	{ DEVICE_FAULT_RIBBON_OUT, N_("“%s” has no ribbon, or is set for one and should not be.") },
	{ DEVICE_FAULT_PAUSED, N_("“%s” is paused: press its pause key, or let its queue go on.") },
	{ DEVICE_FAULT_BUSY, N_("“%s” is busy: wait a little, then try again.") },
	{ DEVICE_FAULT_PROTOCOL, N_("“%s” answers in another language: choose the right protocol "
				    "for it under Scales and printers.") },
	{ DEVICE_FAULT_WRONG_PASSWORD, N_("“%s” refuses the password.") },
	{ DEVICE_FAULT_MEMORY_FULL,
	  N_("The memory of “%s” is full: take goods out of it that are not weighed any more.") },
	{ DEVICE_FAULT_MECHANISM,
	  N_("“%s” is stuck or too hot: look at its cutter and its head.") },
	{ DEVICE_FAULT_NEEDS_SERVICE, N_("“%s” is broken: call its service.") },
	{ DEVICE_FAULT_OUTCOME_UNKNOWN, N_("It is not known whether “%s” has printed it: look at "
					   "what came out before you print again.") },
	{ DEVICE_FAULT_CANCELLED, N_("“%s” was stopped.") },
	{ DEVICE_FAULT_BAD_ADDRESS, N_("The address or an option of “%s” is wrong: correct it "
				       "under Scales and printers.") },
	{ DEVICE_FAULT_REFUSED, N_("“%s” refuses this.") },
};

char *label_trouble_dup(const GError *error, const char *device)
{
	g_autofree char *sentence = NULL;

	if (error->domain != DEVICE_FAULT)
		return g_strdup(error->message);
	for (size_t i = 0; i < G_N_ELEMENTS(sentences); i++)
		if ((int)sentences[i].fault == error->code)
			sentence = g_strdup_printf(
				g_dgettext(GETTEXT_PACKAGE, sentences[i].sentence), device);
	if (sentence == NULL)
		sentence = g_strdup_printf(_("“%s” does not work."), device);
	if (error->code == DEVICE_FAULT_CANCELLED)
		return g_steal_pointer(&sentence);
	/* The log's words say which setting or byte it was. */
	return g_strdup_printf("%s (%s)", sentence, error->message);
}
