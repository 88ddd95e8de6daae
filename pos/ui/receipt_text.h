/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pos/session/session.h"

/* What stands around the lines of a receipt on the cashier's screen. "" where there is nothing to
 * say. Own what is returned. */
char *receipt_text_summary(const SessionView *view); /* discount and taxes */
char *receipt_text_customer(const SessionView *view);
char *receipt_text_place(const SessionView *view); /* of which sale goods come back */
char *receipt_text_held(const SessionView *view);
/* To which kinds of payment a return goes. */
char *receipt_text_give_back(const SessionView *view);
/* Cash is rounded to coins, cards are not. */
char *receipt_text_both_dues(const SessionView *view);
