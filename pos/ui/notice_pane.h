/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pos/session/session.h"

#include <gtk/gtk.h>

/* Stands in the receipt's place while something else matters more: work of the registrar, a trouble
 * that a person has to end, the figures of the shift. */
#define POS_TYPE_NOTICE_PANE (pos_notice_pane_get_type())
G_DECLARE_FINAL_TYPE(PosNoticePane, pos_notice_pane, POS, NOTICE_PANE, GtkBox)

void pos_notice_pane_show_attention(PosNoticePane *self, const SessionView *view);
/* The terminal lost the answer. */
void pos_notice_pane_show_card_unknown(PosNoticePane *self, const SessionView *view);
void pos_notice_pane_show_working(PosNoticePane *self, const SessionView *view);
/* X report: all figures. */
void pos_notice_pane_show_report(PosNoticePane *self, const SessionView *view);
/* Before the Z report. The drawer is counted blindly: no figure of cash. */
void pos_notice_pane_show_closing(PosNoticePane *self, const SessionView *view);
