/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/print/day_printer.h"

#include "backoffice/print/day_press.h"
#include "base/language.h"

/* Other programs ask, too, and do not wake us. */
#define LOOK_EVERY (10 * G_TIME_SPAN_SECOND)

struct DayPrinter {
	/* owned */
	Store *store;
	DayPress *press;
	GThread *thread;

	GMutex lock;
	GCond changed;
	/* under the lock */
	bool leaving, woken;
};

/* Until it is woken, or @next_at (real time; 0: nobody knows), or time for a look. False to end. */
static bool wait_for_work(DayPrinter *self, int64_t next_at)
{
	int64_t wait = LOOK_EVERY;
	int64_t until;
	bool stays;

	if (next_at != 0)
		wait = CLAMP(next_at - g_get_real_time(), 0, LOOK_EVERY);
	until = g_get_monotonic_time() + wait;
	g_mutex_lock(&self->lock);
	while (!self->leaving && !self->woken)
		if (!g_cond_wait_until(&self->changed, &self->lock, until))
			break;
	self->woken = false;
	stays = !self->leaving;
	g_mutex_unlock(&self->lock);
	return stays;
}

static int64_t work(DayPrinter *self)
{
	g_auto(DayPressResult) result = { 0 };
	g_autoptr(GError) error = NULL;

	if (!day_press_run(self->press, self->store, &result, &error))
		g_warning("the daily report: %s", error->message);
	if (result.trouble != NULL)
		g_message("the daily report: %s", result.trouble);
	return result.next_at;
}

static void *serve(void *data)
{
	DayPrinter *self = data;
	int64_t next_at;

	do
		next_at = work(self);
	while (wait_for_work(self, next_at));
	return NULL;
}

DayPrinter *day_printer_new(Store *store)
{
	DayPrinter *self = g_new0(DayPrinter, 1);
	NumberStyle style = language_number_style();

	self->store = store;
	self->press = day_press_new(&style);
	g_mutex_init(&self->lock);
	g_cond_init(&self->changed);
	self->thread = g_thread_new("day-printer", serve, self);
	return self;
}

void day_printer_free(DayPrinter *self)
{
	if (self == NULL)
		return;
	g_mutex_lock(&self->lock);
	self->leaving = true;
	g_cond_signal(&self->changed);
	g_mutex_unlock(&self->lock);
	day_press_cancel(self->press);
	g_thread_join(self->thread);
	day_press_free(self->press);
	store_close(self->store);
	g_mutex_clear(&self->lock);
	g_cond_clear(&self->changed);
	g_free(self);
}

void day_printer_wake(DayPrinter *self)
{
	g_mutex_lock(&self->lock);
	self->woken = true;
	g_cond_signal(&self->changed);
	g_mutex_unlock(&self->lock);
}
