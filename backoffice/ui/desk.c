/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/desk.h"

#include "base/language.h"

struct OfficeDesk {
	/* owned */
	Store *store;
	GThreadPool *thread; /* of one */
	Shop *shop;

	NumberStyle style;
};

typedef struct {
	GTask *task; /* owned */
	OfficeJob job;
} Order;

static void serve(void *data, void *desk)
{
	OfficeDesk *self = desk;
	g_autofree Order *order = data;

	if (!g_task_return_error_if_cancelled(order->task))
		order->job(order->task, self->store);
	g_object_unref(order->task);
}

OfficeDesk *office_desk_new(const char *dsn, GError **error)
{
	g_autoptr(Store) store = store_open(dsn, STORE_DURABLE, error);
	g_autoptr(Shop) shop = NULL;
	OfficeDesk *self;

	if (store == NULL || !store_check_version(store, "office", error))
		return NULL;
	shop = shop_find(store, NULL, error);
	if (shop == NULL)
		return NULL;

	self = g_new0(OfficeDesk, 1);
	self->store = g_steal_pointer(&store);
	self->shop = g_steal_pointer(&shop);
	self->style = language_number_style();
	self->thread = g_thread_pool_new(serve, self, 1, TRUE, NULL);
	return self;
}

void office_desk_free(OfficeDesk *self)
{
	if (self == NULL)
		return;
	g_thread_pool_free(self->thread, FALSE, TRUE);
	shop_free(self->shop);
	store_close(self->store);
	g_free(self);
}

const Shop *office_desk_get_shop(const OfficeDesk *self)
{
	return self->shop;
}

const NumberStyle *office_desk_get_style(const OfficeDesk *self)
{
	return &self->style;
}

void office_desk_run(OfficeDesk *self, GTask *task, OfficeJob job)
{
	Order *order = g_new(Order, 1);

	*order = (Order){ .task = task, .job = job };
	g_thread_pool_push(self->thread, order, NULL);
}
