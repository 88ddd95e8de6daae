/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/ui/sound.h"

#include <gsound.h>
#include <gtk/gtk.h>

/* A burst of scans is heard as a burst; what could not be played in time is not worth hearing. */
#define MAX_WAITING 4

struct Sound {
	/* owned */
	GThread *thread; /* from the first sound on */
	GAsyncQueue *waiting;
	GMutex lock;
};

enum { STOP = SESSION_SOUND_REFUSE + 1 };

static gboolean beep(void *nothing)
{
	GdkDisplay *display = gdk_display_get_default();

	if (display != NULL)
		gdk_display_beep(display);
	return G_SOURCE_REMOVE;
}

static bool play_event(GSoundContext *context, SessionSound sound)
{
	const char *id = sound == SESSION_SOUND_SCAN ? "message" : "dialog-error";

	return context != NULL &&
	       gsound_context_play_simple(context, NULL, NULL, GSOUND_ATTR_EVENT_ID, id,
					  GSOUND_ATTR_CANBERRA_CACHE_CONTROL, "permanent", NULL);
}

static void *play_all(void *data)
{
	GAsyncQueue *waiting = data;
	g_autoptr(GError) error = NULL;
	GSoundContext *context = gsound_context_new(NULL, &error);
	int sound;

	if (context == NULL)
		g_debug("no sound: %s", error->message);
	while ((sound = GPOINTER_TO_INT(g_async_queue_pop(waiting))) != STOP)
		if (!play_event(context, sound) && sound == SESSION_SOUND_REFUSE)
			g_idle_add(beep, NULL);
	g_clear_object(&context);
	return NULL;
}

Sound *sound_new(void)
{
	Sound *self = g_new0(Sound, 1);

	g_mutex_init(&self->lock);
	self->waiting = g_async_queue_new();
	return self;
}

void sound_free(Sound *self)
{
	if (self == NULL)
		return;
	if (self->thread != NULL) {
		g_async_queue_push(self->waiting, GINT_TO_POINTER(STOP));
		g_thread_join(self->thread);
	}
	g_async_queue_unref(self->waiting);
	g_mutex_clear(&self->lock);
	g_free(self);
}

void sound_play(Sound *self, SessionSound sound)
{
	if (sound == SESSION_SOUND_NONE || g_async_queue_length(self->waiting) >= MAX_WAITING)
		return;
	g_async_queue_push(self->waiting, GINT_TO_POINTER(sound));
	g_mutex_lock(&self->lock);
	if (self->thread == NULL)
		self->thread = g_thread_new("sound", play_all, self->waiting);
	g_mutex_unlock(&self->lock);
}
