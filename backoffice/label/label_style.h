/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/number_text.h"

/* How a shop writes what shoppers read: in its country's own language, whatever the office speaks.
 */
typedef struct LabelStyle LabelStyle;

/* @country: "mn". Static; where we know nothing of a country, as the office speaks. */
const LabelStyle *label_style_find(const char *country);
NumberStyle label_style_numbers(const LabelStyle *self);
const char *label_style_unit(const LabelStyle *self, Unit unit); /* "кг"; "" for UNIT_OTHER */
/* "27.11.2026" of YYYYMMDD. Own it. */
char *label_style_dup_day(const LabelStyle *self, int32_t day);
/* "Упаковано: 27.11.2026"; "" for day 0. Own it. */
char *label_style_dup_packed(const LabelStyle *self, int32_t day);
char *label_style_dup_best_before(const LabelStyle *self, int32_t day);
