/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/session/mailbox.h"

struct Mailbox {
	gatomicrefcount references;
	GMainContext *context; /* borrowed: a reference would keep it alive by its own letters */
	void *owner; /* NULL after mailbox_close(); only used on the owner's thread */
};

typedef struct {
	Mailbox *mailbox;
	MailboxFunc run;
	void *data;
	GDestroyNotify destroy;
} Letter;

static void mailbox_unref(Mailbox *self)
{
	if (!g_atomic_ref_count_dec(&self->references))
		return;
	g_free(self);
}

static gboolean deliver(void *data)
{
	Letter *letter = data;

	if (letter->mailbox->owner != NULL)
		letter->run(letter->mailbox->owner, letter->data);
	return G_SOURCE_REMOVE;
}

static void letter_free(void *data)
{
	Letter *letter = data;

	if (letter->destroy != NULL)
		letter->destroy(letter->data);
	mailbox_unref(letter->mailbox);
	g_free(letter);
}

Mailbox *mailbox_new(GMainContext *context, void *owner)
{
	Mailbox *self = g_new0(Mailbox, 1);

	g_atomic_ref_count_init(&self->references);
	self->context = context;
	self->owner = owner;
	return self;
}

void mailbox_send(Mailbox *self, MailboxFunc run, void *data, GDestroyNotify destroy)
{
	Letter *letter = g_new(Letter, 1);
	GSource *source = g_idle_source_new();

	g_atomic_ref_count_inc(&self->references);
	*letter = (Letter){ self, run, data, destroy };
	/* One priority for all, so that the context keeps their order. */
	g_source_set_priority(source, G_PRIORITY_DEFAULT);
	g_source_set_callback(source, deliver, letter, letter_free);
	g_source_attach(source, self->context);
	g_source_unref(source);
}

void mailbox_close(Mailbox *self)
{
	if (self == NULL)
		return;
	self->owner = NULL;
	mailbox_unref(self);
}
