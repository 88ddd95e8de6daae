/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/discovery/scan_private.h"

#include <cups/cups.h>
#include <glib/gi18n-lib.h>

#define CONNECT_MS 500
#define ANSWER_S 1.0

static const char *text_of(ipp_attribute_t *attribute)
{
	return attribute != NULL ? ippGetString(attribute, 0, NULL) : NULL;
}

static void take_queue(Scan *scan, const char *name, const char *info, const char *model,
		       const char *uri)
{
	DeviceFound *found = found_new(g_strconcat("cups:", name, NULL));

	found_add_text(found, _("print queue"));
	found_add_text(found, info);
	found_add_text(found, model);
	found_add_text(found, uri); /* a till must not print raw to what CUPS holds too */
	found_set_protocol(found, "pdf");
	found->may_open = true;
	g_ptr_array_add(scan->found, found);
}

/* One answer holds all queues, each as a group of attributes with a separator between. */
static void take_answer(Scan *scan, ipp_t *answer)
{
	ipp_attribute_t *at = ippFirstAttribute(answer);

	while (at != NULL) {
		const char *name = NULL, *info = NULL, *model = NULL, *uri = NULL;

		while (at != NULL && ippGetGroupTag(at) != IPP_TAG_PRINTER)
			at = ippNextAttribute(answer);
		for (; at != NULL && ippGetGroupTag(at) == IPP_TAG_PRINTER;
		     at = ippNextAttribute(answer)) {
			if (g_strcmp0(ippGetName(at), "printer-name") == 0)
				name = text_of(at);
			else if (g_strcmp0(ippGetName(at), "printer-info") == 0)
				info = text_of(at);
			else if (g_strcmp0(ippGetName(at), "printer-make-and-model") == 0)
				model = text_of(at);
			else if (g_strcmp0(ippGetName(at), "device-uri") == 0)
				uri = text_of(at);
		}
		if (name != NULL)
			take_queue(scan, name, info, model, uri);
	}
}

static int give_up(http_t *http, void *data)
{
	return 0;
}

/* Of this computer's service alone: no search of the network. */
void scan_cups(Scan *scan)
{
	static const char *const wanted[] = { "printer-name", "printer-info",
					      "printer-make-and-model", "device-uri" };
	http_t *http = httpConnect2(cupsServer(), ippPort(), NULL, AF_UNSPEC, cupsEncryption(), 1,
				    CONNECT_MS, NULL);
	ipp_t *request, *answer;

	if (http == NULL)
		return;
	httpSetTimeout(http, ANSWER_S, give_up, NULL);
	request = ippNewRequest(IPP_OP_CUPS_GET_PRINTERS);
	ippAddStrings(request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes",
		      G_N_ELEMENTS(wanted), NULL, wanted);
	answer = cupsDoRequest(http, request, "/");
	if (answer != NULL && ippGetStatusCode(answer) < IPP_STATUS_ERROR_BAD_REQUEST)
		take_answer(scan, answer);
	ippDelete(answer);
	httpClose(http);
}
