/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>

/* What a key of linux/input-event-codes.h gives on the US layout, by which scanners type whatever
 * the desktop's is. '\0' where it is no character. Caps Lock is left out on purpose. */
char us_key_character(unsigned code, bool shift);
