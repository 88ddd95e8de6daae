/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/ui/desk.h"
#include "core/money.h"
#include "core/quantity.h"

/* How the stockroom's pages write and read quantities, amounts and days. What is given is owned. */

/* "12", "1,234"; with the unit's name behind it where @unit is not NULL. */
char *office_quantity_dup(const OfficeDesk *desk, int64_t micro, const char *unit);
char *office_money_dup(const OfficeDesk *desk, int64_t minor); /* without the symbol */
/* As it is put into a field to be changed: "439.78". */
char *office_money_dup_plain(const OfficeDesk *desk, int64_t minor);
bool office_money_parse(const OfficeDesk *desk, const char *text, int64_t *ret);
char *office_day_dup(int32_t day); /* "2026-12-28"; "" of 0 */
char *office_time_dup(const OfficeDesk *desk, int64_t at); /* "2026-11-28 14:05"; "" of 0 */
char *office_clock_dup(const OfficeDesk *desk, int64_t at); /* "14:05" */
int32_t office_today(const OfficeDesk *desk);
/* Moments by the shop's clock as UTC microseconds: of an hour of a day; when a day, or one so many
 * days after it, begins. */
int64_t office_clock_at(const OfficeDesk *desk, int32_t day, int hour, int minute);
int64_t office_day_start(const OfficeDesk *desk, int32_t day, int plus);

/* 281226, 28122026, 28.12.26, 28.12.2026, 2026-12-28: day first, years of this century. False where
 * there is no such day. */
bool office_day_parse(const char *text, int32_t *ret);

/* Selling price over cost, hundredths of a percent of the price; false where that says nothing. */
bool office_margin(int64_t price, int64_t cost, int64_t *ret);
