/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/label/label_job.h"
#include "core/number_text.h"

#include <glib-object.h>

/* One of the goods that are to be printed, or whose tag is out of date. Properties for columns:
 * "name", "code", "old", "price" (texts) and "copies". */
#define OFFICE_TYPE_LABEL_ROW (office_label_row_get_type())
G_DECLARE_FINAL_TYPE(OfficeLabelRow, office_label_row, OFFICE, LABEL_ROW, GObject)

/* As a tag that is stale; @at: with the prices of that moment. */
OfficeLabelRow *office_label_row_new_stale(const LabelStale *tag, int64_t at, uint16_t currency,
					   const NumberStyle *style);
/* @data: the item's words. */
OfficeLabelRow *office_label_row_new(const LabelWish *wish, LabelData *data);
const LabelWish *office_label_row_get_wish(OfficeLabelRow *self);
void office_label_row_set_copies(OfficeLabelRow *self, int copies);
