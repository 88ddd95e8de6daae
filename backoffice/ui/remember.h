/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What this computer's person chose last: small words, kept in ~/.config/baraa/office.conf. What
 * cannot be read or written is forgotten, which does no harm. */
char *office_remembered_dup(const char *key); /* NULL: nothing */
void office_remember(const char *key, const char *value);
