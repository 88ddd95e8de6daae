/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/display/display.h"

/* Partner Tech's command set (protocols/customer-display.md §2). Options:
 * codepage=cp866|wcp1251|ascii|tysso|dpd201;
 * glyphs=yes|no, whether Ө ө Ү ү ₮ ₽ are drawn as user-defined characters;
 * letters=ӨО,ҮУ, the shop's consent to show other letters where they are not; brightness=1..100. */
extern const struct display_driver cd5220_driver;
