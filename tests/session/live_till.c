/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/session/live_till.h"

#include "pos/till/goods.h"
#include "tests/session/shop.h"

static void on_view(SessionView *view, void *data)
{
	LiveTill *self = data;

	g_clear_pointer(&self->view, session_view_unref);
	self->view = session_view_ref(view);
}

/* The listener keeps the till's place: it may not be moved while the session lives. */
static void start(LiveTill *self, LiveTill *place)
{
	g_autoptr(GError) error = NULL;

	self->session = session_new(self->directory, self->context, on_view, place, &error);
	g_assert_no_error(error);
}

const SessionView *live_till_send_number(LiveTill *self, SessionEventKind kind, const char *text,
					 int64_t number)
{
	static uint64_t mark;
	SessionEvent *event = session_event_new(kind, text);

	event->number = number;
	event->mark = ++mark;
	if (self->session == NULL)
		start(self, self);
	session_post(self->session, event);
	while (self->view == NULL || self->view->mark != mark || !self->view->settled)
		g_main_context_iteration(self->context, TRUE);
	return self->view;
}

const SessionView *live_till_send(LiveTill *self, SessionEventKind kind, const char *text)
{
	return live_till_send_number(self, kind, text, 0);
}

static void stop(LiveTill *self)
{
	g_clear_pointer(&self->session, session_free);
	g_clear_pointer(&self->view, session_view_unref);
}

/* The session begins with the first event that is sent, when the till has its place. */
LiveTill live_till_open(char *directory)
{
	LiveTill self = { .directory = directory, .context = g_main_context_new() };

	live_till_send(&self, SESSION_LOGIN, MARY);
	live_till_send(&self, SESSION_OPEN_SHIFT, NULL);
	g_assert_cmpint(self.view->state, ==, SESSION_SELLING);
	stop(&self);
	return self;
}

void live_till_restart(LiveTill *self)
{
	stop(self);
}

void live_till_close(LiveTill *self)
{
	stop(self);
	g_main_context_unref(self->context);
	shop_remove(self->directory);
}

int64_t live_till_scan(LiveTill *self, const char *code)
{
	const SessionView *view;

	if (self->session == NULL)
		live_till_send(self, SESSION_LOGIN, MARY);
	view = live_till_send(self, SESSION_SCAN, code);
	if (!view->ok)
		g_test_message("%s: %s", code, view->message);
	g_assert_true(view->ok);
	return view->totals.total.minor;
}

void live_till_refuse(LiveTill *self, SessionEventKind kind, const char *text, const char *code)
{
	const SessionView *view = live_till_send(self, kind, text);

	g_assert_false(view->ok);
	g_assert_cmpstr(view->message_code, ==, code);
}

const SessionLine *live_till_line(const LiveTill *self, int number)
{
	g_assert_cmpuint(self->view->lines->len, >=, number);
	return g_ptr_array_index(self->view->lines, number - 1);
}

void live_till_goods(const char *directory, const char *changes)
{
	g_autofree char *path = g_build_filename(directory, "goods.db", NULL);
	g_autoptr(GError) error = NULL;
	g_autoptr(Goods) goods = goods_open(path, &error);
	json_t *json = json_loads(changes, 0, NULL);

	g_assert_no_error(error);
	g_assert_nonnull(json);
	goods_apply_changes(goods, json, &error);
	json_decref(json);
	g_assert_no_error(error);
}
