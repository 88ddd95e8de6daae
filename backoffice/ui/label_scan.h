/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/ui/desk.h"
#include "backoffice/ui/label_look.h"

#include <gtk/gtk.h>

/* One field for a scan, a code or a name; where several goods are called so, they are listed below
 * it to choose from. */
#define OFFICE_TYPE_LABEL_SCAN (office_label_scan_get_type())
G_DECLARE_FINAL_TYPE(OfficeLabelScan, office_label_scan, OFFICE, LABEL_SCAN, GtkWidget)

/* @looked: the goods, lent; NULL without @error: nothing is called so. */
typedef void (*LabelScanFound)(const LabelLooked *looked, const GError *error, void *data);
/* Borrows @desk. @found NULL: nothing is told any more. */
void office_label_scan_set_desk(OfficeLabelScan *self, OfficeDesk *desk, LabelScanFound found,
				void *data);
