/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/label/label_job.h"

#include <cairo.h>

/* Draws one field as the PDF driver does, on a @cairo whose unit is a micrometre and whose corner
 * is the label's. False where it cannot be printed so: its code is wrong or has no room. */
bool label_preview_draw(cairo_t *cairo, const LabelField *field, LabelData *data, GError **error);
