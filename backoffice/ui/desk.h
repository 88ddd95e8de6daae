/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/people/people.h"
#include "backoffice/people/shop.h"
#include "core/number_text.h"

#include <gio/gio.h>

/* The office's way to its database: one thread, its jobs in order, so that the window never waits.
 * Lives as long as the program's windows. */
typedef struct OfficeDesk OfficeDesk;

/* Opens the database named by @dsn and finds its first shop. Blocks: call it before the window is
 * shown. */
OfficeDesk *office_desk_new(const char *dsn, GError **error);
/* Waits for the jobs under way. */
void office_desk_free(OfficeDesk *self);

const Shop *office_desk_get_shop(const OfficeDesk *self);
const NumberStyle *office_desk_get_style(const OfficeDesk *self);

/* Runs on the desk's thread and must return @task. */
typedef void (*OfficeJob)(GTask *task, Store *store);
/* Takes @task, whose callback comes on the thread that made it. Its source must not be a widget. */
void office_desk_run(OfficeDesk *self, GTask *task, OfficeJob job);
