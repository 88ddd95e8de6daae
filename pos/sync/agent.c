/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/sync/agent.h"

#include "pos/sync/snapshot.h"

#define POLL_AFTER (2 * G_TIME_SPAN_SECOND) /* changes reach an open till within 5 s */
#define LONGEST_SILENCE (30 * G_TIME_SPAN_SECOND)
#define BATCH_ENTRIES 500
#define BATCH_BYTES (1024 * 1024)

typedef struct {
	char *number; /* owned; NULL: nobody asks */
	guint id;
	SyncFinder finder;
	void *data;
} Question;

struct SyncAgent {
	GThread *thread;
	TillDb *db;
	Goods *goods;
	SyncListener listener;
	void *data;
	int64_t till;
	char *url, *token;
	GCancellable *cancellable;

	GMutex mutex;
	GCond changed;
	/* under the mutex */
	bool leaving, grown, asked;
	Question question;

	/* the thread's own */
	HubClient *hub;
	gint64 silence; /* how long to keep quiet after failures; 0 while all is well */
	bool goods_changed;
};

/* --- a question of the session --------------------------------------------------------------- */

void sync_found_free(SyncFound *self)
{
	json_decref(self->receipt);
	g_free(self);
}

static Question take_question(SyncAgent *self)
{
	Question question;

	g_mutex_lock(&self->mutex);
	question = self->question;
	self->question = (Question){ 0 };
	g_mutex_unlock(&self->mutex);
	return question;
}

/* Somebody stands at the counter: between any two calls of a round. */
static void answer_question(SyncAgent *self)
{
	Question question = take_question(self);
	g_autoptr(GError) error = NULL;
	SyncFound *found;

	if (question.number == NULL)
		return;
	found = g_new0(SyncFound, 1);
	found->question = question.id;
	found->answered =
		hub_client_find_receipt(self->hub, question.number, &found->receipt, &error);
	if (error != NULL)
		g_debug("receipt %s: %s", question.number, error->message);
	g_free(question.number);
	if (g_cancellable_is_cancelled(self->cancellable))
		sync_found_free(found);
	else
		question.finder(found, question.data);
}

/* --- one round ----------------------------------------------------------------------------------
 */

/* Sends entries from @from on until there are none. A hub that lost some asks for older ones; one
 * that does not move is not asked for ever. */
static bool upload(SyncAgent *self, GError **error)
{
	int64_t from = till_db_get_acknowledged(self->db);
	bool went_back = false;

	for (;;) {
		g_autoptr(GPtrArray) entries = NULL;
		int64_t next;

		answer_question(self);
		if (!till_db_read_journal(self->db, from, BATCH_ENTRIES, BATCH_BYTES, &entries,
					  error))
			return false;
		if (entries->len == 0)
			return true;
		if (!hub_client_post_journal(self->hub, self->till, entries, &next, error))
			return false;
		if (next <= from && (went_back || next == from)) {
			g_set_error(error, HUB_ERROR, HUB_ERROR_ANSWER,
				    "hub wants %" G_GINT64_FORMAT " after %" G_GINT64_FORMAT, next,
				    from);
			return false;
		}
		went_back = next < from;
		from = next;
		if (!till_db_acknowledge(self->db, next, error))
			return false;
	}
}

/* The office was restored from a backup: what it has now is what we sell. */
static bool take_snapshot(SyncAgent *self, GError **error)
{
	if (!snapshot_take(self->hub, goods_get_path(self->goods), self->goods, error))
		return false;
	self->goods_changed = true;
	return true;
}

static bool take_changes(SyncAgent *self, GError **error)
{
	int64_t revision, newer;
	GError *refusal = NULL;
	bool more = true;

	while (more) {
		json_auto_t *changes = NULL;

		answer_question(self);
		if (!goods_get_revision(self->goods, &revision, error))
			return false;
		changes = hub_client_get_changes(self->hub, revision, &refusal);
		if (g_error_matches(refusal, HUB_ERROR, HUB_ERROR_REVISION)) {
			g_error_free(refusal);
			return take_snapshot(self, error);
		}
		if (changes == NULL) {
			g_propagate_error(error, refusal);
			return false;
		}
		newer = json_integer_value(json_object_get(changes, "revision"));
		more = json_is_true(json_object_get(changes, "more")) && newer > revision;
		if (newer == revision)
			return true;
		if (!goods_apply_changes(self->goods, changes, error))
			return false;
		self->goods_changed = true;
	}
	return true;
}

static SyncOutcome outcome_of(const GError *error)
{
	if (error == NULL)
		return SYNC_DONE;
	g_debug("sync: %s", error->message);
	if (error->domain != HUB_ERROR)
		return SYNC_FAILED;
	switch ((HubError)error->code) {
	case HUB_ERROR_UNREACHABLE:
		return SYNC_UNREACHABLE;
	case HUB_ERROR_REFUSED:
		return SYNC_REFUSED;
	case HUB_ERROR_CHAIN:
		return SYNC_CLONED;
	default:
		return SYNC_FAILED;
	}
}

