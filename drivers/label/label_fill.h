/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/label/label.h"

/* @content with each "{name}" replaced by @data's text, or by nothing where @data has no such name;
 * a brace that is not closed stands for itself. NULL @data has no names. Own it. */
char *label_fill(const char *content, LabelData *data);
/* What the code of @kind says: trimmed, a check digit made for twelve digits of an EAN-13. "" where
 * there is nothing to say. NULL with REFUSED: a wrong check digit, or no digits. Own it. */
char *label_fill_code(LabelKind kind, const char *content, LabelData *data, GError **error);
