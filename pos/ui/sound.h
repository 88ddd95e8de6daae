/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pos/session/session.h"

/* What the cashier hears without looking. Opened at the first sound, on a thread of its own: a till
 * without loudspeakers is not slowed down by looking for them. */
typedef struct Sound Sound;

Sound *sound_new(void);
void sound_free(Sound *self);
/* From any thread; returns at once. */
void sound_play(Sound *self, SessionSound sound);