/* A till whose journal the hub does not want still gets its prices. */
static SyncOutcome work(SyncAgent *self)
{
	g_autoptr(GError) error = NULL, later = NULL;
	SyncOutcome outcome;

	self->goods_changed = false;
	upload(self, &error);
	outcome = outcome_of(error);
	if (outcome == SYNC_UNREACHABLE || outcome == SYNC_REFUSED)
		return outcome;
	take_changes(self, &later);
	return outcome != SYNC_DONE ? outcome : outcome_of(later);
}

static void rest(SyncAgent *self, SyncOutcome outcome)
{
	if (outcome == SYNC_DONE)
		self->silence = 0;
	else
		self->silence = CLAMP(self->silence * 2, POLL_AFTER, LONGEST_SILENCE);
}

/* --- the thread ---------------------------------------------------------------------------------
 */

/* Under the mutex. Waits for something to do; false to end. *ret_asked: somebody waits for this
 * round. */
static bool wait_for_work(SyncAgent *self, bool *ret_asked)
{
	gint64 until = g_get_monotonic_time() + MAX(self->silence, POLL_AFTER);

	while (!self->leaving && !self->asked && self->question.number == NULL &&
	       !(self->grown && self->silence == 0))
		if (!g_cond_wait_until(&self->changed, &self->mutex, until))
			break;
	*ret_asked = self->asked;
	self->asked = false;
	self->grown = false;
	return !self->leaving;
}

static void tell(SyncAgent *self, SyncOutcome outcome, bool asked)
{
	SyncNews news = { .outcome = outcome,
			  .outbox = till_db_count_outbox(self->db),
			  .goods_changed = self->goods_changed,
			  .asked = asked };

	if (!g_cancellable_is_cancelled(self->cancellable))
		self->listener(&news, self->data);
}

static void *serve(void *data)
{
	SyncAgent *self = data;
	bool asked = false, going = true;

	self->hub = hub_client_new(self->url, self->token, self->cancellable);
	while (going) {
		SyncOutcome outcome = work(self);

		rest(self, outcome);
		tell(self, outcome, asked);
		g_mutex_lock(&self->mutex);
		going = wait_for_work(self, &asked);
		g_mutex_unlock(&self->mutex);
	}
	g_clear_pointer(&self->hub, hub_client_free);
	return NULL;
}

static bool read_settings(SyncAgent *self, GError **error)
{
	g_autofree char *id = NULL;

	if (!till_db_dup_setting(self->db, TILL_SETTING_HUB, &self->url, error) ||
	    !till_db_dup_setting(self->db, TILL_SETTING_TOKEN, &self->token, error) ||
	    !till_db_dup_setting(self->db, TILL_SETTING_ID, &id, error))
		return false;
	if (self->url == NULL || self->token == NULL || id == NULL ||
	    !g_ascii_string_to_signed(id, 10, 1, G_MAXINT64, &self->till, NULL)) {
		g_set_error(error, HUB_ERROR, HUB_ERROR_REFUSED, "this till is not enrolled");
		return false;
	}
	return true;
}

SyncAgent *sync_agent_new(TillDb *db, Goods *goods, SyncListener listener, void *data,
			  GError **error)
{
	SyncAgent *self = g_new0(SyncAgent, 1);

	self->db = db;
	self->goods = goods;
	self->listener = listener;
	self->data = data;
	self->cancellable = g_cancellable_new();
	g_mutex_init(&self->mutex);
	g_cond_init(&self->changed);
	if (!read_settings(self, error)) {
		sync_agent_free(self);
		return NULL;
	}
	self->thread = g_thread_new("sync", serve, self);
	return self;
}

void sync_agent_free(SyncAgent *self)
{
	if (self == NULL)
		return;
	g_mutex_lock(&self->mutex);
	self->leaving = true;
	g_cond_signal(&self->changed);
	g_mutex_unlock(&self->mutex);
	g_cancellable_cancel(self->cancellable);
	if (self->thread != NULL)
		g_thread_join(self->thread);
	g_mutex_clear(&self->mutex);
	g_cond_clear(&self->changed);
	g_object_unref(self->cancellable);
	g_free(self->question.number);
	g_free(self->url);
	g_free(self->token);
	g_free(self);
}

static void signal_agent(SyncAgent *self, bool *flag)
{
	g_mutex_lock(&self->mutex);
	*flag = true;
	g_cond_signal(&self->changed);
	g_mutex_unlock(&self->mutex);
}

void sync_agent_wake(SyncAgent *self)
{
	if (self != NULL)
		signal_agent(self, &self->grown);
}

void sync_agent_ask(SyncAgent *self)
{
	signal_agent(self, &self->asked);
}

void sync_agent_find(SyncAgent *self, const char *number, guint question, SyncFinder finder,
		     void *data)
{
	g_mutex_lock(&self->mutex);
	g_free(self->question.number);
	self->question = (Question){ g_strdup(number), question, finder, data };
	g_cond_signal(&self->changed);
	g_mutex_unlock(&self->mutex);
}
