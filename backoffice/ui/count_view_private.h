/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/ui/count_found.h"
#include "backoffice/ui/count_view.h"
#include "backoffice/ui/settle_pane.h"
#include "backoffice/ui/unknown_pane.h"

struct _OfficeCountView {
	GtkWidget parent_instance;

	/* template children, borrowed */
	GtkLabel *title, *facts, *sums;
	GtkWidget *differences, *post, *place, *reverse, *discard;
	GtkDropDown *zone, *pass;
	OfficeScanBar *bar;
	GtkStack *panes;
	OfficeTextTable *found, *progress, *items;
	GtkCheckButton *again;
	OfficeUnknownPane *unknown;
	OfficeSettlePane *settle;

	OfficeDesk *desk; /* borrowed */

	/* owned */
	OfficeIntake *intake;
	CountFound *now; /* what is shown; NULL: not read yet */
	GPtrArray *reviewed; /* of CountItem; NULL: not asked */

	int64_t document_id; /* 0: none is open */
	guint watch; /* source id, 0 if none */
	guint round;
	bool asking, asked_again, filling;
};

/* Tables, titles and buttons from self->now. */
void office_count_view_show(OfficeCountView *self);
/* Fills the list of zones and keeps to the one that is being counted, so that nobody is moved to
 * another under their hands; false where it is gone, and the first one is chosen. */
bool office_count_view_show_zones(OfficeCountView *self, int64_t zone_id);
void office_count_view_show_differences(OfficeCountView *self);
void office_count_view_set_columns(OfficeCountView *self);
bool office_count_view_may_change(const OfficeCountView *self);
/* Who counts blind does not see what should be there. */
bool office_count_view_may_compare(const OfficeCountView *self);
int64_t office_count_view_get_zone(const OfficeCountView *self); /* 0: the whole shop */
int office_count_view_get_pass(const OfficeCountView *self);
