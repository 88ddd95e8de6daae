/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/country_texts.h"

/* data/labels; in the order of backoffice/label/meson.build; a NULL name ends. */
extern const struct text_file label_texts[];
