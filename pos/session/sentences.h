/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pos/session/session.h"

/* What the till says to people. A sentence has a stable code and says, in the language of the
 * locale, what happened, what it means for this sale and what to press. */

/* @first and @second fill the sentence's places; NULL where it has none. An unknown code is a bug.
 */
char *sentence_dup(const char *code, const char *first, const char *second);
SessionTone sentence_tone(const char *code);
/* The static text of a code that may live elsewhere. */
const char *sentence_code(const char *code);

/* "Fiscal registrar: out of paper. Put in a new roll." */
char *sentence_dup_fault(SessionDevice device, DeviceFault fault);
const char *sentence_device(SessionDevice device); /* translated name */
