/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/ui/desk.h"

#include <gtk/gtk.h>

/* Who changed what in the office, the newest first, with what was before and after. */
#define OFFICE_TYPE_AUDIT_PAGE (office_audit_page_get_type())
G_DECLARE_FINAL_TYPE(OfficeAuditPage, office_audit_page, OFFICE, AUDIT_PAGE, GtkWidget)

GtkWidget *office_audit_page_new(OfficeDesk *desk); /* borrows @desk */
