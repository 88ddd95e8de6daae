/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/people/rights.h"
#include "backoffice/people/shop.h"
#include "core/number_text.h"

#include <gio/gio.h>

/* The office's way to its database: two threads with a connection each, their jobs in order, so
 * that the window never waits and a page of goods never waits for a report. Lives as long as the
 * program's windows. */
typedef struct OfficeDesk OfficeDesk;

typedef enum {
	OFFICE_QUICK, /* milliseconds: somebody is looking at the place where the answer goes */
	OFFICE_LONG, /* a second and more */
	OFFICE_N_SPEEDS
} OfficeSpeed;

/* Opens the database named by @dsn and finds the shop, the first one where @shop is NULL. Blocks:
 * call it before the window is shown. */
OfficeDesk *office_desk_new(const char *dsn, const char *shop, GError **error);
/* Waits for the jobs under way. */
void office_desk_free(OfficeDesk *self);

const Shop *office_desk_get_shop(const OfficeDesk *self);
/* All of the business; array of Shop, lent. */
const GPtrArray *office_desk_get_shops(const OfficeDesk *self);
/* The shop was named at the start: whoever may not see it has nothing to do here. */
bool office_desk_is_shop_fixed(const OfficeDesk *self);
/* Before there are pages. What was lent of the shop before stays. */
void office_desk_set_shop(OfficeDesk *self, int64_t shop_id);
const NumberStyle *office_desk_get_style(const OfficeDesk *self);
/* Of the shop. */
const char *office_desk_get_symbol(const OfficeDesk *self);
GDateTime *office_desk_dup_now(const OfficeDesk *self); /* on the shop's wall clock */
/* A moment, UTC microseconds, on it. */
GDateTime *office_desk_dup_time(const OfficeDesk *self, int64_t at);

/* Who sits at it, and the shops they may see (array of int64_t, sight.h); copies. */
void office_desk_set_person(OfficeDesk *self, const Person *person, Rights rights,
			    const GArray *shops);
bool office_desk_sees(const OfficeDesk *self, int64_t shop_id);
int64_t office_desk_get_person_id(const OfficeDesk *self);
const char *office_desk_get_person_name(const OfficeDesk *self);
/* What is not among these is not shown; what is done asks again (rights_require()). */
bool office_desk_may(const OfficeDesk *self, Right right);
Rights office_desk_get_rights(const OfficeDesk *self);

/* Runs on a thread of the desk and must return @task. */
typedef void (*OfficeJob)(GTask *task, Store *store);
/* Takes @task, whose callback comes on the thread that made it. Its source must not be a widget. A
 * database that is gone answers with STORE_ERROR_MISSING. */
void office_desk_run(OfficeDesk *self, OfficeSpeed speed, GTask *task, OfficeJob job);
/* The same for what only reads, on the slow thread: once the task is cancelled, a query that runs
 * is stopped and does not keep the next one waiting. */
void office_desk_read(OfficeDesk *self, GTask *task, OfficeJob job);

/* What the person at the desk can do about @error, in their language; own it. */
char *office_desk_dup_trouble(const GError *error);
