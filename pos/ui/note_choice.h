/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/money.h"

#define NOTE_CHOICES 8

/* What a shopper is likely to hand over for @due, from the notes of its currency: rounded up to
 * each note that is not tiny beside it; ascending, without @due itself. Returns how many. */
int note_choices(Money due, Money choices[static NOTE_CHOICES]);
