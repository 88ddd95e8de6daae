/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/report/today.h"

/* Fills today's tasks. */
bool today_find_tasks(Today *self, Store *store, const TodayQuery *query, GError **error);
