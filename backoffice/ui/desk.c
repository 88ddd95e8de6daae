/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/desk.h"

#include "backoffice/goods/item.h"
#include "backoffice/label/label_job.h"
#include "backoffice/money/money.h"
#include "backoffice/people/sight.h"
#include "backoffice/prices/prices.h"
#include "backoffice/print/report_printer.h"
#include "backoffice/report/report.h"
#include "backoffice/stock/document.h"
#include "base/language.h"
#include "core/currency.h"

#include <glib/gi18n-lib.h>

typedef struct {
	/* owned */
	Store *store;
	GThreadPool *thread; /* of one */
} Clerk;

struct OfficeDesk {
	Clerk clerks[OFFICE_N_SPEEDS];
	GPtrArray *shops; /* owned; Shop */
	GPtrArray *zones; /* owned; GTimeZone of each */
	const Shop *shop; /* borrowed, like its zone */
	GTimeZone *zone;
	bool shop_fixed;
	GArray *seen; /* owned; int64_t: shops that the person may see */
	char *person_name; /* owned; NULL: nobody yet */
	int64_t person_id;
	Rights rights;
	NumberStyle style;
};

typedef struct {
	GTask *task; /* owned */
	OfficeJob job;
	bool stops; /* in the middle, once it is cancelled */
} Order;

static void on_cancelled(GCancellable *cancellable, void *store)
{
	store_interrupt(store);
}

/* The handler is gone when this returns: what comes next on this connection is not its to stop. */
static void do_job(Order *order, Store *store)
{
	GCancellable *cancellable = g_task_get_cancellable(order->task);
	gulong handler =
		order->stops && cancellable != NULL
			? g_cancellable_connect(cancellable, G_CALLBACK(on_cancelled), store, NULL)
			: 0;

	order->job(order->task, store);
	g_cancellable_disconnect(cancellable, handler);
}

static void serve(void *data, void *store)
{
	g_autofree Order *order = data;

	if (g_task_return_error_if_cancelled(order->task))
		;
	else if (store_is_lost(store))
		g_task_return_new_error(order->task, STORE_ERROR, STORE_ERROR_MISSING,
					"the database file was deleted or replaced");
	else
		do_job(order, store);
	g_object_unref(order->task);
}

static bool clerk_start(Clerk *self, const char *dsn, GError **error)
{
	self->store = store_open(dsn, STORE_DURABLE, error);
	if (self->store == NULL || !store_check_version(self->store, "office", error))
		return false;
	self->thread = g_thread_pool_new(serve, self->store, 1, TRUE, NULL);
	return true;
}

static void clerk_end(Clerk *self)
{
	if (self->thread != NULL)
		g_thread_pool_free(self->thread, FALSE, TRUE);
	store_close(self->store);
}

static bool read_shops(OfficeDesk *self, GError **error)
{
	self->shops = shop_list(self->clerks[OFFICE_QUICK].store, error);
	for (guint i = 0; self->shops != NULL && i < self->shops->len; i++) {
		const Shop *shop = self->shops->pdata[i];
		GTimeZone *zone = g_time_zone_new_identifier(shop->timezone);

		g_ptr_array_add(self->zones, zone != NULL ? zone : g_time_zone_new_local());
	}
	return self->shops != NULL;
}

void office_desk_set_shop(OfficeDesk *self, int64_t shop_id)
{
	for (guint i = 0; i < self->shops->len; i++) {
		const Shop *shop = self->shops->pdata[i];

		if (shop->id != shop_id)
			continue;
		self->shop = shop;
		self->zone = self->zones->pdata[i];
	}
}

static bool open_desk(OfficeDesk *self, const char *dsn, const char *shop, GError **error)
{
	g_autoptr(Shop) first = NULL;

	for (int i = 0; i < OFFICE_N_SPEEDS; i++)
		if (!clerk_start(&self->clerks[i], dsn, error))
			return false;
	first = shop_find(self->clerks[OFFICE_QUICK].store, shop, error);
	if (first == NULL || !read_shops(self, error))
		return false;
	self->shop_fixed = shop != NULL;
	office_desk_set_shop(self, first->id);
	return true;
}

