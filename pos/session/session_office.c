/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/session/private.h"

/* A receipt that another till sold, or may have taken back: the office knows it. The shopper waits,
 * so that it has to answer soon; the agent asks, the session's thread never waits. */

#define PATIENCE_MS 3000

bool session_is_asking_office(const Session *self)
{
	return self->office.event != NULL;
}

void session_stop_asking(Session *self)
{
	if (self->office.timeout != NULL) {
		g_source_destroy(self->office.timeout);
		g_clear_pointer(&self->office.timeout, g_source_unref);
	}
	g_clear_pointer(&self->office.event, session_event_free);
	g_clear_pointer(&self->office.number, g_free);
}

/* --- the answer ------------------------------------------------------------------------------- */

/* What this till sold itself it can take back without the office. */
static bool go_on_alone(Session *self, const SessionEvent *event, const char *number,
			const char *refusal)
{
	return till_db_is_own_number(self->db, number)
		       ? session_go_on_return(self, event, NULL)
		       : session_refuse(self, refusal, number, NULL);
}

static bool go_on(Session *self, const SessionEvent *event, const char *number,
		  const SyncFound *found)
{
	g_autoptr(OfficeReceipt) receipt = NULL;
	g_autoptr(GError) error = NULL;

	if (found == NULL || !found->answered)
		return go_on_alone(self, event, number, "office-silent");
	if (found->receipt == NULL)
		return go_on_alone(self, event, number, "not-in-office");
	receipt = office_receipt_read(found->receipt, &error);
	if (receipt != NULL && receipt_get_currency(receipt->receipt) == self->shop.currency)
		return session_go_on_return(self, event, receipt);
	g_debug("receipt %s: %s", number, error != NULL ? error->message : "another currency");
	return go_on_alone(self, event, number, "office-odd");
}

/* @found: NULL where it was waited for long enough. */
static void end(Session *self, const SyncFound *found)
{
	g_autoptr(SessionEvent) event = g_steal_pointer(&self->office.event);
	g_autofree char *number = g_steal_pointer(&self->office.number);
	bool ok;

	session_stop_asking(self);
	self->working = false;
	self->answer.kind = self->job.kind;
	self->answer.mark = self->job.mark;
	session_say_nothing(self);
	session_resume(self);
	ok = go_on(self, event, number, found);
	if (!self->working) /* else the money is being given back now */
		session_job_end(self, ok);
}

static gboolean on_timeout(void *data)
{
	end(data, NULL);
	return G_SOURCE_REMOVE;
}

static void take_found(void *owner, void *data)
{
	Session *self = owner;
	const SyncFound *found = data;

	if (session_is_asking_office(self) && found->question == self->office.question)
		end(self, found);
}

static void free_found(void *found)
{
	sync_found_free(found);
}

/* On the agent's thread. */
static void on_found(SyncFound *found, void *data)
{
	Session *self = data;

	mailbox_send(self->mailbox, take_found, found, free_found);
}

/* --- the question ----------------------------------------------------------------------------- */

bool session_ask_office(Session *self, const SessionEvent *event, const char *text,
			const char *number)
{
	session_job_begin(self, SESSION_REPORTING);
	session_tell(self, "asking-office", number, NULL);
	self->office.event = session_event_copy(event);
	g_free(self->office.event->text);
	self->office.event->text = g_strdup(text);
	self->office.number = g_strdup(number);
	self->office.timeout = g_timeout_source_new(PATIENCE_MS);
	g_source_set_callback(self->office.timeout, on_timeout, self, NULL);
	g_source_attach(self->office.timeout, self->context);
	sync_agent_find(self->agent, number, ++self->office.question, on_found, self);
	return true;
}
