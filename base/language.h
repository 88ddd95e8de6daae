/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/number_text.h"
#include "core/quantity.h"

/* Where a program meets the person's language: called once by each main(), before any other thread.
 */

/* Sets the locale from the environment and binds the translations. Where this machine has no such
 * locale, the language of $LANG is kept all the same, with UTF-8. $BARAA_LOCALEDIR names another
 * folder of translations; a build that is not installed finds its own. */
void language_init(void);
/* How numbers are written in the language that is spoken on the screen. */
NumberStyle language_number_style(void);

/* "kg", "кг": what stands after a quantity; "" for UNIT_OTHER. Static. */
const char *language_unit_name(Unit unit);
/* "VAT", "НДС": how people call the tax of this code; @code itself where it has no name here. */
const char *language_tax_name(const char *code);
