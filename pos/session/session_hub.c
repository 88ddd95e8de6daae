/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/session/private.h"

/* News of the sync agent, which works on a thread of its own. */

static void show_hub(Session *self, const SyncNews *news)
{
	switch (news->outcome) {
	case SYNC_DONE:
		self->hub_alarm = NULL;
		session_set_device(self, SESSION_HUB, DEVICE_READY, 0);
		break;
	case SYNC_CLONED:
		self->hub_alarm = "cloned-till";
		session_set_device(self, SESSION_HUB, DEVICE_DOWN, DEVICE_FAULT_REPLACED);
		break;
	case SYNC_REFUSED:
		self->hub_alarm = "hub-refused";
		session_set_device(self, SESSION_HUB, DEVICE_DOWN, DEVICE_FAULT_REFUSED);
		break;
	case SYNC_UNREACHABLE:
		session_set_device(self, SESSION_HUB, DEVICE_DOWN, DEVICE_FAULT_OFFLINE);
		break;
	case SYNC_FAILED:
		session_set_device(self, SESSION_HUB, DEVICE_DOWN, DEVICE_FAULT_PROTOCOL);
		break;
	}
}

static const char *sync_code(SyncOutcome outcome)
{
	static const char *const codes[] = {
		[SYNC_DONE] = "sync-done",	[SYNC_UNREACHABLE] = "hub-down",
		[SYNC_REFUSED] = "hub-refused", [SYNC_CLONED] = "cloned-till",
		[SYNC_FAILED] = "sync-failed",
	};

	return codes[outcome];
}

/* The round that the cashier asked for has ended. */
static void answer_asked(Session *self, SyncOutcome outcome)
{
	self->sync_asked = false;
	self->answer.kind = SESSION_SYNC;
	self->answer.mark = self->sync_mark;
	self->answer.ok = outcome == SYNC_DONE;
	if (self->answer.ok)
		session_tell(self, sync_code(outcome), NULL, NULL);
	else
		session_refuse(self, sync_code(outcome), NULL, NULL);
	session_emit(self);
}

/* The office may have given the shop another name. Its currency stays: receipts are in it. */
static void reload_shop(Session *self)
{
	g_auto(TillShop) shop = { 0 };
	g_autoptr(GError) error = NULL;

	if (!goods_get_shop(self->goods, &shop, &error)) {
		g_debug("shop not read: %s", error->message);
		self->alarm = "save-failed";
		return;
	}
	if (shop.currency != self->shop.currency)
		return;
	till_shop_clear(&self->shop);
	self->shop = shop;
	shop = (TillShop){ 0 };
}

static void take_news(void *owner, void *data)
{
	Session *self = owner;
	const SyncNews *news = data;
	bool told = self->outbox != news->outbox;

	if (news->goods_changed)
		reload_shop(self);
	show_hub(self, news);
	if (news->asked && self->sync_asked)
		answer_asked(self, news->outcome);
	else if (told)
		session_emit(self);
}

/* On the agent's thread. */
static void on_news(const SyncNews *news, void *data)
{
	Session *self = data;

	mailbox_send(self->mailbox, take_news, g_memdup2(news, sizeof(*news)), g_free);
}

bool session_start_agent(Session *self, GError **error)
{
	g_autofree char *hub = NULL;

	if (!till_db_dup_setting(self->db, TILL_SETTING_HUB, &hub, error))
		return false;
	if (hub == NULL || *hub == '\0')
		return true;
	self->devices[SESSION_HUB].state = DEVICE_WORKING;
	self->agent = sync_agent_new(self->db, self->goods, on_news, self, error);
	return self->agent != NULL;
}

bool session_on_sync(Session *self, const SessionEvent *event)
{
	if (self->agent == NULL)
		return session_refuse(self, "no-hub", NULL, NULL);
	self->sync_asked = true;
	self->sync_mark = event->mark;
	sync_agent_ask(self->agent);
	return true;
}
