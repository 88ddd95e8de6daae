/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/ui/document_view.h"
#include "backoffice/ui/head_form.h"
#include "backoffice/ui/intake.h"
#include "backoffice/ui/label_pane.h"
#include "backoffice/ui/line_form.h"
#include "backoffice/ui/scan_bar.h"
#include "backoffice/ui/settle_pane.h"
#include "backoffice/ui/text_table.h"
#include "backoffice/ui/unknown_pane.h"

struct _OfficeDocumentView {
	GtkWidget parent_instance;

	/* template children, borrowed */
	GtkLabel *title, *facts, *sums;
	GtkWidget *post;
	OfficeScanBar *bar;
	GtkStack *panes;
	OfficeTextTable *lines;
	GtkFlowBox *verbs;
	OfficeLineForm *line_form;
	OfficeUnknownPane *unknown;
	OfficeHeadForm *head_form;
	OfficeSettlePane *settle;
	OfficeLabelPane *labels;

	/* borrowed */
	OfficeDesk *desk;
	GtkWidget *buttons[OFFICE_N_VERBS]; /* NULL: it has none at the foot */

	/* owned */
	OfficeIntake *intake;
	OfficeDraft *draft; /* NULL: not read yet */

	int64_t document_id; /* 0: none is open */
	guint watch; /* source id, 0 if none */
	guint round; /* of the document that answers are about */
	bool asking, again; /* something was added since it was asked */
	bool to_note; /* scans are what the paper says */
	int lit; /* line; 0: none */
};

/* Fills title, lines, sums and buttons from self->draft. */
void office_document_view_show(OfficeDocumentView *self);
/* Adds the buttons at the foot; once. */
void office_document_view_add_buttons(OfficeDocumentView *self);
bool office_document_view_may_change(const OfficeDocumentView *self);
bool office_document_view_has(const OfficeDocumentView *self, OfficeVerb verb);
