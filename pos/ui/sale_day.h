/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pos/ui/sale_page_private.h"

/* What a day has beside sales: receipts put aside, returns, who buys, counting the drawer, receipts
 * to look after. */

/* The lists that stand in the receipt's place. */
void sale_day_show_held(PosSalePage *self);
void sale_day_show_cases(PosSalePage *self);
/* The question, where it depends on what is counted or on the country. */
void sale_day_show_question(PosSalePage *self);
/* Enter in a list or in the count. False where it means something else. */
bool sale_day_enter(PosSalePage *self, const char *text);
/* True where @by moved through a list or the count. */
bool sale_day_move(PosSalePage *self, int by);
/* After a new view: leaves a list that has nothing left to choose. */
void sale_day_check(PosSalePage *self);
/* True where a scan is the answer to what is asked, and was sent. */
bool sale_day_scan(PosSalePage *self, const char *code);

void sale_day_hold(PosSalePage *self, GVariant *target);
void sale_day_held(PosSalePage *self, GVariant *target);
void sale_day_recall(PosSalePage *self, GVariant *target);
void sale_day_void_held(PosSalePage *self, GVariant *target);
void sale_day_return(PosSalePage *self, GVariant *target);
void sale_day_give_back(PosSalePage *self, GVariant *target);
void sale_day_customer(PosSalePage *self, GVariant *target);
void sale_day_no_customer(PosSalePage *self, GVariant *target);
void sale_day_cases(PosSalePage *self, GVariant *target);
void sale_day_tell_late(PosSalePage *self, GVariant *target);
void sale_day_reason(PosSalePage *self, GVariant *target);
void sale_day_count(PosSalePage *self, GVariant *target);
void sale_day_count_next(PosSalePage *self, GVariant *target);
void sale_day_count_done(PosSalePage *self, GVariant *target);
void sale_day_count_sum(PosSalePage *self, GVariant *target);
