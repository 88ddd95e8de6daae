/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/fiscal/datecs.h"

#define BUSY_PAUSE_MS 500
#define BUSY_RESENDS 20 /* ten seconds */

bool datecs_fail(struct fiscal *self, DeviceFault fault, const char *text, GError **error)
{
	g_set_error(error, DEVICE_FAULT, (int)fault, "%s: %s", port_get_address(self->link.port),
		    text);
	return false;
}

bool datecs_fail_bad_answer(struct fiscal *self, const DatecsBody *command, GError **error)
{
	g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_PROTOCOL,
		    "%s: an answer to %02X of another sense", port_get_address(self->link.port),
		    command->code);
	return false;
}

/* --- refusals ------------------------------------------------------------------------------ */

static void remember(struct fiscal *self, const DatecsBody *command, int64_t code)
{
	if (code == DATECS_ERROR_DAY_TOO_LONG || code == DATECS_ERROR_Z_NEEDED)
		self->day_too_long = true;
	if (command->code == DATECS_CANCEL && code == DATECS_ERROR_PAYMENT_STARTED)
		self->payment_started = true;
}

/* A command that it does not know is answered by nothing but its status. */
static int fault_without_code(const DatecsBody *command, const DatecsReply *reply,
			      const char **ret_text)
{
	int fault = datecs_status_fault(&reply->answer, true, ret_text);

	/* 4Ah of some has no error field. */
	if (fault != DATECS_NO_FAULT || command->code == DATECS_STATUS)
		return fault;
	*ret_text = "an answer without an error code";
	return DEVICE_FAULT_PROTOCOL;
}

static int fault_of_x(struct fiscal *self, const DatecsBody *command, const DatecsReply *reply,
		      int64_t *ret_code, const char **ret_text)
{
	if (!datecs_field_error(&reply->fields, ret_code) || command->code == DATECS_STATUS) {
		*ret_code = 0;
		return fault_without_code(command, reply, ret_text);
	}
	if (*ret_code == 0)
		return DATECS_NO_FAULT;
	remember(self, command, *ret_code);
	return (int)datecs_code_fault(*ret_code, ret_text);
}

static int find_fault(struct fiscal *self, const DatecsBody *command, DatecsCare care,
		      const DatecsReply *reply, int64_t *ret_code, const char **ret_text)
{
	*ret_code = 0;
	if (self->link.family == DATECS_X)
		return fault_of_x(self, command, reply, ret_code, ret_text);
	return datecs_status_fault(&reply->answer, care == DATECS_QUESTION, ret_text);
}

static bool fail_refused(struct fiscal *self, const DatecsBody *command, int fault, int64_t code,
			 const char *text, GError **error)
{
	g_set_error(error, DEVICE_FAULT, fault, "%s: %02X was refused, %s (%" G_GINT64_FORMAT ")",
		    port_get_address(self->link.port), command->code, text, code);
	return false;
}

static bool fail_exchange(DatecsCare care, GError *reason, GError **error)
{
	/* What may have been done is not "not there". */
	if (care != DATECS_QUESTION && g_error_matches(reason, DEVICE_FAULT, DEVICE_FAULT_OFFLINE))
		reason->code = DEVICE_FAULT_OUTCOME_UNKNOWN;
	g_propagate_error(error, reason);
	return false;
}

typedef struct {
	bool repeated; /* it may have been done before */
	bool busy; /* it was refused for now */
} Fate;

static bool run_one(struct fiscal *self, const DatecsBody *command, DatecsCare care,
		    DatecsReply *ret, Fate *fate, GError **error)
{
	const char *text = "";
	GError *reason = NULL;
	bool repeated;
	int64_t code;
	int fault;

	fate->busy = false;
	if (!datecs_link_exchange(&self->link, command, care != DATECS_ONCE, &ret->answer,
				  &repeated, &reason))
		return fail_exchange(care, reason, error);
	fate->repeated |= repeated;
	datecs_split(self->link.family, &ret->answer, &ret->fields);
	fault = find_fault(self, command, care, ret, &code, &text);
	if (fault == DATECS_NO_FAULT)
		return true;
	fate->busy = code == DATECS_ERROR_NOT_READY;
	if (fate->repeated && care != DATECS_QUESTION)
		fault = DEVICE_FAULT_OUTCOME_UNKNOWN;
	return fail_refused(self, command, fault, code, text, error);
}

bool datecs_run(struct fiscal *self, const DatecsBody *command, DatecsCare care, DatecsReply *ret,
		GError **error)
{
	Fate fate = { 0 };

	for (int i = 0;; i++) {
		GError *reason = NULL;

		if (run_one(self, command, care, ret, &fate, &reason))
			return true;
		if (!fate.busy || i == BUSY_RESENDS) {
			g_propagate_error(error, reason);
			return false;
		}
		g_error_free(reason);
		if (!port_pause(self->link.port, BUSY_PAUSE_MS, error))
			return false;
	}
}

bool datecs_run_plain(struct fiscal *self, uint8_t code, DatecsCare care, GError **error)
{
	const DatecsBody command = { .code = code };
	DatecsReply reply;

	return datecs_run(self, &command, care, &reply, error);
}