OfficeDesk *office_desk_new(const char *dsn, const char *shop, GError **error)
{
	OfficeDesk *self = g_new0(OfficeDesk, 1);

	self->style = language_number_style();
	self->zones = g_ptr_array_new_with_free_func((GDestroyNotify)g_time_zone_unref);
	if (open_desk(self, dsn, shop, error))
		return self;
	office_desk_free(self);
	return NULL;
}

void office_desk_free(OfficeDesk *self)
{
	if (self == NULL)
		return;
	for (int i = 0; i < OFFICE_N_SPEEDS; i++)
		clerk_end(&self->clerks[i]);
	g_clear_pointer(&self->zones, g_ptr_array_unref);
	g_clear_pointer(&self->shops, g_ptr_array_unref);
	g_clear_pointer(&self->seen, g_array_unref);
	g_free(self->person_name);
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

const char *office_desk_get_symbol(const OfficeDesk *self)
{
	return currency_by_number(self->shop->currency)->symbol;
}

GDateTime *office_desk_dup_now(const OfficeDesk *self)
{
	return g_date_time_new_now(self->zone);
}

GDateTime *office_desk_dup_time(const OfficeDesk *self, int64_t at)
{
	g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(at / G_USEC_PER_SEC);

	return g_date_time_to_timezone(utc, self->zone);
}

const GPtrArray *office_desk_get_shops(const OfficeDesk *self)
{
	return self->shops;
}

bool office_desk_is_shop_fixed(const OfficeDesk *self)
{
	return self->shop_fixed;
}

bool office_desk_sees(const OfficeDesk *self, int64_t shop_id)
{
	return self->seen != NULL && sight_has(self->seen, shop_id);
}

void office_desk_set_person(OfficeDesk *self, const Person *person, Rights rights,
			    const GArray *shops)
{
	g_clear_pointer(&self->seen, g_array_unref);
	self->seen = g_array_copy((GArray *)shops);
	g_free(self->person_name);
	self->person_name = g_strdup(person->name);
	self->person_id = person->id;
	self->rights = rights;
}

int64_t office_desk_get_person_id(const OfficeDesk *self)
{
	return self->person_id;
}

const char *office_desk_get_person_name(const OfficeDesk *self)
{
	return self->person_name;
}

bool office_desk_may(const OfficeDesk *self, Right right)
{
	return rights_have(self->rights, right);
}

Rights office_desk_get_rights(const OfficeDesk *self)
{
	return self->rights;
}

static void push(OfficeDesk *self, OfficeSpeed speed, Order it)
{
	g_thread_pool_push(self->clerks[speed].thread, g_memdup2(&it, sizeof it), NULL);
}

void office_desk_run(OfficeDesk *self, OfficeSpeed speed, GTask *task, OfficeJob job)
{
	push(self, speed, (Order){ .task = task, .job = job });
}

void office_desk_read(OfficeDesk *self, GTask *task, OfficeJob job)
{
	push(self, OFFICE_LONG, (Order){ .task = task, .job = job, .stops = true });
}

static bool is_in_persons_language(const GError *error)
{
	return error->domain == PEOPLE_ERROR || error->domain == GOODS_ERROR ||
	       error->domain == PRICES_ERROR || error->domain == MONEY_ERROR ||
	       error->domain == DOCUMENT_ERROR || error->domain == LABEL_ERROR ||
	       error->domain == REPORT_ERROR || error->domain == REPORT_PRINTER_ERROR;
}

char *office_desk_dup_trouble(const GError *error)
{
	if (g_error_matches(error, STORE_ERROR, STORE_ERROR_BUSY))
		return g_strdup(_("The database is busy: somebody imports goods or makes a backup. "
				  "Wait a little, then try again."));
	if (g_error_matches(error, STORE_ERROR, STORE_ERROR_MISSING))
		return g_strdup(_("The database is gone: its file was moved, deleted or replaced. "
				  "Close the office, put the file back, then open the office "
				  "again."));
	if (is_in_persons_language(error))
		return g_strdup(error->message);
	return g_strdup_printf(_("The database did not answer. Try again; if that does not help, "
				 "tell your administrator: %s"),
			       error->message);
}
