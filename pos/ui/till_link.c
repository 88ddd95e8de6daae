/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/ui/till_link.h"

#include "pos/ui/sound.h"

struct TillLink {
	/* owned */
	char *directory;
	GThread *thread;
	GMainContext *context;
	GMainLoop *loop;
	Sound *sound;

	/* of the main thread */
	TillLinkShow show;
	TillLinkFail fail;
	void *data;

	GMutex lock;
	Session *session; /* from its start to its end; under the lock */
	SessionView *newest; /* not shown yet; under the lock, like all below */
	GError *error;
	guint pending; /* source that will show it */
};

static SessionView *take_newest(TillLink *self, GError **ret_error)
{
	SessionView *view;

	g_mutex_lock(&self->lock);
	self->pending = 0;
	view = g_steal_pointer(&self->newest);
	*ret_error = g_steal_pointer(&self->error);
	g_mutex_unlock(&self->lock);
	return view;
}

static gboolean show_newest(void *data)
{
	TillLink *self = data;
	g_autoptr(GError) error = NULL;
	g_autoptr(SessionView) view = take_newest(self, &error);

	if (view != NULL)
		self->show(view, self->data);
	if (error != NULL)
		self->fail(error, self->data);
	return G_SOURCE_REMOVE;
}

/* Under the lock. Before any drawing: the total of a scan goes out with the next frame. */
static void wake_main_thread(TillLink *self)
{
	if (self->pending == 0)
		self->pending = g_idle_add_full(G_PRIORITY_HIGH, show_newest, self, NULL);
}

static void on_view(SessionView *view, void *data)
{
	TillLink *self = data;

	sound_play(self->sound, view->sound);
	g_mutex_lock(&self->lock);
	if (self->newest != NULL)
		session_view_unref(self->newest);
	self->newest = session_view_ref(view);
	wake_main_thread(self);
	g_mutex_unlock(&self->lock);
}

static void set_session(TillLink *self, Session *session, GError *error)
{
	g_mutex_lock(&self->lock);
	self->session = session;
	if (error != NULL) {
		self->error = error;
		wake_main_thread(self);
	}
	g_mutex_unlock(&self->lock);
}

static void *live(void *data)
{
	TillLink *self = data;
	GError *error = NULL;
	Session *session;

	g_main_context_push_thread_default(self->context);
	session = session_new(self->directory, self->context, on_view, self, &error);
	set_session(self, session, error);
	g_main_loop_run(self->loop);
	set_session(self, NULL, NULL);
	session_free(session);
	g_main_context_pop_thread_default(self->context);
	return NULL;
}

TillLink *till_link_new(const char *directory, TillLinkShow show, TillLinkFail fail, void *data)
{
	TillLink *self = g_new0(TillLink, 1);

	g_mutex_init(&self->lock);
	self->directory = g_strdup(directory);
	self->context = g_main_context_new();
	self->loop = g_main_loop_new(self->context, false);
	self->sound = sound_new();
	self->show = show;
	self->fail = fail;
	self->data = data;
	self->thread = g_thread_new("session", live, self);
	return self;
}

static gboolean quit_loop(void *loop)
{
	g_main_loop_quit(loop);
	return G_SOURCE_REMOVE;
}

/* From inside, since the loop may not run yet. */
static void stop(TillLink *self)
{
	g_autoptr(GSource) source = g_idle_source_new();

	g_source_set_priority(source, G_PRIORITY_DEFAULT);
	g_source_set_callback(source, quit_loop, self->loop, NULL);
	g_source_attach(source, self->context);
}

void till_link_free(TillLink *self)
{
	if (self == NULL)
		return;
	stop(self);
	g_thread_join(self->thread);
	if (self->pending != 0)
		g_source_remove(self->pending);
	g_clear_pointer(&self->newest, session_view_unref);
	g_clear_error(&self->error);
	sound_free(self->sound);
	g_main_loop_unref(self->loop);
	g_main_context_unref(self->context);
	g_mutex_clear(&self->lock);
	g_free(self->directory);
	g_free(self);
}

static void post(TillLink *self, SessionEvent *event)
{
	g_mutex_lock(&self->lock);
	if (self->session != NULL)
		session_post(self->session, event);
	else
		session_event_free(event);
	g_mutex_unlock(&self->lock);
}

void till_link_send(TillLink *self, SessionEventKind kind)
{
	post(self, session_event_new(kind, NULL));
}

void till_link_send_text(TillLink *self, SessionEventKind kind, const char *text)
{
	post(self, session_event_new(kind, text));
}

void till_link_send_line(TillLink *self, SessionEventKind kind, int64_t number, const char *text)
{
	SessionEvent *event = session_event_new(kind, text);

	event->number = number;
	post(self, event);
}

void till_link_send_card_result(TillLink *self, bool approved, const char *reference)
{
	SessionEvent *event = session_event_new(SESSION_CARD_RESULT, reference);

	event->flag = approved;
	post(self, event);
}
